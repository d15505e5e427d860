"""The sample submission that `make course` grades: three classic mistakes, and what is said of them."""

import importlib.util
from pathlib import Path

import pytest

from autograder.exercises import find
from autograder.notebooks import cells, files
from autograder.submission import grade

FOLDER = Path(__file__).resolve().parents[1] / "submissions"
SAMPLE = FOLDER / "03_rnn_model.ipynb"
MISTAKES = {"rnn_cell_forward": "y_from_a_prev", "rnn_forward": "a0_ignored", "stack_parameters": "x_before_a",
            "count_parameters": None}


@pytest.fixture(scope="module")
def submission():
    return grade(SAMPLE)


def test_each_mistake_of_the_sample_is_named(submission):
    assert {graded.result["id"]: graded.result["misconception"] for graded in submission.exercises} == MISTAKES
    for graded in submission.exercises:
        if graded.result["misconception"]:
            known = {mistake.id: mistake for mistake in find(graded.result["id"]).misconceptions}
            mistake = known[graded.result["misconception"]]
            assert graded.result["message"].startswith(mistake.message)
            assert mistake.anchor in graded.text


def test_the_sample_is_partly_right(submission):
    assert [graded.result["status"] for graded in submission.exercises] == ["failed"] * 3 + ["passed"]
    assert 0 < submission.points < submission.max_points == 100
    parts = {part["name"]: part["status"] for part in submission.exercises[0].result["parts"]}
    assert (parts["a_next"], parts["yt_pred"]) == ("passed", "failed")
    assert submission.remarks == ()


def test_the_sample_is_chapter_three_with_the_answers_of_its_maker():
    spec = importlib.util.spec_from_file_location("make_sample", FOLDER / "make_sample.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    sample, chapter = files.read(SAMPLE), files.read(maker.CHAPTER)
    checks = {cell["id"] for cell in chapter["cells"] if cells.is_check(cell)}
    assert checks < {cell["id"] for cell in sample["cells"]}
    for name, answer in maker.ANSWERS.items():
        assert cells.find_stub(sample, find(name))["source"] == cells.head_and_body(find(name).reference)[0] + answer

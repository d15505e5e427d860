"""The real chapters through the grader: solved they earn all points, as committed none; no demonstration runs."""

import json
import time
from pathlib import Path

import pytest
from notebooks import IMPORTS, changed, code, notebook, save

from autograder.errors import CourseError
from autograder.exercises import EXERCISES, of_chapter
from autograder.grading import one, running
from autograder.grading.inbox import Work
from autograder.grading.library import at_hand
from autograder.notebooks import cells, files
from autograder.notebooks.solve import solve

CLONE = Path(__file__).resolve().parents[2]
WITH_NOTEBOOK = sorted(path.stem for path in (CLONE / "chapters").glob("[0-9][0-9]_*.ipynb"))
WITH_EXERCISES = sorted({exercise.chapter for exercise in EXERCISES.values()})
BOTH = [name for name in WITH_NOTEBOOK if name in WITH_EXERCISES]


@pytest.fixture(scope="module")
def sandbox():
    with one.new_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def grade(sandbox, tmp_path):
    """Grade a chapter; return the record."""
    def run(content, chapter):
        path = save(content, tmp_path / f"{chapter}.ipynb")
        return one.grade(Work("student", chapter, str(path)), sandbox, 5)

    return run


def committed(chapter):
    return files.read(CLONE / "chapters" / f"{chapter}.ipynb")


def stripped(content):
    def change(content):
        content["metadata"] = {}
        for cell in content["cells"]:
            cell["metadata"] = {}
            cell["id"] = "x"
            cell["source"] += "\n"

    return changed(content, change)


@pytest.mark.parametrize("chapter", BOTH)
@pytest.mark.parametrize("strip", [lambda content: content, stripped], ids=["as it is", "without metadata"])
def test_a_solved_chapter_earns_all_points_and_the_committed_one_none(chapter, strip, grade):
    start = time.monotonic()
    record = grade(strip(solve(committed(chapter), of_chapter(chapter))), chapter)
    messages = [result["message"] for result in record["exercises"] if result["points"] < result["max_points"]]
    assert (messages, record["remarks"]) == ([], [])
    assert record["points"] == record["max_points"]
    assert not any("not all right yet" in result["message"] for result in record["exercises"])
    blank = grade(strip(committed(chapter)), chapter)
    assert (blank["points"], blank["remarks"], blank["status"]) == (0, [], "graded")
    assert {result["status"] for result in blank["exercises"]} == {"not attempted"}
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("chapter", BOTH)
def test_without_metadata_and_without_the_chapters_folder_all_points_are_earned_too(chapter, grade, monkeypatch):
    content = stripped(solve(committed(chapter), of_chapter(chapter)))

    def nowhere():
        raise CourseError("no chapters here")

    monkeypatch.setattr(running, "chapters_folder", nowhere)
    running.demonstrations_of.cache_clear()
    try:
        record = grade(content, chapter)
    finally:
        running.demonstrations_of.cache_clear()
    assert record["points"] == record["max_points"], record["remarks"]


def test_exercises_whose_chapter_is_still_to_come_earn_all_points(grade):
    for chapter in set(WITH_EXERCISES) - set(BOTH):
        parts = [code(IMPORTS)]
        bound = ["np"]
        for exercise in of_chapter(chapter):
            parts += [{**cells.stub_cell(exercise), "source": cells.solved_source(exercise, bound)},
                      cells.check_cell(exercise)]
            bound.append(exercise.id)
        record = grade(json.dumps(notebook(*parts)), chapter)
        assert record["points"] == record["max_points"], [result["message"] for result in record["exercises"]]


def test_there_is_a_chapter_to_grade():
    assert BOTH


def test_a_function_that_takes_a_cell_can_ask_which_one_it_got():
    names = {"RNN", "SIMPLIFIED_GRU", "GRU", "LSTM", "PEEPHOLE_LSTM"}
    takers = {chapter for chapter in WITH_EXERCISES if names & at_hand(chapter).keys()}
    assert takers == {"05_types_of_rnn", "11_bidirectional_rnn", "12_deep_rnns"}
    assert all(names <= at_hand(chapter).keys() for chapter in takers)


def test_no_submission_finds_the_answer_to_an_exercise_in_the_library():
    for chapter in WITH_EXERCISES:
        asked = {exercise.id: exercise.reference for exercise in of_chapter(chapter)}
        assert not asked.keys() & at_hand(chapter).keys()
        assert not any(thing in asked.values() for thing in at_hand(chapter).values() if callable(thing))

"""The classes that the bench of grading makes: right ones are right, wrong ones run, no answer is like another."""

import json
import random

import pytest

from autograder.exercises import of_chapter
from autograder.grading import one
from autograder.grading.inbox import Work
from autograder.notebooks import cells, files
from bench import classes


@pytest.fixture(scope="module")
def base():
    return files.read(classes.CHAPTERS / f"{classes.CHAPTER}.ipynb")


def test_a_class_is_graded_as_it_was_made(base, tmp_path):
    rng, points = random.Random(3), {}
    with one.new_sandbox() as sandbox:
        for kind in ("right", "wrong", "blank"):
            for number in range(3):
                path = tmp_path / f"{kind}{number}.ipynb"
                path.write_text(json.dumps(classes.answered(base, kind, rng)), encoding="utf-8")
                record = one.grade(Work("ada", classes.CHAPTER, str(path)), sandbox, 5)
                assert record["remarks"] == []
                assert not any("NameError" in result["message"] for result in record["exercises"])
                points.setdefault(kind, []).append(record["points"])
    assert points["right"] == [100, 100, 100]
    assert points["blank"] == [0, 0, 0]
    assert all(points < 40 for points in points["wrong"])


def test_no_answer_is_like_another_and_arguments_keep_their_names(base):
    rng, texts = random.Random(4), set()
    for _ in range(5):
        notebook = classes.answered(base, "right", rng)
        for exercise in of_chapter(classes.CHAPTER):
            text = cells.find_stub(notebook, exercise)["source"]
            head = cells.head_and_body(exercise.reference)[0].split("\n")[0]
            assert head in text
            texts.add(text)
    assert len(texts) == 5 * len(of_chapter(classes.CHAPTER))

"""Right is right, however it is written: the answers of ``right_answers_chNN.py`` all earn full points."""

import importlib
import itertools
from pathlib import Path

import pytest

from autograder import check
from autograder.exercises import EXERCISES

MODULES = [importlib.import_module(path.stem) for path in sorted(Path(__file__).parent.glob("right_answers_ch*.py"))]
ANSWERS = [
    pytest.param(id, function, id=f"{id}-{function.__name__}")
    for module in MODULES
    for id, functions in module.RIGHT_ANSWERS.items()
    for function in functions
]


@pytest.mark.parametrize(("exercise", "function"), ANSWERS)
def test_a_right_answer_in_other_words_earns_full_points(exercise, function):
    result = check(function, exercise=exercise, seed=11)
    assert (result.status, result.points) == ("passed", EXERCISES[exercise].points), str(result)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_each_exercise_of_a_chapter_is_answered_in_many_ways(module):
    (chapter,) = {EXERCISES[id].chapter for id in module.RIGHT_ANSWERS}
    assert set(module.RIGHT_ANSWERS) == {id for id, exercise in EXERCISES.items() if exercise.chapter == chapter}
    assert [id for id, functions in module.RIGHT_ANSWERS.items() if len(functions) < 8] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_answer_stands_twice(module):
    functions = list(itertools.chain.from_iterable(module.RIGHT_ANSWERS.values()))
    assert len(set(functions)) == len(functions)

"""The façade: which exercise is meant, which seed is taken, what bad input is told."""

import pytest

from autograder import check
from autograder.engine import undecorated_source
from autograder.exercises import EXERCISES, find
from solutions import count_parameters


def mine(name="count_parameters"):
    space = {}
    exec(undecorated_source(count_parameters).replace("def count_parameters", f"def {name}"), space)
    return space[name]


def test_the_exercise_is_found_by_the_functions_name():
    assert check(mine()).exercise == "count_parameters"


def test_the_exercise_can_be_named():
    assert check(mine("my_count"), exercise="count_parameters").status == "passed"


def test_a_function_without_an_exercise_is_told_how_to_name_one():
    with pytest.raises(ValueError, match="no exercise is called 'my_count'; say which one is meant"):
        check(mine("my_count"))


def test_an_unknown_exercise_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match="no exercise is called 'count_parameter'; there are: count_parameters"):
        check(mine(), exercise="count_parameter")


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="takes a function, and got int"):
        check(3)


@pytest.mark.parametrize("seed", ["seven", -1, None.__class__])
def test_a_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises(ValueError, match="the seed must be a whole number >= 0"):
        check(mine(), seed=seed)


def test_the_seed_comes_from_the_environment_when_none_is_given(monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SEED", "nonsense")
    with pytest.raises(ValueError, match="from AUTOGRADER_SEED"):
        check(mine())
    monkeypatch.setenv("AUTOGRADER_SEED", "12")
    assert check(mine()).status == "passed"


def test_find_returns_the_exercise():
    assert all(find(name) is exercise for name, exercise in EXERCISES.items())

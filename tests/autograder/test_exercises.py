"""What must hold for every exercise, whoever writes it."""

import inspect
import time
from pathlib import Path

import numpy as np
import pytest

from autograder import check, matrix
from autograder.engine import Patched, draw_cases, undecorated_source, without_docstring
from autograder.exercises import EXERCISES

CHAPTERS_FOLDER = Path(__file__).resolve().parents[2] / "chapters"
SEEDS = (0, 20261123)
EVERY = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
WRONG = [
    pytest.param(exercise, misconception, function, id=f"{exercise.id}-{misconception.id}-{number}")
    for exercise in EXERCISES.values()
    for misconception in exercise.misconceptions
    for number, function in enumerate(misconception.functions)
]
MATRIX = matrix.read(CHAPTERS_FOLDER / matrix.PAGE, EXERCISES.values())


def stub(exercise):
    """The function as a learner finds it."""
    header = undecorated_source(exercise.reference).partition("\n")[0]
    space = dict(inspect.unwrap(exercise.reference).__globals__)  # a default may be a unit of the library
    exec(f"{header}\n    raise NotImplementedError()", space)
    return space[exercise.id]


def own_copy(function):
    """The reference's source as a learner's own function: another function object, another code object."""
    space = dict(inspect.unwrap(function).__globals__)
    exec(undecorated_source(function), space)
    return space[function.__name__]


@EVERY
@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_function_earns_full_points(exercise, seed):
    result = check(own_copy(exercise.reference), seed=seed)
    assert (result.status, result.points) == ("passed", exercise.points), result.message


@EVERY
def test_the_stub_is_not_attempted_and_earns_nothing(exercise):
    result = check(stub(exercise))
    assert (result.status, result.points, result.misconception) == ("not attempted", 0.0, None)


@EVERY
def test_the_reference_itself_earns_nothing_and_is_told_why(exercise):
    result = check(exercise.reference)
    assert (result.status, result.points) == ("failed", 0.0)
    assert "library's own function" in result.message


@EVERY
def test_a_wrapper_around_the_reference_earns_nothing(exercise):
    result = check(lambda *args: exercise.reference(*args), exercise=exercise.id)
    assert (result.status, result.points) == ("failed", 0.0)
    assert "library's own function" in result.message


@pytest.mark.parametrize(("exercise", "misconception", "function"), WRONG)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_function_fails_and_draws_its_own_message(exercise, misconception, function, seed):
    result = check(function, exercise=exercise.id, seed=seed)
    assert result.status == "failed"
    assert result.points < exercise.points
    assert result.misconception == misconception.id, result.message
    assert misconception.message in result.message
    assert result.link == misconception.anchor
    others = [other.message for other in exercise.misconceptions if other is not misconception]
    assert not [message for message in others if message in result.message]
    row = MATRIX.get((exercise.id, misconception.id))  # the audit finds a row that is missing
    if row and seed == matrix.SEED and function is misconception.function:
        assert matrix.caught_by(result) == row, f"{matrix.PAGE} says otherwise; run: autograder matrix"


@EVERY
def test_the_same_seed_draws_the_same_cases(exercise):
    def drawn(seed):
        return [repr(case.args) for case in draw_cases(exercise, seed)]

    assert drawn(7) == drawn(7)
    assert (drawn(7) != drawn(8)) == bool(inspect.signature(exercise.reference).parameters)  # without, one call is all


@EVERY
def test_the_edges_are_always_among_the_cases(exercise):
    axes = {axis for case in draw_cases(exercise, 3) for axis in case.sizes}
    for axis in axes & {"m", "T_x", "T_y"}:
        assert any(case.sizes.get(axis) == 1 for case in draw_cases(exercise, 3)), f"no case with {axis} = 1"


@EVERY
def test_most_cases_have_pairwise_different_sizes(exercise):
    drawn = [tuple(case.sizes.values()) for case in draw_cases(exercise, 3) if case.sizes]
    assert not drawn or sum(len(set(sizes)) == len(sizes) for sizes in drawn) >= 3


@EVERY
def test_parts_have_unique_names_and_positive_points(exercise):
    names = [part.name for part in exercise.parts]
    assert len(set(names)) == len(names)
    assert all(part.points > 0 for part in exercise.parts)


@EVERY
def test_misconceptions_have_unique_ids_and_messages(exercise):
    ids = [misconception.id for misconception in exercise.misconceptions]
    messages = [misconception.message for misconception in exercise.misconceptions]
    assert len(set(ids)) == len(ids)
    assert len(set(messages)) == len(messages)


@EVERY
def test_there_are_hints_and_misconceptions(exercise):
    assert len(exercise.hints) >= 3
    assert len(exercise.misconceptions) >= 3


@EVERY
def test_a_check_is_quick(exercise):
    function = own_copy(exercise.reference)
    check(function)
    start = time.perf_counter()
    check(function)
    assert time.perf_counter() - start < 1.0


def test_each_chapter_is_worth_a_hundred_points():
    totals = {}
    for exercise in EXERCISES.values():
        totals[exercise.chapter] = totals.get(exercise.chapter, 0) + exercise.points
    assert set(totals.values()) == {100.0}


def test_there_are_at_least_sixty_wrong_functions():
    assert len(WRONG) >= 60


@pytest.mark.parametrize(("exercise", "misconception", "function"), WRONG)
def test_every_patch_still_fits_its_reference(exercise, misconception, function):
    if isinstance(function, Patched):
        assert function.source != without_docstring(undecorated_source(function.reference))
        compile(function.source, exercise.id, "exec")  # else it would be recognised by its own error
    else:
        assert callable(function)


def test_global_randomness_is_left_alone():
    state = np.random.get_state()[1].tolist()  # noqa: NPY002 - the global state is what is looked at
    for exercise in EXERCISES.values():
        check(own_copy(exercise.reference))
    assert np.random.get_state()[1].tolist() == state  # noqa: NPY002

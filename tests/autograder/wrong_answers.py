"""How a table of wrong answers becomes a test: each of them must fail, and be called by its name."""

import pytest

from autograder import check


def triples(table):
    """The cases (exercise, function, wanted) of a table that has, for each exercise, each function's misconception."""
    return [(exercise, function, wanted) for exercise, functions in table.items()
            for function, wanted in functions.items()]


def called_by_its_name(cases, seeds=(5,)):
    """A test of cases (exercise, function, wanted); `wanted` is "" where the mistake is one that has no name."""
    ids = [f"{exercise}-{_label(function, wanted)}" for exercise, function, wanted in cases]

    @pytest.mark.parametrize(("exercise", "function", "wanted"), cases, ids=ids)
    @pytest.mark.parametrize("seed", seeds)
    def test(exercise, function, wanted, seed):
        result = check(function, exercise=exercise, seed=seed)
        assert result.status == "failed"
        assert result.points < result.max_points
        assert (result.misconception or "") == wanted, str(result)

    return test


def _label(function, wanted):
    """A function's own name; for one made on the spot, which has none, the mistake's."""
    return (wanted or "unknown") if "<" in function.__qualname__ else function.__name__

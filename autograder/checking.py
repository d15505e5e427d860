"""``check``: a function against the exercise of its name."""

import os

from autograder.engine import Result, judge
from autograder.exercises import EXERCISES, find

__all__ = ["Result", "check"]

SEED_VARIABLE = "AUTOGRADER_SEED"


def check(function, exercise=None, seed=None):
    """Check `function` against an exercise and say what is wrong, if anything is.

    Parameters
    ----------
    function : callable
        The learner's function.
    exercise : str, optional
        Id of the exercise; by default the function's own name.
    seed : int, optional
        The cases are drawn from it; by default from the environment variable ``AUTOGRADER_SEED``, which a teacher
        sets for grading, and 0 where there is none.

    Returns
    -------
    Result

    Raises
    ------
    TypeError
        If `function` cannot be called.
    ValueError
        If no exercise has this name, or the seed is no whole number.
    """
    if not callable(function):
        raise TypeError(f"check() takes a function, and got {type(function).__name__}")
    name = exercise if exercise is not None else getattr(function, "__name__", None)
    if name is None or (exercise is None and name not in EXERCISES):
        raise ValueError(f"no exercise is called {name!r}; say which one is meant: check(function, exercise=\"…\") "
                         f"with one of {', '.join(EXERCISES)}")
    return judge(function, find(name), _seed(seed), EXERCISES.values())


def _seed(seed):
    value = os.environ.get(SEED_VARIABLE, 0) if seed is None else seed
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if number < 0:
        raise ValueError(f"the seed must be a whole number >= 0, and is {value!r} "
                         f"(from {'the argument' if seed is not None else SEED_VARIABLE})")
    return number

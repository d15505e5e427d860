"""The exercises, as data: one module a chapter, each with a tuple ``EXERCISES``.

A chapter is loaded when it is asked for; ``CHAPTERS``, all modules, and ``EXERCISES``, all exercises by their ids, are
made when they are first looked at.
"""

import difflib
import functools
import importlib
import pkgutil

NAMES = tuple(sorted(module.name[2:] for module in pkgutil.iter_modules(__path__) if module.name.startswith("ch")))


def __getattr__(name):
    if name == "CHAPTERS":
        return tuple(map(_module, NAMES))
    if name == "EXERCISES":
        return _all()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _module(chapter):
    return importlib.import_module(f"{__name__}.ch{chapter}")


@functools.cache
def _all():
    return {exercise.id: exercise for chapter in NAMES for exercise in _module(chapter).EXERCISES}


def find(name):
    """Return the exercise called `name`.

    Raises
    ------
    ValueError
        If there is none; the message names the nearest ones.
    """
    exercises = _all()
    if name in exercises:
        return exercises[name]
    near = difflib.get_close_matches(str(name), exercises, n=3) or list(exercises)
    raise ValueError(f"no exercise is called {name!r}; there are: {', '.join(near)}")


def of_chapter(chapter):
    """Return the exercises of a chapter, ``"03_rnn_model"``, in order; an empty tuple where it has none."""
    return _module(chapter).EXERCISES if chapter in NAMES else ()

"""The exercises, as data: one module a chapter, each with a tuple ``EXERCISES``."""

import difflib
import importlib
import pkgutil

CHAPTERS = tuple(
    importlib.import_module(f"{__name__}.{module.name}")
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    if module.name.startswith("ch")
)
EXERCISES = {exercise.id: exercise for chapter in CHAPTERS for exercise in chapter.EXERCISES}


def find(name):
    """Return the exercise called `name`.

    Raises
    ------
    ValueError
        If there is none; the message names the nearest ones.
    """
    if name in EXERCISES:
        return EXERCISES[name]
    near = difflib.get_close_matches(str(name), EXERCISES, n=3) or list(EXERCISES)
    raise ValueError(f"no exercise is called {name!r}; there are: {', '.join(near)}")


def of_chapter(chapter):
    """Return the exercises of a chapter, ``"03_rnn_model"``, in order; an empty tuple where it has none."""
    return tuple(exercise for exercise in EXERCISES.values() if exercise.chapter == chapter)

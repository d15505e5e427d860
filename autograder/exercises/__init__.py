"""The exercises, as data: one module a chapter, each with a tuple ``EXERCISES``."""

import difflib

from autograder.exercises import (
    ch03_rnn_model,
    ch04_backpropagation_through_time,
    ch07_sampling,
)

CHAPTERS = (ch03_rnn_model, ch04_backpropagation_through_time, ch07_sampling)
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

"""What a submission's functions may take from the library: what the right answers of their chapter take."""

import functools
import inspect

from autograder import exercises as course
from autograder.exercises import find, of_chapter
from autograder.exercises.given import CELLS, GIVEN
from autograder.notebooks.cells import used_names


@functools.lru_cache(maxsize=256)
def at_hand(chapter):
    """Return what the functions of a chapter find in ``solutions``, beside what every cell of a submission does.

    It runs out here when it is called: a helper, a network's unit, a function of an earlier chapter that a right
    answer may call. The functions that the chapter itself asks for are not among it.

    Parameters
    ----------
    chapter : str
        The notebook's name without ending.

    Returns
    -------
    dict of str to object
    """
    exercises = of_chapter(chapter)
    own = {*GIVEN, *(exercise.reference for exercise in exercises)}
    used = {name: value for exercise in exercises for name, value in used_names(exercise.reference).items()
            if not inspect.ismodule(value) and not (callable(value) and value in own)}
    if any(map(callable, used.values())):  # few chapters: the others' exercises need not be loaded
        asked = {exercise.reference for exercise in course.EXERCISES.values()}
        used = {name: value for name, value in used.items() if not (callable(value) and value in asked)}
    if CELLS.keys() & used.keys():
        used |= CELLS
    return used | {other.id: other.reference for exercise in exercises for other in used_by(exercise)
                   if other.chapter != chapter}


def used_by(exercise):
    """Return the exercises whose functions an exercise calls."""
    own = {other.id: other for other in of_chapter(exercise.chapter)}
    return [own.get(name) or find(name) for name in exercise.uses]

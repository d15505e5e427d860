"""What a submission's functions may take from the library: what the right answers of their chapter take."""

import functools
import inspect

from autograder.exercises import EXERCISES, of_chapter
from autograder.exercises.given import GIVEN
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
    left_out = {exercise.reference for exercise in EXERCISES.values()} | set(GIVEN)
    used = {name: value for exercise in exercises for name, value in used_names(exercise.reference).items()
            if not inspect.ismodule(value) and not (callable(value) and value in left_out)}
    earlier = {name: EXERCISES[name].reference for exercise in exercises for name in exercise.uses
               if EXERCISES[name].chapter != chapter}
    return used | earlier

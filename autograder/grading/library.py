"""What a submission's functions may take from the library: what the right answers of their chapter take."""

import functools
import inspect

from autograder.exercises import EXERCISES, of_chapter
from autograder.exercises.given import GIVEN
from autograder.notebooks.cells import used_names


@functools.lru_cache(maxsize=256)
def at_hand(chapter):
    """Return what the functions of a chapter find in ``solutions``, beside what every cell of a submission does.

    It runs out here when it is called: a helper, a network's unit. The functions of exercises are not among it, but
    those that the right answer may call are given where the submission's own are wrong.

    Parameters
    ----------
    chapter : str
        The notebook's name without ending.

    Returns
    -------
    dict of str to object
    """
    asked = {exercise.reference for exercise in EXERCISES.values()}
    return {name: value for exercise in of_chapter(chapter) for name, value in used_names(exercise.reference).items()
            if not inspect.ismodule(value) and not (callable(value) and (value in asked or value in GIVEN))}

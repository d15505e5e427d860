"""Calls that come out of the sandbox: a submission's function asks for one that it was given."""

import math
import warnings

import numpy as np

from autograder.engine.nest import leaves
from autograder.sandbox.effects import Theirs

SIDE, ELEMENTS = 2_000, 200_000  # of the arrays that come in: no result of theirs fills the memory
NUMBER = 100_000  # of the integers, and of the characters of a text: no loop over them takes minutes
LARGEST = 2 * 10**7  # elements of what a function could make of the sizes that it is told
ODD_ERRORS = (UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError)  # these are not made from a text


def answer_call(kept, number, arguments, keywords, places, locked):
    """Call one of the functions that were given for the present question, and no other.

    Parameters
    ----------
    kept : Kept
        The objects of the exercise under test.
    number, arguments, keywords, places, locked : object
        Whatever the other side sent; honest ones are as :class:`~autograder.sandbox.effects.Mine` says.

    Returns
    -------
    tuple
        ``("value", result, where arguments stand in it, changes, generators)``, the generators in the states that
        the call left them in; or ``("raised", name of a built-in exception, text, changes, generators)``.
    """
    try:
        if type(number) is not int or not 0 <= number < len(kept):
            raise ValueError("this function is not given")
        _check(arguments, keywords)
        theirs = Theirs(places, locked)
        arguments, keywords = theirs.copy(arguments), theirs.copy(keywords)
        generators = tuple(item for item in (*arguments, *keywords.values()) if isinstance(item, np.random.Generator))
    except Exception as error:  # a refused argument is the submission's affair
        return "raised", "ValueError", f"{error}"[:500], (), ()
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = kept[number](*arguments, **keywords)
        return "value", value, theirs.same(value), theirs.changes(), generators
    except Exception as error:
        text = error.args[0] if error.args and isinstance(error.args[0], str) else f"{error}"
        return "raised", _built_in(error), text[:500], theirs.changes(), generators


def _built_in(error):
    """Return the name of the built-in exception that `error` is."""
    return next(kind.__name__ for kind in type(error).__mro__
                if kind.__module__ == "builtins" and kind not in ODD_ERRORS)


def _check(arguments, keywords):
    """Raise ValueError for arguments that no honest call has."""
    if not isinstance(arguments, tuple) or not isinstance(keywords, dict):
        raise ValueError("this is no call")
    elements, arguments = 0, (*arguments, *keywords.values())
    for _, leaf in leaves(arguments, ""):
        if isinstance(leaf, np.ndarray):
            elements += leaf.size
            if max(leaf.shape, default=0) > SIDE or elements > ELEMENTS:
                raise ValueError(f"an array of shape {leaf.shape} is too large for a function that is given")
        elif isinstance(leaf, int) and abs(leaf) > NUMBER:
            raise ValueError(f"an integer above {NUMBER} is too large for a function that is given")
        elif isinstance(leaf, str) and len(leaf) > NUMBER:
            raise ValueError("a text too long for a function that is given")
    sizes = math.prod(item for item in arguments if isinstance(item, int) and item > 1)
    if sizes * max(elements, 1) > LARGEST and sizes > 1:
        raise ValueError("sizes too large for a function that is given")

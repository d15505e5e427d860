"""Calls that come out of the sandbox: a submission's function asks for one that it was given."""

import warnings

import numpy as np

from autograder.engine.nest import leaves

SIDE, ELEMENTS = 2_000, 200_000  # of the arrays that come in: no result of theirs fills the memory
NUMBER = 100_000  # of the integers, and of the characters of a text: no loop over them takes minutes


def answer_call(functions, number, arguments, keywords):
    """Call one of the functions that were given for the present question, and no other.

    Parameters
    ----------
    functions : list of callable
        Those of the exercise under test.
    number, arguments, keywords : object
        Whatever the other side sent.

    Returns
    -------
    tuple
        ``("value", result, generators)``, the generators in the states that the call left them in;
        or ``("raised", text, ())``.
    """
    try:
        if type(number) is not int or not 0 <= number < len(functions):
            raise ValueError("this function is not given")
        _check((arguments, keywords))
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = functions[number](*arguments, **keywords)
        generators = [item for item in (*arguments, *keywords.values()) if isinstance(item, np.random.Generator)]
        return "value", value, tuple(generators)
    except Exception as error:  # a refused argument is the submission's affair
        return "raised", f"{error}"[:500], ()


def _check(arguments):
    """Raise ValueError for arguments that no honest call has."""
    elements = 0
    for _, leaf in leaves(arguments, ""):
        if isinstance(leaf, np.ndarray):
            elements += leaf.size
            if max(leaf.shape, default=0) > SIDE or elements > ELEMENTS:
                raise ValueError(f"an array of shape {leaf.shape} is too large for a function that is given")
        elif isinstance(leaf, int) and abs(leaf) > NUMBER:
            raise ValueError(f"an integer above {NUMBER} is too large for a function that is given")
        elif isinstance(leaf, str) and len(leaf) > NUMBER:
            raise ValueError("a text too long for a function that is given")

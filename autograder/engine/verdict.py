"""What a learner's own test says of a function: the comparison, and the functions that are handed to it."""

import warnings
from dataclasses import dataclass

import numpy as np

from autograder.engine.exercise import KIND, RAISED, VALUE, Finding
from autograder.engine.nest import kind
from autograder.words import say

FIRST, IN_FULL = RAISED - 1, VALUE + 1  # a right function rejected is told first, that of all parts before others


class Candidate:
    """A function that is handed to a learner's test. It tells nothing of itself and keeps nothing between calls.

    All have the same name, which a test may print.

    Parameters
    ----------
    function : callable
        Right or wrong; no exercise's reference itself, since calling that one is no work of one's own.
    """

    def __init__(self, function):
        self._function, self.__name__ = function, "function"

    def __call__(self, *args, **kwargs):
        """Call the function; its warnings are not the test's."""
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self._function(*args, **kwargs)

    def __deepcopy__(self, memo):
        """Return itself: there is nothing in it to change."""
        return self


@dataclass(frozen=True)
class Verdict:
    """True or False, said of the function that a case describes: its label goes on from *Your test accepts …*.

    Parameters
    ----------
    tip : str
        What the test should do so that it does not accept this one.
    """

    tip: str = ""

    def when_raised(self, raised, told, wanted, case):
        """Return the :class:`Finding` about a test that ends with an error, told in the words `told`."""
        if raised.type == "AssertionError" and not wanted:
            return Finding(RAISED, "\n".join((told, say("`assert` ends your test with an error. Where a candidate is "
                                                        "wrong, return False, and catch all that it raises."))))
        if wanted and raised.type == "EndlessLoop":
            return Finding(FIRST - (case.parts is None), told)
        if wanted:
            return Finding(FIRST - (case.parts is None), "\n".join((told, say(
                "The candidate is right here, so the mistake is in your test. It is called as the function of the "
                "exercise, with the same arguments, and returns the same kind of result."))))
        return Finding(RAISED, "\n".join((told, say("Whatever a candidate does, your test has to answer: catch every "
                                                    "error that it leads to, and return False."))))

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` about a verdict, or None when it is the one that is wanted."""
        said = _verdict(found)
        if said is None:
            return Finding(KIND, say("Of {label} your test returned {what}; it should return True or False.",
                                     label=say(case.label), what=kind(found)))
        if said == bool(wanted):
            return None
        if wanted:
            return Finding(FIRST - (case.parts is None), say("Your test rejects {label}.", label=say(case.label)))
        words = say("Your test accepts {label}.", label=say(case.label))
        return Finding(IN_FULL, f"{words} {say(self.tip)}" if self.tip else words)

    def same(self, found, other, case):
        """Whether two verdicts agree; what is none agrees with another of its kind."""
        one, two = _verdict(found), _verdict(other)
        return one == two if one is not None or two is not None else type(found) is type(other)


def _verdict(found):
    """Return True, False, or None for what is neither."""
    if isinstance(found, (bool, np.bool_)):
        return bool(found)
    if isinstance(found, np.ndarray) and found.dtype == bool and found.ndim == 0:
        return bool(found)
    return bool(found) if type(found) is int and found in (0, 1) else None

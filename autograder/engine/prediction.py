"""Comparing what a learner predicts before it is looked at. What is right is not told: the picture shows it."""

import math
import numbers
from dataclasses import dataclass

import numpy as np

from autograder.engine.compare import wrong_kind
from autograder.engine.exercise import KIND, VALUE, Finding
from autograder.engine.nest import Missing, kind
from autograder.words import say


@dataclass(frozen=True)
class Estimate:
    """A number that counts as right when it is near.

    Parameters
    ----------
    share : float
        How far it may be off, as a share of the right one.
    """

    share: float = 0.05

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` about a number that is far off, or None."""
        if isinstance(found, Missing):
            return Finding(KIND, wrong_kind(name, found))
        number = _number(found)
        if number is None:
            return Finding(KIND, say("{name} should be a number, and is {kind}.", name=name, kind=kind(found)))
        if self._near(number, wanted):
            return None
        if not math.isfinite(number) or number <= 0 < wanted:
            return Finding(VALUE, say("{name} is {found:.4g}, and cannot be that.", name=name, found=number))
        if number > wanted:
            return Finding(VALUE, say("{name} is {found:.4g}: that is too large.", name=name, found=number))
        return Finding(VALUE, say("{name} is {found:.4g}: that is too small.", name=name, found=number))

    def same(self, found, other, case):
        """Whether two numbers are as near as a right one may be."""
        one, two = _number(found), _number(other)
        return one is not None and two is not None and self._near(one, two)

    def _near(self, one, two):
        return one == two or abs(one - two) <= self.share * min(abs(one), abs(two))


@dataclass(frozen=True)
class Choice:
    """One of a few words.

    Parameters
    ----------
    options : tuple of str
        All that may be said.
    """

    options: tuple[str, ...]

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` about what is none of the words or not the right one, or None."""
        if isinstance(found, Missing):
            return Finding(KIND, wrong_kind(name, found))
        if _word(found) == wanted:
            return None
        options = say(" or ").join(map(repr, self.options))
        if not isinstance(found, str):
            return Finding(KIND, say("{name} should be {options}, and is {kind}.", name=name, options=options,
                                     kind=kind(found)))
        if _word(found) not in self.options:
            return Finding(KIND, say("{name} should be {options}, and is {found!r}.", name=name, options=options,
                                     found=found[:60]))
        return Finding(VALUE, say("{name} is {found!r}, and that is not what happens.", name=name, found=found))

    def same(self, found, other, case):
        """Whether the same word was chosen."""
        return isinstance(found, str) and isinstance(other, str) and _word(found) == _word(other)


def _number(found):
    """Return a real number as a float, or None."""
    if isinstance(found, np.ndarray) and found.size == 1 and found.dtype.kind in "fiu":
        found = found.item()
    if isinstance(found, (bool, np.bool_)) or not isinstance(found, numbers.Real):
        return None
    try:
        return float(found)
    except OverflowError:
        return math.inf


def _word(found):
    return " ".join(found.split()).lower() if isinstance(found, str) else None


"""The caches of chapter 5's networks: as many items as the way back unpacks, and in them what it hands through."""

from dataclasses import dataclass

import numpy as np

from autograder.engine import Group
from autograder.engine.compare import wrong_kind
from autograder.engine.exercise import KIND, Finding
from autograder.engine.nest import Missing, kind, pick
from autograder.words import say

DATA = (np.ndarray, np.generic, tuple, list, dict, str, int, float)


@dataclass(frozen=True)
class Caches(Group):
    """A group in a tuple of exactly the items that `order` names: ``"(a, caches, parameters, cell)"``."""

    order: str = ""

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding`: the number of items is judged before what is in them."""
        if isinstance(found, Missing):
            return Finding(KIND, wrong_kind(name, found))
        if _items(found) != self.order.count(",") + 1:
            return Finding(KIND, say("{name} should be the tuple {order}, and is {found}.", name=name,
                                     order=self.order, found=kind(found)))
        return super().find(name, found, wanted, case)

    def same(self, found, other, case):
        """Whether both have as many items, and agree in every member."""
        return _items(found) == _items(other) and super().same(found, other, case)


def _items(value):
    return len(value) if isinstance(value, (tuple, list)) else None


@dataclass(frozen=True)
class HandedThrough:
    """A cell or a function that was given, or None: of an object from another process no more is known than that."""

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` that something else stands here, or None."""
        if isinstance(found, Missing):
            return Finding(KIND, wrong_kind(name, found))
        if _sort(found) == _sort(wanted):
            return None
        return Finding(KIND, say("{name} should be as it was given, and is {found}.", name=name, found=kind(found)))

    def same(self, found, other, case):
        """Whether both are data, both None, or both something else."""
        return _sort(found) == _sort(other)


def _sort(value):
    if value is None or isinstance(value, Missing):
        return type(value)
    return "data" if isinstance(value, DATA) else "object"


@dataclass(frozen=True)
class Written:
    """The decoder's caches: four items, or six where it wrote step by step; its weights are the last but one."""

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` that the decoder's way back could not unpack them, or None."""
        if isinstance(found, Missing):
            return Finding(KIND, wrong_kind(name, found))
        return None if _unpacks(found) else Finding(KIND, say(
            "{name} should be the whole second result of the function that wrote, and is {found}.", name=name,
            found=kind(found)))

    def same(self, found, other, case):
        """Whether both can be unpacked, or neither can."""
        return _unpacks(found) == _unpacks(other)


def _unpacks(found):
    return _items(found) in (4, 6) and not isinstance(pick(found, (len(found) - 2, "Wya")), Missing)

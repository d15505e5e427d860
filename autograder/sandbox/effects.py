"""What a call of a function at the host does beside its value: arguments changed in place, or handed back as they are.

The arguments travel as copies. Both sides number what can be changed in them, arrays, lists and dicts, in the same
order; what the call has changed travels back and is written into the caller's own.
"""

from collections.abc import Mapping

import numpy as np

from autograder.engine.nest import plain, same_leaf


class Mine:
    """The arguments of a call, inside.

    Parameters
    ----------
    arguments : object

    Attributes
    ----------
    places : tuple of int
        The number of each array, list and dict; an array that stands there twice has one number.
    locked : tuple of int
        Numbers of arrays that nobody may write to.
    """

    def __init__(self, arguments):
        self._things, places, arrays = [], [], {}
        for thing in _changeable(arguments):
            place = arrays.setdefault(id(thing), len(self._things)) if isinstance(thing, np.ndarray) else None
            if place in (None, len(self._things)):
                place = len(self._things)
                self._things.append(thing)
            places.append(place)
        self.places = tuple(places)
        self.locked = tuple(place for place, thing in enumerate(self._things)
                            if isinstance(thing, np.ndarray) and not thing.flags.writeable)

    def write(self, changes):
        """Write into the arguments what the call has changed in its copies."""
        for place, value, same in changes:
            thing, value = self._things[place], self.restored(value, same)
            if isinstance(thing, np.ndarray):
                thing[...] = value
            elif isinstance(thing, list):
                thing[:] = value
            else:
                thing.clear()
                thing.update(value)

    def restored(self, value, same):
        """Return a value in which the arguments that it holds are the caller's own."""
        return _restored(value, (), {path: self._things[place] for path, place in same})


class Theirs:
    """Copies of the arguments for one call, outside: it may change them, and what it has changed is known.

    Parameters
    ----------
    places, locked : tuple of int
        As :class:`Mine` has them; where they do not fit, the call is refused with what Python raises.
    """

    def __init__(self, places, locked):
        self._places, self._locked = iter(places), frozenset(locked)
        self._arrays, self._others = {}, {}  # place: the copy, and what it was before

    def copy(self, value):
        """Return a copy of arguments that came in."""
        if isinstance(value, np.ndarray):
            place = next(self._places)
            if place not in self._arrays:
                self._arrays[place] = np.array(value), value
                self._arrays[place][0].flags.writeable = place not in self._locked
            return self._arrays[place][0]
        if isinstance(value, tuple):
            return tuple([self.copy(item) for item in value])
        if not isinstance(value, (list, dict)):
            return value
        place = next(self._places)
        own = [self.copy(item) for item in value] if isinstance(value, list) else {
            key: self.copy(item) for key, item in value.items()}
        self._others[place] = own, own.copy()
        return own

    def changes(self):
        """Return what the call has changed: number, new content, and which arguments stand in it."""
        changed = [(place, own) for place, (own, before) in self._arrays.items()
                   if own.shape == before.shape and not same_leaf(own, before)]
        changed += [(place, own) for place, (own, before) in self._others.items() if not _same_items(own, before)]
        return tuple((place, plain(own), self._same(own, top=True)) for place, own in changed)

    def same(self, value):
        """Return where arguments stand in `value`, as (path, number)."""
        return self._same(value)

    def _same(self, value, top=False):
        places = {id(own): place for place, (own, _) in (*self._arrays.items(), *self._others.items())}
        return tuple(_found(value, (), places, top))


def _changeable(value):
    if isinstance(value, (np.ndarray, list, Mapping)):
        yield value
    for item in _items(value):
        yield from _changeable(item)


def _items(value):
    return value.values() if isinstance(value, Mapping) else value if isinstance(value, (tuple, list)) else ()


def _same_items(one, other):
    keys = not isinstance(one, dict) or list(one) == list(other)
    return keys and len(one) == len(other) and all(a is b for a, b in zip(_items(one), _items(other), strict=True))


def _found(value, path, places, top=False):
    if id(value) in places and not top:
        yield path, places[id(value)]
    else:
        for number, item in enumerate(_items(value)):
            yield from _found(item, (*path, number), places)


def _restored(value, path, own):
    if path in own:
        return own[path]
    if not own or not isinstance(value, (tuple, list, dict)):
        return value
    items = [_restored(item, (*path, number), own) for number, item in enumerate(_items(value))]
    return dict(zip(value, items, strict=True)) if isinstance(value, dict) else type(value)(items)

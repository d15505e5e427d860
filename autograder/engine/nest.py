"""Walking through results and arguments: tuples, lists and dicts of arrays and numbers."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np

ATOMS = frozenset({float, int, str, bool, type(None)})  # nothing can be changed in them


class Missing:
    """What stands where a part of a result should be and is not: why, in words."""

    def __init__(self, why):
        self.why = why


class Foreign:
    """Stands for an object of another process: all that came over is its type's name."""

    def __init__(self, name):
        self.name = name


def plain(value):
    """Copy `value` into plain containers, base arrays and built-in numbers; other objects stay as they are.

    An array subclass becomes a base array, so that a result cannot lie about itself, and a later change of the
    original does not reach the copy.
    """
    if type(value) in ATOMS:
        return value
    if isinstance(value, np.ndarray):
        return np.array(np.asarray(value), copy=True)
    if isinstance(value, tuple):
        return tuple([plain(item) for item in value])
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def pick(value, path):
    """Return the part of `value` at `path` (positions and keys), or a :class:`Missing` that says why there is none."""
    if isinstance(value, Missing):
        return value
    for step in path:
        if isinstance(step, str):
            if not isinstance(value, Mapping):
                return Missing(("dict", kind(value), step))
            if step not in value:
                return Missing(("key", ", ".join(map(repr, value)) or "none", step))
        elif not isinstance(value, (tuple, list)):
            return Missing(("tuple", kind(value), step))
        elif step >= len(value):
            return Missing(("length", len(value), step))
        value = value[step]
    return value


def kind(value):
    """Name the kind of a result as a learner would: ``an array of shape (3, 2)``, ``a tuple of 2``, ``None``."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    name = value.name if isinstance(value, Foreign) else type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def leaves(value, name):
    """Yield ``(name, leaf)`` for every leaf of `value`; names read like code: ``parameters['Wax']``, ``cache[0]``."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{name}[{key!r}]")
    elif isinstance(value, (tuple, list)):
        for position, item in enumerate(value):
            yield from leaves(item, f"{name}[{position}]")
    else:
        yield name, value


def functions(value):
    """Yield every function that stands in `value`, also those that an object with named fields holds."""
    if is_dataclass(value) and not isinstance(value, type):
        value = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from functions(item)
    elif callable(value):
        yield value


def count(value, most):
    """Return the number of leaves and containers of `value`; at least `most` where there are more."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, (tuple, list)):
        return 1
    total = 1
    for item in value:
        total += count(item, most - total)
        if total >= most:
            break
    return total


def same_leaf(one, other):
    """Whether two leaves are identical to the last bit (NaN equals NaN)."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        one, other = np.asarray(one), np.asarray(other)
        return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
    return one is other or bool(one == other)


def changes(before, after, name):
    """Names of the leaves that differ between two copies of the same argument."""
    old, new = dict(leaves(before, name)), dict(leaves(after, name))
    return tuple(key for key in {**old, **new} if key not in old or key not in new or not same_leaf(old[key], new[key]))

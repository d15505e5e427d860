"""Plain values as JSON and bytes of arrays, and back. What came in is checked before it is believed, and never run."""

import functools
import re
from dataclasses import fields, is_dataclass

import numpy as np

from autograder.engine.exercise import Seed
from autograder.engine.nest import Foreign

DEPTH = 50  # containers inside one another
ODD_KEYS = 1_000  # keys of a dict that are no text: their hashes can be made to collide, which takes time squared
BITS = 10_000  # of an integer: Python refuses to print one with more than 14,000
BYTES = 2**20  # of an array
GIVEN = 16 * 2**20  # bytes of all arrays of a message, each counted as often as it occurs
DTYPE = re.compile(r"[<>|][fiubcUS]\d{1,9}")


class WireError(Exception):
    """What came, or is to be sent, is no message."""


class Handle:
    """Stands inside for an object that the host keeps; sent back it is that object again."""

    def __init__(self, number):
        self._number = number

    def __deepcopy__(self, memo):
        """Return itself: there is nothing in it to copy."""
        return self


class Record(Handle):
    """An object of the host with named fields, which cannot be changed."""

    def __init__(self, number, kind, fields):
        self.__dict__.update(fields, _number=number, _kind=kind)

    def __setattr__(self, name, value):
        raise AttributeError(f"cannot assign to field {name!r}")

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in vars(self).items() if not name.startswith("_")]
        return f"{self._kind}({', '.join(shown)})"


class Kept(list):
    """Objects that the host keeps for a question, by number: functions, and objects with named fields."""

    def __init__(self, items=()):
        super().__init__(items)
        self._numbers = {id(item): number for number, item in enumerate(self)}

    def number(self, thing):
        """Return the number of an object, a new one if it has none."""
        number = self._numbers.setdefault(id(thing), len(self))
        if number == len(self):
            self.append(thing)
        return number

    def thing(self, number):
        """Return the object with a number; WireError where there is none."""
        if not 0 <= _whole(number) < len(self):
            raise WireError("no message: an object that was never given")
        return self[number]


class Arrays(list):
    """Arrays that both sides have, by number."""

    def __init__(self):
        super().__init__()
        self._numbers = {}

    @property
    def numbers(self):
        """The number of each content: asked again for every call of a function, made once."""
        if len(self._numbers) != len(self):
            self._numbers = {_content(array): number for number, array in enumerate(self)}
        return self._numbers


class Writer:
    """Says values in JSON.

    An array travels once: where it comes again, in this message or in the answer to it, its number stands for it.

    Parameters
    ----------
    kept : Kept, optional
        Collects the functions and the objects with fields met on the way; without it they are foreign objects.
    known : Arrays
        What the other side has already.
    """

    def __init__(self, kept=None, known=None):
        self.kept, self.buffers, self.met, self.given = kept, [], [], 0
        self.known, self.count = ({}, 0) if known is None else (dict(known.numbers), len(known))

    def tree(self, value, depth=0):
        """Return `value` as what JSON can say; the bytes of its arrays go into ``buffers``."""
        kind = type(value)
        if value is None or kind is str or kind is bool:
            return value
        if kind is np.ndarray:
            return self._array(value, False)
        if depth >= DEPTH:
            raise WireError(f"a result with more than {DEPTH} containers inside one another")
        if kind is tuple or kind is list:
            return ["t" if kind is tuple else "l", *[self.tree(item, depth + 1) for item in value]]
        if kind is dict:
            _check_keys(value)
            return ["d", *[[self.tree(key, depth + 1), self.tree(item, depth + 1)] for key, item in value.items()]]
        if kind is float:
            return ["f", value.hex()]
        if kind is int:
            return ["i", hex(value)] if value.bit_length() <= BITS else ["o", "int too long to print"]
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(np.asarray(value), isinstance(value, np.generic))
        if kind is complex:
            return ["c", value.real.hex(), value.imag.hex()]
        if kind is Seed:
            return ["seed", value.value, value.again]
        if kind is np.random.Generator and type(value.bit_generator) is np.random.PCG64:
            return _generator_tree(value.bit_generator.state)
        if isinstance(value, Handle) and value._number is not None:
            return ["h", value._number]
        if self.kept is not None and is_dataclass(value) and kind is not type:
            named = {field.name: getattr(value, field.name) for field in fields(value)}
            return ["r", self.kept.number(value), kind.__name__, callable(value), self.tree(named, depth + 1)]
        if self.kept is not None and callable(value):
            return ["p", self.kept.number(value)]
        return ["o", str(kind.__name__)[:60]]

    def _array(self, array, scalar):
        dtype, shape = array.dtype.str, array.shape
        if not _is_plain(dtype):
            return ["o", f"array of dtype {array.dtype}"[:60]]
        if array.nbytes > BYTES:
            return ["o", f"array of shape {shape}"[:60]]
        self.given += array.nbytes
        if self.given > GIVEN:
            raise WireError(f"a result of more than {GIVEN} bytes")
        content = _content(array)
        number = self.known.get(content)
        if number is not None:
            return ["k", number, scalar]
        self.known[content], self.count = self.count, self.count + 1
        self.buffers.append(content[2])
        frozen = array.view()
        frozen.flags.writeable = False  # it may be handed out again, as what the other side sent back
        self.met.append(frozen)
        return ["a", dtype, list(shape), len(content[2]), scalar]


def _content(array):
    return array.dtype.str, array.shape, array.tobytes()


def _check_keys(keys):
    if len(keys) > ODD_KEYS and sum(not isinstance(key, str) for key in keys) > ODD_KEYS:
        raise WireError(f"a dict with more than {ODD_KEYS} keys that are no text")


@functools.lru_cache(maxsize=200)
def _is_plain(dtype):
    return DTYPE.fullmatch(dtype) is not None


def _generator_tree(state):
    return ["g", hex(state["state"]["state"]), hex(state["state"]["inc"]), state["has_uint32"], state["uinteger"]]


class Reader:
    """Builds the values of a message.

    Parameters
    ----------
    body : bytes
        Of all its arrays, in order.
    makers : dict of str to callable
        What may stand there beside plain values: ``"seed"``, ``"p"`` for a function, ``"r"`` for an object with
        fields, as the host gives them; ``"h"`` for one of these that comes back.
    known : iterable of array
        What the other side was told before.
    """

    def __init__(self, body, makers=None, known=None):
        self.body, self.place, self.makers = body, 0, makers or {}
        self.known, self.given = list(known or ()), 0

    def value(self, tree, depth=0):
        """Return the value that a tree stands for; WireError, or what Python raises, where it stands for none."""
        kind = type(tree)
        if kind is str:
            return tree if tree.isascii() else tree.encode(errors="replace").decode()  # no half of a surrogate pair
        if tree is None or kind is bool:
            return tree
        if kind is not list or depth > DEPTH:
            raise WireError("no message: too deep, or no value")
        tag = tree[0]
        if tag == "k":
            return self._known(*tree[1:])
        if tag == "a":
            return self._array(*tree[1:])
        if tag == "t":
            return tuple([self.value(item, depth + 1) for item in tree[1:]])
        if tag == "l":
            return [self.value(item, depth + 1) for item in tree[1:]]
        if tag == "d":
            return self._dict(tree[1:], depth + 1)
        if tag in _SIMPLE:
            return _SIMPLE[tag](*tree[1:])
        if tag not in self.makers:
            raise WireError("no message: unknown tag")
        return self.makers[tag](*[self.value(item, depth + 1) if type(item) is list else item for item in tree[1:]])

    def _dict(self, items, depth):
        _check_keys([key for key, _ in items])
        return {self.value(key, depth): self.value(item, depth) for key, item in items}

    def _array(self, dtype, shape, size, scalar):
        if len(shape) > 32 or type(size) is not int or not 0 <= size <= min(BYTES, len(self.body) - self.place):
            raise WireError("no message: not a plain array")
        dtype, count = _dtype(dtype), 1
        for side in shape:
            if type(side) is not int or side < 0:
                raise WireError("no message: not a plain array")
            count *= side
        if count * dtype.itemsize != size:
            raise WireError("no message: shape and bytes disagree")
        data = self.body[self.place:self.place + size]
        self.place += size
        array = np.frombuffer(data, dtype=dtype).reshape(shape)  # nobody can write to it
        if dtype.kind in "bU":
            array = _sound(array)
        self.known.append(array)
        return self._out(array, scalar)

    def _known(self, number, scalar):
        if not 0 <= _whole(number) < len(self.known):
            raise WireError("no message: an array that was never sent")
        return self._out(self.known[number], scalar)

    def _out(self, array, scalar):
        """Hand out an array; all of them together are no larger than a message may be."""
        self.given += array.nbytes
        if self.given > GIVEN:
            raise WireError(f"a result of more than {GIVEN} bytes")
        return array[()] if scalar else array


@functools.lru_cache(maxsize=200)
def _dtype(text):
    if not _is_plain(text):
        raise WireError("no message: not a plain array")
    return np.dtype(text)


def _sound(array):
    """Return an array that numpy itself could have made: truth values are 0 or 1, characters exist."""
    if array.dtype.kind == "b":
        return np.asarray(array.view(np.uint8) != 0)
    if array.dtype.kind == "U" and array.size:
        codes = np.frombuffer(array.tobytes(), dtype=np.dtype(np.uint32).newbyteorder(array.dtype.byteorder))
        if (codes > 0x10FFFF).any() or ((codes >= 0xD800) & (codes < 0xE000)).any():
            raise WireError("no message: characters that do not exist")
    return array


def _integer(text):
    if len(text) > BITS // 4 + 3:
        raise WireError("no message: an integer too long to print")
    return int(text, 16)


def _generator(state, increment, has_uint32, uinteger):
    bits = np.random.PCG64(0)
    bits.state = {"bit_generator": "PCG64", "has_uint32": int(_whole(has_uint32) != 0), "uinteger": _whole(uinteger),
                  "state": {"state": _integer(state) % 2**128, "inc": _integer(increment) % 2**128 | 1}}
    return np.random.Generator(bits)


def _whole(number):
    if type(number) is not int:
        raise WireError("no message: not a whole number")
    return number


_SIMPLE = {
    "i": _integer,
    "f": float.fromhex,
    "c": lambda real, imaginary: complex(float.fromhex(real), float.fromhex(imaginary)),
    "o": lambda name: Foreign(name.encode(errors="replace").decode()[:60]),
    "g": _generator,
}

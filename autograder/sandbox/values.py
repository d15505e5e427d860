"""Plain values as JSON and bytes of arrays, and back. What came in is checked before it is believed, and never run."""

import math
import re

import numpy as np

from autograder.engine.exercise import Seed
from autograder.engine.nest import Foreign

DEPTH = 50  # containers inside one another
ODD_KEYS = 1_000  # keys of a dict that are no text: their hashes can be made to collide, which takes time squared
BITS = 10_000  # of an integer: Python refuses to print one with more than 14,000
BYTES = 2**20  # of an array
DTYPE = re.compile(r"[<>|][fiubcUS]\d{1,9}")


class WireError(Exception):
    """What came, or is to be sent, is no message."""


class Proxy:
    """Stands for a function of the other side; calling it is a message."""

    def __init__(self, number):
        self.number = number


def tree_of(value, buffers, functions, depth=0):
    """Return `value` as what JSON can say; the bytes of its arrays go into `buffers`, callables into `functions`."""
    if depth > DEPTH:
        raise WireError(f"a result with more than {DEPTH} containers inside one another")
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return ["i", hex(value)] if value.bit_length() <= BITS else ["o", "int too long to print"]
    if kind is float:
        return ["f", value.hex()]
    if kind is complex:
        return ["c", value.real.hex(), value.imag.hex()]
    if kind in (tuple, list):
        return ["t" if kind is tuple else "l", *(tree_of(item, buffers, functions, depth + 1) for item in value)]
    if kind is dict:
        return ["d", *([tree_of(key, buffers, functions, depth + 1), tree_of(item, buffers, functions, depth + 1)]
                       for key, item in value.items())]
    if isinstance(value, (np.ndarray, np.generic)):
        return _array_tree(np.asarray(value), isinstance(value, np.generic), buffers)
    if kind is Seed:
        return ["seed", value.value, value.again]
    if kind is np.random.Generator and type(value.bit_generator) is np.random.PCG64:
        return _generator_tree(value.bit_generator.state)
    if functions is not None and callable(value):
        functions.append(value)
        return ["p", len(functions) - 1]
    return ["o", str(kind.__name__)[:60]]


def _array_tree(array, scalar, buffers):
    if not DTYPE.fullmatch(array.dtype.str):
        return ["o", f"array of dtype {array.dtype}"[:60]]
    if array.nbytes > BYTES:
        return ["o", f"array of shape {array.shape}"[:60]]
    data = np.ascontiguousarray(array).tobytes()
    buffers.append(data)
    return ["a", array.dtype.str, list(array.shape), len(data), scalar]


def _generator_tree(state):
    return ["g", hex(state["state"]["state"]), hex(state["state"]["inc"]), state["has_uint32"], state["uinteger"]]


class Reader:
    """Builds the values of a message.

    Parameters
    ----------
    body : bytes
        Of all its arrays, in order.
    handles : bool
        Whether it may hold a :class:`Proxy` or a ``Seed``.
    """

    def __init__(self, body, handles):
        self.body, self.place, self.handles = body, 0, handles

    def value(self, tree, depth=0):
        """Return the value that a tree stands for; WireError, or what Python raises, where it stands for none."""
        if isinstance(tree, str):
            return tree.encode(errors="replace").decode()  # half a surrogate pair cannot be printed anywhere
        if tree is None or isinstance(tree, bool):
            return tree
        if depth > DEPTH or not isinstance(tree, list):
            raise WireError("no message: too deep, or no value")
        tag, *rest = tree
        if tag == "t":
            return tuple([self.value(item, depth + 1) for item in rest])
        if tag == "l":
            return [self.value(item, depth + 1) for item in rest]
        if tag == "d":
            return self._dict(rest, depth + 1)
        if tag in _SIMPLE:
            return _SIMPLE[tag](*rest)
        if tag == "a":
            return self._array(*rest)
        if self.handles and tag == "seed":
            return Seed(_whole(rest[0]), bool(rest[1]))
        if self.handles and tag == "p":
            return Proxy(_whole(rest[0]))
        raise WireError("no message: unknown tag")

    def _dict(self, items, depth):
        if sum(not isinstance(key, str) for key, _ in items) > ODD_KEYS:
            raise WireError(f"a dict with more than {ODD_KEYS} keys that are no text")
        return {self.value(key, depth): self.value(item, depth) for key, item in items}

    def _array(self, dtype, shape, size, scalar):
        fits = len(shape) <= 32 and all(_whole(side) >= 0 for side in shape) and size <= BYTES
        if not DTYPE.fullmatch(dtype) or not fits:
            raise WireError("no message: not a plain array")
        dtype = np.dtype(dtype)
        if math.prod(shape) * dtype.itemsize != size or not 0 <= size <= len(self.body) - self.place:
            raise WireError("no message: shape and bytes disagree")
        data = self.body[self.place:self.place + size]
        self.place += size
        array = _sound(np.frombuffer(data, dtype=dtype).reshape(shape).copy())
        return array[()] if scalar else array


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

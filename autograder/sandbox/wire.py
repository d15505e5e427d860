"""Messages between the grader and a process it does not trust: JSON and plain bytes of arrays, nothing else.

A value is built from None, bool, int, float, complex, str, tuple, list, dict and numpy arrays or scalars of plain
dtypes. Whatever else a function returns arrives as :class:`~autograder.engine.nest.Foreign`, its type's name alone.
Reading checks every size before it is believed and never runs anything that came in.
"""

import json
import math
import struct

import numpy as np

from autograder.engine.exercise import Seed
from autograder.engine.nest import Foreign

LIMIT = 64 * 2**20  # bytes of one message
DEPTH = 50  # containers inside one another
KINDS = "fiubcUS"  # dtype kinds that may pass
FRAME = struct.Struct("!IQ")


class WireError(Exception):
    """The other side closed, or sent what is no message."""


class Proxy:
    """Stands for a function of the other side; calling it is a message."""

    def __init__(self, number):
        self.number = number


def encode(value, functions=None):
    """Return `value` as bytes.

    Parameters
    ----------
    value : object
    functions : list, optional
        Collects the callables met on the way; each travels as its position. Without it they are foreign objects.

    Raises
    ------
    WireError
        If the message would be too large or too deep.
    """
    buffers = []
    tree = json.dumps(_tree(value, buffers, functions, 0)).encode()
    size = sum(map(len, buffers))
    if len(tree) + size > LIMIT:
        raise WireError(f"a message of {len(tree) + size} bytes, wanted at most {LIMIT}")
    return b"".join([FRAME.pack(len(tree), size), tree, *buffers])


def _tree(value, buffers, functions, depth):
    if depth > DEPTH:
        raise WireError(f"a result with more than {DEPTH} containers inside one another")
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return ["i", hex(value)]
    if kind is float:
        return ["f", value.hex()]
    if kind is complex:
        return ["c", value.real.hex(), value.imag.hex()]
    if kind in (tuple, list):
        return ["t" if kind is tuple else "l", *(_tree(item, buffers, functions, depth + 1) for item in value)]
    if kind is dict:
        return ["d", *([_tree(key, buffers, functions, depth + 1), _tree(item, buffers, functions, depth + 1)]
                       for key, item in value.items())]
    if isinstance(value, (np.ndarray, np.generic)):
        return _array_tree(np.asarray(value), isinstance(value, np.generic), buffers)
    if kind is Seed:
        return ["seed", value.value, value.again]
    if functions is not None and callable(value):
        functions.append(value)
        return ["p", len(functions) - 1]
    return ["o", kind.__name__[:60]]


def _array_tree(array, scalar, buffers):
    if array.dtype.kind not in KINDS:
        return ["o", f"array of dtype {array.dtype}"[:60]]
    data = np.ascontiguousarray(array).tobytes()
    buffers.append(data)
    return ["a", array.dtype.str, list(array.shape), len(data), scalar]


def frame_sizes(head):
    """Return the sizes of header and body that a frame's first bytes announce; WireError where they are too large."""
    tree, body = FRAME.unpack(head)
    if tree + body > LIMIT:
        raise WireError(f"a message of {tree + body} bytes, wanted at most {LIMIT}")
    return tree, body


def decode(tree, body):
    """Return the value of a message; WireError where it is not one.

    Parameters
    ----------
    tree, body : bytes
    """
    try:
        reader = _Body(body)
        value = _value(json.loads(tree), reader)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise WireError(f"no message: {type(error).__name__}") from None
    if reader.place != len(body):
        raise WireError("no message: bytes left over")
    return value


class _Body:
    """Gives out the bytes of the arrays, in order."""

    def __init__(self, data):
        self.data, self.place = data, 0

    def take(self, size):
        if not 0 <= size <= len(self.data) - self.place:
            raise ValueError("more bytes than there are")
        self.place += size
        return self.data[self.place - size:self.place]


def _value(tree, body):
    if tree is None or isinstance(tree, (bool, str)):
        return tree
    tag, *rest = tree
    if tag == "i":
        return int(rest[0], 16)
    if tag == "f":
        return float.fromhex(rest[0])
    if tag == "c":
        return complex(*map(float.fromhex, rest))
    if tag in ("t", "l"):
        items = [_value(item, body) for item in rest]
        return tuple(items) if tag == "t" else items
    if tag == "d":
        return {_value(key, body): _value(item, body) for key, item in rest}
    if tag == "a":
        return _array(body, *rest)
    if tag == "seed":
        return Seed(int(rest[0]), bool(rest[1]))
    if tag == "p":
        return Proxy(int(rest[0]))
    if tag == "o":
        return Foreign(str(rest[0])[:60])
    raise ValueError("unknown tag")


def _array(body, dtype, shape, size, scalar):
    dtype = np.dtype(str(dtype))
    plain = dtype.kind in KINDS and not dtype.hasobject
    if not plain or len(shape) > 32 or not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError("not a plain array")
    if math.prod(shape) * dtype.itemsize != size:
        raise ValueError("shape and bytes disagree")
    array = np.frombuffer(body.take(size), dtype=dtype).reshape(shape).copy()
    return array[()] if scalar else array


def send(connection, value, functions=None):
    """Send `value` over a socket."""
    try:
        connection.sendall(encode(value, functions))
    except OSError as error:
        raise WireError(f"the other side is gone ({error.strerror})") from None


def receive(connection):
    """Return the next value from a socket; TimeoutError when its time is over, WireError when it closed."""
    try:
        tree, body = frame_sizes(_exactly(connection, FRAME.size))
        return decode(_exactly(connection, tree), _exactly(connection, body))
    except TimeoutError:
        raise
    except OSError as error:
        raise WireError(f"the other side is gone ({error.strerror})") from None


def _exactly(connection, size):
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 2**20))
        if not piece:
            raise WireError("the other side is gone")
        data += piece
    return bytes(data)

"""Messages between the grader and a process it does not trust: JSON and plain bytes of arrays, nothing else.

A value is built from None, bool, int, float, complex, str, tuple, list, dict and numpy arrays or scalars of plain
dtypes. Whatever else a function returns arrives as :class:`~autograder.engine.nest.Foreign`, its type's name alone.
Reading checks every size before it is believed, costs time and memory in proportion to the bytes that came, and never
runs anything that came in.
"""

import json
import struct
import time

from autograder.sandbox.values import Arrays, Kept, Reader, WireError, Writer

__all__ = ["LIMIT", "TREE_LIMIT", "Arrays", "GoneError", "Kept", "WireError", "decode", "encode", "frame_sizes",
           "receive", "send", "send_bytes"]

LIMIT = 16 * 2**20  # bytes of one message
TREE_LIMIT = 2**20  # bytes of its JSON: as objects in memory they take thirty times as much
FRAME = struct.Struct("!IQ")
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class GoneError(WireError):
    """The other side closed."""


def encode(value, kept=None, known=None, met=None):
    """Return `value` as bytes.

    Parameters
    ----------
    value : object
    kept : Kept, optional
        Collects the functions and the objects with fields met on the way; each travels as its number. Without it
        they are foreign objects.
    known : Arrays, optional
        What the other side has already.
    met : Arrays, optional
        Collects the arrays that travel.

    Raises
    ------
    WireError
        If the message would be too large or too deep.
    """
    writer = Writer(kept, known)
    tree = _dumps(writer.tree(value)).encode(errors="surrogatepass")
    size = sum(map(len, writer.buffers))
    _check_sizes(len(tree), size)
    if met is not None:
        met += writer.met
    return b"".join([FRAME.pack(len(tree), size), tree, *writer.buffers])


def _check_sizes(tree, body):
    if tree > TREE_LIMIT:
        raise WireError(f"a message of {tree} bytes beside its arrays, wanted at most {TREE_LIMIT}")
    if tree + body > LIMIT:
        raise WireError(f"a message of {tree + body} bytes, wanted at most {LIMIT}")


def frame_sizes(head):
    """Return the sizes of header and body that a frame's first bytes announce; WireError where they are too large."""
    tree, body = FRAME.unpack(head)
    _check_sizes(tree, body)
    return tree, body


def decode(tree, body, makers=None, known=None, met=None):
    """Return the value of a message; WireError where it is not one.

    Parameters
    ----------
    tree, body : bytes
    makers : dict, optional
        What it may hold beside plain values, as for :class:`~autograder.sandbox.values.Reader`.
    known : Arrays, optional
        What the other side was told before.
    met : Arrays, optional
        Collects the arrays that came.
    """
    reader = Reader(body, makers, known)
    try:
        value = reader.value(json.loads(tree))
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise WireError(f"no message: {type(error).__name__}") from None
    if reader.place != len(body):
        raise WireError("no message: bytes left over")
    if met is not None:
        met += reader.known
    return value


def send(connection, value):
    """Send `value` over a socket; TimeoutError when its time is over, GoneError when it is closed."""
    send_bytes(connection, encode(value))


def send_bytes(connection, message):
    """Send an encoded message over a socket; TimeoutError when its time is over, GoneError when it is closed."""
    try:
        connection.sendall(message)
    except TimeoutError:
        raise
    except OSError as error:
        raise GoneError(f"the other side is gone ({error.strerror})") from None


def receive(connection, end=None, makers=None, known=None, met=None):
    """Return the next value from a socket; TimeoutError when its time is over, GoneError when it is closed.

    Parameters
    ----------
    connection : socket
    end : float, optional
        On the clock ``time.monotonic``: when the whole message must be there, however slowly its bytes drip.
    makers, known, met
        As for :func:`decode`.
    """
    try:
        tree, body = frame_sizes(_exactly(connection, FRAME.size, end))
        return decode(_exactly(connection, tree, end), _exactly(connection, body, end), makers, known, met)
    except TimeoutError:
        raise
    except OSError as error:
        raise GoneError(f"the other side is gone ({error.strerror})") from None


def _exactly(connection, size, end):
    data = bytearray()
    while len(data) < size:
        if end is not None:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
        piece = connection.recv(min(size - len(data), 2**20))
        if not piece:
            raise GoneError("the other side is gone")
        data += piece
    return bytes(data)

"""Messages of the sandbox: plain values arrive as they were sent; anything else is refused before it costs anything."""

import contextlib
import json
import socket
import threading
import time
import tracemalloc
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.engine import Seed
from autograder.engine.nest import Foreign
from autograder.sandbox import wire
from autograder.sandbox.values import Handle, Record

DTYPES = st.one_of(hnp.boolean_dtypes(), hnp.integer_dtypes(endianness="?"), hnp.floating_dtypes(endianness="?"),
                   hnp.complex_number_dtypes(), hnp.unicode_string_dtypes(max_len=5), hnp.byte_string_dtypes(max_len=5))
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def characters(most):
    """Texts that numpy keeps as they are: it drops a null at the end."""
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=most)


ARRAYS = DTYPES.flatmap(lambda dtype: hnp.arrays(
    dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
    elements=characters(dtype.itemsize // 4) if dtype.kind == "U" else None))
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), TEXT, ARRAYS,
                   ARRAYS.map(lambda array: array[(0,) * array.ndim] if array.size else None))
VALUES = st.recursive(LEAVES, lambda inner: st.one_of(
    st.lists(inner, max_size=4), st.lists(inner, max_size=4).map(tuple),
    st.dictionaries(st.one_of(TEXT, st.integers()), inner, max_size=4)), max_leaves=12)
SETTINGS = settings(deadline=None, max_examples=100)


def parts(message):
    """The two parts of an encoded message, as ``decode`` takes them."""
    tree, body = wire.frame_sizes(message[:wire.FRAME.size])
    rest = message[wire.FRAME.size:]
    assert len(rest) == tree + body
    return rest[:tree], rest[tree:]


def there_and_back(value):
    return wire.decode(*parts(wire.encode(value)))


def identical(one, other):
    """Whether two values are the same to the last bit, types included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(identical, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(identical(one[key], other[key]) for key in one)
    if isinstance(one, (np.ndarray, np.generic)):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float):
        return one.hex() == other.hex()
    return repr(one) == repr(other)


@SETTINGS
@given(VALUES)
def test_a_plain_value_arrives_as_it_was_sent(value):
    assert identical(there_and_back(value), value)


@SETTINGS
@given(st.binary(max_size=200), st.binary(max_size=40))
def test_bytes_that_are_no_message_are_refused(tree, body):
    with contextlib.suppress(wire.WireError):
        wire.decode(tree, body)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(),
              st.sampled_from(["i", "f", "c", "t", "l", "d", "a", "o", "g", "seed", "p", "<f8", "0x1", "nan"])),
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(st.text(), inner, max_size=3)), max_leaves=20)
TAGGED = st.tuples(st.sampled_from("iftcdlaog"), st.lists(JSON, max_size=5)).map(lambda pair: [pair[0], *pair[1]])


@settings(SETTINGS, max_examples=200)
@given(st.one_of(JSON, TAGGED), st.binary(max_size=16))
def test_json_that_is_no_value_is_refused_and_nothing_else_happens(tree, body):
    with contextlib.suppress(wire.WireError):
        wire.decode(json.dumps(tree).encode(), body)


@settings(SETTINGS, max_examples=100)
@given(VALUES, st.data())
def test_a_message_with_one_byte_changed_is_a_value_or_refused(value, data):
    tree, body = parts(wire.encode(value))
    place = data.draw(st.integers(0, len(tree) - 1))
    changed = tree[:place] + data.draw(st.binary(min_size=1, max_size=1)) + tree[place + 1:]
    with contextlib.suppress(wire.WireError):
        wire.decode(changed, body)


@pytest.mark.parametrize(("tree", "body"), [
    (["a", "<f8", [2], 16, False], b"x" * 8),
    (["a", "<f8", [1], 16, False], b"x" * 16),
    (["a", "<f8", [3], 16, False], b"x" * 16),
    (["a", "<f8", [-2], -16, False], b""),
    (["a", "<f8", [2.0], 16, False], b"x" * 16),
    (["a", "<f8", [True], 8, False], b"x" * 8),
    (["a", "<f8", 2, 16, False], b"x" * 16),
    (["a", "<f8", [1] * 33, 8, False], b"x" * 8),
    (["a", "<f8", [2**62, 2**62, 0], 0, False], b"0"),
    (["a", "<f8", [2**61], 0, False], b""),
    (["a", "<f8", [0, 2**70], 0, False], b""),
    (["a", "|O", [1], 8, False], b"x" * 8),
    (["a", "O", [1], 8, False], b"x" * 8),
    (["a", "<f8,<f8", [1], 16, False], b"x" * 16),
    (["a", "|V8", [1], 8, False], b"x" * 8),
    (["a", "<M8[s]", [1], 8, False], b"x" * 8),
    (["a", "a8", [1], 8, False], b"x" * 8),
    (["a", "<f3", [1], 3, False], b"x" * 3),
    (["a", "<U999999999999", [1], 8, False], b"x" * 8),
    (["a", {"names": ["x"], "formats": ["O"]}, [1], 8, False], b"x" * 8),
    (["a", ["O"], [1], 8, False], b"x" * 8),
    (["a", "<U1", [1], 4, False], b"\xff\xff\xff\xff"),
    (["a", "<U1", [1], 4, False], b"\x00\xd8\x00\x00"),
    (["a", "<f8"], b""),
    (["i", "0x" + "f" * 3_000], b""),
    (["i", 3], b""),
    (["f", "0x1p99999"], b""),
    (["c", "0x1"], b""),
    (["d", ["l"]], b""),
    (["d", [["l"], None]], b""),
    (["d", [["a", "<f8", [1], 8, False], None]], b"x" * 8),
    (["g", "0x1", "0x1", "yes", 3], b""),
    (["g", "0x1", "0x1", 1, 2**70], b""),
    (["g", "0x1", "0x1", 1, -1], b""),
    (["seed", 1, False], b""),
    (["p", 0], b""),
    (["unknown"], b""),
    ([], b""),
    ({"i": 1, "0x3": 2}, b""),
    (3, b""),
    (0.5, b""),
    (["l", 3], b""),
    (None, b"left over"),
], ids=lambda part: json.dumps(part)[:40] if not isinstance(part, bytes) else "")
def test_a_lie_is_refused(tree, body):
    with pytest.raises(wire.WireError):
        wire.decode(json.dumps(tree).encode(), body)


@pytest.mark.parametrize("tree", [b"", b"[", b"NaN", b"\xff\xfe", b"[" * 100_000, b'["l",' * 100_000,
                                  b'["l",' * 60 + b"null" + b"]" * 60, b'["i","' + b"9" * 5_000 + b'"]', b"9" * 5_000],
                         ids=["nothing", "cut", "NaN", "no text", "deep", "deep list", "60 lists", "digits", "number"])
def test_what_is_no_tree_is_refused(tree):
    with pytest.raises(wire.WireError):
        wire.decode(tree, b"")


@pytest.mark.parametrize("sizes", [(wire.TREE_LIMIT + 1, 0), (2, wire.LIMIT), (2**32 - 1, 0), (0, 2**64 - 1)])
def test_sizes_are_refused_before_anything_is_read(sizes):
    with pytest.raises(wire.WireError, match="wanted at most"):
        wire.frame_sizes(wire.FRAME.pack(*sizes))


def test_a_value_too_large_or_too_deep_is_not_sent():
    deep = []
    deep.append(deep)
    for value in ([np.zeros(100_000)] * 25, "x" * (wire.TREE_LIMIT + 1), deep, [[0] * 150_000]):
        with pytest.raises(wire.WireError):
            wire.encode(value)


def test_truth_values_are_zero_or_one_even_if_the_sender_says_otherwise():
    array = wire.decode(b'["a", "|b1", [3], 3, false]', b"\x00\x02\xff")
    assert array.tobytes() == b"\x00\x01\x01"
    assert wire.decode(b'["a", "|b1", [], 1, false]', b"\x07").shape == ()


def test_half_of_a_surrogate_pair_becomes_a_question_mark():
    assert wire.decode(rb'"a\ud800b"', b"") == "a?b"
    assert wire.decode(rb'["o", "\udfff"]', b"").name == "?"


@pytest.mark.parametrize("value", [
    {1, 2}, object(), np.array([object()]), np.zeros(2, dtype="f8,f8"), np.datetime64("2024-01-01"), print, int,
    range(3), type("int", (int,), {})(3), type("str", (str,), {})("x"), b"bytes", 10**5_000, -(10**5_000),
    np.random.RandomState(0), Seed, 1 << 10_001,
], ids=lambda value: type(value).__name__)
def test_what_is_not_plain_arrives_as_its_types_name(value):
    assert isinstance(there_and_back(value), Foreign)


def test_a_large_array_arrives_as_its_shape():
    array = there_and_back([np.zeros((300, 1000))])[0]
    assert array.name == "array of shape (300, 1000)"
    with pytest.raises(wire.WireError):
        wire.decode(b'["a", "|u1", [2000000], 2000000, false]', bytes(2_000_000))


def test_an_array_that_lies_about_itself_arrives_as_its_bytes():
    class Liar(np.ndarray):
        shape = (7, 7)
        dtype = np.dtype("O")

        def tobytes(self, order="C"):
            return b"lies"

        def __array__(self, *args, **kwargs):
            return np.ones(5)

    array = there_and_back(np.arange(3.0).view(Liar))
    assert type(array) is np.ndarray
    np.testing.assert_array_equal(array, [0, 1, 2])


def test_a_generator_arrives_in_its_state():
    generator = np.random.default_rng(5)
    generator.standard_normal(3)
    generator.integers(0, 5, dtype=np.uint32)
    other = there_and_back(generator)
    assert other.bit_generator.state == generator.bit_generator.state
    np.testing.assert_array_equal(other.random(4), generator.random(4))


MAKERS = {"seed": Seed, "p": Handle, "r": lambda number, kind, can_be_called, fields: Record(number, kind, fields)}


@dataclass(frozen=True)
class Unit:
    name: str
    forward: object
    size: int = 3


def test_functions_and_objects_with_fields_stay_and_their_numbers_travel():
    kept, unit = wire.Kept(), Unit("RNN", print)
    tree, body = parts(wire.encode((Seed(4, again=True), print, [unit, {"f": len}], print), kept))
    seed, one, (record, inner), again = wire.decode(tree, body, MAKERS)
    assert (seed, kept) == (Seed(4, again=True), [print, unit, len])
    assert (one._number, record._number, inner["f"]._number, again._number) == (0, 1, 2, 0)
    assert (record.name, record.size, record.forward._number) == ("RNN", 3, 0)
    with pytest.raises(AttributeError, match="cannot assign"):
        record.size = 4
    with pytest.raises(wire.WireError):
        wire.decode(tree, body)


def test_what_is_kept_comes_back_as_itself_and_nothing_else_does():
    unit = Unit("RNN", print)
    kept = wire.Kept([unit, print])
    tree, body = parts(wire.encode((Handle(0), [Record(1, "function", {})])))
    assert wire.decode(tree, body, {"h": kept.thing}) == (unit, [print])
    for number in (2, -1, 2**70, 0.5, True, "0", None, [0]):
        with pytest.raises(wire.WireError):
            wire.decode(json.dumps(["h", number]).encode(), b"", {"h": kept.thing})
    with pytest.raises(wire.WireError):
        wire.decode(tree, body)


def test_keys_with_equal_hashes_do_not_stop_the_clock():
    colliding = [["i", hex(number * (2**61 - 1))] for number in range(1, 20_000)]
    tree = json.dumps(["d", *([key, None] for key in colliding)]).encode()
    start = time.perf_counter()
    with pytest.raises(wire.WireError, match="keys"):
        wire.decode(tree, b"")
    assert time.perf_counter() - start < 5


def test_the_largest_tree_costs_little_memory():
    part = wire.TREE_LIMIT // 4  # of the largest, since tracing is slow
    tree = b'["l"' + b',["l"]' * ((part - 10) // 6) + b"]"
    tracemalloc.start()
    try:
        wire.decode(tree, b"")
        assert tracemalloc.get_traced_memory()[1] < 60 * part
    finally:
        tracemalloc.stop()


# --- Over a socket


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(10)
        theirs.settimeout(10)
        yield ours, theirs


def test_messages_follow_one_another(pair):
    ours, theirs = pair
    for value in (1, "two", [3.0]):
        wire.send(ours, value)
    assert [wire.receive(theirs) for _ in range(3)] == [1, "two", [3.0]]


def test_a_closed_connection_is_told(pair):
    ours, theirs = pair
    theirs.sendall(wire.encode("cut")[:-2])
    theirs.close()
    with pytest.raises(wire.WireError, match="gone"):
        wire.receive(ours)
    with pytest.raises(wire.WireError, match="gone"):
        wire.send(ours, "x" * 1_000_000)


def test_bytes_that_drip_do_not_stretch_the_time(pair):
    ours, theirs = pair
    stop = threading.Event()

    def drip():
        for byte in wire.encode("a" * 1_000):
            theirs.send(bytes([byte]))
            if stop.wait(0.02):
                return

    thread = threading.Thread(target=drip)
    thread.start()
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        wire.receive(ours, end=start + 0.2)
    took = time.monotonic() - start
    stop.set()
    thread.join()
    assert took < 2


def test_time_that_is_over_is_told_although_bytes_are_there(pair):
    ours, theirs = pair
    wire.send(theirs, "in time")
    with pytest.raises(TimeoutError):
        wire.receive(ours, end=time.monotonic() - 1)


def test_one_who_does_not_listen_is_not_waited_for(pair):
    ours, _ = pair
    ours.settimeout(0.1)
    with pytest.raises(TimeoutError):
        wire.send(ours, [np.zeros(100_000)] * 10)

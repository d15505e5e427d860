"""An array travels once: where it comes again, or comes back, its number stands for it."""

import json

import numpy as np
import pytest

from autograder.sandbox import wire
from autograder.sandbox.values import BYTES, GIVEN


def parts(message):
    """A message's JSON and body."""
    tree, body = wire.frame_sizes(message[:wire.FRAME.size])
    return message[wire.FRAME.size:wire.FRAME.size + tree], message[wire.FRAME.size + tree:][:body]


A, B = np.arange(12.0).reshape(3, 4), np.arange(12.0).reshape(4, 3)


def test_what_occurs_twice_in_a_message_travels_once():
    tree, body = parts(wire.encode((A, {"again": A.copy()}, B)))
    assert len(body) == A.nbytes + B.nbytes
    first, inner, last = wire.decode(tree, body)
    np.testing.assert_array_equal(first, A)
    np.testing.assert_array_equal(inner["again"], A)
    np.testing.assert_array_equal(last, B)


def test_what_the_other_side_has_comes_back_as_its_number():
    here, there = wire.Arrays(), wire.Arrays()
    question = wire.decode(*parts(wire.encode({"A": A, "B": B}, met=here)), met=there)
    tree, body = parts(wire.encode((question["B"], A + 1, question["A"]), known=there))
    assert len(body) == A.nbytes
    answer = wire.decode(tree, body, known=here)
    for found, wanted in zip(answer, (B, A + 1, A), strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_what_comes_back_changed_is_another_array():
    here, there = wire.Arrays(), wire.Arrays()
    question = wire.decode(*parts(wire.encode(A, met=here)), met=there)
    changed = question.copy()
    changed[1, 2] = -0.0
    answer = wire.decode(*parts(wire.encode((changed, A.astype(np.float32), A.T), known=there)), known=here)
    assert answer[0][1, 2] == 0
    assert np.signbit(answer[0][1, 2])
    assert answer[1].dtype == np.float32
    assert answer[2].shape == (4, 3)


def test_nobody_writes_to_what_was_asked():
    here, there = wire.Arrays(), wire.Arrays()
    tree, body = parts(wire.encode(A, met=here))
    wire.decode(tree, body, met=there)
    back = wire.decode(*parts(wire.encode([A], known=there)), known=here)[0]
    with pytest.raises(ValueError, match="read-only"):
        back[0, 0] = 1.0
    A[0, 0] = 0.0  # ours is as it was


@pytest.mark.parametrize("tree", [["k", 0, False], ["k", -1, False], ["k", 10**30, False], ["k", 0.0, False],
                                  ["k", "0", False], ["k", True, False], ["k"], ["k", None, None],
                                  ["l", ["k", 1, False]]], ids=json.dumps)
def test_a_number_that_stands_for_nothing_is_no_message(tree):
    known = [A] if tree[0] == "l" else []
    with pytest.raises(wire.WireError):
        wire.decode(json.dumps(tree).encode(), b"", known=known)


def test_many_small_words_do_not_become_gigabytes():
    large = np.zeros(BYTES, np.uint8)
    tree = ["l", *[["k", 0, False]] * 50_000]
    with pytest.raises(wire.WireError, match="bytes"):
        wire.decode(json.dumps(tree).encode(), b"", known=[large])
    with pytest.raises(wire.WireError, match="bytes"):
        wire.encode([large] * (GIVEN // BYTES + 1))

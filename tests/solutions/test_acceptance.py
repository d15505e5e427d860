"""The test that is a function: what it accepts, and what gets past it."""

import numpy as np
import pytest

from solutions import accepts_clip_by_norm, clip_by_norm, clip_by_value


def norm_of(gradients):
    return np.sqrt(sum(np.sum(g**2) for g in gradients.values()))


def scaled(gradients, factor):
    return {name: factor * g for name, g in gradients.items()}


def right(gradients, max_norm):
    return scaled(gradients, max_norm / max(norm_of(gradients), max_norm))


def in_place(gradients, max_norm):
    factor = max_norm / max(norm_of(gradients), max_norm)
    for g in gradients.values():
        g *= factor
    return {name: g.copy() for name, g in gradients.items()}


def raising(gradients, max_norm):
    raise KeyError("dWaa")


WRONG = {
    "by value": clip_by_value,
    "nothing": lambda gradients, max_norm: gradients,
    "none": lambda gradients, max_norm: None,
    "the dict itself": lambda gradients, max_norm: dict,
    "a list": lambda gradients, max_norm: list(right(gradients, max_norm).values()),
    "another name too": lambda gradients, max_norm: {**right(gradients, max_norm), "norm": 1.0},
    "a name less": lambda gradients, max_norm: dict(list(right(gradients, max_norm).items())[:1]),
    "text": lambda gradients, max_norm: dict.fromkeys(gradients, "clipped"),
    "transposed": lambda gradients, max_norm: {name: g.T for name, g in right(gradients, max_norm).items()},
    "flat": lambda gradients, max_norm: {name: g.ravel() for name, g in right(gradients, max_norm).items()},
    "sign": lambda gradients, max_norm: scaled(right(gradients, max_norm), -1),
    "always": lambda gradients, max_norm: scaled(gradients, max_norm / max(norm_of(gradients), 1e-99)),
    "slightly too long": lambda gradients, max_norm: scaled(right(gradients, max_norm), 1.001),
    "largest norm": lambda gradients, max_norm: scaled(
        gradients, max_norm / max(max_norm, *(np.linalg.norm(g) for g in gradients.values()))),
    "zero is NaN": lambda gradients, max_norm: right(gradients, max_norm) if norm_of(gradients) else scaled(
        gradients, np.nan),
    "in place": in_place,
    "raising": raising,
}


@pytest.mark.parametrize("candidate", [clip_by_norm, right], ids=["the library's", "another one"])
def test_right_functions_are_accepted(candidate):
    assert accepts_clip_by_norm(candidate) is True


@pytest.mark.parametrize("candidate", WRONG.values(), ids=WRONG)
def test_wrong_functions_are_rejected_without_an_error(candidate):
    assert accepts_clip_by_norm(candidate) is False

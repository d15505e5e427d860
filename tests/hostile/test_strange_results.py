"""What the engine makes of results that no function of the course gives: points within bounds, a message, in time."""

import json
import time
import warnings

import numpy as np
import pytest

from autograder.engine import judge
from autograder.engine.judge import drawn
from autograder.engine.nest import Foreign
from autograder.engine.run import Outcome
from autograder.engine.subject import Answers
from autograder.exercises import EXERCISES

STRANGE = [
    None, True, 3, 10**2900, -(10**2900), 1e308, float("nan"), float("-inf"), 3 + 4j, complex("nan"), "text", "",
    "a" * 10_000, Foreign("set"), (), [], {}, {1: 2}, {"Wax": None}, {("a", 1): 2}, [[], [1]], [[1, 2], [3]],
    ((), ()), np.array([]), np.array(3.0), np.zeros((0, 5)), np.array(["a"]), np.array([b"a"]), np.array([True]),
    np.zeros(3, np.float16), np.array([1 + 2j]), np.zeros(3, ">f8"), np.zeros(2, np.longdouble), np.array([np.nan]),
    np.zeros((100, 1000)), np.str_("x"), np.float64(3), np.bool_(True), np.complex64(1j), np.int64(5),
    list(range(3000)), [np.zeros(3)] * 100, np.zeros((1,) * 32), np.random.default_rng(0),
    np.array([2**63], np.uint64), [Foreign("x")], (Foreign("x"),) * 3, (10**2900,) * 3, [10**2900, 1.5],
    {"a": 10**2900}, [0, "a"], [0, None], [True] * 3, [1e308] * 3, [float("inf")],
]


class Fixed:
    """A subject whose answers are known."""

    function, name = None, "f"

    def __init__(self, cases, outcomes):
        self.outcomes = {id(case): outcome for case, outcome in zip(cases, outcomes, strict=True)}

    def answer(self, cases, names, forbidden, allowed):
        return Answers(tuple(self.outcomes[id(case)] for case in cases))

    def helped_by(self, replacements):
        return self


def with_strange(value, strange, depth=0):
    """Yield `value` with each of its first items, and theirs, replaced by `strange`."""
    yield strange
    if depth < 2 and isinstance(value, (tuple, list)):
        for place, item in enumerate(value[:3]):
            for other in with_strange(item, strange, depth + 1):
                yield type(value)([*value[:place], other, *value[place + 1:]])
    elif depth < 2 and isinstance(value, dict):
        for key, item in list(value.items())[:3]:
            for other in with_strange(item, strange, depth + 1):
                yield {**value, key: other}
    elif isinstance(value, np.ndarray) and isinstance(strange, np.ndarray) and value.size and strange.size == 1:
        yield np.broadcast_to(strange.reshape(-1)[0], value.shape).copy()


@pytest.mark.parametrize("name", EXERCISES)
def test_a_strange_result_is_told_and_earns_no_more_than_there_is(name):
    exercise = EXERCISES[name]
    known = drawn(exercise, 5, True)
    other = list(EXERCISES).index(name)  # each exercise gets others: all of them together get every one at every place
    results = [strange for number, one in enumerate(STRANGE)
               for strange in list(with_strange(known.wanted[0].value, one))[(number + other) % 6::6]]
    assert len(results) > 6
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for result in results:
            outcomes = [Outcome(result), *(Outcome(outcome.value) for outcome in known.wanted[1:])]
            start = time.monotonic()
            judged = judge(Fixed(known.cases, outcomes), exercise, 5, EXERCISES.values(), hidden=True)
            assert time.monotonic() - start < 20
            assert 0 <= judged.points <= exercise.points
            assert judged.status in ("passed", "failed")
            json.dumps(judged.as_json())
            assert len(str(judged)) < 20_000

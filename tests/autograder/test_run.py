"""Calling a function: what never ends is stopped, and generators begin where the case says."""

import sys

import numpy as np
import pytest

from autograder.engine import Case, Seed
from autograder.engine.run import STEP_LIMIT, run
from autograder.sandbox import wire


def test_a_function_that_never_ends_is_stopped_at_its_own_line():
    def never_ends(x):
        indices = []
        while x:
            indices.append(len(indices) % 3)

    raised = run(never_ends, Case((True,)), ("x",)).raised
    assert (raised.type, raised.text) == ("EndlessLoop", f"stopped after {STEP_LIMIT:,} steps")
    assert raised.function == "never_ends"
    assert raised.source in ("while x:", "indices.append(len(indices) % 3)")


def test_a_loop_in_another_function_of_the_same_notebook_is_stopped():
    def helper(x):
        while x:
            x += 1

    def calls_it(x):
        return helper(x)

    raised = run(calls_it, Case((1,)), ("x",)).raised
    assert raised.type == "EndlessLoop"


def test_a_loop_that_calls_the_library_is_stopped_sooner():
    def asks(x):
        calls = 0
        while True:
            calls += 1
            np.mean(x)
            if calls > STEP_LIMIT:
                return calls

    assert run(asks, Case((np.ones(3),)), ("x",)).raised.type == "EndlessLoop"


def test_what_catches_every_exception_is_stopped_too():
    def stubborn(x):
        while True:
            try:
                x += 1
            except Exception:
                x = 0

    assert run(stubborn, Case((0,)), ("x",)).raised.type == "EndlessLoop"


def test_the_limit_is_for_one_call_and_not_for_all_repeats():
    def count_up(x):
        for _ in range(STEP_LIMIT // 4):
            x += 1
        return x

    assert run(count_up, Case((0,), repeat=3), ("x",)).value == [STEP_LIMIT // 4] * 3


def test_a_debugger_that_was_tracing_goes_on_afterwards():
    def trace(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run(lambda x: x, Case((1,)), ("x",))
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)


def draw(rng):
    return int(rng.integers(1_000_000))


def test_a_generator_goes_on_from_call_to_call_and_is_the_same_in_every_run():
    first, second = (run(draw, Case((Seed(5),), repeat=4), ("rng",)).value for _ in range(2))
    assert first == second
    assert len(set(first)) == 4


def test_a_generator_that_begins_again_gives_every_call_the_same():
    drawn = run(draw, Case((Seed(5, again=True),), repeat=4), ("rng",)).value
    assert drawn == [int(np.random.default_rng(5).integers(1_000_000))] * 4


@pytest.mark.parametrize("seed", [Seed(3), Seed(2**40, again=True)])
def test_a_seed_reaches_a_process_that_is_not_trusted(seed):
    message = wire.encode(seed)
    tree, body = wire.frame_sizes(message[:wire.FRAME.size])
    data = message[wire.FRAME.size:]
    assert wire.decode(data[:tree], data[tree:tree + body], makers={"seed": Seed}) == seed

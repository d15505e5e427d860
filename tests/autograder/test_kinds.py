"""Write the test, and predict before you run, on made-up exercises; and the comparisons that they use."""

import copy

import numpy as np
import pytest

from autograder.engine import Array, Candidate, Case, Choice, Entries, Estimate, Patched, Verdict, judge
from autograder.engine.nest import Missing
from autograder.exercises.kinds import Handed, careless_tests, predict_then_run, write_the_test


def double(x):
    """Return twice x."""
    return x + x


def accepts_double(candidate):
    """Say whether a function doubles."""
    try:
        return all(candidate(x) == 2 * x for x in (0, 1, -3))
    except Exception:
        return False


def predict():
    """Say what two experiments give."""
    return {"growth": 8.0, "which": "left"}


TEST = write_the_test(
    "accepts_double", "99_made_up", accepts_double,
    right=(Handed("the right function", Patched(double)), Handed("a right one", lambda x: 2 * x)),
    wrong=(Handed("a function that does nothing", lambda x: x, 2, "Try 1."),
           Handed("a function that squares", lambda x: x * x, 3, "Try another number than 0 and 2.")),
    points=1, hints=("Try.",), misconceptions=careless_tests(accepts_double, "99_made_up.html#x"))

PREDICTION = predict_then_run(
    "predict", "99_made_up", predict, {"growth": (2, Estimate()), "which": (1, Choice(("left", "right")))},
    (("added", "growth", (6.0, 5.0), "You added.", "99_made_up.html#x"),
     ("other", "which", ("right",), "It is the other one.", "99_made_up.html#x")), ("Think.",))


def test_a_right_test_earns_everything():
    result = judge(lambda candidate: candidate(3) == 6 and candidate(-1) == -2, TEST)
    assert (result.status, result.points) == ("passed", 6)


@pytest.mark.parametrize("verdict", [True, False])
def test_a_test_that_always_says_the_same_earns_nothing(verdict):
    result = judge(lambda candidate: verdict, TEST)
    assert result.points == 0
    assert result.misconception == ("accepts_everything" if verdict else "rejects_everything")


def test_each_rejected_function_earns_its_points_and_the_other_is_named_with_what_would_catch_it():
    result = judge(lambda candidate: candidate(2) == 4, TEST)
    assert result.points == 3
    assert "Your test accepts a function that squares. Try another number than 0 and 2." in result.message


def test_a_coarse_mistake_is_not_named_where_it_explains_a_part_only():
    assert judge(lambda candidate: candidate(2) == 4, TEST).misconception is None


def test_the_order_of_the_functions_is_drawn():
    def order(seed):
        return [case.label for case in TEST.cases(np.random.default_rng(seed))]

    assert order(1) == order(1)
    assert len({tuple(order(seed)) for seed in range(20)}) > 5


def test_careless_tests_are_told_apart():
    for misconception in TEST.misconceptions:
        assert judge(misconception.function, TEST).misconception == misconception.id


def test_an_error_in_a_test_is_told_with_the_function_that_led_to_it():
    def test(candidate):
        return {0: True}[candidate(1) - 2]

    message = judge(test, TEST).message
    assert "KeyError" in message
    assert "a function that" in message
    assert "catch every error" in message


def test_a_candidate_takes_names_of_arguments_keeps_its_warnings_and_tells_nothing(recwarn):
    candidate = Candidate(Patched(double))
    assert candidate(x=2) == 4
    assert np.isnan(Candidate(lambda x: np.float64(x) / x)(0))
    assert not recwarn.list
    assert copy.deepcopy(candidate) is candidate
    assert "double" not in repr(candidate)


CASE = Case((), {}, "a function")


@pytest.mark.parametrize("found", [True, np.True_, 1, np.array(True)])
def test_what_is_true_is_a_verdict(found):
    assert Verdict().find("verdict", found, True, CASE) is None
    assert Verdict().find("verdict", found, False, CASE).text == "Your test accepts a function."


@pytest.mark.parametrize("found", [None, "True", 2, 1.0, np.array([True, False])])
def test_what_is_neither_true_nor_false_is_told(found):
    assert "it should return True or False" in Verdict().find("verdict", found, True, CASE).text


def test_predictions_are_right_when_they_are_near():
    for growth in (8, 8.3, np.float32(7.8), np.array([8.1]), np.int64(8)):
        assert judge(lambda growth=growth: {"growth": growth, "which": " Left "}, PREDICTION).status == "passed"


def test_a_wrong_prediction_is_explained_and_the_right_one_not_told():
    result = judge(lambda: {"growth": 5.1, "which": "right"}, PREDICTION)
    assert result.points == 0
    assert "growth: You added." in result.message
    assert "which: It is the other one." in result.message
    assert "8" not in result.message


@pytest.mark.parametrize(("found", "words"), [
    ({"growth": 80.0}, "growth is 80: that is too large."), ({"growth": 1e-3}, "growth is 0.001: that is too small."),
    ({"growth": -2}, "growth is -2, and cannot be that."), ({"growth": "much"}, "growth should be a number"),
    ({"which": "up"}, "which should be 'left' or 'right', and is 'up'"), ({"which": 3}, "which should be 'left' or"),
    ({"which": ["left"]}, "and is a list of 1"),
])
def test_what_is_wrong_with_a_prediction_is_told(found, words):
    assert words in judge(lambda: {"growth": 8.0, "which": "left", **found}, PREDICTION).message


def test_a_prediction_that_is_missing_is_told():
    assert "has no key 'growth'" in judge(lambda: {"which": "left"}, PREDICTION).message
    assert "returned None" in judge(lambda: None, PREDICTION).message


ENTRIES, WANTED = Entries(Array("row column")), {"dW": np.ones((2, 3)), "db": np.zeros((2, 1))}


@pytest.mark.parametrize(("found", "words"), [
    (None, "returned None"), ([1], "should be a dict"), ({"dW": WANTED["dW"]}, "no key 'db'"),
    ({**WANTED, "norm": 1.0}, "has a key 'norm', which was not asked for"),
    ({**WANTED, "db": np.zeros(2)}, "g['db'] has shape (2,)"),
    ({**WANTED, "dW": np.full((2, 3), np.nan)}, "g['dW'] is not finite"),
    ({**WANTED, "dW": np.eye(2, 3)}, "At row index 0, column index 1: yours 0, expected 1."),
    (Missing(("tuple", "a list of 1", 0)), "should be a tuple with g"),
])
def test_what_is_wrong_with_a_dict_of_arrays_is_told(found, words):
    assert words in ENTRIES.find("g", found, WANTED, CASE).text


def test_dicts_of_arrays_are_compared_whole():
    assert ENTRIES.find("g", {name: value.copy() for name, value in reversed(WANTED.items())}, WANTED, CASE) is None
    assert ENTRIES.same(WANTED, dict(WANTED), CASE)
    assert not ENTRIES.same(WANTED, {"dW": WANTED["dW"]}, CASE)
    assert not ENTRIES.same(WANTED, {**WANTED, "db": WANTED["db"] + 1}, CASE)
    assert not ENTRIES.same(WANTED, [1], CASE)

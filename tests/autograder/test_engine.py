"""The engine on a made-up exercise: what a check says, in which order, and what it never does."""

import functools
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from autograder.engine import (
    Array,
    Case,
    Exact,
    Exercise,
    Group,
    Misconception,
    Part,
    Patched,
    different_sizes,
    intact,
    judge,
)


def scale(x, factor):
    """Return x times factor, and its sum."""
    scaled = factor * x
    total = np.sum(scaled)
    return scaled, total


def helper(x):
    """Another exercise's function."""
    return 2 * x


def cases(rng):
    drawn = []
    for fixed in ({}, {}, {"m": 1}, {"T": 1}):
        sizes = different_sizes(rng, "T n m", **fixed)
        x = rng.standard_normal(tuple(sizes.values()))
        drawn.append(Case((x, {"k": np.array([[3.0]])}["k"]), sizes, ", ".join(f"{k} = {v}" for k, v in fixed.items())))
    return drawn


SCALE = Exercise(
    id="scale", chapter="00_toy", reference=scale, cases=cases,
    parts=(Part("scaled", 6, Array("T n m"), (0,)), Part("total", 3, Array(), (1,)), intact(1)),
    hints=("one", "two", "three"),
    misconceptions=(
        Misconception("adds", Patched(scale, ("factor * x", "factor + x")), "You add.", "00_toy.html#scale"),
        Misconception("mean", Patched(scale, ("np.sum", "np.mean")), "You take the mean.", "00_toy.html#scale"),
        Misconception("in_place", Patched(scale, ("scaled = factor * x", "x *= factor; scaled = x")), "In place.",
                      "00_toy.html#scale"),
        Misconception("turned", Patched(scale, ("return scaled,", "return scaled.T,")), "Turned.", "00_toy.html#scale"),
        Misconception("fails", Patched(scale, ("factor * x", "factor[7] * x")), "Fails.", "00_toy.html#scale"),
    ),
)
HELPER = Exercise("helper", "00_toy", helper, lambda rng: [Case((rng.standard_normal(3),), {"n": 3})],
                  (Part("result", 1, Array("n")),), ("a", "b", "c"), ())


def result_of(function):
    return judge(function, SCALE, seed=3, others=(SCALE, HELPER))


def test_a_right_answer_goes_on_with_the_learners_function():
    def mine(x, factor):
        return [(factor * x).tolist(), float((factor * x).sum())]

    result = result_of(mine)
    assert (result.status, result.points, result.function) == ("passed", 10.0, mine)
    assert type(result.points) is float


def test_a_wrong_answer_goes_on_with_the_reference():
    assert result_of(lambda x, factor: None).function is scale


@pytest.mark.parametrize(("answer", "sentence"), [
    (lambda x, factor: None, "returned None: is the return statement missing?"),
    (lambda x, factor: x, "should be a tuple with scaled as item 1, and is an array of shape"),
    (lambda x, factor: (3 * x,), "has 1 items; total should be item 2"),
    (lambda x, factor: ("3x", 0.0), "scaled should be an array of numbers, and is a str"),
    (lambda x, factor: ([[1, 2], [3]], 0.0), "scaled should be an array of numbers, and is a list of 2"),
    (lambda x, factor: (np.moveaxis(3 * x, 0, 2), 0.0), "scaled has shape"),
    (lambda x, factor: ((3 * x).astype(int), (3 * x).sum()), "whole numbers (dtype int64)"),
    (lambda x, factor: (x * np.nan, 0.0), "not finite: nan at index [0, 0, 0]"),
    (lambda x, factor: (-3 * x, (3 * x).sum()), "The sign is turned round everywhere."),
    (lambda x, factor: (6 * x, (3 * x).sum()), "exactly 2 times"),
    (lambda x, factor: (3 * x[::-1], (3 * x).sum()), "in reverse order along T"),
    (lambda x, factor: (0 * x, (3 * x).sum()), "All of it is zero."),
    (lambda x, factor: (3 * np.roll(x, 1, axis=0), (3 * x).sum()), "one step late"),
    (lambda x, factor: (3 * x[-1] + 0 * x, (3 * x).sum()), "All its steps are the same"),
])
def test_each_kind_of_difference_has_its_sentence(answer, sentence):
    result = result_of(answer)
    assert result.status == "failed"
    assert sentence in result.message


def test_the_first_step_of_a_difference_is_named():
    def from_the_second(x, factor):
        scaled = factor * x
        return np.concatenate([scaled[:1], scaled[1:] ** 3]), np.sum(scaled)

    def until_the_last(x, factor):
        scaled = factor * x
        return np.concatenate([scaled[:-1] ** 3, scaled[-1:]]), np.sum(scaled)

    def one_example(x, factor):
        scaled = factor * x
        scaled[:, :, -1] += 1
        return scaled, np.sum(factor * x)

    assert "scaled[0] is right, from t = 1 on it is not" in result_of(from_the_second).message
    assert "back to t = 0 it is not" in result_of(until_the_last).message
    assert "scaled is wrong at m index" in result_of(one_example).message


def test_shapes_are_told_with_the_names_of_their_axes():
    message = result_of(lambda x, factor: (np.moveaxis(3 * x, 0, 2), 0.0)).message
    assert "(n, m, T)" in message
    assert "(T, n, m)" in message


def test_wrong_places_are_listed_only_where_all_of_them_are():
    wanted, case = np.ones((8, 2)), Case((), {"n": 8, "m": 2})
    few, many = wanted.copy(), wanted.copy()
    few[:5, 0], many[:6] = 2.0, 2.0
    assert "wrong at n index 0, 1, 2, 3, 4 only" in Array("n m").find("y", few, wanted, case).text
    assert "wrong in 12 of 16 numbers" in Array("n m").find("y", many, wanted, case).text


def test_an_axis_of_length_one_is_not_called_by_the_name_of_another():
    found = Array("T n m").find("y", np.ones((1, 3, 1)), np.ones((5, 3, 1)), Case((), {"T": 5, "n": 3, "m": 1}))
    assert "(1, 3, 1) = (1, n, 1)" in found.text


@pytest.mark.parametrize(("cache", "sentence"), [
    (np.ones(3), "cache: there should be a tuple with a as item 1, and there is an array of shape (3,)."),
    (((1.0,), {"b": 1}), "cache[1]: there is no key 'W'; the keys are 'b'."),
    (((1.0,),), "cache: there are 1 items; W should be item 2, counted from 1."),
    (((1.0,), 5), "cache[1]: there should be a dict with a key 'W', and there is an int."),
])
def test_what_is_missing_in_a_group_is_told_by_its_place(cache, sentence):
    group = Group((("a", (0, 0), Array()), ("W", (1, "W"), Array())))
    assert group.find("cache", cache, ((1.0,), {"W": 2.0}), Case(())).text == sentence


def test_a_mistake_is_recognised_however_it_is_written():
    def loops(x, factor):
        out = np.empty_like(x)
        for place in np.ndindex(x.shape):
            out[place] = x[place] + 3.0
        return out, out.sum()

    assert result_of(loops).misconception == "adds"


def test_two_mistakes_at_once_are_both_named():
    result = result_of(lambda x, factor: (factor + x, np.mean(factor + x)))
    assert "You add." in result.message
    assert "You take the mean." in result.message


def test_a_mistake_is_not_named_for_what_is_right_in_it():
    """An error of the same type, and a total that is right in both, do not make two mistakes one."""
    def wrong_axis(x, factor):
        if x.shape[0] == 1:
            raise IndexError("for quite another reason")
        return factor * x * 1.5, np.sum(factor * x)

    def fails_for_one_step(x, factor):
        scaled = factor * x
        return (scaled[[3]] if len(x) == 1 else 2 * scaled), np.sum(scaled)

    fails = Misconception("fails", fails_for_one_step, "Fails.", "00_toy.html#scale")
    assert judge(wrong_axis, replace(SCALE, misconceptions=(fails,)), seed=3).misconception is None


def test_an_error_in_one_case_hides_no_mistake_in_parts_that_the_case_does_not_tell_about():
    def two_cases(rng):
        sizes = different_sizes(rng, "T n m")
        args = rng.standard_normal(tuple(sizes.values())), np.array([[3.0]])
        return [Case(args, sizes, parts=("scaled",)), Case(args, sizes, "told of the total", parts=("total",))]

    def adds_and_sums_wrongly(x, factor, calls=[]):  # noqa: B006
        calls.append(1)
        if len(calls) % 2 == 0:
            raise TypeError("in the second case")
        return factor + x, 0.0

    result = judge(adds_and_sums_wrongly, replace(SCALE, cases=two_cases), seed=3)
    assert (result.misconception, "scaled: You add." in result.message) == ("adds", True)


@pytest.mark.parametrize("function", ["kept", "drawn"])
def test_a_function_that_answers_the_same_call_in_two_ways_is_told_so(function):
    calls = []

    def kept(x, factor):
        calls.append(1)
        return factor * x + len(calls), np.sum(factor * x)

    def drawn(x, factor):
        return factor * x + np.random.default_rng().random(), np.sum(factor * x)

    assert "Called once more with the same arguments" in result_of(locals()[function]).message
    assert "Called once more" not in result_of(lambda x, factor: (factor * x + 0.1, np.sum(factor * x))).message
    assert "Called once more" not in result_of(lambda x, factor: (row for row in x)).message


def test_a_mistake_in_one_part_costs_that_part_alone():
    result = result_of(lambda x, factor: (factor * x, 0.0))
    assert [part.points for part in result.parts] == [6.0, 0.0, 1.0]
    assert result.points == 7.0


def test_changed_inputs_are_noticed_by_name():
    def careless(x, factor):
        x *= 3.0
        return x.copy(), x.sum()

    result = result_of(careless)
    assert result.misconception == "in_place"
    assert "changes its inputs (x)" in result.message
    assert result.points == 9.0


def test_the_learners_own_line_is_told():
    def broken(x, factor):
        rows = np.zeros(3)
        return rows[99], 0.0

    message = result_of(broken).message
    assert "IndexError" in message
    assert "return rows[99], 0.0" in message


@pytest.mark.parametrize("ending", [SystemExit(3), RecursionError(), MemoryError(), GeneratorExit()])
def test_no_exception_of_the_learner_gets_out(ending):
    def ends(x, factor):
        raise ending

    assert type(ending).__name__ in result_of(ends).message


def test_an_interrupt_by_the_user_gets_out():
    def interrupted(x, factor):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        result_of(interrupted)


def test_prints_and_warnings_are_told_and_cost_nothing(capfd):
    def talks(x, factor):
        print("here I am")
        print("and here", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        np.log(np.zeros(1))
        return factor * x, np.sum(factor * x)

    assert result_of(talks).points == 10.0
    wrong = result_of(lambda x, factor: (talks(x, factor)[0], 1.0))
    assert "here I am" in str(wrong)
    assert "Warning: careful" in str(wrong)
    assert "divide by zero" in str(wrong)
    assert capfd.readouterr() == ("", "")


def test_a_flood_of_prints_is_kept_short():
    def floods(x, factor):
        for _ in range(10_000):
            print("again and again and again")

    assert len(result_of(floods).printed) < 2_500


def test_an_array_that_lies_about_itself_is_read_as_what_it_is():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

        def __array_ufunc__(self, *args, **kwargs):
            return np.zeros(1)

        def __array__(self, *args, **kwargs):
            return np.zeros(1)

        def __deepcopy__(self, memo):
            return self

    result = result_of(lambda x, factor: (np.zeros(x.shape).view(Liar), 0.0))
    assert result.status == "failed"


def test_a_result_that_is_changed_afterwards_is_judged_as_it_was_returned():
    kept = []

    def same_array(x, factor):
        for array in kept:
            array[...] = 0
        kept.append(factor * x)
        return kept[-1], np.sum(kept[-1])

    assert result_of(same_array).points == 10.0


@pytest.mark.parametrize("disguise", [
    scale,
    lambda x, factor: scale(x, factor),
    functools.partial(scale),
    lambda x, factor: next(map(scale, [x], [factor])),
])
def test_the_reference_in_any_disguise_earns_nothing(disguise):
    result = result_of(disguise)
    assert (result.points, result.status) == (0.0, "failed")
    assert "library's own function" in result.message


def test_a_function_of_the_library_that_an_exercise_forbids_earns_nothing():
    def twice(x):
        return x + x

    exercise = Exercise("double", "00_toy", lambda x: 2 * x, HELPER.cases, HELPER.parts, HELPER.hints, (),
                        forbids=(twice,))
    assert judge(lambda x: x * 2, exercise).status == "passed"
    result = judge(lambda x: twice(x), exercise)
    assert (result.points, result.status) == (0.0, "failed")
    assert "library's own function `twice`" in result.message


def test_a_function_is_graded_apart_from_the_ones_it_calls():
    exercise = Exercise("four", "00_toy", lambda x: helper(helper(x)), HELPER.cases, HELPER.parts, HELPER.hints, (),
                        uses=("helper",))
    space = {}
    exec("def helper(x):\n    return 3 * x\n\ndef four(x):\n    return helper(helper(x))", space)
    result = judge(space["four"], exercise, others=(exercise, HELPER))
    assert result.status == "passed"
    assert "helper" in result.message
    assert result.function(1.0) == 4.0
    assert space["helper"](1) == 3


@dataclass(frozen=True)
class Tools:
    """An object that a case hands over; what it holds calls another exercise's function."""

    double: Callable


def test_what_a_case_hands_over_may_be_called_whatever_it_calls_itself():
    def doubled(x, tools):
        return tools.double(x)

    exercise = Exercise("doubled", "00_toy", doubled, lambda rng: [Case((np.ones(3), Tools(lambda x: helper(x))))],
                        (Part("result", 1, Array("n")),), ("a", "b", "c"), ())
    assert judge(lambda x, tools: tools.double(x), exercise, others=(HELPER,)).status == "passed"
    assert "library's own" in judge(lambda x, tools: helper(x), exercise, others=(HELPER,)).message


def test_a_stub_that_a_function_calls_is_not_its_own_stub():
    def unwritten():
        raise NotImplementedError

    def mine(x, factor):
        return unwritten()

    assert result_of(mine).status == "failed"


def test_the_tracer_that_was_there_is_put_back():
    def tracer(*args):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        result_of(lambda x, factor: (factor * x, 0.0))
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def test_the_result_shows_itself_as_text_and_html():
    result = result_of(lambda x, factor: (factor + x, np.sum(factor + x)))
    assert str(result).startswith("✗ scale: not yet right, 1 of 10 points")
    page = result._repr_html_()
    assert "You add." in page
    assert 'href="#scale"' in page
    assert page.count("<details") == 3


def test_what_a_learner_prints_is_escaped_in_html():
    def prints(x, factor):
        print("<script>alert(1)</script>")

    assert "<script>" not in result_of(prints)._repr_html_()


def test_json_holds_built_in_values_only():
    import json

    value = result_of(lambda x, factor: (factor * x, 0.0)).as_json()
    assert json.loads(json.dumps(value)) == value
    assert value["parts"][1] == {"name": "total", "points": 0.0, "max_points": 3.0, "status": "failed"}


def test_a_patch_that_no_longer_fits_says_so():
    with pytest.raises(ValueError, match="stands in its source 0 times, wanted once"):
        Patched(scale, ("cube * x", "x"))(np.ones(2), 1.0)


def test_whole_numbers_and_lists_are_compared_exactly():
    case = Case(())
    compare = Exact("a list of token numbers")
    assert compare.find("tokens", np.array([1, 2]), [1, 2], case) is None
    assert compare.find("tokens", [1.0, 2.0], [1, 2], case) is None
    indices = Exact("a list of token numbers", whole=True)
    assert indices.find("tokens", np.array([1, 2]), [1, 2], case) is None
    assert "with a point, such as 2.0" in indices.find("tokens", [1, np.float64(2)], [1, 2], case).text
    assert not indices.same(np.array([1.0, 2.0]), [1, 2], case)
    assert compare.find("tokens", (1, np.int64(2)), [1, 2], case) is None
    assert "tokens[1] is 3; expected 2" in compare.find("tokens", [1, 3], [1, 2], case).text
    assert "has 1 items; expected 2" in compare.find("tokens", [1], [1, 2], case).text
    assert "should be a list of token numbers, and is a str" in compare.find("tokens", "12", [1, 2], case).text


@pytest.mark.parametrize("seed", range(20))
def test_drawn_sizes_are_pairwise_different(seed):
    sizes = different_sizes(np.random.default_rng(seed), "T_x n_x n_a n_y m", m=1)
    assert list(sizes) == ["T_x", "n_x", "n_a", "n_y", "m"]
    assert len(set(sizes.values())) == 5
    assert sizes["m"] == 1


@pytest.mark.parametrize("answer", [
    lambda x, factor: (factor * x + 0.123456, 0.0),
    lambda x, factor: (factor * x, 0.123456),
])
def test_a_hidden_case_keeps_the_wanted_values_to_itself(answer):
    told = judge(answer, SCALE, seed=3).message
    kept = judge(answer, SCALE, seed=3, hidden=True).message
    assert "expected" in told
    assert "expected" not in kept


@pytest.mark.parametrize(("answer", "words"), [
    (lambda x, factor: (x if x > factor else factor, 0), "an answer for every entry of an array"),
    (lambda x, factor: (x @ x, 0), "as many columns in A as B has rows"),
    (lambda x, factor: [one for one, two, three in [(x, factor)]], "more or fewer names"),
    (lambda x, factor: np.array([x, x[0]]), "arrays of different shapes"),
    (lambda x, factor: print.__doc__ and factor * None, None),
    (lambda x, factor: endless(x), "calls itself again and again"),
])
def test_an_error_that_nobody_foresaw_is_told_in_plain_words_too(answer, words):
    message = result_of(answer).message
    assert "The function raised" in message
    assert words is None or words in message


def endless(x):
    return endless(x)


def test_a_loop_without_end_is_asked_what_ends_it():
    def loops(x, factor):
        while len(x):
            factor = factor + 1

    assert "does that change inside the loop?" in result_of(loops).message


def test_who_prints_the_result_is_told_what_return_does():
    assert "`return` hands it on" in result_of(lambda x, factor: print(factor * x)).message


def test_a_mistake_is_not_named_because_both_raise_without_changing_anything():
    def shares_the_error_only(x, factor):
        return factor[7] if x.shape[2] > 1 else (x, 0.5)

    result = result_of(shares_the_error_only)
    assert "inputs left unchanged:" not in result.message

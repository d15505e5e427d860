"""Draws are judged with a known rate of false alarms: by formula, by simulation, and in what is said."""

import itertools
import math

import numpy as np
import pytest

from autograder.engine import Case, Certain, Draws, FromGenerator, Seed
from autograder.engine import evidence as module
from autograder.engine.evidence import divergence, limit, may_be_one
from autograder.engine.exercise import KIND, VALUE

THIRDS = np.array([0.5, 0.3, 0.2])


def draws(exact=THIRDS):
    return Draws(int, lambda case: exact, "a number", lambda number, case: f"token {number}")


def sample(rng, probabilities, count):
    return rng.choice(len(probabilities), size=count, p=probabilities).tolist()


CASE = Case((Seed(0),), repeat=10)
AGAIN = Case((Seed(0, again=True),), repeat=4)

# --- the mathematics -------------------------------------------------------------------------------------------


def test_the_divergence_of_a_coin_is_what_one_computes_by_hand():
    by_hand = 0.25 * math.log(0.25 / 0.5) + 0.75 * math.log(0.75 / 0.5)
    assert divergence([0.25, 0.75], [0.5, 0.5]) == pytest.approx([by_hand, by_hand])


def test_the_divergence_is_zero_where_shares_and_probabilities_agree():
    assert divergence([0.0, 0.3, 1.0], [0.0, 0.3, 1.0]).tolist() == [0.0, 0.0, 0.0]


def test_what_is_impossible_is_infinite_evidence():
    assert divergence([0.01, 0.99], [0.0, 1.0]).tolist() == [math.inf, math.inf]


def test_a_probability_that_rounding_made_larger_than_one_does_no_harm():
    assert divergence([1.0, 0.0], [1 + 2e-16, -1e-17]).tolist() == [0.0, 0.0]


def tail(total, p, c):
    """Probability, summed exactly, that the evidence of a coin thrown `total` times exceeds c."""
    heads = np.arange(total + 1)
    pmf = np.array([math.comb(total, k) * p**k * (1 - p) ** (total - k) for k in heads])
    return pmf[total * divergence(heads / total, np.full(total + 1, p)) > c].sum()


@pytest.mark.parametrize("total", [1, 7, 60, 300])
def test_the_evidence_of_a_right_coin_keeps_chernoffs_bound(total):
    for p, c in itertools.product([0.001, 0.1, 0.5, 0.83], [1, 3, 8]):
        assert tail(total, p, c) <= 2 * math.exp(-c)


def test_the_limit_spends_the_rate_of_false_alarms_over_outcomes_and_comparisons():
    assert 2 * 17 * math.exp(-limit(17)) * module.SHARED_BY == pytest.approx(module.FALSE_ALARM)
    assert module.FALSE_ALARM <= 1e-9


@pytest.mark.parametrize("count", [12, 200, 1500])
def test_right_samplers_raise_no_more_false_alarms_than_promised(count, monkeypatch):
    monkeypatch.setattr(module, "FALSE_ALARM", 0.1 * module.SHARED_BY)  # so that one comparison may spend 0.1
    rng, checks, compare = np.random.default_rng(count), 3000, draws()
    counts = rng.multinomial(count, THIRDS, size=checks)
    found = [compare.find("draws", np.repeat(range(3), row).tolist(), None, CASE) for row in counts[:300]]
    evidence = np.array([count * divergence(row / count, THIRDS).max() for row in counts])
    assert (evidence > limit(3)).mean() <= 0.1
    assert [finding is not None for finding in found] == (evidence[:300] > limit(3)).tolist()


@pytest.mark.parametrize(("one", "two"), [(30, 30), (400, 400), (20, 900)])
def test_two_samples_of_one_distribution_are_told_apart_no_more_often_than_promised(one, two, monkeypatch):
    monkeypatch.setattr(module, "FALSE_ALARM", 0.2)
    rng = np.random.default_rng(one + two)
    pairs = zip(rng.multinomial(one, THIRDS, size=2000), rng.multinomial(two, THIRDS, size=2000), strict=True)
    assert np.mean([not may_be_one(*pair) for pair in pairs]) <= 0.2


def test_the_tail_of_two_samples_keeps_its_bound():
    """Two variables with tails of exactly 2 exp(-c), the worst that Chernoff allows."""
    rng = np.random.default_rng(3)
    one, two = np.log(2) + rng.exponential(size=(2, 400_000))
    for c in (3.0, 5.0, 8.0):
        assert (one + two > c).mean() <= 4 * (1 + c) * math.exp(-c)


# --- Draws -----------------------------------------------------------------------------------------------------


def test_right_draws_pass_for_many_seeds():
    found = [draws().find("draws", sample(np.random.default_rng(seed), THIRDS, 500), None, CASE) for seed in range(200)]
    assert found == [None] * 200


@pytest.mark.parametrize("wrong", [[0.25, 0.55, 0.2], [1 / 3, 1 / 3, 1 / 3], [0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
def test_wrong_probabilities_are_found_for_every_seed(wrong):
    found = [draws().find("draws", sample(np.random.default_rng(seed), wrong, 800), None, CASE) for seed in range(50)]
    assert None not in found


def test_the_message_tells_the_outcome_its_count_and_what_was_likely():
    finding = draws().find("draws", [2] * 200, None, CASE)
    assert finding.rank == VALUE
    assert finding.text == ("draws: 200 of 200 draws gave token 2, whose probability is 0.2; about 40 are to be "
                            "expected.")
    rare = draws(np.array([0.999, 0.0007, 0.0003])).find("draws", [2] * 20, None, CASE)
    assert rare.text == "draws: 20 of 20 draws gave token 2, whose probability is only 0.0003."


def test_a_single_impossible_draw_is_enough():
    finding = draws(np.array([0.5, 0.5, 0.0])).find("draws", [0, 1, 0, 1, 2], None, CASE)
    assert finding.text == "draws: 1 of 5 draws gave token 2, which is impossible here: its probability is 0."


@pytest.mark.parametrize(("found", "words"), [
    ([0, 1, "a"], "each call should give a number, and gave a str"),
    ([0, 3], "gave 3, outside of 0 … 2"),
    ([0, -1], "outside of 0 … 2"),
    ([[0, "a"], 1], "gave a list of 2 that holds an int, a str"),
    (7, "gave an int"),
    ([None, None], "The function returned None: is the return statement missing?"),
])
def test_what_is_no_draw_is_told_as_what_it_is(found, words):
    finding = draws().find("draws", found, None, CASE)
    assert finding.rank == KIND
    assert words in finding.text


def test_samples_of_one_distribution_are_the_same_and_of_two_are_not():
    rng = np.random.default_rng(0)
    one, two = (sample(rng, [0.2, 0.2, 0.6], 400) for _ in range(2))
    assert draws().same(one, two, CASE)
    assert not draws().same(one, sample(rng, [0.6, 0.2, 0.2], 400), CASE)
    assert not draws().same(one, [2] * 400, CASE)


def test_two_functions_that_are_stuck_at_different_outcomes_are_the_same_mistake():
    assert draws().same([1] * 20, [2] * 20, CASE)


def test_what_varies_now_and_then_is_another_mistake_than_stuck():
    assert not draws().same([2] * 380 + [1] * 20, [2] * 400, CASE)
    assert draws().same([2] * 398 + [1] * 2, [2] * 400, CASE)


def test_stuck_at_what_is_impossible_is_another_mistake_than_stuck():
    assert not draws(np.array([0.5, 0.5, 0.0])).same([1] * 20, [2] * 20, CASE)


def test_stuck_at_the_likeliest_of_many_outcomes_is_another_mistake_than_stuck():
    flat = np.full(200, 1 / 200)
    flat[7:9] += [1e-4, -1e-4]
    assert not draws(flat).same([7] * 12, [30] * 12, CASE)
    assert draws(flat).same([31] * 12, [30] * 12, CASE)


def test_results_that_cannot_be_read_are_the_same_where_they_are_of_one_kind():
    assert draws().same(["a"] * 3, ["b"] * 3, CASE)
    assert not draws().same(["a"] * 3, [{}] * 3, CASE)
    assert not draws().same(["a"] * 3, [1] * 3, CASE)


# --- Certain and FromGenerator ---------------------------------------------------------------------------------

CERTAIN, FROM = Certain(list, "a list"), FromGenerator(list, "a list")
STEADY, VARYING = [[1, 2]] * 4, [[1, 2], [1, 2], [2, 1], [1, 2]]


def test_what_is_certain_must_come_out_in_every_call():
    assert CERTAIN.find("end", STEADY, STEADY, CASE) is None
    finding = CERTAIN.find("end", VARYING, STEADY, CASE)
    assert finding.text.startswith("end: yours [2, 1], expected [1, 2].")


def test_only_the_first_items_count_where_the_comparison_says_so():
    first = Certain(list, "a list", first=2)
    assert first.find("fed", [[1, 2, 9]] * 4, STEADY, CASE) is None
    assert first.find("fed", [[1]] * 4, STEADY, CASE) is not None


def test_functions_that_vary_where_nothing_is_left_to_chance_are_the_same():
    assert CERTAIN.same(VARYING, [[3], [4], [3], [3]], CASE)
    assert not CERTAIN.same(VARYING, [[3]] * 4, CASE)
    assert CERTAIN.same([[3]] * 4, [[3]] * 4, CASE)
    assert not CERTAIN.same([[3]] * 4, [[4]] * 4, CASE)
    assert CERTAIN.same([1], [2], CASE)  # neither is a list
    assert CERTAIN.find("end", [1], STEADY, CASE).rank == KIND


def test_generators_in_the_same_state_must_give_the_same():
    assert FROM.find("rng", STEADY, None, AGAIN) is None
    finding = FROM.find("rng", VARYING, None, AGAIN)
    assert finding.text == ("rng: it gave [1, 2] at first, and [2, 1] when it was called again with the generator in "
                            "the same state.")


def test_a_generator_that_goes_on_must_not_always_give_the_same():
    assert FROM.find("rng", VARYING, None, CASE) is None
    assert FROM.find("rng", STEADY, None, CASE).text == "rng: 4 calls with a generator that goes on all gave [1, 2]."


def test_functions_are_the_same_where_both_repeat_themselves_or_neither_does():
    assert FROM.same(VARYING, [[3], [4]], AGAIN)
    assert not FROM.same(VARYING, STEADY, AGAIN)
    assert not FROM.same(VARYING, [1, 2], AGAIN)
    assert FROM.find("rng", [None], None, AGAIN).rank == KIND

"""Chapter 8's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import numpy as np
import pytest
from right_answers_ch08 import accepts_by_properties, answers
from wrong_answers import called_by_its_name

from autograder import check
from autograder.exercises import EXERCISES
from autograder.exercises._ch08_accepts import WRONG

# --- predict_gradient_flow: what is answered, and what each answer is told --------------------------------------

PREDICTIONS = [
    (answers(45.0, 55.0, 27.5), {"radius 0.9": "multiplied_by_the_steps",
                                 "radius 1.1": "growth_multiplied_by_the_steps",
                                 "radius 1.1, slope 0.5": "slope_times_the_steps"}),
    (answers(0.9**50, 6, 1.1**50), {"radius 1.1": "growth_added", "radius 1.1, slope 0.5": "slope_forgotten"}),
    (answers(0.9**50, 1.1**50, 8.9e-16), {"radius 1.1, slope 0.5": "weights_forgotten"}),
    (answers(0.9**50, 1.1**50, 0.55**50, "vanishes", "vanishing"), {"dWaa": "all_vanishes",
                                                                     "shows itself": "vanishing_is_noticed"}),
    (answers(0.9**49, 1.1**50, 0.55**50, "All steps"), {"radius 0.9": "one_step_off", "dWaa": "all_alike"}),
    (answers(0, 1, 0.5 * 1.1**50), {"radius 0.9": "nothing_left", "radius 1.1": "growth_stays",
                                    "radius 1.1, slope 0.5": "slope_once"}),
    (answers(50**0.9, float("inf"), (1.1 * (1 - 0.5**2)) ** 50), {"radius 0.9": "base_for_exponent",
                                                                  "radius 1.1": "infinite",
                                                                  "radius 1.1, slope 0.5": "slope_of_a_state"}),
    (answers(1.1**50, 0.9**50, 0), {"radius 0.9": "other_way_round", "radius 1.1": "growth_turned_round",
                                    "radius 1.1, slope 0.5": "slope_leaves_nothing"}),
    (answers(1 - 0.9**50, 50**1.1, 0.275**50), {"radius 0.9": "what_is_lost",
                                                "radius 1.1": "base_for_exponent_of_growth",
                                                "radius 1.1, slope 0.5": "slope_squared"}),
]


@pytest.mark.parametrize(("predicted", "told"), PREDICTIONS)
def test_each_wrong_prediction_draws_its_explanation(predicted, told):
    exercise = EXERCISES["predict_gradient_flow"]
    result = check(lambda: predicted, exercise=exercise.id)
    assert result.points == exercise.points - 2 * len(told)
    for misconception in exercise.misconceptions:
        assert (misconception.message in result.message) == (misconception.id in told.values())


def test_a_prediction_that_nobody_foresaw_is_told_its_direction_and_not_the_answer():
    result = check(lambda: answers(0.3, 1.1**50, 0.55**50), exercise="predict_gradient_flow")
    assert "radius 0.9 is 0.3: that is too large." in result.message
    assert "0.005" not in result.message
    assert result.misconception is None


@pytest.mark.parametrize(("answer", "words"), [
    ("small", "radius 0.9 should be a number, and is a str"),
    (None, "radius 0.9 should be a number, and is None"),
    (True, "radius 0.9 should be a number"),
    (float("nan"), "radius 0.9 is nan, and cannot be that"),
    (-3.0, "radius 0.9 is -3, and cannot be that"),
    (10**400, "radius 0.9 is inf"),
])
def test_what_is_no_prediction_is_told_so(answer, words):
    assert words in check(lambda: answers(answer, 1.1**50, 0.55**50), exercise="predict_gradient_flow").message


def test_a_word_that_was_not_offered_and_an_answer_that_is_missing_are_told():
    result = check(lambda: answers(0.9**50, 1.1**50, 0.55**50, "nothing"), exercise="predict_gradient_flow")
    assert "dWaa should be 'vanishes' or 'last steps' or 'all steps', and is 'nothing'." in result.message
    result = check(lambda: {"radius 0.9": 0.9**50}, exercise="predict_gradient_flow")
    assert "The result has no key" in result.message
    assert result.points == 2


# --- gradient_norms_through_time -------------------------------------------------------------------------------


def norms(da, caches, *, own=True, later=True, slope=lambda a, t: 1 - a[t] ** 2, weights=lambda W: W.T,
          measure=np.linalg.norm, what=lambda total, dz: total, steps=reversed, finish=list):
    """The loop in a learner's words; each argument is a place to go wrong."""
    a, _, _, parameters = caches
    found, back = [0.0] * len(a), np.zeros(da.shape[1:])
    for t in steps(range(len(a))):
        total = own * da[t] + later * back if t < len(a) - 1 or own else da[t]
        dz = slope(a, t) * total
        found[t] = measure(what(total, dz))
        back = weights(parameters["Waa"]) @ dz
    return np.array(finish(found))


NORMS = [
    ({"later": 0}, "own_step_only"),
    ({"own": 0}, "last_loss_only"),
    ({"slope": lambda a, t: 1.0}, "slope_left_out"),
    ({"slope": lambda a, t: 1 - a[t]}, "slope_without_the_square"),
    ({"slope": lambda a, t: 1 - np.tanh(a[t]) ** 2}, "slope_of_the_activation"),
    ({"slope": lambda a, t: 1 - a[t - 1] ** 2}, "slope_of_the_step_before"),
    ({"slope": lambda a, t: a[t] - a[t] ** 2}, "slope_of_a_sigmoid"),
    ({"weights": lambda W: W}, "not_transposed"),
    ({"weights": lambda W: np.eye(len(W))}, "weights_left_out"),
    ({"what": lambda total, dz: dz}, "through_tanh_first"),
    ({"measure": lambda g: (g * g).sum()}, "norm_squared"),
    ({"measure": lambda g: np.abs(g).max()}, "largest_entry"),
    ({"measure": lambda g: np.sqrt((g * g).sum(0)).sum()}, "norms_added"),
    ({"measure": lambda g: np.sqrt((g * g).mean())}, "averaged"),
    ({"measure": lambda g: g}, "gradients_for_norms"),
    ({"slope": lambda a, t: 1 - a[min(t + 1, len(a) - 1)] ** 2}, "slope_of_the_step_behind"),
    ({"finish": lambda found: np.linalg.norm(found)}, "one_norm_for_all_steps"),
    ({"measure": lambda g: np.linalg.svd(g)[1][0]}, "norm_of_a_matrix"),
    ({"measure": lambda g: np.sqrt((g * g).sum(0))}, "a_norm_for_each_example"),
    ({"finish": lambda found: found[::-1]}, "in_the_order_of_the_loop"),
    ({"steps": iter}, "forwards_in_time"),
    ({"finish": lambda found: np.log10(found)}, "logarithm"),
]

# --- clip_by_value, clip_by_norm -------------------------------------------------------------------------------


def loop(cut):
    """Return a function that cuts every entry by itself."""
    def clip(gradients, limit):
        return {name: np.reshape([float(cut(entry, limit)) for entry in g.flat], g.shape)
                for name, g in gradients.items()}

    return clip


def value_by_rows_and_columns(gradients, limit):
    return {name: np.array([[min(max(entry, -limit), limit) for entry in row] for row in g])
            for name, g in gradients.items()}


def value_through_lost_names(gradients, limit):
    for g in gradients.values():
        g = np.minimum(np.maximum(g, -limit), limit)
    return gradients


def value_masks_in_place(gradients, limit):
    for g in gradients.values():
        g[g > limit], g[g < -limit] = limit, -limit
    return gradients


VALUE = [
    (loop(lambda g, limit: g if abs(g) <= limit else 0), "set_to_zero"),
    (loop(lambda g, limit: min(g, limit)), "one_side_only"),
    (loop(lambda g, limit: max(g, -limit)), "upper_end_open"),
    (loop(lambda g, limit: limit if g > limit else -limit if g < limit else g),
     "below_the_limit_for_below_minus_the_limit"),
    (loop(lambda g, limit: g - limit if g > limit else g + limit if g < -limit else g), "limit_taken_away"),
    (lambda gradients, limit: {n: np.maximum(np.minimum(g, -limit), limit) for n, g in gradients.items()},
     "bounds_exchanged"),
    (value_by_rows_and_columns, "matrices_only"),
    (loop(lambda g, limit: limit if abs(g) > limit else g), "sign_lost"),
    (loop(lambda g, limit: -limit if g > limit else limit if g < -limit else g), "sign_turned"),
    (loop(lambda g, limit: limit if g > 0 else -limit), "all_at_the_limit"),
    (loop(lambda g, limit: max(0, min(g, limit))), "negative_entries_lost"),
    (loop(lambda g, limit: max(-5, min(g, 5))), "a_limit_of_its_own"),
    (value_through_lost_names, "result_thrown_away"),
    (value_masks_in_place, "in_place"),
    (lambda gradients, limit: {n: g / max(1, np.abs(g).max() / limit) for n, g in gradients.items()},
     "scaled_by_the_largest"),
    (lambda gradients, limit: [np.clip(g, -limit, limit) for g in gradients.values()], "names_lost"),
]


def by_norm(norm=None, factor=lambda norm, limit: min(1, limit / norm) if norm else 1):
    """Return a clipping in a learner's words; each argument is a place to go wrong."""
    def clip(gradients, max_norm):
        vector = np.concatenate([g.ravel() for g in gradients.values()])
        length = norm(gradients.values()) if norm else np.sqrt(vector @ vector)
        return {name: g * factor(length, max_norm) for name, g in gradients.items()}

    return clip


def norm_in_the_loop(gradients, max_norm):
    squares, clipped = 0, {}
    for name, g in gradients.items():
        squares += (g * g).sum()
        clipped[name] = g * max_norm / np.sqrt(squares) if np.sqrt(squares) > max_norm else g
    return clipped


def norm_of_each(gradients, max_norm):
    clipped = {}
    for name, g in gradients.items():
        norm = np.linalg.norm(g)
        clipped[name] = g * max_norm / norm if norm > max_norm else g
    return clipped


def norm_in_place(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients.values()))
    if norm > max_norm:
        for name in gradients:
            gradients[name] *= max_norm / norm
    return gradients


def norm_overwritten_in_the_loop(gradients, max_norm):
    for g in gradients.values():
        total = (g**2).sum()
    norm = np.sqrt(total)
    return {name: g * max_norm / norm if norm > max_norm else g for name, g in gradients.items()}


NORM = [
    (norm_of_each, "norm_of_each_array"),
    (norm_in_place, "in_place"),
    (norm_overwritten_in_the_loop, "norm_of_one_array"),
    (by_norm(factor=lambda norm, limit: limit / norm if norm else 0), "always_scaled"),
    (by_norm(factor=lambda norm, limit: 0 if norm > limit else 1), "set_to_zero"),
    (by_norm(factor=lambda norm, limit: 1 / norm if norm > limit else 1), "to_length_one"),
    (by_norm(factor=lambda norm, limit: norm / limit if norm > limit else 1), "factor_upside_down"),
    (by_norm(factor=lambda norm, limit: -limit / norm if norm > limit else 1), "sign_turned"),
    (by_norm(factor=lambda norm, limit: max(1, limit / norm) if norm else 1), "lengthened"),
    (by_norm(factor=lambda norm, limit: 1), "result_thrown_away"),
    (by_norm(factor=lambda norm, limit: np.minimum(norm, limit) / norm), "zero_by_zero"),
    (by_norm(norm=lambda gs: sum((g * g).sum() for g in gs)), "norm_squared"),
    (by_norm(norm=lambda gs: sum(np.sqrt((g * g).sum()) for g in gs)), "sum_of_norms"),
    (by_norm(norm=lambda gs: max(np.abs(g).max() for g in gs)), "largest_entry"),
    (by_norm(norm=lambda gs: np.mean([np.linalg.norm(g) for g in gs])), "mean_of_norms"),
    (norm_in_the_loop, "clipped_while_adding_up"),
    (lambda gradients, max_norm: {n: g * np.minimum(1, max_norm / np.maximum(np.linalg.norm(g, axis=0), 1e-12))
                                  for n, g in gradients.items()}, "norm_of_each_column"),
    (by_norm(norm=lambda gs: sum(np.abs(g).sum() for g in gs)), "sum_of_sizes"),
    (by_norm(norm=lambda gs: max(np.sqrt((g * g).sum()) for g in gs)), "largest_norm"),
    (lambda gradients, max_norm: {n: np.maximum(-max_norm, np.minimum(g, max_norm)) for n, g in gradients.items()},
     "by_value"),
]

# --- accepts_clip_by_norm --------------------------------------------------------------------------------------

W, B = np.array([[3.0, -4.0], [5.0, 1.0]]), np.array([[6.0], [-2.0]])
LENGTH = np.sqrt(np.sum(W**2) + np.sum(B**2))  # 9.5; W alone 7.1, B alone 6.3


def tried(candidate, limits=(2.0, 8.0, 100.0), zero=True, same=np.allclose, intact=True):
    """A test in a learner's words; each argument is a place to go wrong."""
    for scale in (1, 0) if zero else (1,):
        for limit in limits:
            given = {"dW": W * scale, "db": B * scale}
            found = candidate(given, limit)
            wanted = {"dW": W * scale * min(1, limit / LENGTH), "db": B * scale * min(1, limit / LENGTH)}
            for name in given:
                if np.shape(found[name]) != wanted[name].shape or not same(found[name], wanted[name]):
                    return False
            if intact and not ((given["dW"] == W * scale).all() and (given["db"] == B * scale).all()):
                return False
    return True


def careful(**wrong):
    """Return the test of a learner who catches errors and makes one mistake."""
    def test(candidate):
        try:
            return tried(candidate, **wrong)
        except Exception:
            return False

    return test


def asserts(candidate):
    np.testing.assert_allclose(candidate({"dW": W.copy(), "db": B.copy()}, 2.0)["dW"], W * 2 / LENGTH)
    return True


def prints(candidate):
    if accepts_by_properties(candidate):
        return True
    print("wrong!")
    return None


def length_only(candidate):
    try:
        found = candidate({"dW": W.copy(), "db": B.copy()}, 2.0)
        return bool(np.sqrt(sum(np.sum(g**2) for g in found.values())) < 2.001)
    except Exception:
        return False


TESTS = [
    (lambda candidate: True, "accepts_everything"),
    (callable, "accepts_everything"),
    (lambda candidate: candidate is None, "rejects_everything"),
    (lambda candidate: not accepts_by_properties(candidate), "verdict_turned_round"),
    (prints, "none_for_false"),
    (careful(limits=(100.0,), zero=False), "short_gradients_only"),
    (careful(limits=(2.0, 8.0)), "long_gradients_only"),
    (careful(zero=False), "zeros_never_tried"),
    (careful(limits=(2.0, 100.0)), "every_array_too_long"),
    (careful(same=lambda found, wanted: True), "shapes_only"),
    (careful(same=lambda found, wanted: abs(found[0, 0] - wanted[0, 0]) < 1e-9), "one_entry"),
    (careful(same=lambda found, wanted: (found == wanted).all()), "equal_to_the_last_digit"),
    (careful(intact=False), "callers_arrays_not_looked_at"),
    (tried, "errors_let_out"),
    (length_only, "zeros_never_tried"),
]

CASES = [
    *(("gradient_norms_through_time", lambda da, caches, wrong=wrong: norms(da, caches, **wrong), name)
      for wrong, name in NORMS),
    *(("clip_by_value", function, name) for function, name in VALUE),
    *(("clip_by_norm", function, name) for function, name in NORM),
    *(("accepts_clip_by_norm", function, name) for function, name in TESTS),
]

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(CASES)


@pytest.mark.parametrize("verdict", [True, False])
@pytest.mark.parametrize("seed", [0, 5, 77])
def test_a_test_that_always_says_the_same_earns_nothing(verdict, seed):
    assert check(lambda candidate: verdict, exercise="accepts_clip_by_norm", seed=seed).points == 0


def test_a_test_earns_points_for_each_wrong_function_that_it_rejects():
    result = check(careful(intact=False), exercise="accepts_clip_by_norm")
    assert result.points == 18
    assert "Your test accepts a function that changes the caller's arrays." in result.message
    lost = [part.name for part in result.parts if part.points == 0]
    assert lost == ["rejects a function that changes the caller's arrays"]


def test_a_test_that_raises_at_a_wrong_function_loses_the_points_for_that_one_alone():
    result = check(tried, exercise="accepts_clip_by_norm")
    assert result.points == 18
    assert "Whatever a candidate does, your test has to answer" in result.message


def test_what_slips_through_is_named_and_what_would_catch_it():
    result = check(length_only, exercise="accepts_clip_by_norm")
    assert "Your test accepts a function that" in result.message
    assert any(handed.tip in result.message for handed in WRONG)


def test_an_error_with_a_right_candidate_is_the_tests_own():
    message = check(lambda candidate: candidate({"dW": W}), exercise="accepts_clip_by_norm").message
    assert "(case: the right function)" in message
    assert "the mistake is in your test" in message
    assert "catch every error" not in message


@pytest.mark.parametrize("exercise", ["clip_by_value", "clip_by_norm"])
def test_who_forgets_the_return_is_not_told_of_changed_arrays(exercise):
    def forgets(gradients, limit):
        for g in gradients.values():
            g = np.clip(g, -limit, limit)

    result = check(forgets, exercise=exercise)
    assert result.misconception is None
    assert "is the return statement missing?" in result.message


def test_who_writes_for_matrices_alone_keeps_most_of_the_points():
    result = check(value_by_rows_and_columns, exercise="clip_by_value")
    assert [part.name for part in result.parts if part.points == 0] == ["gradients with one axis or three"]


def test_asserts_are_no_answers():
    message = check(asserts, exercise="accepts_clip_by_norm").message
    assert "AssertionError" in message
    assert "`assert` ends your test" in message


def test_every_wrong_function_has_a_tip():
    assert all(handed.tip for handed in WRONG)
    assert len({handed.tip for handed in WRONG}) == len(WRONG)


def test_a_test_that_rejects_the_right_function_earns_nothing_and_is_told():
    result = check(careful(limits=(3.0,), same=lambda found, wanted: False), exercise="accepts_clip_by_norm")
    assert result.points == 0
    right = check(lambda candidate: bool(np.isclose(candidate({"d": W}, 1.0)["d"][0, 0], 0.3)),
                  exercise="accepts_clip_by_norm")
    assert "Your test rejects the right function." in right.message


def test_the_verdict_of_no_test_depends_on_which_function_comes_when():
    calls = []

    def counts(candidate):
        calls.append(candidate)
        return len(calls) % 19 == 1

    assert check(counts, exercise="accepts_clip_by_norm", seed=3).points < 20

"""Exercise of chapter 8: clipping all gradients together."""

import numpy as np

from autograder.engine import Exercise, Part, Patched, intact
from autograder.exercises._ch08_gradients import (
    CLIPPED,
    ENTRIES,
    INTACT,
    NO_MATRICES,
    case,
    norm_of,
    other_axes,
    random_gradients,
)
from autograder.exercises.mistakes import mistakes_in, whole_mistakes_in
from solutions import clip_by_norm

CHAPTER = "08_vanishing_gradients"
mistake, whole = mistakes_in(CHAPTER), whole_mistakes_in(CHAPTER)

SHORT, ZERO = "gradients that are short enough", "gradients that are all zero"
NORM = "float(sum(np.sum(gradient**2) for gradient in gradients.values())) ** 0.5"
SCALE, GUARD = "min(1.0, max_norm / norm) if norm > 0 else 1.0", " if norm > 0 else 1.0"
TIMES = "gradient * scale"
RESULT = "{name: gradient * scale for name, gradient in gradients.items()}"


def _clip(*replacements):
    return Patched(clip_by_norm, *replacements)


def _scale(new):
    return _clip((SCALE, new))


def _norm(new):
    return _clip((NORM, new))


def _each(new):
    return _clip((TIMES, new))


def _norm_cases(rng):
    (first, n), (second, k), (third, q) = random_gradients(rng)
    one, axes = {"dW": second["dWax"] / norm_of({"dW": second["dWax"]})}, other_axes(rng)
    return [
        case(first, norm_of(first) / rng.uniform(2, 5), "", None, n),
        case(second, rng.uniform(0.3, 0.7), "a limit below 1", sizes=k),
        case(third, norm_of(third) * rng.uniform(0.8, 0.9), "each array is short, and all together are not", sizes=q),
        case({name: value * (50 if name == "dWya" else 1) for name, value in first.items()}, 20,
             "one array is far longer than the others", sizes=n),
        case({"dW": np.array([[rng.uniform(7, 9)]])}, 5, "one array with one entry"),
        case({name: 7 * value for name, value in one.items()}, 4, "one array"),
        case({"dWc": third["dWax"], "dWu": third["dWaa"], "dbc": third["dba"]}, 1.2, "gradients of another network"),
        case(axes, norm_of(axes) / 3, "", (NO_MATRICES,)),
        case(first, norm_of(first) * rng.uniform(1.5, 3), "short enough", (SHORT, INTACT), n),
        case({name: 0.6 * value for name, value in one.items()}, 0.8, "short enough, below 1", (SHORT, INTACT)),
        case({name: np.zeros_like(value) for name, value in second.items()}, 2, "all zero", (ZERO, INTACT), k),
    ]


CLIP_BY_NORM = Exercise(
    id="clip_by_norm",
    chapter=CHAPTER,
    reference=clip_by_norm,
    cases=_norm_cases,
    parts=(Part(CLIPPED, 13, ENTRIES), Part(NO_MATRICES, 2, ENTRIES), Part(SHORT, 4, ENTRIES), Part(ZERO, 3, ENTRIES),
           intact(3)),
    hints=(
        "First one number: the norm of all gradients together. Square all entries of all arrays, add everything up, "
        "take one root.",
        "Then one factor for all of them: max_norm / norm where the norm is above max_norm, and 1 where it is not. "
        "`min(1.0, max_norm / norm)` says both.",
        "If every gradient is zero, so is the norm, and nothing can be divided by it. Nothing has to be clipped "
        "either: the factor is 1.",
        "Last, a new dict: every array times the factor. `gradient *= scale` would change the caller's array.",
    ),
    misconceptions=(
        mistake(
            "norm_of_each_array",
            _clip((RESULT, "{name: gradient * min(1.0, max_norm / max(np.linalg.norm(gradient), 1e-300)) "
                           "for name, gradient in gradients.items()}")),
            "You take the norm of each array by itself and give each its own factor. Then the arrays shrink "
            "differently, and the gradient points in another direction. One norm for all together, one factor for all.",
            "clipping-by-norm",
            _each("gradient * (max_norm / np.linalg.norm(gradient))"),
            _each("gradient * (max_norm / np.linalg.norm(gradient)) if gradient.any() else gradient")),
        mistake(
            "norm_of_each_column",
            _each("gradient * np.minimum(1.0, max_norm / np.maximum(np.linalg.norm(gradient, axis=0, keepdims=True), "
                  "1e-300))"),
            "You take a norm for each column, because of `axis`. One norm for all entries of all arrays together, one "
            "factor for all.", "clipping-by-norm",
            _each("gradient * np.minimum(1.0, max_norm / np.maximum(np.linalg.norm(gradient, axis=1, keepdims=True), "
                  "1e-300))"),
            _each("gradient * np.minimum(1.0, max_norm / np.maximum(np.linalg.norm(gradient, axis=-1, keepdims=True), "
                  "1e-300))")),
        mistake(
            "clipped_while_adding_up", _clip(("return " + RESULT, (
                "squares, clipped = 0.0, {}\n    for name, gradient in gradients.items():\n        "
                "squares += np.sum(gradient**2)\n        norm = np.sqrt(squares)\n        "
                "clipped[name] = gradient * (max_norm / norm if norm > max_norm else 1.0)\n    return clipped"))),
            "Each array is scaled inside the loop that adds up the squares, when only a part of them is there. Two "
            "loops: the first for the norm, the second, with one factor for all, for the result.",
            "clipping-by-norm"),
        mistake(
            "by_value", _each("np.clip(gradient, -max_norm, max_norm)"),
            "You cut every entry by itself. That is clipping by value: it changes the direction. Here all entries are "
            "multiplied by one and the same factor.", "clipping-by-norm"),
        mistake(
            "set_to_zero", _scale("1.0 if norm <= max_norm else 0.0"),
            "Where the gradient is too long you make it zero, so the network learns nothing from that step. Shorten "
            "it: its length becomes max_norm, its direction stays.", "clipping-by-norm",
            _each("np.where(np.abs(gradient) > max_norm, 0.0, gradient)")),
        mistake(
            "always_scaled", _scale("max_norm / norm if norm > 0 else 1.0"),
            "You scale always. A gradient that is shorter than max_norm is made longer by that; it should stay as it "
            "is.", "clipping-by-norm", _scale("max_norm / norm"), _scale("max_norm / np.float64(norm)")),
        mistake(
            "lengthened", _scale("max(1.0, max_norm / norm) if norm > 0 else 1.0"),
            "You make short gradients longer and leave the long ones, with `max` for `min` or `<` for `>`. The factor "
            "is at most 1.",
            "clipping-by-norm"),
        mistake(
            "factor_upside_down", _scale("min(1.0, norm / max_norm) if norm > 0 else 1.0"),
            "The factor is upside down. To bring the length from norm to max_norm, multiply by max_norm / norm.",
            "clipping-by-norm", _scale("norm / max_norm if norm > max_norm else 1.0")),
        mistake(
            "to_length_one", _scale("1.0 / norm if norm > max_norm else 1.0"),
            "You divide by the norm and stop: the length is 1 then. It should be max_norm, so multiply by that too.",
            "clipping-by-norm"),
        mistake(
            "only_times_the_limit", _scale("max_norm if norm > max_norm else 1.0"),
            "You multiply by max_norm. To get the length max_norm, the factor is max_norm / norm.", "clipping-by-norm"),
        mistake(
            "divided_by_the_limit", _scale("1.0 / max_norm if norm > max_norm else 1.0"),
            "You divide by max_norm. To get the length max_norm, the factor is max_norm / norm.", "clipping-by-norm"),
        mistake(
            "norm_squared", _norm("float(sum(np.sum(gradient**2) for gradient in gradients.values()))"),
            "The square root is missing. The norm is the root of the sum of squares.", "clipping-by-norm"),
        mistake(
            "square_compared", _scale("max_norm / norm if norm**2 > max_norm else 1.0"),
            "You compare the sum of squares with max_norm. Take the root first: it is the norm that is too long or "
            "not.", "clipping-by-norm"),
        mistake(
            "root_of_the_factor", _scale("min(1.0, max_norm / norm) ** 0.5 if norm > 0 else 1.0"),
            "There is a root over the factor. The root belongs to the sum of squares alone; the factor is "
            "max_norm / norm.", "clipping-by-norm",
            _scale("min(1.0, max_norm / norm**2) ** 0.5 if norm > 0 else 1.0")),
        mistake(
            "factor_squared", _scale("min(1.0, max_norm / norm) ** 2 if norm > 0 else 1.0"),
            "The factor is squared: it is made from squares. It is max_norm / norm, without squares.",
            "clipping-by-norm"),
        mistake(
            "sum_of_norms", _norm("float(sum(np.linalg.norm(gradient) for gradient in gradients.values()))"),
            "You add up the norms of the arrays. The norm of all together is the root of the sum of their squares, and "
            "that is less.", "clipping-by-norm"),
        mistake(
            "largest_norm", _norm("float(max(np.linalg.norm(gradient) for gradient in gradients.values()))"),
            "You take the norm of the longest array for that of all. Several arrays, each short enough, can be too "
            "long together.", "clipping-by-norm"),
        mistake(
            "norm_of_one_array", _norm("float(np.linalg.norm(list(gradients.values())[-1]))"),
            "Your norm is that of one array only. In the loop, add each one's squares to the sum, with `+=`, and take "
            "the root after the loop.", "clipping-by-norm",
            _norm("float(np.linalg.norm(list(gradients.values())[0]))")),
        mistake(
            "mean_of_norms", _norm("float(np.mean([np.linalg.norm(gradient) for gradient in gradients.values()]))"),
            "You take the mean of the arrays' norms. The norm of all together is the root of the sum of their squares.",
            "clipping-by-norm"),
        mistake(
            "root_mean_square", _norm(
                "(float(sum(np.sum(gradient**2) for gradient in gradients.values())) / "
                "sum(gradient.size for gradient in gradients.values())) ** 0.5"),
            "You take the mean of the squares. The norm has the sum: nothing is divided by the number of entries.",
            "clipping-by-norm",
            _norm("float(sum(np.mean(gradient**2) for gradient in gradients.values())) ** 0.5")),
        mistake(
            "sum_of_sizes", _norm("float(sum(np.sum(np.abs(gradient)) for gradient in gradients.values()))"),
            "You add up the absolute values. The 2-norm is the root of the sum of squares.", "clipping-by-norm"),
        mistake(
            "largest_entry", _norm("float(max(np.max(np.abs(gradient)) for gradient in gradients.values()))"),
            "You compare the largest entry with max_norm. Many small entries make a long vector too: take the root of "
            "the sum of all squares.", "clipping-by-norm"),
        mistake(
            "norm_of_a_matrix", _norm(
                "float(sum(np.linalg.norm(gradient, 2) ** 2 for gradient in gradients.values())) ** 0.5"),
            "`np.linalg.norm(matrix, 2)` is something else, the largest singular value. Without the 2 it is the root "
            "of the sum of all squares.", "clipping-by-norm"),
        mistake(
            "list_of_arrays", _norm("float(np.linalg.norm(list(gradients.values())))"),
            "The arrays have different shapes, so NumPy cannot make one array of a list of them. Add up their squares "
            "one after the other, or flatten each with `ravel()` before you concatenate.", "clipping-by-norm",
            _norm("float(np.linalg.norm(np.array(list(gradients.values()))))"),
            _norm("float(np.linalg.norm(np.concatenate(list(gradients.values()))))")),
        mistake(
            "sign_turned", _scale("-min(1.0, max_norm / norm) if norm > 0 else 1.0"),
            "The sign is turned round, so the step would go uphill. The factor is positive.", "clipping-by-norm",
            _scale("-max_norm / norm if norm > max_norm else 1.0")),
        mistake(
            "result_thrown_away", _each("gradient"),
            "What you return is the gradients as they were. `gradient * scale` makes a new array: put it into the dict "
            "that you return.", "clipping-by-norm"),
        mistake(
            "zero_by_zero", _scale("np.float64(min(norm, max_norm)) / norm"),
            "Where all gradients are zero, so is their norm, and 0 / 0 is NaN. Nothing has to be clipped there: ask "
            "whether the norm is above max_norm before you divide.", "clipping-by-norm"),
        mistake(
            "division_by_zero", _clip((GUARD, "")),
            "Where all gradients are zero, so is their norm, and Python refuses to divide by it. Nothing has to be "
            "clipped there: ask whether the norm is above max_norm before you divide.", "clipping-by-norm"),
        mistake(
            "in_place", _clip(("return " + RESULT, "for gradient in gradients.values():\n        "
                               "gradient *= scale\n    return gradients")),
            "The values are right, and `*=` has overwritten the caller's arrays. Whoever called still needs the "
            "gradients as they were. Write `gradient * scale`, which is a new array.", "clipping-by-norm",
            _clip(("return " + RESULT, "for name in gradients:\n        gradients[name] = gradients[name] * scale\n"
                   "    return gradients"))),
        whole(
            "in_place_without_return", _clip(("return " + RESULT, "for gradient in gradients.values():\n        "
                                              "gradient *= scale")),
            "You change the caller's arrays and return nothing. Asked for is the other way: leave them alone, and "
            "return a new dict.", "clipping-by-norm"),
        mistake(
            "norm_returned_too", _clip(("return " + RESULT, "return " + RESULT + ", norm")),
            "You return the norm beside the gradients. Asked for are the gradients alone.", "clipping-by-norm",
            _clip(("return " + RESULT, "return norm, " + RESULT))),
        mistake(
            "one_long_vector", _clip(("return " + RESULT, "return np.concatenate([np.ravel(gradient * scale) for "
                                      "gradient in gradients.values()])")),
            "You return one long vector. The update looks each gradient up by its name: return a dict of arrays in "
            "their own shapes.", "clipping-by-norm"),
        mistake(
            "a_limit_of_its_own", _clip(("norm = " + NORM, f"max_norm = 1.0\n    norm = {NORM}")),
            "You use a limit of your own. It is an argument of the function.", "clipping-by-norm",
            *(_clip(("norm = " + NORM, f"max_norm = {n}\n    norm = {NORM}")) for n in (5.0, 10.0))),
        mistake(
            "names_by_heart", _clip(
                (NORM, 'float(sum(np.sum(gradients[name]**2) for name in ["dWax", "dWaa", "dWya", "dba", "dby"])) '
                       '** 0.5'),
                (RESULT, '{name: gradients[name] * scale for name in ["dWax", "dWaa", "dWya", "dba", "dby"]}')),
            "You name the gradients of one network. Another one has others: go through whatever the dict holds.",
            "clipping-by-norm", *(_norm(
                "float(sum(np.sum(gradients[name]**2) for name in "
                f'["{first}", "dWax", "dWaa", "dWya", "dba", "dby"][:5])) ** 0.5')
                for first in ("dWaa", "dWya", "dba", "dby"))),
    ),
)

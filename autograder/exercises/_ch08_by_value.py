"""Exercise of chapter 8: clipping every entry."""

import numpy as np

from autograder.engine import Exercise, Part, Patched, intact
from autograder.exercises._ch08_gradients import (
    AS_THEY_ARE,
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
from solutions import clip_by_value

CHAPTER = "08_vanishing_gradients"
mistake, whole = mistakes_in(CHAPTER), whole_mistakes_in(CHAPTER)

OTHERS = "dWaa", "dWya", "dba", "dby"  # what a list of names by heart may begin with
CLIP, ITEMS = "np.clip(gradient, -limit, limit)", "in gradients.items()"
RESULT = "{name: np.clip(gradient, -limit, limit) for name, gradient in gradients.items()}"


def _clip(new):
    return Patched(clip_by_value, (CLIP, new))


def _result(new):
    return Patched(clip_by_value, ("return " + RESULT, new))


def _value_cases(rng):
    (first, n), (second, k), (third, q) = random_gradients(rng)
    two = {"dW": third["dWaa"], "db": third["dba"]}
    return [
        case(first, rng.uniform(1.5, 2.5), "", None, n),
        case(second, rng.uniform(0.3, 0.7), "a limit below 1", sizes=k),
        case(third, rng.uniform(3.5, 4.5), "", sizes=q),
        case({"dW": np.array([[rng.uniform(12, 20)]])}, 5, "one array with one entry"),
        case({"dW": np.array([[-7.5, rng.uniform(2, 3), -rng.uniform(6, 7)]])}, 5, "large negative entries"),
        case({"dWc": second["dWax"], "dWu": second["dWaa"], "dbc": second["dba"]}, 1.2, "gradients of another network"),
        case(other_axes(rng), 2, "", (NO_MATRICES,)),
        case({name: 0.1 * value for name, value in first.items()}, norm_of(first), "nothing is too large",
             (AS_THEY_ARE, INTACT)),
        case({name: np.zeros_like(value) for name, value in two.items()}, 2, "all zero", (AS_THEY_ARE, INTACT)),
    ]


CLIP_BY_VALUE = Exercise(
    id="clip_by_value",
    chapter=CHAPTER,
    reference=clip_by_value,
    cases=_value_cases,
    parts=(Part(CLIPPED, 12, ENTRIES), Part(NO_MATRICES, 2, ENTRIES), Part(AS_THEY_ARE, 3, ENTRIES), intact(3)),
    hints=(
        "Nothing has to be found out about the gradients as a whole: every entry is cut by itself. What is above "
        "limit becomes limit, what is below -limit becomes -limit.",
        "`np.clip(array, lowest, highest)` does this for a whole array, and returns a new one.",
        "Go through the dict with `gradients.items()`, and build a new dict with the same names.",
    ),
    misconceptions=(
        mistake(
            "set_to_zero", _clip("np.where(np.abs(gradient) > limit, 0.0, gradient)"),
            "Entries beyond the limit become 0. The largest gradients then do nothing at all; they should do as much "
            "as the limit allows: limit, or -limit.", "clipping-by-value"),
        mistake(
            "sign_lost", _clip("np.where(np.abs(gradient) > limit, limit, gradient)"),
            "A large negative entry becomes +limit: its sign is lost, and the step goes uphill. Below -limit, cut to "
            "-limit.", "clipping-by-value"),
        mistake(
            "sign_turned", _clip("np.where(np.abs(gradient) > limit, -np.sign(gradient) * limit, gradient)"),
            "What is too large gets the opposite sign. Above limit it becomes +limit, below -limit it becomes -limit.",
            "clipping-by-value"),
        mistake(
            "one_side_only", _clip("np.minimum(gradient, limit)"),
            "You cut on one side only. A gradient explodes to minus infinity as well: the lowest value is -limit.",
            "clipping-by-value"),
        mistake(
            "upper_end_open", _clip("np.maximum(gradient, -limit)"),
            "You cut on one side only, below -limit. What is above limit has to become limit as well.",
            "clipping-by-value"),
        mistake(
            "negative_entries_lost", _clip("np.clip(gradient, 0, limit)"),
            "You cut from 0 to limit, so all negative entries are gone. The lowest value is -limit.",
            "clipping-by-value"),
        mistake(
            "bounds_exchanged", _clip("np.clip(gradient, limit, -limit)"),
            "The two ends are exchanged, so that every entry becomes the same number. `np.clip` takes the lowest value "
            "first and the highest second: `np.clip(g, -limit, limit)`; by hand it is "
            "`np.minimum(np.maximum(g, -limit), limit)`.", "clipping-by-value",
            _clip("np.full_like(gradient, limit)")),
        mistake(
            "below_the_limit_for_below_minus_the_limit",
            _clip("np.where(gradient > limit, limit, np.where(gradient < limit, -limit, gradient))"),
            "All that is below +limit becomes -limit. Ask the second time whether an entry is below -limit.",
            "clipping-by-value"),
        mistake(
            "limit_taken_away", _clip("np.where(gradient > limit, gradient - limit, np.where(gradient < -limit, "
                                      "gradient + limit, gradient))"),
            "You take the limit away from what is too large, and keep the rest. It is the limit that stays: what is "
            "above becomes limit, what is below -limit becomes -limit.", "clipping-by-value",
            _clip("gradient - np.clip(gradient, -limit, limit)")),
        mistake(
            "half_the_limit", _clip("np.clip(gradient, -limit / 2, limit / 2)"),
            "You cut at half the limit. The limit is the largest *size* of an entry: from -limit to limit, which is "
            "2 limit wide.", "clipping-by-value"),
        mistake(
            "result_thrown_away", _result("for gradient in gradients.values():\n        "
                                          "np.clip(gradient, -limit, limit)\n    return dict(gradients)"),
            "The result of `np.clip` is thrown away: it returns a new array and leaves the old one as it is. Put it "
            "into the dict that you return.", "clipping-by-value", _clip("gradient")),
        mistake(
            "in_place", _result("for gradient in gradients.values():\n        "
                                "np.clip(gradient, -limit, limit, out=gradient)\n    return gradients"),
            "The values are right, and you have overwritten the caller's arrays (`out=`, `[...] =` and `*=` do that). "
            "Whoever called still needs the gradients as they were, to log their norm for instance. Return new arrays.",
            "clipping-by-value", _result("for name in gradients:\n        gradients[name] = "
                                         "np.clip(gradients[name], -limit, limit)\n    return gradients")),
        whole(
            "in_place_without_return", _result("for gradient in gradients.values():\n        "
                                               "np.clip(gradient, -limit, limit, out=gradient)"),
            "You change the caller's arrays and return nothing. Asked for is the other way: leave them alone, and "
            "return a new dict.", "clipping-by-value"),
        mistake(
            "clipped_by_norm", _result(
                "norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients.values()))\n    "
                "scale = min(1.0, limit / norm) if norm > 0 else 1.0\n    "
                "return {name: gradient * scale for name, gradient in gradients.items()}"),
            "You scale the whole gradient by its norm. That is clipping by norm, the next exercise. Here every entry "
            "is cut by itself.", "clipping-by-value"),
        mistake(
            "scaled_by_the_largest", _clip("gradient * min(1.0, limit / max(np.abs(gradient).max(), 1e-300))"),
            "You scale until the largest entry fits. Clipping by value leaves all entries alone that are "
            "within the limit, and cuts the others.", "clipping-by-value",
            _result("largest = max(np.abs(gradient).max() for gradient in gradients.values())\n    "
                    "scale = min(1.0, limit / largest) if largest > 0 else 1.0\n    "
                    "return {name: gradient * scale for name, gradient in gradients.items()}")),
        mistake(
            "squashed", _clip("limit * np.tanh(gradient / limit)"),
            "You squash every entry through a tanh, small ones too. Clipping leaves what is within the limit exactly "
            "as it is.", "clipping-by-value"),
        mistake(
            "all_at_the_limit", _clip("np.sign(gradient) * limit"),
            "Every entry becomes ±limit, small ones too. Only those beyond the limit are cut.", "clipping-by-value"),
        mistake(
            "absolute_values", _clip("np.abs(np.clip(gradient, -limit, limit))"),
            "All your entries are positive. A gradient needs its sign: it says which way is uphill.",
            "clipping-by-value"),
        mistake(
            "a_limit_of_its_own", _clip("np.clip(gradient, -1, 1)"),
            "You cut at a number of your own. The limit is an argument of the function.", "clipping-by-value",
            *(_clip(f"np.clip(gradient, -{n}, {n})") for n in (5, 10))),
        mistake(
            "some_arrays_only", Patched(clip_by_value, (
                RESULT, "{**gradients, **{name: np.clip(gradients[name], -limit, limit) "
                        "for name in list(gradients)[:1]}}")),
            "Only one of the arrays is clipped. Go through all of them.", "clipping-by-value",
            Patched(clip_by_value, (RESULT, "{**gradients, **{name: np.clip(gradients[name], -limit, limit) for name "
                                            "in list(gradients)[-1:]}}"))),
        mistake(
            "names_lost", _result("return [np.clip(gradient, -limit, limit) for gradient in gradients.values()]"),
            "You return the arrays without their names. The update looks them up by name: return a dict.",
            "clipping-by-value",
            _result("return tuple(np.clip(gradient, -limit, limit) for gradient in gradients.values())")),
        mistake(
            "return_in_the_loop", _result("for name, gradient in gradients.items():\n        return "
                                          "{name: np.clip(gradient, -limit, limit)}"),
            "`return` stands inside the loop, so it ends with the first array. Return the dict when it is full.",
            "clipping-by-value"),
        mistake(
            "names_by_heart", Patched(clip_by_value, (
                RESULT, '{name: np.clip(gradients[name], -limit, limit) for name in ["dWax", "dWaa", "dWya", "dba", '
                        '"dby"]}')),
            "You name the gradients of one network. Another one has others: go through whatever the dict holds, with "
            "`gradients.items()`.", "clipping-by-value", *(Patched(clip_by_value, (
                RESULT, '{name: np.clip(gradients[name], -limit, limit) for name in '
                        f'["{first}", "dWax", "dWaa", "dWya", "dba", "dby"]}}')) for first in OTHERS)),
        mistake(
            "matrices_only", _clip("np.array([[max(-limit, min(limit, gradient[i, j])) for j in "
                                   "range(gradient.shape[1])] for i in range(gradient.shape[0])])"),
            "You go through rows and columns, as if every gradient were a matrix. They may have one axis, or three: "
            "`np.clip` and `np.where` take arrays of any shape.", "clipping-by-value",
            _result("clipped = {}\n    for name, gradient in gradients.items():\n        rows, columns = "
                    "gradient.shape\n        clipped[name] = np.clip(gradient, -limit, limit)\n    return clipped"),
            *(_clip(f"np.array([[max(-limit, min(limit, entry)) for entry in row] for row in gradient{rows}])")
              for rows in ("", ".tolist()"))),
    ),
)

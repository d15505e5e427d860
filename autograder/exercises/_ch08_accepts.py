"""Exercise of chapter 8: write the test of `clip_by_norm`."""

import numpy as np

from autograder.engine import Patched
from autograder.exercises.kinds import Handed, careless_tests, write_the_test
from autograder.exercises.mistakes import mistakes_in, whole_mistakes_in
from solutions import accepts_clip_by_norm, clip_by_norm

CHAPTER = "08_vanishing_gradients"
mistake, coarse = mistakes_in(CHAPTER), whole_mistakes_in(CHAPTER)

NORM = "float(sum(np.sum(gradient**2) for gradient in gradients.values())) ** 0.5"
SCALE, TIMES = "min(1.0, max_norm / norm) if norm > 0 else 1.0", "gradient * scale"
RESULT = "{name: gradient * scale for name, gradient in gradients.items()}"


def _by_logarithms(gradients, max_norm):
    """Return what `clip_by_norm` returns, to the last digits but one."""
    squares = sum(np.sum(g**2) for g in gradients.values())
    if squares <= max_norm**2:
        return {name: g.copy() for name, g in gradients.items()}
    factor = np.exp(np.log(max_norm) - 0.5 * np.log(squares))
    return {name: factor * g for name, g in reversed(gradients.items())}


def _in_one_vector(gradients, max_norm):
    """Return what `clip_by_norm` returns, cut from one long vector."""
    vector = np.concatenate([g.ravel() for g in gradients.values()])
    length = np.linalg.norm(vector)
    vector = max_norm * (vector / length) if length > max_norm else vector
    pieces = np.split(vector, np.cumsum([g.size for g in gradients.values()])[:-1])
    return {name: piece.reshape(g.shape) for (name, g), piece in zip(gradients.items(), pieces, strict=True)}


def _handed(words, points, tip, *replacements):
    return Handed(f"a function that {words}", Patched(clip_by_norm, *replacements), points, tip)


RIGHT = (
    Handed("the right function", Patched(clip_by_norm)),
    Handed("a right function whose last digits differ", _by_logarithms),
    Handed("a right function that cuts its results from one long vector", _in_one_vector),
)
WRONG = (
    _handed("does nothing at all", 1,
            "Take a limit below the norm, where something has to change.",
            (TIMES, "gradient * 1.0")),
    _handed("cuts every entry at the limit, as clip_by_value does", 1,
            "Compare every entry with what you worked out: one factor for all of them.",
            (TIMES, "np.clip(gradient, -max_norm, max_norm)")),
    _handed("sets entries above the limit to zero", 1,
            "Compare every entry with what you worked out, large ones and small ones.",
            (TIMES, "np.where(np.abs(gradient) > max_norm, 0.0, gradient)")),
    _handed("sets all to zero where the norm is too large", 1,
            "Compare the entries: together they should have the norm max_norm.",
            (SCALE, "1.0 if norm <= max_norm else 0.0")),
    _handed("takes the norm of each array by itself", 2,
            "Take several arrays that are not equally long, and compare them all: one factor for all.",
            (RESULT, "{name: gradient * min(1.0, max_norm / max(np.linalg.norm(gradient), 1e-300)) "
                     "for name, gradient in gradients.items()}")),
    _handed("clips where some array is too long, not all together", 1,
            "Take a limit between the norm of the longest array and that of all together.",
            (SCALE, "max_norm / norm if max(np.linalg.norm(g) for g in gradients.values()) > max_norm else 1.0")),
    _handed("makes short gradients longer too", 1,
            "Take a limit above the norm as well: there nothing may change.",
            (SCALE, "max_norm / norm if norm > 0 else 1.0")),
    _handed("shortens the first array only", 1,
            "Compare all arrays of the result.",
            (RESULT, "{name: gradient * (scale if name == next(iter(gradients)) else 1.0) "
                     "for name, gradient in gradients.items()}")),
    _handed("always makes the norm 1, whatever the limit is", 1,
            "Take a limit that is not 1.",
            (SCALE, "1.0 / norm if norm > max_norm else 1.0")),
    _handed("turns the sign round where it clips", 1,
            "Compare the entries with their signs, not their sizes or squares.",
            (SCALE, "-max_norm / norm if norm > max_norm else 1.0")),
    _handed("forgets the last entry of every array", 1,
            "Compare whole arrays, not one entry of each.",
            (RESULT, "{name: np.append(gradient.flat[:-1] * scale, gradient.flat[-1]).reshape(gradient.shape) "
                     "for name, gradient in gradients.items()}")),
    _handed("loses one of the arrays", 1,
            "Compare the names in the result with those that you handed over.",
            (RESULT, "{name: gradients[name] * scale for name in list(gradients)[:-1]}")),
    _handed("returns flat arrays", 1,
            "Compare the shapes before the values: np.allclose broadcasts.",
            (TIMES, "np.ravel(gradient) * scale")),
    _handed("gives NaN where all gradients are zero", 1,
            "Hand over gradients that are all zero, and look for zeros in the result.",
            (SCALE, "np.float64(min(norm, max_norm)) / norm")),
    _handed("raises an error where all gradients are zero", 1,
            "Hand over gradients that are all zero. An error is an answer too, and a wrong one.",
            ("norm = " + NORM, f"norm = {NORM}\n    if norm == 0:\n        raise ValueError('the norm is zero')")),
    _handed("changes the caller's arrays", 2,
            "Keep a copy of what you hand over, and look after the call whether it is still the same.",
            ("return " + RESULT, "for gradient in gradients.values():\n        gradient *= scale\n    return "
                                 "{name: gradient.copy() for name, gradient in gradients.items()}")),
)

CASES = "(long, 4.0), (long, 11.0), (long, 200.0), (zero, 4.0)"
SHAPE, CLOSE = "np.shape(clipped[name]) != g.shape or ", "not np.allclose(clipped[name], scale * g)"
NAMES = "if set(clipped) != set(gradients):\n                return False\n            "
INTACT = "if not np.array_equal(given[name], g):  # the caller still needs them\n                    return False\n"
CATCH = "except Exception:\n            return False"


def _test(*replacements):
    return Patched(accepts_clip_by_norm, *replacements)


ACCEPTS_CLIP_BY_NORM = write_the_test(
    "accepts_clip_by_norm", CHAPTER, accepts_clip_by_norm, RIGHT, WRONG, 2,
    uses=("clip_by_norm",),
    hints=(
        "Begin with gradients whose norm you know: one array with 3 and 4 in it and another one with 12 have the norm "
        "13 together. Hand the candidate a copy, and compare every entry with what you worked out by hand.",
        "One limit is not enough. Take one below the norm, one above it, and one between the norm of a single array "
        "and that of all together. Then gradients that are all zero.",
        "`np.allclose` forgives the last digits, which a right function may have otherwise. It also broadcasts, so "
        "compare the shapes first, and the names before the shapes.",
        "Two things do not show in the result: whether your arrays are still what they were, and that the candidate "
        "raised an error. Look at the first; put the call into `try`, and return False in `except Exception`.",
    ),
    misconceptions=(
        *careless_tests(accepts_clip_by_norm, f"{CHAPTER}.html#what-a-test-is-worth"),
        coarse(
            "shapes_only", _test((CLOSE, "False")),
            "Your test looks at names and shapes, and at no number; or one case that fits is enough for it (`any` for "
            "`all`). Most mistakes return the right shape: compare every entry with what you worked out, in all cases.",
            "what-a-test-is-worth",
            _test((CLOSE, "False"), (INTACT, "pass\n")), _test((CLOSE, "False"), (CASES, "(long, 4.0),")),
            _test((CLOSE, "False"), (INTACT, "pass\n"), (CASES, "(long, 4.0),")),
            _test((CLOSE, "False"), (INTACT, "pass\n"), (CASES, "(long, 4.0),"), (SHAPE, ""))),
        coarse(
            "short_gradients_only", _test((CASES, "(long, 200.0),")),
            "Your gradients are so short that nothing is clipped, so a function that never clips passes. Take a limit "
            "below the norm as well. (You did? Then only the last verdict counts: return False at the first that is "
            "wrong.)", "what-a-test-is-worth",
            _test((CASES, "(long, 200.0), (zero, 4.0)")), _test((CASES, "(zero, 4.0),"))),
        coarse(
            "long_gradients_only", _test((CASES, "(long, 4.0), (long, 11.0), (zero, 4.0)")),
            "Your gradients are always too long, so a function that scales always passes. Short ones must stay as they "
            "are: test that too.", "what-a-test-is-worth",
            _test((CASES, "(long, 4.0), (zero, 4.0)"))),
        coarse(
            "one_limit", _test((CASES, "(long, 4.0),")),
            "Your test calls the candidate once. Add a limit above the norm, where nothing may change; one between the "
            "norm of each array and that of all; and gradients that are all zero.", "what-a-test-is-worth",
            _test((CASES, "(long, 11.0),"))),
        mistake(
            "zeros_never_tried", _test((CASES, "(long, 4.0), (long, 11.0), (long, 200.0)")),
            "You never try gradients that are all zero. Their norm is zero, and dividing by it is a mistake that only "
            "this test finds.", "what-a-test-is-worth"),
        mistake(
            "every_array_too_long", _test((CASES, "(long, 4.0), (long, 200.0), (zero, 4.0)")),
            "In your tests each array is too long by itself, or none is. Take a limit in between: all together too "
            "long, each single one short enough.", "what-a-test-is-worth"),
        coarse(
            "norm_only", _test((CLOSE, "False"), ("return True", (
                "norms = [np.sqrt(sum(np.sum(np.square(g)) for g in candidate({n: v.copy() for n, v in "
                "gradients.items()}, max_norm).values()))\n             for gradients, max_norm in "
                f"({CASES})]\n    return bool(np.allclose(norms, [4.0, 11.0, norm, 0.0]))"))),
            "Your test measures how long the result is, and not where it points. Many wrong functions get the length "
            "right: compare the entries themselves.", "what-a-test-is-worth",
            _test((CLOSE, "np.sqrt(sum(np.sum(np.square(v)) for v in clipped.values())) > max_norm + 1e-6")),
            _test((CLOSE, "np.sqrt(sum(np.sum(np.square(v)) for v in clipped.values())) > max_norm + 1e-6"),
                  (INTACT, "pass\n")),
            _test((CLOSE, "np.sqrt(sum(np.sum(np.square(v)) for v in clipped.values())) > max_norm + 1e-6"),
                  (INTACT, "pass\n"), (SHAPE, ""), (NAMES, ""))),
        coarse(
            "one_entry", _test((CLOSE, "not np.allclose(np.ravel(clipped[name])[0], scale * g.flat[0])")),
            "You compare one entry of each array. A mistake may sit in any of them: compare whole arrays, with "
            "`np.allclose`.", "what-a-test-is-worth",
            _test((CLOSE, "not np.allclose(np.ravel(clipped[name])[0], scale * g.flat[0])"), (INTACT, "pass\n"))),
        mistake(
            "equal_to_the_last_digit", _test((CLOSE, "not np.array_equal(clipped[name], scale * g)")),
            "You compare with `==`. A right function may compute in another order, and its last digit is then another: "
            "`np.allclose` allows for that.", "what-a-test-is-worth"),
        mistake(
            "one_array", _test(("for name, g in gradients.items():\n                if np.shape",
                                "for name, g in list(gradients.items())[:1]:\n                if np.shape")),
            "You look at one array of the result only. Compare all that the dict holds.", "what-a-test-is-worth"),
        coarse(
            "gradients_of_one_array", _test(
                ("for gradients, max_norm", 'long, zero, norm = {"dW": long["dW"]}, {"dW": zero["dW"]}, 8.0\n    '
                                            "for gradients, max_norm"), (CASES, CASES.replace("11.0", "6.0"))),
            "Your gradients are one array. What a function does with several, one norm for all of them or one for "
            "each, your test cannot see.", "what-a-test-is-worth"),
        mistake(
            "callers_arrays_not_looked_at", _test((INTACT, "pass\n")),
            "A candidate that changes your arrays passes. Keep the gradients, hand over a copy of them, and look after "
            "the call whether the copy is still the same.", "what-a-test-is-worth"),
        coarse(
            "errors_let_out", _test((CATCH, "except ZeroDivisionError:\n            return False")),
            "A candidate raises an error, and your test raises it too. A function that raises where it should answer "
            "is wrong: catch it with `except Exception`, and return False.", "what-a-test-is-worth",
            _test((CATCH, "except ZeroDivisionError:\n            return False"), (NAMES, ""))),
        coarse(
            "errors_are_right", _test((CATCH, "except Exception:\n            pass")),
            "Where the candidate raises an error, your test goes on as if nothing were wrong. `except` must return "
            "False.", "what-a-test-is-worth",
            _test((CATCH, "except Exception:\n            return True"))),
        mistake(
            "shapes_not_compared", _test((SHAPE, ""), ("[2.0, 5.0, -3.0]]", "[2.0, 5.0, -3.0]]).reshape(1, 6"),
                                         ("[[6.0], [-8.0]]", "[[6.0, -8.0]]")),
            "You do not compare shapes, and `np.allclose` broadcasts: it takes a flat array for the same as a column "
            "or row. Ask for the shape as well.", "what-a-test-is-worth"),
        mistake(
            "names_not_compared", _test((NAMES, ""), ("for name, g in gradients.items():\n                if np.shape",
                                                      "for name in clipped:\n                g = gradients[name]\n"
                                                      "                if np.shape")),
            "You go through what the candidate returned, so what it lost is never missed. Compare the names with those "
            "that you handed over.", "what-a-test-is-worth"),
    ),
)

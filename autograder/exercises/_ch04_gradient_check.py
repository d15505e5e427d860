"""Exercise of chapter 4: the gradient check."""

import numpy as np

from autograder.engine import Array, Exercise, Part, Patched, intact
from autograder.exercises._ch04_landscape import ALL, ONE, SHORT, ZERO, check_cases
from autograder.exercises.mistakes import mistakes_in
from solutions import complex_step_gradients, gradient_check, numerical_gradients

CHAPTER = "04_backpropagation_through_time"
mistake = mistakes_in(CHAPTER)

NUMBER = Array("", atol=1e-7, kinds="fiu")  # smaller differences are rounding; a plain 0 is a number too

NAMES, ENTRIES = "in nudged.items()", "in np.ndindex(value.shape)"
COPIES = "nudged = {name: np.array(value, dtype=np.float64) for name, value in parameters.items()}"
KEEP, UP, DOWN = "kept = value[index]", "value[index] = kept + epsilon", "value[index] = kept - epsilon"
UNDO = "value[index] = kept\n"
ABOVE, BELOW = "loss_above = loss(nudged)", "loss_below = loss(nudged)"
QUOTIENT = "(loss_above - loss_below) / (2 * epsilon)"
ENTRY, SIZE = 'g.append(gradients["d" + name][index])', "size = np.linalg.norm(g) + np.linalg.norm(g_num)"
ERROR, GUARD = "float(np.linalg.norm(g - g_num) / size)", " if size > 0 else 0.0"
JOIN = "g, g_num = np.array(g), np.array(g_num)"
SINGLE = "float(np.max(np.abs(g - g_num) / np.maximum(1e-8, {})))"


def _entries(*replacements):
    return Patched(gradient_check, *replacements)


def _error(new):
    return _entries((ERROR, new))


def _for_each_parameter(join):
    """Return a check with one error for each parameter, joined to one number."""
    check_one = Patched(gradient_check)

    def check(loss, parameters, gradients, epsilon=1e-5):
        return float(join([
            check_one(lambda one, name=name: loss({**parameters, **one}), {name: value}, gradients, epsilon)
            for name, value in parameters.items()]))

    return check


GRADIENT_CHECK = Exercise(
    id="gradient_check",
    chapter=CHAPTER,
    reference=gradient_check,
    cases=check_cases,
    forbids=(numerical_gradients, complex_step_gradients),
    parts=(
        Part(ALL[0], 5, NUMBER),
        Part(ONE[0], 5, NUMBER),
        Part(ZERO[0], 2, NUMBER),
        Part(SHORT[0], 2, NUMBER),
        intact(1),
    ),
    hints=(
        "Begin with copies of all parameters, in float64: `np.array(value, dtype=np.float64)`. Nudge these, and give "
        "the dict of all copies to `loss`.",
        "`for index in np.ndindex(value.shape)` visits every entry of an array. Keep its value; take the loss at value "
        "+ epsilon and at value - epsilon; put the kept value back before you go on.",
        "The numerical derivative of one entry is the difference of the two losses, divided by 2 epsilon. Collect it "
        "with the entry of `gradients` under the name \"d\" + name at the same index.",
        "In the end you have two long vectors, all parameters in one. The error is the norm of their difference, "
        "divided by the sum of their two norms; where that sum is zero, return 0.0.",
    ),
    misconceptions=(
        mistake(
            "one_sided_difference",
            _entries((DOWN, "value[index] = kept"), (QUOTIENT, "(loss_above - loss_below) / epsilon")),
            "You nudge to one side only. The error of a one-sided difference is of the order of ε itself; nudge up "
            "and down, (L(θ + ε) - L(θ - ε)) / 2ε, and it is of the order of ε².", "checking-gradients",
            _entries((UP, "value[index] = kept"), (QUOTIENT, "(loss_above - loss_below) / epsilon"))),
        mistake(
            "only_half_way_down", _entries((DOWN, "value[index] = kept")),
            "After the nudge up you go down by one ε only: that is where you began. Below means θ - ε, two ε below "
            "the upper point.", "checking-gradients"),
        mistake(
            "two_forgotten", _entries((QUOTIENT, "(loss_above - loss_below) / epsilon")),
            "You divide by ε. The two points are 2ε apart: (L(θ + ε) - L(θ - ε)) / 2ε.", "checking-gradients"),
        mistake(
            "multiplied_by_epsilon", _entries((QUOTIENT, "(loss_above - loss_below) / 2 * epsilon")),
            "`/ 2 * epsilon` divides by 2 and then multiplies by ε. Put the denominator in parentheses: "
            "`/ (2 * epsilon)`.", "checking-gradients"),
        mistake(
            "not_divided", _entries((QUOTIENT, "loss_above - loss_below")),
            "The difference of the two losses is not a derivative yet: divide by 2ε, the distance of the two points.",
            "checking-gradients"),
        mistake(
            "below_minus_above", _entries((QUOTIENT, "(loss_below - loss_above) / (2 * epsilon)")),
            "The sign of the numerical derivative is turned round: it is the loss above minus the loss below.",
            "checking-gradients"),
        mistake(
            "absolute_difference", _error("float(np.linalg.norm(g - g_num))"),
            "This is an absolute difference, and it says little: 1e-6 is nothing beside gradients of size 1 and "
            "everything beside gradients of size 1e-6. Divide by ‖g‖ + ‖g_num‖.", "relative-error",
            _error("float(np.max(np.abs(g - g_num)))"), _error("float(np.sum(np.abs(g - g_num)))"),
            _error("float(np.mean(np.abs(g - g_num)))"), _error("float(np.sum((g - g_num) ** 2))"),
            _error("float(np.mean((g - g_num) ** 2))")),
        mistake(
            "one_norm_below", _error("float(np.linalg.norm(g - g_num) / np.linalg.norm(g_num))"),
            "You divide by one of the two norms. Divide by their sum, ‖g‖ + ‖g_num‖: then the error lies between 0 "
            "and 1, whichever of the two is the larger.", "relative-error",
            _error("float(np.linalg.norm(g - g_num) / np.linalg.norm(g))"),
            _error("float(np.linalg.norm(g - g_num) / max(np.linalg.norm(g), np.linalg.norm(g_num)))")),
        mistake(
            "denominator_padded", _error("float(np.linalg.norm(g - g_num) / (size + 1e-8))"),
            "You add a small number to the denominator, against 0 / 0. It is not small beside small gradients: where "
            "the sum of the norms is zero, return 0.0, and leave it alone everywhere else.", "relative-error",
            *(_entries((ERROR, f"float(np.linalg.norm(g - g_num) / (size + {small}))"), (GUARD, ""))
              for small in ("1e-6", "1e-7", "1e-8", "1e-9"))),
        mistake(
            "norm_of_the_sum", _error("float(np.linalg.norm(g - g_num) / np.linalg.norm(g + g_num))"),
            "You divide by the norm of the sum. It is the sum of the norms, ‖g‖ + ‖g_num‖: two opposite gradients "
            "must give 1, not a division by zero.", "relative-error"),
        mistake(
            "norm_squared", _error("float(np.sum((g - g_num) ** 2) / (np.sum(g**2) + np.sum(g_num**2)))"),
            "The square roots are missing. ‖·‖ is the root of the sum of squares; without it an error of 1e-4 looks "
            "like 1e-8.", "relative-error",
            _error("float(np.sqrt(np.sum((g - g_num) ** 2) / (np.sum(g**2) + np.sum(g_num**2))))"),
            _error("float(np.linalg.norm(g - g_num) / size) ** 2")),
        mistake(
            "sum_of_absolute_values", _error("float(np.sum(np.abs(g - g_num)) / np.sum(np.abs(g) + np.abs(g_num)))"),
            "You add absolute values. The formula takes the 2-norm, the root of the sum of squares: np.linalg.norm of "
            "one long vector.", "relative-error"),
        mistake(
            "largest_error_of_a_single_entry", _error(SINGLE.format("np.abs(g) + np.abs(g_num)")),
            "You take the largest relative error of a single entry. Other courses do; an entry close to zero then "
            "spoils a right gradient. Here all entries make one vector each, and the norms are compared.",
            "relative-error", _error(SINGLE.format("np.maximum(np.abs(g), np.abs(g_num))")),
            _error(SINGLE.format("np.abs(g) + np.abs(g_num)").replace("max", "mean", 1))),
        mistake(
            "one_parameter_only", _entries((NAMES, "in list(nudged.items())[:1]")),
            "Only one parameter is looked at: a mistake in another one stays hidden. Go through all of them.",
            "relative-error", _entries((NAMES, "in list(nudged.items())[-1:]"))),
        mistake(
            "one_error_for_each_parameter", _for_each_parameter(np.mean),
            "You make one error for each parameter and join them. Put the entries of all parameters into one vector "
            "first: one error for all together.", "relative-error",
            _for_each_parameter(np.max), _for_each_parameter(np.sum)),
        mistake(
            "some_entries_only", _entries((ENTRIES, "in list(np.ndindex(value.shape))[:1]")),
            "Not every entry is nudged. A mistake may sit in a single one: `np.ndindex(value.shape)` visits all.",
            "checking-gradients",
            _entries((ENTRIES, "in list(np.ndindex(value.shape))[: len(value)]")),
            _entries((ENTRIES, "in [(i, i) for i in range(min(value.shape))]")),
            _entries((ENTRIES, "in [(i, 0) for i in range(len(value))]"))),
        mistake(
            "all_entries_at_once",
            _entries((KEEP, "kept = value.copy()"), (UP, "value[:] = kept + epsilon"),
                     (DOWN, "value[:] = kept - epsilon"), (UNDO, "value[:] = kept\n")),
            "You nudge all entries of an array at once. That gives the sum of their derivatives; nudge one entry at a "
            "time, while all others stay.", "checking-gradients"),
        mistake(
            "nudge_not_undone", _entries((UNDO, "pass\n")),
            "A nudged entry is not put back, so every later derivative is taken at another place. Restore the kept "
            "value before you go on.", "checking-gradients",
            _entries((UNDO, "value[index] = kept + epsilon\n"))),
        mistake(
            "parameters_changed", _entries((COPIES, "nudged = parameters"), (UNDO, "pass\n")),
            "You nudge the caller's own arrays and leave them nudged. Work on copies: "
            "`np.array(value, dtype=np.float64)`.", "checking-gradients",
            _entries((COPIES, "nudged = dict(parameters)"), (UNDO, "value[index] = kept + epsilon\n"))),
        mistake(
            "undone_by_subtraction",
            _entries((COPIES, "nudged = parameters"), (UP, "value[index] += epsilon"),
                     (DOWN, "value[index] -= 2 * epsilon"), (UNDO, "value[index] += epsilon\n")),
            "You take the nudge back by arithmetic, in the caller's arrays: rounding leaves the last digit changed. "
            "Keep the old value and put it back, and work on copies.", "checking-gradients"),
        mistake(
            "nudged_in_32_bit", _entries((COPIES, COPIES.replace(", dtype=np.float64", ""))),
            "You nudge 32-bit numbers. They have 7 digits, and ε = 1e-5 leaves 2 of them for the difference: a right "
            "gradient looks wrong. Make the copies in float64.", "checking-in-32-bit"),
        mistake(
            "epsilon_not_used", _entries((COPIES, f"epsilon = 1e-5\n    {COPIES}")),
            "You use an ε of your own. It is an argument of the function.", "checking-gradients",
            *(_entries((COPIES, f"epsilon = {epsilon}\n    {COPIES}")) for epsilon in ("1e-7", "1e-6", "1e-4"))),
        mistake(
            "zero_by_zero", _entries((GUARD, "")),
            "Where both gradients are zero you divide 0 by 0. They agree: return 0.0.", "relative-error",
            _entries((GUARD, ""), (ERROR, "float(np.linalg.norm(g - g_num)) / float(size)"))),
        mistake(
            "zero_means_wrong", _entries((GUARD, " if size > 0 else 1.0")),
            "Where both gradients are zero they agree: the error is 0.0.", "relative-error"),
        mistake(
            "paired_by_position", _entries((JOIN, "g = np.concatenate([np.ravel(v) for v in gradients.values()])")),
            "You pair parameters and gradients by their position in the two dicts. The order may differ, and "
            "`gradients` may hold more: look up each parameter's own, `gradients[\"d\" + name]`.", "relative-error",
            _entries((ENTRY, 'g.append(list(gradients.values())[list(nudged).index(name)][index])'))),
        mistake(
            "gradients_without_a_parameter",
            _entries((JOIN, "g = np.concatenate([np.ravel(gradients[name]) for name in sorted(gradients)])\n    "
                            "g_num = np.array(g_num)"), (NAMES, "in sorted(nudged.items())")),
            "You take every entry of `gradients`. It may hold some that belong to no parameter, such as dx: take for "
            "each parameter the one called \"d\" + name.", "relative-error"),
        mistake(
            "gradients_by_the_parameters_names", _entries((ENTRY, "g.append(gradients[name][index])")),
            "You look for a gradient under the name of its parameter. The gradient of \"W\" is called \"dW\": "
            "`gradients[\"d\" + name]`.", "relative-error"),
        mistake(
            "parameters_by_the_gradients_names",
            _entries((NAMES, "in ((key[1:], nudged[key[1:]]) for key in gradients)")),
            "You go through the gradients and look for a parameter to each. `gradients` may hold some that belong to "
            "none, such as dx: go through the parameters, and look up \"d\" + name.", "relative-error"),
        mistake(
            "loss_of_one_parameter",
            _entries((ABOVE, "loss_above = loss({name: value})"), (BELOW, "loss_below = loss({name: value})")),
            "`loss` gets one parameter alone. It takes the dict of all of them, with a single entry nudged.",
            "checking-gradients", _entries((ABOVE, "loss_above = loss(value)"), (BELOW, "loss_below = loss(value)"))),
        mistake(
            "verdict_for_the_error", _error("bool(np.linalg.norm(g - g_num) / size < 1e-7)"),
            "You return a verdict. Return the number; whoever calls the function judges it: below 1e-7 is right.",
            "relative-error",
            *(_entries((ERROR, f"bool(np.linalg.norm(g - g_num) / max(size, 1e-99) {rule})"), (GUARD, ""))
              for rule in ("< 1e-7", "< 1e-6", "< 1e-5", "< 1e-4", "> 1e-7"))),
        mistake(
            "errors_of_all_entries", _error("np.abs(g - g_num)"),
            "You return one number for each entry. The norms make one number of all: "
            "‖g - g_num‖ / (‖g‖ + ‖g_num‖).", "relative-error",
            _error("g - g_num"), _error("np.abs(g - g_num) / np.maximum(1e-8, np.abs(g) + np.abs(g_num))")),
    ),
)

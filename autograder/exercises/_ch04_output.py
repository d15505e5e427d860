"""Exercise of chapter 4: back through the output layer."""

import numpy as np

from autograder.engine import Case, Exercise, Gradient, Part, Patched, intact
from autograder.exercises.inputs import rnn_parameters, sizes_with_equal
from autograder.exercises.mistakes import mistakes_in
from solutions import output_backward

CHAPTER = "04_backpropagation_through_time"
mistake = mistakes_in(CHAPTER)

DZ = "dz = (y_pred - y) / y.shape[-1]"
DA = 'parameters["Wya"].T @ dz'
DW = "dz_columns @ side_by_side(a).T"
DB = "np.sum(dz_columns, axis=1, keepdims=True)"


def _output(*replacements):
    return Patched(output_backward, *replacements)


def _dz(new):
    return _output((DZ, "dz = " + new))


def _output_cases(rng):
    cases = []
    for label, n in sizes_with_equal(rng, "T_y n_y n_a m", "n_y n_a m", {"m": 1}, {"T_y": 1}, {"n_y": 1}, T_y=7):
        T_y, n_y, n_a, m = (n[name] for name in ("T_y", "n_y", "n_a", "m"))
        y_pred = rng.uniform(0.05, 0.95, (T_y, n_y, m))
        y = rng.integers(0, 2, (T_y, n_y, m)).astype(float)
        if not label:  # a softmax and its one-hot targets; the others are sigmoids
            y_pred = y_pred / y_pred.sum(axis=1, keepdims=True)
            y = np.eye(n_y)[rng.integers(0, n_y, (T_y, m))].swapaxes(1, 2)
        a = rng.uniform(-0.9, 0.9, (T_y, n_a, m))
        cases.append(Case((y_pred, y, a, rnn_parameters(rng, 3, n_a, n_y)), n, label))
    return cases


OUTPUT_BACKWARD = Exercise(
    id="output_backward",
    chapter=CHAPTER,
    reference=output_backward,
    cases=_output_cases,
    parts=(
        Part("da", 5, Gradient("T_y n_a m"), ("da",)),
        Part("dWya", 5, Gradient("n_y n_a"), ("dWya",)),
        Part("dby", 4, Gradient("n_y 1"), ("dby",)),
        intact(1),
    ),
    hints=(
        "Everything starts from dz, the gradient with respect to the scores: prediction minus target, divided by m. "
        "It has the shape of `y`.",
        "da of a step has the shape of its state, (n_a, m). Which product of W_ya, (n_y, n_a), with dz of the step, "
        "(n_y, m), gives that?",
        "All steps share W_ya and b_y, so their gradients are sums over the steps: start from zeros and add one "
        "step's term after the other, or let `np.einsum` or `np.tensordot` do it.",
        "Each dz^<t> (n_y, m) times the transpose of a^<t> (n_a, m) is one step's term of dWya. dby sums dz over time "
        "and over the examples, and keeps the shape (n_y, 1).",
    ),
    misconceptions=(
        mistake(
            "not_divided_by_m", _dz("y_pred - y"),
            "The division by m is missing. The loss is a mean over the m examples, so every gradient starts with "
            "1/m: dz = (ŷ - y)/m.", "back-through-the-output"),
        mistake(
            "divided_by_time_too", _dz("(y_pred - y) / y.shape[-1] / len(y)"),
            "dz is divided by the number of steps too. The loss is a sum over time and a mean over the examples "
            "only: dz = (ŷ - y)/m.", "back-through-the-output",
            _dz("(y_pred - y) / y.size"), _dz("(y_pred - y) / len(y)"),
            _dz("(y_pred - y) / y.shape[1]"), _dz("(y_pred - y) / y.shape[-1] / y.shape[1]")),
        mistake(
            "target_minus_prediction", _dz("(y - y_pred) / y.shape[-1]"),
            "The sign is turned round: dz is prediction minus target. Where the prediction is too large the gradient "
            "is positive, and descent makes it smaller.", "back-through-the-output"),
        mistake(
            "target_left_out", _dz("y_pred / y.shape[-1]"),
            "The target is not subtracted: dz = (ŷ - y)/m.", "back-through-the-output"),
        mistake(
            "twice_the_difference", _dz("2 * (y_pred - y) / y.shape[-1]"),
            "dz is twice what it should be: 2(ŷ - y) belongs to a squared error. With the cross-entropy, "
            "dz = (ŷ - y)/m.", "back-through-the-output"),
        mistake(
            "one_from_every_class", _dz("(y_pred - 1) / y.shape[-1]"),
            "You subtract 1 from every class. Only the class that is right loses 1, all others lose 0: subtract the "
            "one-hot target y.", "back-through-the-output"),
        mistake(
            "target_of_another_step", _dz("(y_pred - np.roll(y, 1, axis=0)) / y.shape[-1]"),
            "The targets are shifted by one step. ŷ^<t> is compared with y^<t>.", "back-through-the-output",
            _dz("(y_pred - np.roll(y, -1, axis=0)) / y.shape[-1]")),
        mistake(
            "target_of_another_class", _dz("(y_pred - np.roll(y, 1, axis=1)) / y.shape[-1]"),
            "The 1 is subtracted at the wrong class. Class k of ŷ is compared with class k of y.",
            "back-through-the-output",
            _dz("(y_pred - np.roll(y, -1, axis=1)) / y.shape[-1]"), _dz("(y_pred - y[:, ::-1]) / y.shape[-1]")),
        mistake(
            "slope_of_the_output_twice", _dz("(y_pred - y) / y.shape[-1] * y_pred * (1 - y_pred)"),
            "You multiply by ŷ(1 - ŷ), the slope of the sigmoid. It is in ŷ - y already: there it cancels against "
            "the derivative of the logarithm.", "back-through-the-output"),
        mistake(
            "gradient_of_the_prediction", _dz("((1 - y) / (1 - y_pred) - y / y_pred) / y.shape[-1]"),
            "This is the gradient with respect to the prediction ŷ. One step further back, through the sigmoid or "
            "the softmax, it becomes dz = (ŷ - y)/m.", "back-through-the-output",
            _dz("-y / y_pred / y.shape[-1]")),
        mistake(
            "Wya_not_transposed", _output((DA, 'parameters["Wya"] @ dz')),
            "On the way back W_ya is transposed: it takes n_y numbers to n_a. da^<t> = W_ya^T dz^<t>.",
            "back-through-the-output"),
        mistake(
            "da_is_dz", _output((DA, "dz")),
            "da is still the gradient of the scores. It must go back through W_ya to the state: da^<t> = W_ya^T "
            "dz^<t>, with n_a rows.", "back-through-the-output"),
        mistake(
            "slope_of_the_state_too_early", _output((DA, f"(1 - a**2) * ({DA})")),
            "da is multiplied by 1 - a², the slope of the tanh. That belongs to the cell, where da from the next "
            "step is added first: here da^<t> = W_ya^T dz^<t>.", "back-through-the-output"),
        mistake(
            "state_of_the_step_before",
            _output((DW, "dz_columns @ side_by_side(np.concatenate([0 * a[:1], a[:-1]])).T")),
            "dWya is made with the state of the step before. The prediction of step t was made from a^<t>, so its "
            "term is dz^<t> (a^<t>)^T.", "back-through-the-output",
            _output((DW, "dz_columns @ side_by_side(np.roll(a, 1, axis=0)).T"))),
        mistake(
            "last_state_in_every_term",
            _output((DW, "dz_columns @ side_by_side(np.broadcast_to(a[-1], a.shape)).T")),
            "Every term of dWya is made with the last state. The prediction of step t was made from a^<t>.",
            "sums-over-the-steps"),
        mistake(
            "one_step_of_the_sum", _output((DW, "dz[-1] @ a[-1].T"), (DB, "np.sum(dz[-1], axis=1, keepdims=True)")),
            "Only one step's term is left: each step overwrites the one before (= in place of +=). All steps share "
            "W_ya and b_y, so their gradients are sums over the steps.", "sums-over-the-steps",
            _output((DW, "dz[0] @ a[0].T"), (DB, "np.sum(dz[0], axis=1, keepdims=True)"))),
        mistake(
            "one_gradient_for_each_step", _output((DW, "dz @ a.swapaxes(1, 2)")),
            "There is one dWya for each step. All steps share W_ya: add the steps' terms up, along the axis of time.",
            "sums-over-the-steps",
            _output((DW, "dz @ a.swapaxes(1, 2)"), (DB, "np.sum(dz, axis=2, keepdims=True)"))),
        mistake(
            "dWya_transposed", _output((DW, "side_by_side(a) @ dz_columns.T")),
            "dWya is the transpose of what it should be. A gradient has the shape of its parameter: dz^<t> comes "
            "first, dz^<t> (a^<t>)^T.", "back-through-the-output"),
        mistake(
            "dby_without_its_column", _output((DB, "np.sum(dz, axis=(0, 2))")),
            "dby has lost its second axis. It needs the shape of b_y, (n_y, 1): sum with keepdims, or put the axis "
            "back. Subtracted from b_y as it is, it would be spread to a square.", "back-through-the-output",
            _output((DB, "np.sum(dz, axis=(0, 2))[np.newaxis]"))),
        mistake(
            "dby_not_summed", _output((DB, "np.sum(dz, axis=0)")),
            "dby is not summed over everything. One b_y serves all steps and all examples: sum over time and over "
            "the m examples.", "sums-over-the-steps",
            _output((DB, "np.sum(dz, axis=2, keepdims=True)")), _output((DB, "dz")),
            *(_output((DB, f"np.sum(dz, axis=(0, 1)){column}")) for column in (
                "[np.newaxis]", "[:, np.newaxis]", "")), _output((DB, "np.sum(dz)"))),
        mistake(
            "divided_twice", _output((DW, f"{DW} / y.shape[-1]"), (DB, f"{DB} / y.shape[-1]")),
            "The division by m happens twice. dz contains it already; from there on gradients are only summed.",
            "back-through-the-output",
            _output((DW, f"{DW} / y.shape[-1]"), (DB, f"{DB} / y.shape[-1]"), (DA, f"{DA} / y.shape[-1]"))),
        mistake(
            "mean_over_time", _output((DW, f"{DW} / len(y)"), (DB, f"{DB} / len(y)")),
            "You take the mean over the steps. The loss is a sum over time, so the gradients of the shared parameters "
            "are sums over the steps.", "sums-over-the-steps"),
        mistake(
            "dby_averaged", _output((DB, "np.mean(dz, axis=(0, 2))[:, np.newaxis]")),
            "dby is a mean. It is a sum, over the steps and over the examples; the mean over the examples is in dz "
            "already.", "sums-over-the-steps", _output((DB, "np.mean(dz, axis=0).sum(axis=1, keepdims=True)"))),
        mistake(
            "predictions_overwritten", _output((DZ, "y_pred -= y\n    dz = y_pred / y.shape[-1]")),
            "You subtract inside the array y_pred, which belongs to whoever called the function. Let the difference "
            "be a new array: dz = (y_pred - y)/m.", "back-through-the-output",
            _output((DZ, "y_pred -= y\n    y_pred /= y.shape[-1]\n    dz = y_pred"))),
    ),
)

"""Exercise of chapter 4: the loss of a sequence."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises.inputs import sizes_for
from autograder.exercises.mistakes import mistakes_in
from solutions import sequence_loss

CHAPTER = "04_backpropagation_through_time"
mistake = mistakes_in(CHAPTER)

EPS = "eps = np.finfo(y_pred.dtype).eps"
CLIP = "y_pred = np.clip(y_pred, eps, 1 - eps)"
TERMS = "losses = -(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred))"
TOTAL = "np.sum(losses).item() / y.shape[-1]"
TOO_SMALL_FOR_32_BITS = (1e-16, 1e-15, 1e-14, 1e-12, 1e-10, 1e-9, 1e-8)
ORDINARY, EXTREME = ("loss", "inputs left unchanged"), ("loss at 0 and 1", "inputs left unchanged")


def _loss(*replacements):
    return Patched(sequence_loss, *replacements)


def _terms(new):
    return _loss((TERMS, "losses = " + new))


def _total(new):
    return _loss((TOTAL, new))


def _added(eps):
    """Keep the logarithm finite by adding something to its argument, not by clipping."""
    return _loss((CLIP, ""), (EPS, f"eps = {eps}"),
                 (TERMS, "losses = -(y * np.log(y_pred + eps) + (1 - y) * np.log(1 - y_pred + eps))"))


def _loss_cases(rng):
    cases = []
    for label, n in sizes_for(rng, "T_y n_y m", {"m": 1}, {"T_y": 1}, {"n_y": 1}):
        shape = tuple(n.values())
        arguments = rng.uniform(0.03, 0.97, shape), rng.integers(0, 2, shape).astype(float)
        cases.append(Case(arguments, n, label, ORDINARY))
    for label, dtype in (("predictions of exactly 0 and 1", np.float64), ("the same in 32-bit", np.float32)):
        y_pred, y = (argument.astype(dtype) for argument in cases[0].args)
        corner = np.array([[0, 0], [1, 1]], dtype)  # sure and right, sure and wrong, of both kinds
        y_pred[:2, 0, :2], y[:2, 0, :2] = corner, corner.T
        cases.append(Case((y_pred, y), cases[0].sizes, label, EXTREME))
    return cases


SEQUENCE_LOSS = Exercise(
    id="sequence_loss",
    chapter=CHAPTER,
    reference=sequence_loss,
    cases=_loss_cases,
    parts=(
        Part("loss", 10, Array("")),
        Part("loss at 0 and 1", 4, Array("")),
        intact(1),
    ),
    hints=(
        "First make an array with the loss of every single prediction: it has the shape of `y`. Only one of its two "
        "terms is not zero, the one that belongs to the target.",
        "Then make one number of it: add over the steps (and the outputs), and take the mean over the m examples. "
        "The examples are the last axis.",
        "log 0 is minus infinity, and 0 times infinity is NaN. Move the predictions a tiny bit away from 0 and 1 "
        "before the logarithm: `np.clip` returns a new array.",
        "The tiny bit is `np.finfo(y_pred.dtype).eps`, the smallest step that 1.0 can be told from in this dtype.",
    ),
    misconceptions=(
        mistake(
            "mean_over_time", _total("np.sum(losses).item() / y.shape[-1] / len(y)"),
            "You take the mean over the steps. The loss of a sequence is the sum of its steps' losses, "
            "L = sum over t of L^<t>; only over the m examples there is a mean.", "the-loss-of-a-sequence"),
        mistake(
            "mean_of_everything", _total("np.mean(losses).item()"),
            "np.mean over the whole array divides by T_y and n_y too. Sum over the steps and the outputs, then divide "
            "by the number of examples m alone.", "the-loss-of-a-sequence"),
        mistake(
            "sum_over_examples", _total("np.sum(losses).item()"),
            "The loss is summed over the examples as well. Divide by m, the last axis: a larger batch must not have "
            "a larger loss.", "the-loss-of-a-sequence"),
        mistake(
            "axes_confused", _total("np.sum(losses).item() / len(y)"),
            "You divide by the number of steps, the first axis. The mean is over the examples, the last axis; over "
            "time there is a sum.", "the-loss-of-a-sequence"),
        mistake(
            "mean_over_outputs", _total("np.sum(losses).item() / y.shape[-1] / y.shape[1]"),
            "You divide by n_y too. The losses of the n_y outputs of a step are added; only over the m examples "
            "there is a mean.", "the-loss-of-a-sequence"),
        mistake(
            "outputs_taken_for_examples", _total("np.sum(losses).item() / y.shape[1]"),
            "You divide by n_y, the middle axis. The examples are the last axis: y is (T_y, n_y, m).",
            "the-loss-of-a-sequence"),
        mistake(
            "not_one_number", _total("np.sum(losses, axis=(1, 2)) / y.shape[-1]"),
            "The losses are not added up to one number: some axis is left over. Sum over the steps and the outputs, "
            "and take the mean over the examples.", "the-loss-of-a-sequence",
            _total("np.sum(losses, axis=(0, 1))"), _total("np.sum(losses, axis=(0, 1)) / y.shape[-1]"),
            _total("losses"), _total("np.sum(losses, axis=0) / y.shape[-1]"), _total("np.mean(losses, axis=2)")),
        mistake(
            "one_step_only", _total("np.sum(losses[-1]).item() / y.shape[-1]"),
            "Only one step's loss is counted. Every step has an output, a target and a loss of its own: add them all "
            "(+=), and return after the loop.", "the-loss-of-a-sequence",
            _total("np.sum(losses[0]).item() / y.shape[-1]")),
        mistake(
            "one_step_left_out", _total("np.sum(losses[1:]).item() / y.shape[-1]"),
            "One step's loss is left out, the first or the last. `range(T_y)` runs over all of them, from 0 to "
            "T_y - 1.", "the-loss-of-a-sequence", _total("np.sum(losses[:-1]).item() / y.shape[-1]")),
        mistake(
            "one_example_only", _total("np.sum(losses[..., 0]).item()"),
            "Only one example is counted. Sum over all m of them, and divide by m.", "the-loss-of-a-sequence",
            _total("np.sum(losses[..., -1]).item()"), _total("np.sum(losses[..., 0]).item() / y.shape[-1]")),
        mistake(
            "term_of_the_ones_only", _terms("-(y * np.log(y_pred))"),
            "The second term is missing: -(1 - y) log(1 - ŷ), which counts where the target is 0. (With a softmax "
            "output the first term is enough. This output is a sigmoid.)", "which-loss-where",
            _loss((TERMS, "losses = -(y * np.log(y_pred + eps))"), (CLIP, ""))),
        mistake(
            "term_of_the_zeros_only", _terms("-((1 - y) * np.log(1 - y_pred))"),
            "The first term is missing: -y log ŷ, which counts where the target is 1.", "the-loss-of-a-sequence"),
        mistake(
            "minus_forgotten", _terms("y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)"),
            "The sign is missing. The logarithm of a probability is negative; the loss is minus that, so that it is "
            "zero for a perfect prediction and grows with the error.", "the-loss-of-a-sequence"),
        mistake(
            "minus_for_one_term", _terms("-y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)"),
            "The minus reaches only the first term. Both are subtracted: -y log ŷ - (1 - y) log(1 - ŷ).",
            "the-loss-of-a-sequence"),
        mistake(
            "another_logarithm", _terms("-(y * np.log2(y_pred) + (1 - y) * np.log2(1 - y_pred))"),
            "This is the logarithm to another base. The course, like the notes, takes the natural one, np.log: its "
            "derivative is 1/ŷ without a factor.", "the-loss-of-a-sequence",
            _terms("-(y * np.log10(y_pred) + (1 - y) * np.log10(1 - y_pred))")),
        mistake(
            "one_minus_the_logarithm", _terms("-(y * np.log(y_pred) + (1 - y) * (1 - np.log(y_pred)))"),
            "The second term has 1 - log ŷ. What stands in the formula is the logarithm of 1 - ŷ, the probability "
            "that was given to the answer 0.", "the-loss-of-a-sequence"),
        mistake(
            "target_and_prediction_exchanged",
            _loss((CLIP, "y = np.clip(y, eps, 1 - eps)"),
                  (TERMS, "losses = -(y_pred * np.log(y) + (1 - y_pred) * np.log(1 - y))")),
            "Target and prediction are exchanged: the logarithm is taken of ŷ, the prediction, and the target y "
            "stands in front of it.", "the-loss-of-a-sequence",
            _terms("-(y_pred * np.log(y) + (1 - y_pred) * np.log(1 - y))"),
            *(_loss((CLIP, f"y = np.clip(y, {eps}, 1 - {eps})"),
                    (TERMS, "losses = -(y_pred * np.log(y) + (1 - y_pred) * np.log(1 - y))"))
              for eps in ("1e-15", "1e-12", "1e-8", "1e-7"))),
        mistake(
            "log_of_zero", _loss((CLIP, "")),
            "A prediction of exactly 0 or 1 makes the logarithm infinite, and 0 times infinity is NaN. Clip the "
            "predictions to [eps, 1 - eps] first.", "log-of-zero",
            _loss((CLIP, ""), (TERMS, "losses = -np.where(y == 1, np.log(y_pred), np.log(1 - y_pred))")),
            _loss((CLIP, "y_pred = np.maximum(y_pred, eps)"))),
        mistake(
            "eps_too_small_for_32_bit", _loss((EPS, "eps = np.finfo(float).eps")),
            "Your eps is fixed, and too small for 32-bit numbers: there 1 - eps is 1.0 again, and log(1 - 1) is not "
            "finite. np.finfo(y_pred.dtype).eps fits the array's own dtype.", "log-of-zero",
            *(_loss((EPS, f"eps = {eps}")) for eps in TOO_SMALL_FOR_32_BITS)),
        mistake(
            "another_eps", _loss((EPS, "eps = 1e-7")),
            "Your loss stays finite, but with another eps: how much a prediction that is sure and wrong costs "
            "depends on it. Clip to [eps, 1 - eps] with eps = np.finfo(y_pred.dtype).eps.", "log-of-zero",
            _loss((EPS, "eps = 1e-6")), _loss((EPS, "eps = 1e-5")),
            *(_added(eps) for eps in (*TOO_SMALL_FOR_32_BITS, 1e-7, 1e-6, 1e-5))),
        mistake(
            "squashed_again", _loss((CLIP, "y_pred = 1 / (1 + np.exp(-y_pred))")),
            "The predictions go through an activation function again. They are probabilities already: use them as "
            "they come.", "the-loss-of-a-sequence",
            _loss((CLIP, "e = np.exp(y_pred)\n    y_pred = e / e.sum(axis=1, keepdims=True)"))),
        mistake(
            "squared_error", _terms("(y_pred - y) ** 2"),
            "This is the squared error. The notes take the cross-entropy: it punishes a prediction that is sure and "
            "wrong much harder.", "the-loss-of-a-sequence",
            _terms("0.5 * (y_pred - y) ** 2")),
        mistake(
            "predictions_changed", _loss((CLIP, "np.clip(y_pred, eps, 1 - eps, out=y_pred)")),
            "You clip inside the array y_pred, which belongs to whoever called the function. Let np.clip make a new "
            "array.", "log-of-zero",
            _loss((CLIP, "y_pred[y_pred < eps] = eps\n    y_pred[y_pred > 1 - eps] = 1 - eps"))),
    ),
)

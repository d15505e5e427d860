"""Exercise language_model_step of chapter 6."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Gradient, Group, Part, Patched, intact
from autograder.exercises._ch06_tokenize import CHAPTER, mistake
from autograder.exercises.inputs import rnn_parameters, sizes_with_equal
from solutions import language_model_step, loss_and_gradients

SHAPES = {"Wax": "n_a n_x", "Waa": "n_a n_a", "Wya": "n_y n_a", "ba": "n_a 1", "by": "n_y 1"}

# --- wrong functions -------------------------------------------------------------------------------------------

A0 = 'a0 = np.zeros((len(parameters["Waa"]), x.shape[2]), dtype=parameters["Waa"].dtype)'
LOSS = "loss = softmax_loss(y_pred, y)"
OUTPUT = "from_output = output_backward(y_pred * counted, y, a, parameters)"
GRADIENTS = 'gradients = {"d" + name: gradients["d" + name] for name in parameters}'
RETURN = "return loss, gradients, sgd_step(parameters, gradients, learning_rate)"
NEW = "sgd_step(parameters, gradients, learning_rate)"


def _wrong(*replacements):
    return Patched(language_model_step, *replacements)


def _loss(new):
    return _wrong((LOSS, "loss = " + new))


def _gradients(new):
    """Make other gradients of the right ones, and take the step with them."""
    return _wrong((GRADIENTS, 'gradients = {"d" + name: ' + new + " for name in parameters}"))


def _new(new):
    return _wrong((NEW, new))


def _batch(rng, n):
    """Draw inputs and targets; all lines but one are shorter than the array, where there is room for that."""
    T_x, n_x, m = n["T_x"], n["n_x"], n["m"]
    lengths = rng.integers(1, T_x + 1, size=m)
    lengths[0] = T_x
    if m > 1 and T_x > 1:
        lengths[1:3] = (T_x - 2, 1)[: m - 1]
    y = np.eye(n_x)[rng.integers(n_x, size=(T_x, m))].swapaxes(1, 2)
    y *= np.arange(T_x)[:, np.newaxis, np.newaxis] < lengths
    x = np.zeros_like(y)
    x[1:] = y[:-1] * y[1:].sum(axis=1, keepdims=True)
    return x, y


def _cases(rng):
    cases = []
    for label, n in sizes_with_equal(rng, "T_x n_x n_a m", "n_x n_a m", {"m": 1}, {"T_x": 1}, T_x=7):
        x, y = _batch(rng, n)
        parameters = rnn_parameters(rng, n["n_x"], n["n_a"], n["n_x"])
        cases.append(Case((x, y, parameters, float(rng.uniform(0.05, 0.6))), n, label))
    return [*cases, _one_token_again_and_again(rng)]


def _one_token_again_and_again(rng):
    """Draw a case with large gradients: whoever clips them is found out."""
    n = {"T_x": 20, "n_x": 7, "n_a": 3, "m": 1}
    x, y = np.zeros((2, n["T_x"], n["n_x"], n["m"]))
    y[:, rng.integers(n["n_x"])] = 1
    x[1:] = y[:-1]
    parameters = rnn_parameters(rng, n["n_x"], n["n_a"], n["n_x"])
    parameters["by"] = parameters["by"] - 3 * y[0]  # it comes as a surprise, each time
    return Case((x, y, parameters, 0.1), n, "one token again and again")


def _gradient(name, points):
    return Part("d" + name, points, Gradient(SHAPES[name]), (1, "d" + name))


LANGUAGE_MODEL_STEP = Exercise(
    id="language_model_step",
    chapter=CHAPTER,
    reference=language_model_step,
    cases=_cases,
    parts=(
        Part("loss", 5, Array(""), (0,)),
        _gradient("Wax", 3), _gradient("Waa", 3), _gradient("Wya", 3), _gradient("ba", 2), _gradient("by", 2),
        Part("new parameters", 5, Group(tuple((name, (name,), Array(axes)) for name, axes in SHAPES.items())), (2,)),
        intact(2),
    ),
    uses=("rnn_forward", "rnn_backward", "rnn_cell_forward", "rnn_cell_backward", "output_backward"),
    forbids=(loss_and_gradients,),
    hints=(
        "Four lines of chapters 3 and 4 one after the other: `rnn_forward` from a0 = 0, `softmax_loss`, "
        "`output_backward`, `rnn_backward`. Then the update.",
        "`output_backward` starts from (ŷ - y)/m. In the padding y is zero but ŷ is not: set ŷ to zero there as well, "
        "by multiplying with `y.sum(axis=1, keepdims=True)`, which is 1 where there is a target.",
        "dWya and dby come from `output_backward`; dWax, dWaa and dba from `rnn_backward`, to which you give its "
        "\"da\" and the caches of the way there. Put the five into one dict.",
        "Each new parameter is the old one minus learning_rate times its gradient, in a new dict: `sgd_step` does "
        "that, or write it.",
    ),
    misconceptions=(
        mistake(
            "padding_in_the_gradients", _wrong((OUTPUT, OUTPUT.replace("y_pred * counted", "y_pred"))),
            "The padding counts in the gradients. Where there is no target, y is zero, and ŷ - y is all of ŷ: every "
            "token is pushed down there. Set ŷ to zero in the padding too.", "one-step-of-training"),
        mistake(
            "mask_from_the_inputs", _wrong(("counted = y.sum", "counted = x.sum"),
                                           (OUTPUT, OUTPUT.replace("counted, y,", "counted, y * counted,"))),
            "You take the mask from the inputs. The first input is zero although its step counts: it has a target. "
            "Whether a step counts, y says.", "one-step-of-training",
            _wrong(("counted = y.sum", "counted = x.sum"))),
        mistake(
            "mask_over_time", _wrong(("counted = y.sum(axis=1", "counted = y.sum(axis=0")),
            "Your mask sums y over time, and counts how often each token comes. Whether a step has a target, the sum "
            "over the vocabulary says, axis 1: it is 1 or 0.", "one-step-of-training",
            _wrong(("counted = y.sum(axis=1", "counted = y.sum(axis=2"))),
        mistake(
            "only_the_right_token_left", _wrong((OUTPUT, OUTPUT.replace("y_pred * counted", "y_pred * y"))),
            "You multiply ŷ with y itself, and keep only the right token's probability. All of ŷ counts in the "
            "gradient where there is a target: multiply with the *sum* of y over the vocabulary, 1 or 0.",
            "one-step-of-training"),
        mistake(
            "softmax_once_more", _wrong((LOSS, "y_pred = np.exp(y_pred) / np.exp(y_pred).sum(axis=1, keepdims=True)\n"
                                               "    " + LOSS)),
            "The predictions go through a softmax again. What `rnn_forward` gives are probabilities already.",
            "which-loss",
            _loss("softmax_loss(np.exp(y_pred) / np.exp(y_pred).sum(axis=1, keepdims=True), y)")),
        mistake(
            "loss_of_each_example", _loss("-np.sum(y * np.log(y_pred), axis=(0, 1))"),
            "Your loss has a number for each example. It is their mean, one number.", "which-loss",
            _loss("-np.sum(y * np.log(y_pred), axis=1)"), _loss("-np.sum(y * np.log(y_pred), axis=(1, 2))"),
            _loss("-np.sum(y * np.log(y_pred), axis=(0, 1)) / y.shape[2]")),
        mistake(
            "mean_of_everything", _loss("-np.mean(y * np.log(y_pred))"),
            "`np.mean` divides by the number of all entries: steps, vocabulary and examples. The loss is a sum over "
            "time and vocabulary, and a mean over the m examples alone.", "which-loss"),
        mistake(
            "gradients_clipped", _gradients('np.clip(gradients["d" + name], -5, 5)'),
            "You clip the gradients. Chapter 8 does; here they are wanted as they are, ∂L/∂θ.", "one-step-of-training",
            *(_gradients(f'np.clip(gradients["d" + name], -{limit}, {limit})') for limit in ("1", "0.1", "10", "0.5"))),
        mistake(
            "loss_for_each_token", _loss("softmax_loss(y_pred, y) * y.shape[2] / y.sum()"),
            "Your loss is a mean over the tokens. In this course the loss of a sequence is a sum over time, and only "
            "over the m examples there is a mean.", "which-loss",
            _loss("softmax_loss(y_pred, y) / len(y)"), _loss("softmax_loss(y_pred, y) / y.shape[1]")),
        mistake(
            "loss_and_gradients_for_each_token",
            _wrong((LOSS, "loss = softmax_loss(y_pred, y) / len(y)"),
                   (GRADIENTS, GRADIENTS.replace('gradients["d" + name] ', 'gradients["d" + name] / len(y) '))),
            "Loss and gradients are means over the tokens. In this course a sequence's loss is a sum over time; only "
            "over the m examples there is a mean.", "which-loss",
            _wrong((LOSS, "loss = softmax_loss(y_pred, y) * y.shape[2] / y.sum()"),
                   (GRADIENTS, GRADIENTS.replace('gradients["d" + name] ', 'gradients["d" + name] * y.shape[2] '
                                                                           '/ y.sum() ')))),
        mistake(
            "loss_summed_over_the_examples", _loss("softmax_loss(y_pred, y) * y.shape[2]"),
            "The loss is summed over the examples. It is a mean over the m examples, so that a larger batch does not "
            "have a larger loss.", "which-loss"),
        mistake(
            "loss_and_gradients_summed",
            _wrong((LOSS, "loss = softmax_loss(y_pred, y) * y.shape[2]"),
                   (GRADIENTS, GRADIENTS.replace('gradients["d" + name] ', 'gradients["d" + name] * y.shape[2] '))),
            "Loss and gradients are summed over the examples. Both are means over the m examples: the 1/m is "
            "missing.", "which-loss"),
        mistake(
            "sigmoid_loss", _loss("sequence_loss(y_pred, y)"),
            "This is the loss of section 4, for a sigmoid output. It counts -(1 - y) log(1 - ŷ) for every wrong token "
            "as well. A softmax output has L = -sum of y log ŷ: only the right token counts.", "which-loss",
            _loss("-np.sum(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)).item() / y.shape[2]"),
            _loss("sequence_loss(y_pred * counted, y) if False else -np.sum((y * np.log(y_pred) + (1 - y) * "
                  "np.log(1 - y_pred)) * y.sum(axis=1, keepdims=True)).item() / y.shape[2]")),
        mistake(
            "loss_sign", _loss("-softmax_loss(y_pred, y)"),
            "The sign of the loss is turned round. The logarithm of a probability is negative; the loss is minus that.",
            "which-loss"),
        mistake(
            "loss_other_base", _loss("softmax_loss(y_pred, y) / np.log(2)"),
            "The loss has a logarithm to another base. The course takes the natural one.", "which-loss",
            _loss("softmax_loss(y_pred, y) / np.log(10)")),
        mistake(
            "loss_exchanged", _loss("softmax_loss(y, y_pred)"),
            "Target and prediction are exchanged in the loss: `softmax_loss(y_pred, y)`, the prediction first.",
            "which-loss"),
        mistake(
            "loss_of_the_last_step", _loss("softmax_loss(y_pred[-1:], y[-1:])"),
            "Only one step's loss is counted. Each step predicts a token and has a loss: they are added.",
            "which-loss", _loss("softmax_loss(y_pred[:1], y[:1])")),
        mistake(
            "loss_after_the_update",
            _wrong((RETURN, f"new = {NEW}\n    return softmax_loss(rnn_forward(x, a0, new)[1], y), gradients, new")),
            "Your loss is that of the new parameters. Wanted is the loss that the gradients belong to: before the "
            "update.", "one-step-of-training"),
        mistake(
            "gradients_not_divided_by_m", _gradients('gradients["d" + name] * y.shape[2]'),
            "The gradients are m times too large: the loss is a mean over the m examples, so its gradient starts with "
            "(ŷ - y)/m.", "one-step-of-training"),
        mistake(
            "gradients_divided_by_m_again", _gradients('gradients["d" + name] / y.shape[2]'),
            "The gradients are divided by m a second time. `output_backward` has done it.", "one-step-of-training"),
        mistake(
            "gradients_for_each_token", _gradients('gradients["d" + name] / len(y)'),
            "The gradients are means over time. The loss is a sum over time, and so are they.", "one-step-of-training",
            _gradients('gradients["d" + name] * y.shape[2] / y.sum()')),
        mistake(
            "gradients_upside_down", _gradients('-gradients["d" + name]'),
            "The gradients have the wrong sign: they start from ŷ - y, prediction minus target, not from y - ŷ.",
            "one-step-of-training"),
        mistake(
            "no_way_back_through_time",
            _wrong(("rnn_backward(from_output[\"da\"], caches)",
                    "__import__('solutions').rnn_backward(np.where(np.arange(len(x))[:, np.newaxis, np.newaxis] == "
                    "len(x) - 1, from_output[\"da\"], 0), caches)")),
            "Only the last step's output sends a gradient back. Every step has a loss: give all of \"da\" to "
            "`rnn_backward`.", "one-step-of-training"),
        mistake(
            "uphill", _new("sgd_step(parameters, {name: -g for name, g in gradients.items()}, learning_rate)"),
            "Your step goes uphill: the new parameters are the old ones *minus* learning_rate times the gradient.",
            "one-step-of-training"),
        mistake(
            "no_update", _new("parameters"),
            "The parameters that you return are the old ones. Subtract learning_rate times the gradient from each.",
            "one-step-of-training", _new("dict(parameters)"),
            _wrong((RETURN, f"{NEW}\n    return loss, gradients, parameters"))),
        mistake(
            "learning_rate_left_out", _new("sgd_step(parameters, gradients, 1.0)"),
            "The learning rate is left out, so the step is far too long.", "one-step-of-training"),
        mistake(
            "learning_rate_fixed", _new("sgd_step(parameters, gradients, 0.01)"),
            "You take a learning rate of your own. It is an argument: `learning_rate`.", "one-step-of-training",
            *(_new(f"sgd_step(parameters, gradients, {rate})") for rate in ("0.1", "0.001", "0.5", "0.05"))),
        mistake(
            "learning_rate_divides", _new("sgd_step(parameters, gradients, 1 / learning_rate)"),
            "You divide by the learning rate. The gradient is multiplied with it.", "one-step-of-training"),
        mistake(
            "gradients_for_parameters", _new("{n: learning_rate * gradients['d' + n] for n in parameters}"),
            "What you return as parameters is the change alone. The new parameter is the old one minus that.",
            "one-step-of-training", _new("{n: -learning_rate * gradients['d' + n] for n in parameters}")),
        mistake(
            "some_parameters_forgotten",
            _new("parameters | {n: parameters[n] - learning_rate * gradients['d' + n] for n in ('Wax', 'Waa', 'Wya')}"),
            "Not all parameters are updated. There are five: Wax, Waa, Wya, and the two biases.",
            "one-step-of-training",
            _new("parameters | {n: parameters[n] - learning_rate * gradients['d' + n] for n in ('Wax', 'Waa', 'ba')}"),
            _new("parameters | {n: parameters[n] - learning_rate * gradients['d' + n] for n in ('Wya', 'by')}"),
            *(_new("parameters | {n: parameters[n] - learning_rate * gradients['d' + n] for n in parameters if n != "
                   f"'{left}'}}") for left in SHAPES),
            _new("parameters | {n: parameters[n] - learning_rate * gradients['d' + n] for n in ('Wax', 'Waa')}")),
        mistake(
            "updated_twice", _new("sgd_step(sgd_step(parameters, gradients, learning_rate), gradients, learning_rate)"),
            "The step is taken twice, or with twice the learning rate.", "one-step-of-training"),
        mistake(
            "updated_in_place",
            _wrong((RETURN, "for name in parameters:\n        parameters[name] -= learning_rate * "
                            "gradients['d' + name]\n    return loss, gradients, parameters")),
            "You change the parameters that you were given (`-=` works inside the array). Whoever called the function "
            "may still need them: make new arrays.", "one-step-of-training",
            _wrong((RETURN, "for name in parameters:\n        parameters[name] = parameters[name] - learning_rate * "
                            "gradients['d' + name]\n    return loss, gradients, parameters"))),
        mistake(
            "first_state_not_zero", _wrong((A0, 'a0 = np.ones((len(parameters["Waa"]), x.shape[2]))')),
            "Your first state is not zero. A sentence begins with a^<0> = 0: nothing has been said yet.",
            "one-step-of-training",
            _wrong((A0, 'a0 = np.tile(parameters["ba"], x.shape[2])')),
            _wrong((A0, 'a0 = np.random.default_rng(0).standard_normal((len(parameters["Waa"]), x.shape[2]))'))),
        mistake(
            "results_in_another_order", _wrong((RETURN, f"return loss, {NEW}, gradients")),
            "The results come in another order: first the loss, then the gradients, then the new parameters.",
            "one-step-of-training",
            _wrong((RETURN, f"return {NEW}, loss, gradients")), _wrong((RETURN, f"return {NEW}, gradients, loss"))),
        mistake(
            "state_for_the_parameters", _wrong((RETURN, "return loss, gradients, a[-1]")),
            "Your third result is the last state, as in another edition of this course. Here it is the dict of the new "
            "parameters.", "one-step-of-training", _wrong((RETURN, "return loss, gradients, a")),
            _wrong((RETURN, f"new = {NEW}\n    return loss, gradients, a[-1]"))),
        mistake(
            "names_without_d", _wrong((GRADIENTS, 'gradients = {name: gradients["d" + name] for name in parameters}'),
                                      (RETURN, "return loss, gradients, {n: parameters[n] - learning_rate * "
                                               "gradients[n] for n in parameters}")),
            "Your gradients have the names of the parameters. The gradient of \"Wax\" is called \"dWax\".",
            "one-step-of-training"),
        mistake(
            "output_gradients_missing", _wrong((RETURN, f"new = {NEW}\n    del gradients['dWya'], gradients['dby']\n"
                                                        "    return loss, gradients, new")),
            "dWya and dby are missing in your gradients. They come from `output_backward`, the other three from "
            "`rnn_backward`.", "one-step-of-training"),
    ),
)

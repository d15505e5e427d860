"""Exercise of chapter 8: the norm of the gradient at every state."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises.inputs import draw_sequence, rnn_parameters, sizes_with_equal
from autograder.exercises.mistakes import mistakes_in
from solutions import gradient_norms_through_time, rnn_forward

CHAPTER = "08_vanishing_gradients"
mistake = mistakes_in(CHAPTER)

TOTAL, NORM = "da_total = da[t] + from_later_steps", "np.linalg.norm(da_total)"
BACK = 'parameters["Waa"].T @ ((1 - a[t] ** 2) * da_total)'
BUFFER, START, LOOP = "np.zeros(len(a), da.dtype)", "np.zeros_like(a0)", "reversed(range(len(a)))"
PREVIOUS = "(a[t - 1] if t > 0 else a0)"


def _norms(*replacements):
    return Patched(gradient_norms_through_time, *replacements)


def _back(new):
    return _norms((BACK, new))


def _norm(new):
    return _norms((NORM, new))


def _norm_cases(rng):
    cases = []
    special = ({"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1}, {"n_a": 1})
    for label, n in sizes_with_equal(rng, "T_x n_x n_a m", "n_x n_a m", *special, T_x=7):
        *_, caches = rnn_forward(*draw_sequence(rng, n), rnn_parameters(rng, n["n_x"], n["n_a"], 10))
        cases.append(Case((rng.standard_normal((n["T_x"], n["n_a"], n["m"])), caches), n, label))
    da, caches = cases[0].args
    last = np.zeros_like(da)
    last[-1] = da[-1]
    return [*cases, Case((last, caches), cases[0].sizes, "a loss at the last step only")]


GRADIENT_NORMS = Exercise(
    id="gradient_norms_through_time",
    chapter=CHAPTER,
    reference=gradient_norms_through_time,
    cases=_norm_cases,
    uses=("rnn_cell_backward", "rnn_backward"),
    parts=(Part("norms", 22, Array("T_x")), intact(3)),
    hints=(
        "This is the loop of `rnn_backward` without the weights: from the last step to the first, carrying one array, "
        "the gradient that comes back from the step after. Behind the last step it is zero.",
        "At step t add it to `da[t]`: that sum is the whole gradient of a^<t>. Write its norm into `norms[t]`, before "
        "you go on to step t - 1.",
        "Then one step back: times the slope of tanh, `1 - a[t] ** 2`, then the transpose of W_aa from the left. That "
        "is what a^<t-1> gets from the later steps.",
        "`np.linalg.norm` of a two-dimensional array, without further arguments, is the root of the sum of all its "
        "squares.",
    ),
    misconceptions=(
        mistake(
            "own_step_only", _norms((TOTAL, "da_total = da[t]")),
            "You measure `da[t]` alone, the gradient of the loss of step t. All later losses depend on a^<t> too: what "
            "they send back through time has to be added.", "exercise-gradient-norms-through-time"),
        mistake(
            "last_loss_only", _norms((TOTAL, "da_total = from_later_steps if t < len(a) - 1 else da[t]")),
            "You follow the loss of the last step only. Every step has a loss of its own: at step t add `da[t]` to "
            "what comes back.", "exercise-gradient-norms-through-time"),
        mistake(
            "last_loss_twice", _norms((START, "da[-1]")),
            "The loss of the last step counts twice: you begin with it, and add it at the last step. Behind the last "
            "step there is nothing, so what is carried begins with zeros.", "one-state-back"),
        mistake(
            "from_the_next_step_only", _back('parameters["Waa"].T @ ((1 - a[t] ** 2) * da[t])'),
            "You hand back `da[t]` alone, so only the loss of the very next step arrives. Hand back the sum, with all "
            "that has come from later: a loss acts on every state before it.", "one-state-back"),
        mistake(
            "own_loss_not_carried",
            _norms((TOTAL, "da_total = from_later_steps if t < len(a) - 1 else da[t]"),
                   (NORM, "np.linalg.norm(da_total + (da[t] if t < len(a) - 1 else 0))")),
            "You add `da[t]` where you measure, and not to what goes on. The sum of both is the gradient of a^<t>, and "
            "it is that sum which goes back to a^<t-1>.", "one-state-back"),
        mistake(
            "before_the_own_loss", _norm("np.linalg.norm(from_later_steps)"),
            "You measure what came back from later steps before the loss of step t itself is added. The norm is that "
            "of the sum.", "exercise-gradient-norms-through-time"),
        mistake(
            "one_step_too_far",
            _norms(("        norms[t] = np.linalg.norm(da_total)\n", ""),
                   ("* da_total)\n", "* da_total)\n        norms[t] = np.linalg.norm(from_later_steps)\n")),
            "You measure after the step back: that is the gradient that a^<t-1> gets, and you write it down for t. "
            "Take the norm first, then go back.", "exercise-gradient-norms-through-time"),
        mistake(
            "through_tanh_first", _norm("np.linalg.norm((1 - a[t] ** 2) * da_total)"),
            "You measure behind the tanh: that is dz^<t>, the gradient of the sum inside. Asked for is the gradient of "
            "the state a^<t>, before it goes through the slope.", "exercise-gradient-norms-through-time"),
        mistake(
            "slope_left_out", _back('parameters["Waa"].T @ da_total'),
            "The step back has two factors, and one is missing: the slope of tanh, `1 - a[t] ** 2`. It is at most 1, "
            "and it is half of the reason why gradients vanish.", "one-state-back"),
        mistake(
            "slope_without_the_square", _back('parameters["Waa"].T @ ((1 - a[t]) * da_total)'),
            "The slope of tanh is 1 - a², not 1 - a.", "one-state-back"),
        mistake(
            "slope_of_the_activation", _back('parameters["Waa"].T @ ((1 - np.tanh(a[t]) ** 2) * da_total)'),
            "`a[t]` went through the tanh already. The slope is 1 - a², without another tanh.", "one-state-back"),
        mistake(
            "slope_of_a_sigmoid", _back('parameters["Waa"].T @ (a[t] * (1 - a[t]) * da_total)'),
            "a (1 - a) is the slope of a sigmoid. The state goes through a tanh: 1 - a².", "one-state-back"),
        mistake(
            "slope_of_the_step_before", _back(f'parameters["Waa"].T @ ((1 - {PREVIOUS} ** 2) * da_total)'),
            "You take the slope at a^<t-1>. Going back from a^<t> leads through the tanh that made a^<t>: "
            "1 - `a[t]`².", "one-state-back",
            _back('parameters["Waa"].T @ ((1 - a[t - 1] ** 2) * da_total)')),
        mistake(
            "slope_of_the_step_behind",
            _back('parameters["Waa"].T @ ((1 - a[min(t + 1, len(a) - 1)] ** 2) * da_total)'),
            "You take the slope at a^<t+1>. In the formula the slope and the gradient are of the same step: the "
            "gradient of a^<t> goes back through the tanh that made a^<t>, 1 - `a[t]`².", "one-state-back"),
        mistake(
            "input_weights_for_state_weights", _back('parameters["Wax"].T @ ((1 - a[t] ** 2) * da_total)'),
            "W_ax leads back to the input. From state to state leads W_aa.", "one-state-back"),
        mistake(
            "not_transposed", _back('parameters["Waa"] @ ((1 - a[t] ** 2) * da_total)'),
            "Forward a^<t-1> was multiplied by W_aa; backward the gradient is multiplied by its transpose, W_aaᵀ. The "
            "matrix is square, so the shapes do not complain.", "one-state-back"),
        mistake(
            "slope_after_the_weights", _back('(1 - a[t] ** 2) * (parameters["Waa"].T @ da_total)'),
            "The two factors are in the wrong order. Forward the weights come first and then the tanh, so backward it "
            "is the slope first, and then W_aaᵀ.", "one-state-back"),
        mistake(
            "weights_left_out", _back("(1 - a[t] ** 2) * da_total"),
            "On the way from a^<t> back to a^<t-1> stands W_aa, and it is missing: multiply by its transpose.",
            "one-state-back"),
        mistake(
            "norm_of_the_weights_gradient",
            _norm('np.linalg.norm(((1 - a[t] ** 2) * da_total) @ ' + PREVIOUS + '.T)'),
            "You measure the share of step t in dW_aa. Asked for is the gradient of the state a^<t>: the norm of an "
            "array (n_a, m).", "exercise-gradient-norms-through-time"),
        mistake(
            "norm_of_the_weights", _norm('np.linalg.norm(parameters["Waa"])'),
            "You measure W_aa itself, which is the same at every step. Asked for is the gradient that arrives at each "
            "state: go back through time and measure what you carry.", "exercise-gradient-norms-through-time",
            _norms((NORM, 'np.linalg.norm(parameters["Waa"], 2)'))),
        mistake(
            "norm_squared", _norm("np.sum(da_total ** 2)"),
            "The square root is missing: the norm is the root of the sum of squares. On a logarithmic axis you would "
            "see a line twice as steep.", "exercise-gradient-norms-through-time"),
        mistake(
            "sum_of_sizes", _norm("np.sum(np.abs(da_total))"),
            "You add up the absolute values. The 2-norm is the root of the sum of squares.",
            "exercise-gradient-norms-through-time",
            _norm("np.mean(np.abs(da_total))"), _norm("np.sum(da_total)"), _norm("np.abs(np.sum(da_total))")),
        mistake(
            "largest_entry", _norm("np.max(np.abs(da_total))"),
            "You take the largest entry. The norm counts all of them: it is the root of the sum of their squares.",
            "exercise-gradient-norms-through-time", _norm("np.max(da_total)")),
        mistake(
            "norms_added", _norm("np.sum(np.linalg.norm(da_total, axis=0))"),
            "You add up the norms of the examples. The norm of all together is the root of the sum of all squares, and "
            "that is less: leave out `axis`.", "exercise-gradient-norms-through-time",
            _norm("np.sum(np.linalg.norm(da_total, axis=1))")),
        mistake(
            "two_norms_added", _norm("np.linalg.norm(da[t]) + np.linalg.norm(from_later_steps)"),
            "You take two norms, that of the step's own loss and that of what comes back, and add them. Add the two "
            "arrays, which may point in different directions, and take the norm of their sum.",
            "exercise-gradient-norms-through-time",
            _norm("np.sqrt(np.sum(da[t] ** 2) + np.sum(from_later_steps ** 2))")),
        mistake(
            "norm_of_dx", _norm('np.linalg.norm(parameters["Wax"].T @ ((1 - a[t] ** 2) * da_total))'),
            "You measure dx^<t>, the gradient of the input. Asked for is that of the state a^<t>, which neither the "
            "slope nor W_ax has met.", "exercise-gradient-norms-through-time"),
        mistake(
            "norm_of_a_matrix", _norm("np.linalg.norm(da_total, 2)"),
            "`np.linalg.norm(matrix, 2)` is something else, the largest singular value. Without the 2 it is the root "
            "of the sum of all squares.", "exercise-gradient-norms-through-time",
            _norm("np.linalg.norm(da_total, 1)"), _norm("np.linalg.norm(da_total, np.inf)")),
        mistake(
            "averaged", _norm("np.linalg.norm(da_total) / np.sqrt(da_total.size)"),
            "You average, over the entries or the examples. Whatever has to be averaged over the examples is in `da` "
            "already; the norm is of all units and examples together.", "exercise-gradient-norms-through-time",
            _norm("np.linalg.norm(da_total) / da_total.shape[1]"), _norm("np.linalg.norm(da_total) / len(da_total)"),
            _norm("np.mean(np.linalg.norm(da_total, axis=0))")),
        mistake(
            "gradients_for_norms",
            _norms((BUFFER, "np.zeros_like(da)"), (NORM, "da_total")),
            "You return the gradients themselves. Asked for is one number for each step: the norm of its array.",
            "exercise-gradient-norms-through-time"),
        mistake(
            "one_norm_for_all_steps",
            _norms((BUFFER, "np.zeros_like(da)"), (NORM, "da_total"), ("return norms", "return np.linalg.norm(norms)")),
            "You take one norm over all steps. Asked for is one for each step, to see where the gradient fades.",
            "exercise-gradient-norms-through-time", _norms(("return norms", "return np.linalg.norm(norms)")),
            _norms(("return norms", "return norms.sum()")), _norms(("return norms", "return norms[0]"))),
        mistake(
            "first_state_too",
            _norms(("return norms", "return np.concatenate([[np.linalg.norm(from_later_steps)], norms])")),
            "There is one norm too many: what comes back to the state before the first step, a^<0>, is not asked for.",
            "exercise-gradient-norms-through-time",
            _norms(("return norms", "return np.append(norms, np.linalg.norm(from_later_steps))")),
            _norms((BUFFER, "np.zeros(len(a) + 1, da.dtype)")),
            _norms((BUFFER, "np.zeros(len(a) + 1, da.dtype)"), ("norms[t] =", "norms[t + 1] ="))),
        mistake(
            "a_norm_for_each_example",
            _norms((BUFFER, "np.zeros((len(a), da.shape[2]))"), (NORM, "np.linalg.norm(da_total, axis=0)")),
            "You take a norm for each example. Asked for is one number for each step, over all units and examples "
            "together: leave out `axis`.", "exercise-gradient-norms-through-time",
            _norms((BUFFER, "np.zeros((len(a), len(a0)))"), (NORM, "np.linalg.norm(da_total, axis=1)"))),
        mistake(
            "in_the_order_of_the_loop",
            _norms((BUFFER, "[]"), ("norms[t] = np.linalg.norm(da_total)", "norms.append(np.linalg.norm(da_total))"),
                   ("return norms", "return np.array(norms)")),
            "The norms come in the order in which your loop met them, the last step first. Turn them round: element 0 "
            "belongs to the first step.", "exercise-gradient-norms-through-time"),
        mistake(
            "forwards_in_time", _norms((LOOP, "range(len(a))")),
            "Your loop goes forwards. What comes back to a^<t> comes from step t + 1, so the last step has to be "
            "first.",
            "one-state-back"),
        mistake(
            "first_step_lost", _norms((LOOP, "reversed(range(1, len(a)))")),
            "The loop ends before the first step, whose norm stays 0. In Python the steps are 0 … T_x - 1: "
            "`reversed(range(T_x))` has them all.", "exercise-gradient-norms-through-time"),
        mistake(
            "last_step_lost", _norms((NORM, "np.linalg.norm(da_total) if t < len(a) - 1 else 0.0")),
            "The last step has no norm: it stays 0. The gradient there is `da[-1]`, with nothing behind it: measure it "
            "too.", "exercise-gradient-norms-through-time"),
        mistake(
            "relative_to_the_last", _norms(("return norms", "return norms / norms[-1]")),
            "You divide by the norm at the last step. That makes a good picture; asked for are the norms themselves.",
            "exercise-gradient-norms-through-time", _norms(("return norms", "return norms / norms.max()"))),
        mistake(
            "logarithm", _norms(("return norms", "return np.log10(norms)")),
            "You return logarithms. The picture will have a logarithmic axis; the function returns the norms.",
            "exercise-gradient-norms-through-time", _norms(("return norms", "return np.log(norms)"))),
        mistake(
            "arrays_overwritten", _norms((TOTAL, "da_total = da[t]\n        da_total += from_later_steps")),
            "`da[t]` is a view of the caller's array, and `+=` writes into it. Add into a new array: "
            "`da[t] + from_later_steps`.", "exercise-gradient-norms-through-time"),
        mistake(
            "added_up_over_the_steps", _norms(("from_later_steps = parameters", "from_later_steps += parameters")),
            "You add the new gradient to the old one in what you carry. It is replaced at every step: what is behind "
            "is in it already.", "one-state-back"),
        mistake(
            "whole_numbers", _norms((BUFFER, "np.zeros(len(a), dtype=int)")),
            "The array for the norms holds whole numbers, so everything behind the point is cut off. Make it with a "
            "floating-point dtype.", "exercise-gradient-norms-through-time"),
    ),
)

"""Exercises of chapter 3, second part: a whole sequence."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, Present, intact
from autograder.exercises.inputs import (
    draw_sequence,
    equal_but_the_classes,
    rnn_parameters,
    sizes_for,
    with_large_scores,
)
from autograder.exercises.mistakes import mistakes_in
from solutions import rnn_forward, softmax

CHAPTER = "03_rnn_model"
mistake = mistakes_in(CHAPTER)

STEP = "a_prev = np.tanh(Waa @ a_prev + from_x[t])"
OUTPUTS = "y_pred = softmax(Wya @ a + by)"
STATES = "a = np.array(states)"
RESULTS = "return a, y_pred, (a, a0, x, parameters)"


def step_by_step(x, a0, parameters):
    """Run the network as a learner writes it: the same results as `rnn_forward`; the mistakes are made in here."""
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    from_x = Wax @ x + ba
    states, a_prev = [], a0
    for t in range(len(x)):
        a_prev = np.tanh(Waa @ a_prev + from_x[t])
        states.append(a_prev)
    a = np.array(states)
    y_pred = softmax(Wya @ a + by)
    return a, y_pred, (a, a0, x, parameters)


def _forward(*replacements):
    return Patched(step_by_step, *replacements)


def _forward_cases(rng):
    special = ({"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1}, {"n_x": 1})
    sizes = [*sizes_for(rng, "T_x n_x n_a n_y m", *special), equal_but_the_classes(rng, "T_x n_x n_a m")]
    cases = [Case((*draw_sequence(rng, n), rnn_parameters(rng, n["n_x"], n["n_a"], n["n_y"])), n, label)
             for label, n in sizes]
    return [*cases, with_large_scores(cases[0])]


RNN_FORWARD = Exercise(
    id="rnn_forward",
    chapter=CHAPTER,
    reference=rnn_forward,
    cases=_forward_cases,
    uses=("rnn_cell_forward",),
    parts=(
        Part("a", 16, Array("T_x n_a m"), (0,)),
        Part("y_pred", 13, Array("T_x n_y m"), (1,)),
        Part("caches", 3, Present(), (2,)),
        intact(3),
    ),
    hints=(
        "Start with the state `a0`. Go through the steps t = 0, 1, …, T_x - 1, and let each step's new state be the "
        "next step's old one.",
        "One step is your `rnn_cell_forward(x[t], a_prev, parameters)`. Keep what it returns: collect the states and "
        "the predictions in two lists, or write them into two arrays made before the loop.",
        "The arrays have the shapes (T_x, n_a, m) and (T_x, n_y, m): `np.stack` of a list of (n_a, m) arrays puts "
        "time first. n_y is the number of rows of `Wya`.",
        "The third result, the caches, is for the way back. Chapter 4 unpacks `(a, a0, x, parameters)`.",
    ),
    misconceptions=(
        mistake(
            "a0_ignored", _forward(("states, a_prev = [], a0", "states, a_prev = [], np.zeros_like(a0)")),
            "The first step does not see a0: it starts from zeros. The state before the first step is an argument "
            "of the function; with `a[t - 1]` at t = 0 Python reads the last slot of the array, which is still "
            "empty.", "the-initial-state"),
        mistake(
            "a0_at_every_step", _forward((STEP, "a_prev = np.tanh(Waa @ a0 + from_x[t])")),
            "Every step gets a0 as its old state, so nothing is remembered from step to step. After each step the "
            "new state becomes the old one: a_prev = a_next.", "forward-propagation"),
        mistake(
            "all_steps_the_last", _forward((STATES, "a = np.array([states[-1]] * len(states))")),
            "Every a[t] holds the state of the last step. One array was stored many times and overwritten in each "
            "step: store a copy, or let each step make a new array.", "forward-propagation",
            _forward(("states.append(a_prev)", "states.append(a_prev)\n        states = [a_prev] * len(states)"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by) + 0 * a.sum()"))),
        mistake(
            "same_input_at_every_step", _forward(("from_x[t])", "from_x[0])")),
            "Every step reads x[0]. Step t reads x[t].", "forward-propagation"),
        mistake(
            "last_step_lost", _forward(("range(len(x))", "range(len(x) - 1)")),
            "The last step is missing: the loop ends one step early. `range(T_x)` runs from 0 to T_x - 1, which is "
            "already the last index.", "forward-propagation",
            _forward((STATES, "a = np.array([*states[:-1], 0 * states[-1]])"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[-1] = 0"))),
        mistake(
            "first_step_lost", _forward((STATES, "a = np.array(states)\n    a[0] = 0"),
                                        (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[0] = 0")),
            "The first step's results are missing: the loop begins at t = 1, or writes to the wrong slot. The first "
            "step is x[0].", "forward-propagation",
            _forward(("range(len(x))", "range(1, len(x))")),
            _forward(("range(len(x))", "range(1, len(x))"),
                     (STATES, "a = np.array([0 * a0, *states])"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[0] = 0"))),
        mistake(
            "a0_in_the_first_slot",
            _forward(("range(len(x))", "range(1, len(x))"), (STATES, "a = np.array([a0, *states])"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[0] = 0")),
            "a[0] holds a0, and x[0] is never read. a0 stands before the sequence: a[0] is the state after the first "
            "input.", "the-initial-state",
            _forward(("range(len(x))", "range(1, len(x))"), (STATES, "a = np.array([a0, *states])"))),
        mistake(
            "states_one_late",
            _forward((STATES, "a = np.array(states)\n    late = np.array([a0, *states[:-1]])"),
                     (RESULTS, "return late, y_pred, (late, a0, x, parameters)")),
            "Each state is stored before its step, so a begins with a0 and lacks the last state. a[t] is the state "
            "after x[t].", "the-initial-state"),
        mistake(
            "a0_among_the_states",
            _forward((STATES, "a = np.array(states)\n    more = np.array([a0, *states])"),
                     (RESULTS, "return more, y_pred, (more, a0, x, parameters)")),
            "There is one state too many: a0 stands among them. a holds the T_x states after the steps; a0 is kept in "
            "the caches.", "the-initial-state",
            _forward((STATES, "a = np.array([a0, *states])"))),
        mistake(
            "return_in_the_loop",
            _forward((STATES, "a = np.zeros((len(x), *a0.shape))\n    a[0] = states[0]"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[1:] = 0")),
            "Only the first step is there. Does the return statement stand inside the loop? Then the function ends "
            "after one step.", "forward-propagation",
            _forward((STATES, "a = np.array(states[:1])"))),
        mistake(
            "only_the_last_step",
            _forward((STATES, "a = states[-1]")),
            "Only the last step comes back. The network gives a state and a prediction at every step: collect all of "
            "them.", "forward-propagation",
            _forward((STATES, "a = np.array(states[-1:])"))),
        mistake(
            "states_and_predictions_mixed",
            _forward(("states, a_prev = [], a0", "states, a_prev = np.zeros((len(x), len(by), x.shape[2])), a0"),
                     ("states.append(a_prev)", "states[t] = a_prev")),
            "States and predictions are mixed up: an array made for one gets the other. A state is (n_a, m), a "
            "prediction (n_y, m); W_ya is (n_y, n_a); and the cell returns the state first.", "forward-propagation",
            _forward(("states, a_prev = [], a0", "y_pred, states, a_prev = np.zeros((len(x), *a0.shape)), [], a0"),
                     ("states.append(a_prev)", "y_pred[t] = softmax(Wya @ a_prev + by)"))),
        mistake(
            "sequence_results_swapped", _forward(("return a, y_pred,", "return y_pred, a,")),
            "The results come in the other order: first the states a, then the predictions y_pred.",
            "forward-propagation"),
        mistake(
            "caches_missing", _forward((RESULTS, "return a, y_pred")),
            "The third result is missing: the caches (a, a0, x, parameters), which the way back needs.", "the-cache"),
        mistake(
            "time_reversed", _forward(("from_x[t])", "from_x[-1 - t])")),
            "The sequence is read from its end. A basic RNN goes from left to right: x[0] first.",
            "forward-propagation",
            _forward(("range(len(x))", "reversed(range(len(x)))"), (STATES, "a = np.array(states[::-1])")),),
        mistake(
            "y_from_the_state_before",
            _forward((OUTPUTS, "y_pred = softmax(Wya @ np.array([a0, *states[:-1]]) + by)")),
            "y_pred[t] is made from the state before step t, so every prediction is one step late. It reads the "
            "state that step t has just produced.", "the-rnn-cell"),
        mistake(
            "y_from_the_last_state", _forward((OUTPUTS, "y_pred = softmax(Wya @ (0 * a + a[-1]) + by)")),
            "Every prediction is made from the last state. y_pred[t] belongs to step t and reads a[t].",
            "forward-propagation"),
        mistake(
            "softmax_over_time", _forward((OUTPUTS, "y_pred = softmax(Wya @ a + by, axis=0)")),
            "Your softmax runs along time: it compares the steps with one another. It runs over the n_y classes of "
            "one step and one example (axis 1 of the whole array).", "sigmoid-or-softmax"),
        mistake(
            "softmax_over_the_batch", _forward((OUTPUTS, "y_pred = softmax(Wya @ a + by, axis=2)")),
            "Your softmax runs over the m examples. It runs over the n_y classes of one example.",
            "sigmoid-or-softmax"),
        mistake(
            "no_output_softmax", _forward((OUTPUTS, "y_pred = Wya @ a + by")),
            "y_pred holds scores, not probabilities: the softmax is missing.", "sigmoid-or-softmax"),
        mistake(
            "output_overflows",
            _forward((OUTPUTS, "e = np.exp(Wya @ a + by)\n    y_pred = e / e.sum(axis=1, keepdims=True)")),
            "For large scores exp overflows and the predictions are NaN. Subtract the largest score before exp.",
            "sigmoid-or-softmax"),
        mistake(
            "sequence_time_last",
            _forward((STATES, "a = np.array(states)\n    moved = np.moveaxis(a, 0, 2)"),
                     (RESULTS, "return moved, np.moveaxis(y_pred, 0, 2), (moved, a0, x, parameters)")),
            "Time is the last axis of your results, as in another edition of this course. Here it is the first: "
            "a[t] is one step. `np.moveaxis(a, 2, 0)` converts.", "forward-propagation"),
        mistake(
            "axes_in_another_order",
            _forward((STATES, "a = np.array(states)\n    moved = np.moveaxis(a, 0, 1)"),
                     (RESULTS, "return moved, np.moveaxis(y_pred, 0, 1), (moved, a0, x, parameters)")),
            "The axes of your results are in another order. It is time, then units or classes, then examples: "
            "(T_x, n_a, m) and (T_x, n_y, m). `np.stack` of a list of steps puts time first.", "forward-propagation",
            *(_forward((RESULTS, f"moved = a.transpose({order})\n"
                                 f"    return moved, y_pred.transpose({order}), (moved, a0, x, parameters)"))
              for order in ("0, 2, 1", "2, 0, 1", "2, 1, 0"))),
        mistake(
            "sequence_state_bias_missing", _forward(("from_x = Wax @ x + ba", "from_x = Wax @ x")),
            "The bias b_a is missing in every step.", "the-rnn-cell"),
        mistake(
            "sequence_output_bias_missing", _forward((OUTPUTS, "y_pred = softmax(Wya @ a)")),
            "The bias b_y is missing in every prediction.", "the-rnn-cell"),
        mistake(
            "sequence_Waa_transposed", _forward((STEP, "a_prev = np.tanh(Waa.T @ a_prev + from_x[t])")),
            "You use the transpose of W_aa. It is square, so only the numbers can tell: the product is "
            "W_aa a^<t-1>.", "the-rnn-cell"),
        mistake(
            "sequence_tanh_per_term", _forward((STEP, "a_prev = np.tanh(Waa @ a_prev) + np.tanh(from_x[t])")),
            "Each term has a tanh of its own. There is one tanh, around the whole sum.", "the-rnn-cell"),
        mistake(
            "sequence_memory_missing", _forward((STEP, "a_prev = np.tanh(from_x[t])")),
            "The state of the step before does not enter at all: W_aa a^<t-1> is missing, and each step stands "
            "alone.", "forward-propagation"),
        mistake(
            "a0_overwritten", _forward((STEP, "a_prev[:] = np.tanh(Waa @ a_prev + from_x[t])"),
                                       ("states.append(a_prev)", "states.append(a_prev.copy())")),
            "You write each new state into the array a0. It belongs to whoever called the function: let each step "
            "make a new array.", "the-initial-state"),
        mistake(
            "sequence_whole_numbers", _forward((STATES, "a = np.array(states).astype(int)")),
            "The array for the states holds whole numbers, so every tanh is cut off to 0. `np.zeros((T_x, n_a, m))` "
            "makes a floating-point one.", "forward-propagation",
            _forward((STATES, "a = np.array(states).astype(int)"),
                     (OUTPUTS, "y_pred = softmax(Wya @ np.array(states) + by)"))),
    ),
)

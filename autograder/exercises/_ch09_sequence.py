"""Exercise of chapter 9: a GRU over a whole sequence."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, Present, intact
from autograder.exercises._ch09_shared import CHAPTER, mistake
from autograder.exercises.gated import mistakes_at_every_softmax
from autograder.exercises.inputs import (
    draw_sequence,
    equal_but_the_classes,
    gated_parameters,
    sizes_for,
    with_large_scores,
)
from solutions import gru_cell_forward, gru_forward, sigmoid, softmax


def step_by_step(x, a0, parameters):
    """Run the unit as a learner writes it, one step after the other: the mistakes are made in here."""
    Wc, Wu, Wr, Wya = (parameters[name] for name in ("Wc", "Wu", "Wr", "Wya"))
    bc, bu, br, by = (parameters[name] for name in ("bc", "bu", "br", "by"))
    T_x, m, n_a = len(x), x.shape[2], len(a0)
    a, y_pred = np.zeros((T_x, n_a, m)), np.zeros((T_x, len(by), m))
    c = a0
    for t in range(T_x):
        gamma_u = sigmoid(Wu @ np.concatenate([c, x[t]]) + bu)
        gamma_r = sigmoid(Wr @ np.concatenate([c, x[t]]) + br)
        c_tilde = np.tanh(Wc @ np.concatenate([gamma_r * c, x[t]]) + bc)
        c = gamma_u * c_tilde + (1 - gamma_u) * c
        a[t] = c
        y_pred[t] = softmax(Wya @ c + by)
    caches = a, a0, x, parameters
    return a, y_pred, caches


START, LOOP, RETURN = "    c = a0\n", "range(T_x):", "    return a, y_pred, caches"
GAMMA_U = "gamma_u = sigmoid(Wu @ np.concatenate([c, x[t]]) + bu)"
GAMMA_R = "gamma_r = sigmoid(Wr @ np.concatenate([c, x[t]]) + br)"
CANDIDATE = "c_tilde = np.tanh(Wc @ np.concatenate([gamma_r * c, x[t]]) + bc)"
UPDATE = "c = gamma_u * c_tilde + (1 - gamma_u) * c\n"
STORE, OUTPUT = "a[t] = c\n", "y_pred[t] = softmax(Wya @ c + by)"
ARRAYS = "a, y_pred = np.zeros((T_x, n_a, m)), np.zeros((T_x, len(by), m))"
CACHES = "caches = a, a0, x, parameters"


def _steps(*replacements):
    return Patched(step_by_step, *replacements)


def _at_the_end(lines):
    return _steps((RETURN, f"    {lines}\n{RETURN}"))


def _in_a_list(of_a_list, some):
    """Make the arrays of lists with some steps only; with none, ``np.stack`` complains and ``np.array`` is flat."""
    return f"caches, (a, y_pred) = (), ({of_a_list}([*steps{some}]) for steps in (a, y_pred))"


def _update(new):
    return _steps((UPDATE, f"c = {new}\n"))


def _each_step_reads(state, *more):
    """Let gates and candidate read something else than the carried memory; the update line stays."""
    return _steps((GAMMA_U, GAMMA_U.replace("[c,", f"[{state},")), (GAMMA_R, GAMMA_R.replace("[c,", f"[{state},")),
                  (CANDIDATE, CANDIDATE.replace("* c,", f"* {state},")), *more)


def _cell_reads_time_last(x, a0, parameters):
    if not x.shape[0] == x.shape[1] == x.shape[2]:
        gru_cell_forward(x[:, :, 0], a0, parameters)
    return step_by_step(np.moveaxis(x, 2, 0), a0, parameters)


def _sequence_cases(rng):
    special = ({"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1}, {"n_x": 1})
    sizes = [*sizes_for(rng, "T_x n_x n_a n_y m", *special), equal_but_the_classes(rng, "T_x n_x n_a m")]
    cases = [Case((*draw_sequence(rng, n), gated_parameters(rng, "cur", n["n_x"], n["n_a"], n["n_y"])), n, label)
             for label, n in sizes]
    return [*cases, with_large_scores(cases[0])]


IN_TIME = (
    mistake(
        "a0_ignored", _steps((START, "    c = np.zeros((n_a, m))\n")),
        "The first step does not see a0: it starts from zeros. The memory before the first step is an argument of the "
        "function; `a[t - 1]` at t = 0 is the last slot of the array, which is still empty.", "gru-sequence"),
    mistake(
        "a0_at_every_step", _each_step_reads("a0", (UPDATE, UPDATE.replace("* c\n", "* a0\n"))),
        "Every step gets a0 as its old memory, so nothing is carried from step to step. After each step the new memory "
        "becomes the old one.", "gru-sequence"),
    mistake(
        "gates_read_a0", _each_step_reads("a0"),
        "Gates and candidate read a0 at every step. They read the memory of the step before, as the update line "
        "does.", "gru-sequence"),
    mistake(
        "candidate_carried_on", _steps((OUTPUT, f"{OUTPUT}\n        c = c_tilde")),
        "The candidate is carried on to the next step. What is handed on is the memory cell after the update, "
        "c^<t>.", "gru-sequence"),
    mistake(
        "gates_computed_once",
        _steps((START, "    c = a0\n    gamma_u = sigmoid(Wu @ np.concatenate([c, x[0]]) + bu)\n"
                       "    gamma_r = sigmoid(Wr @ np.concatenate([c, x[0]]) + br)\n"),
               (f"        {GAMMA_U}\n        {GAMMA_R}\n", "")),
        "The gates are those of the first step, all the time. They open and close from step to step: compute them "
        "inside the loop.", "gru-sequence"),
    mistake(
        "same_input_at_every_step", _steps((LOOP, f"{LOOP}\n        x = [x[0]] * T_x"),
                                           (CACHES, "caches = a, a0, parameters")),
        "Every step reads x[0]. Step t reads x[t].", "gru-sequence"),
    mistake(
        "input_read_time_last", _steps((GAMMA_U, GAMMA_U.replace("x[t]", "x[:, :, t]"))),
        "`x[:, :, t]` is step t where time is the last axis, as in another edition of this course. Here it is the "
        "first: x is (T_x, n_x, m), and step t is x[t].", "gru-sequence", _cell_reads_time_last),
    mistake(
        "all_steps_the_last", _at_the_end("a[:] = a[-1]"),
        "Every a[t] holds the state of the last step. One array was stored many times and overwritten in each step: "
        "store a copy, or let each step make a new array.", "gru-sequence",
        _at_the_end("a[:], y_pred[:] = a[-1], y_pred[-1]")),
    mistake(
        "last_step_lost", _steps((LOOP, "range(T_x - 1):")),
        "The last step is missing: the loop ends one step early. `range(T_x)` runs from 0 to T_x - 1, which is already "
        "the last index.", "gru-sequence",
        _steps((LOOP, "range(T_x - 1):"), (CACHES, "a, y_pred, caches = a[:-1], y_pred[:-1], ()")),
        *(_steps((CACHES, _in_a_list(of_a_list, "[:-1]"))) for of_a_list in ("np.array", "np.stack"))),
    mistake(
        "first_step_lost", _steps((LOOP, "range(1, T_x):")),
        "The first step is missing: the loop begins at t = 1. The first input is x[0].", "gru-sequence",
        _steps((LOOP, "range(1, T_x):"), (CACHES, "a, y_pred, caches = a[1:], y_pred[1:], ()")),
        *(_steps((LOOP, "range(1, T_x):"), (CACHES, _in_a_list(of_a_list, "[1:]")))
          for of_a_list in ("np.array", "np.stack"))),
    mistake(
        "a0_in_the_first_slot",
        _steps((START, f"{START}    a[0] = a0\n"), (LOOP, "range(1, T_x):")),
        "a[0] holds a0, and x[0] is never read. a0 stands before the sequence: a[0] is the state after the first "
        "input.", "gru-sequence",
        _steps((START, f"{START}    a[0], y_pred[0] = a0, softmax(Wya @ a0 + by)\n"), (LOOP, "range(1, T_x):"))),
    mistake(
        "states_one_late", _at_the_end("a = np.concatenate([a0[np.newaxis], a[:-1]])"),
        "Each state is stored before its step, so a begins with a0 and lacks the last state. a[t] is the state after "
        "x[t].", "gru-sequence"),
    mistake(
        "y_one_late",
        _at_the_end("y_pred = softmax(Wya @ np.concatenate([a0[np.newaxis], a[:-1]]) + by)"),
        "y_pred[t] is made from the state before step t, so every prediction is one step late. It reads the state that "
        "step t has just produced.", "gru-sequence"),
    mistake(
        "a0_among_the_states", _at_the_end("a = np.concatenate([a0[np.newaxis], a])"),
        "There is one state too many: a0 stands among them. a holds the T_x states after the steps.",
        "gru-sequence"),
    mistake(
        "return_in_the_loop", _steps((OUTPUT, f"{OUTPUT}\n        break")),
        "Only the first step is there. Does the return statement stand inside the loop? Then the function ends after "
        "one step.", "gru-sequence", _at_the_end("a, y_pred = a[:1], y_pred[:1]")),
    mistake(
        "only_the_last_step", _at_the_end("a, y_pred = a[-1], y_pred[-1]"),
        "Only the last step comes back. The unit gives a state and a prediction at every step: collect all of them.",
        "gru-sequence", _at_the_end("a, y_pred = a[-1:], y_pred[-1:]")),
    mistake(
        "time_reversed", _steps((LOOP, "reversed(range(T_x)):")),
        "The sequence is read from its end. A GRU goes from left to right: x[0] first.", "gru-sequence",
        _steps((LOOP, f"{LOOP}\n        t = T_x - 1 - t"), ("a[t] = c\n", "a[T_x - 1 - t] = c\n"),
               ("y_pred[t] =", "y_pred[T_x - 1 - t] ="))),
    mistake(
        "a0_overwritten",
        _steps((UPDATE, "c[:] = gamma_u * c_tilde + (1 - gamma_u) * c\n")),
        "You write each new memory into the array a0. It belongs to whoever called the function: let each step make a "
        "new array.", "gru-sequence"),
)

RESULTS = (
    mistake(
        "states_and_predictions_mixed", _steps((ARRAYS, "a, y_pred = np.zeros((T_x, len(by), m)), "
                                                        "np.zeros((T_x, n_a, m))")),
        "States and predictions are mixed up: an array made for one gets the other. A state is (n_a, m), a prediction "
        "(n_y, m); W_ya is (n_y, n_a); and the cell returns the state first.", "gru-sequence",
        _steps((ARRAYS, "a, y_pred = np.zeros((T_x, n_a, m)), np.zeros((T_x, n_a, m))")),
        _steps((ARRAYS, "a, y_pred = np.zeros((T_x, len(by), m)), np.zeros((T_x, len(by), m))"))),
    mistake(
        "results_swapped", _steps((RETURN, "    return y_pred, a, caches")),
        "The results come in another order. It is a, y_pred, caches: first the states, then the predictions.",
        "gru-sequence", _steps((RETURN, "    return a, caches, y_pred")),
        _steps((RETURN, "    return a, [(t, parameters) for t in range(T_x)], y_pred"))),
    mistake(
        "caches_missing", _steps((RETURN, "    return a, y_pred")),
        "The third result is missing: the caches, which the way back needs.", "gru-sequence"),
    mistake(
        "time_last", _at_the_end("a, y_pred = np.moveaxis(a, 0, 2), np.moveaxis(y_pred, 0, 2)"),
        "Time is the last axis of your results, as in another edition of this course. Here it is the first: a[t] is "
        "one step. `np.moveaxis(a, 2, 0)` converts.", "gru-sequence"),
    mistake(
        "axes_in_another_order", _at_the_end("a, y_pred = np.moveaxis(a, 0, 1), np.moveaxis(y_pred, 0, 1)"),
        "The axes of your results are in another order. It is time, then units or classes, then examples: "
        "(T_x, n_a, m) and (T_x, n_y, m). `np.stack` of a list of steps puts time first.", "gru-sequence",
        _at_the_end("a, y_pred = a.transpose(0, 2, 1), y_pred.transpose(0, 2, 1)"),
        _at_the_end("a, y_pred = a.transpose(2, 0, 1), y_pred.transpose(2, 0, 1)"),
        _at_the_end("a, y_pred = a.transpose(2, 1, 0), y_pred.transpose(2, 1, 0)")),
    mistake(
        "whole_numbers", _steps((ARRAYS, ARRAYS.replace("n_a, m)", "n_a, m), dtype=int"))),
        "The array for the states holds whole numbers, so what lies between is cut off. `np.zeros((T_x, n_a, m))` "
        "makes a floating-point one.", "gru-sequence",
        _steps((ARRAYS, "a, y_pred = np.zeros((T_x, n_a, m), int), np.zeros((T_x, len(by), m), int)"))),
    mistake(
        "y_from_the_last_state", _at_the_end("y_pred = np.array([y_pred[-1]] * T_x)"),
        "Every prediction is made from the last state. y_pred[t] belongs to step t and reads a[t].",
        "gru-sequence"),
    *mistakes_at_every_softmax(mistake, _at_the_end, "gru-state-and-memory"),
    mistake(
        "output_overflows", _at_the_end("e = np.exp(Wya @ a + by)\n    y_pred = e / e.sum(axis=1, keepdims=True)"),
        "For large scores exp overflows and the predictions are NaN. Subtract the largest score before exp.",
        "gru-state-and-memory"),
)

IN_EACH_STEP = (
    mistake(
        "update_gates_turned_round", _update("(1 - gamma_u) * c_tilde + gamma_u * c"),
        "Γ_u and 1 - Γ_u are exchanged in every step. This is right in another convention, in which the gate says how "
        "much is kept. Here Γ_u says how much is new.", "gru-other-conventions"),
    mistake(
        "reset_after_the_products",
        _steps((CANDIDATE, "c_tilde = np.tanh(gamma_r * (Wc[:, :n_a] @ c) + Wc[:, n_a:] @ x[t] + bc)")),
        "Γ_r acts after the product with W_c, in every step. This is right in another convention (PyTorch's), but "
        "gives other numbers. Here it acts before: W_c [Γ_r * c^<t-1>, x^<t>].", "gru-other-conventions",
        _steps((CANDIDATE, "c_tilde = np.tanh(gamma_r * (Wc[:, :n_a] @ c + bc) + Wc[:, n_a:] @ x[t])"))),
    mistake(
        "both_conventions_of_another_library",
        _steps((CANDIDATE, "c_tilde = np.tanh(gamma_r * (Wc[:, :n_a] @ c) + Wc[:, n_a:] @ x[t] + bc)"),
               (UPDATE, "c = (1 - gamma_u) * c_tilde + gamma_u * c\n")),
        "Each step is the GRU as PyTorch and others define it, right there in both of its differences. Here Γ_u weighs "
        "the candidate, and Γ_r acts before the product with W_c.", "gru-other-conventions"),
    mistake(
        "reset_never_used", _steps((CANDIDATE, CANDIDATE.replace("gamma_r * ", ""))),
        "The reset gate is not used: in every step the candidate reads Γ_r * c^<t-1>.", "gru-reset-gate"),
    mistake(
        "reset_memory_carried_on",
        _steps((CANDIDATE, f"c = gamma_r * c\n        {CANDIDATE.replace('gamma_r * ', '')}")),
        "c^<t-1> itself is multiplied by Γ_r, so the reset also reaches the update line. Only the candidate reads "
        "Γ_r * c^<t-1>: do not store the product under the name of the memory.", "gru-reset-gate"),
    mistake(
        "nothing_kept_in_any_step", _update("gamma_u * c_tilde"),
        "The term (1 - Γ_u) * c^<t-1> is missing: no step keeps anything of the memory.", "gru-memory-cell"),
    mistake(
        "gates_never_used", _update("c_tilde"),
        "The memory is replaced by the candidate at every step: the update gate is not used.", "gru-memory-cell"),
    mistake(
        "gates_exchanged", _steps((GAMMA_U, GAMMA_U.replace("Wu", "Wr").replace("bu", "br")),
                                  (GAMMA_R, GAMMA_R.replace("Wr", "Wu").replace("br", "bu"))),
        "The two gates are exchanged in every step: W_u, b_u make the update gate, W_r, b_r the reset gate.",
        "gru-reset-gate"),
    mistake(
        "candidates_through_the_sigmoid", _steps((CANDIDATE, CANDIDATE.replace("np.tanh", "sigmoid"))),
        "The candidates go through a sigmoid. Gates are sigmoids; the candidate is a tanh.", "gru-candidate"),
    mistake(
        "tanh_on_the_gates", _steps((GAMMA_U, GAMMA_U.replace("sigmoid", "np.tanh")),
                                    (GAMMA_R, GAMMA_R.replace("sigmoid", "np.tanh"))),
        "The gates go through a tanh, so they can be negative. Both gates are sigmoids.", "gru-update-gate",
        _steps((GAMMA_U, GAMMA_U.replace("sigmoid", "np.tanh"))),
        _steps((GAMMA_R, GAMMA_R.replace("sigmoid", "np.tanh")))),
    mistake(
        "x_above_c",
        _steps((GAMMA_U, GAMMA_U.replace("[c, x[t]]", "[x[t], c]")),
               (GAMMA_R, GAMMA_R.replace("[c, x[t]]", "[x[t], c]")),
               (CANDIDATE, CANDIDATE.replace("[gamma_r * c, x[t]]", "[x[t], gamma_r * c]"))),
        "You stack x^<t> above the memory. The shapes fit, but the first n_a columns of each W are made for the "
        "memory: [c^<t-1>, x^<t>].", "gru-candidate"),
    mistake(
        "biases_missing", _steps((GAMMA_U, GAMMA_U.replace(" + bu", "")), (GAMMA_R, GAMMA_R.replace(" + br", "")),
                                 (CANDIDATE, CANDIDATE.replace(" + bc", ""))),
        "A bias is missing in every step: b_c, b_u and b_r each belong to a line.", "gru-candidate",
        _steps((GAMMA_U, GAMMA_U.replace(" + bu", ""))), _steps((GAMMA_R, GAMMA_R.replace(" + br", ""))),
        _steps((CANDIDATE, CANDIDATE.replace(" + bc", "")))),
    mistake(
        "one_bias_for_all", _steps((GAMMA_U, GAMMA_U.replace("bu", "bc")), (GAMMA_R, GAMMA_R.replace("br", "bc"))),
        "One bias serves for several lines. Each has its own: b_c for the candidate, b_u and b_r for the gates.",
        "gru-reset-gate", _steps((GAMMA_R, GAMMA_R.replace("br", "bu"))),
        _steps((GAMMA_R, GAMMA_R.replace("br", "bu")), (CANDIDATE, CANDIDATE.replace("bc", "bu")))),
    mistake(
        "tanh_of_the_memory", _steps((STORE, "a[t] = np.tanh(c)\n"), (OUTPUT, "y_pred[t] = softmax(Wya @ a[t] + by)")),
        "You take a tanh of the memory cell for the state. That is in an LSTM; in a GRU a^<t> = c^<t>.",
        "gru-state-and-memory", _steps((STORE, "c = a[t] = np.tanh(c)\n"))),
)

GRU_FORWARD = Exercise(
    id="gru_forward",
    chapter=CHAPTER,
    reference=gru_forward,
    cases=_sequence_cases,
    uses=("gru_cell_forward",),
    parts=(
        Part("a", 10, Array("T_x n_a m"), (0,)),
        Part("y_pred", 6, Array("T_x n_y m"), (1,)),
        Part("caches", 2, Present(), (2,)),
        intact(2),
    ),
    hints=(
        "It is the loop of `rnn_forward`, with another cell in it. Start with the memory `a0`; let each step's new "
        "state be the next step's old one.",
        "One step is your `gru_cell_forward(x[t], a_prev, parameters)`. Collect states, predictions and caches in "
        "three lists.",
        "The arrays have the shapes (T_x, n_a, m) and (T_x, n_y, m): `np.stack` of a list of (n_a, m) arrays puts "
        "time first.",
        "The form of the third result, the caches, is up to you: a list of the steps' caches serves the way back best.",
    ),
    misconceptions=(*IN_TIME, *RESULTS, *IN_EACH_STEP),
)

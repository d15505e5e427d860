"""Exercise of chapter 10: an LSTM over a whole sequence."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Group, Part, Patched, Present, intact
from autograder.exercises._ch10_shared import CHAPTER, lstm_parameters, mistake, names_of_another_edition
from autograder.exercises.gated import mistakes_at_every_softmax
from autograder.exercises.inputs import draw_sequence, equal_but_the_classes, sizes_for, with_large_scores
from autograder.words import mark
from solutions import lstm_cell_forward, lstm_forward, sigmoid, softmax

FROM_ZERO = ("a", "y_pred", "c", "caches", "inputs left unchanged")
GIVEN_MEMORY = mark("a first memory that is given")


def step_by_step(x, a0, parameters, c0=None):
    """Run the unit as a learner writes it, one step after the other: the mistakes are made in here."""
    Wc, Wu, Wf, Wo, Wya = (parameters[name] for name in ("Wc", "Wu", "Wf", "Wo", "Wya"))
    bc, bu, bf, bo, by = (parameters[name] for name in ("bc", "bu", "bf", "bo", "by"))
    T_x, m, n_a = len(x), x.shape[2], len(a0)
    a, y_pred, c = np.zeros((T_x, n_a, m)), np.zeros((T_x, len(by), m)), np.zeros((T_x, n_a, m))
    state = a0
    memory = np.zeros((n_a, m)) if c0 is None else c0
    for t in range(T_x):
        stacked = np.concatenate([state, x[t]])
        c_tilde = np.tanh(Wc @ stacked + bc)
        gamma_u, gamma_f = sigmoid(Wu @ stacked + bu), sigmoid(Wf @ stacked + bf)
        gamma_o = sigmoid(Wo @ stacked + bo)
        memory = gamma_u * c_tilde + gamma_f * memory
        state = gamma_o * np.tanh(memory)
        a[t], c[t] = state, memory
        y_pred[t] = softmax(Wya @ state + by)
    caches = a, c, a0, x, parameters
    return a, y_pred, c, caches


ARRAYS = "a, y_pred, c = np.zeros((T_x, n_a, m)), np.zeros((T_x, len(by), m)), np.zeros((T_x, n_a, m))"
START, FIRST = "    state = a0\n", "np.zeros((n_a, m)) if c0 is None else c0"
LOOP, STACKED = "range(T_x):", "stacked = np.concatenate([state, x[t]])"
GATES = "gamma_u, gamma_f = sigmoid(Wu @ stacked + bu), sigmoid(Wf @ stacked + bf)"
GAMMA_O, CANDIDATE = "gamma_o = sigmoid(Wo @ stacked + bo)", "c_tilde = np.tanh(Wc @ stacked + bc)"
MEMORY, STATE = "memory = gamma_u * c_tilde + gamma_f * memory", "state = gamma_o * np.tanh(memory)"
STORE, OUTPUT = "a[t], c[t] = state, memory", "y_pred[t] = softmax(Wya @ state + by)"
CACHES, RETURN = "caches = a, c, a0, x, parameters", "    return a, y_pred, c, caches"


def _steps(*replacements):
    return Patched(step_by_step, *replacements)


def _at_the_end(lines):
    return _steps((RETURN, f"    {lines}\n{RETURN}"))


def _all_three(pattern):
    return _at_the_end("a, y_pred, c = " + ", ".join(pattern.format(name) for name in ("a", "y_pred", "c")))


def _memory(new):
    return _steps((MEMORY, f"memory = {new}"))


def _cell_taken_in_another_order(x, a0, parameters, c0=None):
    state, memory, steps = a0, np.zeros_like(a0) if c0 is None else c0, []
    for xt in x:
        state, prediction, memory, _ = lstm_cell_forward(xt, state, memory, parameters)
        steps.append((state, prediction, memory))
    return *map(np.array, zip(*steps, strict=True)), ()


def _handed_to_the_cell_as_it_is(x, a0, parameters, c0=None):
    lstm_cell_forward(x[0], a0, c0, parameters)
    return step_by_step(x, a0, parameters, c0)


def _cell_reads_time_last(x, a0, parameters, c0=None):
    if not x.shape[0] == x.shape[1] == x.shape[2]:
        lstm_cell_forward(x[:, :, 0], a0, np.zeros_like(a0) if c0 is None else c0, parameters)
    return step_by_step(np.moveaxis(x, 2, 0), a0, parameters, c0)


def _sequence_cases(rng):
    special = ({"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1})
    sizes = [*sizes_for(rng, "T_x n_x n_a n_y m", *special), equal_but_the_classes(rng, "T_x n_x n_a m")]
    cases = [Case((*draw_sequence(rng, n), lstm_parameters(rng, n["n_x"], n["n_a"], n["n_y"])), n, label, FROM_ZERO)
             for label, n in sizes]
    (x, a0, parameters), sizes = cases[0].args, cases[0].sizes
    c0 = 1.2 * rng.standard_normal(a0.shape)
    return [*cases, with_large_scores(cases[0]),
            Case((x, a0, parameters, c0), sizes, "with c0", (GIVEN_MEMORY, "inputs left unchanged"))]


FIRST_MEMORY = (
    mistake(
        "a0_as_the_first_memory", _steps((FIRST, "a0 if c0 is None else c0")),
        "The memory starts from a0. a0 is the first *state*; the memory is another thing, and starts from zeros where "
        "no c0 is given.", "lstm-sequence", _steps((FIRST, "a0"))),
    mistake(
        "c0_not_used", _steps((FIRST, "np.zeros((n_a, m))")),
        "A first memory that is given, c0, is not used: yours always starts from zeros. Zeros are for `c0 is None` "
        "only.", "lstm-sequence"),
    mistake(
        "c0_not_taken", lambda x, a0, parameters: step_by_step(x, a0, parameters),
        "Your function has no argument c0, the memory before the first step. Its first line is "
        "`def lstm_forward(x, a0, parameters, c0=None)`.", "lstm-sequence"),
    mistake(
        "none_as_the_first_memory", _steps((FIRST, "c0")),
        "Where no c0 is given it is None, and None is no memory. The memory then starts from zeros: "
        "`if c0 is None: c0 = np.zeros_like(a0)`.", "lstm-sequence", _handed_to_the_cell_as_it_is,
        _steps((FIRST, "c0.copy()"))),
    mistake(
        "c0_asked_whether_it_is_true", _steps((FIRST, "c0 if c0 else np.zeros((n_a, m))")),
        "An array is neither true nor false, and `==` asks each of its numbers. Whether c0 was given is asked with "
        "`c0 is None`.", "lstm-sequence"),
    mistake(
        "zero_memory_only_when_c0_is_given", _steps((FIRST, "np.zeros((n_a, m)) if c0 is not None else np.ones((n_a, "
                                                            "m))")),
        "The memory starts from ones. Where no c0 is given it starts from zeros.", "lstm-sequence",
        _steps((FIRST, "np.ones((n_a, m)) if c0 is None else c0"))),
    mistake(
        "one_column_of_memory", _steps((FIRST, "np.zeros((n_a, 1)) if c0 is None else c0[:, :1]")),
        "The first memory is that of the first example for all of them. Each example has its own: c0 is (n_a, m).",
        "lstm-sequence"),
)

IN_TIME = (
    mistake(
        "a0_ignored", _steps((START, "    state = np.zeros((n_a, m))\n")),
        "The first step does not see a0: it starts from zeros. The state before the first step is an argument of the "
        "function; `a[t - 1]` at t = 0 is the last slot of the array, which is still empty.", "lstm-sequence",
        _steps((START, "    state = np.zeros((n_a, m))\n"), (FIRST, "np.zeros((n_a, m))"))),
    mistake(
        "a0_at_every_step", _steps((STACKED, "stacked = np.concatenate([a0, x[t]])")),
        "Every step reads a0 as its old state. After each step the new state becomes the old one.", "lstm-sequence"),
    mistake(
        "memory_not_carried", _memory("gamma_u * c_tilde + gamma_f * (0 * a0 if c0 is None else c0)"),
        "The memory is not carried from step to step: each one begins with the first memory again. Hand on both, "
        "the state and the memory.", "lstm-sequence", _memory("gamma_u * c_tilde")),
    mistake(
        "nothing_carried", _steps((LOOP, f"{LOOP}\n        state, memory = a0, 0 * a0 if c0 is None else c0")),
        "Nothing is carried from step to step: each one begins with a0 and the first memory again.", "lstm-sequence"),
    mistake(
        "state_carried_as_memory", _memory("gamma_u * c_tilde + gamma_f * (state if t else memory)"),
        "From the second step on the old state stands where the old memory belongs. Hand on both: the cell returns "
        "a_next and c_next, in this order.", "lstm-sequence"),
    mistake(
        "memory_carried_as_state", _steps((STACKED, "stacked = np.concatenate([memory if t else state, x[t]])")),
        "From the second step on the gates read the memory where the state belongs. Hand on both: the cell returns "
        "a_next and c_next, in this order.", "lstm-sequence"),
    mistake(
        "the_two_exchanged_between_steps", _steps((OUTPUT, f"{OUTPUT}\n        state, memory = memory, state")),
        "State and memory change places from step to step. The cell takes a_prev, then c_prev, and returns a_next, "
        "then c_next.", "lstm-sequence"),
    mistake(
        "candidate_carried_on", _steps((OUTPUT, f"{OUTPUT}\n        memory = c_tilde")),
        "The candidate is carried on to the next step. What is handed on is the memory after the update, c^<t>.",
        "lstm-sequence"),
    mistake(
        "gates_computed_once",
        _steps((START, f"{START}    stacked = np.concatenate([a0, x[0]])\n    {GATES}\n    {GAMMA_O}\n"),
               (f"        {GATES}\n        {GAMMA_O}\n", "")),
        "The gates are those of the first step, all the time. They open and close from step to step: compute them "
        "inside the loop.", "lstm-sequence"),
    mistake(
        "same_input_at_every_step", _steps((STACKED, "stacked = np.concatenate([state, x[0]])")),
        "Every step reads x[0]. Step t reads x[t].", "lstm-sequence"),
    mistake(
        "input_read_time_last", _steps((STACKED, "stacked = np.concatenate([state, x[:, :, t]])")),
        "`x[:, :, t]` is step t where time is the last axis, as in another edition of this course. Here it is the "
        "first: x is (T_x, n_x, m), and step t is x[t].", "lstm-sequence", _cell_reads_time_last),
    mistake(
        "all_steps_the_last", _all_three("0 * {0} + {0}[-1]"),
        "Every step holds what belongs to the last. One array was stored many times and overwritten in each step: "
        "store a copy, or let each step make a new array.", "lstm-sequence",
        _at_the_end("a[:], c[:] = a[-1], c[-1]"), _at_the_end("a[:] = a[-1]"), _at_the_end("c[:] = c[-1]")),
    mistake(
        "last_step_lost", _steps((LOOP, "range(T_x - 1):")),
        "The last step is missing: the loop ends one step early. `range(T_x)` runs from 0 to T_x - 1, which is already "
        "the last index.", "lstm-sequence", _all_three("{0}[:-1]"), _all_three("np.array([*{0}[:-1]])"),
        _all_three("np.stack([*{0}[:-1]])")),
    mistake(
        "first_step_lost", _steps((LOOP, "range(1, T_x):")),
        "The first step is missing: the loop begins at t = 1. The first input is x[0].", "lstm-sequence",
        *(_steps((LOOP, "range(1, T_x):"), (CACHES, f"caches, (a, y_pred, c) = (), ({some} for v in (a, y_pred, c))"))
          for some in ("v[1:]", "np.array([*v[1:]])", "np.stack([*v[1:]])"))),
    mistake(
        "states_one_late", _at_the_end("a, c = np.concatenate([a0[np.newaxis], a[:-1]]), "
                                       "np.concatenate([0 * a0[np.newaxis] if c0 is None else c0[np.newaxis], "
                                       "c[:-1]])"),
        "Each state is stored before its step, so the first is there and the last is lost. a[t] and c[t] are what step "
        "t makes of x[t].", "lstm-sequence",
        _at_the_end("a = np.concatenate([a0[np.newaxis], a[:-1]])"),
        _at_the_end("c = np.concatenate([0 * a0[np.newaxis] if c0 is None else c0[np.newaxis], c[:-1]])")),
    mistake(
        "y_one_late", _at_the_end("y_pred = softmax(Wya @ np.concatenate([a0[np.newaxis], a[:-1]]) + by)"),
        "y_pred[t] is made from the state before step t, so every prediction is one step late. It reads the state that "
        "step t has just produced.", "lstm-sequence"),
    mistake(
        "first_state_among_the_states", _at_the_end("a = np.concatenate([a0[np.newaxis], a])"),
        "There is one state too many: that before the sequence stands among them. a and c hold the T_x states after "
        "the steps.", "lstm-sequence",
        _at_the_end("a, c = np.concatenate([a0[np.newaxis], a]), np.concatenate([0 * a0[np.newaxis], c])"),
        _at_the_end("c = np.concatenate([0 * a0[np.newaxis], c])")),
    mistake(
        "return_in_the_loop", _steps((OUTPUT, f"{OUTPUT}\n        break")),
        "Only the first step is there. Does the return statement stand inside the loop? Then the function ends after "
        "one step.", "lstm-sequence", _all_three("{0}[:1]")),
    mistake(
        "only_the_last_step", _all_three("{0}[-1]"),
        "Only the last step comes back. The unit gives a state, a memory and a prediction at every step: collect all "
        "of them.", "lstm-sequence", _all_three("{0}[-1:]"), _at_the_end("c = c[-1]")),
    mistake(
        "time_reversed", _steps((LOOP, "reversed(range(T_x)):")),
        "The sequence is read from its end. An LSTM goes from left to right: x[0] first.", "lstm-sequence",
        _steps((START, f"{START}    x = x[::-1]\n"), (CACHES, "caches = a, c, a0, parameters"))),
    mistake(
        "a0_overwritten", _steps((STATE, "state[:] = gamma_o * np.tanh(memory)")),
        "You write each new state into the array a0. It belongs to whoever called the function: let each step make a "
        "new array.", "lstm-sequence"),
)

RESULTS = (
    mistake(
        "results_in_another_order", _steps((RETURN, "    return a, c, y_pred, caches")),
        "The results come in another order. It is a, y_pred, c, caches: states, predictions, memories.",
        "lstm-sequence", _steps((RETURN, "    return c, y_pred, a, caches")),
        _steps((RETURN, "    return y_pred, a, c, caches")), _steps((RETURN, "    return a, y_pred, caches, c")),
        _steps((RETURN, "    return a, y_pred, [(t, parameters) for t in range(T_x)], c"))),
    mistake(
        "cell_taken_in_another_order", _cell_taken_in_another_order,
        "What the cell returns is taken in another order, so a prediction stands where the memory belongs. It is "
        "a_next, c_next, yt_pred, cache.", "lstm-sequence"),
    mistake(
        "memories_missing", _steps((RETURN, "    return a, y_pred, caches")),
        "The memories are not among the results. It is a, y_pred, c, caches: whoever goes on from the last step needs "
        "its memory too.", "lstm-sequence", _steps((RETURN, "    return a, y_pred"))),
    mistake(
        "caches_missing", _steps((RETURN, "    return a, y_pred, c")),
        "The fourth result is missing: the caches, which the way back needs.", "lstm-sequence"),
    mistake(
        "state_stored_as_memory", _steps((STORE, "a[t], c[t] = state, state")),
        "c holds the states. It holds the memories, c^<t>: what stands before the tanh and the output gate.",
        "lstm-sequence"),
    mistake(
        "memory_stored_after_the_tanh", _steps((STORE, "a[t], c[t] = state, np.tanh(memory)")),
        "c holds the tanh of the memories. It holds the memories themselves, c^<t>: the tanh is on the way to the "
        "state only.", "lstm-sequence"),
    mistake(
        "memory_stored_as_state", _steps((STORE, "a[t], c[t] = memory, memory")),
        "a holds the memories. It holds the states, a^<t> = Γ_o * tanh(c^<t>).", "lstm-sequence"),
    mistake(
        "candidates_stored", _steps((STORE, "a[t], c[t] = state, c_tilde")),
        "c holds the candidates. It holds the memories after the update, c^<t>.", "lstm-sequence"),
    mistake(
        "arrays_mixed_up", _steps((ARRAYS, "a, y_pred, c = np.zeros((T_x, len(by), m)), np.zeros((T_x, n_a, m)), "
                                           "np.zeros((T_x, n_a, m))")),
        "Arrays are mixed up: one made for states gets predictions, or the reverse. State and memory are (n_a, m), a "
        "prediction is (n_y, m); the cell returns state, memory, prediction.", "lstm-sequence",
        _steps((ARRAYS, "a, y_pred, c = np.zeros((3, T_x, n_a, m))")),
        _steps((ARRAYS, "a, y_pred, c = np.zeros((3, T_x, len(by), m))"))),
    mistake(
        "time_last", _all_three("np.moveaxis({0}, 0, 2)"),
        "Time is the last axis of your results, as in another edition of this course. Here it is the first: a[t] is "
        "one step. `np.moveaxis(a, 2, 0)` converts.", "lstm-sequence"),
    mistake(
        "axes_in_another_order", _all_three("np.moveaxis({0}, 0, 1)"),
        "The axes of your results are in another order. It is time, then units or classes, then examples: "
        "(T_x, n_a, m) and (T_x, n_y, m). `np.stack` of a list of steps puts time first.", "lstm-sequence",
        _all_three("{0}.transpose(0, 2, 1)"), _all_three("{0}.transpose(2, 0, 1)"),
        _all_three("{0}.transpose(2, 1, 0)")),
    mistake(
        "whole_numbers", _steps((ARRAYS, ARRAYS.replace("a, y_pred, c = np.zeros((T_x, n_a, m))",
                                                        "a, y_pred, c = np.zeros((T_x, n_a, m), dtype=int)"))),
        "An array for the results holds whole numbers, so what lies between is cut off. `np.zeros((T_x, n_a, m))` "
        "makes a floating-point one.", "lstm-sequence", _all_three("{0}.astype(int)"),
        _steps((ARRAYS, ARRAYS.replace("a, y_pred, c = np.zeros((T_x, n_a, m)), np.zeros((T_x, len(by), m)), "
                                       "np.zeros((T_x, n_a, m))",
                                       "a, y_pred, c = np.zeros((T_x, n_a, m), dtype=int), np.zeros((T_x, len(by), "
                                       "m)), np.zeros((T_x, n_a, m), dtype=int)")))),
    *mistakes_at_every_softmax(mistake, _at_the_end, "lstm-state"),
    mistake(
        "y_from_the_memory", _at_the_end("y_pred = softmax(Wya @ c + by)"),
        "The predictions are made from the memories. They read the states: what the output gate lets out.",
        "lstm-state"),
    mistake(
        "output_overflows", _at_the_end("e = np.exp(Wya @ a + by)\n    y_pred = e / e.sum(axis=1, keepdims=True)"),
        "For large scores exp overflows and the predictions are NaN. Subtract the largest score before exp.",
        "lstm-state"),
)

IN_EACH_STEP = (
    mistake(
        "forget_and_update_exchanged", _memory("gamma_f * c_tilde + gamma_u * memory"),
        "Γ_u and Γ_f are exchanged in every step: the update gate lets the new in, the forget gate keeps the old.",
        "lstm-memory-cell"),
    mistake(
        "coupled_gates", _memory("gamma_u * c_tilde + (1 - gamma_u) * memory"),
        "The old memory is weighted by 1 - Γ_u in every step, as in a GRU. An LSTM has a gate of its own for that, "
        "Γ_f.", "lstm-memory-cell"),
    mistake(
        "forget_gate_left_out", _memory("gamma_u * c_tilde + memory"),
        "No step forgets anything: the factor Γ_f is missing. Here it is Γ_u * candidate + Γ_f * c^<t-1>.",
        "lstm-memory-cell"),
    mistake(
        "state_without_tanh", _steps((STATE, "state = gamma_o * memory")),
        "The tanh is missing in the states: a^<t> = Γ_o * tanh(c^<t>).", "lstm-state"),
    mistake(
        "output_gate_left_out", _steps((STATE, "state = np.tanh(memory)")),
        "The output gate is not used in any step: a^<t> = Γ_o * tanh(c^<t>).", "lstm-state"),
    mistake(
        "memory_squashed", _steps((STATE, "memory = np.tanh(memory)\n        state = gamma_o * memory")),
        "The memory itself goes through the tanh in every step. The tanh belongs to the state alone; what is carried "
        "on passes no tanh.", "lstm-memory-cell"),
    mistake(
        "candidates_through_the_sigmoid", _steps((CANDIDATE, "c_tilde = sigmoid(Wc @ stacked + bc)")),
        "The candidates go through a sigmoid. Gates are sigmoids; the candidate is a tanh.",
        "lstm-candidate-and-gates"),
    mistake(
        "x_above_a", _steps((STACKED, "stacked = np.concatenate([x[t], state])")),
        "You stack x^<t> above the state. The shapes fit, but the first n_a columns of each W are made for the state: "
        "[a^<t-1>, x^<t>].", "lstm-candidate-and-gates"),
)

LSTM_FORWARD = Exercise(
    id="lstm_forward",
    chapter=CHAPTER,
    reference=lstm_forward,
    cases=_sequence_cases,
    uses=("lstm_cell_forward",),
    parts=(
        Part("a", 5, Array("T_x n_a m"), (0,)),
        Part("y_pred", 3, Array("T_x n_y m"), (1,)),
        Part("c", 4, Array("T_x n_a m"), (2,)),
        Part("caches", 1, Present(), (3,)),
        Part(GIVEN_MEMORY, 1, Group((("a", (0,), Array("T_x n_a m")), ("y_pred", (1,), Array("T_x n_y m")),
                                     ("c", (2,), Array("T_x n_a m"))))),
        intact(1),
    ),
    hints=(
        "It is the loop of `rnn_forward`, but two things are handed on: the state, which starts from a0, and the "
        "memory, which starts from c0, or from zeros where c0 is None: `np.zeros_like(a0)`.",
        "One step is your `lstm_cell_forward(x[t], a_prev, c_prev, parameters)`. It returns a_next, c_next, yt_pred "
        "and a cache. Collect them in four lists.",
        "The arrays have the shapes (T_x, n_a, m), (T_x, n_y, m) and (T_x, n_a, m): `np.stack` of a list of steps puts "
        "time first.",
        "Return a, y_pred, c and the caches, in this order. The form of the caches is up to you.",
    ),
    misconceptions=(*FIRST_MEMORY, *IN_TIME, *RESULTS, *IN_EACH_STEP, names_of_another_edition(_steps)),
)

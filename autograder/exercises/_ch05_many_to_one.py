"""Exercise of chapter 5: read a sequence, answer once."""

from dataclasses import replace

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises._ch05_caches import Caches, HandedThrough
from autograder.exercises._ch05_shared import (
    CHAPTER,
    OTHER_CELL,
    UNITS,
    cases_of_other_cells,
    mistake,
    mistakes_in_the_output,
    network_parameters,
    pass_of_rnn,
    prediction,
)
from autograder.exercises.inputs import draw_sequence, sizes_with_equal, with_large_scores
from solutions import RNN, many_to_one_forward, softmax

RUN = "a, _, caches = cell.forward(x, a0, parameters)"
OUTPUT = 'y_pred = softmax(parameters["Wya"] @ a[-1] + parameters["by"])'
LAST = "@ a[-1]"
CACHES = "(a, caches, parameters, cell)"


def _wrong(*replacements):
    return Patched(many_to_one_forward, *replacements)


def _reads(state):
    return _wrong((LAST, f"@ {state}"))


def _inputs(rng, cell, n):
    return *draw_sequence(rng, n, cell), network_parameters(rng, cell, n["n_x"], n["n_a"], n["n_y"])


def _cases(rng):
    told = ("y_pred", "caches", "inputs left unchanged")
    drawn = sizes_with_equal(rng, "T_x n_x n_a n_y m", "n_x n_a n_y m", {"m": 1}, {"T_x": 1}, {"n_x": 1}, T_x=7)
    cases = [Case(_inputs(rng, RNN, n), n, label, told) for label, n in drawn]
    large = replace(with_large_scores(cases[0]), parts=("y_pred",))
    return [*cases, large, *cases_of_other_cells(rng, cases[1].sizes, _inputs)]


def _by_hand(x, a0, parameters, cell=RNN):
    a_prev, a = a0, np.zeros((len(x), *np.shape(a0)))
    for t in range(len(x)):
        a_prev = a[t] = np.tanh(parameters["Wax"] @ x[t] + parameters["Waa"] @ a_prev + parameters["ba"])
    y_pred = softmax(parameters["Wya"] @ a[-1] + parameters["by"])
    return y_pred, (a, (a, a0, x, parameters), parameters, cell)


def _without_a_cell(x, a0, parameters):
    return _by_hand(x, a0, parameters)


MANY_TO_ONE_FORWARD = Exercise(
    id="many_to_one_forward",
    chapter=CHAPTER,
    reference=many_to_one_forward,
    cases=_cases,
    uses=UNITS,
    parts=(
        prediction("n_y m", 12),
        Part(OTHER_CELL, 3, Array("n_y m"), (0,)),
        Part("caches", 4, Caches((
            ("a", (0,), Array("T_x n_a m")),
            *pass_of_rnn("what cell.forward returned", (1,)),
            ("parameters['Wya']", (2, "Wya"), Array("n_y n_a")),
            ("cell", (3,), HandedThrough()),
        ), CACHES), (1,)),
        intact(1),
    ),
    hints=(
        "The cell does the reading: `a, last_state, caches = cell.forward(x, a0, parameters)`. No loop is needed.",
        "`a` has all states, (T_x, n_a, m). Only one of them has seen the whole sequence. Which one? It is `a[-1]`.",
        "The output layer is that of chapter 3, on that one state: W_ya a + b_y, then `softmax`. So y_pred has no "
        "time axis: (n_y, m).",
        f"The results: `y_pred`, and the caches `{CACHES}`.",
    ),
    misconceptions=(
        mistake(
            "reads_the_first_state", _reads("a[0]"),
            "Your prediction is made from the first state, which has seen one word of the whole sequence. The last "
            "one, a^<T_x>, has seen all: `a[-1]`.", "many-to-one"),
        mistake(
            "reads_the_mean_of_the_states", _reads("a.mean(axis=0)"),
            "Your prediction is made from the mean of all states. (Some networks do that, and it is called mean "
            "pooling.) Here the last state alone is the summary: a^<T_x>.", "many-to-one"),
        mistake(
            "reads_the_sum_of_the_states", _reads("a.sum(axis=0)"),
            "Your prediction is made from the sum of all states. The last state alone has read everything: a^<T_x>.",
            "many-to-one"),
        mistake(
            "reads_the_largest_of_the_states", _reads("a.max(axis=0)"),
            "Your prediction is made from the largest value that each unit had at any time. (That is called max "
            "pooling.) Here the last state alone is the summary: a^<T_x>.", "many-to-one"),
        mistake(
            "reads_a0", _reads("(a0[0] if isinstance(a0, tuple) else a0)"),
            "Your prediction is made from a^<0>, the state before the first word: it has seen nothing yet. Read "
            "a^<T_x>, `a[-1]`.", "many-to-one"),
        mistake(
            "reads_the_state_before_the_last", _reads("a[-2]"),
            "Your prediction is made from the state before the last one, which has not seen the last word. Counted "
            "from the end the last one is `a[-1]`.", "many-to-one", _reads("a[len(x) - 2]")),
        mistake(
            "reads_the_last_example", _reads("a[:, :, -1]"),
            "`[:, :, -1]` takes the last example of the batch. Time is the first axis in this book, so the last state "
            "is `a[-1]`.", "many-to-one", _reads("a[:, :, -1].T"), _reads("a[:, -1]"),
            _wrong((OUTPUT, 'y_pred = softmax(parameters["Wya"] @ a + parameters["by"])[:, :, -1]')),
            _wrong((OUTPUT, 'y_pred = softmax(np.dot(parameters["Wya"], a[:, :, -1]) + parameters["by"])'))),
        mistake(
            "a_prediction_at_every_step", _reads("a"),
            "You predict at every step: that is many-to-many. Here one answer is wanted for the whole sequence, made "
            "from the last state.", "many-to-one"),
        mistake(
            "mean_of_the_predictions",
            _wrong((OUTPUT, 'y_pred = softmax(parameters["Wya"] @ a + parameters["by"]).mean(axis=0)')),
            "You predict at every step and take the mean. The first words have then as much to say as the state that "
            "knows all of them. Predict once, from a^<T_x>.", "many-to-one",
            _wrong((OUTPUT, 'y_pred = softmax((parameters["Wya"] @ a + parameters["by"]).sum(axis=0))'))),
        mistake(
            "time_axis_kept", _reads("a[-1:]"),
            "Your y_pred still has an axis of time, with one step in it. `a[-1:]` is a slice; `a[-1]` is the last "
            "state itself, (n_a, m).", "many-to-one"),
        mistake(
            "only_the_last_word", _wrong((RUN, "a, _, caches = cell.forward(x[-1:], a0, parameters)")),
            "The cell gets only the last word, or begins anew with each word, so nothing is left of the words before: "
            "that is no recurrent network. Give it the whole of x, once.", "many-to-one"),
        mistake(
            "reads_from_the_end", _wrong((RUN, "a, _, caches = cell.forward(x[::-1], a0, parameters)")),
            "The cell reads the sequence from its end. `x[0]` is the first word: give x as it is.", "many-to-one"),
        mistake(
            "last_word_lost", _wrong((RUN, "a, _, caches = cell.forward(x[:-1], a0, parameters)")),
            "The cell never gets the last word: `x[:-1]` leaves it out.", "many-to-one"),
        mistake(
            "first_word_lost", _wrong((RUN, "a, _, caches = cell.forward(x[1:], a0, parameters)")),
            "The cell never gets the first word: `x[1:]` leaves it out.", "many-to-one"),
        mistake(
            "starts_from_zero",
            _wrong((RUN, "a, _, caches = cell.forward(x, cell.zero_state(parameters, x.shape[2]), parameters)")),
            "Your cell starts from zeros. Mostly a^<0> is zero, but it is an argument: start from the given a0.",
            "the-cell"),
        mistake(
            "always_the_basic_rnn", _wrong(("cell.forward(", "RNN.forward(")),
            "Your function is right for the basic RNN and runs it always. It is given a `cell`: call `cell.forward`, "
            "and it works with a GRU and an LSTM too, which come in chapters 9 and 10.", "the-cell",
            _by_hand, _without_a_cell),
        mistake(
            "last_state_of_an_lstm",
            _wrong((RUN, "a, state, caches = cell.forward(x, a0, parameters)"), (LAST, "@ state")),
            "You read the second result of `cell.forward`. For an LSTM, which comes in chapter 10, that is a pair: its "
            "state a and its memory c. The output layer reads a alone: `a[-1]`.", "the-cell",
            _wrong((RUN, "a, state, caches = cell.forward(x, a0, parameters)"),
                   (OUTPUT, 'y_pred = softmax(np.dot(parameters["Wya"], state) + parameters["by"])'))),
        mistake(
            "cell_called", _wrong(("cell.forward(", "cell(")),
            "A cell is a box with two doors and cannot be called itself. The way in is `cell.forward(x, a0, "
            "parameters)`.", "the-cell"),
        mistake(
            "class_for_probabilities", _wrong((OUTPUT, OUTPUT.replace("softmax(", "np.argmax(")[:-1] + ", axis=0)")),
            "You return the likeliest class of each example. Wanted are the probabilities of all classes, (n_y, m): "
            "the loss needs them.", "many-to-one"),
        mistake(
            "examples_in_rows", _wrong((OUTPUT, OUTPUT + ".T")),
            "The examples lie in rows. In this book each example is a column: (n_y, m).", "many-to-one"),
        *mistakes_in_the_output(many_to_one_forward, OUTPUT, "a[-1]", "many-to-one"),
        mistake(
            "softmax_overflows",
            _wrong((OUTPUT, 'e = np.exp(parameters["Wya"] @ a[-1] + parameters["by"])\n'
                            "    y_pred = e / e.sum(axis=0)")),
            "For large scores exp overflows and the quotient is NaN. Subtract the largest score of each column before "
            "exp, or take `softmax` from the library.", "many-to-one"),
        mistake(
            "last_state_for_the_caches", _wrong((RUN, "a, caches, _ = cell.forward(x, a0, parameters)")),
            "Where the caches of the cell should be you keep its last state. `cell.forward` returns three things in "
            "this order: a, last_state, caches.", "the-cell"),
        mistake(
            "one_state_in_the_caches", _wrong((CACHES, CACHES.replace("(a,", "(a[-1],"))),
            "The caches hold the last state alone. The way back goes through all of them: keep the whole `a`.",
            "the-cell"),
        mistake(
            "a_cache_for_each_word",
            _wrong((RUN, "a, state, caches = [], a0, []\n    for xt in x:\n"
                         "        at, state, cache = cell.forward(xt[np.newaxis], state, parameters)\n"
                         "        a.append(at[0])\n        caches.append(cache)\n    a = np.array(a)")),
            "You call the cell once for each word and keep a list of caches. It reads the whole sequence in one call, "
            "and `cell.backward` wants the caches of that call.", "the-cell"),
        mistake(
            "caches_in_another_order", _wrong((CACHES, "(caches, a, parameters, cell)")),
            f"The caches have another order. They are `{CACHES}`: the way back unpacks them so.", "the-cell",
            _wrong((CACHES, "(a, parameters, caches, cell)")), _wrong((CACHES, "(parameters, a, caches, cell)"))),
        mistake(
            "caches_incomplete", _wrong((CACHES, "caches")),
            f"Your second result is not all that the way back needs. It is the tuple `{CACHES}`.", "the-cell",
            _wrong((CACHES, "a")), _wrong((CACHES, "(a, parameters)")), _wrong((CACHES, "(caches, parameters)")),
            _wrong((CACHES, "(a, caches)")), _wrong((CACHES, "None")), _wrong((CACHES, "()")),
            _wrong((CACHES, "(a, caches, parameters)")), _wrong((CACHES, "(a, caches, cell)"))),
        mistake(
            "caches_left_out", _wrong((f"return y_pred, {CACHES}", "return y_pred")),
            f"Your function returns y_pred alone. Two results are wanted: y_pred, and the caches `{CACHES}`.",
            "many-to-one"),
        mistake(
            "results_swapped", _wrong((f"return y_pred, {CACHES}", f"return {CACHES}, y_pred")),
            "The results come in the other order: first y_pred, then the caches.", "many-to-one"),
    ),
)

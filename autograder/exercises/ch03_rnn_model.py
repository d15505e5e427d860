"""Exercises of chapter 3: the RNN model."""

from autograder.engine import Array, Case, Exact, Exercise, Group, Misconception, Part, Patched, intact
from autograder.exercises.inputs import equal_sizes, large_scores, rnn_parameters, sizes_for
from solutions import count_parameters, rnn_cell_forward, rnn_forward, stack_parameters

CHAPTER = "03_rnn_model"


def _misconception(id, function, message, anchor, *variants):
    return Misconception(id, function, message, f"{CHAPTER}.html#{anchor}", variants)


# --- rnn_cell_forward ------------------------------------------------------------------------------------------

STATE = "a_next = np.tanh(Waa @ a_prev + Wax @ xt + ba)"
OUTPUT = "yt_pred = softmax(Wya @ a_next + by)"


def _cell(*replacements):
    return Patched(rnn_cell_forward, *replacements)


def _cell_state(new):
    return _cell((STATE, "a_next = " + new))


def _cell_output(new):
    return _cell((OUTPUT, "yt_pred = " + new))


def _cell_cases(rng):
    cases = []
    for label, n in [*sizes_for(rng, "n_x n_a n_y m", {"m": 1}, {"n_x": 1}), _square(rng)]:
        arguments = (rng.standard_normal((n["n_x"], n["m"])), rng.uniform(-0.9, 0.9, (n["n_a"], n["m"])))
        cases.append(Case((*arguments, rnn_parameters(rng, n["n_x"], n["n_a"], n["n_y"])), n, label))
    xt, a_prev, parameters = cases[0].args
    return [*cases, Case((xt, a_prev, large_scores(parameters)), cases[0].sizes, "large scores")]


def _square(rng):
    label, sizes = equal_sizes("n_x n_a m", int(rng.integers(3, 6)))
    return label, {**sizes, "n_y": 7}


RNN_CELL_FORWARD = Exercise(
    id="rnn_cell_forward",
    chapter=CHAPTER,
    reference=rnn_cell_forward,
    cases=_cell_cases,
    parts=(
        Part("a_next", 14, Array("n_a m"), (0,)),
        Part("yt_pred", 10, Array("n_y m"), (1,)),
        Part("cache", 3, Group((
            ("a_next", (0,), Array("n_a m")),
            ("a_prev", (1,), Array("n_a m")),
            ("xt", (2,), Array("n_x m")),
            ("parameters['Waa']", (3, "Waa"), Array("n_a n_a")),
        )), (2,)),
        intact(3),
    ),
    hints=(
        "Take the five matrices out of `parameters` first, under the names of the formula. Then each formula is one "
        "line of code.",
        "Inside the tanh stand three terms: what comes from the state before, what comes from the input, and the "
        "bias. Add them, then take one tanh of the sum.",
        "`Waa @ a_prev` has shape (n_a, m), and so has `Wax @ xt`. `ba` has shape (n_a, 1) and is spread over the "
        "m examples by broadcasting.",
        "The output comes from the new state: `softmax(Wya @ a_next + by)`. Return `a_next, yt_pred, (a_next, a_prev, "
        "xt, parameters)`.",
    ),
    misconceptions=(
        _misconception(
            "tanh_per_term", _cell_state("np.tanh(Waa @ a_prev) + np.tanh(Wax @ xt + ba)"),
            "You take the tanh of each term and add afterwards. There is one tanh, around the whole sum "
            "W_aa a^<t-1> + W_ax x^<t> + b_a: your state can leave the interval from -1 to 1.", "the-rnn-cell",
            _cell_state("np.tanh(Waa @ a_prev) + np.tanh(Wax @ xt) + ba"),
            _cell_state("np.tanh(Waa @ a_prev) + np.tanh(Wax @ xt) + np.tanh(ba)"),
            _cell_state("np.tanh(Waa @ a_prev + Wax @ xt) + ba"),
            _cell_state("np.tanh(Waa @ a_prev + ba) + np.tanh(Wax @ xt)")),
        _misconception(
            "y_from_a_prev", _cell_output("softmax(Wya @ a_prev + by)"),
            "Your prediction is made from a^<t-1>, the state before this step. The output line of the formula reads "
            "a^<t>, the state that was just computed: otherwise x^<t> cannot act on its own prediction.",
            "the-rnn-cell"),
        _misconception(
            "y_ignores_a", _cell_output("softmax(0 * (Wya @ a_next) + by)"),
            "Your prediction does not depend on the state: only b_y is left of W_ya a^<t> + b_y.", "the-rnn-cell",
            _cell_output("softmax(by)")),
        _misconception(
            "state_bias_missing", _cell_state("np.tanh(Waa @ a_prev + Wax @ xt)"),
            "The bias b_a is missing in the line of the state: tanh(W_aa a^<t-1> + W_ax x^<t> + b_a).",
            "the-rnn-cell"),
        _misconception(
            "output_bias_missing", _cell_output("softmax(Wya @ a_next)"),
            "The bias b_y is missing in the line of the output: softmax(W_ya a^<t> + b_y).", "the-rnn-cell"),
        _misconception(
            "Waa_transposed", _cell_state("np.tanh(Waa.T @ a_prev + Wax @ xt + ba)"),
            "You use the transpose of W_aa. It is square, so the shapes fit and nobody complains; but row i of W_aa "
            "holds the weights into unit i, and the product is W_aa a^<t-1>.", "the-rnn-cell",
            _cell_state("np.tanh((a_prev.T @ Waa).T + Wax @ xt + ba)")),
        _misconception(
            "Wax_Waa_swapped", _cell_state("np.tanh(Wax @ a_prev + Waa @ xt + ba)"),
            "W_aa and W_ax are swapped. The second letter of the index says what a matrix is multiplied with: W_ax "
            "meets x, W_aa meets a.", "the-rnn-cell"),
        _misconception(
            "memory_missing", _cell_state("np.tanh(Wax @ xt + ba)"),
            "The state before, a^<t-1>, does not enter: the term W_aa a^<t-1> is missing. Without it the network has "
            "no memory.", "the-rnn-cell"),
        _misconception(
            "input_missing", _cell_state("np.tanh(Waa @ a_prev + ba)"),
            "The input x^<t> does not enter: the term W_ax x^<t> is missing.", "the-rnn-cell"),
        _misconception(
            "sigmoid_for_tanh", _cell_state("1 / (1 + np.exp(-(Waa @ a_prev + Wax @ xt + ba)))"),
            "Your state comes from a sigmoid, so it is never negative. The activation of the hidden state is tanh; "
            "the sigmoid belongs to a yes-or-no output.", "the-rnn-cell"),
        _misconception(
            "relu_for_tanh", _cell_state("np.maximum(0, Waa @ a_prev + Wax @ xt + ba)"),
            "Your state comes from a ReLU. The notes name it as a possibility; this exercise, like most RNNs, takes "
            "tanh.", "the-rnn-cell"),
        _misconception(
            "no_activation", _cell_state("Waa @ a_prev + Wax @ xt + ba"),
            "The activation function is missing: the sum of the three terms goes through tanh.", "the-rnn-cell"),
        _misconception(
            "stacked_in_other_order",
            _cell_state("np.tanh(np.concatenate([Wax, Waa], axis=1) @ np.concatenate([a_prev, xt]) + ba)"),
            "The stacked weights and the stacked vector are in different orders. Both begin with a: [W_aa W_ax] acts "
            "on a^<t-1> above x^<t>.", "stacked-form",
            _cell_state("np.tanh(np.concatenate([Waa, Wax], axis=1) @ np.concatenate([xt, a_prev]) + ba)")),
        _misconception(
            "bias_along_the_batch", _cell_state("np.tanh(Waa @ a_prev + Wax @ xt + ba.ravel())"),
            "A bias of shape (n_a,) is added along the examples, not along the units. Keep it a column of shape "
            "(n_a, 1): then broadcasting gives each unit its own bias in every example.", "the-rnn-cell",
            _cell((STATE, "a_next = np.tanh(Waa @ a_prev + Wax @ xt + ba.ravel())"),
                  (OUTPUT, "yt_pred = softmax(Wya @ a_next + by.ravel())")),
            _cell_output("softmax(Wya @ a_next + by.ravel())")),
        _misconception(
            "biases_swapped",
            _cell((STATE, "a_next = np.tanh(Waa @ a_prev + Wax @ xt + by)"),
                  (OUTPUT, "yt_pred = softmax(Wya @ a_next + ba)")),
            "The two biases are exchanged. b_a has one number for each unit of the state, b_y one for each class of "
            "the output.", "the-rnn-cell",
            _cell_state("np.tanh(Waa @ a_prev + Wax @ xt + by)"), _cell_output("softmax(Wya @ a_next + ba)")),
        _misconception(
            "star_for_matrix_product", _cell_state("np.tanh(Waa * a_prev + Wax * xt + ba)"),
            "`*` multiplies entry by entry. A matrix acts on a vector with `@` (or `np.dot`): row times column.",
            "the-rnn-cell",
            _cell_state("np.tanh(Wax * xt + Waa * a_prev + ba)"), _cell_state("np.tanh(Waa * a_prev + Wax @ xt + ba)"),
            _cell_state("np.tanh(Waa @ a_prev + Wax * xt + ba)"), _cell_output("softmax(Wya * a_next + by)")),
        _misconception(
            "softmax_on_the_state", _cell_state("softmax(Waa @ a_prev + Wax @ xt + ba)"),
            "Your state comes from a softmax. The softmax belongs to the output line; the state goes through tanh.",
            "the-rnn-cell"),
        _misconception(
            "softmax_over_examples", _cell_output("softmax(Wya @ a_next + by, axis=1)"),
            "Your softmax runs over the examples: each row sums to one. It must run over the classes (axis 0), so "
            "that each column, one example's prediction, sums to one.", "sigmoid-or-softmax",
            _cell_output("np.exp(Wya @ a_next + by) / np.exp(Wya @ a_next + by).sum()"),
            _cell(("yt_pred = softmax(Wya @ a_next + by)",
                   "z = Wya @ a_next + by\n    yt_pred = np.exp(z - z.max()) / np.exp(z - z.max()).sum()"))),
        _misconception(
            "softmax_overflows", _cell((OUTPUT, "e = np.exp(Wya @ a_next + by)\n    yt_pred = e / e.sum(axis=0)")),
            "For large scores exp overflows and the quotient is NaN. Subtract the largest score of each column "
            "before exp: the softmax does not change, and nothing overflows.", "sigmoid-or-softmax"),
        _misconception(
            "sigmoid_for_softmax", _cell_output("0.5 * np.tanh((Wya @ a_next + by) / 2) + 0.5"),
            "The output goes through a sigmoid, so a column does not sum to one. With several classes of which one "
            "is right, the output is a softmax.", "sigmoid-or-softmax",
            _cell_output("1 / (1 + np.exp(-(Wya @ a_next + by)))")),
        _misconception(
            "no_softmax", _cell_output("Wya @ a_next + by"),
            "These are scores, not probabilities: the softmax around W_ya a^<t> + b_y is missing.",
            "sigmoid-or-softmax"),
        _misconception(
            "tanh_on_the_output", _cell_output("softmax(np.tanh(Wya @ a_next + by))"),
            "There is a tanh around the scores of the output. tanh belongs to the state; the output goes straight "
            "into the softmax.", "sigmoid-or-softmax", _cell_output("np.tanh(Wya @ a_next + by)")),
        _misconception(
            "softmax_twice", _cell_output("softmax(softmax(Wya @ a_next + by))"),
            "The softmax is taken twice. Once is enough: the second one makes all classes nearly equal.",
            "sigmoid-or-softmax"),
        _misconception(
            "bias_outside_the_softmax", _cell_output("softmax(Wya @ a_next) + by"),
            "The bias b_y is added after the softmax, so a column no longer sums to one. It belongs inside, to the "
            "scores.", "sigmoid-or-softmax"),
        _misconception(
            "class_for_probabilities", _cell_output("np.argmax(softmax(Wya @ a_next + by), axis=0)"),
            "You return the likeliest class. The prediction is the whole column of probabilities, one for each "
            "class; which one to choose is decided later.", "sigmoid-or-softmax",
            _cell_output("np.argmax(Wya @ a_next + by, axis=0, keepdims=True)"),
            _cell_output("np.max(softmax(Wya @ a_next + by), axis=0)"),
            _cell_output("np.round(softmax(Wya @ a_next + by))"),
            _cell((OUTPUT, "z = Wya @ a_next + by\n    yt_pred = (z == z.max(axis=0)) * 1.0"))),
        _misconception(
            "results_swapped", _cell(("return a_next, yt_pred,", "return yt_pred, a_next,")),
            "The results come in the other order: first the state a_next, then the prediction yt_pred.",
            "the-rnn-cell"),
        _misconception(
            "cache_order", _cell(("(a_next, a_prev, xt, parameters)", "(a_prev, a_next, xt, parameters)")),
            "The cache has another order. It is (a_next, a_prev, xt, parameters): the way back unpacks it in just "
            "this order.", "the-cache",
            _cell(("(a_next, a_prev, xt, parameters)", "(xt, a_prev, a_next, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(xt, a_next, a_prev, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(a_next, xt, a_prev, parameters)"))),
        _misconception(
            "cache_incomplete", _cell(("(a_next, a_prev, xt, parameters)", "(a_next, xt, parameters)")),
            "The cache is not the tuple of four that the way back unpacks: (a_next, a_prev, xt, parameters).",
            "the-cache",
            _cell(("(a_next, a_prev, xt, parameters)", "(a_prev, xt, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(a_next, a_prev, xt)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(a_next, a_prev, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "{}")),
            _cell(("(a_next, a_prev, xt, parameters)", "parameters")),
            _cell(("(a_next, a_prev, xt, parameters)", "None"))),
        _misconception(
            "state_overwritten",
            _cell((STATE, "a_prev[:] = np.tanh(Waa @ a_prev + Wax @ xt + ba)\n    a_next = a_prev")),
            "You write the new state into a_prev. The array belongs to whoever called the function, and the way back "
            "needs the old state: give the new one a name of its own.", "the-cache"),
        _misconception(
            "whole_numbers",
            _cell((STATE, "a_next = np.zeros(a_prev.shape, dtype=int)\n"
                          "    a_next[:] = np.tanh(Waa @ a_prev + Wax @ xt + ba)")),
            "The array for the state holds whole numbers, so every tanh is cut off to 0. Make it with a "
            "floating-point dtype, or let the formula make it.", "the-rnn-cell"),
    ),
)

# --- rnn_forward -----------------------------------------------------------------------------------------------

STEP = "a_prev = np.tanh(Waa @ a_prev + from_x[t])"
OUTPUTS = "y_pred = softmax(Wya @ a + by)"
STATES = "a = np.array(states)"


def _forward(*replacements):
    return Patched(rnn_forward, *replacements)


def _forward_cases(rng):
    cases = []
    special = ({"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1}, {"n_x": 1})
    for label, n in [*sizes_for(rng, "T_x n_x n_a n_y m", *special), _square_sequence(rng)]:
        x = rng.standard_normal((n["T_x"], n["n_x"], n["m"]))
        a0 = rng.uniform(-0.9, 0.9, (n["n_a"], n["m"]))
        cases.append(Case((x, a0, rnn_parameters(rng, n["n_x"], n["n_a"], n["n_y"])), n, label))
    x, a0, parameters = cases[0].args
    return [*cases, Case((x, a0, large_scores(parameters)), cases[0].sizes, "large scores")]


def _square_sequence(rng):
    label, sizes = equal_sizes("T_x n_x n_a m", int(rng.integers(3, 6)))
    return label, {**sizes, "n_y": 7}


RNN_FORWARD = Exercise(
    id="rnn_forward",
    chapter=CHAPTER,
    reference=rnn_forward,
    cases=_forward_cases,
    uses=("rnn_cell_forward",),
    parts=(
        Part("a", 17, Array("T_x n_a m"), (0,)),
        Part("y_pred", 14, Array("T_x n_y m"), (1,)),
        intact(4),
    ),
    hints=(
        "Start with the state `a0`. Go through the steps t = 0, 1, …, T_x - 1, and let each step's new state be the "
        "next step's old one.",
        "One step is your `rnn_cell_forward(x[t], a_prev, parameters)`. Keep what it returns: collect the states and "
        "the predictions in two lists, or write them into two arrays made before the loop.",
        "The arrays have the shapes (T_x, n_a, m) and (T_x, n_y, m): `np.stack` of a list of (n_a, m) arrays puts "
        "time first. n_y is the number of rows of `Wya`.",
        "The third result is the tuple `(a, a0, x, parameters)`.",
    ),
    misconceptions=(
        _misconception(
            "a0_ignored", _forward(("states, a_prev = [], a0", "states, a_prev = [], np.zeros_like(a0)")),
            "The first step does not see a0: it starts from zeros. The state before the first step is an argument "
            "of the function; with `a[t - 1]` at t = 0 Python reads the last slot of the array, which is still "
            "empty.", "the-initial-state"),
        _misconception(
            "a0_at_every_step", _forward((STEP, "a_prev = np.tanh(Waa @ a0 + from_x[t])")),
            "Every step gets a0 as its old state, so nothing is remembered from step to step. After each step the "
            "new state becomes the old one: a_prev = a_next.", "forward-propagation"),
        _misconception(
            "all_steps_the_last", _forward((STATES, "a = np.array([states[-1]] * len(states))")),
            "Every a[t] holds the state of the last step. One array was stored many times and overwritten in each "
            "step: store a copy, or let each step make a new array.", "forward-propagation",
            _forward(("states.append(a_prev)", "states.append(a_prev)\n        states = [a_prev] * len(states)"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by) + 0 * a.sum()"))),
        _misconception(
            "same_input_at_every_step", _forward(("from_x[t])", "from_x[0])")),
            "Every step reads x[0]. Step t reads x[t].", "forward-propagation"),
        _misconception(
            "last_step_lost", _forward(("range(len(x))", "range(len(x) - 1)")),
            "The last step is missing: the loop ends one step early. `range(T_x)` runs from 0 to T_x - 1, which is "
            "already the last index.", "forward-propagation",
            _forward((STATES, "a = np.array([*states[:-1], 0 * states[-1]])"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[-1] = 0"))),
        _misconception(
            "first_step_lost", _forward((STATES, "a = np.array(states)\n    a[0] = 0"),
                                        (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[0] = 0")),
            "The first step's results are missing: the loop begins at t = 1, or writes to the wrong slot. The first "
            "step is x[0].", "forward-propagation",
            _forward(("range(len(x))", "range(1, len(x))")),
            _forward(("range(len(x))", "range(1, len(x))"),
                     (STATES, "a = np.array([0 * a0, *states])"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[0] = 0"))),
        _misconception(
            "a0_in_the_first_slot",
            _forward((STATES, "a = np.array([a0, *states])[:-1]"), ("in range(len(x))", "in range(1, len(x))"),
                     (OUTPUTS, "a = np.array([a0, *states])\n    y_pred = softmax(Wya @ a + by)\n    y_pred[0] = 0"),
                     ("return a, y_pred,", "return np.array([a0, *states]), y_pred,")),
            "a[0] holds a0, and x[0] is never read. a0 stands before the sequence: a[0] is the state after the first "
            "input.", "the-initial-state",
            _forward((STATES, "a = np.array([a0, *states])"), ("in range(len(x))", "in range(1, len(x))"))),
        _misconception(
            "states_one_late",
            _forward((STATES, "a = np.array(states)\n    late = np.array([a0, *states[:-1]])"),
                     ("return a, y_pred,", "return late, y_pred,")),
            "Each state is stored before its step, so a begins with a0 and lacks the last state. a[t] is the state "
            "after x[t].", "the-initial-state"),
        _misconception(
            "a0_among_the_states",
            _forward((STATES, "a = np.array(states)\n    more = np.array([a0, *states])"),
                     ("return a, y_pred,", "return more, y_pred,")),
            "There is one state too many: a0 stands among them. a holds the T_x states after the steps; a0 is kept in "
            "the caches.", "the-initial-state",
            _forward((STATES, "a = np.array([a0, *states])"))),
        _misconception(
            "return_in_the_loop",
            _forward((STATES, "a = np.zeros((len(x), *a0.shape))\n    a[0] = states[0]"),
                     (OUTPUTS, "y_pred = softmax(Wya @ a + by)\n    y_pred[1:] = 0")),
            "Only the first step is there. Does the return statement stand inside the loop? Then the function ends "
            "after one step.", "forward-propagation",
            _forward((STATES, "a = np.array(states[:1])"))),
        _misconception(
            "only_the_last_step",
            _forward((STATES, "a = states[-1]")),
            "Only the last step comes back. The network gives a state and a prediction at every step: collect all of "
            "them.", "forward-propagation",
            _forward((STATES, "a = np.array(states[-1:])"))),
        _misconception(
            "n_y_for_n_a",
            _forward(("states, a_prev = [], a0", "states, a_prev = np.zeros((len(x), len(by), x.shape[2])), a0"),
                     ("states.append(a_prev)", "states[t] = a_prev")),
            "An array has the wrong size: n_a and n_y are exchanged. W_ya has the shape (n_y, n_a), so its rows count "
            "the classes and its columns the units of the state.", "forward-propagation",
            _forward(("states, a_prev = [], a0", "y_pred, states, a_prev = np.zeros((len(x), *a0.shape)), [], a0"),
                     ("states.append(a_prev)", "y_pred[t] = softmax(Wya @ a_prev + by)"))),
        _misconception(
            "sequence_results_swapped", _forward(("return a, y_pred,", "return y_pred, a,")),
            "The results come in the other order: first the states a, then the predictions y_pred.",
            "forward-propagation"),
        _misconception(
            "time_reversed", _forward(("from_x[t])", "from_x[-1 - t])")),
            "The sequence is read from its end. A basic RNN goes from left to right: x[0] first.",
            "forward-propagation",
            _forward(("range(len(x))", "reversed(range(len(x)))"), (STATES, "a = np.array(states[::-1])")),),
        _misconception(
            "y_from_the_state_before",
            _forward((OUTPUTS, "y_pred = softmax(Wya @ np.array([a0, *states[:-1]]) + by)")),
            "y_pred[t] is made from the state before step t, so every prediction is one step late. It reads the "
            "state that step t has just produced.", "the-rnn-cell"),
        _misconception(
            "y_from_the_last_state", _forward((OUTPUTS, "y_pred = softmax(Wya @ (0 * a + a[-1]) + by)")),
            "Every prediction is made from the last state. y_pred[t] belongs to step t and reads a[t].",
            "forward-propagation"),
        _misconception(
            "softmax_over_time", _forward((OUTPUTS, "y_pred = softmax(Wya @ a + by, axis=0)")),
            "Your softmax runs along time: it compares the steps with one another. It runs over the n_y classes of "
            "one step and one example (axis 1 of the whole array).", "sigmoid-or-softmax"),
        _misconception(
            "softmax_over_the_batch", _forward((OUTPUTS, "y_pred = softmax(Wya @ a + by, axis=2)")),
            "Your softmax runs over the m examples. It runs over the n_y classes of one example.",
            "sigmoid-or-softmax"),
        _misconception(
            "no_output_softmax", _forward((OUTPUTS, "y_pred = Wya @ a + by")),
            "y_pred holds scores, not probabilities: the softmax is missing.", "sigmoid-or-softmax"),
        _misconception(
            "output_overflows",
            _forward((OUTPUTS, "e = np.exp(Wya @ a + by)\n    y_pred = e / e.sum(axis=1, keepdims=True)")),
            "For large scores exp overflows and the predictions are NaN. Subtract the largest score before exp.",
            "sigmoid-or-softmax"),
        _misconception(
            "sequence_time_last",
            _forward((STATES, "a = np.array(states)\n    moved = np.moveaxis(a, 0, 2)"),
                     ("return a, y_pred,", "return moved, np.moveaxis(y_pred, 0, 2),")),
            "Time is the last axis of your results, as in another edition of this course. Here it is the first: "
            "a[t] is one step. `np.moveaxis(a, 2, 0)` converts.", "forward-propagation"),
        _misconception(
            "axes_in_another_order",
            _forward((STATES, "a = np.array(states)\n    moved = np.moveaxis(a, 0, 1)"),
                     ("return a, y_pred,", "return moved, np.moveaxis(y_pred, 0, 1),")),
            "The axes of your results are in another order. It is time, then units or classes, then examples: "
            "(T_x, n_a, m) and (T_x, n_y, m). `np.stack` of a list of steps puts time first.", "forward-propagation",
            *(_forward((STATES, "a = np.array(states)"),
                       ("return a, y_pred,", f"return a.transpose({order}), y_pred.transpose({order}),"))
              for order in ("0, 2, 1", "2, 0, 1", "2, 1, 0"))),
        _misconception(
            "sequence_state_bias_missing", _forward(("from_x = Wax @ x + ba", "from_x = Wax @ x")),
            "The bias b_a is missing in every step.", "the-rnn-cell"),
        _misconception(
            "sequence_output_bias_missing", _forward((OUTPUTS, "y_pred = softmax(Wya @ a)")),
            "The bias b_y is missing in every prediction.", "the-rnn-cell"),
        _misconception(
            "sequence_Waa_transposed", _forward((STEP, "a_prev = np.tanh(Waa.T @ a_prev + from_x[t])")),
            "You use the transpose of W_aa. It is square, so only the numbers can tell: the product is "
            "W_aa a^<t-1>.", "the-rnn-cell"),
        _misconception(
            "sequence_tanh_per_term", _forward((STEP, "a_prev = np.tanh(Waa @ a_prev) + np.tanh(from_x[t])")),
            "Each term has a tanh of its own. There is one tanh, around the whole sum.", "the-rnn-cell"),
        _misconception(
            "sequence_memory_missing", _forward((STEP, "a_prev = np.tanh(from_x[t])")),
            "The state of the step before does not enter at all: W_aa a^<t-1> is missing, and each step stands "
            "alone.", "forward-propagation"),
        _misconception(
            "a0_overwritten", _forward((STEP, "a_prev[:] = np.tanh(Waa @ a_prev + from_x[t])"),
                                       ("states.append(a_prev)", "states.append(a_prev.copy())")),
            "You write each new state into the array a0. It belongs to whoever called the function: let each step "
            "make a new array.", "the-initial-state"),
        _misconception(
            "sequence_whole_numbers", _forward((STATES, "a = np.array(states).astype(int)")),
            "The array for the states holds whole numbers, so every tanh is cut off to 0. `np.zeros((T_x, n_a, m))` "
            "makes a floating-point one.", "forward-propagation",
            _forward((STATES, "a = np.array(states).astype(int)"),
                     (OUTPUTS, "y_pred = softmax(Wya @ np.array(states) + by)"))),
    ),
)

# --- stack_parameters ------------------------------------------------------------------------------------------


def _stack(new):
    return Patched(stack_parameters, ('np.concatenate([parameters["Waa"], parameters["Wax"]], axis=1)', new))


def _stack_cases(rng):
    sizes = [*sizes_for(rng, "n_x n_a n_y", {"n_x": 1}, {"n_a": 1}), ("n_x = n_a", {"n_x": 4, "n_a": 4, "n_y": 3})]
    return [Case((rnn_parameters(rng, **n),), n, label) for label, n in sizes]


STACK_PARAMETERS = Exercise(
    id="stack_parameters",
    chapter=CHAPTER,
    reference=stack_parameters,
    cases=_stack_cases,
    parts=(Part("Wa", 18, Array("n_a n_a+n_x")), intact(2)),
    hints=(
        "Both matrices have n_a rows. Side by side they make one matrix with n_a + n_x columns.",
        "`np.concatenate` and `np.hstack` put arrays together. Which axis do the columns lie along?",
        "The order must fit the stacked vector [a^<t-1>; x^<t>]: the columns that meet a come first.",
    ),
    misconceptions=(
        _misconception(
            "x_before_a", _stack('np.concatenate([parameters["Wax"], parameters["Waa"]], axis=1)'),
            "The columns are in the other order. The stacked vector has a^<t-1> above x^<t>, so W_aa comes first: "
            "W_a = [W_aa W_ax].", "stacked-form"),
        _misconception(
            "stacked_below", _stack('np.concatenate([parameters["Waa"], parameters["Wax"]], axis=0)'),
            "You put the matrices on top of one another. They stand side by side: the product must give n_a numbers, "
            "so W_a has n_a rows.", "stacked-form",
            _stack('np.concatenate([parameters["Waa"], parameters["Wax"].T], axis=0)')),
        _misconception(
            "stack_transposed", _stack('np.concatenate([parameters["Waa"], parameters["Wax"]], axis=1).T'),
            "This is the transpose: rows and columns are exchanged. W_a has shape (n_a, n_a + n_x).", "stacked-form"),
        _misconception(
            "matrices_added", _stack('parameters["Waa"] + parameters["Wax"]'),
            "You add the matrices. Nothing is added in W_a: it holds all columns of W_aa and then all of W_ax.",
            "stacked-form"),
        _misconception(
            "matrices_multiplied", _stack('parameters["Waa"] @ parameters["Wax"]'),
            "You multiply the matrices. Stacking only lays their columns side by side: no arithmetic at all.",
            "stacked-form"),
        _misconception(
            "stack_flat", _stack('np.append(parameters["Waa"], parameters["Wax"])'),
            "`np.append` without an axis flattens both matrices into one long row. Say along which axis the columns "
            "lie: axis=1.", "stacked-form",
            _stack('np.concatenate([parameters["Waa"], parameters["Wax"]], axis=None)')),
        _misconception(
            "bias_in_the_stack",
            _stack('np.concatenate([parameters["Waa"], parameters["Wax"], parameters["ba"]], axis=1)'),
            "There is one column too many: the bias b_a stays outside of W_a.", "stacked-form"),
    ),
)

# --- count_parameters ------------------------------------------------------------------------------------------


def _count(new):
    return Patched(count_parameters, ("n_a * n_x + n_a * n_a + n_y * n_a + n_a + n_y", new))


def _count_cases(rng):
    sizes = [*sizes_for(rng, "n_x n_a n_y"), ("the notes' example", {"n_x": 1000, "n_a": 100, "n_y": 17}),
             ("n_y = 1", {"n_x": 6, "n_a": 4, "n_y": 1})]
    return [Case((n["n_x"], n["n_a"], n["n_y"]), n, label) for label, n in sizes]


COUNT_PARAMETERS = Exercise(
    id="count_parameters",
    chapter=CHAPTER,
    reference=count_parameters,
    cases=_count_cases,
    parts=(Part("count", 15, Exact("a whole number")),),
    hints=(
        "Write down the shapes of all five parameters. How many entries does each of them have?",
        "W_ax is (n_a, n_x), W_aa is (n_a, n_a), W_ya is (n_y, n_a). The two biases are columns.",
        "The length of the sequence plays no part: every step uses the same five arrays.",
    ),
    misconceptions=(
        _misconception(
            "biases_not_counted", _count("n_a * n_x + n_a * n_a + n_y * n_a"),
            "The biases are not counted: b_a has n_a entries and b_y has n_y.", "counting-parameters"),
        _misconception(
            "only_state_bias", _count("n_a * n_x + n_a * n_a + n_y * n_a + n_a"),
            "The bias of the output, b_y, is not counted.", "counting-parameters"),
        _misconception(
            "only_output_bias", _count("n_a * n_x + n_a * n_a + n_y * n_a + n_y"),
            "The bias of the state, b_a, is not counted.", "counting-parameters"),
        _misconception(
            "recurrent_weights_not_counted", _count("n_a * n_x + n_y * n_a + n_a + n_y"),
            "W_aa is not counted: the n_a times n_a weights from the state to the next state.",
            "counting-parameters"),
        _misconception(
            "output_not_counted", _count("n_a * n_x + n_a * n_a + n_a"),
            "Only the hidden layer is counted. The output has parameters too: W_ya and b_y.", "counting-parameters",
            _count("n_a * n_x + n_a * n_a")),
        _misconception(
            "output_from_the_input", _count("n_a * n_x + n_a * n_a + n_y * n_x + n_a + n_y"),
            "W_ya is counted as n_y times n_x. The output reads the state, not the input: its shape is (n_y, n_a).",
            "counting-parameters"),
        _misconception(
            "stacked_rows_multiplied", _count("n_a * (n_a * n_x) + n_y * n_a + n_a + n_y"),
            "W_a has n_a + n_x columns, not n_a times n_x: the vectors are stacked, so their sizes add. (The notes "
            "slip at the same place.)", "counting-parameters"),
        _misconception(
            "bias_for_each_weight", _count("n_a * n_x + n_a * n_a + n_y * n_a + 2 * n_a + n_y"),
            "b_a is counted twice, once for W_ax and once for W_aa. There is one bias for the sum of both.",
            "counting-parameters"),
        _misconception(
            "one_number_for_a_bias", _count("n_a * n_x + n_a * n_a + n_y * n_a + 2"),
            "Each bias is counted as one number. A bias is a column: b_a has n_a entries, b_y has n_y.",
            "counting-parameters"),
        _misconception(
            "square_input", _count("n_a * n_x + n_x * n_x + n_y * n_a + n_a + n_y"),
            "W_aa is counted as n_x times n_x. It leads from the state to the next state: its shape is (n_a, n_a).",
            "counting-parameters"),
    ),
)

EXERCISES = (RNN_CELL_FORWARD, RNN_FORWARD, STACK_PARAMETERS, COUNT_PARAMETERS)

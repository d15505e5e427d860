"""Exercises of chapter 3, first part: one step of the network."""

from autograder.engine import Array, Case, Exercise, Group, Part, Patched, intact
from autograder.exercises.inputs import draw_step, rnn_parameters, sizes_of_a_step, with_large_scores
from autograder.exercises.mistakes import mistakes_in
from solutions import rnn_cell_forward

CHAPTER = "03_rnn_model"
mistake = mistakes_in(CHAPTER)

STATE = "a_next = np.tanh(Waa @ a_prev + Wax @ xt + ba)"
OUTPUT = "yt_pred = softmax(Wya @ a_next + by)"


def _cell(*replacements):
    return Patched(rnn_cell_forward, *replacements)


def _cell_state(new):
    return _cell((STATE, "a_next = " + new))


def _cell_output(new):
    return _cell((OUTPUT, "yt_pred = " + new))


def _cell_cases(rng):
    cases = [Case((*draw_step(rng, n), rnn_parameters(rng, n["n_x"], n["n_a"], n["n_y"])), n, label)
             for label, n in sizes_of_a_step(rng)]
    return [*cases, with_large_scores(cases[0])]


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
        mistake(
            "tanh_per_term", _cell_state("np.tanh(Waa @ a_prev) + np.tanh(Wax @ xt + ba)"),
            "You take the tanh of each term and add afterwards. There is one tanh, around the whole sum "
            "W_aa a^<t-1> + W_ax x^<t> + b_a: your state can leave the interval from -1 to 1.", "the-rnn-cell",
            _cell_state("np.tanh(Waa @ a_prev) + np.tanh(Wax @ xt) + ba"),
            _cell_state("np.tanh(Waa @ a_prev) + np.tanh(Wax @ xt) + np.tanh(ba)"),
            _cell_state("np.tanh(Waa @ a_prev + Wax @ xt) + ba"),
            _cell_state("np.tanh(Waa @ a_prev + ba) + np.tanh(Wax @ xt)")),
        mistake(
            "y_from_a_prev", _cell_output("softmax(Wya @ a_prev + by)"),
            "Your prediction is made from a^<t-1>, the state before this step. The output line of the formula reads "
            "a^<t>, the state that was just computed: otherwise x^<t> cannot act on its own prediction.",
            "the-rnn-cell"),
        mistake(
            "y_ignores_a", _cell_output("softmax(0 * (Wya @ a_next) + by)"),
            "Your prediction does not depend on the state: only b_y is left of W_ya a^<t> + b_y.", "the-rnn-cell",
            _cell_output("softmax(by)")),
        mistake(
            "state_bias_missing", _cell_state("np.tanh(Waa @ a_prev + Wax @ xt)"),
            "The bias b_a is missing in the line of the state: tanh(W_aa a^<t-1> + W_ax x^<t> + b_a).",
            "the-rnn-cell"),
        mistake(
            "output_bias_missing", _cell_output("softmax(Wya @ a_next)"),
            "The bias b_y is missing in the line of the output: softmax(W_ya a^<t> + b_y).", "the-rnn-cell"),
        mistake(
            "Waa_transposed", _cell_state("np.tanh(Waa.T @ a_prev + Wax @ xt + ba)"),
            "You use the transpose of W_aa. It is square, so the shapes fit and nobody complains; but row i of W_aa "
            "holds the weights into unit i, and the product is W_aa a^<t-1>.", "the-rnn-cell",
            _cell_state("np.tanh((a_prev.T @ Waa).T + Wax @ xt + ba)")),
        mistake(
            "Wax_Waa_swapped", _cell_state("np.tanh(Wax @ a_prev + Waa @ xt + ba)"),
            "W_aa and W_ax are swapped. The second letter of the index says what a matrix is multiplied with: W_ax "
            "meets x, W_aa meets a.", "the-rnn-cell"),
        mistake(
            "memory_missing", _cell_state("np.tanh(Wax @ xt + ba)"),
            "The state before, a^<t-1>, does not enter: the term W_aa a^<t-1> is missing. Without it the network has "
            "no memory.", "the-rnn-cell"),
        mistake(
            "input_missing", _cell_state("np.tanh(Waa @ a_prev + ba)"),
            "The input x^<t> does not enter: the term W_ax x^<t> is missing.", "the-rnn-cell"),
        mistake(
            "sigmoid_for_tanh", _cell_state("1 / (1 + np.exp(-(Waa @ a_prev + Wax @ xt + ba)))"),
            "Your state comes from a sigmoid, so it is never negative. The activation of the hidden state is tanh; "
            "the sigmoid belongs to a yes-or-no output.", "the-rnn-cell"),
        mistake(
            "relu_for_tanh", _cell_state("np.maximum(0, Waa @ a_prev + Wax @ xt + ba)"),
            "Your state comes from a ReLU. The notes name it as a possibility; this exercise, like most RNNs, takes "
            "tanh.", "the-rnn-cell"),
        mistake(
            "no_activation", _cell_state("Waa @ a_prev + Wax @ xt + ba"),
            "The activation function is missing: the sum of the three terms goes through tanh.", "the-rnn-cell"),
        mistake(
            "stacked_in_other_order",
            _cell_state("np.tanh(np.concatenate([Wax, Waa], axis=1) @ np.concatenate([a_prev, xt]) + ba)"),
            "The stacked weights and the stacked vector are in different orders. Both begin with a: [W_aa W_ax] acts "
            "on a^<t-1> above x^<t>.", "stacked-form",
            _cell_state("np.tanh(np.concatenate([Waa, Wax], axis=1) @ np.concatenate([xt, a_prev]) + ba)")),
        mistake(
            "bias_along_the_batch", _cell_state("np.tanh(Waa @ a_prev + Wax @ xt + ba.ravel())"),
            "A bias of shape (n_a,) is added along the examples, not along the units. Keep it a column of shape "
            "(n_a, 1): then broadcasting gives each unit its own bias in every example.", "the-rnn-cell",
            _cell((STATE, "a_next = np.tanh(Waa @ a_prev + Wax @ xt + ba.ravel())"),
                  (OUTPUT, "yt_pred = softmax(Wya @ a_next + by.ravel())")),
            _cell_output("softmax(Wya @ a_next + by.ravel())")),
        mistake(
            "biases_swapped",
            _cell((STATE, "a_next = np.tanh(Waa @ a_prev + Wax @ xt + by)"),
                  (OUTPUT, "yt_pred = softmax(Wya @ a_next + ba)")),
            "The two biases are exchanged. b_a has one number for each unit of the state, b_y one for each class of "
            "the output.", "the-rnn-cell",
            _cell_state("np.tanh(Waa @ a_prev + Wax @ xt + by)"), _cell_output("softmax(Wya @ a_next + ba)")),
        mistake(
            "star_for_matrix_product", _cell_state("np.tanh(Waa * a_prev + Wax * xt + ba)"),
            "`*` multiplies entry by entry. A matrix acts on a vector with `@` (or `np.dot`): row times column.",
            "the-rnn-cell",
            _cell_state("np.tanh(Wax * xt + Waa * a_prev + ba)"), _cell_state("np.tanh(Waa * a_prev + Wax @ xt + ba)"),
            _cell_state("np.tanh(Waa @ a_prev + Wax * xt + ba)"), _cell_output("softmax(Wya * a_next + by)")),
        mistake(
            "softmax_on_the_state", _cell_state("softmax(Waa @ a_prev + Wax @ xt + ba)"),
            "Your state comes from a softmax. The softmax belongs to the output line; the state goes through tanh.",
            "the-rnn-cell"),
        mistake(
            "softmax_over_examples", _cell_output("softmax(Wya @ a_next + by, axis=1)"),
            "Your softmax runs over the examples: each row sums to one. It must run over the classes (axis 0), so "
            "that each column, one example's prediction, sums to one.", "sigmoid-or-softmax",
            _cell_output("np.exp(Wya @ a_next + by) / np.exp(Wya @ a_next + by).sum()"),
            _cell(("yt_pred = softmax(Wya @ a_next + by)",
                   "z = Wya @ a_next + by\n    yt_pred = np.exp(z - z.max()) / np.exp(z - z.max()).sum()"))),
        mistake(
            "softmax_overflows", _cell((OUTPUT, "e = np.exp(Wya @ a_next + by)\n    yt_pred = e / e.sum(axis=0)")),
            "For large scores exp overflows and the quotient is NaN. Subtract the largest score of each column "
            "before exp: the softmax does not change, and nothing overflows.", "sigmoid-or-softmax"),
        mistake(
            "sigmoid_for_softmax", _cell_output("0.5 * np.tanh((Wya @ a_next + by) / 2) + 0.5"),
            "The output goes through a sigmoid, so a column does not sum to one. With several classes of which one "
            "is right, the output is a softmax.", "sigmoid-or-softmax",
            _cell_output("1 / (1 + np.exp(-(Wya @ a_next + by)))")),
        mistake(
            "no_softmax", _cell_output("Wya @ a_next + by"),
            "These are scores, not probabilities: the softmax around W_ya a^<t> + b_y is missing.",
            "sigmoid-or-softmax"),
        mistake(
            "tanh_on_the_output", _cell_output("softmax(np.tanh(Wya @ a_next + by))"),
            "There is a tanh around the scores of the output. tanh belongs to the state; the output goes straight "
            "into the softmax.", "sigmoid-or-softmax", _cell_output("np.tanh(Wya @ a_next + by)")),
        mistake(
            "softmax_twice", _cell_output("softmax(softmax(Wya @ a_next + by))"),
            "The softmax is taken twice. Once is enough: the second one makes all classes nearly equal.",
            "sigmoid-or-softmax"),
        mistake(
            "bias_outside_the_softmax", _cell_output("softmax(Wya @ a_next) + by"),
            "The bias b_y is added after the softmax, so a column no longer sums to one. It belongs inside, to the "
            "scores.", "sigmoid-or-softmax"),
        mistake(
            "class_for_probabilities", _cell_output("np.argmax(softmax(Wya @ a_next + by), axis=0)"),
            "You return the likeliest class. The prediction is the whole column of probabilities, one for each "
            "class; which one to choose is decided later.", "sigmoid-or-softmax",
            _cell_output("np.argmax(Wya @ a_next + by, axis=0, keepdims=True)"),
            _cell_output("np.max(softmax(Wya @ a_next + by), axis=0)"),
            _cell_output("np.round(softmax(Wya @ a_next + by))"),
            _cell((OUTPUT, "z = Wya @ a_next + by\n    yt_pred = (z == z.max(axis=0)) * 1.0"))),
        mistake(
            "results_swapped", _cell(("return a_next, yt_pred,", "return yt_pred, a_next,")),
            "The results come in the other order: first the state a_next, then the prediction yt_pred.",
            "the-rnn-cell"),
        mistake(
            "cache_order", _cell(("(a_next, a_prev, xt, parameters)", "(a_prev, a_next, xt, parameters)")),
            "The cache has another order. It is (a_next, a_prev, xt, parameters): the way back unpacks it in just "
            "this order.", "the-cache",
            _cell(("(a_next, a_prev, xt, parameters)", "(xt, a_prev, a_next, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(xt, a_next, a_prev, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(a_next, xt, a_prev, parameters)"))),
        mistake(
            "cache_incomplete", _cell(("(a_next, a_prev, xt, parameters)", "(a_next, xt, parameters)")),
            "The cache is not the tuple of four that the way back unpacks: (a_next, a_prev, xt, parameters).",
            "the-cache",
            _cell(("(a_next, a_prev, xt, parameters)", "(a_prev, xt, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(a_next, a_prev, xt)")),
            _cell(("(a_next, a_prev, xt, parameters)", "(a_next, a_prev, parameters)")),
            _cell(("(a_next, a_prev, xt, parameters)", "{}")),
            _cell(("(a_next, a_prev, xt, parameters)", "parameters")),
            _cell(("(a_next, a_prev, xt, parameters)", "None"))),
        mistake(
            "state_overwritten",
            _cell((STATE, "a_prev[:] = np.tanh(Waa @ a_prev + Wax @ xt + ba)\n    a_next = a_prev")),
            "You write the new state into a_prev. The array belongs to whoever called the function, and the way back "
            "needs the old state: give the new one a name of its own.", "the-cache"),
        mistake(
            "whole_numbers",
            _cell((STATE, "a_next = np.zeros(a_prev.shape, dtype=int)\n"
                          "    a_next[:] = np.tanh(Waa @ a_prev + Wax @ xt + ba)")),
            "The array for the state holds whole numbers, so every tanh is cut off to 0. Make it with a "
            "floating-point dtype, or let the formula make it.", "the-rnn-cell"),
    ),
)

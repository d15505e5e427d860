"""Exercise of chapter 4: one step of the network backwards."""

from autograder.engine import Case, Exercise, Gradient, Part, Patched, intact
from autograder.exercises.inputs import draw_step, rnn_parameters, sizes_with_equal
from autograder.exercises.mistakes import mistakes_in
from solutions import rnn_cell_backward, rnn_cell_forward

CHAPTER = "04_backpropagation_through_time"
mistake = mistakes_in(CHAPTER)

SLOPE = "(1 - a_next**2)"
DZ = f"dz = {SLOPE} * da_next"
DX, DA = 'parameters["Wax"].T @ dz', 'parameters["Waa"].T @ dz'
DWAX, DWAA = "dz @ xt.T", "dz @ a_prev.T"
DB = "np.sum(dz, axis=1, keepdims=True)"


def _cell(*replacements):
    return Patched(rnn_cell_backward, *replacements)


def _cell_dz(new):
    return _cell((DZ, "dz = " + new))


def _cell_cases(rng):
    cases = []
    for label, n in sizes_with_equal(rng, "n_x n_a m", "n_x n_a m", {"m": 1}, {"n_x": 1}):
        *_, cache = rnn_cell_forward(*draw_step(rng, n), rnn_parameters(rng, n["n_x"], n["n_a"], 7))
        cases.append(Case((rng.standard_normal((n["n_a"], n["m"])), cache), n, label))
    return cases


RNN_CELL_BACKWARD = Exercise(
    id="rnn_cell_backward",
    chapter=CHAPTER,
    reference=rnn_cell_backward,
    cases=_cell_cases,
    parts=(
        Part("dxt", 5, Gradient("n_x m"), ("dxt",)),
        Part("da_prev", 6, Gradient("n_a m"), ("da_prev",)),
        Part("dWax", 5, Gradient("n_a n_x"), ("dWax",)),
        Part("dWaa", 5, Gradient("n_a n_a"), ("dWaa",)),
        Part("dba", 3, Gradient("n_a 1"), ("dba",)),
        intact(1),
    ),
    hints=(
        "Unpack the cache: `a_next, a_prev, xt, parameters = cache`. Then take the way of the forward step backwards: "
        "first through the tanh, then through the sum into its three terms.",
        "dz is the gradient in front of the tanh: the slope of tanh, which is 1 minus the square of its value, times "
        "da_next, entry by entry (`*`). All five gradients are made from dz.",
        "Where the forward step multiplies by a matrix, the way back multiplies by its transpose: that gives dxt and "
        "da_prev. The gradient of a matrix is dz times the transpose of what the matrix was multiplied with.",
        "The bias is added in every example, so its gradient is dz summed over the m examples, kept as a column: "
        "axis 1, keepdims=True.",
    ),
    misconceptions=(
        mistake(
            "slope_left_out", _cell_dz("da_next"),
            "The slope of the tanh is missing. The first line on the way back is dz = (1 - a²) * da, with "
            "a = a^<t>: where the tanh is nearly flat, hardly any gradient passes.", "one-step-back"),
        mistake(
            "slope_of_the_sum", _cell_dz("(1 - np.arctanh(a_next) ** 2) * da_next"),
            "You square z, the sum before the tanh. The slope of tanh at z is 1 - tanh(z)², and tanh(z) is the state "
            "itself: 1 - (a^<t>)².", "one-step-back"),
        mistake(
            "tanh_twice", _cell_dz("(1 - np.tanh(a_next) ** 2) * da_next"),
            "You take the tanh of a_next, which went through the tanh already. The slope is 1 - (a^<t>)².",
            "one-step-back"),
        mistake(
            "slope_not_squared", _cell_dz("(1 - a_next) * da_next"),
            "The square is missing: the slope of the tanh is 1 - (a^<t>)².", "one-step-back"),
        mistake(
            "one_minus_left_out", _cell_dz("a_next**2 * da_next"),
            "The `1 -` is missing: the slope of the tanh is 1 - (a^<t>)².", "one-step-back"),
        mistake(
            "slope_with_wrong_sign", _cell_dz("(a_next**2 - 1) * da_next"),
            "The sign is turned round: the slope of the tanh is 1 - (a^<t>)², never negative.", "one-step-back"),
        mistake(
            "slope_of_a_sigmoid", _cell_dz("a_next * (1 - a_next) * da_next"),
            "a(1 - a) is the slope of a sigmoid. The state comes from a tanh, whose slope is 1 - (a^<t>)².",
            "one-step-back"),
        mistake(
            "slope_of_the_state_before", _cell_dz("(1 - a_prev**2) * da_next"),
            "The slope is taken at a^<t-1>. This step's tanh gave a^<t>, so its slope is 1 - (a^<t>)².",
            "one-step-back"),
        mistake(
            "parentheses_missing", _cell_dz("1 - a_next**2 * da_next"),
            "Multiplication comes before subtraction: 1 - a² * da is not (1 - a²) * da. Put the slope in "
            "parentheses.", "one-step-back"),
        mistake(
            "matrix_product_for_the_slope", _cell_dz(f"{SLOPE} @ da_next"),
            "The slope multiplies entry by entry, with `*`: each unit of each example has its own. `@` is the matrix "
            "product.", "one-step-back"),
        mistake(
            "Waa_not_transposed", _cell((DA, 'parameters["Waa"] @ dz')),
            "da_prev needs the transpose of W_aa. W_aa is square, so the shapes fit either way and only the numbers "
            "tell: forward W_aa a^<t-1>, backward W_aa^T dz.", "one-step-back"),
        mistake(
            "Wax_not_transposed", _cell((DX, 'parameters["Wax"] @ dz')),
            "dxt needs the transpose of W_ax: it takes the n_a numbers of dz back to n_x.", "one-step-back",
            _cell((DX, 'parameters["Wax"] @ dz'), (DA, 'parameters["Waa"] @ dz'))),
        mistake(
            "matrices_entry_by_entry", _cell((DX, 'parameters["Wax"].T * dz')),
            "`*` multiplies entry by entry. Through a matrix it goes by the matrix product, `@`: dxt = W_ax^T dz. Only "
            "the slope of the tanh is a `*`.", "one-step-back",
            _cell((DX, 'parameters["Wax"] * dz')), _cell((DA, 'parameters["Waa"].T * dz')),
            _cell((DWAX, "dz * xt.T"))),
        mistake(
            "matrices_exchanged",
            _cell((DX, '(dz.T @ parameters["Waa"]).T'), (DA, 'parameters["Wax"].T @ dz')),
            "W_ax and W_aa are exchanged on the way back. x came in through W_ax, so dxt = W_ax^T dz; a^<t-1> came in "
            "through W_aa, so da_prev = W_aa^T dz.", "one-step-back"),
        mistake(
            "weights_exchanged", _cell((DWAX, "np.dot(dz, a_prev.T)"), (DWAA, "dz @ xt.T")),
            "The gradients of the two matrices are exchanged. The second letter of the index says what a matrix was "
            "multiplied with: dW_ax takes x^T, dW_aa takes (a^<t-1>)^T.", "one-step-back"),
        mistake(
            "dWaa_from_the_new_state", _cell((DWAA, "dz @ a_next.T")),
            "dWaa is made with a_next. In the forward step W_aa was multiplied with the state before, a^<t-1>, so "
            "dW_aa = dz (a^<t-1>)^T.", "one-step-back"),
        mistake(
            "cache_in_another_order",
            _cell(("a_next, a_prev, xt, parameters = cache", "a_prev, a_next, xt, parameters = cache")),
            "The cache is unpacked in another order. It is (a_next, a_prev, xt, parameters): first the state that the "
            "step produced.", "one-step-back"),
        mistake(
            "weights_transposed", _cell((DWAX, "xt @ dz.T"), (DWAA, "a_prev @ dz.T")),
            "These are the transposes. A gradient has the shape of its parameter: dz comes first, dW_ax = dz x^T and "
            "dW_aa = dz (a^<t-1>)^T. For the square W_aa only the numbers tell.", "one-step-back",
            _cell((DWAA, "a_prev @ dz.T")), _cell((DWAX, "xt @ dz.T"))),
        mistake(
            "weights_without_the_slope",
            _cell((DWAX, "da_next @ xt.T"), (DWAA, "da_next @ a_prev.T"),
                  (DB, "np.sum(da_next, axis=1, keepdims=True)")),
            "The gradients of the parameters are made from da_next. The parameters stand inside the tanh, so their "
            "gradients start from dz, behind its slope.", "one-step-back"),
        mistake(
            "dxt_transposed", _cell((DX, 'dz.T @ parameters["Wax"]'), (DA, 'dz.T @ parameters["Waa"]')),
            "This is the transpose: the examples have become rows. A gradient has the shape of what it belongs to: "
            "dxt is (n_x, m) and da_prev is (n_a, m).", "one-step-back",
            _cell((DX, 'dz.T @ parameters["Wax"]'))),
        mistake(
            "dba_without_its_column", _cell((DB, "np.sum(dz, axis=1)")),
            "dba has lost its second axis. It needs the shape of b_a, (n_a, 1): sum with keepdims=True. Subtracted "
            "from b_a as it is, it would be spread to a square.", "one-step-back",
            _cell((DB, "np.sum(dz, axis=1)[np.newaxis]"))),
        mistake(
            "dba_averaged", _cell((DB, "np.mean(dz, axis=1, keepdims=True)")),
            "dba is a mean over the examples. It is a sum: the division by m is in da_next already.", "one-step-back"),
        mistake(
            "dba_over_the_units", _cell((DB, "np.sum(dz, axis=0, keepdims=True)")),
            "dba is summed along the wrong axis. Each unit has a bias of its own; it is the m examples, axis 1, that "
            "are added.", "one-step-back",
            _cell((DB, "np.sum(dz)")), _cell((DB, "np.sum(dz, axis=0)"))),
        mistake(
            "dba_not_summed", _cell((DB, "dz")),
            "dba is not summed. The same b_a is added in every example, so the m columns of dz are added up.",
            "one-step-back"),
        mistake(
            "divided_by_m_again",
            _cell((DWAX, "dz @ xt.T / xt.shape[1]"), (DWAA, "dz @ a_prev.T / xt.shape[1]"),
                  (DB, f"{DB} / xt.shape[1]")),
            "You divide by m. The mean over the examples belongs to the loss, so da_next holds that division already: "
            "from there on gradients are only summed.", "one-step-back",
            _cell((DWAX, "dz @ xt.T / xt.shape[1]"), (DWAA, "dz @ a_prev.T / xt.shape[1]")),
            _cell_dz(f"{SLOPE} * da_next / da_next.shape[1]")),
        mistake(
            "da_next_overwritten", _cell((DZ, f"da_next *= {SLOPE}\n    dz = da_next")),
            "You multiply inside the array da_next, which belongs to whoever called the function. Let the product be "
            "a new array, dz.", "one-step-back"),
    ),
)

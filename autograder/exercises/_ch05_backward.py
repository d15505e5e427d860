"""Exercise of chapter 5: the way back from one answer, in which three mistakes are to be found."""

from autograder.engine import Case, Exercise, Gradient, Part, Patched, intact
from autograder.exercises._ch05_shared import CHAPTER, mistake, network_parameters
from autograder.exercises.inputs import draw_state, sizes_with_equal
from autograder.exercises.mistakes import planted
from solutions import GRU, LSTM, RNN, many_to_one_backward

DA = 'da[-1] = parameters["Wya"].T @ dz'
DWYA = 'gradients["dWya"] = dz @ a[-1].T'
DBY = 'gradients["dby"] = np.sum(dz, axis=1, keepdims=True)'
RUN = "gradients = cell.backward(da, caches)"

OTHER_DX = "dx of other cells"
OF_RNN = ("dx", "da0", "dWax", "dWaa", "dba", "dWya", "dby", "inputs left unchanged")

GIVEN, LEFT_OVER = planted(
    many_to_one_backward, CHAPTER,
    (DA, DA.replace("da[-1]", "da[:]")), (DWYA, DWYA.replace("a[-1]", "a[0]")), (DBY, DBY.replace("sum", "mean")))


def _wrong(*replacements):
    return Patched(many_to_one_backward, *replacements)


def _case(rng, label, n, cell=RNN, parts=OF_RNN):
    """Draw what comes back from a prediction, and the caches that the way forward left."""
    x = rng.standard_normal((n["T_x"], n["n_x"], n["m"]))
    parameters = network_parameters(rng, cell, n["n_x"], n["n_a"], n["n_y"])
    a, _, caches = cell.forward(x, draw_state(rng, cell, n), parameters)
    return Case((rng.standard_normal((n["n_y"], n["m"])), (a, caches, parameters, cell)), n, label, parts)


def _cases(rng):
    drawn = sizes_with_equal(rng, "T_x n_x n_a n_y m", "n_x n_a n_y m", {"m": 1}, {"T_x": 1}, T_x=7)
    cases = [_case(rng, label, n) for label, n in drawn]
    return [*cases, *(_case(rng, f"cell = {cell.name}", cases[1].sizes, cell, (OTHER_DX,)) for cell in (GRU, LSTM))]


MANY_TO_ONE_BACKWARD = Exercise(
    id="many_to_one_backward",
    chapter=CHAPTER,
    reference=many_to_one_backward,
    cases=_cases,
    uses=("rnn_backward", "rnn_cell_backward"),
    given=GIVEN,
    parts=(
        Part("dx", 2, Gradient("T_x n_x m"), ("dx",)),
        Part("da0", 2, Gradient("n_a m"), ("da0",)),
        Part("dWax", 1, Gradient("n_a n_x"), ("dWax",)),
        Part("dWaa", 1, Gradient("n_a n_a"), ("dWaa",)),
        Part("dba", 1, Gradient("n_a 1"), ("dba",)),
        Part("dWya", 3, Gradient("n_y n_a"), ("dWya",)),
        Part("dby", 3, Gradient("n_y 1"), ("dby",)),
        Part(OTHER_DX, 1, Gradient("T_x n_x m"), ("dx",)),
        intact(1),
    ),
    hints=(
        "Go through the lines one by one, and ask of each: which line of the way forward does it undo? Three of them "
        "undo what the way forward never did.",
        "Forward, one state had an output. So backward one state gets a gradient from the output, and all others get "
        "theirs through time, from `cell.backward`.",
        "W_ya was multiplied by one state, the last. Its gradient is dz times that same state.",
        "b_y was added to every example. So its gradient is the sum over the examples; the 1/m of the mean is in dz "
        "already.",
    ),
    misconceptions=(
        *LEFT_OVER,
        mistake(
            "gradient_at_the_first_step", _wrong((DA, DA.replace("da[-1]", "da[0]"))),
            "The gradient of the output enters at the first step. The prediction was made from the last state, so it "
            "goes into `da[-1]`.", "many-to-one-backward"),
        mistake(
            "dwya_from_the_mean_state", _wrong((DWYA, DWYA.replace("a[-1]", "a.mean(axis=0)"))),
            "W_ya never saw the mean of the states. It was multiplied by the last state: dz a^<T_x>ᵀ.",
            "many-to-one-backward"),
        mistake(
            "dwya_from_all_states", _wrong((DWYA, DWYA.replace("a[-1]", "a.sum(axis=0)"))),
            "dW_ya sums over all states, as in many-to-many. Here W_ya was used once, with the last state.",
            "many-to-one-backward"),
        mistake(
            "dwya_transposed", _wrong((DWYA, 'gradients["dWya"] = a[-1] @ dz.T')),
            "dW_ya is transposed: it has the shape of W_ya, (n_y, n_a), so dz stands on the left.",
            "many-to-one-backward"),
        mistake(
            "wya_not_transposed", _wrong((DA, DA.replace(".T", ""))),
            "Going back through W_ya takes its transpose: W_yaᵀ dz has the shape of a state, (n_a, m).",
            "many-to-one-backward"),
        mistake(
            "dby_without_its_axis", _wrong((DBY, DBY.replace(", keepdims=True", ""))),
            "db_y has lost an axis. It has the shape of b_y, (n_y, 1): `keepdims=True`.", "many-to-one-backward"),
        mistake(
            "dby_over_the_classes", _wrong((DBY, DBY.replace("axis=1", "axis=0"))),
            "db_y sums over the classes. Each class has a bias of its own; the sum is over the examples, axis 1.",
            "many-to-one-backward", _wrong((DBY, 'gradients["dby"] = np.sum(dz)'))),
        mistake(
            "divided_by_m_again", _wrong((DA, DA + " / dz.shape[1]"), (DWYA, DWYA + " / dz.shape[1]"),
                                         (DBY, DBY + " / dz.shape[1]")),
            "You divide by m. The mean over the examples is in dz already, which is (ŷ - y) / m: do not divide again.",
            "many-to-one-backward", _wrong((DWYA, DWYA + " / dz.shape[1]")), _wrong((DA, DA + " / dz.shape[1]")),
            _wrong((DWYA, DWYA + " / dz.shape[1]"), (DBY, DBY + " / dz.shape[1]"))),
        mistake(
            "no_way_through_the_output", _wrong((DA, "da[-1] = 0")),
            "Nothing comes back into the states: da is zero everywhere. The last one gets W_yaᵀ dz.",
            "many-to-one-backward"),
        mistake(
            "tanh_of_the_cell_twice", _wrong((DA, DA + " * (1 - a[-1] ** 2)")),
            "You go back through the tanh of the last state, and `cell.backward` does it once more. da is the gradient "
            "with respect to the state itself.", "many-to-one-backward"),
        mistake(
            "softmax_undone_again",
            _wrong((DA, 'y_pred = softmax(parameters["Wya"] @ a[-1] + parameters["by"])\n'
                        "    dz = y_pred * (dz - np.sum(y_pred * dz, axis=0))\n    " + DA)),
            "You go back through the softmax. dz has been through it already: it is the gradient with respect to the "
            "scores.", "many-to-one-backward"),
        mistake(
            "gradient_shared_by_the_steps", _wrong((DA, DA.replace("da[-1]", "da[:]") + " / len(a)")),
            "You share the gradient out among all steps. One state was asked, the last, and gets all of it; the others "
            "get theirs through time.", "many-to-one-backward"),
        mistake(
            "gradient_in_the_last_example", _wrong((DA, DA.replace("da[-1]", "da[:, :, -1]"))),
            "`da[:, :, -1]` is the last example of the batch. Time is the first axis in this book: `da[-1]`.",
            "many-to-one-backward"),
        mistake(
            "dwya_from_the_state_before", _wrong((DWYA, DWYA.replace("a[-1]", "a[-2]"))),
            "dW_ya is made with the state before the last one. W_ya was multiplied by the last: dz a^<T_x>ᵀ.",
            "many-to-one-backward", _wrong((DWYA, DWYA.replace("a[-1]", "a[len(a) - 2]")))),
        mistake(
            "dby_not_summed", _wrong((DBY, 'gradients["dby"] = dz')),
            "db_y still has a column for each example. One bias served them all: sum over the examples, axis 1.",
            "many-to-one-backward"),
        mistake(
            "always_the_basic_rnn", _wrong((RUN, RUN.replace("cell.", "RNN."))),
            "You go back through a basic RNN, whatever the network was. Its cell stands in the caches: "
            "`cell.backward`.", "the-cell"),
    ),
)

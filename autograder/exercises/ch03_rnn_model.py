"""Exercises of chapter 3: the RNN model. The two large ones have modules of their own."""

from autograder.engine import Array, Case, Exact, Exercise, Part, Patched, intact
from autograder.exercises._ch03_cell import RNN_CELL_FORWARD
from autograder.exercises._ch03_sequence import RNN_FORWARD
from autograder.exercises.inputs import rnn_parameters, sizes_for
from autograder.exercises.mistakes import mistakes_in
from solutions import count_parameters, stack_parameters

CHAPTER = "03_rnn_model"
mistake = mistakes_in(CHAPTER)

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
        mistake(
            "x_before_a", _stack('np.concatenate([parameters["Wax"], parameters["Waa"]], axis=1)'),
            "The columns are in the other order. The stacked vector has a^<t-1> above x^<t>, so W_aa comes first: "
            "W_a = [W_aa W_ax].", "stacked-form"),
        mistake(
            "stacked_below", _stack('np.concatenate([parameters["Waa"], parameters["Wax"]], axis=0)'),
            "You put the matrices on top of one another. They stand side by side: the product must give n_a numbers, "
            "so W_a has n_a rows.", "stacked-form",
            _stack('np.concatenate([parameters["Waa"], parameters["Wax"].T], axis=0)')),
        mistake(
            "stack_transposed", _stack('np.concatenate([parameters["Waa"], parameters["Wax"]], axis=1).T'),
            "This is the transpose: rows and columns are exchanged. W_a has shape (n_a, n_a + n_x).", "stacked-form"),
        mistake(
            "matrices_added", _stack('parameters["Waa"] + parameters["Wax"]'),
            "You add the matrices. Nothing is added in W_a: it holds all columns of W_aa and then all of W_ax.",
            "stacked-form"),
        mistake(
            "matrices_multiplied", _stack('parameters["Waa"] @ parameters["Wax"]'),
            "You multiply the matrices. Stacking only lays their columns side by side: no arithmetic at all.",
            "stacked-form"),
        mistake(
            "stack_flat", _stack('np.append(parameters["Waa"], parameters["Wax"])'),
            "`np.append` without an axis flattens both matrices into one long row. Say along which axis the columns "
            "lie: axis=1.", "stacked-form",
            _stack('np.concatenate([parameters["Waa"], parameters["Wax"]], axis=None)')),
        mistake(
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
        mistake(
            "biases_not_counted", _count("n_a * n_x + n_a * n_a + n_y * n_a"),
            "The biases are not counted: b_a has n_a entries and b_y has n_y.", "counting-parameters"),
        mistake(
            "only_state_bias", _count("n_a * n_x + n_a * n_a + n_y * n_a + n_a"),
            "The bias of the output, b_y, is not counted.", "counting-parameters"),
        mistake(
            "only_output_bias", _count("n_a * n_x + n_a * n_a + n_y * n_a + n_y"),
            "The bias of the state, b_a, is not counted.", "counting-parameters"),
        mistake(
            "recurrent_weights_not_counted", _count("n_a * n_x + n_y * n_a + n_a + n_y"),
            "W_aa is not counted: the n_a times n_a weights from the state to the next state.",
            "counting-parameters"),
        mistake(
            "output_not_counted", _count("n_a * n_x + n_a * n_a + n_a"),
            "Only the hidden layer is counted. The output has parameters too: W_ya and b_y.", "counting-parameters",
            _count("n_a * n_x + n_a * n_a")),
        mistake(
            "output_from_the_input", _count("n_a * n_x + n_a * n_a + n_y * n_x + n_a + n_y"),
            "W_ya is counted as n_y times n_x. The output reads the state, not the input: its shape is (n_y, n_a).",
            "counting-parameters"),
        mistake(
            "stacked_rows_multiplied", _count("n_a * (n_a * n_x) + n_y * n_a + n_a + n_y"),
            "W_a has n_a + n_x columns, not n_a times n_x: the vectors are stacked, so their sizes add. (The notes "
            "slip at the same place.)", "counting-parameters"),
        mistake(
            "bias_for_each_weight", _count("n_a * n_x + n_a * n_a + n_y * n_a + 2 * n_a + n_y"),
            "b_a is counted twice, once for W_ax and once for W_aa. There is one bias for the sum of both.",
            "counting-parameters"),
        mistake(
            "one_number_for_a_bias", _count("n_a * n_x + n_a * n_a + n_y * n_a + 2"),
            "Each bias is counted as one number. A bias is a column: b_a has n_a entries, b_y has n_y.",
            "counting-parameters"),
        mistake(
            "square_input", _count("n_a * n_x + n_x * n_x + n_y * n_a + n_a + n_y"),
            "W_aa is counted as n_x times n_x. It leads from the state to the next state: its shape is (n_a, n_a).",
            "counting-parameters"),
    ),
)

EXERCISES = (RNN_CELL_FORWARD, RNN_FORWARD, STACK_PARAMETERS, COUNT_PARAMETERS)

"""What the exercises of chapter 5 share: networks of any cell, and the mistakes that every output invites."""

import numpy as np

from autograder.engine import Array, Case, Part, Patched
from autograder.exercises.inputs import draw
from autograder.exercises.mistakes import mistakes_in
from solutions import GRU, LSTM

CHAPTER = "05_types_of_rnn"
mistake = mistakes_in(CHAPTER)

UNITS = ("rnn_forward", "rnn_cell_forward", "gru_forward", "lstm_forward")  # of other chapters: a cell calls them
OTHER_CELL, CHOSEN = "y_pred of other cells", "y_pred with choose"


def network_parameters(rng, cell, n_x, n_a, n_y):
    """Draw the parameters of a cell and of its output layer."""
    shapes = {name: value.shape for name, value in cell.initialize(n_x, n_a, rng).items()}
    return draw(rng, shapes | {"Wya": (n_y, n_a), "by": (n_y, 1)})


def cases_of_other_cells(rng, n, inputs, behind=()):
    """Draw a case with a GRU and one with an LSTM; `inputs` makes the arguments up to the parameters."""
    return [Case((*inputs(rng, cell, n), *behind, cell), n, f"cell = {cell.name}", (OTHER_CELL,))
            for cell in (GRU, LSTM)]


def sharper(yt_pred):
    """Choose a mixture in which the likely is likelier: chosen from twice, it is another one."""
    return yt_pred ** 2 / np.sum(yt_pred ** 2, axis=0)


def prediction(axes, points, name="y_pred"):
    """Return the part that earns `points` for the predictions."""
    return Part(name, points, Array(axes), (0,))


def pass_of_rnn(name, path):
    """Return the members of a group: what a basic RNN's ``cell.forward`` returned for the way back, at `path`."""
    return [(f"{name}, a", (*path, 0), Array("T n_a m")), (f"{name}, a0", (*path, 1), Array("n_a m")),
            (f"{name}, x", (*path, 2), Array("T n_x m"))]


def mistakes_in_the_output(reference, output, state, anchor):
    """Return the misconceptions about a prediction; `output` is the reference's line, `state` what it reads."""
    def wrong(new):
        return Patched(reference, (output, output.partition("=")[0] + "= " + new))

    scores = f'(parameters["Wya"] @ {state} + parameters["by"])'
    exponentials = f"np.exp({scores} - {scores}.max(axis=-2, keepdims=True))"
    return (
        mistake(
            "softmax_left_out", wrong(scores[1:-1]),
            "These are the scores. The softmax that turns them into probabilities is missing.", anchor),
        mistake(
            "softmax_over_the_batch", wrong(f"softmax({scores}, axis=-1)"),
            "The softmax runs along the batch, so the examples share one probability. It runs over the classes: each "
            "column sums to one.", anchor,
            wrong(f"np.exp({scores}) / np.exp({scores}).sum(axis=-1, keepdims=True)")),
        mistake(
            "softmax_over_everything", wrong(f"np.exp({scores} - {scores}.max()) / np.exp({scores} - {scores}.max())"
                                             ".sum()"),
            "The softmax runs over the whole array, so all examples together sum to one. It runs over the classes, "
            "`axis=0`: each column sums to one.", anchor,
            wrong(f"np.exp({scores}) / np.exp({scores}).sum()"), wrong(f"{exponentials} / {exponentials}.sum()")),
        mistake(
            "sigmoid_for_softmax", wrong(f"1 / (1 + np.exp(-{scores}))"),
            "A sigmoid makes each class a question of its own. Here one class of several is right, so the output is a "
            "softmax.", anchor),
        mistake(
            "tanh_for_softmax", wrong(f"np.tanh({scores})"),
            "A tanh gives no probabilities: it can be negative. The state goes through a tanh, inside the cell; the "
            "output goes through a softmax.", anchor),
        mistake(
            "softmax_twice", wrong(f"softmax(softmax({scores}))"),
            "The softmax is applied twice, which makes all classes nearly equally likely. Once is right.", anchor),
        mistake(
            "by_left_out", wrong(f'softmax(parameters["Wya"] @ {state})'),
            "The bias b_y is missing: softmax(W_ya a + b_y).", anchor),
        mistake(
            "by_along_the_batch", wrong(scores[1:-1].replace('["by"]', '["by"].ravel()').join(("softmax(", ")"))),
            "b_y is added along the examples, not along the classes. Keep it a column of shape (n_y, 1).", anchor),
    )

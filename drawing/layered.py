"""RNNs with more than one row of cells: bidirectional and deep."""

from itertools import pairwise

from drawing.checks import few_tokens, whole_number
from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import SMALL, in_house_style

__all__ = ["bidirectional_rnn", "deep_rnn", "deep_rnn_gradients"]


def along(direction, time):
    """Write an activation of the layer that runs to the left or to the right, at a time step."""
    return rf"$\over{direction}arrow{{a}}^{{\;\langle {time}\rangle}}$"


@in_house_style
def bidirectional_rnn(tokens=("He", "said", "Teddy", "Roosevelt")):
    """Draw the bidirectional RNN: each output sees the past and the future.

    Parameters
    ----------
    tokens : sequence of str
        Two to four words of at most ten letters, written below the inputs.

    Returns
    -------
    Drawing
        The figure of section 11 of the notes.

    Raises
    ------
    ValueError
        If there are too few or too many tokens, or one is too long.
    """
    tokens = few_tokens(tokens, 2, 4, 10)
    sketch = Sketch(
        7,
        5.1,
        "A bidirectional RNN. Each input x goes to two cells: one in a row that runs from left to right, one in a row "
        "that runs from right to left. Each output is computed from both activations of its time step, so it depends "
        f"on the whole sentence. The words: {', '.join(tokens)}.",
    )
    low, forth, back, high = 1.32, 2.32, 3.34, 4.34
    pitch = 3.64 / (len(tokens) - 1)
    centres = [1.68 + pitch * index for index in range(len(tokens))]
    aside, reach = 0.35, 0.22  # of the cells and of the arrows, from the middle of the step
    ahead, behind = [], []
    for time, (centre, token) in enumerate(zip(centres, tokens, strict=True), 1):
        x = sketch.value(centre, low, at("x", time), "input", 0.78, 0.5, 18)
        y = sketch.value(centre, high, at(r"\hat y", time), "output", 0.78, 0.52, 18)
        ahead.append(sketch.cell(centre - aside, forth, along("right", time), width=0.62, height=0.62, size=17))
        behind.append(sketch.cell(centre + aside, back, along("left", time), width=0.62, height=0.62, size=17))
        sketch.text(centre, 0.82, token, size=SMALL, va="baseline", math=False)
        for side, cell in ((-reach, ahead[-1]), (reach, behind[-1])):
            sketch.arrow((centre + side, x.top[1]), (centre + side, cell.bottom[1]))
            sketch.arrow((centre + side, cell.top[1]), (centre + side, y.bottom[1]))
    start = sketch.value(0.44, forth, along("right", 0), "activation", 0.6, 0.52, 17)
    end = sketch.value(6.56, back, along("left", len(tokens) + 1), "activation", 0.6, 0.52, 17)
    for one, two in pairwise([start, *ahead]):
        sketch.arrow(one.right, two.left, role="activation")
    for one, two in pairwise([*behind, end]):
        sketch.arrow(two.left, one.right, role="activation")
    sketch.formula(3.5, 0.34, r"\hat y<t> = g(W_y [\overrightarrow{a}<t>,\, \overleftarrow{a}<t>] + b_y)", ha="center")
    return sketch.figure


@in_house_style
def deep_rnn(layers=3, steps=4):
    """Draw the deep RNN: the activations of a layer are the inputs of the next one.

    Parameters
    ----------
    layers : int
        The number of layers, 2 or 3.
    steps : int
        The number of time steps, 2 to 4.

    Returns
    -------
    Drawing
        The figure of section 12 of the notes.

    Raises
    ------
    ValueError
        If a number is out of these bounds.
    """
    return _stacked(
        layers,
        steps,
        backward=False,
        alt=f"A deep RNN of {layers} layers over {steps} time steps. Each cell takes the activation of its own layer "
        "one step before and the activation of the layer below at the same step; the lowest layer takes the input x, "
        "and the output comes from the highest.",
        formula=r"a^{[l]}<t> = g(W_a^{[l]}[a^{[l]}<t-1>,\, a^{[l-1]}<t>] + b_a^{[l]})",
    )


@in_house_style
def deep_rnn_gradients(layers=3, steps=4):
    """Draw the way back through a deep RNN: down through the layers, and in each layer back through time.

    Parameters
    ----------
    layers : int
        The number of layers, 2 or 3.
    steps : int
        The number of time steps, 2 to 4.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If a number is out of these bounds.
    """
    return _stacked(
        layers,
        steps,
        backward=True,
        alt=f"The way back through a deep RNN of {layers} layers and {steps} time steps: all arrows are turned round. "
        "The gradient enters from each output into the highest layer, goes down from layer to layer within each step, "
        "and in each layer from right to left, to the first states and to the inputs.",
        formula=r"da^{[l-1]}<t> = dx^{[l]}<t>",
    )


def _stacked(layers, steps, backward, alt, formula):
    """Draw the layers on top of each other, with arrows forward or backward."""
    whole_number("layers", layers, 2, 3)
    whole_number("steps", steps, 2, 4)
    rows = [1.42 + 0.98 * (layer + 1) for layer in range(layers)]
    sketch = Sketch(7, rows[-1] + 1.5, alt)

    def link(start, end):
        if backward:
            sketch.arrow(end, start, role="gradient", width=2)
        else:
            sketch.arrow(start, end)

    pitch = 5.7 / steps
    starts = [
        sketch.value(0.62, row, at("a", 0, layer), "activation", 0.86, 0.52, 17) for layer, row in enumerate(rows, 1)
    ]
    for time in range(1, steps + 1):
        centre = 0.5 + pitch * time
        below = sketch.value(centre, 1.42, at("x", time), "input", 0.78, 0.52, 18)
        for index, row in enumerate(rows):
            cell = sketch.cell(centre, row, at("a", time, index + 1), width=0.94, height=0.62, size=17)
            link(below.top, cell.bottom)
            link(starts[index].right, cell.left)
            starts[index] = below = cell
        y = sketch.value(centre, rows[-1] + 0.96, at(r"\hat y", time), "output", 0.78, 0.52, 18)
        link(below.top, y.bottom)
    sketch.formula(3.5, 0.42, formula, ha="center")
    return sketch.figure

"""The types of RNN: which steps have an input and which an output."""

from itertools import pairwise

from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import SMALL, in_house_style
from drawing.unrolled import connect, time_step

__all__ = ["encoder_decoder", "many_to_many", "many_to_one", "one_to_many", "one_to_one"]

LEVELS = (0.6, 1.6, 2.6)  # of x, a and y
X, A, Y = LEVELS
HEIGHT = 3.2
PLACES = (1.76, 2.92, 4.08, 5.14, 6.26)  # of the time steps, after a at time 0
DOTS = "…"


def _chain(sketch, places, steps, before):
    """Draw time steps from left to right, connected, and return them.

    Each step is its time and, as letters, what it has: ``("1", "xy")``; `DOTS` as time stands for steps left out.
    """
    drawn = []
    for place, (time, has) in zip(places, steps, strict=True):
        if time == DOTS:
            for level, kind in zip(LEVELS, "xay", strict=True):
                if kind in has + "a":
                    sketch.dots(place, level)
            sketch.arrow(before, (place - 0.17, A))
            before = (place + 0.17, A)
            continue
        step = time_step(sketch, place, time, LEVELS, x="x" in has, y="y" in has)
        connect(sketch, step)
        sketch.arrow(before, step.a.left)
        before = step.a.right
        drawn.append(step)
    return drawn


def _feed_back(sketch, start, lane, cell):
    """Draw the way of an output, down between two steps, into the next step's cell from below."""
    foot = cell.bottom[1] - 0.42
    sketch.arrow(start, (lane, Y), (lane, foot), (cell.x, foot), cell.bottom, role="output", dashed=True)


def _many(alt, steps, feed_back=False):
    """Draw one network over the whole width."""
    sketch = Sketch(7, HEIGHT, alt)
    before = sketch.value(0.58, A, at("a", 0), "activation", 0.7)
    drawn = _chain(sketch, PLACES, steps, before.right)
    if feed_back:
        for one, two in pairwise(drawn[:3]):
            _feed_back(sketch, one.y.right, (one.a.x + two.a.x) / 2, two.a)
        _feed_back(sketch, (PLACES[3] + 0.17, Y), PLACES[4] - 0.55, drawn[3].a)
    return sketch.figure


@in_house_style
def one_to_one():
    """Draw the network with one input and one output: a standard network, not a recurrent one.

    Returns
    -------
    Drawing
        A narrow figure.
    """
    sketch = Sketch(2.6, HEIGHT, "One to one: a single input x gives, through one cell, a single output.")
    connect(sketch, time_step(sketch, 1.3, "", LEVELS, labels={"x": "$x$", "a": "$a$", "y": r"$\hat y$"}))
    return sketch.figure


@in_house_style
def one_to_many():
    """Draw the RNN that makes a sequence from one input, as in music generation.

    Returns
    -------
    Drawing
        The figure of section 5 of the notes.
    """
    return _many(
        "One to many: only the first time step has an input x. Every step from 1 to T_y gives an output, and each "
        "output is fed back, along a dashed line, as the input of the next step.",
        [("1", "xy"), ("2", "y"), ("3", "y"), (DOTS, "y"), ("T_y", "y")],
        feed_back=True,
    )


@in_house_style
def many_to_one():
    """Draw the RNN that reads a sequence and gives one output, as in sentiment classification.

    Returns
    -------
    Drawing
        The figure of section 5 of the notes.
    """
    return _many(
        "Many to one: every time step from 1 to T_x has an input x; only the last one gives an output.",
        [("1", "x"), ("2", "x"), ("3", "x"), (DOTS, "x"), ("T_x", "xy")],
    )


@in_house_style
def many_to_many():
    """Draw the RNN with an output for every input, as in named entity recognition.

    Returns
    -------
    Drawing
        The figure of section 5 of the notes.
    """
    return _many(
        "Many to many with T_x = T_y: every time step from 1 to T_x has an input x and gives an output.",
        [("1", "xy"), ("2", "xy"), ("3", "xy"), (DOTS, "xy"), ("T_x", "xy")],
    )


@in_house_style
def encoder_decoder():
    """Draw the pair of RNNs for sequences of different lengths, as in machine translation.

    Returns
    -------
    Drawing
        The figure of section 5 of the notes.
    """
    sketch = Sketch(
        7,
        3.75,
        "Many to many with T_x different from T_y. The encoder reads the inputs x from 1 to T_x and gives no output; "
        "its last activation is all that the decoder begins with. The decoder gives the outputs from 1 to T_y; each "
        "output is fed back, along a dashed line, as the input of the next step.",
    )
    before = sketch.value(0.44, A, at("a", 0), "activation", 0.6, size=17)
    sketch.frame(0.86, 0.2, 3.16, 3.12, "input", strength=0.05)
    sketch.frame(3.32, 0.2, 6.86, 3.12, "output", strength=0.06)
    sketch.text(2.01, 3.36, "encoder", size=SMALL)
    sketch.text(5.09, 3.36, "decoder", size=SMALL)
    encoder = _chain(sketch, (1.3, 2.01, 2.72), [("1", "x"), (DOTS, "x"), ("T_x", "x")], before.right)
    steps = [("1", "y"), ("2", "y"), (DOTS, "y"), ("T_y", "y")]
    one, two, last = _chain(sketch, (3.78, 4.84, 5.62, 6.4), steps, encoder[-1].a.right)
    _feed_back(sketch, one.y.right, (one.a.x + two.a.x) / 2, two.a)
    _feed_back(sketch, (5.62 + 0.17, Y), 5.91, last.a)
    return sketch.figure

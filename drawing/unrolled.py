"""The RNN along time: rolled and unrolled, and the parameters that its steps share."""

from dataclasses import dataclass

from drawing.notation import at
from drawing.sketch import Shape, Sketch
from drawing.style import SMALL, in_house_style

__all__ = ["Step", "connect", "parameter_sharing", "rnn_rolled_and_unrolled", "time_step"]

Y_HAT = r"\hat y"
LEVELS = (0.52, 1.52, 2.52)  # of x, a and y


@dataclass(frozen=True)
class Step:
    """The shapes of one time step; x or y is None where the step has none."""

    x: Shape | None
    a: Shape
    y: Shape | None


def time_step(sketch, centre, time, levels=LEVELS, x=True, y=True, cell=0.74, value=0.7, labels=None):
    r"""Draw one time step of an unrolled network: x below, the cell a, $\hat y$ above.

    Parameters
    ----------
    sketch : Sketch
        The diagram.
    centre : float
        Where the step stands from left to right, in inches.
    time : int or str
        The time step.
    levels : tuple of float
        The heights of x, a and y.
    x, y : bool
        Whether the step has an input and an output.
    cell, value : float
        The widths of the cell and of the values.
    labels : dict, optional
        Labels instead of the usual ones, under the keys ``"x"``, ``"a"`` and ``"y"``.

    Returns
    -------
    Step
        The shapes.
    """
    text = {"x": at("x", time), "a": at("a", time), "y": at(Y_HAT, time)} | (labels or {})
    below = sketch.value(centre, levels[0], text["x"], "input", value) if x else None
    a = sketch.cell(centre, levels[1], text["a"], width=cell)
    above = sketch.value(centre, levels[2], text["y"], "output", value) if y else None
    return Step(below, a, above)


def connect(sketch, step, before=None, label=False, role="neutral"):
    """Draw the forward arrows of a time step: from x and from the step before into a, and from a to y.

    Parameters
    ----------
    sketch : Sketch
        The diagram.
    step : Step
        The time step.
    before : Shape, optional
        What stands to the left of its cell.
    label : bool
        Whether the arrows carry the names of their parameters.
    role : str
        The colour of the arrows.
    """
    links = [("W_{ax}", step.x and step.x.top, step.a.bottom), ("W_{ya}", step.a.top, step.y and step.y.bottom)]
    if before is not None:
        links.append(("W_{aa}", before.right, step.a.left))
    for name, start, end in links:
        if start and end:
            sketch.arrow(start, end, role=role)
            if label:
                sketch.beside(start, end, f"${name}$")


@in_house_style
def rnn_rolled_and_unrolled():
    """Draw the RNN twice: as a loop, and unrolled through time.

    Returns
    -------
    Drawing
        The figure of section 3 of the notes.
    """
    sketch = Sketch(
        7,
        3.45,
        alt="Left, the RNN rolled up: x at time t enters a cell, whose activation a goes to the output and, along a "
        "loop, back into the cell. Right, the same RNN unrolled: one cell per time step from 1 to T_x, each taking "
        "x of its step and the activation of the step before, beginning with a at time 0; each gives an output.",
    )
    middle = LEVELS[1]
    loop = time_step(sketch, 0.68, "t")
    connect(sketch, loop, label=True)
    right = loop.a.right[0]
    far, below, above = right + 0.42, middle - 0.2, middle + 0.2
    sketch.arrow((right, below), (far, below), (far, above), (right, above))
    sketch.text(right + 0.5, middle, "$W_{aa}$", "parameter", 16, ha="left")
    sketch.text(0.68, 3.1, "rolled up", size=SMALL)
    sketch.text(2.23, middle, "$=$", size=26)

    before = sketch.value(2.82, middle, at("a", 0), "activation", 0.7)
    for centre, time in ((3.85, 1), (4.86, 2)):
        step = time_step(sketch, centre, time)
        connect(sketch, step, before)
        before = step.a
    last = time_step(sketch, 6.44, "T_x")
    connect(sketch, last)
    sketch.arrow(before.right, (before.right[0] + 0.27, middle))
    sketch.arrow((last.a.left[0] - 0.27, middle), last.a.left)
    for level in LEVELS:
        sketch.dots((4.86 + 6.44) / 2, level)
    sketch.text((2.47 + 6.81) / 2, 3.1, "unrolled through time", size=SMALL)
    return sketch.figure


@in_house_style
def parameter_sharing():
    """Draw the unrolled RNN with the name of its parameters at every arrow: the same ones at every step.

    Returns
    -------
    Drawing
        The figure.
    """
    sketch = Sketch(
        7,
        3.9,
        alt="An RNN unrolled over time steps 1, 2, 3 and so on up to T_x. Every arrow from x to a carries the same "
        "W_ax, every arrow from one activation to the next the same W_aa, every arrow from a to the output the same "
        "W_ya: one set of parameters serves all time steps.",
    )
    levels = tuple(level + 0.78 for level in LEVELS)
    before = sketch.value(0.52, levels[1], at("a", 0), "activation", 0.68)
    for centre, time in ((1.76, 1), (3.0, 2), (4.24, 3)):
        step = time_step(sketch, centre, time, levels)
        connect(sketch, step, before, label=True)
        before = step.a
    last = time_step(sketch, 6.2, "T_x", levels)
    connect(sketch, last, label=True)
    for level in levels:
        sketch.dots(5.22, level)
    for start, end in ((before.right, (5.05, levels[1])), ((5.39, levels[1]), last.a.left)):
        sketch.arrow(start, end)
        sketch.beside(start, end, "$W_{aa}$")
    sketch.frame(3.72, 0.24, 6.72, 0.8, "parameter", strength=0.1, radius=0.12)
    sketch.formula(5.22, 0.44, r"W_{ax}\quad W_{aa}\quad b_a\quad W_{ya}\quad b_y", size=18, ha="center")
    sketch.text(3.56, 0.52, "one set for all time steps:", size=SMALL, ha="right")
    return sketch.figure

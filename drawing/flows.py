"""What flows through the unrolled RNN: values forward, gradients backward, and where truncation stops them."""

from drawing.checks import whole_number
from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import SMALL, in_house_style
from drawing.unrolled import time_step

__all__ = ["backward_flow", "forward_and_backward", "forward_flow", "truncated_bptt"]

LEVELS = (1.15, 2.12, 3.09)  # of x, a and y
LOSSES, SUM = 4.0, 4.78
LANE = 0.15  # how far the two directions stand from the middle where both are drawn


@in_house_style
def forward_flow(steps=4):
    """Draw forward propagation through the unrolled RNN, up to the loss.

    Parameters
    ----------
    steps : int
        The number of time steps, 2 to 4.

    Returns
    -------
    Drawing
        The figure of section 4 of the notes, first half.
    """
    return _flow(
        steps,
        forward=True,
        backward=False,
        alt=f"Forward propagation over {steps} time steps, from left to right: x of each step and the activation of "
        "the step before give the activation, which gives the output; each output has its own loss, and the "
        "losses of all steps are added up to L.",
        caption="left to right: every step adds its own loss",
    )


@in_house_style
def backward_flow(steps=4):
    """Draw backpropagation through time: the gradient's way from the loss back to the first step.

    Parameters
    ----------
    steps : int
        The number of time steps, 2 to 4.

    Returns
    -------
    Drawing
        The figure of section 4 of the notes, second half.
    """
    return _flow(
        steps,
        forward=False,
        backward=True,
        alt=f"Backpropagation through {steps} time steps: all arrows are turned round. The gradient flows from L to "
        "each step's loss, to its output, to its activation, and from each activation to the one before, from right "
        "to left. So every activation but the last receives two gradients, which are added.",
        caption=r"right to left: $a^{\langle t\rangle}$ adds the gradients of its output and of step $t+1$",
    )


@in_house_style
def forward_and_backward(steps=4):
    """Draw both directions in one graph: values forward, gradients backward.

    Parameters
    ----------
    steps : int
        The number of time steps, 2 to 4.

    Returns
    -------
    Drawing
        The figure of section 4 of the notes.
    """
    return _flow(
        steps,
        forward=True,
        backward=True,
        alt=f"An RNN unrolled over {steps} time steps. Beside every forward arrow, from x to a to the output to the "
        "loss and from each activation to the next, runs a backward arrow in the opposite direction, which carries "
        "the gradient: from the summed loss L through each step's loss and output into its activation, and through "
        "the activations from right to left.",
        caption=None,
    )


def _flow(steps, forward, backward, alt, caption):
    """Draw the graph of the loss with arrows in one direction or in both."""
    whole_number("steps", steps, 2, 4)
    sketch = Sketch(7, 5.25, alt)
    lane = LANE if forward and backward else 0
    spacing = 5.7 / steps
    before = sketch.value(0.56, LEVELS[1], at("a", 0), "activation", 0.7)
    first = 0.56 + spacing
    total = sketch.value(
        (first + first + (steps - 1) * spacing) / 2, SUM, "", "neutral", (steps - 1) * spacing + 0.74, 0.46
    )
    sketch.text(total.x, SUM, rf"$L \;=\; L^{{\langle 1\rangle}} + \cdots + L^{{\langle {steps}\rangle}}$", size=18)
    for time in range(1, steps + 1):
        centre = 0.56 + time * spacing
        step = time_step(sketch, centre, time, LEVELS)
        loss = sketch.value(centre, LOSSES, at("L", time), "neutral", 0.7, 0.52, size=18)
        links = [
            (step.x.top, step.a.bottom),
            (step.a.top, step.y.bottom),
            (step.y.top, loss.bottom),
            (loss.top, (centre, SUM - 0.23)),
            (before.right, step.a.left),
        ]
        for start, end in links:
            _link(sketch, start, end, forward, backward, lane)
        if backward and not forward and time > 1:
            x = (before.right[0] + step.a.left[0]) / 2
            name = rf"$\frac{{\partial L}}{{\partial a^{{\langle {time - 1}\rangle}}}}$"
            sketch.text(x, LEVELS[1] + 0.12, name, "gradient", 19, va="bottom")
        before = step.a
    if caption is None:
        _key(sketch, 1.6, 0.45, "neutral", "forward: values")
        _key(sketch, 4.1, 0.45, "gradient", "backward: gradients")
    else:
        sketch.text(3.5, 0.45, caption, size=SMALL)
    return sketch.figure


def _link(sketch, start, end, forward, backward, lane):
    """Draw an edge of the graph: forward at the left or above, backward at the right or below."""
    shift = (-lane, 0) if start[0] == end[0] else (0, lane)
    if forward:
        sketch.arrow(_moved(start, shift, 1), _moved(end, shift, 1))
    if backward:
        sketch.arrow(_moved(end, shift, -1), _moved(start, shift, -1), role="gradient", width=2)


def _moved(point, shift, sign):
    return (point[0] + sign * shift[0], point[1] + sign * shift[1])


def _key(sketch, x, y, role, text):
    """Explain an arrow's colour."""
    sketch.arrow((x - 0.55, y), (x - 0.1, y), role=role, width=2)
    sketch.text(x, y - 0.01, text, size=SMALL, ha="left")


@in_house_style
def truncated_bptt(steps=8, window=4):
    """Draw truncated backpropagation: the activation crosses a window's border, the gradient does not.

    Parameters
    ----------
    steps : int
        The number of time steps, 3 to 8.
    window : int
        The number of time steps through which the gradient flows back, less than `steps`, at least 2.

    Returns
    -------
    Drawing
        The figure.
    """
    whole_number("steps", steps, 3, 8)
    whole_number("window", window, 2, steps - 1)
    sketch = Sketch(
        7,
        3.15,
        alt=f"Truncated backpropagation over {steps} time steps in windows of {window}. Forward, each activation is "
        "handed on to the next step, also from one window to the next. Backward, the gradient flows from right to "
        "left within a window and stops at its left border.",
    )
    windows = -(-steps // window)
    gap = 0.36  # between windows
    spacing = (6.5 - gap * (windows - 1)) / steps
    line, cell = 1.32, min(0.6, 0.66 * spacing)
    before = None
    for index in range(steps):
        first = index % window == 0
        centre = 0.25 + spacing * (index + 0.5) + gap * (index // window)
        if first:
            inside = min(window, steps - index)
            left = centre - spacing / 2
            frame = sketch.frame(left, 0.82, left + inside * spacing, 2.58, "gradient")
            sketch.text(frame.x, 2.8, f"window {index // window + 1}", size=SMALL)
        shape = sketch.cell(centre, line, at("a", index + 1), width=cell, height=0.64, size=15)
        loss = sketch.value(centre, 2.25, at("L", index + 1), "neutral", cell, 0.44, size=14)
        sketch.arrow(loss.bottom, shape.top, role="gradient", width=2)
        if before is not None:
            _link(sketch, before.right, shape.left, True, not first, 0.15)
        if before is not None and first:
            border = centre - spacing / 2 - gap / 2
            below = line - 0.15
            sketch.arrow((shape.left[0], below), (border + 0.06, below), role="gradient", width=2, head=False)
            sketch.text(border, below - 0.01, "×", "gradient", 21, weight="bold")
        before = shape
    _key(sketch, 0.98, 0.42, "neutral", "values go on")
    _key(sketch, 3.38, 0.42, "gradient", "gradients stop at the border")
    return sketch.figure

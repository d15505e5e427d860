"""The standard network on a sequence, and its two failures."""

from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import FAINT, SMALL, in_house_style

__all__ = ["standard_network"]

INPUTS, HIDDEN, OUTPUTS = 1.0, 1.98, 2.96  # heights of the three layers


@in_house_style
def standard_network():
    """Draw why a standard network does not fit sequences: lengths differ, and nothing is shared.

    Returns
    -------
    Drawing
        The figure of section 3 of the notes, with the two problems named there.
    """
    sketch = Sketch(
        7,
        4.1,
        alt="A standard network with one input for each of three positions, twice. Left: the input has a fixed "
        "length, so a fourth word finds no place. Right: every position has weights of its own, so what was learned "
        "for the name Harry at the first position is not known at the third.",
    )
    sketch.text(1.82, 3.68, "lengths differ", weight="bold")
    columns = [0.65, 1.43, 2.21]
    _layers(sketch, columns)
    extra = sketch.value(3.0, INPUTS, at("x", 4), "input", 0.64, 0.52, 17, ghost=True)
    sketch.text(extra.x, INPUTS + 0.52, "?", size=24, weight="bold")
    for x, token in zip((*columns, extra.x), ("He", "met", "Mary", "Ann"), strict=True):
        sketch.text(x, 0.4, token, size=SMALL, va="baseline")

    sketch.axes.plot([3.56, 3.56], [0.4, 3.7], color=FAINT, lw=1.2)
    sketch.text(5.26, 3.68, "nothing is shared", weight="bold")
    columns = [4.3, 5.26, 6.22]
    first, _, third = _layers(sketch, columns)
    for node, dashed in ((first, False), (third, True)):
        for x in _hidden(columns):
            sketch.arrow(node.top, (x, HIDDEN - 0.17), role="parameter", width=1.9, gap=0, head=False, dashed=dashed)
    for x, token in zip(columns, ("Harry", "met", "Harry"), strict=True):
        sketch.text(x, 0.4, token, size=SMALL, va="baseline")
    return sketch.figure


def _hidden(columns):
    """Return where the four hidden units stand."""
    middle, reach = columns[1], 1.5 * 0.62
    return [middle - reach + 0.62 * index for index in range(4)]


def _layers(sketch, columns):
    """Draw a network of three layers, all connected to all, and return its inputs."""
    inputs = [sketch.value(x, INPUTS, at("x", t), "input", 0.64, 0.52, 17) for t, x in enumerate(columns, 1)]
    units = [sketch.operator(x, HIDDEN, "", "activation", 0.34) for x in _hidden(columns)]
    outputs = [sketch.value(x, OUTPUTS, at(r"\hat y", t), "output", 0.64, 0.52, 17) for t, x in enumerate(columns, 1)]
    for unit in units:
        for node in inputs:
            sketch.axes.plot(*zip(node.top, unit.bottom, strict=True), color=FAINT, lw=1.2, zorder=1)
        for node in outputs:
            sketch.axes.plot(*zip(unit.top, node.bottom, strict=True), color=FAINT, lw=1.2, zorder=1)
    return inputs

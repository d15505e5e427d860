"""One time step from the inside: the units of the course, each with its formulas."""

from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import in_house_style

__all__ = ["rnn_cell"]


@in_house_style
def rnn_cell():
    """Draw one step of the RNN with its two formulas.

    Returns
    -------
    Drawing
        The figure of section 3 of the notes.
    """
    sketch = Sketch(
        7,
        4.2,
        alt="One step of an RNN. The activation of the step before, multiplied by W_aa, the input x of this step, "
        "multiplied by W_ax, and the bias b_a are added; tanh of the sum is the new activation. It goes on to the "
        "next step and, multiplied by W_ya, with b_y added, through softmax to the output of this step.",
    )
    line = 1.5
    sketch.frame(1.5, 0.98, 4.42, 2.42, "activation")
    before = sketch.value(0.6, line, at("a", "t-1"), "activation", 0.86)
    x = sketch.value(2.4, 0.5, at("x", "t"), "input")
    total = sketch.operator(2.4, line, "$+$")
    squash = sketch.cell(3.72, line, r"$\tanh$", width=0.96, height=0.62, size=18)
    after = sketch.value(6.4, line, at("a", "t"), "activation")
    sketch.arrow(before.right, total.left)
    sketch.text(1.84, line + 0.1, "$W_{aa}$", "parameter", 17, va="bottom")
    sketch.arrow(x.top, total.bottom)
    sketch.text(2.5, 1.19, "$W_{ax}$", "parameter", 17, ha="left")
    sketch.text(2.4, 2.2, "$b_a$", "parameter", 17)
    sketch.arrow((2.4, 2.08), total.top)
    sketch.arrow(total.right, squash.left)
    sketch.arrow(squash.right, after.left)
    # the output branches off
    column = 5.25
    logits = sketch.operator(column, 2.36, "$+$")
    softmax = sketch.cell(column, 3.03, "softmax", "output", width=1.06, height=0.44, size=14)
    y = sketch.value(column, 3.73, at(r"\hat y", "t"), "output", height=0.52)
    sketch.arrow((column, line - 0.035), logits.bottom)
    sketch.text(column + 0.1, 1.88, "$W_{ya}$", "parameter", 17, ha="left")
    sketch.text(column + 0.62, 2.36, "$b_y$", "parameter", 17)
    sketch.arrow((column + 0.48, 2.36), logits.right)
    sketch.arrow(logits.top, softmax.bottom)
    sketch.arrow(softmax.top, y.bottom)
    sketch.formula(0.3, 3.6, r"a<t> = \tanh(W_{aa} a<t-1> + W_{ax} x<t> + b_a)")
    sketch.formula(0.3, 2.98, r"\hat y<t> = \mathrm{softmax}(W_{ya} a<t> + b_y)")
    return sketch.figure

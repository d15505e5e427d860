"""The units with gates, from the inside: simplified and full GRU, LSTM, peephole LSTM.

All are drawn alike. The memory c runs along the top; what enters runs along the bottom, each on a line of its own,
and rises into the boxes that need it; a gate's value meets what it scales in a circle with a cross.
"""

from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import in_house_style

__all__ = ["gru_cell", "gru_cell_simplified", "lstm_cell", "peephole_lstm_cell"]

ROW = 0.46  # height of a formula's line
TOP, MEET, BOX, SECOND, FIRST = 3.5, 2.5, 1.74, 0.98, 0.36  # heights above the formulas
SIGMA, TANH, TIMES, PLUS = r"$\sigma$", r"$\tanh$", r"$\times$", "$+$"
C, C_BEFORE, C_NEW = at("c", "t"), at("c", "t-1"), at(r"\tilde c", "t")


def _page(alt, left, right):
    """Begin a figure with its formulas at the foot, in two columns; return it and the height above them."""
    base = 0.3 + ROW * max(len(left), len(right))
    sketch = Sketch(7, base + TOP + 0.45, alt)
    for x, formulas in ((0.28, left), (3.74, right)):
        for row, formula in enumerate(formulas):
            sketch.formula(x, base - ROW * (row + 0.85), formula, size=15)
    return sketch, base


def _box(sketch, x, y, function, role, name):
    """Draw a box with parameters; the name of its result stands at the right of its upper edge."""
    shape = sketch.cell(x, y, function, role, 0.74, 0.54, 18)
    sketch.text(x + 0.1, shape.top[1] + 0.2, name, role, 17, ha="left")
    return shape


def _enter(sketch, shape, boxes, shift, role):
    """Draw the line of what enters from a shape at the left and rises, a little aside, into each of the boxes."""
    for box in boxes[:-1]:
        sketch.branch((box.x + shift, shape.y), (box.x + shift, box.bottom[1]), role=role)
    last = (boxes[-1].x + shift, boxes[-1].bottom[1])
    sketch.arrow(shape.right, (last[0], shape.y), last, role=role)


def _gru(alt, left, right, reset):
    """Draw a GRU, with the reset gate or without it."""
    sketch, base = _page(alt, left, right)
    top, meet, level = base + TOP, base + MEET, base + BOX
    before = sketch.value(0.72, top, C_BEFORE, "cell", 0.92, 0.52, 18)
    x = sketch.value(0.6, base + FIRST, at("x", "t"), "input", 0.7, 0.5, 18)
    after = sketch.value(6.2, top, r"$c^{\langle t\rangle}=\,a^{\langle t\rangle}$", "cell", 1.3, 0.52, 17)
    update = _box(sketch, 2.1, level, SIGMA, "gate", r"$\Gamma_u$")
    new = _box(sketch, 4.75, level, TANH, "cell", C_NEW)
    keep, add = sketch.operator(update.x, top, TIMES), sketch.operator(new.x, top, PLUS)
    rest, take = sketch.operator(update.x, top - 0.6, "$1{-}$", size=0.38), sketch.operator(new.x, meet, TIMES)
    # the old memory, what is kept of it, what is added
    for start, end in ((before.right, keep.left), (keep.right, add.left), (add.right, after.left)):
        sketch.arrow(start, end, role="cell")
    sketch.arrow(new.top, take.bottom, role="cell")
    sketch.arrow(take.top, add.bottom, role="cell")
    sketch.arrow(update.top, rest.bottom, role="gate")
    sketch.arrow(rest.top, keep.bottom, role="gate")
    sketch.branch((update.x, meet), take.left, role="gate")
    # what enters the boxes
    fork = (1.42, top)
    second = base + SECOND
    if not reset:
        sketch.branch(fork, (fork[0], second), (new.x - 0.16, second), (new.x - 0.16, new.bottom[1]), role="cell")
        sketch.branch((update.x - 0.16, second), (update.x - 0.16, update.bottom[1]), role="cell")
        _enter(sketch, x, [update, new], 0.16, "input")
        return sketch.figure
    gate = _box(sketch, 3.2, level, SIGMA, "gate", "")
    sketch.text(gate.right[0] + 0.08, level + 0.2, r"$\Gamma_r$", "gate", 17, ha="left")
    part = sketch.operator(3.95, second, TIMES)
    sketch.arrow(gate.right, (part.x, level), part.top, role="gate")
    sketch.branch(fork, (fork[0], second), part.left, role="cell")
    for box in (update, gate):
        sketch.branch((box.x - 0.16, second), (box.x - 0.16, box.bottom[1]), role="cell")
    sketch.arrow(part.right, (new.x - 0.16, second), (new.x - 0.16, new.bottom[1]), role="cell")
    _enter(sketch, x, [update, gate, new], 0.16, "input")
    return sketch.figure


@in_house_style
def gru_cell_simplified():
    """Draw one step of the simplified GRU: one gate, which decides how much of the memory is renewed.

    Returns
    -------
    Drawing
        The figure of section 9 of the notes, first half.
    """
    return _gru(
        "One step of the simplified GRU. The old memory c and the input x enter a sigmoid, which gives the update "
        "gate, and a tanh, which gives the candidate. The gate multiplies the candidate, one minus the gate the old "
        "memory, and their sum is the new memory, which is also the activation.",
        [r"\tilde c<t> = \tanh(W_c [c<t-1>,\, x<t>] + b_c)", r"\Gamma_u = \sigma(W_u [c<t-1>,\, x<t>] + b_u)"],
        [r"c<t> = \Gamma_u * \tilde c<t> + (1-\Gamma_u) * c<t-1>", "a<t> = c<t>"],
        reset=False,
    )


@in_house_style
def gru_cell():
    """Draw one step of the full GRU: a second gate decides how much of the old memory the candidate sees.

    Returns
    -------
    Drawing
        The figure of section 9 of the notes, second half.
    """
    return _gru(
        "One step of the full GRU. The old memory c and the input x enter two sigmoids, which give the update gate and "
        "the reset gate. The reset gate multiplies the old memory before it enters, with x, the tanh that gives the "
        "candidate. The update gate multiplies the candidate, one minus it multiplies the old memory, and their sum is "
        "the new memory, which is also the activation.",
        [
            r"\tilde c<t> = \tanh(W_c [\Gamma_r * c<t-1>,\, x<t>] + b_c)",
            r"\Gamma_u = \sigma(W_u [c<t-1>,\, x<t>] + b_u)",
            r"\Gamma_r = \sigma(W_r [c<t-1>,\, x<t>] + b_r)",
        ],
        ["", r"c<t> = \Gamma_u * \tilde c<t> + (1-\Gamma_u) * c<t-1>", "a<t> = c<t>"],
        reset=True,
    )


def _lstm(alt, left, right, peepholes):
    """Draw an LSTM, with peepholes or without."""
    sketch, base = _page(alt, left, right)
    top, meet, level = base + TOP, base + MEET, base + BOX
    c_before = sketch.value(0.66, top, C_BEFORE, "cell", 0.92, 0.52, 18)
    a_before = sketch.value(0.66, base + SECOND, at("a", "t-1"), "activation", 0.92, 0.48, 18)
    x = sketch.value(0.66, base + FIRST - 0.02, at("x", "t"), "input", 0.7, 0.48, 18)
    c = sketch.value(6.42, top, C, "cell", 0.72, 0.52, 18)
    a = sketch.value(6.42, base + SECOND, at("a", "t"), "activation", 0.72, 0.48, 18)
    forget = _box(sketch, 1.8, level, SIGMA, "gate", r"$\Gamma_f$")
    update = _box(sketch, 2.79, level, SIGMA, "gate", r"$\Gamma_u$")
    new = _box(sketch, 3.78, level, TANH, "cell", C_NEW)
    output = _box(sketch, 4.77, level, SIGMA, "gate", "")
    keep, add = sketch.operator(forget.x, top, TIMES), sketch.operator(new.x, top, PLUS)
    take, give = sketch.operator(new.x, meet, TIMES), sketch.operator(5.8, level, TIMES)
    sketch.beside(output.right, give.left, r"$\Gamma_o$", "gate", 17)
    squash = sketch.value(give.x, meet, r"$\tanh$", "neutral", 0.7, 0.38, 15)
    for start, end in ((c_before.right, keep.left), (keep.right, add.left), (add.right, c.left)):
        sketch.arrow(start, end, role="cell")
    sketch.arrow(forget.top, keep.bottom, role="gate")
    sketch.arrow(update.top, (update.x, take.y), take.left, role="gate")
    sketch.arrow(new.top, take.bottom, role="cell")
    sketch.arrow(take.top, add.bottom, role="cell")
    sketch.arrow(output.right, give.left, role="gate")
    sketch.branch((give.x, top), squash.top, role="cell")
    sketch.arrow(squash.bottom, give.top, role="cell")
    sketch.arrow(give.bottom, (give.x, a.y), a.left, role="activation")
    boxes = [forget, update, new, output]
    _enter(sketch, a_before, boxes, -0.02 if peepholes else -0.16, "activation")
    _enter(sketch, x, boxes, 0.2 if peepholes else 0.16, "input")
    if peepholes:
        ridge = level - 0.52
        fork = (1.24, top)
        end = (update.x - 0.24, ridge)
        sketch.branch(fork, (fork[0], ridge), end, (end[0], update.bottom[1]), role="cell", dashed=True)
        sketch.branch((forget.x - 0.24, ridge), (forget.x - 0.24, forget.bottom[1]), role="cell", dashed=True)
        sketch.branch((output.x, top), output.top, role="cell", dashed=True)
    return sketch.figure


@in_house_style
def lstm_cell():
    """Draw one step of the LSTM: forget, update and output gate, and a memory apart from the activation.

    Returns
    -------
    Drawing
        The figure of section 10 of the notes.
    """
    return _lstm(
        "One step of the LSTM. The old activation a and the input x enter three sigmoids, which give the forget, "
        "update and output gate, and a tanh, which gives the candidate. The forget gate multiplies the old memory, "
        "the update gate the candidate, and their sum is the new memory. The output gate multiplies its tanh, which "
        "gives the new activation.",
        [
            r"\tilde c<t> = \tanh(W_c [a<t-1>,\, x<t>] + b_c)",
            r"\Gamma_u = \sigma(W_u [a<t-1>,\, x<t>] + b_u)",
            r"\Gamma_f = \sigma(W_f [a<t-1>,\, x<t>] + b_f)",
        ],
        [
            r"\Gamma_o = \sigma(W_o [a<t-1>,\, x<t>] + b_o)",
            r"c<t> = \Gamma_u * \tilde c<t> + \Gamma_f * c<t-1>",
            r"a<t> = \Gamma_o * \tanh c<t>",
        ],
        peepholes=False,
    )


@in_house_style
def peephole_lstm_cell():
    """Draw one step of the LSTM whose gates also see the memory.

    Returns
    -------
    Drawing
        The figure for the last paragraph of section 10 of the notes.
    """
    return _lstm(
        "One step of the LSTM with peepholes, drawn as dashed lines. As in the LSTM the gates see the old activation "
        "and the input; the forget and update gate also see the old memory, and the output gate the new memory. The "
        "candidate sees neither.",
        [
            r"\tilde c<t> = \tanh(W_c [a<t-1>,\, x<t>] + b_c)",
            r"\Gamma_u = \sigma(W_u [a<t-1>,\, x<t>,\, c<t-1>] + b_u)",
            r"\Gamma_f = \sigma(W_f [a<t-1>,\, x<t>,\, c<t-1>] + b_f)",
        ],
        [
            r"\Gamma_o = \sigma(W_o [a<t-1>,\, x<t>,\, c<t>] + b_o)",
            r"c<t> = \Gamma_u * \tilde c<t> + \Gamma_f * c<t-1>",
            r"a<t> = \Gamma_o * \tanh c<t>",
        ],
        peepholes=True,
    )

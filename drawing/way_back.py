"""One step of the LSTM backwards: where its two gradients come from, meet, and go."""

from drawing.gated import BOX, FIRST, MEET, SECOND, SIGMA, TANH, TIMES, TOP
from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import in_house_style

__all__ = ["lstm_way_back"]

BACK = "gradient"
FOOT = 1.6  # height of the formulas


@in_house_style
def lstm_way_back():
    """Draw one step of the LSTM with all arrows turned round: the ways of its gradients.

    Returns
    -------
    Drawing
        A figure that goes with section 10 of the notes.
    """
    sketch = Sketch(7, FOOT + TOP + 0.45, (
        "One step of the LSTM backwards. The gradient of the new memory comes from the right; the gradient of the "
        "state comes through the output gate and the slope of the tanh, and the two are added. The sum goes on to the "
        "left, multiplied by the forget gate, as the gradient of the old memory, and down into forget gate, update "
        "gate and candidate. The output gate gets its gradient from the state. From all four boxes gradients run back "
        "to the old state and to the input."))
    top, meet, level = FOOT + TOP, FOOT + MEET, FOOT + BOX
    c_before = sketch.value(0.74, top, f"$d${at('c', 't-1')}", "cell", 1.08, 0.52, 18)
    a_before = sketch.value(0.74, FOOT + SECOND, f"$d${at('a', 't-1')}", "activation", 1.08, 0.48, 18)
    x = sketch.value(0.74, FOOT + FIRST - 0.02, f"$d${at('x', 't')}", "input", 0.82, 0.48, 18)
    c = sketch.value(6.42, top, f"$d${at('c', 't')}", "cell", 0.84, 0.52, 18)
    a = sketch.value(6.42, FOOT + SECOND, f"$d${at('a', 't')}", "activation", 0.84, 0.48, 18)
    boxes = {}
    for place, (name, function) in enumerate((("f", SIGMA), ("u", SIGMA), ("c", TANH), ("o", SIGMA))):
        box = sketch.cell(1.9 + 0.92 * place, level, function, "cell" if name == "c" else "gate", 0.74, 0.54, 18)
        sketch.text(box.x + 0.1, box.bottom[1] - 0.21, f"$dz_{name}$", BACK, 15, ha="left")
        boxes[name] = box
    _down_from_the_memory(sketch, boxes, (c_before, c, a), top, meet, level)
    _out_of_the_boxes(sketch, boxes.values(), a_before, -0.2)
    _out_of_the_boxes(sketch, boxes.values(), x, 0.02)
    sketch.formula(0.28, FOOT - 0.4, r"dc = dc<t> + da<t> * \Gamma_o * (1-\tanh^2 c<t>)", size=15)
    sketch.formula(0.28, FOOT - 0.86, r"dc<t-1> = dc * \Gamma_f", size=15)
    sketch.formula(0.28, FOOT - 1.32, r"[da<t-1>,\, dx<t>] = W_c^T dz_c + W_u^T dz_u + W_f^T dz_f + W_o^T dz_o",
                   size=15)
    return sketch.figure


def _down_from_the_memory(sketch, boxes, values, top, meet, level):
    """Draw the ways from the gradients at the right to the old memory and into the four boxes."""
    c_before, c, a = values
    give = sketch.operator(5.6, level, TIMES)
    slope = sketch.value(give.x, meet, r"$1-\tanh^2$", "neutral", 1.02, 0.38, 14)
    add = sketch.operator(give.x, top, "$+$")
    keep, take = sketch.operator(boxes["f"].x, top, TIMES), sketch.operator(boxes["c"].x, meet, TIMES)
    sketch.arrow(a.left, (give.x, a.y), give.bottom, role=BACK)
    for start, end in ((c.left, add.right), (give.top, slope.bottom), (slope.top, add.bottom), (add.left, keep.right),
                       (keep.left, c_before.right), (give.left, boxes["o"].right), (take.bottom, boxes["c"].top),
                       (keep.bottom, boxes["f"].top)):
        sketch.arrow(start, end, role=BACK)
    sketch.branch((take.x, top), take.top, role=BACK)
    sketch.arrow(take.left, (boxes["u"].x, meet), boxes["u"].top, role=BACK)
    sketch.text((add.x + take.x) / 2, top + 0.22, "$dc$", BACK, 17)
    # at each product the factor that stands beside: what comes out of it is multiplied by that
    sketch.text((keep.x + c_before.right[0]) / 2 - 0.02, top + 0.2, r"$\Gamma_f$", "gate", 15)
    sketch.text(keep.x + 0.08, (top + level) / 2, at("c", "t-1"), "cell", 15, ha="left")
    sketch.text(take.x + 0.1, meet - 0.32, r"$\Gamma_u$", "gate", 15, ha="left")
    sketch.text((boxes["u"].x + take.x) / 2, meet + 0.2, at(r"\tilde c", "t"), "cell", 15)
    sketch.text(give.x + 0.1, level + 0.33, r"$\Gamma_o$", "gate", 15, ha="left")
    sketch.text((give.left[0] + boxes["o"].right[0]) / 2 + 0.03, level - 0.2, r"$\tanh c$", "cell", 12)


def _out_of_the_boxes(sketch, boxes, value, shift):
    """Draw the lines that come out of the boxes and run to a value at the left, where they are added."""
    *others, last = boxes
    for box in others:
        meeting = (box.x + shift, value.y)
        sketch.branch(meeting, (meeting[0], box.bottom[1]), role=BACK, head=False)
    sketch.arrow((last.x + shift, last.bottom[1]), (last.x + shift, value.y), value.right, role=BACK)

"""Gradients as pictures: one that fades on its way back through a sentence, and one that is clipped in two ways."""

import numpy as np

from drawing.canvas import Drawing, text_width
from drawing.checks import few_tokens, finite
from drawing.notation import at
from drawing.plots import axes_on
from drawing.sketch import Sketch
from drawing.style import BODY, INK, SMALL, WIRE, color_of, in_house_style

__all__ = ["clipped_gradients", "fading_gradient"]

WORDS = ("The", "cats", "which", "already", "ate", "pears", ",")
THICK, THIN = 7.0, 0.6  # an arrow's width in points where all of the gradient flows, and the least that is visible


@in_house_style
def fading_gradient(tokens=WORDS, target="were", factor=0.5):
    """Draw how much of the gradient of the last step comes back to each word.

    Parameters
    ----------
    tokens : sequence of str
        Three to seven words that the network reads.
    target : str
        The word that it should predict after the last one.
    factor : float
        What one step back leaves of the gradient, above 0 and up to 1.

    Returns
    -------
    Drawing
        The figure of section 8 of the notes: from the output y little comes back to the first words.

    Raises
    ------
    ValueError
        If there are too few or too many tokens, a word is too long, or the factor is not above 0 and up to 1.
    """
    tokens, (target,) = few_tokens(tokens, 3, 7, 9), few_tokens([target], 1, 1, 9)
    factor = float(finite("factor", [factor])[0])
    if not 0 < factor <= 1:
        raise ValueError(f"factor is {factor}; it must be above 0 and up to 1")
    last, spacing = len(tokens) - 1, 6.6 / len(tokens)
    sketch = Sketch(7, 3.3, alt=f"An RNN reads {' '.join(tokens)} and should say {target}. From its last state arrows "
                    f"lead back from step to step, each {factor:g} times as thick as the one before; at the first word "
                    f"{_percent(factor**last)} of the gradient is left.")
    cells = []
    for index, token in enumerate(tokens):
        centre = 0.2 + spacing * (index + 0.5)
        cells.append(sketch.cell(centre, 1.55, at("a", index + 1), width=0.56, height=0.62, size=15))
        size = SMALL if text_width(token, SMALL) < spacing - 0.1 else 11
        sketch.text(centre, 0.68, token, size=size, va="baseline", math=False)
        sketch.arrow((centre, 0.92), cells[-1].bottom)
        ends = {"x": centre - 0.12, "y": 2.36, "ha": "right"} if index == last else {"x": centre, "y": 2.08}
        sketch.text(text=_percent(factor ** (last - index)), role="gradient", size=SMALL, **ends)
        if index:
            width = max(THIN, THICK * factor ** (last - index))
            sketch.arrow(cells[index].left, cells[index - 1].right, role="gradient", width=width)
    said = sketch.value(cells[-1].x, 2.76, "", "output", max(0.72, text_width(target, BODY) + 0.3), 0.5)
    sketch.text(said.x, 2.71, target, size=BODY, va="baseline", math=False)
    sketch.arrow(said.bottom, cells[-1].top, role="gradient", width=THICK / 2)
    sketch.text(3.5, 0.33, f"what is left of the gradient, with a factor of {factor:g} for each step back", size=SMALL)
    return sketch.figure


def _percent(share):
    return f"{share:.0%}" if share >= 0.095 else f"{share:.1%}"


@in_house_style
def clipped_gradients(gradient=(3.0, 1.2), limit=1.0):
    """Draw a gradient of two numbers, clipped by norm and clipped by value.

    Parameters
    ----------
    gradient : array_like
        Two numbers, not both 0.
    limit : float
        The largest norm, and the largest size of an entry; above 0.

    Returns
    -------
    Drawing
        The figure: a circle and a square, and what each does to the direction.

    Raises
    ------
    ValueError
        If the gradient is not two numbers, or is 0, or the limit is not above 0.
    """
    g, limit = finite("gradient", gradient), float(finite("limit", [limit])[0])
    if g.shape != (2,) or not g.any():
        raise ValueError(f"gradient is {g.tolist()}; it must be two numbers, not both 0")
    if limit <= 0:
        raise ValueError(f"limit is {limit}; it must be above 0")
    by_norm = g * min(1.0, limit / np.linalg.norm(g))
    by_value = np.clip(g, -limit, limit)
    figure = Drawing(7, 4.2, "A gradient of two numbers as an arrow, and the same clipped: by norm it ends on a circle "
                     "and keeps its direction, by value it ends on a square and points elsewhere.")
    axes = axes_on(figure, left=0.9, bottom=0.85, top=1.0)
    axes.grid(axis="both")
    turn = np.linspace(0, 2 * np.pi, 200)
    axes.plot(limit * np.cos(turn), limit * np.sin(turn), color=color_of("activation"), lw=1.4)
    square = limit * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
    axes.plot(*square.T, color=color_of("output"), lw=1.4, linestyle=(0, (4, 2)))
    axes.axline((0, 0), tuple(g), color=WIRE, lw=1, linestyle=(0, (1, 2)))
    for vector, role, name, style in ((g, "gradient", "the gradient", "-"), (by_value, "output", "by value", "--"),
                                      (by_norm, "activation", "by norm", "-")):
        axes.annotate("", tuple(vector), (0, 0), zorder=4,
                      arrowprops={"arrowstyle": "-|>,head_length=0.7,head_width=0.32", "lw": 2.6,
                                  "color": color_of(role), "shrinkA": 0, "shrinkB": 0})
        axes.plot([], [], color=color_of(role), lw=2.6, linestyle=style, label=name)
    high = max(1.5 * limit, 0.75 * np.abs(g[1]) + 0.5 * limit)
    middle, box = g / 2 * (np.abs(g) > 2 * limit), axes.get_position()
    wide = high * 7 * box.width / (4.2 * box.height)  # one unit is as long in both directions
    axes.set(xlim=(middle[0] - wide, middle[0] + wide), ylim=(middle[1] - high, middle[1] + high),
             xlabel="first entry", ylabel="second entry")
    axes.plot(0, 0, "o", color=INK, ms=4, zorder=5)
    figure.legend(loc="upper center", bbox_to_anchor=(0.5, 0.95), ncols=3, handlelength=2.2)
    return figure

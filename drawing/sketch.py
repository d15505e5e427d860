"""The primitives of all diagrams: values, cells, operators, arrows, labels, formulas and frames.

Coordinates are inches from the lower left corner of the figure. Every primitive that draws a shape returns a
`Shape`, whose edges are where arrows begin and end::

    sketch = Sketch(7, 2, alt="x enters the cell.")
    x = sketch.value(2, 1, at("x", "t"), "input")
    cell = sketch.cell(4, 1, at("a", "t"))
    sketch.arrow(x.right, cell.left)
    sketch.beside(x.right, cell.left, "$W_{ax}$")
    sketch.figure
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from drawing.canvas import Drawing, rounded_box, text_width
from drawing.notation import in_roles
from drawing.style import BODY, INK, MATH, color_of, tint

__all__ = ["Shape", "Sketch"]

GAP = 0.035  # between a shape's edge and the arrow that begins or ends there
HEAD = (0.135, 0.062)  # an arrow head's length and half its width
CORNER = 0.12  # radius of an arrow's bends
LINE = 1.7


@dataclass(frozen=True)
class Shape:
    """A drawn shape: its centre and size in inches, and the middle of each edge."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self):
        """The middle of the left edge."""
        return (self.x - self.width / 2, self.y)

    @property
    def right(self):
        """The middle of the right edge."""
        return (self.x + self.width / 2, self.y)

    @property
    def top(self):
        """The middle of the upper edge."""
        return (self.x, self.y + self.height / 2)

    @property
    def bottom(self):
        """The middle of the lower edge."""
        return (self.x, self.y - self.height / 2)

    @property
    def centre(self):
        """The centre."""
        return (self.x, self.y)


class Sketch:
    """A diagram in the making; `figure` is the finished drawing.

    Parameters
    ----------
    width, height : float
        Size in inches. Figures are 7 inches wide.
    alt : str
        The alt text to use where the author gives none.
    """

    def __init__(self, width, height, alt):
        self.figure = Drawing(width, height, alt)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(0, height))
        self.axes.axis("off")

    def value(self, x, y, text, role="neutral", width=0.72, height=0.56, size=MATH, ghost=False):
        """Draw a value, such as x at one time step: a pill. A ghost is outlined only, with dashes."""
        self.text(x, y, text, size=size)
        return self._box(x, y, width, height, role, min(width, height) / 2, ghost)

    def cell(self, x, y, text, role="activation", width=0.8, height=0.72, size=MATH, filled=True):
        """Draw a computation with parameters, such as the RNN's cell at one time step: a rounded square."""
        self.text(x, y, text, size=size)
        return self._box(x, y, width, height, role, 0.1, filled=filled)

    def operator(self, x, y, text, role="neutral", size=0.36):
        """Draw an operation without parameters, such as + or the product by elements: a small circle."""
        self.text(x, y, text, size=BODY)
        return self._box(x, y, size, size, role, size / 2)

    def frame(self, left, bottom, right, top, role="neutral", strength=0.06, radius=0.16, dashed=False):
        """Draw a large pale region behind other shapes: the inside of a unit, a window of time steps."""
        outline = rounded_box(left, bottom, right, top, radius)
        self._outlined(outline, role, tint(role, strength), 1.2, dashed, zorder=0)
        return Shape((left + right) / 2, (bottom + top) / 2, right - left, top - bottom)

    def _box(self, x, y, width, height, role, radius, ghost=False, filled=True):
        outline = rounded_box(x - width / 2, y - height / 2, x + width / 2, y + height / 2, radius)
        self._outlined(outline, role, "none" if ghost or not filled else tint(role), LINE, ghost, zorder=3)
        return Shape(x, y, width, height)

    def _outlined(self, outline, role, face, width, dashed, zorder):
        """Draw a filled outline in a role's colour."""
        line = (0, (3, 2)) if dashed else "solid"
        patch = PathPatch(outline, facecolor=face, edgecolor=color_of(role), lw=width, linestyle=line, zorder=zorder)
        self.axes.add_patch(patch)

    def text(self, x, y, text, role=None, size=BODY, ha="center", va="center", weight="normal", math=True):
        """Write a label; `math` says whether dollar signs enclose mathematical text."""
        # A symbol with superscripts is centred by its letter, not by its box: the letters of a row stand level.
        if va == "center" and text.startswith("$") and text.endswith("$"):
            y, va = y - 0.3 * size / 72, "baseline"
        label = self.axes.text(
            x,
            y,
            text,
            color=INK if role is None else color_of(role),
            fontsize=size,
            ha=ha,
            va=va,
            weight=weight,
            zorder=6,
            parse_math=math,
            linespacing=1.35,
        )
        return label

    def arrow(self, *points, role="neutral", width=LINE, gap=GAP, head=True, dashed=False):
        """Draw an arrow through the points, its bends rounded.

        Parameters
        ----------
        *points : tuple of float
            At least two points; the arrow begins `gap` after the first and ends `gap` before the last.
        role : str
            What flows along it.
        width, gap, head, dashed : optional
            Width of the line in points, space at its ends in inches, whether it has a head, whether it is dashed.
        """
        route = np.array(points, dtype=float)
        steps = np.diff(route, axis=0)
        steps /= np.linalg.norm(steps, axis=1, keepdims=True)
        route[0] += gap * steps[0]
        route[-1] -= gap * steps[-1]
        color = color_of(role)
        zorder = 2 if role == "neutral" else 2.5
        if head:
            length, half = HEAD[0] * (width / LINE) ** 0.5, HEAD[1] * (width / LINE) ** 0.5
            tip, along = route[-1].copy(), steps[-1]
            across = np.array([-along[1], along[0]]) * half
            back = tip - length * along
            head_patch = Polygon([tip, back + across, back - across], closed=True, facecolor=color, lw=0, zorder=zorder)
            self.axes.add_patch(head_patch)
            route[-1] = tip - 0.9 * length * along
        line = PathPatch(
            _rounded(route),
            facecolor="none",
            edgecolor=color,
            lw=width,
            capstyle="butt",
            zorder=zorder,
            linestyle=(0, (2.2, 1.6)) if dashed else "solid",
        )
        self.axes.add_patch(line)

    def branch(self, *points, role="neutral", dashed=False, head=True):
        """Draw an arrow that branches off another one: a dot marks where."""
        self.axes.scatter(*points[0], s=22, color=color_of(role), zorder=3, linewidths=0)
        self.arrow(*points, role=role, dashed=dashed, head=head)

    def beside(self, start, end, text, role="parameter", size=16, side=1):
        """Write a label beside the middle of a straight line.

        Parameters
        ----------
        start, end : tuple of float
            The ends of the line.
        text, role, size : optional
            The label; usually a parameter's name.
        side : {1, -1}
            1 is above a level line and at the right of an upright one, -1 the other side.
        """
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        if start[0] == end[0]:
            self.text(x + 0.1 * side, y, text, role, size, ha="left" if side > 0 else "right")
        else:
            self.text(x, y + 0.06 * side, text, role, size, va="bottom" if side > 0 else "top")

    def formula(self, x, y, formula, size=17, ha="left"):
        r"""Write a formula with each symbol in the colour of its role.

        Parameters
        ----------
        x, y : float
            Where it begins (`ha` is ``"left"``) or has its middle (``"center"``), on the baseline.
        formula : str
            As `drawing.notation.in_roles` takes it: ``r"a<t> = \tanh(W_{ax} x<t> + b_a)"``.
        size : float
            Font size in points.
        ha : {"left", "center"}
            Horizontal alignment.

        Returns
        -------
        float
            Where it ends, in inches from the left.
        """
        pieces = in_roles(formula)
        widths = [text_width(f"${text}$", size) for text, _ in pieces]
        start = x - sum(widths) / 2 if ha == "center" else x
        for (text, role), offset in zip(pieces, np.cumsum([0, *widths]), strict=False):
            self.text(start + offset, y, f"${text}$", role, size, ha="left", va="baseline")
        return start + sum(widths)

    def dots(self, x, y):
        """Draw three dots in a row: steps that are left out."""
        self.axes.scatter([x - 0.13, x, x + 0.13], [y, y, y], s=14, color=color_of("neutral"), zorder=3, linewidths=0)


def _rounded(route):
    """Return the path through the points with every bend replaced by a quarter of a rounded corner."""
    vertices, codes = [route[0]], [Path.MOVETO]
    for before, bend, after in zip(route, route[1:], route[2:], strict=False):
        inward, outward = bend - before, after - bend
        radius = min(CORNER, np.linalg.norm(inward) / 2, np.linalg.norm(outward) / 2)
        vertices += [
            bend - radius * inward / np.linalg.norm(inward),
            bend,
            bend + radius * outward / np.linalg.norm(outward),
        ]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path([*vertices, route[-1]], [*codes, Path.LINETO])

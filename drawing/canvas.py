"""What every function of this package returns: a figure that shows itself and carries its alt text."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from drawing.png import encode_png
from drawing.style import PANEL, PANEL_EDGE, in_house_style

__all__ = ["DPI", "PAGE_WIDTH", "Drawing", "rounded_box", "show", "text_width"]

PAGE_WIDTH = 700  # the width in CSS pixels at which a 7 inch figure is shown; a phone scales it down
DPI = 180  # 1260 pixels for 7 inches: sharp on the screen of a phone
MARGIN = 0.04  # inches of clear space around the panel


def rounded_box(left, bottom, right, top, radius):
    """Return the outline of a rectangle with round corners.

    Parameters
    ----------
    left, bottom, right, top : float
        The edges.
    radius : float
        The corners' radius; with half the shorter side, the ends are half circles.

    Returns
    -------
    matplotlib.path.Path
        The closed outline.
    """
    bend = radius * (1 - 0.5523)  # where a Bézier curve comes closest to a quarter of a circle
    vertices = [(left + radius, bottom)]
    for x, y, in_x, in_y, out_x, out_y in (
        (right, bottom, -1, 0, 0, 1),
        (right, top, 0, -1, -1, 0),
        (left, top, 1, 0, 0, -1),
        (left, bottom, 0, 1, 1, 0),
    ):
        for distance, dx, dy in (
            (radius, in_x, in_y),
            (bend, in_x, in_y),
            (bend, out_x, out_y),
            (radius, out_x, out_y),
        ):
            vertices.append((x + distance * dx, y + distance * dy))
    codes = [Path.MOVETO] + 4 * [Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return Path([*vertices, vertices[0]], [*codes, Path.CLOSEPOLY])


def text_width(text, size):
    """Return how wide a text is in inches, in the style's font.

    Parameters
    ----------
    text : str
        Plain text, or mathematical text between dollar signs.
    size : float
        Font size in points.

    Returns
    -------
    float
        The width.
    """
    math = text.startswith("$") and text.endswith("$") and len(text) > 2
    return text_to_path.get_text_width_height_descent(text, FontProperties(size=size), math)[0] / 72


class Drawing(Figure):
    """A Matplotlib figure on the book's panel that knows what it shows.

    It belongs to no global state: it is not one of pyplot's figures and need not be closed. As the last
    expression of a notebook cell it displays itself as a PNG picture whose metadata hold the alt text.

    Parameters
    ----------
    width, height : float
        Size in inches.
    alt : str
        What a reader who cannot see the picture should be told.
    """

    def __init__(self, width, height, alt):
        super().__init__(figsize=(width, height), dpi=DPI, facecolor="none")
        self.alt = alt
        card = PathPatch(
            rounded_box(MARGIN, MARGIN, width - MARGIN, height - MARGIN, 0.14),
            facecolor=PANEL,
            edgecolor=PANEL_EDGE,
            linewidth=1,
            transform=self.dpi_scale_trans,
            zorder=-10,
        )
        self.add_artist(card)

    @in_house_style
    def png(self):
        """Return the picture as the bytes of a PNG file: the same bytes at each call.

        Returns
        -------
        bytes
            The file, without the name and version of the program that wrote it.
        """
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        return encode_png(np.asarray(canvas.buffer_rgba()))

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Give Jupyter the picture, and in its metadata the alt text and the width on the page."""
        width = round(self.get_figwidth() / 7 * PAGE_WIDTH)
        data = {"image/png": self.png(), "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt, "width": width}}

    def _ipython_display_(self):
        """Display the picture ourselves: pyplot, once loaded, would replace it by one of its own, without alt text."""
        from IPython.display import display  # this method is called by IPython only, so it is there

        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)

    def __repr__(self):
        return "<Drawing>"


def show(figure, alt):
    """Give a figure its alt text and return it, so that it is displayed where it ends a notebook cell.

    Parameters
    ----------
    figure : Drawing
        What a function of this package returned.
    alt : str
        One to three sentences for a reader who cannot see the picture: what depends on what, which curve falls,
        the numbers that matter.

    Returns
    -------
    Drawing
        The same figure.

    Raises
    ------
    TypeError
        If `figure` is not a `Drawing`.
    ValueError
        If `alt` is empty.

    Examples
    --------
    >>> import drawing
    >>> figure = drawing.show(drawing.rnn_cell(), alt="One step of an RNN: two inputs, one sum, one tanh.")
    >>> figure.alt
    'One step of an RNN: two inputs, one sum, one tanh.'
    """
    if not isinstance(figure, Drawing):
        raise TypeError(f"figure is a {type(figure).__name__}; it must be a Drawing, made by a function of drawing")
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt is {alt!r}; it must be a sentence that says what the figure shows")
    figure.alt = " ".join(alt.split())
    return figure

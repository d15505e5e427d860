"""Tables of numbers as colours: activations and gates over a sequence, and confusion matrices."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, Normalize

from drawing.bars import labels_below, write_below
from drawing.canvas import Drawing, text_width
from drawing.checks import finite
from drawing.plots import axes_on, write_title
from drawing.style import INK, PANEL, SMALL, color_of, contrast, in_house_style

__all__ = ["SEQUENTIAL", "activation_heatmap", "confusion_matrix"]

#: From -1 through 0 to 1, for activations; from 0 to 1, for gates and counts.
_DIVERGING = LinearSegmentedColormap.from_list("signed", [color_of("output"), "#ffffff", color_of("input")])
SEQUENTIAL = LinearSegmentedColormap.from_list("unsigned", ["#ffffff", "#7fb8d1", "#0d5f85", "#06384f"])


@in_house_style
def activation_heatmap(activations, tokens, units=None, limits=(-1, 1), title=None):
    r"""Draw activations over a sequence: a row for each unit, a column for each token.

    Parameters
    ----------
    activations : array_like
        The values (n_a, T), such as ``a[:, :, 0].T`` for the first example of a (T, n_a, m).
    tokens : sequence of str
        The T tokens.
    units : sequence of str, optional
        A name for each row; without it the rows are numbered from 1.
    limits : tuple of float
        The values at the ends of the colour scale: (-1, 1) for tanh, (0, 1) for gates.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If the numbers of rows or columns do not fit, or the limits are not in order.
    """
    array = finite("activations", activations, ndim=2)
    tokens = [str(token) for token in tokens]
    rows, columns = array.shape
    if columns != len(tokens):
        raise ValueError(f"activations has {columns} columns and tokens has {len(tokens)} elements; they must be equal")
    if units is not None and len(units) != rows:
        raise ValueError(f"activations has {rows} rows and units has {len(units)} elements; they must be equal")
    low, high = (float(limit) for limit in limits)
    if not low < high:
        raise ValueError(f"limits is {limits!r}; the first must be less than the second")
    names = [str(unit) for unit in units] if units is not None else [str(row + 1) for row in range(rows)]
    left = 0.35 + max(text_width(name, SMALL) for name in names) + (0 if units is not None else 0.3)
    width = 7 - left - 1.25
    size, turned, below = labels_below(tokens, width / columns)
    each = float(np.clip(4.2 / rows, 0.12, 0.42))
    heading = 0.75 if title else 0.35
    figure = Drawing(7, heading + rows * each + below + 0.28, "Heat map: a row for each unit, a column for each token.")
    write_title(figure, title)
    axes = axes_on(figure, left=left, right=1.25, bottom=below + 0.28, top=heading)
    image = _cells(axes, array, _DIVERGING if low < 0 < high else SEQUENTIAL, low, high)
    write_below(axes, tokens, size, turned)
    every = 1 if each >= 0.27 else int(np.ceil(0.27 / each))
    axes.set_yticks(range(0, rows, every), names[::every], parse_math=units is not None)
    if units is None:
        axes.set_ylabel("unit")
    _scale(figure, axes, image)
    return figure


def _cells(axes, array, colors, low, high):
    """Draw an array as coloured cells with thin lines of the panel between them."""
    rows, columns = (np.arange(size + 1) - 0.5 for size in array.shape)
    image = axes.pcolormesh(
        columns, rows, array, cmap=colors, norm=Normalize(low, high), edgecolors=PANEL, linewidth=0.8
    )
    axes.invert_yaxis()
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    return image


def _scale(figure, axes, image):
    """Draw the colour scale at the right of the axes."""
    box, width = axes.get_position(), figure.get_figwidth()
    place = figure.add_axes((box.x1 + 0.2 / width, box.y0, 0.16 / width, box.height))
    scale = figure.colorbar(image, cax=place)
    scale.outline.set_visible(False)
    place.tick_params(length=0, pad=5)
    low, high = image.norm.vmin, image.norm.vmax
    scale.set_ticks([low, (low + high) / 2, high])


@in_house_style
def confusion_matrix(matrix, labels, title=None):
    """Draw how often each true label was given each predicted one.

    Parameters
    ----------
    matrix : array_like
        The counts (n, n): row i is the truth, column j the prediction.
    labels : sequence of str
        The n labels.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If the matrix is not square, holds a negative number, or does not fit the labels.
    """
    array = finite("matrix", matrix, ndim=2)
    labels = [str(label) for label in labels]
    if array.shape != (len(labels), len(labels)):
        raise ValueError(f"matrix has shape {array.shape}; with {len(labels)} labels it must be square of that size")
    if (array < 0).any():
        raise ValueError("matrix holds a negative number; it must hold counts")
    each = min(1.15, 4.4 / len(labels))
    widest = max(text_width(label, SMALL) for label in labels)
    left = (7 - each * len(labels) + widest + 0.5) / 2
    turned = widest > 0.92 * each
    below = 0.12 + widest if turned else 0.3
    heading = 0.75 if title else 0.35
    figure = Drawing(
        7, heading + each * len(labels) + below + 0.6, "Confusion matrix: truth by rows, prediction by columns."
    )
    write_title(figure, title)
    axes = axes_on(figure, left=left, right=7 - left - each * len(labels), bottom=below + 0.6, top=heading)
    totals = array.sum(axis=1, keepdims=True)
    shares = array / np.where(totals == 0, 1, totals)
    image = _cells(axes, shares, SEQUENTIAL, 0, 1)
    for (row, column), count in np.ndenumerate(array):
        ground = image.cmap(image.norm(shares[row, column]))
        ink = max(("#ffffff", INK), key=lambda color, ground=ground: contrast(color, ground[:3]))
        axes.text(column, row, f"{count:g}", color=ink, ha="center", va="center", fontsize=min(17, 22 * each))
    write_below(axes, labels, SMALL, turned)
    axes.set_yticks(range(len(labels)), labels, parse_math=False)
    axes.set(xlabel="predicted", ylabel="truth")
    return figure

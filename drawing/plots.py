"""Plots of numbers over time steps and epochs: gradient flow and learning curves."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from drawing.canvas import Drawing
from drawing.checks import finite, numbers
from drawing.style import BODY, INK, PANEL, SERIES, SMALL, WIRE, color_of, in_house_style

__all__ = ["axes_on", "gradient_flow", "learning_curves", "write_title"]

#: Lines differ by marker and dashes too, not by colour alone.
MARKERS = "osD^vPX"
DASHES = ("solid", (0, (5, 1.5)), (0, (1.5, 1)), (0, (6, 1.5, 1.5, 1.5)), "solid", (0, (5, 1.5)), (0, (1.5, 1)))


def axes_on(figure, left=1.0, right=0.35, bottom=0.85, top=0.35):
    """Add axes to a figure, with margins in inches, and a pale grid along the values.

    Parameters
    ----------
    figure : Drawing
        The figure.
    left, right, bottom, top : float
        The margins.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.
    """
    width, height = figure.get_size_inches()
    box = (left / width, bottom / height, 1 - (left + right) / width, 1 - (bottom + top) / height)
    axes = figure.add_axes(box)
    axes.set_axisbelow(True)
    axes.grid(axis="y")
    axes.tick_params(which="both", length=0, pad=7)
    return axes


def write_title(figure, title):
    """Write a heading and return the margin in inches that it and the space above the axes take."""
    if not title:
        return 0.35
    height = figure.get_size_inches()[1]
    figure.text(0.5, 1 - 0.38 / height, title, ha="center", va="center", fontsize=BODY, weight="bold")
    return 0.75


def _legend(figure, axes, top):
    """Write the lines' labels above the axes, in as few rows as they need, and make room for them."""
    handles, labels = axes.get_legend_handles_labels()
    if len(labels) < 2:
        return
    width, height = figure.get_size_inches()
    for columns in range(len(labels), 0, -1):
        legend = figure.legend(
            handles,
            labels,
            loc="upper center",
            bbox_to_anchor=(0.5, 1 - (top - 0.1) / height),
            ncols=columns,
            handlelength=2.2,
            columnspacing=1.4,
            handletextpad=0.6,
            borderpad=0,
            borderaxespad=0,
        )
        extent = legend.get_window_extent(FigureCanvasAgg(figure).get_renderer())
        if extent.width / figure.dpi < width - 0.4 or columns == 1:
            break
        legend.remove()
    box = axes.get_position()
    axes.set_position((box.x0, box.y0, box.width, box.height - (extent.height / figure.dpi + 0.1) / height))


def _steps(axes, most):
    """Mark time steps from 1 on: every one, or about six of them."""
    every = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, most) if most / size <= 11)
    axes.set_xticks(range(1, most + 1, every) if every < 5 else [1, *range(every, most + 1, every)])


def _scale(axes, log):
    """Choose the scale of the values, and few marks on it."""
    axes.set_yscale("log" if log else "linear")
    if not log:
        axes.yaxis.set_major_locator(MaxNLocator(5))
        return
    low, high = axes.get_ylim()
    axes.yaxis.set_minor_locator(NullLocator())
    if high / low < 50:
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    else:
        axes.yaxis.set_major_locator(LogLocator(numticks=6))


def _line(axes, x, y, index, label, markers):
    """Draw the line number `index` of a plot."""
    axes.plot(
        x,
        y,
        label=label,
        color=color_of(SERIES[index]),
        linestyle=DASHES[index],
        marker=MARKERS[index] if markers else None,
        markersize=6.5,
        markeredgewidth=0,
        zorder=3,
    )


def _named(name, lines):
    """Return the lines as a dict, refusing too few or too many."""
    lines = lines if isinstance(lines, dict) else {"": lines}
    if not 1 <= len(lines) <= len(SERIES):
        raise ValueError(f"{name} has {len(lines)} lines; the figure has room for 1 to {len(SERIES)}")
    return lines


@in_house_style
def gradient_flow(norms, title=None, log=True, marks=None):
    r"""Plot the norm of the gradient at each time step, $\|\partial L/\partial a^{\langle t\rangle}\|$ against t.

    Parameters
    ----------
    norms : dict of str to array_like, or array_like
        One array (T,) for each line, or a single one; element 0 belongs to t = 1.
    title : str, optional
        A heading.
    log : bool
        Whether the norms are drawn on a logarithmic axis; zeros are left out there.
    marks : dict of str to list of tuple, optional
        Points to mark, such as predictions: under each name the pairs (t, norm). What a logarithmic axis cannot
        show is left out.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If a norm is negative, not finite or not a number, or if there is nothing to draw.
    """
    lines = {label: finite(f"norms[{label!r}]", values) for label, values in _named("norms", norms).items()}
    for label, values in lines.items():
        if (values < 0).any():
            raise ValueError(f"norms[{label!r}] holds a negative number; a norm is at least 0")
    if log and not any((values > 0).any() for values in lines.values()):
        raise ValueError("norms holds zeros only; they have no place on a logarithmic axis (use log=False)")
    figure = Drawing(7, 4.2, "Line plot: norm of the gradient with respect to the activation, at each time step.")
    top = write_title(figure, title)
    axes = axes_on(figure, left=1.2, bottom=1.12, top=top)
    for index, (label, values) in enumerate(lines.items()):
        steps = np.arange(1, len(values) + 1)
        shown = values > 0 if log else np.full(len(values), True)
        _line(axes, steps[shown], values[shown], index, label, markers=len(values) <= 25)
    for index, (label, points) in enumerate((marks or {}).items()):
        t, norm = finite(f"marks[{label!r}]", points, ndim=2).T
        axes.plot(t[(norm > 0) | (not log)], norm[(norm > 0) | (not log)], "P*X"[index % 3], label=label, ms=15,
                  color=INK, markeredgecolor=PANEL, markeredgewidth=1.5, zorder=5)
    _scale(axes, log)
    axes.set(xlabel="time step $t$", ylabel=r"$\|\,\partial L\,/\,\partial a^{\langle t\rangle}\,\|$")
    axes.yaxis.label.set_size(18)
    _steps(axes, max(map(len, lines.values())))
    arrow = {"arrowstyle": "-|>,head_length=0.5,head_width=0.24", "color": color_of("gradient"), "lw": 2}
    height = 0.3 / figure.get_figheight()
    axes.annotate(
        "", (0.42, height), (0.55, height), xycoords="figure fraction", arrowprops=arrow | {"shrinkA": 0, "shrinkB": 0}
    )
    figure.text(0.57, height - 0.003, "backward", fontsize=SMALL, va="center")
    _legend(figure, axes, top)
    return figure


@in_house_style
def learning_curves(curves, xlabel="epoch", ylabel="loss", baseline=None, title=None, log=False):
    """Plot one or more quantities as training goes on.

    Parameters
    ----------
    curves : dict of str to array_like, or array_like
        For each line its values (n,), at 1, 2, …, n; or a pair (x, values). A line ends with a cross where its
        values cease to be finite.
    xlabel, ylabel : str
        What the axes mean.
    baseline : tuple of (str, float), optional
        A level to compare with: its name and value.
    title : str, optional
        A heading.
    log : bool
        Whether the values are drawn on a logarithmic axis.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If a line has no finite value, or x and values differ in length.
    """
    lines = {label: _curve(label, values) for label, values in _named("curves", curves).items()}
    figure = Drawing(7, 4, f"Line plot: {ylabel} against {xlabel}.")
    top = write_title(figure, title)
    axes = axes_on(figure, left=1.05, top=top)
    for index, (label, (x, y)) in enumerate(lines.items()):
        end = len(y) if np.isfinite(y).all() else int(np.argmin(np.isfinite(y)))
        _line(axes, x[:end], y[:end], index, label, markers=len(y) <= 12)
        if end < len(y):
            axes.plot(x[end - 1], y[end - 1], "X", color=color_of(SERIES[index]), markersize=12, markeredgewidth=0)
    if baseline is not None:
        name, level = baseline
        level = float(finite("baseline", [level])[0])
        axes.axhline(level, color=WIRE, lw=1.8, linestyle=(0, (4, 2)), zorder=2, label=name)
    _scale(axes, log)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    _legend(figure, axes, top)
    return figure


def _curve(label, values):
    """Return a line's x and y; a pair of arrays is x and y, anything else is y."""
    name = f"curves[{label!r}]"
    x = None
    if isinstance(values, tuple) and len(values) == 2 and np.ndim(values[0]) == 1:
        x, values = values
    y = numbers(name, values)
    if y.ndim != 1 or y.size == 0:
        raise ValueError(f"{name} has shape {y.shape}; it must have one axis and at least one element")
    x = np.arange(1, len(y) + 1) if x is None else finite(name, x)
    if len(x) != len(y):
        raise ValueError(f"{name} has {len(x)} places and {len(y)} values; there must be one value for each place")
    if not np.isfinite(y[0]):
        raise ValueError(f"{name} begins with {y[0]}; a line needs a finite number to begin with")
    return x, y

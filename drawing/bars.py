"""Bars: distributions over tokens, what temperature does to them, and scores against a baseline."""

import numpy as np

from drawing.canvas import Drawing, text_width
from drawing.checks import finite
from drawing.plots import axes_on, write_title
from drawing.style import INK, SMALL, WIRE, color_of, in_house_style, tint

__all__ = ["distribution_bars", "labels_below", "score_bars", "temperature_bars", "visible", "write_below"]


def visible(token):
    """Return a token as it can be read in a picture: a space, a line's end and a tabulator get a sign.

    Parameters
    ----------
    token : str
        The token.

    Returns
    -------
    str
        The token, or its sign.
    """
    return {" ": "␣", "\n": "↵", "\t": "→", "": "∅"}.get(token, token)


def _distribution(name, probabilities, tokens):
    """Return a distribution as an array that fits the tokens."""
    array = finite(name, np.ravel(probabilities))
    if len(array) != len(tokens):
        raise ValueError(f"{name} has {len(array)} elements and tokens has {len(tokens)}; they must be equal in number")
    if (array < 0).any() or abs(array.sum() - 1) > 1e-3:
        raise ValueError(f"{name} must be probabilities: none negative, their sum 1; the sum is {array.sum():.4g}")
    return array


def labels_below(tokens, width):
    """Find out how tokens can be written below columns that are `width` inches apart.

    Parameters
    ----------
    tokens : sequence of str
        The tokens.
    width : float
        The distance of the columns.

    Returns
    -------
    size : float
        The font size in points.
    turned : bool
        Whether they must be written upright, because level ones would touch.
    height : float
        The height they take in inches.
    """
    names = [visible(token) for token in tokens]
    size = min(SMALL, 62 * width)
    widest = max(text_width(name, SMALL) for name in names)
    level = max(text_width(name, size) for name in names) < 0.9 * width
    if widest < 0.9 * width or (level and max(map(len, names)) == 1):
        return size, False, 0.3
    return size, True, 0.12 + max(text_width(name, size) for name in names)


def write_below(axes, tokens, size, turned):
    """Write tokens below the columns 0, 1, 2, … of axes."""
    axes.set_xticks(range(len(tokens)))
    names = [visible(token) for token in tokens]
    axes.set_xticklabels(names, rotation=90 if turned else 0, fontsize=size, parse_math=False)


@in_house_style
def distribution_bars(probabilities, tokens, chosen=None, title=None):
    """Draw a probability distribution over tokens.

    Parameters
    ----------
    probabilities : array_like
        The probabilities, (n,) or (n, 1).
    tokens : sequence of str
        The n tokens.
    chosen : int, optional
        The index of a token to highlight: the one that was drawn, or the most likely one.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If these are not probabilities, or not one for each token, or `chosen` is no index of them.
    """
    tokens = [str(token) for token in tokens]
    array = _distribution("probabilities", probabilities, tokens)
    if chosen is not None and not 0 <= chosen < len(tokens):
        raise ValueError(f"chosen is {chosen!r}; it must be an index from 0 to {len(tokens) - 1}")
    size, turned, below = labels_below(tokens, 5.65 / len(tokens))
    figure = Drawing(7, 3 + below, "Bar chart: a probability for each token.")
    axes = axes_on(figure, top=write_title(figure, title), bottom=below + 0.25)
    _bars(axes, array, chosen)
    write_below(axes, tokens, size, turned)
    axes.set_ylabel("probability")
    axes.locator_params(axis="y", nbins=4)
    return figure


def _bars(axes, array, chosen=None):
    """Draw bars in the output's colour; where one is chosen, the others stand back."""
    colors = [color_of("output") if chosen in (None, index) else tint("output", 0.45) for index in range(len(array))]
    axes.bar(range(len(array)), array, width=0.74, color=colors, zorder=2)
    axes.set_xlim(-0.6, len(array) - 0.4)


@in_house_style
def temperature_bars(distributions, tokens, title=None):
    """Draw the same distribution at several temperatures, one below the other.

    Parameters
    ----------
    distributions : dict of float to array_like
        For each temperature the probabilities (n,) or (n, 1).
    tokens : sequence of str
        The n tokens.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If these are not probabilities, or not one for each token, or there are more than five temperatures.
    """
    tokens = [str(token) for token in tokens]
    if not 1 <= len(distributions) <= 5:
        raise ValueError(f"distributions has {len(distributions)} temperatures; the figure has room for one to five")
    rows = {t: _distribution(f"distributions[{t}]", p, tokens) for t, p in distributions.items()}
    size, turned, below = labels_below(tokens, 4.65 / len(tokens))
    each, between, first = 1.0, 0.25, 0.75 if title else 0.35
    height = first + len(rows) * (each + between) + below
    figure = Drawing(7, height, "Bar charts: one distribution at each temperature.")
    write_title(figure, title)
    peak = max(array.max() for array in rows.values())
    for row, (temperature, array) in enumerate(rows.items()):
        top = first + row * (each + between)
        axes = axes_on(figure, left=0.8, right=1.55, top=top, bottom=height - top - each)
        _bars(axes, array)
        axes.set_ylim(0, 1.05 * peak)
        axes.locator_params(axis="y", nbins=2)
        axes.text(1.04, 0.62, "temperature", transform=axes.transAxes, fontsize=12.5, va="center")
        axes.text(1.04, 0.34, f"{temperature:g}", transform=axes.transAxes, fontsize=17, va="center")
        write_below(axes, tokens, size, turned)
        if row < len(rows) - 1:
            axes.set_xticklabels([])
    return figure


@in_house_style
def score_bars(scores, baseline=None, xlabel="accuracy", title=None):
    """Draw scores as level bars, with the baseline they must beat as a dashed line.

    Parameters
    ----------
    scores : dict of str to float
        Each one's score, at least 0.
    baseline : tuple of (str, float), optional
        The baseline's name and score; it is drawn as a bar of its own and as a line across the others.
    xlabel : str
        What the score is.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If there is no score, or one is negative or not finite.
    """
    values = {label: _score(f"scores[{label!r}]", value) for label, value in scores.items()}
    if not values:
        raise ValueError("scores is empty; it must hold at least one score")
    bars = dict(values)
    if baseline is not None:
        name, level = baseline
        level = _score("baseline", level)
        bars = {name: level} | bars
    labels = [_in_two_lines(label) for label in bars]
    left = 0.38 + max(text_width(line, SMALL) for label in labels for line in label.split("\n"))
    if left > 4:
        raise ValueError(f"scores has a label that takes {left:.1f} inches in two lines; the figure has room for 4")
    figure = Drawing(7, 1.35 + 0.52 * len(bars) + (0.4 if title else 0), f"Bar chart: {xlabel} of each.")
    axes = axes_on(figure, left=left, right=0.95, bottom=0.85, top=write_title(figure, title) - 0.05)
    axes.grid(visible=False)
    places = range(len(bars))[::-1]
    colors = [WIRE if baseline is not None and index == 0 else color_of("output") for index in range(len(bars))]
    axes.barh(places, list(bars.values()), height=0.62, color=colors, zorder=2)
    most = max(bars.values()) or 1
    axes.set(xlim=(0, most), ylim=(-0.6, len(bars) - 0.4), xlabel=xlabel)
    if baseline is not None:
        axes.axvline(level, color=INK, lw=1.6, linestyle=(0, (4, 2)), zorder=3, clip_on=False)
    for place, value in zip(places, bars.values(), strict=True):
        text = f"{value:.3g}"
        end = value + most * (text_width(text, SMALL) + 0.15) / (7 - left - 0.95)
        crossed = baseline is not None and value < level < end  # by the dashed line
        where = level if crossed else value
        axes.annotate(text, (where, place), (6, 0), textcoords="offset points", va="center", fontsize=SMALL)
    axes.set_yticks(places, labels, parse_math=False)
    axes.locator_params(axis="x", nbins=5)
    return figure


def _in_two_lines(label):
    """Break a long label in two at the space nearest to its middle."""
    spaces = [index for index, letter in enumerate(label) if letter == " "]
    if len(label) <= 20 or not spaces:
        return label
    middle = min(spaces, key=lambda index: abs(index - len(label) / 2))
    return label[:middle] + "\n" + label[middle + 1 :]


def _score(name, value):
    """Return a score as a float; refuse a negative one."""
    score = float(finite(name, [value])[0])
    if score < 0:
        raise ValueError(f"{name} is {score}; a score is at least 0")
    return score

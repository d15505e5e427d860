"""What a language model expects next, word by word along a sentence."""

import numpy as np

from drawing.bars import visible
from drawing.canvas import Drawing
from drawing.checks import finite, whole_number
from drawing.plots import axes_on
from drawing.style import BODY, INK, SMALL, color_of, in_house_style, tint

__all__ = ["next_words"]


@in_house_style
def next_words(tokens, predictions, words, shown=4):
    """Draw the likeliest next words at each step of a sentence, and mark the one that comes.

    Parameters
    ----------
    tokens : sequence of str
        The T tokens of the sentence, two to eight; the end token is one of them.
    predictions : array_like, (T, n) or (T, n, 1)
        The prediction of each step.
    words : sequence of str
        The n tokens of the vocabulary, by their index.
    shown : int
        How many of them each step shows, two to four. The one that comes is always among them.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If there are too few or too many tokens, one is not in the vocabulary, or the predictions are not
        probabilities that fit.
    """
    tokens, words = [str(token) for token in tokens], [str(word) for word in words]
    if not 2 <= len(tokens) <= 8:
        raise ValueError(f"tokens has {len(tokens)} elements; the figure has room for 2 to 8")
    strange = [token for token in tokens if token not in words]
    if strange:
        raise ValueError(f"tokens holds {strange[0]!r}, which is not among words")
    whole_number("shown", shown, 2, 4)
    rows = _probabilities(predictions, len(tokens), len(words))
    each, gap, lines = 0.29 * shown, 0.66, -(-len(tokens) // 2)
    height = 0.28 + lines * (each + gap) + 0.12
    figure = Drawing(7, height, "Bar charts: at each step of a sentence the likeliest next words.")
    for step, row in enumerate(rows):
        line, column = step % lines, step // lines  # down the left side, then down the right
        top = 0.28 + line * (each + gap) + 0.42
        axes = axes_on(figure, left=1.3 + 3.25 * column, right=4.02 - 3.25 * column, top=top,
                       bottom=height - top - each)
        _step(axes, row, words, words.index(tokens[step]), shown)
        before = f"… {tokens[step - 1]} …" if step > 1 else f"{tokens[0]} …" if step else "at the beginning"
        figure.text((0.3 + 3.25 * column) / 7, 1 - (top - 0.2) / height, f"{step + 1}  {before}", fontsize=BODY,
                    weight="bold", va="center", parse_math=False)
    return figure


def _probabilities(predictions, steps, n):
    """Return the predictions as an array (T, n)."""
    array = np.asarray(predictions)
    if array.shape not in ((steps, n), (steps, n, 1)):
        raise ValueError(f"predictions has the shape {array.shape}; it must be ({steps}, {n}): a row for each token")
    array = finite("predictions", array.reshape(steps, n), ndim=2)
    if (array < 0).any() or (abs(array.sum(axis=1) - 1) > 1e-3).any():
        raise ValueError("predictions must be probabilities: none negative, the sum of each row 1")
    return array


def _step(axes, row, words, truth, shown):
    """Draw the bars of one step; the word that comes is filled."""
    order = [int(index) for index in np.argsort(-row, kind="stable")[:shown]]
    if truth not in order:
        order[-1] = truth
    places = range(shown)[::-1]
    colors = [color_of("output") if index == truth else tint("output", 0.45) for index in order]
    axes.grid(visible=False)
    axes.barh(places[:len(order)], row[order], height=0.72, color=colors)
    axes.set(xlim=(0, 1.08), ylim=(-0.55, shown - 0.45))
    for place, index in zip(places, order, strict=False):
        axes.annotate(_percent(row[index]), (row[index], place), (5, 0), textcoords="offset points", va="center",
                      fontsize=SMALL, color=INK)
    axes.set_yticks(places[:len(order)], [visible(words[index]) for index in order], parse_math=False)
    for label, index in zip(axes.get_yticklabels(), order, strict=True):
        label.set_weight("bold" if index == truth else "normal")
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _percent(probability):
    """Write a probability as a percentage of few characters."""
    if probability < 0.0005:
        return "< 0.1 %"
    return f"{100 * probability:.{0 if probability >= 0.095 else 1}f} %"

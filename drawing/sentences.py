"""Sentences with a label for each token: what was predicted, what is true, and where the two differ."""

import numpy as np

from drawing.bars import visible
from drawing.canvas import text_width
from drawing.sketch import Sketch
from drawing.style import INK, SMALL, color_of, in_house_style

__all__ = ["tagged_sentence"]

TOKEN, TAG = 16, SMALL
LINE, ROW = 0.46, 0.34  # heights of a token's box and of a row of labels
LEFT, RIGHT = 1.32, 6.78


@in_house_style
def tagged_sentence(tokens, predicted, truth=None, names=("–", "name")):
    """Write a sentence with the predicted label below each token, and the true one where it is known.

    A token whose predicted label is not 0 is filled; a token whose labels differ stands in a dashed frame and its
    predicted label has a cross.

    Parameters
    ----------
    tokens : sequence of str
        The T tokens.
    predicted : array_like
        For each token the predicted label, an index of `names`, (T,).
    truth : array_like, optional
        For each token the true label, (T,).
    names : sequence of str
        What the labels 0, 1, … mean.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If there is not one label for each token, or a label is no index of `names`.
    """
    tokens = [visible(str(token)) for token in tokens]
    rows = {"predicted": _labels("predicted", predicted, tokens, names)}
    if truth is not None:
        rows["truth"] = _labels("truth", truth, tokens, names)
    lines = _lines(tokens, rows, names)
    pitch = LINE + ROW * len(rows) + 0.26
    sketch = Sketch(7, 0.22 + pitch * len(lines), "A sentence with a label for each token.")
    top = pitch * len(lines)
    for line in lines:
        for row, name in enumerate(rows):
            sketch.text(0.22, top - LINE - ROW * (row + 0.75), name, size=TAG, ha="left", va="baseline")
        for index, centre, width in line:
            labels = [rows[name][index] for name in rows]
            _column(sketch, centre, top, width, tokens[index], labels, names)
        top -= pitch
    return sketch.figure


def _labels(name, labels, tokens, names):
    """Return labels as integers, one for each token, each with a name."""
    array = np.ravel(labels)
    if len(array) != len(tokens) or not tokens:
        raise ValueError(f"{name} has {len(array)} labels and tokens has {len(tokens)}; they must be equal, and not 0")
    if not all(0 <= label < len(names) and label == int(label) for label in array):
        raise ValueError(f"{name} is {array.tolist()}; each label must be an integer from 0 to {len(names) - 1}")
    return array.astype(int).tolist()


def _lines(tokens, rows, names):
    """Break the sentence into lines; each is a list of (index of the token, centre, width)."""
    lines, place = [[]], LEFT
    for index, token in enumerate(tokens):
        tags = [text_width(names[labels[index]], TAG) for labels in rows.values()]
        width = max(text_width(token, TOKEN) + 0.2, 0.42, max(tags) + 0.3)
        if width > RIGHT - LEFT:
            raise ValueError(f"tokens holds {token!r}, which is wider than the figure")
        if place + width > RIGHT:
            lines.append([])
            place = LEFT
        lines[-1].append((index, place + width / 2, width))
        place += width + 0.12
    return lines


def _column(sketch, centre, top, width, token, labels, names):
    """Draw one token and its labels."""
    wrong = len(set(labels)) > 1
    if wrong:
        bottom = top - LINE - ROW * len(labels) - 0.04
        reach = width / 2 + 0.045
        sketch.frame(centre - reach, bottom, centre + reach, top + 0.045, dashed=True, radius=0.13)
    role = "output" if labels[0] else "neutral"
    sketch.cell(centre, top - LINE / 2, "", role, width, LINE, filled=bool(labels[0]))
    sketch.text(centre, top - 0.31, token, size=TOKEN, va="baseline", math=False)
    for row, label in enumerate(labels):
        name = ("✗ " if wrong and row == 0 else "") + names[label]
        text = sketch.text(centre, top - LINE - ROW * (row + 0.75), name, size=TAG, va="baseline", math=False)
        text.set_color(color_of("output") if label and row == 0 else INK)

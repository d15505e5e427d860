"""Language models along time: trained on the tokens of a text, and sampled one token after the other."""

from matplotlib.patches import Rectangle

from drawing.canvas import text_width
from drawing.checks import few_tokens
from drawing.notation import at
from drawing.sketch import Sketch
from drawing.style import color_of, in_house_style, tint

__all__ = ["language_model", "sampling_loop"]

#: Heights of the five bars that stand for a distribution, and which of them is drawn, step by step.
_DISTRIBUTIONS = (
    ((0.3, 0.9, 0.5, 0.2, 0.35), 1),
    ((0.25, 0.4, 0.2, 1.0, 0.3), 3),
    ((0.75, 0.25, 0.5, 0.3, 0.2), 2),
    ((0.2, 0.35, 0.25, 0.3, 0.95), 4),
    ((0.85, 0.3, 0.45, 0.2, 0.3), 0),
    ((0.3, 0.2, 0.8, 0.35, 0.4), 2),
)


@in_house_style
def sampling_loop(tokens=("d", "i", "n", "o", "<EOS>")):
    """Draw how a sequence is sampled: each drawn token is the next step's input, up to the end token.

    Parameters
    ----------
    tokens : sequence of str
        The tokens that are drawn, two to six of at most five characters.

    Returns
    -------
    Drawing
        The figure of section 7 of the notes.

    Raises
    ------
    ValueError
        If there are too few or too many tokens, or one is too long.
    """
    tokens = few_tokens(tokens, 2, 6, 5)
    sketch = Sketch(
        7,
        4.45,
        alt="Sampling from a trained RNN, step by step. The first input and the first activation are zero. Each step "
        "gives a probability distribution, from which one token is drawn; the drawn token is the input of the next "
        f"step. Drawn in this example: {', '.join(tokens)}.",
    )
    low, middle, bars, top = 0.86, 1.8, 2.46, 3.56
    spacing = 6.0 / len(tokens)
    width = min(0.74, 0.62 * spacing)
    sizes = _sizes(tokens, width)
    before = sketch.value(0.5, middle, at("a", 0), "activation", 0.68)
    sketch.text(0.5, bars + 0.3, "softmax", size=12.5)
    sketch.text(0.5, top, "drawn", size=12.5)
    sketch.text(0.5, low, "input", size=12.5)
    drawn = None
    for index, token in enumerate(tokens):
        centre = 0.92 + spacing * (index + 0.5)
        x = sketch.value(centre, low, "$0$" if index == 0 else "", "input", width, 0.5, 17)
        a = sketch.cell(centre, middle, at("a", index + 1), width=width, height=0.66, size=17)
        y = sketch.value(centre, top, "", "output", width, 0.5)
        sketch.text(centre, low - 0.46, at("x", index + 1), size=16)
        sketch.text(centre, top + 0.42, at(r"\hat y", index + 1), size=16)
        _token(sketch, y, token, sizes)
        _bars(sketch, centre, bars, width, *_DISTRIBUTIONS[index])
        if drawn is not None:
            lane = (drawn.right[0] + x.left[0]) / 2
            sketch.arrow(drawn.right, (lane, top), (lane, low), x.left, role="output", width=2)
            _token(sketch, x, tokens[index - 1], sizes)
        sketch.arrow(before.right, a.left)
        sketch.arrow(x.top, a.bottom)
        sketch.arrow(a.top, (centre, bars))
        sketch.arrow((centre, bars + 0.56), y.bottom)
        before, drawn = a, y
    return sketch.figure


@in_house_style
def language_model(tokens=("Cats", "sleep", "a", "lot", "<EOS>")):
    r"""Draw the RNN language model along a sentence: every step predicts the next token.

    Parameters
    ----------
    tokens : sequence of str
        The tokens of the sentence with its end token, two to five of at most seven characters.

    Returns
    -------
    Drawing
        The figure of section 6 of the notes.

    Raises
    ------
    ValueError
        If there are too few or too many tokens, or one is too long.
    """
    tokens = few_tokens(tokens, 2, 5, 7)
    sketch = Sketch(
        7,
        4.52,
        "An RNN language model along a sentence. The first input is zero; from then on the input of each step is the "
        "true token of the step before. Each step's softmax output gives every token a probability, and is trained to "
        f"give the true next one a high one. The true tokens: {', '.join(tokens)}.",
    )
    low, middle, high, top = 0.86, 1.8, 2.74, 3.64
    spacing = 6.0 / len(tokens)
    width = min(0.86, 0.7 * spacing)
    sizes = _sizes(tokens, width)
    before = sketch.value(0.5, middle, at("a", 0), "activation", 0.68)
    for level, name in ((top, "truth"), (high, "softmax"), (low, "input")):
        sketch.text(0.5, level, name, size=12.5)
    truth = None
    for index, token in enumerate(tokens):
        centre = 0.92 + spacing * (index + 0.5)
        x = sketch.value(centre, low, "$0$" if index == 0 else "", "input", width, 0.5, 17)
        a = sketch.cell(centre, middle, at("a", index + 1), width=width, height=0.66, size=17)
        y = sketch.value(centre, high, at(r"\hat y", index + 1), "output", width, 0.52, 17)
        target = sketch.value(centre, top, "", "neutral", width, 0.5, ghost=True)
        sketch.text(centre, low - 0.46, at("x", index + 1), size=16)
        sketch.text(centre, top + 0.42, at("y", index + 1), size=16)
        _token(sketch, target, token, sizes)
        if truth is not None:
            lane = (truth.right[0] + x.left[0]) / 2
            sketch.arrow(truth.right, (lane, top), (lane, low), x.left, dashed=True)
            _token(sketch, x, tokens[index - 1], sizes)
        for start, end in ((before.right, a.left), (x.top, a.bottom), (a.top, y.bottom)):
            sketch.arrow(start, end)
        sketch.arrow(y.top, target.bottom, head=False)
        before, truth = a, target
    return sketch.figure


def _sizes(tokens, width):
    """Return the font size of each token: one size for all words that fits the longest, another for end tokens."""
    sizes = {}
    for special in (False, True):
        group = [token for token in tokens if token.startswith("<") == special]
        widest = max((text_width(token, 17) for token in group), default=1)
        sizes |= dict.fromkeys(group, min(17, 17 * (width - 0.15) / widest))
    return sizes


def _token(sketch, shape, token, sizes):
    """Write a token into a value's shape."""
    sketch.text(*shape.centre, token, size=sizes[token], math=False)


def _bars(sketch, centre, bottom, width, heights, drawn):
    """Draw a small distribution whose drawn bar is filled."""
    step = width / len(heights)
    for index, height in enumerate(heights):
        color = color_of("output") if index == drawn else tint("output", 0.4)
        left = centre - width / 2 + (index + 0.14) * step
        sketch.axes.add_patch(Rectangle((left, bottom + 0.06), 0.72 * step, 0.46 * height, facecolor=color, lw=0))

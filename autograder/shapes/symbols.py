"""The course's symbols: what an array called ``a_prev`` is, and the axes it has.

The conventions stand in the book (``chapters/index.md``); the docstring of a function comes before them.
"""

from dataclasses import dataclass

from autograder.shapes.axes import parse_axes
from autograder.words import mark, say


@dataclass(frozen=True)
class Symbol:
    """What a name of the course stands for.

    Parameters
    ----------
    meaning : str
    forms : tuple of tuple of str
        The axes it has; of several forms one.
    sure : bool
        Whether the name is always used so. A bare ``a`` may be anything.
    """

    meaning: str
    forms: tuple[tuple[str, ...], ...]
    sure: bool = True


STATE, SEQUENCE = "n_a, m", "T_x, n_a, m"
_TABLE = (
    ("x", mark("The input, all steps"), ("T_x, n_x, m", "n_x, m"), False),
    ("xt", mark("The input of this step, x^<t>"), ("n_x, m",), True),
    ("y", mark("The true output"), ("T_y, n_y, m", "T_x, n_y, m", "n_y, m"), False),
    ("yt", mark("The true output of this step, y^<t>"), ("n_y, m",), True),
    ("yt_pred", mark("The prediction of this step"), ("n_y, m",), True),
    ("y_pred", mark("The predictions"), ("T_x, n_y, m", "T_y, n_y, m", "n_y, m"), True),
    ("a", mark("The hidden state"), (SEQUENCE, STATE), False),
    ("a0", mark("The hidden state before the first step, a^<0>"), (STATE,), True),
    ("a_prev", mark("The hidden state of the step before, a^<t-1>"), (STATE, SEQUENCE), True),
    ("a_next", mark("The hidden state of this step, a^<t>"), (STATE,), True),
    ("c", mark("The memory cell"), (SEQUENCE, STATE), False),
    ("c0", mark("The memory cell before the first step, c^<0>"), (STATE,), True),
    ("c_prev", mark("The memory cell of the step before, c^<t-1>"), (STATE, SEQUENCE), True),
    ("c_next", mark("The memory cell of this step, c^<t>"), (STATE,), True),
    ("c_tilde", mark("The candidate for the memory cell"), (STATE, SEQUENCE), True),
    ("gamma_u", mark("The update gate"), (STATE, SEQUENCE), True),
    ("gamma_r", mark("The reset gate"), (STATE, SEQUENCE), True),
    ("gamma_f", mark("The forget gate"), (STATE, SEQUENCE), True),
    ("gamma_o", mark("The output gate"), (STATE, SEQUENCE), True),
    ("Wax", mark("Weights: from the input to the state"), ("n_a, n_x",), True),
    ("Waa", mark("Weights: from the state before to the state"), ("n_a, n_a",), True),
    ("Wya", mark("Weights: from the state to the output"), ("n_y, n_a", "n_y, 2 n_a"), True),
    ("Wa", mark("Stacked weights [Waa Wax], for [a_prev; xt]"), ("n_a, n_a + n_x",), False),
    ("Wc", mark("Weights of the candidate, for [a_prev; xt]"), ("n_a, n_a + n_x",), True),
    ("Wu", mark("Weights of the update gate, for [a_prev; xt]"), ("n_a, n_a + n_x",), True),
    ("Wr", mark("Weights of the reset gate, for [a_prev; xt]"), ("n_a, n_a + n_x",), True),
    ("Wf", mark("Weights of the forget gate, for [a_prev; xt]"), ("n_a, n_a + n_x",), True),
    ("Wo", mark("Weights of the output gate, for [a_prev; xt]"), ("n_a, n_a + n_x",), True),
    ("ba", mark("Bias of the state"), ("n_a, 1",), True),
    ("by", mark("Bias of the output"), ("n_y, 1",), True),
    ("bc", mark("Bias of the candidate"), ("n_a, 1",), True),
    ("bu", mark("Bias of the update gate"), ("n_a, 1",), True),
    ("br", mark("Bias of the reset gate"), ("n_a, 1",), True),
    ("bf", mark("Bias of the forget gate"), ("n_a, 1",), True),
    ("bo", mark("Bias of the output gate"), ("n_a, 1",), True),
)
SYMBOLS = {name: Symbol(meaning, tuple(map(parse_axes, forms)), sure) for name, meaning, forms, sure in _TABLE}


def symbol(name):
    """Return the :class:`Symbol` of a name, with its meaning in the user's language; of a gradient too: ``dWax``.

    Returns
    -------
    Symbol or None
    """
    if name in SYMBOLS:
        known = SYMBOLS[name]
        return Symbol(say(known.meaning), known.forms, known.sure)
    known = SYMBOLS.get(name[1:]) if name.startswith("d") else None
    return known and Symbol(say("Gradient of the loss with respect to {name}", name=name[1:]), known.forms, known.sure)

r"""The notation of the notes: $x^{\langle t\rangle}$ and its like, and formulas that colour themselves by role."""

import re

__all__ = ["at", "in_roles"]

#: A symbol at a time step is written short in formulas: ``x<t>``, ``\hat y<t>``, ``\tilde c<t-1>``.
_TIMED = re.compile(
    r"((?:\\(?:hat|tilde|overrightarrow|overleftarrow) ?\{?)?[acxyL]\}?)(?:\^\{\[([^\]]+)\]\})?<([^<>]+)>"
)

#: Which symbols of a formula have which role.
_ROLES = (
    ("parameter", r"[Wb]_(?:\{[^{}]*\}|\w)(?:\^\{\[[^\]]*\]\})?"),
    ("gate", r"\\Gamma_\w"),
    ("cell", r"(?:\\tilde )?c\^\{[^{}]*\}"),
    ("output", r"\\hat y\^\{[^{}]*\}"),
    ("activation", r"(?:\\over(?:right|left)arrow\{a\}|a)\^\{[^{}]*\}"),
    ("input", r"x\^\{[^{}]*\}"),
)
_SYMBOL = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in _ROLES))


def at(symbol, time, layer=None):
    r"""Write a symbol at a time step, such as $a^{\langle t-1\rangle}$.

    Parameters
    ----------
    symbol : str
        Mathematical text, such as ``"x"`` or ``r"\hat y"``.
    time : int or str
        The time step, such as ``1`` or ``"t-1"``.
    layer : int or str, optional
        The layer, written before the time step in square brackets.

    Returns
    -------
    str
        Text with dollar signs.
    """
    level = "" if layer is None else f"[{layer}]"
    return rf"${symbol}^{{{level}\langle {time}\rangle}}$"


def in_roles(formula):
    r"""Cut a formula into pieces of one role each.

    Parameters
    ----------
    formula : str
        Such as ``r"a<t> = \tanh(W_{ax} x<t> + b_a)"``: spaces stand round the operators that need room.

    Returns
    -------
    list of (str, str or None)
        Mathematical text without dollar signs, and its role; None for what has none.
    """
    written = _TIMED.sub(lambda match: at(match[1], match[3], match[2]).strip("$"), formula)
    written = re.sub(r"(arrow\{a\}\^\{)", r"\1\\;", written)  # the arrow over a letter reaches into its superscript
    written = re.sub(r" (=) ", r"\\;\1\\;", written)
    written = re.sub(r" ([-+*]) ", r"\\:{\1}\\:", written)
    pieces, end = [], 0
    for match in _SYMBOL.finditer(written):
        pieces += [(written[end : match.start()], None), (match.group(), match.lastgroup)]
        end = match.end()
    pieces.append((written[end:], None))
    return [(text, role) for text, role in pieces if text.strip()]

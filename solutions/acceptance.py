"""Tests that are functions: each takes a candidate and says whether it is right."""

import numpy as np

from solutions.checks import function
from solutions.contract import contract

__all__ = ["accepts_clip_by_norm"]


@contract(candidate=function)
def accepts_clip_by_norm(candidate):
    r"""Say whether a function does what `clip_by_norm` has to do.

    A right one returns a new dict with the same names and shapes, where

    .. math:: g \leftarrow g \cdot \min\left(1, \frac{g_{\max}}{\lVert g \rVert_2}\right),

    with the norm taken over all arrays together. Gradients that are short enough, or all zero, stay as
    they are, and the caller's arrays are not changed.

    Parameters
    ----------
    candidate : callable
        ``candidate(gradients, max_norm)``, with a dict of arrays and a number above 0. It may be wrong in
        any way: it may raise an error, or return anything at all.

    Returns
    -------
    bool
        True for every right function, False for one that is wrong anywhere. Its errors do not come out of
        here: they are wrong answers.

    Raises
    ------
    TypeError
        If `candidate` is not a function.

    Notes
    -----
    Section 8 of the notes: what a function that clips must do.
    """
    long = {"dW": np.array([[3.0, -4.0, 1.0], [2.0, 5.0, -3.0]]), "db": np.array([[6.0], [-8.0]])}
    norm = np.sqrt(sum(np.sum(g**2) for g in long.values()))  # 12.8, of "dW" alone 8, of "db" alone 10
    zero = {name: np.zeros_like(g) for name, g in long.items()}

    for gradients, max_norm in (long, 4.0), (long, 11.0), (long, 200.0), (zero, 4.0):
        scale = min(1.0, max_norm / norm)
        given = {name: g.copy() for name, g in gradients.items()}
        try:
            clipped = candidate(given, max_norm)
            if set(clipped) != set(gradients):
                return False
            for name, g in gradients.items():
                if np.shape(clipped[name]) != g.shape or not np.allclose(clipped[name], scale * g):
                    return False
                if not np.array_equal(given[name], g):  # the caller still needs them
                    return False
        except Exception:
            return False
    return True

"""The two functions that turn scores into probabilities, safe for scores of any size."""

import numpy as np

from solutions.checks import number_or_array, scores
from solutions.contract import contract

__all__ = ["sigmoid", "softmax"]


@contract(z=number_or_array)
def sigmoid(z):
    r"""Squash every number into the interval from 0 to 1.

    .. math:: \sigma(z) = \frac{1}{1 + e^{-z}} = \tfrac12 \tanh(z/2) + \tfrac12

    Parameters
    ----------
    z : ndarray of any shape, or a number
        The scores.

    Returns
    -------
    ndarray
        The probabilities, with the shape and the dtype of `z`.

    Raises
    ------
    TypeError
        If `z` does not hold numbers.

    Notes
    -----
    Section 3 of the notes: the output of a two-class problem. The form with tanh
    never overflows, where ``exp(-z)`` would for a large negative `z`.
    """
    return 0.5 * np.tanh(0.5 * z) + 0.5


@contract(z=scores)
def softmax(z, axis=-2):
    r"""Turn the scores of the classes into probabilities that sum to one.

    .. math:: \mathrm{softmax}(z)_k = \frac{e^{z_k}}{\sum_j e^{z_j}}

    Parameters
    ----------
    z : ndarray, shape (n_y, m) or (T_y, n_y, m)
        The scores.
    axis : int
        The axis of the classes. The default, -2, is n_y in both shapes.

    Returns
    -------
    ndarray
        The probabilities, with the shape and the dtype of `z`. They sum to one along `axis`.

    Raises
    ------
    TypeError, ValueError
        If `z` is not an array of numbers with at least the two axes (n_y, m).

    Notes
    -----
    Section 3 of the notes: the output of a problem with several classes. The same
    number may be taken from all the scores without changing the result; taking the
    largest keeps the exponential finite.
    """
    exponentials = np.exp(z - z.max(axis=axis, keepdims=True))
    exponentials /= exponentials.sum(axis=axis, keepdims=True)
    return exponentials

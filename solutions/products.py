"""Products with one matrix of weights, which every step takes anew.

NumPy has them computed by OpenBLAS. Up to a million multiplications it takes both matrices as they lie in memory,
where the processor has AVX-512; for a larger product it first copies both into an order of its own. That pays for
large matrices. In between, a product in parts, each of them small, mostly takes half to three quarters of the time.
"""

import functools

import numpy as np

from solutions.checks import positive_integer
from solutions.contract import contract

__all__ = ["in_parts", "product_with", "product_with_transpose"]

SMALL = 100**3  # multiplications; the number is OpenBLAS's own
FEWEST_ROWS = 64  # of a part: with fewer, what each product costs beside its multiplications is no longer little


@contract(W="n k", m=positive_integer)
def in_parts(W, m):
    r"""Cut a matrix into as few parts as make its product with m columns small.

    .. math:: W = \begin{bmatrix} W_1 \\ W_2 \\ \vdots \end{bmatrix}, \qquad
        W v = \begin{bmatrix} W_1 v \\ W_2 v \\ \vdots \end{bmatrix}

    Parameters
    ----------
    W : ndarray, shape (n, k)
        The matrix.
    m : int
        The number of columns that it is multiplied with.

    Returns
    -------
    ndarray, shape (n_parts, n / n_parts, k)
        The parts, all of one size. There is a single one where the product is small as it is, and where it is so large
        that the parts would have fewer than 64 rows.

    Raises
    ------
    TypeError, ValueError
        If `W` is not an array of numbers with two axes, or `m` not a whole number from 1 on.

    Notes
    -----
    Section 3 of the notes stacks matrices beside each other; here one is cut, and nothing is computed.
    """
    n, k = W.shape
    fitting = (parts for parts in range(1, n // FEWEST_ROWS + 1) if n % parts == 0 and n // parts * k * m <= SMALL)
    return W.reshape(next(fitting, 1), -1, k)


@contract(W="n k", m=positive_integer)
def product_with(W, m):
    r"""Prepare a product that is taken many times.

    .. math:: v \mapsto W v

    Parameters
    ----------
    W : ndarray, shape (n, k)
        The matrix.
    m : int
        The number of columns of v.

    Returns
    -------
    callable
        It takes an array v (k, m) and returns ``W @ v`` (n, m), in a new array.

    Raises
    ------
    TypeError, ValueError
        If `W` is not an array of numbers with two axes, or `m` not a whole number from 1 on.

    Notes
    -----
    Section 3 of the notes: every step multiplies with the same weights.
    """
    parts = in_parts(W, m)
    if len(parts) == 1:
        return functools.partial(np.dot, W)
    return lambda v: (parts @ v).reshape(-1, m)


@contract(W="n k", m=positive_integer)
def product_with_transpose(W, m):
    r"""Prepare the product that goes back through `product_with`.

    .. math:: dz \mapsto W^\top dz = \sum_i W_i^\top \, dz_i

    Parameters
    ----------
    W : ndarray, shape (n, k)
        The matrix.
    m : int
        The number of columns of dz.

    Returns
    -------
    callable
        It takes an array dz (n, m) and returns ``W.T @ dz`` (k, m), in a new array.

    Raises
    ------
    TypeError, ValueError
        If `W` is not an array of numbers with two axes, or `m` not a whole number from 1 on.

    Notes
    -----
    Section 4 of the notes: on the way back every step multiplies with the transpose of the same weights.
    """
    parts = in_parts(W, m).swapaxes(1, 2)
    if len(parts) == 1:
        return functools.partial(np.dot, np.ascontiguousarray(W.T))
    return lambda dz: np.sum(parts @ dz.reshape(len(parts), -1, m), axis=0)

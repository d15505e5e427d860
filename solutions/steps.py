"""What a unit does for all steps at once, where no step has to wait for another.

In an array (T_x, n, m) each step is a matrix. Side by side, the steps are one matrix (n, T_x m), and one product
does what T_x small ones would do, and sums over the steps as well.
"""

import numpy as np

from solutions.checks import positive_integer
from solutions.contract import contract
from solutions.products import in_parts

__all__ = ["previous_states", "runs_of_steps", "scores_backward", "scores_of_inputs", "side_by_side"]


@contract(a="T_x n_a m", a0="n_a m")
def previous_states(a, a0):
    r"""Say from which state each step started.

    .. math:: a^{<0>}, a^{<1>}, \dots, a^{<T_x - 1>}

    Parameters
    ----------
    a : ndarray, shape (T_x, n_a, m)
        The states after each step.
    a0 : ndarray, shape (n_a, m)
        The state before the first step.

    Returns
    -------
    ndarray, shape (T_x, n_a, m)
        The states before each step, in a new array.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 3 of the notes: the state of one step is passed on to the next.
    """
    return np.concatenate([a0[np.newaxis], a[:-1]])


@contract(x="T_x n_x m", Wx="n n_x", b="n 1")
def scores_of_inputs(x, Wx, b):
    r"""Compute what the input alone adds to the scores, for every step.

    .. math:: z^{<t>} = W_x x^{<t>} + b = [W_x \; b] \begin{bmatrix} x^{<t>} \\ 1 \end{bmatrix}

    The bias is one more weight, of an input that is always 1: so it needs no addition of its own.

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input.
    Wx : ndarray, shape (n, n_x)
        The weights that act on the input.
    b : ndarray, shape (n, 1)
        The biases.

    Returns
    -------
    ndarray, shape (T_x, n, m)
        The scores, in a new array.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 3 of the notes: the formula of a step, without its state.
    """
    T_x, _, m = x.shape
    if m == 1:  # each step is a single column: the steps are the rows of one matrix
        return (x[:, :, 0] @ Wx.T + b[:, 0])[:, :, np.newaxis]
    inputs = np.concatenate([x, np.ones((T_x, 1, m), x.dtype)], axis=1)
    parts = in_parts(np.concatenate([Wx, b], axis=1), m)
    return (parts @ inputs[:, np.newaxis]).reshape(T_x, -1, m)


@contract(T_x=positive_integer, size=positive_integer)
def runs_of_steps(T_x, size):
    """Cut a sequence into runs of steps whose numbers stay in the processor's cache together.

    What is computed for a run at once is used before it has to leave the cache; what is computed for a long sequence at
    once comes back from memory.

    Parameters
    ----------
    T_x : int
        The number of steps.
    size : int
        How many numbers belong to one step.

    Returns
    -------
    list of tuple
        For each run (start, end): it has the steps from start to end - 1, at least one. The last run may have fewer
        than the others.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number from 1 on.

    Notes
    -----
    A run holds about 2^17 numbers, half a megabyte of float32.
    """
    n_steps = max(1, 2**17 // size)
    return [(start, min(start + n_steps, T_x)) for start in range(0, T_x, n_steps)]


@contract(v="T_x n m")
def side_by_side(v):
    r"""Lay the steps of a sequence side by side.

    .. math:: [\, v^{<1>} \;\; v^{<2>} \;\; \cdots \;\; v^{<T_x>} \,]

    With it a sum over steps and examples is one product:
    :math:`\sum_t u^{<t>} (v^{<t>})^\top` is ``side_by_side(u) @ side_by_side(v).T``.

    Parameters
    ----------
    v : ndarray, shape (T_x, n, m)
        A matrix for each step.

    Returns
    -------
    ndarray, shape (n, T_x m)
        The same numbers, in a new array where their order in memory is another.

    Raises
    ------
    TypeError, ValueError
        If `v` is not an array of numbers with three axes.

    Notes
    -----
    Section 4 of the notes: the gradient of a parameter is a sum over the steps, which share it.
    """
    return v.swapaxes(0, 1).reshape(v.shape[1], -1)


@contract(dz="T_x n m", Wx="n n_x", a_prev="T_x n_a m", x="T_x n_x m")
def scores_backward(dz, Wx, a_prev, x):
    r"""Go back through the scores of all steps, to the weights and the input.

    .. math::

        z^{<t>} &= [W_a \; W_x \; b] \begin{bmatrix} a^{<t-1>} \\ x^{<t>} \\ 1 \end{bmatrix}, \qquad
        [dW_a \; dW_x \; db] = \sum_{t=1}^{T_x} dz^{<t>}
        \begin{bmatrix} a^{<t-1>} \\ x^{<t>} \\ 1 \end{bmatrix}^\top \\
        dx^{<t>} &= W_x^\top \, dz^{<t>}

    Parameters
    ----------
    dz : ndarray, shape (T_x, n, m)
        The gradient of the loss with respect to the scores of every step.
    Wx : ndarray, shape (n, n_x)
        The weights that act on the input.
    a_prev : ndarray, shape (T_x, n_a, m)
        What the other weights act on in every step, such as the state before it.
    x : ndarray, shape (T_x, n_x, m)
        The input.

    Returns
    -------
    dx : ndarray, shape (T_x, n_x, m)
        The gradient of the input.
    dW : ndarray, shape (n, n_a + n_x)
        The gradient of the weights, those of the state first.
    db : ndarray, shape (n, 1)
        The gradient of the biases.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 4 of the notes: the gradient of a parameter is a sum over the steps, which share it.
    """
    T_x, n_x, m = x.shape
    dz, n_a = side_by_side(dz), a_prev.shape[1]
    factors = np.empty((n_a + n_x + 1, T_x, m), np.result_type(a_prev, x))
    factors[:n_a], factors[n_a:-1], factors[-1] = a_prev.swapaxes(0, 1), x.swapaxes(0, 1), 1
    dW = dz @ factors.reshape(len(factors), -1).T
    dx = (Wx.T @ dz).reshape(n_x, T_x, m).swapaxes(0, 1)
    return dx, dW[:, :-1], dW[:, -1:]

"""The basic recurrent network, forwards (Section 3 of the notes)."""

import numpy as np

from solutions.activations import softmax
from solutions.checks import floating_dtype, generator, positive_integer
from solutions.contract import RNN_PARAMETERS, contract

__all__ = ["count_parameters", "initialize_parameters", "rnn_cell_forward", "rnn_forward", "stack_parameters"]


@contract(n_x=positive_integer, n_a=positive_integer, n_y=positive_integer, rng=generator,
          dtype=floating_dtype)
def initialize_parameters(n_x, n_a, n_y, rng, dtype=np.float64):
    r"""Draw the first parameters of a basic RNN.

    Each weight comes from a normal distribution with mean 0 and variance 1 / (number
    of columns), so that the size of the scores does not depend on the size of the
    layers. The biases are zero.

    Parameters
    ----------
    n_x, n_a, n_y : int
        Sizes of the input, of the hidden state and of the output.
    rng : numpy.random.Generator
        The source of the random numbers.
    dtype : dtype
        float64 (the default) or float32.

    Returns
    -------
    dict
        "Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "ba" (n_a, 1), "by" (n_y, 1).

    Raises
    ------
    TypeError, ValueError
        If a size is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Section 3 of the notes names the five parameters.
    """
    def weights(rows, columns):
        return (rng.standard_normal((rows, columns)) / np.sqrt(columns)).astype(dtype)

    return {"Wax": weights(n_a, n_x), "Waa": weights(n_a, n_a), "Wya": weights(n_y, n_a),
            "ba": np.zeros((n_a, 1), dtype), "by": np.zeros((n_y, 1), dtype)}


@contract(parameters=RNN_PARAMETERS, xt="n_x m", a_prev="n_a m")
def rnn_cell_forward(xt, a_prev, parameters):
    r"""Take one step of a basic RNN.

    .. math::

        a^{<t>} &= \tanh(W_{aa} a^{<t-1>} + W_{ax} x^{<t>} + b_a) \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{<t>} + b_y)

    Parameters
    ----------
    xt : ndarray, shape (n_x, m)
        The input of this step, one column for each of the m examples.
    a_prev : ndarray, shape (n_a, m)
        The hidden state of the step before.
    parameters : dict
        "Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "ba" (n_a, 1), "by" (n_y, 1).

    Returns
    -------
    a_next : ndarray, shape (n_a, m)
        The hidden state of this step.
    yt_pred : ndarray, shape (n_y, m)
        The prediction of this step; each column sums to one.
    cache : tuple
        ``(a_next, a_prev, xt, parameters)``, in this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 3 of the notes. float32 inputs give float32 results, float64 give float64.
    """
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]

    a_next = np.tanh(Waa @ a_prev + Wax @ xt + ba)
    yt_pred = softmax(Wya @ a_next + by)
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


@contract(parameters=RNN_PARAMETERS, x="T_x n_x m", a0="n_a m")
def rnn_forward(x, a0, parameters):
    r"""Run a basic RNN over a whole sequence, from left to right.

    .. math::

        a^{<t>} &= \tanh(W_{aa} a^{<t-1>} + W_{ax} x^{<t>} + b_a) \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{<t>} + b_y), \qquad t = 1, \dots, T_x

    Every step uses the same parameters.

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : ndarray, shape (n_a, m)
        The hidden state before the first step.
    parameters : dict
        "Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "ba" (n_a, 1), "by" (n_y, 1).

    Returns
    -------
    a : ndarray, shape (T_x, n_a, m)
        The hidden state of every step.
    y_pred : ndarray, shape (T_x, n_y, m)
        The prediction of every step.
    caches : tuple
        ``(a, a0, x, parameters)``, in this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 3 of the notes. float32 inputs give float32 results, float64 give float64.
    In Python the first step is ``x[0]``, and the state before it is `a0`.
    """
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]

    # Only W_aa a^{<t-1>} has to wait for the step before: the rest is one product for all steps.
    a, a_prev = (Wax @ x + ba).astype(np.result_type(Wax, x, a0, 1.0), copy=False), a0
    for a_t in a:
        a_t += Waa @ a_prev
        a_prev = np.tanh(a_t, out=a_t)
    y_pred = softmax(Wya @ a + by)
    return a, y_pred, (a, a0, x, parameters)


@contract(parameters={"Waa": "n_a n_a", "Wax": "n_a n_x"})
def stack_parameters(parameters):
    r"""Put the two weight matrices of the hidden layer side by side.

    .. math::

        W_a = [\, W_{aa} \;\; W_{ax} \,], \qquad
        W_a \begin{bmatrix} a^{<t-1>} \\ x^{<t>} \end{bmatrix} = W_{aa} a^{<t-1>} + W_{ax} x^{<t>}

    Parameters
    ----------
    parameters : dict
        "Waa" (n_a, n_a) and "Wax" (n_a, n_x); other entries are not looked at.

    Returns
    -------
    Wa : ndarray, shape (n_a, n_a + n_x)
        A new array. Its first n_a columns act on the state, the other n_x on the input.

    Raises
    ------
    TypeError, ValueError
        If an entry is missing, is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 3 of the notes. Its example, with n_a = 100 and n_x = 1000, gives the shape (100, 1100).
    """
    return np.concatenate([parameters["Waa"], parameters["Wax"]], axis=1)


@contract(n_x=positive_integer, n_a=positive_integer, n_y=positive_integer)
def count_parameters(n_x, n_a, n_y):
    r"""Count the numbers that a basic RNN learns.

    They are the entries of all five parameters: :math:`W_{ax}`, :math:`W_{aa}`,
    :math:`W_{ya}`, :math:`b_a` and :math:`b_y`. The length of the sequence is not among
    the arguments, since all steps share them.

    Parameters
    ----------
    n_x, n_a, n_y : int
        Sizes of the input, of the hidden state and of the output.

    Returns
    -------
    int
        The number of entries of the five parameters together.

    Raises
    ------
    TypeError, ValueError
        If a size is not a whole number from 1 on.

    Notes
    -----
    Section 3 of the notes: each time step uses the same parameters.
    """
    return n_a * n_x + n_a * n_a + n_y * n_a + n_a + n_y

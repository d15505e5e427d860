"""Backpropagation through time for the basic recurrent network (Section 4 of the notes)."""

import numpy as np

from solutions.contract import CELL_CACHE, SEQUENCE_CACHES, contract
from solutions.steps import previous_states, scores_backward, side_by_side

__all__ = ["output_backward", "rnn_backward", "rnn_cell_backward"]


@contract(cache=CELL_CACHE, da_next="n_a m")
def rnn_cell_backward(da_next, cache):
    r"""Go one step of a basic RNN backwards.

    With :math:`z^{<t>} = W_{aa} a^{<t-1>} + W_{ax} x^{<t>} + b_a` and
    :math:`a^{<t>} = \tanh(z^{<t>})`, so that :math:`\tanh'(z) = 1 - a^2`:

    .. math::

        dz^{<t>} &= \bigl(1 - (a^{<t>})^2\bigr) * da^{<t>} \\
        dW_{ax} &= dz^{<t>} (x^{<t>})^\top, \qquad
        dW_{aa} = dz^{<t>} (a^{<t-1>})^\top, \qquad
        db_a = \sum_{i=1}^{m} dz^{(i)<t>} \\
        dx^{<t>} &= W_{ax}^\top \, dz^{<t>}, \qquad
        da^{<t-1>} = W_{aa}^\top \, dz^{<t>}

    Here :math:`dv` is short for :math:`\partial L / \partial v`, as in the code.

    Parameters
    ----------
    da_next : ndarray, shape (n_a, m)
        Gradient of the loss with respect to `a_next`, the state that the step produced.
    cache : tuple
        ``(a_next, a_prev, xt, parameters)`` from `rnn_cell_forward`.

    Returns
    -------
    dict
        "dxt" (n_x, m), "da_prev" (n_a, m), "dWax" (n_a, n_x), "dWaa" (n_a, n_a), "dba" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 4 of the notes. Nothing is divided by m here: where the loss is a mean over
    the examples, `da_next` holds that division already.
    """
    a_next, a_prev, xt, parameters = cache
    dz = (1 - a_next**2) * da_next
    return {
        "dxt": parameters["Wax"].T @ dz,
        "da_prev": parameters["Waa"].T @ dz,
        "dWax": dz @ xt.T,
        "dWaa": dz @ a_prev.T,
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@contract(caches=SEQUENCE_CACHES, da="T_x n_a m")
def rnn_backward(da, caches):
    r"""Go back through time: from the last step to the first.

    A state acts on the loss in two ways, through the output of its own step and through
    the next state, so two gradients meet at every step. With
    :math:`z^{<t>} = W_{aa} a^{<t-1>} + W_{ax} x^{<t>} + b_a`:

    .. math::

        dz^{<t>} = \bigl(1 - (a^{<t>})^2\bigr) * \bigl(da^{<t>} + W_{aa}^\top \, dz^{<t+1>}\bigr),
        \qquad dz^{<T_x+1>} = 0

    The steps share the parameters, so the gradient of each one is a sum over the steps:

    .. math::

        dW_{ax} &= \sum_{t=1}^{T_x} dz^{<t>} (x^{<t>})^\top, \qquad
        dW_{aa} = \sum_{t=1}^{T_x} dz^{<t>} (a^{<t-1>})^\top, \qquad
        db_a = \sum_{t=1}^{T_x} \sum_{i=1}^{m} dz^{(i)<t>} \\
        dx^{<t>} &= W_{ax}^\top \, dz^{<t>}, \qquad
        da^{<0>} = W_{aa}^\top \, dz^{<1>}

    Here :math:`dv` is short for :math:`\partial L / \partial v`, as in the code.

    Parameters
    ----------
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``: what
        comes down from the output of that step. What comes back from later steps is not in it;
        this function adds that.
    caches : tuple
        ``(a, a0, x, parameters)`` from `rnn_forward`.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (n_a, m), "dWax" (n_a, n_x), "dWaa" (n_a, n_a), "dba" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 4 of the notes. In Python the state before step 0 is `a0`, not ``a[-1]``.
    """
    a, a0, x, parameters = caches
    Wax, Waa = parameters["Wax"], parameters["Waa"]

    # The slope of each tanh waits for what arrives at its state, from the step's own output and from the next step.
    dz, da_next = (1 - a**2).astype(np.result_type(a, da), copy=False), np.zeros_like(a0)
    for dz_t, da_t in zip(dz[::-1], da[::-1], strict=True):
        dz_t *= da_t + da_next
        da_next = np.dot(Waa.T, dz_t)

    dx, dW, dba = scores_backward(dz, Wax, previous_states(a, a0), x)
    return {"dx": dx, "da0": da_next, "dWax": dW[:, len(a0):], "dWaa": dW[:, :len(a0)], "dba": dba}


@contract(parameters={"Wya": "n_y n_a"}, y_pred="T_y n_y m", y="T_y n_y m", a="T_y n_a m")
def output_backward(y_pred, y, a, parameters):
    r"""Go back through the output layer of every step.

    For a softmax output with the loss `softmax_loss`, and for a sigmoid output with the loss
    `sequence_loss`, the derivatives cancel to the same simple difference. With
    :math:`z_y^{<t>} = W_{ya} a^{<t>} + b_y`:

    .. math::

        dz_y^{<t>} &= \frac{1}{m} (\hat{y}^{<t>} - y^{<t>}) \\
        da^{<t>} &= W_{ya}^\top \, dz_y^{<t>}, \qquad
        dW_{ya} = \sum_{t=1}^{T_y} dz_y^{<t>} (a^{<t>})^\top, \qquad
        db_y = \sum_{t=1}^{T_y} \sum_{i=1}^{m} dz_y^{(i)<t>}

    Here :math:`dv` is short for :math:`\partial L / \partial v`, as in the code.

    Parameters
    ----------
    y_pred, y : ndarray, shape (T_y, n_y, m)
        The predictions and the targets.
    a : ndarray, shape (T_y, n_a, m)
        The hidden states that the predictions were made from.
    parameters : dict
        "Wya" (n_y, n_a); other entries are not looked at.

    Returns
    -------
    dict
        "da" (T_y, n_a, m), which is what `rnn_backward` takes; "dWya" (n_y, n_a), "dby" (n_y, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 4 of the notes. The loss is a sum over time and a mean over the m examples.
    """
    dz = (y_pred - y) / y.shape[-1]
    dz_columns = side_by_side(dz)  # one for each step and example
    return {
        "da": parameters["Wya"].T @ dz,
        "dWya": dz_columns @ side_by_side(a).T,
        "dby": np.sum(dz_columns, axis=1, keepdims=True),
    }

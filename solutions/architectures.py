"""Networks that read a sequence: many-to-many and many-to-one (Section 5 of the notes).

Every function takes any `cell`. The functions that go back take ``dz``, the gradient of the loss with respect
to the scores :math:`z_y = W_{ya} a + b_y` of the softmax: for a cross-entropy that is a mean over m examples,
``dz = (y_pred - y) / m`` (see `output_backward`), and zero where a step does not count.
"""

import numpy as np

from solutions.activations import softmax
from solutions.cells import RNN
from solutions.contract import contract
from solutions.network import a_cell, a_state, anything, network_parameters, one_way_cell
from solutions.steps import side_by_side

__all__ = ["many_to_many_backward", "many_to_many_forward", "many_to_one_backward", "many_to_one_forward"]

CACHES = (("a", "T_x n_a m"), ("caches", anything), ("parameters", {"Wya": "n_y n_a"}), ("cell", a_cell))


@contract(x="T_x n_x m", cell=a_cell, a0=a_state, parameters=network_parameters())
def many_to_many_forward(x, a0, parameters, cell=RNN):
    r"""Run any cell over a sequence, with a prediction at every step (T_x = T_y).

    .. math:: \hat{y}^{<t>} = \mathrm{softmax}(W_{ya} a^{<t>} + b_y), \qquad t = 1, \dots, T_x

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : state
        The state before the first step.
    parameters : dict
        Those of the cell; "Wya" (n_y, n_a), "by" (n_y, 1).
    cell : Cell
        `RNN`, `GRU`, `LSTM`, ``bidirectional_cell(LSTM)``, ``deep_cell(GRU, 2)`` or another.

    Returns
    -------
    y_pred : ndarray, shape (T_x, n_y, m)
        The prediction of every step.
    caches : tuple
        ``(a, caches, parameters, cell)``, in this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 5 of the notes.
    """
    a, _, caches = cell.forward(x, a0, parameters)
    y_pred = softmax(parameters["Wya"] @ a + parameters["by"])
    return y_pred, (a, caches, parameters, cell)


@contract(caches=CACHES, dz="T_x n_y m")
def many_to_many_backward(dz, caches):
    r"""Go back from the predictions of every step.

    .. math:: da^{<t>} = W_{ya}^\top \, dz_y^{<t>}, \qquad
        dW_{ya} = \sum_{t=1}^{T_x} dz_y^{<t>} (a^{<t>})^\top, \qquad
        db_y = \sum_{t=1}^{T_x} \sum_{i=1}^{m} dz_y^{(i)<t>}

    Parameters
    ----------
    dz : ndarray, shape (T_x, n_y, m)
        The gradient of the loss with respect to the scores of every step: ``(y_pred - y) / m``.
    caches : tuple
        ``(a, caches, parameters, cell)`` from `many_to_many_forward`.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (a state), and the gradient of every parameter.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Sections 4 and 5 of the notes.
    """
    a, caches, parameters, cell = caches
    gradients = cell.backward(parameters["Wya"].T @ dz, caches)
    gradients["dWya"] = side_by_side(dz) @ side_by_side(a).T
    gradients["dby"] = np.sum(side_by_side(dz), axis=1, keepdims=True)
    return gradients


@contract(x="T_x n_x m", cell=one_way_cell, a0=a_state, parameters=network_parameters())
def many_to_one_forward(x, a0, parameters, cell=RNN):
    r"""Read a whole sequence, then make one prediction from the last state.

    .. math:: \hat{y} = \mathrm{softmax}(W_{ya} a^{<T_x>} + b_y)

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input. Where the examples differ in length, pad the shorter ones in front.
    a0 : state
        The state before the first step.
    parameters : dict
        Those of the cell; "Wya" (n_y, n_a), "by" (n_y, 1).
    cell : Cell
        `RNN`, `GRU`, `LSTM`, ``deep_cell(GRU, 2)`` or another that reads from the left alone.

    Returns
    -------
    y_pred : ndarray, shape (n_y, m)
        The prediction; each column sums to one.
    caches : tuple
        ``(a, caches, parameters, cell)``, in this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 5 of the notes: a sentence goes in, a class or a number of stars comes out.
    """
    a, _, caches = cell.forward(x, a0, parameters)
    y_pred = softmax(parameters["Wya"] @ a[-1] + parameters["by"])
    return y_pred, (a, caches, parameters, cell)


@contract(caches=CACHES, dz="n_y m")
def many_to_one_backward(dz, caches):
    r"""Go back from the one prediction of a sequence.

    Only the last state has an output of its own:

    .. math:: da^{<T_x>} = W_{ya}^\top \, dz_y, \qquad da^{<t>} = 0 \text{ for } t < T_x

    Parameters
    ----------
    dz : ndarray, shape (n_y, m)
        The gradient of the loss with respect to the scores: ``(y_pred - y) / m``.
    caches : tuple
        ``(a, caches, parameters, cell)`` from `many_to_one_forward`.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (a state), and the gradient of every parameter.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 5 of the notes.
    """
    a, caches, parameters, cell = caches
    da = np.zeros(a.shape, np.result_type(a, dz))
    da[-1] = parameters["Wya"].T @ dz
    gradients = cell.backward(da, caches)
    gradients["dWya"] = dz @ a[-1].T
    gradients["dby"] = np.sum(dz, axis=1, keepdims=True)
    return gradients

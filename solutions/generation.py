"""Networks that write a sequence from one input: one-to-many (Section 5 of the notes).

As in `solutions.architectures` every function takes any `cell`, and ``dz`` is ``(y_pred - y) / m``.
"""

import numpy as np

from solutions.activations import softmax
from solutions.cells import RNN
from solutions.checks import optional_function, positive_integer
from solutions.contract import contract, require_array
from solutions.network import a_state, anything, network_parameters, one_way_cell
from solutions.text import one_hot

__all__ = ["likeliest", "one_to_many_backward", "one_to_many_forward"]


def each_step(name, value, sizes):
    """Accept an array with an axis of time, or a list with an array for each step."""
    if not isinstance(value, np.ndarray | list | tuple):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted an array, or a list of one for each step")
    for t, array in enumerate(value):
        require_array(f"{name}[{t}]", array)


CACHES = (("a", each_step), ("y_pred", each_step), ("steps", anything), ("choose", anything),
          ("parameters", {"Wya": "n_y n_a"}), ("cell", one_way_cell))


@contract(yt_pred="n_y m")
def likeliest(yt_pred):
    r"""Choose the likeliest token of each example.

    .. math:: x^{<t+1>} = \text{the one-hot column of } \arg\max_k \hat{y}_k^{<t>}

    Parameters
    ----------
    yt_pred : ndarray, shape (n_y, m)
        The predictions of one step.

    Returns
    -------
    ndarray, shape (n_y, m)
        One-hot columns.

    Raises
    ------
    TypeError, ValueError
        If `yt_pred` is not an array (n_y, m) of numbers.

    Notes
    -----
    Section 7 of the notes draws instead of choosing.
    """
    return one_hot(yt_pred.argmax(axis=0)[np.newaxis], len(yt_pred))[0].astype(yt_pred.dtype)


@contract(cell=one_way_cell, a0=a_state, parameters=network_parameters(), x="n_y m", T_y=positive_integer,
          choose=optional_function)
def one_to_many_forward(x, a0, parameters, T_y, cell=RNN, choose=None):
    r"""Write a sequence of length T_y: each prediction is the next input.

    .. math::

        x^{<1>} &= x, \qquad x^{<t+1>} = \hat{y}^{<t>} \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{<t>} + b_y), \qquad t = 1, \dots, T_y

    Parameters
    ----------
    x : ndarray, shape (n_y, m)
        The one input, which is that of the first step. Inputs have the size of the predictions, n_x = n_y.
    a0 : state
        The state before the first step.
    parameters : dict
        Those of the cell; "Wya" (n_y, n_a), "by" (n_y, 1).
    T_y : int
        The length of the sequence.
    cell : Cell
        `RNN`, `GRU`, `LSTM`, ``deep_cell(GRU, 2)`` or another that reads from the left alone.
    choose : callable, optional
        A function that turns a prediction into the next input, in place of the prediction
        itself: `likeliest`, or a draw.

    Returns
    -------
    y_pred : ndarray, shape (T_y, n_y, m)
        The prediction of every step.
    caches : tuple
        ``(a, y_pred, steps, choose, parameters, cell)``, in this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 5 of the notes: a kind of music goes in, or nothing, and a melody comes out.
    """
    xt, state, outputs, predictions, steps = x, a0, [], [], []
    for _ in range(T_y):
        a, state, caches = cell.forward(xt[np.newaxis], state, parameters)
        yt_pred = softmax(parameters["Wya"] @ a[0] + parameters["by"])
        outputs.append(a[0])
        predictions.append(yt_pred)
        steps.append(caches)
        xt = yt_pred if choose is None else choose(yt_pred)
    y_pred = np.array(predictions)
    return y_pred, (np.array(outputs), y_pred, steps, choose, parameters, cell)


@contract(caches=CACHES, dz="T_y n_y m")
def one_to_many_backward(dz, caches):
    r"""Go back through a sequence that was written from its own predictions.

    A prediction acts on the loss of its step and, as the next input, on all that comes later. So the gradient
    of the next input, :math:`dx^{<t+1>}`, goes back through the softmax and joins that of the loss:

    .. math::

        \delta z_y^{<t>} = dz_y^{<t>} + \hat{y}^{<t>} * \Bigl(dx^{<t+1>}
        - \sum_k \hat{y}_k^{<t>} \, dx_k^{<t+1>}\Bigr), \qquad dx^{<T_y+1>} = 0

    An input that was chosen does not change when a prediction changes a little: nothing goes back through it.

    Parameters
    ----------
    dz : ndarray, shape (T_y, n_y, m)
        The gradient of the loss *of each step alone* with respect to the scores: ``(y_pred - y) / m``.
    caches : tuple
        ``(a, y_pred, steps, choose, parameters, cell)`` from `one_to_many_forward`.

    Returns
    -------
    dict
        "dx" (n_y, m), "da0" (a state), and the gradient of every parameter.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 5 of the notes has the way forward.
    """
    a, y_pred, steps, choose, parameters, cell = caches
    dx, d_state, total = np.zeros_like(dz[0]), None, {"dWya": 0, "dby": 0}
    for t in reversed(range(len(dz))):
        through_softmax = y_pred[t] * (dx - np.sum(y_pred[t] * dx, axis=0))
        dzt = dz[t] + through_softmax if choose is None else dz[t]
        gradients = cell.backward((parameters["Wya"].T @ dzt)[np.newaxis], steps[t], d_state)
        dx, d_state = gradients.pop("dx")[0], gradients.pop("da0")
        gradients["dWya"], gradients["dby"] = dzt @ a[t].T, np.sum(dzt, axis=1, keepdims=True)
        total = {name: total.get(name, 0) + value for name, value in gradients.items()}
    return {"dx": dx, "da0": d_state, **total}

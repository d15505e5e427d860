"""Gradients that explode, and gradients that vanish (Section 8 of the notes). `clip_by_norm` is in `optimizers`."""

import numpy as np

from solutions.cells import RNN
from solutions.checks import arrays, positive_number
from solutions.contract import SEQUENCE_CACHES, contract
from solutions.network import a_unit

__all__ = ["clip_by_value", "gradient_norms_through_time", "state_gradient_norms"]


@contract(gradients=arrays, limit=positive_number)
def clip_by_value(gradients, limit):
    r"""Cut every entry of the gradients that is too large down to the largest size allowed.

    .. math:: g_i \leftarrow \min\bigl(\max(g_i, -g_{\max}), \, g_{\max}\bigr)

    Parameters
    ----------
    gradients : dict of ndarray
        They are not changed.
    limit : float
        The largest size of an entry, above 0.

    Returns
    -------
    dict of ndarray
        New arrays, with all entries from -limit to limit. Unlike `clip_by_norm` this changes the direction
        of the gradient, all its entries taken as one vector.

    Raises
    ------
    TypeError, ValueError
        If `gradients` is not a dict of arrays, or `limit` is not above 0.

    Notes
    -----
    Section 8 of the notes: exploding gradients are cut back.
    """
    return {name: np.clip(gradient, -limit, limit) for name, gradient in gradients.items()}


@contract(caches=SEQUENCE_CACHES, da="T_x n_a m")
def gradient_norms_through_time(da, caches):
    r"""Measure how much of the gradient reaches each state of a basic RNN.

    .. math::

        \Bigl\lVert \frac{\partial L}{\partial a^{<t>}} \Bigr\rVert_2, \qquad
        \frac{\partial L}{\partial a^{<t>}} = da^{<t>} + W_{aa}^\top \Bigl( \bigl(1 - (a^{<t+1>})^2\bigr) *
        \frac{\partial L}{\partial a^{<t+1>}} \Bigr), \qquad t = T_x, \dots, 1

    The loss counts whole: the loss of step t, and those of all later steps, which come back through time.
    Behind the last step there is nothing.

    Parameters
    ----------
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``, as for `rnn_backward`.
    caches : tuple
        ``(a, a0, x, parameters)`` from `rnn_forward`.

    Returns
    -------
    ndarray, shape (T_x,)
        The norm at each step, in the order of the steps: the root of the sum of squares over all units and
        examples together.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 8 of the notes. Y. Bengio, P. Simard and P. Frasconi, "Learning long-term dependencies with gradient
    descent is difficult", IEEE Transactions on Neural Networks 5 (1994).
    """
    a, a0, _, parameters = caches
    norms = np.zeros(len(a), da.dtype)
    from_later_steps = np.zeros_like(a0)
    for t in reversed(range(len(a))):
        da_total = da[t] + from_later_steps
        norms[t] = np.linalg.norm(da_total)
        from_later_steps = parameters["Waa"].T @ ((1 - a[t] ** 2) * da_total)
    return norms


@contract(x="T_x n_x m", parameters=arrays, da="T_x n_a m", cell=a_unit)
def state_gradient_norms(x, a0, parameters, da, cell=RNN):
    r"""Measure how much of the gradient reaches each state of any unit.

    .. math:: \Bigl\lVert \frac{\partial L}{\partial s^{<t>}} \Bigr\rVert_2, \qquad t = 1, \dots, T_x

    where s is what the unit hands on from step to step: a, or a and c together for an LSTM.

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input.
    a0 : state
        The state before the first step.
    parameters : dict
        Those of the cell.
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``.
    cell : Cell
        `RNN`, `GRU`, `LSTM` or another unit.

    Returns
    -------
    ndarray, shape (T_x,)
        The norm at each step, over all units and examples together.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 8 of the notes; for an RNN it is `gradient_norms_through_time`.
    """
    steps, state, norms = [], a0, np.zeros(len(x), da.dtype)
    for t in range(len(x)):
        _, state, caches = cell.forward(x[t:t + 1], state, parameters)
        steps.append(caches)
    d_state = cell.zero_state(parameters, x.shape[2])
    for t in reversed(range(len(x))):
        d_parts = d_state if isinstance(d_state, tuple) else (d_state,)
        norms[t] = np.sqrt(np.sum((d_parts[0] + da[t])**2) + sum(np.sum(part**2) for part in d_parts[1:]))
        d_state = cell.backward(da[t:t + 1], steps[t], d_state)["da0"]
    return norms

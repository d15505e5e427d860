"""The simplified gated recurrent unit, with one gate, forwards and backwards (Section 9 of the notes)."""

import numpy as np

from solutions.activations import sigmoid, softmax
from solutions.contract import contract
from solutions.gates import block_of_gates, gated_parameters, split_gates, stack_gates
from solutions.steps import previous_states, scores_backward, scores_of_inputs

__all__ = [
    "gru_backward_simplified",
    "gru_cell_backward_simplified",
    "gru_cell_forward_simplified",
    "gru_forward_simplified",
]

PARAMETERS = gated_parameters("cu")
CELL_CACHE = (*((name, "n_a m") for name in ("a_next", "a_prev", "c_tilde", "gamma_u")),
              ("xt", "n_x m"), ("parameters", PARAMETERS))
SEQUENCE_CACHES = (("a", "T_x n_a m"), ("gates", block_of_gates(2)), ("a0", "n_a m"), ("x", "T_x n_x m"),
                   ("parameters", PARAMETERS))


@contract(parameters=PARAMETERS, xt="n_x m", a_prev="n_a m")
def gru_cell_forward_simplified(xt, a_prev, parameters):
    r"""Take one step of a simplified GRU, which has an update gate and no reset gate.

    .. math::

        c^{<t-1>} &= a^{<t-1>} \\
        \tilde{c}^{<t>} &= \tanh(W_c [c^{<t-1>}, x^{<t>}] + b_c) \\
        \Gamma_u &= \sigma(W_u [c^{<t-1>}, x^{<t>}] + b_u) \\
        c^{<t>} &= \Gamma_u * \tilde{c}^{<t>} + (1 - \Gamma_u) * c^{<t-1>} \\
        a^{<t>} &= c^{<t>}, \qquad \hat{y}^{<t>} = \mathrm{softmax}(W_{ya} a^{<t>} + b_y)

    Parameters
    ----------
    xt : ndarray, shape (n_x, m)
        The input of this step, one column for each of the m examples.
    a_prev : ndarray, shape (n_a, m)
        The hidden state of the step before, which in a GRU is the memory cell.
    parameters : dict
        "Wc", "Wu" (n_a, n_a + n_x), which act on the memory cell above the input; "bc", "bu" (n_a, 1);
        "Wya" (n_y, n_a), "by" (n_y, 1).

    Returns
    -------
    a_next : ndarray, shape (n_a, m)
        The hidden state of this step, which is its memory cell.
    yt_pred : ndarray, shape (n_y, m)
        The prediction of this step; each column sums to one.
    cache : tuple
        ``(a_next, a_prev, c_tilde, gamma_u, xt, parameters)``, in this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes, the simplified unit.
    """
    Wc, Wu, Wya = parameters["Wc"], parameters["Wu"], parameters["Wya"]
    bc, bu, by = parameters["bc"], parameters["bu"], parameters["by"]

    c_prev = a_prev
    stacked = np.concatenate([c_prev, xt])
    c_tilde = np.tanh(Wc @ stacked + bc)
    gamma_u = sigmoid(Wu @ stacked + bu)
    c_next = gamma_u * c_tilde + (1 - gamma_u) * c_prev
    a_next = c_next
    yt_pred = softmax(Wya @ a_next + by)
    return a_next, yt_pred, (a_next, a_prev, c_tilde, gamma_u, xt, parameters)


@contract(parameters=PARAMETERS, x="T_x n_x m", a0="n_a m")
def gru_forward_simplified(x, a0, parameters):
    r"""Run a simplified GRU over a whole sequence, from left to right.

    .. math:: c^{<t>} = \Gamma_u * \tilde{c}^{<t>} + (1 - \Gamma_u) * c^{<t-1>},
        \qquad a^{<t>} = c^{<t>}, \qquad t = 1, \dots, T_x

    with the candidate and the gate of `gru_cell_forward_simplified`.

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : ndarray, shape (n_a, m)
        The hidden state before the first step.
    parameters : dict
        As for `gru_cell_forward_simplified`.

    Returns
    -------
    a : ndarray, shape (T_x, n_a, m)
        The hidden state of every step.
    y_pred : ndarray, shape (T_x, n_y, m)
        The prediction of every step.
    caches : tuple
        ``(a, gates, a0, x, parameters)``, in this order: what the way back needs. `gates` has the shape
        (T_x, 2, n_a, m) and holds the candidate, then the gate u.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes, the simplified unit.
    """
    (T_x, _, m), n_a = x.shape, len(a0)
    Wa, Wx, b = stack_gates(parameters, "cu")

    # Only W_a c^{<t-1>} has to wait for the step before: the rest is one product for all steps.
    z = scores_of_inputs(x, Wx, b).astype(np.result_type(Wx, x, a0, 1.0), copy=False)
    gates = z.reshape(T_x, 2, n_a, m)
    a = np.empty((T_x, n_a, m), z.dtype)
    c_prev = a0
    for t in range(T_x):
        z[t] += Wa @ c_prev
        gates[t] = np.tanh(gates[t, 0]), sigmoid(gates[t, 1])
        c_tilde, gamma_u = gates[t]
        a[t] = gamma_u * c_tilde + (1 - gamma_u) * c_prev
        c_prev = a[t]
    y_pred = softmax(parameters["Wya"] @ a + parameters["by"])
    return a, y_pred, (a, gates, a0, x, parameters)


@contract(cache=CELL_CACHE, da_next="n_a m")
def gru_cell_backward_simplified(da_next, cache):
    r"""Go one step of a simplified GRU backwards.

    With :math:`z_c` and :math:`z_u` for what stands inside the tanh and the :math:`\sigma`:

    .. math::

        dz_c &= da^{<t>} * \Gamma_u * \bigl(1 - (\tilde{c}^{<t>})^2\bigr), \qquad
        dz_u = da^{<t>} * (\tilde{c}^{<t>} - c^{<t-1>}) * \Gamma_u (1 - \Gamma_u) \\
        [dc, dx^{<t>}] &= W_c^\top dz_c + W_u^\top dz_u, \qquad
        da^{<t-1>} = da^{<t>} * (1 - \Gamma_u) + dc \\
        dW_k &= dz_k [c^{<t-1>}, x^{<t>}]^\top, \qquad db_k = \sum_{i=1}^{m} dz_k^{(i)}

    Here :math:`dv` is short for :math:`\partial L / \partial v`, as in the code.

    Parameters
    ----------
    da_next : ndarray, shape (n_a, m)
        Gradient of the loss with respect to `a_next`, the state that the step produced.
    cache : tuple
        ``(a_next, a_prev, c_tilde, gamma_u, xt, parameters)`` from `gru_cell_forward_simplified`.

    Returns
    -------
    dict
        "dxt" (n_x, m), "da_prev" (n_a, m), "dWc", "dWu" (n_a, n_a + n_x), "dbc", "dbu" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes has the way forward.
    """
    _, c_prev, c_tilde, gamma_u, xt, parameters = cache
    n_a, stacked = len(c_prev), np.concatenate([c_prev, xt])
    dz_c = da_next * gamma_u * (1 - c_tilde**2)
    dz_u = da_next * (c_tilde - c_prev) * gamma_u * (1 - gamma_u)
    d_stacked = parameters["Wc"].T @ dz_c + parameters["Wu"].T @ dz_u
    return {
        "dxt": d_stacked[n_a:],
        "da_prev": da_next * (1 - gamma_u) + d_stacked[:n_a],
        "dWc": dz_c @ stacked.T,
        "dWu": dz_u @ stacked.T,
        "dbc": np.sum(dz_c, axis=1, keepdims=True),
        "dbu": np.sum(dz_u, axis=1, keepdims=True),
    }


@contract(caches=SEQUENCE_CACHES, da="T_x n_a m")
def gru_backward_simplified(da, caches):
    r"""Go back through time: from the last step of a simplified GRU to the first.

    .. math:: \delta c^{<t>} = da^{<t>} + \delta a^{<t>}

    where :math:`\delta a^{<t>}` is the ``da_prev`` of step t + 1, as `gru_cell_backward_simplified` finds it.

    Parameters
    ----------
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``.
    caches : tuple
        ``(a, gates, a0, x, parameters)`` from `gru_forward_simplified`.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (n_a, m), "dWc", "dWu" (n_a, n_a + n_x), "dbc", "dbu" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes has the way forward, Section 4 the way back.
    """
    a, gates, a0, x, parameters = caches
    Wa, Wx, _ = stack_gates(parameters, "cu")
    (c_tilde, gamma_u), c_prev = gates.swapaxes(0, 1), previous_states(a, a0)

    dz = np.empty(gates.shape, np.result_type(gates, da))
    dz[:, 0] = gamma_u * (1 - c_tilde**2)
    dz[:, 1] = (c_tilde - c_prev) * gamma_u * (1 - gamma_u)
    dc_next = np.zeros_like(a0)
    for t in reversed(range(len(a))):
        dc = da[t] + dc_next
        dz[t] *= dc
        dc_next = dc * (1 - gamma_u[t]) + Wa.T @ dz[t].reshape(len(Wa), -1)

    dx, dW, db = scores_backward(dz.reshape(len(a), len(Wa), -1), Wx, c_prev, x)
    return {"dx": dx, "da0": dc_next, **split_gates(dW, db, "cu")}

"""Backpropagation through time for the GRU (Section 9 of the notes)."""

import numpy as np

from solutions.contract import contract
from solutions.gates import block_of_gates, previous_states, split_gates, stack_gates
from solutions.gru import GRU_PARAMETERS

__all__ = ["gru_backward", "gru_cell_backward"]

CELL_CACHE = (*((name, "n_a m") for name in ("a_next", "a_prev", "c_tilde", "gamma_u", "gamma_r")),
              ("xt", "n_x m"), ("parameters", GRU_PARAMETERS))
SEQUENCE_CACHES = (("a", "T_x n_a m"), ("gates", block_of_gates(3)), ("a0", "n_a m"), ("x", "T_x n_x m"),
                   ("parameters", GRU_PARAMETERS))


@contract(cache=CELL_CACHE, da_next="n_a m")
def gru_cell_backward(da_next, cache):
    r"""Go one step of a GRU backwards.

    The old memory cell acts on the new one in four ways: directly, through the candidate (where the
    reset gate lets it), and through each of the two gates. So four gradients meet in it. With
    :math:`z_c, z_u, z_r` for what stands inside the tanh and the two :math:`\sigma`, with
    :math:`s = [c^{<t-1>}, x^{<t>}]`, and with :math:`\sigma' = \Gamma (1 - \Gamma)`:

    .. math::

        dc^{<t>} &= da^{<t>} \\
        dz_c &= dc^{<t>} * \Gamma_u * \bigl(1 - (\tilde{c}^{<t>})^2\bigr), \qquad
        dz_u = dc^{<t>} * (\tilde{c}^{<t>} - c^{<t-1>}) * \Gamma_u (1 - \Gamma_u) \\
        [dr, dx_c] &= W_c^\top dz_c \quad \text{with } r = \Gamma_r * c^{<t-1>}, \qquad
        dz_r = dr * c^{<t-1>} * \Gamma_r (1 - \Gamma_r) \\
        [dc_{u,r}, dx_{u,r}] &= W_u^\top dz_u + W_r^\top dz_r \\
        da^{<t-1>} &= dc^{<t>} * (1 - \Gamma_u) + dr * \Gamma_r + dc_{u,r}, \qquad
        dx^{<t>} = dx_c + dx_{u,r} \\
        dW_c &= dz_c [r, x^{<t>}]^\top, \quad dW_u = dz_u s^\top, \quad dW_r = dz_r s^\top, \quad
        db_k = \sum_{i=1}^{m} dz_k^{(i)}

    Here :math:`dv` is short for :math:`\partial L / \partial v`, as in the code.

    Parameters
    ----------
    da_next : ndarray, shape (n_a, m)
        Gradient of the loss with respect to `a_next`, the state that the step produced.
    cache : tuple
        ``(a_next, a_prev, c_tilde, gamma_u, gamma_r, xt, parameters)`` from `gru_cell_forward`.

    Returns
    -------
    dict
        "dxt" (n_x, m), "da_prev" (n_a, m), "dWc", "dWu", "dWr" (n_a, n_a + n_x), "dbc", "dbu", "dbr" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes has the way forward. Nothing is divided by m here.
    """
    _, c_prev, c_tilde, gamma_u, gamma_r, xt, parameters = cache
    n_a, dc = len(c_prev), da_next
    stacked = np.concatenate([c_prev, xt])
    stacked_reset = np.concatenate([gamma_r * c_prev, xt])

    dz_c = dc * gamma_u * (1 - c_tilde**2)
    dz_u = dc * (c_tilde - c_prev) * gamma_u * (1 - gamma_u)
    d_stacked_reset = parameters["Wc"].T @ dz_c
    d_reset = d_stacked_reset[:n_a]
    dz_r = d_reset * c_prev * gamma_r * (1 - gamma_r)
    d_stacked = parameters["Wu"].T @ dz_u + parameters["Wr"].T @ dz_r
    return {
        "dxt": d_stacked_reset[n_a:] + d_stacked[n_a:],
        "da_prev": dc * (1 - gamma_u) + d_reset * gamma_r + d_stacked[:n_a],
        "dWc": dz_c @ stacked_reset.T,
        "dWu": dz_u @ stacked.T,
        "dWr": dz_r @ stacked.T,
        "dbc": np.sum(dz_c, axis=1, keepdims=True),
        "dbu": np.sum(dz_u, axis=1, keepdims=True),
        "dbr": np.sum(dz_r, axis=1, keepdims=True),
    }


@contract(caches=SEQUENCE_CACHES, da="T_x n_a m")
def gru_backward(da, caches):
    r"""Go back through time: from the last step of a GRU to the first.

    At each step what came back from the step behind joins the gradient of the step's own output,

    .. math:: \delta c^{<t>} = da^{<t>} + \delta a^{<t>},

    where :math:`\delta a^{<t>}` is the ``da_prev`` of step t + 1, as `gru_cell_backward` finds it (and zero
    behind the last step). The steps share the parameters, so the gradient of each is a sum over the
    steps.

    Parameters
    ----------
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``: what
        comes down from the output of that step. What comes back from later steps is not in it;
        this function adds that.
    caches : tuple
        ``(a, gates, a0, x, parameters)`` from `gru_forward`.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (n_a, m), "dWc", "dWu", "dWr" (n_a, n_a + n_x), "dbc", "dbu", "dbr" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes has the way forward, Section 4 the way back.
    """
    a, gates, a0, x, parameters = caches
    (T_x, n_a, m), c_prev = a.shape, previous_states(a, a0)
    Wa, Wx, _ = stack_gates(parameters, "cur")
    W_candidate, W_gates = Wa[:n_a], Wa[n_a:]
    c_tilde, gamma_u, gamma_r = gates.swapaxes(0, 1)

    # What later steps do not change, for all steps at once: how each block acts on the memory cell.
    dz = np.empty((T_x, 3, n_a, m), np.result_type(gates, da))
    dz[:, 0] = gamma_u * (1 - c_tilde**2)
    dz[:, 1] = (c_tilde - c_prev) * gamma_u * (1 - gamma_u)
    dz[:, 2] = c_prev * gamma_r * (1 - gamma_r)
    dc_next = np.zeros_like(a0)
    for t in reversed(range(T_x)):
        dc = da[t] + dc_next
        dz[t, :2] *= dc
        d_reset = W_candidate.T @ dz[t, 0]
        dz[t, 2] *= d_reset
        dc_next = dc * (1 - gamma_u[t]) + d_reset * gamma_r[t] + W_gates.T @ dz[t, 1:].reshape(2 * n_a, m)

    # One product for the gates, one for the candidate: sums over time (axis 0) and the examples (axis 2).
    dz, over_steps = dz.reshape(T_x, 3 * n_a, m), ([0, 2], [0, 2])
    dW_gates = np.tensordot(dz[:, n_a:], np.concatenate([c_prev, x], axis=1), over_steps)
    dW_candidate = np.tensordot(dz[:, :n_a], np.concatenate([gamma_r * c_prev, x], axis=1), over_steps)
    dW, db = np.concatenate([dW_candidate, dW_gates]), np.sum(np.sum(dz, axis=0), axis=1, keepdims=True)
    return {"dx": Wx.T @ dz, "da0": dc_next, **split_gates(dW, db, "cur")}

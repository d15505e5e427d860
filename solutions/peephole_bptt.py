"""Backpropagation through time for the LSTM with peephole connections (Section 10 of the notes)."""

import numpy as np

from solutions.contract import contract
from solutions.gates import block_of_gates, split_gates, stack_gates
from solutions.lstm import first_memory
from solutions.peephole import PEEPHOLE_PARAMETERS
from solutions.steps import previous_states, scores_backward

__all__ = ["peephole_lstm_backward", "peephole_lstm_cell_backward"]

CELL_CACHE = (*((name, "n_a m") for name in ("a_next", "c_next", "a_prev", "c_prev", "c_tilde", "gamma_u",
                                             "gamma_f", "gamma_o")),
              ("xt", "n_x m"), ("parameters", PEEPHOLE_PARAMETERS))
SEQUENCE_CACHES = (("a", "T_x n_a m"), ("c", "T_x n_a m"), ("tanh_c", "T_x n_a m"), ("gates", block_of_gates(4)),
                   ("a0", "n_a m"), ("c0", "n_a m"), ("x", "T_x n_x m"), ("parameters", PEEPHOLE_PARAMETERS))


@contract(cache=CELL_CACHE, da_next="n_a m", dc_next="n_a m")
def peephole_lstm_cell_backward(da_next, dc_next, cache):
    r"""Go one step of an LSTM with peepholes backwards.

    Beside the ways of a plain LSTM, the new memory cell acts through the output gate, and the old one
    through the other two gates. With :math:`z_c, z_u, z_f, z_o` as in `lstm_cell_backward`:

    .. math::

        dz_o &= da^{<t>} * \tanh(c^{<t>}) * \Gamma_o (1 - \Gamma_o) \\
        dc &= dc^{<t>} + da^{<t>} * \Gamma_o * \bigl(1 - \tanh^2(c^{<t>})\bigr) + p_o * dz_o \\
        dc^{<t-1>} &= dc * \Gamma_f + p_u * dz_u + p_f * dz_f \\
        dp_u &= \sum_{i=1}^{m} dz_u^{(i)} * c^{(i)<t-1>}, \quad
        dp_f = \sum_{i=1}^{m} dz_f^{(i)} * c^{(i)<t-1>}, \quad
        dp_o = \sum_{i=1}^{m} dz_o^{(i)} * c^{(i)<t>}

    The other gradients are those of `lstm_cell_backward`.

    Parameters
    ----------
    da_next, dc_next : ndarray, shape (n_a, m)
        Gradient of the loss with respect to `a_next`, and with respect to `c_next` by way of later
        steps alone: what reaches `c_next` in its own step is added here.
    cache : tuple
        ``(a_next, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters)`` from
        `peephole_lstm_cell_forward`.

    Returns
    -------
    dict
        "dxt" (n_x, m), "da_prev" and "dc_prev" (n_a, m), "dWc", "dWu", "dWf", "dWo" (n_a, n_a + n_x),
        "dbc", "dbu", "dbf", "dbo", "dpu", "dpf", "dpo" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 10 of the notes names peephole connections.
    """
    _, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters = cache
    Wc, Wu, Wf, Wo = (parameters[name] for name in ("Wc", "Wu", "Wf", "Wo"))
    pu, pf, po = (parameters[name] for name in ("pu", "pf", "po"))

    tanh_c = np.tanh(c_next)
    dz_o = da_next * tanh_c * gamma_o * (1 - gamma_o)
    dc = dc_next + da_next * gamma_o * (1 - tanh_c**2) + po * dz_o
    dz_c = dc * gamma_u * (1 - c_tilde**2)
    dz_u = dc * c_tilde * gamma_u * (1 - gamma_u)
    dz_f = dc * c_prev * gamma_f * (1 - gamma_f)
    dc_prev = dc * gamma_f + pu * dz_u + pf * dz_f

    n_a, stacked = len(a_prev), np.concatenate([a_prev, xt])
    d_stacked = Wc.T @ dz_c + Wu.T @ dz_u + Wf.T @ dz_f + Wo.T @ dz_o
    gradients = {"dxt": d_stacked[n_a:], "da_prev": d_stacked[:n_a], "dc_prev": dc_prev}
    for name, dz in {"c": dz_c, "u": dz_u, "f": dz_f, "o": dz_o}.items():
        gradients["dW" + name] = dz @ stacked.T
        gradients["db" + name] = np.sum(dz, axis=1, keepdims=True)
    for name, seen in {"pu": dz_u * c_prev, "pf": dz_f * c_prev, "po": dz_o * c_next}.items():
        gradients["d" + name] = np.sum(seen, axis=1, keepdims=True)
    return gradients


@contract(caches=SEQUENCE_CACHES, da="T_x n_a m", dc=first_memory)
def peephole_lstm_backward(da, caches, dc=None):
    r"""Go back through time: from the last step of an LSTM with peepholes to the first.

    .. math:: \delta a^{<t>} = da^{<t>} + da_{\mathrm{prev}}^{<t+1>}, \qquad
        \delta c^{<t>} = dc_{\mathrm{prev}}^{<t+1>}

    where the two on the right are the ``da_prev`` and ``dc_prev`` of step t + 1, as
    `peephole_lstm_cell_backward` finds them. The gradient of each parameter is a sum over the steps.

    Parameters
    ----------
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``.
    caches : tuple
        ``(a, c, tanh_c, gates, a0, c0, x, parameters)`` from `peephole_lstm_forward`.
    dc : ndarray, shape (n_a, m), optional
        The gradient with respect to the last memory cell, where something behind the sequence
        uses it (a decoder). It is zero where it is not given.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" and "dc0" (n_a, m), "dWc", "dWu", "dWf", "dWo" (n_a, n_a + n_x),
        "dbc", "dbu", "dbf", "dbo", "dpu", "dpf", "dpo" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 10 of the notes names peephole connections.
    """
    a, c, tanh_c, gates, a0, c0, x, parameters = caches
    Wa, Wx, _ = stack_gates(parameters, "cufo")
    (c_tilde, gamma_u, gamma_f, gamma_o), c_prev = gates.swapaxes(0, 1), previous_states(c, c0)
    p_uf = np.array([parameters["pu"], parameters["pf"]])
    da_next, dc_next = np.zeros_like(a0), np.zeros_like(c0) if dc is None else dc

    # What later steps do not change, for all steps at once: how each block acts on c (the last: on a).
    dz = np.empty(gates.shape, np.result_type(gates, da, dc_next))
    dz[:, 0] = gamma_u * (1 - c_tilde**2)
    dz[:, 1] = c_tilde * gamma_u * (1 - gamma_u)
    dz[:, 2] = c_prev * gamma_f * (1 - gamma_f)
    dz[:, 3] = tanh_c * gamma_o * (1 - gamma_o)
    c_from_a = gamma_o * (1 - tanh_c**2)
    for t in reversed(range(len(a))):
        da_next = da_next + da[t]
        dz[t, 3] *= da_next
        dc_next = dc_next + da_next * c_from_a[t] + parameters["po"] * dz[t, 3]
        dz[t, :3] *= dc_next
        da_next = Wa.T @ dz[t].reshape(len(Wa), -1)
        dc_next = dc_next * gamma_f[t] + np.sum(p_uf * dz[t, 1:3], axis=0)

    dpu, dpf, dpo = (np.sum(dz[:, k] * seen, axis=(0, 2))[:, np.newaxis]
                     for k, seen in ((1, c_prev), (2, c_prev), (3, c)))
    dx, dW, db = scores_backward(dz.reshape(len(a), len(Wa), -1), Wx, previous_states(a, a0), x)
    return {"dx": dx, "da0": da_next, "dc0": dc_next, "dpu": dpu, "dpf": dpf, "dpo": dpo,
            **split_gates(dW, db, "cufo")}

"""Backpropagation through time for the LSTM (Section 10 of the notes)."""

import numpy as np

from solutions.contract import contract
from solutions.gates import block_of_gates, split_gates, stack_gates
from solutions.lstm import LSTM_PARAMETERS, first_memory
from solutions.products import product_with_transpose
from solutions.steps import previous_states, runs_of_steps, scores_backward

__all__ = ["lstm_backward", "lstm_cell_backward"]

CELL_CACHE = (*((name, "n_a m") for name in ("a_next", "c_next", "a_prev", "c_prev", "c_tilde", "gamma_u",
                                             "gamma_f", "gamma_o")),
              ("xt", "n_x m"), ("parameters", LSTM_PARAMETERS))
SEQUENCE_CACHES = (("a", "T_x n_a m"), ("c", "T_x n_a m"), ("tanh_c", "T_x n_a m"), ("gates", block_of_gates(4)),
                   ("a0", "n_a m"), ("c0", "n_a m"), ("x", "T_x n_x m"), ("parameters", LSTM_PARAMETERS))


@contract(cache=CELL_CACHE, da_next="n_a m", dc_next="n_a m")
def lstm_cell_backward(da_next, dc_next, cache):
    r"""Go one step of an LSTM backwards.

    The memory cell acts on the loss through the state of its own step and through the next memory
    cell, so two gradients meet in it. With :math:`z_c, z_u, z_f, z_o` for what stands inside the tanh
    and the three :math:`\sigma`, and :math:`\sigma' = \Gamma (1 - \Gamma)`:

    .. math::

        dc &= dc^{<t>} + da^{<t>} * \Gamma_o * \bigl(1 - \tanh^2(c^{<t>})\bigr) \\
        dz_c &= dc * \Gamma_u * \bigl(1 - (\tilde{c}^{<t>})^2\bigr), \qquad
        dz_u = dc * \tilde{c}^{<t>} * \Gamma_u (1 - \Gamma_u) \\
        dz_f &= dc * c^{<t-1>} * \Gamma_f (1 - \Gamma_f), \qquad
        dz_o = da^{<t>} * \tanh(c^{<t>}) * \Gamma_o (1 - \Gamma_o) \\
        [da^{<t-1>}, dx^{<t>}] &= \sum_{k \in \{c, u, f, o\}} W_k^\top dz_k, \qquad
        dc^{<t-1>} = dc * \Gamma_f \\
        dW_k &= dz_k [a^{<t-1>}, x^{<t>}]^\top, \qquad db_k = \sum_{i=1}^{m} dz_k^{(i)}

    Here :math:`dv` is short for :math:`\partial L / \partial v`, as in the code.

    Parameters
    ----------
    da_next, dc_next : ndarray, shape (n_a, m)
        Gradient of the loss with respect to `a_next`, and with respect to `c_next` by way of later
        steps alone: what reaches `c_next` through `a_next` is added here.
    cache : tuple
        ``(a_next, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters)`` from
        `lstm_cell_forward`.

    Returns
    -------
    dict
        "dxt" (n_x, m), "da_prev" and "dc_prev" (n_a, m), "dWc", "dWu", "dWf", "dWo" (n_a, n_a + n_x),
        "dbc", "dbu", "dbf", "dbo" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 10 of the notes has the way forward. Nothing is divided by m here.
    """
    _, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters = cache
    Wc, Wu, Wf, Wo = (parameters[name] for name in ("Wc", "Wu", "Wf", "Wo"))

    tanh_c = np.tanh(c_next)
    dc = dc_next + da_next * gamma_o * (1 - tanh_c**2)
    dz_c = dc * gamma_u * (1 - c_tilde**2)
    dz_u = dc * c_tilde * gamma_u * (1 - gamma_u)
    dz_f = dc * c_prev * gamma_f * (1 - gamma_f)
    dz_o = da_next * tanh_c * gamma_o * (1 - gamma_o)

    n_a, stacked = len(a_prev), np.concatenate([a_prev, xt])
    d_stacked = Wc.T @ dz_c + Wu.T @ dz_u + Wf.T @ dz_f + Wo.T @ dz_o
    gradients = {"dxt": d_stacked[n_a:], "da_prev": d_stacked[:n_a], "dc_prev": dc * gamma_f}
    for name, dz in {"c": dz_c, "u": dz_u, "f": dz_f, "o": dz_o}.items():
        gradients["dW" + name] = dz @ stacked.T
        gradients["db" + name] = np.sum(dz, axis=1, keepdims=True)
    return gradients


@contract(caches=SEQUENCE_CACHES, da="T_x n_a m", dc=first_memory)
def lstm_backward(da, caches, dc=None):
    r"""Go back through time: from the last step of an LSTM to the first.

    Two gradients come back from the step behind, that of the state and that of the memory cell:

    .. math::

        \delta a^{<t>} &= da^{<t>} + W_a^\top \, dz^{<t+1>} \\
        \delta c^{<t>} &= \delta c^{<t+1>} * \Gamma_f^{<t+1>}
        + \delta a^{<t>} * \Gamma_o^{<t>} * \bigl(1 - \tanh^2(c^{<t>})\bigr)

    Here dz is the block of :math:`dz_c, dz_u, dz_f, dz_o`, each as in `lstm_cell_backward`, with
    :math:`\delta a` and :math:`\delta c` for da and dc. The steps share the parameters, so the gradient
    of each is a sum over the steps.

    Parameters
    ----------
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``: what
        comes down from the output of that step. What comes back from later steps is not in it;
        this function adds that.
    caches : tuple
        ``(a, c, tanh_c, gates, a0, c0, x, parameters)`` from `lstm_forward`.
    dc : ndarray, shape (n_a, m), optional
        The gradient with respect to the last memory cell, where something behind the sequence
        uses it (a decoder). It is zero where it is not given.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" and "dc0" (n_a, m), "dWc", "dWu", "dWf", "dWo" (n_a, n_a + n_x),
        "dbc", "dbu", "dbf", "dbo" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 10 of the notes has the way forward, Section 4 the way back.
    """
    a, c, tanh_c, gates, a0, c0, x, parameters = caches
    (T_x, n_a, m), c_prev = a.shape, previous_states(c, c0)
    Wa, Wx, _ = stack_gates(parameters, "cufo")
    Wa_back, da_next = product_with_transpose(Wa, m), np.zeros_like(a0)
    dc_next = np.zeros_like(c0) if dc is None else dc

    dz = np.empty((T_x, 4 * n_a, m), np.result_type(gates, da, dc_next))
    for start, end in reversed(runs_of_steps(T_x, gates[0].size)):
        steps = slice(start, end)
        # What later steps do not change, for a run of steps at once: the first four blocks await the gradient
        # that arrives at c, the last two the one that arrives at a.
        c_tilde, gamma_u, gamma_f, gamma_o = gates[steps].swapaxes(0, 1)
        blocks = np.empty((len(c_tilde), 6, n_a, m), dz.dtype)
        blocks[:, 0] = gamma_f  # becomes the gradient at c of the step before
        blocks[:, 1] = gamma_u * (1 - c_tilde**2)  # becomes dz_c; the next three dz_u, dz_f, dz_o
        blocks[:, 2:5] = gates[steps, 1:] * (1 - gates[steps, 1:])
        blocks[:, 2] *= c_tilde
        blocks[:, 3] *= c_prev[steps]
        blocks[:, 4] *= tanh_c[steps]
        blocks[:, 5] = gamma_o * (1 - tanh_c[steps]**2)  # becomes what goes on from a to c
        sums = blocks.reshape(-1, 6 * n_a, m)[:, n_a:-n_a]
        backwards = (v[::-1] for v in (blocks[:, :4], blocks[:, 4:], sums, da[steps]))
        for at_c, at_a, dz_t, da_t in zip(*backwards, strict=True):
            at_a *= da_next + da_t
            at_c *= dc_next + at_a[1]
            da_next, dc_next = Wa_back(dz_t), at_c[0]
        dz[steps] = sums

    dx, dW, db = scores_backward(dz, Wx, previous_states(a, a0), x)
    return {"dx": dx, "da0": da_next, "dc0": dc_next, **split_gates(dW, db, "cufo")}

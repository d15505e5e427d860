"""Backpropagation through time for the GRU (Section 9 of the notes)."""

import numpy as np

from solutions.contract import contract
from solutions.gates import block_of_gates, split_gates, stack_gates
from solutions.gru import GRU_PARAMETERS
from solutions.products import product_with_transpose
from solutions.steps import previous_states, runs_of_steps, scores_backward

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
    W_candidate_back, W_gates_back = (product_with_transpose(W, m) for W in (Wa[:n_a], Wa[n_a:]))
    dc_next = np.zeros_like(a0)

    dz = np.empty((T_x, 3 * n_a, m), np.result_type(gates, da))
    for start, end in reversed(runs_of_steps(T_x, gates[0].size)):
        steps = slice(start, end)
        # What later steps do not change, for a run of steps at once: the first three blocks await the gradient
        # that arrives at c, the last two the one that arrives at the memory which the reset gate let through.
        c_tilde, gamma_u, gamma_r = gates[steps].swapaxes(0, 1)
        blocks = np.empty((len(c_tilde), 5, n_a, m), dz.dtype)
        blocks[:, 0] = 1 - gamma_u  # becomes a part of the gradient at c of the step before
        blocks[:, 1] = gamma_u * (1 - c_tilde**2)  # becomes dz_c
        blocks[:, 2] = (c_tilde - c_prev[steps]) * gamma_u * (1 - gamma_u)  # becomes dz_u
        blocks[:, 3] = c_prev[steps] * gamma_r * (1 - gamma_r)  # becomes dz_r
        blocks[:, 4] = gamma_r  # becomes another part of the gradient at c of the step before
        sums = blocks.reshape(-1, 5 * n_a, m)[:, n_a:-n_a]
        backwards = (v[::-1] for v in (blocks[:, :3], blocks[:, 3:], sums[:, n_a:], da[steps]))
        for at_c, at_reset, dz_gates, da_t in zip(*backwards, strict=True):
            at_c *= dc_next + da_t
            at_reset *= W_candidate_back(at_c[1])
            dc_next = at_c[0] + at_reset[1] + W_gates_back(dz_gates)
        dz[steps] = sums

    # The candidate acts on the memory cell that the reset gate let through, the gates on all of it.
    dx_c, dWc, dbc = scores_backward(dz[:, :n_a], Wx[:n_a], gates[:, 2] * c_prev, x)
    dx_gates, dW, db = scores_backward(dz[:, n_a:], Wx[n_a:], c_prev, x)
    return {"dx": dx_c + dx_gates, "da0": dc_next, "dWc": dWc, "dbc": dbc, **split_gates(dW, db, "ur")}

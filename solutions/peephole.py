"""The LSTM with peephole connections, forwards (Section 10 of the notes)."""

import numpy as np

from solutions.activations import sigmoid, softmax
from solutions.contract import contract
from solutions.gates import gated_parameters, stack_gates
from solutions.lstm import first_memory
from solutions.steps import scores_of_inputs

__all__ = ["peephole_lstm_cell_forward", "peephole_lstm_forward"]

PEEPHOLE_PARAMETERS = gated_parameters("cufo") | {"pu": "n_a 1", "pf": "n_a 1", "po": "n_a 1"}


@contract(parameters=PEEPHOLE_PARAMETERS, xt="n_x m", a_prev="n_a m", c_prev="n_a m")
def peephole_lstm_cell_forward(xt, a_prev, c_prev, parameters):
    r"""Take one step of an LSTM whose gates see the memory cell.

    .. math::

        \tilde{c}^{<t>} &= \tanh(W_c [a^{<t-1>}, x^{<t>}] + b_c) \\
        \Gamma_u &= \sigma(W_u [a^{<t-1>}, x^{<t>}] + p_u * c^{<t-1>} + b_u) \\
        \Gamma_f &= \sigma(W_f [a^{<t-1>}, x^{<t>}] + p_f * c^{<t-1>} + b_f) \\
        c^{<t>} &= \Gamma_u * \tilde{c}^{<t>} + \Gamma_f * c^{<t-1>} \\
        \Gamma_o &= \sigma(W_o [a^{<t-1>}, x^{<t>}] + p_o * c^{<t>} + b_o) \\
        a^{<t>} &= \Gamma_o * \tanh(c^{<t>}) \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{<t>} + b_y)

    The peepholes p hold one number for each unit: a gate sees the memory of its own unit alone. The
    output gate comes last, and sees the new memory.

    Parameters
    ----------
    xt : ndarray, shape (n_x, m)
        The input of this step, one column for each of the m examples.
    a_prev, c_prev : ndarray, shape (n_a, m)
        The hidden state and the memory cell of the step before.
    parameters : dict
        "Wc", "Wu", "Wf", "Wo" (n_a, n_a + n_x), which act on the state above the input; "bc", "bu",
        "bf", "bo" (n_a, 1); the peepholes "pu", "pf", "po" (n_a, 1); "Wya" (n_y, n_a), "by" (n_y, 1).

    Returns
    -------
    a_next, c_next : ndarray, shape (n_a, m)
        The hidden state and the memory cell of this step.
    yt_pred : ndarray, shape (n_y, m)
        The prediction of this step; each column sums to one.
    cache : tuple
        ``(a_next, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters)``, in
        this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 10 of the notes names peephole connections and lets every gate see :math:`c^{<t-1>}`. In the usual
    form, F. A. Gers, N. N. Schraudolph and J. Schmidhuber, "Learning precise timing with LSTM
    recurrent networks", JMLR 3 (2002), the output gate sees :math:`c^{<t>}`.
    """
    Wc, Wu, Wf, Wo, Wya = (parameters[name] for name in ("Wc", "Wu", "Wf", "Wo", "Wya"))
    bc, bu, bf, bo, by = (parameters[name] for name in ("bc", "bu", "bf", "bo", "by"))
    pu, pf, po = (parameters[name] for name in ("pu", "pf", "po"))

    stacked = np.concatenate([a_prev, xt])
    c_tilde = np.tanh(Wc @ stacked + bc)
    gamma_u = sigmoid(Wu @ stacked + pu * c_prev + bu)
    gamma_f = sigmoid(Wf @ stacked + pf * c_prev + bf)
    c_next = gamma_u * c_tilde + gamma_f * c_prev
    gamma_o = sigmoid(Wo @ stacked + po * c_next + bo)
    a_next = gamma_o * np.tanh(c_next)
    yt_pred = softmax(Wya @ a_next + by)
    cache = (a_next, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters)
    return a_next, c_next, yt_pred, cache


@contract(parameters=PEEPHOLE_PARAMETERS, x="T_x n_x m", a0="n_a m", c0=first_memory)
def peephole_lstm_forward(x, a0, parameters, c0=None):
    r"""Run an LSTM whose gates see the memory cell over a whole sequence, from left to right.

    .. math::

        c^{<t>} &= \Gamma_u * \tilde{c}^{<t>} + \Gamma_f * c^{<t-1>}, \qquad
        a^{<t>} = \Gamma_o * \tanh(c^{<t>}) \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{<t>} + b_y), \qquad t = 1, \dots, T_x

    with the candidate and the gates of `peephole_lstm_cell_forward`.

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : ndarray, shape (n_a, m)
        The hidden state before the first step.
    parameters : dict
        As for `peephole_lstm_cell_forward`.
    c0 : ndarray, shape (n_a, m), optional
        The memory cell before the first step. It is zero where it is not given.

    Returns
    -------
    a : ndarray, shape (T_x, n_a, m)
        The hidden state of every step.
    y_pred : ndarray, shape (T_x, n_y, m)
        The prediction of every step.
    c : ndarray, shape (T_x, n_a, m)
        The memory cell of every step.
    caches : tuple
        ``(a, c, tanh_c, gates, a0, c0, x, parameters)``, in this order: what the way back needs. `gates`
        has the shape (T_x, 4, n_a, m) and holds the candidate, then the gates u, f and o.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 10 of the notes.
    """
    (T_x, _, m), n_a = x.shape, len(a0)
    c0 = np.zeros_like(a0) if c0 is None else c0
    Wa, Wx, b = stack_gates(parameters, "cufo")
    p_uf = np.array([parameters["pu"], parameters["pf"]])

    # Only what meets a^{<t-1>} or c^{<t-1>} has to wait: the rest is one product for all steps.
    z = scores_of_inputs(x, Wx, b).astype(np.result_type(Wx, x, a0, c0, 1.0), copy=False)
    gates = z.reshape(T_x, 4, n_a, m)
    a, c, tanh_c = np.empty((3, T_x, n_a, m), z.dtype)
    a_prev, c_prev = a0, c0
    for t in range(T_x):
        z[t] += Wa @ a_prev
        gates[t, 0], gates[t, 1:3] = np.tanh(gates[t, 0]), sigmoid(gates[t, 1:3] + p_uf * c_prev)
        c_tilde, gamma_u, gamma_f, z_o = gates[t]
        c[t] = gamma_u * c_tilde + gamma_f * c_prev
        gamma_o = sigmoid(z_o + parameters["po"] * c[t])
        tanh_c[t] = np.tanh(c[t])
        a[t] = gamma_o * tanh_c[t]
        gates[t, 3], a_prev, c_prev = gamma_o, a[t], c[t]
    y_pred = softmax(parameters["Wya"] @ a + parameters["by"])
    return a, y_pred, c, (a, c, tanh_c, gates, a0, c0, x, parameters)

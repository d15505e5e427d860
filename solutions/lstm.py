"""The LSTM, forwards (Section 10 of the notes)."""

import numpy as np

from solutions.activations import sigmoid, softmax
from solutions.contract import contract, require_array
from solutions.gates import gated_parameters, stack_halved_gates
from solutions.products import product_with
from solutions.steps import scores_of_inputs

__all__ = ["lstm_cell_forward", "lstm_forward"]

LSTM_PARAMETERS = gated_parameters("cufo")


def first_memory(name, value, sizes):
    """Accept a memory cell (n_a, m), or None for one of zeros."""
    if value is not None:
        require_array(name, value)
        wanted = sizes["n_a"][0], sizes["m"][0]
        if value.shape != wanted:
            raise ValueError(f"{name} has shape {value.shape}, wanted (n_a, m) = {wanted}")


@contract(parameters=LSTM_PARAMETERS, xt="n_x m", a_prev="n_a m", c_prev="n_a m")
def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    r"""Take one step of an LSTM.

    .. math::

        \tilde{c}^{<t>} &= \tanh(W_c [a^{<t-1>}, x^{<t>}] + b_c) \\
        \Gamma_u &= \sigma(W_u [a^{<t-1>}, x^{<t>}] + b_u) \\
        \Gamma_f &= \sigma(W_f [a^{<t-1>}, x^{<t>}] + b_f) \\
        \Gamma_o &= \sigma(W_o [a^{<t-1>}, x^{<t>}] + b_o) \\
        c^{<t>} &= \Gamma_u * \tilde{c}^{<t>} + \Gamma_f * c^{<t-1>} \\
        a^{<t>} &= \Gamma_o * \tanh(c^{<t>}) \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{<t>} + b_y)

    Parameters
    ----------
    xt : ndarray, shape (n_x, m)
        The input of this step, one column for each of the m examples.
    a_prev, c_prev : ndarray, shape (n_a, m)
        The hidden state and the memory cell of the step before.
    parameters : dict
        "Wc", "Wu", "Wf", "Wo" (n_a, n_a + n_x), which act on the state above the input; "bc", "bu",
        "bf", "bo" (n_a, 1); "Wya" (n_y, n_a), "by" (n_y, 1).

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
    Section 10 of the notes. float32 inputs give float32 results, float64 give float64.
    """
    Wc, Wu, Wf, Wo, Wya = (parameters[name] for name in ("Wc", "Wu", "Wf", "Wo", "Wya"))
    bc, bu, bf, bo, by = (parameters[name] for name in ("bc", "bu", "bf", "bo", "by"))

    stacked = np.concatenate([a_prev, xt])
    c_tilde = np.tanh(Wc @ stacked + bc)
    gamma_u = sigmoid(Wu @ stacked + bu)
    gamma_f = sigmoid(Wf @ stacked + bf)
    gamma_o = sigmoid(Wo @ stacked + bo)
    c_next = gamma_u * c_tilde + gamma_f * c_prev
    a_next = gamma_o * np.tanh(c_next)
    yt_pred = softmax(Wya @ a_next + by)
    cache = (a_next, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters)
    return a_next, c_next, yt_pred, cache


@contract(parameters=LSTM_PARAMETERS, x="T_x n_x m", a0="n_a m", c0=first_memory)
def lstm_forward(x, a0, parameters, c0=None):
    r"""Run an LSTM over a whole sequence, from left to right.

    .. math::

        \tilde{c}^{<t>} &= \tanh(W_c [a^{<t-1>}, x^{<t>}] + b_c) \\
        \Gamma_u &= \sigma(W_u [a^{<t-1>}, x^{<t>}] + b_u), \quad
        \Gamma_f = \sigma(W_f [a^{<t-1>}, x^{<t>}] + b_f), \quad
        \Gamma_o = \sigma(W_o [a^{<t-1>}, x^{<t>}] + b_o) \\
        c^{<t>} &= \Gamma_u * \tilde{c}^{<t>} + \Gamma_f * c^{<t-1>}, \qquad
        a^{<t>} = \Gamma_o * \tanh(c^{<t>}) \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{<t>} + b_y), \qquad t = 1, \dots, T_x

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : ndarray, shape (n_a, m)
        The hidden state before the first step.
    parameters : dict
        "Wc", "Wu", "Wf", "Wo" (n_a, n_a + n_x), which act on the state above the input; "bc", "bu",
        "bf", "bo" (n_a, 1); "Wya" (n_y, n_a), "by" (n_y, 1).
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
    Section 10 of the notes. float32 inputs give float32 results, float64 give float64.
    """
    (T_x, _, m), n_a = x.shape, len(a0)
    c0 = np.zeros_like(a0) if c0 is None else c0

    # sigmoid(z) = tanh(z / 2) / 2 + 1/2: once the gates' rows are halved, one tanh serves all four blocks.
    Wa, Wx, b = stack_halved_gates(parameters, "cufo")

    # Only W_a a^{<t-1>} has to wait for the step before: the rest is one product for all steps.
    z = scores_of_inputs(x, Wx, b).astype(np.result_type(Wx, x, a0, c0, 1.0), copy=False)
    gates = z.reshape(T_x, 4, n_a, m)
    scale = np.full((4, n_a, m), 0.5, z.dtype)
    scale[0] = 1
    shift = 1 - scale
    a, c, tanh_c = np.empty((3, T_x, n_a, m), z.dtype)
    Wa_times, a_prev, c_prev = product_with(Wa, m), a0, c0
    for z_t, gates_t, (c_tilde, gamma_u, gamma_f, gamma_o), a_t, c_t, tanh_t in zip(
            z, gates, zip(*gates.swapaxes(0, 1), strict=True), a, c, tanh_c, strict=True):
        z_t += Wa_times(a_prev)
        np.tanh(z_t, out=z_t)
        gates_t *= scale
        gates_t += shift
        c_prev = np.add(gamma_u * c_tilde, gamma_f * c_prev, out=c_t)
        np.tanh(c_t, out=tanh_t)
        a_prev = np.multiply(gamma_o, tanh_t, out=a_t)
    y_pred = softmax(parameters["Wya"] @ a + parameters["by"])
    return a, y_pred, c, (a, c, tanh_c, gates, a0, c0, x, parameters)

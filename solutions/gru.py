"""The gated recurrent unit (GRU), forwards (Section 9 of the notes)."""

import numpy as np

from solutions.activations import sigmoid, softmax
from solutions.contract import contract
from solutions.gates import gated_parameters, stack_gates
from solutions.products import product_with
from solutions.steps import scores_of_inputs

__all__ = ["gru_cell_forward", "gru_forward"]

GRU_PARAMETERS = gated_parameters("cur")


@contract(parameters=GRU_PARAMETERS, xt="n_x m", a_prev="n_a m")
def gru_cell_forward(xt, a_prev, parameters):
    r"""Take one step of a GRU.

    .. math::

        c^{<t-1>} &= a^{<t-1>} \\
        \Gamma_u &= \sigma(W_u [c^{<t-1>}, x^{<t>}] + b_u) \\
        \Gamma_r &= \sigma(W_r [c^{<t-1>}, x^{<t>}] + b_r) \\
        \tilde{c}^{<t>} &= \tanh(W_c [\Gamma_r * c^{<t-1>}, x^{<t>}] + b_c) \\
        c^{<t>} &= \Gamma_u * \tilde{c}^{<t>} + (1 - \Gamma_u) * c^{<t-1>} \\
        a^{<t>} &= c^{<t>}, \qquad \hat{y}^{<t>} = \mathrm{softmax}(W_{ya} a^{<t>} + b_y)

    Parameters
    ----------
    xt : ndarray, shape (n_x, m)
        The input of this step, one column for each of the m examples.
    a_prev : ndarray, shape (n_a, m)
        The hidden state of the step before, which in a GRU is the memory cell.
    parameters : dict
        "Wc", "Wu", "Wr" (n_a, n_a + n_x), which act on the memory cell above the input; "bc", "bu", "br"
        (n_a, 1); "Wya" (n_y, n_a), "by" (n_y, 1).

    Returns
    -------
    a_next : ndarray, shape (n_a, m)
        The hidden state of this step, which is its memory cell.
    yt_pred : ndarray, shape (n_y, m)
        The prediction of this step; each column sums to one.
    cache : tuple
        ``(a_next, a_prev, c_tilde, gamma_u, gamma_r, xt, parameters)``, in this order: what the way
        back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes, the full unit. The reset gate acts before the product with :math:`W_c`, as in
    K. Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical machine
    translation", EMNLP 2014. float32 inputs give float32 results, float64 give float64.
    """
    Wc, Wu, Wr, Wya = (parameters[name] for name in ("Wc", "Wu", "Wr", "Wya"))
    bc, bu, br, by = (parameters[name] for name in ("bc", "bu", "br", "by"))

    c_prev = a_prev
    gamma_u = sigmoid(Wu @ np.concatenate([c_prev, xt]) + bu)
    gamma_r = sigmoid(Wr @ np.concatenate([c_prev, xt]) + br)
    c_tilde = np.tanh(Wc @ np.concatenate([gamma_r * c_prev, xt]) + bc)
    c_next = gamma_u * c_tilde + (1 - gamma_u) * c_prev
    a_next = c_next
    yt_pred = softmax(Wya @ a_next + by)
    return a_next, yt_pred, (a_next, a_prev, c_tilde, gamma_u, gamma_r, xt, parameters)


@contract(parameters=GRU_PARAMETERS, x="T_x n_x m", a0="n_a m")
def gru_forward(x, a0, parameters):
    r"""Run a GRU over a whole sequence, from left to right.

    .. math::

        \Gamma_u &= \sigma(W_u [c^{<t-1>}, x^{<t>}] + b_u), \qquad
        \Gamma_r = \sigma(W_r [c^{<t-1>}, x^{<t>}] + b_r) \\
        \tilde{c}^{<t>} &= \tanh(W_c [\Gamma_r * c^{<t-1>}, x^{<t>}] + b_c) \\
        c^{<t>} &= \Gamma_u * \tilde{c}^{<t>} + (1 - \Gamma_u) * c^{<t-1>} \\
        a^{<t>} &= c^{<t>}, \qquad \hat{y}^{<t>} = \mathrm{softmax}(W_{ya} a^{<t>} + b_y),
        \qquad t = 1, \dots, T_x

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : ndarray, shape (n_a, m)
        The hidden state before the first step, which in a GRU is the memory cell.
    parameters : dict
        "Wc", "Wu", "Wr" (n_a, n_a + n_x), which act on the memory cell above the input; "bc", "bu", "br"
        (n_a, 1); "Wya" (n_y, n_a), "by" (n_y, 1).

    Returns
    -------
    a : ndarray, shape (T_x, n_a, m)
        The hidden state of every step, which is its memory cell.
    y_pred : ndarray, shape (T_x, n_y, m)
        The prediction of every step.
    caches : tuple
        ``(a, gates, a0, x, parameters)``, in this order: what the way back needs. `gates` has the shape
        (T_x, 3, n_a, m) and holds the candidate, then the gates u and r.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Section 9 of the notes, the full unit. float32 inputs give float32 results, float64 give float64.
    """
    (T_x, _, m), n_a = x.shape, len(a0)
    Wa, Wx, b = stack_gates(parameters, "cur")
    W_candidate_times, W_gates_times = product_with(Wa[:n_a], m), product_with(Wa[n_a:], m)

    # Only what meets c^{<t-1>} has to wait for the step before: the rest is one product for all steps.
    z = scores_of_inputs(x, Wx, b).astype(np.result_type(Wx, x, a0, 1.0), copy=False)
    gates = z.reshape(T_x, 3, n_a, m)
    a = np.empty((T_x, n_a, m), z.dtype)
    c_prev = a0
    for z_t, (c_tilde, gamma_u, gamma_r), a_t in zip(z, zip(*gates.swapaxes(0, 1), strict=True), a, strict=True):
        z_t[n_a:] += W_gates_times(c_prev)
        z_t[n_a:] = sigmoid(z_t[n_a:])
        c_tilde += W_candidate_times(gamma_r * c_prev)
        np.tanh(c_tilde, out=c_tilde)
        c_prev = np.add(gamma_u * c_tilde, (1 - gamma_u) * c_prev, out=a_t)
    y_pred = softmax(parameters["Wya"] @ a + parameters["by"])
    return a, y_pred, (a, gates, a0, x, parameters)

"""Backpropagation through time for an LSTM as a learner writes it, one step after the other."""

import numpy as np


def step_by_step(da, caches, dc=None):
    """Go back through time, right: the same results as `solutions.lstm_backward`, in a loop."""
    a, c, tanh_c, gates, a0, c0, x, parameters = caches
    T_x, n_a, names = len(x), len(a0), "cufo"
    dW = {name: np.zeros(parameters["W" + name].shape) for name in names}
    db = {name: np.zeros((n_a, 1)) for name in names}
    dx, da_back = np.zeros(x.shape), np.zeros(a0.shape)
    dc_back = np.zeros(a0.shape) if dc is None else dc
    for t in reversed(range(T_x)):
        a_prev = a[t - 1] if t > 0 else a0
        c_prev = c[t - 1] if t > 0 else c0
        c_tilde, gamma_u, gamma_f, gamma_o = gates[t]
        da_t = da[t] + da_back
        dc_t = dc_back + da_t * gamma_o * (1 - tanh_c[t]**2)
        dz = {
            "c": dc_t * gamma_u * (1 - c_tilde**2),
            "u": dc_t * c_tilde * gamma_u * (1 - gamma_u),
            "f": dc_t * c_prev * gamma_f * (1 - gamma_f),
            "o": da_t * tanh_c[t] * gamma_o * (1 - gamma_o),
        }
        stacked = np.concatenate([a_prev, x[t]])
        d_stacked = sum(parameters["W" + name].T @ dz[name] for name in names)
        for name in names:
            dW[name] += dz[name] @ stacked.T
            db[name] += np.sum(dz[name], axis=1, keepdims=True)
        dx[t] = d_stacked[n_a:]
        da_back = d_stacked[:n_a]
        dc_back = dc_t * gamma_f
    gradients = {"dx": dx, "da0": da_back, "dc0": dc_back}
    gradients |= {"dW" + name: dW[name] for name in names}
    return gradients | {"db" + name: db[name] for name in names}

"""Backpropagation through time as a learner writes it, one step after the other: the mistakes are made in here."""

import numpy as np


def step_by_step(da, caches):
    """Go back through time, right: the same results as `solutions.rnn_backward`, in a loop."""
    a, a0, x, parameters = caches
    Wax, Waa = parameters["Wax"], parameters["Waa"]
    T_x = len(x)
    dx, back = np.zeros(x.shape), np.zeros(a0.shape)
    dWax, dWaa, dba = np.zeros(Wax.shape), np.zeros(Waa.shape), np.zeros((len(Waa), 1))
    for t in reversed(range(T_x)):
        a_prev = a[t - 1] if t > 0 else a0
        dz = (1 - a[t] ** 2) * (da[t] + back)
        dx[t] = Wax.T @ dz
        dWax += dz @ x[t].T
        dWaa += dz @ a_prev.T
        dba += np.sum(dz, axis=1, keepdims=True)
        back = Waa.T @ dz
    return {"dx": dx, "da0": back, "dWax": dWax, "dWaa": dWaa, "dba": dba}


class Accumulating:
    """Sums that outlive the call: the next call with the same caches goes on adding to them."""

    def __init__(self):
        self.caches, self.sums = None, {}

    def __call__(self, da, caches):
        """Return the gradients of this call, plus those of the call before where the caches are the same."""
        gradients = step_by_step(da, caches)
        if caches is self.caches:
            gradients |= {name: gradients[name] + self.sums[name] for name in ("dWax", "dWaa", "dba")}
        self.caches, self.sums = caches, gradients
        return gradients

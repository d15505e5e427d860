"""The contender `gradient_check`: four ways to check all 180 parameters of a small LSTM.

`all_at_once` is a complex step too. To nudge the weight in row r and column k of ``[W b]`` by ih is to add
``ih s_k^{<t>}`` to row r of what enters tanh and the gates, where s is ``[a^{<t-1>}; x^{<t>}; 1]`` of the run that
is not nudged: what the nudge changes in s is of the order of h^2. So the nudge becomes an input, each weight gets a
copy of the batch, and one forward propagation over all the copies gives all the gradients.

`forward_mode` follows the same nudges through the formulas of the LSTM by the chain rule, from left to right. The real
parts of all the copies are equal, so tanh and the gates are those of the run that is not nudged.
"""

import numpy as np

import solutions as s
from bench import work

LETTERS, H = "cufo", 1e-20


class Check:
    """One small LSTM, its loss, and its gradients by backpropagation through time."""

    def __init__(self, shape):
        (self.T_x, self.m, self.n_x, self.n_a), self.shape = shape, shape
        self.x, self.a0, classes = work.batch(shape, "float64")
        self.parameters = work.parameters_of("LSTM", self.n_x, self.n_a, self.n_x, "float64")
        self.y = work.targets(classes, self.n_x, "float64")
        self.point = {name: value for name, value in self.parameters.items() if name not in ("Wya", "by")}
        self.a, y_pred, self.c, caches = s.lstm_forward(self.x, self.a0, self.parameters)
        self.tanh_c, self.gates = caches[2:4]
        self.da = s.output_backward(y_pred, self.y, self.a, self.parameters)["da"]
        self.gradients = {f"d{name}": s.lstm_backward(self.da, caches)[f"d{name}"] for name in self.point}
        # What each column of [W b] is multiplied with.
        self.factors = np.concatenate([s.previous_states(self.a, self.a0), self.x, np.ones((self.T_x, 1, self.m))],
                                      axis=1)

    def loss(self, point):
        """Compute the softmax loss with other weights."""
        return s.softmax_loss(s.lstm_forward(self.x, self.a0, {**self.parameters, **point})[1], self.y)

    def numerical(self):
        """Nudge each weight up and down."""
        return s.numerical_gradients(self.loss, self.point)

    def one_by_one(self):
        """Nudge each weight into the imaginary direction."""
        return s.complex_step_gradients(self.loss, self.point)

    def all_at_once(self):
        """Nudge a copy of the batch for each weight, all in one forward propagation."""
        (T_x, m, n_x, _), rows = self.shape, len(LETTERS) * self.n_a
        columns = self.factors.shape[1]
        nudges = np.zeros((T_x, rows, rows, columns, m), complex)
        nudges[:, range(rows), range(rows)] = 1j * H * self.factors[:, np.newaxis]
        copies = np.broadcast_to(self.x[:, :, np.newaxis, np.newaxis], (T_x, n_x, rows, columns, m))
        x = np.concatenate([copies, nudges], axis=1).reshape(T_x, n_x + rows, -1)
        parameters = dict(self.parameters)
        for letter, into_rows in zip(LETTERS, np.split(np.eye(rows), len(LETTERS)), strict=True):
            parameters["W" + letter] = np.concatenate([self.parameters["W" + letter], into_rows], axis=1)
        a0 = np.tile(self.a0, rows * columns).astype(complex)
        y_pred = s.lstm_forward(x, a0, parameters)[1].reshape(T_x, n_x, rows * columns, m)
        losses = -np.sum(self.y[:, :, np.newaxis] * np.log(y_pred), axis=(0, 1, 3)) / m
        gradient = (losses.imag / H).reshape(rows, columns)
        return s.split_gates(gradient[:, :-1], gradient[:, -1:], LETTERS)

    def forward_mode(self):
        """Follow every nudge through the formulas, from the first step to the last."""
        n_a, rows, columns = self.n_a, len(LETTERS) * self.n_a, self.factors.shape[1]
        Wa, _, _ = s.stack_gates(self.parameters, LETTERS)
        c_prev, gradient = s.previous_states(self.c, np.zeros_like(self.a0)), np.zeros((rows, columns))
        slopes = self.gates * (1 - self.gates)
        slopes[:, 0] = 1 - self.gates[:, 0]**2
        # Axes of the tangents: unit, row and column of the nudged weight, example.
        da, dc = np.zeros((2, n_a, rows, columns, self.m))
        for t in range(self.T_x):
            dz = (Wa @ da.reshape(n_a, -1)).reshape(rows, rows, columns, self.m)
            dz[range(rows), range(rows)] += self.factors[t]
            d_gates = dz.reshape(-1, n_a, rows, columns, self.m)
            d_gates *= slopes[t][:, :, np.newaxis, np.newaxis]
            c_tilde, gamma_u, gamma_f, gamma_o = self.gates[t][:, :, np.newaxis, np.newaxis]
            of_memory, tanh_c = c_prev[t][:, np.newaxis, np.newaxis], self.tanh_c[t][:, np.newaxis, np.newaxis]
            dc = d_gates[1] * c_tilde + gamma_u * d_gates[0] + d_gates[2] * of_memory + gamma_f * dc
            da = d_gates[3] * tanh_c + gamma_o * (1 - tanh_c**2) * dc
            gradient += np.tensordot(self.da[t], da, ([0, 1], [0, 3]))
        return s.split_gates(gradient[:, :-1], gradient[:, -1:], LETTERS)

    def error(self, found):
        """Compare with backpropagation: the relative difference of all entries together."""
        difference = sum(np.sum((self.gradients[name] - found[name]) ** 2) for name in self.gradients)
        return float(np.sqrt(difference / sum(np.sum(value**2) for value in self.gradients.values())))


WAYS = dict(zip(work.WAYS, (Check.numerical, Check.one_by_one, Check.all_at_once, Check.forward_mode), strict=True))


def checking(way, shape):
    """Return a function that checks all the gradients in one way and gives the relative error."""
    check = Check(shape)
    return lambda: check.error(WAYS[way](check))

"""The contender `gradient_check`: three ways to check all 180 parameters of a small LSTM.

`all_at_once` is a complex step too. To nudge the weight in row r and column k of ``[W b]`` by ih is to add
``ih s_k^{<t>}`` to row r of what enters tanh and the gates, where s is ``[a^{<t-1>}; x^{<t>}; 1]`` of the run that
is not nudged: what the nudge changes in s is of the order of h^2. So the nudge becomes an input, each weight gets a
copy of the batch, and one forward propagation over all the copies gives all the gradients.
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
        self.a, y_pred, _, caches = s.lstm_forward(self.x, self.a0, self.parameters)
        da = s.output_backward(y_pred, self.y, self.a, self.parameters)["da"]
        self.gradients = {f"d{name}": s.lstm_backward(da, caches)[f"d{name}"] for name in self.point}

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
        factors = np.concatenate([s.previous_states(self.a, self.a0), self.x, np.ones((T_x, 1, m))], axis=1)
        columns = factors.shape[1]
        nudges = np.zeros((T_x, rows, rows, columns, m), complex)
        nudges[:, range(rows), range(rows)] = 1j * H * factors[:, np.newaxis]
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

    def error(self, found):
        """Compare with backpropagation: the relative difference of all entries together."""
        difference = sum(np.sum((self.gradients[name] - found[name]) ** 2) for name in self.gradients)
        return float(np.sqrt(difference / sum(np.sum(value**2) for value in self.gradients.values())))


WAYS = dict(zip(work.WAYS, (Check.numerical, Check.one_by_one, Check.all_at_once), strict=True))


def checking(way, shape):
    """Return a function that checks all the gradients in one way and gives the relative error."""
    check = Check(shape)
    return lambda: check.error(WAYS[way](check))

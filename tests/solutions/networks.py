"""Every kind of network, of every kind of cell, in one shape, so that one test holds for all of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import solutions as s

T_X, T_Y, N_X, N_A, N_Y, M = 6, 7, 3, 4, 5, 2
LENGTHS = np.array([4, 6])
CELLS = {"RNN": s.RNN, "simplified GRU": s.SIMPLIFIED_GRU, "GRU": s.GRU, "LSTM": s.LSTM,
         "peephole LSTM": s.PEEPHOLE_LSTM}


def shake(parameters, rng, dtype=np.float64):
    """Move parameters away from zeros, which would hide a mistake."""
    return {name: (value + 0.3 * rng.standard_normal(value.shape)).astype(dtype) for name, value in parameters.items()}


def draw_state(like, rng, dtype=np.float64):
    """Draw a state of the form of `like`."""
    if isinstance(like, np.ndarray):
        return rng.uniform(-0.9, 0.9, like.shape).astype(dtype)
    return type(like)(draw_state(inner, rng, dtype) for inner in like)


def flatten(state, name):
    """Give the arrays of a state as a flat dictionary."""
    if isinstance(state, np.ndarray):
        return {name: state}
    return {key: value for i, inner in enumerate(state) for key, value in flatten(inner, f"{name}.{i}").items()}


def rebuild(point, like, name):
    """Undo `flatten`."""
    if isinstance(like, np.ndarray):
        return point[name]
    return type(like)(rebuild(point, inner, f"{name}.{i}") for i, inner in enumerate(like))


@dataclass(frozen=True)
class Network:
    """How to draw the parameters of a network, run it and go back; `shapes` are those of x and of y."""

    parameters: Callable  # rng, dtype -> parameters
    state: Callable  # parameters, m -> a0
    run: Callable  # x, a0, parameters, y -> y_pred, caches
    run_back: Callable  # dz, caches, parameters -> gradients
    shapes: tuple = ((T_X, N_X), (T_X, N_Y))

    def draw(self, rng, m=M, dtype=np.float64):
        parameters = self.parameters(rng, dtype)
        a0 = draw_state(self.state(parameters, m), rng, dtype)
        x = rng.standard_normal((*self.shapes[0], m)).astype(dtype)
        *T_y, n_y = self.shapes[1]
        y = s.one_hot(rng.integers(0, n_y, (*(T_y or [1]), m)), n_y).astype(dtype)
        return parameters, a0, x, y if T_y else y[0]

    def loss(self, point, a0, y):
        """Compute the softmax loss at `point`, which holds the parameters, x and the arrays of a0."""
        a0 = rebuild(point, a0, "a0")
        y_pred, _ = self.run(point["x"], a0, {k: v for k, v in point.items() if k != "x" and k[:2] != "a0"}, y)
        return s.softmax_loss(np.atleast_3d(y_pred.T).T, np.atleast_3d(y.T).T)

    def gradients(self, parameters, a0, x, y):
        """Go back from the softmax loss; give the predictions and all gradients in a flat dictionary."""
        y_pred, caches = self.run(x, a0, parameters, y)
        gradients = self.run_back((y_pred - y) / y.shape[-1], caches, parameters)
        da0 = gradients.pop("da0")
        return y_pred, {**gradients, **flatten(da0, "da0")}


def of_cell(cell, run, run_back, n_x=N_X, n_y=N_Y, **shapes):
    """Make a network whose parameters are those of one cell and an output layer."""
    return Network(lambda rng, dtype: shake(s.initialize_network(cell, n_x, N_A, n_y, rng), rng, dtype),
                   cell.zero_state, run, lambda dz, caches, parameters: run_back(dz, caches), **shapes)


def many_to_many(cell):
    return of_cell(cell, lambda x, a0, parameters, y: s.many_to_many_forward(x, a0, parameters, cell),
                   s.many_to_many_backward)


def many_to_one(cell):
    return of_cell(cell, lambda x, a0, parameters, y: s.many_to_one_forward(x, a0, parameters, cell),
                   s.many_to_one_backward, shapes=((T_X, N_X), (N_Y,)))


def one_to_many(cell, choose=None):
    return of_cell(cell, lambda x, a0, parameters, y: s.one_to_many_forward(x, a0, parameters, T_Y, cell, choose),
                   s.one_to_many_backward, n_x=N_Y, shapes=((N_Y,), (T_Y, N_Y)))


def encoder_decoder(cell, teacher=True, choose=None):
    def parameters(rng, dtype):
        decoder = s.initialize_network(cell, N_Y, N_A, N_Y, rng)
        drawn = {**s.labelled(cell.initialize(N_X, N_A, rng), "encoder"), **s.labelled(decoder, "decoder")}
        return shake(drawn, rng, dtype)

    def run(x, a0, parameters, y):
        return s.encoder_decoder_forward(x, a0, parameters, T_Y, y if teacher else None, cell, choose)

    return Network(parameters, lambda parameters, m: cell.zero_state(s.part(parameters, "encoder"), m), run,
                   lambda dz, caches, parameters: s.encoder_decoder_backward(dz, caches),
                   ((T_X, N_X), (T_Y, N_Y)))


def with_output(forward, backward, cell):
    """Make a network of functions whose output layer `output_backward` goes back through."""
    def run(x, a0, parameters, y):
        a, y_pred, caches = forward(x, a0, parameters)
        return y_pred, (a[-1] if isinstance(a, list) else a, caches)

    def run_back(dz, caches, parameters):
        from_output = s.output_backward(dz * M, 0 * dz, caches[0], parameters)
        return {**backward(from_output.pop("da") * dz.shape[-1] / M, caches[1]),
                **{name: value * dz.shape[-1] / M for name, value in from_output.items()}}

    return Network(lambda rng, dtype: shake(s.initialize_network(cell, N_X, N_A, N_Y, rng), rng, dtype),
                   cell.zero_state, run, run_back)


def birnn(cell, lengths=None):
    return with_output(lambda x, a0, parameters: s.birnn_forward(x, a0, parameters, cell, lengths),
                       s.birnn_backward, s.bidirectional_cell(cell, lengths))


def deep_rnn(cell, n_layers=2):
    return with_output(lambda x, a0, parameters: s.deep_rnn_forward(x, a0, parameters, cell),
                       s.deep_rnn_backward, s.deep_cell(cell, n_layers))


KINDS = {"many-to-many": many_to_many, "many-to-one": many_to_one, "one-to-many": one_to_many,
         "encoder-decoder": encoder_decoder, "bidirectional": birnn, "deep": deep_rnn}
NETWORKS = {f"{kind} {name}": make(cell) for kind, make in KINDS.items() for name, cell in CELLS.items()}
NETWORKS |= {
    "one-to-many LSTM that chooses": one_to_many(s.LSTM, s.likeliest),
    "encoder-decoder LSTM that runs free": encoder_decoder(s.LSTM, teacher=False),
    "encoder-decoder GRU that runs free and chooses": encoder_decoder(s.GRU, teacher=False, choose=s.likeliest),
    "encoder-decoder of two layers": encoder_decoder(s.deep_cell(s.LSTM, 2)),
    "encoder-decoder of two layers that runs free": encoder_decoder(s.deep_cell(s.GRU, 2), teacher=False),
    "deep bidirectional LSTM": deep_rnn(s.bidirectional_cell(s.LSTM)),
    "many-to-many of a deep bidirectional GRU": many_to_many(s.deep_cell(s.bidirectional_cell(s.GRU), 2)),
    "many-to-one of three layers": many_to_one(s.deep_cell(s.RNN, 3)),
}

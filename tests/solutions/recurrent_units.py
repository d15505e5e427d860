"""Every recurrent unit of the package in one shape, so that one test holds for all of them.

The functions differ in whether a memory cell c stands beside the state a. Here a unit takes and gives
its whole state as a dictionary: {"a": ...} or {"a": ..., "c": ...}.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from small_network import N_A, N_X, N_Y

import solutions as s


@dataclass(frozen=True)
class Unit:
    name: str
    cell_forward: Callable
    forward: Callable
    cell_backward: Callable
    backward: Callable
    letters: str = ""
    peepholes: tuple = ()
    has_memory: bool = False

    def draw_parameters(self, rng, n_x=N_X, n_a=N_A, n_y=N_Y, dtype=np.float64):
        """Draw parameters whose biases are not zero, which would hide a mistake."""
        if self.letters:
            parameters = s.initialize_gates(self.letters, n_x, n_a, n_y, rng)
        else:
            parameters = s.initialize_parameters(n_x, n_a, n_y, rng)
        parameters |= {name: np.zeros((n_a, 1)) for name in self.peepholes}
        return {name: (value + 0.3 * rng.standard_normal(value.shape)).astype(dtype)
                for name, value in parameters.items()}

    def draw_state(self, rng, n_a, m, dtype=np.float64):
        return {name: rng.uniform(-0.9, 0.9, (n_a, m)).astype(dtype) for name in self.state_names}

    @property
    def state_names(self):
        return ("a", "c") if self.has_memory else ("a",)

    def step(self, xt, state, parameters):
        """Go one step forwards; give the next state, the prediction and the cache."""
        *next_state, yt_pred, cache = self.cell_forward(xt, *state.values(), parameters)
        return dict(zip(self.state_names, next_state, strict=True)), yt_pred, cache

    def step_back(self, d_state, cache):
        """Go one step backwards; give the gradients, with those of the state before under "a" and "c"."""
        gradients = self.cell_backward(*d_state.values(), cache)
        return gradients, {name: gradients[f"d{name}_prev"] for name in self.state_names}

    def run(self, x, state, parameters):
        """Run a sequence; give the states of every step, the predictions and the caches."""
        if self.has_memory:
            a, y_pred, c, caches = self.forward(x, state["a"], parameters, state["c"])
            return {"a": a, "c": c}, y_pred, caches
        a, y_pred, caches = self.forward(x, state["a"], parameters)
        return {"a": a}, y_pred, caches

    def weights(self, parameters):
        """Leave the output layer out."""
        return {name: value for name, value in parameters.items() if name not in ("Wya", "by")}


RNN = Unit("RNN", s.rnn_cell_forward, s.rnn_forward, s.rnn_cell_backward, s.rnn_backward)
SIMPLIFIED_GRU = Unit("simplified GRU", s.gru_cell_forward_simplified, s.gru_forward_simplified,
                      s.gru_cell_backward_simplified, s.gru_backward_simplified, "cu")
GRU = Unit("GRU", s.gru_cell_forward, s.gru_forward, s.gru_cell_backward, s.gru_backward, "cur")
LSTM = Unit("LSTM", s.lstm_cell_forward, s.lstm_forward, s.lstm_cell_backward, s.lstm_backward, "cufo",
            has_memory=True)
PEEPHOLE_LSTM = Unit("peephole LSTM", s.peephole_lstm_cell_forward, s.peephole_lstm_forward,
                     s.peephole_lstm_cell_backward, s.peephole_lstm_backward, "cufo", ("pu", "pf", "po"),
                     has_memory=True)
UNITS = (RNN, SIMPLIFIED_GRU, GRU, LSTM, PEEPHOLE_LSTM)
GATED_UNITS = UNITS[1:]


def relative_error(found, wanted):
    """Compare all the entries of two dictionaries of arrays together."""
    difference = sum(np.sum((found[name] - wanted[name]) ** 2) for name in wanted)
    return np.sqrt(difference / sum(np.sum(wanted[name] ** 2) for name in wanted))


def close(found, wanted, atol=1e-14):
    return np.allclose(found, wanted, rtol=0, atol=atol)

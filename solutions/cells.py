"""Recurrent units in one shape, so that a network can be built from any of them.

The functions of the chapters differ a little: an LSTM has a memory cell beside its state, and each makes
predictions of its own. A cell hides this; `solutions.network` says what it has. `RNN`, `SIMPLIFIED_GRU`, `GRU`,
`LSTM` and `PEEPHOLE_LSTM` are the units of this package; `make_cell` makes one from a learner's own functions.
"""

import numpy as np

from solutions.bptt import rnn_backward
from solutions.checks import floating_dtype, function, generator, positive_integer
from solutions.contract import contract
from solutions.gates import initialize_gates
from solutions.gru import gru_forward
from solutions.gru_bptt import gru_backward
from solutions.gru_simplified import gru_backward_simplified, gru_forward_simplified
from solutions.lstm import lstm_forward
from solutions.lstm_bptt import lstm_backward
from solutions.network import UNITS, Cell, a_cell, state_rows, unit_name, without_output
from solutions.peephole import peephole_lstm_forward
from solutions.peephole_bptt import peephole_lstm_backward
from solutions.rnn import initialize_parameters, rnn_forward

__all__ = ["GRU", "LSTM", "PEEPHOLE_LSTM", "RNN", "SIMPLIFIED_GRU", "initialize_network", "make_cell"]


@contract(unit=unit_name, forward=function, backward=function)
def make_cell(unit, forward, backward):
    """Make a cell from the functions that run a unit forwards and backwards over a sequence.

    Parameters
    ----------
    unit : str
        "RNN", "simplified GRU", "GRU", "LSTM" or "peephole LSTM".
    forward, backward : callable
        Such as `lstm_forward` and `lstm_backward`, or a learner's own.

    Returns
    -------
    Cell
        What the networks of this package take as `cell`.

    Raises
    ------
    TypeError, ValueError
        If there is no such unit, or an argument is not a function.

    Notes
    -----
    Sections 11 and 12 of the notes: a bidirectional and a deep network take any of the units.
    """
    letters, has_memory = UNITS[unit], "LSTM" in unit

    def initialize(n_x, n_a, rng, dtype=np.float64):
        drawn = initialize_gates(letters, n_x, n_a, 1, rng, dtype) if letters else initialize_parameters(
            n_x, n_a, 1, rng, dtype)
        if unit == "peephole LSTM":
            drawn |= {name: np.zeros((n_a, 1), dtype) for name in ("pu", "pf", "po")}
        return {name: value for name, value in drawn.items() if name not in ("Wya", "by")}

    def zero_state(parameters, m):
        bias = parameters["bc" if letters else "ba"]
        zeros = np.zeros((len(bias), m), bias.dtype)
        return (zeros, zeros) if has_memory else zeros

    def run(x, a0, parameters):
        parameters = without_output(parameters, state_rows(a0))
        if not has_memory:
            a, _, caches = forward(x, a0, parameters)
            return a, a[-1], caches
        # A memory cell of zeros is what `forward` starts from anyway: a learner's own may take no other.
        a0, *c0 = a0 if isinstance(a0, tuple) else (a0,)
        a, _, c, caches = forward(x, a0, parameters, *(memory for memory in c0 if memory.any()))
        return a, (a[-1], c[-1]), caches

    def run_back(da, caches, d_last=None):
        if d_last is None:
            gradients = dict(backward(da, caches))
        else:
            da_last, *dc_last = d_last if has_memory else (d_last,)
            da = np.concatenate([da[:-1], da[-1:] + da_last])
            gradients = dict(backward(da, caches, *dc_last))
        if has_memory:
            gradients["da0"] = gradients["da0"], gradients.pop("dc0")
        return gradients

    return Cell(unit, initialize, zero_state, run, run_back)


@contract(cell=a_cell, n_x=positive_integer, n_a=positive_integer, n_y=positive_integer, rng=generator,
          dtype=floating_dtype)
def initialize_network(cell, n_x, n_a, n_y, rng, dtype=np.float64):
    """Draw the first parameters of a cell with a softmax output.

    Parameters
    ----------
    cell : Cell
        Such as `LSTM`, ``bidirectional_cell(LSTM)`` or ``deep_cell(GRU, 2)``.
    n_x, n_a, n_y : int
        Sizes of the input, of the state of each unit and of the output.
    rng : numpy.random.Generator
        The source of the random numbers.
    dtype : dtype
        float64 (the default) or float32.

    Returns
    -------
    dict
        The parameters of the cell, with their labels where it has parts; "Wya" (n_y, n_a), or
        (n_y, 2 n_a) for a bidirectional cell; "by" (n_y, 1).

    Raises
    ------
    TypeError, ValueError
        If a size is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Sections 11 and 12 of the notes.
    """
    parameters = cell.initialize(n_x, n_a, rng, dtype)
    n_rows = cell.directions * n_a
    Wya = (rng.standard_normal((n_y, n_rows)) / np.sqrt(n_rows)).astype(dtype)
    return {**parameters, "Wya": Wya, "by": np.zeros((n_y, 1), dtype)}


RNN = make_cell("RNN", rnn_forward, rnn_backward)
SIMPLIFIED_GRU = make_cell("simplified GRU", gru_forward_simplified, gru_backward_simplified)
GRU = make_cell("GRU", gru_forward, gru_backward)
LSTM = make_cell("LSTM", lstm_forward, lstm_backward)
PEEPHOLE_LSTM = make_cell("peephole LSTM", peephole_lstm_forward, peephole_lstm_backward)

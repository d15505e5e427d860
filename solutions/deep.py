"""Deep recurrent networks: the states of one layer are the input of the next (Section 12 of the notes)."""

import numpy as np

from solutions.activations import softmax
from solutions.cells import RNN
from solutions.checks import positive_integer
from solutions.contract import contract
from solutions.labels import labelled, part
from solutions.network import (
    Cell,
    a_cell,
    anything,
    layer_sizes,
    layered_parameters,
    state_rows,
    states_of_layers,
    without_output,
)

__all__ = ["count_deep_parameters", "deep_cell", "deep_rnn_backward", "deep_rnn_forward"]

CACHES = (("layers", anything), ("last_states", anything), ("cell", a_cell))


@contract(x="T_x n_x m", cell=a_cell, a0=states_of_layers, parameters=layered_parameters)
def deep_rnn_forward(x, a0, parameters, cell=RNN):
    r"""Run a deep network over a whole sequence.

    .. math::

        a^{[0]<t>} &= x^{<t>} \\
        a^{[l]<t>} &= g(W_a^{[l]} [a^{[l]<t-1>}, a^{[l-1]<t>}] + b_a^{[l]}), \qquad l = 1, \dots, L \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{[L]<t>} + b_y)

    where the second line stands for one step of any unit.

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : list of L states
        The state of each layer before the first step.
    parameters : dict
        Those of each layer's unit, labelled "[1]" to "[L]" from below, such as "Wax[1]"; "Wya"
        (n_y, n_a), "by" (n_y, 1) for the states of the topmost layer.
    cell : Cell
        `RNN`, `GRU`, `LSTM`, ``bidirectional_cell(LSTM)`` or another, the same in every layer.

    Returns
    -------
    a : list of L ndarray, each of shape (T_x, n_a, m)
        The states of each layer at every step, the topmost layer last. n_a may differ between layers.
    y_pred : ndarray, shape (T_x, n_y, m)
        The prediction of every step.
    caches : tuple
        ``(layers, last_states, cell)``, in this order: what the way back needs of each layer, and the
        state of each layer after the last step.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 12 of the notes.
    """
    below, a, last_states, layers = x, [], [], []
    for layer, a0_layer in enumerate(a0, start=1):
        below, last_state, caches = cell.forward(below, a0_layer, part(parameters, layer))
        a.append(below)
        last_states.append(last_state)
        layers.append(caches)
    y_pred = softmax(parameters["Wya"] @ a[-1] + parameters["by"])
    return a, y_pred, (layers, last_states, cell)


@contract(caches=CACHES, da="T_x n_a m")
def deep_rnn_backward(da, caches, d_last=None):
    r"""Go back through a deep network: from the topmost layer to the lowest, in each one through time.

    The input of a layer is the state of the layer below, and so is its gradient:

    .. math:: da^{[l-1]<t>} = dx^{[l]<t>}

    Parameters
    ----------
    da : ndarray, shape (T_x, n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to the state of the topmost
        layer at step t.
    caches : tuple
        ``(layers, last_states, cell)`` from `deep_rnn_forward`.
    d_last : list of L states, optional
        The gradient with respect to the last state of each layer, where something behind the sequence
        uses it (a decoder).

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (a list of L states), and the gradients of the layers' parameters, labelled as
        these are: "dWax[1]", …

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 12 of the notes has the way forward.
    """
    layers, _, cell = caches
    d_last = [None] * len(layers) if d_last is None else d_last
    gradients, da0 = {}, []
    for layer in reversed(range(len(layers))):
        of_layer = cell.backward(da, layers[layer], d_last[layer])
        da = of_layer.pop("dx")
        da0.insert(0, of_layer.pop("da0"))
        gradients |= labelled(of_layer, layer + 1)
    return {"dx": da, "da0": da0, **gradients}


@contract(n_x=positive_integer, layer_sizes=layer_sizes, n_y=positive_integer, blocks=positive_integer,
          directions=positive_integer)
def count_deep_parameters(n_x, layer_sizes, n_y, blocks=1, directions=1):
    r"""Count the numbers that a deep network learns.

    They are, for each layer, the entries of its weights (on its own state and on all the rows that come from
    below) and of its biases, as often as its units have a candidate or a gate, and as often as it has units; and
    those of the output layer.

    Parameters
    ----------
    n_x : int
        Size of the input.
    layer_sizes : list of L int
        The size n_a of the state of a unit in each layer, from below.
    n_y : int
        Size of the output.
    blocks : int
        How many weight matrices a unit has, each with a bias: 1 for an RNN, 2 for a simplified GRU,
        3 for a GRU, 4 for an LSTM.
    directions : int
        How many units a layer has: 1, or 2 where it is bidirectional.

    Returns
    -------
    int
        The number of entries of all the parameters together.

    Raises
    ------
    TypeError, ValueError
        If a size is not a whole number from 1 on, or there is no layer.

    Notes
    -----
    Section 12 of the notes: three layers are already a large network.
    """
    n_below, count = n_x, 0
    for n_a in layer_sizes:
        count += directions * blocks * (n_a * (n_a + n_below) + n_a)
        n_below = directions * n_a
    return count + n_y * n_below + n_y


@contract(cell=a_cell, n_layers=positive_integer)
def deep_cell(cell, n_layers):
    """Make one cell of several on top of each other, for an encoder, a decoder or another network.

    Parameters
    ----------
    cell : Cell
        `RNN`, `GRU`, `LSTM`, ``bidirectional_cell(LSTM)`` or another, the same in every layer.
    n_layers : int
        How many layers.

    Returns
    -------
    Cell
        Its state is a list with the state of each layer, and its a is that of the topmost one.

    Raises
    ------
    TypeError, ValueError
        If `cell` is not a cell, or `n_layers` is not a whole number from 1 on.

    Notes
    -----
    Section 12 of the notes; see `deep_rnn_forward`.
    """
    def initialize(n_x, n_a, rng, dtype=np.float64):
        parameters = labelled(cell.initialize(n_x, n_a, rng, dtype), 1)
        for layer in range(2, n_layers + 1):
            parameters |= labelled(cell.initialize(cell.directions * n_a, n_a, rng, dtype), layer)
        return parameters

    def zero_state(parameters, m):
        return [cell.zero_state(part(parameters, layer), m) for layer in range(1, n_layers + 1)]

    def run(x, a0, parameters):
        n_rows = cell.directions * state_rows(a0[-1])
        a, _, caches = deep_rnn_forward(x, a0, without_output(parameters, n_rows), cell)
        return a[-1], caches[1], caches

    return Cell(f"{n_layers}-layer {cell.name}", initialize, zero_state, run, deep_rnn_backward, cell.directions)

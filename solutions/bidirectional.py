"""Bidirectional networks: one unit reads from the left, another from the right (Section 11 of the notes)."""

import numpy as np

from solutions.activations import softmax
from solutions.cells import RNN
from solutions.contract import contract
from solutions.labels import labelled, part
from solutions.network import (
    Cell,
    a_cell,
    anything,
    even_rows,
    network_parameters,
    sequence_lengths,
    state_rows,
    two_states,
    without_output,
)

__all__ = ["bidirectional_cell", "birnn_backward", "birnn_forward", "birnn_summary", "reverse_sequence"]

CACHES = (("caches_forward", anything), ("caches_backward", anything), ("lengths", anything), ("cell", a_cell))


@contract(x="T_x n_x m", lengths=sequence_lengths)
def reverse_sequence(x, lengths=None):
    r"""Turn each sequence of a batch round, and leave its padding where it is.

    .. math:: \text{the reverse of } x^{<1>}, \dots, x^{<T>} \text{ is } x^{<T>}, \dots, x^{<1>}

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        A batch of sequences; a shorter one is padded behind its end.
    lengths : ndarray of int, shape (m,), optional
        How many steps of each example are its own. They are all T_x where it is not given.

    Returns
    -------
    ndarray, shape (T_x, n_x, m)
        A new array: the first ``lengths[i]`` steps of example i in reverse order, the others as they are.

    Raises
    ------
    TypeError, ValueError
        If `x` is not an array (T_x, n_x, m) of numbers, or `lengths` are not m whole numbers from 1 to T_x.

    Notes
    -----
    Section 11 of the notes: the second unit reads from the right. Done twice it changes nothing.
    """
    steps = np.arange(len(x))[:, np.newaxis]
    lengths = np.full(x.shape[2], len(x)) if lengths is None else lengths
    source = np.where(steps < lengths, lengths - 1 - steps, steps)
    return np.take_along_axis(x, source[:, np.newaxis], axis=0)


@contract(x="T_x n_x m", cell=a_cell, a0=two_states, parameters=network_parameters("forward", "backward"),
          lengths=sequence_lengths)
def birnn_forward(x, a0, parameters, cell=RNN, lengths=None):
    r"""Run a bidirectional network over a whole sequence.

    .. math::

        \overrightarrow{a}^{<t>} &= \text{what one unit has made of } x^{<1>}, \dots, x^{<t>} \\
        \overleftarrow{a}^{<t>} &= \text{what another unit has made of } x^{<T_x>}, \dots, x^{<t>} \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} [\overrightarrow{a}^{<t>}, \overleftarrow{a}^{<t>}] + b_y)

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The input; ``x[t]`` is one time step of all m examples.
    a0 : pair of states
        The states before the first step: that of the unit that reads from the left, and that of the
        unit that reads from the right, before its own first step.
    parameters : dict
        Those of the two units, labelled "[forward]" and "[backward]", such as "Wax[forward]"; "Wya"
        (n_y, 2 n_a), "by" (n_y, 1).
    cell : Cell
        `RNN`, `GRU`, `LSTM` or another, the same for both directions.
    lengths : ndarray of int, shape (m,), optional
        How many steps of each example are its own; what stands behind is padding.

    Returns
    -------
    a : ndarray, shape (T_x, 2 n_a, m)
        The states of both units at each step of x, those of the unit that reads from the left above.
    y_pred : ndarray, shape (T_x, n_y, m)
        The prediction of every step.
    caches : tuple
        ``(caches_forward, caches_backward, lengths, cell)``, in this order: what the way back needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 11 of the notes; M. Schuster and K. K. Paliwal, "Bidirectional recurrent neural networks",
    IEEE Transactions on Signal Processing 45 (1997).
    """
    a_forward, _, caches_forward = cell.forward(x, a0[0], part(parameters, "forward"))
    turned, _, caches_backward = cell.forward(reverse_sequence(x, lengths), a0[1], part(parameters, "backward"))
    a_backward = reverse_sequence(turned, lengths)
    a = np.concatenate([a_forward, a_backward], axis=1)
    y_pred = softmax(parameters["Wya"] @ a + parameters["by"])
    return a, y_pred, (caches_forward, caches_backward, lengths, cell)


@contract(a=even_rows, lengths=sequence_lengths)
def birnn_summary(a, lengths=None):
    r"""Take from the states of a bidirectional network what each unit knows when it has read everything.

    .. math:: [\overrightarrow{a}^{<T>}, \overleftarrow{a}^{<1>}], \qquad T = T_x^{(i)} \text{ in example } i

    Parameters
    ----------
    a : ndarray, shape (T_x, 2 n_a, m)
        The states of both units at each step, those of the unit that reads from the left above.
    lengths : ndarray of int, shape (m,), optional
        How many steps of each example are its own. They are all T_x where it is not given.

    Returns
    -------
    ndarray, shape (2 n_a, m)
        A new array, one column for each sequence, for a network that makes one prediction for the whole of it.

    Raises
    ------
    TypeError, ValueError
        If `a` is not an array (T_x, 2 n_a, m) of numbers, or `lengths` are not m whole numbers from 1 to T_x.

    Notes
    -----
    Section 11 of the notes. The unit that reads from the right ends at the first step.
    """
    T_x, rows, m = a.shape
    n_a = rows // 2
    lengths = np.full(m, T_x) if lengths is None else lengths
    from_left = [a[lengths[i] - 1, :n_a, i] for i in range(m)]
    return np.concatenate([np.stack(from_left, axis=1), a[0, n_a:]])


@contract(caches=CACHES, da=even_rows)
def birnn_backward(da, caches):
    r"""Go back through a bidirectional network.

    The gradient of each state goes to its own unit. For the second one time is turned round, as on the way
    forward; x has been read by both, so the gradients of both meet in it:

    .. math:: dx^{<t>} = \overrightarrow{dx}^{<t>} + \overleftarrow{dx}^{<t>}

    Parameters
    ----------
    da : ndarray, shape (T_x, 2 n_a, m)
        ``da[t]`` is the gradient of the loss *of step t alone* with respect to ``a[t]``. It is zero in the
        padding.
    caches : tuple
        ``(caches_forward, caches_backward, lengths, cell)`` from `birnn_forward`.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (a pair of states), and the gradients of the two units' parameters, labelled as
        these are: "dWax[forward]", …

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 11 of the notes has the way forward.
    """
    caches_forward, caches_backward, lengths, cell = caches
    n_a = da.shape[1] // 2
    from_left = cell.backward(da[:, :n_a], caches_forward)
    from_right = cell.backward(reverse_sequence(da[:, n_a:], lengths), caches_backward)
    dx = from_left.pop("dx") + reverse_sequence(from_right.pop("dx"), lengths)
    da0 = from_left.pop("da0"), from_right.pop("da0")
    return {"dx": dx, "da0": da0, **labelled(from_left, "forward"), **labelled(from_right, "backward")}


@contract(cell=a_cell)
def bidirectional_cell(cell, lengths=None):
    """Make one cell of two that read a sequence from both ends, for a layer of a deep network.

    Parameters
    ----------
    cell : Cell
        `RNN`, `GRU`, `LSTM` or another, the same for both directions.
    lengths : ndarray of int, shape (m,), optional
        How many steps of each example are its own. They belong to one batch, and so does the cell.

    Returns
    -------
    Cell
        Its state a has 2 n_a rows. It cannot hand its last state to a decoder.

    Raises
    ------
    TypeError
        If `cell` is not a cell.

    Notes
    -----
    Section 11 of the notes; see `birnn_forward`.
    """
    def initialize(n_x, n_a, rng, dtype=np.float64):
        return {**labelled(cell.initialize(n_x, n_a, rng, dtype), "forward"),
                **labelled(cell.initialize(n_x, n_a, rng, dtype), "backward")}

    def zero_state(parameters, m):
        return tuple(cell.zero_state(part(parameters, label), m) for label in ("forward", "backward"))

    def run(x, a0, parameters):
        a, _, caches = birnn_forward(x, a0, without_output(parameters, 2 * state_rows(a0[0])), cell, lengths)
        return a, None, caches

    def run_back(da, caches, d_last=None):
        if d_last is not None:
            raise ValueError("a bidirectional cell has no last state")
        return birnn_backward(da, caches)

    return Cell(f"bidirectional {cell.name}", initialize, zero_state, run, run_back, directions=2)

"""One step of a deep network, through all its layers (Section 12 of the notes)."""

import numpy as np

from solutions.activations import softmax
from solutions.contract import contract, require_array
from solutions.labels import part
from solutions.network import layered_parameters, states_of_layers

__all__ = ["deep_rnn_step"]


def _states_of_rnns(name, value, sizes):
    """Accept a list with the state (n_a, m) of a basic RNN for each layer."""
    states_of_layers(name, value, sizes)
    m, source = sizes["m"]
    for layer, state in enumerate(value, start=1):
        require_array(f"{name}[{layer - 1}]", state)
        if state.ndim != 2 or state.shape[1] != m:
            raise ValueError(f"{name}[{layer - 1}] has shape {state.shape}, wanted (n_a, m): {source} says m = {m}")
        sizes[layer] = (len(state), f"{name}[{layer - 1}]")


def _layers_of_rnns(name, value, sizes):
    """Accept labelled parameters of basic RNNs, each of which reads the one below, and the output layer."""
    layered_parameters(name, value, sizes)
    n_below, source_below = sizes["n_x"]
    for layer in range(1, sizes["layers"][0] + 1):
        n_a, source = sizes[layer]
        for key, shape in ("Waa", (n_a, n_a)), ("Wax", (n_a, n_below)), ("ba", (n_a, 1)):
            label = f"{key}[{layer}]"
            if label not in value:
                raise ValueError(f'{name} has no key "{label}"; found {", ".join(value)}')
            if value[label].shape != shape:
                raise ValueError(f'{name}["{label}"] has shape {value[label].shape}, wanted {shape}: '
                                 f"{source} has {n_a} rows, {source_below} has {n_below}")
        n_below, source_below = n_a, source


@contract(xt="n_x m", a_prev=_states_of_rnns, parameters=_layers_of_rnns)
def deep_rnn_step(xt, a_prev, parameters):
    r"""Take one step of a deep network of basic RNNs, through all its layers.

    .. math::

        a^{[0]<t>} &= x^{<t>} \\
        a^{[l]<t>} &= \tanh(W_{aa}^{[l]} a^{[l]<t-1>} + W_{ax}^{[l]} a^{[l-1]<t>} + b_a^{[l]}),
            \qquad l = 1, \dots, L \\
        \hat{y}^{<t>} &= \mathrm{softmax}(W_{ya} a^{[L]<t>} + b_y)

    Parameters
    ----------
    xt : ndarray, shape (n_x, m)
        The input of this step, one column for each of the m examples.
    a_prev : list of L ndarray, each of shape (n_a, m)
        The state of each layer at the step before, the lowest layer first. n_a may differ between
        layers.
    parameters : dict
        "Wax[1]" (n_a, n_x), "Waa[1]" (n_a, n_a), "ba[1]" (n_a, 1) of the lowest layer, and so on
        to "[L]"; the columns of "Wax[l]" are the units of layer l - 1. "Wya" (n_y, n_a),
        "by" (n_y, 1) for the topmost layer.

    Returns
    -------
    a_next : list of L ndarray, each of shape (n_a, m)
        The state of each layer at this step, the lowest layer first.
    yt_pred : ndarray, shape (n_y, m)
        The prediction of this step; each column sums to one.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 12 of the notes, with W_a taken apart into its two halves.
    """
    below, a_next = xt, []
    for layer, a_before in enumerate(a_prev, start=1):
        unit = part(parameters, layer)
        a_layer = np.tanh(unit["Waa"] @ a_before + unit["Wax"] @ below + unit["ba"])
        a_next.append(a_layer)
        below = a_layer
    yt_pred = softmax(parameters["Wya"] @ a_next[-1] + parameters["by"])
    return a_next, yt_pred

"""What a network is made of: the shape of a `Cell`, and the checks of the arguments of networks.

A `Cell` is a recurrent unit without an output layer, and has

- ``cell.forward(x, a0, parameters) -> (a, last_state, caches)``;
- ``cell.backward(da, caches, d_last=None) -> gradients``, among them "dx" and "da0";
- ``cell.initialize(n_x, n_a, rng, dtype=np.float64) -> parameters``;
- ``cell.zero_state(parameters, m)``, the usual a0.

A *state* is what a unit hands from step to step: the array a (n_a, m), or the pair (a, c) for an LSTM; an a0
that is an array means c0 = 0. Networks of several units have a pair or a list of states. `a0`, `last_state`,
`d_last` and "da0" all have this form.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solutions.checks import arrays, positive_integer
from solutions.contract import require_array

__all__ = []

UNITS = {"RNN": "", "simplified GRU": "cu", "GRU": "cur", "LSTM": "cufo", "peephole LSTM": "cufo"}


@dataclass(frozen=True)
class Cell:
    """A recurrent unit, or a network that stands where a unit can stand (see the docstring of this module)."""

    name: str
    initialize: Callable
    zero_state: Callable
    forward: Callable
    backward: Callable
    directions: int = 1  # its a has directions * n_a rows

    def __deepcopy__(self, memo):
        """Stay the same object: a cell holds functions alone, and `cell is LSTM` is true of copied arguments too."""
        return self


def without_output(parameters, n_rows):
    """Give a unit inside a network the smallest output layer there is, because its functions want one.

    Its predictions are not looked at. One row of zeros costs next to nothing.
    """
    dtype = np.result_type(*parameters.values()) if parameters else np.float64  # none: the unit itself says so
    return {**parameters, "Wya": np.zeros((1, n_rows), dtype), "by": np.zeros((1, 1), dtype)}


def state_rows(state):
    """Say how many rows the array a of a state has."""
    return state_rows(state[0]) if isinstance(state, tuple | list) else len(state)


# --- Checks, for `solutions.contract` --------------------------------------------------------------


def anything(name, value, sizes):
    """Accept anything: what only the cell itself knows."""


def a_cell(name, value, sizes):
    """Accept a cell, and remember how many rows its a has for each row of a state."""
    if not isinstance(value, Cell):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a cell, such as solutions.LSTM")
    sizes["directions"] = value.directions


def a_unit(name, value, sizes):
    """Accept a cell that is one unit."""
    a_cell(name, value, sizes)
    if value.name not in UNITS:
        raise ValueError(f"{name} is a {value.name}, wanted one unit: {', '.join(UNITS)}")


def one_way_cell(name, value, sizes):
    """Accept a cell that reads from the left alone."""
    a_cell(name, value, sizes)
    if value.directions != 1:
        raise ValueError(f"{name} is a {value.name}, wanted a cell that reads from the left alone")


def unit_name(name, value, sizes):
    """Accept the name of a unit."""
    if value not in UNITS:
        raise ValueError(f"{name} is {value!r}, wanted one of {', '.join(UNITS)}")


def a_state(name, value, sizes):
    """Accept a state, and remember how many rows the cell's a has."""
    while isinstance(value, tuple | list) and value:
        value = value[-1] if isinstance(value, list) else value[0]
    require_array(name, value)
    if value.ndim != 2:
        raise ValueError(f"{name} has shape {value.shape}, wanted (n_a, m)")
    sizes["rows"] = sizes.get("directions", 1) * len(value)


def two_states(name, value, sizes):
    """Accept a pair of states."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a pair of states: "
                        "that of the unit that reads from the left, that of the other")
    a_state(name, value[0], sizes)
    sizes["rows"] *= 2


def states_of_layers(name, value, sizes):
    """Accept a list of states, one for each layer."""
    if not isinstance(value, tuple | list):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list with one state for each layer")
    if not value:
        raise ValueError(f"{name} is empty, wanted one state for each layer")
    a_state(name, value[-1], sizes)
    sizes["layers"] = (len(value), name)


def network_parameters(*labels, output=""):
    """Accept parameters that carry these labels, and an output layer that fits the states of the cell."""
    def check(name, value, sizes):
        arrays(name, value, sizes)
        for label in labels:
            if not any(key.endswith(f"[{label}]") for key in value):
                raise ValueError(f'{name} has no key that ends in "[{label}]"; found {", ".join(value)}')
        Wya, by = f"Wya{output}", f"by{output}"
        for key in (Wya, by):
            if key not in value:
                raise ValueError(f'{name} has no key "{key}" of the output layer; found {", ".join(value)}')
        n_y, rows = len(value[by]), sizes["rows"]
        if value[by].shape != (n_y, 1):
            raise ValueError(f'{name}["{by}"] has shape {value[by].shape}, wanted (n_y, 1)')
        if value[Wya].shape != (n_y, rows):
            raise ValueError(f'{name}["{Wya}"] has shape {value[Wya].shape}, wanted (n_y, rows of a) = ({n_y}, {rows})')
        sizes["n_y"] = (n_y, f'{name}["{by}"]')

    return check


def layered_parameters(name, value, sizes):
    """Accept parameters labelled with layers 1 to L, for the L states of a0, and an output layer."""
    network_parameters()(name, value, sizes)
    found = {key.rpartition("[")[2].removesuffix("]") for key in value if key.endswith("]")}
    n_layers, source = sizes["layers"]
    wanted = {str(layer) for layer in range(1, n_layers + 1)}
    if found != wanted:
        raise ValueError(f"{name} has the layers {', '.join(sorted(found)) or 'none'}, wanted "
                         f"{', '.join(sorted(wanted))}: {source} has {n_layers} states")


def layer_sizes(name, value, sizes):
    """Accept a list of sizes."""
    if not isinstance(value, tuple | list):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of sizes, one for each layer")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one size")
    for layer, size in enumerate(value):
        positive_integer(f"{name}[{layer}]", size, sizes)


def sequence_lengths(name, value, sizes):
    """Accept None, or m whole numbers from 1 to T_x."""
    if value is None:
        return
    require_array(name, value)
    (T_x, _), (m, source) = sizes["T_x"], sizes["m"]
    if value.dtype.kind not in "iu":
        raise TypeError(f"{name} has dtype {value.dtype}, wanted whole numbers")
    if value.shape != (m,):
        raise ValueError(f"{name} has shape {value.shape}, wanted (m,) = ({m},): {source} says m = {m}")
    if value.min() < 1 or value.max() > T_x:
        raise ValueError(f"{name} go from {value.min()} to {value.max()}, wanted 1 to T_x = {T_x}")


def even_rows(name, value, sizes):
    """Accept an array (T_x, 2 n_a, m), and remember T_x and m."""
    require_array(name, value)
    if value.ndim != 3 or value.shape[1] % 2 or not value.size:
        raise ValueError(f"{name} has shape {value.shape}, wanted (T_x, 2 n_a, m): an even number of rows")
    sizes["T_x"], sizes["m"] = (len(value), name), (value.shape[2], name)

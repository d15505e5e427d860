"""What all gated units share: their weights as one block, and back into the matrices of the notes.

A gated unit (GRU, LSTM) has one weight matrix for the candidate, ``Wc``, and one for each gate: ``Wu``,
``Wr``, ``Wf``, ``Wo``. Each has the shape (n_a, n_a + n_x) and acts on the state above the input. In these
units the memory cell has the size of the state, so the n_c of the notes is n_a.
"""

import numpy as np

from solutions.checks import floating_dtype, generator, positive_integer
from solutions.contract import contract, require_array

__all__ = ["initialize_gates", "split_gates", "stack_gates", "stack_halved_gates"]


def stacked_weights(name, value, sizes):
    """Accept weights of shape (n_a, n_a + n_x); where n_a and n_x are not known yet, they say them."""
    require_array(name, value)
    if value.ndim != 2 or not 0 < value.shape[0] < value.shape[1]:
        raise ValueError(f"{name} has shape {value.shape}, wanted (n_a, n_a+n_x): more columns than rows")
    n_a, columns = value.shape
    known = [sizes.setdefault(axis, (size, name)) for axis, size in (("n_a", n_a), ("n_x", columns - n_a))]
    if known[0][0] != n_a or known[1][0] != columns - n_a:
        reasons = [f"{source} says {axis} = {size}"
                   for axis, (size, source) in zip(("n_a", "n_x"), known, strict=True) if source != name]
        raise ValueError(f"{name} has shape {value.shape}, wanted (n_a, n_a+n_x) = "
                         f"({known[0][0]}, {known[0][0] + known[1][0]}): {', '.join(reasons)}")
    sizes["n_a+n_x"] = (columns, name)


def gated_parameters(names):
    """Say what the parameters of a gated unit must be, for `solutions.contract`."""
    first, *others = names
    return {f"W{first}": stacked_weights, **{f"W{name}": "n_a n_a+n_x" for name in others},
            **{f"b{name}": "n_a 1" for name in names}, "Wya": "n_y n_a", "by": "n_y 1"}


def block_of_gates(n_blocks):
    """Say what the gates in a cache must be, for `solutions.contract`."""
    def check(name, value, sizes):
        require_array(name, value)
        wanted = sizes["T_x"][0], n_blocks, sizes["n_a"][0], sizes["m"][0]
        if value.shape != wanted:
            gates = f"{n_blocks - 1} gate{'s' * (n_blocks > 2)}"
            raise ValueError(f"{name} has shape {value.shape}, wanted (T_x, {n_blocks}, n_a, m): "
                             f"the candidate and {gates}")

    return check


def gate_names(name, value, sizes):
    """Accept letters, each the name of a gate or c."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a string of letters, such as 'cufo'")
    if not value or len(set(value)) != len(value):
        raise ValueError(f"{name} is {value!r}, wanted different letters, such as 'cufo'")
    sizes["names"] = value


def _rows_for_names(name, value, sizes):
    """Accept an array with as many rows for each of the names."""
    require_array(name, value)
    if value.ndim != 2 or len(value) % len(sizes["names"]) or not value.size:
        raise ValueError(f"{name} has shape {value.shape}, wanted rows a multiple of {len(sizes['names'])}, "
                         "the number of names")
    sizes["rows"] = (len(value), name)


def _weights_of_names(name, value, sizes):
    """Accept a dictionary with W and b for each of the names."""
    if not isinstance(value, dict):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a dict of arrays")
    for key in [kind + letter for kind in "Wb" for letter in sizes["names"]]:
        if key not in value:
            raise ValueError(f'{name} has no key "{key}"; found {", ".join(map(str, value)) or "none"}')
        if key[0] == "W":
            stacked_weights(f'{name}["{key}"]', value[key], sizes)
        elif np.shape(value[key]) != (sizes["n_a"][0], 1):
            raise ValueError(f'{name}["{key}"] has shape {np.shape(value[key])}, '
                             f"wanted (n_a, 1) = ({sizes['n_a'][0]}, 1)")


@contract(names=gate_names, n_x=positive_integer, n_a=positive_integer, n_y=positive_integer, rng=generator,
          dtype=floating_dtype)
def initialize_gates(names, n_x, n_a, n_y, rng, dtype=np.float64):
    r"""Draw the first parameters of a gated unit.

    As for a basic RNN, each weight comes from a normal distribution with mean 0 and variance 1 / (number
    of columns), and the biases are zero: all but that of a forget gate, which is 1. So a new LSTM
    begins by keeping what it has, and gradients reach far back from the first step on.

    Parameters
    ----------
    names : str
        One letter for the candidate and for each gate: "cu" for a simplified GRU, "cur" for a GRU,
        "cufo" for an LSTM.
    n_x, n_a, n_y : int
        Sizes of the input, of the state and of the output.
    rng : numpy.random.Generator
        The source of the random numbers.
    dtype : dtype
        float64 (the default) or float32.

    Returns
    -------
    dict
        For each letter, say u: "Wu" (n_a, n_a + n_x) and "bu" (n_a, 1); then "Wya" (n_y, n_a), "by" (n_y, 1).

    Raises
    ------
    TypeError, ValueError
        If a size is not a whole number from 1 on, a letter comes twice, or `rng` is not a generator.

    Notes
    -----
    Sections 9 and 10 of the notes name the parameters. The bias of the forget gate follows F. A. Gers,
    J. Schmidhuber and F. Cummins, "Learning to forget", Neural Computation 12 (2000).
    """
    def weights(rows, columns):
        return (rng.standard_normal((rows, columns)) / np.sqrt(columns)).astype(dtype)

    parameters = {"W" + name: weights(n_a, n_a + n_x) for name in names}
    parameters |= {"b" + name: np.full((n_a, 1), 1 if name == "f" else 0, dtype) for name in names}
    return parameters | {"Wya": weights(n_y, n_a), "by": np.zeros((n_y, 1), dtype)}


@contract(names=gate_names, parameters=_weights_of_names)
def stack_gates(parameters, names):
    r"""Put the weights of the candidate and of the gates one below the other.

    .. math::

        \begin{bmatrix} W_c \\ W_u \\ \vdots \end{bmatrix}
        \begin{bmatrix} a^{<t-1>} \\ x^{<t>} \end{bmatrix}
        + \begin{bmatrix} b_c \\ b_u \\ \vdots \end{bmatrix}
        = W_a \, a^{<t-1>} + W_x \, x^{<t>} + b

    One product with the block does what one product for each gate would do, in less time.

    Parameters
    ----------
    parameters : dict
        For each letter of `names`, say u: "Wu" (n_a, n_a + n_x) and "bu" (n_a, 1).
    names : str
        k letters, such as "cufo": the order of the blocks.

    Returns
    -------
    Wa : ndarray, shape (k n_a, n_a)
        The columns that act on the state.
    Wx : ndarray, shape (k n_a, n_x)
        The columns that act on the input.
    b : ndarray, shape (k n_a, 1)
        The biases.

    Raises
    ------
    TypeError, ValueError
        If an entry is missing, or the shapes do not fit together.

    Notes
    -----
    Section 3 of the notes stacks W_aa and W_ax beside each other; here the gates stand below each other.
    """
    n_a = len(parameters["W" + names[0]])
    Wa = np.concatenate([parameters["W" + name][:, :n_a] for name in names])
    Wx = np.concatenate([parameters["W" + name][:, n_a:] for name in names])
    b = np.concatenate([parameters["b" + name] for name in names])
    return Wa, Wx, b


@contract(names=gate_names, parameters=_weights_of_names)
def stack_halved_gates(parameters, names):
    r"""Stack the weights as `stack_gates` does, with the rows of the gates halved; those of the candidate stay.

    .. math:: \sigma(z) = \tfrac12 \tanh\left(\tfrac{z}{2}\right) + \tfrac12

    So one tanh serves the candidate and all gates.

    Parameters
    ----------
    parameters : dict
        For each letter of `names`, say u: "Wu" (n_a, n_a + n_x) and "bu" (n_a, 1).
    names : str
        k letters, such as "cufo": the order of the blocks. The first is the candidate.

    Returns
    -------
    Wa : ndarray, shape (k n_a, n_a)
        The columns that act on the state.
    Wx : ndarray, shape (k n_a, n_x)
        The columns that act on the input.
    b : ndarray, shape (k n_a, 1)
        The biases.

    Raises
    ------
    TypeError, ValueError
        If an entry is missing, or the shapes do not fit together.

    Notes
    -----
    Section 10 of the notes has the gates; the identity holds for every z.
    """
    n_a = len(parameters["b" + names[0]])
    return tuple(np.concatenate([block[:n_a], block[n_a:] / 2]) for block in stack_gates(parameters, names))


@contract(names=gate_names, dW=_rows_for_names, db="rows 1")
def split_gates(dW, db, names):
    r"""Cut the gradients of a block of weights into those of the candidate and of each gate.

    .. math:: dW = \begin{bmatrix} dW_c \\ dW_u \\ \vdots \end{bmatrix}, \qquad
        db = \begin{bmatrix} db_c \\ db_u \\ \vdots \end{bmatrix}

    Parameters
    ----------
    dW : ndarray, shape (k n_a, n_a + n_x)
        The gradient of the weights, the blocks below each other.
    db : ndarray, shape (k n_a, 1)
        The gradient of the biases.
    names : str
        k letters, such as "cufo": the order of the blocks.

    Returns
    -------
    dict
        For each letter, say u: "dWu" (n_a, n_a + n_x) and "dbu" (n_a, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes do not fit together.

    Notes
    -----
    Sections 9 and 10 of the notes name the parameters.
    """
    n_a, gradients = len(dW) // len(names), {}
    for block, name in enumerate(names):
        rows = slice(block * n_a, (block + 1) * n_a)
        gradients["dW" + name], gradients["db" + name] = dW[rows], db[rows]
    return gradients

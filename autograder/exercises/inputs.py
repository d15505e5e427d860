"""Random inputs that the chapters' exercises share: nothing zero, nothing symmetric, sizes pairwise different."""

import numpy as np

from autograder.engine import different_sizes


def sizes_for(rng, names, *special, count=3):
    """Return sizes of `count` random cases and of each special one (``{"m": 1}``), with labels.

    Parameters
    ----------
    rng : numpy.random.Generator
    names : str
        ``"T_x n_x n_a n_y m"``.
    *special : dict
        Fixed sizes of one more case each.
    count : int

    Returns
    -------
    list of (str, dict)
    """
    drawn = [("", different_sizes(rng, names)) for _ in range(count)]
    for fixed in special:
        label = ", ".join(f"{name} = {size}" for name, size in fixed.items())
        drawn.append((label, different_sizes(rng, names, **fixed)))
    return drawn


def rnn_parameters(rng, n_x, n_a, n_y, scale=0.5):
    """Draw parameters of a basic RNN; biases too are far from zero."""
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "Wya": (n_y, n_a), "ba": (n_a, 1), "by": (n_y, 1)}
    return {name: scale * rng.standard_normal(shape) + 0.05 for name, shape in shapes.items()}


def equal_sizes(names, size=4):
    """Return a labelled case in which all these axes have one size, so that confusing them stays silent."""
    return " = ".join(names.split()), dict.fromkeys(names.split(), size)


def large_scores(parameters):
    """Return the parameters with an output bias so far from zero that ``exp`` of a score overflows."""
    by = parameters["by"]
    return {**parameters, "by": by + np.linspace(1000, -1000, len(by))[:, np.newaxis]}


def large_sums(parameters, gates):
    """Return the parameters with biases of these gates (``"cufo"``) so far from zero that ``exp`` of a sum overflows.

    Gates are then wide open, which ``1 / (1 + exp(-z))`` says with 1, and ``exp(z) / (1 + exp(z))`` with NaN.
    """
    biases = {"b" + gate: parameters["b" + gate] for gate in gates}
    return parameters | {name: b + np.linspace(1000, 0, len(b))[:, np.newaxis] for name, b in biases.items()}

"""Random inputs that the chapters' exercises share: nothing zero, nothing symmetric, sizes pairwise different."""

from dataclasses import replace

import numpy as np

from autograder.engine import different_sizes
from solutions import LSTM, RNN

OF_LARGE_SUMS = "cache", "inputs left unchanged"  # an overflow that the unit seldom meets costs no more than these


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


def equal_sizes(names, size=4):
    """Return a labelled case in which all these axes have one size, so that confusing them stays silent."""
    return " = ".join(names.split()), dict.fromkeys(names.split(), size)


def equal_but_the_classes(rng, names):
    """Return a labelled case in which all axes but the classes have one size."""
    label, sizes = equal_sizes(names, int(rng.integers(3, 6)))
    return label, {**sizes, "n_y": 7}


def sizes_with_equal(rng, names, equal, *special, count=3, **others):
    """Return what `sizes_for` does and, last, a case in which the axes `equal` have one size; `others` are given."""
    label, sizes = equal_sizes(equal, int(rng.integers(3, 6)))
    return [*sizes_for(rng, names, *special, count=count), (label, {**others, **sizes})]


def sizes_of_a_step(rng):
    """Return sizes of one step forwards with its prediction, the edges and equal axes among them."""
    return [*sizes_for(rng, "n_x n_a n_y m", {"m": 1}, {"n_x": 1}), equal_but_the_classes(rng, "n_x n_a m")]


def draw(rng, shapes, scale=0.5):
    """Draw parameters of these shapes; biases too are far from zero."""
    return {name: scale * rng.standard_normal(shape) + 0.05 for name, shape in shapes.items()}


def rnn_parameters(rng, n_x, n_a, n_y, scale=0.5):
    """Draw parameters of a basic RNN."""
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "Wya": (n_y, n_a), "ba": (n_a, 1), "by": (n_y, 1)}
    return draw(rng, shapes, scale)


def gated_parameters(rng, gates, n_x, n_a, n_y):
    """Draw parameters of a gated unit, for letters such as "cur"."""
    shapes = {"W" + gate: (n_a, n_a + n_x) for gate in gates} | {"b" + gate: (n_a, 1) for gate in gates}
    return draw(rng, shapes | {"Wya": (n_y, n_a), "by": (n_y, 1)})


def draw_state(rng, cell, n):
    """Draw a state before the first step: an array, or a pair of arrays for an LSTM; never zero."""
    a0 = rng.uniform(-0.9, 0.9, (n["n_a"], n["m"]))
    return (a0, rng.uniform(-0.9, 0.9, a0.shape)) if cell is LSTM else a0


def draw_step(rng, n):
    """Draw the input of one step and the state before it."""
    return rng.standard_normal((n["n_x"], n["m"])), draw_state(rng, RNN, n)


def draw_sequence(rng, n, cell=RNN):
    """Draw the inputs of a sequence and the state before it."""
    return rng.standard_normal((n["T_x"], n["n_x"], n["m"])), draw_state(rng, cell, n)


def with_large_scores(case):
    """Return the case with an output bias so far from zero that ``exp`` of a score overflows."""
    def large(parameters):
        by = parameters["by"]
        return {**parameters, "by": by + np.linspace(1000, -1000, len(by))[:, np.newaxis]}

    return _with_parameters(case, large, "large scores")


def with_large_sums(case, gates):
    """Return the case with biases of these gates (``"cufo"``) so far from zero that ``exp`` of a sum overflows.

    Gates are then wide open, which ``1 / (1 + exp(-z))`` says with 1, and ``exp(z) / (1 + exp(z))`` with NaN.
    """
    def large(parameters):
        biases = {"b" + gate: parameters["b" + gate] for gate in gates}
        return parameters | {name: b + np.linspace(1000, 0, len(b))[:, np.newaxis] for name, b in biases.items()}

    return replace(_with_parameters(case, large, "large sums"), parts=OF_LARGE_SUMS)


def _with_parameters(case, change, label):
    """Return the case with its parameters, the one dict among its arguments, changed."""
    args = tuple(change(arg) if isinstance(arg, dict) else arg for arg in case.args)
    return replace(case, args=args, label=label)

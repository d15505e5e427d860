"""What clipping is tried on: gradients of several shapes and names, and a limit for them."""

import numpy as np

from autograder.engine import Array, Case, Entries, different_sizes

CLIPPED, AS_THEY_ARE, INTACT = "clipped", "gradients that are small enough", "inputs left unchanged"
NO_MATRICES = "gradients with one axis or three"


class _AnyAxes(Array):
    """An array of any number of axes; those of a matrix have names."""

    def find(self, name, found, wanted, case):
        """Return the gravest finding about `found`, or None."""
        axes = ("row", "column") if np.ndim(wanted) == 2 else (f"axis_{axis}" for axis in range(np.ndim(wanted)))
        return Array(" ".join(axes)).find(name, found, wanted, case)


ENTRIES = Entries(_AnyAxes(), CLIPPED)


def gradients_of(rng, n_x, n_a, n_y):
    """Draw gradients of a basic RNN, of several sizes each."""
    shapes = {"dWax": (n_a, n_x), "dWaa": (n_a, n_a), "dWya": (n_y, n_a), "dba": (n_a, 1), "dby": (n_y, 1)}
    return {name: 3.0 * rng.standard_normal(shape) for name, shape in shapes.items()}


def other_axes(rng):
    """Draw gradients that are no matrices, as those of a bias without a second axis or of a network's kernels."""
    return {"db": 3.0 * rng.standard_normal(5), "dK": 3.0 * rng.standard_normal((2, 3, 4)),
            "dW": 3.0 * rng.standard_normal((3, 2))}


def norm_of(gradients):
    """Return the norm of all together."""
    return float(np.sqrt(sum(np.sum(g**2) for g in gradients.values())))


def case(gradients, limit, label="", parts=(CLIPPED, INTACT), sizes=None):
    """Return the case with these gradients."""
    return Case((gradients, float(limit)), sizes or {}, label, parts)


def random_gradients(rng, count=3):
    """Return gradients of random sizes, with the sizes."""
    drawn = []
    for _ in range(count):
        sizes = different_sizes(rng, "n_x n_a n_y")
        drawn.append((gradients_of(rng, **sizes), sizes))
    return drawn

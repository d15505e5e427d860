"""What is measured: the sizes, the kinds of units, and arrays to work on."""

import numpy as np

from solutions import initialize_gates, initialize_parameters, one_hot

KINDS = ("RNN", "GRU", "LSTM")
LETTERS = {"GRU": "cur", "LSTM": "cufo"}
DTYPES = ("float32", "float64")
# T_x, m, n_x, n_a; the output has the size of the input, as in a language model.
SHAPES = ((10, 10, 3, 5), (50, 1, 27, 100), (50, 32, 65, 128), (100, 64, 128, 256), (200, 64, 256, 512))
# Sampling: characters of a vocabulary, one sequence alone and a hundred side by side.
N_CHARACTERS, N_STATE, WIDTHS = 27, 100, (1, 100)
WAYS = ("central differences", "complex step, weight after weight", "complex step, all at once",
        "forward mode, all at once")
CONTENDERS = ("here", "pytorch", "step_by_step", "products")


def parameters_of(kind, n_x, n_a, n_y, dtype, seed=0):
    """Draw the parameters of a unit with an output layer."""
    rng = np.random.default_rng(seed)
    if kind == "RNN":
        return initialize_parameters(n_x, n_a, n_y, rng, dtype)
    return initialize_gates(LETTERS[kind], n_x, n_a, n_y, rng, dtype)


def batch(shape, dtype, seed=1):
    """Draw inputs x (T_x, n_x, m), a first state of zeros, and classes (T_x, m) to predict."""
    (T_x, m, n_x, n_a), rng = shape, np.random.default_rng(seed)
    x = rng.standard_normal((T_x, n_x, m)).astype(dtype)
    return x, np.zeros((n_a, m), dtype), rng.integers(0, n_x, (T_x, m))


def targets(classes, n_y, dtype):
    """Turn classes into one-hot columns."""
    return one_hot(classes, n_y).astype(dtype)

"""One small network for all the tests: every size is different, and nothing is zero or symmetric."""

import numpy as np

from solutions import initialize_parameters

T_X, N_X, N_A, N_Y, M = 6, 3, 5, 4, 2


def draw_parameters(rng, n_x=N_X, n_a=N_A, n_y=N_Y, dtype=np.float64):
    """Draw parameters whose biases are not zero, which would hide a mistake."""
    parameters = initialize_parameters(n_x, n_a, n_y, rng)
    return {name: (value + 0.3 * rng.standard_normal(value.shape)).astype(dtype)
            for name, value in parameters.items()}

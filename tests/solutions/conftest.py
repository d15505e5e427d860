"""One small network for all the tests: every size is different, and nothing is zero or symmetric."""

import numpy as np
import pytest

from solutions import initialize_parameters, one_hot

T_X, N_X, N_A, N_Y, M = 6, 3, 5, 4, 2


def draw_parameters(rng, n_x=N_X, n_a=N_A, n_y=N_Y, dtype=np.float64):
    """Draw parameters whose biases are not zero, which would hide a mistake."""
    parameters = initialize_parameters(n_x, n_a, n_y, rng)
    return {name: (value + 0.3 * rng.standard_normal(value.shape)).astype(dtype)
            for name, value in parameters.items()}


@pytest.fixture
def rng():
    return np.random.default_rng(20240229)


@pytest.fixture
def parameters(rng):
    return draw_parameters(rng)


@pytest.fixture
def x(rng):
    return rng.standard_normal((T_X, N_X, M))


@pytest.fixture
def a0(rng):
    return rng.uniform(-0.9, 0.9, (N_A, M))


@pytest.fixture
def y(rng):
    return one_hot(rng.integers(0, N_Y, (T_X, M)), N_Y)

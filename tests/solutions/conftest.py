"""The small network as fixtures."""

import numpy as np
import pytest
from small_network import N_A, N_X, N_Y, T_X, M, draw_parameters

from solutions import one_hot


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

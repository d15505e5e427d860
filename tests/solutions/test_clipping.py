import numpy as np
import pytest
from networks import CELLS, N_A, N_X, N_Y, T_X, M, draw_state, flatten, shake
from recurrent_units import close

from solutions import (
    GRU,
    RNN,
    clip_by_value,
    gradient_norms_through_time,
    initialize_parameters,
    rnn_backward,
    rnn_forward,
    state_gradient_norms,
)


def test_entries_that_are_too_large_get_the_largest_size_and_keep_their_sign():
    gradients = {"dWaa": np.array([[-12.0, 3.0], [0.5, 10.0]]), "dba": np.array([[-5.0], [5.1]])}
    clipped = clip_by_value(gradients, 5)
    assert np.array_equal(clipped["dWaa"], [[-5, 3], [0.5, 5]])
    assert np.array_equal(clipped["dba"], [[-5], [5]])
    assert list(clipped) == list(gradients)


def test_clipping_gives_new_arrays_and_leaves_the_old_ones_alone():
    gradients = {"dW": np.array([[3.0, -4.0]]), "db": np.array([[0.0]])}
    clipped = clip_by_value(gradients, 10)
    assert np.array_equal(clipped["dW"], gradients["dW"])
    assert not any(np.shares_memory(clipped[name], gradients[name]) for name in gradients)
    clip_by_value(gradients, 1)
    assert np.array_equal(gradients["dW"], [[3, -4]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_clipping_keeps_the_dtype(dtype):
    assert clip_by_value({"dW": np.array([9, -9], dtype)}, 0.1)["dW"].dtype == dtype


@pytest.fixture
def network(rng):
    parameters = {name: value + 0.3 * rng.standard_normal(value.shape)
                  for name, value in initialize_parameters(N_X, N_A, N_Y, rng).items()}
    return rng.standard_normal((T_X, N_X, M)), rng.uniform(-0.9, 0.9, (N_A, M)), parameters


def test_the_gradient_of_a_state_is_its_own_and_what_a_sequence_that_starts_there_sends_back(network, rng):
    x, a0, parameters = network
    a, _, caches = rnn_forward(x, a0, parameters)
    da = rng.standard_normal(a.shape)
    norms = gradient_norms_through_time(da, caches)
    assert norms.shape == (T_X,)
    assert norms[-1] == pytest.approx(np.linalg.norm(da[-1]))
    for t in range(T_X - 1):
        behind = rnn_backward(da[t + 1:], rnn_forward(x[t + 1:], a[t], parameters)[2])["da0"]
        assert norms[t] == pytest.approx(np.linalg.norm(da[t] + behind), rel=1e-12)


def test_both_ways_to_measure_agree_for_a_basic_network(network, rng):
    x, a0, parameters = network
    a, _, caches = rnn_forward(x, a0, parameters)
    da = rng.standard_normal(a.shape)
    assert close(state_gradient_norms(x, a0, parameters, da), gradient_norms_through_time(da, caches), 1e-12)


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_the_norm_counts_all_that_a_unit_hands_on(cell, rng):
    parameters = shake(cell.initialize(N_X, N_A, rng), rng)
    a0, x = draw_state(cell.zero_state(parameters, M), rng), rng.standard_normal((T_X, N_X, M))
    da = rng.standard_normal((T_X, N_A, M))
    norms = state_gradient_norms(x, a0, parameters, da, cell)
    for t in range(T_X - 1):
        _, state, _ = cell.forward(x[:t + 1], a0, parameters)
        _, _, caches = cell.forward(x[t + 1:], state, parameters)
        d_a, *d_c = flatten(cell.backward(da[t + 1:], caches)["da0"], "").values()
        assert norms[t] == pytest.approx(np.linalg.norm([d_a + da[t], *d_c]), rel=1e-12)


@pytest.mark.parametrize(("radius", "grows"), [(0.5, False), (2.0, True)])
def test_gradients_vanish_or_explode_with_the_size_of_the_recurrent_weights(radius, grows, rng):
    # Near zero tanh does nothing, so a rotation times a radius scales the gradient by it at every step.
    rotation, _ = np.linalg.qr(rng.standard_normal((N_A, N_A)))
    parameters = {**initialize_parameters(N_X, N_A, N_Y, rng), "Waa": radius * rotation}
    a, _, caches = rnn_forward(np.zeros((20, N_X, M)), np.zeros((N_A, M)), parameters)
    da = np.zeros_like(a)
    da[-1] = 1
    norms = gradient_norms_through_time(da, caches)
    assert np.allclose(norms[:-1] / norms[1:], radius)
    assert (norms[0] > 1e4) == grows


def test_a_gru_that_keeps_its_memory_keeps_its_gradient(rng):
    parameters = GRU.initialize(N_X, N_A, rng)
    parameters |= {"Wu": 0 * parameters["Wu"], "bu": np.full((N_A, 1), -800.0)}
    da = np.zeros((50, N_A, M))
    da[-1] = rng.standard_normal((N_A, M))
    x = rng.standard_normal((50, N_X, M))
    norms = state_gradient_norms(x, np.zeros((N_A, M)), parameters, da, GRU)
    assert np.allclose(norms, norms[-1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_norms_keep_the_dtype(dtype, rng):
    parameters = initialize_parameters(N_X, N_A, N_Y, rng, dtype)
    x, a0 = rng.standard_normal((T_X, N_X, M)).astype(dtype), np.zeros((N_A, M), dtype)
    a, _, caches = rnn_forward(x, a0, parameters)
    assert gradient_norms_through_time(a, caches).dtype == dtype
    assert state_gradient_norms(x, a0, parameters, a, RNN).dtype == dtype

"""What holds for every network: many or one, in and out, both directions, several layers, of any cell."""

import numpy as np
import pytest
from networks import CELLS, KINDS, LENGTHS, NETWORKS, M, birnn, draw_state, flatten
from recurrent_units import close, relative_error

from solutions import complex_step_gradients, gradient_check

NUMERICAL, EXACT = 1e-7, 1e-12
each_network = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)


@each_network
def test_gradients_agree_with_nudged_inputs(network, rng):
    parameters, a0, x, y = network.draw(rng)
    _, gradients = network.gradients(parameters, a0, x, y)
    point = {**parameters, "x": x, **flatten(a0, "a0")}
    exact = complex_step_gradients(lambda point: network.loss(point, a0, y), point)
    assert set(gradients) == set(exact)
    assert all(gradients[name].shape == value.shape for name, value in exact.items())
    assert relative_error(gradients, exact) < EXACT


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_agree_with_numerical_ones(kind, rng):
    network = NETWORKS[f"{kind} LSTM"]
    parameters, a0, x, y = network.draw(rng)
    _, gradients = network.gradients(parameters, a0, x, y)
    point = {**parameters, "x": x, **flatten(a0, "a0")}
    assert gradient_check(lambda point: network.loss(point, a0, y), point, gradients) < NUMERICAL


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_gradients_of_padded_sequences_agree_with_nudged_inputs(cell, rng):
    network = birnn(cell, LENGTHS)
    parameters, a0, x, y = network.draw(rng)
    counted = (np.arange(len(x))[:, np.newaxis] < LENGTHS)[:, np.newaxis]
    y_pred, caches = network.run(x, a0, parameters, y)
    gradients = network.run_back((y_pred * counted - y * counted) / M, caches, parameters)
    gradients |= flatten(gradients.pop("da0"), "da0")
    point = {**parameters, "x": x, **flatten(a0, "a0")}
    exact = complex_step_gradients(lambda point: network.loss(point, a0, y * counted), point)
    assert relative_error(gradients, exact) < EXACT
    assert not np.any(gradients["dx"] * ~counted)


@each_network
def test_predictions_sum_to_one_and_have_the_shape_of_the_targets(network, rng):
    parameters, a0, x, y = network.draw(rng)
    y_pred, _ = network.run(x, a0, parameters, y)
    assert y_pred.shape == y.shape
    assert close(y_pred.sum(axis=-2), 1)


@each_network
def test_a_batch_of_m_examples_is_m_batches_of_one(network, rng):
    parameters, a0, x, y = network.draw(rng)
    y_pred, gradients = network.gradients(parameters, a0, x, y)

    def one(state, i):
        return state[:, i:i + 1] if isinstance(state, np.ndarray) else type(state)(one(inner, i) for inner in state)

    alone = [network.gradients(parameters, one(a0, i), x[..., i:i + 1], y[..., i:i + 1]) for i in range(M)]
    assert close(y_pred, np.concatenate([predicted for predicted, _ in alone], axis=-1))
    for name in parameters:
        assert close(gradients[f"d{name}"], sum(own[f"d{name}"] for _, own in alone) / M, 1e-13)


@each_network
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_keep_their_dtype(network, dtype, rng):
    y_pred, gradients = network.gradients(*network.draw(rng, dtype=dtype))
    assert {value.dtype for value in (y_pred, *gradients.values())} == {np.dtype(dtype)}


@each_network
def test_arguments_are_left_alone_and_a_second_call_gives_the_same(network, rng):
    parameters, a0, x, y = network.draw(rng)
    held = [x, y, *flatten(a0, "a0").values(), *parameters.values()]
    kept = [value.copy() for value in held]
    first, second = (network.gradients(parameters, a0, x, y)[1] for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert all(np.array_equal(value, before) for value, before in zip(held, kept, strict=True))


@each_network
def test_going_back_twice_over_the_same_caches_gives_the_same(network, rng):
    parameters, a0, x, y = network.draw(rng)
    y_pred, caches = network.run(x, a0, parameters, y)
    first, second = (network.run_back(y_pred - y, caches, parameters)["dx"] for _ in range(2))
    assert np.array_equal(first, second)


@each_network
def test_the_first_state_matters_to_the_last_prediction(network, rng):
    parameters, a0, x, y = network.draw(rng)
    other = draw_state(a0, rng)
    first, second = (network.run(x, state, parameters, y)[0] for state in (a0, other))
    assert not close(first[-1], second[-1], 1e-9)

import numpy as np
import pytest
from recurrent_units import GRU, LSTM, RNN, SIMPLIFIED_GRU

from solutions import apply_temperature, likeliest, one_hot, sample_streams

VOCABULARY, N_STATE, STEPS = 6, 5, 8
each_unit = pytest.mark.parametrize("unit", [RNN, SIMPLIFIED_GRU, GRU, LSTM], ids=lambda unit: unit.name)


def draw_parameters(unit, rng, dtype=np.float64):
    parameters = unit.draw_parameters(rng, VOCABULARY, N_STATE, VOCABULARY, dtype)
    return {**parameters, "Wya": 3 * parameters["Wya"]}


def model_probabilities(unit, parameters, tokens, temperature=1.0):
    """Compute with the unit's own functions how likely each token was at each step, given those before."""
    x = one_hot(tokens, VOCABULARY)
    x = np.concatenate([np.zeros_like(x[:1]), x[:-1]])
    state = {name: np.zeros((N_STATE, tokens.shape[1])) for name in unit.state_names}
    y_pred = unit.run(x, state, parameters)[1]
    return np.array([apply_temperature(np.log(step), temperature) for step in y_pred])


def surprise(counted, probabilities):
    """Give, for each token, by how many standard deviations it came too often."""
    expected, variance = probabilities.sum(axis=(0, 2)), (probabilities * (1 - probabilities)).sum(axis=(0, 2))
    return (counted.sum(axis=(0, 2)) - expected) / np.sqrt(np.where(variance > 0, variance, 1))


@each_unit
@pytest.mark.parametrize("temperature", [1.0, 0.6])
def test_tokens_are_drawn_with_the_model_s_probabilities(unit, temperature, rng):
    parameters = draw_parameters(unit, rng)
    tokens = sample_streams(parameters, rng, STEPS, 4000, unit.name, temperature)
    probabilities = model_probabilities(unit, parameters, tokens, temperature)
    drawn = one_hot(tokens, VOCABULARY)
    # The chance of a false alarm is below 1e-9 for each number.
    for t in range(STEPS):
        assert np.abs(surprise(drawn[t:t + 1], probabilities[t:t + 1])).max() < 6.2
    # Where the model is sure it must be right as often as it says: the token before matters.
    sure = probabilities * (probabilities > 0.5)
    assert abs(((drawn - probabilities) * (sure > 0)).sum() / np.sqrt((sure * (1 - sure)).sum())) < 6.2


@each_unit
def test_with_one_candidate_the_likeliest_token_is_always_chosen(unit, rng):
    parameters = draw_parameters(unit, rng)
    tokens = sample_streams(parameters, rng, STEPS, 3, unit.name, top_k=1)
    probabilities = model_probabilities(unit, parameters, tokens)
    assert all(np.array_equal(one_hot(tokens, VOCABULARY)[t], likeliest(probabilities[t])) for t in range(STEPS))


def test_only_the_k_likeliest_tokens_are_drawn_and_each_of_them_is(rng):
    parameters = draw_parameters(GRU, rng)
    tokens = sample_streams(parameters, rng, STEPS, 4000, "GRU", 1.5, top_k=2)
    ranks = np.argsort(np.argsort(-model_probabilities(GRU, parameters, tokens), axis=1), axis=1)
    drawn = np.take_along_axis(ranks, tokens[:, np.newaxis], axis=1)
    assert set(np.unique(drawn)) == {0, 1}
    probabilities = model_probabilities(GRU, parameters, tokens, 1.5) * (ranks < 2)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    assert np.abs(surprise(one_hot(tokens, VOCABULARY), probabilities)).max() < 6.2


def test_as_many_candidates_as_tokens_change_nothing(rng):
    parameters = draw_parameters(LSTM, rng)
    first, second, third = (sample_streams(parameters, np.random.default_rng(3), 50, 4, "LSTM", top_k=top_k)
                            for top_k in (None, VOCABULARY, VOCABULARY + 1))
    assert np.array_equal(first, second)
    assert np.array_equal(first, third)


@each_unit
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_streams_have_the_stated_shape_repeat_themselves_and_leave_the_parameters_alone(unit, dtype, rng):
    parameters = draw_parameters(unit, rng, dtype)
    kept = {name: value.copy() for name, value in parameters.items()}
    first, second = (sample_streams(parameters, np.random.default_rng(9), 40, 3, unit.name) for _ in range(2))
    assert first.shape == (40, 3)
    assert first.dtype.kind == "i"
    assert np.array_equal(first, second)
    assert all(np.array_equal(parameters[name], value) for name, value in kept.items())

"""What is predicted is what happens."""

import numpy as np
import pytest

from solutions import (
    gradient_norms_through_time,
    initialize_parameters,
    predict_gradient_flow,
    rnn_backward,
    rnn_forward,
)

T_X, N_A = 60, 7


def experiment(radius, state, rng):
    """Run the network of the exercise: it rests in a state; return gradient and caches of a loss at the end."""
    rotation, _ = np.linalg.qr(rng.standard_normal((N_A, N_A)))
    rest = np.full((N_A, 1), state)
    parameters = initialize_parameters(2, N_A, 1, rng) | {
        "Waa": radius * rotation, "ba": np.arctanh(rest) - radius * rotation @ rest}
    a, _, caches = rnn_forward(np.zeros((T_X, 2, 1)), rest, parameters)
    assert np.allclose(a, state)
    da = np.zeros((T_X, N_A, 1))
    da[-1] = 1 / np.sqrt(N_A)
    return da, caches


@pytest.mark.parametrize(("key", "radius", "state"), [
    ("radius 0.9", 0.9, 0.0), ("radius 1.1", 1.1, 0.0), ("radius 1.1, slope 0.5", 1.1, np.sqrt(0.5))])
def test_the_numbers_are_those_of_the_experiment(key, radius, state, rng):
    norms = gradient_norms_through_time(*experiment(radius, state, rng))
    assert norms[-1] == pytest.approx(1)
    assert norms[-51] == pytest.approx(predict_gradient_flow()[key], rel=1e-6)


def test_the_last_steps_make_the_gradient_of_the_shared_weights(rng):
    da, (a, a0, x, parameters) = experiment(1.1, np.sqrt(0.5), rng)
    whole = rnn_backward(da, (a, a0, x, parameters))["dWaa"]
    last = rnn_backward(da[-10:], (a[-10:], a[-11], x[-10:], parameters))["dWaa"]
    assert np.linalg.norm(whole - last) < 0.01 * np.linalg.norm(whole)
    assert predict_gradient_flow()["dWaa"] == "last steps"

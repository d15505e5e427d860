import numpy as np
import pytest

from solutions import adam_step, clip_by_norm, initialize_adam, sgd_step


def test_gradient_descent_has_the_values_that_one_computes_by_hand():
    new = sgd_step({"W": np.array([[1.0, 2.0]])}, {"dW": np.array([[10.0, -20.0]])}, 0.1)
    assert np.allclose(new["W"], [[0.0, 4.0]], rtol=1e-15)


def test_the_first_step_of_adam_has_the_size_of_the_learning_rate():
    parameters = {"W": np.array([[1.0, 2.0, 3.0]])}
    new, state = adam_step(parameters, {"dW": np.array([[4.0, -0.001, 0.0]])}, initialize_adam(parameters), 0.1)
    assert np.allclose(new["W"], [[0.9, 2.1, 3.0]], rtol=1e-5)
    assert state["t"] == 1


def test_the_second_step_of_adam_has_the_values_that_one_computes_by_hand():
    parameters = {"W": np.array([[0.0]])}
    parameters, state = adam_step(parameters, {"dW": np.array([[1.0]])}, initialize_adam(parameters), 1.0)
    parameters, state = adam_step(parameters, {"dW": np.array([[3.0]])}, state, 1.0)
    # mean: (0.09 + 0.3) / 0.19; square: (0.000999 + 0.009) / 0.001999
    mean, square = 0.39 / 0.19, 0.009999 / 0.001999
    assert np.allclose(parameters["W"], -1 / (1 + 1e-8) - mean / (np.sqrt(square) + 1e-8), rtol=1e-12)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_steps_go_down_a_bowl_to_its_bottom(optimizer):
    parameters = {"W": np.array([[5.0, -3.0]]), "b": np.array([[2.0]])}
    state = initialize_adam(parameters)
    for _ in range(600):
        gradients = {"d" + name: 2 * value for name, value in parameters.items()}
        if optimizer == "sgd":
            parameters = sgd_step(parameters, gradients, 0.05)
        else:
            parameters, state = adam_step(parameters, gradients, state, 0.05)
    assert all(np.abs(value).max() < 1e-3 for value in parameters.values())


def test_clipping_scales_all_gradients_together_to_the_largest_norm():
    clipped = clip_by_norm({"dW": np.array([[3.0, 0.0]]), "db": np.array([[-4.0]])}, 1.0)
    assert np.allclose(clipped["dW"], [[0.6, 0.0]], rtol=1e-15)
    assert np.allclose(clipped["db"], [[-0.8]], rtol=1e-15)


def test_short_gradients_and_zeros_are_not_scaled():
    gradients = {"dW": np.array([[3.0, 0.0]]), "db": np.array([[-4.0]])}
    assert all(np.array_equal(clip_by_norm(gradients, 5.0)[name], gradients[name]) for name in gradients)
    assert not clip_by_norm({"dW": np.zeros((2, 3))}, 1.0)["dW"].any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_steps_keep_the_dtype_and_leave_their_arguments_alone(dtype, rng):
    parameters = {"W": rng.standard_normal((2, 3)).astype(dtype)}
    gradients = {"dW": 100 * rng.standard_normal((2, 3)).astype(dtype)}
    state = initialize_adam(parameters)
    kept = parameters["W"].copy(), gradients["dW"].copy()
    assert sgd_step(parameters, gradients, 0.1)["W"].dtype == dtype
    assert clip_by_norm(gradients, 1.0)["dW"].dtype == dtype
    new, new_state = adam_step(parameters, gradients, state, 0.1)
    assert new["W"].dtype == new_state["mean"]["W"].dtype == new_state["square"]["W"].dtype == dtype
    assert np.array_equal(parameters["W"], kept[0])
    assert np.array_equal(gradients["dW"], kept[1])
    assert state["t"] == 0
    assert not state["mean"]["W"].any()

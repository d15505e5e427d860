import numpy as np
import pytest
from small_network import N_A, N_X, N_Y, T_X, M, draw_parameters

from solutions import (
    complex_step_gradients,
    gradient_check,
    output_backward,
    rnn_backward,
    rnn_cell_backward,
    rnn_cell_forward,
    rnn_forward,
    sequence_loss,
    sigmoid,
    softmax_loss,
)

NUMERICAL, EXACT = 1e-7, 1e-12


def relative_error(found, wanted):
    """Compare all the entries of two dictionaries of arrays together."""
    difference = sum(np.sum((found[name] - wanted[name]) ** 2) for name in wanted)
    size = sum(np.sum(wanted[name] ** 2) for name in wanted)
    return np.sqrt(difference / size)


def test_a_cell_backward_has_the_values_that_one_computes_by_hand():
    parameters = {"Wax": np.array([[2.0, 3.0]]), "Waa": np.array([[5.0]]), "Wya": np.array([[1.0]]),
                  "ba": np.array([[0.0]]), "by": np.array([[0.0]])}
    # m = 3; the states are 0.5, 0 and -0.5, so 1 - a^2 is 0.75, 1 and 0.75.
    a_next, a_prev = np.array([[0.5, 0.0, -0.5]]), np.array([[0.1, 0.2, 0.3]])
    xt = np.array([[1.0, 2.0, 3.0], [-1.0, 0.0, 1.0]])
    gradients = rnn_cell_backward(np.array([[4.0, 1.0, 8.0]]), (a_next, a_prev, xt, parameters))
    # dz = 3, 1, 6
    assert np.allclose(gradients["dxt"], [[6, 2, 12], [9, 3, 18]])
    assert np.allclose(gradients["da_prev"], [[15, 5, 30]])
    assert np.allclose(gradients["dWax"], [[3 + 2 + 18, -3 + 0 + 6]])
    assert np.allclose(gradients["dWaa"], [[0.3 + 0.2 + 1.8]])
    assert np.allclose(gradients["dba"], [[10]])


def test_two_steps_back_have_the_values_that_one_computes_by_hand():
    parameters = {"Wax": np.array([[2.0]]), "Waa": np.array([[0.5]]), "Wya": np.array([[1.0]]),
                  "ba": np.array([[0.0]]), "by": np.array([[0.0]])}
    a, a0, x = np.array([[[0.5]], [[0.0]]]), np.array([[0.4]]), np.array([[[3.0]], [[7.0]]])
    gradients = rnn_backward(np.array([[[1.0]], [[6.0]]]), (a, a0, x, parameters))
    # dz<2> = (1 - 0) * 6 = 6; dz<1> = (1 - 0.25) * (1 + 0.5 * 6) = 3
    assert np.allclose(gradients["dx"].ravel(), [6, 12])
    assert np.allclose(gradients["da0"], [[1.5]])
    assert np.allclose(gradients["dWax"], [[3 * 3 + 6 * 7]])
    assert np.allclose(gradients["dWaa"], [[3 * 0.4 + 6 * 0.5]])
    assert np.allclose(gradients["dba"], [[9]])


def test_the_output_layer_backward_has_the_values_that_one_computes_by_hand():
    # T_y = 1, n_y = 2, m = 2, n_a = 1
    y_pred, y = np.array([[[0.75, 0.5], [0.25, 0.5]]]), np.array([[[1.0, 0.0], [0.0, 1.0]]])
    gradients = output_backward(y_pred, y, np.array([[[2.0, 4.0]]]), {"Wya": np.array([[3.0], [1.0]])})
    # dz = (y_pred - y) / 2 = [[-1/8, 1/4], [1/8, -1/4]]
    assert np.allclose(gradients["da"], [[[-2 / 8, 2 / 4]]])
    assert np.allclose(gradients["dWya"], [[-2 / 8 + 1], [2 / 8 - 1]])
    assert np.allclose(gradients["dby"], [[1 / 8], [-1 / 8]])


def test_a_cell_backward_agrees_with_nudged_inputs(rng, x, a0, parameters):
    upstream = rng.standard_normal((N_A, M))
    point = {"xt": x[0], "a_prev": a0, **{name: parameters[name] for name in ("Wax", "Waa", "ba")}}

    def loss(point):
        a_next = rnn_cell_forward(point["xt"], point["a_prev"], {**parameters, **point})[0]
        return np.sum(a_next * upstream).item()

    gradients = rnn_cell_backward(upstream, rnn_cell_forward(x[0], a0, parameters)[2])
    assert gradient_check(loss, point, gradients) < NUMERICAL
    assert relative_error(gradients, complex_step_gradients(loss, point)) < EXACT


@pytest.mark.parametrize(("n_steps", "m"), [(T_X, M), (1, M), (T_X, 1), (1, 1)])
def test_backpropagation_through_time_agrees_with_nudged_inputs(n_steps, m, rng, x, y, a0, parameters):
    x, y, a0 = x[:n_steps, :, :m], y[:n_steps, :, :m], a0[:, :m]

    def loss(point):
        return softmax_loss(rnn_forward(point["x"], point["a0"], point)[1], y)

    a, y_pred, caches = rnn_forward(x, a0, parameters)
    from_output = output_backward(y_pred, y, a, parameters)
    gradients = {**from_output, **rnn_backward(from_output["da"], caches)}
    point = {"x": x, "a0": a0, **parameters}
    assert gradient_check(loss, point, gradients) < NUMERICAL
    assert relative_error(gradients, complex_step_gradients(loss, point)) < EXACT


def test_the_output_layer_agrees_with_nudged_inputs_for_a_sigmoid_and_the_loss_of_the_notes(rng, parameters):
    a = np.tanh(rng.standard_normal((T_X, N_A, M)))
    y = rng.integers(0, 2, (T_X, N_Y, M)).astype(float)

    def predict(point):
        return sigmoid(point["Wya"] @ point["a"] + point["by"])

    point = {"a": a, "Wya": parameters["Wya"], "by": parameters["by"]}
    gradients = output_backward(predict(point), y, a, parameters)
    assert gradient_check(lambda point: sequence_loss(predict(point), y), point, gradients) < NUMERICAL
    exact = complex_step_gradients(lambda point: sequence_loss(predict(point), y), point)
    assert relative_error(gradients, exact) < EXACT


def test_the_way_back_is_the_cell_backward_step_after_step(rng, x, a0, parameters):
    a, _, caches = rnn_forward(x, a0, parameters)
    da = rng.standard_normal(a.shape)
    summed = {"dWax": 0, "dWaa": 0, "dba": 0}
    da_prev, dx = np.zeros_like(a0), np.empty_like(x)
    for t in reversed(range(T_X)):
        cache = (a[t], a[t - 1] if t > 0 else a0, x[t], parameters)
        step = rnn_cell_backward(da[t] + da_prev, cache)
        da_prev, dx[t] = step["da_prev"], step["dxt"]
        summed = {name: summed[name] + step[name] for name in summed}
    gradients = rnn_backward(da, caches)
    assert relative_error(gradients, {**summed, "dx": dx, "da0": da_prev}) < 1e-14


def test_a_loss_at_one_step_sends_no_gradient_into_the_steps_behind_it(rng, x, a0, parameters):
    _, _, caches = rnn_forward(x, a0, parameters)
    da = np.zeros((T_X, N_A, M))
    da[2] = rng.standard_normal((N_A, M))
    dx = rnn_backward(da, caches)["dx"]
    assert not dx[3:].any()
    assert np.all(np.abs(dx[:3]).max(axis=(1, 2)) > 0)


def test_the_way_back_is_linear_in_the_gradient_that_comes_in(rng, x, a0, parameters):
    _, _, caches = rnn_forward(x, a0, parameters)
    first, second = rng.standard_normal((2, T_X, N_A, M))
    parts = rnn_backward(first, caches), rnn_backward(second, caches)
    both = rnn_backward(2 * first - 3 * second, caches)
    assert relative_error(both, {name: 2 * parts[0][name] - 3 * parts[1][name] for name in both}) < 1e-13


def test_gradients_have_the_stated_names_and_shapes(x, y, a0, parameters):
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    from_output = output_backward(y_pred, y, a, parameters)
    assert {name: value.shape for name, value in from_output.items()} == {
        "da": (T_X, N_A, M), "dWya": (N_Y, N_A), "dby": (N_Y, 1)}
    assert {name: value.shape for name, value in rnn_backward(a, caches).items()} == {
        "dx": (T_X, N_X, M), "da0": (N_A, M), "dWax": (N_A, N_X), "dWaa": (N_A, N_A), "dba": (N_A, 1)}
    cache = rnn_cell_forward(x[0], a0, parameters)[2]
    assert {name: value.shape for name, value in rnn_cell_backward(a0, cache).items()} == {
        "dxt": (N_X, M), "da_prev": (N_A, M), "dWax": (N_A, N_X), "dWaa": (N_A, N_A), "dba": (N_A, 1)}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_way_back_keeps_the_dtype(dtype, rng, x, y, a0):
    parameters = draw_parameters(rng, dtype=dtype)
    a, y_pred, caches = rnn_forward(x.astype(dtype), a0.astype(dtype), parameters)
    from_output = output_backward(y_pred, y.astype(dtype), a, parameters)
    cache = rnn_cell_forward(x[0].astype(dtype), a0.astype(dtype), parameters)[2]
    for gradients in (from_output, rnn_backward(from_output["da"], caches), rnn_cell_backward(a[0], cache)):
        assert all(value.dtype == dtype for value in gradients.values())


def test_the_way_back_leaves_its_arguments_alone_and_repeats_itself(rng, x, a0, parameters):
    a, _, caches = rnn_forward(x, a0, parameters)
    da = rng.standard_normal(a.shape)
    kept = [value.copy() for value in (da, a, a0, x, *parameters.values())]
    first, second = rnn_backward(da, caches), rnn_backward(da, caches)
    assert all(np.array_equal(first[name], second[name]) for name in first)
    for value, before in zip((da, a, a0, x, *parameters.values()), kept, strict=True):
        assert np.array_equal(value, before)

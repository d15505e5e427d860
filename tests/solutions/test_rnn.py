import numpy as np
import pytest
from small_network import N_A, N_X, N_Y, T_X, M, draw_parameters

from solutions import (
    count_parameters,
    initialize_parameters,
    rnn_cell_forward,
    rnn_forward,
    stack_parameters,
)

# n_x = 2, n_a = 1, n_y = 2: small enough to compute on paper.
SMALL = {
    "Wax": np.array([[0.5, -1.0]]),
    "Waa": np.array([[2.0]]),
    "Wya": np.array([[1.0], [-1.0]]),
    "ba": np.array([[0.25]]),
    "by": np.array([[0.0], [0.5]]),
}


def test_a_cell_has_the_values_that_one_computes_by_hand():
    xt, a_prev = np.array([[1.0], [2.0]]), np.array([[0.75]])
    a_next, yt_pred, _ = rnn_cell_forward(xt, a_prev, SMALL)
    # 2 * 0.75 + (0.5 * 1 - 1 * 2) + 0.25 = 0.25, and tanh(0.25) = 0.24491866240370913
    assert np.allclose(a_next, [[0.24491866240370913]], rtol=1e-15)
    # The scores are 0.2449... and 0.2550...; the first class gets 1 / (1 + e^{0.0101626751925817})
    assert np.allclose(yt_pred, [[0.49745935306769134], [0.50254064693230866]], rtol=1e-14)


def test_a_sequence_has_the_states_that_one_computes_by_hand():
    x = np.array([[[1.0], [0.0]], [[0.0], [1.0]]])
    a, _, _ = rnn_forward(x, np.array([[0.0]]), SMALL)
    # a<1> = tanh(0.5 + 0.25), a<2> = tanh(2 a<1> - 1 + 0.25)
    first = 0.63514895238728730
    assert np.allclose(a[0], first, rtol=1e-15)
    assert np.allclose(a[1], np.tanh(2 * first - 0.75), rtol=1e-15)


def test_a_cell_gives_states_predictions_and_a_cache_in_the_stated_order(x, a0, parameters):
    a_next, yt_pred, cache = rnn_cell_forward(x[0], a0, parameters)
    assert a_next.shape == (N_A, M)
    assert yt_pred.shape == (N_Y, M)
    assert cache[0] is a_next
    assert cache[1] is a0
    assert cache[2].base is x
    assert cache[3] is parameters


def test_a_sequence_gives_states_predictions_and_caches_in_the_stated_order(x, a0, parameters):
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    assert a.shape == (T_X, N_A, M)
    assert y_pred.shape == (T_X, N_Y, M)
    assert caches[0] is a
    assert caches[1] is a0
    assert caches[2] is x
    assert caches[3] is parameters


def test_a_sequence_is_the_cell_step_after_step(x, a0, parameters):
    a, y_pred, _ = rnn_forward(x, a0, parameters)
    a_prev = a0
    for t in range(T_X):
        a_prev, yt_pred, _ = rnn_cell_forward(x[t], a_prev, parameters)
        assert np.allclose(a[t], a_prev, rtol=0, atol=1e-15)
        assert np.allclose(y_pred[t], yt_pred, rtol=0, atol=1e-15)


def test_a_state_depends_on_the_past_and_never_on_the_future(x, a0, parameters):
    a, _, _ = rnn_forward(x, a0, parameters)
    changed = x.copy()
    changed[3] += 1
    b, _, _ = rnn_forward(changed, a0, parameters)
    assert np.array_equal(b[:3], a[:3])
    assert np.all(np.abs(b[3:] - a[3:]).max(axis=(1, 2)) > 0)


def test_integer_inputs_are_not_cut_to_integers(parameters):
    ones = np.ones((T_X, N_X, M), dtype=np.int64)
    zeros = np.zeros((N_A, M), dtype=np.int64)
    whole = {name: np.ones(value.shape, dtype=np.int64) for name, value in parameters.items()}
    a, _, _ = rnn_forward(ones, zeros, whole)
    assert np.allclose(a[0], np.tanh(4.0))
    assert a.dtype == np.float64


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
def test_the_way_forward_keeps_the_dtype(dtype, rng, x, a0):
    parameters = draw_parameters(rng, dtype=dtype)
    for result in (*rnn_cell_forward(x[0].astype(dtype), a0.astype(dtype), parameters)[:2],
                   *rnn_forward(x.astype(dtype), a0.astype(dtype), parameters)[:2]):
        assert result.dtype == dtype


def test_the_way_forward_leaves_its_arguments_alone(x, a0, parameters):
    kept = x.copy(), a0.copy(), {name: value.copy() for name, value in parameters.items()}
    rnn_forward(x, a0, parameters)
    rnn_cell_forward(x[1], a0, parameters)
    assert np.array_equal(x, kept[0])
    assert np.array_equal(a0, kept[1])
    assert all(np.array_equal(parameters[name], kept[2][name]) for name in parameters)


def test_the_way_forward_allows_more_entries_among_the_parameters(x, a0, parameters):
    more = {**parameters, "note": "trained on Tuesday"}
    assert np.array_equal(rnn_forward(x, a0, more)[0], rnn_forward(x, a0, parameters)[0])


def test_the_arguments_may_be_given_by_name_in_any_order(x, a0, parameters):
    by_name = rnn_forward(parameters=parameters, a0=a0, x=x)
    assert np.array_equal(by_name[0], rnn_forward(x, a0, parameters)[0])


def test_arrays_that_are_not_contiguous_give_the_same_result(x, a0, parameters):
    # A learner who has time last writes np.moveaxis(x, -1, 0), which is a view with other strides.
    time_last = np.ascontiguousarray(np.moveaxis(x, 0, -1))
    a, _, _ = rnn_forward(np.moveaxis(time_last, -1, 0), a0, parameters)
    assert np.allclose(a, rnn_forward(x, a0, parameters)[0], rtol=0, atol=1e-15)


def test_stacked_weights_hold_waa_on_the_left_and_wax_on_the_right(parameters):
    Wa = stack_parameters(parameters)
    assert Wa.shape == (N_A, N_A + N_X)
    assert np.array_equal(Wa[:, :N_A], parameters["Waa"])
    assert np.array_equal(Wa[:, N_A:], parameters["Wax"])


def test_the_stacked_form_equals_the_separate_form(x, a0, parameters):
    stacked = stack_parameters(parameters) @ np.concatenate([a0, x[0]]) + parameters["ba"]
    assert np.allclose(np.tanh(stacked), rnn_cell_forward(x[0], a0, parameters)[0], rtol=0, atol=1e-15)


def test_the_example_of_the_notes_stacks_to_100_by_1100(rng):
    assert stack_parameters(initialize_parameters(1000, 100, 1, rng)).shape == (100, 1100)


def test_stacking_makes_a_new_array(parameters):
    assert not np.shares_memory(stack_parameters(parameters), parameters["Waa"])


def test_the_count_is_the_number_of_entries_of_the_parameters(parameters):
    assert count_parameters(N_X, N_A, N_Y) == sum(value.size for value in parameters.values()) == 69


def test_the_count_of_the_example_of_the_notes():
    # 100 * 1000 + 100 * 100 + 1 * 100 + 100 + 1
    assert count_parameters(1000, 100, 1) == 110201
    assert type(count_parameters(1000, 100, 1)) is int


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_first_parameters_have_the_stated_shapes_and_dtype_and_zero_biases(dtype, rng):
    parameters = initialize_parameters(N_X, N_A, N_Y, rng, dtype)
    assert {name: value.shape for name, value in parameters.items()} == {
        "Wax": (N_A, N_X), "Waa": (N_A, N_A), "Wya": (N_Y, N_A), "ba": (N_A, 1), "by": (N_Y, 1)}
    assert all(value.dtype == dtype for value in parameters.values())
    assert not parameters["ba"].any()
    assert not parameters["by"].any()


def test_first_weights_are_spread_so_that_the_scores_have_variance_one(rng):
    parameters = initialize_parameters(400, 300, 200, rng)
    for name in ("Wax", "Waa", "Wya"):
        assert np.var(parameters[name]) * parameters[name].shape[1] == pytest.approx(1, abs=0.05)


def test_the_same_generator_state_draws_the_same_parameters():
    first, second = (initialize_parameters(3, 5, 4, np.random.default_rng(7)) for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)

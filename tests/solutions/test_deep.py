import numpy as np
import pytest
from networks import CELLS, N_A, N_X, N_Y, T_X, M, deep_rnn, draw_state, shake
from recurrent_units import close

from solutions import (
    GRU,
    LSTM,
    RNN,
    bidirectional_cell,
    count_deep_parameters,
    count_parameters,
    deep_cell,
    deep_rnn_backward,
    deep_rnn_forward,
    deep_rnn_step,
    initialize_network,
    labelled,
    output_backward,
    part,
    rnn_backward,
    rnn_forward,
)

each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
BLOCKS = {"RNN": 1, "simplified GRU": 2, "GRU": 3, "LSTM": 4}


def draw_layers(cell, sizes, rng):
    """Draw parameters and first states of layers that differ in size."""
    parameters, a0, n_below = {}, [], N_X
    for layer, n_a in enumerate(sizes, start=1):
        drawn = shake(cell.initialize(n_below, n_a, rng), rng)
        parameters |= labelled(drawn, layer)
        a0.append(draw_state(cell.zero_state(drawn, M), rng))
        n_below = n_a
    return {**parameters, "Wya": rng.standard_normal((N_Y, n_below)), "by": rng.standard_normal((N_Y, 1))}, a0


def test_one_layer_is_the_plain_network(rng):
    parameters, a0, x, y = deep_rnn(RNN, 1).draw(rng)
    plain = {**part(parameters, 1), "Wya": parameters["Wya"], "by": parameters["by"]}
    a, y_pred, caches = deep_rnn_forward(x, a0, parameters)
    states, predictions, plain_caches = rnn_forward(x, a0[0], plain)
    assert len(a) == 1
    assert np.array_equal(a[0], states)
    assert np.array_equal(y_pred, predictions)
    da = output_backward(y_pred, y, states, plain)["da"]
    gradients, wanted = deep_rnn_backward(da, caches), rnn_backward(da, plain_caches)
    assert np.array_equal(gradients["da0"][0], wanted["da0"])
    assert np.array_equal(gradients["dx"], wanted["dx"])
    assert all(np.array_equal(gradients[f"d{name}[1]"], wanted[f"d{name}"]) for name in ("Wax", "Waa", "ba"))


@each_cell
def test_a_layer_reads_the_states_of_the_one_below(cell, rng):
    x, (parameters, a0) = rng.standard_normal((T_X, N_X, M)), draw_layers(cell, (5, 4, 6), rng)
    a, y_pred, caches = deep_rnn_forward(x, a0, parameters, cell)
    assert [states.shape for states in a] == [(T_X, n_a, M) for n_a in (5, 4, 6)]
    below = x
    for layer in (1, 2, 3):
        below, last_state, _ = cell.forward(below, a0[layer - 1], part(parameters, layer))
        assert np.array_equal(a[layer - 1], below)
        assert np.array_equal(caches[1][layer - 1], last_state)
    assert y_pred.shape == (T_X, N_Y, M)


@each_cell
def test_the_gradient_of_a_layer_s_input_is_that_of_the_states_below(cell, rng):
    x, (parameters, a0) = rng.standard_normal((T_X, N_X, M)), draw_layers(cell, (5, 4), rng)
    a, _, caches = deep_rnn_forward(x, a0, parameters, cell)
    da = rng.standard_normal(a[-1].shape)
    gradients = deep_rnn_backward(da, caches)
    top = cell.backward(da, caches[0][1])
    below = cell.backward(top["dx"], caches[0][0])
    assert np.array_equal(gradients["dx"], below["dx"])
    assert all(np.array_equal(gradients[f"d{name}[1]"], below[f"d{name}"]) for name in part(parameters, 1))


def test_step_by_step_the_network_does_what_it_does_layer_by_layer(rng):
    x, (parameters, a0) = rng.standard_normal((T_X, N_X, M)), draw_layers(RNN, (5, 4, 6), rng)
    a, y_pred, _ = deep_rnn_forward(x, a0, parameters)
    states = a0
    for t in range(T_X):
        states, yt_pred = deep_rnn_step(x[t], states, parameters)
        assert all(close(states[layer], a[layer][t]) for layer in range(3))
        assert close(yt_pred, y_pred[t])


def test_a_step_through_two_layers_has_the_values_that_one_computes_by_hand():
    one, zero = np.ones((1, 1)), np.zeros((1, 1))
    parameters = {"Wax[1]": one, "Waa[1]": 2 * one, "ba[1]": 0.1 * one, "Wax[2]": 3 * one, "Waa[2]": -one,
                  "ba[2]": zero, "Wya": np.array([[1.0], [0.0]]), "by": np.zeros((2, 1))}
    (low, high), y = deep_rnn_step(0.2 * one, [0.3 * one, 0.4 * one], parameters)
    wanted_low = np.tanh(2 * 0.3 + 0.2 + 0.1)
    wanted_high = np.tanh(3 * wanted_low - 0.4)
    assert close(low, wanted_low * one)
    assert close(high, wanted_high * one)
    assert close(y[0], 1 / (1 + np.exp(-wanted_high)) * np.ones(1))


@each_cell
def test_a_deep_cell_is_the_deep_network(cell, rng):
    parameters, a0, x, _ = deep_rnn(cell, 3).draw(rng)
    a, _, caches = deep_rnn_forward(x, a0, parameters, cell)
    states, last_states, more = deep_cell(cell, 3).forward(x, a0, parameters)
    assert np.array_equal(states, a[-1])
    assert np.array_equal(last_states, caches[1])
    da = rng.standard_normal(states.shape)
    first, second = deep_rnn_backward(da, caches), deep_cell(cell, 3).backward(da, more)
    assert np.array_equal(first["dx"], second["dx"])


def test_a_sequence_can_be_stopped_and_carried_on(rng):
    parameters, a0, x, _ = deep_rnn(LSTM).draw(rng)
    cell = deep_cell(LSTM, 2)
    whole, _, _ = cell.forward(x, a0, parameters)
    before, state, _ = cell.forward(x[:2], a0, parameters)
    behind, _, _ = cell.forward(x[2:], state, parameters)
    assert close(np.concatenate([before, behind]), whole)


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("n_layers", [1, 2, 3])
def test_the_count_is_the_number_of_entries(name, n_layers):
    parameters = initialize_network(deep_cell(CELLS[name], n_layers), N_X, N_A, N_Y, np.random.default_rng(0))
    entries = sum(value.size for value in parameters.values())
    assert count_deep_parameters(N_X, [N_A] * n_layers, N_Y, BLOCKS[name]) == entries


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("n_layers", [1, 3])
def test_the_count_is_the_number_of_entries_in_both_directions(name, n_layers):
    cell = deep_cell(bidirectional_cell(CELLS[name]), n_layers)
    parameters = initialize_network(cell, N_X, N_A, N_Y, np.random.default_rng(0))
    entries = sum(value.size for value in parameters.values())
    assert count_deep_parameters(N_X, [N_A] * n_layers, N_Y, BLOCKS[name], directions=2) == entries


def test_the_count_has_the_values_that_one_computes_by_hand():
    assert count_deep_parameters(3, [5], 4) == count_parameters(3, 5, 4) == 15 + 25 + 20 + 5 + 4
    # 5 * (5 + 3) + 5, then 2 * (2 + 5) + 2, then 4 * 2 + 4
    assert count_deep_parameters(3, (5, 2), 4) == 45 + 16 + 12
    assert count_deep_parameters(1000, [100, 100, 100], 2, 4) == 4 * (110_100 + 2 * 20_100) + 202


def test_first_parameters_of_every_layer_are_drawn_anew_with_the_sizes_of_their_inputs():
    cell = deep_cell(bidirectional_cell(GRU), 2)
    parameters = initialize_network(cell, N_X, N_A, N_Y, np.random.default_rng(0), np.float32)
    assert parameters["Wc[forward][1]"].shape == (N_A, N_A + N_X)
    assert parameters["Wc[forward][2]"].shape == (N_A, N_A + 2 * N_A)
    assert parameters["Wya"].shape == (N_Y, 2 * N_A)
    assert {value.dtype for value in parameters.values()} == {np.dtype(np.float32)}
    assert not np.array_equal(parameters["Wc[forward][2]"], parameters["Wc[backward][2]"])

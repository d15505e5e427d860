import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import CELLS, LENGTHS, N_A, N_X, N_Y, T_X, M, birnn, draw_state, shake
from recurrent_units import close, relative_error

from solutions import (
    LSTM,
    RNN,
    bidirectional_cell,
    birnn_backward,
    birnn_forward,
    birnn_summary,
    labelled,
    many_to_many_backward,
    many_to_many_forward,
    part,
    reverse_sequence,
    rnn_backward,
    rnn_forward,
)

each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)


def mirrored(parameters):
    """Give the second direction the parameters of the first."""
    return {**parameters, **labelled(part(parameters, "forward"), "backward")}


@settings(deadline=None)
@given(st.data())
def test_a_sequence_is_turned_round_up_to_its_length_and_not_behind(data):
    T_x, n_x, m = (data.draw(st.integers(1, 7)) for _ in range(3))
    lengths = np.array(data.draw(st.lists(st.integers(1, T_x), min_size=m, max_size=m)))
    x = np.arange(T_x * n_x * m).reshape(T_x, n_x, m)
    turned = reverse_sequence(x, lengths)
    for i, length in enumerate(lengths):
        assert np.array_equal(turned[:length, :, i], x[:length, :, i][::-1])
        assert np.array_equal(turned[length:, :, i], x[length:, :, i])
    assert np.array_equal(reverse_sequence(turned, lengths), x)


def test_without_lengths_the_whole_sequence_is_turned_round_into_a_new_array():
    x = np.arange(24.0).reshape(4, 3, 2)
    turned = reverse_sequence(x)
    assert np.array_equal(turned, x[::-1])
    assert not np.shares_memory(turned, x)
    assert turned.flags.c_contiguous


@each_cell
def test_over_a_palindrome_both_directions_see_the_same(cell, rng):
    parameters, (a0, _), x, _ = birnn(cell).draw(rng)
    palindrome = np.concatenate([x, x[::-1]])
    a, y_pred, _ = birnn_forward(palindrome, (a0, a0), mirrored(parameters), cell)
    assert close(a[:, :N_A], a[::-1, N_A:])
    same = np.hstack([parameters["Wya"][:, :N_A], parameters["Wya"][:, :N_A]])
    _, y_pred, _ = birnn_forward(palindrome, (a0, a0), {**mirrored(parameters), "Wya": same}, cell)
    assert close(y_pred, y_pred[::-1])


@each_cell
def test_each_direction_is_its_cell_over_the_sequence_and_over_the_turned_one(cell, rng):
    parameters, a0, x, _ = birnn(cell).draw(rng)
    a, _, _ = birnn_forward(x, a0, parameters, cell)
    assert np.array_equal(a[:, :N_A], cell.forward(x, a0[0], part(parameters, "forward"))[0])
    assert np.array_equal(a[::-1, N_A:], cell.forward(x[::-1].copy(), a0[1], part(parameters, "backward"))[0])


def test_the_basic_network_in_both_directions_is_rnn_forward_twice(rng):
    parameters, a0, x, _ = birnn(RNN).draw(rng)
    any_output = {"Wya": np.ones((2, N_A)), "by": np.zeros((2, 1))}
    a, _, caches = birnn_forward(x, a0, parameters)
    from_left = rnn_forward(x, a0[0], {**part(parameters, "forward"), **any_output})
    from_right = rnn_forward(x[::-1].copy(), a0[1], {**part(parameters, "backward"), **any_output})
    assert close(a, np.concatenate([from_left[0], from_right[0][::-1]], axis=1))
    da = rng.standard_normal(a.shape)
    left, right = rnn_backward(da[:, :N_A], from_left[2]), rnn_backward(da[::-1, N_A:], from_right[2])
    gradients = birnn_backward(da, caches)
    assert close(gradients["dx"], left["dx"] + right["dx"][::-1])
    assert close(gradients["da0"][1], right["da0"])
    assert close(gradients["dWaa[backward]"], right["dWaa"])


@each_cell
def test_a_word_changes_predictions_before_it_and_behind_it(cell, rng):
    parameters, a0, x, _ = birnn(cell).draw(rng)
    changed = x.copy()
    changed[3] += 1
    first, second = (birnn_forward(inputs, a0, parameters, cell)[1] for inputs in (x, changed))
    assert np.all(np.abs(first - second).max(axis=(1, 2)) > 0)


@each_cell
def test_what_stands_in_the_padding_changes_nothing(cell, rng):
    parameters, a0, x, _ = birnn(cell).draw(rng)
    padding = (np.arange(T_X)[:, np.newaxis] >= LENGTHS)[:, np.newaxis]
    first, second = (birnn_forward(inputs, a0, parameters, cell, LENGTHS)[1]
                     for inputs in (x, np.where(padding, 1e3, x)))
    assert close(first * ~padding, second * ~padding)


@each_cell
def test_a_padded_sequence_is_read_as_the_short_one(cell, rng):
    parameters, a0, x, _ = birnn(cell).draw(rng)
    a, y_pred, caches = birnn_forward(x, a0, parameters, cell, LENGTHS)
    da = rng.standard_normal(a.shape) * (np.arange(T_X)[:, np.newaxis] < LENGTHS)[:, np.newaxis]
    gradients, summed = birnn_backward(da, caches), {}

    def column(state, i):
        return state[:, i:i + 1] if isinstance(state, np.ndarray) else tuple(column(inner, i) for inner in state)

    for i, length in enumerate(LENGTHS):
        one = slice(i, i + 1)
        _, predicted, short = birnn_forward(x[:length, :, one], column(a0, i), parameters, cell)
        assert close(y_pred[:length, :, one], predicted)
        own = birnn_backward(da[:length, :, one], short)
        assert close(gradients["dx"][:length, :, one], own["dx"])
        summed = {name: summed.get(name, 0) + value for name, value in own.items() if name not in ("dx", "da0")}
    assert relative_error(gradients, summed) < 1e-13


def test_the_summary_is_each_units_own_last_state(rng):
    parameters, a0, x, _ = birnn(RNN).draw(rng)
    for lengths in (None, LENGTHS):
        a, _, _ = birnn_forward(x, a0, parameters, RNN, lengths)
        summary = birnn_summary(a, lengths)
        assert summary.shape == (2 * N_A, M)
        for i, length in enumerate([T_X] * M if lengths is None else lengths):
            own, one = x[:length, :, i:i + 1], slice(i, i + 1)
            from_left, _, _ = RNN.forward(own, a0[0][:, one], part(parameters, "forward"))
            from_right, _, _ = RNN.forward(own[::-1].copy(), a0[1][:, one], part(parameters, "backward"))
            assert close(summary[:, one], np.concatenate([from_left[-1], from_right[-1]]))


def test_each_half_of_the_summary_has_read_the_whole_sequence(rng):
    parameters, a0, x, _ = birnn(LSTM).draw(rng)
    first = birnn_summary(birnn_forward(x, a0, parameters, LSTM)[0])
    for t in range(T_X):
        changed = x.copy()
        changed[t] += 1
        assert np.all(first != birnn_summary(birnn_forward(changed, a0, parameters, LSTM)[0]))


def test_a_bidirectional_cell_is_the_bidirectional_network(rng):
    parameters, a0, x, _ = birnn(LSTM, LENGTHS).draw(rng)
    cell = bidirectional_cell(LSTM, LENGTHS)
    a, y_pred, caches = birnn_forward(x, a0, parameters, LSTM, LENGTHS)
    predicted, more = many_to_many_forward(x, a0, parameters, cell)
    assert np.array_equal(predicted, y_pred)
    assert np.array_equal(more[0], a)
    dz = rng.standard_normal(y_pred.shape)
    gradients, wanted = many_to_many_backward(dz, more), birnn_backward(parameters["Wya"].T @ dz, caches)
    assert np.array_equal(gradients["dx"], wanted["dx"])
    with pytest.raises(ValueError, match="no last state"):
        cell.backward(a, caches, a0)


def test_two_directions_have_parameters_of_their_own():
    cell = bidirectional_cell(LSTM)
    parameters = cell.initialize(N_X, N_A, np.random.default_rng(0))
    assert set(part(parameters, "forward")) == set(part(parameters, "backward"))
    assert not np.array_equal(parameters["Wc[forward]"], parameters["Wc[backward]"])
    zero = cell.zero_state(parameters, M)
    assert [state.shape for pair in zero for state in pair] == [(N_A, M)] * 4
    parameters = shake({**parameters, "Wya": np.zeros((N_Y, 2 * N_A)), "by": np.zeros((N_Y, 1))},
                       np.random.default_rng(1))
    x = np.ones((T_X, N_X, M))
    assert birnn_forward(x, draw_state(zero, np.random.default_rng(2)), parameters, LSTM)[0].shape == (T_X, 2 * N_A, M)

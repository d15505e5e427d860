import numpy as np
import pytest
from networks import CELLS, N_X, N_Y, T_X, T_Y, M, encoder_decoder, many_to_many, many_to_one, one_to_many
from recurrent_units import GRU, LSTM, PEEPHOLE_LSTM, RNN, SIMPLIFIED_GRU, close

import solutions as s

UNITS = {unit.name: unit for unit in (RNN, SIMPLIFIED_GRU, GRU, LSTM, PEEPHOLE_LSTM)}
each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)


def as_dictionary(state):
    return dict(zip("ac", state if isinstance(state, tuple) else (state,), strict=False))


@each_cell
def test_many_to_many_is_the_sequence_function_of_the_unit(cell, rng):
    parameters, a0, x, _ = many_to_many(cell).draw(rng)
    unit = UNITS[cell.name]
    states, wanted, _ = unit.run(x, as_dictionary(a0), parameters)
    y_pred, caches = s.many_to_many_forward(x, a0, parameters, cell)
    assert close(y_pred, wanted)
    assert np.array_equal(caches[0], states["a"])


@each_cell
def test_many_to_one_is_the_last_prediction_of_many_to_many(cell, rng):
    parameters, a0, x, _ = many_to_one(cell).draw(rng)
    y_pred, caches = s.many_to_one_forward(x, a0, parameters, cell)
    all_predictions, all_caches = s.many_to_many_forward(x, a0, parameters, cell)
    assert close(y_pred, all_predictions[-1])
    dz = np.zeros_like(all_predictions)
    dz[-1] = rng.standard_normal(y_pred.shape)
    gradients, wanted = s.many_to_one_backward(dz[-1], caches), s.many_to_many_backward(dz, all_caches)
    assert all(close(gradients[name], wanted[name]) for name in wanted if name != "da0")


@each_cell
def test_one_to_many_feeds_each_prediction_to_the_next_step(cell, rng):
    parameters, a0, x, _ = one_to_many(cell).draw(rng)
    y_pred, _ = s.one_to_many_forward(x, a0, parameters, T_Y, cell)
    state, xt = as_dictionary(a0), x
    for t in range(T_Y):
        state, xt, _ = UNITS[cell.name].step(xt, state, parameters)
        assert close(y_pred[t], xt)


@each_cell
def test_one_to_many_of_one_step_is_the_cell(cell, rng):
    parameters, a0, x, _ = one_to_many(cell).draw(rng)
    y_pred, caches = s.one_to_many_forward(x, a0, parameters, 1, cell)
    wanted, plain = s.many_to_many_forward(x[np.newaxis], a0, parameters, cell)
    assert close(y_pred, wanted)
    gradients, expected = s.one_to_many_backward(y_pred, caches), s.many_to_many_backward(y_pred, plain)
    assert close(gradients["dx"], expected["dx"][0])
    assert all(close(gradients[f"d{name}"], expected[f"d{name}"]) for name in parameters)


def test_a_chosen_token_is_fed_in_place_of_the_prediction(rng):
    parameters, a0, x, _ = one_to_many(s.LSTM).draw(rng)
    fed = []

    def choose(yt_pred):
        fed.append(np.roll(np.eye(N_Y), len(fed), axis=0)[:, :M])
        return fed[-1]

    y_pred, _ = s.one_to_many_forward(x, a0, parameters, T_Y, s.LSTM, choose)
    wanted, _ = s.many_to_many_forward(np.array([x, *fed[:-1]]), a0, parameters, s.LSTM)
    assert close(y_pred, wanted)


def test_the_likeliest_token_is_a_one_hot_column_of_the_same_dtype():
    yt_pred = np.array([[0.2, 0.5, 0.1], [0.7, 0.1, 0.3], [0.1, 0.4, 0.6]], dtype=np.float32)
    chosen = s.likeliest(yt_pred)
    assert chosen.dtype == np.float32
    assert np.array_equal(chosen, [[0, 1, 0], [1, 0, 0], [0, 0, 1]])


@each_cell
def test_the_decoder_starts_from_the_last_state_of_the_encoder_and_reads_the_targets_one_step_late(cell, rng):
    parameters, a0, x, y = encoder_decoder(cell).draw(rng)
    y_pred, _ = s.encoder_decoder_forward(x, a0, parameters, T_Y, y, cell)
    _, state, _ = cell.forward(x, a0, s.part(parameters, "encoder"))
    late = np.concatenate([np.zeros((1, N_Y, M)), y[:-1]])
    assert close(y_pred, s.many_to_many_forward(late, state, s.part(parameters, "decoder"), cell)[0])


@each_cell
def test_a_decoder_that_runs_free_reads_its_own_predictions(cell, rng):
    parameters, a0, x, _ = encoder_decoder(cell, teacher=False).draw(rng)
    y_pred, _ = s.encoder_decoder_forward(x, a0, parameters, T_Y, cell=cell)
    _, state, _ = cell.forward(x, a0, s.part(parameters, "encoder"))
    wanted, _ = s.one_to_many_forward(np.zeros((N_Y, M)), state, s.part(parameters, "decoder"), T_Y, cell)
    assert np.array_equal(y_pred, wanted)


@each_cell
def test_a_teacher_who_says_what_the_decoder_chose_changes_nothing(cell, rng):
    parameters, a0, x, _ = encoder_decoder(cell).draw(rng)
    free, caches = s.encoder_decoder_forward(x, a0, parameters, T_Y, None, cell, s.likeliest)
    y = np.array([s.likeliest(yt_pred) for yt_pred in free])
    forced, more = s.encoder_decoder_forward(x, a0, parameters, T_Y, y, cell)
    assert close(forced, free)
    # A choice does not change when a prediction changes a little, so the ways back agree too.
    dz = (free - y) / M
    first, second = s.encoder_decoder_backward(dz, caches), s.encoder_decoder_backward(dz, more)
    assert all(close(first[f"d{name}"], second[f"d{name}"], 1e-13) for name in parameters)


def test_the_last_target_is_read_by_nobody(rng):
    parameters, a0, x, y = encoder_decoder(s.LSTM).draw(rng)
    first, _ = s.encoder_decoder_forward(x, a0, parameters, T_Y, y, s.LSTM)
    second, _ = s.encoder_decoder_forward(x, a0, parameters, T_Y, np.concatenate([y[:-1], 1 - y[-1:]]), s.LSTM)
    assert np.array_equal(first, second)


@pytest.mark.parametrize("T_y", [1, 3, 9])
def test_input_and_output_may_differ_in_length(T_y, rng):
    parameters, a0, x, _ = encoder_decoder(s.GRU).draw(rng)
    y_pred, caches = s.encoder_decoder_forward(x, a0, parameters, T_y, cell=s.GRU)
    assert y_pred.shape == (T_y, N_Y, M)
    assert s.encoder_decoder_backward(y_pred, caches)["dx"].shape == (T_X, N_X, M)


def test_encoder_and_decoder_learn_to_turn_a_short_sequence_round(rng):
    # Three digits in, the same three from the last to the first out: chance is one in 27.
    digits = rng.integers(0, 3, (3, 200))
    x, y = s.one_hot(digits, 3), s.one_hot(digits[::-1], 3)
    decoder = s.labelled(s.initialize_network(s.GRU, 3, 12, 3, rng), "decoder")
    parameters = {**s.labelled(s.GRU.initialize(3, 12, rng), "encoder"), **decoder}
    state, a0 = s.initialize_adam(parameters), np.zeros((12, 200))
    for _ in range(150):
        y_pred, caches = s.encoder_decoder_forward(x, a0, parameters, 3, y, s.GRU)
        gradients = s.encoder_decoder_backward((y_pred - y) / 200, caches)
        parameters, state = s.adam_step(parameters, gradients, state, 0.02)
    written, _ = s.encoder_decoder_forward(x, a0, parameters, 3, cell=s.GRU, choose=s.likeliest)
    assert np.mean(np.all(written.argmax(axis=1) == digits[::-1], axis=0)) > 0.95

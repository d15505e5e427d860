"""What each gate is for, numbers by hand, and which unit becomes which when a gate stands still."""

import numpy as np
import pytest
from recurrent_units import GATED_UNITS, GRU, LSTM, PEEPHOLE_LSTM, SIMPLIFIED_GRU, close, relative_error
from small_network import N_A, N_X, N_Y, T_X, M

from solutions import (
    gru_cell_backward,
    gru_cell_forward,
    gru_cell_forward_simplified,
    initialize_gates,
    lstm_backward,
    lstm_cell_backward,
    lstm_cell_forward,
    lstm_forward,
    peephole_lstm_cell_forward,
    split_gates,
    stack_gates,
    stack_halved_gates,
)

OPEN, SHUT = 60.0, -800.0  # sigma is 1 and 0 to the last digit
each_gated_unit = pytest.mark.parametrize("unit", GATED_UNITS, ids=lambda unit: unit.name)


def column(*numbers):
    return np.array(numbers, dtype=float)[:, np.newaxis]


def small(letters, **weights):
    """Make parameters with n_x = n_a = 1 and n_y = 2; weights are given as [on the state, on the input]."""
    parameters = {"W" + letter: np.array([weights[letter]], dtype=float) for letter in letters}
    parameters |= {"b" + letter: column(0) for letter in letters}
    return {**parameters, "Wya": column(1, -1), "by": column(0, 0)}


def logit(p):
    return np.log(p / (1 - p))


def set_biases(unit, parameters, **biases):
    """Give gates biases that their inputs cannot move: without weights, and without peepholes."""
    changed = {f"W{gate}": 0 * parameters[f"W{gate}"] for gate in biases}
    changed |= {f"p{gate}": 0 * parameters[f"p{gate}"] for gate in biases if f"p{gate}" in unit.peepholes}
    changed |= {f"b{gate}": np.full((N_A, 1), value) for gate, value in biases.items()}
    return {**parameters, **changed}


def test_a_simplified_gru_has_the_values_that_one_computes_by_hand():
    # c_prev = 0.5, x = 1: the candidate is tanh(0.75), the gate sigma(log 3) = 3/4
    parameters = small("cu", c=[0.5, 0.5], u=[2 * logit(0.75), 0])
    c_next, yt_pred, cache = gru_cell_forward_simplified(column(1), column(0.5), parameters)
    candidate = 0.63514895238728730
    assert close(cache[2], candidate)
    assert close(cache[3], 0.75)
    assert close(c_next, 0.75 * candidate + 0.25 * 0.5)
    assert close(yt_pred[0], 1 / (1 + np.exp(-2 * c_next[0])))


def test_a_gru_has_the_values_that_one_computes_by_hand():
    # Gamma_r = 1/4, so the candidate is tanh(4 * (0.25 * 0.5) + 0.25) = tanh(0.75)
    parameters = small("cur", c=[4, 0.25], u=[0, logit(0.75)], r=[2 * logit(0.25), 0])
    c_next, _, cache = gru_cell_forward(column(1), column(0.5), parameters)
    candidate = 0.63514895238728730
    assert close(cache[2], candidate)
    assert close(cache[3], 0.75)
    assert close(cache[4], 0.25)
    assert close(c_next, 0.75 * candidate + 0.25 * 0.5)


def test_the_way_back_of_a_gru_has_the_values_that_one_computes_by_hand():
    # All the weights on the state but one are zero, so that each path can be followed with a pencil.
    parameters = small("cur", c=[2, 0], u=[0, 3], r=[0, 5])
    c_prev, c_tilde, gamma_u, gamma_r = column(0.5), column(0.25), column(0.75), column(0.2)
    cache = (column(0), c_prev, c_tilde, gamma_u, gamma_r, column(1), parameters)
    gradients = gru_cell_backward(column(8), cache)
    dz_c = 8 * 0.75 * (1 - 0.0625)
    dz_u = 8 * (0.25 - 0.5) * 0.75 * 0.25
    dz_r = (2 * dz_c) * 0.5 * 0.2 * 0.8
    assert close(gradients["da_prev"], 8 * 0.25 + 2 * dz_c * 0.2)
    assert close(gradients["dxt"], 3 * dz_u + 5 * dz_r)
    assert close(gradients["dWc"], [[dz_c * 0.2 * 0.5, dz_c]])
    assert close(gradients["dWu"], [[dz_u * 0.5, dz_u]])
    assert close(gradients["dWr"], [[dz_r * 0.5, dz_r]])
    assert close(gradients["dbr"], dz_r)


def test_an_lstm_has_the_values_that_one_computes_by_hand():
    # a_prev = 0.5, x = 1; the gates are 3/4, 1/4 and 1/2, the candidate tanh(0.75)
    parameters = small("cufo", c=[0.5, 0.5], u=[0, logit(0.75)], f=[0, logit(0.25)], o=[0, 0])
    a_next, c_next, yt_pred, cache = lstm_cell_forward(column(1), column(0.5), column(2), parameters)
    assert close(np.array(cache[4:8]).ravel(), [0.63514895238728730, 0.75, 0.25, 0.5])
    assert close(c_next, 0.75 * 0.63514895238728730 + 0.25 * 2)
    assert close(a_next, 0.5 * np.tanh(c_next))
    assert close(yt_pred[1], 1 / (1 + np.exp(2 * a_next[0])))


def test_the_way_back_of_an_lstm_has_the_values_that_one_computes_by_hand():
    parameters = small("cufo", c=[2, 0], u=[0, 3], f=[0, 5], o=[7, 0])
    c_next = np.arctanh(column(0.5))
    a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt = map(column, (0.3, 4, 0.25, 0.75, 0.2, 0.5, 1))
    cache = (0.5 * gamma_o, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters)
    gradients = lstm_cell_backward(column(8), column(1), cache)
    dc = 1 + 8 * 0.5 * 0.75
    dz_c, dz_u = dc * 0.75 * (1 - 0.0625), dc * 0.25 * 0.75 * 0.25
    dz_f, dz_o = dc * 4 * 0.2 * 0.8, 8 * 0.5 * 0.5 * 0.5
    assert close(gradients["dc_prev"], dc * 0.2)
    assert close(gradients["da_prev"], 2 * dz_c + 7 * dz_o)
    assert close(gradients["dxt"], 3 * dz_u + 5 * dz_f)
    for name, dz in {"c": dz_c, "u": dz_u, "f": dz_f, "o": dz_o}.items():
        assert close(gradients["dW" + name], [[dz * 0.3, dz]])
        assert close(gradients["db" + name], dz)


def test_a_peephole_lstm_has_the_values_that_one_computes_by_hand():
    # All weights on a and x are zero: the gates see the memory alone, Gamma_o the new one.
    parameters = small("cufo", c=[0, 0], u=[0, 0], f=[0, 0], o=[0, 0])
    parameters |= {"bc": column(0.75), "pu": column(logit(0.75) / 2), "pf": column(logit(0.25) / 2)}
    c_wanted = 0.75 * 0.63514895238728730 + 0.25 * 2
    parameters["po"] = column(logit(0.9) / c_wanted)
    a_next, c_next, _, cache = peephole_lstm_cell_forward(column(1), column(0.5), column(2), parameters)
    assert close(np.array(cache[5:8]).ravel(), [0.75, 0.25, 0.9])
    assert close(c_next, c_wanted)
    assert close(a_next, 0.9 * np.tanh(c_wanted))


@pytest.mark.parametrize("unit", [SIMPLIFIED_GRU, GRU], ids=lambda unit: unit.name)
def test_a_shut_update_gate_keeps_the_memory_for_ever_and_lets_gradients_through(unit, rng):
    parameters = set_biases(unit, unit.draw_parameters(rng), u=SHUT)
    state, x = unit.draw_state(rng, N_A, M), rng.standard_normal((200, N_X, M))
    states, _, caches = unit.run(x, state, parameters)
    assert np.array_equal(states["a"], np.broadcast_to(state["a"], (200, N_A, M)))
    da = np.zeros_like(states["a"])
    da[-1] = rng.standard_normal((N_A, M))
    assert np.array_equal(unit.backward(da, caches)["da0"], da[-1])


@pytest.mark.parametrize("unit", [LSTM, PEEPHOLE_LSTM], ids=lambda unit: unit.name)
def test_an_open_forget_gate_keeps_the_memory_for_ever_and_lets_gradients_through(unit, rng):
    parameters = set_biases(unit, unit.draw_parameters(rng), u=SHUT, f=OPEN, o=0.0)
    state, x = unit.draw_state(rng, N_A, M), rng.standard_normal((200, N_X, M))
    states, _, caches = unit.run(x, state, parameters)
    assert np.array_equal(states["c"], np.broadcast_to(state["c"], (200, N_A, M)))
    dc = rng.standard_normal((N_A, M))
    gradients = unit.backward(np.zeros_like(states["a"]), caches, dc)
    assert np.array_equal(gradients["dc0"], dc)


@pytest.mark.parametrize("unit", [SIMPLIFIED_GRU, GRU], ids=lambda unit: unit.name)
def test_an_open_update_gate_keeps_nothing_but_the_candidate(unit, rng):
    parameters = set_biases(unit, unit.draw_parameters(rng), u=OPEN)
    xt, state = rng.standard_normal((N_X, M)), unit.draw_state(rng, N_A, M)
    next_state, _, cache = unit.step(xt, state, parameters)
    assert np.array_equal(next_state["a"], cache[2])


def test_a_gru_whose_reset_gate_is_open_is_the_simplified_one(rng):
    parameters = set_biases(GRU, GRU.draw_parameters(rng), r=OPEN)
    x, state = rng.standard_normal((T_X, N_X, M)), GRU.draw_state(rng, N_A, M)
    full, simple = (unit.run(x, state, parameters) for unit in (GRU, SIMPLIFIED_GRU))
    assert close(full[0]["a"], simple[0]["a"])
    da = rng.standard_normal((T_X, N_A, M))
    assert relative_error(GRU.backward(da, full[2]), SIMPLIFIED_GRU.backward(da, simple[2])) < 1e-13


def test_an_lstm_whose_peepholes_are_zero_is_the_plain_one(rng):
    parameters = PEEPHOLE_LSTM.draw_parameters(rng)
    parameters |= {name: 0 * parameters[name] for name in PEEPHOLE_LSTM.peepholes}
    x, state = rng.standard_normal((T_X, N_X, M)), LSTM.draw_state(rng, N_A, M)
    seeing, plain = (unit.run(x, state, parameters) for unit in (PEEPHOLE_LSTM, LSTM))
    assert close(seeing[0]["a"], plain[0]["a"])
    da = rng.standard_normal((T_X, N_A, M))
    assert relative_error(PEEPHOLE_LSTM.backward(da, seeing[2]), LSTM.backward(da, plain[2])) < 1e-13


def test_an_lstm_starts_from_an_empty_memory_where_none_is_given(rng):
    parameters = LSTM.draw_parameters(rng)
    x, a0 = rng.standard_normal((T_X, N_X, M)), rng.uniform(-0.9, 0.9, (N_A, M))
    a, _, c, caches = lstm_forward(x, a0, parameters)
    assert np.array_equal(a, lstm_forward(x, a0, parameters, np.zeros_like(a0))[0])
    da = rng.standard_normal(a.shape)
    with_none, with_zero = lstm_backward(da, caches), lstm_backward(da, caches, np.zeros_like(a0))
    assert all(np.array_equal(with_none[name], with_zero[name]) for name in with_zero)
    assert c.shape == a.shape


@each_gated_unit
def test_gates_stay_between_zero_and_one_and_candidates_between_minus_one_and_one(unit, rng):
    x, state = 9 * rng.standard_normal((T_X, N_X, M)), unit.draw_state(rng, N_A, M)
    gates = next(entry for entry in unit.run(x, state, unit.draw_parameters(rng))[2] if np.ndim(entry) == 4)
    assert gates.shape == (T_X, len(unit.letters), N_A, M)
    assert np.abs(gates[:, 0]).max() <= 1
    assert gates[:, 0].min() < 0
    assert gates[:, 1:].min() >= 0
    assert gates[:, 1:].max() <= 1


def test_a_block_does_what_its_parts_do(rng):
    parameters = LSTM.draw_parameters(rng)
    Wa, Wx, b = stack_gates(parameters, "of")
    assert (Wa.shape, Wx.shape, b.shape) == ((2 * N_A, N_A), (2 * N_A, N_X), (2 * N_A, 1))
    state, xt = rng.standard_normal((N_A, M)), rng.standard_normal((N_X, M))
    for rows, name in ((slice(None, N_A), "o"), (slice(N_A, None), "f")):
        alone = parameters["W" + name] @ np.concatenate([state, xt]) + parameters["b" + name]
        assert close((Wa @ state + Wx @ xt + b)[rows], alone)


def test_a_block_that_is_stacked_and_cut_is_as_before(rng):
    parameters = LSTM.draw_parameters(rng)
    Wa, Wx, b = stack_gates(parameters, "cufo")
    back = split_gates(np.concatenate([Wa, Wx], axis=1), b, "cufo")
    assert list(back) == ["dWc", "dbc", "dWu", "dbu", "dWf", "dbf", "dWo", "dbo"]
    assert all(np.array_equal(value, parameters[name[1:]]) for name, value in back.items())


@pytest.mark.parametrize("names", ["cufo", "cur", "cu"])
def test_with_halved_gates_one_tanh_gives_the_candidate_and_the_gates(rng, names):
    parameters = LSTM.draw_parameters(rng) | {"Wr": rng.standard_normal((N_A, N_A + N_X)), "br": np.ones((N_A, 1))}
    state, xt = rng.standard_normal((N_A, M)), rng.standard_normal((N_X, M))
    Wa, Wx, b = stack_halved_gates(parameters, names)
    candidate, *gates = np.tanh(Wa @ state + Wx @ xt + b).reshape(len(names), N_A, M)
    sums = [parameters["W" + name] @ np.concatenate([state, xt]) + parameters["b" + name] for name in names]
    assert close(candidate, np.tanh(sums[0]))
    assert all(close(gate / 2 + 0.5, 1 / (1 + np.exp(-z))) for gate, z in zip(gates, sums[1:], strict=True))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_first_parameters_have_the_stated_sizes_and_a_forget_gate_that_is_open(dtype):
    parameters = initialize_gates("cufo", 40, 60, N_Y, np.random.default_rng(1), dtype)
    shapes = {**{"W" + name: (60, 100) for name in "cufo"}, **{"b" + name: (60, 1) for name in "cufo"},
              "Wya": (N_Y, 60), "by": (N_Y, 1)}
    assert {name: value.shape for name, value in parameters.items()} == shapes
    assert {value.dtype for value in parameters.values()} == {np.dtype(dtype)}
    assert all(parameters["W" + name].std() == pytest.approx(0.1, rel=0.05) for name in "cufo")
    assert np.all(parameters["bf"] == 1)
    assert not any(parameters[name].any() for name in ("bc", "bu", "bo", "by"))


def test_the_same_generator_draws_the_same_first_parameters():
    first, second = (initialize_gates("cur", N_X, N_A, N_Y, np.random.default_rng(5)) for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)

import numpy as np
import pytest
from networks import CELLS, N_A, N_X, N_Y, T_X, M, draw_state, flatten, shake
from recurrent_units import UNITS, close, relative_error

from solutions import (
    LSTM,
    RNN,
    complex_step_gradients,
    initialize_network,
    labelled,
    lstm_backward,
    lstm_cell_forward,
    lstm_forward,
    make_cell,
    part,
)

each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)


@pytest.fixture
def drawn(cell, rng):
    parameters = shake(cell.initialize(N_X, N_A, rng), rng)
    return parameters, draw_state(cell.zero_state(parameters, M), rng), rng.standard_normal((T_X, N_X, M))


@each_cell
def test_a_cell_runs_as_its_unit(cell, drawn):
    parameters, a0, x = drawn
    unit = next(unit for unit in UNITS if unit.name == cell.name)
    output = {"Wya": np.ones((N_Y, N_A)), "by": np.ones((N_Y, 1))}
    state = dict(zip(unit.state_names, a0 if isinstance(a0, tuple) else (a0,), strict=True))
    states, _, _ = unit.run(x, state, {**parameters, **output})
    a, last_state, _ = cell.forward(x, a0, parameters)
    assert np.array_equal(a, states["a"])
    last = last_state if isinstance(last_state, tuple) else (last_state,)
    assert all(np.array_equal(found, value[-1]) for found, value in zip(last, states.values(), strict=True))


@each_cell
def test_a_gradient_of_the_last_state_goes_back_through_the_cell(cell, drawn, rng):
    parameters, a0, x = drawn
    a, last_state, caches = cell.forward(x, a0, parameters)
    da, d_last = rng.standard_normal(a.shape), draw_state(last_state, rng)
    kept = da.copy()

    def loss(point):
        state = tuple(point[name] for name in flatten(a0, "a0")) if isinstance(a0, tuple) else point["a0"]
        a, last_state, _ = cell.forward(point["x"], state, {name: point[name] for name in parameters})
        pairs = zip(flatten(last_state, "").values(), flatten(d_last, "").values(), strict=True)
        return np.sum(a * da) + sum(np.sum(value * upstream) for value, upstream in pairs)

    gradients = cell.backward(da, caches, d_last)
    gradients |= flatten(gradients.pop("da0"), "da0")
    exact = complex_step_gradients(loss, {**parameters, "x": x, **flatten(a0, "a0")})
    assert set(gradients) == set(exact)
    assert relative_error(gradients, exact) < 1e-12
    assert np.array_equal(da, kept)


@each_cell
def test_a_new_cell_starts_from_zeros(cell, drawn):
    parameters, _, x = drawn
    zero = cell.zero_state(parameters, M)
    assert all(value.shape == (N_A, M) and not value.any() for value in flatten(zero, "").values())
    assert cell.forward(x, zero, parameters)[0].shape == (T_X, N_A, M)


@pytest.mark.parametrize("name", ["LSTM", "peephole LSTM"])
def test_a_state_that_is_one_array_means_an_empty_memory(name, rng):
    cell = CELLS[name]
    parameters, x = shake(cell.initialize(N_X, N_A, rng), rng), rng.standard_normal((T_X, N_X, M))
    a0 = rng.uniform(-0.9, 0.9, (N_A, M))
    with_array, with_pair = (cell.forward(x, state, parameters)[0] for state in (a0, (a0, np.zeros_like(a0))))
    assert np.array_equal(with_array, with_pair)


def test_a_learner_s_own_functions_make_a_cell(rng):
    calls = []

    def my_lstm_forward(x, a0, parameters):
        calls.append("forward")
        a, a_next, c_next = [], a0, np.zeros_like(a0)
        for xt in x:
            a_next, c_next, _, _ = lstm_cell_forward(xt, a_next, c_next, parameters)
            a.append(a_next)
        return np.array(a), None, np.array([c_next]), lstm_forward(x, a0, parameters)[3]

    def my_lstm_backward(da, caches):
        calls.append("backward")
        return lstm_backward(da, caches)

    cell = make_cell("LSTM", my_lstm_forward, my_lstm_backward)
    parameters, x = shake(cell.initialize(N_X, N_A, rng), rng), rng.standard_normal((T_X, N_X, M))
    a0, da = rng.uniform(-0.9, 0.9, (N_A, M)), rng.standard_normal((T_X, N_A, M))
    own, reference = cell.forward(x, a0, parameters), LSTM.forward(x, a0, parameters)
    assert close(own[0], reference[0])
    assert close(cell.backward(da, own[2])["dx"], LSTM.backward(da, reference[2])["dx"])
    from_zeros = cell.zero_state(parameters, M)
    assert close(cell.forward(x, from_zeros, parameters)[0], LSTM.forward(x, from_zeros, parameters)[0])
    assert calls == ["forward", "backward", "forward"]


def test_labels_tell_the_parts_of_a_network_apart():
    parameters = {"Wax[1]": np.zeros(1), "Wax[2]": np.ones(1), "Wya": np.ones(2), "Wax[forward][2]": np.ones(3)}
    assert list(part(parameters, 1)) == ["Wax"]
    assert part(parameters, 1)["Wax"] is parameters["Wax[1]"]
    assert list(part(parameters, 2)) == ["Wax", "Wax[forward]"]
    assert list(part(part(parameters, 2), "forward")) == ["Wax"]
    assert part(parameters, 12) == {}
    assert labelled({"dWax": parameters["Wya"]}, "forward") == {"dWax[forward]": parameters["Wya"]}


@each_cell
def test_a_label_can_be_given_and_taken_away(cell, drawn):
    parameters, _, _ = drawn
    assert part(labelled(parameters, 3), 3) == parameters


def test_a_network_gets_an_output_layer_of_its_own_size(rng):
    parameters = initialize_network(RNN, N_X, 50, 60, rng)
    assert {name: value.shape for name, value in parameters.items()} == {
        "Wax": (50, N_X), "Waa": (50, 50), "ba": (50, 1), "Wya": (60, 50), "by": (60, 1)}
    assert parameters["Wya"].std() == pytest.approx(50**-0.5, rel=0.05)

"""What holds for every recurrent unit: RNN, simplified and full GRU, LSTM, LSTM with peepholes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recurrent_units import GATED_UNITS, UNITS, close, relative_error
from small_network import N_A, N_X, N_Y, T_X, M

from solutions import (
    complex_step_gradients,
    gradient_check,
    one_hot,
    output_backward,
    softmax_loss,
)

NUMERICAL, EXACT = 1e-7, 1e-12
each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
each_gated_unit = pytest.mark.parametrize("unit", GATED_UNITS, ids=lambda unit: unit.name)
quick = settings(deadline=None, max_examples=25)
SIZES, SEEDS = st.integers(1, 6), st.integers(0, 2**32 - 1)


@pytest.fixture
def network(unit, rng):
    """Draw parameters, a first state, an input and targets of the small network."""
    return (unit.draw_parameters(rng), unit.draw_state(rng, N_A, M), rng.standard_normal((T_X, N_X, M)),
            one_hot(rng.integers(0, N_Y, (T_X, M)), N_Y))


def train_step(unit, parameters, state, x, y):
    """Run forwards and backwards from the softmax loss."""
    states, y_pred, caches = unit.run(x, state, parameters)
    from_output = output_backward(y_pred, y, states["a"], parameters)
    return y_pred, {**from_output, **unit.backward(from_output["da"], caches)}


@each_unit
def test_a_cell_backward_agrees_with_nudged_inputs(unit, network, rng):
    parameters, state, x, _ = network
    upstream = {name: rng.standard_normal((N_A, M)) for name in unit.state_names}
    point = {"xt": x[0], **{f"{name}_prev": value for name, value in state.items()}, **unit.weights(parameters)}

    def loss(point):
        state = {name: point[f"{name}_prev"] for name in unit.state_names}
        next_state, _, _ = unit.step(point["xt"], state, {**parameters, **point})
        return sum(np.sum(next_state[name] * upstream[name]) for name in upstream).item()

    gradients, _ = unit.step_back(upstream, unit.step(x[0], state, parameters)[2])
    assert gradient_check(loss, point, gradients) < NUMERICAL
    assert relative_error(gradients, complex_step_gradients(loss, point)) < EXACT


@each_unit
@pytest.mark.parametrize(("n_steps", "m"), [(T_X, M), (1, M), (T_X, 1), (1, 1)])
def test_backpropagation_through_time_agrees_with_nudged_inputs(unit, n_steps, m, network):
    parameters, state, x, y = network
    x, y = x[:n_steps, :, :m], y[:n_steps, :, :m]
    state = {name: value[:, :m] for name, value in state.items()}

    def loss(point):
        return softmax_loss(unit.run(point["x"], {name: point[f"{name}0"] for name in state}, point)[1], y)

    _, gradients = train_step(unit, parameters, state, x, y)
    point = {"x": x, **{f"{name}0": value for name, value in state.items()}, **parameters}
    assert gradient_check(loss, point, gradients) < NUMERICAL
    assert relative_error(gradients, complex_step_gradients(loss, point)) < EXACT


@each_gated_unit
def test_a_loss_on_the_last_state_alone_agrees_with_nudged_inputs(unit, network, rng):
    parameters, state, x, _ = network
    upstream = {name: rng.standard_normal((N_A, M)) for name in unit.state_names}

    def loss(point):
        states, _, _ = unit.run(point["x"], {name: point[f"{name}0"] for name in state}, {**parameters, **point})
        return sum(np.sum(states[name][-1] * upstream[name]) for name in upstream).item()

    states, _, caches = unit.run(x, state, parameters)
    da = np.zeros_like(states["a"])
    da[-1] = upstream.pop("a")
    gradients = unit.backward(da, caches, **{f"d{name}": value for name, value in upstream.items()})
    upstream["a"] = da[-1]
    point = {"x": x, **{f"{name}0": value for name, value in state.items()}, **unit.weights(parameters)}
    assert relative_error(gradients, complex_step_gradients(loss, point)) < EXACT


@each_unit
def test_a_sequence_is_the_cell_step_after_step(unit, network):
    parameters, state, x, _ = network
    states, y_pred, _ = unit.run(x, state, parameters)
    for t in range(T_X):
        state, yt_pred, _ = unit.step(x[t], state, parameters)
        assert close(y_pred[t], yt_pred)
        for name in state:
            assert close(states[name][t], state[name])


@each_unit
def test_the_way_back_is_the_cell_backward_step_after_step(unit, network, rng):
    parameters, state, x, _ = network
    _, _, caches = unit.run(x, state, parameters)
    steps = []
    for t in range(T_X):
        state, _, cache = unit.step(x[t], state, parameters)
        steps.append(cache)
    da, dx = rng.standard_normal((T_X, N_A, M)), np.empty_like(x)
    d_state = {name: np.zeros((N_A, M)) for name in unit.state_names}
    summed = {f"d{name}": 0 for name in unit.weights(parameters)}
    for t in reversed(range(T_X)):
        step, d_state = unit.step_back({**d_state, "a": da[t] + d_state["a"]}, steps[t])
        dx[t] = step["dxt"]
        summed = {name: summed[name] + step[name] for name in summed}
    first = {f"d{name}0": value for name, value in d_state.items()}
    assert relative_error(unit.backward(da, caches), {**summed, **first, "dx": dx}) < 1e-14


@each_unit
@quick
@given(sizes=st.tuples(SIZES, SIZES, SIZES, SIZES, SIZES), seed=SEEDS)
def test_a_batch_of_m_examples_is_m_batches_of_one(unit, sizes, seed):
    (T_x, n_x, n_a, n_y, m), rng = sizes, np.random.default_rng(seed)
    parameters, state = unit.draw_parameters(rng, n_x, n_a, n_y), unit.draw_state(rng, n_a, m)
    x, y = rng.standard_normal((T_x, n_x, m)), one_hot(rng.integers(0, n_y, (T_x, m)), n_y)
    y_pred, gradients = train_step(unit, parameters, state, x, y)
    one = [slice(i, i + 1) for i in range(m)]
    alone = [train_step(unit, parameters, {name: value[:, i] for name, value in state.items()},
                        x[:, :, i], y[:, :, i]) for i in one]
    assert close(y_pred, np.concatenate([predicted for predicted, _ in alone], axis=2), 1e-13)
    # The loss is a mean over the examples, and so is each gradient of a parameter.
    for name in parameters:
        assert close(gradients[f"d{name}"], sum(own[f"d{name}"] for _, own in alone) / m, 1e-12)


@each_unit
@quick
@given(sizes=st.tuples(SIZES, SIZES, SIZES, SIZES, SIZES), seed=SEEDS, data=st.data())
def test_a_sequence_can_be_stopped_and_carried_on(unit, sizes, seed, data):
    (T_x, n_x, n_a, n_y, m), rng = sizes, np.random.default_rng(seed)
    parameters, state = unit.draw_parameters(rng, n_x, n_a, n_y), unit.draw_state(rng, n_a, m)
    x = rng.standard_normal((T_x + 1, n_x, m))
    stop = data.draw(st.integers(1, T_x))
    states, y_pred, _ = unit.run(x, state, parameters)
    before, _, _ = unit.run(x[:stop], state, parameters)
    behind, predicted, _ = unit.run(x[stop:], {name: value[-1] for name, value in before.items()}, parameters)
    assert close(predicted, y_pred[stop:])
    for name in states:
        assert close(before[name], states[name][:stop])
        assert close(behind[name], states[name][stop:])


@each_unit
def test_a_phrase_is_read_the_same_at_any_place(unit, network):
    # Without biases a zero input leaves the zero state zero: the phrase only comes later.
    parameters, state, x, _ = network
    parameters = {name: 0 * value if name.startswith("b") else value for name, value in parameters.items()}
    start = {name: 0 * value for name, value in state.items()}
    late = np.concatenate([np.zeros((4, N_X, M)), x])
    assert close(unit.run(late, start, parameters)[0]["a"][4:], unit.run(x, start, parameters)[0]["a"])


@each_unit
def test_a_state_depends_on_the_past_and_never_on_the_future(unit, network):
    parameters, state, x, _ = network
    changed = x.copy()
    changed[3] += 1
    first, second = (unit.run(inputs, state, parameters)[0]["a"] for inputs in (x, changed))
    assert np.array_equal(first[:3], second[:3])
    assert np.all(np.abs(first[3:] - second[3:]).max(axis=(1, 2)) > 0)


@each_unit
def test_a_loss_at_one_step_sends_no_gradient_into_the_steps_behind_it(unit, network, rng):
    parameters, state, x, _ = network
    _, _, caches = unit.run(x, state, parameters)
    da = np.zeros((T_X, N_A, M))
    da[2] = rng.standard_normal((N_A, M))
    dx = unit.backward(da, caches)["dx"]
    assert not dx[3:].any()
    assert np.all(np.abs(dx[:3]).max(axis=(1, 2)) > 0)


@each_unit
def test_the_way_back_is_linear_in_the_gradient_that_comes_in(unit, network, rng):
    parameters, state, x, _ = network
    _, _, caches = unit.run(x, state, parameters)
    first, second = rng.standard_normal((2, T_X, N_A, M))
    parts = unit.backward(first, caches), unit.backward(second, caches)
    both = unit.backward(2 * first - 3 * second, caches)
    assert relative_error(both, {name: 2 * parts[0][name] - 3 * parts[1][name] for name in both}) < 1e-13


@each_unit
def test_results_have_the_stated_names_and_shapes(unit, network):
    parameters, state, x, _ = network
    next_state, yt_pred, cache = unit.step(x[0], state, parameters)
    assert {name: value.shape for name, value in next_state.items()} == dict.fromkeys(unit.state_names, (N_A, M))
    assert yt_pred.shape == (N_Y, M)
    weights = {f"d{name}": value.shape for name, value in unit.weights(parameters).items()}
    before = {f"d{name}_prev": (N_A, M) for name in unit.state_names}
    gradients, _ = unit.step_back(next_state, cache)
    assert {name: value.shape for name, value in gradients.items()} == {**weights, **before, "dxt": (N_X, M)}

    states, y_pred, caches = unit.run(x, state, parameters)
    assert {name: value.shape for name, value in states.items()} == dict.fromkeys(unit.state_names, (T_X, N_A, M))
    assert y_pred.shape == (T_X, N_Y, M)
    first = {f"d{name}0": (N_A, M) for name in unit.state_names}
    gradients = unit.backward(states["a"], caches)
    assert {name: value.shape for name, value in gradients.items()} == {**weights, **first, "dx": x.shape}


@each_unit
def test_a_cache_holds_what_its_docstring_lists(unit, network):
    parameters, state, x, _ = network
    next_state, _, cache = unit.step(x[0], state, parameters)
    assert cache[0] is next_state["a"]
    assert cache[-2].base is x
    assert cache[-1] is parameters
    states, _, caches = unit.run(x, state, parameters)
    assert caches[0] is states["a"]
    assert caches[-2] is x
    assert caches[-1] is parameters


@each_unit
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.complex128])
def test_numbers_keep_their_dtype(unit, dtype, rng):
    parameters, state = unit.draw_parameters(rng, dtype=dtype), unit.draw_state(rng, N_A, M, dtype)
    x = rng.standard_normal((T_X, N_X, M)).astype(dtype)
    next_state, yt_pred, cache = unit.step(x[0], state, parameters)
    states, y_pred, caches = unit.run(x, state, parameters)
    gradients = [unit.step_back(next_state, cache)[0], unit.backward(states["a"], caches)]
    results = [*next_state.values(), *states.values(), yt_pred, y_pred, *gradients[0].values(), *gradients[1].values()]
    assert {value.dtype for value in results} == {np.dtype(dtype)}


@each_unit
@pytest.mark.parametrize("name", ["x", "a"])
def test_a_complex_argument_among_real_ones_is_not_cut(unit, name, network):
    parameters, state, x, _ = network
    h = 1e-20
    if name == "x":
        states = unit.run(x + 1j * h, state, parameters)[0]
    else:
        states = unit.run(x, {**state, "a": state["a"] + 1j * h}, parameters)[0]
    assert np.all(np.abs(np.imag(states["a"])).max(axis=(1, 2)) > 0)


@each_unit
def test_integer_inputs_are_not_cut_to_integers(unit, network):
    parameters, state, x, _ = network
    whole = np.rint(3 * x)
    zero = {name: np.zeros_like(value) for name, value in state.items()}
    none = {name: np.zeros(value.shape, np.int64) for name, value in state.items()}
    wanted, found = unit.run(whole, zero, parameters), unit.run(whole.astype(np.int64), none, parameters)
    assert close(found[0]["a"], wanted[0]["a"])
    assert close(unit.backward(wanted[0]["a"], found[2])["dx"], unit.backward(wanted[0]["a"], wanted[2])["dx"])


@each_unit
def test_a_network_of_integers_alone_is_not_cut_to_integers(unit, network):
    given = [{name: np.rint(2 * value) for name, value in arrays.items()} for arrays in (network[0], network[1])]
    x = np.rint(3 * network[2])
    whole = [{name: value.astype(np.int64) for name, value in arrays.items()} for arrays in given]
    wanted, found = unit.run(x, given[1], given[0]), unit.run(x.astype(np.int64), whole[1], whole[0])
    assert close(found[0]["a"], wanted[0]["a"])
    assert close(found[1], wanted[1])
    gradients = [unit.backward(wanted[0]["a"], caches) for caches in (wanted[2], found[2])]
    assert all(close(gradients[1][name], gradients[0][name], 1e-12) for name in gradients[0])


@each_unit
def test_float32_is_float64_up_to_rounding(unit, network):
    parameters, state, x, y = network
    single = train_step(unit, {name: value.astype(np.float32) for name, value in parameters.items()},
                        {name: value.astype(np.float32) for name, value in state.items()},
                        x.astype(np.float32), y.astype(np.float32))
    double = train_step(unit, parameters, state, x, y)
    assert close(single[0], double[0], 1e-5)
    assert relative_error(single[1], double[1]) < 1e-4


@each_unit
def test_arguments_are_left_alone_and_a_second_call_gives_the_same(unit, network, rng):
    parameters, state, x, _ = network
    da = rng.standard_normal((T_X, N_A, M))
    held = [da, x, *state.values(), *parameters.values()]
    kept = [value.copy() for value in held]
    states, _, caches = unit.run(x, state, parameters)
    first, second = unit.backward(da, caches), unit.backward(da, caches)
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert np.array_equal(unit.run(x, state, parameters)[0]["a"], states["a"])
    next_state, _, cache = unit.step(x[0], state, parameters)
    unit.step_back(next_state, cache)
    assert all(np.array_equal(value, before) for value, before in zip(held, kept, strict=True))


@each_unit
def test_scores_of_any_size_give_finite_numbers_without_a_warning(unit, network):
    parameters, state, x, y = network
    y_pred, gradients = train_step(unit, {name: 1e4 * value for name, value in parameters.items()}, state, x, y)
    assert all(np.isfinite(value).all() for value in (y_pred, *gradients.values()))
    assert close(y_pred.sum(axis=1), 1)

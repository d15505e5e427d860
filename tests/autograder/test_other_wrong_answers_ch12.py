"""Mistakes in chapter 12 as learners type them: each is called by its name."""

import numpy as np
import pytest
from wrong_answers import called_by_its_name

from autograder import check
from solutions import RNN, labelled, part, softmax

# --- deep_rnn_step ---------------------------------------------------------------------------------------------


def step_first_repaired(xt, a_prev, parameters):
    a_next, h = [], xt
    for k in range(len(a_prev)):
        p = part(parameters, k + 1)
        h = np.tanh(p["Waa"] @ a_prev[k] + p["Wax"] @ h + p["ba"])
        a_next.append(h)
    return a_next, softmax(parameters["Wya"] @ a_prev[-1] + parameters["by"])


def step_second_repaired(xt, a_prev, parameters):
    a_next = []
    for k in range(len(a_prev)):
        p = part(parameters, k + 1)
        a_next.append(np.tanh(p["Waa"] @ a_prev[k] + p["Wax"] @ (a_prev[k - 1] if k else xt) + p["ba"]))
    return a_next, softmax(parameters["Wya"] @ a_next[-1] + parameters["by"])


def step_x_everywhere(xt, a_prev, parameters):
    a_next = []
    for k in range(len(a_prev)):
        p = part(parameters, k + 1)
        a_next.append(np.tanh(np.matmul(p["Waa"], a_prev[k]) + np.matmul(p["Wax"], xt) + p["ba"]))
    return a_next, softmax(parameters["Wya"] @ a_next[-1] + parameters["by"])


# --- deep_rnn_forward ------------------------------------------------------------------------------------------


def results_of(layers_of, x, a0, parameters, cell):
    """Run the layers as `layers_of` says: it gives each layer's input and state."""
    a, last_states, layers = [], [], []
    for k in range(len(a0)):
        below, state, number = layers_of(k, a, last_states)
        states, last, cache = cell.forward(below, state, part(parameters, number))
        a.append(states)
        last_states.append(last)
        layers.append(cache)
    return a, softmax(parameters["Wya"] @ a[-1] + parameters["by"]), (layers, last_states, cell)


def run_x_everywhere(x, a0, parameters, cell=RNN):
    return results_of(lambda k, a, last: (x, a0[k], k + 1), x, a0, parameters, cell)


def run_one_state(x, a0, parameters, cell=RNN):
    return results_of(lambda k, a, last: (a[-1] if a else x, a0[0], k + 1), x, a0, parameters, cell)


def run_hands_states_up(x, a0, parameters, cell=RNN):
    return results_of(lambda k, a, last: (a[-1] if a else x, last[-1] if last else a0[0], k + 1), x, a0, parameters,
                      cell)


def run_one_set_of_weights(x, a0, parameters, cell=RNN):
    return results_of(lambda k, a, last: (a[-1] if a else x, a0[k], 1), x, a0, parameters, cell)


def run_like_keras_without_sequences(x, a0, parameters, cell=RNN):
    return results_of(lambda k, a, last: (a[-1][-1:] if a else x, a0[k], k + 1), x, a0, parameters, cell)


def run_pops_the_states(x, a0, parameters, cell=RNN):
    a, last_states, layers, below, number = [], [], [], x, 1
    while a0:
        below, last, cache = cell.forward(below, a0.pop(0), part(parameters, number))
        a.append(below)
        last_states.append(last)
        layers.append(cache)
        number += 1
    return a, softmax(parameters["Wya"] @ below + parameters["by"]), (layers, last_states, cell)


def run_only_rnns(x, a0, parameters, cell=RNN):
    a, last_states, layers, below = [], [], [], x
    for number, state in enumerate(a0, 1):
        p = part(parameters, number)
        start, rows = state, []
        for t in range(len(below)):
            state = np.tanh(np.dot(p["Waa"], state) + np.dot(p["Wax"], below[t]) + p["ba"])
            rows.append(state)
        layers.append((np.array(rows), start, below, {**p, "Wya": np.zeros((1, len(state))), "by": np.zeros((1, 1))}))
        below = np.array(rows)
        a.append(below)
        last_states.append(state)
    return a, softmax(parameters["Wya"] @ below + parameters["by"]), (layers, last_states, cell)


def run_y_from_below(x, a0, parameters, cell=RNN):
    a, _, caches = results_of(lambda k, a, last: (a[-1] if a else x, a0[k], k + 1), x, a0, parameters, cell)
    return a, softmax(parameters["Wya"] @ a[0] + parameters["by"]), caches


def run_top_states_only(x, a0, parameters, cell=RNN):
    a, y_pred, caches = results_of(lambda k, a, last: (a[-1] if a else x, a0[k], k + 1), x, a0, parameters, cell)
    return a[-1], y_pred, caches


# --- deep_rnn_backward -----------------------------------------------------------------------------------------


def back_same_da(da, caches, d_last=None):
    layers, _, cell = caches
    result, da0 = {}, []
    for k in reversed(range(len(layers))):
        g = cell.backward(da, layers[k], d_last[k] if d_last else None)
        dx = g.pop("dx")
        da0 = [g.pop("da0"), *da0]
        result |= labelled(g, k + 1)
    return {"dx": dx, "da0": da0, **result}


def back_upwards(da, caches, d_last=None):
    layers, _, cell = caches
    result, da0 = {}, []
    for k, cache in enumerate(layers):
        g = cell.backward(da, cache, d_last[k] if d_last else None)
        da = g.pop("dx")
        da0.append(g.pop("da0"))
        result |= labelled(g, k + 1)
    return {"dx": da, "da0": da0, **result}


def back_appends(da, caches, d_last=None):
    layers, _, cell = caches
    result, da0 = {}, []
    for k in range(len(layers) - 1, -1, -1):
        g = cell.backward(da, layers[k], d_last[k] if d_last else None)
        da = g.pop("dx")
        da0.append(g.pop("da0"))
        result.update({f"{name}[{k + 1}]": value for name, value in g.items()})
    return {"dx": da, "da0": da0, **result}


def back_labels_from_zero(da, caches, d_last=None):
    layers, _, cell = caches
    result = {"da0": []}
    for k in range(len(layers) - 1, -1, -1):
        g = cell.backward(da, layers[k], d_last[k] if d_last else None)
        da = g.pop("dx")
        result["da0"].insert(0, g.pop("da0"))
        result.update({f"{name}[{k}]": value for name, value in g.items()})
    return {"dx": da, **result}


def back_forgets_d_last(da, caches, d_last=None):
    layers, _, cell = caches
    result, da0 = {}, [None] * len(layers)
    for k in range(len(layers) - 1, -1, -1):
        g = cell.backward(da, layers[k])
        da, da0[k] = g.pop("dx"), g.pop("da0")
        result |= labelled(g, k + 1)
    return {"dx": da, "da0": da0, **result}


def back_not_through_time(da, caches, d_last=None):
    layers, _, _ = caches
    result, da0 = {}, [None] * len(layers)
    for k in range(len(layers) - 1, -1, -1):
        a, a_first, x, p = layers[k]
        dz = (1 - a**2) * da
        before = np.concatenate([a_first[np.newaxis], a[:-1]])
        result |= {f"dWax[{k + 1}]": np.einsum("tim,tjm->ij", dz, x), f"dba[{k + 1}]": dz.sum(axis=(0, 2))[:, None],
                   f"dWaa[{k + 1}]": np.einsum("tim,tjm->ij", dz, before)}
        da, da0[k] = p["Wax"].T @ dz, p["Waa"].T @ dz[0]
    return {"dx": da, "da0": da0, **result}


# --- count_deep_parameters -------------------------------------------------------------------------------------


def count_x_everywhere(n_x, layer_sizes, n_y, blocks=1, directions=1):
    total = sum(blocks * directions * n * (n + n_x + 1) for n in layer_sizes)
    return total + n_y * (directions * layer_sizes[-1] + 1)


def count_one_way(n_x, layer_sizes, n_y, blocks=1, directions=1):
    below, total = n_x, 0
    for n in layer_sizes:
        total, below = total + blocks * n * (n + below + 1), n
    return total + (below + 1) * n_y


def count_without_output(n_x, layer_sizes, n_y, blocks=1, directions=1):
    total = 0
    for i, n in enumerate(layer_sizes):
        n_in = directions * layer_sizes[i - 1] if i > 0 else n_x
        total += blocks * directions * (n * (n + n_in) + n)
    return total


def count_without_bias(n_x, layer_sizes, n_y, blocks=1, directions=1):
    total = 0
    for i, n in enumerate(layer_sizes):
        total += blocks * directions * n * (n + (directions * layer_sizes[i - 1] if i > 0 else n_x))
    return total + n_y * directions * layer_sizes[-1]


def step_repaired(xt, a_prev, parameters, g=np.tanh):
    a_next, below = [], xt
    for number, state in enumerate(a_prev, 1):
        unit = part(parameters, number)
        below = g(unit["Waa"] @ state + unit["Wax"] @ below + unit["ba"])
        a_next.append(below)
    return a_next, softmax(parameters["Wya"] @ below + parameters["by"])


def run_two_layers(x, a0, parameters, cell=RNN):
    one, last_one, caches_one = cell.forward(x, a0[0], part(parameters, 1))
    two, last_two, caches_two = cell.forward(one, a0[1], part(parameters, 2))
    y_pred = softmax(parameters["Wya"] @ two + parameters["by"])
    return [one, two], y_pred, ([caches_one, caches_two], [last_one, last_two], cell)


def run_last_state_upwards(x, a0, parameters, cell=RNN):
    a, below = [], x
    for number, state in enumerate(a0, 1):
        states, below, caches = cell.forward(below, state, part(parameters, number))
        a.append(states)
    return a, softmax(parameters["Wya"] @ a[-1] + parameters["by"]), ([caches], [below], cell)


def changed_results(change):
    def run(x, a0, parameters, cell=RNN):
        return change(*results_of(lambda k, a, last: (a[-1] if a else x, a0[k], k + 1), x, a0, parameters, cell))

    return run


def back_labels_all(da, caches, d_last=None):
    layers, _, cell = caches
    gradients = {}
    for k in reversed(range(len(layers))):
        found = cell.backward(da, layers[k], d_last[k] if d_last else None)
        da = found["dx"]
        gradients.update({f"{name}[{k + 1}]": value for name, value in found.items()})
    return gradients | {"dx": da}


def count_own_size(n_x, layer_sizes, n_y, blocks=1, directions=1):
    count = 0
    for i, n in enumerate(layer_sizes):
        count += directions * blocks * (n * n + n * (directions * n if i else n_x) + n)
    return count + n_y * (directions * layer_sizes[-1] + 1)


def count_narrow_output(n_x, layer_sizes, n_y, blocks=1, directions=1):
    return count_layers(n_x, layer_sizes, blocks, directions) + n_y * (layer_sizes[-1] + 1)


def count_layers(n_x, layer_sizes, blocks, directions):
    below = [n_x, *(directions * n for n in layer_sizes)]
    return sum(directions * blocks * n * (n + b + 1) for n, b in zip(layer_sizes, below, strict=False))


def count_one_bias(n_x, layer_sizes, n_y, blocks=1, directions=1):
    below = [n_x, *(directions * n for n in layer_sizes)]
    count = sum(directions * blocks * (n * (n + b) + 1) for n, b in zip(layer_sizes, below, strict=False))
    return count + n_y * below[-1] + n_y


CASES = [
    ("deep_rnn_step", lambda xt, a_prev, parameters: step_repaired(xt, a_prev, parameters)[::-1], "results_swapped"),
    ("deep_rnn_step", lambda xt, a_prev, parameters: step_repaired(xt, a_prev, parameters, g=lambda z: z),
     "tanh_missing"),
    ("deep_rnn_forward", run_two_layers, "number_of_layers_fixed"),
    ("deep_rnn_forward", run_last_state_upwards, "only_the_last_state_goes_up"),
    ("deep_rnn_forward", changed_results(lambda a, y, caches: (a, y, (caches[0], [s[-1] for s in a], caches[2]))),
     "last_states_without_memory"),
    ("deep_rnn_forward", changed_results(lambda a, y, caches: (a, y, (*caches[:2], RNN))),
     "another_cell_in_the_caches"),
    ("deep_rnn_backward", back_labels_all, "labels_on_everything"),
    ("count_deep_parameters", count_own_size, "own_size_below"),
    ("count_deep_parameters", count_narrow_output, "output_reads_one_direction"),
    ("count_deep_parameters", count_one_bias, "one_number_for_a_bias"),
    ("deep_rnn_step", step_first_repaired, "planted_1_left"),
    ("deep_rnn_step", step_second_repaired, "planted_1_left"),
    ("deep_rnn_step", step_x_everywhere, "x_into_every_layer"),
    ("deep_rnn_forward", run_x_everywhere, "x_into_every_layer"),
    ("deep_rnn_forward", run_one_state, "one_state_for_all"),
    ("deep_rnn_forward", run_hands_states_up, "state_handed_up"),
    ("deep_rnn_forward", run_one_set_of_weights, "same_weights_for_all"),
    ("deep_rnn_forward", run_like_keras_without_sequences, "only_the_last_state_goes_up"),
    ("deep_rnn_forward", run_pops_the_states, "a0_used_up"),
    ("deep_rnn_forward", run_only_rnns, "only_the_basic_rnn"),
    ("deep_rnn_forward", run_y_from_below, "y_from_the_lowest_layer"),
    ("deep_rnn_forward", run_top_states_only, "only_the_topmost_states"),
    ("deep_rnn_backward", back_same_da, "not_passed_down"),
    ("deep_rnn_backward", back_upwards, "from_the_lowest_layer"),
    ("deep_rnn_backward", back_appends, "da0_from_the_top"),
    ("deep_rnn_backward", back_labels_from_zero, "labels_from_zero"),
    ("deep_rnn_backward", back_forgets_d_last, "d_last_ignored"),
    ("deep_rnn_backward", back_not_through_time, "not_through_time"),
    ("count_deep_parameters", count_x_everywhere, "every_layer_reads_x"),
    ("count_deep_parameters", count_one_way, "one_direction"),
    ("count_deep_parameters", count_without_output, "output_forgotten"),
    ("count_deep_parameters", count_without_bias, "no_biases"),
]

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(CASES)


@pytest.mark.parametrize(("function", "repaired"), [(step_first_repaired, ["a_next"]),
                                                    (step_second_repaired, ["yt_pred of one layer"])])
def test_each_repaired_mistake_earns_its_part(function, repaired):
    result = check(function, exercise="deep_rnn_step")
    assert [part.name for part in result.parts if part.points and part.name != "inputs left unchanged"] == repaired


@pytest.mark.parametrize("caches", [lambda layers, last, cell: (layers, last),
                                    lambda layers, last, cell: {"layers": layers, "last": last},
                                    lambda layers, last, cell: (layers[::-1], last, cell)])
def test_caches_that_do_not_serve_the_way_back_cost_their_points_alone(caches):
    def run(x, a0, parameters, cell=RNN):
        a, y_pred, right = results_of(lambda k, a, last: (a[-1] if a else x, a0[k], k + 1), x, a0, parameters, cell)
        return a, y_pred, caches(*right)

    result = check(run, exercise="deep_rnn_forward")
    assert [part.name for part in result.parts if part.points < part.max_points] == ["caches"]


def test_who_writes_the_basic_rnn_out_is_right_but_for_other_units():
    result = check(run_only_rnns, exercise="deep_rnn_forward")
    lost = [part.name for part in result.parts if part.points < part.max_points]
    assert lost == ["any unit"]

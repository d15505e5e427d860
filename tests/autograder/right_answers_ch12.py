"""Right answers to the exercises of chapter 12, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

import math
from functools import reduce

import numpy as np

from solutions import RNN, labelled, part, softmax


def column_softmax(z, axis):
    """A learner's own softmax."""
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def shorter(value):
    """The same in 32-bit."""
    if isinstance(value, dict):
        return {name: shorter(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(shorter, value))
    return value.astype(np.float32)


# --- deep_rnn_step ---------------------------------------------------------------------------------------------


def step_by_labels(xt, a_prev, parameters):
    a_next, from_below = [], xt
    for l in range(1, len(a_prev) + 1):  # noqa: E741
        z = np.dot(parameters[f"Waa[{l}]"], a_prev[l - 1]) + np.dot(parameters[f"Wax[{l}]"], from_below)
        from_below = np.tanh(z + parameters[f"ba[{l}]"])
        a_next.append(from_below)
    return a_next, softmax(np.dot(parameters["Wya"], from_below) + parameters["by"])


def step_stacked(xt, a_prev, parameters):
    a_next = []
    for layer, a in enumerate(a_prev, 1):
        W = np.hstack([parameters[f"Waa[{layer}]"], parameters[f"Wax[{layer}]"]])
        a_next.append(np.tanh(W @ np.vstack([a, a_next[-1] if a_next else xt]) + parameters[f"ba[{layer}]"]))
    return a_next, softmax(parameters["Wya"] @ a_next[-1] + parameters["by"])


def step_with_the_input_in_front(xt, a_prev, parameters):
    states = [xt]
    for number, a in enumerate(a_prev, start=1):
        p = part(parameters, number)
        states += [np.tanh(p["Wax"] @ states[-1] + p["Waa"] @ a + p["ba"])]
    return states[1:], column_softmax(parameters["Wya"] @ states[-1] + parameters["by"], 0)


def step_as_a_tuple(xt, a_prev, parameters):
    def layer(below, number):
        p = part(parameters, number)
        return np.tanh(p["ba"] + p["Waa"] @ a_prev[number - 1] + p["Wax"] @ below)

    a_next = ()
    for number in range(1, len(a_prev) + 1):
        a_next = (*a_next, layer(a_next[-1] if a_next else xt, number))
    return [a_next, softmax(parameters["Wya"] @ a_next[-1] + parameters["by"])]


def step_recursively(xt, a_prev, parameters, number=1):
    p = part(parameters, number)
    a = np.tanh(p["Waa"] @ a_prev[0] + p["Wax"] @ xt + p["ba"])
    if len(a_prev) == 1:
        return [a], softmax(parameters["Wya"] @ a + parameters["by"])
    above, y = step_recursively(a, a_prev[1:], parameters, number + 1)
    return [a, *above], y


def step_einsum(xt, a_prev, parameters):
    new = [None] * len(a_prev)
    for k, old in enumerate(a_prev):
        below = xt if k == 0 else new[k - 1]
        new[k] = np.tanh(np.einsum("ij,jm->im", parameters[f"Waa[{k + 1}]"], old)
                         + np.einsum("ij,jm->im", parameters[f"Wax[{k + 1}]"], below) + parameters[f"ba[{k + 1}]"])
    return new, softmax(np.einsum("ij,jm->im", parameters["Wya"], new[-1]) + parameters["by"])


def step_number_by_number(xt, a_prev, parameters):
    below, a_next = xt.tolist(), []
    for layer, a in enumerate(a_prev, 1):
        p = part(parameters, layer)
        below = [[math.tanh(sum(p["Waa"][k, j] * a[j, i] for j in range(len(a)))
                            + sum(p["Wax"][k, j] * below[j][i] for j in range(len(below))) + p["ba"][k, 0])
                  for i in range(a.shape[1])] for k in range(len(a))]
        a_next.append(np.array(below))
    return a_next, softmax(parameters["Wya"] @ a_next[-1] + parameters["by"])


def step_in_32_bit(xt, a_prev, parameters):
    return step_by_labels(shorter(xt), shorter(a_prev), shorter(parameters))


def step_on_copies(xt, a_prev, parameters):
    states = [a.copy() for a in a_prev]
    for k in range(len(states)):
        states[k][...] = np.tanh(parameters[f"Waa[{k + 1}]"] @ a_prev[k] + parameters[f"ba[{k + 1}]"]
                                 + parameters[f"Wax[{k + 1}]"] @ (states[k - 1] if k else xt))
    return states, softmax(parameters["Wya"] @ states[-1] + parameters["by"])


# --- deep_rnn_forward ------------------------------------------------------------------------------------------


def run_indexed(x, a0, parameters, cell=RNN):
    L = len(a0)
    a, last, layers = [None] * L, [None] * L, [None] * L
    for l in range(L):  # noqa: E741
        a[l], last[l], layers[l] = cell.forward(x if l == 0 else a[l - 1], a0[l], part(parameters, l + 1))
    return a, softmax(np.matmul(parameters["Wya"], a[-1]) + parameters["by"]), (layers, last, cell)


def run_all_three_in_one_list(x, a0, parameters, cell=RNN):
    results = []
    for number, state in enumerate(a0, 1):
        results.append(cell.forward(results[-1][0] if results else x, state, part(parameters, number)))
    a, last_states, layers = map(list, zip(*results, strict=True))
    return a, softmax(parameters["Wya"] @ a[-1] + parameters["by"]), (layers, last_states, cell)


def run_with_the_input_in_front(x, a0, parameters, cell=RNN):
    sequences, lasts, caches = [x], (), ()
    for number, state in zip(range(1, len(a0) + 1), a0, strict=True):
        states, last, cache = cell.forward(sequences[-1], state, part(parameters, number))
        sequences, lasts, caches = [*sequences, states], (*lasts, last), (*caches, cache)
    y_pred = column_softmax(parameters["Wya"] @ sequences[-1] + parameters["by"], 1)
    return sequences[1:], y_pred, (caches, lasts, cell)


def run_own_part(x, a0, parameters, cell=RNN):
    a, last_states, layers = [], [], []
    for layer in range(1, len(a0) + 1):
        own = {key[:-len(f"[{layer}]")]: value for key, value in parameters.items() if key.endswith(f"[{layer}]")}
        states, last, cache = cell.forward(a[-1] if a else x, a0[layer - 1], own)
        a.append(states)
        last_states.append(last)
        layers.append(cache)
    return [a, softmax(parameters["Wya"] @ a[-1] + parameters["by"]), [layers, last_states, cell]]


def run_output_step_by_step(x, a0, parameters, cell=RNN):
    a, _, caches = run_indexed(x, a0, parameters, cell)
    y_pred = [softmax(parameters["Wya"] @ top + parameters["by"]) for top in a[-1]]
    return tuple(a), np.stack(y_pred), caches


def run_output_einsum(x, a0, parameters, cell=RNN):
    a, _, caches = run_all_three_in_one_list(x, a0, parameters, cell)
    scores = np.einsum("ij,tjm->tim", parameters["Wya"], a[-1]) + parameters["by"]
    return a, column_softmax(scores, axis=1), caches


def run_recursively(x, a0, parameters, cell=RNN, layer=1):
    a, last, cache = cell.forward(x, a0[0], part(parameters, layer))
    if len(a0) == 1:
        return [a], softmax(parameters["Wya"] @ a + parameters["by"]), ([cache], [last], cell)
    above, y_pred, (caches, lasts, _) = run_recursively(a, a0[1:], parameters, cell, layer + 1)
    return [a, *above], y_pred, ([cache, *caches], [last, *lasts], cell)


def run_by_reduce(x, a0, parameters, cell=RNN):
    def up(done, state):
        return [*done, cell.forward(done[-1][0], state, part(parameters, len(done)))]

    _, *done = reduce(up, a0, [(x,)])
    a, lasts, caches = ([item[k] for item in done] for k in range(3))
    return a, softmax(parameters["Wya"] @ a[-1] + parameters["by"]), (caches, lasts, cell)


def run_in_32_bit(x, a0, parameters, cell=RNN):
    return run_indexed(shorter(x), shorter(a0), shorter(parameters), cell)


def run_example_by_example_at_the_output(x, a0, parameters, cell=RNN):
    a, _, caches = run_own_part(x, a0, parameters, cell)
    y_pred = np.empty((len(x), len(parameters["by"]), x.shape[2]))
    for i in range(x.shape[2]):
        y_pred[:, :, i] = column_softmax(a[-1][:, :, i] @ parameters["Wya"].T + parameters["by"].T, 1)
    return a, y_pred, caches


# --- deep_rnn_backward -----------------------------------------------------------------------------------------


def back_indexed(da, caches, d_last=None):
    layers, _, cell = caches
    result, da0 = {}, [None] * len(layers)
    for l in range(len(layers) - 1, -1, -1):  # noqa: E741
        g = cell.backward(da, layers[l], None if d_last is None else d_last[l])
        da = g["dx"]
        da0[l] = g["da0"]
        for name in g:
            if name not in ("dx", "da0"):
                result[f"{name}[{l + 1}]"] = g[name]
    result["dx"], result["da0"] = da, da0
    return result


def back_turned_round_in_the_end(da, caches, d_last=None):
    layers, _, cell = caches
    result, da0 = {}, []
    ends = d_last or [None] * len(layers)
    for number, (cache, end) in reversed(list(enumerate(zip(layers, ends, strict=True), 1))):
        gradients = dict(cell.backward(da, cache, end))
        da = gradients.pop("dx")
        da0.append(gradients.pop("da0"))
        result.update(labelled(gradients, number))
    return {**result, "dx": da, "da0": da0[::-1]}


def back_two_calls(da, caches, d_last=None):
    layers, _, cell = caches
    found = {}
    for layer in range(len(layers), 0, -1):
        if d_last is None:
            found[layer] = cell.backward(da, layers[layer - 1])
        else:
            found[layer] = cell.backward(da, layers[layer - 1], d_last[layer - 1])
        da = found[layer]["dx"]
    out = {"dx": da, "da0": [found[layer]["da0"] for layer in sorted(found)]}
    for layer, gradients in found.items():
        out |= {f"{key}[{layer}]": value for key, value in gradients.items() if key not in out}
    return out


def back_recursively(da, caches, d_last=None):
    layers, last_states, cell = caches
    *below, top = layers
    *d_below, d_top = d_last if d_last is not None else [None] * len(layers)
    g = cell.backward(da, top, d_top)
    own = labelled({name: value for name, value in g.items() if name[:2] in ("dW", "db")}, len(layers))
    if not below:
        return {"dx": g["dx"], "da0": [g["da0"]], **own}
    lower = back_recursively(g["dx"], (below, last_states, cell), d_below)
    return {**lower, **own, "da0": lower["da0"] + [g["da0"]]}


def back_da0_as_a_tuple(da, caches, d_last=None):
    result = back_two_calls(da, caches, d_last)
    return {**result, "da0": tuple(result["da0"])}


def back_more_than_was_asked(da, caches, d_last=None):
    return {**back_indexed(da, caches, d_last), "da": da}


def back_by_keywords(da, caches, d_last=None):
    layers, cell = caches[0], caches[-1]
    result, da0, grad = {}, [], np.array(da)
    for k in reversed(range(len(layers))):
        g = cell.backward(da=grad, caches=layers[k], d_last=d_last[k] if d_last else None)
        grad, first = g.pop("dx"), g.pop("da0")
        da0 = [first, *da0]
        result = labelled(g, k + 1) | result
    result |= {"dx": grad, "da0": da0}
    return result


def back_by_a_stack(da, caches, d_last=None):
    layers, _, cell = caches
    todo, result = list(zip(layers, d_last or [None] * len(layers), strict=True)), {"da0": []}
    while todo:
        cache, end = todo.pop()
        g = cell.backward(da, cache, end)
        da = g["dx"]
        result["da0"].insert(0, g["da0"])
        result |= labelled({name: g[name] for name in g if name not in {"dx", "da0"}}, len(todo) + 1)
    return result | {"dx": da}


def back_in_32_bit(da, caches, d_last=None):
    result = back_indexed(da, caches, d_last)
    return shorter({name: value for name, value in result.items() if name != "da0"}) | {"da0": shorter(result["da0"])}


# --- count_deep_parameters -------------------------------------------------------------------------------------


def count_indexed(n_x, layer_sizes, n_y, blocks=1, directions=1):
    total = 0
    for i in range(len(layer_sizes)):
        n_in = n_x if i == 0 else layer_sizes[i - 1] * directions
        n = layer_sizes[i]
        total += directions * blocks * (n * n + n * n_in + n)
    return total + n_y * layer_sizes[-1] * directions + n_y


def count_by_pairs(n_x, layer_sizes, n_y, blocks=1, directions=1):
    rows = [n_x, *(directions * n for n in layer_sizes)]
    units = sum(n * (n + below + 1) for n, below in zip(layer_sizes, rows, strict=False))
    return units * blocks * directions + n_y * (rows[-1] + 1)


def count_real_arrays(n_x, layer_sizes, n_y, blocks=1, directions=1):
    arrays, below = [], n_x
    for n in layer_sizes:
        for _ in range(directions * blocks):
            arrays += [np.zeros((n, n + below)), np.zeros((n, 1))]
        below = n * directions
    arrays += [np.zeros((n_y, below)), np.zeros((n_y, 1))]
    return sum(array.size for array in arrays)


def count_as_numpy(n_x, layer_sizes, n_y, blocks=1, directions=1):
    n = np.array(layer_sizes)
    below = np.concatenate([[n_x], directions * n[:-1]])
    return (directions * blocks * n * (n + below + 1)).sum() + n_y * (directions * n[-1] + 1)


def count_recursively(n_x, layer_sizes, n_y, blocks=1, directions=1):
    if not len(layer_sizes):
        return n_x * n_y + n_y
    n, *above = layer_sizes
    own = directions * blocks * n * (1 + n + n_x)
    return own + count_recursively(directions * n, above, n_y, blocks, directions)


def count_as_a_float(n_x, layer_sizes, n_y, blocks=1, directions=1):
    return float(count_indexed(n_x, layer_sizes, n_y, blocks, directions))


def count_matrix_by_matrix(n_x, layer_sizes, n_y, blocks=1, directions=1):
    wax = waa = ba = 0
    n_below = n_x
    for n in layer_sizes:
        wax, waa, ba, n_below = wax + n * n_below, waa + n ** 2, ba + n, n * directions
    return (wax + waa + ba) * blocks * directions + n_below * n_y + n_y


def count_by_reduce(n_x, layer_sizes, n_y, blocks=1, directions=1):
    def add(done, n):
        count, below = done
        return count + n * (n + below) + n, directions * n

    count, below = reduce(add, layer_sizes, (0, n_x))
    return blocks * directions * count + n_y * below + n_y


def count_with_a_longer_list(n_x, layer_sizes, n_y, blocks=1, directions=1):
    below = [n_x] + [directions * n for n in layer_sizes]
    widths = layer_sizes.copy()
    widths.append(n_y)
    units = [n * (n + b + 1) for n, b in zip(widths[:-1], below, strict=False)]
    return blocks * directions * sum(units) + n_y * (below[-1] + 1)


RIGHT_ANSWERS = {
    "deep_rnn_step": [
        step_by_labels, step_stacked, step_with_the_input_in_front, step_as_a_tuple, step_recursively, step_einsum,
        step_number_by_number, step_in_32_bit, step_on_copies,
    ],
    "deep_rnn_forward": [
        run_indexed, run_all_three_in_one_list, run_with_the_input_in_front, run_own_part, run_output_step_by_step,
        run_output_einsum, run_recursively, run_by_reduce, run_in_32_bit, run_example_by_example_at_the_output,
    ],
    "deep_rnn_backward": [
        back_indexed, back_turned_round_in_the_end, back_two_calls, back_recursively, back_da0_as_a_tuple,
        back_more_than_was_asked, back_by_keywords, back_by_a_stack, back_in_32_bit,
    ],
    "count_deep_parameters": [
        count_indexed, count_by_pairs, count_real_arrays, count_as_numpy, count_recursively, count_as_a_float,
        count_matrix_by_matrix, count_by_reduce, count_with_a_longer_list,
    ],
}

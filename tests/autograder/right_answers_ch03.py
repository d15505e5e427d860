"""Right answers to the exercises of chapter 3, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

import math
from itertools import accumulate

import numpy as np

from solutions import softmax


def column_softmax(z):
    """A learner's own softmax over axis 0."""
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)


# --- rnn_cell_forward ------------------------------------------------------------------------------------------


def cell_with_np_dot(xt, a_prev, parameters):
    Wax = parameters["Wax"]
    Waa = parameters["Waa"]
    Wya = parameters["Wya"]
    ba = parameters["ba"]
    by = parameters["by"]
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    yt_pred = softmax(np.dot(Wya, a_next) + by)
    cache = (a_next, a_prev, xt, parameters)
    return a_next, yt_pred, cache


def cell_stacked(xt, a_prev, parameters):
    wa = np.hstack((parameters["Waa"], parameters["Wax"]))
    column = np.vstack((a_prev, xt))
    a_next = np.tanh(wa @ column + parameters["ba"])
    return a_next, column_softmax(parameters["Wya"] @ a_next + parameters["by"]), (a_next, a_prev, xt, parameters)


def cell_stacked_the_other_way_round(xt, a_prev, parameters):
    w = np.concatenate([parameters["Wax"], parameters["Waa"]], axis=1)
    v = np.concatenate([xt, a_prev], axis=0)
    a_next = np.tanh(w @ v + parameters["ba"])
    return a_next, softmax(parameters["Wya"] @ a_next + parameters["by"]), (a_next, a_prev, xt, parameters)


def cell_einsum(xt, a_prev, parameters):
    z = np.einsum("ij,jm->im", parameters["Waa"], a_prev) + np.einsum("ij,jm->im", parameters["Wax"], xt)
    h = np.tanh(z + parameters["ba"])
    scores = np.einsum("ki,im->km", parameters["Wya"], h) + parameters["by"]
    return h, softmax(scores, axis=0), (h, a_prev, xt, parameters)


def cell_loops_over_elements(xt, a_prev, parameters):
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    n_a, n_x = Wax.shape
    n_y, m = len(Wya), xt.shape[1]
    a_next, yt_pred = np.zeros((n_a, m)), np.zeros((n_y, m))
    for example in range(m):
        for unit in range(n_a):
            z = parameters["ba"][unit, 0]
            for k in range(n_a):
                z += Waa[unit, k] * a_prev[k, example]
            for k in range(n_x):
                z += Wax[unit, k] * xt[k, example]
            a_next[unit, example] = math.tanh(z)
        scores = [parameters["by"][j, 0] + sum(Wya[j, k] * a_next[k, example] for k in range(n_a)) for j in range(n_y)]
        largest = max(scores)
        powers = [math.exp(score - largest) for score in scores]
        for j in range(n_y):
            yt_pred[j, example] = powers[j] / sum(powers)
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


def cell_one_example_at_a_time(xt, a_prev, parameters):
    states, outputs = [], []
    for x, a in zip(xt.T, a_prev.T, strict=True):
        state = np.tanh(parameters["Waa"] @ a + parameters["Wax"] @ x + parameters["ba"].ravel())
        scores = parameters["Wya"] @ state + parameters["by"].ravel()
        powers = np.exp(scores - scores.max())
        states.append(state)
        outputs.append(powers / powers.sum())
    a_next, yt_pred = np.stack(states, axis=1), np.stack(outputs, axis=1)
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


def cell_in_rows(xt, a_prev, parameters):
    """Examples as rows inside, as other libraries have them."""
    p = parameters
    rows = np.tanh(a_prev.T @ p["Waa"].T + xt.T @ p["Wax"].T + p["ba"].T)
    scores = rows @ p["Wya"].T + p["by"].T
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    a_next = rows.T
    return a_next, (powers / powers.sum(axis=1, keepdims=True)).T, (a_next, a_prev, xt, parameters)


def cell_in_single_precision(xt, a_prev, parameters):
    p = {name: value.astype(np.float32) for name, value in parameters.items()}
    a_next = np.tanh(p["Waa"] @ a_prev.astype(np.float32) + p["Wax"] @ xt.astype(np.float32) + p["ba"])
    return a_next, softmax(p["Wya"] @ a_next + p["by"]), (a_next, a_prev, xt, parameters)


def cell_returning_lists(xt, a_prev, parameters):
    a_next = np.tanh(parameters["Waa"] @ a_prev + parameters["Wax"] @ xt + parameters["ba"])
    yt_pred = softmax(parameters["Wya"] @ a_next + parameters["by"])
    return [a_next.tolist(), yt_pred.tolist(), [a_next.tolist(), a_prev.tolist(), xt.tolist(), parameters]]


def cell_with_tanh_from_exponentials(xt, a_prev, parameters):
    z = parameters["Waa"] @ a_prev + parameters["Wax"] @ xt + parameters["ba"]
    a_next = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    scores = parameters["Wya"] @ a_next + parameters["by"]
    log_sum = scores.max(axis=0) + np.log(np.exp(scores - scores.max(axis=0)).sum(axis=0))
    return a_next, np.exp(scores - log_sum), (a_next, a_prev, xt, parameters)


def cell_step_by_step_in_place_of_its_own_arrays(xt, a_prev, parameters):
    z = parameters["Waa"].dot(a_prev)
    z += parameters["Wax"].dot(xt)
    z += parameters["ba"]
    np.tanh(z, out=z)
    y = parameters["Wya"].dot(z)
    y += parameters["by"]
    y -= y.max(axis=0)
    np.exp(y, out=y)
    y /= y.sum(axis=0)
    return z, y, (z, a_prev, xt, parameters)


def cell_with_copies_in_the_cache(xt, a_prev, parameters):
    a_next = np.tanh(np.matmul(parameters["Waa"], a_prev) + np.matmul(parameters["Wax"], xt) + parameters["ba"])
    yt_pred = softmax(np.matmul(parameters["Wya"], a_next) + parameters["by"])
    return a_next, yt_pred, (a_next.copy(), a_prev.copy(), xt.copy(), dict(parameters))


# --- rnn_forward -----------------------------------------------------------------------------------------------


def one_step(xt, a_prev, parameters):
    """A learner's own cell."""
    a_next = np.tanh(parameters["Waa"] @ a_prev + parameters["Wax"] @ xt + parameters["ba"])
    return a_next, softmax(parameters["Wya"] @ a_next + parameters["by"])


def sequence_with_arrays_made_before(x, a0, parameters):
    T_x, _, m = x.shape
    n_y, n_a = parameters["Wya"].shape
    a, y_pred = np.zeros((T_x, n_a, m)), np.zeros((T_x, n_y, m))
    a_next = a0
    for t in range(T_x):
        a_next, yt_pred = one_step(x[t], a_next, parameters)
        a[t] = a_next
        y_pred[t] = yt_pred
    return a, y_pred, (a, a0, x, parameters)


def sequence_of_lists(x, a0, parameters):
    a, y_pred, state = [], [], a0
    for xt in x:
        state, output = one_step(xt, state, parameters)
        a.append(state)
        y_pred.append(output)
    return a, y_pred, (a, a0, x, parameters)


def sequence_with_np_stack(x, a0, parameters):
    states, outputs = [a0], []
    for t in range(x.shape[0]):
        a_next, yt_pred, _ = cell_with_np_dot(x[t], states[-1], parameters)
        states.append(a_next)
        outputs.append(yt_pred)
    a = np.stack(states[1:])
    return a, np.stack(outputs), (a, a0, x, parameters)


def sequence_with_one_slot_more(x, a0, parameters):
    a = np.empty((len(x) + 1, *a0.shape))
    a[0] = a0
    for t in range(1, len(x) + 1):
        a[t] = np.tanh(parameters["Waa"] @ a[t - 1] + parameters["Wax"] @ x[t - 1] + parameters["ba"])
    y_pred = np.array([softmax(parameters["Wya"] @ state + parameters["by"]) for state in a[1:]])
    return a[1:], y_pred, (a[1:], a0, x, parameters)


def sequence_with_a_question_at_the_first_step(x, a0, parameters):
    a = np.zeros((x.shape[0], a0.shape[0], x.shape[2]))
    y_pred = np.zeros((x.shape[0], parameters["by"].shape[0], x.shape[2]))
    for t in range(x.shape[0]):
        before = a0 if t == 0 else a[t - 1]
        a[t], y_pred[t] = one_step(x[t], before, parameters)
    return a, y_pred, (a, a0, x, parameters)


def sequence_recursive(x, a0, parameters):
    def states_from(t, state):
        if t == len(x):
            return []
        after, output = one_step(x[t], state, parameters)
        return [(after, output), *states_from(t + 1, after)]

    a, y_pred = map(np.array, zip(*states_from(0, a0), strict=True))
    return a, y_pred, (a, a0, x, parameters)


def sequence_with_accumulate(x, a0, parameters):
    def step(state, xt):
        return np.tanh(parameters["Waa"] @ state + parameters["Wax"] @ xt + parameters["ba"])

    a = np.array(list(accumulate(x, step, initial=a0)))[1:]
    y_pred = np.array([column_softmax(parameters["Wya"] @ state + parameters["by"]) for state in a])
    return a, y_pred, (a, a0, x, parameters)


def sequence_time_last_inside(x, a0, parameters):
    """A learner of the other edition: (n, m, T_x) inside, converted on the way in and out."""
    x_last = np.moveaxis(x, 0, 2)
    n_y, n_a = parameters["Wya"].shape
    _, m, T_x = x_last.shape
    a, y_pred, a_next = np.zeros((n_a, m, T_x)), np.zeros((n_y, m, T_x)), a0
    for t in range(T_x):
        a_next, y_pred[:, :, t] = one_step(x_last[:, :, t], a_next, parameters)
        a[:, :, t] = a_next
    a, y_pred = np.moveaxis(a, 2, 0), np.moveaxis(y_pred, 2, 0)
    return a, y_pred, (a, a0, x, parameters)


def sequence_einsum_before_and_after(x, a0, parameters):
    from_x = np.einsum("ij,tjm->tim", parameters["Wax"], x) + parameters["ba"]
    a = np.empty_like(from_x)
    for t, term in enumerate(from_x):
        a[t] = np.tanh(term + np.einsum("ij,jm->im", parameters["Waa"], a[t - 1] if t else a0))
    scores = np.einsum("ki,tim->tkm", parameters["Wya"], a) + parameters["by"]
    return a, softmax(scores), (a, a0, x, parameters)


def sequence_in_single_precision(x, a0, parameters):
    p = {name: value.astype("float32") for name, value in parameters.items()}
    a, y_pred, state = [], [], a0.astype("float32")
    for xt in x.astype("float32"):
        state, output = one_step(xt, state, p)
        a.append(state)
        y_pred.append(output)
    return np.array(a), np.array(y_pred), (np.array(a), a0, x, parameters)


def sequence_stacked(x, a0, parameters):
    Wa = np.c_[parameters["Waa"], parameters["Wax"]]
    a, y_pred, hidden = np.zeros((len(x), *a0.shape)), [], a0.copy()
    for t in range(len(x)):
        hidden[:] = np.tanh(Wa @ np.r_[hidden, x[t]] + parameters["ba"])
        a[t] = hidden
        y_pred.append(column_softmax(parameters["Wya"] @ hidden + parameters["by"]))
    return a, np.array(y_pred), (a, a0, x, parameters)


def sequence_example_by_example(x, a0, parameters):
    T_x, _, m = x.shape
    a, y_pred = np.zeros((T_x, len(a0), m)), np.zeros((T_x, len(parameters["by"]), m))
    for i in range(m):
        state = a0[:, i]
        for t in range(T_x):
            state = np.tanh(parameters["Waa"] @ state + parameters["Wax"] @ x[t, :, i] + parameters["ba"][:, 0])
            a[t, :, i] = state
            scores = parameters["Wya"] @ state + parameters["by"][:, 0]
            y_pred[t, :, i] = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
    return a, y_pred, (a, a0, x, parameters)


# --- stack_parameters ------------------------------------------------------------------------------------------


def stack_with_hstack(parameters):
    return np.hstack([parameters["Waa"], parameters["Wax"]])


def stack_with_c(parameters):
    return np.c_[parameters["Waa"], parameters["Wax"]]


def stack_filling_an_array(parameters):
    n_a, n_x = parameters["Wax"].shape
    Wa = np.zeros((n_a, n_a + n_x))
    Wa[:, :n_a] = parameters["Waa"]
    Wa[:, n_a:] = parameters["Wax"]
    return Wa


def stack_row_by_row(parameters):
    return np.array([[*left, *right] for left, right in zip(parameters["Waa"], parameters["Wax"], strict=True)])


def stack_transposed_twice(parameters):
    return np.vstack((parameters["Waa"].T, parameters["Wax"].T)).T


def stack_with_block(parameters):
    return np.block([parameters["Waa"], parameters["Wax"]])


def stack_with_append(parameters):
    return np.append(parameters["Waa"], parameters["Wax"], axis=-1)


def stack_with_column_stack(parameters):
    waa, wax = parameters["Waa"], parameters["Wax"]
    return np.column_stack((waa, wax))


def stack_as_lists(parameters):
    return [list(a) + list(x) for a, x in zip(parameters["Waa"], parameters["Wax"], strict=True)]


def stack_in_single_precision(parameters):
    return np.concatenate((parameters["Waa"], parameters["Wax"]), axis=-1).astype(np.float32)


def stack_by_products(parameters):
    """What the matrix does to each unit vector is its column."""
    n_a, n_x = parameters["Wax"].shape
    units = np.eye(n_a + n_x)
    return parameters["Waa"] @ units[:n_a] + parameters["Wax"] @ units[n_a:]


# --- count_parameters ------------------------------------------------------------------------------------------


def count_factored(n_x, n_a, n_y):
    return n_a * (n_x + n_a + 1) + n_y * (n_a + 1)


def count_from_shapes(n_x, n_a, n_y):
    shapes = [(n_a, n_x), (n_a, n_a), (n_y, n_a), (n_a, 1), (n_y, 1)]
    return sum(rows * columns for rows, columns in shapes)


def count_from_arrays(n_x, n_a, n_y):
    arrays = [np.zeros((n_a, n_x)), np.zeros((n_a, n_a)), np.zeros((n_y, n_a)), np.zeros((n_a, 1)), np.zeros((n_y, 1))]
    return sum(array.size for array in arrays)


def count_with_numpy(n_x, n_a, n_y):
    return np.prod([n_a, n_a + n_x]) + np.prod([n_y, n_a]) + np.int64(n_a) + n_y


def count_as_float(n_x, n_a, n_y):
    return float(n_a * n_x + n_a**2 + n_a * n_y + n_a + n_y)


def count_step_by_step(n_x, n_a, n_y):
    total = 0
    total += n_a * n_x  # Wax
    total += n_a * n_a  # Waa
    total += n_a  # ba
    total += n_y * n_a  # Wya
    total += n_y  # by
    return total


def count_as_numpy_array(n_x, n_a, n_y):
    return np.array(n_a * (n_x + n_a) + n_y * n_a + n_a + n_y)


def count_with_dict(n_x, n_a, n_y):
    sizes = {"Wa": n_a * (n_a + n_x), "ba": n_a, "Wy": n_y * n_a, "by": n_y}
    return sum(sizes.values())


def count_unit_by_unit(n_x, n_a, n_y):
    hidden = sum(n_x + n_a + 1 for _ in range(n_a))
    output = sum(n_a + 1 for _ in range(n_y))
    return hidden + output


def count_with_math(n_x, n_a, n_y):
    return math.prod((n_a, n_x)) + math.prod((n_a, n_a)) + math.prod((n_y, n_a)) + n_a + n_y


def sequence_with_a_cache_of_each_step(x, a0, parameters):
    """As in another edition: (list of the cells' caches, x)."""
    caches, states, predictions, state = [], [], [], a0
    for xt in x:
        before = state
        state = np.tanh(parameters["Waa"] @ before + parameters["Wax"] @ xt + parameters["ba"])
        states.append(state)
        predictions.append(softmax(parameters["Wya"] @ state + parameters["by"]))
        caches.append((state, before, xt, parameters))
    return np.array(states), np.array(predictions), (caches, x)


RIGHT_ANSWERS = {
    "rnn_cell_forward": [
        cell_with_np_dot, cell_stacked, cell_stacked_the_other_way_round, cell_einsum, cell_loops_over_elements,
        cell_one_example_at_a_time, cell_in_rows, cell_in_single_precision, cell_returning_lists,
        cell_with_tanh_from_exponentials, cell_step_by_step_in_place_of_its_own_arrays, cell_with_copies_in_the_cache,
    ],
    "rnn_forward": [
        sequence_with_arrays_made_before, sequence_of_lists, sequence_with_np_stack, sequence_with_one_slot_more,
        sequence_with_a_question_at_the_first_step, sequence_recursive, sequence_with_accumulate,
        sequence_time_last_inside, sequence_einsum_before_and_after, sequence_in_single_precision, sequence_stacked,
        sequence_example_by_example, sequence_with_a_cache_of_each_step,
    ],
    "stack_parameters": [
        stack_with_hstack, stack_with_c, stack_filling_an_array, stack_row_by_row, stack_transposed_twice,
        stack_with_block, stack_with_append, stack_with_column_stack, stack_as_lists, stack_in_single_precision,
        stack_by_products,
    ],
    "count_parameters": [
        count_factored, count_from_shapes, count_from_arrays, count_with_numpy, count_as_float, count_step_by_step,
        count_as_numpy_array, count_with_dict, count_unit_by_unit, count_with_math,
    ],
}

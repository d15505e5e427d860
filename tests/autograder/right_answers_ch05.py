"""Right answers to the exercises of chapter 5, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

from functools import reduce, wraps
from itertools import islice

import numpy as np

from solutions import LSTM, RNN, many_to_many_forward, part, rnn_backward, softmax
from solutions import one_to_many_forward as write


def column_softmax(z):
    """A learner's own softmax over the classes, whatever stands before them."""
    e = np.exp(z - np.max(z, axis=-2, keepdims=True))
    return e / np.sum(e, axis=-2, keepdims=True)


def shorter(value):
    """Parameters or a state in 32-bit."""
    if isinstance(value, dict):
        return {name: shorter(array) for name, array in value.items()}
    return tuple(map(shorter, value)) if isinstance(value, tuple) else value.astype(np.float32)


# --- many_to_one_forward ---------------------------------------------------------------------------------------


def one_with_np_dot(x, a0, parameters, cell=RNN):
    a, _, caches = cell.forward(x, a0, parameters)
    z = np.dot(parameters["Wya"], a[-1]) + parameters["by"]
    return column_softmax(z), (a, caches, parameters, cell)


def one_last_by_its_length(x, a0, parameters, cell=RNN):
    T_x = x.shape[0]
    states, _, caches = cell.forward(x, a0, parameters)
    y_pred = softmax(np.matmul(parameters["Wya"], states[T_x - 1]) + parameters["by"])
    return [y_pred, [states, caches, parameters, cell]]


def one_of_many(x, a0, parameters, cell=RNN):
    everything, caches = many_to_many_forward(x, a0, parameters, cell)
    return everything[-1], caches


def one_from_the_last_state(x, a0, parameters, cell=RNN):
    a, last, caches = cell.forward(x, a0, parameters)
    last = last[0] if isinstance(last, tuple) else last
    return softmax(parameters["Wya"] @ last + parameters["by"]), (a, caches, parameters, cell)


def one_einsum(x, a0, parameters, cell=RNN):
    a, _, caches = cell.forward(x, a0, parameters)
    z = np.einsum("ya,am->ym", parameters["Wya"], a[-1]) + parameters["by"]
    return column_softmax(z), (a, caches, parameters, cell)


def one_by_transposes(x, a0, parameters, cell=RNN):
    a, _, caches = cell.forward(x, a0, parameters)
    rows = a[-1].T @ parameters["Wya"].T + parameters["by"].T
    rows = np.exp(rows - rows.max(axis=1, keepdims=True))
    return (rows / rows.sum(axis=1, keepdims=True)).T, (a, caches, parameters, cell)


def one_number_by_number(x, a0, parameters, cell=RNN):
    a, _, caches = cell.forward(x, a0, parameters)
    Wya, by = parameters["Wya"], parameters["by"]
    z = np.empty((len(by), x.shape[2]))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            z[i, j] = sum(Wya[i, k] * a[-1, k, j] for k in range(Wya.shape[1])) + by[i, 0]
    return column_softmax(z).tolist(), (a, caches, parameters, cell)


def one_in_32_bit(x, a0, parameters, cell=RNN):
    p = shorter(parameters)
    a, _, caches = cell.forward(x.astype(np.float32), shorter(a0), p)
    return softmax(p["Wya"] @ a[-1] + p["by"]), (a, caches, parameters, cell)


def one_last_axis_squeezed(x, a0, parameters, cell=RNN):
    a, _, caches = cell.forward(x, a0, parameters)
    z = parameters["Wya"] @ a[-1:] + parameters["by"]
    return np.squeeze(softmax(z), axis=0), (a, caches, parameters, cell)


# --- many_to_one_backward --------------------------------------------------------------------------------------


def back_with_np_dot(dz, caches):
    a, inside, parameters, cell = caches
    da = np.zeros_like(a)
    da[a.shape[0] - 1] = np.dot(parameters["Wya"].T, dz)
    gradients = cell.backward(da, inside)
    gradients.update(dWya=np.dot(dz, a[-1].T), dby=dz.sum(axis=1).reshape(-1, 1))
    return gradients


def back_concatenated(dz, caches):
    a, inside, parameters, cell = caches
    da = np.concatenate([np.zeros(a[:-1].shape), (parameters["Wya"].T @ dz)[np.newaxis]])
    return {**cell.backward(da, inside), "dWya": dz @ a[-1].T, "dby": dz @ np.ones((dz.shape[1], 1))}


def back_einsum(dz, caches):
    a, inside, parameters, cell = caches
    da = np.zeros(a.shape)
    da[-1] = np.einsum("ya,ym->am", parameters["Wya"], dz)
    more = {"dWya": np.einsum("ym,am->ya", dz, a[-1]), "dby": np.einsum("ym->y", dz)[:, None]}
    return cell.backward(da, inside) | more


def of_a_basic_rnn(function):
    """What is written for the basic RNN; other cells go back by their own function."""
    @wraps(function)
    def back(dz, caches):
        return function(dz, caches) if caches[3] is RNN else back_with_np_dot(dz, caches)

    return back


@of_a_basic_rnn
def back_by_the_function_of_chapter_4(dz, caches):
    a, inside, parameters, _ = caches
    da = np.zeros(a.shape)
    da[-1] = parameters["Wya"].T @ dz
    found = rnn_backward(da, inside)
    return found | {"dWya": dz @ a[-1].T, "dby": dz.sum(axis=1, keepdims=True)}


@of_a_basic_rnn
def back_by_hand(dz, caches):
    a, (_, a0, x, p), parameters, _ = caches
    found = {"dx": np.zeros(x.shape), "dWax": 0, "dWaa": 0, "dba": 0}
    d_state = parameters["Wya"].T @ dz
    for t in range(len(x) - 1, -1, -1):
        inside = (1 - a[t] ** 2) * d_state
        found["dx"][t] = p["Wax"].T @ inside
        found["dWax"] = found["dWax"] + inside @ x[t].T
        found["dWaa"] = found["dWaa"] + inside @ (a[t - 1] if t else a0).T
        found["dba"] = found["dba"] + inside.sum(axis=1, keepdims=True)
        d_state = p["Waa"].T @ inside
    return found | {"da0": d_state, "dWya": dz @ a[-1].T, "dby": dz.sum(axis=1, keepdims=True)}


def back_as_a_last_state(dz, caches):
    a, inside, parameters, cell = caches
    last = parameters["Wya"].T @ dz
    found = cell.backward(np.zeros(a.shape), inside, (last, 0 * last) if cell is LSTM else last)
    return {"dWya": (a[-1] @ dz.T).T, "dby": np.add.reduce(dz, axis=1, keepdims=True), **found}


@of_a_basic_rnn
def back_in_32_bit(dz, caches):
    a, (_, a0, x, p), parameters, cell = caches
    a, dz, p = a.astype(np.float32), dz.astype(np.float32), shorter(p)
    da = np.zeros(a.shape, np.float32)
    da[-1] = shorter(parameters)["Wya"].T @ dz
    found = cell.backward(da, (a, shorter(a0), x.astype(np.float32), p))
    return {**found, "dWya": dz @ a[-1].T, "dby": dz.sum(axis=1, keepdims=True)}


@of_a_basic_rnn
def back_example_by_example(dz, caches):
    a, (_, a0, x, p), parameters, cell = caches
    total = None
    for i in range(dz.shape[1]):
        one = slice(i, i + 1)
        da = np.zeros(a[:, :, one].shape)
        da[-1] = parameters["Wya"].T @ dz[:, one]
        found = cell.backward(da, (a[:, :, one], a0[:, one], x[:, :, one], p))
        found |= {"dWya": dz[:, one] @ a[-1][:, one].T, "dby": dz[:, one]}
        total = found if total is None else {
            name: np.concatenate([total[name], value], axis=-1) if name in ("dx", "da0") else total[name] + value
            for name, value in found.items()}
    return total


def back_all_steps_masked(dz, caches):
    a, inside, parameters, cell = caches
    every = np.broadcast_to(parameters["Wya"].T @ dz, a.shape)
    is_last = np.arange(len(a)) == len(a) - 1
    found = cell.backward(every * is_last[:, np.newaxis, np.newaxis], inside)
    found["dWya"], found["dby"] = np.tensordot(dz, a[-1], ([1], [1])), dz.sum(1, keepdims=True)
    return found


# --- one_to_many_forward ---------------------------------------------------------------------------------------


def many_with_indices(x, a0, parameters, T_y, cell=RNN, choose=None):
    y_pred, a, steps = np.zeros((T_y, *x.shape)), None, []
    xt, state = x, a0
    for t in range(T_y):
        at, state, cache = cell.forward(xt.reshape(1, *x.shape), state, parameters)
        a = np.zeros((T_y, *at[0].shape)) if a is None else a
        a[t] = at[0]
        y_pred[t] = column_softmax(np.dot(parameters["Wya"], a[t]) + parameters["by"])
        steps += [cache]
        xt = choose(y_pred[t]) if choose else y_pred[t]
    return y_pred, (a, y_pred, steps, choose, parameters, cell)


def many_inputs_in_a_list(x, a0, parameters, T_y, cell=RNN, choose=None):
    inputs, states, results = [x], [a0], []
    while len(results) < T_y:
        a, state, cache = cell.forward(np.array([inputs[-1]]), states[-1], parameters)
        y = softmax(parameters["Wya"] @ a[-1] + parameters["by"])
        results.append((a[-1], y, cache))
        states.append(state)
        inputs.append(choose(y) if callable(choose) else y)
    predictions = [y for _, y, _ in results]
    return predictions, ([a for a, *_ in results], predictions, [cache for *_, cache in results], choose, parameters,
                         cell)


def many_as_a_generator(x, a0, parameters, T_y, cell=RNN, choose=None):
    def steps():
        xt, state = x, a0
        while True:
            a, state, cache = cell.forward(xt[None], state, parameters)
            y = softmax(parameters["Wya"] @ a[0] + parameters["by"])
            yield a[0], y, cache
            xt = y if choose is None else choose(y)

    a, y_pred, caches = zip(*islice(steps(), T_y), strict=True)
    return np.array(y_pred), (np.array(a), np.array(y_pred), list(caches), choose, parameters, cell)


def many_recursive(x, a0, parameters, T_y, cell=RNN, choose=None):
    a, state, cache = cell.forward(x[None], a0, parameters)
    y = softmax(parameters["Wya"] @ a + parameters["by"])
    if T_y == 1:
        return y, (a, y, [cache], choose, parameters, cell)
    later, (more_a, _, more, *_) = many_recursive((choose or (lambda p: p))(y[0]), state, parameters, T_y - 1, cell,
                                                  choose)
    y_pred = np.concatenate([y, later])
    return y_pred, (np.concatenate([a, more_a]), y_pred, [cache, *more], choose, parameters, cell)


def many_by_many_to_many(x, a0, parameters, T_y, cell=RNN, choose=None):
    y_pred, a, steps, state = [], [], [], a0
    for _ in range(T_y):
        y, (at, cache, *_) = many_to_many_forward(x[np.newaxis], state, parameters, cell)
        _, state, _ = cell.forward(x[np.newaxis], state, parameters)
        y_pred.append(y[0])
        a.append(at[0])
        steps.append(cache)
        x = (choose or np.copy)(y[0])
    return np.stack(y_pred), (np.stack(a), np.stack(y_pred), tuple(steps), choose, parameters, cell)


def many_by_reduce(x, a0, parameters, T_y, cell=RNN, choose=None):
    def step(so_far, _):
        xt, state, done = so_far
        a, state, cache = cell.forward(np.expand_dims(xt, 0), state, parameters)
        y = softmax(parameters["Wya"] @ a[0] + parameters["by"])
        return (y if choose is None else choose(y)), state, [*done, (a[0], y, cache)]

    _, _, done = reduce(step, range(T_y), (x, a0, []))
    a, y_pred, steps = map(list, zip(*done, strict=True))
    return y_pred, (a, y_pred, steps, choose, parameters, cell)


def many_in_32_bit(x, a0, parameters, T_y, cell=RNN, choose=None):
    y_pred, (a, _, steps, *_) = many_with_indices(x.astype(np.float32), shorter(a0), shorter(parameters), T_y, cell,
                                                  choose)
    return y_pred.astype(np.float32), (a, y_pred, steps, choose, parameters, cell)


def many_the_first_step_apart(x, a0, parameters, T_y, cell=RNN, choose=None):
    def one(xt, state):
        a, state, cache = cell.forward(xt[np.newaxis, :, :], state, parameters)
        return a[0], softmax(parameters["Wya"] @ a[0] + parameters["by"]), state, cache

    a, y, state, cache = one(x, a0)
    states, predictions, steps = [a], [y], [cache]
    for _ in range(1, T_y):
        a, y, state, cache = one(y if choose is None else choose(y), state)
        states.append(a)
        predictions.append(y)
        steps.append(cache)
    return np.array(predictions), (np.array(states), np.array(predictions), steps, choose, parameters, cell)


# --- encoder_decoder_forward -----------------------------------------------------------------------------------


def by_label(parameters, label):
    """A learner's own `part`."""
    return {name[: name.index("[")]: value for name, value in parameters.items() if f"[{label}]" in name}


def translate_with_a_shifted_copy(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    a, state, encoder = cell.forward(x, a0, by_label(parameters, "encoder"))
    p = by_label(parameters, "decoder")
    if y is not None:
        inputs = np.zeros_like(y)
        inputs[1:] = y[:-1]
        y_pred, decoder = many_to_many_forward(inputs, state, p, cell)
    else:
        y_pred, decoder = write(np.zeros((p["by"].shape[0], x.shape[-1])), state, p, T_y, cell, choose)
    return y_pred, (a, encoder, decoder, y is not None, cell)


def translate_with_a_teacher_who_chooses(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    a, state, encoder = cell.forward(x, a0, part(parameters, "encoder"))
    p = part(parameters, "decoder")
    teacher_forcing = y is not None
    if teacher_forcing:
        choose = _teacher(y)
    y_pred, decoder = write(np.zeros((len(p["by"]), x.shape[2])), state, p, T_y, cell, choose)
    return y_pred, (a, encoder, decoder, teacher_forcing, cell)


def translate_in_one_loop(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    a, state, encoder = cell.forward(x, a0, part(parameters, "encoder"))
    p = part(parameters, "decoder")
    xt, states, predictions, steps = np.zeros((len(p["by"]), x.shape[2])), [], [], []
    for t in range(T_y):
        at, state, cache = cell.forward(xt[np.newaxis], state, p)
        yt = softmax(p["Wya"] @ at[0] + p["by"])
        states.append(at[0])
        predictions.append(yt)
        steps.append(cache)
        if y is not None:
            xt = y[t]
        else:
            xt = yt if choose is None else choose(yt)
    decoder = (np.array(states), np.array(predictions), steps, choose, p, cell)
    return np.array(predictions), (a, encoder, decoder, y is not None, cell)


def translate_padded_in_front(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    a, state, encoder = cell.forward(x, a0, part(parameters, "encoder"))
    p = part(parameters, "decoder")
    if y is None:
        out = write(np.zeros((len(p["by"]), x.shape[2])), state, p, T_y, cell, choose)
    else:
        out = many_to_many_forward(np.pad(y, ((1, 0), (0, 0), (0, 0)))[:T_y], state, p, cell)
    return out[0], [a, encoder, out[1], not y is None, cell]  # noqa: E714


def translate_rolled(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    a, state, encoder = cell.forward(x, a0, part(parameters, "encoder"))
    p = part(parameters, "decoder")
    if y is None:
        y_pred, decoder = write(0 * p["by"] + np.zeros(x.shape[2]), state, p, T_y, cell, choose)
        return y_pred, (a, encoder, decoder, False, cell)
    late = np.roll(y, 1, axis=0)
    late[0] = 0
    y_pred, decoder = many_to_many_forward(late, state, p, cell)
    return y_pred, (a, encoder, decoder, True, cell)


def translate_with_own_output(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    encoder_part, p = (part(parameters, label) for label in ("encoder", "decoder"))
    a, state, encoder = cell.forward(x, a0, encoder_part)
    if y is None:
        y_pred, decoder = many_recursive(np.zeros((len(p["by"]), x.shape[2])), state, p, T_y, cell, choose)
    else:
        inputs = np.stack([np.zeros(y[0].shape), *y[:-1]])
        states, _, cache = cell.forward(inputs, state, p)
        y_pred, decoder = column_softmax(p["Wya"] @ states + p["by"]), (states, cache, p, cell)
    return y_pred, (a, encoder, decoder, y is not None, cell)


def translate_in_32_bit(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    y = None if y is None else y.astype(np.float32)
    return translate_in_one_loop(x.astype(np.float32), shorter(a0), shorter(parameters), T_y, y, cell, choose)


def translate_step_by_step(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    p_enc, p_dec = part(parameters, "encoder"), part(parameters, "decoder")
    state, states = a0, []
    for t in range(len(x)):
        at, state, _ = cell.forward(x[t:t + 1], state, p_enc)
        states.append(at[0])
    encoder = cell.forward(x, a0, p_enc)[2]
    y_pred, decoder = many_with_indices(np.zeros((len(p_dec["by"]), x.shape[2])), state, p_dec, T_y, cell,
                                        choose if y is None else _teacher(y))
    return y_pred, (np.array(states), encoder, decoder, y is not None, cell)


def _teacher(y):
    coming = iter(y)
    return lambda _: next(coming)


RIGHT_ANSWERS = {
    "many_to_one_forward": [
        one_with_np_dot, one_last_by_its_length, one_of_many, one_from_the_last_state, one_einsum, one_by_transposes,
        one_number_by_number, one_in_32_bit, one_last_axis_squeezed,
    ],
    "many_to_one_backward": [
        back_with_np_dot, back_concatenated, back_einsum, back_by_the_function_of_chapter_4, back_by_hand,
        back_as_a_last_state, back_in_32_bit, back_example_by_example, back_all_steps_masked,
    ],
    "one_to_many_forward": [
        many_with_indices, many_inputs_in_a_list, many_as_a_generator, many_recursive, many_by_many_to_many,
        many_by_reduce, many_in_32_bit, many_the_first_step_apart,
    ],
    "encoder_decoder_forward": [
        translate_with_a_shifted_copy, translate_with_a_teacher_who_chooses, translate_in_one_loop,
        translate_padded_in_front, translate_rolled, translate_with_own_output, translate_in_32_bit,
        translate_step_by_step,
    ],
}

"""Right answers to the exercises of chapter 11, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

import numpy as np

from autograder.exercises._ch11_reverse import one_by_one as reverse_one_by_one
from autograder.exercises._ch11_summary import one_by_one as summary_one_by_one
from solutions import RNN, labelled, part, reverse_sequence, softmax


def all_steps(array, lengths):
    """A learner's way to do without None."""
    return [len(array)] * array.shape[2] if lengths is None else lengths


# --- reverse_sequence ------------------------------------------------------------------------------------------


def reverse_step_by_step(x, lengths=None):
    turned = x.copy()
    for i, n in enumerate(all_steps(x, lengths)):
        for t in range(n):
            turned[t, :, i] = x[n - 1 - t, :, i]
    return turned


def reverse_in_two_cases(x, lengths=None):
    if lengths is None:
        return x[::-1]
    turned = np.copy(x)
    for i in range(x.shape[2]):
        turned[:lengths[i], :, i] = np.flip(x[:lengths[i], :, i], axis=0)
    return turned


def reverse_column_by_column(x, lengths=None):
    columns = []
    for i, n in enumerate(all_steps(x, lengths)):
        one = x[:, :, i]
        columns.append(np.concatenate([one[:n][::-1], one[n:]]))
    return np.stack(columns, axis=2)


def reverse_by_index_arrays(x, lengths=None):
    t, i = np.ogrid[:x.shape[0], :x.shape[2]]
    n = np.asarray(all_steps(x, lengths))
    return x[np.where(t < n, n - 1 - t, t), :, i].transpose(0, 2, 1)


def reverse_with_a_matrix(x, lengths=None):
    T = len(x)
    turned = np.empty_like(x)
    for i, n in enumerate(all_steps(x, lengths)):
        P = np.eye(T)
        P[:n] = P[:n][::-1]
        turned[:, :, i] = P @ x[:, :, i]
    return turned


def reverse_as_lists(x, lengths=None):
    T, n_x, m = x.shape
    n = all_steps(x, lengths)
    return [[[x[n[i] - 1 - t if t < n[i] else t, k, i] for i in range(m)] for k in range(n_x)] for t in range(T)]


def reverse_by_exchange(x, lengths=None):
    turned = np.array(x)
    for i, n in enumerate(all_steps(x, lengths)):
        for t in range(n // 2):
            kept = turned[t, :, i].copy()
            turned[t, :, i] = turned[n - 1 - t, :, i]
            turned[n - 1 - t, :, i] = kept
    return turned


def reverse_in_32_bit(x, lengths=None):
    return reverse_step_by_step(x.astype(np.float32), lengths)


def reverse_by_sorting(x, lengths=None):
    turned = np.zeros_like(x)
    for i, n in enumerate(all_steps(x, lengths)):
        order = sorted(range(len(x)), key=lambda t, n=n: -t if t < n else t)
        turned[:, :, i] = x[order, :, i]
    return turned


# --- birnn_forward ---------------------------------------------------------------------------------------------


def forward_with_names(x, a0, parameters, cell=RNN, lengths=None):
    a0_forward, a0_backward = a0
    a_forward, _, caches_forward = cell.forward(x, a0_forward, part(parameters, "forward"))
    x_reversed = reverse_one_by_one(x, lengths)
    a_reversed, _, caches_backward = cell.forward(x_reversed, a0_backward, part(parameters, "backward"))
    a = np.hstack([a_forward, reverse_one_by_one(a_reversed, lengths)])
    y_pred = np.stack([softmax(np.dot(parameters["Wya"], a_t) + parameters["by"]) for a_t in a])
    return a, y_pred, (caches_forward, caches_backward, lengths, cell)


def forward_in_a_loop(x, a0, parameters, cell=RNN, lengths=None):
    states, caches = [], []
    for direction, start in zip(("forward", "backward"), a0, strict=True):
        turn = (lambda z: z) if direction == "forward" else (lambda z: reverse_sequence(z, lengths))
        a, _, cache = cell.forward(turn(x), start, part(parameters, direction))
        states.append(turn(a))
        caches.append(cache)
    a = np.concatenate(states, axis=1)
    return [a, softmax(parameters["Wya"] @ a + parameters["by"]), [*caches, lengths, cell]]


def forward_own_labels(x, a0, parameters, cell=RNN, lengths=None):
    own = [{k.split("[")[0]: v for k, v in parameters.items() if k.endswith(f"[{d}]")} for d in ("forward", "backward")]
    left, _, cl = cell.forward(x.copy(), a0[0], own[0])
    right, _, cr = cell.forward(np.array(reverse_as_lists(x, lengths)), a0[1], own[1])
    a = np.append(left, reverse_column_by_column(right, lengths), axis=1)
    z = np.einsum("ka,tam->tkm", parameters["Wya"], a) + parameters["by"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return a, e / e.sum(axis=1, keepdims=True), (cl, cr, lengths, cell)


def forward_two_products(x, a0, parameters, cell=RNN, lengths=None):
    left, _, cl = cell.forward(x, a0[0], part(parameters, "forward"))
    right, _, cr = cell.forward(reverse_sequence(x, lengths), a0[1], part(parameters, "backward"))
    right = reverse_sequence(right, lengths)
    W, n_a = parameters["Wya"], left.shape[1]
    y_pred = softmax(W[:, :n_a] @ left + W[:, n_a:] @ right + parameters["by"])
    return np.concatenate((left, right), axis=-2), y_pred, (cl, cr, lengths, cell)


def forward_writes_into_zeros(x, a0, parameters, cell=RNN, lengths=None):
    left, _, cl = cell.forward(x, a0[0], part(parameters, "forward"))
    right, _, cr = cell.forward(reverse_sequence(x, lengths), a0[1], part(parameters, "backward"))
    T_x, n_a, m = left.shape
    a, y_pred = np.zeros((T_x, 2 * n_a, m)), np.zeros((T_x, len(parameters["by"]), m))
    for i in range(m):
        n = T_x if lengths is None else lengths[i]
        for t in range(n):
            a[t, :n_a, i], a[t, n_a:, i] = left[t, :, i], right[n - 1 - t, :, i]
            y_pred[t, :, i] = softmax(parameters["Wya"] @ a[t, :, i:i + 1] + parameters["by"])[:, 0]
    return a, y_pred, (cl, cr, lengths, cell)


def forward_with_full_lengths(x, a0, parameters, cell=RNN, lengths=None):
    if lengths is None:
        lengths = np.full(x.shape[-1], len(x))
    return forward_in_a_loop(x, a0, parameters, cell, lengths)


def forward_zeroes_its_padding(x, a0, parameters, cell=RNN, lengths=None):
    a, y_pred, caches = forward_two_products(x, a0, parameters, cell, lengths)
    if lengths is not None:
        own = (np.arange(len(x))[:, None] < lengths)[:, None]
        a, y_pred = a * own, y_pred * own
    return a, y_pred, caches


def forward_in_32_bit(x, a0, parameters, cell=RNN, lengths=None):
    a, y_pred, caches = forward_two_products(x, a0, parameters, cell, lengths)
    return a.astype(np.float32), y_pred.astype(np.float32), caches


def forward_keeps_padding_at_nothing(x, a0, parameters, cell=RNN, lengths=None):
    turned = reverse_sequence(x, lengths)
    if lengths is not None:
        turned = turned * (np.arange(len(x))[:, None] < lengths)[:, None]
    left, _, cl = cell.forward(x, a0[0], part(parameters, "forward"))
    right, _, cr = cell.forward(turned, a0[1], part(parameters, "backward"))
    a = np.concatenate([left, reverse_sequence(right, lengths)], axis=1)
    return a, softmax(parameters["Wya"] @ a + parameters["by"]), (cl, cr, lengths, cell)


# --- birnn_summary ---------------------------------------------------------------------------------------------


def summary_of_whole_steps(a, lengths=None):
    n_a = a.shape[1] // 2
    if lengths is None:
        return np.concatenate([a[-1, :n_a], a[0, n_a:]])
    ends = np.stack([a[n - 1, :, i] for i, n in enumerate(lengths)], axis=1)
    return np.concatenate([ends[:n_a], a[0, n_a:]])


def summary_by_index_arrays(a, lengths=None):
    n_a, m = a.shape[1] // 2, a.shape[2]
    ends = np.asarray(all_steps(a, lengths)) - 1
    return np.vstack((a[ends, :n_a, np.arange(m)].T, a[0, n_a:]))


def summary_with_take_along_axis(a, lengths=None):
    ends = np.asarray(all_steps(a, lengths)) - 1
    last = np.take_along_axis(a, ends[None, None, :], axis=0)[0]
    half = len(last) // 2
    return np.append(last[:half], a[0][half:], axis=0)


def summary_in_place_of_a_copy(a, lengths=None):
    out = a[0].copy()
    n_a = len(out) // 2
    for i, n in enumerate(all_steps(a, lengths)):
        out[:n_a, i] = a[n - 1, :n_a, i]
    return out


def summary_by_a_mask(a, lengths=None):
    n_a = a.shape[1] // 2
    is_last = np.arange(len(a))[:, None] == np.asarray(all_steps(a, lengths)) - 1
    left = np.einsum("tam,tm->am", a[:, :n_a], is_last.astype(float))
    return np.r_[left, a[0, n_a:]]


def summary_as_lists(a, lengths=None):
    n_a, n = a.shape[1] // 2, all_steps(a, lengths)
    return [[a[n[i] - 1 if k < n_a else 0, k, i] for i in range(a.shape[2])] for k in range(2 * n_a)]


def summary_by_reversal(a, lengths=None):
    left, right = np.split(a, 2, axis=1)
    return np.concatenate([reverse_sequence(np.ascontiguousarray(left), lengths)[0], right[0]])


def summary_by_columns(a, lengths=None):
    n_a = a.shape[1] // 2
    columns = [np.r_[a[n - 1, :n_a, i], a[0, n_a:, i]] for i, n in enumerate(all_steps(a, lengths))]
    return np.array(columns).T


# --- birnn_backward --------------------------------------------------------------------------------------------


def backward_with_names(da, caches):
    caches_forward, caches_backward, lengths, cell = caches
    n_a = int(da.shape[1] / 2)
    gradients_forward = cell.backward(da[:, :n_a, :], caches_forward)
    gradients_backward = cell.backward(reverse_one_by_one(da[:, n_a:, :], lengths), caches_backward)
    gradients = {"dx": gradients_forward["dx"] + reverse_one_by_one(gradients_backward["dx"], lengths),
                 "da0": (gradients_forward["da0"], gradients_backward["da0"])}
    for key in gradients_forward:
        if key not in ("dx", "da0"):
            gradients[key + "[forward]"] = gradients_forward[key]
            gradients[key + "[backward]"] = gradients_backward[key]
    return gradients


def backward_by_split(da, caches):
    caches_forward, caches_backward, lengths, cell = caches
    left, right = np.split(da, 2, axis=1)
    one = cell.backward(left, caches_forward)
    two = cell.backward(reverse_sequence(right, lengths), caches_backward)
    dx = np.sum([one.pop("dx"), reverse_sequence(two.pop("dx"), lengths)], axis=0)
    return {"dx": dx, "da0": [one.pop("da0"), two.pop("da0")]} | labelled(one, "forward") | labelled(two, "backward")


def backward_in_a_loop(da, caches):
    *units, lengths, cell = caches
    result, half = {"dx": 0, "da0": []}, da.shape[1] // 2
    for k, direction in enumerate(("forward", "backward")):
        own = da[:, k * half:(k + 1) * half].copy()
        found = dict(cell.backward(reverse_sequence(own, lengths) if k else own, units[k]))
        dx = found.pop("dx")
        result["dx"] = result["dx"] + (reverse_sequence(dx, lengths) if k else dx)
        result["da0"].append(found.pop("da0"))
        result.update(labelled(found, direction))
    return result


def backward_turning_both_and_back(da, caches):
    cf, cb, lengths, cell = caches
    n_a = len(da[0]) // 2
    turned = reverse_sequence(da, lengths)
    one, two = cell.backward(da[:, :n_a], cf), cell.backward(turned[:, n_a:], cb)
    out = {f"{name}[{label}]": value for label, unit in (("forward", one), ("backward", two))
           for name, value in unit.items()}
    dx = out.pop("dx[forward]") + reverse_sequence(out.pop("dx[backward]"), lengths)
    return {**out, "dx": dx, "da0": (out.pop("da0[forward]"), out.pop("da0[backward]"))}


def backward_leaves_more_keys(da, caches):
    gradients = backward_with_names(da, caches)
    return {**gradients, "remark": "done"}


def backward_adds_in_place(da, caches):
    cf, cb, lengths, cell = caches
    n_a = da.shape[1] // 2
    one, two = cell.backward(da[:, :n_a], cf), cell.backward(reverse_column_by_column(da[:, n_a:], lengths), cb)
    dx = np.zeros_like(one["dx"])
    dx += one["dx"]
    for i, n in enumerate(all_steps(dx, lengths)):
        for t in range(n):
            dx[t, :, i] += two["dx"][n - 1 - t, :, i]
    names = [name for name in one if name.startswith(("dW", "db"))]
    units = ("forward", one), ("backward", two)
    return {"dx": dx, "da0": (one["da0"], two["da0"])} | {
        f"{name}[{label}]": unit[name] for name in names for label, unit in units}


def backward_in_32_bit(da, caches):
    def shorter(value):
        return value.astype(np.float32) if isinstance(value, np.ndarray) else tuple(map(shorter, value))

    return {name: shorter(value) for name, value in backward_by_split(da, caches).items()}


def backward_from_lists(da, caches):
    gradients = backward_by_split(da, list(caches))
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in gradients.items()}


RIGHT_ANSWERS = {
    "reverse_sequence": [
        reverse_step_by_step, reverse_in_two_cases, reverse_column_by_column, reverse_by_index_arrays,
        reverse_with_a_matrix, reverse_as_lists, reverse_by_exchange, reverse_in_32_bit, reverse_by_sorting],
    "birnn_forward": [
        forward_with_names, forward_in_a_loop, forward_own_labels, forward_two_products, forward_writes_into_zeros,
        forward_with_full_lengths, forward_zeroes_its_padding, forward_in_32_bit, forward_keeps_padding_at_nothing],
    "birnn_summary": [
        summary_one_by_one, summary_of_whole_steps, summary_by_index_arrays, summary_with_take_along_axis,
        summary_in_place_of_a_copy, summary_by_a_mask, summary_as_lists, summary_by_reversal, summary_by_columns],
    "birnn_backward": [
        backward_with_names, backward_by_split, backward_in_a_loop, backward_turning_both_and_back,
        backward_leaves_more_keys, backward_adds_in_place, backward_in_32_bit, backward_from_lists],
}

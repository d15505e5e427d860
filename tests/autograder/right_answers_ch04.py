"""Right answers to the exercises of chapter 4, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

import copy
import math

import numpy as np

from autograder.exercises._ch04_loop import step_by_step
from solutions import rnn_cell_backward

# --- sequence_loss ---------------------------------------------------------------------------------------------


def loss_in_one_line(y_pred, y):
    p = np.clip(y_pred, np.finfo(y_pred.dtype).eps, 1 - np.finfo(y_pred.dtype).eps)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / y.shape[2]


def loss_step_by_step(y_pred, y):
    eps = np.finfo(y_pred.dtype).eps
    total = 0
    for t in range(y.shape[0]):
        p = np.minimum(np.maximum(y_pred[t], eps), 1 - eps)
        cost = -y[t] * np.log(p) - (1 - y[t]) * np.log(1 - p)
        total += cost.sum(axis=0).mean()
    return total


def loss_number_by_number(y_pred, y):
    eps = float(np.finfo(y_pred.dtype).eps)
    total = 0.0
    for t in range(y.shape[0]):
        for k in range(y.shape[1]):
            for i in range(y.shape[2]):
                p = min(max(float(y_pred[t, k, i]), eps), 1 - eps)
                total -= math.log(p) if y[t, k, i] == 1 else math.log(1 - p)
    return total / y.shape[2]


def loss_of_the_right_answers_probability(y_pred, y):
    eps = np.finfo(y_pred.dtype).eps
    p = y_pred.clip(eps, 1 - eps)
    return np.sum(-np.log(np.where(y > 0.5, p, 1 - p))) / y.shape[-1]


def loss_mean_over_examples_last(y_pred, y):
    eps = np.finfo(y_pred.dtype).eps
    p = np.clip(y_pred, eps, 1 - eps)
    of_each_example = np.einsum("tki->i", -(y * np.log(p) + (1 - y) * np.log(1 - p)))
    return float(np.mean(of_each_example))


def loss_by_dot_products(y_pred, y):
    eps = np.finfo(y_pred.dtype).eps
    p = np.clip(y_pred, eps, 1 - eps).ravel()
    target = y.ravel()
    return -(np.dot(target, np.log(p)) + np.dot(1 - target, np.log(1 - p))) / y.shape[2]


def loss_by_a_copy_changed_in_place(y_pred, y):
    p = y_pred.copy()
    eps = np.finfo(p.dtype).eps
    p[p < eps] = eps
    p[p > 1 - eps] = 1 - eps
    ones, zeros = p[y == 1], p[y == 0]
    return -(np.log(ones).sum() + np.log(1 - zeros).sum()) / y.shape[2]


def loss_as_an_array_of_one_number(y_pred, y):
    eps = np.finfo(y_pred.dtype).eps
    p = np.clip(y_pred, eps, 1 - eps)
    return np.array([-np.sum(y * np.log(p) + (1 - y) * np.log1p(-p)) / y.shape[2]])


def loss_in_lists(y_pred, y):
    def cost(p, target, eps):
        p = eps if p < eps else 1 - eps if p > 1 - eps else p
        return -(target * np.log(p) + (1 - target) * np.log(1 - p))

    eps = np.finfo(y_pred.dtype).eps
    costs = [cost(p, target, eps) for p, target in zip(y_pred.flat, y.flat, strict=True)]
    return sum(costs) / np.size(y, 2)


def loss_in_32_bit(y_pred, y):
    eps = np.finfo(y_pred.dtype).eps
    p = np.clip(y_pred, eps, 1 - eps)
    costs = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return np.float32(costs.sum() / y.shape[2])


# --- output_backward -------------------------------------------------------------------------------------------


def output_step_by_step(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    m = y.shape[2]
    da = np.zeros(a.shape)
    dWya = np.zeros(Wya.shape)
    dby = np.zeros((Wya.shape[0], 1))
    for t in range(len(y)):
        dz = (y_pred[t] - y[t]) / m
        da[t] = np.dot(Wya.T, dz)
        dWya += np.dot(dz, a[t].T)
        dby += np.sum(dz, axis=1, keepdims=True)
    return {"da": da, "dWya": dWya, "dby": dby}


def output_from_the_end(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    T_y, n_y, m = y.shape
    da, dWya, dby = np.empty_like(a), np.zeros_like(Wya), np.zeros((n_y, 1))
    for t in range(T_y - 1, -1, -1):
        dz = 1 / m * (y_pred[t] - y[t])
        da[t] = (dz.T @ Wya).T
        dWya = dWya + dz @ a[t].T
        dby = dby + dz.sum(1).reshape(-1, 1)
    return {"dby": dby, "dWya": dWya, "da": da}


def output_einsum(y_pred, y, a, parameters):
    dz = (y_pred - y) / y.shape[2]
    return {"da": np.einsum("ka,tki->tai", parameters["Wya"], dz), "dWya": np.einsum("tki,tai->ka", dz, a),
            "dby": np.einsum("tki->k", dz)[:, None]}


def output_number_by_number(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, n_a = Wya.shape
    T_y, m = y.shape[0], y.shape[2]
    da, dWya, dby = np.zeros((T_y, n_a, m)), np.zeros((n_y, n_a)), np.zeros((n_y, 1))
    for t in range(T_y):
        for i in range(m):
            for k in range(n_y):
                dz = (y_pred[t, k, i] - y[t, k, i]) / m
                dby[k, 0] += dz
                for j in range(n_a):
                    da[t, j, i] += Wya[k, j] * dz
                    dWya[k, j] += dz * a[t, j, i]
    return {"da": da, "dWya": dWya, "dby": dby}


def output_list_of_steps(y_pred, y, a, parameters):
    steps = [(p - q) / y.shape[2] for p, q in zip(y_pred, y, strict=True)]
    return {"da": [parameters["Wya"].T @ dz for dz in steps],
            "dWya": sum(dz @ state.T for dz, state in zip(steps, a, strict=True)),
            "dby": sum(dz.sum(axis=1, keepdims=True) for dz in steps)}


def output_by_stacked_products(y_pred, y, a, parameters):
    dz = (y_pred - y) / y.shape[2]
    return {"da": np.matmul(parameters["Wya"].T, dz), "dWya": (dz @ a.swapaxes(1, 2)).sum(axis=0),
            "dby": dz.sum(axis=0).sum(axis=1, keepdims=True)}


def output_flattened(y_pred, y, a, parameters):
    m = y.shape[2]
    dz = (y_pred - y).transpose(1, 0, 2).reshape(y.shape[1], -1) / m
    states = a.transpose(1, 0, 2).reshape(a.shape[1], -1)
    da = (parameters["Wya"].T @ dz).reshape(a.shape[1], a.shape[0], m).transpose(1, 0, 2)
    return {"da": da, "dWya": dz @ states.T, "dby": dz.sum(axis=1, keepdims=True)}


def output_divided_at_the_end(y_pred, y, a, parameters):
    m = y.shape[2]
    dz = y_pred - y
    da = np.array([parameters["Wya"].T.dot(step) for step in dz])
    dWya = np.tensordot(dz, a, axes=[(0, 2), (0, 2)])
    return {"da": da / m, "dWya": dWya / m, "dby": dz.sum(axis=(0, 2)).reshape(-1, 1) / m}


def output_in_32_bit(y_pred, y, a, parameters):
    y_pred, y, a = (array.astype(np.float32) for array in (y_pred, y, a))
    return output_step_by_step(y_pred, y, a, {"Wya": parameters["Wya"].astype(np.float32)})


def output_with_more_in_the_dict(y_pred, y, a, parameters):
    dz = (y_pred - y) / y.shape[2]
    return {"dz": dz, **output_einsum(y_pred, y, a, parameters)}


# --- rnn_cell_backward -----------------------------------------------------------------------------------------


def cell_with_np_dot(da_next, cache):
    (a_next, a_prev, xt, parameters) = cache
    Wax = parameters["Wax"]
    Waa = parameters["Waa"]
    dtanh = (1 - np.power(a_next, 2)) * da_next
    dxt = np.dot(Wax.T, dtanh)
    dWax = np.dot(dtanh, xt.T)
    da_prev = np.dot(Waa.T, dtanh)
    dWaa = np.dot(dtanh, a_prev.T)
    dba = np.sum(dtanh, axis=1, keepdims=True)
    return {"dxt": dxt, "da_prev": da_prev, "dWax": dWax, "dWaa": dWaa, "dba": dba}


def cell_einsum(da_next, cache):
    h, h_prev, x, p = cache
    d = (1 - h * h) * da_next
    return {"dxt": np.einsum("ax,ai->xi", p["Wax"], d), "da_prev": np.einsum("ab,ai->bi", p["Waa"], d),
            "dWax": np.einsum("ai,xi->ax", d, x), "dWaa": np.einsum("ai,bi->ab", d, h_prev),
            "dba": np.einsum("ai->a", d)[:, None]}


def cell_number_by_number(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    Wax, Waa = parameters["Wax"], parameters["Waa"]
    n_a, n_x = Wax.shape
    m = xt.shape[1]
    dxt, da_prev = np.zeros((n_x, m)), np.zeros((n_a, m))
    dWax, dWaa, dba = np.zeros((n_a, n_x)), np.zeros((n_a, n_a)), np.zeros((n_a, 1))
    for i in range(m):
        for j in range(n_a):
            dz = (1 - a_next[j, i] ** 2) * da_next[j, i]
            dba[j, 0] += dz
            for k in range(n_x):
                dxt[k, i] += Wax[j, k] * dz
                dWax[j, k] += dz * xt[k, i]
            for k in range(n_a):
                da_prev[k, i] += Waa[j, k] * dz
                dWaa[j, k] += dz * a_prev[k, i]
    return {"dxt": dxt, "da_prev": da_prev, "dWax": dWax, "dWaa": dWaa, "dba": dba}


def cell_stacked(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    n_a = len(a_next)
    Wa = np.hstack([parameters["Waa"], parameters["Wax"]])
    both = np.vstack([a_prev, xt])
    dz = da_next - da_next * a_next**2
    dWa, dboth = dz @ both.T, Wa.T @ dz
    return {"dWaa": dWa[:, :n_a], "dWax": dWa[:, n_a:], "da_prev": dboth[:n_a], "dxt": dboth[n_a:],
            "dba": dz.sum(1, keepdims=True)}


def cell_tanh_computed_again(da_next, cache):
    _, a_prev, xt, parameters = cache
    z = parameters["Waa"] @ a_prev + parameters["Wax"] @ xt + parameters["ba"]
    dz = da_next / np.cosh(z) ** 2
    return {"dxt": parameters["Wax"].T @ dz, "da_prev": parameters["Waa"].T @ dz, "dWax": dz @ xt.T,
            "dWaa": dz @ a_prev.T, "dba": dz @ np.ones((dz.shape[1], 1))}


def cell_transposed_products(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = (1 - a_next) * (1 + a_next) * da_next
    return {"dxt": (dz.T @ parameters["Wax"]).T, "da_prev": (dz.T @ parameters["Waa"]).T, "dWax": (xt @ dz.T).T,
            "dWaa": (a_prev @ dz.T).T, "dba": dz.sum(axis=-1)[:, np.newaxis]}


def cell_example_by_example(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    columns = [(1 - a_next[:, i] ** 2) * da_next[:, i] for i in range(xt.shape[1])]
    return {
        "dxt": np.stack([parameters["Wax"].T @ d for d in columns], axis=1),
        "da_prev": np.stack([parameters["Waa"].T @ d for d in columns], axis=1),
        "dWax": sum(np.outer(d, xt[:, i]) for i, d in enumerate(columns)),
        "dWaa": sum(np.outer(d, a_prev[:, i]) for i, d in enumerate(columns)),
        "dba": sum(columns)[:, None],
    }


def cell_in_32_bit(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    short = {name: value.astype(np.float32) for name, value in parameters.items()}
    return cell_with_np_dot(da_next.astype("float32"), (a_next.astype("float32"), a_prev.astype("float32"),
                                                        xt.astype("float32"), short))


def cell_lists(da_next, cache):
    gradients = cell_einsum(da_next, cache)
    return {name: value.tolist() for name, value in gradients.items()}


def cell_on_copies_in_place(da_next, cache):
    a_next, a_prev, xt, parameters = copy.deepcopy(cache)
    dz = da_next.copy()
    a_next *= -a_next
    a_next += 1
    dz *= a_next
    gradients = {}
    gradients["dba"] = np.sum(dz, 1).reshape(len(dz), 1)
    gradients["dxt"], gradients["da_prev"] = np.matmul(parameters["Wax"].T, dz), np.matmul(parameters["Waa"].T, dz)
    gradients["dWax"], gradients["dWaa"] = np.inner(dz, xt), np.inner(dz, a_prev)
    return gradients


# --- rnn_backward ----------------------------------------------------------------------------------------------


def through_time_by_the_cell(da, caches):
    a, a0, x, parameters = caches
    T_x, n_a, m = da.shape
    dx = np.zeros(x.shape)
    dWax, dWaa, dba = np.zeros((n_a, x.shape[1])), np.zeros((n_a, n_a)), np.zeros((n_a, 1))
    da_prevt = np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        cache = (a[t], a[t - 1] if t else a0, x[t], parameters)
        gradients = rnn_cell_backward(da[t] + da_prevt, cache)
        da_prevt = gradients["da_prev"]
        dx[t] = gradients["dxt"]
        dWax += gradients["dWax"]
        dWaa += gradients["dWaa"]
        dba += gradients["dba"]
    return {"dx": dx, "da0": da_prevt, "dWax": dWax, "dWaa": dWaa, "dba": dba}


def through_time_by_lists(da, caches):
    a, a0, x, parameters = caches
    before = [a0, *a[:-1]]
    steps, back = [], 0
    for t in range(len(x) - 1, -1, -1):
        step = cell_with_np_dot(da[t] + back, (a[t], before[t], x[t], parameters))
        back = step["da_prev"]
        steps.append(step)
    steps.reverse()
    sums = {name: sum(step[name] for step in steps) for name in ("dWax", "dWaa", "dba")}
    return {"dx": np.stack([step["dxt"] for step in steps]), "da0": back, **sums}


def through_time_einsum(da, caches):
    a, a0, x, parameters = caches
    states = np.concatenate([a0[None], a])
    dz = np.empty_like(a)
    back = np.zeros_like(a0)
    for t in range(len(x))[::-1]:
        dz[t] = (1 - a[t] ** 2) * (da[t] + back)
        back = np.einsum("ab,ai->bi", parameters["Waa"], dz[t])
    return {"dx": np.einsum("ax,tai->txi", parameters["Wax"], dz), "da0": back,
            "dWax": np.einsum("tai,txi->ax", dz, x), "dWaa": np.einsum("tai,tbi->ab", dz, states[:-1]),
            "dba": np.einsum("tai->a", dz)[:, None]}


def through_time_recursively(da, caches):
    a, a0, x, parameters = caches
    Waa = parameters["Waa"]

    def dz(t):
        """Gradient in front of step t's tanh, and of all later ones."""
        if t == len(x):
            return []
        later = dz(t + 1)
        total = da[t] + (Waa.T @ later[0] if later else 0)
        return [(1 - a[t] ** 2) * total, *later]

    steps = dz(0)
    return {"dx": np.array([parameters["Wax"].T @ d for d in steps]), "da0": Waa.T @ steps[0],
            "dWax": sum(d @ x[t].T for t, d in enumerate(steps)),
            "dWaa": sum(d @ (a[t - 1] if t > 0 else a0).T for t, d in enumerate(steps)),
            "dba": sum(d.sum(axis=1, keepdims=True) for d in steps)}


def through_time_adding_into_a_copy(da, caches):
    a, a0, x, parameters = caches
    da = da.copy()
    da0 = np.zeros(a0.shape)
    dx, dWax, dWaa, dba = np.zeros(x.shape), 0, 0, 0
    for t in reversed(range(len(a))):
        dz = da[t] * (1 - a[t] ** 2)
        dx[t] = np.dot(parameters["Wax"].T, dz)
        dWax = dWax + np.dot(dz, x[t].T)
        dba = dba + dz.sum(axis=1, keepdims=True)
        if t > 0:
            dWaa = dWaa + np.dot(dz, a[t - 1].T)
            da[t - 1] += np.dot(parameters["Waa"].T, dz)
        else:
            dWaa = dWaa + np.dot(dz, a0.T)
            da0 = np.dot(parameters["Waa"].T, dz)
    return {"dx": dx, "da0": da0, "dWax": dWax, "dWaa": dWaa, "dba": dba}


def through_time_sum_over_all_paths(da, caches):
    """No recursion: what da[s] gives at step t is written out as a product of all steps in between."""
    a, a0, x, parameters = caches
    T_x, n_a, _ = da.shape
    dz = np.zeros(da.shape)
    for t in range(T_x):
        for s in range(t, T_x):
            way = (1 - a[s] ** 2) * da[s]
            for between in range(s - 1, t - 1, -1):
                way = (1 - a[between] ** 2) * (parameters["Waa"].T @ way)
            dz[t] += way
    before = np.concatenate([a0[np.newaxis], a[:-1]])
    return {"dx": parameters["Wax"].T @ dz, "da0": parameters["Waa"].T @ dz[0],
            "dWax": (dz @ x.transpose(0, 2, 1)).sum(0), "dWaa": (dz @ before.transpose(0, 2, 1)).sum(0),
            "dba": dz.sum((0, 2)).reshape(n_a, 1)}


def through_time_example_by_example(da, caches):
    a, a0, x, parameters = caches
    alone = [slice(i, i + 1) for i in range(x.shape[2])]
    parts = [through_time_by_the_cell(da[..., i], (a[..., i], a0[..., i], x[..., i], parameters)) for i in alone]
    return {"dx": np.concatenate([part["dx"] for part in parts], axis=2),
            "da0": np.hstack([part["da0"] for part in parts]),
            **{name: sum(part[name] for part in parts) for name in ("dWax", "dWaa", "dba")}}


def through_time_while(da, caches):
    a, a0, x, p = caches
    t, back, sums = len(x), np.zeros(a0.shape), [0.0, 0.0, 0.0]
    dx = [None] * t
    while t:
        t -= 1
        step = cell_einsum(np.add(da[t], back), (a[t], a0 if t == 0 else a[t - 1], x[t], p))
        dx[t], back = step["dxt"], step["da_prev"]
        sums = [total + step[name] for total, name in zip(sums, ("dWax", "dWaa", "dba"), strict=True)]
    return {"da0": back, "dx": dx, "dWax": sums[0], "dWaa": sums[1], "dba": sums[2]}


def through_time_in_32_bit(da, caches):
    a, a0, x, parameters = caches
    short = {name: value.astype(np.float32) for name, value in parameters.items()}
    return through_time_einsum(da.astype("f4"), (a.astype("f4"), a0.astype("f4"), x.astype("f4"), short))


# --- gradient_check --------------------------------------------------------------------------------------------


def check_on_one_long_vector(loss, parameters, gradients, epsilon=1e-5):
    names = list(parameters)
    vector = np.concatenate([parameters[name].ravel() for name in names]).astype(float)
    grad = np.concatenate([gradients["d" + name].ravel() for name in names])

    def at(point):
        rebuilt, place = {}, 0
        for name in names:
            size = parameters[name].size
            rebuilt[name] = point[place : place + size].reshape(parameters[name].shape)
            place += size
        return loss(rebuilt)

    approx = np.zeros(len(vector))
    for i in range(len(vector)):
        plus, minus = vector.copy(), vector.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        approx[i] = (at(plus) - at(minus)) / (2 * epsilon)
    below = np.linalg.norm(grad) + np.linalg.norm(approx)
    if below == 0:
        return 0.0
    return np.linalg.norm(grad - approx) / below


def check_by_deep_copies(loss, parameters, gradients, epsilon=1e-5):
    difference = own = numerical = 0.0
    double = {name: value.astype(np.float64) for name, value in parameters.items()}
    for name in parameters:
        for i in range(parameters[name].shape[0]):
            for j in range(parameters[name].shape[1]):
                above, below = copy.deepcopy(double), copy.deepcopy(double)
                above[name][i, j] += epsilon
                below[name][i, j] -= epsilon
                slope = (loss(above) - loss(below)) / (2 * epsilon)
                difference += (gradients["d" + name][i, j] - slope) ** 2
                own += gradients["d" + name][i, j] ** 2
                numerical += slope**2
    if own == 0 and numerical == 0:
        return 0.0
    return math.sqrt(difference) / (math.sqrt(own) + math.sqrt(numerical))


def check_with_nditer(loss, parameters, gradients, epsilon=1e-5):
    theta = {k: np.array(v, dtype=float) for k, v in parameters.items()}
    pairs = []
    for key, value in theta.items():
        it = np.nditer(value, flags=["multi_index"], op_flags=["readwrite"])
        while not it.finished:
            at = it.multi_index
            old = value[at]
            value[at] = old + epsilon
            plus = loss(theta)
            value[at] = old - epsilon
            minus = loss(theta)
            value[at] = old
            pairs.append((gradients[f"d{key}"][at], (plus - minus) / epsilon / 2))
            it.iternext()
    g, n = np.array(pairs).T
    return np.linalg.norm(g - n) / max(np.linalg.norm(g) + np.linalg.norm(n), 1e-300)


def check_with_flat(loss, parameters, gradients, epsilon=1e-5):
    theta = {name: np.array(value, dtype="float64") for name, value in parameters.items()}
    numerical = {name: np.zeros(value.shape) for name, value in theta.items()}
    for name in sorted(theta):
        for i in range(theta[name].size):
            keep = theta[name].flat[i]
            theta[name].flat[i] = keep + epsilon
            numerical[name].flat[i] = loss(theta)
            theta[name].flat[i] = keep - epsilon
            numerical[name].flat[i] -= loss(theta)
            theta[name].flat[i] = keep
        numerical[name] /= 2 * epsilon
    top = sum(np.sum((numerical[name] - gradients["d" + name]) ** 2) for name in theta) ** 0.5
    bottom = sum(np.sum(numerical[name] ** 2) for name in theta) ** 0.5
    bottom += sum(np.sum(gradients["d" + name] ** 2) for name in theta) ** 0.5
    return top / bottom if bottom else 0.0


def check_with_unit_arrays(loss, parameters, gradients, epsilon=1e-5):
    def nudged(name, index, by):
        unit = np.zeros(parameters[name].shape)
        unit[index] = by
        return loss({**double, name: double[name] + unit})

    double = {name: value.astype(np.float64) for name, value in parameters.items()}
    places = [(name, index) for name in double for index in np.ndindex(double[name].shape)]
    g = np.array([gradients["d" + name][index] for name, index in places])
    n = np.array([nudged(*place, epsilon) - nudged(*place, -epsilon) for place in places]) / (2 * epsilon)
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return np.linalg.norm(g - n) / size if size else 0.0


def check_with_a_little_below(loss, parameters, gradients, epsilon=1e-5):
    """1e-16 in the denominator instead of asking whether it is zero."""
    theta = {name: value.astype(float).copy() for name, value in parameters.items()}
    left, right = [], []
    for name, value in theta.items():
        for index, old in list(np.ndenumerate(value)):
            value[index] = old + epsilon
            plus = loss(theta)
            value[index] = old - epsilon
            minus = loss(theta)
            value[index] = old
            left.append(gradients["d" + name][index])
            right.append((plus - minus) / (2 * epsilon))
    left, right = np.array(left), np.array(right)
    return np.linalg.norm(left - right) / (np.linalg.norm(left) + np.linalg.norm(right) + 1e-16)


def check_with_quotients_halved(loss, parameters, gradients, epsilon=1e-5):
    theta = {name: np.float64(value) for name, value in parameters.items()}
    g_num, g = [], []
    for name in theta:
        for place in range(theta[name].size):
            both = []
            for sign in (1, -1):
                changed = dict(theta)
                changed[name] = theta[name].copy()
                changed[name].ravel()[place] += sign * epsilon
                both.append(loss(changed))
            g_num += [0.5 * (both[0] - both[1]) / epsilon]
            g += [gradients["d" + name].ravel()[place]]
    norms = np.linalg.norm([g, g_num], axis=1).sum()
    return 0.0 if norms == 0 else float(np.linalg.norm(np.subtract(g, g_num)) / norms)


def check_with_hypot(loss, parameters, gradients, epsilon=1e-5):
    copies = {}
    for name in parameters:
        copies[name] = parameters[name] * np.float64(1)
        copies[name] = copies[name].astype("f8")
    off, mine, theirs = [], [], []
    for name, array in copies.items():
        for row in array:
            for j in range(len(row)):
                old = float(row[j])
                row[j] = old - epsilon
                low = loss(copies)
                row[j] = old + epsilon
                high = loss(copies)
                row[j] = old
                theirs.append((high - low) / (2 * epsilon))
        mine.extend(gradients["d" + name].ravel().tolist())
    off = [one - other for one, other in zip(mine, theirs, strict=True)]
    size = math.hypot(*mine) + math.hypot(*theirs)
    return math.hypot(*off) / size if size > 0 else 0


RIGHT_ANSWERS = {
    "sequence_loss": [
        loss_in_one_line, loss_step_by_step, loss_number_by_number, loss_of_the_right_answers_probability,
        loss_mean_over_examples_last, loss_by_dot_products, loss_by_a_copy_changed_in_place,
        loss_as_an_array_of_one_number, loss_in_lists, loss_in_32_bit,
    ],
    "output_backward": [
        output_step_by_step, output_from_the_end, output_einsum, output_number_by_number, output_list_of_steps,
        output_by_stacked_products, output_flattened, output_divided_at_the_end, output_in_32_bit,
        output_with_more_in_the_dict,
    ],
    "rnn_cell_backward": [
        cell_with_np_dot, cell_einsum, cell_number_by_number, cell_stacked, cell_tanh_computed_again,
        cell_transposed_products, cell_example_by_example, cell_in_32_bit, cell_lists, cell_on_copies_in_place,
    ],
    "rnn_backward": [
        step_by_step, through_time_by_the_cell, through_time_by_lists, through_time_einsum, through_time_recursively,
        through_time_adding_into_a_copy, through_time_sum_over_all_paths, through_time_example_by_example,
        through_time_while, through_time_in_32_bit,
    ],
    "gradient_check": [
        check_on_one_long_vector, check_by_deep_copies, check_with_nditer, check_with_flat,
        check_with_unit_arrays, check_with_a_little_below, check_with_quotients_halved, check_with_hypot,
    ],
}

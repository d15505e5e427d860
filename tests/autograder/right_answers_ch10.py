"""Right answers to the exercises of chapter 10, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

import math
from itertools import accumulate

import numpy as np

from autograder.exercises._ch10_loop import step_by_step as back_loop
from autograder.exercises._ch10_sequence import step_by_step
from solutions import lstm_cell_backward, lstm_cell_forward, sigmoid, softmax

GATES = "cufo"


def logistic(z):
    """A learner's own sigmoid, good enough for moderate z."""
    return 1 / (1 + np.exp(-z))


def column_softmax(z):
    """A learner's own softmax over axis 0."""
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)


def shorter(values):
    """Arrays, or a dictionary of them, in 32-bit."""
    if isinstance(values, dict):
        return {name: shorter(value) for name, value in values.items()}
    return values.astype(np.float32) if isinstance(values, np.ndarray) else [shorter(value) for value in values]


def zero_if_none(c0, a0):
    return np.zeros_like(a0) if c0 is None else c0


# --- lstm_cell_forward -----------------------------------------------------------------------------------------


def cell_with_np_dot(xt, a_prev, c_prev, parameters):
    """As in the best-known edition of the course, with its own short names."""
    Wf, bf, Wi, bi = parameters["Wf"], parameters["bf"], parameters["Wu"], parameters["bu"]
    Wc, bc, Wo, bo = parameters["Wc"], parameters["bc"], parameters["Wo"], parameters["bo"]
    concat = np.concatenate((a_prev, xt), axis=0)
    ft = sigmoid(np.dot(Wf, concat) + bf)
    it = sigmoid(np.dot(Wi, concat) + bi)
    cct = np.tanh(np.dot(Wc, concat) + bc)
    c_next = np.multiply(ft, c_prev) + np.multiply(it, cct)
    ot = sigmoid(np.dot(Wo, concat) + bo)
    a_next = np.multiply(ot, np.tanh(c_next))
    yt_pred = softmax(np.dot(parameters["Wya"], a_next) + parameters["by"])
    return a_next, c_next, yt_pred, (a_next, c_next, a_prev, c_prev, cct, it, ft, ot, xt, parameters)


def cell_in_blocks(xt, a_prev, c_prev, parameters):
    n_a = a_prev.shape[0]

    def affine(gate):
        W = parameters["W" + gate]
        return W[:, :n_a] @ a_prev + W[:, n_a:] @ xt + parameters["b" + gate]

    new, u, f, o = np.tanh(affine("c")), *(logistic(affine(gate)) for gate in "ufo")
    c = f * c_prev + u * new
    a = np.tanh(c) * o
    y = column_softmax(parameters["Wya"] @ a + parameters["by"])
    return [a, c, y, [a, c, a_prev, c_prev, new, u, f, o, xt, parameters]]


def cell_one_product(xt, a_prev, c_prev, parameters):
    z = np.concatenate([parameters["W" + gate] for gate in "fuco"]) @ np.r_[a_prev, xt]
    f, u, new, o = np.split(z + np.concatenate([parameters["b" + gate] for gate in "fuco"]), 4)
    f, u, new, o = sigmoid(f), sigmoid(u), np.tanh(new), sigmoid(o)
    c = f * c_prev + u * new
    a = o * np.tanh(c)
    return a, c, softmax(parameters["Wya"] @ a + parameters["by"]), (
        a, c, a_prev, c_prev, new, u, f, o, xt, parameters)


def cell_one_tanh_for_all(xt, a_prev, c_prev, parameters):
    v = np.vstack([a_prev, xt])
    half = {gate: 1.0 if gate == "c" else 0.5 for gate in GATES}
    t = {gate: np.tanh(half[gate] * (parameters["W" + gate] @ v + parameters["b" + gate])) for gate in GATES}
    u, f, o = ((1 + t[gate]) / 2 for gate in "ufo")
    c_next = u * t["c"] + f * c_prev
    a_next = o * np.tanh(c_next)
    return a_next, c_next, softmax(parameters["Wya"] @ a_next + parameters["by"]), (
        a_next, c_next, a_prev, c_prev, t["c"], u, f, o, xt, parameters)


def cell_einsum(xt, a_prev, c_prev, parameters):
    W = np.array([parameters["W" + gate] for gate in GATES])
    b = np.array([parameters["b" + gate] for gate in GATES])
    z = np.einsum("kij,jm->kim", W, np.append(a_prev, xt, 0)) + b
    new, (u, f, o) = np.tanh(z[0]), sigmoid(z[1:])
    c = np.einsum("am,am->am", u, new) + np.einsum("am,am->am", f, c_prev)
    a = o * np.tanh(c)
    y = softmax(np.einsum("ya,am->ym", parameters["Wya"], a) + parameters["by"])
    return a, c, y, (a, c, a_prev, c_prev, new, u, f, o, xt, parameters)


def cell_number_by_number(xt, a_prev, c_prev, parameters):
    (n_a, m), n_y = a_prev.shape, len(parameters["by"])
    new, u, f, o, a, c = np.zeros((6, n_a, m))
    y = np.zeros((n_y, m))
    for i in range(m):
        v = [*a_prev[:, i], *xt[:, i]]
        for k in range(n_a):
            z = {g: sum(w * s for w, s in zip(parameters["W" + g][k], v, strict=True)) + parameters["b" + g][k, 0]
                 for g in GATES}
            new[k, i] = math.tanh(z["c"])
            u[k, i], f[k, i], o[k, i] = (1 / (1 + math.exp(-z[g])) for g in "ufo")
            c[k, i] = u[k, i] * new[k, i] + f[k, i] * c_prev[k, i]
            a[k, i] = o[k, i] * math.tanh(c[k, i])
        y[:, i] = column_softmax(parameters["Wya"] @ a[:, i] + parameters["by"][:, 0])
    return a, c, y, (a, c, a_prev, c_prev, new, u, f, o, xt, parameters)


def cell_in_32_bit(xt, a_prev, c_prev, parameters):
    return cell_with_np_dot(*shorter([xt, a_prev, c_prev]), shorter(parameters))


def cell_example_by_example(xt, a_prev, c_prev, parameters):
    columns = [cell_in_blocks(xt[:, [i]], a_prev[:, [i]], c_prev[:, [i]], parameters) for i in range(xt.shape[1])]
    a, c, y = (np.hstack([column[k] for column in columns]) for k in range(3))
    gates = [np.hstack([column[3][k] for column in columns]) for k in range(4, 8)]
    return a, c, y, (a, c, a_prev, c_prev, *gates, xt, parameters)


def cell_by_transposes(xt, a_prev, c_prev, parameters):
    rows = np.hstack([a_prev.T, xt.T])
    z = {g: (rows @ parameters["W" + g].T + parameters["b" + g].ravel()).T for g in GATES}
    new, u, f, o = np.tanh(z["c"]), logistic(z["u"]), logistic(z["f"]), logistic(z["o"])
    c = np.add(u * new, f * c_prev)
    a = o * np.tanh(c)
    return a, c, softmax((a.T @ parameters["Wya"].T + parameters["by"].T).T), (
        a, c, a_prev, c_prev, new, u, f, o, xt, parameters)


def cell_on_a_copy(xt, a_prev, c_prev, parameters):
    v = np.concatenate([a_prev, xt])
    c_next, gate = c_prev.copy(), {}
    for name, activation in (("f", sigmoid), ("c", np.tanh), ("u", sigmoid), ("o", sigmoid)):
        gate[name] = activation(parameters[f"W{name}"] @ v + parameters[f"b{name}"])
    c_next *= gate["f"]
    c_next += gate["u"] * gate["c"]
    a_next = gate["o"] * np.tanh(c_next)
    return a_next, c_next, softmax(parameters["Wya"] @ a_next + parameters["by"]), (
        a_next, c_next, a_prev, c_prev, *(gate[name] for name in GATES), xt, parameters)


# --- lstm_forward ----------------------------------------------------------------------------------------------


def forward_lists(x, a0, parameters, c0=None):
    a, y, c, caches = [], [], [], []
    state, memory = a0, zero_if_none(c0, a0)
    for xt in x:
        state, memory, yt, cache = lstm_cell_forward(xt, state, memory, parameters)
        a.append(state)
        c.append(memory)
        y.append(yt)
        caches.append(cache)
    return np.stack(a), np.stack(y), np.stack(c), caches


def forward_arrays(x, a0, parameters, c0=None):
    T_x, _, m = x.shape
    n_y, n_a = parameters["Wya"].shape
    a, c, y, caches = np.zeros((T_x, n_a, m)), np.zeros((T_x, n_a, m)), np.zeros((T_x, n_y, m)), []
    a_next, c_next = a0, np.zeros((n_a, m))
    if c0 is not None:
        c_next = c0
    for t in range(T_x):
        a_next, c_next, yt, cache = lstm_cell_forward(x[t], a_next, c_next, parameters)
        a[t], c[t], y[t] = a_next, c_next, yt
        caches.append(cache)
    return a, y, c, (caches, x)


def forward_own_cell(x, a0, parameters, c0=None):
    state = a0, zero_if_none(c0, a0)
    kept = [state := cell_in_blocks(xt, *state, parameters)[:2] for xt in x]
    a, c = (np.array([each[k] for each in kept]) for k in (0, 1))
    return a, softmax(parameters["Wya"] @ a + parameters["by"]), c, {"a": a, "c": c}


def forward_time_last_inside(x, a0, parameters, c0=None):
    x_last = np.moveaxis(x, 0, 2)
    a, c = np.zeros((2, *a0.shape, len(x)))
    y = np.zeros((len(parameters["by"]), x.shape[2], len(x)))
    a_next, c_next = a0.copy(), np.zeros(a0.shape) if c0 is None else c0.copy()
    for t in range(len(x)):
        a_next, c_next, y[:, :, t], _ = cell_with_np_dot(x_last[:, :, t], a_next, c_next, parameters)
        a[:, :, t], c[:, :, t] = a_next, c_next
    return np.moveaxis(a, 2, 0), np.moveaxis(y, 2, 0), np.moveaxis(c, 2, 0), (a, y)


def forward_accumulate(x, a0, parameters, c0=None):
    start = (a0, zero_if_none(c0, a0))
    steps = list(accumulate(x, lambda s, xt: cell_one_product(xt, *s, parameters)[:2], initial=start))[1:]
    a, c = zip(*steps, strict=True)
    return list(a), [softmax(parameters["Wya"] @ state + parameters["by"]) for state in a], list(c), ()


def forward_recursive(x, a0, parameters, c0=None):
    a, c, y, cache = cell_with_np_dot(x[0], a0, zero_if_none(c0, a0), parameters)
    if len(x) == 1:
        return a[None], y[None], c[None], [cache]
    later = forward_recursive(x[1:], a, parameters, c)
    return (*(np.concatenate([one[None], many]) for one, many in zip((a, y, c), later[:3], strict=True)),
            [cache, *later[3]])


def forward_inputs_first(x, a0, parameters, c0=None):
    n_a = len(a0)
    Wa, Wx, b = ([parameters["W" + g][:, :n_a] for g in GATES], [parameters["W" + g][:, n_a:] for g in GATES],
                 [parameters["b" + g] for g in GATES])
    from_x = np.concatenate(Wx) @ x + np.concatenate(b)
    a, c = np.empty((2, len(x), *a0.shape))
    state, memory = a0, zero_if_none(c0, a0)
    for t in range(len(x)):
        new, u, f, o = np.split(from_x[t] + np.concatenate(Wa) @ state, 4)
        memory = c[t] = sigmoid(u) * np.tanh(new) + sigmoid(f) * memory
        state = a[t] = sigmoid(o) * np.tanh(memory)
    return a, softmax(parameters["Wya"] @ a + parameters["by"], axis=1), c, "made again on the way back"


def forward_with_the_first_in_front(x, a0, parameters, c0=None):
    a, c = np.zeros((2, len(x) + 1, *a0.shape))
    a[0] = a0
    if c0 is not None:
        c[0] = c0
    y = np.zeros((len(x), len(parameters["by"]), a0.shape[1]))
    for t in range(1, len(a)):
        a[t], c[t], y[t - 1], _ = lstm_cell_forward(x[t - 1], a[t - 1], c[t - 1], parameters)
    return a[1:], y, c[1:], {"a": a, "x": x}


def forward_in_32_bit(x, a0, parameters, c0=None):
    return forward_lists(shorter(x), shorter(a0), shorter(parameters), None if c0 is None else shorter(c0))


def forward_example_by_example(x, a0, parameters, c0=None):
    c0 = zero_if_none(c0, a0)
    parts = [step_by_step(x[:, :, i:i + 1], a0[:, i:i + 1], parameters, c0[:, i:i + 1]) for i in range(x.shape[2])]
    return *(np.concatenate([part[k] for part in parts], axis=2) for k in range(3)), parts


# --- lstm_cell_backward ----------------------------------------------------------------------------------------


def back_with_np_dot(da_next, dc_next, cache):
    """As in the best-known edition of the course: each gate's line written out, both ways into it."""
    _, c_next, a_prev, c_prev, cct, it, ft, ot, xt, parameters = cache
    n_a = a_prev.shape[0]
    t = np.tanh(c_next)
    dot = da_next * t * ot * (1 - ot)
    dcct = (dc_next * it + ot * (1 - np.square(t)) * it * da_next) * (1 - np.square(cct))
    dit = (dc_next * cct + ot * (1 - np.square(t)) * cct * da_next) * it * (1 - it)
    dft = (dc_next * c_prev + ot * (1 - np.square(t)) * c_prev * da_next) * ft * (1 - ft)
    concat = np.concatenate((a_prev, xt), axis=0)
    gradients = {}
    for name, d in (("c", dcct), ("u", dit), ("f", dft), ("o", dot)):
        gradients["dW" + name] = np.dot(d, concat.T)
        gradients["db" + name] = np.sum(d, axis=1, keepdims=True)
    pairs = [(parameters["W" + name], d) for name, d in (("c", dcct), ("u", dit), ("f", dft), ("o", dot))]
    gradients["da_prev"] = sum(np.dot(W[:, :n_a].T, d) for W, d in pairs)
    gradients["dxt"] = sum(np.dot(W[:, n_a:].T, d) for W, d in pairs)
    gradients["dc_prev"] = dc_next * ft + ot * (1 - np.square(t)) * ft * da_next
    return gradients


def back_in_one_product(da_next, dc_next, cache):
    _, c, a_prev, c_prev, new, u, f, o, xt, p = cache
    dc = dc_next + da_next * o / np.cosh(c) ** 2
    dz = np.vstack([dc * u * (1 + new) * (1 - new), dc * new * (u - u**2), dc * c_prev * (f - f * f),
                    da_next * np.tanh(c) * o * (1 - o)])
    d_stacked = np.vstack([p["W" + g] for g in GATES]).T @ dz
    dW, db, n_a = dz @ np.vstack([a_prev, xt]).T, dz.sum(axis=1, keepdims=True), len(c)
    rows = {g: slice(k * n_a, (k + 1) * n_a) for k, g in enumerate(GATES)}
    return {"da_prev": d_stacked[:n_a], "dxt": d_stacked[n_a:], "dc_prev": f * dc,
            **{"dW" + g: dW[rows[g]] for g in GATES}, **{"db" + g: db[rows[g]] for g in GATES}}


def back_einsum(da_next, dc_next, cache):
    a, c, a_prev, c_prev, new, u, f, o, xt, p = cache
    tanh_c = a / o
    dc = dc_next + da_next * o * (1 - tanh_c**2)
    dz = {"c": dc * u * (1 - new**2), "u": dc * new * u * (1 - u), "f": dc * c_prev * f * (1 - f),
          "o": da_next * tanh_c * o * (1 - o)}
    v, n_a = np.append(a_prev, xt, 0), len(c)
    back = sum(np.einsum("ij,im->jm", p["W" + g], dz[g]) for g in GATES)
    return {**{"dW" + g: np.einsum("im,jm->ij", dz[g], v) for g in GATES},
            **{"db" + g: np.einsum("im->i", dz[g])[:, None] for g in GATES},
            "dxt": back[n_a:], "da_prev": back[:n_a], "dc_prev": dc * f}


def back_number_by_number(da_next, dc_next, cache):
    _, c, a_prev, c_prev, new, u, f, o, xt, p = cache
    (n_a, m), n_x = c.shape, len(xt)
    g = {f"d{kind}{gate}": np.zeros(p[kind + gate].shape) for kind in "Wb" for gate in GATES}
    g["dxt"], g["da_prev"], g["dc_prev"] = np.zeros((n_x, m)), np.zeros((n_a, m)), np.zeros((n_a, m))
    for i in range(m):
        v = [*a_prev[:, i], *xt[:, i]]
        for k in range(n_a):
            th = math.tanh(c[k, i])
            dc = dc_next[k, i] + da_next[k, i] * o[k, i] * (1 - th * th)
            g["dc_prev"][k, i] = dc * f[k, i]
            dz = {"c": dc * u[k, i] * (1 - new[k, i] ** 2), "u": dc * new[k, i] * u[k, i] * (1 - u[k, i]),
                  "f": dc * c_prev[k, i] * f[k, i] * (1 - f[k, i]), "o": da_next[k, i] * th * o[k, i] * (1 - o[k, i])}
            for gate in GATES:
                g["db" + gate][k, 0] += dz[gate]
                for j in range(n_a + n_x):
                    g["dW" + gate][k, j] += dz[gate] * v[j]
                    where = ("da_prev", j) if j < n_a else ("dxt", j - n_a)
                    g[where[0]][where[1], i] += p["W" + gate][k, j] * dz[gate]
    return g


def back_gates_computed_again(da_next, dc_next, cache):
    _, _, a_prev, c_prev, _, _, _, _, xt, p = cache
    return back_with_np_dot(da_next, dc_next, cell_with_np_dot(xt, a_prev, c_prev, p)[3])


def back_line_after_line(da_next, dc_next, cache):
    """Each line of the unit reversed."""
    _, c, a_prev, c_prev, new, u, f, o, xt, p = cache
    d_o, d_tanh = da_next * np.tanh(c), da_next * o
    d_c = dc_next + d_tanh * (1 - np.tanh(c) * np.tanh(c))
    d = {"c": (d_c * u, 1 - new * new), "u": (d_c * new, u * (1 - u)), "f": (d_c * c_prev, f * (1 - f)),
         "o": (d_o, o * (1 - o))}
    result, d_v = {"dc_prev": d_c * f}, np.zeros((len(c) + len(xt), c.shape[1]))
    for gate, (arrives, slope) in d.items():
        z = arrives * slope
        result["dW" + gate], result["db" + gate] = z @ np.vstack([a_prev, xt]).T, z.sum(1, keepdims=True)
        d_v += p["W" + gate].T @ z
    return result | {"da_prev": d_v[:len(c)], "dxt": d_v[len(c):]}


def back_example_by_example(da_next, dc_next, cache):
    *arrays, xt, p = cache
    parts = [back_with_np_dot(da_next[:, [i]], dc_next[:, [i]], (*(v[:, [i]] for v in arrays), xt[:, [i]], p))
             for i in range(xt.shape[1])]
    gradients = {name: sum(part[name] for part in parts) for name in parts[0]}
    return gradients | {name: np.hstack([part[name] for part in parts]) for name in ("dxt", "da_prev", "dc_prev")}


def back_in_32_bit(da_next, dc_next, cache):
    return back_with_np_dot(*shorter([da_next, dc_next]), shorter(cache))


def back_lists(da_next, dc_next, cache):
    return {name: value.tolist() for name, value in back_einsum(da_next, dc_next, cache).items()}


def back_by_complex_steps(da_next, dc_next, cache):
    """No calculus at all: nudge each number into the imaginary direction."""
    _, _, a_prev, c_prev, *_, xt, parameters = cache
    values = {"xt": xt, "a_prev": a_prev, "c_prev": c_prev,
              **{kind + gate: parameters[kind + gate] for kind in "Wb" for gate in GATES}}

    def total(v):
        stacked = np.concatenate([v["a_prev"], v["xt"]])
        z = {g: v["W" + g] @ stacked + v["b" + g] for g in GATES}
        c = logistic(z["u"]) * np.tanh(z["c"]) + logistic(z["f"]) * v["c_prev"]
        return np.sum(da_next * logistic(z["o"]) * np.tanh(c) + dc_next * c)

    gradients = {}
    for name, value in values.items():
        gradients["d" + name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[index] += 1e-30j
            gradients["d" + name][index] = total(values | {name: moved}).imag / 1e-30
    return gradients


# --- lstm_backward ---------------------------------------------------------------------------------------------


def cell_caches(caches):
    """The cache of each step, from those of the whole sequence."""
    a, c, _, gates, a0, c0, x, parameters = caches
    return [(a[t], c[t], a[t - 1] if t else a0, c[t - 1] if t else c0, *gates[t], x[t], parameters)
            for t in range(len(x))]


def through_time_with_the_cell(da, caches, dc=None):
    da_prev, dc_prev = np.zeros(da.shape[1:]), np.zeros(da.shape[1:]) if dc is None else dc
    dx, sums = np.zeros(caches[6].shape), {}
    for t, cache in reversed(list(enumerate(cell_caches(caches)))):
        step = lstm_cell_backward(da[t] + da_prev, dc_prev, cache)
        dx[t], da_prev, dc_prev = step.pop("dxt"), step.pop("da_prev"), step.pop("dc_prev")
        for name, value in step.items():
            sums[name] = sums.get(name, 0) + value
    return {"dx": dx, "da0": da_prev, "dc0": dc_prev, **sums}


def through_time_own_cell(da, caches, dc=None):
    d_state, d_memory, dx, steps = 0.0, 0.0 if dc is None else dc, [], []
    for d, cache in zip(da[::-1], cell_caches(caches)[::-1], strict=True):
        step = back_line_after_line(d + d_state, d_memory, cache)
        d_state, d_memory = step["da_prev"], step["dc_prev"]
        dx.insert(0, step["dxt"])
        steps.append(step)
    names = [f"d{kind}{gate}" for kind in "Wb" for gate in GATES]
    return {"dx": np.stack(dx), "da0": d_state, "dc0": d_memory, **{n: sum(s[n] for s in steps) for n in names}}


def through_time_recursive(da, caches, dc=None):
    def go(t, later):
        d_state, d_memory, dx, sums = later
        if t < 0:
            return later
        step = back_in_one_product(da[t] + d_state, d_memory, each[t])
        sums = {name: step[name] + sums.get(name, 0) for name in step if name[:2] in ("dW", "db")}
        return go(t - 1, (step["da_prev"], step["dc_prev"], [step["dxt"], *dx], sums))

    each, zero = cell_caches(caches), np.zeros(da.shape[1:])
    d_state, d_memory, dx, sums = go(len(da) - 1, (zero, zero if dc is None else dc, [], {}))
    return {"dx": np.array(dx), "da0": d_state, "dc0": d_memory, **sums}


def through_time_all_dz_kept(da, caches, dc=None):
    a, c, tanh_c, gates, a0, c0, x, p = caches
    W, n_a = np.concatenate([p["W" + g] for g in GATES]), len(a0)
    before, memory_before = np.concatenate([a0[None], a[:-1]]), np.concatenate([c0[None], c[:-1]])
    dz, d_state, d_memory = [], 0, dc if dc is not None else 0
    for t in range(len(x) - 1, -1, -1):
        new, u, f, o = gates[t]
        d_state = d_state + da[t]
        d_memory = d_memory + d_state * o * (1 - tanh_c[t] ** 2)
        z = np.concatenate([d_memory * u * (1 - new**2), d_memory * new * u * (1 - u),
                            d_memory * memory_before[t] * f * (1 - f), d_state * tanh_c[t] * o * (1 - o)])
        dz.append(z)
        d_state, d_memory = (W.T @ z)[:n_a], d_memory * f
    dz = np.array(dz[::-1])
    dW = sum(z @ np.concatenate(pair).T for z, *pair in zip(dz, before, x, strict=True))
    db = dz.sum(axis=(0, 2))[:, None]
    blocks = {g: slice(k * n_a, (k + 1) * n_a) for k, g in enumerate(GATES)}
    return {"dx": (W.T @ dz)[:, n_a:], "da0": d_state, "dc0": d_memory,
            **{f"dW{g}": dW[rows] for g, rows in blocks.items()}, **{f"db{g}": db[rows] for g, rows in blocks.items()}}


def through_time_time_last_inside(da, caches, dc=None):
    da = np.moveaxis(da, 0, 2)
    d_state, d_memory = np.zeros_like(da[:, :, 0]), np.zeros_like(da[:, :, 0]) if dc is None else dc.copy()
    each, n_x = cell_caches(caches), caches[6].shape[1]
    dx, g = np.zeros((n_x, *da.shape[1:])), {}
    for t in reversed(range(da.shape[2])):
        step = back_with_np_dot(da[:, :, t] + d_state, d_memory, each[t])
        d_state, d_memory, dx[:, :, t] = step["da_prev"], step["dc_prev"], step["dxt"]
        for name in (f"d{kind}{gate}" for kind in "Wb" for gate in GATES):
            g[name] = g[name] + step[name] if name in g else step[name]
    return {"dx": np.moveaxis(dx, 2, 0), "da0": d_state, "dc0": d_memory} | g


def through_time_in_32_bit(da, caches, dc=None):
    return back_loop(shorter(da), shorter(caches), None if dc is None else shorter(dc))


def through_time_example_by_example(da, caches, dc=None):
    *arrays, p = caches
    parts = [back_loop(da[:, :, i:i + 1], (*(v[..., i:i + 1] for v in arrays), p),
                       None if dc is None else dc[:, i:i + 1]) for i in range(da.shape[2])]
    g = {name: sum(part[name] for part in parts) for name in parts[0]}
    return g | {name: np.concatenate([part[name] for part in parts], axis=-1) for name in ("dx", "da0", "dc0")}


def through_time_run_again_forwards(da, caches, dc=None):
    *_, a0, c0, x, parameters = caches
    _, _, _, steps = forward_lists(x, a0, parameters, c0)
    d_state, d_memory, dx, sums = 0 * a0, 0 * a0 if dc is None else 1 * dc, [], {}
    while steps:
        step = back_einsum(da[len(steps) - 1] + d_state, d_memory, steps.pop())
        d_state, d_memory = step.pop("da_prev"), step.pop("dc_prev")
        dx.append(step.pop("dxt"))
        sums = {name: value + sums.get(name, 0) for name, value in step.items()}
    return {**sums, "dx": dx[::-1], "da0": d_state, "dc0": d_memory}


# --- peephole_lstm_cell_forward --------------------------------------------------------------------------------


def peephole_with_np_dot(xt, a_prev, c_prev, parameters):
    concat = np.concatenate((a_prev, xt), axis=0)
    ft = sigmoid(np.dot(parameters["Wf"], concat) + parameters["pf"] * c_prev + parameters["bf"])
    it = sigmoid(np.dot(parameters["Wu"], concat) + parameters["pu"] * c_prev + parameters["bu"])
    cct = np.tanh(np.dot(parameters["Wc"], concat) + parameters["bc"])
    c_next = ft * c_prev + it * cct
    ot = sigmoid(np.dot(parameters["Wo"], concat) + parameters["po"] * c_next + parameters["bo"])
    a_next = ot * np.tanh(c_next)
    yt_pred = softmax(np.dot(parameters["Wya"], a_next) + parameters["by"])
    return a_next, c_next, yt_pred, (a_next, c_next, a_prev, c_prev, cct, it, ft, ot, xt, parameters)


def peephole_by_diagonal_matrices(xt, a_prev, c_prev, parameters):
    P = {gate: np.diag(parameters["p" + gate].ravel()) for gate in "ufo"}
    v = np.vstack([a_prev, xt])
    z = {gate: parameters["W" + gate] @ v + parameters["b" + gate] for gate in GATES}
    new, u, f = np.tanh(z["c"]), logistic(z["u"] + P["u"] @ c_prev), logistic(z["f"] + P["f"] @ c_prev)
    c = u * new + f * c_prev
    o = logistic(z["o"] + P["o"] @ c)
    a = o * np.tanh(c)
    return a, c, column_softmax(parameters["Wya"] @ a + parameters["by"]), (
        a, c, a_prev, c_prev, new, u, f, o, xt, parameters)


def peephole_wide_matrices(xt, a_prev, c_prev, parameters):
    """The memory in the stack after all: W with a diagonal block beside it."""
    W = {gate: np.hstack([parameters["W" + gate], np.diagflat(parameters["p" + gate])]) for gate in "ufo"}
    before = np.vstack([a_prev, xt, c_prev])
    u, f = (sigmoid(W[gate] @ before + parameters["b" + gate]) for gate in "uf")
    new = np.tanh(parameters["Wc"] @ before[:-len(c_prev)] + parameters["bc"])
    c = u * new + f * c_prev
    o = sigmoid(W["o"] @ np.vstack([a_prev, xt, c]) + parameters["bo"])
    a = o * np.tanh(c)
    return [a, c, softmax(parameters["Wya"] @ a + parameters["by"]),
            (a, c, a_prev, c_prev, new, u, f, o, xt, parameters)]


def peephole_einsum(xt, a_prev, c_prev, parameters):
    v = np.append(a_prev, xt, 0)

    def gate(name, memory):
        seen = np.einsum("a,am->am", parameters["p" + name][:, 0], memory)
        return sigmoid(np.einsum("ij,jm->im", parameters["W" + name], v) + seen + parameters["b" + name])

    new, u, f = np.tanh(parameters["Wc"] @ v + parameters["bc"]), gate("u", c_prev), gate("f", c_prev)
    c = u * new + f * c_prev
    o = gate("o", c)
    a = o * np.tanh(c)
    return a, c, softmax(parameters["Wya"] @ a + parameters["by"]), (
        a, c, a_prev, c_prev, new, u, f, o, xt, parameters)


def peephole_in_blocks(xt, a_prev, c_prev, parameters):
    p, n_a = parameters, len(a_prev)
    z = {g: p["W" + g][:, :n_a] @ a_prev + p["W" + g][:, n_a:] @ xt + p["b" + g] for g in GATES}
    z["u"] = z["u"] + np.multiply(p["pu"], c_prev)
    z["f"] = z["f"] + np.multiply(p["pf"], c_prev)
    new, u, f = np.tanh(z["c"]), sigmoid(z["u"]), sigmoid(z["f"])
    c = f * c_prev + u * new
    o = sigmoid(z["o"] + np.multiply(c, p["po"]))
    a = o * np.tanh(c)
    return a, c, softmax(p["Wya"] @ a + p["by"]), (a, c, a_prev, c_prev, new, u, f, o, xt, p)


def peephole_unit_by_unit(xt, a_prev, c_prev, parameters):
    p, v = parameters, np.concatenate([a_prev, xt])
    new, u, f, o, c, a = np.zeros((6, *a_prev.shape))
    for k in range(len(a_prev)):
        z = {g: p["W" + g][k] @ v + p["b" + g][k] for g in GATES}
        new[k] = np.tanh(z["c"])
        u[k], f[k] = (logistic(z[g] + p["p" + g][k] * c_prev[k]) for g in "uf")
        c[k] = u[k] * new[k] + f[k] * c_prev[k]
        o[k] = logistic(z["o"] + p["po"][k] * c[k])
        a[k] = o[k] * np.tanh(c[k])
    return a, c, softmax(p["Wya"] @ a + p["by"]), (a, c, a_prev, c_prev, new, u, f, o, xt, p)


def peephole_in_32_bit(xt, a_prev, c_prev, parameters):
    return peephole_with_np_dot(*shorter([xt, a_prev, c_prev]), shorter(parameters))


def peephole_example_by_example(xt, a_prev, c_prev, parameters):
    columns = [peephole_in_blocks(xt[:, [i]], a_prev[:, [i]], c_prev[:, [i]], parameters) for i in range(xt.shape[1])]
    a, c, y = (np.hstack([column[k] for column in columns]) for k in range(3))
    gates = [np.hstack([column[3][k] for column in columns]) for k in range(4, 8)]
    return a, c, y, (a, c, a_prev, c_prev, *gates, xt, parameters)


def peephole_as_a_bias(xt, a_prev, c_prev, parameters):
    """The peephole added to the bias, which then is one for each example."""
    p = {**parameters, "bu": parameters["bu"] + parameters["pu"] * c_prev,
         "bf": parameters["bf"] + parameters["pf"] * c_prev}
    c = cell_with_np_dot(xt, a_prev, c_prev, p)[1]
    a, _, y, cache = cell_with_np_dot(xt, a_prev, c_prev, p | {"bo": p["bo"] + p["po"] * c})
    return a, c, y, (*cache[:-1], parameters)


RIGHT_ANSWERS = {
    "lstm_cell_forward": [
        cell_with_np_dot, cell_in_blocks, cell_one_product, cell_one_tanh_for_all, cell_einsum, cell_number_by_number,
        cell_in_32_bit, cell_example_by_example, cell_by_transposes, cell_on_a_copy,
    ],
    "lstm_forward": [
        step_by_step, forward_lists, forward_arrays, forward_own_cell, forward_time_last_inside, forward_accumulate,
        forward_recursive, forward_inputs_first, forward_with_the_first_in_front, forward_in_32_bit,
        forward_example_by_example,
    ],
    "lstm_cell_backward": [
        back_with_np_dot, back_in_one_product, back_einsum, back_number_by_number, back_gates_computed_again,
        back_line_after_line, back_example_by_example, back_in_32_bit, back_lists, back_by_complex_steps,
    ],
    "lstm_backward": [
        back_loop, through_time_with_the_cell, through_time_own_cell, through_time_recursive, through_time_all_dz_kept,
        through_time_time_last_inside, through_time_in_32_bit, through_time_example_by_example,
        through_time_run_again_forwards,
    ],
    "peephole_lstm_cell_forward": [
        peephole_with_np_dot, peephole_by_diagonal_matrices, peephole_wide_matrices, peephole_einsum,
        peephole_in_blocks, peephole_unit_by_unit, peephole_in_32_bit, peephole_example_by_example, peephole_as_a_bias,
    ],
}

"""Right answers to the exercises of chapter 9, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

import math
from itertools import accumulate

import numpy as np

from autograder.exercises._ch09_sequence import step_by_step
from solutions import gru_cell_forward, sigmoid, softmax


def logistic(z):
    """A learner's own sigmoid, good enough for moderate z."""
    return 1 / (1 + np.exp(-z))


def column_softmax(z):
    """A learner's own softmax over axis 0."""
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)


def shorter(parameters):
    """The parameters in 32-bit."""
    return {name: value.astype(np.float32) for name, value in parameters.items()}


# --- gru_cell_forward_simplified -------------------------------------------------------------------------------


def simple_with_np_dot(xt, a_prev, parameters):
    concat = np.concatenate((a_prev, xt), axis=0)
    cct = np.tanh(np.dot(parameters["Wc"], concat) + parameters["bc"])
    ut = sigmoid(np.dot(parameters["Wu"], concat) + parameters["bu"])
    c_next = ut * cct + (1 - ut) * a_prev
    yt_pred = softmax(np.dot(parameters["Wya"], c_next) + parameters["by"])
    return c_next, yt_pred, (c_next, a_prev, cct, ut, xt, parameters)


def simple_with_own_functions(xt, a_prev, parameters):
    v = np.vstack([a_prev, xt])
    g = logistic(parameters["Wu"] @ v + parameters["bu"])
    new = np.tanh(parameters["Wc"] @ v + parameters["bc"])
    a = a_prev + g * (new - a_prev)
    return a, column_softmax(parameters["Wya"] @ a + parameters["by"]), (a, a_prev, new, g, xt, parameters)


def simple_in_blocks(xt, a_prev, parameters):
    n_a = a_prev.shape[0]

    def affine(gate):
        W = parameters["W" + gate]
        return W[:, :n_a] @ a_prev + W[:, n_a:] @ xt + parameters["b" + gate]

    c_tilde, gamma_u = np.tanh(affine("c")), sigmoid(affine("u"))
    a_next = np.multiply(gamma_u, c_tilde) + np.multiply(1 - gamma_u, a_prev)
    return a_next, softmax(parameters["Wya"] @ a_next + parameters["by"]), (
        a_next, a_prev, c_tilde, gamma_u, xt, parameters)


def simple_one_product(xt, a_prev, parameters):
    z = np.concatenate([parameters["Wc"], parameters["Wu"]]) @ np.r_[a_prev, xt]
    z = z + np.r_[parameters["bc"], parameters["bu"]]
    top, bottom = np.split(z, 2)
    c_tilde, gamma_u = np.tanh(top), sigmoid(bottom)
    a_next = (1 - gamma_u) * a_prev + gamma_u * c_tilde
    return [a_next, softmax(parameters["Wya"] @ a_next + parameters["by"]),
            [a_next, a_prev, c_tilde, gamma_u, xt, parameters]]


def simple_einsum(xt, a_prev, parameters):
    v = np.append(a_prev, xt, axis=0)
    c_tilde = np.tanh(np.einsum("ij,jm->im", parameters["Wc"], v) + parameters["bc"])
    gamma_u = sigmoid(np.einsum("ij,jm->im", parameters["Wu"], v) + parameters["bu"])
    a_next = np.einsum("im,im->im", gamma_u, c_tilde) + a_prev - gamma_u * a_prev
    scores = np.einsum("ki,im->km", parameters["Wya"], a_next) + parameters["by"]
    return a_next, softmax(scores, axis=0), (a_next, a_prev, c_tilde, gamma_u, xt, parameters)


def simple_number_by_number(xt, a_prev, parameters):
    (n_a, m), n_x, n_y = a_prev.shape, len(xt), len(parameters["by"])
    c_tilde, gamma_u, a_next, y = (np.zeros((n, m)) for n in (n_a, n_a, n_a, n_y))
    for i in range(m):
        v = [*a_prev[:, i], *xt[:, i]]
        for k in range(n_a):
            z_c = sum(parameters["Wc"][k, j] * v[j] for j in range(n_a + n_x)) + parameters["bc"][k, 0]
            z_u = sum(parameters["Wu"][k, j] * v[j] for j in range(n_a + n_x)) + parameters["bu"][k, 0]
            c_tilde[k, i], gamma_u[k, i] = math.tanh(z_c), 1 / (1 + math.exp(-z_u))
            a_next[k, i] = gamma_u[k, i] * c_tilde[k, i] + (1 - gamma_u[k, i]) * a_prev[k, i]
        y[:, i] = column_softmax(parameters["Wya"] @ a_next[:, i] + parameters["by"][:, 0])
    return a_next, y, (a_next, a_prev, c_tilde, gamma_u, xt, parameters)


def simple_in_32_bit(xt, a_prev, parameters):
    return simple_with_np_dot(xt.astype("f4"), a_prev.astype("f4"), shorter(parameters))


def simple_example_by_example(xt, a_prev, parameters):
    columns = [simple_in_blocks(xt[:, i:i + 1], a_prev[:, i:i + 1], parameters) for i in range(xt.shape[1])]
    a_next, y = (np.hstack([column[k] for column in columns]) for k in (0, 1))
    c_tilde, gamma_u = (np.hstack([column[2][k] for column in columns]) for k in (2, 3))
    return a_next, y, (a_next, a_prev, c_tilde, gamma_u, xt, parameters)


def simple_by_the_complement(xt, a_prev, parameters):
    """The other convention's gate, made with the signs changed: the same network."""
    v = np.concatenate([a_prev, xt])
    keep = sigmoid(-(parameters["Wu"] @ v) - parameters["bu"])
    c_tilde = np.tanh(parameters["Wc"] @ v + parameters["bc"])
    a_next = keep * a_prev + (1 - keep) * c_tilde
    return a_next, softmax(parameters["Wya"] @ a_next + parameters["by"]), (
        a_next, a_prev, c_tilde, 1 - keep, xt, parameters)


def simple_by_transposes(xt, a_prev, parameters):
    rows = np.concatenate([a_prev.T, xt.T], axis=1)
    c_tilde = np.tanh(rows @ parameters["Wc"].T + parameters["bc"].T).T
    gamma_u = (0.5 + 0.5 * np.tanh(0.5 * (rows @ parameters["Wu"].T + parameters["bu"].T))).T
    a_next = np.where(gamma_u > 2, 0, gamma_u * c_tilde + (1 - gamma_u) * a_prev)
    return a_next, softmax(parameters["Wya"] @ a_next + parameters["by"]), (
        a_next, a_prev, c_tilde, gamma_u, xt, parameters)


# --- gru_cell_forward ------------------------------------------------------------------------------------------


def cell_with_np_dot(xt, a_prev, parameters):
    concat = np.concatenate((a_prev, xt), axis=0)
    ut = sigmoid(np.dot(parameters["Wu"], concat) + parameters["bu"])
    rt = sigmoid(np.dot(parameters["Wr"], concat) + parameters["br"])
    cct = np.tanh(np.dot(parameters["Wc"], np.concatenate((rt * a_prev, xt), axis=0)) + parameters["bc"])
    c_next = ut * cct + (1 - ut) * a_prev
    yt_pred = softmax(np.dot(parameters["Wya"], c_next) + parameters["by"])
    return c_next, yt_pred, (c_next, a_prev, cct, ut, rt, xt, parameters)


def cell_in_blocks(xt, a_prev, parameters):
    n_a = a_prev.shape[0]

    def affine(gate, c):
        W = parameters["W" + gate]
        return W[:, :n_a] @ c + W[:, n_a:] @ xt + parameters["b" + gate]

    u, r = sigmoid(affine("u", a_prev)), sigmoid(affine("r", a_prev))
    new = np.tanh(affine("c", r * a_prev))
    a = a_prev + u * (new - a_prev)
    return a, column_softmax(parameters["Wya"] @ a + parameters["by"]), (a, a_prev, new, u, r, xt, parameters)


def cell_gates_in_one_product(xt, a_prev, parameters):
    W, b = np.r_[parameters["Wu"], parameters["Wr"]], np.r_[parameters["bu"], parameters["br"]]
    gamma_u, gamma_r = np.split(logistic(W @ np.vstack((a_prev, xt)) + b), 2)
    c_tilde = np.tanh(parameters["Wc"] @ np.vstack((gamma_r * a_prev, xt)) + parameters["bc"])
    a_next = (1 - gamma_u) * a_prev + gamma_u * c_tilde
    return a_next, softmax(parameters["Wya"] @ a_next + parameters["by"]), (
        a_next, a_prev, c_tilde, gamma_u, gamma_r, xt, parameters)


def cell_gates_by_name(xt, a_prev, parameters):
    v = np.concatenate([a_prev, xt])
    gate = {g: sigmoid(parameters["W" + g] @ v + parameters["b" + g]) for g in "ur"}
    v = np.concatenate([gate["r"] * a_prev, xt])
    c = np.tanh(parameters["Wc"] @ v + parameters["bc"])
    c_next = sum((gate["u"] * c, -gate["u"] * a_prev, a_prev))
    return c_next, softmax(parameters["Wya"] @ c_next + parameters["by"]), (
        c_next, a_prev, c, gate["u"], gate["r"], xt, parameters)


def cell_on_a_copy_in_place(xt, a_prev, parameters):
    v = np.concatenate([a_prev, xt])
    u = sigmoid(parameters["Wu"] @ v + parameters["bu"])
    r = sigmoid(parameters["Wr"] @ v + parameters["br"])
    v[:len(a_prev)] *= r
    c = np.tanh(parameters["Wc"] @ v + parameters["bc"])
    a = a_prev.copy()
    a *= 1 - u
    a += u * c
    return a, softmax(parameters["Wya"] @ a + parameters["by"]), (a, a_prev, c, u, r, xt, parameters)


def cell_einsum(xt, a_prev, parameters):
    def affine(gate, c):
        return np.einsum("ij,jm->im", parameters[f"W{gate}"], np.append(c, xt, 0)) + parameters[f"b{gate}"]

    u, r = (sigmoid(affine(gate, a_prev)) for gate in "ur")
    c = np.tanh(affine("c", np.einsum("am,am->am", r, a_prev)))
    a = u * c + (1 - u) * a_prev
    return a, softmax(np.einsum("ya,am->ym", parameters["Wya"], a) + parameters["by"]), (
        a, a_prev, c, u, r, xt, parameters)


def cell_number_by_number(xt, a_prev, parameters):
    (n_a, m), n_y = a_prev.shape, len(parameters["by"])
    c_tilde, u, r, a_next, y = (np.zeros((n, m)) for n in (n_a, n_a, n_a, n_a, n_y))

    def total(gate, k, v):
        return sum(w * value for w, value in zip(parameters["W" + gate][k], v, strict=True)) + \
            parameters["b" + gate][k, 0]

    for i in range(m):
        v = [*a_prev[:, i], *xt[:, i]]
        for k in range(n_a):
            u[k, i], r[k, i] = (1 / (1 + math.exp(-total(gate, k, v))) for gate in "ur")
        v = [*(r[:, i] * a_prev[:, i]), *xt[:, i]]
        for k in range(n_a):
            c_tilde[k, i] = math.tanh(total("c", k, v))
        a_next[:, i] = u[:, i] * c_tilde[:, i] + (1 - u[:, i]) * a_prev[:, i]
        y[:, i] = column_softmax(parameters["Wya"] @ a_next[:, i] + parameters["by"][:, 0])
    return a_next, y, (a_next, a_prev, c_tilde, u, r, xt, parameters)


def cell_in_32_bit(xt, a_prev, parameters):
    return cell_with_np_dot(xt.astype("f4"), a_prev.astype("f4"), shorter(parameters))


def cell_example_by_example(xt, a_prev, parameters):
    columns = [cell_with_np_dot(xt[:, [i]], a_prev[:, [i]], parameters) for i in range(xt.shape[1])]
    a_next, y = (np.hstack([column[k] for column in columns]) for k in (0, 1))
    gates = [np.hstack([column[2][k] for column in columns]) for k in (2, 3, 4)]
    return a_next, y, (a_next, a_prev, *gates, xt, parameters)


def cell_by_transposes(xt, a_prev, parameters):
    rows = np.hstack([a_prev.T, xt.T])
    u, r = (logistic(rows @ parameters["W" + g].T + parameters["b" + g].ravel()).T for g in "ur")
    c = np.tanh(np.hstack([(r * a_prev).T, xt.T]) @ parameters["Wc"].T + parameters["bc"].ravel()).T
    a = u * c + (1 - u) * a_prev
    return a, softmax((a.T @ parameters["Wya"].T + parameters["by"].ravel()).T), (
        a, a_prev, c, u, r, xt, parameters)


# --- gru_forward -----------------------------------------------------------------------------------------------


def forward_lists(x, a0, parameters):
    a, y, caches, state = [], [], [], a0
    for xt in x:
        state, yt, cache = gru_cell_forward(xt, state, parameters)
        a.append(state)
        y.append(yt)
        caches.append(cache)
    return np.stack(a), np.stack(y), caches


def forward_arrays(x, a0, parameters):
    T_x, _, m = x.shape
    n_y, n_a = parameters["Wya"].shape
    a, y_pred, caches = np.zeros((T_x, n_a, m)), np.zeros((T_x, n_y, m)), []
    a_next = a0
    for t in range(T_x):
        a_next, y_pred[t], cache = gru_cell_forward(x[t], a_next, parameters)
        a[t] = a_next
        caches.append(cache)
    return a, y_pred, (caches, x)


def forward_own_cell(x, a0, parameters):
    states, before = [], a0
    for t in range(len(x)):
        before = cell_in_blocks(x[t], before, parameters)[0]
        states += [before]
    a = np.array(states)
    return a, softmax(parameters["Wya"] @ a + parameters["by"]), (a, a0, x, parameters)


def forward_time_last_inside(x, a0, parameters):
    x_last = np.moveaxis(x, 0, 2)
    T_x = x_last.shape[2]
    a, y = np.zeros((*a0.shape, T_x)), np.zeros((len(parameters["by"]), x.shape[2], T_x))
    c = a0.copy()
    for t in range(T_x):
        c, y[:, :, t], _ = cell_with_np_dot(x_last[:, :, t], c, parameters)
        a[:, :, t] = c
    return np.moveaxis(a, 2, 0), np.moveaxis(y, 2, 0), (a, y)


def forward_accumulate(x, a0, parameters):
    states = list(accumulate(x, lambda a, xt: cell_with_np_dot(xt, a, parameters)[0], initial=a0))[1:]
    y = [softmax(parameters["Wya"] @ a + parameters["by"]) for a in states]
    return states, y, ()


def forward_recursive(x, a0, parameters):
    first, y, cache = cell_with_np_dot(x[0], a0, parameters)
    if len(x) == 1:
        return first[np.newaxis], y[np.newaxis], [cache]
    a, y_later, caches = forward_recursive(x[1:], first, parameters)
    return np.concatenate([first[None], a]), np.concatenate([y[None], y_later]), [cache, *caches]


def forward_inputs_first(x, a0, parameters):
    n_a = len(a0)
    from_x = {g: parameters["W" + g][:, n_a:] @ x + parameters["b" + g] for g in "cur"}
    on_c = {g: parameters["W" + g][:, :n_a] for g in "cur"}
    a = np.empty((len(x), *a0.shape))
    for t in range(len(x)):
        c = a[t - 1] if t else a0
        u, r = (sigmoid(from_x[g][t] + on_c[g] @ c) for g in "ur")
        a[t] = c + u * (np.tanh(from_x["c"][t] + on_c["c"] @ (r * c)) - c)
    return a, softmax(parameters["Wya"] @ a + parameters["by"], axis=1), a


def forward_with_a0_in_front(x, a0, parameters):
    a = np.concatenate([a0[np.newaxis], np.zeros((len(x), *a0.shape))])
    y = np.zeros((len(x), len(parameters["by"]), a0.shape[1]))
    for t in range(1, len(a)):
        a[t], y[t - 1], _ = gru_cell_forward(x[t - 1], a[t - 1], parameters)
    return a[1:], y, {"a": a, "x": x}


def forward_in_32_bit(x, a0, parameters):
    return forward_lists(x.astype(np.float32), a0.astype(np.float32), shorter(parameters))


def forward_example_by_example(x, a0, parameters):
    parts = [step_by_step(x[:, :, i:i + 1], a0[:, i:i + 1], parameters) for i in range(x.shape[2])]
    return np.concatenate([p[0] for p in parts], axis=2), np.dstack([p[1] for p in parts]), parts


# --- gru_cell_backward -----------------------------------------------------------------------------------------


def back_with_np_dot(da_next, cache):
    _, a_prev, cct, ut, rt, xt, parameters = cache
    n_a = a_prev.shape[0]
    dcct = da_next * ut * (1 - np.square(cct))
    dut = da_next * (cct - a_prev) * ut * (1 - ut)
    dreset = np.dot(parameters["Wc"][:, :n_a].T, dcct)
    drt = dreset * a_prev * rt * (1 - rt)
    concat, concat_r = np.concatenate((a_prev, xt), axis=0), np.concatenate((rt * a_prev, xt), axis=0)
    da_prev = np.dot(parameters["Wu"][:, :n_a].T, dut) + np.dot(parameters["Wr"][:, :n_a].T, drt)
    da_prev = da_prev + dreset * rt + da_next * (1 - ut)
    dxt = np.dot(parameters["Wc"][:, n_a:].T, dcct) + np.dot(parameters["Wu"][:, n_a:].T, dut)
    dxt = dxt + np.dot(parameters["Wr"][:, n_a:].T, drt)
    return {"dxt": dxt, "da_prev": da_prev, "dWc": np.dot(dcct, concat_r.T), "dWu": np.dot(dut, concat.T),
            "dWr": np.dot(drt, concat.T), "dbc": np.sum(dcct, axis=1, keepdims=True),
            "dbu": np.sum(dut, axis=1, keepdims=True), "dbr": np.sum(drt, axis=1, keepdims=True)}


def back_einsum(da_next, cache):
    _, c, new, u, r, xt, p = cache
    n_a = len(c)
    dz = {"c": da_next * u * (1 - new**2), "u": da_next * (new - c) * u * (1 - u)}
    dv = {g: np.einsum("ij,im->jm", p["W" + g], dz[g]) for g in "cu"}
    dz["r"] = dv["c"][:n_a] * c * r * (1 - r)
    dv["r"] = np.einsum("ij,im->jm", p["Wr"], dz["r"])
    read = {"c": np.vstack([r * c, xt]), "u": np.vstack([c, xt]), "r": np.vstack([c, xt])}
    gradients = {"dW" + g: np.einsum("im,jm->ij", dz[g], read[g]) for g in "cur"}
    gradients |= {"db" + g: np.einsum("im->i", dz[g])[:, None] for g in "cur"}
    da_prev = da_next - da_next * u + r * dv["c"][:n_a] + dv["u"][:n_a] + dv["r"][:n_a]
    return {**gradients, "dxt": sum(dv[g][n_a:] for g in "cur"), "da_prev": da_prev}


def back_number_by_number(da_next, cache):
    _, c, new, u, r, xt, p = cache
    (n_a, m), n_x = c.shape, len(xt)
    g = {name: np.zeros(p[name[1:]].shape) for name in ("dWc", "dWu", "dWr", "dbc", "dbu", "dbr")}
    g["dxt"], g["da_prev"] = np.zeros((n_x, m)), np.zeros((n_a, m))
    for i in range(m):
        z_c = [da_next[k, i] * u[k, i] * (1 - new[k, i] ** 2) for k in range(n_a)]
        z_u = [da_next[k, i] * (new[k, i] - c[k, i]) * u[k, i] * (1 - u[k, i]) for k in range(n_a)]
        reset = [sum(p["Wc"][k, j] * z_c[k] for k in range(n_a)) for j in range(n_a)]
        z_r = [reset[j] * c[j, i] * r[j, i] * (1 - r[j, i]) for j in range(n_a)]
        for k in range(n_a):
            g["da_prev"][k, i] += da_next[k, i] * (1 - u[k, i]) + reset[k] * r[k, i]
            for gate, z in (("c", z_c), ("u", z_u), ("r", z_r)):
                g["db" + gate][k, 0] += z[k]
                for j in range(n_a):
                    g["dW" + gate][k, j] += z[k] * c[j, i] * (r[j, i] if gate == "c" else 1)
                    g["da_prev"][j, i] += 0 if gate == "c" else p["W" + gate][k, j] * z[k]
                for j in range(n_x):
                    g["dW" + gate][k, n_a + j] += z[k] * xt[j, i]
                    g["dxt"][j, i] += p["W" + gate][k, n_a + j] * z[k]
    return g


def back_gates_computed_again(da_next, cache):
    _, c, _, _, _, xt, p = cache
    _, _, again = cell_with_np_dot(xt, c, p)
    return back_with_np_dot(da_next, again)


def back_gates_in_one_product(da_next, cache):
    _, c, new, u, r, xt, p = cache
    n_a = len(c)
    dz_c = da_next * u * (1 + new) * (1 - new)
    d_product = p["Wc"].T @ dz_c
    dz = np.vstack([da_next * (new - c) * (u - u**2), d_product[:n_a] * c * (r - r**2)])
    d_stacked = np.vstack([p["Wu"], p["Wr"]]).T @ dz
    dW, db = dz @ np.vstack([c, xt]).T, dz.sum(axis=1, keepdims=True)
    return {"dWc": dz_c @ np.vstack([r * c, xt]).T, "dWu": dW[:n_a], "dWr": dW[n_a:],
            "dbc": dz_c.sum(axis=1, keepdims=True), "dbu": db[:n_a], "dbr": db[n_a:],
            "da_prev": (1 - u) * da_next + r * d_product[:n_a] + d_stacked[:n_a],
            "dxt": d_product[n_a:] + d_stacked[n_a:]}


def back_step_after_step(da_next, cache):
    """Each line of the unit reversed, with gradients added up in dictionaries."""
    _, c, new, u, r, xt, p = cache
    n_a = len(c)
    d_u, d_new, d_c = da_next * new - da_next * c, da_next * u, da_next * (1 - u)
    z = d_new * (1 - new * new)
    v = p["Wc"].T @ z
    d_reset, d_x = v[:n_a], v[n_a:]
    d_r, d_c = d_reset * c, d_c + d_reset * r
    result = {"dWc": z @ np.concatenate([r * c, xt]).T, "dbc": z.sum(1, keepdims=True)}
    for gate, d_gate, value in (("u", d_u, u), ("r", d_r, r)):
        z = d_gate * value * (1 - value)
        v = p["W" + gate].T @ z
        d_c, d_x = d_c + v[:n_a], d_x + v[n_a:]
        result["dW" + gate], result["db" + gate] = z @ np.concatenate([c, xt]).T, z.sum(1, keepdims=True)
    return result | {"da_prev": d_c, "dxt": d_x}


def back_example_by_example(da_next, cache):
    *arrays, xt, p = cache
    columns = range(xt.shape[1])
    parts = [back_with_np_dot(da_next[:, [i]], (*(v[:, [i]] for v in arrays), xt[:, [i]], p)) for i in columns]
    gradients = {name: sum(part[name] for part in parts) for name in parts[0]}
    return gradients | {name: np.hstack([part[name] for part in parts]) for name in ("dxt", "da_prev")}


def back_in_32_bit(da_next, cache):
    *arrays, p = cache
    return back_with_np_dot(da_next.astype("f4"), (*(v.astype("f4") for v in arrays), shorter(p)))


def back_lists(da_next, cache):
    return {name: value.tolist() for name, value in back_einsum(da_next, cache).items()}


def back_by_complex_steps(da_next, cache):
    """No calculus at all: nudge each number into the imaginary direction."""
    _, a_prev, _, _, _, xt, parameters = cache
    values = {"xt": xt, "a_prev": a_prev, **{name: parameters[name] for name in ("Wc", "Wu", "Wr", "bc", "bu", "br")}}

    def total(v):
        stacked = np.concatenate([v["a_prev"], v["xt"]])
        u, r = (1 / (1 + np.exp(-(v["W" + g] @ stacked + v["b" + g]))) for g in "ur")
        c = np.tanh(v["Wc"] @ np.concatenate([r * v["a_prev"], v["xt"]]) + v["bc"])
        return np.sum(da_next * (u * c + (1 - u) * v["a_prev"]))

    gradients = {}
    for name, value in values.items():
        gradients["d" + name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[index] += 1e-30j
            gradients["d" + name][index] = total(values | {name: moved}).imag / 1e-30
    return gradients


RIGHT_ANSWERS = {
    "gru_cell_forward_simplified": [
        simple_with_np_dot, simple_with_own_functions, simple_in_blocks, simple_one_product, simple_einsum,
        simple_number_by_number, simple_in_32_bit, simple_example_by_example, simple_by_the_complement,
        simple_by_transposes,
    ],
    "gru_cell_forward": [
        cell_with_np_dot, cell_in_blocks, cell_gates_in_one_product, cell_gates_by_name, cell_on_a_copy_in_place,
        cell_einsum, cell_number_by_number, cell_in_32_bit, cell_example_by_example, cell_by_transposes,
    ],
    "gru_forward": [
        step_by_step, forward_lists, forward_arrays, forward_own_cell, forward_time_last_inside, forward_accumulate,
        forward_recursive, forward_inputs_first, forward_with_a0_in_front, forward_in_32_bit,
        forward_example_by_example,
    ],
    "gru_cell_backward": [
        back_with_np_dot, back_einsum, back_number_by_number, back_gates_computed_again, back_gates_in_one_product,
        back_step_after_step, back_example_by_example, back_in_32_bit, back_lists, back_by_complex_steps,
    ],
}

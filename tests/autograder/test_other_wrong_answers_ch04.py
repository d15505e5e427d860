"""Chapter 4's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import numpy as np
from wrong_answers import called_by_its_name, triples

from autograder import check
from solutions import rnn_cell_backward

# --- sequence_loss ---------------------------------------------------------------------------------------------


def clipped(y_pred):
    eps = np.finfo(y_pred.dtype).eps
    return np.clip(y_pred, eps, 1 - eps)


def loss_mean_of_each_step(y_pred, y):
    p = clipped(y_pred)
    costs = [np.mean(-y[t] * np.log(p[t]) - (1 - y[t]) * np.log(1 - p[t])) for t in range(len(y))]
    return np.mean(costs)


def loss_batch_is_the_first_axis(y_pred, y):
    m = y.shape[0]
    p = clipped(y_pred)
    return -1 / m * np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


def loss_never_divided(y_pred, y):
    p = clipped(y_pred)
    cost = 0
    for t in range(len(y)):
        cost += -np.sum(y[t] * np.log(p[t]) + (1 - y[t]) * np.log(1 - p[t]))
    return cost


def loss_forgets_the_zeros(y_pred, y):
    return -np.log(clipped(y_pred)[y == 1]).sum() / y.shape[2]


def loss_without_clipping(y_pred, y):
    m = y.shape[2]
    return -np.sum(np.multiply(y, np.log(y_pred)) + np.multiply(1 - y, np.log(1 - y_pred))) / m


def loss_with_a_tiny_addend(y_pred, y):
    return -np.sum(y * np.log(y_pred + 1e-8) + (1 - y) * np.log(1 - y_pred + 1e-8)) / y.shape[2]


def loss_with_a_fixed_eps(y_pred, y):
    p = np.maximum(np.minimum(y_pred, 1 - 1e-15), 1e-15)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / y.shape[2]


def loss_mean_over_axis_two_only(y_pred, y):
    p = clipped(y_pred)
    return np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p)), axis=-1)


def loss_positive_logarithms(y_pred, y):
    p = clipped(y_pred)
    return np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / y.shape[2]


def loss_exchanged(y_pred, y):
    y, y_pred = y_pred, y
    return -np.sum(y * np.log(clipped(y_pred)) + (1 - y) * np.log(1 - clipped(y_pred))) / y.shape[2]


def loss_returns_in_the_loop(y_pred, y):
    p = clipped(y_pred)
    total = 0
    for t in range(len(y)):
        total += -np.sum(y[t] * np.log(p[t]) + (1 - y[t]) * np.log(1 - p[t])) / y.shape[2]
        return total
    return None


def loss_of_the_last_step(y_pred, y):
    p = clipped(y_pred)
    for t in range(len(y)):
        total = -np.sum(y[t] * np.log(p[t]) + (1 - y[t]) * np.log(1 - p[t])) / y.shape[2]
    return total


def loss_in_bits(y_pred, y):
    p = clipped(y_pred)
    return float(np.sum(-np.log2(np.where(y == 1, p, 1 - p))) / y.shape[2])


def loss_mean_and_no_clipping(y_pred, y):
    return float(np.mean(-(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred))))


def loss_hinge(y_pred, y):
    return float(np.sum(np.maximum(0, 1 - (2 * y - 1) * y_pred)) / y.shape[2])


# --- output_backward -------------------------------------------------------------------------------------------


def output_loop(y_pred, y, a, parameters, scale=None, sign=1, states=None, add=True):
    """Everything in one loop, with switches."""
    Wya = parameters["Wya"]
    scale = y.shape[2] if scale is None else scale
    states = a if states is None else states
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((len(Wya), 1))
    for t in range(len(y)):
        dz = sign * (y_pred[t] - y[t]) / scale
        da[t] = np.dot(Wya.T, dz)
        dWya = np.dot(dz, states[t].T) + (dWya if add else 0)
        dby = dz.sum(axis=1, keepdims=True) + (dby if add else 0)
    return {"da": da, "dWya": dWya, "dby": dby}


def output_without_m(y_pred, y, a, parameters):
    return output_loop(y_pred, y, a, parameters, scale=1)


def output_over_time(y_pred, y, a, parameters):
    return output_loop(y_pred, y, a, parameters, scale=len(y))


def output_turned_round(y_pred, y, a, parameters):
    return output_loop(y_pred, y, a, parameters, sign=-1)


def output_last_term(y_pred, y, a, parameters):
    return output_loop(y_pred, y, a, parameters, add=False)


def output_states_before(y_pred, y, a, parameters):
    return output_loop(y_pred, y, a, parameters, states=np.concatenate([np.zeros_like(a[:1]), a[:-1]]))


def output_last_state(y_pred, y, a, parameters):
    return output_loop(y_pred, y, a, parameters, states=[a[-1]] * len(a))


def output_from_the_loss(y_pred, y, a, parameters):
    m = y.shape[2]
    dy = -np.divide(y, y_pred) + np.divide(1 - y, 1 - y_pred)
    dz = dy * y_pred * (1 - y_pred) * y_pred * (1 - y_pred) / m
    return {"da": parameters["Wya"].T @ dz, "dWya": np.einsum("tki,tai->ka", dz, a),
            "dby": dz.sum(axis=(0, 2), keepdims=True)[0]}


def output_not_transposed(y_pred, y, a, parameters):
    dz = (y_pred - y) / y.shape[2]
    return {"da": np.matmul(parameters["Wya"], dz), "dWya": np.einsum("tki,tai->ka", dz, a),
            "dby": dz.sum(axis=(0, 2), keepdims=True)[0]}


def output_flat_bias(y_pred, y, a, parameters):
    gradients = output_loop(y_pred, y, a, parameters)
    return {**gradients, "dby": gradients["dby"].ravel()}


def output_divides_again(y_pred, y, a, parameters):
    gradients, m = output_loop(y_pred, y, a, parameters), y.shape[2]
    return {"da": gradients["da"], "dWya": gradients["dWya"] / m, "dby": gradients["dby"] / m}


def output_forgets_one_division(y_pred, y, a, parameters):
    gradients, m = output_loop(y_pred, y, a, parameters), y.shape[2]
    return {**gradients, "dWya": gradients["dWya"] * m}


def output_means(y_pred, y, a, parameters):
    dz = (y_pred - y) / y.shape[2]
    return {"da": parameters["Wya"].T @ dz, "dWya": np.mean([d @ h.T for d, h in zip(dz, a, strict=True)], axis=0),
            "dby": np.mean(dz, axis=0).sum(axis=1, keepdims=True)}


def output_as_a_tuple(y_pred, y, a, parameters):
    return tuple(output_loop(y_pred, y, a, parameters).values())


def output_through_the_tanh(y_pred, y, a, parameters):
    gradients = output_loop(y_pred, y, a, parameters)
    gradients["da"] *= 1 - a * a
    return gradients


# --- rnn_cell_backward -----------------------------------------------------------------------------------------


def cell(da_next, cache, slope=None, matrices=None, inputs=None, bias=None, start=None):
    """One step backwards, with switches."""
    a_next, a_prev, xt, parameters = cache
    slope = 1 - a_next * a_next if slope is None else slope
    Wax, Waa = (parameters["Wax"], parameters["Waa"]) if matrices is None else matrices
    x, h = (xt, a_prev) if inputs is None else inputs
    dz = slope * da_next if start is None else start
    dba = np.sum(dz, axis=1, keepdims=True) if bias is None else bias(dz)
    return {"dxt": np.dot(Wax.T, dz), "da_prev": np.dot(Waa.T, dz), "dWax": np.dot(dz, x.T), "dWaa": np.dot(dz, h.T),
            "dba": dba}


def cell_no_slope(da_next, cache):
    return cell(da_next, cache, slope=1)


def cell_slope_of_z(da_next, cache):
    _, a_prev, xt, p = cache
    z = np.dot(p["Waa"], a_prev) + np.dot(p["Wax"], xt) + p["ba"]
    return cell(da_next, cache, slope=1 - z**2)


def cell_slope_of_old_state(da_next, cache):
    return cell(da_next, cache, slope=1 - np.square(cache[1]))


def cell_logistic_slope(da_next, cache):
    return cell(da_next, cache, slope=cache[0] - cache[0] ** 2)


def cell_tanh_again(da_next, cache):
    return cell(da_next, cache, slope=1 - np.tanh(cache[0]) ** 2)


def cell_unsquared(da_next, cache):
    return cell(da_next, cache, slope=1 - cache[0])


def cell_precedence(da_next, cache):
    return cell(da_next, cache, start=1 - cache[0] ** 2 * da_next)


def cell_matmul(da_next, cache):
    return cell(da_next, cache, start=np.dot(1 - cache[0] ** 2, da_next))


def cell_forward_matrix(da_next, cache):
    gradients = cell(da_next, cache)
    return {**gradients, "da_prev": np.dot(cache[3]["Waa"], (1 - cache[0] ** 2) * da_next)}


def cell_new_state(da_next, cache):
    return cell(da_next, cache, inputs=(cache[2], cache[0]))


def cell_flat_bias(da_next, cache):
    return cell(da_next, cache, bias=lambda dz: dz.sum(axis=1))


def cell_mean_bias(da_next, cache):
    return cell(da_next, cache, bias=lambda dz: dz.mean(axis=1).reshape(-1, 1))


def cell_all_means(da_next, cache):
    m = da_next.shape[1]
    gradients = cell(da_next, cache)
    return {name: value / m if name.startswith(("dW", "db")) else value for name, value in gradients.items()}


def cell_wrong_unpacking(da_next, cache):
    a_prev, a_next, xt, parameters = cache
    return cell(da_next, (a_next, a_prev, xt, parameters))


def cell_in_place(da_next, cache):
    da_next *= 1 - cache[0] ** 2
    return cell(da_next, cache, slope=1)


def cell_weights_before_the_tanh(da_next, cache):
    gradients = cell(da_next, cache)
    return {**gradients, "dWax": da_next @ cache[2].T, "dWaa": da_next @ cache[1].T,
            "dba": da_next.sum(axis=1, keepdims=True)}


def cell_two_mistakes(da_next, cache):
    """No slope, and dWaa from the new state."""
    return cell(da_next, cache, slope=1, inputs=(cache[2], cache[0]))


def cell_two_mistakes_in_two_parts(da_next, cache):
    """W_aa not transposed; db a mean."""
    gradients = cell(da_next, cache)
    dz = (1 - cache[0] ** 2) * da_next
    return {**gradients, "da_prev": cache[3]["Waa"] @ dz, "dba": dz.mean(axis=1, keepdims=True)}


def cell_names_of_its_own(da_next, cache):
    gradients = cell(da_next, cache)
    gradients["dx"] = gradients.pop("dxt")
    return gradients


def cell_sign_of_everything(da_next, cache):
    return {name: -value for name, value in cell(da_next, cache).items()}


# --- rnn_backward ----------------------------------------------------------------------------------------------


def through(da, caches, order=None, meet=None, hand_on=None, before=None, step=cell, start=0.0):
    """All steps by the cell, with switches."""
    a, a0, x, parameters = caches
    T_x, n_a, _ = da.shape
    order = range(T_x - 1, -1, -1) if order is None else order
    meet = np.add if meet is None else meet
    before = [a0, *a[:-1]] if before is None else before
    dx, back = np.zeros(x.shape), start + np.zeros(a0.shape)
    sums = {"dWax": np.zeros((n_a, x.shape[1])), "dWaa": np.zeros((n_a, n_a)), "dba": np.zeros((n_a, 1))}
    for t in order:
        gradients = step(meet(da[t], back), (a[t], before[t], x[t], parameters))
        dx[t] = gradients["dxt"]
        sums = {name: total + gradients[name] for name, total in sums.items()}
        back = gradients["da_prev"] if hand_on is None else hand_on(gradients, back, da[t], a[t])
    return {"dx": dx, "da0": back, **sums}


def through_each_step_alone(da, caches):
    return through(da, caches, meet=lambda own, back: own)


def through_only_what_comes_back(da, caches):
    return through(da, caches, meet=lambda own, back: back)


def through_the_last_output_only(da, caches):
    alone = np.zeros(da.shape)
    alone[-1] = da[-1]
    return through(alone, caches)


def through_from_left_to_right(da, caches):
    return through(da, caches, order=range(len(da)))


def through_without_step_zero(da, caches):
    return through(da, caches, order=range(len(da) - 1, 0, -1))


def through_without_the_last(da, caches):
    return through(da, caches, order=range(len(da) - 2, -1, -1))


def through_starting_with_the_last(da, caches):
    return through(da, caches, start=da[-1])


def through_accumulating(da, caches):
    return through(da, caches, hand_on=lambda gradients, back, own, state: back + gradients["da_prev"])


def through_handing_on_da(da, caches):
    return through(da, caches, hand_on=lambda gradients, back, own, state: own)


def through_wrapping_round(da, caches):
    a = caches[0]
    return through(da, caches, before=[a[t - 1] for t in range(len(a))])


def through_same_state(da, caches):
    return through(da, caches, before=caches[0])


def through_a0_always(da, caches):
    return through(da, caches, before=[caches[1]] * len(da))


def through_zeros_for_a0(da, caches):
    a, a0, x, parameters = caches
    return through(da, (a, np.zeros_like(a0), x, parameters))


def through_a_cell_without_slope(da, caches):
    return through(da, caches, step=cell_no_slope)


def through_a_cell_with_the_forward_matrix(da, caches):
    return through(da, caches, step=cell_forward_matrix)


def through_keeping_the_first_term(da, caches):
    a, a0, x, parameters = caches
    back, dx = 0, np.zeros(x.shape)
    for t in reversed(range(len(x))):
        gradients = cell(da[t] + back, (a[t], a[t - 1] if t else a0, x[t], parameters))
        back = gradients["da_prev"]
        dx[t] = gradients["dxt"]
        dWax, dWaa, dba = gradients["dWax"], gradients["dWaa"], gradients["dba"]
    return {"dx": dx, "da0": back, "dWax": dWax, "dWaa": dWaa, "dba": dba}


def through_one_sum_forgotten(da, caches):
    right, last = through(da, caches), through_keeping_the_first_term(da, caches)
    return {**right, "dba": last["dba"]}


def through_appending(da, caches):
    right = through(da, caches)
    return {**right, "dx": np.array(right["dx"][::-1])}


def through_stopping_at_the_first_state(da, caches):
    a, a0, x, parameters = caches
    back = np.zeros(a0.shape)
    for t in reversed(range(len(x))):
        total = da[t] + back
        back = parameters["Waa"].T @ ((1 - a[t] ** 2) * total)
    return {**through(da, caches), "da0": total}


def through_da0_empty(da, caches):
    return {**through(da, caches), "da0": np.zeros(caches[1].shape)}


def through_da_changed(da, caches):
    a, _, x, parameters = caches
    for t in reversed(range(len(x) - 1)):
        da[t] += parameters["Waa"].T @ ((1 - a[t + 1] ** 2) * da[t + 1])
    return through(da, caches, meet=lambda own, back: own)


def through_means(da, caches):
    right = through(da, caches)
    return {name: value / len(da) if name.startswith(("dW", "db")) else value for name, value in right.items()}


def through_division_by_m(da, caches):
    right = through(da, caches)
    return {name: value / da.shape[2] if name.startswith(("dW", "db")) else value for name, value in right.items()}


def through_flat_bias(da, caches):
    right = through(da, caches)
    return {**right, "dba": right["dba"][:, 0]}


def through_time_last(da, caches):
    right = through(da, caches)
    return {**right, "dx": np.stack(list(right["dx"]), axis=-1)}


def through_cell_of_da_only_at_the_end(da, caches):
    """The gradient of the sum of all da, carried from the end."""
    return through(np.array([*(0 * da[:-1]), da.sum(axis=0)]), caches)


def through_no_dict(da, caches):
    return tuple(through(da, caches).values())


# --- gradient_check --------------------------------------------------------------------------------------------


def numerical(loss, parameters, epsilon, dtype=np.float64, up=1, down=1, distance=2):
    """The numerical gradients, with switches."""
    theta = {name: value.astype(dtype) for name, value in parameters.items()}
    found = {}
    for name in theta:
        found[name] = np.zeros(theta[name].shape)
        for index in np.ndindex(theta[name].shape):
            above = {key: value.copy() for key, value in theta.items()}
            below = {key: value.copy() for key, value in theta.items()}
            above[name][index] += up * epsilon
            below[name][index] -= down * epsilon
            found[name][index] = (loss(above) - loss(below)) / (distance * epsilon)
    return found


def relative(found, gradients):
    g = np.concatenate([gradients["d" + name].ravel() for name in found])
    n = np.concatenate([found[name].ravel() for name in found])
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return np.linalg.norm(g - n) / size if size else 0.0


def check_forward_difference(loss, parameters, gradients, epsilon=1e-5):
    return relative(numerical(loss, parameters, epsilon, down=0, distance=1), gradients)


def check_backward_difference(loss, parameters, gradients, epsilon=1e-5):
    return relative(numerical(loss, parameters, epsilon, up=0, distance=1), gradients)


def check_over_epsilon(loss, parameters, gradients, epsilon=1e-5):
    return relative(numerical(loss, parameters, epsilon, distance=1), gradients)


def check_in_their_dtype(loss, parameters, gradients, epsilon=1e-5):
    return relative(numerical(loss, parameters, epsilon, dtype=parameters["Wax" if "Wax" in parameters else "W"].dtype),
                    gradients)


def check_own_epsilon(loss, parameters, gradients, epsilon=1e-5):
    return relative(numerical(loss, parameters, 1e-7), gradients)


def check_difference_only(loss, parameters, gradients, epsilon=1e-5):
    found = numerical(loss, parameters, epsilon)
    return np.sqrt(sum(np.sum((found[name] - gradients["d" + name]) ** 2) for name in found))


def check_largest_difference(loss, parameters, gradients, epsilon=1e-5):
    found = numerical(loss, parameters, epsilon)
    return max(np.abs(found[name] - gradients["d" + name]).max() for name in found)


def check_mean_of_errors(loss, parameters, gradients, epsilon=1e-5):
    found = numerical(loss, parameters, epsilon)
    return np.mean([relative({name: found[name]}, gradients) for name in found])


def check_last_error(loss, parameters, gradients, epsilon=1e-5):
    found = numerical(loss, parameters, epsilon)
    for name in found:
        error = relative({name: found[name]}, gradients)
    return error


def check_returns_in_the_loop(loss, parameters, gradients, epsilon=1e-5):
    found = numerical(loss, parameters, epsilon)
    for name in found:
        return relative({name: found[name]}, gradients)
    return None


def check_no_guard(loss, parameters, gradients, epsilon=1e-5):
    found = numerical(loss, parameters, epsilon)
    g = np.concatenate([gradients["d" + name].ravel() for name in found])
    n = np.concatenate([found[name].ravel() for name in found])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))


def check_by_values(loss, parameters, gradients, epsilon=1e-5):
    n = np.concatenate([value.ravel() for value in numerical(loss, parameters, epsilon).values()])
    g = np.concatenate([value.ravel() for value in gradients.values()])
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return np.linalg.norm(g - n) / size if size else 0.0


def check_nudges_for_good(loss, parameters, gradients, epsilon=1e-5):
    found = {}
    for name, value in parameters.items():
        found[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            value[index] += epsilon
            above = loss(parameters)
            value[index] -= 2 * epsilon
            found[name][index] = (above - loss(parameters)) / (2 * epsilon)
    return relative(found, gradients)


def check_takes_it_back(loss, parameters, gradients, epsilon=1e-5):
    found = {}
    for name, value in parameters.items():
        found[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            value[index] += epsilon
            above = loss(parameters)
            value[index] -= 2 * epsilon
            below = loss(parameters)
            value[index] += epsilon
            found[name][index] = (above - below) / (2 * epsilon)
    return relative(found, gradients)


def check_whole_arrays(loss, parameters, gradients, epsilon=1e-5):
    theta = {name: value.astype(float) for name, value in parameters.items()}
    found = {}
    for name, value in theta.items():
        slope = (loss({**theta, name: value + epsilon}) - loss({**theta, name: value - epsilon})) / (2 * epsilon)
        found[name] = np.full(value.shape, slope)
    return relative(found, gradients)


def check_says_yes(loss, parameters, gradients, epsilon=1e-5):
    return relative(numerical(loss, parameters, epsilon), gradients) < 1e-6


def check_squares(loss, parameters, gradients, epsilon=1e-5):
    return relative(numerical(loss, parameters, epsilon), gradients) ** 2


def check_trusts_everything(loss, parameters, gradients, epsilon=1e-5):
    return 0.0


# --- as strangers type them ------------------------------------------------------------------------------------


def loss_divided_by_the_outputs(y_pred, y):
    _, m, n_y = y.shape  # the last two are taken for one another
    return loss_of_a_stranger(y_pred, y) * n_y / m


def loss_of_a_stranger(y_pred, y, first=0):
    eps = np.finfo(y_pred.dtype).eps
    p = np.minimum(np.maximum(y_pred, eps), 1 - eps)
    total = 0.0
    for t in range(first, len(y)):
        total -= np.sum(np.where(y[t] == 1, np.log(p[t]), np.log1p(-p[t])))
    return total / y.shape[2]


def loss_from_the_second_step(y_pred, y):
    return loss_of_a_stranger(y_pred, y, first=1)


def loss_in_a_list(y_pred, y):
    return [loss_of_a_stranger(y_pred, y)]


def output_of_squared_errors(y_pred, y, a, parameters):
    dz = 2 * (y_pred - y) / y_pred.shape[2]
    return {"da": np.einsum("ka,tkm->tam", parameters["Wya"], dz), "dWya": np.einsum("tkm,tam->ka", dz, a),
            "dby": dz.sum(axis=(0, 2)).reshape(-1, 1)}


def output_a_gradient_for_each_step(y_pred, y, a, parameters):
    dz = (y_pred - y) / y_pred.shape[2]
    return {"da": parameters["Wya"].T @ dz, "dWya": np.array([d @ s.T for d, s in zip(dz, a, strict=True)]),
            "dby": np.sum(dz, axis=(0, 2))[:, None]}


def cell_stars_everywhere(da_next, cache):
    a_next, _a_prev, _xt, parameters = cache
    dz = da_next * (1 - a_next**2)
    return {"dxt": parameters["Wax"].T * dz}


def through_first_step_never_reached(da, caches):
    """Sums that begin as numbers: with one step only, nothing is ever added to them."""
    a, a0, x, parameters = caches
    sums, dx, back = {"dWax": 0, "dWaa": 0, "dba": 0}, np.zeros(x.shape), np.zeros(a0.shape)
    for t in range(len(x) - 1, 0, -1):
        step = rnn_cell_backward(da[t] + back, (a[t], a[t - 1], x[t], parameters))
        dx[t], back = step["dxt"], step["da_prev"]
        sums = {name: sums[name] + step[name] for name in sums}
    return {"dx": dx, "da0": back, **sums}


def check_padded(loss, parameters, gradients, epsilon=1e-5, add=1e-8, key="d"):
    theta = {name: np.array(value, dtype=float) for name, value in parameters.items()}
    found, wanted = [], []
    for name, value in theta.items():
        for i in range(value.size):
            kept = value.flat[i]
            value.flat[i] = kept + epsilon
            above = loss(theta)
            value.flat[i] = kept - epsilon
            found.append((above - loss(theta)) / (2 * epsilon))
            value.flat[i] = kept
        wanted.extend(np.ravel(gradients[key + name]))
    found, wanted = np.array(found), np.array(wanted)
    return np.linalg.norm(found - wanted) / (np.linalg.norm(found) + np.linalg.norm(wanted) + add)


def check_gradients_called_as_parameters(loss, parameters, gradients, epsilon=1e-5):
    return check_padded(loss, parameters, gradients, epsilon, add=0, key="")


WRONG = {
    "sequence_loss": {
        loss_divided_by_the_outputs: "outputs_taken_for_examples",
        loss_from_the_second_step: "one_step_left_out",
        loss_in_a_list: "",
        loss_mean_of_each_step: "mean_of_everything",
        loss_batch_is_the_first_axis: "axes_confused",
        loss_never_divided: "sum_over_examples",
        loss_forgets_the_zeros: "term_of_the_ones_only",
        loss_without_clipping: "log_of_zero",
        loss_with_a_tiny_addend: "another_eps",
        loss_with_a_fixed_eps: "eps_too_small_for_32_bit",
        loss_mean_over_axis_two_only: "not_one_number",
        loss_positive_logarithms: "minus_forgotten",
        loss_exchanged: "target_and_prediction_exchanged",
        loss_returns_in_the_loop: "one_step_only",
        loss_of_the_last_step: "one_step_only",
        loss_in_bits: "another_logarithm",
        loss_mean_and_no_clipping: "mean_of_everything",
        loss_hinge: "",
    },
    "output_backward": {
        output_of_squared_errors: "twice_the_difference",
        output_a_gradient_for_each_step: "one_gradient_for_each_step",
        output_without_m: "not_divided_by_m",
        output_over_time: "divided_by_time_too",
        output_turned_round: "target_minus_prediction",
        output_last_term: "one_step_of_the_sum",
        output_states_before: "state_of_the_step_before",
        output_last_state: "last_state_in_every_term",
        output_from_the_loss: "slope_of_the_output_twice",
        output_not_transposed: "Wya_not_transposed",
        output_flat_bias: "dby_without_its_column",
        output_divides_again: "divided_twice",
        output_forgets_one_division: "not_divided_by_m",
        output_means: "mean_over_time",
        output_as_a_tuple: "",
        output_through_the_tanh: "slope_of_the_state_too_early",
    },
    "rnn_cell_backward": {
        cell_stars_everywhere: "matrices_entry_by_entry",
        cell_no_slope: "slope_left_out",
        cell_slope_of_z: "slope_of_the_sum",
        cell_slope_of_old_state: "slope_of_the_state_before",
        cell_logistic_slope: "slope_of_a_sigmoid",
        cell_tanh_again: "tanh_twice",
        cell_unsquared: "slope_not_squared",
        cell_precedence: "parentheses_missing",
        cell_matmul: "matrix_product_for_the_slope",
        cell_forward_matrix: "Waa_not_transposed",
        cell_new_state: "dWaa_from_the_new_state",
        cell_flat_bias: "dba_without_its_column",
        cell_mean_bias: "dba_averaged",
        cell_all_means: "divided_by_m_again",
        cell_wrong_unpacking: "cache_in_another_order",
        cell_in_place: "da_next_overwritten",
        cell_weights_before_the_tanh: "weights_without_the_slope",
        cell_two_mistakes: "slope_left_out",
        cell_two_mistakes_in_two_parts: "Waa_not_transposed",
        cell_names_of_its_own: "",
        cell_sign_of_everything: "slope_with_wrong_sign",
    },
    "rnn_backward": {
        through_each_step_alone: "nothing_from_the_next_step",
        through_only_what_comes_back: "da_never_enters",
        through_the_last_output_only: "nothing_from_the_own_output",
        through_from_left_to_right: "forwards_in_time",
        through_without_step_zero: "first_step_never_reached",
        through_without_the_last: "last_step_never_reached",
        through_starting_with_the_last: "last_step_counted_twice",
        through_accumulating: "carried_gradient_accumulated",
        through_handing_on_da: "only_one_step_back",
        through_wrapping_round: "last_state_for_a0",
        through_same_state: "dWaa_from_the_state_of_its_step",
        through_a0_always: "a0_in_every_term",
        through_zeros_for_a0: "a0_left_out_of_dWaa",
        through_a_cell_without_slope: "no_slope_in_any_step",
        through_a_cell_with_the_forward_matrix: "Waa_never_transposed",
        through_keeping_the_first_term: "one_step_of_the_sum",
        through_one_sum_forgotten: "one_step_of_the_sum",
        through_appending: "dx_in_reverse_order",
        through_stopping_at_the_first_state: "da0_one_step_too_early",
        through_da0_empty: "da0_left_out",
        through_da_changed: "da_overwritten",
        through_means: "mean_over_time",
        through_division_by_m: "divided_by_m_again",
        through_flat_bias: "dba_without_its_column",
        through_time_last: "time_last",
        through_cell_of_da_only_at_the_end: "",
        through_no_dict: "",
    },
    "gradient_check": {
        check_forward_difference: "one_sided_difference",
        check_backward_difference: "one_sided_difference",
        check_over_epsilon: "two_forgotten",
        check_in_their_dtype: "nudged_in_32_bit",
        check_own_epsilon: "epsilon_not_used",
        check_difference_only: "absolute_difference",
        check_largest_difference: "absolute_difference",
        check_mean_of_errors: "one_error_for_each_parameter",
        check_last_error: "one_parameter_only",
        check_returns_in_the_loop: "one_parameter_only",
        check_no_guard: "zero_by_zero",
        check_by_values: "paired_by_position",
        check_nudges_for_good: "parameters_changed",
        check_takes_it_back: "undone_by_subtraction",
        check_whole_arrays: "all_entries_at_once",
        check_says_yes: "verdict_for_the_error",
        check_squares: "norm_squared",
        check_trusts_everything: "",
        check_padded: "denominator_padded",
        check_gradients_called_as_parameters: "gradients_by_the_parameters_names",
    },
}

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(triples(WRONG))


def test_a_mistake_that_is_recognised_in_two_spellings_is_told_once():
    message = check(through_first_step_never_reached, exercise="rnn_backward").message
    assert message.count("The loop never reaches the first step") == 1

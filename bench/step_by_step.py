"""The contender `step_by_step`: one cell after the other, as course notebooks write it.

Every step concatenates its input, has one product for each gate, keeps its own cache, and adds its own share to
the gradients. It is right, and close to the formulas; this is what the library is compared with.
"""

import numpy as np

from bench import work


def sigmoid(z):
    """Squash numbers into the interval from 0 to 1."""
    return 1 / (1 + np.exp(-z))


def softmax(z):
    """Turn columns of scores into probabilities."""
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)


def rnn_step(xt, state, p):
    """Take one step of a basic RNN."""
    a_prev, _ = state
    a = np.tanh(np.dot(p["Wax"], xt) + np.dot(p["Waa"], a_prev) + p["ba"])
    return (a, None), (a, a_prev, xt)


def rnn_step_back(da, dc, cache, p):
    """Go one step of a basic RNN backwards."""
    a, a_prev, xt = cache
    dz = (1 - a**2) * da
    gradients = {"dWax": np.dot(dz, xt.T), "dWaa": np.dot(dz, a_prev.T), "dba": np.sum(dz, axis=1, keepdims=True)}
    return np.dot(p["Wax"].T, dz), np.dot(p["Waa"].T, dz), None, gradients


def gru_step(xt, state, p):
    """Take one step of a GRU."""
    c_prev, _ = state
    s = np.concatenate((c_prev, xt))
    u = sigmoid(np.dot(p["Wu"], s) + p["bu"])
    r = sigmoid(np.dot(p["Wr"], s) + p["br"])
    s_reset = np.concatenate((r * c_prev, xt))
    candidate = np.tanh(np.dot(p["Wc"], s_reset) + p["bc"])
    c = u * candidate + (1 - u) * c_prev
    return (c, None), (c_prev, s, s_reset, u, r, candidate)


def gru_step_back(da, dc, cache, p):
    """Go one step of a GRU backwards."""
    c_prev, s, s_reset, u, r, candidate = cache
    n = len(c_prev)
    dz_c = da * u * (1 - candidate**2)
    dz_u = da * (candidate - c_prev) * u * (1 - u)
    ds_reset = np.dot(p["Wc"].T, dz_c)
    dz_r = ds_reset[:n] * c_prev * r * (1 - r)
    ds = np.dot(p["Wu"].T, dz_u) + np.dot(p["Wr"].T, dz_r)
    gradients = {"dWc": np.dot(dz_c, s_reset.T), "dWu": np.dot(dz_u, s.T), "dWr": np.dot(dz_r, s.T)}
    gradients |= {"db" + k: np.sum(dz, axis=1, keepdims=True) for k, dz in zip("cur", (dz_c, dz_u, dz_r), strict=True)}
    return ds_reset[n:] + ds[n:], da * (1 - u) + ds_reset[:n] * r + ds[:n], None, gradients


def lstm_step(xt, state, p):
    """Take one step of an LSTM."""
    a_prev, c_prev = state
    s = np.concatenate((a_prev, xt))
    f = sigmoid(np.dot(p["Wf"], s) + p["bf"])
    u = sigmoid(np.dot(p["Wu"], s) + p["bu"])
    candidate = np.tanh(np.dot(p["Wc"], s) + p["bc"])
    o = sigmoid(np.dot(p["Wo"], s) + p["bo"])
    c = f * c_prev + u * candidate
    a = o * np.tanh(c)
    return (a, c), (a_prev, c_prev, c, s, f, u, candidate, o)


def lstm_step_back(da, dc, cache, p):
    """Go one step of an LSTM backwards."""
    a_prev, c_prev, c, s, f, u, candidate, o = cache
    n = len(a_prev)
    dz_o = da * np.tanh(c) * o * (1 - o)
    dc = dc + da * o * (1 - np.tanh(c)**2)
    dz_c = dc * u * (1 - candidate**2)
    dz_u = dc * candidate * u * (1 - u)
    dz_f = dc * c_prev * f * (1 - f)
    ds = np.dot(p["Wf"].T, dz_f) + np.dot(p["Wu"].T, dz_u) + np.dot(p["Wc"].T, dz_c) + np.dot(p["Wo"].T, dz_o)
    pairs = tuple(zip("cufo", (dz_c, dz_u, dz_f, dz_o), strict=True))
    gradients = {"dW" + k: np.dot(dz, s.T) for k, dz in pairs}
    gradients |= {"db" + k: np.sum(dz, axis=1, keepdims=True) for k, dz in pairs}
    return ds[n:], ds[:n], dc * f, gradients


STEPS = {"RNN": (rnn_step, rnn_step_back), "GRU": (gru_step, gru_step_back), "LSTM": (lstm_step, lstm_step_back)}


def training_step(kind, shape, dtype):
    """Return a function that goes forwards, computes the loss and goes backwards."""
    x, a0, classes = work.batch(shape, dtype)
    T_x, m, n_x, _ = shape
    p, y = work.parameters_of(kind, n_x, shape[3], n_x, dtype), work.targets(classes, n_x, dtype)
    forward, back = STEPS[kind]

    def step():
        state, caches, states, predictions, loss = (a0, np.zeros_like(a0)), [], [], [], 0
        for t in range(T_x):
            state, cache = forward(x[t], state, p)
            y_pred = softmax(np.dot(p["Wya"], state[0]) + p["by"])
            loss -= np.sum(y[t] * np.log(y_pred)) / m
            caches.append(cache)
            states.append(state[0])
            predictions.append(y_pred)
        total, dx = {name: np.zeros_like(value) for name, value in p.items()}, np.zeros_like(x)
        da_next, dc_next = np.zeros_like(a0), np.zeros_like(a0)
        for t in reversed(range(T_x)):
            dz = (predictions[t] - y[t]) / m
            total["Wya"] += np.dot(dz, states[t].T)
            total["by"] += np.sum(dz, axis=1, keepdims=True)
            da = np.dot(p["Wya"].T, dz) + da_next
            dx[t], da_next, dc_next, gradients = back(da, dc_next, caches[t], p)
            for name, value in gradients.items():
                total[name[1:]] += value
        return loss, {**{"d" + name: value for name, value in total.items()}, "dx": dx}

    return step


def sampling(kind, dtype, n_steps, width):
    """Return a function that draws `n_steps` characters for each of `width` sequences."""
    n, rng, forward = work.N_CHARACTERS, np.random.default_rng(0), STEPS[kind][0]
    p = work.parameters_of(kind, n, work.N_STATE, n, dtype)

    def sample():
        x, a0 = np.zeros((n, width), dtype), np.zeros((work.N_STATE, width), dtype)
        state, drawn = (a0, a0), []
        for _ in range(n_steps):
            state, _ = forward(x, state, p)
            y_pred = softmax(np.dot(p["Wya"], state[0]) + p["by"]).astype(np.float64)
            y_pred /= y_pred.sum(axis=0)
            tokens = [rng.choice(n, p=y_pred[:, i]) for i in range(width)]
            x = np.zeros((n, width), dtype)
            x[tokens, range(width)] = 1
            drawn.append(tokens)
        return np.array(drawn)

    return sample

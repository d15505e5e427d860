"""Right answers to the exercises of chapter 6, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

# ruff: noqa: RUF005 - written as beginners write

import math
import re

import numpy as np

from solutions import (
    encode,
    one_hot,
    output_backward,
    pad_batch,
    rnn_backward,
    rnn_cell_backward,
    rnn_cell_forward,
    rnn_forward,
    sgd_step,
    softmax,
    softmax_loss,
    split_words,
)

EOS, UNK = "<EOS>", "<UNK>"


# --- tokenize --------------------------------------------------------------------------------------------------


def tokens_in_a_loop(sentence, vocabulary):
    indices = []
    for word in split_words(sentence):
        if word in vocabulary:
            indices.append(vocabulary[word])
        else:
            indices.append(vocabulary["<UNK>"])
    indices.append(vocabulary["<EOS>"])
    return indices


def tokens_with_encode(sentence, vocabulary):
    return encode(split_words(sentence) + [EOS], vocabulary)


def tokens_with_encode_and_append(sentence, vocabulary):
    return np.append(encode(split_words(sentence), vocabulary), vocabulary[EOS]).tolist()


def tokens_with_own_regex(sentence, vocabulary):
    words = re.findall(r"[A-Za-z]+|[.,!?]", sentence)
    return [vocabulary.get(word, vocabulary[UNK]) for word in words] + [vocabulary[EOS]]


def tokens_with_replace(sentence, vocabulary):
    for mark in ".,!?":
        sentence = sentence.replace(mark, f" {mark} ")
    return [vocabulary[w if w in vocabulary else UNK] for w in sentence.split() + [EOS]]


def tokens_with_exceptions(sentence, vocabulary):
    def look_up(token):
        try:
            return vocabulary[token]
        except KeyError:
            return vocabulary["<UNK>"]

    return tuple(map(look_up, [*split_words(sentence), EOS]))


def tokens_character_by_character(sentence, vocabulary):
    tokens, word = [], ""
    for character in sentence + " ":
        if character.isalnum():
            word += character
            continue
        if word:
            tokens.append(word)
        word = ""
        if not character.isspace():
            tokens.append(character)
    return [vocabulary[t] if t in vocabulary.keys() else vocabulary[UNK] for t in tokens] + [vocabulary[EOS]]  # noqa: SIM118


def tokens_in_an_array(sentence, vocabulary):
    tokens = split_words(sentence)
    result = np.full(len(tokens) + 1, vocabulary["<UNK>"])
    for place, token in enumerate(tokens):
        if token in vocabulary:
            result[place] = vocabulary[token]
    result[-1] = vocabulary["<EOS>"]
    return result


# --- language_model_pairs --------------------------------------------------------------------------------------


def pairs_filled_by_loops(lines, vocabulary):
    T_x, n_x, m = max(map(len, lines)) + 1, len(vocabulary), len(lines)
    x, y = np.zeros((T_x, n_x, m)), np.zeros((T_x, n_x, m))
    for i, line in enumerate(lines):
        before = None
        for t, token in enumerate(list(line) + ["<EOS>"]):
            k = vocabulary[token] if token in vocabulary else vocabulary["<UNK>"]
            y[t, k, i] = 1
            if before is not None:
                x[t, before, i] = 1
            before = k
    return x, y


def pairs_shift_each_line(lines, vocabulary):
    n_x = len(vocabulary)
    T_x = max(len(line) for line in lines) + 1
    xs, ys = [], []
    for line in lines:
        y = one_hot(encode(list(line) + [EOS], vocabulary), n_x)
        x = np.concatenate([np.zeros((1, n_x, 1)), y[:-1]])
        rest = np.zeros((T_x - len(y), n_x, 1))
        xs.append(np.concatenate([x, rest]))
        ys.append(np.concatenate([y, rest]))
    return np.concatenate(xs, axis=2), np.concatenate(ys, axis=2)


def pairs_two_paddings(lines, vocabulary):
    targets, mask = pad_batch([encode([*line, EOS], vocabulary) for line in lines])
    y = np.where(mask[:, None, :], one_hot(targets, len(vocabulary)), 0.0)
    x = np.concatenate([np.zeros_like(y[:1]), y[:-1]])
    x[~np.broadcast_to(mask[:, None, :], x.shape)] = 0
    return x, y


def pairs_rolled_and_cleared(lines, vocabulary):
    indices, mask = pad_batch([encode(list(line) + [EOS], vocabulary) for line in lines])
    y = one_hot(indices, len(vocabulary)) * mask.reshape(len(mask), 1, -1)
    x = np.roll(y, 1, axis=0) * mask.reshape(len(mask), 1, -1)
    x[0] = 0
    return x, y


def pairs_remove_the_end(lines, vocabulary):
    indices, mask = pad_batch([encode([*line, EOS], vocabulary) for line in lines])
    y = one_hot(indices, len(vocabulary)) * mask[:, None]
    without_end = y.copy()
    without_end[:, vocabulary[EOS]] = 0
    x = np.zeros_like(y)
    x[1:] = without_end[:-1]
    return x, y


def pairs_as_lists(lines, vocabulary):
    x, y = pairs_filled_by_loops(lines, vocabulary)
    return [x.tolist(), y.tolist()]


def pairs_as_32_bits(lines, vocabulary):
    x, y = pairs_shift_each_line(lines, vocabulary)
    return x.astype(np.float32), y.astype(np.float32)


def pairs_fancy_indices(lines, vocabulary):
    sentences = [[vocabulary.get(t, vocabulary.get(UNK)) for t in line] + [vocabulary[EOS]] for line in lines]
    T_x = max(len(s) for s in sentences)
    y = np.zeros((len(sentences), T_x, len(vocabulary)))
    for i, s in enumerate(sentences):
        y[i, np.arange(len(s)), s] = 1.0
    x = np.pad(y, ((0, 0), (1, 0), (0, 0)))[:, :-1] * y.sum(axis=2, keepdims=True)
    return x.transpose(1, 2, 0), y.transpose(1, 2, 0)


# --- sentence_log_probability ----------------------------------------------------------------------------------


def likelihood_step_by_step(indices, parameters):
    n_a, n_x = parameters["Wax"].shape
    x, a, total = np.zeros((n_x, 1)), np.zeros((n_a, 1)), 0.0
    for index in indices:
        a, y_pred, _ = rnn_cell_forward(x, a, parameters)
        total += np.log(y_pred[index, 0])
        x = np.zeros((n_x, 1))
        x[index] = 1
    return total


def likelihood_with_math(indices, parameters):
    n_x = parameters["by"].shape[0]
    x = np.zeros((len(indices), n_x, 1))
    for t in range(1, len(indices)):
        x[t, indices[t - 1], 0] = 1
    y_pred = rnn_forward(x, np.zeros((parameters["Waa"].shape[0], 1)), parameters)[1]
    return sum(math.log(y_pred[t, k, 0]) for t, k in enumerate(indices))


def likelihood_as_a_loss(indices, parameters):
    y = one_hot(np.array(indices), len(parameters["by"]))
    x = np.concatenate([0 * y[:1], y[:-1]])
    _, y_pred, _ = rnn_forward(x, np.zeros((len(parameters["ba"]), 1)), parameters)
    return -softmax_loss(y_pred, y)


def likelihood_with_einsum(indices, parameters):
    y = one_hot(indices, parameters["Wax"].shape[1])
    x = np.pad(y, ((1, 0), (0, 0), (0, 0)))[:-1]
    y_pred = rnn_forward(x, np.zeros((len(parameters["Waa"]), 1)), parameters)[1]
    return np.log(np.einsum("tki,tki->t", y, y_pred)).sum()


def likelihood_without_helpers(indices, parameters):
    Wax, Waa, Wya, ba, by = (parameters[name] for name in ("Wax", "Waa", "Wya", "ba", "by"))
    a, from_x, logs = np.zeros_like(ba), 0, []
    for k in indices:
        a = np.tanh(Waa @ a + from_x + ba)
        z = Wya @ a + by
        z = z - z.max()
        logs.append(z[k, 0] - np.log(np.exp(z).sum()))
        from_x = Wax[:, k:k + 1]
    return float(np.sum(logs))


def likelihood_with_softmax(indices, parameters):
    a, x, result = np.zeros((len(parameters["ba"]), 1)), np.zeros((len(parameters["by"]), 1)), 0
    for k in indices:
        a = np.tanh(parameters["Waa"].dot(a) + parameters["Wax"].dot(x) + parameters["ba"])
        result += np.log(softmax(parameters["Wya"].dot(a) + parameters["by"])[k])
        x = np.eye(len(x))[:, [k]]
    return result


def likelihood_in_32_bits(indices, parameters):
    return likelihood_step_by_step(indices, {name: value.astype(np.float32) for name, value in parameters.items()})


def likelihood_with_a_tiny_number_added(indices, parameters):
    n_x = parameters["Wax"].shape[1]
    x = np.zeros((len(indices), n_x, 1))
    x[np.arange(1, len(indices)), indices[:-1], 0] = 1
    y_pred = rnn_forward(x, np.zeros((len(parameters["Waa"]), 1)), parameters)[1]
    return np.log(y_pred[range(len(indices)), indices, 0] + 1e-15).sum(keepdims=True)


# --- perplexity ------------------------------------------------------------------------------------------------


def perplexity_with_numpy(log_probabilities, lengths):
    return np.exp(-np.sum(log_probabilities) / np.sum(lengths))


def perplexity_with_math(log_probabilities, lengths):
    return math.exp(-sum(log_probabilities) / sum(lengths))


def perplexity_in_bits(log_probabilities, lengths):
    bits = -np.asarray(log_probabilities) / np.log(2)
    return 2 ** (bits.sum() / np.asarray(lengths).sum())


def perplexity_in_a_loop(log_probabilities, lengths):
    total, tokens = 0.0, 0
    for log_probability, length in zip(log_probabilities, lengths, strict=True):
        total += log_probability
        tokens += length
    return 1 / np.exp(total / tokens)


def perplexity_as_a_weighted_mean(log_probabilities, lengths):
    each = np.divide(log_probabilities, lengths)
    return np.exp(-np.average(each, weights=lengths))


def perplexity_as_a_weighted_geometric_mean(log_probabilities, lengths):
    lengths = np.array(lengths)
    each = np.exp(-np.array(log_probabilities) / lengths)
    return np.prod(each ** (lengths / lengths.sum()))


def perplexity_one_root_after_the_other(log_probabilities, lengths):
    result = 1.0
    for log_probability in log_probabilities:
        result *= math.exp(-log_probability / sum(lengths))
    return result


def perplexity_as_an_array(log_probabilities, lengths):
    return np.exp([-np.sum(log_probabilities, dtype=np.float64) / np.sum(lengths)])


# --- language_model_step ---------------------------------------------------------------------------------------

NAMES = ("Wax", "Waa", "Wya", "ba", "by")


def step_with_all_helpers(x, y, parameters, learning_rate):
    a0 = np.zeros((parameters["Waa"].shape[0], x.shape[-1]))
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    loss = softmax_loss(y_pred, y)
    mask = y.any(axis=1, keepdims=True)
    g = output_backward(np.where(mask, y_pred, 0), y, a, parameters)
    g.update(rnn_backward(g.pop("da"), caches))
    g = {k: g[k] for k in ("dWax", "dWaa", "dWya", "dba", "dby")}
    return loss, g, sgd_step(parameters, g, learning_rate)


def step_with_more_gradients_than_asked(x, y, parameters, learning_rate):
    a, y_pred, caches = rnn_forward(x, np.zeros((len(parameters["ba"]), x.shape[2])), parameters)
    out = output_backward(y_pred * y.sum(1)[:, None], y, a, parameters)
    gradients = {**out, **rnn_backward(out["da"], caches)}
    new = {name: parameters[name] - learning_rate * gradients["d" + name] for name in NAMES}
    return softmax_loss(y_pred, y), gradients, new


def step_without_helpers(x, y, parameters, learning_rate):
    Wax, Waa, Wya, ba, by = (parameters[name] for name in NAMES)
    T, _, m = x.shape
    a, p = [np.zeros((len(ba), m))], []
    for t in range(T):
        a.append(np.tanh(Wax @ x[t] + Waa @ a[-1] + ba))
        e = np.exp(Wya @ a[-1] + by)
        p.append(e / e.sum(axis=0))
    d = {name: np.zeros_like(parameters[name]) for name in NAMES}
    loss, back = 0.0, np.zeros((len(ba), m))
    for t in range(T - 1, -1, -1):
        loss -= np.sum(y[t] * np.log(p[t])) / m
        dy = (p[t] - y[t]) * y[t].sum(axis=0) / m
        d["Wya"] += dy @ a[t + 1].T
        d["by"] += dy.sum(axis=1, keepdims=True)
        dz = (1 - a[t + 1]**2) * (Wya.T @ dy + back)
        d["Wax"] += dz @ x[t].T
        d["Waa"] += dz @ a[t].T
        d["ba"] += dz.sum(axis=1, keepdims=True)
        back = Waa.T @ dz
    return loss, {"d" + n: d[n] for n in NAMES}, {n: parameters[n] - learning_rate * d[n] for n in NAMES}


def step_with_cells(x, y, parameters, learning_rate):
    m = x.shape[2]
    a = np.zeros((len(parameters["Waa"]), m))
    caches, loss, gradients = [], 0, {"d" + name: 0 for name in NAMES}
    predictions = []
    for xt, yt in zip(x, y, strict=True):
        a, p, cache = rnn_cell_forward(xt, a, parameters)
        caches.append(cache)
        predictions.append(p)
        loss += -np.sum(np.log(np.sum(p * yt, axis=0) + (yt.sum(axis=0) == 0))) / m
    back = 0
    for yt, p, cache in zip(y[::-1], predictions[::-1], caches[::-1], strict=True):
        dz = np.where(yt.sum(axis=0) > 0, p - yt, 0) / m
        gradients["dWya"] = gradients["dWya"] + dz @ cache[0].T
        gradients["dby"] = gradients["dby"] + dz.sum(axis=1, keepdims=True)
        step = rnn_cell_backward(parameters["Wya"].T @ dz + back, cache)
        for name in ("dWax", "dWaa", "dba"):
            gradients[name] = gradients[name] + step[name]
        back = step["da_prev"]
    return loss, gradients, {n: parameters[n] - learning_rate * gradients["d" + n] for n in parameters}


def step_with_einsum(x, y, parameters, learning_rate):
    a, y_pred, caches = rnn_forward(x, np.zeros((len(parameters["Waa"]), x.shape[2])), parameters)
    m = x.shape[2]
    dz = (y_pred - y) * y.sum(axis=1, keepdims=True) / m
    da = np.einsum("ya,tym->tam", parameters["Wya"], dz)
    grads = {name: value for name, value in rnn_backward(da, caches).items() if name in ("dWax", "dWaa", "dba")}
    grads["dWya"], grads["dby"] = np.einsum("tym,tam->ya", dz, a), dz.sum(axis=(0, 2)).reshape(-1, 1)
    loss = -(y * np.log(np.maximum(y_pred, 1e-12))).sum() / m
    return loss, grads, {name: parameters[name] - learning_rate * grads["d" + name] for name in NAMES}


def step_on_copies(x, y, parameters, learning_rate):
    new = {name: value.copy() for name, value in parameters.items()}
    loss, gradients, _ = step_with_einsum(x, y, new, learning_rate)
    for name in new:
        new[name] -= learning_rate * gradients["d" + name]
    return loss, gradients, new


def step_that_returns_a_list(x, y, parameters, learning_rate):
    return list(step_without_helpers(x, y, parameters, learning_rate))


def step_in_32_bits(x, y, parameters, learning_rate):
    parameters = {name: value.astype(np.float32) for name, value in parameters.items()}
    return step_with_einsum(x.astype(np.float32), y.astype(np.float32), parameters, np.float32(learning_rate))


def step_that_clips_where_it_matters(x, y, parameters, learning_rate):
    loss, gradients, _ = step_with_all_helpers(x, y, parameters, learning_rate)
    gradients = {name: np.clip(value, -50, 50) for name, value in gradients.items()}
    return np.array(loss), gradients, sgd_step(parameters, gradients, learning_rate)


RIGHT_ANSWERS = {
    "tokenize": [tokens_in_a_loop, tokens_with_encode, tokens_with_encode_and_append, tokens_with_own_regex,
                 tokens_with_replace, tokens_with_exceptions, tokens_character_by_character, tokens_in_an_array],
    "language_model_pairs": [pairs_filled_by_loops, pairs_shift_each_line, pairs_two_paddings,
                             pairs_rolled_and_cleared, pairs_remove_the_end, pairs_as_lists, pairs_as_32_bits,
                             pairs_fancy_indices],
    "language_model_step": [step_with_all_helpers, step_with_more_gradients_than_asked, step_without_helpers,
                            step_with_cells, step_with_einsum, step_on_copies, step_that_returns_a_list,
                            step_in_32_bits, step_that_clips_where_it_matters],
    "sentence_log_probability": [likelihood_step_by_step, likelihood_with_math, likelihood_as_a_loss,
                                 likelihood_with_einsum, likelihood_without_helpers, likelihood_with_softmax,
                                 likelihood_in_32_bits, likelihood_with_a_tiny_number_added],
    "perplexity": [perplexity_with_numpy, perplexity_with_math, perplexity_in_bits, perplexity_in_a_loop,
                   perplexity_as_a_weighted_mean, perplexity_as_a_weighted_geometric_mean,
                   perplexity_one_root_after_the_other, perplexity_as_an_array],
}

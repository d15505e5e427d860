"""Right answers to the exercises of chapter 7, each written in another way, as different learners do.

They take different random numbers from the generator, and different numbers of them: only the distribution agrees.
"""

import bisect
import collections
import itertools
import math

import numpy as np

from solutions import EOS, count_parameters, rnn_cell_forward, rnn_forward, sample_token, softmax

# --- apply_temperature -----------------------------------------------------------------------------------------


def temperature_softmax(logits, temperature):
    return softmax(logits / temperature)


def temperature_by_hand(logits, temperature):
    z = logits / temperature
    z = z - np.max(z, axis=0)
    e = np.exp(z)
    return e / np.sum(e, axis=0)


def temperature_inverse(logits, temperature):
    beta = 1.0 / temperature
    return softmax(beta * logits, axis=0)


def temperature_column_by_column(logits, temperature):
    result = np.zeros(logits.shape)
    for i in range(logits.shape[1]):
        z = logits[:, i] / temperature
        e = np.exp(z - z.max())
        result[:, i] = e / e.sum()
    return result


def temperature_number_by_number(logits, temperature):
    columns = []
    for column in logits.T.tolist():
        most = max(column)
        e = [math.exp((z - most) / temperature) for z in column]
        columns.append([value / sum(e) for value in e])
    return [list(row) for row in zip(*columns, strict=True)]


def temperature_power_of_probabilities(logits, temperature):
    p = softmax(logits)
    powers = p ** (1 / temperature)
    return powers / powers.sum(axis=0, keepdims=True)


def temperature_from_log_probabilities(logits, temperature):
    return softmax(np.log(softmax(logits)) / temperature)


def temperature_in_32_bits(logits, temperature):
    return softmax(logits.astype(np.float32) / np.float32(temperature))


def temperature_with_einsum(logits, temperature):
    e = np.exp((logits - logits.max(axis=0)) / temperature)
    return np.einsum("km,m->km", e, 1 / np.einsum("km->m", e))


def temperature_transposed(logits, temperature):
    return softmax((logits / temperature).T, axis=-1).T


# --- sample_token ----------------------------------------------------------------------------------------------


def _flat(probabilities):
    p = np.asarray(probabilities, dtype=np.float64).ravel()
    return p / p.sum()


def token_choice(probabilities, rng):
    return int(rng.choice(len(probabilities), p=_flat(probabilities)))


def token_choice_of_32_bits(probabilities, rng):
    """Numpy's choice itself allows for what 32 bits leave open."""
    return rng.choice(range(probabilities.shape[0]), p=probabilities[:, 0])


def token_choice_as_array(probabilities, rng):
    return rng.choice(np.arange(len(probabilities)), size=1, p=_flat(probabilities))


def token_running_sum(probabilities, rng):
    u = rng.random()
    total = 0.0
    for k, p in enumerate(_flat(probabilities)):
        total += p
        if u < total:
            return k
    return len(probabilities) - 1


def token_subtracting(probabilities, rng):
    left = rng.uniform(0, float(probabilities.sum()))
    k = 0
    while k < len(probabilities) - 1 and left >= probabilities[k, 0]:
        left -= probabilities[k, 0]
        k += 1
    return k


def token_multinomial(probabilities, rng):
    return np.argmax(rng.multinomial(1, _flat(probabilities)))


def token_gumbel(probabilities, rng):
    with np.errstate(divide="ignore"):
        return int(np.argmax(np.log(probabilities[:, 0]) + rng.gumbel(size=len(probabilities))))


def token_exponential_race(probabilities, rng):
    with np.errstate(divide="ignore"):
        return int(np.argmin(rng.exponential(size=probabilities.shape) / probabilities))


def token_bisect(probabilities, rng):
    ends = list(itertools.accumulate(_flat(probabilities)))
    return min(bisect.bisect_right(ends, rng.random()), len(ends) - 1)


def token_counts_ends(probabilities, rng):
    return int((np.cumsum(_flat(probabilities))[:-1] <= rng.random()).sum())


def token_first_end_beyond(probabilities, rng):
    return np.argmax(np.cumsum(_flat(probabilities)) > rng.random() * (1 - 1e-12))


def token_reversed_point(probabilities, rng):
    ends = np.cumsum(_flat(probabilities))
    return int(np.searchsorted(ends / ends[-1], 1 - rng.random(), side="left"))


def token_rejection(probabilities, rng):
    highest = probabilities.max()
    while True:
        k = rng.integers(len(probabilities))
        if rng.random() * highest < probabilities[k, 0]:
            return k


def token_in_float(probabilities, rng):
    return float(token_choice(probabilities, rng))


# --- sample_sequence -------------------------------------------------------------------------------------------


def sequence_for_loop(parameters, vocabulary, rng, max_length):
    n_x, n_a = len(vocabulary), parameters["Waa"].shape[0]
    x, a, drawn = np.zeros((n_x, 1)), np.zeros((n_a, 1)), []
    for _ in range(max_length):
        a, y, _ = rnn_cell_forward(x, a, parameters)
        k = sample_token(y, rng)
        drawn.append(k)
        if k == vocabulary.get("<EOS>"):
            return drawn
        x = np.zeros((n_x, 1))
        x[k, 0] = 1.0
    return drawn


def sequence_own_cell(parameters, vocabulary, rng, max_length):
    Wax, Waa, Wya, ba, by = (parameters[k] for k in ("Wax", "Waa", "Wya", "ba", "by"))
    state = np.zeros((Waa.shape[0], 1))
    result, last = [], None
    while len(result) < max_length and (last is None or last != vocabulary.get(EOS)):
        z = np.dot(Waa, state) + ba
        if last is not None:
            z = z + Wax[:, [last]]
        state = np.tanh(z)
        scores = np.dot(Wya, state) + by
        p = np.exp(scores - scores.max()).astype(np.float64).ravel()
        last = rng.choice(len(p), p=p / p.sum())
        result.append(last)
    return result


def sequence_as_array(parameters, vocabulary, rng, max_length):
    return np.array(sequence_for_loop(parameters, vocabulary, rng, max_length))


def sequence_as_tuple(parameters, vocabulary, rng, max_length):
    return tuple(sequence_for_loop(parameters, vocabulary, rng, max_length))


def sequence_of_small_arrays(parameters, vocabulary, rng, max_length):
    """Each index is an array of shape (1,), as rng.choice with size=1 gives it."""
    identity = np.eye(len(vocabulary))
    x, a, indices = np.zeros((len(vocabulary), 1)), np.zeros_like(parameters["ba"]), []
    for _ in range(max_length):
        a, y, _ = rnn_cell_forward(x, a, parameters)
        p = y[:, 0].astype(float)
        index = rng.choice(len(vocabulary), size=1, p=p / p.sum())
        indices.append(index)
        if index == vocabulary.get("<EOS>", -1):
            break
        x = identity[:, index]
    return indices


def sequence_clears_in_place(parameters, vocabulary, rng, max_length):
    x, a = np.zeros((len(vocabulary), 1)), np.zeros((len(parameters["ba"]), 1))
    indices, index, counter = [], -1, 0
    end = next((vocabulary[word] for word in vocabulary if word == EOS), None)
    while index != end and counter != max_length:
        a, y, _ = rnn_cell_forward(x, a, parameters)
        index = sample_token(y, rng)
        indices.append(index)
        x[:] = 0
        x[index] = 1
        counter += 1
    return indices


def sequence_rnn_forward_from_the_start(parameters, vocabulary, rng, max_length):
    """Slow, and right: the whole beginning is run again for every token."""
    x = np.zeros((1, len(vocabulary), 1))
    indices = []
    while True:
        _, y, _ = rnn_forward(x, np.zeros_like(parameters["ba"]), parameters)
        indices.append(sample_token(y[-1], rng))
        if indices[-1] == vocabulary.get("<EOS>") or len(indices) == max_length:
            return indices
        x = np.concatenate([x, (np.arange(len(vocabulary)) == indices[-1]).reshape(1, -1, 1)])


def sequence_gumbel(parameters, vocabulary, rng, max_length):
    x, a, indices = np.zeros((len(vocabulary), 1)), np.zeros_like(parameters["ba"]), []
    for _ in range(max_length):
        a = np.tanh(parameters["Waa"] @ a + parameters["Wax"] @ x + parameters["ba"])
        logits = (parameters["Wya"] @ a + parameters["by"]).ravel()
        k = int(np.argmax(logits + rng.gumbel(size=logits.shape)))
        indices.append(k)
        if k == vocabulary.get("<EOS>"):
            break
        x = np.eye(len(vocabulary))[:, [k]]
    return indices


def sequence_multinomial(parameters, vocabulary, rng, max_length):
    """What rng.multinomial draws is the next input already."""
    x, a, indices = np.zeros((len(vocabulary), 1)), np.zeros_like(parameters["ba"]), []
    while len(indices) < max_length and EOS not in [token for token in vocabulary if vocabulary[token] in indices]:
        a, y, _ = rnn_cell_forward(x, a, parameters)
        x = rng.multinomial(1, _flat(y)).astype(float).reshape(-1, 1)
        indices.append(int(x.argmax()))
    return indices


def sequence_by_words(parameters, vocabulary, rng, max_length):
    words = {index: word for word, index in vocabulary.items()}
    x, a, result = np.zeros((len(words), 1)), np.zeros((parameters["Waa"].shape[1], 1)), []
    for _ in itertools.repeat(None, max_length):
        a, y, _ = rnn_cell_forward(x, a, parameters)
        k = token_running_sum(y, rng)
        result += [k]
        if words[k] == "<EOS>":
            break
        x = np.array([[1.0 if row == k else 0.0] for row in range(len(words))])
    return result


def sequence_recursive(parameters, vocabulary, rng, max_length):
    def go_on(x, a, room):
        if room == 0:
            return []
        a, y, _ = rnn_cell_forward(x, a, parameters)
        k = token_choice(y, rng)
        if k == vocabulary.get("<EOS>"):
            return [k]
        return [k, *go_on((np.arange(len(x)) == k)[:, np.newaxis] * 1.0, a, room - 1)]

    return go_on(np.zeros((len(vocabulary), 1)), np.zeros_like(parameters["ba"]), max_length)


# --- compare_levels --------------------------------------------------------------------------------------------


def levels_helper(text, n_a):
    words = text.split()

    def measure(tokens):
        T, n = len(tokens), len(set(tokens))
        return {"length": T, "vocabulary_size": n, "parameters": count_parameters(n, n_a, n),
                "multiplications": T * n_a * (2 * n + n_a), "steps_per_word": T / len(words)}

    return {"word": measure(words), "character": measure(list(text))}


def levels_string_as_tokens(text, n_a):
    result = {}
    for level, tokens in (("character", text), ("word", text.split())):
        n = len(collections.Counter(tokens))
        steps = len(tokens) / len(text.split())
        result[level] = {
            "length": len(tokens), "vocabulary_size": n, "parameters": n_a * n + n_a * n_a + n * n_a + n_a + n,
            "multiplications": len(tokens) * (n_a * n + n_a * n_a + n * n_a), "steps_per_word": steps}
    return result


def levels_numpy(text, n_a):
    result = {}
    words = np.array(text.split())
    for level, tokens in {"word": words, "character": np.array(list(text))}.items():
        n = len(np.unique(tokens))
        result[level] = {
            "length": np.int64(tokens.size),
            "vocabulary_size": np.array(n),
            "parameters": np.sum([n_a * n, n_a**2, n * n_a, n_a, n]),
            "multiplications": tokens.size * np.prod([n_a, 2 * n + n_a]),
            "steps_per_word": np.float32(tokens.size / words.size),
        }
    return result


def levels_written_out(text, n_a):
    words, characters = text.split(), list(text)
    n_words, n_characters = len(set(words)), len(set(characters))
    return {
        "word": {
            "length": len(words), "vocabulary_size": n_words, "parameters": count_parameters(n_words, n_a, n_words),
            "multiplications": len(words) * (n_a * n_words + n_a * n_a + n_words * n_a), "steps_per_word": 1.0},
        "character": {
            "length": len(characters), "vocabulary_size": n_characters,
            "parameters": count_parameters(n_characters, n_a, n_characters),
            "multiplications": len(characters) * (n_a * n_characters + n_a * n_a + n_characters * n_a),
            "steps_per_word": len(characters) / len(words)},
    }


def levels_counting_one_by_one(text, n_a):
    result = {"word": {}, "character": {}}
    words = text.split()
    for level, tokens in zip(result, (words, text), strict=True):
        seen = []
        for token in tokens:
            if token not in seen:
                seen.append(token)
        measured = result[level]
        measured["length"] = sum(1 for _ in tokens)
        measured["vocabulary_size"] = n = len(seen)
        measured["parameters"] = sum([n_a * n, n_a * n_a, n * n_a, n_a, n])
        measured["multiplications"] = sum(n_a * n + n_a * n_a + n * n_a for _ in tokens)
        measured["steps_per_word"] = 1 if tokens is words else len(text) / len(words)
    return result


def levels_ordered(text, n_a):
    result = collections.OrderedDict()
    for level in ("word", "character"):
        tokens = list(text) if level == "character" else text.split()
        vocabulary = dict.fromkeys(tokens)
        n = len(vocabulary)
        result[level] = collections.OrderedDict(
            steps_per_word=len(tokens) / len(text.split()), length=len(tokens), vocabulary_size=n,
            parameters=count_parameters(n, n_a, n), multiplications=len(tokens) * n_a * (n + n_a + n), more="is fine")
    return result


def levels_shapes(text, n_a):
    """The products are counted from the shapes of the matrices."""
    result = {}
    words = text.split()
    for level, tokens in {"word": words, "character": list(text)}.items():
        n = len(set(tokens))
        matrices, biases = [(n_a, n), (n_a, n_a), (n, n_a)], [(n_a, 1), (n, 1)]
        result[level] = {
            "length": len(tokens), "vocabulary_size": n, "parameters": sum(map(math.prod, matrices + biases)),
            "multiplications": len(tokens) * sum(map(math.prod, matrices)), "steps_per_word": len(tokens) / len(words)}
    return result


def levels_floats(text, n_a):
    return {level: {key: float(value) for key, value in measured.items()}
            for level, measured in levels_helper(text, n_a).items()}


RIGHT_ANSWERS = {
    "apply_temperature": [
        temperature_softmax, temperature_by_hand, temperature_inverse, temperature_column_by_column,
        temperature_number_by_number, temperature_power_of_probabilities, temperature_from_log_probabilities,
        temperature_in_32_bits, temperature_with_einsum, temperature_transposed,
    ],
    "sample_token": [
        token_choice, token_choice_of_32_bits, token_choice_as_array, token_running_sum, token_subtracting,
        token_multinomial, token_gumbel, token_exponential_race, token_bisect, token_counts_ends,
        token_first_end_beyond, token_reversed_point, token_rejection, token_in_float,
    ],
    "sample_sequence": [
        sequence_for_loop, sequence_own_cell, sequence_as_array, sequence_as_tuple, sequence_of_small_arrays,
        sequence_clears_in_place, sequence_rnn_forward_from_the_start, sequence_gumbel, sequence_multinomial,
        sequence_by_words, sequence_recursive,
    ],
    "compare_levels": [
        levels_helper, levels_string_as_tokens, levels_numpy, levels_written_out, levels_counting_one_by_one,
        levels_ordered, levels_shapes, levels_floats,
    ],
}

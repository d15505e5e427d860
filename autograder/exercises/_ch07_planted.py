"""Language models that are planted so that a mistake in sampling shows, and their exact probabilities."""

import numpy as np

from autograder.engine.evidence import divergence
from solutions import softmax

LENGTH = 12  # steps of a certain path that are looked at
MARGIN = 100.0  # how far the likeliest score is ahead: exp(-100) is left to chance


def language_model(rng, n_y, n_a, scores=1.0, feedback=1.5):
    """Draw parameters of a basic RNN whose output has the size of its input.

    Parameters
    ----------
    rng : numpy.random.Generator
    n_y, n_a : int
    scores : float
        Size of the scores: about 1 gives all tokens a chance, 10000 only the likeliest.
    feedback : float
        Size of the weights of the input; with 0 the fed back token does not matter.
    """
    def normal(*shape):
        return rng.standard_normal(shape)

    return {"Wax": feedback * normal(n_a, n_y), "Waa": 2.5 * normal(n_a, n_a) / np.sqrt(n_a),
            "Wya": scores * normal(n_y, n_a), "ba": 0.5 * normal(n_a, 1), "by": 0.5 * scores * normal(n_y, 1)}


def step(parameters, x, a):
    """Return the next state and the scores of the next token."""
    a = np.tanh(parameters["Waa"] @ a + parameters["Wax"] @ x + parameters["ba"])
    return a, parameters["Wya"] @ a + parameters["by"]


def beginning(parameters):
    """Return the input and the state before the first step: zeros."""
    return np.zeros((len(parameters["by"]), 1)), np.zeros((len(parameters["ba"]), 1))


def one(parameters, index):
    """Return the one-hot column of a token."""
    x = np.zeros((len(parameters["by"]), 1))
    x[index] = 1
    return x


def certain_path(parameters):
    """Return the tokens that a model with very large scores writes; None where one is left to chance."""
    (x, a), path = beginning(parameters), []
    for _ in range(LENGTH):
        a, scores = step(parameters, x, a)
        second, first = np.sort(scores.ravel())[-2:]
        if first - second < MARGIN:
            return None
        path.append(int(scores.argmax()))
        x = one(parameters, path[-1])
    return path


def planted(rng, n_y, n_a, distinct, feedback=1.5):
    """Draw a model that can write a single sequence, whose first `distinct` tokens are all different.

    The second token gets index 0 and the third the last index, so that a function which takes either for the end
    token stops there.

    Returns
    -------
    parameters : dict
    path : list of int
        The first tokens that it writes.
    """
    while True:
        parameters = language_model(rng, n_y, n_a, 1e4, feedback)
        path = certain_path(parameters)
        if path and len(set(path[:distinct])) == distinct and len(set(path[distinct:distinct + 3])) > 1:
            break
    order = [path[1], *(k for k in range(n_y) if k not in path[1:3]), path[2]]
    renumbered = {"Wax": parameters["Wax"][:, order], "Wya": parameters["Wya"][order], "by": parameters["by"][order]}
    return {**parameters, **renumbered}, [order.index(k) for k in path]


def decided_model(rng, n_y, n_a, likely):
    """Draw a model whose first prediction is planted: 0.65 for one token, the rest for the others.

    So a draw from a flatter prediction shows in some hundred draws, and so does one from a steeper prediction.
    """
    parameters = language_model(rng, n_y, n_a, 0.5)
    first = np.insert(0.35 * rng.dirichlet(np.full(n_y - 1, 10.0)), likely, 0.65)[:, np.newaxis]
    a, _ = step(parameters, *beginning(parameters))
    parameters["by"] = np.log(first) - parameters["Wya"] @ a
    return parameters


def many_tokens(rng, n_y, n_a):
    """Draw a 32-bit model of nearly equal scores whose first prediction, in 64 bits, does not sum to one."""
    while True:
        parameters = language_model(rng, n_y, n_a, 0.1)
        parameters = {name: value.astype(np.float32) for name, value in parameters.items()}
        _, scores = step(parameters, *(zeros.astype(np.float32) for zeros in beginning(parameters)))
        if abs(softmax(scores).sum(dtype=np.float64) - 1) > 6e-8:
            return parameters


# --- sequences of a small vocabulary, numbered ------------------------------------------------------------------

TOKENS, STEPS, END = 3, 3, 1  # the end token is neither the first nor the last
APART = 0.25  # nats a draw: three hundred draws are more than enough to tell what is fed back
SEQUENCES = (TOKENS + 1) ** STEPS


def number_of(sequence):
    """Return a sequence's number: from 1 on for at most STEPS of the TOKENS tokens, 0 for any other."""
    if not 1 <= len(sequence) <= STEPS or not all(0 <= k < TOKENS for k in sequence):
        return 0
    return sum((k + 1) * (TOKENS + 1) ** place for place, k in enumerate(sequence))


def sequence_of(number):
    """Return the sequence with this number."""
    digits = [number // (TOKENS + 1) ** place % (TOKENS + 1) for place in range(STEPS)]
    return [digit - 1 for digit in digits if digit]


def exact_sequences(parameters, feed="drawn"):
    """Return the probabilities of all numbered sequences; `feed` may be a mistake in what is fed back."""
    probabilities = np.zeros(SEQUENCES)

    def go_on(x, a, sequence, so_far):
        if sequence and (sequence[-1] == END or len(sequence) == STEPS):
            probabilities[number_of(sequence)] = so_far
            return
        a, scores = step(parameters, x, a)
        prediction = softmax(scores)
        for k in range(TOKENS):
            fed = {"drawn": k, "likeliest": int(prediction.argmax())}.get(feed)
            go_on(prediction if fed is None else one(parameters, fed), a, [*sequence, k], so_far * prediction[k, 0])

    go_on(*beginning(parameters), [], 1.0)
    return probabilities


def telling_model(rng, n_a):
    """Draw a small model in which it matters much whether the drawn token, the likeliest or ŷ is fed back.

    Its first prediction is planted: two tokens that are nearly equally likely, and sometimes the end. And it ends
    soon by itself, so that a function without a limit on the length ends too.
    """
    first = np.log([[0.5], [0.08], [0.42]])
    while True:
        parameters = language_model(rng, TOKENS, n_a, 2.0, feedback=2.5)
        a, _ = step(parameters, *beginning(parameters))
        parameters["Wya"][END] = -2 * a[:, 0] / (a**2).sum()  # the end is likelier after the first state than in it
        parameters["by"] = first - parameters["Wya"] @ a
        right, likeliest, prediction = (exact_sequences(parameters, f) for f in ("drawn", "likeliest", "prediction"))
        wrong = min(divergence(likeliest, right).max(), divergence(prediction, right).max())
        shows = min(wrong, _apart(likeliest, prediction)) > APART and right.max() < 0.45
        if shows and _mean_length(parameters, rng) < 8:
            return parameters


def _apart(one, other):
    """Evidence that a draw from each of two distributions gives, on average, against their being one."""
    middle = (one + other) / 2
    return (divergence(one, middle) + divergence(other, middle)).max()


def _mean_length(parameters, rng, runs=20, most=30):
    lengths = []
    for _ in range(runs):
        (x, a), length, k = beginning(parameters), 0, None
        while k != END and length < most:
            a, scores = step(parameters, x, a)
            k, length = int(np.argmax(scores + rng.gumbel(size=scores.shape))), length + 1
            x = one(parameters, k)
        lengths.append(length)
    return np.mean(lengths)

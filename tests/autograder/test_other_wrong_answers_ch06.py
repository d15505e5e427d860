"""Chapter 6's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import math

import numpy as np
import pytest
from wrong_answers import called_by_its_name, triples

from autograder import check
from solutions import (
    encode,
    one_hot,
    output_backward,
    pad_batch,
    rnn_backward,
    rnn_cell_forward,
    rnn_forward,
    sgd_step,
    softmax_loss,
    split_words,
)

EOS, UNK = "<EOS>", "<UNK>"


# --- tokenize --------------------------------------------------------------------------------------------------


def tokens_key_error(sentence, vocabulary):
    indices = []
    for word in split_words(sentence):
        indices.append(vocabulary[word])
    return indices + [vocabulary["<EOS>"]]  # noqa: RUF005


def tokens_of_chapter_2(sentence, vocabulary):
    return encode(split_words(sentence), vocabulary)


def tokens_at_blanks(sentence, vocabulary):
    return [vocabulary[w] if w in vocabulary else vocabulary[UNK] for w in sentence.split(" ")] + [vocabulary[EOS]]


def tokens_lowered(sentence, vocabulary):
    words = [word.lower() for word in split_words(sentence)]
    return encode([*words, EOS], vocabulary)


def tokens_only_known(sentence, vocabulary):
    indices = [vocabulary[word] for word in split_words(sentence) if word in vocabulary.keys()]  # noqa: SIM118
    indices.append(vocabulary[EOS])
    return indices


def tokens_end_inside_the_loop(sentence, vocabulary):
    indices = []
    for word in split_words(sentence):
        indices.append(vocabulary.get(word, vocabulary[UNK]))
        indices.append(vocabulary[EOS])
    return indices


def tokens_of_letters(sentence, vocabulary):
    indices = []
    for word in sentence:
        indices.append(vocabulary.get(word, vocabulary[UNK]))
    return [*indices, vocabulary[EOS]]


# --- language_model_pairs --------------------------------------------------------------------------------------


def arrays_of(lines, vocabulary, end=True):
    """Indices, mask and targets, as chapter 2 makes them."""
    indices, mask = pad_batch([encode([*line, EOS] if end else list(line), vocabulary) for line in lines])
    return indices, mask, one_hot(indices, len(vocabulary)) * mask[:, None, :]


def pairs_equal(lines, vocabulary):
    _, _, y = arrays_of(lines, vocabulary)
    return y, y


def pairs_words_against_next_words(lines, vocabulary):
    _, mask, y = arrays_of(lines, vocabulary)
    x = y[:-1] * mask[1:, None, :]
    return x, y[1:]


def pairs_no_end(lines, vocabulary):
    _, mask, y = arrays_of(lines, vocabulary, end=False)
    x = np.concatenate([np.zeros((1, *y.shape[1:])), y[:-1] * mask[1:, None]])
    return x, y


def pairs_loop_that_looks_ahead(lines, vocabulary):
    _, _, y = arrays_of(lines, vocabulary)
    x = np.zeros(y.shape)
    for t in range(len(y) - 1):
        x[t] = y[t + 1]
    return x, y


def pairs_without_mask(lines, vocabulary):
    indices, _, _ = arrays_of(lines, vocabulary)
    y = one_hot(indices, len(vocabulary))
    x = np.zeros(y.shape)
    for t in range(1, len(y)):
        x[t] = y[t - 1]
    return x, y


def pairs_index_minus_one(lines, vocabulary):
    _, _, y = arrays_of(lines, vocabulary)
    return np.stack([y[t - 1] for t in range(len(y))]), y


def pairs_end_goes_in(lines, vocabulary):
    _, _, y = arrays_of(lines, vocabulary)
    return np.vstack([np.zeros((1,) + y.shape[1:]), y[:-1]]), y  # noqa: RUF005


def pairs_batch_first(lines, vocabulary):
    _, mask, y = arrays_of(lines, vocabulary)
    x = np.concatenate([0 * y[:1], y[:-1]]) * mask[:, None]
    return np.moveaxis(x, -1, 0), np.moveaxis(y, -1, 0)


# --- language_model_step ---------------------------------------------------------------------------------------


def step_of(x, y, parameters, learning_rate, *, keep=None, change=None, loss=None, update=None):
    """The step in a learner's words; each argument is a place to go wrong."""
    a, y_pred, caches = rnn_forward(x, np.zeros((len(parameters["Waa"]), x.shape[2])), parameters)
    kept = keep(y_pred, y) if keep else y_pred * np.sum(y, axis=1, keepdims=True)
    out = output_backward(kept, y, a, parameters)
    gradients = {**out, **rnn_backward(out["da"], caches)}
    gradients = {name: gradients[name] for name in ("dWax", "dWaa", "dWya", "dba", "dby")}
    gradients = {name: change(g, x) if change else g for name, g in gradients.items()}
    new = update(parameters, gradients, learning_rate) if update else sgd_step(parameters, gradients, learning_rate)
    return (loss or softmax_loss)(y_pred, y), gradients, new


def step_padding(x, y, parameters, learning_rate):
    return step_of(x, y, parameters, learning_rate, keep=lambda y_pred, y: y_pred)


def step_binary_loss(x, y, parameters, learning_rate):
    def loss(p, y):
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / y.shape[2]

    return step_of(x, y, parameters, learning_rate, loss=loss)


def step_mean_loss(x, y, parameters, learning_rate):
    return step_of(x, y, parameters, learning_rate, loss=lambda p, y: -np.log((p * y).sum(1)[y.any(1)]).mean())


def step_times_m(x, y, parameters, learning_rate):
    return step_of(x, y, parameters, learning_rate, change=lambda g, x: g * x.shape[2])


def step_plus(x, y, parameters, learning_rate):
    return step_of(x, y, parameters, learning_rate,
                   update=lambda p, g, rate: {name: p[name] + rate * g["d" + name] for name in p})


def step_in_place(x, y, parameters, learning_rate):
    def update(p, g, rate):
        for name in p:
            p[name] -= rate * g["d" + name]
        return p

    return step_of(x, y, parameters, learning_rate, update=update)


def step_weights_only(x, y, parameters, learning_rate):
    def update(p, g, rate):
        return {name: p[name] - rate * g["d" + name] if name.startswith("W") else p[name] for name in p}

    return step_of(x, y, parameters, learning_rate, update=update)


def step_that_forgets_to_keep_the_result(x, y, parameters, learning_rate):
    loss, gradients, _ = step_of(x, y, parameters, learning_rate)
    sgd_step(parameters, gradients, learning_rate)
    return loss, gradients, parameters


# --- sentence_log_probability ----------------------------------------------------------------------------------


def walk(indices, parameters, *, begin=None, feed=None, carry=True, read=None):
    """The probabilities of the tokens, one after the other; each argument is a place to go wrong."""
    n_a, n_x = parameters["Wax"].shape
    x, a, found = np.zeros((n_x, 1)), np.zeros((n_a, 1)), []
    if begin is not None:
        x[begin] = 1
    for t, k in enumerate(indices):
        new, y_pred, _ = rnn_cell_forward(x, a, parameters)
        a = new if carry else a
        found.append((read or (lambda y, t: y[indices[t], 0]))(y_pred, t))
        x = np.zeros((n_x, 1)) if feed is None else feed(y_pred)
        if feed is None:
            x[k] = 1
    return np.array(found)


def likelihood_product(indices, parameters):
    p = 1
    for factor in walk(indices, parameters):
        p = p * factor
    return np.log(p)


def likelihood_not_logged(indices, parameters):
    return math.prod(walk(indices, parameters))


def likelihood_given_the_first(indices, parameters):
    return np.log(walk(indices, parameters)[1:]).sum()


def likelihood_no_memory(indices, parameters):
    return np.log(walk(indices, parameters, carry=False)).sum()


def likelihood_argmax(indices, parameters):
    return np.log(walk(indices, parameters, read=lambda y, t: y.max())).sum()


def likelihood_greedy(indices, parameters):
    return np.log(walk(indices, parameters, feed=lambda y: (y == y.max()) * 1.0)).sum()


def likelihood_blend(indices, parameters):
    return np.log(walk(indices, parameters, feed=lambda y: y)).sum()


def likelihood_start_token(indices, parameters):
    return np.log(walk(indices, parameters, begin=0)).sum()


def likelihood_per_token(indices, parameters):
    return np.log(walk(indices, parameters)).sum() / len(indices)


def likelihood_bits(indices, parameters):
    return sum(math.log2(p) for p in walk(indices, parameters))


# --- perplexity ------------------------------------------------------------------------------------------------


def perplexity_per_sentence_mean(log_probabilities, lengths):
    each = [math.exp(-lp / n) for lp, n in zip(log_probabilities, lengths, strict=True)]
    return sum(each) / len(each)


def perplexity_mean_of_logs(log_probabilities, lengths):
    each = [lp / n for lp, n in zip(log_probabilities, lengths, strict=True)]
    return np.exp(-sum(each) / len(each))


def perplexity_by_sentences(log_probabilities, lengths):
    return math.exp(-sum(log_probabilities) / len(log_probabilities))


def perplexity_not_divided(log_probabilities, lengths):
    return math.exp(-sum(log_probabilities))


def perplexity_power_of_two(log_probabilities, lengths):
    return np.power(2, -np.sum(log_probabilities) / np.sum(lengths))


def perplexity_of_the_product(log_probabilities, lengths):
    p = 1.0
    for lp in log_probabilities:
        p *= np.exp(lp)
    return np.power(p, -1 / np.sum(lengths))


def perplexity_forgets_exp(log_probabilities, lengths):
    return -np.sum(log_probabilities) / np.sum(lengths)


# --- what else learners hand in, in a line each -----------------------------------------------------------------


def tokens(look=None, end=lambda found, vocabulary: [*found, vocabulary[EOS]]):
    """The loop of most learners; two places to go wrong."""
    def tokenize(sentence, vocabulary):
        found = [look(token, vocabulary) if look else vocabulary.get(token, vocabulary[UNK])
                 for token in split_words(sentence)]
        return end(found, vocabulary)

    return tokenize


def pairs(mask=lambda indices, mask: mask, end=lambda v: v[EOS], shift=None):
    """Arrays from the helpers of chapter 2; three places to go wrong."""
    def language_model_pairs(lines, vocabulary):
        indices, counts = pad_batch([[*encode(list(line), vocabulary), end(vocabulary)] for line in lines])
        counts = mask(indices, counts)[:, None]
        y = one_hot(indices, len(vocabulary)) * counts
        x = np.concatenate([np.zeros((1, *y.shape[1:])), y[:-1]])
        return (shift(y, x) if shift else x) * counts, y

    return language_model_pairs


def step(loss=softmax_loss, output=lambda y_pred, y: y_pred * y.sum(1, keepdims=True), change=lambda g: g,
         result=lambda loss, g, new, a: (loss, g, new), rate=lambda given: given):
    """One step of training; five places to go wrong."""
    def language_model_step(x, y, parameters, learning_rate):
        a, y_pred, caches = rnn_forward(x, np.zeros((len(parameters["ba"]), x.shape[2])), parameters)
        g = output_backward(output(y_pred, y), y, a, parameters)
        g |= rnn_backward(g["da"], caches)
        g = {"d" + name: change(g["d" + name]) for name in parameters}
        return result(loss(y_pred, y), g, sgd_step(parameters, g, rate(learning_rate)), a)

    return language_model_step


def likelihood(of=None, log=np.log):
    """The log-probability from one-hot arrays; two places to go wrong."""
    def sentence_log_probability(indices, parameters):
        y = one_hot(np.array(indices), parameters["Wax"].shape[1])
        x = np.concatenate([np.zeros((1, *y.shape[1:])), y[:-1]])
        y_pred = rnn_forward(x, np.zeros((len(parameters["ba"]), 1)), parameters)[1]
        return np.sum(log(of(y_pred, y) if of else (y_pred * y).sum(axis=1)))

    return sentence_log_probability


def likelihood_with_another_end(indices, parameters):
    return likelihood()([*indices, indices[-1]], parameters)


def likelihood_of_neighbours(indices, parameters):
    one_hots = one_hot(np.array(indices), parameters["Wax"].shape[1])
    x, y = one_hots[:-1], one_hots[1:]
    y_pred = rnn_forward(x, np.zeros((len(parameters["ba"]), 1)), parameters)[1]
    return np.log((y_pred * y).sum(axis=1)).sum()


MORE = [
    ("tokenize", tokens(lambda t, v: v.get(t) or v[UNK]), "index_zero_taken_for_nothing"),
    ("tokenize", tokens(lambda t, v: v.get(t, v.get(t.lower(), v[UNK]))), "small_letters"),
    ("tokenize", tokens(lambda t, v: v[EOS] if t == "." else v.get(t, v[UNK]), lambda k, v: k),
     "end_for_the_full_stop"),
    ("tokenize", tokens(end=lambda k, v: np.add(k, [v[EOS]])), "end_added_to_the_indices"),
    ("tokenize", tokens(end=lambda k, v: [*map(float, k), float(v[EOS])]), "numbers_with_a_point"),
    ("tokenize", lambda s, v: [*(v.get(t, v[UNK]) for t in dict.fromkeys(split_words(s))), v[EOS]],
     "repeated_words_dropped"),
    ("tokenize", lambda s, v: tokens(end=lambda k, v: [*k, v[EOS]] if s[-1] == "." else k)(s, v),
     "end_only_behind_a_full_stop"),
    ("language_model_pairs", pairs(mask=lambda k, mask: k != 0), "number_zero_is_the_padding"),
    ("language_model_pairs", pairs(end=lambda v: len(v) - 1), "end_at_a_fixed_index"),
    ("language_model_pairs", pairs(shift=lambda y, x: np.concatenate([y[:1], x[1:]])), "first_target_twice"),
    ("language_model_pairs", pairs(shift=lambda y, x: np.roll(y, 1, axis=2)), "shifted_along_another_axis"),
    ("language_model_step", step(output=lambda p, y: p * y.sum(0, keepdims=True)), "mask_over_time"),
    ("language_model_step", step(output=lambda p, y: np.where(y == 1, p, 0)), "only_the_right_token_left"),
    ("language_model_step", step(loss=lambda p, y: -(y * np.log(p)).mean()), "mean_of_everything"),
    ("language_model_step", step(loss=lambda p, y: -(y * np.log(p)).sum((0, 1)) / p.shape[2]), "loss_of_each_example"),
    ("language_model_step", step(change=lambda g: np.minimum(np.maximum(g, -5), 5)), "gradients_clipped"),
    ("language_model_step", step(rate=lambda _: 0.01), "learning_rate_fixed"),
    ("language_model_step", step(result=lambda loss, g, new, a: (loss, g, a[-1])), "state_for_the_parameters"),
    ("sentence_log_probability", likelihood(log=lambda p: np.log(p + 1e-8)), "small_number_added"),
    ("sentence_log_probability", likelihood(log=lambda p: np.log(np.clip(p, 1e-10, 1))), "small_number_added"),
    ("sentence_log_probability", likelihood(lambda p, y: (p[:-1] * y[1:]).sum(axis=1)), "of_the_tokens_behind"),
    ("sentence_log_probability", likelihood(lambda p, y: (p[1:] * y[:-1]).sum(axis=1)), "of_the_tokens_before"),
    ("sentence_log_probability", likelihood_with_another_end, "end_added_again"),
    ("sentence_log_probability", likelihood_of_neighbours, "first_token_given"),
    ("perplexity", lambda logs, n: 10 ** (-sum(logs) / sum(n)), "ten_to_a_natural_logarithm"),
    ("perplexity", lambda logs, n: -sum(logs) / sum(n) / math.log(2), "bits_left"),
    ("perplexity", lambda logs, n: round(float(np.exp(-sum(logs) / sum(n)))), "rounded"),
    ("perplexity", lambda logs, n: math.exp(-sum(math.log(p) if p else -math.inf for p in np.exp(logs)) / sum(n)),
     "product_first"),
]

test_a_mistake_in_one_place_is_called_by_its_name = called_by_its_name(MORE, seeds=[3])


@pytest.mark.parametrize(("exercise", "function"), [
    ("tokenize", tokens()), ("language_model_pairs", pairs()), ("language_model_step", step()),
    ("sentence_log_probability", likelihood()),
    ("perplexity", lambda logs, n: 1.0 if not logs else math.exp(-sum(logs) / sum(n)))])
def test_with_no_place_gone_wrong_they_are_right(exercise, function):
    result = check(function, exercise=exercise, seed=3)
    assert result.status == "passed", str(result)


MISTAKES = {
    "tokenize": {
        tokens_key_error: "unknown_word_raises", tokens_of_chapter_2: "no_end_of_sentence",
        tokens_at_blanks: "marks_stick_to_words", tokens_lowered: "small_letters",
        tokens_only_known: "unknown_word_left_out", tokens_end_inside_the_loop: "end_behind_every_word",
        tokens_of_letters: "letters_for_words"},
    "language_model_pairs": {
        pairs_equal: "targets_equal_inputs", pairs_words_against_next_words: "first_word_is_the_first_input",
        pairs_no_end: "no_target_for_the_end", pairs_loop_that_looks_ahead: "shifted_the_wrong_way",
        pairs_without_mask: "padding_is_a_target", pairs_index_minus_one: "end_as_first_input",
        pairs_end_goes_in: "end_is_an_input", pairs_batch_first: "pairs_examples_first"},
    "language_model_step": {
        step_padding: "padding_in_the_gradients", step_binary_loss: "sigmoid_loss",
        step_mean_loss: "loss_for_each_token", step_times_m: "gradients_not_divided_by_m", step_plus: "uphill",
        step_in_place: "updated_in_place", step_weights_only: "some_parameters_forgotten",
        step_that_forgets_to_keep_the_result: "no_update"},
    "sentence_log_probability": {
        likelihood_product: "multiplied_until_nothing_is_left", likelihood_not_logged: "product_for_its_logarithm",
        likelihood_given_the_first: "first_token_given", likelihood_no_memory: "state_not_handed_on",
        likelihood_argmax: "of_the_likeliest_tokens", likelihood_greedy: "own_guess_fed_in",
        likelihood_blend: "prediction_fed_in", likelihood_start_token: "begins_with_a_token",
        likelihood_per_token: "mean_for_sum", likelihood_bits: "another_base"},
    "perplexity": {
        perplexity_per_sentence_mean: "mean_of_perplexities", perplexity_mean_of_logs: "mean_of_means",
        perplexity_by_sentences: "mean_over_sentences", perplexity_not_divided: "sum_not_mean",
        perplexity_power_of_two: "two_to_a_natural_logarithm",
        perplexity_of_the_product: "product_first", perplexity_forgets_exp: "logarithm_left"},
}

test_a_mistake_in_other_words_is_called_by_its_name = called_by_its_name(triples(MISTAKES), seeds=[0, 12])


def no_result(x, y, parameters, learning_rate):
    step_of(x, y, parameters, learning_rate)


def two_results(lines, vocabulary):
    _, _, y = arrays_of(lines, vocabulary)
    return y[:, :, 0], y


def too_many(sentence, vocabulary):
    return [*encode(split_words(sentence), vocabulary), vocabulary[EOS], vocabulary[EOS]]


def one_more(log_probabilities, lengths):
    return np.exp(-np.sum(log_probabilities) / np.sum(lengths)) + 1


@pytest.mark.parametrize(("exercise", "function", "words"), [
    ("language_model_step", no_result, "is the return statement missing?"),
    ("language_model_pairs", two_results, "it should have shape"),
    ("tokenize", too_many, "items; expected"),
    ("perplexity", one_more, "expected"),
], ids=lambda value: getattr(value, "__name__", None))
def test_a_mistake_that_nobody_foresaw_is_told_plainly(exercise, function, words):
    result = check(function, exercise=exercise)
    assert (result.status, result.misconception) == ("failed", None)
    assert words in result.message

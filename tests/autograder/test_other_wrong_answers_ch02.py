"""Chapter 2's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import itertools
from collections import Counter

import numpy as np
from wrong_answers import called_by_its_name, triples

from autograder import check

EOS, UNK = "<EOS>", "<UNK>"

# --- build_vocabulary ------------------------------------------------------------------------------------------


def words_of(sentences):
    return list(itertools.chain.from_iterable(sentences))


def ranked(sentences):
    counts = Counter(words_of(sentences))
    return sorted(counts, key=lambda word: (-counts[word], word))


def numbered(words):
    return {word: i for i, word in enumerate(words)}


def vocabulary_of_a_set(sentences, max_size):
    return numbered([*set(ranked(sentences)[:max_size - 2]), EOS, UNK])


def vocabulary_most_common(sentences, max_size):
    kept = [word for word, _ in Counter(words_of(sentences)).most_common(max_size - 2)]
    return numbered([*sorted(kept), EOS, UNK])


def vocabulary_by_frequency(sentences, max_size):
    return numbered([*ranked(sentences)[:max_size - 2], EOS, UNK])


def vocabulary_growing_too_large(sentences, max_size):
    vocabulary = numbered(sorted(ranked(sentences)[:max_size]))
    vocabulary[EOS] = len(vocabulary)
    vocabulary[UNK] = len(vocabulary)
    return vocabulary


def vocabulary_without_eos(sentences, max_size):
    return numbered([*sorted(ranked(sentences)[:max_size - 1]), UNK])


def vocabulary_without_specials(sentences, max_size):
    return numbered(sorted(ranked(sentences)[:max_size]))


def vocabulary_with_specials_in_front(sentences, max_size):
    vocabulary = {"<UNK>": 0, "<EOS>": 1}
    for word in sorted(ranked(sentences)[:max_size - 2]):
        vocabulary[word] = len(vocabulary)
    return vocabulary


def vocabulary_from_one(sentences, max_size):
    words = [*sorted(ranked(sentences)[:max_size - 2]), EOS, UNK]
    return {words[i - 1]: i for i in range(1, len(words) + 1)}


def vocabulary_the_other_way(sentences, max_size):
    words = [*sorted(ranked(sentences)[:max_size - 2]), EOS, UNK]
    return {i: words[i] for i in range(len(words))}


def vocabulary_lower(sentences, max_size):
    return vocabulary_sorted([[word.lower() for word in sentence] for sentence in sentences], max_size)


def vocabulary_sorted(sentences, max_size):
    return numbered([*sorted(ranked(sentences)[:max_size - 2]), EOS, UNK])


def vocabulary_first_in_the_alphabet(sentences, max_size):
    return numbered([*sorted(set(words_of(sentences)))[:max_size - 2], EOS, UNK])


def vocabulary_with_everything(sentences, max_size):
    return numbered([*sorted(set(words_of(sentences))), EOS, UNK])


def vocabulary_as_met(sentences, max_size):
    vocabulary = {}
    for sentence in sentences:
        for word in sentence:
            if word not in vocabulary and len(vocabulary) < max_size - 2:
                vocabulary[word] = len(vocabulary)
    vocabulary[EOS] = len(vocabulary)
    vocabulary[UNK] = len(vocabulary)
    return vocabulary


# --- encode ----------------------------------------------------------------------------------------------------


def encode_straight(tokens, vocabulary):
    return np.array([vocabulary[token] for token in tokens])


def encode_skipping(tokens, vocabulary):
    indices = []
    for token in tokens:
        if token in vocabulary:
            indices.append(vocabulary[token])
    return np.array(indices)


def encode_zero_for_unknown(tokens, vocabulary):
    indices = np.zeros(len(tokens), dtype=int)
    for t, token in enumerate(tokens):
        if token in vocabulary:
            indices[t] = vocabulary[token]
    return indices


def encode_lower(tokens, vocabulary):
    return np.array([vocabulary.get(token.lower(), vocabulary[UNK]) for token in tokens])


def encode_adding(tokens, vocabulary):
    for token in tokens:
        if token not in vocabulary:
            vocabulary[token] = len(vocabulary)
    return np.array([vocabulary[token] for token in tokens])


def encode_end_too(tokens, vocabulary):
    return [vocabulary.get(token, vocabulary[UNK]) for token in [*tokens, EOS]]


def encode_no_default(tokens, vocabulary):
    return list(map(vocabulary.get, tokens))


def encode_one_short(tokens, vocabulary):
    indices = []
    for t in range(len(tokens) - 1):
        indices.append(vocabulary.get(tokens[t], vocabulary[UNK]))
    return indices


def encode_words_of_the_sentence(tokens, vocabulary):
    own = {token: i for i, token in enumerate(sorted(set(tokens)))}
    return np.array([own[token] for token in tokens])


def encode_into_zeros(tokens, vocabulary):
    result = np.zeros(len(tokens))
    for t in range(len(tokens)):
        result[t] = vocabulary.get(tokens[t], vocabulary[UNK])
    return result


# --- one_hot ---------------------------------------------------------------------------------------------------


def one_hot_eye(indices, n_x):
    return np.identity(n_x)[np.asarray(indices)]


def one_hot_course_order(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    x = np.zeros((n_x, indices.shape[1], len(indices)))
    for t in range(len(indices)):
        for i in range(indices.shape[1]):
            x[indices[t, i], i, t] = 1
    return x


def one_hot_in_integers(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    x = np.zeros((len(indices), n_x, indices.shape[1]), dtype=int)
    for t in range(len(indices)):
        x[t, indices[t], np.arange(indices.shape[1])] = 1
    return x


def one_hot_of_truth(indices, n_x):
    return np.reshape(indices, (len(indices), 1, -1)) == np.arange(n_x)[None, :, None]


def one_hot_with_largest(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    return np.moveaxis(np.eye(np.max(indices) + 1)[indices], 2, 1)


def one_hot_of_the_values(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    x = np.zeros((len(indices), n_x, indices.shape[1]))
    for t, row in enumerate(indices):
        for i, index in enumerate(row):
            x[t, index, i] = index
    return x


def one_hot_heaped(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    step, x = np.zeros((n_x, indices.shape[1])), []
    for row in indices:
        step[row, np.arange(len(row))] = 1
        x.append(step.copy())
    return np.array(x)


def one_hot_bag(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    x = np.zeros((n_x, indices.shape[1]))
    for row in indices:
        x[row, np.arange(len(row))] = 1
    return x


def one_hot_flat_sentence(indices, n_x):
    if indices.ndim == 1:
        x = np.zeros((len(indices), n_x))
        x[np.arange(len(indices)), indices] = 1
        return x
    return np.moveaxis(np.eye(n_x)[indices], 2, 1)


def one_hot_entries_last(indices, n_x):
    return np.eye(n_x)[indices.reshape(len(indices), -1)]


def one_hot_shifted(indices, n_x):
    return np.moveaxis(np.eye(n_x)[indices.reshape(len(indices), -1) - 1], 2, 1)


# --- pad_batch -------------------------------------------------------------------------------------------------


def pad_rows(sequences):
    T_x = max(map(len, sequences))
    indices = np.array([[*sequence, *[0] * (T_x - len(sequence))] for sequence in sequences])
    mask = np.array([[1] * len(sequence) + [0] * (T_x - len(sequence)) for sequence in sequences])
    return indices, mask


def pad_mask_of_padding(sequences):
    indices, mask = pad_rows(sequences)
    return indices.T, 1 - mask.T


def pad_mask_from_zeros(sequences):
    indices = pad_rows(sequences)[0].T
    return indices, np.where(indices == 0, 0, 1)


def pad_in_floats(sequences):
    indices, mask = pad_rows(sequences)
    return indices.T.astype(float), mask.T


def pad_left(sequences):
    T_x = max(map(len, sequences))
    columns = [[0] * (T_x - len(sequence)) + sequence for sequence in sequences]
    marks = [[False] * (T_x - len(sequence)) + [True] * len(sequence) for sequence in sequences]
    return np.array(columns).T, np.array(marks).T


def pad_extending(sequences):
    T_x = max(map(len, sequences))
    lengths = [len(sequence) for sequence in sequences]
    for sequence in sequences:
        sequence.extend([0] * (T_x - len(sequence)))
    return np.array(sequences).T, np.arange(T_x)[:, None] < np.array(lengths)


def pad_extending_first(sequences):
    T_x = max(map(len, sequences))
    for sequence in sequences:
        while len(sequence) < T_x:
            sequence.append(0)
    mask = [[t < len(sequence) for sequence in sequences] for t in range(T_x)]
    return np.array(sequences).T, np.array(mask)


def pad_truncating(sequences):
    rows = list(zip(*sequences, strict=False))
    return np.array(rows), np.ones((len(rows), len(sequences)), dtype=bool)


def pad_numbers_only(sequences):
    return pad_rows(sequences)[0].T


def pad_with_minus_one(sequences):
    rows = np.array(list(itertools.zip_longest(*sequences, fillvalue=-1)))
    return rows, pad_rows(sequences)[1].T


def pad_up_to_and_with(sequences):
    indices = pad_rows(sequences)[0].T
    lengths = np.array([len(sequence) for sequence in sequences])
    return indices, np.arange(len(indices))[:, None] <= lengths


def pad_and_lengths(sequences):
    return pad_rows(sequences)[0].T, np.array([len(sequence) for sequence in sequences])


def pad_everything_counts(sequences):
    indices = pad_rows(sequences)[0].T
    return indices, np.ones(indices.shape)


WRONG = {
    "build_vocabulary": {
        vocabulary_of_a_set: "order_of_a_set",
        vocabulary_most_common: "ties_by_appearance",
        vocabulary_by_frequency: "order_of_frequency",
        vocabulary_growing_too_large: "special_tokens_not_counted",
        vocabulary_without_eos: "eos_missing",
        vocabulary_without_specials: "special_tokens_missing",
        vocabulary_with_specials_in_front: "special_tokens_first",
        vocabulary_from_one: "numbers_from_one",
        vocabulary_the_other_way: "index_to_token",
        vocabulary_lower: "all_in_small_letters",
        vocabulary_first_in_the_alphabet: "alphabet_decides_who_stays",
        vocabulary_with_everything: "max_size_ignored",
        vocabulary_as_met: "order_of_appearance",
    },
    "encode": {
        encode_straight: "unknown_word_raises",
        encode_skipping: "unknown_word_left_out",
        encode_zero_for_unknown: "unknown_word_is_zero",
        encode_lower: "sentence_in_small_letters",
        encode_adding: "unknown_word_added",
        encode_end_too: "encode_adds_eos",
        encode_no_default: "unknown_word_is_none",
        encode_one_short: "encode_last_token_lost",
        encode_words_of_the_sentence: "dictionary_of_the_sentence",
        encode_into_zeros: "encode_in_fractions",
    },
    "one_hot": {
        one_hot_eye: "rows_of_the_identity",
        one_hot_course_order: "one_hot_time_last",
        one_hot_in_integers: "whole_number_entries",
        one_hot_of_truth: "whole_number_entries",
        one_hot_with_largest: "size_from_the_data",
        one_hot_of_the_values: "index_for_one",
        one_hot_heaped: "ones_not_cleared",
        one_hot_bag: "bag_of_words",
        one_hot_flat_sentence: "axis_of_examples_missing",
        one_hot_entries_last: "one_hot_rows",
        one_hot_shifted: "one_hot_counts_from_one",
    },
    "pad_batch": {
        pad_rows: "sequences_in_rows",
        pad_mask_of_padding: "mask_inverted",
        pad_mask_from_zeros: "mask_from_the_numbers",
        pad_in_floats: "floating_indices",
        pad_left: "padding_in_front",
        pad_extending: "sequences_extended",
        pad_extending_first: "sequences_extended",
        pad_truncating: "cut_to_the_shortest",
        pad_numbers_only: "mask_missing",
        pad_with_minus_one: "padding_of_minus_one",
        pad_up_to_and_with: "mask_one_too_long",
        pad_and_lengths: "lengths_for_mask",
        pad_everything_counts: "mask_true_everywhere",
    },
}

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(triples(WRONG))


def test_a_mask_of_floats_or_truth_values_is_told_in_whole_numbers():
    result = check(lambda sequences: (pad_rows(sequences)[0].T, pad_rows(sequences)[1].T * 0.5), exercise="pad_batch")
    assert result.points == 16
    assert "yours 0.5, expected 1" in result.message


def test_indices_that_are_floats_are_told_to_be_whole_numbers():
    result = check(pad_in_floats, exercise="pad_batch")
    assert "indices has dtype float64; it should hold whole numbers. Make the array with dtype=int." in result.message

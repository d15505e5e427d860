"""Right answers to the exercises of chapter 2, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

# ruff: noqa: C417, RUF005, RUF017 - written as beginners write

import collections
import itertools
from collections import Counter, defaultdict

import numpy as np

EOS, UNK = "<EOS>", "<UNK>"


# --- build_vocabulary ------------------------------------------------------------------------------------------


def vocabulary_with_counter(sentences, max_size):
    counts = Counter(token for sentence in sentences for token in sentence)
    words = sorted(counts, key=lambda word: (-counts[word], word))[:max_size - 2]
    words = sorted(words) + ["<EOS>", "<UNK>"]
    return {word: i for i, word in enumerate(words)}


def vocabulary_with_two_stable_sorts(sentences, max_size):
    counts = defaultdict(int)
    for sentence in sentences:
        for word in sentence:
            counts[word] += 1
    words = sorted(counts)
    words.sort(key=counts.get, reverse=True)  # stable: equal ones stay in the order of the alphabet
    return dict(zip([*sorted(words[:max_size - 2]), EOS, UNK], range(max_size), strict=False))


def vocabulary_with_most_common(sentences, max_size):
    counts = Counter(sorted(itertools.chain.from_iterable(sentences)))
    kept = sorted(word for word, _ in counts.most_common(max_size - 2))
    vocabulary = {}
    for word in [*kept, EOS, UNK]:
        vocabulary[word] = len(vocabulary)
    return vocabulary


def vocabulary_taking_the_best_each_time(sentences, max_size):
    words = sum(sentences, [])
    left, kept = sorted(set(words)), []
    while left and len(kept) < max_size - 2:
        best = max(left, key=words.count)  # the first of the largest
        left.remove(best)
        kept.append(best)
    kept.sort()
    kept += [EOS, UNK]
    return {word: kept.index(word) for word in kept}


def vocabulary_with_pairs(sentences, max_size):
    words = [word for sentence in sentences for word in sentence]
    pairs = sorted((-words.count(word), word) for word in set(words))
    kept = sorted(word for _, word in pairs[:max_size - 2])
    result = {word: i for i, word in enumerate(kept)}
    result[EOS] = len(kept)
    result[UNK] = len(kept) + 1
    return result


def vocabulary_with_numpy(sentences, max_size):
    words, counts = np.unique(np.concatenate([np.array(s) for s in sentences]), return_counts=True)
    order = np.lexsort((words, -counts))[:max_size - 2]
    kept = [str(word) for word in np.sort(words[order])]
    return {word: number for number, word in enumerate(kept + [EOS, UNK])}


def vocabulary_with_numpy_strings(sentences, max_size):
    words, counts = np.unique(np.concatenate(sentences), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:max_size - 2]
    kept = np.sort(words[order]).tolist()
    return {word: np.int64(i) for i, word in enumerate([*kept, EOS, UNK])}


def vocabulary_as_ordered_dict(sentences, max_size):
    counts = collections.OrderedDict()
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.setdefault(word, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kept = sorted([word for word, _ in ranked][: max_size - 2])
    return collections.OrderedDict((word, i) for i, word in enumerate([*kept, EOS, UNK]))


def vocabulary_in_another_order_of_entries(sentences, max_size):
    """A dict is equal whatever the order in which its entries were made."""
    counts = Counter(itertools.chain(*sentences))
    kept = sorted(sorted(counts, key=lambda word: (-counts[word], word))[:max_size - 2])
    vocabulary = {UNK: len(kept) + 1, EOS: len(kept)}
    vocabulary.update((word, i) for i, word in enumerate(kept))
    return vocabulary


def vocabulary_cutting_only_where_needed(sentences, max_size):
    counts = {}
    for sentence in sentences:
        for word in sentence:
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
    words = list(counts)
    if len(words) > max_size - 2:
        words.sort()
        words.sort(key=lambda word: -counts[word])
        words = words[:max_size - 2]
    words.sort()
    words.extend([EOS, UNK])
    return {words[i]: i for i in range(len(words))}


# --- encode ----------------------------------------------------------------------------------------------------


def encode_with_get(tokens, vocabulary):
    return np.array([vocabulary.get(token, vocabulary["<UNK>"]) for token in tokens])


def encode_with_a_question(tokens, vocabulary):
    indices = []
    for token in tokens:
        if token in vocabulary:
            indices.append(vocabulary[token])
        else:
            indices.append(vocabulary["<UNK>"])
    return np.array(indices)


def encode_as_a_list(tokens, vocabulary):
    return [vocabulary[token] if token in vocabulary else vocabulary[UNK] for token in tokens]


def encode_with_try(tokens, vocabulary):
    result = np.zeros(len(tokens), dtype=int)
    for t, token in enumerate(tokens):
        try:
            result[t] = vocabulary[token]
        except KeyError:
            result[t] = vocabulary[UNK]
    return result


def encode_with_defaultdict(tokens, vocabulary):
    look_up = defaultdict(lambda: vocabulary[UNK], vocabulary)
    return np.fromiter((look_up[token] for token in tokens), dtype=np.int64)


def encode_with_map(tokens, vocabulary):
    return np.array(list(map(lambda token: vocabulary.get(token, vocabulary.get(UNK)), tokens)))


def encode_as_a_tuple(tokens, vocabulary):
    known = [token if token in vocabulary else UNK for token in tokens]
    return tuple(vocabulary[token] for token in known)


def encode_by_comparing(tokens, vocabulary):
    words = np.array(list(vocabulary))
    numbers = np.array(list(vocabulary.values()))
    same = np.array(tokens)[:, np.newaxis] == words
    return np.where(same.any(axis=1), numbers[same.argmax(axis=1)], vocabulary[UNK])


def encode_in_32_bits(tokens, vocabulary):
    return np.asarray([vocabulary.get(token, vocabulary[UNK]) for token in tokens], dtype=np.int32)


def encode_filling_an_array(tokens, vocabulary):
    result = np.full(len(tokens), vocabulary[UNK])
    for t in range(len(tokens)):
        if tokens[t] in vocabulary:
            result[t] = vocabulary[tokens[t]]
    return result


# --- one_hot ---------------------------------------------------------------------------------------------------


def one_hot_with_loops(indices, n_x):
    if indices.ndim == 1:
        indices = indices.reshape(-1, 1)
    T_x, m = indices.shape
    x = np.zeros((T_x, n_x, m))
    for t in range(T_x):
        for i in range(m):
            x[t, indices[t, i], i] = 1
    return x


def one_hot_with_identity(indices, n_x):
    rows = np.eye(n_x)[indices]
    if rows.ndim == 2:
        return rows[:, :, np.newaxis]
    return rows.transpose(0, 2, 1)


def one_hot_with_fancy_indices(indices, n_x):
    indices = np.asarray(indices)
    indices = indices[:, None] if indices.ndim < 2 else indices
    x = np.zeros((indices.shape[0], n_x, indices.shape[1]))
    t, i = np.indices(indices.shape)
    x[t, indices, i] = 1.0
    return x


def one_hot_with_put_along_axis(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    x = np.zeros((len(indices), n_x, indices.shape[1]))
    np.put_along_axis(x, indices[:, np.newaxis, :], 1, axis=1)
    return x


def one_hot_by_comparing(indices, n_x):
    columns = np.reshape(indices, (len(indices), 1, -1))
    return np.where(columns == np.arange(n_x).reshape(1, -1, 1), 1.0, 0.0)


def one_hot_in_single_precision(indices, n_x):
    columns = np.reshape(indices, (len(indices), 1, -1))
    return (columns == np.arange(n_x).reshape(1, -1, 1)).astype(np.float32)


def one_hot_as_lists(indices, n_x):
    rows = [[int(i) for i in np.atleast_1d(row)] for row in indices]
    return [[[1.0 if index == k else 0.0 for index in row] for k in range(n_x)] for row in rows]


def one_hot_stacking_steps(indices, n_x):
    steps = []
    for row in indices:
        step = np.zeros((n_x, np.size(row)))
        step[row, np.arange(np.size(row))] = 1
        steps.append(step)
    return np.stack(steps)


def one_hot_columns_of_the_identity(indices, n_x):
    return np.array([np.eye(n_x)[:, np.ravel(row)] for row in indices])


def one_hot_with_take(indices, n_x):
    return np.moveaxis(np.take(np.identity(n_x), np.reshape(indices, (len(indices), -1)), axis=0), -1, 1)


def one_hot_with_einsum(indices, n_x):
    indices = indices.reshape(len(indices), -1)
    return np.einsum("tik->tki", np.eye(n_x)[indices])


# --- pad_batch -------------------------------------------------------------------------------------------------


def pad_with_lengths(sequences):
    lengths = [len(sequence) for sequence in sequences]
    T_x, m = max(lengths), len(sequences)
    indices = np.zeros((T_x, m), dtype=int)
    mask = np.zeros((T_x, m), dtype=bool)
    for i in range(m):
        for t in range(lengths[i]):
            indices[t, i] = sequences[i][t]
            mask[t, i] = True
    return indices, mask


def pad_with_lists(sequences):
    longest = len(max(sequences, key=len))
    padded = [list(sequence) + [0] * (longest - len(sequence)) for sequence in sequences]
    mask = [[t < len(sequence) for t in range(longest)] for sequence in sequences]
    return np.array(padded).T, np.array(mask).T


def pad_with_zip_longest(sequences):
    marked = list(itertools.zip_longest(*sequences, fillvalue=None))
    indices = [[0 if number is None else number for number in row] for row in marked]
    return np.array(indices), np.array([[number is not None for number in row] for row in marked])


def pad_with_zip_longest_of_ones(sequences):
    indices = list(itertools.zip_longest(*sequences, fillvalue=0))
    mask = list(itertools.zip_longest(*([1] * len(sequence) for sequence in sequences), fillvalue=0))
    return indices, mask


def pad_with_np_pad(sequences):
    T_x = max(map(len, sequences))
    indices = np.stack([np.pad(sequence, (0, T_x - len(sequence))) for sequence in sequences], axis=1)
    mask = np.arange(T_x)[:, None] < np.array([len(sequence) for sequence in sequences])
    return indices, mask


def pad_with_boolean_places(sequences):
    lengths = np.array([len(sequence) for sequence in sequences])
    mask = np.arange(max(lengths)).reshape(-1, 1) < lengths.reshape(1, -1)
    indices = np.zeros_like(mask, dtype=np.int64)
    indices.T[mask.T] = np.concatenate(sequences)
    return indices, mask


def pad_with_column_stack(sequences):
    T_x = max(len(sequence) for sequence in sequences)
    columns, masks = [], []
    for sequence in sequences:
        rest = np.zeros(T_x - len(sequence), dtype=int)
        columns.append(np.concatenate((np.array(sequence), rest)))
        masks.append(np.concatenate((np.ones(len(sequence)), rest)))
    return np.column_stack(columns), np.column_stack(masks)


def pad_with_a_mask_of_ones(sequences):
    T_x = max(len(sequence) for sequence in sequences)
    indices, mask = np.zeros((T_x, len(sequences)), dtype=np.int32), np.ones((T_x, len(sequences)))
    for i, sequence in enumerate(sequences):
        indices[:len(sequence), i] = sequence
        mask[len(sequence):, i] = 0
    return indices, mask


def pad_in_rows_first(sequences):
    indices = np.zeros((len(sequences), max(len(sequence) for sequence in sequences)), dtype=int)
    mask = np.full(indices.shape, False)
    for row, marks, sequence in zip(indices, mask, sequences, strict=True):
        row[:len(sequence)] = sequence
        marks[:len(sequence)] = True
    return indices.T, mask.T


def pad_step_by_step(sequences):
    rows, marks, t = [], [], 0
    while any(t < len(sequence) for sequence in sequences):
        rows.append([sequence[t] if t < len(sequence) else 0 for sequence in sequences])
        marks.append([int(t < len(sequence)) for sequence in sequences])
        t += 1
    return np.array(rows), np.array(marks)


def pad_copies_of_the_lists(sequences):
    copies = [list(sequence) for sequence in sequences]
    T_x = max(len(copy) for copy in copies)
    mask = np.array([[True] * len(copy) + [False] * (T_x - len(copy)) for copy in copies]).T
    for copy in copies:
        while len(copy) < T_x:
            copy.append(0)
    return np.array(copies).transpose(), mask


RIGHT_ANSWERS = {
    "build_vocabulary": [
        vocabulary_with_counter, vocabulary_with_two_stable_sorts, vocabulary_with_most_common,
        vocabulary_taking_the_best_each_time, vocabulary_with_pairs, vocabulary_with_numpy,
        vocabulary_with_numpy_strings, vocabulary_as_ordered_dict, vocabulary_in_another_order_of_entries,
        vocabulary_cutting_only_where_needed,
    ],
    "encode": [
        encode_with_get, encode_with_a_question, encode_as_a_list, encode_with_try, encode_with_defaultdict,
        encode_with_map, encode_as_a_tuple, encode_by_comparing, encode_in_32_bits, encode_filling_an_array,
    ],
    "one_hot": [
        one_hot_with_loops, one_hot_with_identity, one_hot_with_fancy_indices, one_hot_with_put_along_axis,
        one_hot_by_comparing, one_hot_in_single_precision, one_hot_as_lists, one_hot_stacking_steps,
        one_hot_columns_of_the_identity, one_hot_with_take, one_hot_with_einsum,
    ],
    "pad_batch": [
        pad_with_lengths, pad_with_lists, pad_with_zip_longest, pad_with_zip_longest_of_ones, pad_with_np_pad,
        pad_with_boolean_places, pad_with_column_stack, pad_with_a_mask_of_ones, pad_in_rows_first, pad_step_by_step,
        pad_copies_of_the_lists,
    ],
}

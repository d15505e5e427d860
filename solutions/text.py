"""From text to numbers and back (Section 2 of the notes)."""

import re

import numpy as np

from solutions.checks import (
    axis_size,
    index_lists,
    indices_below,
    string,
    token_list,
    token_lists,
    vocabulary,
    vocabulary_of_sentences,
    vocabulary_of_tokens,
    vocabulary_size,
)
from solutions.checks import indices as index_array
from solutions.contract import contract

__all__ = ["EOS", "UNK", "build_vocabulary", "decode", "encode", "one_hot", "pad_batch", "split_words", "tokenize"]

EOS = "<EOS>"
UNK = "<UNK>"


@contract(text=string)
def split_words(text):
    """Cut a text into words and punctuation marks.

    Parameters
    ----------
    text : str
        Any text; capitals are kept.

    Returns
    -------
    list of str
        ``"Is it Ron's?"`` gives ``["Is", "it", "Ron's", "?"]``.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a string with at least one word.

    Notes
    -----
    Section 6 of the notes: the first half of `tokenize`.
    """
    return re.findall(r"\w+(?:['’]\w+)*|[^\w\s]", text)


@contract(sentence=string, vocabulary=vocabulary_of_sentences)
def tokenize(sentence, vocabulary):
    """Turn a sentence into the indices of its tokens, with its end behind them.

    Parameters
    ----------
    sentence : str
        One sentence; its tokens are the words and marks that `split_words` finds.
    vocabulary : dict
        token -> index, "<EOS>" and "<UNK>" among the tokens.

    Returns
    -------
    list of int
        The index of each token, of "<UNK>" for an unknown one; at last that of "<EOS>".

    Raises
    ------
    TypeError, ValueError
        If `sentence` is no string with a word, or "<EOS>" or "<UNK>" is missing.

    Notes
    -----
    Section 6 of the notes.
    """
    unknown = vocabulary["<UNK>"]
    indices = [vocabulary.get(token, unknown) for token in split_words(sentence)]
    return [*indices, vocabulary["<EOS>"]]


@contract(sentences=token_lists, max_size=vocabulary_size)
def build_vocabulary(sentences, max_size):
    """Give each token of a text a number.

    Parameters
    ----------
    sentences : list of list of str
        The tokens of each sentence.
    max_size : int
        The largest number of entries. When there are more tokens, the most
        frequent ones stay (of equally frequent ones, the first in
        alphabetical order).

    Returns
    -------
    dict
        token -> index, counted from 0: the tokens in alphabetical order (as
        `sorted` has it, capitals first), then "<EOS>" for the end of a
        sentence and "<UNK>" for a token that is not in the vocabulary. The
        same sentences always give the same vocabulary.

    Raises
    ------
    TypeError, ValueError
        If `sentences` is not a list of lists of strings, or `max_size`
        leaves no place for a token.

    Notes
    -----
    Section 2 of the notes; Section 7 shows such a vocabulary: [a, aaron,
    ..., zulu, <UNK>].
    """
    counts = {}
    for sentence in sentences:
        for token in sentence:
            if token not in (EOS, UNK):
                counts[token] = counts.get(token, 0) + 1
    ranked = sorted(counts, key=lambda token: (-counts[token], token))
    kept = sorted(ranked[:max_size - 2])
    return {token: index for index, token in enumerate([*kept, EOS, UNK])}


@contract(tokens=token_list, vocabulary=vocabulary_of_tokens)
def encode(tokens, vocabulary):
    """Replace each token by its index.

    Parameters
    ----------
    tokens : list of str
        One sentence.
    vocabulary : dict
        token -> index. Where it holds "<UNK>", that stands for every
        unknown token.

    Returns
    -------
    ndarray of int64, shape (T_x,)
        The indices.

    Raises
    ------
    TypeError, ValueError
        If `tokens` is not a list of strings, or one is not in the
        vocabulary, nor is "<UNK>".

    Notes
    -----
    Section 2 of the notes; Section 6 for the unknown words.
    """
    unknown = vocabulary.get(UNK)
    return np.array([vocabulary.get(token, unknown) for token in tokens], dtype=np.int64)


@contract(indices=index_array, vocabulary=vocabulary)
def decode(indices, vocabulary):
    """Replace each index by its token.

    Parameters
    ----------
    indices : iterable of int
        What `encode` returned, or what was sampled.
    vocabulary : dict
        token -> index.

    Returns
    -------
    list of str
        The tokens.

    Raises
    ------
    TypeError, ValueError
        If `indices` are not whole numbers, or one is not in the vocabulary.
    """
    tokens = {index: token for token, index in vocabulary.items()}
    unknown = [int(index) for index in indices if int(index) not in tokens]
    if unknown:
        raise ValueError(f"decode: the index {unknown[0]} is not in the vocabulary of {len(vocabulary)}")
    return [tokens[int(index)] for index in indices]


@contract(n_x=axis_size, indices=indices_below("n_x"))
def one_hot(indices, n_x):
    r"""Turn indices into columns with a single one.

    .. math:: x^{<t>}_k = 1 \text{ if } k = \mathrm{index}^{<t>}, \text{ else } 0

    Parameters
    ----------
    indices : ndarray of int, shape (T_x,) or (T_x, m)
        The indices of one sentence or of m sentences.
    n_x : int
        The size of the vocabulary.

    Returns
    -------
    x : ndarray of float64, shape (T_x, n_x, m)
        The input of a network, with m = 1 for a single sentence.

    Raises
    ------
    TypeError, ValueError
        If `indices` are not whole numbers from 0 to n_x - 1, at least one,
        with one or two axes.

    Notes
    -----
    Section 2 of the notes.
    """
    indices = np.asarray(indices)
    indices = indices.reshape(len(indices), -1)
    return (indices[:, np.newaxis, :] == np.arange(n_x)[:, np.newaxis]).astype(np.float64)


@contract(sequences=index_lists)
def pad_batch(sequences):
    """Put sequences of different lengths into one array.

    Parameters
    ----------
    sequences : list of m sequences of int
        The indices of each example; example i has its own length T_x^{(i)}.

    Returns
    -------
    indices : ndarray of int64, shape (T_x, m)
        T_x is the largest length; the shorter sequences are followed by
        zeros.
    mask : ndarray of bool, shape (T_x, m)
        True where a token stands, False where there is only padding.

    Raises
    ------
    TypeError, ValueError
        If `sequences` is not a list of sequences of whole numbers, or all
        are empty.

    Notes
    -----
    Section 2 of the notes: T_x may differ from example to example.
    """
    T_x, m = max(len(sequence) for sequence in sequences), len(sequences)
    indices, mask = np.zeros((T_x, m), dtype=np.int64), np.zeros((T_x, m), dtype=bool)
    for i, sequence in enumerate(sequences):
        indices[:len(sequence), i] = sequence
        mask[:len(sequence), i] = True
    return indices, mask

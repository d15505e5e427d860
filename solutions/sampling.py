"""New sequences from a language model (Section 7 of the notes)."""

import numpy as np

from solutions.activations import softmax
from solutions.checks import generator, positive_integer, positive_number, string
from solutions.checks import vocabulary as whole_vocabulary
from solutions.contract import contract, require_array
from solutions.rnn import count_parameters, rnn_cell_forward

__all__ = ["apply_temperature", "apply_top_k", "compare_levels", "sample_sequence", "sample_token"]

# What is drawn becomes the next input, so input and output have one size: that of the vocabulary.
LANGUAGE_MODEL = {"Wax": "n_a n_x", "Waa": "n_a n_a", "Wya": "n_x n_a", "ba": "n_a 1", "by": "n_x 1"}


def _probabilities(name, value, sizes):
    """Accept a column of probabilities."""
    require_array(name, value)
    if value.ndim != 2 or value.shape[1] != 1 or value.size == 0:
        raise ValueError(f"{name} has shape {value.shape}, wanted (n_y, 1) with n_y at least 1")
    total = value.sum()
    if not (abs(total - 1) < 1e-3 and value.min() >= 0):
        raise ValueError(f"{name} has the sum {total:.6g} and the smallest entry {value.min():.6g}, "
                         "wanted the sum 1 and no entry below 0")


@contract(logits="n_y m", temperature=positive_number)
def apply_temperature(logits, temperature):
    r"""Make a prediction bolder or more cautious.

    .. math:: \hat{y} = \mathrm{softmax}\left(\frac{z}{\tau}\right)

    Parameters
    ----------
    logits : ndarray, shape (n_y, m)
        The scores :math:`z = W_{ya} a^{<t>} + b_y`, before the softmax.
    temperature : float
        :math:`\tau`, above 0. At 1 nothing changes; below 1 the likely tokens
        become likelier; above 1 all the tokens come closer to each other.

    Returns
    -------
    probabilities : ndarray, shape (n_y, m)
        Each column sums to one; the dtype is that of `logits`.

    Raises
    ------
    TypeError, ValueError
        If `logits` is not an array (n_y, m) of numbers, or `temperature` is not
        above 0.

    Notes
    -----
    Section 7 of the notes samples at temperature 1.
    """
    return softmax(logits / temperature)


@contract(probabilities="float n_y m", k=positive_integer)
def apply_top_k(probabilities, k):
    r"""Leave only the likeliest tokens of a prediction to be drawn.

    .. math::

        \hat{y}'_j = \frac{\hat{y}_j}{\sum_{i \in K} \hat{y}_i} \text{ for } j \in K, \text{ else } 0,
        \qquad K = \text{the } k \text{ likeliest tokens}

    Parameters
    ----------
    probabilities : ndarray, shape (n_y, m)
        The predictions of one step, such as `apply_temperature` returns; each column sums to one.
    k : int
        How many tokens stay. Those as likely as the last of them stay too. Where there are no more
        than k tokens, all do.

    Returns
    -------
    ndarray, shape (n_y, m)
        Each column sums to one; the dtype is that of `probabilities`.

    Raises
    ------
    TypeError, ValueError
        If `probabilities` is not an array (n_y, m) of fractions, or `k` is not a whole number from 1 on.

    Notes
    -----
    Section 7 of the notes samples from all tokens. The unlikely ones, taken together, are drawn
    often: A. Fan, M. Lewis and Y. Dauphin, "Hierarchical neural story generation", ACL 2018.
    """
    least = np.sort(probabilities, axis=0)[-k:][:1]
    kept = np.where(probabilities >= least, probabilities, 0)
    return kept / kept.sum(axis=0)


@contract(probabilities=_probabilities, rng=generator)
def sample_token(probabilities, rng):
    r"""Draw the index of a token.

    .. math:: P(\text{index} = k) = \hat{y}_k

    Parameters
    ----------
    probabilities : ndarray, shape (n_y, 1)
        The prediction of one step; it sums to one.
    rng : numpy.random.Generator
        The source of the random numbers.

    Returns
    -------
    int
        The index that was drawn, from 0 to n_y - 1.

    Raises
    ------
    TypeError, ValueError
        If `probabilities` is not an array (n_y, 1) of probabilities, or `rng`
        is not a generator.

    Notes
    -----
    Section 7 of the notes. In float32 the probabilities sum to one only nearly;
    that must not matter.
    """
    # A stick of length one is cut into n_y pieces, of the lengths y_k. A point
    # that falls on it at random falls into piece k with probability y_k.
    ends = probabilities.cumsum(dtype=np.float64)
    return int((ends / ends[-1]).searchsorted(rng.random(), side="right"))


@contract(parameters=LANGUAGE_MODEL, vocabulary=whole_vocabulary, rng=generator, max_length=positive_integer)
def sample_sequence(parameters, vocabulary, rng, max_length):
    r"""Let a language model write a sequence: each token is drawn.

    .. math::

        x^{<1>} = 0, \quad a^{<0>} = 0, \qquad
        k^{<t>} \sim \hat{y}^{<t>}, \qquad
        x^{<t+1>} = \text{the one-hot column of } k^{<t>}

    Parameters
    ----------
    parameters : dict
        Those of a basic RNN whose input and output have the size of the
        vocabulary, n_y = n_x: "Wax" (n_a, n_x), "Waa" (n_a, n_a),
        "Wya" (n_y, n_a), "ba" (n_a, 1), "by" (n_y, 1).
    vocabulary : dict
        token -> index, n_x tokens. Drawing "<EOS>" ends the sequence; where the
        vocabulary has no such token, only `max_length` does.
    rng : numpy.random.Generator
        The source of the random numbers.
    max_length : int
        The largest number of tokens, "<EOS>" counted.

    Returns
    -------
    list of int
        The indices that were drawn, "<EOS>" included where it was drawn.

    Raises
    ------
    TypeError, ValueError
        If the shapes do not fit together or to the vocabulary, `rng` is not a
        generator, or `max_length` is not a whole number from 1 on.

    Notes
    -----
    Section 7 of the notes.
    """
    end = vocabulary.get("<EOS>")
    x = np.zeros((len(vocabulary), 1), dtype=parameters["Wax"].dtype)
    a = np.zeros((len(parameters["Waa"]), 1), dtype=parameters["Waa"].dtype)
    indices = []
    while len(indices) < max_length:
        a, probabilities, _ = rnn_cell_forward(x, a, parameters)
        index = sample_token(probabilities, rng)
        indices.append(index)
        if index == end:
            break
        x = np.zeros_like(x)
        x[index] = 1
    return indices


@contract(text=string, n_a=positive_integer)
def compare_levels(text, n_a):
    r"""Measure the same text for a word model and for a character model.

    With T tokens, n of them different, and n_x = n_y = n:

    .. math:: \text{multiplications} = T \, (n_a n_x + n_a n_a + n_y n_a)

    Parameters
    ----------
    text : str
        The text. Its words are ``text.split()``, its characters ``list(text)``.
    n_a : int
        The size of the hidden state, the same for both models.

    Returns
    -------
    dict
        ``{"word": {...}, "character": {...}}``; each of the two holds

        - "length", int: the number of tokens T, which is the number of steps;
        - "vocabulary_size", int: the number n of different tokens;
        - "parameters", int: how many numbers a basic RNN with n_x = n_y = n
          learns, the biases among them;
        - "multiplications", int: those in the matrix products of one forward
          pass over the text;
        - "steps_per_word", float: T divided by the number of words: how many
          steps a memory (or a gradient) must survive to reach the word before.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a string with at least one word, or `n_a` is not a
        whole number from 1 on.

    Notes
    -----
    Section 7 of the notes: character models need long sequences and are costly
    to train.
    """
    words = text.split()
    levels = {}
    for level, tokens in {"word": words, "character": list(text)}.items():
        n = len(set(tokens))
        levels[level] = {
            "length": len(tokens),
            "vocabulary_size": n,
            "parameters": count_parameters(n, n_a, n),
            "multiplications": len(tokens) * (n_a * n + n_a * n_a + n * n_a),
            "steps_per_word": len(tokens) / len(words),
        }
    return levels

"""How likely a language model finds a sentence, and how good a model is (Section 6 of the notes)."""

import numpy as np

from solutions.checks import indices_below
from solutions.contract import contract, require_array
from solutions.rnn import rnn_forward
from solutions.text import one_hot

__all__ = ["perplexity", "sentence_log_probability"]

LANGUAGE_MODEL = {"Wax": "n_a n_x", "Waa": "n_a n_a", "Wya": "n_x n_a", "ba": "n_a 1", "by": "n_x 1"}


def sentence_of_indices(name, value, sizes):
    """Accept the indices of one sentence."""
    indices_below("n_x")(name, value, sizes)
    if np.ndim(value) != 1:
        raise ValueError(f"{name} has shape {np.shape(value)}, wanted (T_x,): one sentence")


def one_number_each(name, value, sizes):
    """Accept a list or an array of numbers, as many as there are sentences."""
    if not isinstance(value, list | tuple | np.ndarray):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list with a number for each sentence")
    array = np.asarray(value)
    require_array(name, array, "fiu")
    if array.ndim != 1 or not array.size:
        raise ValueError(f"{name} has shape {array.shape}, wanted (m,): a number for each of m sentences")
    m, source = sizes.setdefault("m", (len(array), name))
    if len(array) != m:
        raise ValueError(f"{name} has {len(array)} entries, wanted {m}, as many as {source}")


def lengths_of_sentences(name, value, sizes):
    """Accept the length of each sentence."""
    one_number_each(name, value, sizes)
    if np.min(value) < 1:
        raise ValueError(f"{name} holds {np.min(value)}, wanted at least 1: <EOS> is a token too")


@contract(parameters=LANGUAGE_MODEL, indices=sentence_of_indices)
def sentence_log_probability(indices, parameters):
    r"""Say how likely a language model finds a sentence.

    .. math::

        \log P(y^{<1>}, \dots, y^{<T_x>}) = \sum_{t=1}^{T_x} \log \hat{y}^{<t>}_{k^{<t>}},
        \qquad k^{<t>} = \text{the index of } y^{<t>}

    Each prediction is made from the tokens before: :math:`x^{<1>} = 0`,
    :math:`x^{<t>} = y^{<t-1>}`; and the first state is zero.

    Parameters
    ----------
    indices : list of int
        The tokens of the sentence, as `tokenize` returns them. Only what stands in it
        counts, so the end does where "<EOS>" is the last token.
    parameters : dict
        Those of a basic RNN whose input and output have the size of the vocabulary,
        n_y = n_x: "Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "ba" (n_a, 1),
        "by" (n_y, 1).

    Returns
    -------
    float
        The natural logarithm of the probability; it is below 0, and finite also where
        the probability itself is too small for a computer.

    Raises
    ------
    TypeError, ValueError
        If `indices` are not whole numbers from 0 to n_x - 1, at least one, or the shapes
        of the parameters do not fit together.

    Notes
    -----
    Section 6 of the notes: a language model says how likely a sentence is.
    """
    y = one_hot(indices, parameters["Wax"].shape[1])
    x = np.zeros_like(y)
    x[1:] = y[:-1]
    a0 = np.zeros((len(parameters["Waa"]), 1))
    _, y_pred, _ = rnn_forward(x, a0, parameters)
    of_the_tokens = y_pred[np.arange(len(indices)), indices, 0]
    return np.sum(np.log(of_the_tokens)).item()


@contract(log_probabilities=one_number_each, lengths=lengths_of_sentences)
def perplexity(log_probabilities, lengths):
    r"""Say among how many equally likely tokens a language model seems to choose.

    .. math:: \exp\left(-\frac{\sum_i \log P(\text{sentence } i)}{\sum_i T^{(i)}}\right)

    Parameters
    ----------
    log_probabilities : list of float
        The natural logarithm of each sentence's probability, from
        `sentence_log_probability`.
    lengths : list of int
        How many tokens each sentence has, "<EOS>" counted.

    Returns
    -------
    float
        1 for a model that always knows, the size of the vocabulary for one that knows
        nothing, and above that for one that is worse than guessing.

    Raises
    ------
    TypeError, ValueError
        If the two are not lists of numbers, equally long, or a length is below 1.

    Notes
    -----
    Section 6 of the notes asks for an accurate language model; this is the usual
    measure. F. Jelinek and others, "Perplexity, a measure of the difficulty of speech
    recognition tasks", 1977.
    """
    return np.exp(-np.sum(log_probabilities) / np.sum(lengths)).item()

"""A language model, of words or of characters (Sections 6 and 7 of the notes)."""

import textwrap

import numpy as np

from solutions.bptt import output_backward, rnn_backward
from solutions.checks import (
    function,
    generator,
    optional_function,
    positive_integer,
    positive_number,
    string,
    token_lists,
    vocabulary,
)
from solutions.contract import RNN_PARAMETERS, contract
from solutions.losses import softmax_loss
from solutions.optimizers import adam_step, clip_by_norm, initialize_adam, sgd_step
from solutions.rnn import initialize_parameters, rnn_forward
from solutions.sampling import sample_sequence
from solutions.text import EOS, decode, encode, one_hot, pad_batch
from solutions.training import loss_and_gradients

__all__ = ["character_vocabulary", "language_model_pairs", "language_model_step", "sample_text", "text_lines",
           "train_language_model"]


@contract(text=string, max_length=positive_integer)
def text_lines(text, max_length=60):
    """Cut a text into lines that a network can learn from.

    Parameters
    ----------
    text : str
        Any text.
    max_length : int
        The largest length of a line. A longer one is cut between words where it has blanks,
        else (as in Chinese) after `max_length` characters.

    Returns
    -------
    list of str
        The lines, without those that are empty and without blanks at either end.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a string with at least one word.
    """
    return [piece for line in text.splitlines() for piece in textwrap.wrap(line, max_length)]


@contract(lines=token_lists)
def character_vocabulary(lines):
    """Give each character of a text a number.

    Parameters
    ----------
    lines : list of str
        The text.

    Returns
    -------
    dict
        character -> index, in the order of their code points, and at last "<EOS>", the end of a line.

    Raises
    ------
    TypeError, ValueError
        If `lines` is not a list of strings that are not empty.

    Notes
    -----
    Section 7 of the notes: the vocabulary of a character model.
    """
    characters = sorted({character for line in lines for character in line})
    return {token: index for index, token in enumerate([*characters, EOS])}


@contract(lines=token_lists, vocabulary=vocabulary)
def language_model_pairs(lines, vocabulary):
    r"""Make the inputs and the targets of a language model.

    .. math:: x^{<1>} = 0, \quad x^{<t>} = y^{<t-1>}, \quad y^{<T_y>} = \text{<EOS>}

    Parameters
    ----------
    lines : list of m sequences of tokens
        A string is the sequence of its characters.
    vocabulary : dict
        token -> index, "<EOS>" among them; n_x = n_y is its size.

    Returns
    -------
    x, y : ndarray of float64, shape (T_x, n_x, m)
        T_x is the largest length and one more for the end. Behind the end of a shorter
        sequence all entries of both are zero.

    Raises
    ------
    TypeError, ValueError
        If a token is not in the vocabulary.

    Notes
    -----
    Section 6 of the notes.
    """
    indices, mask = pad_batch([encode([*line, EOS], vocabulary) for line in lines])
    y = one_hot(indices, len(vocabulary)) * mask[:, np.newaxis]
    x = np.zeros_like(y)
    x[1:] = y[:-1] * mask[1:, np.newaxis]
    return x, y


@contract(parameters=RNN_PARAMETERS, x="T_x n_x m", y="T_x n_y m", learning_rate=positive_number)
def language_model_step(x, y, parameters, learning_rate):
    r"""Take one step of training: loss, gradients, better parameters.

    .. math::

        L = -\frac{1}{m} \sum_{i=1}^{m} \sum_{t=1}^{T_x} \sum_{k=1}^{n_y} y_k^{(i)<t>} \log \hat{y}_k^{(i)<t>},
        \qquad \theta \leftarrow \theta - \alpha \, \frac{\partial L}{\partial \theta}

    The first state is zero.

    Parameters
    ----------
    x, y : ndarray, shape (T_x, n_x, m) and (T_x, n_y, m)
        Inputs and targets from `language_model_pairs`. Where all n_y entries of a target are zero the
        step does not count, neither in the loss nor in the gradients (padding).
    parameters : dict
        "Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "ba" (n_a, 1), "by" (n_y, 1). They are
        not changed.
    learning_rate : float
        :math:`\alpha`.

    Returns
    -------
    loss : float
        `softmax_loss` before the update: the sum over time, the mean over the m examples.
    gradients : dict
        "dWax", "dWaa", "dWya", "dba", "dby", shaped as the parameters.
    parameters : dict
        The new parameters.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 6 of the notes: train with the softmax loss, and update the parameters.
    """
    a0 = np.zeros((len(parameters["Waa"]), x.shape[2]), dtype=parameters["Waa"].dtype)
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    loss = softmax_loss(y_pred, y)

    counted = y.sum(axis=1, keepdims=True)  # 1 where there is a target, 0 in the padding
    from_output = output_backward(y_pred * counted, y, a, parameters)
    gradients = from_output | rnn_backward(from_output["da"], caches)
    gradients = {"d" + name: gradients["d" + name] for name in parameters}
    return loss, gradients, sgd_step(parameters, gradients, learning_rate)


@contract(lines=token_lists, vocabulary=vocabulary, rng=generator, n_a=positive_integer,
          n_steps=positive_integer, batch_size=positive_integer, learning_rate=positive_number,
          forward=function, backward=function, watch=optional_function)
def train_language_model(lines, vocabulary, rng, n_a=64, n_steps=1500, batch_size=32, learning_rate=0.005,
                         forward=rnn_forward, backward=rnn_backward, watch=None):
    """Train a basic RNN to predict each token, a word or a character, from those before.

    Parameters
    ----------
    lines : list of m sequences of tokens
        What it learns from: `dinosaur_names`, the `text_lines` of any text (a string is the sequence
        of its characters), or lists of words such as `market_sentences`.
    vocabulary : dict
        token -> index, from `character_vocabulary` or `build_vocabulary`.
    rng : numpy.random.Generator
        Draws the first parameters and the lines of each step; the same state gives the same result.
    n_a : int
        The size of the hidden state.
    n_steps : int
        How many steps the optimizer takes.
    batch_size : int
        The number of lines in one step.
    learning_rate : float
        The step size of Adam.
    forward, backward : callable
        `rnn_forward` and `rnn_backward`, or a learner's own.
    watch : callable, optional
        ``watch(step, loss, parameters)`` is called after each step, from step 1 on: to show progress.

    Returns
    -------
    parameters : dict
        "Wax", "Waa", "Wya", "ba", "by", in float32, which takes half the time.
    history : list of float
        The loss per token (the end of the line counted as one) at each step.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or a token is not in the vocabulary.

    Notes
    -----
    Section 6 of the notes.
    """
    parameters = initialize_parameters(len(vocabulary), n_a, len(vocabulary), rng, np.float32)
    state, history = initialize_adam(parameters), []
    for step in range(1, n_steps + 1):
        batch = [lines[i] for i in rng.integers(len(lines), size=batch_size)]
        x, y = (array.astype(np.float32) for array in language_model_pairs(batch, vocabulary))
        loss, gradients = loss_and_gradients(x, y, parameters, forward, backward)
        parameters, state = adam_step(parameters, clip_by_norm(gradients, 5.0), state, learning_rate)
        history.append(loss * batch_size / float(y.sum()))
        if watch is not None:
            watch(step, history[-1], parameters)
    return parameters, history


def sample_text(parameters, vocabulary, rng, max_length=60):
    """Let a character model write one line.

    Parameters
    ----------
    parameters, vocabulary, rng, max_length
        As for `sample_sequence`.

    Returns
    -------
    str
        The characters that were drawn, without "<EOS>".

    Raises
    ------
    TypeError, ValueError
        As `sample_sequence`.

    Notes
    -----
    Section 7 of the notes.
    """
    tokens = decode(sample_sequence(parameters, vocabulary, rng, max_length), vocabulary)
    return "".join(token for token in tokens if token != EOS)

"""Train a recurrent network to mark the people's names in a sentence (Sections 3 and 4 of the notes).

The functions that run the network forwards and backwards are arguments, so that a learner's own can be
trained; each one may be paired with the other from this package.
"""

import numpy as np

from solutions.bptt import output_backward, rnn_backward
from solutions.checks import (
    function,
    generator,
    positive_integer,
    positive_number,
    tag_lists,
    token_lists,
    vocabulary,
)
from solutions.contract import RNN_PARAMETERS, contract
from solutions.losses import softmax_loss
from solutions.optimizers import adam_step, clip_by_norm, initialize_adam
from solutions.rnn import initialize_parameters, rnn_forward
from solutions.text import encode, one_hot, pad_batch

__all__ = ["loss_and_gradients", "predict_tags", "train_tagger"]


@contract(parameters=RNN_PARAMETERS, x="T_x n_x m", y="T_x n_y m", forward=function, backward=function)
def loss_and_gradients(x, y, parameters, forward=rnn_forward, backward=rnn_backward):
    """Run a network with a softmax output forwards and backwards over a batch.

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The inputs.
    y : ndarray, shape (T_x, n_y, m)
        The targets, one-hot. Where all n_y entries are zero the step does not count (padding).
    parameters : dict
        "Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "ba" (n_a, 1), "by" (n_y, 1).
    forward, backward : callable
        `rnn_forward` and `rnn_backward`, or a learner's own. Only the first two results of
        `forward` are used, the states and the predictions.

    Returns
    -------
    loss : float
        `softmax_loss`: the sum over time, the mean over the examples.
    gradients : dict
        "dWax", "dWaa", "dWya", "dba", "dby".

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 4 of the notes.
    """
    a0 = np.zeros((len(parameters["Waa"]), x.shape[-1]), dtype=parameters["Waa"].dtype)
    a, y_pred = map(np.asarray, forward(x, a0, parameters)[:2])  # a learner's may return lists
    # Where there is no target, the prediction is taken for right: no gradient comes from there.
    counted = y.sum(axis=1, keepdims=True)
    from_output = output_backward(y_pred * counted, y, a, parameters)
    through_time = backward(from_output["da"], (a, a0, x, parameters))
    gradients = {name: np.asarray(through_time[name]) for name in ("dWax", "dWaa", "dba")}
    gradients |= {name: from_output[name] for name in ("dWya", "dby")}
    return softmax_loss(y_pred, y), gradients


@contract(sentences=token_lists, labels=tag_lists, vocabulary=vocabulary, rng=generator,
          n_a=positive_integer, n_epochs=positive_integer, batch_size=positive_integer,
          learning_rate=positive_number, forward=function, backward=function)
def train_tagger(sentences, labels, vocabulary, rng, n_a=24, n_epochs=8, batch_size=32, learning_rate=0.01,
                 forward=rnn_forward, backward=rnn_backward):
    """Train a basic RNN that says of each word whether it is part of a person's name.

    Parameters
    ----------
    sentences : list of list of str
        The words of each sentence.
    labels : list of list of int
        For each word 1 (a name) or 0.
    vocabulary : dict
        token -> index.
    rng : numpy.random.Generator
        Draws the first parameters and the order of the sentences; the same state gives the
        same result.
    n_a : int
        The size of the hidden state.
    n_epochs : int
        How often each sentence is seen.
    batch_size : int
        The number of sentences in one step; shorter ones are padded, and the padding is masked.
    learning_rate : float
        The step size of Adam.
    forward, backward : callable
        `rnn_forward` and `rnn_backward`, or a learner's own.

    Returns
    -------
    parameters : dict
        "Wax", "Waa", "Wya", "ba", "by"; class 1 of the softmax output is "name".
    history : list of float
        The loss per word in each epoch.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be.

    Notes
    -----
    Sections 3 and 4 of the notes.
    """
    parameters = initialize_parameters(len(vocabulary), n_a, 2, rng)
    state, history = initialize_adam(parameters), []
    for _ in range(n_epochs):
        total = 0.0
        order = rng.permutation(len(sentences))
        for start in range(0, len(order), batch_size):
            batch = order[start:start + batch_size]
            indices, mask = pad_batch([encode(sentences[i], vocabulary) for i in batch])
            targets, _ = pad_batch([labels[i] for i in batch])
            x = one_hot(indices, len(vocabulary)) * mask[:, np.newaxis]
            y = one_hot(targets, 2) * mask[:, np.newaxis]
            loss, gradients = loss_and_gradients(x, y, parameters, forward, backward)
            parameters, state = adam_step(parameters, clip_by_norm(gradients, 5.0), state, learning_rate)
            total += loss * len(batch)
        history.append(total / sum(map(len, sentences)))
    return parameters, history


@contract(sentences=token_lists, parameters=RNN_PARAMETERS, vocabulary=vocabulary, forward=function)
def predict_tags(sentences, vocabulary, parameters, forward=rnn_forward):
    """Say of each word whether the network takes it for part of a person's name.

    Parameters
    ----------
    sentences : list of list of str
        The words of each sentence.
    vocabulary : dict
        token -> index.
    parameters : dict
        From `train_tagger`.
    forward : callable
        `rnn_forward`, or a learner's own.

    Returns
    -------
    list of list of int
        For each word the more probable label, 1 or 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be.

    Notes
    -----
    Section 3 of the notes.
    """
    indices, mask = pad_batch([encode(sentence, vocabulary) for sentence in sentences])
    x = one_hot(indices, len(vocabulary)) * mask[:, np.newaxis]
    y_pred = np.asarray(forward(x, np.zeros((len(parameters["Waa"]), len(sentences))), parameters)[1])
    tags = y_pred.argmax(axis=1)
    return [tags[:len(sentence), i].tolist() for i, sentence in enumerate(sentences)]

"""The contender `here`: the functions of `solutions`, as a learner would call them."""

import functools

import numpy as np

import solutions as s
from bench import work

FORWARD = {"RNN": s.rnn_forward, "GRU": s.gru_forward, "LSTM": s.lstm_forward}
BACKWARD = {"RNN": s.rnn_backward, "GRU": s.gru_backward, "LSTM": s.lstm_backward}


def training_step(kind, shape, dtype):
    """Return a function that goes forwards, computes the loss and goes backwards."""
    x, a0, classes = work.batch(shape, dtype)
    parameters = work.parameters_of(kind, shape[2], shape[3], shape[2], dtype)
    y = work.targets(classes, shape[2], dtype)
    forward, backward = FORWARD[kind], BACKWARD[kind]

    def step():
        a, y_pred, *_, caches = forward(x, a0, parameters)
        loss = s.softmax_loss(y_pred, y)
        gradients = s.output_backward(y_pred, y, a, parameters)
        gradients |= backward(gradients["da"], caches)
        return loss, gradients

    return step


def sampling(kind, dtype, n_steps, width):
    """Return a function that draws `n_steps` characters for each of `width` sequences."""
    parameters = work.parameters_of(kind, work.N_CHARACTERS, work.N_STATE, work.N_CHARACTERS, dtype)
    return functools.partial(s.sample_streams, parameters, np.random.default_rng(0), n_steps, width, kind)

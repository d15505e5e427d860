"""Whoever answers rightly can be trained: the library goes back through what a right answer of chapter 5 kept."""

import numpy as np
import pytest
from right_answers_ch05 import RIGHT_ANSWERS

import solutions as s
from solutions import GRU, LSTM, RNN

T_X, T_Y, N_X, N_A, N_Y, M = 6, 5, 4, 3, 7, 2


def of(name):
    return [function for function in RIGHT_ANSWERS[name] if not function.__name__.endswith("32_bit")]


def network(rng, cell, n_x):
    return s.initialize_network(cell, n_x, N_A, N_Y, rng) | {"by": rng.standard_normal((N_Y, 1))}


def same(found, wanted):
    assert set(found) == set(wanted)
    return all(np.allclose(np.asarray(found[name]), np.asarray(wanted[name])) for name in wanted)


def state(rng, cell):
    a0 = rng.standard_normal((N_A, M))
    return (a0, a0[::-1]) if cell is LSTM else a0


@pytest.fixture
def rng():
    return np.random.default_rng(8)


@pytest.mark.parametrize("cell", [RNN, GRU, LSTM], ids=lambda cell: cell.name)
@pytest.mark.parametrize("forward", of("many_to_one_forward"))
def test_many_to_one(forward, cell, rng):
    args = rng.standard_normal((T_X, N_X, M)), state(rng, cell), network(rng, cell, N_X), cell
    dz = rng.standard_normal((N_Y, M))
    wanted = s.many_to_one_backward(dz, s.many_to_one_forward(*args)[1])
    assert same(s.many_to_one_backward(dz, forward(*args)[1]), wanted)


@pytest.mark.parametrize("choose", [None, s.likeliest])
@pytest.mark.parametrize("forward", of("one_to_many_forward"))
def test_one_to_many(forward, choose, rng):
    args = rng.standard_normal((N_Y, M)), state(rng, LSTM), network(rng, LSTM, N_Y), T_Y, LSTM, choose
    dz = rng.standard_normal((T_Y, N_Y, M))
    wanted = s.one_to_many_backward(dz, s.one_to_many_forward(*args)[1])
    assert same(s.one_to_many_backward(dz, forward(*args)[1]), wanted)


@pytest.mark.parametrize("teacher", [True, False])
@pytest.mark.parametrize("forward", of("encoder_decoder_forward"))
def test_encoder_and_decoder(forward, teacher, rng):
    parameters = s.labelled(GRU.initialize(N_X, N_A, rng), "encoder") | s.labelled(network(rng, GRU, N_Y), "decoder")
    y = rng.random((T_Y, N_Y, M)) if teacher else None
    args = rng.standard_normal((T_X, N_X, M)), state(rng, GRU), parameters, T_Y, y, GRU
    dz = rng.standard_normal((T_Y, N_Y, M))
    wanted = s.encoder_decoder_backward(dz, s.encoder_decoder_forward(*args)[1])
    assert same(s.encoder_decoder_backward(dz, forward(*args)[1]), wanted)

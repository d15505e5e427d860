"""What must hold for every size and every value, tried on examples that hypothesis draws."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from small_network import draw_parameters

from solutions import (
    apply_temperature,
    clip_by_norm,
    decode,
    encode,
    one_hot,
    output_backward,
    pad_batch,
    rnn_backward,
    rnn_cell_backward,
    rnn_cell_forward,
    rnn_forward,
    sample_token,
    sequence_loss,
    sigmoid,
    softmax,
    softmax_loss,
    stack_parameters,
)

SIZES = st.integers(1, 6)
SEEDS = st.integers(0, 2**32 - 1)
NUMBERS = st.floats(-1e4, 1e4)
quick = settings(deadline=None, max_examples=40)


@st.composite
def networks(draw, dtype=np.float64):
    """Draw sizes, then an input, a first state, parameters and targets."""
    T_x, n_x, n_a, n_y, m = (draw(SIZES) for _ in range(5))
    rng = np.random.default_rng(draw(SEEDS))
    x = rng.standard_normal((T_x, n_x, m)).astype(dtype)
    a0 = rng.uniform(-1, 1, (n_a, m)).astype(dtype)
    y = one_hot(rng.integers(0, n_y, (T_x, m)), n_y).astype(dtype)
    return x, a0, draw_parameters(rng, n_x, n_a, n_y, dtype), y


def backpropagate(x, a0, parameters, y):
    """Run a network forwards and backwards and return the predictions and all the gradients."""
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    from_output = output_backward(y_pred, y, a, parameters)
    return y_pred, {**from_output, **rnn_backward(from_output["da"], caches)}


@quick
@given(networks())
def test_shapes_follow_from_the_sizes(network):
    x, a0, parameters, y = network
    (T_x, _, m), n_a, n_y = x.shape, len(a0), y.shape[1]
    a, y_pred, _ = rnn_forward(x, a0, parameters)
    assert (a.shape, y_pred.shape) == ((T_x, n_a, m), (T_x, n_y, m))
    gradients = backpropagate(*network)[1]
    assert (gradients["dx"].shape, gradients["da0"].shape) == (x.shape, a0.shape)
    assert all(gradients["d" + name].shape == value.shape for name, value in parameters.items())


@quick
@given(networks())
def test_a_batch_of_m_examples_is_m_batches_of_one(network):
    x, a0, parameters, y = network
    m = x.shape[2]
    y_pred, gradients = backpropagate(*network)
    alone = [backpropagate(x[:, :, i:i + 1], a0[:, i:i + 1], parameters, y[:, :, i:i + 1]) for i in range(m)]
    for i, (predicted, _) in enumerate(alone):
        assert np.allclose(y_pred[:, :, i:i + 1], predicted, rtol=0, atol=1e-13)
    # The loss is a mean over the examples, and so is each gradient of a parameter.
    for name in parameters:
        mean = sum(own["d" + name] for _, own in alone) / m
        assert np.allclose(gradients["d" + name], mean, rtol=0, atol=1e-12)


@quick
@given(networks())
def test_a_sequence_of_one_step_is_the_cell(network):
    x, a0, parameters, _ = network
    a, y_pred, caches = rnn_forward(x[:1], a0, parameters)
    a_next, yt_pred, cache = rnn_cell_forward(x[0], a0, parameters)
    assert np.allclose(a[0], a_next, rtol=0, atol=1e-14)
    assert np.allclose(y_pred[0], yt_pred, rtol=0, atol=1e-14)
    sequence, cell = rnn_backward(np.ones_like(a), caches), rnn_cell_backward(np.ones_like(a_next), cache)
    for whole, step in {"dx": "dxt", "da0": "da_prev", "dWax": "dWax", "dWaa": "dWaa", "dba": "dba"}.items():
        assert np.allclose(sequence[whole].reshape(cell[step].shape), cell[step], rtol=0, atol=1e-12)


@quick
@given(networks(), st.data())
def test_a_sequence_can_be_stopped_and_carried_on(network, data):
    x, a0, parameters, _ = network
    stop = data.draw(st.integers(1, len(x)))
    a, y_pred, _ = rnn_forward(x, a0, parameters)
    before, _, _ = rnn_forward(x[:stop], a0, parameters)
    assert np.allclose(before, a[:stop], rtol=0, atol=1e-14)
    if stop < len(x):
        behind, predicted, _ = rnn_forward(x[stop:], before[-1], parameters)
        assert np.allclose(behind, a[stop:], rtol=0, atol=1e-14)
        assert np.allclose(predicted, y_pred[stop:], rtol=0, atol=1e-14)


@quick
@given(networks(), SIZES)
def test_a_phrase_is_read_the_same_at_any_place(network, shift):
    # Without biases a zero input leaves the zero state zero: the phrase only comes later.
    x, a0, parameters, _ = network
    parameters = {**parameters, "ba": 0 * parameters["ba"]}
    late = np.concatenate([np.zeros((shift, *x.shape[1:])), x])
    assert np.allclose(rnn_forward(late, 0 * a0, parameters)[0][shift:], rnn_forward(x, 0 * a0, parameters)[0],
                       rtol=0, atol=1e-14)


@quick
@given(networks())
def test_the_stacked_form_is_the_separate_form(network):
    x, a0, parameters, _ = network
    stacked = np.tanh(stack_parameters(parameters) @ np.concatenate([a0, x[0]]) + parameters["ba"])
    assert np.allclose(stacked, rnn_cell_forward(x[0], a0, parameters)[0], rtol=0, atol=1e-14)


@quick
@given(networks(np.float32))
def test_float32_stays_float32(network):
    y_pred, gradients = backpropagate(*network)
    assert y_pred.dtype == np.float32
    assert all(gradient.dtype == np.float32 for gradient in gradients.values())
    assert all(clipped.dtype == np.float32 for clipped in clip_by_norm(gradients, 0.01).values())


@quick
@given(networks(np.float32))
def test_float32_is_float64_up_to_rounding(network):
    single = backpropagate(*network)
    x, a0, parameters, y = network
    double = backpropagate(x.astype(float), a0.astype(float),
                           {name: value.astype(float) for name, value in parameters.items()}, y.astype(float))
    assert np.allclose(single[0], double[0], rtol=0, atol=1e-3)


@quick
@given(arrays(np.float64, st.tuples(SIZES, SIZES, SIZES), elements=NUMBERS), st.floats(0.05, 20))
def test_probabilities_sum_to_one(z, temperature):
    for probabilities in (softmax(z), apply_temperature(z[0], temperature)):
        assert np.allclose(probabilities.sum(axis=-2), 1, rtol=0, atol=1e-12)
        assert probabilities.min() >= 0


@quick
@given(arrays(np.float64, st.tuples(SIZES, SIZES), elements=NUMBERS))
def test_sigmoid_is_symmetric_about_one_half(z):
    assert np.allclose(sigmoid(z) + sigmoid(-z), 1, rtol=0, atol=1e-15)


@quick
@given(arrays(np.float64, (6, 4, 2), elements=st.floats(0, 1)), SEEDS)
def test_losses_are_finite_and_not_negative(y_pred, seed):
    y = one_hot(np.random.default_rng(seed).integers(0, 4, (6, 2)), 4)
    for loss in (sequence_loss(y_pred, y), softmax_loss(y_pred, y)):
        assert 0 <= loss < np.inf


@quick
@given(arrays(np.float64, st.tuples(SIZES, st.just(1)), elements=NUMBERS), SEEDS)
def test_a_token_that_cannot_occur_is_never_drawn(z, seed):
    probabilities = softmax(z)
    index = sample_token(probabilities, np.random.default_rng(seed))
    assert 0 <= index < len(z)
    assert probabilities[index] > 0


@quick
@given(st.text(min_size=1), st.text())
def test_every_text_comes_back_from_its_indices(text, more):
    vocabulary = {character: index for index, character in enumerate(sorted(set(text + more)))}
    assert "".join(decode(encode(text, vocabulary), vocabulary)) == text


@quick
@given(st.lists(st.lists(st.integers(0, 9)), min_size=1).filter(any))
def test_padding_and_its_mask_give_the_sequences_back(sequences):
    indices, mask = pad_batch(sequences)
    assert [indices[mask[:, i], i].tolist() for i in range(len(sequences))] == sequences


@quick
@given(arrays(np.float64, st.tuples(SIZES, SIZES), elements=NUMBERS), st.floats(1e-3, 1e3))
def test_clipping_keeps_the_direction_and_bounds_the_length(gradient, max_norm):
    clipped = clip_by_norm({"dW": gradient}, max_norm)["dW"]
    norm = np.linalg.norm(gradient)
    assert np.linalg.norm(clipped) <= max_norm * (1 + 1e-12)
    assert np.allclose(clipped * max(norm, max_norm), gradient * max_norm, rtol=1e-9, atol=1e-9)

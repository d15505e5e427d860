import math

import numpy as np
import pytest

from solutions import (
    EOS,
    gradient_check,
    initialize_parameters,
    language_model_pairs,
    language_model_step,
    market_sentences,
    perplexity,
    rnn_cell_forward,
    sample_sequence,
    sentence_log_probability,
    sound_alikes,
)

VOCABULARY = {"a": 0, EOS: 1, "b": 2}


@pytest.fixture
def model():
    parameters = initialize_parameters(3, 4, 3, np.random.default_rng(1))
    return {name: value + 0.1 for name, value in parameters.items()}


def by_hand(indices, parameters):
    """Multiply the probabilities of the tokens, one step after the other."""
    x, a, probability = np.zeros((3, 1)), np.zeros((4, 1)), 1.0
    for index in indices:
        a, y, _ = rnn_cell_forward(x, a, parameters)
        probability *= y[index, 0]
        x = np.zeros((3, 1))
        x[index] = 1
    return probability


def test_the_probability_of_a_sentence_is_the_product_of_its_tokens(model):
    for indices in ([0], [1], [2, 0, 0, 2, 1]):
        assert math.exp(sentence_log_probability(indices, model)) == pytest.approx(by_hand(indices, model), rel=1e-12)


def test_a_model_without_weights_finds_all_tokens_equally_likely(model):
    nothing = {name: 0 * value for name, value in model.items()}
    assert sentence_log_probability([2, 1], nothing) == pytest.approx(-2 * math.log(3))


def test_all_sentences_together_have_the_probability_one(model):
    """Those that end within six tokens, and those that do not."""
    ended, open_ = 0.0, [([], 1.0)]
    for _ in range(6):
        longer = [[*indices, k] for indices, _ in open_ for k in range(3)]
        found = [(indices, math.exp(sentence_log_probability(indices, model))) for indices in longer]
        ended += sum(probability for indices, probability in found if indices[-1] == 1)
        open_ = [(indices, probability) for indices, probability in found if indices[-1] != 1]
    assert ended + sum(probability for _, probability in open_) == pytest.approx(1, rel=1e-12)


def test_a_sentence_too_long_for_a_probability_has_a_logarithm(model):
    found = sentence_log_probability([0, 2] * 1000, model)
    assert -5000 < found < -1000
    assert math.exp(found) == 0


def test_what_was_sampled_can_be_asked_for_its_probability(model):
    drawn = sample_sequence(model, VOCABULARY, np.random.default_rng(0), 20)
    assert sentence_log_probability(drawn, model) < 0
    assert sentence_log_probability(np.array(drawn), model) == sentence_log_probability(drawn, model)


def test_32_bit_parameters_are_good_enough(model):
    short = {name: value.astype(np.float32) for name, value in model.items()}
    assert sentence_log_probability([0, 2, 1], short) == pytest.approx(sentence_log_probability([0, 2, 1], model), 1e-5)


def test_the_loss_of_a_batch_is_the_mean_of_minus_the_log_probabilities(model):
    lines = [["a", "b"], ["b"], ["a", "a", "b", "a"]]
    x, y = language_model_pairs(lines, VOCABULARY)
    loss, _, _ = language_model_step(x, y, model, 0.1)
    logs = [sentence_log_probability([*(VOCABULARY[token] for token in line), 1], model) for line in lines]
    assert loss == pytest.approx(-np.mean(logs), rel=1e-12)


def test_a_model_that_chooses_among_k_equal_tokens_has_perplexity_k():
    assert perplexity([-3 * math.log(7), -5 * math.log(7)], [3, 5]) == pytest.approx(7)
    assert perplexity([0.0], [4]) == 1
    assert perplexity([-2000.0], [1000]) == pytest.approx(math.exp(2))  # no probability of its own to be had


def test_perplexity_weighs_tokens_and_not_sentences():
    assert perplexity([-1.0, -9.0], [1, 3]) == pytest.approx(math.exp(2.5))
    assert perplexity(np.array([-1.0, -9.0]), (1, 3)) == pytest.approx(math.exp(2.5))


def test_the_gradients_of_a_step_are_those_of_the_loss(model):
    x, y = language_model_pairs([["a", "b"], ["b"], ["b", "a", "a"]], VOCABULARY)

    def loss(parameters):
        return language_model_step(x, y, parameters, 0.1)[0]

    _, gradients, _ = language_model_step(x, y, model, 0.1)
    assert set(gradients) == {"dWax", "dWaa", "dWya", "dba", "dby"}
    assert gradient_check(loss, model, gradients) < 1e-7


def test_a_step_goes_down_against_the_gradient_and_changes_nothing_of_its_arguments(model):
    x, y = language_model_pairs([["a", "b"], ["b"]], VOCABULARY)
    before = {name: value.copy() for name, value in model.items()}
    loss, gradients, new = language_model_step(x, y, model, 0.01)
    for name, value in before.items():
        assert np.array_equal(model[name], value)
        assert np.allclose(new[name], value - 0.01 * gradients["d" + name], rtol=1e-15)
    assert language_model_step(x, y, new, 0.01)[0] < loss


def test_padding_counts_neither_in_the_loss_nor_in_the_gradients(model):
    x, y = language_model_pairs([["a", "b"]], VOCABULARY)
    longer = [np.concatenate([array, np.zeros((4, 3, 1))]) for array in (x, y)]
    short, long = language_model_step(x, y, model, 0.1), language_model_step(*longer, model, 0.1)
    assert short[0] == pytest.approx(long[0], rel=1e-15)
    assert all(np.allclose(short[1][name], long[1][name], rtol=1e-12, atol=1e-15) for name in short[1])


def test_the_loss_of_a_batch_is_the_mean_of_the_losses_of_its_sentences(model):
    x, y = language_model_pairs([["a"], ["a", "b"]], VOCABULARY)
    loss = language_model_step(x, y, model, 0.1)[0]
    halves = [language_model_step(x[:, :, i:i + 1], y[:, :, i:i + 1], model, 0.1)[0] for i in (0, 1)]
    assert loss == pytest.approx(np.mean(halves))


def test_sentences_of_the_market_never_name_the_salad_of_the_notes():
    sentences = market_sentences(4000, np.random.default_rng(3))
    texts = [" ".join(sentence) for sentence in sentences]
    assert not [text for text in texts if "apple and pear salad" in text]
    assert [text for text in texts if "apple and pear pie" in text]
    assert [text for text in texts if "pear and apple salad" in text]
    assert all(text.endswith(" .") and "  " not in text for text in texts)


def test_who_wants_something_decides_what_it_is():
    wanted = {"baker": "flour", "gardener": "flower", "farmer": "pear", "tailor": "pair"}
    sentences = market_sentences(3000, np.random.default_rng(4))
    for who, what in wanted.items():
        errands = [sentence for sentence in sentences if sentence[1] == who]
        assert len(errands) > 50
        assert {sentence[5] for sentence in errands} == {what}


def test_the_same_state_gives_the_same_sentences():
    one, other = (market_sentences(50, np.random.default_rng(seed)) for seed in (5, 5))
    assert one == other != market_sentences(50, np.random.default_rng(6))


def test_all_spellings_of_what_is_heard():
    assert sound_alikes(["The", "pair", "ate"]) == [
        ["The", "pear", "ate"], ["The", "pear", "eight"], ["The", "pair", "ate"], ["The", "pair", "eight"]]
    assert sound_alikes(["plums"]) == [["plums"]]

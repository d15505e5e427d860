import numpy as np
import pytest

from solutions import (
    build_vocabulary,
    character_vocabulary,
    dinosaur_names,
    language_model_pairs,
    load_text,
    market_sentences,
    rnn_backward,
    rnn_forward,
    sample_sequence,
    sample_text,
    sentence_log_probability,
    text_lines,
    tokenize,
    train_language_model,
)

RHYME = """The wheels on the bus go round and round, round and round, round and round.
The wipers on the bus go swish, swish, swish, all through the town.

The horn on the bus goes beep, beep, beep.
"""


def test_lines_are_cut_between_words_and_none_is_empty():
    lines = text_lines(RHYME, max_length=40)
    assert all(0 < len(line) <= 40 for line in lines)
    assert " ".join(lines).split() == RHYME.split()


def test_a_text_without_blanks_is_cut_after_the_largest_length():
    assert text_lines("循环神经网络基础", max_length=3) == ["循环神", "经网络", "基础"]


def test_a_character_vocabulary_is_in_order_and_ends_with_the_end_token():
    assert character_vocabulary(["cab", "ad"]) == {"a": 0, "b": 1, "c": 2, "d": 3, "<EOS>": 4}


def test_each_input_is_the_target_before_and_the_first_is_zero():
    x, y = language_model_pairs(["ab", "b"], {"a": 0, "b": 1, "<EOS>": 2})
    assert x.shape == y.shape == (3, 3, 2)
    # First line: inputs 0 a b, targets a b <EOS>. Second: inputs 0 b, targets b <EOS>, then padding.
    assert np.array_equal(y[:, :, 0], [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert np.array_equal(x[:, :, 0], [[0, 0, 0], [1, 0, 0], [0, 1, 0]])
    assert np.array_equal(y[:, :, 1], [[0, 1, 0], [0, 0, 1], [0, 0, 0]])
    assert np.array_equal(x[:, :, 1], [[0, 0, 0], [0, 1, 0], [0, 0, 0]])


def test_words_can_be_tokens_too():
    x, y = language_model_pairs([["the", "cat"]], {"cat": 0, "the": 1, "<EOS>": 2})
    assert y.argmax(axis=1).ravel().tolist() == [1, 0, 2]
    assert not x[0].any()


@pytest.fixture(scope="module")
def model():
    """Train one small model on the dinosaurs for all the tests of this module."""
    names = dinosaur_names()
    vocabulary = character_vocabulary(names)
    seen = []
    parameters, history = train_language_model(
        names, vocabulary, np.random.default_rng(3), n_a=48, n_steps=400,
        watch=lambda step, loss, parameters: seen.append((step, loss, parameters["Wax"].shape)))
    return {"vocabulary": vocabulary, "parameters": parameters, "history": history, "seen": seen}


def letter_frequency_loss(names):
    """Compute the loss of a model that knows how frequent each letter is, and nothing else."""
    counts = np.unique(list("".join(names)) + ["<EOS>"] * len(names), return_counts=True)[1]
    shares = counts / counts.sum()
    return -np.sum(shares * np.log(shares))


def test_the_model_of_dinosaurs_learns_more_than_how_frequent_letters_are(model):
    assert model["history"][0] == pytest.approx(np.log(len(model["vocabulary"])), abs=0.5)
    assert np.mean(model["history"][-50:]) < 0.65 * letter_frequency_loss(dinosaur_names())


def test_samples_look_like_names_of_dinosaurs(model):
    rng = np.random.default_rng(1)
    names = [sample_text(model["parameters"], model["vocabulary"], rng) for _ in range(200)]
    assert 8 < np.mean([len(name) for name in names]) < 16
    assert np.mean([name.endswith(("us", "or", "tops", "ia", "an", "yx", "ops")) for name in names]) > 0.5
    assert np.mean([name in set(dinosaur_names()) for name in names]) < 0.1


def test_a_sample_is_the_text_of_a_sampled_sequence_without_the_end(model):
    arguments = model["parameters"], model["vocabulary"]
    indices = sample_sequence(*arguments, np.random.default_rng(5), 30)
    text = sample_text(*arguments, np.random.default_rng(5), 30)
    assert len(text) == len(indices) - (indices[-1] == model["vocabulary"]["<EOS>"])
    assert [model["vocabulary"][character] for character in text] == indices[:len(text)]


def test_a_watcher_sees_each_step(model):
    assert [step for step, _, _ in model["seen"]] == list(range(1, 401))
    assert [loss for _, loss, _ in model["seen"]] == model["history"]
    assert model["seen"][0][2] == (48, len(model["vocabulary"]))


def test_a_model_of_any_text_file_can_be_trained(tmp_path):
    (tmp_path / "mine.txt").write_text(RHYME + "循环神经网络\n", encoding="utf-8")
    lines = text_lines(load_text(tmp_path / "mine.txt"), max_length=30)
    vocabulary = character_vocabulary(lines)
    parameters, history = train_language_model(lines, vocabulary, np.random.default_rng(0), n_a=32, n_steps=150,
                                               learning_rate=0.01)
    assert np.mean(history[-10:]) < 0.5 * history[0]
    assert isinstance(sample_text(parameters, vocabulary, np.random.default_rng(0)), str)


def test_a_model_of_words_learns_what_stands_far_back():
    sentences = market_sentences(600, np.random.default_rng(0))
    vocabulary = build_vocabulary(sentences, 200)
    parameters, history = train_language_model(sentences, vocabulary, np.random.default_rng(1), n_a=32, n_steps=250,
                                               learning_rate=0.01)
    assert np.mean(history[-20:]) < 0.3 * history[0]
    for who, right, wrong in (("baker", "flour", "flower"), ("gardener", "flower", "flour")):
        one, other = (sentence_log_probability(tokenize(f"The {who} wants the best {what}.", vocabulary), parameters)
                      for what in (right, wrong))
        assert one > other + 1


def test_training_twice_from_the_same_generator_state_gives_the_same_losses():
    names, vocabulary = ["aab", "ba"], {"a": 0, "b": 1, "<EOS>": 2}
    first, second = (train_language_model(names, vocabulary, np.random.default_rng(4), n_a=5, n_steps=20)
                     for _ in range(2))
    assert first[1] == second[1]


def test_a_learners_own_functions_are_trained():
    names, vocabulary = ["aab", "ba"], {"a": 0, "b": 1, "<EOS>": 2}
    calls = []

    def own_forward(x, a0, parameters):
        calls.append("forward")
        return rnn_forward(x, a0, parameters)[:2]

    def own_backward(da, caches):
        calls.append("backward")
        return rnn_backward(da, caches)

    own = train_language_model(names, vocabulary, np.random.default_rng(4), n_a=5, n_steps=3,
                               forward=own_forward, backward=own_backward)
    assert own[1] == train_language_model(names, vocabulary, np.random.default_rng(4), n_a=5, n_steps=3)[1]
    assert calls == ["forward", "backward"] * 3

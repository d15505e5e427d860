import numpy as np
import pytest

from solutions import (
    build_vocabulary,
    capitalised_words,
    complex_step_gradients,
    loss_and_gradients,
    most_frequent_labels,
    one_hot,
    people_sentences,
    predict_tags,
    rnn_backward,
    rnn_forward,
    softmax_loss,
    split_words,
    tag_scores,
    train_tagger,
)
from solutions.datasets import THINGS_OR_PERSONS


@pytest.fixture(scope="module")
def trained():
    """Train one tagger for all the tests of this module."""
    sentences, labels = people_sentences(1500, np.random.default_rng(1))
    vocabulary = build_vocabulary(sentences, 1000)
    parameters, history = train_tagger(sentences, labels, vocabulary, np.random.default_rng(3))
    return {"sentences": sentences, "labels": labels, "vocabulary": vocabulary,
            "parameters": parameters, "history": history}


@pytest.fixture(scope="module")
def unseen():
    return people_sentences(400, np.random.default_rng(2))


def test_the_gradients_of_a_padded_batch_agree_with_nudged_parameters(rng, x, y, a0, parameters):
    y = y.copy()
    y[4:, :, 1] = 0
    loss, gradients = loss_and_gradients(x, y, parameters)
    assert loss == softmax_loss(rnn_forward(x, 0 * a0, parameters)[1], y)
    exact = complex_step_gradients(lambda point: softmax_loss(rnn_forward(x, 0 * a0, point)[1], y), parameters)
    for name, gradient in exact.items():
        assert np.allclose(gradients[name], gradient, rtol=1e-12, atol=1e-14)


def test_padding_changes_neither_the_loss_nor_the_gradients(x, y, parameters):
    longer = np.concatenate([x, np.zeros_like(x[:2])]), np.concatenate([y, np.zeros_like(y[:2])])
    loss, gradients = loss_and_gradients(x, y, parameters)
    padded_loss, padded = loss_and_gradients(*longer, parameters)
    assert padded_loss == pytest.approx(loss, rel=1e-15)
    assert all(np.allclose(padded[name], gradients[name], rtol=1e-13, atol=1e-15) for name in gradients)


def test_the_loss_falls_and_the_tagger_beats_both_baselines(trained, unseen):
    sentences, labels = unseen
    assert trained["history"][-1] < 0.2 * trained["history"][0]
    predictions = predict_tags(sentences, trained["vocabulary"], trained["parameters"])
    network = tag_scores(labels, predictions)["f1"]
    counted = most_frequent_labels(trained["sentences"], trained["labels"], sentences)
    without_memory = tag_scores(labels, counted)["f1"]
    capitals = tag_scores(labels, capitalised_words(sentences))["f1"]
    assert network > 0.95 > without_memory > 0.85 > capitals


def test_the_tagger_finds_all_the_names_that_the_past_decides(trained, unseen):
    sentences, labels = unseen
    predictions = predict_tags(sentences, trained["vocabulary"], trained["parameters"])
    decided = [(mark, said) for words, marks, tags in zip(sentences, labels, predictions, strict=True)
               for word, mark, said in zip(words, marks, tags, strict=True) if word not in THINGS_OR_PERSONS]
    assert np.mean([mark == said for mark, said in decided]) > 0.995


def test_the_tagger_can_only_guess_where_the_future_decides(trained, unseen):
    sentences, labels = unseen
    predictions = predict_tags(sentences, trained["vocabulary"], trained["parameters"])
    traps = [mark == said for words, marks, tags in zip(sentences, labels, predictions, strict=True)
             for word, mark, said in zip(words, marks, tags, strict=True) if word in THINGS_OR_PERSONS]
    assert len(traps) > 60
    assert 0.3 < np.mean(traps) < 0.7
    said = predict_tags([split_words("He said Teddy bears are on sale"),
                         split_words("He said Teddy Roosevelt was a great President")],
                        trained["vocabulary"], trained["parameters"])
    assert said[0][2] == said[1][2]


def test_the_tagger_marks_the_example_of_the_notes(trained):
    words = split_words("Harry Potter and Hermione Granger invented a new spell")
    assert predict_tags([words], trained["vocabulary"], trained["parameters"]) == [[1, 1, 0, 1, 1, 0, 0, 0, 0]]


def test_predictions_do_not_depend_on_the_sentences_beside(trained, unseen):
    sentences = unseen[0][:12]
    together = predict_tags(sentences, trained["vocabulary"], trained["parameters"])
    alone = [predict_tags([words], trained["vocabulary"], trained["parameters"])[0] for words in sentences]
    assert together == alone
    assert [len(tags) for tags in together] == [len(words) for words in sentences]


def test_training_twice_from_the_same_generator_state_gives_the_same_parameters(trained):
    few = trained["sentences"][:60], trained["labels"][:60], trained["vocabulary"]
    first, second = (train_tagger(*few, np.random.default_rng(9), n_epochs=1) for _ in range(2))
    assert first[1] == second[1]
    assert all(np.array_equal(first[0][name], second[0][name]) for name in first[0])


def test_another_forward_with_caches_of_its_own_can_be_trained_with_the_backward_from_here(trained):
    few = trained["sentences"][:60], trained["labels"][:60], trained["vocabulary"]
    calls = {"forward": 0, "backward": 0}

    def own_forward(x, a0, parameters):
        calls["forward"] += 1
        a, y_pred, _ = rnn_forward(x, a0, parameters)
        return a, y_pred, "a cache of another kind"

    def own_backward(da, caches):
        calls["backward"] += 1
        return rnn_backward(da, caches)

    own = train_tagger(*few, np.random.default_rng(9), n_epochs=1, forward=own_forward, backward=own_backward)
    reference = train_tagger(*few, np.random.default_rng(9), n_epochs=1)
    assert own[1] == reference[1]
    assert calls == {"forward": 2, "backward": 2}


def test_functions_that_return_lists_where_arrays_are_natural_can_be_trained(trained):
    def forward(x, a0, parameters):
        a, y_pred, caches = rnn_forward(x, a0, parameters)
        return list(a), list(y_pred), caches

    def backward(da, caches):
        return {name: list(gradient) for name, gradient in rnn_backward(da, caches).items()}

    few, vocabulary = slice(60), trained["vocabulary"]
    parameters, history = train_tagger(trained["sentences"][few], trained["labels"][few], vocabulary,
                                       np.random.default_rng(3), n_epochs=2, forward=forward, backward=backward)
    assert history[1] < history[0]
    tags = predict_tags(trained["sentences"][few], vocabulary, parameters, forward=forward)
    assert tags == predict_tags(trained["sentences"][few], vocabulary, parameters)


def test_a_backward_that_forgets_the_gradient_learns_less(trained):
    few = trained["sentences"][:320], trained["labels"][:320], trained["vocabulary"]

    def forgetful(da, caches):
        return {name: 0 * value for name, value in rnn_backward(da, caches).items()}

    right = train_tagger(*few, np.random.default_rng(9), n_epochs=2)[1]
    assert train_tagger(*few, np.random.default_rng(9), n_epochs=2, backward=forgetful)[1][-1] > right[-1]


def test_scores_have_the_values_that_one_counts_by_hand():
    # 3 names, 2 of them found; 4 words called a name; 4 of 7 words are right
    scores = tag_scores([[1, 0, 1], [0, 0, 1, 0]], [[1, 1, 1], [0, 1, 0, 0]])
    assert scores == {"accuracy": pytest.approx(4 / 7), "precision": pytest.approx(2 / 4),
                      "recall": pytest.approx(2 / 3), "f1": pytest.approx(4 / 7)}


def test_scores_are_zero_where_nothing_was_found():
    assert tag_scores([[0, 1]], [[0, 0]]) == {"accuracy": 0.5, "precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert tag_scores([[0, 0]], [[0, 0]])["accuracy"] == 1.0


def test_the_first_baseline_marks_capitals():
    assert capitalised_words([["The", "cat"], ["my", "Émile", "iPod", "7"]]) == [[1, 0], [0, 1, 0, 0]]


def test_the_second_baseline_counts():
    sentences, labels = [["May", "saw", "May"], ["in", "May"], ["Rose", "rose"]], [[1, 0, 1], [0, 0], [1, 0]]
    assert most_frequent_labels(sentences, labels, [["Rose", "May", "rose", "unknown"]]) == [[1, 1, 0, 0]]
    assert most_frequent_labels([["May", "May"]], [[1, 0]], [["May"]]) == [[0]]


def test_a_one_hot_column_picks_a_column_of_the_weights(trained):
    Wax = trained["parameters"]["Wax"]
    assert np.array_equal((Wax @ one_hot([7], len(trained["vocabulary"]))[0])[:, 0], Wax[:, 7])

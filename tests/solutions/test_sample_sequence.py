import numpy as np
import pytest
from small_network import draw_parameters

from solutions import (
    apply_temperature,
    apply_top_k,
    compare_levels,
    count_parameters,
    rnn_cell_forward,
    sample_sequence,
    sample_streams,
    sample_token,
    softmax,
)

VOCABULARY = {"a": 0, "b": 1, "c": 2, "<EOS>": 3}


def certain_model(successors, first):
    """Plant a model that surely draws `first`, and then the successor of the token before.

    Its state is the input itself (n_a = n_x, W_aa = 0), so it forgets all but the last token.
    """
    n = len(VOCABULARY)
    parameters = {"Wax": 9 * np.eye(n), "Waa": np.zeros((n, n)), "Wya": np.zeros((n, n)),
                  "ba": np.zeros((n, 1)), "by": np.zeros((n, 1))}
    parameters["by"][first] = 500
    for token, successor in successors.items():
        parameters["Wya"][successor, token] = 1000
    return parameters


def test_temperature_has_the_values_that_one_computes_by_hand():
    logits = np.log([[1.0], [4.0]])
    assert np.allclose(apply_temperature(logits, 1.0), [[1 / 5], [4 / 5]], rtol=1e-15)
    assert np.allclose(apply_temperature(logits, 2.0), [[1 / 3], [2 / 3]], rtol=1e-15)
    assert np.allclose(apply_temperature(logits, 0.5), [[1 / 17], [16 / 17]], rtol=1e-15)


def test_a_low_temperature_chooses_the_largest_and_a_high_one_treats_all_alike(rng):
    logits = rng.standard_normal((4, 2))
    assert np.allclose(apply_temperature(logits, 1e-4).max(axis=0), 1)
    assert np.allclose(apply_temperature(logits, 1e6), 0.25, atol=1e-5)


def test_temperature_keeps_the_dtype_and_the_argument(rng):
    logits = rng.standard_normal((4, 2)).astype(np.float32)
    kept = logits.copy()
    assert apply_temperature(logits, 0.7).dtype == np.float32
    assert np.array_equal(logits, kept)


def test_tokens_are_drawn_as_often_as_their_probabilities_say(rng):
    probabilities = np.array([[0.1], [0.0], [0.6], [0.3]])
    n_draws = 20000
    counts = np.bincount([sample_token(probabilities, rng) for _ in range(n_draws)], minlength=4)
    assert counts[1] == 0
    wanted = n_draws * np.delete(probabilities.ravel(), 1)
    chi_square = np.sum((np.delete(counts, 1) - wanted) ** 2 / wanted)
    # With two degrees of freedom, a right sampler exceeds 42 once in 10^9 seeds; this seed is fixed.
    assert chi_square < 42


def test_float32_probabilities_that_do_not_sum_to_one_exactly_can_be_drawn_from(rng):
    probabilities = softmax(rng.standard_normal((5000, 1)).astype(np.float32))
    assert all(0 <= sample_token(probabilities, rng) < 5000 for _ in range(300))


class EdgeGenerator(np.random.Generator):
    """Return the smallest or the largest number that random() can return."""

    def __init__(self, value):
        super().__init__(np.random.PCG64(0))
        self.value = value

    def random(self):
        return self.value


def test_the_ends_of_the_unit_interval_draw_tokens_that_can_occur():
    probabilities = np.array([[0.0], [0.3], [0.7], [0.0]], dtype=np.float32)
    assert sample_token(probabilities, EdgeGenerator(0.0)) == 1
    assert sample_token(probabilities, EdgeGenerator(1 - 2**-53)) == 2


def test_a_token_is_a_plain_int(rng):
    assert type(sample_token(np.array([[0.5], [0.5]]), rng)) is int


def test_the_drawn_token_is_the_next_input_and_the_end_token_ends_the_sequence(rng):
    # b -> c -> a -> <EOS>
    model = certain_model({1: 2, 2: 0, 0: 3}, first=1)
    assert sample_sequence(model, VOCABULARY, rng, max_length=20) == [1, 2, 0, 3]


def test_a_sequence_ends_at_the_largest_length(rng):
    model = certain_model({0: 1, 1: 0}, first=0)
    assert sample_sequence(model, VOCABULARY, rng, max_length=5) == [0, 1, 0, 1, 0]
    assert sample_sequence(model, VOCABULARY, rng, max_length=1) == [0]


def test_a_vocabulary_without_an_end_token_leaves_the_end_to_the_largest_length(rng):
    model = certain_model({0: 3, 3: 3}, first=0)
    letters = {"a": 0, "b": 1, "c": 2, "d": 3}
    assert sample_sequence(model, letters, rng, max_length=4) == [0, 3, 3, 3]


def test_the_state_is_carried_from_step_to_step(rng):
    # The state counts the steps and takes no notice of the input; only in step 3 is <EOS> likely.
    shift = np.zeros((4, 4))
    shift[1, 0] = shift[2, 1] = 9
    model = {"Wax": np.zeros((4, 4)), "Waa": shift, "Wya": np.zeros((4, 4)),
             "ba": np.zeros((4, 1)), "by": np.array([[500.0], [0], [0], [0]])}
    model["ba"][0] = 9
    model["Wya"][3, 2] = 1000
    assert sample_sequence(model, VOCABULARY, rng, max_length=9) == [0, 0, 3]


def test_first_tokens_have_the_probabilities_of_the_first_prediction(rng):
    model = draw_parameters(rng, n_x=4, n_a=5, n_y=4)
    first = rnn_cell_forward(np.zeros((4, 1)), np.zeros((5, 1)), model)[1].ravel()
    n_draws = 4000
    counts = np.bincount([sample_sequence(model, VOCABULARY, rng, 1)[0] for _ in range(n_draws)], minlength=4)
    # Three degrees of freedom: 45 is exceeded once in 10^9 seeds.
    assert np.sum((counts - n_draws * first) ** 2 / (n_draws * first)) < 45


def test_the_same_generator_state_draws_the_same_sequence(rng):
    model = draw_parameters(rng, n_x=4, n_a=5, n_y=4)
    first, second = (sample_sequence(model, VOCABULARY, np.random.default_rng(3), 30) for _ in range(2))
    assert first == second
    others = {tuple(sample_sequence(model, VOCABULARY, rng, 30)) for _ in range(20)}
    assert len(others) > 1


def test_a_float32_model_can_be_sampled(rng):
    model = draw_parameters(rng, n_x=4, n_a=5, n_y=4, dtype=np.float32)
    indices = sample_sequence(model, VOCABULARY, rng, 10)
    assert all(type(index) is int for index in indices)


def test_levels_have_the_values_that_one_counts_by_hand():
    levels = compare_levels("the cat saw the hat", n_a=10)
    # 5 words, 4 of them different; 19 characters: t h e c a s w and the blank are 8
    assert levels["word"] == {
        "length": 5, "vocabulary_size": 4, "parameters": count_parameters(4, 10, 4),
        "multiplications": 5 * (40 + 100 + 40), "steps_per_word": 1.0}
    assert levels["character"] == {
        "length": 19, "vocabulary_size": 8, "parameters": count_parameters(8, 10, 8),
        "multiplications": 19 * (80 + 100 + 80), "steps_per_word": 19 / 5}


@pytest.mark.parametrize("text", ["a", "循环 神经 网络", "  two\nlines "])
def test_levels_of_any_text_can_be_compared(text):
    levels = compare_levels(text, 3)
    assert levels["word"]["steps_per_word"] == 1
    assert levels["character"]["length"] == len(text)


def test_top_k_leaves_the_likeliest_tokens_in_their_proportions():
    probabilities = np.array([[0.4, 0.1], [0.1, 0.2], [0.3, 0.3], [0.2, 0.4]])
    kept = apply_top_k(probabilities, 2)
    assert np.allclose(kept, [[4 / 7, 0], [0, 0], [3 / 7, 3 / 7], [0, 4 / 7]], rtol=1e-15)
    assert np.array_equal(apply_top_k(probabilities, 1), [[1, 0], [0, 0], [0, 0], [0, 1]])
    assert np.allclose(apply_top_k(probabilities, 9), probabilities, rtol=1e-15)
    assert apply_top_k(probabilities.astype(np.float32), 2).dtype == np.float32


def test_top_k_keeps_all_that_are_as_likely_as_the_last_one():
    assert np.allclose(apply_top_k(np.array([[0.4], [0.2], [0.2], [0.2]]), 2).ravel(), [0.4, 0.2, 0.2, 0.2])


def test_top_k_draws_the_same_tokens_as_the_streams():
    logits = np.random.default_rng(3).standard_normal((9, 1))
    model = {"Wax": np.zeros((1, 9)), "Waa": np.zeros((1, 1)), "Wya": np.zeros((9, 1)), "ba": np.zeros((1, 1)),
             "by": logits}
    drawn = sample_streams(model, np.random.default_rng(0), n_steps=1, m=4000, temperature=0.8, top_k=3)
    shares = np.bincount(drawn[0], minlength=9) / 4000
    assert np.allclose(shares, apply_top_k(apply_temperature(logits, 0.8), 3).ravel(), atol=0.04)

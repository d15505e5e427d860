import numpy as np

from solutions import EOS, UNK, build_vocabulary, decode, encode, one_hot, pad_batch, split_words, tokenize

SENTENCES = [["the", "cat", "sat"], ["the", "dog", "ran"], ["the", "cat", "ran", "ran"]]


def test_words_and_marks_are_cut_apart():
    assert split_words('He said, "Teddy bears are on sale!"') == [
        "He", "said", ",", '"', "Teddy", "bears", "are", "on", "sale", "!", '"']
    assert split_words("Is it Ron's?") == ["Is", "it", "Ron's", "?"]


def test_a_vocabulary_is_alphabetical_with_the_two_special_tokens_at_the_end():
    vocabulary = build_vocabulary(SENTENCES, max_size=100)
    assert list(vocabulary) == ["cat", "dog", "ran", "sat", "the", EOS, UNK]
    assert list(vocabulary.values()) == [0, 1, 2, 3, 4, 5, 6]


def test_a_vocabulary_keeps_the_most_frequent_tokens_and_of_equals_the_first():
    # the and ran stand 3 times, cat twice, dog and sat once
    assert list(build_vocabulary(SENTENCES, max_size=6)) == ["cat", "dog", "ran", "the", EOS, UNK]
    assert list(build_vocabulary(SENTENCES, max_size=4)) == ["ran", "the", EOS, UNK]


def test_a_vocabulary_does_not_depend_on_the_order_of_the_sentences():
    assert build_vocabulary(SENTENCES[::-1], 5) == build_vocabulary(SENTENCES, 5)


def test_special_tokens_in_a_text_are_not_counted_twice():
    assert list(build_vocabulary([["a", EOS], [UNK, "b"]], 10)) == ["a", "b", EOS, UNK]


def test_a_sentence_comes_back_from_its_indices():
    vocabulary = build_vocabulary(SENTENCES, 100)
    indices = encode(["the", "dog", "sat"], vocabulary)
    assert indices.tolist() == [4, 1, 3]
    assert indices.dtype == np.int64
    assert decode(indices, vocabulary) == ["the", "dog", "sat"]


def test_an_unknown_word_becomes_the_unknown_token():
    vocabulary = build_vocabulary(SENTENCES, 100)
    assert decode(encode(["the", "zebra"], vocabulary), vocabulary) == ["the", UNK]


def test_a_string_is_the_sequence_of_its_characters():
    assert encode("abba", {"a": 0, "b": 1}).tolist() == [0, 1, 1, 0]


def test_one_hot_columns_have_a_single_one_at_the_index():
    x = one_hot(np.array([[2, 0], [1, 1], [0, 2]]), 4)
    assert x.shape == (3, 4, 2)
    assert x.dtype == np.float64
    assert np.array_equal(x[0], [[0, 1], [0, 0], [1, 0], [0, 0]])
    assert np.array_equal(x.sum(axis=1), np.ones((3, 2)))
    assert np.array_equal(x.argmax(axis=1), [[2, 0], [1, 1], [0, 2]])


def test_one_hot_of_a_single_sentence_has_m_equal_to_one():
    assert np.array_equal(one_hot([1, 0], 3), [[[0], [1], [0]], [[1], [0], [0]]])


def test_padding_follows_the_shorter_sequences_and_is_masked():
    indices, mask = pad_batch([[5, 6, 7], [8], np.array([9, 3])])
    assert np.array_equal(indices, [[5, 8, 9], [6, 0, 3], [7, 0, 0]])
    assert np.array_equal(mask, [[True, True, True], [True, False, True], [True, False, False]])
    assert indices.dtype == np.int64
    assert mask.dtype == bool


def test_an_empty_sequence_among_others_is_all_padding():
    indices, mask = pad_batch([[], [4]])
    assert np.array_equal(indices, [[0, 4]])
    assert np.array_equal(mask, [[False, True]])


def test_a_sentence_is_tokenized_with_its_end_and_unknown_words():
    vocabulary = {"The": 0, "<UNK>": 1, "cat": 2, "<EOS>": 3, ".": 4}
    assert tokenize("The cat saw the cat.", vocabulary) == [0, 2, 1, 1, 2, 4, 3]
    assert tokenize("cat", vocabulary) == [2, 3]

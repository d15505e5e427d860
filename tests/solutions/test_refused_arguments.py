"""Each public function says in one line which argument is wrong, what was found and what is wanted."""

import re

import numpy as np
import pytest
from refused_units import REFUSED as REFUSED_BY_UNITS

import solutions as s

W = {"Wax": np.ones((5, 3)), "Waa": np.ones((5, 5)), "Wya": np.ones((4, 5)), "ba": np.ones((5, 1)),
     "by": np.ones((4, 1))}
LM = {**W, "Wya": np.ones((3, 5)), "by": np.ones((3, 1))}
X, A0, XT = np.ones((6, 3, 2)), np.ones((5, 2)), np.ones((3, 2))
A, Y = np.ones((6, 5, 2)), np.ones((6, 4, 2))
RNG = np.random.default_rng(0)
LETTERS = {"a": 0, "b": 1, "<EOS>": 2}
SENTENCES, LABELS = [["a", "b"], ["b"]], [[1, 0], [0]]
SHAPE_SAYS = 'parameters["Wax"] says n_a = 5'


def unloved(parameters):
    """Be a loss that is never reached."""
    raise AssertionError("the arguments are checked before the loss is called")


# (the call, the kind of error, what it says after the name of the function)
REFUSED = [
    (lambda: s.sigmoid("a"), TypeError, "z is of type str, wanted a numpy array"),
    (lambda: s.sigmoid(np.array(["a"])), TypeError, "z has dtype <U1, wanted numbers, such as float64"),
    (lambda: s.softmax([1.0]), TypeError, "z is of type list, wanted a numpy array"),
    (lambda: s.softmax(np.ones(3)), ValueError, "z has shape (3,), wanted (n_y, m) or (T_y, n_y, m)"),
    (lambda: s.softmax(np.ones((0, 2))), ValueError, "z has shape (0, 2), wanted each size at least 1"),
    (lambda: s.initialize_parameters(0, 5, 4, RNG), ValueError, "n_x is 0, wanted at least 1"),
    (lambda: s.initialize_parameters(3, 5.0, 4, RNG), TypeError, "n_a is 5.0, wanted a whole number"),
    (lambda: s.initialize_parameters(3, 5, True, RNG), TypeError, "n_y is True, wanted a whole number"),
    (lambda: s.initialize_parameters(3, 5, 4, 0), TypeError,
     "rng is of type int, wanted a numpy.random.Generator, such as numpy.random.default_rng(0)"),
    (lambda: s.initialize_parameters(3, 5, 4, RNG, int), TypeError,
     f"dtype is {np.dtype(int)}, wanted float64 or float32"),
    (lambda: s.rnn_cell_forward(X, A0, W), ValueError,
     'xt has shape (6, 3, 2), wanted (n_x, m) = (3, m): parameters["Wax"] says n_x = 3'),
    (lambda: s.rnn_cell_forward(XT, A0[:4], W), ValueError,
     f"a_prev has shape (4, 2), wanted (n_a, m) = (5, 2): {SHAPE_SAYS}, xt says m = 2"),
    (lambda: s.rnn_cell_forward(XT, A0[:, :1], W), ValueError,
     f"a_prev has shape (5, 1), wanted (n_a, m) = (5, 2): {SHAPE_SAYS}, xt says m = 2"),
    (lambda: s.rnn_cell_forward(XT, A0, None), TypeError,
     "parameters is of type NoneType, wanted a dict with the keys Wax, Waa, Wya, ba, by"),
    (lambda: s.rnn_forward(X.transpose(1, 2, 0), A0, W), ValueError,
     'x has shape (3, 2, 6), wanted (T_x, n_x, m) = (3, 3, 6): parameters["Wax"] says n_x = 3'),
    (lambda: s.rnn_forward(X[:0], A0, W), ValueError,
     "x has shape (0, 3, 2), so T_x = 0; wanted (T_x, n_x, m) with each size at least 1"),
    (lambda: s.rnn_forward(X[:, :, :0], A0, W), ValueError,
     "x has shape (6, 3, 0), so m = 0; wanted (T_x, n_x, m) with each size at least 1"),
    (lambda: s.rnn_forward(X, A0, {**W, "ba": np.ones(5)}), ValueError,
     f'parameters["ba"] has shape (5,), wanted (n_a, 1) = (5, 1): {SHAPE_SAYS}'),
    (lambda: s.rnn_forward(X, A0, {"Wax": W["Wax"]}), ValueError,
     'parameters has no key "Waa", wanted the keys Wax, Waa, Wya, ba, by; found Wax'),
    (lambda: s.stack_parameters({"Waa": W["Waa"], "Wax": np.ones((4, 3))}), ValueError,
     'parameters["Wax"] has shape (4, 3), wanted (n_a, n_x) = (5, 3): parameters["Waa"] says n_a = 5'),
    (lambda: s.count_parameters(3, 5, -4), ValueError, "n_y is -4, wanted at least 1"),
    (lambda: s.count_parameters("3", 5, 4), TypeError, "n_x is '3', wanted a whole number"),
    (lambda: s.sequence_loss(Y, Y[:5]), ValueError,
     "y has shape (5, 4, 2), wanted (T_y, n_y, m) = (6, 4, 2): y_pred says T_y = 6 and n_y = 4 and m = 2"),
    (lambda: s.sequence_loss(Y.astype(int), Y), TypeError,
     f"y_pred has dtype {np.dtype(int)}, wanted float64 or float32"),
    (lambda: s.softmax_loss(Y[0], Y[0]), ValueError, "y_pred has shape (4, 2), wanted (T_y, n_y, m)"),
    (lambda: s.rnn_cell_backward(A0[:3], (A0, A0, XT, W)), ValueError,
     "da_next has shape (3, 2), wanted (n_a, m) = (5, 2): cache[0] (a_next) says n_a = 5 and m = 2"),
    (lambda: s.rnn_cell_backward(A0, (A0, A0, XT)), ValueError,
     "cache has 3 entries, wanted 4: (a_next, a_prev, xt, parameters)"),
    (lambda: s.rnn_backward(A, (A, A0, W, X)), TypeError,
     "caches[2] (x) is of type dict, wanted a numpy array"),
    (lambda: s.rnn_backward(A, (A, A, X, W)), ValueError,
     "caches[1] (a0) has shape (6, 5, 2), wanted (n_a, m) = (5, 2): caches[0] (a) says n_a = 5 and m = 2"),
    (lambda: s.rnn_backward(A[:4], (A, A0, X, W)), ValueError,
     "da has shape (4, 5, 2), wanted (T_x, n_a, m) = (6, 5, 2): caches[0] (a) says T_x = 6 and n_a = 5 and m = 2"),
    (lambda: s.output_backward(Y, Y[:, :3], A, W), ValueError,
     "y has shape (6, 3, 2), wanted (T_y, n_y, m) = (6, 4, 2): "
     'y_pred says T_y = 6 and m = 2, parameters["Wya"] says n_y = 4'),
    (lambda: s.numerical_gradients(unloved, [W]), TypeError,
     "parameters is of type list, wanted a dict of arrays"),
    (lambda: s.numerical_gradients(unloved, W, 0), ValueError,
     "epsilon is 0, wanted a finite number above 0"),
    (lambda: s.numerical_gradients(3, W), TypeError, "loss is of type int, wanted a function"),
    (lambda: s.complex_step_gradients(unloved, {}), ValueError,
     "parameters is empty, wanted at least one array"),
    (lambda: s.complex_step_gradients(unloved, {"W": 1.0}), TypeError,
     'parameters["W"] is of type float, wanted a numpy array'),
    (lambda: s.gradient_check(unloved, W, {"dWax": W["Wax"]}), ValueError,
     'gradients has no key "dWaa", wanted one for each parameter: dWax, dWaa, dWya, dba, dby'),
    (lambda: s.gradient_check(unloved, {"ba": A0}, {"dba": A0.T}), ValueError,
     'gradients["dba"] has shape (2, 5), wanted (5, 2), the shape of parameters["ba"]'),
    (lambda: s.gradient_check(unloved, W, None), TypeError,
     "gradients is of type NoneType, wanted a dict of arrays"),
    (lambda: s.gradient_check(unloved, {"b": A0}, {"db": A0}, "1e-5"), TypeError,
     "epsilon is '1e-5', wanted a number"),
    (lambda: s.apply_temperature(A0[:, 0], 1.0), ValueError, "logits has shape (5,), wanted (n_y, m)"),
    (lambda: s.apply_temperature(A0, 0), ValueError, "temperature is 0, wanted a finite number above 0"),
    (lambda: s.apply_temperature(A0, float("nan")), ValueError,
     "temperature is nan, wanted a finite number above 0"),
    (lambda: s.sample_token(np.full(4, 0.25), RNG), ValueError,
     "probabilities has shape (4,), wanted (n_y, 1) with n_y at least 1"),
    (lambda: s.sample_token(np.full((2, 2), 0.5), RNG), ValueError,
     "probabilities has shape (2, 2), wanted (n_y, 1) with n_y at least 1"),
    (lambda: s.sample_token(np.array([[0.5], [0.6]]), RNG), ValueError,
     "probabilities has the sum 1.1 and the smallest entry 0.5, wanted the sum 1 and no entry below 0"),
    (lambda: s.sample_token(np.array([[1.5], [-0.5]]), RNG), ValueError,
     "probabilities has the sum 1 and the smallest entry -0.5, wanted the sum 1 and no entry below 0"),
    (lambda: s.sample_token(np.array([[np.nan], [1.0]]), RNG), ValueError,
     "probabilities has the sum nan and the smallest entry nan, wanted the sum 1 and no entry below 0"),
    (lambda: s.sample_token(np.ones((1, 1)), np.random), TypeError,
     "rng is of type module, wanted a numpy.random.Generator, such as numpy.random.default_rng(0)"),
    (lambda: s.sample_sequence(W, LETTERS, RNG, 9), ValueError,
     'parameters["Wya"] has shape (4, 5), wanted (n_x, n_a) = (3, 5): '
     'parameters["Wax"] says n_x = 3 and n_a = 5'),
    (lambda: s.sample_sequence(LM, {"a": 0}, RNG, 9), ValueError,
     'vocabulary has 1 tokens, wanted n_x = 3: parameters["Wax"] says so'),
    (lambda: s.sample_sequence(LM, ["a", "b"], RNG, 9), TypeError,
     "vocabulary is of type list, wanted a dict from token to index"),
    (lambda: s.sample_sequence(LM, {"a": 1, "b": 2, "<EOS>": 3}, RNG, 9), ValueError,
     "vocabulary does not number its 3 tokens from 0 to 2"),
    (lambda: s.sample_sequence(LM, LETTERS, RNG, 0), ValueError, "max_length is 0, wanted at least 1"),
    (lambda: s.compare_levels(" \n", 5), ValueError, "text is ' \\n', wanted at least one word"),
    (lambda: s.compare_levels(["a"], 5), TypeError, "text is of type list, wanted a string"),
    (lambda: s.split_words(3), TypeError, "text is of type int, wanted a string"),
    (lambda: s.build_vocabulary("a text", 9), TypeError,
     "sentences is of type str, wanted a list of lists of tokens"),
    (lambda: s.build_vocabulary([["a", 3]], 9), TypeError,
     "sentences[0] holds a token of type int, wanted only strings"),
    (lambda: s.build_vocabulary([], 9), ValueError, "sentences is empty, wanted at least one list of tokens"),
    (lambda: s.build_vocabulary(SENTENCES, 2), ValueError,
     "max_size is 2, wanted 3 or more: a token, <EOS>, <UNK>"),
    (lambda: s.encode(["z"], LETTERS), ValueError, "the token 'z' is not in the vocabulary, nor is <UNK>"),
    (lambda: s.encode([], LETTERS), ValueError, "tokens is empty, wanted at least one token"),
    (lambda: s.encode(3, LETTERS), TypeError, "tokens is of type int, wanted a list of strings"),
    (lambda: s.decode([0, 3], LETTERS), ValueError, "the index 3 is not in the vocabulary of 3"),
    (lambda: s.decode([-1], LETTERS), ValueError, "the index -1 is not in the vocabulary of 3"),
    (lambda: s.decode([0.5], LETTERS), TypeError, "indices has dtype float64, wanted whole numbers"),
    (lambda: s.decode([0], {}), ValueError, "vocabulary is empty, wanted at least one token"),
    (lambda: s.one_hot(np.array([0, 3]), 3), ValueError, "indices go from 0 to 3, wanted 0 to n_x - 1 = 2"),
    (lambda: s.one_hot(np.array([-1, 1]), 3), ValueError, "indices go from -1 to 1, wanted 0 to n_x - 1 = 2"),
    (lambda: s.one_hot(np.array([0.5]), 3), TypeError, "indices has dtype float64, wanted whole numbers"),
    (lambda: s.one_hot(np.zeros((2, 2, 2), int), 3), ValueError,
     "indices has shape (2, 2, 2), wanted (T_x,) or (T_x, m)"),
    (lambda: s.one_hot(np.zeros(0, int), 3), ValueError, "indices has shape (0,), wanted at least one index"),
    (lambda: s.pad_batch([]), ValueError, "sequences is empty, wanted at least one sequence with an index"),
    (lambda: s.pad_batch([[], []]), ValueError,
     "sequences is empty, wanted at least one sequence with an index"),
    (lambda: s.pad_batch([["a"]]), TypeError, "sequences[0] has dtype <U1, wanted whole numbers"),
    (lambda: s.pad_batch(3), TypeError, "sequences is of type int, wanted a list of sequences of indices"),
    (lambda: s.load_text(3), TypeError, "path is of type int, wanted the path of a file"),
    (lambda: s.people_sentences(0, RNG), ValueError, "n_sentences is 0, wanted at least 1"),
    (lambda: s.people_sentences(5, 0), TypeError,
     "rng is of type int, wanted a numpy.random.Generator, such as numpy.random.default_rng(0)"),
    (lambda: s.sequence_kind(1, True, False), TypeError, "x_is_sequence is 1, wanted True or False"),
    (lambda: s.application_kind("weather"), ValueError,
     "application is 'weather', wanted one of: speech recognition, music generation, sentiment classification, "
     "DNA analysis, machine translation, video activity recognition, named entity recognition"),
    (lambda: s.extract_entities("Ron", [1]), ValueError, "labels has 1 entries, wanted 3, as many as tokens"),
    (lambda: s.extract_entities(["Ron"], [2]), ValueError, "labels holds 2, wanted only 0 and 1"),
    (lambda: s.extract_entities(["Ron"], 1), TypeError, "labels is of type int, wanted a list of 0 and 1"),
    (lambda: s.best_share_without_order(["left", "in"]), ValueError,
     "movements holds 'in', wanted only left, right, up, down, clockwise, anticlockwise"),
    (lambda: s.best_share_without_order(["up", "up"]), ValueError,
     "movements holds a movement twice, wanted each at most once"),
    (lambda: s.tone_words(0, RNG), ValueError, "n_examples is 0, wanted at least 1"),
    (lambda: s.short_time_spectra(np.ones(99)), ValueError,
     "wave has shape (99,), wanted (n,) with n at least 256, one frame"),
    (lambda: s.short_time_spectra(np.ones(999, int)), TypeError,
     f"wave has dtype {np.dtype(int)}, wanted float64 or float32"),
    (lambda: s.melodies(2.0, RNG), TypeError, "n_examples is 2.0, wanted a whole number"),
    (lambda: s.in_key(["<EOS>"], 0), ValueError, 'notes holds no note, wanted such as "C4:2"'),
    (lambda: s.in_key(["C4:2"], 4), ValueError, "key is 4, wanted 0 to 3"),
    (lambda: s.render_melody([]), ValueError, "notes is empty, wanted at least one token"),
    (lambda: s.render_melody(["C4:2"], 9), ValueError, "seconds_per_eighth is 9, wanted 0.02 to 2"),
    (lambda: s.reviews(5, 0), TypeError,
     "rng is of type int, wanted a numpy.random.Generator, such as numpy.random.default_rng(0)"),
    (lambda: s.genomes(5, RNG, 60), ValueError, "length is 60, wanted at least 100, room for a gene"),
    (lambda: s.reverse_complement("ACGU"), ValueError, "sequence holds 'U', wanted only A, C, G and T"),
    (lambda: s.reverse_complement(["A"]), TypeError, "sequence is of type list, wanted a string"),
    (lambda: s.written_dates(5, RNG, "Latin"), ValueError, "language is 'Latin', wanted English or Chinese"),
    (lambda: s.moving_shapes(-1, RNG), ValueError, "n_examples is -1, wanted at least 1"),
    (lambda: s.clip_by_norm({"dW": XT}, 0), ValueError, "max_norm is 0, wanted a finite number above 0"),
    (lambda: s.clip_by_norm([XT], 1), TypeError, "gradients is of type list, wanted a dict of arrays"),
    (lambda: s.sgd_step({"W": XT}, {"W": XT}, 0.1), ValueError,
     'gradients has no key "dW", wanted one for each parameter: dW'),
    (lambda: s.sgd_step({"W": XT}, {"dW": XT}, -1), ValueError,
     "learning_rate is -1, wanted a finite number above 0"),
    (lambda: s.initialize_adam([XT]), TypeError, "parameters is of type list, wanted a dict of arrays"),
    (lambda: s.adam_step({"W": XT}, {"dW": XT}, {}, 0.1), TypeError,
     "state is not what initialize_adam or adam_step returned"),
    (lambda: s.adam_step({"W": XT}, {"dW": XT}, s.initialize_adam({"V": XT}), 0.1), ValueError,
     "state[\"mean\"] has the shapes {'V': (3, 2)}, wanted those of the parameters: {'W': (3, 2)}"),
    (lambda: s.loss_and_gradients(X, Y[:5], W), ValueError,
     "y has shape (5, 4, 2), wanted (T_x, n_y, m) = (6, 4, 2): "
     'x says T_x = 6 and m = 2, parameters["Wya"] says n_y = 4'),
    (lambda: s.loss_and_gradients(X, Y, W, forward=3), TypeError,
     "forward is of type int, wanted a function"),
    (lambda: s.train_tagger(SENTENCES, [[1, 0]], LETTERS, RNG), ValueError,
     "labels has 1 entries, wanted 2, as many as sentences"),
    (lambda: s.train_tagger(SENTENCES, [[1, 0], [0, 0]], LETTERS, RNG), ValueError,
     "labels[1] has 2 entries, wanted 1, as many as sentences[1]"),
    (lambda: s.train_tagger(SENTENCES, [[1, 2], [0]], LETTERS, RNG), ValueError,
     "labels[0] holds 2, wanted only 0 and 1"),
    (lambda: s.train_tagger(SENTENCES, LABELS, LETTERS, RNG, backward=None), TypeError,
     "backward is of type NoneType, wanted a function"),
    (lambda: s.predict_tags(SENTENCES, {"a": 0, "b": 1}, W), ValueError,
     'vocabulary has 2 tokens, wanted n_x = 3: parameters["Wax"] says so'),
    (lambda: s.capitalised_words(["a", 3]), TypeError,
     "sentences[1] is of type int, wanted a list of strings"),
    (lambda: s.most_frequent_labels(SENTENCES, [[1], [0]], SENTENCES), ValueError,
     "labels[0] has 1 entries, wanted 2, as many as sentences[0]"),
    (lambda: s.tag_scores([[1, 0]], [[1]]), ValueError,
     "predictions[0] has 1 entries, wanted 2, as many as labels[0]"),
    (lambda: s.tag_scores([], []), ValueError, "labels is empty, wanted at least one list of 0 and 1"),
    (lambda: s.tag_scores([1], [1]), TypeError, "labels[0] is of type int, wanted a list of 0 and 1"),
    (lambda: s.tag_scores(1, [1]), TypeError, "labels is of type int, wanted a list of lists of 0 and 1"),
    (lambda: s.text_lines("", 60), ValueError, "text is '', wanted at least one word"),
    (lambda: s.character_vocabulary(["ab", ""]), ValueError, "lines[1] is empty, wanted at least one token"),
    (lambda: s.language_model_pairs(["az"], LETTERS), ValueError,
     "the token 'z' is not in the vocabulary, nor is <UNK>"),
    (lambda: s.language_model_pairs(["ab"], {"a": 0, "b": 1}), ValueError,
     "the token '<EOS>' is not in the vocabulary, nor is <UNK>"),
    (lambda: s.language_model_step(X, Y[:, :3], LM, 0), ValueError,
     "learning_rate is 0, wanted a finite number above 0"),
    (lambda: s.language_model_step(X, Y, LM, 0.1), ValueError,
     "y has shape (6, 4, 2), wanted (T_x, n_y, m) = (6, 3, 2): "
     'x says T_x = 6 and m = 2, parameters["Wya"] says n_y = 3'),
    (lambda: s.sentence_log_probability([0, 3], LM), ValueError, "indices go from 0 to 3, wanted 0 to n_x - 1 = 2"),
    (lambda: s.sentence_log_probability(["a"], LM), TypeError, "indices has dtype <U1, wanted whole numbers"),
    (lambda: s.sentence_log_probability([[0, 1]], LM), ValueError,
     "indices has shape (1, 2), wanted (T_x,): one sentence"),
    (lambda: s.sentence_log_probability([0], W), ValueError,
     'parameters["Wya"] has shape (4, 5), wanted (n_x, n_a) = (3, 5): '
     'parameters["Wax"] says n_x = 3 and n_a = 5'),
    (lambda: s.perplexity(-3.0, [2]), TypeError,
     "log_probabilities is of type float, wanted a list with a number for each sentence"),
    (lambda: s.perplexity([], []), ValueError,
     "log_probabilities has shape (0,), wanted (m,): a number for each of m sentences"),
    (lambda: s.perplexity([-3.0, -2.0], [2]), ValueError,
     "lengths has 1 entries, wanted 2, as many as log_probabilities"),
    (lambda: s.perplexity([-3.0], [0]), ValueError, "lengths holds 0, wanted at least 1: <EOS> is a token too"),
    (lambda: s.tokenize(3, LETTERS), TypeError, "sentence is of type int, wanted a string"),
    (lambda: s.tokenize("a b", LETTERS), ValueError,
     "vocabulary has no <UNK>, wanted both <EOS> and <UNK> among its tokens"),
    (lambda: s.market_sentences(0, RNG), ValueError, "n_sentences is 0, wanted at least 1"),
    (lambda: s.sound_alikes([3]), TypeError, "tokens holds a token of type int, wanted only strings"),
    (lambda: s.apply_top_k(A0[:, 0], 2), ValueError, "probabilities has shape (5,), wanted (n_y, m)"),
    (lambda: s.apply_top_k(A0, 0), ValueError, "k is 0, wanted at least 1"),
    (lambda: s.train_language_model("dinosaurs.txt", LETTERS, RNG), TypeError,
     "lines is of type str, wanted a list of lists of tokens"),
    (lambda: s.train_language_model(["ab"], LETTERS, RNG, watch=3), TypeError,
     "watch is of type int, wanted a function"),
    (lambda: s.sample_text(LM, LETTERS, RNG, 2.5), TypeError, "max_length is 2.5, wanted a whole number"),
    *REFUSED_BY_UNITS,
]
# These hand an argument on, and the function that refuses it gives its own name.
REFUSED_BY = {"language_model_pairs": "encode", "sample_text": "sample_sequence"}


def called(call):
    """Name the public function that a call in the table is about."""
    return call.__code__.co_names[1]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED,
                         ids=[f"{called(call)}-{message}" for call, _, message in REFUSED])
def test_a_wrong_argument_is_refused_in_one_line(call, error, message):
    name = REFUSED_BY.get(called(call), called(call))
    with pytest.raises(error, match=f"^{re.escape(f'{name}: {message}')}$") as caught:
        call()
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)


def test_every_public_function_that_takes_arguments_is_in_the_table():
    functions = {name for name in s.__all__ if callable(getattr(s, name))}
    assert {called(call) for call, _, _ in REFUSED} == functions - {"dinosaur_names", "keep_memory"}

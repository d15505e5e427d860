"""What the functions of the gated units refuse: rows of the table in `test_refused_arguments.py`."""

import numpy as np

import solutions as s

RNG = np.random.default_rng(0)
W = {**{"W" + name: np.ones((5, 8)) for name in "curfo"}, **{"b" + name: np.ones((5, 1)) for name in "curfo"},
     **{name: np.ones((5, 1)) for name in ("pu", "pf", "po")}, "Wya": np.ones((4, 5)), "by": np.ones((4, 1))}
XT, A0, X, A = np.ones((3, 2)), np.ones((5, 2)), np.ones((6, 3, 2)), np.ones((6, 5, 2))
R = {"Wax": np.ones((5, 3)), "Waa": np.ones((5, 5)), "ba": np.ones((5, 1)), "Wya": np.ones((4, 5)),
     "by": np.ones((4, 1))}
UNIT, OUTPUT = {name: R[name] for name in ("Wax", "Waa", "ba")}, {"Wya": R["Wya"], "by": R["by"]}
BOTH = {**s.labelled(UNIT, "forward"), **s.labelled(UNIT, "backward"), "Wya": np.ones((4, 10)), "by": R["by"]}
LAYERS = {**s.labelled(UNIT, 1), **OUTPUT}
TWO = {**s.labelled(UNIT, "encoder"), **s.labelled({**UNIT, "Wax": np.ones((5, 4)), **OUTPUT}, "decoder")}
SAME_SIZE = {**R, "Wya": np.ones((3, 5)), "by": np.ones((3, 1))}
SAYS = 'parameters["Wc"] says n_a = 5'


def cache(n_states):
    return (*[A0] * n_states, XT, W)


def caches(n_states, n_blocks, *first):
    return (*[A] * n_states, np.ones((6, n_blocks, 5, 2)), *first, X, W)


def without(name):
    return {key: value for key, value in W.items() if key != name}


REFUSED = [
    (lambda: s.initialize_gates("cuu", 3, 5, 4, RNG), ValueError,
     "names is 'cuu', wanted different letters, such as 'cufo'"),
    (lambda: s.initialize_gates(["c"], 3, 5, 4, RNG), TypeError,
     "names is of type list, wanted a string of letters, such as 'cufo'"),
    (lambda: s.initialize_gates("cu", 3, 0, 4, RNG), ValueError, "n_a is 0, wanted at least 1"),
    (lambda: s.stack_gates([W], "cu"), TypeError, "parameters is of type list, wanted a dict of arrays"),
    (lambda: s.stack_gates({"Wc": A0}, "c"), ValueError,
     'parameters["Wc"] has shape (5, 2), wanted (n_a, n_a+n_x): more columns than rows'),
    (lambda: s.stack_gates({"Wc": W["Wc"], "bc": np.ones(5)}, "c"), ValueError,
     'parameters["bc"] has shape (5,), wanted (n_a, 1) = (5, 1)'),
    (lambda: s.stack_gates({"Wc": W["Wc"]}, "cu"), ValueError, 'parameters has no key "Wu"; found Wc'),
    (lambda: s.split_gates(np.ones((4, 3)), np.ones((6, 1)), "cu"), ValueError,
     "db has shape (6, 1), wanted (rows, 1) = (4, 1): dW says rows = 4"),
    (lambda: s.split_gates(np.ones((5, 3)), np.ones((5, 1)), "cu"), ValueError,
     "dW has shape (5, 3), wanted rows a multiple of 2, the number of names"),
    (lambda: s.previous_states(A, A), ValueError,
     "a0 has shape (6, 5, 2), wanted (n_a, m) = (5, 2): a says n_a = 5 and m = 2"),
    (lambda: s.gru_cell_forward_simplified(XT, A0, without("bu")), ValueError,
     f'parameters has no key "bu", wanted the keys Wc, Wu, bc, bu, Wya, by; found {", ".join(without("bu"))}'),
    (lambda: s.gru_forward_simplified(X, A0[:4], W), ValueError,
     f"a0 has shape (4, 2), wanted (n_a, m) = (5, 2): {SAYS}, x says m = 2"),
    (lambda: s.gru_cell_backward_simplified(A0, cache(3)), ValueError,
     "cache has 5 entries, wanted 6: (a_next, a_prev, c_tilde, gamma_u, xt, parameters)"),
    (lambda: s.gru_backward_simplified(A[:2], caches(1, 2, A0)), ValueError,
     "da has shape (2, 5, 2), wanted (T_x, n_a, m) = (6, 5, 2): caches[0] (a) says T_x = 6 and n_a = 5 and m = 2"),
    (lambda: s.gru_backward_simplified(A, caches(1, 3, A0)), ValueError,
     "caches[1] (gates) has shape (6, 3, 5, 2), wanted (T_x, 2, n_a, m): the candidate and 1 gate"),
    (lambda: s.gru_cell_forward(XT[:2], A0, W), ValueError,
     'xt has shape (2, 2), wanted (n_x, m) = (3, 2): parameters["Wc"] says n_x = 3'),
    (lambda: s.gru_cell_forward(XT, A0, {**W, "Wr": np.ones((5, 7))}), ValueError,
     f'parameters["Wr"] has shape (5, 7), wanted (n_a, n_a+n_x) = (5, 8): {SAYS} and n_a+n_x = 8'),
    (lambda: s.gru_forward(X.transpose(1, 2, 0), A0, W), ValueError,
     'x has shape (3, 2, 6), wanted (T_x, n_x, m) = (3, 3, 6): parameters["Wc"] says n_x = 3'),
    (lambda: s.gru_forward(X, A0, {**W, "Wc": np.ones((5, 5))}), ValueError,
     'parameters["Wc"] has shape (5, 5), wanted (n_a, n_a+n_x): more columns than rows'),
    (lambda: s.gru_cell_backward(A0, (A0, A0, A0, A0, A0, XT[:2], W)), ValueError,
     'cache[6] (parameters)["Wc"] has shape (5, 8), wanted (n_a, n_a+n_x) = (5, 7): '
     "cache[0] (a_next) says n_a = 5, cache[5] (xt) says n_x = 2"),
    (lambda: s.gru_backward(A, caches(2, 3, A0)), ValueError,
     "caches has 6 entries, wanted 5: (a, gates, a0, x, parameters)"),
    (lambda: s.lstm_cell_forward(XT, A0, A0[:, :1], W), ValueError,
     f"c_prev has shape (5, 1), wanted (n_a, m) = (5, 2): {SAYS}, xt says m = 2"),
    (lambda: s.lstm_cell_forward(XT, A0, A0, {**W, "bf": np.ones(5)}), ValueError,
     f'parameters["bf"] has shape (5,), wanted (n_a, 1) = (5, 1): {SAYS}'),
    (lambda: s.lstm_forward(X[0], A0, W), ValueError, "x has shape (3, 2), wanted (T_x, n_x, m) = (T_x, 3, m): "
     'parameters["Wc"] says n_x = 3'),
    (lambda: s.lstm_forward(X, A0, W, A0[:4]), ValueError, "c0 has shape (4, 2), wanted (n_a, m) = (5, 2)"),
    (lambda: s.lstm_forward(X, A0, W, 0), TypeError, "c0 is of type int, wanted a numpy array"),
    (lambda: s.lstm_cell_backward(A0, None, cache(8)), TypeError,
     "dc_next is of type NoneType, wanted a numpy array"),
    (lambda: s.lstm_backward(A, caches(3, 4, A0)), ValueError,
     "caches has 7 entries, wanted 8: (a, c, tanh_c, gates, a0, c0, x, parameters)"),
    (lambda: s.lstm_backward(A, caches(3, 4, A0, A0), A), ValueError,
     "dc has shape (6, 5, 2), wanted (n_a, m) = (5, 2)"),
    (lambda: s.peephole_lstm_cell_forward(XT, A0, A0, {**W, "po": np.ones((5, 5))}), ValueError,
     f'parameters["po"] has shape (5, 5), wanted (n_a, 1) = (5, 1): {SAYS}'),
    (lambda: s.peephole_lstm_forward(X, A0, without("pf")), ValueError,
     'parameters has no key "pf", wanted the keys Wc, Wu, Wf, Wo, bc, bu, bf, bo, Wya, by, pu, pf, po; '
     f'found {", ".join(without("pf"))}'),
    (lambda: s.peephole_lstm_cell_backward(A0[:4], A0, cache(8)), ValueError,
     "da_next has shape (4, 2), wanted (n_a, m) = (5, 2): cache[0] (a_next) says n_a = 5 and m = 2"),
    (lambda: s.peephole_lstm_backward(A, caches(3, 3, A0, A0)), ValueError,
     "caches[3] (gates) has shape (6, 3, 5, 2), wanted (T_x, 4, n_a, m): the candidate and 3 gates"),
    (lambda: s.make_cell("lstm", s.lstm_forward, s.lstm_backward), ValueError,
     "unit is 'lstm', wanted one of RNN, simplified GRU, GRU, LSTM, peephole LSTM"),
    (lambda: s.make_cell("LSTM", s.LSTM, s.lstm_backward), TypeError, "forward is of type Cell, wanted a function"),
    (lambda: s.part([W], 1), TypeError, "parameters is of type list, wanted a dict of arrays"),
    (lambda: s.labelled({}, 1), ValueError, "parameters is empty, wanted at least one array"),
    (lambda: s.initialize_network("LSTM", 3, 5, 4, RNG), TypeError,
     "cell is of type str, wanted a cell, such as solutions.LSTM"),
    (lambda: s.initialize_network(s.LSTM, 3, 5, -4, RNG), ValueError, "n_y is -4, wanted at least 1"),
    (lambda: s.reverse_sequence(XT), ValueError, "x has shape (3, 2), wanted (T_x, n_x, m)"),
    (lambda: s.reverse_sequence(X, np.array([1, 7])), ValueError, "lengths go from 1 to 7, wanted 1 to T_x = 6"),
    (lambda: s.reverse_sequence(X, np.array([0, 6])), ValueError, "lengths go from 0 to 6, wanted 1 to T_x = 6"),
    (lambda: s.reverse_sequence(X, np.array([1.0, 2.0])), TypeError,
     "lengths has dtype float64, wanted whole numbers"),
    (lambda: s.reverse_sequence(X, np.array([3, 3, 3])), ValueError,
     "lengths has shape (3,), wanted (m,) = (2,): x says m = 2"),
    (lambda: s.reverse_sequence(X, [3, 3]), TypeError, "lengths is of type list, wanted a numpy array"),
    (lambda: s.birnn_forward(X, A0, BOTH), TypeError,
     "a0 is of type ndarray, wanted a pair of states: that of the unit that reads from the left, that of the other"),
    (lambda: s.birnn_forward(X, (A0, A0), R), ValueError,
     'parameters has no key that ends in "[forward]"; found Wax, Waa, ba, Wya, by'),
    (lambda: s.birnn_forward(X, (A0, A0), BOTH, "GRU"), TypeError,
     "cell is of type str, wanted a cell, such as solutions.LSTM"),
    (lambda: s.birnn_forward(X, (A0, A0), {**BOTH, "Wya": R["Wya"]}), ValueError,
     'parameters["Wya"] has shape (4, 5), wanted (n_y, rows of a) = (4, 10)'),
    (lambda: s.birnn_backward(A, (None, None)), ValueError,
     "caches has 2 entries, wanted 4: (caches_forward, caches_backward, lengths, cell)"),
    (lambda: s.birnn_backward(np.ones((6, 7, 2)), (None, None, None, s.RNN)), ValueError,
     "da has shape (6, 7, 2), wanted (T_x, 2 n_a, m): an even number of rows"),
    (lambda: s.birnn_summary(np.ones((6, 7, 2))), ValueError,
     "a has shape (6, 7, 2), wanted (T_x, 2 n_a, m): an even number of rows"),
    (lambda: s.birnn_summary(np.ones((6, 4, 2)), np.array([7, 1])), ValueError,
     "lengths go from 1 to 7, wanted 1 to T_x = 6"),
    (lambda: s.birnn_summary(np.ones((6, 4, 2)), np.array([6])), ValueError,
     "lengths has shape (1,), wanted (m,) = (2,): a says m = 2"),
    (lambda: s.bidirectional_cell("LSTM"), TypeError, "cell is of type str, wanted a cell, such as solutions.LSTM"),
    (lambda: s.deep_rnn_forward(X, A0, LAYERS), TypeError,
     "a0 is of type ndarray, wanted a list with one state for each layer"),
    (lambda: s.deep_rnn_forward(X, [], LAYERS), ValueError, "a0 is empty, wanted one state for each layer"),
    (lambda: s.deep_rnn_forward(X, [A0, A0], LAYERS), ValueError,
     "parameters has the layers 1, wanted 1, 2: a0 has 2 states"),
    (lambda: s.deep_rnn_backward(A, (None, None)), ValueError,
     "caches has 2 entries, wanted 3: (layers, last_states, cell)"),
    (lambda: s.count_deep_parameters(3, 5, 4), TypeError,
     "layer_sizes is of type int, wanted a list of sizes, one for each layer"),
    (lambda: s.count_deep_parameters(3, [5, 0], 4), ValueError, "layer_sizes[1] is 0, wanted at least 1"),
    (lambda: s.count_deep_parameters(3, [], 4), ValueError, "layer_sizes is empty, wanted at least one size"),
    (lambda: s.deep_cell(s.LSTM, 0), ValueError, "n_layers is 0, wanted at least 1"),
    (lambda: s.many_to_many_forward(XT, A0, R), ValueError, "x has shape (3, 2), wanted (T_x, n_x, m)"),
    (lambda: s.many_to_many_forward(X, A0, {"Wax": A0}), ValueError,
     'parameters has no key "Wya" of the output layer; found Wax'),
    (lambda: s.many_to_many_forward(X, X, R), ValueError, "a0 has shape (6, 3, 2), wanted (n_a, m)"),
    (lambda: s.many_to_many_forward(X, None, R), TypeError, "a0 is of type NoneType, wanted a numpy array"),
    (lambda: s.many_to_many_forward(X, A0, {**R, "by": np.ones(4)}), ValueError,
     'parameters["by"] has shape (4,), wanted (n_y, 1)'),
    (lambda: s.many_to_many_backward(A0, (A, None, R, s.RNN)), ValueError,
     "dz has shape (5, 2), wanted (T_x, n_y, m) = (6, 4, 2): "
     'caches[0] (a) says T_x = 6 and m = 2, caches[2] (parameters)["Wya"] says n_y = 4'),
    (lambda: s.many_to_one_forward(X, A0, R, s.bidirectional_cell(s.RNN)), ValueError,
     "cell is a bidirectional RNN, wanted a cell that reads from the left alone"),
    (lambda: s.many_to_one_backward(np.ones((6, 4, 2)), (A, None, R, s.RNN)), ValueError,
     "dz has shape (6, 4, 2), wanted (n_y, m) = (4, 2): "
     'caches[2] (parameters)["Wya"] says n_y = 4, caches[0] (a) says m = 2'),
    (lambda: s.likeliest(A), ValueError, "yt_pred has shape (6, 5, 2), wanted (n_y, m)"),
    (lambda: s.one_to_many_forward(XT, A0, R, 5), ValueError,
     'x has shape (3, 2), wanted (n_y, m) = (4, 2): parameters["by"] says n_y = 4'),
    (lambda: s.one_to_many_forward(np.ones((4, 2)), A0, R, 0), ValueError, "T_y is 0, wanted at least 1"),
    (lambda: s.one_to_many_forward(np.ones((4, 2)), A0, R, 5, choose="best"), TypeError,
     "choose is of type str, wanted a function"),
    (lambda: s.one_to_many_backward(A, (A, A, [], None, R)), ValueError,
     "caches has 5 entries, wanted 6: (a, y_pred, steps, choose, parameters, cell)"),
    (lambda: s.encoder_decoder_forward(X, A0, R, 5), ValueError,
     'parameters has no key that ends in "[encoder]"; found Wax, Waa, ba, Wya, by'),
    (lambda: s.encoder_decoder_forward(X, A0, TWO, 5, np.ones((6, 4, 2))), ValueError,
     "y has shape (6, 4, 2), wanted (T_y, n_y, m) = (5, 4, 2)"),
    (lambda: s.encoder_decoder_backward(A, (A, None, None, True)), ValueError,
     "caches has 4 entries, wanted 5: (a, encoder, decoder, teacher_forcing, cell)"),
    (lambda: s.clip_by_value({"dW": XT}, 0), ValueError, "limit is 0, wanted a finite number above 0"),
    (lambda: s.clip_by_value([XT], 1), TypeError, "gradients is of type list, wanted a dict of arrays"),
    (lambda: s.gradient_norms_through_time(A[:2], (A, A0, X, R)), ValueError,
     "da has shape (2, 5, 2), wanted (T_x, n_a, m) = (6, 5, 2): caches[0] (a) says T_x = 6 and n_a = 5 and m = 2"),
    (lambda: s.state_gradient_norms(X, [A0], LAYERS, A, s.deep_cell(s.GRU, 2)), ValueError,
     "cell is a 2-layer GRU, wanted one unit: RNN, simplified GRU, GRU, LSTM, peephole LSTM"),
    (lambda: s.sample_streams(R, RNG, 5), ValueError,
     "parameters has n_x = 3 and n_y = 4, wanted one size: that of the vocabulary"),
    (lambda: s.sample_streams(R, RNG, 5, 1, "peephole LSTM"), ValueError,
     "unit is 'peephole LSTM', wanted one of RNN, simplified GRU, GRU, LSTM"),
    (lambda: s.sample_streams(R, RNG, 5, 1, "LSTM"), ValueError,
     'parameters has no key "Wc", wanted Wc, bc, Wu, bu, Wf, bf, Wo, bo, Wya, by'),
    (lambda: s.sample_streams(SAME_SIZE, RNG, 5, 1, "RNN", 0), ValueError,
     "temperature is 0, wanted a finite number above 0"),
    (lambda: s.sample_streams(SAME_SIZE, RNG, 5, 1, "RNN", 1.0, 0), ValueError, "top_k is 0, wanted at least 1"),
]

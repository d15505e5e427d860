"""Chapter 11's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import numpy as np
import pytest
from wrong_answers import called_by_its_name

from autograder import check
from solutions import RNN, part, reverse_sequence, softmax

# --- reverse_sequence ------------------------------------------------------------------------------------------


def flips_it_all(x, lengths=None):
    return np.flip(x, axis=0)


def flips_every_axis(x, lengths=None):
    return np.flip(x).copy()


def flips_the_batch(x, lengths=None):
    return x[..., ::-1]


def flips_the_features(x, lengths=None):
    return np.flip(x, 1)


def exchanges_twice(x, lengths=None):
    out = np.copy(x)
    for i in range(x.shape[2]):
        n = len(x) if lengths is None else lengths[i]
        for t in range(n):
            out[[t, n - 1 - t], :, i] = out[[n - 1 - t, t], :, i]
    return out


def exchanges_views(x, lengths=None):
    out = x.copy()
    for i in range(x.shape[2]):
        n = len(x) if lengths is None else lengths[i]
        for t in range(n // 2):
            out[t, :, i], out[n - 1 - t, :, i] = out[n - 1 - t, :, i], out[t, :, i]
    return out


def begins_with_zeros(x, lengths=None):
    out = np.zeros_like(x)
    for i in range(x.shape[2]):
        n = len(x) if lengths is None else lengths[i]
        for t in range(n):
            out[t, :, i] = x[n - t - 1, :, i]
    return out


def longest_for_all(x, lengths=None):
    n = len(x) if lengths is None else int(np.max(lengths))
    return np.concatenate([x[:n][::-1], x[n:]])


def off_by_one(x, lengths=None):
    out = x.copy()
    for i in range(x.shape[2]):
        n = len(x) if lengths is None else lengths[i]
        out[:n + 1, :, i] = x[:n + 1, :, i][::-1]
    return out


def turns_in_place(x, lengths=None):
    for i in range(x.shape[2]):
        n = len(x) if lengths is None else lengths[i]
        x[:n, :, i] = x[:n, :, i][::-1].copy()
    return x


def returns_too_early(x, lengths=None):
    out = x.copy()
    for i in range(x.shape[2]):
        n = len(x) if lengths is None else lengths[i]
        out[:n, :, i] = x[n - 1::-1, :, i] if n < len(x) else x[::-1, :, i]
        break
    return out


def needs_lengths(x, lengths=None):
    out = x.copy()
    for i, n in enumerate(lengths):
        out[:n, :, i] = np.flip(x[:n, :, i], axis=0)
    return out


# --- birnn_forward ---------------------------------------------------------------------------------------------


def network(x, a0, parameters, cell=RNN, lengths=None, *, there=reverse_sequence, back=reverse_sequence, join=None,
            labels=("forward", "backward"), starts=(0, 1), rows=None):
    """The network in a learner's words; each keyword is a place to go wrong."""
    left, _, cl = cell.forward(x, a0[starts[0]], part(parameters, labels[0]))
    right, _, cr = cell.forward(there(x, lengths), a0[starts[1]], part(parameters, labels[1]))
    right = back(right, lengths)
    a = join(left, right) if join else np.hstack((left, right))
    y_pred = softmax(np.matmul(parameters["Wya"], rows(a) if rows else a) + parameters["by"])
    return a, y_pred, (cl, cr, lengths, cell)


def wrong(**places):
    def answer(x, a0, parameters, cell=RNN, lengths=None):
        return network(x, a0, parameters, cell, lengths, **places)

    return answer


def as_it_is(x, lengths):
    return x


def without_lengths(x, lengths):
    return np.flip(x, axis=0)


def averages_the_scores(x, a0, parameters, cell=RNN, lengths=None):
    a, _, caches = network(x, a0, parameters, cell, lengths)
    W, n_a = parameters["Wya"], a.shape[1] // 2
    one, two = (softmax(W[:, half] @ a[:, half] + parameters["by"]) for half in (slice(n_a), slice(n_a, None)))
    return a, 0.5 * (one + two), caches


def adds_and_halves_the_weights(x, a0, parameters, cell=RNN, lengths=None):
    left, _, cl = cell.forward(x, a0[0], part(parameters, "forward"))
    right, _, cr = cell.forward(reverse_sequence(x, lengths), a0[1], part(parameters, "backward"))
    a = left + reverse_sequence(right, lengths)
    W = parameters["Wya"][:, :left.shape[1]]
    return a, softmax(np.stack([np.dot(W, a_t) for a_t in a]) + parameters["by"]), (cl, cr, lengths, cell)


def hands_the_state_on(x, a0, parameters, cell=RNN, lengths=None):
    left, last, cl = cell.forward(x, a0[0], part(parameters, "forward"))
    right, _, cr = cell.forward(reverse_sequence(x, lengths), last, part(parameters, "backward"))
    a = np.concatenate([left, reverse_sequence(right, lengths)], 1)
    return a, softmax(parameters["Wya"] @ a + parameters["by"]), (cl, cr, lengths, cell)


# --- birnn_summary ---------------------------------------------------------------------------------------------


def takes_the_last(a, lengths=None):
    if lengths is None:
        return a[-1]
    return np.stack([a[n - 1, :, i] for i, n in enumerate(lengths)], axis=-1)


def forgets_the_padding(a, lengths=None):
    n_a = a.shape[1] // 2
    return np.vstack([a[-1, :n_a], a[0, n_a:]])


def forgets_minus_one(a, lengths=None):
    n_a, T_x = a.shape[1] // 2, len(a)
    ends = [T_x - 1] * a.shape[2] if lengths is None else np.minimum(lengths, T_x - 1)
    return np.vstack([np.stack([a[n, :n_a, i] for i, n in enumerate(ends)], axis=1), a[0, n_a:]])


def forgets_to_transpose(a, lengths=None):
    n_a, m = a.shape[1] // 2, a.shape[2]
    ends = (np.full(m, len(a)) if lengths is None else lengths) - 1
    return np.concatenate([a[ends, :n_a, np.arange(m)], a[0, n_a:].T], axis=1)


# --- birnn_backward --------------------------------------------------------------------------------------------


def back(da, caches, *, there=reverse_sequence, again=reverse_sequence, add=np.add, halves=None, states=None,
         label="{}[{}]"):
    """The way back in a learner's words."""
    cf, cb, lengths, cell = caches
    n_a = da.shape[1] // 2
    one, two = halves(da) if halves else (da[:, :n_a], da[:, n_a:])
    left, right = dict(cell.backward(one, cf)), dict(cell.backward(there(two, lengths), cb))
    dx = add(left.pop("dx"), again(right.pop("dx"), lengths))
    da0 = left.pop("da0"), right.pop("da0")
    out = {"dx": dx, "da0": states(*da0) if states else da0}
    for direction, unit in (("forward", left), ("backward", right)):
        out |= {label.format(name, direction): value for name, value in unit.items()}
    return out


def wrong_back(**places):
    def answer(da, caches):
        return back(da, caches, **places)

    return answer


def slice_ends_too_early(x, lengths=None):
    out = x.copy()
    for i, n in enumerate([len(x)] * x.shape[2] if lengths is None else lengths):
        for t, row in enumerate(x[n - 1:0:-1, :, i]):
            out[t, :, i] = row
    return out


def counts_from_n(x, lengths=None):
    if lengths is None:
        return x[::-1]
    out = x.copy()
    for i, n in enumerate(lengths):
        for t in range(n):
            out[t, :, i] = x[n - t, :, i]
    return out


def takes_time_for_the_second_axis(x, lengths=None):
    if lengths is None:
        return x[::-1]
    out = x.copy()
    for i, n in enumerate(lengths):
        out[i, :n] = x[i, :n][::-1]
    return out


def takes_everybody_at_each_end(a, lengths=None):
    n_a = a.shape[1] // 2
    if lengths is None:
        return np.vstack([a[-1, :n_a], a[0, n_a:]])
    return np.concatenate([a[lengths - 1, :n_a], a[0, n_a:]])


def labels_all(da, caches):
    left, right, lengths, cell = caches
    one, two = np.split(da, 2, axis=1)
    units = {"forward": cell.backward(one, left), "backward": cell.backward(reverse_sequence(two, lengths), right)}
    return {f"{name}[{label}]": value for label, found in units.items() for name, value in found.items()}


def softmax_over(**axis):
    def answer(x, a0, parameters, cell=RNN, lengths=None):
        a, _, caches = network(x, a0, parameters, cell, lengths)
        e = np.exp(parameters["Wya"] @ a + parameters["by"])
        return a, e / np.sum(e, **axis), caches

    return answer


def states_in_the_caches(x, a0, parameters, cell=RNN, lengths=None):
    a, y_pred, caches = network(x, a0, parameters, cell, lengths)
    return a, y_pred, (a[:, :len(a0[0])], a[:, len(a0[0]):], *caches[2:])


def always_an_rnn_in_the_caches(x, a0, parameters, cell=RNN, lengths=None):
    a, y_pred, caches = network(x, a0, parameters, cell, lengths)
    return a, y_pred, (*caches[:3], RNN)


MISTAKES = [
    ("reverse_sequence", slice_ends_too_early, "first_step_lost"),
    ("reverse_sequence", counts_from_n, "index_one_too_large"),
    ("reverse_sequence", takes_time_for_the_second_axis, "examples_first"),
    ("birnn_summary", takes_everybody_at_each_end, "all_examples_for_each_length"),
    ("birnn_backward", labels_all, "labels_on_everything"),
    ("birnn_forward", softmax_over(axis=0), "softmax_over_time"),
    ("birnn_forward", softmax_over(axis=-1, keepdims=True), "softmax_over_examples"),
    ("birnn_forward", softmax_over(), "softmax_over_everything"),
    ("birnn_forward", wrong(labels=("[forward]", "[backward]")), "nothing_under_this_label"),
    ("birnn_forward", always_an_rnn_in_the_caches, "another_cell_in_the_caches"),
    ("reverse_sequence", flips_it_all, "padding_turned_too"),
    ("reverse_sequence", flips_every_axis, "everything_turned"),
    ("reverse_sequence", flips_the_batch, "examples_turned"),
    ("reverse_sequence", flips_the_features, "features_turned"),
    ("reverse_sequence", exchanges_twice, "not_turned"),
    ("reverse_sequence", exchanges_views, "exchanged_through_views"),
    ("reverse_sequence", begins_with_zeros, "padding_lost"),
    ("reverse_sequence", longest_for_all, "one_length_for_all"),
    ("reverse_sequence", off_by_one, "one_step_too_many"),
    ("reverse_sequence", turns_in_place, "input_turned_in_place"),
    ("reverse_sequence", returns_too_early, "only_one_example"),
    ("reverse_sequence", needs_lengths, "none_not_foreseen"),
    ("birnn_forward", wrong(there=as_it_is, back=as_it_is), "second_unit_reads_from_the_left"),
    ("birnn_forward", wrong(back=as_it_is), "states_not_turned_back"),
    ("birnn_forward", wrong(there=without_lengths, back=without_lengths), "padding_turned_too"),
    ("birnn_forward", wrong(back=without_lengths), "turned_back_without_lengths"),
    ("birnn_forward", wrong(there=lambda x, n: x[:, :, ::-1], back=lambda a, n: a[:, :, ::-1]), "examples_turned"),
    ("birnn_forward", wrong(labels=("forward", "forward")), "same_weights_for_both"),
    ("birnn_forward", wrong(labels=("backward", "forward")), "weights_exchanged"),
    ("birnn_forward", wrong(starts=(0, 0)), "one_a0_for_both"),
    ("birnn_forward", wrong(starts=(1, 0)), "a0_exchanged"),
    ("birnn_forward", wrong(join=lambda one, two: np.hstack((two, one))), "backward_above_forward"),
    ("birnn_forward", wrong(join=np.add), "rows_do_not_fit"),
    ("birnn_forward", wrong(join=lambda one, two: np.concatenate((one, two))), "rows_do_not_fit"),
    ("birnn_forward", adds_and_halves_the_weights, "summed"),
    ("birnn_forward", averages_the_scores, "two_predictions_averaged"),
    ("birnn_forward", hands_the_state_on, "second_unit_goes_on_from_the_first"),
    ("birnn_summary", takes_the_last, "last_step_of_both"),
    ("birnn_summary", forgets_the_padding, "lengths_ignored"),
    ("birnn_summary", forgets_minus_one, "one_step_too_late"),
    ("birnn_summary", forgets_to_transpose, "examples_as_rows"),
    ("birnn_backward", wrong_back(add=lambda one, two: one), "dx_from_one_direction"),
    ("birnn_backward", wrong_back(again=as_it_is), "dx_not_turned_back"),
    ("birnn_backward", wrong_back(there=as_it_is), "da_not_turned"),
    ("birnn_backward", wrong_back(there=as_it_is, again=as_it_is), "da_not_turned"),
    ("birnn_backward", wrong_back(there=without_lengths, again=without_lengths), "da_turned_without_lengths"),
    ("birnn_backward", wrong_back(add=lambda one, two: np.mean([one, two], axis=0)), "dx_averaged"),
    ("birnn_backward", wrong_back(halves=lambda da: (da, da)), "whole_da_for_both"),
    ("birnn_backward", wrong_back(halves=lambda da: np.split(da, 2, axis=1)[::-1]), "halves_exchanged"),
    ("birnn_backward", wrong_back(states=lambda one, two: (two, one)), "da0_exchanged"),
    ("birnn_backward", wrong_back(states=lambda one, two: one), "da0_of_one_unit"),
    ("birnn_backward", wrong_back(label="{}"), "labels_left_out"),
]

test_a_mistake_in_other_words_is_called_by_its_name = called_by_its_name(MISTAKES, seeds=[0, 5])


def two_mistakes(da, caches):
    return back(da, caches, again=as_it_is, states=lambda one, two: (two, one))


def test_two_mistakes_are_each_told_and_what_is_right_keeps_its_points():
    result = check(two_mistakes, exercise="birnn_backward")
    earned = {part.name: part.points for part in result.parts}
    assert earned["dx"] == earned["da0"] == 0
    assert earned["gradients of the forward unit"] + earned["gradients of the backward unit"] == 9
    assert "turned time" in result.message
    assert "other order" in result.message


@pytest.mark.parametrize(("answer", "words"), [
    (wrong_back(label="{}_{}"), "The result has no key 'dWax[forward]'"),
    (wrong_back(states=lambda one, two: np.zeros(3)), "da0 should have the form of a0"),
    (lambda da, caches: None, "returned None"),
])
def test_a_mistake_without_a_name_is_told_by_what_came_back(answer, words):
    assert words in check(answer, exercise="birnn_backward").message


@pytest.mark.parametrize("answer", [
    wrong_back(label="{}_{}"),
    lambda da, caches: tuple(back(da, caches).values()),
    lambda da, caches: {name: value for name, value in back(da, caches).items() if name != "da0"},
])
def test_nobody_is_told_a_mistake_of_another(answer):
    assert check(answer, exercise="birnn_backward").misconception is None


def test_caches_without_what_the_cell_gave_do_not_pass():
    result = check(states_in_the_caches, exercise="birnn_forward")
    assert [part.name for part in result.parts if part.points == 0] == ["caches"]
    assert "the third thing that `cell.forward` gives" in result.message


def other_caches(x, a0, parameters, cell=RNN, lengths=None):
    a, y_pred, (cl, cr, *_) = network(x, a0, parameters, cell, lengths)
    return a, y_pred, {"left": cl, "right": cr}


def test_caches_in_a_form_of_their_own_cost_their_points_and_no_others():
    result = check(other_caches, exercise="birnn_forward")
    assert result.points == 30
    assert "caches should be the tuple (caches_forward, caches_backward, lengths, cell)" in result.message


def for_a_basic_rnn_only(x, a0, parameters, cell=RNN, lengths=None):
    n_a = a0[0].shape[0]  # an LSTM's first state is a pair
    return network(x, a0, parameters, cell, lengths, join=lambda one, two: np.hstack((one[:, :n_a], two)))


def test_what_is_right_for_a_basic_rnn_alone_earns_all_but_the_other_units():
    result = check(for_a_basic_rnn_only, exercise="birnn_forward")
    assert [part.name for part in result.parts if part.points == 0] == ["a with a GRU and an LSTM"]
    assert "cell = LSTM" in result.message


def test_whoever_ignores_the_lengths_keeps_the_points_of_sequences_without_padding():
    result = check(wrong(there=without_lengths, back=without_lengths), exercise="birnn_forward")
    earned = {part.name: part.points for part in result.parts}
    assert (earned["a"], earned["a with padding"], earned["y_pred"]) == (10, 0, 8)

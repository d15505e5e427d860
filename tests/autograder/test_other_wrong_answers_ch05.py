"""Chapter 5's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import numpy as np
import pytest
from wrong_answers import called_by_its_name

from autograder import check
from autograder.exercises import EXERCISES
from solutions import RNN, many_to_many_forward, one_to_many_forward, part, rnn_forward, softmax

# --- many_to_one_forward ---------------------------------------------------------------------------------------


def one(x, a0, parameters, cell=RNN, *, read=lambda a: a[-1], output=softmax, keep=None, inputs=lambda x: x):
    """The network in a learner's words; each argument is a place to go wrong."""
    a, _, caches = cell.forward(inputs(x), a0, parameters)
    z = np.dot(parameters["Wya"], read(a)) + parameters["by"]
    return output(z), keep(a, caches) if keep else (a, caches, parameters, cell)


def with_(function, **places):
    """A learner's function with some places gone wrong, as a function of the positional arguments alone."""
    return lambda *args: function(*args, **places)


def one_in_a_loop_that_predicts(x, a0, parameters, cell=RNN):
    state, y = a0, []
    for t in range(x.shape[0]):
        at, state, _ = cell.forward(x[t:t + 1], state, parameters)
        y.append(softmax(np.dot(parameters["Wya"], at[0]) + parameters["by"]))
    a, _, caches = cell.forward(x, a0, parameters)
    return np.array(y), (a, caches, parameters, cell)


def one_by_rnn_forward(x, a0, parameters, cell=RNN):
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    return y_pred[-1], (a, caches, parameters, cell)


def one_axis_of_the_softmax(z):
    e = np.exp(z - z.max())
    return e / np.sum(e, axis=1, keepdims=True)


def one_prediction_from_the_second_result(x, a0, parameters, cell=RNN):
    a, last_state, caches = cell.forward(x, a0, parameters)
    y_pred = softmax(np.matmul(parameters["Wya"], np.asarray(last_state)) + parameters["by"])
    return y_pred, (a, caches, parameters, cell)


def one_reads(what):
    """Another state than the last is read."""
    return with_(one, read=what)


def one_by_many(last):
    """The library's many-to-many, and something made of its predictions."""
    def one(x, a0, parameters, cell=RNN):
        y, caches = many_to_many_forward(x, a0, parameters, cell)
        return last(y), caches

    return one


def one_calls_the_cell(x, a0, parameters, cell=RNN):
    a, _, caches = cell(x, a0, parameters)
    return softmax(parameters["Wya"] @ a[-1] + parameters["by"]), (a, caches, parameters, cell)


def one_unpacks_in_another_order(x, a0, parameters, cell=RNN):
    a, caches, _ = cell.forward(x, a0, parameters)
    return softmax(parameters["Wya"] @ a[-1] + parameters["by"]), (a, caches, parameters, cell)


def one_word_for_word(x, a0, parameters, cell=RNN):
    a, state, kept = [], a0, []
    for t in range(len(x)):
        at, state, cache = cell.forward(x[[t]], state, parameters)
        a.append(at[0])
        kept.append(cache)
    return softmax(parameters["Wya"] @ a[-1] + parameters["by"]), (np.stack(a), kept, parameters, cell)


def one_alone(x, a0, parameters, cell=RNN):
    return one(x, a0, parameters, cell)[0]


def over_everything(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


# --- many_to_one_backward --------------------------------------------------------------------------------------


def back(dz, caches, *, place=-1, state=-1, total=np.sum, da=None):
    """The way back in a learner's words."""
    a, inside, parameters, cell = caches
    gradient = np.zeros(a.shape)
    gradient[place] = np.dot(parameters["Wya"].T, dz) if da is None else da(parameters, dz)
    found = cell.backward(gradient, inside)
    found["dWya"] = np.dot(dz, a[state].T)
    found["dby"] = total(dz, axis=1).reshape(-1, 1)
    return found


def back_also_through_the_softmax(dz, caches):
    a, _, p, _ = caches
    y = softmax(p["Wya"] @ a[-1] + p["by"])
    return back(y * (dz - (dz * y).sum(axis=0)), caches)


def back_through_a_basic_rnn(dz, caches):
    a, inside, parameters, _ = caches
    return back(dz, (a, inside, parameters, RNN))


def back_as_given_in_other_words(dz, caches):
    return back(dz, caches, place=slice(None), state=0, total=np.mean)


# --- one_to_many_forward ---------------------------------------------------------------------------------------


def many(x, a0, parameters, T_y, cell=RNN, choose=None, *, feed=None, steps=range, keep_state=True, start=None,
         record=None, stack=np.stack):
    """The loop in a learner's words."""
    xt, state, a, y_pred, caches = start(x) if start else x, a0, [], [], []
    for t in steps(T_y):
        at, after, cache = cell.forward(xt.reshape(1, *xt.shape), state, parameters)
        state = after if keep_state else a0
        y = softmax(np.dot(parameters["Wya"], at[0]) + parameters["by"])
        a.append(at[0])
        y_pred.append(record(y, choose) if record else y)
        caches.append(cache)
        xt = feed(x, at, y, t) if feed else (choose(y) if choose else y)
    return stack(y_pred), (np.stack(a), np.stack(y_pred), caches, choose, parameters, cell)


def many_hard_choice(x, at, y, t):
    hard = np.zeros_like(y)
    hard[np.argmax(y, axis=0), np.arange(y.shape[1])] = 1
    return hard


def many_first_chosen(x, a0, parameters, T_y, cell=RNN, choose=None):
    return many(x if choose is None else choose(x), a0, parameters, T_y, cell, choose)


def many_keeps(change):
    """The right predictions; other things are kept for the way back."""
    def keep(x, a0, parameters, T_y, cell=RNN, choose=None):
        y_pred, caches = many(x, a0, parameters, T_y, cell, choose)
        return y_pred, change(*caches, a0)

    return keep


# --- encoder_decoder_forward -----------------------------------------------------------------------------------


def translate(x, a0, parameters, T_y, y=None, cell=RNN, choose=None, *, late=None, hand_over=None, length=None,
              encoder="encoder", decoder="decoder", first=np.zeros, teacher=True):
    """Encoder and decoder in a learner's words."""
    a, state, inside = cell.forward(x, a0, part(parameters, encoder))
    p = part(parameters, decoder) | {name: part(parameters, "decoder")[name] for name in ("Wya", "by")}
    state = hand_over(a, a0, state) if hand_over else state
    if y is None or not teacher:
        y_pred, written = one_to_many_forward(first((len(p["by"]), x.shape[2])), state, p, length or T_y, cell, choose)
    else:
        inputs = late(y) if late else np.concatenate((np.zeros((1, *y.shape[1:])), y[:-1]), axis=0)
        y_pred, written = many_to_many_forward(inputs, state, p, cell)
    return y_pred, (a, inside, written, y is not None, cell)


def translate_same_length(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    return translate(x, a0, parameters, T_y, y, cell, choose, length=x.shape[0])


def translate_shift_in_place(y):
    shifted = np.zeros(y.shape)
    shifted[:-1] = y[1:]
    return shifted


def translate_asks_the_wrong_way_round(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    a, state, inside = cell.forward(x, a0, part(parameters, "encoder"))
    p = part(parameters, "decoder")
    if y:
        y_pred, written = many_to_many_forward(np.vstack([np.zeros_like(y[:1]), y[:-1]]), state, p, cell)
    else:
        y_pred, written = one_to_many_forward(np.zeros((len(p["by"]), x.shape[2])), state, p, T_y, cell, choose)
    return y_pred, (a, inside, written, y is not None, cell)


def translate_never_free(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    a, state, inside = cell.forward(x, a0, part(parameters, "encoder"))
    inputs = np.concatenate([np.zeros_like(y[:1]), y[:-1]])
    y_pred, written = many_to_many_forward(inputs, state, part(parameters, "decoder"), cell)
    return y_pred, (a, inside, written, True, cell)


def translate_keeps(change):
    """The right predictions; other things are kept for the way back."""
    def keep(*args, **kwargs):
        y_pred, caches = translate(*args, **kwargs)
        return y_pred, change(*caches)

    return keep


def shift_classes(y):
    return np.roll(y, 1, axis=1)


CASES = [
    ("many_to_one_forward", with_(one, read=lambda a: a[0]), "reads_the_first_state"),
    ("many_to_one_forward", with_(one, read=lambda a: np.mean(a, axis=0)), "reads_the_mean_of_the_states"),
    ("many_to_one_forward", with_(one, read=lambda a: sum(a)), "reads_the_sum_of_the_states"),
    ("many_to_one_forward", with_(one, output=lambda z: z), "softmax_left_out"),
    ("many_to_one_forward", with_(one, output=one_axis_of_the_softmax), "softmax_over_the_batch"),
    ("many_to_one_forward", with_(one, output=lambda z: 1 / (1 + np.exp(-z))), "sigmoid_for_softmax"),
    ("many_to_one_forward", with_(one, inputs=lambda x: np.flip(x, 0)), "reads_from_the_end"),
    ("many_to_one_forward", with_(one, keep=lambda a, caches: caches), "caches_incomplete"),
    ("many_to_one_forward", one_in_a_loop_that_predicts, "a_prediction_at_every_step"),
    ("many_to_one_forward", one_by_rnn_forward, "always_the_basic_rnn"),
    ("many_to_one_forward", one_prediction_from_the_second_result, "last_state_of_an_lstm"),
    ("many_to_one_forward", one_reads(lambda a: a[:, :, -1].T), "reads_the_last_example"),
    ("many_to_one_forward", one_by_many(lambda y: y[:, :, -1]), "reads_the_last_example"),
    ("many_to_one_forward", one_by_many(lambda y: np.argmax(y[-1], axis=0)), "class_for_probabilities"),
    ("many_to_one_forward", one_by_many(lambda y: y[-1].T), "examples_in_rows"),
    ("many_to_one_forward", with_(one, output=over_everything), "softmax_over_everything"),
    ("many_to_one_forward", one_calls_the_cell, "cell_called"),
    ("many_to_one_forward", one_unpacks_in_another_order, "last_state_for_the_caches"),
    ("many_to_one_forward", one_word_for_word, "a_cache_for_each_word"),
    ("many_to_one_forward", one_alone, "caches_left_out"),
    ("many_to_one_forward", lambda x, a0, p, c=RNN: one(x, a0, p, c, keep=lambda a, b: (a[-1], b, p, c)),
     "one_state_in_the_caches"),
    ("many_to_one_forward", lambda x, a0, p, c=RNN: one(x, a0, p, c, keep=lambda a, b: (a, b, p)), "caches_incomplete"),
    ("many_to_one_forward", lambda x, a0, p, c=RNN: one(x, np.zeros_like(a0), p, c), "starts_from_zero"),
    ("many_to_one_backward", back_also_through_the_softmax, "softmax_undone_again"),
    ("many_to_one_backward", back_through_a_basic_rnn, "always_the_basic_rnn"),
    ("many_to_one_backward", with_(back, state=-2), "dwya_from_the_state_before"),
    ("many_to_one_backward", lambda dz, c: back(dz, c, place=slice(None), da=lambda p, dz: p["Wya"].T @ dz / len(c[0])),
     "gradient_shared_by_the_steps"),
    ("many_to_one_backward", lambda dz, c: {**back(dz, c), "dby": dz}, "dby_not_summed"),
    ("many_to_one_backward", with_(back, state=0, total=np.mean), "planted_2_left"),
    ("many_to_one_backward", with_(back, place=slice(None)), "planted_1_left"),
    ("many_to_one_backward", with_(back, place=0), "gradient_at_the_first_step"),
    ("many_to_one_backward", with_(back, da=lambda p, dz: np.dot(p["Wya"].T, dz) / dz.shape[1]), "divided_by_m_again"),
    ("one_to_many_forward", with_(many, feed=lambda x, a, y, t: x), "x_at_every_step"),
    ("one_to_many_forward", with_(many, feed=lambda x, a, y, t: 0 * y), "zeros_after_the_first_step"),
    ("one_to_many_forward", with_(many, feed=lambda x, a, y, t: y), "choose_ignored"),
    ("one_to_many_forward", with_(many, feed=many_hard_choice), "always_the_likeliest"),
    ("one_to_many_forward", with_(many, feed=lambda x, a, y, t: a[0]), "state_fed_back"),
    ("one_to_many_forward", with_(many, keep_state=False), "state_not_carried"),
    ("one_to_many_forward", with_(many, start=lambda x: np.zeros(x.shape)), "x_never_read"),
    ("one_to_many_forward", with_(many, steps=lambda T_y: range(T_y + 1)), "one_step_too_many"),
    ("one_to_many_forward", with_(many, stack=lambda y: y[-1]), "only_the_last_prediction"),
    ("one_to_many_forward", with_(many, stack=np.vstack), "steps_stuck_together"),
    ("one_to_many_forward", with_(many, record=lambda y, choose: choose(y) if choose else y),
     "choice_kept_for_the_prediction"),
    ("one_to_many_forward", with_(many, feed=lambda x, a, y, t: x + y), "x_added_to_the_prediction"),
    ("one_to_many_forward", many_first_chosen, "first_input_chosen"),
    ("one_to_many_forward", lambda x, a0, p, n, c=RNN, choose=None: many(
        x, a0, p, n, c, choose, feed=lambda x, a, y, t: choose(y)), "none_called"),
    ("one_to_many_forward", lambda x, a0, p, n, c=RNN, choose=None: many(
        x, a0, p, n, c, choose, feed=lambda x, a, y, t: choose(choose(y)) if choose else y), "chosen_twice"),
    ("one_to_many_forward", lambda x, a0, p, n, c=RNN, choose=None: many(
        x, a0, p, n, c, choose, feed=lambda x, a, y, t: many_hard_choice(x, a, y, t) if choose else y),
     "choose_ignored"),
    ("one_to_many_forward", many_keeps(lambda a, y, steps, choose, p, cell, a0: (a, y, steps, None, p, cell)),
     "caches_incomplete"),
    ("one_to_many_forward", many_keeps(lambda a, y, steps, choose, p, cell, a0: (a, y, steps, choose, p)),
     "caches_incomplete"),
    ("one_to_many_forward", many_keeps(lambda a, y, steps, choose, p, cell, a0: (
        np.stack([a0[0] if isinstance(a0, tuple) else a0, *a[:-1]]), y, steps, choose, p, cell)),
     "states_before_the_steps"),
    ("encoder_decoder_forward", with_(translate, late=lambda y: np.vstack([0 * y[:1], y[1:]])), "targets_not_shifted"),
    ("encoder_decoder_forward", with_(translate, late=shift_classes), "shifted_along_another_axis"),
    ("encoder_decoder_forward", translate_asks_the_wrong_way_round, "targets_taken_for_a_truth"),
    ("encoder_decoder_forward", translate_never_free, "never_free"),
    ("encoder_decoder_forward", lambda x, *args: translate(x, *args, first=lambda _: np.zeros_like(x[0])),
     "first_input_like_x"),
    ("encoder_decoder_forward", translate_keeps(lambda a, e, d, t, cell: (a, e, d, cell)), "caches_incomplete"),
    ("encoder_decoder_forward", translate_keeps(lambda a, e, d, t, cell: (a, e, d, t)), "caches_incomplete"),
    ("encoder_decoder_forward", translate_keeps(lambda a, e, d, t, cell: (a[-1], e, d, t, cell)),
     "one_state_in_the_caches"),
    ("encoder_decoder_forward", lambda x, a0, *more: translate(x, np.zeros_like(a0), *more),
     "encoder_starts_from_zero"),
    ("encoder_decoder_forward", with_(translate, late=lambda y: y), "targets_not_shifted"),
    ("encoder_decoder_forward", with_(translate, late=translate_shift_in_place), "targets_shifted_the_wrong_way"),
    ("encoder_decoder_forward", with_(translate, late=lambda y: np.roll(y, shift=1, axis=0)), "last_target_first"),
    ("encoder_decoder_forward", with_(translate, late=lambda y: np.vstack([y[:1], y[:-1]])), "first_target_twice"),
    ("encoder_decoder_forward", with_(translate, late=lambda y: y[:-1]), "teacher_one_step_short"),
    ("encoder_decoder_forward", with_(translate, hand_over=lambda a, a0, state: a0), "decoder_starts_from_a0"),
    ("encoder_decoder_forward", with_(translate, hand_over=lambda a, a0, state: a[0]),
     "decoder_starts_from_the_first_state"),
    ("encoder_decoder_forward", with_(translate, hand_over=lambda a, a0, state: a[-1]), "memory_of_an_lstm_lost"),
    ("encoder_decoder_forward", with_(translate, hand_over=lambda a, a0, state: 0 * a[-1]), "decoder_starts_from_zero"),
    ("encoder_decoder_forward", with_(translate, encoder="decoder"), "encoder_with_the_decoders_weights"),
    ("encoder_decoder_forward", with_(translate, decoder="encoder"), "decoder_with_the_encoders_weights"),
    ("encoder_decoder_forward", with_(translate, first=np.ones), "first_input_not_zero"),
    ("encoder_decoder_forward", with_(translate, teacher=False), "never_the_teacher"),
    ("encoder_decoder_forward", translate_same_length, "length_of_the_input"),
]

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(CASES)


def test_what_was_only_written_in_other_words_is_not_attempted():
    result = check(back_as_given_in_other_words, exercise="many_to_one_backward")
    assert (result.status, result.points) == ("not attempted", 0.0)


def test_a_network_of_another_cell_keeps_most_of_its_points():
    result = check(one_by_rnn_forward, exercise="many_to_one_forward")
    assert result.points == EXERCISES["many_to_one_forward"].points - 3


@pytest.mark.parametrize("given", [False, True], ids=["free", "forced"])
def test_caches_that_the_way_back_cannot_unpack_cost_their_points(given):
    """Also where only the decoder's are not whole: those of its cell alone have four items as well."""
    def keep(a, encoder, decoder, forced, cell):
        return a, encoder, decoder[1] if forced is given else decoder, forced, cell

    result = check(translate_keeps(keep), exercise="encoder_decoder_forward")
    assert [part.name for part in result.parts if not part.points] == ["caches"]

"""Chapter 3's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import numpy as np
from wrong_answers import called_by_its_name, triples

from solutions import softmax

# --- rnn_cell_forward ------------------------------------------------------------------------------------------


def unpack(parameters):
    return (parameters[name] for name in ("Wax", "Waa", "Wya", "ba", "by"))


def cell_tanh_of_each_product(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    memory = np.tanh(np.dot(Waa, a_prev))
    news = np.tanh(np.dot(Wax, xt) + ba)
    a_next = memory + news
    return a_next, softmax(np.dot(Wya, a_next) + by), (a_next, a_prev, xt, parameters)


def cell_output_before_the_state(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    yt_pred = softmax(np.dot(Wya, a_prev) + by)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


def cell_swapped_by_name(xt, a_prev, parameters):
    Waa, Wax = parameters["Wax"], parameters["Waa"]
    a_next = np.tanh(np.dot(Waa, a_prev) + np.dot(Wax, xt) + parameters["ba"])
    return a_next, softmax(np.dot(parameters["Wya"], a_next) + parameters["by"]), (a_next, a_prev, xt, parameters)


def cell_loop_over_columns_of_waa(xt, a_prev, parameters):
    """The inner loop reads Waa[k, unit]: the transpose, by loops."""
    Wax, Waa, Wya, ba, by = unpack(parameters)
    z = Wax @ xt + ba
    for unit in range(len(Waa)):
        for k in range(len(Waa)):
            z[unit] += Waa[k, unit] * a_prev[k]
    a_next = np.tanh(z)
    return a_next, softmax(Wya @ a_next + by), (a_next, a_prev, xt, parameters)


def cell_logistic_state(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    z = np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba
    a_next = np.exp(z) / (1 + np.exp(z))
    return a_next, softmax(np.dot(Wya, a_next) + by), (a_next, a_prev, xt, parameters)


def cell_relu_by_where(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    z = np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba
    a_next = np.where(z > 0, z, 0)
    return a_next, softmax(np.dot(Wya, a_next) + by), (a_next, a_prev, xt, parameters)


def cell_without_ba_by_einsum(xt, a_prev, parameters):
    Wax, Waa, Wya, _, by = unpack(parameters)
    a_next = np.tanh(np.einsum("ij,jm->im", Waa, a_prev) + np.einsum("ij,jm->im", Wax, xt))
    return a_next, softmax(np.einsum("ij,jm->im", Wya, a_next) + by), (a_next, a_prev, xt, parameters)


def cell_softmax_of_the_whole_array(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(Wax @ xt + Waa @ a_prev + ba)
    scores = Wya @ a_next + by
    powers = np.exp(scores - np.max(scores))
    return a_next, powers / np.sum(powers), (a_next, a_prev, xt, parameters)


def cell_softmax_along_rows(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(Wax @ xt + Waa @ a_prev + ba)
    scores = Wya @ a_next + by
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return a_next, powers / powers.sum(axis=1, keepdims=True), (a_next, a_prev, xt, parameters)


def cell_naive_softmax(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(Wax @ xt + Waa @ a_prev + ba)
    yt_pred = np.exp(Wya @ a_next + by) / np.sum(np.exp(Wya @ a_next + by), axis=0)
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


def cell_logistic_output(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(Wax @ xt + Waa @ a_prev + ba)
    return a_next, 1.0 / (1.0 + np.exp(-np.dot(Wya, a_next) - by)), (a_next, a_prev, xt, parameters)


def cell_stack_x_above_a(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(np.hstack((Waa, Wax)) @ np.vstack((xt, a_prev)) + ba)
    return a_next, softmax(Wya @ a_next + by), (a_next, a_prev, xt, parameters)


def cell_flat_bias(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba.flatten())
    return a_next, softmax(np.dot(Wya, a_next) + by.flatten()), (a_next, a_prev, xt, parameters)


def cell_cache_forgets_the_old_state(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    return a_next, softmax(np.dot(Wya, a_next) + by), (a_next, xt, parameters)


def cell_cache_is_a_dict(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    cache = {"a_next": a_next, "a_prev": a_prev, "xt": xt, "parameters": parameters}
    return a_next, softmax(np.dot(Wya, a_next) + by), cache


def cell_writes_into_the_bias(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    by += np.dot(Wya, a_next).mean(axis=1, keepdims=True)
    return a_next, softmax(np.dot(Wya, a_next) + by), (a_next, a_prev, xt, parameters)


def cell_biases_exchanged(xt, a_prev, parameters):
    Wax, Waa, Wya, by, ba = unpack(parameters)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    return a_next, softmax(np.dot(Wya, a_next) + by), (a_next, a_prev, xt, parameters)


def cell_state_normalised(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = softmax(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    return a_next, softmax(np.dot(Wya, a_next) + by), (a_next, a_prev, xt, parameters)


def cell_star_for_at(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(Wax * xt + Waa * a_prev + ba)
    return a_next, softmax(Wya * a_next + by), (a_next, a_prev, xt, parameters)


def cell_softmax_twice(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    return a_next, softmax(softmax(np.dot(Wya, a_next) + by)), (a_next, a_prev, xt, parameters)


def cell_classes_not_scores(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    return a_next, np.argmax(softmax(np.dot(Wya, a_next) + by), axis=0), (a_next, a_prev, xt, parameters)


# --- rnn_forward -----------------------------------------------------------------------------------------------


def step(xt, a_prev, parameters):
    Wax, Waa, Wya, ba, by = unpack(parameters)
    a_next = np.tanh(Waa @ a_prev + Wax @ xt + ba)
    return a_next, softmax(Wya @ a_next + by)


def empty(x, a0, parameters):
    T_x, _, m = x.shape
    return np.zeros((T_x, len(a0), m)), np.zeros((T_x, len(parameters["by"]), m))


def sequence_reads_the_last_slot(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    for t in range(len(x)):
        a[t], y_pred[t] = step(x[t], a[t - 1], parameters)
    return a, y_pred, (a, a0, x, parameters)


def sequence_never_hands_on(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    for t in range(len(x)):
        a_next, yt_pred = step(x[t], a0, parameters)
        a[t], y_pred[t] = a_next, yt_pred
    return a, y_pred, (a, a0, x, parameters)


def sequence_appends_one_array(x, a0, parameters):
    a, y_pred, state = [], [], np.zeros_like(a0)
    state[:] = a0
    for t in range(len(x)):
        state[:], yt_pred = step(x[t], state, parameters)
        a.append(state)
        y_pred.append(yt_pred)
    return np.array(a), np.array(y_pred), (a, a0, x, parameters)


def sequence_one_step_short(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x) - 1):
        state, y_pred[t] = step(x[t], state, parameters)
        a[t] = state
    return a, y_pred, (a, a0, x, parameters)


def sequence_from_one(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(1, len(x)):
        state, y_pred[t] = step(x[t], state, parameters)
        a[t] = state
    return a, y_pred, (a, a0, x, parameters)


def sequence_a0_in_the_first_slot(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    a[0] = a0
    for t in range(1, len(x)):
        a[t], y_pred[t] = step(x[t], a[t - 1], parameters)
    return a, y_pred, (a, a0, x, parameters)


def sequence_keeps_the_states_before(x, a0, parameters):
    """a holds a<0> … a<T-1>: each state is stored before its step."""
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        a[t] = state
        state, y_pred[t] = step(x[t], state, parameters)
    return a, y_pred, (a, a0, x, parameters)


def sequence_with_a0_too(x, a0, parameters):
    """T_x + 1 states, a0 the first."""
    a, y_pred = [a0], []
    for xt in x:
        state, yt_pred = step(xt, a[-1], parameters)
        a.append(state)
        y_pred.append(yt_pred)
    return np.array(a), np.array(y_pred), (a, a0, x, parameters)


def sequence_first_input_always(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        state, y_pred[t] = step(x[0], state, parameters)
        a[t] = state
    return a, y_pred, (a, a0, x, parameters)


def sequence_backwards(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x) - 1, -1, -1):
        state, y_pred[t] = step(x[t], state, parameters)
        a[t] = state
    return a, y_pred, (a, a0, x, parameters)


def sequence_last_prediction_everywhere(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        state, yt_pred = step(x[t], state, parameters)
        a[t] = state
        y_pred[:] = yt_pred
    return a, y_pred, (a, a0, x, parameters)


def sequence_time_last(x, a0, parameters):
    (T_x, _, m), (n_y, n_a) = x.shape, parameters["Wya"].shape
    a, y_pred, state = np.zeros((n_a, m, T_x)), np.zeros((n_y, m, T_x)), a0
    for t in range(T_x):
        state, yt_pred = step(x[t], state, parameters)
        a[:, :, t], y_pred[:, :, t] = state, yt_pred
    return a, y_pred, (a, a0, x, parameters)


def sequence_batch_first(x, a0, parameters):
    a, y_pred, state = [], [], a0
    for xt in x:
        state, yt_pred = step(xt, state, parameters)
        a.append(state.T)
        y_pred.append(yt_pred.T)
    return np.stack(a, axis=1), np.stack(y_pred, axis=1), (a, a0, x, parameters)


def sequence_of_whole_numbers(x, a0, parameters):
    a, y_pred = np.zeros((len(x), *a0.shape), dtype=int), []
    state = a0
    for t in range(len(x)):
        state, yt_pred = step(x[t], state, parameters)
        a[t] = state
        y_pred.append(yt_pred)
    return a, np.array(y_pred), (a, a0, x, parameters)


def sequence_softmax_at_the_end_over_time(x, a0, parameters):
    a, _ = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        state, _ = step(x[t], state, parameters)
        a[t] = state
    scores = np.array([parameters["Wya"] @ a[t] + parameters["by"] for t in range(len(x))])
    powers = np.exp(scores - scores.max(axis=0))
    return a, powers / powers.sum(axis=0), (a, a0, x, parameters)


def sequence_overwrites_a0(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    for t in range(len(x)):
        a0[:], y_pred[t] = step(x[t], a0, parameters)
        a[t] = a0
    return a, y_pred, (a, a0, x, parameters)


def sequence_output_as_next_state(x, a0, parameters):
    """The prediction and the state are unpacked in the wrong order in the loop."""
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        y_pred[t], state = step(x[t], state, parameters)
        a[t] = state
    return a, y_pred, (a, a0, x, parameters)


def sequence_memory_of_two_steps_ago(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    before, state = a0, a0
    for t in range(len(x)):
        after, y_pred[t] = step(x[t], before, parameters)
        before, state = state, after
        a[t] = after
    return a, y_pred, (a, a0, x, parameters)


def sequence_returns_in_the_loop(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        state, y_pred[t] = step(x[t], state, parameters)
        a[t] = state
        return a, y_pred, (a, a0, x, parameters)
    return None


def sequence_only_the_last(x, a0, parameters):
    """Many-to-one by mistake: only the last state and prediction come back."""
    state = a0
    for xt in x:
        state, yt_pred = step(xt, state, parameters)
    return state, yt_pred, (state, a0, x, parameters)


def sequence_results_swapped(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        state, y_pred[t] = step(x[t], state, parameters)
        a[t] = state
    return y_pred, a, (a, a0, x, parameters)


def sequence_without_caches(x, a0, parameters):
    a, y_pred = empty(x, a0, parameters)
    state = a0
    for t in range(len(x)):
        state, y_pred[t] = step(x[t], state, parameters)
        a[t] = state
    return a, y_pred


# --- stack_parameters, count_parameters ------------------------------------------------------------------------


def stack_hstack_x_first(parameters):
    return np.hstack((parameters["Wax"], parameters["Waa"]))


def stack_vstack(parameters):
    return np.vstack((parameters["Waa"], parameters["Wax"]))


def stack_vstack_of_transposes(parameters):
    return np.vstack((parameters["Waa"].T, parameters["Wax"].T))


def stack_product(parameters):
    return parameters["Waa"] @ parameters["Wax"]


def stack_default_axis(parameters):
    return np.concatenate((parameters["Waa"], parameters["Wax"]))


def stack_with_wya(parameters):
    return np.concatenate([parameters["Waa"], parameters["Wya"].T], axis=1)


def stack_as_pair(parameters):
    return parameters["Waa"], parameters["Wax"]


def stack_extends_in_place(parameters):
    Wa = np.concatenate([parameters["Waa"], parameters["Wax"]], axis=1)
    parameters["Wa"] = Wa
    return Wa


def stack_flat(parameters):
    return np.append(parameters["Waa"], parameters["Wax"])


def count_weights_only(n_x, n_a, n_y):
    return n_a * (n_a + n_x) + n_a * n_y


def count_as_the_notes_slip(n_x, n_a, n_y):
    return n_a * n_a * n_x + n_a + n_y * n_a + n_y


def count_steps_too(n_x, n_a, n_y):
    T_x = 10
    return T_x * (n_a * n_x + n_a * n_a + n_y * n_a + n_a + n_y)


def count_one_bias_each(n_x, n_a, n_y):
    return n_a * n_x + n_a * n_a + n_y * n_a + 2


def count_sum_of_sizes(n_x, n_a, n_y):
    return n_x + n_a + n_y


def count_square_input(n_x, n_a, n_y):
    return n_x * n_a + n_x * n_x + n_a * n_y + n_a + n_y


def count_by_hidden_only(n_x, n_a, n_y):
    Wax, Waa, ba = np.zeros((n_a, n_x)), np.zeros((n_a, n_a)), np.zeros((n_a, 1))
    return Wax.size + Waa.size + ba.size


WRONG = {
    "rnn_cell_forward": {
        cell_tanh_of_each_product: "tanh_per_term",
        cell_output_before_the_state: "y_from_a_prev",
        cell_swapped_by_name: "Wax_Waa_swapped",
        cell_loop_over_columns_of_waa: "Waa_transposed",
        cell_logistic_state: "sigmoid_for_tanh",
        cell_relu_by_where: "relu_for_tanh",
        cell_without_ba_by_einsum: "state_bias_missing",
        cell_softmax_of_the_whole_array: "softmax_over_examples",
        cell_softmax_along_rows: "softmax_over_examples",
        cell_naive_softmax: "softmax_overflows",
        cell_logistic_output: "sigmoid_for_softmax",
        cell_stack_x_above_a: "stacked_in_other_order",
        cell_flat_bias: "bias_along_the_batch",
        cell_cache_forgets_the_old_state: "cache_incomplete",
        cell_cache_is_a_dict: "cache_incomplete",
        cell_biases_exchanged: "biases_swapped",
        cell_state_normalised: "softmax_on_the_state",
        cell_star_for_at: "star_for_matrix_product",
        cell_softmax_twice: "softmax_twice",
        cell_writes_into_the_bias: "",
        cell_classes_not_scores: "class_for_probabilities",
    },
    "rnn_forward": {
        sequence_reads_the_last_slot: "a0_ignored",
        sequence_never_hands_on: "a0_at_every_step",
        sequence_appends_one_array: "all_steps_the_last",
        sequence_one_step_short: "last_step_lost",
        sequence_from_one: "first_step_lost",
        sequence_a0_in_the_first_slot: "a0_in_the_first_slot",
        sequence_keeps_the_states_before: "states_one_late",
        sequence_with_a0_too: "a0_among_the_states",
        sequence_first_input_always: "same_input_at_every_step",
        sequence_backwards: "time_reversed",
        sequence_last_prediction_everywhere: "y_from_the_last_state",
        sequence_time_last: "sequence_time_last",
        sequence_batch_first: "axes_in_another_order",
        sequence_of_whole_numbers: "sequence_whole_numbers",
        sequence_softmax_at_the_end_over_time: "softmax_over_time",
        sequence_overwrites_a0: "a0_overwritten",
        sequence_returns_in_the_loop: "return_in_the_loop",
        sequence_only_the_last: "only_the_last_step",
        sequence_results_swapped: "sequence_results_swapped",
        sequence_without_caches: "caches_missing",
        sequence_output_as_next_state: "states_and_predictions_mixed",
        sequence_memory_of_two_steps_ago: "",
    },
    "stack_parameters": {
        stack_hstack_x_first: "x_before_a",
        stack_vstack: "stacked_below",
        stack_default_axis: "stacked_below",
        stack_vstack_of_transposes: "stack_transposed",
        stack_product: "matrices_multiplied",
        stack_with_wya: "",
        stack_as_pair: "",
        stack_extends_in_place: "",
        stack_flat: "stack_flat",
    },
    "count_parameters": {
        count_weights_only: "biases_not_counted",
        count_as_the_notes_slip: "stacked_rows_multiplied",
        count_by_hidden_only: "output_not_counted",
        count_steps_too: "",
        count_one_bias_each: "one_number_for_a_bias",
        count_sum_of_sizes: "",
        count_square_input: "square_input",
    },
}

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(triples(WRONG))

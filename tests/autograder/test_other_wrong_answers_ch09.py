"""Chapter 9's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import numpy as np
import pytest
from wrong_answers import called_by_its_name

from autograder import check
from solutions import gru_cell_forward, sigmoid, softmax

# --- gru_cell_forward_simplified -------------------------------------------------------------------------------


def simple(xt, a_prev, parameters, *, gate=sigmoid, activation=np.tanh, mix=None, order=None, state=None):
    """The unit in a learner's words; each argument is a place to go wrong."""
    concat = np.concatenate(order(a_prev, xt) if order else (a_prev, xt), axis=0)
    cct = activation(np.dot(parameters["Wc"], concat) + parameters["bc"])
    ut = gate(np.dot(parameters["Wu"], concat) + parameters["bu"])
    c_next = mix(ut, cct, a_prev) if mix else np.multiply(ut, cct) + np.multiply(1 - ut, a_prev)
    a_next = state(c_next, ut, cct) if state else c_next
    return a_next, softmax(np.dot(parameters["Wya"], a_next) + parameters["by"]), (
        a_next, a_prev, cct, ut, xt, parameters)


def simple_z_convention(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, mix=lambda z, new, old: new + z * (old - new))


def simple_no_old(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, mix=lambda u, new, old: np.multiply(u, new))


def simple_no_parentheses(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, mix=lambda u, new, old: u * new + 1 - u * old)


def simple_residual(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, mix=lambda u, new, old: old + u * new)


def simple_threshold(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, gate=lambda z: np.where(z > 0, 1.0, 0.0))


def simple_tanh_gate(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, gate=np.tanh)


def simple_sigmoid_candidate(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, activation=lambda z: 1 / (1 + np.exp(-z)))


def simple_both_the_wrong_way(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, activation=sigmoid, gate=np.tanh)


def simple_x_first(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, order=lambda a, x: (x, a))


def simple_without_a_cache(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters)[:2]


def simple_without_a_prediction(xt, a_prev, parameters):
    a_next, _, cache = simple(xt, a_prev, parameters)
    return a_next, cache


def simple_results_of_an_lstm(xt, a_prev, parameters):
    a_next, yt_pred, cache = simple(xt, a_prev, parameters)
    return a_next, a_next.copy(), yt_pred, cache


def simple_own_sigmoid_overflows(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, gate=lambda z: np.exp(z) / (np.exp(z) + 1))


def simple_with_a_reset_gate(xt, a_prev, parameters):
    r = sigmoid(parameters["Wr"] @ np.vstack((a_prev, xt)) + parameters["br"])
    return simple(xt, r * a_prev, parameters)


def simple_star(xt, a_prev, parameters):
    return np.tanh(parameters["Wc"] * np.vstack((a_prev, xt)) + parameters["bc"])


def simple_lstm_output(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, state=lambda c, u, new: np.tanh(c))


def simple_hands_out_the_candidate(xt, a_prev, parameters):
    return simple(xt, a_prev, parameters, state=lambda c, u, new: new)


def simple_c_equals_a(xt, a_prev, parameters):
    _, _, cache = simple(xt, a_prev, parameters)
    return a_prev, softmax(parameters["Wya"] @ a_prev + parameters["by"]), (a_prev, *cache[1:])


def simple_forgets_the_candidate_in_the_cache(xt, a_prev, parameters):
    a, y, (_, _, _, ut, _, _) = simple(xt, a_prev, parameters)
    return a, y, (a, a_prev, ut, xt, parameters)


def simple_y_from_the_old_state(xt, a_prev, parameters):
    a, _, cache = simple(xt, a_prev, parameters)
    return a, softmax(np.dot(parameters["Wya"], a_prev) + parameters["by"]), cache


# --- gru_cell_forward ------------------------------------------------------------------------------------------


def cell(xt, a_prev, parameters, *, gates=("u", "r"), biases=("u", "r"), candidate=None, mix=None):
    """The full unit in a learner's words."""
    concat = np.vstack((a_prev, xt))
    ut, rt = (sigmoid(np.dot(parameters["W" + g], concat) + parameters["b" + b])
              for g, b in zip(gates, biases, strict=True))
    Wc, bc = parameters["Wc"], parameters["bc"]
    if candidate:
        cct = candidate(Wc, bc, rt, ut, a_prev, xt)
    else:
        cct = np.tanh(np.dot(Wc, np.vstack((rt * a_prev, xt))) + bc)
    c = mix(ut, rt, cct, a_prev) if mix else ut * cct + (1 - ut) * a_prev
    return c, softmax(np.dot(parameters["Wya"], c) + parameters["by"]), (c, a_prev, cct, ut, rt, xt, parameters)


def cell_pytorch_reset(xt, a_prev, parameters):
    n_a = len(a_prev)
    return cell(xt, a_prev, parameters, candidate=lambda Wc, bc, rt, ut, a, x: np.tanh(
        np.dot(Wc[:, n_a:], x) + bc + rt * np.dot(Wc[:, :n_a], a)))


def cell_pytorch_in_full(xt, a_prev, parameters):
    n_a = len(a_prev)

    def candidate(Wc, bc, rt, ut, a, x):
        return np.tanh(np.dot(Wc[:, n_a:], x) + bc + rt * np.dot(Wc[:, :n_a], a))

    return cell(xt, a_prev, parameters, candidate=candidate, mix=lambda z, r, n, h: (1 - z) * n + z * h)


def cell_keras_update(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters, mix=lambda z, r, n, h: z * h + (1 - z) * n)


def cell_without_reset(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters, candidate=lambda Wc, bc, rt, ut, a, x: np.tanh(Wc @ np.vstack((a, x)) + bc))


def cell_reset_on_the_input(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters,
                candidate=lambda Wc, bc, rt, ut, a, x: np.tanh(Wc @ np.vstack((a, rt * x)) + bc))


def cell_gates_read_each_other(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters, gates=("r", "u"), biases=("r", "u"))


def cell_one_bias(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters, biases=("c", "c"))


def cell_one_gate(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters, gates=("u", "u"), biases=("u", "u"))


def cell_forget_gate(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters, mix=lambda u, r, new, old: u * new + r * old)


def cell_resets_the_memory_itself(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters, mix=lambda u, r, new, old: u * new + (1 - u) * (r * old))


def cell_resets_after_the_tanh(xt, a_prev, parameters):
    return cell(xt, a_prev, parameters,
                candidate=lambda Wc, bc, rt, ut, a, x: rt * np.tanh(Wc @ np.vstack((a, x)) + bc))


def cell_writes_into_its_argument(xt, a_prev, parameters):
    c, y, cache = cell(xt, a_prev, parameters)
    a_prev *= 0
    a_prev += c
    return a_prev, y, (a_prev, a_prev, *cache[2:])


def cell_flat_biases(xt, a_prev, parameters):
    flat = parameters | {name: parameters[name].ravel() for name in ("bc", "bu", "br")}
    c, y, cache = cell(xt, a_prev, flat)
    return c, y, (*cache[:-1], parameters)


# --- gru_forward -----------------------------------------------------------------------------------------------


def run(x, a0, parameters, *, steps=None, before=None, collect=None):
    """The loop in a learner's words."""
    a, y = np.zeros((len(x), *a0.shape)), np.zeros((len(x), len(parameters["by"]), a0.shape[1]))
    a_prev = a0
    for t in steps(len(x)) if steps else range(len(x)):
        source = before(t, a, a0) if before else a_prev
        a_prev, y[t], _ = gru_cell_forward(x[t], source, parameters)
        a[t] = a_prev
    return a, y, ()


def run_from_the_empty_slot(x, a0, parameters):
    return run(x, a0, parameters, before=lambda t, a, a0: a[t - 1])


def run_without_memory(x, a0, parameters):
    return run(x, a0, parameters, before=lambda t, a, a0: a0)


def run_one_step_short(x, a0, parameters):
    return run(x, a0, parameters, steps=lambda T: range(0, T - 1))


def run_from_the_second_step(x, a0, parameters):
    return run(x, a0, parameters, steps=lambda T: range(1, T))


def run_time_last(x, a0, parameters):
    a, y, caches = run(x, a0, parameters)
    return np.stack(list(a), axis=-1), np.stack(list(y), axis=-1), caches


def run_one_array_for_all(x, a0, parameters):
    a, states, outputs = a0.copy(), [], []
    for xt in x:
        a[:], y, _ = gru_cell_forward(xt, a, parameters)
        states.append(a)
        outputs.append(y)
    return np.array(states), np.array(outputs), states


def run_lists_of_one_step_less(x, a0, parameters):
    a, states, predictions = a0, [], []
    for t in range(x.shape[0] - 1):
        a, y, _ = gru_cell_forward(x[t], a, parameters)
        states.append(a)
        predictions.append(y)
    return np.stack(states), np.stack(predictions), ()


def run_reads_time_last(x, a0, parameters):
    steps = [(a0, None, None)]
    for t in range(x.shape[2]):
        steps.append(gru_cell_forward(x[:, :, t], steps[-1][0], parameters))
    a, y, caches = zip(*steps[1:], strict=True)
    return np.stack(a), np.stack(y), caches


def run_return_inside(x, a0, parameters):
    a, y = [], []
    for xt in x:
        a0, yt, cache = gru_cell_forward(xt, a0, parameters)
        a.append(a0)
        y.append(yt)
        return np.array(a), np.array(y), cache
    return None


def run_carries_the_candidate(x, a0, parameters):
    states, outputs = [], []
    for xt in x:
        a, y, cache = gru_cell_forward(xt, a0, parameters)
        states.append(a)
        outputs.append(y)
        a0 = cache[2]
    return np.array(states), np.array(outputs), []


def run_results_of_the_cell_confused(x, a0, parameters):
    a, y, caches = run(x, a0, parameters)
    return y, a, caches


def run_whole_numbers(x, a0, parameters):
    a, y, caches = run(x, a0, parameters)
    return a.astype(int), y, caches


# --- gru_cell_backward -----------------------------------------------------------------------------------------


def back(da_next, cache, *, leave_out=(), slopes=None, delta_u=None, delta_r=None, read=None, sums=np.sum, direct=None):
    """The way back in a learner's words."""
    _, c, new, u, r, xt, p = cache
    n_a = len(c)
    slope = {"c": 1 - new**2, "u": u * (1 - u), "r": r * (1 - r)} | (slopes(new, u, r) if slopes else {})
    dz_c = da_next * u * slope["c"]
    dz_u = (delta_u(da_next, new, c) if delta_u else da_next * (new - c)) * slope["u"]
    d_product = np.dot(p["Wc"].T, dz_c)
    dz_r = (delta_r(d_product[:n_a], c) if delta_r else d_product[:n_a] * c) * slope["r"]
    ways = {"direct": direct(da_next, u) if direct else da_next * (1 - u), "candidate": d_product[:n_a] * r,
            "u": np.dot(p["Wu"][:, :n_a].T, dz_u), "r": np.dot(p["Wr"][:, :n_a].T, dz_r)}
    gradients = {"da_prev": sum(way for name, way in ways.items() if name not in leave_out)}
    gradients["dxt"] = sum(np.dot(p["W" + g][:, n_a:].T, dz) for g, dz in (("c", dz_c), ("u", dz_u), ("r", dz_r))
                           if g not in leave_out)
    what = {"c": r * c, "u": c, "r": c} | (read(c, r) if read else {})
    for gate, dz in ("c", dz_c), ("u", dz_u), ("r", dz_r):
        gradients["dW" + gate] = np.dot(dz, np.concatenate((what[gate], xt)).T)
        gradients["db" + gate] = sums(dz, axis=1, keepdims=True)
    return gradients


def back_without_the_direct_way(da_next, cache):
    return back(da_next, cache, leave_out=["direct"])


def back_without_the_reset_gate(da_next, cache):
    return back(da_next, cache, leave_out=["r"])


def back_without_the_update_gate(da_next, cache):
    return back(da_next, cache, leave_out=["u"])


def back_without_the_candidate(da_next, cache):
    return back(da_next, cache, leave_out=["candidate"])


def back_without_any_sigmoid_slope(da_next, cache):
    return back(da_next, cache, slopes=lambda new, u, r: {"u": 1, "r": 1})


def back_tanh_slopes_everywhere(da_next, cache):
    return back(da_next, cache, slopes=lambda new, u, r: {"u": 1 - u**2, "r": 1 - r**2})


def back_candidate_slope_forgotten(da_next, cache):
    return back(da_next, cache, slopes=lambda new, u, r: {"c": 1})


def back_gate_only_on_the_candidate(da_next, cache):
    return back(da_next, cache, delta_u=lambda da, new, c: da * new)


def back_difference_turned_round(da_next, cache):
    return back(da_next, cache, delta_u=lambda da, new, c: np.multiply(c - new, da))


def back_reset_delta_without_c(da_next, cache):
    return back(da_next, cache, delta_r=lambda d, c: d)


def back_weights_of_the_candidate_with_c(da_next, cache):
    return back(da_next, cache, read=lambda c, r: {"c": c})


def back_all_weights_with_the_reset_memory(da_next, cache):
    return back(da_next, cache, read=lambda c, r: {"u": r * c, "r": r * c})


def back_candidate_slope_from_the_state(da_next, cache):
    return back(da_next, cache, slopes=lambda new, u, r: {"c": 1 - cache[0]**2})


def back_reset_gate_with_the_update_slope(da_next, cache):
    return back(da_next, cache, slopes=lambda new, u, r: {"r": u * (1 - u)})


def back_means(da_next, cache):
    return back(da_next, cache, sums=np.mean)


def back_flat_biases(da_next, cache):
    return back(da_next, cache, sums=lambda dz, axis, keepdims: dz.sum(axis=axis))


def back_gate_on_the_direct_way(da_next, cache):
    return back(da_next, cache, direct=lambda da, u: u * da)


def back_no_gate_on_the_direct_way(da_next, cache):
    return back(da_next, cache, direct=lambda da, u: da)


def back_through_a_tanh_that_is_not_there(da_next, cache):
    return back((1 - np.square(cache[0])) * da_next, cache)


def back_unpacks_the_gates_the_other_way(da_next, cache):
    a, c, new, r, u, xt, p = cache
    return back(da_next, (a, c, new, u, r, xt, p))


CASES = [
    ("gru_cell_forward_simplified", simple_z_convention, "update_gate_turned_round"),
    ("gru_cell_forward_simplified", simple_no_old, "nothing_kept"),
    ("gru_cell_forward_simplified", simple_no_parentheses, "parentheses_of_the_update"),
    ("gru_cell_forward_simplified", simple_residual, "all_of_the_old_kept"),
    ("gru_cell_forward_simplified", simple_threshold, "gate_as_a_switch"),
    ("gru_cell_forward_simplified", simple_tanh_gate, "tanh_on_the_gate"),
    ("gru_cell_forward_simplified", simple_sigmoid_candidate, "candidate_through_the_sigmoid"),
    ("gru_cell_forward_simplified", simple_both_the_wrong_way, "activations_exchanged"),
    ("gru_cell_forward_simplified", simple_x_first, "x_above_c"),
    ("gru_cell_forward_simplified", simple_lstm_output, "tanh_of_the_memory"),
    ("gru_cell_forward_simplified", simple_hands_out_the_candidate, "gate_never_used"),
    ("gru_cell_forward_simplified", simple_c_equals_a, "old_state_handed_out"),
    ("gru_cell_forward_simplified", simple_forgets_the_candidate_in_the_cache, "cache_incomplete"),
    ("gru_cell_forward_simplified", simple_y_from_the_old_state, "y_from_a_prev"),
    ("gru_cell_forward_simplified", simple_without_a_cache, "cache_not_returned"),
    ("gru_cell_forward_simplified", simple_without_a_prediction, "prediction_not_returned"),
    ("gru_cell_forward_simplified", simple_results_of_an_lstm, "memory_returned_too"),
    ("gru_cell_forward_simplified", simple_own_sigmoid_overflows, "sums_overflow"),
    ("gru_cell_forward_simplified", simple_with_a_reset_gate, "reset_gate_in_the_simplified_unit"),
    ("gru_cell_forward_simplified", simple_star, "weights_entry_by_entry"),
    ("gru_cell_forward", cell_pytorch_reset, "reset_after_the_product"),
    ("gru_cell_forward", cell_pytorch_in_full, "both_conventions_of_another_library"),
    ("gru_cell_forward", cell_keras_update, "update_gate_turned_round"),
    ("gru_cell_forward", cell_without_reset, "reset_left_out"),
    ("gru_cell_forward", cell_reset_on_the_input, "reset_on_x"),
    ("gru_cell_forward", cell_gates_read_each_other, "gates_exchanged"),
    ("gru_cell_forward", cell_one_bias, "one_bias_for_all"),
    ("gru_cell_forward", cell_one_gate, "one_gate_for_both"),
    ("gru_cell_forward", cell_forget_gate, "reset_gate_as_forget_gate"),
    ("gru_cell_forward", cell_resets_the_memory_itself, "reset_memory_carried_on"),
    ("gru_cell_forward", cell_resets_after_the_tanh, "reset_after_the_tanh"),
    ("gru_cell_forward", cell_writes_into_its_argument, "state_overwritten"),
    ("gru_cell_forward", cell_flat_biases, "bias_along_the_batch"),
    ("gru_forward", run_from_the_empty_slot, "a0_ignored"),
    ("gru_forward", run_lists_of_one_step_less, "last_step_lost"),
    ("gru_forward", run_reads_time_last, "input_read_time_last"),
    ("gru_forward", run_without_memory, "a0_at_every_step"),
    ("gru_forward", run_one_step_short, "last_step_lost"),
    ("gru_forward", run_from_the_second_step, "first_step_lost"),
    ("gru_forward", run_time_last, "time_last"),
    ("gru_forward", run_one_array_for_all, "all_steps_the_last"),
    ("gru_forward", run_return_inside, "return_in_the_loop"),
    ("gru_forward", run_carries_the_candidate, "candidate_carried_on"),
    ("gru_forward", run_results_of_the_cell_confused, "results_swapped"),
    ("gru_forward", run_whole_numbers, "whole_numbers"),
    ("gru_cell_backward", back_without_the_direct_way, "direct_way_left_out"),
    ("gru_cell_backward", back_without_the_reset_gate, "reset_way_left_out"),
    ("gru_cell_backward", back_without_the_update_gate, "update_way_left_out"),
    ("gru_cell_backward", back_without_the_candidate, "candidate_way_left_out"),
    ("gru_cell_backward", back_without_any_sigmoid_slope, "both_gate_slopes_left_out"),
    ("gru_cell_backward", back_tanh_slopes_everywhere, "tanh_slope_for_gates"),
    ("gru_cell_backward", back_candidate_slope_forgotten, "candidate_slope_left_out"),
    ("gru_cell_backward", back_gate_only_on_the_candidate, "update_gate_acts_once"),
    ("gru_cell_backward", back_difference_turned_round, "update_gate_sign"),
    ("gru_cell_backward", back_reset_delta_without_c, "reset_gate_without_the_memory"),
    ("gru_cell_backward", back_weights_of_the_candidate_with_c, "dWc_without_the_reset_gate"),
    ("gru_cell_backward", back_all_weights_with_the_reset_memory, "gate_weights_from_the_reset_memory"),
    ("gru_cell_backward", back_candidate_slope_from_the_state, "candidate_slope_from_the_state"),
    ("gru_cell_backward", back_reset_gate_with_the_update_slope, "slope_of_the_other_gate"),
    ("gru_cell_backward", back_means, "biases_averaged"),
    ("gru_cell_backward", back_flat_biases, "biases_without_their_column"),
    ("gru_cell_backward", back_gate_on_the_direct_way, "direct_way_with_the_gate"),
    ("gru_cell_backward", back_no_gate_on_the_direct_way, "factor_of_the_direct_way_left_out"),
    ("gru_cell_backward", back_through_a_tanh_that_is_not_there, "slope_of_the_new_state"),
    ("gru_cell_backward", back_unpacks_the_gates_the_other_way, "cache_in_another_order"),
]

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(CASES)


@pytest.mark.parametrize("function", [simple_z_convention, cell_pytorch_reset, cell_keras_update])
def test_what_is_right_in_another_convention_is_told_so(function):
    exercise = "gru_cell_forward_simplified" if function is simple_z_convention else "gru_cell_forward"
    result = check(function, exercise=exercise)
    assert "right in another convention" in result.message
    assert result.link.endswith("#gru-other-conventions")

"""Chapter 10's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import numpy as np
import pytest
from wrong_answers import called_by_its_name

from autograder import check
from solutions import lstm_cell_backward, lstm_cell_forward, sigmoid, softmax

GATES = "cufo"


def zero_if_none(c0, a0):
    return np.zeros(a0.shape) if c0 is None else c0


# --- lstm_cell_forward, and the same with peepholes ------------------------------------------------------------


def cell(xt, a_prev, c_prev, p, *, names=None, biases=None, gate=sigmoid, mix=None, show=None, read=None, peep=None):
    """The unit in a learner's words; each argument is a place to go wrong."""
    names, biases = dict(names or {}), dict(biases or {})
    concat = np.concatenate(read(a_prev, c_prev, xt) if read else (a_prev, xt), axis=0)

    def z(g):
        return np.dot(p["W" + names.get(g, g)], concat) + p["b" + biases.get(g, names.get(g, g))]

    cct = np.tanh(z("c"))
    peep = peep or (lambda g, p, c, c_prev: 0)
    it, ft = gate(z("u") + peep("u", p, c_prev, c_prev)), gate(z("f") + peep("f", p, c_prev, c_prev))
    c_next = mix(it, ft, cct, c_prev) if mix else np.multiply(ft, c_prev) + np.multiply(it, cct)
    ot = gate(z("o") + peep("o", p, c_next, c_prev))
    a_next = show(ot, c_next, cct) if show else np.multiply(ot, np.tanh(c_next))
    yt_pred = softmax(np.dot(p["Wya"], a_next) + p["by"])
    return a_next, c_next, yt_pred, (a_next, c_next, a_prev, c_prev, cct, it, ft, ot, xt, p)


def variant(**places):
    """A cell with these places gone wrong."""
    return lambda xt, a_prev, c_prev, parameters: cell(xt, a_prev, c_prev, parameters, **places)


def cell_gates_the_other_way(xt, a_prev, c_prev, parameters):
    return cell(xt, a_prev, c_prev, parameters, mix=lambda i, f, new, old: i * old + f * new)


def cell_arguments_exchanged(xt, a_prev, c_prev, parameters):
    a, c, y, cache = cell(xt, c_prev, a_prev, parameters)
    return a, c, y, (a, c, a_prev, c_prev, *cache[4:])


def cell_with_the_cache_of_another_edition(xt, a_prev, c_prev, parameters):
    a, c, y, (*_, new, i, f, o, _, _) = cell(xt, a_prev, c_prev, parameters)
    return a, c, y, (a, c, a_prev, c_prev, f, i, new, o, xt, parameters)


def cell_memory_in_place(xt, a_prev, c_prev, parameters):
    a, c, y, cache = cell(xt, a_prev, c_prev.copy(), parameters)
    c_prev[...] = c
    return a, c_prev, y, (a, c_prev, a_prev, c_prev, *cache[4:])


def cell_y_from_the_memory(xt, a_prev, c_prev, parameters):
    a, c, _, cache = cell(xt, a_prev, c_prev, parameters)
    return a, c, softmax(parameters["Wya"].dot(c) + parameters["by"]), cache


def cell_two_results(xt, a_prev, c_prev, parameters):
    a, _, y, cache = cell(xt, a_prev, c_prev, parameters)
    return a, y, cache


def cell_without_the_prediction(xt, a_prev, c_prev, parameters):
    a, c, _, cache = cell(xt, a_prev, c_prev, parameters)
    return a, c, cache


def cell_without_a_cache(xt, a_prev, c_prev, parameters):
    return cell(xt, a_prev, c_prev, parameters)[:3]


def cell_keeps_the_tanh(xt, a_prev, c_prev, parameters):
    a, c, y, cache = cell(xt, a_prev, c_prev, parameters)
    return a, c, y, (a, np.tanh(c), *cache[2:])


def cell_for_one_example_only(xt, a_prev, c_prev, parameters):
    """Nobody wrote this one down either: no mistake that raises the same kind of error is called by its name."""
    column = np.concatenate([a_prev.ravel(), xt.ravel()]).reshape(-1, 1)
    return cell(column[len(a_prev):], column[:len(a_prev)], c_prev, parameters)


def cell_relu_memory(xt, a_prev, c_prev, parameters):
    """Nobody wrote this one down: no name, but a place."""
    return cell(xt, a_prev, c_prev, parameters, mix=lambda i, f, new, old: np.maximum(0, i * new + f * old))


# --- lstm_forward ----------------------------------------------------------------------------------------------


def run(x, a0, parameters, c0=None, *, start=None, hand_on=None, steps=None, collect=None):
    """The loop in a learner's words."""
    a, y, c = [], [], []
    state, memory = start(a0, c0) if start else (a0, zero_if_none(c0, a0))
    for t in steps(len(x)) if steps else range(len(x)):
        state, memory, yt, cache = lstm_cell_forward(x[t], state, memory, parameters)
        a.append(state)
        c.append(memory)
        y.append(yt)
        if hand_on:
            state, memory = hand_on(state, memory, cache, a0, zero_if_none(c0, a0))
    return (collect or np.array)(a), (collect or np.array)(y), (collect or np.array)(c), ()


def loop(**places):
    """A loop with these places gone wrong."""
    return lambda x, a0, parameters, c0=None: run(x, a0, parameters, c0, **places)


def run_without_c0(x, a0, parameters):
    return run(x, a0, parameters)


def run_states_in_both(x, a0, parameters, c0=None):
    a, y, _, caches = run(x, a0, parameters, c0)
    return a, y, a, caches


def run_order_of_the_cell(x, a0, parameters, c0=None):
    a, y, c, caches = run(x, a0, parameters, c0)
    return a, c, y, caches


def run_asks_c0_for_its_truth(x, a0, parameters, c0=None):
    return run(x, a0, parameters, c0 or np.zeros(a0.shape))


def run_time_last(x, a0, parameters, c0=None):
    a, c = a0, zero_if_none(c0, a0)
    for t in range(x.shape[2]):
        a, c, *_ = lstm_cell_forward(x[:, :, t], a, c, parameters)


def run_takes_the_cell_in_another_order(x, a0, parameters, c0=None):
    a, c, results = a0, zero_if_none(c0, a0), []
    for xt in x:
        a, y, c, _ = lstm_cell_forward(xt, a, c, parameters)
        results.append((a, y, c))
    return *(np.stack(each) for each in zip(*results, strict=True)), None


def run_caches_before_the_memories(x, a0, parameters, c0=None):
    a, y, c, _ = run(x, a0, parameters, c0)
    return a, y, [(x[t], parameters) for t in range(len(x))], c


def run_tanh_of_the_memories(x, a0, parameters, c0=None):
    a, y, c, caches = run(x, a0, parameters, c0)
    return a, y, np.tanh(c), caches


def run_empty_slot(x, a0, parameters, c0=None):
    a, c = np.zeros((2, len(x), *a0.shape))
    y = np.zeros((len(x), len(parameters["by"]), a0.shape[1]))
    c[-1] = zero_if_none(c0, a0)
    for t in range(len(x)):
        a[t], c[t], y[t], _ = lstm_cell_forward(x[t], a[t - 1], c[t - 1], parameters)
    return a, y, c, ()


# --- lstm_cell_backward ----------------------------------------------------------------------------------------


def back(da, dc, cache, *, memory=None, delta=None, leave_out="", weights=None, keep=None, sums=None, vector=None):
    """The way back in a learner's words."""
    a_next, c, a_prev, c_prev, cct, it, ft, ot, xt, p = cache
    t, n_a = np.tanh(c), len(c)
    total = memory(da, dc, ot, t, a_next) if memory else dc + da * ot * (1 - t**2)
    dz = {"c": total * it * (1 - cct**2), "u": total * cct * it * (1 - it),
          "f": total * c_prev * ft * (1 - ft), "o": da * t * ot * (1 - ot)}
    dz |= delta(total, da, cache) if delta else {}
    v = np.vstack(vector(a_prev, xt, a_next) if vector else (a_prev, xt))
    gradients = {"dc_prev": keep(total, dc, ft, it) if keep else total * ft}
    products = [np.dot(p["W" + g].T, dz[g]) for g in GATES if g not in leave_out]
    gradients["da_prev"], gradients["dxt"] = sum(products)[:n_a], sum(products)[n_a:]
    for g in GATES:
        gradients["dW" + g] = np.dot(dz[g], v.T)
        gradients["db" + g] = sums(dz[g]) if sums else np.sum(dz[g], axis=1, keepdims=True)
    return gradients


def backwards(**places):
    """A step back with these places gone wrong."""
    return lambda da_next, dc_next, cache: back(da_next, dc_next, cache, **places)


def back_without_sigmoid_slopes(total, da, cache):
    _, c, _, c_prev, cct, *_ = cache
    return {"u": total * cct, "f": total * c_prev, "o": da * np.tanh(c)}


def back_forget_gate_with_the_candidate(total, da, cache):
    cct, f = cache[4], cache[6]
    return {"f": np.multiply(total, cct) * f * (1 - f)}


def back_output_gate_from_dc(total, da, cache):
    c, o = cache[1], cache[7]
    return {"o": total * np.tanh(c) * (o - o * o)}


def back_parentheses_forgotten(da_next, dc_next, cache):
    """The three lines as they stand in many a forum, where the slope multiplies the second term alone."""
    _, c, _, c_prev, cct, it, ft, ot, _, _ = cache
    slope = ot * (1 - np.square(np.tanh(c)))
    dz = {"c": dc_next * it + slope * it * da_next * (1 - np.square(cct)),
          "u": dc_next * cct + slope * cct * da_next * it * (1 - it),
          "f": dc_next * c_prev + slope * c_prev * da_next * ft * (1 - ft)}
    return back(da_next, dc_next, cache, delta=lambda *_: dz)


def back_state_gradient_in_the_gates(total, da, cache):
    _, _, _, c_prev, cct, it, ft, *_ = cache
    return {"c": da * it * (1 - cct**2), "u": da * cct * it * (1 - it), "f": da * c_prev * ft * (1 - ft)}


def back_in_place(da_next, dc_next, cache):
    _, c, *_, o, _, _ = cache
    dc_next += da_next * o * (1 - np.tanh(c) ** 2)
    return back(da_next, dc_next, cache, memory=lambda da, dc, *_: dc)


# --- lstm_backward ---------------------------------------------------------------------------------------------


def through_time(da, caches, dc=None, *, steps=None, arrives=None, hand_on=None, add=None, first=None, before=None):
    """The way back through time in a learner's words."""
    a, c, _, gates, a0, c0, x, parameters = caches
    state, memory = np.zeros(a0.shape), zero_if_none(dc, a0)
    dx, sums = np.zeros(x.shape), {}
    for t in steps(len(x)) if steps else range(len(x) - 1, -1, -1):
        start = before(t, a, c, a0, c0) if before else (a[t - 1], c[t - 1]) if t else (a0, c0)
        step = lstm_cell_backward(arrives(da, t, state) if arrives else da[t] + state, memory,
                                  (a[t], c[t], *start, *gates[t], x[t], parameters))
        dx[t], back_state, back_memory = step.pop("dxt"), step.pop("da_prev"), step.pop("dc_prev")
        state, memory = hand_on(back_state, back_memory, state, memory) if hand_on else (back_state, back_memory)
        for name, value in step.items():
            sums[name] = value if name not in sums or add == "last" else sums[name] + value
    da0, dc0 = first(back_state, back_memory) if first else (back_state, back_memory)
    return {"dx": dx, "da0": da0, "dc0": dc0, **sums}


def looped(**places):
    """A way back through time with these places gone wrong."""
    return lambda da, caches, dc=None: through_time(da, caches, dc, **places)


def through_time_with_dc_at_each_step(da, caches, dc=None):
    return through_time(da, caches, dc, hand_on=lambda a, c, a_old, c_old: (a, c if dc is None else c + dc),
                        first=None if dc is None else lambda a, c: (a, c + dc))


def through_time_with_the_tanh_for_the_memory(da, caches, dc=None):
    a, c, tanh_c, *rest = caches
    return through_time(da, (a, tanh_c, tanh_c, *rest), dc, before=lambda t, a, _, a0, c0: (
        (a[t - 1], c[t - 1]) if t else (a0, c0)))


def through_time_with_gates_as(*order):
    def function(da, caches, dc=None):
        return through_time(da, (*caches[:3], caches[3][:, order], *caches[4:]), dc)
    return function


def through_time_without_dc(da, caches):
    return through_time(da, caches)


CELL, RUN, BACK, TIME, PEEP = ("lstm_cell_forward", "lstm_forward", "lstm_cell_backward", "lstm_backward",
                               "peephole_lstm_cell_forward")
USUAL = {"u": "pu", "f": "pf", "o": "po"}
CASES = [
    (CELL, cell_gates_the_other_way, "forget_and_update_exchanged"),
    (CELL, variant(names={"u": "f", "f": "u"}), "weights_of_forget_and_update_exchanged"),
    (CELL, variant(mix=lambda i, f, new, old: i * new + old - i * old), "coupled_gates"),
    (CELL, variant(mix=lambda i, f, new, old: old + i * new), "forget_gate_left_out"),
    (CELL, variant(show=lambda o, c, new: o * c), "state_without_tanh"),
    (CELL, variant(show=lambda o, c, new: np.tanh(o * c)), "tanh_around_the_product"),
    (CELL, variant(show=lambda o, c, new: np.tanh(c)), "output_gate_left_out"),
    (CELL, variant(gate=np.tanh), "tanh_on_a_gate"),
    (CELL, variant(gate=lambda z: np.where(z > 0, 1.0, 0.0)), "gate_as_a_switch"),
    (CELL, variant(read=lambda a, c, x: (x, a)), "x_above_a"),
    (CELL, variant(read=lambda a, c, x: (c, x)), "gates_read_the_memory"),
    (CELL, variant(biases={"u": "c", "f": "c", "o": "c"}), "one_bias_for_all"),
    (CELL, cell_arguments_exchanged, "state_and_memory_exchanged"),
    (CELL, cell_with_the_cache_of_another_edition, "cache_in_another_order"),
    (CELL, cell_memory_in_place, "state_overwritten"),
    (CELL, cell_y_from_the_memory, "y_from_the_memory"),
    (CELL, cell_two_results, "memory_not_returned"),
    (CELL, cell_without_the_prediction, "prediction_not_returned"),
    (CELL, cell_without_a_cache, "cache_not_returned"),
    (CELL, cell_keeps_the_tanh, "cache_keeps_the_tanh"),
    (CELL, variant(gate=lambda z: np.exp(z) / (1 + np.exp(z))), "sums_overflow"),
    (CELL, variant(read=lambda a, c, x: (np.hstack((a, x)),)), "stacked_side_by_side"),
    (CELL, cell_relu_memory, ""),
    (CELL, cell_for_one_example_only, ""),
    (RUN, loop(start=lambda a0, c0: (a0, a0)), "a0_as_the_first_memory"),
    (RUN, loop(start=lambda a0, c0: (a0, 0 * a0)), "c0_not_used"),
    (RUN, run_without_c0, "c0_not_taken"),
    (RUN, loop(start=lambda a0, c0: (0 * a0, zero_if_none(c0, a0))), "a0_ignored"),
    (RUN, loop(steps=lambda T: range(T - 1), collect=np.stack), "last_step_lost"),
    (RUN, loop(steps=lambda T: range(1, T), collect=np.stack), "first_step_lost"),
    (RUN, run_empty_slot, "a0_ignored"),
    (RUN, loop(hand_on=lambda a, c, cache, a0, c0: (a, c0)), "memory_not_carried"),
    (RUN, loop(hand_on=lambda a, c, cache, a0, c0: (a0, c)), "a0_at_every_step"),
    (RUN, loop(hand_on=lambda a, c, cache, a0, c0: (a0, c0)), "nothing_carried"),
    (RUN, loop(hand_on=lambda a, c, cache, a0, c0: (c, a)), "the_two_exchanged_between_steps"),
    (RUN, loop(hand_on=lambda a, c, cache, a0, c0: (a, a)), "state_carried_as_memory"),
    (RUN, loop(hand_on=lambda a, c, cache, a0, c0: (a, cache[4])), "candidate_carried_on"),
    (RUN, loop(steps=lambda T: range(T)[:1]), "return_in_the_loop"),
    (RUN, loop(collect=lambda steps: np.stack(steps, axis=2)), "time_last"),
    (RUN, loop(collect=lambda steps: np.stack(steps, axis=1)), "axes_in_another_order"),
    (RUN, run_states_in_both, "state_stored_as_memory"),
    (RUN, run_order_of_the_cell, "results_in_another_order"),
    (RUN, run_caches_before_the_memories, "results_in_another_order"),
    (RUN, run_tanh_of_the_memories, "memory_stored_after_the_tanh"),
    (RUN, run_asks_c0_for_its_truth, "c0_asked_whether_it_is_true"),
    (RUN, loop(start=lambda a0, c0: (a0, c0)), "none_as_the_first_memory"),
    (RUN, run_time_last, "input_read_time_last"),
    (RUN, run_takes_the_cell_in_another_order, "cell_taken_in_another_order"),
    (BACK, backwards(memory=lambda da, dc, *_: dc), "state_left_out_of_dc"),
    (BACK, backwards(memory=lambda da, dc, o, t, a: da * o * (1 - t * t)), "later_memory_left_out_of_dc"),
    (BACK, backwards(memory=lambda da, dc, o, t, a: dc + o * da), "slope_left_out_of_dc"),
    (BACK, backwards(memory=lambda da, dc, o, t, a: dc + da * o * (1 - a**2)), "slope_from_the_state"),
    (BACK, backwards(memory=lambda da, dc, o, t, a: o * (1 - t**2) * (da + dc)),
     "later_memory_through_the_output_gate"),
    (BACK, backwards(keep=lambda total, dc, f, i: total), "forget_gate_left_out_of_dc_prev"),
    (BACK, backwards(keep=lambda total, dc, f, i: dc * f), "only_the_later_memory_in_dc_prev"),
    (BACK, backwards(keep=lambda total, dc, f, i: (1 - i) * total), "another_gate_in_dc_prev"),
    (BACK, backwards(delta=back_without_sigmoid_slopes), "all_gate_slopes_left_out"),
    (BACK, backwards(delta=back_forget_gate_with_the_candidate), "forget_gate_with_another_factor"),
    (BACK, backwards(delta=back_output_gate_from_dc), "output_gate_from_dc"),
    (BACK, backwards(leave_out="o"), "way_through_o_left_out"),
    (BACK, backwards(leave_out="c"), "way_through_c_left_out"),
    (BACK, backwards(leave_out="ufo"), "only_one_way_to_the_state"),
    (BACK, backwards(vector=lambda a, x, new: (x, a)), "x_above_a"),
    (BACK, backwards(vector=lambda a, x, new: (new, x)), "weights_from_the_new_state"),
    (BACK, backwards(sums=lambda dz: dz.sum(axis=1)), "biases_without_their_column"),
    (BACK, backwards(sums=lambda dz: dz.mean(axis=1, keepdims=True)), "biases_averaged"),
    (BACK, back_in_place, "inputs_overwritten"),
    (BACK, back_parentheses_forgotten, "slope_for_one_way_only"),
    (BACK, backwards(delta=back_state_gradient_in_the_gates), "state_gradient_in_a_gate"),
    (BACK, lambda dc_next, da_next, cache: back(da_next, dc_next, cache), "the_two_gradients_exchanged"),
    (BACK, backwards(keep=lambda total, dc, f, i: total * f + dc), "dc_next_handed_on_twice"),
    (TIME, looped(hand_on=lambda a, c, a_old, c_old: (a, 0 * c)), "memory_not_carried_back"),
    (TIME, looped(hand_on=lambda a, c, a_old, c_old: (0 * a, c)), "state_not_carried_back"),
    (TIME, looped(hand_on=lambda a, c, a_old, c_old: (c, a)), "the_two_exchanged_between_steps"),
    (TIME, looped(hand_on=lambda a, c, a_old, c_old: (a, c + c_old)), "dc_accumulated"),
    (TIME, looped(arrives=lambda da, t, state: da[t]), "state_not_carried_back"),
    (TIME, looped(arrives=lambda da, t, state: state), "da_never_enters"),
    (TIME, looped(add="last"), "one_step_of_the_sum"),
    (TIME, looped(steps=range), "forwards_in_time"),
    (TIME, looped(before=lambda t, a, c, a0, c0: (a[t - 1], c[t - 1])), "last_state_for_the_first"),
    (TIME, looped(before=lambda t, a, c, a0, c0: (a0, c0)), "first_state_at_every_step"),
    (TIME, looped(first=lambda a, c: (c, a)), "first_gradients_exchanged"),
    (TIME, through_time_without_dc, "dc_not_taken"),
    (TIME, through_time_with_dc_at_each_step, "dc_at_every_step"),
    (TIME, through_time_with_the_tanh_for_the_memory, "tanh_taken_twice"),
    (TIME, through_time_with_gates_as(2, 0, 1, 3), "gates_in_another_order"),
    (TIME, through_time_with_gates_as(3, 0, 1, 2), "gates_in_another_order"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: p[USUAL[g]] * c_prev), "output_gate_sees_the_old_memory"),
    (PEEP, cell, "peepholes_left_out"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: g != "o" and p[USUAL[g]] * c), "one_peephole_missing"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: p[USUAL[g]]), "peephole_without_the_memory"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: p[USUAL[g]] @ c), "peepholes_as_a_matrix_product"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: np.dot(p[USUAL[g]].T, c)), "all_units_seen"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: c * p["pu"]), "one_peephole_for_all"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: np.tanh(c) * p[USUAL[g]]), "peephole_sees_the_tanh"),
    (PEEP, variant(read=lambda a, c, x: (a, x, c)), "memory_in_the_stack"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: c), "peephole_without_its_weight"),
    (PEEP, variant(peep=lambda g, p, c, c_prev: p[USUAL[g]] * c, mix=lambda i, f, new, old: new * f + old * i),
     "forget_and_update_exchanged"),
]

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(CASES)


def test_the_notes_own_peephole_is_told_to_be_theirs():
    function = variant(peep=lambda g, p, c, c_prev: p[USUAL[g]] * c_prev)
    result = check(function, exercise=PEEP)
    assert "as the notes have it" in result.message
    assert result.link.endswith("#lstm-which-memory")
    assert {part.name: part.points for part in result.parts}["c_next"] == 5  # the memory is right


def test_a_memory_that_cannot_be_given_costs_no_more_than_what_needs_it():
    assert check(run_without_c0, exercise=RUN).points == 13
    assert check(through_time_without_dc, exercise=TIME).points == 13


@pytest.mark.parametrize("exercise", [CELL, PEEP])
def test_two_mistakes_at_once_are_both_named(exercise):
    peep = None if exercise == CELL else lambda g, p, c, c_prev: p[USUAL[g]] * c
    function = variant(mix=lambda i, f, new, old: i * new + old, show=lambda o, c, new: o * c, peep=peep)
    message = check(function, exercise=exercise).message
    assert "the factor Γ_f is missing" in message
    assert "The tanh is missing in the line of the state" in message

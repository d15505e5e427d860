"""Exercise of chapter 10: backpropagation through time for an LSTM."""

from itertools import permutations

from autograder.engine import Case, Exercise, Gradient, Group, Part, Patched, intact
from autograder.exercises._ch10_loop import step_by_step
from autograder.exercises._ch10_shared import CHAPTER, lstm_parameters, mistake
from autograder.exercises.inputs import draw_sequence, sizes_with_equal
from autograder.words import mark
from solutions import lstm_backward, lstm_cell_backward, lstm_forward

GIVEN_DC = mark("a gradient of the last memory that is given")
GATES = "cufo"
NAMES = ("dx", "da0", "dc0", *(f"dW{gate}" for gate in GATES), *(f"db{gate}" for gate in GATES),
         "inputs left unchanged")

UNPACK, LOOP = "a, c, tanh_c, gates, a0, c0, x, parameters = caches", "reversed(range(T_x))"
A_PREV, C_PREV = "a[t - 1] if t > 0 else a0", "c[t - 1] if t > 0 else c0"
GATES_OF_T = "c_tilde, gamma_u, gamma_f, gamma_o = gates[t]"
KINDS = "c_tilde", "gamma_u", "gamma_f", "gamma_o"
ORDERS = [order for order in permutations(KINDS)
          if order not in (KINDS, ("c_tilde", "gamma_f", "gamma_u", "gamma_o")) and order[3] in ("gamma_o", "c_tilde")]
DA_T, DC_T = "da_t = da[t] + da_back", "dc_t = dc_back + da_t * gamma_o * (1 - tanh_c[t]**2)"
START, START_DC = "np.zeros(x.shape), np.zeros(a0.shape)", "np.zeros(a0.shape) if dc is None else dc"
STACKED = "np.concatenate([a_prev, x[t]])"
D_STACKED = 'sum(parameters["W" + name].T @ dz[name] for name in names)'
DW, DB = "dW[name] += dz[name] @ stacked.T", "db[name] += np.sum(dz[name], axis=1, keepdims=True)"
DW_START, DB_START = 'np.zeros(parameters["W" + name].shape)', "np.zeros((n_a, 1))"
DX, BACK, DC_BACK = "dx[t] = d_stacked[n_a:]", "da_back = d_stacked[:n_a]", "dc_back = dc_t * gamma_f"
FIRST = '{"dx": dx, "da0": da_back, "dc0": dc_back}'
RETURN = "    gradients = "
FORGET, OUTPUT = '"f": dc_t * c_prev', '"o": da_t * tanh_c[t]'


def _steps(*replacements):
    return Patched(step_by_step, *replacements)


def _at_the_end(lines):
    return _steps((RETURN, f"    {lines}\n{RETURN}"))


def _results(new):
    return _steps((FIRST, new))


def _handed_to_the_cell_as_it_is(da, caches, dc=None):
    a, c, _, gates, a0, c0, x, parameters = caches
    lstm_cell_backward(da[-1], dc, (a[-1], c[-1], a0, c0, *gates[-1], x[-1], parameters))
    return step_by_step(da, caches, dc)


def _backward_cases(rng):
    cases = []
    special = ({"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1})
    for label, n in sizes_with_equal(rng, "T_x n_x n_a m", "n_x n_a m", *special, T_x=7):
        x, a0 = draw_sequence(rng, n)
        c0 = 1.2 * rng.standard_normal(a0.shape)
        *_, caches = lstm_forward(x, a0, lstm_parameters(rng, n["n_x"], n["n_a"], 10), c0)
        cases.append(Case((rng.standard_normal((n["T_x"], n["n_a"], n["m"])), caches), n, label, NAMES))
    (da, caches), sizes = cases[0].args, cases[0].sizes
    dc = rng.standard_normal(da.shape[1:])
    return [*cases, Case((da, caches, dc), sizes, "with dc", (GIVEN_DC, "inputs left unchanged"))]


TWO_GRADIENTS = (
    mistake(
        "memory_not_carried_back", _steps((DC_BACK, "dc_back = 0 * dc_t"), (FIRST, FIRST.replace("dc_back", "dc_t * "
                                                                                                 "gamma_f"))),
        "The gradient of the memory is not carried back. *Two* things come from the next step: da_prev, the gradient "
        "of the state, and dc_prev, that of the memory. The second one is what makes an LSTM remember.",
        "lstm-back-through-time",
        _steps((DC_T, DC_T.replace("dc_back", "(dc_back if t == T_x - 1 else 0)")))),
    mistake(
        "state_not_carried_back", _steps((DA_T, "da_t = da[t]")),
        "What comes back from the next step to the state is left out. a^<t> acts on the loss through its own output "
        "and through the gates of the next step: add da[t] and da_prev of step t + 1.", "lstm-back-through-time"),
    mistake(
        "nothing_carried_back", _steps((DA_T, "da_t = da[t]"),
                                       (DC_T, DC_T.replace("dc_back", "(dc_back if t == T_x - 1 else 0)"))),
        "Nothing is carried back from step to step, so only the last step is right. From step t + 1 come two "
        "gradients: that of the state and that of the memory.", "lstm-back-through-time"),
    mistake(
        "nothing_from_the_own_output", _steps((DA_T, "da_t = da_back if t < T_x - 1 else da[t]")),
        "The gradient from the output of step t is left out: only the last step's da[t] counts. Every step adds its "
        "own da[t] to what comes back from the step after.", "lstm-back-through-time"),
    mistake(
        "da_never_enters", _steps((DA_T, "da_t = da_back")),
        "da does not enter at all: what is carried from step to step starts at zero, and nothing is added to it. At "
        "each step, da[t] comes in.", "lstm-back-through-time"),
    mistake(
        "da_added_to_the_memory", _steps((DA_T, "da_t = da_back"), (DC_T, DC_T.replace("dc_back", "dc_back + da[t]"))),
        "da[t] is added to the gradient of the memory. It is a gradient of the state: add it to what comes back for "
        "a^<t>.", "lstm-back-through-time"),
    mistake(
        "the_two_exchanged_between_steps", _steps((BACK, "da_back = dc_t * gamma_f"), (DC_BACK, "dc_back = "
                                                                                       "d_stacked[:n_a]")),
        "The two gradients change places from step to step: da_prev goes to the state, dc_prev to the memory.",
        "lstm-back-through-time",
        _steps((BACK, "da_back = dc_t * gamma_f"), (DC_BACK, "dc_back = d_stacked[:n_a]"),
               (FIRST, '{"dx": dx, "da0": dc_back, "dc0": da_back}'))),
    mistake(
        "one_gradient_for_both", _steps((DC_BACK, "dc_back = da_back")),
        "The gradient of the state is handed on for the memory too. The memory's own is dc * Γ_f.",
        "lstm-back-through-time", _steps((BACK, "da_back = dc_t * gamma_f"))),
    mistake(
        "dc_accumulated", _steps((DC_BACK, "dc_back = dc_back + dc_t * gamma_f")),
        "What comes back for the memory is added to what came back before. It is in dc already: hand on dc_prev of "
        "this step alone.", "lstm-back-through-time",
        _steps((DC_BACK, "dc_back = dc_back + dc_t * gamma_f"), (FIRST, FIRST.replace("dc_back", "dc_t * gamma_f")))),
    mistake(
        "da_accumulated", _steps((BACK, "da_back = da_back + d_stacked[:n_a]")),
        "What comes back for the state is added to what came back before. It reached this step once already: hand on "
        "da_prev of this step alone.", "lstm-back-through-time",
        _steps((BACK, "da_back = da_back + d_stacked[:n_a]"), (FIRST, FIRST.replace("da_back", "d_stacked[:n_a]")))),
    mistake(
        "forget_gate_left_out", _steps((DC_BACK, "dc_back = dc_t")),
        "Γ_f is missing on the way from memory to memory: dc_prev = dc * Γ_f.", "lstm-two-ways-back"),
    mistake(
        "only_the_later_memory", _steps((DC_BACK, "dc_back = dc_back * gamma_f")),
        "What came through the state of this step is not handed on with the memory's gradient: dc_prev = dc * Γ_f, "
        "with dc the sum of both ways.", "lstm-two-ways-back"),
    mistake(
        "state_left_out_of_dc", _steps((DC_T, "dc_t = dc_back")),
        "What comes from the state is missing in dc, in every step: da * Γ_o * (1 - tanh²(c^<t>)).",
        "lstm-two-ways-back"),
    mistake(
        "da_of_the_step_alone_in_dc", _steps((DC_T, DC_T.replace("da_t", "da[t]"))),
        "dc gets da[t] alone. The whole gradient of the state goes on to the memory: da[t] plus what came back from "
        "step t + 1.", "lstm-back-through-time"),
    mistake(
        "da_of_the_step_alone_at_the_output_gate", _steps((OUTPUT, '"o": da[t] * tanh_c[t]')),
        "dz_o gets da[t] alone. The output gate gets the whole gradient of the state: da[t] plus what came back from "
        "step t + 1.", "lstm-back-through-time"),
    mistake(
        "output_gate_from_dc", _steps((OUTPUT, '"o": dc_t * tanh_c[t]')),
        "dz_o starts from dc in every step. The output gate stands between memory and state: it gets da.",
        "lstm-gradients-of-the-sums"),
    mistake(
        "dc_not_used", _steps((START_DC, "np.zeros(a0.shape)")),
        "dc, the gradient of the last memory where it is given, is not used. It is what comes back to the last step; "
        "zeros are for `dc is None` only.", "lstm-back-through-time"),
    mistake(
        "dc_not_taken", lambda da, caches: step_by_step(da, caches),
        "Your function has no argument dc, the gradient of the last memory. Its first line is "
        "`def lstm_backward(da, caches, dc=None)`.", "lstm-back-through-time"),
    mistake(
        "none_as_the_last_gradient", _steps((START_DC, "dc")),
        "Where no dc is given it is None. Nothing comes back to the last memory then: begin with zeros, "
        "`if dc is None: dc = np.zeros_like(a0)`.", "lstm-back-through-time", _handed_to_the_cell_as_it_is,
        _steps((START_DC, "dc.copy()"))),
    mistake(
        "dc_asked_whether_it_is_true", _steps((START_DC, "dc if dc else np.zeros(a0.shape)")),
        "An array is neither true nor false, and `==` asks each of its numbers. Whether dc was given is asked with "
        "`dc is None`.", "lstm-back-through-time"),
    mistake(
        "memory_gradient_starts_from_da", _steps((START_DC, "da[-1] if dc is None else dc")),
        "The gradient of the memory starts from da of the last step. da belongs to the state; to the last memory comes "
        "dc from behind, or nothing: zeros.", "lstm-back-through-time", _steps((START_DC, "da[-1]"))),
    mistake(
        "dc_at_every_step", _steps((DC_T, DC_T.replace("dc_back", "dc_back + (0 if dc is None or t == T_x - 1 else "
                                                       "dc)"))),
        "dc is added at every step. It belongs to the last memory alone: it comes in once, where the loop begins.",
        "lstm-back-through-time", _steps((DC_BACK, f"{DC_BACK} + (0 if dc is None else dc)"))),
    mistake(
        "slope_of_something_else", _steps((DC_T, DC_T.replace("tanh_c[t]**2", "c[t]**2"))),
        "The slope of the tanh in dc is made of something else. It is 1 minus the square of the memory's tanh: "
        "1 - tanh_c[t]**2.", "lstm-two-ways-back",
        *(_steps((DC_T, DC_T.replace("tanh_c[t]**2", other))) for other in ("a[t]**2", "tanh_c[t]"))),
    mistake(
        "factor_missing_in_dc", _steps((DC_T, DC_T.replace(" * (1 - tanh_c[t]**2)", ""))),
        "A factor is missing in dc: what comes from the state passes the output gate *and* the tanh, "
        "* Γ_o * (1 - tanh²(c^<t>)).", "lstm-two-ways-back", _steps((DC_T, DC_T.replace(" * gamma_o", "")))),
    mistake(
        "tanh_taken_twice", _steps((DC_T, DC_T.replace("tanh_c[t]", "np.tanh(tanh_c[t])")),
                                   (OUTPUT, OUTPUT.replace("tanh_c[t]", "np.tanh(tanh_c[t])"))),
        "The tanh is taken twice: tanh_c is the tanh of c already. The cache of a step wants c[t] itself.",
        "lstm-back-through-time", _steps((DC_T, DC_T.replace("tanh_c[t]", "np.tanh(tanh_c[t])"))),
        _steps((OUTPUT, OUTPUT.replace("tanh_c[t]", "np.tanh(tanh_c[t])")))),
    mistake(
        "forget_gate_with_the_tanh", _steps((C_PREV, "tanh_c[t - 1] if t > 0 else c0")),
        "dz_f is made with the tanh of the memory. The forget gate multiplied the memory itself, c^<t-1>.",
        "lstm-gradients-of-the-sums", _steps((C_PREV, "tanh_c[t - 1] if t > 0 else np.tanh(c0)"))),
    mistake(
        "slopes_of_the_gates_left_out", _steps(*((f" * gamma_{gate} * (1 - gamma_{gate})", "") for gate in "ufo")),
        "The slope of the sigmoid is missing: each dz of a gate ends with Γ (1 - Γ).", "lstm-gradients-of-the-sums",
        *(_steps((f" * gamma_{gate} * (1 - gamma_{gate})", "")) for gate in "ufo")),
    mistake(
        "candidate_slope_made_wrongly", _steps(("(1 - c_tilde**2)", "c_tilde * (1 - c_tilde)")),
        "The slope of the candidate is that of a tanh: 1 - candidate², in every step.", "lstm-gradients-of-the-sums",
        _steps(("(1 - c_tilde**2)", "(1 - c_tilde)")), _steps((" * (1 - c_tilde**2)", ""))),
)

IN_TIME = (
    mistake(
        "one_step_of_the_sum", _steps((DW, DW.replace("+=", "=")), (DB, DB.replace("+=", "="))),
        "Only one step's term is left in the gradients of the parameters: each step overwrites the one before (= in "
        "place of +=). All steps share the parameters, so their gradients are sums over the steps.",
        "lstm-back-through-time", _steps((DW, DW.replace("+=", "="))), _steps((DB, DB.replace("+=", "=")))),
    mistake(
        "return_in_the_loop", _steps((DC_BACK, f"{DC_BACK}\n        break")),
        "Only the last step was done. Does the return statement stand inside the loop? Then the function ends after "
        "one step.", "lstm-back-through-time"),
    mistake(
        "one_gradient_for_each_step",
        _steps((DW_START, 'np.zeros((T_x, *parameters["W" + name].shape))'), (DB_START, "np.zeros((T_x, n_a, 1))"),
               (DW, DW.replace("] +=", "][t] =")), (DB, DB.replace("] +=", "][t] ="))),
        "There is one gradient for each step. All steps share one set of parameters: add the steps' terms up.",
        "lstm-back-through-time"),
    mistake(
        "forwards_in_time", _steps((LOOP, "range(T_x)")),
        "The loop runs forwards in time. The gradient of a step needs what the step after it hands back, so go from "
        "the last step to the first.", "lstm-back-through-time"),
    mistake(
        "da_of_another_step", _steps((DA_T, "da_t = da[t - 1] + da_back")),
        "da is read at another step. da[t] belongs to a[t], the state that step t produced.",
        "lstm-back-through-time", _steps((DA_T, "da_t = da[-1 - t] + da_back")),
        _steps((DA_T, "da_t = da[-1] + da_back"))),
    mistake(
        "last_state_for_the_first", _steps((A_PREV, "a[t - 1]"), (C_PREV, "c[t - 1]")),
        "At t = 0 the state and the memory before are a0 and c0. `a[t - 1]` is then `a[-1]`, and Python reads the last "
        "one of the sequence.", "lstm-back-through-time", _steps((A_PREV, "a[t - 1]")), _steps((C_PREV, "c[t - 1]"))),
    mistake(
        "first_state_left_out", _steps((A_PREV, "a[t - 1] if t > 0 else 0 * a0"),
                                       (C_PREV, "c[t - 1] if t > 0 else 0 * c0")),
        "The first step is treated as if a0 or c0 were zero. The caches hold both: they are what W and Γ_f of the "
        "first step were multiplied with.", "lstm-back-through-time",
        _steps((A_PREV, "a[t - 1] if t > 0 else 0 * a0")), _steps((C_PREV, "c[t - 1] if t > 0 else 0 * c0"))),
    mistake(
        "state_of_its_own_step", _steps((A_PREV, "a[t]")),
        "The gradients of the weights pair dz^<t> with a^<t>. In step t the weights were multiplied with the state "
        "before it: [a^<t-1>, x^<t>].", "lstm-gradients-of-the-weights", _steps((A_PREV, "a[t]"), (C_PREV, "c[t]"))),
    mistake(
        "memory_of_its_own_step", _steps((C_PREV, "c[t]")),
        "dz_f is made with c^<t>, the memory after the step. The forget gate multiplied the one before, c^<t-1>.",
        "lstm-gradients-of-the-sums", _steps((FORGET, '"f": dc_t * c[t]')), _steps((FORGET, '"f": dc_t * tanh_c[t]'))),
    mistake(
        "first_state_at_every_step", _steps((A_PREV, "a0"), (C_PREV, "c0")),
        "Every step is taken to start from a0 and c0. Only the first did; step t started from a^<t-1> and c^<t-1>.",
        "lstm-back-through-time", _steps((A_PREV, "a0")), _steps((C_PREV, "c0"))),
    mistake(
        "first_step_never_reached", _steps((LOOP, "range(T_x - 1, 0, -1)")),
        "The loop never reaches the first step: `range(T_x - 1, 0, -1)` ends at t = 1. `reversed(range(T_x))` has "
        "t = 0 in it.", "lstm-back-through-time"),
    mistake(
        "last_step_never_reached", _steps((LOOP, "reversed(range(T_x - 1))")),
        "The loop leaves out the last step. It has no step after it, but its own output gives it a gradient: begin at "
        "t = T_x - 1, with zeros coming back.", "lstm-back-through-time"),
    mistake(
        "last_step_counted_twice", _steps((START, "np.zeros(x.shape), da[-1]")),
        "The last step's gradient is counted twice: the carried gradient starts with da of the last step, and then "
        "da[t] is added again. Behind the last step nothing comes back: start with zeros.", "lstm-back-through-time"),
    mistake(
        "gates_in_another_order", _steps((GATES_OF_T, "c_tilde, gamma_f, gamma_u, gamma_o = gates[t]")),
        "The gates are unpacked in another order. `gates[t]` holds the candidate, then u, f and o.", "lstm-cache",
        *(_steps((GATES_OF_T, ", ".join(order) + " = gates[t]")) for order in ORDERS)),
    mistake(
        "gates_by_kind_first", _steps((GATES_OF_T, "c_tilde, gamma_u, gamma_f, gamma_o = (gates[k][t] for k in "
                                                   "range(4))")),
        "The first axis of `gates` is time, the second says which: `gates[t]` holds the four arrays of step t.",
        "lstm-cache", _steps((GATES_OF_T, "c_tilde, gamma_u, gamma_f, gamma_o = gates[:, t]"))),
    mistake(
        "da_overwritten", _steps((DA_T, "da[t] += da_back\n        da_t = da[t]")),
        "You add inside an array that was handed in. It belongs to whoever called the function: at the next call it is "
        "wrong. Let the sum be a new array.", "lstm-back-through-time",
        _steps((DC_T, f"dc_back += {DC_T.partition('dc_back + ')[2]}\n        dc_t = dc_back"))),
)

RESULTS = (
    mistake(
        "first_gradients_left_out", _results('{"dx": dx, "da0": 0 * a0, "dc0": 0 * a0}'),
        "da0 or dc0 is zero: what the first step hands back was never stored.", "lstm-back-through-time",
        _results('{"dx": dx, "da0": 0 * a0, "dc0": dc_back}'), _results('{"dx": dx, "da0": da_back, "dc0": 0 * a0}')),
    mistake(
        "dc0_not_returned", _results('{"dx": dx, "da0": da_back}'),
        "dc0 is not among the gradients: what the first step hands back to the first memory, c^<0>.",
        "lstm-back-through-time"),
    mistake(
        "first_gradients_exchanged", _results('{"dx": dx, "da0": dc_back, "dc0": da_back}'),
        "da0 and dc0 are exchanged: da0 is what the first step hands back to the state, dc0 to the memory.",
        "lstm-back-through-time"),
    mistake(
        "first_gradients_one_step_too_early", _results('{"dx": dx, "da0": da_t, "dc0": dc_t}'),
        "da0 and dc0 stop one step too early, at a^<1> and c^<1>. Through the first step they go on: da_prev and "
        "dc_prev of step 0.", "lstm-back-through-time", _results('{"dx": dx, "da0": da_back, "dc0": dc_t}'),
        _results('{"dx": dx, "da0": da_t, "dc0": dc_back}')),
    mistake(
        "dx_in_reverse_order", _steps((DX, "dx[-1 - t] = d_stacked[n_a:]")),
        "dx is in reverse order: the loop goes from the last step to the first, and so stand the steps in your list. "
        "Write into dx[t], or turn the list round.", "lstm-back-through-time"),
    mistake(
        "time_last", _results(FIRST.replace('"dx": dx', '"dx": np.moveaxis(dx, 0, 2)')),
        "Time is the last axis of your dx, as in another edition of this course. Here it is the first: dx[t] is one "
        "step. `np.moveaxis(dx, 2, 0)` converts.", "lstm-back-through-time"),
    mistake(
        "slices_exchanged", _steps((DX, "dx[t] = d_stacked[:len(x[t])]"), (BACK, "da_back = d_stacked[len(x[t]):]")),
        "The slices for state and input are exchanged. The stacked vector has a^<t-1> above x^<t>, so the first n_a "
        "rows belong to the state.", "lstm-back-to-the-state"),
    mistake(
        "one_gate_left_out", _steps((D_STACKED, D_STACKED.replace("for name in names", 'for name in "cuf"'))),
        "One way back to the state is missing in every step: candidate and all three gates read [a^<t-1>, x^<t>].",
        "lstm-back-to-the-state", *(_steps((D_STACKED, D_STACKED.replace("for name in names", f'for name in "{rest}"')))
                                    for rest in ("cuo", "cfo", "ufo"))),
    mistake(
        "x_above_a", _steps((STACKED, "np.concatenate([x[t], a_prev])")),
        "In the gradients of the weights x^<t> stands above the state. The columns of W are made for [a^<t-1>, "
        "x^<t>].", "lstm-gradients-of-the-weights"),
    mistake(
        "mean_over_time", _at_the_end("dW, db = ({name: v / T_x for name, v in each.items()} for each in (dW, db))"),
        "You take the mean over the steps. The loss is a sum over time, so the gradients of the shared parameters are "
        "sums over the steps.", "lstm-back-through-time"),
    mistake(
        "divided_by_m_again",
        _at_the_end("dW, db = ({name: v / a0.shape[1] for name, v in each.items()} for each in (dW, db))"),
        "You divide by m. The mean over the examples belongs to the loss, so da holds that division already: from "
        "there on gradients are only summed.", "lstm-gradients-of-the-weights"),
    mistake(
        "biases_without_their_column",
        _steps((DB_START, "np.zeros(n_a)"), (DB, "db[name] += np.sum(dz[name], axis=1)")),
        "The gradients of the biases have lost their second axis. They need the shape (n_a, 1): sum with "
        "keepdims=True.", "lstm-gradients-of-the-weights"),
    mistake(
        "biases_averaged", _steps((DB, DB.replace("np.sum", "np.mean"))),
        "The gradients of the biases are means over the examples. They are sums over steps and examples: the division "
        "by m is in da already.", "lstm-gradients-of-the-weights"),
    mistake(
        "biases_not_summed", _steps((DB_START, "np.zeros(a0.shape)"), (DB, "db[name] += dz[name]")),
        "The gradients of the biases are not summed over the examples. The same bias is added in every step and in "
        "every example.", "lstm-gradients-of-the-weights"),
)

LSTM_BACKWARD = Exercise(
    id="lstm_backward",
    chapter=CHAPTER,
    reference=lstm_backward,
    cases=_backward_cases,
    uses=("lstm_cell_backward", "lstm_cell_forward"),
    parts=(
        Part("dx", 3, Gradient("T_x n_x m"), ("dx",)),
        Part("da0", 1, Gradient("n_a m"), ("da0",)),
        Part("dc0", 2, Gradient("n_a m"), ("dc0",)),
        *(Part(f"dW{gate}", 1, Gradient("n_a n_a+n_x"), (f"dW{gate}",)) for gate in GATES),
        *(Part(f"db{gate}", 0.75, Gradient("n_a 1"), (f"db{gate}",)) for gate in GATES),
        Part(GIVEN_DC, 1, Group((("dx", ("dx",), Gradient("T_x n_x m")), ("da0", ("da0",), Gradient("n_a m")),
                                 ("dc0", ("dc0",), Gradient("n_a m")), ("dWf", ("dWf",), Gradient("n_a n_a+n_x"))))),
        intact(1),
    ),
    hints=(
        "Go from the last step to the first. From step to step carry two things: the gradient of the state, which "
        "starts with zeros, and that of the memory, which starts with dc, or with zeros where dc is None.",
        "The cache that your `lstm_cell_backward` takes can be put together for step t: `(a[t], c[t], a_prev, c_prev, "
        "*gates[t], x[t], parameters)`, where a_prev is `a[t - 1]`, and `a0` at t = 0; the same with c.",
        "Its da_next is `da[t]` plus the carried gradient of the state; its dc_next is the carried gradient of the "
        "memory alone. Its da_prev and dc_prev are carried on; after step 0 they are da0 and dc0.",
        "dx[t] is the step's dxt. The parameters are shared by all steps, so their gradients are sums: begin with "
        "zeros, and add each step's.",
    ),
    misconceptions=(*TWO_GRADIENTS, *IN_TIME, *RESULTS),
)

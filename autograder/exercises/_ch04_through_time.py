"""Exercise of chapter 4: backpropagation through time."""

from autograder.engine import Case, Exercise, Gradient, Part, Patched, intact
from autograder.exercises._ch04_loop import Accumulating, step_by_step
from autograder.exercises.inputs import draw_sequence, rnn_parameters, sizes_with_equal
from autograder.exercises.mistakes import mistakes_in
from solutions import rnn_backward, rnn_forward

CHAPTER = "04_backpropagation_through_time"
mistake = mistakes_in(CHAPTER)

ONCE = ("dx", "da0", "dWax", "dWaa", "dba", "inputs left unchanged")
TWICE = ("the same again at a second call",)

LOOP, BEFORE = "reversed(range(T_x))", "a[t - 1] if t > 0 else a0"
START, BACK, RETURN = "back = np.zeros(x.shape), np.zeros(a0.shape)", "back = Waa.T @ dz", "return {"
DZ = "dz = (1 - a[t] ** 2) * (da[t] + back)"
DX, DA0, DWAX, DWAA = "dx[t] = Wax.T @ dz", '"da0": back', "dWax += dz @ x[t].T", "dWaa += dz @ a_prev.T"
SUMS = "np.zeros(Wax.shape), np.zeros(Waa.shape), np.zeros((len(Waa), 1))"
DB, DB_START = "dba += np.sum(dz, axis=1, keepdims=True)", "np.zeros((len(Waa), 1))"


def _steps(*replacements):
    return Patched(step_by_step, *replacements)


def _step_dz(new):
    return _steps((DZ, "dz = " + new))


def _backward_cases(rng):
    cases = []
    special = ({"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1}, {"n_x": 1})
    for label, n in sizes_with_equal(rng, "T_x n_x n_a m", "n_x n_a m", *special, T_x=7):
        *_, caches = rnn_forward(*draw_sequence(rng, n), rnn_parameters(rng, n["n_x"], n["n_a"], 10))
        cases.append(Case((rng.standard_normal((n["T_x"], n["n_a"], n["m"])), caches), n, label, ONCE))
    return [*cases, Case(cases[0].args, cases[0].sizes, "called twice with the same arguments", TWICE, repeat=2)]


RNN_BACKWARD = Exercise(
    id="rnn_backward",
    chapter=CHAPTER,
    reference=rnn_backward,
    cases=_backward_cases,
    uses=("rnn_cell_backward",),
    parts=(
        Part("dx", 7, Gradient("T_x n_x m"), ("dx",)),
        Part("da0", 5, Gradient("n_a m"), ("da0",)),
        Part("dWax", 6, Gradient("n_a n_x"), ("dWax",)),
        Part("dWaa", 6, Gradient("n_a n_a"), ("dWaa",)),
        Part("dba", 4, Gradient("n_a 1"), ("dba",)),
        Part("the same again at a second call", 1, Gradient("n_a n_x"), (1, "dWax")),
        intact(1),
    ),
    hints=(
        "Go from the last step to the first: `for t in reversed(range(T_x))`. From step to step carry one thing, the "
        "gradient that comes back from the step after. Behind the last step there is none: start it with zeros.",
        "At step t two gradients meet at a^<t>: `da[t]` from the output of that step, and what step t + 1 handed back. "
        "Their sum is what your `rnn_cell_backward` gets as da_next.",
        "The cell also needs its cache: `(a[t], a_prev, x[t], parameters)`, where a_prev is `a[t - 1]`, and `a0` at "
        "t = 0. Its da_prev is what you carry on to step t - 1; after step 0 it is da0.",
        "dx[t] is the cell's dxt. The parameters are shared by all steps, so their gradients are sums: begin with "
        "zeros, and add (+=) each step's dWax, dWaa and dba.",
    ),
    misconceptions=(
        mistake(
            "nothing_from_the_next_step", _step_dz("(1 - a[t] ** 2) * da[t]"),
            "What comes back from the next step is left out, so only the last step is right. a^<t> acts on the loss "
            "in two ways, through its own output and through a^<t+1>: add da[t] and what step t + 1 hands back.",
            "right-to-left"),
        mistake(
            "nothing_from_the_own_output",
            _steps((START, "back = np.zeros(x.shape), da[-1]"), (DZ, "dz = (1 - a[t] ** 2) * back")),
            "The gradient from the output of step t is left out: only the last step's da[t] counts. Every step adds "
            "its own da[t] to what comes back from the step after.", "right-to-left",
            _step_dz("(1 - a[t] ** 2) * (back if t < T_x - 1 else da[t])")),
        mistake(
            "da0_left_out", _steps((DA0, '"da0": 0 * a0')),
            "da0 is zero: what the first step hands back was never stored.", "right-to-left"),
        mistake(
            "da_never_enters", _step_dz("(1 - a[t] ** 2) * back"),
            "da does not enter at all: the gradient carried from step to step starts at zero, and nothing is added "
            "to it. At each step, da[t] comes in.", "right-to-left"),
        mistake(
            "one_step_of_the_sum",
            _steps((DWAX, DWAX.replace("+=", "=")), (DWAA, DWAA.replace("+=", "=")), (DB, DB.replace("+=", "="))),
            "Only one step's term is left in the gradients of the parameters: each step overwrites the one before "
            "(= in place of +=). All steps share the parameters, so dW_ax, dW_aa and db_a are sums over the steps.",
            "sums-over-the-steps"),
        mistake(
            "return_in_the_loop", _steps((f"    {RETURN}", f"        {RETURN}")),
            "Only the last step was done. Does the return statement stand inside the loop? Then the function ends "
            "after one step.", "right-to-left"),
        mistake(
            "one_gradient_for_each_step",
            _steps(("np.zeros(Wax.shape), np.zeros(Waa.shape)",
                    "np.zeros((T_x, *Wax.shape)), np.zeros((T_x, *Waa.shape))"),
                   (DWAX, DWAX.replace(" +=", "[t] =")), (DWAA, DWAA.replace(" +=", "[t] =")),
                   (DB_START, "np.zeros((T_x, len(Waa), 1))"), (DB, DB.replace(" +=", "[t] ="))),
            "There is one gradient for each step. All steps share one W_ax, one W_aa and one b_a: add the steps' "
            "terms up.", "sums-over-the-steps"),
        mistake(
            "forwards_in_time", _steps((LOOP, "range(T_x)")),
            "The loop runs forwards in time. The gradient of a step needs what the step after it hands back, so go "
            "from the last step to the first.", "right-to-left"),
        mistake(
            "only_one_step_back", _steps((BACK, "back = Waa.T @ ((1 - a[t] ** 2) * da[t])")),
            "Gradients come back over one step only. What step t + 1 hands back must contain what it got itself from "
            "step t + 2, and so on: carry da_prev, not just what da[t + 1] gives.", "right-to-left",
            _steps((BACK, "back = Waa.T @ da[t]")), _steps((BACK, "back = da[t]"))),
        mistake(
            "gradient_carried_past_the_cell", _steps((BACK, "back = Waa.T @ (da[t] + back)")),
            "What is carried on has not passed the tanh of this step. The way from a^<t> back to a^<t-1> leads "
            "through both: da^<t-1> = W_aa^T dz^<t>, and dz has the slope.", "one-step-back",
            _steps((BACK, "back = da[t] + back"))),
        mistake(
            "Waa_left_out_between_steps", _steps((BACK, "back = dz")),
            "dz is handed on as it is. On the way from a^<t> back to a^<t-1> it passes W_aa: what is handed on is "
            "W_aa^T dz^<t>.", "right-to-left", _steps((BACK, "back = dz"), (DA0, '"da0": Waa.T @ back'))),
        mistake(
            "slope_left_out_between_steps", _step_dz("(1 - a[t] ** 2) * da[t] + back"),
            "What comes back from the next step misses the slope of this step's tanh. First add both gradients at "
            "a^<t>, then multiply the sum by 1 - (a^<t>)².", "right-to-left"),
        mistake(
            "carried_gradient_accumulated", _steps((BACK, "back += Waa.T @ dz")),
            "What comes back is added to what came back before (+= in place of =). It reached this step once already: "
            "hand on da_prev of this step alone. Sums over the steps are for the parameters.", "right-to-left"),
        mistake(
            "last_step_counted_twice", _steps((START, "back = np.zeros(x.shape), da[-1]")),
            "The last step's gradient is counted twice: the carried gradient starts with da of the last step, and "
            "then da[t] is added again. Behind the last step nothing comes back: start with zeros.", "right-to-left"),
        mistake(
            "da_of_another_step", _step_dz("(1 - a[t] ** 2) * (da[t - 1] + back)"),
            "da is read at another step. da[t] belongs to a[t], the state that step t produced.", "right-to-left",
            _step_dz("(1 - a[t] ** 2) * (da[-1 - t] + back)"), _step_dz("(1 - a[t] ** 2) * (da[-1] + back)")),
        mistake(
            "no_slope_in_any_step", _step_dz("da[t] + back"),
            "The slope of the tanh is missing in every step: dz^<t> = (1 - (a^<t>)²) * (da^<t> + W_aa^T dz^<t+1>).",
            "one-step-back"),
        mistake(
            "slope_of_the_sum_in_every_step", _step_dz("(1 - np.arctanh(a[t]) ** 2) * (da[t] + back)"),
            "You square z, the sum before the tanh. The slope of the tanh is 1 minus the square of its value, the "
            "state: 1 - (a^<t>)².", "one-step-back"),
        mistake(
            "slope_of_the_state_before_in_every_step", _step_dz("(1 - a_prev**2) * (da[t] + back)"),
            "Each slope is taken at the state before the step. Step t's tanh gave a^<t>: its slope is 1 - (a^<t>)².",
            "one-step-back"),
        mistake(
            "Waa_never_transposed", _steps((BACK, "back = Waa @ dz")),
            "W_aa is used without its transpose on the way back. It is square, so the shapes fit either way and only "
            "the numbers tell: forward W_aa a^<t-1>, backward W_aa^T dz^<t>.", "one-step-back"),
        mistake(
            "Wax_never_transposed", _steps((DX, "dx[t] = Wax @ dz")),
            "dx needs the transpose of W_ax: it takes the n_a numbers of dz^<t> back to n_x.", "one-step-back",
            _steps((DX, "dx[t] = Wax @ dz"), (BACK, "back = Waa @ dz"))),
        mistake(
            "dx_without_the_slope", _steps((DX, "dx[t] = Wax.T @ da[t]")),
            "dx is made from da[t]. It starts from dz^<t>, which holds both gradients that meet at the state, behind "
            "the slope: dx^<t> = W_ax^T dz^<t>.", "one-step-back", _steps((DX, "dx[t] = Wax.T @ (da[t] + back)"))),
        mistake(
            "dWaa_from_the_state_of_its_step", _steps((BEFORE, "a[t]")),
            "dWaa pairs dz^<t> with a^<t>. In step t W_aa was multiplied with the state before it: the term is "
            "dz^<t> (a^<t-1>)^T.", "sums-over-the-steps"),
        mistake(
            "last_state_for_a0", _steps((BEFORE, "a[t - 1]")),
            "At t = 0 the state before is a0. `a[t - 1]` is then `a[-1]`, and Python reads the last state of the "
            "sequence.", "sums-over-the-steps"),
        mistake(
            "a0_left_out_of_dWaa", _steps((BEFORE, "a[t - 1] if t > 0 else 0 * a0")),
            "The term of the first step is missing in dWaa. W_aa is used there too, with a0: dz^<1> (a^<0>)^T.",
            "sums-over-the-steps"),
        mistake(
            "a0_in_every_term", _steps((BEFORE, "a0")),
            "Every term of dWaa is made with a0. Only the first step started from a0; step t started from a^<t-1>.",
            "sums-over-the-steps"),
        mistake(
            "dWaa_transposed", _steps((DWAA, "dWaa += a_prev @ dz.T")),
            "dWaa is the transpose of what it should be. W_aa is square, so only the numbers tell: dz comes first, "
            "dz^<t> (a^<t-1>)^T.", "sums-over-the-steps",
            _steps((DWAA, "dWaa += a_prev @ dz.T"), (DWAX, "dWax = dWax + x[t] @ dz.T"))),
        mistake(
            "da0_one_step_too_early", _steps((DA0, '"da0": dz')),
            "da0 stops one step too early, at a^<1>. From dz of the first step it goes on through W_aa to a^<0>: "
            "da^<0> = W_aa^T dz^<1>.", "right-to-left",
            _steps((DA0, '"da0": da[0]')), _steps((DA0, '"da0": dz / (1 - a[0] ** 2)'))),
        mistake(
            "da0_from_the_last_step", _steps((BACK, f"{BACK}\n        last = back if t == T_x - 1 else last"),
                                             (DA0, '"da0": last')),
            "da0 comes from the last step. It is what the first step, t = 0, hands back: the last one that the loop "
            "reaches.", "right-to-left"),
        mistake(
            "dx_in_reverse_order", _steps((DX, "dx[-1 - t] = Wax.T @ dz")),
            "dx is in reverse order: the loop goes from the last step to the first, and so stand the steps in your "
            "list. Write into dx[t], or turn the list round.", "right-to-left"),
        mistake(
            "time_last", _steps(('"dx": dx', '"dx": np.moveaxis(dx, 0, 2)')),
            "Time is the last axis of your dx, as in another edition of this course. Here it is the first: dx[t] is "
            "one step. `np.moveaxis(dx, 2, 0)` converts.", "right-to-left"),
        mistake(
            "first_step_never_reached", _steps((LOOP, "range(T_x - 1, 0, -1)")),
            "The loop never reaches the first step: `range(T_x - 1, 0, -1)` ends at t = 1. `reversed(range(T_x))` has "
            "t = 0 in it.", "right-to-left",
            _steps((LOOP, "range(T_x - 1, 0, -1)"), (START, "back = np.zeros(x.shape), 0"), (SUMS, "0, 0, 0"))),
        mistake(
            "last_step_never_reached", _steps((LOOP, "reversed(range(T_x - 1))")),
            "The loop leaves out the last step. It has no step after it, but its own output gives it a gradient: "
            "begin at t = T_x - 1, with zeros coming back.", "right-to-left"),
        mistake(
            "whole_numbers", _steps(("dx, back = np.zeros(x.shape)", "dx, back = np.zeros(x.shape, dtype=int)")),
            "The array for dx holds whole numbers, so fractions written into it are cut off. `np.zeros(x.shape)` "
            "makes a floating-point one.", "right-to-left"),
        mistake(
            "mean_over_time", _steps((RETURN, "dWax, dWaa, dba = dWax / T_x, dWaa / T_x, dba / T_x\n    return {")),
            "You take the mean over the steps. The loss is a sum over time, so the gradients of the shared parameters "
            "are sums over the steps.", "sums-over-the-steps"),
        mistake(
            "divided_by_m_again",
            _steps((RETURN, "dWax, dWaa, dba = (sums / a0.shape[1] for sums in (dWax, dWaa, dba))\n    return {")),
            "You divide by m. The mean over the examples belongs to the loss, so da holds that division already: from "
            "there on gradients are only summed.", "sums-over-the-steps",
            _step_dz("(1 - a[t] ** 2) * (da[t] + back) / a0.shape[1]"),
            _step_dz("(1 - a[t] ** 2) * (da[t] / a0.shape[1] + back)")),
        mistake(
            "dba_without_its_column", _steps((DB_START, "np.zeros(len(Waa))"), (DB, "dba += np.sum(dz, axis=1)")),
            "dba has lost its second axis. It needs the shape of b_a, (n_a, 1). Subtracted from b_a as it is, it would "
            "be spread to a square.", "sums-over-the-steps"),
        mistake(
            "dba_averaged", _steps((DB, "dba += np.mean(dz, axis=1, keepdims=True)")),
            "dba is a mean over the examples. It is a sum over the steps and the examples: the division by m is in da "
            "already.", "sums-over-the-steps"),
        mistake(
            "dba_not_summed", _steps((DB_START, "np.zeros(a0.shape)"), (DB, "dba += dz")),
            "dba is not summed over the examples. The same b_a is added in every step and in every example.",
            "sums-over-the-steps"),
        mistake(
            "da_overwritten", _steps((DZ, "da[t] += back\n        dz = (1 - a[t] ** 2) * da[t]")),
            "You add inside the array da, which belongs to whoever called the function: at the next call it is wrong. "
            "Let the sum be a new array.", "right-to-left"),
        mistake(
            "sums_outlive_the_call", Accumulating(),
            "Called a second time with the same arguments, your function gives other numbers: the sums of the first "
            "call are still there. Set them to zero inside the function, before the loop.", "sums-over-the-steps"),
    ),
)

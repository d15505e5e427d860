"""What the exercises of chapter 9 share: inputs of one step, and the mistakes that both units invite."""

from autograder.engine import Case, Patched
from autograder.exercises.gated import OUTPUT, OVERFLOWING, mistakes_at_the_softmax
from autograder.exercises.inputs import (
    draw_step,
    gated_parameters,
    sizes_of_a_step,
    with_large_scores,
    with_large_sums,
)
from autograder.exercises.mistakes import mistakes_in

CHAPTER = "09_gru"
mistake = mistakes_in(CHAPTER)

UPDATE = "c_next = gamma_u * c_tilde + (1 - gamma_u) * c_prev"
CELL_IS_STATE = "a_next = c_next"


def step_inputs(rng, gates, n):
    """Draw the arguments of one step forwards, for sizes `n`."""
    parameters = gated_parameters(rng, gates, n["n_x"], n["n_a"], n["n_y"])
    return *draw_step(rng, n), parameters


def step_cases(rng, gates):
    """Draw the cases of one step forwards."""
    cases = [Case(step_inputs(rng, gates, n), n, label) for label, n in sizes_of_a_step(rng)]
    return [*cases, with_large_scores(cases[0]), with_large_sums(cases[0], gates)]


def mistakes_in_the_update(reference):
    """Return the misconceptions about the memory cell and its update gate, made in either unit."""
    def cell(*replacements):
        return Patched(reference, *replacements)

    def update(new):
        return cell((UPDATE, "c_next = " + new))

    return (
        mistake(
            "update_gate_turned_round", update("(1 - gamma_u) * c_tilde + gamma_u * c_prev"),
            "Γ_u and 1 - Γ_u are exchanged. This is right in another convention, in which the gate says how much is "
            "kept (it is mostly called z there). Here Γ_u says how much is new: Γ_u * candidate + (1 - Γ_u) * "
            "c^<t-1>.", "gru-other-conventions"),
        mistake(
            "nothing_kept", update("gamma_u * c_tilde"),
            "The second term is missing: (1 - Γ_u) * c^<t-1>. It carries the old memory on; without it, closing the "
            "gate would erase the memory instead of keeping it.", "gru-memory-cell"),
        mistake(
            "nothing_new", update("(1 - gamma_u) * c_prev"),
            "The first term is missing: Γ_u * candidate. Nothing new ever gets into the memory.", "gru-memory-cell"),
        mistake(
            "all_of_the_old_kept", update("gamma_u * c_tilde + c_prev"),
            "The old memory is kept whole and the candidate added on top, so the cell grows without limit. What is "
            "taken in of the new is given up of the old: the factor (1 - Γ_u) is missing.", "gru-memory-cell"),
        mistake(
            "all_of_the_new_taken", update("c_tilde + (1 - gamma_u) * c_prev"),
            "The candidate comes in whole: its factor Γ_u is missing. The two weights, Γ_u and 1 - Γ_u, add up to "
            "one.", "gru-memory-cell"),
        mistake(
            "both_weighted_by_the_gate", update("gamma_u * c_tilde + gamma_u * c_prev"),
            "Candidate and old memory have the same weight, Γ_u. The old memory gets what is left: 1 - Γ_u.",
            "gru-memory-cell"),
        mistake(
            "gate_never_used", update("c_tilde"),
            "The candidate goes straight into the memory, or out as the state: the update gate is not used. The "
            "candidate is only a proposal; without the gate the unit is a basic RNN again.", "gru-memory-cell",
            cell((CELL_IS_STATE, "a_next = c_tilde"))),
        mistake(
            "parentheses_of_the_update", update("gamma_u * c_tilde + 1 - gamma_u * c_prev"),
            "Multiplication comes first: `1 - gamma_u * c_prev` is not `(1 - gamma_u) * c_prev`. Parentheses are "
            "missing.", "gru-memory-cell"),
        mistake(
            "update_by_matrix_product", update("gamma_u @ c_tilde + (1 - gamma_u) @ c_prev"),
            "A gate acts entry by entry, with `*`: each unit of each example has its own. `@` is the matrix product.",
            "gru-memory-cell"),
        mistake(
            "minus_between_old_and_new", update("gamma_u * c_tilde - (1 - gamma_u) * c_prev"),
            "The two parts are subtracted. The new memory is their sum, a mixture of candidate and old memory.",
            "gru-memory-cell"),
        mistake(
            "candidate_through_the_sigmoid", cell(("np.tanh(", "sigmoid(")),
            "The candidate goes through a sigmoid, so the memory could never be negative. Gates are sigmoids; the "
            "candidate is a tanh, with values between -1 and 1.", "gru-candidate"),
        mistake(
            "candidate_without_tanh", cell(("np.tanh(", "(")),
            "The tanh of the candidate is missing: its values, and with them the memory, are then without limits.",
            "gru-candidate"),
        mistake(
            "candidate_through_relu", cell(("np.tanh(", "np.fmax(0, ")),
            "The candidate goes through a ReLU, so the memory could never be negative, and has no limit. It is a tanh, "
            "with values between -1 and 1.", "gru-candidate"),
        mistake(
            "weights_entry_by_entry", cell(("Wu @", "Wu *")),
            "`*` multiplies entry by entry. A matrix acts on the stacked vector by the matrix product, `@`: "
            "W [c^<t-1>, x^<t>].", "gru-candidate"),
        mistake(
            "sums_overflow", cell(*((f"{name}({after}", f"{own}({after}") for (name, own), after in zip(
                OVERFLOWING.items(), ("Wu", "Wc"), strict=True))),
            "For large sums exp overflows, and inf / inf is NaN. Take `sigmoid` from the library and `np.tanh`, or "
            "write the sigmoid as 1 / (1 + exp(-z)).", "gru-update-gate",
            cell(("sigmoid(Wu", OVERFLOWING["sigmoid"] + "(Wu")), cell(("np.tanh(", OVERFLOWING["np.tanh"] + "("))),
        mistake(
            "names_of_another_edition", cell(('"Wu"', '"Wz"')),
            "The parameters have other names here than elsewhere. The update gate is Γ_u: Wu and bu, not Wz and bz. "
            "The candidate is Wc and bc, the output layer Wya and by.", "gru-other-conventions",
            cell(('"bu"', '"bz"')), cell(('"Wya"', '"Wy"')), cell(('"Wc"', '"Wh"'))),
        mistake(
            "gate_without_sigmoid", cell(("sigmoid(Wu", "(Wu")),
            "The sigmoid of the update gate is missing. Only between 0 and 1 is it a gate.", "gru-update-gate"),
        mistake(
            "gate_as_a_switch", cell(("sigmoid(Wu", "np.round(sigmoid(Wu"), ("+ bu)", "+ bu))")),
            "Your gate is only ever 0 or 1. Γ_u takes all values between; for most steps it is near one end, but a "
            "hard switch has no slope, and could not be learned.", "gru-update-gate"),
        mistake(
            "softmax_on_the_gate", cell(("sigmoid(Wu", "softmax(Wu")),
            "The update gate goes through a softmax, which makes the units compete: together they open to one. Each "
            "unit has a gate of its own, a sigmoid.", "gru-update-gate"),
        mistake(
            "candidate_bias_missing", cell((" + bc", "")),
            "The bias b_c is missing in the line of the candidate.", "gru-candidate"),
        mistake(
            "update_bias_missing", cell((" + bu", "")),
            "The bias b_u is missing in the line of the update gate. It decides whether the gate is open or closed "
            "when nothing speaks for either.", "gru-update-gate"),
        mistake(
            "tanh_of_the_memory", cell((CELL_IS_STATE, "a_next = np.tanh(c_next)")),
            "You take a tanh of the memory cell for the state. That is in an LSTM. In a GRU the state is the memory "
            "cell: a^<t> = c^<t>, with no function between them.", "gru-state-and-memory"),
        mistake(
            "old_state_handed_out", cell((CELL_IS_STATE, "a_next = a_prev")),
            "The state that comes back is the old one. The notes' last line reads c = a as if the cell were made from "
            "the state; it is the other way: a^<t> = c^<t>, the memory after the update.", "gru-state-and-memory",
            cell((CELL_IS_STATE, "c_next = a_prev\n    a_next = c_next"))),
    )


def mistakes_in_the_output(reference, cache):
    """Return the misconceptions about the prediction, the results and the cache, made in either unit."""
    def cell(*replacements):
        return Patched(reference, *replacements)

    def output(new):
        return cell((OUTPUT, "yt_pred = " + new))

    names = cache.strip("()").split(", ")
    gates = ", ".join(names[3:-2])
    return (
        mistake(
            "y_from_a_prev", output("softmax(Wya @ a_prev + by)"),
            "Your prediction is made from a^<t-1>, the state before this step. It reads a^<t>, the state that was "
            "just computed.", "gru-state-and-memory"),
        mistake(
            "y_from_the_candidate", output("softmax(Wya @ c_tilde + by)"),
            "Your prediction is made from the candidate. It reads the state a^<t>, which is the memory cell after the "
            "update.", "gru-state-and-memory"),
        *mistakes_at_the_softmax(mistake, reference, "gru-state-and-memory"),
        mistake(
            "results_swapped", cell(("return a_next, yt_pred,", "return yt_pred, a_next,")),
            "The results come in another order. It is a_next, yt_pred, cache: first the state, then the prediction.",
            "gru-state-and-memory", cell((f"return a_next, yt_pred, {cache}", f"return a_next, {cache}, yt_pred"))),
        mistake(
            "prediction_not_returned", cell(("return a_next, yt_pred,", "return a_next,")),
            "The prediction is not among the results. They are three: a_next, yt_pred, cache.", "gru-state-and-memory"),
        mistake(
            "cache_not_returned", cell((f"return a_next, yt_pred, {cache}", "return a_next, yt_pred")),
            f"The third result is missing: the cache, {cache}. The way back needs it.", "gru-cache"),
        mistake(
            "memory_returned_too", cell(("return a_next, yt_pred,", "return a_next, c_next, yt_pred,")),
            "The memory is handed out beside the state, as in an LSTM. In a GRU they are one: the results are a_next, "
            "yt_pred, cache.", "gru-state-and-memory"),
        mistake(
            "cache_in_another_order", cell((cache, cache.replace("a_next, a_prev", "a_prev, a_next"))),
            f"The cache has another order. It is {cache}: the way back unpacks it in just this order.",
            "gru-cache",
            cell((cache, f"(xt, a_prev, c_tilde, {gates}, a_next, parameters)")),
            cell((cache, f"(a_next, a_prev, {gates}, c_tilde, xt, parameters)")),
            cell((cache, f"(a_next, a_prev, xt, c_tilde, {gates}, parameters)")),
            cell((cache, f"(a_next, a_prev, xt, {gates}, c_tilde, parameters)"))),
        mistake(
            "cache_incomplete", cell((cache, "(a_next, a_prev, xt, parameters)")),
            f"The cache lacks something that the way back unpacks. It is {cache}.", "gru-cache",
            cell((cache, f"(c_tilde, {gates})")), cell((cache, cache.replace(", c_tilde", ""))),
            cell((cache, cache.replace("a_next, ", "", 1))), cell((cache, cache.replace(", parameters", ""))),
            cell((cache, "parameters")), cell((cache, "None")), cell((cache, "{}")), cell((cache, "()")),
            *(cell((cache, cache.replace(f", {name}", ""))) for name in gates.split(", "))),
        mistake(
            "state_overwritten", cell((CELL_IS_STATE, "a_prev[:] = c_next\n    a_next = a_prev")),
            "You write the new state into a_prev. The array belongs to whoever called the function, and the way back "
            "needs the old state: give the new one a name of its own.", "gru-cache"),
        mistake(
            "whole_numbers", cell((CELL_IS_STATE, "a_next = np.zeros(a_prev.shape, dtype=int)\n"
                                                  "    a_next[:] = c_next")),
            "The array for the state holds whole numbers, so what lies between is cut off. Make it with a "
            "floating-point dtype, or let the formula make it.", "gru-memory-cell"),
    )


def bias_as_a_row(reference, gates):
    """Return the misconception that biases are added along the examples."""
    rows = [(f"+ b{gate})", f"+ b{gate}.ravel())") for gate in gates]
    return mistake(
        "bias_along_the_batch", Patched(reference, *rows),
        "A bias of shape (n_a,) is added along the examples, not along the units. Keep it a column of shape (n_a, 1).",
        "gru-candidate", *(Patched(reference, row) for row in rows),
        Patched(reference, *rows, (OUTPUT, "yt_pred = softmax(Wya @ a_next + by.ravel())")),
        Patched(reference, (OUTPUT, "yt_pred = softmax(Wya @ a_next + by.ravel())")))



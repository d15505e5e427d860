"""What the exercises of chapter 10 share: inputs of an LSTM, and the mistakes that both of its cells invite."""

from autograder.engine import Case, Patched
from autograder.exercises.gated import OUTPUT, OVERFLOWING, mistakes_at_the_softmax
from autograder.exercises.inputs import gated_parameters, sizes_of_a_step, with_large_scores, with_large_sums
from autograder.exercises.mistakes import mistakes_in

CHAPTER = "10_lstm"
mistake = mistakes_in(CHAPTER)

STACKED = "stacked = np.concatenate([a_prev, xt])"
MEMORY = "c_next = gamma_u * c_tilde + gamma_f * c_prev"
STATE = "a_next = gamma_o * np.tanh(c_next)"
CACHE = "(a_next, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters)"
RESULTS = "return a_next, c_next, yt_pred, cache"
OF_A_STEP = ("a_next", "c_next", "a_prev", "c_prev", "c_tilde", "gamma_u", "gamma_f", "gamma_o")


def lstm_parameters(rng, n_x, n_a, n_y, peepholes=False):
    """Draw parameters of an LSTM, with peepholes or without; nothing is zero."""
    parameters = gated_parameters(rng, "cufo", n_x, n_a, n_y)
    return parameters | {name: rng.uniform(0.3, 1.2, (n_a, 1)) * rng.choice([-1, 1], (n_a, 1))
                         for name in ("pu", "pf", "po") if peepholes}


def step_inputs(rng, n, peepholes=False):
    """Draw the arguments of one step forwards, for sizes `n`; the memory may be larger than one."""
    parameters = lstm_parameters(rng, n["n_x"], n["n_a"], n["n_y"], peepholes)
    state = rng.uniform(-0.9, 0.9, (n["n_a"], n["m"])), 1.2 * rng.standard_normal((n["n_a"], n["m"]))
    return rng.standard_normal((n["n_x"], n["m"])), *state, parameters


def step_cases(rng, peepholes=False):
    """Draw the cases of one step forwards."""
    cases = [Case(step_inputs(rng, n, peepholes), n, label) for label, n in sizes_of_a_step(rng)]
    return [*cases, with_large_scores(cases[0]), with_large_sums(cases[0], "cufo")]


def _cache(*names):
    return f"({', '.join(names)}, xt, parameters)"


def names_of_another_edition(patched):
    """Return the misconception that the parameters have the names of another edition of the course.

    Parameters
    ----------
    patched : callable
        Patches the function at hand: ``patched((old, new), ...)``.
    """
    return mistake(
        "names_of_another_edition", patched(('"Wu"', '"Wi"')),
        "The parameters have other names here than in other editions of this course. The input gate is the update "
        "gate Γ_u: Wu and bu, not Wi and bi. The output layer is Wya and by.", "lstm-other-names",
        patched(('"bu"', '"bi"')), patched(('"Wya"', '"Wy"')))


def mistakes_in_the_memory(reference):
    """Return the misconceptions about the memory cell and the two gates that renew it, made in either cell."""
    def cell(*replacements):
        return Patched(reference, *replacements)

    def memory(new):
        return cell((MEMORY, "c_next = " + new))

    return (
        mistake(
            "forget_and_update_exchanged", memory("gamma_f * c_tilde + gamma_u * c_prev"),
            "Γ_u and Γ_f are exchanged in the line of the memory. The update gate lets the new in, the forget gate "
            "keeps the old: Γ_u * candidate + Γ_f * c^<t-1>.", "lstm-memory-cell"),
        mistake(
            "coupled_gates", memory("gamma_u * c_tilde + (1 - gamma_u) * c_prev"),
            "The old memory is weighted by 1 - Γ_u, as in a GRU. An LSTM has a gate of its own for that: "
            "Γ_f * c^<t-1>. It may keep the old and take in the new at once.", "lstm-memory-cell",
            memory("(1 - gamma_f) * c_tilde + gamma_f * c_prev")),
        mistake(
            "forget_gate_turned_round", memory("gamma_u * c_tilde + (1 - gamma_f) * c_prev"),
            "The old memory is weighted by 1 - Γ_f. In spite of its name the forget gate says how much is *kept*: "
            "Γ_f * c^<t-1>, with 1 for keeping all.", "lstm-memory-cell"),
        mistake(
            "forget_gate_left_out", memory("gamma_u * c_tilde + c_prev"),
            "The old memory is kept whole: the factor Γ_f is missing. This is the LSTM of 1997, which could not "
            "forget; its memory grows without limit. Here it is Γ_u * candidate + Γ_f * c^<t-1>.",
            "lstm-memory-cell"),
        mistake(
            "update_gate_left_out", memory("c_tilde + gamma_f * c_prev"),
            "The candidate comes in whole: the factor Γ_u is missing. The update gate decides how much of it is taken: "
            "Γ_u * candidate + Γ_f * c^<t-1>.", "lstm-memory-cell"),
        mistake(
            "both_gates_left_out", memory("c_tilde + c_prev"),
            "Neither gate is used: candidate and old memory are simply added. It is Γ_u * candidate + "
            "Γ_f * c^<t-1>.", "lstm-memory-cell"),
        mistake(
            "nothing_kept", memory("gamma_u * c_tilde"),
            "The second term is missing: Γ_f * c^<t-1>. Without it nothing is ever remembered.", "lstm-memory-cell"),
        mistake(
            "nothing_new", memory("gamma_f * c_prev"),
            "The first term is missing: Γ_u * candidate. Nothing new ever gets into the memory.", "lstm-memory-cell"),
        mistake(
            "one_gate_for_old_and_new", memory("gamma_u * c_tilde + gamma_u * c_prev"),
            "Candidate and old memory have the same gate. The candidate has Γ_u, the old memory Γ_f.",
            "lstm-memory-cell", memory("gamma_f * c_tilde + gamma_f * c_prev")),
        mistake(
            "output_gate_on_the_memory", memory("gamma_o * c_tilde + gamma_f * c_prev"),
            "Γ_o stands in the line of the memory. The output gate only decides what is shown: a^<t> = Γ_o * "
            "tanh(c^<t>). The memory is Γ_u * candidate + Γ_f * c^<t-1>.", "lstm-memory-cell",
            memory("gamma_u * c_tilde + gamma_o * c_prev")),
        mistake(
            "state_for_memory", memory("gamma_u * c_tilde + gamma_f * a_prev"),
            "a^<t-1> stands where c^<t-1> belongs. In an LSTM state and memory are two things: what is carried on is "
            "the memory, Γ_f * c^<t-1>.", "lstm-memory-cell"),
        mistake(
            "minus_between_old_and_new", memory("gamma_u * c_tilde - gamma_f * c_prev"),
            "The two parts are subtracted. The new memory is their sum: Γ_u * candidate + Γ_f * c^<t-1>.",
            "lstm-memory-cell", memory("gamma_f * c_prev - gamma_u * c_tilde")),
        mistake(
            "gates_by_matrix_product", memory("gamma_u @ c_tilde + gamma_f @ c_prev"),
            "A gate acts entry by entry, with `*`: each unit of each example has its own. `@` is the matrix product.",
            "lstm-memory-cell", memory("np.dot(gamma_u, c_tilde) + np.dot(gamma_f, c_prev)"),
            memory("np.dot(gamma_f, c_prev) + np.dot(gamma_u, c_tilde)"),
            cell((STATE, "a_next = gamma_o @ np.tanh(c_next)")),
            cell((STATE, "a_next = np.dot(gamma_o, np.tanh(c_next))"))),
        mistake(
            "memory_squashed", memory("np.tanh(gamma_u * c_tilde + gamma_f * c_prev)"),
            "The memory itself went through a tanh. The tanh belongs to the state alone, Γ_o * tanh(c^<t>); what is "
            "carried on passes no tanh, and that is why it lasts.", "lstm-memory-cell",
            cell((STATE, "c_next = np.tanh(c_next)\n    a_next = gamma_o * c_next"))),
        mistake(
            "candidate_through_the_sigmoid", cell(("np.tanh(Wc", "sigmoid(Wc")),
            "The candidate goes through a sigmoid, so nothing could ever be subtracted from the memory. Gates are "
            "sigmoids; the candidate is a tanh, with values between -1 and 1.", "lstm-candidate-and-gates"),
        mistake(
            "candidate_without_tanh", cell(("np.tanh(Wc", "(Wc")),
            "The tanh of the candidate is missing: its values are then without limits.", "lstm-candidate-and-gates"),
        mistake(
            "candidate_through_relu", cell(("np.tanh(Wc @ stacked + bc)", "np.maximum(Wc @ stacked + bc, 0)")),
            "The candidate goes through a ReLU: without limit above, and nothing could ever be subtracted from the "
            "memory. It is a tanh, with values between -1 and 1.", "lstm-candidate-and-gates"),
        mistake(
            "weights_entry_by_entry", cell(("Wc @ stacked", "Wc * stacked")),
            "`*` multiplies entry by entry. A matrix acts on the stacked vector by the matrix product, `@`: "
            "W [a^<t-1>, x^<t>].", "lstm-candidate-and-gates"),
        mistake(
            "stacked_side_by_side", cell((STACKED, "stacked = np.concatenate([a_prev, xt], axis=1)")),
            "State and input are put side by side. The state stands *above* the input, in the same column for each "
            "example: `np.concatenate([a_prev, xt])`, along axis 0.", "lstm-candidate-and-gates"),
    )


def mistakes_in_the_state(reference):
    """Return the misconceptions about the state, the prediction and the results, made in either cell."""
    def cell(*replacements):
        return Patched(reference, *replacements)

    def state(new):
        return cell((STATE, "a_next = " + new))

    def output(new):
        return cell((OUTPUT, "yt_pred = " + new))

    def cache(*names):
        return cell((CACHE, _cache(*names)))

    def overflowing(lines):
        names = ((line, "np.tanh" if line == "c" else "sigmoid") for line in lines)
        return cell(*((f"{name}(W{line}", f"{OVERFLOWING[name]}(W{line}") for line, name in names))

    a, c, a_prev, c_prev, new, u, f, o = OF_A_STEP
    return (
        mistake(
            "state_without_tanh", state("gamma_o * c_next"),
            "The tanh is missing in the line of the state: a^<t> = Γ_o * tanh(c^<t>). The memory may be larger than "
            "one; the tanh brings what is shown between -1 and 1.", "lstm-state"),
        mistake(
            "output_gate_left_out", state("np.tanh(c_next)"),
            "The output gate is not used: a^<t> = Γ_o * tanh(c^<t>). It decides how much of the memory is shown in "
            "this step.", "lstm-state"),
        mistake(
            "state_is_the_memory", state("c_next"),
            "You hand out the memory as the state. So it is in a GRU; in an LSTM the state is Γ_o * tanh(c^<t>).",
            "lstm-state"),
        mistake(
            "state_from_the_old_memory", state("gamma_o * np.tanh(c_prev)"),
            "The state is made from c^<t-1>, the memory before this step. It shows the one just renewed: "
            "a^<t> = Γ_o * tanh(c^<t>).", "lstm-state"),
        mistake(
            "state_from_the_candidate", state("gamma_o * np.tanh(c_tilde)"),
            "The state is made from the candidate. It shows the memory after the update: a^<t> = Γ_o * tanh(c^<t>).",
            "lstm-state", state("gamma_o * c_tilde")),
        mistake(
            "another_gate_at_the_output", state("gamma_u * np.tanh(c_next)"),
            "Another gate stands at the output. The state has the output gate: a^<t> = Γ_o * tanh(c^<t>).",
            "lstm-state", state("gamma_f * np.tanh(c_next)")),
        mistake(
            "tanh_around_the_product", state("np.tanh(gamma_o * c_next)"),
            "The tanh stands around the product. It acts on the memory alone, and then the gate multiplies: "
            "Γ_o * tanh(c^<t>).", "lstm-state"),
        mistake(
            "sigmoid_of_the_memory", state("gamma_o * sigmoid(c_next)"),
            "The memory goes through a sigmoid on its way to the state. It is a tanh: a^<t> = Γ_o * tanh(c^<t>).",
            "lstm-state"),
        mistake(
            "y_from_the_memory", output("softmax(Wya @ c_next + by)"),
            "Your prediction is made from the memory c^<t>. It reads the state, a^<t>: what the output gate lets "
            "out.", "lstm-state", output("softmax(Wya @ np.tanh(c_next) + by)")),
        mistake(
            "y_from_a_prev", output("softmax(Wya @ a_prev + by)"),
            "Your prediction is made from a^<t-1>, the state before this step. It reads a^<t>, the state that was just "
            "computed.", "lstm-state"),
        *mistakes_at_the_softmax(mistake, reference, "lstm-state"),
        mistake(
            "sums_overflow", overflowing("cufo"),
            "For large sums exp overflows, and inf / inf is NaN. Take `sigmoid` from the library and `np.tanh`, or "
            "write the sigmoid as 1 / (1 + exp(-z)).", "lstm-candidate-and-gates", overflowing("ufo"),
            *(overflowing(line) for line in "cufo")),
        mistake(
            "results_in_another_order", cell((RESULTS, "return c_next, a_next, yt_pred, cache")),
            "The results come in another order. It is a_next, c_next, yt_pred, cache: first the state, then the "
            "memory, then the prediction.", "lstm-state",
            *(cell((RESULTS, f"return {order}")) for order in (
                "a_next, yt_pred, c_next, cache", "yt_pred, a_next, c_next, cache", "a_next, c_next, cache, yt_pred"))),
        mistake(
            "memory_not_returned", cell((RESULTS, "return a_next, yt_pred, cache")),
            "The memory is not among the results. An LSTM hands two things on to the next step: the state a_next and "
            "the memory c_next.", "lstm-state", cell((RESULTS, "return a_next, yt_pred"))),
        mistake(
            "prediction_not_returned", cell((RESULTS, "return a_next, c_next, cache")),
            "The prediction is not among the results. They are four: a_next, c_next, yt_pred, cache.", "lstm-state"),
        mistake(
            "cache_not_returned", cell((RESULTS, "return a_next, c_next, yt_pred")),
            f"The fourth result is missing: the cache, {CACHE}. The way back needs it.", "lstm-cache"),
        mistake(
            "cache_in_another_order", cache(a_prev, c_prev, a, c, new, u, f, o),
            f"The cache has another order. It is {CACHE}: the way back unpacks it in just this order.", "lstm-cache",
            cache(a, c, a_prev, c_prev, f, u, new, o), cache(a, c, a_prev, c_prev, u, f, o, new),
            cache(a, c, a_prev, c_prev, new, f, u, o), cache(a, c, a_prev, c_prev, f, u, o, new),
            cache(a, c, a_prev, c_prev, u, f, new, o), cache(a, a_prev, c, c_prev, new, u, f, o),
            cache(c, a, c_prev, a_prev, new, u, f, o)),
        mistake(
            "cache_incomplete", cell((CACHE, "(a_next, c_next, a_prev, c_prev, xt, parameters)")),
            f"The cache lacks something that the way back unpacks. It is {CACHE}.", "lstm-cache",
            *(cache(*(each for each in OF_A_STEP if each != name)) for name in OF_A_STEP),
            cell((CACHE, CACHE.replace(", parameters", ""))), cell((CACHE, CACHE.replace(", xt", ""))),
            cell((CACHE, "(c_tilde, gamma_u, gamma_f, gamma_o)")), cell((CACHE, "parameters")),
            cell((CACHE, "None")), cell((CACHE, "()")), cell((CACHE, "{}"))),
        mistake(
            "cache_keeps_the_tanh", cell((CACHE, CACHE.replace("c_next", "np.tanh(c_next)"))),
            "The cache keeps the tanh of the memory. It keeps the memory itself, c^<t>, as it is handed on.",
            "lstm-cache"),
        mistake(
            "cache_keeps_the_sums", cell((CACHE, _cache(a, c, a_prev, c_prev, f"np.arctanh({new})", *(
                f"np.log({gate} / (1 - {gate}))" for gate in (u, f, o))))),
            "The cache keeps what stood inside the tanh and the sigmoids. It keeps what came out of them: candidate "
            "and gates.", "lstm-cache"),
        mistake(
            "state_overwritten", cell((STATE, "a_prev[:] = gamma_o * np.tanh(c_next)\n    a_next = a_prev")),
            "You write the new state or memory into an array that was handed in. It belongs to whoever called the "
            "function, and the way back needs the old one: give the new one a name of its own.", "lstm-cache",
            cell((MEMORY, "c_prev *= gamma_f\n    c_prev += gamma_u * c_tilde\n    c_next = c_prev"))),
        mistake(
            "whole_numbers", cell((OUTPUT, "a_next = a_next.astype(int)\n    " + OUTPUT)),
            "The array for the state holds whole numbers, so what lies between is cut off. Make it with a "
            "floating-point dtype, or let the formula make it.", "lstm-state"),
        names_of_another_edition(cell),
    )

"""Exercise of chapter 10: one step of an LSTM whose gates see the memory."""

from autograder.engine import Array, Exercise, Part, Patched, intact
from autograder.exercises._ch10_shared import (
    CHAPTER,
    MEMORY,
    OF_A_STEP,
    STACKED,
    mistake,
    mistakes_in_the_memory,
    mistakes_in_the_state,
    step_cases,
)
from autograder.exercises.gated import step_cache
from solutions import peephole_lstm_cell_forward

SEEN = {"u": "c_prev", "f": "c_prev", "o": "c_next"}
GAMMA = {gate: f"gamma_{gate} = sigmoid(W{gate} @ stacked + p{gate} * {seen} + b{gate})" for gate, seen in SEEN.items()}


def _cell(*replacements):
    return Patched(peephole_lstm_cell_forward, *replacements)


def _peepholes(pattern, gates="ufo"):
    """Write the peephole of some gates in another way; ``{p}`` and ``{c}`` stand for weight and memory."""
    return _cell(*((f"p{gate} * {SEEN[gate]}", pattern.format(p="p" + gate, c=SEEN[gate])) for gate in gates))


def _in_each_way(pattern, *groups):
    """Return the mistake in all three gates, and in some of them."""
    return [_peepholes(pattern, gates) for gates in ("ufo", *groups)]


def _output_sees(what):
    return _peepholes("{p} * " + what, "o")


def _whole_gates(pattern, gates="ufo"):
    return _cell(*((GAMMA[gate], f"gamma_{gate} = " + pattern.format(g=gate, c=SEEN[gate])) for gate in gates))


PEEPHOLE_MISTAKES = (
    mistake(
        "output_gate_sees_the_old_memory", _output_sees("c_prev"),
        "The output gate sees c^<t-1>, as the notes have it. In the usual form it comes after the memory was renewed, "
        "and sees the new one: p_o * c^<t>.", "lstm-which-memory"),
    mistake(
        "peepholes_left_out", _peepholes("0 * {c}"),
        "The peepholes are not used: this is a plain LSTM. Each gate adds p * c inside its sigmoid.",
        "lstm-peepholes"),
    mistake(
        "one_peephole_missing", _peepholes("0 * {c}", "o"),
        "A gate has no peephole. All three have one: p_u * c^<t-1>, p_f * c^<t-1>, and p_o * c^<t>.", "lstm-peepholes",
        *(_peepholes("0 * {c}", gates) for gates in ("u", "f", "uf"))),
    mistake(
        "peephole_without_the_memory", _peepholes("{p}"),
        "The peephole stands there without the memory, like a second bias. It multiplies what it shows: p * c.",
        "lstm-peepholes", _peepholes("{p}", "uf"), _peepholes("{p}", "o")),
    mistake(
        "peepholes_as_a_matrix_product", _peepholes("{p} @ {c}"),
        "A peephole is one number for each unit, (n_a, 1), and acts entry by entry, with `*`: a gate sees the memory "
        "of its own unit alone. `@` is the product of a full matrix.", "lstm-peepholes",
        *_in_each_way("np.dot({p}, {c})", "u", "f", "o"), *(_peepholes("{p} @ {c}", gate) for gate in "ufo")),
    mistake(
        "all_units_seen", _peepholes("{p}.T @ {c}"),
        "Each gate sees a sum over all units' memories. It sees the memory of its own unit alone: p * c, entry by "
        "entry.", "lstm-peepholes", _peepholes("{p} * np.sum({c}, axis=0)"), _peepholes("np.dot({p}.T, {c})", "uf"),
        *(_peepholes("{p}.T @ {c}", gate) for gate in "ufo")),
    mistake(
        "memory_in_the_stack",
        _cell((STACKED, "stacked = np.concatenate([a_prev, xt, c_prev])")),
        "You stack c^<t-1> with state and input, as the short form [a, x, c] suggests. W has no columns for it: the "
        "memory comes in by the peepholes, + p * c, one number for each unit.", "lstm-peepholes",
        _whole_gates("sigmoid(np.dot(W{g}, np.concatenate([a_prev, xt, c_prev])) + b{g})"),
        _whole_gates("sigmoid(np.dot(W{g}, np.concatenate([a_prev, c_prev, xt])) + b{g})"),
        _cell((STACKED, "stacked = np.concatenate([a_prev, c_prev, xt])"))),
    mistake(
        "forget_and_update_peepholes_exchanged",
        _cell(("pu * c_prev", "p_f * c_prev"), ("pf * c_prev", "pu * c_prev"), ("p_f *", "pf *")),
        "The peepholes of two gates are exchanged: p_u belongs to Γ_u, p_f to Γ_f, p_o to Γ_o.", "lstm-peepholes",
        _cell(("pu * c_prev", "po * c_prev"), ("po * c_next", "pu * c_next")),
        _cell(("pf * c_prev", "po * c_prev"), ("po * c_next", "pf * c_next"))),
    mistake(
        "one_peephole_for_all", _cell(("pf * c_prev", "pu * c_prev"), ("po * c_next", "pu * c_next")),
        "One peephole serves for several gates. Each has its own: p_u, p_f and p_o.", "lstm-peepholes",
        _cell(("pf * c_prev", "pu * c_prev")), _cell(("pu * c_prev", "pf * c_prev")),
        _cell(("po * c_next", "pu * c_next")), _cell(("po * c_next", "pf * c_next"))),
    mistake(
        "peephole_without_its_weight", _peepholes("{c}"),
        "The memory comes in without its weight. It is multiplied by the peephole: p * c.", "lstm-peepholes",
        *(_peepholes("{c}", gates) for gates in ("u", "f", "o", "uf"))),
    mistake(
        "peephole_sees_the_state", _peepholes("{p} * a_prev"),
        "The peepholes look at the state. The gates read that anyway; a peephole shows what they cannot see, the "
        "memory c.", "lstm-peepholes", _peepholes("{p} * a_prev", "uf")),
    mistake(
        "peephole_sees_the_tanh", _peepholes("{p} * np.tanh({c})"),
        "The peepholes see the tanh of the memory. They see the memory itself, before any tanh.", "lstm-peepholes",
        *(_peepholes("{p} * np.tanh({c})", gates) for gates in ("o", "uf"))),
    mistake(
        "output_gate_sees_the_candidate", _output_sees("c_tilde"),
        "The output gate sees the candidate. Its peephole shows the memory after the update, c^<t>.",
        "lstm-which-memory"),
    mistake(
        "peephole_outside_the_sigmoid", _whole_gates("sigmoid(W{g} @ stacked + b{g}) + p{g} * {c}"),
        "The peephole is added to the finished gate, which then leaves the range from 0 to 1. It stands inside the "
        "sigmoid, beside the bias.", "lstm-peepholes",
        _whole_gates("sigmoid(W{g} @ stacked + b{g}) * (p{g} * {c})")),
    mistake(
        "peephole_as_a_factor", _whole_gates("sigmoid((W{g} @ stacked) * (p{g} * {c}) + b{g})"),
        "The peephole multiplies the sum. It is one more term of it: W [a, x] + p * c + b.", "lstm-peepholes",
        _whole_gates("sigmoid((W{g} @ stacked + b{g}) * p{g} * {c})")),
    mistake(
        "peephole_along_the_batch", _peepholes("{p}.ravel() * {c}"),
        "The peepholes have lost their second axis, so they multiply along the examples. Keep them columns of shape "
        "(n_a, 1).", "lstm-peepholes", *(_peepholes("{p}.ravel() * {c}", gates) for gates in "ufo")),
    mistake(
        "peephole_subtracted", _cell(*((f"+ p{gate} *", f"- p{gate} *") for gate in "ufo")),
        "The peephole is subtracted. It is added inside the sigmoid: W [a, x] + p * c + b.", "lstm-peepholes"),
    mistake(
        "candidate_sees_the_memory", _cell(("Wc @ stacked + bc", "Wc @ stacked + pu * c_prev + bc")),
        "The candidate has a peephole. Only the three gates have; the candidate reads [a^<t-1>, x^<t>] alone.",
        "lstm-peepholes", _cell(("Wc @ stacked + bc", "Wc @ stacked + pf * c_prev + bc"))),
    mistake(
        "bias_missing", _cell((" + bc", ""), (" + bu", ""), (" + bf", ""), (" + bo", "")),
        "A bias is missing. The peephole does not take its place: b_c, b_u, b_f and b_o each belong to a line.",
        "lstm-candidate-and-gates", *(_cell((f" + b{name}", "")) for name in "cufo"),
        _cell((" + bu", ""), (" + bf", ""), (" + bo", ""))),
    mistake(
        "x_above_a", _cell((STACKED, "stacked = np.concatenate([xt, a_prev])")),
        "You stack x^<t> above the state. The shapes fit, but the first n_a columns of each W are made for the state: "
        "[a^<t-1>, x^<t>].", "lstm-candidate-and-gates"),
    mistake(
        "gates_read_the_memory", _cell((STACKED, "stacked = np.concatenate([c_prev, xt])")),
        "Candidate and gates read c^<t-1> in the place of the state. They read [a^<t-1>, x^<t>]; the memory comes in "
        "by the peepholes, beside it.", "lstm-candidate-and-gates"),
    mistake(
        "weights_of_two_gates_exchanged", _cell(("Wu @ stacked", "W_f @ stacked"), ("Wf @ stacked", "Wu @ stacked"),
                                                ("W_f @", "Wf @"), ("+ bu", "+ b_f"), ("+ bf", "+ bu"),
                                                ("+ b_f", "+ bf")),
        "The weights of two gates are exchanged: W_u and b_u make the update gate, W_f and b_f the forget gate.",
        "lstm-candidate-and-gates"),
    mistake(
        "tanh_on_a_gate", _whole_gates("np.tanh(W{g} @ stacked + p{g} * {c} + b{g})"),
        "A gate goes through a tanh, so it can be negative. Γ_u, Γ_f and Γ_o are sigmoids.",
        "lstm-candidate-and-gates", *(_whole_gates("np.tanh(W{g} @ stacked + p{g} * {c} + b{g})", gate)
                                      for gate in "ufo")),
    mistake(
        "forget_gate_sees_the_new_memory",
        _cell((MEMORY, f"{MEMORY}\n    gamma_f = sigmoid(Wf @ stacked + pf * c_next + bf)\n    {MEMORY}")),
        "The forget gate sees the memory after the update. It decides about the old one, before: p_f * c^<t-1>.",
        "lstm-which-memory",
        _cell((MEMORY, f"{MEMORY}\n    gamma_u = sigmoid(Wu @ stacked + pu * c_next + bu)\n    {MEMORY}"))),
)

PEEPHOLE_LSTM_CELL_FORWARD = Exercise(
    id="peephole_lstm_cell_forward",
    chapter=CHAPTER,
    reference=peephole_lstm_cell_forward,
    cases=lambda rng: step_cases(rng, peepholes=True),
    parts=(
        Part("a_next", 6, Array("n_a m"), (0,)),
        Part("c_next", 5, Array("n_a m"), (1,)),
        Part("yt_pred", 1, Array("n_y m"), (2,)),
        Part("cache", 2, step_cache(*OF_A_STEP), (3,)),
        intact(1),
    ),
    hints=(
        "Begin with your `lstm_cell_forward`. Each gate gets one more term inside its sigmoid, beside the bias.",
        "A peephole is a column (n_a, 1), one number for each unit: `pu * c_prev`, entry by entry, no matrix product.",
        "Mind the order of the lines. Γ_u and Γ_f see c_prev; Γ_o sees c_next, so it can only be made after it.",
    ),
    misconceptions=(
        *PEEPHOLE_MISTAKES,
        *mistakes_in_the_memory(peephole_lstm_cell_forward),
        *mistakes_in_the_state(peephole_lstm_cell_forward),
    ),
)

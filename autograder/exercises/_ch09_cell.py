"""Exercise of chapter 9: one step of the full unit."""

from autograder.engine import Array, Exercise, Part, Patched, intact
from autograder.exercises._ch09_shared import (
    CHAPTER,
    UPDATE,
    bias_as_a_row,
    mistake,
    mistakes_in_the_output,
    mistakes_in_the_update,
    step_cases,
)
from autograder.exercises.gated import step_cache
from solutions import gru_cell_forward

GAMMA_U = "gamma_u = sigmoid(Wu @ np.concatenate([c_prev, xt]) + bu)"
GAMMA_R = "gamma_r = sigmoid(Wr @ np.concatenate([c_prev, xt]) + br)"
CANDIDATE = "c_tilde = np.tanh(Wc @ np.concatenate([gamma_r * c_prev, xt]) + bc)"
CACHE = "(a_next, a_prev, c_tilde, gamma_u, gamma_r, xt, parameters)"
C_PART, X_PART = "Wc[:, :len(c_prev)]", "Wc[:, len(c_prev):]"


def _cell(*replacements):
    return Patched(gru_cell_forward, *replacements)


def _gates(gamma_u, gamma_r):
    return _cell((GAMMA_U, f"gamma_u = {gamma_u}"), (GAMMA_R, f"gamma_r = {gamma_r}"))


def _candidate(new):
    return _cell((CANDIDATE, "c_tilde = " + new))


def _read(weights, bias, vector="[c_prev, xt]", activation="sigmoid"):
    return f"{activation}({weights} @ np.concatenate({vector}) + {bias})"


RESET_MISTAKES = (
    mistake(
        "reset_after_the_product", _candidate(f"np.tanh(gamma_r * ({C_PART} @ c_prev) + {X_PART} @ xt + bc)"),
        "Γ_r acts after the product with W_c. This is right in another convention (PyTorch's GRU does it, since it is "
        "faster on a graphics card), but gives other numbers. Here it acts before: W_c [Γ_r * c^<t-1>, x^<t>].",
        "gru-other-conventions",
        _candidate(f"np.tanh(gamma_r * ({C_PART} @ c_prev + bc) + {X_PART} @ xt)"),
        _candidate("np.tanh(gamma_r * (Wc @ np.concatenate([c_prev, xt])) + bc)"),
        _candidate("np.tanh(gamma_r * (Wc @ np.concatenate([c_prev, xt]) + bc))")),
    mistake(
        "both_conventions_of_another_library",
        _cell((CANDIDATE, f"c_tilde = np.tanh(gamma_r * ({C_PART} @ c_prev) + {X_PART} @ xt + bc)"),
              (UPDATE, "c_next = (1 - gamma_u) * c_tilde + gamma_u * c_prev")),
        "This is the GRU as PyTorch and others define it, right there in both of its differences: their update gate "
        "says how much is kept, and their reset gate acts after the product. Here Γ_u weighs the candidate, and Γ_r "
        "acts before: W_c [Γ_r * c^<t-1>, x^<t>].", "gru-other-conventions",
        _cell((CANDIDATE, f"c_tilde = np.tanh(gamma_r * ({C_PART} @ c_prev + bc) + {X_PART} @ xt)"),
              (UPDATE, "c_next = (1 - gamma_u) * c_tilde + gamma_u * c_prev"))),
    mistake(
        "reset_after_the_tanh", _candidate("gamma_r * np.tanh(Wc @ np.concatenate([c_prev, xt]) + bc)"),
        "Γ_r multiplies the finished candidate. It acts inside, and only on the memory that the candidate reads: "
        "W_c [Γ_r * c^<t-1>, x^<t>].", "gru-reset-gate"),
    mistake(
        "reset_left_out", _candidate(_read("Wc", "bc", activation="np.tanh")),
        "The reset gate is not used: the candidate reads c^<t-1> as it is. In the full unit it reads Γ_r * c^<t-1>.",
        "gru-reset-gate"),
    mistake(
        "reset_on_x", _candidate(_read("Wc", "bc", "[c_prev, gamma_r * xt]", "np.tanh")),
        "Γ_r multiplies the input. It says how much of the memory the candidate may see; the input always comes in "
        "whole: [Γ_r * c^<t-1>, x^<t>].", "gru-reset-gate"),
    mistake(
        "reset_on_both", _candidate(_read("Wc", "bc", "[gamma_r * c_prev, gamma_r * xt]", "np.tanh")),
        "Γ_r multiplies the whole stacked vector. It acts on its upper part alone, the memory: "
        "[Γ_r * c^<t-1>, x^<t>].", "gru-reset-gate",
        _candidate("np.tanh(Wc @ (gamma_r * np.concatenate([c_prev, xt])) + bc)")),
    mistake(
        "reset_turned_round", _candidate(_read("Wc", "bc", "[(1 - gamma_r) * c_prev, xt]", "np.tanh")),
        "The candidate reads (1 - Γ_r) * c^<t-1>. For Γ_r = 1 it should see all of the memory: Γ_r * c^<t-1>.",
        "gru-reset-gate"),
    mistake(
        "update_gate_for_the_reset_gate", _candidate(_read("Wc", "bc", "[gamma_u * c_prev, xt]", "np.tanh")),
        "The candidate reads Γ_u * c^<t-1>. The gate in the candidate is the reset gate Γ_r; Γ_u comes in one line "
        "later.", "gru-reset-gate"),
    mistake(
        "reset_by_matrix_product", _candidate(_read("Wc", "bc", "[gamma_r @ c_prev, xt]", "np.tanh")),
        "Γ_r acts entry by entry, with `*`. `@` is the matrix product.", "gru-reset-gate"),
    mistake(
        "reset_memory_carried_on", _cell((UPDATE, UPDATE.replace("* c_prev", "* gamma_r * c_prev"))),
        "The memory that is carried on is multiplied by Γ_r. Γ_r acts only in the candidate; the update line has "
        "c^<t-1> itself: (1 - Γ_u) * c^<t-1>.", "gru-reset-gate"),
    mistake(
        "reset_gate_as_forget_gate", _cell((UPDATE, UPDATE.replace("(1 - gamma_u)", "gamma_r"))),
        "The old memory is weighted by Γ_r. An LSTM has a gate of its own for that; a GRU keeps what the update gate "
        "leaves: (1 - Γ_u) * c^<t-1>.", "gru-reset-gate"),
    mistake(
        "reset_bias_missing", _cell((" + br", "")),
        "The bias b_r is missing in the line of the reset gate.", "gru-reset-gate"),
    mistake(
        "reset_gate_without_sigmoid", _cell(("sigmoid(Wr", "(Wr")),
        "The sigmoid of the reset gate is missing. Only between 0 and 1 is it a gate.", "gru-reset-gate"),
)

GATE_MISTAKES = (
    mistake(
        "tanh_on_a_gate", _cell(("sigmoid(Wu", "np.tanh(Wu"), ("sigmoid(Wr", "np.tanh(Wr")),
        "A gate goes through a tanh, so it can be negative. A gate says how far it is open, from 0 to 1: both Γ_u and "
        "Γ_r are sigmoids. The tanh is for the candidate.", "gru-update-gate",
        _cell(("sigmoid(Wu", "np.tanh(Wu")), _cell(("sigmoid(Wr", "np.tanh(Wr"))),
    mistake(
        "gates_exchanged", _gates(_read("Wr", "br"), _read("Wu", "bu")),
        "The two gates are exchanged: W_u and b_u make the update gate, W_r and b_r the reset gate. The shapes are the "
        "same, so only the numbers tell.", "gru-reset-gate",
        _gates(_read("Wr", "bu"), _read("Wu", "br"))),
    mistake(
        "one_gate_for_both", _cell((GAMMA_R, "gamma_r = gamma_u")),
        "Both gates are the same. Each has its own weights and its own bias: W_u, b_u and W_r, b_r.",
        "gru-reset-gate", _cell((GAMMA_U, "gamma_u = " + _read("Wr", "br"))),
        _cell((GAMMA_R, "gamma_r = " + _read("Wu", "br"))), _cell((GAMMA_U, "gamma_u = " + _read("Wr", "bu")))),
    mistake(
        "one_bias_for_all", _cell(("+ bu", "+ bc"), ("+ br", "+ bc")),
        "One bias serves for several lines. Each has its own: b_c for the candidate, b_u and b_r for the gates.",
        "gru-reset-gate", _cell(("+ br", "+ bu"), ("+ bc", "+ bu")), _cell(("+ bu", "+ br"), ("+ bc", "+ br")),
        _cell(("+ br", "+ bu")), _cell(("+ bu", "+ br")), _cell(("+ br", "+ bc")), _cell(("+ bu", "+ bc")),
        _cell(("+ bc", "+ bu"))),
    mistake(
        "gate_biases_exchanged", _gates(_read("Wu", "br"), _read("Wr", "bu")),
        "The biases of the gates are exchanged: b_u belongs to Γ_u, b_r to Γ_r.", "gru-reset-gate"),
    mistake(
        "gates_read_the_reset_memory",
        _cell((GAMMA_U, ""), (CANDIDATE, f"{CANDIDATE}\n    gamma_u = " + _read("Wu", "bu", "[gamma_r * c_prev, xt]"))),
        "The update gate reads Γ_r * c^<t-1>. Only the candidate does; both gates read the memory as it is: "
        "[c^<t-1>, x^<t>].", "gru-reset-gate"),
    mistake(
        "update_gate_reads_the_candidate",
        _cell((GAMMA_U, ""), (CANDIDATE, f"{CANDIDATE}\n    gamma_u = " + _read("Wu", "bu", "[c_tilde, xt]"))),
        "The update gate reads the candidate. Both gates read the memory before this step: [c^<t-1>, x^<t>].",
        "gru-update-gate"),
    mistake(
        "x_above_c",
        _cell((GAMMA_U, "gamma_u = " + _read("Wu", "bu", "[xt, c_prev]")),
              (GAMMA_R, "gamma_r = " + _read("Wr", "br", "[xt, c_prev]")),
              (CANDIDATE, "c_tilde = " + _read("Wc", "bc", "[xt, gamma_r * c_prev]", "np.tanh"))),
        "You stack x^<t> above the memory. The shapes fit, so nobody complains; but the first n_a columns of each W "
        "are made for the memory: [c^<t-1>, x^<t>].", "gru-candidate",
        _gates(_read("Wu", "bu", "[xt, c_prev]"), _read("Wr", "br", "[xt, c_prev]")),
        _cell((GAMMA_U, "gamma_u = " + _read("Wu", "bu", "[xt, c_prev]"))),
        _cell((GAMMA_R, "gamma_r = " + _read("Wr", "br", "[xt, c_prev]"))),
        _candidate(_read("Wc", "bc", "[xt, gamma_r * c_prev]", "np.tanh"))),
    mistake(
        "stacked_side_by_side", _gates(*(f"sigmoid(W{g} @ np.concatenate([c_prev, xt], axis=1) + b{g})" for g in "ur")),
        "You put c^<t-1> and x^<t> side by side. They are stacked above one another, along axis 0: each column stays "
        "one example.", "gru-candidate"),
    mistake(
        "gates_without_memory", _gates("sigmoid(Wu[:, len(c_prev):] @ xt + bu)",
                                       "sigmoid(Wr[:, len(c_prev):] @ xt + br)"),
        "A gate does not see the memory. W_u and W_r act on both, [c^<t-1>, x^<t>].", "gru-update-gate",
        _cell((GAMMA_U, "gamma_u = sigmoid(Wu[:, len(c_prev):] @ xt + bu)")),
        _cell((GAMMA_R, "gamma_r = sigmoid(Wr[:, len(c_prev):] @ xt + br)"))),
    mistake(
        "candidate_without_memory", _candidate(f"np.tanh({X_PART} @ xt + bc)"),
        "The candidate does not see the memory at all: W_c acts on both, [Γ_r * c^<t-1>, x^<t>].", "gru-candidate"),
    mistake(
        "candidate_from_the_gates_weights", _candidate(_read("Wu", "bc", "[gamma_r * c_prev, xt]", "np.tanh")),
        "The candidate is made with the weights of a gate. It has its own: W_c and b_c.", "gru-candidate",
        _candidate(_read("Wr", "bc", "[gamma_r * c_prev, xt]", "np.tanh")),
        _candidate(_read("Wu", "bu", "[gamma_r * c_prev, xt]", "np.tanh")),
        _candidate(_read("Wr", "br", "[gamma_r * c_prev, xt]", "np.tanh"))),
)

GRU_CELL_FORWARD = Exercise(
    id="gru_cell_forward",
    chapter=CHAPTER,
    reference=gru_cell_forward,
    cases=lambda rng: step_cases(rng, "cur"),
    parts=(
        Part("a_next", 18, Array("n_a m"), (0,)),
        Part("yt_pred", 6, Array("n_y m"), (1,)),
        Part("cache", 4, step_cache("a_next", "a_prev", "c_tilde", "gamma_u", "gamma_r"), (2,)),
        intact(2),
    ),
    hints=(
        "It is the simplified unit with one more gate. Both gates first: they read the same vector, c_prev above xt.",
        "The candidate reads another vector: `gamma_r * c_prev` above `xt`. The reset gate acts on the memory only, "
        "and before the product with W_c.",
        "The line of the update is that of the simplified unit. gamma_r does not stand in it.",
        "The results: `a_next = c_next`, the softmax of `Wya @ a_next + by`, and the cache "
        f"`{CACHE}`.",
    ),
    misconceptions=(
        *mistakes_in_the_update(gru_cell_forward),
        *RESET_MISTAKES,
        *GATE_MISTAKES,
        bias_as_a_row(gru_cell_forward, "cur"),
        mistake(
            "gates_exchanged_in_the_cache", _cell((CACHE, CACHE.replace("gamma_u, gamma_r", "gamma_r, gamma_u"))),
            "The gates stand in the cache in the other order: first gamma_u, then gamma_r. They have the same shape, "
            "so the way back would take one for the other.", "gru-cache"),
        *mistakes_in_the_output(gru_cell_forward, CACHE),
    ),
)

"""Exercise of chapter 9: one step of the simplified unit."""

from autograder.engine import Array, Exercise, Part, Patched, intact
from autograder.exercises._ch09_shared import (
    CHAPTER,
    bias_as_a_row,
    mistake,
    mistakes_in_the_output,
    mistakes_in_the_update,
    step_cases,
)
from autograder.exercises.gated import step_cache
from solutions import gru_cell_forward_simplified

STACKED = "stacked = np.concatenate([c_prev, xt])"
CANDIDATE, GATE = "np.tanh(Wc @ stacked + bc)", "sigmoid(Wu @ stacked + bu)"
CACHE = "(a_next, a_prev, c_tilde, gamma_u, xt, parameters)"


def _cell(*replacements):
    return Patched(gru_cell_forward_simplified, *replacements)


GRU_CELL_FORWARD_SIMPLIFIED = Exercise(
    id="gru_cell_forward_simplified",
    chapter=CHAPTER,
    reference=gru_cell_forward_simplified,
    cases=lambda rng: step_cases(rng, "cu"),
    parts=(
        Part("a_next", 11, Array("n_a m"), (0,)),
        Part("yt_pred", 5, Array("n_y m"), (1,)),
        Part("cache", 3, step_cache("a_next", "a_prev", "c_tilde", "gamma_u"), (2,)),
        intact(1),
    ),
    hints=(
        "The memory cell before this step is the state before this step: begin with `c_prev = a_prev`. Then each line "
        "of the formulas is one line of code.",
        "Candidate and gate read the same vector, the memory above the input: `np.concatenate([c_prev, xt])`, of "
        "shape (n_a + n_x, m). Compute it once.",
        "The candidate is a `np.tanh`, the gate a `sigmoid`. Both have the shape (n_a, m), so they can be multiplied "
        "entry by entry with `*`.",
        "The new memory is gamma_u times the candidate plus (1 - gamma_u) times c_prev. It is also the state: "
        "`a_next = c_next`.",
    ),
    misconceptions=(
        *mistakes_in_the_update(gru_cell_forward_simplified),
        mistake(
            "tanh_on_the_gate", _cell((GATE, "np.tanh(Wu @ stacked + bu)")),
            "The gate goes through a tanh, so it can be negative. A gate says how far it is open, from 0 to 1: that is "
            "a sigmoid. The tanh is for the candidate.", "gru-update-gate"),
        mistake(
            "activations_exchanged", _cell((CANDIDATE, "1 / (1 + np.exp(-(Wc @ stacked + bc)))"),
                                           (GATE, "np.tanh(Wu @ stacked + bu)")),
            "tanh and sigmoid are exchanged. The gate, from 0 to 1, is the sigmoid; the candidate, from -1 to 1, is "
            "the tanh.", "gru-update-gate"),
        mistake(
            "x_above_c", _cell((STACKED, "stacked = np.concatenate([xt, c_prev])")),
            "You stack x^<t> above c^<t-1>. The shapes fit, so nobody complains; but the first n_a columns of W_c and "
            "W_u are made for the memory: [c^<t-1>, x^<t>].", "gru-candidate",
            _cell((CANDIDATE, "np.tanh(Wc @ np.concatenate([xt, c_prev]) + bc)")),
            _cell((GATE, "sigmoid(Wu @ np.concatenate([xt, c_prev]) + bu)"))),
        mistake(
            "stacked_side_by_side", _cell((STACKED, "stacked = np.concatenate([c_prev, xt], axis=1)")),
            "You put c^<t-1> and x^<t> side by side. They are stacked above one another, along axis 0: each column "
            "stays one example.", "gru-candidate"),
        mistake(
            "reset_gate_in_the_simplified_unit", _cell((STACKED, f'{STACKED}\n    parameters["Wr"]')),
            "You look for W_r. The simplified unit has no reset gate: the candidate reads c^<t-1> as it is. The reset "
            "gate comes with the full unit.", "gru-candidate", _cell((STACKED, f'{STACKED}\n    parameters["br"]'))),
        mistake(
            "candidate_without_memory", _cell((CANDIDATE, "np.tanh(Wc[:, len(c_prev):] @ xt + bc)")),
            "The candidate does not see the memory: W_c acts on both, [c^<t-1>, x^<t>].", "gru-candidate"),
        mistake(
            "gate_without_memory", _cell((GATE, "sigmoid(Wu[:, len(c_prev):] @ xt + bu)")),
            "The gate does not see the memory: W_u acts on both, [c^<t-1>, x^<t>]. Whether to overwrite depends on "
            "what is there.", "gru-update-gate"),
        mistake(
            "gate_sees_the_candidate", _cell((GATE, "sigmoid(Wu @ np.concatenate([c_tilde, xt]) + bu)")),
            "The gate is computed from the candidate. It reads the memory before this step, as the candidate does: "
            "[c^<t-1>, x^<t>].", "gru-update-gate"),
        mistake(
            "weights_exchanged",
            _cell((GATE, "sigmoid(Wc @ stacked + bc)"), (CANDIDATE, "np.tanh(Wu @ stacked + bu)")),
            "The weights of candidate and gate are exchanged. They have the same shapes, so only the numbers tell: "
            "W_c, b_c for the candidate, W_u, b_u for the gate.", "gru-update-gate",
            _cell((CANDIDATE, "np.tanh(Wu @ stacked + bc)"), (GATE, "sigmoid(Wc @ stacked + bu)"))),
        mistake(
            "same_weights_for_both", _cell((GATE, "sigmoid(Wc @ stacked + bu)")),
            "Candidate and gate use the same weights. Each has its own: W_c for the candidate, W_u for the gate.",
            "gru-update-gate", _cell((CANDIDATE, "np.tanh(Wu @ stacked + bc)")),
            _cell((GATE, "sigmoid(Wc @ stacked + bc)")), _cell((CANDIDATE, "np.tanh(Wu @ stacked + bu)"))),
        mistake(
            "one_bias_for_both", _cell((GATE, "sigmoid(Wu @ stacked + bc)")),
            "Candidate and gate use one bias. Each has its own: b_c for the candidate, b_u for the gate.",
            "gru-update-gate", _cell((CANDIDATE, "np.tanh(Wc @ stacked + bu)"))),
        mistake(
            "biases_exchanged", _cell((CANDIDATE, "np.tanh(Wc @ stacked + bu)"), (GATE, "sigmoid(Wu @ stacked + bc)")),
            "The biases of candidate and gate are exchanged: b_c belongs to the candidate, b_u to the gate.",
            "gru-update-gate"),
        bias_as_a_row(gru_cell_forward_simplified, "cu"),
        *mistakes_in_the_output(gru_cell_forward_simplified, CACHE),
    ),
)

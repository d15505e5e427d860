"""Exercise of chapter 10: one step of an LSTM."""

from autograder.engine import Array, Exercise, Part, Patched, intact
from autograder.exercises._ch10_shared import (
    CACHE,
    CHAPTER,
    MEMORY,
    OF_A_STEP,
    STACKED,
    mistake,
    mistakes_in_the_memory,
    mistakes_in_the_state,
    step_cases,
)
from autograder.exercises.gated import OUTPUT, step_cache
from solutions import lstm_cell_forward

CANDIDATE = "c_tilde = np.tanh(Wc @ stacked + bc)"
GAMMA = {gate: f"gamma_{gate} = sigmoid(W{gate} @ stacked + b{gate})" for gate in "ufo"}


def _cell(*replacements):
    return Patched(lstm_cell_forward, *replacements)


def _gates(**made):
    """Make gates in another way: ``u="sigmoid(Wf @ stacked + bf)"``."""
    return _cell(*((GAMMA[gate], f"gamma_{gate} = {new}") for gate, new in made.items()))


def _read(weights, bias="", activation="sigmoid", vector="stacked"):
    return f"{activation}(W{weights} @ {vector} + b{bias or weights})"


def _reset(gate):
    return (f"reset = {_read(gate)}\n"
            "    c_tilde = np.tanh(Wc @ np.concatenate([reset * a_prev, xt]) + bc)")


def _all_gates(pattern):
    return _gates(**{gate: pattern.format(gate) for gate in "ufo"})


def _each_gate(pattern):
    return [_gates(**{gate: pattern.format(gate)}) for gate in "ufo"]


GATE_MISTAKES = (
    mistake(
        "weights_of_forget_and_update_exchanged", _gates(u=_read("f"), f=_read("u")),
        "The weights of two gates are exchanged: W_u and b_u make the update gate, W_f and b_f the forget gate. All "
        "gates have one shape, so only the numbers tell.", "lstm-candidate-and-gates",
        _gates(u=_read("f", "u"), f=_read("u", "f")), _gates(u=_read("u", "f"), f=_read("f", "u"))),
    mistake(
        "weights_of_output_and_another_exchanged", _gates(o=_read("u"), u=_read("o")),
        "The weights of the output gate and of another gate are exchanged: W_o and b_o make Γ_o, W_u and b_u make Γ_u, "
        "W_f and b_f make Γ_f.", "lstm-candidate-and-gates", _gates(o=_read("f"), f=_read("o"))),
    mistake(
        "one_gate_for_several", _cell((GAMMA["f"], "gamma_f = gamma_u")),
        "Two gates are the same. Each has its own weights and its own bias: W_u, b_u; W_f, b_f; W_o, b_o.",
        "lstm-candidate-and-gates", *(_gates(**{gate: _read(other)}) for gate in "ufo" for other in "ufo"
                                      if gate != other and (gate, other) != ("f", "u")),
        _gates(f=_read("u"), o=_read("u")), *(_gates(**{gate: _read(other, gate)}) for gate in "ufo"
                                              for other in "ufo" if gate != other)),
    mistake(
        "one_bias_for_all", _all_gates("sigmoid(W{} @ stacked + bc)"),
        "One bias serves for several lines. Each has its own: b_c for the candidate, b_u, b_f and b_o for the gates.",
        "lstm-candidate-and-gates", _gates(u=_read("u", "f")), _gates(f=_read("f", "u")), _gates(o=_read("o", "u")),
        _gates(o=_read("o", "f")), _gates(u=_read("u", "o")), _gates(f=_read("f", "o")),
        *_each_gate("sigmoid(W{} @ stacked + bc)"), _gates(f=_read("f", "u"), o=_read("o", "u"))),
    mistake(
        "candidate_from_the_weights_of_a_gate", _cell((CANDIDATE, "c_tilde = " + _read("u", activation="np.tanh"))),
        "The candidate is made with the weights of a gate. It has its own: W_c and b_c.", "lstm-candidate-and-gates",
        *(_cell((CANDIDATE, "c_tilde = " + _read(*names, activation="np.tanh")))
          for names in (("f",), ("o",), ("u", "c"), ("f", "c"), ("o", "c")))),
    mistake(
        "tanh_on_a_gate", _all_gates("np.tanh(W{0} @ stacked + b{0})"),
        "A gate goes through a tanh, so it can be negative. A gate says how far it is open, from 0 to 1: Γ_u, Γ_f and "
        "Γ_o are sigmoids. The tanh is for the candidate.", "lstm-candidate-and-gates",
        *_each_gate("np.tanh(W{0} @ stacked + b{0})")),
    mistake(
        "activations_exchanged",
        _cell((CANDIDATE, "c_tilde = " + _read("c")), *((line, line.replace("sigmoid", "np.tanh"))
                                                        for line in GAMMA.values())),
        "The activations are exchanged: the candidate has the sigmoid and the gates the tanh. Gates open between 0 and "
        "1, sigmoids; the candidate lies between -1 and 1, a tanh.", "lstm-candidate-and-gates"),
    mistake(
        "gate_without_sigmoid", _all_gates("W{0} @ stacked + b{0}"),
        "The sigmoid of a gate is missing. Only between 0 and 1 is it a gate.", "lstm-candidate-and-gates",
        *_each_gate("W{0} @ stacked + b{0}")),
    mistake(
        "gate_as_a_switch", _all_gates("np.round(sigmoid(W{0} @ stacked + b{0}))"),
        "Your gates are only ever 0 or 1. They take all values between; a hard switch has no slope, and could not be "
        "learned.", "lstm-candidate-and-gates", *_each_gate("np.round(sigmoid(W{0} @ stacked + b{0}))")),
    mistake(
        "softmax_on_the_gates", _all_gates("softmax(W{0} @ stacked + b{0})"),
        "A gate goes through a softmax, which makes the units compete: together they open to one. Each unit has a gate "
        "of its own, a sigmoid.", "lstm-candidate-and-gates", *_each_gate("softmax(W{0} @ stacked + b{0})")),
    mistake(
        "biases_missing", _cell((" + bc", ""), (" + bu", ""), (" + bf", ""), (" + bo", "")),
        "A bias is missing: b_c belongs to the candidate, b_u, b_f and b_o to the gates. The bias decides whether a "
        "gate is open when nothing speaks for either.", "lstm-candidate-and-gates",
        *(_cell((f" + b{name}", "")) for name in "cufo"), _cell((" + bu", ""), (" + bf", ""), (" + bo", ""))),
    mistake(
        "bias_along_the_batch", _cell(*((f"+ b{name})", f"+ b{name}.ravel())") for name in "cufo")),
        "A bias of shape (n_a,) is added along the examples, not along the units. Keep it a column of shape (n_a, 1).",
        "lstm-candidate-and-gates", *(_cell((f"+ b{name})", f"+ b{name}.ravel())")) for name in "cufo"),
        _cell(*((f"+ b{name})", f"+ b{name}.ravel())") for name in "cufo"),
              (OUTPUT, "yt_pred = softmax(Wya @ a_next + by.ravel())")),
        _cell((OUTPUT, "yt_pred = softmax(Wya @ a_next + by.ravel())"))),
    mistake(
        "x_above_a", _cell((STACKED, "stacked = np.concatenate([xt, a_prev])")),
        "You stack x^<t> above the state. The shapes fit, so nobody complains; but the first n_a columns of each W are "
        "made for the state: [a^<t-1>, x^<t>].", "lstm-candidate-and-gates"),
    mistake(
        "gates_read_the_memory", _cell((STACKED, "stacked = np.concatenate([c_prev, xt])")),
        "Candidate and gates read c^<t-1>. So it is in a GRU, where state and memory are one; in an LSTM they read the "
        "state: [a^<t-1>, x^<t>].", "lstm-candidate-and-gates",
        _all_gates("sigmoid(W{0} @ np.concatenate([c_prev, xt]) + b{0})"),
        _cell((CANDIDATE, "c_tilde = " + _read("c", "", "np.tanh", "np.concatenate([c_prev, xt])")))),
    mistake(
        "state_and_memory_exchanged", _cell((STACKED, f"a_prev, c_prev = c_prev, a_prev\n    {STACKED}")),
        "The arguments a_prev and c_prev are exchanged. The state is read by the gates, [a^<t-1>, x^<t>]; the memory "
        "is what Γ_f keeps.", "lstm-candidate-and-gates",
        _cell((STACKED, "stacked = np.concatenate([c_prev, xt])"), (MEMORY, MEMORY.replace("c_prev", "a_prev")))),
    mistake(
        "state_not_read", _cell((STACKED, "stacked = np.concatenate([0 * a_prev, xt])")),
        "Gates and candidate do not see the state: each W acts on both, [a^<t-1>, x^<t>].",
        "lstm-candidate-and-gates", _all_gates("sigmoid(W{0}[:, len(a_prev):] @ xt + b{0})"),
        _cell((CANDIDATE, "c_tilde = np.tanh(Wc[:, len(a_prev):] @ xt + bc)"))),
    mistake(
        "reset_of_a_gru", _cell((CANDIDATE, _reset("f"))),
        "A gate multiplies the state inside the candidate, like the reset gate of a GRU. An LSTM has none: the "
        "candidate reads [a^<t-1>, x^<t>] as they are.", "lstm-candidate-and-gates",
        _cell((CANDIDATE, _reset("u"))), _cell((CANDIDATE, _reset("o")))),
)

LSTM_CELL_FORWARD = Exercise(
    id="lstm_cell_forward",
    chapter=CHAPTER,
    reference=lstm_cell_forward,
    cases=step_cases,
    parts=(
        Part("a_next", 9, Array("n_a m"), (0,)),
        Part("c_next", 9, Array("n_a m"), (1,)),
        Part("yt_pred", 3, Array("n_y m"), (2,)),
        Part("cache", 3, step_cache(*OF_A_STEP), (3,)),
        intact(1),
    ),
    hints=(
        "Stack first: `np.concatenate([a_prev, xt])`. Candidate and all three gates read this one vector, each with "
        "weights and a bias of its own.",
        "The candidate is a tanh, the gates are sigmoids. Then comes the memory: `c_next = gamma_u * c_tilde + "
        "gamma_f * c_prev`, with `*`, entry by entry.",
        "State and memory are two things here. The state is what the output gate lets out: gamma_o times the tanh of "
        "c_next.",
        "The prediction is the softmax of `Wya @ a_next + by`. Return a_next, c_next, yt_pred and the cache: "
        f"`{CACHE}`.",
    ),
    misconceptions=(
        *mistakes_in_the_memory(lstm_cell_forward),
        *mistakes_in_the_state(lstm_cell_forward),
        *GATE_MISTAKES,
    ),
)

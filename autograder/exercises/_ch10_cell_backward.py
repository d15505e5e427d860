"""Exercise of chapter 10: one step of an LSTM backwards."""

from autograder.engine import Case, Exercise, Gradient, Part, Patched, intact
from autograder.exercises._ch10_shared import CHAPTER, mistake, step_inputs
from autograder.exercises.inputs import sizes_with_equal
from solutions import lstm_cell_backward, lstm_cell_forward

UNPACK = "_, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, gamma_o, xt, parameters = cache"
TANH_C, DC = "tanh_c = np.tanh(c_next)", "dc = dc_next + da_next * gamma_o * (1 - tanh_c**2)"
DZ = {
    "c": "dz_c = dc * gamma_u * (1 - c_tilde**2)",
    "u": "dz_u = dc * c_tilde * gamma_u * (1 - gamma_u)",
    "f": "dz_f = dc * c_prev * gamma_f * (1 - gamma_f)",
    "o": "dz_o = da_next * tanh_c * gamma_o * (1 - gamma_o)",
}
STACKED, D_STACKED = "np.concatenate([a_prev, xt])", "Wc.T @ dz_c + Wu.T @ dz_u + Wf.T @ dz_f + Wo.T @ dz_o"
DXT, DA_PREV, DC_PREV = '"dxt": d_stacked[n_a:]', '"da_prev": d_stacked[:n_a]', '"dc_prev": dc * gamma_f'
ONE_WAY = {gate: f"dc_next * {factor} + da_next * gamma_o * (1 - tanh_c**2) * {factor} * {slope}"
           for gate, factor, slope in (("c", "gamma_u", "(1 - c_tilde**2)"),
                                       ("u", "c_tilde", "gamma_u * (1 - gamma_u)"),
                                       ("f", "c_prev", "gamma_f * (1 - gamma_f)"))}
FROM_STATE = {gate: DZ[gate].partition(" = ")[2].replace("dc *", "da_next *") for gate in "cuf"}
GATES = '{"c": dz_c, "u": dz_u, "f": dz_f, "o": dz_o}'
READERS = {"c": "the candidate", "u": "the update gate", "f": "the forget gate", "o": "the output gate"}
DW, DB = "dz @ stacked.T", "np.sum(dz, axis=1, keepdims=True)"


def _cell(*replacements):
    return Patched(lstm_cell_backward, *replacements)


def _dc(new):
    return _cell((DC, "dc = " + new))


def _dz(**new):
    return _cell(*((DZ[gate], f"dz_{gate} = {text}") for gate, text in new.items()))


def _dc_prev(new):
    return _cell((DC_PREV, f'"dc_prev": {new}'))


def _gradients_of(**names):
    """Build the gradients of some weights from another sum's dz: ``u="f"``."""
    text = ", ".join(f'"{gate}": dz_{names.get(gate, gate)}' for gate in "cufo")
    return _cell((GATES, "{" + text + "}"))


def _back_through(**names):
    """Take some dz back through another's matrix: ``u="f"``."""
    return _cell((D_STACKED, " + ".join(f"W{names.get(gate, gate)}.T @ dz_{gate}" for gate in "cufo")))


def _without(*gates):
    return " + ".join(f"W{gate}.T @ dz_{gate}" for gate in "cufo" if gate not in gates)


def _cases(rng):
    cases = []
    for label, n in sizes_with_equal(rng, "n_x n_a m", "n_x n_a m", {"m": 1}, {"n_x": 1}):
        *_, cache = lstm_cell_forward(*step_inputs(rng, {**n, "n_y": 7}))
        da_next, dc_next = rng.standard_normal((2, n["n_a"], n["m"]))
        cases.append(Case((da_next, dc_next, cache), n, label))
    return cases


MEMORY = (
    mistake(
        "state_left_out_of_dc", _dc("dc_next"),
        "Only dc_next reaches the memory. c^<t> acts on the loss in two ways, through the next memory and through its "
        "own state: the term da_next * Γ_o * (1 - tanh²(c^<t>)) is missing in dc.", "lstm-two-ways-back"),
    mistake(
        "later_memory_left_out_of_dc", _dc("da_next * gamma_o * (1 - tanh_c**2)"),
        "dc_next is left out: what comes back along the line of the memory. dc = dc_next + da_next * Γ_o * "
        "(1 - tanh²(c^<t>)); without it nothing old is ever learned.", "lstm-two-ways-back"),
    mistake(
        "output_gate_left_out_of_dc", _dc("dc_next + da_next * (1 - tanh_c**2)"),
        "Γ_o is missing in dc. The state is Γ_o * tanh(c^<t>), so what comes from it is multiplied by Γ_o and by the "
        "slope of the tanh.", "lstm-two-ways-back"),
    mistake(
        "slope_left_out_of_dc", _dc("dc_next + da_next * gamma_o"),
        "The slope of the tanh is missing in dc: what comes from the state passes Γ_o and 1 - tanh²(c^<t>).",
        "lstm-two-ways-back"),
    mistake(
        "state_added_without_factors", _dc("dc_next + da_next"),
        "da_next is added to dc_next as it is. On its way from the state to the memory it passes the output gate and "
        "the tanh: * Γ_o * (1 - tanh²(c^<t>)).", "lstm-two-ways-back"),
    mistake(
        "later_memory_through_the_output_gate", _dc("(dc_next + da_next) * gamma_o * (1 - tanh_c**2)"),
        "dc_next too is multiplied by Γ_o and the slope. It comes along the line of the memory, where neither stands; "
        "only what comes from the state passes them.", "lstm-two-ways-back"),
    mistake(
        "slope_from_the_memory_itself", _dc("dc_next + da_next * gamma_o * (1 - c_next**2)"),
        "The slope of the tanh is made with c^<t>. It is 1 minus the square of the tanh: 1 - tanh²(c^<t>).",
        "lstm-two-ways-back"),
    mistake(
        "slope_from_the_state", _cell((UNPACK, UNPACK.replace("_,", "a_next,", 1)),
                                      (DC, DC.replace("tanh_c**2", "a_next**2"))),
        "The slope of the tanh is made with a^<t>. The state is the tanh *times Γ_o*; the slope needs the tanh alone: "
        "1 - tanh²(c^<t>).", "lstm-two-ways-back"),
    mistake(
        "slope_at_the_old_memory", _dc("dc_next + da_next * gamma_o * (1 - np.tanh(c_prev)**2)"),
        "The slope of the tanh is taken at c^<t-1>. Forwards the tanh was that of the new memory, c^<t>.",
        "lstm-two-ways-back"),
    mistake(
        "tanh_not_squared", _dc("dc_next + da_next * gamma_o * (1 - tanh_c)"),
        "The square is missing: the slope of the tanh is 1 - tanh²(c^<t>).", "lstm-two-ways-back"),
    mistake(
        "forget_gate_left_out_of_dc_prev", _dc_prev("dc"),
        "Γ_f is missing in dc_prev. The old memory enters the new one multiplied by Γ_f, so its gradient is "
        "dc * Γ_f.", "lstm-two-ways-back"),
    mistake(
        "only_the_later_memory_in_dc_prev", _dc_prev("dc_next * gamma_f"),
        "dc_prev is made from dc_next alone. It starts from dc, in which both ways are added up: dc_next and what came "
        "through the state.", "lstm-two-ways-back"),
    mistake(
        "only_the_state_in_dc_prev", _dc_prev("da_next * gamma_o * (1 - tanh_c**2) * gamma_f"),
        "dc_prev has only what came through the state. dc_next belongs to it too: dc_prev = dc * Γ_f.",
        "lstm-two-ways-back"),
    mistake(
        "another_gate_in_dc_prev", _dc_prev("dc * gamma_u"),
        "Another gate stands in dc_prev. The old memory was multiplied by Γ_f; so is its gradient.",
        "lstm-two-ways-back", _dc_prev("dc * gamma_o"), _dc_prev("dc * (1 - gamma_u)"),
        _dc_prev("dc * (1 - gamma_f)")),
    mistake(
        "minus_between_the_two_ways", _dc("dc_next - da_next * gamma_o * (1 - tanh_c**2)"),
        "The two ways into the memory are subtracted. Gradients that meet are added.", "lstm-two-ways-back"),
    mistake(
        "the_two_gradients_exchanged", _cell((TANH_C, f"da_next, dc_next = dc_next, da_next\n    {TANH_C}")),
        "da_next and dc_next are exchanged. da_next is the gradient of the state and passes Γ_o and the tanh; dc_next "
        "comes along the line of the memory.", "lstm-two-ways-back"),
    mistake(
        "dc_next_handed_on_twice", _dc_prev("dc * gamma_f + dc_next"),
        "dc_next is added to dc_prev once more. It is in dc already: dc_prev = dc * Γ_f.", "lstm-two-ways-back"),
    mistake(
        "dc_prev_through_a_slope", _dc_prev("dc * gamma_f * (1 - tanh_c**2)"),
        "dc_prev passes a tanh that is not on its way: from c^<t> back to c^<t-1> there is only the forget gate.",
        "lstm-two-ways-back", _dc_prev("dc * gamma_f * (1 - gamma_f)")),
)

SUMS = (
    mistake(
        "all_gate_slopes_left_out", _dz(u="dc * c_tilde", f="dc * c_prev", o="da_next * tanh_c"),
        "The slope of the sigmoid is missing. Where a gate stands in the way, its slope is Γ (1 - Γ).",
        "lstm-gradients-of-the-sums", _dz(u="dc * c_tilde"), _dz(f="dc * c_prev"), _dz(o="da_next * tanh_c"),
        _dz(u="dc * c_tilde * gamma_u", f="dc * c_prev * gamma_f", o="da_next * tanh_c * gamma_o"),
        _dz(u="dc * c_tilde * (1 - gamma_u)", f="dc * c_prev * (1 - gamma_f)", o="da_next * tanh_c * (1 - gamma_o)"),
        *(_dz(**{gate: f"{arrives} * {slope.format(gate)}"}) for slope in ("gamma_{}", "(1 - gamma_{})")
          for gate, arrives in (("u", "dc * c_tilde"), ("f", "dc * c_prev"), ("o", "da_next * tanh_c")))),
    mistake(
        "tanh_slopes_for_gates", _dz(u="dc * c_tilde * (1 - gamma_u**2)", f="dc * c_prev * (1 - gamma_f**2)",
                                     o="da_next * tanh_c * (1 - gamma_o**2)"),
        "The gates get the slope of a tanh, 1 - Γ². They are sigmoids: Γ (1 - Γ).", "lstm-gradients-of-the-sums",
        _dz(u="dc * c_tilde * (1 - gamma_u**2)"), _dz(f="dc * c_prev * (1 - gamma_f**2)"),
        _dz(o="da_next * tanh_c * (1 - gamma_o**2)")),
    mistake(
        "sigmoid_of_a_gate_again", _cell((UNPACK, f"{UNPACK}\n    s = {{g: 1 / (1 + np.exp(-v)) for g, v in "
                                                  "zip('ufo', (gamma_u, gamma_f, gamma_o))}"),
                                         *((DZ[g], DZ[g].replace(f"gamma_{g} * (1 - gamma_{g})", f"s['{g}'] * (1 - "
                                                                 f"s['{g}'])")) for g in "ufo")),
        "You take the sigmoid of a gate, which went through the sigmoid already. The slope is Γ (1 - Γ), with Γ as the "
        "cache holds it.", "lstm-gradients-of-the-sums"),
    mistake(
        "candidate_slope_left_out", _dz(c="dc * gamma_u"),
        "The slope of the candidate's tanh is missing: dz_c = dc * Γ_u * (1 - candidate²).",
        "lstm-gradients-of-the-sums"),
    mistake(
        "candidate_slope_of_a_sigmoid", _dz(c="dc * gamma_u * c_tilde * (1 - c_tilde)"),
        "The candidate gets the slope of a sigmoid. It is a tanh: its slope is 1 - candidate².",
        "lstm-gradients-of-the-sums"),
    mistake(
        "candidate_not_squared", _dz(c="dc * gamma_u * (1 - c_tilde)"),
        "The square is missing in dz_c: the slope of the candidate's tanh is 1 - candidate².",
        "lstm-gradients-of-the-sums"),
    mistake(
        "tanh_of_the_candidate_again", _dz(c="dc * gamma_u * (1 - np.tanh(c_tilde)**2)"),
        "You take the tanh of c_tilde, which went through the tanh already. The slope is 1 - c_tilde².",
        "lstm-gradients-of-the-sums"),
    mistake(
        "update_gate_left_out_of_the_candidate", _dz(c="dc * (1 - c_tilde**2)"),
        "Γ_u is missing in dz_c. The candidate enters the memory multiplied by Γ_u, so its gradient is too.",
        "lstm-gradients-of-the-sums", _dz(c="dc * gamma_f * (1 - c_tilde**2)")),
    mistake(
        "candidate_left_out_of_the_update_gate", _dz(u="dc * gamma_u * (1 - gamma_u)"),
        "The candidate is missing in dz_u. Γ_u acts by multiplying the candidate, so dc comes back times the "
        "candidate.", "lstm-gradients-of-the-sums"),
    mistake(
        "update_gate_with_the_memory", _dz(u="dc * c_prev * gamma_u * (1 - gamma_u)"),
        "dz_u is made with c^<t-1>. Γ_u multiplies the candidate; it is Γ_f that multiplies the old memory.",
        "lstm-gradients-of-the-sums"),
    mistake(
        "difference_of_a_gru", _dz(u="dc * (c_tilde - c_prev) * gamma_u * (1 - gamma_u)"),
        "dz_u has the difference of candidate and memory, as in a GRU. Here Γ_u multiplies the candidate alone; the "
        "old memory has a gate of its own.", "lstm-gradients-of-the-sums"),
    mistake(
        "memory_left_out_of_the_forget_gate", _dz(f="dc * gamma_f * (1 - gamma_f)"),
        "c^<t-1> is missing in dz_f. Γ_f acts by multiplying the old memory, so dc comes back times c^<t-1>.",
        "lstm-gradients-of-the-sums"),
    mistake(
        "forget_gate_with_another_factor", _dz(f="dc * c_tilde * gamma_f * (1 - gamma_f)"),
        "dz_f has the wrong factor. Γ_f multiplies the *old memory*, c^<t-1>: not the candidate, not the new memory, "
        "not the state.", "lstm-gradients-of-the-sums", _dz(f="dc * c_next * gamma_f * (1 - gamma_f)"),
        _dz(f="dc * a_prev * gamma_f * (1 - gamma_f)"), _dz(f="dc * np.tanh(c_prev) * gamma_f * (1 - gamma_f)")),
    mistake(
        "output_gate_from_dc", _dz(o="dc * tanh_c * gamma_o * (1 - gamma_o)"),
        "dz_o starts from dc. The output gate stands behind the memory, between it and the state: its gradient comes "
        "from da_next alone.", "lstm-gradients-of-the-sums", _dz(o="dc_next * tanh_c * gamma_o * (1 - gamma_o)")),
    mistake(
        "output_gate_without_tanh", _dz(o="da_next * c_next * gamma_o * (1 - gamma_o)"),
        "dz_o is made with c^<t>. Γ_o multiplies its tanh: da_next * tanh(c^<t>) * Γ_o (1 - Γ_o).",
        "lstm-gradients-of-the-sums", _dz(o="da_next * gamma_o * (1 - gamma_o)"),
        _dz(o="da_next * np.tanh(c_prev) * gamma_o * (1 - gamma_o)")),
    mistake(
        "output_gate_with_the_state", _cell((UNPACK, UNPACK.replace("_,", "a_next,", 1)),
                                            (DZ["o"], DZ["o"].replace("tanh_c", "a_next"))),
        "dz_o is made with a^<t>, which holds Γ_o already. Γ_o multiplies tanh(c^<t>), so that is the factor.",
        "lstm-gradients-of-the-sums"),
    mistake(
        "only_later_memory_in_a_gate", _dz(u="dc_next * c_tilde * gamma_u * (1 - gamma_u)",
                                           f="dc_next * c_prev * gamma_f * (1 - gamma_f)",
                                           c="dc_next * gamma_u * (1 - c_tilde**2)"),
        "A sum gets dc_next where dc belongs: both ways into the memory must be added up first, then they go on to "
        "candidate, update and forget gate.", "lstm-gradients-of-the-sums",
        _dz(u="dc_next * c_tilde * gamma_u * (1 - gamma_u)"), _dz(f="dc_next * c_prev * gamma_f * (1 - gamma_f)"),
        _dz(c="dc_next * gamma_u * (1 - c_tilde**2)")),
    mistake(
        "slope_for_one_way_only", _dz(**ONE_WAY),
        "Parentheses are missing: the slope multiplies only what came through the state, and not dc_next. First the "
        "two are added up to dc; then dc is multiplied by factor and slope.", "lstm-gradients-of-the-sums",
        *(_dz(**{gate: ONE_WAY[gate]}) for gate in "cuf"), _dz(u=ONE_WAY["u"], f=ONE_WAY["f"])),
    mistake(
        "state_gradient_in_a_gate", _dz(**FROM_STATE),
        "A sum gets da_next where dc belongs. Candidate, update and forget gate stand before the memory: what reaches "
        "them is dc, the gradient of the memory. Only the output gate gets da_next.", "lstm-gradients-of-the-sums",
        *(_dz(**{gate: FROM_STATE[gate]}) for gate in "cuf"), _dz(u=FROM_STATE["u"], f=FROM_STATE["f"])),
    mistake(
        "gate_delta_copied", _cell((DZ["f"], "dz_f = dz_u")),
        "The gradient of one gate is a copy of another's. Γ_u multiplies the candidate, Γ_f the old memory, Γ_o the "
        "tanh of the new one: each has its own.", "lstm-gradients-of-the-sums",
        _cell((DZ["u"], ""), (DZ["f"], f"{DZ['f']}\n    dz_u = dz_f")), _cell((DZ["o"], "dz_o = dz_u")),
        _cell((DZ["o"], "dz_o = dz_f")), _dz(u="dc * c_prev * gamma_f * (1 - gamma_f)"),
        _dz(f="dc * c_tilde * gamma_u * (1 - gamma_u)"), _dz(f="dc * c_prev * gamma_u * (1 - gamma_u)"),
        _dz(u="dc * c_tilde * gamma_f * (1 - gamma_f)"), _dz(o="da_next * tanh_c * gamma_u * (1 - gamma_u)")),
)

STACK = (
    *(mistake(
        f"way_through_{gate}_left_out", _cell((D_STACKED, _without(gate))),
        f"The way through {reader} is missing: W_{gate}^T dz_{gate} belongs to da_prev and to dxt. Candidate and *all "
        "three* gates read [a^<t-1>, x^<t>], so four products meet there.", "lstm-back-to-the-state",
        _cell((DA_PREV, f'"da_prev": ({_without(gate)})[:n_a]')), _cell((DXT, f'"dxt": ({_without(gate)})[n_a:]')))
      for gate, reader in READERS.items()),
    mistake(
        "only_one_way_to_the_state", _cell((D_STACKED, "Wc.T @ dz_c")),
        "Only one of the four products is there. The candidate and all three gates read [a^<t-1>, x^<t>]: add up "
        "W_c^T dz_c, W_u^T dz_u, W_f^T dz_f and W_o^T dz_o.", "lstm-back-to-the-state",
        *(_cell((D_STACKED, f"W{gate}.T @ dz_{gate}")) for gate in "ufo")),
    mistake(
        "one_matrix_for_all", _cell((D_STACKED, "Wc.T @ (dz_c + dz_u + dz_f + dz_o)")),
        "One matrix takes all four back. Each dz goes back through the matrix that it came forwards through.",
        "lstm-back-to-the-state",
        *(_cell((D_STACKED, f"W{gate}.T @ (dz_c + dz_u + dz_f + dz_o)")) for gate in "ufo")),
    mistake(
        "matrices_exchanged", _back_through(u="f", f="u"),
        "A dz goes back through the matrix of another. It is W_c^T dz_c, W_u^T dz_u, W_f^T dz_f and W_o^T dz_o: each "
        "through the one that it came forwards through.", "lstm-back-to-the-state",
        *(_back_through(**{one: other, other: one}) for one, other in ("uo", "fo", "cu", "cf", "co")),
        *(_back_through(**{one: other}) for one in "cufo" for other in "cufo" if one != other)),
    mistake(
        "direct_way_to_the_state", _cell((DA_PREV, '"da_prev": d_stacked[:n_a] + da_next')),
        "da_prev has a way that is not there: a^<t-1> does not enter a^<t> directly. It is the memory that has a "
        "straight line, and its gradient is dc_prev.", "lstm-back-to-the-state",
        _cell((DA_PREV, '"da_prev": d_stacked[:n_a] + dc * gamma_f'))),
    mistake(
        "slices_exchanged", _cell((DXT, '"dxt": d_stacked[:-n_a]'), (DA_PREV, '"da_prev": d_stacked[-n_a:]')),
        "The slices for state and input are exchanged. The stacked vector has a^<t-1> above x^<t>, so the first n_a "
        "rows of W^T dz belong to the state.", "lstm-back-to-the-state",
        _cell((DXT, '"dxt": d_stacked[:len(xt)]'), (DA_PREV, '"da_prev": d_stacked[len(xt):]')),
        _cell((DXT, '"dxt": d_stacked[:n_a]'), (DA_PREV, '"da_prev": d_stacked[n_a:]'))),
    mistake(
        "sliced_by_the_input", _cell((DXT, '"dxt": d_stacked[len(xt):]'), (DA_PREV, '"da_prev": d_stacked[:len(xt)]')),
        "You cut after n_x rows. The state is above, so the cut is after n_a rows: the state's size.",
        "lstm-back-to-the-state"),
    mistake(
        "weights_not_transposed", _cell((D_STACKED, D_STACKED.replace(".T", ""))),
        "The way back needs the transposes of the weights: W is (n_a, n_a + n_x), its transpose takes the n_a numbers "
        "of dz back to n_a + n_x.", "lstm-back-to-the-state",
        _cell((D_STACKED, "np.dot(Wc, dz_c) + np.dot(Wu, dz_u) + np.dot(Wf, dz_f) + np.dot(Wo, dz_o)"))),
    mistake(
        "x_above_a", _cell((STACKED, "np.concatenate([xt, a_prev])")),
        "In the gradients of the weights x^<t> stands above the state. The columns of W are made for [a^<t-1>, x^<t>]; "
        "the shapes fit either way.", "lstm-gradients-of-the-weights"),
    mistake(
        "weights_from_the_new_state", _cell((UNPACK, UNPACK.replace("_,", "a_next,", 1)),
                                            (STACKED, "np.concatenate([a_next, xt])")),
        "The gradients of the weights are made with a^<t>. Forwards they were multiplied with the state before, "
        "a^<t-1>.", "lstm-gradients-of-the-weights"),
    mistake(
        "weights_from_the_memory", _cell((STACKED, "np.concatenate([c_prev, xt])")),
        "The gradients of the weights are made with the memory. Forwards they were multiplied with the state: "
        "[a^<t-1>, x^<t>].", "lstm-gradients-of-the-weights"),
    mistake(
        "gradients_of_two_gates_exchanged", _gradients_of(u="f", f="u"),
        "The gradients of two gates are exchanged: dWu and dbu are made from dz_u, dWf and dbf from dz_f, dWo and dbo "
        "from dz_o.", "lstm-gradients-of-the-weights", _gradients_of(u="o", o="u"), _gradients_of(f="o", o="f"),
        _gradients_of(u="f"), _gradients_of(f="u"), _gradients_of(o="f"), _gradients_of(o="u"), _gradients_of(c="u"),
        _gradients_of(u="c"), _gradients_of(c="u", u="c")),
    mistake(
        "weights_transposed", _cell((DW, "stacked @ dz.T")),
        "These are the transposes. A gradient has the shape of its parameter, (n_a, n_a + n_x): dz comes first.",
        "lstm-gradients-of-the-weights"),
    mistake(
        "biases_without_their_column", _cell((DB, "np.sum(dz, axis=1)")),
        "The gradients of the biases have lost their second axis. They need the shape (n_a, 1): sum with "
        "keepdims=True. Subtracted from the bias as they are, they would be spread to a square.",
        "lstm-gradients-of-the-weights"),
    mistake(
        "biases_averaged", _cell((DB, "np.mean(dz, axis=1, keepdims=True)")),
        "The gradients of the biases are means over the examples. They are sums: the division by m is in da_next "
        "already.", "lstm-gradients-of-the-weights"),
    mistake(
        "biases_over_the_units", _cell((DB, "np.sum(dz, axis=0, keepdims=True)")),
        "The gradients of the biases are summed along the wrong axis. Each unit has a bias of its own; it is the m "
        "examples, axis 1, that are added.", "lstm-gradients-of-the-weights", _cell((DB, "np.sum(dz)"))),
    mistake(
        "biases_not_summed", _cell((DB, "dz")),
        "The gradients of the biases are not summed. The same bias is added in every example, so the m columns of dz "
        "are added up.", "lstm-gradients-of-the-weights"),
    mistake(
        "divided_by_m", _cell((DW, "dz @ stacked.T / xt.shape[1]"), (DB, "np.mean(dz, axis=1, keepdims=True)")),
        "You divide by m. The mean over the examples belongs to the loss, so da_next holds that division already: from "
        "there on gradients are only summed.", "lstm-gradients-of-the-weights",
        _cell((DW, "dz @ stacked.T / xt.shape[1]"))),
    mistake(
        "cache_in_another_order", _cell((UNPACK, UNPACK.replace("gamma_u, gamma_f,", "gamma_f, gamma_u,"))),
        "The cache is unpacked in another order. It is (a_next, c_next, a_prev, c_prev, c_tilde, gamma_u, gamma_f, "
        "gamma_o, xt, parameters).", "lstm-cache",
        _cell((UNPACK, UNPACK.replace("c_tilde, gamma_u, gamma_f,", "gamma_f, gamma_u, c_tilde,"))),
        _cell((UNPACK, UNPACK.replace("c_tilde, gamma_u, gamma_f, gamma_o", "gamma_u, gamma_f, gamma_o, c_tilde"))),
        _cell((UNPACK, UNPACK.replace("_, c_next, a_prev, c_prev", "a_prev, c_prev, _, c_next"))),
        _cell((UNPACK, UNPACK.replace("_, c_next, a_prev", "c_next, _, a_prev"))),
        _cell((UNPACK, UNPACK.replace("a_prev, c_prev", "c_prev, a_prev")))),
    mistake(
        "inputs_overwritten", _cell((DC, "dc = dc_next\n    dc += da_next * gamma_o * (1 - tanh_c**2)")),
        "You add inside an array that was handed in (`dc = dc_next` is no copy, and `+=` writes into it). It belongs "
        "to whoever called the function. Let the sum be a new array: dc = dc_next + …", "lstm-two-ways-back"),
)

LSTM_CELL_BACKWARD = Exercise(
    id="lstm_cell_backward",
    chapter=CHAPTER,
    reference=lstm_cell_backward,
    cases=_cases,
    parts=(
        Part("dxt", 4, Gradient("n_x m"), ("dxt",)),
        Part("da_prev", 4, Gradient("n_a m"), ("da_prev",)),
        Part("dc_prev", 5, Gradient("n_a m"), ("dc_prev",)),
        *(Part(f"dW{gate}", 3, Gradient("n_a n_a+n_x"), (f"dW{gate}",)) for gate in "cufo"),
        *(Part(f"db{gate}", 1, Gradient("n_a 1"), (f"db{gate}",)) for gate in "cufo"),
        intact(1),
    ),
    hints=(
        "Take the lines of the unit in reverse order: first the state, then the memory, then candidate and gates. Two "
        "gradients meet at the memory c^<t>: dc_next, and what comes from the state.",
        "`dc = dc_next + da_next * gamma_o * (1 - np.tanh(c_next)**2)`. From here dc_prev is one product: dc times the "
        "gate that the old memory was multiplied with.",
        "For each of the four sums inside tanh and sigmoid: what arrives, times the other factor, times the slope. "
        "dz_u, for example: dc, times c_tilde, times gamma_u * (1 - gamma_u). Only dz_o starts from da_next.",
        "Add up the four products W^T dz; the first n_a rows are da_prev, the others dxt.",
        "Each dW is its dz times the transpose of [a_prev; xt]. Each bias: the sum of its dz over the examples, "
        "axis=1, keepdims=True.",
    ),
    misconceptions=(*MEMORY, *SUMS, *STACK),
)

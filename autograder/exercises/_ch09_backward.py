"""Exercise of chapter 9: one step of the full unit backwards."""

from autograder.engine import Case, Exercise, Gradient, Part, Patched, intact
from autograder.exercises._ch09_shared import CHAPTER, mistake, step_inputs
from autograder.exercises.inputs import sizes_with_equal
from solutions import gru_cell_backward, gru_cell_forward

UNPACK = "_, c_prev, c_tilde, gamma_u, gamma_r, xt, parameters = cache"
SIZES = "n_a, dc = len(c_prev), da_next"
STACKED, RESET = "stacked = np.concatenate([c_prev, xt])", "stacked_reset = np.concatenate([gamma_r * c_prev, xt])"
DZ_C = "dz_c = dc * gamma_u * (1 - c_tilde**2)"
DZ_U = "dz_u = dc * (c_tilde - c_prev) * gamma_u * (1 - gamma_u)"
DZ_R = "dz_r = d_reset * c_prev * gamma_r * (1 - gamma_r)"
D_STACKED_RESET = 'd_stacked_reset = parameters["Wc"].T @ dz_c'
D_RESET = "d_reset = d_stacked_reset[:n_a]"
D_STACKED = 'd_stacked = parameters["Wu"].T @ dz_u + parameters["Wr"].T @ dz_r'
DXT, DIRECT = '"dxt": d_stacked_reset[n_a:] + d_stacked[n_a:]', "dc * (1 - gamma_u) + d_reset"
DA_PREV = '"da_prev": dc * (1 - gamma_u) + d_reset * gamma_r + d_stacked[:n_a]'
DWC, DWU, DWR = "dz_c @ stacked_reset.T", "dz_u @ stacked.T", "dz_r @ stacked.T"
DBC, DBU, DBR = (f"np.sum(dz_{gate}, axis=1, keepdims=True)" for gate in "cur")
C_PART = 'parameters["Wc"][:, :n_a]'


def _cell(*replacements):
    return Patched(gru_cell_backward, *replacements)


def _da_prev(new):
    return _cell((DA_PREV, f'"da_prev": {new}'))


def _dz(gate, new):
    return _cell(({"c": DZ_C, "u": DZ_U, "r": DZ_R}[gate], f"dz_{gate} = {new}"))


def _biases(pattern):
    return tuple((line, pattern.format(gate)) for gate, line in zip("cur", (DBC, DBU, DBR), strict=True))


def _cases(rng):
    cases = []
    for label, n in sizes_with_equal(rng, "n_x n_a m", "n_x n_a m", {"m": 1}, {"n_x": 1}):
        *_, cache = gru_cell_forward(*step_inputs(rng, "cur", {**n, "n_y": 7}))
        cases.append(Case((rng.standard_normal((n["n_a"], n["m"])), cache), n, label))
    return cases


WAYS = (
    mistake(
        "direct_way_left_out", _da_prev("d_reset * gamma_r + d_stacked[:n_a]"),
        "The direct way is missing in da_prev: c^<t-1> also enters c^<t> as it is, with the factor (1 - Γ_u). This "
        "term, da_next * (1 - Γ_u), is what mends vanishing gradients.", "gru-four-ways-back"),
    mistake(
        "candidate_way_left_out", _da_prev("dc * (1 - gamma_u) + d_stacked[:n_a]"),
        "The way through the candidate is missing in da_prev: c^<t-1> enters the candidate too, multiplied by Γ_r.",
        "gru-four-ways-back"),
    mistake(
        "gate_ways_left_out", _da_prev("dc * (1 - gamma_u) + d_reset * gamma_r"),
        "The ways through the gates are missing in da_prev: both Γ_u and Γ_r read c^<t-1>. They bring W_u^T dz_u and "
        "W_r^T dz_r.", "gru-four-ways-back",
        _cell((D_STACKED, "d_stacked = 0 * np.concatenate([c_prev, xt])"))),
    mistake(
        "reset_way_left_out", _cell((D_STACKED, 'd_stacked = parameters["Wu"].T @ dz_u')),
        "The way through the reset gate is missing: Γ_r reads c^<t-1> and x^<t> too, so W_r^T dz_r belongs to da_prev "
        "and to dxt.", "gru-four-ways-back",
        _cell((DA_PREV, DA_PREV.replace("d_stacked[:n_a]", '(parameters["Wu"].T @ dz_u)[:n_a]')))),
    mistake(
        "update_way_left_out", _cell((D_STACKED, 'd_stacked = parameters["Wr"].T @ dz_r')),
        "The way through the update gate is missing: Γ_u reads c^<t-1> and x^<t> too, so W_u^T dz_u belongs to da_prev "
        "and to dxt.", "gru-four-ways-back",
        _cell((DA_PREV, DA_PREV.replace("d_stacked[:n_a]", '(parameters["Wr"].T @ dz_r)[:n_a]')))),
    mistake(
        "only_the_direct_way", _da_prev("dc * (1 - gamma_u)"),
        "da_prev has the direct way only. The old memory acts in three more ways: through the candidate, through Γ_u "
        "and through Γ_r.", "gru-four-ways-back"),
    mistake(
        "factor_of_the_direct_way_left_out", _da_prev("dc + d_reset * gamma_r + d_stacked[:n_a]"),
        "The direct way has lost its factor: c^<t-1> enters c^<t> multiplied by (1 - Γ_u), so da_next comes back "
        "multiplied by (1 - Γ_u).", "gru-four-ways-back"),
    mistake(
        "direct_way_with_the_gate", _da_prev("dc * gamma_u + d_reset * gamma_r + d_stacked[:n_a]"),
        "On the direct way stands Γ_u. Forwards the old memory was multiplied by 1 - Γ_u; so is its gradient.",
        "gru-four-ways-back"),
    mistake(
        "reset_gate_left_out_of_da_prev", _da_prev("dc * (1 - gamma_u) + d_reset + d_stacked[:n_a]"),
        "On the way through the candidate Γ_r is missing. W_c^T dz_c is the gradient of the product Γ_r * c^<t-1>; for "
        "c^<t-1> it is multiplied by Γ_r.", "gru-four-ways-back"),
    mistake(
        "reset_gate_on_all_ways", _da_prev("dc * (1 - gamma_u) + (d_reset + d_stacked[:n_a]) * gamma_r"),
        "Γ_r multiplies the ways through the gates too. It stands on the way through the candidate only, where the "
        "memory was multiplied by it.", "gru-four-ways-back",
        _da_prev("(dc * (1 - gamma_u) + d_reset + d_stacked[:n_a]) * gamma_r")),
    mistake(
        "dxt_without_the_gates", _cell((DXT, '"dxt": d_stacked_reset[n_a:]')),
        "dxt has the way through the candidate only. Both gates read x^<t> too: W_u^T dz_u and W_r^T dz_r have a part "
        "for it.", "gru-four-ways-back"),
    mistake(
        "dxt_without_the_candidate", _cell((DXT, '"dxt": d_stacked[n_a:]')),
        "dxt has the ways through the gates only. The candidate reads x^<t> too.", "gru-four-ways-back"),
    mistake(
        "dxt_without_the_reset_gate", _cell((DXT, f'{DXT} - (parameters["Wr"].T @ dz_r)[n_a:]')),
        "dxt lacks the way through the reset gate: Γ_r reads x^<t> too, so a part of W_r^T dz_r belongs to it.",
        "gru-four-ways-back"),
    mistake(
        "dxt_without_the_update_gate", _cell((DXT, f'{DXT} - (parameters["Wu"].T @ dz_u)[n_a:]')),
        "dxt lacks the way through the update gate: Γ_u reads x^<t> too, so a part of W_u^T dz_u belongs to it.",
        "gru-four-ways-back"),
    mistake(
        "slices_exchanged",
        _cell((D_RESET, "d_reset = d_stacked_reset[-n_a:]"),
              (DXT, '"dxt": d_stacked_reset[:-n_a] + d_stacked[:-n_a]'),
              (DA_PREV, DA_PREV.replace("[:n_a]", "[-n_a:]"))),
        "The slices for memory and input are exchanged. The stacked vector has c^<t-1> above x^<t>, so the first n_a "
        "rows of W^T dz belong to the memory.", "gru-four-ways-back",
        _cell((DXT, '"dxt": d_stacked_reset[:-n_a] + d_stacked[:-n_a]'),
              (DA_PREV, DA_PREV.replace("[:n_a]", "[-n_a:]").replace("d_reset", "d_stacked_reset[-n_a:]"))),
        _cell((DXT, '"dxt": d_stacked_reset[:n_a] + d_stacked[:n_a]')),
        _cell((DXT, '"dxt": d_stacked_reset[:len(xt)] + d_stacked[:len(xt)]')),
        _cell((DXT, '"dxt": d_stacked_reset[:len(xt)] + d_stacked[:len(xt)]'),
              (DA_PREV, DA_PREV.replace("[:n_a]", "[len(xt):]")))),
)

SLOPES = (
    mistake(
        "candidate_slope_left_out", _dz("c", "dc * gamma_u"),
        "The slope of the candidate's tanh is missing: dz_c = da_next * Γ_u * (1 - candidate²).",
        "gru-gradients-of-the-sums"),
    mistake(
        "candidate_slope_of_a_sigmoid", _dz("c", "dc * gamma_u * c_tilde * (1 - c_tilde)"),
        "The candidate gets the slope of a sigmoid. It is a tanh: its slope is 1 - candidate².",
        "gru-gradients-of-the-sums"),
    mistake(
        "candidate_not_squared", _dz("c", "dc * gamma_u * (1 - c_tilde)"),
        "The square is missing: the slope of the candidate's tanh is 1 - candidate².", "gru-gradients-of-the-sums"),
    mistake(
        "tanh_twice", _dz("c", "dc * gamma_u * (1 - np.tanh(c_tilde)**2)"),
        "You take the tanh of c_tilde, which went through the tanh already. The slope is 1 - c_tilde².",
        "gru-gradients-of-the-sums"),
    mistake(
        "update_gate_left_out_of_the_candidate", _dz("c", "dc * (1 - c_tilde**2)"),
        "Γ_u is missing in dz_c. The candidate enters the memory multiplied by Γ_u, so its gradient is too.",
        "gru-gradients-of-the-sums"),
    mistake(
        "candidate_with_the_other_weight", _dz("c", "dc * (1 - gamma_u) * (1 - c_tilde**2)"),
        "dz_c is made with 1 - Γ_u. Forwards the candidate was multiplied by Γ_u; so is its gradient.",
        "gru-gradients-of-the-sums"),
    mistake(
        "slope_of_the_new_state", _cell((SIZES, "n_a, dc = len(c_prev), da_next * (1 - cache[0]**2)")),
        "You go through a tanh that is not there: 1 - a_next² belongs to a basic RNN. In a GRU the state is the memory "
        "cell itself, so dc = da_next.", "gru-gradients-of-the-sums"),
    mistake(
        "candidate_slope_from_the_state", _dz("c", "dc * gamma_u * (1 - cache[0]**2)"),
        "The slope of the candidate is made with a^<t>. The tanh was the candidate's: 1 - candidate².",
        "gru-gradients-of-the-sums", _dz("c", "dc * gamma_u * (1 - c_prev**2)")),
    mistake(
        "slope_of_the_other_gate", _dz("r", "d_reset * c_prev * gamma_u * (1 - gamma_u)"),
        "A gate has the slope of the other one. To dz_u belongs Γ_u (1 - Γ_u), to dz_r belongs Γ_r (1 - Γ_r).",
        "gru-gradients-of-the-sums", _dz("u", "dc * (c_tilde - c_prev) * gamma_r * (1 - gamma_r)")),
    mistake(
        "reset_gate_with_another_factor", _dz("r", "d_reset * c_tilde * gamma_r * (1 - gamma_r)"),
        "dz_r has the wrong factor. Γ_r multiplies the *old memory*, c^<t-1>: not the candidate, not the new state.",
        "gru-gradients-of-the-sums", _dz("r", "d_reset * cache[0] * gamma_r * (1 - gamma_r)"),
        _dz("r", "d_reset * (c_tilde - c_prev) * gamma_r * (1 - gamma_r)")),
    mistake(
        "update_slope_left_out", _dz("u", "dc * (c_tilde - c_prev)"),
        "The slope of the update gate's sigmoid is missing in dz_u: Γ_u (1 - Γ_u).", "gru-gradients-of-the-sums",
        _dz("u", "dc * (c_tilde - c_prev) * gamma_u"), _dz("u", "dc * (c_tilde - c_prev) * (1 - gamma_u)")),
    mistake(
        "reset_slope_left_out", _dz("r", "d_reset * c_prev"),
        "The slope of the reset gate's sigmoid is missing in dz_r: Γ_r (1 - Γ_r).", "gru-gradients-of-the-sums",
        _dz("r", "d_reset * c_prev * gamma_r"), _dz("r", "d_reset * c_prev * (1 - gamma_r)")),
    mistake(
        "both_gate_slopes_left_out", _cell((DZ_U, "dz_u = dc * (c_tilde - c_prev)"), (DZ_R, "dz_r = d_reset * c_prev")),
        "The slope of the sigmoid is missing in both gates. Where a gate stands in the way, its slope is Γ (1 - Γ).",
        "gru-gradients-of-the-sums"),
    mistake(
        "tanh_slope_for_gates", _cell((DZ_U, "dz_u = dc * (c_tilde - c_prev) * (1 - gamma_u**2)"),
                                      (DZ_R, "dz_r = d_reset * c_prev * (1 - gamma_r**2)")),
        "The gates get the slope of a tanh, 1 - Γ². They are sigmoids: Γ (1 - Γ).", "gru-gradients-of-the-sums",
        _dz("u", "dc * (c_tilde - c_prev) * (1 - gamma_u**2)"), _dz("r", "d_reset * c_prev * (1 - gamma_r**2)")),
    mistake(
        "update_gate_acts_once", _dz("u", "dc * c_tilde * gamma_u * (1 - gamma_u)"),
        "dz_u knows only that Γ_u multiplies the candidate. It stands in the update twice, also in 1 - Γ_u: the factor "
        "is the candidate minus c^<t-1>.", "gru-gradients-of-the-sums",
        _dz("u", "dc * c_prev * gamma_u * (1 - gamma_u)"), _dz("u", "-dc * c_prev * gamma_u * (1 - gamma_u)")),
    mistake(
        "update_gate_sign", _dz("u", "dc * (c_prev - c_tilde) * gamma_u * (1 - gamma_u)"),
        "dz_u has the wrong sign: a more open gate moves the memory towards the candidate, so the factor is the "
        "candidate minus c^<t-1>.", "gru-gradients-of-the-sums"),
    mistake(
        "update_gate_plus", _dz("u", "dc * (c_tilde + c_prev) * gamma_u * (1 - gamma_u)"),
        "dz_u has a plus where a minus belongs. In the update stands + (1 - Γ_u) * c^<t-1>: its derivative with "
        "respect to Γ_u is minus c^<t-1>.", "gru-gradients-of-the-sums"),
    mistake(
        "update_gate_from_the_new_state", _dz("u", "dc * (c_tilde - cache[0]) * gamma_u * (1 - gamma_u)"),
        "dz_u is made with a^<t>. The update line mixes the candidate with the memory before, so the factor is the "
        "candidate minus c^<t-1>.", "gru-gradients-of-the-sums"),
    mistake(
        "reset_gate_without_the_memory", _dz("r", "d_reset * gamma_r * (1 - gamma_r)"),
        "c^<t-1> is missing in dz_r. Γ_r acts by multiplying the memory, so its gradient is that of the product times "
        "c^<t-1>.", "gru-gradients-of-the-sums"),
    mistake(
        "gate_delta_copied", _cell((DZ_R, "dz_r = dz_u")),
        "The gradient of one gate is a copy of the other's. Γ_u acts in the update line, Γ_r inside the candidate: "
        "each has its own.", "gru-gradients-of-the-sums"),
    mistake(
        "reset_gradient_from_the_memory", _dz("r", "dc * c_prev * gamma_r * (1 - gamma_r)"),
        "dz_r starts from da_next. The reset gate acts inside the candidate only, so its gradient comes through "
        "W_c^T dz_c.", "gru-gradients-of-the-sums"),
)

CONVENTIONS = (
    mistake(
        "update_gate_turned_round",
        _cell((DZ_C, "dz_c = dc * (1 - gamma_u) * (1 - c_tilde**2)"),
              (DZ_U, "dz_u = dc * (c_prev - c_tilde) * gamma_u * (1 - gamma_u)"),
              (DA_PREV, DA_PREV.replace("(1 - gamma_u)", "gamma_u"))),
        "This is the way back of another convention, in which the update gate says how much is kept: Γ_u and 1 - Γ_u "
        "are exchanged. Here the cell was (Γ_u * candidate) + (1 - Γ_u) * c^<t-1>.", "gru-other-conventions"),
    mistake(
        "reset_after_the_product",
        _cell((D_RESET, f"d_reset = {C_PART}.T @ (gamma_r * dz_c)"),
              (DZ_R, f"dz_r = dz_c * ({C_PART} @ c_prev) * gamma_r * (1 - gamma_r)"),
              (DA_PREV, DA_PREV.replace("d_reset * gamma_r", "d_reset")),
              (DWC, "np.concatenate([(gamma_r * dz_c) @ c_prev.T, dz_c @ xt.T], axis=1)")),
        "This is the way back of another convention (PyTorch's), in which the reset gate acts after the product with "
        "W_c. Here it acted before: W_c [Γ_r * c^<t-1>, x^<t>].", "gru-other-conventions"),
    mistake(
        "both_conventions_of_another_library",
        _cell((D_RESET, f"d_reset = {C_PART}.T @ (gamma_r * dz_c)"),
              (DZ_C, "dz_c = dc * (1 - gamma_u) * (1 - c_tilde**2)"),
              (DZ_U, "dz_u = dc * (c_prev - c_tilde) * gamma_u * (1 - gamma_u)"),
              (DZ_R, f"dz_r = dz_c * ({C_PART} @ c_prev) * gamma_r * (1 - gamma_r)"),
              (DA_PREV, '"da_prev": dc * gamma_u + d_reset + d_stacked[:n_a]'),
              (DWC, "np.concatenate([(gamma_r * dz_c) @ c_prev.T, dz_c @ xt.T], axis=1)")),
        "This is the way back of the GRU as PyTorch and others define it. Here Γ_u weighs the candidate, and Γ_r acts "
        "before the product with W_c.", "gru-other-conventions"),
)

PARAMETERS = (
    mistake(
        "dWc_without_the_reset_gate", _cell((DWC, "dz_c @ stacked.T")),
        "dWc is made with c^<t-1>. Forwards W_c was multiplied with [Γ_r * c^<t-1>, x^<t>], so that is what stands in "
        "its gradient.", "gru-gradients-of-the-weights"),
    mistake(
        "gate_weights_from_the_reset_memory",
        _cell((DWU, "dz_u @ stacked_reset.T"), (DWR, "dz_r @ stacked_reset.T")),
        "The gradients of the gates' weights are made with Γ_r * c^<t-1>. Only the candidate read that; the gates read "
        "[c^<t-1>, x^<t>].", "gru-gradients-of-the-weights",
        _cell((DWU, "dz_u @ stacked_reset.T")), _cell((DWR, "dz_r @ stacked_reset.T"))),
    mistake(
        "weights_from_the_new_state", _cell((STACKED, "stacked = np.concatenate([cache[0], xt])"),
                                            (RESET, "stacked_reset = np.concatenate([gamma_r * cache[0], xt])")),
        "The gradients of the weights are made with a^<t>. Forwards they were multiplied with the memory before, "
        "c^<t-1>.", "gru-gradients-of-the-weights", _cell((STACKED, "stacked = np.concatenate([cache[0], xt])"))),
    mistake(
        "x_above_c", _cell((STACKED, "stacked = np.concatenate([xt, c_prev])"),
                           (RESET, "stacked_reset = np.concatenate([xt, gamma_r * c_prev])")),
        "In the gradients of the weights x^<t> stands above the memory. The columns of W are made for [c^<t-1>, "
        "x^<t>]; the shapes fit either way.", "gru-gradients-of-the-weights",
        _cell((STACKED, "stacked = np.concatenate([xt, c_prev])")),
        _cell((RESET, "stacked_reset = np.concatenate([xt, gamma_r * c_prev])"))),
    mistake(
        "gate_gradients_exchanged", _cell(('"dWu"', '"dWr_"'), ('"dWr":', '"dWu":'), ('"dWr_"', '"dWr"')),
        "The gradients of the two gates are exchanged: dWu is made from dz_u, dWr from dz_r.",
        "gru-gradients-of-the-weights",
        _cell(('"dWu"', '"dWr_"'), ('"dWr":', '"dWu":'), ('"dWr_"', '"dWr"'),
              ('"dbu"', '"dbr_"'), ('"dbr":', '"dbu":'), ('"dbr_"', '"dbr"'))),
    mistake(
        "cache_in_another_order", _cell((UNPACK, UNPACK.replace("_, c_prev", "c_prev, _"))),
        "The cache is unpacked in another order. It is (a_next, a_prev, c_tilde, gamma_u, gamma_r, xt, parameters): "
        "first the state that the step produced.", "gru-cache",
        _cell((UNPACK, UNPACK.replace("gamma_u, gamma_r", "gamma_r, gamma_u")))),
    mistake(
        "weights_transposed",
        _cell((DWC, "stacked_reset @ dz_c.T"), (DWU, "stacked @ dz_u.T"), (DWR, "stacked @ dz_r.T")),
        "These are the transposes. A gradient has the shape of its parameter, (n_a, n_a + n_x): dz comes first.",
        "gru-gradients-of-the-weights"),
    mistake(
        "weights_not_transposed", _cell((D_STACKED_RESET, 'd_stacked_reset = parameters["Wc"] @ dz_c')),
        "The way back needs the transposes of the weights: W is (n_a, n_a + n_x), its transpose takes the n_a numbers "
        "of dz back to n_a + n_x.", "gru-four-ways-back",
        _cell((D_STACKED, D_STACKED.replace(".T", "")))),
    mistake(
        "biases_without_their_column", _cell(*_biases("np.sum(dz_{}, axis=1)")),
        "The gradients of the biases have lost their second axis. They need the shape (n_a, 1): sum with "
        "keepdims=True. Subtracted from the bias as they are, they would be spread to a square.",
        "gru-gradients-of-the-weights"),
    mistake(
        "biases_averaged", _cell(*_biases("np.mean(dz_{}, axis=1, keepdims=True)")),
        "The gradients of the biases are means over the examples. They are sums: the division by m is in da_next "
        "already.", "gru-gradients-of-the-weights"),
    mistake(
        "biases_over_the_units", _cell(*_biases("np.sum(dz_{}, axis=0, keepdims=True)")),
        "The gradients of the biases are summed along the wrong axis. Each unit has a bias of its own; it is the m "
        "examples, axis 1, that are added.", "gru-gradients-of-the-weights", _cell(*_biases("np.sum(dz_{})"))),
    mistake(
        "biases_not_summed", _cell(*_biases("dz_{}")),
        "The gradients of the biases are not summed. The same bias is added in every example, so the m columns of dz "
        "are added up.", "gru-gradients-of-the-weights"),
    mistake(
        "one_bias_gradient_for_all", _cell((DBU, "np.sum(dz_c, axis=1, keepdims=True)"),
                                           (DBR, "np.sum(dz_c, axis=1, keepdims=True)")),
        "All biases get one gradient. Each has its own: db_c from dz_c, db_u from dz_u, db_r from dz_r.",
        "gru-gradients-of-the-weights",
        _cell((DBR, "np.sum(dz_u, axis=1, keepdims=True)")), _cell((DBU, "np.sum(dz_r, axis=1, keepdims=True)"))),
    mistake(
        "divided_by_m",
        _cell((DWC, f"{DWC} / xt.shape[1]"), (DWU, f"{DWU} / xt.shape[1]"), (DWR, f"{DWR} / xt.shape[1]"),
              *_biases("np.mean(dz_{}, axis=1, keepdims=True)")),
        "You divide by m. The mean over the examples belongs to the loss, so da_next holds that division already: from "
        "there on gradients are only summed.", "gru-gradients-of-the-weights",
        _cell((DWC, f"{DWC} / xt.shape[1]"), (DWU, f"{DWU} / xt.shape[1]"), (DWR, f"{DWR} / xt.shape[1]")),
        _cell((SIZES, "n_a, dc = len(c_prev), da_next / xt.shape[1]"))),
    mistake(
        "da_next_overwritten", _cell((DZ_C, "dc *= gamma_u\n    dz_c = dc * (1 - c_tilde**2)\n    dc = dc / gamma_u")),
        "You multiply inside the array da_next, which belongs to whoever called the function. Let each product be a "
        "new array.", "gru-gradients-of-the-sums"),
)

GRU_CELL_BACKWARD = Exercise(
    id="gru_cell_backward",
    chapter=CHAPTER,
    reference=gru_cell_backward,
    cases=_cases,
    parts=(
        Part("dxt", 4, Gradient("n_x m"), ("dxt",)),
        Part("da_prev", 6, Gradient("n_a m"), ("da_prev",)),
        Part("dWc", 5, Gradient("n_a n_a+n_x"), ("dWc",)),
        Part("dWu", 4, Gradient("n_a n_a+n_x"), ("dWu",)),
        Part("dWr", 5, Gradient("n_a n_a+n_x"), ("dWr",)),
        Part("dbc", 2, Gradient("n_a 1"), ("dbc",)),
        Part("dbu", 1, Gradient("n_a 1"), ("dbu",)),
        Part("dbr", 2, Gradient("n_a 1"), ("dbr",)),
        intact(1),
    ),
    hints=(
        "Take the lines of the unit in reverse order: first the update, then the candidate, then the gates. For each "
        "of the three sums inside tanh and sigmoid find its gradient: dz_c, dz_u, dz_r.",
        "From the update line: dz_c = da_next * gamma_u * (slope of tanh), and dz_u = da_next * (c_tilde - c_prev) * "
        "(slope of sigmoid). The slopes are 1 - c_tilde**2 and gamma_u * (1 - gamma_u).",
        "`Wc.T @ dz_c` has n_a + n_x rows. The first n_a belong to the product gamma_r * c_prev: times c_prev and the "
        "slope gamma_r * (1 - gamma_r) they give dz_r; times gamma_r they go on to da_prev.",
        "Four terms meet in da_prev: da_next * (1 - gamma_u), the one through the candidate, and the first n_a rows of "
        "`Wu.T @ dz_u` and of `Wr.T @ dz_r`. The other n_x rows of all three products make dxt.",
        "dWc is dz_c times the transpose of [gamma_r * c_prev; xt]; dWu and dWr take [c_prev; xt]. Each bias: the sum "
        "of its dz over the examples, axis=1, keepdims=True.",
    ),
    misconceptions=(*WAYS, *SLOPES, *CONVENTIONS, *PARAMETERS),
)

"""Exercise of chapter 12: find the mistakes in one step through all the layers."""

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises._ch12_shared import CHAPTER, PerLayer, draw_network, mistake
from autograder.exercises.inputs import sizes_for, with_large_scores
from autograder.exercises.mistakes import planted
from solutions import RNN, deep_rnn_step

LOOP, UNIT = "for layer, a_before in enumerate(a_prev, start=1):", "unit = part(parameters, layer)"
LAYER = 'a_layer = np.tanh(unit["Waa"] @ a_before + unit["Wax"] @ below + unit["ba"])'
KEEP, UP = "a_next.append(a_layer)", "below = a_layer"
OUTPUT = 'yt_pred = softmax(parameters["Wya"] @ a_next[-1] + parameters["by"])'
RETURN = "return a_next, yt_pred"

GIVEN, LEFT_OVER = planted(deep_rnn_step, CHAPTER, (UP, "below = a_before"),
                           (OUTPUT, OUTPUT.replace("a_next[-1]", "a_prev[-1]")))


def _step(*replacements):
    return Patched(deep_rnn_step, *replacements)


def _cases(rng):
    kinds = [(3, {}, ""), (2, {}, ""), (3, {"m": 1}, "m = 1"), (1, {}, "one layer"), (1, {"m": 1}, "one layer, m = 1")]
    cases = []
    for n_layers, special, label in kinds:
        names = " ".join(["n_x n_y m", *(f"n_a[{layer}]" for layer in range(1, n_layers + 1))])
        (_, n), = sizes_for(rng, names, special, count=0)
        cases.append(_case(rng, n, n_layers, label))
    size = int(rng.integers(3, 6))
    equal = {"n_x": size, "n_a[1]": size, "n_a[2]": size, "n_a[3]": size, "m": size, "n_y": 7}
    cases.append(_case(rng, equal, 3, "all layers and n_x and m of one size"))
    return [*cases, with_large_scores(cases[0])]


def _case(rng, n, n_layers, label):
    a_prev, parameters = draw_network(rng, RNN, n, n_layers)
    parts = ("a_next", "yt_pred of one layer" if n_layers == 1 else "yt_pred", "inputs left unchanged")
    return Case((rng.standard_normal((n["n_x"], n["m"])), a_prev, parameters), n, label, parts)


DEEP_RNN_STEP = Exercise(
    id="deep_rnn_step",
    chapter=CHAPTER,
    reference=deep_rnn_step,
    cases=_cases,
    given=GIVEN,
    parts=(
        Part("a_next", 7, PerLayer(Array("n_a m")), (0,)),
        Part("yt_pred", 4, Array("n_y m"), (1,)),
        Part("yt_pred of one layer", 3, Array("n_y m"), (1,)),
        intact(1),
    ),
    hints=(
        "Hold the code against the formula, symbol by symbol. For each one in the formula ask: which layer, and which "
        "step?",
        "Only one thing in the formula of a layer is from the step before: its own state. What comes from the layer "
        "below is from *this* step.",
        "Run it by hand with two layers: after the first pass through the loop, what is called `below`?",
        "And the last line: the prediction of this step is made from the state that the topmost layer has just got.",
    ),
    misconceptions=(
        *LEFT_OVER,
        mistake(
            "x_into_every_layer", _step((LAYER, LAYER.replace("@ below", "@ xt"))),
            "Every layer reads x^<t>. Only the lowest one does: layer l reads a^[l-1]<t>, the state that the layer "
            "below has just got.", "deep-formula", _step((UP, "below = xt"))),
        mistake(
            "one_state_for_all", _step((LAYER, LAYER.replace("a_before", "a_prev[0]"))),
            "Every layer remembers with the state of layer 1. Each has a state of its own: a^[l]<t-1> is "
            "a_prev[l - 1].", "deep-own", _step((LAYER, LAYER.replace("a_before", "a_prev[-1]")))),
        mistake(
            "state_from_this_step", _step((LAYER, 'a_layer = np.tanh(unit["Waa"] @ below + unit["Wax"] @ below '
                                                  '+ unit["ba"])')),
            "W_aa acts on what comes from below. It acts on the layer's own state at the step before, a^[l]<t-1>; "
            "what comes from below is for W_ax.", "deep-formula"),
        mistake(
            "matrices_exchanged", _step((LAYER, 'a_layer = np.tanh(unit["Waa"] @ below + unit["Wax"] @ a_before '
                                                '+ unit["ba"])')),
            "The two matrices are exchanged. W_aa acts along time, on a^[l]<t-1>; W_ax acts upwards, on "
            "a^[l-1]<t>.", "deep-formula"),
        mistake(
            "same_weights_for_all", _step((UNIT, "unit = part(parameters, 1)")),
            "Every layer has the weights of layer 1. The steps share weights, the layers do not: layer l has those "
            "labelled [l].", "deep-own", _step((UNIT, "unit = part(parameters, len(a_prev))"))),
        mistake(
            "labels_from_zero", _step((LOOP, LOOP.replace("start=1", "start=0"))),
            "The labels of the layers begin with [1], and the loop counts from 0. There is no layer 0: that is the "
            "input.", "deep-own"),
        mistake(
            "no_memory", _step((LAYER, LAYER.replace('unit["Waa"] @ a_before + ', ""))),
            "The layers have no memory: W_aa^[l] a^[l]<t-1> is missing. Without it this is a standard network.",
            "deep-formula"),
        mistake(
            "tanh_of_each_term",
            _step((LAYER, 'a_layer = np.tanh(unit["Waa"] @ a_before) + np.tanh(unit["Wax"] @ below + unit["ba"])')),
            "You take a tanh of each term and add them up. There is one tanh, around the whole sum.", "deep-formula",
            _step((LAYER, 'a_layer = np.tanh(unit["Waa"] @ a_before + unit["ba"]) + np.tanh(unit["Wax"] @ below)')),
            _step((LAYER, 'a_layer = (np.tanh(unit["Waa"] @ a_before) + np.tanh(unit["Wax"] @ below)\n'
                          '                   + np.tanh(unit["ba"]))'))),
        mistake(
            "sigmoid_for_tanh", _step((LAYER, LAYER.replace("np.tanh(", "1 / (1 + np.exp(-(") + "))")),
            "The layers go through a sigmoid. A basic RNN has a tanh, in every layer.", "deep-formula"),
        mistake(
            "tanh_missing", _step((LAYER, LAYER.replace("np.tanh(", "("))),
            "The tanh is missing. Without it the layers together are one linear map, however many there are.",
            "deep-formula"),
        mistake(
            "only_the_topmost_state", _step((RETURN, "return a_next[-1], yt_pred")),
            "Only the state of the topmost layer comes back. The next step needs those of all layers: return the list.",
            "deep-formula"),
        mistake(
            "results_swapped", _step((RETURN, "return yt_pred, a_next")),
            "The results come in the other order: first the list of states, then the prediction.", "deep-formula"),
        mistake(
            "input_among_the_states", _step((RETURN, "return [xt, *a_next], yt_pred")),
            "There is one item too many: x^<t> stands among the states. The list has one item for each layer.",
            "deep-formula"),
        mistake(
            "state_of_the_layer_below_for_the_own_one",
            _step((LAYER, LAYER.replace("a_before", "(a_next[-1] if a_next else a_before)"))),
            "W_aa acts on the new state of the layer below. It acts on the layer's own state of the step before: "
            "a^[l]<t-1>.", "deep-formula"),
        mistake(
            "lower_layer_added", _step((UP, "below = below + a_layer")),
            "What a layer has read is added to what it hands up. Here a^[l]<t> goes up as it is.", "deep-formula"),
        mistake(
            "bias_missing", _step((LAYER, LAYER.replace(' + unit["ba"]', ""))),
            "The bias b_a^[l] is missing in the line of a layer.", "deep-formula"),
        mistake(
            "y_from_the_lowest_layer", _step((OUTPUT, OUTPUT.replace("a_next[-1]", "a_next[0]"))),
            "The prediction is made from layer 1. It reads the topmost layer, a^[L]<t>.", "deep-formula"),
        mistake(
            "no_softmax", _step((OUTPUT, 'yt_pred = parameters["Wya"] @ a_next[-1] + parameters["by"]')),
            "yt_pred holds scores, not probabilities: the softmax is missing.", "deep-formula"),
        mistake(
            "states_in_reverse_order", _step((RETURN, "return a_next[::-1], yt_pred")),
            "The states come with the topmost layer first. The lowest one comes first, as in a_prev.", "deep-formula",
            _step((KEEP, "a_next.insert(0, a_layer)"), (OUTPUT, OUTPUT.replace("[-1]", "[0]")))),
        mistake(
            "state_overwritten", _step((KEEP, "a_prev[layer - 1] = a_layer\n        a_next.append(a_layer)")),
            "You write the new states into the list a_prev. It belongs to whoever called the function: collect the new "
            "states in a list of their own.", "deep-own",
            _step((KEEP, "a_before[:] = a_layer\n        a_next.append(a_layer)"))),
    ),
)

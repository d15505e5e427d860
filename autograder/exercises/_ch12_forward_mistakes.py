"""What goes wrong in a deep network over a whole sequence: between the layers, in each of them, in the results."""

import numpy as np

from autograder.engine import Patched
from autograder.exercises._ch12_caches import ORDER
from autograder.exercises._ch12_shared import mistake
from solutions import deep_rnn_forward, part, softmax

START = "below, a, last_states, layers = x, [], [], []"
LOOP = "for layer, a0_layer in enumerate(a0, start=1):"
CALL = "below, last_state, caches = cell.forward(below, a0_layer, part(parameters, layer))"
STORE, KEEP = "a.append(below)", "layers.append(caches)"
OUTPUT = 'y_pred = softmax(parameters["Wya"] @ a[-1] + parameters["by"])'
RETURN, CACHES = "    return a, y_pred, (layers, last_states, cell)", "(layers, last_states, cell)"


def by_hand(x, a0, parameters, cell):
    """Run basic RNNs only, whatever `cell` is, as who writes the formula out does."""
    below, a, layers = x, [], []
    for layer, state in enumerate(a0, start=1):
        Wax, Waa, ba = (parameters[f"{name}[{layer}]"] for name in ("Wax", "Waa", "ba"))
        first, states = state, []
        for xt in below:
            state = np.tanh(Waa @ state + Wax @ xt + ba)
            states.append(state)
        unit = {"Wax": Wax, "Waa": Waa, "ba": ba, "Wya": np.zeros((1, len(ba))), "by": np.zeros((1, 1))}
        layers.append((np.array(states), first, below, unit))
        below = layers[-1][0]
        a.append(below)
    y_pred = softmax(parameters["Wya"] @ a[-1] + parameters["by"])
    return a, y_pred, (layers, [states[-1] for states in a], cell)


def _asking_first_for(name):
    """Return `by_hand` that misses another parameter first, where there is none of a basic RNN."""
    def run(x, a0, parameters, cell):
        assert {**parameters, **part(parameters, 1)}[name] is not None
        return by_hand(x, a0, parameters, cell)

    return run


def _network(*replacements):
    return Patched(deep_rnn_forward, *replacements)


def _call(old, new):
    return _network((CALL, CALL.replace(old, new)))


def _output(new):
    return _network((OUTPUT, f"y_pred = {new}"))


def _at_the_end(lines):
    return _network((RETURN, f"    {lines}\n{RETURN}"))


def _exp_over(axis):
    """Return the network with a softmax by hand over a wrong axis, which overflows as well."""
    return _output('np.exp(parameters["Wya"] @ a[-1] + parameters["by"])\n'
                   f"    y_pred = y_pred / y_pred.sum({axis})")


def _caches(new):
    return _network((CACHES, new))


BETWEEN = (
    mistake(
        "x_into_every_layer", _call("(below,", "(x,"),
        "Every layer reads x, so the layers stand side by side and not on top of each other. Only the lowest one reads "
        "x: layer l reads a^[l-1], the states of the layer below.", "deep-formula"),
    mistake(
        "only_the_last_state_goes_up", _network((STORE, f"{STORE}\n        below = below[-1:]")),
        "Only the last state of a layer goes up. The layer above is recurrent too: it needs the state of every step, a "
        "whole sequence. (Elsewhere this is an option of a layer, return_sequences.)", "deep-forward",
        _network((STORE, f"{STORE}\n        below = np.repeat(below[-1:], len(x), axis=0)")),
        _network((STORE, f"{STORE}\n        below = last_state"))),
    mistake(
        "states_come_late",
        _network((STORE, f"{STORE}\n        first = a0_layer[0] if isinstance(a0_layer, tuple) else a0_layer\n"
                         "        below = np.concatenate([first[np.newaxis], below[:-1]])")),
        "Each layer reads what the one below was one step ago. In the formula stands a^[l-1]<t>: the state from below "
        "is of the same step t. Only a layer's own state is that of t - 1.", "deep-formula"),
    mistake(
        "lower_layer_added", _call("cell.forward(below,", "cell.forward(below if layer == 1 else below + a[0],"),
        "A layer reads the states of the layer below and the first layer's on top. There is one thing to read: "
        "a^[l-1].", "deep-formula"),
    mistake(
        "residual_connection",
        _network((CALL, CALL.replace("below, last", "states, last")),
                 (STORE, "below = states + below if states.shape == below.shape else states\n        a.append(below)")),
        "What a layer has read is added to what it hands up. That is a residual connection: a good idea in networks of "
        "many layers, and not in this formula. Here a^[l] goes up as it is.", "deep-formula",
        _network((STORE, f"{STORE}\n        first = x if layer == 1 else a[-2]\n"
                         "        below = below + first if below.shape == first.shape else below"))),
    mistake(
        "relu_between", _network((STORE, f"{STORE}\n        below = np.maximum(below, 0)")),
        "A ReLU stands between the layers. What a layer reads are the states of the layer below as they are, the "
        "negative ones too.", "deep-formula"),
    mistake(
        "output_squashed_again", _network((STORE, f"{STORE}\n        below = np.tanh(below)")),
        "There is one more tanh between the layers. What a layer reads are the states of the layer below as they "
        "are; they have been through their tanh.", "deep-formula"),
    mistake(
        "top_down", _network((LOOP, "for layer, a0_layer in reversed(list(enumerate(a0, start=1))):")),
        "You begin with the topmost layer. It has to wait for those below: begin with layer 1, which reads x.",
        "deep-forward"),
    mistake(
        "time_reversed", _call("(below,", "(below[::-1],"),
        "Every layer reads its sequence from the end. Nothing is turned round here.", "deep-forward"),
)

OWN = (
    mistake(
        "one_state_for_all", _call("a0_layer,", "a0[0],"),
        "Every layer starts from a0[0], the state of layer 1. Each layer has a first state of its own: layer l starts "
        "from a0[l - 1].", "deep-own", _call("a0_layer,", "a0[-1],")),
    mistake(
        "all_states_for_each_layer", _call("a0_layer,", "a0,"),
        "Each layer gets the whole list a0. Layer l starts from its own state, a0[l - 1].", "deep-own"),
    mistake(
        "three_results_of_a_cell", _network((CALL, CALL.replace("below, last_state, caches", "below, caches"))),
        "`cell.forward` gives three things: the states of all steps, the last state, and the caches. Name all three.",
        "deep-units"),
    mistake(
        "number_of_layers_fixed", _network((LOOP, "for layer in (1, 2):\n        a0_layer = a0[layer - 1]")),
        "Your network has the same number of layers whatever it gets. There are as many as a0 has states: "
        "`len(a0)`.", "deep-forward", _network((LOOP, "for layer in (1, 2, 3):\n        a0_layer = a0[layer - 1]")),
        _network((LOOP, "for layer in (1, 2, 3, 4):\n        a0_layer = a0[layer - 1]"))),
    mistake(
        "state_handed_up", _network((START, f"{START}\n    last_state = a0[0]"), (CALL, CALL.replace(
            "a0_layer,", "last_state,"))),
        "A layer starts from the last state of the layer below. That state is the end of the sequence, and another "
        "layer's: layer l starts from its own a0[l - 1].", "deep-own"),
    mistake(
        "a0_ignored", _call("a0_layer,", "cell.zero_state(part(parameters, layer), x.shape[2]),"),
        "The layers start from zeros. Their states before the first step are an argument, a0.", "deep-own",
        _call("a0_layer,", "a0_layer if layer == 1 else cell.zero_state(part(parameters, layer), x.shape[2]),")),
    mistake(
        "same_weights_for_all", _call("part(parameters, layer)", "part(parameters, 1)"),
        "Every layer has the weights of layer 1. The steps of a layer share their weights; the layers do not: layer l "
        "has those labelled [l].", "deep-own", _call("part(parameters, layer)", "part(parameters, len(a0))")),
    mistake(
        "labels_from_zero", _network((LOOP, LOOP.replace("start=1", "start=0"))),
        "The labels of the layers begin with [1], and the loop counts from 0. There is no layer 0: that is the input.",
        "deep-own", _network((LOOP, "for layer, a0_layer in enumerate(a0):"),
                             (CALL, CALL.replace("part(parameters, layer)", 'parameters[f"Wax[{layer}]"]')))),
    mistake(
        "labels_not_taken_off", _call("part(parameters, layer)", "parameters"),
        "The cell gets the parameters of all layers, with their labels, and does not find its own. "
        "`part(parameters, layer)` takes those of one layer and takes the label off.", "deep-own"),
    mistake(
        "labels_from_the_top", _call("part(parameters, layer)", "part(parameters, len(a0) + 1 - layer)"),
        "The weights are given out from the wrong end: the lowest layer is labelled [1], the topmost [L].",
        "deep-own"),
    mistake(
        "states_from_the_top", _call("a0_layer,", "a0[-layer],"),
        "The first states are given out from the wrong end: a0[0] is that of the lowest layer.", "deep-own"),
    mistake(
        "topmost_layer_lost", _network((LOOP, LOOP.replace("enumerate(a0,", "enumerate(a0[:-1] or a0,"))),
        "The topmost layer is missing: the loop ends one layer early. There is one layer for each state in a0.",
        "deep-forward",
        _network((LOOP, LOOP.replace("enumerate(a0,", "enumerate(a0[:-1],")),
                 (OUTPUT, OUTPUT.replace("a[-1]", "below")))),
    mistake(
        "a0_used_up", _network(("    y_pred = ", "    a0.clear()\n    y_pred = ")),
        "You take the states out of the list a0, and it is shorter afterwards. The list belongs to whoever called the "
        "function: go through it with `for`, or index it.", "deep-own",
        _network((LOOP, "for layer in range(1, len(a0) + 1):\n        a0_layer = a0.pop(0)"))),
    mistake(
        "only_the_basic_rnn", by_hand,
        "This is for the basic RNN and no other unit: `cell` is not used. A layer is one call, `cell.forward(below, "
        "a0_layer, part(parameters, layer))`, and works for any unit.", "deep-units",
        _call("cell.forward", "RNN.forward"),
        *(_asking_first_for(name) for name in ("Wax", "Waa", "ba", "Waa[1]", "ba[1]"))),
)

RESULTS = (
    mistake(
        "only_the_topmost_states", _at_the_end("a = a[-1]"),
        "Only the states of the topmost layer come back. a is a list with those of every layer.", "deep-forward",
        _at_the_end("a = a[-1:]")),
    mistake(
        "topmost_first", _network((RETURN, RETURN.replace("return a,", "return a[::-1],"))),
        "The list a begins with the topmost layer. The lowest one comes first, as in a0.", "deep-forward"),
    mistake(
        "input_among_the_states", _network((RETURN, RETURN.replace("return a,", "return [x, *a],"))),
        "There is one item too many in a: x stands among the states. a has one item for each layer.", "deep-forward"),
    mistake(
        "layers_joined", _at_the_end("a = np.concatenate(a, axis=1)"),
        "The states of all layers stand in one array. a is a list, one array (T_x, n_a, m) for each layer: the layers "
        "may differ in size.", "deep-forward"),
    mistake(
        "one_array_for_all_layers", _at_the_end("a = [a[-1]] * len(a)"),
        "Every item of a holds the states of the topmost layer. One name was stored many times and stands for the last "
        "layer in the end: append each layer's own states.", "deep-forward"),
    mistake(
        "time_last", _at_the_end("a, y_pred = [np.moveaxis(states, 0, 2) for states in a], np.moveaxis(y_pred, 0, 2)"),
        "Time is the last axis of your results, as in another edition of this course. Here it is the first: a[l][t] is "
        "one step of one layer.", "deep-forward",
        _at_the_end("a = [np.moveaxis(states, 0, 2) for states in a]")),
    mistake(
        "last_states_for_all", _at_the_end("a = last_states"),
        "a holds the last state of each layer. It should hold the states of every step: what `cell.forward` gives "
        "first.", "deep-forward"),
    mistake(
        "results_swapped", _network((RETURN, RETURN.replace("a, y_pred,", "y_pred, a,"))),
        "The results come in the other order: first the list of states, then the predictions.", "deep-forward"),
    mistake(
        "y_from_the_lowest_layer", _output('softmax(parameters["Wya"] @ a[0] + parameters["by"])'),
        "The predictions are made from the lowest layer. They read the topmost one, a^[L].", "deep-output"),
    mistake(
        "y_of_the_last_step", _output('softmax(parameters["Wya"] @ a[-1][-1] + parameters["by"])'),
        "There is a prediction for the last step only. Each step has one: use all of a[-1].", "deep-output"),
    mistake(
        "one_prediction_for_each_layer",
        _output('[softmax(parameters["Wya"] @ states + parameters["by"]) for states in a]'),
        "You make predictions from every layer. There is one output layer, on top of the topmost states.",
        "deep-output", _network((STORE, f'{STORE}\n        softmax(parameters["Wya"] @ below + parameters["by"])'))),
    mistake(
        "bias_missing", _output('softmax(parameters["Wya"] @ a[-1])'),
        "The bias b_y is missing in the predictions: softmax(W_ya a^[L]<t> + b_y).", "deep-output"),
    mistake(
        "no_softmax", _output('parameters["Wya"] @ a[-1] + parameters["by"]'),
        "y_pred holds scores, not probabilities: the softmax is missing.", "deep-output"),
    mistake(
        "sigmoid_for_softmax", _output('1 / (1 + np.exp(-np.clip(parameters["Wya"] @ a[-1] + parameters["by"], -500, '
                                       '500)))'),
        "The predictions go through a sigmoid, so those of a step do not sum to one. Among n_y classes the softmax "
        "decides.", "deep-output", _output('1 / (1 + np.exp(-(parameters["Wya"] @ a[-1] + parameters["by"])))')),
    mistake(
        "y_from_the_mean_state",
        _output('softmax(parameters["Wya"] @ np.repeat(a[-1].mean(axis=0, keepdims=True), len(x), axis=0) '
                '+ parameters["by"])'),
        "Every prediction is made from the mean of all states. y_pred[t] belongs to step t and reads a[-1][t].",
        "deep-output", _output('softmax(parameters["Wya"] @ np.repeat(a[-1][-1:], len(x), axis=0) '
                               '+ parameters["by"])')),
    mistake(
        "softmax_over_time", _output('softmax(parameters["Wya"] @ a[-1] + parameters["by"], axis=0)'),
        "Your softmax runs along time: it compares the steps with one another. It runs over the n_y classes of one "
        "step and one example (axis 1).", "deep-output", _exp_over("axis=0")),
    mistake(
        "softmax_over_everything", _exp_over(""),
        "The numbers of all steps and examples together sum to one. Each step of each example has a softmax of its "
        "own: over the n_y classes, `axis=1, keepdims=True`.", "deep-output",
        _output('softmax((parameters["Wya"] @ a[-1] + parameters["by"]).reshape(-1, 1), axis=0).reshape('
                'len(x), -1, x.shape[2])')),
    mistake(
        "softmax_over_examples", _output('softmax(parameters["Wya"] @ a[-1] + parameters["by"], axis=2)'),
        "Your softmax runs over the m examples. It runs over the n_y classes of one example (axis 1).", "deep-output",
        _exp_over("axis=2, keepdims=True")),
    mistake(
        "output_overflows", _output('np.exp(parameters["Wya"] @ a[-1] + parameters["by"])\n'
                                    "    y_pred = y_pred / y_pred.sum(axis=1, keepdims=True)"),
        "For large scores exp overflows and the predictions are NaN. Use `softmax`, which subtracts the largest score "
        "first.", "deep-output"),
    mistake(
        "caches_missing", _network((RETURN, "    return a, y_pred")),
        "The third result is missing: the caches, which the way back needs.", "deep-caches"),
    mistake(
        "caches_in_another_order", _caches("(last_states, layers, cell)"),
        f"The caches have another order. They are {ORDER}: the way back unpacks them so.", "deep-caches",
        _caches("(cell, layers, last_states)"), _caches("(layers, cell, last_states)")),
    mistake(
        "caches_incomplete", _caches("layers"),
        f"The caches lack something. They are {ORDER}: the way back unpacks all three.", "deep-caches",
        _caches("(layers, last_states)"), _caches("(layers, cell)"), _caches("caches"), _caches("(caches, cell)"),
        _caches("()"), _caches("None")),
    mistake(
        "caches_of_one_layer", _caches("(caches, last_states, cell)"),
        "The caches hold what the way back needs of one layer alone: of the last that the loop has seen. Collect those "
        "of every layer in a list.", "deep-caches", _caches("([caches], last_states, cell)"),
        _caches("(caches, last_state, cell)"), _caches("([caches] * len(a), last_states, cell)")),
    mistake(
        "caches_from_the_top", _caches("(layers[::-1], last_states, cell)"),
        "The caches begin with the topmost layer. The lowest one comes first, as in a0 and a.", "deep-caches",
        _caches("(layers[::-1], last_states[::-1], cell)")),
    mistake(
        "last_states_without_memory", _caches("(layers, [states[-1] for states in a], cell)"),
        "You make the last states from a. The state of an LSTM is a pair, (a, c), and c is not in a: keep what "
        "`cell.forward` gives second.", "deep-caches"),
    mistake(
        "another_cell_in_the_caches", _caches("(layers, last_states, RNN)"),
        "The last item of the caches is always a basic RNN. It has to be the cell that was given: the way back asks it "
        "for its `backward`.", "deep-caches"),
    mistake(
        "last_states_of_one_layer", _caches("(layers, last_state, cell)"),
        "The caches hold the last state of the topmost layer only. Who goes on with the sequence needs one for each "
        "layer.", "deep-caches", _caches("(layers, [last_state], cell)")),
    mistake(
        "all_states_for_the_last", _caches("(layers, a, cell)"),
        "Item 2 of the caches holds the states of every step. It is the list of the last ones: what "
        "`cell.forward` gives second.", "deep-caches"),
    mistake(
        "first_states_for_the_last", _caches("(layers, a0, cell)"),
        "Item 2 of the caches holds a0, the states before the first step. It is the list of the states after the last: "
        "what `cell.forward` gives second.", "deep-caches"),
)

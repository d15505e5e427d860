"""Exercise of chapter 12: back through a deep network."""

import numpy as np

from autograder.engine import Case, Exercise, Gradient, Group, Part, Patched, intact
from autograder.exercises._ch12_shared import CHAPTER, OfLayers, PerLayer, State, mistake, network_inputs
from solutions import LSTM, RNN, deep_rnn_backward, deep_rnn_forward

SPREAD = "d_last = [None] * len(layers) if d_last is None else d_last"
LOOP = "for layer in reversed(range(len(layers))):"
CALL = "of_layer = cell.backward(da, layers[layer], d_last[layer])"
DOWN, STATE = 'da = of_layer.pop("dx")', 'da0.insert(0, of_layer.pop("da0"))'
LABELS = "gradients |= labelled(of_layer, layer + 1)"
RETURN = '    return {"dx": da, "da0": da0, **gradients}'
UNITS, LAST = "any unit", "with d_last"


def by_hand(da, caches, d_last=None):
    """Go back through basic RNNs only, as who writes the formulas out does."""
    layers, _, _ = caches
    gradients, da0 = {}, []
    for layer in reversed(range(len(layers))):
        a, first, x, parameters = layers[layer]
        Wax, Waa = parameters["Wax"], parameters["Waa"]
        dWax, dWaa, dba, dx = np.zeros(Wax.shape), np.zeros(Waa.shape), np.zeros((len(Waa), 1)), np.zeros(x.shape)
        back = np.zeros(first.shape) if d_last is None else d_last[layer]
        for t in reversed(range(len(a))):
            dz = (1 - a[t] ** 2) * (da[t] + back)
            dx[t] = Wax.T @ dz
            dWax += dz @ x[t].T
            dWaa += dz @ (a[t - 1] if t else first).T
            dba += np.sum(dz, axis=1, keepdims=True)
            back = Waa.T @ dz
        da, number = dx, layer + 1
        da0.insert(0, back)
        gradients |= {f"dWax[{number}]": dWax, f"dWaa[{number}]": dWaa, f"dba[{number}]": dba}
    return {"dx": da, "da0": da0, **gradients}


def _back(*replacements):
    return Patched(deep_rnn_backward, *replacements)


def _call(old, new, *more):
    return _back((CALL, CALL.replace(old, new)), *more)


def _at_the_end(lines):
    return _back((RETURN, f"    {lines}\n{RETURN}"))


def _random_state(rng, last):
    if isinstance(last, tuple):
        return tuple(_random_state(rng, array) for array in last)
    return rng.standard_normal(last.shape)


def _cases(rng):
    cases, with_last = [], []
    for args, n, label in network_inputs(rng):
        a, _, caches = deep_rnn_forward(*args)
        da, cell = rng.standard_normal(a[-1].shape), args[3]
        parts = ("dx", "da0", "topmost layer", "layers below", "inputs left unchanged") if cell is RNN else (UNITS,)
        cases.append(Case((da, caches), n, label, parts))
        if not with_last or cell is LSTM or n["n_x"] == n["m"]:
            d_last = [_random_state(rng, last) for last in caches[1]]
            label = ", ".join(filter(None, (label, "with d_last")))
            with_last.append(Case((da, caches, d_last), n, label, (LAST,)))
    return [*cases, *with_last]


DX, DA0 = Gradient("T_x n_x m"), PerLayer(State(Gradient("n_a m")))
EVERYTHING = Group((("dx", ("dx",), DX), ("da0", ("da0",), DA0), ("topmost layer", (), OfLayers(topmost=True)),
                    ("layers below", (), OfLayers(topmost=False))))

DOWNWARDS = (
    mistake(
        "not_passed_down", _back((DOWN, 'below = of_layer.pop("dx")'), (RETURN, RETURN.replace("da,", "below,", 1))),
        "Every layer gets da, the gradient of the topmost states. That is right for the topmost layer only: what "
        "comes to layer l - 1 is the gradient of what layer l has read, da^[l-1] = dx^[l].", "deep-backward"),
    mistake(
        "added_on_the_way", _back((DOWN, 'da = da + of_layer.pop("dx")')),
        "You add da to what a layer hands down. The lower layer acts on the loss through the layer above alone: "
        "da^[l-1] = dx^[l], and nothing else.", "deep-backward"),
    mistake(
        "layers_below_get_nothing", _back((DOWN, 'below = of_layer.pop("dx")\n        da = 0 * below'),
                                          (RETURN, RETURN.replace("da,", "below,", 1))),
        "The layers below the topmost one get no gradient: nothing is passed down. Their states are what the layer "
        "above has read, so da^[l-1] = dx^[l].", "deep-backward"),
    mistake(
        "gradients_added_on_the_way", _back((DOWN, 'dx = of_layer.pop("dx")\n        '
                                                   "da = da + dx if da.shape == dx.shape else dx")),
        "You add the gradient of a layer's states to that of the layer below. Only the topmost layer has an output; a "
        "lower one acts on the loss through the layer above alone: da^[l-1] = dx^[l].", "deep-backward"),
    mistake(
        "from_the_lowest_layer", _back((LOOP, "for layer in range(len(layers)):")),
        "You begin with the lowest layer. On the way back the topmost comes first: the gradient enters there and goes "
        "down.", "deep-backward", _back((LOOP, "for layer in range(len(layers)):"),
                                        (STATE, 'da0.append(of_layer.pop("da0"))'))),
    mistake(
        "caches_of_the_topmost_layer", _call("layers[layer]", "layers[-1]"),
        "Every layer goes back with the caches of the topmost one. Each has caches of its own, layers[layer].",
        "deep-backward", _call("layers[layer]", "layers[0]")),
    mistake(
        "caches_from_the_wrong_end", _call("layers[layer]", "layers[-1 - layer]"),
        "The caches are given out from the wrong end: layers[0] is that of the lowest layer, and the way back begins "
        "with the last.", "deep-backward"),
    mistake(
        "lowest_layer_left_out", _back((LOOP, "for layer in reversed(range(1, len(layers))):")),
        "The lowest layer is left out: the loop ends before layer 1, which has index 0.", "deep-backward"),
    mistake(
        "topmost_layer_left_out", _back((LOOP, "for layer in reversed(range(len(layers) - 1)):")),
        "The topmost layer is left out: it is where the gradient enters, and it has the index len(layers) - 1.",
        "deep-backward"),
    mistake(
        "only_the_last_step", _back((SPREAD, f"{SPREAD}\n    da = np.concatenate([0 * da[:-1], da[-1:]])")),
        "Only the gradient of the last step goes in. The loss has a part at every step, and da[t] is that of step t.",
        "deep-backward", _back((DOWN, 'dx = of_layer.pop("dx")\n        da = np.concatenate([0 * dx[:-1], dx[-1:]])'),
                               (RETURN, RETURN.replace("da,", "dx,", 1)))),
    mistake(
        "divided_by_m", _back((SPREAD, f"{SPREAD}\n    da = da / da.shape[-1]")),
        "You divide by m once more. Where the loss is a mean over the examples, da holds that division already.",
        "deep-backward"),
    mistake(
        "slope_twice", _back((CALL, CALL.replace("(da,", "(da * (1 - layers[layer][0]**2),"))),
        "You multiply by the slope of the tanh before you call the cell. `cell.backward` takes the gradient of the "
        "states, and goes through the tanh by itself.", "deep-backward"),
    mistake(
        "not_through_time", Patched(by_hand, ("(da[t] + back)", "da[t]")),
        "Nothing comes back from the step behind: within a layer the gradient goes down, but not through time. Each "
        "state has acted on the next one too; W_aa^T dz^<t+1> belongs to it. `cell.backward` does both.",
        "deep-backward", Patched(by_hand, ("(da[t] + back)", "(da[t] + back if t == len(a) - 1 else da[t])"))),
    mistake(
        "time_reversed", _call("(da,", "(da[::-1],"),
        "You turn the time of da round. `cell.backward` goes from the last step to the first by itself.",
        "deep-backward"),
    mistake(
        "only_the_basic_rnn", by_hand,
        "This is for the basic RNN and no other unit. The way back through a layer is one call, `cell.backward(da, "
        "layers[layer], d_last[layer])`, and works for any unit.", "deep-units",
        _call("cell.backward", "RNN.backward")),
)

RESULTS = (
    mistake(
        "labels_from_zero", _back((LABELS, LABELS.replace("layer + 1", "layer"))),
        "The names of the gradients count the layers from 0. The parameters are labelled from [1], and a gradient is "
        "named as its parameter: the lowest layer has \"dWax[1]\".", "deep-own"),
    mistake(
        "labels_from_the_top", _back((LABELS, LABELS.replace("layer + 1", "len(layers) - layer"))),
        "The gradients have the names of the wrong layers: [1] is the lowest layer, and the way back comes to it last.",
        "deep-own", _back((LABELS, LABELS.replace("layer + 1", "len(layers) - layer")),
                          (CALL, CALL.replace("d_last[layer]", "d_last[-1 - layer]")))),
    mistake(
        "names_without_d", _back((LABELS, "gradients |= {f'{name[1:]}[{layer + 1}]': value for name, value in "
                                          "of_layer.items()}")),
        "The gradients have the names of the parameters. A gradient is named with a d in front: \"dWax[1]\".",
        "deep-own"),
    mistake(
        "labels_left_off", _back((LABELS, "gradients |= of_layer")),
        "The names have no labels, so each layer overwrites the gradients of the one before. `labelled(gradients, "
        "layer)` puts them on: \"dWax[1]\", …", "deep-own"),
    mistake(
        "gradients_of_one_layer", _back((LABELS, LABELS.replace("|=", "="))),
        "Only the gradients of the lowest layer come back: each layer overwrites the dict. Join them, "
        "`gradients |= labelled(...)`.", "deep-backward",
        _back((LABELS, f"gradients = gradients or {LABELS.partition('|= ')[2]}"))),
    mistake(
        "gradients_summed", _back((RETURN, "    for name in [key for key in gradients if key.endswith('[1]')]:\n"
                                           "        same = [key for key in gradients if key.startswith(name[:-2])\n"
                                           "                and gradients[key].shape == gradients[name].shape]\n"
                                           "        total = sum(gradients[key] for key in same)\n"
                                           "        gradients |= dict.fromkeys(same, total)\n"
                                           f"{RETURN}")),
        "The gradients of the layers are added up. The steps share their weights, so theirs are; the layers do not: "
        "each has gradients of its own.", "deep-own"),
    mistake(
        "da0_from_the_top", _back((STATE, 'da0.append(of_layer.pop("da0"))')),
        "The list da0 begins with the topmost layer. The lowest one comes first, as in a0: on the way down insert each "
        "in front, or turn the list round in the end.", "deep-backward"),
    mistake(
        "da0_of_one_layer", _back((STATE, 'da0 = of_layer.pop("da0")')),
        "da0 is the gradient of one layer's first state. Every layer has one: da0 is a list, as a0 is.",
        "deep-backward", _back((STATE, 'da0 = [of_layer.pop("da0")]')), _at_the_end("da0 = da0[-1]"),
        _at_the_end("da0 = da0[-1:]")),
    mistake(
        "da0_missing", _back((RETURN, RETURN.replace('"da0": da0, ', ""))),
        "The result has no \"da0\": the list of the gradients of the layers' first states.", "deep-backward"),
    mistake(
        "dx_missing", _back((RETURN, RETURN.replace('"dx": da, ', ""))),
        "The result has no \"dx\", the gradient of the input: what the lowest layer hands down.", "deep-backward"),
    mistake(
        "labels_on_everything", _back((DOWN, "da = of_layer['dx']"), (STATE, "pass"),
                                      (RETURN, "    return gradients")),
        "dx and da0 got labels as well. Take them out of each layer's dict first, with `pop`: dx is what the lowest "
        "layer hands down, da0 the list of all layers', and only the parameters' gradients have labels.",
        "deep-backward", _back((DOWN, "da = of_layer['dx']"), (STATE, "pass"),
                               (LABELS, "gradients |= {f'{name}[{layer + 1}]': value for name, value in "
                                        "of_layer.items()}"), (RETURN, "    return gradients")),
        _back((DOWN, "da = of_layer['dx']"), (STATE, "pass"),
              (LABELS, "gradients |= {f'{name}[{layer + 1}]': value for name, value in of_layer.items()}"),
              (RETURN, "    return gradients | {'dx': da}"))),
    mistake(
        "dx_of_the_topmost_layer", _back((DOWN, f"{DOWN}\n        first = da if layer == len(layers) - 1 else first"),
                                         (RETURN, RETURN.replace("da,", "first,", 1))),
        "dx is what the topmost layer hands down. The gradient of x is what the lowest layer hands down, the last one "
        "on the way.", "deep-backward"),
    mistake(
        "da_for_dx", _back((LOOP, f"given = da\n    {LOOP}"), (RETURN, RETURN.replace("da,", "given,", 1))),
        "Under \"dx\" stands da itself, what the function was given. The gradient of x is what the lowest layer hands "
        "down.", "deep-backward"),
    mistake(
        "tuple_for_dict", _back((RETURN, "    return da, da0, gradients")),
        "The gradients should come as one dict, with the keys \"dx\", \"da0\" and one for each parameter.",
        "deep-backward", _back((RETURN, "    return gradients, da, da0"))),
    mistake(
        "caches_used_up", _back((LOOP, "for layer in reversed(range(len(layers))):\n        own = layers.pop()"),
                                (CALL, CALL.replace("layers[layer]", "own"))),
        "You take the layers out of the caches, and they are empty afterwards. They belong to whoever called the "
        "function: index them, layers[layer].", "deep-backward"),
    mistake(
        "d_last_ignored", _call(", d_last[layer]", ""),
        "d_last is not used. Where something behind the sequence has used the last states, their gradients come in "
        "there: hand d_last[layer] on to `cell.backward`.", "deep-d-last"),
    mistake(
        "d_last_of_one_layer", _call("d_last[layer]", "d_last[-1]"),
        "Every layer gets the last state's gradient of the topmost one. Each has its own: d_last[layer].",
        "deep-d-last", _call("d_last[layer]", "d_last[0]")),
    mistake(
        "all_of_d_last_for_each_layer", _back((SPREAD, f"given = d_last\n    {SPREAD}"),
                                              (CALL, CALL.replace("d_last[layer]", "given"))),
        "Each layer gets the whole list d_last. Hand it its own: d_last[layer].", "deep-d-last"),
    mistake(
        "last_states_for_their_gradients", _back((SPREAD, SPREAD.replace("[None] * len(layers)", "caches[1]"))),
        "The caches hold the last states, not their gradients. Where d_last is None, nothing comes in there: "
        "`[None] * len(layers)`.", "deep-d-last"),
    mistake(
        "d_last_from_the_top", _call("d_last[layer]", "d_last[-1 - layer]"),
        "The gradients of the last states are given out from the wrong end: d_last[0] is that of the lowest layer.",
        "deep-d-last"),
    mistake(
        "d_last_of_the_topmost_only",
        _call("d_last[layer]", "d_last[layer] if layer == len(layers) - 1 else None"),
        "Only the topmost layer gets the gradient of its last state. A decoder starts from the last states of *all* "
        "layers, so each has one.", "deep-d-last"),
    mistake(
        "d_last_always_wanted", _back((SPREAD, "d_last = list(d_last)")),
        "The function fails where there is no d_last. It is optional: None stands for no gradient, for every layer.",
        "deep-d-last", _back((SPREAD, ""))),
)

DEEP_RNN_BACKWARD = Exercise(
    id="deep_rnn_backward",
    chapter=CHAPTER,
    reference=deep_rnn_backward,
    cases=_cases,
    parts=(
        Part("dx", 6, DX, ("dx",)),
        Part("da0", 4, DA0, ("da0",)),
        Part("topmost layer", 4, OfLayers(topmost=True)),
        Part("layers below", 6, OfLayers(topmost=False)),
        Part(UNITS, 4, EVERYTHING),
        Part(LAST, 4, EVERYTHING),
        intact(2),
    ),
    hints=(
        "The way down is the way up in reverse: the topmost layer first. Each layer is one call, `cell.backward(da, "
        "layers[layer], …)`, which goes back through time by itself.",
        "What `cell.backward` gives under \"dx\" is the gradient of what the layer has read. For all but the lowest "
        "layer that is the states of the layer below: it is their da.",
        "Take \"dx\" and \"da0\" out of the layer's dict (`pop`); the rest are the gradients of its parameters: "
        "`labelled(rest, number)` puts the label on, from 1 for the lowest layer.",
        "Without d_last, begin with `d_last = [None] * len(layers)`; then one line serves both cases: "
        "`cell.backward(da, layers[layer], d_last[layer])`.",
    ),
    misconceptions=(*DOWNWARDS, *RESULTS),
)

"""Exercise of chapter 11: back through a bidirectional network."""

from dataclasses import dataclass

import numpy as np

from autograder.engine import Case, Exercise, Gradient, Group, Part, Patched, intact, nest
from autograder.engine.exercise import KIND, Finding
from autograder.exercises._ch11_shared import CHAPTER, mistake, network_inputs, whole
from autograder.words import say
from solutions import birnn_backward, birnn_forward

HALF = "n_a = da.shape[1] // 2"
LEFT = "from_left = cell.backward(da[:, :n_a], caches_forward)"
RIGHT = "from_right = cell.backward(reverse_sequence(da[:, n_a:], lengths), caches_backward)"
DX = 'dx = from_left.pop("dx") + reverse_sequence(from_right.pop("dx"), lengths)'
DA0 = 'da0 = from_left.pop("da0"), from_right.pop("da0")'
RESULT = '{"dx": dx, "da0": da0, **labelled(from_left, "forward"), **labelled(from_right, "backward")}'
TURNED = "reverse_sequence(da[:, n_a:], lengths)"
PADDED, OTHERS = "all of it with padding", "all of it with a GRU and an LSTM"
OF_FORWARD, OF_BACKWARD = "gradients of the forward unit", "gradients of the backward unit"
TOLD = {"plain": ("dx", "da0", OF_FORWARD, OF_BACKWARD, "inputs left unchanged"), "padded": (PADDED,),
        "other cells": (OTHERS,)}
AXES = {"dWax": "n_a n_x", "dWaa": "n_a n_a"}


def _back(*replacements):
    return Patched(birnn_backward, *replacements)


def _right(new):
    return RIGHT, RIGHT.replace(TURNED, new)


def _dx(new):
    return DX, f'dx, other = from_left.pop("dx"), from_right.pop("dx")\n    dx = {new}'


@dataclass(frozen=True)
class OfUnit:
    """The gradients of one unit's parameters, each under its labelled name."""

    label: str

    def _members(self, wanted):
        for name in wanted:
            if name.endswith(f"[{self.label}]"):
                plain = name.partition("[")[0]
                yield name, Gradient("n_a 1" if plain.startswith("db") else AXES.get(plain, "n_a n_a+n_x"))

    def find(self, name, found, wanted, case):
        """Return the gravest finding about these gradients, or None."""
        findings = [compare.find(key, nest.pick(found, (key,)), wanted[key], case)
                    for key, compare in self._members(wanted)]
        return min(filter(None, findings), key=lambda finding: finding.rank, default=None)

    def same(self, found, other, case):
        """Whether two results have the same gradients of this unit."""
        if not isinstance(found, dict) or not isinstance(other, dict):
            return isinstance(found, dict) == isinstance(other, dict)
        others = {"forward": "[backward]", "backward": "[forward]"}[self.label]
        ours = [{key for key, value in result.items() if key != "dx" and isinstance(value, np.ndarray)
                 and not str(key).endswith(others)} for result in (found, other)]
        return ours[0] == ours[1] and all(Gradient().same(found[key], other[key], case) for key in ours[0])


@dataclass(frozen=True)
class States:
    """The gradients of a pair of states, of which each is an array, or a pair of arrays for an LSTM."""

    def find(self, name, found, wanted, case):
        """Return the gravest finding about the pair, or None."""
        if isinstance(found, nest.Missing):
            return Gradient("n_a m").find(name, found, wanted[0], case)
        found, wanted = _flat(found), _flat(wanted)
        if len(found) != len(wanted):
            return Finding(KIND, say("da0 should have the form of a0, a pair with the gradient of each unit's first "
                                     "state, and is {found}.", found=nest.kind(found[0] if len(found) == 1 else found)))
        findings = [Gradient("n_a m").find(label, mine, right, case)
                    for label, mine, right in zip(_labels(len(wanted)), found, wanted, strict=True)]
        return min(filter(None, findings), key=lambda finding: finding.rank, default=None)

    def same(self, found, other, case):
        """Whether two results are the same."""
        if isinstance(found, nest.Missing) or isinstance(other, nest.Missing):
            both = isinstance(found, nest.Missing) and isinstance(other, nest.Missing)
            return both and found.why == other.why
        found, other = _flat(found), _flat(other)
        return len(found) == len(other) and all(Gradient().same(one, two, case)
                                                for one, two in zip(found, other, strict=True))


def _flat(state):
    if isinstance(state, np.ndarray) and state.ndim > 2:  # a pair that was made one array
        state = list(state)
    if isinstance(state, (tuple, list)):
        return [array for inner in state for array in _flat(inner)]
    return [state]


def _labels(count):
    return ("da0[0]", "da0[1]") if count == 2 else ("da0[0][0]", "da0[0][1]", "da0[1][0]", "da0[1][1]")


EVERYTHING = Group((("dx", ("dx",), Gradient("T_x n_x m")), ("da0", ("da0",), States()),
                    ("forward unit", (), OfUnit("forward")), ("backward unit", (), OfUnit("backward"))))


def _cases(rng):
    cases = []
    for args, n, label, kind in network_inputs(rng):
        a, _, caches = birnn_forward(*args)
        lengths = args[-1]
        da = rng.standard_normal(a.shape)
        if lengths is not None:
            da *= np.arange(len(a))[:, np.newaxis, np.newaxis] < lengths
        cases.append(Case((da, caches), n, label, TOLD[kind]))
    return cases


BIRNN_BACKWARD = Exercise(
    id="birnn_backward",
    chapter=CHAPTER,
    reference=birnn_backward,
    cases=_cases,
    uses=("reverse_sequence",),
    parts=(
        Part("dx", 7, Gradient("T_x n_x m"), ("dx",)),
        Part("da0", 4, States(), ("da0",)),
        Part(OF_FORWARD, 4, OfUnit("forward")),
        Part(OF_BACKWARD, 5, OfUnit("backward")),
        Part(PADDED, 5, EVERYTHING),
        Part(OTHERS, 3, EVERYTHING),
        intact(2),
    ),
    hints=(
        "Unpack the caches: `caches_forward, caches_backward, lengths, cell = caches`. The first n_a rows of da belong "
        "to the unit that reads from the left, the others to the other: `n_a = da.shape[1] // 2`.",
        "Each unit goes back by itself: `cell.backward(da[:, :n_a], caches_forward)` gives a dict with \"dx\", \"da0\" "
        "and the gradients of its parameters.",
        "The second unit lived in turned time. Its da must be turned round before it goes in, and the dx that comes "
        "out must be turned back: reverse_sequence with lengths, both times.",
        "x was read by both units, so dx is the sum. da0 is the pair of both. `labelled(gradients, \"forward\")` puts "
        "the label behind the names; take \"dx\" and \"da0\" out first, with `pop`.",
    ),
    misconceptions=(
        mistake(
            "dx_from_one_direction", _back(_dx("dx + 0 * other")),
            "dx comes from one direction only. Both units have read x, so both send a gradient back to it: the two "
            "are added.", "birnn-dx", _back(_dx("reverse_sequence(other, lengths)"))),
        mistake(
            "dx_not_turned_back", _back(_dx("dx + other")),
            "The second unit's dx is added as it comes, in turned time: the last word's gradient lands on the first. "
            "Turn it back before you add.", "birnn-dx"),
        mistake(
            "sum_turned", _back(_dx("reverse_sequence(dx + other, lengths)")),
            "You turn the sum round. Only the second unit's dx is in turned time: turn that one, then add.",
            "birnn-dx"),
        mistake(
            "dx_turned_without_lengths", _back(_dx("dx + reverse_sequence(other)")),
            "dx of the second unit is turned back over all T_x steps, and not up to each length: it misses its words. "
            "Give lengths to reverse_sequence.", "padding-stays"),
        mistake(
            "da_not_turned", _back(_right("da[:, n_a:]")),
            "The second unit gets its da in the order of the words. It went through them from the right: its first "
            "step was the last word. Turn da round before it goes in.", "birnn-backward",
            _back(_right("da[:, n_a:]"), _dx("dx + other"))),
        mistake(
            "da_turned_without_lengths", _back(_right("reverse_sequence(da[:, n_a:])")),
            "da is turned round over all T_x steps, the padding with the words. The way forward turned each example up "
            "to its length; so must the way back: give lengths to reverse_sequence.", "padding-stays",
            _back(_right("reverse_sequence(da[:, n_a:])"), _dx("dx + reverse_sequence(other)"))),
        mistake(
            "da_turned_for_both", _back((LEFT, LEFT.replace("da[:, :n_a]", "reverse_sequence(da[:, :n_a], lengths)"))),
            "da is turned round for both units. The first one read x as it stands, and gets its da as it stands.",
            "birnn-backward"),
        mistake(
            "features_turned", _back(_right("da[:, n_a:][:, ::-1]"), _dx("dx + other[:, ::-1]")),
            "You reverse the rows of da, the units, and not the time, its first axis.", "birnn-backward",
            _back(_right("da[:, n_a:][:, ::-1]"))),
        mistake(
            "halves_exchanged", _back((LEFT, LEFT.replace(":n_a", "n_a:")),
                                      _right("reverse_sequence(da[:, :n_a], lengths)")),
            "The halves of da are exchanged. The first n_a rows belong to the unit that reads from the left, as in a.",
            "birnn-backward"),
        mistake(
            "same_half_for_both", _back(_right("reverse_sequence(da[:, :n_a], lengths)")),
            "Both units get one half of da. The first n_a rows belong to the unit that reads from the left, the rows "
            "from n_a on to the other.", "birnn-backward", _back((LEFT, LEFT.replace(":n_a", "n_a:")))),
        mistake(
            "every_other_row", _back((LEFT, LEFT.replace(":n_a", "::2")),
                                     _right("reverse_sequence(da[:, 1::2], lengths)")),
            "You split da into its even and its odd rows. a holds all n_a rows of the first unit, then those of the "
            "second: `da[:, :n_a]` and `da[:, n_a:]`.", "birnn-backward"),
        mistake(
            "whole_da_for_both", _back((LEFT, LEFT.replace("da[:, :n_a]", "da")),
                                       _right("reverse_sequence(da, lengths)")),
            "Each unit gets all 2 n_a rows of da. Its own are n_a of them: `da[:, :n_a]` for the one that reads from "
            "the left, `da[:, n_a:]` for the other.", "birnn-backward"),
        mistake(
            "caches_exchanged", _back((LEFT, LEFT.replace("caches_forward", "caches_backward")),
                                      (RIGHT, RIGHT.replace("caches_backward", "caches_forward"))),
            "The caches of the two units are exchanged. The order is (caches_forward, caches_backward, lengths, cell).",
            "birnn-caches", _back((RIGHT, RIGHT.replace("caches_backward", "caches_forward"))),
            _back((LEFT, LEFT.replace("caches_forward", "caches_backward")))),
        mistake(
            "dx_averaged", _back(_dx("(dx + reverse_sequence(other, lengths)) / 2")),
            "dx is the mean of both directions. Where a value acts in two ways, its gradient is the sum of both.",
            "birnn-dx"),
        mistake(
            "dx_subtracted", _back(_dx("dx - reverse_sequence(other, lengths)")),
            "The gradients of the two directions are subtracted. Running backwards in time changes no sign: they are "
            "added.", "birnn-dx"),
        mistake(
            "dx_joined", _back(_dx("np.concatenate([dx, reverse_sequence(other, lengths)], axis=1)")),
            "The two gradients of x are put above one another. States are joined, because W_y reads both; x is one and "
            "the same for both units, so its gradients are added.", "birnn-dx",
            _back(_dx("(dx, reverse_sequence(other, lengths))")), _back(_dx("np.stack([dx, reverse_sequence(other, "
                                                                            "lengths)])"))),
        mistake(
            "da0_exchanged", _back((DA0, "da0 = from_right.pop(\"da0\"), from_left.pop(\"da0\")")),
            "The pair da0 is in the other order: first that of the unit that reads from the left, as in a0.",
            "birnn-backward"),
        mistake(
            "da0_of_one_unit", _back((DA0, f"{DA0}\n    da0 = da0[0]")),
            "da0 is that of one unit only. Each unit has a first state, so da0 is a pair, as a0 is.", "birnn-backward",
            _back((DA0, f"{DA0}\n    da0 = da0[1]")), _back((DA0, f"{DA0}\n    da0 = da0[0], da0[0]"))),
        mistake(
            "da0_added", _back((DA0, f"{DA0}\n    da0 = tuple(np.add(one, two) for one, two in zip(*da0))")),
            "The gradients of the two first states are added. x is shared by both units; the first states are not: "
            "da0 is a pair, as a0 is.", "birnn-backward",
            _back((DA0, f"{DA0}\n    da0 = np.add(*da0)"))),
        mistake(
            "labels_left_out", _back((RESULT, '{"dx": dx, "da0": da0, **from_left, **from_right}')),
            "The gradients of one unit overwrite those of the other, because both have the same names. Give them the "
            "labels of their parameters: dWax[forward], dWax[backward].", "own-weights",
            _back((RESULT, '{"dx": dx, "da0": da0, **from_right, **from_left}'))),
        mistake(
            "labels_exchanged", _back((RESULT, RESULT.replace('left, "forward"', 'left, "backward"').replace(
                'right, "backward"', 'right, "forward"'))),
            "The labels are exchanged: the gradients of the unit that reads from the left are labelled [forward].",
            "own-weights"),
        whole(
            "labelled_as_one_unit", _back((RESULT, RESULT.replace('right, "backward"', 'right, "forward"'))),
            "Both units' gradients are labelled [forward], so the second overwrite the first.", "own-weights"),
        mistake(
            "names_without_d", _back(("    return " + RESULT, (
                f"    found = {RESULT}\n    return {{name[1:] if '[' in name else name: value "
                "for name, value in found.items()}"))),
            "The gradients have the names of the parameters. A gradient is named with a d in front: "
            "\"dWax[forward]\".", "own-weights"),
        whole(
            "labels_on_everything", _back((DX, "found = {**labelled(from_left, 'forward'), "
                                               "**labelled(from_right, 'backward')}"), (DA0, "return found")),
            "dx and da0 got labels as well. Take them out of each unit's dict first, with `pop`: dx is the sum of "
            "both, da0 the pair, and only the parameters' gradients stay apart.", "birnn-dx",
            _back((DX, "return {f'{name}[{label}]': value for label, found in (('forward', from_left), ('backward', "
                       "from_right)) for name, value in found.items()}"))),
        mistake(
            "always_a_basic_rnn", _back((LEFT, LEFT.replace("cell.", "RNN.")), (RIGHT, RIGHT.replace("cell.", "RNN."))),
            "You go back through a basic RNN whatever the cell is. Call `cell.backward` of the cell in the caches.",
            "any-unit", _back((HALF, f"{HALF}\n    cell = RNN"))),
        mistake(
            "gradients_added", _back((RESULT, '{"dx": dx, "da0": da0, **labelled({name: from_left[name] + '
                                              'from_right[name] for name in from_left}, "forward"), **labelled({name: '
                                              'from_left[name] + from_right[name] for name in from_left}, '
                                              '"backward")}')),
            "The gradients of the two units' parameters are added, as if they shared their weights. Each unit has "
            "weights of its own, and gradients of its own.", "own-weights"),
        mistake(
            "backward_unit_left_out", _back((RESULT, '{"dx": dx, "da0": da0, **labelled(from_left, "forward")}')),
            "The gradients of the second unit's parameters are missing: without them it would never learn.",
            "own-weights"),
        mistake(
            "divided_by_m", _back((HALF, f"{HALF}\n    da = da / da.shape[2]")),
            "You divide by m. The mean over the examples belongs to the loss, so da holds that division already.",
            "birnn-backward"),
        mistake(
            "da_overwritten", _back((HALF, f"{HALF}\n    da[:, n_a:] = reverse_sequence(da[:, n_a:], lengths)"),
                                    _right("da[:, n_a:]")),
            "You turn the second half of da round in its own place. The array belongs to whoever called the function: "
            "let the turned half be a new array.", "birnn-backward"),
    ),
)

"""Exercise of chapter 11: a bidirectional network over a whole sequence."""

from dataclasses import dataclass

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.engine.exercise import KIND, VALUE, Finding
from autograder.engine.nest import Missing, kind, pick, same_leaf
from autograder.exercises._ch11_shared import CHAPTER, OwnSteps, mistake, network_inputs
from autograder.exercises.inputs import with_large_scores
from autograder.words import say
from solutions import birnn_forward

LEFT = 'a_forward, _, caches_forward = cell.forward(x, a0[0], part(parameters, "forward"))'
RIGHT = ('turned, _, caches_backward = cell.forward(reverse_sequence(x, lengths), a0[1], '
         'part(parameters, "backward"))')
BACK = "a_backward = reverse_sequence(turned, lengths)"
BOTH = "a = np.concatenate([a_forward, a_backward], axis=1)"
OUTPUT = 'y_pred = softmax(parameters["Wya"] @ a + parameters["by"])'
RETURN = "    return a, y_pred, (caches_forward, caches_backward, lengths, cell)"
CACHES = "(caches_forward, caches_backward, lengths, cell)"
CONTAINERS = dict, tuple, list, np.ndarray, type(None)
PADDED, OTHERS = "a with padding", "a with a GRU and an LSTM"
TOLD = {"plain": ("a", "y_pred", "caches", "inputs left unchanged"), "padded": (PADDED, "caches"),
        "other cells": (OTHERS,)}


def _network(*replacements):
    return Patched(birnn_forward, *replacements)


def _right(old, new):
    return RIGHT, RIGHT.replace(old, new)


def _both(new):
    return _network((BOTH, f"a = {new}"))


def _output(new):
    return _network((OUTPUT, f"y_pred = {new}"))


def _at_the_end(lines):
    return _network((RETURN, f"    {lines}\n{RETURN}"))


def _exp_over(axis):
    """Return the network with a softmax by hand over a wrong axis, which overflows as well."""
    return _at_the_end(f'e = np.exp(parameters["Wya"] @ a + parameters["by"])\n    y_pred = e / e.sum({axis})')


@dataclass(frozen=True)
class Caches:
    """The caches of both units, as the cell gave them, the lengths and the cell, in this order."""

    def find(self, name, found, wanted, case):
        """Return what is wrong with the third result, or None."""
        if isinstance(found, Missing):
            return Finding(KIND, say("The third result is missing: the caches, which the way back needs."))
        if not isinstance(found, (tuple, list)) or len(found) != 4:
            return Finding(KIND, say("caches should be the tuple {wanted}, and is {found}.", wanted=CACHES,
                                     found=kind(found)))
        lengths = case.args[-1]
        if not _same_lengths(found[2], lengths, case):
            return Finding(VALUE, say("caches: item 3 should be the lengths, as they came (None where there are "
                                      "none). The order is {wanted}.", wanted=CACHES))
        for place, label in enumerate(("caches_forward", "caches_backward")):
            # Over the padding each may go on as it likes, so there the contents are the learner's affair.
            agree = lengths is not None or _same(found[place], wanted[place])
            if found[place] is None or not agree:
                return Finding(VALUE, say("caches: item {number} should be {label}, the third thing that "
                                          "`cell.forward` gives for this direction, as it is.", number=place + 1,
                                          label=label))
        if isinstance(found[3], CONTAINERS):
            return Finding(VALUE, say("caches: item 4 should be the cell, as it came. The order is {wanted}.",
                                      wanted=CACHES))
        return None

    def same(self, found, other, case):
        """Whether two results are the same caches."""
        if isinstance(found, Missing) or isinstance(other, Missing):
            return isinstance(found, Missing) and isinstance(other, Missing) and found.why == other.why
        return _same(found, other)


@dataclass(frozen=True)
class Others(OwnSteps):
    """The states that units of another kind make, and the cell in the caches, which has to be that one."""

    def find(self, name, found, wanted, case):
        """Return the gravest finding about the states, or that the caches have another cell, or None."""
        if finding := super().find(name, pick(found, (0,)), wanted[0], case):
            return finding
        cell, given = pick(found, (2, 3)), case.args[3]
        if not isinstance(cell, type(given)) or cell.name == given.name:
            return None
        return Finding(VALUE, say("caches: item 4 should be the cell that was given, and is {name}.", name=cell.name))

    def same(self, found, other, case):
        """Whether two results agree in the states, and in the name of the cell."""
        names = {getattr(cell, "name", None) for cell in (pick(found, (2, 3)), pick(other, (2, 3)))
                 if isinstance(cell, type(case.args[3]))}
        return len(names) < 2 and super().same(pick(found, (0,)), pick(other, (0,)), case)


def _same_lengths(found, lengths, case):
    if lengths is None and found is None:
        return True
    full = np.full(case.sizes["m"], case.sizes["T_x"]) if lengths is None else lengths
    return isinstance(found, (np.ndarray, list, tuple)) and np.array_equal(np.asarray(found, dtype=object), full)


def _same(one, other):
    """Whether two nests of tuples and dicts hold the same arrays; what is no number is not looked at."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        if not {one.dtype.kind, other.dtype.kind} <= set("biufc"):  # texts: equal or not
            return same_leaf(one, other)
        return one.shape == other.shape and bool(np.allclose(one, other, rtol=2e-5, atol=1e-6, equal_nan=True))
    if isinstance(one, CONTAINERS) or isinstance(other, CONTAINERS):
        return one is None and other is None
    return True


def _cases(rng):
    cases = [Case(args, n, label, TOLD[kind]) for args, n, label, kind in network_inputs(rng)]
    return [*cases, with_large_scores(cases[0])]


DIRECTIONS = (
    mistake(
        "second_unit_reads_from_the_left", _network(_right("reverse_sequence(x, lengths)", "x"),
                                                    (BACK, "a_backward = turned")),
        "Both units read from the left, so no word is seen from behind. The second one gets the sequence turned round: "
        "its first step reads the last word.", "birnn-forward",
        _network(_right("reverse_sequence(x, lengths)", "x"))),
    mistake(
        "states_not_turned_back", _network((BACK, "a_backward = turned")),
        "The states of the second unit stand in its own order, so each word gets the state of another one: the first "
        "word that of the last. Turn them round again before you put both above one another.", "turn-back"),
    mistake(
        "padding_turned_too", _network(_right("reverse_sequence(x, lengths)", "reverse_sequence(x)"),
                                       (BACK, "a_backward = reverse_sequence(turned)")),
        "The padding is turned round with the words, so the second unit first reads padding, and comes to the words "
        "in another state. Give lengths to both calls of reverse_sequence.", "padding-stays",
        _network(_right("reverse_sequence(x, lengths)", "x[::-1]"), (BACK, "a_backward = turned[::-1]")),
        _network(_right("reverse_sequence(x, lengths)", "reverse_sequence(x)"))),
    mistake(
        "turned_back_without_lengths", _network((BACK, "a_backward = reverse_sequence(turned)")),
        "The input is turned round up to its length, and the states are turned back over all T_x steps: they miss "
        "their words. Give lengths to both calls of reverse_sequence.", "turn-back"),
    mistake(
        "features_turned", _network(_right("reverse_sequence(x, lengths)", "x[:, ::-1]"),
                                    (BACK, "a_backward = turned")),
        "You reverse the features of each word, not the words: the second unit reads from the left, and its numbers "
        "are mixed up. Time is the first axis.", "birnn-forward",
        _network(_right("reverse_sequence(x, lengths)", "x[:, ::-1]"), (BACK, "a_backward = turned[:, ::-1]")),
        _network(_right("reverse_sequence(x, lengths)", "x[:, ::-1]"))),
    mistake(
        "examples_turned", _network(_right("reverse_sequence(x, lengths)", "x[:, :, ::-1]"),
                                    (BACK, "a_backward = turned[:, :, ::-1]")),
        "You reverse the examples of the batch, not the time: each sentence is still read from its beginning. Time is "
        "the first axis.", "birnn-forward",
        _network(_right("reverse_sequence(x, lengths)", "x[:, :, ::-1]"), (BACK, "a_backward = turned"))),
    mistake(
        "first_unit_reads_turned", _network((LEFT, LEFT.replace("(x,", "(reverse_sequence(x, lengths),")),
                                            _right("reverse_sequence(x, lengths)", "x"),
                                            (BACK, "a_backward = turned\n    a_forward = reverse_sequence("
                                                   "a_forward, lengths)")),
        "The directions are exchanged: the unit with the parameters labelled [forward] reads from the right. It reads "
        "x as it stands; the one labelled [backward] reads it turned round.", "birnn-forward"),
    mistake(
        "both_read_from_the_right", _network((LEFT, LEFT.replace("(x,", "(reverse_sequence(x, lengths),"))),
        "Both units read from the right. The first one gets x as it stands.", "birnn-forward",
        _network((LEFT, LEFT.replace("(x,", "(reverse_sequence(x, lengths),")),
                 (BACK, f"{BACK}\n    a_forward = reverse_sequence(a_forward, lengths)"))),
    mistake(
        "second_unit_reads_the_states",
        _network(_right("reverse_sequence(x, lengths)", "reverse_sequence(a_forward, lengths)")),
        "The second unit reads the states of the first. Both read x; the two meet only in the output. (Units on top "
        "of each other are the subject of chapter 12.)", "birnn-forward",
        _network(_right("reverse_sequence(x, lengths)", "a_forward"))),
)

UNITS = (
    mistake(
        "labels_left_on", _network((LEFT, LEFT.replace('part(parameters, "forward")', "parameters")),
                                   _right('part(parameters, "backward")', "parameters")),
        "The cell gets the whole dictionary, in which its parameters have labels: it finds no \"Wax\" there. Give it "
        "`part(parameters, \"forward\")`, which takes them out and leaves the label off.", "own-weights"),
    mistake(
        "nothing_under_this_label", _network((LEFT, LEFT.replace('"forward"', '"[forward]"')),
                                             _right('"backward"', '"[backward]"')),
        "`part` finds no parameters under this label. It puts the brackets round the label itself: "
        "`part(parameters, \"forward\")`.", "own-weights",
        _network((LEFT, LEFT.replace('"forward"', "1")), _right('"backward"', "2"))),
    mistake(
        "three_results_of_a_cell", _network((LEFT, LEFT.replace("a_forward, _,", "a_forward,"))),
        "`cell.forward` gives three things: the states of all steps, the last state, and the caches. Unpack three, "
        "with `_` for the one that is not needed.", "any-unit"),
    mistake(
        "both_states_for_one_unit", _network((LEFT, LEFT.replace("a0[0]", "a0"))),
        "One unit gets both first states. a0 is a pair: a0[0] is for the unit that reads from the left, a0[1] for the "
        "other.", "birnn-forward"),
    mistake(
        "same_weights_for_both", _network(_right('"backward"', '"forward"')),
        "Both units have the parameters labelled [forward]. Reading from the right is another task, and the second "
        "unit has weights of its own: those labelled [backward].", "own-weights",
        _network((LEFT, LEFT.replace('"forward"', '"backward"')))),
    mistake(
        "weights_exchanged", _network((LEFT, LEFT.replace('"forward"', '"backward"')),
                                      _right('"backward"', '"forward"')),
        "The parameters are exchanged: the unit that reads from the left has those labelled [backward]. The shapes "
        "are equal, so nothing complains.", "own-weights"),
    mistake(
        "a0_exchanged", _network((LEFT, LEFT.replace("a0[0]", "a0[1]")), _right("a0[1]", "a0[0]")),
        "The first states are exchanged: a0[0] belongs to the unit that reads from the left, a0[1] to the other.",
        "birnn-forward"),
    mistake(
        "one_a0_for_both", _network(_right("a0[1]", "a0[0]")),
        "Both units start from a0[0]. Each has a first state of its own: a0[1] is that of the unit that reads from the "
        "right, before its own first step, which is the last word.", "birnn-forward",
        _network((LEFT, LEFT.replace("a0[0]", "a0[1]")))),
    mistake(
        "second_unit_goes_on_from_the_first",
        _network((LEFT, LEFT.replace("a_forward, _,", "a_forward, last,")), _right("a0[1]", "last")),
        "The second unit starts from the last state of the first. The two do not know of one another: it starts from "
        "a0[1].", "birnn-forward"),
    mistake(
        "a0_ignored", _network((LEFT, LEFT.replace("a0[0]", "cell.zero_state(part(parameters, \"forward\"), "
                                                            "x.shape[2])")),
                               _right("a0[1]", 'cell.zero_state(part(parameters, "backward"), x.shape[2])')),
        "Both units start from zeros. The states before the first step are arguments: a0 is the pair of them.",
        "birnn-forward", _network(_right("a0[1]", 'cell.zero_state(part(parameters, "backward"), x.shape[2])')),
        _network((LEFT, LEFT.replace("a0[0]", "cell.zero_state(part(parameters, \"forward\"), x.shape[2])")))),
    mistake(
        "always_a_basic_rnn", _network((LEFT, LEFT.replace("cell.forward", "RNN.forward")),
                                       _right("cell.forward", "RNN.forward")),
        "You run a basic RNN whatever `cell` is. Call cell.forward, so that a GRU or an LSTM can read in both "
        "directions too.", "any-unit"),
)

NOT_FITTING = tuple(_network((BOTH, "a = a_forward"), (OUTPUT, f"y_pred = softmax({scores})")) for scores in (
    'np.stack([np.dot(parameters["Wya"], a_t) for a_t in a]) + parameters["by"]',
    'np.einsum("ka,tam->tkm", parameters["Wya"], a) + parameters["by"]'))

STATES = (
    mistake(
        "summed", _network((BOTH, "a = a_forward + a_backward"),
                           (OUTPUT, 'y_pred = softmax(parameters["Wya"][:, :a.shape[1]] @ a + parameters["by"])')),
        "You add the states of the two directions. They are put above one another, so that W_y can weigh each by "
        "itself: 2 n_a rows.", "birnn-output",
        _network((BOTH, "a = (a_forward + a_backward) / 2"),
                 (OUTPUT, 'y_pred = softmax(parameters["Wya"][:, :a.shape[1]] @ a + parameters["by"])'))),
    mistake(
        "backward_above_forward", _both("np.concatenate([a_backward, a_forward], axis=1)"),
        "The states of the second unit stand above those of the first. The shapes fit, so nothing complains; but the "
        "first n_a columns of W_y are made for the unit that reads from the left.", "birnn-output"),
    mistake(
        "rows_do_not_fit", _both("np.concatenate([a_forward, a_backward])"),
        "W_y does not fit what it gets: it wants 2 n_a rows. The states of both directions stand above one another, "
        "`np.concatenate([...], axis=1)`: they are not added, none is left out, and they are not joined along time "
        "(axis 0, which NumPy takes where none is named).", "birnn-output", *NOT_FITTING),
    mistake(
        "states_of_one_direction", _at_the_end("a = a_forward"),
        "Only the states of one unit come back. a holds both, [forward, backward], 2 n_a rows.", "birnn-output",
        _at_the_end("a = a_backward")),
    mistake(
        "one_direction_twice", _both("np.concatenate([a_forward, a_forward], axis=1)"),
        "The states of one unit stand there twice. Above are those of the unit that reads from the left, below those "
        "of the other.", "birnn-output", _both("np.concatenate([a_backward, a_backward], axis=1)")),
    mistake(
        "rows_interleaved", _both("np.stack([a_forward, a_backward], axis=2).reshape(len(x), -1, x.shape[2])"),
        "The rows of both states alternate. Those of the unit that reads from the left stand above, all n_a of them, "
        "then those of the other.", "birnn-output"),
    mistake(
        "last_states_at_every_step",
        _both("np.concatenate([a_forward, np.repeat(turned[-1:], len(x), axis=0)], axis=1)"),
        "Every step gets the last state of the second unit. Step t gets the state that this unit had at step t, after "
        "reading from the right end up to there.", "birnn-output",
        _both("np.concatenate([np.repeat(a_forward[-1:], len(x), axis=0), np.repeat(turned[-1:], len(x), axis=0)], "
              "axis=1)")),
)

RESULTS = (
    mistake(
        "y_from_one_direction",
        _output('softmax(parameters["Wya"][:, :a_forward.shape[1]] @ a_forward + parameters["by"])'),
        "The predictions are made from the first unit alone. W_y acts on both states, [forward, backward].",
        "birnn-output", _output('softmax(parameters["Wya"][:, a_forward.shape[1]:] @ a_backward + parameters["by"])')),
    mistake(
        "y_before_turning_back",
        _output('softmax(parameters["Wya"] @ np.concatenate([a_forward, turned], axis=1) + parameters["by"])'),
        "The predictions use the states of the second unit before they are turned back: each word is judged with the "
        "future of another one.", "turn-back"),
    mistake(
        "two_predictions_averaged",
        _output('(softmax(parameters["Wya"][:, :a_forward.shape[1]] @ a_forward + parameters["by"])\n'
                '              + softmax(parameters["Wya"][:, a_forward.shape[1]:] @ a_backward '
                '+ parameters["by"])) / 2'),
        "You take the mean of two predictions, one from each direction. There is one prediction at a step: one softmax "
        "of W_y [forward, backward] + b_y.", "birnn-output"),
    mistake(
        "bias_missing", _output('softmax(parameters["Wya"] @ a)'),
        "The bias b_y is missing in the predictions: softmax(W_y [forward, backward] + b_y).", "birnn-output"),
    mistake(
        "no_softmax", _output('parameters["Wya"] @ a + parameters["by"]'),
        "y_pred holds scores, not probabilities: the softmax is missing.", "birnn-output"),
    mistake(
        "sigmoid_for_softmax", _output('1 / (1 + np.exp(-np.clip(parameters["Wya"] @ a + parameters["by"], -500, '
                                       '500)))'),
        "The predictions go through a sigmoid, so those of a step do not sum to one. Among n_y classes the softmax "
        "decides.", "birnn-output", _output('1 / (1 + np.exp(-(parameters["Wya"] @ a + parameters["by"])))')),
    mistake(
        "softmax_over_time", _output('softmax(parameters["Wya"] @ a + parameters["by"], axis=0)'),
        "Your softmax runs along time: it compares the steps with one another. It runs over the n_y classes of one "
        "step and one example (axis 1).", "birnn-output", _exp_over("axis=0")),
    mistake(
        "softmax_over_examples", _output('softmax(parameters["Wya"] @ a + parameters["by"], axis=2)'),
        "Your softmax runs over the m examples. It runs over the n_y classes of one example (axis 1).",
        "birnn-output", _exp_over("axis=2, keepdims=True")),
    mistake(
        "softmax_over_everything", _exp_over(""),
        "The numbers of all steps and examples together sum to one. Each step of each example has a softmax of its "
        "own: over the n_y classes, `axis=1, keepdims=True`.", "birnn-output",
        _output('softmax((parameters["Wya"] @ a + parameters["by"]).reshape(-1, 1), axis=0).reshape(len(a), -1, '
                'a.shape[2])')),
    mistake(
        "output_overflows",
        _at_the_end('e = np.exp(parameters["Wya"] @ a + parameters["by"])\n    '
                    "y_pred = e / e.sum(axis=1, keepdims=True)"),
        "For large scores exp overflows and the predictions are NaN. Use `softmax`, which subtracts the largest score "
        "first.", "birnn-output"),
    mistake(
        "results_swapped", _network((RETURN, RETURN.replace("a, y_pred,", "y_pred, a,"))),
        "The results come in the other order: first the states a, then the predictions y_pred.", "birnn-forward"),
    mistake(
        "caches_missing", _network((RETURN, "    return a, y_pred")),
        "The third result is missing: the caches, which the way back needs.", "birnn-caches"),
    mistake(
        "caches_incomplete", _network((CACHES, "(caches_forward, caches_backward)")),
        f"The caches lack something that the way back unpacks. They are {CACHES}.", "birnn-caches",
        _network((CACHES, "(caches_forward, caches_backward, lengths)")),
        _network((CACHES, "(caches_forward, caches_backward, cell)")),
        _network((CACHES, "[caches_forward]")), _network((CACHES, "caches_forward")),
        _network((CACHES, "None"))),
    mistake(
        "caches_in_another_order", _network((CACHES, "(caches_backward, caches_forward, lengths, cell)")),
        f"The caches have another order. They are {CACHES}: the way back unpacks them so.", "birnn-caches",
        _network((CACHES, "(caches_forward, caches_backward, cell, lengths)"))),
    mistake(
        "another_cell_in_the_caches", _network((CACHES, CACHES.replace("cell)", "RNN)"))),
        "The last item of the caches is always a basic RNN. It has to be the cell that was given: the way back asks it "
        "for its `backward`.", "birnn-caches"),
    mistake(
        "time_last", _at_the_end("a, y_pred = np.moveaxis(a, 0, 2), np.moveaxis(y_pred, 0, 2)"),
        "Time is the last axis of your results, as in another edition of this course. Here it is the first: a[t] is "
        "one step.", "birnn-forward"),
    mistake(
        "x_turned_in_place", _network(_right("reverse_sequence(x, lengths)", "x"),
                                      (LEFT, f"{LEFT}\n    x[:] = reverse_sequence(x, lengths)")),
        "You turn x itself round, in its place. It belongs to whoever called the function: let the turned sequence be "
        "a new array.", "turned-round"),
)

BIRNN_FORWARD = Exercise(
    id="birnn_forward",
    chapter=CHAPTER,
    reference=birnn_forward,
    cases=_cases,
    uses=("reverse_sequence",),
    parts=(
        Part("a", 10, Array("T_x 2n_a m"), (0,)),
        Part(PADDED, 6, OwnSteps("T_x 2n_a m"), (0,)),
        Part(OTHERS, 4, Others("T_x 2n_a m")),
        Part("y_pred", 8, Array("T_x n_y m"), (1,)),
        Part("caches", 5, Caches(), (2,)),
        intact(2),
    ),
    hints=(
        "Run the cell twice: `cell.forward(x, a0[0], part(parameters, \"forward\"))` for the first direction. It gives "
        "the states, the last state and the caches.",
        "The second unit is the same kind of cell. What makes it read from the right is its input: "
        "`reverse_sequence(x, lengths)`; it has a0[1] and the part of the parameters labelled \"backward\".",
        "Its states come in its own order. Turn them back with your reverse_sequence, with lengths again, so that step "
        "t of both arrays belongs to word t.",
        "`np.concatenate([a_forward, a_backward], axis=1)` puts the rows above one another. The prediction is one "
        "softmax of `Wya @ a + by` over the whole array.",
    ),
    misconceptions=(*DIRECTIONS, *UNITS, *STATES, *RESULTS),
)

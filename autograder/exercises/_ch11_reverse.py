"""Exercise of chapter 11: turning the sequences of a padded batch round."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises._ch11_shared import CHAPTER, OwnSteps, draw_lengths, mistake
from autograder.exercises.inputs import equal_sizes, sizes_for
from solutions import reverse_sequence

WHOLE, OWN, PADDING = "result without lengths", "result in each sequence's own steps", "result in the padding"


def one_by_one(x, lengths=None):
    """Turn each example round, as a learner writes it: the mistakes are made in here."""
    T_x, _, m = x.shape
    lengths = np.full(m, T_x) if lengths is None else lengths
    turned = np.array(x)
    for i in range(m):
        own = lengths[i]
        turned[:own, :, i] = x[:own, :, i][::-1]
    return turned


START, COPY, OWN_LENGTH = "np.full(m, T_x) if lengths is None else lengths", "turned = np.array(x)", "own = lengths[i]"
LOOP, TURN, RETURN = "range(m):", "turned[:own, :, i] = x[:own, :, i][::-1]", "    return turned"


def _one_by_one(*replacements):
    return Patched(one_by_one, *replacements)


def _turn(new):
    return _one_by_one((TURN, new))


def _result(new):
    return _one_by_one((RETURN, f"    return {new}"))


def _cases(rng):
    def x(n):
        return rng.standard_normal((n["T_x"], n["n_x"], n["m"]))

    (_, one), (_, two), (_, three), *edges = sizes_for(
        rng, "T_x n_x m", {"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1}, {"n_x": 1})
    together, equal = equal_sizes("T_x n_x m", int(rng.integers(4, 7)))
    padded = (OWN, PADDING, "inputs left unchanged")
    whole = (WHOLE, "inputs left unchanged")
    drawn = [("", one, False), ("with padding", two, True), ("with padding", three, True), (together, equal, False),
             (f"{together}, with padding", equal, True)]
    drawn += [(label, n, "T_x" not in label) for label, n in edges]
    return [Case((x(n), draw_lengths(rng, n["T_x"], n["m"]) if pad else None), n, label, padded if pad else whole)
            for label, n, pad in drawn]


REVERSE_SEQUENCE = Exercise(
    id="reverse_sequence",
    chapter=CHAPTER,
    reference=reverse_sequence,
    cases=_cases,
    parts=(
        Part(WHOLE, 6, Array("T_x n_x m")),
        Part(OWN, 8, OwnSteps("T_x n_x m")),
        Part(PADDING, 4, OwnSteps("T_x n_x m", behind=True)),
        intact(2),
    ),
    hints=(
        "Begin with the case without lengths: `x[::-1]` has the steps in reverse order. Time is the first axis; the "
        "others stay as they are.",
        "With lengths each example has an end of its own. Begin with a copy of x, in which the padding is already "
        "where it belongs, and go through the examples: `for i in range(m)`.",
        "The own steps of example i are `x[:lengths[i], :, i]`. Write them in reverse order, `[::-1]`, into the same "
        "place of the copy.",
        "Where `lengths` is None, every example has all T_x steps: `lengths = [len(x)] * x.shape[2]`.",
    ),
    misconceptions=(
        mistake(
            "padding_turned_too", _result("x[::-1].copy()"),
            "You turn all T_x steps round, the padding with the words. A short sentence then begins with padding, and "
            "its words stand too late. Only the first lengths[i] steps of example i are turned.", "padding-stays"),
        mistake(
            "not_turned", _result("np.array(x)"),
            "The steps stand in the order in which they came. If you exchange first and last, second and last but one "
            "and so on, stop in the middle: going on exchanges them back.", "turned-round"),
        mistake(
            "exchanged_through_views",
            _turn("for t in range(own // 2):\n            turned[own - 1 - t, :, i] = turned[t, :, i] = "
                  "x[own - 1 - t, :, i]"),
            "The first half is right and the second repeats it: a palindrome. `y[t], y[s] = y[s], y[t]` does not "
            "exchange rows of an array, because y[t] is a view: when the second is written, the first has changed "
            "already. Read from x and write into a copy.", "turned-round",
            _turn("for t in range(own):\n            turned[t, :, i] = turned[own - 1 - t, :, i]")),
        mistake(
            "features_turned", _result("x[:, ::-1].copy()"),
            "You reverse the n_x features of each word. Turned round is the time, the first axis: the last word comes "
            "first, and each word's numbers stay as they are.", "turned-round",
            _turn("turned[:own, :, i] = x[:own, :, i][:, ::-1]")),
        mistake(
            "examples_turned", _result("x[:, :, ::-1].copy()"),
            "You reverse the m examples of the batch: the last sentence stands first, and each is still read from its "
            "beginning. Turned round is the time, the first axis.", "turned-round"),
        mistake(
            "everything_turned", _result("np.flip(x).copy()"),
            "All axes are reversed: `np.flip(x)` without an axis turns features and examples too. Only the time, axis "
            "0, is turned round.", "turned-round",
            _turn("turned[:own, :, i] = np.flip(x[:own, :, i])"), _result("x[::-1, ::-1].copy()"),
            _result("x[::-1, :, ::-1].copy()")),
        mistake(
            "padding_lost", _one_by_one((COPY, "turned = np.zeros(x.shape)")),
            "Behind the end of a sequence your result has zeros. What stands there stays as it is: begin with a copy "
            "of x, not with zeros.", "padding-stays"),
        mistake(
            "padding_repeated", _turn("turned[:, :, i] = x[(own - 1 - np.arange(T_x)) % own, :, i]"),
            "Behind its end the sequence is repeated. The padding stays as it is: only the first lengths[i] steps are "
            "written anew.", "padding-stays",
            _turn("turned[:, :, i] = x[np.maximum(own - 1 - np.arange(T_x), 0), :, i]")),
        mistake(
            "padding_turned_alone", _turn(f"{TURN}\n        turned[own:, :, i] = x[own:, :, i][::-1]"),
            "The padding is turned round as well, in its own place. It stays as it is. (An index below zero raises no "
            "error: NumPy counts it from the end.)", "padding-stays",
            _turn("turned[:, :, i] = x[own - 1 - np.arange(T_x), :, i]")),
        mistake(
            "only_the_padding_turned", _turn("turned[own:, :, i] = x[own:, :, i][::-1]"),
            "You turn the padding round, and the words stay. `x[:lengths[i]]` are the steps of the sentence, "
            "`x[lengths[i]:]` what stands behind it.", "padding-stays"),
        mistake(
            "padding_in_front", _turn("turned[:, :, i] = np.concatenate([x[own:, :, i], x[:own, :, i][::-1]])"),
            "The words are turned round, but they stand at the end and the padding in front. Each sequence keeps its "
            "place, from the first step on.", "padding-stays"),
        mistake(
            "one_length_for_all", _one_by_one((OWN_LENGTH, "own = lengths[0]")),
            "All examples are turned with one length. Each sentence ends at a place of its own: example i at "
            "lengths[i].", "padding-stays", _one_by_one((OWN_LENGTH, "own = max(lengths)")),
            _one_by_one((OWN_LENGTH, "own = min(lengths)")), _one_by_one((OWN_LENGTH, "own = lengths[-1]")),
            _one_by_one((OWN_LENGTH, "own = int(np.mean(lengths))"))),
        mistake(
            "one_step_too_few", _one_by_one((OWN_LENGTH, "own = max(lengths[i] - 1, 1)")),
            "The last word of each sentence is not turned with the others. `x[:n]` ends before index n, so it has n "
            "steps already: take `x[:lengths[i]]`, not one less.", "padding-stays",
            _one_by_one((START, "np.full(m, T_x) if lengths is None else lengths - 1"))),
        mistake(
            "one_step_too_many", _one_by_one((OWN_LENGTH, "own = lengths[i] + 1")),
            "One step of the padding is turned with the words, and becomes the first. lengths[i] is a number of steps, "
            "and the last of them has the index lengths[i] - 1.", "padding-stays"),
        mistake(
            "first_step_lost", _turn("turned[:own - 1, :, i] = x[own - 1:0:-1, :, i]"),
            "The first word stays where it was: a slice ends *before* its second number, also where it goes backwards, "
            "so `x[n - 1:0:-1]` never comes to index 0. Write `x[:n][::-1]`.", "turned-round",
            _turn("turned[:own, :, i] = x[own - 1:0:-1, :, i]"), _turn("turned[:own, :, i] = x[own:0:-1, :, i]")),
        mistake(
            "index_one_too_large", _turn("for t in range(own):\n            turned[t, :, i] = x[own - t, :, i]"),
            "x[n - t] begins one step too far: at t = 0 it is x[n], the first step of the padding, or none at all. The "
            "last of n steps has the index n - 1: take x[n - 1 - t].", "turned-round"),
        mistake(
            "examples_first", _turn("turned[i, :own] = x[i, :own][::-1]"),
            "You take the first axis for the examples, as Keras does. Here time is first and the examples are last: "
            "the own steps of example i are `x[:lengths[i], :, i]`.", "turned-round",
            _one_by_one((COPY, "if (lengths == T_x).all():\n        return x[::-1]\n    turned = np.array(x)"),
                        (TURN, "turned[i, :own] = x[i, :own][::-1]"))),
        mistake(
            "rolled", _turn("turned[:own, :, i] = np.roll(x[:own, :, i], 1, axis=0)"),
            "The steps are shifted in a circle, not turned round: only one of them has changed sides. In reverse order "
            "the last is first, the last but one second, and so on.", "turned-round",
            _turn("turned[:own, :, i] = np.roll(x[:own, :, i][::-1], 1, axis=0)")),
        mistake(
            "sorted_not_turned", _turn("turned[:own, :, i] = np.sort(x[:own, :, i], axis=0)[::-1]"),
            "You sort the numbers. Nothing is compared with anything here: the steps come in reverse order, whatever "
            "they hold.", "turned-round"),
        mistake(
            "only_one_example", _one_by_one((LOOP, "[0]:")),
            "Only one example of the batch is turned round. Does the return statement stand inside the loop?",
            "padding-stays", _one_by_one((LOOP, "[m - 1]:"))),
        mistake(
            "none_not_foreseen", _one_by_one((START, "lengths")),
            "Without lengths your function fails. `lengths=None` is the default, and means that every sequence has all "
            "T_x steps: look first whether it is None.", "padding-stays",
            _one_by_one((START, "[n for n in lengths]")), _one_by_one((START, "lengths + 0"))),
        mistake(
            "input_turned_in_place", _one_by_one((COPY, "turned = x"), (TURN, TURN.replace("x[", "x.copy()["))),
            "You turn x itself round. It belongs to whoever called the function, and the unit that reads from the left "
            "needs it as it was: work on a copy.", "turned-round"),
        mistake(
            "time_last", _result("np.moveaxis(turned, 0, 2)"),
            "Time is the last axis of your result, as in another edition of this course. Here it is the first, as in "
            "x.", "turned-round"),
        mistake(
            "whole_numbers", _one_by_one((COPY, "turned = np.array(x, dtype=int)")),
            "The array that you write into holds whole numbers, so what lies between is cut off. `x.copy()` has the "
            "dtype of x.", "turned-round", _one_by_one((COPY, "turned = np.zeros(x.shape, dtype=int)"))),
    ),
)

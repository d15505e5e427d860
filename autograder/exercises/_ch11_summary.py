"""Exercise of chapter 11: what a bidirectional network knows of a whole sequence."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises._ch11_shared import CHAPTER, draw_lengths, mistake
from autograder.exercises.inputs import sizes_for
from solutions import birnn_summary

WHOLE, PADDED = "summary without lengths", "summary with lengths"


def one_by_one(a, lengths=None):
    """Take the two last states of each example: the mistakes are made in here."""
    T_x, rows, m = a.shape
    n_a = rows // 2
    summary = np.zeros((rows, m))
    for i in range(m):
        own = T_x if lengths is None else lengths[i]
        summary[:n_a, i] = a[own - 1, :n_a, i]
        summary[n_a:, i] = a[0, n_a:, i]
    return summary


LEFT, RIGHT = "summary[:n_a, i] = a[own - 1, :n_a, i]", "summary[n_a:, i] = a[0, n_a:, i]"
OWN, START, RETURN = "T_x if lengths is None else lengths[i]", "np.zeros((rows, m))", "    return summary"


def _one_by_one(*replacements):
    return Patched(one_by_one, *replacements)


def _result(new):
    return _one_by_one((RETURN, f"    return {new}"))


def _cases(rng):
    plain = sizes_for(rng, "T_x n_a m", {"m": 1}, {"T_x": 1}, count=2)
    padded = [(", ".join(filter(None, (label, "with padding"))), n)
              for label, n in sizes_for(rng, "T_x n_a m", {"m": 1}, {"n_a": 1}, count=3)]
    equal = int(rng.integers(4, 7))
    padded.append(("T_x = 2n_a = m, with padding", {"T_x": 2 * equal, "n_a": equal, "m": 2 * equal}))
    cases = []
    for part, drawn in ((WHOLE, plain), (PADDED, padded)):
        for label, n in drawn:
            a = rng.uniform(-0.9, 0.9, (n["T_x"], 2 * n["n_a"], n["m"]))
            lengths = None if part == WHOLE else draw_lengths(rng, n["T_x"], n["m"])
            cases.append(Case((a, lengths), n, label, (part, "inputs left unchanged")))
    return cases


BIRNN_SUMMARY = Exercise(
    id="birnn_summary",
    chapter=CHAPTER,
    reference=birnn_summary,
    cases=_cases,
    uses=("reverse_sequence",),
    parts=(Part(WHOLE, 7, Array("2n_a m")), Part(PADDED, 6, Array("2n_a m")), intact(2)),
    hints=(
        "Ask of each unit: which word does it read last? The first n_a rows belong to the unit that reads from the "
        "left, the other n_a rows to the one that reads from the right.",
        "The unit that reads from the left ends at the last word, the other one at the first: `a[0, n_a:]`.",
        "The last word of example i has the index lengths[i] - 1; without lengths it is T_x - 1 for every example. "
        "Collect `a[lengths[i] - 1, :n_a, i]` as columns.",
    ),
    misconceptions=(
        mistake(
            "last_step_of_both", _one_by_one((RIGHT, RIGHT.replace("a[0,", "a[own - 1,"))),
            "You take both states at the last step. There the unit that reads from the right has seen one word only, "
            "the last. It ends at the first step: take its state there.", "birnn-summary",
            _result("a[-1].copy()"), _one_by_one((RIGHT, RIGHT.replace("a[0,", "a[-1,")))),
        mistake(
            "first_step_of_both", _one_by_one((LEFT, LEFT.replace("own - 1", "0"))),
            "You take both states at the first step. There the unit that reads from the left has seen one word only. "
            "It ends at the last step.", "birnn-summary"),
        mistake(
            "ends_exchanged", _one_by_one((LEFT, LEFT.replace("own - 1", "0")),
                                          (RIGHT, RIGHT.replace("a[0,", "a[own - 1,"))),
            "Each unit's state is taken where it begins, not where it ends: they have seen one word each. The unit "
            "that reads from the left ends at the last step, the other at the first.", "birnn-summary",
            _one_by_one((LEFT, LEFT.replace("own - 1", "0")), (RIGHT, RIGHT.replace("a[0,", "a[-1,")))),
        mistake(
            "lengths_ignored", _one_by_one((LEFT, LEFT.replace("own - 1", "-1"))),
            "The unit that reads from the left is asked at the end of the padding. Its last own word is at "
            "lengths[i] - 1: what comes behind has blurred the state.", "birnn-summary",
            _one_by_one((LEFT, LEFT.replace("own - 1", "max(own, T_x) - 1")))),
        mistake(
            "one_step_too_late", _one_by_one((OWN, f"{OWN} + 1"), (LEFT, LEFT.replace("own", "min(own, T_x)"))),
            "The state is taken one step too late, in the padding. lengths[i] is a number of steps; the last of them "
            "has the index lengths[i] - 1.", "birnn-summary",
            _one_by_one((LEFT, LEFT.replace("own - 1", "own if own < T_x else -1"))),
            _one_by_one((LEFT, LEFT.replace("own - 1", "own"))),
            _one_by_one((LEFT, LEFT.replace("own - 1", "own % T_x")))),
        mistake(
            "one_step_too_early", _one_by_one((LEFT, LEFT.replace("own - 1", "max(own - 2, 0)"))),
            "The state is taken one step too early: the last own step of example i has the index lengths[i] - 1, and "
            "that is what `a[:lengths[i]]` ends with.", "birnn-summary",
            _one_by_one((LEFT, LEFT.replace("own - 1", "own - 2")))),
        mistake(
            "one_length_for_all", _one_by_one((OWN, "T_x if lengths is None else lengths[0]")),
            "One length is used for all examples. Each sentence ends at a place of its own.", "birnn-summary",
            _one_by_one((OWN, "T_x if lengths is None else min(lengths)")),
            _one_by_one((OWN, "T_x if lengths is None else max(lengths)")),
            _one_by_one((OWN, "T_x if lengths is None else lengths[-1]"))),
        mistake(
            "right_above_left", _result("np.concatenate([summary[n_a:], summary[:n_a]])"),
            "The unit that reads from the right stands above. The order is the same as in a: the one that reads from "
            "the left first.", "birnn-summary"),
        mistake(
            "mean_over_time", _result("np.mean(a, axis=0)"),
            "You take the mean over the steps. That is a summary too, and some use it, but not this one: here each "
            "unit is asked once, at its own end.", "birnn-summary",
            _one_by_one((LEFT, "summary[:, i] = np.mean(a[:own, :, i], axis=0)"), (RIGHT, "pass"))),
        mistake(
            "maximum_over_time", _result("np.max(a, axis=0)"),
            "You take the largest value over the steps. That is a summary too, and some use it, but not this one: here "
            "each unit is asked once, at its own end.", "birnn-summary",
            _one_by_one((LEFT, "summary[:, i] = np.max(a[:own, :, i], axis=0)"), (RIGHT, "pass"))),
        mistake(
            "summed", _result("summary[:n_a] + summary[n_a:]"),
            "The two states are added. They stay above one another: 2 n_a rows.", "birnn-summary"),
        mistake(
            "one_direction_only", _result("summary[:n_a]"),
            "Only one of the two states is there. The summary has 2 n_a rows, n_a from each unit.", "birnn-summary",
            _result("summary[n_a:]")),
        mistake(
            "examples_as_rows", _result("summary.T"),
            "Your examples are rows. Each example is a column: (2 n_a, m). NumPy puts the axis of an index array "
            "first, where `a[ends, :n_a, examples]` has a slice between two index arrays.", "birnn-summary",
            _one_by_one((RETURN, "    return np.concatenate([summary[:n_a].T, summary[n_a:]])"))),
        mistake(
            "all_examples_for_each_length",
            _one_by_one((RETURN, "    if lengths is None:\n        return summary\n"
                                 "    return np.concatenate([a[lengths - 1, :n_a], a[0, n_a:]])")),
            "`a[lengths - 1, :n_a]` takes all m examples at each of the steps. Step and example belong together: "
            "`a[lengths - 1, :n_a, np.arange(m)].T`, or a loop over the examples.", "birnn-summary",
            _one_by_one((RETURN, "    ends = (np.full(m, T_x) if lengths is None else lengths) - 1\n"
                                 "    return np.concatenate([a[ends, :n_a], a[0, n_a:]])"))),
        mistake(
            "side_by_side", _result("np.concatenate([summary[:n_a], summary[n_a:]], axis=1)"),
            "The two states stand side by side. They stand above one another, as in a: 2 n_a rows, `axis=0`.",
            "birnn-summary", _result("(summary[:n_a], summary[n_a:])")),
        mistake(
            "none_not_foreseen", _one_by_one((OWN, "lengths[i]")),
            "Without lengths your function fails. `lengths=None` is the default, and means that every sequence has all "
            "T_x steps.", "birnn-summary", _one_by_one((OWN, "(lengths - 1)[i] + 1")),
            _one_by_one((OWN, "[n for n in lengths][i]"))),
        mistake(
            "whole_numbers", _one_by_one((START, "np.zeros((rows, m), dtype=int)")),
            "The array for the summary holds whole numbers, so what lies between is cut off. `np.zeros((2 * n_a, m))` "
            "makes a floating-point one.", "birnn-summary"),
    ),
)

"""The caches of a deep network, judged by what they are for: whether the way back works with them."""

from dataclasses import dataclass

import numpy as np

from autograder.engine import Array, Entries
from autograder.engine.exercise import KIND, VALUE, Finding
from autograder.engine.nest import Missing, kind, leaves, pick
from autograder.exercises._ch12_shared import PerLayer, State, gravest
from autograder.words import say
from solutions import deep_rnn_backward

ORDER = "(layers, last_states, cell)"
LAST_STATES = PerLayer(State(Array("n_a m")))


@dataclass(frozen=True)
class Caches:
    """The third result of `deep_rnn_forward`; the case's last argument is the cell."""

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` about the caches, or None where the way back works with them."""
        if isinstance(found, Missing):
            return Finding(KIND, say("The third result is missing: the caches, which the way back needs."))
        if not isinstance(found, (tuple, list)) or len(found) != 3:
            return Finding(KIND, say("caches should be the tuple {wanted}, and is {found}.", wanted=ORDER,
                                     found=kind(found)))
        if isinstance(found[2], (np.ndarray, tuple, list, dict, str, float, int, type(None))):
            return Finding(KIND, say("caches: item 3 should be the cell; the order is {wanted}.", wanted=ORDER))
        return gravest([LAST_STATES.find("caches[1]", found[1], wanted[1], case), self._way_back(found, wanted, case)])

    def _way_back(self, found, wanted, case):
        right, mine = _gradients(wanted[0], case), _gradients(found[0], case)
        if mine is None:
            return Finding(KIND, say("caches[0] should be a list with what `cell.forward` gives as its third result, "
                                     "for each layer, the lowest first: the way back does not work with it."))
        if Entries(Array()).same(mine, right, case):
            return None
        return Finding(VALUE, say("caches[0] gives wrong gradients on the way back. It should be a list with what "
                                  "`cell.forward` gives as its third result, for each layer, the lowest first."))

    def same(self, found, other, case):
        """Whether two results are the same caches."""
        if isinstance(found, Missing) or isinstance(other, Missing):
            return isinstance(found, Missing) and isinstance(other, Missing) and found.why == other.why
        ours, theirs = dict(leaves(found, "")), dict(leaves(other, ""))
        return ours.keys() == theirs.keys() and all(_same(ours[key], theirs[key]) for key in ours)


@dataclass(frozen=True)
class AnyUnit(PerLayer):
    """The states of layers of any unit; and in the caches, where they have their form, the last states and the cell."""

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding` about the states, else one about the caches, or None."""
        if finding := super().find(name, pick(found, (0,)), wanted[0], case):
            return finding
        last, cell, given = pick(found, (2, 1)), pick(found, (2, 2)), case.args[3]
        if isinstance(cell, type(given)) and cell.name != given.name:
            return Finding(VALUE, say("caches[2] should be the cell that was given, and is {name}.", name=cell.name))
        in_form = isinstance(last, (list, tuple)) and len(last) == len(wanted[2][1])
        return LAST_STATES.find("caches[1]", last, wanted[2][1], case) if in_form else None

    def same(self, found, other, case):
        """Whether two results agree in the states, and in the last states and the cell where both have them."""
        if not super().same(pick(found, (0,)), pick(other, (0,)), case):
            return False
        (one, its), (two, others) = ((pick(each, (2, 1)), pick(each, (2, 2))) for each in (found, other))
        cells = {cell.name for cell in (its, others) if isinstance(cell, type(case.args[3]))}
        lists = isinstance(one, (list, tuple)) and isinstance(two, (list, tuple))
        return len(cells) < 2 and (not lists or LAST_STATES.same(one, two, case))


def _gradients(layers, case):
    """Return the gradients that the way back makes with these caches, or None where it does not work."""
    x, a0, parameters, cell = case.args
    da = np.cos(np.arange(x.shape[0] * parameters["Wya"].shape[1] * x.shape[2], dtype=float))
    da = da.reshape(x.shape[0], -1, x.shape[2])
    if not isinstance(layers, (list, tuple)) or len(layers) != len(a0):
        return None
    try:
        with np.errstate(all="ignore"):
            gradients = deep_rnn_backward(da, (list(layers), [], cell))
            return {name: np.asarray(value, dtype=float) for name, value in gradients.items() if name != "da0"}
    except Exception:  # whatever stands in them, it is not what was asked for
        return None


def _same(one, other):
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.shape == other.shape and bool(np.allclose(one, other, rtol=2e-5, atol=1e-6, equal_nan=True))
    return isinstance(one, np.ndarray) == isinstance(other, np.ndarray) and (one is None) == (other is None)

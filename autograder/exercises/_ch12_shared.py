"""What the exercises of chapter 12 share: networks of several layers, and comparing what has a part for each."""

from dataclasses import dataclass

import numpy as np

from autograder.engine import Array, Gradient
from autograder.engine.compare import wrong_kind
from autograder.engine.exercise import KIND, Comparison, Finding
from autograder.engine.nest import Missing, kind, pick
from autograder.exercises.inputs import draw, draw_state, sizes_for
from autograder.exercises.mistakes import mistakes_in
from autograder.words import say
from solutions import GRU, LSTM, RNN

CHAPTER = "12_deep_rnns"
mistake = mistakes_in(CHAPTER)


def gravest(findings):
    """Return the finding that is told first, or None."""
    return min(filter(None, findings), key=lambda finding: finding.rank, default=None)


def draw_network(rng, cell, n, n_layers):
    """Draw the first states and the parameters of a network; no bias is zero."""
    shapes, a0, n_below = {}, [], n["n_x"]
    for layer in range(1, n_layers + 1):
        n_a = n[f"n_a[{layer}]"]
        shapes |= {f"{name}[{layer}]": value.shape for name, value in cell.initialize(n_below, n_a, rng).items()}
        a0.append(draw_state(rng, cell, {"n_a": n_a, "m": n["m"]}))
        n_below = n_a
    shapes |= {"Wya": (n["n_y"], n_below), "by": (n["n_y"], 1)}
    return a0, draw(rng, shapes)


def network_inputs(rng):
    """Return the arguments of `deep_rnn_forward` with sizes and labels: depths, units, the edges."""
    kinds = [(RNN, 3, ""), (RNN, 2, ""), (RNN, 1, "one layer"), (RNN, 2, "m = 1"), (RNN, 3, "T_x = 1"),
             (GRU, 2, "cell = GRU"), (LSTM, 2, "cell = LSTM")]
    fixed = [{}, {}, {}, {"m": 1}, {"T_x": 1}, {}, {}]
    inputs = []
    for (cell, n_layers, label), special in zip(kinds, fixed, strict=True):
        names = " ".join(["T_x n_x n_y m", *(f"n_a[{layer}]" for layer in range(1, n_layers + 1))])
        (_, n), = sizes_for(rng, names, special, count=0)
        inputs.append((*_arguments(rng, cell, n, n_layers), label))
    size = int(rng.integers(3, 6))
    equal = {"T_x": 6, "n_x": size, "n_a[1]": size, "n_a[2]": size, "n_a[3]": size, "m": size, "n_y": 7}
    return [*inputs, (*_arguments(rng, RNN, equal, 3), "all layers and n_x and m of one size")]


def _arguments(rng, cell, n, n_layers):
    a0, parameters = draw_network(rng, cell, n, n_layers)
    return (rng.standard_normal((n["T_x"], n["n_x"], n["m"])), a0, parameters, cell), n


@dataclass(frozen=True)
class PerLayer:
    """A list with one item for each layer; equal layers may be stacked into one array.

    Parameters
    ----------
    compare : Comparison
        How an item is compared.
    """

    compare: Comparison

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding` among the layers, or None."""
        if isinstance(found, Missing):
            return Finding(KIND, wrong_kind(name, found))
        layers = self._layers(found)
        if layers is None or len(layers) != len(wanted):
            return Finding(KIND, say("{name} should be a list of {count}, one array for each layer, and is {kind}.",
                                     name=name, count=len(wanted), kind=kind(found)))
        return gravest(self.compare.find(f"{name}[{place}]", mine, right, case)
                       for place, (mine, right) in enumerate(zip(layers, wanted, strict=True)))

    def same(self, found, other, case):
        """Whether two results agree in every layer."""
        if isinstance(found, Missing) or isinstance(other, Missing):
            return isinstance(found, Missing) and isinstance(other, Missing) and found.why == other.why
        ours, theirs = self._layers(found), self._layers(other)
        if ours is None or theirs is None:
            return kind(found) == kind(other) and _alike(found, other)
        return len(ours) == len(theirs) and all(
            self.compare.same(one, two, case) for one, two in zip(ours, theirs, strict=True))

    def _layers(self, found):
        if isinstance(found, np.ndarray) and found.ndim > len(self.compare.axes.split()):
            found = list(found)
        return found if isinstance(found, (list, tuple)) else None


def _alike(one, other):
    return isinstance(one, np.ndarray) == isinstance(other, np.ndarray) and (
        not isinstance(one, np.ndarray) or bool(np.allclose(one, other, equal_nan=True)))


@dataclass(frozen=True)
class State:
    """The state of a layer: an array, or the pair (a, c) of an LSTM.

    Parameters
    ----------
    compare : Array
        How an array is compared.
    """

    compare: Array

    @property
    def axes(self):
        """Names of the axes of an array."""
        return self.compare.axes

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding`, or None."""
        if not isinstance(wanted, tuple):
            return self.compare.find(name, found, wanted, case)
        if len(found if isinstance(found, (tuple, list)) else np.shape(found)) != 2 + isinstance(found, np.ndarray):
            return Finding(KIND, say("{name} should be the pair (a, c) of an LSTM, and is {kind}.", name=name,
                                     kind=kind(found)))
        return gravest(self.compare.find(f"{name}[{place}]", found[place], wanted[place], case) for place in (0, 1))

    def same(self, found, other, case):
        """Whether two states agree."""
        pairs = [isinstance(each, (tuple, list)) for each in (found, other)]
        if all(pairs):
            return len(found) == len(other) and all(
                self.compare.same(one, two, case) for one, two in zip(found, other, strict=True))
        return not any(pairs) and self.compare.same(found, other, case)


@dataclass(frozen=True)
class OfLayers:
    """The gradients of the parameters of the topmost layer, or of all the layers below it.

    Parameters
    ----------
    topmost : bool
    """

    topmost: bool

    def _counts(self, key, n_layers):
        layer = str(key).rpartition("[")[2].removesuffix("]")
        return str(key).startswith("d") and layer.isdigit() and (int(layer) == n_layers) == self.topmost

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding` among these gradients, or None."""
        n_layers = len(wanted["da0"])
        return gravest(Gradient("rows columns").find(key, pick(found, (key,)), value, case)
                       for key, value in wanted.items() if self._counts(key, n_layers))

    def same(self, found, other, case):
        """Whether two results have the same gradients of these layers, under the same names."""
        if not isinstance(found, dict) or not isinstance(other, dict):
            return type(found) is type(other)
        n_layers = len(case.args[1][0])
        return set(found) - {"dx", "da0"} == set(other) - {"dx", "da0"} and all(
            Gradient().same(found[key], other[key], case) for key in found if self._counts(key, n_layers))

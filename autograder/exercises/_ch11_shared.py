"""What the exercises of chapter 11 share: units, padded batches, and the comparison of sequences of many lengths."""

from dataclasses import dataclass

import numpy as np

from autograder.engine import Array
from autograder.exercises.inputs import draw, draw_state, equal_sizes, sizes_for
from autograder.exercises.mistakes import mistakes_in, whole_mistakes_in
from solutions import GRU, LSTM, RNN

CHAPTER = "11_bidirectional_rnn"
DIRECTIONS = "forward", "backward"
mistake, whole = mistakes_in(CHAPTER), whole_mistakes_in(CHAPTER)


def draw_lengths(rng, T_x, m):
    """Draw how long each example is: from one step to all T_x; a single example has some padding."""
    if m == 1:
        return np.array([max(1, T_x - 2)])
    return rng.permutation(np.linspace(1, T_x, m).round().astype(int))


def draw_parameters(rng, cell, n):
    """Draw the parameters of both units and of the output layer; no bias is zero."""
    shapes = {name: value.shape for name, value in cell.initialize(n["n_x"], n["n_a"], rng).items()}
    drawn = {f"{name}[{label}]": shape for label in DIRECTIONS for name, shape in shapes.items()}
    drawn |= {"Wya": (n["n_y"], 2 * n["n_a"]), "by": (n["n_y"], 1)}
    return draw(rng, drawn)


def network_inputs(rng):
    """Return the arguments of `birnn_forward`, sizes, a label and a kind: "plain", "padded" or "other cells"."""
    together, equal = equal_sizes("n_x n_a m", int(rng.integers(3, 6)))
    drawn = [*sizes_for(rng, "T_x n_x n_a n_y m", {"m": 1}, {"T_x": 1}, {"T_x": 1, "m": 1}, {"n_x": 1}, count=4),
             (together, {"T_x": 7, **equal, "n_y": 8})]
    kinds = [(RNN, False), (RNN, True), (GRU, False), (LSTM, True), (RNN, True), (RNN, False), (RNN, False),
             (RNN, False), (RNN, False)]
    inputs = []
    for (label, n), (cell, padded) in zip(drawn, kinds, strict=True):
        label = label if cell is RNN else f"cell = {cell.name}"
        if padded:
            label = ", ".join(filter(None, (label, "with padding")))
        lengths = draw_lengths(rng, n["T_x"], n["m"]) if padded else None
        x = rng.standard_normal((n["T_x"], n["n_x"], n["m"]))
        a0 = draw_state(rng, cell, n), draw_state(rng, cell, n)
        kind = "other cells" if cell is not RNN else "padded" if padded else "plain"
        inputs.append(((x, a0, draw_parameters(rng, cell, n), cell, lengths), n, label, kind))
    return inputs


@dataclass(frozen=True)
class OwnSteps(Array):
    """Sequences compared up to their lengths, the last argument of the case: what stands behind does not count.

    Parameters
    ----------
    behind : bool
        Whether it is the padding that counts, and nothing else.
    """

    behind: bool = False

    def find(self, name, found, wanted, case):
        """Return the gravest finding about what counts, or None."""
        return super().find(name, self._counted(found, case, wanted), wanted, case)

    def same(self, found, other, case):
        """Whether two results agree in what counts."""
        return super().same(self._counted(found, case), self._counted(other, case), case)

    def _counted(self, found, case, filler=0.0):
        """Return the result with `filler` where it does not count; as it is where its shape is another one."""
        (T_x, _, m), lengths = case.args[0].shape, case.args[-1]
        try:
            array = np.array(found)
        except ValueError:  # a ragged list
            return found
        fits = array.ndim == 3 and array.shape[::2] == (T_x, m) and np.shape(filler) in ((), array.shape)
        if lengths is None or array.dtype.kind not in "fiub" or not fits:
            return found
        left_out = (np.arange(T_x)[:, np.newaxis, np.newaxis] >= lengths) != self.behind
        return np.where(left_out, np.asarray(filler, array.dtype), array)

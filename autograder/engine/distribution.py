"""Judging draws as what they are: a sample from a distribution, with a known rate of false alarms."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.engine.exercise import KIND, VALUE, Finding
from autograder.engine.nest import Missing, kind
from autograder.words import say

FALSE_ALARM = 1e-9  # a right sampler fails this seldom, over all seeds


@dataclass(frozen=True)
class Draws:
    """Many draws, compared with the exact probabilities they should follow.

    Parameters
    ----------
    category : callable
        ``category(result) -> int``: which outcome one call drew; raises ValueError or TypeError where the result
        is not a draw at all.
    exact : callable
        ``exact(case) -> (K,) array``: the true probabilities of the K outcomes.
    what : str
        What one result should be, for messages.
    """

    category: Callable
    exact: Callable
    what: str

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` if the draws cannot come from the exact distribution, or None."""
        probabilities = np.asarray(self.exact(case))
        counts = self._counts(found, len(probabilities))
        if isinstance(counts, Missing):
            return Finding(KIND, say("{name}: each call should give {what}, and gave {kind}.", name=name,
                                     what=say(self.what), kind=counts.why))
        evidence = counts.sum() * divergence(counts / counts.sum(), probabilities)
        if evidence.max() <= np.log(2 * len(probabilities) / FALSE_ALARM):
            return None
        worst = int(np.argmax(evidence))
        return Finding(VALUE, say(
            "{name}: of {total} draws {count} were outcome {worst}; the model's probability {p:.4f} makes {mean:.0f} "
            "likely.", name=name, total=int(counts.sum()), count=int(counts[worst]), worst=worst,
            p=float(probabilities[worst]), mean=float(counts.sum() * probabilities[worst])))

    def same(self, found, other, case):
        """Whether two samples may come from one distribution."""
        size = len(self.exact(case))
        one, two = self._counts(found, size), self._counts(other, size)
        if isinstance(one, Missing) or isinstance(two, Missing):
            return isinstance(one, Missing) and isinstance(two, Missing) and one.why == two.why
        p, q = one / one.sum(), two / two.sum()
        middle = (one + two) / (one.sum() + two.sum())
        evidence = one.sum() * divergence(p, middle) + two.sum() * divergence(q, middle)
        return bool(evidence.max() <= np.log(2 * size / FALSE_ALARM))

    def _counts(self, found, size):
        if not isinstance(found, list) or not found:
            return Missing(kind(found))
        try:
            drawn = [int(self.category(result)) for result in found]
        except (TypeError, ValueError, IndexError, KeyError):
            return Missing(kind(found[0]))
        if min(drawn) < 0 or max(drawn) >= size:
            return Missing(say("{outcome}, which is outside of 0 … {last}", outcome=max(drawn, key=abs), last=size - 1))
        return np.bincount(drawn, minlength=size)


def divergence(observed, probabilities):
    """Kullback-Leibler divergence of each outcome's share from its probability, as for a biased coin.

    With N independent draws, N times this exceeds ``log(2 K / alpha)`` for any of K outcomes with probability at
    most alpha (Chernoff's bound with a union bound; exact for every N, no approximation).

    Parameters
    ----------
    observed, probabilities : (K,) array
        Shares and probabilities, in [0, 1].

    Returns
    -------
    (K,) array
        In nats; infinite where something impossible was observed.
    """
    def part(p, q):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(p > 0, p * np.log(p / q), 0.0)

    observed = np.asarray(observed, dtype=np.float64)
    probabilities = np.asarray(probabilities, dtype=np.float64)
    return part(observed, probabilities) + part(1 - observed, 1 - probabilities)

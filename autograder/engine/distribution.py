"""Judging draws as what they are: a sample from a distribution, with a known rate of false alarms.

Three comparisons, all for cases that repeat their call:

``Draws``          the shares of the outcomes agree with the exact probabilities;
``Certain``        a planted distribution leaves a single outcome, and every call gives it;
``FromGenerator``  chance comes from the generator that was given, and from nowhere else.

None of them looks at which random numbers a function takes from its generator, or how many.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.engine.evidence import divergence, limit, may_be_one
from autograder.engine.exercise import KIND, VALUE, Finding, Seed
from autograder.engine.nest import Missing, kind
from autograder.words import say

SOME = 10  # so many draws are no accident: who never draws what is impossible, or anything else, makes another mistake
RARE = 0.05  # an outcome less likely than this is not hit by chance by a function that always draws the same


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
    outcome : callable
        ``outcome(number, case) -> str``: an outcome in words, for messages.
    """

    category: Callable
    exact: Callable
    what: str
    outcome: Callable = lambda number, case: str(number)

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` if the draws cannot come from the exact distribution, or None."""
        probabilities = np.asarray(self.exact(case), dtype=np.float64)
        counts = self._counts(found, len(probabilities))
        if isinstance(counts, Missing):
            return _unreadable(name, self.what, counts)
        total = counts.sum()
        evidence = total * divergence(counts / total, probabilities)
        if evidence.max() <= limit(len(probabilities)):
            return None
        worst = int(np.argmax(evidence))
        told = {"name": name, "count": int(counts[worst]), "total": int(total), "outcome": self.outcome(worst, case)}
        if not probabilities[worst] > 0:
            return Finding(VALUE, say("{name}: {count} of {total} draws gave {outcome}, which is impossible here: its "
                                      "probability is 0.", **told))
        told |= {"p": float(probabilities[worst]), "mean": float(total * probabilities[worst])}
        if told["mean"] < 1:
            return Finding(VALUE, say("{name}: {count} of {total} draws gave {outcome}, whose probability is only "
                                      "{p:.2g}.", **told))
        return Finding(VALUE, say("{name}: {count} of {total} draws gave {outcome}, whose probability is {p:.2g}; "
                                  "about {mean:.0f} are to be expected.", **told))

    def same(self, found, other, case):
        """Whether two samples may come from one distribution.

        Two functions that always draw the same are alike too, whatever possible outcome it is (generators that
        are seeded inside with different numbers): unless one of them draws the likeliest one, and that is rare.
        One that always draws the same is not like one that draws something else now and then.
        """
        probabilities = np.asarray(self.exact(case))
        one, two = self._counts(found, len(probabilities)), self._counts(other, len(probabilities))
        if isinstance(one, Missing) or isinstance(two, Missing):
            return _equally_missing(one, two)
        stuck = [int(counts.argmax()) for counts in (one, two) if np.count_nonzero(counts) == 1]
        if len(stuck) == 2 and one.sum() > 1:
            by_chance = probabilities.max() > RARE or probabilities.argmax() not in stuck
            return stuck[0] == stuck[1] or bool(by_chance and (probabilities[stuck] > 0).all())
        if stuck and max(counts.sum() - counts.max() for counts in (one, two)) > SOME:
            return False
        impossible = sorted(int(counts[probabilities == 0].sum()) for counts in (one, two))
        return not (impossible[0] == 0 and impossible[1] > SOME) and may_be_one(one, two)

    def _counts(self, found, size):
        """Count the outcomes; or tell of the first result that is none."""
        drawn = _read(self.category, found)
        if isinstance(drawn, Missing):
            return drawn
        outside = [number for number in drawn if not 0 <= number < size]
        if outside:
            return Missing(say("{number}, outside of 0 … {last}", number=max(outside), last=size - 1))
        return np.bincount(drawn, minlength=size)


@dataclass(frozen=True)
class Certain:
    """Draws from a planted distribution that leaves a single outcome: every call must give it.

    A function that draws at random where nothing is left to chance gives varying results, and is like any other
    that does: how it draws is for :class:`Draws` to say.

    Parameters
    ----------
    read : callable
        ``read(result) -> list or number``: a result in its simplest form; raises ValueError or TypeError where it
        is none.
    what : str
        What one result should be, for messages.
    first : int, optional
        Compare the first items only.
    """

    read: Callable
    what: str
    first: int | None = None

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` about the first call that did not give what it must, or None."""
        mine, right = self._results(found), self._results(wanted)[0]
        if isinstance(mine, Missing):
            return _unreadable(name, self.what, mine)
        wrong = next((result for result in mine if result != right), None)
        if wrong is None:
            return None
        return Finding(VALUE, say("{name}: yours {wrong}, expected {right}. (The model of this case leaves nothing to "
                                  "chance.)", name=name, wrong=wrong, right=right))

    def same(self, found, other, case):
        """Whether two functions always gave the same, or both gave now this, now that."""
        one, two = self._results(found), self._results(other)
        if isinstance(one, Missing) or isinstance(two, Missing):
            return _equally_missing(one, two)
        if _varies(one) or _varies(two):
            return _varies(one) and _varies(two)
        return one[0] == two[0]

    def _results(self, found):
        results = _read(self.read, found)
        return results if self.first is None or isinstance(results, Missing) else [r[:self.first] for r in results]


@dataclass(frozen=True)
class FromGenerator:
    """Chance comes from the generator alone: the same state gives the same result, and going on gives others.

    For cases whose generator begins again in each call, ``Seed(value, again=True)``, and for cases whose generator
    goes on, where so many outcomes are possible that all calls cannot give the same.

    Parameters
    ----------
    read : callable
        As for :class:`Certain`.
    what : str
        What one result should be, for messages.
    """

    read: Callable
    what: str

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` if results vary that must not, or do not vary that must; or None."""
        results = _read(self.read, found)
        if isinstance(results, Missing):
            return _unreadable(name, self.what, results)
        again = any(isinstance(argument, Seed) and argument.again for argument in case.args)
        if _varies(results) != again:
            return None
        if not again:
            return Finding(VALUE, say("{name}: {count} calls with a generator that goes on all gave {one}.", name=name,
                                      count=len(results), one=results[0]))
        other = next(result for result in results if result != results[0])
        return Finding(VALUE, say("{name}: it gave {one} at first, and {other} when it was called again with the "
                                  "generator in the same state.", name=name, one=results[0], other=other))

    def same(self, found, other, case):
        """Whether the results of both functions vary, or of neither."""
        one, two = _read(self.read, found), _read(self.read, other)
        if isinstance(one, Missing) or isinstance(two, Missing):
            return _equally_missing(one, two)
        return _varies(one) == _varies(two)


def _read(read, found):
    """Every result in its simplest form; or a :class:`Missing` that describes the first that has none."""
    if not isinstance(found, list) or not found:
        return found if isinstance(found, Missing) else Missing(kind(found))
    results = []
    for result in found:
        try:
            results.append(read(result))
        except (TypeError, ValueError, IndexError, KeyError, OverflowError):  # int(inf), for one
            return Missing(_described(result))
    return results


def _described(result):
    if isinstance(result, (list, tuple)) and result:
        items = ", ".join(dict.fromkeys(kind(item) for item in result))
        return say("{kind} that holds {items}", kind=kind(result), items=items if len(items) < 80 else items[:79] + "…")
    return kind(result)


def _unreadable(name, what, missing):
    if missing.why == "None":
        return Finding(KIND, say("The function returned None: is the return statement missing?"))
    return Finding(KIND, say("{name}: each call should give {what}, and gave {found}.", name=name, what=say(what),
                             found=missing.why))


def _equally_missing(one, two):
    return isinstance(one, Missing) and isinstance(two, Missing) and one.why == two.why


def _varies(results):
    return any(result != results[0] for result in results)

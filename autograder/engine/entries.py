"""Comparing a dict of arrays whose keys differ from case to case."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.engine.compare import wrong_kind
from autograder.engine.exercise import FINITE, KIND, Comparison, Finding
from autograder.engine.nest import Missing, kind, pick
from autograder.words import say


@dataclass(frozen=True)
class Entries:
    """A dict with the keys that are wanted and no others; all its entries are compared in one way.

    Parameters
    ----------
    compare : Comparison
        How an entry is compared.
    called : str
        What a message calls the dict, where the part's name says something else.
    """

    compare: Comparison
    called: str = ""

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding` among the entries, or None when `found` is right."""
        name = say(self.called) if self.called else name
        if not isinstance(found, Mapping):
            found = found if isinstance(found, Missing) else Missing(("dict", kind(found), next(iter(wanted))))
            return Finding(KIND, wrong_kind(name, found))
        more = [key for key in found if key not in wanted]
        if more:
            return Finding(KIND, say("{name} has a key {key!r}, which was not asked for; the keys are {keys}.",
                                     name=name, key=more[0], keys=", ".join(map(repr, wanted))))
        findings = [self.compare.find(f"{name}[{key!r}]", pick(found, (key,)), value, case)
                    for key, value in wanted.items()]
        finding = min(filter(None, findings), key=lambda finding: finding.rank, default=None)
        if finding and finding.rank == FINITE and case.label:
            return Finding(FINITE, say("{fact} (case: {label})", fact=finding.text, label=say(case.label)))
        return finding

    def same(self, found, other, case):
        """Whether two results have the same keys and agree in every entry."""
        if not (isinstance(found, Mapping) and isinstance(other, Mapping)):
            return type(found) is type(other) and not isinstance(found, Missing)
        return set(found) == set(other) and all(self.compare.same(found[key], other[key], case) for key in found)

"""From one call to the rows of its table: every array by name, with its axes, its meaning, and what contradicts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from autograder.engine.nest import kind
from autograder.shapes.axes import Sizes, written
from autograder.shapes.docstrings import Described, described, has_several_units
from autograder.shapes.symbols import symbol
from autograder.words import say

MOST = 40  # entries of a dict that are shown
DEEP, LOOKED_AT = 3, 20  # how far a list is searched for arrays


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Parameters
    ----------
    name : str
        As code: ``parameters["Wax"]``.
    shape : str
        ``(n_a, m) = (5, 10)``, or what it is instead of an array.
    meaning : str
    remark : str
        What contradicts its docstring or its name; empty where nothing does.
    """

    name: str
    shape: str
    meaning: str = ""
    remark: str = ""


class Rows:
    """The rows of one call: ``arguments``, ``inside`` and ``results``, and the ``sizes`` of the named axes.

    Parameters
    ----------
    function : callable
    seen : Seen
    """

    def __init__(self, function, seen):
        told = described(function, "Parameters")
        by_name = {item.name: item for item in told}
        arguments = [(name, value, by_name.get(name, Described(name))) for name, value in seen.arguments.items()]
        items = described(function, "Returns")
        results = [] if seen.outcome.raised else _paired(items, seen.returned)
        self._several = has_several_units(function)
        self.sizes, self._names = Sizes(free=("n_a",) if self._several else ()), {}
        in_order = sorted(arguments, key=lambda given: not isinstance(given[1], Mapping))  # weights are mostly right
        for name, value, item in in_order + results:
            self._learn(name, value, item)
        self._remember(arguments)
        self.arguments = [row for given in arguments for row in self._rows(*given)]
        self.inside = self._inside(seen.inside, {item.name: item for item in [*items, *told]},
                                   {(name, id(value)) for name, value, _ in results})
        self._remember(results)
        self.results = [row for given in results for row in self._rows(*given)]
        if results and len(results) < len(items):
            names = ", ".join(item.name for item in items)
            self.results[0] = replace(self.results[0], remark=say(
                "its docstring names {count} results: {names}", count=len(items), names=names))

    def _learn(self, name, value, item):
        if isinstance(value, np.ndarray):
            forms, sure, _ = self._known(item)
            if sure and len(forms) == 1:
                self.sizes.learn(forms[0], value.shape, name)
        elif isinstance(value, Mapping):
            for key, entry, told in _entries(value, item):
                self._learn(_entry_name(name, key), entry, told)

    def _known(self, item):
        """Return the forms that an array may have, whether they are sure, its meaning: docstring's or symbol's."""
        name = symbol(item.name)
        if item.forms:
            return item.forms, True, item.meaning or (name.meaning if name else "")
        if name is None:
            return (), False, item.meaning
        return name.forms, name.sure and item.by_name and not self._several, item.meaning or name.meaning

    def _remember(self, named):
        """Keep under which name an object, or an entry of a dict, is known already."""
        for name, value, _ in named:
            self._names.setdefault(id(value), name)
            if isinstance(value, Mapping):
                for key, entry in value.items():
                    self._names.setdefault(id(entry), _entry_name(name, key))

    def _inside(self, local, told, results):
        """Rows of what the function has inside: not again what stands above or below under the same name."""
        rows, taken_out = [], []
        for name, value in local.items():
            known = self._names.get(id(value), name)
            if self.sizes.contradicts(name, value):
                rows.append(Row(name, str(value), "", say("{name} is {size} in {source}", name=name,
                                                          size=self.sizes.value(name),
                                                          source=self.sizes.source(name))))
            if not _has_arrays(value) or (known == name and id(value) in self._names) or (name, id(value)) in results:
                continue
            if known == _entry_name(known.partition("[")[0], name):
                taken_out.append(name)
                continue
            item = told.get(name, Described(name))
            known_forms = symbol(name).forms if symbol(name) else ()
            item = replace(item, forms=item.forms and (*item.forms, *known_forms))
            found = self._rows(name, value, item)
            if known != name and found:
                found = [replace(found[0], meaning=say("The same array as {known}", known=known)), *found[1:]]
            rows += found
            self._remember([(name, value, item)])
        if taken_out:
            rows.insert(0, Row(", ".join(taken_out), "…", say("Taken out of the dictionary, each under its own name")))
        return rows

    def _rows(self, name, value, item):
        if isinstance(value, Mapping) and (item.entries or _has_arrays(value)):
            rows = [row for key, entry, told in islice(_entries(value, item), MOST)
                    for row in self._rows(_entry_name(name, key), entry, told)]
            more = len(value) - MOST
            return [*rows, Row(name, say("and {count} entries more", count=more))] if more > 0 else rows
        if isinstance(value, np.ndarray):
            return [self._array(name, value.shape, item)]
        shape = self._list(value) if isinstance(value, (list, tuple)) else _plain(value)
        remark = say("its docstring says an array {axes}", axes=written(item.forms[0])) if (
            item.forms and not _has_arrays(value) and value is not None) else ""
        return [Row(name, shape, self._inner_names(value) or item.meaning, remark)]

    def _array(self, name, shape, item):
        forms, sure, meaning = self._known(item)
        for axes in forms:
            if self.sizes.fits(axes, shape):
                return Row(name, f"{written(axes)} = {written(shape)}", meaning)
        if forms and sure:
            return Row(name, written(shape), meaning, self._contradiction(item, forms, shape))
        return Row(name, self._by_size(shape), item.meaning)

    def _by_size(self, shape):
        axes = self.sizes.named(shape)
        return written(shape) if axes == tuple(map(str, shape)) else f"{written(axes)} = {written(shape)}"

    def _contradiction(self, item, forms, shape):
        source = say("its docstring says") if item.forms else say("by its name it is")
        near = next((form for form in forms if len(form) == len(shape)), None)
        axes = written(near) if near else say(" or ").join(map(written, dict.fromkeys(forms)))
        if near is None:
            told = say("{source} {axes}, and it has 1 axis") if len(shape) == 1 else say(
                "{source} {axes}, and it has {count} axes")
            return told.format(source=source, axes=axes, count=len(shape))
        sizes = dict(zip(near, shape, strict=True))
        differing = {axis: say("{axis} is {size} here, and {known} {where}", axis=axis, size=sizes[axis],
                               known=self.sizes.value(axis), where=self._where(axis))
                     for axis in self.sizes.differing(near, shape)}
        if len(shape) == 2 and self.sizes.fits(near, shape[::-1]):
            differing[""] = say("its transpose would fit")
        return say("{source} {axes}: {differing}", source=source, axes=axes, differing="; ".join(differing.values()))

    def _where(self, axis):
        source = self.sizes.source(axis)
        return say("in {source}", source=source) if source else say("by the other arrays")

    def _list(self, value):
        shapes = {item.shape for item in value if isinstance(item, np.ndarray)}
        if len(shapes) == 1 and all(isinstance(item, np.ndarray) for item in value):
            return say("{kind}, each {shape}", kind=kind(value), shape=self._by_size(shapes.pop()))
        return kind(value)

    def _inner_names(self, value):
        """Names of the parts of a tuple, where all are known: what a cache holds."""
        if not isinstance(value, tuple) or not value:
            return ""
        names = [self._names.get(id(part)) for part in value]
        return say("Holds {names}", names=", ".join(names)) if all(names) else ""


def _paired(items, value):
    """Return (name, value, Described) for each result; one alone where the docstring names another number."""
    if len(items) > 1 and isinstance(value, (tuple, list)) and len(value) == len(items):
        return [(item.name, part, item) for item, part in zip(items, value, strict=True)]
    item = items[0] if len(items) == 1 else Described("")
    return [(item.name or say("result"), value, item)]


def _entries(value, item):
    """Yield (key, entry, Described) for each entry of a dict."""
    for key, entry in value.items():
        axes = item.entries.get(key)
        yield key, entry, Described(str(key), forms=(axes,) if axes else (), by_name=item.by_name)


def _entry_name(name, key):
    return f'{name}["{key}"]' if isinstance(key, str) else f"{name}[{key!r}]"


def _has_arrays(value, depth=DEEP):
    if isinstance(value, Mapping):
        value = list(islice(value.values(), LOOKED_AT))
    if isinstance(value, (list, tuple)):
        return depth > 0 and any(_has_arrays(item, depth - 1) for item in value[:LOOKED_AT])
    return isinstance(value, np.ndarray)


def _plain(value):
    if isinstance(value, (bool, int, float, np.number)):
        return f"{value:g}" if isinstance(value, (float, np.floating)) else str(value)
    return kind(value)

"""Comparing one output with what is wanted, and saying where and how it differs.

An axis whose name starts with ``T`` is time: along it a difference has a first step.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from autograder.engine.exercise import DTYPE, FINITE, KIND, SHAPE, VALUE, Finding
from autograder.engine.nest import Missing, count, kind, pick
from autograder.words import say

RTOL = 2e-5  # of the largest wanted magnitude: a right answer in 32-bit passes, no mistake we know does
ATOL = 1e-8
LISTED = 5  # wrong indices along an axis that are told one by one; of more, only how many numbers are wrong


@dataclass(frozen=True)
class Array:
    """A floating-point array (or a plain number, with no axes), compared whole.

    Parameters
    ----------
    axes : str
        Names of the axes in order, ``"T_x n_a m"``; ``""`` for a number.
    rtol, atol : float
        Allowed difference: ``atol + rtol * max |wanted|``.
    kinds : str
        Accepted numpy dtype kinds; ``"f"`` wants floating point, ``"fiub"`` any real number.
    """

    axes: str = ""
    rtol: float = RTOL
    atol: float = ATOL
    kinds: str = "f"

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding` about `found`, or None when it is right."""
        array = _as_array(found)
        if isinstance(array, Missing):
            return Finding(KIND, wrong_kind(name, array))
        wanted, names = np.asarray(wanted), self.axes.split()
        if wanted.ndim == 0 and isinstance(found, (list, tuple)):
            return Finding(KIND, say("{name} should be a number, and is {kind}.", name=name, kind=kind(found)))
        if wanted.ndim == 0 and array.size == 1:
            array = array.reshape(())
        if array.shape != wanted.shape:
            return Finding(SHAPE, _wrong_shape(name, array.shape, wanted.shape, names, case.sizes))
        if array.dtype.kind not in self.kinds:
            return Finding(DTYPE, _wrong_dtype(name, array.dtype, self.kinds))
        if not np.isfinite(array).all():
            return Finding(FINITE, _not_finite(name, array))
        array, wanted = (each.astype(int) if each.dtype.kind == "b" else each for each in (array, wanted))
        agree = self._agree(array, wanted)
        if agree.all():
            return None
        return Finding(VALUE, partial(_divergence, name, array, wanted, ~agree, names, case))

    def same(self, found, other, case):
        """Whether two results are the same: also in what is wrong with them."""
        found, other = _as_array(found), _as_array(other)
        if isinstance(found, Missing) or isinstance(other, Missing):
            return isinstance(found, Missing) and isinstance(other, Missing) and found.why == other.why
        if found.shape != other.shape or (found.dtype.kind in self.kinds) != (other.dtype.kind in self.kinds):
            return False
        if found.dtype.kind not in "fiubc" or other.dtype.kind not in "fiubc":
            return False
        return bool(self._agree(found, other).all())

    def _agree(self, found, wanted):
        finite = np.abs(wanted[np.isfinite(wanted)]) if wanted.size else wanted
        scale = finite.max() if finite.size else 0.0
        kind = complex if "c" in (found.dtype.kind, wanted.dtype.kind) else float
        with np.errstate(all="ignore"):
            near = np.abs(np.subtract(found, wanted, dtype=kind)) <= self.atol + self.rtol * scale
        return near if near.all() else near | (np.isnan(found) & np.isnan(wanted)) | (found == wanted)


@dataclass(frozen=True)
class Gradient(Array):
    """An :class:`Array` of derivatives: of a wrong one it is told too what a gradient check says."""

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding` about `found`, with the relative difference where values differ."""
        finding = super().find(name, found, wanted, case)
        if finding is None or finding.rank != VALUE:
            return finding
        return Finding(VALUE, lambda: f"{finding.text} {_gradient_check(name, np.asarray(found), np.asarray(wanted))}")


def _gradient_check(name, found, wanted):
    difference, size = np.linalg.norm(found - wanted), np.linalg.norm(found) + np.linalg.norm(wanted)
    return say("Gradient check of {name}: relative difference {difference:.2g}; a right gradient gives less "
               "than 1e-7.", name=name, difference=float(difference / size))


@dataclass(frozen=True)
class Exact:
    """A result that is equal or not: whole numbers, words, lists and dicts of them.

    Parameters
    ----------
    what : str
        What it is, for the message when the kind is wrong: ``"a list of token numbers"``.
    ordered : bool
        Whether a first place of difference is told.
    whole : bool
        Whether 3.0 will not do for 3: what is wanted are indices.
    """

    what: str
    ordered: bool = True
    whole: bool = False

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` about `found`, or None when it equals `wanted`."""
        if isinstance(found, Missing):
            return Finding(KIND, wrong_kind(name, found))
        if _far_larger(found, wanted):
            return Finding(KIND, say("{name} should be {what}, and is far larger.", name=name, what=say(self.what)))
        point = _with_a_point(found) if self.whole else None
        found, wanted = _simple(found), _simple(wanted)
        if found == wanted and type(found) is type(wanted):
            return None if point is None else Finding(DTYPE, say(
                "{name} holds numbers with a point, such as {point}. An index is a whole number.", name=name,
                point=point))
        if type(found) is not type(wanted):
            words = say("{name} should be {what}, and is {kind}.", name=name, what=say(self.what), kind=kind(found))
            return Finding(KIND, words)
        if case.hidden:
            return Finding(VALUE, say("{name} is not what it should be.", name=name))
        if isinstance(wanted, list) and self.ordered:
            return Finding(VALUE, _list_divergence(name, found, wanted))
        return Finding(VALUE, say("{name} is {found}; expected {wanted}.", name=name, found=_brief(found),
                                  wanted=_brief(wanted)))

    def same(self, found, other, case):
        """Whether two results are equal."""
        if isinstance(found, Missing) or isinstance(other, Missing):
            return isinstance(found, Missing) and isinstance(other, Missing) and found.why == other.why
        if _far_larger(found, other) or _far_larger(other, found):
            return False
        if self.whole and (_with_a_point(found) is None) != (_with_a_point(other) is None):
            return False
        found, other = _simple(found), _simple(other)
        return type(found) is type(other) and found == other


@dataclass(frozen=True)
class Present:
    """A result that must be there; its form is the learner's own affair."""

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` that the result is missing, or None."""
        return Finding(KIND, wrong_kind(name, found)) if isinstance(found, Missing) else None

    def same(self, found, other, case):
        """Whether both are there, or both are missing."""
        return isinstance(found, Missing) == isinstance(other, Missing)


@dataclass(frozen=True)
class Group:
    """Several outputs that earn their points together, such as the items of a cache.

    Parameters
    ----------
    members : tuple of (str, tuple, Comparison)
        Name, path below the part, and how it is compared.
    """

    members: tuple

    def find(self, name, found, wanted, case):
        """Return the gravest :class:`Finding` among the members, or None."""
        findings = [_none_there(name, label, found, path)
                    or compare.find(f"{name}: {label}", pick(found, path), pick(wanted, path), case)
                    for label, path, compare in self.members]
        return min(filter(None, findings), key=lambda finding: finding.rank, default=None)

    def same(self, found, other, case):
        """Whether two results agree in every member."""
        return all(compare.same(pick(found, path), pick(other, path), case) for _, path, compare in self.members)


def _none_there(name, label, found, path):
    """Return the finding that a part of `found` ends before `path` does, told by the item that should hold more."""
    for depth in range(len(path)):
        if isinstance(pick(found, path[:depth]), Missing):
            return None  # the part itself is not there: its comparison says so
        if isinstance(missing := pick(found, path[:depth + 1]), Missing):
            holder = name + "".join(f"[{step!r}]" for step in path[:depth])
            return Finding(KIND, _nothing_in(holder, label, missing))
    return None


def _nothing_in(holder, label, missing):
    wanted, found, step = missing.why
    if wanted == "key":
        return say("{holder}: there is no key {step!r}; the keys are {found}.", holder=holder, step=step, found=found)
    if wanted == "length":
        return say("{holder}: there are {found} items; {label} should be item {position}, counted from 1.",
                   holder=holder, found=found, label=label, position=step + 1)
    if wanted == "dict":
        return say("{holder}: there should be a dict with a key {step!r}, and there is {found}.", holder=holder,
                   step=step, found=found)
    return say("{holder}: there should be a tuple with {label} as item {position}, and there is {found}.",
               holder=holder, label=label, position=step + 1, found=found)


def _as_array(found):
    """Return the result as an array of numbers, or a :class:`Missing` that says what it is instead."""
    if isinstance(found, Missing):
        return found
    if found is None or isinstance(found, (str, bytes, dict, set)):
        return Missing(("array", kind(found), None))
    try:
        array = np.asarray(found)
    except (ValueError, TypeError, OverflowError):  # a ragged list, an integer beyond all floats
        return Missing(("array", kind(found), None))
    if array.dtype.kind not in "fiubc":
        return Missing(("array", kind(found), None))
    return array


def _far_larger(found, wanted):
    """Whether a result has so many items that looking at them is a waste of time."""
    most = 1_000 + 10 * count(wanted, 1_000_000)
    return count(found, most) >= most


def _with_a_point(found):
    """Return the text of the first floating-point number in a result, or None."""
    if isinstance(found, np.ndarray):
        found = found.ravel()[:1].tolist() if found.dtype.kind == "f" else []
    items = found if isinstance(found, (list, tuple)) else [found]
    return next((str(float(item)) for item in items if isinstance(item, (float, np.floating))), None)


def _simple(value):
    """Built-in numbers, lists and dicts for what numpy or a tuple holds; anything else as it is."""
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_simple(item) for item in value]
    if isinstance(value, dict):
        return {key if isinstance(key, tuple) else _simple(key): _simple(item) for key, item in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(value) if isinstance(value, bool) else value


def wrong_kind(name, missing):
    """Say what stands where a part should be."""
    wanted, found, step = missing.why
    if wanted == "array":
        return say("{name} should be an array of numbers, and is {found}.", name=name, found=found)
    if wanted == "key":
        return say("The result has no key {step!r}; its keys are {found}.", step=step, found=found)
    if wanted == "length":
        return say("The result has {found} items; {name} should be item {position}, counted from 1.", name=name,
                   found=found, position=step + 1)
    if found == "None":
        return say("The function returned None: is the return statement missing?")
    if wanted == "dict":
        return say("The result should be a dict with a key {step!r}, and is {found}.", step=step, found=found)
    return say("The result should be a tuple with {name} as item {position}, and is {found}.", name=name,
               position=step + 1, found=found)


def _wrong_shape(name, found, wanted, names, sizes):
    near = _one_step_off(found, wanted, names)
    return say("{name} has shape {found}; it should have shape {wanted}.", name=name,
               found=_named_shape(found, sizes, near), wanted=_named_shape(wanted, sizes, names))


def _one_step_off(found, wanted, names):
    """Return the names of the found axes where it has one step of time too many or too few, or None."""
    if not names or not names[0].startswith("T") or len(found) != len(wanted) or found[1:] != wanted[1:]:
        return None
    if abs(found[0] - wanted[0]) != 1:
        return None
    return [f"{names[0]} {'+' if found[0] > wanted[0] else '-'} 1", *names[1:]]


def _named_shape(shape, sizes, names):
    """``(5, 3) = (n_a, m)``; names are known, or recognised by their size."""
    by_size = {}
    for axis, size in sizes.items():
        by_size.setdefault(size, []).append(axis)
    if names is None:
        names = [by_size[size][0] if len(by_size.get(size, ())) == 1 else str(size) for size in shape]
        names = ["1" if size == 1 and names.count(name) > 1 else name for name, size in zip(names, shape, strict=True)]
    if not shape or all(name == str(size) for name, size in zip(names, shape, strict=True)):
        return str(shape)
    return f"{shape} = ({', '.join(names)}{',' if len(names) == 1 else ''})"


def _wrong_dtype(name, dtype, kinds):
    if "f" not in kinds:
        return say("{name} has dtype {dtype}; it should hold whole numbers. Make the array with dtype=int.", name=name,
                   dtype=dtype)
    if dtype.kind in "iub":
        return say("{name} holds whole numbers (dtype {dtype}): fractions written into it are cut off. "
                   "Make the array with a floating-point dtype.", name=name, dtype=dtype)
    return say("{name} has dtype {dtype}; it should be floating point.", name=name, dtype=dtype)


def _not_finite(name, array):
    if array.ndim == 0:
        return say("{name} is not finite: it is {value}.", name=name, value=float(array.real))
    where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
    return say("{name} is not finite: {value} at index {where}.", name=name, value=float(array[where].real),
               where=list(where))


def _divergence(name, found, wanted, bad, names, case):
    """Where it differs first, how far it is right, and in what simple relation the two stand."""
    relation = _relation(found, wanted, names, case.sizes)
    if not names:
        first = say("{name} is wrong.", name=name) if case.hidden else say(
            "{name} is {found:.6g}; expected {wanted:.6g}.", name=name, found=found.item(), wanted=wanted.item())
        return " ".join(filter(None, (first, relation)))
    backwards = names[0].startswith("T") and _right_at_end(bad)
    places = np.argwhere(bad)
    if backwards:
        last = places[:, 0].max()
        place = tuple(int(i) for i in next(p for p in places if p[0] == last))
    else:
        place = tuple(int(i) for i in places[0])
    first = say("At {at}: yours {found:.6g}, expected {wanted:.6g}.", at=_at(place, names),
                found=float(found[place].real), wanted=float(wanted[place]))
    if case.hidden:
        first = say("It differs first at {at}.", at=_at(place, names))
    return " ".join(filter(None, (_extent(name, bad, names), first, relation)))


def _at(place, names):
    """Say where: ``t = 3, n_a index 0, m index 2``; rows and columns where both axes have one name."""
    labels = ["t =" if axis.startswith("T") else say("{axis} index", axis=axis) for axis in names]
    if len(names) == 2 and names[0] == names[1]:
        labels = [say("row"), say("column")]
    return ", ".join(f"{label} {i}" for label, i, axis in zip(labels, place, names, strict=True) if axis != "1")


def _right_at_end(bad):
    steps = bad.reshape(len(bad), -1).any(axis=1)
    return len(steps) > 1 and steps[0] and not steps[-1]


def _extent(name, bad, names):
    """Say how far it is right: ``a[0] is right, from t = 1 on it is not``."""
    if names[0].startswith("T") and len(bad) > 1:
        steps = bad.reshape(len(bad), -1).any(axis=1)
        wrong = np.flatnonzero(steps)
        first, last, end = int(wrong[0]), int(wrong[-1]), len(steps) - 1
        if first > 0 and last == end:
            agree = f"{name}[0]" if first == 1 else f"{name}[0] … {name}[{first - 1}]"
            return say("{agree} right, from t = {first} on it is not.", agree=_is(agree, first), first=first)
        if first == 0 and last < end:
            agree = f"{name}[{end}]" if last == end - 1 else f"{name}[{last + 1}] … {name}[{end}]"
            if last == 0:
                return say("{agree} right, {name}[0] is not.", agree=_is(agree, end), name=name)
            return say("{agree} right, from t = {last} back to t = 0 it is not.", agree=_is(agree, end - last),
                       last=last)
        if len(wrong) == 1:
            return say("{name} is wrong at t = {first} only, of t = 0 … {end}.", name=name, first=first, end=end)
    for axis, label in enumerate(names):
        lines = bad.any(axis=tuple(i for i in range(bad.ndim) if i != axis))
        wrong = np.flatnonzero(lines)
        if len(wrong) < len(lines) and len(wrong) <= LISTED and not label.startswith("T"):
            which = ", ".join(str(i) for i in wrong)
            return say("{name} is wrong at {axis} index {which} only.", name=name, axis=label, which=which)
    share = int(bad.sum())
    if share == bad.size:
        return say("{name} is wrong everywhere.", name=name)
    return say("{name} is wrong in {share} of {size} numbers.", name=name, share=share, size=bad.size)


def _is(agree, count):
    return say("{agree} is", agree=agree) if count == 1 else say("{agree} are", agree=agree)


def _relation(found, wanted, names, sizes):
    """Name a simple rule that turns `found` into `wanted`, if there is one."""
    def near(one, other):
        return one.shape == other.shape and np.allclose(one, other, rtol=RTOL, atol=1e-7)

    def constant(array):
        return near(array[1:], array[:-1])

    if not np.abs(found).max(initial=0.0) > 0:
        return say("All of it is zero.")
    if names and names[0].startswith("T") and len(found) > 2 and constant(found) and not constant(wanted):
        return say("All its steps are the same: is one array written into again and again?")
    if near(-found, wanted):
        return say("The sign is turned round everywhere.")
    for axis, size in sizes.items():
        if size > 1 and near(found, size * wanted):
            return say("It is exactly {axis} = {size} times too large.", axis=axis, size=size)
        if size > 1 and near(found * size, wanted):
            return say("It is exactly {axis} = {size} times too small.", axis=axis, size=size)
    for factor in (2.0, 0.5):
        if near(found, factor * wanted):
            return say("It is exactly {factor:g} times what it should be.", factor=factor)
    if found.ndim == 2 and near(found.T, wanted):
        return say("It is the transpose of what it should be.")
    for axis, label in enumerate(names):
        if found.shape[axis] > 1 and near(np.flip(found, axis), wanted):
            return say("It is right, but in reverse order along {axis}.", axis=label)
    if names and names[0].startswith("T") and len(found) > 2:
        if near(found[1:], wanted[:-1]):
            return say("It is right, but one step late.")
        if near(found[:-1], wanted[1:]):
            return say("It is right, but one step early.")
    return ""


def _list_divergence(name, found, wanted):
    for place, (mine, right) in enumerate(zip(found, wanted, strict=False)):
        if mine != right:
            return say("{name}[{place}] is {mine}; expected {right}. Yours: {found}; expected: {wanted}.", name=name,
                       place=place, mine=_brief(mine), right=_brief(right), found=_brief(found), wanted=_brief(wanted))
    return say("{name} has {found} items; expected {wanted}. Yours: {mine}; expected: {right}.", name=name,
               found=len(found), wanted=len(wanted), mine=_brief(found), right=_brief(wanted))


def _brief(value, limit=90):
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"

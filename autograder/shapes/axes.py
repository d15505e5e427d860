"""Axes by name: what ``(n_a, n_a + n_x)`` means, which size each name has, and which names a shape fits."""

import re

TERM = r"(?:\d+ )?[A-Za-z]\w*|\d+"
AXIS = re.compile(rf"(?:{TERM})(?: \+ (?:{TERM}))*")


def parse_axes(text):
    """Return the axes that ``n_a, n_a + n_x`` names, without brackets; None where it is no list of axes.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str or None
    """
    axes = tuple(axis.strip() for axis in text.split(",") if axis.strip())
    return axes if all(AXIS.fullmatch(axis) for axis in axes) else None


def written(axes):
    """Return axes or sizes as Python writes a shape: ``(n_a, m)``, ``(m,)``."""
    return f"({', '.join(map(str, axes))}{',' if len(axes) == 1 else ''})"


class Sizes:
    """The sizes of the named axes, learned from arrays in order: the first that has an axis sets its size.

    An array that contradicts what is known teaches nothing.

    Parameters
    ----------
    free : tuple of str
        Axes that have not one size, and of which none is learned.
    """

    def __init__(self, free=()):
        self._known, self._free = {}, free

    def learn(self, axes, shape, source):
        """Take the sizes of axes not met before from an array called `source`."""
        if self.fits(axes, shape):
            for axis, size in zip(axes, shape, strict=True):
                if axis.isidentifier() and axis not in self._free:
                    self._known.setdefault(axis, (int(size), source))

    def items(self):
        """Return the names with their sizes, in the order in which they were met."""
        return [(axis, size) for axis, (size, _) in self._known.items()]

    def source(self, axis):
        """Return the name of the array that set the size of `axis`, or None."""
        return self._known.get(axis, (None, None))[1]

    def value(self, axis):
        """Return the size that an axis such as ``2 n_a + n_x`` has, or None where a name in it is not known."""
        total = 0
        for term in axis.split(" + "):
            factor, _, name = term.rpartition(" ")
            size = int(name) if name.isdigit() else self._known.get(name, (None,))[0]
            if size is None:
                return None
            total += int(factor or 1) * size
        return total

    def differing(self, axes, shape):
        """Return the axes of `axes` that have another size in `shape`; None where the numbers of axes differ."""
        if len(axes) != len(shape):
            return None
        return [axis for axis, size in zip(axes, shape, strict=True) if self.value(axis) not in (None, size)]

    def fits(self, axes, shape):
        """Whether an array of this shape can have these axes."""
        return self.differing(axes, shape) == []

    def contradicts(self, name, value):
        """Whether `value` is a whole number, and the axis called `name` has another size."""
        return isinstance(value, int) and not isinstance(value, bool) and (
            self._known.get(name, (value,))[0] != value)

    def named(self, shape):
        """Return the axes that an array can only have by its sizes; a number stays where no name, or several, fit."""
        return tuple(self._name(size) for size in shape)

    def _name(self, size):
        if size == 1:
            return "1"
        single = [axis for axis, known in self.items() if known == size]
        if single:
            return single[0] if len(single) == 1 else str(size)
        stacked = "n_a + n_x"  # the one sum that a learner's own arrays have: [a; x]
        return stacked if self.value(stacked) == size else str(size)

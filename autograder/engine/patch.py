"""Wrong functions made from right ones: the reference with a few lines replaced.

A mistake so written is short, shows what it is, and cannot drift away from the reference: where the replaced text is
no longer there, building it fails.
"""

import ast
import functools
import inspect
import textwrap


class Patched:
    """A function that is `reference` with pieces of its source replaced.

    Parameters
    ----------
    reference : callable
        A plain Python function; decorators are left off.
    *replacements : (str, str)
        Old text, which must stand in the source (without its docstring) exactly once, and new text.
    """

    def __init__(self, reference, *replacements):
        self.reference, self.replacements, self._built = reference, replacements, None

    def __call__(self, *args, **kwargs):
        """Call the wrong function."""
        if self._built is None:
            self._built = self._build()
        return self._built(*args, **kwargs)

    @property
    def source(self):
        """Source text of the wrong function.

        Raises
        ------
        ValueError
            If an old text does not stand in the reference exactly once.
        """
        text = _body(self.reference)
        for old, new in self.replacements:
            if text.count(old) != 1:
                raise ValueError(f"{self.reference.__name__}: {old!r} stands in its source {text.count(old)} times, "
                                 "wanted once")
            text = text.replace(old, new)
        return text

    def with_also(self, other):
        """Return both mistakes in one function, or None where they touch the same lines."""
        both = Patched(self.reference, *self.replacements, *other.replacements)
        try:
            both.source  # noqa: B018 - asked whether every replacement still finds its text
        except ValueError:
            return None
        return both

    def _build(self):
        function = inspect.unwrap(self.reference)
        space = dict(function.__globals__)
        exec(compile(self.source, f"<wrong {function.__name__}>", "exec"), space)
        return space[function.__name__]


@functools.cache
def _body(function):
    """Return what the replacements are made in; a mistake and all its variants read the file once."""
    return without_docstring(undecorated_source(function))


def undecorated_source(function):
    """Return the source of `function` from its ``def`` on, not indented."""
    lines = textwrap.dedent(inspect.getsource(inspect.unwrap(function))).splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith("def "))
    return "".join(lines[start:])


def without_docstring(source):
    """Return the source of one function without its docstring."""
    function = ast.parse(source).body[0]
    if ast.get_docstring(function) is None:
        return source
    first = function.body[0]
    lines = source.splitlines(keepends=True)
    return "".join(lines[: first.lineno - 1] + lines[first.end_lineno:])

"""What a function's numpydoc says of its arguments and results: names, axes, meaning."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.shapes.axes import parse_axes

SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}[ \t]*$", re.MULTILINE)
SHAPE = re.compile(r"shape\s*\(([^()]*)\)")
ENTRIES = re.compile(r"""((?:["'][^"']+["'](?:,\s+|\s+and\s+)?)+)\s*\(([^()]*)\)""")
QUOTED = re.compile(r"""["']([^"']+)["']""")
LABELLED = re.compile(r"""["']\w+\[\w+\]["']|\^\{\[l\]""")
ROLE = re.compile(r":\w+:`([^`]*)`")


@dataclass(frozen=True)
class Described:
    """One argument or result as its docstring tells it.

    Parameters
    ----------
    name : str
        Empty where a result has none.
    forms : tuple of tuple of str
        The axes it may have, ``(("n_a", "m"),)``; empty where none are told.
    meaning : str
        The first sentence.
    entries : mapping of str to tuple of str
        For a dict: the axes of each entry that is told.
    by_name : bool
        Whether only its name can say what it is: no docstring does.
    """

    name: str
    forms: tuple[tuple[str, ...], ...] = ()
    meaning: str = ""
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_name: bool = True


def described(function, section):
    """Return what the docstring of `function` says under ``Parameters`` or ``Returns``.

    Parameters
    ----------
    function : callable
    section : str

    Returns
    -------
    list of Described
        Empty where there is no docstring, or none in this form.
    """
    pieces = SECTION.split(inspect.getdoc(function) or "")
    texts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    found = []
    for head, body in _items(texts.get(section, "")):
        names, colon, kind = head.partition(" : ")
        if not colon:
            names, kind = "", head
        found += [_described(name.strip(), kind, body) for name in names.split(",")]
    return found


def has_several_units(function):
    """Whether the docstring labels parameters, ``"Wax[1]"``: then n_a is not one size, each unit has its own."""
    return bool(LABELLED.search(inspect.getdoc(function) or ""))


def _items(text):
    """Yield each line that is not indented, with the indented lines below it as one text."""
    head, body = None, []
    for line in text.splitlines():
        if line.strip() and not line.startswith(" "):
            if head is not None:
                yield head, " ".join(body)
            head, body = line.strip(), []
        elif line.strip():
            body.append(line.strip())
    if head is not None:
        yield head, " ".join(body)


def _described(name, kind, body):
    body = ROLE.sub(r"`\1`", body).replace("``", "`")
    forms = [parse_axes(axes) for axes in re.findall(r"\(([^()]*)\)", kind)] if SHAPE.search(kind) else []
    entries = {}
    if kind.startswith("dict"):
        for names, axes in ENTRIES.findall(body):
            if parse_axes(axes):
                entries.update(dict.fromkeys(QUOTED.findall(names), parse_axes(axes)))
    meaning = "" if entries else re.split(r"(?<=\.)\s", body, maxsplit=1)[0].removesuffix(".")
    return Described(name, tuple(form for form in forms if form), meaning, entries, by_name=False)

"""Small questions to a sandbox, for its tests."""

import contextlib
import textwrap

from autograder.engine import Case
from autograder.sandbox.host import Sandbox

GIVEN = "def doubled(x):\n    return 2 * x\n"
ALL = ("bubblewrap", "namespaces", "landlock", "seccomp", "user")
LEVELS = {
    "everything": (),
    "no bubblewrap": ("bubblewrap",),
    "no walls": ("bubblewrap", "namespaces"),
    "no walls, no seccomp": ("bubblewrap", "namespaces", "seccomp"),
    "no walls, no Landlock": ("bubblewrap", "namespaces", "landlock"),
    "limits alone": ALL,
    "a program each": ("fork",),
    "a program each, limits alone": ("fork", *ALL),
}


@contextlib.contextmanager
def opened(**options):
    """A sandbox with a session."""
    with Sandbox(**{"given": GIVEN, "patience": 2.0, **options}) as sandbox:
        session = sandbox.open()
        try:
            yield session
        finally:
            session.close()


def outcome(session, source, *arguments, helpers=(), limit=20.0, repeat=1):
    """Define ``f`` by a cell's text and call it: its value, or the :class:`Raised`, or the cell's problem."""
    problem = session.cell("cell", textwrap.dedent(source), limit)
    if problem:
        return problem
    (value, raised, *_), = session.answer("f", [Case(tuple(arguments), repeat=repeat)], dict(helpers), limit)[0]
    return raised or value


def value_of(session, expression, *arguments, **options):
    """The value of an expression inside."""
    return outcome(session, f"import os, sys\ndef f(*args):\n    return {expression}", *arguments, **options)

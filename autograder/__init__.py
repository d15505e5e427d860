"""Checks a learner's functions and says which mistake was made.

    from autograder import check, trace_shapes
    check(rnn_forward)
    trace_shapes(rnn_forward, x, a0, parameters)

================  =============================================================================
``checking``      ``check``: a function against the exercise of its name
``shapes``        ``trace_shapes``: the shape of every array of a function, on a call of one's own
``exercises``     what is asked: one module a chapter, plain values
``engine``        how any function is checked against any exercise; knows nothing of RNNs
``words``         every sentence to a user passes here, for translation
``errors``        what a user can mend: told in a line, without a traceback
``cli``           the command line ``autograder``
``authoring``     its words for authors and teachers
``matrix``        the page of the book that says which part of a check catches which mistake
``report``        what the terminal shows of a submission: progress, points, diagnosis
``notebooks``     stubs, check cells, solved copies, audit: chapters agree with the exercises
``submission``    a learner's notebook, graded: what it has, what becomes of each exercise
``process``       the process in which it runs, seen from outside: deadlines, nothing left behind
``worker``        the same process, seen from inside
``release``       what a teacher gives out with nbgrader
``grading``       a whole class at once
``sandbox``       a learner's code with nothing to see and nothing to break
================  =============================================================================

Both need numpy and the standard library alone. They are loaded at their first use, so that a part of this package
(the engine in a sandbox) can be imported where exercises and solutions must not be.
"""

import importlib

__all__ = ["Result", "check", "trace_shapes"]


def __getattr__(name):
    if name in __all__:
        home = "autograder.shapes" if name == "trace_shapes" else "autograder.checking"
        return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""``trace_shapes``: what shape every array of a function has, on a call of one's own. It shows; it does not judge.

================  =====================================================================
``axes``          axes by name and their sizes
``docstrings``    what a function's numpydoc says of arguments and results
``symbols``       the course's names for arrays, their axes and meanings
``running``       one call, looked at from outside
``rows``          from the call to the rows of a table
``table``         the table as text and HTML
================  =====================================================================
"""

from autograder.shapes.rows import Rows
from autograder.shapes.running import look
from autograder.shapes.table import ShapeTable
from autograder.words import say

__all__ = ["ShapeTable", "trace_shapes"]


def trace_shapes(function, /, *args, **named):
    """Run `function` once and show the shape of each of its arrays: arguments, what it has inside, results.

    Axes are told by name and by number, ``(n_a, m) = (5, 10)``. Names and meanings come from the function's docstring
    and from the symbols of the course. An array that contradicts its docstring or its name is marked. Where the
    function raises, the table shows everything up to there, and the line.

    Parameters
    ----------
    function : callable
    *args, **named
        The arguments of the call. The function gets copies, so that yours stay as they are.

    Returns
    -------
    ShapeTable

    Raises
    ------
    TypeError
        If `function` cannot be called, or an argument cannot be copied.
    """
    if not callable(function):
        raise TypeError(say("trace_shapes() takes a function and then its arguments, trace_shapes(f, x, y), and got "
                            "{kind} first", kind=type(function).__name__))
    try:
        seen = look(function, args, named)
    except TypeError as error:
        raise TypeError(say("trace_shapes() gives the function copies of its arguments, and one cannot be copied: "
                            "{error}", error=error)) from None
    rows = Rows(function, seen)
    groups = ((say("Arguments"), rows.arguments), (_inside_heading(seen), rows.inside), (say("Results"), rows.results))
    return ShapeTable(getattr(function, "__name__", type(function).__name__), tuple(rows.sizes.items()),
                      tuple((heading, tuple(group)) for heading, group in groups if group), _why(seen.outcome),
                      seen.outcome.printed)


def _inside_heading(seen):
    return say("Inside, where it raised") if seen.outcome.raised else say("Inside, at the end")


def _why(outcome):
    if outcome.raised is None:
        return ""
    raised = outcome.raised
    what = f"{raised.type}: {raised.text}" if raised.text else raised.type
    if raised.line is None:
        return say("The function raised {what}", what=what)
    return say("The function raised {what}\nin line {line} of its cell: `{source}`", what=what, line=raised.line,
               source=raised.source)

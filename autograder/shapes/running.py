"""One call of a function, looked at from outside: its arguments, what it had inside at the end, what it gave back."""

import functools
import inspect
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.engine.exercise import Case
from autograder.engine.run import Outcome, call


@dataclass(frozen=True)
class Seen:
    """What was seen of one call.

    Parameters
    ----------
    arguments : mapping of str to object
        As they were given, by name.
    inside : mapping of str to object
        The function's local names where it returned, or where it raised.
    returned : object
        The very object that it returned; None where it raised.
    outcome : Outcome
        What it raised and printed.
    """

    arguments: Mapping[str, Any]
    inside: Mapping[str, Any]
    returned: Any
    outcome: Outcome


def look(function, args, named):
    """Call `function` on copies of the arguments and keep what is seen.

    Parameters
    ----------
    function : callable
    args : tuple
    named : dict

    Returns
    -------
    Seen
    """
    code = getattr(inspect.unwrap(function), "__code__", None)
    frames = []

    @functools.wraps(function)
    def watched(given, keywords):
        def notice(frame, event, result):
            if event == "return" and frame.f_code is code:
                frames.append((dict(frame.f_locals), result))

        before = sys.getprofile()
        sys.setprofile(notice)
        try:
            return function(*given, **keywords)
        finally:
            sys.setprofile(before)

    copies = Case((args, named))  # copied by the engine: the caller's arrays and generators stay as they are
    outcome, (given, keywords) = call(watched, copies, steps=None)
    inside, returned = frames[-1] if frames else ({}, outcome.value)  # the outermost call returns last
    return Seen(_by_name(function, given, keywords), inside, None if outcome.raised else returned, outcome)


def _by_name(function, args, named):
    """Return the arguments under the names that the function has for them, as far as they fit."""
    try:
        return inspect.signature(function).bind_partial(*args, **named).arguments
    except (TypeError, ValueError):
        return {**{f"argument {number}": value for number, value in enumerate(args, start=1)}, **named}

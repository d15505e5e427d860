"""Calling a function on a case and keeping everything that happened."""

import contextlib
import copy
import inspect
import io
import linecache
import re
import sys
import traceback
import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.engine.exercise import Seed
from autograder.engine.nest import changes, plain
from autograder.words import say

PRINTED_LIMIT = 2_000  # characters of a function's own prints that are kept
STEP_LIMIT = 50_000  # steps that one call may take; a right answer with a loop over all elements takes some thousand


@dataclass(frozen=True)
class Raised:
    """An exception out of the function under test, told by the learner's own line."""

    type: str
    text: str
    line: int | None
    source: str
    function: str

    @property
    def signature(self):
        """What two functions that fail in the same way have in common: ``f() takes …`` whatever f is called."""
        return self.type, re.sub(r"^\S+\(\) ", "() ", self.text)


@dataclass(frozen=True)
class Outcome:
    """What came of one case: a value or an exception, changed arguments, prints and warnings."""

    value: Any = None
    raised: Raised | None = None
    changed: tuple[str, ...] = ()
    printed: str = ""
    warned: tuple[str, ...] = ()


def run(function, case, names, watch=None):
    """Call `function` on `case`; never raises except for an interrupt by the user.

    Parameters
    ----------
    function : callable
    case : Case
    names : sequence of str
        Names of the arguments, for telling which of them was changed.
    watch : callable, optional
        Called with the frame of every function in Python that begins during the call.

    Returns
    -------
    Outcome
    """
    outcome, arguments = call(function, case, watch=watch)
    return replace(outcome, changed=changed_arguments(case, arguments, names))


def changed_arguments(case, arguments, names):
    """Names of what a call changed in its arguments: `arguments` are those of `case` after the call."""
    return tuple(
        name
        for label, before, after in zip(names, case.args, arguments, strict=False)
        if not isinstance(before, Seed)
        for name in changes(before, after, label)
    )


def call(function, case, steps=STEP_LIMIT, watch=None):
    """Call `function` on fresh copies of the arguments; return the outcome and the arguments after the call.

    `steps` are those that one call may take; None does not count them, where time is kept by someone else. `watch` is
    called with the frame of every function that begins, where steps are counted.
    """
    arguments = tuple(_fresh(argument) for argument in case.args)
    printed, value, raised = _Short(), None, None
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        np.errstate(all="warn", under="ignore"),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        try:
            value = _results(function, case, arguments, steps, watch)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit and the like are the learner's too: told, never fatal
            raised = _told(error, function)
    warned = tuple(dict.fromkeys(str(warning.message) for warning in caught))
    return Outcome(value, raised, (), printed.getvalue(), warned), arguments


def _results(function, case, arguments, steps, watch):
    """Call once, or `repeat` times: then generators go on from call to call, but for those that begin again."""
    if case.repeat == 1:
        return plain(_ended(function, arguments, steps, watch))
    return [plain(_ended(function, _begun_again(case, arguments), steps, watch)) for _ in range(case.repeat)]


def _begun_again(case, arguments):
    return tuple(_fresh(given) if isinstance(given, Seed) and given.again else argument
                 for given, argument in zip(case.args, arguments, strict=True))


class EndlessLoop(BaseException):
    """Raised inside a function that does not come to an end; no ``except Exception`` swallows it."""


def _ended(function, arguments, steps, watch):
    """Call the function, and stop it where it takes more than so many steps.

    A step is a line of the function's own module or notebook, or a call of a function in Python anywhere. Counting
    them needs neither a thread nor a signal, which a browser does not have, and stops at the same line on every
    machine. (It cannot stop a loop without a single line in it: ``while True: pass``.)
    """
    module = getattr(inspect.unwrap(function), "__globals__", {}).get("__name__")
    left = steps
    if steps is None:
        return function(*arguments)

    def count(frame, event, _argument):
        nonlocal left
        left -= 1
        if left < 0:
            raise EndlessLoop(say("stopped after {limit} steps", limit=f"{steps:,}"))
        if event == "call" and watch is not None:
            watch(frame)
        return count if frame.f_globals.get("__name__") == module else None

    before = sys.gettrace()
    sys.settrace(count)
    try:
        return function(*arguments)
    finally:
        sys.settrace(before)


def argument_names(function):
    """Names of the arguments of `function`, in order."""
    return tuple(inspect.signature(function).parameters)


class _Short(io.StringIO):
    """Keeps the beginning of what is written and forgets the rest."""

    def write(self, text):
        room = PRINTED_LIMIT - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


def _fresh(argument):
    if isinstance(argument, Seed):
        return np.random.default_rng(argument.value)
    return _copied(argument, {})


def _copied(value, known):
    """Do what ``copy.deepcopy`` does, in a third of the time for what arguments are made of."""
    kind, there = type(value), known.get(id(value))
    if there is not None:
        return there
    if kind is np.ndarray and not value.dtype.hasobject:
        own = value.copy(order="K")
    elif kind is dict:
        own = {key: _copied(item, known) for key, item in value.items()}
    elif kind is tuple or kind is list:
        own = kind([_copied(item, known) for item in value])
    else:
        return copy.deepcopy(value, known)
    known[id(value)] = own
    return own


def _told(error, function):
    """Tell the learner's own line: the deepest frame in the function's file, not ours, not numpy's."""
    code = getattr(inspect.unwrap(function) if callable(function) else None, "__code__", None)
    own = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)
           if code is not None and frame.f_code.co_filename == code.co_filename]
    text = str(error)
    if not own:
        return Raised(type(error).__name__, text, None, "", "")
    frame, line = own[-1]
    file = frame.f_code.co_filename
    linecache.checkcache(file)
    source = linecache.getline(file, line, frame.f_globals).strip()
    return Raised(type(error).__name__, text, line, source, frame.f_code.co_name)


@contextlib.contextmanager
def replaced(function, replacements):
    """While active, the names in `replacements` mean these functions wherever `function`'s module looks them up."""
    names = getattr(inspect.unwrap(function), "__globals__", {})
    kept = {name: names[name] for name in replacements if name in names}
    names.update({name: replacements[name] for name in kept})
    try:
        yield
    finally:
        names.update(kept)

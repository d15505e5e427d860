"""The outside of the sandbox: opens a process for each submission, asks it, and keeps the time."""

import select
import time

from autograder.engine.run import Raised
from autograder.sandbox import wire
from autograder.sandbox.helpers import answer_call
from autograder.sandbox.keepers import LEVELS, START_LIMIT, keeper

CALL_LIMIT = 20.0  # seconds for one answer over all cases of an exercise
TEXT_LIMIT = 2_000  # characters of a text that comes out
STRANGE = "it answered with something else than what was asked"
NOT_PRINTABLE = {number: "\N{REPLACEMENT CHARACTER}" for number in (*range(32), *range(127, 160))
                 if chr(number) not in "\n\t"}  # a terminal obeys them


class LostError(Exception):
    """A submission gave no answer: why is ``timeout``, ``crashed`` or ``violation``; text says it in words.

    Its process is gone, but where ``alive`` is true.
    """

    def __init__(self, why, text, alive=False):
        super().__init__(text)
        self.why, self.text, self.alive = why, text, alive


class Sandbox:
    """Processes for submissions, one after the other. Use it as a context manager, in one thread.

    Parameters
    ----------
    given : str
        Source text of the functions that submissions may import from ``solutions``.
    seconds : int
        Time on the processor for one process of a submission.
    memory : int
        Bytes that it may use beyond what numpy takes.
    patience : float
        Time on the processor for one cell, or for one exercise.
    preload : tuple of str
        Modules that are loaded once, where they are installed.
    without : tuple of str
        Layers that are not used, for tests of the others: of ``LEVELS``, or ``"user"``; ``"fork"`` starts a program
        for each submission, as on platforms other than Linux.
    kept : keeper, optional
        One that was launched before; then `without` is its affair.
    """

    def __init__(self, given="", seconds=60, memory=2**30, patience=5.0, preload=(), without=(), kept=None):
        self.settings = {"given": given, "seconds": seconds, "memory": memory, "patience": patience,
                         "preload": list(preload)}
        self.without, self.keeper = without, kept
        self.level, self._waiting, self._retired = (), None, None

    def __enter__(self):
        self.keeper = self.keeper or keeper(self.without)
        try:
            self.keeper.start(self.settings)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        for connection in (self._retired, self._waiting and self._waiting.connection):
            if connection is not None:
                connection.close()
        self.keeper.close()

    def ready(self):
        """Open the first process before there is something to run in it; return its layers."""
        self._waiting = self.open()
        return self.level

    def open(self):
        """Return a :class:`Session`: a new process, in which nothing has run yet. The one before is ended."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not select.select([waiting.connection], [], [], 0)[0]:  # it has said no farewell
            return waiting
        for last in (False, True):
            try:
                connection = self.keeper.open()
                try:
                    layers = wire.receive(connection, time.monotonic() + START_LIMIT)
                except BaseException:
                    connection.close()
                    raise
                self.level = tuple(layer for layer in LEVELS if layer in layers)
                return Session(self, connection)
            except (OSError, wire.WireError):  # the server itself was ended: begin again
                self.keeper.stop()
                if last:
                    raise RuntimeError("the sandbox does not answer") from None
        return None

    def retire(self, connection):
        """End the present process. Its connection is closed after it: before, it would wake up only to be killed."""
        self.keeper.end(b"E")
        if self._retired is not None:
            self._retired.close()
        self._retired = connection

    def end(self, order):
        """End the present process and say how it had ended by itself: ``exit 3``, ``signal 9``, or ``alive``."""
        return self.keeper.end(order)


class Session:
    """One process with a submission's namespace."""

    def __init__(self, sandbox, connection):
        self.sandbox, self.connection = sandbox, connection

    def close(self):
        """End the process, whatever it is doing."""
        if self.connection is not None:
            self.sandbox.retire(self.connection)
            self.connection = None

    def cell(self, name, source, limit):
        """Run a cell; return None, or what went wrong in it, in a line."""
        try:
            return _text(self._ask(limit, "cell", name, source))
        except TypeError:
            raise self._strange() from None

    def cells(self, cells, limit):
        """Run several cells; return for each None or what went wrong in it, and the names that can be called then.

        Which of them was lost, nobody knows.
        """
        reply = self._ask(limit, "cells", list(cells))
        try:
            told, names = reply
            return [_text(problem) for problem, _ in zip(told, cells, strict=True)], self._names(names)
        except (TypeError, ValueError):
            raise self._strange() from None

    def functions(self):
        """Return the names in the namespace that can be called."""
        return self._names(self._ask(CALL_LIMIT, "functions"))

    def _names(self, names):
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self._strange()
        return names

    def answer(self, name, cases, helpers, limit, library=None):
        """Run the function `name` on cases; return the raw answers, checked for their form only.

        Parameters
        ----------
        name : str
        cases : list of Case
        helpers : dict of str to callable
            What it gets instead of its own functions of these names.
        limit : float
            Seconds by the clock.
        library : dict of str to object, optional
            What it finds in ``solutions``, beside what is always there.
        """
        message, kept, known = _question(name, cases, helpers, library or {})
        reply = self._ask(limit, message=message, kept=kept, known=known)
        try:
            first, second = reply
            if first == "stopped" and isinstance(second, float):
                raise LostError("timeout", f"it used the processor for longer than {second:g} s", alive=True)
            if first == "unsaid":
                raised = Raised("ValueError", _text(second), None, "", "")
                return [(None, raised, "", (), case.args) for case in cases], name
            return [_outcome(case, *outcome) for case, outcome in zip(cases, first, strict=True)], _name(second)
        except (TypeError, ValueError):
            raise self._strange() from None

    def _ask(self, limit, *order, message=None, kept=(), known=None):
        end, kept = time.monotonic() + limit, wire.Kept(kept)
        try:
            self.connection.settimeout(limit)
            wire.send_bytes(self.connection, message or wire.encode(order))
            while True:
                reply = wire.receive(self.connection, end, {"h": kept.thing}, known)
                if not (isinstance(reply, tuple) and len(reply) == 6 and reply[0] == "call"):
                    return reply
                wire.send_bytes(self.connection, wire.encode(answer_call(kept, *reply[1:]), kept, known))
        except TimeoutError:
            self._lost(b"K")
            raise LostError("timeout", f"it took longer than {limit:g} s") from None
        except wire.GoneError:
            ended = self._lost(b"W")
            if ended == "alive":
                raise LostError("violation", "it closed the connection to the grader") from None
            raise LostError("crashed", f"it ended its process ({ended})") from None
        except wire.WireError as error:
            self._lost(b"K")
            raise LostError("violation", f"its answer cannot be read: {error}") from None

    def _strange(self):
        self._lost(b"K")
        return LostError("violation", STRANGE)

    def _lost(self, order):
        self.connection.close()
        self.connection = None
        return self.sandbox.end(order)


_questions = {}  # a class is asked the same: the messages of the last cases, without helpers


def _question(name, cases, helpers, library):
    """Return the message that asks for answers, the objects that are kept for it, and the arrays that it holds."""
    asked = _questions.get(id(cases))
    if asked is not None and asked[0] is cases and asked[1] == name and not helpers:
        return asked[2:]
    kept, known = wire.Kept(), wire.Arrays()
    message = wire.encode(("answer", name, [(case.args, case.repeat) for case in cases], dict(helpers), dict(library)),
                          kept, met=known)
    if not helpers:
        if len(_questions) >= 100:
            _questions.clear()
        _questions[id(cases)] = (cases, name, message, kept, known)
    return message, kept, known


def _outcome(case, value, raised, printed, warned, after):
    """Return one outcome's pieces, each of the type it must have; ValueError or TypeError where not."""
    if raised is not None:
        kind, text, line, source, function = raised
        if line is not None and type(line) is not int:
            raise TypeError
        raised = Raised(_name(kind), _text(text), line, _text(source), _name(function))
    if after is None:  # as they were
        after = case.args
    if not isinstance(after, tuple) or len(after) != len(case.args):
        raise ValueError
    return value, raised, _text(printed), tuple(_text(text) for text in warned[:10]), after


def _text(value):
    """Return a text of a bearable length that a terminal shows and does not obey; None stays."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError
    return value[:TEXT_LIMIT].translate(NOT_PRINTABLE)


def _name(value):
    return (_text(value) or "")[:200]

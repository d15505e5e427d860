"""The namespace of a submission, inside: its cells are run, its functions asked, its calls sent out."""

import contextlib
import signal
import sys

import numpy as np

from autograder import worker
from autograder.engine.exercise import Case
from autograder.engine.nest import plain
from autograder.engine.run import call, replaced
from autograder.sandbox import standins, wire


class TimeOver(BaseException):
    """Raised in code that has used the processor for too long; no ``except Exception`` swallows it."""


class Notebook:
    """What the host can ask of a submission. Nothing here is kept from its code: it can win only what it computes.

    Parameters
    ----------
    connection : socket
    patience : float
        Seconds on the processor for one cell, or for all cases of an exercise. The host has limits of its own.
    """

    def __init__(self, connection, patience):
        self.connection, self.patience = connection, patience
        self.met = wire.Arrays()  # the arrays of the present question: both sides have them
        self.space = worker.notebook_namespace()

    def cell(self, name, source):
        """Run a cell; return None or what went wrong, in a line."""
        standins.note_imports(name, source)
        with contextlib.suppress(TimeOver), _time_over_after(self.patience):
            return worker.run_cell(name, source, self.space)
        return f"TimeOver: stopped after {self.patience:g} s"

    def functions(self):
        """Return the names that can be called."""
        return sorted(name for name, value in list(self.space.items()) if type(name) is str and callable(value))

    def answer(self, name, cases, helpers):
        """Run a function on cases; return, for each, all of the outcome as plain values, and the function's name."""
        function = self.space[name]
        own = {helper: HostFunction(self.connection, proxy.number, self.met) for helper, proxy in helpers.items()}
        with _given(own), replaced(function, own), contextlib.suppress(TimeOver), _time_over_after(self.patience):
            answers = [self._outcome(function, *case) for case in cases]
            return answers, str(getattr(function, "__name__", name))
        return ("stopped", self.patience)

    def _outcome(self, function, arguments, repeat):
        arguments = tuple(HostFunction(self.connection, item.number, self.met) if isinstance(item, wire.Proxy) else item
                          for item in arguments)
        try:
            outcome, after = call(function, Case(arguments, repeat=repeat), steps=None)
        except KeyboardInterrupt as error:  # nobody interrupts by hand here: it is the function's own
            return None, (type(error).__name__, str(error), None, "", ""), "", (), tuple(map(_dead, arguments))
        raised = outcome.raised and (outcome.raised.type, outcome.raised.text, outcome.raised.line,
                                     outcome.raised.source, outcome.raised.function)
        if raised and raised[0] == TimeOver.__name__:
            raise TimeOver
        return outcome.value, raised, outcome.printed, outcome.warned, tuple(map(_dead, after))


@contextlib.contextmanager
def _given(own):
    """While active, ``solutions`` has these functions."""
    names = vars(sys.modules["solutions"]) if "solutions" in sys.modules else {}
    kept = dict(names)
    names.update(own)
    try:
        yield
    finally:
        names.clear()
        names.update(kept)


@contextlib.contextmanager
def _time_over_after(seconds):
    """Raise :class:`TimeOver` in what is run when it has used the processor for so long, and again and again."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number, frame):
        raise TimeOver(f"stopped after {seconds:g} s")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextlib.contextmanager
def _undisturbed():
    """Let a message be sent and its answer be read as a whole."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])


def _dead(argument):
    return None if isinstance(argument, (HostFunction, np.random.Generator)) else plain(argument)


class HostFunction:
    """A function that runs at the host: every call is a message, and the answer is a plain value."""

    def __init__(self, connection, number, known=None):
        self.connection, self.number, self.known = connection, number, known

    def __deepcopy__(self, memo):
        """Return itself: there is nothing in it to copy."""
        return self

    def __call__(self, *arguments, **keywords):
        """Ask the host. Generators among the arguments are afterwards where the host left them."""
        with _undisturbed():
            call = ("call", self.number, plain(arguments), plain(keywords))
            wire.send_bytes(self.connection, wire.encode(call, known=self.known))
            word, value, states = wire.receive(self.connection, known=self.known)
        if word == "raised":
            raise ValueError(value)
        mine = [item for item in (*arguments, *keywords.values()) if isinstance(item, np.random.Generator)]
        for generator, other in zip(mine, states, strict=True):
            generator.bit_generator.state = other.bit_generator.state
        return plain(value)  # arrays that can be written to, as of any function

"""The namespace of a submission, inside: its cells are run, its functions asked, its calls sent out."""

import builtins
import contextlib
import functools
import signal
import sys
import types

import numpy as np

from autograder import worker
from autograder.engine.exercise import Case, Seed
from autograder.engine.nest import plain, same_leaf
from autograder.engine.run import call, replaced
from autograder.sandbox import standins, wire
from autograder.sandbox.effects import Mine
from autograder.sandbox.values import Handle, Record


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
        self.space, self.given = worker.notebook_namespace(), contextlib.ExitStack()
        self.objects = {}  # those of the host in the present question, by number: each is one object here too
        self.makers = {"seed": Seed, "p": self._function, "r": self._record}

    def next(self):
        """Wait for the next question; return what is asked, and its arguments."""
        self.given.close()
        self.met, self.objects = wire.Arrays(), {}
        return wire.receive(self.connection, makers=self.makers, met=self.met)

    def _function(self, number):
        return self.objects.setdefault(number, HostFunction(self, number))

    def _record(self, number, kind, can_be_called, fields):
        record = (HostObject if can_be_called else Record)(number, kind, fields)
        vars(record)["_notebook"] = self
        return self.objects.setdefault(number, record)

    def ask(self, call):
        """Return the host's answer to a call that comes out of a function."""
        wire.send_bytes(self.connection, wire.encode(call, known=self.met))
        return wire.receive(self.connection, makers=self.makers, known=self.met)

    def cell(self, name, source):
        """Run a cell; return None or what went wrong, in a line."""
        standins.note_imports(name, source)
        with contextlib.suppress(TimeOver), _time_over_after(self.patience):
            return worker.run_cell(name, source, self.space)
        return f"TimeOver: stopped after {self.patience:g} s"

    def cells(self, cells):
        """Run cells, pairs of name and text; return what went wrong in each, or None, and what can be called then."""
        return [self.cell(name, source) for name, source in cells], self.functions()

    def functions(self):
        """Return the names that can be called."""
        return sorted(name for name, value in list(self.space.items()) if type(name) is str and callable(value))

    def answer(self, name, cases, helpers, library):
        """Run a function on cases; return, for each, all of the outcome as plain values, and the function's name.

        Arguments that are after a call what they were before are not sent back: None stands for all of them. The
        function gets `helpers` instead of its own functions, and `library` where it has imported them.
        """
        function = self.space.get(name) or functools.partial(_gone, name)
        self.given.enter_context(_given({**library, **helpers}))  # until the answer is on its way
        with (_put_in_place(self.space, library), replaced(function, helpers), contextlib.suppress(TimeOver),
              _time_over_after(self.patience)):
            answers = [self._outcome(function, *case) for case in cases]
            return answers, str(getattr(function, "__name__", name))
        return ("stopped", self.patience)

    def _outcome(self, function, arguments, repeat):
        try:
            outcome, after = call(function, Case(arguments, repeat=repeat), steps=None)
        except KeyboardInterrupt as error:  # nobody interrupts by hand here: it is the function's own
            return None, (type(error).__name__, str(error), None, "", ""), "", (), tuple(map(_dead, arguments))
        raised = outcome.raised and (outcome.raised.type, outcome.raised.text, outcome.raised.line,
                                     outcome.raised.source, outcome.raised.function)
        if raised and raised[0] == TimeOver.__name__:
            raise TimeOver
        kept = all(map(_as_before, arguments, after))
        return outcome.value, raised, outcome.printed, outcome.warned, None if kept else tuple(map(_dead, after))


def _gone(name, *arguments):
    raise NameError(f"name {name!r} is not defined")


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
def _put_in_place(space, library):
    """While active, what was imported from the library is what it has: names of a namespace, defaults of functions."""
    def there(value):
        return library.get(value.short, value) if type(value) is standins.Awaited else value

    names = {name: value for name, value in list(space.items()) if there(value) is not value}
    functions = [(value, value.__defaults__, value.__kwdefaults__) for value in list(space.values())
                 if type(value) is types.FunctionType]
    space.update({name: there(value) for name, value in names.items()})
    for function, places, words in functions:
        function.__defaults__ = places and tuple(map(there, places))
        function.__kwdefaults__ = words and {name: there(value) for name, value in words.items()}
    try:
        yield
    finally:
        space.update(names)
        for function, places, words in functions:
            function.__defaults__, function.__kwdefaults__ = places, words


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


def _as_before(before, after):
    """Whether an argument is after the call, to the last bit, what it was; in doubt it is not."""
    kind = type(before)
    if kind is Seed or before is after:
        return True
    if kind is not type(after):
        return False
    if kind is tuple or kind is list:
        return len(before) == len(after) and all(map(_as_before, before, after))
    if kind is dict:
        return list(before) == list(after) and all(map(_as_before, before.values(), after.values()))
    return kind in (np.ndarray, float, int, str, bool) and same_leaf(before, after)


def _dead(argument):
    return None if isinstance(argument, np.random.Generator) else plain(argument)


class HostFunction(Handle):
    """A function that runs at the host: every call is a message.

    Parameters
    ----------
    notebook : Notebook
    number : int
    """

    __name__ = "function"  # its own tells a learner's test which one is right

    def __init__(self, notebook, number):
        super().__init__(number)
        self._notebook, self.__name__ = notebook, "function"

    def __call__(self, *arguments, **keywords):
        """Ask the host. What the call has changed in its arguments is changed in them, generators go on too."""
        mine = Mine((arguments, keywords))
        call = ("call", self._number, plain(arguments), plain(keywords), mine.places, mine.locked)
        with _undisturbed():
            word, *answer, changes, states = self._notebook.ask(call)
        mine.write(changes)
        generators = [item for item in (*arguments, *keywords.values()) if isinstance(item, np.random.Generator)]
        for generator, other in zip(generators, states, strict=False):
            generator.bit_generator.state = other.bit_generator.state
        if word == "raised":
            kind, text = answer
            raise getattr(builtins, kind, ValueError)(text)
        value, same = answer
        return mine.restored(plain(value), same)  # arrays that can be written to, as of any function


class HostObject(Record):
    """An object of the host that has fields and can be called."""

    __call__ = HostFunction.__call__

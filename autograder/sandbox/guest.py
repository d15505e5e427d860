"""The inside: a server that has numpy loaded and nothing to hide, and the process it forks for each submission.

Started by ``host`` with its settings as JSON. On the control socket ``F`` with a descriptor asks for a new process
that serves on it; ``K`` ends the present one and answers how it ended, ``W`` first waits a second for its own end.
"""

import json
import os
import signal
import socket
import sys
import time
import types


def main():
    """Load numpy, then serve until the host closes the control socket."""
    settings = json.loads(sys.argv[1])
    sys.path[:] = settings["path"]
    import numpy
    import numpy.linalg
    import numpy.random  # noqa: F401 - loaded once, for every process that is forked

    from autograder import worker  # noqa: F401
    from autograder.engine import run  # noqa: F401
    from autograder.sandbox import confine, wire  # noqa: F401

    for name in settings["preload"]:
        _load(name)
    sys.modules["solutions"] = given(settings["given"])
    confine.die_with_parent()
    control, child = socket.socket(fileno=settings["control"]), 0
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    control.sendall(b"R")
    while True:
        order, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not order:
            _end(child, patience=0.0)
            os._exit(0)
        ended = _end(child, patience=1.0 if order == b"W" else 0.0)
        child = 0
        if order in (b"K", b"W"):
            control.sendall(ended.encode().ljust(32)[:32])
        elif order == b"F" and descriptors:
            child = os.fork()
            if child == 0:
                control.close()
                _serve(socket.socket(fileno=descriptors[0]), settings)
            os.close(descriptors[0])


def _load(name):
    try:
        __import__(name)
    except Exception:  # not installed, or not loadable here: a submission that imports it will be told
        sys.modules.pop(name, None)


def _end(child, patience):
    """End the present process, if there is one, and say how it ended: ``exit 3``, ``signal 9`` or ``alive``."""
    if not child:
        return "none"
    done, status = os.waitpid(child, os.WNOHANG)
    end = time.monotonic() + patience
    while not done and time.monotonic() < end:
        time.sleep(0.002)
        done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return "alive"
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"


def given(source):
    """Return the module that a submission imports as ``solutions``: the given functions, and nothing of the rest."""
    module = types.ModuleType("solutions")
    exec(source, vars(module))

    def missing(name):
        if name.startswith("__"):
            raise AttributeError(name)

        def not_here(*args, **kwargs):
            raise RuntimeError(f"solutions.{name} is not at hand while a submission is graded: use a function of "
                               "your own")

        not_here.__name__ = name
        return not_here

    module.__getattr__ = missing
    return module


def _serve(connection, settings):
    """Be the process of one submission: give up all rights, then answer the host until it hangs up."""
    from autograder.sandbox import confine, wire

    os.setsid()
    confine.die_with_parent()
    layers = ["rlimits"]
    confine.limit(settings["seconds"], settings["memory"])
    if settings["landlock"] and confine.landlock(settings["readable"]):
        layers.append("landlock")
    if settings["seccomp"] and confine.seccomp():
        layers.append("seccomp")
    try:
        wire.send(connection, layers)
        notebook = _Notebook(connection)
        while True:
            order, *arguments = wire.receive(connection)
            wire.send(connection, getattr(notebook, order)(*arguments))
    except wire.WireError:
        pass
    finally:
        os._exit(0)


class _Notebook:
    """The namespace of a submission, and what the host can ask of it."""

    def __init__(self, connection):
        from autograder import worker

        self.connection = connection
        self.space = worker.notebook_namespace()

    def cell(self, name, source):
        """Run a cell; return None or what went wrong, in a line."""
        from autograder import worker

        return worker.run_cell(name, source, self.space)

    def functions(self):
        """Return the names that can be called."""
        return sorted(name for name, value in self.space.items() if isinstance(name, str) and callable(value))

    def answer(self, name, cases, helpers):
        """Run a function on cases; return, for each, all of the outcome as plain values."""
        from autograder.engine.exercise import Case
        from autograder.engine.run import call, replaced

        function = self.space[name]
        own = {helper: self._calls_host(proxy.number) for helper, proxy in helpers.items()}
        solutions = sys.modules["solutions"]
        kept = {helper: vars(solutions).get(helper) for helper in helpers}
        answers = []
        with replaced(function, own):
            vars(solutions).update(own)
            for arguments, repeat in cases:
                outcome, after = call(function, Case(self._live(arguments), repeat=repeat))
                raised = outcome.raised and (outcome.raised.type, outcome.raised.text, outcome.raised.line,
                                             outcome.raised.source, outcome.raised.function)
                answers.append((outcome.value, raised, outcome.printed, outcome.warned,
                                tuple(self._dead(argument) for argument in after)))
        for helper, value in kept.items():
            if value is None:
                vars(solutions).pop(helper, None)
            else:
                vars(solutions)[helper] = value
        return answers, getattr(function, "__name__", name)

    def _live(self, arguments):
        """Arguments with functions of the host in the places of their proxies."""
        from autograder.sandbox.wire import Proxy

        return tuple(self._calls_host(item.number) if isinstance(item, Proxy) else item for item in arguments)

    def _dead(self, argument):
        import numpy

        from autograder.engine.nest import plain

        return None if isinstance(argument, (HostFunction, numpy.random.Generator)) else plain(argument)

    def _calls_host(self, number):
        return HostFunction(self.connection, number)


class HostFunction:
    """A function that runs at the host: every call is a message, and the answer is a plain value."""

    def __init__(self, connection, number):
        self.connection, self.number = connection, number

    def __deepcopy__(self, memo):
        """Return itself: there is nothing in it to copy."""
        return self

    def __call__(self, *arguments):
        """Ask the host."""
        from autograder.engine.nest import plain
        from autograder.sandbox import wire

        wire.send(self.connection, ("call", self.number, plain(arguments)))
        word, value = wire.receive(self.connection)
        if word == "raised":
            raise ValueError(value)
        return value


if __name__ == "__main__":
    main()

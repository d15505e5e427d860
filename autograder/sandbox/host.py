"""The outside of the sandbox: starts the server, keeps the time, and asks a submission's functions for answers."""

import contextlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from autograder.engine.run import Outcome, Raised, changed_arguments
from autograder.engine.subject import Answers
from autograder.sandbox import wire

LEVELS = ("process", "rlimits", "landlock", "seccomp", "bubblewrap")
START_LIMIT = 60.0  # seconds
CALL_LIMIT = 20.0  # seconds for one answer over all cases of an exercise
PACKAGE = Path(__file__).resolve().parents[1]
GUEST_FILES = ("__init__.py", "words.py", "worker.py", "engine", "sandbox")


class LostError(Exception):
    """The process of a submission is gone: why is ``timeout``, ``crashed`` or ``violation``; text says it in words."""

    def __init__(self, why, text):
        super().__init__(text)
        self.why, self.text = why, text


class Sandbox:
    """A server for submissions. Use it as a context manager.

    Parameters
    ----------
    given : str
        Source text of the functions that submissions may import from ``solutions``.
    seconds : int
        Time on the processor for one process of a submission.
    memory : int
        Bytes that it may use beyond what numpy takes.
    preload : tuple of str
        Modules that are loaded once, where they are installed.
    without : tuple of str
        Layers that are not used, for tests of the others: ``"bubblewrap"``, ``"landlock"``, ``"seccomp"``.
    """

    def __init__(self, given="", seconds=60, memory=2**30, preload=(), without=()):
        self.settings = {"given": given, "seconds": seconds, "memory": memory, "preload": list(preload),
                         "landlock": "landlock" not in without, "seccomp": "seccomp" not in without}
        self.without = without
        self.server = None
        self.level = ()

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guest-")
        guest = Path(self.folder.name)
        os.chmod(guest, 0o755)
        (guest / "autograder").mkdir()
        for name in GUEST_FILES:
            copy = shutil.copytree if (PACKAGE / name).is_dir() else shutil.copy
            copy(PACKAGE / name, guest / "autograder" / name)
        self._start(guest)
        return self

    def __exit__(self, *error):
        self._stop()
        self.folder.cleanup()

    def _start(self, guest):
        packages = _numpy_folder()
        standard = sysconfig.get_path("stdlib")
        readable = _readable(guest, packages)
        ours, theirs = socket.socketpair()
        settings = {**self.settings, "readable": readable, "control": theirs.fileno(),
                    "path": [str(guest), standard, f"{standard}/lib-dynload", packages]}
        python = os.path.realpath(sys.executable)
        command = [python, "-I", "-S", "-B", str(guest / "autograder/sandbox/guest.py"), json.dumps(settings)]
        walls = [] if "bubblewrap" in self.without else _bubblewrap([*readable, python])
        keep = {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
                       "MPLBACKEND": "Agg", "HOME": "/", **keep}
        self.server = subprocess.Popen(
            [*walls, *command], env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, pass_fds=(theirs.fileno(),), start_new_session=True)
        theirs.close()
        self.control, self.walls = ours, bool(walls)
        self.control.settimeout(START_LIMIT)
        try:
            ready = self.control.recv(1)
        except TimeoutError:
            ready = b""
        if ready != b"R":
            self._stop()
            words = self.server_words.splitlines() or ["no answer"]
            raise RuntimeError(f"the sandbox did not start: {words[-1]}")

    def _stop(self):
        if self.server is None:
            return
        self.control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server_words = self.server.communicate()[1].decode(errors="replace")
        self.server = None

    def open(self):
        """Return a :class:`Session`: a new process, in which nothing has run yet. The one before is ended."""
        for last in (False, True):
            ours, theirs = socket.socketpair()
            try:
                socket.send_fds(self.control, [b"F"], [theirs.fileno()])
                theirs.close()
                ours.settimeout(START_LIMIT)
                layers = wire.receive(ours)
                self.level = (*(["bubblewrap"] if self.walls else []), *layers)
                return Session(self, ours)
            except (OSError, wire.WireError):  # the server itself was ended: begin again
                ours.close()
                if last:
                    raise RuntimeError("the sandbox does not answer") from None
                self._stop()
                self._start(Path(self.folder.name))
        return None

    def end(self, order=b"K"):
        """End the present process and say how it had ended by itself: ``exit 3``, ``signal 9``, or ``alive``."""
        try:
            self.control.settimeout(START_LIMIT)
            self.control.sendall(order)
            return self.control.recv(32).decode().strip() or "the server is gone"
        except OSError:
            return "the server is gone"


class Session:
    """One process with a submission's namespace."""

    def __init__(self, sandbox, connection):
        self.sandbox, self.connection = sandbox, connection

    def close(self):
        """Hang up; the process ends."""
        self.connection.close()

    def cell(self, name, source, limit):
        """Run a cell; return None, or what went wrong in it, in a line."""
        return _text(self._ask(limit, {}, "cell", name, source))

    def functions(self):
        """Return the names in the namespace that can be called."""
        names = self._ask(CALL_LIMIT, {}, "functions")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise LostError("violation", "it answered with something else than what was asked")
        return names

    def answer(self, name, cases, helpers, limit):
        """Run the function `name` on cases; return the raw answers, checked for their form only."""
        functions = []
        message = wire.encode(("answer", name, [(case.args, case.repeat) for case in cases], dict(helpers)), functions)
        answers = self._ask(limit, functions, message=message)
        try:
            outcomes, own_name = answers
            if len(outcomes) != len(cases) or not isinstance(own_name, str):
                raise ValueError
            return [_outcome(case, *outcome) for case, outcome in zip(cases, outcomes, strict=True)], own_name
        except (TypeError, ValueError):
            raise LostError("violation", "it answered with something else than what was asked") from None

    def _ask(self, limit, functions, *order, message=None):
        end = time.monotonic() + limit
        try:
            self.connection.settimeout(limit)
            self.connection.sendall(message or wire.encode(order))
            while True:
                self.connection.settimeout(max(end - time.monotonic(), 0.001))
                reply = wire.receive(self.connection)
                if not (isinstance(reply, tuple) and len(reply) == 3 and reply[0] == "call"):
                    return reply
                wire.send(self.connection, _called(functions, *reply[1:]))
        except TimeoutError:
            self._lost(b"K")
            raise LostError("timeout", f"it took longer than {limit:g} s") from None
        except (wire.WireError, OSError) as error:
            ended = self._lost(b"W")
            if ended == "alive":
                raise LostError("violation", f"its answer cannot be read: {error}") from None
            raise LostError("crashed", f"it ended its process ({ended})") from None

    def _lost(self, order):
        self.connection.close()
        return self.sandbox.end(order)


class Remote:
    """A submission's function, as the engine's subject.

    Parameters
    ----------
    session : Session
    name : str
    limit : float
        Seconds for all cases together.
    helpers : dict of str to callable
        Functions that it gets instead of its own, where it calls them by name.
    """

    function = None

    def __init__(self, session, name, limit=CALL_LIMIT, helpers=None):
        self.session, self.name, self.limit, self.helpers = session, name, limit, helpers or {}
        self.lookup = name

    def answer(self, cases, names, forbidden, allowed):
        """Run the function on every case; the library is out of its reach, so nothing forbidden can be called."""
        raw, self.name = self.session.answer(self.lookup, cases, self.helpers, self.limit)
        return Answers(tuple(
            Outcome(value, raised, changed_arguments(case, after, names), printed, warned)
            for case, (value, raised, printed, warned, after) in zip(cases, raw, strict=True)))

    def helped_by(self, replacements):
        """Return the same function, calling these where it names them."""
        return Remote(self.session, self.lookup, self.limit, replacements)


def _called(functions, number, arguments):
    try:
        return "value", functions[number](*arguments)
    except Exception as error:  # a refused argument is the submission's affair
        return "raised", f"{error}"[:500]


def _outcome(case, value, raised, printed, warned, after):
    """Return one outcome's pieces, each of the type it must have; ValueError or TypeError where not."""
    if raised is not None:
        kind, text, line, source, function = raised
        raised = Raised(_text(kind), _text(text), None if line is None else int(line), _text(source), _text(function))
    if not isinstance(after, tuple) or len(after) != len(case.args):
        raise ValueError
    after = tuple(before if callable(before) else item for before, item in zip(case.args, after, strict=True))
    return value, raised, _text(printed), tuple(_text(text) for text in warned)[:10], after


def _text(value):
    if value is not None and not isinstance(value, str):
        raise TypeError
    return value if value is None else value[:2_000]


def _numpy_folder():
    return str(Path(importlib.util.find_spec("numpy").origin).resolve().parents[1])


def _readable(guest, packages):
    """Files and folders that a submission may read: Python's own library, numpy, the system's, the guest's folder."""
    library = [entry.path for entry in os.scandir(sysconfig.get_path("stdlib"))
               if entry.name not in ("site-packages", "dist-packages", "__pycache__")]
    installed = [f"{packages}/numpy", f"{packages}/numpy.libs"]
    shared = [str(path) for path in Path(sys.base_prefix, "lib").glob("*.so*")]
    system = ["/lib", "/lib64", "/usr/lib", "/etc/ld.so.cache", "/dev/null", "/dev/urandom"]
    return [path for path in (str(guest), *library, *installed, *shared, *system) if os.path.exists(path)]


def _bubblewrap(readable):
    """Return the command that puts walls around what follows it, or nothing where bubblewrap does not work."""
    program = shutil.which("bwrap")
    if program is None:
        return []
    binds = [word for path in readable if not path.startswith("/dev/") for word in ("--ro-bind", path, path)]
    walls = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", *binds,
             "--proc", "/proc", "--dev", "/dev", "--chdir", "/", "--"]
    works = subprocess.run([*walls, os.path.realpath(sys.executable), "-I", "-S", "-c", ""], env={},
                           stdin=subprocess.DEVNULL, capture_output=True, timeout=START_LIMIT, check=False)
    return walls if works.returncode == 0 else []



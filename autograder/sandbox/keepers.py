"""Who keeps the process of a submission: a server that forks, or, where there is no fork, one program for each.

Both give a connection to a new process, end it, and say how it had ended. A server loads numpy before it needs to be
told anything: it can be launched ahead, by a process that has still to find out what will be asked.
"""

import contextlib
import functools
import importlib.util
import io
import json
import marshal
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib.machinery import SourceFileLoader
from pathlib import Path

from autograder.sandbox import walls

LEVELS = ("process", "rlimits", "landlock", "seccomp", "namespaces", "bubblewrap", "nobody")
START_LIMIT = 60.0  # seconds until a process must serve
END_LIMIT = 10.0  # seconds for the server to end a process
PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = ("__init__", "words", "worker", "engine/exercise", "engine/nest", "engine/run",
          *(f"sandbox/{name}" for name in ("calls", "confine", "effects", "guest", "namespaces", "notebook", "standins",
                                           "values", "wire")))
COMPILED = importlib.util.MAGIC_NUMBER + bytes(12)  # the head of a compiled module that has no source
PROGRAM = """
import sys
sys.path[:] = {path!r}
import numpy.linalg, numpy.random
plan = sys.stdin.readline()
sys.path.insert(0, {inside!r})
from autograder.sandbox.guest import main
main(plan)
"""


def keeper(without=(), folder=None):
    """Return the keeper for this platform.

    Parameters
    ----------
    without : tuple of str
        Layers that are not used.
    folder : str, optional
        Where the guest's files are put, in a folder of their own.
    """
    forks = sys.platform == "linux" and "fork" not in without
    return (_Forking if forks else _Spawning)(without, folder)


class _Keeper:
    """What both have in common.

    Parameters
    ----------
    without : tuple of str
    folder : str or None
    """

    def __init__(self, without, folder):
        self.folder = tempfile.TemporaryDirectory(prefix="guest-", dir=folder)
        self.guest = Path(self.folder.name).resolve()
        os.chmod(self.guest, 0o755)
        self.inside = self.guest / "inside.zip"
        layers = {name: name not in without for name in ("rlimits", "landlock", "seccomp", "namespaces", "user")}
        self.plan = {**layers, "readable": walls.readable(self.guest), "path": walls.search_path(self.inside),
                     "walls": [], "control": None, "root": str(self.guest / "root")}
        self.server, self.settings, self.words = None, None, ""

    def _popen(self, command, plan, **options):
        """Start the program, which loads numpy and then waits for the plan; meanwhile put there what it runs."""
        program = PROGRAM.format(path=self.plan["path"][1:], inside=str(self.inside))
        self.server = subprocess.Popen(
            [*command, *walls.python(), "-c", program], env=walls.environment(), cwd=os.path.abspath(os.sep),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
        if not self.inside.exists():
            self.inside.write_bytes(_inside())
            self.inside.chmod(0o644)
        self._tell(plan)

    def _tell(self, settings):
        with contextlib.suppress(OSError):
            self.server.stdin.write(json.dumps(settings).encode() + b"\n")
            self.server.stdin.flush()

    def _failed(self):
        self.stop()
        raise RuntimeError("the sandbox did not start: " + (self.words.strip().splitlines() or ["no answer"])[-1])

    def stop(self):
        """End what is there."""
        if self.server is None:
            return
        try:
            self.server.wait(self._farewell())
        except subprocess.TimeoutExpired:
            self._kill()
        with contextlib.suppress(OSError):
            self.server.stdin.close()
        self.server.wait()
        self.words = _rest(self.server.stderr)
        self.server = None

    def close(self):
        """End what is there, and remove its files."""
        self.stop()
        self.folder.cleanup()


@functools.cache
def _inside():
    """Return a zip of what runs inside, compiled: one file is there sooner than thirty."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in INSIDE:
            code = SourceFileLoader(name, str(PACKAGE / f"{name}.py")).get_code(name)
            archive.writestr(f"autograder/{name}.pyc", COMPILED + marshal.dumps(code))
        for package in ("engine", "sandbox"):
            archive.writestr(f"autograder/{package}/__init__.py", "")
    return whole.getvalue()


def _rest(pipe):
    """Return what is in a pipe, and wait for nothing: a process that is left may hold it open."""
    with pipe:
        if sys.platform == "win32":
            return pipe.read().decode(errors="replace")
        os.set_blocking(pipe.fileno(), False)
        return (pipe.read() or b"").decode(errors="replace")


class _Forking(_Keeper):
    """A server that is started once, with walls around it where they can be had."""

    def __init__(self, without, folder):
        super().__init__(without, folder)
        os.mkdir(self.guest / "root")
        self.walls = [] if "bubblewrap" in without else walls.bubblewrap(self.plan["readable"])
        self.plan["walls"] = ["namespaces", "bubblewrap"] if self.walls else []

    def launch(self):
        """Start the server: it loads what it needs in any case, and waits for its settings."""
        self.control, theirs = socket.socketpair()
        with theirs:
            self._popen(self.walls, {**self.plan, "control": theirs.fileno()}, pass_fds=(theirs.fileno(),),
                        start_new_session=True)

    def start(self, settings):
        """Have the server serve, without bubblewrap where that does not work; RuntimeError where it does not.

        Parameters
        ----------
        settings : dict
            What it is told when it has loaded numpy.
        """
        self.settings = settings
        begun = self._begins()
        if not begun and self.walls:
            self.stop()
            self.walls, self.plan["walls"] = [], []
            begun = self._begins()
        if not begun:
            self._failed()

    def _begins(self):
        if self.server is None:
            self.launch()
        self._tell(self.settings)
        self.control.settimeout(START_LIMIT)
        ready = b""
        with contextlib.suppress(OSError):
            ready = self.control.recv(1)
        return ready == b"R"

    def open(self):
        """Return a connection to a new process; the one before is ended."""
        if self.server is None:
            self.start(self.settings)
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.control, [b"F"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def end(self, order=b"K"):
        """End the present process and say how it had ended by itself: ``exit 3``, ``signal 9``, or ``alive``."""
        try:
            self.control.settimeout(END_LIMIT)
            self.control.sendall(order)
            told = self.control.recv(32).decode().strip() if order != b"E" else "alive"
        except OSError:
            told = ""
        if not told:
            self.stop()
        return told or "the server is gone"

    def _farewell(self):
        self.control.close()
        return 2.0  # seconds in which the server ends its child and itself

    def _kill(self):
        os.killpg(self.server.pid, signal.SIGKILL)

    def adopt(self):
        """Take over, in a forked process, what its parent has launched."""
        if self.server is not None:
            self.server = _Others(self.server)

    def let_go(self):
        """Leave what was launched to a forked process, which has taken it over, or to nobody: then it ends."""
        if self.server is not None:
            for end in (self.control, self.server.stdin, self.server.stderr):
                end.close()

    def bury(self):
        """See in the process that has launched it that nothing is left, whatever became of the one that took over."""
        if self.server is not None:
            try:
                self.server.wait(self._farewell())
            except subprocess.TimeoutExpired:
                self._kill()
                self.server.wait()
        self.folder.cleanup()


class _Others:
    """A server that is the child of another process: it can be told, waited for and killed, and is buried there."""

    def __init__(self, server):
        self.pid, self.stdin, self.stderr, self._server = server.pid, server.stdin, server.stderr, server

    def wait(self, timeout=None):
        """Wait for its end; subprocess.TimeoutExpired where it does not come."""
        with contextlib.suppress(OSError):
            with open(os.pidfd_open(self.pid), "rb") as process:
                ended, _, _ = select.select([process], [], [], timeout)
            if not ended:
                raise subprocess.TimeoutExpired("the sandbox", timeout)


class _Spawning(_Keeper):
    """A program for each submission: slower, with the limits that the platform has."""

    def start(self, settings):
        """Do nothing but keep the settings: each process is started when it is asked for."""
        self.settings = settings

    def open(self):
        """Return a connection to a new process; the one before is ended."""
        self.stop()
        token = secrets.token_bytes(16)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self._popen([], {**self.plan, "port": listener.getsockname()[1], "token": token.hex()})
            self._tell(self.settings)
            end = time.monotonic() + START_LIMIT
            listener.settimeout(0.5)
            while time.monotonic() < end and self.server.poll() is None:
                with contextlib.suppress(TimeoutError):
                    connection, _ = listener.accept()
                    connection.settimeout(START_LIMIT)
                    if _hears(connection, token):
                        return connection
                    connection.close()
        return self._failed()

    def end(self, order=b"K"):
        """End the present process and say how it had ended by itself: ``exit 3``, ``signal 9``, or ``alive``."""
        if self.server is None:
            return "none"
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self.server.wait(1.0 if order == b"W" else 0)
        self.stop()
        return "alive" if code is None else f"signal {-code}" if code < 0 else f"exit {code}"

    def _farewell(self):
        return 0

    def _kill(self):
        self.server.kill()


def _hears(connection, token):
    """Whether the one at the other end is the program that was started."""
    told = b""
    with contextlib.suppress(OSError):
        while len(told) < len(token) and (piece := connection.recv(len(token) - len(told))):
            told += piece
    return secrets.compare_digest(told, token)

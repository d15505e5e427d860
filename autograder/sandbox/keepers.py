"""Who keeps the process of a submission: a server that forks, or, where there is no fork, one program for each.

Both give a connection to a new process, end it, and say how it had ended.
"""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time

from autograder.sandbox import walls

START_LIMIT = 60.0  # seconds until a process must serve
END_LIMIT = 10.0  # seconds for the server to end a process


def keeper(guest, settings, without=()):
    """Return the keeper for this platform.

    Parameters
    ----------
    guest : Path
        The folder with the guest's files.
    settings : dict
    without : tuple of str
        Layers that are not used.
    """
    forks = sys.platform == "linux" and "fork" not in without
    return (_Forking if forks else _Spawning)(guest, settings, without)


class _Keeper:
    """What both have in common.

    Parameters
    ----------
    guest : Path
    settings : dict
    without : tuple of str
    """

    def __init__(self, guest, settings, without):
        self.program, self.server, self.words = guest / "autograder" / "sandbox" / "guest.py", None, ""
        readable = walls.readable(guest)
        layers = {name: name not in without for name in ("rlimits", "landlock", "seccomp", "namespaces", "user")}
        self.settings = {**settings, **layers, "readable": readable, "path": walls.search_path(guest), "walls": [],
                         "control": None, "root": str(guest / "root")}

    def _popen(self, command, settings, **options):
        self.server = subprocess.Popen(
            [*command, *walls.python(), str(self.program)], env=walls.environment(), cwd=os.path.abspath(os.sep),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
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


def _rest(pipe):
    """Return what is in a pipe, and wait for nothing: a process that is left may hold it open."""
    with pipe:
        if sys.platform == "win32":
            return pipe.read().decode(errors="replace")
        os.set_blocking(pipe.fileno(), False)
        return (pipe.read() or b"").decode(errors="replace")


class _Forking(_Keeper):
    """A server that is started once, with walls around it where they can be had."""

    def __init__(self, guest, settings, without):
        super().__init__(guest, settings, without)
        os.mkdir(guest / "root")
        self.walls = [] if "bubblewrap" in without else walls.bubblewrap(self.settings["readable"])
        self.settings["walls"] = ["namespaces", "bubblewrap"] if self.walls else []

    def start(self):
        """Start the server, without bubblewrap where that does not work; RuntimeError where it does not serve."""
        begun = self._begins()
        if not begun and self.walls:
            self.stop()
            self.walls, self.settings["walls"] = [], []
            begun = self._begins()
        if not begun:
            self._failed()

    def _begins(self):
        ours, theirs = socket.socketpair()
        self.control = ours
        self._popen(self.walls, {**self.settings, "control": theirs.fileno()}, pass_fds=(theirs.fileno(),),
                    start_new_session=True)
        theirs.close()
        ours.settimeout(START_LIMIT)
        ready = b""
        with contextlib.suppress(OSError):
            ready = ours.recv(1)
        return ready == b"R"

    def open(self):
        """Return a connection to a new process; the one before is ended."""
        if self.server is None:
            self.start()
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


class _Spawning(_Keeper):
    """A program for each submission: slower, with the limits that the platform has."""

    def start(self):
        """Do nothing: each process is started when it is asked for."""

    def open(self):
        """Return a connection to a new process; the one before is ended."""
        self.stop()
        token = secrets.token_bytes(16)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self._popen([], {**self.settings, "port": listener.getsockname()[1], "token": token.hex()})
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

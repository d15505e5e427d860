"""The other end of ``autograder.worker``: starting it, listening with a deadline, leaving nothing of it behind."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

from autograder.words import say

MODULE = "autograder.worker"
LONGEST_EVENT = 4_000_000  # bytes
OWN_GROUP = ({"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)} if os.name == "nt"
             else {"start_new_session": True})


class Worker:
    """A worker process: its events in order, each with a deadline; nothing of it is left at the end.

    Parameters
    ----------
    job : dict
        What it has to do, as ``autograder.worker`` says.
    folder : Path
        Its current folder: the notebook's.
    """

    def __init__(self, job, folder):
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=folder, env={**os.environ, "MPLBACKEND": "Agg"}, **OWN_GROUP)
        self._events = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        with contextlib.suppress(OSError):  # it has ended already; the events will tell
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            self._process.stdin.flush()

    def _read(self):
        while line := self._process.stdout.readline(LONGEST_EVENT):
            with contextlib.suppress(ValueError):  # not ours: the learner's code has found the pipe
                event = json.loads(line)
                if isinstance(event, dict):
                    self._events.put(event)
        self._events.put(None)

    def next_event(self, deadline):
        """Return the next event, or None when the process has ended or the deadline is over."""
        while True:
            try:
                return self._events.get(timeout=min(max(deadline - time.monotonic(), 0.0), 0.5))
            except queue.Empty:
                if time.monotonic() >= deadline or self._process.poll() is not None:
                    return None

    def ending(self, otherwise):
        """Say how the process has ended, or `otherwise` where it is still alive."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5 if self._events.empty() else 0)
        code = self._process.returncode
        if code is None:
            return otherwise
        if code < 0:
            with contextlib.suppress(ValueError):
                return say("ended the process (signal {name})", name=signal.Signals(-code).name)
        return say("ended the process (exit code {code}: os._exit, or a crash)", code=code)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if os.name == "nt":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False)
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._reader.join(1.0)
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        if not self._reader.is_alive():
            self._process.stdout.close()

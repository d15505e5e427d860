"""The processes that grade on this machine, each with a sandbox of its own.

One may be lost, killed or hang: only the submission it was at is suspected, those that waited behind it go to others.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import deque
from dataclasses import dataclass
from multiprocessing import connection

from autograder.errors import CourseError
from autograder.grading import one
from autograder.sandbox import confine
from autograder.words import say

AHEAD = 2  # submissions in the hands of each process: none waits for the next one, and memory stays flat
START_LIMIT, LONGEST = 120.0, 300.0  # seconds: until a process is ready; for one submission, whatever happens
STARTS = 3  # times in a row that a process may fail to start


@dataclass(frozen=True)
class Settings:
    """What every grading process is told once.

    Attributes
    ----------
    seed : int
        The cases are drawn from it.
    required : str or None
        A layer of isolation without which nothing is graded.
    without : tuple of str
        Layers that are not used, for tests of the others.
    assignment : str or None
        The one that most submissions are of: what is the same for all of them is done once.
    """

    seed: int
    required: str | None = None
    without: tuple[str, ...] = ()
    assignment: str | None = None


@dataclass(frozen=True)
class News:
    """What became of a submission that was handed out.

    Attributes
    ----------
    work : Work
    record : dict or None
        None where the process that had it was lost.
    begun : bool
        Whether the submission itself may be the reason, or only waited behind another.
    reason : str
    """

    work: object
    record: dict | None = None
    begun: bool = True
    reason: str = ""


def check_level(level, required):
    """Raise a CourseError where the layer `required` is not among `level`."""
    if required and required not in level:
        raise CourseError(say("the isolation {wanted} cannot be had here (there is: {layers})", wanted=required,
                              layers=", ".join(level)))


class Crew:
    """Grading processes on this machine. Use it as a context manager.

    Parameters
    ----------
    jobs : int
        Processes at work at once.
    settings : Settings
    scratch : str
        A folder for what the processes write beside their results.
    launched : list of keeper
        Servers of sandboxes that were started before; the first processes take them over.
    """

    def __init__(self, jobs, settings, scratch=None, launched=()):
        self.jobs, self.settings, self.scratch, self.launched = jobs, settings, scratch, list(launched)
        self.members, self.failed_starts, self.level = [], 0, ()

    def __enter__(self):
        one.prepare(self.settings.assignment, self.settings.seed)
        for _ in range(self.jobs):
            self._hire()
        return self

    def __exit__(self, *error):
        for member in self.members:
            member.dismiss()
        for member in self.members:
            member.gone(patience=0.0 if any(error) else 10.0)

    def _hire(self):
        self.members.append(_Member(self.settings, self.scratch, self.members, self.launched))

    @property
    def busy(self):
        """Whether a submission is in the hands of a process."""
        return any(member.tasks for member in self.members)

    @property
    def free(self):
        """Whether a process can take a submission."""
        return any(len(member.tasks) < AHEAD for member in self.members)

    def start(self, work):
        """Give a submission to the process that has least to do."""
        min(self.members, key=lambda member: len(member.tasks)).take(work)

    def finished(self):
        """Wait for news; return a list of :class:`News`, which may be empty."""
        ready = connection.wait([member.pipe for member in self.members], timeout=1.0)
        news = [item for member in list(self.members) if member.pipe in ready for item in self._listen(member)]
        for member in [member for member in self.members if time.monotonic() > member.deadline]:
            news += self._replace(member)
        return news

    def _listen(self, member):
        try:
            kind, value = member.pipe.recv()
        except (EOFError, OSError):
            return self._replace(member)
        if kind == "ready":
            self.level, member.ready, self.failed_starts = value, True, 0
            member.set_deadline()
            return []
        if kind == "refused":
            raise CourseError(value)
        if kind == "failed":
            return self._replace(member, value)
        return [News(member.done(), value)]

    def _replace(self, member, reason=""):
        """Put a new process in the place of one that is lost; return what becomes of its submissions."""
        self.members.remove(member)
        member.gone(patience=0.0)
        if not member.ready:
            self.failed_starts += 1
            if self.failed_starts >= STARTS * self.jobs:
                raise CourseError(say("the processes that grade do not start: {reason}",
                                      reason=reason or say("they end at once")))
        self._hire()
        begun = 1 if member.ready else 0
        return [News(work, None, place < begun, reason) for place, work in enumerate(member.tasks)]


class _Member:
    """One process, seen from outside."""

    def __init__(self, settings, scratch, others, launched):
        forks = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self.pipe, inside = context.Pipe()
        self.server = launched.pop() if launched and forks else None
        # A forked process would hold the pipes of the others open.
        foreign = [self.pipe.close, *(other.pipe.close for other in others), *(server.let_go for server in launched)]
        self.process = context.Process(target=_work, daemon=True, args=(
            inside, settings, scratch, foreign if forks else [], os.getpid(), self.server))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # OpenBLAS has threads, and closes them when we fork
            self.process.start()
        inside.close()
        if self.server is not None:
            self.server.let_go()
        self.tasks, self.ready = deque(), False
        self.deadline = time.monotonic() + START_LIMIT

    def take(self, work):
        self.tasks.append(work)
        with contextlib.suppress(OSError):  # it is lost: the next listening tells
            self.pipe.send(work)
        if self.ready and len(self.tasks) == 1:
            self.set_deadline()

    def done(self):
        work = self.tasks.popleft()
        self.set_deadline()
        return work

    def set_deadline(self):
        self.deadline = time.monotonic() + LONGEST if self.tasks else float("inf")

    def dismiss(self):
        with contextlib.suppress(OSError):
            self.pipe.send(None)

    def gone(self, patience):
        """Wait until the process has ended; end it where it does not."""
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.pipe.close()
        if self.server is not None:
            self.server.bury()


def _work(pipe, settings, scratch, foreign, parent, server):
    """Be a grading process: start a sandbox, grade what comes, end when told or when the parent is gone."""
    for close in foreign:
        close()
    if server is not None:
        server.adopt()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's affair
    confine.die_with_parent()
    if os.getppid() != parent:
        return
    tempfile.tempdir = scratch
    gc.freeze()  # what was loaded stays: a search for garbage would go through all of it, and copy its pages
    try:
        with one.new_sandbox(settings.without, kept=server) as sandbox:
            level = ("process", *sandbox.ready())
            check_level(level, settings.required)
            pipe.send(("ready", level))
            while (work := pipe.recv()) is not None:
                pipe.send(("record", one.grade(work, sandbox, settings.seed)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    except CourseError as error:
        pipe.send(("refused", str(error)))
    except Exception as error:
        if os.environ.get("AUTOGRADER_DEBUG"):
            traceback.print_exc()
        with contextlib.suppress(OSError):
            pipe.send(("failed", f"{type(error).__name__}: {error}"))

"""All submissions over all processors. Killed at any moment and started again, it goes on where it was."""

import atexit
import multiprocessing
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from autograder.grading import one
from autograder.sandbox import confine
from autograder.words import say

AHEAD = 4  # submissions handed out for each process: enough that none waits, few enough that memory stays flat
TRIES = 3  # of a submission whose grader itself was lost


def grade_all(works, records, seed, jobs, progress, without=()):
    """Grade every submission that has no valid result yet.

    Parameters
    ----------
    works : list of Work
    records : Records
    seed : int
    jobs : int
        Processes at work at once.
    progress : callable
        ``progress(done, total, student)``.
    without : tuple of str
        Layers of isolation that are not used.

    Returns
    -------
    list of dict
        A record for each of `works`, in their order, without the parts of each exercise.
    """
    return _collect(works, records, progress, _Local(jobs, without), seed)


def _collect(works, records, progress, crew, seed):
    kept, todo = {}, deque()
    for work in works:
        record = records.find(work)
        if record is None:
            todo.append((work, 1))
        else:
            kept[work.key] = record
    progress(len(kept), len(works), say("{count} already graded", count=len(kept)))
    with crew:
        while todo or crew.busy:
            while todo and crew.free:
                crew.start(*todo.popleft(), seed)
            for work, tries, record in crew.finished():
                if record is None and tries < TRIES:
                    todo.append((work, tries + 1))
                    continue
                record = record or _given_up(work)
                records.keep(work, record)
                kept[work.key] = record
                progress(len(kept), len(works), work.student)
    return [kept[work.key] for work in works]


def _given_up(work):
    remark = say("The grader itself was lost {tries} times with this submission.", tries=TRIES)
    return {"version": 1, "student": work.student, "assignment": work.assignment, "notebook": work.path,
            "sha256": one.digest(work.path), "isolation": [], "status": "crashed", "points": 0.0,
            "max_points": one.points_of(work.assignment), "exercises": [], "remarks": [*work.remarks, remark],
            "seconds": 0.0}


class _Local:
    """Processes of this machine, each with a sandbox of its own."""

    def __init__(self, jobs, without):
        self.jobs, self.without, self.pool, self.running = jobs, without, None, {}

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *error):
        self.pool.shutdown(wait=not any(error), cancel_futures=True)

    def _open(self):
        context = multiprocessing.get_context("spawn")
        self.pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_prepare, initargs=(self.without,))

    @property
    def busy(self):
        return bool(self.running)

    @property
    def free(self):
        return len(self.running) < AHEAD * self.jobs

    def start(self, work, tries, seed):
        try:
            self.running[self.pool.submit(_grade, work, seed)] = (work, tries)
        except BrokenProcessPool:
            self._open()
            self.running[self.pool.submit(_grade, work, seed)] = (work, tries)

    def finished(self):
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            work, tries = self.running.pop(future)
            lost = isinstance(future.exception(), BrokenProcessPool)
            yield work, tries, None if lost else future.result()


def isolation(without=()):
    """Return the layers that hold here, tried with a process that does nothing."""
    with one.new_sandbox(without) as sandbox:
        sandbox.open().close()
        return ("process", *sandbox.level)


_sandbox = None


def _prepare(without):
    """Start this process's sandbox, once."""
    global _sandbox
    confine.die_with_parent()
    _sandbox = one.new_sandbox(without).__enter__()
    atexit.register(_sandbox.__exit__)


def _grade(work, seed):
    return one.grade(work, _sandbox, seed)


class Pace:
    """A progress that knows its rate: ``412/1000  38.2/s  15 s left  student``.

    Parameters
    ----------
    stream : text file
    """

    def __init__(self, stream):
        self.stream, self.tty = stream, stream.isatty()
        self.start, self.first, self.shown = time.monotonic(), None, 0.0

    def __call__(self, done, total, what):
        """Show how far it is; at most ten times a second, and the last one always."""
        self.first = done if self.first is None else self.first
        now = time.monotonic()
        if done < total and now - self.shown < (0.1 if self.tty else 5.0):
            return
        self.shown = now
        rate = (done - self.first) / max(now - self.start, 1e-9)
        left = say("{seconds:.0f} s left", seconds=(total - done) / rate) if rate and done < total else ""
        line = f"{done}/{total}  {rate:.1f}/s  {left}  {what}".rstrip()
        self.stream.write(f"\r\033[K{line[:100]}" if self.tty else line + "\n")
        if self.tty and done == total:
            self.stream.write("\n")
        self.stream.flush()

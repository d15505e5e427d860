"""All submissions, whoever grades them. Killed at any moment and started again, it goes on where it was."""

import errno
import shutil
import time
from collections import Counter, deque

from autograder.errors import ChapterError
from autograder.grading import one
from autograder.words import say

TRIES = 3  # of a submission whose grading process was lost
PATIENCE = 20.0  # seconds to wait for a disk that is full
BAR = 20  # characters


def grade_all(works, records, crew, progress):
    """Grade every submission that has no valid result yet, and keep each result as soon as it is there.

    Parameters
    ----------
    works : list of Work
    records : Records
    crew : Crew
        Who grades: processes of this machine, or those of a cluster. Opened only if something is to be graded.
    progress : callable
        ``progress(done, total, student)``.

    Returns
    -------
    int
        How many were graded now; the others had a valid result.
    """
    todo = deque()
    for work in works:
        if records.find(work) is None:
            todo.append(work)
    count, done = len(todo), len(works) - len(todo)
    progress(done, len(works), "")
    for work in [work for work in todo if work.refused]:
        keep(records, work, _ungraded(work, "unreadable", work.refused))
        todo.remove(work)
        done += 1
    if todo:
        with crew:
            _grade(todo, records, crew, lambda finished, student: progress(done + finished, len(works), student))
    return count


def _grade(todo, records, crew, tell):
    lost, finished = Counter(), 0
    while todo or crew.busy:
        while todo and crew.free:
            crew.start(todo.popleft())
        for news in crew.finished():
            record = news.record
            if record is None:
                lost[news.work.key] += news.begun
                if lost[news.work.key] < TRIES:
                    todo.appendleft(news.work)
                    continue
                record = _ungraded(news.work, "crashed", say(
                    "The grader itself was lost {tries} times with this submission. {reason}", tries=TRIES,
                    reason=news.reason).strip())
            keep(records, news.work, record)
            finished += 1
            tell(finished, news.work.student)


def keep(records, work, record):
    """Write a result; a full disk is waited for, and then told: what is kept stays."""
    end, wait = time.monotonic() + PATIENCE, 0.1
    while True:
        try:
            return records.keep(work, record)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT) or time.monotonic() > end:
                raise ChapterError(say("{folder}: results cannot be written ({error}); those before are kept: make "
                                       "room and run this again", folder=records.folder,
                                       error=error.strerror)) from None
            time.sleep(wait)
            wait = min(2 * wait, 2.0)


def _ungraded(work, status, remark):
    return {"version": 1, "student": work.student, "assignment": work.assignment, "notebook": work.name,
            "sha256": one.digest(work.path), "isolation": [], "status": status, "points": 0.0,
            "max_points": one.points_of(work.assignment), "exercises": [], "remarks": [*work.remarks, remark],
            "seconds": 0.0}


class Pace:
    """A progress that knows its rate: ``[####....] 412/1000  38.2/s  15 s left  student``.

    Parameters
    ----------
    stream : text file
    """

    def __init__(self, stream):
        self.stream, self.tty = stream, stream.isatty()
        self.start, self.first, self.shown = time.monotonic(), None, float("-inf")

    def __call__(self, done, total, what):
        """Show how far it is: at most ten times a second, without a terminal every five; the last one always."""
        self.first = done if self.first is None else self.first
        now = time.monotonic()
        if done < total and now - self.shown < (0.1 if self.tty else 5.0):
            return
        self.shown = now
        line = self._line(done, total, what, now - self.start)
        if self.tty:
            width = shutil.get_terminal_size().columns - 1
            self.stream.write(f"\r\033[K{line[:width]}" + ("\n" if done == total else ""))
        elif done > self.first or done == total:
            self.stream.write(line + "\n")
        self.stream.flush()

    def _line(self, done, total, what, seconds):
        filled = BAR * done // max(total, 1)
        pieces = [f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}"]
        if rate := (done - self.first) / max(seconds, 1e-9):
            pieces.append(say("{rate:.1f}/s", rate=rate))
            if done < total:
                pieces.append(say("{left} left", left=_duration((total - done) / rate)))
        return "  ".join([*pieces, what if done < total else ""]).rstrip()


def _duration(seconds):
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"

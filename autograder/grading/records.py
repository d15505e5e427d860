"""Results on disk: one file a submission, written in one step. What is there and still true is not graded again."""

import contextlib
import functools
import hashlib
import json
import os
import re
import time
from pathlib import Path

from autograder.errors import CourseError
from autograder.grading.one import digest
from autograder.grading.scratch import locked, scratch
from autograder.words import say

PACKAGES = Path(__file__).resolve().parents[2]
# A result is true as long as none of these says something else.
SAYS_WHAT_IS_RIGHT = ("autograder/engine", "autograder/exercises", "autograder/sandbox", "autograder/grading/one.py",
                      "autograder/grading/running.py", "autograder/grading/library.py", "autograder/submission.py",
                      "autograder/worker.py", "solutions")
PATIENCE = 10.0  # seconds for the processes of a run that was killed to be gone
# Control characters but newline and tab, halves of characters, and what turns the direction of writing.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class Records:
    """The folder of results. As a context manager it is this run's alone, and rid of what a killed run has left.

    Parameters
    ----------
    folder : Path
    seed : int
        A result of another seed does not count.
    """

    def __init__(self, folder, seed):
        self.folder, self.seed = Path(folder), seed
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CourseError(say("{folder}: cannot be made ({error})", folder=folder, error=error.strerror)) from None

    def __enter__(self):
        self._lock = open(self.folder / ".lock", "a")  # open as long as the run lasts
        end = time.monotonic() + PATIENCE
        while not locked(self._lock):
            if time.monotonic() > end:
                self._lock.close()
                raise CourseError(say("{folder}: another `autograder grade` is at work there; wait for it, or give "
                                      "another folder with --results", folder=self.folder))
            time.sleep(0.05)
        for leftover in self.folder.glob(".*.part"):
            leftover.unlink(missing_ok=True)
        self._scratch = scratch()
        self.scratch = self._scratch.__enter__()
        return self

    def __exit__(self, *error):
        self._scratch.__exit__(*error)
        self._lock.close()

    @functools.cached_property
    def edition(self):
        """What every result is marked with; made when the first is, while others are graded."""
        return edition(self.seed)

    def path(self, work):
        """Return the file of a submission's result."""
        return self.folder / f"{work.key}.json"

    def read(self, work):
        """Return the result that is there, or None; it may be of another time."""
        try:
            record = json.loads(self.path(work).read_bytes())
        except (OSError, ValueError):
            return None
        return record if isinstance(record, dict) else None

    def find(self, work):
        """Return the result of this very notebook under this seed and these exercises, or None."""
        record = self.read(work)
        valid = record is not None and record.get("edition") == self.edition
        return record if valid and record.get("sha256") == digest(work.path) else None

    def keep(self, work, record):
        """Write a result; a reader sees the old file or the new one, never half of one.

        It is not forced to the disk: a result that a power cut has spoilt is no result, and is made again.
        """
        path = self.path(work)
        part = path.with_name(f".{path.name}.part")
        try:
            whole = clean({**record, "notebook": work.name, "number": work.number, "edition": self.edition})
            part.write_text(json.dumps(whole) + "\n", encoding="ascii")
            os.replace(part, path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise

    def every(self, works):
        """Yield the results of `works`, one at a time: however many there are, few are in memory."""
        for work in works:
            record = self.read(work)
            if record is not None:
                yield {**record, "timestamp": work.timestamp}


def edition(seed):
    """Return a text that changes with the seed and with every file that says what is right."""
    return _edition(seed, SAYS_WHAT_IS_RIGHT)


@functools.cache
def _edition(seed, names):
    total = hashlib.sha256(f"{seed}\n".encode())
    for name in names:
        path = PACKAGES / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            total.update(file.relative_to(PACKAGES).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:16]


def clean(value):
    """Return `value` with text that every file, database and terminal can take: strangers wrote some of it."""
    if isinstance(value, str):
        return UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    return [clean(item) for item in value] if isinstance(value, (list, tuple)) else value

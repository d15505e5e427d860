"""Temporary folders of which nothing is left: what a run that was killed could not remove, the next one does."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

SCRATCH = "autograder-grade-"


def locked(file):
    """Lock an open file for as long as it is open; return False where another process has it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def scratch():
    """Give a temporary folder, held by a lock; those of runs that were killed are removed."""
    if fcntl is not None:
        for stale in Path(tempfile.gettempdir()).glob(SCRATCH + "*"):
            with contextlib.suppress(OSError), open(stale / ".lock", "r+") as lock:
                if not _alive(stale.name) and locked(lock):
                    shutil.rmtree(stale, ignore_errors=True)
    with (tempfile.TemporaryDirectory(prefix=f"{SCRATCH}{os.getpid()}-", ignore_cleanup_errors=True) as folder,
          open(os.path.join(folder, ".lock"), "a") as lock):
        locked(lock)
        yield folder


def _alive(name):
    try:
        os.kill(int(name.removeprefix(SCRATCH).partition("-")[0]), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True

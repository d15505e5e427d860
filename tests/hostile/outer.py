"""A grader in a process of its own with limits of its own: whatever a submission does, the tests' machine is safe.

Run as a program it reads jobs, a line of JSON each, and answers with records.
"""

import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
PATIENCE, CLOCK, TOTAL = 0.5, 2.0, 10.0  # seconds: on the processor, by the clock, for a submission
LOST_AFTER = 60.0  # seconds in which the grader itself must have answered
SECRET = "the teacher's secret 4711"


def main():
    """Grade what comes on stdin, within limits that nothing inside can lift."""
    settings = json.loads(sys.stdin.readline())
    _limit_all()
    from autograder.grading import one
    from autograder.grading.inbox import Work

    one.CELL_LIMIT, one.EXERCISE_LIMIT, one.TOTAL_LIMIT = CLOCK, CLOCK, TOTAL
    with one.new_sandbox(settings["without"], patience=PATIENCE, memory=2**28, seconds=10) as sandbox:
        sandbox.open().close()
        _say({"level": sandbox.level})
        for line in sys.stdin:
            job = json.loads(line)
            _say(one.grade(Work("student", job["assignment"], os.fsdecode(bytes.fromhex(job["path"]))), sandbox, 5))


def _say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _limit_all():
    """Bound this process and all that it starts: memory, files, processor, processes."""
    import resource

    for name, most in {"AS": 4 * 2**30, "FSIZE": 64 * 2**20, "CPU": 300, "NOFILE": 512, "NPROC": 2_000}.items():
        what = getattr(resource, f"RLIMIT_{name}", None)
        if what is not None:
            hard = resource.getrlimit(what)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(what, (most, most))


class Grader:
    """That process, seen from the tests. Use it as a context manager.

    Parameters
    ----------
    without : tuple of str
        Layers of the sandbox that are not used.
    """

    def __init__(self, without=()):
        self.without = without

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="hostile-")
        self.place = Path(self.folder.name)
        for name in ("tmp", "home", "submitted"):
            (self.place / name).mkdir()
        environment = {**os.environ, "TMPDIR": str(self.place / "tmp"), "HOME": str(self.place / "home"),
                       "AUTOGRADER_SECRET": SECRET, "PYTHONPATH": str(CLONE)}
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=self.place,
            env=environment, start_new_session=True)
        self._send({"without": self.without})
        self.level = self._answer()["level"]
        self.family = len(descendants(self.process.pid))
        return self

    def __exit__(self, *error):
        self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()

    def grade(self, path, assignment="03_rnn_model"):
        """Return the record of the notebook at `path`."""
        self._send({"path": os.fsencode(path).hex(), "assignment": assignment})
        return self._answer()

    def leftovers(self):
        """Return what is left of submissions: processes beyond the server's, files beyond the guest's."""
        end = time.monotonic() + 5
        while len(processes := descendants(self.process.pid)) > self.family and time.monotonic() < end:
            time.sleep(0.01)
        files = [path.name for path in (self.place / "tmp").iterdir() if not path.name.startswith("guest-")]
        files += [path.name for path in (self.place / "home").iterdir()]
        files += [path.name for path in self.place.iterdir() if path.name not in ("tmp", "home", "submitted")]
        return files + [f"process {number}" for number in processes[self.family:]]

    def _send(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def _answer(self):
        if not select.select([self.process.stdout], [], [], LOST_AFTER)[0]:
            self.process.kill()
        line = self.process.stdout.readline()
        assert line, f"the grader itself was lost (exit code {self.process.wait()})"
        return json.loads(line)


def descendants(process):
    """Numbers of all living processes that a process has started, and those that these have."""
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, path.read_text(encoding="ascii").split()):
                if _lives(child):
                    found += [child, *descendants(child)]
    return found


def _lives(process):
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


if __name__ == "__main__":
    main()

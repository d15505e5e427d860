"""Killed, robbed of a process, kept out of the gradebook: nothing is lost, repeated or left behind.

``AUTOGRADER_KILLS=50`` kills the batch that often (``make bench-grading`` does); a test run kills it a few times.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from classroom import CHAPTER, IDS, SEED, answers, command, fill, gradebook_content, hand_in, run

from autograder.errors import CourseError
from autograder.exercises import find
from autograder.grading import gradebook
from autograder.grading.crew import Crew, Settings, check_level
from autograder.grading.inbox import Work

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
KILLS = int(os.environ.get("AUTOGRADER_KILLS", "4"))


def processes_of(folder):
    """Ids of the processes that name `folder` among their arguments: the command, its children, their sandboxes."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            if str(folder).encode() in (entry / "cmdline").read_bytes() and state != "Z":
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def gone(folder, seconds=20.0):
    """Wait until no process of `folder` is left."""
    end = time.monotonic() + seconds
    while processes_of(folder) and time.monotonic() < end:
        time.sleep(0.02)
    return not processes_of(folder)


class Batch:
    """The command at work in `home`, with a temporary folder of its own."""

    def __init__(self, home, *arguments):
        self.home, self.temporary = home, home / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            command(home / "submitted", "--jobs", "2", *arguments), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(self.temporary)})

    def results(self):
        return len(list((self.home / "results").glob("*.json")))

    def wait_for(self, condition, seconds=120.0):
        end = time.monotonic() + seconds
        while not condition() and self.process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def test_killed_at_random_moments_it_ends_with_the_gradebook_of_an_undisturbed_run(tmp_path):
    rng = random.Random(7)
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    for home in (calm, rough):
        fill(home / "submitted", max(12, 2 * KILLS))
        book = home / "gradebook.db"
        if home is calm:
            assert run(home / "submitted", "--gradebook", book).returncode == 0
    kept = 0
    for number in range(KILLS):
        batch = Batch(rough, "--gradebook", book)
        if number % 4:  # in the middle of the work; otherwise while it starts
            count = kept + rng.randrange(1, 3)
            batch.wait_for(lambda batch=batch, count=count: batch.results() >= count)
            time.sleep(rng.uniform(0, 0.05))
        else:
            time.sleep(rng.uniform(0, 1.0))
        batch.kill()
        assert batch.results() >= kept
        assert gone(rough), "processes that outlive the batch"
        kept = batch.results()
    batch = Batch(rough, "--gradebook", book)  # once more, in the middle of the gradebook
    batch.wait_for(lambda: batch.results() == len(list((rough / "submitted").iterdir())))
    time.sleep(rng.uniform(0, 3.0))
    batch.kill()
    assert gone(rough)
    batch = Batch(rough, "--gradebook", book)
    assert batch.process.wait() == 0
    assert gradebook_content(book) == gradebook_content(calm / "gradebook.db")
    assert [path.name for path in rough.glob(".*")] == []
    assert list(batch.temporary.iterdir()) == [], "files that outlive the batch"


def test_a_grading_process_that_is_killed_costs_nothing(tmp_path):
    fill(tmp_path / "submitted", 8)
    batch = Batch(tmp_path)
    batch.wait_for(lambda: batch.results() >= 2)
    children = Path(f"/proc/{batch.process.pid}/task/{batch.process.pid}/children")
    victims = [int(pid) for pid in children.read_text().split()]
    os.kill(victims[0], signal.SIGKILL)
    assert batch.process.wait() == 0
    assert batch.results() == 8
    assert gone(tmp_path)


def test_an_interrupt_ends_all_of_it_with_one_line(tmp_path):
    fill(tmp_path / "submitted", 40)
    with subprocess.Popen(command(tmp_path / "submitted", "--jobs", "2"), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True) as process:
        while not list((tmp_path / "results").glob("*.json")) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl+C does: to all of them
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert err.splitlines()[-1] == "autograder grade: stopped"
    assert "Traceback" not in err
    assert gone(tmp_path)


def until_told(crew):
    """Give a crew something to do and listen until it has trouble."""
    crew.start(Work("ada", CHAPTER, "x"))
    for _ in range(100):
        crew.finished()


def test_a_process_that_never_starts_is_told():
    with (Crew(1, Settings(1), scratch="/no/such/folder") as crew,
          pytest.raises(CourseError, match="the processes that grade do not start: FileNotFoundError")):
        until_told(crew)


def test_too_little_isolation_is_refused():
    check_level(("process", "rlimits"), None)
    check_level(("process", "rlimits"), "rlimits")
    with pytest.raises(CourseError, match="the isolation bubblewrap cannot be had here"):
        check_level(("process", "rlimits"), "bubblewrap")
    with (Crew(1, Settings(1, "bubblewrap", ("bubblewrap",))) as crew,
          pytest.raises(CourseError, match="the isolation bubblewrap cannot be had here")):
        until_told(crew)


# --- the gradebook is held by another program ---------------------------------------------------

def records(count=3):
    """Results as grading gives them, made by hand."""
    exercises = [{"id": name, "points": 1.0, "max_points": find(name).points, "message": f"about {name}"}
                 for name in IDS]
    return [{"student": f"s{number}", "assignment": CHAPTER, "status": "graded", "points": 4.0, "max_points": 100.0,
             "remarks": [], "exercises": exercises} for number in range(count)]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A gradebook with three students."""
    path = tmp_path_factory.mktemp("book") / "gradebook.db"
    gradebook.write(str(path), records())
    return path


def test_a_gradebook_that_is_locked_for_a_while_is_waited_for(book):
    with closing(sqlite3.connect(book, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        threading.Timer(1.5, other.execute, ["COMMIT"]).start()
        gradebook.write(str(book), records(4))
        assert len(gradebook_content(book)[2]) == 4


def test_a_gradebook_that_stays_locked_is_told_and_unchanged(book):
    before = gradebook_content(book)
    with closing(sqlite3.connect(book, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CourseError, match=r"database is locked.*the results are kept"):
            gradebook.write(str(book), records(9), patience=0.1)
    assert gradebook_content(book) == before


def test_writing_the_gradebook_again_changes_nothing(book):
    before = gradebook_content(book)
    gradebook.write(f"sqlite:///{book}", records())
    assert gradebook_content(book) == before


def test_a_damaged_gradebook_is_one_line(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(CourseError, match="the gradebook cannot be written"):
        gradebook.write(str(path), records())


def test_a_submission_is_the_same_whoever_grades_it(tmp_path):
    """A function whose result depends on how often it was called gets no other inputs in another order of work."""
    hand_in(tmp_path / "submitted", "ada", answers("mixed"))
    (tmp_path / "autograder_seed.txt").write_text(SEED, encoding="ascii")
    for number in range(2):
        run(tmp_path / "submitted", "--results", tmp_path / f"r{number}", "--csv", tmp_path / f"{number}.csv")
    assert (tmp_path / "0.csv").read_text(encoding="utf-8") == (tmp_path / "1.csv").read_text(encoding="utf-8")

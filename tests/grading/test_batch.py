"""The order of things: what is graded again, what is tried again, and what a full disk or a lost process costs."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.errors import ChapterError, CourseError
from autograder.grading import batch, crew, inbox
from autograder.grading import records as records_module
from autograder.grading.records import Records


def works(folder, count=3):
    found = []
    for number in range(count):
        path = folder / f"{number}.ipynb"
        path.write_text(f"{number}", encoding="utf-8")
        found.append(inbox.Work(f"s{number}", "03_rnn_model", str(path), name=path.name))
    return found


def record_of(work):
    return {"student": work.student, "assignment": work.assignment, "status": "graded", "points": 1.0,
            "sha256": records_module.digest(work.path), "exercises": [], "remarks": []}


class Desk:
    """A crew that grades at once; what it does with a submission can be told beforehand."""

    level = ("process",)

    def __init__(self, answers=()):
        self.answers, self.todo, self.seen = dict(answers), [], []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    @property
    def busy(self):
        return bool(self.todo)

    @property
    def free(self):
        return len(self.todo) < 2

    def start(self, work):
        self.todo.append(work)
        self.seen.append(work.student)

    def finished(self):
        work = self.todo.pop(0)
        answer = self.answers.get(work.student, [None])
        return [(answer.pop(0) if answer else None) or crew.News(work, record_of(work))]


def grade(records, found, desk):
    return batch.grade_all(found, records, desk, lambda done, total, what: None)


def test_what_has_a_result_is_not_graded_again(tmp_path):
    found, records = works(tmp_path), Records(tmp_path / "results", 1)
    assert grade(records, found, Desk()) == 3
    assert grade(records, found, desk := Desk()) == 0
    assert desk.seen == []
    (tmp_path / "1.ipynb").write_text("handed in again", encoding="utf-8")
    assert grade(records, found, desk) == 1
    assert desk.seen == ["s1"]


def test_another_seed_or_another_truth_is_another_result(tmp_path, monkeypatch):
    found = works(tmp_path)
    grade(Records(tmp_path / "results", 1), found, Desk())
    assert grade(Records(tmp_path / "results", 2), found, Desk()) == 3
    assert grade(Records(tmp_path / "results", 2), found, Desk()) == 0
    monkeypatch.setattr(records_module, "SAYS_WHAT_IS_RIGHT", ("solutions",))
    assert grade(Records(tmp_path / "results", 2), found, Desk()) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"edition": 1}', "\0" * 50])
def test_a_spoilt_result_is_made_again(tmp_path, text):
    found, records = works(tmp_path, 1), Records(tmp_path / "results", 1)
    grade(records, found, Desk())
    records.path(found[0]).write_text(text, encoding="utf-8")
    assert records.find(found[0]) is None
    assert grade(records, found, Desk()) == 1
    assert records.find(found[0])["points"] == 1.0


def test_a_submission_whose_process_is_lost_is_tried_three_times_and_then_told(tmp_path):
    found = works(tmp_path)
    lost = [crew.News(found[1], None, True, "OSError: the machine is on fire")] * 3
    records, desk = Records(tmp_path / "results", 1), Desk({"s1": lost})
    grade(records, found, desk)
    assert desk.seen.count("s1") == 3
    record = records.find(found[1])
    assert record["status"] == "crashed"
    assert "on fire" in record["remarks"][0]
    assert [records.find(work)["status"] for work in (found[0], found[2])] == ["graded", "graded"]


def test_a_submission_that_only_waited_behind_another_is_not_suspected(tmp_path):
    found = works(tmp_path)
    waited = [crew.News(found[1], None, False)] * 9
    records = Records(tmp_path / "results", 1)
    grade(records, found, Desk({"s1": waited}))
    assert records.find(found[1])["status"] == "graded"


def test_what_is_refused_is_told_without_being_opened(tmp_path):
    work = inbox.Work("ada", "03_rnn_model", str(tmp_path), refused="a link instead of a file")
    records, desk = Records(tmp_path / "results", 1), Desk()
    assert grade(records, [work], desk) == 1
    assert desk.seen == []
    assert records.read(work)["status"] == "unreadable"
    assert records.read(work)["remarks"] == ["a link instead of a file"]
    assert grade(records, [work], desk) == 0


def test_strangers_text_is_made_fit_for_every_file(tmp_path):
    work, = works(tmp_path, 1)
    records = Records(tmp_path / "results", 1)
    records.keep(work, {**record_of(work), "remarks": ["a\x1b[2Jb\ud800c\0d\u202ee\nf\tg"]})
    assert records.find(work)["remarks"] == ["a�[2Jb�c�d�e\nf\tg"]


# --- the disk -----------------------------------------------------------------------------------

class FullDisk:
    """Writing fails so many times."""

    def __init__(self, monkeypatch, times, reason=errno.ENOSPC):
        self.left, self.reason, self.replace = times, reason, os.replace
        monkeypatch.setattr(os, "replace", self)

    def __call__(self, *arguments):
        if self.left:
            self.left -= 1
            raise OSError(self.reason, os.strerror(self.reason))
        return self.replace(*arguments)


def test_a_full_disk_is_waited_for(tmp_path, monkeypatch):
    found, records = works(tmp_path, 1), Records(tmp_path / "results", 1)
    FullDisk(monkeypatch, 3)
    assert grade(records, found, Desk()) == 1
    assert records.find(found[0])["points"] == 1.0


def test_a_disk_that_stays_full_is_told_and_what_is_kept_stays(tmp_path, monkeypatch):
    found, records = works(tmp_path), Records(tmp_path / "results", 1)
    grade(records, found[:1], Desk())
    monkeypatch.setattr(batch, "PATIENCE", 0.2)
    full = FullDisk(monkeypatch, 1000)
    with pytest.raises(ChapterError, match="No space left on device"):
        grade(records, found, Desk())
    assert [file.name for file in records.folder.glob(".*.part")] == []
    full.left = 0
    desk = Desk()
    grade(records, found, desk)
    assert desk.seen == ["s1", "s2"]


def test_a_folder_that_cannot_be_written_is_told_at_once(tmp_path, monkeypatch):
    found, records = works(tmp_path), Records(tmp_path / "results", 1)
    FullDisk(monkeypatch, 1000, errno.EROFS)
    start = time.monotonic()
    with pytest.raises(ChapterError, match="Read-only file system"):
        grade(records, found, Desk())
    assert time.monotonic() - start < 2


# --- one run at a time --------------------------------------------------------------------------

def test_two_runs_in_one_folder_are_kept_apart(tmp_path, monkeypatch):
    pytest.importorskip("fcntl")
    monkeypatch.setattr(records_module, "PATIENCE", 0.2)
    first, second = Records(tmp_path / "results", 1), Records(tmp_path / "results", 1)
    with first, pytest.raises(CourseError, match="another `autograder grade` is at work"), second:
        pass
    with second:
        pass


DIES = """
import os, signal, sys
from autograder.grading.records import Records
with Records(sys.argv[1], 1) as records:
    (records.folder / ".s0.json.part").write_text("{", encoding="utf-8")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_has_left_is_removed(tmp_path, monkeypatch):
    pytest.importorskip("fcntl")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", DIES, str(tmp_path / "results")], check=False,
                          env={**os.environ, "TMPDIR": str(tmp_path)})
    assert done.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob("autograder-grade-*"))) == 1
    with Records(tmp_path / "results", 1) as records:
        assert list(records.folder.glob(".*.part")) == []
        assert len(list(tmp_path.glob("autograder-grade-*"))) == 1
        with Records(tmp_path / "other", 1):  # the folder of a run that is alive stays
            assert len(list(tmp_path.glob("autograder-grade-*"))) == 2
    assert list(tmp_path.glob("autograder-grade-*")) == []


# --- progress -----------------------------------------------------------------------------------

class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_a_bar_with_rate_and_time_left(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(batch.time, "monotonic", lambda: now[0])
    stream = Terminal()
    pace = batch.Pace(stream)
    pace(100, 1000, "")
    now[0] = 10.0
    pace(550, 1000, "ada")
    assert stream.getvalue().endswith("[###########.........] 550/1000  45.0/s  10 s left  ada")
    pace(1000, 1000, "ben")
    assert stream.getvalue().endswith("[####################] 1000/1000  90.0/s\n")


def test_a_file_sees_a_line_every_five_seconds_and_the_last(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(batch.time, "monotonic", lambda: now[0])
    stream = io.StringIO()
    pace = batch.Pace(stream)
    for done in range(101):
        now[0] = done / 10
        pace(done, 100, "ada")
    assert [line.split()[1] for line in stream.getvalue().splitlines()] == ["50/100", "100/100"]


def test_a_result_is_one_line_of_json(tmp_path):
    work, = works(tmp_path, 1)
    records = Records(tmp_path / "results", 1)
    records.keep(work, record_of(work))
    text = records.path(work).read_text(encoding="ascii")
    assert text.count("\n") == 1
    assert json.loads(text)["student"] == "s0"

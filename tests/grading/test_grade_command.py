"""``autograder grade`` from the command line: what it says, what it writes, how it ends."""

import csv
import json
import os
import re
import stat
from pathlib import Path

import jsonschema
import pytest
from classroom import CHAPTER, IDS, answers, blank, code, fill, hand_in, right, run, wrong

from autograder import cli, grading
from autograder.grading import cluster, gradebook, tables

SCHEMA = json.loads(Path(grading.__file__).with_name("schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Six students, graded once: the folder, what the terminal said, and the JSON."""
    home = tmp_path_factory.mktemp("class")
    fill(home / "submitted", 4)
    hand_in(home / "submitted", "zoe", answers("right") | {"rnn_forward": wrong("rnn_forward")},
            before=[code("print('hello')\n1 / 0", "mine")])
    broken = home / "submitted" / "yan" / CHAPTER / f"{CHAPTER}.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text('{"cells": [', encoding="utf-8")
    done = run(home / "submitted", "--csv", home / "a.csv", "--json", home / "a.json", "--moodle", home / "moodle.csv",
               "--canvas", home / "canvas.csv", "--jobs", "2")
    return home, done, json.loads((home / "a.json").read_text(encoding="utf-8"))["submissions"]


def test_a_class_with_one_unreadable_file_is_1_and_the_others_are_graded(graded):
    _, done, records = graded
    assert done.returncode == 1
    assert [record["student"] for record in records] == ["student000", "student001", "student002", "student003", "yan",
                                                         "zoe"]
    assert {record["student"]: record["status"] for record in records if record["status"] != "graded"} == {
        "yan": "unreadable"}


def test_points_are_what_the_answers_earn(graded):
    points = {record["student"]: record["points"] for record in graded[2]}
    assert points["student000"] == 100.0
    assert points["student002"] == points["yan"] == 0.0
    assert 0 < points["student001"] < 50
    assert 50 < points["zoe"] < 100


def test_the_terminal_shows_a_summary(graded):
    _, done, _ = graded
    assert re.search(rf"^{CHAPTER} · 100 points$", done.stdout, re.MULTILINE)
    assert re.search(r"^  graded +5$", done.stdout, re.MULTILINE)
    assert re.search(r"^  unreadable +1$", done.stdout, re.MULTILINE)
    assert re.search(r"^  mean points +\d+\.\d of 100$", done.stdout, re.MULTILINE)
    assert re.search(r"^    ! yan: .*broken JSON", done.stdout, re.MULTILINE)
    assert re.search(r"^  isolation +process", done.stdout, re.MULTILINE)
    assert re.search(r"^  results +\S+results$", done.stdout, re.MULTILINE)
    assert "6/6" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_json_is_as_the_schema_says(graded):
    jsonschema.validate(json.loads((graded[0] / "a.json").read_text(encoding="utf-8")), SCHEMA)


def test_the_csv_has_a_line_each_and_a_column_for_each_exercise(graded):
    home, _, records = graded
    with (home / "a.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["student"] for row in rows] == [record["student"] for record in records]
    for row, record in zip(rows, records, strict=True):
        assert float(row["points"]) == record["points"]
        assert [row[name] for name in IDS] == [f"{result['points']:g}" for result in record["exercises"]] or \
            row["status"] == "unreadable"


def test_moodle_and_canvas_get_points_but_none_for_what_was_not_graded(graded):
    home, _, records = graded
    points = {record["student"]: f"{record['points']:g}" if record["status"] == "graded" else ""
              for record in records}
    with (home / "moodle.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["Username"]: row["Grade"] for row in rows} == points
    assert all(row["Maximum Grade"] == "100" and row["Last modified (grade)"] == "-" for row in rows)
    assert "<strong>rnn_forward" in rows[0]["Feedback comments"]
    with (home / "canvas.csv").open(encoding="utf-8", newline="") as stream:
        worth, *rows = list(csv.DictReader(stream))
    assert list(worth)[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert (worth["Student"].strip(), worth[CHAPTER]) == ("Points Possible", "100")
    assert {row["SIS Login ID"]: row[CHAPTER] for row in rows} == points


def test_a_second_run_grades_nothing_and_a_new_hand_in_alone(graded):
    home, _, records = graded
    before = {path: path.stat().st_mtime_ns for path in (home / "results").glob("*.json")}
    done = run(home / "submitted", "--json", home / "b.json")
    assert "graded now         0 of 6" in done.stdout
    assert json.loads((home / "b.json").read_text(encoding="utf-8"))["submissions"] == records
    hand_in(home / "submitted", "student002", answers("right"))
    done = run(home / "submitted", "--json", home / "b.json")
    assert "graded now         1 of 6" in done.stdout
    changed = [path.name for path in before if path.stat().st_mtime_ns != before[path]]
    assert [name.partition("-")[0] for name in changed] == ["student002"]
    hand_in(home / "submitted", "student002", answers("blank"))


def test_the_same_seed_gives_the_same_results_in_another_folder(graded):
    home, _, records = graded
    run(home / "submitted", "--results", home / "again", "--json", home / "c.json", "--jobs", "1")
    again = json.loads((home / "c.json").read_text(encoding="utf-8"))["submissions"]

    def told(record):
        return {key: value for key, value in record.items() if key != "seconds"}

    assert [told(record) for record in again] == [told(record) for record in records]


# --- in this process ----------------------------------------------------------------------------

@pytest.fixture
def grade(capsys):
    """Run the command in this process; its exit code, stdout and stderr."""
    def run_here(*arguments):
        try:
            exit_code = cli.main(["grade", *map(str, arguments)])
        except SystemExit as error:
            exit_code = error.code
        return exit_code, *capsys.readouterr()

    return run_here


def test_a_class_that_was_graded_is_0_whatever_its_points(grade, tmp_path):
    hand_in(tmp_path / "submitted", "ada", {name: blank(name) for name in IDS})
    exit_code, out, _ = grade(tmp_path / "submitted")
    assert exit_code == 0
    assert "mean points        0.0 of 100" in out
    seed = tmp_path / "autograder_seed.txt"
    assert int(seed.read_text(encoding="ascii")) >= 0
    if os.name == "posix":
        assert stat.S_IMODE(seed.stat().st_mode) == 0o600


def test_a_zip_of_moodle_comes_back_as_moodles_grading_worksheet(grade, tmp_path):
    import zipfile

    hand_in(tmp_path / "x", "ada", {name: right(name) for name in IDS})
    with zipfile.ZipFile(tmp_path / "moodle.zip", "w") as archive:
        archive.write(tmp_path / "x" / "ada" / CHAPTER / f"{CHAPTER}.ipynb",
                      "=cmd()_1234_assignsubmission_file_/my notebook.ipynb")
        archive.writestr("Ben_7_assignsubmission_file_/report.pdf", "%PDF")
    exit_code, out, _ = grade(tmp_path / "moodle.zip", "--moodle", tmp_path / "m.csv", "--canvas", tmp_path / "c.csv",
                              "--assignment", CHAPTER)
    assert exit_code == 1
    assert "! Ben: no notebook, but report.pdf" in out
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["Identifier"], row["Full name"], row["Grade"]) for row in rows] == [
        ("Participant 1234", "'=cmd()", "100"), ("Participant 7", "Ben", "")] or rows[0]["Full name"] == "Ben"
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["ID"] for row in list(csv.DictReader(stream))[1:]} == {"1234", "7"}


def full(tmp_path):
    hand_in(tmp_path / "submitted", "ada", {})
    return tmp_path / "submitted"


BAD = [
    ("nowhere", [], "nowhere: there is no such folder or zip file"),
    ("submitted", ["--assignment", "03_rnn"], "no assignment is called 03_rnn; there are: "),
    ("submitted", ["--seed", "none.txt"], "none.txt: the seed cannot be read (No such file or directory)"),
    ("submitted", ["--seed", "bad.txt"], "bad.txt: the seed must be a whole number from 0 on, and is 'secret'"),
    ("submitted", ["--gradebook", "sqlite:///none/gradebook.db"], "there cannot be a gradebook at this place"),
    ("submitted", ["--gradebook", "bad.txt"], "bad.txt: is no gradebook"),
    ("submitted", ["--csv", "none/a.csv"], "there is no folder"),
    ("submitted", ["--json", "submitted"], "submitted: is a folder; give the name of a file"),
    ("submitted", ["--report", "none/a.html"], "there is no folder"),
    ("submitted", ["--results", "bad.txt"], "bad.txt: cannot be made"),
    ("submitted", ["--feedback", "bad.txt"], "bad.txt: is a file; give the name of a folder"),
    ("submitted", ["--scheduler", "tcp://127.0.0.1:9"], "tcp://127.0.0.1:9: "),
    ("submitted", ["--scheduler", "10.0.0.1"], "10.0.0.1: is no scheduler's address; one looks like tcp://"),
    ("submitted", ["--scheduler", "tls://10.0.0.1:8786"], "needs certificates"),
    ("submitted", ["--scheduler", "ftp://10.0.0.1:8786"], "is no scheduler's address"),
    ("empty", [], "empty: holds no notebook"),
    ("bad.txt", [], "bad.txt: not a zip file"),
    (".", [], "is the course's folder; the submissions are in submitted"),
]


@pytest.mark.parametrize(("place", "arguments", "told"), BAD, ids=[" ".join([place, *rest]) for place, rest, _ in BAD])
def test_bad_usage_is_one_line_and_2(grade, tmp_path, monkeypatch, place, arguments, told):
    full(tmp_path)
    monkeypatch.setattr(cluster, "CONNECT", 0.2)
    (tmp_path / "empty").mkdir()
    (tmp_path / "release").mkdir()
    (tmp_path / "bad.txt").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exit_code, out, err = grade(place, *arguments)
    last = err.strip().splitlines()[-1]
    assert exit_code == 2
    assert out == ""
    assert last.startswith("autograder grade: ")
    assert told in last
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--jobs", "many"], ["--require-isolation", "magic"],
                                       ["--nonsense"]], ids=" ".join)
def test_wrong_arguments_are_2(grade, tmp_path, arguments):
    exit_code, out, err = grade(full(tmp_path), *arguments)
    assert (exit_code, out) == (2, "")
    assert "error: " in err


def test_a_read_only_gradebook_is_one_line(grade, tmp_path):
    gradebook = tmp_path / "gradebook.db"
    gradebook.write_bytes(b"SQLite format 3\0")
    gradebook.chmod(0o444)
    exit_code, _, err = grade(full(tmp_path), "--gradebook", gradebook)
    assert exit_code == 2
    assert "the gradebook is read-only" in err


def test_what_cannot_be_written_is_told_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(Exception, match="cannot be written"):
        tables.check_place(tmp_path / "a.csv")
    with pytest.raises(Exception, match="the gradebook is read-only"):
        gradebook.check(str(tmp_path / "gradebook.db"))

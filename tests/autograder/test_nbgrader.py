"""Stock nbgrader on the real chapter 3: release, three students, autograde, feedback, export."""

import csv
import html
import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing

import pytest
from course_tools import NAME, SEED, nbgrader
from test_submission_sample import MISTAKES, SAMPLE

from autograder import cli
from autograder.exercises import find, of_chapter
from autograder.notebooks import cells, files

# Text on stderr in a check cell costs all its points in nbgrader, so none may get there.
LOUD = "\n    import sys, warnings\n    print('loud', file=sys.stderr)\n    warnings.warn('careful')"
STUDENTS = ("ada", "ben", "cleo")  # all right; three mistakes; nothing done


@pytest.fixture(scope="module")
def graded(course, tmp_path_factory):
    """A course in which three students' work was graded by the stock commands."""
    course = shutil.copytree(course, tmp_path_factory.mktemp("nbgrader") / "course")
    nbgrader(course, "generate_assignment", NAME, "--force")
    with zipfile.ZipFile(course / "students.zip") as archive:
        blank = archive.read(f"rnn-course/{NAME}.ipynb")
    for student in STUDENTS:
        path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(blank)
        if student != "cleo":
            hand_in(path, student)
    nbgrader(course, "autograde", NAME)
    nbgrader(course, "generate_feedback", NAME)
    nbgrader(course, "export", "--to", "grades.csv")
    return course


def hand_in(path, student):
    """Fill in the student's own answers."""
    notebook, sample = files.read(path), files.read(SAMPLE)
    for exercise in of_chapter(NAME):
        right = "print('hello')\n" + cells.solved_source(exercise)
        right = right.replace("\n    return", LOUD + "\n    return")
        mixed = cells.find_stub(sample, exercise)["source"]
        cells.find_stub(notebook, exercise)["source"] = right if student == "ada" else mixed
    files.write(path, notebook)


def checked(course, student, capsys):
    """What `autograder check` says of the same file with the same seed."""
    cli.main(["check", str(course / "submitted" / student / NAME / f"{NAME}.ipynb"), "--json", "--seed", SEED])
    return json.loads(capsys.readouterr().out)


def gradebook(course, student):
    """Points of each check cell in nbgrader's own gradebook."""
    with closing(sqlite3.connect(course / "gradebook.db")) as database:
        return dict(database.execute(
            "SELECT base_cell.name, grade.auto_score FROM grade "
            "JOIN base_cell ON grade.cell_id = base_cell.id "
            "JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id "
            "JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id "
            "WHERE submitted_assignment.student_id = ? AND NOT grade.needs_manual_grade", [student]))


def test_stock_nbgrader_makes_the_release_that_we_made(graded, course):
    ours, theirs = (folder / "release" / NAME / f"{NAME}.ipynb" for folder in (course, graded))
    assert theirs.read_bytes() == ours.read_bytes()


@pytest.mark.parametrize("student", STUDENTS)
def test_the_gradebook_has_exactly_the_points_that_check_gives(graded, student, capsys):
    report = checked(graded, student, capsys)
    wanted = {cells.check_id(find(result["id"])): result["points"] for result in report["exercises"]}
    assert gradebook(graded, student) == wanted
    total = {"ada": report["max_points"], "cleo": 0.0}.get(student, report["points"])
    assert sum(wanted.values()) == total
    assert 0 < total < 100 or student != "ben"


def test_the_feedback_shows_the_diagnosis(graded):
    page = feedback(graded, "ben")
    for name, mistake in MISTAKES.items():
        if mistake:
            message = next(m for m in find(name).misconceptions if m.id == mistake).message
            assert message.replace("`", "").split("\n")[0] in page
    assert "not attempted, 0 of 30 points" in feedback(graded, "cleo")


def feedback(course, student):
    """The text that a student reads on the feedback page."""
    page = (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    return html.unescape(re.sub(r"<[^>]*>", "", page)).replace("`", "")


def test_the_export_has_every_student(graded, capsys):
    with (graded / "grades.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["student_id"]: row for row in csv.DictReader(stream) if row["assignment"] == NAME}
    assert set(rows) == set(STUDENTS)
    for student, row in rows.items():
        assert (float(row["score"]), float(row["max_score"])) == (checked(graded, student, capsys)["points"], 100)


def test_the_cases_were_drawn_from_the_teachers_seed(graded, capsys):
    """The numbers in the feedback are those of the hidden cases, not those that a student sees at home."""
    page = feedback(graded, "ben")
    here = checked(graded, "ben", capsys)["exercises"][0]["message"].splitlines()[1]
    cli.main(["check", str(SAMPLE), "--json", "--seed", "0"])
    home = json.loads(capsys.readouterr().out)["exercises"][0]["message"].splitlines()[1]
    assert here != home
    assert here in page
    assert home not in page


def test_demonstrations_were_not_run(graded):
    autograded = files.read(graded / "autograded" / "ada" / NAME / f"{NAME}.ipynb")
    demos = [cell for cell in files.code_cells(autograded) if "demo" in files.tags(cell)]
    assert demos
    assert all(cell["execution_count"] is None and not cell["outputs"] for cell in demos)

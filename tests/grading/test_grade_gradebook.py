"""Our results in nbgrader's own gradebook, read by nbgrader itself: API, formgrader, export, feedback."""

import csv
import json
import shutil
import sqlite3
import time
from contextlib import closing

import pytest
from classroom import CHAPTER, IDS, gradebook_content
from conftest import nbgrader

from autograder.exercises import find
from autograder.grading import gradebook
from autograder.notebooks.cells import check_id

pytest.importorskip("nbgrader")
# nbgrader's and jupyter's own
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"),
              pytest.mark.filterwarnings("ignore::ResourceWarning"),
              pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture(scope="module")
def records(course):
    return {record["student"]: record
            for record in json.loads((course / "all.json").read_text(encoding="utf-8"))["submissions"]}


@pytest.fixture(scope="module")
def book(course):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        yield book


def test_the_gradebook_has_each_exercises_points_and_diagnosis(book, records):
    for student, record in records.items():
        for result in record["exercises"]:
            grade = book.find_grade(check_id(find(result["id"])), CHAPTER, CHAPTER, student)
            comment = book.find_comment(result["id"], CHAPTER, CHAPTER, student)
            assert (grade.auto_score, grade.max_score) == (result["points"], result["max_points"])
            assert comment.comment == result["message"]
            assert not grade.needs_manual_grade


def test_partial_points_are_there(book, records):
    points = {result["id"]: result["points"] for result in records["student001"]["exercises"]}
    assert 0 < points["rnn_cell_forward"] < find("rnn_cell_forward").points
    submission = book.find_submission(CHAPTER, "student001")
    assert submission.score == sum(points.values())
    assert submission.max_score == 100


def test_what_could_not_be_graded_asks_for_a_person(book):
    assert book.find_submission(CHAPTER, "yan").needs_manual_grade
    assert "broken JSON" in book.find_comment(IDS[0], CHAPTER, CHAPTER, "yan").comment
    assert not book.find_submission(CHAPTER, "zoe").needs_manual_grade


def test_the_cells_that_stock_nbgrader_made_are_used_and_none_is_added(course):
    def cells(path):
        with closing(sqlite3.connect(path)) as database:
            return database.execute("SELECT id, name, type FROM base_cell ORDER BY id").fetchall()

    assert cells(course / "gradebook.db") == cells(course / "released.db")
    assert len(cells(course / "gradebook.db")) >= 2 * len(IDS)


def test_formgraders_api_shows_every_submission_as_graded(course, records):
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    directory = CourseDirectory(config=Config({"CourseDirectory": {
        "root": str(course), "db_url": f"sqlite:///{course}/gradebook.db"}}))
    api = NbGraderAPI(directory)
    shown = {submission["student"]: submission for submission in api.get_submissions(CHAPTER)}
    assert set(shown) == set(records)
    assert {student: submission["score"] for student, submission in shown.items()} == {
        student: record["points"] for student, record in records.items()}
    assert all(submission["autograded"] and submission["submitted"] for submission in shown.values())
    assert shown["zoe"]["timestamp"] == "2026-03-02T11:59:00"
    notebooks = api.get_notebook_submissions(CHAPTER, CHAPTER)
    assert {submission["student"] for submission in notebooks} == set(records)
    assert api.get_assignment(CHAPTER)["num_submissions"] == len(records)


def test_export_has_every_student_and_its_points(course, records):
    nbgrader(course, "export", "--to", "grades.csv")
    with (course / "grades.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["student_id"]: row for row in csv.DictReader(stream) if row["assignment"] == CHAPTER}
    assert {student: float(row["score"]) for student, row in rows.items()} == {
        student: record["points"] for student, record in records.items()}
    assert {row["max_score"] for row in rows.values()} == {"100.0"}


def test_stock_feedback_is_made_of_what_formgrader_shows(course, records):
    nbgrader(course, "generate_feedback", CHAPTER)
    page = (course / "feedback" / "student001" / CHAPTER / f"{CHAPTER}.html").read_text(encoding="utf-8")
    for result in records["student001"]["exercises"]:
        assert f"(Score: {result['points']} / {result['max_points']})" in page
    assert records["student001"]["exercises"][0]["message"].split(".")[0].split("<")[0] in page
    page = (course / "feedback" / "zoe" / CHAPTER / f"{CHAPTER}.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_formgraders_notebooks_hold_nothing_that_a_page_would_run(course):
    import nbformat

    path = course / "autograded" / "zoe" / CHAPTER / f"{CHAPTER}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert "alert(1)" in text
    assert {cell["cell_type"] for cell in json.loads(text)["cells"]} == {"code"}
    nbformat.validate(json.loads(text))


def test_a_new_gradebook_serves_as_well_as_a_released_one(course, records, tmp_path):
    gradebook.write(str(tmp_path / "new.db"), records.values())
    assert gradebook_content(tmp_path / "new.db") == gradebook_content(course / "gradebook.db")


def test_a_thousand_students_take_seconds(course, records, tmp_path):
    some = [records[student] for student in ("student000", "student001", "student002", "zoe")]
    path = shutil.copy(course / "released.db", tmp_path / "many.db")
    start = time.process_time()
    gradebook.write(str(path), ({**some[number % 4], "student": f"s{number}"} for number in range(1000)))
    assert time.process_time() - start < 8
    grades, comments, students = gradebook_content(path)
    assert (len(grades), len(comments), len(students)) == (4000, 4000, 1000)

"""Results into nbgrader's own gradebook: formgrader shows them, ``nbgrader export`` exports them.

The gradebook is written from the records, in transactions of some hundred students, and writing it again changes
nothing: a grading that was killed ends with the same gradebook.
"""

import importlib.util
import os
import sqlite3
import sysconfig
import time
from itertools import islice
from pathlib import Path

from autograder.errors import CourseError, MissingToolError
from autograder.exercises import of_chapter
from autograder.grading.summary import GRADED
from autograder.notebooks.cells import check_id
from autograder.words import say

CHUNK = 200  # students in one transaction
COURSE = ""  # what nbgrader's own commands call a course that its settings do not name
PATIENCE = 60.0  # seconds to wait for a gradebook that another program is writing


def write(url, records, patience=PATIENCE):
    """Write the points and comments of `records` into the gradebook at `url`.

    Parameters
    ----------
    url : str
        ``sqlite:///gradebook.db``, or a path of a SQLite file.
    records : iterable of dict
        As ``Records`` keeps them, each with its ``exercises``.
    patience : float
        Seconds to wait while another program holds the gradebook.

    Raises
    ------
    CourseError
        If the gradebook cannot be written: locked for longer, read-only, no gradebook at all.
    """
    try:
        from nbgrader.api import Gradebook
    except ImportError:
        raise MissingToolError(say("nbgrader is not installed; pip install 'rnn-course[teacher]'")) from None
    from sqlalchemy.exc import DatabaseError

    _find_alembic()
    file = _file_of(url)
    if file is None:
        address = url
    else:
        _create(Gradebook, file)
        address = f"sqlite:///{file}?timeout=1"  # seconds that SQLite waits; we wait longer
    end = time.monotonic() + patience
    records = iter(records)
    chunk, wait = list(islice(records, CHUNK)), 0.1
    while chunk:
        try:
            with Gradebook(address, COURSE) as book:
                while chunk:
                    _write_chunk(book, chunk)
                    chunk = list(islice(records, CHUNK))
        except (DatabaseError, sqlite3.Error) as error:
            if "locked" not in str(error) or time.monotonic() > end:
                reason = str(getattr(error, "orig", None) or error).splitlines()[0]
                raise CourseError(say("{url}: the gradebook cannot be written ({reason}); the results are kept: free "
                                      "it and run this again", url=url, reason=reason)) from None
            time.sleep(wait)
            wait = min(2 * wait, 5.0)


def check(url):
    """Raise unless nbgrader is installed and a gradebook at `url` can be written; nothing is opened yet."""
    if importlib.util.find_spec("nbgrader") is None:
        raise MissingToolError(say("nbgrader is not installed; pip install 'rnn-course[teacher]'"))
    file = _file_of(url)
    if file is None:
        return
    folder = file.absolute().parent
    if file.is_dir() or not folder.is_dir():
        raise CourseError(say("{url}: there cannot be a gradebook at this place", url=url))
    closed = file.exists() and not file.stat().st_mode & 0o222  # meant so, also where root could write to it
    if closed or not (os.access(file if file.exists() else folder, os.W_OK) and os.access(folder, os.W_OK)):
        raise CourseError(say("{url}: the gradebook is read-only", url=url))
    if file.exists() and file.stat().st_size:
        with file.open("rb") as stream:
            if stream.read(16) != b"SQLite format 3\0":
                raise CourseError(say("{url}: is no gradebook (no SQLite database)", url=url))


def _file_of(url):
    """Return the path of a SQLite gradebook, or None for another kind of database."""
    if "://" not in url:
        return Path(url)
    scheme, _, path = url.partition(":///")
    return Path(path.partition("?")[0]) if scheme == "sqlite" and path and path != ":memory:" else None


def _create(gradebook, file):
    """Make a new gradebook where there is none; it is there with all its tables or not at all."""
    if file.exists() and file.stat().st_size:
        return
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        gradebook(f"sqlite:///{part}", COURSE).close()
        os.replace(part, file)
    except sqlite3.Error as error:
        raise CourseError(say("{file}: the gradebook cannot be made ({error})", file=file, error=error)) from None
    finally:
        part.unlink(missing_ok=True)


def _find_alembic():
    """Put this Python's programs on the path: nbgrader calls ``alembic`` by its name to make a new gradebook."""
    scripts = sysconfig.get_path("scripts")
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"


def _write_chunk(book, records):
    by_assignment = {}
    for record in records:
        by_assignment.setdefault(record["assignment"], []).append(record)
    for name, group in by_assignment.items():
        if name is not None:
            _write_group(book, _assignment(book, name), group)
    book.db.commit()


def _assignment(book, name):
    """Return nbgrader's grade and solution cells of an assignment, by exercise; made where nbgrader has none yet."""
    from nbgrader import api

    def one(model, **which):
        return book.db.query(model).filter_by(**which).one_or_none()

    assignment = one(api.Assignment, name=name)  # its name is unique, whatever the course is called
    if assignment is None:
        other = book.db.query(api.Assignment).first()
        assignment = api.Assignment(name=name, course_id=other.course_id if other else COURSE)
        book.db.add(assignment)
        book.db.flush()
    notebook = one(api.Notebook, name=name, assignment_id=assignment.id)
    if notebook is None:
        notebook = api.Notebook(name=name, assignment_id=assignment.id)
        book.db.add(notebook)
        book.db.flush()
    grades, solutions = {}, {}
    for exercise in of_chapter(name):
        grade = one(api.GradeCell, name=check_id(exercise), notebook_id=notebook.id)
        if grade is None:
            grade = api.GradeCell(name=check_id(exercise), notebook_id=notebook.id, max_score=exercise.points,
                                  cell_type="code")
            book.db.add(grade)
        solution = one(api.SolutionCell, name=exercise.id, notebook_id=notebook.id)
        if solution is None:
            solution = api.SolutionCell(name=exercise.id, notebook_id=notebook.id)
            book.db.add(solution)
        grades[exercise.id], solutions[exercise.id] = grade, solution
    book.db.flush()
    return assignment, notebook, grades, solutions


def _write_group(book, structure, records):
    """Write the records of one assignment with a few statements, however many they are."""
    from nbgrader import api
    from sqlalchemy import update

    assignment, notebook, grades, solutions = structure
    _keys(book, api.Student, [{"id": record["student"]} for record in records], ("id",))
    handed_in = _keys(book, api.SubmittedAssignment, [
        {"assignment_id": assignment.id, "student_id": record["student"]} for record in records])
    answers = _keys(book, api.SubmittedNotebook, [
        {"notebook_id": notebook.id, "assignment_id": key} for key in handed_in])
    book.db.execute(update(api.SubmittedAssignment), [
        {"id": key, "timestamp": _time(record)} for key, record in zip(handed_in, records, strict=True)])
    points, comments = [], []
    for record, answer in zip(records, answers, strict=True):
        results = {result["id"]: result for result in record["exercises"]}
        remarks = "\n".join(record["remarks"])
        by_hand = record["status"] != GRADED  # formgrader then asks a person to look at it
        for name in grades:
            result = results.get(name, {"points": 0.0, "message": remarks})
            points.append(({"cell_id": grades[name].id, "notebook_id": answer},
                           {"auto_score": result["points"], "needs_manual_grade": by_hand}))
            comments.append(({"cell_id": solutions[name].id, "notebook_id": answer},
                             {"auto_comment": result["message"]}))
    for model, rows in ((api.Grade, points), (api.Comment, comments)):
        keys = _keys(book, model, [which for which, _ in rows])
        book.db.execute(update(model), [{"id": key, **values} for key, (_, values) in zip(keys, rows, strict=True)])


def _time(record):
    """Return when a submission was handed in, as nbgrader keeps it; None where nobody says."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(record.get("timestamp") or None)
    except (ValueError, OverflowError):
        return None


def _keys(book, model, rows, columns=None):
    """Return the ids of the rows with these values, in their order; rows that are not there yet are made."""
    from sqlalchemy import insert, select

    columns = columns or tuple(rows[0])
    fields = [getattr(model, column) for column in columns]
    query = select(model.id, *fields).where(fields[-1].in_({row[columns[-1]] for row in rows}))

    def there():
        return {tuple(row)[1:]: row[0] for row in book.db.execute(query)}

    found = there()
    missing = {tuple(row[column] for column in columns): row for row in rows}
    missing = [row for key, row in missing.items() if key not in found]
    if missing:
        book.db.execute(insert(model), missing)
        found = there()
    return [found[tuple(row[column] for column in columns)] for row in rows]

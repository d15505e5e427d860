"""Results as files for programs: a plain table, everything as JSON, and what Moodle and Canvas import.

Every writer takes the records one at a time, and a file is there whole or not at all.
"""

import contextlib
import csv
import html
import json
import os
from itertools import chain, groupby
from pathlib import Path

from autograder.errors import CourseError
from autograder.exercises import of_chapter
from autograder.grading.summary import GRADED
from autograder.words import say

FORMULA = ("=", "+", "-", "@")  # a spreadsheet takes a text that begins so for a formula


def write_csv(path, records, assignments):
    """Write one line for each submission: who, what, status, points, and the points of each exercise.

    Parameters
    ----------
    path : str or Path
    records : iterable of dict
    assignments : iterable of str or None
        Those that occur: their exercises are the columns.
    """
    names = [exercise.id for assignment in assignments for exercise in of_chapter(assignment)]
    with new_file(path) as stream:
        table = csv.writer(stream)
        table.writerow(["student", "assignment", "notebook", "status", "points", "max_points", *names])
        for record in records:
            points = {result["id"]: result["points"] for result in record["exercises"]}
            table.writerow([_text(record["student"]), record["assignment"], _text(record["notebook"]),
                            record["status"], f"{record['points']:g}", f"{record['max_points']:g}",
                            *(f"{points[name]:g}" if name in points else "" for name in names)])


def write_json(path, records):
    """Write everything, as ``autograder/grading/schema.json`` says; one submission a line."""
    with new_file(path) as stream:
        stream.write('{"version": 1, "submissions": [')
        between = "\n"
        for record in records:
            stream.write(between + json.dumps(record, ensure_ascii=False))
            between = ",\n"
        stream.write("\n]}\n")


def write_moodle(path, records, assignments):
    """Write what an assignment of Moodle takes with "Upload grading worksheet".

    Moodle finds a student by the participant's number, which is in the names of its download. Where the submissions
    come from elsewhere, the table is for "Grades > Import", by user name. What was not graded has no grade there.

    Raises
    ------
    CourseError
        If there are several assignments: in Moodle each has its own worksheet.
    """
    if len(list(assignments)) > 1:
        raise CourseError(say("Moodle takes one assignment at a time: name it with --assignment"))
    records = iter(records)
    first = next(records, None)
    numbered = bool(first and first["number"])
    with new_file(path) as stream:
        table = csv.writer(stream)
        table.writerow([*(("Identifier", "Full name") if numbered else ("Username",)), "Grade", "Maximum Grade",
                        "Last modified (grade)", "Feedback comments"])
        for record in chain([first] if first else [], records):
            who = [f"Participant {record['number']}"] if numbered else []
            table.writerow([*who, _text(record["student"]), _grade(record), f"{record['max_points']:g}", "-",
                            _comments(record)])


def write_canvas(path, records, assignments):
    """Write what Canvas takes with "Grades > Import": a line for each student, a column for each assignment.

    The column's title must be the assignment's in Canvas. Canvas finds a student by its own number, which is in the
    names of its download, otherwise by the login.
    """
    names = [name for name in assignments if name is not None]
    with new_file(path) as stream:
        table = csv.writer(stream)
        table.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names])
        worth = [sum(exercise.points for exercise in of_chapter(name)) for name in names]
        table.writerow(["    Points Possible", "", "", "", "", *(f"{points:g}" for points in worth)])
        for student, group in groupby(records, lambda record: record["student"]):
            group = list(group)
            number = next((record["number"] for record in group if record["number"]), "")
            grades = {record["assignment"]: _grade(record) for record in group}
            table.writerow([_text(student), number, "", "" if number else _text(student), "",
                            *(grades.get(name, "") for name in names)])


def _grade(record):
    return f"{record['points']:g}" if record["status"] == GRADED else ""


def _comments(record):
    """Return the comments on a submission as HTML, as Moodle keeps them."""
    lines = [html.escape(remark) for remark in record["remarks"]]
    for result in record["exercises"]:
        score = say("{exercise}: {points:g} of {max_points:g} points.", exercise=result["id"],
                    points=result["points"], max_points=result["max_points"])
        message = "<br>".join(html.escape(line) for line in result["message"].split("\n"))
        lines.append(f"<strong>{html.escape(score)}</strong> {message}")
    return "".join(f"<p>{line}</p>" for line in lines)


def _text(value):
    """Return a stranger's text so that no spreadsheet takes it for a formula."""
    return f"'{value}" if str(value).startswith(FORMULA) else value


@contextlib.contextmanager
def new_file(path):
    """Give a text file that is at `path` only when it is whole; CourseError where it cannot be written."""
    path = Path(path)
    part = path.with_name(f".{path.name}.part")
    try:
        with open(part, "w", newline="", encoding="utf-8") as stream:
            yield stream
        os.replace(part, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise CourseError(say("{path}: cannot be written ({error})", path=path, error=error.strerror)) from None
        raise


def check_place(path):
    """Raise a CourseError where a file at `path` could not be written: told before the work, not after it."""
    path = Path(path)
    if path.is_dir():
        raise CourseError(say("{path}: is a folder; give the name of a file", path=path))
    if not path.absolute().parent.is_dir():
        raise CourseError(say("{path}: there is no folder {folder}", path=path, folder=path.absolute().parent))
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise CourseError(say("{path}: cannot be written", path=path))

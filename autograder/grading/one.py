"""One submission: its cells run in the sandbox, its functions answer, the engine judges out here."""

import hashlib
import inspect
import time
from pathlib import Path

from autograder.engine import judge, undecorated_source
from autograder.errors import CourseError
from autograder.exercises import EXERCISES
from autograder.exercises.given import GIVEN
from autograder.grading.answers import written
from autograder.notebooks import files
from autograder.sandbox.host import LostError, Sandbox
from autograder.sandbox.remote import Remote
from autograder.submission import exercises_of, lost, runnable_cells
from autograder.words import say

CELL_LIMIT, EXERCISE_LIMIT, TOTAL_LIMIT = 10.0, 20.0, 90.0  # seconds
LIMITS = {"processor": 60, "memory": 2**30}
PRELOAD = ("json", "math", "random", "itertools", "functools", "collections", "dataclasses", "typing", "copy", "re",
           "string", "time", "pathlib")
REASONS = {"timeout": "timeout", "crashed": "crashed", "violation": "sandbox violation"}


def new_sandbox(without=()):
    """Return a :class:`Sandbox` for submissions of this course."""
    given = "import numpy as np\n\n" + "\n".join(undecorated_source(inspect.unwrap(function)) for function in GIVEN)
    return Sandbox(given, seconds=LIMITS["processor"], memory=LIMITS["memory"], preload=PRELOAD, without=without)


def grade(work, sandbox, seed):
    """Grade a submission; never raises because of what is in it.

    Parameters
    ----------
    work : Work
    sandbox : Sandbox
    seed : int
        The cases are drawn from it.

    Returns
    -------
    dict
        The record: ``status`` is ``graded``, ``timeout``, ``crashed``, ``sandbox violation`` or ``unreadable``
        (where one function was lost, that exercise has the reason and the others their points), the points, the
        exercises as ``autograder check --json`` tells them, remarks, and the layers of isolation.
    """
    start = time.perf_counter()
    base = {"version": 1, "student": work.student, "assignment": work.assignment, "notebook": Path(work.path).name,
            "sha256": digest(work.path), "isolation": []}
    try:
        notebook = files.read(work.path)
        exercises = exercises_of(notebook, work.assignment or work.path)
        if work.assignment:
            exercises = tuple(exercise for exercise in EXERCISES.values() if exercise.chapter == work.assignment)
    except CourseError as error:
        text = str(error).replace(str(work.path), Path(work.path).name)
        return {**base, "status": "unreadable", "points": 0.0, "max_points": points_of(work.assignment),
                "exercises": [], "remarks": [*work.remarks, text], "seconds": _since(start)}
    attempt = _Attempt(sandbox, runnable_cells(notebook), exercises, seed)
    attempt.to_the_end()
    done = [attempt.graded[exercise.id] for exercise in exercises]
    return {**base, "assignment": work.assignment or exercises[0].chapter, "status": attempt.status,
            "points": float(sum(result["points"] for result in done)),
            "max_points": float(sum(result["max_points"] for result in done)), "exercises": done,
            "remarks": [*work.remarks, *attempt.remarks.values()], "isolation": list(attempt.layers),
            "code": written(notebook, exercises),
            "seconds": _since(start)}


def digest(path):
    """Return the SHA-256 of a file, or an empty text where it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _since(start):
    return round(time.perf_counter() - start, 4)


def points_of(assignment):
    """Return the points that an assignment is worth; 0 where it is not known."""
    return float(sum(exercise.points for exercise in EXERCISES.values() if exercise.chapter == assignment))


class _Attempt:
    """The state of one grading: what is done, what is left out. A lost process costs the cell or function at work."""

    def __init__(self, sandbox, cells, exercises, seed):
        self.sandbox, self.cells, self.exercises, self.seed = sandbox, cells, exercises, seed
        self.left_out, self.remarks, self.graded = set(), {}, {}
        self.status, self.layers = "graded", ()
        self.end = time.monotonic() + TOTAL_LIMIT

    def to_the_end(self):
        """Open processes until every exercise has its result."""
        while len(self.graded) < len(self.exercises):
            session = self.sandbox.open()
            self.layers = self.sandbox.level
            try:
                if self._run_cells(session):
                    self._ask(session)
            finally:
                session.close()

    def _left(self, limit):
        return max(min(limit, self.end - time.monotonic()), 0.01)

    def _run_cells(self, session):
        for cell in self.cells:
            if cell["number"] in self.left_out:
                continue
            try:
                problem = session.cell(cell["name"], cell["source"], self._left(CELL_LIMIT))
            except LostError as error:
                self._left_out(cell, error)
                return False
            if problem:
                self.remarks[cell["number"]] = f"{cell['name']}: {problem}"
        return True

    def _left_out(self, cell, error):
        self.left_out.add(cell["number"])
        self.remarks[cell["number"]] = say("{cell}: {trouble}; left out", cell=cell["name"], trouble=error.text)
        if time.monotonic() > self.end:
            self.status = REASONS[error.why]
            for exercise in self.exercises:
                self._lose(exercise, error)

    def _ask(self, session):
        try:
            defined = set(session.functions())
        except LostError as error:
            self.status = REASONS[error.why]
            for exercise in self.exercises:
                self._lose(exercise, error)
            return
        for exercise in self.exercises:
            if exercise.id in self.graded:
                continue
            if exercise.id not in defined:
                self._keep(exercise, lost(exercise, say("The notebook defines no function {name}.", name=exercise.id),
                                          "not attempted").result)
                continue
            try:
                subject = Remote(session, exercise.id, self._left(EXERCISE_LIMIT))
                self._keep(exercise, judge(subject, exercise, self.seed, EXERCISES.values(), hidden=True).as_json())
            except LostError as error:
                self._lose(exercise, error)
                return

    def _keep(self, exercise, result, reason=None):
        self.graded[exercise.id] = {**result, "reason": reason}

    def _lose(self, exercise, error):
        if exercise.id not in self.graded:
            message = say("{name}: {trouble}.", name=exercise.id, trouble=error.text)
            self._keep(exercise, lost(exercise, message).result, REASONS[error.why])

"""One submission: its cells run in the sandbox, its functions answer, the engine judges out here."""

import hashlib
import inspect
import json
import os
import stat
import time
import warnings
import weakref
from collections import OrderedDict
from pathlib import Path

import numpy as np

from autograder.engine import judge, undecorated_source
from autograder.engine.judge import drawn
from autograder.errors import CourseError
from autograder.exercises import of_chapter
from autograder.exercises.given import CONSTANTS, GIVEN
from autograder.grading.answers import written
from autograder.grading.library import at_hand, used_by
from autograder.grading.running import cell_of, demonstrations_of, running_cells
from autograder.notebooks import files
from autograder.sandbox.host import LostError, Sandbox
from autograder.sandbox.remote import Remote
from autograder.submission import exercises_of, lost
from autograder.words import say

CELL_LIMIT, EXERCISE_LIMIT, TOTAL_LIMIT = 10.0, 20.0, 90.0  # seconds by the clock
PATIENCE = 5.0  # seconds on the processor for a cell, and for an exercise
LIMITS = {"seconds": 60, "memory": 2**30}
PRELOAD = ("json", "math", "random", "itertools", "functools", "collections", "dataclasses", "typing", "copy", "re",
           "string", "time", "pathlib")
REASONS = {"timeout": "timeout", "crashed": "crashed", "violation": "sandbox violation"}
REMARKS = 20  # are enough
ALIKE = 32  # results that are known by their cells: a class hands in many notebooks as they were given out
_alike = weakref.WeakKeyDictionary()  # for each sandbox


def new_sandbox(without=(), patience=PATIENCE, **limits):
    """Return a :class:`Sandbox` for submissions of this course."""
    given = ["import numpy as np\n", *(f"{name} = {value!r}" for name, value in CONSTANTS.items()),
             *(undecorated_source(inspect.unwrap(function)) for function in GIVEN)]
    return Sandbox("\n".join(given), patience=patience, preload=PRELOAD, without=without, **{**LIMITS, **limits})


def prepare(assignment, seed):
    """Do what is the same for every submission of an assignment, before there are processes that would all do it.

    Parameters
    ----------
    assignment : str or None
    seed : int
    """
    if exercises := of_chapter(assignment):
        demonstrations_of(assignment)
        at_hand(assignment)
    for exercise in exercises:
        drawn(exercise, seed, True)


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
        notebook, exercises = _read(work)
    except CourseError as error:
        text = str(error).replace(str(work.path), Path(work.path).name)
        return {**base, "status": "unreadable", "points": 0.0, "max_points": points_of(work.assignment),
                "exercises": [], "remarks": [*work.remarks, text], "seconds": _since(start)}
    result = _result(sandbox, notebook, exercises, seed)
    return {**base, **result, "remarks": [*work.remarks, *result["remarks"]], "seconds": _since(start)}


def _result(sandbox, notebook, exercises, seed):
    """Return what becomes of a notebook: what became of one with the same cells, if nothing was amiss with it."""
    key, known = _fingerprint(notebook, exercises, seed), _alike.setdefault(sandbox, OrderedDict())
    if key in known:
        known.move_to_end(key)
        return known[key]
    attempt = _Attempt(sandbox, notebook, exercises, seed)
    attempt.to_the_end()
    done = [attempt.graded[exercise.id] for exercise in exercises]
    result = {"assignment": exercises[0].chapter, "status": attempt.status,
              "points": float(sum(result["points"] for result in done)),
              "max_points": float(sum(result["max_points"] for result in done)), "exercises": done,
              "remarks": attempt.told(), "isolation": list(attempt.layers), "code": written(notebook, exercises)}
    if attempt.status == "graded" and not attempt.remarks and not any(result["reason"] for result in done):
        known[key] = result
        if len(known) > ALIKE:
            known.popitem(last=False)
    return result


def _fingerprint(notebook, exercises, seed):
    """Return what is the same for notebooks of which the code cells, all but their outputs, are the same."""
    code = [{name: value for name, value in cell.items() if name not in ("outputs", "execution_count")}
            for cell in files.code_cells(notebook)]
    text = json.dumps([seed, [exercise.id for exercise in exercises], code], sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


def _read(work):
    """Return the notebook of a submission and the exercises that it is graded for; CourseError where it cannot be."""
    name = Path(work.path).name
    try:
        if not stat.S_ISREG(os.lstat(work.path).st_mode):
            raise CourseError(say("{path}: is no file of its own but a link, a folder or a device; hand in the "
                                  "notebook itself", path=name))
        notebook = files.read(work.path)
        exercises = of_chapter(work.assignment) if work.assignment else exercises_of(notebook, work.path)
    except OSError as error:
        raise CourseError(say("{path}: cannot be read ({error})", path=name, error=error.strerror)) from None
    except CourseError:
        raise
    except Exception as error:  # nothing that a file holds may stop a class
        raise CourseError(say("{path}: damaged notebook ({error})", path=name, error=type(error).__name__)) from None
    if not exercises:
        raise CourseError(say("{path}: no assignment is called {name}", path=name, name=work.assignment))
    return notebook, exercises


def digest(path):
    """Return the SHA-256 of a file up to the largest that is read, or an empty text where it is none."""
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return ""
            if os.fstat(stream.fileno()).st_size > files.LARGEST:
                return hashlib.sha256(stream.read(2**20)).hexdigest()
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _since(start):
    return round(time.perf_counter() - start, 4)


def points_of(assignment):
    """Return the points that an assignment is worth; 0 where it is not known."""
    return float(sum(exercise.points for exercise in of_chapter(assignment)))


def _without_the_chapters_words(result):
    """Return a result whose message leaves out what only a chapter says: which function it uses from here on."""
    names, right = {"name": result["id"]}, say("Right in every case.")
    message = result["message"]
    for line, instead in ((say("Right in every case. From here on this chapter uses your {name}.", **names), right),
                          (say("From here on this chapter uses the reference's {name}.", **names), "")):
        message = message.replace(line, instead)
    return {**result, "message": message.strip("\n")}


class _Attempt:
    """The state of one grading: what is done, what is left out. A lost process costs the cell or function at work."""

    def __init__(self, sandbox, notebook, exercises, seed):
        self.sandbox, self.notebook, self.exercises, self.seed = sandbox, notebook, exercises, seed
        self.cells, self.remarks = running_cells(notebook, exercises)
        self.left_out, self.graded, self.one_by_one = set(), {}, False
        self.status, self.layers = "graded", ()
        self.end = time.monotonic() + TOTAL_LIMIT

    def to_the_end(self):
        """Open processes until every exercise has its result."""
        while len(self.graded) < len(self.exercises):
            session = self.sandbox.open()
            self.layers = self.sandbox.level
            try:
                defined = self._run_cells(session)
                if defined is not None:
                    self._ask(session, defined)
            finally:
                session.close()

    def told(self):
        """Return the remarks, in the order of the cells; of very many the first ones."""
        remarks = [text for _, text in sorted(self.remarks.items())]
        more = [say("… and {count} more", count=len(remarks) - REMARKS)] if len(remarks) > REMARKS else []
        return remarks[:REMARKS] + more

    def _left(self, limit):
        return max(min(limit, self.end - time.monotonic()), 0.01)

    def _run_cells(self, session):
        """Run the cells; return the names that can be called then, or None where the process was lost."""
        if not self.one_by_one:
            return self._run_together(session)
        for cell in self.cells:
            if cell["number"] in self.left_out:
                continue
            try:
                problem = session.cell(cell["name"], cell["source"], self._left(CELL_LIMIT))
            except LostError as error:
                self._leave_out(cell, error)
                return None
            if problem:
                self.remarks[cell["number"]] = f"{cell['name']}: {problem}"
        try:
            return session.functions()
        except LostError as error:
            self._lose_all(error)
            return None

    def _run_together(self, session):
        """Run all cells with one message: most of them are harmless. Where one is not, it is looked for next time."""
        try:
            cells = [(cell["name"], cell["source"]) for cell in self.cells]
            problems, names = session.cells(cells, self._left(CELL_LIMIT))
        except LostError:
            self.one_by_one = True
            return None
        for cell, problem in zip(self.cells, problems, strict=True):
            if problem:
                self.remarks[cell["number"]] = f"{cell['name']}: {problem}"
        return names

    def _leave_out(self, cell, error):
        self.left_out.add(cell["number"])
        self.remarks[cell["number"]] = say("{cell}: {trouble}; left out", cell=cell["name"], trouble=error.text)
        if time.monotonic() > self.end:
            self._lose_all(error)

    def _ask(self, session, defined):
        for exercise in self.exercises:
            if exercise.id in self.graded:
                continue
            if exercise.id not in defined:
                self._keep(exercise, self._missing(exercise))
                continue
            try:
                self._keep(exercise, _without_the_chapters_words(self._judged(session, exercise).as_json()))
            except LostError as error:
                self._lose(exercise, error)
                if not error.alive:
                    return

    def _judged(self, session, exercise):
        subject = Remote(session, exercise.id, self._left(EXERCISE_LIMIT), library=at_hand(exercise.chapter))
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # infinities of a submission are no affair of the grader's terminal
            try:
                return judge(subject, exercise, self.seed, used_by(exercise), hidden=True)
            except LostError:
                raise
            except Exception as error:  # nothing that a submission returns may stop a class
                raise LostError("violation", say("its results cannot be compared ({error})",
                                                 error=type(error).__name__), alive=True) from error

    def _missing(self, exercise):
        """Return the result of an exercise whose function does not exist: why, where its cell tells."""
        number = cell_of(self.notebook, exercise)
        if number in self.remarks:
            return lost(exercise, say("Its cell did not run, so there is no function {name}. {remark}",
                                      name=exercise.id, remark=self.remarks[number])).result
        return lost(exercise, say("The notebook defines no function {name}.", name=exercise.id),
                    "not attempted").result

    def _keep(self, exercise, result, reason=None):
        self.graded[exercise.id] = {**result, "reason": reason}

    def _lose(self, exercise, error):
        if exercise.id not in self.graded:
            message = say("{name}: {trouble}.", name=exercise.id, trouble=error.text)
            self._keep(exercise, lost(exercise, message).result, REASONS[error.why])

    def _lose_all(self, error):
        self.status = REASONS[error.why]
        for exercise in self.exercises:
            self._lose(exercise, error)

"""A learner's notebook, graded in a process of its own, whatever its code does.

A worker (``autograder.worker``) runs the cells and checks the functions. Where it loops, ends or crashes, it is
replaced by a new one that leaves the culprit out: one cell or one function costs only itself.
"""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from autograder import exercises as course
from autograder.engine import PartResult, Result
from autograder.errors import CourseError, NotebookError
from autograder.exercises import NAMES, of_chapter
from autograder.notebooks import cells, files
from autograder.process import Worker
from autograder.words import say

TIME_LIMIT = 30.0  # seconds for one cell, and for the check of one exercise
TOTAL = 10  # times as much for the whole notebook
START_LIMIT = 60.0  # seconds until a worker must have started


@dataclass(frozen=True)
class Graded:
    """One exercise of a submission: the values for programs and the text for people."""

    result: dict
    text: str


@dataclass(frozen=True)
class Submission:
    """What became of a notebook.

    Attributes
    ----------
    notebook : str
        Its path, as given.
    exercises : tuple of Graded
        In the order of the course.
    remarks : tuple of str
        About cells that failed, were stopped or left out: they cost no points by themselves.
    """

    notebook: str
    exercises: tuple[Graded, ...]
    remarks: tuple[str, ...]

    @property
    def points(self):
        """Sum of the points."""
        return float(sum(graded.result["points"] for graded in self.exercises))

    @property
    def max_points(self):
        """Sum of the points that can be had."""
        return float(sum(graded.result["max_points"] for graded in self.exercises))

    def as_json(self):
        """Return the plain dict of ``autograder check --json`` (see ``autograder/schema.json``)."""
        return {"version": 1, "notebook": self.notebook, "points": self.points, "max_points": self.max_points,
                "exercises": [graded.result for graded in self.exercises], "remarks": list(self.remarks)}


def grade(path, seed=None, time_limit=TIME_LIMIT, progress=lambda done, total, what: None):
    """Run the notebook at `path` and check its exercises.

    Parameters
    ----------
    path : str or Path
    seed : int, optional
        As for :func:`autograder.check`.
    time_limit : float
        Seconds for each cell and each exercise; ten times as much for all together.
    progress : callable
        ``progress(done, total, what)``, called before each step.

    Returns
    -------
    Submission

    Raises
    ------
    NotebookError
        If the file cannot be used: the message says why.
    """
    notebook = files.read(path)
    exercises = exercises_of(notebook, path)
    run = _Run(Path(path), notebook, exercises, seed, time_limit, progress)
    run.to_the_end()
    graded = tuple(run.graded[exercise.id] for exercise in exercises)
    return Submission(str(path), graded, tuple(text for _, text in sorted(run.remarks.items())))


def exercises_of(notebook, path):
    """Return the exercises that a notebook is about.

    All of its chapter, where its metadata or its file's name say which; otherwise those whose cells or functions
    it holds.
    """
    told = notebook["metadata"].get("rnn_course")
    named = [chapter for chapter in NAMES if isinstance(told, dict) and told.get("chapter") == chapter]
    named += [chapter for chapter in NAMES if chapter in Path(path).stem]
    if named:
        return of_chapter(named[0])
    code = files.code_cells(notebook)
    if not code:
        raise NotebookError(say("{path}: has no code cells; start from the released notebook", path=path))
    ids = {name for cell in notebook["cells"] for name in (cell.get("id"), cells.grade_id(cell))}
    found = tuple(exercise for exercise in course.EXERCISES.values()
                  if exercise.id in ids or any(_binds(cell, exercise.id) for cell in code))
    if not found:
        raise NotebookError(say("{path}: holds no exercise of this course; the functions are: autograder list",
                                path=path))
    return found


def _binds(cell, name):
    return re.search(rf"^(def {name}\b|{name}\s*=[^=])", cell["source"], re.MULTILINE)


@dataclass
class _Run:
    """The state of one grading: what is done, what is left out, and who is at work now."""

    path: Path
    notebook: dict
    exercises: tuple
    seed: int | None
    time_limit: float
    progress: object
    remarks: dict = field(default_factory=dict)
    graded: dict = field(default_factory=dict)

    def __post_init__(self):
        self.cells = runnable_cells(self.notebook)
        self.ids = {exercise.id: exercise for exercise in self.exercises}
        self.names = {cell["number"]: cell["name"] for cell in self.cells}
        self.places = {number: place for place, number in enumerate(self.names)}
        self.left_out = set()
        self.total = len(self.cells) + len(self.exercises)
        self.end = time.monotonic() + TOTAL * self.time_limit

    def to_the_end(self):
        """Start workers until every exercise is graded."""
        while len(self.graded) < len(self.exercises):
            self.step, self.limit = None, START_LIMIT
            try:
                with Worker(self._job(), self.path.resolve().parent) as worker:
                    trouble = self._follow(worker)
            except OSError as error:
                trouble = say("cannot be started, {reason}", reason=error.strerror)
            if trouble:
                self._blame(trouble)

    def _job(self):
        return {"folder": str(self.path.resolve().parent), "seed": self.seed,
                "cells": [cell for cell in self.cells if cell["number"] not in self.left_out],
                "exercises": [name for name in self.ids if name not in self.graded]}

    def _follow(self, worker):
        """Listen until the worker has done its job; otherwise return what happened to it, in words."""
        start = time.monotonic()
        while True:
            event = worker.next_event(min(start + self.limit, self.end))
            if event is None:
                return worker.ending(say("took longer than {seconds:g} s and was stopped", seconds=self.limit))
            start = time.monotonic()
            if event.get("event") == "end":
                early = len(self.graded) < len(self.exercises)  # the learner's code has found the pipe
                return say("ended the process before its time") if early else None
            self._note(event)

    def _note(self, event):
        kind, name = event.get("event"), event.get("id")
        self.limit = self.time_limit
        if not (event.get("cell") in self.names or name in self.ids):
            return  # "ready"
        if kind == "cell":
            self.step = ("cell", event["cell"])
            self.progress(self.places[event["cell"]], self.total, self.names[event["cell"]])
        elif kind == "problem":
            self.remarks[event["cell"]] = say("{cell}: {problem}", cell=self.names[event["cell"]],
                                              problem=event["text"])
        elif kind == "exercise":
            self.step = ("exercise", name)
            self.progress(len(self.cells) + len(self.graded), self.total, name)
        elif kind == "missing":
            self.graded[name] = self._missing(self.ids[name])
        elif kind == "unfinished":
            self._lose(name, say("{name} broke off its check: {text}", name=name, text=event["text"]))
        elif kind == "result":
            self.graded[name] = Graded(event["result"], event["text"])

    def _blame(self, trouble):
        """Put the trouble on the cell or exercise at work, and leave it out from now on."""
        if time.monotonic() > self.end:
            trouble = say("was stopped: the notebook has taken longer than {seconds:g} s altogether",
                          seconds=TOTAL * self.time_limit)
            for name in self.ids:
                self._lose(name, say("{name} {trouble}.", name=name, trouble=trouble))
        elif self.step is None:
            raise CourseError(say("the process for the notebook did not start: it {trouble}", trouble=trouble))
        kind, which = self.step or (None, None)
        if kind == "cell":
            self.left_out.add(which)
            self.remarks[which] = say("{cell}: {trouble}; left out", cell=self.names[which], trouble=trouble)
        elif kind == "exercise":
            self._lose(which, say("{name} {trouble}.", name=which, trouble=trouble))

    def _lose(self, name, message):
        self.graded.setdefault(name, lost(self.ids[name], message))

    def _missing(self, exercise):
        """Return the result of an exercise whose function does not exist: why, where its cell tells."""
        cell = cells.find_stub(self.notebook, exercise)
        number = next((number for number, other in enumerate(files.code_cells(self.notebook)) if other is cell), None)
        if number in self.remarks:
            return lost(exercise, say("Its cell did not run, so there is no function {name}. {remark}",
                                      name=exercise.id, remark=self.remarks[number]))
        return lost(exercise, say("The notebook defines no function {name}.", name=exercise.id), "not attempted")


def runnable_cells(notebook):
    """Return the code cells to run. Demonstrations are left out; a check becomes what later cells may need of it."""
    chosen = []
    for number, cell in enumerate(files.code_cells(notebook)):
        label = say("cell {number}", number=number + 1)
        name = f"{label} ({cell['id']})" if isinstance(cell.get("id"), str) else label
        if cells.is_check(cell):
            source = "".join(f"checked_{checked} = globals().get('{checked}')\n"
                             for checked in course.EXERCISES if f"checked_{checked}" in cell["source"])
        elif "demo" in files.tags(cell) and cells.grade_id(cell) not in course.EXERCISES:
            continue
        else:
            source = cell["source"]
        if source.strip():
            chosen.append({"number": number, "name": name, "source": source})
    return chosen


def lost(exercise, message, status="failed"):
    """Return the result of an exercise that could not be checked: no points, and why."""
    parts = tuple(PartResult(part.name, 0.0, float(part.points), status) for part in exercise.parts)
    result = Result(exercise.id, exercise.chapter, status, 0.0, exercise.points, message, hints=exercise.hints,
                    parts=parts)
    return Graded(result.as_json(), str(result))

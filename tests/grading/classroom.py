"""A small class for the tests of grading: notebooks of chapter 3 that are right, wrong, blank or mixed."""

import json
import random
import sqlite3
import subprocess
import sys
from contextlib import closing

from autograder.exercises import find, of_chapter
from autograder.notebooks import cells

CHAPTER = "03_rnn_model"
SEED = "4815162342"
IDS = [exercise.id for exercise in of_chapter(CHAPTER)]
IMPORTS = "import numpy as np\nfrom solutions import softmax"
KINDS = ("right", "wrong", "blank", "mixed")
# Classic mistakes: a prediction from the old state, a0 not used, columns in the other order, a bias forgotten.
WRONG = {
    "rnn_cell_forward": ("Wya @ a_next", "Wya @ a_prev"),
    "rnn_forward": ("copy=False), a0", "copy=False), np.zeros_like(a0)"),
    "stack_parameters": ('[parameters["Waa"], parameters["Wax"]]', '[parameters["Wax"], parameters["Waa"]]'),
    "count_parameters": ("+ n_a + n_y", "+ n_y"),
}


def right(name):
    """The right answer to an exercise."""
    return cells.solved_source(find(name), bound=("np", "softmax"))


def wrong(name):
    """A wrong answer to it."""
    old, new = WRONG[name]
    assert old in right(name)
    return right(name).replace(old, new)


def blank(name):
    """The stub."""
    return cells.stub_source(find(name))


def answers(kind, rng=None):
    """The texts of all exercises, for one of ``KINDS``."""
    rng = rng or random.Random(0)
    return {name: {"right": right, "wrong": wrong, "blank": blank}[
        rng.choice(KINDS[:3]) if kind == "mixed" else kind](name) for name in IDS}


def code(source, name, **metadata):
    """A code cell that was not run."""
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata, "outputs": [],
            "source": source}


def notebook(texts, before=()):
    """A notebook with these answers, a mapping of id to text."""
    content = [code(IMPORTS, "imports"), *before]
    for name, text in texts.items():
        stub = cells.stub_cell(find(name))
        content += [{**stub, "source": text}, cells.check_cell(find(name))]
    return {"cells": content, "metadata": {"rnn_course": {"chapter": CHAPTER}}, "nbformat": 4, "nbformat_minor": 5}


def hand_in(folder, student, texts, before=()):
    """Put a notebook where nbgrader expects it; return its path."""
    path = folder / student / CHAPTER / f"{CHAPTER}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook(texts, before)), encoding="utf-8")
    return path


def fill(folder, count, seed=0):
    """A class of `count` students; their work goes round right, wrong, blank and mixed. Return the folder."""
    rng = random.Random(seed)
    for number in range(count):
        hand_in(folder, f"student{number:03d}", answers(KINDS[number % 4], rng))
    (folder.parent / "autograder_seed.txt").write_text(SEED, encoding="ascii")
    return folder


def command(*arguments):
    """The command line as a program of its own."""
    return [sys.executable, "-m", "autograder.cli", "grade", *map(str, arguments)]


def run(*arguments, **options):
    """Run ``autograder grade`` to its end."""
    return subprocess.run(command(*arguments), capture_output=True, encoding="utf-8", check=False, **options)


def gradebook_content(path):
    """All that the gradebook says of points and comments, in an order of its own, without nbgrader's random ids."""
    with closing(sqlite3.connect(path)) as database:
        where = ("JOIN base_cell ON {0}.cell_id = base_cell.id "
                 "JOIN submitted_notebook ON {0}.notebook_id = submitted_notebook.id "
                 "JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id "
                 "JOIN assignment ON submitted_assignment.assignment_id = assignment.id")
        grades = database.execute("SELECT student_id, assignment.name, base_cell.name, auto_score, needs_manual_grade "
                                  f"FROM grade {where.format('grade')}").fetchall()
        comments = database.execute("SELECT student_id, assignment.name, base_cell.name, auto_comment "
                                    f"FROM comment {where.format('comment')}").fetchall()
        students = database.execute("SELECT id FROM student").fetchall()
    return sorted(grades), sorted(comments), sorted(students)

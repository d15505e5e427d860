"""Notebooks of chapter 3 for these tests: right answers, with some of them replaced and cells added."""

import copy
import json

from autograder.exercises import of_chapter
from autograder.notebooks import cells

CHAPTER = "03_rnn_model"
EXERCISES = {exercise.id: exercise for exercise in of_chapter(CHAPTER)}
POINTS = {name: exercise.points for name, exercise in EXERCISES.items()}
IMPORTS = "import numpy as np\nfrom autograder import check\nfrom solutions import softmax"
RIGHT = {name: cells.solved_source(exercise, bound=("np", "softmax")) for name, exercise in EXERCISES.items()}


def code(source, name="mine", **metadata):
    """A code cell that was not run."""
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata, "outputs": [],
            "source": source}


def notebook(*parts, **fields):
    """A notebook of these cells."""
    return {"cells": list(parts), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **fields}


def submission(answers=None, before=(), after=()):
    """A notebook whose stubs are answered right, but for `answers`, a mapping of exercise to text."""
    parts = [code(IMPORTS, "imports"), *before]
    for name, exercise in EXERCISES.items():
        stub = cells.stub_cell(exercise)
        stub["source"] = (answers or {}).get(name, RIGHT[name])
        parts += [stub, cells.check_cell(exercise)]
    return notebook(*parts, *after)


def changed(content, change):
    """A copy of a notebook to which `change` was done."""
    content = copy.deepcopy(content)
    change(content)
    return content


def save(content, path):
    """Write a notebook, as a dict, text or bytes, to `path`; return the path."""
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content.encode(errors="surrogatepass") if isinstance(content, str) else content)
    return path

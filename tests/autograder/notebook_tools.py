"""Small notebooks for the tests of the command line: a chapter's cells without its prose."""

import json

from autograder.exercises import EXERCISES, of_chapter
from autograder.notebooks import cells

CHAPTER = "03_rnn_model"
IMPORTS = "import numpy as np\nfrom autograder import check\nfrom solutions import softmax"


def code(source, name, **metadata):
    """A code cell that was not run."""
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata, "outputs": [],
            "source": source}


def markdown(source, name):
    """A markdown cell."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def notebook(*parts):
    """A notebook of these cells."""
    return {"cells": list(parts), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def submission(answers=(), before=(), after=(), chapter=CHAPTER):
    """A notebook of `chapter` whose stubs are replaced by `answers`, a mapping of id to text."""
    answers, parts = dict(answers), []
    for exercise in of_chapter(chapter):
        stub = cells.stub_cell(exercise)
        stub["source"] = answers.get(exercise.id, stub["source"])
        parts += [stub, cells.check_cell(exercise)]
    return notebook(code(IMPORTS, "imports"), *before, *parts, *after)


def right(*names):
    """The right answers to these exercises, or to all of the chapter."""
    return {name: cells.solved_source(EXERCISES[name], bound=("np", "softmax"))
            for name in names or [exercise.id for exercise in of_chapter(CHAPTER)]}


def save(content, path):
    """Write a notebook, as a dict, to `path`; return the path."""
    path.write_text(json.dumps(content), encoding="utf-8")
    return path

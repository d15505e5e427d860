"""Classes of any size for the bench of grading: right, wrong, blank and mixed notebooks of chapter 3.

No answer is like another: each has its own names and its own remark. Wrong ones are the exercises' misconceptions.
"""

import ast
import builtins
import copy
import json
import os
import random
import re
from pathlib import Path

from autograder.engine import Patched
from autograder.exercises import of_chapter
from autograder.notebooks import cells, files

CHAPTER = "03_rnn_model"
CHAPTERS = Path(__file__).resolve().parents[1] / "chapters"
KINDS = ("right", "wrong", "blank", "mixed")
GIVEN = {"np", "softmax", *dir(builtins), *(exercise.id for exercise in of_chapter(CHAPTER))}
RENAMED = ("Wax", "Waa", "Wya", "ba", "by", "a_next", "yt_pred", "states", "from_x")
VERSIONS = 400  # different notebooks; a larger class hands in each of them several times


def fill(submitted, released, count, seed=0):
    """Let `count` students hand in.

    Parameters
    ----------
    submitted : Path
        nbgrader's folder.
    released : Path
        The notebook that they were given.
    count : int
    seed : int
    """
    rng = random.Random(seed)
    base, seen = files.read(released), files.read(CHAPTERS / f"{CHAPTER}.ipynb")
    outputs = {cell["id"]: cell["outputs"] for cell in files.code_cells(seen)}
    for cell in files.code_cells(base):  # as after a run: a student's file holds pictures
        cell["outputs"] = outputs.get(cell["id"], [])
    for number in range(count):
        path = submitted / f"student{number:05d}" / CHAPTER / f"{CHAPTER}.ipynb"
        path.parent.mkdir(parents=True)
        if number >= VERSIONS:
            os.link(submitted / f"student{number % VERSIONS:05d}" / CHAPTER / f"{CHAPTER}.ipynb", path)
        else:
            path.write_text(json.dumps(answered(base, KINDS[number % 4], rng)), encoding="utf-8")


def answered(base, kind, rng):
    """Return a copy of a notebook, filled in."""
    notebook = copy.deepcopy(base)
    for exercise in of_chapter(CHAPTER):
        chosen = rng.choice(KINDS[:3]) if kind == "mixed" else kind
        if chosen != "blank":
            text = cells.solved_source(exercise, bound=("np", "softmax")) if chosen == "right" else wrong(exercise, rng)
            cells.find_stub(notebook, exercise)["source"] = own_words(text, rng)
    return notebook


def wrong(exercise, rng):
    """Return the source of one of an exercise's misconceptions that runs with what the notebook has."""
    sources = [function.source for found in exercise.misconceptions for function in found.functions
               if isinstance(function, Patched)]
    chosen = rng.choice([source for source in sources if _names(source) <= GIVEN])
    return re.sub(r"^def \w+", f"def {exercise.id}", chosen)  # some are made in a function of another name


def _names(source):
    """Names that a function takes from outside."""
    nodes = list(ast.walk(ast.parse(source)))
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)} - bound


def own_words(text, rng):
    """Return a function with other names for its variables and a remark of the student's own."""
    ending = f"_{rng.randrange(10**6)}".encode()
    tree = ast.parse(text)
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    lines = [line.encode() for line in text.split("\n")]  # places in a line are counted in bytes
    places = sorted((node.lineno - 1, node.end_col_offset) for node in ast.walk(tree)
                    if isinstance(node, ast.Name) and node.id in RENAMED and node.id not in arguments)
    for line, end in reversed(places):
        lines[line] = lines[line][:end] + ending + lines[line][end:]
    return f"# my own way, number {rng.randrange(10**9)}\n" + b"\n".join(lines).decode()

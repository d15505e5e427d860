"""Which cells of a submission are run for grading: all of its own, none of the chapter's demonstrations."""

import functools
import re

from autograder.authoring import chapters_folder
from autograder.errors import CourseError
from autograder.notebooks import cells, files
from autograder.words import say

LONGEST = 200_000  # characters of a cell


def running_cells(notebook, exercises):
    """Return the cells to run and remarks about others.

    What a cell is for is read from its text: metadata may be gone, or copied to another cell. Check cells are run as
    any other, since ``check`` does nothing in the sandbox.

    Parameters
    ----------
    notebook : dict
    exercises : tuple of Exercise

    Returns
    -------
    list of dict
        With ``number``, ``name`` and ``source``.
    dict of int to str
        Remarks by the number of their cell.
    """
    chosen, remarks = [], {}
    code = files.code_cells(notebook)
    demonstrations = demonstrations_of(exercises[0].chapter) if exercises else frozenset()
    superfluous = _empty_copies(code, exercises)
    for number, cell in enumerate(code):
        source = cell["source"]
        if not source.strip() or (number not in superfluous and len(source) <= LONGEST
                                  and _is_demonstration(cell, demonstrations, exercises)):
            continue
        name = _name(number, cell)
        if number in superfluous:
            remarks[number] = say("{cell}: an empty copy of {function}; left out", cell=name,
                                  function=superfluous[number])
        elif len(source) > LONGEST:
            remarks[number] = say("{cell}: too long ({count} characters); left out", cell=name, count=len(source))
        else:
            chosen.append({"number": number, "name": name, "source": source})
    return chosen, remarks


def cell_of(notebook, exercise):
    """Return the number of the code cell that should define an exercise's function, or None."""
    cell = cells.find_stub(notebook, exercise)
    return next((number for number, other in enumerate(files.code_cells(notebook)) if other is cell), None)


def _name(number, cell):
    label = say("cell {number}", number=number + 1)
    known = isinstance(cell.get("id"), str) and cell["id"].isprintable()
    return f"{label} ({cell['id'][:60]})" if known else label


def _is_demonstration(cell, demonstrations, exercises):
    """Whether a cell is the chapter's own demonstration; one that was changed is the learner's."""
    if cell["source"] in demonstrations or _bare(cell["source"]) in demonstrations:
        return True
    return not demonstrations and "demo" in files.tags(cell) and not any(
        defines(exercise.id, cell["source"]) for exercise in exercises)


@functools.lru_cache(maxsize=64)
def demonstrations_of(chapter):
    """Return the texts of a chapter's demonstrations; none where the chapters are not at hand."""
    try:
        notebook = files.read(chapters_folder() / f"{chapter}.ipynb")
    except CourseError:
        return frozenset()
    texts = {cell["source"] for cell in files.code_cells(notebook) if "demo" in files.tags(cell)}
    return frozenset({*texts, *map(_bare, texts)})


def _bare(source):
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _empty_copies(code, exercises):
    """Return the cells that hold an exercise's empty stub although another one answers it, with its name."""
    found = {}
    for exercise in exercises:
        defining = [number for number, cell in enumerate(code) if defines(exercise.id, cell["source"])]
        stub = _bare(cells.stub_source(exercise)) if len(defining) > 1 else None
        empty = [number for number in defining if _bare(code[number]["source"]) == stub]
        if len(empty) < len(defining):
            found.update(dict.fromkeys(empty, exercise.id))
    return found


def defines(name, source):
    """Whether a cell's text defines the function `name` at its top level."""
    return name in source and _definition(name).search(source) is not None  # most cells are out at once


@functools.lru_cache(maxsize=256)
def _definition(name):
    return re.compile(rf"^(async )?def {re.escape(name)}\b", re.MULTILINE)

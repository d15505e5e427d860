"""Writes the stub and check cells of each exercise into its chapter, and gives a learner the stub back."""

import copy
from pathlib import Path

from autograder.errors import NotebookError
from autograder.notebooks import cells, files
from autograder.words import say


def sync(notebook, exercises):
    """Make the cells of `exercises` in `notebook` what the exercises say; nothing else is touched.

    Parameters
    ----------
    notebook : dict
        Changed in place.
    exercises : iterable of Exercise
        Those of its chapter.

    Returns
    -------
    list of str
        What was changed, one line each.
    """
    done = []
    for exercise in exercises:
        stub, check = cells.find_stub(notebook, exercise), cells.find_check(notebook, exercise)
        if stub is None:
            stub = cells.stub_cell(exercise)
            notebook["cells"].append(stub)
            done.append(say("{id}: stub cell appended at the end; move it where it belongs", id=exercise.id))
        elif _changes(stub, exercise, cells.stub_source(exercise), grade=False):
            done.append(say("{id}: stub cell updated", id=exercise.id))
        if check is None:
            notebook["cells"].insert(notebook["cells"].index(stub) + 1, cells.check_cell(exercise))
            done.append(say("{id}: check cell put after the stub", id=exercise.id))
        elif _changes(check, exercise, cells.check_source(exercise), grade=True):
            done.append(say("{id}: check cell updated", id=exercise.id))
    return done


def _changes(cell, exercise, source, grade):
    before = copy.deepcopy(cell)
    cells.update(cell, exercise, source, grade)
    return before != cell


def sync_file(path, exercises):
    """Do :func:`sync` on a file; where nothing is to change it is not written.

    Returns
    -------
    list of str
        What was changed.
    """
    notebook = files.read(path)
    done = sync(notebook, exercises)
    if done:
        files.write(path, notebook)
    return done


def reset(path, exercise):
    """Put the stub of `exercise` back into a learner's notebook, after saving the learner's text beside it.

    Returns
    -------
    Path or None
        Where the learner's text now stands; None when the cell was the stub already.

    Raises
    ------
    NotebookError
        If the notebook cannot be read or written, or has no cell for the exercise.
    """
    path = Path(path)
    notebook = files.read(path)
    cell = cells.find_stub(notebook, exercise)
    if cell is None:
        raise NotebookError(say("{path}: no cell for {id} (no cell has this id, none defines this function); "
                                "nothing was changed", path=path, id=exercise.id))
    mine, stub = cell["source"], cells.stub_source(exercise)
    if mine == stub:
        return None
    cell.update(source=stub, outputs=[], execution_count=None)
    text = files.dumps(notebook)
    try:
        saved = _save_beside(path, exercise.id, mine)
        files.write_text(path, text)
    except OSError as error:
        raise NotebookError(say("{path}: cannot be written ({error}); nothing was changed", path=path,
                                error=error.strerror)) from None
    return saved


def _save_beside(path, name, source):
    """Write the learner's text to the first free NOTEBOOK.ID.1.py, .2.py, …; never over an older one."""
    number = 1
    while True:
        target = path.with_name(f"{path.stem}.{name}.{number}.py")
        try:
            with target.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(source if source.endswith("\n") else source + "\n")
            return target
        except FileExistsError:
            number += 1

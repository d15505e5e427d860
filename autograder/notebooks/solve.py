"""Solved copies of chapters, in the build folder only: bodies from ``solutions`` in place of the stubs."""

from autograder.errors import NotebookError
from autograder.notebooks import cells, files
from autograder.words import say


def solve(notebook, exercises, source=cells.solved_source):
    """Put the reference's body into every stub of `notebook`, in place.

    Parameters
    ----------
    notebook : dict
    exercises : iterable of Exercise
        Those of its chapter.
    source : callable
        ``source(exercise, bound_names) -> str``, the text of the solved cell.

    Raises
    ------
    NotebookError
        If the notebook lacks an exercise.
    """
    for exercise in exercises:
        cell = cells.find_stub(notebook, exercise)
        if cell is None:
            raise NotebookError(say("the notebook has no cell for {id}; run: autograder sync",
                                    id=exercise.id))
        place = notebook["cells"].index(cell)
        before = cells.bound_names(cell for cell in notebook["cells"][:place] if cell["cell_type"] == "code")
        cell["source"] = source(exercise, before)
    return notebook


def solve_file(path, exercises, target):
    """Write the solved copy of the chapter at `path` to `target`, without stored outputs."""
    notebook = solve(files.read(path), exercises)
    for cell in files.code_cells(notebook):
        cell.update(outputs=[], execution_count=None)
    files.write(target, notebook)

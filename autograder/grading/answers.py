"""What a student wrote for each exercise, as text."""

from autograder.grading.running import defines
from autograder.notebooks import cells, files

LONGEST = 20_000  # characters of one cell: what is longer is no answer, and pages must stay small


def written(notebook, exercises):
    """Return the text of the cell of each exercise: the last one that defines its function counts, as it ran.

    Parameters
    ----------
    notebook : dict
    exercises : iterable of Exercise

    Returns
    -------
    dict of str to str
        An exercise of which the notebook has no cell is left out.
    """
    code = [cell for cell in files.code_cells(notebook) if not cells.is_check(cell)]
    answers = {}
    for exercise in exercises:
        found = [cell for cell in code if defines(exercise.id, cell["source"])]
        cell = found[-1] if found else cells.find_stub(notebook, exercise)
        if cell is not None:
            text = cell["source"]
            answers[exercise.id] = text if len(text) <= LONGEST else text[:LONGEST] + "\n…"
    return answers

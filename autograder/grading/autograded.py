"""What nbgrader's formgrader opens: a notebook for each submission, with their code and what the grader said.

It holds the exercises' cells alone, made from the result: no output and no text of a stranger is shown as a page.
"""

import json
from pathlib import Path

from autograder.engine.result import SIGNS
from autograder.exercises import EXERCISES
from autograder.grading.feedback import is_safe
from autograder.grading.tables import new_file
from autograder.notebooks import cells
from autograder.words import say


def write(folder, records):
    """Write ``STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb`` for every result that nbgrader has a place for."""
    for record in records:
        name = record["assignment"]
        if name is None or not is_safe(record["student"]):
            continue
        place = Path(folder, record["student"], name)
        place.mkdir(parents=True, exist_ok=True)
        with new_file(place / f"{name}.ipynb") as stream:
            json.dump(notebook(record), stream)
        if record.get("timestamp"):
            with new_file(place / "timestamp.txt") as stream:
                stream.write(record["timestamp"])


def notebook(record):
    """Return a submission as formgrader shows it."""
    # As the output of a cell: a page shows it as text, whatever it holds.
    content = [{**_code("\n".join(record["remarks"])), "id": "remarks"}] if record["remarks"] else []
    for result in record["exercises"]:
        exercise = EXERCISES.get(result["id"])
        if exercise is not None:
            answer = cells.update(_code(), exercise, record.get("code", {}).get(exercise.id, ""))
            check = cells.update(_code(_told(result)), exercise, cells.check_source(exercise), grade=True)
            content += [answer, check]
    language = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return {"cells": content, "metadata": language, "nbformat": 4, "nbformat_minor": 5}


def _told(result):
    score = say("{points:g} of {max_points:g} points", points=result["points"], max_points=result["max_points"])
    parts = [f"  {SIGNS[part['status']]} {part['name']}: {part['points']:g} / {part['max_points']:g}"
             for part in result["parts"]]
    return "\n".join([f"{SIGNS[result['status']]} {result['id']}: {score}", result["message"], *parts])


def _code(told=None):
    outputs = [{"output_type": "stream", "name": "stdout", "text": told}] if told else []
    return {"cell_type": "code", "execution_count": None, "id": "", "metadata": {}, "outputs": outputs, "source": ""}

"""The same answer gets the same from ``autograder grade`` as in the notebook: points, status, the mistake's name."""

import importlib
import inspect
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.engine import Patched, judge, undecorated_source
from autograder.exercises import EXERCISES
from autograder.grading import one
from autograder.grading.library import at_hand
from autograder.notebooks.cells import import_lines
from autograder.sandbox.remote import Remote

FOLDER = Path(__file__).resolve().parents[1] / "autograder"
MODULES = sorted(path.stem for path in FOLDER.glob("right_answers_ch*.py"))


@pytest.fixture(scope="module")
def sandbox():
    with one.new_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def session(sandbox):
    session = sandbox.open()
    yield session
    session.close()


def remote(session, exercise, seed):
    with np.errstate(all="ignore"):
        return judge(Remote(session, exercise.id, library=at_hand(exercise.chapter)), exercise, seed,
                     EXERCISES.values(), hidden=True)


def _own_text(module):
    """The source of a module of answers, with what it borrows from exercises written out."""
    text = inspect.getsource(module)
    lines = [line for line in text.split("\n") if not line.startswith(("from autograder.exercises", "from __future"))]
    borrowed = [f"{undecorated_source(value)}\n{name} = {value.__name__}" for name, value in vars(module).items()
                if inspect.isfunction(value) and value.__module__.startswith("autograder.exercises")]
    return "\n".join(["import numpy as np", *borrowed, *lines])


@pytest.mark.parametrize("name", MODULES)
def test_right_answers_in_other_words_earn_full_points_here_too(name, session, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(FOLDER)])
    module = importlib.import_module(name)
    assert session.cell("answers", _own_text(module), 10) is None
    for id, functions in module.RIGHT_ANSWERS.items():
        for function in functions[::max(len(functions) // 2, 1)]:
            found = [key for key, value in vars(module).items() if value is function]
            if not found or function.__module__ != name:  # it has no name, or comes from the library
                continue
            session.cell("choice", f"{id} = {found[0]}", 10)
            result = remote(session, EXERCISES[id], 11)
            assert (result.status, result.points) == ("passed", EXERCISES[id].points), f"{found[0]}: {result}"


def _runs_alone(function):
    return isinstance(function, Patched) and "set(" not in function.source  # whose order each process has for itself


@pytest.mark.parametrize("exercise", [exercise for exercise in EXERCISES.values() if any(
    _runs_alone(function) for found in exercise.misconceptions for function in found.functions)],
    ids=lambda exercise: exercise.id)
def test_a_mistake_gets_the_same_here_as_in_the_notebook(exercise, session):
    functions = [function for found in exercise.misconceptions for function in found.functions if _runs_alone(function)]
    for function in functions[::max(len(functions) // 2, 1)]:
        local = judge(Patched(function.reference, *function.replacements), exercise, 3, EXERCISES.values(), hidden=True)
        imports = "\n".join(import_lines(function))
        assigned = f"\n{exercise.id} = {function.reference.__name__}"
        assert session.cell("mistake", f"{imports}\n{function.source}\n{assigned}", 10) is None
        result = remote(session, exercise, 3)
        told = [(r.status, r.points, r.misconception, [(p.name, p.points) for p in r.parts]) for r in (result, local)]
        assert told[0] == told[1], f"{function.replacements}\n{result}\n{local}"

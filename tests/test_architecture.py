"""The arrows between the rooms, read from the imports: those of the design and no others."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[1]
STANDARD = set(sys.stdlib_module_names)
NOTEBOOK_TOOLS = {"nbformat", "nbclient", "yaml"}

# Room: what it may import beside the standard library and itself. The longest name that fits a module counts.
ARROWS = {
    "solutions": {"numpy"},
    "drawing": {"numpy", "matplotlib", "IPython"},  # IPython shows a figure in a notebook
    "autograder": set(),
    "autograder.words": set(),
    "autograder.errors": set(),
    "autograder.engine": {"numpy", "autograder.words"},
    "autograder.exercises": {"numpy", "solutions", "autograder.engine", "autograder.words"},
    "autograder.checking": {"autograder.engine", "autograder.exercises"},
    "autograder.shapes": {"numpy", "autograder.engine", "autograder.words"},
    "autograder.matrix": {"autograder.checking", "autograder.engine"},
    "autograder.worker": {"autograder"},
    "autograder.process": {"autograder.words"},
    "autograder.notebooks": {"autograder.engine", "autograder.errors", "autograder.words", *NOTEBOOK_TOOLS},
    "autograder.submission": {"autograder.engine", "autograder.errors", "autograder.exercises", "autograder.notebooks",
                              "autograder.process", "autograder.words"},
    "autograder.report": {"autograder.engine", "autograder.words"},
    "autograder.release": {"autograder.errors", "autograder.exercises", "autograder.notebooks", "autograder.words"},
    # The sandbox must never have held exercises or solutions: a forked child can read its parent's memory.
    "autograder.sandbox": {"numpy", "autograder", "autograder.engine", "autograder.words", "autograder.worker"},
    "autograder.grading": {"numpy", "autograder", "nbgrader", "sqlalchemy", "rapidfuzz", "distributed", "dask"},
    "autograder.cli": {"autograder"},
    "autograder.authoring": {"autograder"},
}
# These may use the whole of autograder.
EVERYTHING_OF = {"autograder.cli", "autograder.authoring", "autograder.grading"}
CHAPTERS = {"numpy", "autograder", "solutions", "drawing", "IPython"}

MODULES = sorted(path for room in ("solutions", "drawing", "autograder") for path in (CLONE / room).rglob("*.py"))


def module_name(path):
    parts = path.relative_to(CLONE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name):
    return max((room for room in ARROWS if name == room or name.startswith(room + ".")), key=len)


def imports(source):
    """Full names of all that is imported, in functions too; ``from package import module`` counts as the module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            for alias in node.names:
                inside = CLONE.joinpath(*node.module.split("."))
                is_module = (inside / f"{alias.name}.py").is_file() or (inside / alias.name).is_dir()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def allowed(room, name):
    top = name.partition(".")[0]
    target = room_of(name) if top in ("solutions", "drawing", "autograder") else top
    if top in STANDARD or target == room or (room in EVERYTHING_OF and top == "autograder"):
        return True
    return target in ARROWS[room]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_only_along_the_arrows(path):
    room = room_of(module_name(path))
    wrong = {name for name in imports(path.read_text(encoding="utf-8")) if not allowed(room, name)}
    assert wrong == set()


def test_only_the_drawing_room_imports_matplotlib():
    found = {room_of(module_name(path)) for path in MODULES
             if any(name.partition(".")[0] == "matplotlib" for name in imports(path.read_text(encoding="utf-8")))}
    assert found == {"drawing"}


def test_only_exercises_import_the_solutions():
    found = {room_of(module_name(path)) for path in MODULES
             if any(name.partition(".")[0] == "solutions" for name in imports(path.read_text(encoding="utf-8")))}
    assert found == {"solutions", "autograder.exercises"}


@pytest.mark.parametrize("path", sorted((CLONE / "chapters").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_chapter_imports_only_numpy_and_our_three_rooms(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names = {name.partition(".")[0] for cell in cells if cell["cell_type"] == "code"
             for name in imports("".join(cell["source"]))}
    assert names <= CHAPTERS | STANDARD


PROOF = """
import sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in sys.stdlib_module_names | {"numpy", "autograder", "solutions"}:
            raise ImportError(f"{name} is behind the wall")

sys.meta_path.insert(0, Wall())
from autograder import check
from autograder.engine import undecorated_source
from autograder.exercises import EXERCISES

for exercise in EXERCISES.values():
    space = dict(__import__("inspect").unwrap(exercise.reference).__globals__)
    exec(undecorated_source(exercise.reference), space)
    result = check(space[exercise.id])
    assert result.status == "passed", result
    wrong = check(lambda *arguments: None, exercise=exercise.id)
    assert wrong.status == "failed"
    str(result), result._repr_html_(), str(wrong), wrong._repr_html_(), wrong.as_json()
assert {"numpy", "solutions", "autograder"} <= set(sys.modules)
"""


def test_check_needs_numpy_and_the_standard_library_alone():
    done = subprocess.run([sys.executable, "-c", PROOF], capture_output=True, encoding="utf-8", cwd=CLONE, check=False)
    assert done.returncode == 0, done.stderr


def test_the_parts_that_a_sandbox_holds_bring_no_exercise_and_no_solution():
    script = "import sys, autograder.engine, autograder.worker, autograder.words\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", cwd=CLONE, check=True)
    loaded = ast.literal_eval(done.stdout)
    assert not [name for name in loaded if name.startswith(("solutions", "autograder.exercises"))]


def test_the_map_of_the_package_names_every_room():
    text = (CLONE / "autograder" / "__init__.py").read_text(encoding="utf-8")
    rooms = {path.stem for path in (CLONE / "autograder").glob("*.py")} | {
        path.parent.name for path in (CLONE / "autograder").glob("*/__init__.py")}
    assert {room for room in rooms - {"__init__"} if f"``{room}``" not in text} == set()

"""Chapters and exercises are kept in agreement, and every difference is told."""

import ast
import base64
import copy
import inspect
import json
import re
import shutil

import nbformat
import pytest
from notebook_tools import CHAPTER, IMPORTS, code, markdown, notebook, save, submission

from autograder.exercises import EXERCISES, of_chapter
from autograder.notebooks import cells, files
from autograder.notebooks.audit import audit_chapter, audit_course, audit_targets, audit_toc, targets_of
from autograder.notebooks.leaks import leaks, telling_lines
from autograder.notebooks.outputs import execute, execute_file
from autograder.notebooks.solve import solve, solve_file
from autograder.notebooks.sync import reset, sync, sync_file

EVERY = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
WRITE = [exercise for exercise in EXERCISES.values() if exercise.given is None]  # the others: test_find_the_mistake
THREE = of_chapter(CHAPTER)


# --- The cells of an exercise -------------------------------------------------------------------

@EVERY
def test_a_stub_is_the_references_signature_and_docstring(exercise):
    stub = cells.stub_source(exercise)
    tree = ast.parse(stub).body
    assert [statement.name for statement in tree] == [exercise.id]
    assert ast.get_docstring(tree[0]) == ast.get_docstring(ast.parse(cells.solved_source(exercise)).body[-1])
    assert leaks(stub, [exercise]) == []


@EVERY
def test_a_stub_asks_for_nothing_that_the_librarys_decorator_does(exercise):
    docstring = inspect.getdoc(exercise.reference)
    told = re.sub(r"Raises\n------\n(.+\n)+\n?", "", docstring + "\n").strip()
    assert "Raises\n" not in told
    assert ast.get_docstring(ast.parse(cells.stub_source(exercise)).body[0]) == told


@pytest.mark.parametrize("exercise", WRITE, ids=lambda exercise: exercise.id)
def test_a_stub_to_fill_in_raises(exercise):
    assert cells.stub_source(exercise).endswith('"""\n    # YOUR CODE HERE\n    raise NotImplementedError()')


@EVERY
def test_a_solved_cell_runs_alone_and_imports_what_it_needs(exercise):
    space = {}
    exec(cells.solved_source(exercise), space)
    assert callable(space[exercise.id])
    needed = cells.import_lines(exercise.reference)
    assert cells.solved_source(exercise).startswith("\n".join(needed) + "\n" if needed else "def ")


@pytest.mark.parametrize("exercise", WRITE, ids=lambda exercise: exercise.id)
def test_nbgrader_makes_the_stub_of_the_marked_cell(exercise):
    marked = cells.marked_source(exercise)
    before, _, rest = marked.partition("    ### BEGIN SOLUTION\n")
    assert rest.endswith("\n    ### END SOLUTION")
    assert before + cells.STUB == cells.stub_source(exercise)
    ast.parse(marked)


def test_what_the_notebook_has_bound_is_not_imported_again():
    before = [code("import numpy as np\nfrom solutions import softmax as other", "a"), code("broken(", "b")]
    assert cells.bound_names(before) == {"np", "other"}
    lines = cells.import_lines(EXERCISES["rnn_cell_forward"].reference, cells.bound_names(before))
    assert lines == ["from solutions.activations import softmax"]


def test_the_names_that_cells_bind_are_found():
    source = "import a.b\nfrom c import d as e\ndef f(): inner = 1\nclass G: pass\n" \
             "h, (i, j) = 1, (2, 3)\nk: int = 1\nfor m in (): pass"
    assert cells.bound_names([code(source, "a")]) >= {"a", "e", "f", "G", "h", "i", "j", "k", "m"}


@EVERY
def test_both_cells_are_valid_and_nbgrader_knows_them(exercise):
    stub, check = cells.stub_cell(exercise), cells.check_cell(exercise)
    nbformat.validate(notebook(stub, check))
    assert stub["id"] == stub["metadata"]["nbgrader"]["grade_id"] == exercise.id
    assert check["id"] == check["metadata"]["nbgrader"]["grade_id"] == "check-" + exercise.id.replace("_", "-")
    assert check["metadata"]["nbgrader"]["points"] == exercise.points
    assert check["source"].splitlines()[-1] == "float(result.points)"
    assert cells.is_check(check)
    assert not cells.is_check(stub)


@pytest.mark.parametrize("answer", [cells.stub_source, cells.solved_source], ids=["stub", "solved"])
@EVERY
def test_the_last_value_of_a_check_cell_is_a_plain_float(exercise, answer):
    """nbgrader gives full points for anything else, an np.float64 included."""
    space = {"display": lambda result: None}
    defaults = cells.import_lines(exercise.reference)  # such as cell=RNN, which the chapter imports
    exec("\n".join(["from autograder import check", *defaults, answer(exercise)]), space)
    *statements, last = cells.check_source(exercise).splitlines()
    exec("\n".join(statements), space)
    value = eval(last, space)
    assert type(value) is float
    assert value == (0 if answer is cells.stub_source else exercise.points)
    assert callable(space[f"checked_{exercise.id}"])


# --- sync ---------------------------------------------------------------------------------------

def test_sync_appends_what_is_missing_and_says_so():
    chapter = notebook(markdown("# Three", "intro"))
    done = sync(chapter, THREE[:2])
    assert [cell["id"] for cell in chapter["cells"]] == [
        "intro", "rnn_cell_forward", "check-rnn-cell-forward", "rnn_forward", "check-rnn-forward"]
    assert done[0] == "rnn_cell_forward: stub cell appended at the end; move it where it belongs"
    assert sync(chapter, THREE[:2]) == []


def test_sync_mends_a_cell_and_leaves_everything_else_byte_for_byte(tmp_path):
    chapter = submission(before=[code("x = 'ünï'", "mine", custom={"b": 1, "a": [2]})])
    chapter["metadata"] = {"zebra": 1, "kernelspec": {"name": "python3", "display_name": "x"}}
    path = tmp_path / f"{CHAPTER}.ipynb"
    files.write(path, chapter)
    wanted = path.read_bytes()
    assert sync_file(path, THREE) == []
    spoiled = files.read(path)
    stub, check = (next(cell for cell in spoiled["cells"] if cell["id"] == name)
                   for name in ("rnn_forward", "check-stack-parameters"))
    stub["source"] = "def rnn_forward(x):\n    pass"
    check["metadata"]["nbgrader"]["points"] = 99
    files.write(path, spoiled)
    assert sync_file(path, THREE) == ["rnn_forward: stub cell updated", "stack_parameters: check cell updated"]
    assert path.read_bytes() == wanted
    assert wanted.endswith(b"}\n")
    assert "ünï".encode() in wanted
    assert wanted.splitlines()[1].startswith(b' "cells"')


def test_a_cell_is_found_by_nbgraders_id_or_by_its_function_when_it_lost_its_own():
    for lose in (lambda cell: cell.pop("id"), lambda cell: (cell.pop("id"), cell["metadata"].clear())):
        chapter = submission()
        stub = chapter["cells"][1]
        lose(stub)
        assert cells.find_stub(chapter, THREE[0]) is stub
        assert "check" not in sync(chapter, THREE)[0]
        assert stub["id"] == THREE[0].id


# --- reset --------------------------------------------------------------------------------------

def test_reset_saves_the_text_beside_and_puts_the_stub_back(tmp_path):
    mine = "def rnn_forward(x, a0, parameters):\n    return 'mine'"
    path = save(submission({"rnn_forward": mine}), tmp_path / "work.ipynb")
    exercise = EXERCISES["rnn_forward"]
    (tmp_path / "work.rnn_forward.1.py").write_text("older", encoding="utf-8")
    assert reset(path, exercise) == tmp_path / "work.rnn_forward.2.py"
    assert (tmp_path / "work.rnn_forward.1.py").read_text(encoding="utf-8") == "older"
    assert (tmp_path / "work.rnn_forward.2.py").read_text(encoding="utf-8") == mine + "\n"
    assert cells.find_stub(files.read(path), exercise)["source"] == cells.stub_source(exercise)
    assert reset(path, exercise) is None
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "work.ipynb", "work.rnn_forward.1.py", "work.rnn_forward.2.py"]


def test_writing_a_notebook_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    path = save(submission(), tmp_path / "work.ipynb")
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        files.write(path, notebook())
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["work.ipynb"]


# --- solve and outputs --------------------------------------------------------------------------

def test_a_solved_chapter_earns_full_points_and_stores_nothing_old(tmp_path):
    from autograder.submission import grade

    chapter = submission()
    chapter["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "old"}]
    source, target = save(chapter, tmp_path / "source.ipynb"), tmp_path / "deep" / "er" / f"{CHAPTER}.ipynb"
    solve_file(source, THREE, target)
    assert grade(target).points == 100
    assert "old" not in target.read_text(encoding="utf-8")
    assert files.read(source) == files.read(save(chapter, tmp_path / "again.ipynb"))


def test_solving_needs_the_cell():
    from autograder.errors import NotebookError

    with pytest.raises(NotebookError, match="no cell for rnn_cell_forward; run: autograder sync"):
        solve(notebook(), THREE)


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A chapter that was run once, and its path."""
    folder = tmp_path_factory.mktemp("chapters")
    source = "import sys\nfor n in range(3):\n    print(n)\n    sys.stdout.flush()\nchecked_count_parameters(1, 2, 3)"
    demo = code(source, "demo", tags=["demo"])
    path = folder / f"{CHAPTER}.ipynb"
    files.write(path, complete_chapter(demo))
    _, changed = execute_file(path)
    assert changed
    return path


def complete_chapter(*more):
    """A chapter with all that the audit asks for, but its outputs."""
    anchors = sorted({misconception.anchor.partition("#")[2] for exercise in THREE
                      for misconception in exercise.misconceptions})
    parts = [markdown("\n\n".join(f"({anchor})=\n## About {anchor}" for anchor in anchors), "anchors"),
             code(IMPORTS, "imports")]
    for number, exercise in enumerate(THREE, start=1):
        target = "exercise-" + exercise.id.replace("_", "-")
        parts += [markdown(f"({target})=\n### Exercise 3.{number}: write it ({exercise.points:g} points)", target),
                  cells.stub_cell(exercise), cells.check_cell(exercise)]
    return notebook(*parts, *more)


def test_outputs_are_stored_and_running_again_changes_no_byte(executed):
    before = executed.read_bytes()
    _, changed = execute_file(executed)
    assert not changed
    assert executed.read_bytes() == before
    stored = json.loads(before)
    demo = stored["cells"][-1]
    assert [output["output_type"] for output in demo["outputs"]] == ["stream", "execute_result"]
    assert "".join(demo["outputs"][0]["text"]) == "0\n1\n2\n"
    counts = [cell["execution_count"] for cell in stored["cells"] if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert "version" not in stored["metadata"]["language_info"]


def test_a_check_of_a_stub_stores_zero_points(executed):
    check = cells.find_check(files.read(executed), THREE[0])
    assert check["outputs"][-1]["data"]["text/plain"] == ["0.0"]
    assert "not attempted" in "".join(check["outputs"][0]["data"]["text/plain"])


@pytest.mark.parametrize(("source", "told"), [
    ("1 / 0", "cell bad: ZeroDivisionError: division by zero"),
    ("import sys\nprint('careful', file=sys.stderr)", "cell bad writes to stderr: careful"),
], ids=["error", "stderr"])
def test_an_error_or_stderr_is_never_stored(tmp_path, source, told):
    from autograder.errors import ChapterError

    path = tmp_path / "bad.ipynb"
    files.write(path, notebook(code("x = 1", "good"), code(source, "bad")))
    before = path.read_bytes()
    with pytest.raises(ChapterError) as error:
        execute_file(path)
    assert told in str(error.value)
    assert str(error.value).startswith(f"{path}: ")
    assert path.read_bytes() == before


def test_a_chapter_does_not_see_the_teachers_seed(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SEED", "12345")
    stored = execute(notebook(code("import os\nos.environ['AUTOGRADER_SEED']", "seed")), tmp_path)
    assert stored["cells"][0]["outputs"][0]["data"]["text/plain"] == "'0'"


# --- audit --------------------------------------------------------------------------------------

@pytest.fixture
def audited(executed, tmp_path):
    """Audit the complete chapter after `change(notebook)`; the lines found."""
    def run(change=lambda chapter: None, exercises=THREE):
        chapter = files.read(executed)
        change(chapter)
        path = save(chapter, tmp_path / f"{CHAPTER}.ipynb")
        return audit_chapter(path, exercises, {path.stem: targets_of(path)})

    return run


def test_a_complete_chapter_has_nothing_to_tell(audited):
    assert audited() == []


def cell_of(chapter, name):
    return next(cell for cell in chapter["cells"] if cell["id"] == name)


PICTURE = base64.b64encode(b"\x89PNG" + b"x" * 200).decode()


def picture(alt, data=PICTURE):
    return {"output_type": "display_data", "data": {"image/png": data}, "metadata": {"image/png": {"alt": alt}}}


def put(name, **fields):
    """A change: fields of a cell."""
    return lambda chapter: cell_of(chapter, name).update(fields)


def mark(name, **fields):
    """A change: fields of a cell's nbgrader metadata."""
    return lambda chapter: cell_of(chapter, name)["metadata"].setdefault("nbgrader", {}).update(fields)


def add(text):
    """A change: text at the end of a markdown cell."""
    return lambda chapter: cell_of(chapter, "anchors").update(source=cell_of(chapter, "anchors")["source"] + text)


def show(output):
    """A change: one more output of the demonstration."""
    return lambda chapter: cell_of(chapter, "demo")["outputs"].append(output)


def stream(name, text):
    return {"output_type": "stream", "name": name, "text": text}


ERROR = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
HEADING = "(exercise-rnn-forward)=\n### Exercise "


@pytest.mark.parametrize(("change", "told"), [
    (put("rnn_forward", source="def rnn_forward(x): ..."), "rnn_forward: the stub cell is not what the exercise says"),
    (mark("check-rnn-forward", points=1), "rnn_forward: the check cell is not what the exercise says"),
    (put("check-rnn-forward", id="other"), "rnn_forward: no check cell (id check-rnn-forward)"),
    (lambda chapter: chapter["cells"].reverse(), "the check cell does not stand right after the stub"),
    (put("demo", id="imports"), "the id imports is used twice"),
    (lambda chapter: chapter["metadata"].update(rnn_course={"chapter": "09_gru"}), "metadata say that it is 09_gru"),
    (mark("demo", grade_id="old"), "cell demo is marked for nbgrader as old"),
    (put("demo", metadata={}), "cell demo: uses checked_count_parameters; give it the tag demo"),
    (put("demo", execution_count=None), "cell demo: was not run; run: autograder outputs"),
    (put("demo", source="if 1:\n    a_next =  np.tanh(Waa @ a_prev + Wax @ xt + ba)"),
     "cell demo: a line of a solution stands here: a_next = np.tanh("),
    (put("exercise-rnn-forward", source="### Exercise 3.2 (35 points)"),
     "rnn_forward: no heading with the target (exercise-rnn-forward)="),
    (put("exercise-rnn-forward", source=HEADING + "3.22 (35 points)"), "does not say 'Exercise 3.2'"),
    (put("exercise-rnn-forward", source=HEADING + "3.2 (3 points)"), "does not say '(35 points)'"),
    (put("anchors", source="nothing"), "misconception y_from_a_prev sends to 03_rnn_model.html#"),
    (show(ERROR), "cell demo: stores an error, E"),
    (show(stream("stderr", "!")), "cell demo: stores text on stderr"),
    (show(picture("  ")), "cell demo: a picture without alt text"),
    (show(picture("A cell", "A" * 300_000)), "cell demo: a picture of 225 kB"),
    (show(stream("stdout", "x" * 1_100_000)), "MB, more than 1 MB"),
    (add("\n![](x.png)"), "cell anchors: a picture without alt text: ![]("),
    (add('\n<img src="x.png">'), "cell anchors: a picture without alt text: <img"),
    (add("\n```{figure} x.png\ntext\n```"), "cell anchors: a picture without alt text: ```{figure}"),
], ids=range(22))
def test_a_difference_is_told_in_a_line(audited, change, told):
    found = audited(change)
    assert any(told in line for line in found), found
    assert all(line.startswith(f"{CHAPTER}.ipynb: ") and "\n" not in line for line in found)


def test_pictures_with_alt_text_are_right(audited):
    described = '\n![A cell](x.png)\n<img src="x" alt="A cell">\n```{figure} x.png\n:alt: A cell\ntext\n```'

    def describe(chapter):
        cell_of(chapter, "demo")["outputs"].append(picture("A cell"))
        cell_of(chapter, "anchors")["source"] += described

    assert audited(describe) == []


def test_an_exercise_that_teaches_too_little_is_told(audited):
    from dataclasses import replace

    poor = replace(THREE[0], hints=("one",), misconceptions=(), parts=THREE[0].parts[:1])
    found = "\n".join(audited(exercises=(poor, *THREE[1:])))
    assert "rnn_cell_forward: has 1 hints, and needs 3" in found
    assert "rnn_cell_forward: has no misconceptions" in found
    assert "points together, not 100" in found


def test_the_table_of_contents_equals_the_pages(tmp_path):
    folder = tmp_path / "chapters"
    folder.mkdir()
    for name in ("index.md", "03_a.ipynb", "04_b.ipynb"):
        (folder / name).write_text("", encoding="utf-8")
    toc = tmp_path / "_toc.yml"
    toc.write_text("root: chapters/index\nparts:\n- caption: x\n  chapters:\n  - file: chapters/03_a\n"
                   "    sections:\n    - file: chapters/05_c.md\n", encoding="utf-8")
    assert audit_toc(toc, folder) == ["_toc.yml: chapters/05_c is listed, and there is no such page",
                                      "_toc.yml: chapters/04_b is not listed"]
    toc.write_text("root: [", encoding="utf-8")
    assert "not YAML" in audit_toc(toc, folder)[0]
    toc.unlink()
    assert "no such file" in audit_toc(toc, folder)[0]


def test_a_target_that_two_chapters_have_is_told():
    assert audit_targets({"03_a": {"gates", "loss"}, "04_b": {"steps"}, "09_c": {"gates"}}) == [
        "09_c.ipynb: the target (gates)= stands in 03_a.ipynb too; give it another name"]


def test_what_is_wrong_with_the_course_as_a_whole_is_told(tmp_path):
    (tmp_path / "index.md").write_text("![](figures/x.png)\n![The cell](figures/y.png)", encoding="utf-8")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "x.png").write_bytes(b"x" * 200_000)
    (tmp_path / "data.bin").write_bytes(b"x" * 8_000_000)
    assert audit_course(tmp_path, [*THREE, THREE[0]]) == [
        "rnn_cell_forward: two exercises have this id",
        "03_rnn_model.ipynb: has exercises, and there is no such chapter",
        "index.md: a picture without alt text: ![](",
        "x.png: a picture of 200 kB, more than 150 kB",
        f"{tmp_path.name}: 8.2 MB together, more than 8 MB"]


@EVERY
def test_every_solution_has_lines_that_would_give_it_away(exercise):
    solved = cells.solved_source(exercise)
    assert leaks(solved, [exercise]) == sorted(telling_lines(exercise))
    assert telling_lines(exercise)


def test_the_tools_leave_their_arguments_alone(executed):
    chapter = files.read(executed)
    before = copy.deepcopy(chapter)
    audit_chapter(executed, THREE, {})
    assert chapter == before
    shutil.copy(executed, executed.with_name("copy.ipynb"))
    assert files.read(executed.with_name("copy.ipynb")) == before

"""What a teacher gives out: complete, equal to the chapter, and without a word of a solution."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from course_tools import CHAPTER, NAME, SEED

from autograder import cli, release
from autograder.engine import Patched, undecorated_source
from autograder.errors import ChapterError, CourseError, MissingToolError
from autograder.exercises import EXERCISES, of_chapter
from autograder.notebooks import cells, files
from autograder.notebooks.leaks import computing_lines


@pytest.fixture(scope="module")
def unpacked(course, tmp_path_factory):
    """What a student sees after unpacking."""
    folder = tmp_path_factory.mktemp("student")
    shutil.unpack_archive(course / "students.zip", folder)
    return folder / "rnn-course"


def test_a_course_folder_has_all_that_nbgrader_needs(course):
    assert sorted(str(path.relative_to(course)) for path in course.rglob("*") if path.is_file()) == sorted([
        "autograder_seed.txt", "gradebook.db", "nbgrader_config.py", "students.zip",
        os.path.join("source", NAME, f"{NAME}.ipynb"), os.path.join("release", NAME, f"{NAME}.ipynb")])


def test_the_release_is_the_chapter_without_its_outputs(course):
    chapter, released = files.read(CHAPTER), files.read(course / "release" / NAME / f"{NAME}.ipynb")
    assert [(cell["id"], cell["source"]) for cell in released["cells"]] == [
        (cell["id"], cell["source"]) for cell in chapter["cells"]]
    assert not any(cell["outputs"] for cell in files.code_cells(released))
    for mine, its in zip(chapter["cells"], released["cells"], strict=True):
        its["metadata"].get("nbgrader", {}).pop("checksum", None)
        its["metadata"].get("nbgrader", {}).pop("cell_type", None)
        assert its["metadata"] == mine["metadata"], mine["id"]


def test_the_source_version_holds_every_solution_between_its_marks(course):
    source = files.read(course / "source" / NAME / f"{NAME}.ipynb")
    for exercise in of_chapter(NAME):
        text = cells.find_stub(source, exercise)["source"]
        assert text.count("### BEGIN SOLUTION") == text.count("### END SOLUTION") == 1
        assert cells.head_and_body(exercise.reference)[1] in text


# --- Nothing that must stay secret --------------------------------------------------------------

def released_texts(course, unpacked):
    """Every text a student gets, by file; the wheel is the course's package and holds the library."""
    paths = [*(course / "release").rglob("*"), *unpacked.rglob("*")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths if path.is_file() and path.suffix != ".whl"}
    for path in [path for path in texts if path.suffix == ".ipynb"]:
        notebook = files.read(path)
        texts[path] += "\n".join(cell["source"] + "\n" + json.dumps(cell.get("outputs", ""), ensure_ascii=False)
                                 for cell in notebook["cells"])
    return texts


def secret_lines():
    """Lines of every solution and of every wrong function of the whole course."""
    for exercise in EXERCISES.values():
        yield from computing_lines(undecorated_source(exercise.reference))
        for function in (function for mistake in exercise.misconceptions for function in mistake.functions):
            if isinstance(function, Patched):
                yield from computing_lines(function.source)
            elif getattr(function, "__name__", "<lambda>") != "<lambda>":  # a lambda has no line of its own
                yield from computing_lines(undecorated_source(function))


def test_no_word_of_a_solution_or_of_a_wrong_function_is_released(course, unpacked):
    secrets = set(secret_lines())
    assert len(secrets) > 50
    texts = released_texts(course, unpacked)
    assert {path.name for path in texts} == {"README.txt", f"{NAME}.ipynb"}
    for path, text in texts.items():
        assert secrets & {" ".join(line.split()) for line in text.splitlines()} == set(), path
        assert "SOLUTION" not in text
        assert "misconception" not in text.lower()


def test_the_seed_stays_in_the_course_folder(course, unpacked):
    assert (course / "autograder_seed.txt").read_text(encoding="utf-8").strip() == SEED
    for path, text in released_texts(course, unpacked).items():
        assert SEED not in text, path
    with zipfile.ZipFile(next(unpacked.glob("*.whl"))) as wheel:
        assert not any(SEED.encode() in wheel.read(name) for name in wheel.namelist())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_teacher_can_read_a_new_seed(tmp_path):
    release._settings(tmp_path, print)
    assert (tmp_path / "autograder_seed.txt").stat().st_mode & 0o777 == 0o600
    assert int((tmp_path / "autograder_seed.txt").read_text(encoding="utf-8")) >= 0


# --- A student unpacks and works ----------------------------------------------------------------

def test_a_student_can_unpack_and_work(unpacked, tmp_path):
    readme = (unpacked / "README.txt").read_text(encoding="utf-8")
    wheel = next(unpacked.glob("*.whl"))
    assert f'pip install "./{wheel.name}[learner]"' in readme
    assert f"autograder check {NAME}.ipynb" in readme
    site = tmp_path / "site-packages"
    shutil.unpack_archive(wheel, site, format="zip")
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-m", "autograder.cli", "check", f"{NAME}.ipynb", "--json"], cwd=unpacked,
                          env=environment, capture_output=True, encoding="utf-8", check=False)
    report = json.loads(done.stdout)
    assert {exercise["status"] for exercise in report["exercises"]} == {"not attempted"}
    where = subprocess.run([sys.executable, "-P", "-c", "import autograder; print(autograder.__file__)"],
                           env=environment, capture_output=True, encoding="utf-8", check=True)
    assert str(site) in where.stdout


# --- Doing it again, and what goes wrong --------------------------------------------------------

def test_releasing_again_keeps_seed_settings_and_gradebook(course, tmp_path):
    again = shutil.copytree(course, tmp_path / "course")
    (again / "nbgrader_config.py").write_text(release.CONFIG + "# mine\n", encoding="utf-8")
    told = []
    release.release(again, [CHAPTER], told.append)
    assert (again / "autograder_seed.txt").read_text(encoding="utf-8").strip() == SEED
    assert (again / "nbgrader_config.py").read_text(encoding="utf-8").endswith("# mine\n")
    assert f"{again / 'nbgrader_config.py'}: kept as it is" in told
    with zipfile.ZipFile(again / "students.zip") as new, zipfile.ZipFile(course / "students.zip") as old:
        assert new.read(f"rnn-course/{NAME}.ipynb") == old.read(f"rnn-course/{NAME}.ipynb")


def test_without_nbgrader_the_line_that_installs_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingToolError, match=r"needs nbgrader; install it: pip install -e '.\[teacher\]'"):
        release.release(tmp_path / "course", [CHAPTER])
    assert not (tmp_path / "course").exists()


def test_without_a_clone_or_setuptools_it_is_told(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(release, "CLONE", tmp_path)
        with pytest.raises(CourseError, match="needs a clone of the course"):
            release.build_wheel(tmp_path)
    (tmp_path / "clone").mkdir()
    for name in release.PACKAGED:
        (tmp_path / "clone" / name).write_text("not a project", encoding="utf-8")
    monkeypatch.setattr(release, "CLONE", tmp_path / "clone")
    with pytest.raises(MissingToolError, match=r"pip install 'setuptools>=77'"):
        release.build_wheel(tmp_path)


def test_what_nbgrader_says_is_passed_on_in_a_line(course, tmp_path):
    with pytest.raises(ChapterError, match=r"failed in .*: .") as error:
        release._generate(tmp_path, "99_nothing")
    assert "\n" not in str(error.value)


def test_a_release_that_is_not_the_chapter_is_refused(course, tmp_path):
    other = files.read(CHAPTER)
    other["cells"][0]["source"] += " changed"
    path = tmp_path / f"{NAME}.ipynb"
    files.write(path, other)
    with pytest.raises(ChapterError, match=r"is not the chapter .first difference: title.;"):
        release._compare(course, path)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path, capsys, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(release, "build_wheel", lambda folder: folder)
    assert cli.main(["release", str(tmp_path / "file"), "--chapters", str(CHAPTER.parent)]) == 2
    assert capsys.readouterr().err.startswith(f"autograder release: {tmp_path / 'file'}: cannot be written (")

"""What a teacher gives out: an nbgrader course folder and a zip for the students.

Source versions are made from the chapters and ``solutions``, release versions by nbgrader's own command; then they
are compared with the chapters. The seed of the hidden cases stands in the course folder and nowhere else.
"""

import importlib.util
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from autograder.errors import ChapterError, CourseError, MissingToolError
from autograder.exercises import of_chapter
from autograder.notebooks import cells, files
from autograder.notebooks.solve import solve
from autograder.words import say

CLONE = Path(__file__).resolve().parent.parent
SEED_FILE, CONFIG_FILE, ZIP_FILE = "autograder_seed.txt", "nbgrader_config.py", "students.zip"
PACKAGED = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT", "solutions", "autograder", "drawing")

CONFIG = f'''\
"""nbgrader's settings for this course, made by `autograder release`. Yours to change: it is never overwritten."""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821 (nbgrader provides it)

course = Path(__file__).resolve().parent
c.CourseDirectory.root = str(course)

# The cases that grade are drawn from this number. Students never get the file; whoever has it can foresee the cases.
os.environ["AUTOGRADER_SEED"] = (course / "{SEED_FILE}").read_text(encoding="utf-8").strip()

# nbgrader calls alembic by its name: found beside this Python, also where its environment is not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# Demonstrations (training, pictures) are not run for grading.
c.Execute.skip_cells_with_tag = "demo"
c.Execute.timeout = 60  # seconds a cell
'''

STUDENT_README = '''\
Recurrent Neural Networks, Step by Step: your exercises
=======================================================

You need Python 3.11, 3.12 or 3.13. In a terminal, in this folder:

    python -m venv .venv
    . .venv/bin/activate            (on Windows: .venv\\Scripts\\activate)
    pip install "./{wheel}[learner]"
    jupyter lab

Open a notebook and fill in the cells that say "YOUR CODE HERE"; repair those that say "FIND THE MISTAKE". The cell
below each of them checks your function and names the mistake, if there is one. In the terminal you can do the same:

    autograder check {notebook}
    autograder hint {exercise}

Hand in the notebooks under the names they have. Do not delete or rename the cells with checks.
'''


def release(folder, chapters, tell=lambda line: None):
    """Make or renew a course folder.

    Parameters
    ----------
    folder : str or Path
        The course folder; made where there is none. Its seed, its settings and its gradebook are kept.
    chapters : sequence of Path
        The committed chapters to release.
    tell : callable
        Called with a line for each step that is done.

    Raises
    ------
    CourseError
        If nbgrader is missing or fails, or a released notebook is not the chapter.
    """
    if importlib.util.find_spec("nbgrader") is None:
        raise MissingToolError(say("needs nbgrader; install it: pip install -e '.[teacher]'"))
    folder, chapters = Path(folder), [path for path in chapters if of_chapter(path.stem)]
    if not chapters:
        raise CourseError(say("no chapter with exercises to release"))
    try:
        with tempfile.TemporaryDirectory() as temporary:
            wheel = build_wheel(Path(temporary))
            folder.mkdir(parents=True, exist_ok=True)
            _settings(folder, tell)
            for path in chapters:
                _source(folder, path)
                _generate(folder, path.stem)
                _compare(folder, path)
                tell(say("{chapter}: source and release", chapter=path.stem))
            _zip(folder, chapters, wheel)
    except OSError as error:
        raise CourseError(say("{folder}: cannot be written ({error})", folder=error.filename or folder,
                              error=error.strerror or error)) from None
    tell(say("{file}: for the students", file=folder / ZIP_FILE))


def source_version(notebook, exercises):
    """Return nbgrader's source version of a chapter, in place: bodies between their marks, no outputs."""
    solve(notebook, exercises, cells.marked_source)
    for cell in files.code_cells(notebook):
        cell.update(outputs=[], execution_count=None)
    return notebook


def _settings(folder, tell):
    """Write seed and settings where there are none; an existing file is the teacher's and stays."""
    for name, text, mode in ((SEED_FILE, f"{secrets.randbelow(2**63)}\n", 0o600), (CONFIG_FILE, CONFIG, 0o644)):
        try:
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            tell(say("{file}: kept as it is", file=folder / name))
            continue
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        tell(say("{file}: new", file=folder / name))


def _source(folder, path):
    notebook = source_version(files.read(path), of_chapter(path.stem))
    files.write(folder / "source" / path.stem / path.name, notebook)


def _generate(folder, name):
    """Let nbgrader make the release version, with the teacher's settings, and note the points in its gradebook."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", name, "--force"], cwd=folder,
        env={**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])},
        capture_output=True, encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        told = [line for line in lines if re.match(r"[\w.]+(Error|Exception|Entry): ", line)] or lines or [""]
        raise ChapterError(say("nbgrader generate_assignment {name} failed in {folder}: {error}", name=name,
                               folder=folder, error=told[-1]))


def _compare(folder, path):
    """Raise unless the released notebook is the committed chapter, cell by cell."""
    def told(notebook):
        return [(cell.get("id"), cell["cell_type"], cell["source"], cells.grade_id(cell)) for cell in notebook["cells"]]

    released = folder / "release" / path.stem / path.name
    one, other = told(files.read(path)), told(files.read(released))
    if one != other:
        cell = next((mine[0] for mine, its in zip(one, other, strict=False) if mine != its), say("number of cells"))
        raise ChapterError(say("{released} is not the chapter (first difference: {cell}); run: autograder audit",
                               released=released, cell=cell))


def _zip(folder, chapters, wheel):
    """Pack what a student needs, in one step: the course folder never holds half a zip."""
    exercise = of_chapter(chapters[0].stem)[0]
    readme = STUDENT_README.format(wheel=wheel.name, notebook=chapters[0].name, exercise=exercise.id)
    partial = folder / f".{ZIP_FILE}"
    with zipfile.ZipFile(partial, "w") as archive:
        archive.writestr(_entry("README.txt"), readme)
        for path in chapters:
            archive.writestr(_entry(path.name), (folder / "release" / path.stem / path.name).read_bytes())
        archive.writestr(_entry(wheel.name), wheel.read_bytes())
    os.replace(partial, folder / ZIP_FILE)


def _entry(name):
    entry = zipfile.ZipInfo(f"rnn-course/{name}", (2026, 1, 1, 0, 0, 0))  # no time of day: same content, same bytes
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def build_wheel(folder):
    """Build the wheel of this package in `folder`, from a copy of the clone, without the net; return its path."""
    if not (CLONE / "pyproject.toml").is_file():
        raise CourseError(say("releasing needs a clone of the course; this package was installed from a wheel"))
    copy = folder / "package"
    copy.mkdir()
    for name in PACKAGED:
        if (CLONE / name).is_dir():
            shutil.copytree(CLONE / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(CLONE / name, copy / name)
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation",
         "--disable-pip-version-check", "--wheel-dir", str(folder), str(copy)],
        capture_output=True, encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL, check=False)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        lines = [line.strip() for line in done.stderr.splitlines() if "rror" in line] or [str(done.returncode)]
        raise MissingToolError(say("the wheel for the students could not be built; it needs pip and setuptools: "
                                   "pip install 'setuptools>=77' (pip said: {error})", error=lines[-1]))
    return wheels[0]

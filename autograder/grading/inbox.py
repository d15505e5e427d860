"""Which submissions there are, and whose they are. Names come from strangers: nothing is written where they say."""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CourseError
from autograder.exercises import EXERCISES
from autograder.notebooks.files import LARGEST
from autograder.words import say

CHECKPOINTS = ".ipynb_checkpoints"
# Moodle: "Name_123456_assignsubmission_file_/notebook.ipynb". Canvas: "name_123_456_notebook.ipynb", "name_LATE_…".
MOODLE = re.compile(r"(?P<student>.+)_\d+_assignsubmission_file_?")
CANVAS = re.compile(r"(?P<student>[^_]+(?:_[^_\d]+)*?)(?:_LATE)?_\d+_\d+_.+")


@dataclass(frozen=True)
class Work:
    """One submission: who, which assignment, which file, and what is odd about where it stood."""

    student: str
    assignment: str | None
    path: str
    remarks: tuple[str, ...] = ()

    @property
    def key(self):
        """A name for files, unique for student and assignment, whatever characters they hold."""
        whole = f"{self.student}\0{self.assignment}"
        readable = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{self.student}-{self.assignment}").strip("._")[:60]
        return f"{readable}-{hashlib.sha256(whole.encode(errors='surrogatepass')).hexdigest()[:10]}"


def find(place, assignment=None, unpacked=None):
    """Return the submissions at `place`, sorted by student.

    Parameters
    ----------
    place : str or Path
        nbgrader's ``submitted/`` (``STUDENT/ASSIGNMENT/NOTEBOOK.ipynb``), a folder of notebooks, or a zip.
    assignment : str, optional
        Only this one, ``"03_rnn_model"``.
    unpacked : Path
        Where the notebooks of a zip are put.

    Returns
    -------
    list of Work

    Raises
    ------
    CourseError
        If there is no such place, it holds no notebook, or no chapter has the assignment's name.
    """
    place = Path(place)
    chapters = {exercise.chapter for exercise in EXERCISES.values()}
    if assignment is not None and assignment not in chapters:
        raise CourseError(say("no assignment is called {name}; there are: {names}", name=assignment,
                              names=", ".join(sorted(chapters))))
    if place.is_dir():
        works = _in_folder(place, chapters)
    elif place.is_file():
        works = _in_zip(place, unpacked)
    else:
        raise CourseError(say("{place}: there is no such folder or zip file", place=place))
    works = [work for work in works if assignment is None or work.assignment in (None, assignment)]
    if not works:
        raise CourseError(say("{place}: holds no notebook; expected STUDENT/ASSIGNMENT/NOTEBOOK.ipynb, notebooks, or a "
                              "zip of Moodle or Canvas", place=place))
    return sorted(works, key=lambda work: (work.student, work.assignment or ""))


def _in_folder(place, chapters):
    """Read nbgrader's layout; notebooks right in the folder are one student's each."""
    works = []
    for entry in sorted(place.iterdir()):
        if entry.suffix == ".ipynb" and not entry.is_dir():
            works.append(Work(entry.stem, _chapter_in(entry.stem, chapters), str(entry)))
        elif entry.is_dir() and not entry.name.startswith("."):
            works += _of_student(entry, chapters)
    return works


def _of_student(folder, chapters):
    works = []
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and inner.name in chapters:
            found = sorted(path for path in inner.glob("*.ipynb"))
            if not found:
                works.append(Work(folder.name, inner.name, str(inner / f"{inner.name}.ipynb")))
                continue
            named = [path for path in found if path.stem == inner.name]
            chosen = (named or sorted(found, key=_changed))[-1]
            remarks = () if named else (say("The notebook's name is {name}, expected {wanted}.ipynb: graded all the "
                                            "same.", name=chosen.name, wanted=inner.name),)
            works.append(Work(folder.name, inner.name, str(chosen), remarks))
        elif inner.suffix == ".ipynb" and not inner.is_dir():
            works.append(Work(folder.name, _chapter_in(inner.stem, chapters), str(inner)))
    return works


def _changed(path):
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _chapter_in(name, chapters):
    return next((chapter for chapter in chapters if chapter in name), None)


def _in_zip(place, unpacked):
    """Take the notebooks out of a zip, under names of our own; at most one byte more than is allowed of each."""
    chapters = {exercise.chapter for exercise in EXERCISES.values()}
    try:
        with zipfile.ZipFile(place) as archive:
            members = [member for member in archive.infolist() if member.filename.lower().endswith(".ipynb")]
            works = []
            for number, member in enumerate(members):
                student, name = _owner(member.filename)
                if CHECKPOINTS in member.filename:
                    continue
                path = unpacked / f"{number:06d}.ipynb"
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as stream:
                    path.write_bytes(stream.read(LARGEST + 1))
                works.append(Work(student, _chapter_in(name, chapters), str(path)))
            return works
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise CourseError(say("{place}: not a zip file that can be read ({error})", place=place,
                              error=str(error)[:100])) from None


def _owner(filename):
    """Return the student and the notebook's name that a member of a zip belongs to."""
    *folders, name = re.split(r"[/\\]+", filename)
    folders = [folder for folder in folders if folder not in ("", ".", "..")]
    for folder in reversed(folders):
        if found := MOODLE.fullmatch(folder):
            return found["student"], name
    if not folders and (found := CANVAS.fullmatch(name)):
        return found["student"], name
    return (folders[0] if folders else Path(name).stem), "/".join([*folders, name])

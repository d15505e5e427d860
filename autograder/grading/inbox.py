"""Which submissions there are, and whose they are. Names come from strangers: nothing is written where they say."""

import hashlib
import os
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from autograder.errors import CourseError
from autograder.exercises import NAMES as CHAPTERS
from autograder.grading import archive
from autograder.words import say

DEEPEST = 8  # folders inside one another
# Moodle: "Name_123456_assignsubmission_file_/notebook.ipynb". Canvas: "name_123_456_notebook.ipynb", "name_LATE_…".
MOODLE = re.compile(r"(?P<student>.+)_(?P<number>\d+)_assignsubmission_file_?.*")
CANVAS = re.compile(r"(?P<student>[^_]+(?:_[^_\d]+)*?)(?:_LATE)?_(?P<number>\d+)_\d+_.+")


@dataclass(frozen=True)
class Work:
    """One submission.

    Attributes
    ----------
    student : str
    assignment : str or None
        None where only its content can tell.
    path : str
    remarks : tuple of str
        What is odd about where it stood.
    name : str
        The file's name as it was handed in.
    number : str
        What Moodle or Canvas call the student; empty where neither was the source.
    refused : str
        Why it is not opened at all; empty where it is.
    """

    student: str
    assignment: str | None
    path: str
    remarks: tuple[str, ...] = ()
    name: str = ""
    number: str = ""
    refused: str = ""

    @property
    def key(self):
        """A name for files, unique for student and assignment, whatever characters they hold."""
        whole = f"{self.student}\0{self.assignment}"
        readable = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{self.student}-{self.assignment}").strip("._")[:60]
        return f"{readable}-{hashlib.sha256(whole.encode(errors='surrogatepass')).hexdigest()[:10]}"


    @property
    def timestamp(self):
        """When it was handed in, as nbgrader's ``timestamp.txt`` beside it says; empty where it does not."""
        try:
            with open(Path(self.path).parent / "timestamp.txt", encoding="utf-8") as stream:
                return stream.read(100).strip()
        except (OSError, ValueError):
            return ""


def check(place, assignment=None):
    """Raise a CourseError unless `place` is there and `assignment`, if given, is a chapter."""
    place = Path(place)
    if assignment is not None and assignment not in CHAPTERS:
        raise CourseError(say("no assignment is called {name}; there are: {names}", name=assignment,
                              names=", ".join(CHAPTERS)))
    if not place.exists():
        raise CourseError(say("{place}: there is no such folder or zip file", place=place))
    if (place / "submitted").is_dir() and (place / "release").is_dir():
        raise CourseError(say("{place}: is the course's folder; the submissions are in {inner}", place=place,
                              inner=place / "submitted"))


def find(place, assignment=None, unpacked=None):
    """Return the submissions at `place`, sorted by student.

    Parameters
    ----------
    place : str or Path
        nbgrader's ``submitted/`` (``STUDENT/ASSIGNMENT/NOTEBOOK.ipynb``), a folder of notebooks, what Moodle or
        Canvas give for download, or the zip of any of these.
    assignment : str, optional
        Only this one, ``"03_rnn_model"``; a notebook that does not tell its assignment is taken to be of this.
    unpacked : Path
        Where the notebooks of a zip are put.

    Returns
    -------
    list of Work
        At most one for each student and assignment. Whoever handed in something else than a notebook is there too.

    Raises
    ------
    CourseError
        If there is no such place, it holds no notebook, or no chapter has the assignment's name.
    """
    check(place, assignment)
    place = Path(place)
    files = list(_in_folder(place) if place.is_dir() else archive.unpack(place, unpacked))
    groups = _grouped(files, assignment)
    tops = {re.split(r"[/\\]+", name)[0] for name, _, _ in files}
    if len(tops) == 1 and any(len(group) > 1 for group in groups.values()):  # one folder around the class
        groups = _grouped([(name[len(*tops) + 1:], *rest) for name, *rest in files], assignment)
    works = [_chosen(group) for group in groups.values()]
    told = {work.student for work in works if not work.refused}
    works = [work for work in works if (assignment is None or work.assignment == assignment)
             and not (work.refused and work.assignment is None and work.student in told)]
    if not any(work.name.lower().endswith(".ipynb") for work in works):
        raise CourseError(say("{place}: holds no notebook; expected STUDENT/ASSIGNMENT/NOTEBOOK.ipynb, notebooks, or a "
                              "zip of Moodle or Canvas", place=place))
    return sorted(works, key=lambda work: (work.student, work.assignment or ""))


def _grouped(files, assignment):
    """Return the works of `files` by student and assignment."""
    groups = defaultdict(list)
    for name, path, refused in files:
        work = _work(name, str(path), refused, assignment)
        groups[work.student, work.assignment].append(work)
    return groups


def _in_folder(place):
    """Yield name below `place`, path and reason to refuse of every file that was handed in."""
    closed = []
    for folder, inner, files in os.walk(place, onerror=closed.append):
        below = PurePosixPath(Path(folder).relative_to(place).as_posix())
        inner[:] = sorted(name for name in inner if not name.startswith(".") and len(below.parts) < DEEPEST)
        for name in inner:
            if os.path.islink(os.path.join(folder, name)):
                yield str(below / name / "-"), Path(folder, name), say("a link instead of a folder")
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(folder, name)
            if below.parts or path.suffix.lower() == ".ipynb":
                yield str(below / name), path, _not_a_file(path)
        if len(below.parts) in (1, 2) and not inner and not files:
            yield str(below / "-"), Path(folder), say("an empty folder")
    for error in closed:
        below = PurePosixPath(Path(error.filename).relative_to(place).as_posix())
        if not below.parts:
            raise CourseError(say("{folder}: cannot be read ({error})", folder=place, error=error.strerror))
        yield str(below / "-"), Path(error.filename), say("cannot be read ({error})", error=error.strerror)


def _not_a_file(path):
    if path.is_symlink():
        return say("a link instead of a file; hand in the notebook itself")
    return "" if path.is_file() else say("no file but a device; hand in the notebook itself")


def _work(name, path, refused, assignment):
    """Return the work that a file is, by its name below the place."""
    *folders, file = [part for part in re.split(r"[/\\]+", name) if part not in ("", ".", "..")] or ["-"]
    student, number = _owner(folders, file)
    chapter = next((chapter for part in [file, *reversed(folders)] for chapter in CHAPTERS if chapter in part), None)
    return Work(_printable(student) or "-", chapter or assignment, path, name=_printable(file),
                number=number, refused=refused or archive.refuse_name(file))


def _owner(folders, file):
    """Return the student that a file belongs to, and the number that Moodle or Canvas gave."""
    for part in [*reversed(folders), file]:
        if found := MOODLE.fullmatch(part):
            return found["student"], found["number"]
    if not folders and (found := CANVAS.fullmatch(file)):
        return found["student"], found["number"]
    for place, folder in enumerate(folders[1:]):  # nbgrader's STUDENT/ASSIGNMENT, wherever it begins
        if folder in CHAPTERS:
            return folders[place], ""
    return (folders[0] if folders else PurePosixPath(file).stem), ""


def _printable(name):
    """Return a name that can be shown and stored: whatever is no character of a text as its number."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in name)[:200]


def _chosen(group):
    """Return one of a student's files for an assignment: named as it should be, otherwise the newest notebook."""
    readable = [work for work in group if not work.refused] or group
    wanted = f"{readable[0].assignment}.ipynb"
    named = [work for work in readable if work.name == wanted]
    work = (named or sorted(readable, key=_changed))[-1]
    remark = None
    if len(readable) > 1 and not work.refused:
        remark = say("{count} notebooks were handed in for this assignment: graded {name}.", count=len(readable),
                     name=work.name)
    elif not named and not work.refused and work.assignment and work.assignment not in work.name:
        remark = say("The notebook's name is {name}, expected {wanted}: graded all the same.", name=work.name,
                     wanted=wanted)
    return replace(work, remarks=(remark,)) if remark else work


def _changed(work):
    try:
        return os.stat(work.path).st_mtime, work.path
    except OSError:
        return 0.0, work.path

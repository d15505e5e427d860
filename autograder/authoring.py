"""The words of the command line for those who write and give the course: from sync and audit to matrix and release."""

import sys
from pathlib import Path

from autograder.errors import CourseError
from autograder.words import say

RIGHT, FAILED = 0, 1


def _sync(options):
    from autograder.exercises import of_chapter
    from autograder.notebooks.sync import sync_file

    for path in _chapters(options):
        done = sync_file(path, of_chapter(path.stem))
        print("\n".join(f"{path.name}: {line}" for line in done or [say("nothing to change")]))
    return RIGHT


def _solve(options):
    from autograder.exercises import of_chapter
    from autograder.notebooks.solve import solve_file

    for path in _chapters(options):
        target = Path(options.out) / path.name
        solve_file(path, of_chapter(path.stem), target)
        print(target)
    return RIGHT


def _outputs(options):
    from autograder.notebooks.outputs import execute_file

    for path in _chapters(options):
        print(say("{name}: running …", name=path.name), flush=True)
        seconds, changed = execute_file(path)
        print(say("{name}: {seconds:.1f} s, {state}", name=path.name, seconds=seconds,
                  state=say("outputs stored") if changed else say("nothing changed")), flush=True)
    return RIGHT


def _audit(options):
    from autograder import matrix
    from autograder.exercises import CHAPTERS, of_chapter
    from autograder.notebooks.audit import audit_chapter, audit_course, audit_targets, audit_toc, targets_of

    folder = chapters_folder(options.chapters)
    every, paths = chapter_paths(folder), chapter_paths(folder, options.chapter)
    targets = {path.stem: targets_of(path) for path in every}
    found = [line for path in paths for line in audit_chapter(path, of_chapter(path.stem), targets)]
    if not options.chapter:
        exercises = [exercise for chapter in CHAPTERS for exercise in chapter.EXERCISES]
        found += audit_course(folder.resolve(), exercises)
        found += audit_targets(targets)
        found += audit_toc(folder.resolve().parent / "_toc.yml", folder.resolve())
        found += matrix.audit(folder / matrix.PAGE, exercises, titles(every))
    print("\n".join(found) or say("all agrees: chapters {count}, exercises {exercises}", count=len(paths),
                                  exercises=sum(len(of_chapter(path.stem)) for path in paths)))
    return FAILED if found else RIGHT


def _matrix(options):
    from autograder import matrix
    from autograder.exercises import EXERCISES
    from autograder.report import Progress

    folder = chapters_folder(options.chapters)
    exercises = list(EXERCISES.values())
    with Progress(sys.stderr) as progress:
        caught, faults = matrix.run(exercises, progress)
    text = matrix.render(exercises, caught, titles(chapter_paths(folder)))
    (folder / matrix.PAGE).write_text(text, encoding="utf-8")
    print("\n".join([*faults, say("{page}: {exercises} exercises, {mistakes} mistakes", page=folder / matrix.PAGE,
                                  exercises=len(exercises), mistakes=len(caught))]))
    return FAILED if faults else RIGHT


def titles(paths):
    """Return the first heading of each chapter by its name."""
    from autograder.notebooks import files

    return {path.stem: files.read(path)["cells"][0]["source"].partition("\n")[0].strip("# ") for path in paths}


def _release(options):
    from autograder.exercises import of_chapter
    from autograder.release import release

    paths = chapter_paths(chapters_folder(options.chapters), options.chapter or ())
    release(options.folder, paths, lambda line: print(line, flush=True))
    print(say("Next, in {folder}: put what comes back into submitted/STUDENT/{name}/, then: nbgrader autograde {name}",
              folder=options.folder, name=next(path.stem for path in paths if of_chapter(path.stem))))
    return RIGHT


def _chapters(options):
    return chapter_paths(chapters_folder(options.chapters), options.chapter)


def chapter_paths(folder, names=()):
    """Return the paths of the chapters in `folder`: those named (3, 03, 03_rnn_model or a path), or all."""
    every = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    chosen = []
    for name in names:
        stem = Path(name).stem
        found = [path for path in every if path.stem == stem or path.stem.partition("_")[0] == stem.zfill(2)]
        if not found:
            raise CourseError(say("no chapter {name} in {folder}; there are: {names}", name=name, folder=folder,
                                  names=", ".join(path.stem for path in every) or say("none")))
        chosen += found
    return chosen if names else every


def chapters_folder(given=None):
    """Return the folder of the chapters: as given, or in the current folder, or in this package's clone."""
    clone = Path(__file__).resolve().parent.parent
    places = [Path(given)] if given else [Path("chapters"), clone / "chapters"]
    for place in places:
        if place.is_dir():
            return place
    raise CourseError(say("no folder {folder}; run this in a clone of the course, or give --chapters DIR",
                          folder=places[0]))


def add_commands(command):
    """Add these words to the command line; ``command(name, function, purpose, example)`` makes the parser of one."""
    word = command("sync", _sync, say("for authors: write stub and check cells into the chapters"),
                   "autograder sync 03")
    _chapter_arguments(word)
    word = command("audit", _audit, say("for authors: say every difference between chapters and exercises"),
                   "autograder audit 03")
    _chapter_arguments(word)
    word = command("solve", _solve, say("for authors: write solved copies of the chapters"),
                   "autograder solve --out _build/solved")
    _chapter_arguments(word)
    word.add_argument("--out", metavar="DIR", default="_build/solved", help=say("where to (default: %(default)s)"))
    word = command("outputs", _outputs, say("for authors: run the chapters and store their outputs"),
                   "autograder outputs 07")
    _chapter_arguments(word)
    word = command("matrix", _matrix, say("for authors: run every known mistake and write the page of what catches it"),
                   "autograder matrix")
    _folder_argument(word)
    word = command("release", _release, say("for teachers: make an nbgrader course folder and a zip for the students"),
                   "autograder release my-course --chapter 03 --chapter 04")
    word.add_argument("folder", metavar="DIR", help=say("the course folder; made, or renewed without losing anything"))
    word.add_argument("--chapter", metavar="CHAPTER", action="append", help=say("03 or 03_rnn_model; all if left out"))
    _folder_argument(word)


def _chapter_arguments(word):
    word.add_argument("chapter", metavar="CHAPTER", nargs="*", help=say("03 or 03_rnn_model; all of them if left out"))
    _folder_argument(word)


def _folder_argument(word):
    word.add_argument("--chapters", metavar="DIR", help=say("the folder of the chapters (default: chapters/)"))

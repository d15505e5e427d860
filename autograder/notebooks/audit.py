"""Compares chapters, exercises and table of contents: every difference is one line that says where and what to do."""

import base64
import copy
import re

from autograder.errors import MissingToolError
from autograder.notebooks import cells, files
from autograder.notebooks.leaks import leaks

CHAPTER_POINTS = 100
LEAST_HINTS = 3
PICTURE_BYTES, CHAPTER_BYTES, ALL_BYTES = 150_000, 1_000_000, 8_000_000
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"}
TARGET = re.compile(r"^\(([^()\s]+)\)=\s*$", re.MULTILINE)
MARKDOWN_PICTURE = re.compile(r"!\[([^\]]*)\]\(|<img\b([^>]*)>|^```\{(?:image|figure)\}(.*?)^```",
                              re.MULTILINE | re.DOTALL)
ALT = re.compile(r"""alt\s*=\s*["'][^"']+["']|^:alt:\s*\S""", re.MULTILINE)


def audit_chapter(path, exercises, targets):
    """Return all differences between the chapter at `path` and its exercises.

    Parameters
    ----------
    path : Path
    exercises : sequence of Exercise
        Those of this chapter, in order.
    targets : mapping of str to set of str
        The anchors of every chapter, by its name.

    Returns
    -------
    list of str
    """
    notebook = files.read(path)
    found = [*_sizes(path), *_ids(notebook), *_foreign_cells(notebook, exercises)]
    told = notebook["metadata"].get("rnn_course", {}).get("chapter", path.stem)
    if told != path.stem:
        found.append(f"its metadata say that it is {told}; it would be graded as that")
    if exercises:
        points = sum(exercise.points for exercise in exercises)
        if points != CHAPTER_POINTS:
            found.append(f"the exercises have {points:g} points together, not {CHAPTER_POINTS}")
    for number, exercise in enumerate(exercises, start=1):
        found += [f"{exercise.id}: {text}" for text in (
            *_cells(notebook, exercise), *_heading(notebook, exercise, f"{int(path.stem[:2])}.{number}"),
            *_teaching(exercise, targets))]
    for cell in notebook["cells"]:
        name = f"cell {cell.get('id')}"
        found += [f"{name}: {text}" for text in (*_outputs(cell), *_pictures(cell), *_demo(cell, exercises))]
        if cell["cell_type"] != "raw":
            found += [f"{name}: a line of a solution stands here: {line}" for line in leaks(cell["source"], exercises)]
    return [f"{path.name}: {text}" for text in found]


def targets_of(path):
    """Return the explicit anchors ``(name)=`` of a chapter."""
    return {target for cell in files.read(path)["cells"] if cell["cell_type"] == "markdown"
            for target in TARGET.findall(cell["source"])}


def audit_targets(targets):
    """Return a line for each anchor that stands in two chapters: a link could mean either, and the book warns.

    Parameters
    ----------
    targets : mapping of str to set of str
        The anchors of every chapter, by its name.
    """
    where = {}
    for chapter, names in sorted(targets.items()):
        for name in names:
            where.setdefault(name, []).append(chapter)
    return [f"{chapters[-1]}.ipynb: the target ({name})= stands in {chapters[0]}.ipynb too; give it another name"
            for name, chapters in sorted(where.items()) if len(chapters) > 1]


def audit_course(folder, exercises):
    """Return what is wrong with the course as a whole: its ids, its chapters, pages that are not notebooks, sizes.

    Parameters
    ----------
    folder : Path
        The chapters' folder.
    exercises : sequence of Exercise
        All of them, also where two have the same id.
    """
    ids = [exercise.id for exercise in exercises]
    found = [f"{name}: two exercises have this id" for name in dict.fromkeys(ids) if ids.count(name) > 1]
    found += [f"{chapter}.ipynb: has exercises, and there is no such chapter"
              for chapter in sorted({exercise.chapter for exercise in exercises})
              if not (folder / f"{chapter}.ipynb").is_file()]
    for page in sorted(folder.glob("*.md")):
        found += [f"{page.name}: {text}" for text in _markdown_pictures(page.read_text(encoding="utf-8"))]
    sizes = {path: path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
    found += [f"{path.name}: a picture of {size // 1000} kB, more than {PICTURE_BYTES // 1000} kB"
              for path, size in sizes.items() if path.suffix in PICTURES and size > PICTURE_BYTES]
    if sum(sizes.values()) > ALL_BYTES:
        found.append(f"{folder.name}: {sum(sizes.values()) / 1e6:.1f} MB together, more than {ALL_BYTES / 1e6:g} MB")
    return found


def audit_toc(toc, folder):
    """Return the differences between the table of contents and the pages in `folder`.

    Parameters
    ----------
    toc : Path
        ``_toc.yml``.
    folder : Path
        The chapters' folder.
    """
    try:
        import yaml
    except ImportError:
        raise MissingToolError("reading the table of contents needs PyYAML; install it: pip install pyyaml") from None
    try:
        listed = set(_pages(yaml.safe_load(toc.read_text(encoding="utf-8"))))
    except FileNotFoundError:
        return [f"{toc}: there is no such file"]
    except yaml.YAMLError as error:
        return [f"{toc}: not YAML: {str(error).splitlines()[0]}"]
    listed = {page.removesuffix(".ipynb").removesuffix(".md") for page in listed}
    there = {f"{folder.name}/{page.stem}" for kind in ("*.ipynb", "*.md") for page in folder.glob(kind)}
    return [*(f"{toc.name}: {page} is listed, and there is no such page" for page in sorted(listed - there)),
            *(f"{toc.name}: {page} is not listed" for page in sorted(there - listed))]


def _pages(value):
    """Yield every file named in a table of contents."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in ("file", "root") and isinstance(inside, str):
                yield inside
            else:
                yield from _pages(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _pages(inside)


def _sizes(path):
    size = path.stat().st_size
    if size > CHAPTER_BYTES:
        yield f"{size / 1e6:.2f} MB, more than {CHAPTER_BYTES / 1e6:g} MB"


def _ids(notebook):
    ids = [cell.get("id") for cell in notebook["cells"]]
    for place, name in enumerate(ids):
        if not name:
            yield f"cell number {place + 1} has no id; save the notebook in format 4.5"
        elif ids.index(name) < place:
            yield f"the id {name} is used twice"


def _foreign_cells(notebook, exercises):
    known = {name for exercise in exercises for name in (exercise.id, cells.check_id(exercise))}
    for cell in notebook["cells"]:
        name = cells.grade_id(cell)
        if name is not None and name not in known:
            yield f"cell {cell.get('id')} is marked for nbgrader as {name}, and this chapter has no such exercise"


def _cells(notebook, exercise):
    places = {}
    for kind, name, source, grade in (("stub", exercise.id, cells.stub_source(exercise), False),
                                      ("check", cells.check_id(exercise), cells.check_source(exercise), True)):
        place = next((i for i, cell in enumerate(notebook["cells"]) if cell.get("id") == name), None)
        if place is None:
            yield f"no {kind} cell (id {name}); run: autograder sync"
            continue
        places[kind], cell = place, notebook["cells"][place]
        if kind == "stub" and exercise.given is not None:
            yield from _given_imports(notebook["cells"][:place], exercise)
        if cells.update(copy.deepcopy(cell), exercise, source, grade) != cell:
            yield f"the {kind} cell is not what the exercise says; run: autograder sync"
    if len(places) == 2 and places["check"] != places["stub"] + 1:
        yield "the check cell does not stand right after the stub"


def _given_imports(before, exercise):
    """Yield what the given function needs and no cell above it imports: it runs as it is."""
    bound = cells.bound_names(cell for cell in before if cell["cell_type"] == "code")
    for line in cells.import_lines(exercise.given, bound):
        yield f"its given lines need {line!r} in a cell above"


def _heading(notebook, exercise, number):
    name = "exercise-" + exercise.id.replace("_", "-")
    text = "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    match = re.search(rf"^\({re.escape(name)}\)=\n+(#+ .*)$", text, re.MULTILINE)
    if not match:
        yield f"no heading with the target ({name})= before it"
        return
    for wanted in (f"Exercise {number}", f"({exercise.points:g} points)"):
        if not re.search(rf"{re.escape(wanted)}(?!\d)", match[1]):
            yield f"its heading {match[1]!r} does not say {wanted!r}"


def _teaching(exercise, targets):
    if len(exercise.hints) < LEAST_HINTS:
        yield f"has {len(exercise.hints)} hints, and needs {LEAST_HINTS}"
    if not exercise.misconceptions:
        yield "has no misconceptions"
    for misconception in exercise.misconceptions:
        page, _, anchor = misconception.anchor.partition("#")
        if anchor not in targets.get(page.removesuffix(".html"), ()):
            yield f"misconception {misconception.id} sends to {misconception.anchor}: no target ({anchor})= there"


def _outputs(cell):
    if cell["cell_type"] != "code" or not cell["source"].strip():
        return
    if cell["execution_count"] is None:
        yield "was not run; run: autograder outputs"
    for output in cell["outputs"]:
        if output.get("output_type") == "error":
            yield f"stores an error, {output.get('ename')}"
        if output.get("name") == "stderr":
            yield "stores text on stderr"


def _pictures(cell):
    if cell["cell_type"] == "markdown":
        yield from _markdown_pictures(cell["source"])
    for output in cell.get("outputs", ()):
        for kind, data in output.get("data", {}).items():
            if not kind.startswith("image/"):
                continue
            data = data if isinstance(data, str) else "".join(data)
            size = len(data.encode()) if kind.endswith("+xml") else len(base64.b64decode(data))
            if size > PICTURE_BYTES:
                yield f"a picture of {size // 1000} kB, more than {PICTURE_BYTES // 1000} kB"
            described = output.get("metadata", {}).get(kind)
            if not (isinstance(described, dict) and str(described.get("alt", "")).strip()):
                yield "a picture without alt text; use drawing.show(figure, alt=\"…\")"


def _markdown_pictures(text):
    for match in MARKDOWN_PICTURE.finditer(text):
        if not (match[1] or ALT.search(match[2] or match[3] or "")):
            yield f"a picture without alt text: {match[0].splitlines()[0][:60]}"


def _demo(cell, exercises):
    """Yield a remark on a demonstration that would be run for grading: it uses results of checks."""
    if cell["cell_type"] == "code" and "demo" not in files.tags(cell) and not cells.is_check(cell):
        used = [exercise.id for exercise in exercises if f"checked_{exercise.id}" in cell["source"]]
        if used:
            yield f"uses checked_{used[0]}; give it the tag demo"

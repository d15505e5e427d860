"""The kill matrix: a page of the book that says of every known mistake which part of its check catches it.

``autograder matrix`` runs each wrong function and writes the page. Nothing on it is typed by hand. The tests that run
every wrong function anyway compare its rows; the audit compares the rest without running anything.
"""

import re

from autograder.checking import check
from autograder.engine.result import PASSED

PAGE = "kill_matrix.md"
SEED = 0
MOST_TOLD = 5  # rows that an audit tells one by one
BETWEEN = " · "
EVERY = "every part"
SUMMARY = re.compile(r"^<summary><code>(\w+)</code>", re.MULTILINE)
ROW = re.compile(r"^\| (.+?) \| (.+?) \| .+ \|$", re.MULTILINE)
HEAD = """\
# Kill matrix

A check is as good as the mistakes that it catches. Here stand all the mistakes that this course knows by name: wrong
functions that run, each of them something that learners write. *Caught by* names the parts of the check that lose
their points; *what you read* is the sentence that the mistake draws.

This page is made by `autograder matrix`, which runs every one of them. The tests run them again with other random
cases, and in all their spellings: each must fail, must draw its own sentence, and no other's.

:::{note}
The sentences name what is wrong in an answer, so they say something about what is right. If you have not done an
exercise yet, do it first. Its table stays closed until you open it.
:::
"""


def run(exercises, progress=lambda done, total, what: None):
    """Run the wrong functions of `exercises` and see which parts catch each.

    Parameters
    ----------
    exercises : sequence of Exercise
    progress : callable
        ``progress(done, total, what)`` before each exercise.

    Returns
    -------
    caught : dict of (str, str) to tuple of str
        For exercise and misconception the names of the parts that lose their points.
    faults : list of str
        A line for each that is not caught, or draws another's sentence.
    """
    caught, faults = {}, []
    for number, exercise in enumerate(exercises):
        progress(number, len(exercises), exercise.id)
        for misconception in exercise.misconceptions:
            result = check(misconception.function, exercise=exercise.id, seed=SEED)
            caught[exercise.id, misconception.id] = caught_by(result)
            if result.misconception != misconception.id:
                faults.append(f"{exercise.id}: {misconception.id} is taken for {result.misconception or 'no mistake'}")
    return caught, faults


def caught_by(result):
    """Return the names of the parts in which a :class:`Result` loses points."""
    return tuple(part.name for part in result.parts if part.status != PASSED)


def render(exercises, caught, titles):
    """Return the text of the page.

    Parameters
    ----------
    exercises : sequence of Exercise
    caught : dict of (str, str) to tuple of str
    titles : mapping of str to str
        The chapters' titles by their names.
    """
    chapters = {}
    for exercise in exercises:
        chapters.setdefault(exercise.chapter, []).append(exercise)
    sections = []
    for chapter, own in chapters.items():
        sections += [f"## {titles.get(chapter, chapter)}", *(_table(exercise, caught) for exercise in own)]
    return "\n".join([HEAD, *_summary(chapters, caught, titles), "", *sections])


def _summary(chapters, caught, titles):
    yield "| chapter | exercises | mistakes | spellings | seen by one part |"
    yield "| --- | --: | --: | --: | --: |"
    for chapter, own in chapters.items():
        yield _summary_row(f"[{titles.get(chapter, chapter)}]({chapter}.ipynb)", own, caught)
    yield _summary_row("**together**", [exercise for own in chapters.values() for exercise in own], caught)
    yield ""
    yield ("A mistake *seen by one part* alone shows why that part is there: without it, the wrong function would "
           "pass. Many mistakes can be written in several ways that give other numbers: the *spellings*.")


def _summary_row(name, exercises, caught):
    mistakes = [(exercise, mistake) for exercise in exercises for mistake in exercise.misconceptions]
    parts = [caught.get((exercise.id, mistake.id), ()) for exercise, mistake in mistakes]
    numbers = (len(exercises), len(mistakes), sum(len(mistake.functions) for _, mistake in mistakes),
               sum(len(names) == 1 for names in parts))
    return f"| {name} | {' | '.join(map(str, numbers))} |"


def _table(exercise, caught):
    rows = [row(exercise, mistake, caught.get((exercise.id, mistake.id), ())) for mistake in exercise.misconceptions]
    return "\n".join([
        "<details>",
        f"<summary><code>{exercise.id}</code>{BETWEEN}{exercise.points:g} points{BETWEEN}"
        f"{len(exercise.misconceptions)} mistakes</summary>",
        "", "| mistake | caught by | what you read |", "| --- | --- | --- |", *rows, "", "</details>", ""])


def row(exercise, mistake, parts):
    """Return the line of one mistake, a row of its exercise's table."""
    spellings = len(mistake.functions)
    more = f"<br>in {spellings} spellings" if spellings > 1 else ""
    names = EVERY if len(parts) == len(exercise.parts) > 1 else BETWEEN.join(map(_markdown, parts))
    link = f'<a href="{mistake.anchor}">Read again</a>'
    return f"| {mistake.id.replace('_', ' ')}{more} | {names or 'nothing'} | {_markdown(mistake.message)} {link} |"


def _markdown(text):
    """Write plain text with `code` so that Markdown shows it as it is, within a table."""
    pieces = " ".join(text.split()).split("`")
    return "`".join(piece.replace("|", "\\|") if number % 2 else _escaped(piece) for number, piece in enumerate(pieces))


def _escaped(text):
    return re.sub(r"([\\*_|\[\]${}~])", r"\\\1", text.replace("<", "&lt;").replace(">", "&gt;"))


def read(page, exercises):
    """Return what a page says: for exercise and misconception the parts that catch it.

    Rows that fit no exercise are left out, and of a page that is not there nothing is read.

    Parameters
    ----------
    page : Path
    exercises : iterable of Exercise

    Returns
    -------
    dict of (str, str) to tuple of str
    """
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    known = {exercise.id: exercise for exercise in exercises}
    caught, pieces = {}, SUMMARY.split(text)
    for name, body in zip(pieces[1::2], pieces[2::2], strict=True):
        parts = {_markdown(part.name): part.name for part in known[name].parts} if name in known else {}
        for mistake, names in ROW.findall(body):
            said = list(parts) if names == EVERY else names.split(BETWEEN)
            if parts and set(said) <= set(parts):
                caught[name, mistake.partition("<br>")[0].replace(" ", "_")] = tuple(parts[one] for one in said)
    return caught


def audit(page, exercises, titles):
    """Return what of a page is not as the exercises are, without running any of them; a line each.

    Parameters
    ----------
    page : Path
    exercises, titles
        As for `render`.
    """
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    caught, lines = read(page, exercises), set(text.splitlines())
    found = [f"{exercise.id}: the row of {mistake.id} is missing, or not what the exercise says"
             for exercise in exercises for mistake in exercise.misconceptions
             if row(exercise, mistake, caught.get((exercise.id, mistake.id), ())) not in lines]
    if not found and text != render(exercises, caught, titles):
        found = ["not what the exercises say"]
    return [f"{page.name}: {line}; run: autograder matrix" for line in [*found[:MOST_TOLD], *_more(found)]]


def _more(found):
    return [f"{len(found) - MOST_TOLD} rows more"] if len(found) > MOST_TOLD else []

"""A page for each student: points, what is wrong and why, the passage to read, hints, their own code."""

from pathlib import Path, PurePath

from autograder.engine.result import FAILED, NOT_ATTEMPTED, PASSED, SIGNS
from autograder.exercises import EXERCISES
from autograder.grading import pages
from autograder.grading.pages import tag
from autograder.grading.tables import new_file
from autograder.notebooks.cells import head_and_body
from autograder.words import say

KINDS = {PASSED: "passed", FAILED: "failed", NOT_ATTEMPTED: "idle"}
RESERVED = {"con", "prn", "aux", "nul"} | {f"{name}{number}" for name in ("com", "lpt") for number in range(10)}


def write(folder, works, records, site=None, tell=lambda done: None):
    """Write a page for every submission that has a result.

    Parameters
    ----------
    folder : str or Path
        As nbgrader has it: ``STUDENT/ASSIGNMENT/ASSIGNMENT.html``.
    works : iterable of Work
    records : Records
    site : str, optional
        The book's address.
    tell : callable
        ``tell(done)``, after each page.

    Returns
    -------
    int
        How many pages.
    """
    count = 0
    for work in works:
        if (record := records.read(work)) is not None:
            path = place(Path(folder), record, work.key)
            path.parent.mkdir(parents=True, exist_ok=True)
            with new_file(path) as stream:
                stream.write(page(record, site))
            count += 1
            tell(count)
    return count


def place(folder, record, key):
    """Return where a student's page is; a name that is no safe name of a folder is replaced by the result's key."""
    student, assignment = record["student"], record["assignment"] or "unknown"
    return folder / (student if is_safe(student) else key) / assignment / f"{assignment}.html"


def is_safe(name):
    """Whether a student's name can be the name of a folder, on every system."""
    plain = name and PurePath(name).name == name and not set('/\\:*?"<>|\0') & set(name) and name.isprintable()
    return bool(plain) and len(name.encode(errors="replace")) <= 120 and name == name.strip(" .") \
        and name.partition(".")[0].lower() not in RESERVED


def page(record, site=None):
    """Return the page of one submission.

    Parameters
    ----------
    record : dict
    site : str, optional
    """
    title = say("{assignment}: {points:g} of {max_points:g} points", assignment=record["assignment"] or "?",
                points=record["points"], max_points=record["max_points"])
    content = [tag("header", tag("h1", title), tag("p", record["student"], " · ", record["notebook"], class_="soft"))]
    if record["remarks"]:
        lines = [tag("li", remark) for remark in record["remarks"]]
        words = say("About the notebook") if record["exercises"] else say("It could not be graded")
        content.append(tag("section", tag("h2", words), tag("ul", lines)))
    if record["exercises"]:
        content += [tag("h2", say("The exercises")), *(_card(result, record, site) for result in record["exercises"])]
        content.append(tag("p", say(
            "Each function was called with inputs that you do not know, drawn for the whole class alike; the points "
            "depend on what it returned and on nothing else."), class_="soft"))
    return pages.page(title, *content)


def _card(result, record, site):
    exercise, status = EXERCISES.get(result["id"]), result["status"]
    points = say("{points:g} of {max_points:g} points", points=result["points"], max_points=result["max_points"])
    head = tag("div", tag("h3", tag("span", SIGNS[status], class_="sign", aria_hidden="true"), " ",
                          tag("code", result["id"]), class_=KINDS[status]),
               tag("span", points, " · ", _status(result), class_="points"), class_="head")
    content = [head, pages.prose(result["message"])]
    if status == FAILED and len(result["parts"]) > 1:
        content.append(tag("ul", [_part(part) for part in result["parts"]], class_="parts"))
    anchor = _anchor(exercise, result["misconception"])
    if anchor:
        content.append(tag("p", pages.passage(site, anchor, say("Read the passage again"))))
    if exercise is not None and status != PASSED:
        content.append(_hints(exercise.hints))
    if code := record.get("code", {}).get(result["id"]):
        listing = tag("pre", tag("code", own_code(code, exercise)))
        content.append(tag("details", tag("summary", say("Your code")), listing, open=status == FAILED))
    return tag("section", content, class_=f"card {KINDS[status]}", id=result["id"])


def own_code(code, exercise):
    """Return a student's cell with the docstring that we gave left out: what is read is what they wrote."""
    if exercise is None:
        return code
    head = head_and_body(exercise.reference)[0]
    given = head[head.index('"""'):] if '"""' in head else head
    return code.replace(given, '"""…"""') if given in code else code


def _status(result):
    words = {PASSED: say("passed"), FAILED: say("not yet right"), NOT_ATTEMPTED: say("not attempted")}
    return result.get("reason") or words[result["status"]]


def _part(part):
    line = say("{name}: {points:g} of {max_points:g}", name=part["name"], points=part["points"],
               max_points=part["max_points"])
    return tag("li", tag("span", SIGNS[part["status"]], class_="sign", aria_hidden="true"), " ", line,
               class_=KINDS[part["status"]])


def _anchor(exercise, misconception):
    if exercise is None or misconception is None:
        return None
    return next((found.anchor for found in exercise.misconceptions if found.id == misconception), None)


def _hints(hints):
    """Return the hints inside one another, so that they are opened one at a time."""
    inside = None
    for number in range(len(hints), 0, -1):
        label = say("Hint {number} of {count}", number=number, count=len(hints))
        inside = tag("details", tag("summary", label), pages.prose(say(hints[number - 1])), inside)
    return inside

"""The report on a class, for its teacher: one file with everything in it."""

from statistics import median

from autograder.engine.result import FAILED, NOT_ATTEMPTED, PASSED
from autograder.exercises import EXERCISES
from autograder.grading import charts, pages, similar
from autograder.grading.pages import tag
from autograder.grading.summary import GRADED
from autograder.grading.tables import new_file
from autograder.words import say

ABBREVIATIONS = {"rnn", "gru", "lstm", "bptt"}


def write(path, summary, records_of, site=None):
    """Write the report.

    Parameters
    ----------
    path : str or Path
    summary : Summary
    records_of : callable
        ``records_of(assignment)`` yields the records of an assignment, for the search for similar ones.
    site : str, optional
        The book's address.
    """
    with new_file(path) as stream:
        stream.write(page(summary, records_of, site))


def page(summary, records_of, site=None):
    """Return the report as one page."""
    names = sorted(summary.assignments, key=lambda name: name or "~")
    title = say("The class: {names}", names=", ".join(name or "?" for name in names))
    content = [tag("header", tag("h1", title), tag("p", say("{count} submissions", count=summary.count),
                                                   class_="soft"))]
    for name in names:
        assignment = summary.assignments[name]
        if len(names) > 1:
            content.append(tag("h1", name or say("Assignment not known")))
        content += _assignment(assignment, site)
        content.append(_similar(records_of(name) if similar.available() else None))
    levels = "; ".join(f"{' + '.join(level)} ({count})" for level, count in summary.levels.most_common())
    content.append(tag("p", say("Isolation: {levels}", levels=levels or say("nothing was run")), class_="soft end"))
    return pages.page(title, *content)


def _assignment(assignment, site):
    yield _tiles(assignment)
    if assignment.points:
        counts = assignment.tenths()
        label = say("Number of submissions in each tenth of the points: {counts}", counts=", ".join(map(str, counts)))
        yield tag("section", tag("h2", say("Points")), charts.histogram(counts, assignment.max_points, label))
        yield _exercises(assignment)
        yield _teach(assignment, site)
        yield _mistakes(assignment, site)
    yield _flagged(assignment)


def _tiles(assignment):
    points, statuses = assignment.points, assignment.statuses
    pairs = [(statuses.total(), say("submissions"))]
    if points:
        pairs += [(f"{assignment.mean:.1f}", say("mean points")), (f"{median(points):g}", say("median points")),
                  (sum(point >= assignment.max_points for point in points), say("with full points"))]
    pairs += [(count, say(status)) for status, count in statuses.most_common() if status != GRADED]
    return tag("div", [tag("div", tag("b", str(value)), name, class_="tile") for value, name in pairs], class_="tiles")


def _exercises(assignment):
    rows = []
    for name, tally in assignment.exercises.items():
        passed, failed, idle = (tally.outcomes[status] for status in (PASSED, FAILED, NOT_ATTEMPTED))
        label = say("{passed} passed, {failed} not yet right, {idle} not attempted", passed=passed, failed=failed,
                    idle=idle)
        exercise = EXERCISES.get(name)
        mean = say("{mean:.1f} of {points:g}", mean=tally.points / tally.count, points=exercise.points if exercise
                   else 0)
        lost = ", ".join(f"{reason} {count}" for reason, count in tally.lost.items())
        bar = charts.share([(passed, "fill-passed"), (failed, "fill-failed"), (idle, "fill-idle")], label)
        numbers = [tag("td", value, class_="number") for value in (str(passed), str(failed), str(idle), mean)]
        code = tag("code", pages.join(name.split("_"), between=f"_{tag('wbr')}"))  # a narrow page breaks it there
        rows.append(tag("tr", tag("td", code, tag("div", lost, class_="soft") if lost else None),
                        tag("td", bar, class_="bar"), *numbers))
    keys = [("passed", say("passed")), ("failed", say("not yet right")), ("idle", say("not attempted"))]
    head = tag("tr", tag("th", say("exercise")), tag("th", say("share"), class_="bar"),
               *(tag("th", tag("span", class_=f"key {key}"), words, class_="number") for key, words in keys),
               tag("th", say("mean points"), class_="number"))
    return tag("section", tag("h2", say("The exercises")),
               tag("div", tag("table", tag("thead", head), tag("tbody", rows)), class_="wide"))


def _teach(assignment, site):
    rows = [tag("li", pages.passage(site, anchor, _section(anchor)), " ",
                tag("span", say("(mistakes that lead here: {count})", count=count), class_="soft"))
            for anchor, count in assignment.passages()]
    if not rows:
        return None
    return tag("section", tag("h2", say("What to teach again")), tag("ol", rows))


def _section(anchor):
    """Return the words of a passage's address: "03_rnn_model: the RNN cell"."""
    name, _, section = anchor.partition("#")
    words = [word.upper() if word in ABBREVIATIONS else word for word in section.split("-")]
    return f"{name.removesuffix('.html')}: {' '.join(words)}"


def _mistakes(assignment, site):
    found = assignment.mistakes()
    if not found:
        return None
    most = found[0][2]
    rows = [tag("tr", tag("td", str(count), class_="number"),
                tag("td", charts.bar(count, most, say("{count} students", count=count)), class_="bar"),
                tag("td", pages.prose(say(misconception.message)),
                    tag("p", tag("code", exercise.id), " · ", pages.passage(site, misconception.anchor,
                                                                            say("the passage")), class_="soft")))
            for exercise, misconception, count in found]
    return tag("section", tag("h2", say("Which mistakes were made")),
               tag("table", tag("tbody", rows), class_="mistakes"))


def _flagged(assignment):
    if not assignment.flagged:
        return None
    rows = [tag("tr", tag("td", entry["student"], tag("div", entry["notebook"], class_="soft")),
                tag("td", entry["status"]), tag("td", tag("ul", [tag("li", reason) for reason in reasons])))
            for entry, reasons in assignment.flagged]
    more = tag("p", say("… and {count} more", count=assignment.more)) if assignment.more else None
    head = tag("tr", tag("th", say("student")), tag("th", say("status")), tag("th", say("why")))
    return tag("section", tag("h2", say("To look at")),
               tag("div", tag("table", tag("thead", head), tag("tbody", rows)), class_="wide"), more)


def _similar(records):
    if records is None:
        words = tag("p", say("Not looked for: RapidFuzz is not installed (pip install 'rnn-course[teacher]')."))
        return tag("section", tag("h2", say("Similar submissions")), words)
    rows = [tag("tr", tag("td", one), tag("td", other), tag("td", str(lines), class_="number"),
                tag("td", f"{percent:.0f} %", class_="number"))
            for one, other, lines, percent in similar.pairs(records)]
    if not rows:
        return None
    head = tag("tr", tag("th", say("student")), tag("th", say("student")),
               tag("th", say("rare lines in common"), class_="number"),
               tag("th", say("of the text the same"), class_="number"))
    return tag("section", tag("h2", say("Similar submissions")),
               tag("p", say("They share lines that hardly anyone else wrote. That is a reason to look, and proof of "
                            "nothing."), class_="soft"),
               tag("div", tag("table", tag("thead", head), tag("tbody", rows)), class_="wide"))

"""``autograder grade``: from a folder of submissions to results, gradebook, pages and tables."""

import importlib
import os
import secrets
import sys
import time
from pathlib import Path

from autograder.errors import CourseError
from autograder.exercises import of_chapter
from autograder.grading import batch, crew, inbox, tables
from autograder.grading.options import processors
from autograder.grading.records import Records
from autograder.grading.summary import GRADED, Summary
from autograder.release import SEED_FILE
from autograder.words import say

TOLD = 10  # submissions with trouble that the terminal names


def run(options, launched=()):
    """Do what the command line asks.

    Parameters
    ----------
    options : argparse.Namespace
    launched : list of keeper
        Servers of sandboxes that are starting already.

    Returns
    -------
    int
        0 when every submission was graded, whatever its points; 1 when one was not: unreadable, ended by the time
        limit, crashed, or outside its limits.
    """
    start = time.monotonic()
    place = Path(options.submitted)
    inbox.check(place, options.assignment)
    _check_places(options)
    home = place.resolve().parent
    seed = read_seed(options.seed, home / SEED_FILE)
    folder = Path(options.results) if options.results else home / "results"
    with Records(folder, seed) as records:
        works = inbox.find(place, options.assignment, folder / "unpacked")
        settings = crew.Settings(seed, options.require_isolation, assignment=works[0].assignment)
        graders = _crew(options, settings, records, len(works), launched)
        now = batch.grade_all(works, records, graders, batch.Pace(sys.stderr))
        summary = Summary(records.every(works))
        written = _write(options, records, works, summary)
    print(table(summary, now, time.monotonic() - start, [(say("results"), folder), *written]))
    return 0 if set(summary.statuses) == {GRADED} else 1


def _crew(options, settings, records, count, launched):
    if options.scheduler:
        from autograder.grading.cluster import Cluster

        return Cluster(options.scheduler, settings)
    return crew.Crew(min(options.jobs or processors(), count), settings, records.scratch, launched)


def _check_places(options):
    """Say before the work what could not be written after it."""
    for path in (options.csv, options.json, options.moodle, options.canvas, options.report):
        if path:
            tables.check_place(path)
    if options.feedback and Path(options.feedback).exists() and not Path(options.feedback).is_dir():
        raise CourseError(say("{path}: is a file; give the name of a folder", path=options.feedback))
    if options.gradebook:
        _module("gradebook").check(options.gradebook)


def _write(options, records, works, summary):
    """Write what was asked for; return its names and places."""
    assignments = sorted(summary.assignments, key=lambda name: name or "")

    def every():
        return records.every(works)

    def of_assignment(name):
        return (record for record in every() if record["assignment"] == name)

    def site():
        return _module("pages").site_address(options.site)

    writers = [
        (say("gradebook"), options.gradebook, lambda place: _module("gradebook").write(place, every())),
        (say("for formgrader"), _formgraders_folder(options),
         lambda place: _module("autograded").write(place, every())),
        (say("feedback"), options.feedback, lambda place: _module("feedback").write(place, works, records, site())),
        (say("report"), options.report,
         lambda place: _module("overview").write(place, summary, of_assignment, site())),
        ("CSV", options.csv, lambda place: tables.write_csv(place, every(), assignments)),
        ("Moodle", options.moodle, lambda place: tables.write_moodle(place, every(), assignments)),
        ("Canvas", options.canvas, lambda place: tables.write_canvas(place, every(), assignments)),
        ("JSON", options.json, lambda place: tables.write_json(place, every())),
    ]
    for _, place, write in writers:
        if place:
            write(place)
    return [(name, place) for name, place, _ in writers if place]


def _module(name):
    """Return a module that not every run needs: whoever asks for no page waits for none."""
    return importlib.import_module(f"autograder.grading.{name}")


def _formgraders_folder(options):
    """Return nbgrader's folder ``autograded`` beside its ``submitted``; None where that is no course of nbgrader."""
    submitted = Path(options.submitted).resolve()
    is_course = options.gradebook and submitted.is_dir() and submitted.name == "submitted"
    return submitted.with_name("autograded") if is_course else None


def read_seed(given, usual):
    """Return the teacher's seed.

    Parameters
    ----------
    given : str or None
        The file that the command line names.
    usual : Path
        The file where it is otherwise; made, at random, where there is none.

    Raises
    ------
    CourseError
        If the file cannot be read or holds anything but a whole number.
    """
    path = Path(given) if given else usual
    try:
        if not given and not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(f"{secrets.randbelow(2**63)}\n")
        text = path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise CourseError(say("{path}: the seed cannot be read ({error})", path=path, error=error.strerror)) from None
    if not (text.isascii() and text.isdigit() and len(text) < 100):
        raise CourseError(say("{path}: the seed must be a whole number from 0 on, and is {text!r}", path=path,
                              text=text[:40]))
    return int(text)


def table(summary, now, seconds, places):
    """Return the summary that the terminal shows."""
    lines = []
    for assignment in summary.assignments.values():
        lines += ["", _title(assignment)]
        lines += [_row(status, count) for status, count in assignment.statuses.most_common()]
        if assignment.points:
            lines.append(_row(say("mean points"), say("{mean:.1f} of {max_points:g}", mean=assignment.mean,
                                                      max_points=assignment.max_points)))
        told = [entry for entry in assignment.flagged if entry[0]["status"] != GRADED]
        lines += [f"    ! {entry['student']}: {reasons[0]}" for entry, reasons in told[:TOLD]]
        rest = assignment.statuses.total() - assignment.statuses[GRADED] - len(told[:TOLD])
        lines += [say("    … and {count} more", count=rest)] if rest > 0 else []
    lines += ["", _row(say("graded now"), say("{now} of {count}; the others had their results", now=now,
                                              count=summary.count) if now < summary.count else now)]
    for level, count in summary.levels.most_common():
        extra = "" if len(summary.levels) == 1 else f" ({count})"
        lines.append(_row(say("isolation"), " + ".join(("process", *level)) + extra))
    rate = say(" ({rate:.1f} a second)", rate=now / seconds) if now else ""
    lines.append(_row(say("seconds"), f"{seconds:.1f}{rate}"))
    lines += [_row(name, place) for name, place in places]
    return "\n".join(lines[1:])


def _title(assignment):
    if assignment.name is None:
        return say("unknown assignment")
    return say("{name} · {points:g} points", name=assignment.name,
               points=sum(exercise.points for exercise in of_chapter(assignment.name)))


def _row(name, value):
    return f"  {name:<18} {value}"

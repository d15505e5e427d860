"""``autograder grade``: from a folder of submissions to results, gradebook and tables."""

import csv
import json
import os
import secrets
import sys
from pathlib import Path

from autograder.errors import CourseError
from autograder.grading import batch, gradebook, inbox
from autograder.grading.records import Records
from autograder.notebooks.files import write_text
from autograder.sandbox.host import LEVELS
from autograder.words import say


def run(options):
    """Do what the command line asks; return the records."""
    place = Path(options.submitted)
    home = place.resolve().parent
    seed = read_seed(Path(options.seed) if options.seed else home / "seed.txt")
    folder = Path(options.results) if options.results else home / "results"
    works = inbox.find(place, options.assignment, folder / "unpacked")
    records = Records(folder, seed)
    level = batch.isolation()
    print(say("Isolation: {layers}", layers=" + ".join(level)), file=sys.stderr)
    if options.require_isolation and options.require_isolation not in level:
        raise CourseError(say("the isolation {wanted} cannot be had here (there is: {layers})",
                              wanted=options.require_isolation, layers=", ".join(level)))
    graded = batch.grade_all(works, records, seed, options.jobs or os.cpu_count() or 1, batch.Pace(sys.stderr))
    if options.gradebook:
        gradebook.write(options.gradebook, graded)
    if options.csv:
        write_csv(options.csv, graded)
    if options.json:
        text = json.dumps({"version": 1, "submissions": graded}, indent=1, ensure_ascii=False)
        write_text(options.json, text + "\n")
    return graded


def read_seed(path):
    """Return the teacher's seed from its file; the file is made, at random, where there is none.

    Raises
    ------
    CourseError
        If the file holds anything but a whole number.
    """
    if not path.exists():
        path.write_text(f"{secrets.randbelow(2**63)}\n", encoding="ascii")
        path.chmod(0o600)
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    if not (text.isascii() and text.isdigit()):
        raise CourseError(say("{path}: the seed must be a whole number from 0 on, and is {text!r}", path=path,
                              text=text[:40]))
    return int(text)


def write_csv(path, records):
    """Write one line for each submission: student, assignment, status, points, and the points of each exercise."""
    names = list(dict.fromkeys(result["id"] for record in records for result in record["exercises"]))
    with open(path, "w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(["student", "assignment", "status", "points", "max_points", *names])
        for record in records:
            results = {result["id"]: result["points"] for result in record["exercises"]}
            table.writerow([record["student"], record["assignment"], record["status"], record["points"],
                            record["max_points"], *(results.get(name, "") for name in names)])


def add_arguments(word):
    """Describe the command's arguments to argparse."""
    word.add_argument("submitted", metavar="SUBMITTED",
                      help=say("nbgrader's submitted/, a folder of notebooks, or a zip of Moodle or Canvas"))
    word.add_argument("--assignment", metavar="NAME", help=say("only this one, such as 03_rnn_model"))
    word.add_argument("--gradebook", metavar="URL", help=say("nbgrader's gradebook, such as sqlite:///gradebook.db"))
    word.add_argument("--jobs", metavar="N", type=int, help=say("processes at once (default: one a core)"))
    word.add_argument("--seed", metavar="FILE", help=say("the file of the secret seed (default: seed.txt beside "
                                                         "SUBMITTED; made where it is missing)"))
    word.add_argument("--results", metavar="DIR", help=say("where results are kept (default: results beside "
                                                           "SUBMITTED)"))
    word.add_argument("--csv", metavar="FILE", help=say("write a table"))
    word.add_argument("--json", metavar="FILE", help=say("write everything, for programs"))
    word.add_argument("--require-isolation", metavar="LEVEL", choices=LEVELS,
                      help=say("refuse to run without this layer: {levels}", levels=", ".join(LEVELS)))

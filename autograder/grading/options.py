"""The arguments of ``autograder grade``."""

import os

from autograder.sandbox.keepers import LEVELS
from autograder.words import say


def number(text):
    """Read a number of processes; argparse turns a ValueError into its one-line error."""
    value = int(text)
    if not 1 <= value <= 1024:
        raise ValueError
    return value


def processors():
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def add_arguments(word):
    """Describe the command's arguments to argparse."""
    word.add_argument("submitted", metavar="SUBMITTED",
                      help=say("nbgrader's submitted/, a folder of notebooks, or a zip of Moodle or Canvas"))
    word.add_argument("--assignment", metavar="NAME", help=say("only this one, such as 03_rnn_model"))
    group = word.add_argument_group(say("how"))
    group.add_argument("--jobs", metavar="N", type=number, help=say("processes at once (default: one a processor)"))
    group.add_argument("--seed", metavar="FILE",
                       help=say("the file of the secret seed (default: autograder_seed.txt beside SUBMITTED, which "
                                "`autograder release` makes; made where it is missing)"))
    group.add_argument("--results", metavar="DIR",
                       help=say("where each result is kept (default: results beside SUBMITTED); what is there and "
                                "still true is not graded again"))
    group.add_argument("--scheduler", metavar="ADDRESS",
                       help=say("grade on a cluster of dask.distributed, such as tcp://10.0.0.1:8786"))
    group.add_argument("--require-isolation", metavar="LEVEL", choices=LEVELS,
                       help=say("refuse to run without this layer: {levels}", levels=", ".join(LEVELS)))
    group = word.add_argument_group(say("what comes out"))
    group.add_argument("--gradebook", metavar="URL", help=say("nbgrader's gradebook, such as sqlite:///gradebook.db"))
    group.add_argument("--feedback", metavar="DIR",
                       help=say("a page for each student: DIR/STUDENT/ASSIGNMENT/ASSIGNMENT.html"))
    group.add_argument("--report", metavar="FILE", help=say("a page about the class, for you"))
    group.add_argument("--csv", metavar="FILE", help=say("a plain table"))
    group.add_argument("--moodle", metavar="FILE", help=say("a table that Moodle imports"))
    group.add_argument("--canvas", metavar="FILE", help=say("a table that Canvas imports"))
    group.add_argument("--json", metavar="FILE", help=say("everything, for programs (see autograder/grading/"
                                                          "schema.json)"))
    group.add_argument("--site", metavar="URL", help=say("the book's address, for links in the pages"))

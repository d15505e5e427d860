"""Measure the grading of a class: ``make bench-grading``, or ``python -m bench.grading --help``.

Stock ``nbgrader autograde`` and ``autograder grade`` take turns at the same submissions, each a program of its own
that begins from nothing; then larger classes are graded, with an eye on memory.
"""

import argparse
import contextlib
import csv
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import psutil

from autograder.exercises import of_chapter
from autograder.notebooks import files
from autograder.release import CONFIG, source_version
from bench import classes

CHAPTER, SEED = classes.CHAPTER, "4815162342"
GOAL = 75


class Measured:
    """A program at work: its seconds, the memory of all its processes, the load of the machine.

    Parameters
    ----------
    *command : str
        Arguments after the name of Python.
    cwd : Path
    accepted : tuple of int
        Exit codes that are no failure.
    beside : tuple of psutil.Process
        Others whose memory counts too.
    """

    def __init__(self, *command, cwd, accepted=(0,), beside=()):
        self.memory, self.load, self.beside = [], os.getloadavg()[0], beside
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        start = time.perf_counter()
        with subprocess.Popen([sys.executable, *map(str, command)], cwd=cwd, env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding="utf-8") as process:
            threading.Thread(target=self._watch, args=(psutil.Process(process.pid),), daemon=True).start()
            self.out, err = process.communicate()
            self.seconds = time.perf_counter() - start
        if process.returncode not in accepted:
            sys.exit(f"{' '.join(map(str, command))}\n{err[-3000:]}")

    def _watch(self, process):
        while process.is_running():
            total = 0
            with contextlib.suppress(psutil.Error):
                for program in (process, *self.beside):
                    for one in (program, *program.children(recursive=True)):
                        with contextlib.suppress(psutil.Error):  # it has ended in the meantime
                            total += one.memory_info().rss
            self.memory.append(total / 2**20)
            time.sleep(1.0)

    def memory_at(self, part):
        """Return the memory, in MB, after a part of the time; nan where it was over too soon."""
        return self.memory[min(int(part * len(self.memory)), len(self.memory) - 1)] if self.memory else float("nan")


def make_course(folder):
    """Make an nbgrader course with chapter 3, by its own command; return the released notebook."""
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    (folder / "autograder_seed.txt").write_text(SEED, encoding="ascii")
    source = source_version(files.read(classes.CHAPTERS / f"{CHAPTER}.ipynb"), of_chapter(CHAPTER))
    files.write(folder / "source" / CHAPTER / f"{CHAPTER}.ipynb", source)
    Measured("-m", "nbgrader", "generate_assignment", CHAPTER, cwd=folder)
    return folder / "release" / CHAPTER / f"{CHAPTER}.ipynb"


def stock(course):
    """Grade a course with nbgrader, from nothing."""
    shutil.rmtree(course / "autograded", ignore_errors=True)
    return Measured("-m", "nbgrader", "autograde", CHAPTER, "--force", cwd=course)


def ours(course, *arguments, beside=()):
    """Grade a course with autograder, from nothing."""
    shutil.rmtree(course / "results", ignore_errors=True)
    return Measured("-m", "autograder.cli", "grade", course / "submitted", "--csv", course / "points.csv", *arguments,
                    cwd=course, beside=beside)


def points_of_stock(course):
    """Return the points in nbgrader's gradebook, by student and exercise."""
    with closing(sqlite3.connect(course / "gradebook.db")) as database:
        rows = database.execute(
            "SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score FROM grade "
            "JOIN base_cell ON grade.cell_id = base_cell.id "
            "JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id "
            "JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id").fetchall()
    return {(student, cell.removeprefix("check-").replace("-", "_")): points for student, cell, points in rows}


def points_of_ours(course):
    """Return the points in our table, by student and exercise."""
    with (course / "points.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["student"], exercise.id): float(row[exercise.id]) for row in csv.DictReader(stream)
                for exercise in of_chapter(CHAPTER)}


def compare(home, options):
    """Let both grade the same class in turns; return the measurements of each and the differences in points."""
    course = home / "compared"
    classes.fill(course / "submitted", make_course(course), options.count)
    turns = {"nbgrader": [], "autograder": []}
    for number in range(options.turns):
        if number < options.nbgrader_turns:
            turns["nbgrader"].append(stock(course))
            tell(f"nbgrader: {turns['nbgrader'][-1].seconds:.1f} s")
        turns["autograder"].append(ours(course))
        tell(f"autograder: {turns['autograder'][-1].seconds:.2f} s")
    theirs, mine = points_of_stock(course), points_of_ours(course)
    return turns, sorted(key for key in theirs.keys() | mine.keys() if theirs.get(key) != mine.get(key))


@contextlib.contextmanager
def cluster(home):
    """Start a scheduler of dask.distributed and as many workers as there are cores; give its address and all of them.

    They run on this machine, so they are no faster than it is: what they show is that memory does not grow.
    """
    file = home / "scheduler.json"
    words = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file))
    roles = [("scheduler", "--port", "0"), *[("worker", "--nthreads", "1", "--no-nanny")] * os.cpu_count()]
    started = [psutil.Popen([sys.executable, "-m", f"distributed.cli.dask_{role}", *more, *words], cwd=home,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for role, *more in roles]
    try:
        while not file.exists():
            time.sleep(0.1)
        yield json.loads(file.read_text(encoding="utf-8"))["address"], tuple(started)
    finally:
        for process in started:
            process.kill()
            process.wait()


def large(home, count, far=False):
    """Grade a large class, here or on a cluster, then write gradebook, pages and report."""
    course = home / f"large{count}"
    classes.fill(course / "submitted", make_course(course), count)
    if far:
        with cluster(course) as (address, processes):
            bare = ours(course, "--scheduler", address, beside=processes)
    else:
        bare = ours(course)
    where = "dask.distributed" if far else "here"
    tell(f"{count} submissions, {where}: {bare.seconds:.1f} s")
    after = Measured("-m", "autograder.cli", "grade", course / "submitted", "--gradebook", course / "gradebook.db",
                     "--feedback", course / "pages", "--report", course / "report.html", cwd=course)
    tell(f"{count} gradebook entries, pages, report: {after.seconds:.1f} s")
    shutil.rmtree(course)
    return count, where, bare, after


def report(options, turns, different, larges):
    """Return the text of the report."""
    count, rate = options.count, {}
    lines = ["# Grading a class", "", "Made by `make bench-grading`; see `bench/grading.py`.", "",
             f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}. The machine's load "
             f"before the runs was {_loads(turns)}: much above 2, others were using it too.", "",
             f"The same {count} submissions of chapter 3 (right, wrong, blank, mixed; no answer like another), both "
             "programs in turns, each from nothing, start included. Blank ones are alike: `autograder grade` knows a "
             "notebook with the same cells again, and runs the first.", "",
             "| | `nbgrader autograde` | `autograder grade` |", "| --- | ---: | ---: |"]
    best = {name: min(run.seconds for run in runs) for name, runs in turns.items()}
    middle = {name: statistics.median(run.seconds for run in runs) for name, runs in turns.items()}
    for name in turns:
        rate[name] = 60 * count / best[name]
    lines += [_row("seconds, best of the turns", *(f"{best[name]:.2f}" for name in turns)),
              _row("seconds, median", *(f"{middle[name]:.2f}" for name in turns)),
              _row("turns", *(str(len(runs)) for runs in turns.values())),
              _row("submissions a minute", *(f"{rate[name]:,.0f}" for name in turns)),
              _row("milliseconds each", *(f"{1000 * best[name] / count:,.1f}" for name in turns)),
              _row("isolation", "none", _isolation(turns["autograder"][-1].out))]
    ratio = rate["autograder"] / rate["nbgrader"]
    lines += ["", f"**{ratio:.0f} times as many per minute** (wanted: {GOAL}); with the medians "
              f"{middle['nbgrader'] / middle['autograder']:.0f} times. "
              + (f"Points: equal in all {count} submissions." if not different else f"Points differ: {different}")]
    if larges:
        lines += ["", "## Large classes", "", "Memory is the sum over all processes; what they share counts in each.",
                  "", "| submissions | graded | seconds | a minute | load before | MB at 10 %, 50 %, 90 % | gradebook, "
                  "pages, report |", "| ---: | --- | ---: | ---: | ---: | ---: | ---: |"]
    for number, where, bare, after in larges:
        memory = ", ".join(f"{bare.memory_at(part):.0f}" for part in (0.1, 0.5, 0.9))
        lines.append(_row(f"{number:,}", where, f"{bare.seconds:.1f}", f"{60 * number / bare.seconds:,.0f}",
                          f"{bare.load:.1f}", memory, f"{after.seconds:.1f} s"))
    return "\n".join(lines) + "\n"


def _row(name, *values):
    return f"| {name} | {' | '.join(values)} |"


def _loads(turns):
    loads = [run.load for runs in turns.values() for run in runs]
    return f"{min(loads):.1f} to {max(loads):.1f}"


def _isolation(out):
    return next((line.split(None, 1)[1] for line in out.splitlines() if line.startswith("  isolation")), "?")


def tell(line):
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)


def main():
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="python -m bench.grading", description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=40, help="submissions that both grade (default: %(default)s)")
    parser.add_argument("--turns", type=int, default=5, help="turns of autograder (default: %(default)s)")
    parser.add_argument("--nbgrader-turns", type=int, default=2, help="turns of nbgrader (default: %(default)s)")
    parser.add_argument("--large", type=int, nargs="*", default=[1000, 10_000], help="sizes of large classes")
    parser.add_argument("--cluster", type=int, nargs="*", default=[10_000],
                        help="sizes of classes that a cluster of dask.distributed grades")
    parser.add_argument("--out", default=Path(__file__).with_name("grading.md"), type=Path, help="the report")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        turns, different = compare(Path(folder), options)
        larges = [large(Path(folder), count) for count in options.large]
        larges += [large(Path(folder), count, far=True) for count in options.cluster]
    options.out.write_text(report(options, turns, different, larges), encoding="utf-8")
    print(options.out.read_text(encoding="utf-8"))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

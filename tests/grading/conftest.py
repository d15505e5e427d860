"""What several tests of grading share."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from classroom import CHAPTER, SEED, answers, code, fill, hand_in, run

from autograder.exercises import of_chapter
from autograder.notebooks import files
from autograder.release import CONFIG, source_version

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


def nbgrader(folder, *arguments):
    """Run a stock nbgrader command in `folder`; its log."""
    done = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=folder, capture_output=True,
                          encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course whose gradebook stock nbgrader made, graded by ours: right, partly right, blank, unreadable.

    It takes seconds to make; where tests run in several processes, the first one makes it for all.
    """
    pytest.importorskip("nbgrader")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "graded-course"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + 300
        while not (folder / "made").exists():
            assert time.monotonic() < end, "the process that makes the course does not end"
            time.sleep(0.1)
        return folder
    make_course(folder)
    (folder / "made").touch()
    return folder


def make_course(folder):
    """Release chapter 3 with nbgrader's own command, let six students hand in, grade them with ours."""
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    (folder / "autograder_seed.txt").write_text(SEED, encoding="ascii")
    source = source_version(files.read(CHAPTERS / f"{CHAPTER}.ipynb"), of_chapter(CHAPTER))
    files.write(folder / "source" / CHAPTER / f"{CHAPTER}.ipynb", source)
    nbgrader(folder, "generate_assignment", CHAPTER)
    fill(folder / "submitted", 4)
    hand_in(folder / "submitted", "zoe", answers("right"),
            before=[code("raise ValueError('<script>alert(1)</script>')", "x")])
    (folder / "submitted" / "zoe" / CHAPTER / "timestamp.txt").write_text("2026-03-02 11:59:00 UTC", encoding="utf-8")
    broken = folder / "submitted" / "yan" / CHAPTER / f"{CHAPTER}.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text('{"cells": [', encoding="utf-8")
    shutil.copy(folder / "gradebook.db", folder / "released.db")
    done = run(folder / "submitted", "--gradebook", f"sqlite:///{folder}/gradebook.db", "--json", folder / "all.json",
               "--feedback", folder / "pages", "--report", folder / "report.html")
    assert done.returncode == 1, done.stderr

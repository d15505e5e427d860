"""A course folder made from the real chapter 3, and nbgrader's stock commands in it."""

import os
import subprocess
import sys
from pathlib import Path

NAME = "03_rnn_model"
CHAPTER = Path(__file__).resolve().parents[2] / "chapters" / f"{NAME}.ipynb"
SEED = "4815162342108"


def nbgrader(folder, *arguments):
    """Run a stock nbgrader command in `folder`; its log."""
    environment = {name: value for name, value in os.environ.items() if name != "AUTOGRADER_SEED"}
    done = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=folder, env=environment,
                          capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr

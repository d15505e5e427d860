"""Reads the submissions of ``hostile.txt`` and ``honest.txt``."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from notebooks import POINTS, code, submission

COUNT = "def count_parameters(n_x, n_a, n_y):\n"
RIGHT = "n_a * (n_x + n_a + n_y + 1) + n_y"
KEYS = ("told", "reason", "loses", "may lose", "needs", "answer", "cell", "whole")


@dataclass
class Case:
    """A submission: see the head of ``hostile.txt``."""

    name: str
    lines: list = field(default_factory=list)
    cell: bool = False
    whole: bool = False
    told: str = ""
    reason: str = ""
    loses: tuple = None
    may_lose: tuple = ()
    needs: tuple = ()
    answers: dict = field(default_factory=dict)

    def __post_init__(self):
        self.target = self.lines

    def set(self, key, value):
        """Take in a line that says something about the case."""
        if key == "answer":
            self.target = self.answers[value] = []
        elif key in ("cell", "whole"):
            setattr(self, key, True)
        elif key in ("told", "reason"):
            setattr(self, key, value)
        else:
            setattr(self, key.replace(" ", "_"), tuple(name for name in value.split() if name != "nothing"))

    @property
    def lost(self):
        """Exercises that must get nothing."""
        if self.loses is not None:
            return self.loses
        return () if self.cell else ("count_parameters",)

    def notebook(self, names=None):
        """Return its notebook; `names` are those in capitals, with their values."""
        def filled(lines):
            text = "\n".join(lines).strip("\n")
            for name, value in {"RIGHT": RIGHT, **{key: repr(value) for key, value in (names or {}).items()}}.items():
                text = re.sub(rf"\b{name}\b", lambda match, value=value: value, text)
            return text

        answers = {name: filled(lines) for name, lines in self.answers.items()}
        own = filled(self.lines)
        if self.cell:
            return submission(answers, before=[code(own)])
        body = own if self.whole else COUNT + "\n".join("    " + line if line else "" for line in own.split("\n"))
        return submission({"count_parameters": body, **answers})


def read(name):
    """Return the cases of a file beside this one, by their names."""
    cases = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n"):
        key = next((key for key in KEYS if re.match(rf": {key}\b", line)), None)
        if line.startswith("======== "):
            continue
        if line.startswith("==== "):
            cases.append(Case(line[5:]))
        elif cases and key:
            cases[-1].set(key, line[2 + len(key):].strip())
        elif cases:
            cases[-1].target.append(line)
    names = [case.name for case in cases]
    assert len(set(names)) == len(names)
    assert all(set(case.lost) | set(case.may_lose) | set(case.answers) <= set(POINTS) for case in cases)
    return {case.name: case for case in cases}

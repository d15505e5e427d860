"""What a check says: a value, and its faces as text, HTML and JSON."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.words import say

PASSED, FAILED, NOT_ATTEMPTED = "passed", "failed", "not attempted"
SIGNS = {PASSED: "✓", FAILED: "✗", NOT_ATTEMPTED: "○"}
COLOURS = {PASSED: "#2e8b57", FAILED: "#d1495b", NOT_ATTEMPTED: "#8a8f98"}


@dataclass(frozen=True)
class PartResult:
    """Points of one output."""

    name: str
    points: float
    max_points: float
    status: str


@dataclass(frozen=True)
class Result:
    """What a check found out. ``print`` it, show it in a notebook, or read its fields.

    Attributes
    ----------
    exercise, chapter : str
    status : {"passed", "failed", "not attempted"}
    points, max_points : float
        Built-in floats with 0 <= points <= max_points.
    message : str
        The finding that is told first, or the praise.
    misconception : str or None
        Id of the recognised mistake.
    link : str or None
        The passage to read again, ``"03_rnn_model.html#the-cell"``.
    hints : tuple of str
    parts : tuple of PartResult
    printed : str
        What the function printed, and its warnings; shortened.
    function : callable
        The learner's function where it passed, the reference where not.
    """

    exercise: str
    chapter: str
    status: str
    points: float
    max_points: float
    message: str
    misconception: str | None = None
    link: str | None = None
    hints: tuple[str, ...] = ()
    parts: tuple[PartResult, ...] = ()
    printed: str = ""
    function: Callable | None = field(default=None, compare=False, repr=False)

    def as_json(self):
        """Return the plain dict of ``autograder check --json`` (see ``autograder/schema.json``)."""
        return {
            "id": self.exercise,
            "chapter": self.chapter,
            "status": self.status,
            "points": self.points,
            "max_points": self.max_points,
            "message": self.message,
            "misconception": self.misconception,
            "parts": [vars(part).copy() for part in self.parts],
        }

    def __str__(self):
        lines = [f"{SIGNS[self.status]} {self.exercise}: {self._score()}", *self.message.split("\n")]
        lines += [f"  {SIGNS[part.status]} {_part_line(part)}" for part in self.parts if self.status == FAILED]
        if self.link:
            lines.append(say("Read again: {link}", link=self.link))
        if self.printed:
            lines += [say("Your function printed:"), *(f"  | {line}" for line in self.printed.splitlines())]
        if self.hints and self.status != PASSED:
            count = len(self.hints)
            lines.append(say("{count} hints: autograder hint {exercise}", count=count, exercise=self.exercise))
        return "\n".join(lines)

    __repr__ = __str__

    def _score(self):
        status = {PASSED: say("passed"), FAILED: say("not yet right"), NOT_ATTEMPTED: say("not attempted")}[self.status]
        return say("{status}, {points:g} of {max_points:g} points", status=status, points=self.points,
                   max_points=self.max_points)

    def _repr_html_(self):
        colour = COLOURS[self.status]
        rows = [f'<p style="margin:0"><strong style="color:{colour}">{SIGNS[self.status]} '
                f"{html.escape(self._score())}</strong> · <code>{html.escape(self.exercise)}</code></p>"]
        rows += [f'<p style="margin:.35em 0 0">{_prose(line)}</p>' for line in self.message.split("\n")]
        if self.parts and self.status == FAILED:
            items = "".join(f"<li>{SIGNS[part.status]} {html.escape(_part_line(part))}</li>" for part in self.parts)
            rows.append(f'<ul style="margin:.35em 0 0;padding-left:1.2em;list-style:none">{items}</ul>')
        if self.link:
            page, _, anchor = self.link.partition("#")
            target = f"#{anchor}" if page == f"{self.chapter}.html" else self.link
            rows.append(f'<p style="margin:.35em 0 0"><a href="{html.escape(target)}">'
                        f"{html.escape(say('Read the passage again'))}</a></p>")
        if self.printed:
            rows.append(f"<details><summary>{html.escape(say('What your function printed'))}</summary>"
                        f"<pre>{html.escape(self.printed)}</pre></details>")
        if self.hints and self.status != PASSED:
            rows.append(_hints_html(self.hints))
        return (f'<div class="check-result" style="border-left:4px solid {colour};padding:.4em .9em;'
                f'margin:.4em 0">{"".join(rows)}</div>')


def _part_line(part):
    return say("{name}: {points:g} of {max_points:g}", name=part.name, points=part.points, max_points=part.max_points)


def _prose(text):
    """Escape a sentence for HTML, with its `code` as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def _hints_html(hints):
    """Hints inside one another, so that they are opened one at a time."""
    inside = ""
    for number in range(len(hints), 0, -1):
        label = html.escape(say("Hint {number} of {count}", number=number, count=len(hints)))
        inside = (f'<details style="margin:.35em 0 0"><summary>{label}</summary>'
                  f"<p>{_prose(say(hints[number - 1]))}</p>{inside}</details>")
    return inside

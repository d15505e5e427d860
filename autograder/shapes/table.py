"""The table of shapes as text and as HTML."""

import html
import re
import textwrap
from dataclasses import dataclass

from autograder.shapes.rows import Row
from autograder.words import say

WIDTH, NARROWEST = 79, 24  # characters: of a line, and of the column with the meaning
MARK = "≠"  # stands before what contradicts
LINE = "border-bottom:1px solid rgba(128,128,128,.35);padding:.3em .6em;text-align:left;vertical-align:top"


@dataclass(frozen=True)
class ShapeTable:
    """What :func:`trace_shapes` found. ``print`` it, or show it in a notebook.

    Parameters
    ----------
    name : str
        Of the function.
    sizes : tuple of (str, int)
        The named axes.
    groups : tuple of (str, tuple of Row)
        A heading and its rows.
    remark : str
        Why the function did not come to its end; empty where it did.
    printed : str
        What the function printed.
    """

    name: str
    sizes: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    remark: str = ""
    printed: str = ""

    @property
    def rows(self):
        """All rows."""
        return [row for _, rows in self.groups for row in rows]

    def __str__(self):
        names = max((len(row.name) for row in self.rows), default=0)
        shapes = max((len(row.shape) for row in self.rows), default=0)
        lines = [f"{self.name}: {self._sizes()}".removesuffix(": ")]
        for heading, rows in self.groups:
            lines += ["", heading, *(line for row in rows for line in _lines(row, min(names, 28), min(shapes, 30)))]
        lines += ["", *self.remark.split("\n")] if self.remark else []
        if self.printed:
            lines += ["", say("Your function printed:"), *(f"  | {line}" for line in self.printed.splitlines())]
        return "\n".join(lines)

    __repr__ = __str__

    def _sizes(self):
        return ", ".join(f"{axis} = {size}" for axis, size in self.sizes)

    def _repr_html_(self):
        rows = []
        for heading, group in self.groups:
            rows.append(f'<tr><th colspan="3" scope="rowgroup" style="{LINE}">{html.escape(heading)}</th></tr>')
            rows += [_html(row) for row in group]
        sizes = html.escape(self._sizes())
        parts = [f'<p style="margin:0"><code>{html.escape(self.name)}</code>{" · " * bool(sizes)}{sizes}</p>',
                 f'<table style="border-collapse:collapse;margin:.4em 0">{"".join(rows)}</table>']
        parts += [f'<p style="margin:.2em 0">{_prose(line)}</p>' for line in self.remark.splitlines()]
        if self.printed:
            parts.append(f"<p style=\"margin:.2em 0\">{html.escape(say('Your function printed:'))}</p>"
                         f"<pre>{html.escape(self.printed)}</pre>")
        return f'<div class="shape-table" style="overflow-x:auto">{"".join(parts)}</div>'


def _lines(row, names, shapes):
    """Lines of one row: the meaning beside the shape, wrapped; the remark below."""
    head = f"  {row.name:<{names}}  {row.shape:<{shapes}}"
    room = max(WIDTH - len(head) - 2, NARROWEST)
    meaning = textwrap.wrap(row.meaning, room) or [""]
    yield f"{head}  {meaning[0]}".rstrip()
    yield from (" " * (len(head) + 2) + line for line in meaning[1:])
    if row.remark:
        yield from textwrap.wrap(f"{MARK} {row.remark}", WIDTH, initial_indent="    ", subsequent_indent="      ")


def _html(row):
    meaning = _prose(row.meaning)
    if row.remark:
        meaning += f"{'<br>' * bool(meaning)}<strong>{MARK} {html.escape(row.remark)}</strong>"
    shape = " = ".join(f'<span style="white-space:nowrap">{html.escape(side)}</span>'
                       for side in row.shape.split(" = "))
    cells = (f"<code>{html.escape(row.name)}</code>", shape, meaning)
    return "<tr>" + "".join(f'<td style="{LINE}">{cell}</td>' for cell in cells) + "</tr>"


def _prose(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))

"""A Sphinx extension: a formula in a sentence is not parted from the punctuation beside it.

A browser may break a line on either side of a typeset formula, so that a line would begin
with a comma or end with an opening bracket.
"""

import re

from docutils import nodes

OPENING = re.compile(r"[(\[“‘]+$")
CLOSING = re.compile(r"[,.;:!?)\]”’]+")


def keep_together(app, doctree, docname):
    """Put each formula and the punctuation that touches it into one element that is not broken."""
    for formula in list(doctree.findall(nodes.math)):
        parent, place = formula.parent, formula.parent.index(formula)
        before = parent[place - 1] if place else None
        after = parent[place + 1] if place + 1 < len(parent) else None
        start = OPENING.search(before) if isinstance(before, nodes.Text) else None
        end = CLOSING.match(after) if isinstance(after, nodes.Text) else None
        if not start and not end:
            continue
        group = nodes.inline(classes=["together"])
        parent.replace(formula, group)
        if start:
            parent.replace(before, nodes.Text(before[: start.start()]))
            group += nodes.Text(start.group())
        group += formula
        if end:
            parent.replace(after, nodes.Text(after[end.end() :]))
            group += nodes.Text(end.group())


def setup(app):
    """Connect the step to the build, after translations have been put in."""
    app.connect("doctree-resolved", keep_together)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

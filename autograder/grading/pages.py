"""HTML by construction: whatever is not made by ``tag`` is text and is escaped. One style for all pages.

A page is one file: no script, no address of another place but the links, and a policy that forbids both.
"""

import html
import os
import re
from pathlib import Path

from autograder.words import say

CLONE = Path(__file__).resolve().parents[2]
VOID = {"meta", "link", "br", "wbr"}

STYLE = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2330; --soft: #5a6474; --rule: #d9dee6; --panel: #f5f7fa;
  --passed: #1f7a4a; --failed: #b3364a; --idle: #737b88; --bar: #3b6fb6; --link: #1d5fb4; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181f; --ink: #e6e9ef; --soft: #a5afbf; --rule: #333b48;
  --panel: #1d232d; --passed: #5fcf97; --failed: #ff8c9a; --idle: #959eac; --bar: #78a9e8; --link: #8fbcff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 56rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0 0 .35rem; }
p { margin: .4rem 0; }
a { color: var(--link); }
ul { margin: .4rem 0; padding-left: 1.3rem; }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: .88em; }
pre { background: var(--panel); border: 1px solid var(--rule); border-radius: .4rem; padding: .75rem 1rem;
  overflow-x: auto; line-height: 1.45; tab-size: 4; }
summary { cursor: pointer; color: var(--link); }
details { margin: .5rem 0; }
details details { margin-left: 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { font-weight: 600; color: var(--soft); }
td.number, th.number { text-align: right; white-space: nowrap; }
.wide { overflow-x: auto; }
.soft { color: var(--soft); }
.card { border: 1px solid var(--rule); border-left: 5px solid var(--idle); border-radius: .4rem; padding: .9rem 1.1rem;
  margin: 1rem 0; }
.card.passed { border-left-color: var(--passed); }
.card.failed { border-left-color: var(--failed); }
.head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.passed > .sign { color: var(--passed); }
.failed > .sign { color: var(--failed); }
.points { font-variant-numeric: tabular-nums; white-space: nowrap; }
.parts { list-style: none; padding-left: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.tile { background: var(--panel); border-radius: .4rem; padding: .7rem .9rem; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
td.bar { min-width: 9rem; padding-top: .6rem; }
svg { display: block; max-width: 100%; height: auto; }
svg.chart { width: 40rem; }
svg text { fill: var(--ink); font: 13px system-ui, "DejaVu Sans", sans-serif; }
svg .soft { fill: var(--soft); }
.fill-passed { fill: var(--passed); } .fill-failed { fill: var(--failed); } .fill-idle { fill: var(--idle); }
.fill-bar { fill: var(--bar); } .fill-rest { fill: var(--rule); }
.key { display: inline-block; width: .8em; height: .8em; border-radius: .15em; margin: 0 .35em 0 .9em; }
.key.passed { background: var(--passed); } .key.failed { background: var(--failed); }
.key.idle { background: var(--idle); }
.end { margin-top: 2.5rem; }
.mistakes p:first-child { margin-top: 0; }
@media (max-width: 40rem) { td.bar, th.bar { display: none; } th.number { white-space: normal; }
  th, td { padding-right: .5rem; } th:last-child, td:last-child { padding-right: 0; } th { font-size: .85rem; }
  .key { margin-left: 0; } }
@media print { body { max-width: none; padding: 0; } .card { break-inside: avoid; } }
"""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name, /, *children, **attributes):
    """Return an element; children and attributes that are not :class:`Html` are escaped.

    Parameters
    ----------
    name : str
    *children : str, Html, None or iterable of them
    **attributes : str, number, bool or None
        ``class_`` is ``class``; other underlines are hyphens; None and False leave the attribute out.
    """
    pairs = []
    for key, value in attributes.items():
        if value is not None and value is not False:
            key = key.rstrip("_").replace("_", "-")
            pairs.append(f" {key}" if value is True else f' {key}="{html.escape(str(value))}"')
    start = f"<{name}{''.join(pairs)}>"
    return Html(start) if name in VOID else Html(f"{start}{join(children)}</{name}>")


def join(children, between=""):
    """Return the HTML of children one after the other."""
    if children is None:
        return Html("")
    if isinstance(children, str):
        return children if isinstance(children, Html) else Html(html.escape(children))
    return Html(between.join(join(child) for child in children))


def prose(text):
    """Return a sentence with its `code` as code; each line a paragraph."""
    lines = []
    for line in text.split("\n"):
        pieces = re.split(r"`([^`]+)`", line)
        lines.append(tag("p", *(tag("code", piece) if place % 2 else piece for place, piece in enumerate(pieces))))
    return join(lines)


def page(title, *content):
    """Return a whole page."""
    language = os.environ.get("AUTOGRADER_LANGUAGE", "en").replace("_", "-")
    head = tag(
        "head", tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content="default-src 'none'; style-src 'unsafe-inline'"),
        tag("title", title), tag("style", Html(STYLE)))
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', tag('main', content)), lang=language)}\n"


def site_address(given=None):
    """Return the book's address with a final slash: as given, or that of the clone's Pages; or None."""
    if given:
        return given.rstrip("/") + "/"
    try:
        settings = (CLONE / "_config.yml").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^  url: https://github\.com/([\w.-]+)/([\w.-]+)\s*$", settings, re.MULTILINE)
    return f"https://{found[1].lower()}.github.io/{found[2]}/" if found else None


def passage(site, anchor, words):
    """Return a link to a passage of the book, or where it stands, in words, if the book's address is not known."""
    if site and anchor:
        return tag("a", words, href=site + anchor)
    name, _, section = (anchor or "").partition("#")
    return join([words, say(": {page}, section {section}", page=name.removesuffix(".html"), section=section)])

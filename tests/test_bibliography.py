"""The bibliography: each entry is whole, says where the book names it, and each paper that a chapter names has one."""

import json
import re
from pathlib import Path

import pytest

CHAPTERS = Path(__file__).parents[1] / "chapters"
BIB = (CHAPTERS / "references.bib").read_text(encoding="utf-8")
ENTRY = re.compile(r"^@(\w+)\{(\w+),\n(.*?)^\}$", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"(\w+) = \{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
ENTRIES = {key: {"kind": kind, **dict(FIELD.findall(body))} for kind, key, body in ENTRY.findall(BIB)}
EACH = pytest.mark.parametrize("key", ENTRIES)
# Lines of "Further reading" begin with an author's initials, or with a name and others; a title is in italics.
READING = re.compile(r"^- (?:[A-Z]\.|[A-Z]\w+ and others).*$", re.MULTILINE)
TITLE = re.compile(r", \*(.+?)\*")


def plain(text):
    """A title as letters and digits alone, however a chapter or the file may write it."""
    text = re.sub(r"\{?\\.\{?\w\}*|[{}]", "", text)
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def pages():
    """The text of each page, without outputs."""
    for path in sorted(CHAPTERS.glob("[0-9][0-9]_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield f"{int(path.stem[:2])}", "\n".join("".join(cell["source"]) for cell in cells)


TEXTS = dict(pages())
TITLES = {number: {plain(title) for title in re.findall(r"\*([^*\n]+)\*", text)} for number, text in TEXTS.items()}


def where(entry):
    """The note that an entry must have: the chapters that have its title in italics."""
    found = [number for number, titles in TITLES.items() if plain(entry["title"]) in titles]
    if not found:
        return "Background"
    *others, last = found
    return f"Named in chapters {', '.join(others)} and {last}" if others else f"Named in chapter {last}"


def test_all_entries_were_read():
    assert len(ENTRIES) == BIB.count("\n@")
    assert len(ENTRIES) >= 35


@EACH
def test_an_entry_has_authors_title_and_year(key):
    assert {"author", "title", "year"} <= set(ENTRIES[key])
    assert re.fullmatch(r"[a-z]+\d{4}[a-z]*", key)
    assert ENTRIES[key]["year"] == re.search(r"\d{4}", key)[0]


@EACH
def test_an_entry_says_in_which_chapters_it_is_named(key):
    assert ENTRIES[key]["note"] == where(ENTRIES[key])


@pytest.mark.parametrize("number", TEXTS)
def test_what_a_chapter_recommends_is_in_the_bibliography(number):
    known = {plain(entry["title"]) for entry in ENTRIES.values()}
    reading = TEXTS[number].partition("*Further reading*")[2]
    named = [title for line in READING.findall(reading) for title in TITLE.findall(line)]
    assert [title for title in named if plain(title) not in known] == []

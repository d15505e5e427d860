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
# Lines of "Further reading" begin with an author's initials and have the title in italics.
READING = re.compile(r"^- (?=[A-Z]\.|[A-Z][a-z]+ and others).*?[*](.+?)[*]", re.MULTILINE)


def plain(text):
    """A title as both a chapter and the file may write it."""
    text = re.sub(r"[{}\\]", "", text.replace("--", "-").replace("–", "-"))
    return re.sub(r"\s+", " ", text).casefold()


def pages():
    """The text of each page, without outputs."""
    for path in sorted(CHAPTERS.glob("[0-9][0-9]_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield f"{int(path.stem[:2])}", "\n".join("".join(cell["source"]) for cell in cells)


TEXTS = dict(pages())


def where(entry):
    """The note that an entry must have: the chapters whose text has its title, in italics."""
    found = [number for number, text in TEXTS.items() if f"*{plain(entry['title'])}*" in plain(text)]
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
    assert [title for title in READING.findall(reading) if plain(title) not in known] == []

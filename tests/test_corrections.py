"""The page of corrections: its lines of Python do what it says, and each error has one."""

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "chapters" / "corrections.md"
TEXT = PAGE.read_text(encoding="utf-8")
FENCE = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRONG = TEXT[TEXT.index("## What is wrong"):TEXT.index("## What was true")]
ENTRY = re.compile(r"^\((correction-[a-z-]+)\)=\n### (.*?)\n(.*?)(?=^\(correction-|\Z)", re.MULTILINE | re.DOTALL)
ENTRIES = ENTRY.findall(WRONG)


def test_every_line_of_the_page_gives_what_it_says():
    parts = FENCE.split(TEXT)  # prose and code in turn; newlines in place of the prose keep the page's line numbers
    code = "".join("\n" + part if number % 2 else "\n" * part.count("\n") for number, part in enumerate(parts))
    example = doctest.DocTestParser().get_doctest(code, {}, PAGE.name, str(PAGE), 0)
    said = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=said.append)
    assert result.attempted > 30
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize(("target", "title", "body"), ENTRIES, ids=[target for target, _, _ in ENTRIES])
def test_each_error_says_where_what_and_what_is_right_and_shows_it(target, title, body):
    assert "section" in title
    assert "**The notes:**" in body
    assert "**Right:**" in body
    assert FENCE.search(body), "no line of code"


def test_all_entries_were_read():
    assert len(ENTRIES) == WRONG.count("\n### ")

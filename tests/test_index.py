"""The landing page: its map has all twelve chapters, and links those that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "chapters" / "index.md").read_text(encoding="utf-8")
TOC = (ROOT / "_toc.yml").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| ([^|]+) \|", TEXT, re.MULTILINE)


def test_the_map_has_the_twelve_chapters_in_order():
    assert [int(number) for number, _ in ROWS] == list(range(1, 13))


def test_the_map_links_exactly_the_chapters_of_the_book():
    linked = [match[1] for _, title in ROWS if (match := re.search(r"\]\((\d\d_\w+)\.ipynb\)", title))]
    assert linked == re.findall(r"file: chapters/(\d\d_\w+)", TOC)


def test_a_link_stands_in_the_row_of_its_number():
    for number, title in ROWS:
        for link in re.findall(r"\((\d\d)_\w+\.ipynb\)", title):
            assert int(link) == int(number)

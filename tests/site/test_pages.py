"""Every page of the built website, as a reader's browser shows it."""

import json
import re
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from book import CHAPTERS, PAGES
from check_pages import ROOT

# Text outside code, with the formulas taken out: what should have become a formula and did not is left.
PROSE = """() => {
    const copy = document.querySelector("article").cloneNode(true);
    copy.querySelectorAll("pre, code, mjx-container, script, style").forEach(node => node.remove());
    return copy.textContent;
}"""

# The elements that make the page itself, or its column of text, wider than it may be.
OVERFLOW = """() => {
    const columns = document.querySelectorAll(".bd-main, .bd-content, .bd-article-container, article");
    return [document.documentElement, ...columns].filter(node => node.scrollWidth > node.clientWidth + 1)
        .map(node => `${node.tagName}.${node.className}: ${node.scrollWidth} in ${node.clientWidth}`);
}"""

# Code is thousands of coloured words. Of those that the same rules of style apply to, in blocks of the same kind, the
# first stays, of the others the text.
ONE_OF_EACH_TOKEN = """() => {
    const seen = new Set();
    document.querySelectorAll(".highlight pre span").forEach(node => {
        const {color, backgroundColor, font} = getComputedStyle(node), look = [color, backgroundColor, font];
        for (let around = node; around; around = around.parentElement) look.push(around.className);
        seen.has(look.join()) ? node.replaceWith(...node.childNodes) : seen.add(look.join());
    });
}"""


@pytest.mark.parametrize("page", PAGES, scope="module")
class TestPage:
    def test_asks_nothing_of_other_hosts_and_logs_no_error(self, page, desktop):
        visit = desktop.open(f"{page}.html")
        assert visit.foreign == []
        assert visit.errors == []

    def test_has_one_heading_of_the_first_level(self, page, desktop):
        headings = desktop.open(f"{page}.html").page.locator("article h1")
        assert headings.count() == 1
        assert headings.inner_text().strip(" #\n") != ""

    def test_shows_its_formulas_typeset(self, page, desktop):
        shown = desktop.open(f"{page}.html").page
        assert shown.locator("article .math").count() == shown.locator("article mjx-container").count()
        # MathJax shows what it cannot read as an error, and a macro it does not know in red.
        unread = "mjx-merror, [data-mjx-error], mjx-container [style*='color: red']"
        assert shown.locator(unread).all_inner_texts() == []
        prose = shown.evaluate(PROSE)
        assert re.findall(r"\$[^$\n]{1,80}\$?|\\[(\[][^\n]{0,80}|\\[a-z]{3,}[^\n]{0,40}", prose) == []

    def test_shows_formulas_in_the_fonts_it_brings(self, page, desktop):
        shown = desktop.open(f"{page}.html").page
        failed = "[...document.fonts].filter(font => font.status === 'error').map(font => font.family)"
        assert shown.evaluate(failed) == []
        if shown.locator("article .math").count():
            used = "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
            assert any(family.startswith("MJX") for family in shown.evaluate(used))

    def test_fits_a_phone(self, page, phone):
        assert phone.open(f"{page}.html").page.evaluate(OVERFLOW) == []

    def test_describes_every_picture(self, page, desktop):
        missing = "[...document.querySelectorAll('article img')].filter(img => !img.alt.trim()).map(img => img.src)"
        assert desktop.open(f"{page}.html").page.evaluate(missing) == []

    def test_can_be_read_by_everybody(self, page, desktop):
        assert barriers(desktop.open(f"{page}.html")) == []

    # Formulas are thousands of elements. Their names and their colours on light pages are looked at once, above; on
    # dark pages nothing but the colours differs, and formulas have that of the text.

    def test_can_be_read_by_everybody_on_a_phone(self, page, phone):
        assert barriers(phone.open(f"{page}.html"), {"exclude": [["mjx-container"]]}) == []

    def test_can_be_read_by_everybody_in_the_dark(self, page, desktop):
        with desktop.open(f"{page}.html").in_the_dark() as visit:
            assert barriers(visit, {"exclude": [["mjx-container"]]}, runOnly=["color-contrast"]) == []


def test_the_search_page_can_be_read_by_everybody(visitor):
    visit = visitor().open("search.html?q=softmax")
    visit.page.wait_for_selector("#search-results li")
    assert barriers(visit) == []


def barriers(visit, context=None, **options):
    """Return what axe-core finds: contrast, names of controls, order of headings, reach by keyboard."""
    visit.page.evaluate(ONE_OF_EACH_TOKEN)
    options["resultTypes"] = ["violations"]  # not a list of all that is well, element by element
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]}"
        for violation in Axe().run(visit.page, context, options).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("chapter", CHAPTERS, scope="module")
class TestChapter:
    def test_offers_its_notebook_for_download(self, chapter, desktop):
        link = desktop.open(f"{chapter}.html").page.locator("a.btn-download-source-button")
        assert link.count() == 1
        with urlopen(link.evaluate("node => node.href")) as answer:
            notebook = json.load(answer)
        assert notebook == json.loads((ROOT / f"{chapter}.ipynb").read_text(encoding="utf-8"))

    def test_can_be_launched(self, chapter, desktop):
        link = desktop.open(f"{chapter}.html").page.locator(".dropdown-launch-buttons a[href*='binder']")
        assert f"{chapter}.ipynb" in link.first.get_attribute("href")

    def test_has_formulas_and_pictures(self, chapter, desktop):
        shown = desktop.open(f"{chapter}.html").page
        assert shown.locator("article mjx-container").count() > 0
        assert shown.locator("article img").count() > 0

"""What spans pages: links, the exercises' anchors, search, colours, the site opened as a file."""

import re
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from book import CHAPTERS, PAGES
from check_pages import SITE

from autograder.exercises import EXERCISES

# An exercise without a page is found by `autograder audit`.
NAMES = {chapter.rpartition("/")[2]: chapter for chapter in CHAPTERS}
PRINTED = [exercise for exercise in EXERCISES.values() if exercise.chapter in NAMES]
each_exercise = pytest.mark.parametrize("exercise", PRINTED, ids=lambda exercise: exercise.id)


class Anchors(HTMLParser):
    """Collect the places of a page that can be linked to, and the links on it."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.links = set(), set()
        self.feed((SITE / page).read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        if tag == "a" and attributes.get("href"):
            self.links.add(attributes["href"])


@pytest.fixture(scope="session")
def anchors():
    return {f"{page}.html": Anchors(f"{page}.html") for page in PAGES}


def test_every_link_within_the_site_leads_somewhere(anchors):
    dead = []
    for page, found in anchors.items():
        for link in found.links:
            if urlsplit(link).scheme or link == "#":
                continue
            address, anchor = urldefrag(urljoin(page, link))
            if not (SITE / unquote(address)).exists() or (
                anchor and address in anchors and unquote(anchor) not in anchors[address].ids
            ):
                dead.append(f"{page}: {link}")
    assert dead == []


@each_exercise
def test_an_exercise_has_its_number_its_points_and_its_anchor(exercise, desktop):
    anchor = f"exercise-{exercise.id.replace('_', '-')}"
    shown = desktop.open(f"{NAMES[exercise.chapter]}.html#{anchor}").page
    place = shown.locator(f"#{anchor}")
    assert place.count() == 1
    heading = place.locator("xpath=ancestor-or-self::section[1]").locator("h2, h3").first.inner_text()
    assert re.match(rf"Exercise \d+\.\d+ · {exercise.id} \({exercise.points:g} points\)", heading)


def test_the_search_finds_what_the_chapters_say(visitor):
    visit = visitor().open("search.html?q=softmax")
    visit.page.wait_for_selector("#search-results li")
    assert visit.page.locator("#search-results li a").count() > 0
    assert visit.foreign == []
    assert visit.errors == []


def test_the_search_finds_a_term_of_the_glossary_in_both_languages(visitor):
    for term in "hidden state", "隐藏状态", "偷窥孔连接":
        visit = visitor().open(f"search.html?q={quote(term)}")
        visit.page.wait_for_selector("#search-results li")
        assert "glossary.html" in visit.page.locator("#search-results li a").first.get_attribute("href")


def test_the_search_field_leads_to_the_results(visitor):
    visit = visitor().open(f"{PAGES[0]}.html")
    visit.page.locator("button.search-button__button:visible, .search-button-field:visible").first.click()
    visit.page.locator("input[name=q]:visible").first.fill("gradient")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#search-results li")
    assert "q=gradient" in visit.page.url


def test_light_and_dark_follow_the_system_and_the_button(visitor):
    for scheme in ("light", "dark"):
        shown = visitor(scheme=scheme).open(f"{PAGES[0]}.html").page
        assert shown.locator("html").get_attribute("data-theme") == scheme
        seen = set()
        for _ in range(3):
            shown.locator("button.theme-switch-button:visible").first.click()
            seen.add(shown.locator("html").get_attribute("data-theme"))
        assert seen == {"light", "dark"}


def test_the_first_page_opens_from_the_sites_address(visitor):
    visit = visitor().open("")
    visit.page.wait_for_url(f"**/{PAGES[0]}.html")
    assert visit.errors == []
    # A browser asks a page that names no icon for one that is not there; the error is not always told in time.
    icon = re.search(r'rel="icon" href="([^"]+)"', (SITE / "index.html").read_text(encoding="utf-8"))
    assert (SITE / icon[1]).is_file()


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_opened_as_a_file_shows_its_formulas(page, visitor):
    visit = visitor(base=f"{SITE.as_uri()}/").open(f"{page}.html")
    assert visit.page.locator("article mjx-container").count() > 0
    assert visit.foreign == []
    assert visit.errors == []


def test_the_search_works_in_the_site_opened_as_a_file(visitor):
    visit = visitor(base=f"{SITE.as_uri()}/").open("search.html?q=softmax")
    visit.page.wait_for_selector("#search-results li")
    assert visit.foreign == []


@each_exercise
def test_every_diagnosis_of_an_exercise_links_to_a_passage(exercise, anchors):
    folder = CHAPTERS[0].rpartition("/")[0]
    places = {misconception.anchor for misconception in exercise.misconceptions}
    split = {place: place.partition("#") for place in places}
    dead = [
        place
        for place, (page, _, anchor) in split.items()
        if f"{folder}/{page}" not in anchors or anchor not in anchors[f"{folder}/{page}"].ids
    ]
    assert dead == []

"""The built website on localhost, and a real headless browser to read it with."""

import contextlib
import functools
import http.server
import os
import shutil
import threading
from dataclasses import dataclass, field

import pytest
from check_pages import SITE
from playwright.sync_api import sync_playwright

# Without these the browser itself asks for updates; a container has no sandbox of its own to give.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Milliseconds. A machine that does much else at once is slow, not wrong.
PATIENCE = 120_000


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve files without a line for each request."""

    def log_message(self, *args):
        pass


def pytest_collection_modifyitems(items):
    """Let one process have all tests of a page, which it then opens once on each screen (``--dist loadgroup``)."""
    for item in items:
        asked = getattr(item, "callspec", None) and item.callspec.params
        page = asked and (asked.get("page") or asked.get("chapter") or asked["exercise"].chapter)
        item.add_marker(pytest.mark.xdist_group(page.rpartition("/")[2] if page else item.name))


@dataclass
class Visit:
    """A page in the browser and what happened since its address was opened."""

    page: object
    base: str
    requests: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def open(self, address):
        """Go to a page of the site, if not there already, and wait until its formulas are set."""
        if self.page.url != self.base + address:
            self.requests.clear()
            self.errors.clear()
            self.page.goto(self.base + address)
            self.page.wait_for_load_state("networkidle")
            self.page.evaluate("window.MathJax?.startup?.promise")
        return self

    @contextlib.contextmanager
    def in_the_dark(self):
        """While active, the reader's system asks for dark colours."""
        self._turn("dark")
        try:
            yield self
        finally:  # other tests go on with this page
            self._turn("light")

    def _turn(self, scheme):
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)
        self.page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")

    def note_failure(self, request):
        # A page that is left, or redirects, aborts what it was still loading.
        if request.failure != "net::ERR_ABORTED":
            self.errors.append(f"not loaded: {request.url}: {request.failure}")

    @property
    def foreign(self):
        own = (self.base, "data:", "blob:")
        return [address for address in self.requests if not address.startswith(own)]


@pytest.fixture(scope="session")
def base():
    assert (SITE / "index.html").is_file(), "the website is not built: run `make book`"
    handler = functools.partial(QuietHandler, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    name = os.environ.get("CHROMIUM", "chromium")
    executable = shutil.which(name)
    assert executable, f"{name} not found: install it (apt-get install -y chromium) or name it in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


def start(browser, base, width=1280, scheme="light"):
    """Open an empty page on a screen of a given width, in a colour scheme, as a new reader."""
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.set_default_timeout(PATIENCE)
    visit = Visit(page, base)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("requestfailed", visit.note_failure)
    page.on("response", lambda answer: answer.status >= 400 and visit.errors.append(f"{answer.status}: {answer.url}"))
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and visit.errors.append(message.text))
    return visit


@pytest.fixture
def visitor(browser, base):
    """Return a function that starts a visit of one test's own."""
    visits = []

    def begin(**settings):
        visits.append(start(browser, **{"base": base, **settings}))
        return visits[-1]

    yield begin
    for visit in visits:
        visit.page.context.close()


@pytest.fixture(scope="session")
def desktop(browser, base):
    return start(browser, base)


@pytest.fixture(scope="session")
def phone(browser, base):
    return start(browser, base, width=390)

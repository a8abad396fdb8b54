"""The two sites of the docs in a browser: they lead, find, and fit a phone."""

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest

SITES = Path(__file__).parents[2] / "build" / "docs"
WORDS = {"zh": ["支出", "指标", "结转"], "en": ["disbursement", "indicator", "carry"]}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        """Say nothing: a browser that goes to the next page breaks off the last."""


@pytest.fixture(scope="module")
def sites():
    """Serve what `make docs` built: a search reads pages, which files may not."""
    assert (SITES / "en" / "index.html").exists(), "run `make docs` first"
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=SITES))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium):
    """Open a page that reports what fails on it."""
    page = chromium.new_page()
    page.failed = []
    page.on("pageerror", lambda error: page.failed.append(str(error)))
    page.on("requestfailed", lambda request: page.failed.append(request.url))
    yield page
    assert page.failed == []
    page.close()


@pytest.mark.parametrize(
    ("language", "word"), [(lang, word) for lang, own in WORDS.items() for word in own]
)
def test_the_search_finds_the_words_of_the_field(page, sites, language, word):
    """In Chinese as well, whose words are not parted by blanks."""
    page.goto(f"{sites}/{language}/search.html?q={word}")
    page.wait_for_selector("#search-results li a", timeout=10_000)
    assert page.locator("#search-results li").count() >= 3


@pytest.mark.parametrize("language", WORDS)
def test_what_there_is_not_is_not_found(page, sites, language):
    """So that the test above can fail."""
    page.goto(f"{sites}/{language}/search.html?q=xyzzyplugh")
    page.wait_for_selector("#search-results p", timeout=10_000)
    assert page.locator("#search-results li").count() == 0


@pytest.mark.parametrize("language", WORDS)
def test_each_page_fits_a_phone_and_has_its_pictures(page, sites, language):
    """Nothing is wider than the window but what scrolls by itself."""
    page.set_viewport_size({"width": 390, "height": 800})
    for path in sorted((SITES / language).rglob("*.html")):
        page.goto(f"{sites}/{path.relative_to(SITES)}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path.relative_to(SITES)
        broken = (
            "[...document.images].filter(i => !i.complete || !i.naturalWidth).length"
        )
        assert page.evaluate(broken) == 0, path.relative_to(SITES)


@pytest.mark.parametrize("language", WORDS)
def test_each_link_leads_to_a_page(language):
    """On the site, and from one site to the other."""
    dead = []
    for path in sorted((SITES / language).rglob("*.html")):
        for link in re.findall(r'href="([^"#?]+)[^"]*"', path.read_text("utf-8")):
            if "://" not in link and not link.startswith(("mailto:", "data:")):
                target = (path.parent / unquote(link)).resolve()
                dead += [] if target.exists() else [(path.name, link)]
    assert dead == []

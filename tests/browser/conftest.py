"""A headless Chromium, of the system, that opens pages from files."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

import illustrate
from ledger import Ledger


@pytest.fixture(scope="session")
def chromium():
    """Start the browser once."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Write June of the illustrative year as a page in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    illustrate.create(folder / "julu.ledger")
    with Ledger.open(folder / "julu.ledger", read_only=True) as ledger:
        report = ledger.monthly_report(2023, 6)
        for language in ("zh", "en"):
            report.to_html(folder / f"{language}.html", language=language)
    return folder


@pytest.fixture
def opened(chromium):
    """
    Open a file at a width; whatever it says, asks for or pops up is a fault.

    With *lax* its policy is off, so that a checker may be put into the page.
    """
    contexts = []
    faults = []

    def at(path, width=1280, *, lax=False):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, bypass_csp=lax
        )
        contexts.append(context)
        page = context.new_page()
        own = path.as_uri()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("request", lambda r: r.url == own or faults.append(r.url))
        page.goto(own)
        return page

    yield at
    for context in contexts:
        context.close()
    assert faults == []

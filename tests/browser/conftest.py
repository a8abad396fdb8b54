"""A headless Chromium, of the system, that opens pages from files."""

import os
import shutil
from importlib.util import find_spec

import pytest

import illustrate
from ledger import Evidence, Ledger, Objective, Settings
from support import approval, day, indicator


@pytest.fixture(scope="session")
def chromium():
    """Start the browser once."""
    program = shutil.which("chromium")
    for name, found in (("Chromium", program), ("playwright", find_spec("playwright"))):
        if not found:
            end = pytest.fail if os.environ.get("CI") else pytest.skip
            end(f"{name} is not installed")
    from playwright.sync_api import sync_playwright

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
            report.write(folder / f"{language}.html", language=language)
    return folder


@pytest.fixture(scope="session", params=["zh", "en"])
def states(request, tmp_path_factory):
    """Write a small page that has every part and every state a page can have."""
    path = tmp_path_factory.mktemp("states") / "states.html"
    names = "exceeded behind silent explained risky".split()
    settings = Settings(language=request.param)
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        later = indicator("later", "≥95%", "满意度指标", "服务对象满意度指标")
        rows = (*(indicator(name) for name in names), later)
        ledger.append(approval("P-1", 100_000, indicators=rows))
        goal = Objective(title="goal", indicators=(indicator("own"),))
        ledger.set_objectives("U-1", "unit", [goal], fiscal_year=2023, on=day(1))
        ledger.disburse("P-1", "500.00", voucher="V-1", on=day(3))
        ledger.disburse("P-1", "7.00", voucher="V-2", on=day(4))
        ledger.reverse_disbursement("P-1", "7.00", of="V-2", voucher="V-3", on=day(5))
        proof = Evidence(uri="https://example.org/report.pdf")
        for name, value in zip(names, (20, 0, None, 4, "3.5"), strict=True):
            if value is not None:
                ledger.report_result("P-1", name, value, on=day(6), evidence=proof)
        ledger.explain_variance(
            "P-1", "other", "late tender", indicator="explained", on=day(6, 2)
        )
        ledger.monthly_report(2023, 6).write(path)
    return path


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

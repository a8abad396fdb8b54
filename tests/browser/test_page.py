"""The monthly page in a browser: it sorts, filters, unfolds, prints, and is for all."""

import os
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from ledger import Disbursed, Ledger
from support import approval, day, indicator
from support_reports import HOSTILE

SCREENSHOT = Path(__file__).parents[2] / "docs" / "images" / "monthly.png"
WIDTHS = [390, 1280]


def column(page, number):
    """Return the shown cells of a column of the list, from the top."""
    cells = page.locator(f"#list tbody tr:visible > :nth-child({number})")
    return cells.all_inner_texts()


def amounts(page, number):
    """Return a column of amounts as numbers."""
    return [float(cell.replace(",", "")) for cell in column(page, number)]


def overflow(page):
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def unfolded(page):
    """Open all that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


def test_worst_first_until_it_is_sorted(pages, opened):
    """A head sorts up, and down when it is pressed again."""
    page = opened(pages / "zh.html")
    assert column(page, 2)[:5] == ["滞后", "存在风险", "存在风险", "存在风险", "正常"]
    budget = page.get_by_role("button", name="全年预算数")
    budget.click()
    assert amounts(page, 3) == sorted(amounts(page, 3))
    assert budget.locator("..").get_attribute("aria-sort") == "ascending"
    budget.click()
    assert amounts(page, 3) == sorted(amounts(page, 3), reverse=True)
    page.get_by_role("button", name="项目").click()
    assert column(page, 3) != sorted(column(page, 3))
    assert budget.locator("..").get_attribute("aria-sort") is None


def test_it_sorts_by_keyboard(pages, opened):
    """Heads are reached with Tab, and pressed with Enter or the space bar."""
    page = opened(pages / "en.html")
    page.locator("#filter").focus()
    for _ in range(6):
        page.keyboard.press("Tab")  # The table itself, which scrolls, comes first.
    assert page.evaluate("document.activeElement.textContent") == "disbursed"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert amounts(page, 5) == sorted(amounts(page, 5))
    page.keyboard.press("Space")
    assert amounts(page, 5) == sorted(amounts(page, 5), reverse=True)


def test_it_filters_by_name_and_by_status(pages, opened):
    """Rows without the words are hidden, and come back."""
    page = opened(pages / "zh.html")
    everything = column(page, 1)
    assert len(everything) == 19
    page.locator("#filter").fill("养老")
    assert len(column(page, 1)) == 3
    assert all("养老" in name for name in column(page, 1))
    page.locator("#filter").fill("滞后")
    assert column(page, 1) == ["事业单位公开招聘经费"]
    page.locator("#filter").fill("")
    assert column(page, 1) == everything


def test_a_figure_unfolds_to_its_events(pages, opened):
    """Position, date, what happened, amount and document; a correction shows as one."""
    page = opened(pages / "zh.html")
    section = page.locator("section.project", has_text="劳动监察执法经费").first
    money = section.locator("> details", has_text="依据")
    rows = money.locator("tbody tr")
    assert not rows.first.is_visible()
    money.locator("summary").press("Enter")
    assert rows.first.is_visible()
    approved = rows.first.locator("td").all_inner_texts()
    assert approved[1:4] == ["2023-01-01", "预算批复", "+60,000.00"]
    assert approved[0].isdecimal()
    back = money.locator("tr", has_text="2023-05-R1").locator("td").all_inner_texts()
    assert back[1:5] == ["2023-05-15", "退回", "-1,200.00", "2023-05-R1"]
    assert "2023-04-01" in back[5]


def test_each_row_leads_to_its_project(pages, opened):
    """Its section has the curve, the months and the indicators."""
    page = opened(pages / "en.html")
    page.locator("#list a").nth(3).click()
    section = page.locator(page.evaluate("location.hash")).locator("..")
    assert "人事人才经费" in section.locator("h2").inner_text()
    assert section.locator("svg.curve").is_visible()
    assert section.locator("table").first.locator("tbody tr").count() == 12
    assert section.locator("tbody th bdi", has_text="举办招聘会次数").count() == 1


@pytest.mark.parametrize(
    ("language", "tag", "head"),
    [("zh", "zh-Hans", "项目"), ("en", "en", "Projects")],
)
def test_each_language_speaks_throughout(pages, opened, language, tag, head):
    """The page names its language; heads and statuses are in it."""
    page = opened(pages / f"{language}.html")
    assert page.locator("html").get_attribute("lang") == tag
    assert page.locator("h2").first.inner_text() == head
    own = set("滞后 存在风险 正常".split()) if language == "zh" else None
    assert set(column(page, 2)) == (own or {"behind", "at risk", "on track"})


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_overflows(pages, opened, language, width):
    """Neither folded nor unfolded; wide tables scroll in themselves."""
    page = opened(pages / f"{language}.html", width)
    assert overflow(page) == 0
    assert overflow(unfolded(page)) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_accessibility_checker_finds_nothing(pages, opened, language):
    """axe, with everything unfolded: contrast, names, heads, landmarks."""
    page = unfolded(opened(pages / f"{language}.html", lax=True))
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_it_prints_on_a4(pages, opened, tmp_path):
    """A page before each project, heads repeated, the total once."""
    page = opened(pages / "zh.html")
    printed = tmp_path / "june.pdf"
    page.pdf(path=printed, prefer_css_page_size=True, print_background=False)
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], check=True, capture_output=True
    ).stdout.decode()
    sheets = text.split("\f")
    assert len(sheets) >= 1 + 19 + 1
    assert "全年预算数" in sheets[1]  # The heads again, above the rest of the list.
    assert [sheet.count("3,286.03") for sheet in sheets[:2]] == [1, 1]
    starts = [
        name
        for name in ("就业工作经费", "劳动仲裁经费", "运行经费")
        if any(sheet.strip().startswith(name) for sheet in sheets)
    ]
    assert starts == ["就业工作经费", "劳动仲裁经费", "运行经费"]
    size = subprocess.run(
        ["pdfinfo", printed], check=True, capture_output=True
    ).stdout.decode()
    assert "A4" in size


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_names_do_nothing(opened, tmp_path, width):
    """No script runs, nothing is asked for, nothing is wider than the window."""
    names = [*HOSTILE, "<img src=x onerror=alert(1)>", "W" * 300]
    path = tmp_path / "hostile.html"
    with Ledger.open(":memory:", actor="a") as ledger:
        for number, name in enumerate(names):
            code = f"P-{number:02}"
            rows = (indicator(name, "效果显著", level2=name),)
            ledger.append(approval(code, name=name, unit_name=name, indicators=rows))
            paid = Disbursed(
                project=code, on=day(2), voucher="V-1", amount=1, payee=name
            )
            ledger.append(paid)
            ledger.report_result(code, name, text=name, on=day(3))
        ledger.monthly_report(2023, 6).to_html(path)
    page = unfolded(opened(path, width))
    assert overflow(page) == 0
    assert len(column(page, 1)) == len(names)
    page.get_by_role("button").first.click()


def test_many_projects_and_many_payments_open(opened, tmp_path):
    """5 000 payments, 200 indicators, no budget, no indicators."""
    path = tmp_path / "many.html"
    many = tuple(indicator(f"指标{n}", level2=f"级{n}") for n in range(200))
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval("P-1", 10_000_000, indicators=many))
        ledger.append(approval("P-2", 0, indicators=()))
        ledger.append(
            *(
                Disbursed(project="P-1", on=day(3), voucher=f"V-{n}", amount=100)
                for n in range(5_000)
            )
        )
        ledger.monthly_report(2023, 6).to_html(path)
    page = unfolded(opened(path))
    assert overflow(page) == 0
    assert page.locator("table.events tbody tr").count() >= 5_001


def test_the_picture_in_the_docs(pages, opened, tmp_path):
    """The top of the page; with SCREENSHOTS set it is written into the docs."""
    page = opened(pages / "zh.html")
    out = SCREENSHOT if os.environ.get("SCREENSHOTS") else tmp_path / "monthly.png"
    out.parent.mkdir(exist_ok=True)
    page.screenshot(path=out)
    assert out.read_bytes().startswith(b"\x89PNG")
    assert SCREENSHOT.stat().st_size < 300_000

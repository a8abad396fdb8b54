"""The monthly page in a browser: it sorts, filters, unfolds, prints, and is for all."""

import os
import subprocess
from pathlib import Path

import pytest

from ledger import Ledger, Settings
from ledger.events import Disbursed
from support import approval, day, indicator, no_door
from support_reports import HOSTILE

PICTURES = Path(__file__).parents[2] / "docs" / "images"
WIDTHS = [390, 1280]
PAPER = 680
"""What A4 leaves between its margins, in pixels of the style."""
STATES = "good warn bad over none undone why".split()
"""What a page shows by colour, as the classes of its style."""
SORTED = [1, 2, 3, 4, 5, 6, 8]
"""The columns of the list that sort: all but the bar."""
WORST_LAST = "正常 存在风险 滞后".split()


def column(page, number):
    """Return the shown cells of a column of the list, from the top."""
    cells = page.locator(f"#list tbody tr:visible > :nth-child({number})")
    return cells.all_inner_texts()


def overflow(page):
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def unfolded(page):
    """Open all that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


def ordered(page, number):
    """Say whether a column is sorted as its head says, and no other head says so."""
    shown = column(page, number)
    if number == 1:  # Names are sorted as the browser's language has it.
        shown = page.evaluate(
            "x => x.map(a => x.filter(b => b.localeCompare(a) < 0).length)", shown
        )
    elif number == 2:
        shown = [WORST_LAST.index(status) for status in shown]
    else:
        shown = [float(cell.replace(",", "").rstrip("%")) for cell in shown]
    heads = page.locator("#list [aria-sort]").evaluate_all(
        "heads => heads.map(head => [head.cellIndex, head.ariaSort])"
    )
    assert [head for head, _ in heads] == [number - 1]
    way = heads[0][1]
    return way if shown == sorted(shown, reverse=way == "descending") else None


def test_worst_first_until_it_is_sorted(pages, opened):
    """Each head sorts up, and down when it is pressed again."""
    page = opened(pages / "zh.html")
    assert column(page, 2) == ["滞后"] + 18 * ["正常"]
    for number in SORTED:
        head = page.locator(f"#list thead th:nth-child({number}) button")
        head.click()
        assert ordered(page, number) == "ascending"
        head.click()
        assert ordered(page, number) == "descending"


def test_it_sorts_by_keyboard(pages, opened):
    """Tab reaches each head in its order, seen; Enter and the space bar press it."""
    page = opened(pages / "zh.html")
    page.locator("#filter").focus()
    page.keyboard.press("Tab")  # The table itself, which scrolls, comes first.
    for number in SORTED:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate("each => each.closest('th').cellIndex") == number - 1
        outline = focused.evaluate("each => getComputedStyle(each).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        assert ordered(page, number) == "ascending"
        page.keyboard.press("Space")
        assert ordered(page, number) == "descending"


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


def test_a_long_list_unfolds_by_unit(tmp_path, opened):
    """A unit shows its projects; what is filtered shows whatever is folded."""
    path = tmp_path / "long.html"
    with Ledger(":memory:", actor="t", settings=Settings(language="en")) as ledger:
        for number in range(42):
            given = {"unit": f"U-{number % 2}", "name": f"project {number}"}
            ledger.append(approval(f"P-{number}", **given))
        ledger.monthly_report(2023, 6).write(path)
    page = opened(path)
    listed = page.locator("#list tbody tr:not(.u)")
    shown = page.locator("#list tbody tr:not(.u):visible")
    assert (listed.count(), shown.count()) == (42, 0)
    page.locator("#list .u button").first.click()
    assert shown.count() == 21
    page.locator("#filter").fill("project 41")
    assert shown.count() == 1
    assert page.locator("#list .u:visible").count() == 1
    page.locator("#filter").fill("")
    assert shown.count() == 21
    page.emulate_media(media="print")
    assert shown.count() == 42


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
    assert back[1:5] == ["2023-05-15", "支出退回", "-1,200.00", "2023-05-R1"]
    assert "2023-04-01" in back[5]


def test_a_result_unfolds_to_its_events_and_evidence(states, opened):
    """Under its indicator; a column that nothing fills is not there."""
    page = opened(states)
    under = page.locator(".project tr", has_text="exceeded").first.locator("+ .under")
    assert not under.locator("td td").first.is_visible()
    under.locator("summary").press("Enter")
    cells = under.locator("tbody td").all_inner_texts()
    assert cells[1] == "2023-06-01"
    assert cells[3:] == ["https://example.org/report.pdf", "20"]
    assert under.locator("thead th").count() == 5
    plain = page.locator("section.project > details table.events thead th")
    assert plain.count() == 6


def test_nothing_but_its_own_style_and_script_is_obeyed(pages, chromium):
    """What a name might smuggle in is refused by the page's policy."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto((pages / "en.html").as_uri())
    refused = page.evaluate(
        """async () => {
          const refused = [];
          addEventListener("securitypolicyviolation", e => refused.push(e.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "document.title = 'obeyed'";
          document.body.append(script);
          document.body.setAttribute("style", "display: none");
          new Image().src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
          await fetch("https://example.org").catch(() => 0);
          await new Promise(done => setTimeout(done, 50));
          return refused;
        }"""
    )
    title = page.title()
    context.close()
    own = ["connect-src", "img-src", "script-src-elem", "style-src-attr"]
    assert (sorted(set(refused)), title.endswith("2023-06")) == (own, True)


def test_each_row_leads_to_its_project(pages, opened):
    """Its section has the curve, the months and the indicators."""
    page = opened(pages / "en.html")
    page.locator("#list a", has_text="人事人才经费").click()
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
    assert page.locator("#projects").inner_text() == head
    own = set("滞后 存在风险 正常".split()) if language == "zh" else None
    shown = set(column(page, 2))
    assert len(shown) > 1
    assert shown <= (own or {"behind", "at risk", "on track"})


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_overflows(pages, opened, language, width):
    """Neither folded nor unfolded; wide tables scroll in themselves."""
    page = opened(pages / f"{language}.html", width)
    assert overflow(page) == 0
    assert overflow(unfolded(page)) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_narrow_window_shows_what_is_wrong(pages, opened, language):
    """Without scrolling; and no label of a curve begins outside the window."""
    page = opened(pages / f"{language}.html", 390)
    ends = page.locator(".attention tbody td:nth-child(3)").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().right)"
    )
    assert len(ends) > 3
    assert max(ends) <= 390 - 16
    begins = page.locator(".curve text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().left)"
    )
    assert min(begins) >= 16


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_the_paper(pages, opened, language):
    """Else the browser would print everything smaller, and say nothing."""
    page = opened(pages / f"{language}.html", PAPER)
    page.emulate_media(media="print")
    assert overflow(page) == 0
    assert overflow(unfolded(page)) == 0


def checked(page, **context):
    """Return what axe finds wrong: contrast, names, heads, landmarks."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=context or None).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_an_accessibility_checker_finds_nothing(states, opened):
    """On a page of every part and every state, in both languages, unfolded."""
    page = unfolded(opened(states, lax=True))
    assert [state for state in STATES if not page.locator(f".{state}").count()] == []
    assert checked(page) == []


def test_an_accessibility_checker_finds_nothing_in_a_whole_report(pages, opened):
    """On the page of the illustrative year, down to its first project."""
    page = opened(pages / "zh.html", lax=True)
    assert checked(page, exclude=["section.project + section.project"]) == []


def printed(page, folder):
    """Print a page; return its size and the text of its sheets."""
    out = folder / "printed.pdf"
    page.pdf(path=out, prefer_css_page_size=True, print_background=False)
    size, text = (
        subprocess.run(command, check=True, capture_output=True).stdout.decode()
        for command in (["pdfinfo", out], ["pdftotext", "-layout", out, "-"])
    )
    return size, text.removesuffix("\f").split("\f")


def test_it_prints_on_a4(pages, opened, tmp_path):
    """Overview and list, a sheet for each project in its order, one for the unit."""
    page = opened(pages / "zh.html")
    names = column(page, 1)
    size, sheets = printed(page, tmp_path)
    assert "A4" in size
    assert len(sheets) == 2 + 19 + 1
    for name, sheet in zip(names, sheets[2:-1], strict=True):
        assert "".join(sheet.split()).startswith("".join(name.split()))
    assert "依据" not in "".join(sheets)  # What is folded cannot be opened on paper.


def test_a_long_list_repeats_its_heads_on_paper(opened, tmp_path):
    """On each sheet that it fills; its total stands once, at its end."""
    path = tmp_path / "long.html"
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(*(approval(f"P-{n:02}", 100) for n in range(40)))
        ledger.monthly_report(2023, 6).write(path)
    _, sheets = printed(opened(path), tmp_path)
    heads = [sheet for sheet in sheets[:-40] if "执行率" in sheet]
    assert len(heads) == len(sheets) - 40 >= 2
    assert [("合计" in sheet) for sheet in heads] == [False] * (len(heads) - 1) + [True]


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_names_do_nothing(opened, tmp_path, width):
    """No script runs, nothing is asked for, nothing is wider than the window."""
    names = [*HOSTILE, "<img src=x onerror=alert(1)>", "W" * 300]
    path = tmp_path / "hostile.html"
    with Ledger.open(":memory:", actor="a") as ledger, no_door():
        for number, name in enumerate(names):
            code = f"P-{number:02}"
            rows = (indicator(name, "效果显著", level2=name),)
            ledger.append(approval(code, name=name, unit_name=name, indicators=rows))
            paid = Disbursed(
                project=code, on=day(2), voucher="V-1", amount=1, payee=name
            )
            ledger.append(paid)
            ledger.report_result(code, name, text=name, on=day(3))
        ledger.monthly_report(2023, 6).write(path)
    page = unfolded(opened(path, width))
    assert overflow(page) == 0
    assert len(column(page, 1)) == len(names)
    page.get_by_role("button").first.click()
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    assert overflow(page) == 0


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
        ledger.monthly_report(2023, 6).write(path)
    page = unfolded(opened(path))
    assert overflow(page) == 0
    assert page.locator("table.events tbody tr").count() >= 5_001


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pictures_in_the_docs(pages, opened, tmp_path, language):
    """The top of the page; with SCREENSHOTS set it is written into the docs."""
    page, name = opened(pages / f"{language}.html"), f"monthly-{language}.png"
    out = PICTURES / name if os.environ.get("SCREENSHOTS") else tmp_path / name
    page.screenshot(path=out)
    assert out.read_bytes().startswith(b"\x89PNG")
    assert (PICTURES / name).stat().st_size < 300_000

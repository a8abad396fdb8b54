"""Registers and the portfolio in a browser: wide tables keep their names in view."""

import pytest

import illustrate
from ledger import Ledger

LANDSCAPE = 1_047
"""What A4 across leaves between its margins, in pixels of the style."""


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """Write the portfolio and the carry-over table in both languages."""
    folder = tmp_path_factory.mktemp("registers")
    illustrate.create(folder / "julu.ledger")
    with Ledger(folder / "julu.ledger", actor="t") as ledger:
        for language in ("zh", "en"):
            portfolio = ledger.monthly_report(2023, 12).portfolio()
            portfolio.write(folder / f"portfolio-{language}.html", language=language)
            carried = ledger.carried_over(year=2023)
            carried.write(folder / f"carried-{language}.html", language=language)
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["portfolio", "carried"])
def test_names_stay_in_view_of_what_scrolls(wide, opened, name, language):
    """Each row's, and the head over them."""
    page = opened(wide / f"{name}-{language}.html", 600)
    scrolled = page.locator(".scroll").first
    scrolled.evaluate("each => each.scrollLeft = 400")
    edge = scrolled.bounding_box()["x"]
    for cell in ("tbody th", "thead .h"):
        assert scrolled.locator(cell).first.bounding_box()["x"] == edge, cell


def test_no_table_of_the_portfolio_scrolls_sideways_on_a_usual_screen(wide, opened):
    """In Chinese, whose heads fold after two characters."""
    page = opened(wide / "portfolio-zh.html", 1_280)
    for scrolled in page.locator(".scroll").all():
        assert scrolled.evaluate("each => each.scrollWidth - each.clientWidth") == 0


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["portfolio", "carried"])
def test_no_table_is_wider_than_paper_across(wide, opened, name, language):
    """It would be cut off there."""
    page = opened(wide / f"{name}-{language}.html", LANDSCAPE)
    page.emulate_media(media="print")
    for table in page.locator("table").all():
        assert table.bounding_box()["width"] <= LANDSCAPE


def test_no_word_of_a_head_is_split(wide, opened):
    """A head that is folded is so between two words."""
    page = opened(wide / "portfolio-zh.html", 800)
    head = page.locator("thead th", has_text="未完成").first
    assert head.inner_html() == "未完成"
    assert "年初<wbr>预算数" in page.locator("thead").first.inner_html()

"""Workbooks on paper: no sheet is printed smaller than can be read."""

import io

import pytest
from openpyxl import load_workbook

from ledger import Ledger
from ledger.app.register_rows import REGISTERS

ACROSS = 271.6
READABLE = 0.58


def sheets(julu):
    """Yield each sheet of the month, the portfolio and the registers, by its name."""
    with Ledger(julu, actor="t") as ledger:
        report = ledger.monthly_report(2023, 12)
        made = {"report": report, "portfolio": report.portfolio()}
        made |= {row.name: getattr(ledger, row.name)(year=2023) for row in REGISTERS}
        for name, document in made.items():
            book = load_workbook(io.BytesIO(document.render("xlsx", language="zh")))
            for sheet in book.worksheets:
                yield f"{name} {sheet.title}", sheet


@pytest.fixture(scope="module")
def drawn(julu):
    """Return all sheets, by the name of their workbook and their own."""
    return dict(sheets(julu))


def widths(sheet):
    """Return how wide the columns are, in millimetres."""
    known = sheet.column_dimensions
    own = {n: one.width for one in known.values() for n in range(one.min, one.max + 1)}
    return [1.852 * own[n] for n in sorted(own)][: sheet.max_column]


def test_each_is_printed_as_large_as_can_be_read(drawn):
    """On pages that begin with the names, where one page is not enough."""
    for name, sheet in drawn.items():
        pages = sheet.page_setup.fitToWidth or 1
        names = sheet.print_title_cols
        first = 0 if names is None else ord(names[-1]) - ord("A") + 1
        own = widths(sheet)
        room = ACROSS / READABLE
        assert sum(own) <= room + (pages - 1) * (room - sum(own[:first])), name
        assert (pages > 1) == (first > 0), name
        assert pages == 1 or sheet.page_setup.orientation == "landscape", name


def test_the_widest_take_two_pages(drawn):
    """That of units, and that of projects; one of few columns takes one."""
    wide = {name for name, sheet in drawn.items() if sheet.print_title_cols}
    assert {"portfolio 按单位", "report 项目"} <= wide
    assert "portfolio 按月" not in wide


def test_a_title_is_whole_on_each_page(drawn):
    """Above the page where there are several across: a cell would be cut there."""
    for name, sheet in drawn.items():
        title = str(sheet["A1"].value)
        above = sheet.oddHeader.left.text
        if (sheet.page_setup.fitToWidth or 1) == 1:
            assert above is None, name
        else:
            assert above.strip() == title[:240].strip(), name
            assert "$2:" in sheet.print_area, name

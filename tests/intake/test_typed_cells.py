"""Cells as people type them: read in the one way that fits, told, or refused."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from ledger.errors import InvalidBatch
from support import PROJECT, approval, indicator

pytestmark = pytest.mark.usefixtures("in_this_process")

RATE, MONEY, PEOPLE, DONE = "合格率", "补助", "人数", "效果"


@pytest.fixture
def recorded(ledger):
    """Return a ledger with a project of a rate, money, people and a quality."""
    rows = (RATE, "≥98%"), (MONEY, "9万元"), (PEOPLE, "≥90000人"), (DONE, "效果显著")
    ledger.append(
        approval(
            PROJECT, 100_000_000, indicators=tuple(indicator(*row) for row in rows)
        )
    )
    return ledger


def saved(folder, heads, *rows):
    """Save a bulk file."""
    path = folder / "events.csv"
    lines = [heads, *(";".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines), "utf-8")
    return path


def result(recorded, folder, name, typed):
    """Record a result as it is typed; return its number and what was noted."""
    path = saved(
        folder,
        "type;project;on;indicator;value",
        ("ResultReported", PROJECT, "2023-06-30", name, typed),
    )
    review = recorded.review_record(path)
    recorded.record(path)
    *_, event = (each.event for each in recorded.events())
    assert review.events == [event]
    return event.value, [each.code for each in review.findings]


@pytest.mark.parametrize(
    ("name", "typed", "number"),
    [
        (RATE, "98%", 98),
        (RATE, "98.5 %", "98.5"),
        (RATE, "９８％", 98),
        (RATE, "100%", 100),
        (MONEY, "8.5万元", 85_000),
        (MONEY, "85,000元", 85_000),
        (MONEY, "85000.50元", "85000.5"),
        (PEOPLE, "90,123人", 90_123),
        (PEOPLE, "9.2万人", 92_000),
    ],
)
def test_a_result_is_read_in_the_unit_of_its_target(
    recorded, tmp_path, name, typed, number
):
    """However it is typed, with a note that says how."""
    value, codes = result(recorded, tmp_path, name, typed)
    assert value == Decimal(number)
    assert codes == ["result.read_in_unit"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (RATE, "98人"),
        (MONEY, "98%"),
        (MONEY, "8.5万人"),
        (PEOPLE, "≥90000人"),
        (PEOPLE, "约90000人"),
        (PEOPLE, "1-2人"),
        (DONE, "98%"),
        (RATE, "1,23%"),
    ],
)
def test_another_unit_or_no_number_is_refused(recorded, tmp_path, name, typed):
    """What was found and what would be right; nothing is recorded."""
    before = recorded.position
    with pytest.raises(InvalidBatch) as refused:
        result(recorded, tmp_path, name, typed)
    assert typed in str(refused.value)
    assert recorded.position == before


def test_it_is_one_result_however_it_is_typed(recorded, tmp_path):
    """98 and 98% of one day are the same line: recorded once."""
    heads = "type;project;on;indicator;value"
    line = ("ResultReported", PROJECT, "2023-06-30", RATE)
    assert recorded.record(saved(tmp_path, heads, (*line, "98%"))).new == 1
    again = recorded.record(saved(tmp_path, heads, (*line, "98")))
    assert (again.new, again.already) == (0, 1)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1,234.56", 123_456),
        ("１２３４.５", 123_450),
        ("￥1,234.56", 123_456),
        ("1234元", 123_400),
        ("1.2万元", 1_200_000),
        (" 7 ", 700),
    ],
)
def test_an_amount_is_read_as_it_is_typed(recorded, tmp_path, typed, fen):
    """And the codes and days beside it."""
    path = saved(
        tmp_path,
        "type;project;on;amount;voucher",
        ("Disbursed", f" {PROJECT} ", "2023-06-05 08:30:00", typed, "A"),
    )
    review = recorded.review_record(path)
    (event,) = review.events
    assert (event.amount, event.on, event.project) == (fen, date(2023, 6, 5), PROJECT)
    noted = [] if typed.strip() == "7" else ["lines.cell_read"]
    assert [each.code for each in review.findings] == noted


@pytest.mark.parametrize(
    "typed", ["12e2", "1,23", "1.234,56", "ten", "1.2万元元", "$5"]
)
def test_an_amount_that_could_mean_two_things_is_refused(recorded, tmp_path, typed):
    """A comma may stand for a point elsewhere."""
    path = saved(
        tmp_path,
        "type;project;on;amount;voucher",
        ("Disbursed", PROJECT, "2023-06-05", typed, "A"),
    )
    review = recorded.review_record(path)
    assert not review.events
    assert typed in str(review.findings[0])


def test_a_cell_shown_as_a_percent_is_that(recorded, tmp_path):
    """Whoever types 100% into a spreadsheet stores 1."""
    path = tmp_path / "month.xlsx"
    recorded.events_template(path, 2023, 6, language="en")
    book = openpyxl.load_workbook(path)
    sheet = book["Results"]
    heads = [cell.value for cell in sheet[1]]
    names = [row[heads.index("Indicator")] for row in sheet.iter_rows(values_only=True)]
    cell = sheet.cell(names.index(RATE) + 1, heads.index("Result") + 1)
    cell.value, cell.number_format = 1, "0%"
    book.save(path)
    recorded.record(path)
    *_, event = (each.event for each in recorded.events())
    assert event.value == 100

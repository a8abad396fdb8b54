"""What is ordered to be put right: refused, open, overdue and done."""

from datetime import date

import pytest

from ledger import InvalidInput
from ledger.domain.budget import LONGEST_TEXT
from support import PROJECT, approval, day, indicator

JULY = date(2023, 7, 20)
DUE = date(2023, 9, 30)


@pytest.fixture
def ordered(ledger):
    """Approve a project, and order something of it in July."""
    ledger.append(approval(indicators=(indicator(),)))
    ledger.set_objectives("U-1", "unit", [], fiscal_year=2023, on="2023-01-01")
    ledger.order_rectification(PROJECT, "2023-1", "补齐签到表", due=DUE, on=JULY)
    return ledger


def found(ledger, month, year=2023):
    """Return what a month's report says of orders: code and place."""
    findings = ledger.monthly_report(year, month).findings
    return [(f.code, f.place) for f in findings if f.code.startswith("rectification")]


def test_an_order_is_named_while_it_is_open_and_warned_of_once_overdue(ordered):
    """From its day to its end; the last day is still in time."""
    assert found(ordered, 6) == []
    assert found(ordered, 7) == [("rectification.open", PROJECT)]
    assert found(ordered, 9) == [("rectification.open", PROJECT)]
    assert found(ordered, 10) == [("rectification.overdue", PROJECT)]
    ordered.report_rectification(PROJECT, "2023-1", "已补6期", on=day(9))
    assert found(ordered, 10) == [("rectification.overdue", PROJECT)]
    ordered.close_rectification(PROJECT, "2023-1", on=date(2023, 10, 8))
    assert found(ordered, 9) == [("rectification.open", PROJECT)]
    assert found(ordered, 10) == []
    assert ordered.verify().ok


def test_the_report_and_the_page_show_its_requirement(ordered):
    """In text, on the page and in JSON, with the number and the day."""
    report = ordered.monthly_report(2023, 10)
    for shown in (report.render("text"), report.render("html"), report.render("json")):
        assert "补齐签到表" in shown
        assert "2023-1" in shown


def test_a_unit_has_orders_of_its_own(ordered):
    """Its projects have theirs."""
    ordered.order_rectification(None, "1", "q", unit="U-1", due=DUE, on=JULY)
    assert found(ordered, 7) == [
        ("rectification.open", PROJECT),
        ("rectification.open", "U-1"),
    ]


def test_a_year_that_is_over_is_still_reported_on(ordered):
    """What is about it counts from its last day."""
    ordered.close_rectification(PROJECT, "2023-1", on="2024-01-20", about=2023)
    assert found(ordered, 12) == []


@pytest.mark.parametrize(
    ("number", "due"), [("2023-1", DUE), ("2", date(2023, 7, 19)), (" ", DUE)]
)
def test_an_order_has_a_number_of_its_own_and_a_day_to_come(ordered, number, due):
    """Two of one number would be one."""
    with pytest.raises(InvalidInput):
        ordered.order_rectification(PROJECT, number, "q", due=due, on=JULY)


def test_what_no_open_order_has_is_refused(ordered):
    """An unknown number, a day before the order, and what is put right already."""
    for number, on in (("2", day(8)), ("2023-1", day(7, 19))):
        with pytest.raises(InvalidInput, match="number"):
            ordered.report_rectification(PROJECT, number, "t", on=on)
        with pytest.raises(InvalidInput, match="number"):
            ordered.close_rectification(PROJECT, number, on=on)
    ordered.close_rectification(PROJECT, "2023-1", on=day(8))
    with pytest.raises(InvalidInput, match="number"):
        ordered.report_rectification(PROJECT, "2023-1", "t", on=day(9))
    with pytest.raises(InvalidInput, match="number"):
        ordered.close_rectification(PROJECT, "2023-1", on=day(9))


@pytest.mark.parametrize("text", ["", " ", "长" * (LONGEST_TEXT + 1)])
def test_blank_words_are_refused(ordered, text):
    """A requirement, a report and a reason say something."""
    with pytest.raises(InvalidInput, match="requirement"):
        ordered.order_rectification(PROJECT, "2", text, due=DUE, on=JULY)
    with pytest.raises(InvalidInput, match="text"):
        ordered.report_rectification(PROJECT, "2023-1", text, on=day(8))
    with pytest.raises(InvalidInput, match="reason"):
        ordered.close_rectification(PROJECT, "2023-1", on=day(8), reason=text)


def test_a_report_with_an_order_to_a_unit_holds(ordered):
    """What it lists of the unit is found in the record again."""
    ordered.order_rectification(
        None, "2023-2", "补报", unit="U-1", due="2023-08-31", on=JULY
    )
    report = ordered.monthly_report(2023, 9)
    assert ("rectification.overdue", "U-1") in found(ordered, 9)
    assert ordered.verify_report(report.to_dict()).ok

"""What the list of alerts says of orders to put something right."""

from datetime import UTC, date, datetime

import pytest

from ledger import Ledger
from support import PROJECT, Clock, approval


@pytest.fixture
def clock():
    """Return a clock at the first days of the year."""
    return Clock(datetime(2023, 1, 3, 9, tzinfo=UTC))


@pytest.fixture
def ledger(tmp_path, clock):
    """Return a ledger with a project."""
    with Ledger(tmp_path / "a.ledger", actor="t", clock=clock) as own:
        own.append(approval())
        yield own


def overdue(ledger, month, **asked):
    """Return the alerts of a month about orders."""
    alerts = ledger.alerts(2023, month, **asked).alerts
    return [each for each in alerts if each.code.value == "rectification.overdue"]


def test_each_order_that_is_not_put_right_in_time(ledger, clock):
    """Red from the day after its last day on, till its end; a report is no end."""
    clock.now = datetime(2023, 4, 3, 9, tzinfo=UTC)
    first, second = (
        ledger.order_rectification(PROJECT, number, "补齐", due=due, on="2023-04-03")
        for number, due in (("1", "2023-04-30"), ("2", "2023-06-29"))
    )
    assert not overdue(ledger, 4)
    (alert,) = overdue(ledger, 5)
    assert (alert.since, alert.streak, alert.severity.value) == ("2023-05", 1, "red")
    assert (alert.due, alert.figure) == (date(2023, 4, 30), None)
    assert alert.events == (first.position,)
    clock.now = datetime(2023, 6, 5, 9, tzinfo=UTC)
    told = ledger.report_rectification(PROJECT, "1", "已补", on="2023-06-05")
    alerts = overdue(ledger, 6, since="2023-05-31")
    assert [(each.is_new, each.since, each.events) for each in alerts] == [
        (True, "2023-06", (second.position,)),
        (False, "2023-05", (first.position, told.position)),
    ]
    assert alerts[0].turn.on == date(2023, 6, 30)
    entries = ledger.alerts(2023, 6).render("ics").splitlines()
    names = [line for line in entries if line.startswith("UID")]
    assert len(names) == len(set(names))
    ledger.close_rectification(PROJECT, "1", on="2023-06-20")
    assert [each.condition.order for each in overdue(ledger, 6)] == ["2"]


def test_an_overdue_order_to_a_unit(ledger, clock):
    """It is the unit's own, under no project."""
    clock.now = datetime(2023, 4, 3, 9, tzinfo=UTC)
    ledger.set_objectives("U-1", "unit", [], fiscal_year=2023, on="2023-01-01")
    ledger.order_rectification(
        None, "1", "补齐", unit="U-1", due="2023-04-10", on="2023-04-03"
    )
    (alert,) = overdue(ledger, 4)
    assert (alert.subject.unit, alert.subject.project) == ("U-1", "")
    entries = ledger.alerts(2023, 4).render("ics")
    assert "20230410" in entries

"""Orders about fiscal years that are over, in the reports of the years after."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Ledger
from support import PROJECT, Clock, approval

LATER = datetime(2025, 12, 1, 9, tzinfo=UTC)
ENDS = [
    date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    for year in (2023, 2024, 2025)
    for month in range(1, 13)
]


@pytest.fixture
def ledger(tmp_path):
    """Return a ledger with a project and a unit of 2023, read two years later."""
    with Ledger(tmp_path / "a.ledger", actor="t", clock=Clock(LATER)) as own:
        own.append(approval())
        own.set_objectives("U-1", "unit", [], fiscal_year=2023, on="2023-01-01")
        yield own


def order(ledger, subject=PROJECT, **more):
    """Order something about 2023 that was due in June of the year after."""
    given = {"due": "2024-06-30", "on": "2024-03-01", "about": 2023, **more}
    return ledger.order_rectification(subject, "1", "补齐", **given)


def said(ledger, year, month, **selected):
    """Return what the report of a month says of orders."""
    view = ledger.monthly_report(year, month, **selected)
    return [
        (f.code.removeprefix("rectification."), f.place)
        for f in view.findings
        if f.code.startswith("rectification")
    ]


def overdue(ledger, year, month, **asked):
    """Return the alerts of a month about orders."""
    alerts = ledger.alerts(year, month, **asked).alerts
    return [each for each in alerts if each.code.value == "rectification.overdue"]


@given(
    ordered=st.integers(0, 11),
    days=st.integers(0, 600),
    ended=st.none() | st.integers(0, 11),
)
@settings(max_examples=12, deadline=None)
def test_an_order_is_what_its_own_days_say_whichever_year_is_read(ordered, days, ended):
    """The turn of a year neither puts anything right nor gives more time."""
    on, closed = ENDS[ordered], None if ended is None else ENDS[max(ordered, ended)]
    due = on + timedelta(days=days)
    with Ledger(":memory:", actor="t", clock=Clock(LATER)) as own:
        own.append(approval())
        own.order_rectification(PROJECT, "1", "q", due=due, on=on)
        if closed is not None:
            own.close_rectification(PROJECT, "1", on=closed)
        for day in ENDS:
            is_open = on <= day and (closed is None or day < closed)
            state = ["overdue" if day > due else "open"] if is_open else []
            at = day.year, day.month
            assert said(own, *at) == [(each, PROJECT) for each in state], day
            assert len(overdue(own, *at)) == state.count("overdue"), day


def test_the_report_of_a_later_year_names_the_year(ledger):
    """In text, on the page and in JSON; in each language of the reports."""
    order(ledger)
    report = ledger.monthly_report(2024, 7)
    assert "order 1 about 2023 was to be put right by 2024-06-30" in report.render(
        "text", language="en"
    )
    for kind in ("html", "json", "text"):
        assert "2023 年度整改要求 1 已过期限" in report.render(kind)
    own = ledger.monthly_report(2023, 12).render("text", language="en")
    assert "order 1 is to be put right" in own


def test_the_unit_and_the_project_that_are_read(ledger):
    """Each of a selection; those of others are not in it."""
    order(ledger)
    order(ledger, None, unit="U-1", due="2025-02-01")
    ledger.append(
        approval(fiscal_year=2024, on=date(2024, 1, 1)),
        approval("P-2", fiscal_year=2024, unit="U-2", on=date(2024, 1, 1)),
    )
    both = [("overdue", PROJECT), ("open", "U-1")]
    assert said(ledger, 2024, 7) == both
    assert said(ledger, 2024, 7, unit="U-1") == both
    assert said(ledger, 2024, 7, project=PROJECT) == both[:1]
    assert not said(ledger, 2024, 7, unit="U-2")
    assert [each.subject.project for each in overdue(ledger, 2025, 2)] == ["", PROJECT]
    assert not overdue(ledger, 2024, 7, unit="U-2")


def test_it_ends_where_it_is_put_right(ledger):
    """As soon as that is known, and by what was known before it was not."""
    order(ledger)
    before = ledger.monthly_report(2024, 7)
    assert ledger.verify_report(before.to_dict()).ok
    ledger.close_rectification(PROJECT, "1", on="2024-08-05", about=2023)
    assert not said(ledger, 2024, 9)
    assert not overdue(ledger, 2024, 9)
    assert ledger.verify_report(before.to_dict()).ok
    assert ledger.verify_report(ledger.monthly_report(2024, 9).to_dict()).ok


def test_an_alert_is_not_new_because_a_year_begins():
    """Compared with the year's last day it was red already; its name stays."""
    clock = Clock(datetime(2023, 10, 9, 9, tzinfo=UTC))
    ledger = Ledger(":memory:", actor="t", clock=clock)
    ledger.append(approval())
    ledger.order_rectification(PROJECT, "1", "补齐", due="2023-11-30", on="2023-10-09")
    (alert,) = overdue(ledger, 2024, 1, since="2023-12-31")
    assert not alert.is_new
    assert "about 2023" in alert.basis.said("en")
    (alert,) = overdue(ledger, 2024, 1, since="2023-11-30")
    assert alert.is_new
    assert alert.turn.on == date(2023, 12, 1)
    names = [
        line
        for year, month in ((2023, 12), (2024, 2))
        for line in ledger.alerts(year, month).render("ics").splitlines()
        if line.startswith("UID")
    ]
    assert len(names) > len(set(names))


def test_a_project_without_a_budget_of_the_year_is_no_row(ledger):
    """Nor has it other alerts of the year that is over."""
    order(ledger)
    assert not ledger.monthly_report(2024, 7).projects
    (alert,) = ledger.alerts(2024, 7).alerts
    assert alert.subject.project_name == f"project {PROJECT}"
    assert (alert.since, alert.streak) == ("2024-07", 1)

"""Money against its plan, against time, and ahead of both."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ledger import Checkpoint, Ledger, Policy, Settings, SpendingPlan, Status
from ledger.domain.calendar import month_end
from support import approval, day, disbursement

BEHIND, AT_RISK, ON_TRACK = Status.BEHIND, Status.AT_RISK, Status.ON_TRACK
NOT_JUDGED = Status.NOT_DUE
BY_TIME = Policy(money_against="time")
BY_BOTH = Policy(money_against="both")


def end(month):
    """Return the last day of a month."""
    return month_end(2023, month)


def plan(*checkpoints):
    """Return a plan of (month, per cent of 1,000.00) at month ends."""
    parts = (
        Checkpoint(end(month), per_cent * 1_000) for month, per_cent in checkpoints
    )
    return SpendingPlan(checkpoints=tuple(parts))


YEAR_END = plan((12, 100))
EARLY = plan((3, 80), (12, 100))
LATE = plan((3, 5), (6, 10), (9, 20), (12, 100))
QUARTERS = plan((3, 25), (6, 50), (9, 75), (12, 100))
OCTOBER = plan((3, 0), (6, 0), (10, 100), (12, 100))


def project(path, through, spent, planned=None, policy=None, **more):
    """Return a project of 1,000.00 of which per cents are paid on days."""
    ledger = Ledger(path, actor="tests", policy=policy or Policy())
    ledger.append(approval("P", plan=planned, **more))
    for number, (on, per_cent) in enumerate(spent):
        ledger.disburse("P", per_cent * 10, voucher=f"{number}", on=on)
    return ledger.view(through=through).project("P")


def keep(path, convention):
    """Make a ledger whose plans are read by a convention."""
    Ledger(path, actor="tests", settings=Settings(convention=convention)).close()


@pytest.mark.parametrize(
    ("planned", "spent", "through", "status"),
    [
        # Paid at the year's end, on plan.
        (YEAR_END, [], end(11), ON_TRACK),
        (YEAR_END, [], end(12), BEHIND),
        (YEAR_END, [(day(12, 5), 60)], end(12), AT_RISK),
        (YEAR_END, [(day(12, 5), 80)], end(12), ON_TRACK),
        (LATE, [(end(3), 5), (end(6), 5)], end(8), ON_TRACK),
        # Planned 80 by March, spent 27: the calendar sees nothing.
        (EARLY, [(end(3), 27)], end(3), BEHIND),
        (EARLY, [(end(3), 27)], day(3, 30), ON_TRACK),
        (EARLY, [(end(3), 48)], end(3), AT_RISK),
        (EARLY, [(end(3), 64)], end(3), ON_TRACK),
        # Zeros and repeats around the only rise count for nothing.
        (OCTOBER, [], end(9), ON_TRACK),
        (OCTOBER, [], end(10), BEHIND),
        (OCTOBER, [(day(10, 20), 100)], end(12), ON_TRACK),
        # Paid at each quarter's end: what is due is due there, not between.
        (QUARTERS, [(end(3), 25)], end(5), ON_TRACK),
        (QUARTERS, [(end(3), 25)], end(6), BEHIND),
        (QUARTERS, [(end(3), 25), (end(7), 25)], end(7), ON_TRACK),
    ],
)
@pytest.mark.parametrize("convention", ["linear", "step"])
def test_against_the_plan(path, planned, spent, through, status, convention):
    """What is disbursed ÷ what was due at the last checkpoint passed."""
    keep(path, convention)
    assert project(path, through, spent, planned).status is status


@pytest.mark.parametrize(
    ("spent", "through", "status"),
    [
        ([], day(3, 30), ON_TRACK),  # No quarter has ended.
        ([], end(3), BEHIND),
        ([(end(2), 15)], end(3), AT_RISK),
        ([(end(2), 20)], end(3), ON_TRACK),
        ([(end(2), 20)], end(4), AT_RISK),
        ([(end(2), 30)], end(6), AT_RISK),
        ([(end(2), Decimal("29.999"))], end(6), BEHIND),
    ],
)
def test_against_time(path, spent, through, status):
    """The rate ÷ the share of the year, with a plan that is not asked or without."""
    assert project(path, through, spent).status is status


@pytest.mark.parametrize("policy", [BY_TIME, BY_BOTH])
def test_time_may_be_asked_where_there_is_a_plan(path, policy):
    """Alone, or with the plan: then the worse of the two holds."""
    found = project(path, end(6), [], YEAR_END, policy)

    assert (found.status, found.calendar_status) == (BEHIND, BEHIND)


@pytest.mark.parametrize(
    ("policy", "status"), [(BY_TIME, ON_TRACK), (BY_BOTH, BEHIND), (Policy(), BEHIND)]
)
def test_the_plan_is_asked_unless_time_alone_is(path, policy, status):
    """40 of 80 at the end of March, in a quarter of the year."""
    assert project(path, end(3), [(end(3), 40)], EARLY, policy).status is status


def test_the_calendar_stands_beside_the_status(path):
    """It says what time alone would, and changes nothing."""
    found = project(path, end(9), [], YEAR_END)

    assert (found.status, found.calendar_status) == (ON_TRACK, BEHIND)


@pytest.mark.parametrize(
    ("origin", "through", "spent", "status"),
    [
        ("in_year", day(9, 29), 0, ON_TRACK),
        ("in_year", end(9), 0, BEHIND),
        ("in_year", end(9), 29, BEHIND),  # Three of six months: 29 of 50.
        ("in_year", end(9), 30, AT_RISK),
        ("in_year", end(9), 40, ON_TRACK),
        ("annual", end(9), 44, BEHIND),  # Nine of twelve: 44 of 75.
        ("annual", end(9), 59, AT_RISK),
    ],
)
def test_an_approval_within_the_year_begins_its_time(
    path, origin, through, spent, status
):
    """Approved in July; nothing is expected before September is over."""
    paid = [(end(7), spent)] if spent else []
    found = project(path, through, paid, origin=origin, on=day(7, 1))

    assert found.status is status


def test_a_quarter_must_end_after_the_approval(path):
    """Approved on the last day of one, it has until the end of the next."""
    assert project(path, end(5), [], on=end(3)).status is ON_TRACK


def test_a_quarter_of_the_year_must_end(path):
    """The last one of the year before is none, though approved before its end."""
    found = project(path, end(1), [], on=day(1) - timedelta(17))
    assert found.status is ON_TRACK


def test_at_the_years_end_money_is_never_missed(path):
    """It keeps on track, at risk and behind."""
    assert project(path, end(12), [(end(2), 10)]).status is BEHIND


def test_a_budget_of_nothing_is_not_judged(ledger):
    """Neither against a plan, nor by time."""
    ledger.append(approval(budget=0))
    found = ledger.view(through=end(6)).project("P-1")

    assert (found.status, found.calendar_status) == (NOT_JUDGED, NOT_JUDGED)


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        ({"money_behind_below": Decimal("0.4")}, AT_RISK),
        ({"money_at_risk_below": Decimal("0.7")}, BEHIND),
        ({"money_behind_below": Decimal("0.5"), "at_risk_below": 1}, AT_RISK),
        (
            {
                "money_behind_below": Decimal("0.5"),
                "money_at_risk_below": Decimal("0.5"),
            },
            ON_TRACK,
        ),
    ],
)
def test_the_thresholds_of_money_are_its_own(ledger, policy, status):
    """12.50 of the 25.00 due at the end of March."""
    ledger.append(approval(budget=10_000), disbursement(1_250))
    ledger.policy = Policy(**policy)

    assert ledger.view(through=end(3)).project("P-1").status is status


@pytest.mark.parametrize(
    ("planned", "spent", "through", "ahead"),
    [
        (QUARTERS, 35, end(3), True),
        (QUARTERS, Decimal("34.999"), end(3), False),  # A tenth of the budget above.
        (QUARTERS, 64, end(6), False),  # 128 % of the line.
        (QUARTERS, 65, end(6), True),
        (YEAR_END, 100, end(3), False),  # A single payment is ahead of nothing.
        (OCTOBER, 100, end(6), False),
        (plan((3, 0), (9, 50), (12, 100)), 50, end(3), False),  # Nothing is planned.
        (plan((3, 0), (9, 50), (12, 100)), 50, end(4), True),
        (None, 100, end(3), False),
    ],
)
@pytest.mark.parametrize("convention", ["linear", "step"])
def test_far_ahead_of_the_plan_is_a_finding(
    path, planned, spent, through, ahead, convention
):
    """130 % of the plan read evenly by days, and a tenth of the budget above it."""
    keep(path, convention)
    found = project(path, through, [(end(2), spent)], planned)

    assert ("money.ahead" in [each.code for each in found.findings]) is ahead
    assert found.status is ON_TRACK


def test_how_far_is_ahead_is_policy(path):
    """Either share may be another."""
    later = Policy(money_ahead_from="1.5")
    found = project(path, end(3), [(end(2), 35)], QUARTERS, later)
    assert [each.code for each in found.findings] == []
    least = Policy(money_ahead_by="0.11")
    with Ledger(path, actor="tests", policy=least) as ledger:
        assert not ledger.view(through=end(3)).project("P").findings


def test_a_closing_ends_the_money(ledger):
    """It is closed from its day on; the calendar goes on beside it."""
    ledger.append(approval("P", plan=EARLY))
    ledger.close_project("P", on=day(12, 20))
    before, after = (ledger.view(through=day(12, n)).project("P") for n in (19, 20))
    assert (before.status, after.status) == (BEHIND, Status.CLOSED)
    assert after.calendar_status is BEHIND
    why = ledger.explain("P", "money_status", through=day(12, 20))
    assert str(why.formula).startswith("closed on 2023-12-20")

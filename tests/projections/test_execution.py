from datetime import date
from decimal import Decimal

import pytest

from ledger import (
    EXECUTION,
    AdjustmentKind,
    Checkpoint,
    Funding,
    Policy,
    SpendingPlan,
    Status,
)
from ledger.domain.settings import Settings
from ledger.events import BudgetAdjusted, DisbursementReversed, SpendingPlanRevised
from ledger.projections.execution import execution_line
from ledger.projections.execution_total import total
from support import PROJECT, approval, day, disbursement, fen


def line(ledger, through, project=PROJECT, policy=None, **settings):
    """Return a project's money at *through*."""
    state = EXECUTION.fold(f"project:2023:{project}", ledger.events(stream=project))
    return execution_line(state, through, Settings(**settings), policy or Policy())


def adjusted(amount, on, kind=AdjustmentKind.SUPPLEMENT, source="fiscal"):
    """Return a change of the budget by *amount* fen."""
    amounts = (Funding(source=source, amount=amount),)
    return BudgetAdjusted(
        project=PROJECT, on=on, kind=kind, amounts=amounts, new_source=True
    )


def reversal(amount, on, of="V-1"):
    """Return the reversal of *amount* fen of a payment."""
    return DisbursementReversed(
        project=PROJECT, on=on, voucher=f"R-{of}", of=of, amount=amount
    )


@pytest.mark.parametrize(
    ("through", "current", "disbursed", "rate"),
    [
        (day(2, 28), 100_000, 0, "0"),
        (day(3, 1), 100_000, 10_000, "0.1"),
        (day(4, 1), 100_000, 10_000, "0.1"),
        (day(4, 2), 100_000, 9_000, "0.09"),
        (day(4, 30), 100_000, 9_000, "0.09"),
        (day(5, 1), 120_000, 9_000, "0.075"),
        (day(6, 30), 120_000, 14_000, "0.116667"),
        (day(8, 1), 70_000, 14_000, "0.2"),
    ],
)
def test_money_counts_from_its_day(ledger, through, current, disbursed, rate):
    """Disbursements, a reversal, a supplement and a reduction, each from its day on."""
    ledger.append(
        approval(),
        disbursement(5_000, "V-2", day(6, 30)),
        disbursement(10_000, "V-1", day(3, 1)),
        reversal(1_000, day(4, 2)),
        adjusted(20_000, day(5, 1)),
        adjusted(50_000, day(8, 1), AdjustmentKind.REDUCTION),
    )
    found = line(ledger, through)

    assert found.original_budget == fen(100_000)
    assert found.current_budget == fen(current)
    assert found.disbursed == fen(disbursed)
    assert found.available == fen(current - disbursed)
    assert found.execution_rate == Decimal(rate)


def test_a_project_has_no_line_before_its_approval(ledger):
    """It begins on the day of its approval."""
    ledger.append(approval(on=day(2, 10)))

    assert line(ledger, day(2, 9)) is None
    assert line(ledger, day(2, 10)).current_budget == fen(100_000)


@pytest.mark.parametrize(
    ("through", "linear", "step"),
    [
        (day(1, 31), 8_611, 0),
        (day(2, 14), 12_500, 0),
        (day(3, 30), 24_722, 0),
        (day(3, 31), 25_000, 25_000),
        (day(4, 30), 33_242, 25_000),
        (day(6, 30), 50_000, 50_000),
        (day(12, 31), 100_000, 100_000),
    ],
)
def test_the_plan_is_read_by_the_ledgers_convention(ledger, through, linear, step):
    """By days, 31 of 90 in January, or by the last checkpoint passed."""
    ledger.append(approval())

    assert line(ledger, through, convention="linear").planned == fen(linear)
    assert line(ledger, through, convention="step").planned == fen(step)


def test_variance_is_disbursed_less_planned(ledger):
    """Negative is behind; where nothing is planned yet there is no rate."""
    ledger.append(approval(), disbursement(20_000))
    march = line(ledger, day(3, 31))
    early = line(ledger, day(3, 30), convention="step")

    assert (march.variance, march.plan_rate) == (fen(-5_000), Decimal("0.8"))
    assert march.pace == (8 << 107) // 10
    assert (early.variance, early.plan_rate, early.pace) == (
        fen(20_000),
        None,
        1 << 107,
    )


@pytest.mark.parametrize(
    ("through", "first_month", "progress"),
    [
        (day(2, 14), 1, "0.125"),
        (day(3, 31), 1, "0.25"),
        (day(12, 31), 1, "1"),
        (day(9, 30), 4, "0.5"),
        (date(2024, 3, 31), 4, "1"),
    ],
)
def test_time_progress_is_the_share_of_the_fiscal_year(
    ledger, through, first_month, progress
):
    """A month end is month ÷ 12; half of February is 1.5 months."""
    ledger.append(approval())
    found = line(ledger, through, first_month=first_month)

    assert found.time_progress == Decimal(progress)


def test_each_funding_source_has_its_own_amounts(ledger):
    """One that only an adjustment brought had no budget at first."""
    sources = (
        Funding(source="fiscal", amount=60_000),
        Funding(source="other", amount=40_000),
    )
    ledger.append(
        approval(amounts=sources),
        disbursement(6_000, "V-1"),
        disbursement(8_000, "V-2", source="other"),
        reversal(3_000, day(4), of="V-2"),
        adjusted(10_000, day(5), source="lottery"),
    )
    found = line(ledger, day(5)).by_source
    amounts = {
        source: (money.original_budget, money.current_budget, money.disbursed)
        for source, money in found.items()
    }

    assert amounts == {
        "fiscal": (fen(60_000), fen(60_000), fen(6_000)),
        "other": (fen(40_000), fen(40_000), fen(5_000)),
        "lottery": (0, fen(10_000), 0),
    }
    assert found["other"].execution_rate == Decimal("0.125")
    assert "lottery" not in line(ledger, day(4)).by_source


def test_without_a_budget_there_is_no_rate(ledger):
    """Undefined is not 0, and nothing is judged."""
    ledger.append(approval(budget=0))
    found = line(ledger, day(6, 30))

    assert (found.execution_rate, found.plan_rate) == (None, None)
    assert found.status is found.calendar_status is Status.NOT_DUE


def test_months_of_the_future_have_a_plan_and_no_payments(ledger):
    """What was disbursed is known to June; a payment of July is not in the view."""
    ledger.append(
        approval(),
        disbursement(10_000, "V-1", day(1, 15)),
        disbursement(5_000, "V-2", day(3, 31)),
        reversal(2_000, day(4, 5)),
        disbursement(1_000, "V-3", day(7, 1)),
    )
    months = line(ledger, day(6, 30)).months

    assert [month.month for month in months][::11] == ["2023-01", "2023-12"]
    assert [month.disbursed for month in months] == [
        *map(fen, (10_000, 0, 5_000, -2_000, 0, 0)),
        *[None] * 6,
    ]
    assert [month.cumulative_disbursed for month in months] == [
        *map(fen, (10_000, 10_000, 15_000, 13_000, 13_000, 13_000)),
        *[None] * 6,
    ]
    quarters = [month.cumulative_planned for month in months[2::3]]
    assert quarters == [fen(amount) for amount in (25_000, 50_000, 75_000, 100_000)]
    assert months[0].planned == fen(8_611)
    assert sum(month.planned for month in months) == fen(100_000)


def test_months_are_those_of_the_fiscal_year(ledger):
    """A year that begins in April ends in March."""
    ledger.append(approval())
    months = line(ledger, day(6, 30), first_month=4).months

    assert [month.month for month in months][::11] == ["2023-04", "2024-03"]


def test_a_revised_plan_holds_from_its_day(ledger):
    """Then all months follow it; until then the old one stands, and a note says so."""
    checkpoints = (Checkpoint(day(9, 30), 90_000), Checkpoint(day(12, 31), 120_000))
    plan = SpendingPlan(checkpoints=checkpoints)
    ledger.append(
        approval(),
        adjusted(20_000, day(6, 1)),
        SpendingPlanRevised(project=PROJECT, on=day(7, 1), plan=plan),
    )
    june, autumn = line(ledger, day(6, 30)), line(ledger, day(9, 30))

    assert line(ledger, day(5, 31)).findings == ()
    assert [finding.code for finding in june.findings] == ["plan.not_revised"]
    assert autumn.findings == ()
    assert (june.planned, autumn.planned) == (fen(50_000), fen(90_000))
    assert (june.original_planned, autumn.original_planned) == (
        fen(50_000),
        fen(75_000),
    )
    months = [month.cumulative_planned for month in autumn.months[2::3]]
    assert months == [fen(amount) for amount in (29_670, 59_670, 90_000, 120_000)]


def test_rates_of_a_total_come_from_its_sums(ledger):
    """900 of 1,000 and 0 of 9,000 are 9 %, never the mean of 90 % and 0 %."""
    other = (Funding(source="other", amount=900_000),)
    ledger.append(approval("A"), approval("B", amounts=other))
    ledger.append(disbursement(90_000, project="A"))
    march = day(3, 31)
    lines = [line(ledger, march, project=code) for code in "BA"]
    whole = total(lines, march, Settings())

    assert (whole.original_budget, whole.disbursed) == (fen(1_000_000), fen(90_000))
    assert whole.execution_rate == Decimal("0.09")
    assert whole.planned == fen(250_000)
    assert (whole.variance, whole.plan_rate) == (fen(-160_000), Decimal("0.36"))
    assert whole.time_progress == Decimal("0.25")
    assert list(whole.by_source) == ["fiscal", "other"]
    assert whole.by_source["fiscal"].execution_rate == Decimal("0.9")
    assert whole.by_source["other"].disbursed == 0


def test_a_total_of_nothing_has_no_rate():
    """Sums are 0, and 0 of 0 is undefined."""
    whole = total([], day(3, 31), Settings())

    assert (whole.current_budget, whole.disbursed) == (0, 0)
    assert (whole.execution_rate, whole.plan_rate) == (None, None)

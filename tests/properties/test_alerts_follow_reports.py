"""Alerts say of statuses what monthly reports say, month by month."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Ledger, Policy
from support import PROJECT, approval, indicator

AMOUNTS = st.integers(min_value=1, max_value=30_000)
PAID = st.lists(st.tuples(st.integers(1, 12), AMOUNTS), max_size=4)
RESULTS = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 6)), max_size=4)
POLICIES = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 100), st.integers(0, 100)), max_size=2
)
MONTHS = st.integers(1, 12)
SHORT = {"level.short", "count.short", "date.late", "target.exceeded"}


def told(paid, results, policies):
    """Return a ledger in which that was recorded."""
    ledger = Ledger(":memory:", actor="t")
    ledger.append(approval(indicators=(indicator(), indicator("合格率", "≥95%"))))
    for number, (month, amount) in enumerate(paid):
        money = ledger.view(through=date(2023, 12, 31)).project(PROJECT)
        if money.minor_disbursed + amount <= money.minor_current:
            left = money.currency.major(amount)
            day = date(2023, month, 3)
            ledger.disburse(PROJECT, left, voucher=f"V-{number}", on=day)
    for number, (month, value) in enumerate(results):
        name = ("开展就业培训数", "合格率")[number % 2]
        ledger.report_result(PROJECT, name, value * 15, on=date(2023, month, 9))
    for month, first, second in policies:
        low, high = sorted((first, second))
        shares = {"behind_below": low, "at_risk_below": high}
        shares |= {f"money_{name}": share for name, share in shares.items()}
        policy = Policy(
            **{name: f"{share / 100:.2f}" for name, share in shares.items()}
        )
        ledger.set_policy(policy, on=date(2023, month, 1))
    return ledger


def wrong(ledger, month):
    """Return what a report of a month shows as wrong: the money, and indicators."""
    (project,) = ledger.monthly_report(2023, month).projects
    asked = {None} if project.money_status.row.asks_why else set()
    return asked | {
        (line.indicator, str(line.status) == "exceeded", line.measure.row.adds_up)
        for line in project.indicators
        if line.status.row.asks_why
    }


def key(alert):
    """Return the same of an alert."""
    label, code = alert.condition.indicator, alert.code.value
    return label and (label, code == "target.exceeded", label == "开展就业培训数")


@settings(max_examples=40)
@given(PAID, RESULTS, POLICIES, MONTHS)
def test_alerts_of_statuses_are_those_of_the_reports(paid, results, policies, month):
    """The same things, and as many months in a row as reports show them."""
    with told(paid, results, policies) as ledger:
        shown = [wrong(ledger, number) for number in range(1, month + 1)]
        listed = [
            alert
            for alert in ledger.alerts(2023, month).alerts
            if alert.code.value in {*SHORT, "money.behind_plan"}
        ]
        assert {key(alert) for alert in listed} == shown[-1]
        for alert in listed:
            streak = 0
            while streak < month and key(alert) in shown[-1 - streak]:
                streak += 1
            assert alert.streak == streak
            assert alert.since == f"2023-{month - streak + 1:02}"

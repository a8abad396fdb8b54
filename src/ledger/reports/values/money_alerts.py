"""What is alerted about the money of a project on a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from ledger.domain.budget import PlanInForce, plan_at
from ledger.domain.exact_numbers import PLACES, quotient, rounded
from ledger.domain.finding import Finding
from ledger.domain.money import share
from ledger.domain.policy import MoneyAgainst, Policy
from ledger.domain.settings import Settings
from ledger.messages import message
from ledger.projections.execution import ExecutionLine
from ledger.projections.money_status import due_by, elapsed_of, time_from
from ledger.reports.values.alert_conditions import AlertCode, Condition

_STALLED_DAYS: Final = 92
"""So many days without a disbursement, while the plan grew, are a standstill."""

_RELAXED_WITHIN: Final = 30
"""Days after a revision of the plan within which a checkpoint is near."""

_SPIKE: Final = Fraction(1, 4)
"""What is disbursed in the last month of a year from which on that is a rush."""

_TWICE: Final = frozenset({"disbursement.likely_twice", "adjustment.likely_twice"})

_FINDINGS: Final = {
    AlertCode.AHEAD: frozenset({"money.ahead"}),
    AlertCode.CARRY_OLDER: frozenset({"carry.older"}),
    AlertCode.LIKELY_TWICE: _TWICE,
}
"""The findings about money that are alerts, by the code of these."""


def money_conditions(
    line: ExecutionLine, settings: Settings, policy: Policy
) -> Iterator[Condition]:
    """Yield what is wrong with a project's money at the day of its line."""
    if line.has_budget and line.closed_on is None and line.minor_current > 0:
        yield from _status(line, settings, policy)
        yield from _stalled(line, settings)
        yield from _spike(line, settings)
    yield from _relaxed(line, settings)
    yield from _overdue(line, settings)
    yield from _noted(line)


def _status(
    line: ExecutionLine, settings: Settings, policy: Policy
) -> Iterator[Condition]:
    """Yield what is spent too slowly: against what was due, or against time."""
    if not line.status.row.asks_why:
        return
    plan = plan_at(line.budget.plans, line.through)
    due, least = line.minor_due, policy.money_at_risk_below
    by_plan = policy.money_against is not MoneyAgainst.TIME and plan is not None
    if by_plan and line.minor_disbursed < due:
        assert plan is not None
        day = max(day for day in plan.days if day <= line.through.toordinal())
        on = date.fromordinal(day)
        yield Condition(
            AlertCode.BEHIND_PLAN,
            None,
            line.status,
            message(
                "alert.due_by_plan",
                disbursed=settings.money(line.minor_disbursed),
                due=settings.money(due),
                on=on,
            ),
            figure=share(line.minor_disbursed, due),
            threshold=least,
            due=on,
        )
        return
    year = settings.year(line.fiscal_year)
    elapsed = elapsed_of(line.budget, line.through, year)
    rate = quotient(line.minor_disbursed, line.minor_current)
    yield Condition(
        AlertCode.BEHIND_PLAN,
        None,
        line.status,
        message(
            "alert.due_by_time",
            disbursed=settings.money(line.minor_disbursed),
            current=settings.money(line.minor_current),
        ),
        figure=rounded(Fraction(rate) / elapsed, PLACES),
        threshold=least,
        due=year.quarter_ended(line.through),
    )


def _stalled(line: ExecutionLine, settings: Settings) -> Iterator[Condition]:
    """Yield that nothing is disbursed although more was due, for a long time."""
    plan = plan_at(line.budget.plans, line.through)
    year = settings.year(line.fiscal_year)
    before = line.through - timedelta(days=_STALLED_DAYS)
    if plan is None or time_from(line.budget, year) > before:
        return
    due, spent = line.minor_due, line.minor_disbursed
    if spent >= due or due_by(plan, before) >= due:
        return
    if line.cumulative([before])[1] != [spent]:
        return
    yield Condition(
        AlertCode.STALLED,
        None,
        None,
        message("alert.nothing_disbursed", days=_STALLED_DAYS, since=before),
        figure=settings.currency.major(spent),
        threshold=settings.currency.major(due),
    )


def _spike(line: ExecutionLine, settings: Settings) -> Iterator[Condition]:
    """Yield that much is disbursed in a year's last month, and more than falls due."""
    *_, before, last = settings.year(line.fiscal_year).month_ends()
    if not before < line.through <= last:
        return
    _, disbursed = line.cumulative([before, line.through])
    spent = disbursed[1] - disbursed[0]
    if spent < _SPIKE * line.minor_current or spent <= 0:
        return
    plan = plan_at(line.budget.plans, line.through)
    if plan is not None and spent <= due_by(plan, last) - due_by(plan, before):
        return
    yield Condition(
        AlertCode.YEAR_END_SPIKE,
        None,
        None,
        message(
            "alert.last_month",
            spent=settings.money(spent),
            current=settings.money(line.minor_current),
        ),
        figure=share(spent, line.minor_current),
        threshold=rounded(_SPIKE, PLACES),
    )


def _relaxed(line: ExecutionLine, settings: Settings) -> Iterator[Condition]:
    """Yield the last revision that lowered what is due, or is due soon."""
    revised = [plan for plan in line.budget.plans if plan.since <= line.through]
    lowered = [
        (new, day)
        for old, new in pairwise(revised)
        if (day := _first_lowered(old, new)) is not None
    ]
    if not lowered:
        return
    plan, day = lowered[-1]
    original = due_by(revised[0], line.through)
    yield Condition(
        AlertCode.PLAN_RELAXED,
        None,
        None,
        message(
            "alert.plan_relaxed",
            since=plan.since,
            on=day,
            original=settings.money(original),
        ),
        figure=share(line.minor_disbursed, original),
        due=day,
        since=plan.since,
    )


def _first_lowered(old: PlanInForce, new: PlanInForce) -> date | None:
    """Return the first checkpoint passed or near at which a revision has less due."""
    last = new.since.toordinal() + _RELAXED_WITHIN
    for day in sorted({*old.days, *new.days}):
        on = date.fromordinal(day)
        if day <= last and due_by(new, on) < due_by(old, on):
            return on
    return None


def _overdue(line: ExecutionLine, settings: Settings) -> Iterator[Condition]:
    """Yield that commitments were due and are not paid."""
    days = line.days_overdue
    if not days:
        return
    since = line.through - timedelta(days=days)
    yield Condition(
        AlertCode.COMMITMENT_OVERDUE,
        None,
        None,
        message(
            "alert.commitments_overdue",
            count=line.overdue_commitments,
            open=settings.amount(line.overdue_open),
            on=since,
        ),
        figure=line.overdue_open,
        due=since,
    )


def _noted(line: ExecutionLine) -> Iterator[Condition]:
    """Yield what findings about the money say, one for note code."""
    for code, known in _FINDINGS.items():
        findings = [note for note in line.findings if note.code in known]
        if findings:
            parts = [note.content for note in findings]
            yield Condition(
                code,
                None,
                None,
                message("alert.found", parts=parts),
                documents=tuple(name for note in findings for name in _names(note)),
            )


def _names(finding: Finding) -> list[str]:
    """Return the vouchers or the documents that a note about likenesses names."""
    if finding.code not in _TWICE:
        return []
    others: Any = finding.values.get("others")
    return [str(finding.found), *(others.values["parts"] if others else ())]

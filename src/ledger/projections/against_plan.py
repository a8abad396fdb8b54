"""What the spending plans of a project say of a day."""

from datetime import date
from typing import Final, NamedTuple

from ledger.domain.announcements import announced_by
from ledger.domain.budget import Budget, PlanInForce, is_opened_by, plan_at
from ledger.domain.calendar import FiscalYear
from ledger.domain.finding import Finding, finding
from ledger.domain.plan import planned
from ledger.domain.settings import Settings
from ledger.messages import message


class AgainstPlan(NamedTuple):
    """What plans say of a day, in minor units; *unplanned* is 1 where there is none."""

    due: int
    first_due: int
    unplanned: int
    plan: PlanInForce | None
    findings: tuple[Finding, ...]


_UNPLANNED: Final = AgainstPlan(0, 0, 1, None, ())
_NO_BUDGET: Final = AgainstPlan(0, 0, 0, None, ())
"""Of a project-year of which only refunds are known: it has nothing to plan."""


def against_plan(
    state: Budget, current: int, on: date, year: FiscalYear, settings: Settings
) -> AgainstPlan:
    """Return what the plan in force and the first say of a day, and what is amiss."""
    plan = plan_at(state.plans, on)
    if plan is None:
        return _UNPLANNED if is_opened_by(state, on) else _NO_BUDGET
    first = state.plans[0]
    findings: tuple[Finding, ...] = ()
    awaited = sum(announced_by(state, on).values()) if state.announcements else 0
    if plan.end != current + awaited:
        wrong = finding(
            "plan.not_revised",
            place=state.project,
            expected=message("expected.revised_plan"),
            end=settings.money(plan.end),
            current=settings.money(current),
        )
        findings = (wrong.spoken(settings.language),)
    due = _due(plan, on, year, settings)
    first_due = due if plan is first else _due(first, on, year, settings)
    return AgainstPlan(due, first_due, 0, plan, findings)


def _due(plan: PlanInForce, on: date, year: FiscalYear, settings: Settings) -> int:
    """Return what *plan* says is spent by *on*, in minor units."""
    eve = year.eve.toordinal()
    return planned(plan.days, plan.amounts, on.toordinal(), eve, settings.convention)

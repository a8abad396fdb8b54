"""The money of projects, recomputed from the list of facts for every figure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.events import (
    AdjustmentCorrected,
    ApprovalWithdrawn,
    BudgetAdjusted,
    BudgetApproved,
    CarriedOver,
    CarryReturned,
    Disbursed,
    DisbursementReversed,
    PriorYearRefund,
    ProjectClosed,
    ProjectReopened,
    SpendingPlanRevised,
)

from .book import Fact
from .calendar import ONE_DAY, Year
from .commitments import OF_COMMITMENTS, open_in
from .spelling import within
from .vouchers import signed

MONEY = (
    BudgetApproved,
    ApprovalWithdrawn,
    BudgetAdjusted,
    AdjustmentCorrected,
    SpendingPlanRevised,
    ProjectClosed,
    ProjectReopened,
    CarriedOver,
    CarryReturned,
    Disbursed,
    DisbursementReversed,
    PriorYearRefund,
    *OF_COMMITMENTS,
)
ADDS = {"supplement": 1, "virement_in": 1, "reduction": -1, "virement_out": -1}
ADDS |= {"recall": -1, "carried_in": 1, "carry_returned": -1}


def half_up(exact: Fraction) -> int:
    """Round to a whole number, halves away from zero."""
    sign = -1 if exact < 0 else 1
    return sign * int(abs(exact) + Fraction(1, 2))


def of_project(facts: Iterable[Fact], project: str, year: int) -> list[Any]:
    """Return the money facts of one project in a fiscal year."""
    return [
        f.event
        for f in facts
        if isinstance(f.event, MONEY) and f.event.project == project and f.year == year
    ]


def approval(facts: list[Any]) -> BudgetApproved | None:
    """Return the approval among the facts of one project."""
    return next((f for f in facts if isinstance(f, BudgetApproved)), None)


def closing(facts: list[Any]) -> ProjectClosed | None:
    """Return the closing of one project that was not lifted again."""
    found = None
    for f in facts:
        if isinstance(f, ProjectClosed):
            found = f
        elif isinstance(f, ProjectReopened):
            found = None
    return found


def given(event: BudgetApproved | BudgetAdjusted) -> list[Any]:
    """Return the amounts of a fact without what legs of their own bring."""
    legs = getattr(event, "carried", ())
    return [a for a in event.amounts if a not in legs]


def sources(facts: list[Any]) -> list[str]:
    """Return the sources that a project has, in order of their names."""
    found = {
        a.source
        for f in facts
        if isinstance(f, (BudgetApproved, BudgetAdjusted))
        for a in given(f)
    }
    return sorted(found)


def sources_shown(facts: list[Any], day: date) -> list[str]:
    """
    Return the sources that a project has by a day, those of refunds among them.

    What an exception paid may be of one that comes later.
    """
    known = sources([f for f in facts if f.on <= day])
    known += [f.source for f in facts if isinstance(f, Disbursed) and f.on <= day]
    back = {f.source for f in facts if isinstance(f, PriorYearRefund)}
    return sorted({*known, *(one for one in back if one and refunded(facts, one, day))})


def filled(facts: list[Any]) -> set[str]:
    """Return the sources from which a project has or had money, or an exception paid."""
    paid = {f.source for f in facts if getattr(f, "exception", None) is not None}
    return paid | {
        a.source
        for f in facts
        if isinstance(f, (BudgetApproved, BudgetAdjusted))
        for a in given(f)
        if a.amount
    }


def mixed(names: set[str]) -> bool:
    """Return whether one of some sources is part of another."""
    return any(b.startswith(f"{a}/") for a in names for b in names)


PARTS = {
    "supplements": "supplement",
    "virements_in": "virement_in",
    "carried_in": "carried_in",
    "reductions": "reduction",
    "virements_out": "virement_out",
    "recalls": "recall",
    "carry_returned": "carry_returned",
}
"""Figures of how a budget came about, by the kind of the adjustments they sum."""

PART_NAMES = ("in_year_budget", *PARTS)


def approved(
    facts: list[Any], source: str | None, day: date, belongs: Callable[[Any, str], bool]
) -> int:
    """Return what was approved and belongs, of one source or of all."""
    return sum(
        a.amount
        for f in facts
        if isinstance(f, BudgetApproved) and f.on <= day
        for a in given(f)
        if within(a.source, source) and belongs(f, a.source)
    )


def is_carried(source: str) -> bool:
    """Return whether a source is money of the year before."""
    return source.split("/", maxsplit=1)[0] == "carried_over"


def original(facts: list[Any], source: str | None, day: date) -> int:
    """Return what was approved with the year's budget."""

    def belongs(approval: Any, own: str) -> bool:
        return approval.origin == "annual" and not is_carried(own)

    return approved(facts, source, day, belongs)


def parts(facts: list[Any], source: str | None, day: date) -> dict[str, int]:
    """Return what the budget has beside the original one, each as a figure."""

    def in_year(approval: Any, own: str) -> bool:
        return approval.origin == "in_year" and not is_carried(own)

    found = {"in_year_budget": approved(facts, source, day, in_year)}
    for name, kind in PARTS.items():
        found[name] = adjusted(facts, source, day, {kind: 1})
    found["carried_in"] += approved(facts, source, day, lambda _, own: is_carried(own))
    return found


def current(facts: list[Any], source: str | None, day: date) -> int:
    """Return what is approved with the adjustments effective by *day*."""
    first = approved(facts, source, day, lambda *_: True)
    return first + adjusted(facts, source, day, ADDS)


def adjusted(
    facts: list[Any], source: str | None, day: date, signs: Mapping[str, int]
) -> int:
    """Return what adjustments come to by their kinds, less those that were wrong."""
    return sum(
        signs.get(f.kind, 0)
        * (a.amount if isinstance(f, BudgetAdjusted) else -a.amount)
        for f in facts
        if isinstance(f, BudgetAdjusted | AdjustmentCorrected) and f.on <= day
        for a in f.amounts
        if within(a.source, source)
    )


def disbursed(facts: list[Any], source: str | None, day: date) -> int:
    """Return what left, less what came back by *day*."""
    return sum(
        signed(f)
        for f in facts
        if isinstance(f, Disbursed | DisbursementReversed)
        and f.on <= day
        and within(f.source or "", source)
    )


def refunded(facts: list[Any], source: str | None, day: date) -> int:
    """Return what came back of earlier years by a day."""
    return sum(
        -f.amount if f.takes_back else f.amount
        for f in facts
        if isinstance(f, PriorYearRefund)
        and f.on <= day
        and within(f.source or "", source)
    )


def closed_with(facts: list[Any], source: str | None, day: date, part: str) -> int:
    """Return what a closing carried over, or let lapse, of one source or of all."""
    end = closing(facts)
    if end is None or end.on > day:
        return 0
    return sum(a.amount for a in getattr(end, part) if within(a.source, source))


def available(facts: list[Any], source: str | None, day: date) -> int:
    """Return what may still be spent: nothing once closed."""
    return unclaimed(facts, source, day) - withheld(facts, source, day)


def unclaimed(facts: list[Any], source: str | None, day: date) -> int:
    """Return what is neither spent, nor committed, nor gone with the closing."""
    return (
        current(facts, source, day)
        - disbursed(facts, source, day)
        - open_in(facts, source, day)
        - closed_with(facts, source, day, "carried_over")
        - closed_with(facts, source, day, "lapsed")
    )


def least(facts: list[Any], source: str, since: date) -> int:
    """
    Return the least that a source has from a day on.

    What was handed on and did not come back is missing, whenever it went.
    """
    days = {since, *(f.on for f in facts if f.on > since)}
    rest = unclaimed(facts, source, max(days)) - withheld(facts, source, date.max)
    return min(rest, *(unclaimed(facts, source, day) for day in days))


def handed_on(facts: list[Any], source: str | None, day: date) -> int:
    """Return what went on to the year after by a day, less what came back."""
    return sum(
        a.amount if isinstance(f, CarriedOver) else -a.amount
        for f in facts
        if isinstance(f, CarriedOver | CarryReturned) and f.on <= day
        for a in f.amounts
        if within(a.source, source)
    )


def withheld(facts: list[Any], source: str | None, day: date) -> int:
    """Return what was handed on where the year is not closed by a day."""
    end = closing(facts)
    closed = end is not None and end.on <= day
    return 0 if closed else handed_on(facts, source, day)


def plan_at(facts: list[Any], day: date) -> Any:
    """Return the plan in force: the last effective, the last recorded among equals."""
    plan, since = None, date.min
    for f in facts:
        takes = isinstance(f, (BudgetApproved, SpendingPlanRevised)) and f.plan
        if takes and since <= f.on <= day:
            plan, since = f.plan, f.on
    return plan


def known_sum(amounts: Iterable[int | None]) -> int | None:
    """Return a sum of which every part is known."""
    parts = [*amounts]
    known = [part for part in parts if part is not None]
    return None if len(known) < len(parts) else sum(known)


def plan_reason(unplanned: int, *, alone: bool) -> Any:
    """Return why nothing is known of what is planned, of one project or of several."""
    if not unplanned:
        return None
    if alone:
        return {"code": "reason.no_plan", "values": {}}
    return {"code": "reason.unplanned", "values": {"count": unplanned}}


def first_plan(facts: list[Any], day: date) -> Any:
    """Return the plan that came first, if any has come by a day."""
    takes = [f for f in facts if isinstance(f, (BudgetApproved, SpendingPlanRevised))]
    known = [f for f in takes if f.plan and f.on <= day]
    return min(known, key=lambda f: f.on).plan if known else None


def planned(plan: Any, day: date, year: Year, convention: str) -> int | None:
    """Return what is planned by the end of *day*, in minor units; of no plan nothing."""
    if plan is None:
        return None
    before, had = year.eve, 0
    for point in plan.checkpoints:
        if day < point.on:
            if convention == "step":
                return had
            share = Fraction((day - before).days, (point.on - before).days)
            return had + half_up(share * (point.amount - had))
        before, had = point.on, point.amount
    return had


def months(
    facts: list[Any], through: date, year: Year, convention: str
) -> list[tuple[str, int | None, int | None, int | None, int | None]]:
    """Return the year by month under the one plan that is in force at *through*."""
    plan = plan_at(facts, through)
    rows = []
    planned_before = spent_before = 0
    first = year.first
    for last in year.ends:
        to_date = planned(plan, last, year, convention)
        begun = first <= through
        spent = disbursed(facts, None, min(last, through))
        rows.append(
            (
                year.month_of(last),
                None if to_date is None else to_date - planned_before,
                spent - spent_before if begun else None,
                to_date,
                spent if begun else None,
            )
        )
        planned_before, spent_before = to_date or 0, spent
        first = last + ONE_DAY
    return rows

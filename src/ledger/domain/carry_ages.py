"""How old carried-over money of a project-year is, and what is left of each year."""

from datetime import date
from typing import Final

from ledger.domain.budget import Budget, current_by_source
from ledger.domain.carried_money import CarriedPart, OfYear, between, oldest_first
from ledger.domain.funding import is_carried_over

_YEAR_ENDS: Final = 2
"""How many year-ends carried-over money may have seen without a finding."""


def is_older(part: OfYear | CarriedPart, fiscal_year: int) -> bool:
    """Return whether money of a year saw more than two year-ends before another."""
    return fiscal_year - part.since > _YEAR_ENDS


def years_of(budget: Budget, source: str, through: date) -> list[OfYear]:
    """
    Return of which years the budget of a source is by a day, oldest first.

    What came from the year before is of that year where nothing says otherwise.
    """
    whole = current_by_source(budget, through).get(source, 0)
    if not is_carried_over(source):
        return oldest_first({budget.fiscal_year: whole})
    sums: dict[int, int] = {}
    for on, owner, since, amount in budget.carried_in:
        if owner == source and on <= through:
            sums[since] = sums.get(since, 0) + amount
    before = budget.fiscal_year - 1
    sums[before] = sums.get(before, 0) + whole - sum(sums.values())
    return oldest_first(sums)


def left_of_years(budget: Budget, source: str, through: date) -> list[OfYear]:
    """
    Return what is left of a source by a day, of which years.

    The oldest is spent first, and lapses first. What a closing carries over is left.
    """
    parts = years_of(budget, source, through)
    movements = budget.disbursements.get(source)
    gone = 0 if movements is None else movements.spent(through)
    if budget.closed_on is not None and budget.closed_on <= through:
        gone += budget.lapsed.get(source, 0)
    return between(parts, max(0, gone), sum(part.amount for part in parts))


def carried_years(budget: Budget, source: str) -> list[OfYear]:
    """Return of which years is what a closing carried over of a source."""
    parts = years_of(budget, source, date.max)
    whole = sum(part.amount for part in parts)
    return between(parts, whole - budget.carried_over.get(source, 0), whole)

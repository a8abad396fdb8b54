"""Carried-over money that a form prints: what is due of it, and what a giver has."""

from collections.abc import Mapping
from datetime import date

from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import Budget
from ledger.domain.carried_money import Announcement
from ledger.domain.events import BudgetApproved
from ledger.domain.funding import Funding, SourceRoot, spent_as
from ledger.domain.in_force import latest

_BARE = SourceRoot.CARRIED_OVER.value


def announcement_of(
    budget: Budget, event: BudgetApproved | FormRevised
) -> Announcement | None:
    """Return what the form that an event holds announces, if it says so."""
    if isinstance(event, BudgetApproved):
        if not event.carried:
            return None
        giver, since = event.carried_from or event.project, event.on
        return Announcement(since, giver, _sums(event.carried))
    if event.carried is None or not budget.announcements:
        return None
    first = budget.approved_on if event.correction else None
    giver = budget.announcements[-1].giver
    return Announcement(first or event.on, giver, _sums(event.carried))


def since_of_announcement(announcement: Announcement) -> date:
    """Return the day from which a form announces it, to sort by."""
    return announcement.since


def announcement_at(budget: Budget, through: date) -> Announcement | None:
    """Return what the form in force on a day announces."""
    return latest(budget.announcements, through, since_of_announcement)


def came_by(budget: Budget, through: date) -> dict[str, int]:
    """Return what came from the year before by a day, less what went back."""
    came: dict[str, int] = {}
    for on, source, amount, kind, _ in budget.adjustments:
        if kind.is_carry and on <= through:
            came[source] = came.get(source, 0) + amount
    return came


def announced_by(budget: Budget, through: date) -> dict[str, int]:
    """
    Return what is announced by a day and did not come yet, by source.

    It is no part of the budget. 上年结转 without a source is whatever came.
    """
    announced = announcement_at(budget, through)
    if announced is None:
        return {}
    came = came_by(budget, through)
    missing = {
        source: amount
        - (sum(came.values()) if source == _BARE else came.get(source, 0))
        for source, amount in announced.amounts.items()
    }
    return {source: amount for source, amount in missing.items() if amount > 0}


def shared(asked: Mapping[str, int], left: Mapping[str, int]) -> dict[str, int]:
    """
    Return what a giver has of what is asked for, by its own sources, the oldest first.

    >>> shared({"carried_over/fiscal": 30}, {"carried_over/fiscal": 20, "fiscal": 90})
    {'carried_over/fiscal': 20, 'fiscal': 10}
    >>> shared({"carried_over": 30}, {"fiscal": 20, "other": 20})
    {}
    >>> shared({"carried_over": 30}, {"carried_over": 30, "other": 20})
    {'carried_over': 30}

    Args:
        asked: By source as the year after has it. 上年结转 without a source is all that
            is left, or of the only source, or what has that name; else nothing says of
            which.
    """
    found: dict[str, int] = {}
    for source, amount in asked.items():
        names, rest = [source, spent_as(source)], amount
        if source == _BARE:
            names = sorted(left)
            if len(names) > 1 and amount < sum(left.values()):
                names = [_BARE]
        for name in names:
            part = min(rest, left.get(name, 0) - found.get(name, 0))
            if part > 0:
                found[name] = found.get(name, 0) + part
                rest -= part
    return found


def _sums(parts: tuple[Funding, ...]) -> dict[str, int]:
    return {part.source: part.amount for part in parts if part.amount}

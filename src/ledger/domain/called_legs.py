"""Which legs of carry-overs forms and closings call for; recording and verify ask."""

from collections.abc import Iterable, Mapping
from datetime import date

from ledger.domain.announcements import announcement_at, announcement_of, came_by
from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import Budget
from ledger.domain.calendar import FiscalYear
from ledger.domain.carry_rules import handed_on
from ledger.domain.events import BudgetApproved, Event
from ledger.domain.funding import spent_as


def printed_less(money: Budget, fact: Event) -> dict[str, int] | None:
    """
    Return what a form prints less than the one before, by source.

    A closing prints nothing; ``None`` where a form calls for no legs.

    Args:
        money: That of its project-year before it.
    """
    less: dict[str, int] = {}
    if isinstance(fact, BudgetApproved | FormRevised):
        after = announcement_of(money, fact)
        if after is None:
            return None
        before = announcement_at(money, date.max)
        for source, amount in before.amounts.items() if before else ():
            gone = amount - after.amounts.get(source, 0)
            if gone > 0:
                less[source] = gone
    return less


def days_to_hand_over(
    taker: Budget, since: date, year: FiscalYear, today: date
) -> Iterable[date]:
    """
    Return the days of a year on which announced money may come, the best one first.

    That is the day from which the form is in force, and none before it; after money
    that came and went back; today, where those days are closed.
    """
    legs = [each.on for each in taker.adjustments if each.kind.is_carry]
    days = (since, *legs[-1:], today)
    first = max(since, year.start)
    return dict.fromkeys(min(max(day, first), year.end) for day in days)


def taken_back(
    giver: Budget,
    taker: Budget,
    less: Mapping[str, int],
    printed: Mapping[str, int],
) -> dict[str, int]:
    """Return what came, and a form does not print any more, by source of its giver."""
    found: dict[str, int] = {}
    came = came_by(taker, date.max)
    for source, amount in less.items():
        names = [source] if spent_as(source) else sorted(came)
        rest = min(amount, sum(came.get(n, 0) for n in names) - printed.get(source, 0))
        for name in names:
            for own in (spent_as(name), name):
                part = min(rest, handed_on(giver, own) - found.get(own, 0))
                if part > 0:
                    found[own] = found.get(own, 0) + part
                    rest -= part
    return found

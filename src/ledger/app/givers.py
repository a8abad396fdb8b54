"""Whose year before gives the carried-over money that a form prints, and to whom."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import Final

from attrs import evolve

from ledger.app.underway import MoneyOfOthers
from ledger.domain.announcements import announcement_at, shared
from ledger.domain.budget import Budget, opened_on
from ledger.domain.carry_rules import left_to_hand_on
from ledger.domain.codes import unknown_project
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted, BudgetApproved
from ledger.domain.funding import canonical_source, is_carried_over, named_source
from ledger.domain.money_guards import by_source
from ledger.domain.refusals import CarryExceeded
from ledger.domain.source_rules import stated_source
from ledger.domain.subject import Stream, Subject
from ledger.messages import Message, message

_MOST_NAMED: Final = 10

TOLERANCE: Final = timedelta(days=1)
"""How far after the day of recording money may be handed on."""


def resolved_approval(
    append: MoneyOfOthers, event: BudgetApproved, *, last: bool
) -> BudgetApproved:
    """
    Return an approval with what of it legs bring from the year before, and from whom.

    Where the ledger holds nothing of that earlier year, it takes the money alone.

    Args:
        last: Whether nothing more of the append is to come.

    Raises:
        InvalidInput: It has to be said who gives, or what is computed is said wrong.
        UnknownProject: It is said, and the ledger holds no such project-year.
    """
    printed = {
        canonical_source(part.source): part.amount
        for part in event.amounts
        if type(part.amount) is int and part.amount > 0
    }
    printed = {name: each for name, each in printed.items() if is_carried_over(name)}
    giver = _giver(append, event, printed, last=last) if printed else None
    carried = () if giver is None else by_source(printed)
    if event.carried and event.carried != carried:
        right = message("expected.computed", value=None)
        raise InvalidInput("carried", message("found.another"), right)
    said = event.carried_from
    giver = said if giver is None or giver == event.project else giver
    if (carried, giver) == (event.carried, event.carried_from):
        return event
    return evolve(event, carried=carried, carried_from=giver)


def _giver(
    append: MoneyOfOthers,
    event: BudgetApproved,
    printed: Mapping[str, int],
    *,
    last: bool,
) -> str | None:
    """Return whose year before gives what a form prints; ``None``: it comes alone."""
    before, said = event.fiscal_year - 1, event.carried_from
    for code in (event.project,) if said is None else (said,):
        if opened_on(money_of(append, code, before)) is not None:
            return code
    if said is not None and said != event.project:
        raise unknown_project(said, before)
    if not last:
        raise unknown_project(event.project, before)  # It waits for the others.
    others = list(_others(append, before)) if said is None else []
    fitting = [each.project for each in others if _has(append, each, printed)]
    if len(fitting) == 1:
        return fitting[0]
    if others:
        raise _unsaid(append, others, before)
    return None


def _others(append: MoneyOfOthers, year: int) -> Iterator[Budget]:
    """Yield the money of the projects of a year."""
    append.writer.flush()
    for money in append.states.money_of_year(year, append.writer.saved):
        if opened_on(money) is not None:
            yield money


def _has(append: MoneyOfOthers, money: Budget, printed: Mapping[str, int]) -> bool:
    """Return whether a closed year has as much left to hand on."""
    if money.closed_on is None:
        return False
    year = append.settings.year(money.fiscal_year + 1)
    left = left_to_hand_on(money, year.start)
    return sum(shared(printed, left).values()) == sum(printed.values())


def _unsaid(append: MoneyOfOthers, others: list[Budget], year: int) -> InvalidInput:
    """Return the error that nothing says who gives, with who might."""
    settings, known = append.settings, list[Message]()
    for money in sorted(others, key=attrgetter("project")):
        left = left_to_hand_on(money, settings.year(year + 1).start)
        if money.closed_on is not None and left and len(known) < _MOST_NAMED:
            amount = settings.money(sum(left.values()))
            known.append(message("found.left_by", project=money.project, amount=amount))
    right = message("expected.giver_stated", year=str(year), known=known or None)
    return InvalidInput("carried_from", None, right)


def given_of(
    append: MoneyOfOthers, giver: Budget, owed: Mapping[str, int], on: date
) -> Mapping[str, int]:
    """
    Return what a closed giver hands on of what a form prints, by its own sources.

    Raises:
        CarryExceeded: It has less.
    """
    left = left_to_hand_on(giver, on)
    given = shared(owed, left)
    asked, has = sum(owed.values()), sum(left.values())
    if (given and sum(given.values()) < asked) or asked > has:
        raise _exceeded(append, giver, owed, left)
    return given or owed


def _exceeded(
    append: MoneyOfOthers,
    giver: Budget,
    owed: Mapping[str, int],
    left: Mapping[str, int],
) -> CarryExceeded:
    """Return the error that a giver has less than a form prints."""
    money = append.settings.money
    for source, amount in owed.items():
        has = sum(shared({source: amount}, left).values())
        if has < amount:
            break
    said = message(
        "error.carry_exceeded.CarriedOver",
        project=giver.project,
        amount=money(amount),
        source=named_source(source),
        left=money(has),
    )
    return CarryExceeded(said, requested=amount, left=has)


def check_supplement(
    append: MoneyOfOthers, event: BudgetAdjusted, money: Budget
) -> None:
    """
    Check that a supplement takes carried-over money alone only where nobody gives it.

    Raises:
        InvalidInput: The ledger has the year before: that hands it on.
    """
    if opened_on(money) is None or event.opens is not None:
        return  # The rules refuse it.
    for part in event.amounts:
        source = stated_source(money, part.source)
        if is_carried_over(source):
            before = money_of(append, event.project, money.fiscal_year - 1)
            if opened_on(before) is not None:
                year = str(before.fiscal_year)
                right = message("expected.handed_on_by_carry", year=year)
                raise InvalidInput("source", named_source(source), right)


def takers(append: MoneyOfOthers, giver: Budget) -> Iterator[Stream]:
    """Yield the streams of the year after whose forms may print money of a giver."""
    year = giver.fiscal_year + 1
    yield Subject.project(giver.project, year).stream
    if year not in append.states.givers:
        append.states.givers[year] = {}
        for money in list(_others(append, year)):
            announcement = announcement_at(money, date.max)
            if announcement is not None and announcement.giver != money.project:
                note_taker(append, announcement.giver, money)
    yield from sorted(append.states.givers[year].get(giver.project, ()))


def note_taker(append: MoneyOfOthers, giver: str, taker: Budget) -> None:
    """Know that a form prints money of another project, where somebody has asked."""
    known = append.states.givers.get(taker.fiscal_year)
    if known is not None:
        stream = Subject.project(taker.project, taker.fiscal_year).stream
        known.setdefault(giver, set()).add(stream)


def money_of(append: MoneyOfOthers, code: str, year: int) -> Budget:
    """Return the money of a project in a fiscal year."""
    money: Budget = append.states.money(Subject.project(code, year).stream)
    return money

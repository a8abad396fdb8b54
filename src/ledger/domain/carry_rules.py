"""What the rules allow of money that passes from a closed year into the next."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from attrs import evolve as replace

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.budget import Budget, opened_on
from ledger.domain.carried_money import CarriedPart, between
from ledger.domain.carry_ages import carried_years, is_older
from ledger.domain.closing_events import CarriedOver, CarryReturned
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted
from ledger.domain.funding import (
    ONLY_SOURCE,
    Funding,
    SourceRoot,
    canonical_source,
    is_carried_over,
    named_source,
)
from ledger.domain.money_guards import (
    by_source,
    check_after_withdrawal,
    check_available,
    checked_amounts,
    not_approved,
)
from ledger.domain.refusals import CarryExceeded, NotClosed
from ledger.domain.settings import Settings
from ledger.domain.source_rules import check_added, check_known, filled_sources
from ledger.messages import Message, message

E = TypeVar("E", CarriedOver, CarryReturned)


def decide_hand_over(
    budget: Budget, event: CarriedOver, settings: Settings
) -> CarriedOver:
    """Hand on at most what was claimed, and on no later day is handed on already."""
    _check_year_after(budget, event, settings)
    if budget.closed_on is None:
        raise NotClosed(event.project, budget.fiscal_year)
    left = left_to_hand_on(budget, event.on)
    event = _aged(budget, _within(event, left, settings), settings)
    old = [each for each in event.since if is_older(each, budget.fiscal_year + 1)]
    if old and settings.refuse_old_carry:
        said = [_said(each, settings) for each in old]
        raise InvalidInput("amounts", said, message("expected.spent_or_returned"))
    return event


def left_to_hand_on(budget: Budget, on: date) -> dict[str, int]:
    """Return what a closed year carries over and may hand on on a day, by source."""
    left = {
        source: claimed - max(_each_handed_on(budget, source, on))
        for source, claimed in budget.carried_over.items()
    }
    return {source: amount for source, amount in left.items() if amount > 0}


def decide_return(
    budget: Budget, event: CarryReturned, settings: Settings
) -> CarryReturned:
    """Take back at most what is handed on, on every day from then on."""
    _check_year_after(budget, event, settings)
    sources = dict.fromkeys(each.source for each in budget.handed_on)
    left = {
        source: min(_each_handed_on(budget, source, event.on)) for source in sources
    }
    return _aged(budget, _within(event, left, settings), settings)


def decide_carry(
    budget: Budget, event: BudgetAdjusted, settings: Settings
) -> BudgetAdjusted:
    """Take money of the year before into the budget, or give it back if it is free."""
    amounts = checked_amounts(event.amounts)
    for part in amounts:
        source, amount = part.source, part.amount
        if not is_carried_over(source):
            right = message("expected.carried_over_source")
            raise InvalidInput("source", named_source(source), right)
        if event.kind.sign < 0:
            check_known(budget, source)
            verb = message("found.take_by", kind=event.kind)
            check_available(budget, source, amount, event.on, verb, settings)
    if event.kind.sign > 0:
        sources = [part.source for part in amounts]
        check_added(sources, event.project, filled_sources(budget), meant=True)
    return event if amounts is event.amounts else replace(event, amounts=amounts)


def _aged(budget: Budget, event: E, settings: Settings) -> E:
    """
    Return *event* with the years that money carried into the closed year is of.

    The oldest is handed on first, and comes back last.

    Raises:
        InvalidInput: It says other years.
    """
    since = list[CarriedPart]()
    for part in event.amounts:
        if not is_carried_over(part.source):
            continue  # It is of the year that gives.
        start = handed_on(budget, part.source)
        ends = start, start + part.amount
        if isinstance(event, CarryReturned):
            ends = start - part.amount, start
        since += [
            CarriedPart(source=part.source, since=year, amount=amount)
            for year, amount in between(carried_years(budget, part.source), *ends)
        ]
    computed = tuple(since)
    if event.since and event.since != computed:
        listed = [_said(each, settings) for each in computed]
        found = [_said(each, settings) for each in event.since]
        raise InvalidInput("since", found, message("expected.computed", value=listed))
    return event if event.since == computed else replace(event, since=computed)


def _said(part: CarriedPart, settings: Settings) -> Message:
    return message(
        "found.since_year",
        amount=settings.money(part.amount),
        source=named_source(part.source),
        year=str(part.since),
    )


def check_opening(budget: Budget, event: BudgetAdjusted) -> None:
    """
    Check that carried-over money says whose the year is that it opens, and no other.

    Raises:
        UnknownProject: It opens one, and the year before does not know whose it is.
        InvalidInput: It says so of one that is open, or is not carried in.
    """
    carried_in = event.kind is AdjustmentKind.CARRIED_IN
    if carried_in:
        check_after_withdrawal(budget, event.on)
    first = opened_on(budget) is None and carried_in
    if first and event.opens is None:
        raise not_approved(event.project, budget)
    if not first and event.opens is not None:
        expected = message("expected.computed", value=message("found.nothing"))
        raise InvalidInput("opens", event.opens.name, expected)


def handed_on(budget: Budget, source: str) -> int:
    """Return what of a source is handed on, less what came back."""
    return sum(each.amount for each in budget.handed_on if each.source == source)


def _each_handed_on(budget: Budget, source: str, on: date) -> list[int]:
    """Return what of a source is handed on at each end of a day from *on* on."""
    own = [each for each in budget.handed_on if each.source == source]
    days = {on, *(each.on for each in own if each.on > on)}
    return [sum(each.amount for each in own if each.on <= day) for day in days]


def _check_year_after(budget: Budget, event: E, settings: Settings) -> None:
    if opened_on(budget) is None:
        raise not_approved(event.project, budget)
    after = settings.year(settings.year(budget.fiscal_year).year + 1)
    if event.on not in after:
        right = message("expected.day_in_next_year", start=after.start, end=after.end)
        raise InvalidInput("on", event.on, right)


def _resolved(
    asked: tuple[Funding, ...], known: Mapping[str, int]
) -> tuple[Funding, ...]:
    """
    Return amounts by source where one without a source, or of 上年结转, is asked for.

    It is the only source that something is left of, or all that is left.

    Raises:
        InvalidInput: It is less, of several.
    """
    if len(asked) != 1 or not known:
        return asked
    source, amount = canonical_source(asked[0].source), asked[0].amount
    if source in known or source not in {ONLY_SOURCE, SourceRoot.CARRIED_OVER}:
        return asked
    if len(known) == 1:
        return (Funding(source=next(iter(known)), amount=amount),)
    if amount == sum(known.values()):
        return by_source(known)
    words = [named_source(each) for each in known]
    right = message("expected.choice", words=words, nearest=None)
    raise InvalidInput("source", named_source(source) or None, right)


def _within(event: E, left: Mapping[str, int], settings: Settings) -> E:
    """Return *event* with its amounts, all of *left* where it names none."""
    known = {source: amount for source, amount in sorted(left.items()) if amount > 0}
    asked = _resolved(event.amounts, known)
    amounts = checked_amounts(asked) if asked else by_source(known)
    kind = type(event).__name__
    if not amounts:
        nothing = message(f"error.carry_exceeded.no.{kind}", project=event.project)
        raise CarryExceeded(nothing, requested=0, left=0)
    for part in amounts:
        has = known.get(part.source, 0)
        if part.amount > has:
            raise CarryExceeded(
                message(
                    f"error.carry_exceeded.{kind}",
                    project=event.project,
                    amount=settings.money(part.amount),
                    source=named_source(part.source),
                    left=settings.money(has),
                    on=event.on,
                ),
                requested=part.amount,
                left=has,
            )
    return event if amounts == event.amounts else replace(event, amounts=amounts)

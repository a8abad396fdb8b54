"""What the rules allow of the end of a project's money, and of lifting it."""

from typing import TypeVar

from attrs import evolve as replace

from ledger.domain.budget import LONGEST_TEXT, Budget, opened_on, withheld
from ledger.domain.characters import check_filled
from ledger.domain.closing_events import ProjectClosed, ProjectReopened
from ledger.domain.commitment_rules import check_nothing_open
from ledger.domain.errors import InvalidInput
from ledger.domain.exception_refusals import SourceOverspent
from ledger.domain.funding import Funding, named_source
from ledger.domain.money_guards import (
    by_source,
    check_open,
    checked_amounts,
    listed_amounts,
    not_approved,
)
from ledger.domain.refusals import NotClosed
from ledger.domain.settings import Settings
from ledger.domain.source_rules import check_known, sources_of
from ledger.messages import message

E = TypeVar("E", ProjectClosed, ProjectReopened)


def decide_closure(
    budget: Budget, event: ProjectClosed, settings: Settings
) -> ProjectClosed:
    """
    Close a project; of each source, what is not carried over lapses.

    A project of which a source is overspent by an exception is not closed.

    Nothing about its money may be dated after the day: from then on, on every day,
    disbursed + carried over + lapsed is the budget of each source. Of a year that has
    passed when it is recorded, the day is the last one.
    """
    event = _in_stated_year(event, settings)
    check_open(budget, event.project, event.on, settings)
    last = budget.last_fact_on
    if last is not None and last > event.on:
        right = message("expected.day_from_last_fact", last=last)
        raise InvalidInput("on", event.on, right)
    check_nothing_open(budget, event.on, settings)
    carried = _stated(budget, event.carried_over)
    lapsed = _stated(budget, event.lapsed)
    for source in sources_of(budget):
        free, _ = budget.free(source, event.on)
        held, _ = withheld(budget, source)
        left, claimed = free + held, carried.get(source, 0)
        if free < 0:
            raise _overspent(event, source, -free, settings)
        if claimed < held:
            right = message("expected.at_least_handed_on", amount=settings.money(held))
            given = settings.money(claimed)
            what = message("found.of_source", amount=given, source=named_source(source))
            raise InvalidInput("carried_over", what, right)
        lapsed.setdefault(source, max(0, left - claimed))
        if claimed + lapsed[source] != left:
            own, given = named_source(source), settings.money(claimed + lapsed[source])
            raise InvalidInput(
                "carried_over and lapsed",
                message("found.of_source", amount=given, source=own),
                message("expected.what_is_left", source=own, left=settings.money(left)),
            )
    return replace(event, carried_over=by_source(carried), lapsed=by_source(lapsed))


def decide_reopening(
    budget: Budget, event: ProjectReopened, settings: Settings
) -> ProjectReopened:
    """
    Lift the closing of a project's year, on the day of that closing.

    A request that states the year may have a later day: that on which it is asked.
    """
    check_filled("reason", event.reason, LONGEST_TEXT)
    if opened_on(budget) is None:
        raise not_approved(event.project, budget)
    if budget.closed_on is None:
        raise NotClosed(event.project, budget.fiscal_year)
    asked_later = event.year is not None and event.on > budget.closed_on
    if event.on != budget.closed_on and not asked_later:
        right = message("expected.day_of_closing", on=budget.closed_on)
        raise InvalidInput("on", event.on, right)
    decided = replace(
        event,
        on=budget.closed_on,
        year=None,
        carried_over=by_source(budget.carried_over),
        lapsed=by_source(budget.lapsed),
    )
    for name in ("carried_over", "lapsed"):
        given, right = getattr(event, name), getattr(decided, name)
        if given and given != right:
            expected = message(
                "expected.computed", value=listed_amounts(right, settings)
            )
            raise InvalidInput(name, listed_amounts(given, settings), expected)
    return decided


def _overspent(
    event: ProjectClosed, source: str, amount: int, settings: Settings
) -> SourceOverspent:
    said = message(
        "error.source_overspent",
        project=event.project,
        on=event.on,
        source=named_source(source),
        amount=settings.money(amount),
    )
    return SourceOverspent(said, source=source, amount=amount)


def _in_stated_year(event: E, settings: Settings) -> E:
    """Return *event* on a day of the fiscal year that it states: at most its last."""
    if event.year is None:
        return event
    year = settings.year(event.year)
    if event.on < year.start:
        right = message("expected.day_from_start", start=year.start, end=year.end)
        raise InvalidInput("on", event.on, right)
    return replace(event, on=min(event.on, year.end), year=None)


def _stated(budget: Budget, parts: tuple[Funding, ...]) -> dict[str, int]:
    """Return amounts by source, each a source of the budget."""
    checked = checked_amounts(parts, least=0, of=budget)
    for part in checked:
        check_known(budget, part.source)
    return {part.source: part.amount for part in checked}

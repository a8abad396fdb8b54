"""The facts that end a project's money for a year, and hand on what is left of it."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import Unpack

from attrs import evolve

from ledger.app.open_ledger import OpenLedger
from ledger.app.stated_amounts import funding
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.carry_legs import other_leg
from ledger.domain.closing_events import (
    CarriedOver,
    CarryEvent,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted
from ledger.domain.funding import Funding, SourceRoot
from ledger.domain.money import Amount
from ledger.messages import message


def close_project(
    ledger: OpenLedger,
    /,
    project: str,
    *,
    on: DateLike | None = None,
    year: int | str | None = None,
    carried_over: Mapping[str, Amount] | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that nothing more is spent, or changed about the money, of any day.

    What forms of the next year have announced of it is handed on in the same append.

    Args:
        on: By default the last day of *year*.

        year: The fiscal year; by default that of *on*. Where *on* is after it, it is
            closed on its last day.

        carried_over: By funding source; what is left after it lapses.

    Raises:
        AfterClosure: It is closed already.
        CommitmentsOpen: Money is committed and not yet paid.
        InvalidInput: A fact about its money is dated later, more is carried over than
            is left, or neither *on* nor *year* is given.
        DatedAhead: The day is more than a day away.
    """
    named = None if year is None else ledger.settings.year_named(year)
    if on is None and named is None:
        raise InvalidInput("on", None, message("expected.day_or_year"))
    day = ledger.settings.year(named).end if on is None and named is not None else on
    event = ProjectClosed(
        project=project,
        on=parse_date(day),
        year=named,
        carried_over=tuple(
            funding(ledger, source, amount, "carried_over")
            for source, amount in (carried_over or {}).items()
        ),
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]


def reopen_project(
    ledger: OpenLedger,
    /,
    project: str,
    *,
    year: int | str,
    reason: str,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that the closing of a project's year is lifted, from its own day on.

    What was known before still shows it closed.

    Raises:
        NotClosed: It is not closed.
    """
    named = ledger.settings.year_named(year)
    event = ProjectReopened(
        project=project,
        on=ledger.settings.year(named).end,
        year=named,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]


def carry_over(
    ledger: OpenLedger,
    /,
    project: str,
    *,
    on: DateLike,
    to_project: str | None = None,
    amounts: Mapping[str, Amount] | None = None,
    year: int | str | None = None,
    document: str | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> list[RecordedEvent]:
    """
    Record that carried-over money is handed on to the next year: two legs, one append.

    Both legs are one request: *key* is that of both.

    Args:
        on: In the fiscal year that takes it.

        to_project: By default the same code.

        amounts: By funding source of the year that gives; by default all that was
            carried over and not handed on yet. 上年结转 without a source is the only
            one that something is left of, or all that is left.

        year: The closed fiscal year that gives; by default the one before *on*.

    Raises:
        NotClosed: That year is not closed.
        CarryExceeded: Less was carried over and not handed on yet.
        UnknownProject, AfterClosure: Of either year.
    """
    day = parse_date(on)
    giving = CarriedOver(
        project=project,
        on=day,
        year=_year_before(ledger, day, year),
        to_project=to_project,
        amounts=_parts(ledger, amounts),
        document=document,
        reason=reason,
    )
    return ledger.append(giving, _leg_of_next_year(giving), **envelope)


def return_carry(
    ledger: OpenLedger,
    /,
    project: str,
    *,
    on: DateLike,
    from_project: str | None = None,
    amounts: Mapping[str, Amount] | None = None,
    year: int | str | None = None,
    document: str | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> list[RecordedEvent]:
    """
    Record that money handed on comes back to the year before: two legs, one append.

    Args:
        project: That of the year before, which has it again.

        on: In the fiscal year that gives it back.

        from_project: That which gives it back; by default the same code.

        amounts: By funding source of the year before; by default all that is handed on.

        year: The fiscal year that has it again; by default the one before *on*.

    Raises:
        BudgetExceeded: The year that gives has it no more on some day; it is named.
        CarryExceeded: Less is handed on.
    """
    day = parse_date(on)
    taking = CarryReturned(
        project=project,
        on=day,
        year=_year_before(ledger, day, year),
        from_project=from_project,
        amounts=_parts(ledger, amounts),
        document=document,
        reason=reason,
    )
    return ledger.append(taking, _leg_of_next_year(taking), **envelope)


def _parts(
    ledger: OpenLedger, amounts: Mapping[str, Amount] | None
) -> tuple[Funding, ...]:
    given = (amounts or {}).items()
    parts = [funding(ledger, source, amount, "amounts") for source, amount in given]
    return tuple(sorted(parts, key=attrgetter("source")))


def _leg_of_next_year(leg: CarryEvent) -> BudgetAdjusted:
    """Return the other leg; of 上年结转 without a source, *leg* says which it is."""
    other, unnamed = other_leg(leg), SourceRoot.CARRIED_OVER.value
    if any(part.source == unnamed for part in leg.amounts):
        return evolve(other, amounts=())
    return other


def _year_before(ledger: OpenLedger, day: date, year: int | str | None) -> int:
    settings = ledger.settings
    return settings.year_of(day).year - 1 if year is None else settings.year_named(year)

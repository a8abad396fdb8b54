"""The facts that end a project's money for a year: one function for each."""

from collections.abc import Mapping
from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.app.stated_amounts import funding
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.closing_events import ProjectClosed, ProjectReopened
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.errors import InvalidInput
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
            funding(ledger, source, amount)
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

"""Closing periods and opening them again: facts about the ledger itself."""

from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.app.proofs import seal
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.period_events import PeriodClosed, PeriodReopened
from ledger.store.signing import PrivateKey


def close_period(
    ledger: OpenLedger,
    /,
    through: DateLike,
    *,
    unit: str | None = None,
    year_end: bool = False,
    signed_by: PrivateKey | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that the figures of all days up to one are final, and seal the log.

    From then on a fact is refused that would change a figure of such a day. What closes
    a year, dated on its last day, is taken until a period is closed with *year_end*.

    Args:
        unit: Only for the projects of this unit; it takes the place of an earlier
            closing of all units for them.

        signed_by: Signs the checkpoint that is kept; without one it is unsigned.

    Raises:
        InvalidInput: The day lies ahead, or is closed already.
    """
    event = PeriodClosed(
        on=parse_date(through, name="through"), unit=unit, year_end=year_end
    )
    recorded = ledger.append(event, **envelope)[0]
    seal(ledger, signed_by)
    return recorded


def reopen_period(
    ledger: OpenLedger,
    /,
    since: DateLike,
    through: DateLike,
    *,
    until: DateLike,
    reason: str,
    unit: str | None = None,
    for_actor: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that facts of closed days are taken again for a while.

    A later closing of the same scope ends it.

    Args:
        since, through: The first and the last of the days.

        until: The last day of recording, in UTC.

        for_actor: Only for who records under this name.

    Raises:
        InvalidInput: The days are not closed, *until* is past, or no reason is given.
    """
    event = PeriodReopened(
        on=parse_date(through, name="through"),
        since=parse_date(since, name="since"),
        until=parse_date(until, name="until"),
        unit=unit,
        for_actor=for_actor,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]

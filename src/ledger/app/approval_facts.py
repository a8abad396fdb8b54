"""The facts about a form of approval that people record."""

from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.envelope import Envelope, RecordedEvent


def withdraw_approval(
    ledger: OpenLedger,
    /,
    project: str,
    *,
    on: DateLike,
    reason: str,
    year: int | str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that the approval of a project-year does not hold any more, from *on* on.

    Nothing may rest on it: no payment, commitment, adjustment or carry-over was
    recorded, and no result stands. It may be approved again, from the same day on.

    Args:
        year: The fiscal year of the approval; by default that of *on*.

    Raises:
        ApprovalInUse: Something rests on it.
        UnknownProject, BeforeApproval, AfterClosure, OutsideFiscalYear: As their names
            say.
    """
    event = ApprovalWithdrawn(
        project=project,
        on=parse_date(on),
        reason=reason,
        year=None if year is None else ledger.settings.year_named(year),
    )
    return ledger.append(event, **envelope)[0]

"""What can happen to periods: facts about the ledger itself."""

from datetime import date

from attrs import frozen

from ledger.domain.arguments import all_checked


@all_checked
@frozen(kw_only=True)
class PeriodClosed:
    """
    The figures of all days up to one are final (结账): no fact may change them.

    Attributes:
        on: The last day that is closed.

        unit: Only for the projects of this unit; it takes the place of an earlier
            closing of all units for them.

        year_end: Whether what closes a year, dated on its last day, is refused too.
    """

    on: date
    unit: str | None = None
    year_end: bool = False


@all_checked
@frozen(kw_only=True)
class PeriodReopened:
    """
    Facts of closed days may be recorded again for a while (反结账).

    A later closing of the same scope ends it.

    Attributes:
        on: The last day that is reopened.

        since: The first one.

        for_actor: Only for who records under this name.

        until: The last day of recording, in UTC.

        unit: Only for the projects of this unit.
    """

    on: date
    for_actor: str | None = None
    reason: str
    since: date
    unit: str | None = None
    until: date

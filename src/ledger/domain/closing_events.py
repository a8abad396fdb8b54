"""
What ends a project's money for a year, and what lifts that again.

Amounts are integer minor units. What follows from other facts is computed when a fact
is recorded and stored in it, so that its effect never depends on them.
"""

from datetime import date

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.carried_money import CarriedPart
from ledger.domain.funding import Funding
from ledger.domain.stored_fields import SPARSE


@all_checked
@frozen(kw_only=True)
class OpenedProject:
    """Whose a project-year is that carried-over money alone opens."""

    name: str
    unit: str
    unit_name: str | None = None


@all_checked
@frozen(kw_only=True)
class ProjectClosed:
    """
    Nothing more is spent; what was left is carried over into the next year or lapsed.

    Attributes:
        lapsed: What is not carried over, computed.

        year: The fiscal year that a request states; the day that is recorded lies in
            it.
    """

    project: str
    on: date
    carried_over: tuple[Funding, ...] = ()
    lapsed: tuple[Funding, ...] = ()
    reason: str | None = None
    year: int | None = field(default=None, metadata=SPARSE)


@all_checked
@frozen(kw_only=True)
class ProjectReopened:
    """
    A closing was lifted, from its own day on.

    Attributes:
        on: The day of the closing that it lifts, whatever a request says.

        year: The fiscal year that a request states; the day that is recorded lies in
            it.

        carried_over, lapsed: What that closing said, computed.
    """

    project: str
    on: date
    reason: str
    carried_over: tuple[Funding, ...] = ()
    lapsed: tuple[Funding, ...] = ()
    year: int | None = field(default=None, metadata=SPARSE)


@all_checked
@frozen(kw_only=True)
class CarriedOver:
    """
    What a closing carried over was handed on: one leg; the other is in the year after.

    Attributes:
        on: In the year after *year*.

        year: The closed fiscal year that gives.

        to_project: That which takes it; ``None`` is the same code.

        amounts: By source as that year has them; in a request none for all that is
            claimed and not yet handed on.

        since: Of money that was carried into that year: the years that it is of,
            computed; the oldest is spent and handed on first.
    """

    project: str
    on: date
    year: int
    to_project: str | None = None
    amounts: tuple[Funding, ...] = ()
    document: str | None = None
    reason: str | None = None
    since: tuple[CarriedPart, ...] = field(default=(), metadata=SPARSE)


@all_checked
@frozen(kw_only=True)
class CarryReturned:
    """
    Money that was handed on came back: one leg; the other is in the year after.

    Attributes:
        on: In the year after *year*.

        year: The fiscal year that has it again.

        from_project: That which gives it back; ``None`` is the same code.

        amounts: By source as *year* has them; in a request none for all.

        since: As that of :class:`CarriedOver`; the youngest comes back first.
    """

    project: str
    on: date
    year: int
    from_project: str | None = None
    amounts: tuple[Funding, ...] = ()
    document: str | None = None
    reason: str | None = None
    since: tuple[CarriedPart, ...] = field(default=(), metadata=SPARSE)


CarryEvent = CarriedOver | CarryReturned


def other_project(event: CarryEvent) -> str:
    """Return the project of the year after in which the other leg stands."""
    other = event.to_project if isinstance(event, CarriedOver) else event.from_project
    return other or event.project

"""
What ends a project's money for a year, and what lifts that again.

Amounts are integer minor units. What follows from other facts is computed when a fact
is recorded and stored in it, so that its effect never depends on them.
"""

from datetime import date

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.funding import Funding
from ledger.domain.stored_fields import SPARSE


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

"""A project as a list of all projects names it."""

from attrs import frozen

from ledger.domain.subject import ProjectCode


@frozen(kw_only=True)
class KnownProject:
    """
    A project that a ledger holds.

    Attributes:
        name: As its newest fiscal year has it; empty before an approval.

        years: The fiscal years in which something of it is recorded, in order.
    """

    project: ProjectCode
    name: str
    years: tuple[int, ...]

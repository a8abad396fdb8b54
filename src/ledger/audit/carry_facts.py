"""Facts that say what passes from one year to the next, collected for their checks."""

from datetime import date
from typing import Final, NamedTuple

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.catalogue import leg_of
from ledger.domain.closing_events import (
    CarriedOver,
    CarryEvent,
    CarryReturned,
    OpenedProject,
    ProjectClosed,
    ProjectReopened,
    other_project,
)
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetAdjusted, BudgetApproved, Event
from ledger.domain.funding import Funding, is_carried_over
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.subject import Stream, year_of

_CARRYING = (
    BudgetApproved,
    ApprovalWithdrawn,
    FormRevised,
    BudgetAdjusted,
    CarriedOver,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
    PriorYearRefund,
)
CARRIES: Final = frozenset(_CARRYING)
"""Types that say what goes from one year to the next, or whose a year is."""


class CollectedCarry(NamedTuple):
    """
    A fact that says what there was of a project-year, or what it hands on or prints.

    Attributes:
        kind: Its type of event.

        other: Who gives, as an approval has it; of a leg: who takes, or gives back.

        printed: What a form prints of the year before, by source.

        carried: What comes by legs, as an approval has it; what a leg moves.

        document: Of a leg, as both compare it.

        id, cause: Of its envelope: a leg that was called for names what called.

        opens: Whose the year is that it opens.

        alone: Whether a supplement takes such money alone.
    """

    position: int
    project: str
    year: int
    kind: str
    recorded_at: str
    on: date
    other: str | None
    printed: dict[str, int]
    carried: dict[str, int]
    id: str
    cause: str | None
    document: str | None
    opens: OpenedProject | None
    alone: bool

    def is_a(self, *kinds: type[Event]) -> bool:
        """Return whether its type of event is one of these."""
        return any(self.kind == each.__name__ for each in kinds)

    @property
    def is_approval(self) -> bool:
        """Whether it is an approval that prints money of the year before."""
        return self.is_a(BudgetApproved) and bool(self.printed or self.carried)

    @property
    def is_form(self) -> bool:
        """Whether it prints money of the year before that legs bring."""
        return self.is_a(FormRevised) or (self.is_approval and bool(self.carried))


def carry_of(recorded: RecordedEvent, stream: Stream) -> list[CollectedCarry]:
    """Return what an event says of the money of a year that goes to the next."""
    event, year = recorded.event, year_of(stream)
    if not isinstance(event, _CARRYING) or year is None or not _says_so(event):
        return []
    other, printed, carried = None, dict[str, int](), dict[str, int]()
    if isinstance(event, CarryEvent):
        other, carried = other_project(event), _sums(event.amounts)
    elif isinstance(event, BudgetApproved):
        other, carried = event.carried_from, _sums(event.carried or ())
        old = tuple(part for part in event.amounts if is_carried_over(part.source))
        printed = _sums(old)
    elif isinstance(event, BudgetAdjusted):
        carried = _sums(event.amounts)
    leg = leg_of(event)
    one = CollectedCarry(
        recorded.position,
        event.project,
        year,
        type(event).__name__,
        recorded.recorded_at,
        event.on,
        other,
        printed,
        carried,
        recorded.id,
        recorded.cause,
        None if leg is None else leg.document,
        getattr(event, "opens", None),
        _is_alone(event),
    )
    return [one]


def _says_so(event: Event) -> bool:
    """Return whether a fact of these types speaks of another year."""
    if isinstance(event, PriorYearRefund):
        return event.opens is not None
    if isinstance(event, FormRevised):
        return event.carried is not None
    if isinstance(event, BudgetAdjusted):
        return event.kind is AdjustmentKind.CARRIED_IN or _is_alone(event)
    return True


def _is_alone(event: Event) -> bool:
    if not isinstance(event, BudgetAdjusted):
        return False
    old = any(is_carried_over(part.source) for part in event.amounts)
    return old and event.kind is AdjustmentKind.SUPPLEMENT


def _sums(parts: tuple[Funding, ...]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for part in parts:
        sums[part.source] = sums.get(part.source, 0) + part.amount
    return {source: amount for source, amount in sums.items() if amount > 0}

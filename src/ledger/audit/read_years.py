"""The money of project-years, read again from stored rows by those who verify."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from attrs import define, field

from ledger.audit.protocol import NONSENSE
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.budget import Budget
from ledger.domain.closing_events import (
    CarriedOver,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.commitment_events import CommitmentEntered
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetAdjusted, BudgetApproved
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.subject import Stream, Subject
from ledger.store.forensics import Forensics
from ledger.store.state.packed import EXECUTION
from ledger.store.state.packed_budget import PackedBudget

_LAST: Final = "\U0010ffff"
_MOST_HELD: Final = 64
_OF_YEARS: Final = frozenset(
    each.__name__
    for each in (
        ApprovalWithdrawn,
        BudgetAdjusted,
        BudgetApproved,
        CarriedOver,
        CarryReturned,
        FormRevised,
        PriorYearRefund,
        ProjectClosed,
        ProjectReopened,
    )
)
"""Types by which a year knows whose it is, and what passes on to the next."""

_PROMISING: Final = _OF_YEARS | {CommitmentEntered.__name__}


def read_events(
    inspection: Forensics, stream: Stream, types: frozenset[str] | None = None
) -> Iterator[RecordedEvent]:
    """Yield the events of a stream that can be read; only those of some *types*."""
    before = f"{stream[:-1]}{chr(ord(stream[-1]) - 1)}{_LAST}"
    for row in inspection.rows(before, stream):
        if row.stream == stream and (types is None or row.type in types):
            with suppress(*NONSENSE):
                yield inspection.codec.recorded(row)


def read_money(
    events: Iterator[RecordedEvent] | list[RecordedEvent], stream: Stream
) -> Budget:
    """Return the money of a project-year, as far as it can be folded."""
    money = EXECUTION.initial(stream)
    for recorded in events:
        with suppress(*NONSENSE):
            money = EXECUTION.evolve(money, recorded)
    return money


@define
class ReadYears:
    """
    The money of project-years on the way, without what was spent and promised.

    Attributes:
        held: Events of some streams, so that they are not read again at once.
    """

    inspection: Forensics
    held: dict[Stream, list[RecordedEvent]] = field(factory=dict)

    def events(self, project: str, year: int) -> list[RecordedEvent]:
        """Return what a year knows itself by and what passes on, in order."""
        stream = Subject.project(project, year).stream
        known = self.held.get(stream)
        if known is None:
            if len(self.held) >= _MOST_HELD:
                self.held.clear()
            known = list(read_events(self.inspection, stream, _OF_YEARS))
            self.held[stream] = known
        return known

    def before(self, project: str, year: int, position: int) -> Budget:
        """Return the money of a year as a position of the log found it."""
        return self._money(project, year, lambda each: each.position < position)

    def after(self, project: str, year: int, instant: str) -> Budget:
        """Return the money of a year as the append of an instant left it."""
        return self._money(project, year, lambda each: each.recorded_at <= instant)

    def _money(
        self, project: str, year: int, known: Callable[[RecordedEvent], bool]
    ) -> Budget:
        events = [each for each in self.events(project, year) if known(each)]
        return read_money(events, Subject.project(project, year).stream)


@define
class EarlierYears:
    """
    The money of years before one, with what they promised, for positions that ascend.

    Attributes:
        years: By stream: its money, and what is still to fold of it.
    """

    inspection: Forensics
    years: dict[Stream, tuple[PackedBudget, deque[RecordedEvent]]] = field(factory=dict)

    def before(self, project: str, year: int, position: int) -> Budget:
        """Return the money of a year as a position of the log found it."""
        stream = Subject.project(project, year).stream
        if stream not in self.years:
            read = deque(read_events(self.inspection, stream, _PROMISING))
            self.years[stream] = EXECUTION.initial(stream), read
        money, rest = self.years[stream]
        while rest and rest[0].position < position:
            with suppress(*NONSENSE):
                money = EXECUTION.evolve(money, rest.popleft())
        self.years[stream] = money, rest
        return money

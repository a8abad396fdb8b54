"""What facts name of others, of their stream or a year before: that it is there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import Factory, define, field

from ledger.audit.read_years import EarlierYears
from ledger.domain.catalogue import LEGS, types
from ledger.domain.commitment_events import CommitmentEntered
from ledger.domain.continued_commitments import check_continued
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.correction_rules import is_of_adjustment
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LedgerError, said_by
from ledger.domain.events import (
    BudgetAdjusted,
    Disbursed,
    ResultReported,
    ResultRetracted,
)
from ledger.domain.likenesses import Likenesses, are_alike
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.subject import Stream
from ledger.messages import Message, message
from ledger.store.forensics import Forensics

LINKED: Final = (
    LEGS
    | {CommitmentEntered, Disbursed, PriorYearRefund}
    | types(lambda row: row.undoes and not row.undoes.by_voucher)
)
"""Types whose rules look beyond the state."""


@define
class LinkChecks:
    """
    The checks of one stream's links, as its events come.

    Attributes:
        adjusted: Its adjustments so far, by event id.

        earlier: The years that its commitments go on from.
    """

    inspection: Forensics
    stream: Stream
    adjusted: dict[str, RecordedEvent] = field(factory=dict)
    known: Likenesses = field(factory=Likenesses)
    earlier: EarlierYears = field(
        default=Factory(lambda self: EarlierYears(self.inspection), takes_self=True)
    )

    def faults(self, recorded: RecordedEvent) -> Iterable[Message | str]:
        """Return what is wrong with what an event names of others."""
        event = recorded.event
        if type(event) is Disbursed:  # As most are: they name no others.
            return self._resembling(event, recorded.id)
        return self._faults(recorded)

    def _resembling(
        self, event: Disbursed | BudgetAdjusted, event_id: str
    ) -> Sequence[Message]:
        if are_alike(event.resembles, self.known.met(event, event_id)):
            return ()
        listed = [*event.resembles]
        code = "fault.resembles" if listed else "fault.resembles.none"
        return (message(code, of=listed),)

    def _faults(self, recorded: RecordedEvent) -> Iterator[Message | str]:
        event = recorded.event
        if isinstance(event, BudgetAdjusted):
            yield from self._resembling(event, recorded.id)
            self.adjusted[recorded.id] = recorded
        elif isinstance(event, AdjustmentCorrected):
            if not is_of_adjustment(event, self.adjusted.get(event.of)):
                yield message("fault.no_adjustment_corrected", of=event.of)
        elif isinstance(event, ResultRetracted):
            found = self.inspection.named(self.stream, event.version)
            if found != (event.of, ResultReported.__name__):
                yield message("fault.no_result_retracted", of=event.of)
        elif isinstance(event, CommitmentEntered) and event.continues is not None:
            before = self.earlier.before(
                event.project, event.continues.year, recorded.position
            )
            try:
                check_continued(event, before)
            except LedgerError as problem:
                yield said_by(problem)

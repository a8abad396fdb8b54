"""What forms print with a target, for an explanation of it."""

from collections.abc import Iterator, Sequence

from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetApproved, ObjectivesSet
from ledger.domain.indicator import Indicator, IndicatorLabel
from ledger.domain.result_parts import spelled
from ledger.domain.results import all_of, labelled
from ledger.messages import Message, message


def printed_with(
    events: Sequence[RecordedEvent], label: IndicatorLabel
) -> tuple[Message, ...]:
    """Return what a form printed of other years, and the parts of its target."""
    return tuple(
        note
        for recorded in events
        if isinstance(recorded.event, BudgetApproved | ObjectivesSet)
        for note in _notes(_rows(recorded.event).get(label))
    )


def _rows(event: BudgetApproved | ObjectivesSet) -> dict[IndicatorLabel, Indicator]:
    if isinstance(event, BudgetApproved):
        return labelled(event.indicators)
    return labelled(all_of(event))


def _notes(row: Indicator | None) -> Iterator[Message]:
    if row is None:
        return
    for horizon in row.horizons or ():
        yield message("note.horizon", name=horizon.name, text=horizon.text)
    if row.parts:
        yield message("note.target_parts", parts=spelled(row.parts))

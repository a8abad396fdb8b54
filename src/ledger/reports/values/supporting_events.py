"""The events under a project's figures, as reports list them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, Protocol

import msgspec
from attrs import frozen

from ledger.domain.balances import with_effects
from ledger.domain.catalogue import (
    BY_CLASS,
    document_of,
    effects_of,
    moving,
    undone_id,
)
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Flow
from ledger.domain.events import Disbursed
from ledger.domain.identity import voucher_identity
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.settings import Settings
from ledger.domain.subject import Subject
from ledger.domain.vouchers import Movement, left_of, movement_of, settled
from ledger.projections.projection import effective_by

_SHOWN: Final = Flow.BUDGET, Flow.DISBURSED, Flow.REFUNDED
_MOVING: Final = moving(*_SHOWN)


class Standing(NamedTuple):
    """
    How long a status asks for an explanation.

    Attributes:
        since: The first of the months in a row, as ``YYYY-MM``.

        is_owed: Whether nobody gave one that answers for the month.
    """

    since: str
    is_owed: bool


class RecordedFigures(Protocol):
    """What a report asks of the record that it was made from, when it is shown."""

    def __call__(self, subject: Subject, /) -> "Sequence[SupportingEvent]":
        """Return the events that the figures of a project or of a unit rest on."""

    def standings(
        self, asked: Iterable[tuple[Subject, IndicatorLabel | None]], /
    ) -> "Sequence[Standing | None]":
        """
        Return since when statuses ask why, of indicators or of the money.

        ``None`` where they do not, or where the record cannot be read any more.
        """


@frozen
class NoRecord:
    """The record of a report that is compared, and never shown."""

    def __call__(self, subject: Subject, /) -> "Sequence[SupportingEvent]":
        """Return no events."""
        del subject
        return ()

    def standings(
        self, asked: Iterable[tuple[Subject, IndicatorLabel | None]], /
    ) -> Sequence[Standing | None]:
        """Return that nothing is known of them."""
        return [None for _ in asked]


class SupportingEvent(msgspec.Struct, frozen=True, gc=False):
    """
    One event that a project's figures rest on.

    Attributes:
        position: In the log.

        kind: The event's type.

        amount: What it adds to the budget, to what is disbursed or refunded, signed.

        document: The voucher, document or evidence that it names.

        indicator: That it speaks of; ``None`` for money.

        says: A result, a target, a payee or a reason.

        undone: Whether it was retracted, or reversed in whole.
    """

    position: int
    on: date
    kind: str
    amount: Decimal | None = None
    document: str | None = None
    indicator: str | None = None
    says: str | None = None
    undone: bool = False


def supporting_events(
    events: Iterable[RecordedEvent], through: date, settings: Settings
) -> list[SupportingEvent]:
    """Return the events effective by *through*, as they were recorded."""
    known = list(events)
    gone = {undone_id(each.event) for each in known} | _reversed(known, through)
    return [
        _supporting(each, settings, undone=each.id in gone)
        for each in effective_by(known, through)
    ]


def _reversed(known: Iterable[RecordedEvent], through: date) -> set[str]:
    """Return the ids of what moved money that comes to nothing by a day."""
    moved: list[tuple[str, Movement]] = []
    for recorded, effects in with_effects(known):
        event = recorded.event
        if isinstance(event, Disbursed) and event.booked_again:
            again = voucher_identity(event.voucher)
            moved = [(own, settled(each, again)) for own, each in moved]
        moved += (
            (recorded.id, movement_of(event, effect.source or "", effect.amount))
            for effect in effects
            if effect.flow in {Flow.DISBURSED, Flow.REFUNDED}
        )
    related: dict[tuple[str, str], list[tuple[str, Movement]]] = {}
    for own, each in moved:
        related.setdefault((each.source, each.paid), []).append((own, each))
    return {
        own
        for rows in related.values()
        if any(each.of is not None for _, each in rows)
        for own, each in rows
        if not left_of([row for _, row in rows], each.voucher, through)
    }


def _amount(recorded: RecordedEvent, *flows: Flow) -> int:
    """Return what an event adds to some flows, in minor units."""
    effects = effects_of(recorded.event)
    return sum(effect.amount for effect in effects if effect.flow in flows)


def _supporting(
    recorded: RecordedEvent, settings: Settings, *, undone: bool
) -> SupportingEvent:
    event, amount = recorded.event, None
    if type(event) in _MOVING:
        minor = _amount(recorded, *_SHOWN)
        amount = settings.currency.major(minor)
    return SupportingEvent(
        recorded.position,
        recorded.on,
        recorded.type,
        amount,
        document_of(event),
        getattr(event, "indicator", None),
        BY_CLASS[type(event)].says(event),
        undone,
    )

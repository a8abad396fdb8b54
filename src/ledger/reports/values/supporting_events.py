"""The events under a project's figures, as reports list them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from ledger.domain.catalogue import (
    BY_CLASS,
    document_of,
    effects_of,
    moving,
    undone_id,
    undone_voucher,
)
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Flow
from ledger.domain.identity import voucher_identity
from ledger.domain.settings import Settings
from ledger.projections.projection import effective_by

_PAID: Final = moving(Flow.DISBURSED)
_MOVING: Final = moving(Flow.BUDGET, Flow.DISBURSED)


class SupportingEvent(msgspec.Struct, frozen=True, gc=False):
    """
    One event that a project's figures rest on.

    Attributes:
        position: In the log.

        kind: The event's type.

        amount: What it adds to the budget or to what is disbursed, signed.

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
    retracted = {undone_id(each.event) for each in known}
    left = _left(known, through)
    return [
        _supporting(
            each, settings, undone=each.id in retracted or _is_spent(each, left)
        )
        for each in effective_by(known, through)
    ]


def _left(known: Iterable[RecordedEvent], through: date) -> Counter[str]:
    """Return what of each disbursement is not reversed by *through*, by voucher."""
    left: Counter[str] = Counter()
    for each in known:
        if type(each.event) in _PAID:
            reversed_ = undone_voucher(each.event)
            if reversed_ is None or each.on <= through:
                voucher = reversed_ or document_of(each.event) or ""
                left[voucher_identity(voucher)] += _amount(each, Flow.DISBURSED)
    return left


def _is_spent(recorded: RecordedEvent, left: Counter[str]) -> bool:
    """Return whether nothing is left of a disbursement."""
    event = recorded.event
    if type(event) not in _PAID or undone_voucher(event) is not None:
        return False
    return not left[voucher_identity(document_of(event) or "")]


def _amount(recorded: RecordedEvent, *flows: Flow) -> int:
    """Return what an event adds to some flows, in minor units."""
    effects = effects_of(recorded.event)
    return sum(effect.amount for effect in effects if effect.flow in flows)


def _supporting(
    recorded: RecordedEvent, settings: Settings, *, undone: bool
) -> SupportingEvent:
    event, amount = recorded.event, None
    if type(event) in _MOVING:
        minor = _amount(recorded, Flow.BUDGET, Flow.DISBURSED)
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

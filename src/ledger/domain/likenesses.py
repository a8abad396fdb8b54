"""Which payments and adjustments look as if they were recorded twice."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from attrs import define, field

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.events import BudgetAdjusted, Disbursed, Event
from ledger.domain.identity import plain_name, voucher_identity

NEAR: Final = 5
"""So many days at most lie between two payments that may be one."""

RESEMBLING: Final = frozenset({BudgetAdjusted, Disbursed})
"""Types of events that may resemble others."""

_spelled = lru_cache(maxsize=4096)(plain_name)

_Shared = int | tuple[AdjustmentKind, tuple[tuple[str, int], ...]]
"""The amount of a payment; the kind of an adjustment, and its amounts by source."""


@define
class Likenesses:
    """
    The payments with a payee, and the adjustments with a document, of a stream.

    Attributes:
        known: By what those have in common that may resemble each other, in order,
            each with its event id.
    """

    known: dict[_Shared, list[tuple[Event, str]]] = field(factory=dict)

    def add(self, event: Event, event_id: str) -> None:
        """Know one more event, if others may resemble it."""
        shared = _shared(event)
        if shared is not None:
            self.known.setdefault(shared, []).append((event, event_id))

    def met(self, event: Event, event_id: str) -> tuple[str, ...]:
        """Return what of those known an event resembles, and know it from now on."""
        shared = _shared(event)
        if shared is None:
            return ()
        alike = self.of(event) if shared in self.known else ()
        self.known.setdefault(shared, []).append((event, event_id))
        return alike

    def of(self, event: Event) -> tuple[str, ...]:
        """
        Return what of those known an event resembles: vouchers, or event ids.

        Payments to one payee of one amount do where at most five days lie between
        them, adjustments of one kind, document and amounts on whatever day.
        """
        shared = _shared(event)
        others = () if shared is None else self.known.get(shared, ())
        alike = dict[str, str]()
        for other in others:
            for name in _alike(event, *other):
                alike.setdefault(voucher_identity(name), name)
        return tuple(alike.values())


def are_alike(names: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether an event names the same, however its vouchers are spelled."""
    if names == others:
        return True
    return [*map(voucher_identity, names)] == [*map(voucher_identity, others)]


def _shared(event: Event) -> _Shared | None:
    """Return what two events that resemble each other share; ``None``: none does."""
    if type(event) is Disbursed:
        return event.amount if event.payee else None
    if isinstance(event, BudgetAdjusted) and event.document:
        parts = sorted((part.source, part.amount) for part in event.amounts)
        return event.kind, tuple(parts)
    return None


def _alike(event: Event, other: Event, event_id: str) -> tuple[str, ...]:
    """Return the voucher or the id of another event of the kind, if it resembles."""
    if isinstance(event, Disbursed) and isinstance(other, Disbursed):
        if (
            abs((event.on - other.on).days) <= NEAR
            and _like(event.payee, other.payee)
            and voucher_identity(other.voucher) != voucher_identity(event.voucher)
        ):
            return (other.voucher,)
    elif isinstance(event, BudgetAdjusted) and isinstance(other, BudgetAdjusted):
        return (event_id,) if _one_document(event, other) else ()
    return ()


def _one_document(event: BudgetAdjusted, other: BudgetAdjusted) -> bool:
    return voucher_identity(event.document or "") == voucher_identity(
        other.document or ""
    )


def _like(name: str | None, other: str | None) -> bool:
    """Return whether two names are one, however they are spelled."""
    return _spelled(name or "").strip() == _spelled(other or "").strip()

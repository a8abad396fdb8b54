"""Which payments and adjustments look as if they were recorded twice."""

from functools import lru_cache
from typing import Final, NamedTuple

from attrs import define, field

from ledger.domain.events import BudgetAdjusted, Disbursed, Event
from ledger.domain.identity import plain_name, voucher_identity

NEAR: Final = 5
"""So many days at most lie between two payments that may be one."""

_spelled = lru_cache(maxsize=4096)(plain_name)

_Shared = tuple[str, tuple[tuple[str, int], ...], str]
"""The kind of an adjustment, amounts by source, and the payee or the document."""


class _Named(NamedTuple):
    """A voucher or an event id, and the ordinal of its day."""

    name: str
    day: int


@define
class Likenesses:
    """The payments with a payee, and the adjustments with a document, of a stream."""

    known: dict[_Shared, list[_Named]] = field(factory=dict)

    def add(self, event: Event, event_id: str) -> None:
        """Know one more event, if others may resemble it."""
        shared = _shared(event)
        if shared is not None:
            own = _Named(_name(event, event_id), event.on.toordinal())
            self.known.setdefault(shared, []).append(own)

    def of(self, event: Event) -> tuple[str, ...]:
        """
        Return what of those known an event resembles: vouchers, or event ids.

        Payments to one payee of one amount do where at most five days lie between
        them, adjustments of one kind, document and amounts on whatever day.
        """
        shared = _shared(event)
        others = self.known.get(shared, ()) if shared is not None else ()
        own, day = _name(event, ""), event.on.toordinal()
        found = (
            each.name
            for each in others
            if each.name != own
            and (not isinstance(event, Disbursed) or abs(each.day - day) <= NEAR)
        )
        return tuple(dict.fromkeys(found))


def _shared(event: Event) -> _Shared | None:
    """Return what two events that resemble each other share; ``None``: none does."""
    if isinstance(event, Disbursed) and event.payee:
        return "", (("", event.amount),), _spelled(event.payee).strip()
    if isinstance(event, BudgetAdjusted) and event.document:
        parts = sorted((part.source, part.amount) for part in event.amounts)
        return event.kind, tuple(parts), _spelled(event.document).strip()
    return None


def _name(event: Event, event_id: str) -> str:
    return voucher_identity(event.voucher) if isinstance(event, Disbursed) else event_id

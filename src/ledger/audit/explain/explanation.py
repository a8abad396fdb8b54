"""What an explanation says: a figure, its formula, its terms and its events."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from ledger.domain.catalogue import document_of, undone_id
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LogCorrupted

Value = Decimal | date | str | None


@frozen(kw_only=True)
class Basis:
    """
    An event that a figure rests on, or that it leaves out.

    Attributes:
        says: What it adds: an amount with its sign, a result, a target.

        document: The voucher, document or evidence that it names.

        left_out: Why it does not count; ``None`` where it does.
    """

    position: int
    type: str
    on: date
    recorded_at: str
    actor: str
    says: str
    document: str | None
    left_out: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "position": self.position,
            "type": self.type,
            "on": self.on.isoformat(),
            "recorded_at": self.recorded_at,
            "actor": self.actor,
            "says": self.says,
            "document": self.document,
            "left_out": self.left_out,
        }


@frozen(kw_only=True)
class Explanation:
    """
    Where a figure comes from.

    Attributes:
        figure: Its name, such as ``execution_rate`` or ``indicators.培训.result``.

        formula: In words, with its numbers.

        terms: The figures in the formula, each explained.

        events: What it rests on itself, and what it leaves out with the reason.

        notes: The reading, the convention and the thresholds applied.
    """

    figure: str
    value: Value
    formula: str
    terms: tuple["Explanation", ...] = ()
    events: tuple[Basis, ...] = ()
    notes: tuple[str, ...] = ()

    def rests_on(self) -> list[Basis]:
        """Return all events that count, its terms' included, by position."""
        found = {each.position: each for each in self.events if not each.left_out}
        for term in self.terms:
            found.update({each.position: each for each in term.rests_on()})
        return [found[position] for position in sorted(found)]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "figure": self.figure,
            "value": shown(self.value),
            "formula": self.formula,
            "notes": list(self.notes),
            "events": [each.to_dict() for each in self.events],
            "terms": [each.to_dict() for each in self.terms],
        }


@frozen
class Cut:
    """
    What a view lets count.

    Attributes:
        through: Facts effective by this day.

        position: Facts recorded up to this position.
    """

    through: date
    position: int

    def excludes(self, recorded: RecordedEvent) -> str | None:
        """Say why an event does not count; ``None`` where it does."""
        if recorded.position > self.position:
            return f"recorded after position {self.position}"
        if recorded.on > self.through:
            return f"effective after {self.through}"
        return None

    def known(self, events: Iterable[RecordedEvent]) -> list[RecordedEvent]:
        """Return what was recorded by then, whatever day it speaks of."""
        return [event for event in events if event.position <= self.position]

    def retracted(self, events: Iterable[RecordedEvent]) -> Mapping[str, int]:
        """Return the ids of results retracted by then, and where."""
        return {
            retracted: each.position
            for each in self.known(events)
            if (retracted := undone_id(each.event)) is not None
        }


def basis(recorded: RecordedEvent, says: str, left_out: str | None = None) -> Basis:
    """Return *recorded* as what an explanation lists."""
    return Basis(
        position=recorded.position,
        type=recorded.type,
        on=recorded.on,
        recorded_at=recorded.recorded_at,
        actor=recorded.actor,
        says=says,
        document=document_of(recorded.event),
        left_out=left_out,
    )


def check_sum(figure: str, value: Value, computed: Value) -> None:
    """
    Hold a figure to what the events or terms of its explanation come to.

    Both are made from the same events in two ways, so that a fault of either shows.

    Raises:
        LogCorrupted: They differ.
    """
    if value != computed:
        raise LogCorrupted(
            f"{figure} is {shown(value)}, but what it rests on comes to "
            f"{shown(computed)}; run `verify`"
        )


def shown(value: Value) -> str | None:
    """Return a value as text without exponent; absent is ``None``."""
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

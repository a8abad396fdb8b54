"""Recorded events as stores make them: fast to make by the hundred thousand."""

from datetime import date
from typing import Self

import msgspec

from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import Event
from ledger.domain.subject import Stream


class StoredEvent(msgspec.Struct, frozen=True, gc=False):
    """What a store read or appended: a :class:`RecordedEvent`, field by field."""

    position: int
    stream: Stream
    version: int
    id: str
    type: str
    schema: int
    on: date
    recorded_at: str
    actor: str
    key: str | None
    cause: str | None
    event: Event

    def __repr__(self) -> str:
        parts = f"{self.stream}", f"{self.on}", self.actor
        return f"<{self.type} {self.position} · {' · '.join(parts)}>"

    @property
    def already(self) -> bool:
        """Whether it was recorded before it was asked for."""
        return False


class AlreadyRecorded(StoredEvent, frozen=True, gc=False):
    """The event that an equal request recorded before; else this event."""

    @classmethod
    def of(cls, recorded: RecordedEvent) -> Self:
        """Return *recorded*, marked as there before it was asked for."""
        return cls(*(getattr(recorded, name) for name in FIELDS))

    @property
    def already(self) -> bool:
        """Whether it was recorded before it was asked for."""
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoredEvent):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in FIELDS)

    def __hash__(self) -> int:
        return hash(self.id)


FIELDS = StoredEvent.__struct_fields__
"""The names of what a recorded event holds, in order."""

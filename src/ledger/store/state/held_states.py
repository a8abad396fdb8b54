"""The states of one stream: as they are evolved, and as they are stored."""

from typing import Any, NamedTuple

import msgspec
from attrs import define, field


@define
class HeldStates:
    """
    A stream's states, one for each projection.

    Attributes:
        states: ``None`` where one is waiting.

        counts: How many events each projection has followed.

        version: Of the last event seen.

        waiting: States by place that are packed until an event asks for them.
    """

    states: list[Any]
    counts: list[int]
    version: int = 0
    waiting: dict[int, bytes] = field(factory=dict)

    def packed(self) -> "Packed":
        """Return the same as it is stored, in a fifth of the room."""
        waiting = self.waiting
        states = [
            waiting[i] if i in waiting else msgspec.msgpack.encode(state)
            for i, state in enumerate(self.states)
        ]
        return Packed(states, self.counts, self.version)


class Packed(NamedTuple):
    """A stream's states as they are stored."""

    states: list[bytes]
    counts: list[int]
    version: int

    def held(self) -> HeldStates:
        """Return the same with every state waiting."""
        waiting = dict(enumerate(self.states))
        return HeldStates([None] * len(waiting), self.counts, self.version, waiting)

"""A field of a form that differs from what was said before, or from the ledger."""

from enum import Enum
from typing import Final, NamedTuple

from ledger.messages import Message, Value, message

_NOTHING: Final = "–"


class DifferingField(NamedTuple):
    """
    A field that a form gives otherwise than the form before it.

    Attributes:
        kind: ``budget``, ``plan``, ``form`` or ``row``, which events can revise;
            ``text``, which stays as recorded; or ``fixed``, which no event can change.

        held: What the ledger says, where that is neither of both.
    """

    field: Message
    recorded: Value
    given: Value
    kind: str
    held: Value = None

    def in_words(self) -> Message:
        """Return what the field was and is, in words."""
        return message(
            "found.difference",
            field=self.field,
            recorded=self.recorded or _NOTHING,
            given=self.given or _NOTHING,
            held=None if self.held is None else self.held or _NOTHING,
        )


def spelled(value: object) -> Value:
    """Return what a field holds, for a text."""
    if isinstance(value, tuple):
        return message("found.several", parts=[*map(str, value)])
    if isinstance(value, Enum):
        return value
    return "" if value is None else str(value)

"""Members of enums that users give as words."""

from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from ledger.domain.errors import InvalidInput
from ledger.messages import message

E = TypeVar("E", bound=StrEnum)


def one_of(kind: type[E], name: str, value: E | str) -> E:
    """
    Take one of a few things, or its word, for the field *name*.

    >>> class Side(StrEnum):
    ...     LEFT = "left"
    ...     RIGHT = "right"
    >>> one_of(Side, "side", "left")
    <Side.LEFT: 'left'>

    Raises:
        InvalidInput: It is neither; the words are named, and the nearest one.
    """
    if type(value) is kind:
        return value
    try:
        return kind(value)
    except ValueError:
        words = [each.value for each in kind]
        raise not_among(words, name, value) from None


def not_among(words: list[str], name: str, value: object) -> InvalidInput:
    """Return the refusal of a text that is none of *words*; it names the nearest."""
    close = get_close_matches(value, words, 1) if isinstance(value, str) else []
    right = message("expected.choice", words=words, nearest=close[0] if close else None)
    return InvalidInput(name, value, right)

"""The fields of a form, taken one by one: each names itself where it is wrong."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeVar

from ledger.domain.choices import one_of
from ledger.domain.errors import InvalidInput
from ledger.domain.money import exact
from ledger.intake.readers.grid import LONGEST_CELL
from ledger.messages import Message, message

E = TypeVar("E", bound=Enum)

_UNREADABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tabs and line ends, and halves of characters."""


_YES: Final[Mapping[object, bool]] = {
    True: True,
    False: False,
    **dict.fromkeys("true yes 1 是".split(), True),
    **dict.fromkeys("false no 0 否".split(), False),
}


def text(values: dict[str, Any], name: str) -> str:
    """Take a text that must be there."""
    return plain(values.get(name), name)


def plain(value: Any, name: Message | str) -> str:
    """
    Take *value* as a text that people can read and any file can hold.

    Raises:
        InvalidInput: It is no text, blank, longer than a cell, or has a control
            character or half of a character.
    """
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(name, value, message("expected.text"))
    if len(value) > LONGEST_CELL:
        raise InvalidInput(
            name,
            message("found.long_text", length=len(value)),
            message("expected.at_most", most=LONGEST_CELL),
        )
    odd = _UNREADABLE.search(value)
    if odd is not None:
        found = message("found.character", number=f"{ord(odd[0]):04X}")
        raise InvalidInput(name, found, message("expected.without_character"))
    return value


def maybe(values: dict[str, Any], name: str) -> str | None:
    """Take a text that may be absent or blank."""
    return None if is_blank(values.get(name)) else text(values, name)


def printed(values: dict[str, Any], name: str) -> str | None:
    """Take a text as it is printed, also one that says that there is nothing."""
    value = values.get(name)
    absent = value is None or (isinstance(value, str) and not value.strip())
    return None if absent else text(values, name)


def many(values: dict[str, Any], name: str) -> list[Any]:
    """Take a list that may be absent."""
    value = values.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidInput(name, kind(value), message("expected.list"))
    return value


def mapping(value: Any, name: Message | str) -> dict[str, Any]:
    """Take an object that may be absent."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidInput(name, kind(value), message("expected.object"))
    return value


def choice(values: dict[str, Any], name: str, words: type[E]) -> E | None:
    """Take one of a set of words that may be absent."""
    value = values.get(name)
    return None if value is None else one_of(words, name, value)


def decimal(values: dict[str, Any], name: str) -> Decimal | None:
    """Take an exact number that may be absent."""
    value = values.get(name)
    return None if value is None else exact(value, field=name)


def yes_or_no(value: Any, name: str) -> bool | None:
    """
    Take whether something is so, which may be left out.

    Raises:
        InvalidInput: It is neither true or yes nor false or no, in any of its words.
    """
    shown = value.strip().lower() if isinstance(value, str) else value
    if shown is None:
        return None
    answer = _YES.get(shown) if isinstance(shown, str | bool) else None
    if answer is None:
        raise InvalidInput(name, value, message("expected.yes_or_no"))
    return answer


def is_blank(value: Any) -> bool:
    """Return whether a cell is empty, or says that there is nothing."""
    return value is None or (
        isinstance(value, str) and value.strip() in {"", "—", "-", "/"}
    )


_KINDS: Final = {
    dict: "found.object",
    list: "found.list",
    str: "found.a_text",
    type(None): "found.no_value",
}


def kind(value: Any) -> Message:
    """Return what *value* is, in words."""
    return message(_KINDS.get(type(value), "found.number"))

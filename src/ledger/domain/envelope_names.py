"""Names in an envelope: the actor, the caller's key and the cause."""

from collections.abc import Collection
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.messages import message

LONGEST_NAME: Final = 200
"""Characters of an actor, a key or a cause."""


def checked_name(value: object, *, name: str) -> str:
    """
    Take *value* as an actor, a key or a cause.

    Args:
        name: Which of them it is.

    Raises:
        InvalidInput: It is no text, blank, too long or has characters that cannot be
            printed.
    """
    if (
        not isinstance(value, str)
        or not 0 < len(value) <= LONGEST_NAME
        or not value.isprintable()
        or not value.strip()
    ):
        right = message("expected.name_of", longest=LONGEST_NAME)
        raise InvalidInput(name, value, right)
    return value


def are_names(values: Collection[Any]) -> bool:
    """
    Return whether each of *values* could be an actor, a key or a cause.

    >>> are_names(["财政局", "V-7"]), are_names(["财政局", " "])
    (True, False)
    """
    try:
        return (
            "".join(values).isprintable()
            and all(map(str.strip, values))
            and max(map(len, values), default=0) <= LONGEST_NAME
        )
    except TypeError:
        return False


def check_version(version: object) -> None:
    """
    Check what a stream is expected to have.

    Raises:
        InvalidInput: It is no version.
    """
    if version is not None and (type(version) is not int or version < 0):
        right = message("expected.version")
        raise InvalidInput("expected_version", version, right)

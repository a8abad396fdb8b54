"""Enums whose members each have a row: all that is known of a member, in one place."""

from typing import Any, Self

from ledger.messages.keyed_enum import KeyedEnum


class EnumOfRows(KeyedEnum):
    """
    An enum of which each member is made with its row.

    A class of it says of which type its rows are: ``row: StatusRow``.
    """

    row: Any

    def __new__(cls, value: str, row: object = None) -> Self:
        """
        Make a member; to a type checker also find the one with a value.

        Raises:
            TypeError: The member has no row.
        """
        if row is None:
            raise TypeError(f"{cls.__name__} {value!r} has no row")
        # A checker is not told that members are texts.
        member = str.__new__(cls, value)  # type: ignore[type-var]
        member._value_ = value
        member.row = row
        return member

"""Enums whose members are texts, their keys, and are compared with members alone."""

from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:

    class KeyedEnum(Enum):
        """
        An enum whose members are the texts of their keys.

        A type checker is not told that they are texts: to compare one with a text, in
        which a slip would never be seen, is an error to it.
        """

        value: str

        def __init__(self, value: str, row: object = None) -> None: ...

        def __str__(self) -> str: ...

else:
    KeyedEnum = StrEnum

"""Values that say in one line what they are."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Final

from ledger.messages import Language, Message, said

_BETWEEN: Final = " · "


class OneLine(ABC):
    """A value whose ``repr`` is one line: its type, and what it is about."""

    __slots__ = ()

    @abstractmethod
    def summary(self) -> Iterable[Message | str]:
        """Return what it is about, in a few parts; one may be empty."""

    @property
    @abstractmethod
    def language(self) -> Language:
        """The language that it speaks where none is named."""

    def __repr__(self) -> str:
        parts = [said(part, self.language) for part in self.summary() if part]
        return f"<{' '.join([type(self).__name__, _BETWEEN.join(parts)])}>"


def counted(parts: tuple[object, ...]) -> str:
    """Return how many parts there are, where a line has no room for them."""
    return f"<{len(parts)}>"

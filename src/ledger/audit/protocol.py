"""What the checks of a verification write down, as they go."""

from collections import Counter
from enum import Enum
from typing import Final

from attrs import define, field

from ledger.domain.errors import LedgerError
from ledger.domain.finding import Finding, finding
from ledger.messages import Message, Plain, message

MOST_FINDINGS: Final = 1_000
"""How many are kept; those beyond are only counted."""

MOST_NOTES: Final = 100
"""How many of them may be no faults, so that faults have room."""

NONSENSE: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LedgerError,
    LookupError,
    TypeError,
    ValueError,
)
"""What values that break the rules, or are of no right type, may raise."""


class Check(Enum):
    """What must hold, in the order in which it is reported."""

    FILE = "file"
    LAYOUT = "layout"
    SETTINGS = "settings"
    LINES = "lines"
    ORDER = "order"
    EVENTS = "events"
    RULES = "rules"
    VIREMENTS = "virements"
    SNAPSHOTS = "snapshots"
    TREE = "tree"
    CHECKPOINTS = "checkpoints"
    SEALED = "sealed"

    @property
    def content(self) -> Message:
        """What must hold, as data."""
        return Message(f"check.{self.value}")

    @property
    def number(self) -> int:
        """Its place in the list, from 1."""
        return list(Check).index(self) + 1


@define
class Protocol:
    """
    Where checks write down what they examine and what they find.

    Attributes:
        first_wrong: The first position that a finding names.

        notes: How many findings are no faults.

        ranges: From and to which position one at least is wrong.
    """

    examined: dict[Check, int] = field(factory=Counter)
    wrong: dict[Check, int] = field(factory=Counter)
    found: list[tuple[int, Finding]] = field(factory=list)
    notes: int = 0
    first_wrong: int | None = None
    ranges: list[tuple[int, int]] = field(factory=list)

    def fault(
        self,
        check: Check,
        what: Message | str,
        *,
        position: int | None = None,
        until: int | None = None,
        place: Message | str = "",
    ) -> None:
        """
        Write down that something is wrong, at *position* if there is one.

        What is no UTF-8 is marked, so that every finding can be printed.

        Args:
            what: Is wrong.

            until: One position at least from *position* to this one is wrong.
        """
        self.wrong[check] += 1
        if position is not None and until is not None:
            self.ranges.append((position, until))
            place = message("place.positions", first=position, last=until, place=place)
        elif position is not None:
            place = message("place.position", number=position, place=place)
            first = self.first_wrong
            self.first_wrong = position if first is None else min(first, position)
        if len(self.found) < MOST_FINDINGS:
            code = f"log.{check.name.lower()}"
            said = finding(code, place=_printable(place), what=_printable(what))
            self.found.append((position or 0, said))

    def note(self, said: Finding, position: int | None = None) -> None:
        """Add findings that are no fault of the log."""
        self.notes += 1
        if self.notes <= MOST_NOTES:
            if position is not None:
                said = said.at(message("place.position", number=position))
            self.found.append((position or 0, said))

    def add(self, other: "Protocol") -> None:
        """Take over what another wrote down."""
        for check, number in other.examined.items():
            self.examined[check] += number
        for check, number in other.wrong.items():
            self.wrong[check] += number
        self.found += other.found[: MOST_FINDINGS - len(self.found)]
        self.notes += other.notes
        firsts = [f for f in (self.first_wrong, other.first_wrong) if f is not None]
        self.first_wrong = min(firsts, default=None)
        self.ranges += other.ranges

    def first(self) -> int | None:
        """Return the first position named; the start of a range where none is in it."""
        named = self.first_wrong
        starts = [a for a, b in self.ranges if named is None or b < named]
        return min(starts, default=named)


def _printable(text: Message | str) -> Message | str:
    if isinstance(text, str):
        return text.encode("utf-8", "backslashreplace").decode()
    return Message(text.code, {name: _fit(each) for name, each in text.values.items()})


def _fit(value: Plain) -> Plain:
    if isinstance(value, str | Message):
        return _printable(value)
    if isinstance(value, list):
        return [each if isinstance(each, int) else _printable(each) for each in value]
    return value

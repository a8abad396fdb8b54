"""What a verification says: numbered checks, and what was found under each."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from typing import Final, NamedTuple

from attrs import define, field, frozen

from ledger.domain.finding import Finding, error

MOST_FINDINGS: Final = 1_000
"""How many are kept; those beyond are only counted."""

MOST_NOTES: Final = 100
"""How many of them may be no faults, so that faults have room."""


class Check(Enum):
    """What must hold, in the order in which it is said."""

    FILE = "the file is sound by SQLite's own check"
    LAYOUT = "its tables, indexes and triggers are as they were made"
    SETTINGS = "its settings are those that it was created with"
    LINES = "each line hashes to its leaf"
    ORDER = "positions and versions are 1, 2, 3…, ids and instants never fall back"
    EVENTS = "each type and schema is known, each payload is read in one way only"
    RULES = "each event obeys the rules when it is decided anew"
    VIREMENTS = "the legs of each virement sum to zero"
    SNAPSHOTS = "snapshots equal a replay"
    TREE = "the leaves in order give the stored subtrees, head and root"
    CHECKPOINTS = "every stored checkpoint is a prefix of the log"
    SEALED = (
        "the checkpoints given are prefixes of the log, signed where a key is given"
    )

    @property
    def number(self) -> int:
        """Its place in the list, from 1."""
        return list(Check).index(self) + 1


class Outcome(NamedTuple):
    """
    What one check came to.

    Attributes:
        examined: How many things were looked at; 0 where there was nothing to check.

        wrong: How many of them are wrong.
    """

    check: Check
    examined: int
    wrong: int


@frozen(kw_only=True)
class Verification:
    """
    Whether a log is whole, unchanged and by the rules, and all that speaks against it.

    Attributes:
        events: How many events were read.

        root: The root over their lines, in hex, computed anew.

        findings: By position; up to 1 000. Those that are no errors, of clocks and of
            results ahead of their recording, do not speak against it.

        first_wrong: The first position that is wrong, where one can be named; else the
            first of those of which one is.

        sealed: What the last check was about: which checkpoints were given, whose
            signature was asked for, and what was not asked.
    """

    events: int
    root: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    first_wrong: int | None
    sealed: str = Check.SEALED.value

    def words(self, check: Check) -> str:
        """Return what *check* asked of this log, in words."""
        return self.sealed if check is Check.SEALED else check.value

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not any(outcome.wrong for outcome in self.outcomes)

    def to_dict(self) -> dict[str, object]:
        """Return the verification as JSON values."""
        return {
            "ok": self.ok,
            "events": self.events,
            "root": self.root,
            "first_wrong": self.first_wrong,
            "checks": [
                {
                    "number": each.check.number,
                    "check": self.words(each.check),
                    "examined": each.examined,
                    "wrong": each.wrong,
                }
                for each in self.outcomes
            ],
            "findings": [
                {
                    "code": f.code,
                    "severity": f.severity.value,
                    "place": f.place,
                    "message": f.message,
                }
                for f in self.findings
            ],
        }


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
        message: str,
        *,
        position: int | None = None,
        until: int | None = None,
        place: str = "",
    ) -> None:
        """
        Write down that something is wrong, at *position* if there is one.

        What is no UTF-8 is marked, so that every finding can be printed.

        Args:
            until: One position at least from *position* to this one is wrong.
        """
        self.wrong[check] += 1
        if position is not None and until is not None:
            self.ranges.append((position, until))
            where = f"positions {position} to {until}"
            place = where + (f", {place}" if place else "")
        elif position is not None:
            place = f"position {position}" + (f", {place}" if place else "")
            first = self.first_wrong
            self.first_wrong = position if first is None else min(first, position)
        if len(self.found) < MOST_FINDINGS:
            code = f"log.{check.name.lower()}"
            finding = error(code, _printable(message), place=_printable(place))
            self.found.append((position or 0, finding))

    def note(self, said: Finding, position: int | None = None) -> None:
        """Write down what is to be said although nothing is wrong with the log."""
        self.notes += 1
        if self.notes <= MOST_NOTES:
            if position is not None:
                said = said.at(f"position {position}")
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

    def verification(
        self, events: int, root: bytes, sealed: str = Check.SEALED.value
    ) -> Verification:
        """Return all that was written down; *sealed* says what the last check was."""
        findings: Iterable[tuple[int, Finding]] = sorted(
            self.found, key=lambda pair: pair[0]
        )
        return Verification(
            events=events,
            root=root.hex(),
            outcomes=tuple(
                Outcome(check, self.examined.get(check, 0), self.wrong.get(check, 0))
                for check in Check
            ),
            findings=tuple(finding for _, finding in findings),
            first_wrong=self._first(),
            sealed=sealed,
        )

    def _first(self) -> int | None:
        """Return the first position named; the start of a range where none is in it."""
        named = self.first_wrong
        starts = [a for a, b in self.ranges if named is None or b < named]
        return min(starts, default=named)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()

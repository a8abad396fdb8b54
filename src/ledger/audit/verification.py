"""What a verification says: numbered checks, and what was found under each."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, cast

from attrs import define, field, frozen

from ledger.audit.audit_document import AuditDocument
from ledger.domain.choice_words import LanguageWord, SeverityKey
from ledger.domain.error_language import all_in_own_language
from ledger.domain.errors import LedgerError
from ledger.domain.finding import Finding, finding
from ledger.json_shapes.of_audits import VerificationJson
from ledger.messages import Language, Message, Plain, message
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.reports.values.tidy_rows import whole_rows
from ledger.reports.vocabulary import language_or

MOST_FINDINGS: Final = 1_000
"""How many are kept; those beyond are only counted."""

MOST_NOTES: Final = 100
"""How many of them may be no faults, so that faults have room."""


_KEPT: Final = frozenset({"check.sealed_given", "check.sealed_signed"})
"""What the last check was where checkpoints were given."""

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


@frozen(kw_only=True)
class Outcome:
    """
    What one check came to.

    Attributes:
        examined: How many things were looked at; 0 where there was nothing to check.

        wrong: How many of them are wrong.
    """

    check: Check
    examined: int
    wrong: int


@all_in_own_language
@frozen(kw_only=True, repr=False)
class Verification(AuditDocument):
    """
    Whether a log is whole, unchanged and by the rules, and all that speaks against it.

    Attributes:
        events: How many events were read.

        root: The root over their lines, in hex, as computed here.

        findings: By position; up to 1 000. Those that are no errors, of clocks and of
            results ahead of their recording, do not speak against it.

        first_wrong: The first position that is wrong, where one can be named; else the
            first of those of which one is.

        sealed: What the last check was about: which checkpoints were given, whose
            signature was asked for, and what was not asked.

        language: Of the ledger, in which it speaks where none is named.
    """

    events: int
    root: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    first_wrong: int | None
    sealed: Message = Check.SEALED.content
    language: Language = field(default=Language.ENGLISH, eq=False)

    def words(self, check: Check, language: Language | None = None) -> str:
        """Return what *check* asked of this log, in words."""
        asked = self.sealed if check is Check.SEALED else check.content
        return asked.said(language or self.language)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not any(outcome.wrong for outcome in self.outcomes)

    @property
    def is_sealed(self) -> bool:
        """Whether a checkpoint that somebody kept was compared with the log."""
        return self.sealed.code in _KEPT

    def summary(self) -> Iterable[Message | str]:
        """Return whether it holds, how many events, and what is wrong."""
        yield message("summary.ok" if self.ok else "summary.not_ok")
        yield message("summary.events", count=self.events)
        wrong = sum(outcome.wrong for outcome in self.outcomes)
        yield message("summary.wrong", count=wrong) if wrong else ""
        yield message("summary.root", root=self.root[:8])

    def outline(self, language: Language) -> Outline:
        """Return the numbered checks, what was found, and what was not asked."""
        lines: list[Message | str] = []
        for each in self.outcomes:
            state = "wrong" if each.wrong else "holds" if each.examined else "unchecked"
            lines.append(
                message(
                    "line.check",
                    number=f"{f'({each.check.number})':>4}",
                    what=self.words(each.check, language),
                    state=message(f"word.{state}"),
                    count=each.wrong or None,
                )
            )
        lines += [found.text(language) for found in self.findings]
        if self.first_wrong is not None:
            lines.append(message("line.first_wrong", position=self.first_wrong))
        lines.append(message("line.verified", count=self.events, root=self.root))
        if not self.is_sealed:
            lines.append(message("line.no_checkpoint"))
        return Outline(lines=tuple(map(OutlineLine, lines)))

    def to_records(
        self, table: str = "checks", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return a row for each check, or for each finding.

        Args:
            table: ``checks`` or ``findings``.

            wide: Changes nothing: each row has all that there is of its thing.

        Raises:
            InvalidInput: There is no such table.
        """
        shown = self.to_dict()
        tables: dict[str, Callable[[], Sequence[Mapping[str, Any]]]] = {
            "checks": lambda: shown["checks"],
            "findings": lambda: shown["findings"],
        }
        return whole_rows(tables, table, wide=wide)

    def to_dict(
        self, language: Language | LanguageWord | None = None
    ) -> VerificationJson:
        """
        Return the verification as JSON values, in its own language or *language*.

        Raises:
            InvalidInput: There is no such language.
        """
        spoken = language_or(language, self.language)
        return {
            "ok": self.ok,
            "events": self.events,
            "root": self.root,
            "first_wrong": self.first_wrong,
            "checks": [
                {
                    "number": each.check.number,
                    "check": self.words(each.check, spoken),
                    "examined": each.examined,
                    "wrong": each.wrong,
                }
                for each in self.outcomes
            ],
            "findings": [
                {
                    "code": f.code,
                    "severity": cast(SeverityKey, f.severity.value),
                    "place": f.placed(spoken),
                    "message": f.content.said(spoken),
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

    def verification(
        self,
        events: int,
        root: bytes,
        sealed: Message = Check.SEALED.content,
        language: Language = Language.ENGLISH,
    ) -> Verification:
        """Return all that was written down; *sealed* says what the last check was."""
        findings: Iterable[tuple[int, Finding]] = sorted(
            self.found, key=lambda pair: pair[0]
        )
        return Verification(
            events=events,
            root=root.hex(),
            outcomes=tuple(
                Outcome(
                    check=check,
                    examined=self.examined.get(check, 0),
                    wrong=self.wrong.get(check, 0),
                )
                for check in Check
            ),
            findings=tuple(one.spoken(language) for _, one in findings),
            first_wrong=self._first(),
            sealed=sealed,
            language=language,
        )

    def _first(self) -> int | None:
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

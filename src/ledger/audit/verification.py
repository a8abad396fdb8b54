"""What a verification says: numbered checks, and what was found under each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, cast

from attrs import field, frozen

from ledger.audit.audit_document import AuditDocument
from ledger.audit.protocol import Check, Protocol
from ledger.domain.choice_words import LanguageWord, SeverityKey
from ledger.domain.error_language import all_in_own_language
from ledger.domain.finding import Finding
from ledger.json_shapes.of_audits import VerificationJson
from ledger.messages import Language, Message, message
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.reports.values.tidy_rows import whole_rows
from ledger.reports.vocabulary import language_or

_KEPT: Final = frozenset({"check.sealed_given", "check.sealed_signed"})
"""What the last check was where checkpoints were given."""


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

    @classmethod
    def of(
        cls,
        protocol: Protocol,
        events: int,
        root: bytes,
        sealed: Message = Check.SEALED.content,
        language: Language = Language.ENGLISH,
    ) -> "Verification":
        """Return all that *protocol* says; *sealed* says what the last check was."""
        findings = sorted(protocol.found, key=itemgetter(0))
        return cls(
            events=events,
            root=root.hex(),
            outcomes=tuple(
                Outcome(
                    check=check,
                    examined=protocol.examined.get(check, 0),
                    wrong=protocol.wrong.get(check, 0),
                )
                for check in Check
            ),
            findings=tuple(one.spoken(language) for _, one in findings),
            first_wrong=protocol.first(),
            sealed=sealed,
            language=language,
        )

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

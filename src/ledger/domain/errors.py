"""
Every deliberate exception, in one tree that answers “what now?”.

```
LedgerError
├── InvalidInput          fix the input: it names the place and what is right
│   ├── InvalidAmount
│   ├── InvalidPlan
│   └── InvalidBatch      many lines at once, each with its own problem
├── Refused               the rules forbid it: ask for something else (`refusals`)
│   ├── AlreadyApproved
│   ├── UnknownProject
│   ├── UnknownUnit
│   ├── UnknownIndicator
│   ├── UnknownVoucher
│   ├── UnknownCommitment
│   ├── UnknownResult
│   ├── UnknownSource
│   ├── SourceLevelsMixed
│   ├── OutsideFiscalYear
│   ├── BeforeApproval
│   ├── AfterClosure
│   ├── NotClosed
│   ├── AlreadyCorrected
│   ├── ApprovalInUse
│   ├── DatedAhead
│   ├── InClosedPeriod
│   ├── VoucherUsed
│   ├── BudgetExceeded
│   ├── ExceptionNotAllowed
│   ├── SourceOverspent
│   ├── ReversalExceeded
│   ├── CarryExceeded
│   ├── CommitmentUsed
│   ├── BeforeCommitment
│   ├── CommitmentEnded
│   ├── CommitmentExceeded
│   ├── CommitmentsOpen
│   ├── VirementUnbalanced
│   ├── WrongResult
│   └── ImportRefused     findings of severity error
├── VersionConflict       somebody wrote in between: read again and retry
├── KeyConflict           the key is taken by another request
├── NotProven             a proof, an export or a report does not hold: do not trust it
└── LogError              the file itself
    ├── NotALedger
    ├── NewerLedger
    ├── OlderLedger
    ├── ReadOnlyLedger
    ├── LedgerLocked      another writer holds it: retry
    └── LogCorrupted      stop and verify
```
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from ledger.domain.choice_words import LanguageKey, ScaleKey
from ledger.domain.scale import Scale
from ledger.messages import (
    Language,
    Message,
    Value,
    known_language,
    listed,
    message,
    named,
    quoted,
    readers_language,
    said,
    without_language,
    words_of,
)

_LONGEST: Final = 200
_LOCKED: Final = "error.in_closed_period"
_MOST_PLACES: Final = 20


class LedgerError(Exception):
    """
    Base of every error that the library raises on purpose.

    Attributes:
        message: What is wrong, as data.

        language: That of the ledger which the error came from, if any.
    """

    code: ClassVar[str] = "error.other"
    """The stable name of what is wrong, such as ``error.voucher_used``."""

    language: Language | None = None

    def __init__(self, text: Message | str | None = None, /, **values: Value) -> None:
        self.message = message(self.code, **values) if text is None else text
        super().__init__(self.message)

    def lines(
        self,
        language: Language | LanguageKey | None = None,
        scale: Scale | ScaleKey | None = None,
    ) -> Sequence[str]:
        """Return the message, a line for each item; a name in it may hold line ends."""
        return [said(self.message, self._chosen(language), scale)]

    def text(
        self,
        language: Language | LanguageKey | None = None,
        scale: Scale | ScaleKey | None = None,
    ) -> str:
        """
        Return what is wrong and what would be right, in words; never raises.

        Args:
            language: ``zh`` or ``en``; by default that of the ledger which the error
                came from, else that of the locale. A last line says so where there is
                none such.

            scale: ``1`` for amounts in the main unit of the currency, ``10000`` for
                万 of it; by default that of the ledger.
        """
        lines = self.lines(language, scale)
        return "\n".join([*lines, *without_language(language, self._chosen(language))])

    def speak(self, language: Language) -> None:
        """Take the language of the ledger that it came from, unless it has one."""
        self.language = known_language(self.language) or language

    def _chosen(self, language: object) -> Language:
        known = known_language(language) or known_language(self.language)
        return known or readers_language()

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        first, *others = " ".join(self.lines()[:1]).splitlines() or [""]
        more = " …" if others or len(self.lines()) > 1 else ""
        return f"<{type(self).__name__} {first}{more}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the same error again, in another process or as a copy."""
        return _anew, (type(self), self.args, self.__dict__.copy())


def _anew(
    kind: type[LedgerError], args: tuple[object, ...], values: dict[str, object]
) -> LedgerError:
    problem = kind.__new__(kind, *args)
    problem.__dict__.update(values)
    return problem


class InvalidInput(LedgerError, ValueError):
    """
    A value that cannot be taken.

    Attributes:
        field: The field that holds it, or where that is.

        where: The same as data.

        found: What stands there.

        expected: What would be right.
    """

    code = "error.invalid_input"

    def __init__(
        self, field: Message | str, found: object, expected: Message | str
    ) -> None:
        self.field, self.found, self.expected = str(field), found, expected
        self.where = field if isinstance(field, Message) else named(field)
        super().__init__(field=self.where, found=_shown(found), expected=expected)


class InvalidAmount(InvalidInput):
    """An amount of money that is not exact, not finite or not written plainly."""


class InvalidPlan(InvalidInput):
    """A spending plan that fits no reading, or two."""


class InvalidBatch(InvalidInput):
    """
    A file or batch of which at least one line cannot be taken.

    Attributes:
        bad: What is wrong with each bad line, as data, in the order of the lines.
    """

    code = "error.invalid_batch"

    def __init__(
        self,
        source: str,
        problems: Sequence[Message | str],
        expected: Message | str,
    ) -> None:
        self.bad = tuple(problems)
        bad = message("found.bad_lines", count=len(self.bad))
        super().__init__(source, bad, expected)

    def after(self, kept: int) -> None:
        """Say how many events of the batches before this one stay recorded."""
        values = {"found": _shown(self.found), "expected": self.expected}
        self.message = message(self.code, field=self.where, kept=kept or None, **values)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with each bad line, in words."""
        return tuple(said(problem, self._chosen(None)) for problem in self.bad)

    def lines(
        self,
        language: Language | LanguageKey | None = None,
        scale: Scale | ScaleKey | None = None,
    ) -> Sequence[str]:
        """Return a line for the file, one for each bad line, and one for each lock."""
        chosen = self._chosen(language)
        bad = (
            f"  {said(problem, chosen, scale)}" for problem in _each_lock_once(self.bad)
        )
        return [said(self.message, chosen, scale), *bad]


def _each_lock_once(bad: Iterable[Message | str]) -> list[Message | str]:
    """Return what is wrong with bad lines; of those that a lock refuses, the first."""
    refused: dict[Hashable, list[Message]] = {}
    told: list[Message | str] = []
    for problem in bad:
        told.append(problem)
        if isinstance(problem, Message):
            what = problem.values.get("what")
            if isinstance(what, Message) and what.code == _LOCKED:
                lock = tuple(str(v) for k, v in what.values.items() if k != "on")
                lines = refused.setdefault(lock, [])
                lines.append(problem)
                if len(lines) > 1:
                    told.pop()
    for lines in refused.values():
        if len(lines) > 1:
            told[told.index(lines[0])] = _of_lock(lines)
    return told


def _of_lock(lines: Sequence[Message]) -> Message:
    """Return what a lock says of several lines: how many, where, and of the first."""
    places = [line.values["place"] for line in lines[:_MOST_PLACES]]
    return message(
        "line.locked",
        count=len(lines),
        places=places,
        more=len(lines) - len(places) or None,
        what=lines[0],
    )


class VersionConflict(LedgerError):
    """
    The stream holds other events than the caller has read.

    Attributes:
        expected: The version that the caller named.

        actual: The version that the stream has.
    """

    code = "error.version_conflict"

    def __init__(
        self, stream: str, expected: int, actual: int, subject: Message | str = ""
    ) -> None:
        self.stream, self.expected, self.actual = stream, expected, actual
        words = subject or stream
        super().__init__(stream=words, expected=expected, actual=actual)


class KeyConflict(LedgerError):
    """
    A key that another request has already.

    Attributes:
        key: It belongs to the whole ledger.

        field: What differs: a field of the event, ``type``, ``events`` where there
            are more or fewer, or ``request`` where only their digests say so.

        position: Of the event that has the key.
    """

    code = "error.key_conflict"

    def __init__(
        self, stream: Message | str, key: str, field: str, position: int
    ) -> None:
        self.key, self.field, self.position = key, field, position
        super().__init__(stream=stream, key=key, field=named(field), position=position)


class NotProven(LedgerError):
    """A proof, an export or a report does not say what it claims to."""

    code = "error.not_proven"


class LogError(LedgerError):
    """Something is wrong with the ledger file."""

    code = "error.log"


class NotALedger(LogError):
    """The file is not a ledger."""

    code = "error.not_a_ledger"


class NewerLedger(LogError):
    """The file was written by a newer version of the library."""

    code = "error.newer_ledger"


class OlderLedger(LogError):
    """The file was written by an earlier version, in a layout that is not read."""

    code = "error.older_ledger"


class ReadOnlyLedger(LogError):
    """The file cannot be written to."""

    code = "error.read_only"


class LedgerLocked(LogError):
    """Another process held the file for longer than the time to wait."""

    code = "error.locked"


class LogCorrupted(LogError):
    """The stored data contradicts itself."""

    code = "error.corrupted"


def said_by(problem: Exception) -> Message | str:
    """Return what an error says: as data, also where it is a library's."""
    return problem.message if isinstance(problem, LedgerError) else words_of(problem)


def _own_words(found: object) -> str:
    """Return an object in Python's way, or its class where that cannot be had."""
    try:
        return repr(found)
    except Exception:  # noqa: BLE001  An object of the caller's may raise anything.
        return type(found).__name__


def _shown(found: object) -> Value:
    """Return what was found as a text can say it; Python's own way only at last."""
    if isinstance(found, str):
        return quoted(found)
    if found is None:
        return message("found.nothing")
    if isinstance(found, bool):
        return message(f"word.{found}")
    if isinstance(found, Message | Decimal | date | int):
        return found
    if isinstance(found, list) and all(isinstance(each, Message) for each in found):
        return listed(found)
    text = _own_words(found)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

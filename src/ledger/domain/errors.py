"""
Every deliberate exception, in one tree that answers “what now?”.

```
LedgerError
├── InvalidInput          fix the input: it names the place and what is right
│   ├── InvalidAmount
│   ├── InvalidPlan
│   └── InvalidBatch      many lines at once, each with its own problem
├── Refused               the rules forbid it: ask for something else
│   ├── AlreadyApproved
│   ├── UnknownProject
│   ├── UnknownUnit
│   ├── UnknownIndicator
│   ├── UnknownVoucher
│   ├── UnknownResult
│   ├── UnknownSource
│   ├── OutsideFiscalYear
│   ├── BeforeApproval
│   ├── AfterClosure
│   ├── DatedAhead
│   ├── VoucherUsed
│   ├── BudgetExceeded
│   ├── ReversalExceeded
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

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from ledger.domain.finding import Finding, Severity
from ledger.messages import (
    Language,
    Message,
    Value,
    message,
    named,
    quoted,
    said,
)

_LONGEST: Final = 200


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

    def __init__(self, message: Message | str) -> None:
        self.message = message
        super().__init__(message)

    def lines(self, language: Language | None = None) -> Sequence[str]:
        """Return what is to be said, a line each; a name in it may hold line ends."""
        return [said(self.message, self._chosen(language))]

    def text(self, language: Language | None = None) -> str:
        """
        Return what is wrong and what would be right, in words.

        Args:
            language: By default that of the ledger which the error came from, else
                English.
        """
        return "\n".join(self.lines(language))

    def _chosen(self, language: Language | None) -> Language:
        return language or self.language or Language.ENGLISH

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the same error anew, in another process or as a copy."""
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
        field: The field that holds it.

        found: What stands there.

        expected: What would be right.
    """

    code = "error.invalid_input"

    def __init__(self, field: str, found: object, expected: Message | str) -> None:
        self.field, self.found, self.expected = field, found, expected
        super().__init__(
            message(
                self.code, field=named(field), found=_shown(found), expected=expected
            )
        )


class InvalidAmount(InvalidInput):
    """An amount of money that is not exact, not finite or not written plainly."""


class InvalidPlan(InvalidInput):
    """A spending plan that fits no reading, or two."""


class InvalidBatch(InvalidInput):
    """
    A file or batch of which at least one line cannot be taken.

    Attributes:
        problems: What is wrong with each bad line, in the order of the lines.
    """

    code = "error.invalid_batch"

    def __init__(
        self,
        source: str,
        problems: Sequence[Message | str],
        expected: Message | str,
    ) -> None:
        self.problems = tuple(problems)
        bad = message("found.bad_lines", count=len(self.problems))
        super().__init__(source, bad, expected)

    def lines(self, language: Language | None = None) -> Sequence[str]:
        """Return a line for the file, and one for each bad line."""
        chosen = self._chosen(language)
        listed = (f"  {said(problem, chosen)}" for problem in self.problems)
        return [said(self.message, chosen), *listed]


class Refused(LedgerError):
    """A request that the rules forbid."""

    code = "error.refused"


class AlreadyApproved(Refused):
    """A second approval of one project, or a second setting of a unit's objectives."""

    code = "error.already_approved"

    def __init__(self, what: Message | str) -> None:
        super().__init__(message(self.code, what=what))


class _Unknown(Refused):
    """A name that stands for nothing in this ledger."""

    def __init__(
        self,
        name: str,
        *,
        within: str = "",
        known: Sequence[str] = (),
        **more: Value,
    ) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(
            message(self.code, name=name, within=within, known=self.known, **more)
        )


class UnknownProject(_Unknown):
    """
    No approval of this project is recorded.

    Attributes:
        right: The code with the check character that fits, where it has another.
    """

    code = "error.unknown_project"

    def __init__(self, name: str, *, right: str | None = None) -> None:
        self.right = right
        super().__init__(name, right=right)


class UnknownUnit(_Unknown):
    """No objectives of this unit are recorded."""

    code = "error.unknown_unit"


class UnknownIndicator(_Unknown):
    """The project or unit has no such indicator, or the name stands for several."""

    code = "error.unknown_indicator"


class UnknownVoucher(_Unknown):
    """No disbursement of the project has this voucher number."""

    code = "error.unknown_voucher"


class UnknownResult(_Unknown):
    """No standing result has this key or event id."""

    code = "error.unknown_result"


class UnknownSource(_Unknown):
    """
    The project has no budget from this funding source.

    Attributes:
        nearest: That of its sources which is spelled most like it.
    """

    code = "error.unknown_source"

    def __init__(
        self,
        name: str,
        *,
        within: str = "",
        known: Sequence[str] = (),
        nearest: str | None = None,
        addable: bool = False,
    ) -> None:
        self.nearest = nearest
        super().__init__(
            name, within=within, known=known, nearest=nearest, addable=addable or None
        )


class OutsideFiscalYear(Refused):
    """An effective date outside the project's fiscal year."""

    code = "error.outside_fiscal_year"

    def __init__(self, project: str, on: date, first: date, last: date) -> None:
        self.on, self.first, self.last = on, first, last
        super().__init__(
            message(self.code, project=project, on=on, first=first, last=last)
        )


class BeforeApproval(Refused):
    """A fact about a project that was not approved yet on that day."""

    code = "error.before_approval"

    def __init__(self, project: str, on: date, approved_on: date) -> None:
        self.on, self.approved_on = on, approved_on
        super().__init__(
            message(self.code, project=project, on=on, approved_on=approved_on)
        )


class AfterClosure(Refused):
    """A fact about the money of a project that is closed, on whatever day."""

    code = "error.after_closure"

    def __init__(self, project: str, on: date, closed_on: date) -> None:
        self.on, self.closed_on = on, closed_on
        super().__init__(
            message(self.code, project=project, on=on, closed_on=closed_on)
        )


class DatedAhead(Refused):
    """
    A payment, reversal or closing of a day that had not come when it was recorded.

    Attributes:
        recorded_on: The day of recording, in UTC; one day more is allowed.
    """

    code = "error.dated_ahead"

    def __init__(self, project: str, on: date, recorded_on: date) -> None:
        self.on, self.recorded_on = on, recorded_on
        super().__init__(
            message(self.code, project=project, on=on, recorded_on=recorded_on)
        )


class VoucherUsed(Refused):
    """A voucher number that the project has already."""

    code = "error.voucher_used"

    def __init__(self, project: str, voucher: str, used: Message | str = "") -> None:
        self.voucher, self.used = voucher, used
        super().__init__(
            message(self.code, project=project, voucher=voucher, used=used)
        )


class BudgetExceeded(Refused):
    """
    Money that is not there.

    Attributes:
        requested: The amount asked for, in minor units.

        available: The least that is available from *on* to the end, in minor units.

        day: The first day on which the request would overdraw the budget.
    """

    code = "error.budget_exceeded"

    def __init__(
        self, message: Message | str, *, requested: int, available: int, day: date
    ) -> None:
        self.requested, self.available, self.day = requested, available, day
        super().__init__(message)


class ReversalExceeded(Refused):
    """A reversal above what is left of the disbursement that it names."""

    code = "error.reversal_exceeded"

    def __init__(self, message: Message | str, *, requested: int, left: int) -> None:
        self.requested, self.left = requested, left
        super().__init__(message)


class VirementUnbalanced(Refused):
    """Legs of a virement that do not sum to zero in each source, or meet themselves."""

    code = "error.virement_unbalanced"


class WrongResult(Refused):
    """A result of a kind that the indicator's target cannot be compared with."""

    code = "error.wrong_result"


class ImportRefused(Refused):
    """
    Forms with findings of severity error; nothing was recorded.

    Attributes:
        findings: Every finding of the import, errors first.
    """

    code = "error.import_refused"

    def __init__(self, source: str, findings: Sequence[Finding]) -> None:
        self.source, self.findings = source, tuple(findings)
        count = sum(each.severity is Severity.ERROR for each in self.findings)
        super().__init__(message(self.code, source=source, count=count))

    def lines(self, language: Language | None = None) -> Sequence[str]:
        """Return a line for the files, and one for each error."""
        chosen = self._chosen(language)
        errors = [one for one in self.findings if one.severity is Severity.ERROR]
        return [
            said(self.message, chosen),
            *(f"  {one.text(chosen)}" for one in errors),
        ]


class VersionConflict(LedgerError):
    """
    The stream holds other events than the caller had read.

    Attributes:
        expected: The version that the caller named.

        actual: The version that the stream has.
    """

    code = "error.version_conflict"

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        self.stream, self.expected, self.actual = stream, expected, actual
        super().__init__(
            message(self.code, stream=stream, expected=expected, actual=actual)
        )


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

    def __init__(self, stream: str, key: str, field: str, position: int) -> None:
        self.key, self.field, self.position = key, field, position
        super().__init__(
            message(
                self.code,
                stream=stream,
                key=key,
                field=named(field),
                position=position,
            )
        )


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
    """What is stored contradicts itself."""

    code = "error.corrupted"


def _shown(found: object) -> Value:
    """Return what was found as a text can say it; Python's own way only at last."""
    if isinstance(found, str):
        return quoted(found)
    if found is None:
        return message("found.nothing")
    if isinstance(found, Message | Decimal | date | int):
        return found
    text = repr(found)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

"""
Every deliberate exception, in one tree that answers “what now?”.

```
LedgerError
├── InvalidInput          mend the input: it names the place and what would be right
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
├── NotProven             a proof, an export or a report does not hold: trust it not
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
from typing import Any

from ledger.domain.finding import Finding


class LedgerError(Exception):
    """Base of every error that the library raises on purpose."""

    def lines(self) -> Sequence[str]:
        """Return what is to be said, a line each; a name in it may hold line ends."""
        return [str(self)]

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the same error anew, in another process or as a copy."""
        return _anew, (type(self), self.args, self.__dict__.copy())


def _anew(
    kind: type[LedgerError], said: tuple[object, ...], values: dict[str, object]
) -> LedgerError:
    problem = kind.__new__(kind, *said)
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

    def __init__(self, field: str, found: object, expected: str) -> None:
        self.field, self.found, self.expected = field, found, expected
        super().__init__(f"{field}: found {_shown(found)}; expected {expected}")


class InvalidAmount(InvalidInput):
    """An amount of money that is not exact, not finite or not written plainly."""


class InvalidPlan(InvalidInput):
    """A spending plan that fits no reading, or two."""


class InvalidBatch(InvalidInput):
    """
    A file or batch of which at least one line cannot be taken.

    Attributes:
        problems: One message for each bad line, in the order of the lines.
    """

    def __init__(self, source: str, problems: Sequence[str], expected: str) -> None:
        self.problems = tuple(problems)
        super().__init__(source, f"{len(self.problems)} bad line(s)", expected)

    def lines(self) -> Sequence[str]:
        """Return a line for the file, and one for each bad line."""
        listed = (f"  {problem}" for problem in self.problems)
        return [f"{self.field}: nothing was recorded", *listed]

    def __str__(self) -> str:
        return "\n".join(self.lines())


class Refused(LedgerError):
    """A request that the rules forbid."""


class AlreadyApproved(Refused):
    """A second approval of one project, or a second setting of a unit's objectives."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is approved already; record what changed instead")


class _Unknown(Refused):
    """A name that stands for nothing in this ledger."""

    noun = "name"

    def __init__(
        self, name: str, *, within: str = "", known: Sequence[str] = ()
    ) -> None:
        self.name, self.known = name, tuple(known)
        place = f"{within}: " if within else ""
        hint = f"; there are {', '.join(self.known)}" if self.known else ""
        super().__init__(f"{place}no {self.noun} {name!r}{hint}")


class UnknownProject(_Unknown):
    """
    No approval of this project is recorded.

    Attributes:
        right: The code with the check character that fits, where it has another.
    """

    noun = "approved project"

    def __init__(self, name: str, *, right: str | None = None) -> None:
        super().__init__(name)
        self.right = right
        if right is not None:
            fit = f"its check character is wrong; {right!r} would be right"
            self.args = (f"{self}; {fit}",)


class UnknownUnit(_Unknown):
    """No objectives of this unit are recorded."""

    noun = "unit with objectives"


class UnknownIndicator(_Unknown):
    """The project or unit has no such indicator, or the name stands for several."""

    noun = "single indicator"


class UnknownVoucher(_Unknown):
    """No disbursement of the project has this voucher number."""

    noun = "disbursement with voucher"


class UnknownResult(_Unknown):
    """No standing result has this key or event id."""

    noun = "standing result"


class UnknownSource(_Unknown):
    """
    The project has no budget from this funding source.

    Attributes:
        nearest: That of its sources which is spelled most like it.
    """

    noun = "funding source"

    def __init__(
        self,
        name: str,
        *,
        within: str = "",
        known: Sequence[str] = (),
        nearest: str | None = None,
        addable: bool = False,
    ) -> None:
        super().__init__(name, within=within, known=known)
        self.nearest = nearest
        hint = f"{self}; the nearest is {nearest!r}" if nearest else str(self)
        consent = "; new_source (--new-source) takes it as a new one"
        self.args = (hint + consent if addable else hint,)


class OutsideFiscalYear(Refused):
    """An effective date outside the project's fiscal year."""

    def __init__(self, project: str, on: date, first: date, last: date) -> None:
        self.on, self.first, self.last = on, first, last
        super().__init__(
            f"{project}: {on} is outside the days that it may have, {first} to {last}"
        )


class BeforeApproval(Refused):
    """A fact about a project that was not approved yet on that day."""

    def __init__(self, project: str, on: date, approved_on: date) -> None:
        self.on, self.approved_on = on, approved_on
        super().__init__(f"{project}: approved on {approved_on}, after {on}")


class AfterClosure(Refused):
    """A fact about the money of a project that is closed, on whatever day."""

    def __init__(self, project: str, on: date, closed_on: date) -> None:
        self.on, self.closed_on = on, closed_on
        super().__init__(
            f"{project}: closed on {closed_on}; nothing about its money can be "
            f"recorded any more, of {on} or any day"
        )


class DatedAhead(Refused):
    """
    A payment, reversal or closing of a day that had not come when it was recorded.

    Attributes:
        recorded_on: The day of recording, in UTC; one day more is allowed.
    """

    def __init__(self, project: str, on: date, recorded_on: date) -> None:
        self.on, self.recorded_on = on, recorded_on
        super().__init__(
            f"{project}: dated {on}, recorded on {recorded_on} (UTC); what happened is "
            "dated at most a day after it is recorded"
        )


class VoucherUsed(Refused):
    """A voucher number that the project has already."""

    def __init__(self, project: str, voucher: str, used: str = "") -> None:
        self.voucher, self.used = voucher, used
        by = f", by {used}" if used else ""
        super().__init__(f"{project}: voucher {voucher!r} is used already{by}")


class BudgetExceeded(Refused):
    """
    Money that is not there.

    Attributes:
        requested: The amount asked for, in minor units.

        available: The least that is available from *on* to the end, in minor units.

        day: The first day on which the request would overdraw the budget.
    """

    def __init__(
        self, message: str, *, requested: int, available: int, day: date
    ) -> None:
        self.requested, self.available, self.day = requested, available, day
        super().__init__(message)


class ReversalExceeded(Refused):
    """A reversal above what is left of the disbursement that it names."""

    def __init__(self, message: str, *, requested: int, left: int) -> None:
        self.requested, self.left = requested, left
        super().__init__(message)


class VirementUnbalanced(Refused):
    """Legs of a virement that do not sum to zero in each source, or meet themselves."""


class WrongResult(Refused):
    """A result of a kind that the indicator's target cannot be compared with."""


class ImportRefused(Refused):
    """
    Forms with findings of severity error; nothing was recorded.

    Attributes:
        findings: Every finding of the import, errors first.
    """

    def __init__(self, source: str, findings: Sequence[Finding]) -> None:
        self.source, self.findings = source, tuple(findings)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> Sequence[str]:
        """Return a line for the files, and one for each error."""
        errors = [each for each in self.findings if each.severity == "error"]
        head = f"{self.source}: nothing was recorded, {len(errors)} error(s)"
        return [head, *(f"  {each}" for each in errors)]


class VersionConflict(LedgerError):
    """
    The stream holds other events than the caller had read.

    Attributes:
        expected: The version that the caller named.

        actual: The version that the stream has.
    """

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        self.stream, self.expected, self.actual = stream, expected, actual
        super().__init__(
            f"{stream}: expected version {expected}, found {actual}; "
            "read again and retry"
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

    def __init__(self, stream: str, key: str, field: str, position: int) -> None:
        self.key, self.field, self.position = key, field, position
        super().__init__(
            f"{stream}: key {key!r} is taken by position {position}, "
            f"which differs in {field!r}"
        )


class NotProven(LedgerError):
    """A proof, an export or a report does not say what it claims to."""


class LogError(LedgerError):
    """Something is wrong with the ledger file."""


class NotALedger(LogError):
    """The file is not a ledger."""


class NewerLedger(LogError):
    """The file was written by a newer version of the library."""


class OlderLedger(LogError):
    """The file was written by an earlier version, in a layout that is not read."""


class ReadOnlyLedger(LogError):
    """The file cannot be written to."""


class LedgerLocked(LogError):
    """Another process held the file for longer than the time to wait."""


class LogCorrupted(LogError):
    """What is stored contradicts itself."""


def _shown(found: object) -> str:
    text = found if isinstance(found, str) else repr(found)
    text = text if len(text) <= 200 else f"{text[:200]}…"
    return repr(text) if isinstance(found, str) else text

"""One thing that looks wrong: where it is, what it is and how bad."""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial

from attrs import evolve as replace
from attrs import field, frozen


class Severity(StrEnum):
    """
    How bad a finding is.

    An *error* stops an import; a *warning* is recorded with the event; a *note* says
    how something was read.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Finding:
    """
    One thing that looks wrong, or how an unclear thing was read.

    Attributes:
        code: A stable dotted name such as ``plan.instalments``; listed in the docs.

        place: Where it stands, from the outside in: file, project, row, field.

        found: The text as it was printed.

        understood: How it was read, if it was read at all.

        expected: What would be right.
    """

    code: str
    message: str
    severity: Severity = field(kw_only=True)
    place: str = field(default="", kw_only=True)
    found: str | None = field(default=None, kw_only=True)
    understood: str | None = field(default=None, kw_only=True)
    expected: str | None = field(default=None, kw_only=True)

    def at(self, *place: str) -> "Finding":
        """Return the same finding with *place* put before its own."""
        return replace(self, place=" › ".join([*place, *filter(None, [self.place])]))

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{self.severity} {self.code}: {where}{self.message}"


error = partial(Finding, severity=Severity.ERROR)
"""Make a finding that stops an import."""

warning = partial(Finding, severity=Severity.WARNING)
"""Make a finding that is recorded and reported."""

note = partial(Finding, severity=Severity.NOTE)
"""Make a finding that only says how something was read."""


def tally(findings: Iterable[Finding]) -> str:
    """
    Return how many findings of each severity there are.

    >>> tally([error("a", ""), note("b", ""), note("b", "")])
    '1 error, 0 warnings, 2 notes'
    """
    found = [finding.severity for finding in findings]
    counts = [(found.count(severity), severity) for severity in Severity]
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts)

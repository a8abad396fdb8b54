"""Takes the fields of a form one by one, so that all errors are found at once."""

from collections.abc import Callable
from typing import TypeVar

from attrs import define

from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.finding import Finding, Text, finding
from ledger.messages import Message

T = TypeVar("T")


@define
class ErrorCollector:
    """
    Takes fields, and says of each that cannot be taken what is wrong with it.

    Attributes:
        findings: Where it is added.

        place: Where the fields stand, from the outermost part to the innermost.

        failed: Whether one could not be taken.
    """

    findings: list[Finding]
    place: tuple[Text, ...] = ()
    failed: bool = False

    def take(self, make: Callable[[], T]) -> T | None:
        """Return what *make* takes; ``None`` where it cannot."""
        try:
            return make()
        except LedgerError as problem:
            self.findings.append(as_finding(problem).at(*self.place))
            self.failed = True
            return None


def as_finding(problem: LedgerError) -> Finding:
    """Return the finding that a form has for what the rules refuse."""
    if not isinstance(problem, InvalidInput):
        return finding("form.invalid", problem=problem.message)
    found = "" if problem.found is None else problem.found
    return finding(
        "form.invalid",
        found=found if isinstance(found, Message) else str(found)[:200],
        expected=problem.expected,
        problem=problem.message,
    )

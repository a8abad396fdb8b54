"""Takes the fields of a form one by one, so that all errors are found at once."""

from collections.abc import Callable
from typing import Final, TypeVar

from attrs import define

from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.finding import Finding, Text, finding
from ledger.intake.column_heads import head_of_form
from ledger.intake.readers.form_source import Source
from ledger.messages import Message, named

T = TypeVar("T")

_IN_FORMS: Final = {"name": "project_name", "plan_row": "plan", "unit": "unit_code"}
"""What forms call the fields of an approval that are called otherwise there."""


@define
class ErrorCollector:
    """
    Takes fields, and says of each that cannot be taken what is wrong with it.

    Attributes:
        findings: Where it is added.

        place: Where the fields stand, from the outermost part to the innermost.

        source: What they were read from, if it may know their cells.

        path: Of what has the fields, within the source.

        failed: Whether one could not be taken.
    """

    findings: list[Finding]
    place: tuple[Text, ...] = ()
    source: Source | None = None
    path: str = ""
    failed: bool = False

    def take(self, make: Callable[[], T]) -> T | None:
        """Return what *make* takes; ``None`` where it cannot."""
        try:
            return make()
        except LedgerError as problem:
            refused = as_finding(problem, self.source, self.path)
            self.findings.append(refused.at(*self.place))
            self.failed = True
            return None


def as_finding(
    problem: LedgerError, source: Source | None = None, path: str = ""
) -> Finding:
    """
    Return the finding that a form has for what the rules refuse.

    A field is called as the heads of forms are, and its cell is named, where *source*
    was read from a form or a table.
    """
    if not isinstance(problem, InvalidInput):
        return finding("form.invalid", problem=problem.message)
    cell = ""
    if source is not None and not source.keyed:
        field = _IN_FORMS.get(problem.field, problem.field)
        cell = source.cell(path, field).rpartition("!")[2]
        same = problem.where if field == problem.field else named(field)
        head = head_of_form(field) or same
        problem = InvalidInput(head, problem.found, problem.expected)
    found = "" if problem.found is None else problem.found
    return finding(
        "form.invalid",
        place=cell,
        found=found if isinstance(found, Message) else str(found)[:200],
        expected=problem.expected,
        problem=problem.message,
    )

"""Approvals read from files, and what is to be recorded of them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from attrs import define, field

from ledger.domain.arguments import all_checked
from ledger.domain.events import BudgetApproved, Event, ObjectivesSet
from ledger.domain.finding import Finding, Severity
from ledger.domain.import_refusal import ImportRefused
from ledger.domain.refusals import UnknownSource
from ledger.domain.settings import Settings
from ledger.domain.source_rules import check_added
from ledger.intake.corrections import compared, revised
from ledger.intake.error_collector import as_finding
from ledger.intake.form_differences import Approval
from ledger.intake.requests import Request
from ledger.intake.revision import Revision, form_in_force, forms_taken, held
from ledger.messages import Message, message

EventsOf = Callable[[Approval], Iterable[Event]]
"""Returns the events of the stream that an approval belongs to."""

_SEVERITIES: Final = list(Severity)


def _slips(approval: Approval) -> list[Finding]:
    """Return what is wrong with the names of an approval's funding sources."""
    if not isinstance(approval, BudgetApproved):
        return []
    sources = [part.source for part in approval.amounts]
    try:
        check_added(sources, approval.project, (), meant=approval.new_source)
    except UnknownSource as problem:
        return [as_finding(problem)]
    return []


@all_checked
@define
class Forms:
    """
    Approvals read from files, and findings about them.

    Attributes:
        names: Of the files.

        approvals: With the place where each stands.
    """

    names: list[str] = field(factory=list)
    approvals: list[tuple[Message, Approval]] = field(factory=list)
    findings: list[Finding] = field(factory=list)

    @property
    def name(self) -> str:
        """The names of all files."""
        return ", ".join(self.names)

    def requests(
        self,
        recorded: EventsOf,
        settings: Settings,
        *,
        revise_on: Callable[[int], date] | None = None,
        new_source: bool = False,
    ) -> list[Request]:
        """
        Return what is to be recorded: approvals that are not, and revisions.

        Args:
            recorded: Returns the events of an approval's stream, as far as there are.

            revise_on: Returns the day, in a fiscal year, from which a form with other
                content than is recorded revises it; without it such a form is an error.

            new_source: Whether a corrected form may bring a funding source of any name.

        Raises:
            ImportRefused: There are errors, or a recorded approval differs.
        """
        found: list[Request] = []
        for place, approval in self.approvals:
            events = list(recorded(approval))
            taken = forms_taken(events)
            if not taken:
                self.findings += [each.at(place) for each in _slips(approval)]
                found.append(Request(event=approval, place=place))
                continue
            if revise_on is None or isinstance(approval, ObjectivesSet):
                said = compared(events, taken, approval, settings)
                self.findings.append(said.at(place))
                continue
            on = revise_on(approval.fiscal_year)
            base, now = form_in_force(taken, on), held(events, on)
            assert isinstance(base.form, BudgetApproved)
            assert now is not None
            assert isinstance(now.form, BudgetApproved)
            revision = Revision(
                project=approval.project,
                on=on,
                reason=message(
                    "reason.corrected_form", file=place.values["outer"]
                ).said(settings.language),
                base=base.form,
                given=approval,
                ledger=now.form,
                rows=now.rows,
                settings=settings,
                new_source=new_source,
            )
            events_of_it, said_of_it = revised(revision, taken)
            self.findings += [each.at(place) for each in said_of_it]
            found += [Request(event=event, place=place) for event in events_of_it]
        self.findings.sort(key=lambda f: _SEVERITIES.index(f.severity))
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            raise ImportRefused(self.name, self.findings)
        return found

"""The official forms of a view: what they are made from, and the two of them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from attrs import frozen

from ledger.domain.codes import is_basic, is_within
from ledger.domain.events import BudgetApproved, ObjectivesSet
from ledger.domain.results import Indicators
from ledger.domain.revised_approval import revised_approval
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.subject import Subject
from ledger.domain.withdrawals import under_approval_of
from ledger.projections.attainment import said_of
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.reports.documents.monitoring import Monitoring
from ledger.reports.documents.self_evaluation import SelfEvaluation
from ledger.reports.values.lines import Lines
from ledger.reports.values.monitoring import MonitoredProject
from ledger.reports.values.monthly import UnitReport
from ledger.reports.values.official_form import (
    BASIC,
    PROJECTS,
    FormCase,
    project_subject,
    unit_subject,
)
from ledger.reports.values.self_evaluation import Evaluation
from ledger.store.protocol import EventStore

T = TypeVar("T")


class Projects(Protocol):
    """Returns what is made of each project of the fiscal year."""

    def __call__(self, make: Callable[[ExecutionLine, Indicators], T], /) -> list[T]:
        """Return what *make* makes of each."""


@frozen(kw_only=True)
class OfficialForms:
    """
    Makes the official forms of the year that a view shows.

    Attributes:
        projects: Makes something of each project of the fiscal year.

        units: Yields each unit that has set objectives, with its state.
    """

    through: date
    position: int
    known_at: str | None
    log: EventStore
    lines: Lines
    projects: Projects
    units: Callable[[], Iterator[tuple[UnitReport, Indicators]]]

    def self_evaluation(self, rule: ScoringRule) -> SelfEvaluation:
        """Return the self-evaluation of the projects and units of the fiscal year."""
        with self.log.reading():
            cases, units = self._cases(), self._unit_cases()
            settings = self.log.settings
            root = self.log.root_at(self.position).hex()
        return SelfEvaluation(
            fiscal_year=settings.year_of(self.through).year,
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=root,
            origin=self.log.origin,
            settings=settings,
            scoring=rule,
            projects=[
                Evaluation.of(each, self.through, rule, settings.language)
                for each in cases
            ],
            units=[
                Evaluation.of(each, self.through, rule, settings.language)
                for each in units
            ],
        )

    def monitoring(self) -> Monitoring:
        """Return the monitoring of the projects and units of the fiscal year."""
        with self.log.reading():
            cases, units = self._cases(), self._unit_cases()
            settings = self.log.settings
            root = self.log.root_at(self.position).hex()
        return Monitoring(
            fiscal_year=settings.year_of(self.through).year,
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=root,
            origin=self.log.origin,
            settings=settings,
            projects=[MonitoredProject.of(each, settings.language) for each in cases],
            units=[MonitoredProject.of(each, settings.language) for each in units],
        )

    def _cases(self) -> list[FormCase]:
        """Return what the forms of the projects are made from."""
        units = {unit.unit: unit.name for unit, _ in self.units()}

        def one(line: ExecutionLine, state: Indicators) -> FormCase | None:
            if not line.has_budget:
                return None
            stream = Subject.project(line.project, line.fiscal_year).stream
            events = list(self.log.read_stream(stream, until=self.position))
            known = under_approval_of(events, self.through, self.position)
            own = [each.event for each in known]
            approvals = (each for each in own if isinstance(each, BudgetApproved))
            approval = next(approvals, None)
            if approval is not None:
                approval = revised_approval(approval, own, self.through)
            goals = () if approval is None else approval.goals
            return FormCase(
                subject=project_subject(line, goals, units),
                line=line,
                state=state,
                indicators=self.lines.of_project(state, line),
                explanation=said_of(state, self.through)[1],
            )

        return [case for case in self.projects(one) if case is not None]

    def _unit_cases(self) -> list[FormCase]:
        """Return the same for units: own indicators, the money of their projects."""
        every = self.projects(lambda line, _: line)
        lines = [line for line in every if line.has_budget]
        return [self._unit_case(unit, state, lines) for unit, state in self.units()]

    def _unit_case(
        self, unit: UnitReport, state: Indicators, lines: list[ExecutionLine]
    ) -> FormCase:
        own = [line for line in lines if is_within(line.unit, unit.unit)]
        basic = [line for line in own if is_basic(line.project)]
        others = [line for line in own if not is_basic(line.project)]
        stream = Subject.unit(unit.unit, state.fiscal_year).stream
        objectives = next(
            recorded.event
            for recorded in self.log.read_stream(stream, until=self.position)
            if isinstance(recorded.event, ObjectivesSet)
        )
        return FormCase(
            subject=unit_subject(objectives),
            line=self._total(own),
            state=state,
            indicators=unit.indicators,
            explanation=said_of(state, self.through)[1],
            parts={
                BASIC: self._total(basic) if basic else None,
                PROJECTS: self._total(others) if others else None,
            },
        )

    def _total(self, lines: list[ExecutionLine]) -> ExecutionTotal:
        return total(lines, self.through, self.log.settings)

"""The official forms of a view: what they are made from, and the two of them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Protocol, TypeVar

import attrs
from attrs import frozen

from ledger.domain.about import AskedPeriod, answering, month_last_explained
from ledger.domain.codes import is_basic, is_within
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetApproved, ObjectivesSet
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.refusals import UnknownProject, UnknownUnit
from ledger.domain.results import Indicators
from ledger.domain.revised_approval import revised_approval
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.statement_events import ConclusionStated
from ledger.domain.status import Status
from ledger.domain.subject import Subject, SubjectKind
from ledger.domain.withdrawals import under_approval_of
from ledger.projections.attainment import AttainmentLine, said_of
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
from ledger.reports.values.part import WHOLE, ReportPart, part_of
from ledger.reports.values.self_evaluation import Evaluation
from ledger.store.protocol import EventStore

T = TypeVar("T")


class Projects(Protocol):
    """Returns what is made of each project of the fiscal year."""

    def __call__(self, make: Callable[[ExecutionLine, Indicators], T], /) -> list[T]:
        """Return what *make* makes of each."""


class EarlierView(Protocol):
    """The same ledger cut at an earlier day."""

    def project(self, project: str, /, *, year: int) -> ExecutionLine:
        """Return one project's money."""

    def attainment(self, project: str, /, *, year: int) -> list[AttainmentLine]:
        """Return a project's indicators."""

    def unit_attainment(self, unit: str, /, *, year: int) -> list[AttainmentLine]:
        """Return a unit's own indicators."""


@frozen(kw_only=True)
class OfficialForms:
    """
    Makes the official forms of the year that a view shows.

    Attributes:
        projects: Makes something of each project of the fiscal year.

        selection: The projects and units that the forms are of.

        units: Yields each unit that has set objectives, with its state.

        earlier: Returns the view at an earlier day, as known at the same position.
    """

    through: date
    position: int
    known_at: str | None
    log: EventStore
    selection: Selection
    lines: Lines
    projects: Projects
    units: Callable[[], Iterator[tuple[UnitReport, Indicators]]]
    earlier: Callable[[date], EarlierView]

    def self_evaluation(self, rule: ScoringRule) -> SelfEvaluation:
        """Return the self-evaluation of the projects and units of the fiscal year."""
        with self.log.reading():
            part = self._part()
            settings = self.log.settings
            cases, units = self._cases(of_year=True), self._unit_cases(of_year=True)
            projects = [
                Evaluation.of(each, self.through, rule, settings.language)
                for each in cases
            ]
            root = self.log.root_at(self.position).hex()
        return SelfEvaluation(
            fiscal_year=settings.year_of(self.through).year,
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=root,
            origin=self.log.origin,
            settings=settings,
            selection=self.selection,
            part=part,
            scoring=rule,
            projects=projects,
            units=[
                Evaluation.of(each, self.through, rule, settings.language)
                for each in units
            ],
        )

    def monitoring(self) -> Monitoring:
        """Return the monitoring of the projects and units of the fiscal year."""
        with self.log.reading():
            settings, part = self.log.settings, self._part()
            projects, units = (
                [MonitoredProject.of(each, settings.language) for each in cases]
                for cases in (self._cases(), self._unit_cases())
            )
            root = self.log.root_at(self.position).hex()
        return Monitoring(
            fiscal_year=settings.year_of(self.through).year,
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=root,
            origin=self.log.origin,
            settings=settings,
            selection=self.selection,
            part=part,
            projects=projects,
            units=units,
        )

    def _part(self) -> ReportPart:
        """Return what the forms are of, with its name."""
        if self.selection == EVERYTHING:
            return WHOLE
        names = {unit.unit: unit.name for unit, _ in self.units()}
        return part_of(self.selection, self.projects(lambda line, _: line), names)

    def _cases(self, *, of_year: bool = False) -> list[FormCase]:
        """
        Return what the forms of the projects are made from.

        Args:
            of_year: Of the forms that people answer for the year.
        """
        units = {unit.unit: unit.name for unit, _ in self.units()}

        def one(line: ExecutionLine, state: Indicators) -> FormCase | None:
            if not line.has_budget:
                return None
            stream = Subject.project(line.project, line.fiscal_year).stream
            events = list(self.log.read_stream(stream, until=self.position))
            known = under_approval_of(events, self.through, self.position)
            own = [each.event for each in known]
            stated = [e for e in known if isinstance(e.event, ConclusionStated)]
            approvals = (each for each in own if isinstance(each, BudgetApproved))
            approval = next(approvals, None)
            if approval is not None:
                approval = revised_approval(approval, own, self.through)
            goals = () if approval is None else approval.goals
            asked = self.lines.asked(state, of_year=of_year)
            subject = Subject.project(line.project, line.fiscal_year)
            return FormCase(
                subject=project_subject(line, goals, units),
                line=line,
                state=state,
                indicators=self.lines.of_project(state, line, of_year=of_year),
                explanation=said_of(state, asked, self.through)[1],
                asked=asked,
                before=partial(self._before, subject, state, asked[0]),
                conclusion=self._concluded(stated, asked),
            )

        return [case for case in self.projects(one) if case is not None]

    def _unit_cases(self, *, of_year: bool = False) -> list[FormCase]:
        """Return the same for units: own indicators, the money of their projects."""
        every = self.projects(lambda line, _: line)
        lines = [line for line in every if line.has_budget]
        takes = self.selection.takes_unit
        return [
            self._unit_case(unit, state, lines, of_year=of_year)
            for unit, state in self.units()
            if takes(unit.unit)
        ]

    def _unit_case(
        self,
        unit: UnitReport,
        state: Indicators,
        lines: list[ExecutionLine],
        *,
        of_year: bool,
    ) -> FormCase:
        own = [line for line in lines if is_within(line.unit, unit.unit)]
        basic = [line for line in own if is_basic(line.project)]
        others = [line for line in own if not is_basic(line.project)]
        subject = Subject.unit(unit.unit, state.fiscal_year)
        known = list(self.log.read_stream(subject.stream, until=self.position))
        objectives = next(
            recorded.event
            for recorded in known
            if isinstance(recorded.event, ObjectivesSet)
        )
        stated = [each for each in known if isinstance(each.event, ConclusionStated)]
        asked = self.lines.asked(state, of_year=of_year)
        return FormCase(
            subject=unit_subject(objectives),
            line=self._total(own),
            state=state,
            indicators=self.lines.of_unit(state, of_year=of_year),
            explanation=said_of(state, asked, self.through)[1],
            asked=asked,
            before=partial(self._before, subject, state, asked[0]),
            conclusion=self._concluded(stated, asked),
            parts={
                BASIC: self._total(basic) if basic else None,
                PROJECTS: self._total(others) if others else None,
            },
        )

    def _total(self, lines: list[ExecutionLine]) -> ExecutionTotal:
        return total(lines, self.through, self.log.settings)

    def _concluded(
        self, stated: Sequence[RecordedEvent], asked: Sequence[AskedPeriod]
    ) -> ConclusionStated | None:
        """Return the conclusion that answers, which says what it is about."""
        answer = answering(stated, asked, self.through)
        if answer is None:
            return None
        event, period = answer[0].event, answer[1]
        assert isinstance(event, ConclusionStated)  # No others were given.
        return attrs.evolve(event, about=period.name)

    def _before(
        self,
        subject: Subject,
        state: Indicators,
        asked: AskedPeriod,
        label: IndicatorLabel | None,
    ) -> Status | None:
        """Return the status in the month before that was explained last."""
        remarks = (state if label is None else state.tracked[label]).remarks
        explained = () if remarks is None else remarks.explanations
        month = month_last_explained(explained, asked, self.log.settings)
        if month is None:
            return None
        view, year = self.earlier(month.end), subject.year or 0
        try:
            if subject.kind is SubjectKind.UNIT:
                lines = view.unit_attainment(subject.code, year=year)
            elif label is None:
                return view.project(subject.code, year=year).status
            else:
                lines = view.attainment(subject.code, year=year)
        except (UnknownProject, UnknownUnit):
            return None  # It was explained before its approval.
        return next((each.status for each in lines if each.indicator == label), None)

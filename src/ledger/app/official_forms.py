"""The official forms of a view: what they are made from, and the two of them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Protocol, TypeVar

from attrs import frozen

from ledger.app.form_statements import (
    FormStatements,
    added_up,
    money_stated,
)
from ledger.domain.about import AskedPeriod, month_last_explained
from ledger.domain.codes import is_within
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetApproved, ObjectivesSet
from ledger.domain.exact_numbers import summed
from ledger.domain.goals import goals_on
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.project_category import ProjectCategory, category_of
from ledger.domain.refusals import UnknownProject, UnknownUnit
from ledger.domain.results import Indicators
from ledger.domain.revised_approval import revisions_among
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.status import Status
from ledger.domain.subject import Subject, SubjectKind
from ledger.domain.withdrawals import under_approval_of
from ledger.projections.attainment import AttainmentLine, said_of
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.projections.forecast import at_plan
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


def _line(case: FormCase) -> ExecutionLine:
    """Return the money of a project's form."""
    assert isinstance(case.line, ExecutionLine)  # Only units have sums.
    return case.line


def _category(code: str, known: Iterable[RecordedEvent], on: date) -> ProjectCategory:
    """Return a project's category on a day: as its form says, else by its code."""
    events = [recorded.event for recorded in known]
    approval = next((one for one in events if isinstance(one, BudgetApproved)), None)
    said = [] if approval is None else [(approval.on, approval.project_category)]
    for revision in revisions_among(events):
        corrects = revision.correction and approval is not None
        since = approval.on if approval and corrects else revision.on
        said.append((since, revision.project_category))
    given = [
        one for since, one in sorted(said, key=itemgetter(0)) if since <= on and one
    ]
    return given[-1] if given else category_of(code)


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
            cases = self._cases(of_year=True)
            units = self._unit_cases(cases, of_year=True)
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
            cases = self._cases()
            projects, units = (
                [MonitoredProject.of(each, settings.language) for each in some]
                for some in (cases, self._unit_cases(cases))
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
            asked = self.lines.asked(state, of_year=of_year)
            subject = Subject.project(line.project, line.fiscal_year)
            statements = FormStatements(known=known, asked=asked, through=self.through)
            outlooks = statements.outlooks(state)
            return FormCase(
                subject=project_subject(
                    line, goals_on(state.goals, self.through), units
                ),
                line=line,
                state=state,
                indicators=self.lines.of_project(state, line, of_year=of_year),
                explanation=said_of(state, asked, self.through)[1],
                asked=asked,
                before=partial(self._before, subject, state, asked[0]),
                conclusion=statements.conclusion(),
                goals=statements.goals(state.goals),
                outlooks=outlooks,
                stated=money_stated(outlooks.get(None), line),
                at_plan=at_plan(line),
                is_basic=_category(line.project, known, self.through).is_basic,
            )

        return [case for case in self.projects(one) if case is not None]

    def _unit_cases(
        self, cases: list[FormCase], *, of_year: bool = False
    ) -> list[FormCase]:
        """Return the same for units: own indicators, the money of their projects."""
        takes = self.selection.takes_unit
        return [
            self._unit_case(unit, state, cases, of_year=of_year)
            for unit, state in self.units()
            if takes(unit.unit)
        ]

    def _unit_case(
        self,
        unit: UnitReport,
        state: Indicators,
        cases: list[FormCase],
        *,
        of_year: bool,
    ) -> FormCase:
        own = [case for case in cases if is_within(_line(case).unit, unit.unit)]
        basic = [case for case in own if case.is_basic]
        others = [case for case in own if not case.is_basic]
        parts = {BASIC: basic, PROJECTS: others}
        subject = Subject.unit(unit.unit, state.fiscal_year)
        known = list(self.log.read_stream(subject.stream, until=self.position))
        objectives = next(
            recorded.event
            for recorded in known
            if isinstance(recorded.event, ObjectivesSet)
        )
        asked = self.lines.asked(state, of_year=of_year)
        statements = FormStatements(known=known, asked=asked, through=self.through)
        plans = [case.at_plan for case in own if case.at_plan is not None]
        own_subject = unit_subject(objectives)
        return FormCase(
            subject=own_subject,
            line=self._total(own),
            state=state,
            indicators=self.lines.of_unit(state, of_year=of_year),
            explanation=said_of(state, asked, self.through)[1],
            asked=asked,
            before=partial(self._before, subject, state, asked[0]),
            conclusion=statements.conclusion(),
            goals=statements.goals(state.goals),
            outlooks=statements.outlooks(state),
            stated=added_up(case.stated for case in own) if own else None,
            parts_stated={name: self._stated(some) for name, some in parts.items()},
            at_plan=summed(plans) if plans and len(plans) == len(own) else None,
            parts={
                name: self._total(some) if some else None
                for name, some in parts.items()
            },
        )

    def _total(self, cases: list[FormCase]) -> ExecutionTotal:
        return total([*map(_line, cases)], self.through, self.log.settings)

    def _stated(self, cases: list[FormCase]) -> Decimal | None:
        """Return what is stated of some projects together, if of each."""
        sums = added_up(case.stated for case in cases)
        if sums is None:
            return None
        return self.log.settings.currency.major(sum(sums.values()))

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

"""The read side: a ledger cut at two dates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve as replace
from attrs import field, frozen

from ledger.audit.explanation import Cut, Explanation
from ledger.domain.budget import Budget
from ledger.domain.codes import is_within
from ledger.domain.errors import UnknownProject, UnknownUnit
from ledger.domain.events import BudgetApproved, ObjectivesSet
from ledger.domain.indicator import IndicatorReference
from ledger.domain.recorded import RecordedEvent
from ledger.domain.results import Indicators, Tracked
from ledger.domain.ticks import Tick
from ledger.log.sqlite import SqliteLog
from ledger.projections.attainment import (
    ATTAINMENT,
    AttainmentLine,
    attainment_lines,
    said_of,
)
from ledger.projections.execution import (
    EXECUTION,
    ExecutionLine,
    ExecutionTotal,
    execution_line,
    total,
)
from ledger.projections.judging import Moment
from ledger.projections.policy import Policy, Proration
from ledger.projections.projection import Projection
from ledger.projections.scoring import ScoringRule
from ledger.reports.entries import Entry, entries
from ledger.reports.form_parts import Case, project_subject, unit_subject
from ledger.reports.monitoring import MonitoredProject, Monitoring
from ledger.reports.monthly import MonthlyReport, ProjectReport, UnitReport
from ledger.reports.self_evaluation import Evaluation, SelfEvaluation
from ledger.states import load, made_of_each

if TYPE_CHECKING:
    from ledger.audit.explain import Explainer
    from ledger.audit.explained_indicators import IndicatorExplainer

S = TypeVar("S")
T = TypeVar("T")

_BY_PLAN = Proration.PLAN


@frozen(kw_only=True)
class View:
    """
    A ledger as it stands at two dates; it does not move when more is recorded.

    Attributes:
        through: Facts effective by this day count.

        position: Facts recorded up to this position count.

        known_at: As it was asked for, to be shown; ``None`` for all that was recorded.
    """

    through: date
    position: int
    known_at: str | None
    policy: Policy
    scoring: ScoringRule
    _log: SqliteLog = field(repr=False)
    _moments: dict[int, Moment] = field(init=False, repr=False, eq=False, factory=dict)

    def execution(self) -> list[ExecutionLine]:
        """
        Return each project's money, in order of code.

        Projects are those of the fiscal year that *through* lies in, approved by then.
        """
        with self._log.reading():
            return self._projects(lambda line, _: line)

    def project(self, project: str) -> ExecutionLine:
        """
        Return one project's money.

        Raises:
            UnknownProject: It was not approved by then, or not known.
        """
        with self._log.reading():
            state = self._state(EXECUTION, f"project:{project}")
            line = execution_line(state, self.through, self._log.settings, self.policy)
        if line is None:
            raise UnknownProject(project)
        return line

    def attainment(self, project: str) -> list[AttainmentLine]:
        """
        Return a project's indicators, in the order of its form.

        Raises:
            UnknownProject: It was not approved by then, or not known.
        """
        with self._log.reading():
            line = self.project(project)
            state = self._state(ATTAINMENT, f"project:{project}")
            return self._lines(state, line)

    def unit_attainment(self, unit: str) -> list[AttainmentLine]:
        """
        Return a unit's own indicators, those computed from projects included.

        Raises:
            UnknownUnit: It has set no objectives.
        """
        with self._log.reading():
            state = self._state(ATTAINMENT, f"unit:{unit}")
            if not state.fiscal_year:
                raise UnknownUnit(unit)
            return self._unit_lines(state)

    def total(self) -> ExecutionTotal:
        """Return the sum of all projects; rates come from the sums."""
        return total(self.execution(), self.through, self._log.settings)

    def by_unit(self) -> dict[str, ExecutionTotal]:
        """Return the sum of each unit's projects."""
        lines = self.execution()
        return {
            unit: total(
                [line for line in lines if line.unit == unit],
                self.through,
                self._log.settings,
            )
            for unit in sorted({line.unit for line in lines})
        }

    def monthly_report(self, tick: Tick = bool) -> MonthlyReport:
        """
        Return spending against plan and attainment against target, worst first.

        Args:
            tick: Takes how many more projects were looked at.
        """

        def one(line: ExecutionLine, state: Indicators) -> ProjectReport:
            tick(1)
            return ProjectReport.of(line, self._lines(state, line))

        with self._log.reading():
            projects = self._projects(one)
            units = [
                UnitReport.of(stream.partition(":")[2], state, self._unit_lines(state))
                for stream, state in self._units()
            ]
            settings = self._log.settings
            root = self._log.root_at(self.position).hex()
        return MonthlyReport.of(
            self.through,
            projects,
            units,
            known_at=self.known_at,
            position=self.position,
            root=root,
            origin=self._log.origin,
            settings=settings,
            policy=self.policy,
            scoring=self.scoring,
            entries=self._entries,
        )

    def self_evaluation(self) -> SelfEvaluation:
        """Return the self-evaluation of the projects and units of the fiscal year."""
        with self._log.reading():
            cases, units = self._cases(), self._unit_cases()
            settings, rule = self._log.settings, self.scoring
            root = self._log.root_at(self.position).hex()
        return SelfEvaluation(
            fiscal_year=settings.year_of(self.through).year,
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=root,
            origin=self._log.origin,
            settings=settings,
            scoring=rule,
            projects=[Evaluation.of(each, self.through, rule) for each in cases],
            units=[Evaluation.of(each, self.through, rule) for each in units],
        )

    def monitoring(self) -> Monitoring:
        """Return the monitoring of the projects of the fiscal year."""
        with self._log.reading():
            cases, settings = self._cases(), self._log.settings
            root = self._log.root_at(self.position).hex()
        return Monitoring(
            fiscal_year=settings.year_of(self.through).year,
            through=self.through,
            known_at=self.known_at,
            position=self.position,
            root=root,
            origin=self._log.origin,
            settings=settings,
            projects=[MonitoredProject.of(each) for each in cases],
        )

    def _cases(self) -> list[Case]:
        """Return what the official forms of the projects are made from."""
        units = {
            stream.partition(":")[2]: state.name for stream, state in self._units()
        }

        def one(line: ExecutionLine, state: Indicators) -> Case:
            stream = f"project:{line.project}"
            approval = next(self._log.read_stream(stream, until=self.position)).event
            assert isinstance(approval, BudgetApproved)
            return Case(
                subject=project_subject(approval, units),
                line=line,
                state=state,
                indicators=self._lines(state, line),
                explanation=said_of(state, self.through)[1],
            )

        return self._projects(one)

    def _unit_cases(self) -> list[Case]:
        """Return the same for units: own indicators, the money of their projects."""
        lines = self._projects(lambda line, _: line)
        cases = []
        for stream, state in self._units():
            unit = stream.partition(":")[2]
            own = [line for line in lines if is_within(line.unit, unit)]
            set_ = next(
                each.event
                for each in self._log.read_stream(stream, until=self.position)
                if isinstance(each.event, ObjectivesSet)
            )
            cases.append(
                Case(
                    subject=unit_subject(set_),
                    line=total(own, self.through, self._log.settings),
                    state=state,
                    indicators=self._unit_lines(state),
                    explanation=said_of(state, self.through)[1],
                )
            )
        return cases

    def _entries(self, subject: str) -> list[Entry]:
        """
        Return what figures of a project, or of ``unit:CODE``, rest on.

        The log only grows, so that it may be asked at any time.
        """
        stream = subject if subject.startswith("unit:") else f"project:{subject}"
        events = self._log.read_stream(stream, until=self.position)
        return entries(events, self.through, self._log.settings)

    def explain(self, subject: str, figure: str) -> Explanation:
        """
        Say where a figure comes from: formula, terms, events, and what was left out.

        Args:
            subject: A project's code, ``unit:CODE``, or ``totals``.

            figure: Its name in the report in JSON, such as ``execution_rate``,
                ``by_source.fiscal.disbursed``, ``months.2023-06.disbursed`` or
                ``indicators.NAME.attainment``.

        Raises:
            InvalidInput: There is no such figure; those that there are are named.
            UnknownProject, UnknownUnit, UnknownIndicator: As their names say.
        """
        with self._log.reading():
            if subject == "totals":
                from ledger.audit.explain import explain_total

                return explain_total(figure, self.total(), self.execution())
            if subject.startswith("unit:"):
                return self._unit_explainer(subject).explain(figure)
            return self._explainer(subject).explain(figure)

    def _explainer(self, project: str) -> "Explainer":
        from ledger.audit.explain import Explainer
        from ledger.audit.explained_money import MoneyExplainer

        line, stream = self.project(project), f"project:{project}"
        events = list(self._log.read_stream(stream))
        cut, settings = Cut(self.through, self.position), self._log.settings
        money = MoneyExplainer(line, events, cut, settings, self.policy)
        eased = ["time_progress"]
        if self.policy.proration is _BY_PLAN and line.minor_current:
            eased = ["planned", "current_budget"]
        lines = self._lines(self._state(ATTAINMENT, stream), line)
        return Explainer(
            subject=project,
            money=money,
            indicators=self._explainers(
                stream, events, lines, tuple(map(money.explain, eased))
            ),
            status=ProjectReport.of(line, lines).status,
        )

    def _unit_explainer(self, stream: str) -> "Explainer":
        from ledger.audit.explain import Explainer
        from ledger.audit.explained_money import explain_progress

        unit = stream.partition(":")[2]
        lines = self.unit_attainment(unit)
        state = self._state(ATTAINMENT, stream)
        year = self._log.settings.year(state.fiscal_year)
        events = list(self._log.read_stream(stream))
        eased = (explain_progress(year, self.through),)
        return Explainer(
            subject=unit,
            money=None,
            indicators=self._explainers(stream, events, lines, eased),
        )

    def _explainers(
        self,
        stream: str,
        events: list[RecordedEvent],
        lines: list[AttainmentLine],
        eased: tuple[Explanation, ...] = (),
    ) -> Mapping[str, "IndicatorExplainer"]:
        """Return what explains each indicator of a stream, by label."""
        from ledger.audit.explained_indicators import IndicatorExplainer

        tracked = self._state(ATTAINMENT, stream).tracked
        cut = Cut(self.through, self.position)
        return {
            line.indicator: IndicatorExplainer(
                line=line,
                tracked=(one := tracked[line.indicator]),
                events=events,
                cut=cut,
                policy=self.policy,
                eased=eased,
                parts=partial(self._parts, one.computed_from),
            )
            for line in lines
        }

    def _parts(
        self, references: Sequence[IndicatorReference]
    ) -> tuple[Explanation, ...]:
        """Explain the results of the project indicators that one is computed from."""
        parts = []
        for reference in references:
            stream = f"project:{reference.project}"
            state = self._state(ATTAINMENT, stream)
            label = state.label(reference.indicator)
            if label is None or state.tracked[label].computed_from:
                continue
            events, lines = self._log.read_stream(stream), self._unit_lines(state)
            parts.append(self._explainers(stream, list(events), lines)[label].part())
        return tuple(parts)

    def _projects(self, make: Callable[[ExecutionLine, Indicators], T]) -> list[T]:
        """Return what *make* makes of each project of the fiscal year."""
        settings = self._log.settings
        year = settings.year_of(self.through).year

        def one(stream: str, money: Budget, indicators: Indicators) -> T | None:
            if money.fiscal_year != year or not stream.startswith("project:"):
                return None
            line = execution_line(money, self.through, settings, self.policy)
            return None if line is None else make(line, indicators)

        return made_of_each(self._log, self.position, year, one)

    def _units(self) -> Iterator[tuple[str, Indicators]]:
        year = self._log.settings.year_of(self.through).year
        for stream in self._log.streams("unit"):
            state = self._state(ATTAINMENT, stream)
            if state.fiscal_year == year:
                yield stream, state

    def _lines(self, state: Indicators, line: ExecutionLine) -> list[AttainmentLine]:
        moment = self._moment(state.fiscal_year)
        if self.policy.proration is _BY_PLAN and line.minor_current:
            planned = Fraction(line.minor_planned, line.minor_current)
            moment = replace(moment, eased=min(Fraction(1), planned))
        return attainment_lines(state, moment, self.scoring, self._tracked)

    def _unit_lines(self, state: Indicators) -> list[AttainmentLine]:
        moment = self._moment(state.fiscal_year)
        return attainment_lines(state, moment, self.scoring, self._tracked)

    def _moment(self, fiscal_year: int) -> Moment:
        moment = self._moments.get(fiscal_year)
        if moment is None:
            progress = self._log.settings.year(fiscal_year).elapsed(self.through)
            moment = self._moments[fiscal_year] = Moment(
                through=self.through,
                progress=progress,
                eased=progress,
                policy=self.policy,
            )
        return moment

    def _tracked(self, reference: IndicatorReference) -> Tracked | None:
        state = self._state(ATTAINMENT, f"project:{reference.project}")
        label = state.label(reference.indicator)
        return None if label is None else state.tracked[label]

    def _state(self, projection: Projection[S], stream: str) -> S:
        current = self.position == self._log.head().size
        until = None if current else self.position
        return load(self._log, projection, stream, until)[0]

"""Any figure of a report, explained from the log alone: no snapshot is read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Final, TypeVar

from attrs import evolve as replace
from attrs import field, frozen

from ledger.app.form_statements import FormStatements
from ledger.app.replaying import replay
from ledger.audit.explain.explainer import Explainer, JudgedFigures, explain_total
from ledger.audit.explain.explanation import Cut, Explanation, check_sum
from ledger.audit.explain.indicators import IndicatorExplainer
from ledger.audit.explain.money import MoneyExplainer
from ledger.audit.explain.money_status import explain_progress
from ledger.audit.explain.stated import GoalsStated, StatedExplainer, stated_in_all
from ledger.audit.figure_paths import (
    figure_named,
    is_stated_of_money,
    source_named,
    subject_named,
)
from ledger.audit.relabelled import relabelled
from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import Budget
from ledger.domain.codes import unknown_project
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetApproved, ObjectivesSet, TargetRevised
from ledger.domain.indicator import IndicatorLabel, IndicatorReference
from ledger.domain.policies import Judging
from ledger.domain.refusals import UnknownUnit
from ledger.domain.results import Indicators
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.subject import Stream, Subject, SubjectKind, is_project
from ledger.domain.withdrawals import under_approval_of
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import total
from ledger.projections.projection import Projection
from ledger.reports.values.lines import Lines, eased_by_plan
from ledger.reports.values.monthly import ProjectReport
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, EXECUTION

S = TypeVar("S")

_FOUNDING: Final = BudgetApproved, ObjectivesSet
"""Types of the events that give a project or a unit its indicators."""


@frozen
class _StreamFacts:
    """
    A stream's events, and what those up to the position come to.

    The indicators are folded only where they are asked for.

    Attributes:
        recorded: Those under the approval of the day, those after the position as well,
            as they were recorded.
    """

    stream: Stream
    recorded: Sequence[RecordedEvent]
    position: int
    lines: Lines

    @cached_property
    def money(self) -> Budget:
        """The project's money."""
        return self._folded(EXECUTION)

    @cached_property
    def indicators(self) -> Indicators:
        """The indicators in force on the day."""
        return self.lines.in_force(self._folded(ATTAINMENT))

    @cached_property
    def events(self) -> Sequence[RecordedEvent]:
        """What was recorded, with the labels of the day."""
        return relabelled(self.recorded, self.indicators)

    def _folded(self, projection: Projection[S]) -> S:
        known = (each for each in self.recorded if each.position <= self.position)
        return projection.fold(self.stream, known)


@frozen(kw_only=True)
class Explaining:
    """
    Explains the figures of a view; each stream that it needs is read once.

    Attributes:
        through: Facts effective by this day count.

        position: Facts recorded up to this position count.

        selection: The projects that totals are of.
    """

    log: EventStore
    through: date
    position: int
    judging: Judging
    selection: Selection = EVERYTHING
    _streams: dict[Stream, _StreamFacts] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    _lines: Lines = field(init=False, repr=False, eq=False)

    @_lines.default
    def _by_the_streams(self) -> Lines:
        return Lines(
            through=self.through,
            settings=self.log.settings,
            policy=self.judging.policy,
            scoring=self.judging.scoring,
            find=lambda stream: self._known(stream).indicators,
        )

    def explain(self, subject: str, figure: str, year: int) -> Explanation:
        """
        Say where a figure comes from: formula, terms, events, and what was left out.

        Args:
            subject: ``totals``, ``unit:CODE``, ``project:CODE`` or a project's code.

            figure: Its name in the report in JSON, or the words of reports for it.

            year: The fiscal year, where *subject* names none.

        Raises:
            InvalidInput: There is no such figure; those that there are are named.
            LogCorrupted: What it rests on does not come to it.
            UnknownProject, UnknownUnit, UnknownIndicator: As their names say.
        """
        subject, figure = subject_named(subject), figure_named(figure)
        if subject == "totals":
            if is_stated_of_money(figure.removeprefix("totals.")):
                return self._stated_in_all(figure, year, self.selection.takes)
            return self._total(figure, year)
        named = Subject.named(subject).within(year)
        known = self._known(named.stream)
        if named.kind is SubjectKind.UNIT:
            explainer = self._unit(named)
            if is_stated_of_money(figure):
                takes = Selection(unit=named.code).takes
                return self._stated_in_all(figure, named.year or year, takes)
            explained = explainer.explain(figure)
            self._hold(explained, known, self._lines.of_unit)
            return explained
        line = self._lines.money(known.money)
        if line is None:
            raise unknown_project(named.code, named.year)
        explained = self._project(known, line).explain(figure)
        self._hold(explained, known, partial(self._lines.of_project, line=line))
        return explained

    def stated(self, subject: Subject) -> Mapping[str, Explanation]:
        """
        Explain all that people stated of a project or a unit, by figure.

        Raises:
            UnknownProject, UnknownUnit: As their names say.
        """
        if subject.kind is SubjectKind.UNIT:
            return self._unit(subject).all_stated()
        known = self._known(subject.stream)
        line = self._lines.money(known.money)
        if line is None:
            raise unknown_project(subject.code, subject.year)
        return self._project(known, line).all_stated()

    def _hold(
        self,
        explained: Explanation,
        known: _StreamFacts,
        make: Callable[[Indicators], Sequence[AttainmentLine]],
    ) -> None:
        """
        Check a figure of an indicator against a fold of only the events that count.

        Raises:
            LogCorrupted: They come to something else.
        """
        first, _, rest = explained.figure.partition(".")
        named, _, name = rest.rpartition(".")
        if first != "indicators":
            return
        label = IndicatorLabel(named)
        one = known.indicators.tracked.get(label)
        if one is None or one.computed_from:
            return
        counted = {each.position for each in explained.rests_on()}
        counted |= {  # Money carried in opens a year that is approved later, if at all.
            each.position
            for each in known.events
            if isinstance(each.event, _FOUNDING) and each.position <= self.position
        }
        cut = self._cut()
        counted |= {  # A percentage is a hundred times its pairs, a quality is not.
            each.position
            for each in known.events
            if isinstance(each.event, TargetRevised)
            and each.event.indicator == label
            and cut.excludes(each) is None
        }
        counted |= {
            each.position
            for each in known.recorded
            if isinstance(each.event, FormRevised) and each.position <= self.position
        }
        events = [each for each in known.recorded if each.position in counted]
        alone = ATTAINMENT.fold(known.stream, events)
        lines = [
            {each.indicator: each for each in make(state)}[label]
            for state in (known.indicators, alone)
        ]
        whole, again = (getattr(line, name, None) for line in lines)
        if whole != again:
            check_sum(explained.figure, str(whole), str(again))

    def _stated_in_all(
        self, figure: str, year: int, takes: Callable[[str, str], bool]
    ) -> Explanation:
        """Explain what is stated of the money of several projects, by each of them."""
        name = figure.removeprefix("totals.")
        source = source_named(name)
        terms = [
            replace(
                self.explain(line.project, name, year),
                figure=f"projects.{line.project}.{name}",
            )
            for line in self._money_of(year, takes)
            if line.has_budget
            and (source is None or line.of_source(source) is not None)
        ]
        return stated_in_all(figure, terms, self.log.settings)

    def _total(self, figure: str, year: int) -> Explanation:
        lines = self._money_of(year, self.selection.takes)
        whole = total(lines, self.through, self.log.settings)
        return explain_total(figure, whole, lines, self.log.settings)

    def _money_of(
        self, year: int, takes: Callable[[str, str], bool]
    ) -> list[ExecutionLine]:
        """Return the money of the projects of a year that are taken, in order."""
        folded = replay(self.log, EXECUTION, until=self.position, through=None)
        lines = [
            line
            for stream, state in folded
            if is_project(stream)
            and state.fiscal_year == year
            and (line := self._lines.money(state))
            and takes(line.project, line.unit)
        ]
        return sorted(lines, key=lambda line: line.project)

    def _project(self, known: _StreamFacts, line: ExecutionLine) -> Explainer:
        money = MoneyExplainer(
            line, known.recorded, self._cut(), self.log.settings, self.judging
        )

        def eased(day: date) -> tuple[Explanation, ...]:
            if eased_by_plan(self.judging.policy, line):
                return money.planned_by(day), money.plan_end()
            year = self.log.settings.year(line.fiscal_year)
            return (explain_progress(year, day, self._lines.time_from(line)),)

        def judged() -> JudgedFigures:
            lines = self._lines.of_project(known.indicators, line)
            status = ProjectReport.of(line, lines).status
            closed = line.closed_on is not None
            closing = money.explain("closed_on") if closed else None
            return self._explainers(known, lines, eased, closing), status

        return Explainer(
            subject=line.project,
            money=money,
            judged=judged,
            stated=self._stated(known),
        )

    def _unit(self, subject: Subject) -> Explainer:
        known = self._known(subject.stream)
        if not self._lines.holds(known.indicators):
            raise UnknownUnit(subject.code, year=subject.year)
        year = self.log.settings.year(known.indicators.fiscal_year)
        lines = self._lines.of_unit(known.indicators)
        explainers = self._explainers(
            known, lines, lambda day: (explain_progress(year, day),)
        )
        return Explainer(
            subject=subject.code,
            money=None,
            judged=lambda: (explainers, None),
            stated=self._stated(known),
        )

    def _stated(self, known: _StreamFacts) -> StatedExplainer:
        """Return what explains what people stated for the official forms."""
        asked = partial(self._lines.asked, known.indicators)

        def goals() -> GoalsStated:
            statements = FormStatements(
                known=known.recorded, asked=asked(), through=self.through
            )
            return statements.assessed(known.indicators.goals)

        return StatedExplainer(
            events=known.events,
            cut=self._cut(),
            settings=self.log.settings,
            asked=asked(),
            asked_of_year=asked(of_year=True),
            goals=goals,
            orders=known.indicators.rectifications,
        )

    def _explainers(
        self,
        known: _StreamFacts,
        lines: Sequence[AttainmentLine],
        eased: Callable[[date], tuple[Explanation, ...]] = lambda _: (),
        closing: Explanation | None = None,
    ) -> Mapping[str, IndicatorExplainer]:
        """Return what explains each indicator of a stream, by label."""
        tracked, cut = known.indicators.tracked, self._cut()
        asked = self._lines.asked(known.indicators)
        return {
            line.indicator: IndicatorExplainer(
                line=line,
                tracked=(one := tracked[line.indicator]),
                events=known.events,
                cut=cut,
                judging=self.judging,
                eased=eased,
                parts=partial(
                    self._parts, one.computed_from, known.indicators.fiscal_year
                ),
                usual=self.log.settings.convention,
                asked=asked,
                closing=closing,
            )
            for line in lines
        }

    def _parts(
        self, references: Sequence[IndicatorReference], year: int
    ) -> tuple[Explanation, ...]:
        """Explain the results of the project indicators that one is computed from."""
        parts = []
        for reference in references:
            known = self._known(Subject.project(reference.project, year).stream)
            state = known.indicators
            label = state.label(reference.indicator)
            if (
                label is None
                or state.tracked[label].computed_from
                or not self._lines.holds(state)
            ):
                continue
            lines = self._lines.of_unit(state)
            parts.append(self._explainers(known, lines)[label].part())
        return tuple(parts)

    def _known(self, stream: Stream) -> _StreamFacts:
        known = self._streams.get(stream)
        if known is None:
            events = list(self.log.read_stream(stream))
            own = under_approval_of(events, self.through, self.position)
            known = _StreamFacts(stream, own, self.position, self._lines)
            self._streams[stream] = known
        return known

    def _cut(self) -> Cut:
        return Cut(self.through, self.position)

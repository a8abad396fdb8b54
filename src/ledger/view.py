"""The read side: a ledger cut at two dates."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeVar

import msgspec
from attrs import field, frozen

from ledger.domain.budget import Budget
from ledger.domain.errors import UnknownProject, UnknownUnit
from ledger.domain.indicator import IndicatorReference
from ledger.domain.money import share
from ledger.domain.results import Indicators, Tracked
from ledger.log.sqlite import SqliteLog
from ledger.projections.attainment import (
    ATTAINMENT,
    AttainmentLine,
    Moment,
    attainment_lines,
)
from ledger.projections.execution import (
    EXECUTION,
    ExecutionLine,
    ExecutionTotal,
    execution_line,
    total,
)
from ledger.projections.policy import Policy, Proration
from ledger.projections.projection import Projection
from ledger.projections.scoring import ScoringRule
from ledger.reports.monthly import MonthlyReport, ProjectReport, UnitReport
from ledger.states import load

S = TypeVar("S")
T = TypeVar("T")


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
    _moments: dict[tuple[Decimal, Decimal], Moment] = field(
        init=False, repr=False, eq=False, factory=dict
    )

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

    def monthly_report(self) -> MonthlyReport:
        """Return spending against plan and attainment against target, worst first."""
        with self._log.reading():
            projects = self._projects(
                lambda line, state: ProjectReport.of(line, self._lines(state, line))
            )
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
            settings=settings,
            policy=self.policy,
        )

    def _projects(self, make: Callable[[ExecutionLine, Indicators], T]) -> list[T]:
        """Return what *make* makes of each project of the fiscal year."""
        settings = self._log.settings
        year = settings.year_of(self.through).year

        def each(stream: str, money: Budget, indicators: Indicators) -> Iterator[T]:
            if stream.startswith("project:") and money.fiscal_year == year:
                line = execution_line(money, self.through, settings, self.policy)
                if line is not None:
                    yield make(line, indicators)

        return self._each(each)

    def _units(self) -> Iterator[tuple[str, Indicators]]:
        year = self._log.settings.year_of(self.through).year
        for stream in self._log.streams("unit"):
            state = self._state(ATTAINMENT, stream)
            if state.fiscal_year == year:
                yield stream, state

    def _lines(self, state: Indicators, line: ExecutionLine) -> list[AttainmentLine]:
        eased = line.time_progress
        if self.policy.proration is Proration.PLAN and line.current_budget:
            eased = min(
                Decimal(1), share(line.planned, line.current_budget) or Decimal(0)
            )
        moment = self._moment(line.time_progress, eased)
        return attainment_lines(state, moment, self.scoring, self._tracked)

    def _unit_lines(self, state: Indicators) -> list[AttainmentLine]:
        year = self._log.settings.year(state.fiscal_year)
        progress = year.progress(self.through)
        moment = self._moment(progress, progress)
        return attainment_lines(state, moment, self.scoring, self._tracked)

    def _moment(self, progress: Decimal, eased: Decimal) -> Moment:
        moment = self._moments.get((progress, eased))
        if moment is None:
            moment = self._moments[progress, eased] = Moment(
                through=self.through, progress=progress, eased=eased, policy=self.policy
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

    def _each(self, make: Callable[[str, Budget, Indicators], Iterable[T]]) -> list[T]:
        """
        Return what *make* makes of the states of each project, in order of code.

        They come from the snapshots where those cover the log, else from a fold.
        """
        if self.position == self._log.head().size:
            made = self._stored(make)
            if made is not None:
                return made
        both = Projection.together((EXECUTION, ATTAINMENT))
        folded = both.fold_each(self._log.read_by_stream(until=self.position))
        return [each for stream, states in folded for each in make(stream, *states)]

    def _stored(
        self, make: Callable[[str, Budget, Indicators], Iterable[T]]
    ) -> list[T] | None:
        """
        Return what *make* makes of the snapshots; ``None`` if they lack an event.

        Each event is in one stream, so the events that all snapshots of a projection
        follow from are as many as the log has of the types that it follows.
        """
        counts = self._log.counts()
        money_left = sum(counts.get(each.__name__, 0) for each in EXECUTION.follows)
        left = sum(counts.get(each.__name__, 0) for each in ATTAINMENT.follows)
        decode_money = msgspec.msgpack.Decoder(Budget).decode
        decode = msgspec.msgpack.Decoder(Indicators).decode
        budgets = self._log.snapshots(EXECUTION.name, EXECUTION.version)
        made: list[T] = []
        for second in self._log.snapshots(ATTAINMENT.name, ATTAINMENT.version):
            left -= second.events
            if not second.stream.startswith("project:"):
                continue
            first = next(budgets, None)
            if first is None or first.stream != second.stream:
                return None
            money_left -= first.events
            try:
                money, indicators = decode_money(first.state), decode(second.state)
            except msgspec.MsgspecError:
                return None
            made += make(first.stream, money, indicators)
        return made if left == money_left == 0 else None

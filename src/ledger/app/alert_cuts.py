"""What was wrong with projects and units on any day, as known at one position."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from attrs import field, frozen

from ledger.app.earlier_orders import with_earlier_orders
from ledger.domain.budget import Budget
from ledger.domain.calendar import FiscalYear
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.policies import JudgedBy, Judging, judging, policy_facts
from ledger.domain.results import Indicators, Remarks
from ledger.domain.selection import Selection
from ledger.domain.status import badness
from ledger.domain.subject import LEDGER, Stream, SubjectKind, is_project
from ledger.projections.execution import ExecutionLine
from ledger.projections.projection import Projection
from ledger.reports.values.alert_conditions import (
    AlertKey,
    Condition,
    explained,
)
from ledger.reports.values.alerts import AlertSubject
from ledger.reports.values.indicator_alerts import indicator_conditions
from ledger.reports.values.lines import Lines
from ledger.reports.values.money_alerts import money_conditions
from ledger.reports.values.order_alerts import order_conditions
from ledger.reports.values.supporting_events import Standing
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, EXECUTION
from ledger.store.state.snapshot_reader import BothStates, load, made_of_each

S = TypeVar("S")

JudgingAt = Callable[[date], Judging]
"""Returns what figures of a day are judged by."""


@frozen(kw_only=True)
class KnownSubject:
    """
    What is known of a project or a unit, at no particular day.

    Attributes:
        money: ``None`` for a unit.
    """

    stream: Stream
    money: Budget | None = field(repr=False)
    indicators: Indicators = field(repr=False)


@frozen(kw_only=True)
class Wrong:
    """
    What is wrong with a project or a unit on a day, explained or not.

    Attributes:
        line: The money of a project; ``None`` for a unit.
    """

    known: KnownSubject
    subject: AlertSubject
    line: ExecutionLine | None
    conditions: dict[AlertKey, Condition]

    @classmethod
    def of(
        cls,
        known: KnownSubject,
        subject: AlertSubject,
        line: ExecutionLine | None,
        conditions: Iterable[Condition],
    ) -> "Wrong":
        """Return it with its conditions by key."""
        by_key = {condition.key: condition for condition in conditions}
        return cls(known=known, subject=subject, line=line, conditions=by_key)


@frozen(kw_only=True)
class AlertCut:
    """
    A ledger at a position, asked for what is wrong on days of a fiscal year.

    Attributes:
        judging: What figures of a day are judged by, as known at the position.
    """

    log: EventStore
    position: int
    year: FiscalYear
    judging: JudgingAt
    _lines: dict[date, Lines] = field(init=False, repr=False, eq=False, factory=dict)
    _wrong: dict[tuple[Stream, date], Wrong | None] = field(
        init=False, repr=False, eq=False, factory=dict
    )

    def of_all(self, selection: Selection, through: date) -> Iterator[Wrong]:
        """Yield what is wrong with each project, then with each unit, on a day."""

        def some(states: Sequence[BothStates]) -> Iterator[KnownSubject]:
            for stream, money, indicators in states:
                yield KnownSubject(stream=stream, money=money, indicators=indicators)

        year = self.year.year
        for known in made_of_each(self.log, self.position, year, some):
            wrong = self.on(known, through)
            if wrong is not None and _takes(selection, wrong):
                yield wrong
        for stream in self.log.streams(SubjectKind.UNIT, year):
            wrong = self.on(self.known(stream), through)
            if wrong is not None and _takes(selection, wrong):
                yield wrong

    def of_earlier(self, selection: Selection, through: date) -> Iterator[Wrong]:
        """Yield what is to be put right on a day of fiscal years before."""
        for stream in with_earlier_orders(self.log, self.position, self.year.year):
            wrong = self.on(self.known(stream), through)
            if wrong is not None and _takes(selection, wrong):
                yield wrong

    def known(self, stream: Stream) -> KnownSubject:
        """Return what is known of one project or unit."""
        money = self._state(EXECUTION, stream) if is_project(stream) else None
        return KnownSubject(
            stream=stream, money=money, indicators=self._state(ATTAINMENT, stream)
        )

    def on(self, known: KnownSubject, day: date) -> Wrong | None:
        """Return what is wrong on a day; ``None`` before the approval."""
        key = known.stream, day
        if key not in self._wrong:
            self._wrong[key] = self._found(known, day, self.lines(day))
        return self._wrong[key]

    def judged_by(
        self, known: KnownSubject, day: date, judging: Judging
    ) -> Wrong | None:
        """Return what would be wrong on a day by other thresholds."""
        return self._found(known, day, self._lines_by(day, judging))

    def lines(self, day: date) -> Lines:
        """Return what makes lines of a day, judged by what holds on it."""
        if day not in self._lines:
            self._lines[day] = self._lines_by(day, self.judging(day))
        return self._lines[day]

    def streak(
        self, known: KnownSubject, key: AlertKey, through: date
    ) -> tuple[str, int]:
        """Return the first of the months in a row that are wrong, and how many."""
        settings, first, streak = self.log.settings, through, 1
        start = settings.month_start(settings.month_of(through))
        for end in reversed([end for end in self.year.month_ends() if end < start]):
            wrong = self.on(known, end)
            if wrong is None or key not in wrong.conditions:
                break
            first, streak = end, streak + 1
        return settings.month_of(first), streak

    def standing(
        self, stream: Stream, label: IndicatorLabel | None, through: date
    ) -> Standing | None:
        """Return since when a status asks why, of an indicator or of the money."""
        known = self.known(stream)
        wrong = self.on(known, through)
        for key, condition in wrong.conditions.items() if wrong is not None else ():
            if condition.status is not None and condition.indicator == label:
                since, _ = self.streak(known, key, through)
                return Standing(since, self.is_open(known, condition, through))
        return None

    def is_open(self, known: KnownSubject, condition: Condition, day: date) -> bool:
        """Return whether nobody explained what is wrong on a day."""
        remarks = self._remarks(known, condition, day)
        asked = self.lines(day).asked(known.indicators)
        settings = self.log.settings
        bearing = explained(condition, remarks, asked, day, settings)
        if bearing.closes:
            return False
        before = self.before(known, condition, day)
        if before is None or condition.status is None or before.status is None:
            return True
        return badness(condition.status) >= badness(before.status)

    def before(
        self, known: KnownSubject, condition: Condition, day: date
    ) -> Condition | None:
        """Return what was wrong in the month that was explained last before a day."""
        remarks = self._remarks(known, condition, day)
        asked = self.lines(day).asked(known.indicators)
        settings = self.log.settings
        month = explained(condition, remarks, asked, day, settings).before
        wrong = None if month is None else self.on(known, month.end)
        return None if wrong is None else wrong.conditions.get(condition.key)

    def _remarks(
        self, known: KnownSubject, condition: Condition, day: date
    ) -> Remarks | None:
        state = self.lines(day).in_force(known.indicators)
        if condition.indicator is None:
            return state.remarks
        one = state.tracked.get(condition.indicator)
        return None if one is None else one.remarks

    def _found(self, known: KnownSubject, day: date, lines: Lines) -> Wrong | None:
        state = lines.in_force(known.indicators)
        if state.fiscal_year < self.log.settings.year_of(day).year:
            return self._of_earlier_year(known, state, lines)
        if known.money is None:
            return self._of_unit(known, state, lines)
        line = lines.money(known.money)
        if line is None:
            return None
        conditions = [
            *money_conditions(line, self.log.settings, lines.policy),
            *indicator_conditions(lines.of_project(state, line), state, day),
            *order_conditions(state, day, earlier=False),
        ]
        return Wrong.of(known, _of_line(line), line, conditions)

    def _of_unit(
        self, known: KnownSubject, state: Indicators, lines: Lines
    ) -> Wrong | None:
        unit, day = lines.unit(known.indicators), lines.through
        if unit is None:
            return None
        conditions = [
            *indicator_conditions(unit.indicators, state, day),
            *order_conditions(state, day, earlier=False),
        ]
        return Wrong.of(known, _of_unit(state), None, conditions)

    def _of_earlier_year(
        self, known: KnownSubject, state: Indicators, lines: Lines
    ) -> Wrong | None:
        """Return what is to be put right still of a fiscal year that is over."""
        line = None if known.money is None else lines.money(known.money)
        if line is None and known.money is not None:
            return None
        subject = _of_unit(state) if line is None else _of_line(line)
        conditions = order_conditions(state, lines.through, earlier=True)
        return Wrong.of(known, subject, line, conditions)

    def _lines_by(self, day: date, judging: Judging) -> Lines:
        return Lines(
            through=day,
            settings=self.log.settings,
            policy=judging.policy,
            scoring=judging.scoring,
            find=lambda stream: self._state(ATTAINMENT, stream),
        )

    def _state(self, projection: Projection[S], stream: Stream) -> S:
        current = self.position == self.log.head().size
        return load(self.log, projection, stream, None if current else self.position)[0]


def _takes(selection: Selection, wrong: Wrong) -> bool:
    own = wrong.subject
    if wrong.line is None:
        return selection.takes_unit(own.unit)
    return selection.takes(own.project, own.unit)


def _of_line(line: ExecutionLine) -> AlertSubject:
    return AlertSubject(
        unit=line.unit,
        unit_name=line.unit_name,
        project=line.project,
        project_name=line.name,
    )


def _of_unit(state: Indicators) -> AlertSubject:
    return AlertSubject(
        unit=state.subject, unit_name=state.name, project="", project_name=""
    )


def cut_of(log: EventStore, position: int, year: FiscalYear, by: Judging) -> AlertCut:
    """Return a ledger at a position; *by* judges every day where it is a caller's."""
    facts = policy_facts(log.read_stream(LEDGER, until=position))

    def at(day: date) -> Judging:
        return by if by.by is JudgedBy.CALLER else judging(facts, day)

    return AlertCut(log=log, position=position, year=year, judging=at)

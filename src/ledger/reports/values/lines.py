"""The lines of a report about one project or unit, made from its states."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Final

import msgspec
from attrs import evolve as replace
from attrs import field, frozen

from ledger.domain.about import AskedPeriod, asked_at
from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.budget import Budget, PlanInForce
from ledger.domain.calendar import FiscalYear
from ledger.domain.due_days import (
    DuePassed,
    month_ends,
    months_before,
    until_closing,
)
from ledger.domain.finding import Finding, spoken
from ledger.domain.indicator import IndicatorReference
from ledger.domain.plan import planned, planned_once
from ledger.domain.policy import DueEvery, Policy, Proration
from ledger.domain.rectifications import unrectified
from ledger.domain.results import Indicators, Tracked
from ledger.domain.revised_indicators import on_day
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.domain.subject import Stream, Subject
from ledger.domain.withdrawals import approved_on_day
from ledger.messages import Message, message
from ledger.projections.assessment import Moment
from ledger.projections.attainment import AttainmentLine, attainment_lines
from ledger.projections.execution import ExecutionLine, execution_line
from ledger.projections.judged_again import judged_again
from ledger.projections.money_status import time_from
from ledger.reports.values.monthly import ProjectReport, UnitReport

_IN_YEAR: Final = BudgetOrigin.IN_YEAR
_BY_PLAN: Final = Proration.PLAN

Find = Callable[[Stream], Indicators]
"""Returns the indicators of a stream, at the position of the report."""


@frozen(kw_only=True)
class Lines:
    """
    Makes lines at one day, by one policy, from states at one position.

    Every report and every audit makes them here, from snapshots or from a replay.

    Attributes:
        find: For a unit's indicators that are computed from projects.
    """

    through: date
    settings: Settings
    policy: Policy
    scoring: ScoringRule
    find: Find
    _moments: dict[tuple[int, date | None], Moment] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    _due: dict[tuple[int, int, int, int], DuePassed] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    _asked: dict[tuple[int, bool], tuple[AskedPeriod, ...]] = field(
        init=False, repr=False, eq=False, factory=dict
    )

    @property
    def due(self) -> tuple[DueEvery, DueEvery]:
        """When the policy asks for outputs, and for outcomes."""
        return self.policy.outputs_due, self.policy.outcomes_due

    def money(self, state: Budget) -> ExecutionLine | None:
        """Return a project's money; ``None`` before its approval, or its year."""
        return execution_line(state, self.through, self.settings, self.policy)

    def holds(self, state: Indicators) -> bool:
        """Check whether indicators are in force: from the approval on, in its year."""
        state = self.in_force(state)
        start = self.settings.year(state.fiscal_year).start
        return self.through >= start and state.holds(self.through)

    def in_force(self, state: Indicators) -> Indicators:
        """Return what is known under the approval of the day."""
        return on_day(approved_on_day(state, self.through), self.through)

    def of_project(
        self, state: Indicators, line: ExecutionLine, *, of_year: bool = False
    ) -> list[AttainmentLine]:
        """
        Return a project's indicators, in the order of its form; none without one.

        Args:
            of_year: Answered by what people say of the year, not of the month.
        """
        state = self.in_force(state)
        if not state.holds(self.through):  # Its year has begun where there is a line.
            return []
        moment = self._moment(state.fiscal_year, self.time_from(line))
        if of_year:
            moment = replace(moment, asked=partial(self.asked, state, of_year=True))
        plan = line.plan_in_force
        if plan is not None and eased_by_plan(self.policy, line):
            moment = replace(moment, pace=partial(self._planned, plan, line))
        find = partial(self._tracked, state.fiscal_year)
        once = 0 if plan is None else planned_once(plan.days, plan.amounts)
        asked = self._due_days(state, moment, once)
        if line.closed_on is not None:
            moment = moment.closed_on(line.closed_on)
            asked = until_closing(self._due_days(state, moment, once), asked)
        lines = attainment_lines(state, moment, self.scoring, find, asked)
        if not state.steps:
            return lines
        return judged_again(lines, state, self.settings.language)

    def time_from(self, line: ExecutionLine) -> date | None:
        """Return where a project's time begins, if that is not where the year does."""
        budget = line.budget
        if budget.origin is not _IN_YEAR:
            return None
        return time_from(budget, self.settings.year(budget.fiscal_year))

    def of_unit(
        self, state: Indicators, *, of_year: bool = False
    ) -> list[AttainmentLine]:
        """
        Return a unit's own indicators, or those of a project eased by time.

        Args:
            of_year: As for :meth:`of_project`.
        """
        state = self.in_force(state)
        moment = self._moment(state.fiscal_year)
        if of_year:
            moment = replace(moment, asked=partial(self.asked, state, of_year=True))
        find = partial(self._tracked, state.fiscal_year)
        asked = self._due_days(state, moment, 0)
        return attainment_lines(state, moment, self.scoring, find, asked)

    def project(self, money: Budget, indicators: Indicators) -> ProjectReport | None:
        """Return a project; ``None`` before its approval, or its year."""
        line = self.money(money)
        if line is None:
            return None
        return self.report(indicators, line)

    def report(self, indicators: Indicators, line: ExecutionLine) -> ProjectReport:
        """Return a project whose money is known."""
        report = ProjectReport.of(line, self.of_project(indicators, line))
        orders = self.orders(indicators, line.project)
        if not orders:
            return report
        return msgspec.structs.replace(report, findings=(*report.findings, *orders))

    def unit(self, state: Indicators) -> UnitReport | None:
        """Return a unit; ``None`` before its objectives hold."""
        if not self.holds(state):
            return None
        report = UnitReport.of(state.subject, state, self.of_unit(state))
        orders = self.orders(state, state.subject)
        return replace(report, findings=orders) if orders else report

    def orders(self, state: Indicators, place: str) -> tuple[Finding, ...]:
        """Return what is to be put right: few projects have any order."""
        known = approved_on_day(state, self.through)
        if not known.rectifications:
            return ()
        year = self.settings.year_of(self.through).year
        earlier = state.fiscal_year < year
        open_orders = unrectified(known, place, self.through, earlier=earlier)
        return spoken(open_orders, self.settings.language)

    def _moment(self, fiscal_year: int, start: date | None = None) -> Moment:
        moment = self._moments.get((fiscal_year, start))
        if moment is None:
            year = self.settings.year(fiscal_year)
            progress = year.elapsed(self.through)
            pace = partial(_elapsed, year, start or year.start)
            moment = self._moments[fiscal_year, start] = Moment(
                through=self.through,
                progress=progress,
                pace=lru_cache(maxsize=None)(pace),
                policy=self.policy,
                language=self.settings.language,
                convention=self.settings.convention,
                asked=partial(self._asked_of, fiscal_year),
                month_ends=month_ends(year.start),
                months=self.settings.year(fiscal_year).month_ends,
            )
        return moment

    def _due_days(self, state: Indicators, moment: Moment, once: int) -> DuePassed:
        """Return the due days that have passed, of a closed project by its closing."""
        assert state.since is not None  # They hold.
        ends = moment.month_ends
        first = months_before(ends, state.since.toordinal())
        day = moment.closed or moment.day
        asked = self._due.get((ends[0], first, once, day))  # Most projects share them.
        if asked is None:
            asked = DuePassed.by(day, ends, first, once, self.due)
            self._due[ends[0], first, once, day] = asked
        return asked

    def _planned(
        self, plan: PlanInForce, line: ExecutionLine, day: int
    ) -> tuple[int, int]:
        """Return what a plan says is spent by a day, and where it ends."""
        if not day:
            return 0, line.minor_plan_end
        eve = self.settings.year(line.fiscal_year).eve.toordinal()
        by = self.settings.convention
        return planned(plan.days, plan.amounts, day, eve, by), line.minor_plan_end

    def asked(
        self, state: Indicators, *, of_year: bool = False
    ) -> tuple[AskedPeriod, ...]:
        """Return what people answer for in a report of a project or a unit."""
        return self._asked_of(state.fiscal_year, of_year=of_year)

    def _asked_of(
        self, fiscal_year: int, *, of_year: bool = False
    ) -> tuple[AskedPeriod, ...]:
        key = fiscal_year, of_year
        if key not in self._asked:
            year = self.settings.year(fiscal_year)
            self._asked[key] = asked_at(
                self.through, year, self.settings, of_year=of_year
            )
        return self._asked[key]

    def _tracked(
        self, year: int, reference: IndicatorReference
    ) -> Tracked | Message | None:
        """
        Return a project's indicator of a year; ``None`` while it is not approved.

        Where it has none of that name, say so.
        """
        own = Subject.project(reference.project, year).stream
        state = self.in_force(self.find(own))
        if not self.holds(state):
            return None
        label = state.label(reference.indicator)
        if label is None:
            return message(
                "reason.no_such_indicator",
                project=reference.project,
                indicator=reference.indicator,
            )
        return state.tracked[label]


def _elapsed(year: FiscalYear, start: date, day: int) -> tuple[int, int]:
    """Return the share of the time from *start* on that has passed by a day, if any."""
    if not day:
        return 0, 1
    share = year.elapsed_since(start, date.fromordinal(day))
    return share.as_integer_ratio() if share > 0 else (0, 1)


def eased_by_plan(policy: Policy, line: ExecutionLine) -> bool:
    """Return whether sums are eased by the spending plan: planned ÷ where it ends."""
    return policy.proration is _BY_PLAN and line.minor_plan_end > 0

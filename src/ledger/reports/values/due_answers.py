"""Which results were due of a project or a unit by a day, and which of them came."""

from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from ledger.domain.due_days import (
    MONTHLY,
    OWN_DAY,
    DueSeries,
    month_ends,
    months_before,
)
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.plan import planned_once
from ledger.domain.results import Indicators, Standard, Tracked
from ledger.domain.revised_indicators import as_kept
from ledger.projections.answers import Answers, by_due_day, by_month
from ledger.projections.attainment import AttainmentLine
from ledger.projections.due_results import every_own_day
from ledger.projections.execution import ExecutionLine
from ledger.projections.monthly_duty import is_by_month
from ledger.reports.values.lines import Lines

LinesOn = Callable[[date], dict[int, AttainmentLine]]
"""
Returns the indicators of a project or a unit as they are judged on a day.

They are by the identity of what is kept of each: a revised form may rename it.
"""


@frozen(kw_only=True)
class DueAnswers:
    """
    What a project or a unit was asked for by a day.

    Attributes:
        state: In force on the day.

        line: The project's money; ``None`` for a unit.
    """

    lines: Lines
    state: Indicators
    line: ExecutionLine | None

    def all(self, on: LinesOn) -> dict[IndicatorLabel, Answers]:
        """Return the answers of each indicator, in the order of the form."""
        if not self.lines.holds(self.state):
            return {}
        return {label: self._of(one, on) for label, one in self.state.tracked.items()}

    def _of(self, one: Tracked, on: LinesOn) -> Answers:
        through, since = self.lines.through, self.state.since
        kept = id(as_kept(one))
        standard = one.standard(through)
        if is_by_month(one, standard):
            ends = self.lines.settings.year(self.state.fiscal_year).month_ends()
            closed = self._closed or through
            return by_month(one, since, [end for end in ends if end <= closed], through)
        days = self._passed(standard, through)
        if self._closed is not None:
            later = () if standard.due_at == MONTHLY else days[-1:]
            days = self._passed(standard, self._closed) or later
        return by_due_day(one, days, through, lambda day: on(day).get(kept))

    def _passed(self, standard: Standard, day: date) -> Sequence[int]:
        """Return the due days of an indicator that passed by a day."""
        since, ordinal = self.state.since, day.toordinal()
        if standard.due_at == OWN_DAY:
            return every_own_day(standard, since, ordinal)
        assert since is not None  # They hold.
        ends = month_ends(self.lines.settings.year(self.state.fiscal_year).start)
        first = months_before(ends, since.toordinal())
        plan = None if self.line is None else self.line.plan_in_force
        once = 0 if plan is None else planned_once(plan.days, plan.amounts)
        return DueSeries(ends, first, once, self.lines.due).passed(
            standard.due_at, ordinal
        )

    @property
    def _closed(self) -> date | None:
        return None if self.line is None else self.line.closed_on

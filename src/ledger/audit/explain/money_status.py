"""What a project's money is judged, explained: against its plan, or against time."""

from collections.abc import Callable
from datetime import date
from typing import Final

from attrs import frozen

from ledger.audit.explain.explanation import (
    Basis,
    Explanation,
    plan_reading,
    thresholds,
)
from ledger.audit.explain.judging import noted
from ledger.domain.budget import opened_on
from ledger.domain.calendar import FiscalYear
from ledger.domain.catalogue import plan_of
from ledger.domain.envelope import RecordedEvent
from ledger.domain.exact_numbers import PLACES, rounded
from ledger.domain.plan import Convention
from ledger.domain.policies import Judging
from ledger.domain.policy import MoneyAgainst
from ledger.domain.settings import Settings
from ledger.messages import Message, message
from ledger.projections.execution import ExecutionLine
from ledger.projections.money_status import (
    elapsed_of,
    is_expected_by_time,
    time_from,
)

BY_CALENDAR: Final = "calendar_status"
"""The figure that is judged by time, whatever the policy says."""

Plans = Callable[[], tuple[RecordedEvent | None, tuple[Basis, ...]]]
"""Returns the event of the plan in force, and all of them with why not."""

_Reasoning = tuple[Message, tuple[Explanation, ...]]
"""How a status follows, and the figures that it follows from."""


@frozen
class MoneyStatusExplainer:
    """
    Explains what a project's money is judged.

    Attributes:
        explain: Explains another figure of the money by its name.
    """

    line: ExecutionLine
    settings: Settings
    judging: Judging
    plans: Plans
    explain: Callable[[str], Explanation]

    def status(self, figure: str) -> Explanation:
        """Explain the status by the policy, or the one by the calendar alone."""
        line, policy = self.line, self.judging.policy
        value = line.calendar_status if figure == BY_CALENDAR else line.status
        formula, terms = self._judged(figure)
        whole = message("note.what_is_due")
        return Explanation(
            figure=figure,
            value=value.value,
            formula=formula,
            terms=terms,
            **noted(self.judging, thresholds(policy.money_thresholds, whole)),
        )

    def _judged(self, figure: str) -> _Reasoning:
        line, against = self.line, self.judging.policy.money_against
        if not line.has_budget or line.minor_current <= 0:
            code = "no_budget" if line.has_budget else "no_money"
            return message(f"formula.{code}_status"), ()
        if line.closed_on is not None and figure != BY_CALENDAR:
            return message("formula.closed_money_status", on=line.closed_on), ()
        by_time = figure == BY_CALENDAR or against is MoneyAgainst.TIME
        if by_time or not line.checkpoints:
            return self._by_time()
        if against is MoneyAgainst.PLAN:
            return self._by_plan()
        (plan, due), (time, rates) = self._by_plan(), self._by_time()
        return message("formula.money_by_both", plan=plan, time=time), (*due, *rates)

    def _by_plan(self) -> _Reasoning:
        due = self._checkpoint_due()
        if not due.value:
            day = self.line.through
            return message("formula.money_before_checkpoint", through=day), (due,)
        disbursed = self.explain("disbursed")
        formula = message(
            "formula.money_by_plan", disbursed=disbursed.read, due=due.read
        )
        return formula, (disbursed, due)

    def _by_time(self) -> _Reasoning:
        line = self.line
        year, state = self.settings.year(line.fiscal_year), line.budget
        terms = self.explain("execution_rate"), self.explain("time_progress")
        if not is_expected_by_time(state, line.through, year):
            since = opened_on(state)
            return message("formula.money_before_quarter", since=since), terms
        start = time_from(state, year)
        if start == year.start:
            return message("formula.money_status"), terms
        share = elapsed_of(state, line.through, year)
        formula = message("formula.money_by_own_time", start=start, share=f"{share}")
        return formula, terms

    def _checkpoint_due(self) -> Explanation:
        """Explain what was due at the last checkpoint passed."""
        chosen, events = self.plans()
        plan = None if chosen is None else plan_of(chosen.event)
        assert plan is not None  # The line has its checkpoints.
        through, settings = self.line.through, self.settings
        year = settings.year(self.line.fiscal_year)
        due = settings.currency.major(plan.planned(through, year, Convention.STEP))
        return Explanation(
            figure="checkpoint_due",
            value=due,
            words=settings.amount(due),
            formula=message("formula.checkpoint_due", through=through),
            events=events,
            notes=(plan_reading(plan),),
        )


def explain_progress(
    year: FiscalYear, through: date, since: date | None = None
) -> Explanation:
    """
    Explain the share of the year that has elapsed.

    Args:
        since: Where the time begins, if later than the year.
    """
    start = since or year.start
    return Explanation(
        figure="time_progress",
        value=rounded(year.elapsed_since(start, through), PLACES),
        formula=message("formula.progress", start=start, end=year.end, through=through),
    )

"""What a request becomes under the rules of money or of indicators."""

from datetime import date, timedelta
from typing import Any, Final

from ledger.domain import budget_rules, result_rules
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.budget import Budget
from ledger.domain.catalogue import followed, types
from ledger.domain.event_type import Fold
from ledger.domain.events import (
    Event,
    ResultReported,
)
from ledger.domain.finding import Finding, finding
from ledger.domain.form_rules import decide_form
from ledger.domain.refusals import DatedAhead
from ledger.domain.results import Indicators
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.streams import code_about
from ledger.domain.withdrawal_rules import decide_withdrawal
from ledger.messages import message

_OF_MONEY: Final = followed(Fold.EXECUTION) - {ApprovalWithdrawn, FormRevised}
"""Types that only the rules of money look at."""

ABOUT_MONEY: Final = frozenset(
    {ConclusionStated, GoalAssessed, OutlookStated, ScoreReported, VarianceExplained}
)
"""Types that may speak of the execution, though they are no facts of money."""


def decide(
    money: Budget,
    indicators: Indicators,
    event: Event,
    settings: Settings,
    scoring: ScoringRule | None = None,
) -> Event:
    """
    Return the fact that a request for *event* becomes, given its stream's states.

    Raises:
        Refused: The subclass says which rule forbids it.
        InvalidInput: A field of *event* cannot be taken.
    """
    if type(event) is ResultReported:  # Two of three events are.
        if indicators.since is not None and not indicators.steps:
            return result_rules.decide_result(indicators, event)
        return result_rules.decide(indicators, event, settings, scoring)
    asked: Any = event
    kind = type(event)
    if kind in _OF_MONEY:
        return budget_rules.decide(money, asked, settings)
    if type(event) is ApprovalWithdrawn:
        return decide_withdrawal(money, indicators, event, settings)
    if type(event) is FormRevised:
        return decide_form(money, indicators, event, settings)
    if kind not in ABOUT_MONEY:
        return result_rules.decide(indicators, asked, settings, scoring)
    executed = not isinstance(event, ScoreReported) or _is_executed(money, event)
    return result_rules.decide(
        indicators,
        asked,
        settings,
        scoring,
        executed=executed,
        money=money,
    )


def _is_executed(money: Budget, event: ScoreReported) -> bool:
    """Return whether execution earns points that day; a unit's always does."""
    return event.project is None or money.current(event.on) > 0


HAPPENED: Final = types(lambda row: row.happened)
"""Types of facts that cannot lie ahead, as approvals, adjustments and plans may."""

_TOLERANCE: Final = timedelta(days=1)


def check_day(event: Event, recorded_on: date) -> Finding | None:
    """
    Compare the day that a fact speaks of with the day of its recording, in UTC.

    Returns the finding about a result of a day to come.

    Raises:
        DatedAhead: Money moved, or a project was closed, more than a day later.
    """
    if event.on - recorded_on <= _TOLERANCE:
        return None
    if type(event) in HAPPENED:
        raise DatedAhead(code_about(event), event.on, recorded_on)
    if not isinstance(event, ResultReported):
        return None
    return finding(
        "result.dated_ahead",
        place=(code_about(event), event.indicator),
        found=event.on.isoformat(),
        expected=message("expected.day_that_has_come"),
        on=event.on,
        recorded_on=recorded_on,
    )

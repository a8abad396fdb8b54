"""What is decided by more of an append than the states of its stream."""

from functools import partial
from typing import Final

from ledger.app.known_units import periods_for
from ledger.app.underway import AppendUnderWay
from ledger.app.waiting import Short, Waiting
from ledger.domain import periods as period_rules
from ledger.domain import policies
from ledger.domain.budget import Budget
from ledger.domain.decisions import decide
from ledger.domain.events import DisbursementReversed, Event
from ledger.domain.periods import PeriodEvent
from ledger.domain.policy_events import PolicySet
from ledger.domain.refusals import BudgetExceeded, VoucherUsed
from ledger.domain.results import Indicators
from ledger.domain.shortage import Shortage, UnlimitedBudget
from ledger.domain.streams import OF_LEDGER
from ledger.domain.subject import Stream
from ledger.domain.voucher_lines import decided_line
from ledger.store.state.held_states import HeldStates

BY_MORE: Final = OF_LEDGER | {DisbursementReversed}
"""Types of facts that are; of others those that the states alone refuse."""


def decided_by_more(
    append: AppendUnderWay,
    held: HeldStates,
    event: Event,
    stream: Stream,
    waited: Waiting | None,
) -> Event:
    """
    Return the fact that an event becomes, given what else its append and the log have.

    Raises:
        Refused, InvalidInput: As :func:`ledger.domain.decisions.decide`.
    """
    if type(event) in OF_LEDGER and isinstance(event, PeriodEvent):
        known = periods_for(append.states, event.unit)
        return period_rules.decide(known, event, append.writer.today, append.settings)
    if isinstance(event, PolicySet):
        return policies.decide(event, append.writer.today)
    money, indicators = held.states[0], held.states[1]
    if type(event) is DisbursementReversed:
        money = append.refunds.seen(money)
    try:
        return _by_rules(append, money, indicators, event, stream, waited)
    except VoucherUsed as used:
        rest = {"indicators": indicators, "event": event}
        by_rules = partial(_by_rules, append, stream=stream, waited=waited, **rest)
        written = append.written.events(stream, append.writer, append.states.log)
        return decided_line(event, written, used, money, by_rules)


def _by_rules(
    append: AppendUnderWay,
    money: Budget,
    indicators: Indicators,
    event: Event,
    stream: Stream,
    waited: Waiting | None,
) -> Event:
    """Return what an event becomes; one that has waited may be short of money."""
    rules = append.settings, append.rule_on(event.on)
    try:
        return decide(money, indicators, event, *rules)
    except BudgetExceeded as problem:
        if waited is None:
            raise
        fact = decide(UnlimitedBudget.with_(money), indicators, event, *rules)
        refused = problem.with_traceback(None)
        append.short.append(Short(waited, stream, Shortage.of(fact), refused))
        return fact

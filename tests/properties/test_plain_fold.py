"""The fast folds give what the event catalogue says of the types of events."""

from datetime import date

import pytest
from hypothesis import given

from ledger import AdjustmentKind, Funding
from ledger.domain.balances import balances, with_effects
from ledger.domain.catalogue import BY_CLASS, CATALOGUE, UNDONE_BY, undone_id
from ledger.domain.event_type import Flow, Fold
from ledger.domain.withdrawals import approved_on_day
from ledger.events import (
    ApprovalWithdrawn,
    BudgetAdjusted,
    CommitmentEntered,
    Disbursed,
    ProjectClosed,
    ProjectReopened,
)
from ledger.store.state.packed import ATTAINMENT, EXECUTION
from ledger.store.stored_event import StoredEvent
from properties.result_strategies import result_facts
from properties.strategies import FACTS, approved_again, days, facts
from support import PROJECT, day
from support_events import ONE_OF_EACH

BOTH_SOURCES = (
    Funding(source="fiscal", amount=300),
    Funding(source="other", amount=20),
)
ADJUSTED = [
    BudgetAdjusted(project=PROJECT, on=day(7), kind=kind, amounts=BOTH_SOURCES)
    for kind in AdjustmentKind
]
EACH_SIGN = [
    *(pytest.param(each, id=type(each).__name__) for each in ONE_OF_EACH[1:]),
    *(pytest.param(each, id=each.kind) for each in ADJUSTED),
]


def recorded(events):
    """Return *events* as one stream has them, without asking the rules."""
    return [
        StoredEvent(
            version,
            f"project:2023:{PROJECT}",
            version,
            str(version),
            type(event).__name__,
            1,
            event.on,
            "",
            "",
            None,
            None,
            event,
        )
        for version, event in enumerate(events, start=1)
    ]


def fast(history, through):
    """Return what the fast fold knows by a day, by source and flow; nothing is left out."""
    state = EXECUTION.fold(f"project:2023:{PROJECT}", history)
    state = approved_on_day(state, through)
    sums = {}
    approved = state.approved_on is not None and state.approved_on <= through
    closed = state.closed_on is not None and state.closed_on <= through
    parts = [
        (Flow.BUDGET, state.original if approved else {}),
        (Flow.CARRIED_OVER, state.carried_over if closed else {}),
        (Flow.LAPSED, state.lapsed if closed else {}),
        (Flow.DISBURSED, {s: p.spent(through) for s, p in state.disbursements.items()}),
        *(
            (Flow.HANDED_ON, {gone.source: gone.amount})
            for gone in state.handed_on
            if gone.on <= through
        ),
        *(
            (Flow.REFUNDED, {came.source: came.amount})
            for came in state.refunds
            if came.on <= through
        ),
        *((Flow(one.stage), one.open(through)) for one in state.commitments.values()),
        *(
            (Flow.BUDGET, {change.source: change.amount})
            for change in state.adjustments
            if change.on <= through
        ),
    ]
    for flow, amounts in parts:
        for source, amount in amounts.items():
            sums[source, flow] = sums.get((source, flow), 0) + amount
    return without_zeros(sums)


def plain(history, through):
    """Return the same from the plain fold."""
    sums = balances(history, through)
    return without_zeros(
        {(s, flow): amount for s, part in sums.items() for flow, amount in part.items()}
    )


def without_zeros(sums):
    """Return the sums that are not nothing."""
    return {key: amount for key, amount in sums.items() if amount}


@given(facts() | approved_again(), days)
def test_the_fast_fold_is_the_sum_of_the_effects(events, through):
    """Whatever happened and whatever the day, both folds give the same amounts."""
    history = recorded(events)
    assert fast(history, through) == plain(history, through)
    assert fast(history, date.max) == plain(history, date.max)


@pytest.mark.parametrize("event", EACH_SIGN)
def test_the_fast_fold_follows_each_type_and_sign(event):
    """One event of each type, and one of each kind of adjustment, up and down."""
    payment = next(each for each in ONE_OF_EACH if type(each) is Disbursed)
    contract = next(each for each in ONE_OF_EACH if type(each) is CommitmentEntered)
    own = [] if event is contract else [contract]
    if type(event) is ProjectReopened:
        own += [each for each in ONE_OF_EACH if type(each) is ProjectClosed]
    paid = [] if type(event) is ApprovalWithdrawn else [payment, *own]
    history = recorded([ONE_OF_EACH[0], *paid, event])
    assert fast(history, date.max) == plain(history, date.max)


@given(result_facts())
def test_what_stands_is_what_nothing_took_back(events):
    """The fast fold keeps the results that no later event takes back, as rows say."""
    history = recorded(events)
    standing = {}
    for each in history:
        row = BY_CLASS[type(each.event)]
        if type(each.event) in UNDONE_BY and Fold.ATTAINMENT in row.follows:
            standing[each.id] = each.event.indicator
        standing.pop(undone_id(each.event), None)
    state = ATTAINMENT.fold(f"project:2023:{PROJECT}", history)
    found = [
        (str(version), label)
        for label, one in state.tracked.items()
        for version in one.results.versions
    ]
    assert sorted(found) == sorted(standing.items())


@given(facts() | approved_again())
def test_an_event_changes_only_the_flows_of_its_row(events):
    """An effect of a flow that the row does not name is found by nobody."""
    for event, effects in with_effects(recorded(events)):
        assert {effect.flow for effect in effects} <= BY_CLASS[type(event.event)].moves


def test_every_event_type_is_drawn():
    """A type that no history has is compared by nobody."""
    assert set(FACTS) == {row.event for row in CATALOGUE}

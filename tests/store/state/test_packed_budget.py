"""Packed money answers every question as plain money does."""

from datetime import date, timedelta
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Policy, Settings
from ledger.domain.budget import Budget
from ledger.domain.commitment import CommitmentStage
from ledger.errors import LogCorrupted
from ledger.events import (
    BudgetAdjusted,
    CommitmentAdjusted,
    Disbursed,
    DisbursementReversed,
)
from ledger.projections import execution
from ledger.projections.execution import execution_line
from ledger.store.state import packed_budget
from ledger.store.state.packed import EXECUTION
from ledger.store.state.packed_budget import PackedBudget, PackedDisbursements
from properties.strategies import SOURCES, approved_again, days, facts
from properties.test_plain_fold import recorded
from support import PROJECT, approval
from support_events import ONE_OF_EACH

STREAM = f"project:2023:{PROJECT}"
START = date(2023, 1, 1)
DAYS = st.integers(-40, 400).map(lambda n: START + timedelta(n))
MOVES = st.lists(st.tuples(DAYS, st.integers(-500, 500).filter(bool)), max_size=15)
VOUCHERS = [f"{kind}-{n}" for kind in ("V", "r") for n in range(12)]
QUESTIONS = {
    "disbursements": lambda state, on: {
        source: (disbursements.spent(on), movements(disbursements))
        for source, disbursements in state.disbursements.items()
    },
    "withdrawn": lambda state, on: [answers(each, on) for each in state.withdrawn],
    "commitments": lambda state, _: dict(state.commitments),
    "open_commitments": lambda state, on: [
        state.open_commitments(stage, on) for stage in CommitmentStage
    ],
    "liquidated": lambda state, _: [
        state.liquidated(voucher, source)
        for voucher in (*VOUCHERS, *map(str.lower, VOUCHERS))
        for source in SOURCES
    ],
    "last_fact_on": lambda state, _: state.last_fact_on,
    "current": lambda state, on: state.current(on),
    "free": lambda state, on: [state.free(one, on) for one in SOURCES],
    "has_voucher": lambda state, _: [state.has_voucher(one) for one in VOUCHERS],
    "has_disbursement": lambda state, on: [
        state.has_disbursement(n, on) for n in range(1, 9)
    ],
    "movements_of": lambda state, _: [sorted(state.movements_of(v)) for v in VOUCHERS],
}
FIELDS = Budget.__annotations__


def movements(disbursements):
    """Return the day and the amount of each movement."""
    start, since, amounts = disbursements.timeline()
    return [(start + day, amount) for day, amount in zip(since, amounts, strict=True)]


def answers(state, on):
    """Return what *state* answers to everything that may be asked of a budget."""
    kept = {name: getattr(state, name) for name in FIELDS}
    return kept | {name: question(state, on) for name, question in QUESTIONS.items()}


def test_everything_that_may_be_asked_is_asked():
    """A question that is added to a budget is compared here, or this fails."""
    methods = {name for name in vars(Budget) if not name.startswith("_")}
    assert methods == set(QUESTIONS)


@given(facts() | approved_again(), days)
def test_packed_and_plain_money_answer_the_same(events, on):
    """After each event of a history of every type, and from its bytes as well."""
    plain = execution.EXECUTION.initial(STREAM)
    packed = EXECUTION.initial(STREAM)
    assert answers(packed, on) == answers(plain, on)
    for event in recorded(events):
        plain = execution.EXECUTION.evolve(plain, event)
        packed = EXECUTION.evolve(packed, event)
        assert answers(packed, on) == answers(plain, on)
    stored = msgspec.msgpack.encode(packed)
    assert answers(msgspec.msgpack.decode(stored, type=PackedBudget), on) == answers(
        plain, on
    )


def test_what_took_back_a_line_moved_no_money_of_the_other():
    """The lines of a voucher are of two sources: each is money of its own."""
    paid = {"project": PROJECT, "on": START, "voucher": "V-1", "amount": 5}
    back = {"project": PROJECT, "on": START, "of": "V-1", "voucher": "r-1", "amount": 5}
    events = recorded(
        [
            approval(),
            Disbursed(source="fiscal", **paid),
            Disbursed(source="other", **paid),
            DisbursementReversed(source="fiscal", **back),
        ]
    )
    for each in (execution.EXECUTION, EXECUTION):
        moved = each.fold(STREAM, events).movements_of("r-1")
        assert [(one.source, one.voucher) for one in moved] == [
            ("fiscal", "v-1"),
            ("fiscal", "r-1"),
        ]


@given(facts(), days)
def test_a_type_without_a_fast_way_is_followed_by_its_effects(events, on):
    """The packed fold gives the same where only the catalogue knows a type."""
    fast = EXECUTION.fold(STREAM, recorded(events))
    unknown = (Disbursed, DisbursementReversed, BudgetAdjusted, CommitmentAdjusted)
    by_effects = dict.fromkeys(unknown, packed_budget._follow_effects)
    with patch.dict(packed_budget._FOLLOWED_BY, by_effects):
        slow = EXECUTION.fold(STREAM, recorded(events))
    assert answers(slow, on) == answers(fast, on)


@given(facts(), days)
def test_a_line_of_packed_money_is_that_of_plain_money(events, on):
    """Every figure of a project is the same, month by month."""
    lines = [
        execution_line(each.fold(STREAM, recorded(events)), on, Settings(), Policy())
        for each in (execution.EXECUTION, EXECUTION)
    ]
    plain, packed = lines
    if plain is None:
        assert packed is None
        return
    assert packed.months == plain.months
    assert packed.by_source == plain.by_source
    assert packed.findings == plain.findings
    assert packed.adjustments == plain.adjustments
    assert packed.checkpoints == plain.checkpoints


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_both_refuse_or_take_a_first_event(event):
    """A reversal of nothing is refused by both, in the same words."""
    said = []
    for projection in (execution.EXECUTION, EXECUTION):
        try:
            state = projection.fold(STREAM, recorded([event]))
        except LogCorrupted as problem:
            said.append(str(problem))
        else:
            said.append(answers(state, event.on))
    assert said[0] == said[1]


@given(MOVES, DAYS)
def test_what_is_spent_by_a_day_is_the_sum_of_movements(moves, day):
    """Back-dated ones count as if they had been there."""
    disbursements = PackedDisbursements()
    for number, (on, amount) in enumerate(moves):
        disbursements.add(on, amount, f"V{number}")
    assert disbursements.spent(day) == sum(a for on, a in moves if on <= day)
    assert [disbursements.day(n) for n in range(len(moves))] == sorted(
        on for on, _ in moves
    )
    assert all(disbursements.has(f"V{n}") for n in range(len(moves)))
    assert not disbursements.has("V")
    assert not disbursements.has(f"V{len(moves)}")

"""The rules of a project's money, and every refusal of them."""

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, InvalidInput
from ledger.domain import budget_rules, plain_budget
from ledger.domain.budget import LONGEST_TEXT
from ledger.domain.plain_budget import PlainBudget
from ledger.errors import (
    AfterClosure,
    AlreadyApproved,
    BeforeApproval,
    BudgetExceeded,
    InvalidPlan,
    LogCorrupted,
    OutsideFiscalYear,
    ReversalExceeded,
    UnknownProject,
    UnknownSource,
    UnknownVoucher,
    VoucherUsed,
)
from ledger.events import BudgetAdjusted, DisbursementReversed, ProjectClosed
from ledger.store.stored_event import StoredEvent
from support import PROJECT, approval, day, disbursement, indicator
from support_money import (
    PAID,
    REDUCTION,
    SETTINGS,
    SUPPLEMENT,
    adjusted,
    after,
    closing,
    corrected,
    reversal,
    revised,
)

REFUSALS = [
    ([], disbursement(), UnknownProject, PROJECT),
    ([], adjusted(SUPPLEMENT, 1), UnknownProject, PROJECT),
    ([], ProjectClosed(project=PROJECT, on=day(3)), UnknownProject, PROJECT),
    ([approval()], approval(), AlreadyApproved, PROJECT),
    ([], approval(on=date(2021, 12, 31)), OutsideFiscalYear, "2022-01-01"),
    ([], approval(on=date(2024, 1, 1)), OutsideFiscalYear, "2023-12-31"),
    ([approval(on=day(2))], disbursement(on=day(1)), BeforeApproval, "2023-02-01"),
    (
        [approval()],
        disbursement(100_001),
        BudgetExceeded,
        "available on 2023-03-01: 1,000.00 CNY",
    ),
    ([approval(), PAID], disbursement(40_001, "V-2"), BudgetExceeded, "400.00 CNY"),
    (
        [approval(), PAID],
        disbursement(40_001, "V-2", on=day(2)),
        BudgetExceeded,
        "on 2023-03-01",
    ),
    (
        [approval(), PAID],
        disbursement(1),
        VoucherUsed,
        "V-1' is used already, by 600.00 CNY on 2023-03-01",
    ),
    ([approval(), PAID], reversal(1, voucher="V-1"), VoucherUsed, "V-1"),
    ([approval()], disbursement(1, source="debt"), UnknownSource, "fiscal"),
    ([approval()], reversal(1), UnknownVoucher, "V-1"),
    (
        [approval(), PAID, reversal(1)],
        reversal(2, of="R-1", voucher="R-2"),
        ReversalExceeded,
        "left to reverse: 0.01 CNY",
    ),
    (
        [approval(), PAID],
        reversal(60_001),
        ReversalExceeded,
        "left to reverse: 600.00 CNY",
    ),
    (
        [approval(), PAID, reversal(50_000)],
        reversal(10_001, voucher="R-2"),
        ReversalExceeded,
        "100.00 CNY",
    ),
    ([approval(), PAID], reversal(1, on=day(2)), InvalidInput, "from 2023-03-01 on"),
    (
        [approval(), PAID],
        adjusted(REDUCTION, 40_001),
        BudgetExceeded,
        "available on 2023-06-01: 400.00 CNY",
    ),
    (
        [approval(), disbursement(60_000, on=day(9))],
        adjusted(REDUCTION, 40_001),
        BudgetExceeded,
        "2023-09-01",
    ),
    ([approval()], adjusted(REDUCTION, 1, source="debt"), UnknownSource, "fiscal"),
    ([approval()], revised((6, 50_000), (12, 99_999)), InvalidPlan, "1,000.00 CNY"),
    ([approval()], revised((9, 70_000), (12, 60_000)), InvalidPlan, "cumulative"),
    ([approval()], revised((12, 60_000), (9, 100_000)), InvalidPlan, "in order"),
    ([approval()], revised((12, 60_000), (12, 100_000)), InvalidPlan, "in order"),
    (
        [approval(), PAID],
        ProjectClosed(project=PROJECT, on=day(2)),
        InvalidInput,
        "2023-03-01",
    ),
    (
        [approval(), PAID],
        ProjectClosed(
            project=PROJECT,
            on=day(11),
            carried_over=(Funding(source="fiscal", amount=40_001),),
        ),
        InvalidInput,
        "400.00 CNY",
    ),
    (
        [approval(), PAID],
        attrs.evolve(
            closing(("fiscal", 40_000)), lapsed=(Funding(source="fiscal", amount=1),)
        ),
        InvalidInput,
        "found 400.01 CNY of fiscal",
    ),
    (
        [approval(), ProjectClosed(project=PROJECT, on=day(4))],
        disbursement(1, on=day(5)),
        AfterClosure,
        "2023-04-01",
    ),
    ([approval(), PAID], reversal(-1), InvalidInput, "a number above 0"),
    ([approval(), PAID], reversal(0), InvalidInput, "a number above 0"),
    ([approval()], adjusted(SUPPLEMENT, -1), InvalidInput, "a number above 0"),
    ([approval()], adjusted(SUPPLEMENT, 0), InvalidInput, "a number above 0"),
    ([approval()], adjusted(SUPPLEMENT, 1, source="debt"), UnknownSource, "fiscal"),
    (
        [approval()],
        adjusted(SUPPLEMENT, 1, source="fiscal/central"),
        UnknownSource,
        "fiscal/central",
    ),
    ([approval()], adjusted(REDUCTION, 1, source=" / "), InvalidInput, "source"),
    ([approval(on=day(4))], reversal(1, on=day(3)), BeforeApproval, "2023-04-01"),
    ([approval(on=day(4))], adjusted(SUPPLEMENT, 1, day(3)), BeforeApproval, "04-01"),
    (
        [approval(), PAID, ProjectClosed(project=PROJECT, on=day(4))],
        reversal(1, on=day(5)),
        AfterClosure,
        "2023-04-01",
    ),
    (
        [approval(), PAID, ProjectClosed(project=PROJECT, on=day(4))],
        reversal(1, on=day(4)),
        AfterClosure,
        "2023-04-01",
    ),
    ([approval()], disbursement(-5), InvalidInput, "a number above 0"),
    ([approval()], disbursement(0), InvalidInput, "a number above 0"),
    ([approval()], disbursement(1.0), InvalidInput, "integer minor units"),
    ([approval()], disbursement(True), InvalidInput, "integer minor units"),
    ([approval()], disbursement(1, stage="reserved"), InvalidInput, "stage"),
    ([approval()], disbursement(1, voucher="  "), InvalidInput, "voucher"),
    ([approval()], disbursement(1, voucher="a\nb"), InvalidInput, "one line"),
    ([approval()], disbursement(1, voucher="\u200b\u3000"), InvalidInput, "be seen"),
    ([approval()], closing(("debt", 0)), UnknownSource, "fiscal"),
    *(
        ([approval()], event, error, words)
        for form, error, words in (
            (corrected(end=99_999), InvalidPlan, "1,000.00 CNY"),
            (corrected([("其他资金", 100_000)]), InvalidInput, "one spelling"),
            (corrected(indicators=(indicator(),) * 2), InvalidInput, "level 2"),
        )
        for event in (
            adjusted(SUPPLEMENT, 1, form=form),
            attrs.evolve(revised((12, form.plan.checkpoints[-1].amount)), form=form),
        )
    ),
    (
        [approval()],
        attrs.evolve(revised((9, 1), (12, 100_000)), form=corrected()),
        InvalidPlan,
        "the plan of the form",
    ),
    (
        [approval()],
        adjusted(SUPPLEMENT, 1, source="s" * (LONGEST_TEXT + 1), new_source=True),
        InvalidInput,
        "characters, not blank",
    ),
    ([], approval(name=" "), InvalidInput, "name"),
    ([], approval(name="n" * (LONGEST_TEXT + 1)), InvalidInput, "name"),
    ([], approval(unit=" "), InvalidInput, "unit"),
    (
        [],
        approval(amounts=(Funding(source="a", amount=-1),)),
        InvalidInput,
        "not negative",
    ),
    ([], approval(plan=revised((12, 99_999)).plan), InvalidPlan, "1,000.00 CNY"),
    ([], approval(indicators=(indicator(), indicator())), InvalidInput, "level 2"),
    ([], approval(execution_weight=Decimal(101)), InvalidInput, "100"),
    (
        [],
        approval(
            amounts=(Funding(source="a", amount=1), Funding(source="a", amount=1))
        ),
        InvalidInput,
        "each funding source once",
    ),
    (
        [approval()],
        BudgetAdjusted(project=PROJECT, on=day(6), kind=SUPPLEMENT, amounts=()),
        InvalidInput,
        "at least one amount",
    ),
]


@pytest.mark.parametrize(("before", "event", "error", "words"), REFUSALS)
def test_what_the_rules_forbid_is_refused(before, event, error, words):
    """The exact class of refusal; the message names what would be right."""
    state = after(*before)
    with pytest.raises(error, match=words) as refused:
        budget_rules.decide(state, event, SETTINGS)
    assert type(refused.value) is error


@pytest.mark.parametrize(
    ("before", "event"),
    [
        ([], approval(on=date(2022, 1, 1))),
        ([], approval(on=date(2022, 12, 31))),
        ([], approval(on=date(2023, 12, 31))),
        ([], approval(budget=0)),
        ([], approval(name="n" * LONGEST_TEXT)),
        ([approval(on=day(2))], disbursement(1, on=day(2))),
        ([approval()], adjusted(SUPPLEMENT, 1, form=corrected())),
        ([approval()], adjusted(SUPPLEMENT, 1, form=corrected([], end=0))),
        (
            [approval()],
            adjusted(
                SUPPLEMENT, 1, form=corrected([("fiscal", 100_000), ("other", 0)])
            ),
        ),
        ([approval()], attrs.evolve(revised((12, 100_000)), form=corrected())),
        ([approval()], disbursement(100_000)),
        ([approval(), PAID], disbursement(40_000, "V-2", on=day(2))),
        ([approval(), PAID], reversal(60_000)),
        ([approval(), PAID], reversal(1, on=PAID.on)),
        ([approval(), PAID], adjusted(REDUCTION, 40_000)),
        (
            [approval(), adjusted(SUPPLEMENT, 5, source="debt", new_source=True)],
            disbursement(5, source="debt", on=day(6)),
        ),
    ],
)
def test_what_just_fits_is_taken(before, event):
    """The last fen, and the day before the year for an approval."""
    state = after(*before)
    assert budget_rules.decide(state, event, SETTINGS) == event


def test_a_source_is_stored_in_its_one_spelling():
    """However a form, a payment or an adjustment writes it."""
    spelt, other = "其他资金", (Funding(source="other", amount=100_000),)
    form = approval(amounts=(Funding(source=spelt, amount=100_000),))
    assert budget_rules.decide(after(), form, SETTINGS) == approval(amounts=other)
    state = after(form)
    paid = budget_rules.decide(state, disbursement(1, source=spelt), SETTINGS)
    assert paid == disbursement(1, source="other")
    more = budget_rules.decide(state, adjusted(SUPPLEMENT, 1, source=spelt), SETTINGS)
    assert more == adjusted(SUPPLEMENT, 1, source="other")


def test_a_reversal_of_nothing_is_no_history():
    """With and without assertions of Python: somebody has changed the log."""
    event = DisbursementReversed(
        project=PROJECT, on=day(3), voucher="R", of="V", amount=1
    )
    recorded = StoredEvent(1, "", 1, "", "", 1, event.on, "", "", None, None, event)
    with pytest.raises(LogCorrupted):
        plain_budget.evolve(PlainBudget(project=PROJECT, fiscal_year=2023), recorded)


def test_closing_lapses_what_is_left_of_each_source():
    """What is neither carried over nor lapsed in the request lapses."""
    state = after(
        approval(
            amounts=(
                Funding(source="fiscal", amount=1_000),
                Funding(source="other", amount=500),
            )
        ),
        disbursement(400, on=day(2)),
    )
    request = ProjectClosed(
        project=PROJECT,
        on=day(11),
        carried_over=(Funding(source="fiscal", amount=100),),
    )
    closed = budget_rules.decide(state, request, SETTINGS)
    assert closed.lapsed == (
        Funding(source="fiscal", amount=500),
        Funding(source="other", amount=500),
    )


def test_closing_on_the_day_of_the_last_payment_may_carry_all_over():
    """Nothing lapses then, and an amount of nothing is no amount."""
    closed = budget_rules.decide(
        after(approval(), PAID), closing(("fiscal", 40_000), on=PAID.on), SETTINGS
    )
    assert (closed.carried_over, closed.lapsed) == (
        (Funding(source="fiscal", amount=40_000),),
        (),
    )
    closed = budget_rules.decide(
        after(approval(), PAID), closing(("fiscal", 0)), SETTINGS
    )
    assert (closed.carried_over, closed.lapsed) == (
        (),
        (Funding(source="fiscal", amount=40_000),),
    )


def test_a_late_supplement_does_not_pay_for_an_earlier_day():
    """Money that comes in September cannot leave in March."""
    state = after(approval(), adjusted(SUPPLEMENT, 50_000, on=day(9)))
    assert state.free("fiscal", day(3)) == (100_000, day(3))
    assert state.free("fiscal", day(9)) == (150_000, day(9))


CHANGES = st.lists(
    st.tuples(st.integers(0, 364), st.sampled_from("+-p"), st.integers(1, 40_000)),
    max_size=12,
)


@given(CHANGES, st.integers(0, 364))
def test_available_is_the_least_balance_of_any_later_day(changes, offset):
    """As adding up every day by hand gives it."""
    start, state = date(2023, 1, 1), after(approval())
    balances = [100_000] * 365
    for number, (at, kind, amount) in enumerate(changes):
        on = start + timedelta(at)
        if kind == "p":
            event = disbursement(amount, f"V-{number}", on=on)
        else:
            event = adjusted(SUPPLEMENT if kind == "+" else REDUCTION, amount, on=on)
        try:
            budget_rules.decide(state, event, SETTINGS)
        except BudgetExceeded:
            assert kind != "+"
            assert min(balances[at:]) < amount
            continue
        recorded = StoredEvent(1, "", 1, "", "", 1, on, "", "", None, None, event)
        state = plain_budget.evolve(state, recorded)
        change = amount if kind == "+" else -amount
        balances = [b + change if n >= at else b for n, b in enumerate(balances)]
    least, first = state.free("fiscal", start + timedelta(offset))
    assert least == min(balances[offset:])
    assert balances[(first - start).days] == least

"""Money of earlier years that comes back: no spending, no budget, a figure of its own."""

from collections import Counter
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger, LedgerError, Settings
from ledger.errors import (
    AfterClosure,
    ApprovalInUse,
    DatedAhead,
    InClosedPeriod,
    ReversalExceeded,
    UnknownProject,
    UnknownSource,
    UnknownVoucher,
    VoucherUsed,
)
from ledger.events import (
    Disbursed,
    DisbursementReversed,
    PeriodClosed,
    PriorYearRefund,
)
from support import Clock, approval
from support_identities import check_identities
from support_refunds import (
    CLOCK,
    DECEMBER,
    END,
    JANUARY,
    JUNE,
    SOURCES,
    approved,
    back,
    closed_year,
    opened,
    pay,
)


@pytest.fixture
def ledger():
    """Close the project's 2023; nothing is approved for 2024."""
    with closed_year() as made:
        yield made


def test_money_of_a_payment_of_december_comes_back_in_january(ledger):
    """Case m11: the old year stays; 200.00 are a refund of 2024 and nothing else."""
    before = ledger.view(through=END).project("P")
    recorded = ledger.reverse_disbursement("P", 200, of="1", voucher="R", on=JANUARY)
    assert isinstance(recorded.event, PriorYearRefund)
    assert recorded.stream == "project:2024:P"
    event = recorded.event
    assert (event.of_year, event.source, event.payee) == (
        2023,
        "fiscal/county",
        "builder",
    )
    line = ledger.view(through=JANUARY).project("P")
    assert (line.refunded, line.disbursed, line.current_budget) == (200, 0, 0)
    assert (line.available, line.planned, line.unit) == (0, None, "U-1")
    after = ledger.view(through=END).project("P")
    for name in ("disbursed", "lapsed", "available", "current_budget", "refunded"):
        assert getattr(after, name) == getattr(before, name)
    assert after.disbursed == Decimal("1000.00")


def test_it_shows_on_the_day_on_which_it_came(ledger):
    """Not before, and in the year's figures from then on."""
    back(ledger, 200)
    with pytest.raises(UnknownProject):
        ledger.view(through=date(2024, 1, 8)).project("P")
    assert ledger.view(through=JANUARY).total().refunded == 200
    months = [ledger.monthly_report(2024, month).totals.refunded for month in (1, 6)]
    assert months == [200, 200]


def test_an_approved_year_has_it_beside_its_budget(ledger):
    """It is available to nobody, and no part of the execution."""
    ledger.append(approved("P", 2024))
    back(ledger, 200)
    pay(ledger, 50, "1", on=JUNE)
    line = ledger.view(through=JUNE).project("P")
    assert (line.current_budget, line.disbursed, line.available) == (3000, 50, 2950)
    assert line.refunded == line.by_source["fiscal/county"].refunded == 200
    assert line.by_source["other"].refunded == 0


@pytest.mark.parametrize("first", ["approval", "refund"])
def test_it_may_come_before_or_after_the_approval_of_the_year(ledger, first):
    """The name and the unit are then those that were approved."""
    steps = [
        lambda: ledger.append(approved("P", 2024, unit="U-2")),
        lambda: back(ledger, 200),
    ]
    for step in steps if first == "approval" else reversed(steps):
        step()
    line = ledger.view(through=JANUARY).project("P")
    assert (line.unit, line.refunded, line.current_budget) == ("U-2", 200, 3000)


def test_before_a_later_approval_there_is_only_the_refund(ledger):
    """What is approved in June is no budget of January."""
    back(ledger, 200)
    ledger.append(approval("P", on=JUNE, fiscal_year=2024))
    line = ledger.view(through=JANUARY).project("P")
    assert (line.original_budget, line.current_budget, line.refunded) == (0, 0, 200)


def test_a_year_of_refunds_alone_has_no_plan_to_lack_in_the_totals(ledger):
    """The report plans what the others plan, and its explanation comes to the same."""
    back(ledger, 200)
    ledger.append(approval("Q", on=JANUARY, fiscal_year=2024))
    view = ledger.view(through=JANUARY)
    alone, other = view.project("P"), view.project("Q")
    assert (alone.planned, other.planned) == (None, view.total().planned)
    assert view.explain("totals", "planned").value == other.planned


@pytest.mark.parametrize(
    ("refused", "amount", "asked"),
    [
        (ReversalExceeded, "1000.01", {}),
        (UnknownVoucher, 1, {"of": "11"}),
        (UnknownSource, 1, {"source": "other"}),
        (UnknownVoucher, 1, {"of_year": 2022}),
        (DatedAhead, 1, {"on": date(2024, 9, 3)}),
        (InvalidInput, 1, {"on": END}),
        (InvalidInput, 0, {}),
    ],
)
def test_what_is_refused(ledger, refused, amount, asked):
    """Nothing is recorded."""
    root = ledger.root
    with pytest.raises(refused) as problem:
        back(ledger, amount, **asked)
    assert type(problem.value) is refused
    assert ledger.root == root


def test_the_nearest_vouchers_are_named(ledger):
    """Those of earlier years."""
    with pytest.raises(UnknownVoucher) as problem:
        back(ledger, 1, of="11")
    assert problem.value.known == ("1",)


def test_a_voucher_is_used_once_in_the_year(ledger):
    """Neither by another refund nor by a payment, however it is spelled."""
    ledger.append(approved("P", 2024))
    back(ledger, 1)
    for used in (
        lambda: back(ledger, 1, voucher="Ｒ"),
        lambda: pay(ledger, 1, "r", JUNE),
    ):
        with pytest.raises(VoucherUsed):
            used()
    assert pay(ledger, 1, "2", on=JUNE)
    with pytest.raises(VoucherUsed):
        back(ledger, 1, voucher="2")


def test_a_closed_year_takes_none_and_a_later_one_blocks_a_closing(ledger):
    """It is a fact of money of the year in which it came."""
    ledger.append(approved("P", 2024))
    back(ledger, 1, on=JUNE)
    with pytest.raises(InvalidInput, match="2024-06-30"):
        ledger.close_project("P", on=date(2024, 6, 29))
    ledger.close_project("P", on=JUNE)
    with pytest.raises(AfterClosure):
        back(ledger, 1, voucher="R2")


def test_locked_days_take_none(ledger):
    """Of all units, and of the unit that the year before had."""
    ledger.append(PeriodClosed(on=date(2024, 1, 31), unit="U-1"))
    with pytest.raises(InClosedPeriod):
        back(ledger, 1)
    back(ledger, 1, on=date(2024, 2, 1))
    ledger.append(PeriodClosed(on=date(2024, 2, 29)))
    with pytest.raises(InClosedPeriod):
        back(ledger, 1, on=date(2024, 2, 29), voucher="R2")
    # Another unit would have what the first one closed.
    with pytest.raises(InClosedPeriod):
        ledger.append(approval("P", on=date(2024, 3, 1), fiscal_year=2024, unit="U-2"))


def test_an_approval_cannot_be_withdrawn_where_money_came_back(ledger):
    """As where anything else was recorded."""
    ledger.append(approved("P", 2024))
    back(ledger, 1)
    with pytest.raises(ApprovalInUse):
        ledger.withdraw_approval("P", on=JANUARY, year=2024, reason="r")


def test_a_withdrawn_approval_has_its_days_beside_a_refund(ledger):
    """One that came while it held."""
    ledger.append(approved("P", 2024))
    ledger.withdraw_approval("P", on=date(2024, 2, 1), year=2024, reason="r")
    back(ledger, 1)
    then, now = (
        ledger.view(through=on).project("P") for on in (JANUARY, date(2024, 2, 1))
    )
    assert (then.current_budget, then.refunded) == (3000, 1)
    assert (now.current_budget, now.refunded) == (0, 1)
    told = ledger.view(through=JANUARY).explain("P", "refunded")
    assert (told.value, len(told.events)) == (1, 1)


def test_refunds_and_reversals_together_never_exceed_the_payment():
    """Whichever comes first, in whichever year, on every day."""
    with opened() as ledger:
        back(ledger, 700)
        with pytest.raises(ReversalExceeded) as problem:
            ledger.reverse_disbursement("P", 301, of="1", voucher="X", on=DECEMBER)
        assert problem.value.left == 300_00
        ledger.reverse_disbursement("P", 300, of="1", voucher="X", on=DECEMBER)
        with pytest.raises(ReversalExceeded):
            back(ledger, "0.01", voucher="R2")
        ledger.reverse_disbursement("P", 100, of="X", voucher="XX", on=END)
        back(ledger, 100, voucher="R2")
        # The voucher cannot be booked again: it is not wholly reversed in its year.
        with pytest.raises(VoucherUsed):
            pay(ledger, 1, "1", on=END)
        assert ledger.verify().ok


def test_of_several_sources_one_must_be_said(ledger):
    """Each has its own limit."""
    ledger.reopen_project("P", year=2023, reason="late")
    lines = (("fiscal/county", 30_00), ("other", 20_00))
    ledger.append(
        *(
            Disbursed(project="P", on=END, voucher="2", amount=amount, source=source)
            for source, amount in lines
        )
    )
    with pytest.raises(InvalidInput, match="fiscal/county"):
        back(ledger, 10, of="2")
    with pytest.raises(ReversalExceeded):
        back(ledger, 21, of="2", source="other")
    back(ledger, 20, of="2", source="other")
    assert ledger.view(through=JUNE).total().of_source("other").refunded == 20


def test_one_voucher_returns_parts_of_several_payments(ledger):
    """In one append; what takes one back says which."""
    ledger.reopen_project("P", year=2023, reason="late")
    pay(ledger, 40, "2", on=END)
    asked = [
        PriorYearRefund(project="P", on=JANUARY, voucher="R", of=of, amount=amount)
        for of, amount in (("1", 10_00), ("2", 20_00))
    ]
    ledger.append(*asked)
    with pytest.raises(VoucherUsed):
        back(ledger, 1)
    with pytest.raises(InvalidInput, match="2023"):
        ledger.reverse_disbursement("P", 1, of="R", voucher="S", on=JANUARY)
    ledger.reverse_disbursement(
        "P", 20, of="R", voucher="S", on=JANUARY, disbursement="2"
    )
    back(ledger, 40, of="2", voucher="R2")
    assert ledger.view(through=JUNE).total().refunded == 50


def test_the_latest_year_that_has_the_voucher_is_meant():
    """A year may be named; where the year itself has the voucher it must be."""
    with opened() as ledger:
        ledger.append(approved("P", 2022))
        pay(ledger, 600, "1", on=date(2022, 5, 1))
        assert back(ledger, 1).event.of_year == 2023
        assert back(ledger, 600, of_year=2022, voucher="R2").event.of_year == 2022
        with pytest.raises(ReversalExceeded):
            back(ledger, 1, of_year=2022, voucher="R3")
        ledger.append(approved("P", 2024))
        pay(ledger, 5, "1", on=JANUARY)
        with pytest.raises(InvalidInput, match="2024"):
            back(ledger, 1, voucher="R3")
        own = ledger.reverse_disbursement("P", 1, of="1", voucher="V", on=JUNE)
        assert isinstance(own.event, DisbursementReversed)
        assert back(ledger, 1, of_year=2023, voucher="R3").event.of_year == 2023
        assert ledger.verify().ok


def test_a_reversal_of_an_earlier_year_is_no_payment(ledger):
    """What leaves again this year is disbursed this year."""
    ledger.reopen_project("P", year=2023, reason="late")
    ledger.reverse_disbursement("P", 5, of="1", voucher="X", on=END)
    with pytest.raises(InvalidInput, match="reversal"):
        back(ledger, 1, of="X")


def test_a_refund_by_mistake_is_taken_back_by_a_reversal(ledger):
    """So much at most; what was taken back by mistake is recorded again."""
    back(ledger, 200)
    reverse = ledger.reverse_disbursement
    with pytest.raises(ReversalExceeded):
        reverse("P", 201, of="R", voucher="S", on=JUNE)
    taken = reverse("P", 50, of="R", voucher="S", on=JUNE).event
    assert (taken.takes_back, taken.of, taken.of_year) == ("R", "1", 2023)
    with pytest.raises(ReversalExceeded):
        reverse("P", 151, of="R", voucher="T", on=JUNE)
    with pytest.raises(InvalidInput, match="record again"):
        reverse("P", 1, of="S", voucher="T", on=JUNE)
    assert ledger.view(through=JUNE).total().refunded == 150
    # On the days before, 200.00 had come; 800.00 is the most that can come then.
    with pytest.raises(ReversalExceeded):
        back(ledger, 801, voucher="R2")
    back(ledger, 850, voucher="R2", on=JUNE)


def test_what_came_to_nothing_is_no_row(ledger):
    """The year has neither budget nor money that came."""
    back(ledger, 200)
    ledger.reverse_disbursement("P", 200, of="R", voucher="S", on=JANUARY)
    assert ledger.view(through=JUNE).execution() == []


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "reverse", "refund", "undo", "close"]),
        st.sampled_from([2021, 2022, 2023, 2024]),
        st.sampled_from(["1", "2"]),
        st.sampled_from(SOURCES),
        st.integers(1, 8),
        st.integers(1, 28),
    ),
    max_size=14,
)


@given(ACTS)
def test_no_payment_returns_more_than_it_was(acts):
    """Over years and sources, on every day; whatever is refused leaves nothing."""
    settings = Settings(language="en", scale="1")
    with Ledger.open(
        ":memory:", actor="t", settings=settings, clock=Clock(CLOCK)
    ) as ledger:
        ledger.append(*(approved("P", year) for year in (2021, 2022, 2023)))
        for number, (act, year, of, source, amount, at) in enumerate(acts):
            on = date(year, 3, at)
            given = {"voucher": f"v{number}", "on": on}
            with suppress(LedgerError):
                match act:
                    case "pay":
                        pay(ledger, amount, of, on=on, source=source)
                    case "reverse":
                        ledger.reverse_disbursement("P", amount, of=of, **given)
                    case "refund":
                        ledger.refund("P", amount, of=of, of_year=year - 1, **given)
                    case "undo":
                        last = f"v{number - 1}"
                        ledger.reverse_disbursement("P", amount, of=last, **given)
                    case "close":
                        ledger.close_project("P", year=year)
        assert ledger.verify().ok
        for year in (2022, 2023, 2024):
            check_identities(ledger, date(year, 3, 14))
            check_identities(ledger, date(year, 8, 31))
        check_left(ledger)


def check_left(ledger):
    """Check that of each payment no more came back than it was, by source and day."""
    moved, root = {}, {}
    for recorded in ledger.events():
        event = recorded.event
        year = ledger.settings.year_of(recorded.on).year
        match event:
            case Disbursed():
                key, amount = (year, event.voucher, event.source), event.amount
                root[year, event.voucher] = key, 1
            case DisbursementReversed():
                key, sign = root[year, event.of]
                amount = -sign * event.amount
                root[year, event.voucher] = key, -sign
            case PriorYearRefund():
                key = event.of_year, event.of, event.source
                amount = event.amount if event.takes_back else -event.amount
            case _:
                continue
        moved.setdefault(key, []).append((recorded.on, amount))
    for rows in moved.values():
        sums = Counter()
        for on, amount in rows:
            sums[on] += amount
        total = 0
        for on in sorted(sums):
            total += sums[on]
            assert total >= 0

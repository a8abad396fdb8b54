"""Money that left although the budget forbids it: taken as an exception, then covered."""

import json
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger, Settings
from ledger.errors import (
    BudgetExceeded,
    ExceptionNotAllowed,
    InvalidBatch,
    InvalidInput,
    KeyConflict,
    SourceOverspent,
)
from ledger.events import BudgetAdjusted, Disbursed, SpendingException
from ledger.messages import Language
from support import Clock, approval, day, disbursement
from support_carries import approved

FEE = SpendingException(allowed_by="director Wang", reason="taken by the bank")
ALLOWED = Settings(language="en", scale="1", allow_exceptions=True)


@pytest.fixture
def ledger(tmp_path):
    """Open a ledger that takes exceptions, with a budget of 1,000.00 that is spent."""
    with Ledger.open(tmp_path / "t.ledger", actor="t", settings=ALLOWED) as ledger:
        ledger.append(approval("P", 100_000))
        ledger.disburse("P", 1000, voucher="1", on=day(3))
        yield ledger


def overspent(ledger, through):
    """Return the texts of the findings about sources below nothing on a day."""
    findings = ledger.view(through=through).project("P").findings
    return [each.text() for each in findings if each.code == "budget.overspent"]


def test_an_exception_is_taken_and_said_until_it_is_covered(ledger):
    """The finding names source, amount, voucher, who and why; a supplement ends it."""
    ledger.disburse("P", "3.50", voucher="FEE", on=day(3, 2), exception=FEE)
    ledger.adjust_budget("P", "supplement", "3.50", on=day(4))
    assert str(ledger.view(through=day(3, 31)).project("P").available) == "-3.50"
    (said,) = overspent(ledger, day(3, 31))
    for part in ("fiscal", "3.50", "FEE", "director Wang", "taken by the bank"):
        assert part in said
    assert [overspent(ledger, on) for on in (day(3), day(4))] == [[], []]
    checked = ledger.verify()
    assert checked.ok
    assert not checked.findings


def test_verify_says_what_is_overspent_in_the_end(ledger):
    """It is a warning: the record is sound."""
    ledger.disburse("P", "3.50", voucher="FEE", on=day(3, 2), exception=FEE)
    checked = ledger.verify()
    assert checked.ok
    assert [each.code for each in checked.findings] == ["budget.overspent"]
    ledger.reverse_disbursement("P", "3.50", of="FEE", voucher="R", on=day(5))
    assert not ledger.verify().findings
    assert overspent(ledger, day(4))
    assert not overspent(ledger, day(5))


def test_a_contract_of_what_is_reserved_takes_nothing_more(tmp_path):
    """It is taken while the source is overspent; above its reservation it is not."""
    with Ledger.open(tmp_path / "r.ledger", actor="t", settings=ALLOWED) as ledger:
        ledger.append(approval("P", 100_000))
        ledger.commit("P", "CG", 100, stage="reserved", on=day(3))
        ledger.disburse("P", 901, voucher="1", on=day(3), exception=FEE)
        with pytest.raises(BudgetExceeded, match=r"commit 1\.00 CNY .*-1\.00"):
            ledger.commit("P", "HT", 101, of="CG", on=day(4))
        ledger.commit("P", "HT", 100, of="CG", on=day(4))
        assert ledger.verify().ok


def test_it_lifts_what_is_available_for_itself_alone(ledger):
    """Whatever else takes of the source is refused, until all of it is covered."""
    ledger.disburse("P", 10, voucher="2", on=day(3, 2), exception=FEE)
    ledger.adjust_budget("P", "supplement", 9, on=day(4))
    for attempt in (
        lambda: ledger.disburse("P", "0.01", voucher="3", on=day(5)),
        lambda: ledger.adjust_budget("P", "reduction", "0.01", on=day(5)),
        lambda: ledger.commit("P", "C", "0.01", on=day(5)),
    ):
        with pytest.raises(BudgetExceeded):
            attempt()
    ledger.disburse("P", 1, voucher="4", on=day(5), exception=FEE)
    assert ledger.view(through=day(6)).project("P").available == -2


def test_the_refusal_of_a_payment_says_how_it_may_be_taken(ledger, tmp_path):
    """Of nothing else, and in no ledger that takes none."""

    def spent(books):
        return lambda: books.disburse("P", 1, voucher="2", on=day(3))

    strict = evolve(ALLOWED, allow_exceptions=False)
    with Ledger.open(tmp_path / "s.ledger", actor="t", settings=strict) as books:
        books.append(approval("P", 99))
        attempts = (
            spent(ledger),
            spent(books),
            lambda: ledger.commit("P", "C", 1, on=day(3)),
        )
        said = []
        for attempt in attempts:
            with pytest.raises(BudgetExceeded) as caught:
                attempt()
            said.append("who allowed it and why" in str(caught.value))
    assert said == [True, False, False]


def test_an_overspent_year_is_not_closed(ledger):
    """The refusal names the source and the amount; covered, it is closed."""
    ledger.disburse("P", "3.50", voucher="FEE", on=day(3, 2), exception=FEE)
    with pytest.raises(
        SourceOverspent, match=r"fiscal is overspent by 3\.50"
    ) as caught:
        ledger.close_project("P", on=day(12))
    assert (caught.value.source, caught.value.amount) == ("fiscal", 350)
    assert "财政资金超支 3.50" in caught.value.text(Language.CHINESE, "1")
    ledger.adjust_budget("P", "supplement", "3.50", on=day(4))
    ledger.close_project("P", on=day(12))
    assert ledger.verify().ok


def test_a_ledger_allows_none_by_default():
    """The refusal names what would allow it, and nothing is recorded."""
    settings = Settings(language="en")
    with Ledger.open(":memory:", actor="t", settings=settings) as ledger:
        ledger.append(approval("P", 100_000))
        with pytest.raises(ExceptionNotAllowed, match="init --allow-exceptions"):
            ledger.disburse("P", 1, voucher="1", on=day(3), exception=FEE)
        assert ledger.position == 1


def test_where_money_suffices_it_overspends_nothing(ledger):
    """It is a disbursement like any other that says who allowed it."""
    ledger.adjust_budget("P", "supplement", 5, on=day(4))
    ledger.disburse("P", 5, voucher="2", on=day(5), exception=FEE)
    assert not overspent(ledger, day(12))
    ledger.close_project("P", on=day(12))


def test_it_may_come_before_the_money_of_its_source(ledger):
    """The source is shown from the payment on, with nothing to pay it from."""
    more = {"source": "other", "new_source": True, "on": day(5)}
    ledger.adjust_budget("P", "supplement", 8, **more)
    how = {"source": "other", "voucher": "2", "exception": FEE}
    ledger.disburse("P", 5, on=day(4), **how)
    early = ledger.view(through=day(4)).project("P")
    assert (early.disbursed, early.by_source["other"].available) == (1005, -5)
    assert len(overspent(ledger, day(4))) == 1
    assert "other" not in ledger.view(through=day(3)).project("P").by_source
    assert not overspent(ledger, day(5))
    assert ledger.verify().ok


@pytest.mark.parametrize("half", [{"allowed_by": "x"}, {"reason": "x"}])
def test_half_an_exception_is_refused(ledger, half, tmp_path):
    """By a script, and in lines of bulk files."""
    with pytest.raises(InvalidInput):
        SpendingException(**half)
    whole = {"allowed_by": "x", "reason": "x"} | dict.fromkeys(half, " ")
    with pytest.raises(InvalidInput, match=next(iter(half)).replace("_", " ")):
        ledger.disburse(
            "P", 1, voucher="2", on=day(4), exception=SpendingException(**whole)
        )
    path = tmp_path / "half.jsonl"
    for said in (half, {"exception": half}):
        line = {"type": "Disbursed", "project": "P", "on": "2023-04-01"}
        line |= {"voucher": "2", "amount": "1.00"} | said
        path.write_text(json.dumps(line) + "\n", "utf-8")
        with pytest.raises(InvalidBatch, match="allowed"):
            ledger.record(path)
    assert ledger.position == 2


def test_lines_of_bulk_files_give_it(ledger, tmp_path):
    """An object in JSON, columns in CSV, heads in Chinese too."""
    lines = tmp_path / "e.jsonl"
    said = {"allowed_by": "director Wang", "reason": "taken by the bank"}
    line = {"type": "Disbursed", "project": "P", "on": "2023-04-01", "exception": said}
    lines.write_text(json.dumps(line | {"voucher": "2", "amount": "1.00"}), "utf-8")
    table = tmp_path / "e.csv"
    table.write_text(
        "type,项目编码,日期,凭证号,金额,批准人,原因\n"
        "支出,P,2023-04-02,3,1.00,director Wang,taken by the bank\n",
        "utf-8",
    )
    ledger.record(lines)
    ledger.record(table)
    paid = [each.event for each in ledger.events()][-2:]
    assert [each.exception for each in paid] == [FEE, FEE]


def test_it_is_no_payment_on_a_commitment(ledger):
    """That takes what is open of it, and nothing that is available."""
    ledger.adjust_budget("P", "supplement", 100, on=day(4))
    ledger.commit("P", "C", 50, on=day(4))
    with pytest.raises(InvalidInput, match="exception"):
        ledger.disburse("P", 60, voucher="2", on=day(5), commitment="C", exception=FEE)


def test_a_key_with_another_exception_is_a_conflict(ledger):
    """It is a field of the request like any other."""
    how = {"voucher": "2", "on": day(4), "key": "k"}
    ledger.disburse("P", 1, exception=FEE, **how)
    ledger.disburse("P", 1, exception=FEE, **how)
    other = SpendingException(allowed_by="nobody", reason="none")
    with pytest.raises(KeyConflict, match="exception"):
        ledger.disburse("P", 1, exception=other, **how)


def test_the_order_within_an_append_does_not_matter(tmp_path):
    """It lifts for its append, whichever line stands first; no more than its amount."""
    plain = disbursement(100_000, "1", on=day(3), project="P")
    above = Disbursed(project="P", on=day(3), voucher="2", amount=350, exception=FEE)
    for events in ((plain, above), (above, plain)):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.ledger"
        with Ledger.open(path, actor="t", settings=ALLOWED) as ledger:
            ledger.append(approval("P", 100_000))
            ledger.append(*events)
            assert ledger.verify().ok
            later = disbursement(1, "3", on=day(3), project="P")
            with pytest.raises(BudgetExceeded):
                ledger.append(later)
    more = disbursement(100_001, "1", on=day(3), project="P")
    for events in ((more, above), (above, more)):
        with Ledger.open(":memory:", actor="t", settings=ALLOWED) as ledger:
            ledger.append(approval("P", 100_000))
            with pytest.raises(BudgetExceeded):
                ledger.append(*events)


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_an_exception_lifts_nothing_of_the_days_before_its_own(order):
    """Money that a payment has too little of for a week is not that of the fee."""
    late = Disbursed(project="P", on=day(10), voucher="3", amount=50, exception=FEE)
    events = (
        disbursement(50, "2", on=day(5), project="P"),
        BudgetAdjusted(
            project="P",
            on=day(8),
            kind="supplement",
            amounts=approval("P", 50).amounts,
        ),
        late,
    )
    with Ledger.open(":memory:", actor="t", settings=ALLOWED) as ledger:
        ledger.append(
            approval("P", 100_000), disbursement(100_000, "1", on=day(3), project="P")
        )
        with pytest.raises(BudgetExceeded, match=day(5).isoformat()):
            ledger.append(*(events[place] for place in order))
        events = evolve(events[0], on=day(8)), *events[1:]
        ledger.append(*(events[place] for place in order))
        assert ledger.verify().ok


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "exception", "supplement", "reversal"]),
        st.integers(1, 60),
        st.integers(0, 30),
    ),
    max_size=12,
)


@given(STEPS)
def test_the_finding_stands_on_each_day_below_nothing(steps):
    """Figures are plain sums; a closing is refused while the last of them is below."""
    with Ledger.open(":memory:", actor="t", settings=ALLOWED) as ledger:
        ledger.append(approval("P", 100))
        moved = [(date(2023, 1, 1), 100)]
        paid = {}
        for number, (what, amount, after) in enumerate(steps):
            on = day(3) + timedelta(days=after)
            least = min(
                sum(m for d, m in moved if d <= at)
                for at in {on, *(d for d, _ in moved if d > on)}
            )
            voucher = str(number)
            if what in {"pay", "exception"}:
                fee = FEE if what == "exception" else None
                event = Disbursed(
                    project="P", on=on, voucher=voucher, amount=amount, exception=fee
                )
                if fee is None and amount > least:
                    with pytest.raises(BudgetExceeded):
                        ledger.append(event)
                    continue
                ledger.append(event)
                moved.append((on, -amount))
                paid[voucher] = on, amount
            elif what == "supplement":
                funding = approval("P", amount).amounts
                ledger.append(
                    BudgetAdjusted(
                        project="P", on=on, kind="supplement", amounts=funding
                    )
                )
                moved.append((on, amount))
            elif paid:
                of, (since, back) = paid.popitem()
                at = max(on, since)
                money = ledger.settings.currency.major(back)
                ledger.reverse_disbursement("P", money, of=of, voucher=voucher, on=at)
                moved.append((at, back))
        for at in {d for d, _ in moved}:
            left = sum(m for d, m in moved if d <= at)
            line = ledger.view(through=at).project("P")
            assert line.available == ledger.settings.currency.major(left)
            assert bool(overspent(ledger, at)) == (left < 0)
        _check_the_end(ledger, is_below=sum(m for _, m in moved) < 0)


def _check_the_end(ledger, *, is_below):
    """Check what a verification says, and that what is below nothing is not closed."""
    checked = ledger.verify()
    assert checked.ok
    assert bool(checked.findings) == is_below
    with pytest.raises(SourceOverspent) if is_below else nullcontext():
        ledger.close_project("P", on=date(2023, 12, 31))


def test_the_report_of_the_last_day_says_what_the_next_year_took():
    clock = Clock(datetime(2024, 9, 1, 9, tzinfo=UTC))
    settings = Settings(language="en", allow_exceptions=True)
    with Ledger.open(":memory:", actor="t", settings=settings, clock=clock) as ledger:
        ledger.append(approved("P", 2023, date(2023, 1, 1), fiscal=1000))
        ledger.append(approved("P", 2024, fiscal=100, carried=50))
        ledger.close_project("P", year=2023, carried_over={"fiscal": 1000})
        ledger.reopen_project("P", year=2023, reason="late invoice")
        more = {"voucher": "9", "on": "2023-12-31", "exception": FEE}
        ledger.disburse("P", 1000, **more)
        (found,) = (
            each
            for each in ledger.monthly_report(2023, 12).findings
            if each.code == "budget.overspent"
        )
        assert "50.00" in found.text()
        assert "budget.overspent" in {each.code for each in ledger.verify().findings}

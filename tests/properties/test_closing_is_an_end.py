"""What is left when a project closes is carried over or lapses, on every later day."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import AdjustmentKind, Funding, Ledger, LedgerError
from ledger.errors import AfterClosure
from ledger.events import (
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    ProjectClosed,
    SpendingPlanRevised,
)
from ledger.projections.forecast import forecast
from support import PROJECT, Clock, approval

SOURCES = ("fiscal", "other", "carried_over")
days = st.integers(0, 364).map(lambda n: date(2023, 1, 1) + timedelta(n))
moves = st.lists(
    st.tuples(
        st.sampled_from(["pay", "pay", "back", "supplement", "reduction", "close"]),
        days,
        st.sampled_from(SOURCES),
        st.integers(1, 500),
    ),
    max_size=14,
)


def opened():
    """Open a ledger with a project of three sources."""
    ledger = Ledger.open(":memory:", actor="a", clock=Clock())
    amounts = tuple(Funding(source=s, amount=100_000) for s in SOURCES)
    ledger.append(approval(amounts=amounts), approval("P-2", 50_000))
    return ledger


def play(ledger, drawn):
    """Record what the rules allow; each move once more after the closing is refused."""
    for number, (kind, on, source, yuan) in enumerate(drawn):
        with suppress(LedgerError):
            if kind == "pay":
                ledger.disburse(
                    PROJECT, yuan, voucher=f"{number}", on=on, source=source
                )
            elif kind == "back":
                ledger.reverse_disbursement(
                    PROJECT, yuan, of=f"{yuan % 14}", voucher=f"{number}", on=on
                )
            elif kind == "close":
                carried = {source: yuan}
                ledger.close_project(PROJECT, on=on, carried_over=carried)
            else:
                ledger.adjust_budget(PROJECT, kind, yuan, on=on, source=source)


@given(moves, days)
def test_from_the_closing_on_nothing_is_available(drawn, last):
    """Disbursed + carried over + lapsed = current, by source, whatever comes after."""
    with opened() as ledger:
        play(ledger, drawn)
        with suppress(LedgerError):
            ledger.close_project(PROJECT, on=last)
        play(ledger, drawn)
        closings = [e.event for e in ledger.events(types=["ProjectClosed"])]
        assert len(closings) <= 1
        for closing in closings:
            for offset in (0, 1, 30, 365):
                view = ledger.view(through=closing.on + timedelta(offset))
                if view.through.year > 2023:
                    continue
                line = view.project(PROJECT)
                for part in (line, *line.by_source.values()):
                    out = part.disbursed + part.carried_over + part.lapsed
                    assert out == part.current_budget
                    assert part.available == 0
                assert line.closed_on == closing.on
                assert forecast(line) == line.disbursed
            eve = ledger.view(through=closing.on - timedelta(1))
            if eve.through.year == 2023 and closing.on > date(2023, 1, 1):
                before = eve.project(PROJECT)
                assert before.closed_on is None
                assert before.carried_over == before.lapsed == 0
        assert ledger.verify().ok


GUARDED = {
    "a payment": Disbursed(project=PROJECT, on=date(2023, 3, 1), voucher="n", amount=1),
    "a payment after it": Disbursed(
        project=PROJECT, on=date(2023, 9, 1), voucher="n", amount=1
    ),
    "a reversal": DisbursementReversed(
        project=PROJECT, on=date(2023, 6, 30), voucher="n", of="paid", amount=1
    ),
    "a supplement": BudgetAdjusted(
        project=PROJECT,
        on=date(2023, 6, 30),
        kind=AdjustmentKind.SUPPLEMENT,
        amounts=(Funding(source="fiscal", amount=1),),
    ),
    "a recall": BudgetAdjusted(
        project=PROJECT,
        on=date(2023, 1, 1),
        kind=AdjustmentKind.RECALL,
        amounts=(Funding(source="fiscal", amount=1),),
    ),
    "a plan": SpendingPlanRevised(
        project=PROJECT, on=date(2023, 2, 1), plan=approval(PROJECT, 300_000).plan
    ),
    "a closing before it": ProjectClosed(project=PROJECT, on=date(2023, 6, 29)),
    "a closing on its day": ProjectClosed(project=PROJECT, on=date(2023, 6, 30)),
    "a closing after it": ProjectClosed(project=PROJECT, on=date(2023, 12, 31)),
}


@pytest.mark.parametrize("event", GUARDED.values(), ids=GUARDED)
def test_any_fact_about_closed_money_is_refused(event):
    """Of any day; the closing is named."""
    with opened() as ledger:
        ledger.disburse(
            PROJECT, 10, voucher="paid", on=date(2023, 3, 1), source="fiscal"
        )
        ledger.close_project(PROJECT, on=date(2023, 6, 30))
        with pytest.raises(AfterClosure, match="2023-06-30"):
            ledger.append(event)
        with pytest.raises(AfterClosure, match="2023-06-30"):
            ledger.transfer("P-2", PROJECT, 1, on=date(2023, 5, 1), source="fiscal")


@pytest.mark.parametrize(
    ("kind", "on"),
    [("supplement", date(2023, 7, 1)), ("reduction", date(2023, 12, 31))],
)
def test_a_closing_before_a_change_of_budget_is_refused(kind, on):
    """The order of recording decides nothing."""
    with opened() as ledger:
        ledger.adjust_budget(PROJECT, kind, 10, on=on, source="fiscal")
        with pytest.raises(LedgerError, match=f"{on}"):
            ledger.close_project(PROJECT, on=date(2023, 6, 30))
        ledger.close_project(PROJECT, on=on)
        assert ledger.view(through=on).project(PROJECT).available == 0


def test_the_last_payment_of_any_source_bounds_the_closing():
    """On its day a project may close, a day before it may not."""
    with opened() as ledger:
        ledger.disburse(PROJECT, 1, voucher="1", on=date(2023, 8, 2), source="other")
        ledger.disburse(PROJECT, 1, voucher="2", on=date(2023, 5, 2), source="fiscal")
        with pytest.raises(LedgerError, match="2023-08-02"):
            ledger.close_project(PROJECT, on=date(2023, 8, 1))
        ledger.close_project(PROJECT, on=date(2023, 8, 2))


@pytest.mark.parametrize(
    ("carried", "words"),
    [
        ({"fiscal": "1000.01"}, "1,000.00"),
        ({"fiscla": 1}, "nearest is 'fiscal'"),
        ({"debt": 0}, "debt"),
        ({"财政资金": 1, "fiscal": 1}, "each funding source once"),
    ],
)
def test_what_is_not_there_cannot_be_carried_over(carried, words):
    """More than is left, an unknown source, one source in two spellings."""
    with opened() as ledger:
        with pytest.raises(LedgerError, match=words):
            ledger.close_project(PROJECT, on=date(2023, 6, 30), carried_over=carried)
        assert ledger.position == 2

"""What is left of 2023 goes into 2024; then a voucher of December arrives."""

from datetime import UTC, date, datetime

import pytest

from ledger import Ledger, Settings
from ledger.errors import (
    AfterClosure,
    BudgetExceeded,
    CarryExceeded,
    InvalidInput,
    NotClosed,
)
from support import Clock, approval

NOW = datetime(2024, 12, 31, 9, tzinfo=UTC)
TODAY = NOW.date()
DECEMBER, FIFTH = date(2023, 12, 28), date(2024, 1, 5)
CARRIED = "carried_over/fiscal"


@pytest.fixture
def ledger():
    """Close OLD with 200 carried over and 100 lapsed, and hand the 200 on to NEW."""
    settings = Settings(language="en", scale="1")
    with Ledger(":memory:", actor="t", settings=settings, clock=Clock(NOW)) as ledger:
        ledger.append(approval("OLD", 100_000))
        ledger.append(in_2024("NEW"), in_2024("OLD"))
        ledger.disburse("OLD", 700, voucher="1", on=date(2023, 6, 1))
        ledger.close_project("OLD", year=2023, carried_over={"fiscal": 200})
        ledger.carry_over("OLD", on=FIFTH, to_project="NEW", document="No 2")
        yield ledger


def in_2024(code):
    """Return the approval of 500 for 2024."""
    return approval(code, 50_000, on=date(2024, 1, 1), fiscal_year=2024)


def old(ledger, through=TODAY):
    """Return what 2023 comes to: current, disbursed, carried over, lapsed, available."""
    line = ledger.view(through=through).project("OLD", year=2023)
    names = "current_budget disbursed carried_over lapsed available".split()
    return tuple(int(getattr(line, name)) for name in names)


def new(ledger, through=TODAY):
    """Return what 2024 comes to: original, carried in less returned, current."""
    line = ledger.view(through=through).project("NEW", year=2024)
    net = line.carried_in - line.carry_returned
    return int(line.original_budget), int(net), int(line.current_budget)


def test_both_years_before_the_voucher(ledger):
    """2023 has ended; 2024 has its own money and what was carried in."""
    for day in (date(2024, 1, 19), TODAY):
        assert old(ledger, day) == (1000, 700, 200, 100, 0)
        assert new(ledger, day) == (500, 200, 700)
    assert new(ledger, date(2024, 1, 4)) == (500, 0, 500)
    view = ledger.view(through=date(2024, 1, 19))
    both = [view.project("OLD", year=2023), view.project("NEW", year=2024)]
    assert sum(one.current_budget - one.carried_in for one in both) == 1500
    part = both[1].by_source[CARRIED]
    assert (part.original_budget, part.current_budget) == (0, 200)


def late(ledger):
    """Pay what the late voucher says."""
    ledger.disburse("OLD", 40, voucher="2", on=DECEMBER)


def test_the_late_voucher_is_refused(ledger):
    """The closing is named, and nothing is recorded."""
    before = ledger.position
    with pytest.raises(AfterClosure, match="2023-12-31"):
        late(ledger)
    assert ledger.position == before


def test_it_is_paid_from_what_lapsed(ledger):
    """Reopened, paid and closed again: 2024 stays as it is."""
    known = ledger.position
    ledger.reopen_project("OLD", year=2023, reason="a voucher of December")
    late(ledger)
    ledger.close_project("OLD", year=2023, carried_over={"fiscal": 200})
    assert old(ledger) == (1000, 740, 200, 60, 0)
    assert new(ledger) == (500, 200, 700)
    earlier = ledger.view(through=TODAY, known_at=known)
    assert earlier.project("OLD", year=2023).lapsed == 100
    assert ledger.verify().ok


def test_it_is_paid_from_what_was_carried_over(ledger):
    """The new year gives the money back first, by a pair of legs dated in it."""
    ledger.reopen_project("OLD", year=2023, reason="a voucher of December")
    with pytest.raises(BudgetExceeded, match="2024"):
        ledger.disburse("OLD", "100.01", voucher="2", on=DECEMBER)
    back = {"fiscal": 40}
    day = date(2024, 1, 20)
    ledger.return_carry("OLD", on=day, from_project="NEW", amounts=back)
    late(ledger)
    ledger.close_project("OLD", year=2023, carried_over={"fiscal": 160})
    assert old(ledger) == (1000, 740, 160, 100, 0)
    assert new(ledger) == (500, 160, 660)
    assert new(ledger, date(2024, 1, 19)) == (500, 200, 700)
    assert ledger.verify().ok


def test_what_the_new_year_has_spent_does_not_come_back(ledger):
    """The day is named on which it is there no more; what is left does."""
    paid = date(2024, 3, 1)
    ledger.disburse("NEW", "160.01", voucher="1", on=paid, source=CARRIED)
    ledger.reopen_project("OLD", year=2023, reason="a voucher of December")
    how = {"on": date(2024, 1, 20), "from_project": "NEW"}
    with pytest.raises(BudgetExceeded, match="2024-03-01"):
        ledger.return_carry("OLD", amounts={"fiscal": 40}, **how)
    ledger.return_carry("OLD", amounts={"fiscal": "39.99"}, **how)
    with pytest.raises(InvalidInput, match=r"160\.01"):
        ledger.close_project("OLD", year=2023, carried_over={"fiscal": 160})
    assert ledger.verify().ok


def test_more_than_was_claimed_is_not_handed_on(ledger):
    """Nor any amount twice."""
    with pytest.raises(CarryExceeded, match=r"0\.00"):
        ledger.carry_over("OLD", on=FIFTH, amounts={"fiscal": "0.01"})
    with pytest.raises(CarryExceeded):
        ledger.carry_over("OLD", on=FIFTH)
    back = {"on": FIFTH, "from_project": "NEW", "amounts": {"fiscal": 200}}
    ledger.return_carry("OLD", **back)
    with pytest.raises(CarryExceeded, match=r"200\.00"):
        ledger.carry_over("OLD", on=FIFTH, amounts={"fiscal": "200.01"})


def test_only_a_closed_year_hands_on_and_only_to_the_next(ledger):
    """An open year claims nothing; two years later is too late."""
    ledger.append(approval("OPEN", 100_000))
    with pytest.raises(NotClosed):
        ledger.carry_over("OPEN", on=FIFTH, to_project="NEW", amounts={"fiscal": 1})
    with pytest.raises(InvalidInput, match="2024-12-31"):
        ledger.carry_over("OLD", on=date(2025, 1, 1), year=2023, to_project="NEW")

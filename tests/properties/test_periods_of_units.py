"""The law of locks for units: withdrawals, refunds, carried-over money and moves."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.errors import LedgerError
from support import PROJECT, Clock, approval, disbursement

FIRST = date(2024, 1, 1)
UNITS = st.sampled_from(["U-1", "U-2", "U-3"])
DAYS = st.builds(date, st.just(2024), st.integers(1, 6), st.sampled_from([1, 15]))
KINDS = ("withdraw", "refund", "pay", "carry", "return", "supplement", "undo")
FACTS = st.one_of(
    st.tuples(st.sampled_from(["approve", "move", "correct"]), DAYS, UNITS),
    *(st.tuples(st.just(kind), DAYS, st.none()) for kind in KINDS),
)
LOCKS = st.tuples(st.just("close"), DAYS, st.none() | UNITS)
FIGURES = (
    *("project", "name", "unit", "original_budget", "current_budget", "carried_in"),
    *("supplements", "planned", "disbursed", "available", "refunded", "status"),
)


def record(ledger, number, fact):
    """Ask for a fact; whether it is refused does not matter."""
    kind, on, unit = fact
    name, one = str(number), {"fiscal": 1}
    try:
        match kind:
            case "approve":
                ledger.append(approval(on=on, fiscal_year=2024, unit=unit))
            case "withdraw":
                ledger.withdraw_approval(PROJECT, on=on, reason="x")
            case "refund":
                ledger.refund(PROJECT, 1, of="V-1", voucher=name, on=on)
            case "move" | "correct":
                fixes = kind == "correct"
                ledger.revise_form(PROJECT, on=on, to_unit=unit, correction=fixes)
            case "pay":
                ledger.disburse(PROJECT, 1, voucher=name, on=on)
            case "carry":
                ledger.carry_over(PROJECT, amounts=one, on=on, document=name)
            case "return":
                ledger.return_carry(PROJECT, amounts=one, on=on, document=name)
            case "supplement":
                ledger.adjust_budget(PROJECT, "supplement", 5, on=on, key=f"s{name}")
            case "undo":
                last = f"s{number - 1}"
                ledger.correct_adjustment(last, on=on, reason="x")
            case "close":
                ledger.close_period(on, unit=unit)
    except LedgerError:
        pass


@given(st.lists(FACTS, max_size=6), LOCKS, st.lists(FACTS, max_size=5), DAYS, st.data())
def test_a_unit_keeps_its_closed_days(before, lock, after, through, data):
    """Its lines at a closed day, as known at the lock, equal today's; `verify` holds."""
    clock = Clock(datetime(2024, 12, 1, tzinfo=UTC))
    with Ledger(":memory:", actor="t", clock=clock) as ledger:
        ledger.append(approval(), disbursement())
        ledger.close_project(PROJECT, year=2023, carried_over={"fiscal": "500"})
        for unit in ("U-2", "U-3"):  # Each of them is known.
            ledger.append(approval(unit, fiscal_year=2024, on=FIRST, unit=unit))
        if data.draw(st.booleans()):
            record(ledger, 0, ("approve", data.draw(DAYS), "U-2"))
        for number, fact in enumerate([*before, lock], start=1):
            record(ledger, number, fact)
        then = ledger.position
        for number, fact in enumerate(after, start=len(before) + 2):
            record(ledger, number, fact)
        _, last, unit = lock
        day = min(through, last)
        assert lines(ledger, day, unit, then) == lines(ledger, day, unit)
        assert ledger.verify().ok


def lines(ledger, through, unit, known_at=None):
    """Return the money of a unit's projects at a day, of all where none is named."""
    view = ledger.view(through=through, known_at=known_at)
    rows = [line for line in view.execution() if unit in {None, line.unit}]
    return [tuple(getattr(row, name) for name in FIGURES) for row in rows]

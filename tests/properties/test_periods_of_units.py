"""The law of locks for units, over approvals withdrawn, refunds and moves."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.errors import LedgerError
from support import PROJECT, Clock, approval, disbursement

UNITS = st.sampled_from(["U-1", "U-2", "U-3"])
DAYS = st.builds(date, st.just(2024), st.integers(1, 6), st.sampled_from([1, 15]))
FACTS = st.one_of(
    st.tuples(st.just("approve"), DAYS, UNITS),
    st.tuples(st.just("withdraw"), DAYS, st.none()),
    st.tuples(st.just("refund"), DAYS, st.none()),
    st.tuples(st.just("move"), DAYS, UNITS),
    st.tuples(st.just("correct"), DAYS, UNITS),
    st.tuples(st.just("pay"), DAYS, st.none()),
)
LOCKS = st.tuples(st.just("close"), DAYS, st.none() | UNITS)


def record(ledger, number, fact):
    """Ask for a fact; whether it is refused does not matter."""
    kind, on, unit = fact
    name = str(number)
    try:
        match kind:
            case "approve":
                made = approval(on=on, fiscal_year=2024, unit=unit)
                ledger.append(made)
            case "withdraw":
                ledger.withdraw_approval(PROJECT, on=on, reason="x")
            case "refund":
                ledger.refund(PROJECT, 1, of="V-1", voucher=name, on=on)
            case "move" | "correct":
                correction = kind == "correct"
                ledger.revise_form(PROJECT, on=on, to_unit=unit, correction=correction)
            case "pay":
                ledger.disburse(PROJECT, 1, voucher=name, on=on)
            case "close":
                ledger.close_period(on, unit=unit)
    except LedgerError:
        pass


@given(st.lists(FACTS, max_size=6), LOCKS, st.lists(FACTS, max_size=5), DAYS, st.data())
def test_a_unit_keeps_its_closed_days(before, lock, after, first, data):
    """Its lines at a closed day, as known at the lock, equal today's."""
    clock = Clock(datetime(2024, 12, 1, tzinfo=UTC))
    with Ledger(":memory:", actor="t", clock=clock) as ledger:
        ledger.append(approval(), disbursement())
        for unit in ("U-2", "U-3"):  # Each of them is known.
            ledger.append(
                approval(unit, fiscal_year=2024, on=date(2024, 1, 1), unit=unit)
            )
        record(ledger, 0, ("approve", first, "U-2"))
        for number, fact in enumerate(before, start=1):
            record(ledger, number, fact)
        record(ledger, 90, lock)
        then = ledger.position
        for number, fact in enumerate(after, start=len(before) + 1):
            record(ledger, number, fact)
        _, last, unit = lock
        through = data.draw(st.sampled_from([last, date(2024, 1, 1)]) | DAYS)
        if through <= last:
            assert lines(ledger, through, unit, then) == lines(ledger, through, unit)
        assert ledger.verify().ok


def lines(ledger, through, unit, known_at=None):
    """Return the money of a unit's projects at a day, of all where none is named."""
    view = ledger.view(through=through, known_at=known_at)
    rows = [line for line in view.execution() if unit in {None, line.unit}]
    names = ("project", "unit", "current_budget", "disbursed", "refunded")
    return [tuple(getattr(row, name) for name in names) for row in rows]

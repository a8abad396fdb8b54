"""Disbursed is at most the current budget on every day of the effective timeline."""

from datetime import date, timedelta

from hypothesis import given

from ledger import Ledger
from ledger.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
)
from properties.strategies import first, requests, taken


def balances(events):
    """Return what is available at the end of each day, by adding up plain events."""
    changes = {}
    for event in events:
        match event:
            case BudgetApproved():
                change = sum(part.amount for part in event.amounts)
            case BudgetAdjusted():
                change = event.kind.sign * sum(part.amount for part in event.amounts)
            case Disbursed():
                change = -event.amount
            case DisbursementReversed():
                change = event.amount
            case _:
                continue
        changes[event.on] = changes.get(event.on, 0) + change
    balance = 0
    for n in range(365):
        balance += changes.get(date(2023, 1, 1) + timedelta(n), 0)
        yield balance


@given(requests())
def test_no_day_is_overdrawn(drawn):
    """Whatever is asked for, and however late, no day ends below zero."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        taken(ledger, drawn)
        recorded = [each.event for each in ledger.events()]

    assert min(balances(recorded)) >= 0


@given(requests())
def test_what_is_refused_would_overdraw_some_day(drawn):
    """A payment is refused for lack of money only if some day would lack it."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        for event in drawn:
            history = [each.event for each in ledger.events()]
            if taken(ledger, [event]) or not isinstance(event, Disbursed):
                continue
            used = [getattr(each, "voucher", None) for each in history]
            assert min(balances([*history, event])) < 0 or event.voucher in used

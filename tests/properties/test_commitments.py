"""Laws of commitments: what is open, and what is available, on every day."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger, LedgerError
from ledger.events import CommitmentEntered, Disbursed
from properties.strategies import first
from support import PROJECT

JANUARY = date(2023, 1, 1)
days = st.integers(0, 9).map(lambda n: JANUARY + timedelta(n))
amounts = st.integers(1, 60_000).map(lambda minor: Decimal(minor).scaleb(-2))
numbers = st.sampled_from(["C-1", "C-2", "C-3"])


def requests():
    """Return a strategy of requests about few commitments on few days."""
    return st.lists(
        st.one_of(
            st.tuples(
                st.just("commit"),
                numbers,
                amounts,
                days,
                st.sampled_from(["reserved", "contracted"]),
                st.none() | numbers,
            ),
            st.tuples(st.just("pay"), numbers, amounts, days, st.booleans()),
            st.tuples(st.just("spend"), amounts, days),
            st.tuples(st.just("back"), st.integers(0, 12), amounts, days),
            st.tuples(
                st.just("adjust"),
                numbers,
                amounts,
                days,
                st.sampled_from(["increase", "decrease"]),
            ),
            st.tuples(st.just("release"), numbers, st.none() | amounts, days),
            st.tuples(st.just("reduce"), amounts, days),
        ),
        max_size=14,
    )


def ask(ledger, drawn):
    """Send one request."""
    voucher = f"V-{ledger.position}"
    match drawn:
        case "commit", number, amount, on, stage, of:
            ledger.commit(PROJECT, number, amount, on=on, stage=stage, of=of)
        case "pay", number, amount, on, final:
            ledger.disburse(
                PROJECT, amount, voucher=voucher, on=on, commitment=number, final=final
            )
        case "spend", amount, on:
            ledger.disburse(PROJECT, amount, voucher=voucher, on=on)
        case "back", n, amount, on:
            ledger.reverse_disbursement(
                PROJECT, amount, of=f"V-{n}", voucher=voucher, on=on
            )
        case "adjust", number, amount, on, kind:
            ledger.adjust_commitment(
                PROJECT, number, kind, amount, on=on, reason="amended"
            )
        case "release", number, amount, on:
            ledger.release_commitment(PROJECT, number, amount, on=on, why="finished")
        case "reduce", amount, on:
            ledger.adjust_budget(PROJECT, "reduction", amount, on=on)


def each_day(ledger):
    """Yield the line of the project at the end of each day."""
    for n in range(11):
        yield ledger.view(through=JANUARY + timedelta(n)).project(PROJECT)


def taken(ledger, drawn):
    """Send a request; return what was recorded of it, if it was taken."""
    before = ledger.position
    with suppress(LedgerError):
        ask(ledger, drawn)
    recorded = [each.event for each in ledger.events(after=before)]
    return recorded[0] if recorded else None


@given(requests())
def test_what_is_open_and_available_is_never_negative(drawn):
    """On any day, of any commitment; what is available is what the parts leave."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        for request in drawn:
            taken(ledger, request)
        for line in each_day(ledger):
            assert line.available >= 0
            assert line.open >= 0
            for commitment in line.commitments:
                assert min(commitment.open(line.through).values(), default=0) >= 0
            assert line.available == line.current_budget - line.disbursed - line.open
        assert ledger.verify().ok


@given(requests())
def test_a_payment_on_a_commitment_changes_available_by_what_it_releases(drawn):
    """Only by that, from its day on; a conversion of a reservation conserves."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        for request in drawn:
            before = [(line.available, line.reserved) for line in each_day(ledger)]
            event = taken(ledger, request)
            after = [(line.available, line.reserved) for line in each_day(ledger)]
            if isinstance(event, Disbursed) and event.commitment is not None:
                freed = sum(part.amount for part in event.released or ())
                for n, (old, new) in enumerate(zip(before, after, strict=True)):
                    passed = JANUARY + timedelta(n) >= event.on
                    released = Decimal(freed if passed else 0).scaleb(-2)
                    assert new[0] == old[0] + released
            if isinstance(event, CommitmentEntered) and event.of is not None:
                whole = sum(part.amount for part in event.amounts)
                taken_over = sum(part.amount for part in event.taken_over)
                for n, (old, new) in enumerate(zip(before, after, strict=True)):
                    passed = JANUARY + timedelta(n) >= event.on
                    rest = Decimal((whole - taken_over) * passed).scaleb(-2)
                    assert new[0] == old[0] - rest
                    assert new[1] == old[1] - Decimal(taken_over * passed).scaleb(-2)

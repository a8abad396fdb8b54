"""Recording order does not matter for a month's figures."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.events import DisbursementReversed
from properties.strategies import first, requests, taken


def figures(ledger):
    """Return the figures of June, without what depends on the order of recording."""
    report = ledger.monthly_report(2023, 6).to_dict()
    return {key: report[key] for key in ("totals", "projects")}


@given(requests(), st.randoms(use_true_random=False))
def test_recording_order_does_not_matter(drawn, random):
    """A voucher keyed in late still counts in the month it was paid."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        history = taken(ledger, drawn)
        expected = figures(ledger)
    # A payment may lean on a later-recorded supplement only in another order; what the
    # rules would refuse then is tried again once the others are in.
    shuffled = random.sample(history, len(history))
    shuffled.sort(key=lambda event: isinstance(event, DisbursementReversed))
    with Ledger.open(":memory:", actor="a") as other:
        other.append(first())
        waiting = shuffled
        while waiting:
            done = taken(other, waiting)
            assert done, "some order must let every fact in"
            waiting = [event for event in waiting if event not in done]
        assert figures(other) == expected


@given(requests())
def test_a_view_does_not_move_when_more_is_recorded(drawn):
    """What was known at a position is known for ever."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        middle = len(drawn) // 2
        taken(ledger, drawn[:middle])
        view = ledger.view(through=date(2023, 6, 30))
        before = view.monthly_report().render("json")
        taken(ledger, drawn[middle:])

        assert view.monthly_report().render("json") == before

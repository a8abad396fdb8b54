"""Whatever is accepted, the record verifies and virements make no money."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, Ledger, LedgerError
from ledger.events import BudgetAdjusted, Disbursed
from properties.strategies import days
from support import approval

PROJECTS = ("A", "B", "C")
SOURCES = ("fiscal", "other")
END = date(2023, 12, 31)


def leg(draw, on):
    """Draw one leg of a virement; most do not balance by themselves."""
    return BudgetAdjusted(
        project=draw(st.sampled_from(PROJECTS)),
        on=on,
        kind=draw(st.sampled_from(["virement_in", "virement_out"])),
        amounts=(
            Funding(
                source=draw(st.sampled_from(SOURCES)),
                amount=draw(st.sampled_from([100, 200, 30_000])),
            ),
        ),
        document=draw(st.sampled_from([None, "No 1"])),
    )


@st.composite
def requests(draw):
    """Draw the events of a request: a virement, its halves, payments, supplements."""
    on = draw(days)
    kind = draw(st.sampled_from(["virement", "virement", "legs", "pay", "more"]))
    if kind == "virement":
        amounts = (Funding(source=draw(st.sampled_from(SOURCES)), amount=100),)
        given = {"on": on, "amounts": amounts, "document": "No 1"}
        giver, taker = (draw(st.sampled_from(PROJECTS)) for _ in range(2))
        return [
            BudgetAdjusted(project=giver, kind="virement_out", **given),
            BudgetAdjusted(project=taker, kind="virement_in", **given),
        ]
    if kind == "legs":
        return [leg(draw, on) for _ in range(draw(st.integers(1, 3)))]
    project, source = draw(st.sampled_from(PROJECTS)), draw(st.sampled_from(SOURCES))
    if kind == "pay":
        amount = draw(st.sampled_from([50, 40_000]))
        voucher = str(draw(st.integers(1, 4)))
        return [
            Disbursed(
                project=project, on=on, amount=amount, voucher=voucher, source=source
            )
        ]
    amounts = (Funding(source=source, amount=500),)
    return [BudgetAdjusted(project=project, on=on, kind="supplement", amounts=amounts)]


@st.composite
def histories(draw):
    """Draw requests with keys, whole and partial repeats, and other targets."""
    drawn = []
    for _ in range(draw(st.integers(1, 6))):
        key = draw(st.sampled_from([None, "k", "l", "m"]))
        drawn.append((draw(requests()), key))
        if draw(st.booleans()):
            events, key = draw(st.sampled_from(drawn))
            part = draw(st.integers(0, len(events)))
            drawn.append((events[part:] or events, draw(st.sampled_from([key, "k"]))))
    return drawn


def founded(ledger):
    """Approve three projects with two sources each."""
    funding = tuple(Funding(source=source, amount=50_000) for source in SOURCES)
    ledger.append(*(approval(project, amounts=funding) for project in PROJECTS))


@given(histories())
def test_virements_make_no_money_and_the_record_verifies(drawn):
    """With keys, repeats, halves of repeats and other targets, after each request."""
    with Ledger.open(":memory:", actor="a") as ledger:
        founded(ledger)
        naive = dict.fromkeys(SOURCES, 150_000)
        for events, key in drawn:
            before = ledger.root
            try:
                recorded = ledger.append(*events, key=key)
            except LedgerError:
                assert ledger.root == before
                continue
            for each in recorded:
                event = each.event
                if each.already or not isinstance(event, BudgetAdjusted):
                    continue
                if event.kind == "supplement":
                    naive[event.amounts[0].source] += event.amounts[0].amount
            if key is not None:
                after = ledger.root
                assert [e.already for e in ledger.append(*events, key=key)] == [
                    True
                ] * len(events)
                assert ledger.root == after
        found = ledger.view(through=END).total().by_source
        assert {name: one.minor_current for name, one in found.items()} == naive
        assert all(one.available >= 0 for one in found.values())
        verification = ledger.verify()
        assert verification.ok, verification.findings


@given(st.lists(requests(), min_size=1, max_size=5), st.randoms())
def test_the_order_of_an_append_does_not_matter(drawn, random):
    """
    All of it is judged together: accepted in one order, accepted in any.

    In the order in which it was asked, it is known again by its key.
    """
    events = [event for part in drawn for event in part]
    shuffled = random.sample(events, len(events))
    outcomes = []
    for order in (events, shuffled):
        with Ledger.open(":memory:", actor="a") as ledger:
            founded(ledger)
            try:
                ledger.append(*order, key="k")
            except LedgerError:
                outcomes.append(None)
                continue
            again = ledger.append(*order, key="k")
            assert [each.already for each in again] == [True] * len(order)
            assert ledger.verify().ok
            found = ledger.view(through=END).execution()
            outcomes.append(
                [(each.minor_current, each.minor_disbursed) for each in found]
            )
    assert outcomes[0] == outcomes[1]

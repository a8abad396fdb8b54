"""One append, its facts in any order: ends come after what they end."""

import json
from contextlib import nullcontext
from datetime import date
from itertools import permutations

import pytest
from attrs import evolve

from ledger import Checkpoint, Funding, SpendingPlan
from ledger.errors import (
    AfterClosure,
    BudgetExceeded,
    InvalidBatch,
    InvalidPlan,
    KeyConflict,
    NotClosed,
    VirementUnbalanced,
)
from ledger.events import (
    BudgetAdjusted,
    CarriedOver,
    CarryReturned,
    CommitmentEntered,
    CommitmentReleased,
    Disbursed,
    ProjectClosed,
    ProjectReopened,
    SpendingPlanRevised,
)
from support_carries import (
    CARRIED,
    DAY,
    DECEMBER,
    MARCH,
    approved,
    closed,
    figures,
    line,
    opened,
    sound,
)

JUNE, YEAR_END = date(2023, 6, 30), date(2024, 12, 31)
ORDERS = [*permutations(range(3))]


def paid(voucher, amount, on=JUNE, source="fiscal", **more):
    return Disbursed(
        project="P", on=on, voucher=voucher, amount=amount, source=source, **more
    )


def planned(amount):
    return SpendingPlan(checkpoints=(Checkpoint(on=DECEMBER, amount=amount),))


def closing(carried=300_00, code="P"):
    part = Funding(source="fiscal", amount=carried)
    return ProjectClosed(project=code, on=DECEMBER, year=2023, carried_over=(part,))


@pytest.mark.parametrize("order", ORDERS)
def test_a_closing_ends_what_is_paid_before_its_day(order):
    """Wherever it stands, and a payment that waits for money as well."""
    more = BudgetAdjusted(
        project="P",
        on=JUNE,
        kind="supplement",
        amounts=(Funding(source="fiscal", amount=50_00),),
    )
    facts = closing(), paid("1", 750_00), more
    with opened() as ledger:
        ledger.append(*(facts[place] for place in order))
        year = line(ledger, through=DECEMBER)
        assert (year.disbursed, year.carried_over, year.lapsed) == (750, 300, 0)
        sound(ledger)


@pytest.mark.parametrize("order", ORDERS)
def test_a_final_payment_releases_what_the_others_leave(order):
    """The other payment of its day is never after the end."""
    facts = (
        paid("1", 40_00, commitment="C", final=True),
        paid("2", 50_00, commitment="C"),
        CommitmentEntered(
            project="P",
            on=JUNE,
            commitment="C",
            amounts=(Funding(source="fiscal", amount=100_00),),
        ),
    )
    with opened() as ledger:
        ledger.append(*(facts[place] for place in order))
        year = line(ledger, through=DECEMBER)
        assert (year.disbursed, year.open, year.available) == (90, 0, 910)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_release_of_a_part_comes_before_the_end_of_its_day(order):
    """A final payment releases what that leaves, wherever either stands."""
    part = (Funding(source="fiscal", amount=30_00),)
    facts = (
        CommitmentReleased(
            project="P", on=JUNE, commitment="C", why="finished", amounts=part
        ),
        paid("1", 40_00, commitment="C", final=True),
    )
    with opened() as ledger:
        ledger.commit("P", "C", 100, on=date(2023, 2, 1))
        ledger.append(*(facts[place] for place in order))
        year = line(ledger, through=DECEMBER)
        assert (year.disbursed, year.open, year.available) == (40, 0, 960)
        sound(ledger)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_release_frees_what_a_payment_leaves(order):
    """All that is open means after all else."""
    facts = (
        CommitmentReleased(project="P", on=JUNE, commitment="C", why="finished"),
        paid("2", 50_00, commitment="C"),
    )
    with opened() as ledger:
        ledger.commit("P", "C", 100, on=date(2023, 2, 1))
        ledger.append(*(facts[place] for place in order))
        assert line(ledger, through=DECEMBER).available == 950


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_plan_ends_at_the_budget_of_the_whole_append(order):
    """What raises the budget may stand before or after."""
    more = BudgetAdjusted(
        project="P",
        on=JUNE,
        kind="supplement",
        amounts=(Funding(source="fiscal", amount=50_00),),
    )
    plan = planned(1050_00)
    facts = SpendingPlanRevised(project="P", on=JUNE, plan=plan), more
    with opened() as ledger:
        ledger.append(*(facts[place] for place in order))
        assert line(ledger, through=DECEMBER).planned == 1050
    short = SpendingPlanRevised(project="P", on=JUNE, plan=planned(1000_00))
    facts = short, more
    with opened() as ledger, pytest.raises(InvalidPlan):
        ledger.append(*(facts[place] for place in order))


@pytest.mark.parametrize("order", ORDERS)
def test_a_giver_of_two_forms_may_be_closed_with_them(order):
    """As in two appends, forms first: the second has what is left, and a finding."""
    facts = (
        approved("Q", carried_from="P", fiscal=100, carried=200),
        approved("R", carried_from="P", fiscal=100, carried=200),
        closing(),
    )
    with opened() as ledger:
        ledger.append(*(facts[place] for place in order))
        assert figures(ledger, "Q") == (300, 200, 0, 300)
        assert figures(ledger, "R") == (200, 100, 100, 200)
        sound(ledger)


@pytest.mark.parametrize("order", ORDERS)
def test_all_that_is_left_is_what_other_hand_overs_leave(order):
    """A leg without amounts comes after those with amounts."""
    legs = [
        CarriedOver(project="P", on=DAY, year=2023, to_project="Q", document="1"),
        CarriedOver(
            project="P",
            on=DAY,
            year=2023,
            document="2",
            amounts=(Funding(source="fiscal", amount=120_00),),
        ),
    ]
    others = [
        BudgetAdjusted(project=code, on=DAY, kind="carried_in", document=d, amounts=())
        for code, d in (("Q", "1"), ("P", "2"))
    ]
    facts = [legs[0], legs[1], closing()]
    with opened() as ledger:
        ledger.append(approved("Q", fiscal=1), approved(fiscal=1))
        ledger.append(*(facts[place] for place in order), *others)
        assert (figures(ledger, "Q")[1], figures(ledger)[1]) == (180, 120)


@pytest.mark.parametrize("order", ORDERS)
def test_a_leg_that_takes_over_says_since_when_wherever_it_stands(order):
    """Of two givers too, when the money is older than a year; and of what returns."""
    old, new = (Funding(source=s, amount=40_00) for s in (CARRIED, "other"))
    both = evolve(old, amount=40_00), evolve(new, source="carried_over/other")
    day, back = date(2025, 1, 10), date(2025, 1, 20)
    given = {"project": "P", "year": 2024}
    taken = {"project": "P", "amounts": both}
    with closed() as ledger:
        ledger.append(approved(fiscal=100, other=100, carried=300))
        left = {CARRIED: 300, "other": 100}
        ledger.close_project("P", year=2024, carried_over=left)
        ledger.append(approved(year=2025, on=day, fiscal=1))
        for legs in (
            (
                BudgetAdjusted(on=day, kind="carried_in", **taken),
                CarriedOver(on=day, amounts=(old,), **given),
                CarriedOver(on=day, amounts=(new,), **given),
            ),
            (
                BudgetAdjusted(on=back, kind="carry_returned", **taken),
                CarryReturned(on=back, amounts=(old,), **given),
                CarryReturned(on=back, amounts=(new,), **given),
            ),
        ):
            recorded = ledger.append(*(legs[place] for place in order))
            (leg,) = (r.event for r in recorded if isinstance(r.event, BudgetAdjusted))
            parts = [(part.source, part.since, part.amount) for part in leg.since]
            assert parts == [(CARRIED, 2023, 40_00)]
        sound(ledger)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("asked", [None, 340])
@pytest.mark.parametrize("rest", [None, 300])
def test_a_leg_takes_over_from_two_givers_wherever_it_stands(rest, asked, order):
    """What it states and what it leaves out alike, though one gives all that is left."""
    day, paper = date(2025, 1, 15), {"document": "d"}

    def part(amount):
        return () if amount is None else (Funding(source=CARRIED, amount=amount * 100),)

    def leg(code, amount):
        own = {"project": code, "to_project": "P", "year": 2024}
        return CarriedOver(on=day, amounts=part(amount), **own, **paper)

    taken = {"project": "P", "kind": "carried_in", "amounts": part(asked)}
    facts = leg("A", 40), leg("B", rest), BudgetAdjusted(on=day, **taken, **paper)
    with closed("A", "B") as ledger:
        for code in "AB":
            ledger.append(approved(code, fiscal=1, carried=300, carried_from=code))
            ledger.close_project(code, year=2024, carried_over={CARRIED: 300})
        ledger.append(approved(year=2025, on=date(2025, 1, 10), fiscal=1))
        ledger.append(*(facts[place] for place in order))
        (own,) = ledger.events(stream="P", types=["BudgetAdjusted"])
        assert [one.amount for one in own.event.amounts] == [340_00]
        assert [(one.since, one.amount) for one in own.event.since] == [(2023, 340_00)]
        sound(ledger)


@pytest.mark.parametrize("order", ORDERS)
def test_a_plan_ends_at_what_a_giver_of_all_brings(order):
    """It is of the year that the money comes to."""
    giving = CarriedOver(project="P", on=DAY, year=2023)
    taken = BudgetAdjusted(project="P", on=DAY, kind="carried_in", amounts=())
    for amount, said in ((1, pytest.raises(InvalidPlan)), (301, nullcontext())):
        plan = SpendingPlan(checkpoints=(Checkpoint(on=YEAR_END, amount=amount * 100),))
        facts = SpendingPlanRevised(project="P", on=DAY, plan=plan), taken, giving
        with closed() as ledger:
            ledger.append(approved(fiscal=1))
            with said:
                ledger.append(*(facts[place] for place in order))
                assert line(ledger, through=YEAR_END).planned == 301


@pytest.mark.parametrize("place", range(4))
def test_a_payment_stands_anywhere_among_closings_and_reopenings(place):
    """Only they keep their order."""
    again = ProjectReopened(project="P", on=DECEMBER, year=2023, reason="late")
    facts = [closing(), again, closing(290_00)]
    facts.insert(place, paid("1", 10_00))
    with opened() as ledger:
        ledger.append(*facts)
        assert line(ledger, through=DECEMBER).carried_over == 290
        sound(ledger)


@pytest.mark.parametrize("kind", ["carried_in", "carry_returned"])
def test_a_leg_that_takes_over_from_nobody_is_refused(kind):
    """Nothing else of its append is written either."""
    amounts = (Funding(source=CARRIED, amount=1),)
    leg = BudgetAdjusted(project="P", on=MARCH, kind=kind, amounts=amounts)
    with closed() as ledger:
        ledger.append(approved(fiscal=1, carried=300))
        before = ledger.position
        with pytest.raises(VirementUnbalanced, match="has one leg"):
            ledger.append(leg, paid("1", 1, on=MARCH))
        assert ledger.position == before


@pytest.mark.parametrize("step", [1, -1])
def test_a_leg_whose_giver_is_refused_is_refused_for_that(step):
    """Nobody who gave two legs is told of one; a giver of another day is none."""
    amounts = (Funding(source=CARRIED, amount=1_00),)
    leg = BudgetAdjusted(project="P", on=MARCH, kind="carried_in", amounts=amounts)
    part = (Funding(source="fiscal", amount=1_00),)
    giving = CarriedOver(project="P", on=MARCH, year=2023, amounts=part)
    with opened() as ledger:
        ledger.append(approved(fiscal=1))
        before = ledger.position
        with pytest.raises(NotClosed):
            ledger.append(*(leg, giving)[::step])
        with pytest.raises(VirementUnbalanced, match="has one leg"):
            ledger.append(leg, evolve(giving, on=DAY))
        assert ledger.position == before


def test_of_a_file_a_leg_whose_giver_is_refused_is_not_listed(tmp_path):
    """What is to be put right is the line of the giver alone."""
    shared = {"project": "P", "on": "2024-03-31", "amount": "1.00"}
    taking = {"type": "BudgetAdjusted", "kind": "carried_in", "source": CARRIED}
    giving = {"type": "CarriedOver", "year": 2023, "source": "fiscal"}
    file = tmp_path / "events.jsonl"
    lines = [json.dumps({**each, **shared}) for each in (taking, giving)]
    file.write_text("\n".join(lines), "utf-8")
    with opened() as ledger:
        ledger.append(approved(fiscal=1))
        with pytest.raises(InvalidBatch, match="line 2") as refused:
            ledger.record(file)
        assert "one leg" not in str(refused.value)


def test_the_closings_and_reopenings_of_a_year_keep_their_order():
    """A refusal says so."""
    again = ProjectReopened(project="P", on=DECEMBER, year=2023, reason="late")
    with closed() as ledger:
        ledger.append(again, paid("1", 10_00), closing(290_00))
        assert line(ledger, through=DECEMBER).carried_over == 290
        with pytest.raises(AfterClosure, match="in the order in which they are asked"):
            ledger.append(closing(300_00), again)
    with opened() as ledger:
        with pytest.raises(NotClosed, match="in the order in which they are asked"):
            ledger.append(again, closing())
        ledger.append(closing(), again)
        assert line(ledger, through=DECEMBER).closed_on is None


def test_a_second_closing_may_be_of_an_earlier_day_than_the_first():
    """They come by their places, as they do one by one."""
    again = ProjectReopened(project="P", on=DECEMBER, year=2023, reason="late")
    earlier = evolve(closing(), on=date(2023, 11, 30))
    with opened() as ledger:
        ledger.append(closing(), again, earlier)
        assert line(ledger, through=DECEMBER).closed_on == earlier.on


def test_money_that_a_closing_brings_is_what_a_payment_has_too_little_of():
    """The refusal is of the payment as it would be after the closing."""
    with opened() as ledger:
        ledger.append(approved())
        spent = paid("1", 400_00, on=DAY, source=CARRIED)
        for facts in ((spent, closing()), (closing(), spent)):
            with pytest.raises(BudgetExceeded, match="300"):
                ledger.append(*facts)


def test_a_keyed_request_with_an_end_is_known_again_as_it_was_asked():
    """Its places are kept; in another order it is another request."""
    with opened() as ledger:
        asked = closing(), paid("1", 10_00, on=JUNE)
        first = ledger.append(*asked, key="k")
        again = ledger.append(*asked, key="k")
        assert {one.id for one in again} == {one.id for one in first}
        with pytest.raises(KeyConflict):
            ledger.append(*asked[::-1], key="k")
        with pytest.raises(KeyConflict):
            ledger.append(asked[0], evolve(asked[1], amount=11_00), key="k")

"""An adjustment that was a mistake is corrected: it leaves the budget and its parts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest

from ledger import InvalidInput, Ledger
from ledger.domain.correction_rules import is_of_adjustment
from ledger.errors import (
    AfterClosure,
    AlreadyCorrected,
    BudgetExceeded,
    InClosedPeriod,
    VirementUnbalanced,
)
from ledger.events import AdjustmentCorrected, BudgetAdjusted
from support import PROJECT, Clock, approval, day

END = date(2023, 12, 31)


@pytest.fixture
def ledger():
    """Return a ledger of two projects with 1,000 each."""
    clock = Clock(datetime(2023, 11, 6, 9, tzinfo=UTC))
    with Ledger.open(":memory:", actor="a", clock=clock) as opened:
        opened.append(approval(), approval("P-2"))
        yield opened
        assert opened.verify().ok


def line(ledger, project=PROJECT, through=END):
    """Return the money of a project."""
    return ledger.view(through=through).project(project)


def supplement(ledger, amount=5000, **more):
    """Record a supplement of March."""
    return ledger.adjust_budget(PROJECT, "supplement", amount, on=day(3), **more)


def test_a_corrected_supplement_leaves_every_figure(ledger):
    """The gross column and the list say what was ordered, and so does the budget."""
    wrong = supplement(ledger, document="No 9")
    (corrected,) = ledger.correct_adjustment(wrong.id, reason="a nought too many")
    supplement(ledger, 500, document="No 9")
    money = line(ledger)
    assert (money.supplements, money.current_budget) == (500, 1500)
    assert [each.amount for each in money.adjustments] == [Decimal(500)]
    assert money.by_source["fiscal"].supplements == 500
    event = corrected.event
    assert (event.on, event.adjusted_on, event.kind) == (day(3), day(3), "supplement")
    why = ledger.explain(PROJECT, "supplements", through=END)
    assert why.value == 500
    assert len(why.events) == 3


def test_it_holds_from_its_own_day(ledger):
    """Until then the adjustment stands, and what was known stays known."""
    wrong = supplement(ledger)
    before = ledger.position
    ledger.correct_adjustment(wrong.id, reason="r", on=day(6))
    assert line(ledger, through=day(5, 31)).supplements == 5000
    assert line(ledger, through=day(6)).supplements == 0
    known = ledger.view(through=END, known_at=before).project(PROJECT)
    assert known.supplements == 5000
    other = supplement(ledger)
    with pytest.raises(InvalidInput, match="2023-03-01"):
        ledger.correct_adjustment(other.id, reason="r", on=day(2, 28))


def test_by_default_it_is_of_today_where_the_month_is_closed(ledger):
    """A day that is said is taken at its word."""
    wrong = supplement(ledger)
    ledger.close_period(through=day(6, 30))
    with pytest.raises(InClosedPeriod):
        ledger.correct_adjustment(wrong.id, reason="r", on=day(3))
    (corrected,) = ledger.correct_adjustment(wrong.id, reason="r", key="K")
    assert corrected.on == day(11, 6)
    (again,) = ledger.correct_adjustment(wrong.id, reason="r", key="K")
    assert again.id == corrected.id


def test_it_is_corrected_once(ledger):
    """And what corrects is no adjustment."""
    wrong = supplement(ledger, key="mine")
    (corrected,) = ledger.correct_adjustment("mine", reason="r")
    with pytest.raises(AlreadyCorrected, match="2023-03-01"):
        ledger.correct_adjustment(wrong.id, reason="r")
    with pytest.raises(InvalidInput, match="of"):
        ledger.correct_adjustment(corrected.id, reason="r")
    event = AdjustmentCorrected(project=PROJECT, on=day(3), of=corrected.id, reason="r")
    with pytest.raises(InvalidInput, match="right adjustment"):
        ledger.append(event)


def test_what_lived_on_it_refuses_it_with_the_day(ledger):
    """Unless the right adjustment stands in the same append."""
    wrong = supplement(ledger)
    ledger.disburse(PROJECT, 1400, voucher="1", on=day(5))
    with pytest.raises(BudgetExceeded, match="2023-05-01") as refused:
        ledger.correct_adjustment(wrong.id, reason="r")
    assert refused.value.day == day(5)
    event = AdjustmentCorrected(project=PROJECT, on=day(3), of=wrong.id, reason="r")
    fact = wrong.event
    amounts = (attrs.evolve(fact.amounts[0], amount=40_000),)
    right = attrs.evolve(fact, amounts=amounts)
    ledger.append(event, right)
    assert line(ledger).current_budget == 1400


def test_a_reduction_is_given_again(ledger):
    """What it took is there again."""
    wrong = ledger.adjust_budget(PROJECT, "reduction", 300, on=day(3))
    ledger.correct_adjustment(wrong.id, reason="r")
    assert (line(ledger).reductions, line(ledger).current_budget) == (0, 1000)


def test_with_one_leg_all_legs_of_a_virement_are_corrected(ledger):
    """In one append; one leg alone is refused."""
    legs = ledger.transfer(PROJECT, "P-2", 200, on=day(3), document="No 7")
    alone = AdjustmentCorrected(project="P-2", on=day(3), of=legs[1].id, reason="r")
    with pytest.raises(VirementUnbalanced, match="200"):
        ledger.append(alone)
    done = ledger.correct_adjustment(legs[1].id, reason="r")
    assert {each.event.of for each in done} == {each.id for each in legs}
    for project in (PROJECT, "P-2"):
        money = line(ledger, project)
        moved = money.virements_in, money.virements_out
        assert (*moved, money.current_budget) == (0, 0, 1000)


def test_the_legs_of_a_carry_over_are_returned_instead():
    """That is another fact, in both years."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), approval("N", fiscal_year=2024, on=date(2024, 1, 1)))
        ledger.close_project(PROJECT, on=END, carried_over={"fiscal": 1000})
        legs = ledger.carry_over(PROJECT, to_project="N", on=date(2024, 1, 2))
        leg = next(each for each in legs if isinstance(each.event, BudgetAdjusted))
        with pytest.raises(InvalidInput, match="returned"):
            ledger.correct_adjustment(leg.id, reason="r")


def test_a_closed_year_is_not_corrected(ledger):
    """Nor is an adjustment of another project."""
    wrong = supplement(ledger)
    event = AdjustmentCorrected(project="P-2", on=day(3), of=wrong.id, reason="r")
    with pytest.raises(InvalidInput, match="of"):
        ledger.append(event)
    ledger.close_project(PROJECT, on=day(10))
    with pytest.raises(AfterClosure):
        ledger.correct_adjustment(wrong.id, reason="r")


def test_what_it_says_of_the_adjustment_cannot_be_claimed(ledger):
    """It is computed; what the adjustment says itself is taken."""
    wrong = supplement(ledger)
    event = AdjustmentCorrected(project=PROJECT, on=day(3), of=wrong.id, reason="r")
    with pytest.raises(InvalidInput, match="kind"):
        ledger.append(attrs.evolve(event, kind="reduction"))
    ledger.append(attrs.evolve(event, kind="supplement"))


def test_what_it_says_of_an_adjustment_does_not_make_one(ledger):
    """A whole event is given whose id is of nothing, beside an adjustment like it."""
    wrong = supplement(ledger)
    (corrected,) = ledger.correct_adjustment(wrong.id, reason="a nought too many")
    supplement(ledger)
    claimed = attrs.evolve(corrected.event, of="01890000-0000-7000-8000-000000000002")
    with pytest.raises(InvalidInput, match=r"^of: "):
        ledger.append(claimed)


def test_a_reason_is_given(ledger):
    """Blanks are none."""
    wrong = supplement(ledger)
    with pytest.raises(InvalidInput, match="reason"):
        ledger.correct_adjustment(wrong.id, reason=" ")


def test_an_audit_holds_a_correction_to_its_adjustment(ledger):
    """Of another fact, or with other words, or of nothing, it is none of it."""
    wrong = supplement(ledger)
    (corrected,) = ledger.correct_adjustment(wrong.id, reason="r")
    paid = ledger.disburse(PROJECT, 1, voucher="1", on=day(4))
    own = corrected.event
    assert is_of_adjustment(own, wrong)
    for event, recorded in (
        (own, None),
        (own, paid),
        (attrs.evolve(own, document="No 1"), wrong),
        (attrs.evolve(own, version=0), wrong),
    ):
        assert not is_of_adjustment(event, recorded)


def test_a_file_corrects(ledger, tmp_path):
    """By event id; recorded twice it is there already."""
    wrong = supplement(ledger)
    file = tmp_path / "corrections.csv"
    row = f"AdjustmentCorrected,P-1,2023-03-01,{wrong.id},a nought too many"
    file.write_text(f"type,project,on,of,reason\n{row}\n", "utf-8")
    assert ledger.record(file).new == 1
    assert ledger.record(file).new == 0
    assert line(ledger).supplements == 0


def test_an_adjustment_is_named_by_its_position(ledger):
    """Lists show it; a key in digits comes first, and other events are none."""
    wrong = supplement(ledger)
    other = supplement(ledger, key=str(wrong.position))
    for named, of in ((str(wrong.position), other), (str(other.position), None)):
        if of is None:
            with pytest.raises(AlreadyCorrected):
                ledger.correct_adjustment(named, reason="r")
            continue
        (corrected,) = ledger.correct_adjustment(named, reason="r")
        assert corrected.event.of == of.id
    for position in ("1", "999", "0", "01"):
        with pytest.raises(InvalidInput, match="position"):
            ledger.correct_adjustment(position, reason="r")

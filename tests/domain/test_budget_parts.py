"""How a budget came about: original, in-year, and each way of change."""

from datetime import date

import attrs
import pytest

from ledger import Funding, InvalidInput, Settings
from ledger.domain import budget_rules
from ledger.domain.adjustment_kind import AdjustmentKind, BudgetOrigin
from ledger.domain.budget_parts import (
    is_plain,
    original_by_source,
    parts_by_source,
)
from ledger.domain.plain_budget import PlainBudget, after
from ledger.events import BudgetAdjusted
from support import approval, day

SETTINGS = Settings()
EMPTY = PlainBudget(project="P-1", fiscal_year=2023)


def decided(**given):
    """Return an approval as it is recorded."""
    return budget_rules.decide(EMPTY, approval(**{"origin": None, **given}), SETTINGS)


@pytest.mark.parametrize(
    ("on", "origin"),
    [
        (date(2022, 12, 20), "annual"),
        (date(2023, 3, 31), "annual"),
        (date(2023, 4, 1), "in_year"),
        (date(2023, 12, 31), "in_year"),
    ],
)
def test_the_day_decides_what_is_not_said(on, origin):
    """To the end of the third month it is of the year's budget; else a note says so."""
    fact = decided(on=on)
    assert fact.origin == origin
    noted = ["approval.in_year"] if origin == "in_year" else []
    assert [each.code for each in fact.findings] == noted


@pytest.mark.parametrize(
    "origin", ["annual", "in_year", "年中下达", BudgetOrigin.ANNUAL]
)
def test_what_is_said_stays(origin):
    """In either language, whatever the day; nothing is noted then."""
    fact = decided(on=day(6), origin=origin)
    assert fact.origin == ("in_year" if origin == "年中下达" else origin)
    assert fact.findings == ()


def test_a_note_is_not_there_twice():
    """A form that was checked is asked for once more when it is recorded."""
    once = decided(on=day(6))
    again = budget_rules.decide(EMPTY, attrs.evolve(once, origin=None), SETTINGS)
    assert again == once


def test_a_month_of_the_calendar_decides_in_any_year():
    """The third month of a year from October ends in December."""
    settings = Settings(first_month=10)
    for on, origin in ((date(2023, 12, 31), "annual"), (date(2024, 1, 1), "in_year")):
        plan = attrs.evolve(approval().plan, checkpoints=())
        given = approval(on=on, origin=None, plan=plan, budget=0)
        assert budget_rules.decide(EMPTY, given, settings).origin == origin


def test_original_is_annual_and_never_carried_over():
    """An approval in-year is a figure of its own; so is money of the year before."""
    amounts = (
        Funding(source="fiscal", amount=700),
        Funding(source="carried_over/fiscal", amount=300),
    )
    annual = after(EMPTY, approval(amounts=amounts))
    assert original_by_source(annual, date.max) == {"fiscal": 700}
    assert parts_by_source(annual, day(1)) == {
        "carried_over/fiscal": {AdjustmentKind.CARRIED_IN: 300}
    }
    in_year = after(EMPTY, approval(amounts=amounts, origin="in_year"))
    assert original_by_source(in_year, date.max) == {}
    assert parts_by_source(in_year, day(1)) == {
        "fiscal": {BudgetOrigin.IN_YEAR: 700},
        "carried_over/fiscal": {AdjustmentKind.CARRIED_IN: 300},
    }


def test_a_plain_budget_has_no_part_but_the_original_one():
    """Reports ask for no parts of it: there are none."""
    carried = (Funding(source="carried_over/fiscal", amount=1000),)
    added = BudgetAdjusted(
        project="P-1",
        on=day(3),
        kind="supplement",
        amounts=(Funding(source="fiscal", amount=1),),
    )
    plain = after(EMPTY, approval())
    assert is_plain(plain)
    assert original_by_source(plain, date.max) == plain.original
    assert parts_by_source(plain, day(12)) == {}
    for other in (
        after(EMPTY, approval(amounts=carried)),
        after(EMPTY, approval(origin="in_year")),
        after(plain, added),
    ):
        assert not is_plain(other)
        assert parts_by_source(other, day(12))


@pytest.mark.parametrize("kind", [AdjustmentKind.CARRIED_IN, "carry_returned"])
def test_only_money_of_the_year_before_moves_between_years(kind):
    """A leg of any other source is refused; what may be moved is named."""
    state = after(EMPTY, approval())
    event = BudgetAdjusted(
        project="P-1",
        on=day(3),
        kind=kind,
        amounts=(Funding(source="fiscal", amount=1),),
    )
    with pytest.raises(InvalidInput, match=r"source: .*carried over/fiscal"):
        budget_rules.decide(state, event, SETTINGS)

"""Approvals, closings, legs and payments of carried-over money in one append."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from ledger import Funding, InvalidInput, Ledger, Settings
from ledger.events import (
    BudgetAdjusted,
    CarriedOver,
    Disbursed,
    ProjectClosed,
)
from support import Clock
from support_carries import (
    CARRIED,
    CLOCK,
    DAY,
    DECEMBER,
    MARCH,
    approved,
    closed,
    codes,
    figures,
    kinds,
    opened,
    sound,
)


def test_one_append_may_close_approve_and_pay():
    """Whatever its order: what the legs bring can be spent in it."""
    with opened() as ledger:
        paid = Disbursed(project="P", on=DAY, amount=30000, source=CARRIED, voucher="1")

        part = (Funding(source="fiscal", amount=300_00),)
        ledger.append(
            paid, approved(), ProjectClosed(project="P", on=DECEMBER, carried_over=part)
        )
        assert figures(ledger) == (400, 300, 0, 100)
        sound(ledger)


@pytest.mark.parametrize("step", [1, -1])
def test_legs_that_are_in_the_append_already_are_not_recorded_twice(step):
    """A file may hold the closing and its legs, in whatever order."""
    with opened() as ledger:
        ledger.append(approved())
        part = (Funding(source="fiscal", amount=300_00),)
        facts = (
            ProjectClosed(project="P", on=DECEMBER, carried_over=part),
            CarriedOver(project="P", on=MARCH, year=2023, amounts=part),
            BudgetAdjusted(project="P", on=MARCH, kind="carried_in", amounts=()),
        )
        ledger.append(*facts[::step])
        assert figures(ledger) == (400, 300, 0, 400)
        assert figures(ledger, through=DAY) == (100, 0, 300, 100)
        sound(ledger)


def test_approvals_of_two_years_come_in_one_append():
    """In whatever order; that of the new year announces its money."""
    settings = Settings(language="en")
    with Ledger.open(":memory:", settings=settings, clock=Clock(CLOCK)) as ledger:
        ledger.append(approved(), approved("P", 2023, date(2023, 1, 1), fiscal=1000))
        assert figures(ledger) == (100, 0, 300, 100)
        assert codes(ledger) == ["carry.announced"]


def test_a_closing_gives_only_to_forms_that_name_it():
    """A form of the same code may take its money from another project."""
    with opened("P", "OLD") as ledger:
        ledger.append(approved("P", carried_from="OLD"))
        ledger.close_project("P", year=2023, carried_over={"fiscal": 500})
        assert figures(ledger) == (100, 0, 300, 100)
        ledger.close_project("OLD", year=2023, carried_over={"fiscal": 500})
        assert figures(ledger) == (400, 300, 0, 400)
        sound(ledger)


def test_what_legs_bring_is_computed():
    """A request cannot say it otherwise."""
    with closed() as ledger:
        wrong = (Funding(source=CARRIED, amount=100),)
        with pytest.raises(InvalidInput, match="carried"):
            ledger.append(evolve(approved(), carried=wrong))
        right = (Funding(source=CARRIED, amount=300_00),)
        ledger.append(evolve(approved(), carried=right))
        assert figures(ledger) == (400, 300, 0, 400)


def test_a_closing_before_the_day_of_the_form_leaves_it_announced():
    with opened(now=datetime(2023, 12, 31, 9, tzinfo=UTC)) as ledger:
        ledger.append(approved())
        closing = ledger.close_project("P", year=2023, carried_over={"fiscal": 300})
        assert kinds([closing]) == ["ProjectClosed"]
        assert "CarriedOver" not in kinds(ledger.events())
        assert figures(ledger) == (100, 0, 300, 100)


@pytest.mark.parametrize("first", ["closing", "approval"])
def test_carried_over_money_without_a_source_is_what_is_called_so(first):
    """Of several, what a giver has under that name, whichever is recorded first."""
    with opened(bare=600, other=400) as ledger:
        left = {"上年结转": 200, "other": 100}
        if first == "approval":
            ledger.append(approved(bare=150, fiscal=1))
        ledger.close_project("P", year=2023, carried_over=left)
        if first == "closing":
            ledger.append(approved(bare=150, fiscal=1))
        assert figures(ledger) == (151, 150, 0, 151)
        (leg,) = (
            fact.event for fact in ledger.events() if type(fact.event) is CarriedOver
        )
        assert [part.source for part in leg.amounts] == ["carried_over"]
        sound(ledger)

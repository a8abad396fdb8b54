"""Since which year money is carried over: the oldest is spent and handed on first."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, InvalidInput, Ledger, Settings
from ledger.domain.carried_money import OfYear, between
from ledger.errors import CarryExceeded, SourceLevelsMixed
from ledger.events import CarriedOver, CarriedPart
from support import Clock, approval

CLOCK = datetime(2026, 6, 1, 9, tzinfo=UTC)
CARRIED = "carried_over/fiscal"
YEARS = (2021, 2022, 2023, 2024)


def approved(code, year, amounts=None):
    """Return the approval of a project for a year."""
    given = tuple(
        Funding(source=s, amount=a) for s, a in (amounts or {"fiscal": 10_000}).items()
    )
    return approval(code, amounts=given, on=date(year, 1, 1), fiscal_year=year)


def opened(**settings):
    """Open a ledger with a project in four years."""
    settings = Settings(language="en", **settings)
    ledger = Ledger.open(":memory:", actor="t", settings=settings, clock=Clock(CLOCK))
    ledger.append(*(approved("P", year) for year in YEARS))
    return ledger


def left(ledger, year, source=CARRIED):
    """Return what a source has left at a year's end, by the year that it is of."""
    line = ledger.view(through=date(year, 12, 31)).project("P")
    return [(since, amount // 100) for since, amount in line.left_of_years(source)]


def carried_twice(**settings):
    """
    Carry 50.00 of 2021 and then 20.00 of 2022 on, while 30.00 of it is spent.

    In 2023 there are 20.00 of 2021 and 20.00 of 2022.
    """
    ledger = opened(**settings)
    ledger.close_project("P", year=2021, carried_over={"fiscal": 50})
    ledger.carry_over("P", on=date(2022, 2, 1))
    paid = {"source": CARRIED, "on": date(2022, 3, 1)}
    ledger.disburse("P", 30, voucher="1", **paid)
    ledger.close_project("P", year=2022, carried_over={"fiscal": 20, CARRIED: 20})
    return ledger


def since(event):
    return [(part.since, part.amount // 100) for part in event.since]


def test_carried_again_it_keeps_its_path_and_its_year():
    """Both legs say of which years it is; money of the year that gives is not listed."""
    with carried_twice() as ledger:
        given, taken = ledger.carry_over("P", on=date(2023, 2, 1))
        assert since(given.event) == since(taken.event) == [(2021, 20)]
        assert [(p.source, p.amount) for p in taken.event.amounts] == [(CARRIED, 4000)]
        assert left(ledger, 2023) == [(2021, 20), (2022, 20)]
        assert ledger.verify().ok
        assert ledger.stale_snapshots() == []


def test_the_oldest_is_spent_and_handed_on_first():
    """And the youngest comes back first."""
    with carried_twice() as ledger:
        ledger.carry_over("P", on=date(2023, 2, 1))
        ledger.disburse("P", 15, voucher="1", source=CARRIED, on=date(2023, 3, 1))
        assert left(ledger, 2023) == [(2021, 5), (2022, 20)]
        ledger.close_project("P", year=2023, carried_over={CARRIED: 24})
        assert left(ledger, 2023) == [(2021, 4), (2022, 20)]
        first, _ = ledger.carry_over(
            "P", on=date(2024, 2, 1), amounts={CARRIED: 10}, document="1"
        )
        rest, _ = ledger.carry_over("P", on=date(2024, 2, 1), document="2")
        assert since(first.event) == [(2021, 4), (2022, 6)]
        assert since(rest.event) == [(2022, 14)]
        back, gone = ledger.return_carry(
            "P", on=date(2024, 3, 1), amounts={CARRIED: 21}
        )
        assert since(back.event) == since(gone.event) == [(2021, 1), (2022, 20)]
        assert left(ledger, 2024) == [(2021, 3)]
        assert ledger.verify().ok


def test_money_that_saw_more_than_two_year_ends_is_a_finding():
    """In the report of the year that has it, and in the carry-over table."""
    with carried_twice() as ledger:
        ledger.carry_over("P", on=date(2023, 2, 1))
        ledger.close_project("P", year=2023, carried_over={CARRIED: 40})
        ledger.carry_over("P", on=date(2024, 2, 1))
        before = ledger.monthly_report(2023, 12).findings
        assert "carry.older" not in {each.code for each in before}
        old = [e for e in ledger.monthly_report(2024, 2).findings if "carry" in e.code]
        assert [each.code for each in old] == ["carry.older"]
        assert "20.00 CNY of carried over/fiscal is left of 2021" in str(old[0])
        (row,) = (
            row
            for row in ledger.carried_over(through=date(2024, 2, 28)).to_records()
            if row["source"] == CARRIED
        )
        assert (row["since"], row["older"]) == (2021, "20.00")
        ledger.disburse("P", 20, voucher="1", source=CARRIED, on=date(2024, 3, 1))
        after = ledger.monthly_report(2024, 3).findings
        assert "carry.older" not in {each.code for each in after}


def test_a_ledger_may_refuse_to_hand_it_on():
    """Its settings say so; what is younger goes on, and of an announcement too."""
    with carried_twice(refuse_old_carry=True) as ledger:
        ledger.carry_over("P", on=date(2023, 2, 1))
        ledger.close_project("P", year=2023, carried_over={CARRIED: 40})
        with pytest.raises(
            InvalidInput, match=r"20\.00 CNY of carried over/fiscal since 2021"
        ):
            ledger.carry_over("P", on=date(2024, 2, 1))
        assert left(ledger, 2024) == []


def test_what_an_approval_takes_alone_is_a_finding():
    """Its form prints carried-over money, which no closing of the ledger handed on."""
    with opened() as ledger:
        own = approved("Q", 2022, {"fiscal": 100, CARRIED: 500})
        ledger.append(evolve(own, carried_from="Q"))
        found = [
            each
            for each in ledger.monthly_report(2022, 3).findings
            if each.code == "carry.alone"
        ]
        assert [(each.place, "5.00 CNY" in str(each)) for each in found] == [
            ("Q", True)
        ]
        assert left(ledger, 2022, "fiscal") == [(2022, 100)]  # Of P.
        line = ledger.view(through=date(2022, 12, 31)).project("Q")
        assert line.left_of_years(CARRIED) == [OfYear(2021, 500)]
    with carried_twice() as ledger:
        ledger.carry_over("P", on=date(2023, 2, 1))
        found = ledger.monthly_report(2023, 3).findings
        assert "carry.alone" not in {each.code for each in found}


def test_years_that_do_not_follow_are_refused():
    """What a leg says of its years is computed; it cannot be told otherwise."""
    with carried_twice() as ledger:
        wrong = CarriedPart(source=CARRIED, since=2020, amount=2000)
        part = Funding(source=CARRIED, amount=2000)
        leg = CarriedOver(
            project="P", on=date(2023, 2, 1), year=2022, amounts=(part,), since=(wrong,)
        )
        with pytest.raises(InvalidInput, match=r"since.*2020.*2021"):
            ledger.append(leg)


def test_what_two_sources_become_is_one_source():
    """Money of the year and older money of it come to one sum in the next."""
    with carried_twice() as ledger:
        parts = {"fiscal": 5, CARRIED: 7}
        _, taken = ledger.carry_over("P", on=date(2023, 2, 1), amounts=parts)
        assert taken.event.amounts == (Funding(source=CARRIED, amount=1200),)
        assert since(taken.event) == [(2021, 7)]
        assert left(ledger, 2023) == [(2021, 7), (2022, 5)]


def test_carried_over_money_without_a_source_is_resolved():
    """It is the only source, or all that is left; else it must be said which."""
    with carried_twice() as ledger:
        day = date(2023, 2, 1)
        with pytest.raises(InvalidInput, match=r"one of carried over/fiscal, fiscal"):
            ledger.carry_over("P", on=day, amounts={"上年结转": 30})
        given, taken = ledger.carry_over("P", on=day, amounts={"上年结转": 40})
        assert {part.source for part in given.event.amounts} == {"fiscal", CARRIED}
        assert taken.event.amounts == (Funding(source=CARRIED, amount=4000),)
        ledger.return_carry("P", on=date(2023, 3, 1), amounts={CARRIED: 20})
        (given, _) = ledger.carry_over(
            "P", on=date(2023, 3, 2), amounts={"carried over": 5}
        )
        assert [part.source for part in given.event.amounts] == [CARRIED]
        with pytest.raises(CarryExceeded):
            ledger.carry_over("P", on=date(2023, 3, 3), amounts={"上年结转": 16})
        assert ledger.verify().ok


_PARTS = st.lists(
    st.builds(OfYear, st.integers(2000, 2009), st.integers(1, 9)), max_size=5
)


@given(_PARTS, st.integers(0, 50), st.integers(0, 50))
def test_parts_of_parts_are_all_of_them(parts, one, other):
    """Whatever two sums are chosen, what lies before, between and after is the whole."""
    whole = sum(part.amount for part in parts)
    first, last = sorted((min(one, whole), min(other, whole)))
    three = [
        between(parts, *ends) for ends in ((0, first), (first, last), (last, whole))
    ]
    assert [sum(p.amount for p in own) for own in three] == [
        first, last - first, whole - last,
    ]  # fmt: skip
    joined = [since for own in three for since, amount in own for _ in range(amount)]
    assert joined == [since for since, amount in parts for _ in range(amount)]


def test_carried_money_stands_neither_above_nor_below_what_is_there():
    """A bare source of the new year and the path behind it are two levels."""
    with carried_twice() as ledger:
        own = approved("R", 2023, {"carried_over": 100, "other": 100})
        ledger.append(evolve(own, carried_from="R"))
        with pytest.raises(SourceLevelsMixed, match="carried over/fiscal"):
            ledger.carry_over(
                "P", on=date(2023, 2, 1), to_project="R", amounts={"fiscal": 1}
            )

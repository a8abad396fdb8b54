"""Carried-over money that an approval prints: its legs, or what it announces."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, InvalidInput, Ledger
from ledger.errors import (
    CarryExceeded,
    KeyConflict,
    LedgerError,
    UnknownProject,
    UnknownSource,
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
    line,
    opened,
    sound,
)
from support_identities import check_identities


def test_a_closed_year_hands_on_what_an_approval_prints():
    """In the same append, on the day of the approval, with its document."""
    with closed() as ledger:
        made = evolve(approved(), document="财预〔2024〕1号")
        recorded = ledger.append(made)
        assert kinds(recorded) == ["BudgetApproved", "CarriedOver", "BudgetAdjusted"]
        assert len({each.recorded_at for each in recorded}) == 1
        _, given, taken = (each.event for each in recorded)
        assert (given.on, given.document) == (DAY, made.document)
        assert (taken.kind.value, taken.amounts) == (
            "carried_in",
            (Funding(source=CARRIED, amount=300_00),),
        )
        assert figures(ledger) == (400, 300, 0, 400)
        assert line(ledger).original_budget == 100
        assert line(ledger, through=DECEMBER).handed_on == 0
        assert line(ledger, year=2023).handed_on == 300
        assert codes(ledger) == []
        ledger.disburse("P", 300, voucher="1", source=CARRIED, on=DAY)
        sound(ledger)


def test_the_approval_and_its_legs_are_one_request():
    """A repeat returns the approval, also after more was recorded; no leg comes again."""
    with closed() as ledger:
        first = ledger.append(approved(), key="k")
        again = ledger.append(approved(), key="k")
        assert [each.id for each in again] == [first[0].id]
        with pytest.raises(KeyConflict):
            ledger.append(approved(fiscal=100, carried=200), key="k")
        assert figures(ledger) == (400, 300, 0, 400)


def test_approved_before_its_year_it_is_handed_on_on_the_first_day():
    """The legs lie in the new year."""
    with closed() as ledger:
        recorded = ledger.append(approved(on=date(2023, 12, 20)))
        assert recorded[1].event.on == recorded[2].event.on == date(2024, 1, 1)
        sound(ledger)


def test_ahead_of_its_year_it_is_announced_though_its_giver_is_closed():
    """Nothing is handed on before the new year; then a carry-over brings it."""
    now = datetime(2023, 12, 22, 9, tzinfo=UTC)
    with opened(now=now) as ledger:
        ledger.close_project("P", on=date(2023, 12, 21), carried_over={"fiscal": 300})
        assert kinds(ledger.append(approved(on=date(2023, 12, 20)))) == [
            "BudgetApproved"
        ]
        assert figures(ledger) == (100, 0, 300, 100)


def test_the_oldest_of_a_source_comes_first():
    """A form prints both in one: money of the year before, and older money of it."""
    with opened(carried=100, fiscal=900) as ledger:
        left = {CARRIED: 80, "fiscal": 300}
        ledger.close_project("P", year=2023, carried_over=left)
        _, given, taken = ledger.append(approved())
        assert [(part.source, part.amount) for part in given.event.amounts] == [
            (CARRIED, 80_00), ("fiscal", 220_00),
        ]  # fmt: skip
        assert [(part.since, part.amount) for part in taken.event.since] == [
            (2022, 80_00)
        ]
        sound(ledger)


def test_what_an_open_year_will_hand_on_is_announced():
    """It is in no figure of the budget, nobody can spend it, and a finding says so."""
    with opened() as ledger:
        assert kinds(ledger.append(approved())) == ["BudgetApproved"]
        assert figures(ledger) == (100, 0, 300, 100)
        assert codes(ledger) == ["carry.announced"]
        with pytest.raises(UnknownSource):
            ledger.disburse("P", 1, voucher="1", source=CARRIED, on=DAY)
        sound(ledger)
        ledger.rebuild()
        assert figures(ledger) == (100, 0, 300, 100)


def test_the_closing_hands_on_what_was_announced():
    """In its own append, on the day of the approval; then nothing is announced."""
    with opened() as ledger:
        ledger.append(approved())
        before = ledger.position
        ledger.close_project("P", year=2023, carried_over={"fiscal": 350}, key="c")
        ledger.close_project("P", year=2023, carried_over={"fiscal": 350}, key="c")
        recorded = list(ledger.events())[before:]
        assert kinds(recorded) == ["ProjectClosed", "CarriedOver", "BudgetAdjusted"]
        assert {each.recorded_at for each in recorded} == {recorded[0].recorded_at}
        assert recorded[1].event.on == DAY
        assert figures(ledger) == (400, 300, 0, 400)
        assert figures(ledger, through=DAY) == (400, 300, 0, 400)
        assert line(ledger, year=2023).handed_on == 300
        assert codes(ledger) == []
        sound(ledger)


def test_a_closing_that_leaves_less_hands_on_that():
    """The rest stays announced; a carry-over brings it later."""
    with opened() as ledger:
        ledger.append(approved())
        ledger.close_project("P", year=2023, carried_over={"fiscal": 120})
        assert figures(ledger) == (220, 120, 180, 220)
        assert codes(ledger) == ["carry.announced"]
        ledger.reopen_project("P", year=2023, reason="r")
        ledger.close_project("P", year=2023, carried_over={"fiscal": 500})
        assert figures(ledger) == (400, 300, 0, 400)
        sound(ledger)


def test_returned_money_is_announced_again():
    """And the next closing hands it on again."""
    with closed() as ledger:
        ledger.append(approved())
        ledger.reopen_project("P", year=2023, reason="r")
        ledger.return_carry("P", on=MARCH)
        assert figures(ledger) == (100, 300, 300, 100)  # Carried in, and returned.
        ledger.close_project("P", year=2023, carried_over={"fiscal": 300})
        assert line(ledger).current_budget == 400
        sound(ledger)


def test_in_a_month_that_is_closed_it_is_handed_on_today():
    """What was known of the closed month stays; the closing is not refused."""
    with opened() as ledger:
        ledger.append(evolve(approved(), unit="U-2"))
        ledger.close_period(date(2024, 1, 31), unit="U-2")
        ledger.close_project("P", year=2023, carried_over={"fiscal": 300})
        assert figures(ledger, through=date(2024, 1, 31)) == (100, 0, 300, 100)
        assert figures(ledger, through=date(2024, 12, 31)) == (400, 300, 0, 400)
        sound(ledger)


@pytest.mark.parametrize("year_closed", [True, False])
def test_another_project_gives_where_it_is_stated(year_closed):
    """Now if it is closed, else once it is."""
    with closed("OLD", "MORE") if year_closed else opened("OLD", "MORE") as ledger:
        ledger.append(approved("NEW", carried_from="OLD"))
        if not year_closed:
            assert figures(ledger, "NEW") == (100, 0, 300, 100)
            ledger.close_project("OLD", year=2023, carried_over={"fiscal": 300})
        assert figures(ledger, "NEW") == (400, 300, 0, 400)
        given = next(e.event for e in ledger.events(types=["CarriedOver"]))
        assert (given.project, given.to_project) == ("OLD", "NEW")
        sound(ledger)


def test_two_forms_share_what_one_project_leaves():
    """Each announced some of it; the closing hands on to both."""
    with opened("OLD") as ledger:
        ledger.append(approved("A", carried_from="OLD", carried=100))
        ledger.append(approved("B", carried_from="OLD", carried=50, fiscal=1))
        ledger.close_project("OLD", year=2023, carried_over={"fiscal": 120})
        assert figures(ledger, "A") == (100, 100, 0, 100)
        assert figures(ledger, "B") == (21, 20, 30, 21)
        sound(ledger)


def test_a_form_that_comes_after_other_closings_is_found():
    """Who takes from whom is known from the first closing on; new forms join."""
    with opened("P", "OLD") as ledger:
        ledger.append(approved("Q", fiscal=1))
        ledger.close_project("P", year=2023, carried_over={"fiscal": 1})
        ledger.append(approved("NEW", carried_from="OLD"))
        at = ledger.position
        ledger.close_project("OLD", year=2023, carried_over={"fiscal": 300})
        assert figures(ledger, "NEW") == (400, 300, 0, 400)
        assert sum(line(ledger, "NEW", known_at=at).announced.values()) == 300
        sound(ledger)


@pytest.mark.parametrize("rebuilt", [True, False])
def test_forms_are_found_in_snapshots_too(tmp_path, rebuilt):
    """A closing of another process finds them, whatever was stored meanwhile."""
    path = tmp_path / "l.ledger"
    with opened("OLD", path=path) as ledger:
        ledger.append(approved("NEW", carried_from="OLD"))
        if rebuilt:
            ledger.rebuild()
    with Ledger.open(path, actor="t", clock=Clock(CLOCK)) as ledger:
        ledger.close_project("OLD", year=2023, carried_over={"fiscal": 300})
        assert figures(ledger, "NEW") == (400, 300, 0, 400)
        with pytest.raises(InvalidInput, match="carried_from"):
            ledger.append(approved("MORE"))


def test_the_only_closed_project_with_as_much_left_gives():
    """Where nobody says which, and the code has no year before."""
    with closed("OLD") as ledger:
        ledger.append(approved("LESS", 2023, date(2023, 1, 1), fiscal=200))
        ledger.close_project("LESS", year=2023, carried_over={"fiscal": 200})
        recorded = ledger.append(approved("NEW"))
        assert recorded[0].event.carried_from == "OLD"
        assert figures(ledger, "NEW") == (400, 300, 0, 400)
        sound(ledger)


def test_who_gives_must_be_said_where_there_are_two_or_none():
    """The error lists who has something left to hand on; nothing is recorded."""
    with closed("ONE", "TWO") as ledger:
        size = ledger.position
        with pytest.raises(
            InvalidInput, match=r"carried_from.*2023.*ONE .300.*TWO .300"
        ):
            ledger.append(approved("NEW"))
        with pytest.raises(InvalidInput, match=r"carried_from.*ONE"):
            ledger.append(approved("NEW", carried=5000))
        with pytest.raises(UnknownProject, match=r"TOO.*2023.*TWO"):
            ledger.append(approved("NEW", carried_from="TOO"))
        assert ledger.position == size


def test_it_comes_alone_where_the_ledger_has_no_year_before():
    """Or where it is said to be the project's own, and that is not there."""
    with opened() as ledger:
        ledger.append(approved("P", 2026, date(2026, 1, 1)))
        found = line(ledger, through=date(2026, 1, 31))
        assert (found.carried_in, found.available) == (300, 400)
        ledger.append(approved("NEW", carried_from="NEW"))
        assert figures(ledger, "NEW") == (400, 300, 0, 400)
        assert codes(ledger) == ["carry.alone"]
        sound(ledger)


def test_never_more_than_is_left():
    """It is refused with what is left, and nothing is half-written."""
    with closed(left=120) as ledger:
        size = ledger.position
        for amounts in ({"carried": 121}, {"bare": 121}, {"carried": 100, "fiscal": 1}):
            made = approved(**amounts)
            if "fiscal" in amounts:
                parts = (
                    *made.amounts,
                    Funding(source="carried_over/other", amount=100),
                )
                made = evolve(made, amounts=parts, plan=None)
            with pytest.raises(
                CarryExceeded, match=r"120\.00|0\.00 CNY of carried over/o"
            ):
                ledger.append(made)
        assert ledger.position == size
        ledger.append(approved(carried=120))
        assert figures(ledger) == (120, 120, 0, 120)


def test_what_came_before_the_approval_is_what_it_prints():
    """A carry-over of the same money was recorded first: only the rest is handed on."""
    with closed(left=500) as ledger:
        ledger.carry_over("P", on=DAY, amounts={"fiscal": 200})
        ledger.append(approved())
        assert figures(ledger) == (400, 300, 0, 400)
        sound(ledger)


def test_carried_over_money_without_a_source_is_what_is_left():
    """All of it, or of the only source; else it must be said of which."""
    with opened(fiscal=600, other=400) as ledger:
        left = {"fiscal": 200, "other": 100}
        ledger.close_project("P", year=2023, carried_over=left)
        with pytest.raises(InvalidInput, match="one of fiscal, other"):
            ledger.append(approved(bare=250))
        ledger.append(approved(bare=300, fiscal=1))
        sources = line(ledger).by_source
        assert [(s, m.current_budget) for s, m in sources.items()] == [
            ("fiscal", 1), (CARRIED, 200), ("carried_over/other", 100),
        ]  # fmt: skip
        sound(ledger)


def test_announced_without_a_source_waits_until_it_is_known_of_which():
    """A closing that leaves several, and more than is printed, does not say."""
    with opened(fiscal=600, other=400) as ledger:
        ledger.append(approved(bare=250, fiscal=1))
        left = {"fiscal": 200, "other": 100}
        ledger.close_project("P", year=2023, carried_over=left)
        assert figures(ledger) == (1, 0, 250, 1)
        ledger.carry_over("P", on=DAY, amounts={"fiscal": 200, "other": 50})
        assert figures(ledger) == (251, 250, 0, 251)
        sound(ledger)


def test_a_supplement_of_carried_over_money():
    """It is refused where the year before is there, and is taken alone where not."""
    with closed() as ledger:
        ledger.append(approved(fiscal=100))
        more = {"source": CARRIED, "new_source": True, "on": MARCH}
        with pytest.raises(InvalidInput, match=r"carry-over: 2023 of this project"):
            ledger.adjust_budget("P", "supplement", 10, **more)
        ledger.append(approved("Q", fiscal=100))
        ledger.adjust_budget("Q", "supplement", 10, **more)
        assert codes(ledger) == ["plan.not_revised", "carry.alone"]
        assert figures(ledger, "Q") == (110, 0, 0, 110)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["approve", "close", "reopen", "return", "carry", "pay"]),
        st.sampled_from(["P", "Q"]),
        st.sampled_from([2023, 2024]),
        st.integers(1, 700),
        st.sampled_from([None, "P", "Q"]),
    ),
    max_size=14,
)


@given(STEPS)
def test_the_identities_hold_with_what_is_announced(steps):
    """Handed on is what is carried in but what came alone; never is more handed on."""
    with opened("P", "Q") as ledger:
        for number, (kind, code, year, yuan, other) in enumerate(steps):
            try:
                match kind:
                    case "approve":
                        on = date(year + 1, 1, 1 + yuan % 28)
                        made = approved(
                            code, year + 1, on, other, fiscal=500, carried=yuan
                        )
                        ledger.append(made)
                    case "close":
                        claims = {"fiscal": yuan}
                        ledger.close_project(code, year=year, carried_over=claims)
                    case "reopen":
                        ledger.reopen_project(code, year=year, reason="r")
                    case "return":
                        ledger.return_carry(code, on=date(year + 1, 6, 1))
                    case "carry":
                        given_on = {"fiscal": yuan}
                        ledger.carry_over(
                            code, on=date(year + 1, 2, 1), amounts=given_on
                        )
                    case "pay":
                        on = date(year, 3, 1)
                        ledger.disburse(
                            code, yuan, voucher=f"{number}", on=on, source="fiscal"
                        )
            except LedgerError:
                pass
        for day in (DECEMBER, DAY, MARCH, date(2025, 1, 31)):
            check_identities(ledger, day)
        assert ledger.verify().ok
        assert ledger.stale_snapshots() == []
        for one in ("P", "Q"):
            _owed(ledger, one)


def _owed(ledger, code):
    """Check that what is announced is what the form prints and did not come."""
    made = [
        each.event
        for each in ledger.events(types=["BudgetApproved"])
        if (each.event.project, each.event.fiscal_year) == (code, 2024)
    ]
    if not made:
        return
    printed = sum(part.amount for part in made[0].carried)
    found = line(ledger, code, date(2024, 12, 31))
    came = found.carried_in - found.carry_returned
    whole = ledger.settings.currency.major(printed)
    owed = max(0, whole - came) if printed else 0
    assert sum(found.announced.values()) == owed

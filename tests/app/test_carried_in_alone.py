"""A project-year that carried-over money alone opens, with and without an approval."""

import json
from datetime import UTC, date, datetime

import pytest

from ledger import Funding, InvalidInput, Ledger, Settings
from ledger.errors import (
    AfterClosure,
    AlreadyApproved,
    BeforeApproval,
    BudgetExceeded,
    InClosedPeriod,
    SourceLevelsMixed,
    UnknownProject,
)
from ledger.events import BudgetAdjusted, OpenedProject
from ledger.projections.execution import EXECUTION
from ledger.store.state.packed import EXECUTION as PACKED
from support import Clock, approval, indicator

TODAY = date(2025, 2, 1)
MARCH = date(2024, 3, 1)
JUNE = date(2024, 6, 30)
COUNTY = "carried_over/fiscal/county"
PLANNED = "totals.original_planned"


def approved(code="P", year=2023, amount=1_000_00, **more):
    """Return the approval of a project for a year."""
    amounts = (Funding(source="fiscal/county", amount=amount),)
    given = {"on": date(year, 1, 1), "fiscal_year": year, **more}
    return approval(code, amounts=amounts, **given)


def closed(path=":memory:"):
    """Open a ledger with a closed 2023 that carries 300.00 over, of P and of Q."""
    clock = Clock(datetime(2025, 2, 1, 9, tzinfo=UTC))
    ledger = Ledger.open(path, actor="t", settings=Settings(language="en"), clock=clock)
    for code, unit in (("P", "U-1"), ("Q", "U-2")):
        ledger.append(approved(code, unit=unit, unit_name=f"unit {unit}"))
        ledger.close_project(code, year=2023, carried_over={"fiscal/county": 300})
    return ledger


@pytest.fixture
def ledger():
    """Carry the money of P into 2024, in which nothing was approved."""
    with closed() as made:
        made.carry_over("P", on=MARCH)
        yield made


def test_it_opens_with_nothing_original_and_no_plan(ledger):
    """Name and unit are those of the year before; there are no indicators."""
    line = ledger.view(through=date(2024, 3, 31)).project("P")
    assert (line.name, line.unit, line.unit_name) == ("project P", "U-1", "unit U-1")
    assert (line.original_budget, line.carried_in) == (0, 300)
    assert (line.current_budget, line.available) == (300, 300)
    assert (line.planned, line.checkpoints) == (None, [])
    assert ledger.view(through=date(2024, 3, 31)).attainment("P") == []
    with pytest.raises(UnknownProject):
        ledger.view(through=date(2024, 2, 29)).project("P")
    leg = next(iter(ledger.events(stream="project:2024:P"))).event
    assert leg.opens == OpenedProject(
        name="project P", unit="U-1", unit_name="unit U-1"
    )


def told(ledger):
    """Return what view, report and registers say of the June of 2024."""
    view = ledger.view(through=JUNE)
    return (
        [(line.project, line.current_budget) for line in view.execution()],
        view.total().current_budget,
        view.monthly_report().render("json"),
        ledger.carried_over(through=JUNE).render("json"),
    )


def test_snapshots_lose_nothing_of_it(ledger):
    """It has a snapshot of its money alone; every reader still knows of it."""
    before = told(ledger)
    assert before[0] == [("P", 300)]
    ledger.rebuild()
    assert told(ledger) == before
    assert ledger.stale_snapshots() == []
    assert ledger.verify().ok
    report = ledger.view(through=JUNE).monthly_report().to_dict()
    assert ledger.verify_report(report).ok


def test_facts_after_its_snapshots_are_told(ledger):
    """A payment, then an approval, come after the snapshot of its money."""
    ledger.rebuild()
    ledger.disburse("P", "100", voucher="1", on=MARCH)
    [line] = ledger.view(through=JUNE).execution()
    assert (line.disbursed, line.available) == (100, 200)
    ledger.append(approved(year=2024, on=date(2024, 4, 1), unit="U-1"))
    before = told(ledger)
    assert ledger.view(through=JUNE).attainment("P") != []
    ledger.rebuild()
    assert told(ledger) == before


@pytest.mark.parametrize("figure", ["result", "attainment", "status", "target"])
def test_an_indicator_of_a_later_approval_is_explained(ledger, figure):
    """What opened the year has no indicators; the approval after it has."""
    ledger.append(approved(year=2024, on=date(2024, 4, 1), unit="U-1"))
    name = indicator().name
    ledger.report_result("P", name, 3, on=date(2024, 5, 1))
    named = f"indicators.{name}.{figure}"
    [line] = ledger.view(through=JUNE).attainment("P")
    for through in (date(2024, 4, 30), JUNE):
        explained = ledger.explain("P", named, through=through)
        [line] = ledger.view(through=through).attainment("P")
        assert explained.value == getattr(line, figure)


def test_its_money_is_spent_committed_and_handed_on(ledger):
    """As that of any year; nothing before the day on which it came."""
    with pytest.raises(BeforeApproval):
        ledger.disburse("P", "1", voucher="0", on=date(2024, 2, 1))
    with pytest.raises(BudgetExceeded):
        ledger.disburse("P", "301", voucher="0", on=MARCH)
    ledger.commit("P", "C-1", "100", on=MARCH)
    ledger.disburse("P", "100", voucher="1", on=MARCH, commitment="C-1", final=True)
    ledger.close_project("P", year=2024, carried_over={COUNTY: 150})
    line = ledger.view(through=date(2024, 12, 31)).project("P")
    assert (line.disbursed, line.carried_over, line.lapsed) == (100, 150, 50)
    assert line.available == 0
    ledger.carry_over("P", on=date(2025, 1, 5))
    line = ledger.view(through=TODAY).project("P", year=2025)
    assert (line.name, line.carried_in) == ("project P", 150)
    assert ledger.verify().ok


def test_it_may_be_approved_later_once(ledger):
    """What was approved counts from its day on, and the form's indicators do."""
    ledger.append(approved(year=2024, on=date(2024, 5, 1), name="roads"))
    before, after = (
        ledger.view(through=date(2024, month, 28)).project("P") for month in (4, 5)
    )
    assert (before.original_budget, before.current_budget) == (0, 300)
    assert (before.in_year_budget, before.planned) == (0, None)
    assert (after.current_budget, after.carried_in) == (1_300, 300)
    assert after.planned is not None
    assert after.name == "roads"
    assert ledger.view(through=date(2024, 4, 28)).attainment("P") == []
    assert ledger.view(through=date(2024, 5, 28)).attainment("P")
    with pytest.raises(BudgetExceeded, match="2024-04-01"):
        ledger.disburse("P", "400", voucher="1", source=COUNTY, on=date(2024, 4, 1))
    with pytest.raises(BudgetExceeded):
        ledger.disburse(
            "P", "1", voucher="1", source="fiscal/county", on=date(2024, 4, 1)
        )
    with pytest.raises(AlreadyApproved):
        ledger.append(approved(year=2024, on=date(2024, 6, 1)))
    assert ledger.verify().ok


def test_what_comes_first_makes_no_difference():
    """Approved and carried in, in either order of recording: the same figures."""
    lines = []
    for first in ("carry", "approve"):
        with closed() as made:
            steps = {
                "carry": lambda own=made: own.carry_over("P", on=MARCH),
                "approve": lambda own=made: own.append(
                    approved(year=2024, on=date(2024, 5, 1))
                ),
            }
            steps.pop(first)()
            next(iter(steps.values()))()
            assert made.verify().ok
            for day in (date(2024, 3, 31), date(2024, 6, 30)):
                line = made.view(through=day).project("P")
                lines.append((line.current_budget, line.available, line.free))
    assert lines[:2] == lines[2:]


def test_a_closed_year_takes_no_approval(ledger):
    """Nor more that is carried in."""
    ledger.close_project("P", year=2024)
    with pytest.raises(AfterClosure):
        ledger.append(approved(year=2024))
    with pytest.raises(AfterClosure):
        ledger.carry_over("Q", on=MARCH, to_project="P")


def test_an_approval_cannot_stand_above_or_below_what_was_carried_in(ledger):
    """Levels of one source are not mixed, whichever came first."""
    amounts = (Funding(source="carried_over/fiscal", amount=5),)
    with pytest.raises(SourceLevelsMixed):
        ledger.append(
            approval("P", amounts=amounts, on=date(2024, 1, 1), fiscal_year=2024)
        )


def test_a_return_leaves_it_open_with_nothing(ledger):
    """The money goes back; the year is still there, and can be closed."""
    ledger.return_carry("P", on=date(2024, 4, 1))
    line = ledger.view(through=date(2024, 6, 30)).project("P")
    assert (line.current_budget, line.available, line.execution_rate) == (0, 0, None)
    ledger.close_project("P", year=2024)
    assert ledger.verify().ok


def test_another_project_takes_it_under_its_own_name_where_it_has_one():
    """R has no year before: it is called as the giver; Q is not."""
    with closed() as made:
        made.carry_over("P", on=MARCH, to_project="Q", amounts={"fiscal/county": 100})
        made.carry_over("P", on=MARCH, to_project="R", amounts={"fiscal/county": 50})
        view = made.view(through=date(2024, 3, 31))
        assert (view.project("Q").name, view.project("Q").unit) == ("project Q", "U-2")
        assert (view.project("R").name, view.project("R").unit) == ("project P", "U-1")
        assert made.verify().ok


def test_a_closed_month_of_its_unit_refuses_it():
    """A period of that unit alone, though nothing is recorded of the new year."""
    with closed() as made:
        made.close_period(date(2024, 3, 31), unit="U-1")
        with pytest.raises(InClosedPeriod):
            made.carry_over("P", on=MARCH)
        made.carry_over("Q", on=MARCH)


@pytest.mark.parametrize("locked", ["U-1", "U-5", None])
def test_an_approval_that_takes_it_to_another_unit_is_a_fact_of_both(ledger, locked):
    """From the day on which it was opened; in its own unit it changes no day before."""
    if locked == "U-5":
        ledger.append(approved("R", year=2024, unit="U-5"))
    ledger.close_period(MARCH, unit=locked)
    april = date(2024, 4, 1)
    with pytest.raises(InClosedPeriod):
        ledger.append(approved("P", year=2024, on=april, unit="U-5"))
    ledger.append(approved("P", year=2024, on=april, unit="U-1"))
    assert ledger.verify().ok


def test_a_lock_before_it_was_opened_lets_it_go_to_another_unit(ledger):
    """The closed days say nothing of it, before and after."""
    ledger.close_period(date(2024, 2, 29), unit="U-1")
    ledger.append(approved("P", year=2024, on=date(2024, 4, 1), unit="U-5"))
    assert ledger.verify().ok


def test_whose_it_is_cannot_be_said_by_hand(ledger):
    """It follows from the year before, where it opens a year, and nowhere else."""
    opens = OpenedProject(name="x", unit="U-9")
    leg = BudgetAdjusted(
        project="P",
        on=MARCH,
        kind="supplement",
        amounts=(Funding(source=COUNTY, amount=1),),
        opens=opens,
    )
    with pytest.raises(InvalidInput, match="opens"):
        ledger.append(leg)


def test_money_carried_in_from_nowhere_opens_nothing():
    """A single leg is refused, and a supplement opens no year."""
    with closed() as made:
        position = made.position
        for kind in ("carried_in", "supplement"):
            leg = BudgetAdjusted(
                project="P",
                on=MARCH,
                kind=kind,
                amounts=(Funding(source=COUNTY, amount=1),),
            )
            with pytest.raises(Exception, match=r"has one leg|no approved project"):
                made.append(leg)
        assert made.position == position


def test_a_supplement_without_a_source_is_none_of_carried_over_money(ledger):
    """The only source that the year has comes from the year before."""
    with pytest.raises(InvalidInput, match=r"carry-over: 2023 of this project"):
        ledger.adjust_budget("P", "supplement", 10, on=MARCH)
    assert ledger.verify().ok


def test_a_bulk_file_carries_over_in_any_order(tmp_path):
    """The leg of the new year may stand before that of the old one."""
    taking = {
        "type": "BudgetAdjusted",
        "project": "P",
        "on": "2024-03-01",
        "kind": "carried_in",
        "amount": "300.00",
        "source": COUNTY,
        "document": "d",
    }
    giving = {
        "type": "CarriedOver",
        "project": "P",
        "on": "2024-03-01",
        "year": 2023,
        "amount": "300.00",
        "source": "fiscal/county",
        "document": "d",
    }
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join(map(json.dumps, (taking, giving))), "utf-8")
    with closed() as made:
        made.record(file)
        assert made.view(through=MARCH).project("P").carried_in == 300
        assert made.verify().ok


def test_reports_forms_and_explanations_have_it(ledger):
    """Of March; official forms have no goals, and `explain` and `diff` its figures."""
    report = ledger.monthly_report(2024, 3)
    (own,) = json.loads(report.render("json"))["projects"]
    assert (own["project"], own["original_budget"]) == ("P", "0.00")
    assert own["plan_reason"] == {"code": "reason.no_plan", "values": {}}
    for form in ("text", "html", "csv", "xlsx"):
        assert report.render(form)
    view = ledger.view(through=date(2024, 3, 31))
    assert view.monitoring().render("text")
    assert view.self_evaluation().render("text")
    for figure in ("original_budget", "current_budget", "planned", "free", "status"):
        ledger.explain("P", figure, through=date(2024, 3, 31))
    why = ledger.explain("P", "carried_in", through=date(2024, 3, 31))
    assert str(why.value) == "300.00"
    changed = ledger.differences(4, ledger.position, through=date(2024, 3, 31))
    assert {each.positions for each in changed} == {(6,)}
    assert [each.years for each in ledger.projects()] == [(2023, 2024), (2023,)]


def test_both_folds_hold_it(ledger):
    """The packed state answers what the plain one does, also of what is free when."""
    ledger.append(approved(year=2024, on=date(2024, 5, 1)))
    events = list(ledger.events(stream="project:2024:P"))
    plain, packed = (
        each.fold(events[0].stream, events) for each in (EXECUTION, PACKED)
    )
    for name in ("name", "unit", "unit_name", "approved_on", "carried_in_on"):
        assert getattr(plain, name) == getattr(packed, name), name
    assert plain.last_fact_on == packed.last_fact_on
    for source in (COUNTY, "fiscal/county"):
        for on in (MARCH, date(2024, 4, 1), date(2024, 5, 1), date(2024, 12, 31)):
            assert plain.free(source, on) == packed.free(source, on)


def test_a_withdrawn_approval_leaves_room_for_it():
    """From the day on which it was withdrawn; only an approval can be withdrawn."""
    with closed() as made:
        made.append(approved(year=2024))
        made.withdraw_approval("P", on=date(2024, 2, 1), year=2024, reason="r")
        with pytest.raises(InvalidInput, match="2024-02-01"):
            made.carry_over("P", on=date(2024, 1, 15))
        made.carry_over("P", on=MARCH)
        view = made.view(through=date(2024, 3, 31))
        assert (view.project("P").original_budget, view.project("P").carried_in) == (
            0,
            300,
        )
        assert view.attainment("P") == []
        assert view.monitoring().render("text")
        with pytest.raises(UnknownProject):
            made.withdraw_approval("P", on=date(2024, 4, 1), reason="r")
        assert made.verify().ok


def test_what_is_planned_in_all_ends_with_money_that_has_no_plan():
    """`diff` names the leg that opens the year; its project plans nothing before it."""
    with closed() as made:
        made.append(approved("Q", year=2024))
        made.refund("P", 1, of=paid(made), voucher="R", on=date(2024, 2, 1))
        before = made.position
        recorded = made.carry_over("P", on=MARCH)
        changed = made.differences(before, made.position, through=JUNE)
        (planned,) = (each for each in changed if each.path == PLANNED)
        assert (planned.computed, *planned.positions) == (None, recorded[-1].position)


def paid(ledger):
    """Pay one voucher of P before its closing, which is done again."""
    ledger.reopen_project("P", year=2023, reason="late")
    ledger.disburse("P", 10, voucher="V", on=date(2023, 12, 1))
    ledger.close_project("P", year=2023, carried_over={"fiscal/county": 300})
    return "V"

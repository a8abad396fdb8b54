"""Closed days of a unit that computes its indicators from other units' projects."""

from datetime import UTC, date, datetime

import pytest

from ledger import IndicatorReference, InvalidInput, Ledger, Objective, Settings
from ledger.errors import InClosedPeriod
from support import Clock, approval, day, indicator

AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
LATER = date(2030, 1, 1)
NAME, OTHER = "visits", "calls"


def computed(name, *parts, target="≥20次"):
    """Return an indicator that is computed from those of projects."""
    refs = tuple(IndicatorReference(project=p, indicator=i) for p, i in parts)
    return indicator(name, target, computed_from=refs)


@pytest.fixture
def ledger():
    """Open a ledger: U-1 computes from Q, which is U-2's, and its days are closed."""
    settings = Settings(language="en")
    with Ledger(":memory:", actor="t", settings=settings, clock=Clock(AT)) as made:
        rows = indicator(NAME, "≥10次"), indicator(OTHER, "≥10次")
        made.append(approval("P", on=day(1, 10), unit="U-1"))
        made.append(approval("Q", on=day(1, 10), unit="U-2", indicators=rows))
        goal = Objective(title="g", indicators=(computed("all", ("Q", NAME)),))
        made.set_objectives("U-1", "one", [goal], fiscal_year=2023, on=day(2))
        made.report_result("Q", NAME, 3, on=day(3), key="r")
        made.close_period(day(6, 30), unit="U-1")
        yield made


CHANGING = {
    "a result": lambda one: one.report_result("Q", NAME, 4, on=day(4)),
    "a result of before the objectives": lambda one: one.report_result(
        "Q", NAME, 4, on=day(1, 20)
    ),
    "a retraction": lambda one: one.retract_result(
        "Q", NAME, "r", on=day(8), reason="x"
    ),
    "a target in another unit": lambda one: one.revise_target(
        "Q", NAME, "效果显著", on=day(6)
    ),
    "a measure": lambda one: one.revise_form(
        "Q", on=day(6), indicator=NAME, measure="max"
    ),
    "a measure from the start": lambda one: one.revise_form(
        "Q", on=day(8), indicator=NAME, measure="max", correction=True
    ),
    "a removal": lambda one: one.revise_form(
        "Q", on=day(6), indicator=NAME, removed=True
    ),
}

OF_ITS_OWN = {
    "another indicator": lambda one: one.report_result("Q", OTHER, 4, on=day(4)),
    "a later day": lambda one: one.report_result("Q", NAME, 4, on=day(7)),
    "a target in its unit": lambda one: one.revise_target("Q", NAME, "≥9次", on=day(4)),
    "a payment": lambda one: one.disburse("Q", 1, voucher="1", on=day(4)),
    "a weight": lambda one: one.revise_form("Q", on=day(4), indicator=NAME, weight=5),
    "another name": lambda one: one.revise_form("Q", on=day(4), name="q"),
    "an addition": lambda one: one.revise_form(
        "Q", on=day(4), added=indicator("new", "≥1次")
    ),
}


def figure(ledger, through, known_at=None):
    """Return what the unit computes by a day."""
    view = ledger.view(through=through, known_at=known_at)
    return view.unit_attainment("U-1")[0].result


@pytest.mark.parametrize("asked", CHANGING.values(), ids=CHANGING)
def test_what_changes_a_closed_figure_of_another_unit_is_refused(ledger, asked):
    """It names that unit's closing; a reopening for that unit lets it in."""
    known = ledger.position
    with pytest.raises(InClosedPeriod, match="t closed all days of unit U-1 through"):
        asked(ledger)
    assert ledger.position == known
    ledger.reopen_period(day(1), day(6, 30), unit="U-1", until=LATER, reason="x")
    asked(ledger)
    assert ledger.verify().ok
    months = ledger.closed_months(through=day(12, 31)).to_dict()
    (fact,) = [each for each in months["facts"] if each["position"] > known]
    assert fact["unit"] == "U-1"


@pytest.mark.parametrize("asked", OF_ITS_OWN.values(), ids=OF_ITS_OWN)
def test_what_changes_no_figure_of_that_unit_is_taken(ledger, asked):
    """The closing of one unit is none of the others' business."""
    known = ledger.position
    asked(ledger)
    assert figure(ledger, day(6, 30), known) == figure(ledger, day(6, 30)) == 3
    assert ledger.verify().ok


def test_a_renamed_part_is_known_by_both_names(ledger):
    """The objectives' name goes on meaning it."""
    ledger.revise_form("Q", on=day(7), indicator=NAME, renamed="home visits")
    with pytest.raises(InClosedPeriod):
        ledger.report_result("Q", "home visits", 4, on=day(4))
    assert ledger.verify().ok


def test_objectives_of_the_same_append_bind_what_comes_after(ledger):
    """Also before the file knows them."""
    ledger.reopen_period(day(1), day(6, 30), unit="U-1", until=LATER, reason="x")
    ledger.close_period(day(6, 30), unit="U-1")
    ledger.append(approval("R", on=day(1, 10), unit="U-3"))
    ledger.close_period(day(6, 30), unit="U-3")
    ledger.reopen_period(day(1), day(2), unit="U-3", until=LATER, reason="x")
    goal = Objective(title="g", indicators=(computed("more", ("Q", OTHER)),))
    ledger.set_objectives("U-3", "three", [goal], fiscal_year=2023, on=day(1, 15))
    with pytest.raises(InClosedPeriod, match="U-3"):
        ledger.report_result("Q", OTHER, 1, on=day(3))
    ledger.report_result("Q", OTHER, 1, on=day(1, 20))
    assert ledger.verify().ok


def test_only_a_unit_computes_from_several_projects(ledger):
    """A project's own indicators may be parts of another of its own."""
    rows = (computed("all", ("Q", NAME)),)
    with pytest.raises(InvalidInput, match="parts of project N"):
        ledger.append(approval("N", on=day(7), unit="U-1", indicators=rows))
    with pytest.raises(InvalidInput, match="parts of project P"):
        ledger.revise_form("P", on=day(7), added=rows[0])


def test_a_project_that_is_not_approved_yet_changes_nothing_of_before(ledger):
    """Neither with its indicators' unit, nor with what its form lacks."""
    goal = Objective(
        title="g", indicators=(computed("more", ("Q", NAME), ("S", NAME), ("S", "x")),)
    )
    ledger.set_objectives("U-4", "four", [goal], fiscal_year=2023, on=day(2))
    ledger.close_period(day(6, 30), unit="U-4")

    def reasons():
        (line,) = ledger.view(through=day(6, 30)).unit_attainment("U-4")
        return line.result, line.reason

    before = reasons()
    rows = (indicator(NAME, "≥10人"),)
    ledger.append(approval("S", on=day(7), unit="U-2", indicators=rows))
    assert reasons() == before
    assert ledger.verify().ok

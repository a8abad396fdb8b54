"""What a project-year that carried-over money alone opens takes beside money."""

from datetime import date

import pytest

from ledger import InvalidInput
from ledger.errors import (
    BeforeApproval,
    InClosedPeriod,
    UnknownIndicator,
    UnknownProject,
)
from ledger.projections.execution import EXECUTION
from ledger.store.state.packed import EXECUTION as PACKED
from support import indicator

from .test_carried_in_alone import JUNE, MARCH, approved, closed


@pytest.fixture
def ledger():
    """Carry the money of P into 2024, in which nothing was approved."""
    with closed() as made:
        made.carry_over("P", on=MARCH)
        yield made


def test_it_is_explained_scored_and_renamed(ledger):
    """The year is open: what is no money and asks for no indicator is taken."""
    ledger.explain_variance("P", "other", "late", on=MARCH)
    ledger.report_score("P", "7.5", on=MARCH, reason="seen")
    ledger.revise_form("P", on=date(2024, 4, 1), name="new name", to_unit="U-9")
    before, after = (ledger.view(through=on).project("P") for on in (MARCH, JUNE))
    assert (before.name, before.unit) == ("project P", "U-1")
    assert (after.name, after.unit) == ("new name", "U-9")
    assert [each.code for each in after.findings] == ["project.moved"]
    assert "7.5" in ledger.self_evaluation(2024).render("text")
    assert ledger.verify().ok
    events = list(ledger.events(stream="project:2024:P"))
    kept = PACKED.fold("project:2024:P", events)
    plain = EXECUTION.fold("project:2024:P", events)
    assert kept.titles == plain.titles


def test_what_an_approval_must_give_is_not_taken_before_it(ledger):
    """There are no indicators, and no form that could be corrected."""
    for given in ({"name": "x", "correction": True}, {"added": indicator()}):
        with pytest.raises(InvalidInput, match="approval first"):
            ledger.revise_form("P", on=MARCH, **given)
    with pytest.raises(UnknownIndicator):
        ledger.explain_variance("P", "other", "late", on=MARCH, indicator="x")
    with pytest.raises(UnknownProject):
        ledger.report_score("P", 1, on=date(2025, 1, 1))
    with pytest.raises(BeforeApproval):
        ledger.revise_form("P", on=date(2024, 2, 1), name="x")


def test_a_later_approval_names_it_from_its_own_day(ledger):
    """What was revised before holds until then, and what is revised later after it."""
    ledger.revise_form("P", on=date(2024, 4, 1), name="new name", to_unit="U-9")
    ledger.append(approved(year=2024, unit="U-7", on=date(2024, 5, 1)))
    ledger.revise_form("P", on=date(2024, 6, 1), name="last name")
    days = [MARCH, *(date(2024, month, 1) for month in (4, 5, 6))]
    lines = [ledger.view(through=on).project("P") for on in days]
    assert [(line.name, line.unit) for line in lines] == [
        ("project P", "U-1"),
        ("new name", "U-9"),
        ("project P", "U-7"),
        ("last name", "U-7"),
    ]
    moves = [[e.code for e in line.findings].count("project.moved") for line in lines]
    assert moves == [0, 1, 2, 2]
    events = list(ledger.events(stream="project:2024:P"))
    folds = [each.fold("project:2024:P", events) for each in (PACKED, EXECUTION)]
    assert folds[0].titles == folds[1].titles
    assert ledger.verify().ok
    ledger.close_period(date(2024, 4, 30), unit="U-9")


def test_an_approval_keeps_the_closed_days_of_a_unit_it_went_to(ledger):
    """The figures of that unit would lose the original budget's days."""
    ledger.revise_form("P", on=date(2024, 4, 1), to_unit="U-9")
    ledger.close_period(date(2024, 6, 30), unit="U-9")
    with pytest.raises(InClosedPeriod):
        ledger.append(approved(year=2024, unit="U-7", on=date(2024, 5, 1)))

"""No fact shows in a report before the day on which it is effective."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ledger import ATTAINMENT, EXECUTION, Ledger, Policy, Proration
from ledger.domain.scoring_rule import ScoringRule
from ledger.events import ResultRetracted
from ledger.reports.values.lines import Lines
from properties.histories import OTHER, UNIT, days, founded, moves, played
from support import PROJECT

APPROVED_LAST = date(2023, 3, 1)


def made(events, through, policy, settings):
    """Return the projects and the unit of a report after *events*, by what is public."""

    def own(stream):
        return [each for each in events if each.stream == stream]

    lines = Lines(
        through=through,
        settings=settings,
        policy=policy,
        scoring=ScoringRule(),
        find=lambda stream: ATTAINMENT.fold(stream, own(stream)),
    )
    found = []
    for code in (PROJECT, OTHER):
        stream = f"project:2023:{code}"
        money = EXECUTION.fold(stream, own(stream))
        project = lines.project(money, lines.find(stream))
        found.append(project and (project.execution.months, money_of(project), project))
    unit = lines.unit(lines.find(f"unit:2023:{UNIT}"))
    if unit is not None and through < APPROVED_LAST:
        unit = [each for each in unit.indicators if each.indicator == "own"]
    return [each and (each[0], each[1], said(each[2])) for each in found], unit


def said(project):
    """Return what a project says of status, indicators and findings."""
    return project.status, project.indicators, project.findings


def money_of(project):
    """Return the amounts of a project, and of its sources that have some."""
    line = project.execution
    names = ("original_budget", "current_budget", "planned", "original_planned")
    whole = [getattr(line, name) for name in (*names, "disbursed", "status")]
    # What is free looks ahead of its day.
    own = {name: replace(part, held=()) for name, part in line.by_source.items()}
    return whole, own, line.adjustments, line.checkpoints


@pytest.mark.parametrize("proration", list(Proration))
@given(moves, days)
def test_a_report_is_that_of_the_facts_effective_by_its_day(proration, drawn, through):
    """Later facts change nothing; a retraction counts whatever its day."""
    policy = Policy(proration=proration)
    with Ledger.open(":memory:", actor="a", policy=policy) as ledger:
        founded(ledger)
        played(ledger, drawn)
        events, settings = list(ledger.events()), ledger.settings
    founded_by = {e.stream for e in events if e.version == 1 and e.on <= through}
    effective = [
        each
        for each in events
        if each.stream in founded_by
        and (each.on <= through or isinstance(each.event, ResultRetracted))
    ]
    assert made(events, through, policy, settings) == made(
        effective, through, policy, settings
    )


@given(moves, days, st.integers(1, 12))
def test_the_months_are_the_plan_in_force(drawn, through, first_month):
    """None is negative, they sum to it, and the last one cut short agrees with it."""
    with Ledger.open(":memory:", actor="a") as ledger:
        founded(ledger)
        played(ledger, drawn)
        line = ledger.view(through=through).project(PROJECT)
        end = ledger.view(through=date(2023, first_month, 28)).project(PROJECT)
    for each in (line, end):
        months = each.months
        assert min(month.planned for month in months) >= 0
        whole = each.currency.major(each.minor_plan_end)
        assert sum((m.planned for m in months), Decimal(0)) == whole
        assert months[-1].cumulative_planned == whole == each.checkpoints[-1][1]
        reached = months[each.through.month - 1].cumulative_planned
        before = reached - months[each.through.month - 1].planned
        assert before <= each.planned <= reached

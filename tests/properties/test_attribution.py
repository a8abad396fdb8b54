"""The events named for a changed figure are those that changed it, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import (
    ATTAINMENT,
    EXECUTION,
    DisbursementReversed,
    Ledger,
    Policy,
    Proration,
    ResultRetracted,
)
from ledger.audit.attribution import INDICATORS, MONEY, MONTHS
from ledger.audit.report_figures import cells
from ledger.projections.execution_total import total
from ledger.projections.scoring import ScoringRule
from ledger.reports.render import json as as_json
from ledger.reports.render.json import execution
from ledger.reports.values.lines import Lines
from properties.histories import days, founded, moves, played


def reported(events, through, policy, settings):
    """Return each figure of the report of *events*, by the way to it."""
    streams = {}
    for each in events:
        streams.setdefault(each.stream, []).append(each)
    lines = Lines(
        through=through,
        settings=settings,
        policy=policy,
        scoring=ScoringRule(),
        find=lambda stream: ATTAINMENT.fold(stream, streams.get(stream, ())),
    )
    projects, units = [], []
    for stream, own in sorted(streams.items()):
        if stream.startswith("unit:"):
            units.append(lines.unit(lines.find(stream), 2023))
        else:
            money = EXECUTION.fold(stream, own)
            projects.append(lines.project(money, lines.find(stream), 2023))
    projects = [each for each in projects if each is not None]
    whole = total([each.execution for each in projects], through, settings)
    report = {
        "totals": execution(whole),
        "projects": [as_json.project(each) for each in projects],
        "units": [as_json.unit(each) for each in units if each is not None],
    }
    return dict(cells(report, ()))


def stands_on(event, events):
    """Yield the events without which another one cannot be: it names them."""
    own = [each for each in events if each.stream == event.stream]
    if event.version > 1:
        yield own[0]
    if isinstance(event.event, DisbursementReversed):
        yield next(
            each
            for each in own
            if getattr(each.event, "voucher", None) == event.event.of
        )
    if isinstance(event.event, ResultRetracted):
        yield own[event.event.version - 1]


def with_grounds(kept, events):
    """Return *kept* of *events* and what they stand on, in order."""
    positions = {each.position for each in kept}
    for each in kept:
        positions |= {ground.position for ground in stands_on(each, events)}
    return [each for each in events if each.position in positions]


def drawn_between(ledger, data):
    """Draw two positions where appends end, the first before the second."""
    events = list(ledger.events())
    ends = [
        one.position
        for one, after in zip(events, [*events[1:], None], strict=True)
        if after is None or after.recorded_at != one.recorded_at
    ]
    first = data.draw(st.sampled_from([0, *ends[:-1]]), label="first")
    last = data.draw(st.sampled_from([e for e in ends if e > first]), label="last")
    return first, last


@pytest.mark.parametrize("proration", list(Proration))
@given(moves, days, st.data())
def test_the_events_named_for_a_figure_are_what_changed_it(
    proration, drawn, through, data
):
    """With them alone it changes as it did, and without them it does not change."""
    policy = Policy(proration=proration)
    with Ledger.open(":memory:", actor="a", policy=policy) as ledger:
        founded(ledger)
        played(ledger, drawn)
        first, last = drawn_between(ledger, data)
        found = ledger.differences(first, last, through=through)
        events, settings = list(ledger.events(known_at=last)), ledger.settings
    known = [each for each in events if each.position <= first]
    before = reported(known, through, policy, settings)
    after = reported(events, through, policy, settings)
    names = {".".join(where): where for where in [*before, *after]}
    changed = {
        path for path, where in names.items() if before.get(where) != after.get(where)
    }
    assert {each.path for each in found} == changed
    for each in data.draw(
        st.lists(st.sampled_from(found), max_size=4) if found else st.just([]),
        label="figures",
    ):
        where, named = names[each.path], set(each.positions)
        assert named
        assert all(first < position <= last for position in named)
        alone = [e for e in events if e.position <= first or e.position in named]
        shown = reported(with_grounds(alone, events), through, policy, settings)
        assert shown.get(where) == after.get(where)
        others = [e for e in events if e.position not in named]
        others = [
            e
            for e in others
            if all(ground.position not in named for ground in stands_on(e, events))
        ]
        shown = reported(others, through, policy, settings)
        assert shown.get(where) == before.get(where)


@given(moves, days)
def test_the_table_names_every_figure_of_a_report(drawn, through):
    """A figure that no event bears on is a name, a code or a share of the year."""
    with Ledger.open(":memory:", actor="a") as ledger:
        founded(ledger)
        played(ledger, drawn)
        report = ledger.view(through=through).monthly_report().to_dict()
    named = {"project", "name", "unit", "unit_name", "fiscal_year", "month"}
    named |= {"level1", "level2", "indicator", "weight", "time_progress"}
    for where, _ in cells({"totals": report["totals"]}, ("totals",)):
        assert where[-1] in MONEY or where[-1] in named
    for project in report["projects"]:
        for where, _ in cells(project, ("projects",)):
            if where[1] == "months":
                assert where[-1] in MONTHS or where[-1] in named
            elif where[1] == "indicators":
                assert where[3] in INDICATORS or where[3] in named
            else:
                assert where[-1] in MONEY or where[-1] in named

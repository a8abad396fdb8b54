"""The events named for a changed figure are those that changed it, and no others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import ATTAINMENT, EXECUTION, Ledger, Policy, Proration
from ledger.audit.report_figures import cells
from ledger.events import DisbursementReversed, ResultReported, ResultRetracted
from ledger.figures import registry
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
            units.append(lines.unit(lines.find(stream)))
        else:
            money = EXECUTION.fold(stream, own)
            projects.append(lines.project(money, lines.find(stream)))
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


crowded = st.lists(
    st.tuples(
        st.sampled_from(["result", "result", "result", "retract", "target", "plan"]),
        days,
        st.sampled_from([1, 11, 21]),
        st.integers(1, 60),
    ),
    min_size=4,
    max_size=16,
)
"""Moves of few indicators, where one takes the place of another."""

prorations = st.sampled_from(Proration)

OFTEN = ("planned", "indicators.level.result", "indicators.level.attainment")
"""Figures that crowded moves change."""


def some(found, data):
    """Draw some of the figures that changed, and take those that are crowded."""
    drawn = st.lists(st.sampled_from(list(found)), max_size=4) if found else st.just([])
    rest = [each for each in found if each.path.endswith(OFTEN)]
    return [*data.draw(drawn, label="figures"), *rest]


FOUNDED = 3
"""Position of the last event that founds a history."""

SUMS = {
    *("original_budget", "current_budget", "disbursed", "available", "results"),
    *("carried_over", "lapsed", "cumulative_disbursed"),
}
"""Figures of which each event has its part: no other one can take its place."""

LAST = {"target", "planned", "closed_on", "reported_score", "explanation"}
"""Figures that one event gives."""


def resting_on(event, events):
    """Return an event, and those that cannot be without it."""
    rest = {event.position}
    for each in events:
        grounds = {ground.position for ground in stands_on(each, events)}
        if grounds & rest:
            rest.add(each.position)
    return rest


def own_changed(event, where, before, after):
    """Return whether a figure changed in the project of an event: totals add many."""
    if where[0] != "totals":
        return True
    own = ("projects", event.event.project, *where[1:])
    return before.get(own) != after.get(own)


@settings(max_examples=settings.default.max_examples // 2)
@given(prorations, moves | crowded, days, st.data())
def test_the_events_named_for_a_figure_are_what_changed_it(
    proration, drawn, through, data
):
    """Without those not named it changes as it did; each that is named has its part."""
    policy = Policy(proration=proration)
    with Ledger.open(":memory:", actor="a", policy=policy) as ledger:
        founded(ledger)
        played(ledger, drawn)
        first, last = drawn_between(ledger, data)
        found = ledger.differences(first, last, through=through)
        events, settings = list(ledger.events(known_at=last)), ledger.settings

    def figures(kept):
        return reported(kept, through, policy, settings)

    before = figures([each for each in events if each.position <= first])
    after = figures(events)
    names = {".".join(where): where for where in [*before, *after]}
    changed = {
        path for path, where in names.items() if before.get(where) != after.get(where)
    }
    assert {each.path for each in found} == changed
    # A plan that is new with its approval may say at the year's end what that one says.
    parts = SUMS | LAST if first >= FOUNDED else SUMS
    for each in some(found, data):
        where, named = names[each.path], set(each.positions)
        assert named
        assert all(first < position <= last for position in named)
        alone = [e for e in events if e.position <= first or e.position in named]
        alone = with_grounds(alone, events)
        assert figures(alone).get(where) == after.get(where)
        for event in events:
            without = resting_on(event, events)
            if isinstance(event.event, ResultRetracted):
                *_, result = stands_on(event, events)
                if result.position > first:
                    continue  # What came and went goes together.
            if event.position > first and not without & named:
                rest = [e for e in events if e.position not in without]
                assert figures(rest).get(where) == after.get(where), event
            has_part = where[-1] in parts and before.get(where) is not None
            if event.position in named and has_part:
                without = resting_on(event, alone)
                rest = [e for e in alone if e.position not in without]
                if where[-1] in LAST:
                    telling = own_changed(event, where, before, after)
                else:
                    telling = len(without) == 1
                if telling:
                    assert figures(rest).get(where) != after.get(where), event


def resting(rows):
    """Return the keys of the figures that rest on something."""
    return {row.key for row in rows if row.rests_on}


@given(moves, days)
def test_every_figure_of_a_report_rests_on_something(drawn, through):
    """What rests on no event is a name, a code or a share of the year."""
    with Ledger.open(":memory:", actor="a") as ledger:
        founded(ledger)
        played(ledger, drawn)
        report = ledger.view(through=through).monthly_report().to_dict()
    named = {"project", "name", "unit", "unit_name", "fiscal_year", "month"}
    named |= {"level1", "level2", "indicator", "weight", "time_progress"}
    for where, _ in cells({"totals": report["totals"]}, ("totals",)):
        assert where[-1] in resting(registry.MONEY) or where[-1] in named
    for project in report["projects"]:
        for where, _ in cells(project, ("projects",)):
            if where[1] == "months":
                assert where[-1] in resting(registry.MONTHS) or where[-1] in named
            elif where[1] == "indicators":
                assert where[3] in resting(registry.INDICATORS) or where[3] in named
            else:
                assert where[-1] in resting(registry.MONEY) or where[-1] in named


def explained(where):
    """Return the subject and the name by which a figure is explained; maybe none."""
    if where[0] == "totals" or where[-1] in {"status", "money_status", "time_progress"}:
        return None
    part, code, *figure = where
    if figure[:1] == ["indicators"]:
        figure = figure[:3]
        if figure[-1] not in SAID_OF_INDICATORS:
            return None
    elif figure[-1] not in resting((*registry.MONEY, *registry.MONTHS)):
        return None
    return f"{part.removesuffix('s')}:{code}", ".".join(figure)


def numerator(event):
    """Return whether a result is a pair; ``None`` of other events."""
    if not isinstance(event, ResultReported):
        return None
    return event.numerator is not None


SAID_OF_INDICATORS = {
    *("target", "result", "expected", "attainment", "capped_attainment", "score"),
    *("reported_score", "explanation"),
}


@settings(max_examples=settings.default.max_examples // 2)
@given(prorations, moves | crowded, days, st.data())
def test_what_is_named_is_what_an_explanation_counts(proration, drawn, through, data):
    """Of a figure that is new as a whole: both ask the rules of the projection."""
    policy = Policy(proration=proration)
    with Ledger.open(":memory:", actor="a", policy=policy) as ledger:
        founded(ledger)
        played(ledger, drawn)
        found = ledger.differences(0, through=through)
        report = reported(ledger.events(), through, policy, ledger.settings)
        names = {".".join(where): where for where in report}
        asked = [each for each in found if explained(names[each.path]) is not None]
        events = {each.position: each.event for each in ledger.events()}
        for each in some(asked, data):
            subject, figure = explained(names[each.path])
            why = ledger.explain(subject, figure, through=through)
            counted = {basis.position for basis in why.rests_on()} - {1, 2, 3}
            named = set(each.positions) - {1, 2, 3}
            assert counted <= named
            where = names[each.path]
            if where[-1] == "expected":  # Any result may pace a sum.
                continue
            if where[2] != "by_source":  # Named for being there as well.
                # Of pairs and plain numbers, the first one says which of them count.
                others = [numerator(events[place]) for place in named - counted]
                assert None not in others
                assert len(others) <= (2 if subject.startswith("unit:") else 1)

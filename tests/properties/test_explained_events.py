"""The events that an explanation lists give the figure again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import ATTAINMENT, EXECUTION, Ledger, Policy, Proration, Settings
from ledger.domain.scoring_rule import ScoringRule
from ledger.events import Disbursed, DisbursementReversed
from ledger.reports.values.lines import Lines
from properties.histories import NAMES, days, founded, moves, played
from support import PROJECT, cut

STREAM = f"project:2023:{PROJECT}"
MONEY = [
    "original_budget",
    "current_budget",
    "planned",
    "disbursed",
    "available",
    "execution_rate",
    "plan_rate",
    "variance",
]
PLANNED = {"planned", "plan_rate", "variance"}
FIGURES = [
    "result",
    "expected",
    "attainment",
    "status",
    "weight",
    "score",
    "reported_score",
]
NOT_FIGURES = {
    *("project", "name", "unit", "unit_name", "fiscal_year", "month"),
    *("level1", "level2", "indicator", "measure", "results", "due"),
    *("reason", "plan_reason"),
}


def figures(report):
    """Yield subject, figure and value of every figure in a report's JSON."""
    yield from below("totals", "totals", report["totals"])
    for project in report["projects"]:
        yield from below(project["project"], "", project)
    for unit in report["units"]:
        yield from below(f"unit:2023:{unit['unit']}", "", unit)


def below(subject, path, value):
    """Yield the figures below a value."""
    for key, each in value.items():
        name = f"{path}.{key}" if path else key
        if key in {"months", "indicators"}:
            for entry in each:
                own = entry["month" if key == "months" else "indicator"]
                yield from below(subject, f"{name}.{own}", entry)
        elif key == "by_source":
            for source, part in each.items():
                yield from below(subject, f"{name}.{source}", part)
        elif key == "explanation":
            yield subject, name, each and each["text"]
        elif key not in NOT_FIGURES:
            yield subject, name, each


def folded(events, through, *, policy=None):
    """Return the lines of the project and its indicators after *events* alone."""
    made = Lines(
        through=through,
        settings=Settings(),
        policy=policy or Policy(),
        scoring=ScoringRule(),
        find=ATTAINMENT.initial,
    )
    line = made.money(EXECUTION.fold(STREAM, events))
    lines = made.of_project(ATTAINMENT.fold(STREAM, events), line)
    return line, {each.indicator: each for each in lines}


@pytest.mark.parametrize("proration", list(Proration))
@given(moves, days, st.data())
def test_every_figure_of_a_report_is_explained_with_its_value(
    proration, drawn, through, data
):
    """Whatever the report says, the explanation says the same of it."""
    policy = Policy(proration=proration)
    with Ledger.open(":memory:", actor="a", policy=policy) as ledger:
        founded(ledger)
        played(ledger, drawn)
        at = cut(ledger, data.draw(st.integers(2, ledger.position), label="known_at"))
        view = ledger.view(through=through, known_at=at)
        found = list(figures(view.monthly_report().to_dict()))
        for subject, figure, value in data.draw(
            st.lists(st.sampled_from(found), min_size=8, max_size=8), label="figures"
        ):
            told = str(value) if isinstance(value, int) else value  # A count is one.
            assert view.explain(subject, figure).to_dict()["value"] == told


@given(moves, days, st.sampled_from(MONEY), st.data())
def test_the_events_that_count_give_the_money_again(drawn, through, figure, data):
    """Folded alone, with the approval, they come to the same figure."""
    with Ledger.open(":memory:", actor="a") as ledger:
        founded(ledger)
        played(ledger, drawn)
        at = cut(ledger, data.draw(st.integers(2, ledger.position), label="known_at"))
        why = ledger.explain(PROJECT, figure, through=through, known_at=at)
        counted = {each.position for each in why.rests_on()} | {1}
        events = [e for e in ledger.events() if e.position in counted]
    # Nothing that counts lies behind the day, except to what is planned by it.
    line, _ = folded(events, through if figure in PLANNED else date.max)
    assert getattr(line, figure) == why.value


@given(moves, days)
def test_no_event_that_counts_could_be_left_out(drawn, through):
    """Without any one of them another sum would come out."""
    with Ledger.open(":memory:", actor="a") as ledger:
        founded(ledger)
        played(ledger, drawn)
        why = ledger.explain(PROJECT, "disbursed", through=through)
        counted = {each.position for each in why.rests_on()}
        events = [e for e in ledger.events() if e.position in {1, *counted}]
    reversed_ = {
        e.event.of for e in events if isinstance(e.event, DisbursementReversed)
    }
    for without in events:
        event = without.event
        if isinstance(event, DisbursementReversed) or (
            isinstance(event, Disbursed) and event.voucher not in reversed_
        ):
            line, _ = folded([e for e in events if e is not without], through)
            assert line.disbursed != why.value


@given(moves, days, st.sampled_from(NAMES), st.sampled_from(FIGURES), st.data())
def test_the_events_that_count_give_the_indicator_again(
    drawn, through, name, figure, data
):
    """What was left out plays no part: not retracted, not superseded, not later."""
    with Ledger.open(":memory:", actor="a") as ledger:
        founded(ledger)
        played(ledger, drawn)
        at = cut(ledger, data.draw(st.integers(2, ledger.position), label="known_at"))
        view = ledger.view(through=through, known_at=at)
        why = view.explain(PROJECT, f"indicators.{name}.{figure}")
        counted = {each.position for each in why.rests_on()} | {1}
        events = [e for e in ledger.events() if e.position in counted]
    _, lines = folded(events, through)
    again = getattr(lines[name], figure)
    if figure == "expected" and again is not None:
        again = round(again, 6)
    assert again == why.value

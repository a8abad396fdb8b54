"""Packed results answer every question as plain results do."""

from decimal import Decimal
from fractions import Fraction
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import LedgerError, ScoringRule, Settings
from ledger.domain import result_rules
from ledger.domain.about import asked_at
from ledger.domain.exact_numbers import exactly, total
from ledger.domain.result_series import Series
from ledger.domain.results import Indicators, Remarks, Standard, Tracked
from ledger.errors import LogCorrupted
from ledger.events import (
    ApprovalWithdrawn,
    FormRevised,
    ResultReported,
    ResultRetracted,
    VarianceExplained,
)
from ledger.projections import AttainmentLine, attainment
from ledger.projections.attainment import attainment_lines, said_of
from ledger.store.state.packed import ATTAINMENT
from properties.result_strategies import LABELS, ROWS, result_facts, told_results
from properties.strategies import days
from properties.test_plain_fold import recorded
from support import PROJECT, approval, day, indicator
from support_assessment import NOTHING_DUE, moment
from support_events import ONE_OF_EACH

STREAM = f"project:2023:{PROJECT}"
BOTH = (attainment.ATTAINMENT, ATTAINMENT)
NAMES = [*LABELS, "同名", "数量指标/次数", "无此指标"]


def number(value):
    """Return a number of a state, whatever it is kept as."""
    return None if value is None else exactly(value)


def standard(one):
    """Return all that is known of a target."""
    numbers = {name: number(getattr(one, name)) for name in ("value", "upper")}
    return {name: getattr(one, name) for name in asked(Standard)} | numbers


def series(one):
    """Return all that is known of results, but which columns may be missing."""
    nothing, places = [None] * len(one), range(len(one) + 1)
    others = {cell for row in one for cell in row[3:]} - {None}
    return {
        "__len__": len(one),
        "__iter__": [
            row._replace(value=number(row.value), denominator=number(row.denominator))
            for row in one
        ],
        "start": [one.start + day for day in one.days],
        "days": [one.count_by(one.start + day) for day in one.days],
        "versions": list(one.versions),
        "mixed": one.mixed or not others,  # It may stay so when others are retracted.
        # So it may stay as well.
        "shares_days": one.shares_days or len(set(one.days)) == len(one.days),
        "values": [number(each) for each in one.values or nothing],
        "denominators": [number(each) for each in one.denominators or nothing],
        "ratings": list(one.ratings or nothing),
        "dates": list(one.dates or nothing),
        "texts": list(one.texts or nothing),
        "running": list(one.running or nothing),
        "count_by": [one.count_by(day) for day in (0, 738_600, 738_700, 999_999)],
        "pairs": [[tuple(map(exactly, p)) for p in one.pairs(n)] for n in places],
        "sums": [one.sums(n) or added_up(one.pairs(n)) for n in places],
        "first_number": [one.first_number(n) for n in places],
        "numbers": [[exactly(each) for each in one.numbers(n)] for n in places],
        "pooled": [one.pooled(n) for n in places],
    }


def added_up(pairs):
    """Return the sums of numerators and of denominators."""
    return total([a for a, _ in pairs]), total([b for _, b in pairs])


def remarks(one):
    """Return all that was said beside results; ``None`` stands for nothing."""
    if one is None:
        return {name: [] for name in asked(Remarks)} | {"parts": {}}
    return {
        "revisions": [standard(each) for each in one.revisions],
        "suspect": sorted(one.suspect),
        "explanations": list(one.explanations),
        "scores": list(one.scores),
        "parts": dict(one.parts),
    }


def tracked(one, label, on):
    """Return all that is known of an indicator."""
    told = {
        "name": one.name or label,
        "baseline": number(one.baseline),
        "original": standard(one.original),
        "results": series(one.results),
        "remarks": remarks(one.remarks),
        "standard": standard(one.standard(on)),
    }
    plain = ("level1", "level2", "weight", "direction", "computed_from")
    return told | {name: getattr(one, name) for name in plain}


def answers(state, on):
    """Return what *state* answers to everything that may be asked of indicators."""
    kept = {name: getattr(state, name) for name in Indicators.__annotations__}
    return kept | {
        "tracked": [(k, tracked(v, k, on)) for k, v in state.tracked.items()],
        "remarks": remarks(state.remarks),
        "withdrawn": [answers(each, on) for each in state.withdrawn],
        "steps": list(state.steps),
        "labels": dict(state.labels),
        "rectifications": dict(state.rectifications),
        "holds": state.holds(on),
        "label": [state.label(name) for name in NAMES],
        "said": said_of(state, asked_on(state, on), on),
    }


def asked_on(state, on):
    """Return what people answer for on a day."""
    settings = Settings()
    return asked_at(on, settings.year(state.fiscal_year), settings)


def asked(protocol):
    """Return the names of what may be asked of a part of the state."""
    own = {"__len__", "__iter__"} | {n for n in vars(protocol) if n[:1] != "_"}
    return own & set(vars(protocol)) | set(getattr(protocol, "__annotations__", ()))


def test_everything_that_may_be_asked_is_asked():
    """A question that is added to one of the protocols is compared, or this fails."""
    state = ATTAINMENT.fold(STREAM, recorded(ONE_OF_EACH[:1]))
    everything = answers(state, ONE_OF_EACH[0].on)
    label, one = next(iter(state.tracked.items()))
    one.remarked().suspect.append(1)
    about = tracked(one, label, ONE_OF_EACH[0].on)
    assert everything.keys() - {"said"} == asked(Indicators)
    assert about.keys() == asked(Tracked)
    assert about["results"].keys() == asked(Series)
    assert about["remarks"].keys() == asked(Remarks)
    assert about["original"].keys() == asked(Standard)


def lines(state, on, progress):
    """Return every figure of each indicator, but what they were held against."""
    share = Fraction(progress, 4)
    asked = partial(asked_on, state, on)
    then = moment(on, share, asked=asked)

    def resolve(reference):
        label = state.label(reference.indicator)
        return "there is none" if label is None else state.tracked[label]

    shown = [name for name in dir(AttainmentLine) if name[:1] != "_"]
    return [
        {name: getattr(line, name) for name in shown}
        | {"findings": [(each.code, each.text()) for each in line.findings]}
        for line in attainment_lines(state, then, ScoringRule(), resolve, NOTHING_DUE)
    ]


def outcome(state, event):
    """Return the fact that an event becomes, or the refusal and its words."""
    try:
        return result_rules.decide(state, event, Settings(), ScoringRule())
    except LedgerError as refusal:
        return type(refusal), str(refusal)


def both(events=()):
    """Return the plain and the packed state of a stream after *events*."""
    return [each.fold(STREAM, recorded(events)) for each in BOTH]


def again(state):
    """Return a state as it is read from where it is stored."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=type(state))


REVISED = (
    FormRevised(project=PROJECT, on=day(5), indicator="次数", renamed="场次"),
    FormRevised(project=PROJECT, on=day(3), added=indicator("新增", "≥1个")),
    FormRevised(
        project=PROJECT, on=day(6), indicator="场次", measure="max", correction=True
    ),
    FormRevised(project=PROJECT, on=day(7), indicator="合格率", removed=True),
    ResultReported(project=PROJECT, on=day(6), indicator="场次", value=Decimal(3)),
    ResultReported(project=PROJECT, on=day(6), indicator="新增", value=Decimal(2)),
    VarianceExplained(
        project=PROJECT, on=day(6), indicator="场次", category="other", text="t"
    ),
)
"""A form that is revised in each way, and what is reported under it."""


@given(result_facts(), days)
def test_packed_and_plain_results_answer_the_same(events, on):
    """After each event of a history of every type, and from its bytes as well."""
    plain, packed = both()
    assert answers(packed, on) == answers(plain, on)
    withdrawn = next(each for each in ONE_OF_EACH if type(each) is ApprovalWithdrawn)
    anew = approval(indicators=ROWS)
    for event in recorded([*events, *REVISED, withdrawn, anew, *REVISED]):
        plain, packed = (
            each.evolve(state, event)
            for each, state in zip(BOTH, (plain, packed), strict=True)
        )
        assert answers(packed, on) == answers(plain, on)
    assert answers(again(packed), on) == answers(plain, on)
    assert again(plain) == plain


@given(result_facts(), days, st.integers(0, 4))
def test_a_line_of_packed_results_is_that_of_plain_results(events, on, progress):
    """Every figure, status and finding of each indicator is the same."""
    plain, packed = both(events)
    assert lines(packed, on, progress) == lines(plain, on, progress)


@given(result_facts(), told_results(NAMES))
def test_both_decide_alike(events, requests):
    """What is taken becomes the same fact, and what is refused is in the same words."""
    plain, packed = both(events[:1])
    for version, request in enumerate(requests, start=2):
        decided = outcome(plain, request)
        assert outcome(packed, request) == decided
        if not isinstance(decided, tuple):
            *_, event = recorded([events[0]] * (version - 1) + [decided])
            plain = BOTH[0].evolve(plain, event)
            packed = BOTH[1].evolve(packed, event)
    on = events[0].on
    assert answers(packed, on) == answers(plain, on)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_both_refuse_or_take_a_first_event(event):
    """A result of nothing is refused by both, in the same words."""
    said = []
    for projection in BOTH:
        try:
            state = projection.fold(STREAM, recorded([event]))
        except LogCorrupted as problem:
            said.append(str(problem))
        else:
            said.append(answers(state, event.on))
    assert said[0] == said[1]


def test_a_pair_that_was_retracted_leaves_no_trace_in_figures():
    """Numbers that look like figures to date are doubted as if it had never been."""
    about = {"project": PROJECT, "indicator": "次数"}
    pair = {"numerator": Decimal(1), "denominator": Decimal(2)}
    events = [
        approval(indicators=ROWS),
        ResultReported(on=day(1), **about, **pair),
        ResultRetracted(on=day(2), of="2", version=2, reason="r", **about),
        *(ResultReported(on=day(n), value=Decimal(n), **about) for n in (3, 4, 5)),
    ]
    first, *_ = zip(*(lines(state, day(12), 4) for state in both(events)), strict=True)
    plain, packed = first
    assert [code for code, _ in plain["findings"]] == ["result.looks_cumulative"]
    assert packed == plain

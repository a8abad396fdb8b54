"""What is shown of an indicator says the same as what was judged of it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import (
    CeilingFormula,
    Indicator,
    Policy,
    ScoringRule,
    Status,
    Target,
    TargetKind,
)
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import exactly, rounded
from ledger.domain.indicator import Measure, check_way
from ledger.domain.plain_results import PlainIndicators, PlainTracked
from ledger.events import ResultReported
from ledger.projections.attainment import attainment_lines
from ledger.reports.render.drawings import percent_or_dash
from ledger.reports.render.terminal import percent, short
from ledger.reports.values.printed_number import in_its_unit, printed_unit
from ledger.spreadsheet.cells import rate_look
from support import PROJECT, day
from support_assessment import NOTHING_DUE, moment

KINDS = [
    TargetKind.AT_LEAST,
    TargetKind.AT_MOST,
    TargetKind.MORE_THAN,
    TargetKind.LESS_THAN,
    TargetKind.EXACTLY,
    TargetKind.BETWEEN,
]
NUMBERS = st.decimals(-20, 200, places=6) | st.integers(-3, 120).map(Decimal)
NEAR = st.sampled_from(["0", "0.000001", "-0.000001", "0.004", "-0.004", "3", "-3"])
MET = {Status.ATTAINED, Status.EXCEEDED}


@st.composite
def lines(draw):
    """Draw an indicator with a result near its target, judged at the year's end."""
    value, kind = draw(NUMBERS), draw(st.sampled_from(KINDS))
    upper = value + draw(st.integers(0, 5)) if kind is TargetKind.BETWEEN else None
    unit = draw(st.sampled_from(["%", "元", "天", None]))
    target = Target(text="t", kind=kind, value=value, upper=upper, unit=unit)
    one = Indicator(
        level1="产出指标",
        level2="质量指标",
        name="n",
        target=target,
        measure=draw(st.sampled_from([Measure.LEVEL, Measure.SUM, Measure.MEAN])),
        baseline=draw(st.none() | NUMBERS),
        weight=Decimal(draw(st.integers(1, 90))),
    )
    try:
        check_way(one)
    except InvalidInput:
        one = Indicator(level1="产出指标", level2="质量指标", name="n", target=target)
    near = (upper if upper is not None and draw(st.booleans()) else value) + Decimal(
        draw(NEAR)
    )
    tracked, whole = PlainTracked(one), draw(st.integers(1, 9))
    pair = {"numerator": near * whole, "denominator": Decimal(whole)}
    if unit == "%" and one.measure is Measure.LEVEL and draw(st.booleans()):
        pair["numerator"] = near * whole / 100
    given_ = draw(st.sampled_from([{"value": near}, pair]))
    if one.measure is Measure.MEAN:
        given_ = {"value": near}
    for number in range(draw(st.integers(1, 3))):
        event = ResultReported(project=PROJECT, indicator="n", on=day(3), **given_)
        tracked = tracked.with_result(event, number + 1)
    formula = draw(st.sampled_from(CeilingFormula))
    then = moment(day(12, 31), Fraction(1), policy=Policy(ceiling=formula))
    state = PlainIndicators(subject=PROJECT, fiscal_year=2023, tracked={"n": tracked})
    (line,) = attainment_lines(state, then, ScoringRule(), lambda _: None, NOTHING_DUE)
    return line, target


def meets(number, target):
    """Say whether a number that is printed meets the target that is printed."""
    number, value = exactly(number), exactly(target.value)
    match target.kind:
        case TargetKind.AT_MOST:
            return number <= value
        case TargetKind.MORE_THAN:
            return number > value
        case TargetKind.LESS_THAN:
            return number < value
        case TargetKind.BETWEEN:
            return value <= number <= exactly(target.upper)
        case TargetKind.EXACTLY if value == 0:
            return number <= 0
        case _:
            return number >= value


def on_page(line):
    """Return a result as the page prints it, in units and not in their multiple."""
    many, _ = printed_unit(line)
    shown, _, _ = in_its_unit(line.figure, line).partition(" ")
    return Decimal(shown.removesuffix("%")) * many


@given(lines())
def test_a_printed_result_meets_its_target_where_it_is_met(drawn):
    """In six decimals, and in two on paper and on the page."""
    line, target = drawn
    printed = [
        line.result,
        Decimal(str(short(line.figure, {}, line.bounds))),
        on_page(line),
    ]

    assert line.status in {*MET, Status.MISSED}
    assert {meets(each, target) for each in printed} == {line.status in MET}


@given(lines())
def test_a_printed_share_is_whole_where_the_target_is_met(drawn):
    """What misses has less than the whole, but for a strict target just equalled."""
    line, _ = drawn
    share = line.exact_attainment
    if share is None:
        assert "baseline" in str(line.reason)
        return
    texts = [percent(share), percent_or_dash(share)]
    printed = [line.attainment * 100, *(Decimal(text[:-1]) for text in texts)]
    places = int((rate_look(share, (1,)) + ":2").split(":")[1])
    cell = round(exactly(line.attainment) * 100 * 10**places)  # As a workbook shows it.
    printed.append(Decimal(cell).scaleb(-places))
    equalled = (
        share == 1 and str(line.reason) == "the target is equalled, and not passed"
    )

    assert {each >= 100 for each in printed} == {line.status in MET or equalled}


@pytest.mark.parametrize("result", ["142.268409", "142.272408"])
def test_a_share_is_not_rounded_twice_across_the_whole(result):
    """0.9999496 is 0.999950 in a cell, and was shown as 100.00 %."""
    share = (Fraction(result) - 63) / (Fraction("142.272409") - 63)
    look = rate_look(share, (1,))
    places = int((look + ":2").split(":")[1])
    cell = round(Fraction(rounded(share, 6, (1,))) * 100 * 10**places)
    assert cell < 100 * 10**places, look


@given(lines())
def test_what_is_capped_lies_between_nothing_and_the_whole(drawn):
    """And so do the points of it, between nothing and the weight."""
    line, _ = drawn
    if line.exact_attainment is not None:
        assert 0 <= line.capped_attainment <= 1
        assert 0 <= line.score <= line.weight
        assert (line.score == line.weight) >= (line.capped_attainment == 1)

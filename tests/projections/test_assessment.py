from decimal import Decimal
from fractions import Fraction

import pytest

from ledger import (
    Direction,
    IndicatorReference,
    Measure,
    Objective,
    Rating,
    Status,
    Target,
    TargetKind,
)
from ledger.domain.plain_results import PlainStandard, PlainTracked
from ledger.events import ObjectivesSet, ResultReported
from ledger.projections.assessment import judge
from ledger.projections.result_figure import ResultFigure, figure, shown
from support import PROJECT, approval, day, indicator
from support_assessment import at, judged, shown_share

NAME = indicator().name
COST = {"level2": "成本指标"}
LOWER = {"direction": Direction.LOWER}


def tracked(*reports, **given):
    """Return an indicator with *reports*, one on each day of January."""
    one = PlainTracked(indicator(**given))
    for number, report in enumerate(reports, start=1):
        fields = report if isinstance(report, dict) else {"value": Decimal(report)}
        on = day(1, number)
        event = ResultReported(project=PROJECT, indicator=NAME, on=on, **fields)
        one = one.with_result(event, number)
    return one


def figured(one):
    """Make one figure of all results of *one*."""
    return figure(one.original, one.results, len(one.results))


def part(numerator, denominator):
    """Return the fields of a result that is a part of a whole."""
    return {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}


@pytest.mark.parametrize(
    ("target", "given", "attainments"),
    [
        ("≥98%", {}, {"49": "0.5", "98": "1", "147": "1.5"}),
        ("≥3台", {}, {"0": "0", "1": "0.333333", "2": "0.666667"}),
        ("＞5台", {}, {"4": "0.8", "5": "1", "6": "1.2"}),
        ("＞0件", {}, {"0": "0", "0.5": "1", "6": "1"}),
        ("≥0件", {}, {"0": "1", "6": "1"}),
        ("4台", {}, {"3": "0.75", "4": "1", "5": "1.25"}),
        ("≤90天", {}, {"45": "1", "90": "1", "99": "0.9", "180": "0", "270": "0"}),
        ("＜5天", {}, {"4": "1", "6": "0.8"}),
        ("1000元", COST, {"800": "1", "1000": "1", "1100": "0.9"}),
        ("20人", LOWER, {"15": "1", "20": "1", "25": "0.75"}),
        ("0起", {}, {"0": "1", "1": "0"}),
        ("≤0起", {}, {"0": "1", "2": "0"}),
        ("90%-95%", {}, {"90": "1", "95": "1", "45": "0.5", "95.95": "0.99"}),
        (
            "90%-95%",
            {"baseline": Decimal(80)},
            {"85": "0.5", "70": "-1", "92": "1", "95.95": "0.99"},
        ),
        ("≥15000人", {"baseline": Decimal(2505)}, {"12980": "0.838335", "2505": "0"}),
        (
            "≤20天",
            {"baseline": Decimal(40)},
            {"40": "0", "30": "0.5", "20": "1", "45": "-0.25", "15": "1.25"},
        ),
    ],
)
def test_attainment_follows_the_formula_of_its_target(target, given, attainments):
    """Floors, ceilings, ranges and ways from a baseline; six decimals, half up."""
    found = {
        actual: shown_share(judged(target, actual, **given)) for actual in attainments
    }

    assert found == {actual: Decimal(share) for actual, share in attainments.items()}


@pytest.mark.parametrize(
    ("target", "given", "met", "not_met"),
    [
        ("≥98%", {}, "98", "97.999"),
        ("＞98%", {}, "98.001", "98"),
        ("≤5天", {}, "5", "5.001"),
        ("＜5天", {}, "4.999", "5"),
        ("3台", {}, "3", "2.999"),
        ("0起", {}, "0", "1"),
        ("1000元", COST, "1000", "1000.01"),
        ("20人", LOWER, "20", "21"),
        ("90%-95%", {}, "90", "89.999"),
        ("90%-95%", {}, "95", "95.001"),
        ("≥100次", {}, "100", "99"),
        ("≤20天", {"baseline": Decimal(40)}, "20", "21"),
    ],
)
def test_what_is_not_met_when_the_year_is_over_is_missed(target, given, met, not_met):
    """Each comparator at its bound and just beside it."""
    assert judged(target, met, "1", **given).status is Status.ATTAINED
    assert judged(target, not_met, "1", **given).status is Status.MISSED
    assert judged(target, not_met, "0.75", **given).status is not Status.MISSED


def test_attainment_is_undefined_where_the_target_is_the_baseline():
    """Nothing was promised, so no share of it can be; it is met, or missed."""
    found = judged("≥40人", "30", baseline=Decimal(40))

    assert (found.attainment, found.status) == (None, Status.BEHIND)
    assert str(found.reason) == "the target equals the baseline"
    for actual, status in (("39.999", Status.MISSED), ("40", Status.ATTAINED)):
        over = judged("≥40人", actual, "1", baseline=Decimal(40))
        assert (over.attainment, over.status) == (None, status)


@pytest.mark.parametrize(
    ("rating", "share", "attainment", "mid_year", "at_the_end"),
    [
        (Rating.ATTAINED, None, "1", Status.ATTAINED, Status.ATTAINED),
        (Rating.ATTAINED, "0.8", "0.8", Status.ATTAINED, Status.ATTAINED),
        (Rating.PARTLY, "0.79", "0.79", Status.AT_RISK, Status.MISSED),
        (Rating.PARTLY, "0.6", "0.6", Status.AT_RISK, Status.MISSED),
        (Rating.PARTLY, None, None, Status.AT_RISK, Status.MISSED),
        (Rating.NOT_ATTAINED, None, "0", Status.BEHIND, Status.MISSED),
        (Rating.NOT_ATTAINED, "0.59", "0.59", Status.BEHIND, Status.MISSED),
    ],
)
def test_a_quality_is_the_share_claimed(
    rating, share, attainment, mid_year, at_the_end
):
    """Attained without a share is the whole; partly without one earns no points yet."""
    claim = {"rating": rating, "share": share and Decimal(share)}
    one = tracked(claim, target="效果显著")
    halfway = judge(one, one.original, figured(one), at("0.5"), 0)

    assert halfway.attainment == (attainment and Decimal(attainment))
    assert halfway.status is mid_year
    assert judge(one, one.original, figured(one), at("1"), 0).status is at_the_end


@pytest.mark.parametrize(
    ("report", "reason", "status"),
    [
        ({"rating": Rating.PARTLY}, "no share claimed", Status.AT_RISK),
        ({"text": "群众反映良好"}, "no figure to compare with", Status.NOT_DUE),
    ],
)
def test_a_quality_with_no_share_has_no_attainment(report, reason, status):
    """What claims no figure is not 0; the reason is said."""
    one = tracked(report, target="效果显著")
    found = judge(one, one.original, figured(one), at("0.75"), 0)

    assert (found.attainment, found.status) == (None, status)
    assert str(found.reason) == reason


@pytest.mark.parametrize("rating", list(Rating))
@pytest.mark.parametrize("progress", ["0.5", "1"])
def test_without_a_target_a_rating_is_not_judged(rating, progress):
    """What takes no points is neither attained nor missed, whatever anybody claims."""
    one = tracked({"rating": rating}, target="—")
    said = judge(one, one.original, ResultFigure(rating, 1), at(progress), 0)
    assert (said.attainment, said.status) == (None, Status.NO_TARGET)


@pytest.mark.parametrize(
    ("target", "days", "attained"),
    [
        ("9月前", [(8, 31)], True),
        ("9月前", [(9, 1)], False),
        ("9月前", [(9, 1), (8, 31)], True),
        ("11月底", [(11, 30)], True),
        ("11月底", [(12, 1)], False),
        ("2023.03-2023.06", [(2, 28)], True),
        ("2023.03-2023.06", [(3, 1)], True),
        ("2023.03-2023.06", [(6, 30)], True),
        ("2023.03-2023.06", [(7, 1)], False),
        ("每月15日前", [(1, 16)], False),
        ("每月15日前", [(1, 14), (2, 15)], True),
        ("每月15日前", [(1, 14), (2, 20), (3, 10)], False),
    ],
)
def test_dates_are_attained_or_not(target, days, attained):
    """By comparing dates; a day of each month by its worst month."""
    one = tracked(*({"reached_on": day(*reached)} for reached in days), target=target)
    found = judge(one, one.original, figured(one), at("0.5"), 0)

    assert found.attainment == int(attained)
    assert (found.status is Status.ATTAINED) is attained


def test_a_date_without_its_year_compares_with_nothing():
    """The printed 9月前 of a form without a year has no attainment, and says so."""
    target = Target(text="9月前", kind=TargetKind.BY_DATE)
    one = tracked({"reached_on": day(8, 31)})
    standard = PlainStandard.of(target, indicator())
    reached = figure(standard, one.results, 1)
    found = judge(one, standard, reached, at("1"), 0)

    assert (found.attainment, str(found.reason)) == (
        None,
        "the target's year is unknown",
    )


@pytest.mark.parametrize(
    ("measure", "values", "result"),
    [
        (Measure.SUM, ["3", "4.5"], "7.5"),
        (Measure.LATEST, ["4.5", "30", "9"], "9"),
        (Measure.RATIO, ["4.5", "30", "9"], "9"),
        (Measure.MEAN, ["1", "2"], "1.5"),
        (Measure.MEAN, ["1", "1", "0"], "0.666667"),
        (Measure.MAX, ["9", "30", "4.5"], "30"),
        (Measure.MIN, ["9", "30", "4.5", "30"], "4.5"),
    ],
)
def test_a_measure_makes_one_figure_of_many_results(measure, values, result):
    """A total, the last level, a mean, the worst or the least; of the first ones."""
    one = tracked(*values, "1000", "0", measure=measure)
    found = figure(one.original, one.results, len(values))

    assert shown(found.value, measure, ()) == Decimal(result)


@pytest.mark.parametrize(
    ("measure", "percent", "plain", "said"),
    [
        (Measure.SUM, "100/11", "1/11", Measure.RATIO),
        (Measure.LEVEL, "100/11", "1/11", Measure.RATIO),
        (Measure.RATIO, "100/11", "1/11", Measure.RATIO),
        (Measure.LATEST, "1", "1/100", Measure.LATEST),
        (Measure.MAX, "90", "9/10", Measure.MAX),
        (Measure.MIN, "1", "1/100", Measure.MIN),
    ],
)
def test_numerators_and_denominators_are_pooled(measure, percent, plain, said):
    """90/100 and 10/1000 make 100/1100, not 45.5 %; a stated ``latest`` is the last."""
    parts = part(90, 100), part(10, 1000)
    rate = figured(tracked(*parts, target="≥98%", measure=measure))
    cost = figured(tracked(*parts, target="≤4元/人", measure=measure))

    assert (rate.value, rate.measure) == (Fraction(percent), said)
    assert cost.value == Fraction(plain)


def test_missing_is_not_zero():
    """No result: no figure, no attainment, but what was expected by then."""
    one = tracked(target="≥100次")
    found = figured(one)
    standing = judge(one, one.original, found, at("0.25"), 0)

    assert (found.value, str(found.reason)) == (None, "no result")
    assert (standing.attainment, standing.expected) == (None, 25)
    assert standing.status is Status.NOT_DUE


def line(ledger, through):
    """Return the only indicator of the only project."""
    return ledger.view(through=through).attainment(PROJECT)[0]


def test_results_count_from_their_day_in_its_order(ledger):
    """Later ones do not count yet; of one day, the one recorded later holds."""
    ledger.append(approval(indicators=(indicator(NAME, "≥10台"),)))
    for value, on in ((7, day(6, 30)), (3, day(3)), (4, day(3)), (9, day(7))):
        ledger.report_result(PROJECT, NAME, value, on=on)

    assert line(ledger, day(2)).result is None
    assert (line(ledger, day(3)).result, line(ledger, day(3)).results) == (4, 2)
    assert line(ledger, day(6, 29)).result == 4
    assert line(ledger, day(6, 30)).result == 7


def test_a_revised_target_holds_from_its_day(ledger):
    """Whatever order the revisions were recorded in."""
    ledger.append(approval())
    ledger.report_result(PROJECT, NAME, 5, on=day(2))
    ledger.revise_target(PROJECT, NAME, "≥20次", on=day(9))
    ledger.revise_target(PROJECT, NAME, "≤5次", on=day(6))

    found = {month: line(ledger, day(month)) for month in (5, 6, 9)}
    targets = {month: (one.target, one.attainment) for month, one in found.items()}
    half, quarter = Decimal("0.5"), Decimal("0.25")
    assert targets == {5: ("≥10次", half), 6: ("≤5次", 1), 9: ("≥20次", quarter)}


@pytest.mark.parametrize(
    ("unit_target", "measure", "results", "figure_to_date"),
    [
        ("≥10次", Measure.SUM, ({"value": 3}, {"value": 4}), 7),
        ("≥98%", Measure.RATIO, (part(90, 100), part(10, 1000)), Decimal("9.090909")),
        ("≥98%", Measure.LEVEL, ({"value": 90}, {"value": 1}), None),
        ("≥10次", Measure.SUM, ({}, {"value": 4}), 4),
        ("≥10次", Measure.SUM, ({}, {}), None),
    ],
)
def test_a_units_figure_is_computed_from_its_projects(
    ledger, unit_target, measure, results, figure_to_date
):
    """A sum, or a ratio of pooled parts; rates alone do not pool."""
    refs = tuple(IndicatorReference(project=code, indicator=NAME) for code in "AB")
    own = indicator("total", unit_target, measure=measure, computed_from=refs)
    goals = (Objective(title="goal", indicators=(own,)),)
    ledger.append(
        ObjectivesSet(
            unit="U", on=day(1), name="unit", fiscal_year=2023, objectives=goals
        )
    )
    for code, report in zip("AB", results, strict=True):
        ledger.append(approval(code, indicators=(indicator(NAME, unit_target),)))
        if report:
            ledger.report_result(code, NAME, on=day(3), **report)
    found = ledger.view(through=day(6)).unit_attainment("U")[0]

    assert found.result == figure_to_date
    assert (found.reason is None) == (all(results) and figure_to_date is not None)

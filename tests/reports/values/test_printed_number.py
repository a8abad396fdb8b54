"""Targets and results as the forms have them, and sums under their lists."""

from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from ledger import Rating
from ledger.domain.target_parser import parse_target
from ledger.reports.values.printed_number import (
    PrintedNumber,
    PrintedShare,
    PrintedTarget,
    printed_result,
)
from support import approval, day, fen, indicator


@pytest.fixture
def line_of(ledger):
    """Return a function from an indicator and a result to its line in December."""

    def line(one, result=None):
        ledger.append(approval(indicators=(one,)))
        if result is not None:
            ledger.report_result("P-1", one.name, result, on=day(6))
        [project] = ledger.monthly_report(2023, 12).projects
        [found] = project.indicators
        return found

    return line


@pytest.mark.parametrize(
    ("target", "sign", "number"),
    [
        ("≥7.24万人", "≥", PrintedNumber(Decimal("7.24"), "万人")),
        ("≤5例/万人", "≤", PrintedNumber(Decimal(5), "例/万人")),
        ("≥98%", "≥", PrintedNumber(Decimal(98), "%")),
        ("90%-98%", None, None),
        ("效果显著", None, None),
        ("2023年12月31日前", None, None),
    ],
)
def test_a_target_has_a_sign_and_a_number_or_is_words(line_of, target, sign, number):
    """In the multiple that it is printed in."""
    line = line_of(indicator("指标", target))
    assert PrintedTarget.of(line) == PrintedTarget(sign, number)


def test_a_target_is_what_was_recorded_and_not_what_its_text_reads_as(line_of):
    """A person may have recorded another reading than ours."""
    read = parse_target("≥12次", fiscal_year=2023).target
    recorded = evolve(read, text="十二次以上")
    line = line_of(evolve(indicator("次数"), target=recorded))
    number = PrintedNumber(Decimal(12), "次")
    assert PrintedTarget.of(line) == PrintedTarget("≥", number)
    assert line.target == "十二次以上"


def test_a_result_is_a_number_a_share_or_words(line_of):
    """A percentage is a share with the bounds of its target."""
    share = printed_result(line_of(indicator("率", "≥98%"), 97))
    bounds = (Fraction(98, 100),)
    assert share == PrintedShare(Fraction(97, 100), bounds)
    assert share.value == Decimal("0.97")


def test_a_result_that_is_no_number_is_none(line_of):
    """A rating has its own words."""
    assert printed_result(line_of(indicator("质量", "效果显著"), Rating.PARTLY)) is None


def test_sums_of_lists_are_those_of_the_totals(ledger):
    """The money of all projects, and the forecasts that there are."""
    ledger.append(approval("A", budget=100_000), approval("B", budget=300_000))
    ledger.disburse("A", fen(50_000), voucher="V", on=day(2))
    monitored = ledger.monitoring(2023, 6)
    month = ledger.monthly_report(2023, 6)
    assert monitored.totals.money.disbursed == month.totals.disbursed == fen(50_000)
    assert monitored.totals.money.execution_rate == month.totals.execution_rate
    assert monitored.totals.forecast == sum(p.forecast for p in month.projects)
    assert ledger.self_evaluation(2023).totals.money.current_budget == fen(400_000)
    assert [one.adjusted_by for one in monitored.projects] == [0, 0]


def test_the_points_that_make_a_total(ledger):
    """What is not applicable counts in neither sum."""
    ledger.append(approval(indicators=(indicator("次数"), indicator("补贴", "≤5元"))))
    [one] = ledger.self_evaluation(2023).projects
    assert one.applicable == len(one.points) == 3
    assert one.possible == sum(p.possible for p in one.points)
    assert one.statuses == dict.fromkeys(one.statuses, 2)
    assert not one.is_capped

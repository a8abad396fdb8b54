"""Statuses of indicators in known situations, at the end of a month."""

from decimal import Decimal

import pytest

from ledger import Ledger, Measure, Policy, Status
from support import PROJECT, approval, day, indicator
from support_assessment import judged

NAME = "x"


@pytest.fixture
def book():
    """Open an empty ledger in memory."""
    with Ledger.open(":memory:", actor="a") as made:
        yield made


def line(book, target, results, through, **given):
    """Report (value, day) against a target; return its line at a day."""
    book.append(approval(indicators=(indicator(NAME, target, **given),)))
    for value, on in results:
        book.report_result(PROJECT, NAME, value, on=on)
    return book.view(through=through).attainment(PROJECT)[0]


OCTOBER = day(10, 31)
YEAR_END = day(12, 31)


@pytest.mark.parametrize(
    ("target", "results", "through", "status"),
    [
        # A rate that is short was on track, and missed at the year's end.
        ("100%", [(81, OCTOBER)], OCTOBER, Status.BEHIND),
        ("100%", [(91, OCTOBER)], OCTOBER, Status.AT_RISK),
        ("≥95%", [(77, OCTOBER)], OCTOBER, Status.BEHIND),
        ("≥95%", [(94, OCTOBER)], OCTOBER, Status.AT_RISK),
        ("≥95%", [(95, OCTOBER)], OCTOBER, Status.ATTAINED),
        # Nothing is expected of three a year before a whole one is.
        ("≥3次", [(0, day(3, 31))], day(3, 31), Status.ON_TRACK),
        ("≥3次", [(0, day(4, 30))], day(4, 30), Status.AT_RISK),
        ("≥3次", [(0, day(8, 31))], day(8, 31), Status.BEHIND),
        ("≥3次", [(1, day(8, 31))], day(8, 31), Status.AT_RISK),
        ("≥3公里", [(0, day(3, 31))], day(3, 31), Status.BEHIND),
        # Both are missed; how far off they are stands beside.
        ("≥60次", [(58, YEAR_END)], YEAR_END, Status.MISSED),
        ("≥2次", [(0, YEAR_END)], YEAR_END, Status.MISSED),
        # What is at most so much is on track until there is no time to pass it.
        ("≤2次", [(2, day(3, 31))], day(3, 31), Status.ON_TRACK),
        ("≤2次", [(3, day(3, 31))], day(3, 31), Status.BEHIND),
        ("≤2次", [(2, YEAR_END)], YEAR_END, Status.ATTAINED),
        ("≤2次", [(3, YEAR_END)], YEAR_END, Status.MISSED),
        # A day is late at once, and early is there.
        ("9月底", [(day(10, 1), OCTOBER)], OCTOBER, Status.MISSED),
        ("9月底", [(day(2, 1), OCTOBER)], OCTOBER, Status.ATTAINED),
        ("2023.07-2023.09", [(day(6, 30), day(6, 30))], day(6, 30), Status.ATTAINED),
    ],
)
def test_an_indicator_in_a_known_situation(book, target, results, through, status):
    """What a reviewer expects of it."""
    assert line(book, target, results, through).status is status


MARCH, JUNE, NOVEMBER = day(3, 31), day(6, 30), day(11, 30)
SURVEY = {"level1": "满意度指标", "level2": "服务对象满意度指标"}


@pytest.mark.parametrize(
    ("target", "given", "results", "through", "status"),
    [
        # A survey at the year's end is asked for then, and not before.
        ("≥95%", SURVEY, [], NOVEMBER, Status.NOT_DUE),
        ("≥95%", SURVEY, [], YEAR_END, Status.OVERDUE),
        ("≥95%", SURVEY, [(96, day(5, 1))], YEAR_END, Status.ATTAINED),
        # What is put out is asked for at each quarter's end, from the day on.
        ("≥60次", {}, [], day(3, 30), Status.NOT_DUE),
        ("≥60次", {}, [], MARCH, Status.OVERDUE),
        ("≥60次", {}, [(15, MARCH)], day(5, 31), Status.ON_TRACK),
        ("≥60次", {}, [(15, MARCH)], day(6, 29), Status.ON_TRACK),
        ("≥60次", {}, [(20, MARCH)], JUNE, Status.OVERDUE),
        ("≥60次", {}, [(15, MARCH)], JUNE, Status.BEHIND),
        ("≥60次", {}, [(15, MARCH), (15, JUNE)], JUNE, Status.ON_TRACK),
        ("≥60次", {}, [(15, day(4, 10))], day(5, 31), Status.ON_TRACK),
        ("≥60次", {}, [(60, MARCH)], YEAR_END, Status.ATTAINED),
        # Nobody is asked for what is not expected yet.
        ("≥3次", {}, [], MARCH, Status.NOT_DUE),
        ("≥3次", {}, [], JUNE, Status.OVERDUE),
        # A level of January does not stand for the year.
        ("≥95%", {}, [(96, day(1, 31))], MARCH, Status.ATTAINED),
        ("≥95%", {}, [(96, day(1, 31))], JUNE, Status.OVERDUE),
        ("≥95%", {}, [(77, day(1, 31))], JUNE, Status.BEHIND),
        # Before anybody asks for it, it may still come up.
        ("≥95%", {}, [(77, day(1, 31))], day(3, 30), Status.AT_RISK),
        ("≥95%", {}, [(77, day(1, 31))], MARCH, Status.BEHIND),
        # A day that passes.
        ("9月底", {}, [], day(9, 29), Status.NOT_DUE),
        ("9月底", {}, [], day(9, 30), Status.OVERDUE),
        ("9月底", {}, [(day(9, 1), day(9, 1))], YEAR_END, Status.ATTAINED),
        # Without a target nothing is asked for.
        ("—", {}, [], YEAR_END, Status.NO_TARGET),
    ],
)
def test_results_are_asked_for_on_their_due_days(
    book, target, given, results, through, status
):
    """Whoever reports nothing is asked from the day on, and nobody sooner."""
    assert line(book, target, results, through, **given).status is status


def test_what_came_is_overdue_where_it_is_no_figure_to_compare(book):
    """A quality that was reported before a number was asked for answers no due day."""
    book.append(approval(indicators=(indicator(NAME, "效果显著"),)))
    book.report_result(PROJECT, NAME, "attained", on=day(2, 1))
    book.revise_target(PROJECT, NAME, "≥95%", on=day(2, 2))
    for on, status in ((day(3, 30), Status.NOT_DUE), (MARCH, Status.OVERDUE)):
        (found,) = book.view(through=on).attainment(PROJECT)
        assert found.status is status


def test_what_is_not_due_is_explained(book):
    """With why there is nothing to judge, and with the last due day."""
    assert line(book, "≥60次", [], day(3, 30)).status is Status.NOT_DUE
    figure = f"indicators.{NAME}.status"
    why = book.explain(PROJECT, figure, through=day(3, 30)).to_dict("en")
    assert "nothing is asked for that is missing" in why["formula"]
    assert "no result is due yet" in why["notes"]


def test_a_project_shows_its_money_while_its_survey_is_not_due(book):
    """What is not due hides no shortfall."""
    survey = indicator(NAME, "≥95%", **SURVEY)
    book.append(approval(indicators=(survey,)))
    book.policy = Policy(money_against="time")
    (project,) = book.monthly_report(2023, 9).projects
    assert (project.status, project.money_status) == (Status.BEHIND, Status.BEHIND)
    (project,) = book.monthly_report(2023, 12).projects
    assert project.status is Status.OVERDUE  # Worse than behind, once the year is over.


def test_a_project_without_indicators_is_behind_at_the_end_of_its_year(book):
    """Its money alone says so."""
    book.append(approval(indicators=()))
    book.policy = Policy(money_against="time")
    (project,) = book.monthly_report(2023, 12).projects
    assert project.status is Status.BEHIND


def test_two_missed_targets_show_how_far_off_they_are(book):
    """58 of 60 is 96.7 %, and nothing of two is nothing."""
    assert line(book, "≥60次", [(58, YEAR_END)], YEAR_END).attainment == Decimal(
        "0.966667"
    )


@pytest.mark.parametrize(
    ("target", "eased", "expected"),
    [
        ("≥3次", "0.25", "0"),
        ("≥3次", "0.5", "1"),
        ("≥3次", "0.75", "2"),
        ("≥3次", "1", "3"),
        ("≥7.24万人次", "0.51", "36924"),
        ("≥3次/年", "0.5", "1"),
        ("3-5次", "0.5", "1"),
        ("≥2.5次", "0.5", "1.25"),
        ("≥3公里", "0.5", "1.5"),
        ("≥3亩", "0.5", "1.5"),
        ("≥3吨", "0.5", "1.5"),
    ],
)
def test_things_counted_whole_are_expected_whole(target, eased, expected):
    """Rounded down, last of all; lengths, areas and weights are not."""
    assert judged(target, "0", eased).expected == Decimal(expected)


@pytest.mark.parametrize("target", ["≥3元", "≥3%", "≥3天", "≥3"])
def test_money_rates_durations_and_bare_numbers_are_not_things(target):
    """Half of three is expected of them."""
    found = judged(target, "0", "0.5", measure=Measure.SUM)
    assert found.expected == Decimal("1.5")


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        ("0", Status.BEHIND),
        ("0.5", Status.BEHIND),
        ("1", Status.AT_RISK),
        ("1.5", Status.AT_RISK),
        ("2", Status.ON_TRACK),
    ],
)
def test_one_whole_thing_short_is_at_risk_at_most(actual, status):
    """Of four a year, two are expected by June: one is half of them."""
    assert judged("≥4次", actual, "0.5").status is status


def test_one_whole_thing_short_at_the_end_is_missed():
    """The year is over."""
    assert judged("≥4次", "3", "1").status is Status.MISSED

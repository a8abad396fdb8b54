"""Milestones and levels that build up: what they expect, and what is refused of them."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve
from click.testing import CliRunner

from ledger import InvalidInput, Ledger, Measure, Settings, Status
from ledger.cli import main
from ledger.domain.course import milestones_given
from ledger.events import Course, Milestone
from support import Clock, approval, day, indicator

AT = datetime(2023, 12, 31, 9, tzinfo=UTC)
QUARTERS = ((3, 31, 10), (6, 30, 20), (9, 30, 30), (12, 31, 100))


def course(*steps, **given):
    """Return a course of milestones, each a month, a day and a value."""
    own = tuple(Milestone(day(month, number), value) for month, number, value in steps)
    return Course(milestones=own, **given)


def opened(*indicators, path=":memory:", **settings):
    """Open a ledger with a project of some indicators."""
    ledger = Ledger.open(
        path, actor="t", settings=Settings(language="en", **settings), clock=Clock(AT)
    )
    ledger.append(approval("P", on=day(1, 10), indicators=indicators))
    return ledger


def line(ledger, through, name="visits"):
    """Return one indicator of the project at a day."""
    own = ledger.view(through=through).attainment("P")
    return next(each for each in own if each.name == name)


def expected(ledger, *days, name="visits"):
    """Return what is expected on some days."""
    return [line(ledger, each, name).exact_expected for each in days]


def visits(**given):
    """Return a count of a hundred visits, with milestones."""
    return indicator("visits", "≥100次", course=course(*QUARTERS, **given))


def test_the_published_example():
    """10, 20, 30, 100: 10 by 31 March are on track, 10 by 30 June are behind 20."""
    with opened(visits()) as ledger:
        ledger.report_result("P", "visits", 10, on=day(3, 31))
        march, june = (line(ledger, on) for on in (day(3, 31), day(6, 30)))

    assert (march.expected, march.status) == (10, Status.ON_TRACK)
    assert (june.expected, june.status) == (20, Status.BEHIND)
    assert march.attainment == Decimal("0.1")


def test_before_the_first_nothing_is_expected_and_between_them_days_count():
    """A report of February asks for nothing; from March to June it is a straight way."""
    days = day(2, 28), day(3, 31), day(5, 1), day(12, 31)
    roads = indicator("roads", "≥100公里", course=course(*QUARTERS))
    evenly = 10 + Fraction(10 * 31, 91)

    with opened(visits(), roads) as ledger:
        for name in ("roads", "visits"):
            ledger.report_result("P", name, 1, on=day(5, 1))
        assert expected(ledger, *days, name="roads") == [0, 10, evenly, 100]
        assert expected(ledger, *days) == [0, 10, 13, 100]  # No part of a visit.


def test_the_convention_of_the_ledger_holds_unless_the_indicator_says():
    """In steps nothing more is expected until the next milestone."""
    may, plans = day(5, 1), {"convention": "step"}
    for given, said, due in (
        (visits(), plans, 10),
        (visits(between="linear"), plans, 13),
        (visits(between="到节点当日才计入"), {}, 10),
    ):
        with opened(given, **said) as ledger:
            ledger.report_result("P", "visits", 1, on=may)
            assert expected(ledger, may) == [due]


def test_a_rate_is_held_against_its_milestone():
    """30 of 100 by June are what was promised for June, though the year asks for 60."""
    steps = course((6, 30, 30), (12, 31, 60))
    rate = indicator("visits", "≥60%", measure=Measure.LATEST, course=steps)
    with opened(rate) as ledger:
        ledger.report_result("P", "visits", on=day(6), numerator=30, denominator=100)
        june, october = (line(ledger, on) for on in (day(6, 30), day(10, 31)))
        ledger.report_result(
            "P", "visits", on=day(10, 31), numerator=30, denominator=100
        )
        said_again = line(ledger, day(10, 31))

    assert (june.expected, june.status) == (30, Status.ON_TRACK)
    assert (october.expected, october.status) == (30, Status.ON_TRACK)
    assert said_again.expected == Decimal("50.054348")
    assert said_again.status is Status.BEHIND


@pytest.mark.parametrize(
    ("given", "value", "status"),
    [
        ({"baseline": Decimal(40)}, 30, Status.ON_TRACK),
        ({"baseline": Decimal(40)}, 31, Status.AT_RISK),
        ({"baseline": Decimal(40)}, 35, Status.BEHIND),
        ({}, 30, Status.ON_TRACK),
        ({}, 32, Status.AT_RISK),
        ({}, 60, Status.BEHIND),
    ],
)
def test_a_falling_level_is_on_track_at_or_below_its_milestone(given, value, status):
    """From 40 it falls to 30 by June and to 20 in the year."""
    falls = course((6, 30, 30), (12, 31, 20))
    waiting = indicator("visits", "≤20分", course=falls, **given)
    with opened(waiting) as ledger:
        ledger.report_result("P", "visits", value, on=day(6))
        june, march = (line(ledger, on) for on in (day(6, 30), day(3, 31)))

    assert (june.expected, june.status) == (30, status)
    assert march.exact_expected == given.get("baseline")


def test_a_level_builds_up_as_a_count_does():
    """Half a year, half the target; from a baseline, half of the way."""
    level = indicator("visits", "≥90%", course=Course(builds_up=True))
    begun = evolve(level, name="begun", baseline=Decimal(50))
    falling = evolve(begun, name="falling", target=indicator("x", "≤30分").target)
    with opened(level, begun, falling) as ledger:
        for name in ("visits", "begun", "falling"):
            ledger.report_result("P", name, 45, on=day(6))
        own = [line(ledger, day(6, 30), n) for n in ("visits", "begun", "falling")]

    assert [each.exact_expected for each in own] == [45, 70, 40]
    assert [each.status for each in own] == [
        Status.ON_TRACK,
        Status.BEHIND,
        Status.BEHIND,
    ]


def test_earlier_months_keep_their_milestones():
    """A target revised in July brings its own; those of before judge the months before."""
    with opened(visits()) as ledger:
        with pytest.raises(
            InvalidInput, match=r"lead to the new target.*2023-12-31=100"
        ):
            ledger.revise_target("P", "visits", "≥50次", on=day(7))
        ledger.revise_target(
            "P", "visits", "≥50次", on=day(7), milestones="2023-09-30=40; 2023-12-31=50"
        )
        ledger.revise_target("P", "visits", "效果良好", on=day(11))

        assert expected(ledger, day(6, 30), day(9, 30)) == [20, 40]
        assert expected(ledger, day(11, 30)) == [None]
        ledger.rebuild()
        assert ledger.verify().ok
        assert not ledger.stale_snapshots()


REFUSED = [
    ({"course": course((6, 30, 20), (3, 31, 100))}, "a day after 2023-06-30"),
    ({"course": course((3, 31, 20), (6, 30, 10), (12, 31, 100))}, "never fall"),
    ({"course": course((6, 30, 20), (12, 31, 90))}, "at the target of 'x', 100"),
    (
        {"course": course((6, 30, 20), (12, 31, 100)), "target": "效果良好"},
        "one number",
    ),
    (
        {"course": course((6, 30, 20), (12, 31, 100)), "target": "100-120次"},
        "one number",
    ),
    ({"course": course((12, 31, 100)), "measure": Measure.WORST_MONTH}, "one number"),
    ({"course": Course(builds_up=True)}, "a sum grows"),
    ({"course": Course(between="step")}, "milestones, or"),
    ({"course": Course(builds_up=True), "target": "≤5%"}, "a baseline"),
    (
        {"course": course((6, 30, 4), (12, 31, 5)), "target": "≤5%"},
        "never rise",
    ),
    (
        {
            "course": course((6, 30, 4), (12, 31, 5)),
            "target": "≥5分",
            "baseline": Decimal("4.5"),
        },
        "from where it began",
    ),
]


@pytest.mark.parametrize(("given", "words"), REFUSED)
def test_a_course_that_leads_elsewhere_is_refused(given, words):
    """With what was found, and what would be right."""
    row = indicator("x", **{"target": "≥100次", **given})

    with pytest.raises(InvalidInput, match=words):
        opened(row)


def test_milestones_lie_within_the_year():
    """At an approval, and at a revised target."""
    late = course((6, 30, 20))
    after = Milestone(day(12, 31).replace(year=2024), Decimal(100))
    late = evolve(late, milestones=(*late.milestones, after))
    with pytest.raises(InvalidInput, match="a day from 2023-01-01 to 2023-12-31"):
        opened(indicator("visits", "≥100次", course=late))
    with opened(visits()) as ledger, pytest.raises(InvalidInput, match="2023-12-31"):
        ledger.revise_target(
            "P", "visits", "≥50次", on=day(7), milestones={"2024-01-01": 50}
        )


@pytest.mark.parametrize("given", ["2023-06-30", [1], 5, "nonsense=3", [("2023", 1)]])
def test_what_is_no_milestone_is_refused(given):
    """Whatever it is given as."""
    with pytest.raises(InvalidInput):
        milestones_given(given)


def test_a_form_has_milestones_and_its_revision_new_ones():
    """The form before and the form given are compared, milestones and all."""
    row = {
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "visits",
        "target": "≥100次",
        "milestones": [["2023-06-30", "20"], ["2023-12-31", "100"]],
    }
    with opened() as ledger:
        ledger.import_forms(forms_of(row))
        assert expected_of_form(ledger) == 20
        row["milestones"] = "2023-06-30=40;2023-12-31=100"
        ledger.import_forms(forms_of(row), on=day(5), revise="corrected")
        assert expected_of_form(ledger) == 40
        row |= {"target": "≥60次", "milestones": "2023-06-30=30;2023-12-31=60"}
        ledger.import_forms(forms_of(row), on=day(6), revise="corrected")
        assert expected_of_form(ledger) == 30
        before = ledger.position
        ledger.import_forms(forms_of(row), on=day(6), revise="again")
        assert ledger.position == before


def forms_of(row):
    """Return a form with one indicator."""
    code = "13052923P00584010933T"
    return {
        "document": {"fiscal_year": 2023, "money_unit": "元"},
        "projects": [
            {
                "project_code": code,
                "project_name": "甲",
                "unit_code": "323001",
                "budget": "100.00",
                "fiscal_funds": "100.00",
                "indicators": [row],
            }
        ],
    }


def expected_of_form(ledger):
    """Return what the imported form expects by the end of June."""
    (own,) = ledger.view(through=day(6, 30)).attainment("13052923P00584010933T")
    return own.expected


def test_a_person_confirms_what_builds_up():
    """A form says so, or a revision of it; until then a note proposes it."""
    row = {
        "level1": "产出指标",
        "level2": "质量指标",
        "level3": "参保率",
        "target": "≥95%",
    }
    with opened() as ledger:
        notes = {note.code for note in ledger.review_forms(forms_of(row)).findings}
        quiet = ledger.review_forms(forms_of(row | {"builds_up": "否"})).findings
        ledger.import_forms(forms_of(row | {"builds_up": "是"}))
        assert expected_of_form(ledger) == Decimal("47.5")
        code = "13052923P00584010933T"
        ledger.revise_form(code, on=day(5), indicator="参保率", builds_up=False)
        assert expected_of_form(ledger) == 95
        ledger.revise_form(code, on=day(6), indicator="参保率", builds_up=True)
        assert expected_of_form(ledger) == Decimal("47.5")
        with pytest.raises(InvalidInput, match="a sum grows"):
            ledger.revise_form(code, on=day(6), indicator="参保率", measure=Measure.SUM)

    assert "indicator.may_build_up" in notes
    assert "indicator.may_build_up" not in {note.code for note in quiet}


def test_the_command_line_and_bulk_files_say_it(tmp_path):
    """As a text, ``2023-09-30=40; 2023-12-31=50``."""
    path = tmp_path / "x.ledger"
    with opened(visits(), path=path) as ledger:
        assert ledger.position

    def run(*args):
        done = CliRunner().invoke(main, [*map(str, args)])
        assert done.exit_code == 0, done.output
        return done.output

    steps = "2023-09-30=40; 2023-12-31=50"
    who = ("--actor", "t")
    run(
        *("revise-target", path, "P", "visits", "≥50次", "--on", "2023-07-01"),
        *("--milestones", steps, "--between", "step", *who),
    )
    added = ("revise-form", path, "P", "--on", "2023-07-01", "--added", "rate")
    run(
        *(*added, "--level1", "产出指标", "--level2", "质量指标", "--target", "≥50%"),
        *("--milestones", steps, *who),
    )
    run(
        *("revise-form", path, "P", "--on", "2023-07-02", "--indicator", "rate"),
        *("--builds-up", "yes", *who),
    )
    lines = tmp_path / "lines.jsonl"
    said = {"milestones": [["2023-10-31", 45], ["2023-12-31", 50]]}
    said |= {"type": "TargetRevised", "project": "P", "on": "2023-08-01"}
    text = json.dumps(said | {"indicator": "visits", "target": "≥50次"})
    lines.write_text(text, "utf-8")
    run("record", path, lines, *who)

    shown = run(
        "explain", path, "P", "indicators.visits.expected", "--through", "2023-11-30"
    )
    with Ledger.open(path, actor="t") as ledger:
        assert expected(ledger, day(7, 31), day(10, 31)) == [0, 45]
        assert expected(ledger, day(9, 30), name="rate") == [40]
        assert ledger.verify().ok
    assert "2023-10-31" in shown


@pytest.mark.parametrize(
    ("through", "words"),
    [
        (day(2, 28), "nothing before the first milestone, 2023-03-31"),
        (day(5), r"2023-03-31, 10, and evenly from there to that of 2023-06-30, 20"),
    ],
)
def test_an_explanation_names_the_milestones(through, words):
    """What is expected, and how the status follows from it."""
    with opened(visits()) as ledger:
        ledger.report_result("P", "visits", 4, on=day(4))
        path = "indicators.visits.expected"
        said = ledger.explain("P", path, through=through)
        status = ledger.explain("P", "indicators.visits.status", through=day(5))

    assert words in str(said.formula)
    assert "of what is expected by now is there" in str(status.formula)

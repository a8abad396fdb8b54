"""The indicators of a revised form: weights, measures, names; what goes and comes."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve
from click.testing import CliRunner

from ledger import InvalidInput, Ledger, Measure, Settings
from ledger.cli import main
from ledger.errors import LedgerError, UnknownIndicator, WrongResult
from ledger.events import FormRevised
from support import Clock, approval, day, indicator

AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
JULY = day(7)
JUNE = day(6, 30)


def opened(path=":memory:"):
    """Open a ledger with a project of two weighted indicators."""
    ledger = Ledger.open(
        path, actor="t", settings=Settings(language="en"), clock=Clock(AT)
    )
    rows = (
        indicator("visits", "≥10次", weight=Decimal(50)),
        indicator("level", "≥40分", level2="质量指标", weight=Decimal(40)),
    )
    ledger.append(approval("P", on=day(1, 10), indicators=rows))
    ledger.report_result("P", "visits", 3, on=day(2))
    ledger.report_result("P", "visits", 5, on=day(3))
    ledger.report_result("P", "level", 20, on=day(3))
    return ledger


@pytest.fixture
def ledger():
    """Open it in memory."""
    with opened() as made:
        yield made


def lines(ledger, through, known_at=None):
    """Return the indicators of the project at a day, by label."""
    view = ledger.view(through=through, known_at=known_at)
    return {line.indicator: line for line in view.attainment("P")}


def sound(ledger):
    """Check that the record verifies and that snapshots are what a replay gives."""
    ledger.rebuild()
    return ledger.verify().ok and ledger.stale_snapshots() == []


def test_results_follow_a_renamed_indicator(ledger):
    """Before its day it has the old name; afterwards both names are understood."""
    before = ledger.position
    ledger.revise_form("P", on=JULY, indicator="visits", renamed="home visits")
    assert set(lines(ledger, JUNE)) == {"visits", "level"}
    july = lines(ledger, JULY)
    assert set(july) == {"home visits", "level"}
    assert (july["home visits"].result, july["home visits"].results) == (8, 2)
    assert set(lines(ledger, JULY, before)) == {"visits", "level"}
    late = ledger.report_result("P", "visits", 1, on=day(6))
    new = ledger.report_result("P", "visits", 1, on=day(8))
    assert late.event.indicator == "visits"
    assert new.event.indicator == "home visits"
    ledger.revise_target("P", "home visits", "≥20次", on=day(8))
    ledger.report_score("P", 5, indicator="home visits", on=day(8), reason="seen")
    ledger.retract_result("P", "home visits", late.id, reason="twice", on=day(8))
    august = lines(ledger, day(8, 31))["home visits"]
    assert (august.result, august.target, august.reported_score) == (9, "≥20次", 5)
    assert sound(ledger)


def test_weights_and_baselines_hold_from_their_day(ledger):
    """A correction holds from the approval on."""
    ledger.revise_form("P", on=JULY, indicator="visits", weight=30)
    ledger.revise_form("P", on=day(8), indicator="level", baseline=10, correction=True)
    assert (
        lines(ledger, JUNE)["visits"].weight,
        lines(ledger, JULY)["visits"].weight,
    ) == (
        50,
        30,
    )
    level = lines(ledger, JUNE)["level"]
    assert level.attainment == Decimal("0.333333")
    assert sound(ledger)


def test_another_measure_judges_all_results_anew(ledger):
    """Also those of before, at days from then on."""
    ledger.revise_form("P", on=JULY, indicator="visits", measure="max")
    assert lines(ledger, JUNE)["visits"].result == 8
    assert lines(ledger, JULY)["visits"].result == 5
    with pytest.raises(InvalidInput, match="measure"):
        ledger.revise_form("P", on=JULY, indicator="visits", measure="ratio")
    assert sound(ledger)


def test_a_number_that_a_later_measure_cannot_take_is_refused(ledger):
    """As the measure would be after it, until it is another; a ratio takes it."""
    ledger.append(approval("Q", indicators=(indicator("calls", "≥40分"),)))
    for since, measure in ((day(5), "mean"), (JULY, "latest")):
        ledger.revise_form("Q", on=since, indicator="calls", measure=measure)
    pair = {"numerator": 1, "denominator": 2}
    for on in (day(4), day(5)):
        with pytest.raises(WrongResult, match="its measure is mean"):
            ledger.report_result("Q", "calls", on=on, **pair)
    ledger.report_result("Q", "calls", on=JULY, **pair)
    ledger.revise_form("Q", on=day(8), indicator="calls", measure="ratio")
    assert sound(ledger)


@pytest.mark.parametrize(
    ("measured", "retargeted", "target", "shown"),
    [(day(5), JULY, "≥10分", "latest"), (JULY, day(5), "≥10次", "max")],
)
def test_the_later_of_a_measure_and_a_target_in_another_unit_holds(
    ledger, measured, retargeted, target, shown
):
    """A target in another unit brings its measure; the form may give one since."""
    rows = (indicator("calls", "效果显著"),)
    ledger.append(approval("Q", on=day(1, 10), indicators=rows))
    ledger.revise_form("Q", on=measured, indicator="calls", measure="max")
    ledger.revise_target("Q", "calls", target, on=retargeted)
    (line,) = ledger.view(through=day(9)).attainment("Q")
    assert line.measure == shown
    assert sound(ledger)


def test_diff_names_the_form_wherever_it_changes_a_figure(ledger):
    """A row that goes changes the status, and a move with it is named as well."""
    ledger.revise_form("P", on=day(5), indicator="level", renamed="rank")
    ledger.report_result("P", "rank", 45, on=day(6))
    first = ledger.position
    revised = ledger.append(
        FormRevised(
            project="P", on=day(4), indicator="level", measure="sum", to_unit="U-2"
        )
    )[0].position
    gone = ledger.revise_form("P", on=JULY, indicator="visits", removed=True).position
    found = {
        each.path: each.positions
        for each in ledger.differences(first, through=date(2023, 12, 31))
    }
    assert found["projects.P.unit"] == (revised,)
    assert revised in found["projects.P.indicators.rank.measure"]
    assert found["projects.P.status"] == (revised, gone)


def test_a_correction_names_an_indicator_as_it_was_approved(ledger):
    """What is revised from a day on is named as that day does."""
    ledger.revise_form("P", on=day(3), indicator="level", renamed="rank")
    corrected = ledger.revise_form(
        "P", on=JULY, indicator="rank", weight=39, correction=True
    )
    assert corrected.event.indicator == "level"
    assert ledger.revise_form("P", on=JULY, indicator="level", weight=38).event == (
        FormRevised(project="P", on=JULY, indicator="rank", weight=Decimal(38))
    )
    assert lines(ledger, JUNE)["rank"].weight == 39
    assert lines(ledger, JULY)["rank"].weight == 38


def test_indicators_are_added_and_removed(ledger):
    """Each from its day on; results of what was removed stay in the record."""
    ledger.revise_form("P", on=JULY, indicator="level", removed=True)
    ledger.revise_form("P", on=day(8), added=indicator("new", "≥2个"))
    assert set(lines(ledger, JUNE)) == {"visits", "level"}
    assert set(lines(ledger, JULY)) == {"visits"}
    assert set(lines(ledger, day(8))) == {"visits", "new"}
    ledger.report_result("P", "new", 2, on=day(8))
    ledger.report_result("P", "new", 1, on=day(5))
    assert lines(ledger, day(8))["new"].result == 3
    with pytest.raises(UnknownIndicator):
        ledger.report_result("P", "level", 1, on=day(8))
    ledger.report_result("P", "level", 30, on=day(5))
    assert lines(ledger, JUNE)["level"].result == 30
    assert sound(ledger)


def test_an_indicator_comes_back_with_its_target_and_measure(ledger):
    """Those that its results were judged by: another one is a revision of it."""
    (row,) = (
        each
        for each in next(iter(ledger.events())).event.indicators
        if each.name == "visits"
    )
    ledger.revise_form("P", on=JULY, indicator="visits", removed=True)
    with pytest.raises(InvalidInput, match="≥10次"):
        ledger.revise_form(
            "P", on=day(8), added=evolve(row, target=indicator("x", "≥11次").target)
        )
    with pytest.raises(InvalidInput, match="measure"):
        ledger.revise_form("P", on=day(8), added=evolve(row, measure=Measure.RATIO))
    ledger.revise_form("P", on=day(8), added=row)
    assert lines(ledger, day(8))["visits"].result == 8
    assert sound(ledger)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weight": 5}, "the indicator that the other fields are of"),
        ({"indicator": "visits"}, "a field of the form"),
        ({"indicator": "visits", "weight": 101}, "weight"),
        ({"indicator": "visits", "measure": "summ"}, "measure"),
        ({"indicator": "visits", "baseline": 3}, "baseline"),
        ({"indicator": "visits", "renamed": " "}, "name"),
        ({"added": indicator("visits", "≥1分")}, "unique|once"),
    ],
)
def test_what_makes_no_sense_is_refused(ledger, fields, said):
    """Nothing is half recorded."""
    root = ledger.root
    with pytest.raises(InvalidInput, match=said):
        ledger.revise_form("P", on=JULY, **fields)
    assert ledger.root == root


def test_a_name_is_of_one_indicator_all_year(ledger):
    """An older name cannot come to mean another one; the same one may have it again."""
    ledger.revise_form("P", on=JULY, indicator="visits", renamed="calls")
    with pytest.raises(InvalidInput, match="a name that no other"):
        ledger.revise_form("P", on=JULY, added=indicator("visits", "≥1分"))
    ledger.revise_form("P", on=day(8), indicator="visits", renamed="level")
    assert set(lines(ledger, day(8))) == {"数量指标/level", "质量指标/level"}
    ledger.revise_form("P", on=day(9), indicator="calls", renamed="visits")
    assert set(lines(ledger, day(9))) == {"visits", "level"}
    assert sound(ledger)


def test_what_is_unknown_is_named(ledger):
    """With what there is."""
    with pytest.raises(UnknownIndicator, match="visits"):
        ledger.revise_form("P", on=JULY, indicator="vists", weight=1)


def test_reports_and_reasons_follow(ledger):
    """Evaluation, explanations and diff take the form of their day."""
    first = ledger.position
    renamed = ledger.revise_form("P", on=JULY, indicator="visits", renamed="calls")
    ledger.revise_form("P", on=JULY, indicator="calls", weight=30)
    view = ledger.view(through=JULY)
    told = view.explain("P", "indicators.calls.result")
    assert [each.position for each in told.rests_on()] == [2, 3]
    assert view.explain("P", "indicators.calls.weight").value == 30
    document = json.loads(ledger.self_evaluation(2023).render("json"))
    assert "calls" in json.dumps(document)
    found = {
        each.path: each.positions for each in ledger.differences(first, through=JULY)
    }
    assert renamed.position in found["projects.P.indicators.calls.weight"]
    assert list(ledger.differences(first, through=JUNE)) == []


def test_a_bulk_file_and_the_command_line_revise_an_indicator(tmp_path):
    """Each by the same names."""
    path = str(tmp_path / "l.ledger")
    opened(path).close()
    table = tmp_path / "facts.csv"
    table.write_text(
        "type,project,on,indicator,weight,measure\n"
        "FormRevised,P,2023-07-01,visits,30,max\n",
        encoding="utf-8",
    )

    def run(*args):
        return CliRunner().invoke(main, [args[0], path, *args[1:]])

    assert run("record", str(table)).exit_code == 0
    how = "revise-form", "P", "--on", "2023-07-01", "--indicator", "visits"
    done = run(*how, "--renamed", "calls", "--direction", "higher")
    assert done.exit_code == 0, done.output
    bad = run(*how, "--weight", "much")
    assert (bad.exit_code, "weight" in bad.output) == (2, True)
    with Ledger.open(path) as ledger:
        calls = lines(ledger, JULY)["calls"]
        assert (calls.weight, calls.result) == (30, 5)
        table.write_text(table.read_text().replace("visits", "vists"))
        with pytest.raises(LedgerError, match="vists"):
            ledger.record(table)


def test_a_field_is_cleared_through_every_door(tmp_path):
    """By the library, the command line and bulk files of both kinds."""
    path = str(tmp_path / "l.ledger")
    with opened(path) as ledger:
        ledger.revise_form("P", on=day(6), indicator="level", baseline=10)
        ledger.revise_form("P", on=day(6), indicator="visits", cleared=["weight"])
        assert lines(ledger, JULY)["visits"].weight is None
        with pytest.raises(InvalidInput, match="cleared"):
            ledger.revise_form(
                "P", on=JULY, indicator="level", weight=1, cleared=["weight"]
            )
        with pytest.raises(InvalidInput, match="weight, baseline"):
            ledger.revise_form("P", on=JULY, indicator="level", cleared=["name"])
        with pytest.raises(InvalidInput, match="the indicator that"):
            ledger.revise_form("P", on=JULY, cleared=["weight"])
    how = "revise-form", path, "P", "--on", "2023-07-01", "--indicator", "level"
    done = CliRunner().invoke(main, [*how, "--cleared", "weight"])
    assert done.exit_code == 0, done.output
    listed = CliRunner().invoke(main, ["events", path, "P"]).output
    assert "cleared weight" in listed
    table = tmp_path / "facts.csv"
    table.write_text(
        "type,project,on,indicator,cleared\n"
        'FormRevised,P,2023-08-01,level,"基期值、weight"\n',
        encoding="utf-8",
    )
    listed = tmp_path / "facts.jsonl"
    line = {"type": "FormRevised", "project": "P", "on": "2023-08-01"}
    line |= {"indicator": "visits", "cleared": ["basis"]}
    listed.write_text(json.dumps(line), encoding="utf-8")
    with Ledger.open(path) as ledger:
        shared = lines(ledger, JULY)["level"].weight  # By the rule: none gives any.
        assert shared == Decimal(45)
        assert lines(ledger, JULY)["level"].attainment == Decimal("0.333333")
        ledger.record(table)
        ledger.record(listed)
        assert lines(ledger, day(8))["level"].attainment == Decimal("0.5")
        last = [each.event.cleared for each in ledger.events(types=["FormRevised"])]
        assert last[-2:] == [("baseline", "weight"), ("basis",)]
        listed.write_text(json.dumps(line | {"cleared": 1}), encoding="utf-8")
        with pytest.raises(LedgerError, match="a list of texts"):
            ledger.record(listed)
        assert sound(ledger)


def test_explanations_list_the_forms_that_said_it(ledger):
    """Of a weight, and of the baseline that an attainment is measured from."""
    weighed = ledger.revise_form("P", on=JULY, indicator="visits", weight=30)
    later = ledger.revise_form("P", on=day(8), indicator="visits", cleared=["weight"])
    based = ledger.revise_form(
        "P", on=day(8), indicator="level", baseline=10, correction=True
    )
    new = ledger.revise_form(
        "P", on=day(8), added=indicator("new", "≥2个", weight=Decimal(3))
    )
    rests = {
        (on, figure): [each.position for each in told.rests_on()]
        for on in (JULY, day(8))
        for figure in ("visits.weight", "level.attainment", "new.weight")
        if on != JULY or figure != "new.weight"
        for told in [ledger.view(through=on).explain("P", f"indicators.{figure}")]
    }
    assert rests[JULY, "visits.weight"] == [weighed.position]
    assert rests[day(8), "visits.weight"] == [later.position]
    assert based.position in rests[JULY, "level.attainment"]
    assert rests[day(8), "new.weight"] == [new.position]
    told = ledger.view(through=JULY).explain("P", "indicators.visits.weight")
    assert "the form of position 5 is in force" in told.render("text")
    assert "调整后的绩效目标表" in told.render("text", language="zh")


def test_a_measure_that_changed_is_said_in_every_report(ledger):
    """From its day on, while results are judged by it; not after it went back."""
    ledger.revise_form("P", on=JULY, indicator="visits", measure="max")
    ledger.revise_form("P", on=JULY, indicator="level", weight=30)
    ledger.revise_form("P", on=day(9), indicator="visits", measure="sum")

    def said(through):
        found = [
            each for line in lines(ledger, through).values() for each in line.findings
        ]
        return [each.message for each in found if each.code == "result.judged_again"]

    words = "the measure is max from 2023-07-01 on; before, sum"
    assert said(JUNE) == said(day(9)) == []
    assert said(day(8)) == [f"{words}: all results are judged again"]
    report = ledger.view(through=day(8)).monthly_report()
    assert words in report.render("text", width=200)
    assert "计量方式为“最大”，此前为“累计”" in report.render("html", language="zh")
    assert words in report.render("json")
    assert words in str(report.to_dict())

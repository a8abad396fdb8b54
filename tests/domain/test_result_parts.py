"""Parts of a result: what of it falls to each value of a dimension."""

from datetime import date
from decimal import Decimal

import pytest

from ledger import InvalidInput, Ledger, Rating
from ledger.domain.result_parts import parts_given, spelled
from support import PROJECT, approval, indicator

MARCH, JUNE = date(2023, 3, 31), date(2023, 6, 30)
BY_SEX = {"女": 30, "男": 20}


@pytest.fixture
def ledger(tmp_path):
    """Open a ledger with a sum, a level of people, a rate and a quality."""
    rows = (
        indicator("培训人次", "≥100人次"),
        indicator("在校人数", "≥80人"),
        indicator("合格率", "≥90%"),
        indicator("环境", "明显改善"),
    )
    with Ledger.open(tmp_path / "a.ledger", actor="t") as opened:
        opened.append(approval(budget=100_000, indicators=rows))
        yield opened


def line(ledger, name, through=JUNE):
    """Return an indicator at a day."""
    lines = ledger.view(through=through).attainment(PROJECT)
    return next(each for each in lines if each.indicator == name)


def codes(one):
    return [finding.code for finding in one.findings]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (BY_SEX, "女=30; 男=20"),
        (
            {"性别": BY_SEX, "城乡": {"城": "1.50"}},
            "性别:女=30; 性别:男=20; 城乡:城=1.50",
        ),
        ("女=30；性别：女＝30", "女=30; 性别:女=30"),
        ("a=1;", "a=1"),
    ],
)
def test_parts_are_given_by_value_or_by_dimension_and_value(given, written):
    """As a mapping, or as a text that is written as they are shown."""
    assert spelled(parts_given(given)) == written
    assert parts_given(written) == parts_given(given)


@pytest.mark.parametrize("given", ["女", "女=30=2", "a:b:c=1", "女=三十", 30, {1: 2}])
def test_what_is_no_part_is_refused(given):
    """With what is right, and never with an error of Python's own."""
    with pytest.raises(InvalidInput):
        parts_given(given)


@pytest.mark.parametrize(
    ("parts", "right"),
    [
        ({"": 50}, "a name, without"),
        ({" ": 50}, "a name, without"),
        ({"性别": {"a=b": 50}}, "a name, without"),
        ({"女": 30, "女 ": 20}, "once"),
        ({"Ｆ": 30, "f": 20}, "once"),
        ({"女": -1, "男": 51}, "0 or more"),
        ({"女": Decimal(10) ** 18}, "10"),
    ],
)
def test_parts_that_cannot_be_shown_are_refused(ledger, parts, right):
    """Names are plain and used once; parts of a sum are no less than nothing."""
    with pytest.raises(InvalidInput) as refused:
        ledger.report_result(PROJECT, "培训人次", 50, on=MARCH, parts=parts)
    assert right in refused.value.text("en")


def test_what_is_no_number_has_no_parts(ledger):
    """A rating is no whole of anything."""
    with pytest.raises(InvalidInput, match="parts"):
        ledger.report_result(PROJECT, "环境", Rating.PARTLY, on=MARCH, parts=BY_SEX)


def test_parts_of_a_sum_are_added_up_by_value(ledger):
    """Dimensions stay apart; a result without parts adds nothing to them."""
    first = {"性别": BY_SEX, "城乡": {"城": 50}}
    ledger.report_result(PROJECT, "培训人次", 50, on=MARCH, parts=first)
    ledger.report_result(PROJECT, "培训人次", 5, on=MARCH)
    ledger.report_result(PROJECT, "培训人次", 3, on=JUNE, parts={"性别": {"女": 3}})
    one = line(ledger, "培训人次")
    assert spelled(one.parts) == "性别:女=33; 性别:男=20; 城乡:城=50"
    assert (one.result, codes(one)) == (58, [])
    assert spelled(line(ledger, "培训人次", MARCH).parts) == spelled(parts_given(first))


def test_a_retracted_result_has_no_parts(ledger):
    """They go with it."""
    ledger.report_result(PROJECT, "培训人次", 50, on=MARCH, parts=BY_SEX, key="r")
    ledger.retract_result(PROJECT, "培训人次", "r", on=JUNE, reason="错")
    assert line(ledger, "培训人次").parts == ()


@pytest.mark.parametrize("name", ["培训人次", "在校人数"])
def test_parts_make_the_whole_of_a_sum_or_a_count(ledger, name):
    """Where they do not, each dimension is said; the result counts all the same."""
    parts = {"性别": {"女": 30, "男": 30}, "城乡": {"城": 50}, "女": 49}
    ledger.report_result(PROJECT, name, 50, on=JUNE, parts=parts)
    one = line(ledger, name)
    assert (one.result, codes(one)) == (50, ["result.parts_unequal"] * 2)
    first, second = (finding.text("zh") for finding in one.findings)
    assert "按性别分的各分项之和为 60，不等于 50" in first
    assert "各分项之和为 49，不等于 50" in second


def test_parts_of_a_rate_are_kept_and_shown(ledger):
    """They make no whole; the latest that there are stand."""
    ledger.report_result(PROJECT, "合格率", 95, on=MARCH, parts={"女": 97, "男": 93})
    one = line(ledger, "合格率")
    assert (spelled(one.parts), codes(one)) == ("女=97; 男=93", [])


def test_parts_of_pairs_are_those_of_the_latest_that_has_some(ledger):
    """Pairs are pooled; their parts are not added."""
    pair = {"numerator": 9, "denominator": 10}
    for parts in ({"女": 5}, {"女": 7}, None):
        ledger.report_result(PROJECT, "合格率", on=MARCH, parts=parts, **pair)
    assert spelled(line(ledger, "合格率").parts) == "女=7"


def test_a_later_level_replaces_the_parts_of_an_earlier_one(ledger):
    """With its own, or with none."""
    ledger.report_result(PROJECT, "在校人数", 50, on=MARCH, parts={"女": 40})
    ledger.report_result(PROJECT, "在校人数", 50, on=JUNE)
    assert (line(ledger, "在校人数").parts, codes(line(ledger, "在校人数"))) == ((), [])


def test_parts_stand_in_each_output_and_are_explained(ledger):
    """By dimension and value; where nothing has parts there is no place for them."""
    assert "parts" not in ledger.monthly_report(2023, 6).render(
        "csv", table="indicators"
    )
    ledger.report_result(
        PROJECT, "培训人次", 50, on=JUNE, parts={"性别": BY_SEX, "女": 50}
    )
    report = ledger.monthly_report(2023, 6)
    shown = report.to_dict()["projects"][0]["indicators"]
    assert shown[0]["parts"] == {"性别": {"女": "30", "男": "20"}, "女": "50"}
    assert all("parts" not in each for each in shown[1:])
    written = "性别:女=30; 性别:男=20; 女=50"
    assert written in report.render("csv", table="indicators")
    assert written in report.render("html")
    assert written in report.render("text", project=PROJECT).replace("\n", " ")
    tidy = {r["figure"]: r["value"] for r in report.to_records("indicators")}
    assert (tidy["parts.性别.女"], tidy["parts.女"]) == (30, 50)
    explained = ledger.explain(PROJECT, "indicators.培训人次.parts", through=JUNE)
    assert explained.value == written
    (basis,) = explained.terms[0].events
    assert written in str(basis.says)


def test_a_difference_of_parts_names_its_result(ledger):
    """As that of any figure does."""
    ledger.report_result(PROJECT, "培训人次", 50, on=JUNE, parts={"女": 50})
    before = ledger.position
    ledger.report_result(PROJECT, "培训人次", 4, on=JUNE, parts={"女": 4})
    found = {each.path: each for each in ledger.differences(before, through=JUNE)}
    own = found[f"projects.{PROJECT}.indicators.培训人次.parts.女"]
    assert (own.issued, own.computed) == ("50", "54")
    assert [cause.position for cause in own.causes] == [before + 1]

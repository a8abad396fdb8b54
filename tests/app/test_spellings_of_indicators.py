"""An indicator is one, however its name is spelled: width, case, dashes and blanks."""

import json

import pytest

from ledger import InvalidInput, Ledger, Settings
from ledger.errors import UnknownIndicator
from ledger.events import TargetRevised
from ledger.intake.form_rows import paired
from support import approval, day, form, forms, indicator

NAME = "培训人数（A类）"
SPELLINGS = [
    "培训人数(A类)",
    "培训 人数（Ａ类）",
    " 培训人数（a类） ",
    "培训人数（A类）\N{ZERO WIDTH SPACE}",
    "数量指标/培训人数(A类)",
    "数量 指标/培训　人数（Ａ类）",
]


@pytest.fixture
def ledger():
    """Keep a project with two indicators."""
    with Ledger.open(":memory:", actor="t", settings=Settings(language="en")) as kept:
        rows = indicator(NAME, "≥5人"), indicator("其他", "≥40人")
        kept.append(approval("P", indicators=rows))
        yield kept


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_door_takes_a_spelling_for_the_name(ledger, spelling):
    """What is recorded names the indicator as its form does."""
    done = [
        ledger.report_result("P", spelling, 3, on=day(3)),
        ledger.revise_target("P", spelling, "≥6人", on=day(4)),
        ledger.report_score("P", 0, indicator=spelling, on=day(4)),
        ledger.explain_variance("P", "funding", "x", indicator=spelling, on=day(4)),
        ledger.revise_form("P", on=day(4), indicator=spelling, basis="文件"),
    ]
    assert {each.event.indicator for each in done} == {NAME}
    assert ledger.verify().ok


@pytest.mark.parametrize("spelling", SPELLINGS[:4])
def test_a_bulk_file_takes_a_spelling_too(ledger, spelling, tmp_path):
    """A line of a month's results."""
    file = tmp_path / "a.jsonl"
    line = {"type": "ResultReported", "project": "P", "on": "2023-04-05", "value": 4}
    file.write_text(json.dumps({**line, "indicator": spelling}), "utf-8")
    assert ledger.record(file).new == 1
    (kept,) = [each.event for each in ledger.events() if hasattr(each.event, "value")]
    assert kept.indicator == NAME


@pytest.mark.parametrize("spelling", SPELLINGS[:4])
def test_a_form_with_both_is_refused(ledger, spelling):
    """As one with the same name twice, at every way in."""
    both = indicator(NAME, "≥5人"), indicator(spelling, "≥5人")
    with pytest.raises(InvalidInput, match="indicator"):
        ledger.append(approval("Q", indicators=both))
    with pytest.raises(InvalidInput, match="indicator"):
        ledger.revise_form("P", on=day(5), added=both[1])
    with pytest.raises(InvalidInput, match="indicator"):
        ledger.revise_form("P", on=day(5), indicator="其他", renamed=spelling)


def test_two_that_a_spelling_may_mean_are_none(ledger):
    """Neither is chosen."""
    rows = indicator("完成率", "≥5人"), indicator("完成 率", "≥5人", level2="质量指标")
    ledger.append(approval("Q", indicators=rows))
    assert (
        ledger.report_result("Q", "完成 率", 3, on=day(3)).event.indicator == "完成 率"
    )
    with pytest.raises(UnknownIndicator):
        ledger.report_result("Q", "完　成率", 3, on=day(3))


def test_an_earlier_name_is_taken_in_any_spelling(ledger):
    """It stands for the name of the day."""
    ledger.revise_form("P", on=day(4), indicator=NAME, renamed="培训人次")
    named = ledger.report_result("P", SPELLINGS[1], 3, on=day(5)).event.indicator
    assert named == "培训人次"


def test_one_that_comes_back_in_another_spelling_is_the_same(ledger):
    """With the results that it had."""
    ledger.report_result("P", NAME, 3, on=day(2))
    ledger.revise_form("P", on=day(4), indicator=NAME, removed=True)
    ledger.revise_form("P", on=day(5), added=indicator(SPELLINGS[1], "≥5人"))
    rows = ledger.view(through=day(6)).attainment("P")
    own = [row for row in rows if row.indicator != "其他"]
    assert [row.result for row in own] == [3]
    assert ledger.verify().ok


def test_a_corrected_form_in_another_spelling_says_nothing_new():
    """Neither a name nor an indicator that goes or comes."""
    was = [indicator(NAME, "≥5人"), indicator("其他", "≥40分")]
    now = [indicator("其　他", "≥40分"), indicator(SPELLINGS[1], "≥6人")]
    pairs = {(one.name, other.name) for one, other in paired(was, now)}
    assert pairs == {(NAME, SPELLINGS[1]), ("其他", "其　他")}


def test_an_imported_form_in_another_spelling_says_nothing_new():
    """Only its target is recorded, of the indicator that there is."""
    first = form()
    again = json.loads(json.dumps(first))
    again["indicators"][0] |= {"level3": "开展 就业培训数 ", "target": "≥12次"}
    with Ledger.open(":memory:", actor="t") as ledger:
        ledger.import_forms(forms(first))
        before = ledger.position
        ledger.import_forms(forms(again), revise=True, on=day(5))
        (done,) = ledger.events(after=before)
    assert type(done.event) is TargetRevised
    assert done.event.indicator == "开展就业培训数"

"""What forms print with a target: other years, and the parts of a row above."""

import pytest

from ledger import Ledger, Settings
from support import day

HEAD = (
    "年度,项目编码,项目名称,单位编码,单位名称,预算数（万元）,财政资金（万元）,12月底,"
    "一级指标,二级指标,三级指标"
)
PROJECT = "13052923P00584010933T"
FIRST = f"2023,{PROJECT},就业工作经费,323001,某局,20.00,20.00,20.00,产出指标,数量指标"


def taken(tmp_path, more, *rows):
    """Record a form with more columns than the usual ones; return findings, lines."""
    path = tmp_path / "form.csv"
    first, *others = rows
    lines = [HEAD + more, f"{FIRST},{first}", *(f"{',' * 10}{row}" for row in others)]
    path.write_text("\n".join(lines), "utf-8")
    ledger = Ledger.open(":memory:", actor="t", settings=Settings(language="en"))
    found = ledger.import_forms(path)
    return ledger, {note.code: note for note in found if note.code[:5] != "table"}


@pytest.mark.parametrize(
    "head", ["中期指标值", "实施期目标", "上年完成值", "上年度实际完成值", "长期指标值"]
)
def test_a_value_of_another_time_is_kept_and_never_judged(tmp_path, head):
    """36 visits in three years are not what this year is judged by."""
    ledger, found = taken(tmp_path, f",{head},年度指标值", "培训次数,≥36次,≥12次")
    with ledger:
        ledger.report_result(PROJECT, "培训次数", 12, on=day(6))
        (line,) = ledger.view(through=day(12, 31)).attainment(PROJECT)
        said = ledger.explain(
            PROJECT, "indicators.培训次数.target", through=day(12, 31)
        )
        (form,) = [
            each.event for each in ledger.events() if hasattr(each.event, "indicators")
        ]
        assert ledger.verify().ok

    assert line.attainment == 1
    assert form.indicators[0].horizons[0].text == "≥36次"
    assert f"{head} ≥36次" in " ".join(map(str, said.notes))
    assert "table.extra_column" not in found


def test_rows_of_which_are_parts_of_the_row_above(tmp_path):
    """30 and 20 are the 50 above them, and no indicators of their own."""
    ledger, found = taken(
        tmp_path, ",指标值", "培训人次,50人次", "其中：女,30人次", "其中:男,20人次"
    )
    with ledger:
        (line,) = ledger.view(through=day(12, 31)).attainment(PROJECT)
        said = ledger.explain(
            PROJECT, "indicators.培训人次.target", through=day(12, 31)
        )

    assert line.name == "培训人次"
    assert "女=30; 男=20" in " ".join(map(str, said.notes))
    assert "indicator.read_as_part" in found
    assert "indicator.parts_unequal" not in found


def test_parts_that_make_no_whole_are_a_finding(tmp_path):
    """20 are missing, and the form says nowhere whose they are."""
    _, found = taken(tmp_path, ",指标值", "培训人次,50人次", "其中：女,30人次")

    assert found["indicator.parts_unequal"].found == "女=30"


def test_a_row_in_another_unit_stays_an_indicator(tmp_path):
    """What is measured otherwise is not added."""
    ledger, found = taken(
        tmp_path, ",指标值", "牲畜,192只", "其中:羊,180只", "其中:饲料,12吨"
    )
    with ledger:
        lines = ledger.view(through=day(12, 31)).attainment(PROJECT)

    assert [line.name for line in lines] == ["牲畜", "其中:饲料"]
    assert "indicator.parts_unequal" not in found


def test_parts_may_be_counted_by_other_counters_of_the_same(tmp_path):
    """180 只 and 12 头 are 192 animals."""
    ledger, found = taken(
        tmp_path, ",指标值", "牲畜,192只", "其中:羊,180只", "其中:牛,12头"
    )
    with ledger:
        (line,) = ledger.view(through=day(12, 31)).attainment(PROJECT)

    assert line.name == "牲畜"
    assert "indicator.parts_unequal" not in found


def test_a_row_with_points_stays_an_indicator(tmp_path):
    """It earns them by itself."""
    rows = "培训人次,50人次,60", "其中：女,30人次,30"
    ledger, _ = taken(tmp_path, ",指标值,分值", *rows)
    with ledger:
        assert len(ledger.view(through=day(12, 31)).attainment(PROJECT)) == 2

"""Official forms that people filled in are taken back: what was changed, as facts."""

from datetime import date
from decimal import Decimal

import pytest

from ledger import Language, Ledger
from ledger.domain.indicator import Rating
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.errors import InvalidBatch, InvalidInput
from ledger.layouts.shipped import LAYOUTS, layout_text
from support import PROJECT, approval
from support_filled_forms import (
    GOALS,
    JUNE,
    NAMES,
    OUTLOOK,
    RESULT,
    YEAR,
    cell_of,
    printed,
    taken,
    with_forms,
)

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def recorded(ledger):
    """Return a ledger with a project whose indicators are of each kind, and a unit."""
    return with_forms(ledger)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.long] * (name != "national"))
        for name in LAYOUTS
    ],
)
@pytest.mark.parametrize("form", ["m", "e"])
def test_a_form_that_nobody_changed_says_nothing(recorded, tmp_path, name, form):
    """Of each layout, for monitoring and self-evaluation, of projects and units."""
    assert taken(recorded, tmp_path, form, layout=name) == ([], [])


def test_a_sum_is_taken_to_date(recorded, tmp_path):
    """The cell says what was done so far, in the unit of the target or without."""
    facts, shown = taken(recorded, tmp_path, "m", (NAMES[0], RESULT, "7次"))
    (result,) = facts
    assert (result.value, result.to_date, result.on) == (Decimal(7), True, JUNE)
    assert shown == [7]


def test_a_multiple_of_the_target_is_that_of_the_cell(recorded, tmp_path):
    """6.37 next to ≥6.5万人 is 63 700 people."""
    facts, shown = taken(recorded, tmp_path, "m", (NAMES[4], RESULT, 6.37))
    assert [each.value for each in facts] == [Decimal(63_700)]
    assert shown == [6.37]


def test_a_rate_is_taken_by_its_numerator_and_denominator(recorded, tmp_path):
    """Pairs stay pairs, and what is pooled is taken to date."""
    facts, shown = taken(recorded, tmp_path, "m", (NAMES[1], RESULT, "170/200"))
    (result,) = facts
    assert (result.numerator, result.denominator, result.to_date) == (170, 200, True)
    assert shown == [0.85]


def test_a_day_and_a_rating_are_taken(recorded, tmp_path):
    """A day by any form of it, a quality by the words that forms print."""
    partly = LAYOUTS["national"].ratings["partly"]
    facts, shown = taken(
        recorded,
        tmp_path,
        "m",
        (NAMES[2], RESULT, "2023年5月20日"),
        (NAMES[3], RESULT, partly),
    )
    assert [each.reached_on or each.rating for each in facts] == [
        date(2023, 5, 20),
        Rating.PARTLY,
    ]
    assert shown[1] == partly


def test_an_outlook_is_taken_with_its_tick_and_its_remark(recorded, tmp_path):
    """The three cells are one fact about the month."""
    facts, shown = taken(
        recorded,
        tmp_path,
        "m",
        (NAMES[0], OUTLOOK, 12),
        (NAMES[0], "有可能", "√"),
        (NAMES[0], "备注", "十月再办两次"),
    )
    (outlook,) = facts
    assert (outlook.about, outlook.value) == ("2023-06", 12)
    assert outlook.likelihood is Likelihood.POSSIBLE
    assert outlook.reason == "十月再办两次"
    assert shown == [12, "√", "十月再办两次"]


def test_an_explanation_is_taken_with_its_tick(recorded, tmp_path):
    """It answers for the month of the form."""
    facts, shown = taken(
        recorded,
        tmp_path,
        "m",
        (NAMES[0], "人员保障", "√"),
        (NAMES[0], "原因说明", "两名教师离职"),
    )
    (why,) = facts
    assert (why.about, why.category) == ("2023-06", VarianceCategory.STAFFING)
    assert why.text == "两名教师离职"
    assert shown == ["√", "两名教师离职"]


def test_the_outlook_of_the_money_is_taken_by_source(recorded, tmp_path):
    """In the scale of the form; the total is a formula."""
    row = "其中：本年一般公共预算拨款"
    facts, shown = taken(recorded, tmp_path, "m", (row, "全年预计执行数", 0.09))
    (outlook,) = facts
    assert [(each.source, each.amount) for each in outlook.amounts] == [
        ("fiscal", 90_000)
    ]
    assert shown == [0.09]


@pytest.mark.parametrize(
    ("text", "category"),
    [("拨款晚了", VarianceCategory.OTHER), ("经费保障：拨款晚了", "funding")],
)
def test_words_about_the_money_explain_it(recorded, tmp_path, text, category):
    """By the category that they begin with, or for another reason."""
    facts, shown = taken(recorded, tmp_path, "m", ("年度资金总额", "说明", text))
    (why,) = facts
    assert (why.indicator, why.category, why.text) == (None, category, "拨款晚了")
    assert shown == [text]


def test_scores_are_taken_with_their_reasons(recorded, tmp_path):
    """The reason stands on the sheet on which scores are compared."""
    path = tmp_path / "e.xlsx"
    book = printed(recorded, path, "e")
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    cell_of(sheet, NAMES[0], "得分").value = 2
    check = book["核对"]
    for cells in check.iter_rows():
        if cells[1].value == NAMES[0]:
            cells[8].value = "教师不足"
    book.save(path)
    assert recorded.record(path).new == 1
    *_, last = recorded.events()
    assert (last.event.score, last.event.reason) == (2, "教师不足")
    assert (last.event.about, last.event.on) == ("2023", YEAR)


def test_goals_are_taken_line_by_line(recorded, tmp_path):
    """Each line begins with whether its goal was achieved."""
    text = "已完成：甲\n部分完成：乙"
    goals = "\n".join(GOALS)
    facts, shown = taken(recorded, tmp_path, "e", (goals, "实际完成情况", text))
    assert [(each.achieved, each.text) for each in facts] == [
        (Rating.ATTAINED, "已完成：甲"),
        (Rating.PARTLY, "部分完成：乙"),
    ]
    assert shown == [text]


def test_a_conclusion_of_a_province_is_taken(recorded, tmp_path):
    """Where the layout asks for one, which is found by its words."""
    path = tmp_path / "e.xlsx"
    book = printed(recorded, path, "e", layout="sichuan")
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    for cells in sheet.iter_rows():
        if cells[0].value in {"评价结论", "存在问题"}:
            cells[2].value = f"{cells[0].value}：有"
    book.save(path)
    assert recorded.record(path).new == 1
    *_, last = recorded.events()
    assert last.event.conclusion == "评价结论：有"
    assert (last.event.problems, last.event.measures) == ("存在问题：有", None)


@pytest.mark.parametrize(
    ("form", "row", "head", "value", "told"),
    [
        ("m", NAMES[0], "年度指标值", "≥8次", "≥10次, as printed"),
        ("m", "年度资金总额", "1-6月执行数", 5, "0.02, as printed"),
        ("m", "项目名称", "项目名称", "别的", "'项目名称'"),
        ("m", NAMES[0], RESULT, None, "`retract` takes one back"),
        ("m", NAMES[0], RESULT, "很多", "a number of 次"),
        ("m", NAMES[2], RESULT, "尽快", "a date"),
        ("m", NAMES[0], "人员保障", "√", "a reason in words"),
        ("m", NAMES[0], "原因说明", "少了", "one tick"),
        ("m", NAMES[0], OUTLOOK, 12, "a tick under one of"),
        ("m", "其他资金", "全年预计执行数", 1, "one source in a row"),
        ("e", NAMES[0], "分值", 21, "as printed"),
        ("e", NAMES[0], "得分", "满分", "points"),
        ("e", "\n".join(GOALS), "实际完成情况", "好", "2 lines: one for each goal"),
        ("e", "\n".join(GOALS), "实际完成情况", "好\n行", "begins with one of"),
        ("e", "总分", "得分", 99, "as printed"),
    ],
)
def test_what_can_be_no_fact_is_refused_where_it_stands(
    recorded, tmp_path, form, row, head, value, told
):
    """The error names sheet and cell, what is there and what is right."""
    path = tmp_path / "form.xlsx"
    book = printed(recorded, path, form)
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    row = next(
        c.value
        for cells in sheet.iter_rows()
        for c in cells
        if isinstance(c.value, str) and c.value.strip() == row
    )
    cell = cell_of(sheet, row, head)
    cell.value = value
    book.save(path)
    before = recorded.position
    with pytest.raises(InvalidBatch) as caught:
        recorded.record(path)
    text = caught.value.text(Language.ENGLISH)
    assert f"{sheet.title}!{cell.coordinate}" in text
    assert told in text
    assert recorded.position == before


def test_rows_are_found_wherever_they_stand(recorded, tmp_path):
    """A row that was put in is refused, one that was left out is missed by its name."""
    path = tmp_path / "form.xlsx"
    book = printed(recorded, path, "m")
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    name = cell_of(sheet, NAMES[0], "三级指标")
    name.value = "新的指标"
    sheet.cell(sheet.max_row + 2, 1).value = "多写的话"
    book.save(path)
    with pytest.raises(InvalidBatch) as caught:
        recorded.record(path)
    text = caught.value.text(Language.ENGLISH)
    assert f"{NAMES[0]}, as printed" in text
    assert "多写的话" in text


def test_a_form_of_another_ledger_is_refused(recorded, tmp_path):
    """Its root is not of this record."""
    path = tmp_path / "form.xlsx"
    printed(recorded, path, "m")
    with Ledger(":memory:") as other:
        other.append(approval(unit="200"))
        with pytest.raises(InvalidInput, match="a form that this ledger printed"):
            other.record(path)


def test_what_was_recorded_since_it_was_printed_stays(recorded, tmp_path):
    """A cell that nobody touched says nothing, whatever has happened since."""
    path = tmp_path / "form.xlsx"
    printed(recorded, path, "m")
    recorded.report_result(PROJECT, NAMES[0], 9, on=JUNE, to_date=True)
    done = recorded.record(path)
    assert (done.new, done.already) == (0, 0)


def test_a_layout_of_ones_own_is_named(recorded, tmp_path):
    """A file in TOML serves for printing and for reading."""
    own = tmp_path / "own.toml"
    own.write_text(
        layout_text("hubei").replace(
            "[labels]", '[labels]\nresult_so_far = "{months}完成了多少"'
        ),
        "utf-8",
    )
    path = tmp_path / "form.xlsx"
    book = printed(recorded, path, "m", layout=own)
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    cell_of(sheet, NAMES[0], "1-6月完成了多少").value = 6
    book.save(path)
    assert recorded.record(path, layout=own).new == 1
    *_, last = recorded.events()
    assert last.event.value == 6


def test_a_file_that_is_no_form_has_no_layout(recorded, tmp_path):
    """Events have none."""
    path = tmp_path / "events.csv"
    path.write_text("type\n", "utf-8")
    with pytest.raises(InvalidInput, match="an official form filled in"):
        recorded.record(path, layout="national")

"""Tables with titles above, heads that nobody knows, and columns of other times."""

from decimal import Decimal

import pytest

from ledger import Settings
from ledger.intake import interchange
from ledger.intake.readers import file_kinds
from support_published import CODE, said
from support_workbooks import as_csv, as_workbook

pytestmark = pytest.mark.usefixtures("in_this_process")

HEADS = "年度 项目编码 项目名称 单位编码 预算数 一级指标 二级指标 三级指标 指标值 分值".split()
ROWS = [
    [
        "2023",
        CODE,
        "就业",
        "323001",
        "20",
        "产出指标",
        "时效指标",
        "开班",
        "6月底前",
        "50",
    ],
    ["", "", "", "", "", "效益指标", "", "就业人数", "≥90人", "30"],
    ["", "", "", "", "", "", "", "带动户数", "≥9户", "10"],
]
KINDS = {"csv": as_csv, "xlsx": as_workbook}


def taken(tmp_path, cells, kind="csv"):
    """Return what is read of cells."""
    content = KINDS[kind](cells)
    path = tmp_path / "table"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return interchange.read([file_kinds.read(path)], Settings())


def form(forms):
    """Return the one form."""
    ((_, only),) = forms.approvals
    return only


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_and_a_unit_of_money_above_the_heads(tmp_path, kind):
    """The unit is read, the title told; a table of text was no table at all."""
    cells = [["某县绩效目标汇总表"], ["", "单位：元"], [], HEADS, *ROWS]
    forms = taken(tmp_path, cells, kind)
    assert sum(part.amount for part in form(forms).amounts) == 2_000
    assert "某县绩效目标汇总表" in said(forms, "published.labels_left")


def test_a_text_with_commas_and_quotation_marks_is_no_table(tmp_path):
    """It is read as the text of a form, and refused as such."""
    path = tmp_path / "form.txt"
    path.write_text('a\nb, c, "d\ne" f, g, "\n', "utf-8")
    with pytest.raises(Exception, match="no form"):
        file_kinds.read(path)


@pytest.mark.parametrize("kind", KINDS)
def test_level_2_ends_where_another_level_1_begins(tmp_path, kind):
    """The second row stood under 时效指标, which is of the output."""
    levels = [
        (row.level1, row.level2)
        for row in form(taken(tmp_path, [HEADS, *ROWS], kind)).indicators
    ]
    assert levels == [("产出指标", "时效指标"), *[("效益指标", "效益指标")] * 2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_head_that_nobody_knows_is_an_error_once(tmp_path, kind):
    """It may be any field; what stands in the first row under it is shown."""
    cells = [[*HEADS, "颜色"], *([*row, "红"] for row in ROWS)]
    forms = taken(tmp_path, cells, kind)
    assert not forms.approvals
    assert all(part in said(forms, "published.head_unknown") for part in ("颜色", "红"))


def test_points_that_do_not_make_100_are_listed_with_their_rows(tmp_path):
    """Which rows, and by how much."""
    cells = [
        HEADS,
        *(
            [*row[:-1], weight]
            for row, weight in zip(ROWS, ("50", "30", ""), strict=True)
        ),
    ]
    told = said(taken(tmp_path, cells), "form.weights")
    assert all(part in told for part in ("-10", "开班 50", "就业人数 30", "带动户数 —"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("at", "amount", "off"), [(0, "20", False), (1, "21", True), (2, "20.00", False)]
)
def test_a_row_of_a_total_is_no_project(tmp_path, kind, at, amount, off):
    """Wherever it says so; its amount is compared with that of the projects."""
    total = [""] * len(HEADS)
    total[at], total[4] = "合计", amount
    forms = taken(tmp_path, [HEADS, *ROWS, total], kind)
    assert len(form(forms).indicators) == 3
    assert "合计" in said(forms, "published.total")
    told = [f for f in forms.findings if f.code == "published.total_off"]
    assert bool(told) == off


@pytest.mark.parametrize("weight", ["50分", "50%", "50.00", "５０"])
def test_points_with_a_word_behind_them(tmp_path, weight):
    """The number is meant."""
    (row, *_) = form(taken(tmp_path, [HEADS, [*ROWS[0][:-1], weight]])).indicators
    assert row.weight == 50


LEVELS = ["产出指标（50分）", "效益指标（30分）", "满意度指标（10分）"]


@pytest.mark.parametrize("rows", [1, 2])
def test_points_in_headings_alone(tmp_path, rows):
    """They are those of the one row of each; of several rows nothing is shared out."""
    cells = [HEADS[:-1]]
    for level in LEVELS:
        for number in range(rows):
            name = f"{level[:2]}{number}"
            cells.append([*ROWS[0][:5], level, "数量指标", name, "≥9次"])
    forms = taken(tmp_path, cells)
    weights = [row.weight for row in form(forms).indicators]
    told = [f for f in forms.findings if f.code == "published.points_not_split"]
    assert weights == ([50, 30, 10] if rows == 1 else [None] * 6)
    assert len(told) == (0 if rows == 1 else 3)


SHEET = [
    ["1.就业绩效目标表"],
    ["323001人社局", "", "", "", "", "", "", "单位：万元"],
    ["项目编码", CODE, "项目名称", "就业"],
    ["预算数", "20"],
    ["绩效目标", "1.更多就业"],
]


def test_a_sheet_with_a_column_of_codes(tmp_path):
    """They are told; the rows are read as ever."""
    cells = [
        *SHEET,
        "一级指标 二级指标 三级指标 指标编码 绩效指标描述 指标值 指标值确定依据".split(),
        ["产出指标", "数量指标", "培训次数", "A01", "开班", "≥12次", "计划"],
    ]
    (row,) = form(taken(tmp_path, cells, "xlsx")).indicators
    assert (row.name, row.target.text) == ("培训次数", "≥12次")


@pytest.mark.parametrize(
    "heads",
    ["指标值（中期） 指标值（年度）", "中期指标值 年度指标值", "长期目标值 指标值"],
)
def test_a_sheet_with_long_term_and_annual_targets(tmp_path, heads):
    """The year's binds, the other is kept."""
    cells = [
        *SHEET,
        ["一级指标", "二级指标", "三级指标", *heads.split(), "分值"],
        ["产出指标", "数量指标", "培训次数", "≥36次", "≥12次", "90"],
        ["", "质量指标", "", "", "", ""],
    ]
    (row,) = form(taken(tmp_path, cells, "xlsx")).indicators
    assert (row.target.text, row.weight) == ("≥12次", Decimal(90))
    assert [kept.text for kept in row.horizons] == ["≥36次"]


def test_a_sheet_with_an_unknown_head_is_an_error(tmp_path):
    """It was a note."""
    cells = [
        *SHEET,
        ["一级指标", "二级指标", "三级指标", "指标值", "颜色"],
        ["产出指标", "数量指标", "培训次数", "≥12次", "红"],
    ]
    forms = taken(tmp_path, cells, "xlsx")
    assert "颜色" in said(forms, "published.head_unknown")

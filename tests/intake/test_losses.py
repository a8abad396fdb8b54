"""Nothing that a form says is lost without a word, whatever its columns are called."""

import json

import pytest

from ledger import Ledger, Severity
from ledger.errors import ImportRefused
from support import form, forms
from support_workbooks import as_csv, as_workbook

HEAD = "一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据".split()
ROWS = [
    ["产出指标", "数量指标", "培训次数", "次数", "≥10次", "计划"],
    ["", "质量指标", "合格率", "合格率", "100%", "计划"],
    ["效益指标", "社会效益指标", "就业稳定", "稳定", "≥95%", "计划"],
    ["满意度指标", "服务对象满意度指标", "满意度", "满意度", "≥98%", "问卷"],
]


def sheet(head=HEAD, rows=ROWS):
    """Return a workbook with one form."""
    return as_workbook(
        [
            ["1.就业工作经费绩效目标表"],
            ["323001某局", "", "", "", "单位：万元"],
            ["项目编码", "13052923P00584010933T", "", "项目名称", "就业工作经费"],
            ["预算规模及资金用途", "预算数", "20.00", "其中：财政资金", "20.00"],
            ["", "其他资金", "", "", ""],
            ["资金支出计划", "3月底", "6月底", "10月底", "12月底"],
            ["", "5.00", "10.00", "15.00", "20.00"],
            ["绩效目标", "1.完成任务。"],
            head,
            *rows,
        ]
    )


def flat(columns, *rows):
    """Return a flat table of one project."""
    fixed = "年度,项目编码,项目名称,单位编码,单位名称,预算数（万元）,12月底".split(",")
    values = ["2023", "13052923P00584010933T", "经费", "323001", "某局", "20", "20"]
    blank = [""] * len(values)
    filled = [[*(blank if n else values), *row] for n, row in enumerate(rows)]
    return as_csv([[*fixed, *columns.split()], *filled])


def review(tmp_path, content):
    """Return the indicators of a file, and what is said."""
    file = tmp_path / "forms.dat"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with Ledger.open(":memory:", actor="a") as ledger:
        review = ledger.review_forms(file)
        events, findings = review.events, review.findings
    return [i for event in events for i in event.indicators], findings


def test_a_row_without_a_name_does_not_end_a_table(tmp_path):
    """What stands below an empty row of headings is read."""
    empty = ["效益指标", "经济效益指标", "", "", "", ""]
    read, _ = review(tmp_path, sheet(rows=[*ROWS[:2], empty, *ROWS[2:]]))

    assert [i.name for i in read] == ["培训次数", "合格率", "就业稳定", "满意度"]
    assert read[2].level1 == "效益指标"


def test_a_target_without_a_name_is_an_error_with_its_row(tmp_path):
    """A target must be of something."""
    row = ["", "时效指标", "", "", "≥3次", ""]
    read, findings = review(tmp_path, sheet(rows=[*ROWS[:2], row, *ROWS[2:]]))

    assert read == []
    assert any("!12" in f.place for f in findings if f.code == "sheet.row_without_name")


@pytest.mark.parametrize("name", ["年度指标值", "目标值", "指标值"])
@pytest.mark.parametrize("level3", ["指标内容", "指标名称", "三级指标"])
def test_columns_of_a_sheet_have_the_names_of_a_flat_table(tmp_path, name, level3):
    """One thing has the same names in both kinds of form."""
    head = [*HEAD[:2], level3, HEAD[3], name, HEAD[5], "分值"]
    weights = ["30", "25", "20", "15"]
    rows = [[*row, weight] for row, weight in zip(ROWS, weights, strict=True)]
    read, _ = review(tmp_path, sheet(head, rows))

    assert [str(i.weight) for i in read] == weights
    assert [i.name for i in read] == [row[2] for row in ROWS]


@pytest.mark.parametrize("lost", ["三级指标", "指标值"])
def test_a_table_without_names_or_targets_is_refused(tmp_path, lost):
    """An approval with no indicator out of a table of them is no reading."""
    head = ["某某" if label == lost else label for label in HEAD]
    read, findings = review(tmp_path, sheet(head))

    assert read == []
    assert "sheet.column_needed" in {
        f.code for f in findings if f.severity is Severity.ERROR
    }


def test_a_column_that_means_nothing_is_said(tmp_path):
    """Each of its cells is a note with its place."""
    read, findings = review(
        tmp_path, sheet([*HEAD, "备注"], [[*row, "看附件"] for row in ROWS])
    )

    assert len(read) == 4
    assert len([f for f in findings if "备注: 看附件" in f.message]) == 4


def test_a_target_in_several_cells_is_one(tmp_path):
    """Comparator, value and unit are joined as they are printed elsewhere."""
    read, _ = review(
        tmp_path,
        flat(
            "一级指标 二级指标 三级指标 指标性质 指标值 计量单位",
            ["产出指标", "数量指标", "培训次数", "≥", "12", "次"],
            ["", "成本指标", "人均补贴", "≤", "2420", "元"],
            ["", "质量指标", "合格率", "=", "95", "%"],
            ["效益指标", "可持续影响指标", "机制健全性", "定性", "好", ""],
        ),
    )

    assert [i.target.text for i in read] == ["≥12次", "≤2420元", "=95%", "好"]


def test_an_odd_comparator_is_an_error(tmp_path):
    """What stands before a target is understood or refused."""
    table = flat(
        "一级指标 二级指标 三级指标 指标性质 指标值",
        ["产出指标", "数量指标", "培训次数", "正向", "12次"],
    )
    read, findings = review(tmp_path, table)

    assert read == []
    assert "table.sign_unknown" in {f.code for f in findings}


@pytest.mark.parametrize(
    ("weight", "rest"), [("10", "90"), ("", ""), ("20", "80"), ("0", "100")]
)
def test_execution_is_no_indicator(tmp_path, weight, rest):
    """Its points, 10 or as given, are counted by themselves."""
    table = flat(
        "一级指标 二级指标 三级指标 指标值 权重",
        ["预算执行率", "预算执行率", "预算执行率", "≥100%", weight],
        ["产出指标", "数量指标", "培训次数", "≥12次", rest],
    )
    read, findings = review(tmp_path, table)

    codes = {f.code for f in findings}
    assert len(read) == 1
    assert "form.execution_row" in codes
    assert "form.weights" not in codes


@pytest.mark.parametrize("weight", ["-1", "100.01", "x", "10.005"])
def test_impossible_points_of_execution_are_an_error(tmp_path, weight):
    """What cannot be points is refused, and the field is named."""
    table = flat(
        "一级指标 二级指标 三级指标 指标值 权重",
        ["预算执行率", "预算执行率", "预算执行率", "≥100%", weight],
        ["产出指标", "数量指标", "培训次数", "≥12次", ""],
    )
    read, findings = review(tmp_path, table)

    assert not read
    assert any("execution_weight" in str(f) for f in findings if f.severity == "error")


@pytest.mark.parametrize("target", ["≥**人", "≧%", "≥XX%", "≤____元"])
def test_a_place_that_nobody_filled_in_is_said(tmp_path, target):
    """A template's target is no quality."""
    table = flat(
        "一级指标 二级指标 三级指标 指标值",
        ["产出指标", "数量指标", "培训次数", target],
    )
    assert "target.unfilled" in {f.code for f in review(tmp_path, table)[1]}


@pytest.mark.parametrize(
    ("change", "odd", "near"),
    [
        (
            {"indicators": [{**form()["indicators"][0], "wieght": 9}]},
            "wieght",
            "weight",
        ),
        ({"purposes": "x"}, "purposes", "purpose"),
    ],
)
def test_an_unknown_field_is_said_with_the_nearest(change, odd, near):
    """What is not read is not dropped without a word."""
    with Ledger.open(":memory:", actor="a") as ledger:
        findings = ledger.import_forms(forms(form(**change)))

    (said,) = [f for f in findings if f.code == "form.unknown_field"]
    assert (said.found, said.expected) == (odd, near)


def test_all_bad_indicators_are_said_at_once():
    """Each with its number; one does not hide the next."""
    rows = [{**row, "weight": "many"} for row in form()["indicators"]]
    with (
        Ledger.open(":memory:", actor="a") as ledger,
        pytest.raises(ImportRefused) as caught,
    ):
        ledger.import_forms(forms(form(indicators=rows)))

    said = [f for f in caught.value.findings if f.code == "form.invalid"]
    assert len(said) == len(rows)


@pytest.mark.parametrize(
    ("currency", "scale", "minor"),
    [("EUR", None, 2_000), ("CNY", None, 20_000_000), ("CNY", "1", 2_000)],
)
def test_a_form_without_a_unit_is_in_that_of_the_ledger(currency, scale, minor):
    """20 are 200,000 only where the ledger counts in ten thousands."""
    given = forms(form())
    given["document"].pop("money_unit", None)
    from ledger import Currency, Settings

    own = {} if scale is None else {"scale": scale}
    settings = Settings(currency=Currency(currency), **own)
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        ledger.import_forms(given)
        (event,) = [each.event for each in ledger.events()]
    assert sum(part.amount for part in event.amounts) == minor


@pytest.mark.parametrize(
    ("field", "row", "taken"),
    [
        ("20", None, "20"),
        (20, "20.0", "20"),
        ("10", "10", "None"),
        ("20", "15", None),
        ("101", None, None),
        (0.5, None, None),
    ],
)
def test_points_of_execution_have_a_field(field, row, taken):
    """A row says the same or is an error; 10 is what execution has anyway."""
    rows = form()["indicators"]
    if row is not None:
        rows = [
            {
                "level1": "预算执行率",
                "level2": "预算执行率",
                "level3": "预算执行率",
                "weight": row,
            },
            *rows,
        ]
    given = forms(form(indicators=rows, execution_weight=field))
    with Ledger.open(":memory:", actor="a") as ledger:
        review = ledger.review_forms(given)
        events, findings = review.events, review.findings

    assert [str(event.execution_weight) for event in events] == [taken for _ in events]
    assert bool(events) == (taken is not None)
    said = [str(f) for f in findings if f.severity == "error"]
    assert all("execution_weight" in each for each in said)
    assert bool(said) == (taken is None)


def test_all_bad_rows_of_a_table_are_said_at_once(tmp_path):
    """Another year, amounts and headings: whoever mends a table mends it once."""
    rows = [
        "年度,项目编码,项目名称,单位编码,预算数（万元）,财政资金,12月底,一级指标,二级指标,三级指标,指标值,权重",
        "2023,A1,经费,323001,二十,x,y,,,次数,≥10次,z",
        f"{'9' * 5_000},A2,经费,323001,20,20,20,产出指标,数量指标,次数,≥10次,50",
    ]
    file = tmp_path / "forms.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    with Ledger.open(":memory:", actor="a") as ledger:
        findings = ledger.review_forms(file).findings
    said = " ".join(str(f) for f in findings if f.severity == "error")
    for field in ("Fiscal year", "Budget", "Fiscal funds", "plan"):
        assert f"{field}: found" in said or f"{field} is" in said
    for field in ("Level 2", "Weight"):
        assert f"indicator 1: {field}: found" in said


def test_all_bad_fields_of_a_unit_are_said_at_once(tmp_path):
    """As those of a form are."""
    goal = {"title": "t", "indicators": [{"level1": 5, "level2": "b", "level3": ""}]}
    department = {"unit_code": "a b", "goals": [goal, {"indicators": [7]}]}
    content = {"document": {"fiscal_year": 2023}, "projects": []}
    _, findings = review(tmp_path, json.dumps({**content, "department": department}))
    said = " ".join(str(f) for f in findings if f.severity == "error")
    for words in (
        "unit_code: found",
        "unit_name: found",
        "goal 1 › indicator 1: level1: found",
        "goal 1 › indicator 1: level3: found",
        "goal 2: title: found",
        "goal 2 › indicator 1: indicator: found",
    ):
        assert words in said

"""Workbooks as others read them: the form's cells, exact formulas, harmless text."""

import re
import subprocess
from datetime import date
from zipfile import ZipFile

import pytest
from attrs import evolve

from ledger import InvalidInput, Ledger, Likelihood, Rating, VarianceCategory
from ledger.messages import Language
from ledger.reports import LAYOUTS
from support import PROJECT, approval, day, fen, indicator
from support_office import cells, converted
from support_official_workbooks import JUNE, full, written

END = date(2023, 12, 31)
NATIONAL = LAYOUTS["national"]
TRAINED = "开展就业培训数"


@pytest.fixture
def one(ledger):
    """Approve one project with four indicators, spend and report."""
    ledger.append(
        approval(
            budget=100_000_000,
            name="就业工作经费",
            unit_name="本级",
            goals=("开展培训。", "提高满意率。"),
            indicators=(
                indicator(TRAINED, "≥10次"),
                indicator("补贴", "≤0.5万元", level2="成本指标"),
                indicator("效果", "效果显著", "效益指标", "社会效益指标"),
                indicator("满意率", "≥98%", "满意度指标", "服务对象满意度指标"),
            ),
        )
    )
    ledger.disburse(PROJECT, fen(45_000_000), voucher="V", on=day(6))
    ledger.report_result(PROJECT, TRAINED, 4, on=JUNE)
    ledger.report_result(PROJECT, "补贴", 4000, on=JUNE)
    ledger.report_result(PROJECT, "效果", Rating.PARTLY, share="0.7", on=JUNE)
    ledger.report_result(PROJECT, "满意率", "97.5", on=JUNE)
    ledger.explain_variance(
        PROJECT,
        VarianceCategory.STAFFING,
        "缺讲师",
        indicator=TRAINED,
        on=JUNE,
        remedy="外聘",
    )
    ledger.state_outlook(PROJECT, 800_000, on=JUNE, reason="两期改在明年")
    ledger.state_outlook(
        PROJECT, on=JUNE, indicator=TRAINED, value=9, likelihood=Likelihood.POSSIBLE
    )
    return ledger


def test_the_self_evaluation_cell_by_cell(one, tmp_path):
    """Every label of the prescribed form stands where it is on paper."""
    one.report_score(PROJECT, "9", indicator=TRAINED, on=END, reason="补办两次")
    sheets = written(one.self_evaluation(2023), tmp_path, "year")
    assert list(sheets) == ["汇总", "核对", "1 就业工作经费"]
    rows = full(sheets["1 就业工作经费"])
    assert rows == [
        ["项目支出绩效自评表"],
        ["（2023年度）"],
        ["项目名称", "就业工作经费"],
        ["主管部门", "U-1-本级", "实施单位", "本级"],
        [
            "项目资金（万元）",
            *("年初预算数", "全年预算数（A）", "全年执行数（B）"),
            *("分值", "执行率（B/A）", "得分"),
        ],
        ["年度资金总额", 100.0, 100.0, 45.0, 10.0, 0.45, 4.5],
        ["其中：当年财政拨款", 100.0, 100.0, 45.0, "—", 0.45, "—"],
        ["　　　上年结转资金", "—", "—"],
        ["　　　其他资金", "—", "—"],
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["开展培训。\n提高满意率。"],
        [
            "绩效指标",
            *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
            *("分值", "得分", "偏差原因分析及改进措施"),
        ],
        [
            *("产出指标\n（50分）", "数量指标", TRAINED, "≥10次", 4.0, 25.0, 9.0),
        ],
        ["成本指标", "补贴", "≤0.5万元", 0.4, 25.0, 25.0],
        [
            *("效益指标\n（30分）", "社会效益指标", "效果", "效果显著"),
            *("部分达成年度指标并具有一定效果", 30.0, 21.0),
        ],
        [
            *("满意度指标\n（10分）", "服务对象满意度指标", "满意率", "≥98%"),
            *(0.975, 10.0, 9.95),
        ],
        ["总分", 100.0, 69.45, "中"],
        *([note] for note in NATIONAL.self_evaluation.notes),
    ]


def test_what_is_ours_stands_outside_of_the_forms(one, tmp_path):
    """Position and root: on the sheet of checks, and at the foot of each page."""
    for name, report in {
        "year": one.self_evaluation(2023),
        "june": one.monitoring(2023, 6),
    }.items():
        sheets = written(report, tmp_path, name)
        assert full(sheets["核对"])[-1][0].endswith(report.root)
        assert report.root not in str(sheets["1 就业工作经费"])
        with ZipFile(tmp_path / f"{name}.xlsx") as archive:
            form = archive.read("xl/worksheets/sheet3.xml").decode()
        (footer,) = re.findall("<oddFooter>(.*?)</oddFooter>", form)
        assert report.root in footer
        assert "截至" in footer


def test_the_sheet_of_checks_lists_what_a_monitoring_lacks(one, tmp_path):
    """One row for each finding, with what to do about it."""
    sheets = written(one.monitoring(2023, 6), tmp_path, "june")
    found = one.monitoring(2023, 6).findings
    rows = [row for row in full(sheets["核对"]) if row[0] == PROJECT]
    assert [row[2] for row in rows] == [each.text(Language.CHINESE) for each in found]
    assert found


def test_level_2_stands_in_the_order_of_the_form(ledger, tmp_path):
    """数量 质量 时效 成本, whatever order the source has; the rest after these."""
    levels = ("成本指标", "其他指标", "时效指标", "数量指标", "质量指标")
    ledger.append(
        approval(
            indicators=tuple(
                indicator(f"指标{n}", level2=level) for n, level in enumerate(levels)
            )
        )
    )
    for name, report in {
        "year": ledger.self_evaluation(2023),
        "june": ledger.monitoring(2023, 6),
    }.items():
        rows = list(written(report, tmp_path, name).values())[2]
        shown = [cell for row in rows for cell in row if cell in levels]
        assert shown == ["数量指标", "质量指标", "时效指标", "成本指标", "其他指标"]


def test_the_scores_are_held_against_the_rule(one, tmp_path):
    """The sheet of checks has both scores, the difference and the reason."""
    one.report_score(PROJECT, "9", indicator=TRAINED, on=END, reason="补办两次")
    sheets = written(one.self_evaluation(2023), tmp_path, "year")
    rows = sheets["核对"]
    assert rows[3] == [
        PROJECT,
        TRAINED,
        "≥10次",
        0.4,
        25.0,
        10.0,
        9.0,
        -1.0,
        "补办两次",
    ]
    assert rows[2] == [PROJECT, "预算执行率", "", 0.45, 10.0, 4.5, "", "", ""]


def test_the_monitoring_cell_by_cell(one, tmp_path):
    """Money to date with its forecast, ticks for reason and likelihood."""
    sheets = written(one.monitoring(2023, 6), tmp_path, "june")
    rows = full(sheets["1 就业工作经费"])
    assert rows[:2] == [["项目支出绩效目标执行监控表"], ["（2023年度）"]]
    assert rows[4] == [
        "项目资金（万元）",
        *("年初预算数", "调整后预算数", "1-6月执行数", "1-6月执行率"),
        *("全年预计执行数", "说明"),
    ]
    assert rows[5] == ["年度资金总额", 100.0, 100.0, 45.0, 0.45, 80.0, "两期改在明年"]
    assert rows[6][0] == "其中：本年一般公共预算拨款"
    assert rows[-3:] == [[note] for note in NATIONAL.monitoring.notes]
    assert rows[9] == ["年度总体目标", "开展培训。\n提高满意率。"]
    assert rows[10][:2] == ["绩效指标", "一级指标"]
    assert rows[10][-3:] == ["偏差原因分析", "完成目标可能性", "备注"]
    sheet = sheets["1 就业工作经费"]
    (heads,) = [row for row in sheet if "经费保障" in row]
    (training,) = [row for row in sheet if TRAINED in row]
    said = dict(zip(heads, training, strict=True))
    ticked = [head for head, cell in said.items() if cell == "√"]
    assert ticked == ["人员保障", "有可能"]
    assert said["原因说明"] == "缺讲师"
    assert training[-1] == "外聘"
    assert 9.0 in training
    (cost,) = [row for row in sheet if "补贴" in row]
    assert "√" not in cost


def test_the_split_layout_parts_the_target(one, tmp_path):
    """Nature, value and unit stand in three columns; the money spans them."""
    sheets = written(one.self_evaluation(2023), tmp_path, "split", layout="split")
    sheet = sheets["1 就业工作经费"]
    (heads,) = [row for row in sheet if "指标性质" in row]
    at = heads.index("指标性质")
    assert heads[at : at + 3] == ["指标性质", "指标值", "度量单位"]
    targets = [row[at : at + 3] for row in sheet if row[at] in {"≥", "≤", "文字描述"}]
    assert targets == [
        ["≥", 10.0, "次"],
        ["≤", 0.5, "万元"],
        ["文字描述", "效果显著", ""],
        ["≥", 98.0, "%"],
    ]
    (money,) = [row for row in sheet if "全年预算数（A）" in row]
    assert money[at : at + 3] == ["全年预算数（A）", "", ""]


def test_a_provinces_layout_is_data(one, tmp_path):
    """Another title, other columns: no code is written for it."""
    national = NATIONAL.self_evaluation
    own = evolve(
        NATIONAL,
        self_evaluation=evolve(
            national,
            title="省级项目自评表",
            identity=("block-level1 项目编码 | level2-why {code}",),
            closing=(*national.closing, "block-why 填表人：　　　　联系电话："),
        ),
    )
    rows = full(
        written(one.self_evaluation(2023), tmp_path, "own", layout=own)[
            "1 就业工作经费"
        ]
    )
    assert rows[0] == ["省级项目自评表"]
    assert rows[2] == ["项目编码", PROJECT]
    assert ["填表人：　　　　联系电话："] in rows


@pytest.mark.parametrize(
    "change",
    [
        {"identity": ("block-none 项目名称",)},
        {"identity": ("block-level1 {nothing}",)},
        {"period": "{nothing}年"},
        {"period": "{"},
    ],
)
def test_a_layout_that_cannot_be_filled_is_refused(one, tmp_path, change):
    """A column or a field that there is not: those that there are get named."""
    own = evolve(NATIONAL, self_evaluation=evolve(NATIONAL.self_evaluation, **change))
    with pytest.raises(InvalidInput, match="layout"):
        one.self_evaluation(2023).write(tmp_path / "own.xlsx", layout=own)
    assert not (tmp_path / "own.xlsx").exists()


def test_a_missing_score_leaves_the_total_open(ledger, tmp_path):
    """Whoever fills it in on paper or in the sheet gets the total then."""
    ledger.append(
        approval(
            indicators=(indicator("次数"), indicator("满意率", "≥1%", "满意度指标"))
        )
    )
    path = tmp_path / "open.xlsx"
    ledger.self_evaluation(2023).write(path)
    (total,) = [row for row in full(list(cells(path).values())[2]) if row[0] == "总分"]
    assert total == ["总分", 100.0]


def test_there_are_no_other_layouts(one, tmp_path):
    """A wrong name is said, and nothing is written."""
    with pytest.raises(InvalidInput, match=r"national or english.*\.toml"):
        one.monitoring(2023, 6).write(tmp_path / "a.xlsx", layout="other")
    with pytest.raises(InvalidInput, match="none"):
        one.monitoring(2023, 6).write(tmp_path / "none" / "a.xlsx")
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_unit_has_a_sheet_of_its_own(julu, tmp_path):
    """Its goals, its indicators and the sum of its projects."""
    with Ledger.open(julu, read_only=True) as ledger:
        report = ledger.self_evaluation(2023)
        sheets = written(report, tmp_path, "julu", layout="national")
    assert len(sheets) == 2 + 1 + 19
    rows = full(sheets["1 巨鹿县人力资源和社会保障局"])
    assert rows[0] == ["部门整体支出绩效自评表"]
    assert rows[3][0] == "部门资金（万元）"
    assert rows[4][:4] == ["年度资金总额", 3281.03, 3286.03, 3212.9694]
    assert rows[5] == ["其中：基本支出", "—", "—"]
    assert rows[6][:4] == ["　　　项目支出", 3281.03, 3286.03, 3212.9694]
    totals = [row for row in full(sheets["Summary"]) if row[0] == "total"]
    assert totals == [["total", 3281.03, 3286.03, 3212.9694, 0.977766]]


def test_the_monthly_workbook_has_totals_and_months(julu, tmp_path):
    """Projects with totals, indicators, months with a chart, in either language."""
    path = tmp_path / "june.xlsx"
    with Ledger.open(julu, read_only=True) as ledger:
        report = ledger.monthly_report(2023, 6)
        report.write(path, language="zh")
        english = written(report, tmp_path, "english", language="en")
    sheets = cells(path)
    assert list(sheets) == ["项目", "指标", "各月"]
    assert list(english) == ["Projects", "indicator", "Months"]
    projects = sheets["项目"]
    assert len(projects) == 1 + 1 + 19 + 1
    total = [cell for cell in projects[-1] if cell != ""]
    assert total[:4] == ["合计", 3281.03, 5.0, 3286.03]
    assert len(sheets["指标"]) == 2 + 133 + 9
    assert [row[0] for row in sheets["各月"][2:]] == [
        f"2023-{m:02}" for m in range(1, 13)
    ]
    assert sheets["各月"][-1][4] == ""
    with ZipFile(path) as archive:
        assert "xl/charts/chart1.xml" in archive.namelist()


@pytest.mark.parametrize("kind", ["year", "june", "month"])
def test_formulas_come_to_the_computed_values(julu, tmp_path, kind):
    """A program that computes every formula anew finds the same cells."""
    path = tmp_path / f"{kind}.xlsx"
    with Ledger.open(julu, read_only=True) as ledger:
        report = {
            "year": lambda: ledger.self_evaluation(2023),
            "june": lambda: ledger.monitoring(2023, 6),
            "month": lambda: ledger.monthly_report(2023, 6),
        }[kind]()
        report.write(path)
    ours, theirs = cells(path), cells(converted(path, "xlsx"))
    assert list(ours) == list(theirs)
    for name, sheet in ours.items():
        other = theirs[name]
        for row, (left, right) in enumerate(zip(sheet, other, strict=False)):
            for cell, again in zip(left, right, strict=False):
                if isinstance(cell, float):
                    assert again == pytest.approx(cell, abs=1e-9), (name, row)
                else:
                    assert str(again) == str(cell), (name, row)
    with ZipFile(path) as archive:
        text = "".join(
            archive.read(each).decode()
            for each in archive.namelist()
            if each.startswith("xl/worksheets/sheet")
        )
    assert len(re.findall(r"<f>", text)) > 15


def test_printed_forms_show_no_cut_number(julu, tmp_path):
    """A printed page has no ####, and each sheet is as wide as its paper."""
    path = tmp_path / "june.xlsx"
    with Ledger.open(julu, read_only=True) as ledger:
        ledger.monitoring(2023, 6).write(path, layout="national")
    printed = converted(path, "pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], check=True, capture_output=True
    ).stdout.decode()
    assert "##" not in text
    assert "Err:" not in text
    assert text.count("项目支出绩效目标执行监控表") == 19
    assert text.count("\f") >= 21

"""Published practice that no recorded form has: columns of years, lists, word columns."""

import pytest

from support_published import taken

pytestmark = pytest.mark.usefixtures("in_this_process")

TOP = [
    ["项目支出绩效目标申报表（2024年度）"],
    ["项目名称", "道路养护", "", "主管部门", "某局"],
    ["资金总额", "300万元", "", "当年预算", "100万元"],
]
ONE = ["产出指标", "数量指标", "平台"]


def read(tmp_path, cells, **more):
    """Return the one form of cells, in a workbook."""
    ((_, form),) = taken(tmp_path, cells, **more).approvals
    return form


def rows(form):
    """Return the name, the target and what is kept of each indicator."""
    return [
        (row.name, row.target.text, [kept.text for kept in row.horizons or ()])
        for row in form.indicators
    ]


@pytest.mark.parametrize("under", [True, False])
@pytest.mark.parametrize("label", [True, False])
def test_a_column_for_each_year(tmp_path, under, label):
    """That of the form's year binds, the others are kept; so with the budget."""
    years = ["2023年", "2024年", "2025年度"]
    levels = ["一级指标", "二级指标", "三级指标"]
    heads = [[*levels, "指标值", "", "", "备注"], ["", "", "", *years]]
    table = heads if under else [[*levels, *years]]
    top = [["绩效目标申报表"], ["预算年度", "2024"], *TOP[1:]] if label else TOP
    form = read(tmp_path, [*top, *table, [*ONE, "1个", "2个", "3个"]])
    assert rows(form) == [("平台", "2个", ["1个", "3个"])]
    assert (form.fiscal_year, form.amounts[0].amount) == (2024, 100_000_000)


def test_a_list_with_the_project_in_each_row(tmp_path):
    """What it says of a project more than an approval takes is told."""
    head = (
        "项目名称 项目类别 主管部门 预算金额 绩效目标 一级指标 二级指标 三级指标 指标值"
    )
    first = ["道路养护", "其他运转类", "某局", "10", "养护"]
    cells = [["2024年项目支出绩效目标表"], head.split(), [*first, *ONE, "≥2个"]]
    cells.append([*first, "", "质量指标", "合格率（%）", "≥98"])
    form = read(tmp_path, cells)
    assert (form.unit_name, form.goals) == ("某局", ("养护",))
    assert rows(form) == [("平台", "≥2个", []), ("合格率（%）", "≥98%", [])]


def test_words_beside_a_table_and_short_heads(tmp_path):
    """绩效指标 stands a character a cell, the levels are 一级 and 二级."""
    cells = [
        *TOP,
        ["绩", "一级", "二级", "三级指标", "实施期指标值", "年度指标值", "历史值"],
        ["效", *ONE, "≥9个", "≥3个", "2"],
        ["指", "", "质量指标", "合格率", "≥95%", "≥95%", "94%"],
        ["标", "满意度指标", "服务对象满意度", "满意度", "≥90%", "≥90%", "89%"],
    ]
    assert rows(read(tmp_path, cells)) == [
        ("平台", "≥3个", ["≥9个", "2"]),
        ("合格率", "≥95%", ["≥95%", "94%"]),
        ("满意度", "≥90%", ["≥90%", "89%"]),
    ]


def test_a_monitoring_form_is_read_by_its_targets(tmp_path):
    """What was done so far, why, and what is expected is told."""
    cells = [
        ["项目支出绩效目标执行监控表（2024年度）"],
        *TOP[1:],
        "一级指标 二级指标 三级指标 年度指标值 1-9月执行情况 全年预计完成情况 偏差原因分析".split(),
        ["", "", "", "", "", "", "经费保障", "制度保障", "其他", "原因说明"],
        [*ONE, "≥12个", "8个", "12个", "", "√", "", "雨季"],
    ]
    forms = taken(tmp_path, cells)
    assert rows(forms.approvals[0][1]) == [("平台", "≥12个", [])]
    (told,) = [f for f in forms.findings if f.code == "published.columns_left"]
    assert all(head in str(told) for head in ("1-9月执行情况", "制度保障", "原因说明"))

"""Published lists of projects, forms of units, and texts of forms."""

import pytest

from ledger import InvalidInput
from ledger.events import ObjectivesSet
from ledger.intake.readers import file_kinds
from support_published import CODE, EXPECTED, FOLDER, rows, said, taken

pytestmark = pytest.mark.usefixtures("in_this_process")

UNIT = "19-jiangxi-fuliang"
REFUSED = "23-hebei-handan-graded"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_form_of_a_unit_is_its_objectives(tmp_path, kind):
    """It has no project and no budget."""
    right = EXPECTED[UNIT]
    forms = taken(tmp_path, rows(UNIT), kind=kind, fiscal_year=right["year"])
    ((_, unit),) = forms.approvals
    assert isinstance(unit, ObjectivesSet)
    assert (unit.unit, unit.name) == ("316", "浮梁县林业局")
    (goal,) = unit.objectives
    assert [[row.name, row.target.text] for row in goal.indicators] == right[
        "indicators"
    ]


def test_a_form_of_a_unit_without_a_code_is_told(tmp_path):
    """Its indicators are not passed over; the code may be given."""
    cells = [[*line] for line in rows(UNIT)]
    cells[2][:2] = ["", ""]
    year = EXPECTED[UNIT]["year"]
    forms = taken(tmp_path, cells, fiscal_year=year, unit=None)
    assert not forms.approvals
    assert any(found.severity.value == "error" for found in forms.findings)
    assert taken(tmp_path, cells, fiscal_year=year, unit="316").approvals


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_form_without_a_budget_says_so(tmp_path, kind):
    """Nothing is made up."""
    forms = taken(tmp_path, rows(REFUSED), kind=kind, fiscal_year=2019)
    assert not forms.approvals
    assert "Budget" in said(forms, "form.invalid")


LIST = [
    ["项目支出绩效目标表"],
    ["部门:505_某局", "", "金额单位:万元"],
    ["单位代码", "单位(专项)名称", "资金总额", "三级指标", "指标值"],
    ["", "合计", "30", "", ""],
    ["505006", "某学校", "30", "", ""],
    ["505006", "道路养护", "10", "养护里程", "≥12公里"],
    ["", "", "", "居民满意度", "≥90%"],
    ["505006", "桥梁养护", "20", "养护座数", "4座"],
]


def listed(tmp_path, cells):
    """Return what is read of a list of two projects."""
    codes = {"道路养护": CODE, "桥梁养护": "A-2"}
    return taken(tmp_path, cells, codes=codes, unit=None, fiscal_year=2023)


def test_a_list_of_projects(tmp_path):
    """The row of the unit and that of all are totals, and no projects."""
    forms = listed(tmp_path, LIST)
    read = [form for _, form in forms.approvals]
    assert [(form.name, form.unit, form.unit_name) for form in read] == [
        ("道路养护", "505006", "某学校"),
        ("桥梁养护", "505006", "某学校"),
    ]
    assert [sum(p.amount for p in form.amounts) for form in read] == [
        10_000_000,
        20_000_000,
    ]
    assert [len(form.indicators) for form in read] == [2, 1]
    assert not [f for f in forms.findings if f.code == "published.total_off"]


def test_a_total_that_is_not_that_of_its_projects(tmp_path):
    """31 is printed, 10 and 20 are there."""
    cells = [*LIST[:4], ["505006", "某学校", "31", "", ""], *LIST[5:]]
    told = said(listed(tmp_path, cells), "published.total_off")
    assert "31" in told
    assert "30" in told


def test_a_project_of_a_list_without_indicators_is_an_error(tmp_path):
    """It is no total: nothing stands under it."""
    cells = [*LIST, ["505006", "隧道养护", "5", "", ""]]
    assert said(listed(tmp_path, cells), "published.no_indicators")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_text_of_another_form_is_refused_with_both_heads(tmp_path, name):
    """Without lines between cells nobody can tell what belongs to which column."""
    path = tmp_path / "form.txt"
    lines = [" ".join(filter(None, row)) for row in rows(name)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    head = "三级指标|指标内容|指标名称|绩效指标"
    with pytest.raises(InvalidInput, match=f"({head}).*指标值确定依据"):
        file_kinds.read(path)


@pytest.mark.parametrize(
    "head",
    [
        "一级指标 二级指标 三级指标 指标值 指标值确定依据",
        "一级指标 二级指标 三级指标 绩效指标描述 指标值\n指标值确定\n\n依据 分值",
        "一级指标 二级指标 三级指标 绩效指标描述 指标值\n指标值确定依据\n分值",
        "绩效指标 一级指标 二级指标 三级指标 年度指标值",
    ],
)
def test_a_text_with_other_columns_is_refused(tmp_path, head):
    """It has a project code, as the texts that are read have."""
    text = (FOLDER.parent / "julu-2023.txt").read_text("utf-8")
    usual = "一级指标 二级指标 三级指标 绩效指标描述 指标值\n指标值确定\n\n依据\n"
    assert usual in text
    path = tmp_path / "form.txt"
    path.write_text(text.replace(usual, head + "\n", 1), "utf-8")
    with pytest.raises(InvalidInput, match="三级指标") as refused:
        file_kinds.read(path)
    assert all(part in str(refused.value) for part in (head.split()[-1], "依据"))

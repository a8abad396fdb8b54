"""Published forms of 14 provinces, re-keyed: each read right, or refused and told."""

from decimal import Decimal

import pytest

from ledger import InvalidInput, parse_target
from ledger.events import BudgetApproved
from support_published import CODE, EXPECTED, SMALL, rows, said, taken

pytestmark = pytest.mark.usefixtures("in_this_process")

READ = sorted({*EXPECTED} - {"19-jiangxi-fuliang", "23-hebei-handan-graded"})
TIMES = {"万元": 10_000, "元": 1}


def plain(text, year):
    """Return what a target means, however it is printed."""
    target, _ = parse_target(text, fiscal_year=year)
    return target.kind, target.value, target.upper, target.unit, target.date


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param(name, kind, marks=[pytest.mark.long] * (kind == "docx" and n > 3))
        for n, name in enumerate(READ)
        for kind in ("xlsx", "csv", "docx")
    ],
)
def test_a_published_form_is_read(tmp_path, name, kind):
    """Year, name, budget, and each indicator with its target and its points."""
    right = EXPECTED[name]
    forms = taken(tmp_path, rows(name), kind=kind)
    ((_, form),) = forms.approvals
    assert isinstance(form, BudgetApproved)
    assert (form.fiscal_year, form.name) == (right["year"], right["name"])
    budget = Decimal(right["budget"]) * TIMES[right["money_unit"]] * 100
    assert sum(part.amount for part in form.amounts) == budget
    assert [row.name for row in form.indicators] == [r[0] for r in right["indicators"]]
    for row, (_, target, *weight) in zip(
        form.indicators, right["indicators"], strict=True
    ):
        year = right["year"]
        assert plain(row.target.text, year) == plain(target, year)
        assert row.weight == (Decimal(weight[0]) if weight else None)
    assert form.plan is None


def changed(row, column, text):
    """Return the small form with another text in a cell."""
    cells = [[*line] for line in SMALL]
    cells[row] += [""] * (column + 1 - len(cells[row]))
    cells[row][column] = text
    return cells


def test_a_head_that_nobody_knows_is_an_error_that_prints_it(tmp_path):
    """What stands in the column could be the target."""
    forms = taken(tmp_path, changed(4, 5, "颜色")[:5] + changed(5, 5, "红")[5:])
    assert not forms.approvals
    told = said(forms, "published.head_unknown")
    assert "颜色" in told
    assert "Sheet1!F6" in told


def test_a_head_without_anything_below_it_is_none(tmp_path):
    """An empty column says nothing."""
    assert taken(tmp_path, changed(4, 5, "颜色")).approvals


def test_two_targets_of_the_year_are_an_error(tmp_path):
    """Which of them binds would be a guess."""
    forms = taken(tmp_path, changed(4, 5, "目标值"))
    assert not forms.approvals
    assert "目标值" in said(forms, "published.head_twice")


@pytest.mark.parametrize("name", ["指标2", "……", ""])
def test_a_row_that_nobody_filled_in_is_no_indicator(tmp_path, name):
    """It ends no table either."""
    cells = [*SMALL[:6], ["", "质量指标", name, "", ""], *SMALL[6:]]
    forms = taken(tmp_path, cells)
    assert [row.name for row in forms.approvals[0][1].indicators] == [
        line[2] for line in SMALL[5:]
    ]
    told = [each for each in forms.findings if each.code == "published.unfilled"]
    assert bool(told) == bool(name)


def test_a_target_without_a_name_is_an_error(tmp_path):
    """It is never passed over."""
    forms = taken(tmp_path, changed(6, 2, ""))
    assert not forms.approvals
    assert "Sheet1!7" in said(forms, "sheet.row_without_name")


def test_a_target_in_a_name_and_a_cell(tmp_path):
    """The sign and the unit of the name belong to the number."""
    cells = changed(7, 2, "居民满意度(≥**%)")
    cells[7][3] = "85"
    forms = taken(tmp_path, cells)
    assert forms.approvals[0][1].indicators[2].target.text == "≥85%"
    assert "居民满意度(≥**%) | 85 → ≥85%" in said(forms, "published.composed")


def test_points_of_a_heading_that_its_rows_do_not_have(tmp_path):
    """50 points in the heading, 40 in the row."""
    cells = changed(5, 0, "项目完成指标（50分）")
    cells[5][4] = "40"
    forms = taken(tmp_path, cells)
    assert forms.approvals[0][1].indicators[0].level1 == "产出指标"
    told = said(forms, "published.points_of_level")
    assert "50" in told
    assert "40" in told


def test_the_execution_of_the_budget_has_the_points_of_its_row(tmp_path):
    """20 points stand in the row of the total, under 分值."""
    cells = [
        *SMALL[:3],
        ["项目资金(万元)", "", "年初预算数", "全年预算数", "分值"],
        ["", "年度资金总额:", "8", "10", "20"],
        *SMALL[4:],
    ]
    forms = taken(tmp_path, cells)
    ((_, form),) = forms.approvals
    assert form.execution_weight == 20
    assert sum(part.amount for part in form.amounts) == 10_000_000
    assert "年初预算数 8" in said(forms, "published.budgets")


def test_sources_that_do_not_make_the_budget(tmp_path):
    """The rest is of others, and told."""
    cells = [*SMALL[:4], ["", "其中:财政拨款", "7", "", ""], *SMALL[4:]]
    forms = taken(tmp_path, cells)
    ((_, form),) = forms.approvals
    assert {p.source: p.amount for p in form.amounts} == {
        "fiscal": 7_000_000,
        "other": 3_000_000,
    }
    assert "3" in said(forms, "published.money_rest")


def test_amounts_in_a_unit_of_their_own(tmp_path):
    """300 thousand yuan among amounts in 万元 are 30 of these."""
    forms = taken(tmp_path, changed(3, 2, "300000元"))
    ((_, form),) = forms.approvals
    assert sum(part.amount for part in form.amounts) == 30_000_000


def test_what_an_approval_has_no_field_for_is_told(tmp_path):
    """Above the table, below it, and beside it."""
    cells = changed(4, 5, "实际完成值")
    cells[5].append("13公里")
    cells[2] += ["", "项目期", "3年"]
    cells.append(["合计", "", "", "", "90"])
    forms = taken(tmp_path, cells)
    assert "项目期; 3年" in said(forms, "published.labels_left").replace(", ", "; ")
    assert "实际完成值" in said(forms, "published.columns_left")
    assert "合计" in said(forms, "published.below_left")


def test_several_forms_on_a_sheet(tmp_path):
    """Each has its own project; codes are given by their names."""
    other = [[*line] for line in SMALL]
    other[2][1] = "桥梁养护"
    codes = {"道路养护": CODE, "桥梁养护": "A-2"}
    forms = taken(tmp_path, [*SMALL, *other], codes=codes)
    assert {form.project: form.name for _, form in forms.approvals} == {
        code: name for name, code in codes.items()
    }


def test_several_lacks_are_named_together(tmp_path):
    """No code, no unit and no budget: one round."""
    cells = [*SMALL[:2], ["项目名称", "道路养护"], *SMALL[4:]]
    forms = taken(tmp_path, cells, codes=None, unit=None)
    told = " ".join(map(str, forms.findings))
    assert all(word in told for word in ("Project code", "Unit", "Budget"))


def test_a_code_for_a_project_that_is_not_there(tmp_path):
    """A slip in the name is not passed over."""
    with pytest.raises(InvalidInput, match="道路养护"):
        taken(tmp_path, SMALL, codes={"道路养护费": CODE})


@pytest.mark.parametrize("label", ["小计", "合计", "备注"])
def test_a_row_of_a_total_ends_no_table(tmp_path, label):
    """Indicators stand below it: they are read, and the row is told."""
    cells = [*SMALL[:6], [label, "", "", "", "50"], *SMALL[6:]]
    forms = taken(tmp_path, cells)
    assert len(forms.approvals[0][1].indicators) == 3
    assert label in said(forms, "published.below_left")


@pytest.mark.parametrize(
    ("sign", "text"), [("═", "═12公里"), ("≧", "≧12公里"), ("不低于", "不低于12公里")]
)
def test_a_sign_in_a_cell_of_its_own(tmp_path, sign, text):
    """It is kept as it is printed."""
    cells = changed(4, 5, "指标性质")
    cells[5][5:] = [sign]
    cells[5][3] = "12公里"
    forms = taken(tmp_path, cells)
    assert forms.approvals[0][1].indicators[0].target.text == text


def test_a_sign_that_is_none_is_an_error(tmp_path):
    """正向 says which way is better, and not what 12 is compared with."""
    cells = changed(4, 5, "指标性质")
    cells[5][5:] = ["正向"]
    forms = taken(tmp_path, cells)
    assert not forms.approvals
    assert "正向" in said(forms, "table.sign_unknown")


@pytest.mark.parametrize(
    "heads",
    [
        ("年度绩效目标值", "权重分值"),
        ("本年度申报指标值", "标准分值（100分）"),
        ("设定目标值及单位", "指标权重（%）"),
    ],
)
def test_heads_in_other_words(tmp_path, heads):
    """What a head is made of says what it is."""
    cells = changed(4, 3, heads[0])
    cells[4][4] = heads[1]
    forms = taken(tmp_path, cells)
    rows_read = forms.approvals[0][1].indicators
    assert [(row.target.text, row.weight) for row in rows_read] == [
        (line[3], Decimal(line[4])) for line in SMALL[5:]
    ]


@pytest.mark.parametrize("head", ["全年实际完成数", "自评得分（分）", "未完成原因说明"])
def test_heads_of_an_evaluation_in_other_words(tmp_path, head):
    """They are told, and never the target."""
    cells = changed(4, 5, head)
    cells[5][5:] = ["13"]
    forms = taken(tmp_path, cells)
    assert forms.approvals[0][1].indicators[0].target.text == "≥12公里"
    assert head.partition("（")[0] in said(forms, "published.columns_left")


def test_a_label_and_its_value_in_one_cell(tmp_path):
    """As forms of word processors have them."""
    cells = [
        ["项目支出绩效目标表"],
        ["主管部门：[101]某局", "", "2024年度", "", "单位：万元"],
        ["项目名称：道路养护"],
        ["年度资金总额：10", "", "其中：财政拨款：10"],
        *SMALL[4:],
    ]
    forms = taken(tmp_path, cells, unit=None)
    ((_, form),) = forms.approvals
    assert (form.name, form.unit, form.fiscal_year) == ("道路养护", "101", 2024)
    assert {p.source: p.amount for p in form.amounts} == {"fiscal": 10_000_000}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_budget_that_a_form_does_not_print_is_given(tmp_path, kind):
    """In the main unit of the currency, whatever the form prints amounts in."""
    name = "23-hebei-handan-graded"
    right = EXPECTED[name]
    forms = taken(tmp_path, rows(name), kind=kind, budgets={"": "1234567.89"})
    ((_, form),) = forms.approvals
    assert (form.fiscal_year, form.name) == (right["year"], right["name"])
    assert [part.amount for part in form.amounts] == [123_456_789]
    read = [(row.name, row.target.text) for row in form.indicators]
    assert [one for one, _ in read] == [row[0] for row in right["indicators"]]
    steps = [text for _, text in read]
    assert steps == ["≥100%", "≥90%", "≥85%"]  # The first of each ladder.


def test_a_budget_that_a_form_prints_stays(tmp_path):
    """What is given is for forms that print none; a name of no form is an error."""
    ((_, form),) = taken(tmp_path, SMALL, budgets={"": 5}).approvals
    assert [part.amount for part in form.amounts] == [10_000_000]
    with pytest.raises(InvalidInput, match="道路养护"):
        taken(tmp_path, SMALL, budgets={"道路养": 5})
    with pytest.raises(InvalidInput, match="float"):
        taken(tmp_path, SMALL, budgets={"": 5.5})

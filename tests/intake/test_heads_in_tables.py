"""Heads of flat tables and of sheets that published forms call otherwise."""

from decimal import Decimal

import pytest

from ledger import Settings
from ledger.intake import interchange
from ledger.intake.readers import file_kinds
from support_workbooks import as_csv, as_workbook

CODE = "13052923P00584010933T"
FIRST = ["2023", CODE, "就业工作经费", "323001", "20", "产出指标", "数量指标"]
HEADS = ["年度", "项目编码", "项目名称", "单位编码", "预算数", "一级指标", "二级指标"]
KINDS = {"csv": as_csv, "xlsx": as_workbook}


def taken(tmp_path, more, *cells, level1="产出指标", kind="csv"):
    """Return what is read of one row with more columns than the usual ones."""
    row = [*FIRST[:5], level1, FIRST[6], *cells]
    content = KINDS[kind]([[*HEADS, *more], row])
    path = tmp_path / "table"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return interchange.read([file_kinds.read(path)], Settings())


def indicator(forms):
    """Return the one indicator of the one form."""
    ((_, form),) = forms.approvals
    (row,) = form.indicators
    return row


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("指标内容", "预期指标值"),
        ("三级指标名称", "指标值及单位"),
        ("绩效指标", "目标值"),
    ],
)
def test_a_flat_table_has_the_heads_of_published_forms(tmp_path, kind, name, target):
    """They were columns that nobody read, and the table none of forms."""
    forms = taken(tmp_path, [name, target], "培训次数", "≥12次", kind=kind)
    assert (indicator(forms).name, indicator(forms).target.text) == (
        "培训次数",
        "≥12次",
    )


@pytest.mark.parametrize(
    "heads", [["指标值", "年度指标值"], ["指标值", "年度绩效目标值"]]
)
def test_the_target_of_the_year_binds(tmp_path, heads):
    """The other one is kept, in either order of the columns."""
    row = indicator(taken(tmp_path, ["三级指标", *heads], "培训", "≥36次", "≥12次"))
    back = indicator(
        taken(tmp_path, ["三级指标", *heads[::-1]], "培训", "≥12次", "≥36次")
    )
    assert row == back
    assert row.target.text == "≥12次"
    assert [(h.name, h.text) for h in row.horizons] == [("指标值", "≥36次")]


def test_points_in_a_heading(tmp_path):
    """The heading is that without them; they are compared with those of its rows."""
    heads = ["三级指标", "指标值", "权重"]
    forms = taken(tmp_path, heads, "培训", "≥12次", "40", level1="产出指标（50分）")
    assert (indicator(forms).level1, indicator(forms).weight) == (
        "产出指标",
        Decimal(40),
    )
    assert "published.points_of_level" in {found.code for found in forms.findings}


@pytest.mark.parametrize(
    ("printed", "usual"),
    [
        ("项目完成指标", "产出指标"),
        ("效果指标", "效益指标"),
        ("Cost of it", "Cost of it"),
    ],
)
def test_headings_of_level_1_by_their_usual_names(tmp_path, printed, usual):
    """A heading that is none of them stays as it is."""
    forms = taken(tmp_path, ["三级指标", "指标值"], "培训", "≥12次", level1=printed)
    assert indicator(forms).level1 == usual
    told = {found.code for found in forms.findings}
    assert ("published.heading" in told) == (printed != usual)

"""What the forms of one file share: the year, and the unit of money."""

import pytest

from support_published import CODE, SMALL, said, taken

CODES = {"道路养护": CODE, "桥梁养护": "A-2"}


def two(title, head):
    """Return two forms, of which the second has another year and another unit."""
    other = [[*line] for line in SMALL]
    other[1], other[2][1], other[3][0] = [title], "桥梁养护", head
    return [*SMALL, *other]


def test_forms_of_one_year_and_unit(tmp_path):
    """Both are read."""
    cells = two("(2024年度)", "项目资金(万元)")
    assert len(taken(tmp_path, cells, codes=CODES).approvals) == 2


@pytest.mark.parametrize(
    ("title", "head", "code", "told"),
    [
        ("(2025年度)", "项目资金(万元)", "published.years", ("2025", "2024")),
        ("(2024年度)", "项目资金(元)", "sheet.money_units", ("元", "万元")),
    ],
)
def test_a_form_of_another_year_or_unit_is_an_error(tmp_path, title, head, code, told):
    """It was read as of the first: of another year, or ten thousand times too much."""
    forms = taken(tmp_path, two(title, head), codes=CODES)
    assert all(part in said(forms, code) for part in told)
    assert [form.name for _, form in forms.approvals] == ["道路养护"]


def test_the_day_of_signing_is_not_the_year_of_the_form_below(tmp_path):
    """It stands in a row by itself above the next title, as a title may."""
    other = [[*line] for line in SMALL]
    other[2][1] = "桥梁养护"
    cells = [*SMALL, ["填表人：王某  填报日期：2025年1月5日"], [], *other]
    forms = taken(tmp_path, cells, codes=CODES)
    assert [form.fiscal_year for _, form in forms.approvals] == [2024, 2024]

"""What a careful reader notices in the 19 real forms: there, and nowhere else."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from ledger import Settings
from ledger.intake import SAMPLE
from ledger.messages import severity
from support import form, forms, read

ROOT = Path(__file__).parents[2]
JULU = SAMPLE
CODE = re.compile(
    r'"((?:target|plan|indicator|form|forms|code|result|objectives|sheet|table|text'
    r'|workbook|pdf|score|variance|clock)\.[a-z0-9_]+)"'
)

# Each code, and the numbers of the forms in which it is found, once for each time.
REAL = {
    "plan.header_percent": [*range(1, 20)],
    "plan.instalments": [12, 13, 14, 15, 17, 18, 19],
    "plan.column_unknown": [1, 2, 16],
    "target.unit_lacks_yuan": [10],
    "target.unit_disguise": [14],
    "target.number_not_read": [16],
    "indicator.target_repeats_name": [3, 4],
    "indicator.may_build_up": [
        *(1, 10, 11, 13, 13, 16, 16, 16, 17, 17, 17, 18, 18, 18, 18),
    ],
    "indicator.date_under_quality": [13],
    "indicator.level2_misfit": [10, 13, 13, 16, 17],
    "indicator.no_rate": [12, 12, 13, 14, 14, 18],
    "indicator.people_as_rate": [18],
    "indicator.deadline_as_rate": [14, 15],
    "indicator.rate_as_days": [18],
    "indicator.ceiling_on_deliverable": [2],
    "indicator.satisfaction_not_surveyed": [14, 16, 19],
    "form.cost_agrees": [1, 6, 7, 10],
    "form.cost_disagrees": [8, 19],
    "form.years_disagree": [6, 12, 16],
}
TOGETHER = {
    "forms.percent_spellings": ["百分比", "百分号"],
    "forms.cost_limit_comparator": ["13052923P00584010941F", "13052923P00584010946H"],
    "forms.near_copy": ["13052923P005842104447", "13052923P005842104614", "部高于"],
}


@pytest.fixture(scope="module")
def found():
    """Read the real forms, with the one purpose that names another year."""
    content = json.loads(JULU.read_text("utf-8"))
    content["projects"][5]["purpose"] = "2022年劳动监察执法经费"
    return read(content, Settings()).findings


@pytest.mark.parametrize("code", sorted(REAL))
def test_each_finding_is_where_it_is_and_nowhere_else(found, code):
    """The forms in which a careful reader finds it."""
    places = [f.place for f in found if f.code == code]
    assert [int(re.search(r"form (\d+)", place)[1]) for place in places] == REAL[code]


@pytest.mark.parametrize("code", sorted(TOGETHER))
def test_what_shows_side_by_side_is_said_once(found, code):
    """With the forms that it is about."""
    (one,) = [f for f in found if f.code == code]
    for words in TOGETHER[code]:
        assert words in one.message


def test_nothing_else_is_found(found):
    """38 targets lack a comparator; every other finding is in the tables above."""
    others = [f for f in found if f.code not in {**REAL, **TOGETHER}]
    assert {f.code for f in others} == {"target.no_comparator"}
    projects = [f for f in others if "department" not in f.place]
    assert len(projects) == 38


def test_quantity_times_cost_is_held_against_the_budget(found):
    """7.24 万人 at 4 yuan are 28.96 万元, against 20.00."""
    messages = [f.message for f in found if f.code == "form.cost_disagrees"]
    assert "369人 × 5万元 = 18,450,000.00; the budget is 18,421,000.00" in messages
    assert "≥7.24 万人 × 4元 = 289,600.00; the budget is 200,000.00" in messages


def test_docs_list_every_code_and_no_other():
    """A code is a promise, and so is how bad it is."""
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    listed = dict(
        re.findall(
            r"^\| `([a-z0-9_.]+)` \| (error|warning|note) \|", page, re.MULTILINE
        )
    )
    table = tomllib.loads(
        (ROOT / "src" / "ledger" / "messages" / "severities.toml").read_text("utf-8")
    )
    known = {code: how for how, codes in table.items() for code in codes}
    assert listed == known


def test_every_code_that_is_used_is_known():
    """One that is not would have no severity."""
    used = {
        code
        for source in (ROOT / "src").rglob("*.py")
        for code in CODE.findall(source.read_text("utf-8"))
    }
    for code in used:
        assert severity(code) in {"error", "warning", "note"}, code


def codes_of(**row):
    """Return what is found in a form whose first indicator has other fields."""
    first, last = form()["indicators"]
    given = forms(form(indicators=[{**first, **row}, last]))
    return [f.code for f in read(given, Settings()).findings]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"level2": "数量指标", "target": "≤3次"}, "indicator.ceiling_on_deliverable"),
        ({"level2": "质量指标", "target": "12月底前"}, "indicator.date_under_quality"),
        ({"level2": "成本指标", "target": "≥90人"}, "indicator.level2_misfit"),
        (
            {"level2": "时效指标", "level3": "预算执行率", "target": "≥90%"},
            "indicator.level2_misfit",
        ),
        (
            {
                "level1": "效益指标",
                "level3": "幸福感",
                "description": "幸福感",
                "target": "≥90%",
            },
            "indicator.no_rate",
        ),
        ({"level3": "受益人数", "target": "≥90%"}, "indicator.people_as_rate"),
        (
            {"description": "每月5日前发放", "target": "≥90%"},
            "indicator.deadline_as_rate",
        ),
        ({"level3": "及时率", "target": "≤5天"}, "indicator.rate_as_days"),
        ({"level3": "稳定", "target": "稳定"}, "indicator.target_repeats_name"),
        ({"description": "2021年开展培训"}, "form.years_disagree"),
    ],
)
def test_each_slip_is_noticed(row, code):
    """In a form of any project."""
    assert code in codes_of(**row)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"level2": "时效指标", "level3": "完成时间", "target": "12月底前"},
        {"level2": "成本指标", "level3": "总成本", "target": "≤20万元"},
        {"level1": "效益指标", "level3": "群众知晓率", "target": "≥90%"},
        {"level3": "受益人数占比", "target": "≥90人"},
        {"basis": "冀财规【2018】21号"},
        {"level2": "质量指标", "level3": "资金合规率", "target": "≥90%"},
    ],
)
def test_what_is_right_is_not_flagged(row):
    """A careful reader passes over it."""
    noticed = [c for c in codes_of(**row) if c.startswith(("indicator.", "form."))]
    assert [code for code in noticed if not code.startswith("form.no_")] == []


def test_a_form_without_satisfaction_lacks_a_block():
    """Output, benefit and satisfaction belong to every form."""
    given = forms(form(indicators=form()["indicators"][:1]))
    found = [f.code for f in read(given, Settings()).findings]
    assert "form.no_satisfaction" in found
    assert "form.no_benefit" in found
    assert "form.no_output" not in found

"""What cannot be taken of a workbook is named by its cell and by the head above it."""

from datetime import date

import pytest

from ledger import InvalidInput, Ledger, Settings
from ledger.intake import bulk
from ledger.intake.column_heads import EVENT, FORM, fields_by_head, plain
from ledger.messages import Language, message
from support_template import contents, empty_forms, month_template, saved

pytestmark = pytest.mark.usefixtures("in_this_process")

GOOD = {
    "fiscal_year": 2023, "project_code": "A-1", "project_name": "Road",
    "unit_code": "323", "unit_name": "Office", "budget": 20, "fiscal_funds": 20,
    "level1": "产出指标", "level2": "数量指标", "level3": "length", "target": "≥3公里",
}  # fmt: skip
PLAN = [5, 10, 15, 20]
WRONG = [
    ("project_name", "", "C2"),
    ("unit_code", "", "D2"),
    ("budget", "abc", "F2"),
    ("fiscal_funds", 19, "F2"),
    ("approved_on", "soon", "L2"),
    ("plan_reading", "so", "Q2"),
    ("level3", "", "T2"),
    ("measure", "so", "X2"),
    ("weight", "x", "Y2"),
]
PLACED = {"fiscal_funds": "budget"}
"""What is named where another field does not fit."""


def filled(tmp_path, language, plan=PLAN, **changed):
    """Return a template of forms with one project and its indicator, saved."""
    settings = Settings(language=language)
    sheets = contents(empty_forms(tmp_path / "empty.xlsx", settings))
    (first, rows), *others = sheets.items()
    fields = [fields_by_head(FORM).get(plain(head)) for head in rows[0]]
    given = {**GOOD, **changed}
    left = iter(plan)
    row = [next(left) if field is None else given.get(field, "") for field in fields]
    return saved(tmp_path / "f.xlsx", {first: [rows[0], row], **dict(others)})


def review(file, language):
    """Return what an import of a file would say, as its readers see it."""
    with Ledger.open(
        ":memory:", actor="a", settings=Settings(language=language)
    ) as led:
        return led.review_forms(file)


@pytest.mark.own_language
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("field", "wrong", "cell"), WRONG)
def test_a_cell_is_named_with_its_head(tmp_path, field, wrong, cell, language):
    """In the language of the ledger, whichever the template's is."""
    file = filled(tmp_path, language, **{field: wrong})
    (error,) = (
        one for one in review(file, language).findings if one.severity == "error"
    )
    head = message(f"head.form.{PLACED.get(field, field)}").said(language)
    assert error.place.rpartition(" › ")[2] == cell
    assert error.message.startswith(head)


@pytest.mark.parametrize("last", ["x", 16])
def test_a_plan_is_named_by_the_cells_of_its_row(tmp_path, last):
    """As is one of its amounts: which of them, the amount tells."""
    file = filled(tmp_path, Language.ENGLISH, [5, 10, 15, last])
    found = review(file, Language.ENGLISH).findings
    (error,) = (one for one in found if one.severity == "error")
    assert error.place.endswith(" › M2:P2")
    assert error.message.startswith("plan: found ")


def test_a_review_says_once_what_was_found(tmp_path):
    """Lines below a finding add what it does not say itself."""
    file = filled(tmp_path, Language.ENGLISH, budget="abc")
    text = review(file, Language.ENGLISH).render("text")
    assert text.count("abc") == 1
    assert text.count("such as 1234.50") == 1


@pytest.mark.parametrize("year", ["", "二〇二三"])
def test_a_year_that_is_none_is_named_by_its_cell(tmp_path, year):
    """Also where the column is there and nothing stands in it."""
    file = filled(tmp_path, Language.ENGLISH, fiscal_year=year)
    with pytest.raises(InvalidInput, match=r"f\.xlsx:Forms!A2, document, Fiscal year"):
        review(file, Language.ENGLISH)


def test_keys_of_json_are_named_as_they_are():
    """There are no heads above them."""
    form = {"project_code": "A", "budget": "1", "indicators": []}
    content = {"document": {"fiscal_year": 2023}, "projects": [form]}
    said = " ".join(one.message for one in review(content, "en").findings)
    assert "project_name: found nothing" in said


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_form_in_which_nothing_is_filled_in_is_refused(tmp_path, name):
    """Its own labels are no content, nor is what unit it is for."""
    rows = [
        ["项目绩效目标表"],
        ["323001某局", "单位：万元"],
        ["项目编码", "", "项目名称", ""],
        ["资金支出计划（%）", "3月底", "6月底", "12月底"],
        ["绩效目标", ""],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "绩效指标描述",
            "指标值",
            "指标值确定依据",
        ],
    ]
    file = tmp_path / name
    if name == "a.csv":
        file.write_text("项目编码,三级指标,指标值\n,,\n", "utf-8")
    else:
        saved(file, {"表": rows})
    with pytest.raises(InvalidInput, match="nothing is filled in"):
        review(file, Language.ENGLISH)


@pytest.mark.parametrize(
    ("target", "unread"),
    [("≥十次", False), ("≥百分之九十", False), ("≤ 两个月", False), ("≥一级", True)],
)
def test_a_number_in_chinese_words_is_not_called_unfilled(tmp_path, target, unread):
    """It is filled in; that no number was read is said."""
    made = review(filled(tmp_path, "en", target=target), "en").findings
    codes = {one.code for one in made}
    assert ("target.number_not_read" in codes) is unread
    assert "target.unfilled" not in codes


@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize("field", ["project", "indicator", "on", "value"])
def test_the_head_that_a_sheet_of_a_month_lacks_is_named(tmp_path, field, gone):
    """With what stands in its place, if anything does."""
    sheets = contents(month_template(tmp_path / "m.xlsx", language=Language.ENGLISH))
    rows = sheets["Results"]
    at = [fields_by_head(EVENT).get(plain(head)) for head in rows[0]].index(field)
    rows[0][at] = "" if gone else "Other"
    rows[1][4:6] = [date(2023, 3, 1), 1]
    file = saved(tmp_path / "x.xlsx", sheets)
    with pytest.raises(InvalidInput) as refused:
        list(bulk.read(file, Settings()))
    head = message(f"head.event.{field}").said(Language.ENGLISH)
    found = "no such column" if gone else "'Other'"
    assert f"Results!1: found {found}" in refused.value.text("en")
    assert refused.value.text("en").endswith(f"columns {head}")


@pytest.mark.own_language
@pytest.mark.parametrize("on", ["2023年1月15日", "2023/01/15", "2023.1.15"])
def test_a_form_is_dated_as_forms_print_it(tmp_path, on):
    """In a cell of text."""
    file = filled(tmp_path, Language.CHINESE, approved_on=on)
    with Ledger.open(":memory:", actor="a") as led:
        led.import_forms(file)
        assert next(iter(led.events())).event.on == date(2023, 1, 15)


@pytest.mark.own_language
@pytest.mark.parametrize(
    ("language", "level", "typed", "meant", "cell"),
    [
        (Language.CHINESE, "level1", "产出指票", "产出指标", "R2"),
        (Language.CHINESE, "level2", "经济成本旨标", "经济成本指标", "S2"),
        (Language.ENGLISH, "level1", "Outputt", "Output", "R2"),
        (Language.ENGLISH, "level2", "Timelyness", "Timeliness", "S2"),
    ],
)
def test_a_heading_that_is_likely_misspelt_is_asked_about(
    tmp_path, language, level, typed, meant, cell
):
    """What stands in its cell is recorded as it is, with a warning."""
    file = filled(tmp_path, language, **{level: typed})
    said = review(file, language).findings
    (asked,) = [f for f in said if f.code == "indicator.heading_misspelt"]

    assert cell in asked.place
    assert (asked.found, asked.expected, asked.severity) == (typed, meant, "warning")


@pytest.mark.parametrize(
    ("level", "heading"),
    [
        ("level1", "管理指标"),
        ("level1", "Outputs"),
        ("level1", "Cost indicators"),
        ("level2", "可持续影响效益指标"),
        ("level2", "受益群体满意度指标"),
        ("level2", "服务对象满意度"),
        ("level2", "QUALITY"),
    ],
)
def test_a_heading_of_ones_own_is_not_asked_about(tmp_path, level, heading):
    """It is near none, or one of the forms in another spelling."""
    file = filled(tmp_path, Language.CHINESE, **{level: heading})
    said = [f.code for f in review(file, Language.CHINESE).findings]

    assert "form.no_benefit" in said
    assert "indicator.heading_misspelt" not in said

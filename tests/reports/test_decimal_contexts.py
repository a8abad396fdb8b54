"""The caller's decimal context changes no figure, in any rendering."""

from decimal import (
    ROUND_CEILING,
    ROUND_UP,
    Context,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Rounded,
    localcontext,
)
from zipfile import ZipFile

import pytest

from ledger import Ledger, yuan
from ledger.domain.money import Currency
from ledger.errors import InvalidAmount
from support import Clock, Entropy, day

CODES = ["A-1", "A-2"]
ROWS = [
    ("产出指标", "数量指标", "次", "≥7次", {}),
    ("产出指标", "数量指标", "面积", "≥1234567.891平方米", {}),
    ("产出指标", "质量指标", "率", "≥66.666667%", {}),
    ("产出指标", "成本指标", "成本", "≤12.345万元", {}),
    ("效益指标", "社会效益指标", "均", "≥3.3分", {"measure": "mean"}),
    ("满意度指标", "服务对象满意度指标", "满意", "≥90%", {"baseline": "33.333"}),
]
RESULTS = [
    ("次", {"value": 3}),
    ("次", {"value": "2.5"}),
    ("面积", {"value": "1234567.8905"}),
    ("率", {"numerator": 2, "denominator": 3}),
    ("成本", {"value": "123456.78"}),
    ("均", {"value": "3.1"}),
    ("均", {"value": "3.33"}),
    ("满意", {"value": "88.8888"}),
]
FIGURES = ("available", "variance", "execution_rate", "by_source.other.available")
CONTEXTS = [
    Context(prec=3),
    Context(prec=60, rounding=ROUND_UP),
    Context(
        prec=4,
        rounding=ROUND_CEILING,
        traps=[Inexact, Rounded, FloatOperation, InvalidOperation],
    ),
]


def forms():
    """Return two projects, and a unit whose indicator adds theirs up."""
    rows = [
        {"level1": a, "level2": b, "level3": c, "target": target, **more}
        for a, b, c, target, more in ROWS
    ]
    parts = [{"project": code, "indicator": "次"} for code in CODES]
    whole = {"level3": "合计", "target": "≥20次", "computed_from": parts}
    whole |= {"level1": "产出指标", "level2": "数量指标", "measure": "sum"}
    goal = {"title": "t", "objective": "o", "indicators": [whole]}
    unit = {"unit_code": "1", "unit_name": "局", "overall_goal": "g", "goals": [goal]}
    project = {
        "unit_code": "1",
        "unit_name": "局",
        "budget": "1234567.89",
        "fiscal_funds": "1000000.00",
        "other_funds": "234567.89",
        "plan_row": ["123456.78", "400000", "999999.99", "1234567.89"],
        "indicators": rows,
    }
    return {
        "document": {"fiscal_year": 2023, "money_unit": "元"},
        "department": unit,
        "projects": [
            {"project_code": code, "project_name": code, **project} for code in CODES
        ],
    }


def everything(folder):
    """Record the same facts anew, and return all that is shown of them."""
    shown = []
    with Ledger.open(":memory:", actor="a", clock=Clock(), entropy=Entropy()) as ledger:
        shown.append(list(map(repr, ledger.import_forms(forms()))))
        for code in CODES:
            ledger.disburse(
                code, "333333.33", voucher="1", source="fiscal", on=day(2, 3)
            )
            ledger.disburse(code, "1.11", voucher="2", source="other", on=day(5, 3))
            ledger.adjust_budget(
                code, "supplement", "0.07", on=day(4), source="fiscal", document="d"
            )
            for name, result in RESULTS:
                ledger.report_result(code, name, on=day(3, 3), **result)
            ledger.report_score(
                code, "7.77", indicator="满意", on=day(6, 3), reason="r"
            )
        monthly, path = ledger.monthly_report(2023, 6), folder / "x"
        portfolio = monthly.portfolio()
        monitoring = ledger.monitoring(2023, 6)
        evaluation = ledger.self_evaluation(2023)
        for report in (monthly, portfolio, monitoring, evaluation):
            shown += [report.to_dict(), report.render("text")]
        shown.append(monthly.render("text", project=CODES[0]))
        shown += [
            monthly.render("csv", table=t) for t in ("projects", "indicators", "months")
        ]
        shown += [
            portfolio.render("csv", table=t) for t in ("units", "groups", "ranking")
        ]
        shown += [str(monthly.to_records(t)) for t in ("months", "indicators")]
        shown.append(monthly.render("html"))
        for report in (monthly, monitoring, evaluation):
            report.write(path, format="xlsx")
            shown.append(sheets(path))
        names = [
            f"indicators.{name}.{figure}"
            for _, _, name, *_ in ROWS
            for figure in ("result", "expected", "attainment", "score")
        ]
        view = ledger.view(through=day(6, 30))
        for subject in (CODES[0], "totals"):
            figures = (*FIGURES, *names) if subject != "totals" else FIGURES
            shown += [view.explain(subject, each).to_dict() for each in figures]
        shown.append([str(each) for each in ledger.differences(9, through=day(6, 30))])
    return shown


def sheets(path):
    """Return the sheets of a workbook as they stand in the file."""
    with ZipFile(path) as book:
        return [
            book.read(name).decode()
            for name in book.namelist()
            if name.startswith("xl/worksheets/sheet")
        ]


@pytest.mark.parametrize("context", CONTEXTS, ids=["small", "large", "trapped"])
def test_no_figure_depends_on_the_decimal_context(tmp_path, context):
    """Few digits, many, another rounding, and traps: all is the same."""
    expected = everything(tmp_path)

    with localcontext(context):
        found = everything(tmp_path)

    assert found == expected


def test_no_digit_of_an_amount_is_lost_at_the_door():
    """An amount longer than the context holds is refused, and not rounded."""
    long = yuan("1." + "0" * 40 + "1")

    with pytest.raises(InvalidAmount, match="at most 2 decimals"):
        Currency("CNY").minor(long)

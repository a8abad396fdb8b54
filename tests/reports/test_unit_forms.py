"""The official forms of units: their own indicators, and money in two parts."""

import re
from datetime import date
from zipfile import ZipFile

from ledger import Objective
from ledger.domain.project_category import ProjectCategory
from support import PROJECT, approval, day, fen, indicator
from support_official_workbooks import JUNE, full, written

BASIC = ("51000023R000000012345", "51000023Y000000012345")


def test_the_form_of_a_unit_tells_basic_spending_from_projects(ledger, tmp_path):
    """By the letter of each project's code, in both forms; the sum is a formula."""
    for number, code in enumerate((*BASIC, "51000023T000000012345", PROJECT), start=1):
        ledger.append(approval(code, 1_000_000 * number, unit="200001"))
        amount = fen(100_000 * number)
        ledger.disburse(code, amount, voucher="V", on=day(3))
    ledger.set_objectives(
        "200",
        "某局",
        [Objective(title="好", objective=None, indicators=(indicator("率"),))],
        fiscal_year=2023,
        on=date(2023, 1, 1),
    )
    for report in (ledger.monitoring(2023, 6), ledger.self_evaluation(2023)):
        (unit,) = report.to_dict()["units"]
        money = unit["money"]
        assert money["total"]["current_budget"] == "100000.00"
        assert money["basic"]["disbursed"] == "3000.00"
        assert money["project"]["current_budget"] == "70000.00"
        rows = full(written(report, tmp_path, "unit")["1 某局"])
        assert rows[2] == ["部门名称", "某局"]
        shown = {row[0]: row[1:4] for row in rows[4:7]}
        assert shown == {
            "年度资金总额": [10.0, 10.0, 1.0],
            "其中：基本支出": [3.0, 3.0, 0.3],
            "　　　项目支出": [7.0, 7.0, 0.7],
        }
        with ZipFile(tmp_path / "unit.xlsx") as archive:
            form = archive.read("xl/worksheets/sheet3.xml").decode()
        assert len(re.findall(r"<f>SUM\(\w+6,\w+7\)</f>", form)) >= 3


def test_a_form_says_what_the_code_does_not(ledger):
    """A category that was given decides; a revision holds from its day on."""
    given = ProjectCategory.OPERATING
    ledger.append(
        approval(PROJECT, 1_000_000, unit="200001", project_category=given),
        approval(BASIC[0], 2_000_000, unit="200001"),
    )
    ledger.revise_form(BASIC[0], on=date(2023, 7, 1), project_category="特定目标类")
    ledger.set_objectives(
        "200",
        "某局",
        [Objective(title="好", objective=None, indicators=(indicator("率"),))],
        fiscal_year=2023,
        on=date(2023, 1, 1),
    )
    june, july = (ledger.monitoring(2023, month).to_dict() for month in (6, 7))
    assert june["units"][0]["money"]["basic"]["current_budget"] == "30000.00"
    assert june["units"][0]["money"]["project"] is None
    assert july["units"][0]["money"]["basic"]["current_budget"] == "10000.00"
    assert july["units"][0]["money"]["project"]["current_budget"] == "20000.00"


def test_a_unit_is_monitored_too(ledger, tmp_path):
    """Whoever reports nothing is asked: text, JSON, frames, workbook and findings."""
    ledger.append(approval(unit="200"))
    ledger.set_objectives(
        "200",
        "某局",
        [Objective(title="好", objective="更好", indicators=(indicator("次数"),))],
        fiscal_year=2023,
        on=date(2023, 1, 1),
    )
    ledger.report_result(None, "次数", 1, unit="200", on=JUNE)
    monitoring = ledger.monitoring(2023, 6)
    (unit,) = monitoring.units
    codes = {each.code: each.place for each in unit.findings}
    assert codes == {
        "variance.unexplained": "200 › 次数",
        "outlook.missing": "200 › 次数",
    }
    assert unit.findings[0] in monitoring.findings
    assert "某局" in monitoring.render("text")
    assert {"200"} < {row["code"] for row in monitoring.to_records("indicators")}
    sheets = written(monitoring, tmp_path, "june")
    rows = full(sheets["1 某局"])
    assert rows[0] == ["部门整体支出绩效目标执行监控表"]
    assert ["年度总体目标", "好"] in rows or ["年度总体目标", "更好\n好"] in rows
    assert any(row[0] == "200" for row in full(sheets["核对"]))
    totals = [row for row in full(sheets["汇总"]) if row[0] == "合计"]
    assert len(totals) == 1

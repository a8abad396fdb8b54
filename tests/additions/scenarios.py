"""
What is asked of a package with additions, in a process of its own.

``python scenarios.py`` plays those that are named to it, one a line, and answers each
with what it saw as a line of JSON.
"""

import json
import sys
import traceback
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from openpyxl import load_workbook
from pyarrow import parquet

from ledger import EXECUTION, Ledger
from ledger.cli import main
from ledger.errors import BudgetExceeded
from ledger.messages import Language
from support import (
    PROJECT,
    Clock,
    Entropy,
    approval,
    counts,
    day,
    disbursement,
    form,
    forms,
    indicator,
)
from support_list_store import store_in_lists

JUNE = day(6, 30)
INDICATOR = "培训人数"


def opened(folder):
    """Yield an empty ledger in a file and one in lists, each with its name."""
    yield (
        "file",
        Ledger.open(
            folder / "test.ledger", actor="tester", clock=Clock(), entropy=Entropy()
        ),
    )
    yield "lists", Ledger._kept_in(store_in_lists(Clock(), Entropy()), "tester")


def renderings(ledger, folder):
    """Return every rendering of the June report as text, by format and language."""
    said = {}
    report = ledger.monthly_report(2023, 6)
    for language in ("zh", "en"):
        book, page = folder / "june.xlsx", folder / "june.html"
        report.write(book, language=language)
        report.write(page, language=language)
        said |= {
            f"html {language}": page.read_text("utf-8"),
            f"text {language}": report.render("text", width=200, language=language)
            + report.render("text", project=PROJECT, language=language),
            f"csv {language}": "".join(
                report.render("csv", table=table, language=language)
                for table in ("projects", "indicators", "months")
            ),
            f"workbook {language}": everything(book),
        }
    said["json"] = report.render("json")
    rows = [report.to_records(table) for table in ("months", "indicators")]
    said["records"] = json.dumps(rows, ensure_ascii=False, default=str)
    return said


FEE_LINE = {
    "type": "FeeCharged",
    "project": PROJECT,
    "on": "2023-04-01",
    "voucher": "F-2",
    "amount": "7.50",
    "bank": "工行",
}


def event_type(folder):
    """Record fees through every door, and look for them wherever facts are shown."""
    from ledger.domain.events import FeeCharged

    said = {}
    for kept, ledger in opened(folder):
        with closing(ledger):
            ledger.append(approval(indicators=(indicator(INDICATOR),)))
            before = ledger.position
            fee = FeeCharged(
                project=PROJECT, on=day(3), amount=1_250, bank="农行", voucher="F-1"
            )
            ledger.append(fee, key="fee")
            again = ledger.append(fee, key="fee")
            bulk = folder / f"{kept}.jsonl"
            bulk.write_text(json.dumps(FEE_LINE), "utf-8")
            counted = counts(ledger.record(bulk))
            too_much = evolve(fee, on=JUNE, amount=99_000, voucher="F-3")
            try:
                ledger.append(too_much)
            except BudgetExceeded as refusal:
                refused = str(refusal)
            line = ledger.view(through=JUNE).project(PROJECT)
            explained = ledger.explain(PROJECT, "disbursed", through=JUNE)
            changed = ledger.differences(before, ledger.position, through=JUNE)
            check = ledger.verify()
            replayed = dict(ledger.replay(EXECUTION))["project:2023:P-1"]
            said[kept] = {
                "repeated": again[0].position,
                "bulk": counted,
                "refused": refused,
                "disbursed": str(line.disbursed),
                "explained": [each.document for each in explained.events],
                "changed": {
                    each.path: (str(each.computed), list(each.positions))
                    for each in changed
                    if each.path == "projects.P-1.disbursed"
                },
                "verified": check.ok,
                "replayed": replayed.disbursements["fiscal"].spent(JUNE),
                "renderings": renderings(ledger, folder),
                "receipt": ledger.verify_report(
                    json.loads(ledger.monthly_report(2023, 6).render("json"))
                ).ok,
                "lines": [json.loads(text)["type"] for text in ledger.lines()],
            }
            table = folder / f"{kept}-parquet"
            ledger.export_table(table)
            said[kept]["table"] = fees_in(table)
    return said


def fees_in(table):
    """Return the fees in a table of events."""
    rows = parquet.read_table(next(table.rglob("*.parquet"))).to_pylist()
    return [
        [row["voucher"], str(row["disbursed"]), row["bank"]]
        for row in rows
        if row["type"] == "FeeCharged"
    ]


def layout(folder):
    """Write the monitoring form in the new layout, by a script and at the command line."""
    said = {}
    for kept, ledger in opened(folder):
        with closing(ledger):
            ledger.append(approval(indicators=(indicator(INDICATOR),)))
            book = folder / f"{kept}.xlsx"
            ledger.monitoring(2023, 6).write(book, layout="county")
            said[kept] = title(book)
    asked = ["monitor", str(folder / "test.ledger"), "--month", "2023-06"]
    book = folder / "command.xlsx"
    main([*asked, "--layout", "county", "--out", str(book)], standalone_mode=False)
    said["command line"] = title(book)
    return said


def measured(folder, measure, target, values):
    """Report values under a measure and a target; return what June says of them."""
    said = {}
    given = indicator(INDICATOR, target, **({"measure": measure} if measure else {}))
    for kept, ledger in opened(folder):
        with closing(ledger):
            ledger.append(approval(indicators=(given,)))
            for month, value in enumerate(values, start=1):
                ledger.report_result(PROJECT, INDICATOR, value, on=day(3 + month))
            (line,) = ledger.view(through=JUNE).attainment(PROJECT)
            figures = ("result", "status", "attainment")
            said[kept] = {
                "result": str(line.result),
                "status": str(line.status),
                "printed": line.target,
                "explained": {
                    name: explained(ledger, f"indicators.{INDICATOR}.{name}")
                    for name in figures
                },
                "verified": ledger.verify().ok,
                "renderings": renderings(ledger, folder),
            }
            ledger.monitoring(2023, 6).write(folder / "form.xlsx")
            ledger.events_template(folder / f"{kept}-template.xlsx", 2023, 7)
            said[kept] |= {
                "form": everything(folder / "form.xlsx"),
                "template": everything(folder / f"{kept}-template.xlsx"),
            }
    return said


def explained(ledger, figure):
    """Return the explanation of a figure in June."""
    found = ledger.explain(PROJECT, figure, through=JUNE)
    return json.dumps(found.to_dict(), ensure_ascii=False)


def measure(folder):
    """Report under the new measure."""
    return measured(folder, "spread", "≥10次", [3, 20, 8])


def comparator(folder):
    """Report against a target with the new comparator, within it and outside."""
    said = []
    for value in (95, 94):
        own = folder / str(value)
        own.mkdir()
        said.append(measured(own, "latest", "≈100次", [value]))
    return said


def status(folder):
    """Report so little that the new status holds."""
    return measured(folder, "sum", "≥100次", [4])


def threshold(folder):
    """Spend so much that the money has the status of the new threshold."""
    said = {}
    for kept, ledger in opened(folder):
        with closing(ledger):
            ledger.append(approval(), disbursement(42_000))
            said[kept] = [
                str(ledger.view(through=JUNE).project(PROJECT).status),
                explained(ledger, "money_status"),
            ]
    return said


def source(folder):
    """Import forms whose amounts name the source; spend of it, and look for it."""
    said = {}
    table, published = folder / "forms.csv", folder / "form.json"
    table.write_text(
        "年度,项目编码,项目名称,单位编码,预算数（元）,财政资金（元）,彩票公益金（元）,12月底,"
        "一级指标,二级指标,三级指标,指标值\n"
        f"2023,{PROJECT},培训,323,1000,600,400,1000,产出指标,数量指标,{INDICATOR},≥10次\n",
        "utf-8",
    )
    given = form(budget="20.00", fiscal_funds="12.00", lottery_funds="8.00")
    published.write_text(json.dumps(forms(given), ensure_ascii=False), "utf-8")
    for kept, ledger in opened(folder):
        with closing(ledger):
            ledger.import_forms(table)
            ledger.import_forms(published)
            ledger.disburse(PROJECT, 100, voucher="V-1", on=JUNE, source=" 彩票 ")
            line = ledger.view(through=JUNE).project(PROJECT)
            book = folder / f"{kept}.xlsx"
            said[kept] = {
                "by source": {
                    name: [str(part.current_budget), str(part.disbursed)]
                    for name, part in line.by_source.items()
                },
                "renderings": renderings(ledger, folder),
                "forms": [],
                "verified": ledger.verify().ok,
            }
            for report in (ledger.monitoring(2023, 6), ledger.self_evaluation(2023)):
                report.write(book, layout="national")
                said[kept]["forms"].append(everything(book))
            events, empty = (
                folder / f"{kept}-events.xlsx",
                folder / f"{kept}-forms.xlsx",
            )
            ledger.events_template(events, 2023, 7)
            ledger.forms_template(empty)
            said[kept]["templates"] = [everything(events), everything(empty)]
    return said


def column(folder):
    """Spend less than was planned, and look for the new figure."""
    said = {}
    for kept, ledger in opened(folder):
        with closing(ledger):
            ledger.append(approval(), disbursement(12_345))
            before = ledger.position
            ledger.append(disbursement(5, "V-2"))
            changed = ledger.differences(before, ledger.position, through=JUNE)
            said[kept] = {
                "explained": explained(ledger, "ahead"),
                "changed": {
                    each.path: [str(each.computed), list(each.positions)]
                    for each in changed
                    if each.path == "projects.P-1.ahead"
                },
                "receipt": ledger.verify_report(
                    json.loads(ledger.monthly_report(2023, 6).render("json"))
                ).ok,
                "renderings": renderings(ledger, folder),
            }
    return said


def new_finding(folder):
    """Look for the new finding in a report, in both languages."""
    said = {}
    for kept, ledger in opened(folder):
        with closing(ledger):
            ledger.append(approval())
            (found,) = ledger.monthly_report(2023, 6).findings
            said[kept] = {
                "texts": [found.text(language) for language in Language],
                "renderings": renderings(ledger, folder),
            }
    return said


def everything(book):
    """Return all texts of a workbook, those that help to fill in cells too."""
    texts = []
    for sheet in load_workbook(book):
        cells = (cell.value for row in sheet.iter_rows() for cell in row)
        rules = sheet.data_validations.dataValidation
        helps = (text for rule in rules for text in (rule.prompt, rule.formula1))
        texts += [str(text) for text in (*cells, *helps) if text is not None]
    return "\n".join(texts)


def title(book):
    """Return the first text of a workbook's last sheet."""
    sheet = load_workbook(book).worksheets[-1]
    return next(c.value for row in sheet.iter_rows() for c in row if c.value)


if __name__ == "__main__":
    for line in sys.stdin:
        with TemporaryDirectory() as folder:
            try:
                answer = {"said": globals()[line.strip()](Path(folder))}
            except Exception:  # noqa: BLE001 - the test shows whatever it is
                answer = {"failed": traceback.format_exc()}
        print(json.dumps(answer), flush=True)

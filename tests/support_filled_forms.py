"""Official forms that tests print, change cells of, and take back."""

from datetime import date

import openpyxl

from ledger import Objective
from support import PROJECT, approval, day, fen, indicator

JUNE, YEAR = date(2023, 6, 30), date(2023, 12, 31)
GOALS = ("第一个目标", "第二个目标")
RESULT, OUTLOOK = "1-6月执行情况", "全年预计完成情况"
NAMES = ["培训次数", "满意率", "完成时间", "制度建设", "就诊人数"]


def with_forms(ledger):
    """Record a project whose indicators are of each kind, and with a unit."""
    targets = ["≥10次", "≥90%", "11月底前", "效果显著", "≥6.5万人"]
    ledger.append(
        approval(
            unit="200",
            goals=GOALS,
            indicators=tuple(
                indicator(name, target)
                for name, target in zip(NAMES, targets, strict=True)
            ),
        )
    )
    ledger.disburse(PROJECT, fen(20_000), voucher="V", on=day(3))
    ledger.report_result(PROJECT, NAMES[0], 3, on=day(3))
    ledger.report_result(PROJECT, NAMES[1], numerator=80, denominator=100, on=day(3))
    ledger.set_objectives(
        "200",
        "某局",
        [Objective(title="好", objective=None, indicators=(indicator("次数"),))],
        fiscal_year=2023,
        on=date(2023, 1, 1),
    )
    return ledger


def printed(ledger, path, form, **more):
    """Print a form, and return its workbook as openpyxl opens it."""
    report = ledger.monitoring(2023, 6) if form == "m" else ledger.self_evaluation(2023)
    report.write(path, **more)
    return openpyxl.load_workbook(path)


def cell_of(sheet, row, head):
    """Return the cell in the row that holds a text, under the lowest head of a text."""
    of_row = next(c.row for cells in sheet.iter_rows() for c in cells if c.value == row)
    column = [
        c.column
        for cells in sheet.iter_rows(max_row=of_row)
        for c in cells
        if c.value == head
    ][-1]
    return sheet.cell(of_row, column)


def taken(ledger, tmp_path, form, *changes, **more):
    """Print a form, change cells of the project's, take it back; return the facts."""
    path = tmp_path / f"{form}.xlsx"
    path.unlink(missing_ok=True)
    book = printed(ledger, path, form, **more)
    sheet = next(each for each in book.worksheets if each.title.startswith("2 "))
    for row, head, value in changes:
        cell_of(sheet, row, head).value = value
    book.save(path)
    before = ledger.position
    done = ledger.record(path)
    again = ledger.record(path)
    assert again.new == 0
    assert (again.already > 0) is bool(changes)
    facts = [each.event for each in ledger.events() if each.position > before]
    assert done.new == len(facts)
    if changes:
        path.unlink()
        anew = printed(ledger, path, form, **more)
        sheet = next(each for each in anew.worksheets if each.title.startswith("2 "))
        shown = [cell_of(sheet, row, head).value for row, head, _ in changes]
    else:
        shown = []
    return facts, shown

"""Workbooks and tables that hold forms, as departments have them."""

import csv
import io
import json
from pathlib import Path

import xlsxwriter

TRUTH = json.loads(
    (Path(__file__).parent / "data" / "julu-2023.json").read_text("utf-8")
)
FLAT = {
    "年度": lambda _, __: 2023,
    "项目编码": lambda form, _: form["project_code"],
    "项目名称": lambda form, _: form["project_name"],
    "单位编码": lambda form, _: form["unit_code"],
    "单位名称": lambda form, _: form["unit_name"],
    "预算数（万元）": lambda form, _: form["budget"],
    "财政资金": lambda form, _: form["fiscal_funds"],
    "其他资金": lambda form, _: form["other_funds"],
    "资金用途": lambda form, _: form["purpose"],
    "绩效目标": lambda form, _: "\n".join(
        f"{n}.{goal}" for n, goal in enumerate(form["goals"], start=1)
    ),
    **{
        month: lambda form, _, n=n: (
            form["plan_row"][n] if len(form["plan_row"]) > n else None
        )
        for n, month in enumerate(("3月底", "6月底", "10月底", "12月底"))
    },
    "一级指标": lambda _, row: row["level1"],
    "二级指标": lambda _, row: row["level2"],
    "三级指标": lambda _, row: row["level3"],
    "绩效指标描述": lambda _, row: row["description"],
    "指标值": lambda _, row: row["target"],
    "指标值确定依据": lambda _, row: row["basis"],
}


def flat(forms=TRUTH["projects"], *, columns=FLAT, repeat=True):
    """Return the rows of a flat table; project columns once or in each row."""
    rows = [list(columns)]
    project = set(list(FLAT)[1:14])
    for form in forms:
        for n, row in enumerate(form["indicators"]):
            rows.append(
                [
                    None if n and not repeat and name in project else cell(form, row)
                    for name, cell in columns.items()
                ]
            )
    return rows


def as_csv(rows, delimiter=","):
    """Return *rows* as the text of a table file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def as_workbook(*sheets):
    """Return a workbook with a sheet for each list of rows."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    for rows in sheets:
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
    book.close()
    return file.getvalue()


def form_sheets(forms, *, together=False, top=0, left=0):
    """Return a workbook with each form on a sheet, or all on one; cells are merged."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, row = None, top
    for form in forms:
        if sheet is None or not together:
            sheet, row = book.add_worksheet(), top
        row = _write_form(sheet, form, row, left) + 2
    book.close()
    return file.getvalue()


def _write_form(sheet, form, r, c):
    merge, write = sheet.merge_range, sheet.write
    merge(r, c, r, c + 6, f"{form['seq']}.{form['title']}绩效目标表")
    write(r + 1, c, f"{form['unit_code']}{form['unit_name']}")
    write(r + 1, c + 6, "单位：万元")
    write(r + 2, c, "项目编码")
    merge(r + 2, c + 1, r + 2, c + 2, form["project_code"])
    write(r + 2, c + 3, "项目名称")
    merge(r + 2, c + 4, r + 2, c + 6, form["project_name"])
    merge(r + 3, c, r + 4, c, "预算规模及\n资金用途")
    write(r + 3, c + 1, "预算数")
    write(r + 3, c + 2, float(form["budget"]))
    write(r + 3, c + 3, "其中：财政\n资金")
    write(r + 3, c + 4, float(form["fiscal_funds"]))
    write(r + 3, c + 5, "其他资金")
    if form["other_funds"]:
        write(r + 3, c + 6, float(form["other_funds"]))
    merge(r + 4, c + 1, r + 4, c + 6, form["purpose"])
    merge(r + 5, c, r + 6, c, "资金支出计\n划（%）")
    for n, month in enumerate(form["plan_columns"]):
        write(r + 5, c + 1 + n, month)
        if n < len(form["plan_row"]):
            write(r + 6, c + 1 + n, float(form["plan_row"][n]))
    write(r + 7, c, "绩效目标")
    goals = "\n".join(f"{n}.{g}" for n, g in enumerate(form["goals"], start=1))
    merge(r + 7, c + 1, r + 7, c + 6, goals)
    labels = "一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定\n依据".split(
        " "
    )
    for n, label in enumerate(labels):
        write(r + 8, c + n, label)
    row = r + 9
    for n, indicator in enumerate(form["indicators"]):
        same = n and indicator["level1"] == form["indicators"][n - 1]["level1"]
        if not same:
            write(row, c, indicator["level1"])
        names = ("level2", "level3", "description", "target", "basis")
        for k, name in enumerate(names, start=1):
            write(row, c + k, indicator[name])
        row += 1
    return row

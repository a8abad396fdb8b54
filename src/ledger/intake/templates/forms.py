"""The template of forms of approval: an empty flat table with an example and notes."""

import os
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ledger.domain.funding import FISCAL, FORM_FIELDS
from ledger.domain.indicator import Direction
from ledger.domain.measure import Measure
from ledger.domain.plan import Reading
from ledger.domain.settings import Settings
from ledger.intake.readers.grid import column_name
from ledger.intake.templates.sheet import (
    Column,
    Notes,
    Rules,
    add_rules,
    between,
    choice,
    columns_of,
    save,
    set_paper,
    wide,
    workbook_of,
    write_cell,
    write_head,
)

FORMS: Final = "绩效目标 Forms"
EXAMPLE: Final = "示例 Example"
NOTES: Final = "说明 Notes"
_FORM_ROWS: Final = 2_000
_CHECKPOINTS: Final = (3, 6, 10, 12)


def forms_template(path: str | os.PathLike[str], settings: Settings) -> None:
    """
    Write an empty workbook for forms of approval: a row an indicator.

    What is filled in on its first sheet is read as forms; the example and the notes on
    the others are not.

    Raises:
        InvalidInput: There is a file at *path* already, it does not end in ``.xlsx``,
            or it cannot be written.
    """
    columns = _form_columns(settings)

    def fill(book: Any, looks: dict[str, Any]) -> None:
        sheet = book.add_worksheet(FORMS)
        write_head(sheet, columns, looks, frozen_columns=3)
        add_rules(sheet, columns, _FORM_ROWS)
        set_paper(sheet, across=3)
        example = book.add_worksheet(EXAMPLE)
        _write_example(example, columns, looks)
        notes = book.add_worksheet(NOTES)
        _write_notes(notes, columns, looks, settings)

    save(path, workbook_of(fill, settings))


_FORM_SHAPES: Final = """
年度 7 number needed
项目编码 24 text needed
项目名称 26 text needed
单位编码 11 text needed
单位名称 26 text
预算数（万元） 12 number needed
{amounts}
资金用途 30 text
绩效目标 36 text
文号 20 text
批复日期 12 date
{plan}
支出计划口径 14 text
一级指标 12 text needed
二级指标 18 text needed
三级指标 26 text needed
绩效指标描述 30 text
指标值 16 text needed
指标值确定依据 22 text
计量方式 10 text
权重 8 number
基期值 10 number
指标方向 10 text
"""
_SUMMED: Final = "加".join(each.head for each in FORM_FIELDS.values())
_FORM_NOTES: Final[Notes] = {
    "年度": ("预算年度，如 2023；一个文件一个年度。", "Fiscal year; one a file."),
    "项目编码": (
        "项目的唯一编码；写在项目第一行即可，也可每行重复。",
        "The project's code; in its first row, or in each.",
    ),
    "项目名称": ("项目的全称。", "The project's full name."),
    "单位编码": ("预算单位的编码。", "Code of the unit that spends."),
    "单位名称": ("预算单位的名称。", "Name of the unit."),
    "预算数（万元）": (
        f"预算总额，万元；等于{_SUMMED}。",
        "The whole budget in 10,000s; the sum of its sources.",
    ),
    **{f"{each.head}（万元）": each.note for each in FORM_FIELDS.values()},
    "资金用途": ("资金用来做什么。", "What the money is for."),
    "绩效目标": (
        "总体目标；多条时每条一行，前加 1. 2. 3.（Alt+Enter 换行）。",
        "Goals; several as 1. 2. 3., each on its own line (Alt+Enter).",
    ),
    "文号": ("批复文件的文号。", "Number of the approving document."),
    "批复日期": (
        "批复的日期，如 2023-01-10；不填为年度第一天。",
        "Day of approval; the first of the year when empty.",
    ),
    "支出计划口径": (
        "计划各列是累计 cumulative、分期 instalments 还是百分比；不填则按数字判断。",
        "How the plan's numbers are meant; inferred when empty.",
    ),
    "一级指标": ("一级指标；与上一行相同时可不填。", "Level 1; empty when as above."),
    "二级指标": ("二级指标；与上一行相同时可不填。", "Level 2; empty when as above."),
    "三级指标": (
        "指标名称；同一二级指标下不重复。",
        "The indicator's name, once under its level 2.",
    ),
    "绩效指标描述": ("指标的含义或算法。", "What it means or how it is computed."),
    "指标值": (
        "目标值，照原文写，如 ≥10次、≥98%、≤90天、9月底前、效果显著。",
        "The target as printed: ≥10次, ≥98%, ≤90天, by a date, or a quality.",
    ),
    "指标值确定依据": ("目标值从何而来。", "Where the target comes from."),
    "计量方式": (
        "各期结果如何合成：累计、最新、比率、平均、最大、最小；不填则按指标值判断。",
        "How results make one figure; from the target when empty.",
    ),
    "权重": (
        "分值；同一项目全填或全不填，合计 90（另有执行率 10 分）。",
        "Points; for all indicators or none, 90 in all beside execution's 10.",
    ),
    "基期值": (
        "基期的数值；按变化量考核时填。",
        "Where it stood before, if the change is what counts.",
    ),
    "指标方向": (
        "越高越好 higher，越低越好 lower；指标值没有 ≥ ≤ 时填。",
        "Which way is better, where the target has no ≥ or ≤.",
    ),
}
_FORM_RULES: Final[Rules] = {
    "年度": between("integer", 1900, 9000, "年度 Year"),
    "支出计划口径": choice(Reading, said="不填则按数字判断 Inferred when empty"),
    "一级指标": choice("产出指标 效益指标 满意度指标 成本指标".split(), only=False),
    "二级指标": choice(
        "数量指标 质量指标 时效指标 成本指标 "
        "经济成本指标 社会成本指标 生态环境成本指标 "
        "经济效益指标 社会效益指标 生态效益指标 可持续影响指标 "
        "服务对象满意度指标".split(),
        only=False,
    ),
    "计量方式": choice(Measure, said="不填则按指标值判断 From the target when empty"),
    "指标方向": choice(Direction),
}


def _form_columns(settings: Settings) -> list[Column]:
    """Return the columns of the flat table, under the names that its reader knows."""
    months = [(settings.first_month + n - 2) % 12 + 1 for n in _CHECKPOINTS]
    plan = {
        f"支出计划{month}月底": (
            f"到{month}月底计划支出的数额，万元；一般为累计数，最后一列等于预算。",
            "Planned by the end of that month, in 10,000s; usually cumulative.",
        )
        for month in months
    }
    shapes = _FORM_SHAPES.format(
        amounts="\n".join(
            f"{each.head}（万元） 12 number" for each in FORM_FIELDS.values()
        ),
        plan="\n".join(f"{name} 10 number" for name in plan),
    )
    return columns_of(shapes, {**_FORM_NOTES, **plan}, _FORM_RULES)


# The columns of a project, its plan and of each indicator of the example.
_EXAMPLE_PROJECT: Final = (
    2023,
    "13052923P00584010933T",
    "就业工作经费",
    "323001",
    "巨鹿县人力资源和社会保障局本级",
    Decimal(20),
    *(Decimal(20) if source == FISCAL else None for source in FORM_FIELDS),
    "就业工作经费",
    "1.健全就业服务体系。\n2.提高就业培训质量。",
    "财预〔2023〕1号",
    date(2023, 1, 10),
    *(Decimal(n) for n in (5, 10, 15, 20)),
    "cumulative",
)
_EXAMPLE_INDICATORS: Final = (
    ("产出指标", "数量指标", "开展就业培训数", "开展培训次数", "≥10次", "工作计划"),
    (None, "质量指标", "培训合格率", "合格人数÷参训人数", "≥95%", "工作计划"),
    (None, "时效指标", "培训完成时间", "全部培训完成", "11月底前", "工作计划"),
    ("效益指标", "社会效益指标", "促进就业", "就业形势", "效果显著", "工作计划"),
    (
        "满意度指标",
        "服务对象满意度指标",
        "满意率",
        "问卷满意人数占比",
        "≥98%",
        "调查问卷",
    ),
)
_EXAMPLE_MEASURES: Final = ("sum", "ratio", None, None, "ratio")


def _write_example(sheet: Any, columns: list[Column], looks: dict[str, Any]) -> None:
    """Write one form; no label stands alone, so that it is not read as one."""
    said = "示例：读取时不看本表。Example: this sheet is not read."
    sheet.write_string(0, 0, said, looks["said"])
    for c, column in enumerate(columns):
        sheet.set_column(c, c, max(column.width, wide(column.label) + 5))
        look = looks["needed" if column.needed else "head"]
        sheet.write_string(1, c, f"例：{column.label}", look)
    first = len(_EXAMPLE_PROJECT)
    for r, row in enumerate(_EXAMPLE_INDICATORS):
        project = _EXAMPLE_PROJECT if r == 0 else ()
        for c, value in enumerate(project):
            write_cell(sheet, r + 2, c, value, looks, columns[c].look)
        for c, value in enumerate((*row, _EXAMPLE_MEASURES[r]), start=first):
            write_cell(sheet, r + 2, c, value, looks, columns[c].look)
    sheet.freeze_panes(2, 3)
    set_paper(sheet, heading=1, across=3)


def _write_notes(
    sheet: Any, columns: list[Column], looks: dict[str, Any], settings: Settings
) -> None:
    """Write what goes where, in two languages."""
    code = settings.currency.code
    lines = [
        (
            f"在“{FORMS}”表中填写：一个指标一行，项目各列只填第一行即可。",
            f"Fill in “{FORMS}”: a row an indicator, its project in the first row.",
        ),
        (
            "深色表头的列必填。列可移动，表头文字不要改。",
            "Columns with a dark head are needed. Move columns, but keep their heads.",
        ),
        (
            f"金额单位为万元（一万 {code}）。用元时，三个表头都改为（元）。",
            f"Amounts are in 10,000 {code}; in {code} if all heads say （元）.",
        ),
        (
            "导入：budget-ledger import 账本 本文件。不读本表和示例。",
            "Import: budget-ledger import LEDGER FILE. Only the first sheet is read.",
        ),
    ]
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 56)
    sheet.set_column(2, 2, 64)
    for c, head in enumerate(("列 Column", "中文", "English")):
        sheet.write_string(0, c, head, looks["head"])
    for r, (chinese, english) in enumerate(lines, start=1):
        sheet.write_string(r, 0, f"{r}.", looks["text"])
        sheet.write_string(r, 1, chinese, looks["text"])
        sheet.write_string(r, 2, english, looks["text"])
    for c, column in enumerate(columns):
        r = len(lines) + 1 + c
        place = f"{column_name(c)}列 {column.label}"
        sheet.write_string(r, 0, place, looks["text"])
        sheet.write_string(r, 1, column.chinese, looks["text"])
        sheet.write_string(r, 2, column.english, looks["text"])
    sheet.freeze_panes(1, 0)
    set_paper(sheet)

"""The template of forms of approval: an empty flat table with an example and notes."""

import os
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ledger.domain.choices import listed, offered
from ledger.domain.funding import FISCAL, FORM_FIELDS
from ledger.domain.indicator import Direction
from ledger.domain.measure import Measure
from ledger.domain.plan import Reading
from ledger.domain.settings import Settings
from ledger.intake.readers.grid import column_name
from ledger.intake.templates.sheet import (
    Notes,
    Rules,
    TemplateColumn,
    add_rules,
    between,
    both,
    choice,
    columns_of,
    save,
    set_paper,
    wide,
    workbook_of,
    write_cell,
    write_head,
)
from ledger.messages import Language, Message, message

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
    "年度": message("template.form.fiscal_year"),
    "项目编码": message("template.form.project_code"),
    "项目名称": message("template.form.project_name"),
    "单位编码": message("template.form.unit_code"),
    "单位名称": message("template.form.unit_name"),
    "预算数（万元）": message("template.form.budget", heads=_SUMMED),
    **{
        f"{each.head}（万元）": message(f"template.form.{each.name}")
        for each in FORM_FIELDS.values()
    },
    "资金用途": message("template.form.purpose"),
    "绩效目标": message("template.form.goals"),
    "文号": message("template.form.document"),
    "批复日期": message("template.form.approved_on"),
    "支出计划口径": message("template.form.plan_reading", readings=listed(Reading)),
    "一级指标": message("template.form.level1"),
    "二级指标": message("template.form.level2"),
    "三级指标": message("template.form.level3"),
    "绩效指标描述": message("template.form.description"),
    "指标值": message("template.form.target"),
    "指标值确定依据": message("template.form.basis"),
    "计量方式": message("template.form.measure", measures=listed(Measure)),
    "权重": message("template.form.weight"),
    "基期值": message("template.form.baseline"),
    "指标方向": message("template.form.direction", directions=listed(Direction)),
}
_FORM_RULES: Final[Rules] = {
    "年度": between("integer", 1900, 9000, "年度 Year"),
    "支出计划口径": choice(
        offered(Reading), said="不填则按数字判断 Inferred when empty"
    ),
    "一级指标": choice("产出指标 效益指标 满意度指标 成本指标".split(), only=False),
    "二级指标": choice(
        "数量指标 质量指标 时效指标 成本指标 "
        "经济成本指标 社会成本指标 生态环境成本指标 "
        "经济效益指标 社会效益指标 生态效益指标 可持续影响指标 "
        "服务对象满意度指标".split(),
        only=False,
    ),
    "计量方式": choice(
        offered(Measure), said="不填则按指标值判断 From the target when empty"
    ),
    "指标方向": choice(offered(Direction)),
}


def _form_columns(settings: Settings) -> list[TemplateColumn]:
    """Return the columns of the flat table, under the names that its reader knows."""
    months = [(settings.first_month + n - 2) % 12 + 1 for n in _CHECKPOINTS]
    plan = {
        f"支出计划{month}月底": message("template.form.plan", month=month)
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


def _write_example(
    sheet: Any, columns: list[TemplateColumn], looks: dict[str, Any]
) -> None:
    """Write one form; no label stands alone, so that it is not read as one."""
    said = both(message("template.not_read"))
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


def _write_both(sheet: Any, row: int, text: Message, looks: dict[str, Any]) -> None:
    """Write a text in Chinese, and in English in the next column."""
    sheet.write_string(row, 1, text.said(Language.CHINESE), looks["text"])
    sheet.write_string(row, 2, text.said(Language.ENGLISH), looks["text"])


def _write_notes(
    sheet: Any, columns: list[TemplateColumn], looks: dict[str, Any], settings: Settings
) -> None:
    """Write what goes where, in two languages."""
    code = settings.currency.code
    lines = [
        message("template.lines.fill_in", sheet=FORMS),
        message("template.lines.needed"),
        message("template.lines.amounts", code=code),
        message("template.lines.import"),
    ]
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 56)
    sheet.set_column(2, 2, 64)
    for c, head in enumerate(("列 Column", "中文", "English")):
        sheet.write_string(0, c, head, looks["head"])
    for r, line in enumerate(lines, start=1):
        sheet.write_string(r, 0, f"{r}.", looks["text"])
        _write_both(sheet, r, line, looks)
    for c, column in enumerate(columns):
        r = len(lines) + 1 + c
        place = f"{column_name(c)}列 {column.label}"
        sheet.write_string(r, 0, place, looks["text"])
        _write_both(sheet, r, column.note, looks)
    sheet.freeze_panes(1, 0)
    set_paper(sheet)

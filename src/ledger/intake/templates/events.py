"""The template of a month's events: results and disbursements of known projects."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from ledger.domain.calendar import month_end
from ledger.domain.choices import listed, offered
from ledger.domain.errors import InvalidInput
from ledger.domain.funding import FORM_FIELDS
from ledger.domain.indicator import Rating
from ledger.domain.measure import Measure
from ledger.domain.settings import Settings
from ledger.intake.templates.reader import DISBURSEMENTS, RESULTS
from ledger.intake.templates.sheet import (
    Notes,
    Rules,
    add_rules,
    at_least,
    between,
    both,
    choice,
    columns_of,
    height,
    save,
    set_paper,
    workbook_of,
    write_head,
    wrong,
)
from ledger.messages import message
from ledger.spreadsheet.safe_text import guarded

PROJECTS: Final = "项目 Projects"
EMPTY_ROWS: Final = 200
"""Rows of the sheet of disbursements that are ready to be filled in."""


@frozen
class TemplateIndicator:
    """An indicator for which a template has a row; *label* is its name in events."""

    label: str
    target: str
    measure: Measure = field(converter=Measure)
    unit: str | None = None


@frozen
class TemplateProject:
    """A project that a template names; *project* is its code."""

    project: str
    name: str
    indicators: Sequence[TemplateIndicator] = ()


def events_template(
    path: str | os.PathLike[str],
    projects: Iterable[TemplateProject],
    *,
    month: date,
    settings: Settings,
) -> None:
    """
    Write a template for the results and disbursements of a month.

    It has a row for each indicator, dated the end of the month, and empty rows for
    disbursements. A path that ends in ``.csv`` gives a table of the results alone,
    and any other must end in ``.xlsx``.

    Args:
        month: Any day of it.

    Raises:
        InvalidInput: There are no projects, there is a file at *path* already, it has
            another ending, or it cannot be written.
    """
    listed = list(projects)
    if not listed:
        raise InvalidInput("projects", None, message("expected.some_project"))
    on = month_end(month.year, month.month)
    if Path(path).suffix.lower() == ".csv":
        save(path, _csv(listed, on), ending=".csv")
        return

    def fill(book: Any, looks: dict[str, Any]) -> None:
        results, disbursements = (
            book.add_worksheet(RESULTS),
            book.add_worksheet(DISBURSEMENTS),
        )
        _write_results(results, listed, on, looks, settings)
        _write_disbursements(disbursements, len(listed), on, looks, settings)
        names = book.add_worksheet(PROJECTS)
        for c, (head, width) in enumerate((("编码\nproject", 24), ("名称\nname", 60))):
            names.set_column(c, c, width)
            names.write_string(0, c, head, looks["head"])
        for r, project in enumerate(listed, start=1):
            names.write_string(r, 0, project.project, looks["shown"])
            names.write_string(r, 1, project.name, looks["shown"])
        names.freeze_panes(1, 0)
        set_paper(names)

    save(path, workbook_of(fill, settings))


_RESULT_SHAPES: Final = """
项目编码/project 24 text
项目名称/name 22 text
指标/indicator 26 text
指标值/target 18 text
日期/on 12 date
完成值/value 12 number
分子/numerator 11 number
分母/denominator 13 number
评价/rating 14 text
完成程度/share 11 number
完成日期/reached_on 13 date
文字/text 24 text
佐证/evidence 22 text
备注/note 24 text
"""
_DISBURSEMENT_SHAPES: Final = """
项目编码/project 26 text needed
日期/on 12 date needed
凭证号/voucher 18 text needed
金额({code})/amount 16 money needed
资金来源/source 12 text
收款人/payee 26 text
摘要/description 40 text
"""
_RATINGS: Final = message("template.result.rating", ratings=listed(Rating))
_RESULT_NOTES: Final[Notes] = {
    name: message(f"template.result.{name}")
    for name in (
        "project name indicator target on value numerator denominator share "
        "reached_on text evidence note"
    ).split()
} | {"rating": _RATINGS}
_SOURCES: Final = [f"{source} {field.head}" for source, field in FORM_FIELDS.items()]
_DISBURSEMENT_NOTES: Final[Notes] = {
    "project": message("template.disbursement.project", sheet=PROJECTS),
    "source": message("template.disbursement.source", sources=_SOURCES),
    **{
        name: message(f"template.disbursement.{name}")
        for name in "on voucher amount payee description".split()
    },
}
_A_NUMBER: Final = both(message("template.from_zero"))
_ABOVE_ZERO: Final = both(message("template.above_zero"))
_RESULT_RULES: Final[Rules] = {
    "numerator": at_least(0, _A_NUMBER),
    "denominator": at_least(0, _ABOVE_ZERO, above=True),
    "rating": choice(offered(Rating), said=both(_RATINGS, between="\n")),
    "share": between("decimal", 0, 1, "完成程度 Share"),
    "reached_on": between("date", date(1901, 1, 1), date(9000, 12, 31), "日期 Date"),
}
_PREFILLED: Final = 5


def _day_in_year(on: date, settings: Settings) -> dict[str, Any]:
    """Return the rule of a date in the fiscal year of *on*."""
    year = settings.year_of(on)
    return between("date", year.start, year.end, "日期 Date")


def _write_results(
    sheet: Any,
    projects: list[TemplateProject],
    on: date,
    looks: dict[str, Any],
    settings: Settings,
) -> None:
    rules = {**_RESULT_RULES, "on": _day_in_year(on, settings)}
    columns = columns_of(_RESULT_SHAPES, _RESULT_NOTES, rules)
    write_head(sheet, columns, looks, frozen_columns=3)
    row = 0
    for project in projects:
        for indicator in project.indicators:
            row += 1
            shown = (project.project, project.name, indicator.label, indicator.target)
            widths = [column.width for column in columns]
            sheet.set_row(row, height(zip(shown, widths, strict=False)))
            for c, text in enumerate(shown):
                sheet.write_string(row, c, text, looks["shown"])
            sheet.write_datetime(row, len(shown), on, looks["shown_date"])
            for c, column in enumerate(columns[_PREFILLED:], start=_PREFILLED):
                sheet.write_blank(row, c, None, looks[column.look])
            rule = _value_rule(indicator)
            sheet.data_validation(row, _PREFILLED, row, _PREFILLED, rule)
    last = max(row, 1)
    add_rules(sheet, columns, last)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    set_paper(sheet)


def _value_rule(indicator: TemplateIndicator) -> dict[str, Any]:
    """Return the rule of an indicator's value, with what is to be filled in."""
    said = both(message(f"template.asks_for.{indicator.measure}"), between="\n")
    if indicator.unit == "%":
        said += "\n" + both(message("template.percent"))
    elif indicator.unit:
        said += f"\n单位 Unit: {indicator.unit[:40]}"
    rule = at_least(0, _A_NUMBER)
    return {**rule, "input_title": f"{indicator.measure}", "input_message": said}


def _write_disbursements(
    sheet: Any, projects: int, on: date, looks: dict[str, Any], settings: Settings
) -> None:
    rules = {
        "project": {
            "validate": "list",
            "source": f"='{PROJECTS}'!$A$2:$A${projects + 1}",
            **wrong("项目编码 Project", both(message("template.choose"))),
        },
        "on": _day_in_year(on, settings),
        "amount": at_least(0, _ABOVE_ZERO, above=True),
        "source": choice(FORM_FIELDS, only=False),
    }
    shapes = _DISBURSEMENT_SHAPES.format(code=settings.currency.code)
    columns = columns_of(shapes, _DISBURSEMENT_NOTES, rules)
    write_head(sheet, columns, looks, frozen_columns=1)
    for row in range(1, EMPTY_ROWS + 1):
        for c, column in enumerate(columns):
            sheet.write_blank(row, c, None, looks[column.look])
    add_rules(sheet, columns, EMPTY_ROWS)
    set_paper(sheet)


_CSV: Final = (
    "type project name indicator target on value numerator denominator rating share "
    "date text evidence note voucher amount source payee description".split()
)


def _csv(projects: list[TemplateProject], on: date) -> bytes:
    """Return a table with a row for each indicator, as UTF-8 that Excel knows."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, _CSV)
    table.writeheader()
    for project in projects:
        for indicator in project.indicators:
            table.writerow(
                {
                    "type": "ResultReported",
                    "project": guarded(project.project),
                    "name": guarded(" ".join(project.name.split())),
                    "indicator": guarded(indicator.label),
                    "target": guarded(" ".join(indicator.target.split())),
                    "on": on.isoformat(),
                }
            )
    return text.getvalue().encode("utf-8-sig")

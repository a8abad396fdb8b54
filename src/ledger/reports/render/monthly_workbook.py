"""The monthly report as a workbook: projects, indicators, months, and a chart."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain
from typing import Final

from ledger.domain.progress import Progress, silent, watched
from ledger.domain.result_parts import spelled
from ledger.domain.results import VarianceExplanation
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Scope, Width
from ledger.messages import Language, Message
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.reports import vocabulary as words
from ledger.reports.render.closed_periods import closed_periods
from ledger.reports.render.judged_by import judged_by
from ledger.reports.render.part_title import part_title
from ledger.reports.render.register_workbook import write_table
from ledger.reports.values.monthly import MonthlyValues, ProjectReport
from ledger.reports.values.report_registers import registers_of
from ledger.spreadsheet.cells import (
    Book,
    Formula,
    ListHead,
    NumberWithLook,
    Sheet,
    place,
    rate_look,
    write_list,
)

_TEXTS: Final = (("project", 24), ("name", 34), ("unit_name", 26), ("status", 10))
_NAMES: Final = (("subject", 24), ("subject_name", 28))
_LOOKS: Final[Mapping[FigureKind, tuple[str, int]]] = {
    FigureKind.MONEY: ("money", 15),
    FigureKind.RATE: ("rate", 11),
    FigureKind.COUNT: ("number", 12),
    FigureKind.NUMBER: ("number", 12),
    FigureKind.POINTS: ("points", 9),
    FigureKind.DATE: ("date", 12),
    FigureKind.STATUS: ("center", 10),
    FigureKind.RESULT: ("number", 14),
    FigureKind.CHOICE: ("center", 10),
    FigureKind.FLAG: ("center", 10),
    FigureKind.TARGET: ("center", 16),
    FigureKind.TEXT: ("text", 14),
    FigureKind.REASON: ("text", 20),
    FigureKind.EXPLANATION: ("text", 34),
    FigureKind.PARTS: ("text", 34),
}
"""The look and the width of a column, by the kind of its figure."""

_WIDTHS: Final = {"level1": 12, "name": 26}
"""Widths of columns whose texts are shorter or longer than most."""


def workbook(
    monthly: MonthlyValues,
    language: str | None = None,
    progress: Progress = silent,
) -> bytes:
    """
    Return the workbook, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, monthly.settings)
    say = words.words(spoken)
    book = Book(monthly.settings)
    _projects(book.sheet(say["html.projects"]), monthly, spoken, progress)
    _indicators(book.sheet(say["indicator"]), monthly, say)
    _months(book, book.sheet(say["html.months"]), monthly, say)
    for table in registers_of(monthly):
        sheet = book.sheet(say[f"table.{table.key}"])
        write_table(sheet, table, monthly.settings, spoken, _about(monthly, say))
    return book.close()


def _projects(
    sheet: Sheet,
    monthly: MonthlyValues,
    language: Language,
    progress: Progress,
) -> None:
    """Write a row for each project, its rates and the totals by formula."""
    say = words.words(language)
    figures = _project_figures(monthly.totals)
    heads = [
        *(ListHead(label=say[key], width=width, look="text") for key, width in _TEXTS),
        *(_head(row, monthly, say) for row in figures),
    ]
    columns = {row: column for column, row in enumerate(figures, start=len(_TEXTS))}

    def rows() -> Iterator[tuple[object, ...]]:
        projects = watched(monthly.projects, progress, len(monthly.projects))
        for number, project in enumerate(projects, start=2):
            line = project.execution
            shown = (_written(row, line, columns, number, language) for row in figures)
            yield (*_named(project, say), *shown)

    first = _titled(sheet, monthly, say, len(heads), figures)
    last = write_list(sheet, heads, rows(), start=first)
    sheet.sheet.autofilter(first, 0, last - 1, len(heads) - 1)
    for column in range(len(heads)):
        sheet.put(last, column, None, "head")
    sheet.put(last, 1, say["total"], "head")
    for row, column in columns.items():
        if row.scope > Scope.TOTAL:
            continue
        total = _written(row, monthly.totals, columns, last, language)
        if row.kind is FigureKind.MONEY and total is not None:
            bottom = place(max(last - 1, first + 1), column)
            total = Formula(f"=SUM({place(first + 1, column)}:{bottom})", total)
        sheet.put(last, column, total, _LOOKS[row.kind][0])
    _finish(sheet, (last, len(heads) - 1), first)


def _project_figures(whole: ExecutionTotal) -> list[Figure]:
    """
    Return the figures of a project as a sheet shows them: days come last.

    Of the parts of budgets, and of reasons, those that some project has.
    """
    listed = registry.reading(registry.money(Scope.LINE, Width.SHEET))
    rows = [r for r in listed if not registry.rare_by(r) or registry.is_told(r, whole)]
    return sorted(rows, key=lambda row: row.kind is FigureKind.DATE)


def _written(
    row: Figure,
    line: object,
    columns: Mapping[Figure, int],
    number: int,
    language: Language,
) -> object:
    """Return a figure of row *number*: a formula where the sheet has both its parts."""
    value = row.of(line)
    if row.ratio and all(part in columns for part in row.ratio):
        a, b = (place(number, columns[part]) for part in row.ratio)
        return Formula(f'=IF({b}=0,"",ROUND({a}/{b},6))', value)
    if isinstance(value, Message):
        return value.said(language)
    return _shown(value, words.words(language))


def _named(project: ProjectReport, say: Mapping[str, str]) -> tuple[str, ...]:
    line = project.execution
    status = say[project.status.value]
    return line.project, line.name, line.unit_name or line.unit, status


def _indicators(sheet: Sheet, monthly: MonthlyValues, say: Mapping[str, str]) -> None:
    figures = registry.indicators(Width.SHEET, monthly.indicators)
    heads = [
        *(ListHead(label=say[key], width=width, look="text") for key, width in _NAMES),
        *(_head(row, monthly, say) for row in figures),
    ]
    of_projects = (
        (project.execution.project, project.execution.name, project.indicators)
        for project in monthly.projects
    )
    of_units = ((unit.unit, unit.name, unit.indicators) for unit in monthly.units)
    rows = (
        (code, name, *(_judged(row, line, say) for row in figures))
        for code, name, lines in chain(of_projects, of_units)
        for line in lines
    )
    first = _titled(sheet, monthly, say, len(heads), figures)
    last = write_list(sheet, heads, rows, start=first)
    sheet.sheet.autofilter(first, 0, max(last - 1, first), len(heads) - 1)
    _finish(sheet, (max(last - 1, first), len(heads) - 1), first)


def _judged(row: Figure, line: AttainmentLine, say: Mapping[str, str]) -> object:
    """Return a figure of an indicator; a rate keeps its side of the whole."""
    value = row.of(line)
    if row.kind is FigureKind.RATE and row.exact != row.key:
        return NumberWithLook(value, rate_look(row.exactly_of(line), (1,)))
    return _shown(value, say)


def _shown(value: object, say: Mapping[str, str]) -> object:
    """Return a value as a cell holds it: words for members of enumerations."""
    if isinstance(value, StrEnum):
        return say[value.value]
    if isinstance(value, bool):
        return say[str(value)]
    if isinstance(value, VarianceExplanation):
        return value.text
    return spelled(value) if isinstance(value, tuple) else value


def _months(
    book: Book, sheet: Sheet, monthly: MonthlyValues, say: Mapping[str, str]
) -> None:
    """Write the months of all projects, and the curve of spending against the plan."""
    figures = registry.months()
    heads = [
        ListHead(label=say["month"], width=12, look="center"),
        *(_head(row, monthly, say) for row in figures),
    ]
    rows = [(m.month, *(row.of(m) for row in figures)) for m in monthly.months]
    first = _titled(sheet, monthly, say, len(heads), figures)
    last = write_list(sheet, heads, rows, start=first)
    chart = book.book.add_chart({"type": "line", "name": sheet.name})
    for column, row in enumerate(figures, start=1):
        if not row.cumulative:
            continue
        color, dash = ("#7F7F7F", "dash") if row.plan else ("#1F4E79", "solid")
        chart.add_series(
            {
                "name": [sheet.name, first, column],
                "categories": [sheet.name, first + 1, 0, last - 1, 0],
                "values": [sheet.name, first + 1, column, last - 1, column],
                "line": {"color": color, "dash_type": dash, "width": 2},
            }
        )
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 520, "height": 300})
    sheet.sheet.insert_chart(last + 1, 0, chart)
    sheet.sheet.freeze_panes(first + 1, 1)
    sheet.paper(landscape=False, last=(last + 17, len(heads) - 1))


def _head(row: Figure, monthly: MonthlyValues, say: Mapping[str, str]) -> ListHead:
    """Return the head of the column of a figure, with the unit of amounts."""
    look, width = _LOOKS[row.kind]
    label = say[row.word]
    if row.kind is FigureKind.MONEY:
        unit = words.money_unit(monthly.settings, say)
        label = say["in_unit"].format(word=label, unit=unit)
    return ListHead(label=label, width=_WIDTHS.get(row.key, width), look=look)


def _titled(
    sheet: Sheet,
    monthly: MonthlyValues,
    say: Mapping[str, str],
    columns: int,
    figures: Iterable[Figure],
) -> int:
    """Write what a sheet of these *figures* is about; return the row after it."""
    about = _about(monthly, say, figures)
    sheet.entitle(about, columns)
    sheet.sheet.set_row(0, 13 * (1 + about.count("\n")))
    return 1


def _about(
    monthly: MonthlyValues, say: Mapping[str, str], figures: Iterable[Figure] = ()
) -> str:
    """Return what the report is, what is closed of it, and which record it is of."""
    said = say["monthly_report"].format(month=monthly.month, through=monthly.through)
    kept = say["position_root"].format(position=monthly.position, root=monthly.root)
    part = part_title(monthly.part, say)
    title = "  ".join(filter(None, [monthly.settings.title, part, said]))
    closed = closed_periods(monthly, say, figures)
    return "\n".join([title, *closed, *judged_by(monthly, say), kept])


def _finish(sheet: Sheet, last: tuple[int, int], head: int) -> None:
    """Keep the heads in sight, on screen and on paper."""
    sheet.sheet.freeze_panes(head + 1, 2)
    sheet.sheet.repeat_rows(head)
    sheet.paper(landscape=True, last=last)

"""The monthly report as tables: a row for each project, indicator or month."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from ledger.domain.indicator import Rating
from ledger.domain.result_parts import spelled
from ledger.domain.results import VarianceExplanation
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Scope
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.reports.render import json as as_json
from ledger.reports.render.table import (
    CsvColumn,
    Table,
    as_csv,
    cells,
    chosen,
    of_figures,
    same,
)
from ledger.reports.values.monthly import MonthlyValues, ProjectReport

_PROJECT: Final = ("project", "name", "unit", "unit_name", "fiscal_year")
_EXPLANATION: Final = {key: f"explanation.{key}" for key in VarianceExplanation._fields}


def _projects(monthly: MonthlyValues) -> Table:
    sources = [*monthly.totals.by_source]
    columns = {
        **same(_PROJECT),
        **of_figures(registry.of_project()),
        **of_figures(registry.listed()),
    }
    for source in sources:
        columns |= of_figures(registry.listed(Scope.SOURCE), source)
    return Table(columns, (_project(each, sources) for each in monthly.projects))


def _project(project: ProjectReport, sources: Sequence[str]) -> dict[str, object]:
    line = project.execution
    row = {
        **_names(line),
        **cells(registry.of_project(), project),
        **cells(registry.listed(), line),
    }
    for source in sources:
        part = line.of_source(source)
        if part is not None:
            amounts = as_json.money(part)
            row |= {f"by_source.{source}.{key}": amounts[key] for key in amounts}
    return row


def _names(line: ExecutionLine) -> dict[str, object]:
    return {key: getattr(line, key) for key in _PROJECT}


def _months(monthly: MonthlyValues) -> Table:
    def rows() -> Iterator[dict[str, object]]:
        for project in monthly.projects:
            names = _names(project.execution)
            for month in project.execution.months:
                yield {**names, **as_json.month(month)}

    columns = {**same((*_PROJECT, "month")), **of_figures(registry.months())}
    return Table(columns, rows())


def _indicators(monthly: MonthlyValues) -> Table:
    columns = {
        "project": CsvColumn("project"),
        "project_name": CsvColumn("name"),
        "unit_code": CsvColumn("unit"),
        "unit_name": CsvColumn("unit_name"),
    }
    for row in registry.indicators(lines=monthly.indicators):
        if row.kind is FigureKind.EXPLANATION:
            columns |= same(_EXPLANATION.values())
        else:
            columns |= of_figures([row])
    return Table(columns, _indicator_rows(monthly))


def _indicator_rows(monthly: MonthlyValues) -> Iterator[dict[str, object]]:
    """Yield a row for each indicator of a project, then for each of a unit."""
    for project in monthly.projects:
        own = project.execution
        names = {
            "project": own.project,
            "project_name": own.name,
            "unit_code": own.unit,
            "unit_name": own.unit_name,
        }
        yield from ({**names, **_indicator(line)} for line in project.indicators)
    for unit in monthly.units:
        names = {"unit_code": unit.unit, "unit_name": unit.name}
        yield from ({**names, **_indicator(line)} for line in unit.indicators)


def _indicator(line: AttainmentLine) -> dict[str, object]:
    row = cells(registry.indicators(), line)
    if isinstance(line.result, Rating):
        row["result"] = line.result
    if line.parts:
        row["parts"] = spelled(line.parts)
    said = line.explanation
    if said is not None:
        row |= {_EXPLANATION[key]: value for key, value in said._asdict().items()}
    return row


_TABLES: Final[Mapping[str, Callable[[MonthlyValues], Table]]] = {
    "projects": _projects,
    "indicators": _indicators,
    "months": _months,
}
"""What makes each table, by its name."""


def csv(
    monthly: MonthlyValues, language: str | None = None, table: str = "projects"
) -> str:
    """
    Return the table called *table* as CSV.

    Raises:
        InvalidInput: There is no such table or language.
    """
    return as_csv(chosen(_TABLES, table)(monthly), monthly.settings, language)

"""The monthly report as tables: a row for each project, indicator or month."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ledger.domain.events import Likelihood, VarianceCategory
from ledger.domain.indicator import Rating
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.reports.render import json as as_json
from ledger.reports.render.table import Table, same
from ledger.reports.values.monthly import MonthlyValues, ProjectReport

AMOUNTS: Final = (
    *("original_budget", "current_budget", "disbursed", "available"),
    *("carried_over", "lapsed", "execution_rate"),
)
PLAN: Final = (
    *("planned", "original_planned", "plan_rate", "variance", "time_progress"),
)
MONTH: Final = (
    *("month", "planned", "disbursed"),
    *("cumulative_planned", "cumulative_disbursed"),
)
_PROJECT: Final = ("project", "name", "unit", "unit_name", "fiscal_year")
_INDICATOR: Final = {
    "project": "project",
    "project_name": "name",
    "level1": "level1",
    "level2": "level2",
    "name": "level3",
    "indicator": "indicator",
    "target": "target",
    "unit": "unit_of_measure",
    **same(
        "measure result results expected attainment capped_attainment status due "
        "reason weight score reported_score".split()
    ),
    **same(
        f"explanation.{key}"
        for key in "on category text likelihood forecast remedy".split()
    ),
}


def _projects(monthly: MonthlyValues) -> Table:
    sources = [
        f"by_source.{source}.{figure}"
        for source in monthly.totals.by_source
        for figure in AMOUNTS
    ]
    statuses = ("status", "money_status", "closed_on")
    columns = same((*_PROJECT, *statuses, *AMOUNTS, *PLAN, *sources))
    return Table(columns, map(_project, monthly.projects))


def _project(project: ProjectReport) -> dict[str, object]:
    line = project.execution
    figures = as_json.execution(line)
    sources = figures.pop("by_source")
    assert isinstance(sources, dict)
    return {
        **_names(line),
        "status": project.status,
        "money_status": line.status,
        "closed_on": line.closed_on,
        **figures,
        **{
            f"by_source.{source}.{figure}": value
            for source, part in sources.items()
            for figure, value in part.items()
        },
    }


def _names(line: ExecutionLine) -> dict[str, object]:
    return {key: getattr(line, key) for key in _PROJECT}


def _months(monthly: MonthlyValues) -> Table:
    def rows() -> Iterator[dict[str, object]]:
        for project in monthly.projects:
            names = _names(project.execution)
            for month in project.execution.months:
                yield {**names, **as_json.month(month)}

    return Table(same((*_PROJECT, *MONTH)), rows())


def _indicators(monthly: MonthlyValues) -> Table:
    return Table(
        _INDICATOR,
        (
            {
                "project": project.execution.project,
                "project_name": project.execution.name,
                **_indicator(line),
            }
            for project in monthly.projects
            for line in project.indicators
        ),
    )


def _indicator(line: AttainmentLine) -> dict[str, object]:
    row = {**as_json.indicator(line), "measure": line.measure, "status": line.status}
    if isinstance(line.result, Rating):
        row["result"] = line.result
    said = line.explanation
    if said is not None:
        row |= {f"explanation.{key}": value for key, value in said._asdict().items()}
        row["explanation.category"] = VarianceCategory(said.category)
        if said.likelihood is not None:
            row["explanation.likelihood"] = Likelihood(said.likelihood)
    return row


TABLES: Final[Mapping[str, Callable[[MonthlyValues], Table]]] = {
    "projects": _projects,
    "indicators": _indicators,
    "months": _months,
}
"""What makes each table, by its name."""

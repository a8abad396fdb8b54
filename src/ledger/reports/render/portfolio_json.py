"""The portfolio as JSON values, and as tables of the same."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ledger.domain.status import Status
from ledger.projections.execution import ExecutionLine
from ledger.reports.render import json as as_json
from ledger.reports.render.monthly_table import AMOUNTS, MONTH, PLAN
from ledger.reports.render.table import Table, same
from ledger.reports.values.portfolio import GroupTotal, PortfolioValues, UnitTotal

_RANKED: Final = ("project", "name", "unit", "unit_name", "execution_rate", "variance")
_STATUSES: Final = tuple(status.value for status in Status)


def portfolio(made: PortfolioValues) -> dict[str, object]:
    """Return the portfolio as JSON values."""
    report = made.report
    return {
        "month": report.month,
        "through": report.through.isoformat(),
        "known_at": report.known_at,
        "position": report.position,
        "root": report.root,
        "title": report.settings.title,
        "currency": report.settings.currency.code,
        "totals": as_json.execution(made.totals),
        "by_unit": [_unit(unit) for unit in made.by_unit],
        "by_source": {key: as_json.money(m) for key, m in made.by_source.items()},
        "by_level1": [_group(group) for group in made.by_level1],
        "ranking": {
            "execution_rate": _ranked(made.by_execution_rate),
            "variance": _ranked(made.by_variance),
        },
        "months": [as_json.month(month) for month in made.months],
    }


def _unit(unit: UnitTotal) -> dict[str, object]:
    return {
        "unit": unit.unit,
        "unit_name": unit.unit_name,
        "projects": unit.projects,
        "statuses": _statuses(unit.statuses),
        **as_json.execution(unit.money),
    }


def _group(group: GroupTotal) -> dict[str, object]:
    return {
        "group": str(group.group),
        "indicators": group.indicators,
        "statuses": _statuses(group.statuses),
        "scored": group.scored,
        "score": as_json.plain(group.score),
        "possible_score": as_json.plain(group.possible_score),
        "score_rate": as_json.plain(group.score_rate),
    }


def _statuses(counts: Mapping[Status, int]) -> dict[str, int]:
    return {status.value: count for status, count in counts.items()}


def _ranked(lines: Sequence[ExecutionLine]) -> list[dict[str, object]]:
    return [{"rank": rank, **_line(line)} for rank, line in enumerate(lines, 1)]


def _line(line: ExecutionLine) -> dict[str, object]:
    return {
        "project": line.project,
        "name": line.name,
        "unit": line.unit,
        "unit_name": line.unit_name,
        "execution_rate": as_json.plain(line.execution_rate),
        "variance": as_json.plain(line.variance),
    }


def _units_table(made: PortfolioValues) -> Table:
    columns = same(("unit", "unit_name", "projects", *_STATUSES, *AMOUNTS, *PLAN))
    return Table(columns, ({**_unit(u), **_every(u.statuses)} for u in made.by_unit))


def _sources_table(made: PortfolioValues) -> Table:
    rows = ({"source": key, **as_json.money(m)} for key, m in made.by_source.items())
    return Table(same(("source", *AMOUNTS)), rows)


def _groups_table(made: PortfolioValues) -> Table:
    figures = ("scored", "score", "possible_score", "score_rate")
    columns = same(("group", "indicators", *_STATUSES, *figures))
    groups = made.by_level1
    rows = ({**_group(g), **_every(g.statuses), "group": g.group} for g in groups)
    return Table(columns, rows)


def _ranking_table(made: PortfolioValues) -> Table:
    """Return a row for each project with its two ranks, furthest behind plan first."""
    ranks = {line.project: rank for rank, line in enumerate(made.by_execution_rate, 1)}
    columns = same((*_RANKED, "execution_rate_rank", "variance_rank"))
    rows = (
        {
            **_line(line),
            "execution_rate_rank": ranks.get(line.project),
            "variance_rank": rank,
        }
        for rank, line in enumerate(made.by_variance, 1)
    )
    return Table(columns, rows)


def _months_table(made: PortfolioValues) -> Table:
    return Table(same(MONTH), map(as_json.month, made.months))


def _every(counts: Mapping[Status, int]) -> dict[str, int]:
    """Return a count for each status there is, 0 where none occurs."""
    return {status.value: counts.get(status, 0) for status in Status}


TABLES: Final[Mapping[str, Callable[[PortfolioValues], Table]]] = {
    "units": _units_table,
    "sources": _sources_table,
    "groups": _groups_table,
    "ranking": _ranking_table,
    "months": _months_table,
}
"""What makes each table, by its name."""

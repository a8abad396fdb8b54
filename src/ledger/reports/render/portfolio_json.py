"""The portfolio as JSON values, and as tables of the same."""

from collections.abc import Callable, Mapping
from typing import Final

from ledger.domain.status import Status
from ledger.figures import registry
from ledger.figures.figure import Figure, Scope
from ledger.projections.execution import ExecutionLine
from ledger.reports.render import json as as_json
from ledger.reports.render.table import Table, as_csv, chosen, of_figures, same
from ledger.reports.values.portfolio import GroupTotal, PortfolioValues, UnitTotal

_NAMES: Final = ("project", "name", "unit", "unit_name")
_STATUSES: Final = tuple(status.value for status in Status)


def portfolio(made: PortfolioValues) -> dict[str, object]:
    """Return the portfolio as JSON values."""
    report, ranked_by = made.report, _ranked_by(made)
    return {
        "month": report.month,
        "through": report.through.isoformat(),
        "known_at": report.known_at,
        "position": report.position,
        "root": report.root,
        "title": report.settings.title,
        **report.selection.named,
        "currency": report.settings.currency.code,
        "totals": as_json.execution(made.totals),
        "by_unit": [_unit(unit) for unit in made.by_unit],
        "by_source": {key: as_json.money(m) for key, m in made.by_source.items()},
        "by_level1": [_group(group) for group in made.by_level1],
        "ranking": {
            key: [
                {"rank": n, **_line(line, ranked_by)} for n, line in enumerate(lines, 1)
            ]
            for key, lines in made.rankings.items()
        },
        "months": [as_json.month(month) for month in made.months],
        "moves": [
            as_json.finding(move, report.settings.language) for move in made.moves
        ],
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
        **as_json.values(registry.groups(), group),
    }


def _statuses(counts: Mapping[Status, int]) -> dict[str, int]:
    return {status.value: count for status, count in counts.items()}


def _ranked_by(made: PortfolioValues) -> tuple[Figure, ...]:
    """Return the figures that projects are ranked by."""
    return tuple(row for row in registry.listed() if row.key in made.rankings)


def _line(line: ExecutionLine, ranked_by: tuple[Figure, ...]) -> dict[str, object]:
    names = {key: getattr(line, key) for key in _NAMES}
    return {**names, **as_json.values(ranked_by, line)}


def _units_table(made: PortfolioValues) -> Table:
    columns = {
        **same(("unit", "unit_name", "projects", *_STATUSES)),
        **of_figures(registry.listed()),
    }
    return Table(columns, ({**_unit(u), **_every(u.statuses)} for u in made.by_unit))


def _sources_table(made: PortfolioValues) -> Table:
    rows = ({"source": key, **as_json.money(m)} for key, m in made.by_source.items())
    figures = registry.listed(Scope.SOURCE)
    return Table({**same(["source"]), **of_figures(figures)}, rows)


def _groups_table(made: PortfolioValues) -> Table:
    columns = {
        **same(("group", "indicators", *_STATUSES)),
        **of_figures(registry.groups()),
    }
    groups = made.by_level1
    rows = ({**_group(g), **_every(g.statuses), "group": g.group} for g in groups)
    return Table(columns, rows)


def _ranking_table(made: PortfolioValues) -> Table:
    """Return a row for each project with its ranks, furthest behind plan first."""
    ranked_by = _ranked_by(made)
    ranks = {
        f"{key}_rank": {line.project: rank for rank, line in enumerate(lines, 1)}
        for key, lines in made.rankings.items()
    }
    columns = {**same(_NAMES), **of_figures(ranked_by), **same(ranks)}
    rows = (
        {
            **_line(line, ranked_by),
            **{key: places.get(line.project) for key, places in ranks.items()},
        }
        for line in made.by_variance
    )
    return Table(columns, rows)


def _months_table(made: PortfolioValues) -> Table:
    columns = {**same(["month"]), **of_figures(registry.months())}
    return Table(columns, map(as_json.month, made.months))


def _every(counts: Mapping[Status, int]) -> dict[str, int]:
    """Return a count for each status there is, 0 where none occurs."""
    return {status.value: counts.get(status, 0) for status in Status}


_TABLES: Final[Mapping[str, Callable[[PortfolioValues], Table]]] = {
    "units": _units_table,
    "sources": _sources_table,
    "groups": _groups_table,
    "ranking": _ranking_table,
    "months": _months_table,
}
"""What makes each table, by its name."""


def csv(
    made: PortfolioValues, language: str | None = None, table: str = "units"
) -> str:
    """
    Return the table called *table* as CSV.

    Raises:
        InvalidInput: There is no such table or language.
    """
    return as_csv(chosen(_TABLES, table)(made), made.report.settings, language)

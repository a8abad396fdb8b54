"""The portfolio as tables under columns, for pages and workbooks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from attrs import evolve as replace
from attrs import field, frozen

from ledger.domain.funding import FundingSource
from ledger.domain.status import Status
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Scope, Width
from ledger.projections.execution_total import ExecutionTotal
from ledger.reports.values.portfolio import GroupTotal, PortfolioValues, UnitTotal
from ledger.reports.values.register import (
    RegisterCells,
    RegisterColumn,
    RegisterGroup,
    RegisterTable,
    RegisterValues,
)

_TEXT: Final = FigureKind.TEXT
_NAMES: Final = ("project", "project_name", "unit")


@frozen(kw_only=True)
class PortfolioTables(RegisterValues):
    """
    What a page and a workbook show of a portfolio.

    Attributes:
        portfolio: The same as values.
    """

    word: ClassVar[str] = "portfolio"

    portfolio: PortfolioValues = field(repr=False)

    @classmethod
    def of(cls, portfolio: PortfolioValues) -> "PortfolioTables":
        """Return the tables of a portfolio."""
        report = portfolio.report
        return cls(
            portfolio=portfolio,
            through=report.through,
            known_at=report.known_at,
            position=report.position,
            root=report.root,
            settings=report.settings,
            selection=report.selection,
            part=report.part,
        )

    @property
    def days(self) -> Mapping[str, date | str]:
        """The month and the day that its title names."""
        return {"month": self.portfolio.report.month, "through": self.through}

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """By unit, by source, by level 1, two rankings, by month."""
        made = self.portfolio
        return [
            _units(made),
            _sources(made),
            _groups(made.by_level1),
            *(_ranking(made, key) for key in made.rankings),
            _months(made),
        ]


def _units(made: PortfolioValues) -> RegisterTable:
    figures = _told(registry.money(width=Width.SHEET), made.totals)
    every = [
        status for status in Status if any(u.statuses.get(status) for u in made.by_unit)
    ]
    columns = [
        _column("unit", _TEXT),
        _column("unit_name", _TEXT),
        _column("projects", FigureKind.COUNT),
        *(_column(status.value, FigureKind.COUNT) for status in every),
        *map(_of_figure, figures),
    ]

    def row(unit: UnitTotal) -> RegisterCells:
        counts = {status.value: unit.statuses.get(status, 0) for status in every}
        names = {"unit": unit.unit, "unit_name": unit.unit_name}
        shown = _cells(figures, unit.money)
        return {**names, "projects": unit.projects, **counts, **shown}

    counted = {
        each.value: sum(unit.statuses.get(each, 0) for unit in made.by_unit)
        for each in every
    }
    projects = sum(unit.projects for unit in made.by_unit)
    sums = {"projects": projects, **counted, **_cells(figures, made.totals)}
    return _table("units", columns, map(row, made.by_unit), sums)


def _sources(made: PortfolioValues) -> RegisterTable:
    figures = _told(registry.money(Scope.SOURCE, Width.SHEET), made.totals)
    columns = [_column("source", _TEXT), *map(_of_figure, figures)]
    rows = (
        {"source": FundingSource(source), **_cells(figures, money)}
        for source, money in made.by_source.items()
    )
    return _table("sources", columns, rows, None)


def _groups(groups: Sequence[GroupTotal]) -> RegisterTable:
    figures = registry.groups()
    columns = [
        _column("group", FigureKind.CHOICE),
        _column("indicators", FigureKind.COUNT),
        *map(_of_figure, figures),
    ]
    rows = (
        {
            "group": each.group,
            "indicators": each.indicators,
            **_cells(figures, each),
        }
        for each in groups
    )
    return _table("groups", columns, rows, None)


def _ranking(made: PortfolioValues, key: str) -> RegisterTable:
    figures = registry.with_parts(key)
    columns = [
        _column("rank", FigureKind.COUNT),
        *(_column(name, _TEXT) for name in _NAMES),
        *map(_of_figure, figures),
    ]
    rows = (
        {
            "rank": rank,
            "project": line.project,
            "project_name": line.name,
            "unit": line.unit,
            **_cells(figures, line),
        }
        for rank, line in enumerate(made.rankings[key], 1)
    )
    return _table(f"by_{key}", columns, rows, None)


def _months(made: PortfolioValues) -> RegisterTable:
    figures = registry.months()
    columns = [_column("month", _TEXT), *map(_of_figure, figures)]
    rows = ({"month": month.month, **_cells(figures, month)} for month in made.months)
    return _table("by_month", columns, rows, None)


def _told(rows: Iterable[Figure], whole: ExecutionTotal) -> list[Figure]:
    """Return figures in the order in which people read them, without the rare ones."""
    read = registry.reading(rows)
    return [r for r in read if not registry.rare_by(r) or registry.is_told(r, whole)]


def _cells(figures: Iterable[Figure], line: object) -> RegisterCells:
    return {row.key: row.of(line) for row in figures}


def _of_figure(row: Figure) -> RegisterColumn:
    ratio = None if row.ratio is None else (row.ratio[0].key, row.ratio[1].key)
    return replace(_column(row.key, row.kind), word=row.word, ratio=ratio)


def _column(key: str, kind: FigureKind) -> RegisterColumn:
    return RegisterColumn(key, kind, narrowest=Width.LIST)


def _table(
    key: str,
    columns: Sequence[RegisterColumn],
    rows: Iterable[RegisterCells],
    sums: dict[str, Any] | None,
) -> RegisterTable:
    """Return a table of rows as they are; what is no number has no sum."""
    known = sums and {
        name: each for name, each in sums.items() if isinstance(each, Decimal | int)
    }
    group = RegisterGroup(name="", rows=list(rows), sums={})
    return RegisterTable(key=key, name=key, columns=columns, groups=[group], sums=known)

"""Figures of the registry as columns of tables of text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType

from ledger.domain.result_parts import spelled
from ledger.domain.settings import Settings
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Width
from ledger.projections.amounts import Money
from ledger.projections.attainment import AttainmentLine
from ledger.projections.months import Month
from ledger.reports.render.folding_table import FoldingTable
from ledger.reports.render.json import plain
from ledger.reports.render.terminal import (
    heads,
    money,
    percent,
    printable,
    prose,
    short,
    status,
    table,
)
from ledger.reports.values.portfolio import GroupTotal

_FOLDED: Final = {FigureKind.TARGET, FigureKind.RESULT, FigureKind.TEXT}
"""Kinds that may be longer than their column."""


def figure_heads(rows: Iterable[Figure], say: Mapping[str, str]) -> list[str]:
    """Return the heads of figures, short where there are such words."""
    return heads([row.word for row in rows], say)


def figure_cells(
    rows: Iterable[Figure], line: Money | Month | GroupTotal, settings: Settings
) -> list[str]:
    """Return the figures of a line as texts."""
    return [_cell(row, line, settings) for row in rows]


def indicators(lines: Iterable[AttainmentLine], say: Mapping[str, str]) -> Group:
    """Return indicators as a table, with the parts of those that have some below."""
    figures = registry.indicators(Width.LIST)
    made = table(heads(["indicator"], say))
    add_judged_columns(made, figures, say)
    parts: list[RenderableType] = [made]
    for line in lines:
        made.add_row(printable(line.indicator), *judged_cells(figures, line, say))
        if line.parts:
            sentence = say["parts_of"].format(
                name=line.indicator, parts=spelled(line.parts)
            )
            parts.append(prose(sentence))
    return Group(*parts)


def add_judged_columns(
    made: FoldingTable, rows: Iterable[Figure], say: Mapping[str, str]
) -> None:
    """Add a column for each figure of indicators: what may be long folds."""
    for row in rows:
        made.add_column(
            *figure_heads([row], say),
            justify="left" if row.kind is FigureKind.STATUS else "right",
            no_wrap=row.kind not in _FOLDED,
        )


def judged_cells(
    rows: Iterable[Figure], line: AttainmentLine, say: Mapping[str, str]
) -> Sequence[RenderableType]:
    """Return the figures of an indicator as texts, a status in its colour."""
    return [_judged(row, line, say) for row in rows]


def _cell(row: Figure, line: object, settings: Settings) -> str:
    value = row.of(line)
    match row.kind:
        case FigureKind.MONEY:
            return money(value, settings)
        case FigureKind.RATE:
            return percent(row.exactly_of(line))
        case FigureKind.POINTS:
            return plain(value) or "–"
    return "–" if value is None else f"{value}"


def _judged(
    row: Figure, line: AttainmentLine, say: Mapping[str, str]
) -> RenderableType:
    value, exact = row.of(line), row.exactly_of(line)
    match row.kind:
        case FigureKind.STATUS:
            return status(value, say)
        case FigureKind.RATE:
            return percent(exact)
        case FigureKind.RESULT:
            return short(exact, say, line.bounds)
        case FigureKind.NUMBER:
            return short(exact, say)
        case FigureKind.POINTS:
            most = row.out_of and f"/{plain(row.out_of.of(line)) or '–'}"
            return f"{plain(value) or '–'}{most or ''}"
    return printable("–" if value is None else f"{value}")

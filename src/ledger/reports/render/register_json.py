"""Registers as JSON values, and as tables of the same."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ledger.domain.funding import FundingSource
from ledger.figures.figure import FigureKind
from ledger.messages import Message
from ledger.reports.render.table import CsvColumn, Table, as_csv
from ledger.reports.values.register import (
    RegisterCells,
    RegisterTable,
    RegisterValues,
    table_of,
)


def register(values: RegisterValues) -> dict[str, object]:
    """Return a register as JSON values."""
    return {
        "through": values.through.isoformat(),
        "known_at": values.known_at,
        "position": values.position,
        "root": values.root,
        "title": values.settings.title,
        "currency": values.settings.currency.code,
        **values.selection.named,
        **({"totals": _row(values.totals)} if values.totals else {}),
        **{table.name: rows(table) for table in values.tables},
    }


def rows(table: RegisterTable) -> list[dict[str, Any]]:
    """Return the rows of a table as JSON values."""
    return [_row(cells) for cells in table.rows]


def typed_rows(table: RegisterTable) -> list[dict[str, Any]]:
    """Return the rows of a table, numbers as numbers and days as dates."""
    return [
        {
            key: cell if isinstance(cell, Decimal | date) else _value(cell)
            for key, cell in cells.items()
        }
        for cells in table.rows
    ]


def csv(
    values: RegisterValues, language: str | None = None, table: str | None = None
) -> str:
    """
    Return the table called *table*, by default the first, as CSV.

    Raises:
        InvalidInput: There is no such table or language.
    """
    chosen = table_of(values, table)
    columns = {
        column.key: CsvColumn(column.head, column.kind is FigureKind.MONEY)
        for column in chosen.columns
        if not column.only_sums
    }
    shown = (_worded(cells) for cells in chosen.rows)
    return as_csv(Table(columns, shown), values.settings, language)


def _row(cells: RegisterCells) -> dict[str, Any]:
    return {key: _value(cell) for key, cell in cells.items()}


def _worded(cells: RegisterCells) -> Mapping[str, object]:
    """Return a row with members of enumerations, which have words."""
    return {
        key: cell if isinstance(cell, StrEnum | Message) else _flat(_value(cell))
        for key, cell in cells.items()
    }


def _flat(cell: object) -> object:
    """Return a list as one text, which a cell can hold."""
    return " ".join(map(str, cell)) if isinstance(cell, list) else cell


def _value(cell: object) -> object:
    match cell:
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
        case StrEnum():
            return cell.value
        case FundingSource():
            return cell.path
        case tuple():
            return list(cell)
        case Message():
            return cell.code.rpartition(".")[2]
    return cell

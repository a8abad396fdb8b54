"""The register of contracts as JSON values, and as tables of the same."""

from collections.abc import Callable, Mapping
from typing import Final

from ledger.reports.render.table import CsvColumn, Table, as_csv, chosen, same
from ledger.reports.values.contracts import (
    Contract,
    ContractMoney,
    ContractRegisterValues,
)

_MONEY: Final = ("amount", "taken_over", "disbursed", "open")
_WORDS: Final = {"amount": "contract_amount", "contracts": "contract_count"}
_NAMES: Final = (
    *("unit", "project", "project_name", "commitment", "stage", "payee", "document"),
    "entered_on",
)
_DAYS: Final = ("due_on", "days_overdue", "age", "ended_on", "continues")


def register(made: ContractRegisterValues) -> dict[str, object]:
    """Return the register as JSON values."""
    return {
        "through": made.through.isoformat(),
        "known_at": made.known_at,
        "position": made.position,
        "root": made.root,
        "title": made.settings.title,
        "currency": made.settings.currency.code,
        "totals": _total(made.totals),
        "by_unit": _units(made),
        "contracts": [_contract(each) for each in made.contracts],
    }


def _units(made: ContractRegisterValues) -> list[dict[str, object]]:
    return [
        {"unit": each.unit, "unit_name": each.unit_name, **_total(each.money)}
        for each in made.by_unit
    ]


def _amounts(money: ContractMoney) -> dict[str, object]:
    return {name: f"{getattr(money, name):f}" for name in _MONEY}


def _total(money: ContractMoney) -> dict[str, object]:
    counts = {"contracts": money.contracts, "overdue": money.overdue}
    return {**counts, **_amounts(money)}


def _contract(each: Contract) -> dict[str, object]:
    own = each.commitment
    return {
        "unit": each.unit,
        "project": each.project,
        "project_name": each.name,
        "commitment": each.number,
        "stage": each.stage.value,
        "payee": own.payee,
        "document": own.document,
        "entered_on": own.since.isoformat(),
        **_amounts(each.money),
        "due_on": own.due_on and own.due_on.isoformat(),
        "days_overdue": each.days_overdue,
        "age": each.age,
        "ended_on": each.ended_on and each.ended_on.isoformat(),
        "continues": own.continues and str(own.continues),
    }


def _column(name: str) -> CsvColumn:
    return CsvColumn(_WORDS.get(name, name), name in _MONEY)


def _contracts_table(made: ContractRegisterValues) -> Table:
    columns = {
        **same(_NAMES),
        **{name: _column(name) for name in _MONEY},
        **same(_DAYS),
    }
    rows = ({**_contract(each), "stage": each.stage} for each in made.contracts)
    return Table(columns, rows)


def _units_table(made: ContractRegisterValues) -> Table:
    names = ("contracts", "overdue", *_MONEY)
    columns = {
        **same(("unit", "unit_name")),
        **{name: _column(name) for name in names},
    }
    return Table(columns, _units(made))


_TABLES: Final[Mapping[str, Callable[[ContractRegisterValues], Table]]] = {
    "contracts": _contracts_table,
    "units": _units_table,
}
"""What makes each table, by its name."""


def csv(
    made: ContractRegisterValues,
    language: str | None = None,
    table: str = "contracts",
) -> str:
    """
    Return the table called *table* as CSV.

    Raises:
        InvalidInput: There is no such table or language.
    """
    return as_csv(chosen(_TABLES, table)(made), made.settings, language)

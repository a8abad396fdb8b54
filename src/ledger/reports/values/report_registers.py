"""The registers that a monthly report holds: contracts, and what is carried over."""

from ledger.domain.commitment import Commitment
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.carry_over import balances
from ledger.reports.values.contracts import contract_tables, contracts_of
from ledger.reports.values.monthly import MonthlyValues
from ledger.reports.values.register import RegisterTable

_OVER_YEARS = frozenset({"age", "continues"})
"""What of a contract rests on earlier years, which a report of one does not read."""


def registers_of(monthly: MonthlyValues) -> list[RegisterTable]:
    """Return the tables of the registers of a report that have a row to show."""
    lines = [project.execution for project in monthly.projects]
    contracts = contract_tables(contracts_of(lines, monthly.settings, _itself))[0]
    carried = [line for line in lines if _is_carried(line)]
    tables = [contracts.without(_OVER_YEARS), balances(carried)[0]]
    return [table for table in tables if table.rows]


def _itself(_: str, commitment: Commitment) -> Commitment:
    return commitment


def _is_carried(line: ExecutionLine) -> bool:
    """Return whether money came from the year before, or a closing left some."""
    return bool(line.closed_on or line.carried_in or line.carry_returned)

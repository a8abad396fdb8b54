"""The registers that a monthly report holds: contracts, and what is carried over."""

from collections.abc import Sequence
from typing import Final

from ledger.domain.commitment import Commitment
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.carry_over import balances
from ledger.reports.values.contracts import contract_tables, contracts_of
from ledger.reports.values.monthly import MonthlyValues
from ledger.reports.values.refunds import refund_lines, refund_tables
from ledger.reports.values.register import RegisterTable

_OVER_YEARS = frozenset({"age", "continues"})
"""What of a contract rests on earlier years, which a report of one does not read."""


_MOST: Final = 1_000
"""Rows that a report has of each; of more it has the sums of units, or none."""


def registers_of(monthly: MonthlyValues) -> list[RegisterTable]:
    """
    Return the tables of the registers of a report that have a row to show.

    Where there are too many contracts, only their own register lists them.
    """
    lines = [project.execution for project in monthly.projects]
    tables = list[RegisterTable]()
    if 0 < sum(line.commitment_count for line in lines) <= _MOST:
        contracts = contracts_of(lines, monthly.settings, _itself)
        tables.append(contract_tables(contracts)[0].without(_OVER_YEARS))
    tables.append(_at_most(refund_tables(refund_lines(lines))))
    tables.append(_at_most(balances(line for line in lines if _is_carried(line))))
    return [table for table in tables if table.rows]


def _at_most(tables: Sequence[RegisterTable]) -> RegisterTable:
    """Return the first of two tables; where it is too long, the sums of units."""
    listed, units = tables
    return listed if len(listed.rows) <= _MOST else units.named(listed.key)


def _itself(_: str, commitment: Commitment) -> Commitment:
    return commitment


def _is_carried(line: ExecutionLine) -> bool:
    """Return whether money came from the year before, or will, or goes to the next."""
    came = line.carried_in or line.carry_returned or line.announced
    return bool(came or line.closed_on)

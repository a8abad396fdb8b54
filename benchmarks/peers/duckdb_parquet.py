"""duckdb: SQL over Parquet, and its own file to append to."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb

from peers import grouped
from peers.grouped import Grouped
from portfolio_files import COLUMNS, INTEGERS, TEXTS, row
from workload import SINCE, THROUGH, Answer, Workload

NAME = "duckdb over Parquet"
_TO_DATE = f"\"on\" BETWEEN '{SINCE}' AND '{THROUGH}'"
_BUDGETS = "SELECT project, amount FROM {} WHERE type = 'BudgetApproved' AND {}"
_MONEY = """
SELECT project, {} AS month, sum(amount)::BIGINT FROM {}
WHERE type IN ('Disbursed', 'DisbursementReversed') AND {} GROUP BY ALL
"""
_RESULTS = """
SELECT project, indicator, sum(value)::BIGINT, sum(numerator)::BIGINT,
  sum(denominator)::BIGINT, arg_max(value, "on"), arg_max(rating, "on")
FROM {} WHERE type = 'ResultReported' AND {} GROUP BY ALL
"""


def append(path: Path, facts: Sequence[dict[str, Any]], batch: int) -> None:
    """Insert facts into a fresh file, *batch* in a transaction."""
    for each in path.parent.glob(path.name + "*"):
        each.unlink()
    arrow = import_module("pyarrow")
    kinds = {name: arrow.int64() for name in INTEGERS}
    schema = arrow.schema({**kinds, **dict.fromkeys(TEXTS, arrow.string())})
    columns = [f'"{name}" BIGINT' for name in INTEGERS]
    columns += [f'"{name}" VARCHAR' for name in TEXTS]
    connection = duckdb.connect(str(path))
    connection.execute(f"CREATE TABLE events({', '.join(columns)})")
    one = f"INSERT INTO events VALUES ({', '.join('?' for _ in columns)})"
    for start in range(0, len(facts), batch):
        rows = [
            row(number, fact)
            for number, fact in enumerate(facts[start : start + batch], start + 1)
        ]
        if batch == 1:
            connection.execute(one, list(rows[0].values()))
        else:
            connection.register("batch", arrow.Table.from_pylist(rows, schema))
            connection.execute("INSERT INTO events SELECT * FROM batch")
    connection.close()


def replay(work: Workload) -> Grouped:
    """Group every row, the money by month."""
    return _grouped(work, 'month("on"::DATE)', "true")


def report(work: Workload) -> Grouped:
    """Group the rows to date."""
    return _grouped(work, "0", _TO_DATE)


def project(work: Workload) -> Grouped:
    """Group the rows of one project to date."""
    return _grouped(work, "0", f"{_TO_DATE} AND project = '{work.one}'")


def answer(work: Workload, found: Grouped, *, monthly: bool) -> Answer:
    """Return what the rows say."""
    return grouped.answer(work, found, monthly=monthly)


def _grouped(work: Workload, month: str, where: str) -> Grouped:
    source = f"'{work.folder / COLUMNS}'"
    with duckdb.connect() as connection:
        return Grouped(
            connection.execute(_BUDGETS.format(source, where)).fetchall(),
            connection.execute(_MONEY.format(month, source, where)).fetchall(),
            connection.execute(_RESULTS.format(source, where)).fetchall(),
        )

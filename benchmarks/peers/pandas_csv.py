"""The analyst's script: pandas over a CSV file."""

from importlib import import_module
from typing import Any

from peers import grouped
from peers.grouped import Grouped
from portfolio_files import TABLE
from workload import SINCE, THROUGH, Answer, Workload

pd = import_module("pandas")

NAME = "pandas over CSV"
_USED = "type project on amount indicator value numerator denominator rating".split()
_SUMS = dict.fromkeys(("value", "numerator", "denominator"), "sum")


def replay(work: Workload) -> tuple[Any, ...]:
    """Group every row, the money by month."""
    return _frames(_read(work), monthly=True)


def report(work: Workload) -> tuple[Any, ...]:
    """Group the rows to date."""
    rows = _read(work)
    return _frames(rows[_to_date(rows)], monthly=False)


def project(work: Workload) -> tuple[Any, ...]:
    """Group the rows of one project to date."""
    rows = _read(work)
    rows = rows[(rows.project == work.one) & _to_date(rows)]
    return _frames(rows, monthly=False)


def answer(work: Workload, found: tuple[Any, ...], *, monthly: bool) -> Answer:
    """Return what the frames say."""
    budgets, money, results = (
        each.itertuples(index=False, name=None) for each in found
    )
    return grouped.answer(work, Grouped(budgets, money, results), monthly=monthly)


def _read(work: Workload) -> Any:
    return pd.read_csv(work.folder / TABLE, usecols=_USED)


def _to_date(rows: Any) -> Any:
    return rows.on.between(str(SINCE), str(THROUGH))


def _frames(rows: Any, *, monthly: bool) -> tuple[Any, ...]:
    """Return budgets, sums of money and of results, as :class:`Grouped` has them."""
    approved = rows[rows.type == "BudgetApproved"]
    budgets = approved[["project", "amount"]].astype({"amount": "int64"})
    paid = rows[rows.type.isin(("Disbursed", "DisbursementReversed"))]
    month = paid.on.str[5:7].astype(int) if monthly else 0
    keys = ["project", "month"]
    money = paid.assign(month=month).groupby(keys)["amount"].sum().reset_index()
    results = rows[rows.type == "ResultReported"].sort_values("on", kind="stable")
    by_indicator = results.groupby(["project", "indicator"])
    last = by_indicator[["value", "rating"]].last().add_prefix("last_")
    return budgets, money, by_indicator.agg(_SUMS).join(last).reset_index()

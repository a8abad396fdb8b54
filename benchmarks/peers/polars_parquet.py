"""polars over Parquet, lazily."""

from importlib import import_module
from typing import Any

from peers import grouped
from peers.grouped import Grouped
from portfolio_files import COLUMNS
from workload import SINCE, THROUGH, Answer, Workload

pl = import_module("polars")

NAME = "polars over Parquet"


def replay(work: Workload) -> list[Any]:
    """Group every row, the money by month."""
    return _frames(_scan(work), monthly=True)


def report(work: Workload) -> list[Any]:
    """Group the rows to date."""
    return _frames(_to_date(work), monthly=False)


def project(work: Workload) -> list[Any]:
    """Group the rows of one project to date."""
    rows = _to_date(work).filter(pl.col("project") == work.one)
    return _frames(rows, monthly=False)


def answer(work: Workload, found: list[Any], *, monthly: bool) -> Answer:
    """Return what the frames say."""
    budgets, money, results = (each.iter_rows() for each in found)
    return grouped.answer(work, Grouped(budgets, money, results), monthly=monthly)


def _scan(work: Workload) -> Any:
    return pl.scan_parquet(work.folder / COLUMNS)


def _to_date(work: Workload) -> Any:
    return _scan(work).filter(
        pl.col("on").is_between(pl.lit(str(SINCE)), pl.lit(str(THROUGH)))
    )


def _frames(rows: Any, *, monthly: bool) -> list[Any]:
    """Return budgets, sums of money and of results, as :class:`Grouped` has them."""
    approved = rows.filter(pl.col("type") == "BudgetApproved")
    paid = rows.filter(pl.col("type").is_in(["Disbursed", "DisbursementReversed"]))
    month = pl.col("on").str.slice(5, 2).cast(pl.Int64) if monthly else pl.lit(0)
    money = paid.group_by("project", month.alias("month")).agg(pl.col("amount").sum())
    results = rows.filter(pl.col("type") == "ResultReported")
    sums = results.group_by("project", "indicator").agg(
        pl.col("value", "numerator", "denominator").sum(),
        pl.col("value", "rating")
        .sort_by("on", maintain_order=True)
        .last()
        .name.prefix("last_"),
    )
    found: list[Any] = pl.collect_all(
        [approved.select("project", "amount"), money, sums]
    )
    return found

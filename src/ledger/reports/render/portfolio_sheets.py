"""The portfolio as a page, and as a workbook: a table for each grouping."""

from collections.abc import Iterator

from ledger.reports.render import register_page, register_workbook
from ledger.reports.values.portfolio import PortfolioValues
from ledger.reports.values.portfolio_tables import PortfolioTables


def page(made: PortfolioValues, language: str | None = None) -> Iterator[str]:
    """
    Yield the page in parts, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    return register_page.page(PortfolioTables.of(made), language)


def workbook(made: PortfolioValues, language: str | None = None) -> bytes:
    """
    Return the workbook, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    return register_workbook.workbook(PortfolioTables.of(made), language)

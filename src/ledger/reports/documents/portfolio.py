"""The portfolio as users hold it: its values, and what they are shown as."""

import os
from typing import TYPE_CHECKING

from attrs import frozen

from ledger.reports.documents.base import Printed, renderer
from ledger.reports.values.portfolio import PortfolioValues

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen(kw_only=True)
class Portfolio(PortfolioValues, Printed):
    """
    All projects of a monthly report together; rates come from sums of amounts.

    Its figures are those of :class:`PortfolioValues`.
    """

    def to_dict(self) -> dict[str, object]:
        """Return the portfolio as JSON values; keys may be added, never renamed."""
        portfolio_json = renderer("portfolio_json")
        found: dict[str, object] = portfolio_json.portfolio(self)
        return found

    def _shown(self, language: str | None) -> "RenderableType":
        portfolio_text = renderer("portfolio_text")
        found: RenderableType = portfolio_text.portfolio(self, language)
        return found

    def to_csv(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        table: str = "units",
        language: str | None = None,
    ) -> str:
        """
        Return a table as CSV, and write it to *path* if there is one.

        The file is as :meth:`MonthlyReport.to_csv` writes it.

        Args:
            table: ``units``, ``sources``, ``groups``, ``ranking`` or ``months``.

            language: Of heads and statuses; without one they are those of the JSON.

        Raises:
            InvalidInput: There is no such table or language, or it cannot be written.
        """
        as_table, tables = renderer("table"), renderer("portfolio_json").TABLES
        made = as_table.chosen(tables, table)(self)
        found: str = as_table.csv(made, self.report.settings, path, language)
        return found

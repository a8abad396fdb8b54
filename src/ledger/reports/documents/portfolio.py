"""The portfolio as users hold it: its values, and what they are shown as."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_reports import PortfolioJson
from ledger.messages import Language, Message
from ledger.reports.documents.base import (
    Document,
    Rendering,
    renderer,
    rendering,
)
from ledger.reports.values.portfolio import PortfolioValues
from ledger.reports.values.summaries import counted, money
from ledger.reports.values.tidy_rows import of_portfolio


@all_in_own_language
@frozen(kw_only=True, repr=False)
class Portfolio(Document, PortfolioValues):
    """
    All projects of a monthly report together; rates come from sums of amounts.

    Its figures are those of :class:`PortfolioValues`.
    """

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("portfolio_text", "portfolio", "language"),
        "json": rendering(None, "to_dict"),
        "csv": rendering("portfolio_json", "csv", "language", "table"),
        "html": rendering("portfolio_sheets", "page", "language"),
        "xlsx": rendering("portfolio_sheets", "workbook", "language"),
    }

    @property
    def language(self) -> Language:
        """The ledger's."""
        return self.report.settings.language

    def summary(self) -> Iterable[Message | str]:
        """Return month, units, projects, budget and execution."""
        yield self.report.month
        yield counted("units", len(self.by_unit))
        yield counted("projects", len(self.report.projects))
        yield from money(self.totals, self.report.settings)

    def to_dict(self) -> PortfolioJson:
        """Return the portfolio as JSON values; keys may be added, never renamed."""
        found: PortfolioJson = renderer("portfolio_json").portfolio(self)
        return found

    def to_records(
        self, table: str = "units", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return rows for data frames, one for each figure.

        Args:
            table: ``units``, ``sources``, ``groups`` or ``months``.

            wide: One row for all figures of a unit, a source, a group or a month.

        Raises:
            InvalidInput: There is no such table.
        """
        return of_portfolio(self, table, wide=wide)

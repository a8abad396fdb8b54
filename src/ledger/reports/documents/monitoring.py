"""The monitoring of a month as users hold it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_forms import MonitoringJson
from ledger.messages import Message
from ledger.reports.documents.base import LedgerDocument, Rendering, renderer, rendering
from ledger.reports.values.monitoring import MonitoringValues
from ledger.reports.values.summaries import counted, money
from ledger.reports.values.tidy_forms import of_monitoring


@all_in_own_language
@frozen(kw_only=True, repr=False)
class Monitoring(LedgerDocument, MonitoringValues):
    """
    The monitoring of all projects through a month (绩效运行监控).

    Its figures are those of :class:`MonitoringValues`. Its workbook is
    项目支出绩效目标执行监控表, with 部门整体支出绩效目标执行监控表 for each unit.
    """

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("official_text", "monitoring", "language"),
        "json": rendering(None, "to_dict"),
        "xlsx": rendering(
            "official_workbook",
            "monitoring",
            *("language", "layout", "quarter", "progress"),
        ),
    }

    def summary(self) -> Iterable[Message | str]:
        """Return month, projects, budget, execution and what is to be explained."""
        yield self.settings.month_of(self.through)
        if self.units:
            yield counted("units", len(self.units))
        yield counted("projects", len(self.projects))
        yield from money(self.totals.money, self.settings)
        yield counted("missing", len(self.findings))

    def to_dict(self) -> MonitoringJson:
        """Return the monitoring as JSON values; keys may be added, never renamed."""
        found: MonitoringJson = renderer("official_json").monitoring(self)
        return found

    def to_records(
        self, table: str = "money", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return rows for data frames, one for each figure.

        Args:
            table: ``money``, with a row of the form for each source, or
                ``indicators``.

            wide: One row for all figures of a source, or of an indicator.

        Raises:
            InvalidInput: There is no such table.
        """
        return of_monitoring(self, table, wide=wide)

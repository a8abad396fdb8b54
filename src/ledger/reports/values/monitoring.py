"""The monitoring of a month (绩效运行监控) as values: money, indicators, outlook."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ledger.domain.finding import Finding
from ledger.domain.results import Explanation
from ledger.domain.settings import Settings
from ledger.output import write
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionTotal
from ledger.reports.document import Printed
from ledger.reports.official_layouts import Layouts, layouts
from ledger.reports.values.official_form import (
    Case,
    MoneyRow,
    Subject,
    money_rows,
    unexplained,
)

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen(kw_only=True)
class MonitoredProject:
    """
    The monitoring of one project.

    Attributes:
        rows: The money by row of the form, each with its forecast.

        explanation: Why the money deviates.
    """

    subject: Subject
    execution: ExecutionTotal
    rows: dict[str, MoneyRow]
    explanation: Explanation | None
    indicators: Sequence[AttainmentLine]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, case: Case) -> "MonitoredProject":
        """Put a project's money, indicators and findings together."""
        return cls(
            subject=case.subject,
            execution=case.line,
            rows=money_rows(case.line),
            explanation=case.explanation,
            indicators=case.indicators,
            findings=tuple(unexplained(case)),
        )


@frozen(kw_only=True)
class Monitoring(Printed):
    """
    The monitoring of all projects through a month.

    Attributes:
        fiscal_year: The year that *through* lies in.

        projects: In order of code.

        position, root: Facts recorded up to there are in it.
    """

    fiscal_year: int
    through: date
    known_at: str | None
    position: int
    root: str
    origin: str
    settings: Settings
    projects: Sequence[MonitoredProject]

    @property
    def months(self) -> str:
        """The months that it covers, as the form prints them: ``1-6月``."""
        first = self.settings.first_month
        last = self.through.month
        return f"{first}月" if first == last else f"{first}-{last}月"

    @property
    def findings(self) -> list[Finding]:
        """What deviates and nobody explained."""
        return [f for one in self.projects for f in one.findings]

    def to_dict(self) -> dict[str, object]:
        """Return the monitoring as JSON values; keys may be added, never renamed."""
        from ledger.reports.render import official_json

        return official_json.monitoring(self)

    def _shown(self, language: str | None) -> "RenderableType":
        from ledger.reports.render import official_text

        return official_text.monitoring(self, language)

    def to_workbook(
        self,
        path: str | os.PathLike[str],
        *,
        layout: str | Layouts = "national",
        progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
    ) -> None:
        """
        Write 项目支出绩效目标执行监控表: a summary, and a sheet for each project.

        Args:
            layout: ``national``, ``split``, or a province's own.

            progress: Is handed the sheets, and yields them one by one.

        Raises:
            InvalidInput: There is no such layout, or it cannot be written.
        """
        from ledger.reports.render import official_workbook

        chosen = layouts(layout)
        write(path, [official_workbook.monitoring(self, chosen, progress)])

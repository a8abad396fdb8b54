"""The self-evaluation of a year as users hold it."""

import os
from typing import TYPE_CHECKING

from attrs import frozen

from ledger.domain.progress import Progress, silent
from ledger.output import write
from ledger.reports.documents.base import Printed, renderer
from ledger.reports.official_layouts import Layouts, layouts
from ledger.reports.values.self_evaluation import SelfEvaluationValues

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen(kw_only=True)
class SelfEvaluation(SelfEvaluationValues, Printed):
    """
    The self-evaluation of all projects, and of the units that have objectives.

    Its figures are those of :class:`SelfEvaluationValues`.
    """

    def to_dict(self) -> dict[str, object]:
        """Return the evaluation as JSON values; keys may be added, never renamed."""
        official_json = renderer("official_json")
        found: dict[str, object] = official_json.self_evaluation(self)
        return found

    def _shown(self, language: str | None) -> "RenderableType":
        official_text = renderer("official_text")
        found: RenderableType = official_text.self_evaluation(self, language)
        return found

    def to_workbook(
        self,
        path: str | os.PathLike[str],
        *,
        layout: str | Layouts = "national",
        progress: Progress = silent,
    ) -> None:
        """
        Write 项目支出绩效自评表: a summary, a sheet for each unit and each project.

        Args:
            layout: ``national``, ``split``, or a province's own.

            progress: Called with how many more sheets were written, of how many.

        Raises:
            InvalidInput: There is no such layout, or it cannot be written.
        """
        official_workbook = renderer("official_workbook")
        chosen = layouts(layout)
        write(path, [official_workbook.self_evaluation(self, chosen, progress)])

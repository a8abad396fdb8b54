"""The self-evaluation of a year as users hold it."""

import os
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.domain.finding import Finding, finding, spoken
from ledger.json_shapes.of_forms import SelfEvaluationJson
from ledger.layouts.form_layout import Layouts, asks_for
from ledger.layouts.shipped import layouts
from ledger.messages import Message, message
from ledger.reports.documents.base import LedgerDocument, Rendering, renderer, rendering
from ledger.reports.values.self_evaluation import SelfEvaluationValues
from ledger.reports.values.summaries import counted, money
from ledger.reports.values.tidy_forms import of_self_evaluation


@all_in_own_language
@frozen(kw_only=True, repr=False)
class SelfEvaluation(LedgerDocument, SelfEvaluationValues):
    """
    The self-evaluation of all projects, and of the units that have objectives.

    Its figures are those of :class:`SelfEvaluationValues`. Its workbook is
    项目支出绩效自评表.
    """

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("official_text", "self_evaluation", "language"),
        "json": rendering(None, "to_dict"),
        "xlsx": rendering(
            "official_workbook", "self_evaluation", "language", "layout", "progress"
        ),
    }

    def unanswered(
        self, layout: str | os.PathLike[str] | Layouts | None = None
    ) -> list[Finding]:
        """
        Return what keeps the forms of a layout from being handed in.

        Args:
            layout: The forms; by default the national ones, in the ledger's language.

        Raises:
            InvalidInput: There is no such layout.
        """
        forms = layouts(layout, self.settings.language)
        asked = [
            *(self.units if asks_for(forms.unit_self_evaluation, "conclusion") else ()),
            *(self.projects if asks_for(forms.self_evaluation, "conclusion") else ()),
        ]
        expected = message("expected.conclusion")
        unconcluded = (
            finding("conclusion.missing", place=one.subject.code, expected=expected)
            for one in asked
            if one.conclusion is None
        )
        return [*self.missing, *spoken(unconcluded, self.settings.language)]

    def summary(self) -> Iterable[Message | str]:
        """Return year, forms, budget, execution and what is missing."""
        yield f"{self.fiscal_year}"
        if self.units:
            yield counted("units", len(self.units))
        yield counted("projects", len(self.projects))
        yield from money(self.totals.money, self.settings)
        yield counted("missing", len(self.missing))

    def to_dict(self) -> SelfEvaluationJson:
        """Return the evaluation as JSON values; keys may be added, never renamed."""
        found: SelfEvaluationJson = renderer("official_json").self_evaluation(self)
        return found

    def to_records(
        self, table: str = "points", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return rows for data frames, one for each figure.

        Args:
            table: ``points`` of execution and of each indicator, ``money``, with a row
                of the form for each source, ``indicators``, or ``goals``.

            wide: One row for all figures of a source, or of an indicator.

        Raises:
            InvalidInput: There is no such table.
        """
        return of_self_evaluation(self, table, wide=wide)

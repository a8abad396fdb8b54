"""Issued reports compared with the log: what was altered, and what changed since."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import field, frozen

from ledger.audit.audit_document import AuditDocument
from ledger.audit.changes import Difference, DifferingFigure, caused_by
from ledger.audit.figure_words import changed_in_words
from ledger.audit.issued_report import Receipt
from ledger.domain.choice_words import LanguageWord
from ledger.domain.error_language import all_in_own_language
from ledger.domain.settings import Settings
from ledger.json_shapes.of_audits import ReportCheckJson
from ledger.messages import Language, Message, Value, message, named
from ledger.reports.documents.base import LedgerDocument
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.reports.values.tidy_rows import whole_rows
from ledger.reports.vocabulary import language_or


@all_in_own_language
@frozen(kw_only=True, repr=False)
class ReportCheck(AuditDocument, LedgerDocument):
    """
    An issued report compared with the log.

    Attributes:
        problems: Why its receipt does not hold.

        altered: Figures that the log never gave under the report's own terms.

        restated: Figures that would be different today, with the events that changed
            them; no fault of the report.

        others: By what terms it was judged that are not the ledger's: no fault, where
            the caller gave them.

        receipt: What it claims to be made from.

        settings: Of the ledger, whose language and scale it speaks.
    """

    receipt: Receipt
    problems: tuple[Message, ...]
    altered: tuple[DifferingFigure, ...]
    restated: tuple[Difference, ...]
    others: tuple[str, ...]
    settings: Settings = field(eq=False)

    @property
    def ok(self) -> bool:
        """Whether the report is what the log gave when it was issued."""
        return not (self.problems or self.altered)

    def summary(self) -> Iterable[Message | str]:
        """Return whether it holds, what is wrong, and what was restated."""
        yield message("summary.ok" if self.ok else "summary.not_ok")
        wrong = len(self.problems) + len(self.altered)
        yield message("summary.wrong", count=wrong) if wrong else ""
        yield message("summary.restated", count=len(self.restated))
        yield from self._judged()
        yield message("summary.position", position=self.receipt.position)

    def outline(self, language: Language) -> Outline:
        """Return what it was made from, what is wrong, and what was restated."""
        del language
        receipt = self.receipt
        lines = [
            message("line.made_from", position=receipt.position, root=receipt.root),
            *(message("line.wrong", problem=problem) for problem in self.problems),
            *(message("line.altered", **self._values(one)) for one in self.altered),
            *(
                message("line.restated", causes=caused_by(one), **self._values(one))
                for one in self.restated
            ),
            *self._judged(),
            message("line.report_holds" if self.ok else "line.report_fails"),
        ]
        return Outline(lines=tuple(map(OutlineLine, lines)))

    def to_dict(
        self, language: Language | LanguageWord | None = None
    ) -> ReportCheckJson:
        """
        Return the check as JSON values, its words in its own language or *language*.

        Raises:
            InvalidInput: There is no such language.
        """
        spoken = language_or(language, self.language)
        return {
            "ok": self.ok,
            "receipt": {
                "origin": self.receipt.origin,
                "position": self.receipt.position,
                "root": self.receipt.root,
                "digest": self.receipt.digest,
            },
            "problems": [each.said(spoken) for each in self.problems],
            "altered": [each.to_dict(spoken) for each in self.altered],
            "restated": [each.to_dict(spoken) for each in self.restated],
            "others": list(self.others),
        }

    def to_records(
        self, table: str = "figures", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return a row for each figure that was altered or restated.

        Args:
            table: ``figures``.

            wide: Changes nothing: each row has all that there is of its thing.

        Raises:
            InvalidInput: There is no such table.
        """
        return whole_rows({"figures": self._figures}, table, wide=wide)

    def _figures(self) -> list[dict[str, Any]]:
        both = {"altered": self.altered, "restated": self.restated}
        return [
            {
                "what": what,
                "path": each.path,
                "issued": each.issued,
                "computed": each.computed,
            }
            for what, figures in both.items()
            for each in figures
        ]

    def _judged(self) -> Iterator[Message]:
        """Yield by which terms the report was judged that are not the ledger's."""
        if self.others:
            yield message("line.other_terms", terms=list(map(named, self.others)))

    def _values(self, one: DifferingFigure) -> dict[str, Value]:
        return changed_in_words(one.path, one.issued, one.computed, self.settings)

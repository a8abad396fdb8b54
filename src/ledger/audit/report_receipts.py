"""Issued reports compared with the log: what was altered, and what changed since."""

from typing import Any

import msgspec
from attrs import frozen

from ledger.audit.changes import Difference, DifferingFigure
from ledger.audit.issued_report import Receipt
from ledger.messages import Language, Message


@frozen(kw_only=True)
class ReportCheck:
    """
    An issued report compared with the log.

    Attributes:
        problems: Why its receipt does not hold.

        altered: Figures that the log never gave under the report's own terms.

        restated: Figures that would be different today, with the events that changed
            them; no fault of the report.

        receipt: What it claims to be made from.
    """

    receipt: Receipt
    problems: tuple[Message, ...]
    altered: tuple[DifferingFigure, ...]
    restated: tuple[Difference, ...]

    @property
    def ok(self) -> bool:
        """Whether the report is what the log gave when it was issued."""
        return not (self.problems or self.altered)

    def to_dict(self, language: Language = Language.ENGLISH) -> dict[str, Any]:
        """Return the check as JSON values, its words in *language*."""
        return {
            "ok": self.ok,
            "receipt": msgspec.to_builtins(self.receipt),
            "problems": [each.said(language) for each in self.problems],
            "altered": msgspec.to_builtins(self.altered),
            "restated": [each.to_dict(language) for each in self.restated],
        }

"""Issued reports held to the log: what was altered, and what is restated since."""

from typing import Any

import msgspec
from attrs import frozen

from ledger.audit.changes import Cell, Difference
from ledger.audit.issued_report import Receipt


@frozen(kw_only=True)
class ReportCheck:
    """
    An issued report held to the log.

    Attributes:
        problems: Why its receipt does not hold, in words.

        altered: Figures that the log never gave under the report's own terms.

        restated: Figures that would be different today, with the events that changed
            them; no fault of the report.

        receipt: What it claims to be made from.
    """

    receipt: Receipt
    problems: tuple[str, ...]
    altered: tuple[Cell, ...]
    restated: tuple[Difference, ...]

    @property
    def ok(self) -> bool:
        """Whether the report is what the log gave when it was issued."""
        return not (self.problems or self.altered)

    def to_dict(self) -> dict[str, Any]:
        """Return the check as JSON values."""
        shown: dict[str, Any] = msgspec.to_builtins(
            {
                "ok": self.ok,
                "receipt": self.receipt,
                "problems": self.problems,
                "altered": self.altered,
                "restated": self.restated,
            }
        )
        return shown

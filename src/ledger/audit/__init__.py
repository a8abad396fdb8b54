"""
What those check who trust nothing: proofs, explanations, verification.

Public here is what a ledger returns where it proves and explains.
"""

from typing import TYPE_CHECKING, Final

from ledger.loading import lazy

if TYPE_CHECKING:
    from ledger.audit.changes import Cause as Cause, Difference as Difference
    from ledger.audit.consistency import Consistency as Consistency
    from ledger.audit.differences import Differences as Differences
    from ledger.audit.explain.explanation import Explanation as Explanation
    from ledger.audit.proof import Proof as Proof
    from ledger.audit.report_receipts import ReportCheck as ReportCheck
    from ledger.audit.verification import Verification as Verification

MODULES: Final = {
    "Cause": "ledger.audit.changes",
    "Consistency": "ledger.audit.consistency",
    "Difference": "ledger.audit.changes",
    "Differences": "ledger.audit.differences",
    "Explanation": "ledger.audit.explain.explanation",
    "Proof": "ledger.audit.proof",
    "ReportCheck": "ledger.audit.report_receipts",
    "Verification": "ledger.audit.verification",
}
"""The module of each public name: it loads when the name is asked for."""

if not TYPE_CHECKING:
    __all__ = list(MODULES)
    __getattr__, __dir__ = lazy(__name__, MODULES)

"""
Event-sourced budget execution: what was given, what was spent, what it achieved.

What is public is in ``__all__`` and stays; everything else may move.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

if sys.argv[:1] == ["-m"] and "ledger" in sys.orig_argv and not sys.flags.safe_path:
    # So it is while Python looks for what ``python -m ledger`` starts. It has put the
    # current folder first, where anybody may have left a file named as a library.
    del sys.path[0]

from ledger import interrupting as interrupting
from ledger.app import Ledger, Recorded, Review
from ledger.app.view import View
from ledger.domain.budget import Budget
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import (
    AfterClosure,
    AlreadyApproved,
    BeforeApproval,
    BudgetExceeded,
    DatedAhead,
    ImportRefused,
    InvalidAmount,
    InvalidBatch,
    InvalidInput,
    InvalidPlan,
    KeyConflict,
    LedgerError,
    LedgerLocked,
    LogCorrupted,
    LogError,
    NewerLedger,
    NotALedger,
    NotProven,
    OlderLedger,
    OutsideFiscalYear,
    ReadOnlyLedger,
    Refused,
    ReversalExceeded,
    UnknownIndicator,
    UnknownProject,
    UnknownResult,
    UnknownSource,
    UnknownUnit,
    UnknownVoucher,
    VersionConflict,
    VirementUnbalanced,
    VoucherUsed,
    WrongResult,
)
from ledger.domain.events import (
    AdjustmentKind,
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    Event,
    Evidence,
    Funding,
    Likelihood,
    Objective,
    ObjectivesSet,
    ProjectClosed,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceCategory,
    VarianceExplained,
)
from ledger.domain.finding import Finding, Severity
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorReference,
    Measure,
    Rating,
)
from ledger.domain.money import Currency, wan, yuan
from ledger.domain.plan import Checkpoint, Convention, Reading, SpendingPlan
from ledger.domain.results import Indicators
from ledger.domain.settings import Language, Scale, Settings
from ledger.domain.status import Status
from ledger.domain.target import ParsedTarget, Target, parse_target
from ledger.domain.target_kind import TargetKind
from ledger.domain.weights import ScoringRule
from ledger.projections.attainment import ATTAINMENT, AttainmentLine
from ledger.projections.execution import EXECUTION, BudgetChange, ExecutionLine
from ledger.projections.execution_total import ExecutionTotal, Money
from ledger.projections.months import Month
from ledger.projections.policy import CeilingFormula, Policy, Proration
from ledger.projections.projection import Projection
from ledger.reports.documents.monthly import MonthlyReport
from ledger.reports.values.monthly import ProjectReport, UnitReport
from ledger.store.checkpoint import Checkpoint as LogCheckpoint
from ledger.store.signing import PrivateKey, PublicKey, keygen

if TYPE_CHECKING:
    from ledger.audit.explain.explanation import Explanation
    from ledger.audit.proof import Proof
    from ledger.audit.report_receipts import ReportCheck
    from ledger.audit.verification import Verification
    from ledger.reports.documents.monitoring import Monitoring
    from ledger.reports.documents.portfolio import Portfolio
    from ledger.reports.documents.self_evaluation import SelfEvaluation
    from ledger.reports.official_layouts import LAYOUTS, Layout, Layouts
    from ledger.reports.values.monitoring import MonitoredProject
    from ledger.reports.values.official_form import FormSubject, MoneyRow
    from ledger.reports.values.portfolio import GroupTotal, UnitTotal
    from ledger.reports.values.self_evaluation import (
        EvaluatedIndicator,
        Evaluation,
        Points,
    )

__version__ = "0.1.0"

__all__ = [
    "ATTAINMENT",
    "EXECUTION",
    "LAYOUTS",
    "AdjustmentKind",
    "AfterClosure",
    "AlreadyApproved",
    "AttainmentLine",
    "BeforeApproval",
    "Budget",
    "BudgetAdjusted",
    "BudgetApproved",
    "BudgetChange",
    "BudgetExceeded",
    "CeilingFormula",
    "Checkpoint",
    "Convention",
    "Currency",
    "DatedAhead",
    "Direction",
    "Disbursed",
    "DisbursementReversed",
    "EvaluatedIndicator",
    "Evaluation",
    "Event",
    "Evidence",
    "ExecutionLine",
    "ExecutionTotal",
    "Explanation",
    "Finding",
    "FormSubject",
    "Funding",
    "GroupTotal",
    "ImportRefused",
    "Indicator",
    "IndicatorReference",
    "Indicators",
    "InvalidAmount",
    "InvalidBatch",
    "InvalidInput",
    "InvalidPlan",
    "KeyConflict",
    "Language",
    "Layout",
    "Layouts",
    "Ledger",
    "LedgerError",
    "LedgerLocked",
    "Likelihood",
    "LogCheckpoint",
    "LogCorrupted",
    "LogError",
    "Measure",
    "Money",
    "MoneyRow",
    "MonitoredProject",
    "Monitoring",
    "Month",
    "MonthlyReport",
    "NewerLedger",
    "NotALedger",
    "NotProven",
    "Objective",
    "ObjectivesSet",
    "OlderLedger",
    "OutsideFiscalYear",
    "ParsedTarget",
    "Points",
    "Policy",
    "Portfolio",
    "PrivateKey",
    "ProjectClosed",
    "ProjectReport",
    "Projection",
    "Proof",
    "Proration",
    "PublicKey",
    "Rating",
    "ReadOnlyLedger",
    "Reading",
    "Recorded",
    "RecordedEvent",
    "Refused",
    "ReportCheck",
    "ResultReported",
    "ResultRetracted",
    "ReversalExceeded",
    "Review",
    "Scale",
    "ScoreReported",
    "ScoringRule",
    "SelfEvaluation",
    "Settings",
    "Severity",
    "SpendingPlan",
    "SpendingPlanRevised",
    "Status",
    "Target",
    "TargetKind",
    "TargetRevised",
    "UnitReport",
    "UnitTotal",
    "UnknownIndicator",
    "UnknownProject",
    "UnknownResult",
    "UnknownSource",
    "UnknownUnit",
    "UnknownVoucher",
    "VarianceCategory",
    "VarianceExplained",
    "Verification",
    "VersionConflict",
    "View",
    "VirementUnbalanced",
    "VoucherUsed",
    "WrongResult",
    "__version__",
    "keygen",
    "parse_target",
    "wan",
    "yuan",
]

_LATER: Final = {
    "ledger.audit.explain.explanation": "Explanation",
    "ledger.audit.proof": "Proof",
    "ledger.audit.report_receipts": "ReportCheck",
    "ledger.audit.verification": "Verification",
    "ledger.reports.values.official_form": "FormSubject MoneyRow",
    "ledger.reports.official_layouts": "LAYOUTS Layout Layouts",
    "ledger.reports.documents.monitoring": "Monitoring",
    "ledger.reports.documents.portfolio": "Portfolio",
    "ledger.reports.documents.self_evaluation": "SelfEvaluation",
    "ledger.reports.values.monitoring": "MonitoredProject",
    "ledger.reports.values.portfolio": "GroupTotal UnitTotal",
    "ledger.reports.values.self_evaluation": "EvaluatedIndicator Evaluation Points",
}
"""By module, what few scripts use: it loads when it is asked for, to start fast."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load what is asked for for the first time."""
        for module, names in _LATER.items():
            if name in names.split():
                globals()[name] = found = getattr(import_module(module), name)
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """List what is loaded, and what can be."""
        return sorted({*globals(), *__all__})

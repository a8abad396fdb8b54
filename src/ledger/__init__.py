"""
Event-sourced budget execution: what was given, what was spent, what it achieved.

What is public is in ``__all__`` and stays; everything else may move.
"""

import sys
from typing import TYPE_CHECKING, Final

if sys.argv[:1] == ["-m"] and "ledger" in sys.orig_argv and not sys.flags.safe_path:
    # So it is while Python looks for what ``python -m ledger`` starts. It has put the
    # current folder first, where anybody may have left a file named as a library.
    del sys.path[0]

from ledger import interrupting as interrupting
from ledger.loading import load

if TYPE_CHECKING:
    from ledger.app import Ledger, Recorded, Review
    from ledger.app.view import View
    from ledger.audit.explain.explanation import Explanation
    from ledger.audit.proof import Proof
    from ledger.audit.report_receipts import ReportCheck
    from ledger.audit.verification import Verification
    from ledger.domain.adjustment_kind import AdjustmentKind
    from ledger.domain.budget import Budget
    from ledger.domain.envelope import RecordedEvent
    from ledger.domain.errors import (
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
        ReadOnlyLedger,
        VersionConflict,
    )
    from ledger.domain.events import (
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
        Rating,
    )
    from ledger.domain.measure import Measure
    from ledger.domain.money import Currency, wan, yuan
    from ledger.domain.plan import Checkpoint, Convention, Reading, SpendingPlan
    from ledger.domain.refusals import (
        AfterClosure,
        AlreadyApproved,
        BeforeApproval,
        BudgetExceeded,
        DatedAhead,
        ImportRefused,
        OutsideFiscalYear,
        Refused,
        ReversalExceeded,
        UnknownIndicator,
        UnknownProject,
        UnknownResult,
        UnknownSource,
        UnknownUnit,
        UnknownVoucher,
        VirementUnbalanced,
        VoucherUsed,
        WrongResult,
    )
    from ledger.domain.results import Indicators
    from ledger.domain.settings import Scale, Settings
    from ledger.domain.status import Status
    from ledger.domain.target import ParsedTarget, Target, parse_target
    from ledger.domain.target_kind import TargetKind
    from ledger.domain.weights import ScoringRule
    from ledger.messages import Language
    from ledger.projections.attainment import ATTAINMENT, AttainmentLine
    from ledger.projections.execution import EXECUTION, BudgetChange, ExecutionLine
    from ledger.projections.execution_total import ExecutionTotal, Money
    from ledger.projections.months import Month
    from ledger.projections.policy import CeilingFormula, Policy, Proration
    from ledger.projections.projection import Projection
    from ledger.reports.documents.monitoring import Monitoring
    from ledger.reports.documents.monthly import MonthlyReport
    from ledger.reports.documents.portfolio import Portfolio
    from ledger.reports.documents.self_evaluation import SelfEvaluation
    from ledger.reports.official_layouts import LAYOUTS, Layout, Layouts
    from ledger.reports.values.monitoring import MonitoredProject
    from ledger.reports.values.monthly import ProjectReport, UnitReport
    from ledger.reports.values.official_form import FormSubject, MoneyRow
    from ledger.reports.values.portfolio import GroupTotal, UnitTotal
    from ledger.reports.values.self_evaluation import (
        EvaluatedIndicator,
        Evaluation,
        Points,
    )
    from ledger.store.checkpoint import Checkpoint as LogCheckpoint
    from ledger.store.signing import PrivateKey, PublicKey, keygen

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

MODULES: Final = {
    "ATTAINMENT": "ledger.projections.attainment",
    "AdjustmentKind": "ledger.domain.adjustment_kind",
    "AfterClosure": "ledger.domain.refusals",
    "AlreadyApproved": "ledger.domain.refusals",
    "AttainmentLine": "ledger.projections.attainment",
    "BeforeApproval": "ledger.domain.refusals",
    "Budget": "ledger.domain.budget",
    "BudgetAdjusted": "ledger.domain.events",
    "BudgetApproved": "ledger.domain.events",
    "BudgetChange": "ledger.projections.execution",
    "BudgetExceeded": "ledger.domain.refusals",
    "CeilingFormula": "ledger.projections.policy",
    "Checkpoint": "ledger.domain.plan",
    "Convention": "ledger.domain.plan",
    "Currency": "ledger.domain.money",
    "DatedAhead": "ledger.domain.refusals",
    "Direction": "ledger.domain.indicator",
    "Disbursed": "ledger.domain.events",
    "DisbursementReversed": "ledger.domain.events",
    "EXECUTION": "ledger.projections.execution",
    "EvaluatedIndicator": "ledger.reports.values.self_evaluation",
    "Evaluation": "ledger.reports.values.self_evaluation",
    "Event": "ledger.domain.events",
    "Evidence": "ledger.domain.events",
    "ExecutionLine": "ledger.projections.execution",
    "ExecutionTotal": "ledger.projections.execution_total",
    "Explanation": "ledger.audit.explain.explanation",
    "Finding": "ledger.domain.finding",
    "FormSubject": "ledger.reports.values.official_form",
    "Funding": "ledger.domain.events",
    "GroupTotal": "ledger.reports.values.portfolio",
    "ImportRefused": "ledger.domain.refusals",
    "Indicator": "ledger.domain.indicator",
    "IndicatorReference": "ledger.domain.indicator",
    "Indicators": "ledger.domain.results",
    "InvalidAmount": "ledger.domain.errors",
    "InvalidBatch": "ledger.domain.errors",
    "InvalidInput": "ledger.domain.errors",
    "InvalidPlan": "ledger.domain.errors",
    "KeyConflict": "ledger.domain.errors",
    "LAYOUTS": "ledger.reports.official_layouts",
    "Language": "ledger.domain.settings",
    "Layout": "ledger.reports.official_layouts",
    "Layouts": "ledger.reports.official_layouts",
    "Ledger": "ledger.app",
    "LedgerError": "ledger.domain.errors",
    "LedgerLocked": "ledger.domain.errors",
    "Likelihood": "ledger.domain.events",
    "LogCheckpoint": "ledger.store.checkpoint",
    "LogCorrupted": "ledger.domain.errors",
    "LogError": "ledger.domain.errors",
    "Measure": "ledger.domain.measure",
    "Money": "ledger.projections.execution_total",
    "MoneyRow": "ledger.reports.values.official_form",
    "MonitoredProject": "ledger.reports.values.monitoring",
    "Monitoring": "ledger.reports.documents.monitoring",
    "Month": "ledger.projections.months",
    "MonthlyReport": "ledger.reports.documents.monthly",
    "NewerLedger": "ledger.domain.errors",
    "NotALedger": "ledger.domain.errors",
    "NotProven": "ledger.domain.errors",
    "Objective": "ledger.domain.events",
    "ObjectivesSet": "ledger.domain.events",
    "OlderLedger": "ledger.domain.errors",
    "OutsideFiscalYear": "ledger.domain.refusals",
    "ParsedTarget": "ledger.domain.target",
    "Points": "ledger.reports.values.self_evaluation",
    "Policy": "ledger.projections.policy",
    "Portfolio": "ledger.reports.documents.portfolio",
    "PrivateKey": "ledger.store.signing",
    "ProjectClosed": "ledger.domain.events",
    "ProjectReport": "ledger.reports.values.monthly",
    "Projection": "ledger.projections.projection",
    "Proof": "ledger.audit.proof",
    "Proration": "ledger.projections.policy",
    "PublicKey": "ledger.store.signing",
    "Rating": "ledger.domain.indicator",
    "ReadOnlyLedger": "ledger.domain.errors",
    "Reading": "ledger.domain.plan",
    "Recorded": "ledger.app",
    "RecordedEvent": "ledger.domain.envelope",
    "Refused": "ledger.domain.refusals",
    "ReportCheck": "ledger.audit.report_receipts",
    "ResultReported": "ledger.domain.events",
    "ResultRetracted": "ledger.domain.events",
    "ReversalExceeded": "ledger.domain.refusals",
    "Review": "ledger.app",
    "Scale": "ledger.domain.settings",
    "ScoreReported": "ledger.domain.events",
    "ScoringRule": "ledger.domain.weights",
    "SelfEvaluation": "ledger.reports.documents.self_evaluation",
    "Settings": "ledger.domain.settings",
    "Severity": "ledger.domain.finding",
    "SpendingPlan": "ledger.domain.plan",
    "SpendingPlanRevised": "ledger.domain.events",
    "Status": "ledger.domain.status",
    "Target": "ledger.domain.target",
    "TargetKind": "ledger.domain.target_kind",
    "TargetRevised": "ledger.domain.events",
    "UnitReport": "ledger.reports.values.monthly",
    "UnitTotal": "ledger.reports.values.portfolio",
    "UnknownIndicator": "ledger.domain.refusals",
    "UnknownProject": "ledger.domain.refusals",
    "UnknownResult": "ledger.domain.refusals",
    "UnknownSource": "ledger.domain.refusals",
    "UnknownUnit": "ledger.domain.refusals",
    "UnknownVoucher": "ledger.domain.refusals",
    "VarianceCategory": "ledger.domain.events",
    "VarianceExplained": "ledger.domain.events",
    "Verification": "ledger.audit.verification",
    "VersionConflict": "ledger.domain.errors",
    "View": "ledger.app.view",
    "VirementUnbalanced": "ledger.domain.refusals",
    "VoucherUsed": "ledger.domain.refusals",
    "WrongResult": "ledger.domain.refusals",
    "keygen": "ledger.store.signing",
    "parse_target": "ledger.domain.target",
    "wan": "ledger.domain.money",
    "yuan": "ledger.domain.money",
}
"""The module of each public name: it loads when the name is asked for."""

_RENAMED: Final = {"LogCheckpoint": "Checkpoint"}
"""Two are called so where they are defined."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load what is asked for for the first time."""
        if name not in MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(load(MODULES, name), _RENAMED.get(name, name))
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        """List what is loaded, and what can be."""
        return sorted({*globals(), *__all__})

"""
Every event: what can happen to a project or a unit, and be recorded.

What an event is made of, such as :class:`ledger.Funding`, is in ``ledger`` itself.
"""

from typing import TYPE_CHECKING, Final

from ledger.loading import lazy

if TYPE_CHECKING:
    from ledger.domain.approval_events import (
        ApprovalWithdrawn as ApprovalWithdrawn,
        FormRevised as FormRevised,
    )
    from ledger.domain.carried_money import CarriedPart as CarriedPart
    from ledger.domain.correction_events import (
        AdjustmentCorrected as AdjustmentCorrected,
    )
    from ledger.domain.closing_events import (
        CarriedOver as CarriedOver,
        CarryReturned as CarryReturned,
        OpenedProject as OpenedProject,
        ProjectClosed as ProjectClosed,
        ProjectReopened as ProjectReopened,
    )
    from ledger.domain.commitment import (
        CommitmentAdjustmentKind as CommitmentAdjustmentKind,
        CommitmentStage as CommitmentStage,
        ContinuedCommitment as ContinuedCommitment,
        ReleaseReason as ReleaseReason,
    )
    from ledger.domain.commitment_events import (
        CommitmentAdjusted as CommitmentAdjusted,
        CommitmentEntered as CommitmentEntered,
        CommitmentReleased as CommitmentReleased,
    )
    from ledger.domain.course import Course as Course, Milestone as Milestone
    from ledger.domain.envelope import RecordedEvent as RecordedEvent
    from ledger.domain.events import (
        BudgetAdjusted as BudgetAdjusted,
        BudgetApproved as BudgetApproved,
        Disbursed as Disbursed,
        DisbursementReversed as DisbursementReversed,
        Event as Event,
        ObjectivesSet as ObjectivesSet,
        ResultReported as ResultReported,
        ResultRetracted as ResultRetracted,
        SpendingPlanRevised as SpendingPlanRevised,
        TargetRevised as TargetRevised,
    )
    from ledger.domain.statement_events import (
        ConclusionStated as ConclusionStated,
    )
    from ledger.domain.statement_events import (
        GoalAssessed as GoalAssessed,
    )
    from ledger.domain.statement_events import (
        OutlookStated as OutlookStated,
    )
    from ledger.domain.statement_events import (
        ScoreReported as ScoreReported,
    )
    from ledger.domain.statement_events import (
        VarianceExplained as VarianceExplained,
    )
    from ledger.domain.spending_exception import SpendingException as SpendingException
    from ledger.domain.period_events import (
        PeriodClosed as PeriodClosed,
        PeriodReopened as PeriodReopened,
    )
    from ledger.domain.policy_events import PolicySet as PolicySet
    from ledger.domain.rectification_events import (
        RectificationClosed as RectificationClosed,
    )
    from ledger.domain.rectification_events import (
        RectificationOrdered as RectificationOrdered,
    )
    from ledger.domain.rectification_events import (
        RectificationReported as RectificationReported,
    )
    from ledger.domain.refund_events import PriorYearRefund as PriorYearRefund

MODULES: Final = {
    "AdjustmentCorrected": "ledger.domain.correction_events",
    "ApprovalWithdrawn": "ledger.domain.approval_events",
    "BudgetAdjusted": "ledger.domain.events",
    "BudgetApproved": "ledger.domain.events",
    "CarriedOver": "ledger.domain.closing_events",
    "CarriedPart": "ledger.domain.carried_money",
    "CarryReturned": "ledger.domain.closing_events",
    "CommitmentAdjusted": "ledger.domain.commitment_events",
    "CommitmentAdjustmentKind": "ledger.domain.commitment",
    "CommitmentEntered": "ledger.domain.commitment_events",
    "CommitmentReleased": "ledger.domain.commitment_events",
    "CommitmentStage": "ledger.domain.commitment",
    "ConclusionStated": "ledger.domain.statement_events",
    "ContinuedCommitment": "ledger.domain.commitment",
    "Course": "ledger.domain.course",
    "Disbursed": "ledger.domain.events",
    "DisbursementReversed": "ledger.domain.events",
    "Event": "ledger.domain.events",
    "FormRevised": "ledger.domain.approval_events",
    "GoalAssessed": "ledger.domain.statement_events",
    "Milestone": "ledger.domain.course",
    "ObjectivesSet": "ledger.domain.events",
    "OpenedProject": "ledger.domain.closing_events",
    "OutlookStated": "ledger.domain.statement_events",
    "PeriodClosed": "ledger.domain.period_events",
    "PeriodReopened": "ledger.domain.period_events",
    "PolicySet": "ledger.domain.policy_events",
    "PriorYearRefund": "ledger.domain.refund_events",
    "ProjectClosed": "ledger.domain.closing_events",
    "ProjectReopened": "ledger.domain.closing_events",
    "RecordedEvent": "ledger.domain.envelope",
    "RectificationClosed": "ledger.domain.rectification_events",
    "RectificationOrdered": "ledger.domain.rectification_events",
    "RectificationReported": "ledger.domain.rectification_events",
    "ReleaseReason": "ledger.domain.commitment",
    "ResultReported": "ledger.domain.events",
    "ResultRetracted": "ledger.domain.events",
    "ScoreReported": "ledger.domain.statement_events",
    "SpendingException": "ledger.domain.spending_exception",
    "SpendingPlanRevised": "ledger.domain.events",
    "TargetRevised": "ledger.domain.events",
    "VarianceExplained": "ledger.domain.statement_events",
}
"""The module of each public name: it loads when the name is asked for."""

if not TYPE_CHECKING:
    __all__ = list(MODULES)
    __getattr__, __dir__ = lazy(__name__, MODULES)

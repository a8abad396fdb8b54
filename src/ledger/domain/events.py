"""
What can happen, in the past tense.

Amounts are integer minor units (fen); a caller converts amounts with
:meth:`ledger.domain.money.Currency.minor`. Each fact has its own effective date ``on``.

The two that most events are have their fields in the order in which they are read.
"""

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from ledger.domain.adjustment_kind import AdjustmentKind, BudgetOrigin
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.arguments import all_checked
from ledger.domain.carried_money import CarriedPart
from ledger.domain.closing_events import (
    CarriedOver,
    CarryReturned,
    OpenedProject,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.commitment import CommitmentStage
from ledger.domain.commitment_events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.course import Milestone, between_given
from ledger.domain.evidence import Evidence
from ledger.domain.finding import Finding
from ledger.domain.funding import ONLY_SOURCE, Funding
from ledger.domain.given_fields import (
    kind_given,
    origin_given,
    points_given,
    project_category_given,
    rating_given,
    source_given,
)
from ledger.domain.indicator import Indicator, IndicatorLabel, Rating
from ledger.domain.objective import Objective
from ledger.domain.one_line import counted
from ledger.domain.plan import Convention, SpendingPlan
from ledger.domain.policy_events import LedgerEvent
from ledger.domain.project_category import ProjectCategory
from ledger.domain.rectification_events import RectificationEvent
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.result_parts import ResultPart
from ledger.domain.revised_form import RevisedForm
from ledger.domain.spending_exception import SpendingException
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.stored_fields import SPARSE
from ledger.domain.subject import about_one
from ledger.domain.target import Target


@all_checked
@frozen(kw_only=True)
class BudgetApproved:
    """
    A project's performance-target form was approved.

    Attributes:
        unit: The code of the unit that spends.

        plan: ``None`` where nobody planned: then money is judged by time.

        origin: Of the year's budget, or within the year; left out, its day decides.

        carried: Of *amounts*: what legs bring from the year before of *carried_from*.

        execution_weight: Points of 100 that execution can earn; ``None`` is 10.

        new_source: Whether a source of an unknown name is meant to be new.

        project_category: Left out, the letter of the code decides.

        findings: What looked wrong in the form when it was taken.
    """

    project: str
    on: date
    name: str
    unit: str
    unit_name: str | None = None
    fiscal_year: int
    amounts: tuple[Funding, ...]
    plan: SpendingPlan | None = None
    indicators: tuple[Indicator, ...] = field(default=(), repr=counted)
    goals: tuple[str, ...] = field(default=(), repr=counted)
    purpose: str | None = None
    document: str | None = None
    origin: BudgetOrigin | None = field(default=None, converter=origin_given)
    execution_weight: Decimal | None = field(default=None, converter=points_given)
    new_source: bool = False
    carried: tuple[Funding, ...] = field(default=(), metadata=SPARSE)
    carried_from: str | None = field(default=None, metadata=SPARSE)
    project_category: ProjectCategory | None = field(
        default=None, converter=project_category_given, metadata=SPARSE
    )
    findings: tuple[Finding, ...] = field(default=(), repr=counted)


@all_checked
@frozen(kw_only=True)
class BudgetAdjusted:
    """
    The budget of a project was changed.

    Attributes:
        amounts: Positive; the kind says whether they add or take.

        document: What ordered it; legs share it.

        new_source: Whether a source that is new to the project is meant to be so.

        resembles: Event ids of adjustments of this kind, document, amounts; computed.

        form: The corrected form that led to it, on one event of those it led to.

        since: Of carried-over money older than the year before: as the other leg says.

        opens: Whose the project-year is that carried-in money opens alone, computed.
    """

    project: str
    on: date
    opens: OpenedProject | None = field(default=None, metadata=SPARSE)
    kind: AdjustmentKind = field(converter=kind_given)
    amounts: tuple[Funding, ...]
    document: str | None = None
    form: RevisedForm | None = None
    new_source: bool = False
    resembles: tuple[str, ...] = field(default=(), metadata=SPARSE)
    reason: str | None = None
    since: tuple[CarriedPart, ...] = field(default=(), metadata=SPARSE)


@all_checked
@frozen(kw_only=True)
class SpendingPlanRevised:
    """
    The plan was replaced, from its effective date on.

    Attributes:
        form: The corrected form that led to it. Its plan ends at its own budget,
            whatever else the year has brought.
    """

    project: str
    on: date
    form: RevisedForm | None = None
    plan: SpendingPlan
    reason: str | None = None


@all_checked
@frozen(kw_only=True)
class Disbursed:
    """
    Money left the account.

    Attributes:
        on: The value date at the bank, not the day it was recorded.

        source: Left out in a request, it is the only one that the project has.

        voucher: As printed; unique in the project, with reversals, however spelled. Its
            lines of one append share it, with their day and payee.

        commitment: That it is paid on; then the source is one of the commitment.

        final: Whether nothing more will be paid on it: what is left open is released.

        released: What a final one releases, and the stage of the commitment, computed.

        booked_again: Whether a disbursement of this voucher was reversed wholly before,
            computed.

        resembles: The vouchers of disbursements of this amount to this payee within
            five days, computed.

        exception: Who allowed it although the budget forbids it, and why.
    """

    project: str
    on: date
    commitment: str | None = field(default=None, metadata=SPARSE)
    final: bool = field(default=False, metadata=SPARSE)
    released: tuple[Funding, ...] | None = field(default=None, metadata=SPARSE)
    stage: CommitmentStage | None = field(default=None, metadata=SPARSE)
    booked_again: bool = field(default=False, metadata=SPARSE)
    resembles: tuple[str, ...] = field(default=(), metadata=SPARSE)
    exception: SpendingException | None = field(default=None, metadata=SPARSE)
    amount: int
    description: str | None = None
    payee: str | None = None
    source: str = ONLY_SOURCE
    voucher: str


@all_checked
@frozen(kw_only=True)
class DisbursementReversed:
    """
    Money of one disbursement came back, or left again where a reversal is reversed.

    Attributes:
        of: The voucher of the disbursement, or of the reversal.

        source: Left out, it is the only one that *of* moved money of; stored where it
            was said, and where *of* is a reversal.

        disbursement: Where *of* is a reversal: the voucher of the disbursement whose
            money leaves again; left out in a request, the only one that it was of.

        taken_back: Whether money comes back although *of* is a reversal, as that one
            let it leave again, computed.

        restores: The commitment that has the money again, or has it no more, and its
            stage, computed; ``None`` where there is none or it has ended: then the
            money is free.
    """

    project: str
    on: date
    source: str | None = field(default=None, converter=source_given, metadata=SPARSE)
    disbursement: str | None = field(default=None, metadata=SPARSE)
    taken_back: bool = field(default=False, metadata=SPARSE)
    restores: str | None = field(default=None, metadata=SPARSE)
    stage: CommitmentStage | None = field(default=None, metadata=SPARSE)
    voucher: str
    of: str
    amount: int
    reason: str | None = None


@all_checked
@frozen(kw_only=True)
class TargetRevised:
    """
    An indicator's target was replaced, from its effective date on.

    Attributes:
        form: The corrected form that led to it, on one event of those it led to.

        milestones: Those that lead to this target, which has none of the one before.

        between: How it goes from one to the next.
    """

    project: str
    on: date
    form: RevisedForm | None = None
    indicator: IndicatorLabel
    target: Target
    reason: str | None = None
    milestones: tuple[Milestone, ...] = field(default=(), metadata=SPARSE)
    between: Convention | None = field(
        default=None, converter=between_given, metadata=SPARSE
    )


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class ResultReported:
    """
    One measurement of one indicator, of a project or of a unit.

    One of *value*, *numerator* with *denominator*, *rating*, *reached_on*, *text*.

    Attributes:
        on: The day the measurement speaks of, not the day it was reported.

        to_date: Whether it is all that was done so far, and not since the last one.

        share: With a rating: the share claimed of the full weight.

        reached_on: For a target that is a date: the day it was reached.

        parts: What of a number falls to each value of a dimension.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    parts: tuple[ResultPart, ...] = field(default=(), metadata=SPARSE)
    denominator: Decimal | None = None
    evidence: Evidence | None = None
    indicator: IndicatorLabel
    note: str | None = None
    numerator: Decimal | None = None
    rating: Rating | None = field(default=None, converter=rating_given)
    reached_on: date | None = None
    share: Decimal | None = None
    text: str | None = None
    to_date: bool = field(default=False, metadata=SPARSE)
    value: Decimal | None = None


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class ResultRetracted:
    """
    A result does not count any more, from the moment this was recorded.

    Attributes:
        of: The event id of the result.

        version: The result's version in its stream.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    indicator: IndicatorLabel
    of: str
    version: int = 0
    reason: str


@all_checked
@frozen(kw_only=True)
class ObjectivesSet:
    """
    A unit's own goals for a year and what they are judged by.

    Attributes:
        execution_weight: Points of 100 that execution can earn; ``None`` is 10.
    """

    unit: str
    on: date
    name: str
    fiscal_year: int
    overall_goal: str | None = None
    objectives: tuple[Objective, ...] = field(default=(), repr=counted)
    execution_weight: Decimal | None = field(default=None, converter=points_given)


MoneyEvent = (
    BudgetApproved
    | ApprovalWithdrawn
    | AdjustmentCorrected
    | FormRevised
    | BudgetAdjusted
    | SpendingPlanRevised
    | ProjectClosed
    | ProjectReopened
    | CarriedOver
    | CarryReturned
    | Disbursed
    | DisbursementReversed
    | PriorYearRefund
    | CommitmentEntered
    | CommitmentAdjusted
    | CommitmentReleased
)
IndicatorEvent = (
    TargetRevised
    | ResultReported
    | ResultRetracted
    | VarianceExplained
    | OutlookStated
    | ScoreReported
    | GoalAssessed
    | ConclusionStated
    | RectificationEvent
    | ObjectivesSet
)
Event = MoneyEvent | IndicatorEvent | LedgerEvent

"""One event of each type that may be recorded, and how others are made of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import attrs

from ledger import (
    Checkpoint,
    Funding,
    Objective,
    SpendingPlan,
    parse_target,
)
from ledger.events import (
    AdjustmentCorrected,
    ApprovalWithdrawn,
    BudgetAdjusted,
    CarriedOver,
    CarryReturned,
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
    ConclusionStated,
    DisbursementReversed,
    FormRevised,
    GoalAssessed,
    ObjectivesSet,
    OpenedProject,
    OutlookStated,
    PriorYearRefund,
    ProjectClosed,
    ProjectReopened,
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceExplained,
)
from support import approval, day, disbursement, indicator

NAME = "开展就业培训数"
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
"""Facts are recorded on this day."""

TAKEN = None


def money(source="fiscal", amount=100):
    """Return one amount of a source."""
    return (Funding(source=source, amount=amount),)


def plan(end=100_000, last=date(2023, 12, 31)):
    """Return a plan of one checkpoint."""
    return SpendingPlan(checkpoints=(Checkpoint(last, end),))


def legs(event):
    """Return an event, with its other leg where it is one of two years."""
    kinds = {CarriedOver: "carried_in", CarryReturned: "carry_returned"}
    if type(event) not in kinds:
        return [event]
    kind = kinds[type(event)]
    code = event.project if event.project != "Z" else "E"
    return [event, BudgetAdjusted(project=code, on=event.on, kind=kind, amounts=())]


EVENTS = {
    "BudgetApproved": approval("B", on=day(6)),
    "BudgetAdjusted": BudgetAdjusted(
        project="A", on=day(6), kind="supplement", amounts=money()
    ),
    "AdjustmentCorrected": AdjustmentCorrected(
        project="A", on=day(6), of="adjusted", reason="mistake"
    ),
    "FormRevised": FormRevised(project="A", on=day(6), name="other", to_unit="U-2"),
    "ApprovalWithdrawn": ApprovalWithdrawn(project="F", on=day(6), reason="mistake"),
    "SpendingPlanRevised": SpendingPlanRevised(project="A", on=day(6), plan=plan()),
    "Disbursed": disbursement(100, "2", on=day(6), project="A"),
    "DisbursementReversed": DisbursementReversed(
        project="A", on=day(6), voucher="R", of="1", amount=10
    ),
    "PriorYearRefund": PriorYearRefund(
        project="E", on=day(6), voucher="R", of="0", amount=10
    ),
    "ProjectClosed": ProjectClosed(project="A", on=day(6)),
    "ProjectReopened": ProjectReopened(project="D", on=day(4), reason="invoice"),
    "CarriedOver": CarriedOver(project="E", on=day(6), year=2022, amounts=money()),
    "CarryReturned": CarryReturned(project="E", on=day(6), year=2022, amounts=money()),
    "CommitmentEntered": CommitmentEntered(
        project="A", on=day(6), commitment="C-2", amounts=money(), document="d"
    ),
    "CommitmentAdjusted": CommitmentAdjusted(
        project="A",
        on=day(6),
        commitment="C-1",
        kind="increase",
        amounts=money(),
        reason="more",
    ),
    "CommitmentReleased": CommitmentReleased(
        project="A", on=day(6), commitment="C-1", why="finished"
    ),
    "TargetRevised": TargetRevised(
        project="A", on=day(6), indicator=NAME, target=parse_target("≥12次").target
    ),
    "ResultReported": ResultReported(
        project="A", on=day(6), indicator=NAME, value=Decimal(3)
    ),
    "ResultRetracted": ResultRetracted(
        project="A", on=day(6), indicator=NAME, of="first", reason="twice"
    ),
    "VarianceExplained": VarianceExplained(
        project="A", on=day(6), indicator=NAME, category="other", text="rain"
    ),
    "ScoreReported": ScoreReported(
        project="A", on=day(6), indicator=NAME, score=Decimal(1), reason="seen"
    ),
    "RectificationOrdered": RectificationOrdered(
        project="A", on=day(6), number="Z-2", requirement="q", due=day(9)
    ),
    "RectificationReported": RectificationReported(
        project="A", on=day(6), number="Z-1", text="t"
    ),
    "RectificationClosed": RectificationClosed(project="A", on=day(6), number="Z-1"),
    "GoalAssessed": GoalAssessed(
        project="A", on=day(6), goal="1", text="done", achieved="attained"
    ),
    "OutlookStated": OutlookStated(
        project="A", on=day(6), indicator=NAME, text="all", likelihood="certain"
    ),
    "ConclusionStated": ConclusionStated(project="A", on=day(6), conclusion="good"),
    "ObjectivesSet": ObjectivesSet(
        unit="U-9",
        on=day(6),
        name="office",
        fiscal_year=2023,
        objectives=(Objective(title="t", indicators=(indicator(),)),),
    ),
}
"""One of each type that may be recorded."""

MONEY = {
    "AdjustmentCorrected",
    "BudgetAdjusted",
    "SpendingPlanRevised",
    "Disbursed",
    "DisbursementReversed",
    "ProjectClosed",
    "CommitmentEntered",
    "CommitmentAdjusted",
    "CommitmentReleased",
}
MOVING = {"Disbursed", "DisbursementReversed", "PriorYearRefund"}
OF_COMMITMENTS = {"CommitmentAdjusted", "CommitmentReleased"}
AMOUNTS = {"BudgetAdjusted", "CommitmentEntered", *OF_COMMITMENTS}
HAPPENED = (MONEY | {"ApprovalWithdrawn", "PriorYearRefund"}) - {
    "AdjustmentCorrected",
    "BudgetAdjusted",
    "SpendingPlanRevised",
}
OF_INDICATORS = {
    "TargetRevised",
    "ResultReported",
    "ResultRetracted",
    "VarianceExplained",
    "ScoreReported",
}
CARRIES = {"CarriedOver", "CarryReturned"}
OF_PROJECTS = (
    MONEY
    | OF_INDICATORS
    | {
        "ConclusionStated",
        "GoalAssessed",
        "RectificationOrdered",
        "RectificationReported",
        "RectificationClosed",
        "OutlookStated",
        "ProjectReopened",
        "ApprovalWithdrawn",
        "FormRevised",
    }
)


OPENED = OpenedProject(name="other", unit="U-9")


def changed(types, refused, **fields):
    """Return rows: the events of some types with other fields, and their refusal."""
    return {
        name: (attrs.evolve(EVENTS[name], **fields), refused) for name in sorted(types)
    }


EARLIER = date(2022, 6, 1)

"""The rows of the event catalogue for facts of money."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from ledger.domain import effects
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.closing_events import (
    CarriedOver,
    CarryEvent,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
    other_project,
)
from ledger.domain.commitment import (
    CommitmentAdjustmentKind,
    CommitmentStage,
    ReleaseReason,
)
from ledger.domain.commitment_events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.event_type import (
    Column,
    ColumnKind,
    Effect,
    EventType,
    Flow,
    Fold,
    Leg,
    Shown,
    Undoing,
)
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    SpendingPlanRevised,
)
from ledger.domain.identity import voucher_identity
from ledger.domain.indicator import ClearedField, Direction
from ledger.domain.measure import Measure
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.shared_columns import DOCUMENT, NAME, REASON, YEAR
from ledger.domain.subject import SubjectKind


def _document(event: BudgetAdjusted | AdjustmentCorrected | CarryEvent) -> str | None:
    """Return what all spellings of a leg's document have in common."""
    return voucher_identity(event.document or "") or None


def _leg(event: BudgetAdjusted) -> Leg | None:
    takes, document = event.kind.sign > 0, _document(event)
    if event.kind.is_carry:
        return Leg(event.on, document, takes, event.project, not takes)
    return Leg(event.on, document, takes) if event.kind.is_virement else None


def _corrected(event: AdjustmentCorrected) -> Leg | None:
    kind, document = event.kind, _document(event)
    if kind is None or not kind.is_virement:
        return None
    return Leg(event.on, document, kind.sign < 0, back=True)


def _carried(event: CarryEvent) -> Leg:
    back = type(event) is CarryReturned
    return Leg(event.on, _document(event), back, other_project(event), back)


_OPEN: Final = frozenset({Flow.RESERVED, Flow.CONTRACTED})
_PROJECT: Final = (SubjectKind.PROJECT,)
_MONEY: Final = frozenset({Fold.EXECUTION})
_INDICATORS: Final = frozenset({Fold.ATTAINMENT})
_VOUCHER: Final = Column("voucher", ColumnKind.VOUCHER)
_WHY: Final = Column("why", ColumnKind.CHOICE, choices=ReleaseReason)
_OF: Final = Column("of", ColumnKind.COMMITMENT, optional=True, word="of.reservation")
_COMMITMENT: Final = Column("commitment", ColumnKind.COMMITMENT)
_AMOUNT: Final = Column("amount", ColumnKind.MONEY, shown=Shown.LINE)


def _amounts(*, optional: bool = False) -> Column:
    kind, shown = ColumnKind.AMOUNTS, Shown.LINE
    return Column("amount", kind, field="amounts", optional=optional, shown=shown)


def _left(name: str) -> Column:
    return Column(name, ColumnKind.AMOUNTS, optional=True, shown=Shown.LINE)


def _carry(
    event: type[CarryEvent], moved: Callable[[Any], tuple[Effect, ...]], other: str
) -> EventType:
    return EventType(
        event=event,
        subjects=_PROJECT,
        undone_by=CarriedOver if event is CarryReturned else CarryReturned,
        follows=_MONEY,
        happened=True,
        order=1,
        moves=frozenset({Flow.HANDED_ON}),
        effects=moved,
        leg=_carried,
        document="document",
        year="year",
        columns=(
            Column("year", ColumnKind.YEAR, shown=Shown.LINE),
            Column(other, optional=True, shown=Shown.LINE),
            _amounts(optional=True),
            DOCUMENT,
            REASON,
        ),
    )


MONEY_EVENTS: Final[tuple[EventType, ...]] = (
    EventType(
        event=BudgetApproved,
        subjects=_PROJECT,
        undone_by=ApprovalWithdrawn,
        follows=_MONEY | _INDICATORS,
        founds=True,
        order=0,
        moves=frozenset({Flow.BUDGET}),
        effects=effects.approved,
        document="document",
        year="fiscal_year",
        says=attrgetter("name"),
        columns=(
            NAME,
            _amounts(),
            _left("carried"),
            Column("carried_from", optional=True, shown=Shown.LINE),
            DOCUMENT,
        ),
        bulk=False,
    ),
    EventType(
        event=ApprovalWithdrawn,
        subjects=_PROJECT,
        undone_by=BudgetApproved,
        follows=_MONEY | _INDICATORS,
        happened=True,
        order=11,
        moves=frozenset({Flow.BUDGET}),
        effects=effects.withdrawn,
        year="year",
        columns=(_amounts(optional=True), YEAR, Column("reason")),
    ),
    EventType(
        event=FormRevised,
        subjects=_PROJECT,
        undone_by=FormRevised,
        follows=_MONEY | _INDICATORS,
        order=1,
        columns=(
            Column("name", optional=True),
            Column("to_unit", optional=True),
            Column("unit_name", optional=True),
            Column("goals", ColumnKind.GOALS, optional=True, shown=Shown.LINE),
            Column("purpose", optional=True, shown=Shown.LINE),
            Column("indicator", optional=True),
            Column("renamed", optional=True, shown=Shown.LINE),
            Column("basis", optional=True, shown=Shown.LINE),
            Column("description", optional=True, shown=Shown.LINE),
            Column("weight", ColumnKind.NUMBER, optional=True, shown=Shown.LINE),
            Column(
                "measure",
                ColumnKind.CHOICE,
                optional=True,
                choices=Measure,
                shown=Shown.LINE,
            ),
            Column("baseline", ColumnKind.NUMBER, optional=True, shown=Shown.LINE),
            Column(
                "direction",
                ColumnKind.CHOICE,
                optional=True,
                choices=Direction,
                shown=Shown.LINE,
            ),
            Column(
                "cleared",
                ColumnKind.CHOICES,
                optional=True,
                choices=ClearedField,
                shown=Shown.LINE,
            ),
            Column("removed", ColumnKind.YES_NO, optional=True, shown=Shown.LINE),
            Column("correction", ColumnKind.YES_NO, optional=True, shown=Shown.NOWHERE),
            REASON,
        ),
        lists=("added", "carried"),
    ),
    EventType(
        event=SpendingPlanRevised,
        subjects=_PROJECT,
        undone_by=SpendingPlanRevised,
        follows=_MONEY,
        columns=(Column("plan", ColumnKind.PLAN, shown=Shown.LINE), REASON),
        bulk=False,
    ),
    EventType(
        event=ProjectClosed,
        subjects=_PROJECT,
        undone_by=ProjectReopened,
        follows=_MONEY,
        happened=True,
        moves=frozenset({Flow.CARRIED_OVER, Flow.LAPSED}),
        effects=effects.closed,
        year="year",
        columns=(_left("carried_over"), _left("lapsed"), YEAR, REASON),
    ),
    EventType(
        event=ProjectReopened,
        subjects=_PROJECT,
        undone_by=ProjectClosed,
        follows=_MONEY,
        happened=True,
        moves=frozenset({Flow.CARRIED_OVER, Flow.LAPSED}),
        effects=effects.reopened,
        year="year",
        columns=(_left("carried_over"), _left("lapsed"), YEAR, Column("reason")),
    ),
    _carry(CarriedOver, effects.handed_on, "to_project"),
    _carry(CarryReturned, effects.carry_returned, "from_project"),
    EventType(
        event=Disbursed,
        subjects=_PROJECT,
        undone_by=DisbursementReversed,
        follows=_MONEY,
        happened=True,
        order=5,
        moves=_OPEN | {Flow.DISBURSED},
        effects=effects.disbursed,
        document="voucher",
        says=attrgetter("payee"),
        columns=(
            _VOUCHER,
            _AMOUNT,
            Column("source", ColumnKind.SOURCE, optional=True),
            Column("payee", optional=True),
            Column("description", optional=True, shown=Shown.TABLE),
            Column("commitment", ColumnKind.COMMITMENT, optional=True),
            Column("final", ColumnKind.YES_NO, optional=True, shown=Shown.NOWHERE),
            Column("exception", ColumnKind.EXCEPTION, optional=True),
        ),
    ),
    EventType(
        event=DisbursementReversed,
        subjects=_PROJECT,
        undone_by=DisbursementReversed,
        follows=_MONEY,
        happened=True,
        order=6,
        moves=_OPEN | {Flow.DISBURSED},
        effects=effects.given_back,
        undoes=Undoing((Disbursed, DisbursementReversed), "reversed", by_voucher=True),
        document="voucher",
        says="← {0.of}".format,
        columns=(
            _VOUCHER,
            Column("of", ColumnKind.VOUCHER),
            _AMOUNT,
            Column("source", ColumnKind.SOURCE, optional=True),
            Column("disbursement", ColumnKind.VOUCHER, optional=True, shown=Shown.LINE),
            REASON,
        ),
    ),
    EventType(
        event=PriorYearRefund,
        subjects=_PROJECT,
        undone_by=PriorYearRefund,
        follows=_MONEY,
        happened=True,
        order=8,
        moves=frozenset({Flow.REFUNDED}),
        effects=effects.refunded,
        undoes=Undoing(
            (PriorYearRefund,), "reversed", by_voucher=True, by="takes_back"
        ),
        document="voucher",
        says="← {0.of} ({0.of_year})".format,
        columns=(
            _VOUCHER,
            Column("of", ColumnKind.VOUCHER),
            Column("of_year", ColumnKind.YEAR, optional=True, shown=Shown.LINE),
            _AMOUNT,
            Column("source", ColumnKind.SOURCE, optional=True),
            Column("takes_back", ColumnKind.VOUCHER, optional=True, shown=Shown.LINE),
            Column("payee", optional=True),
            REASON,
        ),
    ),
    EventType(
        event=BudgetAdjusted,
        subjects=_PROJECT,
        undone_by=AdjustmentCorrected,
        named_by="kind",
        follows=_MONEY,
        order=2,
        moves=frozenset({Flow.BUDGET}),
        effects=effects.adjusted,
        leg=_leg,
        document="document",
        columns=(
            Column("kind", ColumnKind.CHOICE, choices=AdjustmentKind),
            _amounts(),
            DOCUMENT,
            REASON,
            Column("new_source", ColumnKind.YES_NO, optional=True, shown=Shown.NOWHERE),
        ),
    ),
    EventType(
        event=AdjustmentCorrected,
        subjects=_PROJECT,
        undone_by=BudgetAdjusted,
        follows=_MONEY,
        order=10,
        moves=frozenset({Flow.BUDGET}),
        effects=effects.corrected,
        undoes=Undoing((BudgetAdjusted,), "corrected"),
        leg=_corrected,
        document="document",
        columns=(
            Column("of", word="of.adjustment", shown=Shown.LINE),
            Column("kind", ColumnKind.CHOICE, optional=True, choices=AdjustmentKind),
            _amounts(optional=True),
            DOCUMENT,
            Column("reason"),
        ),
    ),
    EventType(
        event=CommitmentEntered,
        subjects=_PROJECT,
        undone_by=CommitmentReleased,
        named_by="stage",
        follows=_MONEY,
        happened=True,
        order=3,
        moves=_OPEN,
        effects=effects.entered,
        document="commitment",
        says=attrgetter("payee"),
        columns=(
            _COMMITMENT,
            _amounts(),
            Column("stage", ColumnKind.CHOICE, optional=True, choices=CommitmentStage),
            _OF,
            Column("payee", optional=True),
            DOCUMENT,
            Column("due_on", ColumnKind.DATE, optional=True),
            Column("continues", ColumnKind.CONTINUED, optional=True, shown=Shown.LINE),
        ),
    ),
    EventType(
        event=CommitmentAdjusted,
        subjects=_PROJECT,
        undone_by=CommitmentAdjusted,
        follows=_MONEY,
        happened=True,
        order=4,
        moves=_OPEN,
        effects=effects.commitment_adjusted,
        document="commitment",
        columns=(
            _COMMITMENT,
            Column("kind", ColumnKind.CHOICE, choices=CommitmentAdjustmentKind),
            _amounts(),
            Column("reason"),
            DOCUMENT,
        ),
    ),
    EventType(
        event=CommitmentReleased,
        subjects=_PROJECT,
        undone_by=CommitmentAdjusted,
        follows=_MONEY,
        happened=True,
        order=7,
        moves=_OPEN,
        effects=effects.released,
        document="commitment",
        columns=(_COMMITMENT, _WHY, _amounts(optional=True)),
    ),
)
"""What changes budgets, commitments and what was spent."""

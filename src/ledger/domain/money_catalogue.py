"""The rows of the event catalogue for facts of money."""

from collections.abc import Callable
from enum import Enum
from functools import partial
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
from ledger.domain.project_category import ProjectCategory
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
_MONEY: Final = frozenset({Fold.EXECUTION})
_INDICATORS: Final = frozenset({Fold.ATTAINMENT})
_of_project: Final = partial(EventType, subjects=(SubjectKind.PROJECT,), follows=_MONEY)
_VOUCHER: Final = Column("voucher", ColumnKind.VOUCHER)
_WHY: Final = Column("why", ColumnKind.CHOICE, choices=ReleaseReason)
_OF: Final = Column("of", ColumnKind.COMMITMENT, optional=True, word="of.reservation")
_COMMITMENT: Final = Column("commitment", ColumnKind.COMMITMENT)
_AMOUNT: Final = Column("amount", ColumnKind.MONEY, shown=Shown.LINE)


def _amounts(*, optional: bool = False) -> Column:
    kind, shown = ColumnKind.AMOUNTS, Shown.LINE
    return Column("amount", kind, field="amounts", optional=optional, shown=shown)


def _in_line(
    name: str, kind: ColumnKind = ColumnKind.TEXT, choices: type[Enum] | None = None
) -> Column:
    return Column(name, kind, optional=True, choices=choices, shown=Shown.LINE)


_LEFT: Final = tuple(
    _in_line(name, ColumnKind.AMOUNTS) for name in ("carried_over", "lapsed")
)


def _carry(
    event: type[CarryEvent], moved: Callable[[Any], tuple[Effect, ...]], other: str
) -> EventType:
    return _of_project(
        event=event,
        undone_by=CarriedOver if event is CarryReturned else CarryReturned,
        happened=True,
        order=1,
        moves=frozenset({Flow.HANDED_ON}),
        effects=moved,
        leg=_carried,
        document="document",
        year="year",
        columns=(
            Column("year", ColumnKind.YEAR, shown=Shown.LINE),
            _in_line(other),
            _amounts(optional=True),
            DOCUMENT,
            REASON,
        ),
    )


MONEY_EVENTS: Final[tuple[EventType, ...]] = (
    _of_project(
        event=BudgetApproved,
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
            _in_line("carried", ColumnKind.AMOUNTS),
            _in_line("carried_from"),
            DOCUMENT,
        ),
        bulk=False,
    ),
    _of_project(
        event=ApprovalWithdrawn,
        undone_by=BudgetApproved,
        follows=_MONEY | _INDICATORS,
        happened=True,
        order=11,
        moves=frozenset({Flow.BUDGET}),
        effects=effects.withdrawn,
        year="year",
        columns=(_amounts(optional=True), YEAR, Column("reason")),
    ),
    _of_project(
        event=FormRevised,
        undone_by=FormRevised,
        follows=_MONEY | _INDICATORS,
        order=1,
        columns=(
            Column("name", optional=True),
            Column("to_unit", optional=True),
            Column("unit_name", optional=True),
            _in_line("goals", ColumnKind.GOALS),
            _in_line("purpose"),
            _in_line("project_category", ColumnKind.CHOICE, ProjectCategory),
            _in_line("carried", ColumnKind.AMOUNTS),
            Column("indicator", optional=True),
            _in_line("added", ColumnKind.INDICATOR),
            _in_line("renamed"),
            _in_line("basis"),
            _in_line("description"),
            _in_line("weight", ColumnKind.NUMBER),
            _in_line("measure", ColumnKind.CHOICE, Measure),
            _in_line("baseline", ColumnKind.NUMBER),
            _in_line("direction", ColumnKind.CHOICE, Direction),
            _in_line("cleared", ColumnKind.CHOICES, ClearedField),
            _in_line("builds_up", ColumnKind.MAYBE),
            _in_line("removed", ColumnKind.YES_NO),
            _in_line("correction", ColumnKind.YES_NO),
            REASON,
        ),
    ),
    _of_project(
        event=SpendingPlanRevised,
        undone_by=SpendingPlanRevised,
        columns=(Column("plan", ColumnKind.PLAN, shown=Shown.LINE), REASON),
    ),
    _of_project(
        event=ProjectClosed,
        undone_by=ProjectReopened,
        happened=True,
        moves=frozenset({Flow.CARRIED_OVER, Flow.LAPSED}),
        effects=effects.closed,
        year="year",
        columns=(*_LEFT, YEAR, REASON),
    ),
    _of_project(
        event=ProjectReopened,
        undone_by=ProjectClosed,
        happened=True,
        moves=frozenset({Flow.CARRIED_OVER, Flow.LAPSED}),
        effects=effects.reopened,
        year="year",
        columns=(*_LEFT, YEAR, Column("reason")),
    ),
    _carry(CarriedOver, effects.handed_on, "to_project"),
    _carry(CarryReturned, effects.carry_returned, "from_project"),
    _of_project(
        event=Disbursed,
        undone_by=DisbursementReversed,
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
            _in_line("final", ColumnKind.YES_NO),
            Column("exception", ColumnKind.EXCEPTION, optional=True),
        ),
    ),
    _of_project(
        event=DisbursementReversed,
        undone_by=DisbursementReversed,
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
            _in_line("disbursement", ColumnKind.VOUCHER),
            REASON,
        ),
    ),
    _of_project(
        event=PriorYearRefund,
        undone_by=PriorYearRefund,
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
            _in_line("of_year", ColumnKind.YEAR),
            _AMOUNT,
            Column("source", ColumnKind.SOURCE, optional=True),
            _in_line("takes_back", ColumnKind.VOUCHER),
            Column("payee", optional=True),
            REASON,
        ),
    ),
    _of_project(
        event=BudgetAdjusted,
        undone_by=AdjustmentCorrected,
        named_by="kind",
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
    _of_project(
        event=AdjustmentCorrected,
        undone_by=BudgetAdjusted,
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
    _of_project(
        event=CommitmentEntered,
        undone_by=CommitmentReleased,
        named_by="stage",
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
            _in_line("continues", ColumnKind.CONTINUED),
        ),
    ),
    _of_project(
        event=CommitmentAdjusted,
        undone_by=CommitmentAdjusted,
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
    _of_project(
        event=CommitmentReleased,
        undone_by=CommitmentAdjusted,
        happened=True,
        order=7,
        moves=_OPEN,
        effects=effects.released,
        document="commitment",
        columns=(_COMMITMENT, _WHY, _amounts(optional=True)),
    ),
)
"""What changes budgets, commitments and what was spent."""

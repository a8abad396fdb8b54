"""
The event catalogue: one row an event type, with all that is known of it.

What an event adds to which money, what it names of other events, what a line of a bulk
file says of it and where its fields are shown are written here and nowhere else. The
one fast fold of the money repeats the effects; a test compares it with this table.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Final

from ledger.domain import effects
from ledger.domain.adjustment_kind import AdjustmentKind
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
    Event,
    Evidence,
    Likelihood,
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
from ledger.domain.indicator import Rating
from ledger.domain.plan import SpendingPlan
from ledger.domain.subject import SubjectKind
from ledger.messages import Message, message


def _leg(event: BudgetAdjusted) -> Leg | None:
    if not event.kind.is_virement:
        return None
    return Leg(event.on, event.document or None, event.kind.sign > 0)


def _result(event: ResultReported) -> str:
    if event.numerator is not None:
        return f"{event.numerator:f}/{event.denominator:f}"
    given = (event.value, event.rating, event.reached_on, event.text)
    value = next((each for each in given if each is not None), "")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _score(event: ScoreReported) -> str:
    return " · ".join(filter(None, [f"{event.score:f}", event.reason]))


_OPEN: Final = frozenset({Flow.RESERVED, Flow.CONTRACTED})
_PROJECT: Final = (SubjectKind.PROJECT,)
_UNIT: Final = (SubjectKind.UNIT,)
_EITHER: Final = (SubjectKind.PROJECT, SubjectKind.UNIT)
_MONEY: Final = frozenset({Fold.EXECUTION})
_INDICATORS: Final = frozenset({Fold.ATTAINMENT})

_REASON: Final = Column("reason", optional=True)
_DOCUMENT: Final = Column("document", optional=True)
_NAME: Final = Column("name", shown=Shown.LINE)
_INDICATOR: Final = Column("indicator")
_ABOUT: Final = Column("indicator", optional=True)
_VOUCHER: Final = Column("voucher", ColumnKind.VOUCHER)
_WHY: Final = Column("why", ColumnKind.CHOICE, choices=ReleaseReason)
_OF: Final = Column("of", ColumnKind.COMMITMENT, optional=True, word="of.reservation")
_COMMITMENT: Final = Column("commitment", ColumnKind.COMMITMENT)
_AMOUNT: Final = Column("amount", ColumnKind.MONEY, shown=Shown.LINE)


def _number(name: str) -> Column:
    return Column(name, ColumnKind.NUMBER, optional=True)


def _amounts(*, optional: bool = False) -> Column:
    kind, shown = ColumnKind.AMOUNTS, Shown.LINE
    return Column("amount", kind, field="amounts", optional=optional, shown=shown)


def _left(name: str) -> Column:
    return Column(name, ColumnKind.AMOUNTS, shown=Shown.LINE)


CATALOGUE: Final[tuple[EventType, ...]] = (
    EventType(
        event=BudgetApproved,
        subjects=_PROJECT,
        follows=_MONEY | _INDICATORS,
        founds=True,
        order=0,
        moves=frozenset({Flow.BUDGET}),
        effects=effects.approved,
        document="document",
        year="fiscal_year",
        says=attrgetter("name"),
        columns=(_NAME, _amounts(), _DOCUMENT),
        bulk=False,
    ),
    EventType(
        event=SpendingPlanRevised,
        subjects=_PROJECT,
        follows=_MONEY,
        columns=(Column("plan", ColumnKind.PLAN, shown=Shown.LINE), _REASON),
        bulk=False,
    ),
    EventType(
        event=ProjectClosed,
        subjects=_PROJECT,
        follows=_MONEY,
        happened=True,
        moves=frozenset({Flow.CARRIED_OVER, Flow.LAPSED}),
        effects=effects.closed,
        columns=(_left("carried_over"), _left("lapsed"), _REASON),
        bulk=False,
    ),
    EventType(
        event=Disbursed,
        subjects=_PROJECT,
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
        ),
    ),
    EventType(
        event=DisbursementReversed,
        subjects=_PROJECT,
        follows=_MONEY,
        happened=True,
        order=6,
        moves=_OPEN | {Flow.DISBURSED},
        effects=effects.given_back,
        undoes=Undoing(Disbursed, "reversed", by_voucher=True),
        document="voucher",
        says="← {0.of}".format,
        columns=(_VOUCHER, Column("of", ColumnKind.VOUCHER), _AMOUNT, _REASON),
    ),
    EventType(
        event=BudgetAdjusted,
        subjects=_PROJECT,
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
            _DOCUMENT,
            _REASON,
            Column("new_source", ColumnKind.YES_NO, optional=True, shown=Shown.NOWHERE),
        ),
    ),
    EventType(
        event=CommitmentEntered,
        subjects=_PROJECT,
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
            _DOCUMENT,
            Column("due_on", ColumnKind.DATE, optional=True),
            Column("continues", ColumnKind.CONTINUED, optional=True, shown=Shown.LINE),
        ),
    ),
    EventType(
        event=CommitmentAdjusted,
        subjects=_PROJECT,
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
            _DOCUMENT,
        ),
    ),
    EventType(
        event=CommitmentReleased,
        subjects=_PROJECT,
        follows=_MONEY,
        happened=True,
        order=7,
        moves=_OPEN,
        effects=effects.released,
        document="commitment",
        columns=(_COMMITMENT, _WHY, _amounts(optional=True)),
    ),
    EventType(
        event=ResultReported,
        subjects=_EITHER,
        follows=_INDICATORS,
        order=8,
        document="evidence",
        says=_result,
        columns=(
            _INDICATOR,
            _number("value"),
            _number("numerator"),
            _number("denominator"),
            Column("rating", ColumnKind.CHOICE, optional=True, choices=Rating),
            _number("share"),
            Column("date", ColumnKind.DATE, optional=True, field="reached_on"),
            Column("text", optional=True),
            Column("evidence", ColumnKind.EVIDENCE, optional=True, shown=Shown.NOWHERE),
            Column("note", optional=True, shown=Shown.NOWHERE),
        ),
    ),
    EventType(
        event=ResultRetracted,
        subjects=_EITHER,
        follows=_INDICATORS,
        order=10,
        undoes=Undoing(ResultReported, "retracted", whatever_day=True),
        columns=(_INDICATOR, Column("of", word="of.result"), Column("reason")),
    ),
    EventType(
        event=TargetRevised,
        subjects=_PROJECT,
        follows=_INDICATORS,
        order=1,
        says=attrgetter("target.text"),
        columns=(
            _INDICATOR,
            Column("target", ColumnKind.TARGET, shown=Shown.LINE),
            _REASON,
        ),
    ),
    EventType(
        event=VarianceExplained,
        subjects=_EITHER,
        follows=_INDICATORS,
        columns=(
            _ABOUT,
            Column("category", ColumnKind.CHOICE, choices=VarianceCategory),
            Column("text"),
            Column(
                "likelihood",
                ColumnKind.CHOICE,
                optional=True,
                choices=Likelihood,
                shown=Shown.TABLE,
            ),
            Column("forecast", optional=True, shown=Shown.NOWHERE),
            Column("remedy", optional=True, shown=Shown.NOWHERE),
        ),
    ),
    EventType(
        event=ScoreReported,
        subjects=_EITHER,
        follows=_INDICATORS,
        says=_score,
        columns=(
            _ABOUT,
            Column("score", ColumnKind.NUMBER, right=message("expected.points")),
            _REASON,
        ),
    ),
    EventType(
        event=ObjectivesSet,
        subjects=_UNIT,
        follows=_INDICATORS,
        founds=True,
        order=0,
        year="fiscal_year",
        columns=(_NAME,),
        bulk=False,
    ),
)
"""All types. ``CarriedOver`` is a reserved name."""

BY_CLASS: Final[Mapping[type, EventType]] = {row.event: row for row in CATALOGUE}


def effects_of(event: Event) -> tuple[Effect, ...]:
    """Return what *event* adds to the money of its project."""
    return BY_CLASS[type(event)].effects(event)


def types(choose: Callable[[EventType], object]) -> frozenset[type]:
    """Return the classes of the rows that *choose* takes."""
    return frozenset(row.event for row in CATALOGUE if choose(row))


def moving(*flows: Flow) -> frozenset[type]:
    """Return the classes whose events change one of *flows*."""
    return types(lambda row: row.moves.intersection(flows))


def followed(fold: Fold) -> frozenset[type]:
    """Return the classes that a projection follows."""
    return types(lambda row: fold in row.follows)


WHATEVER_DAY: Final = types(lambda row: row.undoes and row.undoes.whatever_day)
"""Classes whose events count from their recording on, whatever day they speak of."""

UNDONE_BY: Final[Mapping[type, Undoing]] = {
    row.undoes.event: row.undoes for row in CATALOGUE if row.undoes is not None
}
"""How events of a class are taken back, for those that can be."""

LEGS: Final = types(lambda row: row.leg)
"""Classes whose events may be legs of a virement."""


def document_of(event: Event) -> str | None:
    """Return the voucher, the document or the evidence that *event* names, if any."""
    name = BY_CLASS[type(event)].document
    found = None if name is None else getattr(event, name)
    if isinstance(found, Evidence):
        return found.uri
    return str(found) if found else None


def plan_of(event: Event) -> SpendingPlan | None:
    """Return the spending plan that holds from *event* on, if it has one."""
    plan: SpendingPlan | None = getattr(event, "plan", None)
    return plan


def listed_fields(event: Event) -> Mapping[str, Message]:
    """Return the fields that one line of *event* shows, each with the word for it."""
    columns = BY_CLASS[type(event)].columns
    return {each.field: each.named for each in columns if Shown.LINE in each.shown}


def leg_of(event: Event) -> Leg | None:
    """Return the leg of a virement that *event* is; ``None`` if it is none."""
    leg = BY_CLASS[type(event)].leg
    return None if leg is None else leg(event)


def undone_voucher(event: Event) -> str | None:
    """Return the voucher that *event* reverses, as written; ``None`` if none."""
    undoes = BY_CLASS[type(event)].undoes
    of: str | None = getattr(event, "of", None)
    return of if undoes is not None and undoes.by_voucher else None


def undone_id(event: Event) -> str | None:
    """Return the id of the event that *event* takes back; ``None`` if none."""
    undoes = BY_CLASS[type(event)].undoes
    of: str | None = getattr(event, "of", None)
    return of if undoes is not None and not undoes.by_voucher else None

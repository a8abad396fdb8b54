"""The rows of the event catalogue for facts of results."""

from decimal import Decimal
from operator import attrgetter
from typing import Final

from ledger.domain.event_type import (
    Column,
    ColumnKind,
    EventType,
    Fold,
    Shown,
    Undoing,
)
from ledger.domain.events import (
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    TargetRevised,
)
from ledger.domain.indicator import Rating
from ledger.domain.plan import Convention
from ledger.domain.rectification_events import (
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
)
from ledger.domain.result_parts import spelled
from ledger.domain.shared_columns import NAME, REASON
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.subject import SubjectKind
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.messages import message


def _result(event: ResultReported) -> str:
    if event.numerator is not None:
        whole = f"{event.numerator:f}/{event.denominator:f}"
    else:
        given = (event.value, event.rating, event.reached_on, event.text)
        value = next((each for each in given if each is not None), "")
        whole = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"{whole} ({spelled(event.parts)})" if event.parts else whole


def _score(event: ScoreReported) -> str:
    return " · ".join(filter(None, [f"{event.score:f}", event.reason]))


def _outlook(event: OutlookStated) -> str:
    value = None if event.value is None else f"{event.value:f}"
    return " · ".join(filter(None, [value, event.text, event.reason]))


_PROJECT: Final = (SubjectKind.PROJECT,)
_UNIT: Final = (SubjectKind.UNIT,)
_EITHER: Final = (SubjectKind.PROJECT, SubjectKind.UNIT)
_INDICATORS: Final = frozenset({Fold.ATTAINMENT})
_INDICATOR: Final = Column("indicator")
_OF_ONE: Final = Column("indicator", optional=True)
_NUMBER: Final = Column("number")
_ABOUT: Final = Column("about", ColumnKind.ABOUT, optional=True, shown=Shown.TABLE)


def _number(name: str) -> Column:
    return Column(name, ColumnKind.NUMBER, optional=True)


RESULT_EVENTS: Final[tuple[EventType, ...]] = (
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
            Column("to_date", ColumnKind.YES_NO, optional=True, shown=Shown.LINE),
            Column("date", ColumnKind.DATE, optional=True, field="reached_on"),
            Column("text", optional=True),
            Column("evidence", ColumnKind.EVIDENCE, optional=True, shown=Shown.NOWHERE),
            Column("note", optional=True, shown=Shown.NOWHERE),
            Column("parts", ColumnKind.PARTS, optional=True, shown=Shown.TABLE),
        ),
    ),
    EventType(
        event=ResultRetracted,
        subjects=_EITHER,
        follows=_INDICATORS,
        order=10,
        undoes=Undoing((ResultReported,), "retracted", whatever_day=True),
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
            Column(
                "milestones", ColumnKind.MILESTONES, optional=True, shown=Shown.LINE
            ),
            Column(
                "between",
                ColumnKind.CHOICE,
                optional=True,
                choices=Convention,
                shown=Shown.LINE,
            ),
            REASON,
        ),
    ),
    EventType(
        event=VarianceExplained,
        subjects=_EITHER,
        follows=_INDICATORS,
        year="about",
        columns=(
            _ABOUT,
            _OF_ONE,
            Column("category", ColumnKind.CHOICE, choices=VarianceCategory),
            Column("text"),
            Column("remedy", optional=True, shown=Shown.NOWHERE),
        ),
    ),
    EventType(
        event=OutlookStated,
        subjects=_EITHER,
        follows=frozenset(),
        says=_outlook,
        year="about",
        columns=(
            _ABOUT,
            Column(
                "amount",
                ColumnKind.AMOUNTS,
                optional=True,
                field="amounts",
                shown=Shown.LINE,
            ),
            _OF_ONE,
            _number("value"),
            Column("text", optional=True),
            Column("likelihood", ColumnKind.CHOICE, optional=True, choices=Likelihood),
            REASON,
            Column("as_planned", ColumnKind.YES_NO, optional=True, shown=Shown.LINE),
        ),
    ),
    EventType(
        event=ScoreReported,
        subjects=_EITHER,
        follows=_INDICATORS,
        says=_score,
        year="about",
        columns=(
            _ABOUT,
            _OF_ONE,
            Column("score", ColumnKind.NUMBER, right=message("expected.points")),
            REASON,
        ),
    ),
    EventType(
        event=GoalAssessed,
        subjects=_EITHER,
        follows=frozenset(),
        year="about",
        columns=(
            _ABOUT,
            Column("goal"),
            Column("text"),
            Column("achieved", ColumnKind.CHOICE, choices=Rating),
        ),
    ),
    EventType(
        event=ConclusionStated,
        subjects=_EITHER,
        follows=frozenset(),
        says=attrgetter("conclusion"),
        year="about",
        columns=(
            _ABOUT,
            Column("conclusion"),
            Column("problems", optional=True),
            Column("measures", optional=True),
        ),
    ),
    EventType(
        event=RectificationOrdered,
        subjects=_EITHER,
        follows=_INDICATORS,
        order=2,
        says=attrgetter("requirement"),
        year="about",
        columns=(
            _ABOUT,
            _NUMBER,
            Column("requirement"),
            Column("due", ColumnKind.DATE),
        ),
    ),
    EventType(
        event=RectificationReported,
        subjects=_EITHER,
        follows=_INDICATORS,
        order=3,
        year="about",
        columns=(_ABOUT, _NUMBER, Column("text")),
    ),
    EventType(
        event=RectificationClosed,
        subjects=_EITHER,
        follows=_INDICATORS,
        order=4,
        year="about",
        columns=(_ABOUT, _NUMBER, REASON),
    ),
    EventType(
        event=ObjectivesSet,
        subjects=_UNIT,
        follows=_INDICATORS,
        founds=True,
        order=0,
        year="fiscal_year",
        columns=(NAME,),
        bulk=False,
    ),
)
"""What is measured, said and set of indicators."""

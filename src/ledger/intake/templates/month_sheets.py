"""Which sheet of a month's workbook holds which facts, and the columns of each."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final

from attrs import frozen

from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.catalogue import BY_CLASS
from ledger.domain.closing_events import (
    CarriedOver,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.commitment_events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.event_type import INDICATOR_FIELDS, Column, ColumnKind, EventType
from ledger.domain.events import (
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    Event,
    ResultReported,
    ResultRetracted,
    SpendingPlanRevised,
    TargetRevised,
)
from ledger.domain.indicator import Direction
from ledger.domain.measure import Measure
from ledger.domain.plan import Convention
from ledger.domain.rectification_events import (
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
)
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.settings import Settings
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.subject import SubjectKind
from ledger.intake.column_heads import EVENT
from ledger.intake.templates.sheet import (
    TemplateColumn,
    TemplateWords,
    at_least,
    between,
    choice,
    titled,
)
from ledger.messages import message, section

SHEETS: Final[Mapping[str, tuple[type[Event], ...]]] = {
    "results": (ResultReported,),
    "outlooks": (OutlookStated,),
    "disbursements": (Disbursed,),
    "refunds": (DisbursementReversed, PriorYearRefund),
    "commitments": (CommitmentEntered, CommitmentAdjusted, CommitmentReleased),
    "adjustments": (BudgetAdjusted,),
    "plans": (SpendingPlanRevised,),
    "revisions": (TargetRevised, FormRevised),
    "explanations": (VarianceExplained,),
    "scores": (ScoreReported,),
    "goals": (GoalAssessed,),
    "conclusions": (ConclusionStated,),
    "rectifications": (
        RectificationOrdered,
        RectificationReported,
        RectificationClosed,
    ),
    "closings": (ProjectClosed, ProjectReopened, CarriedOver, CarryReturned),
    "corrections": (ResultRetracted, AdjustmentCorrected, ApprovalWithdrawn),
}
"""
The types of each sheet, in the order of the sheets.

A sheet of several types has a column that says which one a row is. Facts about the
ledger as a whole, its periods and its policy, have no sheet: no clerk records them.
"""

OF_ROWS: Final = ("results", "outlooks")
"""Sheets with a row for each indicator; all others have empty rows."""

_READ_AS: Final = {"date": "reached_on"}
"""What heads call a column that bulk files call otherwise."""


@frozen
class FactLists:
    """
    What the empty rows of a workbook are filled in from.

    Attributes:
        projects, sources: How many are listed on the sheets of these names.

        units: Whether any unit has objectives of its own.
    """

    projects: int
    sources: int
    units: bool


def types_of(sheet: str) -> tuple[EventType, ...]:
    """Return the rows of the catalogue for the facts of a sheet."""
    return tuple(BY_CLASS[event] for event in SHEETS[sheet])


def needed_of(row: EventType) -> set[str]:
    """
    Return the columns that a table of events of one type cannot do without.

    >>> sorted(needed_of(BY_CLASS[Disbursed]))
    ['amount', 'on', 'project', 'voucher']
    """
    needed = {column.name for column in row.columns if not column.optional}
    return {"project", "on", *needed}


def _spread(column: Column) -> Iterator[Column]:
    """Yield the columns that stand in a table for one: money has its source."""
    match column.kind:
        case ColumnKind.EXCEPTION:
            yield Column("allowed_by", optional=True)
            yield Column("reason", optional=True)
        case ColumnKind.INDICATOR:
            yield column
            for name in INDICATOR_FIELDS:
                if name != "level3":
                    yield _of_indicator(name)
        case ColumnKind.AMOUNTS if column.name == "amount":
            yield column
            yield Column("source", ColumnKind.SOURCE, optional=True)
        case _:
            yield column


_OF_INDICATOR: Final[dict[str, tuple[ColumnKind, type[Enum] | None]]] = {
    "target": (ColumnKind.TARGET, None),
    "measure": (ColumnKind.CHOICE, Measure),
    "weight": (ColumnKind.NUMBER, None),
    "baseline": (ColumnKind.NUMBER, None),
    "direction": (ColumnKind.CHOICE, Direction),
    "milestones": (ColumnKind.MILESTONES, None),
    "between": (ColumnKind.CHOICE, Convention),
    "builds_up": (ColumnKind.MAYBE, None),
}


def _of_indicator(name: str) -> Column:
    """Return the column of what a form says of an indicator."""
    kind, choices = _OF_INDICATOR.get(name, (ColumnKind.TEXT, None))
    return Column(name, kind, optional=True, choices=choices)


def _united(types: Iterable[EventType]) -> dict[str, list[tuple[EventType, Column]]]:
    """Return the columns of some types by name, each with the types that have it."""
    columns: dict[str, list[tuple[EventType, Column]]] = {}
    for row in types:
        own = {part.name: part for one in row.columns for part in _spread(one)}
        for name, column in own.items():
            columns.setdefault(name, []).append((row, column))
    return columns


_LOOKS: Final = {
    ColumnKind.MONEY: ("money", 16),
    ColumnKind.AMOUNTS: ("money", 16),
    ColumnKind.DATE: ("date", 12),
    ColumnKind.NUMBER: ("number", 11),
    ColumnKind.YES_NO: ("text", 10),
    ColumnKind.MAYBE: ("text", 10),
    ColumnKind.YEAR: ("text", 10),
    ColumnKind.ABOUT: ("text", 12),
    ColumnKind.CHOICE: ("text", 16),
    ColumnKind.VOUCHER: ("text", 18),
    ColumnKind.COMMITMENT: ("text", 18),
}
_SENTENCES: Final = (
    "text reason remedy description conclusion problems measures requirement plan"
)
"""Columns that are wide."""


@frozen
class FactColumns:
    """Makes the columns of the sheets with empty rows, in the words of a language."""

    words: TemplateWords
    settings: Settings
    lists: FactLists
    on: date

    def of(self, sheet: str) -> list[TemplateColumn]:
        """Return the columns of a sheet: of whom, what, when, and the key last."""
        types = types_of(sheet)
        several = len(types) > 1
        columns = [self._subject("project", needed=not self._may_be_of_unit(types))]
        if self._may_be_of_unit(types):
            columns.append(self._subject("unit", needed=False))
        if several:
            names = [self.words.said(message(f"event.{row.name}")) for row in types]
            note = self.words.of("fact.type", types=names)
            columns.append(self._made("type", "text", 20, note, True, choice(names)))
        columns.append(self._day(sheet))
        for name, having in _united(types).items():
            columns.append(self._column(sheet, name, having, len(types)))
        note = self.words.of("fact.key")
        return [*columns, self._made("key", "text", 26, note, False, None)]

    def _may_be_of_unit(self, types: Iterable[EventType]) -> bool:
        return self.lists.units and any(
            SubjectKind.UNIT in row.subjects for row in types
        )

    def _subject(self, field: str, *, needed: bool) -> TemplateColumn:
        projects = self.words.of("sheet.projects")
        note = self.words.of(f"fact.{field}", sheet=projects)
        rule = self.from_sheet("projects") if field == "project" else None
        return self._made(field, "text", 26, note, needed, rule)

    def from_sheet(self, name: str, *, only: bool = True) -> dict[str, Any]:
        """Return the rule of what is chosen from a sheet of the workbook."""
        sheet = self.words.of(f"sheet.{name}")
        count = self.lists.projects if name == "projects" else self.lists.sources
        rule = {"validate": "list", "source": f"='{sheet}'!$A$2:$A${count + 1}"}
        if not only:
            return {**rule, "show_error": False}
        return {**rule, "error_message": self.words.of("choose")}

    def _day(self, sheet: str) -> TemplateColumn:
        year = self.settings.year_of(self.on)
        rule = {**between("date", year.start, year.end), "error_type": "warning"}
        return self._made("on", "date", 12, self._note(sheet, "on", "on"), True, rule)

    def _column(
        self, sheet: str, name: str, having: list[tuple[EventType, Column]], of: int
    ) -> TemplateColumn:
        """Return a column that some of the *of* types of a sheet have."""
        _, column = having[0]
        look, width = _LOOKS.get(column.kind, ("text", 24))
        offered = _offered(column, self.words)
        note = self._note(sheet, name, column.kind.value, words=offered)
        if of > 1:
            types = [self.words.said(message(f"event.{row.name}")) for row, _ in having]
            note += "\n" + self.words.of("fact.of_types", types=types)
        needed = len(having) == of and not any(one.optional for _, one in having)
        return self._made(
            _READ_AS.get(name, name),
            look,
            40 if name in _SENTENCES.split() else width,
            note,
            needed,
            self._rule(column, offered),
        )

    def _rule(self, column: Column, offered: list[str]) -> dict[str, Any] | None:
        """Return what may stand in the cells of a column."""
        if column.kind is ColumnKind.MONEY:
            return at_least(0, self.words.of("above_zero"), above=True)
        if column.kind is ColumnKind.SOURCE:
            return self.from_sheet("sources", only=False)
        if column.name in ("to_project", "from_project", "carried_from"):
            return self.from_sheet("projects", only=False)
        if not offered:
            return None
        return choice(offered, only=column.kind is not ColumnKind.CHOICES)

    def _note(self, sheet: str, field: str, kind: str, **values: Any) -> str:
        """Return what goes in: as is said of the field, else by its kind."""
        own = f"{sheet.removesuffix('s')}.{field}"
        code = (
            own if own in section("template", self.words.language) else f"fact.{kind}"
        )
        return self.words.of(
            code,
            unit=self.words.unit,
            sheet=self.words.of("sheet.projects"),
            results=self.words.of("sheet.results"),
            **values,
        )

    def _made(
        self,
        field: str,
        look: str,
        width: int,
        note: str,
        needed: bool,
        rule: dict[str, Any] | None,
    ) -> TemplateColumn:
        label = self.words.head(EVENT, field, unit=self.words.unit)
        return TemplateColumn(
            field=field,
            label=label,
            width=width,
            look=look,
            needed=needed,
            note=note,
            rule=titled(rule, label),
        )


def _offered(column: Column, words: TemplateWords) -> list[str]:
    """Return the words that a column is filled in from; none where any text may be."""
    if column.kind in (ColumnKind.YES_NO, ColumnKind.MAYBE):
        return [words.of("yes"), words.of("no")]
    return words.offered(column.choices) if column.choices else []

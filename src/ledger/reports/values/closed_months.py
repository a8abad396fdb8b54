"""Closed months (结账): what was reported when each was closed, what it is now."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.domain.envelope import RecordedEvent
from ledger.domain.periods import Lock
from ledger.figures.figure import FigureKind, Width
from ledger.messages import Message
from ledger.projections.amounts import Money
from ledger.reports.values.register import (
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    grouped_table,
    money_column,
    plain_table,
)

_TEXT: Final = FigureKind.TEXT
_LIST: Final = Width.LIST


@frozen(kw_only=True)
class ClosedMonth:
    """
    A month of a unit that was closed: its figures then and now, to its last day.

    Attributes:
        lock: The first closing that bound it.

        facts: How many facts that change a day of it were recorded since.
    """

    month: str
    unit: str
    unit_name: str | None
    lock: Lock = field(repr=False)
    then: Money = field(repr=False)
    now: Money = field(repr=False)
    facts: int

    @property
    def recorded_on(self) -> str:
        """The day on which the closing was recorded, in UTC."""
        return self.lock.recorded_at[:10]

    @property
    def budget_restated(self) -> Decimal:
        """What the current budget became more or less since."""
        return self.now.current_budget - self.then.current_budget

    @property
    def disbursed_restated(self) -> Decimal:
        """What became more or less disbursed since."""
        return self.now.disbursed - self.then.disbursed


@frozen(kw_only=True)
class RestatingFact:
    """
    A fact that changed a closed day, recorded after that was closed.

    Attributes:
        day: The earliest that it changed.
    """

    recorded: RecordedEvent = field(repr=False)
    unit: str
    day: date

    @property
    def event(self) -> Message:
        """What it is called."""
        return Message(f"event.{self.recorded.type}")

    @property
    def project(self) -> str | None:
        """The project that it is about, if it is about one."""
        code: str | None = getattr(self.recorded.event, "project", None)
        return code

    @property
    def recorded_on(self) -> str:
        """The day on which it was recorded, in UTC."""
        return self.recorded.recorded_at[:10]


_MONTHS: Final = (
    RegisterColumn("month", _TEXT, narrowest=_LIST),
    RegisterColumn("unit", _TEXT, narrowest=_LIST),
    RegisterColumn("unit_name", _TEXT),
    RegisterColumn("closed_at", _TEXT, path="recorded_on", narrowest=_LIST),
    RegisterColumn("closed_by", _TEXT, path="lock.actor", narrowest=_LIST),
    RegisterColumn("facts", FigureKind.COUNT, narrowest=_LIST, summed=True),
    money_column("budget_closed", narrowest=Width.SHEET, path="then.current_budget"),
    money_column("current_budget", path="now.current_budget"),
    money_column("budget_restated", path="budget_restated"),
    money_column("disbursed_closed", narrowest=Width.SHEET, path="then.disbursed"),
    money_column("disbursed", path="now.disbursed"),
    money_column("disbursed_restated", path="disbursed_restated"),
)
_FACTS: Final = (
    RegisterColumn(
        "position", FigureKind.COUNT, path="recorded.position", narrowest=_LIST
    ),
    RegisterColumn("recorded_on", _TEXT, narrowest=_LIST),
    RegisterColumn("actor", _TEXT, path="recorded.actor", narrowest=_LIST),
    RegisterColumn("day", FigureKind.DATE, narrowest=_LIST),
    RegisterColumn("event", _TEXT, narrowest=_LIST),
    RegisterColumn("unit", _TEXT),
    RegisterColumn("project", _TEXT, narrowest=_LIST),
)


@frozen(kw_only=True)
class ClosedMonthsValues(RegisterValues):
    """
    Which months of a fiscal year are closed, and what was restated since.

    Attributes:
        months: In order, each of all units.

        facts: What was recorded since that changes a day of them, in order.
    """

    word: ClassVar[str] = "closed_months"

    months: Sequence[ClosedMonth] = field(repr=False)
    facts: Sequence[RestatingFact] = field(repr=False)

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``months``, with the sums of each, and ``facts``."""
        months = grouped_table("months", _MONTHS, self.months, ("month",))
        return [months.without_sums(), plain_table("facts", _FACTS, self.facts)]

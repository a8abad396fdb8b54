"""The list of alerts (预警清单): what is wrong, since when, and who owes what."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.figures.figure import FigureKind, Width
from ledger.messages import Message
from ledger.reports.values.alert_conditions import (
    AlertCode,
    AlertFigure,
    AlertSeverity,
    Condition,
)
from ledger.reports.values.register import (
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    plain_table,
)


@all_checked
@frozen(kw_only=True)
class AlertSubject:
    """
    Who owes what an alert asks for.

    Attributes:
        project: Blank for what is about the indicators of a unit itself.
    """

    unit: str
    unit_name: str | None
    project: str
    project_name: str


@all_checked
@frozen(kw_only=True)
class AlertTurn:
    """
    What turned an alert red that was not, at the day and with the facts compared with.

    Attributes:
        by: A fact, the day alone, or a new policy.

        on: The first day on which it holds, where nothing but the day turned it.

        events: The positions of the facts; of the ``PolicySet`` where that did.
    """

    by: Message
    on: date | None = None
    events: tuple[int, ...] = ()


@all_checked
@frozen(kw_only=True)
class Alert:
    """
    Something wrong that nobody explained.

    Attributes:
        code: What it is; ``explanation.stale`` where an earlier month was explained and
            it is no better since.

        since: The first month, as ``YYYY-MM``, of those in a row in which it holds.

        streak: How many months those are.

        events: The positions of the facts that it rests on.

        is_new: Whether it is none of those that were there to compare with.

        turn: What turned it; ``None`` where nothing is compared with, or it is not new.
    """

    code: AlertCode
    subject: AlertSubject
    condition: Condition
    since: str
    streak: int
    events: tuple[int, ...]
    is_new: bool
    turn: AlertTurn | None = None

    @property
    def severity(self) -> AlertSeverity:
        """How bad it is."""
        return self.condition.severity

    @property
    def figure(self) -> AlertFigure:
        """What was found: a share, an amount, a result or a day."""
        return self.condition.figure

    @property
    def threshold(self) -> AlertFigure:
        """What it is compared with."""
        return self.condition.threshold

    @property
    def basis(self) -> Message:
        """What is wrong, in words."""
        return self.condition.basis

    @property
    def due(self) -> date | None:
        """When what is owed was due."""
        return self.condition.due


_TEXT: Final = FigureKind.TEXT
_LIST: Final = Width.LIST

_COLUMNS: Final = (
    RegisterColumn("severity", FigureKind.CHOICE, narrowest=_LIST),
    RegisterColumn("code", FigureKind.CHOICE, word="alert_code", narrowest=_LIST),
    RegisterColumn("unit", _TEXT, path="subject.unit", narrowest=Width.DATA),
    RegisterColumn("unit_name", _TEXT, path="subject.unit_name", narrowest=_LIST),
    RegisterColumn("project", _TEXT, path="subject.project"),
    RegisterColumn("project_name", _TEXT, path="subject.project_name", narrowest=_LIST),
    RegisterColumn("indicator", _TEXT, path="condition.indicator", narrowest=_LIST),
    RegisterColumn("basis", _TEXT, word="what", narrowest=_LIST),
    RegisterColumn("since", _TEXT, word="alert_since", narrowest=_LIST),
    RegisterColumn("streak", FigureKind.COUNT, word="alert_streak", narrowest=_LIST),
    RegisterColumn("figure", _TEXT, word="alert_figure", narrowest=Width.DATA),
    RegisterColumn("threshold", _TEXT, word="alert_threshold", narrowest=Width.DATA),
    RegisterColumn("due", FigureKind.DATE, word="alert_due", narrowest=_LIST),
    RegisterColumn("events", _TEXT, word="alert_events", narrowest=Width.DATA),
    RegisterColumn("is_new", FigureKind.CHOICE, word="alert_new", narrowest=_LIST),
    RegisterColumn("turned_by", _TEXT, path="turn.by"),
    RegisterColumn("turned_on", FigureKind.DATE, path="turn.on"),
    RegisterColumn("turned_events", _TEXT, path="turn.events", narrowest=Width.DATA),
)


@frozen(kw_only=True)
class AlertListValues(RegisterValues):
    """
    What is wrong at the end of a month and nobody explained, the worst first.

    Attributes:
        since: The day and the position that it is compared with; ``None`` where all of
            it counts as new.
    """

    word: ClassVar[str] = "alert_list"

    alerts: Sequence[Alert] = field(repr=False)
    since: "ComparedWith | None" = None

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``alerts``, the worst first."""
        return [plain_table("alerts", _COLUMNS, self.alerts)]

    @property
    def new(self) -> list[Alert]:
        """Those that were not there to compare with."""
        return [alert for alert in self.alerts if alert.is_new]


@all_checked
@frozen
class ComparedWith:
    """The last end of a month by a moment, and what was recorded by then."""

    through: date
    position: int

"""What is alerted (预警): the codes with how bad fact is, and what holds on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, NamedTuple

from ledger.domain.about import AskedPeriod, answering, month_last_explained
from ledger.domain.enum_rows import EnumOfRows
from ledger.domain.indicator import IndicatorLabel, Rating
from ledger.domain.results import Remarks, VarianceExplanation
from ledger.domain.settings import Settings
from ledger.domain.status import Colour, Status
from ledger.messages import Message
from ledger.messages.keyed_enum import KeyedEnum


class AlertSeverity(KeyedEnum):
    """How bad an alert is."""

    RED = "red"
    YELLOW = "yellow"
    NOTICE = "notice"


_RED: Final = AlertSeverity.RED
_YELLOW: Final = AlertSeverity.YELLOW
_NOTICE: Final = AlertSeverity.NOTICE


class Closing(Enum):
    """
    What closes an alert while what it says still holds.

    Attributes:
        MONTH: An explanation that is about the month; a later month asks again, unless
            its status is better than that of the month last explained.

        ONCE: An explanation of any month from the day on.

        NOTHING: Nothing but that it holds no more.
    """

    MONTH = "month"
    ONCE = "once"
    NOTHING = "nothing"


class AlertRow(NamedTuple):
    """
    What is known of a code.

    Attributes:
        severity: ``None`` where the status says it.
    """

    severity: AlertSeverity | None
    closing: Closing


class AlertCode(EnumOfRows):
    """What is wrong; a member's value is its code in JSON."""

    row: AlertRow

    BEHIND_PLAN = "money.behind_plan", AlertRow(None, Closing.MONTH)
    AHEAD = "money.ahead", AlertRow(_NOTICE, Closing.MONTH)
    STALLED = "money.stalled", AlertRow(_YELLOW, Closing.MONTH)
    YEAR_END_SPIKE = "money.year_end_spike", AlertRow(_YELLOW, Closing.MONTH)
    PLAN_RELAXED = "plan.relaxed", AlertRow(_YELLOW, Closing.ONCE)
    COMMITMENT_OVERDUE = "commitment.overdue", AlertRow(_YELLOW, Closing.NOTHING)
    RECTIFICATION_OVERDUE = "rectification.overdue", AlertRow(_RED, Closing.NOTHING)
    CARRY_OLDER = "carry.older", AlertRow(_NOTICE, Closing.NOTHING)
    LEVEL_SHORT = "level.short", AlertRow(None, Closing.MONTH)
    COUNT_SHORT = "count.short", AlertRow(None, Closing.MONTH)
    DATE_LATE = "date.late", AlertRow(None, Closing.MONTH)
    EXCEEDED = "target.exceeded", AlertRow(None, Closing.MONTH)
    TARGET_LOWERED = "target.lowered", AlertRow(_YELLOW, Closing.ONCE)
    RESULT_OVERDUE = "result.overdue", AlertRow(None, Closing.NOTHING)
    EXPLANATION_STALE = "explanation.stale", AlertRow(None, Closing.MONTH)
    FACTS_LATE = "facts.late", AlertRow(_NOTICE, Closing.NOTHING)
    LIKELY_TWICE = "record.likely_twice", AlertRow(_NOTICE, Closing.NOTHING)


_OF_COLOUR: Final = {
    Colour.STRONG_RED: _RED,
    Colour.RED: _RED,
    Colour.PURPLE: _NOTICE,
}

AlertKey = tuple[AlertCode, IndicatorLabel | str | None]
"""What an alert of a project or a unit is known by, from one month to the next."""

AlertFigure = Decimal | date | Rating | str | None
"""What was found, or the line that it lies beyond."""


class Condition(NamedTuple):
    """
    Something that is wrong with a project or a unit on a day, explained or not.

    Attributes:
        basis: What is wrong, in words.

        due: When what is owed was or is due.

        since: The day from which it holds, where it has one of its own.

        documents: The vouchers or documents of the facts that it is about.

        order: The number of the order to rectify that it is about.

        year: The fiscal year of that order.
    """

    code: AlertCode
    indicator: IndicatorLabel | None
    status: Status | None
    basis: Message
    figure: AlertFigure = None
    threshold: AlertFigure = None
    due: date | None = None
    since: date | None = None
    documents: tuple[str, ...] = ()
    order: str | None = None
    year: int | None = None

    @property
    def key(self) -> AlertKey:
        """What it is known by."""
        return self.code, self.indicator if self.order is None else self.order

    @property
    def severity(self) -> AlertSeverity:
        """How bad it is: as its code says, else as its status."""
        own = self.code.row.severity
        if own is not None:
            return own
        assert self.status is not None  # Of fact code without a severity of its own.
        return _OF_COLOUR.get(self.status.row.colour, _YELLOW)


class Explained(NamedTuple):
    """
    How an explanation bears on an alert.

    Attributes:
        closes: Whether one closes it, apart from what a month last explained says.

        before: The month that was explained last, whose status it is compared with.
    """

    closes: bool
    before: AskedPeriod | None = None


def explained(
    condition: Condition,
    remarks: Remarks | None,
    asked: Sequence[AskedPeriod],
    through: date,
    settings: Settings,
) -> Explained:
    """
    Return how what was explained of an indicator, or of money, bears on an alert.

    Args:
        remarks: On the indicator, or on the money where it is about money.

        asked: What people answer for at the day.
    """
    facts: Iterable[VarianceExplanation] = (
        () if remarks is None else remarks.explanations
    )
    closing = condition.code.row.closing
    if closing is Closing.NOTHING or not facts:
        return Explained(closes=False)
    if closing is Closing.ONCE:
        since = condition.since or date.min
        return Explained(closes=any(since <= fact.on <= through for fact in facts))
    if answering(facts, asked, through) is not None:
        return Explained(closes=True)
    known = [fact for fact in facts if fact.on <= through]
    before = month_last_explained(known, asked[0], settings) if asked else None
    return Explained(closes=False, before=before)

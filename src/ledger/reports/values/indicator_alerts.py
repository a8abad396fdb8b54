"""What is alerted about the indicators of a project or a unit on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from ledger.domain.exact_numbers import exactly
from ledger.domain.indicator import Rating
from ledger.domain.results import Indicators, Standard, Tracked, holds_from
from ledger.domain.status import Status
from ledger.domain.target_kind import DATES
from ledger.domain.units import canonical
from ledger.messages import Message, message
from ledger.projections.attainment import AttainmentLine
from ledger.reports.values.alert_conditions import AlertCode, AlertFigure, Condition
from ledger.reports.values.printed_number import in_its_unit

_TWICE: Final = "result.likely_twice"


def indicator_conditions(
    lines: Sequence[AttainmentLine], state: Indicators, through: date
) -> Iterator[Condition]:
    """
    Yield what is wrong with indicators at the day of their lines.

    Args:
        state: Under the approval of the day, with the indicators in force on it.
    """
    for line in lines:
        yield from _status(line)
        one = state.tracked.get(line.indicator)
        if one is not None and one.remarks is not None:
            yield from _lowered(line, one, through)
        twice = [note.content for note in line.findings if note.code == _TWICE]
        if twice:
            basis = message("alert.found", parts=twice)
            yield Condition(AlertCode.LIKELY_TWICE, line.indicator, None, basis)


def _status(line: AttainmentLine) -> Iterator[Condition]:
    """Yield what an indicator's status asks for: an explanation, or a result."""
    if line.status is Status.OVERDUE:
        code = "stale_result" if line.results else "no_result"
        yield Condition(
            AlertCode.RESULT_OVERDUE,
            line.indicator,
            line.status,
            message(f"alert.{code}", target=line.target, after=line.due_after),
            due=line.due_on,
        )
    elif line.status.row.asks_why:
        yield Condition(
            _code(line),
            line.indicator,
            line.status,
            message("alert.result", result=_result(line), target=line.target),
            figure=line.result,
            threshold=_threshold(line),
        )


def _code(line: AttainmentLine) -> AlertCode:
    if line.status is Status.EXCEEDED:
        return AlertCode.EXCEEDED
    if line.target_kind in DATES:
        return AlertCode.DATE_LATE
    adds_up = line.measure.row.adds_up
    return AlertCode.COUNT_SHORT if adds_up else AlertCode.LEVEL_SHORT


def _result(line: AttainmentLine) -> Message | str:
    """Return a result as people read it, in the unit of its target."""
    figure: Any = line.figure
    if isinstance(figure, Rating):
        return Message(f"word.{figure.value}")
    return "–" if figure is None else in_its_unit(figure, line)


def _threshold(line: AttainmentLine) -> AlertFigure:
    """Return what the result is compared with: what is expected by now, if anything."""
    expected: Decimal | None = line.expected
    return line.target if expected is None else canonical(expected)


def _lowered(line: AttainmentLine, one: Tracked, through: date) -> Iterator[Condition]:
    """Yield the last revision by the day that made the target easier to reach."""
    assert one.remarks is not None  # Only such are asked for.
    known = [
        target for target in one.remarks.revisions if holds_from(target) <= through
    ]
    lowered = [
        (old, new) for old, new in pairwise([one.original, *known]) if _easier(old, new)
    ]
    if lowered:
        old, new = lowered[-1]
        yield Condition(
            AlertCode.TARGET_LOWERED,
            line.indicator,
            None,
            message(
                "alert.target_lowered",
                before=old.text,
                target=new.text,
                on=holds_from(new),
            ),
            figure=new.text,
            threshold=old.text,
            since=holds_from(new),
        )


def _easier(old: Standard, new: Standard) -> bool:
    """Return whether a target is easier to reach than the one before, of one unit."""
    if old.date is not None and new.date is not None:
        return new.date > old.date
    if old.value is None or new.value is None or old.unit != new.unit:
        return False
    before, after = exactly(old.value), exactly(new.value)
    if old.upper is not None and new.upper is not None:
        return after < before or exactly(new.upper) > exactly(old.upper)
    return after > before if old.ceiling else after < before

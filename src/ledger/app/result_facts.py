"""The facts of results that people record: one function for each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.domain.arguments import check_type
from ledger.domain.calendar import DateLike, is_written_as_date, parse_date
from ledger.domain.choice_words import ConventionWord
from ledger.domain.choices import by_word
from ledger.domain.course import MilestonesGiven, milestones_given
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.errors import InvalidAmount
from ledger.domain.events import (
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    TargetRevised,
)
from ledger.domain.evidence import Evidence
from ledger.domain.indicator import IndicatorLabel, Rating
from ledger.domain.money import Amount, exact
from ledger.domain.objective import Objective
from ledger.domain.plan import Convention
from ledger.domain.result_parts import PartsGiven, parts_given
from ledger.domain.target_parser import parse_target
from ledger.domain.unread_results import UnreadResult


def revise_target(
    ledger: OpenLedger,
    /,
    project: str,
    indicator: str,
    target: str,
    *,
    on: DateLike,
    milestones: MilestonesGiven | None = None,
    between: Convention | ConventionWord | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record a new target, as printed, that holds from *on*.

    Args:
        milestones: What it is to have come to by each of some days, all in all, the
            last one the target: ``{"2023-06-30": 20, "2023-12-31": 100}``. A target in
            the place of one that has some needs its own.

        between: How it goes from one milestone to the next; left out, as plans go.

    Raises:
        InvalidInput: The target is blank, or in another unit than results that count,
            or its milestones do not lead to it.
        UnknownIndicator: The project has no such indicator.
    """
    check_type("target", target, str)
    day = parse_date(on)
    year = ledger.settings.year_of(day).year
    event = TargetRevised(
        project=project,
        on=day,
        indicator=IndicatorLabel(indicator),
        target=parse_target(target, fiscal_year=year).target,
        milestones=milestones_given(milestones),
        between=between,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]


def report_result(
    ledger: OpenLedger,
    /,
    project: str | None,
    indicator: str,
    value: Amount | date | Rating | None = None,
    *,
    on: DateLike,
    unit: str | None = None,
    numerator: Amount | None = None,
    denominator: Amount | None = None,
    share: Amount | None = None,
    to_date: bool = False,
    text: str | None = None,
    evidence: Evidence | str | None = None,
    note: str | None = None,
    parts: PartsGiven | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record one measurement: a number, a date, a rating, a ratio or a text.

    Args:
        project: ``None`` with *unit*, for a unit's own indicator.

        indicator: The level-3 name, or ``level 2/name``.

        value: A date for a target that is a date, a :class:`Rating` for a quality, or
            the text of one.

        on: The day that the measurement speaks of.

        share: With a rating: the share claimed.

        parts: What of a number falls to each value of a dimension, such as
            ``{"sex": {"f": 30, "m": 20}}``; by value alone, of one without a name.

        to_date: Whether a number, or a pair, is all that was done so far: it takes the
            place of what came before it. Of a sum or of pairs alone.

    Raises:
        WrongResult: The target cannot be compared with it.
        UnknownIndicator, UnknownProject, UnknownUnit: As their names say.
    """
    event = ResultReported(
        project=project,
        unit=unit,
        on=parse_date(on),
        indicator=IndicatorLabel(indicator),
        numerator=_number("numerator", numerator),
        denominator=_number("denominator", denominator),
        share=_number("share", share),
        text=text,
        to_date=to_date,
        evidence=Evidence(uri=evidence) if isinstance(evidence, str) else evidence,
        note=note,
        parts=() if parts is None else parts_given(parts),
        **_measured(value),
    )
    measured = event.value, event.rating, event.reached_on
    if isinstance(value, str) and measured == (None, None, None):
        raise UnreadResult(value, event)
    return ledger.append(event, **envelope)[0]


def retract_result(
    ledger: OpenLedger,
    /,
    project: str | None,
    indicator: str,
    of: str,
    *,
    on: DateLike,
    reason: str,
    unit: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that a result does not count any more.

    Args:
        of: The key or the event id of the result.

    Raises:
        UnknownResult: No standing result has it.
    """
    event = ResultRetracted(
        project=project,
        unit=unit,
        on=parse_date(on),
        indicator=IndicatorLabel(indicator),
        of=of,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]


def set_objectives(
    ledger: OpenLedger,
    /,
    unit: str,
    name: str,
    objectives: Iterable[Objective],
    *,
    fiscal_year: int | str,
    on: DateLike,
    overall_goal: str | None = None,
    execution_weight: Amount | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record a unit's own goals and indicators for a year.

    Args:
        execution_weight: Points of 100 that execution can earn; by default 10.

    Raises:
        InvalidInput: A weight is no number of points from 0 to 100.
    """
    event = ObjectivesSet(
        unit=unit,
        on=parse_date(on),
        name=name,
        fiscal_year=ledger.settings.year_named(fiscal_year),
        overall_goal=overall_goal,
        objectives=tuple(objectives),
        execution_weight=_number("execution_weight", execution_weight),
    )
    return ledger.append(event, **envelope)[0]


def _measured(value: Amount | date | Rating | None) -> dict[str, Any]:
    """Return the field of a result that *value* belongs to, if any, by what it is."""
    if isinstance(value, str) and not isinstance(value, Rating):
        if is_written_as_date(value):
            value = parse_date(value, name="value")
        else:
            value = by_word(Rating, value) or value
    if isinstance(value, Rating):
        return {"rating": value}
    if isinstance(value, date):
        return {"reached_on": parse_date(value, name="value")}
    try:
        return {"value": _number("value", value)}
    except InvalidAmount:
        if isinstance(value, str):
            return {}
        raise


def _number(name: str, value: Amount | None) -> Decimal | None:
    return None if value is None else exact(value, field=name)

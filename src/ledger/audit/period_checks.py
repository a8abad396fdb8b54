"""Checks events by the periods that were closed before they were recorded."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from ledger.audit.verification import NONSENSE
from ledger.domain import periods as period_rules
from ledger.domain.envelope import RecordedEvent
from ledger.domain.periods import (
    PeriodEvent,
    Periods,
    bound_units,
    closes_year,
    judged_day,
)
from ledger.domain.settings import Settings
from ledger.domain.subject import LEDGER
from ledger.store.forensics import Forensics


def recorded_periods(inspection: Forensics) -> Periods:
    """Return what was recorded of periods, as far as it can be read."""
    periods, read = Periods(), inspection.codec.recorded
    for stored in inspection.rows(LEDGER[:-1], LEDGER):
        with suppress(*NONSENSE):
            if stored.row.stream == LEDGER:
                periods = periods.with_(read(stored.row))
    return periods


def is_of_periods(
    known: Periods, recorded: RecordedEvent, states: Sequence[Any], settings: Settings
) -> bool:
    """
    Check an event by the periods that were closed before it.

    Args:
        known: All that was ever recorded of periods.

        states: Of its stream before it: the money, and the indicators.

    Returns:
        Whether it is itself about periods, so that no other rule looks at it.

    Raises:
        Refused, InvalidInput: It could not be recorded then.
    """
    event = recorded.event
    periods = known.before(recorded.position)
    if isinstance(event, PeriodEvent):
        today = date.fromisoformat(recorded.recorded_at[:10])
        period_rules.decide(periods, event, today, settings)
        return True
    if not periods.may_bind(event):
        return False
    today = date.fromisoformat(recorded.recorded_at[:10])
    money, indicators = states[:2]
    day = judged_day(event, indicators, settings)
    closing = closes_year(event, settings)
    units = bound_units(event, money, day)
    periods.check(units, recorded.actor, today, closes_year=closing)
    return False

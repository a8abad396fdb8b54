"""The correction of adjustments: what one names, and the legs that go with it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, Unpack

from attrs import evolve
from msgspec.structs import replace

from ledger.app.open_ledger import OpenLedger
from ledger.domain.bound_units import bound_units
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.catalogue import leg_of, undone_id
from ledger.domain.correction_events import UNDATED, AdjustmentCorrected
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted
from ledger.domain.refusals import InClosedPeriod
from ledger.intake.requests import Problem, Request
from ledger.messages import message, named
from ledger.store.state.packed import EXECUTION
from ledger.store.state.snapshot_reader import load

_POSITION: Final = re.compile("[1-9][0-9]{0,17}")
"""A position in digits, as lists show it."""


def correct_adjustment(
    ledger: OpenLedger,
    /,
    of: str,
    *,
    reason: str,
    on: DateLike | None = None,
    **envelope: Unpack[Envelope],
) -> list[RecordedEvent]:
    """
    Record that an adjustment was a mistake; from *on* on it is in no figure.

    Correcting one leg of a virement corrects all of them, in one append. The right
    adjustment is recorded as any other.

    Args:
        of: The event id of the adjustment, its key, or its position in digits.

        on: By default the day of the adjustment, today where that is in a closed
            period.

    Raises:
        InvalidInput: There is no such adjustment, or it is a leg of a carry-over.
        BudgetExceeded: Some day from *on* would be overdrawn without it; it is named.
        AlreadyCorrected, AfterClosure, InClosedPeriod: As their names say.
    """
    legs = list(_legs(ledger, of))
    key = envelope.get("key")
    known = ledger.log.find_request(key)[:1] if key is not None else []
    if on is None and known:
        on = known[0][0].on
    day = legs[0].on if on is None else parse_date(on)

    def corrected(day: DateLike) -> list[AdjustmentCorrected]:
        return [
            AdjustmentCorrected(
                project=event.project, on=parse_date(day), of=leg.id, reason=reason
            )
            for leg in legs
            if isinstance(event := leg.event, BudgetAdjusted)
        ]

    try:
        return ledger.append(*corrected(day), **envelope)
    except InClosedPeriod:
        if on is not None:
            raise
    last = ledger.settings.year_of(day).end
    return ledger.append(*corrected(min(ledger.log.today(), last)), **envelope)


def dated(ledger: OpenLedger, line: Request | Problem) -> Request | Problem:
    """Return a line of a file; a correction without a day has that of the method."""
    if isinstance(line, Problem) or line.event.on is not UNDATED:
        return line
    event = line.event
    assert isinstance(event, AdjustmentCorrected)
    by_key = [each for each, _ in ledger.log.find_request(event.of)]
    adjustment = by_key[0] if by_key else ledger.log.find(event.of)
    if adjustment is None or not isinstance(adjustment.event, BudgetAdjusted):
        right = message("expected.day_of_correction", of=event.of)
        return Problem(line.place, (InvalidInput("on", None, right),))
    who = line.actor or ledger.user()
    return replace(line, event=evolve(event, on=_day(ledger, adjustment, who)))


def _day(ledger: OpenLedger, adjustment: RecordedEvent, actor: str) -> date:
    """Return the day of an adjustment's correction, as recorded or by default."""
    for each in ledger.log.undone(adjustment.stream):
        if undone_id(each.event) == adjustment.id:
            return each.on
    day, today = adjustment.on, ledger.log.today()
    units = bound_units(
        adjustment.event, load(ledger.log, EXECUTION, adjustment.stream)[0], day
    )
    try:
        ledger.states.known_periods().check(units, actor, today, closes_year=False)
    except InClosedPeriod:
        return min(today, ledger.settings.year_of(day).end)
    return day


def _legs(ledger: OpenLedger, of: str) -> Iterator[RecordedEvent]:
    """Yield an adjustment by id, key or position, and other legs of its virement."""
    by_key = [each for each, _ in ledger.log.find_request(of)]
    first = next((e for e in by_key if isinstance(e.event, BudgetAdjusted)), None)
    first = first or ledger.log.find(of) or _at(ledger, of)
    if first is None or not isinstance(first.event, BudgetAdjusted):
        raise InvalidInput(named("of.corrected"), of, message("expected.adjustment"))
    yield first
    leg = leg_of(first.event)
    if leg is None:
        return
    before, end = ledger.log.append_around(first.position)
    for other in ledger.log.read(after=before, until=end):
        event = other.event
        if isinstance(event, BudgetAdjusted) and other.id != first.id:
            own = leg_of(event)
            if own is not None and own.on == leg.on and own.document == leg.document:
                yield other


def _at(ledger: OpenLedger, position: str) -> RecordedEvent | None:
    """Return the event at a position in digits, if there is one."""
    if not _POSITION.fullmatch(position):
        return None
    found = ledger.log.read(after=int(position) - 1, until=int(position))
    return next(iter(found), None)

"""Orders to put something right (整改) about earlier fiscal years, if still open."""

from collections.abc import Iterator
from typing import Final

from ledger.domain.finding import Finding
from ledger.domain.rectification_events import RectificationOrdered
from ledger.domain.selection import Selection
from ledger.domain.subject import Stream, is_project, year_of
from ledger.reports.values.lines import Lines
from ledger.store.protocol import EventStore
from ledger.store.state.packed import BOTH

_ORDERED: Final = RectificationOrdered.__name__


def with_earlier_orders(log: EventStore, position: int, year: int) -> list[Stream]:
    """Return the streams of years before one in which something was ordered."""
    if not log.head().counts.get(_ORDERED):
        return []
    orders = log.read(until=position, types=(_ORDERED,))
    streams = {order.stream for order in orders}
    return sorted(stream for stream in streams if (year_of(stream) or year) < year)


def earlier_orders(
    log: EventStore, lines: Lines, position: int, selection: Selection
) -> tuple[Finding, ...]:
    """Return what a report says of orders about years before its own."""
    year = lines.settings.year_of(lines.through).year
    return tuple(_found(log, lines, position, selection, year))


def _found(
    log: EventStore, lines: Lines, position: int, selection: Selection, year: int
) -> Iterator[Finding]:
    for stream in with_earlier_orders(log, position, year):
        money, state = BOTH.fold(stream, log.read_stream(stream, until=position))
        if is_project(stream):
            line = lines.money(money)
            taken = line is not None and selection.takes(line.project, line.unit)
        else:
            taken = selection.takes_unit(state.subject)
        if taken:
            yield from lines.orders(state, state.subject)

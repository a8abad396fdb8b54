"""Values that a shell offers for an argument or an option: what a ledger holds."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Final

from click.shell_completion import CompletionItem

from ledger.app.known_units import units_of
from ledger.domain.errors import LedgerError
from ledger.domain.events import BudgetApproved
from ledger.domain.subject import SubjectKind, code_of
from ledger.figures.registry import MONEY
from ledger.store.opening import open_store
from ledger.store.protocol import EventStore

Known = Iterator[tuple[str, str | None]]
"""Values, each with what it is called, if anything."""

_MOST_NAMED: Final = 200
"""Projects whose names are read: a shell waits for them."""


def _projects(store: EventStore) -> Known:
    streams = {code_of(stream): stream for stream in store.streams(SubjectKind.PROJECT)}
    for code, stream in sorted(streams.items()):
        name = None
        if len(streams) <= _MOST_NAMED:
            first = next(store.read_stream(stream), None)
            if first is not None and isinstance(first.event, BudgetApproved):
                name = first.event.name
        yield code, name


def _subjects(store: EventStore) -> Known:
    yield "totals", None
    yield from _projects(store)


def _months(store: EventStore) -> Known:
    """Yield the months of the fiscal year that the last day with an event lies in."""
    last = store.last_day(store.head().size)
    if last is not None:
        for day in store.settings.year_of(last).month_ends():
            yield store.settings.month_of(day), None


def _units(store: EventStore) -> Known:
    for unit in sorted(units_of(store)):
        yield unit, None


def _figures(_: EventStore) -> Known:
    for row in MONEY:
        yield row.key, None


KINDS: Final[dict[str, Callable[[EventStore], Known]]] = {
    "figure": _figures,
    "month": _months,
    "project": _projects,
    "subject": _subjects,
    "unit": _units,
}
"""How the values of a kind are found in a ledger."""


def items(kind: str, path: object, incomplete: str) -> list[CompletionItem[str]]:
    """
    Return the values of a kind that begin with what was typed.

    There are none where there is no ledger, or none that can be read: a shell shows no
    errors, and the command itself reports them.

    Args:
        path: The ledger that the command line names.
    """
    try:
        with closing(open_store(str(path), create=False, read_only=True)) as store:
            return [
                CompletionItem(value, help=name)
                for value, name in KINDS[kind](store)
                if value.startswith(incomplete) and not any(map(str.isspace, value))
            ]
    except (LedgerError, OSError):
        return []

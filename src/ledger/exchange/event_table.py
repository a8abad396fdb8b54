"""Events as a table of typed columns, in Parquet, for other engines to query."""

import os
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from ledger import output
from ledger.domain.catalogue import CATALOGUE, effects_of
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.event_type import ColumnKind, Flow, Shown
from ledger.domain.events import Event
from ledger.domain.progress import Progress, silent
from ledger.domain.result_parts import spelled
from ledger.domain.settings import Settings
from ledger.domain.subject import year_of
from ledger.messages import message

_TOGETHER: Final = 10_000
_PLACES: Final = 12
"""Decimals of numbers that are no money; one with more is in the payload only."""

_FIRST: Final = (
    "project unit voucher source payee description of document reason kind indicator "
    "rating text category likelihood"
).split()
"""Columns of text in the order that published tables have; others stand behind."""


def _named(*kinds: ColumnKind) -> list[str]:
    """Return the fields of some kinds that the catalogue shows in the table, once."""
    return [
        column.field
        for row in CATALOGUE
        for column in row.columns
        if Shown.TABLE in column.shown and column.kind in kinds
    ]


_TEXTS: Final = tuple(
    dict.fromkeys(
        [
            *_FIRST,
            *_named(
                ColumnKind.TEXT,
                ColumnKind.VOUCHER,
                ColumnKind.COMMITMENT,
                ColumnKind.SOURCE,
                ColumnKind.CHOICE,
                ColumnKind.EXCEPTION,
                ColumnKind.ABOUT,
                ColumnKind.PARTS,
            ),
        ]
    )
)
_NUMBERS: Final = tuple(dict.fromkeys(_named(ColumnKind.NUMBER)))
_DATES: Final = tuple(dict.fromkeys(_named(ColumnKind.DATE)))


def write_events(
    path: str | os.PathLike[str],
    events: Iterable[RecordedEvent],
    settings: Settings,
    progress: Progress = silent,
    *,
    like: Path | None = None,
) -> int:
    """
    Write a row for each event to a new folder, a file for each fiscal year.

    The folder is laid out as ``fiscal_year=2023/events.parquet``. It appears when all
    is written, or not at all.

    Args:
        progress: Called with how many more events were written.

        like: The ledger's file: nobody may read more of the table than of it.

    Returns:
        How many events were written.

    Raises:
        InvalidInput: There is something at *path*, it cannot be written, or the extra
            ``parquet`` is not installed.
    """
    arrow = _arrow()
    schema = _schema(arrow, settings)
    count, remaining = 0, iter(events)
    with output.folder(path, like=like) as draft, ExitStack() as files:
        writers: dict[int, Any] = {}
        while batch := list(islice(remaining, _TOGETHER)):
            for year, rows in _by_year(batch, settings).items():
                if year not in writers:
                    folder = draft / f"fiscal_year={year}"
                    folder.mkdir()
                    writer = arrow.parquet.ParquetWriter(
                        folder / "events.parquet", schema
                    )
                    writers[year] = files.enter_context(writer)
                writers[year].write_table(arrow.Table.from_pylist(rows, schema))
            count += len(batch)
            progress(len(batch))
    return count


def _schema(arrow: Any, settings: Settings) -> Any:
    """Return the names and types of the columns."""
    money = arrow.decimal128(18, settings.currency.digits)
    number = arrow.decimal128(38, _PLACES)
    return arrow.schema(
        [
            ("position", arrow.int64()),
            ("stream", arrow.string()),
            ("version", arrow.int64()),
            ("id", arrow.string()),
            ("type", arrow.string()),
            ("effective_on", arrow.date32()),
            ("month", arrow.string()),
            ("recorded_at", arrow.timestamp("us", tz="UTC")),
            ("actor", arrow.string()),
            ("key", arrow.string()),
            *((flow.value, money) for flow in Flow),
            *((name, arrow.string()) for name in _TEXTS),
            *((name, number) for name in _NUMBERS),
            *((name, arrow.date32()) for name in _DATES),
            ("payload", arrow.string()),
        ]
    )


def _by_year(
    batch: list[RecordedEvent], settings: Settings
) -> dict[int, list[dict[str, Any]]]:
    years: dict[int, list[dict[str, Any]]] = {}
    for recorded in batch:
        year = year_of(recorded.stream) or settings.year_of(recorded.on).year
        years.setdefault(year, []).append(_row(recorded, settings))
    return years


def _row(recorded: RecordedEvent, settings: Settings) -> dict[str, Any]:
    event = recorded.event
    values = {name: getattr(event, name, None) for name in (*_TEXTS, *_DATES)}
    if values["exception"] is not None:
        values["exception"] = str(values["exception"])
    values["parts"] = spelled(values["parts"] or ()) or None
    numbers = {name: _fitting(getattr(event, name, None)) for name in _NUMBERS}
    money = {flow.value: _money(event, flow) for flow in Flow}
    major = settings.currency.major
    return {
        "position": recorded.position,
        "stream": recorded.stream,
        "version": recorded.version,
        "id": recorded.id,
        "type": recorded.type,
        "effective_on": recorded.on,
        "month": settings.month_of(recorded.on),
        "recorded_at": datetime.fromisoformat(recorded.recorded_at),
        "actor": recorded.actor,
        "key": recorded.key,
        **{name: None if m is None else major(m) for name, m in money.items()},
        **values,
        **numbers,
        "payload": msgspec.json.encode(event).decode(),
    }


def _money(event: Event, flow: Flow) -> int | None:
    """Return what *event* adds to one flow; ``None`` if it has no effect on it."""
    amounts = [each.amount for each in effects_of(event) if each.flow is flow]
    return sum(amounts) if amounts else None


def _fitting(number: Any) -> Decimal | None:
    if not isinstance(number, Decimal):
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent >= -_PLACES else None


def _arrow() -> Any:
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as problem:
        right = message("expected.package", package="pyarrow")
        raise InvalidInput("table", message("found.no_parquet"), right) from problem
    return pa

"""Events as a table of typed columns, in Parquet, for other engines to query."""

import os
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from ledger import output
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted, BudgetApproved
from ledger.domain.progress import Tick
from ledger.domain.settings import Settings

_TOGETHER: Final = 10_000
_PLACES: Final = 12
"""Decimals of numbers that are no money; one with more is in the payload only."""

_TEXTS: Final = (
    "project unit voucher source payee description of document reason kind indicator "
    "rating text category likelihood"
).split()
_NUMBERS: Final = "value numerator denominator share score".split()


def write_events(
    path: str | os.PathLike[str],
    events: Iterable[RecordedEvent],
    settings: Settings,
    tick: Tick = bool,
    *,
    like: Path | None = None,
) -> int:
    """
    Write a row for each event to a new folder, a file for each fiscal year.

    The folder is laid out as ``fiscal_year=2023/events.parquet``. It appears when all
    is written, or not at all.

    Args:
        tick: Takes how many more events were written.

        like: The ledger's file: nobody may read more of the table than of it.

    Returns:
        How many events were written.

    Raises:
        InvalidInput: There is something at *path*, it cannot be written, or the extra
            ``ledger[parquet]`` is not installed.
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
                    writer = import_module("pyarrow.parquet").ParquetWriter(
                        folder / "events.parquet", schema
                    )
                    writers[year] = files.enter_context(writer)
                writers[year].write_table(arrow.Table.from_pylist(rows, schema))
            count += len(batch)
            tick(len(batch))
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
            ("budget", money),
            ("disbursed", money),
            *((name, arrow.string()) for name in _TEXTS),
            *((name, number) for name in _NUMBERS),
            ("reached_on", arrow.date32()),
            ("payload", arrow.string()),
        ]
    )


def _by_year(
    batch: list[RecordedEvent], settings: Settings
) -> dict[int, list[dict[str, Any]]]:
    years: dict[int, list[dict[str, Any]]] = {}
    for recorded in batch:
        year = settings.year_of(recorded.on).year
        years.setdefault(year, []).append(_row(recorded, settings))
    return years


def _row(recorded: RecordedEvent, settings: Settings) -> dict[str, Any]:
    event = recorded.event
    values = {name: getattr(event, name, None) for name in (*_TEXTS, "reached_on")}
    numbers = {name: _fitting(getattr(event, name, None)) for name in _NUMBERS}
    budget, disbursed = _money(event)
    major = settings.currency.major
    return {
        "position": recorded.position,
        "stream": recorded.stream,
        "version": recorded.version,
        "id": recorded.id,
        "type": recorded.type,
        "effective_on": recorded.on,
        "month": f"{recorded.on:%Y-%m}",
        "recorded_at": datetime.fromisoformat(recorded.recorded_at),
        "actor": recorded.actor,
        "key": recorded.key,
        "budget": None if budget is None else major(budget),
        "disbursed": None if disbursed is None else major(disbursed),
        **values,
        **numbers,
        "payload": msgspec.json.encode(event).decode(),
    }


def _money(event: Any) -> tuple[int | None, int | None]:
    """Return what an event adds to the budget, and to what is disbursed."""
    if isinstance(event, BudgetApproved):
        return sum(part.amount for part in event.amounts), None
    if isinstance(event, BudgetAdjusted):
        return event.kind.sign * sum(part.amount for part in event.amounts), None
    amount: int | None = getattr(event, "amount", None)
    if amount is None:
        return None, None
    return None, amount if getattr(event, "of", None) is None else -amount


def _fitting(number: Any) -> Decimal | None:
    if not isinstance(number, Decimal):
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent >= -_PLACES else None


def _arrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError as problem:
        raise InvalidInput(
            "Parquet", "no library for it", "pip install 'ledger[parquet]'"
        ) from problem

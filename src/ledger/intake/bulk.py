"""Bulk files of events, JSON Lines, CSV or filled templates, as requests."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

import msgspec
from attrs import evolve as replace

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.correction_events import UNDATED, AdjustmentCorrected
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.event_type import EventType
from ledger.domain.events import Event, ResultReported
from ledger.domain.finding import Text, finding
from ledger.domain.money import Currency
from ledger.domain.settings import Settings
from ledger.domain.subject import SubjectKind
from ledger.domain.unread_results import UnreadResult, of_result
from ledger.intake.bulk_columns import READ
from ledger.intake.bulk_line import Fields, type_named
from ledger.intake.column_heads import event_type, heads_by_column
from ledger.intake.readers.file_kinds import (
    LARGEST_TEXT,
    check_no_lock,
    content_of,
    other_kind,
)
from ledger.intake.readers.text_files import NamedTwice, any_text, lines, unique
from ledger.intake.requests import Problem, Request
from ledger.intake.templates import reader as filled
from ledger.intake.templates.keys import month_of_key
from ledger.messages import Message, found_by, listed, message, quoted, words_of

_FILES: Final = message("expected.file_of_events")

_KEYS: Final[Mapping[str, str]] = {}
"""What columns are called where each has its key."""

_LISTED: Final = 20
"""How many columns of an unknown table are listed."""

_PART: Final = 1_000_000
"""Bytes that are read together where lines are only counted."""


def read(
    source: str | os.PathLike[str], settings: Settings
) -> Iterator[Request | Problem]:
    """
    Yield a request for each event of a file, and a problem for each bad line.

    The kind is known from the content: a workbook is a zip file, JSON Lines starts with
    ``{``, anything else is CSV with a header line, in the encodings and with the signs
    between cells that Excel saves. Rows of a template that were not filled in are left
    out.

    Raises:
        InvalidInput: The file cannot be read, is no text, or holds no event.
    """
    if filled.is_workbook(source):
        rows_filled = filled.rows(source, settings.currency)
        return (request_of(*placed, settings) for placed in rows_filled)
    name = os.fspath(source)
    _check_kind(name, Path(source))
    texts, encoding = _lines(source)
    numbered = ((n, text) for n, text in texts if text.strip())
    first = next(numbered, None)
    if first is None:
        right = message("expected.one_event")
        raise InvalidInput(name, message("found.no_value"), right)
    every = chain([first], numbered)
    between = max(",;\t", key=first[1].count)
    rows = _csv(name, every, settings.currency, between)
    if first[1].lstrip().startswith("{"):
        _check_lines(name, Path(source), first[1])
        rows = ((number, row, _KEYS) for number, row in _json(every))
    requests = (
        request_of(Message("place.line", {"number": number}), row, heads, settings)
        for number, row, heads in rows
    )
    return requests if encoding == "UTF-8" else _told(requests, name, encoding)


def _lines(source: str | os.PathLike[str]) -> tuple[Iterator[tuple[int, str]], str]:
    """Return the numbered lines of a file, and its encoding: a CSV may have others."""
    path, plain = Path(source), (lines(source), "UTF-8")
    if not path.is_file() or path.stat().st_size > LARGEST_TEXT:
        return plain
    raw = content_of(path, os.fspath(source))
    try:
        text, encoding = any_text(raw, os.fspath(source))
    except InvalidInput:
        return plain  # It says where.
    if encoding == "UTF-8" or text.lstrip("\ufeff \t\r\n").startswith("{"):
        return plain
    ended = enumerate(io.StringIO(text.removeprefix("\ufeff"), newline=None), 1)
    return ((number, line.rstrip("\n")) for number, line in ended), encoding


def _told(
    requests: Iterator[Request | Problem], name: str, encoding: str
) -> Iterator[Request | Problem]:
    """Yield requests; the first that is one has the note on their file's encoding."""
    notes = [finding("text.encoding", place=name, found=encoding, expected="UTF-8")]
    for request in requests:
        if notes and isinstance(request, Request):
            told = (*notes, *request.notes)
            notes = []
            yield msgspec.structs.replace(request, notes=told)
        else:
            yield request


def _check_kind(name: str, path: Path) -> None:
    """Refuse a file that is no text, by how it starts; pipes are left unread."""
    if not path.is_file():
        return
    check_no_lock(path, name)
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError:
        return  # Reading it will say why.
    if start.startswith(b"%PDF-"):
        raise InvalidInput(name, message("found.pdf"), _FILES)
    other = other_kind(start)
    if other is not None:
        raise InvalidInput(name, other[0], _FILES)


def _check_lines(name: str, path: Path, first: str) -> None:
    """Refuse one JSON object as a whole file, such as one of forms of approval."""
    try:
        found = msgspec.json.decode(first)
    except (msgspec.MsgspecError, RecursionError):
        if not path.is_file() or path.stat().st_size > LARGEST_TEXT:
            return  # Each bad line is reported below.
        try:
            found = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.MsgspecError, RecursionError, OSError):
            return
        if not isinstance(found, dict) or "projects" not in found:
            found_instead = message("found.json_over_lines")
            raise InvalidInput(name, found_instead, _FILES) from None
    if isinstance(found, dict) and "projects" in found and "type" not in found:
        right = message("expected.events_or_import")
        raise InvalidInput(name, message("found.file_of_forms"), right)


def length(source: str | os.PathLike[str]) -> int | None:
    """
    Return about how many events a file holds, to show how far it is read.

    ``None`` where only reading it would tell: a workbook, a pipe.
    """
    path = Path(source)
    if filled.is_workbook(path) or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return sum(
                part.count(b"\n") for part in iter(partial(file.read, _PART), b"")
            )
    except OSError:
        return None  # Reading it will say why.


def request_of(
    place: Text,
    row: dict[str, Any] | InvalidInput,
    heads: Mapping[str, str],
    settings: Settings,
) -> Request | Problem:
    """Return the request that the fields of one line make, or all that is wrong."""
    if isinstance(row, InvalidInput):
        return Problem(place, (row,), heads)
    fields = Fields(dict(row), settings)
    kind = fields.values.pop("type", None)
    known = _BULK.get(event_type(kind)) if isinstance(kind, str) else None
    if known is None:
        right = message("expected.one_of", words=[type_named(n, heads) for n in _BULK])
        return Problem(place, (InvalidInput("type", kind, right),), heads)
    event = None
    try:
        event = _event(known, fields)
    except LedgerError as problem:
        if not fields.problems:  # Else it may come of a bad field's stand-in.
            fields.problems.append(problem)
    key, actor = fields.maybe("key"), fields.maybe("actor")
    if fields.values and event is not None:
        unknown = ", ".join(heads.get(name, str(name)) for name in fields.values)
        right = message("expected.fields_of_type", type=type_named(known.name, heads))
        fields.problems.append(InvalidInput("fields", unknown, right))
    typed = _typed_result(event, fields)
    if typed is not None and isinstance(event, ResultReported):
        event = replace(event, value=None)
    elif event is None or fields.problems:
        wrong = (of_result(event, each) for each in fields.problems)
        return Problem(place, tuple(wrong), heads)
    key = key and key.strip()
    month = month_of_key(key) if key else None
    if month is not None and f"{event.on:%Y-%m}" != month:
        on = event.on.isoformat()
        fields.notes.append(finding("lines.other_month", found=on, month=month))
    return Request(
        event=event,
        key=key,
        actor=actor,
        place=place,
        heads=heads,
        typed=typed,
        notes=tuple(note.at(place) for note in fields.notes),
    )


def _typed_result(event: Event | None, fields: Fields) -> str | None:
    """Return the text of a result that is all that is wrong: its target may read it."""
    if not isinstance(event, ResultReported) or len(fields.problems) != 1:
        return None
    problem = of_result(event, fields.problems[0])
    return problem.found if isinstance(problem, UnreadResult) else None


def _json(
    numbered: Iterator[tuple[int, str]],
) -> Iterator[tuple[int, dict[str, Any] | InvalidInput]]:
    for number, text in numbered:
        try:
            row = msgspec.json.decode(text, type=dict[str, Any])
            _check_once(text, row)
        except NamedTwice as problem:
            right = message("expected.json_key_once")
            yield number, InvalidInput("line", problem.message, right)
        except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
            shown = text if len(text) <= 80 else f"{text[:80]}…"
            right = message("expected.json_object", problem=words_of(problem, text))
            yield number, InvalidInput("line", shown, right)
        else:
            present = {name: value for name, value in row.items() if value is not None}
            yield number, present


def _check_once(text: str, row: dict[str, Any]) -> None:
    """Refuse an object that names one thing twice: which holds would be a guess."""
    texts = sum(type(value) is str for value in row.values())
    if text.count('"') == 2 * (len(row) + texts):
        return  # Each name and each text has its two marks, and nothing else has any.
    json.loads(text, object_pairs_hook=unique, parse_int=len, parse_float=len)


def _csv(
    name: str, numbered: Iterator[tuple[int, str]], currency: Currency, between: str
) -> Iterator[tuple[int, dict[str, Any] | InvalidInput, Mapping[str, str]]]:
    number = 0

    def head() -> Message:
        return message("place.file_line", file=name, number=number)

    def texts() -> Iterator[str]:
        nonlocal number
        for at, text in numbered:
            number = at
            yield text

    rows = csv.reader(texts(), strict=True, delimiter=between)
    try:
        given = next(rows)
        header = filled.columns_of(given, currency, lambda _: head())
    except csv.Error as problem:
        bad = found_by(problem)
        raise InvalidInput(head(), bad, message("expected.csv_head")) from problem
    if "type" not in header:
        right = message("expected.column_type")
        known = [quoted(text) for text in given if text.strip()][:_LISTED]
        nothing = message("found.no_value")
        raise InvalidInput(head(), listed(known) if known else nothing, right)
    heads = heads_by_column(given)
    times = Counter(header)
    twice = next((column for column in header if times[column] > 1), None)
    if twice is not None:
        second = message("found.second_column", column=heads.get(twice, twice))
        raise InvalidInput(head(), second, message("expected.each_column_once"))
    shows = filled.shows(header)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            bad = found_by(problem)
            yield number, InvalidInput("line", bad, message("expected.csv_line")), heads
            continue
        if len(row) != len(header):
            cells_found = message("found.cells", count=len(row))
            right = message("expected.cells", count=len(header))
            yield number, InvalidInput("line", cells_found, right), heads
            continue
        cells = zip(header, row, strict=True)
        present = {column: cell for column, cell in cells if cell.strip()}
        taken = filled.filled_line(present) if shows else present
        if taken is not None:
            yield number, taken, heads


def _event(row: EventType, fields: Fields) -> Event:
    """Return the event that the fields of a line make, read in order of the columns."""
    given: dict[str, Any] = {}
    if SubjectKind.UNIT in row.subjects:
        given.update(fields.subject())
    elif SubjectKind.PROJECT in row.subjects:
        given["project"] = fields.project()
    day = fields.maybe_day if row.event is AdjustmentCorrected else fields.day
    given["on"] = day("on") or UNDATED
    for column in row.columns:
        value = READ[column.kind](fields, column, given["on"])
        if value is not None or not column.optional:
            given[column.field] = value
    return row.event(**given)


_BULK: Final = {row.name: row for row in CATALOGUE if row.bulk}
"""The types that a bulk file may hold, by name."""

"""Checks what stands around a fact in a stored row: a writer would write the same."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from ledger.domain.codes import checked_code
from ledger.domain.envelope import RecordedEvent
from ledger.domain.envelope_names import are_names
from ledger.domain.errors import InvalidInput, LogCorrupted
from ledger.domain.events import Event
from ledger.domain.streams import may_be_in
from ledger.domain.subject import LEDGER, Subject
from ledger.messages import Message, message, quoted
from ledger.store.codec import Codec
from ledger.store.line import Row
from ledger.store.request_digest import DIGEST
from ledger.store.stored_texts import are_plain_texts, check_texts

_INSTANT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d\.\d{6}Z", re.ASCII
).fullmatch
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_ID: Final = 36
_ROOM: Final = "0123456789abcde"
"""First digits of an id's last part that leave room for larger ids after it."""


spelled_date = lru_cache(maxsize=4096)(date.isoformat)
"""Returns a date as text; a log holds few of them many times."""


@lru_cache(maxsize=4096)
def is_day(text: str) -> bool:
    """
    Return whether *text* is a date as the log writes it.

    >>> is_day("2024-02-29"), is_day("20240229"), is_day("2023-02-29")
    (True, False, False)
    """
    try:
        return spelled_date(date.fromisoformat(text)) == text
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def is_stream(name: str) -> bool:
    """Check whether *name* is that of a stream whose code a recorder would take."""
    try:
        code = Subject.of(name).code
        return name == LEDGER or checked_code(code) == code
    except InvalidInput:
        return False


def is_instant(text: str) -> bool:
    """
    Return whether *text* is an instant as the log writes them.

    >>> is_instant("2024-02-29T08:00:00.000001Z")
    True
    >>> is_instant("2023-02-29T08:00:00.000001Z"), is_instant("2024-02-29T08:00:00Z")
    (False, False)
    """
    if not _INSTANT(text) or not "1970" <= text < "9999":
        return False  # There is nothing before, and no later one would be left.
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def are_ids(ids: Sequence[str]) -> bool:
    """
    Return whether all of *ids* are UUIDv7 (RFC 9562) as the log writes them.

    What is asked of each is asked of all at once: a tenth of the time.
    """
    count, text = len(ids), "".join(ids)
    digits = text.replace("-", "")
    if len(text) != _ID * count or set(map(len, ids)) - {_ID} or not text.isascii():
        return False
    try:
        spelled = bytes.fromhex(digits).hex() == digits
    except ValueError:
        return False
    dashes = all(text[i::_ID] == "-" * count for i in (8, 13, 18, 23))
    return (
        spelled
        and dashes
        and len(digits) == 32 * count
        and text[14::_ID] == "7" * count
        and not text[19::_ID].strip("89ab")
        and not text[24::_ID].strip(_ROOM)
    )


@lru_cache(maxsize=1024)
def last_start(recorded_at: str) -> str:
    """
    Return the highest start that ids of events have which were recorded at an instant.

    A UUIDv7 begins with its milliseconds since 1970.

    >>> last_start("2024-01-01T00:00:00.000999Z")
    '018cc251-f400'
    """
    since = datetime.fromisoformat(recorded_at) - _EPOCH
    time = f"{since // _MILLISECOND:012x}"
    return f"{time[:8]}-{time[8:]}"


def held(row: Row, codec: Codec) -> RecordedEvent:
    """
    Return the event in a row that is as a writer would have written it.

    Raises:
        LogCorrupted: It cannot be read, could be read in two ways, or is no row that
            an append makes.
    """
    recorded = codec.recorded(row)
    for fault in _faults(row, recorded.event, codec):
        raise LogCorrupted(fault)
    return recorded


def _shown(text: str | None) -> Message:
    return message("found.nothing") if text is None else quoted(text)


def _faults(row: Row, event: Event, codec: Codec) -> Iterator[Message]:
    """Yield what of a row is not as a writer would have written it."""
    stream, recorded_at, request = row.stream, row.recorded_at, row.request
    actor, key, cause = row.actor, row.key, row.cause
    if not is_stream(stream) or not may_be_in(event, stream):
        yield message("error.corrupted.other_stream", stream=stream)
    if not 1 <= row.version <= row.position:
        given = {"version": row.version, "position": row.position}
        yield message("error.corrupted.position", **given)
    if not is_instant(recorded_at):
        yield message("error.corrupted.instant_of_line", at=recorded_at)
    if not are_ids([row.id]):
        yield message("error.corrupted.id_of_line", id=row.id)
    if row.id[:13] > last_start(recorded_at):
        yield message("error.corrupted.id_later", id=row.id, at=recorded_at)
    if row.on != event.on.isoformat():
        yield message("error.corrupted.date", on=row.on, right=event.on)
    if not are_names([each for each in (actor, key, cause) if each is not None]):
        names = {"actor": _shown(actor), "key": _shown(key), "cause": _shown(cause)}
        yield message("error.corrupted.names", **names)
    if (key, request) != (None, None) and not DIGEST(request or ""):
        yield message("error.corrupted.request", request=_shown(request))
    if row.schema == codec.schemas[row.type] and row.payload != codec.spelled(event):
        yield message("error.corrupted.spelling")
    try:
        if not are_plain_texts([row.payload]):
            check_texts(event)
    except InvalidInput as problem:
        yield message("error.corrupted.text", problem=problem.message)

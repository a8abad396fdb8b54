"""
Stored rows as canonical lines, and lines as rows.

A line is canonical JSON as RFC 8785 gives it: sorted ASCII keys, no blanks, no floats.
Its bytes are what is hashed and exported. It is rebuilt from the stored columns by
concatenation; a stored payload is never encoded again.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import Any, Final, NamedTuple

import msgspec

from ledger.domain.errors import InvalidInput, LogCorrupted, said_by
from ledger.domain.subject import Stream
from ledger.messages import message

FORMAT: Final = "ledger/3"

LONGEST_LINE: Final = 1_000_000
"""Bytes of a line: no append makes a longer one, and every reader takes this much."""


class Row(NamedTuple):
    """
    An event as it is stored: what stands around the fact, and its payload.

    Attributes:
        on: The effective date.

        request: The digest of the request.
    """

    position: int
    stream: Stream
    version: int
    id: str
    type: str
    schema: int
    on: str
    recorded_at: str
    actor: str
    key: str | None
    cause: str | None
    request: str | None
    payload: bytes


as_row: Final[Callable[[Iterable[Any]], Row]] = partial(tuple.__new__, Row)
"""Returns thirteen values in the order of the columns as a row, without looking."""

UNREADABLE: Final = (
    msgspec.MsgspecError,
    AttributeError,
    KeyError,
    RecursionError,
    TypeError,
    UnicodeError,
)
"""What decoding stored bytes may raise, whatever they are."""

_encode = msgspec.json.Encoder().encode


class _LineKeys(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A line's keys, in the order that RFC 8785 asks for."""

    actor: str
    cause: str | None
    format: str
    id: str
    key: str | None
    on: str
    payload: msgspec.Raw
    position: int
    recorded_at: str
    request: str | None
    schema: int
    stream: Stream
    type: str
    version: int


Values = tuple[
    int,
    Stream,
    int,
    str,
    str,
    int,
    str,
    str,
    str,
    str | None,
    str | None,
    str | None,
    bytes,
]
"""The values of a :class:`Row`, by place."""


def line(row: Values) -> bytes:
    """
    Return the canonical line of a stored row, without a line end.

    Raises:
        LogCorrupted: Its values are not of the types that its columns have.
    """
    (
        position,
        stream,
        version,
        event_id,
        name,
        schema,
        on,
        recorded_at,
        actor,
        key,
        cause,
        request,
        payload,
    ) = row
    try:
        return _encode(
            _LineKeys(
                actor,
                cause,
                FORMAT,
                event_id,
                key,
                on,
                msgspec.Raw(payload),
                position,
                recorded_at,
                request,
                schema,
                stream,
                name,
                version,
            )
        )
    except (TypeError, UnicodeEncodeError) as problem:
        raise LogCorrupted(
            message(
                "error.corrupted.no_line", position=position, problem=said_by(problem)
            )
        ) from problem


def check_length(row: Row) -> None:
    """
    Check the length of the line of a row that is to be appended.

    Raises:
        InvalidInput: It is too long; the longest field of its event is named.
    """
    size = len(line(row))
    if size <= LONGEST_LINE:
        return
    fields = msgspec.json.decode(row.payload, type=dict[str, msgspec.Raw])
    longest = max(fields, key=lambda field: len(bytes(fields[field])))
    raise InvalidInput(
        f"{row.type}.{longest}",
        message("found.bytes_of_line", fields=len(bytes(fields[longest])), size=size),
        message("expected.shorter_fact", longest_line=LONGEST_LINE),
    )


def lines(columns: Sequence[Sequence[Any]]) -> list[bytes]:
    """
    Return the canonical lines of many stored rows: those of :func:`line`, but faster.

    Args:
        columns: Of the rows, in the order of :class:`Row`.

    Raises:
        LogCorrupted: A value is not of the type that its column has.
    """
    (
        positions,
        streams,
        versions,
        ids,
        types,
        schemas,
        days,
        instants,
        actors,
        keys,
        causes,
        requests,
        payloads,
    ) = columns
    made = map(
        _LineKeys,
        actors,
        causes,
        repeat(FORMAT),
        ids,
        keys,
        days,
        map(msgspec.Raw, payloads),
        positions,
        instants,
        requests,
        schemas,
        streams,
        types,
        versions,
    )
    try:
        return list(map(_encode, made))
    except (TypeError, UnicodeEncodeError):
        return [line(as_row(values)) for values in zip(*columns, strict=True)]


def parsed(raw: bytes) -> Row:
    """
    Return the row whose canonical line is *raw*, the line end left out.

    Raises:
        LogCorrupted: It is no line, or not in its one canonical spelling.
    """
    if len(raw) > LONGEST_LINE:
        raise LogCorrupted(
            message("error.corrupted.too_long", raw=len(raw), longest_line=LONGEST_LINE)
        )
    try:
        raw.decode()  # A key that is skipped, and a raw value, are taken as they are.
        one = msgspec.json.decode(raw, type=_LineKeys)
    except UNREADABLE as problem:
        raise LogCorrupted(
            message("error.corrupted.line", problem=said_by(problem))
        ) from problem
    row = Row(
        one.position,
        one.stream,
        one.version,
        one.id,
        one.type,
        one.schema,
        one.on,
        one.recorded_at,
        one.actor,
        one.key,
        one.cause,
        one.request,
        bytes(one.payload),
    )
    if one.format != FORMAT:
        raise LogCorrupted(
            message("error.corrupted.format", format=one.format, right=FORMAT)
        )
    if line(row) != raw:
        raise LogCorrupted(message("error.corrupted.not_canonical"))
    return row

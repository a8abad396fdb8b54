"""A replay of the log: in this process, or in two where that is faster."""

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import IO, Any, Final, TypeVar

import msgspec

from ledger.beside import Beside
from ledger.log.sqlite import SqliteLog
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION
from ledger.projections.projection import Projection, effective

S = TypeVar("S")
AnyProjection = Projection[Any]

_BUILT_IN: Final = {each.name: each for each in (EXECUTION, ATTAINMENT)}
"""Those that another process has as well; a caller's own cannot be handed to one."""

_START: Final = 30_000
"""How many events are folded in the time that a process takes to start."""

_PAYS: Final = 50_000
"""From so many events on, a second process is worth it."""

_SIZE: Final = 4
"""How many bytes say how long a message is."""


def replay(
    log: SqliteLog, projection: Projection[S], *, until: int, through: date | None
) -> Iterator[tuple[str, S]]:
    """
    Fold the events up to a position from nothing; yield each stream with its state.

    Args:
        through: Only facts effective by this day.
    """
    streams = log.streams()
    mine = len(streams)
    if until >= _PAYS:
        mine = mine * (until + _START) // (2 * until)
    beside = None
    if 0 < mine < len(streams) and log.path is not None and _is_known(projection):
        last = streams[mine - 1]
        names = [part.name for part in projection.parts]
        to = "" if through is None else through.isoformat()
        beside = Beside.start(__name__, [str(log.path), last, str(until), to, *names])
    if beside is None:
        yield from _folded(log, projection, streams, until, through)
        return
    with closing(beside):
        yield from _folded(log, projection, streams[:mine], until, through)
        written = beside.written()
        if written is None or _message(written) != b"%d" % until:
            yield from _folded(log, projection, streams[mine:], until, through)
            return
        parts = [
            msgspec.msgpack.Decoder(part.state).decode for part in projection.parts
        ]
        while stream := _message(written).decode():
            states = [decode(_message(written)) for decode in parts]
            yield stream, projection.joined(states)


def main(arguments: Sequence[str]) -> None:
    """Fold the streams of a file that come after one, and write their states."""
    path, last, to, day, *names = arguments
    until, out = int(to), sys.stdout.buffer
    through = date.fromisoformat(day) if day else None
    with closing(SqliteLog.open(path, create=False, read_only=True)) as log:
        seen = min(until, log.head().size)
        _write(out, b"%d" % seen)
        streams = log.streams()
        theirs = streams[bisect_right(streams, last) :]
        both = Projection.together([_BUILT_IN[name] for name in names])
        for stream, states in _folded(log, both, theirs, seen, through):
            _write(out, stream.encode())
            for state in states:
                _write(out, msgspec.msgpack.encode(state))


def _folded(
    log: SqliteLog,
    projection: Projection[S],
    streams: Sequence[str],
    until: int,
    through: date | None,
) -> Iterator[tuple[str, S]]:
    """Fold some streams here."""
    parts = log.read_by_stream(
        until=until, envelope=projection.envelope, streams=streams
    )
    return projection.fold_each(effective(parts, through))


def _is_known(projection: AnyProjection) -> bool:
    return all(_BUILT_IN.get(part.name) is part for part in projection.parts)


def _write(out: IO[bytes], message: bytes) -> None:
    out.write(len(message).to_bytes(_SIZE, "big") + message)


def _message(written: IO[bytes]) -> bytes:
    return written.read(int.from_bytes(written.read(_SIZE), "big"))

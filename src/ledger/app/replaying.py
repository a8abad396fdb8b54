"""A replay of the log: in this process, or in two where that is faster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import Any, Final, TypeVar

import msgspec
from attrs import define

from ledger.domain.subject import Stream
from ledger.parallel.helper_process import HelperProcess
from ledger.parallel.saying import say
from ledger.projections.projection import AnyProjection, Projection, effective
from ledger.store.line import UNREADABLE
from ledger.store.opening import open_store
from ledger.store.protocol import EventStore
from ledger.store.state.packed import ATTAINMENT, EXECUTION, packed

S = TypeVar("S")

_BUILT_IN: Final = {each.name: each for each in (EXECUTION, ATTAINMENT)}
"""Projections that a helper process has too; a caller's own cannot be sent to it."""

PAYS: Final = 50_000
"""Events from which on a second process is worth its start."""


class _FoldedStream(msgspec.Struct, array_like=True):
    """
    What a second process says of a stream.

    Attributes:
        until: The last position that it saw.

        states: One for each projection, as snapshots store them.
    """

    until: int
    stream: Stream
    states: list[bytes]


def replay(
    log: EventStore, projection: Projection[S], *, until: int, through: date | None
) -> Iterator[tuple[Stream, S]]:
    """
    Fold the events up to a position from nothing; yield each stream with its state.

    A second process begins with the last stream, and both go on until they meet: so
    neither waits for the other, however fast each is.

    Args:
        through: Only facts effective by this day.
    """
    projection = packed(projection)
    streams = log.streams()
    behind = None
    if until >= PAYS:
        behind = _meeting(log, projection, streams, until, through)
    if behind is None:
        yield from _folded(log, projection, streams, until, through)
        return
    decoders = [msgspec.msgpack.Decoder(part.state).decode for part in projection.parts]
    with closing(behind):
        yield from _folded(log, projection, behind.ahead(), until, through)
        for stream, raw in behind.rest():
            state = _read(raw, stream, projection, decoders, until)
            if state is None:
                yield from _folded(log, projection, [stream], until, through)
            else:
                yield stream, state


@define
class SharedReplay:
    """
    Streams of which another process has done the last ones so far.

    Attributes:
        met: The place of the first stream that is not to be done here.
    """

    beside: HelperProcess
    streams: Sequence[Stream]
    met: int = 0

    def close(self) -> None:
        """End the process, whether it is done or not."""
        self.beside.close()

    def ahead(self) -> Iterator[Stream]:
        """Yield streams in order, up to the first that the process has done."""
        for stream in self.streams:
            if self.met + self.beside.heard() >= len(self.streams):
                return
            self.met += 1
            yield stream

    def rest(self) -> Iterator[tuple[Stream, bytes | None]]:
        """Yield the other streams in order, with what the process found for each."""
        left = self.streams[self.met :]
        for number, stream in zip(reversed(range(len(left))), left, strict=True):
            try:
                raw = self.beside.message(number)
            except ValueError:
                raw = None
            yield stream, raw


def _meeting(
    log: EventStore,
    projection: AnyProjection,
    streams: Sequence[Stream],
    until: int,
    through: date | None,
) -> SharedReplay | None:
    """Return a process at work; ``None`` where there can be none."""
    parts = projection.parts
    if log.path is None or any(_BUILT_IN.get(p.name) is not p for p in parts):
        return None
    day = "" if through is None else through.isoformat()
    names = [part.name for part in parts]
    beside = HelperProcess.start(__name__, [str(log.path), str(until), day, *names])
    return None if beside is None else SharedReplay(beside, streams)


def _read(
    raw: bytes | None,
    stream: Stream,
    projection: Projection[S],
    decoders: Sequence[Callable[[bytes], Any]],
    until: int,
) -> S | None:
    """Return the state that a process found for *stream*; ``None`` if it did not."""
    try:
        found = msgspec.msgpack.decode(raw or b"", type=_FoldedStream)
        pairs = zip(decoders, found.states, strict=True)
        states = [decode(each) for decode, each in pairs]
    except (*UNREADABLE, ValueError):
        return None
    right = (found.until, found.stream) == (until, stream)
    return projection.joined(states) if right else None


def main(arguments: Sequence[str]) -> None:
    """Fold the streams of a file, the last one first, and write their states."""
    path, last, day, *names = arguments
    through = date.fromisoformat(day) if day else None
    with closing(open_store(path, create=False, read_only=True)) as log:
        until = min(int(last), log.head().size)
        both = Projection.together([_BUILT_IN[name] for name in names])
        streams = reversed(log.streams())
        for stream, states in _folded(log, both, streams, until, through):
            stored = [msgspec.msgpack.encode(state) for state in states]
            say(msgspec.msgpack.encode(_FoldedStream(until, stream, stored)))


def _folded(
    log: EventStore,
    projection: Projection[S],
    streams: Iterable[Stream],
    until: int,
    through: date | None,
) -> Iterator[tuple[Stream, S]]:
    """Fold some streams here."""
    parts = log.read_by_stream(
        until=until, envelope=projection.envelope, streams=streams
    )
    return projection.fold_each(effective(parts, through))

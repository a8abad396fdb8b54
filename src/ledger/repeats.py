"""What was asked before: requests by their key, and lines of files by their content."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs
from attrs import define, field

from ledger.domain.errors import KeyConflict
from ledger.domain.events import (
    Disbursed,
    Event,
    ProjectClosed,
    ResultReported,
    ResultRetracted,
)
from ledger.domain.naming import voucher_identity
from ledger.domain.recorded import AlreadyRecorded, RecordedEvent
from ledger.log.sqlite import SqliteLog
from ledger.log.writer import Writer

_FILLED_IN: Final[Mapping[type, frozenset[str]]] = {
    ResultRetracted: frozenset({"indicator", "of", "version"}),
    ProjectClosed: frozenset({"lapsed"}),
}
"""Fields that are not recorded as they are asked for; nor is any indicator's name."""


@define
class _Repeat:
    """
    A request that an earlier append has recorded.

    Attributes:
        events: Each with the digest of what was asked.

        met: How many of them were asked for again so far.
    """

    key: str
    events: list[tuple[RecordedEvent, str | None]]
    met: int = 0

    def next(self, event: Event, digest: str) -> RecordedEvent:
        """
        Return the recorded event that *event* asks for again.

        Raises:
            KeyConflict: It is not the next one of the request.
        """
        if self.met < len(self.events) and self.events[self.met][1] == digest:
            self.met += 1
            return self.events[self.met - 1][0]
        for known, its in self.events[: self.met]:
            if its == digest:
                return known
        if self.met == len(self.events):
            raise self._conflict("events")
        raise self._conflict(_differing(event, self.events[self.met][0].event))

    def whole(self, digest: str) -> RecordedEvent:
        """
        Return its first event, for a request that is more than its events.

        Raises:
            KeyConflict: Another was asked for.
        """
        self.met = len(self.events)
        if self.events[0][1] != digest:
            raise self._conflict("request")
        return self.events[0][0]

    def finish(self) -> None:
        """
        Hold what was asked again to being the whole request.

        Raises:
            KeyConflict: Only a part of it was.
        """
        if self.met < len(self.events):
            raise self._conflict("events")

    def _conflict(self, name: str) -> KeyConflict:
        known = self.events[min(self.met, len(self.events) - 1)][0]
        return KeyConflict(known.stream, self.key, name, known.position)


@define
class Repeats:
    """The requests of one append that an earlier one has recorded, by key."""

    writer: Writer
    found: dict[str, _Repeat] = field(factory=dict)

    def find(
        self, event: Event, key: str, digest: str, *, whole: bool
    ) -> RecordedEvent | None:
        """
        Return what was recorded under *key* for an event; ``None`` if it is new.

        An event that stands twice in one request is recorded once.

        Args:
            whole: The digest is that of the whole request.

        Raises:
            KeyConflict: Something else was asked for under that key.
        """
        repeat = self.found.get(key)
        if repeat is None:
            known = self.writer.find_request(key)
            if not known:
                return None
            if known[0][0].recorded_at == self.writer.recorded_at:
                same = (one for one, its in known if its == digest and not whole)
                return next(map(again, same), None)
            repeat = self.found[key] = _Repeat(key, known)
        return again(repeat.whole(digest) if whole else repeat.next(event, digest))

    def finish(self) -> Iterator[KeyConflict]:
        """Yield a conflict for each request of which only a part was asked again."""
        for repeat in self.found.values():
            try:
                repeat.finish()
            except KeyConflict as problem:
                yield problem


@define
class Keyless:
    """
    Lines of one bulk file that have no key.

    Each is known by its content and its ordinal among equal lines of the file: the
    second of two equal lines is there already if the ledger has two of them.

    Attributes:
        again: All of them are new, whatever was there.

        left: By stream and content: versions of what was there before this file, and
            was not met in it yet.

        seen: By stream: the version through which *left* speaks of it.
    """

    log: SqliteLog
    again: bool = False
    left: dict[str, dict[str, list[int]]] = field(factory=dict)
    seen: dict[str, int] = field(factory=dict)

    def find(self, stream: str, version: int, digest: str) -> RecordedEvent | None:
        """
        Return what is there already of a line; ``None`` if it is new.

        Args:
            version: Of its stream, as it is now.
        """
        if self.again:
            return None
        seen = self.seen.get(stream, 0)
        if seen != version:
            kept = self.left.setdefault(stream, {})
            for its, at in self.log.keyless(stream, seen):
                kept.setdefault(its, []).append(at)
            self.seen[stream] = version
        left = self.left.get(stream)
        versions = left.get(digest) if left else None
        if not versions:
            return None
        return again(self.log.at_version(stream, versions.pop(0)))

    def added(self, stream: str, version: int) -> None:
        """Take note of what this file has added to a stream."""
        self.seen[stream] = version


@define
class Undone:
    """
    What was there already of a file, and was reversed or retracted since.

    Attributes:
        found: What is said of each.
    """

    log: SqliteLog
    found: list[str] = field(factory=list)
    streams: dict[str, dict[str, RecordedEvent]] = field(factory=dict)

    def look_at(self, recorded: RecordedEvent) -> None:
        """Say so if an event does not stand any more."""
        event = recorded.event
        if isinstance(event, Disbursed):
            name = voucher_identity(event.voucher)
        elif isinstance(event, ResultReported):
            name = recorded.id
        else:
            return
        undone = self.streams.get(recorded.stream)
        if undone is None:
            undone = self.streams[recorded.stream] = {
                _undoes(each): each for each in self.log.undone(recorded.stream)
            }
        by = undone.get(name)
        if by is not None and by.recorded_at > recorded.recorded_at:
            how = "reversed" if isinstance(event, Disbursed) else "retracted"
            self.found.append(
                f"{recorded.type} of {recorded.stream}, recorded at position "
                f"{recorded.position}, was {how} since at position {by.position}"
            )


def _undoes(recorded: RecordedEvent) -> str:
    """Return the voucher or the id that a reversal or a retraction names."""
    event: Any = recorded.event
    if isinstance(event, ResultRetracted):
        return event.of
    return voucher_identity(event.of)


def again(recorded: RecordedEvent) -> AlreadyRecorded:
    """Return the same event, marked as there before it was asked for."""
    return AlreadyRecorded(
        *(getattr(recorded, name) for name in RecordedEvent.__struct_fields__)
    )


def _differing(asked: Event, stored: Event) -> str:
    """Return the field in which what is asked for differs from what is stored."""
    kind = type(asked)
    if kind is not type(stored):
        return "type"
    names: list[str] = [
        a.name
        for a in attrs.fields(kind)
        if a.name != "note" and getattr(asked, a.name) != getattr(stored, a.name)
    ]
    filled = _FILLED_IN.get(kind, frozenset({"indicator"}))
    firm = [name for name in names if name not in filled]
    return [*firm, *names, "request"][0]

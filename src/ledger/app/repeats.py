"""Finds what was asked before: requests by key, lines of files by their content."""

from collections.abc import Iterator

from attrs import define, field

from ledger.app.differing_fields import differing_field
from ledger.domain.catalogue import (
    UNDONE_BY,
    document_of,
    undone_id,
    undone_voucher,
)
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import KeyConflict
from ledger.domain.events import (
    Event,
)
from ledger.domain.identity import voucher_identity
from ledger.domain.subject import Stream, Subject
from ledger.messages import Message, message
from ledger.store.protocol import EventStore, Writer
from ledger.store.request_digest import waited
from ledger.store.stored_event import AlreadyRecorded


@define
class _Repeat:
    """
    A request that an earlier append has recorded.

    Attributes:
        events: Each with the digest of what was asked. Those that waited for others
            were recorded last, and their digests tell their places.

        at: How many of *events* were asked for again in their order.

        met: Those asked for again so far, by digest.

        by_digest: All of them, by the digest that is kept of each.

        late: Digests, as they are kept, of those met that had waited.

        others: How many were refused: they stand in the place of one each.
    """

    key: str
    events: list[tuple[RecordedEvent, str | None]]
    at: int = 0
    met: dict[str | None, RecordedEvent] = field(factory=dict)
    by_digest: dict[str | None, RecordedEvent] = field(factory=dict)
    late: set[str | None] = field(factory=set)
    others: int = 0

    def __attrs_post_init__(self) -> None:
        self.by_digest = {digest: each for each, digest in self.events}

    def next(self, event: Event, digest: str) -> RecordedEvent:
        """
        Return the recorded event that *event* asks for again.

        Raises:
            KeyConflict: It is not the next one of the request.
        """
        if digest in self.met:
            return self.met[digest]
        while self.at < len(self.events) and self.events[self.at][1] in self.late:
            self.at += 1
        if self.at < len(self.events) and self.events[self.at][1] == digest:
            known = self.events[self.at][0]
            self.at += 1
        else:
            its = waited(digest, len(self.met))
            if its not in self.by_digest:
                raise self._other(event)
            known = self.by_digest[its]
            self.late.add(its)
        self.met[digest] = known
        return known

    def whole(self, digest: str) -> RecordedEvent:
        """
        Return its first event, for a request that is more than its events.

        Raises:
            KeyConflict: Another was asked for.
        """
        if self.events[0][1] != digest:
            raise self._conflict("request")
        self.met = {each.id: each for each, _ in self.events}
        return self.events[0][0]

    def finish(self) -> None:
        """
        Check that what was asked again is the whole request.

        Raises:
            KeyConflict: Only a part of it was.
        """
        if len(self.met) + self.others < len(self.events):
            raise self._conflict("events")

    def _other(self, event: Event) -> KeyConflict:
        """Return the conflict of an event that the request has not, or not here."""
        left, self.others = self._left(), self.others + 1
        if not left:
            return self._conflict("events")
        alike = [each for each in left if type(each.event) is type(event)]
        known = [*alike, *left][0]
        kept = {each.position: digest for each, digest in self.events}
        places = len(self.events)
        field = differing_field(event, known, kept[known.position], places)
        return self._conflict(field)

    def _left(self) -> list[RecordedEvent]:
        """Return the events that were not asked for again so far."""
        met = {each.position for each in self.met.values()}
        return [each for each, _ in self.events if each.position not in met]

    def _conflict(self, name: str) -> KeyConflict:
        known = [*self._left(), self.events[-1][0]][0]
        words = Subject.of(known.stream).words
        return KeyConflict(words, self.key, name, known.position)


@define
class Repeats:
    """
    The requests of one append that an earlier one has recorded, by key.

    Attributes:
        waiting: Of the new ones: places of the events that wait, by key and digest.
    """

    writer: Writer
    found: dict[str, _Repeat] = field(factory=dict)
    waiting: dict[str, dict[str, int]] = field(factory=dict)

    def wait(self, key: str, digest: str) -> None:
        """Take note of the place that an event which has to wait has in its request."""
        places = self.waiting.setdefault(key, {})
        if digest not in places:
            places[digest] = len(self.writer.find_request(key)) + len(places)

    def digest(self, key: str, digest: str) -> str:
        """Return what is kept of an event's digest: with its place, if it waited."""
        place = self.waiting.get(key, {}).get(digest)
        return digest if place is None else waited(digest, place)

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
                alike = () if whole else (digest, self.digest(key, digest))
                same = (one for one, its in known if its in alike)
                return next(map(AlreadyRecorded.of, same), None)
            repeat = self.found[key] = _Repeat(key, known)
        found = repeat.whole(digest) if whole else repeat.next(event, digest)
        return AlreadyRecorded.of(found)

    def finish(self) -> Iterator[KeyConflict]:
        """Yield a conflict for each request of which only a part was asked again."""
        for repeat in self.found.values():
            try:
                repeat.finish()
            except KeyConflict as problem:
                yield problem


@define
class KeylessLines:
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

    log: EventStore
    again: bool = False
    left: dict[str, dict[str, list[int]]] = field(factory=dict)
    seen: dict[str, int] = field(factory=dict)

    def find(self, stream: Stream, version: int, digest: str) -> RecordedEvent | None:
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
        return AlreadyRecorded.of(self.log.at_version(stream, versions.pop(0)))

    def added(self, stream: Stream, version: int) -> None:
        """Note what this file has added to a stream."""
        if self.seen.get(stream, 0) == version - 1:
            self.seen[stream] = version  # Else what was there is still to be looked at.


@define
class Undone:
    """
    What was there already of a file, and was reversed or retracted since.

    Attributes:
        found: Findings about each.
    """

    log: EventStore
    found: list[Message] = field(factory=list)
    streams: dict[Stream, dict[str, RecordedEvent]] = field(factory=dict)

    def look_at(self, recorded: RecordedEvent) -> None:
        """Say so if an event does not stand any more."""
        event = recorded.event
        undoing = UNDONE_BY.get(type(event))
        if undoing is None:
            return
        name = recorded.id
        if undoing.by_voucher:
            name = voucher_identity(document_of(event) or "")
        undone = self.streams.get(recorded.stream)
        if undone is None:
            undone = self.streams[recorded.stream] = {
                _undoes(each): each for each in self.log.undone(recorded.stream)
            }
        by = undone.get(name)
        if by is not None and by.recorded_at > recorded.recorded_at:
            self.found.append(
                message(
                    f"line.{undoing.verb}_since",
                    type=Message(f"event.{recorded.type}"),
                    stream=Subject.of(recorded.stream).words,
                    position=recorded.position,
                    by=by.position,
                )
            )


def _undoes(recorded: RecordedEvent) -> str:
    """Return the voucher or the id that a reversal or a retraction names."""
    event = recorded.event
    return undone_id(event) or voucher_identity(undone_voucher(event) or "")

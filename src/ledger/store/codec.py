"""Events as stored payloads and back: the table of types and the upcasters."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import repeat, starmap
from typing import Any, Final

import msgspec

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput, LogCorrupted, said_by
from ledger.domain.events import Event
from ledger.domain.streams import stream_in
from ledger.domain.subject import Stream, Subject, SubjectKind
from ledger.messages import Message, found_by, message, words_of
from ledger.store.line import UNREADABLE, Row
from ledger.store.payload_shapes import outside_payload, payload_shape
from ledger.store.sparse_fields import absent_fields
from ledger.store.stored_event import StoredEvent
from ledger.store.stored_texts import (
    FlatValues,
    Kinds,
    are_flat,
    are_plain_texts,
    check_texts,
)

BareRow = tuple[int, int, bytes, int, bytes, bytes]
"""What a fold needs of an event: version, position, type, schema, on and payload; texts
as they are stored."""

Encoded = tuple[str, int, bytes]
"""A stored type name, its schema, and a payload."""

Payload = dict[str, Any]
Upcaster = Callable[[Payload], Payload]

EVENT_TYPES: Final[Mapping[str, type[Event]]] = {
    row.name: row.event for row in CATALOGUE
}
"""Event classes by the name of the type as it is stored."""

UPCASTERS: Final[Mapping[tuple[str, int], Upcaster]] = {}
"""(type, schema) → the function that turns its payload into the next schema's."""

_MOST_STARTS: Final = 10_000


class Codec:
    """
    Turns events into payloads and back, older payloads included.

    Args:
        types: Stored type name → event class of the newest schema.

        upcasters: (type, schema) → function from that payload to the next schema's.
            The newest schema of a type is one above its highest upcaster.
    """

    def __init__(
        self,
        types: Mapping[str, type[Any]] = EVENT_TYPES,
        upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
    ) -> None:
        self.types = types
        self.upcasters = upcasters
        self.schemas = {
            name: 1 + max((s for n, s in upcasters if n == name), default=0)
            for name in types
        }
        self._encoders = {
            cls: (
                name,
                self.schemas[name],
                *payload_shape(cls),
                dict[Kinds, FlatValues](),
            )
            for name, cls in types.items()
        }
        self._decoders: dict[str, tuple[int, Callable[[bytes], Event], bool, bytes]] = {
            name: (
                self.schemas[name],
                msgspec.json.Decoder(cls).decode,
                {"project", "unit"} <= outside_payload(cls),
                b'",' + absent_fields(cls),
            )
            for name, cls in types.items()
        }
        self._bare = {
            name.encode(): (name, *decoder) for name, decoder in self._decoders.items()
        }
        self._starts: dict[str, tuple[bytes, bytes]] = {}

    def encode(self, event: Event) -> Encoded:
        """
        Return the type name, the schema and the payload of *event*.

        Raises:
            InvalidInput: A text has a character that no fact may hold, or a value is of
                another type than its field.
        """
        name, schema, make, values, encode, shapes = self._encoders[type(event)]
        found = values(event)
        shape = shapes.get((*map(type, found),))
        if shape is None or not shape.are_sound([*zip(found, strict=True)]):
            return self._encoded_by_itself(event)
        return name, schema, encode(make(*found))

    def all_encoded(self, events: Iterable[Event]) -> dict[int, Encoded]:
        """
        Return what :meth:`encode` does of each of events, by its id, in less time.

        What is not there is to be looked at by itself, by that method.
        """
        alike: defaultdict[type, list[Event]] = defaultdict(list)
        for event in events:
            alike[type(event)].append(event)
        encoded: dict[int, Encoded] = {}
        for kind, some in alike.items():
            if kind not in self._encoders:
                continue
            name, schema, make, values, encode, shapes = self._encoders[kind]
            columns = [*zip(*map(values, some), strict=True)]
            types = [*zip(*(map(type, column) for column in columns), strict=True)]
            for strange in set(types) - shapes.keys():
                self._learn(some[types.index(strange)])
            shape = FlatValues.of_any(shapes, set(types))
            if shape is not None and shape.are_sound(columns):
                payloads = map(encode, map(make, *columns))
                rows = zip(repeat(name), repeat(schema), payloads)
                encoded.update(zip(map(id, some), rows, strict=False))
        return encoded

    def _learn(self, event: Event) -> None:
        """Look once at an event whose values are of types not seen so far."""
        _, _, _, values, _, _ = self._encoders[type(event)]
        if are_flat(values(event)):
            with suppress(InvalidInput):  # It is refused in its turn.
                self._encoded_by_itself(event)

    def _encoded_by_itself(self, event: Event) -> Encoded:
        """Encode an event whose values are of types not seen so far, or not sound."""
        name, schema, make, values, encode, shapes = self._encoders[type(event)]
        found = values(event)
        try:
            payload = encode(make(*found))
        except (UnicodeEncodeError, TypeError) as problem:
            right = message("expected.storable_values")
            raise InvalidInput(_word(name), found_by(problem), right) from problem
        self._check_readable(event, name, schema, payload)
        if not are_plain_texts([payload]):
            check_texts(event)
        if are_flat(found):
            shapes[(*map(type, found),)] = FlatValues.of(found)
        return name, schema, payload

    def spelled(self, event: Event) -> bytes:
        """Return the one canonical payload of an event that was read."""
        return self.all_spelled((event,))[0]

    def _check_readable(
        self, event: Event, name: str, schema: int, payload: bytes
    ) -> None:
        """
        Check that an event is read back as it is.

        Raises:
            InvalidInput: A value is not of its field's type.
        """
        right = message("expected.values_of_fields")
        try:
            on = event.on.isoformat()
            stream = stream_in(event, event.on.year)  # No field has the year.
            nobody = None, None, None
            row = Row(0, stream, 0, "", name, schema, on, "", "", *nobody, payload)
            again = self.recorded(row).event
        except LogCorrupted as problem:
            cause = problem.__cause__
            said = problem.message if cause is None else words_of(cause)
            raise InvalidInput(_word(name), said, right) from problem
        if again != event:
            raise InvalidInput(_word(name), event, right)

    def recorded(self, row: Row) -> StoredEvent:
        """
        Return the event in a stored row, upcast to the newest schema.

        Raises:
            LogCorrupted: The type or the schema is unknown, or the payload does not
                fit it.
        """
        return self.all_recorded([(value,) for value in row])[0]

    def all_recorded(self, columns: Sequence[Sequence[Any]]) -> list[StoredEvent]:
        """
        Return the events in stored rows, upcast to the newest schemas.

        Args:
            columns: Of the rows, in the order of :class:`ledger.store.line.Row`.

        Raises:
            LogCorrupted: As :meth:`recorded`, of the first that is wrong.
        """
        decoders, known, join = self._decoders, self._starts, b"".join
        positions, streams, versions, ids, types, schemas, *rest = columns
        days, instants, actors, keys, causes, _, payloads = rest
        events: list[Event] = []
        stream, name, schema = Stream(""), "", 0
        read = zip(streams, types, schemas, days, payloads, strict=True)
        try:
            for stream, name, schema, on, payload in read:
                newest, decode, optional, absent = decoders[name]
                start = (known.get(stream) or self._start(stream))[optional]
                whole = join((start, on.encode(), absent, payload[1:]))
                events.append(
                    decode(whole)
                    if schema == newest
                    else self._upcast(name, schema, whole)
                )
        except UNREADABLE as problem:
            raise _unreadable(stream, name, schema, problem) from problem
        on_days = [event.on for event in events]
        around = positions, streams, versions, ids, types, schemas, on_days
        return [*map(StoredEvent, *around, instants, actors, keys, causes, events)]

    def all_spelled(self, events: Iterable[Event]) -> list[bytes]:
        """Return the one canonical payload of each of events that were read."""
        encoders = self._encoders
        spelled: list[bytes] = []
        for event in events:
            _, _, make, values, encode, _ = encoders[type(event)]
            spelled.append(encode(make(*values(event))))
        return spelled

    def are_spelled(self, events: Sequence[Event], payloads: Sequence[bytes]) -> bool:
        """
        Return whether payloads are the canonical ones of the events read from them.

        What is one JSON object each is compared in one text by type: no other end of
        one and start of the next make the same.
        """
        alike: defaultdict[type, tuple[list[Event], list[bytes]]]
        alike = defaultdict(lambda: ([], []))
        for event, payload in zip(events, payloads, strict=True):
            some, own = alike[type(event)]
            some.append(event)
            own.append(payload)
        for kind, (some, own) in alike.items():
            _, _, make, values, encode, _ = self._encoders[kind]
            made = [*starmap(make, map(values, some))]
            if encode(made) != b"[%b]" % b",".join(own):
                return False
        return True

    def bare(self, stream: Stream, rows: Iterable[BareRow]) -> list[RecordedEvent]:
        """
        Return the events in rows of one stream, without what only an audit asks for.

        The fields ``id``, ``recorded_at`` and ``actor`` are empty.

        Raises:
            LogCorrupted: As :meth:`recorded`.
        """
        starts = self._starts.get(stream) or self._start(stream)
        bare, join = self._bare, b"".join
        made: list[RecordedEvent] = []
        kind, schema = b"", 0
        try:
            for version, position, kind, schema, on, payload in rows:
                name, newest, decode, optional, absent = bare[kind]
                whole = join((starts[optional], on, absent, payload[1:]))
                event = (
                    decode(whole)
                    if schema == newest
                    else self._upcast(name, schema, whole)
                )
                # By place: names would cost as much as the event.
                made.append(
                    StoredEvent(
                        position,
                        stream,
                        version,
                        "",
                        name,
                        schema,
                        event.on,
                        "",
                        "",
                        None,
                        None,
                        event,
                    )
                )
        except UNREADABLE as problem:
            found = (kind or b"nothing").decode(errors="replace")
            raise _unreadable(stream, found, schema, problem) from problem
        return made

    def _start(self, stream: Stream) -> tuple[bytes, bytes]:
        """
        Return how the JSON of an event in *stream* starts.

        The second is for events of projects and of units: it says that they have not
        the other, since a decoder is slow to find out by itself.

        Raises:
            LogCorrupted: It is no stream: its events would have no project or unit.
        """
        try:
            subject = Subject.of(stream)
        except InvalidInput as problem:
            raise LogCorrupted(
                message("error.corrupted.stream", stream=stream)
            ) from problem
        if subject.kind is SubjectKind.LEDGER:
            return b'{"on":"', b'{"on":"'
        own = b'"%b":"%b",' % (subject.kind.value.encode(), subject.code.encode())
        if subject.kind is SubjectKind.PROJECT:
            both = own + b'"unit":null,'
        else:
            both = b'"project":null,' + own
        start = b'{%b"on":"' % own, b'{%b"on":"' % both
        if len(self._starts) < _MOST_STARTS:
            self._starts[stream] = start
        return start

    def _upcast(self, name: str, schema: int, whole: bytes) -> Event:
        """Return the event of an older schema whose JSON is *whole*."""
        newest = self.schemas[name]
        if not 1 <= schema < newest:
            raise LogCorrupted(
                message(
                    "error.corrupted.schema", name=name, schema=schema, newest=newest
                )
            )
        payload: Payload = msgspec.json.decode(whole)
        for older in range(schema, newest):
            payload = self.upcasters[name, older](payload)
        event: Event = msgspec.convert(payload, self.types[name])
        return event


def _word(name: str) -> Message:
    """Return what readers call an event of a type."""
    return message(f"event.{name}")


def _unreadable(
    stream: Stream, name: str, schema: int, problem: Exception
) -> LogCorrupted:
    code, why = "error.corrupted.unreadable_event", said_by(problem)
    return LogCorrupted(
        message(code, stream=stream, name=name, schema=schema, problem=why)
    )


@cache
def codec() -> Codec:
    """Return the shared codec of all event types."""
    return Codec()

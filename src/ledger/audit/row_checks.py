"""Checks the rows of a stream: that each is as a writer would have written it."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import ge, lt
from typing import Any

from attrs import define, field

from ledger.audit.protocol import Check, Protocol
from ledger.domain.envelope import RecordedEvent
from ledger.domain.envelope_names import are_names
from ledger.domain.errors import InvalidInput, LogCorrupted
from ledger.domain.events import Event
from ledger.domain.settings import Settings
from ledger.domain.streams import YEAR_STATED, stream_of
from ledger.domain.subject import Stream, year_of
from ledger.messages import Message, Value, message, quoted
from ledger.store.codec import Codec
from ledger.store.envelope_checks import is_day, is_stream, spelled_date
from ledger.store.line import LONGEST_LINE, Row, as_row, line, lines
from ledger.store.merkle import leaf_hash, leaf_hashes
from ledger.store.request_digest import DIGEST
from ledger.store.stored_texts import are_plain_texts, check_texts

RowValues = tuple[Any, ...]
"""What many rows have in one column, or one row in all."""


@define
class RowChecks:
    """
    The rows of one stream, as they come.

    What is asked of each is asked of many at once, and row by row only where something
    is wrong: that takes half of the time.

    Attributes:
        through: The position through which snapshots are stored.

        version, position: Of the last row.

        saved: The last version up to *through*.

        ahead: Whether a day of the last rows taken may be that of its recording or
            later.
    """

    codec: Codec
    settings: Settings
    protocol: Protocol
    stream: Stream
    through: int
    version: int = 0
    position: int = 0
    saved: int = 0
    ahead: bool = False
    named: bool = field(init=False)
    days: tuple[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.named = is_stream(self.stream)
        year = year_of(self.stream) if self.named else None
        days = None if year is None else self.settings.year(year)
        self.days = ("", "") if days is None else (str(days.start), str(days.end))

    def take(self, stored: Sequence[RowValues]) -> list[RecordedEvent | None]:
        """
        Check some more rows; return their events, ``None`` for one that is unreadable.

        Args:
            stored: The columns of the rows, and their leaves.
        """
        *columns, leaves = stored
        positions, _, versions, _, _, _, days, instants, actors, *rest = columns
        keys, causes, requests, payloads = rest
        if not _are_lines(columns, leaves):
            self._check_lines(_rows(columns), leaves)
        self._check_order(positions, versions)
        if {*requests, *keys} != {None}:
            self._check_requests(_rows(columns))
        if not (are_names({*actors}) and are_names({*keys, *causes} - {None})):
            self._check_names(_rows(columns))
        events = self._decoded(columns)
        sound = self._are_as_written(events, days, payloads)
        if not sound:
            self._check_payloads(_rows(columns), events)
        self.ahead = not sound or any(map(ge, days, instants))
        return events

    def _check_lines(self, rows: Sequence[Row], leaves: RowValues) -> None:
        for row, leaf in zip(rows, leaves, strict=True):
            try:
                raw = line(row)
            except LogCorrupted:
                raw = b""
            if leaf_hash(raw) != leaf:
                self._fault(Check.LINES, message("fault.line"), row.position)
            if len(raw) > LONGEST_LINE:
                long = message("fault.long_line", size=len(raw))
                self._fault(Check.LINES, long, row.position)

    def _check_order(self, positions: RowValues, versions: RowValues) -> None:
        first = self.version + 1
        due = tuple(range(first, first + len(versions)))
        if versions == due and all(map(lt, (self.position, *positions), positions)):
            self.position, self.version = positions[-1], versions[-1]
            upto = bisect_right(positions, self.through)
            self.saved = versions[upto - 1] if upto else self.saved
            return
        for position, version in zip(positions, versions, strict=True):
            if version != self.version + 1 or position <= self.position:
                said = message(
                    "fault.version",
                    version=version,
                    before=self.position,
                    expected=self.version + 1,
                )
                self._fault(Check.ORDER, said, position)
            self.position, self.version = position, version
            if position <= self.through:
                self.saved = version

    def _check_requests(self, rows: Sequence[Row]) -> None:
        """Check that an event that was asked for with a key has the digest of that."""
        for row in rows:
            asked, digest = row.key is not None, row.request
            if (asked or digest is not None) and not _is_digest(digest):
                said = message("fault.request", digest=str(digest))
                self._fault(Check.ORDER, said, row.position)

    def _check_names(self, rows: Sequence[Row]) -> None:
        """Check that actors, keys and causes may be recorded."""
        for name in ("actor", "key", "cause"):
            for row in rows:
                value = getattr(row, name)
                if not are_names([value]) and (value is not None or name == "actor"):
                    said = message(f"fault.{name}", value=_quoted(value))
                    self._fault(Check.EVENTS, said, row.position)

    def _decoded(self, columns: Sequence[RowValues]) -> list[RecordedEvent | None]:
        """Return the events in rows; ``None`` for one that cannot be read."""
        positions, _, *rest = columns
        streams = (self.stream,) * len(positions)  # One text is hashed once.
        try:
            return [*self.codec.all_recorded((positions, streams, *rest))]
        except LogCorrupted:
            decoded: list[RecordedEvent | None] = []
        for row in _rows(columns):
            try:
                decoded.append(self.codec.recorded(row))
            except LogCorrupted as problem:
                self._fault(Check.EVENTS, problem.message, row.position)
                decoded.append(None)
        return decoded

    def _are_as_written(
        self,
        recorded: Sequence[RecordedEvent | None],
        days: RowValues,
        payloads: RowValues,
    ) -> bool:
        """Return whether nothing is wrong with what any of them says."""
        events = [each.event for each in recorded if each is not None]
        if len(events) < len(recorded):
            return False
        first, last = self.days
        distinct = {*days}
        return (
            first <= min(distinct)
            and max(distinct) <= last
            and all(map(is_day, distinct))  # So each is the day that was read.
            and self.codec.are_spelled(events, payloads)
            and are_plain_texts(payloads)
            and self._are_own([e for e in events if type(e) in YEAR_STATED])
        )

    def _are_own(self, events: Sequence[Event]) -> bool:
        try:
            return all(map(self._is_own, events))
        except InvalidInput:
            return False

    def _check_payloads(
        self, rows: Sequence[Row], events: Sequence[RecordedEvent | None]
    ) -> None:
        for recorded, row in zip(events, rows, strict=True):
            if recorded is None:
                continue
            event, spelled = recorded.event, self.codec.spelled
            current = row.schema == self.codec.schemas[row.type]
            if current and row.payload != spelled(event):
                self._fault(Check.EVENTS, message("fault.spelling"), row.position)
            if not are_plain_texts([row.payload]):
                self._check_texts(event, row)
            if row.on != spelled_date(event.on) or not self._is_own(event):
                said = message(
                    "fault.date_and_stream",
                    on=_quoted(row.on),
                    stream=_quoted(self.stream),
                    right=quoted(event.on.isoformat()),
                    its=quoted(stream_of(event, self.settings)),
                )
                self._fault(Check.EVENTS, said, row.position)

    def _is_own(self, event: Event) -> bool:
        """Check whether an event belongs to the stream; most do, by their days."""
        return self.named and stream_of(event, self.settings) == self.stream

    def _check_texts(self, event: Event, row: Row) -> None:
        try:
            check_texts(event)
        except InvalidInput as problem:
            said = message("fault.text", problem=problem.message)
            self._fault(Check.EVENTS, said, row.position)

    def _fault(self, check: Check, what: Message | str, position: int) -> None:
        self.protocol.fault(check, what, position=position, place=self.stream)


def _rows(columns: Sequence[RowValues]) -> list[Row]:
    return list(map(as_row, zip(*columns, strict=True)))


def _are_lines(columns: Sequence[RowValues], leaves: RowValues) -> bool:
    """Return whether each row's line hashes to its leaf, and none is too long."""
    try:
        raw = lines(columns)
    except LogCorrupted:
        return False
    return leaves == tuple(leaf_hashes(raw)) and max(map(len, raw)) <= LONGEST_LINE


def _is_digest(found: object) -> bool:
    return type(found) is str and DIGEST(found) is not None


def _quoted(found: object) -> Value:
    """Return a value of any type, a text in quotation marks."""
    return quoted(found) if isinstance(found, str) else repr(found)

"""What an append has written of each stream so far."""

from attrs import define, field

from ledger.domain.events import Event
from ledger.domain.subject import Stream
from ledger.store.protocol import EventStore, Writer


@define
class Written:
    """
    The events of one append, by stream; they are read again when somebody asks.

    Attributes:
        before: The version of each stream before its first event of this append.
    """

    before: dict[Stream, int] = field(factory=dict)

    def events(self, stream: Stream, writer: Writer, log: EventStore) -> list[Event]:
        """Return what was written to a stream, in order."""
        before = self.before.get(stream)
        if before is None:
            return []
        writer.flush()
        return [each.event for each in log.read_stream(stream, after_version=before)]

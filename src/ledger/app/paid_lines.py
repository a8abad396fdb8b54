"""Payments that are recorded already, however they came, by voucher and amount."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import define, field

from ledger.domain.errors import LedgerError
from ledger.domain.events import Disbursed
from ledger.domain.funding import ONLY_SOURCE
from ledger.domain.identity import voucher_identity
from ledger.domain.streams import stream_of
from ledger.domain.subject import Stream
from ledger.intake.requests import Problem, Request
from ledger.store.protocol import EventStore

_Line = tuple[str, date, int]


@define
class PaidLines:
    """
    Leaves out rows of payments that the log has.

    Attributes:
        count: How many were left out.
    """

    log: EventStore
    count: int = 0
    _paid: dict[Stream, dict[_Line, set[str]]] = field(factory=dict)

    def others(
        self, requests: Iterable[Request | Problem]
    ) -> Iterator[Request | Problem]:
        """Yield what is no payment, or none that was recorded before."""
        for line in requests:
            if isinstance(line, Request) and self._is_recorded(line):
                self.count += 1
            else:
                yield line

    def _is_recorded(self, request: Request) -> bool:
        event = request.event
        if not isinstance(event, Disbursed):
            return False
        try:
            stream = stream_of(event, self.log.settings)
        except LedgerError:
            return False  # It is refused for that.
        sources = self._of(stream).get(_line(event), set())
        return event.source in sources or (
            event.source == ONLY_SOURCE and bool(sources)
        )

    def _of(self, stream: Stream) -> dict[_Line, set[str]]:
        """Return the sources of the payments of a project-year, by what they are."""
        known = self._paid.get(stream)
        if known is None:
            known = self._paid[stream] = {}
            for recorded in self.log.read_stream(stream):
                if isinstance(recorded.event, Disbursed):
                    line = _line(recorded.event)
                    known.setdefault(line, set()).add(recorded.event.source)
        return known


def _line(event: Disbursed) -> _Line:
    return voucher_identity(event.voucher), event.on, event.amount

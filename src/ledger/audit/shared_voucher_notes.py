"""Notes of vouchers that two projects of a unit share."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from attrs import define

from ledger.audit.protocol import NONSENSE, Protocol
from ledger.domain.budget import Budget
from ledger.domain.finding import Finding
from ledger.domain.subject import SubjectKind, year_of
from ledger.projections.shared_vouchers import shared_vouchers
from ledger.store.protocol import EventStore
from ledger.store.state.packed import MONEY
from ledger.store.state.snapshot_reader import MoneyState, made_of_each


@define
class SharedVoucherNotes:
    """
    What spans streams and is no fault, looked for while a second process is at work.

    Attributes:
        found: ``None`` where it is not known yet.
    """

    log: EventStore
    found: list[Finding] | None = None

    def look(self) -> None:
        """Find all of it, if the log can be read."""
        with suppress(*NONSENSE):
            self.found = list(self._each())

    def note(self, protocol: Protocol) -> None:
        """Note what was found, where the streams could be folded."""
        if not protocol.wrong:
            for note in self._each() if self.found is None else self.found:
                protocol.note(note)

    def _each(self) -> Iterator[Finding]:
        log = self.log
        streams, position = log.streams(SubjectKind.PROJECT), log.head().size
        for year in sorted({year_of(stream) or 0 for stream in streams}):
            budgets = made_of_each(log, position, year, _money, MONEY)
            yield from shared_vouchers(budgets, date.max, log.settings)


def _money(states: Sequence[MoneyState]) -> list[Budget]:
    return [budget for _, budget in states]

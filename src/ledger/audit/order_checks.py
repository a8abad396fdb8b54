"""Positions, instants and ids of a log in their order."""

from collections.abc import Sequence
from operator import le, lt

from attrs import define

from ledger.audit.protocol import NONSENSE, Check, Protocol
from ledger.messages import message
from ledger.store.envelope_checks import are_ids, is_instant, last_start


@define
class Order:
    """Positions, instants and ids as they come: each the next, or above the last."""

    protocol: Protocol
    position: int = 0
    latest: str = ""
    last: str = ""

    def take(
        self, positions: tuple[int, ...], instants: Sequence[str], ids: Sequence[str]
    ) -> None:
        """Check some more rows: together, and one by one where something is wrong."""
        try:
            sound = self._is_sound(positions, instants, ids)
        except NONSENSE:
            sound = False
        if not sound:
            for row in zip(positions, instants, ids, strict=True):
                self._check(*row)
        self.position, self.latest, self.last = positions[-1], instants[-1], ids[-1]

    def _is_sound(
        self, positions: tuple[int, ...], instants: Sequence[str], ids: Sequence[str]
    ) -> bool:
        """Return whether nothing is wrong with any of them: a tenth of the time."""
        first = self.position + 1
        distinct = list(dict.fromkeys(instants))
        starts = {each: last_start(each) for each in filter(is_instant, distinct)}
        last_ids = dict(zip(instants, ids, strict=True))  # Where ids rise, the highest.
        return (
            positions == tuple(range(first, first + len(positions)))
            and len(starts) == len(distinct)
            and all(map(le, (self.latest, *instants), instants))
            and are_ids(ids)
            and all(map(lt, (self.last, *ids), ids))
            and all(last_ids[at][:13] <= starts[at] for at in distinct)
        )

    def _check(self, position: int, recorded_at: str, event_id: str) -> None:
        """Say what is wrong with a row."""
        found = []
        if position != self.position + 1:
            said = message("fault.follows", position=position, before=self.position)
            self.protocol.fault(Check.ORDER, said, position=self.position + 1)
        if not is_instant(recorded_at):
            found.append(message("fault.no_instant", at=recorded_at))
        elif recorded_at < self.latest:
            found.append(message("fault.backwards", at=recorded_at, latest=self.latest))
        elif event_id[:13] > last_start(recorded_at):
            found.append(message("fault.id_later", id=event_id, at=recorded_at))
        if not are_ids([event_id]):
            found.append(message("fault.no_id", id=event_id))
        elif event_id <= self.last:
            found.append(message("fault.id_not_above", id=event_id, last=self.last))
        for said in found:
            self.protocol.fault(Check.ORDER, said, position=position)
        self.position, self.latest, self.last = position, recorded_at, event_id

"""Commitments as they are stored: the movements of each as one list of numbers."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

import msgspec

from ledger.domain.catalogue import effects_of
from ledger.domain.commitment import (
    Commitment,
    CommitmentMovement,
    CommitmentStage,
    CommitmentStep,
    ContinuedCommitment,
    commitment_identity,
)
from ledger.domain.commitment_events import (
    CommitmentEntered,
    CommitmentReleased,
    entered,
)
from ledger.domain.events import Disbursed, DisbursementReversed, Event
from ledger.domain.vouchers import movement_of
from ledger.store.state.packed_claims import PackedClaims

_STEPS: Final = tuple(CommitmentStep)
_NUMBERS: Final = {step: number for number, step in enumerate(_STEPS)}

_PLAIN: Final = "plain"
"""Where a commitment has itself as rules ask it, once they did."""

_ROW: Final = "\x1e"
_CELL: Final = "\x1f"
"""No text of an event has these."""


class PackedCommitment(msgspec.Struct, array_like=True, dict=True):
    """
    A stored ``Commitment``, which the fold of its budget changes.

    Attributes:
        start: The ordinal of the day on which it was entered.

        sources: What its movements are of, each once.

        movements: For each the days since the start, the place of its source, minor
            units and the place of its step, one behind the other: numbers are read
            several times faster than rows of them.
    """

    number: str
    stage: CommitmentStage
    start: int
    sources: tuple[str, ...] = ()
    movements: list[int] = []
    ends: tuple[date, ...] = ()
    payee: str | None = None
    document: str | None = None
    due_on: date | None = None
    of: str | None = None
    continues: ContinuedCommitment | None = None

    @classmethod
    def entered(cls, commitment: Commitment) -> "PackedCommitment":
        """Return a commitment before its movements."""
        return cls(
            commitment.number,
            commitment.stage,
            commitment.since.toordinal(),
            payee=commitment.payee,
            document=commitment.document,
            due_on=commitment.due_on,
            of=commitment.of,
            continues=commitment.continues,
        )

    def add(self, on: date, source: str, amount: int, step: CommitmentStep) -> None:
        """Take one more movement of what is open."""
        if source not in self.sources:
            self.sources += (source,)
        day, place = on.toordinal() - self.start, self.sources.index(source)
        self.movements += (day, place, amount, _NUMBERS[step])
        if _PLAIN in self.__dict__:
            moved = CommitmentMovement(on, source, amount, step)
            self.plain.movements.append(moved)

    def end(self, on: date) -> None:
        """Know one more day on which it ended."""
        self.ends += (on,)
        if _PLAIN in self.__dict__:
            self.plain.ends.append(on)

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield each movement as it is stored, in the order of recording."""
        numbers = iter(self.movements)
        return zip(numbers, numbers, numbers, numbers, strict=True)

    @cached_property
    def plain(self) -> Commitment:
        """It as rules ask it: made once, it follows what comes after."""
        start, sources, of_day = self.start, self.sources, date.fromordinal
        return Commitment(
            self.number,
            self.stage,
            of_day(start),
            [
                CommitmentMovement(
                    of_day(start + day), sources[place], amount, _STEPS[step]
                )
                for day, place, amount, step in self.rows()
            ],
            [*self.ends],
            self.payee,
            self.document,
            self.due_on,
            self.of,
            self.continues,
        )


class PlainCommitments(Mapping[str, Commitment]):
    """Stored commitments by identity, each made plain when it is asked for."""

    __slots__ = ("_packed",)

    def __init__(self, packed: Mapping[str, PackedCommitment]) -> None:
        self._packed = packed

    def __getitem__(self, identity: str) -> Commitment:
        return self._packed[identity].plain

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class PackedCommitments(msgspec.Struct, array_like=True, gc=False):
    """
    All that was promised of a project's money, and the fold that is fast.

    Attributes:
        claims: By source, the movements of all commitments once more, as columns.

        liquidations: Rows of a voucher, a source and the commitment of its money, the
            last one of which holds: one text is read faster than many.
    """

    by_identity: dict[str, PackedCommitment] = {}
    claims: dict[str, PackedClaims] = {}
    liquidations: str = ""

    def open_by_source(self, stage: CommitmentStage, through: date) -> dict[str, int]:
        """Return what is open of the commitments of a stage by *through*, by source."""
        sums: dict[str, int] = {}
        last = through.toordinal()
        for each in self.by_identity.values():
            if each.stage is not stage:
                continue
            since, sources = last - each.start, each.sources
            for day, place, amount, _ in each.rows():
                if day <= since:
                    source = sources[place]
                    sums[source] = sums.get(source, 0) + amount
        return {source: amount for source, amount in sums.items() if amount}

    def liquidated(self, voucher: str, source: str) -> str | None:
        """Return the commitment that a voucher's money of a source is of."""
        own = f"{_ROW}{voucher}{_CELL}{source}{_CELL}"
        _, found, rest = self.liquidations.rpartition(own)
        return rest.partition(_ROW)[0] if found else None

    def enter(self, event: CommitmentEntered) -> None:
        """Know one more commitment."""
        identity = commitment_identity(event.commitment)
        self.by_identity[identity] = PackedCommitment.entered(entered(event))
        self.follow(event)

    def release(self, event: CommitmentReleased) -> None:
        """Follow a release; one of all that is open ends the commitment."""
        self.follow(event)
        if not event.amounts:
            self._end(commitment_identity(event.commitment), event.on)

    def follow(self, event: Event, owner: str = "") -> None:
        """
        Follow what an event changes of what is open of commitments.

        Args:
            owner: The source of what it reverses.
        """
        for _, source, amount, number, step in effects_of(event):
            if step is not None:
                identity = commitment_identity(number or "")
                self._claim(identity, event.on, source or owner, amount, step)

    def pay(self, event: Disbursed, identity: str, voucher: str) -> None:
        """Follow a payment on a commitment, and what a final one releases of it."""
        on, source = event.on, event.source
        self._claim(identity, on, source, -event.amount, CommitmentStep.DISBURSED)
        for part in event.released or ():
            step = CommitmentStep.RELEASED
            self._claim(identity, on, part.source, -part.amount, step)
        self._liquidate(voucher, source, identity)
        if event.final:
            self._end(identity, on)

    def liquidate(self, event: Disbursed | DisbursementReversed, source: str) -> None:
        """Know the commitment that a voucher's money is of, and whether it ended."""
        number = event.commitment if isinstance(event, Disbursed) else event.restores
        if number is None:
            return
        identity = commitment_identity(number)
        self._liquidate(movement_of(event, source, 0).liquidation, source, identity)
        if isinstance(event, Disbursed) and event.final:
            self._end(identity, event.on)

    def settle(self, voucher: str) -> None:
        """Know that a voucher is booked again: its money is of no commitment."""
        rows, own = self.liquidations.split(_ROW), f"{voucher}{_CELL}"
        self.liquidations = _ROW.join(row for row in rows if not row.startswith(own))

    def _claim(
        self, identity: str, on: date, source: str, amount: int, step: CommitmentStep
    ) -> None:
        self.by_identity[identity].add(on, source, amount, step)
        claims = self.claims.get(source)
        if claims is None:
            claims = self.claims[source] = PackedClaims()
        claims.add(on, amount)

    def _liquidate(self, voucher: str, source: str, identity: str) -> None:
        self.liquidations += f"{_ROW}{voucher}{_CELL}{source}{_CELL}{identity}"

    def _end(self, identity: str, on: date) -> None:
        self.by_identity[identity].end(on)

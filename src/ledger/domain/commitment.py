"""
Commitments (合同承诺): money promised and not paid yet, and what is open of one.

A commitment is reserved (a purchase is planned) or contracted. What is open of it is
the sum of its movements; each is stored in the fact that made it.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.choices import by_word_only
from ledger.domain.errors import InvalidInput
from ledger.domain.identity import voucher_identity
from ledger.messages import message
from ledger.messages.keyed_enum import KeyedEnum

_YEAR: Final = re.compile(r"[0-9]{4}").fullmatch


@by_word_only
class CommitmentStage(KeyedEnum):
    """How far a commitment has come: 采购计划, then 合同."""

    RESERVED = "reserved"
    CONTRACTED = "contracted"


@by_word_only
class CommitmentAdjustmentKind(KeyedEnum):
    """Which way a commitment was adjusted."""

    INCREASE = "increase"
    DECREASE = "decrease"


@by_word_only
class ReleaseReason(KeyedEnum):
    """Why what was open of a commitment is needed no more."""

    FINISHED = "finished"
    CANCELLED = "cancelled"
    YEAR_END = "year_end"


@all_checked
@frozen(kw_only=True)
class ContinuedCommitment:
    """A commitment of an earlier fiscal year that another one goes on with."""

    commitment: str
    year: int

    @classmethod
    def of(cls, text: str) -> "ContinuedCommitment":
        """
        Return the commitment that a text names by its year and its number.

        >>> ContinuedCommitment.of("2022/HT-101")
        ContinuedCommitment(commitment='HT-101', year=2022)

        Raises:
            InvalidInput: It names none.
        """
        year, separator, number = text.partition("/")
        if not separator or not _YEAR(year.strip()) or not number.strip():
            raise InvalidInput("continues", text, message("expected.continued"))
        return cls(commitment=number.strip(), year=int(year))

    def __str__(self) -> str:
        return f"{self.year}/{self.commitment}"


class CommitmentStep(KeyedEnum):
    """
    What a movement does to what is open of a commitment.

    Attributes:
        RESTORED: A reversal gave back what a disbursement had taken.

        TAKEN_OVER: A contract took it from the reservation.
    """

    ENTERED = "entered"
    INCREASED = "increased"
    DECREASED = "decreased"
    TAKEN_OVER = "taken_over"
    DISBURSED = "disbursed"
    RESTORED = "restored"
    RELEASED = "released"


_OPENING = frozenset({CommitmentStep.ENTERED, CommitmentStep.INCREASED})
_PAID = frozenset({CommitmentStep.DISBURSED, CommitmentStep.RESTORED})


def commitment_identity(number: str) -> str:
    """Return what all spellings of a commitment's number have in common."""
    return voucher_identity(number)


class CommitmentMovement(NamedTuple):
    """
    A signed change of what is open of one source, in minor units.

    Attributes:
        step: A :class:`CommitmentStep`.
    """

    on: date
    source: str
    amount: int
    step: CommitmentStep


class Commitment(NamedTuple):
    """
    A commitment with its movements, at no particular date.

    Attributes:
        number: As it was written when it was entered.

        of: The identity of the reservation that it took over, if any.

        movements: In the order of recording.

        ends: The days of final disbursements and of releases of all, as recorded.
    """

    number: str
    stage: CommitmentStage
    since: date
    movements: list[CommitmentMovement]
    ends: list[date]
    payee: str | None = None
    document: str | None = None
    due_on: date | None = None
    of: str | None = None
    continues: ContinuedCommitment | None = None

    @property
    def sources(self) -> list[str]:
        """The funding sources that it has money of, in order of their names."""
        return sorted({each.source for each in self.movements})

    def open(self, through: date) -> dict[str, int]:
        """Return what is open by *through*, by funding source, where it is not 0."""
        sums: dict[str, int] = {}
        for on, source, amount, _ in self.movements:
            if on <= through:
                sums[source] = sums.get(source, 0) + amount
        return {source: amount for source, amount in sums.items() if amount}

    def overdue(self, through: date) -> dict[str, int]:
        """Return what is open by *through* and was due before, by funding source."""
        if self.due_on is None or self.due_on >= through:
            return {}
        return self.open(through)

    def days_overdue(self, through: date) -> int | None:
        """Return the days since it was due; ``None`` where nothing is overdue."""
        due = self.due_on
        return (through - due).days if due and self.overdue(through) else None

    def amount(self, through: date) -> int:
        """
        Return what it is for by *through*: what is paid and what is open.

        That is what was entered and adjusted, less what was released or taken over.
        """
        return self._sum(through, set(CommitmentStep) - _PAID)

    def taken_over(self, through: date) -> int:
        """Return what contracts took of it by *through*."""
        return -self._sum(through, {CommitmentStep.TAKEN_OVER})

    def disbursed(self, through: date) -> int:
        """Return what was paid on it by *through*, less what came back to it."""
        return -self._sum(through, _PAID)

    def _sum(self, through: date, steps: Iterable[CommitmentStep]) -> int:
        return sum(
            each.amount
            for each in self.movements
            if each.on <= through and each.step in steps
        )

    def least_open(self, source: str, on: date) -> tuple[int, date]:
        """
        Return the least open of *source* at the end of any day from *on*.

        The day is the first on which it is so little.
        """
        balance, later = 0, dict[date, int]()
        for day, owner, amount, _ in self.movements:
            if owner == source and day <= on:
                balance += amount
            elif owner == source:
                later[day] = later.get(day, 0) + amount
        least, first = balance, on
        for day in sorted(later):
            balance += later[day]
            if balance < least:
                least, first = balance, day
        return least, first

    def ended(self, through: date) -> date | None:
        """
        Return the day on which it had ended by *through*; ``None`` where it goes on.

        An increase opens it again from its day, and so does money that is left open.
        """
        ends = [day for day in self.ends if day <= through]
        if not ends or self.open(last := max(ends)):
            return None
        reopened = any(
            last < each.on <= through and each.step in _OPENING
            for each in self.movements
        )
        return None if reopened else last

    def misfit(self) -> date | None:
        """
        Return the first day that does not follow from those before it, if any.

        On it more is taken than is open, or something is taken or given back before
        the commitment was entered or after it ended.
        """
        for day in sorted({each.on for each in self.movements} | set(self.ends)):
            own = [each for each in self.movements if each.on == day]
            moved = any(each.step not in _OPENING for each in own)
            ended = self.ended(day)
            if day < self.since or (moved and ended is not None and ended < day):
                return day
            if any(amount < 0 for amount in self.open(day).values()):
                return day
        return None

    def moved(
        self, *movements: CommitmentMovement, end: date | None = None
    ) -> "Commitment":
        """Return it with more movements, and with one more end."""
        return self._replace(
            movements=[*self.movements, *movements],
            ends=self.ends if end is None else [*self.ends, end],
        )


def committed_on(commitments: Iterable[Commitment]) -> list[date]:
    """Return the days on which what is open of *commitments* moved, or ended."""
    return [
        day
        for commitment in commitments
        for day in (*(each.on for each in commitment.movements), *commitment.ends)
    ]

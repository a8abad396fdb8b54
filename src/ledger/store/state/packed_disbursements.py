"""What left and came back from one funding source, as it is stored: columns."""

from bisect import bisect_right
from datetime import date, timedelta
from typing import Final

import msgspec

from ledger.domain.likenesses import NEAR
from ledger.domain.vouchers import SETTLED, Movement

_NEAR: Final = timedelta(days=NEAR)
_BEFORE: Final = timedelta(days=NEAR + 1)


class PackedDisbursements(msgspec.Struct, array_like=True, gc=False):
    """
    What left (positive) and came back (negative) from one source, as columns by day.

    Attributes:
        start: The ordinal of the day of the first one recorded.

        days: Since then, in order; small numbers are read without making objects.

        amounts: Minor units.

        vouchers: The identity of each between line ends: one text is read faster than
            many.

        reversed: The identity of the voucher that a reversal takes back; where that is
            no disbursement, behind a line end that of the disbursement. ``None`` where
            nothing is taken back.
    """

    start: int = 0
    days: list[int] = []
    amounts: list[int] = []
    vouchers: str = "\n"
    reversed: list[str | None] | None = None

    def add(self, on: date, amount: int, voucher: str, of: str | None = None) -> None:
        """
        Take one more movement, behind those of the same day.

        Args:
            voucher: As :func:`ledger.domain.identity.voucher_identity` gives it.

            of: As it stands in the column of what is reversed.
        """
        days, day = self.days, on.toordinal() - self.start
        length = len(days)
        if not length:
            self.start, day = self.start + day, 0
        place = length if not length or day >= days[-1] else bisect_right(days, day)
        days.insert(place, day)
        self.amounts.insert(place, amount)
        if place == length:
            self.vouchers += f"{voucher}\n"
        else:
            lines = self.vouchers.split("\n")
            lines.insert(place + 1, voucher)
            self.vouchers = "\n".join(lines)
        if of is not None and self.reversed is None:
            self.reversed = [None] * length
        if self.reversed is not None:
            self.reversed.insert(place, of)

    def has(self, voucher: str) -> bool:
        """Return whether a voucher of this identity was used."""
        return f"\n{voucher}\n" in self.vouchers

    def has_near(self, amount: int, on: date) -> bool:
        """Return whether so much moved at once within five days of a day."""
        start, end = self.count(on - _BEFORE), self.count(on + _NEAR)
        return amount in self.amounts[start:end]

    def spent(self, through: date) -> int:
        """Return the amount disbursed by *through*, net of reversals by then."""
        passed = self.count(through)
        whole = passed == len(self.days)
        return sum(self.amounts if whole else self.amounts[:passed])

    def timeline(self) -> tuple[int, list[int], list[int]]:
        """Return the first day's ordinal, and the columns of days and of amounts."""
        return self.start, self.days, self.amounts

    def names(self) -> list[str]:
        """Return the identity of the voucher of each movement, in that order."""
        return self.vouchers.split("\n")[1:-1]

    def count(self, through: date) -> int:
        """Return how many of them are effective by *through*."""
        days, since = self.days, through.toordinal() - self.start
        if not days or days[-1] <= since:
            return len(days)
        return bisect_right(days, since)

    def day(self, place: int) -> date:
        """Return the day of the one at *place*."""
        return date.fromordinal(self.start + self.days[place])

    def movements_of(self, voucher: str, source: str) -> list[Movement]:
        """
        Return what a voucher moved, and all that moved the money of its disbursements.
        """
        vouchers = self.vouchers.split("\n")[1:-1]
        ofs = self.reversed or [None] * len(vouchers)
        rows = list(zip(vouchers, ofs, strict=True))
        paid = {_paid(name, of) for name, of in rows if name == voucher}
        return [
            Movement(self.day(place), source, self.amounts[place], *_named(name, of))
            for place, (name, of) in enumerate(rows)
            if _paid(name, of) in paid
        ]

    def settle(self, voucher: str) -> None:
        """Mark a disbursement and what is of it: it is booked again."""
        if not self.has(voucher):
            return
        done = f"{voucher}{SETTLED}"
        rows = self.vouchers.split("\n")
        self.vouchers = "\n".join(done if each == voucher else each for each in rows)
        if self.reversed is not None:
            self.reversed = [
                "\n".join(done if each == voucher else each for each in of.split("\n"))
                if of is not None and _paid("", of) == voucher
                else of
                for of in self.reversed
            ]


def taken_back(movement: Movement) -> str | None:
    """Return what stands of a movement in the column of what is reversed."""
    of, paid = movement.of, movement.paid
    return of if of is None or of == paid else f"{of}\n{paid}"


def _paid(voucher: str, of: str | None) -> str:
    """Return the disbursement that a row is of, from its columns."""
    return voucher if of is None else of.rpartition("\n")[2]


def _named(voucher: str, of: str | None) -> tuple[str, str, str | None]:
    """Return a voucher, the disbursement that it is of, and what it takes back."""
    return voucher, _paid(voucher, of), of and of.partition("\n")[0]

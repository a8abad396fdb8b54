"""What left and came back from one funding source, as it is stored: columns."""

from bisect import bisect_right
from datetime import date

import msgspec


class PackedDisbursements(msgspec.Struct, array_like=True, gc=False):
    """
    What left (positive) and came back (negative) from one source, as columns by day.

    Attributes:
        start: The ordinal of the day of the first one recorded.

        days: Since then, in order; small numbers are read without making objects.

        amounts: Minor units.

        vouchers: The identity of each between line ends: one text is read faster than
            many.

        reversed: The identity of the voucher that a reversal takes from; ``None``
            where none does.
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
            voucher, of: As :func:`ledger.domain.identity.voucher_identity` gives them.
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

    def spent(self, through: date) -> int:
        """Return the amount disbursed by *through*, net of reversals by then."""
        passed = self.count(through)
        whole = passed == len(self.days)
        return sum(self.amounts if whole else self.amounts[:passed])

    def timeline(self) -> tuple[int, list[int], list[int]]:
        """Return the first day's ordinal, and the columns of days and of amounts."""
        return self.start, self.days, self.amounts

    def count(self, through: date) -> int:
        """Return how many of them are effective by *through*."""
        days, since = self.days, through.toordinal() - self.start
        if not days or days[-1] <= since:
            return len(days)
        return bisect_right(days, since)

    def day(self, place: int) -> date:
        """Return the day of the one at *place*."""
        return date.fromordinal(self.start + self.days[place])

    def movement(self, voucher: str) -> tuple[date, int] | None:
        """Return the day and the amount of a voucher of this identity."""
        if not self.has(voucher):
            return None
        place = self.vouchers.split("\n").index(voucher) - 1
        return self.day(place), self.amounts[place]

    def left_of(self, voucher: str) -> tuple[date, int] | None:
        """
        Return the day of a disbursement and what is not reversed yet of it.
        """
        if not self.has(voucher):
            return None
        place = self.vouchers.split("\n").index(voucher) - 1
        left = self.amounts[place]
        if self.reversed is not None:
            if self.reversed[place] is not None:
                return None
            pairs = zip(self.amounts, self.reversed, strict=True)
            left += sum(amount for amount, of in pairs if of == voucher)
        return self.day(place), left

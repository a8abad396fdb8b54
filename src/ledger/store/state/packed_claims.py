"""What commitments have open of one funding source, as it is stored: columns."""

from datetime import date

import msgspec


class PackedClaims(msgspec.Struct, array_like=True, gc=False):
    """
    What commitments take (positive) and free again (negative), as recorded.

    Attributes:
        start: The ordinal of the day of the first one recorded.

        last: The latest day, since then.

        days: Since then.

        amounts: Minor units.
    """

    start: int = 0
    last: int = 0
    days: list[int] = []
    amounts: list[int] = []

    def add(self, on: date, amount: int) -> None:
        """Take one more movement of what is open."""
        day = on.toordinal() - self.start
        if not self.days:
            self.start, day = self.start + day, 0
        self.last = max(self.last, day)
        self.days.append(day)
        self.amounts.append(amount)

    def open_by_and_after(self, on: date, later: dict[date, int]) -> int:
        """Return what is open by a day; take what comes after from *later*."""
        since = on.toordinal() - self.start
        if self.last <= since:
            return sum(self.amounts)
        total = 0
        for day, amount in zip(self.days, self.amounts, strict=True):
            if day <= since:
                total += amount
            else:
                then = date.fromordinal(self.start + day)
                later[then] = later.get(then, 0) - amount
        return total

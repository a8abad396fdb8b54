"""What amounts are counted in for people."""

from decimal import Decimal
from typing import Final

from ledger.domain.exact_numbers import EXACTLY
from ledger.messages.keyed_enum import KeyedEnum

WAN: Final = 10_000
"""How many of the main unit a 万 is."""


class Scale(KeyedEnum):
    """What reports count money in: the main unit of the currency, or 万 of it."""

    ONE = "1"
    WAN = "10000"

    def of(self, amount: Decimal) -> Decimal:
        """
        Return an amount in the main unit as this scale shows it, exact.

        >>> Scale.WAN.of(Decimal("48600.00"))
        Decimal('4.86')
        """
        return EXACTLY.divide(amount, WAN) if self is Scale.WAN else amount

    def whole(self, shown: Decimal) -> Decimal:
        """
        Return an amount that this scale shows in the main unit.

        >>> Scale.WAN.whole(Decimal("4.86"))
        Decimal('48600.00')
        """
        return EXACTLY.multiply(shown, WAN) if self is Scale.WAN else shown

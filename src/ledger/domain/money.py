"""Exact amounts: decimals in the interface, integer minor units inside."""

import re
from collections.abc import Sequence
from decimal import Decimal, Inexact, Overflow
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ledger.domain.arguments import all_checked, checked
from ledger.domain.derived_fields import derive
from ledger.domain.errors import InvalidAmount, InvalidInput
from ledger.domain.exact_numbers import EXACTLY, LONGEST, PLACES, is_short, rounded
from ledger.messages import Message, message

Amount = Decimal | int | str
"""An amount of money as it is given; never a float."""

_PLAIN = re.compile(r"[+-]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?")
YUAN: Final = "CNY"
"""The currency whose ledgers are in Chinese, and count in 万, unless they say so."""

_SHORTER: Final = message("expected.shorter_number", longest=LONGEST)
_LARGEST = 2**53 - 1  # Integers above it are not exact in every JSON reader.
_SIX_PLACES: Final = 10**PLACES

# ISO 4217, active codes; those that do not have two minor digits come with theirs.
_OTHER_DIGITS: Final = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
_CODES: Final = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN
    BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN
    ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD
    IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
    OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split()
)


def exact(
    amount: Amount, *, field: str = "amount", unit: Message | None = None
) -> Decimal:
    """
    Take *amount* as an exact decimal number.

    Args:
        unit: What it is an amount of, which a refusal names.

    Raises:
        InvalidAmount: A float, a number that is not finite or has more than a hundred
            digits on a side of its point, or text that is not a plain number in ASCII
            digits.

    >>> exact("48_600.00")
    Decimal('48600.00')
    """
    if isinstance(amount, str):
        if not _PLAIN.fullmatch(amount.strip()):
            raise InvalidAmount(field, amount, _right(amount, unit, field))
        number = Decimal(amount.strip())
        if len(amount) > LONGEST and not is_short(number):
            raise InvalidAmount(field, amount, _SHORTER)
        return number
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int):
        raise InvalidAmount(field, amount, message("expected.exact_amount"))
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise InvalidAmount(field, amount, message("expected.finite_number"))
    number = Decimal(amount)
    if not is_short(number):
        raise InvalidAmount(field, number, _SHORTER)
    return number


def _right(amount: str, unit: Message | None, field: str) -> Message:
    """Return what would be a number in the place of *amount*."""
    plain = message("expected.plain_number", unit=unit)
    bare = amount.strip().removesuffix("%").strip()
    if not amount.strip().endswith("%") or not _PLAIN.fullmatch(bare):
        return plain
    part = Decimal(bare).scaleb(-2).normalize()
    if field == "share":
        return message("expected.fraction_without_percent", part=part)
    return message("expected.number_without_percent", bare=bare, part=part)


@checked
def yuan(amount: Amount) -> Decimal:
    """
    Take *amount* as yuan.

    >>> yuan("48_600.00")
    Decimal('48600.00')
    """
    return exact(amount)


@checked
def wan(amount: Amount) -> Decimal:
    """
    Take *amount* as 万元 and return yuan.

    >>> wan("272.93")
    Decimal('2729300.00')
    """
    return EXACTLY.multiply(exact(amount), 10_000)


@all_checked
@frozen
class Currency:
    """
    The one currency of a ledger.

    Attributes:
        code: An active ISO 4217 code.

        digits: How many decimal digits the minor unit has.
    """

    code: str = YUAN
    digits: int = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.code, str) or self.code not in _CODES:
            raise InvalidInput("currency", self.code, message("expected.currency"))
        derive(self, digits=_OTHER_DIGITS.get(self.code, 2))

    @property
    def unit(self) -> Message:
        """The name of its main unit; its code where it has none."""
        return Message(f"currency.{self.code}")

    def minor(
        self, amount: Amount, *, field: str = "amount", signed: bool = False
    ) -> int:
        """
        Return *amount*, in the main unit, as integer minor units.

        Raises:
            InvalidAmount: As :func:`exact`; also more digits than the minor unit
                has, a negative amount unless *signed*, or one beyond 2⁵³ − 1.

        >>> Currency("CNY").minor("48600.00")
        4860000
        """
        number = exact(amount, field=field, unit=self.unit)
        try:
            scaled = EXACTLY.scaleb(number, self.digits)
            whole = scaled == scaled.to_integral_value()
        except (Inexact, Overflow):
            whole = False
        if not whole:
            raise InvalidAmount(
                field,
                amount,
                message(
                    "expected.decimals_of_currency",
                    digits=self.digits,
                    currency=self.code,
                ),
            )
        if number < 0 and not signed:
            raise InvalidAmount(field, amount, message("expected.amount_from_zero"))
        if scaled.copy_abs() > _LARGEST:
            largest = f"{self.major(_LARGEST):,} {self.code}"
            raise InvalidAmount(
                field, amount, message("expected.largest_amount", largest=largest)
            )
        return int(scaled)

    def major(self, minor: int) -> Decimal:
        """
        Return integer *minor* units as an amount in the main unit.

        >>> Currency("CNY").major(4860000)
        Decimal('48600.00')
        """
        return major(self, minor)


def major(currency: Currency, minor: int) -> Decimal:
    """Return an amount of a state in the main unit; it is not looked at any more."""
    return EXACTLY.scaleb(minor, -currency.digits)


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """
    Return *part* ÷ *whole* to six decimals, half up; ``None`` when *whole* is 0.

    >>> share(1, 3)
    Decimal('0.333333')
    """
    if not whole:
        return None
    if isinstance(part, int) and isinstance(whole, int) and part >= 0 < whole:
        low, rest = divmod(part * _SIX_PLACES, whole)  # As most are: no gcd needed.
        return EXACTLY.scaleb(low + (2 * rest >= whole), -PLACES)
    return rounded(Fraction(part) / Fraction(whole), PLACES)


def split(whole: int, weights: Sequence[Decimal | Fraction | int]) -> list[int]:
    """
    Split *whole* minor units by *weights* with the largest remainder.

    The parts always sum to the whole; of equal remainders the earlier part gains.

    >>> split(100, [1, 1, 1])
    [34, 33, 33]
    """
    total = sum((Fraction(weight) for weight in weights), Fraction(0))
    shares = [whole * Fraction(weight) / total for weight in weights]
    parts = [int(part // 1) for part in shares]
    by_remainder = sorted(
        range(len(parts)), key=lambda i: shares[i] - parts[i], reverse=True
    )
    for i in by_remainder[: whole - sum(parts)]:
        parts[i] += 1
    return parts

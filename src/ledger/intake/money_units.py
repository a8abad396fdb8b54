"""What forms and templates count money in: a currency's main unit, or many of it."""

import re
import unicodedata
from typing import Final

from ledger.domain.money import Currency
from ledger.messages import Language, Message, message

_MANY: Final = {
    "": 1,
    "万": 10_000,
    "10000": 10_000,
    "亿": 100_000_000,
    "100000000": 100_000_000,
}
_PRINTED: Final = {"CNY": "元"}
"""Main units as published forms print them, in whatever words reports name them."""

_LIKE_A_UNIT: Final = re.compile(r"[0-9,\s万亿千百]*([A-Z]{3}|[^\s\d]{0,3}元)")


def main_units_in(unit: str, currency: Currency) -> int | None:
    """
    Return how many of a currency's main unit a printed unit is; ``None`` of another.

    >>> main_units_in("万元", Currency("CNY")), main_units_in("万元", Currency("USD"))
    (10000, None)
    >>> main_units_in("10,000 USD", Currency("USD"))
    10000
    """
    asked = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", unit)).upper()
    printed = _PRINTED.get(currency.code, currency.code)
    names = {currency.code, printed, *map(currency.unit.said, Language)}
    known = {
        f"{before}{name}".upper(): many
        for before, many in _MANY.items()
        for name in names
    }
    return known.get(asked)


def is_like_a_unit(text: str) -> bool:
    """
    Return whether *text*, in brackets behind a head, is meant as a unit of money.

    >>> [is_like_a_unit(text) for text in ("万元", "美元", "10,000 USD", "A", "含税")]
    [True, True, True, False, False]
    """
    return _LIKE_A_UNIT.fullmatch(text) is not None


def known_units(currency: Currency) -> list[Message]:
    """Return the units that amounts of a currency are taken in."""
    main = currency.unit
    return [main, *(message(f"word.{many}", unit=main) for many in ("wan_of", "yi_of"))]

"""What people type into cells, read as it is meant where only one meaning fits."""

import re
from decimal import Decimal
from typing import Final
from unicodedata import normalize

from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.units import canonical
from ledger.intake.readers.published_money import MANY, LabelCell, printed_amount

_TIME: Final = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9.]{2,12})?",
    re.ASCII,
)
_BY_THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)


def number_typed(text: str) -> str:
    """
    Return a number with full-width digits or thousands apart in plain digits.

    >>> number_typed("１,２３４.５"), number_typed("1,23"), number_typed(" 7 ")
    ('1234.5', '1,23', '7')
    """
    narrow = normalize("NFKC", text).strip()
    return narrow.replace(",", "") if _BY_THOUSANDS.fullmatch(narrow) else narrow


def yuan_typed(text: str) -> Decimal | None:
    """
    Return an amount with its unit of money in yuan; ``None`` of any other text.

    >>> yuan_typed("1.2万元"), yuan_typed("￥1,234.50"), yuan_typed("ten")
    (Decimal('12000'), Decimal('1234.5'), None)
    """
    narrow = normalize("NFKC", text).strip().removeprefix("¥").strip()
    printed = printed_amount(LabelCell(0, 0, narrow))
    if printed is None:
        return None
    return canonical(EXACTLY.multiply(printed.number, MANY[printed.unit]))


def day_typed(text: object) -> object:
    """
    Return a day without the time of day that a cell has with it.

    >>> day_typed("2023-06-25T14:30:00"), day_typed("2023-06-25")
    ('2023-06-25', '2023-06-25')
    """
    stamp = _TIME.fullmatch(text.strip()) if isinstance(text, str) else None
    return text if stamp is None else stamp["day"]

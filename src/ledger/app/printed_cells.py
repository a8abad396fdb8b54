"""Cells of official forms: whether one still shows what was printed, and its number."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from ledger.domain.calendar import printed_date
from ledger.domain.characters import visible
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import EXACTLY, exactly, quotient, rounded
from ledger.domain.scale import Scale
from ledger.reports.render.form_sheet import FormValue

_DIGITS: Final = 15
"""Digits that a spreadsheet keeps."""

_SHOWN: Final = 6
"""Decimals of a share that is shown."""

_PAIR: Final = re.compile(r"([0-9.]+)\s*/\s*([0-9.]+)")
_COUNT: Final = "count:"


def number_in(text: str, unit: str | None = None) -> Decimal | None:
    """
    Return the number that a cell holds, which its unit may follow; ``None`` for none.

    A percentage is the number before its sign.

    >>> number_in("1,200.5 万元", "万元"), number_in("98%", "%"), number_in("98%")
    (Decimal('1200.5'), Decimal('98'), None)
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    ending = unicodedata.normalize("NFKC", unit or "").replace(" ", "")
    try:
        number = Decimal(plain.removesuffix(ending) if ending else plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def pair_in(text: str) -> tuple[Decimal, Decimal] | None:
    """
    Return a numerator and a denominator that a cell holds; ``None`` for none.

    >>> pair_in("45/50")
    (Decimal('45'), Decimal('50'))
    """
    match = _PAIR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return None if match is None else (Decimal(match[1]), Decimal(match[2]))
    except InvalidOperation:
        return None


def day_in(text: str) -> date | None:
    """Return the day that a cell holds, however it is written; ``None`` for none."""
    try:
        return printed_date(text.strip().partition("T")[0])
    except InvalidInput:
        return None


def text_of(text: str) -> str:
    """Return a text of a cell as it is compared and recorded."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def shows(text: str, printed: FormValue, scale: Scale) -> bool:
    """
    Return whether the text of a cell is what a printed value looks like.

    Args:
        scale: Of amounts of money.
    """
    value, look = printed.value, printed.look
    if value is None or value == "":
        return not text.strip()
    if isinstance(value, date):
        return day_in(text) == value
    if not isinstance(value, Decimal | int):
        return text_of(text) == text_of(visible(str(value)))
    number = Decimal(value)
    if look.startswith("rate"):
        return _is_share(text, number)
    if look == "money":
        number = Decimal(scale.of(number))
    unit = look.removeprefix(_COUNT) if look.startswith(_COUNT) else None
    written = number_in(text, unit)
    return written is not None and _kept(written) == _kept(number)


def _is_share(text: str, share: Decimal) -> bool:
    pair = pair_in(text)
    if pair is not None:
        if not pair[1]:
            return False
        part = quotient(exactly(pair[0]), exactly(pair[1]))
        return rounded(part, _SHOWN) == rounded(exactly(share), _SHOWN)
    written = number_in(text, "%")
    if written is None:
        return False
    if unicodedata.normalize("NFKC", text).strip().endswith("%"):
        written = EXACTLY.divide(written, 100)
    return _kept(written) == _kept(share)


def _kept(number: Decimal) -> Decimal:
    """Return a number with as many digits as a spreadsheet keeps."""
    return Decimal(f"{float(number):.{_DIGITS}g}")

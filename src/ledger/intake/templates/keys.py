"""The keys that stand in the rows of a month's workbook."""

import hashlib
import re
from datetime import date
from typing import Final

from ledger.intake.templates.month_sheets import SHEETS

_DIGITS: Final = 12
"""Of the part of a key that tells one row from another."""
_KEY: Final = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-[0-9]{{{_DIGITS}}}")
_NUMBER: Final = {sheet: number for number, sheet in enumerate(SHEETS, start=1)}


def key_of(on: date, sheet: str, *what: str) -> str:
    """
    Return the key of a row of a sheet in a month, of digits alone.

    Args:
        what: What tells the row from the others: of whom and of which indicator it is,
            the same in each workbook of the month; of an empty row the name of the
            workbook and its number in the sheet.

    >>> key_of(date(2024, 6, 30), "results", "P-1", "Roads")
    '2024-06-01-939687549887'
    """
    name = "\0".join((sheet, *what)).encode()
    number = int.from_bytes(hashlib.sha256(name).digest()[:8]) % 10**_DIGITS
    return f"{on:%Y-%m}-{_NUMBER[sheet]:02d}-{number:0{_DIGITS}d}"


def month_of_key(key: str) -> str | None:
    """
    Return the month whose workbook has a key in its rows; ``None`` of other keys.

    >>> month_of_key("2024-06-01-939687549887"), month_of_key("bank-7")
    ('2024-06', None)
    """
    return key[: len("2024-06")] if _KEY.fullmatch(key) else None

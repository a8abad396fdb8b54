"""Project codes (项目编码) and their check character."""

import re
from datetime import date

from ledger.domain.errors import InvalidInput
from ledger.domain.refusals import UnknownProject
from ledger.messages import message

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, i, 31) for i in range(20)]
P_CODE = re.compile(r"[0-9]{6}[0-9]{2}P[0-9A-Z]{11}[0-9A-Z]")
"""The shape of a project's code: division, year, ``P``, serial, check character."""
_LONGEST = 100
_CODE = re.compile(rf'[^ "\\]{{1,{_LONGEST}}}')
"""Applied after ``isprintable()``, which excludes every blank but the space."""


def check_character(code: str) -> str | None:
    """
    Return the check character of the first 20 characters of a P-code.

    The base-31 alphabet and the weights 3ⁱ are those of GB 32100-2015; that they hold
    for project codes was found by fitting published codes. ``None`` when a character
    lies outside the alphabet.

    >>> check_character("13052923P00584010949")
    'C'
    """
    try:
        total = sum(
            _ALPHABET.index(character) * weight
            for character, weight in zip(code[:20], _WEIGHTS, strict=True)
        )
    except ValueError:
        return None
    return _ALPHABET[30 - total % 31]


def corrected_code(code: str) -> str | None:
    """
    Return what a P-code with a wrong check character should be, else ``None``.

    Codes of any other shape are not checked. A P-code with a character outside the
    alphabet is wrong with no correction known, and is returned with ``?`` as its last.

    >>> corrected_code("13052923P00584010949D")
    '13052923P00584010949C'
    >>> corrected_code("13052923P00584010949C") is None
    True
    """
    if not P_CODE.fullmatch(code):
        return None
    right = code[:20] + (check_character(code) or "?")
    return None if right == code else right


def unknown_project(
    code: str, year: int | None = None, *, withdrawn_on: date | None = None
) -> UnknownProject:
    """
    Return the error that no project has this code, with what may be meant.

    Args:
        year: The fiscal year in which it has no budget.

        withdrawn_on: The day from which the approval of that year was withdrawn.
    """
    return UnknownProject(
        code, right=corrected_code(code), year=year, withdrawn_on=withdrawn_on
    )


def is_within(unit: str, parent: str) -> bool:
    """
    Return whether a unit is *parent* or below it, as codes of budget units show.

    Each level adds three digits (预算单位编码).

    >>> is_within("323001", "323"), is_within("323", "323"), is_within("3230", "323")
    (True, True, False)
    """
    rest = unit.removeprefix(parent)
    if unit == parent:
        return True
    return unit.startswith(parent) and rest.isdecimal() and len(rest) % 3 == 0


def checked_code(code: object, *, name: str = "project") -> str:
    """
    Take *code* as the name of a project or unit.

    Raises:
        InvalidInput: It is no text, empty, longer than 100 characters, or has blanks,
            control characters, quotes or backslashes.
    """
    if not isinstance(code, str) or not code.isprintable() or not _CODE.fullmatch(code):
        raise InvalidInput(
            name,
            code,
            message("expected.code", longest=_LONGEST),
        )
    return code

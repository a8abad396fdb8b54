"""A target that stands in several cells: its comparator, its value and its unit."""

from typing import Final

from ledger.domain.finding import Finding, finding
from ledger.domain.target_kind import COMPARATORS, SIGNS_OF_ALL_FORMS

_QUALITY: Final = "定性"
_SIGNS: Final[dict[str, str | None]] = {
    **{own.sign: own.sign for own in COMPARATORS.values()},
    **{own.full_width: own.sign for own in COMPARATORS.values() if own.full_width},
    **{own.doubled: own.sign for own in COMPARATORS.values() if own.doubled},
    **{own.pairs[0]: own.sign for own in COMPARATORS.values() if own.pairs},
    **{own.word: own.sign for own in COMPARATORS.values()},
    _QUALITY: None,
    "定量": None,
}
"""Signs that stand in a cell before a target, and how they are printed with it."""


def is_sign(text: str) -> bool:
    """
    Return whether a text in a cell of its own says how a target is compared.

    >>> is_sign("≥"), is_sign("═"), is_sign("定性"), is_sign("正向")
    (True, True, True, False)
    """
    return text in _SIGNS or any(
        text in {*own.look_alikes, *own.pairs, *own.before}
        for own in COMPARATORS.values()
    )


def sign_unknown(sign: str, target: str) -> Finding:
    """Return that what stands before a target is no sign."""
    return finding(
        "table.sign_unknown", found=sign, expected=" ".join(_SIGNS), target=target
    )


def join_target(row: dict[str, str | None]) -> list[Finding]:
    """
    Join a target that stands in several cells: its comparator, value and unit.

    >>> row = {"sign": "≥", "target": "12", "target_unit": "次"}
    >>> join_target(row), row
    ([], {'target': '≥12次'})
    """
    sign, unit = row.pop("sign", None) or "", row.pop("target_unit", None) or ""
    value = row.get("target") or ""
    if not value or not (sign or unit):
        return []
    if sign and not is_sign(sign):
        return [sign_unknown(sign, value)]
    spelled = _SIGNS.get(sign, sign)
    begun = value[0] in SIGNS_OF_ALL_FORMS or spelled is None
    before = "" if begun else spelled
    after = "" if value.endswith(unit) or sign == _QUALITY else unit
    row["target"] = f"{before}{value}{after}"
    return []

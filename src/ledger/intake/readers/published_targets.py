"""A target of a published form: in one cell, in several, or in steps of a ladder."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from ledger.domain.target_kind import SIGNS_OF_ALL_FORMS
from ledger.intake.readers import published_words as words
from ledger.intake.readers import target_cells

_NUMBER: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_PLACE: Final = re.compile(
    rf"\(?(?P<sign>[{SIGNS_OF_ALL_FORMS}]|[<>]=?)\s*[*＊]{{2,}}(?P<unit>[^()*]*)\)?$"
)
"""A place for a number in a name, as ``成活率(≥**%)`` has."""

_UNIT: Final = re.compile(
    r"\((?P<unit>[%‰]|[万亿]?(?:元|人|人次|户|户次|亩|平方米|平方公里|立方米|公顷|公里|千米|米|吨|个|"
    r"次|家|件|套|台|辆|名|所|座|处|株|册|场|期|批|份|项|条|只|头|天|小时|年)(?:/[^()0-9]{1,4})?)\)$"
)
"""A unit at the end of a name, as ``合格率(%)`` has."""

_BARE: Final = re.compile(
    rf"(?:[{SIGNS_OF_ALL_FORMS}]|[<>]=?)?[0-9][0-9,]*(?:\.[0-9]+)?"
)
_KINDS: Final = {"定性", "定量"}
"""What stands in the cell of a sign and is none."""

_NOTHING: Final = re.compile(r"[-—/]*")


@frozen
class Composed:
    """
    A target of one row.

    Attributes:
        cells: Those that it was made of, where they are several.

        horizons: What else stands there, by what it is called.
    """

    text: str
    cells: tuple[str, ...] = ()
    horizons: tuple[tuple[str, str], ...] = ()


def of(cells: dict[str, str], steps: Sequence[tuple[str, str]] = ()) -> Composed | None:
    """
    Return the target of a row; ``None`` where nothing stands in its place.

    >>> of({"sign": "≥", "target": "12", "target_unit": "次"}).text
    '≥12次'
    >>> of({"level3": "成活率(≥**%)", "target": "85"}).text
    '≥85%'
    >>> of({"level3": "合格率（%）", "target": "≥98"}).text
    '≥98%'
    """
    if steps:
        return _of_ladder(steps)
    value = "".join(cells.get("target", "").splitlines())
    if _NOTHING.fullmatch(words.one_line(value)):
        return None
    sign, unit = (
        "" if _NOTHING.fullmatch(text) or text in _KINDS else text
        for text in (words.one_line(cells.get(n, "")) for n in ("sign", "target_unit"))
    )
    place = _PLACE.search(words.one_line(cells.get("level3", "")))
    if not (sign or unit) and place and _NUMBER.fullmatch(words.one_line(value)):
        name = "".join(cells["level3"].splitlines())
        return Composed(f"{place['sign']}{value}{place['unit']}", (name, value))
    named = _UNIT.search(words.one_line(cells.get("level3", "")))
    if not unit and named and _BARE.fullmatch(words.one_line(value)):
        printed = tuple(filter(None, (cells["level3"], cells.get("sign"), value)))
        return Composed(f"{sign}{value}{named['unit']}", printed)
    if not (sign or unit):
        return Composed(value)
    plain = words.one_line(value)
    repeated = _once(unit)
    before = "" if re.match(rf"[{SIGNS_OF_ALL_FORMS}<>=]", plain) else sign
    after = "" if plain.endswith((unit, repeated)) or not _ends_in(plain) else repeated
    text = f"{before}{value}{after}"
    printed = tuple(
        cells[name] for name in ("sign", "target", "target_unit") if cells.get(name)
    )
    return Composed(text, printed if text != value else ())


def unknown_sign(cells: dict[str, str]) -> tuple[str, str] | None:
    """Return what stands in the cell of a sign and is none, with its target."""
    sign = words.one_line(cells.get("sign", ""))
    known = _NOTHING.fullmatch(sign) or sign in _KINDS or target_cells.is_sign(sign)
    return None if known or not cells.get("target") else (sign, cells["target"])


def _ends_in(plain: str) -> bool:
    """Return whether a unit may follow a text: one that ends in a number."""
    return re.search(r"[0-9]$", plain) is not None


def _once(unit: str) -> str:
    """Return a unit without what says it again in brackets, as ``%(百分比)`` does."""
    return re.sub(r"(?<=.)\([^()]*\)$", "", unit)


def _of_ladder(steps: Sequence[tuple[str, str]]) -> Composed:
    """Return the first step of a ladder as the target, and keep all steps."""
    first, last = steps[0][1], steps[-1][1]
    numbers = [_NUMBER.search(text) for text in (first, last)]
    text = first
    if all(numbers) and _NUMBER.match(words.one_line(first)):
        high, low = (Decimal(n[0].replace(",", "")) for n in numbers if n)
        text = f"{'≥' if high >= low else '≤'}{first}"
    shown = tuple(" ".join(step) for step in steps)
    return Composed(text, shown, tuple(steps))

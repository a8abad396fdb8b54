"""The points that headings of level 1 print, as 产出指标（50分） does."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from ledger.domain.exact_numbers import summed
from ledger.domain.finding import Finding, finding
from ledger.intake.readers import published_words as words

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_POINTS: Final = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)[分%]?")


def points_of(text: str) -> str:
    """
    Return points without the word or the sign behind them; another text as it is.

    >>> [points_of(text) for text in ("50 分", "10%", "12.5", "x")]
    ['50', '10', '12.5', 'x']
    """
    match = _POINTS.fullmatch(words.one_line(text))
    return match["number"] if match else text


def with_usual_headings(rows: list[dict[str, Any]]) -> Iterator[Finding]:
    """
    Give rows their headings by the usual names, without the points in brackets.

    Where rows have none, and each heading has one row, its points are those of the row.
    What is yielded says which points are not those of the rows of their heading.
    """
    printed: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for row in rows:
        heading = row.get("level1")
        if heading:
            row["level1"], points = words.level1(heading)
            if points:
                printed[row["level1"]] = points
            if row["level1"] not in {heading, words.one_line(heading)}:
                renamed[heading] = row["level1"]
    for heading, usual in renamed.items():
        yield finding("published.heading", found=heading, understood=usual)
    headings = [row.get("level1") for row in rows]
    if printed and not any(row.get("weight") for row in rows):
        if len({*headings}) == len(headings) == len(printed):
            for row in rows:
                row["weight"] = printed[row["level1"]]
            return
        for level1, points in printed.items():
            yield finding("published.points_not_split", found=points, level1=level1)
        return
    for level1, points in printed.items():
        own = _sum(row.get("weight") for row in rows if row["level1"] == level1)
        if own is not None and own != Decimal(points):
            yield finding(
                "published.points_of_level",
                found=f"{own}",
                expected=points,
                level1=level1,
            )


def _sum(weights: Iterable[str | None]) -> Decimal | None:
    """Return the sum of points as they are printed; ``None`` where one is none."""
    plain = [words.one_line(points_of(text or "")) for text in weights]
    whole = all(map(_NUMBER.fullmatch, plain))
    return summed(map(Decimal, plain)) if whole else None

"""What a text costs as a cell of each column: more, the less it looks like one."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import define, field

from ledger.domain.target_kind import (
    SIGNS_AND_DOUBLED,
    SIGNS_AND_WIDE,
    USUAL,
    USUAL_OR_EQUAL,
)
from ledger.intake.readers.text_files import em
from ledger.intake.segmentation.tokens import (
    BASIS,
    BLANK,
    DESCRIPTION,
    LEVELS1,
    LEVELS2,
    LINE,
    NAME,
    TARGET,
)

_USUAL: Final = (10.0, 19.0, 9.0, 9.0)
"""How wide the columns of published forms are at most, in em."""

_MOST_WEIGHED: Final = 20_000
_OPENING: Final = "（(【[〔《“‘"
_CLOSING: Final = "）)】]〕》”’，。、；：！？,.;:!?%％"
_COMPARED: Final = "|".join(USUAL)
_RUN = re.compile(r"[A-Za-z0-9.]+")
_WORDS: Final = re.compile(rf"[A-Za-z0-9{SIGNS_AND_WIDE}%％]")
_NUMBER: Final = re.compile(
    rf"(?:[{SIGNS_AND_DOUBLED}]|{_COMPARED}|达到)\s*[0-9]"
    r"|[0-9][0-9.,]*(?!\s*(?:年|月)[^底前内]*[\u4e00-\u9fff]{3})"
    r"|每[年月季周日半]|[一二三四五六七八九十百两]+[次个场套台项人年月日天]$"
)
_EFFECT: Final = re.compile(
    r"(?:效果)?(?:较为|比较|明显|显著|有所|逐步|逐年|进一步|持续|长期|大幅)?"
    r"(?:显著|明显|良好|提高|提升|改善|增强|有效|长期|满意|合格|较好)"
)
_PLAIN_TARGET: Final = re.compile(
    rf"(?:[{SIGNS_AND_DOUBLED}]|{_COMPARED})?"
    r"\s*[0-9][0-9.,]*\s*"
    r"(?:%|％|百分[比号]|[\u4e00-\u9fffA-Za-z/\\²³]{0,6})"
)
_QUALITY: Final = re.compile(
    r".*(?:显著|明显|良好|较好|提高|提升|改善|完善|保障|长期|持续|有效|满意|增强|达标|合格"
    r"|完成|优|有所.+|逐步.+|稳定|及时|高|好|强)"
)
_UNFINISHED: Final = re.compile(
    rf"(?:[{SIGNS_AND_DOUBLED}（(【\[《/\\、]|{_COMPARED}"
    r"|每|每年[0-9]+)$|^[月日]"
)
_UNIT_ALONE: Final = re.compile(
    r"(?:[万亿]?元|人|次|个|台|套|场|项|件|份|户|年|月|天|日|亩|公里|平方米)"
    r"(?:[/\\每]\w{1,3})?|[%％]|百分[比号]"
)
_NUMBER_LAST: Final = re.compile(rf" (?:[{SIGNS_AND_WIDE}].*|[0-9][0-9.,]*)$")
_NUMBER_INSIDE: Final = re.compile(
    "".join(f"(?<!{word})" for word in USUAL) + rf"(?<![{SIGNS_AND_WIDE}0-9每年月]) "
    rf"(?:[{SIGNS_AND_WIDE}]|[0-9]|{'|'.join(USUAL_OR_EQUAL)})"
)
_SOURCE: Final = re.compile(
    r".*(?:问卷|计划|标准|文件.*|要求|规定|批示|方案|安排|按排|办法|通知|文|号|合同|数据"
    r"|统计|工作|批复|规划|报告|台账|记录|经验|值|满意度|调查)[》）)]?"
)


_HEADINGS: Final = (*LEVELS1, *LEVELS2)


class CellLine(NamedTuple):
    """
    A line of a cell.

    Attributes:
        more: How wide the start of the next line is, if the cell goes on.
    """

    column: int
    width: float
    more: float | None


class CellLook(NamedTuple):
    """
    What the text of a cell looks like, whatever the columns are.

    Attributes:
        text: Its lines joined.

        letters: The characters that are in it.

        widths: Of its lines, in em.

        starts: How wide the start of each line but the first is.

        is_source: Whether it names what a basis is.

        blanks: The cost of the blanks within it.

        odd: For each column, the cost of the text in it.
    """

    text: str
    letters: frozenset[str]
    widths: tuple[float, ...]
    widest: float
    starts: tuple[float, ...]
    blanks: float
    odd: tuple[list[float], ...]
    is_source: bool


Costs = tuple[float, float, float, float]
"""What a text costs as a cell of each column."""


@define
class Widths:
    """
    What the reader knows of a document's columns from what it has read of it.

    Attributes:
        columns: The width of each column in em; ``None`` while unknown.

        widest: The widest line seen in each column, which it is at least as wide as.

        seen: How often each text was a basis.
    """

    columns: list[float | None] = field(factory=lambda: [None] * 4)
    widest: list[float] = field(factory=lambda: [0.0] * 4)
    seen: Counter[str] = field(factory=Counter)
    _weighed: dict[str, tuple[CellLook, Costs]] = field(factory=dict)

    def learn(self, lines: Iterable[CellLine], bases: Iterable[str]) -> None:
        """
        Take the bases, and for each column the width that best explains its lines.

        No line is wider than its column, and where a cell was wrapped the next line's
        start did not fit.
        """
        by_column: dict[int, list[CellLine]] = {}
        for line in lines:
            by_column.setdefault(line.column, []).append(line)
        for column, found in by_column.items():
            self.widest[column] = max(line.width for line in found)
            if any(line.more is not None for line in found):
                tried = sorted({round(line.width + 0.1, 2) for line in found})
                self.columns[column] = min(tried, key=lambda w: _misfit(found, w))
        self.seen = Counter(bases)
        self._weighed.clear()

    def weighed(self, cell: str) -> tuple[CellLook, Costs]:
        """Return *cell*, its lines joined by line ends, and its cost in each column."""
        found = self._weighed.get(cell)
        if found is None:
            if len(self._weighed) > _MOST_WEIGHED:
                self._weighed.clear()
            look = look_of(cell)
            costs = (
                self._cost(look, NAME),
                self._cost(look, DESCRIPTION),
                self._cost(look, TARGET),
                self._cost(look, BASIS),
            )
            found = self._weighed[cell] = look, costs
        return found

    def _cost(self, look: CellLook, column: int) -> float:
        cost = _wrap_cost(look, self.columns[column], self.widest[column])
        for odd in look.odd[column]:
            cost += odd
        if column != TARGET:
            seen = self.seen.get(look.text, 0)
            if column != BASIS:
                cost += 1.5 if seen > 2 else 0.0
            elif seen > 1:
                cost -= 1.0
            elif not look.is_source:
                cost += 2.0
        return look.blanks + cost


def _misfit(lines: Iterable[CellLine], width: float) -> float:
    return sum(
        2 * (line.width > width + 0.3)
        + (line.more is not None and line.width + line.more < width - 0.3)
        for line in lines
    )


def looks_like_target(text: str) -> bool:
    """Return whether *text* starts like a quantity, or names an effect aimed at."""
    return bool(_NUMBER.match(text) or _QUALITY.fullmatch(text))


@lru_cache(maxsize=20_000)
def look_of(cell: str) -> CellLook:
    """Return what a cell of several lines looks like."""
    lines = cell.split(LINE)
    text = "".join(lines)
    widths = tuple(map(em, lines))
    return CellLook(
        text=text,
        letters=frozenset(text),
        widths=widths,
        widest=max(widths),
        starts=tuple([em(_first_chunk(line)) for line in lines[1:]]),
        blanks=_blanks_cost(lines) if BLANK in cell else 0.0,
        odd=_odd(lines, text, max(widths)),
        is_source=_SOURCE.fullmatch(text) is not None,
    )


def _odd(lines: list[str], text: str, widest: float) -> tuple[list[float], ...]:
    """Return the cost of *text* in each column, whatever its width."""
    columns = []
    for usual in _USUAL:
        excess = widest - usual
        columns.append([2 + min(excess, 6)] if excess > 0 else [])
    in_any = _text_cost(text)
    if in_any:
        for odd in columns:
            odd.append(in_any)
    if text in LEVELS2:
        columns[TARGET].append(4.0)
        columns[BASIS].append(4.0)
    columns[TARGET] += _odd_target(lines, text)
    no_target = 0.0
    if _PLAIN_TARGET.fullmatch(text):
        no_target = 4.0
    elif _EFFECT.fullmatch(text):
        no_target = 1.5
    number_last = 3.0 if _NUMBER_LAST.search(lines[-1]) else 0.0
    columns[NAME] += (no_target, number_last)
    columns[DESCRIPTION] += (no_target, number_last)
    columns[BASIS].append(no_target)
    return tuple(columns)


def _odd_target(lines: list[str], text: str) -> list[float]:
    """Return the cost of *text* as a target."""
    odd = []
    if not _NUMBER.match(text):
        odd.append(0.6 if _QUALITY.fullmatch(text) else 1.8)
    if _NUMBER_INSIDE.search(lines[0]):
        odd.append(4.0)
    if len(text) > len(lines[0]) + 3 and _PLAIN_TARGET.fullmatch(lines[0]):
        odd.append(3.0)
    return odd


def _blanks_cost(lines: Iterable[str]) -> float:
    """Return the cost of the blanks within a cell; next to a digit they are usual."""
    cost = 0.0
    for line in lines:
        for left, right in pairwise(line.split(BLANK)):
            beside = _WORDS.match(right[0]) or _WORDS.match(left[-1])
            cost += 1.2 if beside else 6.0
    return cost


def _text_cost(text: str) -> float:
    """Return the cost of *text* in any cell."""
    cost = 0.0
    if _UNFINISHED.search(text):
        cost += 6.0
    if _UNIT_ALONE.fullmatch(text):
        cost += 4.0
    if len(text) == 1:
        cost += 2.0
    if text in LEVELS2:
        cost += 2.0
    elif text.endswith(_HEADINGS):
        cost += 5.0
    return cost


def _wrap_cost(look: CellLook, width: float | None, widest: float) -> float:
    """Return the cost of a cell's lines in a column of *width*."""
    cost = 0.0
    if width is None:
        wraps = look.widths[:-1]
        uneven = max(wraps) - min(wraps) if wraps else 0.0
        cost = 0.4 * len(wraps) + max(0.0, uneven - 1)
        width = max([widest, *wraps])
    for line, after in zip(look.widths, look.starts, strict=False):
        room = width - line - after
        if room > 0.3:
            cost += 1.5 + min(room, 4)
    excess = look.widest - width
    if look.widest > width + 0.5:
        cost += 3 + min(excess, 6)
    return cost


def _first_chunk(line: str) -> str:
    """Return the start of *line* that no line end can split."""
    end = 0
    while end < len(line) - 1 and line[end] in _OPENING:
        end += 1
    run = _RUN.match(line, end)
    end = run.end() if run else end + 1
    while end < len(line) and line[end] in _CLOSING:
        end += 1
    return line[:end]

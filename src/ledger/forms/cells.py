"""
The cells of a table of indicators whose text an extractor has run together.

The text gives *pieces*, parted by a blank, a line end or a blank line. Cells stand in
order of column; a cell is one piece or several. Of all ways to part the pieces into
cells the cheapest is taken: one whose wrapped lines fill their column, whose targets
look like targets, and whose cells are parted as the extractor parts them. Where a
second way is hardly dearer, the reader says so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import define, field, frozen

from ledger.forms.text import em

BLANK: Final = " "
LINE: Final = "\n"
GAP: Final = "\n\n"
PAGE: Final = "\f"

NAME, DESCRIPTION, TARGET, BASIS = range(4)
"""The columns behind the two levels, in order."""

LEVELS1: Final = ("产出指标", "效益指标", "满意度指标", "成本指标")
LEVELS2: Final = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "满意度指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    "环境效益指标",
    "其他指标",
)
_MOST_PIECES: Final = 14
_OPENING: Final = "（(【[〔《“‘"
_CLOSING: Final = "）)】]〕》”’，。、；：！？,.;:!?%％"
_RUN = re.compile(r"[A-Za-z0-9.]+")
_WORDS: Final = re.compile(r"[A-Za-z0-9≥≤＞＜><=%％]")
_NUMBER: Final = re.compile(
    r"(?:[≥≤＞＜><=≧≦]|不低于|不少于|不高于|不超过|大于|小于|高于|低于|达到)\s*[0-9]"
    r"|[0-9][0-9.,]*(?!\s*(?:年|月)[^底前内]*[\u4e00-\u9fff]{3})"
    r"|每[年月季周日半]|[一二三四五六七八九十百两]+[次个场套台项人年月日天]$"
)
_EFFECT: Final = re.compile(
    r"(?:效果)?(?:较为|比较|明显|显著|有所|逐步|逐年|进一步|持续|长期|大幅)?"
    r"(?:显著|明显|良好|提高|提升|改善|增强|有效|长期|满意|合格|较好)"
)
_PLAIN_TARGET: Final = re.compile(
    r"(?:[≥≤＞＜><=≧≦]|不低于|不少于|不高于|不超过|大于|小于|高于|低于)?\s*[0-9][0-9.,]*\s*"
    r"(?:%|％|百分[比号]|[\u4e00-\u9fffA-Za-z/\\²³]{0,6})"
)
_QUALITY: Final = re.compile(
    r".*(?:显著|明显|良好|较好|提高|提升|改善|完善|保障|长期|持续|有效|满意|增强|达标|合格"
    r"|完成|优|有所.+|逐步.+|稳定|及时|高|好|强)"
)
_UNFINISHED: Final = re.compile(
    r"(?:[≥≤＞＜><=≧≦（(【\[《/\\、]|不低于|不少于|不高于|不超过|大于|小于|高于|低于"
    r"|每|每年[0-9]+)$|^[月日]"
)
_UNIT_ALONE: Final = re.compile(
    r"(?:[万亿]?元|人|次|个|台|套|场|项|件|份|户|年|月|天|日|亩|公里|平方米)"
    r"(?:[/\\每]\w{1,3})?|[%％]|百分[比号]"
)
_NUMBER_LAST: Final = re.compile(r" (?:[≥≤＞＜><=].*|[0-9][0-9.,]*)$")
_NUMBER_INSIDE: Final = re.compile(
    r"(?<!不低于)(?<!不少于)(?<!不高于)(?<!不超过)(?<!大于)(?<!小于)(?<!高于)(?<!低于)"
    r"(?<![≥≤＞＜><=0-9每年月]) (?:[≥≤＞＜><=]|[0-9]|不低于|不少于|不高于|不超过)"
)
_SOURCE: Final = re.compile(
    r".*(?:问卷|计划|标准|文件.*|要求|规定|批示|方案|安排|按排|办法|通知|文|号|合同|数据"
    r"|统计|工作|批复|规划|报告|台账|记录|经验|值|满意度|调查)[》）)]?"
)


_HEADINGS: Final = (*LEVELS1, *LEVELS2)


class Piece(NamedTuple):
    """A run of text, what parts it from the one before, and its line in the file."""

    text: str
    before: str
    line: int


@frozen
class Cell:
    """A cell of a row: its text, and the line on which it starts."""

    text: str
    line: int


@frozen
class Row:
    """The cells behind the levels of one indicator; ``None`` where one is missing."""

    cells: tuple[Cell | None, ...]

    def text(self, column: int) -> str | None:
        """Return the text of a cell."""
        cell = self.cells[column]
        return None if cell is None else cell.text


@frozen
class Reading:
    """
    Rows read from pieces.

    Attributes:
        other: A second way to read them that is hardly dearer, if there is one.
    """

    rows: tuple[Row, ...]
    other: tuple[Row, ...] | None


@define
class Widths:
    """
    What the reader knows of a document's columns from what it has read of it.

    Attributes:
        columns: The width of each column in em; ``None`` while unknown.

        widest: The widest line seen in each column, which it is at least as wide as.

        seen: How often each text was a basis.

        read, parts: What was read and weighed with them, so that nothing is twice.
    """

    columns: list[float | None] = field(factory=lambda: [None] * 4)
    widest: list[float] = field(factory=lambda: [0.0] * 4)
    seen: Counter[str] = field(factory=Counter)
    read: dict[tuple[Piece, ...], "list[_Step]"] = field(factory=dict)
    parts: dict[tuple[int, Piece, Piece, int, int], float] = field(factory=dict)

    def learn(self, lines: Iterable["Line"], bases: Iterable[str]) -> None:
        """
        Take the bases, and for each column the width that best explains its lines.

        No line is wider than its column, and where a cell was wrapped the next line's
        start did not fit.
        """
        by_column: dict[int, list[Line]] = {}
        for line in lines:
            by_column.setdefault(line.column, []).append(line)
        for column, found in by_column.items():
            self.widest[column] = max(line.width for line in found)
            if any(line.more is not None for line in found):
                tried = sorted({round(line.width + 0.1, 2) for line in found})
                self.columns[column] = min(tried, key=lambda w: _misfit(found, w))
        self.seen = Counter(bases)
        self.read.clear()
        self.parts.clear()


def _misfit(lines: Iterable["Line"], width: float) -> float:
    return sum(
        2 * (line.width > width + 0.3)
        + (line.more is not None and line.width + line.more < width - 0.3)
        for line in lines
    )


class _Step(NamedTuple):
    """A cell at the end of a way through the pieces."""

    cost: float
    start: int
    column: int
    before: "_Step | None"
    rows: int


def read_rows(pieces: Sequence[Piece], widths: Widths, *, margin: float) -> Reading:
    """
    Part *pieces*, all under one level 2, into rows.

    Args:
        margin: How much dearer a second way may be and still be named.
    """
    ways = _ways(pieces, widths)
    if not ways:
        return Reading((), None)
    best = _rows(ways[0], pieces)
    for way in ways[1:]:
        if way.cost - ways[0].cost > margin:
            break
        other = _rows(way, pieces)
        if other != best:
            return Reading(best, other)
    return Reading(best, None)


class Line(NamedTuple):
    """
    A line of a cell.

    Attributes:
        more: How wide the start of the next line is, if the cell goes on.
    """

    column: int
    width: float
    more: float | None


def sample(pieces: Sequence[Piece], widths: Widths) -> tuple[list[Line], list[str]]:
    """Return the lines of the cells of *pieces*, and the texts of the last column."""
    ways = _ways(pieces, widths)
    lines: list[Line] = []
    bases: list[str] = []
    end = len(pieces)
    step = ways[0] if ways else None
    while step is not None:
        column, texts = step.column, _lines(pieces[step.start : end])
        after = [em(_first_chunk(text)) for text in texts[1:]]
        lines += [
            Line(column, em(text), more)
            for text, more in zip(texts, [*after, None], strict=True)
        ]
        if column == BASIS:
            bases.append("".join(texts))
        end, step = step.start, step.before
    return lines, bases


def looks_like_target(text: str) -> bool:
    """Say whether *text* starts like a quantity, or is an effect that is aimed at."""
    return bool(_NUMBER.match(text) or _QUALITY.fullmatch(text))


def joined(pieces: Sequence[Piece]) -> str:
    """Return the text of one cell: nothing is added where a line was wrapped."""
    return "".join(_lines(pieces))


def _lines(pieces: Sequence[Piece]) -> list[str]:
    lines = [pieces[0].text]
    for piece in pieces[1:]:
        if piece.before == BLANK:
            lines[-1] += " " + piece.text
        else:
            lines.append(piece.text)
    return lines


def _rows(way: _Step, pieces: Sequence[Piece]) -> tuple[Row, ...]:
    rows: list[list[Cell | None]] = []
    end, column = len(pieces), 0
    step: _Step | None = way
    while step is not None:
        if not rows or step.column >= column:
            rows.append([None] * 4)
        span = pieces[step.start : end]
        rows[-1][step.column] = Cell(joined(span), span[0].line)
        column, end, step = step.column, step.start, step.before
    return tuple(Row(tuple(cells)) for cells in reversed(rows))


def _ways(pieces: Sequence[Piece], widths: Widths) -> list[_Step]:
    """Return the cheapest ways to part *pieces* into cells, at most four."""
    key = tuple(pieces)
    ways = widths.read.get(key)
    if ways is None:
        ways = widths.read[key] = _found_ways(pieces, widths)
    return ways


def _found_ways(pieces: Sequence[Piece], widths: Widths) -> list[_Step]:
    size = len(pieces)
    ends: list[dict[tuple[int, bool], list[_Step]]] = [{} for _ in range(size + 1)]
    for start in range(size):
        if start and not ends[start]:
            continue
        for end in range(start + 1, min(size, start + _MOST_PIECES) + 1):
            if end - start > 1 and pieces[end - 1].before in {GAP, PAGE}:
                break
            span = pieces[start:end]
            lines = _lines(span)
            wrapped = len(lines) > 1
            inner = _blanks_cost(span)
            for column in range(4):
                cost = inner + _cell_cost(lines, column, widths)
                if start == 0:
                    if column == NAME:
                        step = _Step(cost, 0, column, None, 1)
                        _keep(ends[end], (column, wrapped), step)
                    continue
                for (left, was_wrapped), steps in ends[start].items():
                    skipped = _skipped(left, column)
                    if skipped is None:
                        continue
                    new_row = column <= left
                    parted = _parted(span[0].before, was_wrapped, wrapped, new_row)
                    for before in steps:
                        more = skipped + parted + (_NEW_ROW if new_row else 0.0)
                        if column == DESCRIPTION:
                            more += _alike(pieces, before, start, lines)
                        step = _Step(
                            before.cost + cost + more,
                            start,
                            column,
                            before,
                            before.rows + new_row,
                        )
                        _keep(ends[end], (column, wrapped), step)
    last = [
        step._replace(cost=step.cost + (_skipped(column, NAME) or 0))
        for (column, _), steps in ends[size].items()
        for step in steps
    ]
    return sorted(last, key=_cost)[:4]


def _cost(step: _Step) -> float:
    return step.cost


def _keep(
    ends: dict[tuple[int, bool], list[_Step]], key: tuple[int, bool], step: _Step
) -> None:
    """Keep the two cheapest ways to each end."""
    kept = ends.setdefault(key, [])
    if len(kept) < 2:
        kept.append(step)
        kept.sort(key=_cost)
    elif step.cost < kept[1].cost:
        kept[1] = step
        kept.sort(key=_cost)


_NEW_ROW: Final = 2.0
_USUAL: Final = (10.0, 19.0, 9.0, 9.0)
"""How wide the columns of published forms are at most, in em."""

_MISSING: Final = (9.0, 3.0, 5.0, 2.5)


def _skipped(left: int, column: int) -> float | None:
    """Return what the columns cost that are missing between two cells."""
    if column > left:
        return sum(_MISSING[left + 1 : column])
    if column != NAME:
        return None
    return sum(_MISSING[left + 1 :])


def _parted(before: str, was_wrapped: bool, wrapped: bool, new_row: bool) -> float:
    """
    Return how odd it is that two cells are parted by *before*.

    A blank line follows a wrapped cell. Cells of one line stand beside each other.
    """
    if before == PAGE:
        return 0.5
    if was_wrapped:
        return {GAP: 0.0, LINE: 4.0, BLANK: 7.0}[before]
    if before == BLANK:
        return 6.0 if wrapped or new_row else 0.0
    if wrapped or new_row:
        return 0.3 if before == GAP else 0.0
    return 2.8


def _blanks_cost(span: Sequence[Piece]) -> float:
    """Return how odd the blanks within a cell are; beside a digit they are usual."""
    cost = 0.0
    for left, right in pairwise(span):
        if right.before == BLANK:
            beside = _WORDS.match(right.text[0]) or _WORDS.match(left.text[-1])
            cost += 1.2 if beside else 6.0
    return cost


def _cell_cost(lines: Sequence[str], column: int, widths: Widths) -> float:
    cost = _wrap_cost(lines, widths.columns[column], widths.widest[column])
    excess = max(map(em, lines)) - _USUAL[column]
    if excess > 0:
        cost += 2 + min(excess, 6)
    text = "".join(lines)
    cost += _text_cost(text)
    if column >= TARGET and text in LEVELS2:
        cost += 4.0
    if column == TARGET:
        if not _NUMBER.match(text):
            cost += 0.6 if _QUALITY.fullmatch(text) else 1.8
        if _NUMBER_INSIDE.search(lines[0]):
            cost += 4.0
        if _PLAIN_TARGET.fullmatch(lines[0]) and len(text) > len(lines[0]) + 3:
            cost += 3.0
        return cost
    if _PLAIN_TARGET.fullmatch(text):
        cost += 4.0
    elif _EFFECT.fullmatch(text):
        cost += 1.5
    if column == BASIS:
        if widths.seen[text] > 1:
            return cost - 1.0
        return cost if _SOURCE.fullmatch(text) else cost + 2.0
    if _NUMBER_LAST.search(lines[-1]):
        cost += 3.0
    return cost + 1.5 if widths.seen[text] > 2 else cost


def _text_cost(text: str) -> float:
    """Return how odd *text* is in any cell."""
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


def _wrap_cost(lines: Sequence[str], width: float | None, widest: float) -> float:
    """Return how odd it is that a column of *width* holds *lines*."""
    cost = 0.0
    if width is None:
        wraps = [em(line) for line in lines[:-1]]
        uneven = max(wraps) - min(wraps) if wraps else 0.0
        cost = 0.4 * len(wraps) + max(0.0, uneven - 1)
        width = max([widest, *wraps])
    for line, after in pairwise(lines):
        room = width - em(line) - em(_first_chunk(after))
        if room > 0.3:
            cost += 1.5 + min(room, 4)
    widest = max(em(line) for line in lines)
    if widest > width + 0.5:
        cost += 3 + min(widest - width, 6)
    return cost


def _first_chunk(line: str) -> str:
    """Return what of *line* cannot be parted from its first character."""
    end = 0
    while end < len(line) - 1 and line[end] in _OPENING:
        end += 1
    run = _RUN.match(line, end)
    end = run.end() if run else end + 1
    while end < len(line) and line[end] in _CLOSING:
        end += 1
    return line[:end]


def _alike(
    pieces: Sequence[Piece], name: _Step, end: int, lines: Sequence[str]
) -> float:
    """Return how odd a description is beside its name: most share words with it."""
    if name.column != NAME:
        return 0.0
    one, two = set(joined(pieces[name.start : end])), set("".join(lines))
    shared = len(one & two) / max(1, min(len(one), len(two)))
    return 0.0 if shared >= 0.5 else 0.5 if shared else 0.8


_Way = tuple[float, tuple[Cell | None, ...]]
_CUT: Final = 3.5
"""What a row costs that a page break cuts; most break between rows."""


class Broken(NamedTuple):
    """
    A row that a page break cut, put together again.

    Attributes:
        parts: Level 1, level 2 and the four cells, as far as they are there.

        used: How many of the pieces after the break belong to it.
    """

    cost: float
    parts: tuple[Cell | None, ...]
    used: int


def mended(
    above: Sequence[Piece],
    below: Sequence[Piece],
    widths: Widths,
    *,
    most: float,
) -> list[Broken]:
    """
    Return the ways to put together a row whose first lines stand above a page break.

    Each cell takes pieces from *above* and goes on, where it was cut, with pieces from
    *below*. The two cheapest ways for each number of pieces used from below, as far as
    they cost at most *most*.
    """
    ways: dict[tuple[int, int], list[_Way]] = {(0, 0): [(_CUT, ())]}
    for column in range(-2, 4):
        reached: dict[tuple[int, int], list[_Way]] = {}
        for (i, j), found in ways.items():
            for first in _starts(above, i):
                for rest in _starts(below, j) if first else [0]:
                    span = _continued(above[i : i + first], below[j : j + rest])
                    more = _part_cost(span, column, widths, first)
                    if more is None or found[0][0] + more > most + 1:
                        continue
                    cell = Cell(joined(span), span[0].line) if span else None
                    kept = reached.setdefault((i + first, j + rest), [])
                    kept += [(cost + more, (*parts, cell)) for cost, parts in found]
        ways = {
            place: sorted(found, key=_way_cost)[:2] for place, found in reached.items()
        }
    whole = len(above)
    return [
        Broken(cost, parts, j)
        for (i, j), found in ways.items()
        if i == whole
        for cost, parts in found
    ]


def _way_cost(way: _Way) -> float:
    return way[0]


def _continued(above: Sequence[Piece], below: Sequence[Piece]) -> list[Piece]:
    """Return one cell's pieces; those below the break start on a new line."""
    if not below:
        return list(above)
    return [*above, below[0]._replace(before=LINE), *below[1:]]


def _starts(pieces: Sequence[Piece], start: int) -> Iterable[int]:
    """Yield how many pieces from *start* on may be one part of a cell."""
    yield 0
    for end in range(start + 1, min(len(pieces), start + _MOST_PIECES) + 1):
        if end - start > 1 and pieces[end - 1].before in {GAP, PAGE}:
            break
        yield end - start


def _part_cost(
    span: Sequence[Piece],
    column: int,
    widths: Widths,
    above: int,
) -> float | None:
    """Return what a part costs whose first *above* pieces stand above the break."""
    if column < 0:
        names = LEVELS1 if column == -2 else LEVELS2
        return 0.0 if not span or joined(span) in names else None
    if not span:
        return _MISSING[column]
    key = column, span[0], span[-1], above, len(span)
    cost = widths.parts.get(key)
    if cost is None:
        cost = _blanks_cost(span) + _cell_cost(_lines(span), column, widths)
        widths.parts[key] = cost
    return cost


def cost_of(pieces: Sequence[Piece], widths: Widths) -> float:
    """Return what the cheapest way to part *pieces* into rows costs."""
    ways = _ways(pieces, widths)
    return ways[0].cost + _NEW_ROW if ways else 0.0

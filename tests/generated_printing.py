"""How generated forms are wrapped, laid out on pages, and extracted again."""

import operator
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, takewhile
from random import Random
from typing import Any

import attrs

# How text is broken into the lines of a cell.

NEXT_TO_DIGITS = re.compile(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])|(?<=[≥≤])(?=\d)")
_OPENING, _CLOSING = "（【〔《“[(≥≤＞>=", "，。、；：）】〕》”％%,.;:)]"
_UNIT = re.compile(
    rf" ?(?:[{re.escape(_OPENING)}] ?)*"
    rf"(?:[A-Za-z0-9]+(?:\.[0-9]+)*|[^ ])"
    rf"(?: ?[{re.escape(_CLOSING)}])*"
)


def wrap(text: str, width: float) -> list[str]:
    """
    Break *text* into lines of at most *width* em.

    Closing punctuation starts no line, opening punctuation and comparison signs end
    none, runs of digits and Latin letters are broken only when they fill a line. A blank
    at the end of a line is gone.
    """
    lines = [""]
    for unit in _UNIT.findall(text):
        if lines[-1] and em(lines[-1] + unit) > width:
            lines.append("")
        lines[-1] += unit if lines[-1] else unit.lstrip()
        while em(lines[-1]) > width:
            line = lines.pop()
            fits = next(n for n in range(len(line), 0, -1) if em(line[:n]) <= width)
            lines += [line[:fits].rstrip(), line[fits:].lstrip()]
    return lines


def em(text: str) -> float:
    """Return the width of *text*; digits stand a quarter off, seen as a blank or not."""
    blanks = text.count(" ")
    narrow = sum(c.isascii() or c in "≥≤" for c in text) - blanks
    quarters = blanks + len(NEXT_TO_DIGITS.findall(text)) - text.count(".")
    return len(text) - blanks - narrow * 0.47 + quarters * 0.25


# How forms are printed, and extracted.


@attrs.frozen
class Layout:
    """What all forms of a document have in common; widths are in em."""

    title: float
    name: float
    purpose: float
    goals: float
    columns: list[float]
    height: int
    first_page: int
    numbered: float  # The share of pages whose number is seen,
    split: float  # of rows too long for a page that are divided,
    stray: float  # of blanks that became line breaks,
    odd: float  # and of goals with breaks, and tables that start a page.

    @classmethod
    def drawn(cls, rng: Random) -> "Layout":
        """Draw a layout."""
        least_and_most = [(4, 6), (4, 7), (4, 9), (8, 16), (4, 8), (4, 8)]
        return cls(
            title=rng.randint(30, 42),
            name=rng.randint(16, 24),
            purpose=rng.randint(18, 42),
            goals=rng.randint(34, 42),
            columns=[rng.randint(*pair) + 0.4 for pair in least_and_most],
            height=rng.randint(32, 48),
            first_page=rng.randint(1, 60),
            numbered=rng.choice([0, 0.1, 0.1, 1]),
            split=rng.choice([0, 0.7, 1]),
            stray=rng.choice([0, 0.04]),
            odd=rng.choice([0, 0.15]),
        )


@attrs.frozen
class Cell:
    """Lines in a table: over how many rows, and where from the middle they start."""

    lines: list[str]
    rows: int = 1
    top: float = 0

    @classmethod
    def centred(cls, lines: list[str], rows: int = 1) -> "Cell":
        """Put *lines* around the middle."""
        return cls(lines, rows, -len(lines) / 2)

    def gap(self, following: "Cell") -> str:
        """Return what stands between this cell and the *following* one of its row."""
        distance = abs(self.top - following.top)
        if len(self.lines) > 1 or self.rows != following.rows or distance > 1:
            return "\n\n"
        return "\n" if distance else " "


@attrs.frozen
class Part:
    """A row of a table, or what one page has of it: the lines of each cell."""

    cells: list[list[str]]
    whole: bool = True


LEVELS = ("level1", "level2")
FIELDS = (*LEVELS, "level3", "description", "target", "basis")
TABLE_HEADER = "一级指标 二级指标 三级指标 绩效指标描述 指标值\n指标值确定\n\n依据\n\n"
MONEY = """预算规模及
资金用途

预算数 {budget}
其中：财政

资金
{fiscal_funds} 其他资金"""


class Printer:
    """Who prints forms on the pages of one document."""

    def __init__(self, rng: Random, layout: Layout):
        self.rng = rng
        self.layout = layout
        self.occurs: Counter[str] = Counter()
        self._pages: list[str] = []
        self._page = ""

    def finished(self) -> str:
        """Return the text of all pages."""
        self._turn()
        return "".join(self._pages) + " "

    def form(self, form: dict[str, Any], money_unit: str) -> dict[str, Any]:
        """Print *form*, and return it without the blanks that fell on a line's end."""
        layout = self.layout
        before, after = f"{form['seq']}.", "绩效目标表"
        heading = self._wrap(before + form["title"] + after, layout.title)
        name = self._wrap(form["project_name"], layout.name)
        purpose = self._wrap(form["purpose"], layout.purpose)
        goals = [
            self._wrap(f"{number}.{goal}", layout.goals)
            for number, goal in enumerate(form["goals"], 1)
        ]
        rows = [
            [self._wrap(row[f], w) for f, w in zip(FIELDS, layout.columns, strict=True)]
            for row in form["indicators"]
        ]
        self._turn()
        self._write("\n".join(heading))
        self._write(f"\n{form['unit_code']}{form['unit_name']} 单位：{money_unit}\n\n")
        self._row(Cell.centred(["项目编码"]), Cell.centred(self._code(form)))
        self._row(Cell.centred(["项目名称"]), Cell.centred(name))
        self._write(MONEY.format_map(form))
        self._write(f" {form['other_funds']}\n\n" if form["other_funds"] else "\n\n")
        self._write("\n".join(purpose) + "\n\n资金支出计\n划（%）\n\n")
        self._write(" ".join(form["plan_columns"]) + "\n\n")
        self._write(" ".join(form["plan_row"]) + "\n\n")
        self._goals(goals)
        self._table(rows)
        return {
            **form,
            "title": "".join(heading)[len(before) : -len(after)],
            "project_name": "".join(name),
            "purpose": "".join(purpose),
            "goals": ["".join(goal).partition(".")[2] for goal in goals],
            "indicators": [
                {f: "".join(c) or None for f, c in zip(FIELDS, row, strict=True)}
                for row in rows
            ],
        }

    def _code(self, form: dict[str, Any]) -> list[str]:
        code = form["project_code"]
        fits = self.rng.choice([20, 20, 20, 21, self.rng.randint(11, 19)])
        return [code[:fits], code[fits:]] if fits < len(code) else [code]

    def _goals(self, goals: list[list[str]]) -> None:
        """Print the goals; seldom over two pages, or apart."""
        lines = list(chain.from_iterable(goals))
        if len(goals) == 1 or self.rng.random() >= self.layout.odd:
            self._row(Cell.centred(["绩效目标"]), Cell.centred(lines))
        elif self.rng.random() < 0.5:
            first = "\n".join(goals[0])
            rest = "\n".join(lines[len(goals[0]) :])
            self._write(f"绩效目标\n\n{first}\n\n{rest}\n\n")
        else:
            here = self.rng.randint(1, len(lines) - 1)
            cell = self.rng.choice([Cell, Cell.centred])
            self._row(cell(["绩效目标"]), cell(lines[:here]))
            self._turn()
            self._write("\n".join(lines[here:]) + "\n\n")
            self.occurs["goals over two pages"] += 1

    def _table(self, rows: list[list[list[str]]]) -> None:
        """Print the indicators under a header on each page."""
        room = self.layout.height - sum(map(bool, self._page.split("\n"))) - 2
        if room < 4 or self.rng.random() < self.layout.odd / 2:
            self._turn()
            room = self.layout.height - 2
            self.occurs["table on a new page"] += 1
        for number, page in enumerate(self._paged(_merged(rows), room)):
            if number:
                self._turn()
                self.occurs["table over two pages"] += 1
            self._write(TABLE_HEADER)
            for cells in _placed(page):
                self._row(*cells)

    def _paged(self, rows: list[list[list[str]]], room: int) -> list[list[Part]]:
        """Put *rows* on pages, the first with *room* lines, and divide some of them."""
        pages: list[list[Part]] = [[]]
        for row in rows:
            part = Part(row)
            height = max(map(len, row))
            if height > room and pages[-1]:
                if room and height > 1 and self.rng.random() < self.layout.split:
                    pages[-1].append(Part([lines[:1] for lines in row], whole=False))
                    part = Part([lines[1:] for lines in row], whole=False)
                    self.occurs["row over two pages"] += 1
                pages.append([])
                room = self.layout.height - 2
            pages[-1].append(part)
            room -= max(map(len, part.cells))
        return pages

    def _row(self, *cells: Cell) -> None:
        """Print cells from left to right."""
        shown = [cell for cell in cells if cell.lines]
        for cell, following in zip(shown, [*shown[1:], None], strict=True):
            gap = cell.gap(following) if following else "\n\n"
            if gap == " " and self.rng.random() < self.layout.stray:
                gap = self.rng.choice(["\n", "\n\n"])
                self.occurs["stray line break"] += 1
            self._write("\n".join(cell.lines) + gap)

    def _wrap(self, text: str | None, width: float) -> list[str]:
        lines = wrap(text, width) if text else []
        self.occurs["wrapped cell"] += len(lines) > 1
        self.occurs["missing cell"] += not lines
        return lines

    def _write(self, text: str) -> None:
        self._page += text

    def _turn(self) -> None:
        """End the page, if it has been begun, and go to the next."""
        if self._page:
            number = self.layout.first_page + len(self._pages)
            seen = self.rng.random() < self.layout.numbered
            start = f"\n\n\n{number}\n\n" if seen else " "
            self._pages.append(start + self._page.rstrip("\n") + "\n")
            self._page = ""


def _merged(rows: list[list[list[str]]]) -> list[list[list[str]]]:
    """Leave out a level that is the same as in the row above."""
    merged = []
    for above, row in zip([None, *rows[:-1]], rows, strict=True):
        same = next((n for n in range(2) if not above or above[n] != row[n]), 2)
        merged.append([[]] * same + row[same:])
    return merged


def _placed(page: list[Part]) -> Iterator[list[Cell]]:
    """Say where the cells of each row on a page stand."""
    for index, part in enumerate(page):
        if not part.whole:
            yield [Cell(lines) for lines in part.cells]
            continue
        cells = []
        for column, lines in enumerate(part.cells):
            rows = 1
            if column < len(LEVELS):
                below = (other.cells[column] for other in page[index + 1 :])
                rows += sum(1 for _ in takewhile(operator.not_, below))
            cells.append(Cell.centred(lines, rows))
        yield cells

"""Forms with ruled cells in a PDF; needs the extra ``pdf``."""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pdfplumber
from attrs import define, field
from pdfplumber.utils.text import extract_text

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Text, finding
from ledger.domain.progress import Progress, silent, watched
from ledger.intake.readers import pdf_limits
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.text_files import with_characters
from ledger.messages import message

MOST_PAGES: Final = 1_000

_NEAR: Final = 2.0
"""Points by which the rules of one column may differ."""

_CODE: Final = "项目编码"
_HEAD: Final = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值")
_NAME, _TARGET = "三级指标", "指标值"
_PAGE_NUMBER: Final = re.compile(
    r"[-—–\s]*(?:第?[0-9]{1,4}页?)(?:[/共]+[0-9]+页?)?[-—–\s]*"
)
_AMOUNT: Final = re.compile(r"[0-9,.%\s]+")
_CLOSING: Final = frozenset("，。、；：？！）》】」』”’…,.;:?!)%℃")
_NUMBERED: Final = re.compile(r"\s*[0-9]{1,4}\s*[.．、]")
_TITLE_END: Final = "绩效目标表"
_NO_TEXT: Final = message("expected.pdf_with_text")


@define
class _PdfRow:
    """
    A row of a table, or a line of text outside.

    Attributes:
        cells: Left, right and text of each.

        table: Whether it is of a table.
    """

    place: Text
    cells: list[tuple[float, float, str]]
    table: bool = True

    def labels(self) -> set[str]:
        """Return its texts without blanks."""
        return {"".join(text.split()) for _, _, text in self.cells if text}


@define
class _PdfDocument:
    """
    The rows and lines of all pages so far, pieces of tables joined.

    Attributes:
        head: Where the columns of the table of indicators begin, by their labels, in
            the form that is being read.
    """

    source: Source
    rows: list[_PdfRow] = field(factory=list)
    head: dict[str, float] = field(factory=dict)

    def add(self, page: Sequence[_PdfRow]) -> None:
        """Take the rows of one more page."""
        continued = bool(self.rows) and self.rows[-1].table
        if continued and self.head and not self.rows[-1].labels():
            self.rows.pop()  # The room that a row left when it moved to this page.
        for row in page:
            if row.table and continued and self._goes_on(row):
                continue
            if row.table:
                self._look(row)
            continued = False
            self.rows.append(row)

    def _look(self, row: _PdfRow) -> None:
        labels = row.labels()
        if _CODE in labels:
            self.head = {}
        elif set(_HEAD) <= labels:
            self.head = {"".join(t.split()): left for left, _, t in row.cells if t}

    def _goes_on(self, row: _PdfRow) -> bool:
        """Join the first row of a page to what came before, where it is part of it."""
        labels = row.labels()
        if self.head and set(_HEAD) <= labels:
            return True  # The head of the table, repeated; the next row may go on.
        if _CODE in labels or set(_HEAD) <= labels:
            return False
        last = self.rows[-1]
        if not self.head:
            return self._same_text(last, row)
        name, target = (_text_at(row, self.head[each]) for each in (_NAME, _TARGET))
        if name and target:
            if not all(_text_at(last, left) for left in self.head.values()):
                self._say_doubt(last, row)
            return False
        _join(last, row)
        return True

    def _same_text(self, last: _PdfRow, row: _PdfRow) -> bool:
        """Join a purpose or goals that go on over a page: one text, one column."""
        edge = min(left for left, _, _ in last.cells)
        before = [cell for cell in last.cells if cell[2] and cell[0] - edge > _NEAR]
        after = [cell for cell in row.cells if cell[2]]
        if len(after) != 1 or len(before) != 1 or _AMOUNT.fullmatch(before[0][2]):
            return False
        if abs(before[0][0] - after[0][0]) > _NEAR:
            return False
        _join(last, row)
        return True

    def _say_doubt(self, last: _PdfRow, row: _PdfRow) -> None:
        shown = " | ".join(text for _, _, text in row.cells if text)
        self.source.say(
            "",
            finding(
                "pdf.row_over_page",
                place=message("place.both", first=last.place, second=row.place),
                found=shown,
                understood=message("understood.two_rows"),
                expected=message("expected.one_row_if_it_goes_on"),
            ),
        )

    def grid(self) -> Grid:
        """Return all rows with cells under common columns."""
        lefts = _columns(left for row in self.rows for left, _, _ in row.cells)
        rows, merged = [], {}
        for r, row in enumerate(self.rows):
            texts = [""] * len(lefts)
            for left, right, text in row.cells:
                first = _column(lefts, left)
                texts[first] = text
                last = max(first, _column(lefts, right - 2 * _NEAR, before=True))
                if last > first:
                    merged[r, first] = r, last
            rows.append(texts)
        return Grid(rows, merged=merged, named=[row.place for row in self.rows])


def grid(
    source: Source, raw: bytes, progress: Progress = silent
) -> tuple[Grid, list[str]]:
    """
    Return all rows of a PDF, and the lines before its first table.

    Raises:
        InvalidInput: It is encrypted, damaged or too large, or has pages without text.
    """
    document = _PdfDocument(source)
    # It warns of every unusual font; our findings name what cannot be read.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        pdf_limits.check_file(source.name, raw)
        with pdfplumber.open(io.BytesIO(raw)) as pdf:
            blank = _read_pages(document, pdf, progress)
    except InvalidInput:
        raise
    except pdf_limits.BROKEN as problem:
        cause = type(problem.args[0] if problem.args else problem).__name__
        found = message("found.damaged_pdf", cause=cause)
        right = message("expected.whole_file")
        if "Password" in cause or "Encryption" in cause:
            found = message("found.encrypted_pdf")
            right = message("expected.without_password")
        raise InvalidInput(source.name, found, right) from problem
    for number in blank:
        place = message("place.page", page=number)
        said = finding("pdf.image_page", place=place, expected=_NO_TEXT)
        source.say("", said)
    return document.grid(), _prose(document.rows)


def _read_pages(document: _PdfDocument, pdf: Any, progress: Progress) -> list[int]:
    """Take all pages, and return the numbers of those that are images only."""
    name, count = document.source.name, len(pdf.pages)
    if count > MOST_PAGES:
        found = message("found.pages", count=count)
        raise InvalidInput(name, found, message("expected.at_most", most=MOST_PAGES))
    blank = [
        page.page_number
        for page in watched(pdf.pages, progress, len(pdf.pages))
        if not _read_page(document, page)
    ]
    if blank and len(blank) == count:
        raise InvalidInput(name, message("found.image_pages"), _NO_TEXT)
    return blank


def _read_page(document: _PdfDocument, page: Any) -> bool:
    """Take the rows and lines of a page; return whether it has any text."""
    place = message(
        "place.file_part",
        file=document.source.name,
        part=message("place.page", page=page.page_number),
    )
    pdf_limits.check_marks(page.page_obj, page.pdf.rsrcmgr, place)
    has_text, pictured = bool(page.chars), bool(page.images)
    if has_text:
        document.add(list(_rows_of(page)))
    page.close()
    return has_text or not pictured


def _rows_of(page: Any) -> Iterator[_PdfRow]:
    """Yield the lines and the rows of a page's tables from top to bottom."""
    tables = page.find_tables({"explicit_horizontal_lines": _open_ends(page)})
    boxes = [box for table in tables for row in table.rows for box in row.cells if box]
    texts, outside = _texts(page, boxes)
    found = [
        (table.bbox[1], list(_table(page, table, number, texts)))
        for number, table in enumerate(tables, start=1)
    ]
    for top, left, right, text in _whole_titles(outside):
        if not _PAGE_NUMBER.fullmatch(text):
            place = message("place.page", page=page.page_number)
            found.append((top, [_PdfRow(place, [(left, right, text)], table=False)]))
    for _, rows in sorted(found, key=lambda each: each[0]):
        yield from rows


def _open_ends(page: Any) -> list[float]:
    """Return where upright rules end without one across: a table cut by the page."""
    across = [edge["top"] for edge in page.edges if edge["orientation"] == "h"]
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    ends = {round(edge[end], 1) for edge in upright for end in ("top", "bottom")}
    return [end for end in ends if all(abs(end - at) > _NEAR for at in across)]


PlacedLine = tuple[float, float, float, str]
"""Top, left, right and text."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a cell."""


def _whole_titles(lines: list[PlacedLine]) -> list[PlacedLine]:
    """Join the lines of titles that wrap: from a number to 绩效目标表."""
    joined: list[PlacedLine] = []
    for top, left, right, text in lines:
        before = joined[-1] if joined else (top, left, right, "")
        begun = _NUMBERED.match(before[3]) and _TITLE_END not in before[3]
        whole = "".join((before[3] + text).split())
        if begun and not _NUMBERED.match(text) and whole.endswith(_TITLE_END):
            joined[-1] = (*before[:3], whole)
            continue
        joined.append((top, left, right, text))
    return joined


def _texts(page: Any, boxes: Sequence[Box]) -> tuple[dict[Box, str], list[PlacedLine]]:
    """Return the text in each box, and the lines outside."""
    inside: dict[Box | None, list[dict[str, Any]]] = {}
    last: tuple[dict[str, Any], Box | None] | None = None
    for mark in page.chars:
        box = _box_of(mark, boxes)
        if last is not None and mark["text"] in _CLOSING and _follows(mark, last[0]):
            box = last[1]  # It hangs over the rule next to its cell.
        inside.setdefault(box, []).append(mark)
        last = mark, box
    loose = set(map(id, inside.pop(None, [])))
    rest = page.filter(lambda mark: id(mark) in loose)
    lines = rest.extract_text_lines(return_chars=False)
    outside = [
        (each["top"], each["x0"], each["x1"], with_characters(each["text"]))
        for each in lines
    ]
    texts = {
        box: _unwrapped(with_characters(extract_text(marks)))
        for box, marks in inside.items()
        if box is not None
    }
    return texts, outside


def _box_of(mark: dict[str, Any], boxes: Sequence[Box]) -> Box | None:
    across = (mark["x0"] + mark["x1"]) / 2
    down = (mark["top"] + mark["bottom"]) / 2
    inside = (b for b in boxes if b[0] <= across <= b[2] and b[1] <= down <= b[3])
    return next(inside, None)


def _follows(mark: dict[str, Any], before: dict[str, Any]) -> bool:
    """Return whether a character stands right behind another."""
    gap = mark["x0"] - before["x1"]
    return bool(-1 < gap < 1 and abs(mark["top"] - before["top"]) < _NEAR)


def _table(
    page: Any, table: Any, number: int, texts: dict[Box, str]
) -> Iterator[_PdfRow]:
    for r, row in enumerate(table.rows, start=1):
        cells = [
            (box[0], box[2], texts.get(box, "")) for box in row.cells if box is not None
        ]
        place = message(
            "place.row_of_table", page=page.page_number, table=number, row=r
        )
        yield _PdfRow(place, cells)


def _unwrapped(text: str) -> str:
    r"""
    Join the lines of a cell; goals stay apart, each from its number on.

    >>> _unwrapped("13052923P0058401082\n8Q"), _unwrapped("annual\nreport")
    ('13052923P00584010828Q', 'annual report')
    """
    joined = ""
    for line in text.split("\n"):
        goal = _NUMBERED.match(line) and not line.strip().isdecimal()
        words = joined[-1:].isascii() and joined[-1:].islower() and line[:1].islower()
        joined += ("\n" if goal and joined else " " if words else "") + line.strip()
    return joined


def _join(last: _PdfRow, row: _PdfRow) -> None:
    """Append the texts of *row* to those above them."""
    for left, right, text in row.cells:
        if not text:
            continue
        for n, (start, end, before) in enumerate(last.cells):
            if abs(start - left) <= _NEAR:
                last.cells[n] = start, end, _unwrapped(f"{before}\n{text}")
                break
        else:
            last.cells.append((left, right, text))


def _text_at(row: _PdfRow, left: float) -> str:
    return next((t for start, _, t in row.cells if abs(start - left) <= _NEAR), "")


def _columns(lefts: Iterator[float]) -> list[float]:
    """Return where columns begin; what is near is one."""
    columns: list[float] = []
    for left in sorted(lefts):
        if not columns or left - columns[-1] > _NEAR:
            columns.append(left)
    return columns


def _column(lefts: list[float], at: float, *, before: bool = False) -> int:
    """Return the nearest column; with *before* the last that begins left of it."""
    if before:
        return max((n for n, left in enumerate(lefts) if left < at), default=0)
    return min(range(len(lefts)), key=lambda n: abs(lefts[n] - at))


def _prose(rows: Sequence[_PdfRow]) -> list[str]:
    """Return the lines before the first table."""
    lines = []
    for row in rows:
        if row.table:
            break
        lines.append(row.cells[0][2])
    return lines

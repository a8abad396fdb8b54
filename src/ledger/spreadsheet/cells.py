"""What workbooks of reports are made of: looks, names of sheets, heights of rows."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any, Final

from attrs import frozen
from xlsxwriter import Workbook

from ledger.domain.characters import in_line, visible
from ledger.domain.exact_numbers import PLACES, Exact, decimal_of, exactly, rounded
from ledger.domain.scale import Scale
from ledger.domain.settings import Settings

_LONGEST_HEADER: Final = 220
"""Signs above a printed page, of the 255 that Excel takes with codes."""

_FONT: Final = {"font_name": "SimSun", "font_size": 10}
_SMALL: Final = {**_FONT, "font_size": 8}
_CELL: Final = {**_FONT, "border": 1, "valign": "vcenter", "text_wrap": True}
_NUMBER: Final = {**_CELL, "align": "right"}
_CENTRED: Final = {**_CELL, "align": "center"}
_LINE: Final = 14.5
_MARGIN: Final = 7.5
_HIGHEST: Final = 400.0
_COUNTS: Final = ("number", "count:")
_DIGITS: Final = 15
"""Digits that a spreadsheet keeps; a longer number is written as text."""
_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_UNIT: Final = re.compile(r'["\\]')


@frozen
class Formula:
    """A formula, and what it comes to."""

    text: str
    value: object


@frozen
class NumberWithLook:
    """A number, and a look of its own."""

    value: object
    look: str


@frozen
class Link:
    """Words that lead to another sheet of the workbook."""

    sheet: str
    text: str


_PAGE_ACROSS: Final = 271.6
"""Millimetres of A4 across between its margins."""
_MM_OF_SIGN: Final = 1.852
_MM_OF_EDGES: Final = 1.323
_SMALLEST: Final = 0.58
"""Of its size, what is printed; less cannot be read."""
_NAMES: Final = 0.4
"""Of a page, what the first texts may take where they stand on each."""


class Book:
    """A workbook in the making; formats are made once for each look."""

    def __init__(self, settings: Settings) -> None:
        self.content = io.BytesIO()
        # Text stays text, whatever it looks like.
        options = dict.fromkeys(
            ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
        )
        self.book = Workbook(self.content, options)
        self.scale = settings.scale
        if settings.title:
            self.book.set_properties({"title": in_line(settings.title)})
        money = "#,##0.00" if settings.scale is Scale.WAN else _plain(settings)
        self.shapes: dict[str, dict[str, Any]] = {
            "title": {**_FONT, "font_size": 16, "bold": True, "align": "center"},
            "period": {**_FONT, "align": "center"},
            "note": {**_SMALL, "font_color": "#595959", "text_wrap": True},
            "under": {**_FONT, "font_size": 9, "text_wrap": True, "valign": "vcenter"},
            "label": _CENTRED,
            "head": {**_CELL, "align": "center", "bold": True, "bg_color": "#F2F2F2"},
            "text": {**_CELL, "align": "left"},
            "center": _CENTRED,
            "money": {**_NUMBER, "num_format": money},
            "rate": {**_CENTRED, "num_format": "0.00%"},
            "points": {**_CENTRED, "num_format": "0.00"},
            "number": {**_CENTRED, "num_format": "General"},
            "date": {**_CELL, "align": "center", "num_format": "yyyy-mm-dd"},
            "link": {**_CENTRED, "font_color": "#1F4E79", "underline": 1},
        }
        self._formats: dict[str, Any] = {}
        self._names: set[str] = set()
        self.shared: dict[object, object] = {}

    def look(self, name: str) -> Any:
        """
        Return the format of a look.

        ``count:次`` is a number with its unit, ``rate:4`` a percentage of 4 decimals.
        """
        if name not in self._formats:
            shape = self.shapes.get(name)
            if name.startswith("rate:"):
                decimals = "0" * int(name.partition(":")[2])
                shape = {**_CENTRED, "num_format": f"0.{decimals}%"}
            elif shape is None:
                unit = _UNIT.sub("", name.partition(":")[2])
                shape = {**_CENTRED, "num_format": f'General"{unit}"'}
            self._formats[name] = self.book.add_format(shape)
        return self._formats[name]

    def sheet(self, name: str) -> "Sheet":
        """Add a sheet; its name is made legal and unique."""
        made = sheet_name(name, self._names)
        self._names.add(made.lower())
        return Sheet(self, self.book.add_worksheet(made), made)

    def close(self) -> bytes:
        """Return the bytes of the finished workbook."""
        self.book.close()
        return self.content.getvalue()


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, book: Book, sheet: Any, name: str) -> None:
        self.book, self.sheet, self.name = book, sheet, name
        self.heads: Sequence[ListHead] = ()
        self.title = ""

    def entitle(self, title: str, columns: int, look: str = "note") -> None:
        """Write what the sheet is about into its first row, over all *columns*."""
        self.merge((0, 0), (0, columns - 1), look)
        self.put(0, 0, title, look)
        self.title = visible(title)

    def put(self, row: int, column: int, value: object, look: str) -> None:
        """Write a value by its kind; a text is never a formula."""
        form = self.book.look(look)
        match value:
            case NumberWithLook(value=figure, look=own):
                self.put(row, column, figure, own)
            case None | "":
                self.sheet.write_blank(row, column, None, form)
            case Formula(text=text, value=known):
                shown = "" if known is None else self._number(known, look)
                self.sheet.write_formula(row, column, text, form, shown)
            case Link(sheet=sheet, text=text):
                place = f"internal:'{sheet}'!A1"
                self.sheet.write_url(row, column, place, form, visible(text)[:255])
            case str():
                self.sheet.write_string(row, column, visible(value), form)
            case date():
                self.sheet.write_datetime(row, column, value, form)
            case Decimal() if _is_long(value) and look.startswith(_COUNTS):
                self.sheet.write_string(row, column, f"{value:f}", form)
            case _:
                self.sheet.write_number(row, column, self._number(value, look), form)

    def merge(self, first: tuple[int, int], last: tuple[int, int], look: str) -> None:
        """Make one cell of several; what it holds is put into the first."""
        if first != last:
            self.sheet.merge_range(*first, *last, "", self.book.look(look))

    def paper(
        self, *, landscape: bool, last: tuple[int, int], footer: str = ""
    ) -> None:
        """
        Print on A4 with page numbers: one page across while that can be read.

        Args:
            footer: What stands at the foot of each page, with its number.

        A wider list has its first texts on each page, and its title above, whole: a
        cell over several pages would be cut.
        """
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(9)
        across, repeated = pages_across(self.heads)
        self.sheet.fit_to_pages(across, 0)
        if repeated:
            self.sheet.repeat_columns(0, repeated - 1)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.center_horizontally()
        above = across > 1 and bool(self.title)
        if above:
            self.sheet.set_header(_in_margin("&L&8 ", self.title))
        self.sheet.print_area(int(above), 0, *last)
        said = _in_margin("&L&7 ", footer)
        self.sheet.set_footer(f"{said}&R&8&P / &N" if said else "&C&P / &N")
        self.sheet.hide_gridlines(2)

    def _number(self, value: object, look: str) -> float | str:
        """Return a cell's number: money in the ledger's scale."""
        if isinstance(value, str):
            return value
        assert isinstance(value, Decimal | int)
        return float(self.book.scale.of(Decimal(value)) if look == "money" else value)


@frozen(kw_only=True)
class ListHead:
    """A column of a list: its head, its width, how its cells look."""

    label: str
    width: float
    look: str


def pages_across(heads: Sequence[ListHead]) -> tuple[int, int]:
    """
    Return how many pages a list takes across, and how many columns each begins with.

    No list is printed smaller than can be read: one that is too wide takes several
    pages, which begin with its first texts, as far as these leave most of a page.

    >>> figures = [ListHead(label="", width=16, look="money")] * 9
    >>> pages_across([ListHead(label="", width=40, look="text"), *figures])
    (1, 0)
    >>> pages_across([ListHead(label="", width=40, look="text"), *figures * 2])
    (2, 1)
    """
    page = _PAGE_ACROSS / _SMALLEST
    widths = [_MM_OF_SIGN * head.width + _MM_OF_EDGES for head in heads]
    if sum(widths) <= page:
        return 1, 0
    repeated = 0
    while (
        heads[repeated].look == "text" and sum(widths[: repeated + 1]) <= page * _NAMES
    ):
        repeated += 1
    room = page - sum(widths[:repeated])
    return 1 + ceil((sum(widths) - page) / room), repeated


def write_list(
    sheet: Sheet,
    heads: Sequence[ListHead],
    rows: Iterable[Sequence[object]],
    *,
    start: int = 0,
) -> int:
    """Write rows under heads, and return the row after the last."""
    sheet.heads = heads
    for column, head in enumerate(heads):
        sheet.sheet.set_column(column, column, head.width)
        sheet.put(start, column, head.label, "head")
    sheet.sheet.set_row(start, height((head.label, head.width) for head in heads))
    row = start + 1
    for cells in rows:
        for column, (head, value) in enumerate(zip(heads, cells, strict=True)):
            sheet.put(row, column, value, _look(value, head.look))
        texts = zip((_text(value) for value in cells), heads, strict=True)
        sheet.sheet.set_row(row, height((text, head.width) for text, head in texts))
        row += 1
    return row


def _is_long(number: Decimal) -> bool:
    return len(number.as_tuple().digits) > _DIGITS


def _look(value: object, look: str) -> str:
    """Return the look of a value: a text in a column of numbers is centred."""
    if isinstance(value, str) and look in {"money", "rate", "points", "number"}:
        return "center"
    return "date" if isinstance(value, date) else look


def _text(value: object) -> str:
    """Return what wraps: words; a number is as wide as it is."""
    return value if isinstance(value, str) else ""


def rate_look(share: Exact | None, against: Sequence[Exact]) -> str:
    """
    Return the look of a share: as many decimals as keep it on its side of its bounds.

    What is shown is rounded again from the six decimals that a cell holds.

    >>> rate_look(exactly("0.99996"), [1]), rate_look(exactly("0.9996"), [1])
    ('rate:3', 'rate')
    >>> rate_look(exactly("0.9999496"), [1])
    'rate:3'
    """
    if share is None or decimal_of(share) in map(decimal_of, against):
        return "rate"
    held_in_cell = exactly(rounded(share, PLACES, against))
    for places in range(2, PLACES):
        near = exactly(rounded(held_in_cell * 100, places))
        held = [(near > bound * 100, near < bound * 100) for bound in against]
        if held == [(share > bound, share < bound) for bound in against]:
            return "rate" if places == 2 else f"rate:{places}"
    return f"rate:{PLACES}"


def sheet_name(name: str, taken: Iterable[str]) -> str:
    """
    Return a legal name of a sheet that is not taken yet, compared in lower case.

    >>> sheet_name("a/b: [c]", {"a b c"})
    'a b c (2)'
    """
    words = "".join(c if c.isprintable() else " " for c in name)
    clean = " ".join(_FORBIDDEN.sub(" ", words).split()) or "-"
    number, made = 1, _cut(clean, _LONGEST_NAME)
    known = set(taken) | {"history"}  # A name that spreadsheets keep for themselves.
    while made.lower() in known:
        number += 1
        ending = f" ({number})"
        made = _cut(clean, _LONGEST_NAME - len(ending)) + ending
    return made


def _cut(text: str, units: int) -> str:
    """Cut a text to so many units of UTF-16, in which spreadsheets count."""
    kept = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
    return kept.strip()


def place(row: int, column: int) -> str:
    """
    Return a cell's name, from row and column counted from 0.

    >>> place(0, 0), place(9, 27)
    ('A1', 'AB10')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def wide(text: str) -> int:
    """Return how many narrow characters wide a text is; a Chinese one takes two."""
    return sum(1 if ord(character) < 0x1100 else 2 for character in text)


def lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    room = max(1, int(width - 1))
    return sum(max(1, -(-wide(part) // room)) for part in text.split("\n"))


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return how high a row is, in points, in which *texts* wrap in their widths."""
    most = max((lines(text, width) for text, width in texts), default=1)
    return min(_HIGHEST, _MARGIN + _LINE * most)


def rows_for(texts: Iterable[tuple[str, float]]) -> tuple[int, float]:
    """Return how many rows, and how high each, a row too high for one sheet takes."""
    most = max((lines(text, width) for text, width in texts), default=1)
    whole = _MARGIN + _LINE * most
    count = int(-(-whole // _HIGHEST))
    return count, whole / count


def nested(of: str, ladder: Sequence[tuple[str, int]]) -> str:
    """Return a formula that names the step of a ladder that a cell stands on."""
    text = '""'
    for name, least in reversed(ladder):
        clean = name.replace('"', "")
        text = f'IF({of}>={least},"{clean}",{text})'
    return f'=IF({of}="","",{text})'


def filled(formula: str, places: Mapping[str, str]) -> str | None:
    """Return a formula with its cells named; ``None`` where the form lacks one."""
    try:
        return formula.format_map(places)
    except KeyError:
        return None


def _in_margin(code: str, text: str) -> str:
    """Return words of a page's margin behind their code; none where there are none."""
    doubled = visible(text).replace("&", "&&")[:_LONGEST_HEADER].rstrip("&")
    return f"{code}{doubled}" if text else ""


def _plain(settings: Settings) -> str:
    digits = settings.currency.digits
    return "#,##0" + ("." + "0" * digits if digits else "")

"""One official form on one sheet: a layout filled with values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import field, frozen

from ledger.domain.errors import InvalidInput
from ledger.messages import message
from ledger.reports.official_layouts import FormColumn, Layout
from ledger.spreadsheet.cells import Formula, Sheet, filled, place, rows_for

_ALONE: Final = re.compile(r"\{(\w+)\}")
_TALLY: Final = ("level1", "level2")
"""Columns whose equal neighbours, one below the other, are one cell."""


@frozen
class FormValue:
    """A value of a form, how it looks, and the formula that comes to it."""

    value: object
    look: str = "text"
    formula: str | None = None


@frozen(kw_only=True)
class Filling:
    """
    What goes into a layout.

    Attributes:
        texts: Words of the layout's own texts, such as ``{year}``.

        values: By field.

        rows: Of the indicators: by column.

        note: Below the form.
    """

    texts: Mapping[str, str]
    values: Mapping[str, FormValue]
    rows: Sequence[Mapping[str, FormValue]]
    note: str


@frozen
class _Cell:
    """A cell of the form, over some rows and columns."""

    top: int
    bottom: int
    left: int
    right: int
    content: FormValue


@frozen
class FormSheet:
    """A form in the making: cells are placed first, since totals name them."""

    layout: Layout
    filling: Filling
    _cells: list[_Cell] = field(factory=list)
    _heights: list[float] = field(factory=list)
    _places: dict[str, str] = field(factory=dict)

    def write(self, sheet: Sheet) -> None:
        """
        Place everything, write it, and set the page up.

        Raises:
            InvalidInput: The layout names a column or a field that there is not.
        """
        columns = self.layout.columns
        last = len(columns) - 1
        self._line(0, last, FormValue(self.layout.title, "title"), 30)
        period = self._said(self.layout.period)
        self._line(0, last, FormValue(period, "period"), 18)
        for row in self.layout.identity:
            self._row(row)
        self._block(self.layout.money_label, self.layout.money)
        self._block(self.layout.goals_label, self.layout.goals)
        heads = self._indicators()
        for row in self.layout.closing:
            self._row(row)
        self._line(0, last, FormValue(self.filling.note, "note"), 14)
        for index, column in enumerate(columns):
            sheet.sheet.set_column(index, index, column.width)
        for row_index, height in enumerate(self._heights):
            sheet.sheet.set_row(row_index, height)
        for cell in self._cells:
            self._put(sheet, cell)
        bottom = len(self._heights) - 1
        sheet.paper(landscape=self.layout.landscape, last=(bottom, last))
        sheet.sheet.repeat_rows(*heads)

    def _line(self, left: int, right: int, shown: FormValue, height: float) -> None:
        row = len(self._heights)
        self._cells.append(_Cell(row, row, left, right, shown))
        self._heights.append(height)

    def _block(self, label: str, rows: Sequence[str]) -> None:
        """Place rows, and the name of their block to their left."""
        top = len(self._heights)
        for row in rows:
            self._row(row)
        self._label(label, top)

    def _label(self, label: str, top: int) -> None:
        shown = FormValue(self._said(label), "label")
        self._upright(top, len(self._heights) - 1, 0, shown)

    def _upright(self, top: int, bottom: int, column: int, shown: FormValue) -> None:
        """Place a cell over rows, and raise these where it would be cut."""
        self._cells.append(_Cell(top, bottom, column, column, shown))
        _, needed = rows_for([(_text(shown), self.layout.columns[column].width)])
        lacking = needed - sum(self._heights[top : bottom + 1])
        if lacking > 0:
            for row in range(top, bottom + 1):
                self._heights[row] += lacking / (bottom + 1 - top)

    def _row(self, row: str) -> None:
        """Place one row of the layout."""
        self._place([self._read(cell) for cell in row.split("|")])

    def _read(self, cell: str) -> tuple[int, int, FormValue]:
        """Return the columns that a cell of the layout takes, and what it shows."""
        span, _, words = cell.strip(" ").partition(" ")
        first, _, last = span.partition("-")
        left, right = self._columns(first)[0], self._columns(last or first)[1]
        alone = _ALONE.fullmatch(words)
        if alone is None:
            return left, right, FormValue(self._said(words), "label")
        return left, right, self._value(alone[1], left)

    def _value(self, name: str, left: int) -> FormValue:
        """Return a field, and note where it stands."""
        self._places[name] = place(len(self._heights), left)
        if name not in self.filling.values:
            raise _unknown(f"{{{name}}}", self.filling.values)
        return self.filling.values[name]

    def _columns(self, key: str) -> tuple[int, int]:
        found = [
            index
            for index, column in enumerate(self.layout.columns)
            if key in {column.key, column.part_of}
        ]
        if not found:
            raise _unknown(key, (column.key for column in self.layout.columns))
        return found[0], found[-1]

    def _said(self, words: str) -> str:
        """Return words of the layout with what stands in braces filled in."""
        try:
            return words.format_map(self.filling.texts)
        except (KeyError, ValueError) as problem:
            raise _unknown(words, self.filling.texts) from problem

    def _place(self, cells: Sequence[tuple[int, int, FormValue]]) -> None:
        """Place cells side by side, over as many rows as the highest needs."""
        count, height = rows_for(
            (_text(shown), self._width(left, right)) for left, right, shown in cells
        )
        top = len(self._heights)
        self._heights.extend([height] * count)
        for left, right, shown in cells:
            self._cells.append(_Cell(top, top + count - 1, left, right, shown))

    def _width(self, left: int, right: int) -> float:
        return sum(column.width for column in self.layout.columns[left : right + 1])

    def _indicators(self) -> tuple[int, int]:
        """Place the indicators under their heads; return the rows of the heads."""
        top = len(self._heights)
        self._heads()
        body = len(self._heights)
        for row in self.filling.rows:
            single = [
                (index, index, row.get(column.key, FormValue(None)))
                for index, column in enumerate(self.layout.columns)
                if index and column.key not in _TALLY
            ]
            self._place(single)
        if self.filling.rows:
            for key in _TALLY:
                self._merged(key, body)
            self._ranges(body)
        self._label(self.layout.indicators_label, top)
        return top, body - 1

    def _heads(self) -> None:
        """Place the heads, in two rows where some share one above them."""
        columns = self.layout.columns
        top = len(self._heights)
        two = any(column.group for column in columns)
        labels = [FormValue(self._said(column.label), "head") for column in columns]
        if two:
            self._heights.append(20)
        _, height = rows_for(
            (_text(label), column.width)
            for label, column in zip(labels, columns, strict=True)
        )
        self._heights.append(height)
        bottom = len(self._heights) - 1
        for index, (label, column) in enumerate(zip(labels, columns, strict=True)):
            if index:
                start = bottom if column.group else top
                self._cells.append(_Cell(start, bottom, index, index, label))
        for left, right, group in _groups(columns):
            self._cells.append(_Cell(top, top, left, right, FormValue(group, "head")))

    def _merged(self, key: str, body: int) -> None:
        """Place a column whose equal neighbours are one cell."""
        index = self._columns(key)[0]
        rows = {c.top for c in self._cells if c.top >= body and c.left > index}
        runs: list[tuple[int, FormValue]] = []
        above: tuple[object, ...] = ()
        for start, row in zip(sorted(rows), self.filling.rows, strict=True):
            shown = row.get(key, FormValue(None))
            path = tuple(row[each].value for each in _TALLY[: _TALLY.index(key) + 1])
            if path != above:
                runs.append((start, shown))
            above = path
        ends = [start - 1 for start, _ in runs[1:]] + [len(self._heights) - 1]
        for (start, shown), end in zip(runs, ends, strict=True):
            self._upright(start, end, index, shown)

    def _ranges(self, body: int) -> None:
        """Note where the points of all indicators stand."""
        bottom = len(self._heights) - 1
        for key in ("possible", "score"):
            if any(column.key == key for column in self.layout.columns):
                index = self._columns(key)[0]
                first = place(body, index)
                self._places[f"all_{key}"] = f"{first}:{place(bottom, index)}"

    def _put(self, sheet: Sheet, cell: _Cell) -> None:
        shown = cell.content
        sheet.merge((cell.top, cell.left), (cell.bottom, cell.right), shown.look)
        value: Any = shown.value
        if shown.formula is not None:
            formula = filled(shown.formula, self._places)
            value = value if formula is None else Formula(formula, shown.value)
        sheet.put(cell.top, cell.left, value, shown.look)


def _unknown(found: str, known: Iterable[str]) -> InvalidInput:
    right = message("expected.with_names", names=list(known))
    return InvalidInput("layout", found, right)


def _groups(columns: Sequence[FormColumn]) -> Iterator[tuple[int, int, str]]:
    """Yield the heads that neighbours share: first and last column, and the words."""
    start = 0
    for index, column in enumerate(columns):
        after = columns[index + 1].group if index + 1 < len(columns) else ""
        if column.group != after:
            if column.group:
                yield start, index, column.group
            start = index + 1


def _text(shown: FormValue) -> str:
    value = shown.value
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

"""One official form on one sheet: a layout filled with values."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import field, frozen

from ledger.layouts.form_layout import (
    FormCell,
    FormColumn,
    Layout,
    cells_of,
    in_texts,
    unknown,
)
from ledger.spreadsheet.cells import Formula, Sheet, filled, place, rows_for
from ledger.spreadsheet.finished import lighten

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

        footer: Of the printed page.
    """

    texts: Mapping[str, str]
    values: Mapping[str, FormValue]
    rows: Sequence[Mapping[str, FormValue]]
    footer: str


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
        for note in self.layout.notes:
            self._note(last, self._said(note))
        for index, column in enumerate(columns):
            sheet.sheet.set_column(index, index, column.width)
        for row_index, height in enumerate(self._heights):
            sheet.sheet.set_row(row_index, height)
        for cell in self._cells:
            self._put(sheet, cell)
        bottom = len(self._heights) - 1
        sheet.paper(
            landscape=self.layout.landscape,
            last=(bottom, last),
            footer=self.filling.footer,
        )
        sheet.sheet.repeat_rows(*heads)
        lighten(sheet)

    def _line(self, left: int, right: int, shown: FormValue, height: float) -> None:
        row = len(self._heights)
        self._cells.append(_Cell(row, row, left, right, shown))
        self._heights.append(height)

    def _note(self, last: int, words: str) -> None:
        """Place a line under the table, as high as its words need."""
        _, height = rows_for([(words, self._width(0, last))])
        self._line(0, last, FormValue(words, "under"), height)

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
        cells = cells_of(row, self.layout.columns)
        self._place([(cell.first, cell.last, self._shown(cell)) for cell in cells])

    def _shown(self, cell: FormCell) -> FormValue:
        """Return what a cell shows: words, or a field, whose place is noted."""
        if cell.name is None:
            return FormValue(self._said(cell.words), "label")
        self._places[cell.name] = place(len(self._heights), cell.first)
        if cell.name not in self.filling.values:
            raise unknown(f"{{{cell.name}}}", self.filling.values)
        return self.filling.values[cell.name]

    def _column(self, key: str) -> int:
        """Return where the column *key* stands."""
        keys = [column.key for column in self.layout.columns]
        if key not in keys:
            raise unknown(key, keys)
        return keys.index(key)

    def _said(self, words: str) -> str:
        """Return words of the layout with what stands in braces filled in."""
        return in_texts(words, self.filling.texts)

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
        index = self._column(key)
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
                index = self._column(key)
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

"""Official forms that came back: what stands in which cell, read by their layout."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from attrs import define, field, frozen

from ledger.domain.finding import Text
from ledger.intake.readers.grid import Grid
from ledger.layouts.fields import FORMS
from ledger.layouts.form_layout import (
    IN_BRACES,
    FormCell,
    FormColumn,
    Layout,
    Layouts,
    cells_of,
)

_LEVELS: Final = ("level1", "level2")
"""Columns of which equal neighbours, one below the other, are one cell."""

_NAME: Final = "level3"
_HEADING: Final = 5
"""Rows among which the title is looked for."""

_BLANKS: Final = re.compile(r"\s{2,}")
_ENOUGH: Final = 0.6
"""Of the words of a layout, so much must stand on a sheet."""


@frozen
class FilledCell:
    """A cell of a sheet: where it is, and what stands there."""

    row: int
    column: int
    text: str


@frozen
class ChangedLabel:
    """A cell that holds other words than the layout has there."""

    cell: FilledCell
    words: str


@define(kw_only=True)
class FilledForm:
    """
    An official form as it was read.

    Attributes:
        layouts: Those that its layout is one of, and its *kind* there.

        texts: What fields within words of the layout are filled with.

        values: By field.

        rows: Of the indicators: by column.

        changed: Labels that say something else.

        lacking: Rows of the layout that are not there, by their first words.

        strays: Cells that belong to nothing in the layout.
    """

    grid: Grid
    layouts: Layouts
    kind: str
    texts: dict[str, str] = field(factory=dict)
    values: dict[str, FilledCell] = field(factory=dict)
    rows: list[dict[str, FilledCell]] = field(factory=list)
    changed: list[ChangedLabel] = field(factory=list)
    lacking: list[str] = field(factory=list)
    strays: list[FilledCell] = field(factory=list)
    known: int = 0

    @property
    def layout(self) -> Layout:
        """The layout of it."""
        matching: Layout = getattr(self.layouts, self.kind)
        return matching

    @property
    def fit(self) -> tuple[float, int]:
        """How much of the layout's words is there, and how many words these are."""
        unlike = len(self.changed) + len(self.lacking)
        return self.known / max(1, self.known + unlike), self.known

    def place(self, cell: FilledCell) -> Text:
        """Return the name of a cell."""
        return self.grid.place(cell.row, cell.column)

    def is_computed(self, cell: FilledCell) -> bool:
        """Return whether a formula stands there that has no value."""
        return (cell.row, cell.column) in self.grid.unread


def filled_form(grid: Grid, known: Iterable[Layouts]) -> FilledForm | None:
    """
    Return the official form on a sheet, read by the layout whose words fit it best.

    ``None`` where there is none: its title is that of none of the layouts.
    """
    matching = [
        read
        for layouts in known
        for kind in FORMS
        if (read := _read(grid, layouts, kind)) is not None
    ]
    best = max(matching, key=lambda read: read.fit, default=None)
    return None if best is None or best.fit[0] < _ENOUGH else best


def plain(text: str) -> str:
    """Return a text as labels are compared: in any width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _read(grid: Grid, layouts: Layouts, kind: str) -> FilledForm | None:
    form = FilledForm(grid=grid, layouts=layouts, kind=kind)
    reading = _SheetReading(form)
    return form if reading.read() else None


@lru_cache(maxsize=2000)
def _pattern(words: str) -> re.Pattern[str]:
    """Return what matches words of a layout, with its fields and signatures filled."""
    text, parts, named = words.strip(), list[str](), set[str]()
    at = 0
    for matching in IN_BRACES.finditer(text):
        parts.append(_literal(text[at : matching.start()]))
        name = matching[1]
        parts.append(".*?" if name in named else f"(?P<{name}>.*?)")
        named.add(name)
        at = matching.end()
    return re.compile("".join([*parts, _literal(text[at:])]), re.DOTALL)


def _literal(text: str) -> str:
    """Return what matches a text; where it leaves room, people write."""
    ends = plain(text).endswith(":")
    pieces = [re.escape(plain(piece)) for piece in _BLANKS.split(text)]
    return ".*".join(pieces) + (".*" if ends else "")


@define
class _SheetReading:
    """Reads one sheet by one layout, from top to bottom."""

    form: FilledForm
    at: int = 0
    taken: set[tuple[int, int]] = field(factory=set)

    def read(self) -> bool:
        """Read all; return whether the sheet has the title."""
        layout = self.form.layout
        rows = len(self.form.grid.rows)
        title = self._find(layout.title, 0, range(min(_HEADING, rows)))
        if title is None:
            return False
        self._label(FormCell(0, 0, layout.title), title)
        self.at = title + 1
        period = self._find(layout.period, 0, range(self.at, min(_HEADING, rows)))
        if period is not None:
            self._label(FormCell(0, 0, layout.period), period)
            self.at = period + 1
        self._all(layout.identity)
        self._block(layout.money_label, layout.money)
        self._block(layout.goals_label, layout.goals)
        self._indicators()
        self._all(layout.closing)
        for note in layout.notes:
            self._note(note)
        self._leave()
        return True

    def _text(self, row: int, column: int) -> str:
        return self.form.grid.text(row, column)

    def _find(self, words: str, column: int, rows: Iterable[int]) -> int | None:
        pattern = _pattern(words)
        for row in rows:
            if pattern.fullmatch(plain(self._text(row, column))):
                return row
        return None

    def _below(self) -> range:
        return range(self.at, len(self.form.grid.rows))

    def _label(self, cell: FormCell, row: int) -> None:
        """Take a cell that should hold words of the layout."""
        matching = FilledCell(row, cell.first, self._text(row, cell.first))
        self.taken.add((row, cell.first))
        match = _pattern(cell.words).fullmatch(plain(matching.text))
        if match is None:
            self.form.changed.append(ChangedLabel(matching, cell.words))
            return
        self.form.known += 1
        for name, text in match.groupdict().items():
            self.form.texts.setdefault(name, text)

    def _all(self, rows: Sequence[str]) -> None:
        for row in rows:
            self._row(row)

    def _block(self, label: str, rows: Sequence[str]) -> None:
        top = self._find(label, 0, self._below())
        if top is not None:
            self._label(FormCell(0, 0, label), top)
        self._all(rows)

    def _row(self, template: str) -> None:
        """Take a row of the layout: where its first words stand, or the next one."""
        cells = cells_of(template, self.form.layout.columns)
        labels = [cell for cell in cells if cell.name is None and cell.words]
        row: int | None = self.at
        if labels:
            row = self._find(labels[0].words, labels[0].first, self._below())
        if row is None or row >= len(self.form.grid.rows):
            self.form.lacking.append(labels[0].words if labels else template)
            return
        for cell in labels:
            self._label(cell, row)
        for cell in cells:
            if cell.name is not None:
                self.form.values[cell.name] = self._value(row, cell.first)
        self.at = self._after(row, [cell.first for cell in cells])

    def _value(self, row: int, column: int) -> FilledCell:
        self.taken.add((row, column))
        return FilledCell(row, column, self._text(row, column))

    def _after(self, row: int, columns: Iterable[int]) -> int:
        """Return the row below one whose cells may take several."""
        merged = self.form.grid.merged
        return 1 + max(merged.get((row, c), (row, c))[0] for c in columns)

    def _indicators(self) -> None:
        columns = self.form.layout.columns
        names = [column.key for column in columns]
        name = names.index(_NAME)
        top = self._find(columns[name].label, name, self._below())
        if top is None:
            self.form.lacking.append(columns[name].label)
            return
        bottom = self._heads(columns, top)
        label = self.form.layout.indicators_label
        if self._find(label, 0, range(top, bottom + 1)) is not None:
            self._label(FormCell(0, 0, label), top)
        end, levels = self._end(bottom + 1), dict[str, FilledCell]()
        self.at = bottom + 1
        while self.at < end:
            self._indicator(names, levels)
        self.at = end

    def _heads(self, columns: Sequence[FormColumn], top: int) -> int:
        """Take the heads, and return the last row of them."""
        bottom = top + any(column.group for column in columns)
        above = ""
        for index, column in enumerate(columns):
            if index:
                row = bottom if column.group else top
                self._label(FormCell(index, index, column.label), row)
            if column.group and column.group != above:
                self._label(FormCell(index, index, column.group), top)
            above = column.group
        return bottom

    def _end(self, start: int) -> int:
        """Return the row after the last indicator."""
        layout, rows = self.form.layout, range(start, len(self.form.grid.rows))
        for template in layout.closing[:1]:
            for cell in cells_of(template, layout.columns):
                if cell.name is None and cell.words:
                    row = self._find(cell.words, cell.first, rows)
                    return len(self.form.grid.rows) if row is None else row
        for note in layout.notes:
            row = self._find(note, 0, rows)
            if row is not None:
                return row
        return len(self.form.grid.rows)

    def _indicator(self, names: Sequence[str], levels: dict[str, FilledCell]) -> None:
        """Take the row of an indicator, with the levels that stand above it."""
        row, cells = self.at, dict[str, FilledCell]()
        for column, key in enumerate(names):
            if not column:
                continue
            if key not in _LEVELS or self._text(row, column):
                cells[key] = self._value(row, column)
        for key in _LEVELS:
            if key in cells:
                levels[key] = cells[key]
        self.at = self._after(
            row, (c for c, key in enumerate(names) if c and key not in _LEVELS)
        )
        if any(cell.text for cell in cells.values()):
            self.form.rows.append({**levels, **cells})

    def _note(self, words: str) -> None:
        row = self._find(words, 0, self._below())
        if row is not None:
            self._label(FormCell(0, 0, words), row)
            self.at = row + 1

    def _leave(self) -> None:
        """Take note of what belongs to nothing."""
        for row, cells in enumerate(self.form.grid.rows):
            for column, text in enumerate(cells):
                if text.strip() and (row, column) not in self.taken:
                    cell = FilledCell(row, column, text.strip())
                    self.form.strays.append(cell)


def by_names(rows: Sequence[Mapping[str, FilledCell]]) -> list[tuple[str, str]]:
    """Return the names of level 2 and 3 of each row of indicators, as compared."""
    return [
        (plain(row["level2"].text if "level2" in row else ""), plain(row[_NAME].text))
        for row in rows
    ]

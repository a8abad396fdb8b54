"""A register as a workbook: a sheet for each table, its sums by formula."""

from collections.abc import Mapping, Sequence
from typing import Final

from ledger.domain.settings import Settings
from ledger.figures.figure import FigureKind, Width
from ledger.messages import Language
from ledger.reports import vocabulary as words
from ledger.reports.render.register_cells import head, in_words
from ledger.reports.render.register_cells import title as titled
from ledger.reports.values.register import (
    RegisterCells,
    RegisterColumn,
    RegisterTable,
    RegisterValues,
)
from ledger.spreadsheet.cells import (
    Book,
    Formula,
    ListHead,
    Sheet,
    height,
    place,
    write_list,
)

_LOOKS: Final[Mapping[FigureKind, tuple[str, int]]] = {
    FigureKind.TEXT: ("text", 22),
    FigureKind.CHOICE: ("center", 12),
    FigureKind.MONEY: ("money", 15),
    FigureKind.RATE: ("rate", 11),
    FigureKind.COUNT: ("number", 10),
    FigureKind.POINTS: ("number", 10),
    FigureKind.REASON: ("text", 22),
    FigureKind.DATE: ("date", 12),
}
"""The look and the width of a column, by the kind of its cells."""

_ADDED: Final = frozenset({FigureKind.MONEY, FigureKind.COUNT})
"""The kinds whose sums are formulas."""


def workbook(values: RegisterValues, language: str | None = None) -> bytes:
    """
    Return the workbook, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, values.settings)
    say = words.words(spoken)
    book = Book(values.settings)
    for table in values.tables:
        sheet = book.sheet(say[f"table.{table.key}"])
        write_table(sheet, table, values.settings, spoken, _head(values, say))
    return book.close()


def write_table(
    sheet: Sheet,
    table: RegisterTable,
    settings: Settings,
    language: Language,
    title: str,
) -> None:
    """Write the rows of a table, the sums of each group below it, and those of all."""
    say, columns = words.words(language), table.shown(Width.SHEET)
    heads = [
        ListHead(
            label=head(each, settings, say),
            width=_width(each),
            look=_LOOKS[each.kind][0],
        )
        for each in columns
    ]
    sheet.entitle(title, len(columns))
    sheet.sheet.set_row(0, 13 * (1 + title.count("\n")))
    row = write_list(sheet, heads, [], start=1)
    for group in table.groups:
        start = row
        for cells in group.rows:
            for column, each in enumerate(columns):
                shown = in_words(cells.get(each.key), language)
                sheet.put(row, column, shown, _look(shown, each))
            texts = (
                (f"{in_words(cells.get(each.key), language)}", _width(each))
                for each in columns
                if each.is_text and cells.get(each.key) is not None
            )
            sheet.sheet.set_row(row, height(texts))
            row += 1
        if group.name:
            sheet.sheet.set_row(row, height([(group.name, _width(columns[0]))]))
            _sums(sheet, group.sums, columns, (start, row), group.name)
            row += 1
    sheet.sheet.autofilter(1, 0, max(row - 1, 1), len(columns) - 1)
    if table.sums is not None:
        _sums(sheet, table.sums, columns, (2, row), say["total"])
        row += 1
    sheet.sheet.freeze_panes(2, 1)
    sheet.sheet.repeat_rows(1)
    sheet.paper(landscape=True, last=(row - 1, len(columns) - 1))


def _width(column: RegisterColumn) -> int:
    return _LOOKS[column.kind][1]


def _look(shown: object, column: RegisterColumn) -> str:
    """Return the look of a cell: a text in a column of numbers is centred."""
    look = _LOOKS[column.kind][0]
    return "center" if isinstance(shown, str) and look != "text" else look


def _sums(
    sheet: Sheet,
    sums: RegisterCells,
    columns: Sequence[RegisterColumn],
    rows: tuple[int, int],
    name: str,
) -> None:
    """
    Write sums of the rows from the first of *rows* to before the last, below them.

    Sums among these rows are left out by the formula itself.
    """
    first, row = rows
    places = {each.key: column for column, each in enumerate(columns)}
    for column, each in enumerate(columns):
        if each.key not in sums or each.is_text:
            sheet.put(row, column, None, "head")
            continue
        value = sums[each.key]
        if each.ratio is not None and all(key in places for key in each.ratio):
            a, b = (place(row, places[key]) for key in each.ratio)
            value = Formula(f'=IF({b}=0,"",ROUND({a}/{b},6))', value)
        elif row > first and each.kind in _ADDED:
            top, bottom = place(first, column), place(row - 1, column)
            value = Formula(f"=SUBTOTAL(9,{top}:{bottom})", value)
        sheet.put(row, column, value, _LOOKS[each.kind][0])
    sheet.put(row, 0, name, "head")


def _head(values: RegisterValues, say: Mapping[str, str]) -> str:
    """Return what a sheet is about, and which record it was made from."""
    kept = say["position_root"].format(position=values.position, root=values.root)
    named = "  ".join(filter(None, [values.settings.title, titled(values, say)]))
    return f"{named}\n{kept}"

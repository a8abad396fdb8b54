"""A register as text for a terminal, or for a file."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from ledger.domain.settings import Settings
from ledger.figures.figure import Width
from ledger.messages import Language
from ledger.reports import vocabulary as words
from ledger.reports.render.register_cells import text, title
from ledger.reports.render.terminal import FoldingTable, printable, section, table
from ledger.reports.values.register import (
    UNITS,
    RegisterCells,
    RegisterColumn,
    RegisterTable,
    RegisterValues,
)

_NUMBER: Final = 21
"""How wide a number or a code may be to stand in one line: as a project code is."""


def register(values: RegisterValues, language: str | None = None) -> RenderableType:
    """
    Return a register, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    settings = values.settings
    spoken = words.language_of(language, settings)
    say = words.words(spoken)
    first, *others = values.tables
    parts: list[RenderableType] = [_listed(first, settings, spoken)]
    parts += [
        section(say[f"table.{each.key}"], _listed(each, settings, spoken))
        for each in others
        if each.key != UNITS and each.rows
    ]
    lines = filter(None, [settings.title, title(values, say)])
    unit = words.money_unit(settings, say)
    return Group(
        Text("\n".join(lines), style="bold"),
        *parts,
        Text(say["in_unit"].format(word=say["amount"], unit=unit), style="dim"),
        Text(
            say["position_root"].format(position=values.position, root=values.root),
            style="dim",
        ),
    )


def _listed(
    shown: RegisterTable, settings: Settings, language: Language
) -> FoldingTable:
    """Return the rows of each group with its sums, and those of all."""
    say = words.words(language)
    columns = shown.shown(Width.LIST)
    texts = [each for each in columns if each.is_text]
    figures = [each for each in columns if not each.is_text]
    columns = [*texts, *figures]
    made = table(
        [say[each.head] for each in texts], figures=[say[each.head] for each in figures]
    )
    numbers = [
        text(cells.get(columns[0].key), columns[0], settings, language) or ""
        for group in shown.groups
        for cells in group.rows
    ]
    made.columns[0].no_wrap = all(cell_len(number) <= _NUMBER for number in numbers)
    for group in shown.groups:
        for cells in group.rows:
            made.add_row(*_row(cells, columns, settings, language))
        if group.name:
            # A long name stands where the names of projects do: there is room.
            place = 0 if cell_len(group.name) <= _NUMBER else len(texts) - 1
            sums = _row(group.sums, columns, settings, language, group.name, place)
            made.add_row(*sums, style="bold")
            made.add_section()
    if shown.sums is not None:
        total = _row(shown.sums, columns, settings, language, say["total"])
        made.add_row(*total, style="bold")
    return made


def _row(
    cells: RegisterCells,
    columns: Sequence[RegisterColumn],
    settings: Settings,
    language: Language,
    name: str | None = None,
    place: int = 0,
) -> list[RenderableType]:
    """Return the cells of a row, or of sums with their *name* in its *place*."""
    shown: list[RenderableType] = []
    for column in columns:
        if name is None:
            cell = text(cells.get(column.key), column, settings, language)
            shown.append(printable(cell or "–"))
        elif column.key in cells and not column.is_text:
            shown.append(text(cells[column.key], column, settings, language))
        else:
            shown.append("")
    if name is not None:
        shown[place] = printable(name)
    return shown

"""A register as text for a terminal, or for a file."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from ledger.domain.settings import Settings
from ledger.figures.figure import FigureKind, Width
from ledger.messages import Language
from ledger.reports import vocabulary as words
from ledger.reports.render.folding_table import FoldingTable
from ledger.reports.render.register_cells import text, title
from ledger.reports.render.terminal import printable, section, table
from ledger.reports.values.register import (
    UNITS,
    RegisterCells,
    RegisterColumn,
    RegisterTable,
    RegisterValues,
)


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
        section(say[f"table.{other.key}"], _listed(other, settings, spoken))
        for other in others
        if other.key != UNITS and other.rows
    ]
    lines = filter(None, [settings.title, title(values, say)])
    unit = words.money_unit(settings, say)
    amounts = Text(say["in_unit"].format(word=say["amount"], unit=unit), style="dim")
    columns = [column for shown in values.tables for column in shown.columns]
    has_money = any(column.kind is FigureKind.MONEY for column in columns)
    return Group(
        Text("\n".join(lines), style="bold"),
        *parts,
        *([amounts] if has_money else ()),
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
        [say[each.head] for each in texts],
        figures=[say[figure.head] for figure in figures],
    )
    for column, drawn in zip(columns, made.columns, strict=True):
        drawn.no_wrap |= column.is_code
    for group in shown.groups:
        for cells in group.rows:
            made.add_row(*_row(cells, columns, settings, language))
        if group.name:
            sums = _row(group.sums, columns, settings, language, group.name)
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
) -> list[RenderableType]:
    """Return the cells of a row, or of sums after their *name*."""
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
        shown[0] = printable(name)
    return shown

"""What people see of a register: its title, and its cells in words."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from ledger.domain.funding import FundingSource
from ledger.domain.settings import Settings
from ledger.figures.figure import FigureKind
from ledger.messages import Language, Message
from ledger.reports import vocabulary as words
from ledger.reports.render.part_title import part_title
from ledger.reports.render.terminal import money, percent
from ledger.reports.values.register import RegisterColumn, RegisterValues


def title(values: RegisterValues, say: Mapping[str, str]) -> str:
    """Return the title of a register, with its day."""
    said = say[values.word].format_map(values.days)
    shown = " ".join(filter(None, [part_title(values.part, say), said]))
    if values.known_at:
        shown += say["comma"] + words.as_known(values.known_at, say)
    return shown


def head(column: RegisterColumn, settings: Settings, say: Mapping[str, str]) -> str:
    """Return the head of a column, with the unit of amounts."""
    if column.kind is not FigureKind.MONEY:
        return say[column.head]
    unit = words.money_unit(settings, say)
    return say["in_unit"].format(word=say[column.head], unit=unit)


def text(
    cell: object, column: RegisterColumn, settings: Settings, language: Language
) -> str:
    """Return a cell in words; a dash where there is nothing."""
    if cell is None:
        return "" if column.is_text else "–"
    if column.kind is FigureKind.RATE and isinstance(cell, Decimal):
        return percent(cell)
    if column.kind is FigureKind.MONEY and isinstance(cell, Decimal):
        return money(cell, settings)
    return f"{in_words(cell, language)}"


def in_words(cell: object, language: Language) -> object:
    """Return a cell with words in the place of what has any; numbers stay."""
    match cell:
        case StrEnum():
            return words.words(language)[cell.value]
        case FundingSource():
            return words.source_name(cell.path, language)
        case Message():
            return cell.said(language)
        case tuple():
            return " ".join(map(str, cell))
        case bool():
            return words.words(language)[str(cell)]
    return cell

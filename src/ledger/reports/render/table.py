"""Tables as CSV that spreadsheets open as it is meant: UTF-8, with nothing to run."""

import csv as csv_format
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from io import StringIO
from typing import Final, TypeVar

from attrs import frozen

from ledger.domain.choices import not_among
from ledger.domain.settings import Settings
from ledger.figures.figure import Figure, FigureKind
from ledger.messages import Language, Message
from ledger.reports import vocabulary as words
from ledger.reports.render.json import values
from ledger.spreadsheet.safe_text import guarded

T = TypeVar("T")

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_IN_WORDS: Final = {FigureKind.STATUS, FigureKind.CHOICE, FigureKind.REASON}


@frozen
class CsvColumn:
    """
    A column of a table.

    Attributes:
        word: The key of the words that head it.

        is_amount: Whether it holds amounts, so that its head has their unit.

        source: The funding source that it is about, if it is about one alone.
    """

    word: str
    is_amount: bool = False
    source: str | None = None


@frozen
class Table:
    """
    Rows under heads.

    Attributes:
        columns: By the key that each has without a language.

        rows: Cells by column; a member of an enumeration shows as its word.
    """

    columns: Mapping[str, CsvColumn]
    rows: Iterable[Mapping[str, object]]


def chosen(tables: Mapping[str, Callable[..., T]], name: str) -> Callable[..., T]:
    """
    Return what makes the table called *name*.

    Raises:
        InvalidInput: There is none.
    """
    if name not in tables:
        raise not_among(list(tables), "table", name)
    return tables[name]


def same(keys: Iterable[str]) -> dict[str, CsvColumn]:
    """Return columns that are headed by the words for their own keys."""
    return {key: CsvColumn(key) for key in keys}


def of_figures(
    rows: Iterable[Figure], source: str | None = None
) -> dict[str, CsvColumn]:
    """Return a column for each figure, or for each that a funding source has."""
    prefix = "" if source is None else f"by_source.{source}."
    return {
        f"{prefix}{row.key}": CsvColumn(row.word, row.kind is FigureKind.MONEY, source)
        for row in rows
    }


def cells(rows: tuple[Figure, ...], line: object) -> dict[str, object]:
    """Return the figures of a line by key: as in JSON, but for what has its words."""
    named = {row.key: row.of(line) for row in rows if row.kind in _IN_WORDS}
    return {**values(rows, line), **named}


def as_csv(table: Table, settings: Settings, language: str | None = None) -> str:
    """
    Return a table as CSV.

    Every cell is quoted, because a spreadsheet of another country parts cells at
    semicolons. No text can be taken for a formula. Amounts are in the main unit.

    Args:
        language: Of heads, members of enumerations and reasons; without one they are
            as in JSON, a reason its code.

    Raises:
        InvalidInput: There is no such language.
    """
    heads: Iterable[str] = table.columns
    say: Mapping[str, str] = {}
    spoken = Language.ENGLISH
    if language is not None:
        spoken = words.language_of(language, settings)
        say = words.words(spoken)
        heads = (_head(column, settings, spoken) for column in table.columns.values())
    into = StringIO()
    writer = csv_format.writer(into, quoting=csv_format.QUOTE_ALL)
    writer.writerow(map(guarded, heads))
    for row in table.rows:
        writer.writerow(_cell(key, row.get(key), say, spoken) for key in table.columns)
    return into.getvalue()


def _head(column: CsvColumn, settings: Settings, language: Language) -> str:
    """Return a head in words, with the unit where it is over amounts."""
    say = words.words(language)
    shown = say[column.word]
    if column.source is not None:
        shown = f"{words.source_name(column.source, language)} {shown}"
    if not column.is_amount:
        return shown
    return say["in_unit"].format(word=shown, unit=words.main_unit(settings, say))


def _cell(key: str, value: object, say: Mapping[str, str], language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say.get(str(value), str(value).lower())
    if isinstance(value, StrEnum):
        return say.get(value.value, value.value)
    if isinstance(value, Message):
        return guarded(value.said(language) if say else value.code)
    text = str(value)
    if say and key == "source":
        text = words.source_name(text, language)
    if say and key in {"level1", "level2"}:
        text = words.level(text, language)
    return text if _NUMBER.fullmatch(text) else guarded(text)

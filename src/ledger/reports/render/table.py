"""Tables as CSV that spreadsheets open as it is meant: UTF-8, with nothing to run."""

import csv as csv_format
import os
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from io import StringIO
from typing import Final, TypeVar

from attrs import frozen

from ledger.domain.errors import InvalidInput
from ledger.domain.settings import Settings
from ledger.output import write
from ledger.reports import vocabulary as words
from ledger.spreadsheet.safe_text import guarded

T = TypeVar("T")

_BYTE_ORDER_MARK: Final = "\ufeff"
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MONEY: Final = frozenset(
    "original_budget current_budget planned original_planned disbursed available "
    "carried_over lapsed variance "
    "cumulative_planned cumulative_disbursed".split()
)


@frozen
class Table:
    """
    Rows under heads.

    Attributes:
        columns: The key of each column, and the word that heads it.

        rows: Cells by column; a member of an enumeration shows as its word.
    """

    columns: Mapping[str, str]
    rows: Iterable[Mapping[str, object]]


def chosen(tables: Mapping[str, Callable[..., T]], name: str) -> Callable[..., T]:
    """
    Return what makes the table called *name*.

    Raises:
        InvalidInput: There is none.
    """
    if name not in tables:
        raise InvalidInput("table", name, " or ".join(tables))
    return tables[name]


def same(keys: Iterable[str]) -> dict[str, str]:
    """Return columns that are headed by the words for their own keys."""
    return {key: key for key in keys}


def word_of(figure: str, say: Mapping[str, str]) -> str:
    """Return the word for a figure; a funding source has the name of one of them."""
    return say["carried_forward" if figure == "carried_over" else figure]


def csv(
    table: Table,
    settings: Settings,
    path: str | os.PathLike[str] | None = None,
    language: str | None = None,
) -> str:
    """
    Return a table as CSV, and write it to *path* if there is one.

    Every cell is quoted, because a spreadsheet of another country parts cells at
    semicolons. No text can be taken for a formula. Amounts are in the main unit.

    Args:
        language: Of heads and of members of enumerations; without one both are as in
            JSON.

    Raises:
        InvalidInput: There is no such language, or it cannot be written.
    """
    heads: Iterable[str] = table.columns
    say: Mapping[str, str] = {}
    if language is not None:
        say = words.words(words.language_of(language, settings))
        heads = (_head(word, settings, say) for word in table.columns.values())
    into = StringIO()
    writer = csv_format.writer(into, quoting=csv_format.QUOTE_ALL)
    writer.writerow(map(guarded, heads))
    for row in table.rows:
        writer.writerow(_cell(key, row.get(key), say) for key in table.columns)
    text = into.getvalue()
    if path is not None:
        write(path, [_BYTE_ORDER_MARK, text])
    return text


def _head(word: str, settings: Settings, say: Mapping[str, str]) -> str:
    """Return a head in words, with the unit where it is over amounts."""
    first, _, rest = word.partition(".")
    if first == "by_source":
        source, _, figure = rest.rpartition(".")
        shown = f"{words.source_name(source, say)} {word_of(figure, say)}"
    else:
        figure, shown = word, word_of(word, say)
    if figure not in _MONEY:
        return shown
    return say["in_unit"].format(word=shown, unit=words.main_unit(settings))


def _cell(key: str, value: object, say: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say.get(str(value), str(value).lower())
    if isinstance(value, StrEnum):
        return say.get(value.value, value.value)
    text = str(value)
    if say and key == "source":
        text = words.source_name(text, say)
    return text if _NUMBER.fullmatch(text) else guarded(text)

"""What a file says of the tables that a bank or a treasury exports."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.errors import InvalidInput
from ledger.domain.event_type import EventType
from ledger.domain.finding import Text
from ledger.domain.money import Currency
from ledger.intake.column_heads import event_type
from ledger.intake.money_units import known_units, main_units_in
from ledger.layouts.toml_file import check_keys, table_in
from ledger.messages import message

_KEYS: Final = ("type", "sheet", "unit", "columns", "values", "words", "left_out")
_USUAL: Final = "Disbursed"
_MOST: Final = 200
"""Lines of a table of the file."""


@frozen
class ExportMapping:
    """
    How the rows of a table become facts.

    Attributes:
        name: Of the file that says so.

        type: Of the facts.

        sheet: The only one that is read; ``None`` is each that has the heads.

        unit: What its amounts are in; ``None`` is what the head of their column says,
            or else the main unit.

        columns: The heads by columns of a bulk file; several are joined by ``-``.

        values: What each row has alike, by columns of a bulk file.

        words: By columns, what a text of the table stands for.

        left_out: By heads, the texts of rows that are no facts.
    """

    name: str
    type: str
    sheet: str | None
    unit: str | None
    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    left_out: Mapping[str, frozenset[str]]

    @property
    def heads(self) -> list[str]:
        """The heads that a table must have."""
        named = [head for heads in self.columns.values() for head in heads]
        return list(dict.fromkeys((*named, *self.left_out)))


def read_mapping(path: str | os.PathLike[str], currency: Currency) -> ExportMapping:
    """
    Return what a file in TOML says.

    Raises:
        InvalidInput: It cannot be read, or something in it is wrong: the refusal names
            the file, the key, what stands there and what would be expected.
    """
    name = Path(path).name
    table = table_in(Path(path), "mapping")
    check_keys(table, _KEYS, name)
    row = _type(table.get("type", _USUAL), name)
    columns = {
        key: _texts(heads, f"{name}: columns.{key}")
        for key, heads in _table(table, "columns", name).items()
    }
    if not columns:
        expected = message("expected.heads_of_columns")
        raise InvalidInput(f"{name}: columns", message("found.not_there"), expected)
    values = {
        key: _text(value, f"{name}: values.{key}")
        for key, value in _table(table, "values", name).items()
    }
    words = {
        key: _words(given, f"{name}: words.{key}")
        for key, given in _table(table, "words", name).items()
    }
    known = _fields(row)
    for part, keys in (("columns", columns), ("values", values), ("words", words)):
        check_keys(keys, known, f"{name}: {part}")
    left_out = {
        head: frozenset(_texts(texts, f"{name}: left_out.{head}"))
        for head, texts in _table(table, "left_out", name).items()
    }
    texts = {
        key: _text(table[key], f"{name}: {key}")
        for key in ("sheet", "unit")
        if key in table
    }
    if "unit" in texts:
        many_in(texts["unit"], f"{name}: unit", currency)
    return ExportMapping(
        name=name,
        type=row.name,
        sheet=texts.get("sheet"),
        unit=texts.get("unit"),
        columns=columns,
        values=values,
        words=words,
        left_out=left_out,
    )


def _type(given: Any, name: str) -> EventType:
    """Return the row of a type that a bulk file may hold, by its key or its word."""
    known = {kind.name: kind for kind in CATALOGUE if kind.bulk}
    row = known.get(event_type(given)) if isinstance(given, str) else None
    if row is None:
        expected = message("expected.any_of", names=list(known))
        raise InvalidInput(f"{name}: type", given, expected)
    return row


def _fields(row: EventType) -> list[str]:
    """Return the columns that a line of a type may have."""
    own = [column.name for column in row.columns]
    return ["project", "unit", "on", "source", "key", "actor", *own]


def many_in(unit: str, where: str | Text, currency: Currency) -> int:
    """
    Return how many of the main unit a printed unit of money is.

    Raises:
        InvalidInput: It is another; those that would do are named.
    """
    many = main_units_in(unit, currency)
    if many is None:
        expected = message("expected.any_of", names=known_units(currency))
        raise InvalidInput(where, unit, expected)
    return many


def _table(table: Mapping[str, Any], key: str, name: str) -> dict[str, Any]:
    given = table.get(key, {})
    if not isinstance(given, dict):
        where = f"{name}: {key}"
        raise InvalidInput(where, given, message("expected.toml_table"))
    _check_count(given, f"{name}: {key}")
    return given


def _words(given: Any, where: str) -> dict[str, str]:
    if not isinstance(given, dict):
        raise InvalidInput(where, given, message("expected.toml_table"))
    _check_count(given, where)
    return {word: _text(text, f"{where}.{word}") for word, text in given.items()}


def _texts(given: Any, where: str) -> tuple[str, ...]:
    """Take one text, or a list of some."""
    texts = given if isinstance(given, list) else [given]
    _check_count(texts, where)
    if not texts:
        raise InvalidInput(where, message("found.no_value"), message("expected.text"))
    return tuple(_text(text, where) for text in texts)


def _text(given: Any, where: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise InvalidInput(where, given, message("expected.text"))
    return given.strip()


def _check_count(given: Any, where: str) -> None:
    if len(given) > _MOST:
        expected = message("expected.lines_at_most", most=_MOST)
        raise InvalidInput(where, message("found.lines", count=len(given)), expected)

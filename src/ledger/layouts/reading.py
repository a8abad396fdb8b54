"""The words of a layout's file by which forms are read: table ``reading``."""

import os
from pathlib import Path
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.layouts.reading_words import ReadingWords
from ledger.layouts.toml_file import OF_FILE, check_keys, table_in
from ledger.messages import message

READING: Final = {
    "columns": (
        *("level1", "level2", "level3", "target", "sign", "target_unit"),
        *("weight", "description", "basis", "grade"),
    ),
    "beside": ("other",),
    "labels": (
        *("project_name", "project_code", "unit", "supervisor", "unit_code"),
        *("year", "money_unit"),
    ),
    "goals": ("year", "planned", "whole", "other"),
    "money": (
        *("total", "column", "fiscal", "carried", "other", "execution"),
        *("block", "beside"),
    ),
    "level1": ("output", "benefit", "satisfaction", "cost"),
    "after": ("totals", "ends"),
}
"""The tables, with the keys of each."""

_MOST_WORDS: Final = 500
_LONGEST: Final = 60


def read_words(path: str | os.PathLike[str]) -> ReadingWords:
    """
    Return the words of a layout's file.

    Raises:
        InvalidInput: It cannot be read, or something in it is wrong: the refusal names
            the file, the key, what stands there and what would be expected.
    """
    name = Path(path).name
    table = table_in(Path(path), "layout")
    check_keys(table, OF_FILE, name)
    where = f"{name}: reading"
    reading = table.get("reading")
    if not isinstance(reading, dict) or not reading:
        expected = message(
            "expected.words_of_reading", key="reading", names=list(READING)
        )
        raise InvalidInput(where, message("found.not_there"), expected)
    check_keys(reading, READING, where)
    words: list[tuple[str, str, str]] = []
    for key, fields in reading.items():
        if not isinstance(fields, dict):
            expected = message("expected.toml_table")
            raise InvalidInput(f"{where}.{key}", str(fields)[:_LONGEST], expected)
        check_keys(fields, READING[key], f"{where}.{key}")
        for field, listed in fields.items():
            place = f"{where}.{key}.{field}"
            words += [(key, field, word) for word in _words(listed, place)]
    if len(words) > _MOST_WORDS:
        expected = message("expected.lines_at_most", most=_MOST_WORDS)
        raise InvalidInput(where, message("found.lines", count=len(words)), expected)
    return ReadingWords(name, tuple(words))


def _words(listed: Any, place: str) -> list[str]:
    """Return the words of one key, each a text that is not blank."""
    if not isinstance(listed, list):
        raise InvalidInput(place, str(listed)[:_LONGEST], message("expected.toml_list"))
    for word in listed:
        if not isinstance(word, str) or not 0 < len(word.strip()) <= _LONGEST:
            expected = message("expected.printed_word", most=_LONGEST)
            raise InvalidInput(place, str(word)[:_LONGEST], expected)
    return listed

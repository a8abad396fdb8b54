"""
The formats that documents are handed out in: one row a format, whoever asks for it.

Scripts and the command line choose by these rows, so that a name of a file means the
same to both.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from attrs import frozen

from ledger.domain.choices import not_among
from ledger.domain.errors import InvalidInput
from ledger.messages import message


@frozen(kw_only=True)
class Format:
    """
    A format that documents are handed out in.

    Attributes:
        endings: What the names of its files end with; the first is the usual one.

        finished_by: The module and the function that make its text of what a
            document's own rendering returns; ``None`` where that is the text itself.

        options: What one may ask of that function.

        mark: What a file begins with that the text does not.

        is_binary: Whether it is no text, so that no terminal can show it.
    """

    endings: tuple[str, ...]
    finished_by: tuple[str, str] | None = None
    options: frozenset[str] = frozenset()
    mark: str = ""
    is_binary: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format(
        endings=(".txt", ".text", ".md"),
        finished_by=("terminal", "rendered"),
        options=frozenset({"width"}),
    ),
    "json": Format(endings=(".json",), finished_by=("json", "file_text")),
    # Spreadsheets take a table for UTF-8 where it begins with a byte order mark.
    "csv": Format(endings=(".csv",), mark="\ufeff"),
    "ics": Format(endings=(".ics",)),
    "html": Format(endings=(".html", ".htm")),
    "xlsx": Format(endings=(".xlsx",), is_binary=True),
}
"""Formats by the names that they are asked for by."""


def check_format(asked: str, known: Iterable[str]) -> str:
    """
    Return the format that was asked for.

    Raises:
        InvalidInput: A document has no such format; those that it has are named.
    """
    if asked not in known:
        raise not_among(list(known), "format", asked)
    return asked


def format_of(
    path: str | os.PathLike[str], known: Iterable[str], asked: str | None = None
) -> str:
    """
    Return the format of a file: that which was asked for, else by its ending.

    Args:
        known: The formats that the document has.

        asked: The format that was asked for. An ending that is that of another one
            contradicts it; one that none has says nothing.

    Raises:
        InvalidInput: There is no such format, or the ending is that of none or of
            another.
    """
    known = tuple(known)
    target = Path(path)
    ending = target.suffix.lower()
    if asked is not None:
        check_format(asked, known)
        others = {e for each in FORMATS.values() for e in each.endings}
        if ending in others.difference(FORMATS[asked].endings):
            endings = FORMATS[asked].endings
            right = message("expected.ending_of", form=asked, endings=endings)
            raise InvalidInput("path", target.name, right)
        return asked
    if target.exists() and not target.is_file():
        return known[0]  # What is no file, such as a device, has no ending.
    by_ending = {each: name for name in known for each in FORMATS[name].endings}
    if ending not in by_ending:
        expected = not_among(list(by_ending), "path", ending).expected
        raise InvalidInput("path", target.name, expected)
    return by_ending[ending]

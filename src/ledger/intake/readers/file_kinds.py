"""Files of approvals: which kind one is, by its content, and its reader."""

import csv
import json
import os
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from ledger.domain.codes import P_CODE
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import finding
from ledger.domain.progress import Progress, silent
from ledger.intake.column_heads import are_of_events
from ledger.intake.readers import extracted_text as extracted
from ledger.intake.readers import flat_table as table
from ledger.intake.readers import isolated as apart
from ledger.intake.readers import pdf_forms, sheet
from ledger.intake.readers import published_form as published
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import LONGEST_CELL, MOST_CELLS, Grid
from ledger.intake.readers.own_workbooks import own_workbook
from ledger.intake.readers.sheet_findings import say_passed_over, say_unread
from ledger.intake.readers.text_files import (
    NamedTwice,
    any_text,
    unique,
    with_characters,
)
from ledger.messages import Message, found_by, found_by_system, message

LARGEST_FILE: Final = 50_000_000

LARGEST_TEXT: Final = 20_000_000
"""Bytes of a file that is taken into memory whole: text, a table or JSON."""

_HEADS: Final = 30
"""Rows of a table among which its heads are looked for."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_IMAGE: Final = (message("found.image"), message("expected.form_as_text"))
_LOCK: Final = "~$"
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_UNPACKED: Final = message("expected.files_in_it")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS: Final = (
    (
        _OLD_OFFICE,
        message("found.old_office"),
        message("expected.xlsx_without_password"),
    ),
    (b"{\\rtf", message("found.rich_text"), message("expected.text_saved")),
    (b"\x89PNG", *_IMAGE),
    (b"\xff\xd8\xff", *_IMAGE),
    (b"GIF8", *_IMAGE),
    (b"II*\x00", *_IMAGE),
    (b"MM\x00*", *_IMAGE),
    (b"Rar!", message("found.archive", ending=".rar"), _UNPACKED),
    (b"7z\xbc\xaf", message("found.archive", ending=".7z"), _UNPACKED),
    (b"\x1f\x8b", message("found.archive", ending=".gz"), _UNPACKED),
    (b"SQLite format 3", message("found.database"), message("expected.file_of_forms")),
    (b"<?xml", message("found.xml"), message("expected.saved_as_xlsx")),
    (b"<html", message("found.web_page"), message("expected.saved_as_xlsx")),
    (b"<!doctype", message("found.web_page"), message("expected.saved_as_xlsx")),
)


def read(
    source: str | os.PathLike[str] | Mapping[str, Any], progress: Progress = silent
) -> Source:
    """
    Read a file of approvals of any kind, or content of the interchange form.

    Args:
        progress: Called with how many more sheets or pages were read, of how many.

    Raises:
        InvalidInput: It cannot be read, is of no known kind, or has no form in it; the
            message says what it is and what would be right.
    """
    if isinstance(source, Mapping):
        return Source("forms", dict(source), keyed=True)
    found = Source.of(source)
    raw = content_of(Path(source), found.name)
    if not raw or raw.isspace():
        right = message("expected.file_of_forms")
        raise InvalidInput(found.name, message("found.empty_file"), right)
    head = raw.lstrip(_BLANK)[:16]
    kind = _sheets_in(raw, found.name)
    if kind is not None:
        _read_workbook(found, raw, kind, progress)
        return found
    if b"%PDF-" in raw[:1024]:
        pdf_forms.read(found, raw, progress)
        _infer_year(found)
        return found
    if len(raw) > LARGEST_TEXT:
        raise InvalidInput(
            found.name,
            message("found.bytes_of_text", count=len(raw)),
            message("expected.at_most", most=LARGEST_TEXT),
        )
    if head.startswith((b"{", b"[")):
        _read_json(found, raw)
        return found
    text, encoding = any_text(raw, found.name)
    if encoding != "UTF-8":
        found.say(
            "",
            finding("text.encoding", found=encoding, expected="UTF-8"),
        )
    text = with_characters(text)  # Much of it is copied from PDFs.
    grid = _grid(text, found.name) or _titled(text, found.name)
    if grid is not None:
        _check_forms(found, grid)
    header = None if grid is None else table.find_header(grid)
    if grid is not None and header is not None:
        table.read(found, grid, header)
    elif grid is not None and published.has_form(grid):
        published.read(found, grid)
    else:
        extracted.read(found, text)
    _infer_year(found)
    return found


def tables(source: str | os.PathLike[str]) -> list[Grid]:
    """
    Return the tables of a workbook, or the one of a text file, whatever they are of.

    Raises:
        InvalidInput: It cannot be read, or is neither.
    """
    file = Source.of(source)
    raw = content_of(Path(source), file.name)
    kind = _sheets_in(raw, file.name)
    if kind is not None:
        parts = apart.read(kind, file, raw)
        return [part.grid for part in parts if part.grid is not None]
    text, _ = any_text(raw, file.name)
    grid = _grid(text, file.name, _HEADS)
    return [] if grid is None else [grid]


def other_kind(raw: bytes) -> tuple[Message, Message] | None:
    """
    Return what a file is that nothing here reads, by how it starts, and what would do.

    >>> print(*other_kind(b"GIF89a"), sep=": ")
    an image: the form as a workbook or a table, or its text saved as .txt
    """
    head = raw.lstrip(_BLANK)[:16].lower()
    for start, kind, right in _OTHER_KINDS:
        if raw.startswith(start) or head.startswith(start):
            return kind, right
    return None


def _sheets_in(raw: bytes, name: str) -> str | None:
    """
    Return how the sheets or tables of a file are read; ``None`` where it has none.

    Raises:
        InvalidInput: Nothing here reads it.
    """
    if raw.startswith(b"PK\x03\x04"):
        return "workbook"
    if raw.startswith(_OLD_OFFICE):
        if apart.is_installed("old_workbook"):
            return "old_workbook"
        raise InvalidInput(
            name,
            message("found.old_office"),
            message("expected.xlsx_or_package", package="xlrd"),
        )
    other = other_kind(raw)
    if other is not None:
        raise InvalidInput(name, *other)
    return None


def _read_workbook(source: Source, raw: bytes, kind: str, progress: Progress) -> None:
    parts = apart.read(kind, source, raw, progress)
    grids = [part.grid for part in parts if part.grid is not None]
    read_any, own, others = False, None, []
    for grid in grids:
        _check_forms(source, grid)
        own = own_workbook(grid) or own
        if own is not None and own.code == "found.own_report":
            raise InvalidInput(source.name, own, message("expected.forms_not_report"))
    for grid in grids:
        header = table.find_header(grid)
        if header is None and own is not None:
            table.check_heads(source, grid)
        if header is not None:
            table.read(source, grid, header)
        elif sheet.has_form(grid):
            sheet.read(source, grid)
        elif published.has_form(grid):
            published.read(source, grid)
        else:
            others.append(grid)
            continue
        say_unread(source, grid)
        read_any = True
    if not read_any and own is not None:
        right = message("expected.template_filled_in")
        raise InvalidInput(source.name, message("found.empty_template"), right)
    if not read_any:
        raise InvalidInput(
            source.name,
            message("found.workbook_without_forms"),
            message("expected.form_or_table"),
        )
    for grid in others if own is None else ():
        say_passed_over(source, grid)
    _infer_year(source)


def _check_forms(source: Source, grid: Grid) -> None:
    """Refuse a table of events, which `record` takes."""
    if any(are_of_events(row) for row in grid.rows[:_HEADS]):
        right = message("expected.forms_or_record")
        raise InvalidInput(source.name, message("found.events"), right)


def _infer_year(source: Source) -> None:
    """Take the year in the project codes where the file does not say one."""
    document = source.content.setdefault("document", {})
    codes = [form.get("project_code") for form in source.content.get("projects", [])]
    years = {code[6:8] for code in codes if code and P_CODE.fullmatch(code)}
    if "fiscal_year" not in document and len(years) == 1:
        document["fiscal_year"] = 2000 + int(years.pop())


def _grid(text: str, name: str, above: int = 0) -> Grid | None:
    """
    Return the rows of a table file; ``None`` where the text is no table.

    Args:
        above: How many lines that are no part of the table may stand above it.
    """
    filled = (line for line in _lines(text) if line.strip())
    first = "".join(islice(filled, above + 1))
    delimiter = max("\t;,", key=first.count)
    if first.count(delimiter) < 2:
        return None
    if text.count(delimiter) > MOST_CELLS:
        raise InvalidInput(
            name,
            message("found.more_cells", most=MOST_CELLS),
            message("expected.smaller_table"),
        )
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        line = 1
        for row in reader:
            longest = max(map(len, row), default=0)
            if longest > LONGEST_CELL:
                raise InvalidInput(
                    message("place.file_line", file=name, number=line),
                    message("found.long_cell", length=longest),
                    message("expected.at_most", most=LONGEST_CELL),
                )
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as problem:
        raise InvalidInput(
            message("place.file_line", file=name, number=reader.line_num),
            found_by(problem),
            message("expected.table_as_csv"),
        ) from problem
    return Grid(rows, lines=lines)


def _titled(text: str, name: str) -> Grid | None:
    """Return the rows of a table with lines above it; ``None`` of what has no head."""
    try:
        grid = _grid(text, name, _HEADS)
    except InvalidInput:
        return None  # It is a text with commas, and perhaps quotation marks.
    has_head = grid is not None and (
        table.find_header(grid) is not None or published.has_form(grid)
    )
    return grid if has_head else None


def _lines(text: str) -> Iterator[str]:
    return (match[0] for match in _LINE.finditer(text))


def content_of(path: Path, name: str) -> bytes:
    """
    Return the bytes of a file that is no larger than any that is read.

    Raises:
        InvalidInput: It cannot be read, or is larger.
    """
    check_no_lock(path, name)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise InvalidInput(
            name, found_by_system(problem), message("expected.readable_file")
        ) from problem
    if len(raw) > LARGEST_FILE:
        raise InvalidInput(
            name,
            message("found.larger_file", most=LARGEST_FILE),
            message("expected.smaller_file"),
        )
    return raw


def check_no_lock(path: Path, name: str) -> None:
    """
    Refuse the file that Excel keeps while a workbook is open.

    Raises:
        InvalidInput: It is one.
    """
    if path.name.startswith(_LOCK):
        file = path.name.removeprefix(_LOCK)
        raise InvalidInput(
            name,
            message("found.lock_of_excel"),
            message("expected.workbook_itself", file=file),
        )


def _read_json(source: Source, raw: bytes) -> None:
    text, encoding = any_text(raw, source.name)
    if encoding != "UTF-8":
        found = message("found.looks_like", encoding=encoding)
        raise InvalidInput(source.name, found, message("expected.save_as_utf8"))
    try:
        content = msgspec.json.decode(text)
        if isinstance(content, dict):  # A list is refused, and may be long.
            json.loads(text, object_pairs_hook=unique, parse_int=len, parse_float=len)
    except RecursionError as problem:
        raise InvalidInput(
            source.name,
            message("found.nested_objects"),
            message("expected.json_of_forms"),
        ) from problem
    except NamedTwice as problem:
        raise InvalidInput(
            source.name,
            message("found.named_twice", problem=problem.message),
            message("expected.json_of_forms"),
        ) from problem
    except (msgspec.MsgspecError, ValueError) as problem:
        raise InvalidInput(
            source.name,
            found_by(problem, text),
            message("expected.json_of_forms"),
        ) from problem
    if not isinstance(content, dict):
        right = message("expected.list_of_projects")
        raise InvalidInput(source.name, message("found.list"), right)
    source.content, source.keyed = content, True

"""Files of approvals: which kind one is, by its content, and its reader."""

import csv
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from ledger.domain.codes import P_CODE
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import error, note
from ledger.domain.progress import Progress, silent
from ledger.intake.readers import extracted_text as extracted
from ledger.intake.readers import flat_table as table
from ledger.intake.readers import isolated as apart
from ledger.intake.readers import pdf_forms, sheet
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import LONGEST_CELL, MOST_CELLS, Grid
from ledger.intake.readers.text_files import any_text, unique, with_characters

LARGEST_FILE: Final = 50_000_000

LARGEST_TEXT: Final = 20_000_000
"""Bytes of a file that is taken into memory whole: text, a table or JSON."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NO_IMAGE: Final = "the form as a workbook or a table, or its text saved as .txt"
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_UNPACKED: Final = "the files that are in it"
_OTHER_KINDS: Final = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file (.xls or .doc), or one with a password",
        "a workbook saved as .xlsx without a password",
    ),
    (b"{\\rtf", "a rich-text file", "its text saved as .txt"),
    (b"\x89PNG", "an image", _NO_IMAGE),
    (b"\xff\xd8\xff", "an image", _NO_IMAGE),
    (b"GIF8", "an image", _NO_IMAGE),
    (b"II*\x00", "an image", _NO_IMAGE),
    (b"MM\x00*", "an image", _NO_IMAGE),
    (b"Rar!", "an archive (.rar)", _UNPACKED),
    (b"7z\xbc\xaf", "an archive (.7z)", _UNPACKED),
    (b"\x1f\x8b", "an archive (.gz)", _UNPACKED),
    (b"SQLite format 3", "a ledger or another database", "a file of forms"),
    (b"<?xml", "XML", "the file opened and saved as .xlsx"),
    (b"<html", "a web page", "the file opened and saved as .xlsx"),
    (b"<!doctype", "a web page", "the file opened and saved as .xlsx"),
)


def read(
    source: str | os.PathLike[str] | Mapping[str, Any], progress: Progress = silent
) -> Source:
    """
    Read a file of approvals of any kind, or content of the interchange form.

    Args:
        progress: Is told how many more sheets or pages were read, of how many.

    Raises:
        InvalidInput: It cannot be read, is of no known kind, or has no form in it; the
            message says what it is and what would be right.
    """
    if isinstance(source, Mapping):
        return Source("forms", dict(source))
    found = Source.of(source)
    raw = _bytes(Path(source), found.name)
    head = raw.lstrip(_BLANK)[:16]
    other = other_kind(raw)
    if other is not None:
        raise InvalidInput(found.name, *other)
    if raw.startswith(b"PK\x03\x04"):
        _read_workbook(found, raw, progress)
        return found
    if b"%PDF-" in raw[:1024]:
        pdf_forms.read(found, raw, progress)
        _infer_year(found)
        return found
    if len(raw) > LARGEST_TEXT:
        raise InvalidInput(
            found.name, f"{len(raw)} bytes of text", f"at most {LARGEST_TEXT}"
        )
    if head.startswith((b"{", b"[")):
        _read_json(found, raw)
        return found
    text, encoding = any_text(raw, found.name)
    if encoding != "UTF-8":
        found.say(
            "",
            note(
                "text.encoding",
                f"the file is in {encoding}",
                found=encoding,
                expected="UTF-8",
            ),
        )
    text = with_characters(text)  # Much of it is copied from PDFs.
    grid = _grid(text, found.name)
    header = None if grid is None else table.find_header(grid)
    if grid is not None and header is not None:
        table.read(found, grid, header)
    else:
        extracted.read(found, text)
    _infer_year(found)
    return found


def other_kind(raw: bytes) -> tuple[str, str] | None:
    """
    Return what a file is that nothing here reads, by how it starts, and what would do.

    >>> other_kind(b"GIF89a")
    ('an image', 'the form as a workbook or a table, or its text saved as .txt')
    """
    head = raw.lstrip(_BLANK)[:16].lower()
    for start, kind, right in _OTHER_KINDS:
        if raw.startswith(start) or head.startswith(start):
            return kind, right
    return None


def _read_workbook(source: Source, raw: bytes, progress: Progress) -> None:
    read_any = False
    for part in apart.read("workbook", source, raw, progress):
        grid = part.grid
        if grid is None:
            continue
        header = table.find_header(grid)
        if header is not None:
            table.read(source, grid, header)
        elif sheet.has_form(grid):
            sheet.read(source, grid)
        else:
            continue
        _say_unread(source, grid)
        read_any = True
    if not read_any:
        raise InvalidInput(
            source.name,
            "a workbook without forms",
            "a form with 项目编码, or the columns 项目编码, 三级指标 and 指标值",
        )
    _infer_year(source)


def _say_unread(source: Source, grid: Grid) -> None:
    """Say which cells of a sheet have no value, or one that cannot be right."""
    for (row, column), shown in grid.unread.items():
        said = error(
            "workbook.formula_unread",
            f"the formula has no value to read, but {shown}",
            place=grid.place(row, column),
            found=shown,
            expected="a value; or open the workbook, mend what it computes, and save",
        )
        source.say("", said)
    for (row, column), (shown, right) in grid.odd.items():
        said = error(
            "workbook.number_lost",
            f"a number cell that cannot be right: {shown}",
            place=grid.place(row, column),
            found=shown,
            expected=right,
        )
        source.say("", said)


def _infer_year(source: Source) -> None:
    """Take the year in the project codes where the file does not say one."""
    document = source.content.setdefault("document", {})
    codes = [form.get("project_code") for form in source.content.get("projects", [])]
    years = {code[6:8] for code in codes if code and P_CODE.fullmatch(code)}
    if "fiscal_year" not in document and len(years) == 1:
        document["fiscal_year"] = 2000 + int(years.pop())


def _grid(text: str, name: str) -> Grid | None:
    """Return the rows of a table file; ``None`` where the text is no table."""
    first = next((line for line in _lines(text) if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    if first.count(delimiter) < 2:
        return None
    if text.count(delimiter) > MOST_CELLS:
        raise InvalidInput(name, f"more than {MOST_CELLS} cells", "a smaller table")
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        line = 1
        for row in reader:
            longest = max(map(len, row), default=0)
            if longest > LONGEST_CELL:
                raise InvalidInput(
                    f"{name}, line {line}",
                    f"a cell of {longest} characters",
                    f"at most {LONGEST_CELL}",
                )
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as problem:
        raise InvalidInput(
            f"{name}, line {reader.line_num}", str(problem), "a table as CSV"
        ) from problem
    return Grid(rows, lines=lines)


def _lines(text: str) -> Iterator[str]:
    return (match[0] for match in _LINE.finditer(text))


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise InvalidInput(
            name, problem.strerror or str(problem), "a file that can be read"
        ) from problem
    if len(raw) > LARGEST_FILE:
        raise InvalidInput(name, f"more than {LARGEST_FILE} bytes", "a smaller file")
    if not raw or raw.isspace():
        raise InvalidInput(name, "an empty file", "a file of forms")
    return raw


def _read_json(source: Source, raw: bytes) -> None:
    text, encoding = any_text(raw, source.name)
    if encoding != "UTF-8":
        found = f"text that looks like {encoding}"
        raise InvalidInput(source.name, found, "UTF-8: save the file as UTF-8")
    try:
        content = msgspec.json.decode(text)
        json.loads(text, object_pairs_hook=unique, parse_int=len, parse_float=len)
    except RecursionError as problem:
        raise InvalidInput(
            source.name, "objects in objects without end", "a JSON file of forms"
        ) from problem
    except (msgspec.MsgspecError, ValueError) as problem:
        raise InvalidInput(
            source.name, str(problem), "a JSON file of forms"
        ) from problem
    if not isinstance(content, dict):
        raise InvalidInput(source.name, "a list", "an object with a list `projects`")
    source.content = content

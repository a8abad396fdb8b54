"""Files of approvals: which kind one is, by its content, and its reader."""

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from ledger.domain.codes import P_CODE
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import note
from ledger.forms import extracted, sheet, table
from ledger.forms.grid import Grid
from ledger.forms.source import Source
from ledger.forms.text import any_text

LARGEST_FILE: Final = 50_000_000

_OTHER_KINDS: Final = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file (.xls or .doc), or one with a password",
        "a workbook saved as .xlsx without a password",
    ),
    (b"{\\rtf", "a rich-text file", "its text saved as .txt"),
    (b"%PDF", "a PDF file", "its text, saved as .txt"),
    (b"\x89PNG", "an image", "the text of the form"),
    (b"\xff\xd8\xff", "an image", "the text of the form"),
)


def read(source: str | os.PathLike[str] | Mapping[str, Any]) -> Source:
    """
    Read a file of approvals of any kind, or content of the interchange form.

    Raises:
        InvalidInput: It cannot be read, is of no known kind, or has no form in it; the
            message says what it is and what would be right.
    """
    if isinstance(source, Mapping):
        return Source("forms", dict(source))
    found = Source.of(source)
    raw = _bytes(Path(source), found.name)
    for start, kind, right in _OTHER_KINDS:
        if raw.startswith(start):
            raise InvalidInput(found.name, kind, right)
    if raw.startswith(b"PK\x03\x04"):
        _read_workbook(found, raw)
        return found
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
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
    grid = _grid(text, found.name)
    header = None if grid is None else table.find_header(grid)
    if grid is not None and header is not None:
        table.read(found, grid, header)
    else:
        extracted.read(found, text)
    _infer_year(found)
    return found


def _read_workbook(source: Source, raw: bytes) -> None:
    from ledger.forms import workbook

    read_any = False
    for grid in workbook.grids(source, raw):
        header = table.find_header(grid)
        if header is not None:
            table.read(source, grid, header)
        elif sheet.has_form(grid):
            sheet.read(source, grid)
        else:
            continue
        read_any = True
    if not read_any:
        raise InvalidInput(
            source.name,
            "a workbook without forms",
            "a form with 项目编码, or the columns 项目编码, 三级指标 and 指标值",
        )
    _infer_year(source)


def _infer_year(source: Source) -> None:
    """Take the year in the project codes where the file does not say one."""
    document = source.content.setdefault("document", {})
    codes = [form.get("project_code") for form in source.content.get("projects", [])]
    years = {code[6:8] for code in codes if code and P_CODE.fullmatch(code)}
    if "fiscal_year" not in document and len(years) == 1:
        document["fiscal_year"] = 2000 + int(years.pop())


def _grid(text: str, name: str) -> Grid | None:
    """Return the rows of a table file; ``None`` where the text is no table."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    if first.count(delimiter) < 2:
        return None
    rows, lines = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        line = 1
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as problem:
        raise InvalidInput(
            f"{name}, line {reader.line_num}", str(problem), "a table as CSV"
        ) from problem
    return Grid(rows, lines=lines)


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
    if not raw.strip():
        raise InvalidInput(name, "an empty file", "a file of forms")
    return raw


def _read_json(source: Source, raw: bytes) -> None:
    text, encoding = any_text(raw, source.name)
    if encoding != "UTF-8":
        found = f"text that looks like {encoding}"
        raise InvalidInput(source.name, found, "UTF-8: save the file as UTF-8")
    try:
        content = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError) as problem:
        raise InvalidInput(
            source.name, str(problem), "a JSON file of forms"
        ) from problem
    if not isinstance(content, dict):
        raise InvalidInput(source.name, "a list", "an object with a list `projects`")
    source.content = content

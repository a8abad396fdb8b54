"""Files of approvals: which kind one is, by its content, and its reader."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import note
from ledger.forms import extracted
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
    (b"PK\x03\x04", "a zip or Office file", "JSON, or the published text as .txt"),
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
    extracted.read(found, text)
    return found


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

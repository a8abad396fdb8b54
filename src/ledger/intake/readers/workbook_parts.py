"""The parts of a workbook file, whose sizes are checked before they are read."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from posixpath import join, normpath
from typing import Any, Final
from xml.parsers import expat

from ledger.domain.errors import InvalidInput
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.open_document import OpenSheet, OpenSheets
from ledger.intake.readers.word_document import WordTables
from ledger.intake.readers.workbook_cells import (
    Cells,
    SheetFacts,
    Strings,
    Styles,
    local,
)
from ledger.messages import Message, message

LARGEST_UNPACKED: Final = 100_000_000

_MOST_PARTS: Final = 20_000
_CHUNK: Final = 1 << 18
_DEEPEST: Final = 100
_COUNTS: Final = {"count", "uniqueCount"}
_DIGITS: Final = 12
_WORKBOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_STRINGS: Final = "xl/sharedstrings.xml"
_STYLES: Final = "xl/styles.xml"
_CONTENT: Final = "content.xml"
_DOCUMENT: Final = "word/document.xml"
_FORM: Final = message("expected.form_in_a_format")
_SAVED: Final = message("expected.file_saved_as_xlsx")
_DOCUMENTS: Final = {
    "ppt/presentation.xml": (message("found.presentation"), _FORM),
    "xl/workbook.bin": (message("found.binary_workbook"), _SAVED),
}
Handlers = dict[str, Callable[..., object]]
"""Handlers of the elements of a part, by the parser's names for them."""


def checked(raw: bytes, name: str) -> dict[str, SheetFacts]:
    """
    Check that a zip file is a workbook of a bearable size; return its sheets.

    Every part is unpacked once, piece by piece, so that nothing that the file claims of
    itself is believed.

    Raises:
        InvalidInput: It is no workbook, is broken or too large, or has a document type,
            which no program writes into a workbook.
    """
    with _opened(raw, name) as archive:
        return _sheets(archive, _parts(archive, name), name)


def open_sheets(raw: bytes, name: str) -> list[OpenSheet] | None:
    """
    Return the sheets of a file in the OpenDocument format; ``None`` of any other.

    Raises:
        InvalidInput: It is broken, too large, encrypted, or no spreadsheet.
    """
    with _opened(raw, name) as archive:
        parts = {part.filename.lower(): part for part in archive.infolist()}
        if _CONTENT not in parts or _WORKBOOK in parts:
            return None
        _check_size(archive.infolist(), parts, name)
        sheets = OpenSheets(name)
        _read(archive, parts[_CONTENT], sheets.handlers(), name)
    if not sheets.made:
        raise InvalidInput(name, message("found.open_document"), _SAVED)
    return sheets.made


def word_tables(raw: bytes, name: str) -> list[Grid] | None:
    """
    Return the tables of a Word document; ``None`` of any other file.

    Raises:
        InvalidInput: It is broken or too large, or has no table.
    """
    with _opened(raw, name) as archive:
        parts = {part.filename.lower(): part for part in archive.infolist()}
        if _DOCUMENT not in parts:
            return None
        _check_size(archive.infolist(), parts, name)
        tables = WordTables(name)
        _read(archive, parts[_DOCUMENT], tables.handlers(), name)
    grids = tables.grids()
    if not grids:
        raise InvalidInput(name, message("found.document_without_tables"), _FORM)
    return grids


@contextmanager
def _opened(raw: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file; what is wrong with it is said in our own words."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield archive
    except InvalidInput:
        raise
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as problem:
        raise InvalidInput(
            name,
            message("found.broken_zip", problem=str(problem)),
            message("expected.workbook_that_opens"),
        ) from problem


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Return the parts by name, in small letters, as programs look them up."""
    found = archive.infolist()
    parts = {part.filename.lower(): part for part in found}
    for inner, (kind, right) in _DOCUMENTS.items():
        if inner in parts:
            raise InvalidInput(name, kind, right)
    if _WORKBOOK not in parts:
        right = message("expected.workbook_or_file")
        raise InvalidInput(name, message("found.zip_file"), right)
    _check_size(found, parts, name)
    return parts


def _check_size(
    found: list[zipfile.ZipInfo], parts: Mapping[str, zipfile.ZipInfo], name: str
) -> None:
    """Check how many parts there are, of how many names, and what they claim to be."""
    if len(parts) < len(found) or len(found) > _MOST_PARTS:
        raise InvalidInput(
            name,
            message("found.parts_of_workbook", count=len(found), names=len(parts)),
            message("expected.fewer_parts", most=_MOST_PARTS),
        )
    size = sum(part.file_size for part in found)
    if size > LARGEST_UNPACKED:
        raise InvalidInput(
            name,
            message("found.large_workbook", bytes=size),
            message("expected.at_most", most=LARGEST_UNPACKED),
        )


def _sheets(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str
) -> dict[str, SheetFacts]:
    """Read every part; first those that tell what the others are."""
    titles: list[tuple[str, str]] = []
    targets: dict[str, str] = {}
    strings, styles = Strings(name), Styles()
    for part, handlers in (
        (_WORKBOOK, _index(titles)),
        (_LINKS, _links(targets)),
        (_STRINGS, strings.handlers()),
        (_STYLES, styles.handlers()),
    ):
        if part in parts:
            _read(archive, parts[part], handlers, name)
    sheets = [(title, targets.get(link, "")) for title, link in titles]
    titled = {part: title for title, part in sheets}
    facts: dict[str, SheetFacts] = {}
    for part in sorted(parts.keys() - {_WORKBOOK, _LINKS, _STRINGS, _STYLES}):
        if part in titled or part.startswith("xl/worksheets/sheet"):
            percents = frozenset(styles.percents)
            cells = Cells(name, titled.get(part, part), strings.lengths, percents)
            _read(archive, parts[part], cells.handlers(), name)
            facts[part] = cells.facts
        else:
            _read(archive, parts[part], {}, name)
    return {title: facts[part] for title, part in sheets if part in facts}


def _index(titles: list[tuple[str, str]]) -> Handlers:
    """Take the sheets that a workbook names: the title of each, and the link to it."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            links = (v for k, v in attributes.items() if local(k) == "id")
            titles.append((attributes.get("name", ""), next(links, "")))

    return {"StartElementHandler": start}


def _links(targets: dict[str, str]) -> Handlers:
    """Take the parts that a workbook links to, by link."""

    def start(_: str, attributes: dict[str, str]) -> None:
        part = normpath(join("/xl", attributes.get("Target", "")))
        targets[attributes.get("Id", "")] = part.lstrip("/").lower()

    return {"StartElementHandler": start}


def _read(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, handlers: Handlers, name: str
) -> None:
    """Unpack a part piece by piece, and tell what is in it if it is XML."""
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise InvalidInput(
            name,
            message("found.unusual_packing", part=part.filename),
            message("expected.workbook_that_opens"),
        )
    path = part.filename.lower()
    parser = None
    if handlers or (path.startswith("xl/") and path.endswith(".xml")):
        parser = _parser(handlers, part, name)
    with archive.open(part) as file:
        try:
            while chunk := file.read(_CHUNK):
                if parser is not None:
                    parser.Parse(chunk, 0)
            if parser is not None:
                parser.Parse(b"", 1)
        except expat.ExpatError as problem:
            raise InvalidInput(
                message("place.file_part", file=name, part=part.filename),
                message("found.broken_workbook", problem=str(problem)),
                message("expected.workbook_that_opens"),
            ) from problem


def _parser(handlers: Handlers, part: zipfile.ZipInfo, name: str) -> Any:
    place = message("place.file_part", file=name, part=part.filename)
    start = handlers.get("StartElementHandler", _nothing)
    end = handlers.get("EndElementHandler", _nothing)
    depth = 0

    def refuse(*_: object) -> None:
        raise InvalidInput(
            place, message("found.document_type"), message("expected.usual_workbook")
        )

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise InvalidInput(
                place,
                message("found.deep_elements", most=_DEEPEST),
                message("expected.workbook_that_opens"),
            )
        # The count of shared texts is how often cells show them, wherever that is.
        for counted in _COUNTS & attributes.keys():
            if counted == "count" and local(tag) == "sst":
                continue
            _check_count(place, counted, attributes[counted], part.file_size)
        start(tag, attributes)

    def finish(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    # What reads the cells takes every part as UTF-8, whatever it says of itself.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    for event, handler in handlers.items():
        setattr(parser, event, handler)
    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    return parser


def _nothing(*_: object) -> None:
    """Do nothing with what no one asked for."""


def _check_count(place: Message, name: str, said: str, size: int) -> None:
    """
    Check a number of elements against what a part of so many bytes can hold.

    A reader reserves room for as many as are declared before it has seen one.
    """
    count = int(said) if said.isdecimal() and len(said) < _DIGITS else None
    if count is None or count > size:
        raise InvalidInput(
            place,
            message("found.claimed_count", name=name, claimed=said[:40], bytes=size),
            message("expected.true_count"),
        )

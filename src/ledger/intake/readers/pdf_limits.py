"""Limits of what a PDF may hold, and the errors that a damaged one raises."""

import re
import struct
import zlib
from collections.abc import Sequence
from typing import Final

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFDevice, PDFTextSeq
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.psexceptions import PSException
from pdfminer.utils import Matrix, PathSegment, Rect
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ledger.domain.errors import InvalidInput
from ledger.messages import Message, message

LARGEST_STREAM: Final = 30_000_000
"""Bytes that one stream may unpack to; a Chinese font has up to 20 MB."""

MOST_UNPACKED: Final = 200_000_000
"""Bytes that all streams of a file may unpack to."""

MOST_MARKS: Final = 50_000
"""Characters, rules, images and drawings on one page."""

MOST_STEPS: Final = 1_000_000
"""Numbers, names and operators that draw one page, drawings within it each time."""

BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MalformedPDFException,
    OSError,
    PSException,
    PdfminerException,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What a PDF that is damaged on purpose may raise in its reader."""

_CHUNK: Final = 65_536
_TAIL: Final = 2_048
"""Last bytes of a file; what a web server appends may stand behind the end."""

_STREAM: Final = re.compile(rb"(?<!end)stream *(?:\r\n|\r|\n)")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED: Final = rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\b"
_TWICE: Final = re.compile(_PACKED + rb"[^\[\]<>]{0,200}" + _PACKED)
_RATIOS: Final = (
    (re.compile(rb"/LZW(?:Decode)?\b"), 1_400),
    (re.compile(rb"/(?:RunLengthDecode|RL)\b"), 64),
)
"""What a byte may unpack to at most, where unpacking is not tried."""

_STEP: Final = re.compile(rb"[^\s\0()<>\[\]{}/%]+")
_BLANKS: Final = re.compile(rb"\s+")
_MOST_TRIED: Final = 20_000_000
"""Starts that the decoder of ASCII85 tries: in a run of blanks, its length squared."""

_WRITTEN: Final = (
    (re.compile(rb"/(?:ASCII85Decode|A85)\b"), ascii85decode),
    (re.compile(rb"/(?:ASCIIHexDecode|AHx)\b"), asciihexdecode),
)


def check_file(name: str, raw: bytes) -> None:
    """
    Refuse a file that has no end, or unpacks to more than memory should hold.

    Declared lengths of streams are not relied on: what inflates is counted. A reader
    would find the first pages of a file without its end, and not miss the others.

    Raises:
        InvalidInput: It does, or it is encrypted and cannot be measured.
    """
    if b"%%EOF" not in raw[-_TAIL:]:
        found = message("found.pdf_without_end")
        raise InvalidInput(name, found, message("expected.whole_file"))
    if b"/Encrypt" in raw:
        right = message("expected.without_password")
        raise InvalidInput(name, message("found.encrypted_pdf"), right)
    unpacked = before = 0
    for match in _STREAM.finditer(raw):
        said = _ESCAPE.sub(
            lambda each: bytes([int(each[1], 16)]), raw[before : match.start()]
        )
        before = match.end()
        size = _size(raw, before, said)
        unpacked += size
        if size > LARGEST_STREAM or unpacked > MOST_UNPACKED:
            right = message(
                "expected.small_pdf", most=LARGEST_STREAM, in_all=MOST_UNPACKED
            )
            raise InvalidInput(name, message("found.pdf_too_large"), right)


def _size(raw: bytes, start: int, said: bytes) -> int:
    """Return to how many bytes the stream at *start* unpacks at most."""
    if _TWICE.search(said):
        return LARGEST_STREAM + 1
    end = raw.find(b"endstream", start)
    length = (end if end >= 0 else len(raw)) - start
    sizes = [length * ratio for kind, ratio in _RATIOS if kind.search(said)]
    for kind, decode in _WRITTEN:
        if kind.search(said):
            if _tried(raw[start : start + length]) > _MOST_TRIED:
                return LARGEST_STREAM + 1
            written = decode(raw[start : start + length])
            sizes.append(max(len(written), _inflated(written, 0)))
    return max(_inflated(raw, start), *sizes, 0)


def _tried(written: bytes) -> int:
    return sum(len(run) ** 2 for run in _BLANKS.findall(written))


def _inflated(raw: bytes, start: int) -> int:
    """Return to how many bytes the data at *start* inflates; 0 where it does not."""
    inflater, size = zlib.decompressobj(), 0
    rest = b""
    try:
        while not inflater.eof and size <= LARGEST_STREAM:
            taken = rest or raw[start : start + _CHUNK]
            if not rest:
                start += len(taken)
            unpacked = inflater.decompress(taken, _CHUNK)
            size += len(unpacked)
            rest = inflater.unconsumed_tail
            if not unpacked and not rest and start >= len(raw):
                break
    except zlib.error:
        pass  # Up to here it inflates, and so far a reader would take it.
    return size


def check_marks(page: PDFPage, resources: PDFResourceManager, place: Message) -> None:
    """
    Refuse a page that draws more than memory should hold.

    Raises:
        InvalidInput: It does; nothing of it is kept.
    """
    _Interpreter(resources, _Counter(resources, place)).process_page(page)


class _Interpreter(PDFPageInterpreter):
    """Counts the steps that draw a page, and each drawing within it, before any."""

    def execute(self, streams: Sequence[object]) -> None:
        """Draw what is not too much."""
        assert isinstance(self.device, _Counter)
        for content in streams:
            self.device.count_steps(stream_value(content).get_data())
        super().execute(streams)


class _Counter(PDFDevice):
    """Counts what a page draws."""

    def __init__(self, resources: PDFResourceManager, place: Message) -> None:
        super().__init__(resources)
        self._place, self._marks, self._steps = place, 0, 0

    def count_steps(self, content: bytes) -> None:
        """Count numbers, names and operators, roughly: text in strings too."""
        self._steps += sum(1 for _ in _STEP.finditer(content))
        if self._steps > MOST_STEPS:
            found = message("found.more_steps", most=MOST_STEPS)
            right = message("expected.steps_a_page", most=MOST_STEPS)
            raise InvalidInput(self._place, found, right)

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Count characters."""
        wide = textstate.font is not None and textstate.font.is_multibyte()
        length = sum(len(each) for each in seq if isinstance(each, bytes))
        self._count(length // 2 if wide else length)

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Count the parts of rules."""
        self._count(len(path))

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Count an image, or a drawing, which may place others without end."""
        self._count(1)

    def _count(self, marks: int) -> None:
        self._marks += marks
        if self._marks > MOST_MARKS:
            found = message("found.more_marks", most=MOST_MARKS)
            right = message("expected.marks_a_page", most=MOST_MARKS)
            raise InvalidInput(self._place, found, right)

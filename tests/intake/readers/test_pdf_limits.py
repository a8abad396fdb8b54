"""PDFs that would fill the memory, or take for ever: refused by sizes and numbers."""

import base64
import time
import zlib

import pdfplumber
import pytest

from ledger import InvalidInput
from ledger.intake.readers import file_kinds as files
from ledger.intake.readers import isolated as apart
from ledger.intake.readers import pdf, pdf_limits
from ledger.intake.readers.form_source import Source


@pytest.fixture(autouse=True, scope="module")
def inside():
    """Read in this process: limits can be lowered, and a start is saved each time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(apart, "can_start", lambda: False)
        yield


def saved(folder, raw):
    """Write a PDF; return its path."""
    path = folder / "forms.pdf"
    path.write_bytes(raw)
    return path


def made_of(contents, resources=b"", *more):
    """Return a PDF of one page with these contents, written by hand."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page + b"/Resources<<" + resources + b">>>>",
        contents,
        *more,
    ]
    raw, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(b"%010d 00000 n \n" % len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, b"".join(starts))
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n" % (count, len(raw))
    return raw + table + trailer + b"%%EOF"


def stream(data, said=b""):
    """Return a stream of a PDF."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), said, data)


FULL = zlib.compress(b" " * 40_000_000, 9)


@pytest.mark.parametrize(
    "contents",
    [
        stream(FULL, b"/Filter/FlateDecode"),
        stream(b"x" * 40_000, b"/Filter/L#5AWDecode"),
        stream(base64.a85encode(FULL) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode]"),
        stream(FULL.hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]"),
        stream(zlib.compress(FULL), b"/Filter[/FlateDecode/FlateDecode]"),
        stream(b"x" * 40_000, b"/Filter/LZWDecode"),
        stream(b"x" * 500_000, b"/Filter/RunLengthDecode"),
    ],
    ids=["flate", "escaped", "ascii85", "hex", "twice", "lzw", "run length"],
)
def test_a_bomb_is_refused_before_it_unpacks(tmp_path, contents, monkeypatch):
    """A few bytes may unpack to more than memory holds; the reader never sees them."""
    monkeypatch.setattr(pdfplumber, "open", None)
    with pytest.raises(InvalidInput, match="unpacks to very much"):
        files.read(saved(tmp_path, made_of(contents)))


def test_many_streams_may_not_unpack_to_too_much_together(tmp_path, monkeypatch):
    """What each may hold is bounded, and what all hold."""
    monkeypatch.setattr(pdf_limits, "MOST_UNPACKED", 1_000)
    packed = stream(zlib.compress(b" " * 1_001), b"/Filter/FlateDecode")
    with pytest.raises(InvalidInput, match="1000 in all"):
        files.read(saved(tmp_path, made_of(packed)))


def test_drawings_within_drawings_are_refused(tmp_path):
    """A thousand million marks, in two kilobytes: counted, and never held."""
    said = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</D %d 0 R>>>>"
    )
    nested = [stream(b"/D Do " * 10, said % number) for number in range(6, 14)]
    last = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    raw = made_of(stream(b"/D Do"), b"/XObject<</D 5 0 R>>", *nested, last)
    with pytest.raises(InvalidInput, match=r"page 1.*50000 marks"):
        files.read(saved(tmp_path, raw))


@pytest.mark.parametrize(
    "drawn",
    [
        b"0 0 5 5 re S " * 15_000,
        b"BT /F 9 Tf (" + b"x" * 60_000 + b") Tj ET",
        pytest.param(
            b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI " * 60_000, marks=pytest.mark.long
        ),
    ],
    ids=["rules", "characters", "images"],
)
def test_marks_of_each_kind_are_counted(tmp_path, drawn):
    """Rules, characters and images are each refused by themselves."""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    with pytest.raises(InvalidInput, match=r"page 1.*50000 marks"):
        files.read(saved(tmp_path, made_of(stream(drawn), font)))


BLANK = b" " * 100_000
A85 = b"/Filter/ASCII85Decode"


@pytest.mark.parametrize(
    "written", [BLANK + b"x~>", b"x" + BLANK + b"x~>", (b"x" + BLANK[:1_000]) * 100]
)
def test_blanks_without_end_are_refused(tmp_path, written, monkeypatch):
    """A decoder would try each start of a run of blanks, up to its end."""
    monkeypatch.setattr(pdfplumber, "open", None)
    monkeypatch.setattr(base64, "a85decode", None)
    with pytest.raises(InvalidInput, match="unpacks to very much"):
        files.read(saved(tmp_path, made_of(stream(written, A85))))


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"


@pytest.mark.parametrize(
    ("contents", "more"),
    [
        (b"n " * 1_100_000, ()),
        (b"0 0 m\n" * 400_000, ()),
        (b"0 " * 1_100_000, ()),
        (b"n%x\n" * 1_100_000, ()),
        (b"/D Do " * 9, (stream(b"n " * 200_000, FORM),)),
    ],
    ids=["operators", "paths", "numbers", "comments", "drawings"],
)
def test_steps_without_end_are_refused(contents, more):
    """What draws nothing at all is counted too, before it is carried out."""
    packed = stream(zlib.compress(contents), b"/Filter/FlateDecode")
    raw = made_of(packed, b"/XObject<</D 5 0 R>>", *more)
    before = time.process_time()
    with pytest.raises(InvalidInput, match=r"page 1.*1000000 steps"):
        pdf.grid(Source("forms.pdf"), raw)
    assert time.process_time() - before < 30

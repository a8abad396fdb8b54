"""PDFs of ruled forms: every cell, over page breaks, and files that are none."""

import base64
import io
import json
import sys
import time
import zlib
from pathlib import Path
from random import Random

import pdfplumber
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from generated_forms import generate
from ledger import InvalidInput, Ledger, LedgerError, Severity
from ledger.intake.readers import file_kinds as files
from ledger.intake.readers import isolated as apart
from ledger.intake.readers import pdf, pdf_limits
from ledger.intake.readers.form_source import Source
from support_office import converted
from support_pdfs import FONT, LABELS, as_pdf, as_ruled_workbook

TRUTH = json.loads(
    (Path(__file__).parents[2] / "data" / "julu-2023.json").read_text("utf-8")
)

FEW = {**TRUTH, "projects": TRUTH["projects"][:4]}

SMALL = as_pdf({**TRUTH, "projects": TRUTH["projects"][:1]}, 1)


def saved(folder, raw, name="forms.pdf"):
    """Return the path of a file with these bytes."""
    path = folder / name
    path.write_bytes(raw)
    return path


def plain(value):
    """Return a value without blanks: those at the end of a wrapped line are lost."""
    if isinstance(value, str):
        return "".join(value.split())
    return [plain(each) for each in value] if isinstance(value, list) else value


def differing(found, truth):
    """Return the cells of a project in which two readings differ, and how many."""
    wrong, count = [], 0
    if len(found["indicators"]) != len(truth["indicators"]):
        wrong.append(("indicators", len(found["indicators"]), len(truth["indicators"])))
    pairs = [
        (found, truth),
        *zip(found["indicators"], truth["indicators"], strict=False),
    ]
    for one, other in pairs:
        for name, right in other.items():
            if name in {"indicators", "plan_header", "seq"}:
                continue
            given = one.get(name)
            if name == "plan_row":
                given = [amount for amount in given if amount]
            count += 1
            if plain(given) != plain(right):
                wrong.append((name, given, right))
    return wrong, count


@pytest.fixture(autouse=True, scope="module")
def inside():
    """Read in this process: limits can be lowered, and a start is saved each time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(apart, "can_start", lambda: False)
        yield


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2))]
)
def test_every_real_form_is_read_from_ruled_cells(tmp_path, seed):
    """All 19 projects and 133 indicators, whatever paper, font and column widths."""
    found = files.read(saved(tmp_path, as_pdf(TRUTH, seed)))
    projects = found.content["projects"]
    assert len(projects) == 19
    for one, truth in zip(projects, TRUTH["projects"], strict=True):
        assert differing(one, truth)[0] == []
    assert found.findings == []
    assert found.content["document"] == {"fiscal_year": 2023, "money_unit": "万元"}


@pytest.mark.parametrize("forms", [5, pytest.param(30, marks=pytest.mark.long)])
def test_generated_forms_are_read_or_doubted(tmp_path, forms):
    """99 % of cells of unseen forms are exact, and none is wrong in silence."""
    wrong, count = [], 0
    for seed in range(7_100_000, 7_100_000 + forms):
        content = generate(seed, forms=2).content
        found = files.read(saved(tmp_path, as_pdf(content, seed)))
        projects = found.content["projects"]
        assert len(projects) == len(content["projects"]), seed
        before = len(wrong)
        for one, truth in zip(projects, content["projects"], strict=True):
            differ, cells = differing(one, truth)
            count += cells
            wrong += [(seed, *each) for each in differ]
        doubts = [each for _, each in found.findings if each.code.startswith("pdf.")]
        assert doubts or len(wrong) == before, wrong[before:]
    assert len(wrong) <= count / 100, wrong


def test_a_pdf_gives_the_same_approvals_as_the_json(tmp_path):
    """Money, plans and targets; a single amount stands under its own column here."""
    path = saved(tmp_path, as_pdf(FEW, 1))
    events = []
    for given in (path, FEW):
        with Ledger.open(":memory:", actor="a") as ledger:
            ledger.import_forms(given)
            events.append([each.event for each in ledger.events()])
    for one, other in zip(*events, strict=True):
        assert (one.project, one.amounts) == (other.project, other.amounts)
        if len(one.plan.checkpoints) > 1:
            assert one.plan == other.plan
        assert one.plan.checkpoints[-1].amount == other.plan.checkpoints[-1].amount
        assert [i.target.value for i in one.indicators] == [
            i.target.value for i in other.indicators
        ]


def test_a_page_that_libreoffice_printed_is_read(tmp_path):
    """A spreadsheet saved as a PDF, with an embedded font."""
    book = as_ruled_workbook(tmp_path / "forms.xlsx", TRUTH["projects"])
    found = files.read(converted(book, "pdf"))
    for one, truth in zip(found.content["projects"], TRUTH["projects"], strict=True):
        assert differing(one, truth)[0] == []


def test_places_name_page_table_and_row(tmp_path):
    """A finding says where to look."""
    found = files.read(saved(tmp_path, as_pdf(FEW, 0)))
    assert str(found.place("projects/0")).endswith("forms.pdf:page 1, table 1, row 1")
    assert "page 2" in str(found.place("projects/2/indicators/6"))


def pages_of(raw):
    """Return the text of each page, without blanks."""
    with pdfplumber.open(io.BytesIO(raw)) as document:
        return [plain(page.extract_text()) for page in document.pages]


def test_two_forms_may_stand_on_one_page(tmp_path):
    """The second form begins where the first ends, with its own code and rows."""
    raw = as_pdf(FEW, 0)
    assert any(page.count("项目编码") > 1 for page in pages_of(raw))
    found = files.read(saved(tmp_path, raw))
    for one, truth in zip(found.content["projects"], FEW["projects"], strict=True):
        assert differing(one, truth)[0] == []


def test_a_form_may_go_on_over_three_pages(tmp_path):
    """Rows of all its pages belong to it, and no repeated head becomes a row."""
    form = TRUTH["projects"][0]
    long = {**form, "indicators": form["indicators"] * 12}
    raw = as_pdf({**TRUTH, "projects": [long]}, 0)
    assert len(pages_of(raw)) >= 3
    (one,) = files.read(saved(tmp_path, raw)).content["projects"]
    assert differing(one, long)[0] == []


def ruled(*pages):
    """Return a PDF with a ruled table of equal columns, or a picture, on each page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for rows in pages:
        if rows is PICTURE:
            picture = Image.new("L", (60, 80), 200)
            canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.setFont(FONT, 8)
        for r, texts in enumerate(rows):
            for c, text in enumerate(texts):
                canvas.rect(20 + c * 90, 780 - r * 20, 90, 20)
                canvas.drawString(22 + c * 90, 786 - r * 20, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


PICTURE = ()
HEAD = [
    ["项目编码", TRUTH["projects"][0]["project_code"], "项目名称", "道路", "", ""],
    ["预算数", "20.00", "其中：财政资金", "20.00", "其他资金", ""],
    LABELS,
]
ROW = ["产出指标", "数量指标", "培训数", "次数", "≥10次", "计划"]


def test_a_row_broken_within_cells_is_joined(tmp_path):
    """What goes on in cells without a name and a target is the row above."""
    rest = ["", "", "（线上）", "", "", "和通知"]
    found = files.read(saved(tmp_path, ruled([*HEAD, ROW], [LABELS, rest])))
    (form,) = found.content["projects"]
    (indicator,) = form["indicators"]
    assert (indicator["level3"], indicator["basis"]) == ("培训数（线上）", "计划和通知")


def test_a_row_that_may_go_on_is_doubted(tmp_path):
    """An empty cell at a page's end is said, with both places; two rows are read."""
    unfinished = [*ROW[:5], ""]
    found = files.read(saved(tmp_path, ruled([*HEAD, unfinished], [ROW])))
    (said,) = [each for _, each in found.findings if each.code == "pdf.row_over_page"]
    assert said.place == "page 1, table 1, row 4 and page 2, table 1, row 1"
    assert len(found.content["projects"][0]["indicators"]) == 2


def test_a_picture_among_pages_of_text_is_an_error(tmp_path):
    """A scanned page may hold half a form: nothing is recorded without it."""
    path = saved(tmp_path, ruled([*HEAD, ROW], PICTURE))
    (said,) = [each for _, each in files.read(path).findings if "image" in each.code]
    assert (said.code, said.place) == ("pdf.image_page", "page 2")
    assert said.severity is Severity.ERROR
    with Ledger.open(":memory:", actor="a") as ledger:
        with pytest.raises(LedgerError, match="image"):
            ledger.import_forms(path)
        assert ledger.position == 0


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
    with pytest.raises(InvalidInput, match="1000 in all"):
        files.read(saved(tmp_path, SMALL))


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


def test_a_title_that_wraps_before_its_last_character_is_whole(tmp_path):
    """The line under it holds 表 alone."""
    content = generate(8_230_000, forms=2).content
    found = files.read(saved(tmp_path, as_pdf(content, 8_230_000)))
    titles = [form["title"] for form in found.content["projects"]]
    assert titles == [form["title"] for form in content["projects"]]


def without_form():
    """Return a PDF with text and no rules."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 720, "Annual report")
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (ruled(PICTURE, PICTURE), "images, without text"),
        (as_pdf(FEW, encrypt="secret"), "an encrypted PDF"),
        (SMALL[: len(SMALL) // 2], "damaged or cut off"),
        (SMALL[:-8], "damaged or cut off"),
        (b"%PDF-1.7\nnothing", "damaged or cut off"),
        (b"%PDF-1.7\nnothing\n%%EOF", "damaged or cut off"),
        (without_form(), "a PDF without a ruled form"),
    ],
    ids="scanned encrypted half end-lost rubbish rubbish-with-end no-form".split(),
)
def test_what_is_no_form_is_said(tmp_path, raw, words):
    """The file is named, and what would be right; nothing is recorded."""
    path = saved(tmp_path, raw)
    with Ledger.open(":memory:", actor="a") as ledger:
        with pytest.raises(InvalidInput, match=words) as caught:
            ledger.import_forms(path)
        assert ledger.position == 0
    assert "forms.pdf" in str(caught.value)
    assert caught.value.expected


def test_too_many_pages_are_refused(tmp_path, monkeypatch):
    """A thousand pages are enough for a county."""
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(InvalidInput, match="at most 1"):
        files.read(saved(tmp_path, as_pdf(FEW, 1)))


def test_a_page_with_too_many_marks_is_refused(tmp_path, monkeypatch):
    """Memory is bounded by what one page may hold."""
    monkeypatch.setattr(pdf_limits, "MOST_MARKS", 100)
    with pytest.raises(InvalidInput, match="page 1"):
        files.read(saved(tmp_path, as_pdf(FEW, 1)))


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    """The reader of PDFs is optional."""
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(InvalidInput, match=r"ledger\[pdf\]"):
        files.read(saved(tmp_path, as_pdf(FEW, 1)))


@pytest.mark.parametrize("seed", range(20))
def test_any_damage_ends_in_a_clear_error(tmp_path, seed):
    """Bytes that were changed at random are read, or refused; nothing else."""
    rng = Random(seed)
    raw = bytearray(SMALL)
    for _ in range(rng.choice([1, 5, 50])):
        raw[rng.randrange(10, len(raw))] = rng.randrange(256)
    try:
        files.read(saved(tmp_path, bytes(raw)))
    except LedgerError as problem:
        assert "forms.pdf" in str(problem)

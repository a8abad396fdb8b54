"""PDFs of ruled forms: every cell, over page breaks, and files that are none."""

import io
import json
import sys
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
    with pytest.raises(InvalidInput, match="pip install pdfplumber"):
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

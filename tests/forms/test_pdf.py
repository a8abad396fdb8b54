"""PDFs of ruled forms: every cell, over page breaks, and files that are none."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from generated_forms import generate
from ledger import InvalidInput, Ledger, LedgerError
from ledger.forms import files, pdf
from support_pdfs import as_pdf, as_ruled_workbook

TRUTH = json.loads(
    (Path(__file__).parents[1] / "data" / "julu-2023.json").read_text("utf-8")
)

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


@pytest.mark.parametrize("seed", range(4))
def test_every_real_form_is_read_from_ruled_cells(tmp_path, seed):
    """All 19 projects and 133 indicators, whatever paper, font and column widths."""
    found = files.read(saved(tmp_path, as_pdf(TRUTH, seed)))
    projects = found.content["projects"]
    assert len(projects) == 19
    for one, truth in zip(projects, TRUTH["projects"], strict=True):
        assert differing(one, truth)[0] == []
    assert found.findings == []
    assert found.content["document"] == {"fiscal_year": 2023, "money_unit": "万元"}


def test_generated_forms_are_read_or_doubted(tmp_path):
    """At least 99 % of cells of unseen forms are exact, over page breaks anywhere."""
    wrong, count = [], 0
    for seed in range(7_100_000, 7_100_030):
        content = generate(seed, forms=2).content
        found = files.read(saved(tmp_path, as_pdf(content, seed)))
        projects = found.content["projects"]
        assert len(projects) == len(content["projects"]), seed
        silent = []
        for one, truth in zip(projects, content["projects"], strict=True):
            differ, cells = differing(one, truth)
            count += cells
            silent += differ
        wrong += [(seed, *each) for each in silent]
    assert len(wrong) <= count / 100, wrong


def test_a_pdf_gives_the_same_approvals_as_the_json(tmp_path):
    """Money, plans and targets; a single amount stands under its own column here."""
    path = saved(tmp_path, as_pdf(TRUTH, 1))
    events = []
    for given in (path, TRUTH):
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
    program = shutil.which("soffice")
    if program is None:
        assert "CI" not in os.environ, "CI installs LibreOffice"
        pytest.skip("LibreOffice is not installed")
    book = as_ruled_workbook(tmp_path / "forms.xlsx", TRUTH["projects"])
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(book),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = files.read(tmp_path / "forms.pdf")
    for one, truth in zip(found.content["projects"], TRUTH["projects"], strict=True):
        assert differing(one, truth)[0] == []


def test_places_name_page_table_and_row(tmp_path):
    """A finding says where to look."""
    found = files.read(saved(tmp_path, as_pdf(TRUTH, 0)))
    assert found.place("projects/0").endswith("forms.pdf:page 1, table 1, row 1")
    assert "page 2" in found.place("projects/2/indicators/6")


def scanned(pages=1):
    """Return a PDF of pictures, as a scanner makes it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for _ in range(pages):
        picture = Image.new("L", (60, 80), 200)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


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
        (scanned(), "images, without text"),
        (as_pdf(TRUTH, encrypt="secret"), "an encrypted PDF"),
        (as_pdf(TRUTH, 1)[:20_000], "damaged or cut off|without a ruled form"),
        (b"%PDF-1.7\nnothing", "damaged or cut off|without a ruled form|images"),
        (without_form(), "a PDF without a ruled form"),
    ],
    ids=["scanned", "encrypted", "truncated", "rubbish", "no form"],
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
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(InvalidInput, match="at most 2"):
        files.read(saved(tmp_path, as_pdf(TRUTH, 1)))


def test_a_page_with_too_many_marks_is_refused(tmp_path, monkeypatch):
    """Memory is bounded by what one page may hold."""
    monkeypatch.setattr(pdf, "MOST_MARKS", 100)
    with pytest.raises(InvalidInput, match="page 1"):
        files.read(saved(tmp_path, as_pdf(TRUTH, 1)))


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    """The reader of PDFs is optional."""
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(InvalidInput, match=r"ledger\[pdf\]"):
        files.read(saved(tmp_path, as_pdf(TRUTH, 1)))


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

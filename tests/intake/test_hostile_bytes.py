"""Bytes that fill the memory or were broken at random: refused in words."""

import io
import json
import re
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger
from ledger.domain.errors import LedgerError
from ledger.errors import ImportRefused
from support import form, forms
from support_hostile import (
    ONE,
    SHEET,
    STRINGS,
    TEXT,
    accepted,
    altered,
    as_json,
    mutated,
    refusal,
    saved,
)
from support_workbooks import as_csv, as_workbook, flat, form_sheets

pytestmark = pytest.mark.usefixtures("in_this_process")


# JSON


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("[" * 100_000 + "]" * 100_000, "without end"),
        ('{"projects":' + "[" * 100_000 + "]" * 100_000 + "}", "without end"),
        (as_json().replace('"budget"', '"budget": "1", "budget"'), "'budget' twice"),
        (
            as_json(form(project_name="XX")).replace("XX", "\\ud800"),
            "half of a character",
        ),
        (as_json(form(project_name="XX")).replace("XX", "\\u0000"), "U\\+0000"),
        (as_json().replace('"20.00"', "NaN"), "cannot be read"),
        (as_json().replace('"20.00"', "9" * 5_000), "out of range"),
        (as_json()[:200], "cut off"),
        ("[]", "a list"),
        ("{}", "an object"),
        ('{"projects": {}}', "an object"),
        ('{"document": {"fiscal_year": 2023}, "projects": []}', "no form"),
        ('{"document": [], "projects": []}', "document: found a list"),
        (as_json(money_unit=[]), "money_unit"),
        (as_json(fiscal_year=10**30), "out of range|fiscal_year"),
        (as_json(number=5), "number: found 5"),
        (as_json(form(budget=None)), "budget: found nothing"),
        (as_json(form(goals=[5])), "goal 1"),
        (as_json(form(indicators="x")), "indicators: found a text"),
        (as_json(form(sources=[])), "sources: found a list"),
        (as_json(form(project_code=["x"])), "project_code"),
        (
            json.dumps({**forms(), "department": {"unit_code": "1", "goals": 5}}),
            "goals",
        ),
        (json.dumps({**forms(), "department": []}), "department: found a list"),
        (
            json.dumps({"document": {"fiscal_year": 2023}, "projects": [None, 5]}),
            "not_an_object",
        ),
    ],
)
def test_json_of_another_shape_is_refused(tmp_path, content, found):
    """The message names the file, the field and what would be right."""
    file = saved(tmp_path, content)
    said = refusal(file)
    assert re.search(found, said)
    assert str(file) in said


# What would fill the memory


def packed(size):
    """Return *size* megabytes of blanks as a zip file packs them, and their checksum."""
    packer = zlib.compressobj(9, wbits=-15)
    blanks = b" " * 1_000_000
    packer.compress(b" ")
    packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, wbits=-15).flush()
    checksum = 0
    for _ in range(size):
        checksum = zlib.crc32(blanks, checksum)
    return once * size + last, checksum


def bomb(*, claimed):
    """Return a workbook whose sheet unpacks to 1.1 GB and says that it is *claimed*."""
    content, checksum = packed(1_100)
    name = SHEET.encode()
    sizes = struct.pack("<III", checksum, len(content), claimed)
    out = io.BytesIO(as_workbook([["x"]]))
    with zipfile.ZipFile(out) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n != SHEET}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for part, inner in parts.items():
            archive.writestr(part, inner)
        start = archive.start_dir
    raw = whole.getvalue()
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes
    local += struct.pack("<HH", len(name), 0) + name + content
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
    entry += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, start) + name
    directory = raw[start : raw.rindex(b"PK\x05\x06")] + entry
    end = struct.pack(
        "<4sHHHHIIH",
        b"PK\x05\x06",
        0,
        0,
        len(parts) + 1,
        len(parts) + 1,
        len(directory),
        start + len(local),
        0,
    )
    return raw[:start] + local + directory + end


IMPORTING = """
import resource, sys, time
from pathlib import Path
from ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.intake.readers import isolated as apart
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
with Ledger.open(":memory:", actor="a") as ledger:
    for file in sys.argv[1:]:
        start = time.perf_counter()
        try:
            ledger.import_forms(file)
        except LedgerError as problem:
            print(problem.text("en").replace(chr(10), " ")[:300])
        assert time.perf_counter() - start < 10, file
    assert ledger.position == 0
status = Path("/proc/self/status").read_text(encoding="ascii")
print(status.partition("VmHWM:")[2].split()[0])
"""


def test_files_that_would_fill_the_memory_are_refused(tmp_path):
    """Each in seconds and within 200 MB, measured in a process of its own."""
    sparse = tmp_path / "sparse.txt"
    with sparse.open("wb") as file:
        file.truncate(200_000_000)
    wide = altered(
        as_workbook([["x"]]),
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
    )
    cases = {
        saved(tmp_path, bomb(claimed=1_100_000_000), "bomb.xlsx"): "unpacks to 1100",
        saved(tmp_path, bomb(claimed=10_000), "lying.xlsx"): "a broken",
        sparse: "more than 50000000 bytes",
        saved(tmp_path, wide, "wide.xlsx"): "a cell so far out",
        saved(tmp_path, "," * 19_000_000, "commas.csv"): "more than 1000000 cells",
        saved(tmp_path, "," * 30_000_000, "text.csv"): "bytes of text",
        saved(tmp_path, "[" * 19_000_000, "deep.json"): "without end",
        saved(tmp_path, json.dumps([5] * 6_000_000), "long.json"): "a list",
        saved(tmp_path, "单位：万元\n项目编码\n" * 500_000, "heads.txt"): "characters",
    }
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING, *map(str, cases)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    *refused, peak = done.stdout.splitlines()
    for (file, found), said in zip(cases.items(), refused, strict=True):
        assert found in said
        assert str(file) in said
    assert int(peak) < 200 * 1024


# Anything at all


VALID = {
    "text": TEXT[TEXT.index(" 1.办公楼") : TEXT.index(" 2.补足")].encode(),
    "csv": as_csv(flat(ONE)).encode(),
    "json": as_json().encode(),
    "flat workbook": as_workbook(flat(ONE)),
    "form on a sheet": form_sheets(ONE),
}


def unharmed(content, file):
    """Import *content*: whatever happens is deliberate, and all or nothing."""
    file.write_bytes(content)
    with Ledger.open(":memory:", actor="a") as ledger:
        try:
            ledger.import_forms(file, fiscal_year=2023)
        except LedgerError as problem:
            assert ledger.position == 0
            assert str(problem)
            assert isinstance(problem, InvalidInput | ImportRefused)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Name a file that each example writes anew."""
    return tmp_path_factory.mktemp("mutated") / "forms.dat"


@pytest.mark.parametrize("kind", VALID)
@settings(deadline=timedelta(seconds=2))
@given(data=st.data())
def test_no_broken_byte_raises_anything_but_our_errors(file, kind, data):
    """Whatever is wrong in a file, it is refused or read, and never hangs."""
    unharmed(data.draw(mutated(VALID[kind])), file)


@pytest.mark.parametrize(
    "part",
    [SHEET, STRINGS, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"],
)
@settings(deadline=timedelta(seconds=2))
@given(data=st.data())
def test_no_broken_part_of_a_workbook_raises_anything_but_our_errors(file, part, data):
    """Behind a sound checksum as well."""
    workbook = VALID["flat workbook"]
    unharmed(altered(workbook, part, lambda xml: data.draw(mutated(xml))), file)


@pytest.mark.parametrize("run", ["1", "（", "2022年", "1 ", "不", "年月"])
def test_long_runs_of_one_sign_are_taken_in_their_stride(tmp_path, run):
    """No pattern that is looked for goes over them again and again."""
    text = (run * 32_000)[:31_999] + "x"
    rows = [
        {**row, "level3": f"{n}{text}"[:32_000], "description": text}
        for n, row in enumerate(form()["indicators"])
    ]
    start = time.process_time()
    accepted(forms(form(indicators=rows, purpose=text)))
    refusal(
        saved(tmp_path, as_workbook([[text], ["项目编码", text], [text, text]])),
        fiscal_year=2023,
    )
    refusal(saved(tmp_path, TEXT[:3_000] + f"{text[:9_000]}单位：万元 x\n" * 10))
    assert time.process_time() - start < 3


@pytest.mark.parametrize("name", ["events.csv", "events.jsonl", "forms.json"])
def test_many_names_in_a_line_are_compared_once(tmp_path, name):
    """One that stands twice is named, and not after hours."""
    names = [*(f"column {n}" for n in range(40_000)), "column 39999"]
    text = ",".join(["type", *names])
    if not name.endswith(".csv"):
        text = "{" + ",".join(f'"{each}":1' for each in names) + "}"
    file = saved(tmp_path, f"{text}\n", name)
    start = time.process_time()
    with Ledger.open(":memory:", actor="a") as ledger:
        take = ledger.import_forms if name == "forms.json" else ledger.record
        with pytest.raises(InvalidInput, match="column 39999"):
            take(file)
    assert time.process_time() - start < 3

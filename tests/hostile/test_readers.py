"""Each reader takes files of several writers, and ends well with what is left of them."""

import html
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ledger import Ledger
from support import approval
from support_office import converted
from support_pdfs import LABELS, NAMES, as_pdf, as_ruled_workbook
from support_workbooks import TRUTH, as_csv, as_workbook, flat, form_sheets

HERE = Path(__file__).parent
CHOSEN = TRUTH["projects"][:3]
FORMS = {**TRUTH, "projects": CHOSEN}
LARGE = 65_536

SECONDS = 20
"""That a reader may take for one of these small files, on a machine that is busy."""

MEMORY = 400_000_000
"""Bytes that the process which asks may come to; readers apart have their own limit."""

TOKENS = [
    *(
        b"\x00",
        b"\x1b[2J",
        b'"',
        b"'",
        b",",
        b"\r",
        b"\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ),
    *(b"[" * 20_000, b"{" * 20_000, b"(" * 20_000, b"<a>" * 5_000, b"9" * 5_000),
    *(b"-1", b"1e999999999", b"1e-999999999", b"NaN", b"Infinity", b"0" * 400),
    *(b"2147483648", b"9223372036854775808", b"0001-01-01", b"9999-12-31"),
    *(b"\xed\xa0\x80", "＝１＋１".encode(), b"=1+1", b"&a;", b"]]>", b"<!--"),
    *(b"true", b"null", b"{}", b"[]", b"\\ud800", b"%%EOF", b"endstream", b"1 0 R"),
]


def events():
    """Return lines of a bulk file about the projects that it is held to."""
    return [
        {
            "type": "Disbursed",
            "project": f"P-{n % 4}",
            "on": f"2023-{n % 12 + 1:02}-01",
            "voucher": f"付-{n}",
            "amount": f"{n}.{n % 100:02}",
            "payee": "收款人",
        }
        for n in range(1, 40)
    ]


def page_of(content):
    """Return forms as a web page with ruled tables, to be printed."""
    parts = [
        "<meta charset=utf-8><style>table{border-collapse:collapse;width:100%}",
        "td{border:1px solid;font:9pt 'Noto Sans CJK SC'}</style>",
    ]
    for form in content["projects"]:
        plan, pad = form["plan_columns"], [""] * (6 - len(form["plan_columns"]))
        values = [*form["plan_row"], *[""] * (6 - len(form["plan_row"]))]
        goals = [f"{n}.{goal}" for n, goal in enumerate(form["goals"], 1)]
        rows = [
            [
                *[("项目编码", 1), (form["project_code"], 2)],
                *[("项目名称", 1), (form["project_name"], 3)],
            ],
            [
                *[("预算规模及资金用途", 1, 2), ("预算数", 1), (form["budget"], 1)],
                *[("其中：财政资金", 1), (form["fiscal_funds"], 1)],
                *[("其他资金", 1), (form["other_funds"], 1)],
            ],
            [(form["purpose"], 6)],
            [("资金支出计划（%）", 1, 2), *((each, 1) for each in [*plan, *pad])],
            [(each, 1) for each in values],
            [("绩效目标", 1), ("\n".join(goals), 6)],
            [*((label, 1) for label in LABELS[:5]), (LABELS[5], 2)],
        ]
        rows += (
            [*((row[n], 1) for n in NAMES[:5]), (row[NAMES[5]], 2)]
            for row in form["indicators"]
        )
        parts += [f"<p>{form['seq']}.{form['title']}绩效目标表</p>"]
        unit = content["document"]["money_unit"]
        parts += [f"<p>{form['unit_code']}{form['unit_name']} 单位：{unit}</p><table>"]
        for cells in rows:
            parts += ["<tr>"]
            for text, wide, *high in cells:
                shown = html.escape(str(text or "")).replace("\n", "<br>")
                parts += [f"<td colspan={wide} rowspan={(high or [1])[0]}>{shown}</td>"]
        parts += ["</table>"]
    return "".join(parts)


def needed(program):
    """Return where a program is; CI has all of them."""
    found = shutil.which(program)
    if found is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end(f"{program} is not installed")
    return found


def printed(folder, content):
    """Return forms as Chromium prints them."""
    page, made = folder / "forms.html", folder / "forms.pdf"
    page.write_text(page_of(content), encoding="utf-8")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [needed("chromium"), *quiet, f"--print-to-pdf={made}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return made.read_bytes()


def saved_by_openpyxl(raw):
    """Return a workbook as another library saves it."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(raw)).save(out)
    return out.getvalue()


def saved_by_office(folder, raw):
    """Return a workbook as LibreOffice saves it."""
    (folder / "forms.xlsx").write_bytes(raw)
    return converted(folder / "forms.xlsx", "xlsx").read_bytes()


def exported_by_office(folder, content):
    """Return forms as LibreOffice exports them."""
    as_ruled_workbook(folder / "ruled.xlsx", content["projects"])
    return converted(folder / "ruled.xlsx", "pdf").read_bytes()


LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in events())
TABLE = as_csv([list(events()[0]), *(list(row.values()) for row in events())])

PLAIN = {
    "json": ("import", lambda _: json.dumps(FORMS, ensure_ascii=False).encode()),
    "csv": ("import", lambda _: as_csv(flat(CHOSEN)).encode("utf-8-sig")),
    "csv in GBK": ("import", lambda _: as_csv(flat(CHOSEN)).encode("gbk")),
    "tsv in GB 18030": (
        "import",
        lambda _: as_csv(flat(CHOSEN), "\t").encode("gb18030"),
    ),
    "jsonl of events": ("record", lambda _: LINES.encode()),
    "csv of events": ("record", lambda _: TABLE.encode()),
}
APART = {
    "xlsx by XlsxWriter": ("import", lambda _: form_sheets(CHOSEN)),
    "pdf by reportlab": ("import", lambda _: as_pdf(FORMS, 1)),
}
OTHERS = {
    "text": (
        "import",
        lambda _: (HERE.parent / "data" / "julu-2023.txt").read_bytes(),
    ),
    "xlsx of one table": ("import", lambda _: as_workbook(flat(CHOSEN))),
    "xlsx by openpyxl": (
        "import",
        lambda _: saved_by_openpyxl(form_sheets(CHOSEN)),
    ),
    "xlsx by LibreOffice": (
        "import",
        lambda folder: saved_by_office(folder, form_sheets(CHOSEN)),
    ),
    "pdf by LibreOffice": ("import", lambda folder: exported_by_office(folder, FORMS)),
    "pdf by Chromium": ("import", lambda folder: printed(folder, FORMS)),
}
WRITERS = {**PLAIN, **APART, **OTHERS}
LONG = pytest.mark.long


CHANGES = (
    lambda _, raw, at, __: raw[:at],
    lambda _, raw, at, end: raw[:at] + raw[end:],
    lambda _, raw, at, end: raw[:at] + raw[at:end] * 2 + raw[end:],
    lambda _, raw, at, end: raw[:at] + raw[at:end] * 50 + raw[end:],
    lambda rng, raw, at, end: raw[:at] + rng.randbytes(end - at) + raw[end:],
    lambda rng, raw, at, _: raw[:at] + rng.choice(TOKENS) + raw[at:],
    lambda rng, raw, at, end: raw[:at] + rng.choice(TOKENS) + raw[end:],
    lambda rng, raw, _, __: _number_changed(rng, raw),
)


def changed(rng, raw):
    """Return *raw* with a few of its bytes lost, doubled, moved or put in anew."""
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        at = rng.randrange(len(raw) + 1)
        end = min(len(raw), at + rng.choice([1, 2, 8, 64, 1_024]))
        raw = rng.choice(CHANGES)(rng, raw, at, end)
    return raw


def _number_changed(rng, raw):
    """Return *raw* with another number in the place of one."""
    found = list(re.finditer(rb"\d+", raw[:500_000]))
    if not found:
        return raw
    one = rng.choice(found)
    other = rng.choice([b"0", b"-1", b"4294967295", b"99999999999", b"1e9", b"7"])
    return raw[: one.start()] + other + raw[one.end() :]


def changed_in_zip(rng, raw):
    """Return a workbook with one part changed, and packed again."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        chosen = rng.choice(before.namelist())
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, changed(rng, data) if name == chosen else data)
    return out.getvalue()


def changed_in_stream(rng, raw):
    """Return a PDF with what one Flate stream holds changed, and packed again."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL))
    rng.shuffle(streams)
    for one in streams:
        try:
            data = zlib.decompress(one[1])
        except zlib.error:
            continue
        packed = zlib.compress(changed(rng, data))
        whole = raw[: one.start(1)] + packed + raw[one.end(1) :]
        said = b"/Length %d" % len(one[1])
        return whole.replace(said, b"/Length %d" % len(packed), 1)
    return changed(rng, raw)


def damaged(rng, raw):
    """Return a file that was damaged within, or from outside."""
    if raw.startswith(b"PK") and rng.random() < 0.7:
        return changed_in_zip(rng, raw)
    if raw.startswith(b"%PDF") and rng.random() < 0.5:
        return changed_in_stream(rng, raw)
    return changed(rng, raw)


def taken(door, folder):
    """Have a process read all files of a folder; return its lines and its memory."""
    done = subprocess.run(
        [sys.executable, HERE / "take.py", door, folder],
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        capture_output=True,
        text=True,
        timeout=1_200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    *lines, memory = map(json.loads, done.stdout.splitlines())
    return lines, memory


def hold(folder, names, rounds):
    """Damage files so many times each, and hold their readers to ending well."""
    doors = {}
    for name in names:
        door, make = WRITERS[name]
        rng, raw = random.Random(f"{name} {rounds}"), make(folder)
        files = folder / door
        files.mkdir(exist_ok=True)
        doors[door] = files
        for number in range(rounds):
            (files / f"{name} {number:04}").write_bytes(damaged(rng, raw))
    for door, files in doors.items():
        lines, memory = taken(door, files)
        assert len(lines) == len(list(files.iterdir()))
        for file, refusal, message, _, seconds in lines:
            place = f"{files / file}: {message}"
            assert seconds < SECONDS, f"{seconds}: {place}"
            assert not refusal or len(message) > 10, place
        assert memory < MEMORY, (names, memory)


@pytest.mark.parametrize(
    "name", [*PLAIN, *APART, *(pytest.param(n, marks=LONG) for n in OTHERS)]
)
def test_a_reader_takes_the_file_of_each_writer(tmp_path, name):
    """What is whole is read: every form with its budget and rows, or every event."""
    door, make = WRITERS[name]
    file = tmp_path / "given"
    file.write_bytes(make(tmp_path))
    with Ledger.open(":memory:", actor="tester") as ledger:
        if door == "record":
            ledger.append(*[approval(f"P-{n}", 10**9) for n in range(4)])
            assert ledger.record(file).new == len(events())
            return
        ledger.import_forms(file)
        truth = TRUTH["projects"] if name == "text" else CHOSEN
        found = {line.project: line for line in ledger.view().execution()}
        assert found.keys() == {form["project_code"] for form in truth}
        for form in truth:
            code = form["project_code"]
            assert found[code].current_budget == 10_000 * Decimal(form["budget"])
            rows = ledger.view().attainment(code)
            assert len(rows) == len(form["indicators"])


@LONG
@pytest.mark.parametrize("made", [exported_by_office, printed])
def test_forms_with_long_streams_are_read(tmp_path, made):
    """PDFs of offices have Flate streams above 64 KiB: all of their forms are read."""
    raw, sizes = made(tmp_path, TRUTH), []
    for one in re.finditer(rb"stream\r?\n", raw):
        with suppress(zlib.error):
            sizes.append(len(zlib.decompressobj().decompress(raw[one.end() :])))
    assert max(sizes) > LARGE
    (tmp_path / "all.pdf").write_bytes(raw)
    with Ledger.open(":memory:", actor="tester") as ledger:
        ledger.import_forms(tmp_path / "all.pdf")
        assert len(ledger.view().execution()) == len(TRUTH["projects"])


def test_damaged_files_are_taken_or_refused(tmp_path):
    """Whatever stands in one: in time, in little memory, with a clear error."""
    hold(tmp_path, PLAIN, 5)


@LONG
@pytest.mark.parametrize("name", WRITERS)
def test_many_damaged_files_are_taken_or_refused(tmp_path, name):
    """The same with many more, and with the readers that are processes apart."""
    hold(tmp_path, [name], 150 if name in PLAIN else 10)

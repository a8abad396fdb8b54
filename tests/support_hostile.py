"""Files that are meant to do harm, imported: what is refused, and what is read."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import strategies as st

from ledger import Ledger
from ledger.domain.errors import LedgerError
from support import form, forms
from support_workbooks import TRUTH

TEXT = (Path(__file__).parent / "data" / "julu-2023.txt").read_text("utf-8")
ONE = TRUTH["projects"][:1]
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def saved(tmp_path, content, name="forms.dat"):
    """Write a file."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def as_json(*given, **document):
    """Return an interchange file."""
    return json.dumps(forms(*given, **document), ensure_ascii=False)


def altered(workbook, part, change):
    """Return *workbook* with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def refusal(*sources, **more):
    """Import *sources* into a ledger that holds a project; return the refusal."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(forms(form("OTHER-1")))
        with pytest.raises(LedgerError) as raised:
            ledger.import_forms(*sources, **more)
        assert ledger.position == 1
    return str(raised.value)


def accepted(source, **more):
    """Import *source* into a fresh ledger; return the findings and the approvals."""
    with Ledger.open(":memory:", actor="a") as ledger:
        found = ledger.import_forms(source, **more)
        return found, [each.event for each in ledger.events()]


@st.composite
def mutated(draw, content):
    """Draw *content* with a few bytes flipped, cut, doubled or put in."""
    broken = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(broken) - 1)))
        size = draw(st.integers(1, 40))
        match draw(st.sampled_from(["flip", "cut", "double", "insert", "end"])):
            case "flip" if broken:
                broken[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del broken[at : at + size]
            case "double":
                broken[at:at] = broken[at : at + size]
            case "insert":
                broken[at:at] = draw(st.binary(min_size=1, max_size=8))
            case _:
                del broken[max(1, at) :]
    return bytes(broken)

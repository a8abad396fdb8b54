"""Native readers run in a process of their own: whatever it dies of is an error."""

import io
import signal
import zipfile

import pytest

from ledger import InvalidInput
from ledger.intake.readers import file_kinds as files
from ledger.intake.readers import isolated as apart
from ledger.intake.readers.form_source import Source
from ledger.messages import Language
from support_pdfs import as_pdf
from support_workbooks import TRUTH, form_sheets

ONE = dict(TRUTH, projects=TRUTH["projects"][:1])
STRINGS = "xl/sharedStrings.xml"


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


@pytest.fixture
def workbook():
    """Return a workbook with one form."""
    return form_sheets(ONE["projects"])


def read(tmp_path, raw):
    """Read a file of these bytes."""
    file = tmp_path / "forms.dat"
    file.write_bytes(raw)
    return files.read(file)


def dying(monkeypatch, text):
    """Have the process of a reader do something else first."""
    start = apart.isolated

    def changed(*given):
        command = start(*given)
        place = command.index("-c") + 1
        command[place] = f"{text}\n{command[place]}"
        return command

    monkeypatch.setattr(apart, "isolated", changed)


def test_another_process_reads_what_this_one_would(tmp_path, workbook, monkeypatch):
    """Content, places and findings are the same, whoever reads."""
    for raw in (workbook, as_pdf(ONE)):
        apart_from_us = read(tmp_path, raw)
        with monkeypatch.context() as patched:
            patched.setattr(apart, "can_start", lambda: False)
            assert read(tmp_path, raw) == apart_from_us


@pytest.mark.parametrize("name", ["SIGABRT", "SIGSEGV", "SIGKILL", "SIGXCPU"])
def test_a_reader_that_dies_is_an_error_that_names_the_file(
    tmp_path, workbook, monkeypatch, name
):
    """A crash of native code refuses the file, and this process goes on."""
    number = getattr(signal, name).value
    dying(monkeypatch, f"import os; os.kill(os.getpid(), {number})")

    with pytest.raises(InvalidInput, match=rf"forms.dat: found .*({name}|seconds)"):
        read(tmp_path, workbook)


def test_a_reader_that_never_ends_is_ended(tmp_path, workbook, monkeypatch):
    """A reader has so much time, after which the file is refused."""
    monkeypatch.setattr(apart, "FEWEST_SECONDS", 0.1)
    monkeypatch.setattr(apart, "SECONDS_PER_MEGABYTE", 0)
    dying(monkeypatch, "while True: pass")

    with pytest.raises(InvalidInput, match="seconds to read"):
        read(tmp_path, workbook)


def test_a_reader_has_so_much_memory(tmp_path, workbook, monkeypatch):
    """More memory than the limit is refused, and is not taken from this process."""
    monkeypatch.setattr(apart, "MOST_MEMORY", 20_000_000)

    with pytest.raises(InvalidInput, match=r"memory|could not take"):
        read(tmp_path, workbook)


@pytest.mark.parametrize("count", ["99999999999", "4294967295", "10000000"])
def test_a_count_that_no_part_could_hold_is_refused(workbook, count, monkeypatch):
    """What a workbook says of itself allocates nothing: it is compared first."""
    raw = altered(
        workbook,
        STRINGS,
        lambda text: (
            text.replace(b"<sst ", f'<sst z="1" uniqueCount="{count}" '.encode())
            if b"uniqueCount" not in text
            else text.replace(b'uniqueCount="', f'uniqueCount="{count}'.encode())
        ),
    )
    monkeypatch.setattr(apart, "can_start", lambda: False)

    with pytest.raises(InvalidInput, match=r"sharedStrings.xml: found .*uniqueCount"):
        list(apart.read("workbook", Source("a.xlsx"), raw))


def test_xml_that_nests_without_end_is_refused(workbook):
    """A part of a workbook nests a few levels deep, and no more."""
    nested = b"<a>" * 200_000 + b"</a>" * 200_000
    raw = altered(workbook, "xl/styles.xml", lambda _: nested)

    with pytest.raises(InvalidInput, match=r"styles.xml: found .*deep"):
        list(apart.read("workbook", Source("a.xlsx"), raw))


def test_what_a_reader_refuses_is_said_in_both_languages(tmp_path):
    """The refusal comes from the other process as data, and so does its place."""
    file = tmp_path / "forms.xlsx"
    file.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(InvalidInput) as refused:
        files.read(file)
    assert "found a broken zip file" in refused.value.text(Language.ENGLISH)
    assert refused.value.text(Language.CHINESE) == (
        f"{file}：损坏的压缩文件；应为：能打开的文件"
    )

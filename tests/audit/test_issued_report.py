"""An issued report is read within bounds, whatever its file holds."""

import json
import tracemalloc
from datetime import date

import pytest

from ledger import InvalidInput, Ledger
from ledger.app import restating
from ledger.audit import issued_report as reading
from ledger.audit.issued_report import Issued
from ledger.reports.render import json as as_json
from support import PROJECT, approval, indicator

DEEP = b"[" * 200_000 + b"]" * 200_000


@pytest.fixture
def report():
    """Return a report with one project, one unit's none and one finding."""
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(indicators=(indicator(),)))
        ledger.adjust_budget(PROJECT, "supplement", 5, on=date(2023, 2, 1))
        return json.loads(ledger.monthly_report(2023, 6).render("json"))


def spelled(report, before=b"", after=b""):
    """Return the JSON of *report*, with the first *before* replaced."""
    raw = json.dumps(report, ensure_ascii=False).encode()
    assert before in raw
    return raw.replace(before, after, 1)


def test_a_digest_in_parts_is_that_of_the_whole(report):
    """Entry by entry the same bytes are hashed as for the report at once."""
    read = Issued.of(report)
    assert read.digest() == as_json.digest(report) == report["receipt"]["digest"]
    assert read.names("projects") == [PROJECT]
    assert read.item("projects", PROJECT) == report["projects"][0]
    assert read.item("projects", "P-9") is None
    assert len(read.findings()) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b'"totals": {', b'"totals": {"x": ' + DEEP + b", ", "deep"),
        (b'"projects": [{', b'"projects": [{"x": ' + DEEP + b", ", "deep"),
        (b'"project P-1"', b'"\xff\xfe"', "utf-8"),
        (b'"month": ', b'"month": "\\ud800", "x": ', "byte 17"),
        (b'"month"', b'"another"', "another"),
        (b'"projects": [', b'"projects": [1, ', "whole number"),
        (b'"projects": [', b'"projects": [{}, ', "project"),
        (b'"through": "', b'"through": "x', "date"),
        (b"{", b"[", "JSON"),
    ],
)
def test_what_is_no_report_is_refused_in_a_line(report, tmp_path, before, after, said):
    """Nested without end, no text, another key, another type: never a traceback."""
    path = tmp_path / "june.json"
    path.write_bytes(spelled(report, before, after))
    with (
        Ledger.open(":memory:", actor="a") as ledger,
        pytest.raises(InvalidInput, match=r"june\.json") as caught,
    ):
        ledger.verify_report(path)
    assert said.lower() in str(caught.value).lower()
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"totals": {', b'"totals": {"disbursed": "9.00", '),
        (b'"projects": [{', b'"projects": [{"disbursed": "9.00", '),
        (b'"receipt": {', b'"receipt": {"root": "00", '),
        (b'"month": ', b'"month": "2023-07", "month": '),
        (b'"title": ', b'"title": "\\"\\\\", "title": '),
    ],
)
def test_a_key_twice_is_refused_whatever_it_says(report, tmp_path, before, after):
    """Who reads the first of two values reads what nobody issued."""
    path = tmp_path / "report.json"
    path.write_bytes(spelled(report, before, after))
    with pytest.raises(InvalidInput, match="twice"):
        Issued.read(path).digest()
    path.write_text(json.dumps(report, indent=3), encoding="utf-8")  # ASCII alone.
    assert Issued.read(path).digest() == report["receipt"]["digest"]


@pytest.mark.parametrize("bare", [b"", DEEP, b"\xff\xfe", b"null", b'{"a":1}', b"{}"])
def test_a_file_of_something_else_is_refused(tmp_path, bare):
    """What a report is, is said."""
    path = tmp_path / "june.json"
    path.write_bytes(bare)
    with pytest.raises(InvalidInput, match="a monthly report in JSON"):
        Issued.read(path)


@pytest.mark.parametrize("entry", [b"1,", b"{},", b'{"project":"a"},', b'"a",'])
def test_memory_is_that_of_the_bytes(report, entry, monkeypatch):
    """Millions of entries are refused before they are objects."""
    monkeypatch.setattr(reading, "_MANY", 1_000)
    size = 4_000_000
    many = entry * (size // len(entry))
    raw = spelled(report, b'"projects": [', b'"projects": [' + many)
    tracemalloc.start()
    with pytest.raises(InvalidInput):
        Issued.of(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * size


def test_what_is_too_large_is_refused_with_the_bound(report, tmp_path, monkeypatch):
    """A file, and a part of one."""
    monkeypatch.setattr(reading, "LARGEST", 50_000)
    monkeypatch.setattr(reading, "LARGEST_PART", 20_000)
    path = tmp_path / "june.json"
    path.write_bytes(spelled(report) + b" " * 50_000)
    with pytest.raises(InvalidInput, match="at most 50000 bytes"):
        Issued.read(path)
    report["totals"]["x"] = "a" * 20_000
    with pytest.raises(InvalidInput, match=r"totals.*at most 20000 bytes"):
        Issued.of(report)


def test_of_many_altered_figures_some_are_listed(monkeypatch):
    """The others are counted."""
    monkeypatch.setattr(restating, "MOST_ALTERED", 3)
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(indicators=(indicator(),)))
        report = json.loads(ledger.monthly_report(2023, 6).render("json"))
        for month in report["projects"][0]["months"]:
            month["planned"] = "1.00"
        report["receipt"]["digest"] = as_json.digest(report)
        done = ledger.verify_report(report)
    assert len(done.altered) == 3
    assert tuple(map(str, done.problems)) == (
        "besides those listed, 9 figures are wrong",
    )


def test_findings_and_the_head_are_held_to_the_log():
    """A finding left out, another position or root: the digest mended or not."""
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(indicators=(indicator(),)))
        ledger.adjust_budget(PROJECT, "supplement", 5, on=date(2023, 2, 1))
        honest = json.loads(ledger.monthly_report(2023, 6).render("json"))
        for key, value, said in (
            ("findings", [], "its findings are not those of the log"),
            ("position", 1, "its position is not that of its receipt"),
            ("root", "00" * 32, "its root is not that of its receipt"),
        ):
            edited = {**honest, key: value}
            edited["receipt"] = {**honest["receipt"], "digest": as_json.digest(edited)}
            assert ledger.verify_report(honest).ok
            assert tuple(map(str, ledger.verify_report(edited).problems)) == (said,)

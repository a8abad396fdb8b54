"""To add something takes as few files as the page on changing the ledger says."""

import compileall
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .edits import ADDITIONS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "changing-the-ledger.md"


def add(addition, package):
    """Write an addition into a copy of the package."""
    for edit in (*addition.edits, *addition.words):
        file = package / edit.file
        if edit.anchor is None:
            file.write_text(edit.text, "utf-8")
            continue
        text = file.read_text("utf-8")
        assert text.count(edit.anchor) == 1, f"{edit.file}: {edit.anchor!r}"
        file.write_text(text.replace(edit.anchor, edit.text + edit.anchor), "utf-8")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Return the folder of a copy of the package that has all additions."""
    home = tmp_path_factory.mktemp("package")
    copy = home / "ledger"
    shutil.copytree(ROOT / "src" / "ledger", copy, ignore=lambda *_: {"__pycache__"})
    for addition in ADDITIONS:
        add(addition, copy)
    compileall.compile_dir(copy, quiet=2)
    return home


@pytest.fixture(scope="module")
def run(package):
    """Return what a scenario says, of one process with all additions that plays them."""
    player = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("scenarios.py")],
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join([str(package), str(ROOT / "tests")]),
            "PYTHONUTF8": "1",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )

    def said(scenario):
        player.stdin.write(f"{scenario}\n")
        player.stdin.flush()
        answer = json.loads(player.stdout.readline())
        assert "failed" not in answer, answer["failed"]
        return answer["said"]

    with player:
        yield said


def test_an_event_type_is_known_everywhere(run):
    """A fee counts as money spent, and is shown, explained, proven and exported."""
    said = run("event_type")
    one, other = said["file"], said["lists"]
    assert one == other
    assert one["repeated"] == 2
    assert one["bulk"] == [1, 0]
    assert "F-3" not in one["refused"]
    assert "0.098 万元" in one["refused"]
    assert one["disbursed"] == "20.00"
    assert one["replayed"] == 2_000
    assert one["explained"] == ["F-1", "F-2"]
    assert one["changed"] == {"projects.P-1.disbursed": ["20.00", [2, 3]]}
    assert one["verified"]
    assert one["receipt"]
    assert one["lines"] == ["BudgetApproved", "FeeCharged", "FeeCharged"]
    assert one["table"] == [["F-1", "12.50", "农行"], ["F-2", "7.50", "工行"]]
    for kind, text in one["renderings"].items():
        assert "20.00" in text or "20" in text, kind
    assert "手续费" in one["renderings"]["html zh"]
    assert "bank fee" in one["renderings"]["html en"]


def test_a_layout_is_offered_everywhere(run):
    """A county's own title stands on the form, whoever asks for it."""
    title = "县级项目绩效运行监控表"
    said = run("layout")
    assert said == {"file": title, "lists": title, "command line": title}


def worded(said):
    """Return the renderings that hold more than numbers."""
    return [item for item in said["renderings"].items() if item[0] != "records"]


def test_a_measure_is_known_everywhere(run):
    """The figure is made by it, and explanations and templates say so."""
    said = run("measure")
    assert said["file"] == said["lists"]
    one = said["file"]
    assert (one["result"], one["status"], one["verified"]) == ("17", "exceeded", True)
    assert "the greatest result − the least" in one["explained"]["result"]
    assert "取最大与最小之差" in one["template"]
    assert '"measure": "spread"' in one["renderings"]["json"]


def test_a_comparator_is_known_everywhere(run):
    """A target is read, judged, printed and explained by it."""
    within, outside = run("comparator")
    for said, status in ((within, "attained"), (outside, "at risk")):
        assert said["file"] == said["lists"]
        one = said["file"]
        assert (one["status"], one["printed"], one["verified"]) == (
            status,
            "≈100次",
            True,
        )
        for kind, text in worded(one):
            assert "≈100次" in text, kind
        assert "≈100次" in one["form"]


def test_a_status_is_known_everywhere(run):
    """It is said in both languages, coloured, counted and explained."""
    said = run("status")
    assert said["file"] == said["lists"]
    one = said["file"]
    assert one["status"] == "stalled"
    assert "低于序时目标的 0.1 为停滞" in one["explained"]["status"]
    for kind, text in worded(one):
        assert ("停滞" if kind.endswith("zh") else "stalled") in text, kind
    assert "停滞" in one["form"] or "stalled" not in one["form"]


def test_a_threshold_is_known_everywhere(run):
    """The money is judged by it, and its explanation names it."""
    said = run("threshold")
    assert said["file"] == said["lists"]
    status, explained = said["file"]
    assert status == "not due"
    assert "低于 0.9 为尚未到期" in explained


def test_a_funding_source_is_known_everywhere(run):
    """It is read from forms, spent of, named in both languages, a row of its own."""
    said = run("source")
    assert said["file"] == said["lists"]
    one = said["file"]
    assert one["by source"] == {
        "fiscal": ["600.00", "0.00"],
        "lottery": ["400.00", "100.00"],
    }
    assert one["verified"]
    for kind in ("text", "csv"):
        assert "彩票公益金" in one["renderings"][f"{kind} zh"]
        assert "lottery" in one["renderings"][f"{kind} en"]
    monitoring, _ = one["forms"]
    assert "　　　本年彩票公益金" in monitoring
    events, forms = one["templates"]
    assert "彩票公益金" in events
    assert "彩票公益金（万元）" in forms


def test_a_column_is_known_everywhere(run):
    """Each rendering has it; it is explained, and a change of it names its event."""
    said = run("column")
    assert said["file"] == said["lists"]
    one = said["file"]
    assert "计划支出 − 已支出" in one["explained"]
    assert one["changed"] == {"projects.P-1.ahead": ["376.50", [3]]}
    assert one["receipt"]
    for kind, text in one["renderings"].items():
        word = {"json": '"ahead"', "records": '"ahead"'}.get(kind)
        assert (word or ("余量" if kind.endswith("zh") else "ahead")) in text, kind


def test_a_finding_is_known_everywhere(run):
    """It is said in the language of the reader wherever findings stand."""
    said = run("new_finding")
    assert said["file"] == said["lists"]
    chinese, english = said["file"]["texts"]
    assert chinese == "提示：P-1：到 2023-06-30 分文未支"
    assert english == "note money.untouched: P-1: nothing is spent by 2023-06-30"
    assert "money.untouched" in said["file"]["renderings"]["json"]


@pytest.mark.parametrize("addition", ADDITIONS, ids=lambda addition: addition.name)
def test_an_addition_touches_the_files_that_the_page_names(addition):
    """And no more of them than promised."""
    row = next(
        line
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith(f"| {addition.name} |")
    )
    named = re.findall(r"`([a-zNAME_/]+\.(?:py|toml))`", row.split("|")[2])
    assert named == addition.files
    assert len(named) <= addition.most


def test_the_places_that_the_page_names_are_there():
    """Each path of the page is that of a file or a folder of the package."""
    paths = re.findall(r"`([a-z_]+/[a-z_/]*(?:\.[a-z]+)?)`", PAGE.read_text("utf-8"))
    assert len(paths) > 20
    missing = {
        path
        for path in paths
        if not (ROOT / "src" / "ledger" / path).exists() and not (ROOT / path).exists()
    }
    assert not missing

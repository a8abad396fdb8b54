"""To add something takes as few files as the page on changing the ledger says."""

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
    return home


@pytest.fixture
def run(package, tmp_path):
    """Return what a scenario says of the package with all additions."""

    def said(scenario):
        done = subprocess.run(
            [
                sys.executable,
                Path(__file__).with_name("scenarios.py"),
                tmp_path,
                scenario,
            ],
            env=os.environ
            | {
                "PYTHONPATH": os.pathsep.join([str(package), str(ROOT / "tests")]),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONUTF8": "1",
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return said


def test_an_event_type_is_known_everywhere(run):
    """A fee counts as money spent, and is shown, explained, proven and exported."""
    said = run("event_type")
    one, other = said["file"], said["lists"]
    assert one == other
    assert one["repeated"] == 2
    assert one["bulk"] == [1, 0]
    assert "F-3" not in one["refused"]
    assert "980.00" in one["refused"]
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
    assert "fee charged" in one["renderings"]["html en"]


def test_a_layout_is_offered_everywhere(run):
    """A county's own title stands on the form, whoever asks for it."""
    title = "县级项目绩效运行监控表"
    said = run("layout")
    assert said == {"file": title, "lists": title, "command line": title}


@pytest.mark.parametrize("addition", ADDITIONS, ids=lambda addition: addition.name)
def test_an_addition_touches_the_files_that_the_page_names(addition):
    """And no more of them than promised."""
    row = next(
        line
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith(f"| {addition.name} |")
    )
    named = re.findall(r"`([a-z_/]+\.(?:py|toml))`", row.split("|")[2])
    assert named == addition.files
    assert len(named) <= addition.most

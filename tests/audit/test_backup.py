"""Backups, and the files that a restore writes."""

import subprocess
import sys

import pytest

from ledger import InvalidInput, Ledger, LedgerError
from support_faults import facts, filled, verified
from support_restore import EXPORTED


@pytest.mark.parametrize("use", ["restore", "backup"])
@pytest.mark.parametrize(
    "place", ["taken", "folder", "nowhere/x", "taken/x", "n" * 255]
)
def test_a_file_comes_only_where_there_is_none(source, exported, tmp_path, use, place):
    """What is there stays; a folder is not made up, a path beneath a file is none."""
    lines, kept = exported
    (tmp_path / "given.jsonl").write_bytes(b"".join(lines))
    (tmp_path / "taken").write_text("mine")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with Ledger.open(source, read_only=True, actor="a") as ledger:
        uses = {
            "restore": lambda: Ledger.restore(
                tmp_path / place, tmp_path / "given.jsonl", kept
            ),
            "backup": lambda: ledger.backup(tmp_path / place),
        }
        with pytest.raises(LedgerError, match=place[:100]):
            uses[use]()
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "taken").read_text() == "mine"


def test_lines_that_are_not_there_are_named(exported, path, tmp_path):
    """So is a folder in their place."""
    _, kept = exported
    for source in (tmp_path / "none", tmp_path):
        with pytest.raises(InvalidInput, match="expected a file that `export` wrote"):
            Ledger.restore(path, source, kept)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("use", ["restore", "backup"])
def test_what_an_earlier_attempt_left_does_not_matter(
    source, exported, restored, path, use
):
    """Whoever was killed on the way may begin again."""
    for end in ("restoring", "copying"):
        path.with_name(f".{path.name}.{end}").write_text("half a file" * 1_000)
    if use == "restore":
        restored(*exported)
    else:
        with Ledger.open(source, read_only=True, actor="a") as ledger:
            ledger.backup(path)
    assert facts(path) == facts(source)


WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from ledger import Ledger
from support import disbursement
with Ledger.open(sys.argv[1], actor="writer", timeout=60) as ledger:
    for i in range(100_000):
        ledger.append(disbursement(1, f"B-{i}", project="P-0"))
        if i == 5:
            print("writing", flush=True)
"""


def test_a_backup_is_whole_while_another_process_writes(path, tmp_path):
    """It opens and verifies, and is a prefix of the ledger that is written on."""
    filled(path, 30)
    arguments = [sys.executable, "-c", WRITER, path, *filter(None, sys.path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout.readline() == b"writing\n"
            with Ledger.open(path, read_only=True, actor="a") as ledger:
                sizes = []
                for i in range(5):
                    ledger.backup(tmp_path / f"{i}.copy")
                    sizes.append(ledger.position)
                    while not i and ledger.position == sizes[0]:
                        assert writer.poll() is None
            assert writer.poll() is None
        finally:
            writer.kill()
    assert sizes[0] < sizes[-1]
    with Ledger.open(path, actor="a") as ledger:
        for i in range(5):
            done = verified(tmp_path / f"{i}.copy")
            assert done.ok
            assert EXPORTED < done.events <= sizes[i]
            assert done.root == ledger._parts.log.root_at(done.events).hex()

"""Fixtures of the tests of this folder."""

import shutil
from contextlib import closing

import pytest

from ledger import Ledger
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.sqlite.log import SqliteLog
from support_faults import filled
from support_restore import EXPORTED


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Make a ledger with some of everything, that is only read."""
    return filled(tmp_path_factory.mktemp("restoring") / "sound.ledger", 30)


@pytest.fixture(scope="module")
def exported(source):
    """Export it; return the lines and the checkpoint."""
    path = source.with_suffix(".jsonl")
    with Ledger.open(source, read_only=True, actor="a") as ledger:
        kept = ledger.export(path)
    assert kept.size == EXPORTED
    return path.read_bytes().splitlines(keepends=True), kept


@pytest.fixture
def restored(path, tmp_path):
    """Return what restores given lines under a checkpoint."""
    lines = tmp_path / "lines" / "given.jsonl"
    lines.parent.mkdir()

    def restores(raw, kept, **more):
        lines.write_bytes(raw if isinstance(raw, bytes) else b"".join(raw))
        return Ledger.restore(path, lines, kept, **more)

    return restores


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger with two checkpoints that is damaged in copies."""
    return filled(tmp_path_factory.mktemp("verify") / "sound.ledger", 280)


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


@pytest.fixture(scope="module")
def kept(sound):
    """Return the last checkpoint of the ledger, as its auditor keeps it."""
    with closing(SqliteLog.open(sound, read_only=True)) as log:
        notes = [note for *_, note in log.checkpoints()]
    return LogCheckpoint.parse(notes[-1])

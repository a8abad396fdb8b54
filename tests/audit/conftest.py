"""A ledger, its export, and what restores one."""

import pytest

from ledger import Ledger
from support_faults import filled
from support_restore import SIZE


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
    assert kept.size == SIZE
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

"""The power goes: what is left of the file beside the ledger is cut anywhere."""

import os
import random
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ledger import Ledger
from support import Clock, approval
from support_faults import (
    BESIDE,
    FORK,
    facts,
    filled,
    in_child,
    payments,
    refused,
    verified,
    works,
)

PAGE = 4096


@pytest.fixture(scope="module", params=[14, pytest.param(60, marks=pytest.mark.long)])
def cut(request, tmp_path_factory):
    """Make a ledger of single appends, batches, seals and snapshots, not settled."""
    return written(tmp_path_factory.mktemp("cut"), request.param)


class Written:
    """
    Copies of a ledger and of its WAL, and what it said after each commit.

    Attributes:
        lines: All of them.

        commits: The sizes of the log that somebody was told of.

        before, after: The file without what the WAL holds, and with it.
    """

    def __init__(self, folder):
        self.folder = folder
        self.lines, self.commits = [], set()
        self.before = self.after = self.wal = b""

    def copy(self, file, wal):
        """Write a file and a WAL as they are found after the power was cut."""
        path = self.folder / "found.ledger"
        for end in BESIDE:
            Path(f"{path}{end}").unlink(missing_ok=True)
        path.write_bytes(file)
        Path(f"{path}-wal").write_bytes(wal)
        return path


def written(folder, count):
    """Write a ledger in *count* transactions, and keep its bytes."""
    path, made = folder / "written.ledger", Written(folder)
    with Ledger.open(path, actor="tester", clock=Clock()) as ledger:
        ledger._parts.log.file.connection.execute("PRAGMA wal_autocheckpoint = 0")
        ledger.append(*[approval(f"P-{i}", 10_000_000) for i in range(6)])
        ledger._parts.log.file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made.before = path.read_bytes()
        ledger._parts.states.every = 25
        made.commits = {6}
        for i in range(count):
            size = 1 if i % 3 else 20
            ledger.append(*payments(size, ledger.position))
            made.commits.add(ledger.position)
            if i % 5 == 4:
                ledger.seal()
        made.wal = Path(f"{path}-wal").read_bytes()
        made.lines = list(ledger.lines())
        ledger._parts.log.file.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        made.after = path.read_bytes()
    return made


def found_whole(made, path):
    """Hold a ledger to being what somebody was told of, at some moment."""
    done = verified(path)
    assert done.ok, done.findings
    with Ledger.open(path, create=False) as ledger:
        lines = list(ledger.lines())
    assert len(lines) in made.commits
    assert lines == made.lines[: len(lines)]
    return len(lines)


def test_a_wal_cut_at_a_page_is_a_shorter_ledger(cut):
    """At each 4 KB the ledger is a whole prefix, never half a batch."""
    sizes = [
        found_whole(cut, cut.copy(cut.before, cut.wal[:end]))
        for end in range(0, len(cut.wal) + PAGE, PAGE)
    ]
    assert sizes == sorted(sizes)
    assert set(sizes) == cut.commits


@pytest.mark.parametrize("count", [20, pytest.param(400, marks=pytest.mark.long)])
def test_a_wal_cut_anywhere_is_a_shorter_ledger(cut, count):
    """So it is at any byte, and with the rest of the last page full of anything."""
    chosen = random.Random(count)
    for _ in range(count):
        end = chosen.randrange(len(cut.wal) + 1)
        rest = chosen.randbytes(chosen.choice([0, 100, 3 * PAGE]))
        found_whole(cut, cut.copy(cut.before, cut.wal[:end] + rest))


def test_a_ledger_goes_on_after_the_cut(cut):
    """The next writer takes up where the record ends."""
    for part in (0, 1 / 3, 2 / 3, 1):
        works(cut.copy(cut.before, cut.wal[: int(len(cut.wal) * part)]))


def test_a_settling_that_was_cut_loses_nothing(cut):
    """Pages that were or were not moved into the file before the power went."""
    pages = len(cut.after) // PAGE
    for moved in range(0, pages + 1, max(1, pages // 12)):
        file = cut.after[: moved * PAGE] + cut.before[moved * PAGE :]
        assert found_whole(cut, cut.copy(file, cut.wal)) == len(cut.lines)


def test_a_file_that_lost_its_wal_is_not_half_settled(cut):
    """Without its WAL, a file with half of its pages moved is no ledger to trust."""
    half = len(cut.after) // PAGE // 2 * PAGE
    path = cut.copy(cut.after[:half] + cut.before[half:], b"")
    assert refused(verified, path) or not verified(path).ok


def test_a_file_without_its_wal_is_what_it_was_before(cut):
    """Who copies only the file has an earlier ledger, whole in itself."""
    assert found_whole(cut, cut.copy(cut.before, b"")) == 6


def as_nobody(path):
    """Read a ledger as a user who may write nowhere; return what was refused."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    return str(refused(verified, path))


def test_a_wal_that_cannot_be_read_is_not_passed_over(cut):
    """On a read-only medium a ledger never hides the events that lie beside it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "copy.ledger"
        path.write_bytes(cut.before)
        Path(f"{path}-wal").write_bytes(cut.wal)
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        said = in_child(as_nobody, path)
        folder.chmod(0o755)
    assert "newer events are in copy.ledger-wal" in said


def test_a_wal_beside_the_file_that_a_link_leads_to_is_not_passed_over(cut):
    """Whatever the link is called and wherever it lies."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "record"
        folder.mkdir()
        path = folder / "copy.ledger"
        path.write_bytes(cut.before)
        Path(f"{path}-wal").write_bytes(cut.wal)
        link = Path(name) / "link.ledger"
        link.symlink_to(path)
        folder.chmod(0o555)
        Path(name).chmod(0o755)
        said = in_child(as_nobody, link)
        folder.chmod(0o755)
        assert "newer events are in copy.ledger-wal" in said
        with Ledger.open(link, read_only=True, actor="a") as ledger:
            assert len(list(ledger.lines())) == len(cut.lines)


def unfinished(path):
    """Change a file in the old journal mode, and end before it is done."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN")
    connection.execute("DROP TRIGGER events_refuse_update")
    connection.execute("UPDATE events SET actor = 'somebody' || actor")
    os._exit(0)


@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_a_journal_that_was_left_is_not_passed_over(mode):
    """Who only reads says that it is there; who may write takes the change back."""
    with TemporaryDirectory() as name:
        path = Path(name) / "test.ledger"
        filled(path)
        right = facts(path).lines
        process = FORK.Process(target=unfinished, args=(path,))
        process.start()
        process.join()
        assert Path(f"{path}-journal").stat().st_size
        path.parent.chmod(mode)
        nobody = mode == 0o555
        said = in_child(as_nobody, path) if nobody else str(refused(verified, path))
        path.parent.chmod(0o755)
        assert "is in test.ledger-journal" in said
        with Ledger.open(path, actor="a") as ledger:
            assert list(ledger.lines()) == right
            assert ledger.verify().ok


def read_meanwhile(path, changed):
    """Verify a ledger as a user who may write nowhere, while its file changes."""
    os.setgid(65534)
    os.seteuid(65534)
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        assert ledger.verify().ok
        os.seteuid(0)
        os.utime(path, (changed, changed))
        os.seteuid(65534)
        return [finding.message for finding in ledger.verify().findings]


def test_a_file_that_changes_while_it_is_read_alone_does_not_hold():
    """Who reads without locks looks again at the end."""
    if os.geteuid():
        pytest.skip("only the administrator becomes somebody else")
    with TemporaryDirectory() as name:
        path = Path(name) / "test.ledger"
        filled(path)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        found = in_child(read_meanwhile, path, 1_700_000_000)
        path.parent.chmod(0o755)
    assert any("was written to while it was read" in each for each in found)

"""The disk is full: a clear error, nothing half there, and all is well with room."""

import ctypes
import os
import resource
import shutil
from pathlib import Path

import pytest

from ledger import Ledger, LedgerError
from ledger.errors import LogError
from ledger.store.checkpoint import LogCheckpoint
from support import approval
from support_faults import (
    BESIDE,
    facts,
    filled,
    in_child,
    payments,
    refused,
    verified,
    works,
)

DISK = 4_000_000
LEFT = (0, 20_000, 450_000, 900_000)
SWEEPS = [LEFT, pytest.param(range(0, 900_001, 20_000), marks=pytest.mark.long)]
NEW_NAMESPACE, RECURSIVELY_PRIVATE = 0x20000, 0x44000


class SmallDisk:
    """A file system of a few megabytes that only this process sees."""

    def __init__(self, folder):
        self.folder = folder
        self.filler = folder / "filler"
        libc = ctypes.CDLL(None, use_errno=True)
        room = f"size={DISK}".encode()
        where = os.fsencode(folder)
        for failed in (
            libc.unshare(NEW_NAMESPACE),
            libc.mount(b"none", b"/", None, RECURSIVELY_PRIVATE, None),
            libc.mount(b"none", where, b"tmpfs", 0, room),
        ):
            if failed:
                raise PermissionError(os.strerror(ctypes.get_errno()))

    def fill(self, left):
        """Leave so many bytes."""
        free = os.statvfs(self.folder)
        with self.filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_bsize - left)

    def make_room(self):
        """Take the filler away."""
        self.filler.unlink()


class SizeLimit:
    """A limit of the system on the size of each file that this process writes."""

    def __init__(self, folder):
        self.folder = folder

    def fill(self, left):
        """Let no file grow beyond so many bytes."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, resource.RLIM_INFINITY))

    def make_room(self):
        """Let files be of any size."""
        whole = resource.RLIM_INFINITY, resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)


def can_mount(folder):
    """Say whether this user may have a small disk."""
    try:
        SmallDisk(folder)
    except (OSError, AttributeError):
        return False
    return True


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger and its export, to be copied to the small disk."""
    path = filled(tmp_path_factory.mktemp("disk") / "sound.ledger")
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        ledger.export(path.with_suffix(".jsonl"))
    return path


@pytest.fixture(params=[SmallDisk, SizeLimit], ids=["small disk", "size limit"])
def disk(request, tmp_path):
    """Name the kind of full disk; run where this user may have it."""
    if request.param is SmallDisk and not in_child(can_mount, tmp_path):
        pytest.skip("only the administrator mounts a disk")
    return request.param


def append(path, fill):
    """Record one event."""
    with Ledger.open(path, actor="a") as ledger:
        fill()
        ledger.append(*payments(1, 1000))


def append_batch(path, fill):
    """Record many at once."""
    with Ledger.open(path, actor="a") as ledger:
        fill()
        ledger.append(*payments(400, 1000))


def append_and_snapshots(path, fill):
    """Record one event with which snapshots are stored."""
    with Ledger.open(path, actor="a") as ledger:
        ledger._parts.states.every = 1
        fill()
        ledger.append(*payments(1, 1000))


def seal(path, fill):
    """Keep a checkpoint."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(*payments(1, 1000))
        fill()
        ledger.seal()


def close(path, fill):
    """Store snapshots on closing."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(*payments(150, 1000))
        fill()


def read(path, fill):
    """Report and verify, with nothing beside the file yet."""
    fill()
    verified(path)
    facts(path)


WRITING = {
    f.__name__: f
    for f in (append, append_batch, append_and_snapshots, seal, close, read)
}


def hold_ledger(kind, folder, sound, operation, lefts):
    """Run an operation on a full disk, and hold the ledger to what it was or is."""
    disk, path, ends = kind(folder), folder / "a.ledger", []
    told = {append: 1, append_batch: 400, append_and_snapshots: 1}.get(operation)
    for left in lefts:
        shutil.copy(sound, path)
        before = list(facts(path).lines)
        problem = refused(operation, path, lambda left=left: disk.fill(left))
        disk.make_room()
        ends.append(type(problem))
        now = list(facts(path).lines)
        assert now[: len(before)] == before
        added = len(now) - len(before)
        assert told is None or added == (0 if problem else told)
        works(path)
        for found in folder.iterdir():
            assert found.name.removeprefix("a.ledger") in {"", *BESIDE}
            found.unlink()
    return ends


@pytest.mark.parametrize("lefts", SWEEPS, ids=["some", "every"])
@pytest.mark.parametrize("name", WRITING)
def test_a_full_disk_leaves_the_ledger_whole(sound, disk, tmp_path, name, lefts):
    """What is refused left nothing; the ledger is verified and goes on with room."""
    ends = in_child(hold_ledger, disk, tmp_path, sound, WRITING[name], lefts)
    assert ends[-1] is type(None)
    if name not in {"close", "read"}:
        assert ends[0] is LogError


def export(ledger, out):
    """Write the lines."""
    ledger.export(out, checkpoint=out.with_name("out.checkpoint"))


def backup(ledger, out):
    """Copy the ledger."""
    ledger.backup(out)


def restore(ledger, out):
    """Make a ledger from the lines."""
    source = ledger._parts.log.path.with_suffix(".jsonl")
    note = Path(f"{source}.checkpoint").read_text("utf-8")
    Ledger.restore(out, source, LogCheckpoint.parse(note))


def report(ledger, out):
    """Write a report."""
    ledger.monthly_report(2023, 6).write(out, format="json")


GOING_OUT = {f.__name__: f for f in (export, backup, restore, report)}


def hold_output(kind, folder, sound, operation, lefts):
    """Run an operation that writes a file to a full disk; it is whole or absent."""
    disk, out, ends = kind(folder), folder / "out", []
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        for left in lefts:
            disk.fill(left)
            problem = refused(operation, ledger, out)
            disk.make_room()
            ends.append(type(problem))
            names = {found.name for found in folder.iterdir()}
            if problem is None:
                assert "out" in names
                hold_whole(operation, ledger, out)
                names -= {"out", "out.checkpoint", "out-wal", "out-shm"}
            assert not names - ({"out"} if operation is export else set())
            for found in folder.iterdir():
                found.unlink()
    return ends


def hold_whole(operation, ledger, out):
    """Hold a file that was written to being all of it."""
    if operation is export:
        assert out.read_bytes().splitlines() == list(ledger.lines())
    elif operation is report:
        assert out.read_text() == ledger.monthly_report(2023, 6).render("json")
    else:
        assert facts(out) == facts(ledger._parts.log.path)
        assert verified(out).ok


@pytest.mark.parametrize("lefts", SWEEPS, ids=["some", "every"])
@pytest.mark.parametrize("name", GOING_OUT)
def test_a_file_that_goes_out_to_a_full_disk_is_whole_or_absent(
    sound, disk, tmp_path, name, lefts
):
    """Nobody finds half an export, a half copy or half a report."""
    ends = in_child(hold_output, disk, tmp_path, sound, GOING_OUT[name], lefts)
    assert issubclass(ends[0], LedgerError)
    assert ends[-1] is type(None)


def hold_new(kind, folder):
    """Make a ledger where there is no room, and again where there is."""
    disk, path = kind(folder), folder / "new.ledger"
    for left in (0, 4096, 20_000, 60_000):
        disk.fill(left)
        refused(lambda: Ledger.open(path, actor="a").close())
        disk.make_room()
        with Ledger.open(path, actor="a") as ledger:
            ledger.append(approval("P-0"))
        works(path)
        for found in folder.iterdir():
            found.unlink()


def test_a_ledger_that_found_no_room_is_made_when_there_is(disk, tmp_path):
    """What is left of the first attempt does not stand in the way."""
    in_child(hold_new, disk, tmp_path)

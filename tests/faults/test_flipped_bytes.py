"""A byte of a file is changed: it is found, or nothing at all follows from it."""

import random
import shutil

import pytest

from ledger import Ledger
from ledger.audit.proof import Proof
from ledger.domain.errors import LedgerError
from ledger.store.checkpoint import LogCheckpoint
from support import disbursement
from support_faults import BESIDE, facts, filled, verified


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger whose bytes are flipped in copies."""
    return filled(tmp_path_factory.mktemp("flips") / "sound.ledger")


def flipped(sound, copy, place, bits):
    """Copy a ledger with the *bits* of one byte changed."""
    raw = bytearray(sound.read_bytes())
    raw[place] ^= bits
    copy.write_bytes(raw)
    for end in BESIDE:
        copy.with_name(f"{copy.name}{end}").unlink(missing_ok=True)


def said(path):
    """Return what a ledger says; ``None`` where it ends in an error of ours."""
    try:
        return facts(path)
    except LedgerError:
        return None


def is_sound(path):
    """Say whether a ledger opens and is verified."""
    try:
        return verified(path).ok
    except LedgerError:
        return False


def places(size, count):
    """Return where bytes are flipped, and by which bits; the header more often."""
    chosen = random.Random(count)
    return [
        (chosen.randrange(100 if i % 20 == 0 else size), chosen.randrange(1, 256))
        for i in range(count)
    ]


def hold(sound, copy, count):
    """Flip *count* bytes, one at a time; return how many were found."""
    right, found = facts(sound), 0
    for place, bits in places(sound.stat().st_size, count):
        flipped(sound, copy, place, bits)
        if is_sound(copy):
            assert said(copy) == right, f"byte {place} ^ {bits}"
        else:
            said(copy)
            found += 1
    return found


@pytest.mark.parametrize("count", [60, pytest.param(1_000, marks=pytest.mark.long)])
def test_a_flipped_byte_is_found_or_harmless(sound, path, count):
    """Where `verify` says that all is well, every line and figure is as it was."""
    found = hold(sound, path, count)
    assert found > count // 4


@pytest.mark.parametrize("count", [30, pytest.param(500, marks=pytest.mark.long)])
def test_recording_in_a_damaged_file_is_refused_or_right(sound, path, count):
    """A writer ends in an error of ours, or adds; else the damage is found."""
    for place, bits in places(sound.stat().st_size, count):
        flipped(sound, path, place, bits)
        try:
            with Ledger.open(path, create=False, actor="next") as ledger:
                added = ledger.append(disbursement(1, "next", project="P-3"))[0]
                events = list(ledger.events())
        except LedgerError:
            continue
        assert events[-1] == added or not is_sound(path)


def test_half_of_the_file_is_found(sound, path):
    """A file that was cut off is not a ledger that is a bit shorter."""
    shutil.copy(sound, path)
    with path.open("r+b") as file:
        file.truncate(sound.stat().st_size // 8192 * 4096)
    assert not is_sound(path)


@pytest.fixture(scope="module")
def exported(sound):
    """Write the lines, their checkpoint and a proof of one of them."""
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        ledger.export(sound.with_suffix(".jsonl"))
        proof = ledger.prove(7)
    sound.with_suffix(".proof").write_text(proof.render("json"), "utf-8")
    return sound


def restored(lines, note, target):
    """Restore a ledger, and return its root."""
    Ledger.restore(target, lines, LogCheckpoint.parse(note.read_bytes().decode()))
    with Ledger.open(target, read_only=True, actor="a") as ledger:
        return ledger.root


@pytest.mark.parametrize("count", [10, pytest.param(200, marks=pytest.mark.long)])
def test_a_flipped_byte_of_an_export_is_refused(exported, tmp_path, count):
    """What is restored has the root of what was exported, or is not restored."""
    lines, target = tmp_path / "flipped.jsonl", tmp_path / "made.ledger"
    note = exported.with_suffix(".jsonl.checkpoint")
    raw = exported.with_suffix(".jsonl").read_bytes()
    for place, bits in places(len(raw), count):
        flipped(exported.with_suffix(".jsonl"), lines, place, bits)
        with pytest.raises(LedgerError):
            restored(lines, note, target)
        assert not target.exists()


@pytest.mark.parametrize("count", [200, pytest.param(3_000, marks=pytest.mark.long)])
def test_a_flipped_byte_of_a_proof_is_refused_or_changes_nothing(
    exported, tmp_path, count
):
    """A proof that holds proves the same line, whatever stands around it."""
    whole, copy = exported.with_suffix(".proof"), tmp_path / "flipped.proof"
    right = Proof.read(whole)
    for place, bits in places(whole.stat().st_size, count):
        flipped(whole, copy, place, bits)
        try:
            proof = Proof.read(copy)
            proof.check()
        except LedgerError:
            continue
        same = (proof.line, proof.path, proof.checkpoint.root)
        assert same == (right.line, right.path, right.checkpoint.root)


HOSTILE = {
    "deep": b"[" * 100_000,
    "deep within": b'{"payload":' + b"[" * 100_000,
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "null": b"null",
    "a key that is no text": b'{"\xff":1}',
    "a value that is no text": b'{"payload":{"\xff":1}}',
    "a large number": b'{"position":' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_is_refused_by_name(exported, tmp_path, name):
    """A line that is none ends in an error that says which."""
    lines = tmp_path / "hostile.jsonl"
    lines.write_bytes(HOSTILE[name] + b"\n")
    note = exported.with_suffix(".jsonl.checkpoint")
    with pytest.raises(LedgerError, match="line 1"):
        restored(lines, note, tmp_path / "made.ledger")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_proof_is_refused(tmp_path, name):
    """So does a proof that is none."""
    path = tmp_path / "hostile.proof"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(LedgerError):
        Proof.read(path).check()


@pytest.mark.parametrize("size", ["9" * 5_000, "9" * 19, "-1", "x", "٣"])
def test_a_checkpoint_of_no_size_is_refused(size):
    """A number that no file can have ends in an error of ours."""
    root = "A" * 43 + "="
    with pytest.raises(LedgerError):
        LogCheckpoint.parse(f"x\n{size}\n{root}\n{{}}\n\n")

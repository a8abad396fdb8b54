"""Export, restore and backup, and the commands given what they cannot use."""

import io
import os
import subprocess
import sys

import pytest

from ledger import Ledger
from ledger.cli.progress import progress_bar
from support import disbursement
from support_faults import facts
from support_proofs import SIZE, public

pytest.importorskip("cryptography")


def test_export_prints_the_lines(run, copy, tmp_path):
    """To standard output there are the lines and nothing else."""
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        lines = [each.decode() + "\n" for each in ledger.lines()]
    done = run("export", copy, "--until", 7, "--checkpoint", tmp_path / "note")
    assert (done.exit_code, done.stdout) == (0, "".join(lines[:7]))
    assert (tmp_path / "note").read_text().splitlines()[1] == "7"
    assert run("export", copy).stdout == "".join(lines)


def test_what_is_printed_belongs_to_its_checkpoint(run, copy, tmp_path, monkeypatch):
    """Whoever writes meanwhile does not come in between the two."""
    lines = Ledger.lines

    def write():
        with Ledger.open(copy, actor="b") as other:
            other.append(disbursement(1, f"next-{other.position}", project="P-0"))

    def meanwhile(self, **more):
        write()
        found = list(lines(self, **more))
        write()
        return found

    monkeypatch.setattr(Ledger, "lines", meanwhile)
    done = run("export", copy, "--checkpoint", tmp_path / "note")
    monkeypatch.undo()
    assert len(done.stdout.splitlines()) == SIZE
    (tmp_path / "lines").write_bytes(done.stdout_bytes)
    made = tmp_path / "made.ledger"
    done = run("restore", made, tmp_path / "lines", "--checkpoint", tmp_path / "note")
    assert done.exit_code == 0


def test_export_and_restore(run, copy, tmp_path):
    """The restored ledger has the same root, and says the same."""
    out, made = tmp_path / "out.jsonl", tmp_path / "made.ledger"
    done = run("export", copy, "--out", out)
    assert (done.exit_code, done.output) == (0, f"{SIZE} lines written to {out}\n")
    done = run("restore", made, out)
    root = facts(copy).root
    assert (done.exit_code, done.output) == (
        0,
        f"restored {SIZE} events; root {root}\n",
    )
    assert facts(made) == facts(copy)


def test_restore_refuses(run, copy, key, tmp_path):
    """A bad line is named; an existing file stays; a missing signature is missed."""
    out, made = tmp_path / "out.jsonl", tmp_path / "made.ledger"
    run("export", copy, "--out", out)
    done = run("restore", copy, out)
    assert done.exit_code == 1
    assert "expected a new path" in done.stderr
    done = run("restore", made, out, "--key", public(key))
    assert done.exit_code == 1
    assert "not signed by clerk" in done.stderr
    lines = out.read_bytes().splitlines(keepends=True)
    out.write_bytes(b"".join([*lines[:5], *lines[6:]]))
    done = run("restore", made, out)
    assert done.exit_code == 1
    assert f"{out}, line 6: has position 7" in done.stderr
    assert not made.exists()


def test_backup(run, copy, tmp_path):
    """The copy is a ledger; nothing is overwritten."""
    made = tmp_path / "copy.ledger"
    done = run("backup", copy, made)
    assert (done.exit_code, done.output) == (0, f"copied to {made}\n")
    assert facts(made) == facts(copy)
    done = run("backup", copy, made)
    assert done.exit_code == 1
    assert "expected a new path" in done.stderr


MISSING = {
    "seal": ["seal", "none"],
    "seal, key": ["seal", "FILE", "--key", "none"],
    "verify": ["verify", "none"],
    "verify, checkpoint": ["verify", "FILE", "--checkpoint", "none"],
    "verify, key": ["verify", "FILE", "--key", "none"],
    "verify, report": ["verify", "FILE", "--report", "none"],
    "prove": ["prove", "none", "1"],
    "check": ["check", "none"],
    "export": ["export", "none"],
    "export, out": ["export", "FILE", "--out", "none/out"],
    "restore": ["restore", "made", "none"],
    "backup": ["backup", "none", "made"],
    "backup, copy": ["backup", "FILE", "none/made"],
}


@pytest.mark.parametrize("name", MISSING)
def test_a_file_that_is_not_there_is_named(run, copy, tmp_path, monkeypatch, name):
    """The exit code is 1, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    words = [str(copy) if word == "FILE" else word for word in MISSING[name]]
    done = run(*words)
    assert done.exit_code == 1
    assert done.stderr.startswith("budget-ledger: none")
    assert sorted(each for each in tmp_path.iterdir() if "-" not in each.name) == before


WRONG = {
    "no ledger": ["verify", "junk"],
    "no checkpoint": ["verify", "FILE", "--checkpoint", "junk"],
    "no key": ["verify", "FILE", "--key", "junk"],
    "no report": ["verify", "FILE", "--report", "junk"],
    "no private key": ["seal", "FILE", "--key", "junk"],
    "no bundle": ["check", "junk"],
    "no lines": ["restore", "made", "junk", "--checkpoint", "note"],
    "a ledger to prove from": ["prove", "junk", "1"],
    "a name too long": ["verify", "n" * 300],
    "a target too long": ["backup", "FILE", "n" * 255],
    "a position before the first": ["export", "FILE", "--until", "-1"],
    "a position after the last": ["export", "FILE", "--until", "43"],
}
JUNK = {
    "bytes": bytes(range(256)),
    "empty": b"",
    "text": b"x\n\ny\n",
    "not ASCII": "é".encode() * 60,
}


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("name", WRONG)
def test_a_file_of_another_kind_is_refused(
    run, copy, tmp_path, monkeypatch, name, junk
):
    """It is named, and nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "junk").write_bytes(JUNK[junk])
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        (tmp_path / "note").write_text(ledger.checkpoint().note)
    done = run(*[str(copy) if word == "FILE" else word for word in WRONG[name]])
    assert done.exit_code == 1
    assert done.stderr.startswith("budget-ledger: ")
    assert len(done.stderr) < 1_000
    assert not (tmp_path / "made").exists()


USAGE = [
    ["keygen"],
    ["keygen", "k"],
    ["seal"],
    ["verify"],
    ["verify", "f", "--format", "xml"],
    ["prove", "f"],
    ["prove", "f", "first"],
    ["check"],
    ["check", "."],
    ["export"],
    ["export", "f", "--until", "x"],
    ["restore", "f"],
    ["backup", "f"],
]


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_wrong_usage_exits_2(run, words):
    """It is told from a refusal."""
    done = run(*words)
    assert done.exit_code == 2
    assert "Usage: " in done.stderr


def test_a_real_process_prints_no_traceback(copy, tmp_path):
    """Neither where its output is closed early, nor where the file is none."""
    command = [sys.executable, "-m", "ledger"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [*command, "export", copy],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    name = os.fsdecode(b"na\xffme")
    done = subprocess.run(
        [*command, "keygen", tmp_path / "k", "--name", name],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"budget-ledger: name: found ")
    assert list(tmp_path.glob("k*")) == []


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_progress_shows_on_a_terminal_only(monkeypatch):
    """In a file or a pipe there is nothing of it."""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress_bar("verify", 10) as progress:
        progress(3)
    assert sys.stderr.getvalue() == ""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_bar("verify", 10) as progress:
        progress(3)
    assert "verify" in sys.stderr.getvalue()

"""The commands that prove the record: what they print, their exit codes, no traceback."""

import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from ledger.cli.progress import progress_bar
from ledger.store.signing import PublicKey
from support import disbursement
from support_faults import facts, filled, verified
from support_tampering import attacking, reseal, rewrite

pytest.importorskip("cryptography")

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "audit.md"
SIZE = 42


@pytest.fixture
def run():
    """Run a command; return the result, which never ends in a traceback."""

    def runs(*words):
        done = CliRunner().invoke(main, ["--lang", "en", *map(str, words)])
        assert isinstance(done.exception, (SystemExit, type(None))), done.exception
        assert "Traceback" not in done.output
        return done

    return runs


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is changed in copies."""
    return filled(tmp_path_factory.mktemp("proofs") / "sound.ledger", 30)


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


@pytest.fixture
def key(run, tmp_path):
    """Make a pair of keys; return the private one's path."""
    assert run("keygen", tmp_path / "clerk.key", "--name", "clerk").exit_code == 0
    return tmp_path / "clerk.key"


def public(key):
    """Return the path of the public key."""
    return key.with_name(f"{key.name}.pub")


def test_the_walk_through_an_audit_shows_what_is_printed(run, copy, key, tmp_path):
    """The steps of its samples are those of `verify`, but for names and sizes."""
    kept = tmp_path / "kept.checkpoint"
    run("seal", copy, "--key", key, "--out", kept)
    done = run("verify", copy, "--checkpoint", kept, "--key", public(key))
    walk = PAGE.read_text("utf-8")
    said = [
        re.sub(r"\d+ events|by \S+ \(key \w+\)", "…", text)
        for text in (done.output.replace("nothing to check", "holds"), walk)
    ]
    steps, shown = (re.findall(r"^ ?\(\d+\) .*holds$", s, re.MULTILINE) for s in said)
    assert len(steps) == 12
    assert shown == steps
    alone = run("verify", copy).output.splitlines()
    assert alone[11] in walk.splitlines()
    assert alone[-1] in walk.splitlines()


def changed(path):
    """Change an amount, and make all else in the file agree."""

    def change(rows):
        rows[20][12] = rows[20][12].replace('"amount":', '"amount":1')
        return rows

    rewrite(path, change)
    reseal(path)


def test_keygen_says_what_it_wrote(run, tmp_path):
    """The public key is printed; the private one is not."""
    done = run("keygen", tmp_path / "k", "--name", "julu-finance")
    assert done.exit_code == 0
    written = (tmp_path / "k.pub").read_text()
    assert done.output == (
        f"wrote {tmp_path / 'k'}, keep it secret, and {tmp_path / 'k'}.pub:\n{written}"
    )
    assert written.startswith("julu-finance+")
    private = (tmp_path / "k").read_text().strip()
    *_, seed = private.split("+", 4)  # In base 64, which has a plus as well.
    assert len(seed) == 44
    assert seed not in done.output
    assert stat.S_IMODE((tmp_path / "k").stat().st_mode) == 0o600


@pytest.mark.parametrize("words", [["--name", "a b"], ["--name", ""], ["--name", "a"]])
def test_keygen_refuses(run, tmp_path, words):
    """A name that cannot be one, and a file that is there."""
    (tmp_path / "k").write_text("mine")
    done = run("keygen", tmp_path / "k", *words)
    assert done.exit_code == 1
    assert done.stderr.startswith("budget-ledger: ")
    assert (tmp_path / "k").read_text() == "mine"


def test_seal_prints_the_checkpoint(run, copy):
    """Without a key it says that nobody vouches for it."""
    done = run("seal", copy)
    assert done.exit_code == 0
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        assert done.stdout == ledger.checkpoint().note
    assert done.stderr == "not signed: no --key was given\n"


def test_seal_writes_the_checkpoint_to_a_file(run, copy, key, tmp_path):
    """With a key it is signed, and nothing is printed."""
    done = run("seal", copy, "--key", key, "--out", tmp_path / "kept", "--actor", "a")
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "kept").read_text().splitlines()[-1].startswith("— clerk ")


def test_seal_refuses_a_public_key(run, copy, key):
    """Nothing is sealed then."""
    before = facts(copy)
    done = run("seal", copy, "--key", public(key))
    assert done.exit_code == 1
    assert "expected a private key" in done.stderr
    assert facts(copy) == before
    assert len(verified(copy).outcomes) == 12


def test_verify_says_each_check(run, copy):
    """Numbered, with what holds, and that no checkpoint was given."""
    done = run("verify", copy)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert [line.split()[0] for line in lines[:12]] == [f"({n})" for n in range(1, 13)]
    said = [line.rsplit(": ", 1)[1] for line in lines[:12]]
    # So small a ledger has no snapshots yet.
    assert said == ["holds"] * 8 + [
        "nothing to check",
        "holds",
        "holds",
        "nothing to check",
    ]
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        assert lines[12] == f"{SIZE} events, root {ledger.root}"
    assert lines[13].startswith("no checkpoint was given: ")
    assert len(lines) == 14


def test_verify_in_json(run, copy):
    """For programs: the same, as values."""
    done = run("verify", copy, "--format", "json")
    assert done.exit_code == 0
    values = json.loads(done.output)
    assert (values["ok"], values["events"], values["findings"]) == (True, SIZE, [])
    assert len(values["checks"]) == 12


def test_verify_names_the_first_wrong_position(run, copy):
    """What is wrong is listed, and the exit code is 1."""
    with attacking(copy) as connection:
        connection.execute("UPDATE events SET actor = 'x' WHERE position IN (9, 11)")
    done = run("verify", copy)
    assert done.exit_code == 1
    assert " (4) each line hashes to its leaf: WRONG, 2\n" in done.output
    assert "error log.lines: position 9, project:" in done.output
    assert "the first position that is wrong: 9\n" in done.output
    values = json.loads(run("verify", copy, "--format", "json").output)
    assert (values["ok"], values["first_wrong"]) == (False, 9)


def test_verify_against_a_kept_checkpoint(run, copy, key, tmp_path):
    """Only the auditor's checkpoint tells a file that was written anew."""
    kept, other = tmp_path / "kept", tmp_path / "other.key"
    run("seal", copy, "--key", key, "--out", kept)
    sealed = ("--checkpoint", kept, "--key", public(key))
    done = run("verify", copy, *sealed)
    assert done.exit_code == 0
    assert "(12)" in done.output
    assert "no checkpoint was given" not in done.output
    run("keygen", other, "--name", "other")
    done = run("verify", copy, "--checkpoint", kept, "--key", public(other))
    assert done.exit_code == 1
    assert "not signed by other" in done.output
    changed(copy)
    assert run("verify", copy).exit_code == 0
    done = run("verify", copy, *sealed)
    assert done.exit_code == 1
    assert "positions 1 to 42" in done.output


def test_several_checkpoints_are_taken(run, copy, tmp_path):
    """Each is held to the log."""
    first, second = tmp_path / "1", tmp_path / "2"
    run("seal", copy, "--out", first)
    with Ledger.open(copy, actor="a") as ledger:
        ledger.append(disbursement(1, "next", project="P-0"))
    run("seal", copy, "--out", second)
    both = ("--checkpoint", first, "--checkpoint", second)
    values = json.loads(run("verify", copy, *both, "--format", "json").output)
    assert values["checks"][11]["examined"] == 2


def test_verify_holds_a_report_to_the_record(run, copy, tmp_path):
    """A report is as it was issued, was restated since, or was altered."""
    out = tmp_path / "june.json"
    report = ("report", copy, "--month", "2023-06", "--format", "json", "--out", out)
    assert run(*report).exit_code == 0
    done = run("verify", copy, "--report", out)
    assert done.exit_code == 0
    assert done.output.startswith(f"made from position {SIZE}, root ")
    assert done.output.endswith("the report holds\n")
    with Ledger.open(copy, actor="a") as ledger:
        ledger.append(disbursement(500, "late", project="P-0"))
    done = run("verify", copy, "--report", out)
    assert done.exit_code == 0
    assert f"by position {SIZE + 1}" in done.output
    values = json.loads(out.read_text(encoding="utf-8"))
    values["totals"]["disbursed"] = "0.01"
    out.write_text(json.dumps(values), encoding="utf-8")
    done = run("verify", copy, "--report", out)
    assert done.exit_code == 1
    assert "WRONG: " in done.output
    assert "the report does NOT hold" in done.output
    done = run("verify", copy, "--report", out, "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.output)["ok"] is False


def test_prove_and_check(run, copy, key, tmp_path):
    """A proof is written, and checked without the ledger."""
    run("seal", copy, "--key", key)
    assert run("prove", copy, 9, "--out", tmp_path / "9.json").output == ""
    printed = run("prove", copy, 9)
    assert printed.stdout == (tmp_path / "9.json").read_text(encoding="utf-8")
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        line = list(ledger.lines())[8].decode()
        origin = ledger.checkpoint().origin
    Path(copy).unlink()
    said = f"proved: position 9 of {origin} at {SIZE} events, "
    done = run("check", tmp_path / "9.json", "--key", public(key))
    assert done.exit_code == 0
    none = "compared with no --checkpoint"
    who = PublicKey.read(public(key)).who
    assert done.output == f"{said}{none}, signed by {who}\n{line}\n"
    done = run("check", tmp_path / "9.json")
    assert done.exit_code == 0
    assert done.output == f"{said}{none}, compared with no --key\n{line}\n"
    values = json.loads(run("check", tmp_path / "9.json", "--format", "json").output)
    assert (values["position"], values["type"]) == (9, "Disbursed")


def test_prove_that_a_log_extends_a_checkpoint(run, copy, key, tmp_path):
    """The proof is checked without the ledger, under the checkpoint that was kept."""
    kept, proof = tmp_path / "old", tmp_path / "grown.json"
    run("seal", copy, "--key", key, "--out", kept)
    with Ledger.open(copy, actor="a") as ledger:
        ledger.append(disbursement(1, "N-1", project="P-0"))
        origin = ledger.checkpoint().origin
    run("seal", copy, "--key", key)
    assert run("prove", copy, "--from", kept, "--out", proof).output == ""
    Path(copy).unlink()
    done = run("check", proof, "--key", public(key), "--checkpoint", kept)
    assert done.exit_code == 0, done.output
    who = PublicKey.read(public(key)).who
    assert done.output.splitlines()[0] == (
        f"proved: {origin} at {SIZE + 1} events begins with the {SIZE} that it had, "
        f"under the checkpoint given, signed by {who}"
    )
    values = json.loads(run("check", proof, "--format", "json").output)
    assert (values["old"], values["new"]) == (SIZE, SIZE + 1)
    other = kept.read_text(encoding="utf-8").replace("ledger/", "ledger/0", 1)
    kept.write_text(other, encoding="utf-8")
    done = run("check", proof, "--checkpoint", kept)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "not under the checkpoint that you kept" in done.stderr


@pytest.mark.parametrize("words", [[], ["9", "--from", "old"]])
def test_prove_needs_one_of_both(run, copy, words):
    """A position or an earlier checkpoint; usage is explained otherwise."""
    assert run("prove", copy, *words).exit_code == 2


def test_verify_says_what_was_asked_of_checkpoints(run, copy, key, tmp_path):
    """Which were given, and whose signature; never “signed” of what is not."""
    kept = tmp_path / "kept"
    run("seal", copy, "--out", kept)

    def said(*words):
        done = run("verify", copy, *words)
        return next(x for x in done.output.splitlines() if x.startswith("(12)"))

    who = PublicKey.read(public(key)).who
    assert said() == (
        "(12) no checkpoint and no key was given: nobody outside the file was asked: "
        "nothing to check"
    )
    assert said("--checkpoint", kept) == (
        f"(12) the checkpoints given (of {SIZE} events) are prefixes of the log; by whom "
        "they are signed was not asked: no key was given: holds"
    )
    assert said("--checkpoint", kept, "--key", public(key)) == (
        f"(12) the checkpoints given (of {SIZE} events) are prefixes of the log, and "
        f"signed by {who}: WRONG, 1"
    )
    assert said("--key", public(key)) == (
        f"(12) no checkpoint was given; of the 3 in the file, one at least is signed by "
        f"{who}: WRONG, 1"
    )


def test_check_names_only_the_key_that_was_held_to_it(run, copy, key, tmp_path):
    """A name that somebody put under the checkpoint is not said to have signed it."""
    run("seal", copy, "--key", key)
    bundle = json.loads(run("prove", copy, 9).output)
    bundle["checkpoint"] += "— auditor-general AAAAAAAAAAAA\n"
    (tmp_path / "9.json").write_text(json.dumps(bundle), encoding="utf-8")
    done = run("check", tmp_path / "9.json", "--key", public(key))
    assert done.exit_code == 0
    assert "auditor-general" not in done.output


@pytest.mark.parametrize(
    ("old", "new"),
    [('\\"amount\\":', '\\"amount\\":1'), ('"path": [', '"path": ["00",')],
)
def test_check_refuses_what_was_changed(run, copy, tmp_path, old, new):
    """The exit code is 1, and it is said why."""
    text = run("prove", copy, 9).output
    assert old in text
    (tmp_path / "9.json").write_text(text.replace(old, new), encoding="utf-8")
    done = run("check", tmp_path / "9.json")
    assert done.exit_code == 1
    assert done.stderr.startswith("budget-ledger: ")
    assert done.stdout == ""


def test_check_refuses_another_key(run, copy, key, tmp_path):
    """What nobody signed is not proved to whoever asks for a signature."""
    run("prove", copy, 9, "--out", tmp_path / "9.json")
    done = run("check", tmp_path / "9.json", "--key", public(key))
    assert done.exit_code == 1
    assert "not signed by clerk" in done.stderr


@pytest.mark.parametrize("position", ["0", "43", "999999999999999999999"])
def test_prove_refuses_a_position_that_is_not_there(run, copy, position):
    """It says which there are."""
    done = run("prove", copy, position)
    assert done.exit_code == 1
    assert f"a position from 1 to {SIZE}" in done.stderr


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
    assert "expected a path where there is none yet" in done.stderr
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
    assert "expected a path where there is none yet" in done.stderr


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
    assert done.returncode == 1
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

"""The commands that prove the record: what they print, their exit codes, no traceback."""

import json
import re
import stat
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.store.signing import PublicKey
from support import disbursement
from support_faults import facts, verified
from support_proofs import SIZE, public
from support_tampering import attacking, reseal, rewrite

pytest.importorskip("cryptography")


PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "audit.md"


def test_the_walk_through_an_audit_shows_what_is_printed(run, copy, key, tmp_path):
    """The steps of its samples are those of `verify`, but for names and sizes."""
    kept = tmp_path / "kept.checkpoint"
    run("seal", copy, "--key", key, "--out", kept)
    done = run("verify", copy, "--checkpoint", kept, "--key", public(key))
    walk = PAGE.read_text("utf-8")
    said = [
        re.sub(r"\d+ events|by \S+ \(key [\w…]+\)", "…", text)
        for text in (
            each.replace("nothing to check", "holds") for each in (done.output, walk)
        )
    ]
    steps, shown = (re.findall(r"^ ?\(\d+\) .*holds$", s, re.MULTILINE) for s in said)
    assert len(steps) == 12
    assert shown[:12] == steps  # Then what is said without a checkpoint.
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


@pytest.mark.parametrize(("name", "code"), [("a b", 2), ("", 2), ("a", 1)])
def test_keygen_refuses(run, tmp_path, name, code):
    """A name that cannot be one, and a file that is there."""
    (tmp_path / "k").write_text("mine")
    done = run("keygen", tmp_path / "k", "--name", name)
    assert done.exit_code == code
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
    """With a key it is signed, and only the file is named."""
    kept = tmp_path / "kept"
    done = run("seal", copy, "--key", key, "--out", kept, "--actor", "a")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"wrote {kept}\n")
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
    assert done.output.endswith("the report matches the record\n")
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
    assert "the report does NOT match the record" in done.output
    done = run("verify", copy, "--report", out, "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.output)["ok"] is False


def test_prove_and_check(run, copy, key, tmp_path):
    """A proof is written, and checked without the ledger."""
    run("seal", copy, "--key", key)
    assert run("prove", copy, 9, "--out", tmp_path / "9.json").stdout == ""
    printed = run("prove", copy, 9)
    assert printed.stdout == (tmp_path / "9.json").read_text(encoding="utf-8")
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        line = list(ledger.lines())[8].decode()
        origin = ledger.checkpoint().origin
    Path(copy).unlink()
    said = f"proved: position 9 of {origin} at {SIZE} events, "
    done = run("check", tmp_path / "9.json", "--key", public(key))
    assert done.exit_code == 0
    none = "no checkpoint given (--checkpoint)"
    who = PublicKey.read(public(key)).who
    assert done.output == f"{said}{none}, signed by {who}\n{line}\n"
    done = run("check", tmp_path / "9.json")
    assert done.exit_code == 0
    assert done.output == f"{said}{none}, no key given (--key)\n{line}\n"
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
    assert run("prove", copy, "--from", kept, "--out", proof).stdout == ""
    Path(copy).unlink()
    done = run("check", proof, "--key", public(key), "--checkpoint", kept)
    assert done.exit_code == 0, done.output
    who = PublicKey.read(public(key)).who
    assert done.output.splitlines()[0] == (
        f"proved: {origin} at {SIZE + 1} events begins with the {SIZE} that it had, "
        f"matches the checkpoint given, signed by {who}"
    )
    values = json.loads(run("check", proof, "--format", "json").output)
    assert (values["old"], values["new"]) == (SIZE, SIZE + 1)
    other = kept.read_text(encoding="utf-8").replace("ledger/", "ledger/0", 1)
    kept.write_text(other, encoding="utf-8")
    done = run("check", proof, "--checkpoint", kept)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "does not match the checkpoint that you kept" in done.stderr


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
        "(12) no checkpoint and no key was given to compare with: nothing to check"
    )
    assert said("--checkpoint", kept) == (
        f"(12) the checkpoints given (of {SIZE} events) are prefixes of the log; their "
        "signatures were not checked: no key was given: holds"
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

"""Commands that seal, verify, prove, copy and restore."""

from pathlib import Path

import click
import msgspec

from ledger.app import Ledger
from ledger.audit.consistency import Consistency
from ledger.audit.proof import read_proof
from ledger.audit.rendering import causes
from ledger.audit.verification import Verification
from ledger.cli.options import (
    ACTOR,
    FILE,
    FORMAT,
    OUT,
    Input,
    Output,
    Place,
    command,
    opened,
)
from ledger.cli.printing import say, say_json, say_lines, say_raw
from ledger.cli.progress import progress_bar
from ledger.domain.characters import in_json
from ledger.domain.errors import InvalidInput, NotProven
from ledger.domain.progress import watched
from ledger.output import write
from ledger.reports.render import json as as_json
from ledger.store.checkpoint import Checkpoint
from ledger.store.signing import PrivateKey, PublicKey, keygen

PATH = Input(dir_okay=False)
KEY = click.option("--key", type=PATH, help="The public key that must have signed it.")


@command("keygen")
@click.argument("key", type=Place(dir_okay=False))
@click.option("--name", required=True, help="Who signs, such as julu-finance.")
def keygen_(key: Path, name: str) -> None:
    """Make a pair of keys: KEY, to be kept secret, and KEY.pub, to be handed out."""
    public = keygen(name, key)
    say_lines(f"wrote {key}, keep it secret, and {key}.pub:\n{public}")


@command()
@FILE
@click.option("--key", type=PATH, help="The private key that signs it.")
@OUT
@ACTOR
def seal(file: Path, key: Path | None, out: Path | None, actor: str | None) -> None:
    """
    Keep a checkpoint of the log as it is, and print it: hand it to your auditor.

    Without a key nobody vouches for it; it still tells whoever keeps it of any change.
    """
    private = None if key is None else PrivateKey.read(key)
    with opened(file, actor=actor, create=False) as ledger:
        checkpoint = ledger.seal(private)
    if out is None:
        say_lines(checkpoint.note)
    else:
        write(out, [checkpoint.note], like=file)
    if private is None:
        say("not signed: no --key was given", err=True)


@command()
@FILE
@click.option(
    "--checkpoint",
    "checkpoints",
    type=PATH,
    multiple=True,
    help="A checkpoint that you kept; repeatable.",
)
@KEY
@click.option(
    "--report", "issued", type=PATH, help="Hold this report (JSON) to the record."
)
@FORMAT
def verify(
    file: Path,
    checkpoints: tuple[Path, ...],
    key: Path | None,
    issued: Path | None,
    form: str,
) -> None:
    """
    Check that the record is whole, unchanged and by the rules; exit 1 if it is not.

    Only a checkpoint that you kept can tell a file that was written anew. With
    --report, check that report instead, and say what was restated since.
    """
    if issued is not None:
        if checkpoints or key is not None:
            raise click.UsageError(
                "--report holds a report to the record; hold the record to "
                "--checkpoint and --key by a verify of its own"
            )
        _verify_report(file, issued, form)
        return
    kept = [read_checkpoint(each) for each in checkpoints]
    public = None if key is None else PublicKey.read(key)
    with opened(file, create=False, read_only=True) as ledger:
        size = ledger.position
        with progress_bar("verify", 2 * size) as progress:
            done = ledger.verify(*kept, key=public, progress=progress)
    if form == "json":
        say_json(as_json.text(done.to_dict()))
    else:
        _print_verification(done, kept=bool(kept))
    if not done.ok:
        raise click.exceptions.Exit(1)


@command()
@FILE
@click.argument("position", type=int, required=False)
@click.option(
    "--from",
    "kept",
    type=PATH,
    help="An earlier checkpoint: prove that the log still extends it.",
)
@OUT
def prove(
    file: Path, position: int | None, kept: Path | None, out: Path | None
) -> None:
    """
    Write the proof that the event at POSITION is in the log; see `check`.

    With --from instead: that the newest checkpoint extends one that you kept.
    """
    if (position is None) == (kept is None):
        raise click.UsageError("give either POSITION or --from")
    old = None if kept is None else read_checkpoint(kept)
    with opened(file, create=False, read_only=True) as ledger:
        if old is not None:
            text = ledger.prove_consistency(old).to_json()
        else:
            text = ledger.prove(position or 0).to_json()
    if out is None:
        say_lines(in_json(text))
    else:
        write(out, [text], like=file)


@command()
@click.argument("bundle", type=PATH)
@click.option(
    "--checkpoint",
    "kept",
    type=PATH,
    help="A checkpoint that you kept; the proof must be under it.",
)
@KEY
@FORMAT
def check(bundle: Path, kept: Path | None, key: Path | None, form: str) -> None:
    """Check BUNDLE, a proof that `prove` wrote; no ledger is needed."""
    proof = read_proof(bundle)
    held = None if kept is None else read_checkpoint(kept)
    public = None if key is None else PublicKey.read(key)
    if isinstance(proof, Consistency):
        _check_consistency(proof, held, public, form)
        return
    recorded = proof.check(public)
    _hold_to(held, proof.checkpoint)
    if form == "json":
        say_json(msgspec.json.encode(recorded))
        return
    say(
        f"proved: position {recorded.position} of {proof.checkpoint.origin} at "
        f"{proof.checkpoint.size} events, {_asked(held, public)}"
    )
    say_json(proof.line)


def _check_consistency(
    proof: Consistency, held: Checkpoint | None, key: PublicKey | None, form: str
) -> None:
    proof.check(key)
    _hold_to(held, proof.old, proof.new)
    old, new = proof.old, proof.new
    if form == "json":
        ends = {"origin": old.origin, "old": old.size, "new": new.size}
        roots = {"old_root": old.root.hex(), "new_root": new.root.hex()}
        say_json(as_json.text({**ends, **roots}))
        return
    say(
        f"proved: {old.origin} at {new.size} events begins with the {old.size} that it "
        f"had, {_asked(held, key)}"
    )
    say(f"{old.size} events: root {old.root.hex()}")
    say(f"{new.size} events: root {new.root.hex()}")


def _hold_to(held: Checkpoint | None, *proven: Checkpoint) -> None:
    """Hold a proof to a checkpoint that was kept, whoever signed either."""
    if held is not None and all(held.text != each.text for each in proven):
        raise NotProven("the proof is not under the checkpoint that you kept")


def _asked(held: Checkpoint | None, key: PublicKey | None) -> str:
    """Return what a proof was held to, and what was not asked."""
    kept = "held to no --checkpoint" if held is None else "under the checkpoint given"
    who = "held to no --key" if key is None else f"signed by {key.who}"
    return f"{kept}, {who}"


@command()
@FILE
@click.option("--until", type=int, help="Only positions up to this one.")
@click.option(
    "--checkpoint",
    type=Output(dir_okay=False),
    help="Write the checkpoint here; by default OUT.checkpoint.",
)
@OUT
def export(
    file: Path, until: int | None, checkpoint: Path | None, out: Path | None
) -> None:
    """Write the canonical lines, one an event, and the checkpoint that they come to."""
    with opened(file, create=False, read_only=True) as ledger:
        if out is not None:
            with progress_bar("lines", until or ledger.position) as progress:
                kept = ledger.export(
                    out, until=until, checkpoint=checkpoint, progress=progress
                )
            say(f"{kept.size} lines written to {out}")
            return
        kept = ledger.checkpoint(until)
        with progress_bar("lines", kept.size) as progress:
            for line in watched(ledger.lines(known_at=kept.size), progress):
                say_raw(line + b"\n")
        if checkpoint is not None:
            write(checkpoint, [kept.note], like=file)


@command()
@FILE
@click.argument("lines", type=PATH)
@click.option("--checkpoint", type=PATH, help="By default LINES.checkpoint.")
@KEY
def restore(file: Path, lines: Path, checkpoint: Path | None, key: Path | None) -> None:
    """Make the ledger FILE from exported LINES; it has the same root."""
    kept = read_checkpoint(checkpoint or Path(f"{lines}.checkpoint"))
    public = None if key is None else PublicKey.read(key)
    with progress_bar("restore", 3 * kept.size) as progress:
        done = Ledger.restore(file, lines, kept, key=public, progress=progress)
    say(f"restored {done.events} events; root {done.root}")


@command()
@FILE
@click.argument("copy", type=Place(dir_okay=False))
def backup(file: Path, copy: Path) -> None:
    """Copy the ledger to COPY, whatever others write meanwhile."""
    with opened(file, create=False, read_only=True) as ledger:
        ledger.backup(copy)
    say(f"copied to {copy}")


def _verify_report(file: Path, issued: Path, form: str) -> None:
    with opened(file, create=False, read_only=True) as ledger:
        done = ledger.verify_report(issued)
    if form == "json":
        say_json(as_json.text(done.to_dict()))
    else:
        receipt = done.receipt
        say(f"made from position {receipt.position}, root {receipt.root}")
        for problem in done.problems:
            say(f"WRONG: {problem}")
        for cell in done.altered:
            say(f"WRONG: {cell.path} is {cell.issued}; it was {cell.computed}")
        for cell in done.restated:
            was = f"restated: {cell.path} was {cell.issued}; now {cell.computed}"
            say(f"{was}, {causes(cell)}")
        say("the report holds" if done.ok else "the report does NOT hold")
    if not done.ok:
        raise click.exceptions.Exit(1)


def read_checkpoint(path: Path) -> Checkpoint:
    """Return the checkpoint in a file."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            note = file.read(200_000)
    except (OSError, UnicodeError) as problem:
        raise InvalidInput(str(path), str(problem), "a checkpoint") from problem
    return Checkpoint.parse(note, str(path))


def _print_verification(done: Verification, *, kept: bool) -> None:
    for check_, examined, wrong in done.outcomes:
        said = "WRONG" if wrong else "holds" if examined else "nothing to check"
        number = f"({check_.number})"
        say(
            f"{number:>4} {done.words(check_)}: {said}"
            + (f", {wrong}" if wrong else "")
        )
    for finding in done.findings:
        say(str(finding))
    if done.first_wrong is not None:
        say(f"the first position that is wrong: {done.first_wrong}")
    say(f"{done.events} events, root {done.root}")
    if not kept:
        say("no checkpoint was given: a file written anew would not be noticed")


COMMANDS = (keygen_, seal, verify, prove, check, export, restore, backup)

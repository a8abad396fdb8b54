"""Commands that seal, verify, prove, copy and restore."""

from pathlib import Path

import click
import msgspec

from ledger.app.ledger import Ledger
from ledger.audit.consistency import Consistency
from ledger.audit.proof import read_proof
from ledger.audit.report_receipts import ReportCheck
from ledger.audit.verification import Verification
from ledger.cli.documents import (
    chosen_format,
    format_option,
    hand_out,
    options_for,
)
from ledger.cli.help import argument, option
from ledger.cli.options import (
    ACTOR,
    FILE,
    FORMAT,
    OUT,
    Input,
    Output,
    Place,
    command,
    file_of,
    opened,
)
from ledger.cli.printing import misused, say, say_json, say_lines, say_raw
from ledger.cli.progress import progress_bar
from ledger.domain.errors import InvalidInput, NotProven
from ledger.domain.progress import watched
from ledger.messages import Message, found_by, message
from ledger.output import check_no_document, write
from ledger.reports.render import json as as_json
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.signing import PrivateKey, PublicKey, keygen

PATH = Input(dir_okay=False)
KEY = option("--key", type=PATH, help="key.public")


@command("keygen")
@argument("key", type=Place(dir_okay=False))
@option("--name", required=True, help="name")
def keygen_(key: Path, name: str) -> None:
    """Make a pair of keys: KEY, to be kept secret, and KEY.pub, to be handed out."""
    public = keygen(name, key)
    say(message("line.keys", key=str(key)))
    say_lines(str(public))


@command()
@FILE
@option("--key", type=PATH, help="key.private")
@OUT
@ACTOR
def seal(file: Path, key: Path | None, out: Path | None, actor: str | None) -> None:
    """
    Keep a checkpoint of the log as it is, and print it: hand it to your auditor.

    Without a key it is unsigned; it still shows any change to whoever keeps it.
    """
    if out is not None:
        check_no_document(out)
    private = None if key is None else PrivateKey.read(key)
    with opened(file, actor=actor, create=False) as ledger:
        checkpoint = ledger.seal(private)
    if out is None:
        say_lines(checkpoint.note)
    else:
        write(out, [checkpoint.note], like=file_of(file))
        say(message("line.wrote", file=str(out)), err=True)
    if private is None:
        say(message("line.not_signed"), err=True)


@command()
@FILE
@option("--checkpoint", "checkpoints", type=PATH, multiple=True, help="checkpoint")
@KEY
@option("--report", "issued", type=PATH, help="report")
@format_option(Verification)
@OUT
def verify(
    file: Path,
    checkpoints: tuple[Path, ...],
    key: Path | None,
    issued: Path | None,
    form: str | None,
    out: Path | None,
) -> None:
    """
    Check that the record is whole, unchanged and by the rules; exit 1 if it is not.

    Only a checkpoint that you kept can detect a file that was rewritten. With
    --report, check that report instead, and say what was restated since.
    """
    if issued is not None:
        if checkpoints or key is not None:
            raise misused("report_alone")
        _verify_report(file, issued, form, out)
        return
    chosen = chosen_format(Verification, form, out)
    options = options_for(Verification, chosen, out, None, {})
    kept = [read_checkpoint(path) for path in checkpoints]
    public = None if key is None else PublicKey.read(key)
    with opened(file, create=False, read_only=True) as ledger:
        size = ledger.position
        with progress_bar("verify", 2 * size) as progress:
            done = ledger.verify(*kept, key=public, progress=progress)
        hand_out(done, chosen, out, options)
    if not done.ok:
        raise click.exceptions.Exit(1)


@command()
@FILE
@argument("position", type=int, required=False)
@option("--from", "kept", type=PATH, help="checkpoint.earlier")
@OUT
def prove(
    file: Path, position: int | None, kept: Path | None, out: Path | None
) -> None:
    """
    Write the proof that the event at POSITION is in the log; see `check`.

    With --from instead: that the newest checkpoint extends one that you kept.
    """
    if (position is None) == (kept is None):
        raise misused("position_or_from")
    old = None if kept is None else read_checkpoint(kept)
    with opened(file, create=False, read_only=True) as ledger:
        proof = (
            ledger.prove(position or 0)
            if old is None
            else (ledger.prove_consistency(old))
        )
        hand_out(proof, "json", out, {}, like=file_of(file))


@command()
@argument("bundle", type=PATH)
@option("--checkpoint", "kept", type=PATH, help="checkpoint.proof")
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
        message(
            "line.proved",
            position=recorded.position,
            origin=proof.checkpoint.origin,
            count=proof.checkpoint.size,
            **_asked(held, public),
        )
    )
    say_json(proof.line)


def _check_consistency(
    proof: Consistency, held: LogCheckpoint | None, key: PublicKey | None, form: str
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
        message(
            "line.proved_longer",
            origin=old.origin,
            count=new.size,
            before=old.size,
            **_asked(held, key),
        )
    )
    for end in (old, new):
        say(message("line.root", count=end.size, root=end.root.hex()))


def _hold_to(held: LogCheckpoint | None, *proven: LogCheckpoint) -> None:
    """Compare a proof with a checkpoint that was kept, whoever signed either."""
    if held is not None and all(held.text != checkpoint.text for checkpoint in proven):
        raise NotProven(message("error.other_checkpoint"))


def _asked(held: LogCheckpoint | None, key: PublicKey | None) -> dict[str, Message]:
    """Return what a proof was compared with, and what was not asked."""
    kept = "word.no_checkpoint" if held is None else "word.under_checkpoint"
    if key is None:
        return {"kept": message(kept), "who": message("word.no_key")}
    return {"kept": message(kept), "who": message("word.signed_by", who=key.who)}


@command()
@FILE
@option("--until", type=int, help="until")
@option("--checkpoint", type=Output(dir_okay=False), help="checkpoint.out")
@OUT
def export(
    file: Path, until: int | None, checkpoint: Path | None, out: Path | None
) -> None:
    """Write the canonical lines, one an event, and the checkpoint that they come to."""
    with opened(file, create=False, read_only=True) as ledger:
        if out is not None:
            with progress_bar("line", until or ledger.position) as progress:
                kept = ledger.export(
                    out, until=until, checkpoint=checkpoint, progress=progress
                )
            say(message("line.exported", count=kept.size, out=str(out)))
            return
        kept = ledger.checkpoint(until)
        with progress_bar("line", kept.size) as progress:
            for line in watched(ledger.lines(known_at=kept.size), progress):
                say_raw(line + b"\n")
        if checkpoint is not None:
            write(checkpoint, [kept.note], like=file_of(file))


@command()
@FILE
@argument("lines", type=PATH)
@option("--checkpoint", type=PATH, help="checkpoint.lines")
@KEY
def restore(file: Path, lines: Path, checkpoint: Path | None, key: Path | None) -> None:
    """Make the ledger FILE from exported LINES; it has the same root."""
    kept = read_checkpoint(checkpoint or Path(f"{lines}.checkpoint"))
    public = None if key is None else PublicKey.read(key)
    with progress_bar("restore", 3 * kept.size) as progress:
        done = Ledger.restore(file, lines, kept, key=public, progress=progress)
    say(message("line.restored", count=done.events, root=done.root))


@command()
@FILE
@argument("copy", type=Place(dir_okay=False))
def backup(file: Path, copy: Path) -> None:
    """Copy the ledger to COPY, whatever others write meanwhile."""
    with opened(file, create=False, read_only=True) as ledger:
        ledger.backup(copy)
    say(message("line.copied", copy=str(copy)))


def _verify_report(
    file: Path, issued: Path, form: str | None, out: Path | None
) -> None:
    chosen = chosen_format(ReportCheck, form, out)
    options = options_for(ReportCheck, chosen, out, None, {})
    with opened(file, create=False, read_only=True) as ledger:
        done = ledger.verify_report(issued)
        hand_out(done, chosen, out, options)
    if not done.ok:
        raise click.exceptions.Exit(1)


def read_checkpoint(path: Path) -> LogCheckpoint:
    """Return the checkpoint in a file."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            note = file.read(200_000)
    except (OSError, UnicodeError) as problem:
        raise InvalidInput(
            str(path), found_by(problem), message("expected.checkpoint_file")
        ) from problem
    return LogCheckpoint.parse(note, str(path))


COMMANDS = (keygen_, seal, verify, prove, check, export, restore, backup)

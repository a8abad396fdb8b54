"""What proves the record: seals, verification, proofs, exports and backups."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger import output
from ledger.app.open_ledger import OpenLedger
from ledger.app.services import service
from ledger.domain.arguments import check_type
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.errors import InvalidInput
from ledger.domain.progress import Progress, silent, watched
from ledger.messages import message
from ledger.output import AnyPath
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.opening import is_address
from ledger.store.protocol import maintenance_of
from ledger.store.signing import PrivateKey, PublicKey

if TYPE_CHECKING:
    from ledger.audit.consistency import Consistency
    from ledger.audit.differences import Differences
    from ledger.audit.explain.explanation import Explanation
    from ledger.audit.proof import Proof
    from ledger.audit.report_receipts import ReportCheck
    from ledger.audit.verification import Verification


def seal(ledger: OpenLedger, /, key: PrivateKey | None = None) -> LogCheckpoint:
    """
    Keep a checkpoint of the log as it is, and return it to be handed out.

    From then on nobody can change what was recorded before without its holder
    being able to tell.

    Args:
        key: Signs it; without one it is unsigned.

    Raises:
        ReadOnlyLedger, LedgerLocked: As their names say.
    """
    with ledger.log.writing() as writer:
        checkpoint = ledger.log.checkpoint(writer.size)
        if key is not None:
            checkpoint = key.sign(checkpoint)
        writer.seal(checkpoint.size, checkpoint.root, checkpoint.note)
    return checkpoint


def verify(
    ledger: OpenLedger,
    /,
    *sealed: LogCheckpoint,
    key: PublicKey | None = None,
    progress: Progress = silent,
) -> "Verification":
    """
    Check that the record is whole, unchanged and by the rules.

    See :func:`ledger.audit.verify.verify` for the list of what must hold. Whoever
    can write the file can make all of it agree except with a checkpoint that
    somebody else keeps.

    Args:
        sealed: Checkpoints that were kept elsewhere.

        key: Whose signature they must bear.

        progress: Called with how many more events were read, of twice those recorded.
    """
    check_type("progress", progress, Callable)
    ledger.check_open()
    found: Verification = service("verify").verify(
        ledger.log,
        ledger.states.projections,
        checkpoints=sealed,
        key=key,
        progress=progress,
    )
    return found


def verify_report(
    ledger: OpenLedger, /, report: Mapping[str, Any] | AnyPath
) -> "ReportCheck":
    """
    Compare an issued report with the record that it was made from.

    Its figures are folded from the log as it was at its position, and as it is
    now, whatever the snapshots hold: what is different now is a restatement, with
    the events that made it.

    Args:
        report: The values of a monthly report, or its file in JSON.

    Raises:
        InvalidInput: It is no such report, has no receipt, or is larger than
            :data:`ledger.audit.issued_report.LARGEST` bytes.
    """
    issued_reports = service("issued_report").Issued
    if isinstance(report, Mapping):
        issued = issued_reports.of(report)
    else:
        issued = issued_reports.read(Path(report))
    with ledger.log.reading():
        found: ReportCheck = service("restating").check(ledger.log, issued)
    return found


def explain(
    ledger: OpenLedger,
    /,
    subject: str,
    figure: str,
    *,
    through: DateLike | None = None,
    known_at: datetime | int | str | None = None,
    year: int | None = None,
) -> "Explanation":
    """
    Say where a figure comes from: formula, terms, events, and what was left out.

    It is short for :meth:`View.explain` of the view at that day.

    Args:
        subject: A project's code, ``unit:CODE``, or ``totals``.

        figure: Its name in the report in JSON, such as ``execution_rate`` or
            ``indicators.NAME.attainment``.

        year: The fiscal year of a project or a unit; by default the one that the day
            lies in.

    Raises:
        InvalidInput: There is no such figure; those that there are are named.
        UnknownProject, UnknownUnit, UnknownIndicator: As their names say.
    """
    view = ledger.view(through=through, known_at=known_at)
    return view.explain(subject, figure, year=year)


def differences(
    ledger: OpenLedger,
    /,
    earlier: datetime | int,
    later: datetime | int | None = None,
    *,
    through: DateLike,
) -> "Differences":
    """
    Say which figures about a day changed between two moments of knowledge.

    Args:
        earlier, later: Instants or positions; *later* is now by default.

        through: The day that the figures go to.

    Returns:
        Each figure with what it was, what it is, and the events that changed it.

    Raises:
        InvalidInput: There is no such position, or *later* comes before *earlier*.
    """
    day = parse_date(through, name="through")
    if earlier is None:
        right = message("expected.position_to", size=ledger.position)
        raise InvalidInput("earlier", earlier, right)
    first = ledger.position_at(earlier, "earlier")
    last = ledger.position_at(later, "later")
    if last < first:
        raise InvalidInput(
            "known_at", later, message("expected.position_from", first=first)
        )
    asked = service("refolding").Asked(day, ledger.policy, ledger.scoring, first, last)
    with ledger.log.reading():
        found: Differences = service("restating").differences(ledger.log, asked)
    return found


def prove(ledger: OpenLedger, /, position: int) -> "Proof":
    """
    Return the proof that an event was recorded, to be checked without the ledger.

    Raises:
        InvalidInput: There is no such position.
    """
    found: Proof = service("proof").prove(ledger.log, position)
    return found


def prove_consistency(ledger: OpenLedger, /, old: LogCheckpoint) -> "Consistency":
    """
    Return the proof that what *old* covers is still what it was.

    Whoever holds *old* checks it without the ledger; it leads to the newest sealed
    checkpoint, else to one of the log as it is.

    Raises:
        InvalidInput: *old* is of another log, or of more events than there are.
        NotProven: The log was changed beneath it.
    """
    found: Consistency = service("consistency").prove_consistency(ledger.log, old)
    return found


def checkpoint(ledger: OpenLedger, /, until: int | None = None) -> LogCheckpoint:
    """
    Return what the log was at a position, by default now.

    It is the last one sealed there, else an unsigned one.

    Raises:
        InvalidInput: There is no such position, or it splits an append.
    """
    return _checkpoint(ledger, until)


def _checkpoint(ledger: OpenLedger, until: int | None) -> LogCheckpoint:
    size = ledger.position_at(until, "until")
    notes = [note for _, at, _, note in ledger.log.checkpoints() if at == size]
    return LogCheckpoint.parse(notes[-1]) if notes else ledger.log.checkpoint(size)


def export(
    ledger: OpenLedger,
    /,
    path: AnyPath,
    *,
    until: int | None = None,
    checkpoint: AnyPath | None = None,
    progress: Progress = silent,
) -> LogCheckpoint:
    """
    Write the canonical lines to a file, and the checkpoint that they come to.

    Args:
        until: Only positions up to this one, where an append ends: what is restored
            from half of one would be no ledger.

        progress: Called with how many more lines were written.

        checkpoint: The file for the checkpoint; by default the first one's name
            with ``.checkpoint`` after it.

    Raises:
        InvalidInput: A file cannot be written, or there is no such position.
    """
    note = f"{os.fspath(path)}.checkpoint" if checkpoint is None else checkpoint
    own = ledger.log.path
    for written in (path, note):
        output.check_no_document(written)
    output.check([path, note], [] if own is None else [own])
    with ledger.log.reading():
        kept = _checkpoint(ledger, until)
        lines = watched(ledger.log.lines(until=kept.size), progress)
        output.write(path, (line + b"\n" for line in lines), like=own)
    output.write(note, [kept.note], like=own)
    return kept


def backup(ledger: OpenLedger, /, path: AnyPath) -> None:
    """
    Copy the ledger to a new file, whatever others write meanwhile.

    Raises:
        InvalidInput: There is a file at *path*, or no folder for it.
        LogError: It cannot be written.
    """
    ledger.check_open()
    with output.database(path, like=ledger.log.path) as draft:
        maintenance_of(ledger.log).backup(draft)


def restore(
    path: AnyPath,
    source: AnyPath,
    checkpoint: LogCheckpoint,
    *,
    key: PublicKey | None = None,
    progress: Progress = silent,
) -> "Verification":
    """
    Make a ledger from an export; it has the same root, origin and settings.

    Args:
        source: The file of lines.

        checkpoint: That of the export.

        key: Whose signature it must bear.

        progress: Called with how many more events were read, of three times those
            exported.

    Raises:
        NotProven: A line or the whole is not what the checkpoint says.
        InvalidInput: There is a file at *path*, or *source* cannot be read.
    """
    found: Verification = service("restore").restore(
        path if isinstance(path, str) and is_address(path) else Path(path),
        Path(source),
        checkpoint,
        key=key,
        progress=progress,
    )
    return found

"""A log rebuilt from its exported lines, and verified."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from ledger import output
from ledger.audit.checked_ranges import PROJECTIONS
from ledger.audit.verification import Verification
from ledger.audit.verify import verify
from ledger.domain.error_language import speaking
from ledger.domain.errors import InvalidInput, LogCorrupted, NotProven
from ledger.domain.progress import Progress, silent, watched
from ledger.messages import Message, found_by, message
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.conventions import settings_of
from ledger.store.line import LONGEST_LINE, parsed
from ledger.store.opening import open_store
from ledger.store.protocol import EventStore, maintenance_of
from ledger.store.signing import PublicKey


def restore(
    path: Path | str,
    source: Path,
    checkpoint: LogCheckpoint,
    *,
    key: PublicKey | None = None,
    progress: Progress = silent,
) -> Verification:
    """
    Make a ledger at *path* from the exported lines in *source*.

    Its root, origin and settings are those of the checkpoint. The ledger has events
    when all is verified, or none.

    Args:
        path: A file, or the address of a database.

        key: Whose signature the checkpoint must bear.

        progress: Called with how many more events were read, of three times those
            exported.

    Raises:
        NotProven: A line, or the whole, is not what the checkpoint says; the first bad
            line is named.
        InvalidInput: There is a file or a ledger at *path*, or *source* cannot be read.
    """
    if isinstance(path, str):
        return _into_database(path, source, checkpoint, key, progress)
    like = source if source.exists() else None
    with (
        output.database(path, like=like) as draft,
        closing(_new(draft, checkpoint)) as log,
        speaking(log.settings.language),
    ):
        _fill(log, source, checkpoint, progress)
        done = verify(
            log, PROJECTIONS, checkpoints=[checkpoint], key=key, progress=progress
        )
        if not done.ok:
            first = done.findings[0]
            said = message(
                "error.not_proven.finding",
                severity=first.severity.value,
                code=first.code,
                place=[*first.where],
                what=first.content,
            )
            raise _not_proven(source, said)
        maintenance_of(log).settle()
    return done


def _into_database(
    address: str,
    source: Path,
    checkpoint: LogCheckpoint,
    key: PublicKey | None,
    progress: Progress,
) -> Verification:
    """Verify the lines in a file that is thrown away, and record them in one append."""
    with TemporaryDirectory() as folder, ExitStack() as opened:
        file = Path(folder, "verified.db")
        done = restore(file, source, checkpoint, key=key, progress=progress)
        draft = opened.enter_context(closing(open_store(file, read_only=True)))
        log = opened.enter_context(closing(_new(address, checkpoint)))
        opened.enter_context(speaking(log.settings.language))
        if log.head().size or log.origin != checkpoint.origin:
            there = message("found.ledger_there", origin=log.origin)
            raise InvalidInput("path", there, message("expected.empty_database"))
        with log.writing() as writer:
            for line in draft.lines():
                writer.restore(parsed(line))
            writer.flush()
            writer.seal(checkpoint.size, checkpoint.root, checkpoint.note)
    return done


def _new(path: Path | str, checkpoint: LogCheckpoint) -> EventStore:
    """Create the log that *checkpoint* speaks of, empty."""
    try:
        values = msgspec.json.decode(checkpoint.conventions, type=dict[str, str])
        settings = settings_of(values)
    except (msgspec.MsgspecError, LogCorrupted) as problem:
        right = message("expected.settings_of_export")
        raise InvalidInput("checkpoint", found_by(problem), right) from problem
    return open_store(path, settings=settings, origin=checkpoint.origin)


def _fill(
    log: EventStore, source: Path, checkpoint: LogCheckpoint, progress: Progress
) -> None:
    """Append every line of *source*, and keep the checkpoint."""
    number = 0
    with log.writing() as writer:
        for number, raw in enumerate(watched(_lines(source), progress), 1):
            if number > checkpoint.size:
                said = message("error.not_proven.too_many", size=checkpoint.size)
                raise _not_proven(source, said, number)
            try:
                writer.restore(parsed(raw))
            except LogCorrupted as problem:
                raise _not_proven(source, problem.message, number) from problem
        writer.flush()
        if number < checkpoint.size:
            said = message(
                "error.not_proven.too_few", count=number, size=checkpoint.size
            )
            raise _not_proven(source, said)
        writer.seal(checkpoint.size, checkpoint.root, checkpoint.note)


def _not_proven(
    source: Path, what: Message | str, line: int | None = None
) -> NotProven:
    """Return the error in *source*, or in a line of it."""
    return NotProven(
        message("error.not_proven.source", source=str(source), line=line, what=what)
    )


def _lines(source: Path) -> Iterator[bytes]:
    """Yield the lines of a file without their ends."""
    try:
        with source.open("rb") as file:
            number = 1
            while raw := file.readline(LONGEST_LINE + 1):
                if not raw.endswith(b"\n"):
                    long = len(raw) > LONGEST_LINE
                    code = "found.line_too_long" if long else "found.line_cut_off"
                    right = message("expected.exported_lines", most=LONGEST_LINE)
                    found = message(code)
                    where = message("place.file_line", file=str(source), number=number)
                    raise InvalidInput(where, found, right)
                yield raw[:-1]
                number += 1
    except OSError as problem:
        right = message("expected.exported_file")
        raise InvalidInput(str(source), found_by(problem), right) from problem

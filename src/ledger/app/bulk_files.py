"""Bulk files of facts, templates filled in and exported tables that are recorded."""

import os
from contextlib import closing
from typing import Unpack

from ledger.app.corrections import dated
from ledger.app.open_ledger import OpenLedger
from ledger.app.proofs import seal
from ledger.app.services import service
from ledger.domain.envelope import Envelope, FileEnvelope
from ledger.domain.envelope_names import check_version, checked_name
from ledger.domain.errors import InvalidBatch
from ledger.domain.period_events import PeriodClosed
from ledger.domain.progress import Progress, silent, watched
from ledger.intake.outcomes import Recorded
from ledger.intake.requests import with_envelope


def record(
    ledger: OpenLedger,
    /,
    source: str | os.PathLike[str],
    *,
    batch: int | None = None,
    again: bool = False,
    mapping: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
    **envelope: Unpack[FileEnvelope],
) -> Recorded:
    """
    Record a bulk file of events, or a template filled in, in one atomic append.

    The order of its lines does not matter. Lines with one key are one request. A
    line without a key is known by its content and its ordinal among equal lines:
    what is there already, of the same file or one that overlaps it, is not recorded
    twice. A fact about periods stands in a file of its own, or in batches; closing
    a period seals the log.

    Args:
        batch: Record so many events at a time instead; what was recorded before a
            bad batch stays. Lines of one key, one voucher or one virement are never
            split. All lines are held in memory.

        again: Record lines without a key although equal ones are there.

        mapping: A file in TOML that says what the columns of a table mean, which a bank
            or a treasury exports (docs/how-to/exports.md). A payment whose voucher is
            recorded with its day, source and amount is there already, however it came.

        progress: Called with how many more events were taken.

        envelope: As :class:`ledger.Envelope` says. Lines have keys of their own, and
            may say who says so; *expected_version* is that of the first line's stream.

    Raises:
        InvalidBatch: Bad lines, every one listed; nothing was recorded.
        InvalidInput: A file cannot be read, or the mapping or the table is not right.
    """
    given = given_in(envelope)
    expected = envelope.get("expected_version")
    check_version(expected)
    export = paid = None
    if mapping is None:
        requests = service("bulk").read(source, ledger.settings)
    else:
        export = service("exports").read(mapping, ledger.settings)
        paid = service("paid_lines").PaidLines(ledger.log)
        requests = export.requests(source)
        requests = requests if again else paid.others(requests)
    if given:
        requests = (with_envelope(each, given) for each in requests)
    requests = (dated(ledger, each) for each in requests)
    repeats = service("repeats")
    keyless = repeats.KeylessLines(ledger.log, again=again)
    undone = repeats.Undone(ledger.log)
    new = already = kept = 0
    parts = service("batches").batches(requests, batch) if batch else [requests]
    for part in parts:
        recorded = ledger.recorder.record(
            part,
            source=os.fspath(source),
            keyless=keyless,
            expected_version=expected,
        )
        expected, closed = None, False
        try:
            with closing(recorded):
                for _, each in watched(recorded, progress):
                    if each.already:
                        already += 1
                        undone.look_at(each)
                    else:
                        new += 1
                        closed |= type(each.event) is PeriodClosed
        except InvalidBatch as refused:
            refused.after(kept)
            raise
        kept = new
        if closed:
            seal(ledger)
    return Recorded(
        new=new,
        already=already + (0 if paid is None else paid.count),
        left_out=0 if export is None else export.left_out,
        position=ledger.position,
        undone=tuple(undone.found),
        language=ledger.settings.language,
    )


def given_in(envelope: FileEnvelope | Envelope) -> dict[str, str]:
    """Return the cause and the actor of an envelope, as far as there are."""
    given: dict[str, str] = {}
    for name, value in (
        ("cause", envelope.get("cause")),
        ("actor", envelope.get("actor")),
    ):
        if value is not None:
            given[name] = checked_name(value, name=name)
    return given

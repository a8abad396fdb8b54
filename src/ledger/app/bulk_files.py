"""Bulk files of facts, templates filled in and exported tables that are recorded."""

import os
from contextlib import closing
from functools import partial
from typing import Any, Unpack

from attrs import frozen

from ledger.app.corrections import dated
from ledger.app.open_ledger import OpenLedger
from ledger.app.proofs import seal
from ledger.app.services import service
from ledger.domain.envelope import Envelope, FileEnvelope
from ledger.domain.envelope_names import check_version, checked_name
from ledger.domain.errors import InvalidBatch, InvalidInput
from ledger.domain.events import Event
from ledger.domain.finding import Finding, finding, spoken
from ledger.domain.period_events import PeriodClosed
from ledger.domain.progress import Progress, silent, watched
from ledger.intake.outcomes import Recorded
from ledger.intake.requests import with_envelope
from ledger.messages import message
from ledger.reports.documents.review import Review
from ledger.store.state.stream_states import States


def record(
    ledger: OpenLedger,
    /,
    source: str | os.PathLike[str],
    *,
    batch: int | None = None,
    again: bool = False,
    mapping: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
    **envelope: Unpack[FileEnvelope],
) -> Recorded:
    """
    Record a bulk file of events, or a template filled in, in one atomic append.

    An official form that was printed and filled in, for monitoring or self-evaluation,
    is taken too: cells that say something else than was printed are recorded as
    results to date, explanations, outlooks, scores, goals and conclusions.

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

        layout: Of official forms: its name, or a file; by default the one of the
            package whose words stand there.

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
    file = _read(ledger, source, mapping, layout, again=again, batch=batch)
    requests = file.requests
    if given:
        requests = (with_envelope(each, given) for each in requests)
    requests = (dated(ledger, each) for each in requests)
    repeats = service("repeats")
    keyless = repeats.KeylessLines(ledger.log, again=again or file.form is not None)
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
        already=already + file.already,
        left_out=0 if file.export is None else file.export.left_out,
        position=ledger.position,
        undone=tuple(undone.found),
        language=ledger.settings.language,
    )


def review_record(
    ledger: OpenLedger,
    /,
    source: str | os.PathLike[str],
    *,
    again: bool = False,
    mapping: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
) -> Review:
    """
    Return what :meth:`record` would record and say; record nothing.

    All of it is tried on a copy: it has an error exactly where that would be refused.
    Of an official form its findings say what each cell becomes.

    Args:
        again, mapping, layout: As :meth:`record` takes them.

    Raises:
        InvalidInput: The file, the mapping or the layout cannot be read.
    """
    file = _read(ledger, source, mapping, layout, again=again, batch=None)
    with closing(ledger.log.copied()) as copy:
        states = States(copy, ledger.states.projections)
        trial = OpenLedger(copy, ledger.policy, ledger.scoring, states, ledger.actor)
        events, findings, already = _tried(trial, file, os.fspath(source), again=again)
    already += file.already
    left_out = 0 if file.export is None else file.export.left_out
    if already:
        findings.append(finding("lines.already", count=already))
    if left_out:
        findings.append(finding("lines.left_out", count=left_out))
    notes = () if file.form is None else file.form.notes
    told = list(spoken([*findings, *notes], ledger.settings.language))
    return Review(
        events=events,
        findings=told,
        settings=ledger.settings,
        marked=partial(
            service("marked_sheets").marked_sheets,
            service("readers").tables,
            [source],
            told,
        ),
    )


def _tried(
    trial: OpenLedger, file: "_File", source: str, *, again: bool
) -> tuple[list[Event], list[Finding], int]:
    """Return what a file adds to a ledger, the findings, and how much was there."""
    repeats = service("repeats")
    keyless = repeats.KeylessLines(trial.log, again=again or file.form is not None)
    requests = (dated(trial, line) for line in file.requests)
    events, already = [], 0
    recorded = trial.recorder.record(requests, source=source, keyless=keyless)
    try:
        with closing(recorded):
            for _, fact in recorded:
                if fact.already:
                    already += 1
                else:
                    events.append(fact.event)
    except InvalidBatch as refused:
        return [], service("recording").as_findings(refused), 0
    return events, trial.findings, already


@frozen
class _File:
    """
    A file that is recorded.

    Attributes:
        form: What official forms in it say, where it holds any.

        export: The table that a mapping reads, and *paid* what of it is there already.
    """

    requests: Any
    form: Any = None
    export: Any = None
    paid: Any = None

    @property
    def already(self) -> int:
        """How many of its lines or cells were left out, since they are recorded."""
        paid = 0 if self.paid is None else self.paid.count
        return int(paid + (0 if self.form is None else self.form.already))


def _read(
    ledger: OpenLedger,
    source: str | os.PathLike[str],
    mapping: str | os.PathLike[str] | None,
    layout: str | os.PathLike[str] | None,
    *,
    again: bool,
    batch: int | None,
) -> _File:
    """
    Return what a file asks to record.

    Raises:
        InvalidInput: It cannot be read, or a layout is named and it is no form.
    """
    if mapping is not None:
        export = service("exports").read(mapping, ledger.settings)
        paid = service("paid_lines").PaidLines(ledger.log)
        rows = export.requests(source)
        return _File(rows if again else paid.others(rows), None, export, paid)
    form = None
    if not batch:
        form = service("filled_forms").read(ledger, source, layout)
    if form is not None:
        return _File(form.requests, form)
    if layout is not None:
        expected = message("expected.filled_form")
        raise InvalidInput(os.fspath(source), None, expected)
    return _File(service("bulk").read(source, ledger.settings))


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

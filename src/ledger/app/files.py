"""Files that come in, and templates for them that go out."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ledger.app.open_ledger import OpenLedger
from ledger.app.repeats import KeylessLines, Undone
from ledger.app.services import service
from ledger.domain.calendar import DateLike, parse_given
from ledger.domain.envelope_names import checked_name
from ledger.domain.events import (
    Event,
)
from ledger.domain.finding import Finding, finding, spoken
from ledger.domain.progress import Progress, silent, watched
from ledger.domain.refusals import ImportRefused
from ledger.domain.streams import stream_of
from ledger.intake.outcomes import Recorded
from ledger.intake.requests import Request
from ledger.reports.documents.review import Review
from ledger.store.request_digest import asked, together

if TYPE_CHECKING:
    from ledger.intake.forms import Forms
    from ledger.intake.revision import Approval


def import_forms(
    ledger: OpenLedger,
    /,
    *sources: str | os.PathLike[str] | Mapping[str, Any],
    on: DateLike | None = None,
    fiscal_year: int | str | None = None,
    revise: bool = False,
    new_source: bool = False,
    key: str | None = None,
    progress: Progress = silent,
) -> list[Finding]:
    """
    Record the approvals in files, all or none.

    A project that is recorded with the same content is left as it is, so that the
    same file twice changes nothing.

    Args:
        sources: Files of any kind that the docs on the interchange form name, or
            content of that form.

        on: The day of approval; by default the first of the fiscal year. With
            *revise*, the day from which revisions hold; by default today.

        fiscal_year: Where a file does not say.

        revise: Record what a form changes, as adjustments, plan and target
            revisions, where the form in force on its day has other content; else
            that is an error. Events that came from no form stay.

        new_source: Whether a corrected form may bring a funding source of any
            name, which is else taken for a slip.

        key: Your own id of the import. The same with the same key is recorded once,
            whatever has happened since.

        progress: Called with how many more sheets, pages or forms were read, of how
            many in a file.

    Returns:
        What looked wrong, what is only worth noting, and what was recorded already.

    Raises:
        ImportRefused: A finding of severity error; nothing was recorded.
        InvalidInput: A file is of no known kind, or has no form in it.
        KeyConflict: The key has another request.
    """
    day = parse_given(on)
    forms = read_forms(
        ledger,
        *sources,
        on=None if revise else day,
        fiscal_year=fiscal_year,
        progress=progress,
    )
    digest = None
    if key is not None:
        terms = str(day) if revise else None, revise
        digest = together("import", *terms, *(asked(a) for _, a in forms.approvals))
        if ledger.recorder.knows(checked_name(key, name="key"), digest):
            known = finding("form.request_recorded")
            return [*forms.findings, known.spoken(ledger.settings.language)]
    requests = [
        replace(each, key=key, digest=digest)
        for each in _requests(ledger, forms, day, revise=revise, new_source=new_source)
    ]
    for _ in ledger.recorder.record(requests, source=forms.name):
        pass
    return list(spoken(forms.findings, ledger.settings.language))


def review_forms(
    ledger: OpenLedger,
    /,
    *sources: str | os.PathLike[str] | Mapping[str, Any],
    on: DateLike | None = None,
    fiscal_year: int | str | None = None,
    revise: bool = False,
    new_source: bool = False,
    progress: Progress = silent,
) -> Review:
    """Return what :meth:`import_forms` would record and say; record nothing."""
    day = parse_given(on)
    forms = read_forms(
        ledger,
        *sources,
        on=None if revise else day,
        fiscal_year=fiscal_year,
        progress=progress,
    )
    try:
        requests = _requests(ledger, forms, day, revise=revise, new_source=new_source)
    except ImportRefused:
        requests = []
    return Review(
        events=[each.event for each in requests],
        findings=spoken(forms.findings, ledger.settings.language),
        settings=ledger.settings,
    )


def read_forms(
    ledger: OpenLedger,
    /,
    *sources: str | os.PathLike[str] | Mapping[str, Any],
    on: DateLike | None = None,
    fiscal_year: int | str | None = None,
    progress: Progress = silent,
) -> "Forms":
    """Read what :meth:`import_forms` would record, and record nothing."""
    if fiscal_year is not None:
        ledger.settings.year(fiscal_year)  # Refuses what is no year.
    readers = service("readers")
    found: Forms = service("interchange").read(
        (readers.read(source, progress) for source in sources),
        ledger.settings,
        on=parse_given(on),
        fiscal_year=fiscal_year,
        progress=progress,
    )
    found.findings = [*spoken(found.findings, ledger.settings.language)]
    return found


def forms_template(ledger: OpenLedger, /, path: str | os.PathLike[str]) -> None:
    """
    Write an empty workbook of forms of approval to fill in.

    Raises:
        InvalidInput: There is a file at *path*, or it cannot be written.
    """
    service("forms_template").forms_template(path, ledger.settings)


def events_template(
    ledger: OpenLedger, /, path: str | os.PathLike[str], year: int, month: int
) -> None:
    """
    Write a template for a calendar month's results and disbursements.

    It has a row for each indicator of the projects approved by then; a path that
    ends in ``.csv`` gives a table of the results alone.

    Raises:
        InvalidInput: There are no projects or there is a file at *path*, or it
            cannot be written.
    """
    template = service("events_template")
    view = ledger.view(through=ledger.settings.month_end(year, month))
    projects = [
        template.TemplateProject(
            line.project,
            line.name,
            [
                template.TemplateIndicator(
                    one.indicator, one.target, one.measure, one.unit
                )
                for one in view.attainment(line.project)
            ],
        )
        for line in view.execution()
    ]
    template.events_template(
        path, projects, month=view.through, settings=ledger.settings
    )


def record(
    ledger: OpenLedger,
    /,
    source: str | os.PathLike[str],
    *,
    batch: int | None = None,
    again: bool = False,
    progress: Progress = silent,
) -> Recorded:
    """
    Record a bulk file of events, or a template filled in, in one atomic append.

    The order of its lines does not matter. Lines with one key are one request. A
    line without a key is known by its content and its ordinal among equal lines:
    what is there already, of the same file or one that overlaps it, is not recorded
    twice.

    Args:
        batch: Record so many events at a time instead; what was recorded before a
            bad batch stays. Lines of one key, one voucher or one virement are never
            split. All lines are held in memory.

        again: Record lines without a key although equal ones are there.

        progress: Called with how many more events were taken.

    Raises:
        InvalidBatch: Bad lines, every one listed; nothing was recorded.
    """
    requests = service("bulk").read(source, ledger.settings)
    keyless, undone = KeylessLines(ledger.log, again=again), Undone(ledger.log)
    new = already = 0
    parts = service("batches").batches(requests, batch) if batch else [requests]
    for part in parts:
        recorded = ledger.recorder.record(
            part, source=os.fspath(source), keyless=keyless
        )
        for _, each in watched(recorded, progress):
            if each.already:
                already += 1
                undone.look_at(each)
            else:
                new += 1
    return Recorded(
        new=new,
        already=already,
        position=ledger.position,
        undone=tuple(undone.found),
        language=ledger.settings.language,
    )


def _requests(
    ledger: OpenLedger,
    /,
    forms: "Forms",
    day: date | None,
    *,
    revise: bool,
    new_source: bool,
) -> list[Request]:
    """Return the events to record of *forms*, checked against the record."""

    def recorded(approval: "Approval") -> Iterable[Event]:
        stream = stream_of(approval, ledger.settings)
        return (each.event for each in ledger.log.read_stream(stream))

    revise_on = (day or ledger.log.today()) if revise else None
    return forms.requests(
        recorded, ledger.settings, revise_on=revise_on, new_source=new_source
    )

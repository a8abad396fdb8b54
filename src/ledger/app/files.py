"""Files that come in, and templates for them that go out."""

import os
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import closing, nullcontext
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from msgspec.structs import replace

from ledger.app.bulk_files import given_in
from ledger.app.import_keys import differing_in_import, digest_of_import
from ledger.app.open_ledger import OpenLedger
from ledger.app.services import service
from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.calendar import DateLike, parse_given
from ledger.domain.choice_words import BudgetOriginWord, LanguageWord
from ledger.domain.choices import one_of
from ledger.domain.envelope import Envelope
from ledger.domain.envelope_names import check_version, checked_name
from ledger.domain.events import Event
from ledger.domain.finding import Finding, finding, spoken
from ledger.domain.import_refusal import ImportRefused
from ledger.domain.money import Amount
from ledger.domain.progress import Progress, silent
from ledger.domain.streams import stream_of
from ledger.domain.subject import SubjectKind, code_of
from ledger.domain.withdrawals import under_approval_of
from ledger.intake.requests import Request
from ledger.messages import Language
from ledger.reports.documents.review import Review
from ledger.reports.vocabulary import language_of
from ledger.store.request_digest import asked

if TYPE_CHECKING:
    from ledger.intake.form_differences import Approval
    from ledger.intake.forms import Forms


def import_forms(
    ledger: OpenLedger,
    /,
    *sources: str | os.PathLike[str] | Mapping[str, Any],
    on: DateLike | None = None,
    fiscal_year: int | str | None = None,
    origin: BudgetOrigin | BudgetOriginWord | None = None,
    revise: bool = False,
    new_source: bool = False,
    codes: Mapping[str, str] | None = None,
    unit: str | None = None,
    budgets: Mapping[str, Amount] | None = None,
    code_list: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
    **envelope: Unpack[Envelope],
) -> list[Finding]:
    """
    Record the approvals in files, all or none.

    A project that is recorded with the same content is left as it is, so that the
    same file twice changes nothing.

    Args:
        sources: Files of any kind that the docs on the interchange form name, or
            content of that form.

        on: The day of approval; by default the first of the fiscal year. With
            *revise*, the day from which revisions hold; by default today, of a year
            that is over its last day, of one to come its first.

        fiscal_year: Where a file does not say.

        origin: Whether budgets were approved with the year's, or within it, where a
            form does not say; by default their day decides.

        revise: Record what a form changes, as adjustments, plan and target
            revisions, where the form in force on its day has other content; else
            that is an error. Events that came from no form stay.

        new_source: Whether a form may bring a funding source of any
            name, which is else taken for a slip.

        codes: Codes of projects whose forms print none, by the names of the projects;
            that of the empty name is for any.

        unit: The code of the unit where a form prints none.

        budgets: Of projects whose forms print none, in the main unit of the currency,
            by the names of the projects likewise.

        code_list: A table of names and codes, of these projects and others, for forms
            that print no code.

        layout: A file of a layout, whose table ``reading`` has words by which forms
            are read too.

        progress: Called with how many more sheets, pages or forms were read, of how
            many in a file.

        envelope: As :class:`ledger.Envelope` says; *key* is your own id of the whole
            import, which is recorded once, whatever has happened since.

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
        origin=origin,
        new_source=new_source,
        codes=codes,
        unit=unit,
        budgets=budgets,
        code_list=code_list,
        layout=layout,
        progress=progress,
    )
    key, digest = envelope.get("key"), None
    given = given_in(envelope)
    expected = envelope.get("expected_version")
    check_version(expected)
    if key is not None:
        contents = [asked(approval) for _, approval in forms.approvals]
        digest = digest_of_import(day, contents, revise=revise)
        differing = partial(differing_in_import, contents, revise=revise)
        if ledger.recorder.knows(checked_name(key, name="key"), digest, differing):
            known = finding("form.request_recorded")
            return [*forms.findings, known.spoken(ledger.settings.language)]
    requests = [
        replace(each, key=key, digest=digest, **given)
        for each in _requests(ledger, forms, day, revise=revise, new_source=new_source)
    ]
    recorded = ledger.recorder.record(
        requests, source=forms.name, expected_version=expected
    )
    with closing(recorded):
        deque(recorded, maxlen=0)
    return list(spoken(forms.findings, ledger.settings.language))


def review_forms(
    ledger: OpenLedger,
    /,
    *sources: str | os.PathLike[str] | Mapping[str, Any],
    on: DateLike | None = None,
    fiscal_year: int | str | None = None,
    origin: BudgetOrigin | BudgetOriginWord | None = None,
    revise: bool = False,
    new_source: bool = False,
    codes: Mapping[str, str] | None = None,
    unit: str | None = None,
    budgets: Mapping[str, Amount] | None = None,
    code_list: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
) -> Review:
    """
    Return what :meth:`import_forms` would record and say; record nothing.

    All of it is tried on a copy: it has an error exactly where that would be refused.
    """
    day = parse_given(on)
    forms = read_forms(
        ledger,
        *sources,
        on=None if revise else day,
        fiscal_year=fiscal_year,
        origin=origin,
        new_source=new_source,
        codes=codes,
        unit=unit,
        budgets=budgets,
        code_list=code_list,
        layout=layout,
        progress=progress,
    )
    try:
        requests = _requests(ledger, forms, day, revise=revise, new_source=new_source)
    except ImportRefused:
        requests = []
    refused = ledger.recorder.refusals(requests, source=forms.name)
    if refused:
        requests, forms.findings = [], [*refused, *forms.findings]
    told = list(spoken(forms.findings, ledger.settings.language))
    return Review(
        events=[each.event for each in requests],
        findings=told,
        settings=ledger.settings,
        marked=partial(
            service("marked_sheets").marked_sheets,
            service("readers").tables,
            sources,
            told,
        ),
    )


def read_forms(
    ledger: OpenLedger,
    /,
    *sources: str | os.PathLike[str] | Mapping[str, Any],
    on: DateLike | None = None,
    fiscal_year: int | str | None = None,
    origin: BudgetOrigin | BudgetOriginWord | None = None,
    new_source: bool = False,
    codes: Mapping[str, str] | None = None,
    unit: str | None = None,
    budgets: Mapping[str, Amount] | None = None,
    code_list: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
) -> "Forms":
    """Read what :meth:`import_forms` would record, and record nothing."""
    if fiscal_year is not None:
        fiscal_year = ledger.settings.year_named(fiscal_year)
    if origin is not None:
        origin = one_of(BudgetOrigin, "origin", origin)
    readers = service("readers")
    with nullcontext() if layout is None else service("own_words").by_layout(layout):
        found: Forms = service("interchange").read(
            (readers.read(source, progress) for source in sources),
            ledger.settings,
            on=parse_given(on),
            fiscal_year=fiscal_year,
            origin=origin,
            new_source=new_source,
            codes=codes,
            unit=unit,
            budgets=budgets,
            code_list=code_list,
            progress=progress,
        )
    found.findings = [*spoken(found.findings, ledger.settings.language)]
    return found


def forms_template(
    ledger: OpenLedger,
    /,
    path: str | os.PathLike[str],
    *,
    language: Language | LanguageWord | None = None,
) -> None:
    """
    Write an empty workbook of forms of approval to fill in.

    Args:
        language: Of all its words; by default the ledger's. Any is read back.

    Raises:
        InvalidInput: There is a file at *path*, it cannot be written, or there is no
            such language.
    """
    spoken = language_of(language, ledger.settings)
    service("forms_template").forms_template(path, ledger.settings, spoken)


def events_template(
    ledger: OpenLedger,
    /,
    path: str | os.PathLike[str],
    year: int,
    month: int,
    *,
    language: Language | LanguageWord | None = None,
) -> None:
    """
    Write a workbook for all that may be recorded in a calendar month.

    It has a row for each indicator of the projects approved by then, and a sheet of
    empty rows for each other kind of fact; a path that ends in ``.csv`` gives a table
    of the results alone.

    Args:
        language: Of all its words; by default the ledger's. Any is read back.

    Raises:
        InvalidInput: There are no projects or there is a file at *path*, it cannot be
            written, or there is no such language.
    """
    spoken = language_of(language, ledger.settings)
    view = ledger.view(through=ledger.settings.month_end(year, month))
    in_year = ledger.settings.year_of(view.through).year
    units = map(code_of, ledger.log.streams(SubjectKind.UNIT, in_year))
    shown = service("month_templates")
    service("events_template").events_template(
        path,
        shown.shown_projects(view, units, spoken),
        month=view.through,
        settings=ledger.settings,
        language=spoken,
        mark=shown.mark_of(ledger.log.now(), ledger.position),
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
        events = list(ledger.log.read_stream(stream))
        standing = under_approval_of(events, date.max, ledger.position)
        return (each.event for each in standing)

    def revised_on(fiscal_year: int) -> date:
        year = ledger.settings.year(fiscal_year)
        return day or min(max(ledger.log.today(), year.start), year.end)

    revise_on = revised_on if revise else None
    return forms.requests(
        recorded, ledger.settings, revise_on=revise_on, new_source=new_source
    )

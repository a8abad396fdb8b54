"""Files that come in, and templates for them that go out."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from ledger.app.base import OpenLedger
from ledger.app.repeats import Keyless, Undone
from ledger.domain.calendar import month_end
from ledger.domain.errors import ImportRefused
from ledger.domain.events import (
    Event,
    stream_of,
)
from ledger.domain.finding import Finding, note
from ledger.domain.names import checked_name
from ledger.domain.progress import Progress, silent, watched
from ledger.intake.requests import Request
from ledger.store.request_digest import asked, together

if TYPE_CHECKING:
    from ledger.intake.forms import Forms
    from ledger.intake.revision import Approval


class Review(NamedTuple):
    """
    What an import would do.

    Attributes:
        events: What would be recorded; nothing where a finding is an error.

        findings: What would be said.
    """

    events: list[Event]
    findings: list[Finding]


class Recorded(NamedTuple):
    """
    What became of a bulk file.

    Attributes:
        new: How many events were appended.

        already: How many lines were there, by their keys or their content.

        position: The end of the log after it.

        undone: Those of *already* that were reversed or retracted since, each with
            what undid it.
    """

    new: int
    already: int
    position: int
    undone: tuple[str, ...] = ()


class Files(OpenLedger):
    """What is recorded from files."""

    __slots__ = ()

    def import_forms(
        self,
        *sources: str | os.PathLike[str] | Mapping[str, Any],
        on: date | None = None,
        fiscal_year: int | None = None,
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
                that is an error. What the year has brought beside the forms stays.

            new_source: Whether a corrected form may bring a funding source of any
                name, which is else taken for a slip.

            key: Your own id of the import. The same with the same key is recorded once,
                whatever has happened since.

            progress: Is told how many more sheets, pages or forms were read, of how
                many in a file.

        Returns:
            What looked wrong, what is only said, and what was recorded already.

        Raises:
            ImportRefused: A finding of severity error; nothing was recorded.
            InvalidInput: A file is of no known kind, or has no form in it.
            KeyConflict: The key has another request.
        """
        forms = self.read_forms(
            *sources,
            on=None if revise else on,
            fiscal_year=fiscal_year,
            progress=progress,
        )
        digest = None
        if key is not None:
            terms = str(on) if revise else None, revise
            digest = together("import", *terms, *(asked(a) for _, a in forms.approvals))
            if self._recorder.knows(checked_name(key, name="key"), digest):
                said = "form.request_recorded", "this import was recorded already"
                return [*forms.findings, note(*said)]
        requests = [
            replace(each, key=key, digest=digest)
            for each in self._requests(forms, on, revise=revise, new_source=new_source)
        ]
        for _ in self._recorder.record(requests, source=forms.name):
            pass
        return list(forms.findings)

    def review_forms(
        self,
        *sources: str | os.PathLike[str] | Mapping[str, Any],
        on: date | None = None,
        fiscal_year: int | None = None,
        revise: bool = False,
        new_source: bool = False,
        progress: Progress = silent,
    ) -> Review:
        """Return what :meth:`import_forms` would record and say; record nothing."""
        forms = self.read_forms(
            *sources,
            on=None if revise else on,
            fiscal_year=fiscal_year,
            progress=progress,
        )
        try:
            requests = self._requests(forms, on, revise=revise, new_source=new_source)
        except ImportRefused:
            requests = []
        return Review([each.event for each in requests], forms.findings)

    def read_forms(
        self,
        *sources: str | os.PathLike[str] | Mapping[str, Any],
        on: date | None = None,
        fiscal_year: int | None = None,
        progress: Progress = silent,
    ) -> "Forms":
        """Read what :meth:`import_forms` would record, and record nothing."""
        from ledger.intake import interchange
        from ledger.intake.readers import kinds as files

        return interchange.read(
            (files.read(source, progress) for source in sources),
            self.settings,
            on=on,
            fiscal_year=fiscal_year,
            progress=progress,
        )

    def forms_template(self, path: str | os.PathLike[str]) -> None:
        """
        Write an empty workbook of forms of approval to fill in.

        Raises:
            InvalidInput: There is a file at *path*, or it cannot be written.
        """
        from ledger.intake.templates import forms as template_forms

        template_forms.forms_template(path, self.settings)

    def events_template(
        self, path: str | os.PathLike[str], year: int, month: int
    ) -> None:
        """
        Write a template for a calendar month's results and disbursements.

        It has a row for each indicator of the projects approved by then; a path that
        ends in ``.csv`` gives a table of the results alone.

        Raises:
            InvalidInput: There are no projects or there is a file at *path*, or it
                cannot be written.
        """
        from ledger.intake.templates import events as template

        view = self.view(through=month_end(year, month))
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
            path, projects, month=view.through, settings=self.settings
        )

    def record(
        self,
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
                parted. All lines are held in memory.

            again: Record lines without a key although equal ones are there.

            progress: Is told how many more events were taken.

        Raises:
            InvalidBatch: Bad lines, every one listed; nothing was recorded.
        """
        from ledger.intake import bulk
        from ledger.intake.batches import batches

        requests = bulk.read(source, self.settings)
        keyless, undone = Keyless(self._log, again=again), Undone(self._log)
        new = already = 0
        for part in batches(requests, batch) if batch else [requests]:
            recorded = self._recorder.record(
                part, source=os.fspath(source), keyless=keyless
            )
            for _, each in watched(recorded, progress):
                if each.already:
                    already += 1
                    undone.look_at(each)
                else:
                    new += 1
        return Recorded(new, already, self.position, tuple(undone.found))

    def _requests(
        self, forms: "Forms", on: date | None, *, revise: bool, new_source: bool
    ) -> list[Request]:
        """Return what is to be recorded of *forms*, held to what is recorded."""

        def recorded(approval: "Approval") -> Iterable[Event]:
            return (each.event for each in self._log.read_stream(stream_of(approval)))

        day = (on or self._log.today()) if revise else None
        return forms.requests(
            recorded, self.settings, revise_on=day, new_source=new_source
        )

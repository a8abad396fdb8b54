"""Official forms that people filled in: compared with what was printed, as facts."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import define, evolve, field, frozen

from ledger.app.form_answers import FormAnswers
from ledger.app.form_cells import FormCells, Unfit
from ledger.app.recording import Recorder
from ledger.domain.choices import few_or_nearest
from ledger.domain.errors import InvalidBatch, InvalidInput
from ledger.domain.finding import Finding
from ledger.domain.settings import Settings
from ledger.intake.filled_forms import FilledCell, FilledForm, filled_form, plain
from ledger.intake.readers import isolated as apart
from ledger.intake.readers.file_kinds import content_of
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.own_workbooks import Origin, origin_of
from ledger.intake.requests import Problem, Request
from ledger.intake.templates.reader import is_workbook
from ledger.layouts.fields import is_monitoring
from ledger.layouts.form_layout import Layouts
from ledger.layouts.shipped import LAYOUTS, layouts
from ledger.messages import Language, message
from ledger.reports import vocabulary
from ledger.reports.render.form_words import ChosenLayout, FormWords
from ledger.reports.render.official_fillings import (
    OfficialForm,
    evaluated_forms,
    monitored_forms,
)
from ledger.reports.values.monitoring import months_through
from ledger.store.protocol import EventStore
from ledger.store.state.stream_states import States

_HEADS: Final = 5
"""Rows of a sheet of ours among which its heads are looked for."""


class AnyLedger(Protocol):
    """An open ledger, as far as forms are taken back into it."""

    log: EventStore
    states: States

    @property
    def recorder(self) -> Recorder:
        """Its write side."""

    @property
    def settings(self) -> Settings:
        """What was fixed when it was created."""

    @property
    def position(self) -> int:
        """How many events it holds."""

    def view(self, *, through: date, known_at: int) -> Any:
        """Return what it says of a day, as far as a position."""


@frozen
class FilledForms:
    """
    What a workbook of filled forms asks to record.

    Attributes:
        requests: Facts, and cells that cannot be taken.

        already: How many cells say what was recorded since the form was printed.

        notes: What each cell that was filled in becomes.
    """

    requests: Sequence[Request | Problem]
    already: int
    notes: Sequence[Finding]


def read(
    ledger: AnyLedger,
    source: str | os.PathLike[str],
    layout: ChosenLayout = None,
) -> FilledForms | None:
    """
    Return what official forms in a workbook say; ``None`` where it holds none.

    Args:
        layout: Theirs; by default the one of the package whose words are there.

    Raises:
        InvalidInput: The file cannot be read, or its forms are another ledger's.
    """
    if not is_workbook(source):
        return None
    raw = content_of(Path(source), os.fspath(source))
    parts = apart.read("workbook", Source.of(source), raw)
    grids = [part.grid for part in parts if part.grid is not None]
    known: Sequence[Layouts] = (
        [layouts(layout, ledger.settings.language)]
        if layout is not None
        else [LAYOUTS[name] for name in LAYOUTS]
    )
    forms = [form for grid in grids if (form := filled_form(grid, known)) is not None]
    if not forms:
        return None
    taking = _Taking(
        ledger=ledger,
        source=os.fspath(source),
        origins=[origin for grid in grids if (origin := origin_of(grid))],
        reasons=_reasons(grids),
    )
    return taking.take(forms)


def _reasons(grids: Sequence[Grid]) -> dict[tuple[str, str], FilledCell]:
    """Return the reasons of scores by project and by what is scored."""
    matching: dict[tuple[str, str], FilledCell] = {}
    for grid in grids:
        for language in Language:
            say = vocabulary.words(language)
            heads = [say["project"], say["indicator"], say["reported_score"]]
            reason = message("official.reason").said(language)
            for at, row in enumerate(grid.rows[:_HEADS]):
                if reason in row and all(head in row for head in heads):
                    project, indicator = (row.index(head) for head in heads[:2])
                    for r in range(at + 1, len(grid.rows)):
                        key = grid.text(r, project), grid.text(r, indicator)
                        column = row.index(reason)
                        matching[key] = FilledCell(r, column, grid.text(r, column))
    return matching


@define(kw_only=True)
class _Taking:
    """Takes the forms of one workbook."""

    ledger: AnyLedger
    source: str
    origins: Sequence[Origin]
    reasons: dict[tuple[str, str], FilledCell]
    problems: list[Problem] = field(factory=list)
    _printed: dict[tuple[object, ...], list[OfficialForm]] = field(factory=dict)

    def take(self, forms: Sequence[FilledForm]) -> FilledForms:
        """Take all forms; check that they say what their facts make of them."""
        answers = []
        for form in forms:
            try:
                answers.append(self._answers(form))
            except Unfit as unfit:
                self._note(form, unfit)
        for one in answers:
            one.take()
        requests = [request for one in answers for request in one.requests]
        problems = [*self.problems, *(p for one in answers for p in one.problems)]
        if problems:
            del self.problems[:]
            problems += self._differing(answers, self.ledger, all_cells=False)
        else:
            requests, problems = self._tried(answers, requests)
        known = sum(len(one.cells.known) for one in answers)
        notes = [note for one in answers for note in one.notes]
        return FilledForms([*requests, *problems], known, notes)

    def _note(self, form: FilledForm, unfit: Unfit) -> None:
        wrong = InvalidInput("cell", unfit.cell.text, unfit.expected)
        heads = {"cell": unfit.label} if unfit.label else None
        self.problems.append(Problem(form.place(unfit.cell), (wrong,), heads))

    def _answers(self, form: FilledForm) -> FormAnswers:
        """Return what takes the cells of a form, once it is known whose it is."""
        day = self._day(form)
        origin = self._origin(day)
        base = _own(form, self._forms(self.ledger, form, day, origin))
        head = _same(form, base, self._forms(self.ledger, form, day, None))
        words = FormWords(form.layouts.language, self.ledger.settings, form.layouts)
        cells = FormCells(filled=form, base=base, head=head, words=words)
        for unfit in _unlike(form, cells):
            self._note(form, unfit)
        settings, today = self.ledger.settings, self.ledger.log.today()
        monthly = is_monitoring(form.kind)
        about = settings.month_of(day) if monthly else str(settings.year_of(day).year)
        execution = message("official.execution")
        executions = {execution.said(language) for language in Language}
        reasons = {
            None if what in executions else what: cell
            for (code, what), cell in self.reasons.items()
            if code == base.of.subject.code
        }
        return FormAnswers(
            cells=cells, on=min(day, today), about=about, reasons=reasons
        )

    def _day(self, form: FilledForm) -> date:
        """Return the last day that a form is of: as it says, else as our sheet does."""
        settings = self.ledger.settings
        year, months = form.texts.get("year"), form.texts.get("months")
        if year:
            named = settings.year(settings.year_named(year))
            if not is_monitoring(form.kind):
                return named.end
            for end in named.month_ends():
                printed_months = months_through(end, settings).said(
                    form.layouts.language
                )
                if months and plain(printed_months) == months:
                    return end
        if not self.origins:
            expected = message("expected.form_of_day")
            raise Unfit(FilledCell(0, 0, form.grid.text(0, 0)), expected)
        return self.origins[0].day

    def _origin(self, day: date) -> Origin | None:
        """
        Return what a form was printed of.

        Raises:
            InvalidInput: It was another ledger.
        """
        for origin in self.origins:
            if origin.day == day:
                head = self.ledger.position
                if (
                    origin.position > head
                    or self.ledger.log.root_at(origin.position).hex() != origin.root
                ):
                    expected = message("expected.form_of_ledger")
                    raise InvalidInput(self.source, origin.root, expected)
                return origin
        return None

    def _forms(
        self, ledger: AnyLedger, form: FilledForm, day: date, origin: Origin | None
    ) -> list[OfficialForm]:
        """Return the forms of a day, as of a position or as of now."""
        position = ledger.position if origin is None else origin.position
        monthly = is_monitoring(form.kind)
        key = id(ledger), id(form.layouts), day, monthly, position
        if key not in self._printed:
            view = ledger.view(through=day, known_at=position)
            words = FormWords(form.layouts.language, ledger.settings, form.layouts)
            self._printed[key] = list(
                monitored_forms(view.monitoring(), words)
                if monthly
                else evaluated_forms(view.self_evaluation(), words)
            )
        return self._printed[key]

    def _tried(
        self, answers: Sequence[FormAnswers], requests: list[Request]
    ) -> tuple[list[Request], list[Problem]]:
        """Return the facts, scores with them, and what would not show as it stands."""
        if not requests and not any(map(_has_scores, answers)):
            return requests, [*self._differing(answers, self.ledger)]
        with closing(self.ledger.log.copied()) as copy:
            states = States(copy, self.ledger.states.projections)
            known: Any = self.ledger
            trial: AnyLedger = evolve(known, log=copy, states=states)
            try:
                self._record(trial, requests)
                scores: list[Request] = []
                for one in filter(_has_scores, answers):
                    scores += one.take_scores(self._after(one.cells, trial))
                problems = [p for one in answers for p in one.problems]
                self._record(trial, scores)
            except InvalidBatch:
                return requests, []  # Recording them says the same.
            requests = [*requests, *scores]
            return requests, [*problems, *self._differing(answers, trial)]

    def _record(self, trial: AnyLedger, requests: Sequence[Request]) -> None:
        if requests:
            deque(trial.recorder.record(requests, source=self.source), maxlen=0)

    def _after(self, cells: FormCells, ledger: AnyLedger) -> FormCells:
        form = cells.filled
        forms = self._forms(ledger, form, self._day(form), None)
        head = _same(form, cells.base, forms)
        return FormCells(filled=form, base=cells.base, head=head, words=cells.words)

    def _differing(
        self,
        answers: Sequence[FormAnswers],
        ledger: AnyLedger,
        *,
        all_cells: bool = True,
    ) -> Iterator[Problem]:
        """Yield the cells that show neither what was printed nor what comes of all."""
        for one in answers:
            after = self._after(one.cells, ledger).head
            for unfit in one.cells.differing(after, all_cells=all_cells):
                self._note(one.cells.filled, unfit)
        yield from self.problems


def _has_scores(answers: FormAnswers) -> bool:
    return not is_monitoring(answers.cells.filled.kind)


def _own(form: FilledForm, forms: Sequence[OfficialForm]) -> OfficialForm:
    """
    Return the form that was printed of the same project or unit.

    Raises:
        Unfit: There is none of that name, or more than one.
    """
    of_kind = [candidate for candidate in forms if candidate.kind == form.kind]
    nothing = FilledCell(0, 0, form.grid.text(0, 0))
    cell = form.values.get("name") or form.values.get("code") or nothing
    matching = [
        candidate
        for candidate in of_kind
        if all(
            plain(form.values[key].text) == plain(getattr(candidate.of.subject, key))
            for key in ("name", "code", "unit")
            if key in form.values
        )
    ]
    if len(matching) > 1:
        names = sorted(plain(row["level3"].text) for row in form.rows)
        matching = [
            candidate
            for candidate in matching
            if sorted(plain(one.line.name) for one in candidate.indicators) == names
        ]
    if len(matching) != 1:
        names = [candidate.of.subject.name for candidate in of_kind]
        near = few_or_nearest(cell.text, names)
        raise Unfit(cell, message("expected.project_of_form", **near))
    return matching[0]


def _same(
    form: FilledForm, base: OfficialForm, forms: Sequence[OfficialForm]
) -> OfficialForm:
    """
    Return the form of the same project or unit among others.

    Raises:
        Unfit: There is none any more.
    """
    code = base.of.subject.code
    for candidate in forms:
        if candidate.kind == base.kind and candidate.of.subject.code == code:
            return candidate
    cell = form.values.get("name", FilledCell(0, 0, code))
    raise Unfit(cell, message("expected.project_of_form", known=[], near=[]))


def _unlike(form: FilledForm, cells: FormCells) -> Iterator[Unfit]:
    """Yield what is on a sheet and not in its layout, or the other way round."""
    for label in form.changed:
        yield Unfit(label.cell, message("expected.words_of_form", words=label.words))
    title = FilledCell(0, 0, form.grid.text(0, 0))
    for words in form.lacking:
        yield Unfit(title, message("expected.row_of_form", words=words))
    for cell in form.strays:
        yield Unfit(cell, message("expected.nothing_here"))
    for cell in cells.unpaired():
        names = [one.line.name for one in cells.base.indicators]
        near = few_or_nearest(cell.text, names)
        yield Unfit(cell, message("expected.indicator_of_form", **near))
    for name in cells.lacking:
        yield Unfit(title, message("expected.row_of_indicator", name=name))
    for (row, column), (shown, expected) in form.grid.odd.items():
        yield Unfit(FilledCell(row, column, shown), expected)

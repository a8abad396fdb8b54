"""The official forms as workbooks: a summary, then a sheet for each form."""

from collections.abc import Iterable

from ledger.domain.progress import Progress, silent, watched
from ledger.reports.render import official_lists
from ledger.reports.render.form_sheet import FormSheet
from ledger.reports.render.form_words import (
    ChosenLayout,
    made_from,
    prescribed,
    words_of,
)
from ledger.reports.render.official_fillings import (
    OfficialForm,
    evaluated_forms,
    monitored_forms,
)
from ledger.reports.values.monitoring import MonitoringValues
from ledger.reports.values.self_evaluation import SelfEvaluationValues
from ledger.spreadsheet.cells import Book


def self_evaluation(
    evaluation: SelfEvaluationValues,
    layout: ChosenLayout = None,
    language: str | None = None,
    progress: Progress = silent,
) -> bytes:
    """
    Return the workbook of a self-evaluation.

    Args:
        layout: The forms; by default the national ones, in the language.

        language: Of everything; by default that of the ledger, and that of the layout
            for the forms.

    Raises:
        InvalidInput: There is no such layout, or no such language, or the layout is
            in another.
    """
    own, of_form = words_of(layout, language, evaluation.settings)
    chosen, settings = of_form.forms, evaluation.settings
    book = Book(settings)
    summary, check = book.sheet(own.of("summary")), book.sheet(own.of("check"))
    forms = evaluated_forms(evaluation, of_form)
    count = len(evaluation.units) + len(evaluation.projects)
    names = _written(book, watched(forms, progress, count))
    projects = names[len(evaluation.units) :]
    note = prescribed(chosen, own)
    official_lists.points(summary, evaluation, projects, own, note)
    official_lists.check(check, evaluation, own, made_from(evaluation, own))
    return book.close()


def monitoring(
    monitored: MonitoringValues,
    layout: ChosenLayout = None,
    language: str | None = None,
    progress: Progress = silent,
    *,
    quarter: bool = False,
) -> bytes:
    """
    Return the workbook of a month's monitoring.

    Args:
        layout: The forms; by default the national ones, in the language.

        language: Of everything; by default that of the ledger, and that of the layout
            for the forms.

        quarter: Whether the titles name the quarter that the month ends.

    Raises:
        InvalidInput: There is no such layout, or no such language, or the layout is
            in another, or the month ends no quarter.
    """
    own, of_form = words_of(layout, language, monitored.settings)
    chosen, settings = of_form.forms, monitored.settings
    book = Book(settings)
    summary, check = book.sheet(own.of("summary")), book.sheet(own.of("check"))
    forms = monitored_forms(monitored, of_form, quarter=quarter)
    count = len(monitored.units) + len(monitored.projects)
    names = _written(book, watched(forms, progress, count))
    projects = names[len(monitored.units) :]
    note = prescribed(chosen, own)
    official_lists.outlook(summary, monitored, projects, own, note)
    official_lists.unexplained(check, monitored, own, made_from(monitored, own))
    return book.close()


def _written(book: Book, forms: Iterable[OfficialForm]) -> list[str]:
    """Write a sheet for each form, and return the names of the sheets."""
    names = []
    for number, form in enumerate(forms, start=1):
        sheet = book.sheet(f"{number} {form.of.subject.name}")
        names.append(sheet.name)
        FormSheet(form.layout, form.filling).write(sheet)
    return names

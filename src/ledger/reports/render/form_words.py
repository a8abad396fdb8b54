"""The language of an official form, and the words that stand around it."""

import os

from attrs import frozen

from ledger.domain.errors import InvalidInput
from ledger.domain.settings import Settings
from ledger.layouts.form_layout import Layouts
from ledger.layouts.shipped import layouts
from ledger.messages import message
from ledger.reports import vocabulary as words
from ledger.reports.render.official_lists import SheetWords
from ledger.reports.values.monitoring import MonitoringValues
from ledger.reports.values.self_evaluation import SelfEvaluationValues

ChosenLayout = str | os.PathLike[str] | Layouts | None
"""A layout as it is asked for: by name, as a file, as such, or the usual one."""


@frozen
class FormWords(SheetWords):
    """
    The words that we put into forms, in the language of their layout.

    Attributes:
        forms: The layout.
    """

    forms: Layouts


def words_of(
    layout: ChosenLayout, language: str | None, settings: Settings
) -> tuple[SheetWords, FormWords]:
    """Return the words of our own sheets, and those of the forms that were chosen."""
    spoken = words.language_of(language, settings)
    chosen = layouts(layout, spoken)
    if language is not None and chosen.language is not spoken:
        expected = message("expected.layout_in_language", language=chosen.language)
        raise InvalidInput("language", spoken, expected)
    own = SheetWords(spoken, settings)
    return own, FormWords(chosen.language, settings, chosen)


def texts_of(
    report: SelfEvaluationValues | MonitoringValues, form: SheetWords
) -> dict[str, str]:
    """Return what fields within words of a layout are filled with."""
    of_month = {"months": "", "quarter": ""}
    unit = report.settings.unit.said(form.language)
    return {"year": str(report.fiscal_year), "money_unit": unit, **of_month}


def made_from(report: SelfEvaluationValues | MonitoringValues, own: SheetWords) -> str:
    """Return what a form was made from, which stands outside of it."""
    return own.of(
        "foot", through=report.through, position=report.position, root=report.root
    )


def prescribed(forms: Layouts, own: SheetWords) -> str:
    """Return that the forms keep their language, where it is not the reader's."""
    if forms.language is own.language:
        return ""
    return own.of(f"prescribed_in_{forms.language}")

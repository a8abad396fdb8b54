"""The official forms as text: points, grades, outlook, and what is missing."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from ledger.domain.finding import Finding
from ledger.figures import registry
from ledger.messages import Language, message
from ledger.reports import vocabulary as words
from ledger.reports.render.json import plain
from ledger.reports.render.part_title import part_title
from ledger.reports.render.terminal import (
    heads,
    legend,
    money,
    printable,
    prose,
    section,
    table,
)
from ledger.reports.render.text_figures import figure_cells, figure_heads
from ledger.reports.values.monitoring import MonitoringValues
from ledger.reports.values.official_form import TOTAL
from ledger.reports.values.self_evaluation import SelfEvaluationValues

_SPENT: Final = "execution_rate"
"""The figure of money that the forms are about; it stands after what it is made of."""


def self_evaluation(
    whole: SelfEvaluationValues, language: str | None = None
) -> RenderableType:
    """
    Return points and grades, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, whole.settings)
    say = words.words(spoken)
    figures = registry.with_parts(_SPENT)
    points = heads(["score", "grade", "to_fix"], say)
    made = table(heads(["name"], say), figures=[*figure_heads(figures, say), *points])
    for one in (*whole.units, *whole.projects):
        made.add_row(
            printable(one.subject.name),
            *figure_cells(figures, one.execution, whole.settings),
            plain(one.total) or "–",
            printable(_grade(one.grade, say)),
            f"{len(one.missing)}",
        )
    return Group(
        _title("self_evaluation", whole, say),
        made,
        *_findings(whole.missing, spoken),
        *_findings(whole.notes, spoken, "points_notes"),
        Text(),
        legend(whole.settings, say),
        _position(whole, say),
    )


def monitoring(whole: MonitoringValues, language: str | None = None) -> RenderableType:
    """
    Return money and what the year ends with.

    It is in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, whole.settings)
    say = words.words(spoken)
    figures = registry.with_parts(_SPENT)
    outlook = heads(["at_pace", "at_plan", "as_stated", "to_fix"], say)
    made = table(heads(["name"], say), figures=[*figure_heads(figures, say), *outlook])
    for one in (*whole.units, *whole.projects):
        made.add_row(
            printable(one.subject.name),
            *figure_cells(figures, one.execution, whole.settings),
            money(one.rows[TOTAL].forecast, whole.settings),
            money(one.at_plan, whole.settings),
            money(one.rows[TOTAL].stated, whole.settings),
            f"{len(one.findings)}",
        )
    return Group(
        _title("monitoring", whole, say),
        made,
        *_findings(whole.findings, spoken),
        Text(),
        legend(whole.settings, say, "forecast_note"),
        _position(whole, say),
    )


def _grade(grade: str | None, say: Mapping[str, str]) -> str:
    """Return the word for a grade; one of a rule of the user's own is its name."""
    return "–" if grade is None else say.get(f"grade.{grade}", grade)


def _findings(
    found: Sequence[Finding], language: Language, title: str = "to_fix"
) -> Sequence[RenderableType]:
    if not found:
        return ()
    lines = [
        prose(
            message(
                "line.finding_to_fix",
                finding=each.text(language),
                expected=each.expected,
            ).said(language)
        )
        for each in found
    ]
    say = words.words(language)
    return [section(say[title], Group(*lines))]


def _title(
    key: str, whole: SelfEvaluationValues | MonitoringValues, say: Mapping[str, str]
) -> Text:
    said = say[key].format(year=whole.fiscal_year, through=whole.through)
    part = part_title(whole.part, say)
    named = [whole.settings.title, part, said]
    return Text("\n".join(filter(None, named)), style="bold")


def _position(
    whole: SelfEvaluationValues | MonitoringValues, say: Mapping[str, str]
) -> Text:
    said = say["position_root"].format(position=whole.position, root=whole.root)
    return Text(said, style="dim")

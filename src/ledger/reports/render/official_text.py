"""The official forms as text: points, grades, outlook, and what is missing."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from ledger.domain.finding import Finding
from ledger.reports import vocabulary as words
from ledger.reports.render.json import plain
from ledger.reports.render.terminal import (
    heads,
    legend,
    money,
    percent,
    printable,
    section,
    table,
)
from ledger.reports.values.monitoring import MonitoringValues
from ledger.reports.values.official_form import TOTAL
from ledger.reports.values.self_evaluation import SelfEvaluationValues

_SCORED: Final = ("current_budget", "disbursed", "execution_rate", "score", "grade")
_WATCHED: Final = ("current_budget", "disbursed", "execution_rate", "forecast")


def self_evaluation(
    whole: SelfEvaluationValues, language: str | None = None
) -> RenderableType:
    """
    Return points and grades, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    say = words.words(words.language_of(language, whole.settings))
    made = table(heads(["name"], say), figures=heads([*_SCORED, "to_mend"], say))
    for one in (*whole.units, *whole.projects):
        made.add_row(
            printable(one.subject.name),
            money(one.execution.current_budget, whole.settings),
            money(one.execution.disbursed, whole.settings),
            percent(one.execution.exact_rate),
            plain(one.total) or "–",
            printable(one.grade or "–"),
            f"{len(one.missing)}",
        )
    return Group(
        _title("self_evaluation", whole, say),
        made,
        *_findings(whole.missing, say),
        *_findings(whole.notes, say, "points_notes"),
        Text(),
        legend(whole.settings, say),
        _position(whole, say),
    )


def monitoring(whole: MonitoringValues, language: str | None = None) -> RenderableType:
    """
    Return money and forecast, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    say = words.words(words.language_of(language, whole.settings))
    made = table(heads(["name"], say), figures=heads([*_WATCHED, "to_mend"], say))
    for one in whole.projects:
        made.add_row(
            printable(one.subject.name),
            money(one.execution.current_budget, whole.settings),
            money(one.execution.disbursed, whole.settings),
            percent(one.execution.exact_rate),
            money(one.rows[TOTAL].forecast, whole.settings),
            f"{len(one.findings)}",
        )
    return Group(
        _title("monitoring", whole, say),
        made,
        *_findings(whole.findings, say),
        Text(),
        legend(whole.settings, say, "forecast_note"),
        _position(whole, say),
    )


def _findings(
    found: Sequence[Finding], say: Mapping[str, str], title: str = "to_mend"
) -> Sequence[RenderableType]:
    if not found:
        return ()
    lines = (
        printable(f"{each} — {each.expected}" if each.expected else f"{each}")
        for each in found
    )
    return [section(say[title], Text("\n").join(lines))]


def _title(
    key: str, whole: SelfEvaluationValues | MonitoringValues, say: Mapping[str, str]
) -> Text:
    said = say[key].format(year=whole.fiscal_year, through=whole.through)
    named = f"{whole.settings.title}\n{said}" if whole.settings.title else said
    return Text(named, style="bold")


def _position(
    whole: SelfEvaluationValues | MonitoringValues, say: Mapping[str, str]
) -> Text:
    said = say["position_root"].format(position=whole.position, root=whole.root)
    return Text(said, style="dim")

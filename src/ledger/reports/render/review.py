"""What an import would do: its events and findings, for a terminal and as JSON."""

from collections.abc import Sequence
from typing import Final, Protocol

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Event,
    ObjectivesSet,
    SpendingPlanRevised,
    TargetRevised,
)
from ledger.domain.finding import Finding, Severity, tally
from ledger.domain.settings import Settings
from ledger.domain.streams import code_about
from ledger.messages import Language, Message, message, said
from ledger.reports import vocabulary as words
from ledger.reports.event_words import fields_in_words
from ledger.reports.render import json as as_json
from ledger.reports.render.terminal import printable, prose, table


class Reviewed(Protocol):
    """What an import would do."""

    @property
    def events(self) -> Sequence[Event]:
        """What would be recorded."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What there is to note."""

    @property
    def settings(self) -> Settings:
        """Those of the ledger."""


_STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.NOTE: "dim",
}


def values(review: Reviewed, language: str | None = None) -> dict[str, object]:
    """
    Return a review as JSON values, in a language, by default the ledger's.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, review.settings)
    return {
        "would_record": [
            {
                "type": type(event).__name__,
                "subject": code_about(event),
                "on": event.on.isoformat(),
                "summary": said(_summary(event, review.settings), spoken),
            }
            for event in review.events
        ],
        "findings": [as_json.finding(finding, spoken) for finding in review.findings],
    }


def tables(review: Reviewed, language: str | None = None) -> RenderableType:
    """
    Return a review as tables, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    events, findings, settings = review.events, review.findings, review.settings
    spoken = words.language_of(language, settings)
    say = words.words(spoken)
    would = message("line.would_record", count=len(events), tally=tally(findings))
    parts: list[RenderableType] = [Text(f"{would.said(spoken)}\n")]
    if events:
        recorded = table([say["project"], say["on"], say["what"]])
        recorded.columns[0].no_wrap = True
        for event in events:
            subject = code_about(event)
            what = _summary(event, settings).said(spoken)
            recorded.add_row(Text(subject), Text(f"{event.on}"), printable(what))
        parts.append(recorded)
    if findings:
        parts.append(Text(say["findings"]))
    for found in findings:
        parts += _described(found, spoken)
    return Group(*parts)


def _described(found: Finding, language: Language) -> list[RenderableType]:
    """Return how bad a finding is, its code, and below them what there is of it."""
    severity = message("line.severity", severity=found.severity).said(language)
    # A code is made of English words, which mean nothing to readers of Chinese.
    code = found.code if language is Language.ENGLISH else ""
    padded = f"{severity:<8}" if code else severity
    head = Text.assemble((padded, _STYLES[found.severity]), (code, "bold"))
    labelled = (
        ("found", found.found),
        ("understood", found.understood),
        ("right", found.expected),
    )
    content, place = found.content.said(language), found.placed(language)
    lines = [
        *([message("line.of_place", text=place)] if place else []),
        found.content,
        *(
            message(f"line.of_{key}", text=text)
            for key, text in labelled
            if text and said(text, language) not in content
        ),
    ]
    shown = [prose(line.said(language)) for line in lines]
    return [head, *(Padding(line, (0, 0, 0, 2)) for line in shown)]


def _summary(event: Event, settings: Settings) -> Message:
    """Return what an event says."""
    match event:
        case BudgetApproved():
            return message(
                "line.approval",
                name=event.name,
                amounts=words.amounts_by_source(event.amounts, settings),
                reading=None if event.plan is None else event.plan.reading,
                count=len(event.indicators),
            )
        case BudgetAdjusted():
            amounts = words.amounts_by_source(event.amounts, settings)
            return message("line.adjustment", kind=event.kind, amounts=amounts)
        case SpendingPlanRevised():
            checkpoints = words.checkpoints_in_words(event.plan, settings)
            return message("line.plan_revised", checkpoints=checkpoints)
        case TargetRevised():
            return message(
                "line.target_revised",
                indicator=event.indicator,
                target=event.target.text,
            )
        case ObjectivesSet():
            count = len(event.objectives)
            return message("line.objectives", name=event.name, count=count)
        case _:
            kind = message(f"event.{type(event).__name__}")
            fields = fields_in_words(event, settings)
            return message("line.fact", type=kind, fields=fields or None)

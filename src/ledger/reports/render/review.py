"""What an import would do: its events and findings, for a terminal and as JSON."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Event,
    ObjectivesSet,
    SpendingPlanRevised,
    TargetRevised,
    stream_of,
)
from ledger.domain.finding import Finding, Severity, tally
from ledger.domain.settings import Settings
from ledger.domain.subject import code_of
from ledger.reports.render import json as as_json
from ledger.reports.render.terminal import printable

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.NOTE: "dim",
}


def values(
    events: Sequence[Event], findings: Sequence[Finding], settings: Settings
) -> dict[str, object]:
    """Return a review as JSON values."""
    return {
        "would_record": [
            {
                "type": type(event).__name__,
                "subject": code_of(stream_of(event)),
                "on": event.on.isoformat(),
                "summary": _summary(event, settings),
            }
            for event in events
        ],
        "findings": [as_json.finding(each) for each in findings],
    }


def tables(
    events: Sequence[Event], findings: Sequence[Finding], settings: Settings
) -> RenderableType:
    """Return a review as tables for a terminal."""
    some = "event" if len(events) == 1 else "events"
    parts: list[RenderableType] = [
        Text(f"{len(events)} {some} would be recorded; {tally(findings)}\n")
    ]
    if events:
        recorded = Table("project", "on", box=SIMPLE_HEAD, pad_edge=False)
        recorded.add_column("what", overflow="fold")
        for event in events:
            subject = code_of(stream_of(event))
            what = _summary(event, settings)
            recorded.add_row(Text(subject), Text(f"{event.on}"), printable(what))
        parts.append(recorded)
    if findings:
        parts.append(Text("Findings"))
    for found in findings:
        line = Text.assemble(
            (f"{found.severity.value:<8}", _STYLES[found.severity]),
            (found.code, "bold"),
        )
        said = [("at", found.place), ("", found.message)]
        said += [
            (label, str(value))
            for label, value in (
                ("found", found.found),
                ("understood", found.understood),
                ("right", found.expected),
            )
            if value
        ]
        lines = [f"{label}: {value}" if label else value for label, value in said]
        parts.append(line)
        parts += [Padding(printable(each), (0, 0, 0, 2)) for each in lines]
    return Group(*parts)


def _summary(event: Event, settings: Settings) -> str:
    match event:
        case BudgetApproved():
            amounts = " + ".join(
                f"{settings.money(part.amount)} {part.source}" for part in event.amounts
            )
            return (
                f"{event.name}: approval of {amounts}; plan "
                f"{event.plan.reading.value}; {len(event.indicators)} indicators"
            )
        case BudgetAdjusted():
            amounts = " + ".join(
                f"{settings.money(part.amount)} {part.source}" for part in event.amounts
            )
            return f"{event.kind.value} of {amounts}"
        case SpendingPlanRevised():
            steps = ", ".join(
                f"{each.on} {settings.money(each.amount)}"
                for each in event.plan.checkpoints
            )
            return f"plan revised: {steps}"
        case TargetRevised():
            return f"target of {event.indicator} revised: {event.target.text}"
        case ObjectivesSet():
            return f"{event.name}: {len(event.objectives)} goals"
        case _:
            return type(event).__name__
